"""Small shops drawn at random from what real ones do at their edges: months without an order, orders at midnight and at
the end of a year, leap days, equal moments and amounts, free and huge orders, returns before, after and without any
order, one customer, one day, missing products and countries, names in several spellings."""

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from tests.insights.shops import Wanted, frame_of

Moments = Callable[[np.random.Generator], datetime]

_EDGES = [
    *(datetime(2023, 12, 31), datetime(2024, 1, 1), datetime(2024, 2, 28), datetime(2024, 2, 29), datetime(2024, 3, 1)),
    *(datetime(2024, 3, 31), datetime(2024, 4, 1), datetime(2024, 6, 30), datetime(2024, 12, 31), datetime(2025, 1, 1)),
    *(datetime(2025, 2, 28), datetime(2025, 3, 1)),
]
_TIMES = [timedelta(0), timedelta(0), timedelta(days=1) - timedelta(microseconds=1), timedelta(hours=12)]


def _edges(random: np.random.Generator) -> datetime:
    """Ends and beginnings of months and years, on the stroke of midnight or just before."""
    return _EDGES[random.integers(len(_EDGES))] + _TIMES[random.integers(len(_TIMES))]


def _one_day(random: np.random.Generator) -> datetime:
    return datetime(2024, 2, 29) + timedelta(minutes=int(random.integers(1_440)))


def _two_seasons(random: np.random.Generator) -> datetime:
    """Three weeks in a year, and three weeks two years later."""
    return datetime(2022 + 2 * int(random.integers(2)), 11, 20) + timedelta(
        days=int(random.integers(21)), hours=int(random.integers(24))
    )


def _thirty_days_apart(random: np.random.Generator) -> datetime:
    """Every gap is a whole number of thirty days: on the edge of each band and month of age."""
    return datetime(2023, 1, 31, 8) + timedelta(days=30 * int(random.integers(14)))


def _midnights(random: np.random.Generator) -> datetime:
    return datetime(2023, 6, 1) + timedelta(days=int(random.integers(500)))


def _fridays(random: np.random.Generator) -> datetime:
    return datetime(2023, 12, 29, 9) + timedelta(days=7 * int(random.integers(60)), minutes=int(random.integers(500)))


def _any_moment(random: np.random.Generator) -> datetime:
    return datetime(2023, 8, 17) + timedelta(seconds=int(random.integers(700 * 86_400)))


TIMES: tuple[Moments, ...] = (*(_edges, _one_day, _two_seasons, _thirty_days_apart, _midnights, _fridays, _any_moment),)


def _amount(random: np.random.Generator, kind: int) -> float:
    match kind:
        case 0:
            return float(random.choice([10.0, 20.0]))  # ties
        case 1:
            return float(random.choice([0.0, 0.0, 5.0]))
        case 2:
            return float(10.0 ** random.integers(-2, 10))
        case 3:
            return round(float(random.lognormal(3, 1)), 2)
    return 0.1 + 0.2 * int(random.integers(3))


PRODUCTS = ["Té", "te", "TÉ ", "Café", "cafe", "Mug  blue", "mug blue", "プラグ", "😀 cup", "Straße", "STRASSE", "jam"]
COUNTRIES = ["España", "espana", "France", "FRANCE ", "Österreich", "日本"]


def any_shop(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Order lines and returns of one of these shops."""
    random = np.random.default_rng([seed, 77])
    moment = TIMES[seed % len(TIMES)]
    people = int(random.choice([1, 2, 6, 25, 60]))
    kind = int(random.integers(5))
    products: list[str | None] = [None, *PRODUCTS[: int(random.integers(0, len(PRODUCTS) + 1))]]
    countries: list[str | None] = [None, *COUNTRIES[: int(random.integers(0, len(COUNTRIES) + 1))]]
    often, backs = float(random.choice([0.2, 0.5, 0.9])), float(random.choice([0.0, 0.1, 0.5]))
    rows: list[tuple[object, ...]] = []
    back: list[tuple[object, ...]] = []
    for person in range(people):
        for order in range(int(random.geometric(often))):
            at = moment(random)
            number = str(order) if seed % 4 == 0 else f"{person}/{order}"
            home = countries[int(random.integers(len(countries)))]
            for line in range(int(random.geometric(0.6))):
                when = at + timedelta(minutes=int(random.integers(-90, 90)) * (line > 0))
                pieces, product = float(random.integers(1, 9)), products[int(random.integers(len(products)))]
                amount = _amount(random, kind)
                rows.append((f"c{person}", number, when, amount, pieces, product, home))
                if random.random() < backs:
                    later = when + timedelta(days=int(random.integers(-5, 60)))
                    share = float(random.choice([0.5, 1.0, 1.0, 3.0]))
                    other = products[int(random.integers(len(products)))]
                    whose = "stranger" if random.random() < 0.1 else f"c{person}"
                    back.append((whose, f"R{number}", later, -share * amount, -pieces, other, home))
    return frame_of(rows), frame_of(back)


def any_filters(first: datetime, end: datetime, countries: list[str], seed: int) -> list[Wanted]:
    """Everything, and six mixtures of a period, some countries and kind of money. `end` is the day after the last."""
    random = np.random.default_rng([seed, 78])
    days = (end - first).days
    found: list[Wanted] = [(None, None, (), True)]
    for _ in range(6):
        low, high = sorted(int(one) for one in random.integers(0, days + 1, 2))
        start: datetime | None = first + timedelta(low)
        until: datetime | None = first + timedelta(max(high, low + 1))
        if random.random() < 0.2:
            start = until = None
        some = [str(name) for name in random.permutation(countries)] if random.random() < 0.5 else []
        found.append((start, until, tuple(some[: int(random.integers(1, 4))]), bool(random.random() < 0.6)))
    return found
