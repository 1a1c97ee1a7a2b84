"""Simulated shops, each from a process defined here and not from the assumptions of our models.

Real logs are few, and constants tuned on them overfit them. Here the true process is known, there is any number of
seeds, and every shop deviates in its own way. Only `btyd` follows the assumptions of BG/NBD and Gamma-Gamma; in most
others customers drop out after a lifetime and not after an order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

DAWN = pd.Timestamp("2023-01-01")
MOST_ORDERS = 600
"""Maximum number of orders per customer: a bound for the loop, never reached by these processes."""
STAYS = 1e9
"""A number of days beyond any lifetime."""


@dataclass(frozen=True)
class Customers:
    """One element per customer; days are counted from the first day of the shop."""

    joined: Numbers
    gap_days: Numbers
    """Mean days between two orders, over a year."""
    leaves: Numbers
    """Day on which the customer drops out."""
    quits: Numbers
    """Chance of never coming back after any order."""
    value: Numbers
    """The customer's mean order value."""
    regular: float = 1.0
    """Shape of the gaps: 1 at random (Poisson), above it regular, below it in clumps."""


@dataclass(frozen=True)
class Shop:
    """How an invented shop works."""

    key: str
    about: str
    days: tuple[int, ...]
    """Length of the log, by seed: a season is to be met at more than one time of year."""
    horizon: int
    people: Callable[[np.random.Generator, int], Customers]
    """Of a generator and the days."""
    spread: float = 0.5
    """Standard deviation of the logarithm of an order around the customer's mean."""
    busy: Callable[[Numbers], Numbers] | None = None
    """How busy the shop is on a day, 1 at most."""
    price: Callable[[Numbers, int], Numbers] | None = None
    """What a day's orders cost more, of the days and the length of the log."""


def invented(shop: Shop, seed: int) -> pd.DataFrame:
    """Its orders, one per row: `customer`, `order`, `date` (to the minute), `amount`; the same seed, the same table."""
    days = shop.days[seed % len(shop.days)]
    rng = np.random.default_rng([seed, *shop.key.encode()])
    people = shop.people(rng, days)
    at = people.joined.copy()
    alive = np.flatnonzero(at < days)
    share_kept = float(shop.busy(np.arange(365.0)).mean()) if shop.busy else 1.0
    who, when = [alive], [at[alive].copy()]
    for _ in range(MOST_ORDERS):
        alive = alive[rng.random(len(alive)) >= people.quits[alive]]
        gap = people.gap_days[alive] * share_kept / people.regular
        at[alive] = at[alive] + rng.gamma(people.regular, gap)
        alive = alive[at[alive] < np.minimum(people.leaves[alive], days)]
        if not len(alive):
            break
        kept = alive[rng.random(len(alive)) < shop.busy(at[alive])] if shop.busy else alive
        who.append(kept)
        when.append(at[kept].copy())
    customer, day = np.concatenate(who), np.concatenate(when)
    order = np.argsort(day, kind="stable")
    customer, day = customer[order], day[order]
    amount = people.value[customer] * rng.lognormal(-(shop.spread**2) / 2, shop.spread, len(day))
    if shop.price:
        amount = amount * shop.price(day, days)
    return pd.DataFrame(
        {
            "customer": pd.Series(customer).map("K-{:05}".format),
            "order": np.arange(len(day)) + 1,
            "date": (DAWN + pd.to_timedelta(day, unit="D")).floor("min"),
            "amount": np.maximum(np.round(amount, 2), 0.01),
        }
    )


def _by_the_book(rng: np.random.Generator, days: int) -> Customers:
    """Rates Gamma(.8, 60 days), drop-out probabilities Beta(.8, 3.2), values Gamma(6) ÷ Gamma(4) around 45."""
    size = 3000
    return Customers(
        joined=rng.uniform(0, 0.85 * days, size),
        gap_days=1 / np.maximum(rng.gamma(0.8, 1 / 60, size), 1e-6),
        leaves=np.full(size, STAYS),
        quits=rng.beta(0.8, 3.2, size),
        value=6 / rng.gamma(4, 1 / 22.5, size),
    )


def _lives(mean_gap: float, mean_life: float, size: int) -> Callable[[np.random.Generator, int], Customers]:
    """Customers who come evenly, whose gaps are lognormal and whose lives are exponential."""

    def people(rng: np.random.Generator, days: int) -> Customers:
        joined = rng.uniform(-60, days, size)
        return _living(rng, np.maximum(joined, rng.uniform(0, 20, size)), mean_gap, mean_life)

    return people


def _living(rng: np.random.Generator, joined: Numbers, mean_gap: float, mean_life: float) -> Customers:
    size = len(joined)
    return Customers(
        joined=joined,
        gap_days=mean_gap * rng.lognormal(0, 0.9, size),
        leaves=joined + rng.exponential(mean_life, size),
        quits=np.where(rng.random(size) < 0.25, 0.6, 0.0),
        value=rng.lognormal(3.6, 0.6, size),
    )


def _growing(rng: np.random.Generator, days: int) -> Customers:
    """Three times as many new customers a year later."""
    late = rng.uniform(0, 1, 3500)
    rate = np.log(3) / 365 * days
    return _living(rng, days * np.log1p(late * np.expm1(rate)) / rate, 55, 250)


def _supermarket(rng: np.random.Generator, days: int) -> Customers:
    """About two visits a week; hardly any drop-out."""
    size = 1200
    joined = rng.uniform(0, 20, size)
    return Customers(
        joined=joined,
        gap_days=np.clip(3.6 * rng.lognormal(0, 0.45, size), 1, 40),
        leaves=joined + rng.exponential(6000, size),
        quits=np.zeros(size),
        value=rng.lognormal(3.4, 0.7, size),
        regular=1.8,
    )


def _subscribers(rng: np.random.Generator, days: int) -> Customers:
    """A month, two or three between deliveries, nearly to the day; six of a hundred cancel after each."""
    size = 2000
    return Customers(
        joined=rng.uniform(0, days, size),
        gap_days=rng.choice([30.0, 60.0, 90.0], size, p=[0.6, 0.25, 0.15]),
        leaves=np.full(size, STAYS),
        quits=np.full(size, 0.06),
        value=rng.choice([19.0, 29.0, 49.0], size),
        regular=60.0,
    )


def _in_clumps(rng: np.random.Generator, days: int) -> Customers:
    """Several orders within days, then months without an order."""
    size = 2500
    joined = rng.uniform(0, days, size)
    return Customers(
        joined=joined,
        gap_days=60 * rng.lognormal(0, 0.7, size),
        leaves=joined + rng.exponential(400, size),
        quits=np.full(size, 0.02),
        value=rng.lognormal(3.8, 0.5, size),
        regular=0.3,
    )


def _businesses(rng: np.random.Generator, days: int) -> Customers:
    """Three hundred, some of whom order for a thousand times as much as others."""
    size = 300
    joined = rng.uniform(0, 0.7 * days, size)
    return Customers(
        joined=joined,
        gap_days=np.clip(40 * rng.lognormal(0, 0.8, size), 4, 400),
        leaves=joined + rng.exponential(900, size),
        quits=np.full(size, 0.01),
        value=rng.lognormal(6, 2.0, size),
    )


def _mostly_once(rng: np.random.Generator, days: int) -> Customers:
    """Some 85 of a hundred never come back."""
    size = 5000
    joined = rng.uniform(0, days, size)
    once = rng.random(size) < 0.82
    return Customers(
        joined=joined,
        gap_days=50 * rng.lognormal(0, 0.7, size),
        leaves=joined + rng.exponential(400, size),
        quits=np.where(once, 0.985, 0.05),
        value=rng.lognormal(3.9, 0.7, size),
    )


def _no_more_new(rng: np.random.Generator, days: int) -> Customers:
    """Advertising stops after four tenths of the time; who is there fades away."""
    size = 3000
    return _living(rng, rng.uniform(0, 0.4 * days, size), 45, 200)


def _christmas(day: Numbers) -> Numbers:
    """November and December two and a half times as busy as summer."""
    month = (DAWN + pd.to_timedelta(day, unit="D")).month.to_numpy()
    return np.array([0.40, 0.36, 0.40, 0.44, 0.44, 0.38, 0.36, 0.38, 0.48, 0.60, 0.95, 1.00])[month - 1]


def _dear_december(day: Numbers, _: int) -> Numbers:
    return np.where((DAWN + pd.to_timedelta(day, unit="D")).month == 12, 1.3, 1.0)


def _dearer(day: Numbers, days: int) -> Numbers:
    """Prices go up by three tenths in the last four months."""
    return np.where(day > days - 120, 1.3, 1.0)


SHOPS: tuple[Shop, ...] = (
    Shop("btyd", "BG/NBD and Gamma-Gamma by the book", (540,), 90, _by_the_book),
    Shop(
        "christmas",
        "two years, busy before Christmas",
        (731, 820, 638),
        90,
        _lives(50, 300, 3000),
        busy=_christmas,
        price=_dear_december,
    ),
    Shop("growth", "three times as many new customers in a year", (540,), 90, _growing),
    Shop("supermarket", "everybody comes every few days", (270,), 14, _supermarket, spread=0.6),
    Shop("subscription", "deliveries nearly to the day", (420,), 60, _subscribers, spread=0.1),
    Shop("clumps", "several orders within days, then months of silence", (480,), 90, _in_clumps),
    Shop("b2b", "three hundred businesses with very large and very small orders", (730,), 90, _businesses, spread=0.8),
    Shop("once", "most buy once", (480,), 90, _mostly_once),
    Shop("young", "half a year old", (182,), 30, _lives(35, 250, 900)),
    Shop("drying", "no new customers any more", (540,), 90, _no_more_new),
    Shop("dearer", "prices went up by three tenths", (480,), 90, _lives(50, 300, 2500), price=_dearer),
)
"""Every invented shop."""
