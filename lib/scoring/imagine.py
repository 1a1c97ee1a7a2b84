"""What if: one customer's own orders, with some more placed today and some days gone by, made into a row again.

Columns that come from orders hang together: who orders today has also been silent for no time, bought more and more
often. So it is the orders that are imagined, and every column follows from them by the code of training.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lib.features import customer_features
from lib.gate import OpenedModel
from lib.orders import Orders
from lib.schema import CUSTOMER_ID


@dataclass(frozen=True)
class Imagined:
    """What is supposed of a customer."""

    orders: int = 0
    """So many more orders, placed just before the cutoff."""
    order_value: float = 0.0
    """Money per imagined order."""
    silent_days: int = 0
    """So many days without an order after that."""


def imagine(
    opened: OpenedModel, orders: Orders, customer: str, cutoff: pd.Timestamp, imagined: Imagined
) -> pd.DataFrame:
    """The customer's row, ready for the model, as it would be; her index is kept.

    Raises KeyError for a customer without an order before the cutoff.
    """
    log = _Log(_own(orders.lines, customer, cutoff), _own(orders.returns, customer, cutoff))
    if log.lines.empty:
        raise KeyError(customer)
    log = _Log(_with_more(log.lines, cutoff, imagined), log.returns)
    card = opened.verdict.card
    return customer_features(
        log,
        cutoff + pd.Timedelta(days=imagined.silent_days),
        columns=opened.columns,
        constants=card.features if card is not None else None,
    )


@dataclass(frozen=True)
class _Log:
    lines: pd.DataFrame
    returns: pd.DataFrame


def _own(lines: pd.DataFrame, customer: str, cutoff: pd.Timestamp) -> pd.DataFrame:
    return lines[(lines[CUSTOMER_ID] == customer) & (lines["ordered_at"] < cutoff)]


def _with_more(lines: pd.DataFrame, cutoff: pd.Timestamp, imagined: Imagined) -> pd.DataFrame:
    """Imagined orders look like the customer's last one: the same product, a second apart, in the last minute."""
    if not imagined.orders:
        return lines
    moments = cutoff - pd.to_timedelta(range(imagined.orders, 0, -1), unit="s")
    more = (
        lines.tail(1)
        .loc[lambda last: last.index.repeat(imagined.orders)]
        .assign(
            ordered_at=moments.as_unit("us"),
            order_id=[f"imagined {place}" for place in range(imagined.orders)],
            amount=float(imagined.order_value),
        )
    )
    return pd.concat([lines, more], ignore_index=True)
