"""One customer: orders and returns in time, products, pauses, when another order is due."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.insights.customers import segments_at
from lib.insights.history import DAY, History

MIN_SIMILAR = 20
"""Minimum number of gaps between orders for a statement about similar customers."""


@dataclass(frozen=True)
class Profile:
    """What is known of one customer at the end of the history."""

    customer_id: str
    events: pd.DataFrame
    """`at, kind` (`order` or `return`), `order_id, amount, pieces, days_since_previous`, by time; returns of one moment
    are one row."""
    products: pd.DataFrame
    """`product, orders, pieces, amount, last_bought`, most orders first; empty where products are unknown."""
    segment: str
    orders: int
    spent: float
    """Net of returns."""
    returned: float
    recency_days: int
    typical_gap_days: float | None
    """The median of the customer's own pauses between orders; None after fewer than two of them."""
    next_order_due: pd.Timestamp | None
    """The last order plus the typical pause: the customer's own, or that of all customers after as many orders."""
    due_from_all: bool
    """Whether the pause is that of all customers."""
    resumed_share: float | None
    """Of the pauses of customers after as many orders (1, 2, 3, 4 to 6, 7 and more) that lasted as long as this one
    has, the share that ended with an order so far. None where there were fewer than `MIN_SIMILAR`."""
    similar_pauses: int


def profile(history: History, customer_id: str) -> Profile | None:
    """What is known of one customer; None where no customer has that id."""
    number = history.customer_number(customer_id)
    if number is None:
        return None
    mine = history.orders[history.orders["customer"] == number]
    back = history.returns[history.returns["customer"] == number]
    last = mine["ordered_at"].iloc[-1]
    recency = (history.end - last).total_seconds() / 86_400
    gaps = _days(mine["ordered_at"] - mine["previous_at"]).dropna()
    own = float(gaps.median()) if len(gaps) >= 2 else None
    alike, ended = _pauses_like(history, len(mine))
    typical = own if own is not None else float(np.median(alike[ended])) if ended.sum() >= MIN_SIMILAR else None
    lasted = alike >= recency
    segment = segments_at(history, history.end)["segment"]
    return Profile(
        customer_id=customer_id,
        events=_events(mine, back),
        products=_products(history, mine),
        segment=str(segment.loc[number]),
        orders=len(mine),
        spent=float(mine["amount"].sum() + back["amount"].sum()),
        returned=0.0 - float(back["amount"].sum()),
        recency_days=int(recency),
        typical_gap_days=own,
        next_order_due=None if typical is None else (last + typical * DAY).normalize(),
        due_from_all=own is None,
        resumed_share=float(ended[lasted].mean()) if lasted.sum() >= MIN_SIMILAR else None,
        similar_pauses=int(lasted.sum()),
    )


def _days(spans: pd.Series) -> pd.Series:
    return spans.dt.total_seconds() / 86_400


_ORDER_GROUPS = (1, 2, 3, 6)


def _pauses_like(history: History, orders: int) -> tuple[np.ndarray, np.ndarray]:
    """Days of every pause after about as many orders, and whether an order ended it; open ones last until now."""
    group = np.searchsorted(_ORDER_GROUPS, history.orders["order_number"])
    alike = history.orders[group == np.searchsorted(_ORDER_GROUPS, orders)]
    ended = alike["next_at"].notna().to_numpy()
    return _days(alike["next_at"].fillna(history.end) - alike["ordered_at"]).to_numpy(), ended


def _events(mine: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    bought = pd.DataFrame(
        {
            "at": mine["ordered_at"],
            "kind": "order",
            "order_id": mine["order_id"],
            "amount": mine["amount"],
            "pieces": mine["pieces"],
            "days_since_previous": _days(mine["ordered_at"] - mine["previous_at"]),
        }
    )
    if back.empty:
        return bought.reset_index(drop=True)
    given = back.groupby("returned_at", sort=True)["amount"].sum().rename_axis("at").reset_index()
    given = given.assign(kind="return", order_id=None, pieces=np.nan, days_since_previous=np.nan)[bought.columns]
    return pd.concat([bought, given.astype({"order_id": "str"})], ignore_index=True).sort_values(
        "at", kind="stable", ignore_index=True
    )


def _products(history: History, mine: pd.DataFrame) -> pd.DataFrame:
    place = np.zeros(len(history.orders), dtype=bool)
    place[mine.index.to_numpy()] = True
    lines = history.lines[place[history.lines["order"].to_numpy()]].dropna(subset=["product"])
    moments = history.orders["ordered_at"].to_numpy()[lines["order"].to_numpy()]
    return (
        lines.assign(last_bought=moments)
        .astype({"product": "str"})
        .groupby("product")
        .agg(
            orders=("order", "nunique"),
            pieces=("pieces", "sum"),
            amount=("amount", "sum"),
            last_bought=("last_bought", "max"),
        )
        .sort_values(["orders", "amount"], ascending=False, kind="stable")
        .reset_index()
    )
