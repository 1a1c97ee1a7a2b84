"""When customers order: kinds of shops, each as the customer and the day of every order."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Draw = np.random.Generator
Visits = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Per order: the customer, counted from 0, and when, in days since the shop began."""
Habit = Callable[[Draw, int, float], Visits]

HABITS: dict[str, Habit] = {}
"""Kind of shop → orders of so many customers in so many days; each customer has at least one."""

START = pd.Timestamp("2022-03-01")
MOST_OF_ONE = 400
"""Orders of one customer."""


def _habit(one: Habit) -> Habit:
    HABITS[one.__name__.strip("_")] = one
    return one


def _lives(draw: Draw, joined: NDArray[np.float64], gap: float, days: float) -> Visits:
    pace = gap * draw.lognormal(0, 0.7, len(joined))
    count = np.minimum(draw.poisson(np.maximum(days - joined, 0) / np.maximum(pace, 0.5)), MOST_OF_ONE)
    who = np.concatenate([np.arange(len(joined)), np.repeat(np.arange(len(joined)), count)])
    day = np.concatenate(
        [joined, joined[who[len(joined) :]] + draw.random(count.sum()) * (days - joined).repeat(count)]
    )
    return who, day


def _nth(each: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … within each customer's orders."""
    return np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)


@_habit
def _usual(draw: Draw, count: int, days: float) -> Visits:
    return _lives(draw, draw.random(count) * days, draw.uniform(15, 120), days)


@_habit
def _subscription(draw: Draw, count: int, days: float) -> Visits:
    joined = draw.random(count) * days
    each = np.minimum(np.floor((days - joined) / 30).astype(int), draw.geometric(0.1, count)) + 1
    who = np.repeat(np.arange(count), each)
    return who, np.minimum(joined[who] + 30.0 * _nth(each), days)


@_habit
def _subscription_of_all(draw: Draw, count: int, days: float) -> Visits:
    """Everybody on the first of each month, from the first day to the last."""
    each = np.full(count, min(int(days // 30) + 1, MOST_OF_ONE))
    return np.repeat(np.arange(count), each), 30.0 * _nth(each)


@_habit
def _weekly(draw: Draw, count: int, days: float) -> Visits:
    """Groceries: about every seven days, with little spread, until the customer stays away."""
    joined = draw.random(count) * days * 0.5
    each = np.minimum(np.maximum((days - joined) // 7, 0).astype(int), draw.geometric(0.03, count)) + 1
    each = np.minimum(each, MOST_OF_ONE)
    who = np.repeat(np.arange(count), each)
    return who, np.clip(joined[who] + 7.0 * _nth(each) + draw.normal(0, 1, len(who)), 0, days)


@_habit
def _once(draw: Draw, count: int, days: float) -> Visits:
    return np.arange(count), draw.random(count) * days


@_habit
def _one_day(draw: Draw, count: int, days: float) -> Visits:
    return np.arange(count), np.zeros(count)


@_habit
def _two_days(draw: Draw, count: int, days: float) -> Visits:
    """Two fairs: some customers come to both."""
    again = np.flatnonzero(draw.random(count) < 0.4)
    return np.concatenate([np.arange(count), again]), np.concatenate([np.zeros(count), np.full(len(again), days)])


@_habit
def _christmas(draw: Draw, count: int, days: float) -> Visits:
    who, day = _usual(draw, count, days)
    month = (START + pd.to_timedelta(day, unit="D")).month
    keep = (draw.random(len(day)) < np.where(np.isin(month, (11, 12)), 1.0, 0.25)) | (np.arange(len(day)) < count)
    return who[keep], day[keep]


@_habit
def _christmas_only(draw: Draw, count: int, days: float) -> Visits:
    """Open in December alone."""
    who, day = _usual(draw, count, days)
    years = (START + pd.to_timedelta(day, unit="D")).year
    opens = pd.to_datetime(pd.Series([f"{year}-12-01" for year in years]))
    return who, (opens - START).dt.days.to_numpy() + draw.random(len(day)) * 24


@_habit
def _supermarket(draw: Draw, count: int, days: float) -> Visits:
    return _lives(draw, draw.random(count) * days * 0.1, 6, days)


@_habit
def _dying(draw: Draw, count: int, days: float) -> Visits:
    who, day = _usual(draw, count, days)
    return who, day * draw.random(len(day))


@_habit
def _exploding(draw: Draw, count: int, days: float) -> Visits:
    return _lives(draw, days * draw.beta(5, 1, count), 30, days)


@_habit
def _gap_of_months(draw: Draw, count: int, days: float) -> Visits:
    who, day = _usual(draw, count, days)
    return who, np.where(day > days * 0.5, np.minimum(day + days * 0.2, days), day)


@_habit
def _closed_lately(draw: Draw, count: int, days: float) -> Visits:
    """Hardly an order in the last third: the horizon that would be held out is empty."""
    who, day = _usual(draw, count, days)
    day = day * 0.66
    day[np.argmax(day)] = days
    return who, day


@_habit
def _giants(draw: Draw, count: int, days: float) -> Visits:
    """B2B: a few customers order most days, the others a few times a year."""
    joined = draw.random(count) * days * 0.3
    pace = np.where(draw.random(count) < 0.03, 2.0, 90.0) * draw.lognormal(0, 0.3, count)
    each = np.minimum(draw.poisson((days - joined) / pace), MOST_OF_ONE) + 1
    who = np.repeat(np.arange(count), each)
    return who, joined[who] + draw.random(len(who)) * (days - joined[who])


@_habit
def _till(draw: Draw, count: int, days: float) -> Visits:
    """One customer stands for all sales at the till: half of all orders."""
    who, day = _usual(draw, count, days)
    return np.where((draw.random(len(who)) < 0.5) & (np.arange(len(who)) >= count), 0, who), day
