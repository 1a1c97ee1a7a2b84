"""What happened when: money, orders and customers by day, week, month or quarter; by weekday and hour."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from lib.insights.history import DAY, Scope

Frequency = Literal["day", "week", "month", "quarter"]
FREQUENCIES: tuple[Frequency, ...] = ("day", "week", "month", "quarter")
_PANDAS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q-DEC"}

MAX_BUCKETS = 400
"""More than these, and a screen shows no single one: the next longer frequency is taken."""

_LONGEST_DAYS = {"day": 45, "week": 200, "month": 2_000}
"""Up to how long a period each frequency suits."""


def suitable_frequency(view: Scope) -> Frequency:
    """Days for up to six weeks, weeks for up to half a year, months for up to five years, then quarters."""
    return next((name for name in FREQUENCIES[:3] if view.days <= _LONGEST_DAYS[name]), "quarter")


def frequency_shown(view: Scope, wanted: Frequency | None) -> Frequency:
    """The frequency wanted, or the suitable one; a longer one where there would be more than `MAX_BUCKETS`."""
    found = wanted or suitable_frequency(view)
    while found != "quarter" and len(buckets(view, found)) > MAX_BUCKETS:
        found = FREQUENCIES[FREQUENCIES.index(found) + 1]
    return found


def buckets(view: Scope, frequency: Frequency) -> pd.PeriodIndex:
    """Every day, week (Monday to Sunday), month or quarter of the period, none left out."""
    return pd.period_range(view.start, view.end - DAY, freq=_PANDAS[frequency])


def bucket_of(moments: pd.Series, frequency: Frequency) -> pd.PeriodIndex:
    """The bucket of each moment."""
    return pd.PeriodIndex(moments, freq=_PANDAS[frequency])


def complete(view: Scope, found: pd.PeriodIndex) -> pd.Series:
    """Whether the period covers each bucket from beginning to end.

    Where the period ends with the history, a month or quarter may lack `history.edge_days` days, as quiet as is usual.
    """
    history = view.history
    slack = history.edge_days * DAY if found.freqstr[0] in "MQ" else 0 * DAY
    start = view.start - slack if view.start == history.first_day else view.start
    end = view.end + slack if view.end == history.end else view.end
    starts, ends = found.start_time, (found + 1).start_time
    return pd.Series((starts >= start) & (ends <= end))


def over_time(view: Scope, frequency: Frequency, *, like: Scope | None = None) -> pd.DataFrame:
    """`start, revenue, new_revenue, returning_revenue, orders, customers, new_customers, order_value, complete` by
    bucket.

    New is the first order of a customer in the whole history; a return counts with the customer's latest order by then.
    With `like`, the orders of `view` are moved into the period of `like`, so that two periods can be laid on each
    other: buckets and completeness are those of `like`.
    """
    frame = like or view
    moved = frame.start - view.start
    found = buckets(frame, frequency)
    place = _places(view.orders["ordered_at"] + moved, found, frequency)
    back = _places(view.returns["returned_at"] + moved, found, frequency)
    is_new = (view.orders["order_number"] == 1).to_numpy()
    sold = np.bincount(place, view.orders["amount"], len(found))
    returned = np.bincount(back, view.returns["amount"], len(found))
    sold_new = np.bincount(place, view.orders["amount"].where(is_new, 0.0), len(found))
    returned_new = np.bincount(back, view.returns["amount"].where(view.returns["after_order"] == 1, 0.0), len(found))
    orders = np.bincount(place, minlength=len(found))
    each = pd.DataFrame({"place": place, "customer": view.orders["customer"].to_numpy()}).drop_duplicates()
    revenue, new = sold + returned, sold_new + returned_new
    return pd.DataFrame(
        {
            "start": found.start_time,
            "revenue": revenue,
            "new_revenue": new,
            "returning_revenue": revenue - new,
            "orders": orders,
            "customers": np.bincount(each["place"], minlength=len(found)),
            "new_customers": np.bincount(place, is_new, len(found)).astype(np.int64),
            "order_value": np.divide(revenue, orders, out=np.full(len(found), np.nan), where=orders > 0),
            "complete": complete(frame, found),
        }
    )


def _places(moments: pd.Series, found: pd.PeriodIndex, frequency: Frequency) -> np.ndarray:
    """Which bucket each moment lies in. Returns outside the history and moved days count in the first or last one."""
    ordinals = bucket_of(moments, frequency).asi8 - found.asi8[0]
    return np.clip(ordinals, 0, len(found) - 1)


def movement(view: Scope, frequency: Frequency) -> pd.DataFrame:
    """`start, new, returning, reactivated, lost, complete`: customers by bucket.

    Reactivated customers ordered after a gap of more than `history.lapse_days`; a customer is lost in the bucket in
    which that many days have gone by since an order without another. A customer counts once per bucket, as what their
    first order in it made them. Lost customers count in the bucket and the country of the order that stayed the last.
    """
    history, found = view.history, buckets(view, frequency)
    lapse = history.lapse_days * DAY
    orders = view.orders.assign(place=_places(view.orders["ordered_at"], found, frequency))
    heads = orders.drop_duplicates(["place", "customer"])
    gap = heads["ordered_at"] - heads["previous_at"]
    kinds = {
        "new": (heads["order_number"] == 1).to_numpy(),
        "reactivated": (gap > lapse).to_numpy(),
    }
    kinds["returning"] = ~kinds["new"] & ~kinds["reactivated"]
    counted = {name: np.bincount(heads["place"][flags], minlength=len(found)) for name, flags in kinds.items()}
    ended = lost_orders(view)
    gone = ended.assign(place=_places(ended["ordered_at"] + lapse, found, frequency))
    lost = np.bincount(gone.drop_duplicates(["place", "customer"])["place"], minlength=len(found))
    return pd.DataFrame(
        {
            "start": found.start_time,
            **{name: counted[name] for name in ("new", "returning", "reactivated")},
            "lost": lost,
            "complete": complete(view, found),
        }
    )


def lost_orders(view: Scope) -> pd.DataFrame:
    """The orders after which a customer was lost within the period: `lapse_days` later nothing had followed.

    They may lie before the period, but pass its countries and customers.
    """
    history, lapse = view.history, view.history.lapse_days * DAY
    orders = history.orders
    gone = orders["ordered_at"] + lapse
    keep = (gone >= view.start) & (gone < view.end) & ~(orders["next_at"] <= gone)
    if view.filters.countries:
        keep &= orders["country"].isin(view.filters.countries)
    if view.customers is not None:
        keep &= view.customers[orders["customer"].to_numpy()]
    return orders[keep]


def has_hours(view: Scope) -> bool:
    """Whether the orders carry a time of day."""
    moments = view.history.orders["ordered_at"]
    return bool((moments != moments.dt.normalize()).mean() > 0.5)


def by_weekday_hour(view: Scope) -> pd.DataFrame:
    """`weekday` (0 = Monday), `hour`, `orders, revenue` (gross: a return has no hour), every pair in order.

    Only hours from the first to the last with an order in the whole history; hour 0 alone without times of day.
    """
    every = view.history.orders["ordered_at"].dt.hour
    hours = range(int(every.min()), int(every.max()) + 1) if has_hours(view) else range(1)
    moments = view.orders["ordered_at"]
    pairs = pd.MultiIndex.from_product([range(7), hours], names=["weekday", "hour"])
    hour = moments.dt.hour if has_hours(view) else 0 * moments.dt.hour
    return (
        view.orders.groupby([moments.dt.day_of_week.rename("weekday"), hour.rename("hour")])["amount"]
        .agg(orders="size", revenue="sum")
        .reindex(pairs, fill_value=0)
        .reset_index()
    )
