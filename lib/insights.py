"""Order lines → the small tables that Explore shows: key figures, months, cohorts, who brings the revenue.

Every table here is an aggregate of at most some hundred rows, whatever the size of the shop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from lib.schema import CUSTOMER_ID

DAY = pd.Timedelta(days=1)

RECENCY_BANDS = (30, 90, 180, 365)
"""Upper ends, in days since the last order; a last band is open."""

FREQUENCY_BANDS = (1, 2, 5, 10)
"""Upper ends, in number of orders; a last band is open."""

PARETO_POINTS = 100


@dataclass(frozen=True)
class Filters:
    """Which orders to look at: from `start` until before `end`, in `countries`; nothing given = all."""

    start: pd.Timestamp | None = None
    end: pd.Timestamp | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One key figure, how it changed, and its path by month (complete months only)."""

    key: str
    unit: str
    value: float
    change: float | None
    """How much larger than before, as a share; for a share, the difference. None where there is no before."""
    path: tuple[float, ...]


def one_row_per_order(lines: pd.DataFrame) -> pd.DataFrame:
    """`order_id, customer_id, ordered_at, amount, pieces, country`; the moment is that of the order's first line.

    Sorted by moment. `country` is a category, `<NA>` where the export has none.
    """
    customers, customer_names = pd.factorize(lines["customer_id"])
    orders, _ = pd.factorize(lines["order_id"])
    # One order id used by two customers (a till that counts from 1 every day) is two orders.
    both, first = _first_of(orders.astype("int64") * (len(customer_names) + 1) + customers)
    totals = pd.DataFrame({"amount": lines["amount"].to_numpy(), "pieces": lines["quantity"].to_numpy()})
    summed = totals.groupby(both, sort=False).sum()
    head = lines[["order_id", "customer_id", "ordered_at"]].iloc[first].reset_index(drop=True)
    moments = lines["ordered_at"].groupby(both, sort=False).min()
    made = head.assign(
        ordered_at=moments.to_numpy(),
        amount=summed["amount"].to_numpy(),
        pieces=summed["pieces"].to_numpy(),
        country=lines["country"].iloc[first].astype("category").reset_index(drop=True),
    )
    return made.sort_values("ordered_at", kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Size:
    """How large a history is."""

    customers: int
    orders: int
    revenue: float
    returned: float
    """Money given back, above zero."""
    first: date
    last: date

    @property
    def months(self) -> int:
        """From the first to the last order, rounded."""
        return max(1, round(((self.last - self.first).days + 1) / 30.44))


def size(orders: pd.DataFrame, returns: pd.DataFrame) -> Size:
    """Takes `one_row_per_order` and the lines that gave money back."""
    first, last = period(orders)
    return Size(
        customers=int(orders["customer_id"].nunique()),
        orders=len(orders),
        revenue=float(orders["amount"].sum()),
        returned=-float(returns["amount"].sum()),
        first=first.date(),
        last=last.date(),
    )


def within(orders: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The orders that pass the filters. Takes and returns `one_row_per_order`."""
    keep = pd.Series(True, index=orders.index)
    if filters.start is not None:
        keep &= orders["ordered_at"] >= filters.start
    if filters.end is not None:
        keep &= orders["ordered_at"] < filters.end
    if filters.countries:
        keep &= orders["country"].isin(filters.countries)
    return orders[keep]


def period(orders: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day with an order."""
    return orders["ordered_at"].iloc[0].normalize(), orders["ordered_at"].iloc[-1].normalize()


def last_days(orders: pd.DataFrame, days: int) -> Filters:
    """The filter that keeps the last so many days of the history."""
    end = period(orders)[1] + DAY
    return Filters(start=end - days * DAY, end=end)


def between(first: pd.Timestamp, last: pd.Timestamp) -> Filters:
    """The filter that keeps these days, both included."""
    return Filters(start=first.normalize(), end=last.normalize() + DAY)


RECENT_DAYS = 90
"""What `key_figures` compares where no period is chosen: the last so many days with as many before."""


def in_countries(filters: Filters, countries: Sequence[str]) -> Filters:
    """The same filters for these countries only; for all of them if none is named."""
    return replace(filters, countries=tuple(countries))


def key_figures(orders: pd.DataFrame, filters: Filters) -> tuple[Figure, ...]:
    """Revenue, customers, orders, value of an order, share of customers with more than one order.

    `change` compares the chosen period with the one of the same length just before; without a period, the last
    `RECENT_DAYS` with as many before. None where the history does not reach back that far.
    """
    chosen = within(orders, filters)
    later = (
        filters if filters.start is not None else replace(last_days(orders, RECENT_DAYS), countries=filters.countries)
    )
    now, before = _measure(within(orders, later)), _measure(_period_before(orders, later))
    whole = _measure(chosen)
    months = [_measure(month) for month in _complete_months(chosen)]
    return tuple(
        Figure(
            key,
            unit,
            whole[key],
            _change(unit, now[key], before[key]) if before["orders"] else None,
            tuple(month[key] for month in months),
        )
        for key, unit in (
            ("revenue", "money"),
            ("customers", "customers"),
            ("orders", "orders"),
            ("order_value", "money"),
            ("repeat_share", "share"),
        )
    )


def _change(unit: str, now: float, before: float) -> float | None:
    if unit == "share":
        return now - before
    return now / before - 1 if before else None


def by_month(orders: pd.DataFrame) -> pd.DataFrame:
    """`month, revenue, new_revenue, known_revenue, orders, customers, new_customers, complete`, none left out.

    New = in the month of the customer's first order of these. `complete` is False for a month in which the
    history begins or ends.
    """
    if orders.empty:
        raise ValueError("no orders")
    month = orders["ordered_at"].dt.to_period("M")
    first = month.groupby(orders["customer_id"]).transform("min")
    is_new = month == first
    everything = pd.period_range(month.iloc[0], month.iloc[-1], freq="M")
    start, end = period(orders)
    made = pd.DataFrame(
        {
            "revenue": orders["amount"].groupby(month).sum(),
            "new_revenue": orders["amount"].where(is_new, 0.0).groupby(month).sum(),
            "orders": month.groupby(month).size(),
            "customers": orders["customer_id"].groupby(month).nunique(),
            "new_customers": orders["customer_id"].where(is_new).groupby(month).nunique(),
        }
    ).reindex(everything, fill_value=0)
    return (
        made.assign(
            known_revenue=made["revenue"] - made["new_revenue"],
            complete=[one.start_time >= start - 3 * DAY and one.end_time < end + 4 * DAY for one in everything],
        )
        .rename_axis("month")
        .reset_index()
        .assign(month=lambda table: table["month"].dt.to_timestamp())
    )


def customers_of(orders: pd.DataFrame, at: pd.Timestamp | None = None) -> pd.DataFrame:
    """One row per customer: `recency_days` (since the last order, at `at` or the day after the last order),
    `frequency_orders`, `monetary_total`, `first_order`, `last_order`, `country` (of the last order)."""
    moment = at if at is not None else period(orders)[1] + DAY
    grouped = orders.groupby("customer_id", sort=False)
    made = grouped.agg(
        frequency_orders=("order_id", "size"),
        monetary_total=("amount", "sum"),
        first_order=("ordered_at", "min"),
        last_order=("ordered_at", "max"),
        country=("country", "last"),
    )
    return made.assign(recency_days=(moment - made["last_order"]).dt.total_seconds() // 86400).rename_axis(CUSTOMER_ID)


def rfm_grid(orders: pd.DataFrame) -> pd.DataFrame:
    """`recency_band, frequency_band, customers, revenue, money_per_customer`: every pair of bands, in order.

    Bands are numbered from 0: `RECENCY_BANDS` and `FREQUENCY_BANDS` give their upper ends.
    """
    customers = customers_of(orders)
    bands = {
        "recency_band": np.searchsorted(RECENCY_BANDS, customers["recency_days"], side="left"),
        "frequency_band": np.searchsorted(FREQUENCY_BANDS, customers["frequency_orders"], side="left"),
    }
    pairs = pd.MultiIndex.from_product(
        [range(len(RECENCY_BANDS) + 1), range(len(FREQUENCY_BANDS) + 1)], names=list(bands)
    )
    grid = (
        customers.assign(**bands)
        .groupby(list(bands))["monetary_total"]
        .agg(customers="size", revenue="sum")
        .reindex(pairs, fill_value=0)
    )
    return grid.assign(
        money_per_customer=grid["revenue"] / grid["customers"].where(grid["customers"] > 0)
    ).reset_index()


def cohorts(orders: pd.DataFrame, *, months: int = 13) -> pd.DataFrame:
    """`cohort` (month of the first order), `size`, `age_months`, `active`, `share`: who came back, month by month.

    The last `months` cohorts and as many ages; an age that the history does not reach to is left out, and so is a
    month that has not ended.
    """
    month = orders["ordered_at"].dt.to_period("M")
    number = (month.dt.year * 12 + month.dt.month).to_numpy()
    first = pd.Series(number).groupby(orders["customer_id"].to_numpy()).transform("min").to_numpy()
    last_complete = number[-1] if _complete(orders)[-1] else number[-1] - 1
    seen = pd.DataFrame({"cohort": first, "age_months": number - first, "customer": orders["customer_id"].to_numpy()})
    active = seen.groupby(["cohort", "age_months"])["customer"].nunique().rename("active")
    wanted = [
        (cohort, age)
        for cohort in range(max(int(number[0]), int(number[-1]) - months + 1), int(number[-1]) + 1)
        for age in range(months)
        if age == 0 or cohort + age <= last_complete
    ]
    table = active.reindex(
        pd.MultiIndex.from_tuples(wanted, names=["cohort", "age_months"]), fill_value=0
    ).reset_index()
    size = table["cohort"].map(active.xs(0, level="age_months")).fillna(0).astype("int64")
    return (
        table.assign(
            size=size,
            share=table["active"] / size.where(size > 0),
            cohort=pd.PeriodIndex.from_fields(
                year=(table["cohort"] - 1) // 12, month=(table["cohort"] - 1) % 12 + 1, freq="M"
            ).to_timestamp(),
        )[["cohort", "size", "age_months", "active", "share"]]
        .query("size > 0")
        .reset_index(drop=True)
    )


def pareto(orders: pd.DataFrame) -> pd.DataFrame:
    """`share_customers, share_revenue`: the best customers first, at most a hundred points and (0, 0)."""
    money = customers_of(orders)["monetary_total"].clip(lower=0).sort_values(ascending=False).to_numpy()
    total = money.sum()
    running = np.concatenate([[0.0], np.cumsum(money)])
    at = np.unique(np.linspace(0, len(money), PARETO_POINTS + 1).round().astype(int))
    return pd.DataFrame(
        {"share_customers": at / len(money), "share_revenue": running[at] / total if total else np.zeros(len(at))}
    )


def share_of_best(curve: pd.DataFrame, share: float = 0.2) -> float:
    """What share of the revenue the best `share` of the customers bring. Takes `pareto`."""
    return float(np.interp(share, curve["share_customers"], curve["share_revenue"]))


def top_customers(orders: pd.DataFrame, *, most: int = 20) -> pd.DataFrame:
    """The customers who spent most: `customer_id, monetary_total, share_revenue, frequency_orders, recency_days,
    first_order, last_order, country`."""
    customers = customers_of(orders)
    total = customers["monetary_total"].sum()
    columns = ["customer_id", "monetary_total", "share_revenue", "frequency_orders", "recency_days"]
    return (
        customers.assign(share_revenue=customers["monetary_total"] / total)
        .nlargest(most, "monetary_total")
        .reset_index()[[*columns, "first_order", "last_order", "country"]]
    )


def by_country(orders: pd.DataFrame, *, most: int = 10) -> pd.DataFrame:
    """`country, revenue, customers, orders`, the largest first; empty where the export names no country."""
    known = orders.dropna(subset=["country"])
    return (
        known.groupby("country", observed=True)
        .agg(revenue=("amount", "sum"), customers=("customer_id", "nunique"), orders=("order_id", "size"))
        .nlargest(most, "revenue")
        .reset_index()
        .astype({"country": "str"})
    )


def countries(orders: pd.DataFrame) -> tuple[str, ...]:
    """Every country, the one with the most orders first."""
    return tuple(str(name) for name in orders["country"].dropna().value_counts().index)


def best_month(months: pd.DataFrame) -> tuple[pd.Timestamp, float]:
    """The month with the most revenue, and how much. Takes `by_month`."""
    row = months.loc[months["revenue"].idxmax()]
    return row["month"], float(row["revenue"])


def came_back_next_month(cohort_table: pd.DataFrame) -> float | None:
    """Share of new customers who ordered again in the month after their first, over all cohorts. Takes `cohorts`."""
    next_month = cohort_table[cohort_table["age_months"] == 1]
    return float(next_month["active"].sum() / next_month["size"].sum()) if next_month["size"].sum() else None


def _measure(orders: pd.DataFrame) -> dict[str, float]:
    counts = orders["customer_id"].value_counts()
    revenue = float(orders["amount"].sum())
    return {
        "revenue": revenue,
        "customers": float(len(counts)),
        "orders": float(len(orders)),
        "order_value": revenue / len(orders) if len(orders) else float("nan"),
        "repeat_share": float((counts > 1).mean()) if len(counts) else float("nan"),
    }


def _period_before(orders: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The orders of the period of the same length just before; none where the history doesn't reach back that far."""
    if filters.start is None or filters.end is None:
        return orders.iloc[:0]
    start = filters.start - (filters.end - filters.start)
    if start < period(orders)[0]:
        return orders.iloc[:0]
    return within(orders, Filters(start, filters.start, filters.countries))


def _complete(orders: pd.DataFrame) -> Sequence[bool]:
    return by_month(orders)["complete"].tolist()


def _complete_months(orders: pd.DataFrame) -> list[pd.DataFrame]:
    if orders.empty:
        return []
    start, end = period(orders)
    return [
        those
        for month, those in orders.groupby(orders["ordered_at"].dt.to_period("M"))
        if month.start_time >= start - 3 * DAY and month.end_time < end + 4 * DAY
    ]


def _first_of(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes renumbered in order of appearance, and where each appears first."""
    numbers, names = pd.factorize(codes)
    first = np.full(len(names), len(codes), dtype="int64")
    np.minimum.at(first, numbers, np.arange(len(codes)))
    return numbers, first
