"""Who orders again, and when: cohorts by month of the first order, and the time between orders."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.insights.history import Scope
from lib.insights.over_time import bucket_of, buckets, complete

MAX_COHORTS = 13
MAX_CURVE_DAYS = 365


def cohorts(view: Scope, *, months: int = MAX_COHORTS) -> pd.DataFrame:
    """`cohort` (month of the first order of all), `size, age_months, active, share, revenue, revenue_per_customer,
    order_value, complete`: what new customers did month by month.

    A cohort is made of the customers whose first order is in scope; their later orders and returns count as far as they
    are in scope. The last `months` cohorts and as many ages. A month that lies after the period is left out; of one
    that the period ends in, the figures are what was seen so far (`complete` is False).
    """
    first = view.orders[view.orders["order_number"] == 1]
    if first.empty:
        return pd.DataFrame(columns=_COHORT_COLUMNS)
    found = buckets(view, "month")
    origin, last = int(found.asi8[0]), int(found.asi8[-1])
    begun = np.full(len(view.history.customer_ids) + 1, -1, dtype=np.int64)
    begun[first["customer"].to_numpy()] = bucket_of(first["ordered_at"], "month").asi8
    orders = _aged(view.orders["customer"], view.orders["ordered_at"], view.orders["amount"], begun)
    returns = _aged(view.returns["customer"], view.returns["returned_at"], view.returns["amount"], begun)
    keys = ["cohort", "age_months"]
    wanted = pd.MultiIndex.from_tuples(
        [
            (cohort, age)
            for cohort in range(max(origin, last - months + 1), last + 1)
            for age in range(min(months, last - cohort + 1))
        ],
        names=keys,
    )
    counted = orders.groupby(keys).agg(active=("customer", "nunique"), orders=("customer", "size"))
    money = pd.concat([orders, returns]).groupby(keys)["amount"].sum().rename("revenue")
    table = counted.join(money, how="outer").reindex(wanted).fillna(0).reset_index()
    size = table["cohort"].map(table[table["age_months"] == 0].set_index("cohort")["active"])
    covered = complete(view, found).to_numpy()[(table["cohort"] + table["age_months"] - origin).to_numpy()]
    begun_whole = complete(view, found).to_numpy()[(table["cohort"] - origin).to_numpy()]
    return (
        table.assign(
            active=table["active"].astype("int64"),
            size=size.astype("int64"),
            share=table["active"] / size.where(size > 0),
            revenue_per_customer=table["revenue"] / size.where(size > 0),
            order_value=table["revenue"] / table["orders"].where(table["orders"] > 0),
            complete=covered,
            cohort_complete=begun_whole,
            cohort=pd.PeriodIndex.from_ordinals(table["cohort"], freq="M").start_time,
        )
        .query("size > 0")[_COHORT_COLUMNS]
        .reset_index(drop=True)
    )


_COHORT_COLUMNS = [
    *("cohort", "size", "age_months", "active", "share", "revenue", "revenue_per_customer", "order_value"),
    *("complete", "cohort_complete"),
]


def _aged(customer: pd.Series, moments: pd.Series, amount: pd.Series, begun: np.ndarray) -> pd.DataFrame:
    """`cohort, age_months, customer, amount` of what customers of a cohort did."""
    cohort = begun[customer.to_numpy()]
    age = bucket_of(moments, "month").asi8 - cohort
    rows = pd.DataFrame({"cohort": cohort, "age_months": age, "customer": customer, "amount": amount})
    return rows[(cohort >= 0) & (age >= 0)]


def ordered_again_next_month(table: pd.DataFrame) -> float | None:
    """Share of new customers who ordered again in the month after their first, over all cohorts that could.

    Takes `cohorts`; months not yet complete are left out. None where no cohort is old enough.
    """
    next_month = table[(table["age_months"] == 1) & table["complete"]]
    return float(next_month["active"].sum() / next_month["size"].sum()) if len(next_month) else None


def reorder_curve(view: Scope) -> pd.DataFrame:
    """`kind` (`first` or `later`), `days, share, at_risk`: the share of orders that another had followed within that
    many days, by Kaplan and Meier (1958), so that orders too recent to have been followed count only as long as they
    were watched.

    `first` starts from customers' first orders of all, `later` from all others in scope. Watched until the end of the
    period. At most `MAX_CURVE_DAYS` days.
    """
    parts = []
    for kind, of_kind in (("first", view.orders["order_number"] == 1), ("later", view.orders["order_number"] > 1)):
        starts = view.orders[of_kind]
        followed = (starts["next_at"] < view.end).to_numpy()
        until = starts["next_at"].where(followed, view.end)
        days = ((until - starts["ordered_at"]).dt.total_seconds() // 86_400).to_numpy().astype(np.int64)
        if len(days):
            parts.append(_kaplan_meier(days, followed).assign(kind=kind))
    columns = ["kind", "days", "share", "at_risk"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _kaplan_meier(days: np.ndarray, followed: np.ndarray) -> pd.DataFrame:
    """Days since the order at which it was followed (or last watched) → the share followed by each day."""
    longest = int(min(days.max(), MAX_CURVE_DAYS))
    size = int(days.max()) + 1
    events, ends = np.bincount(days[followed], minlength=size), np.bincount(days, minlength=size)
    at_risk = len(days) - np.concatenate([[0], np.cumsum(ends)[:-1]])
    waiting = np.cumprod(1 - events / np.maximum(at_risk, 1))
    return pd.DataFrame({"days": np.arange(size), "share": 1 - waiting, "at_risk": at_risk}).head(longest + 1)


def days_until(curve: pd.DataFrame, share: float, kind: str = "first") -> int | None:
    """After how many days that share had ordered again. Takes `reorder_curve`; None where it is never reached."""
    reached = curve[(curve["kind"] == kind) & (curve["share"] >= share)]
    return int(reached["days"].iloc[0]) if len(reached) else None


def moment_of_age(cohort: pd.Timestamp, age_months: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Start and (exclusive) end of the month in which a cohort has a given age in months."""
    start = cohort + pd.DateOffset(months=age_months)
    return start, start + pd.DateOffset(months=1)
