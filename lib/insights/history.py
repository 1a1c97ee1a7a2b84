"""An order history prepared once, before any filter: who ordered for the first time, after how long, and until when.

Filters then only choose among rows that know their place in the whole history, so that no fact changes under a filter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.insights.one_spelling import OneSpelling

DAY = pd.Timedelta(days=1)

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Columns = Callable[[], Mapping[str, pd.Series]]

MAX_EDGE_DAYS = 3
"""A month counts as covered although the history begins or ends up to this many days inside it, if gaps of that length
are frequent in the shop."""


@dataclass(frozen=True)
class History:
    """Orders, returns and order lines of one shop. Customers are numbered: `customer` is a place in `customer_ids`."""

    orders: pd.DataFrame
    """One row per order, by time: `order_id, customer, ordered_at, amount` (gross), `pieces, country` (category),
    `order_number` (1 = the customer's first order of all), `first_at` (moment of that first order), `previous_at` and
    `next_at` (the customer's orders before and after, missing where there is none)."""
    returns: pd.DataFrame
    """One row per returned line, by time: `customer` (−1 where the customer has no order), `returned_at`, `amount`
    (below zero), `country, product` (categories), `after_order` (number of the customer's latest order by then, 0 where
    there is none)."""
    lines: pd.DataFrame
    """One row per order line: `order` (place in `orders`), `product` (category), `amount, pieces`."""
    customer_ids: pd.Index
    first_day: pd.Timestamp
    last_day: pd.Timestamp
    """First and last day with an order."""
    edge_days: int
    """Days without an order that are usual in this shop, at most `MAX_EDGE_DAYS`."""
    lapse_days: int
    """After this many days without an order a customer counts as lost; see `lapse_days_of`."""

    @property
    def end(self) -> pd.Timestamp:
        """The moment after the last day: recency is counted from here."""
        return self.last_day + DAY

    @cached_property  # asked for at every click, of all lines
    def has_products(self) -> bool:
        return bool(self.lines["product"].notna().any())

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Every country, the one with the most orders first."""
        return tuple(str(name) for name in self.orders["country"].dropna().value_counts().index)

    def customer_number(self, customer_id: str) -> int | None:
        """The number of a customer; None where no customer has that id."""
        place = self.customer_ids.get_indexer([customer_id])[0]
        return int(place) if place >= 0 else None


def prepare(lines: pd.DataFrame, returns: pd.DataFrame | None = None) -> History:
    """The history of clean order lines and of money given back (`schema.ORDER_LINES`).

    One order id used by two customers (a till that counts from 1 every day) is two orders; an order's moment is that of
    its first line. Products and countries have one spelling each (`OneSpelling`). Raises ValueError without a line.
    """
    if lines.empty:
        raise ValueError("no order lines")
    customer, ids = pd.factorize(lines["customer_id"])
    order, _ = pd.factorize(lines["order_id"])
    pair, first = _first_of(order.astype(np.int64) * (len(ids) + 1) + customer)
    moments = lines["ordered_at"].to_numpy("datetime64[us]")
    starts = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(starts, pair, moments.view(np.int64))
    by_time = np.argsort(starts, kind="stable")
    place = np.empty_like(by_time)
    place[by_time] = np.arange(len(by_time))
    at = first[by_time]
    tables = [lines] if returns is None else [lines, returns]
    countries, products = (OneSpelling.of([table[name] for table in tables]) for name in ("country", "product"))
    country = countries.categories(lines["country"])
    orders = pd.DataFrame(
        {
            "order_id": lines["order_id"].iloc[at].to_numpy(),
            "customer": customer[at].astype(np.int64),
            "ordered_at": starts[by_time].view("datetime64[us]"),
            "amount": np.bincount(pair, lines["amount"], len(first))[by_time],
            "pieces": np.bincount(pair, lines["quantity"], len(first))[by_time],
            "country": country.iloc[at].reset_index(drop=True),
        }
    )
    grouped = orders.groupby("customer", sort=False)["ordered_at"]
    orders = orders.assign(
        order_number=grouped.cumcount() + 1,
        first_at=grouped.transform("min"),
        previous_at=grouped.shift(1),
        next_at=grouped.shift(-1),
    )
    product = products.categories(lines["product"])
    days = orders["ordered_at"].dt.normalize()
    return History(
        orders=orders,
        returns=_returns(returns, orders, ids, countries, products),
        lines=pd.DataFrame(
            {
                "order": place[pair],
                "product": product.array,
                "amount": lines["amount"].to_numpy(),
                "pieces": lines["quantity"].to_numpy(),
            }
        ),
        customer_ids=pd.Index(ids),
        first_day=days.iloc[0],
        last_day=days.iloc[-1],
        edge_days=_edge_days(days),
        lapse_days=lapse_days_of(orders),
    )


def _returns(
    returns: pd.DataFrame | None, orders: pd.DataFrame, ids: pd.Index, countries: OneSpelling, products: OneSpelling
) -> pd.DataFrame:
    columns = ["customer", "returned_at", "amount", "country", "product", "after_order"]
    if returns is None or returns.empty:
        return pd.DataFrame(dict.fromkeys(columns, orders["amount"].iloc[:0])).astype(
            {"customer": "int64", "returned_at": "datetime64[us]", "country": "category", "product": "category"}
        )
    taken = pd.DataFrame(
        {
            "customer": pd.Index(ids).get_indexer(pd.Index(returns["customer_id"])).astype(np.int64),
            "returned_at": returns["ordered_at"].to_numpy("datetime64[us]"),
            "amount": returns["amount"].to_numpy(np.float64),
            "country": countries.categories(returns["country"]).reset_index(drop=True),
            "product": products.categories(returns["product"]).reset_index(drop=True),
        }
    ).sort_values("returned_at", kind="stable", ignore_index=True)
    latest = pd.merge_asof(
        taken[["returned_at", "customer"]],
        orders[["ordered_at", "customer", "order_number"]],
        left_on="returned_at",
        right_on="ordered_at",
        by="customer",
    )
    return taken.assign(after_order=latest["order_number"].fillna(0).astype("int64"))


def _edge_days(days: pd.Series) -> int:
    gaps = days.drop_duplicates().diff().dt.days.dropna()
    return int(min(MAX_EDGE_DAYS, gaps.quantile(0.95) - 1)) if len(gaps) else 0


MIN_LAPSE_DAYS, MAX_LAPSE_DAYS = 60, 365


def lapse_days_of(orders: pd.DataFrame) -> int:
    """Number of days within which nine of ten orders of repeat customers followed the previous one, rounded up to
    months of 30.

    Between `MIN_LAPSE_DAYS` and `MAX_LAPSE_DAYS`; 180 where fewer than 20 orders followed another.
    """
    gaps = (orders["ordered_at"] - orders["previous_at"]).dt.total_seconds().dropna() / 86_400
    if len(gaps) < 20:
        return 180
    return int(np.clip(30 * np.ceil(gaps.quantile(0.9) / 30), MIN_LAPSE_DAYS, MAX_LAPSE_DAYS))


def _first_of(codes: Codes) -> tuple[Codes, Codes]:
    """Codes renumbered in order of appearance, and where each appears first."""
    numbers, names = pd.factorize(codes)
    first = np.full(len(names), len(codes), dtype=np.int64)
    np.minimum.at(first, numbers, np.arange(len(codes)))
    return numbers.astype(np.int64), first


# ------------------------------------------------------------------------------------------------ filters


@dataclass(frozen=True)
class Filters:
    """Which orders to look at: from `start` until before `end`, in `countries`; nothing given = all."""

    start: pd.Timestamp | None = None
    end: pd.Timestamp | None = None
    countries: tuple[str, ...] = ()
    net: bool = True
    """Whether money is net of returns; a return counts on the day it was made."""


@dataclass(frozen=True)
class Scope:
    """What the filters keep of a history. Every analysis takes one."""

    history: History
    filters: Filters
    orders: pd.DataFrame
    returns: pd.DataFrame
    """No row where money is gross."""
    start: pd.Timestamp
    end: pd.Timestamp
    """The period from `start` until before `end`, within the history."""
    customers: Flags | None = field(default=None, repr=False)
    """One flag per customer of the history where only some of them are looked at."""
    columns: Columns = field(default=dict, repr=False)
    """Gives the columns of the file beside the roles, each with one value per line of the history."""

    @property
    def empty(self) -> bool:
        return self.orders.empty

    @property
    def days(self) -> int:
        return int((self.end - self.start) / DAY)

    @property
    def revenue(self) -> float:
        """Money of the orders and the returns in scope."""
        return float(self.orders["amount"].sum() + self.returns["amount"].sum())

    @cached_property  # asked for at every click
    def returned_outside(self) -> float:
        """Money of the returns in scope before the first or after the last day of orders, above zero. They count where
        no period is chosen; over time, in the first or the last bucket."""
        at = self.returns["returned_at"]
        return 0.0 - float(self.returns.loc[(at < self.start) | (at >= self.end), "amount"].sum())


def scope(history: History, filters: Filters, customers: Flags | None = None) -> Scope:
    """The orders and returns that pass the filters, of all customers or of those flagged (one flag per customer)."""
    orders, returns = history.orders, history.returns
    keep = _passing(orders, "ordered_at", filters)
    back = _passing(returns, "returned_at", filters) & filters.net
    if customers is not None:
        keep &= customers[orders["customer"].to_numpy()]
        back &= np.append(customers, False)[returns["customer"].to_numpy()]
    start = history.first_day if filters.start is None else max(filters.start, history.first_day)
    end = history.end if filters.end is None else min(filters.end, history.end)
    return Scope(history, filters, _those(orders, keep), _those(returns, back), start, end, customers)


def _those(rows: pd.DataFrame, keep: Flags) -> pd.DataFrame:
    """The flagged rows; all of them are not copied."""
    return rows if bool(keep.all()) else rows[keep]


def _passing(rows: pd.DataFrame, moment: str, filters: Filters) -> Flags:
    keep = np.ones(len(rows), dtype=bool)
    if filters.start is not None:
        keep &= (rows[moment] >= filters.start).to_numpy()
    if filters.end is not None:
        keep &= (rows[moment] < filters.end).to_numpy()
    if filters.countries:
        keep &= rows["country"].isin(filters.countries).to_numpy()
    return keep


def last_days(history: History, days: int) -> Filters:
    """The filter that keeps the last n days of the history."""
    return Filters(start=history.end - days * DAY, end=history.end)


def between(first: pd.Timestamp, last: pd.Timestamp) -> Filters:
    """The filter that keeps these days, both included."""
    return Filters(start=first.normalize(), end=last.normalize() + DAY)


def previous_period(view: Scope) -> Filters | None:
    """The same filters for as many days just before; None where the history does not reach back that far."""
    return _earlier(view, view.start - (view.end - view.start), view.start)


def same_period_last_year(view: Scope) -> Filters | None:
    """The same filters a year earlier; None where the history does not reach back that far."""
    year = pd.DateOffset(years=1)
    return _earlier(view, view.start - year, view.end - year)


def _earlier(view: Scope, start: pd.Timestamp, end: pd.Timestamp) -> Filters | None:
    if start < view.history.first_day - view.history.edge_days * DAY:
        return None
    return replace(view.filters, start=start, end=end)


# ------------------------------------------------------------------------------------------------ size


@dataclass(frozen=True)
class Size:
    """How large a history is."""

    customers: int
    orders: int
    revenue: float
    """Net of returns."""
    returned: float
    """Money given back, above zero …"""
    returned_later: float
    """… and what of it was given back after the last day with an order."""
    first: date
    last: date

    @property
    def months(self) -> int:
        """From the first to the last order, rounded."""
        return max(1, round(((self.last - self.first).days + 1) / 30.44))


def size(history: History) -> Size:
    """Customers, orders, money and period of the whole history."""
    returned = 0.0 - float(history.returns["amount"].sum())
    return Size(
        customers=len(history.customer_ids),
        orders=len(history.orders),
        revenue=float(history.orders["amount"].sum()) - returned,
        returned=returned,
        returned_later=0.0 - float(history.returns.loc[history.returns["returned_at"] >= history.end, "amount"].sum()),
        first=history.first_day.date(),
        last=history.last_day.date(),
    )
