"""The figures of a period beside those of as many days before it, and what made the difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from lib.errors import UserError
from lib.insights import DAY, Filters, History, Scope, scope
from lib.insights.customers import cut_offs, segments_at
from lib.insights.over_time import lost_orders
from lib.project import Snapshot
from lib.schema import CUSTOMER_ID


@dataclass(frozen=True)
class PeriodFigures:
    """What happened from `start` until before `end`."""

    start: pd.Timestamp
    end: pd.Timestamp
    revenue: float
    """Net of returns."""
    sales: float
    """Money of the orders, before returns."""
    returned: float
    """Money given back, above zero."""
    orders: int
    customers: int
    new: int
    """Customers whose first order of all lies in the period …"""
    returning: int
    """… those who ordered again …"""
    reactivated: int
    """… and those who did after more than `History.lapse_days` without an order."""
    lost: int
    """Customers whose last order became that old in the period."""
    sales_new: float
    sales_returning: float
    sales_reactivated: float
    """Money of the orders, by what their customers are; together `sales`."""

    @property
    def order_value(self) -> float:
        """Average order value before returns; NaN without an order."""
        return self.sales / self.orders if self.orders else float("nan")


@dataclass(frozen=True)
class Reasons:
    """The change in net revenue, split twice; each split adds up to it."""

    change: float
    new: float
    returning: float
    reactivated: float
    returns: float
    """By customers, and by money given back (negative where more was given back): these four add up to `change`."""
    number_of_orders: float
    order_value: float
    """More or fewer orders, at the mean of both order values; larger or smaller orders, at the mean of both numbers.
    With `returns`, they add up to `change`."""


@dataclass(frozen=True)
class Revised:
    """The time before, as the project says it and as the orders say it now."""

    customers_then: int
    customers_now: int
    orders_then: int
    orders_now: int
    revenue_then: float
    revenue_now: float

    @property
    def differs(self) -> bool:
        """Whether a figure moved by more than half a percent."""
        pairs = (
            (self.customers_then, self.customers_now),
            (self.orders_then, self.orders_now),
            (self.revenue_then, self.revenue_now),
        )
        return any(abs(now - then) > 0.005 * max(abs(then), 1) for then, now in pairs)


def figures_of(view: Scope) -> PeriodFigures:
    """The figures of a scope's period."""
    orders = view.orders
    heads = orders.drop_duplicates("customer")
    kind = pd.Series("returning", index=heads["customer"].to_numpy())
    kind[(heads["ordered_at"] - heads["previous_at"] > view.history.lapse_days * DAY).to_numpy()] = "reactivated"
    kind[(heads["order_number"] == 1).to_numpy()] = "new"
    sales = orders.groupby(orders["customer"].map(kind))["amount"].sum()
    counts = kind.value_counts()
    returned = 0.0 - float(view.returns["amount"].sum())
    total = float(orders["amount"].sum())
    return PeriodFigures(
        view.start,
        view.end,
        revenue=total - returned,
        sales=total,
        returned=returned,
        orders=len(orders),
        customers=len(heads),
        lost=int(lost_orders(view)["customer"].nunique()),
        new=int(counts.get("new", 0)),
        returning=int(counts.get("returning", 0)),
        reactivated=int(counts.get("reactivated", 0)),
        sales_new=float(sales.get("new", 0.0)),
        sales_returning=float(sales.get("returning", 0.0)),
        sales_reactivated=float(sales.get("reactivated", 0.0)),
    )


def periods(history: History, since: pd.Timestamp) -> tuple[Scope, Scope | None]:
    """The time from `since` to the end of the history, and as many days before it, where the history has them.

    Raises UserError where no order follows `since`.
    """
    end = history.end
    if since >= end:
        raise UserError("changes.nothing_new", since=_day_before(since), last=history.last_day.date())
    days = end - since
    before = None
    if since - days >= history.first_day - history.edge_days * DAY:
        before = scope(history, Filters(start=since - days, end=since))
    return scope(history, Filters(start=since, end=end)), None if before is None or before.empty else before


def _day_before(moment: pd.Timestamp) -> date:
    return (moment - DAY).date()


def reasons_of(now: PeriodFigures, before: PeriodFigures) -> Reasons:
    """What made the difference between two periods."""
    orders = (now.orders - before.orders) * (_value(now) + _value(before)) / 2
    value = (_value(now) - _value(before)) * (now.orders + before.orders) / 2
    return Reasons(
        change=now.revenue - before.revenue,
        new=now.sales_new - before.sales_new,
        returning=now.sales_returning - before.sales_returning,
        reactivated=now.sales_reactivated - before.sales_reactivated,
        returns=before.returned - now.returned,
        number_of_orders=orders,
        order_value=value,
    )


def _value(figures: PeriodFigures) -> float:
    return figures.sales / figures.orders if figures.orders else 0.0


def revised(history: History, snapshot: Snapshot) -> Revised:
    """What the orders now say about the time that the project's figures are about."""
    view = scope(history, Filters(end=pd.Timestamp(snapshot.until)))
    customers = int(view.orders["customer"].nunique())
    return Revised(snapshot.customers, customers, snapshot.orders, len(view.orders), snapshot.revenue, view.revenue)


def moved(history: History, since: pd.Timestamp) -> pd.DataFrame:
    """`customer_id, before, now, monetary_total, frequency_orders, recency_days`: customers whose segment is another
    than at `since`, most money first.

    Segments are those of Explore, both by the cut-offs of the end. Customers without an order before `since` are new
    and not listed.
    """
    now = segments_at(history, history.end)
    then = segments_at(history, since, against=cut_offs(now))
    both = now.loc[then.index].assign(before=then["segment"].astype("object"), now=now["segment"].astype("object"))
    other = both[(both["before"] != both["now"]).to_numpy()]
    other = other.sort_values("monetary_total", ascending=False, kind="stable")
    ids = pd.Series(history.customer_ids[other.index.to_numpy()], dtype="str")
    columns = ["before", "now", "monetary_total", "frequency_orders", "recency_days"]
    return other[columns].reset_index(drop=True).assign(**{CUSTOMER_ID: ids})[[CUSTOMER_ID, *columns]]


def segment_sizes(history: History, since: pd.Timestamp) -> pd.DataFrame:
    """`segment, before, now`: customers in each segment of Explore at `since` and at the end."""
    now = segments_at(history, history.end)
    then = segments_at(history, since, against=cut_offs(now))
    sizes = pd.DataFrame({"before": then["segment"].value_counts(), "now": now["segment"].value_counts()})
    sizes = sizes.fillna(0).astype("int64")
    order = [name for name in now["segment"].cat.categories if sizes.loc[name].sum()]
    return sizes.loc[order].rename_axis("segment").reset_index()
