"""One customer by hand: basic facts about a customer, turned into the model's features by the code of training.

The known facts are written as an order history: the given number of orders between the first and the last, one typical
gap apart, of the same value. Features of recency, frequency, money, gaps, windows and purchase pattern follow from it.
Features of products, baskets, returns, countries and hours can't be derived: they get the training customers' typical
value.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.features import FEATURES, customer_features
from lib.gate import OpenedModel
from lib.schema import CUSTOMER_ID
from lib.scoring.needs import needs_of

UNKNOWN_FAMILIES = frozenset({"basket", "products", "returns", "calendar", "country"})
"""Families of features that can't be derived from these facts."""

_FAMILY = {feature.name: feature.family for feature in FEATURES}


@dataclass(frozen=True)
class KnownCustomer:
    """The facts about a customer that the user enters."""

    first_order: pd.Timestamp
    last_order: pd.Timestamp
    orders: int
    total_spent: float
    """In the currency of the model."""
    typical_gap_days: float | None = None
    """Usual days between two orders; None: the orders are spread evenly."""


def features_by_hand(opened: OpenedModel, known: KnownCustomer, cutoff: pd.Timestamp) -> pd.DataFrame:
    """The customer's row: the model's columns, indexed by `customer_id`.

    Raises UserError for facts that contradict each other: the last order before the first or after `cutoff`, no order,
    or more gaps than fit between the first order and the last.
    """
    lines = _lines(_order_days(known, cutoff), known)
    card = opened.verdict.card
    row = customer_features(
        _Log(lines, lines.head(0)),
        cutoff,
        columns=opened.columns,
        constants=card.features if card is not None else None,
    )
    typical: dict[str, object] = {
        need.name: need.categories[int(np.argmax(need.shares)) if need.shares else 0]
        if need.categories
        else need.typical
        for need in needs_of(opened)
        if _FAMILY.get(need.name) in UNKNOWN_FAMILIES and (need.categories or need.typical is not None)
    }
    return row.assign(**typical)


@dataclass(frozen=True)
class _Log:
    lines: pd.DataFrame
    returns: pd.DataFrame


def _order_days(known: KnownCustomer, cutoff: pd.Timestamp) -> pd.DatetimeIndex:
    first, last = known.first_order.normalize(), known.last_order.normalize()
    if known.orders < 1:
        raise UserError("scoring.facts_no_order", orders=known.orders)
    if first > last or last >= cutoff:
        raise UserError("scoring.facts_order", first=first.date(), last=last.date(), cutoff=cutoff.date())
    if known.orders == 1 and first != last:
        raise UserError("scoring.facts_one_order", first=first.date(), last=last.date())
    span = (last - first).days
    gaps = known.orders - 1
    gap = known.typical_gap_days if known.typical_gap_days else span / max(gaps, 1)
    if (gaps - 1) * gap > span:
        raise UserError("scoring.facts_gaps", orders=known.orders, gap=gap, days=span)
    # The latest orders are one typical gap apart; the first gap takes what is left.
    back = np.array([place * gap for place in range(gaps)] + ([span] if gaps else [0]))
    return pd.DatetimeIndex(last - pd.to_timedelta(np.sort(back)[::-1], unit="D")).as_unit("us")


def _lines(days: pd.DatetimeIndex, known: KnownCustomer) -> pd.DataFrame:
    return pd.DataFrame(
        {
            CUSTOMER_ID: pd.Series(["by hand"] * len(days), dtype="str"),
            "order_id": pd.Series([str(place) for place in range(len(days))], dtype="str"),
            "ordered_at": days + pd.Timedelta(hours=12),
            "amount": known.total_spent / len(days),
            "quantity": 1.0,
            "product": pd.Series([None] * len(days), dtype="str"),
            "country": pd.Series([None] * len(days), dtype="str"),
        }
    )
