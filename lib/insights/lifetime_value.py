"""Lifetime value: what cohorts have spent so far, and what the purchase-pattern model expects of customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib import btyd
from lib.insights.history import DAY, History, Scope
from lib.insights.over_time import Frequency, bucket_of

MONTH_DAYS = 30
"""Length of a month of age: every customer's months are equally long."""

MAX_COHORTS = 8
"""The latest cohorts; more lines than these don't read."""

MIN_REPEAT_CUSTOMERS, MIN_WATCHED_DAYS = 30, 90
"""With fewer repeat customers or a shorter history, nothing is forecast."""

MAX_FORECAST_MONTHS = 12
CHANCE_DAYS = 90


def cohort_frequency(history: History) -> Frequency:
    """By what first orders are gathered: months in up to nine months of history, else quarters."""
    return "month" if (history.end - history.first_day).days <= 275 else "quarter"


def _members(view: Scope) -> tuple[np.ndarray, pd.PeriodIndex]:
    """Per customer of the history the number of their cohort in the scope, −1 outside of all; and the cohorts."""
    first = view.orders[view.orders["order_number"] == 1]
    begun = bucket_of(first["ordered_at"], cohort_frequency(view.history))
    cohorts = begun.unique().sort_values()[-MAX_COHORTS:]
    member = np.full(len(view.history.customer_ids) + 1, -1, dtype=np.int64)  # the last place: customers without order
    member[first["customer"].to_numpy()] = cohorts.get_indexer(begun)
    return member, cohorts


def lifetime_value(view: Scope) -> pd.DataFrame:
    """`cohort` (first day of the month or quarter of the first order of all), `customers, months, per_customer`: money
    per customer of the cohort within that many months of 30 days since their own first order, cumulative.

    Month 0 is the first order alone. A cohort's line ends where not all of its customers have been observed that long.
    Orders and returns count as far as they are in scope.
    """
    columns = ["cohort", "customers", "months", "per_customer"]
    member, cohorts = _members(view)
    if not len(cohorts):
        return pd.DataFrame(columns=columns)
    begun = np.full(len(member), np.datetime64("NaT"), dtype="datetime64[us]")
    orders = view.history.orders
    begun[orders["customer"].to_numpy()] = orders["first_at"].to_numpy("datetime64[us]")
    money = [
        (view.orders["customer"], view.orders["ordered_at"], view.orders["amount"]),
        (view.returns["customer"], view.returns["returned_at"], view.returns["amount"]),
    ]
    customer = np.concatenate([who.to_numpy() for who, _, _ in money])
    moment = np.concatenate([at.to_numpy("datetime64[us]") for _, at, _ in money])
    amount = np.concatenate([part.to_numpy() for _, _, part in money])
    kept = (member[customer] >= 0) & (moment >= begun[customer])
    customer, moment, amount = customer[kept], moment[kept], amount[kept]
    passed = moment - begun[customer]
    month = np.where(passed > np.timedelta64(0), passed // np.timedelta64(MONTH_DAYS, "D") + 1, 0)
    youngest = pd.Series(begun[:-1]).groupby(member[:-1]).max()
    rows = []
    for number, cohort in enumerate(cohorts):
        size = int((member[:-1] == number).sum())
        last = max(0, int((view.end - youngest[number]) / (MONTH_DAYS * DAY)))
        mine = member[customer] == number
        sums = np.bincount(month[mine].astype(np.int64), amount[mine], last + 1)[: last + 1]
        rows.append(
            pd.DataFrame(
                {
                    "cohort": cohort.start_time,
                    "customers": size,
                    "months": np.arange(last + 1),
                    "per_customer": np.cumsum(sums) / size,
                }
            )
        )
    return pd.concat(rows, ignore_index=True)[columns]


# ------------------------------------------------------------------------------------------------ the model


@dataclass(frozen=True)
class Pattern:
    """The purchase-pattern model of a history, fitted to all of its customers."""

    parameters: btyd.BtydParameters
    history: btyd.History
    """One element per customer of the history."""
    net_share: float
    """Revenue net of returns ÷ gross revenue: the model expects orders, and some of their money is given back."""


def pattern_history(history: History) -> btyd.History:
    """What the model looks at, one element per customer: days with an order, counted in whole days."""
    orders = history.orders
    day = orders["ordered_at"].dt.normalize()
    first = orders["first_at"].dt.normalize()
    visits = pd.DataFrame({"customer": orders["customer"], "day": day}).drop_duplicates()
    people = len(history.customer_ids)
    count = np.bincount(visits["customer"], minlength=people)
    begun, ended = (visits.groupby("customer")["day"].agg(name).reindex(range(people)) for name in ("min", "max"))
    later = np.bincount(orders["customer"], orders["amount"].where(day > first, 0.0), people)
    repeats = (count - 1).astype(np.float64)
    return btyd.History(
        repeats=repeats,
        last_week=((ended - begun) / DAY / 7.0).to_numpy(np.float64),
        weeks=((history.last_day - begun) / DAY / 7.0).to_numpy(np.float64),
        value=np.divide(later, repeats, out=np.full(people, np.nan), where=repeats > 0),
    )


def pattern(history: History) -> Pattern | None:
    """The fitted model; None where there are too few repeat customers or days."""
    seen = pattern_history(history)
    bought = (seen.repeats > 0) & (np.nan_to_num(seen.value) > 0)
    if bought.sum() < MIN_REPEAT_CUSTOMERS or (history.end - history.first_day).days < MIN_WATCHED_DAYS:
        return None
    gross = float(history.orders["amount"].sum())
    net = gross + float(history.returns["amount"].sum())
    return Pattern(btyd.fit(seen), seen, max(0.0, net / gross) if gross > 0 else 1.0)


def forecast_months(history: History) -> int:
    """How many months are forecast: at most as many as the history is long."""
    return max(1, min(MAX_FORECAST_MONTHS, (history.end - history.first_day).days // MONTH_DAYS))


def expected_value(view: Scope, found: Pattern) -> pd.DataFrame:
    """`cohort, customers, spent, expected, low, high`: money per customer so far, and in the next `forecast_months`
    with the range that holds nine of ten cases.

    Counted from the end of the whole history, so the scope has to end there. Net of returns where the scope is.
    """
    member, cohorts = _members(view)
    weeks = forecast_months(view.history) * MONTH_DAYS / 7.0
    share = found.net_share if view.filters.net else 1.0
    spent = np.bincount(view.orders["customer"], view.orders["amount"], len(member))
    back = view.returns[view.returns["customer"] >= 0]
    spent = spent + np.bincount(back["customer"], back["amount"], len(member))
    ranges = btyd.spend_ranges(found.history, member[:-1], len(cohorts), weeks)
    rows = []
    for number, cohort in enumerate(cohorts):
        mine = np.flatnonzero(member[:-1] == number)
        expected, low, high = (share * one / len(mine) for one in (ranges[number].value, *ranges[number].ends))
        rows.append((cohort.start_time, len(mine), float(spent[mine].sum()) / len(mine), expected, low, high))
    return pd.DataFrame(rows, columns=["cohort", "customers", "spent", "expected", "low", "high"])


@dataclass(frozen=True)
class Expectation:
    """What the model expects of one customer from the end of the history on."""

    alive: float | None
    """Probability that the customer is still active; None before a repeat, where the model can't say."""
    chance: float
    """Probability of an order within `CHANCE_DAYS`."""
    next_days: tuple[float, float, float]
    """Days until the next order if it comes within `months`: median, and the ends that hold four of five."""
    orders: float
    spend: float
    """Expected within `months`; money net of returns."""
    months: int


def expectation(history: History, found: Pattern, customer: int) -> Expectation:
    """The outlook of one customer, by number."""
    mine = found.history.take(np.array([customer]))
    months = forecast_months(history)
    weeks = months * MONTH_DAYS / 7.0
    near = btyd.outlook(found.parameters, mine, CHANCE_DAYS / 7.0)
    far = btyd.outlook(found.parameters, mine, weeks)
    middle, low, high = btyd.next_purchase(found.parameters, mine, weeks).days[0]
    return Expectation(
        alive=float(near.alive[0]) if mine.repeats[0] > 0 else None,
        chance=float(near.chance[0]),
        next_days=(float(middle), float(low), float(high)),
        orders=float(far.orders[0]),
        spend=float(far.orders[0] * np.nan_to_num(far.value[0])) * found.net_share,
        months=months,
    )
