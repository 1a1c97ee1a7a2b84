"""A simulated shop: order lines as a shop would export them, made by our own seeded code.

Nothing in it is real. The habits are: customers buy at rates of their own (gamma), stop for good after any order with a
chance of their own (beta), come in waves (Christmas, a quiet February), spend at levels of their own; some orders are
placed by guests without an id, some are cancelled by an order of its own, some prices are zero, some lines occur twice,
and one quantity of 500 was typed instead of 5 and then refunded.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]

START = np.datetime64("2023-07-01T00:00:00", "s")
END = np.datetime64("2025-06-30T23:59:59", "s")
DAYS = 731

SEASON = np.array([0.78, 0.66, 0.80, 0.84, 0.88, 0.80, 0.74, 0.76, 0.90, 1.00, 1.30, 1.55])
"""How busy each month is, January first."""

_GOODS = (
    *(("Dill gherkins", 3.9), ("Sweet gherkins", 3.9), ("Cornichons", 4.6), ("Half-sour pickles", 5.2)),
    *(("Pickled onions", 3.4), ("Pickled beetroot", 3.2), ("Sauerkraut", 3.6), ("Kimchi", 6.8), ("Green olives", 4.9)),
    *(("Black olives", 5.1), ("Kalamata olives", 6.4), ("Stuffed olives", 5.6), ("Capers in salt", 4.2)),
    *(("Caper berries", 5.3), ("Feta in brine", 7.2), ("Preserved lemons", 6.1), ("Pickled chillies", 4.1)),
    *(("Giardiniera", 5.4), ("Artichoke hearts", 6.6), ("Anchovies", 5.8), ("Vine leaves", 4.4), ("Umeboshi", 8.9)),
)
_SIZES = (("small jar", 1.0), ("large jar", 1.8), ("case of 6", 9.6))
_KIT = (("Fermentation crock", 48.0), ("Pickling spice mix", 3.2), ("Gift box", 29.0), ("Glass weights", 14.5))

PRODUCTS: tuple[tuple[str, float], ...] = (
    *((f"{good}, {size}", round(price * factor, 2)) for good, price in _GOODS for size, factor in _SIZES),
    *_KIT,
)
"""Name and price of everything the shop sells."""

_COUNTRIES = ("Spain", "United Kingdom", "France", "Germany", "Portugal", "Ireland", "Netherlands")
_SHARES = (0.46, 0.22, 0.12, 0.09, 0.06, 0.03, 0.02)


def sample_shop(*, customers: int = 3000, seed: int = 7) -> pd.DataFrame:
    """One row per order line of two years, as exported; the same seed gives the same table.

    Columns: `order_id` (text; `C` before the number of a cancellation), `date` (to the minute), `customer` and `email`
    (blank for guests), `product`, `quantity` (below zero in a cancellation), `unit_price`, `country`.
    """
    random = np.random.default_rng(seed)
    buyer, second = _orders(random, customers)
    guests = int(0.07 * len(buyer))
    buyer = np.concatenate([buyer, np.arange(customers, customers + guests)])
    second = np.concatenate([second, _season(random, random.uniform(0, DAYS * 86_400, guests * 2))[:guests]])
    second = _opening_hours(random, second[: len(buyer)])
    buyer = buyer[: len(second)]
    by_time = np.argsort(second, kind="stable")
    buyer, second = buyer[by_time], second[by_time]

    order, product, quantity = _baskets(random, buyer, customers + guests)
    slip = len(buyer) // 2
    quantity[np.flatnonzero(order == slip)[0]] = 500
    price = np.array([price for _, price in PRODUCTS])[product]
    price = np.where(random.random(len(order)) < 0.004, 0.0, price)
    country = random.choice(len(_COUNTRIES), customers + guests, p=_SHARES)
    lines = pd.DataFrame({"order": order, "product": product, "quantity": quantity, "price": price})
    twice = random.random(len(lines)) < 0.004
    lines = pd.concat([lines, lines[twice]]).sort_values("order", kind="stable", ignore_index=True)

    cancelled = np.union1d(np.flatnonzero(random.random(len(buyer)) < 0.025), [slip])
    back = lines[lines["order"].isin(cancelled)].assign(cancelled=True)
    wait = np.zeros(len(buyer))
    wait[cancelled] = random.exponential(6 * 86_400, len(cancelled))
    lines = pd.concat([lines.assign(cancelled=False), back], ignore_index=True)
    place = lines["order"].to_numpy()
    gone = lines["cancelled"].to_numpy()
    when = START + (second[place] + np.where(gone, wait[place], 0)).astype("timedelta64[s]")
    number = pd.Series(100_001 + place).astype("str")
    who = buyer[place]
    table = pd.DataFrame(
        {
            "order_id": number.where(~gone, "C" + number),
            "date": pd.Series(when).dt.floor("min").astype("datetime64[us]"),
            "customer": pd.Series(10_001 + who).astype("str").where(who < customers),
            "email": ("customer" + pd.Series(10_001 + who).astype("str") + "@example.com").where(who < customers),
            "product": pd.Series([name for name, _ in PRODUCTS], dtype="str").array.take(lines["product"].to_numpy()),
            "quantity": np.where(gone, -lines["quantity"], lines["quantity"]).astype(np.int64),
            "unit_price": lines["price"].to_numpy(),
            "country": pd.Series(_COUNTRIES, dtype="str").array.take(country[who]),
        }
    )
    return table[when <= END].sort_values("date", kind="stable", ignore_index=True)


def _orders(random: np.random.Generator, customers: int) -> tuple[Codes, Numbers]:
    """Who orders, and how many seconds after the start: every customer's first order, then the others one by one."""
    length = DAYS * 86_400
    rate = (
        random.gamma(0.9, 1 / 38, customers) / 86_400
    )  # orders per second; 24 months, 42 days between orders on average
    stops = random.beta(0.9, 5.5, customers)  # chance of never coming back after an order
    joined = length * random.beta(1.1, 1.6, customers)
    at = joined.copy()
    alive = np.arange(customers)
    who, when = [alive], [joined]
    while len(alive):
        alive = alive[random.random(len(alive)) > stops[alive]]
        at[alive] = at[alive] + random.exponential(1 / np.maximum(rate[alive], 1e-12))
        alive = alive[at[alive] < length]
        kept = alive[random.random(len(alive)) < _busy(at[alive])]
        who.append(kept)
        when.append(at[kept].copy())
    return np.concatenate(who), np.concatenate(when)


def _busy(second: Numbers) -> Numbers:
    """How busy the month of a moment is, as a share of the busiest."""
    month = (START + second.astype("timedelta64[s]")).astype("datetime64[M]").astype(np.int64) % 12
    return (SEASON / SEASON.max())[month]


def _season(random: np.random.Generator, second: Numbers) -> Numbers:
    """Of moments spread evenly, those that the season keeps."""
    return second[random.random(len(second)) < _busy(second)]


def _opening_hours(random: np.random.Generator, second: Numbers) -> Numbers:
    """The same days, at hours when customers order."""
    hour = np.clip(random.normal(14.5, 3.6, len(second)), 7, 22.9)
    return np.floor(second / 86_400) * 86_400 + hour * 3_600


def _baskets(random: np.random.Generator, buyer: Codes, people: int) -> tuple[Codes, Codes, Codes]:
    """Per line its order, its product and its quantity; who spends more buys more lines and more of each."""
    level = random.lognormal(0.0, 0.45, people)
    taste = random.integers(0, len(PRODUCTS), people)
    lines = 1 + random.poisson(1.6 * level[buyer])
    order = np.repeat(np.arange(len(buyer)), lines)
    popular = 1 / np.arange(3, len(PRODUCTS) + 3)
    any_product = random.permutation(len(PRODUCTS))[random.choice(len(PRODUCTS), len(order), p=popular / popular.sum())]
    favourite = (taste[buyer[order]] + random.integers(0, 4, len(order))) % len(PRODUCTS)
    product = np.where(random.random(len(order)) < 0.45, favourite, any_product)
    _, once = np.unique(order * len(PRODUCTS) + product, return_index=True)
    order, product = order[once], product[once]
    quantity = random.geometric(np.clip(0.62 / level[buyer[order]] ** 0.5, 0.15, 0.95))
    return order, product, quantity
