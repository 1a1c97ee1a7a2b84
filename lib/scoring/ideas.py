"""What idea each feature expresses: recency, frequency, spend, regularity, season and a few more.

A model of orders has up to ninety features, and a dozen of them say how long ago the last order was. A reason for a
score is an idea, not a feature, so that several forms of the same thing are one reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.features import FEATURES

IDEA_OF_FAMILY: Mapping[str, str] = {
    "order_value": "spend",
    "gaps": "regularity",
    "months": "frequency",
    "year_before": "season",
    "season": "season",
    "btyd_next": "recency",
    "calendar": "timing",
    "basket": "basket",
    "products": "basket",
    "returns": "returns",
    "country": "country",
}
"""Family of features → idea, for the families whose features all express one idea."""

IDEA_OF_COLUMN: Mapping[str, str] = {
    "recency_days": "recency",
    "recency_share_of_tenure": "recency",
    "overdue_ratio": "recency",
    "overdue_median_ratio": "recency",
    "overdue_max_ratio": "recency",
    "overdue_last_3_ratio": "recency",
    "overdue_spreads": "recency",
    "gap_ended_share": "recency",
    "btyd_alive": "recency",
    "btyd_chance": "recency",
    "btyd_log_odds": "recency",
    "frequency_orders": "frequency",
    "purchase_days": "frequency",
    "orders_per_month": "frequency",
    "btyd_orders": "frequency",
    "btyd_log_orders": "frequency",
    "monetary_total": "spend",
    "spend_per_month": "spend",
    "btyd_order_value": "spend",
    "btyd_spend": "spend",
    "btyd_log_spend": "spend",
    "tenure_days": "tenure",
    "active_days_span": "tenure",
}
"""Feature → idea, before `IDEA_OF_FAMILY`."""

SHOWN_FIRST: Mapping[str, tuple[str, ...]] = {
    "recency": ("recency_days", "btyd_chance", "btyd_alive", "overdue_ratio"),
    "frequency": ("frequency_orders", "purchase_days", "orders_365_days", "orders_90_days", "btyd_orders"),
    "spend": ("monetary_total", "order_value_mean", "spend_365_days", "btyd_spend", "btyd_order_value"),
    "regularity": ("gap_median_days", "gap_mean_days", "gap_last_days"),
    "season": ("orders_year_before", "spend_year_before"),
    "tenure": ("tenure_days",),
    "basket": ("pieces_per_order", "lines_per_order", "products_distinct"),
    "returns": ("returned_total", "return_lines"),
    "timing": ("weekend_share",),
}
"""Group of reasons → the features that are easiest to understand; of those that a model has, the first that differs is
shown."""


@dataclass(frozen=True)
class Idea:
    """Columns of a model that express one thing. `key` is empty for a column that expresses nothing but itself."""

    key: str
    columns: tuple[str, ...]


def idea_of(column: str) -> str:
    """The idea of a feature; empty for a column that is none of ours."""
    return _IDEA.get(column, "")


def ideas_of(columns: Sequence[str]) -> tuple[Idea, ...]:
    """A model's columns by idea, in the order in which ideas first appear; each column of another model by itself."""
    found: dict[str, list[str]] = {}
    for column in columns:
        found.setdefault(idea_of(column) or f"\0{column}", []).append(column)
    return tuple(
        Idea("" if key.startswith("\0") else key, tuple(_shown_first(key, names))) for key, names in found.items()
    )


def _shown_first(idea: str, columns: Sequence[str]) -> list[str]:
    first = SHOWN_FIRST.get(idea, ())
    return sorted(columns, key=lambda column: first.index(column) if column in first else len(first))


def _idea(column: str, family: str) -> str:
    if column in IDEA_OF_COLUMN:
        return IDEA_OF_COLUMN[column]
    if family in ("windows", "trends"):
        return "spend" if column.startswith("spend") else "frequency"
    return IDEA_OF_FAMILY[family]


_IDEA: Mapping[str, str] = {feature.name: _idea(feature.name, feature.family) for feature in FEATURES}

IDEAS: tuple[str, ...] = tuple(dict.fromkeys(_IDEA.values()))
"""Every idea."""
