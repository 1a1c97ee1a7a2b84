"""An order log as integers and moments, coded once and cut as often as there are cutoffs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.schema import CUSTOMER_ID

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

DAY = 86_400_000_000
"""Microseconds in a day: moments are `datetime64[us]`."""


class OrderLog(Protocol):
    """What features need of `lib.orders.Orders`: two tables of `schema.ORDER_LINES`."""

    @property
    def lines(self) -> pd.DataFrame: ...

    @property
    def returns(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class CodedLog:
    """An order log as integers and moments, coded once and cut as often as there are cutoffs.

    Everything is in order of time and every code counts first appearances: what lies before a cutoff is a prefix, and
    the customers, orders and products seen in a prefix are exactly the codes below some number. So an order line
    after the cutoff cannot take part in anything.
    """

    customers: pd.Index
    by_name: Codes
    """Customer codes in order of their names: the order of the rows of every table made here."""
    countries: pd.Index
    # One row per order line.
    line_moment: Codes
    line_customer: Codes
    line_basket: Codes
    """Code of (customer, product), −1 where the product is missing."""
    basket_customer: Codes
    line_country: Codes
    # One row per (order, moment): nearly always the whole order, and never two sides of a cutoff.
    part_moment: Codes
    part_order: Codes
    part_amount: Numbers
    part_pieces: Numbers
    part_lines: Numbers
    order_customer: Codes
    order_moment: Codes
    # One row per return of a known customer; −1 for customers who never bought anything.
    return_moment: Codes
    return_customer: Codes
    return_amount: Numbers

    @property
    def start(self) -> pd.Timestamp:
        """Midnight of the first day."""
        return pd.Timestamp(int(self.line_moment[0]), unit="us").normalize()

    @property
    def end(self) -> pd.Timestamp:
        """Midnight after the last order."""
        return pd.Timestamp(int(self.line_moment[-1]), unit="us").normalize() + pd.Timedelta(days=1)


def code(orders: OrderLog) -> CodedLog:
    """The log in integers. A log without any line raises ValueError: `lib.orders` lets none pass."""
    lines = orders.lines
    if len(lines) == 0:
        raise ValueError("an order log needs at least one line")
    moments = moments_of(lines["ordered_at"])
    if np.any(moments[1:] < moments[:-1]):
        lines = lines.iloc[np.argsort(moments, kind="stable")]
        moments = moments_of(lines["ordered_at"])

    customer, customers = pd.factorize(lines["customer_id"])
    order_name, _ = pd.factorize(lines["order_id"])
    order, _ = pd.factorize(_pair(order_name, customer))
    part, _ = pd.factorize(_pair(order, pd.factorize(moments)[0]))
    first_of_part = _first(part)
    first_of_order = _first(order)

    product, _ = pd.factorize(lines["product"])
    country, countries = pd.factorize(lines["country"])
    basket = np.full(len(lines), -1, dtype=np.int64)
    named = product >= 0
    basket[named] = pd.factorize(_pair(customer[named], product[named]))[0]

    returns = orders.returns
    return_customer = (
        pd.Index(customers).get_indexer(pd.Index(returns["customer_id"])) if len(returns) else np.array([])
    )
    return_moment = moments_of(returns["ordered_at"]) if len(returns) else np.array([], dtype=np.int64)
    in_time = np.argsort(return_moment, kind="stable")
    return CodedLog(
        customers=pd.Index(customers).astype("str"),
        by_name=np.argsort(np.asarray(customers, dtype=object), kind="stable"),
        countries=pd.Index(countries),
        line_moment=moments,
        line_customer=customer,
        line_basket=basket,
        basket_customer=customer[named][_first(basket[named])],
        line_country=country,
        part_moment=moments[first_of_part],
        part_order=order[first_of_part],
        part_amount=sums_by(part, lines["amount"].to_numpy(np.float64), 0),
        part_pieces=sums_by(part, lines["quantity"].to_numpy(np.float64), 0),
        part_lines=np.bincount(part).astype(np.float64),
        order_customer=customer[first_of_order],
        order_moment=moments[first_of_order],
        return_moment=return_moment[in_time],
        return_customer=return_customer.astype(np.int64)[in_time],
        return_amount=(returns["amount"].to_numpy(np.float64) if len(returns) else np.array([]))[in_time],
    )


def moments_of(column: pd.Series) -> Codes:
    """Moments as microseconds since 1970."""
    return column.to_numpy("datetime64[us]").astype(np.int64)


def microseconds(when: pd.Timestamp) -> int:
    """Since 1970, whatever the unit of the timestamp."""
    return int(pd.Timestamp(when).to_datetime64().astype("datetime64[us]").astype(np.int64))


def sums_by(groups: Codes, weights: Numbers | Flags, size: int) -> Numbers:
    """Sum of the weights of each code, for at least `size` codes."""
    return np.bincount(groups, weights=weights, minlength=size).astype(np.float64)


def _pair(left: Codes, right: Codes) -> Codes:
    """One integer for two codes."""
    width = int(right.max(initial=0)) + 1
    return left.astype(np.int64) * width + right


def _first(codes: Codes) -> Codes:
    """Where each code of a factorized array appears first."""
    highest = np.maximum.accumulate(codes) if len(codes) else codes
    return np.flatnonzero(np.diff(highest, prepend=-1) > 0)


def rows_by_name(log: CodedLog, customers: int) -> Codes:
    """Codes of the first so many customers, in order of their names."""
    return log.by_name[log.by_name < customers]


def table_index(log: CodedLog, rows: Codes) -> pd.Index:
    """The index of a table of these customers."""
    return pd.Index(log.customers[rows], dtype="str", name=CUSTOMER_ID)
