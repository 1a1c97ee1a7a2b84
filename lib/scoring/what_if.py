"""What-if scenarios: one customer's order history, extended by hypothetical orders and idle days, as a feature row.

Features computed from orders depend on each other: a new order changes recency, frequency and spend at once. So the
orders are changed, and every feature is recomputed by the code of training.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from lib.features import customer_features
from lib.gate import OpenedModel
from lib.schema import CUSTOMER_ID

if TYPE_CHECKING:
    from lib.orders import Orders


@dataclass(frozen=True)
class Scenario:
    """Hypothetical orders and idle days added to a customer's history."""

    orders: int = 0
    """Number of orders added just before the cutoff."""
    order_value: float = 0.0
    """Amount of each added order, in the shop's currency."""
    silent_days: int = 0
    """Days without an order after those, by which the cutoff moves."""


def scenario_row(
    opened: OpenedModel, orders: Orders, customer: str, cutoff: pd.Timestamp, scenario: Scenario
) -> pd.DataFrame:
    """The customer's features in the scenario: one row, the model's columns, indexed by `customer_id`.

    Raises KeyError for a customer without an order before the cutoff.
    """
    log = _Log(_own(orders.lines, customer, cutoff), _own(orders.returns, customer, cutoff))
    if log.lines.empty:
        raise KeyError(customer)
    log = _Log(_with_more(log.lines, cutoff, scenario), log.returns)
    card = opened.verdict.card
    return customer_features(
        log,
        cutoff + pd.Timedelta(days=scenario.silent_days),
        columns=opened.columns,
        constants=card.features if card is not None else None,
    )


@dataclass(frozen=True)
class _Log:
    lines: pd.DataFrame
    returns: pd.DataFrame


def _own(lines: pd.DataFrame, customer: str, cutoff: pd.Timestamp) -> pd.DataFrame:
    return lines[(lines[CUSTOMER_ID] == customer) & (lines["ordered_at"] < cutoff)]


def _with_more(lines: pd.DataFrame, cutoff: pd.Timestamp, scenario: Scenario) -> pd.DataFrame:
    """Added orders copy the customer's last line, a second apart, in the last minute before the cutoff."""
    if not scenario.orders:
        return lines
    moments = cutoff - pd.to_timedelta(range(scenario.orders, 0, -1), unit="s")
    more = (
        lines.tail(1)
        .loc[lambda last: last.index.repeat(scenario.orders)]
        .assign(
            ordered_at=moments.as_unit("us"),
            order_id=[f"what-if {place}" for place in range(scenario.orders)],
            amount=float(scenario.order_value),
        )
    )
    return pd.concat([lines, more], ignore_index=True)
