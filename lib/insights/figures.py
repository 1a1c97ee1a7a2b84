"""The key figures of a period, beside those of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from lib.insights.history import Scope

Unit = Literal["money", "customers", "orders", "share"]


@dataclass(frozen=True)
class Figure:
    """One key figure of a period, the same figure of the period compared with, and its path within the period."""

    key: str
    unit: Unit
    value: float
    before: float | None
    """None where nothing is compared, or the other period has no order."""
    path: tuple[float, ...]
    """By bucket, complete ones only; empty for what doesn't add up from buckets."""

    @property
    def change(self) -> float | None:
        """How much larger than before, as a share; for a share, the difference. None where that can't be said."""
        if self.before is None or self.before != self.before or self.value != self.value:
            return None
        if self.unit == "share":
            return self.value - self.before
        return self.value / self.before - 1 if self.before > 0 else None


def key_figures(view: Scope, compared: Scope | None, by_bucket: pd.DataFrame) -> tuple[Figure, ...]:
    """Revenue, customers, new customers, orders, revenue per order, share of repeat customers, all of the same period.

    New customers placed their first order of all in the period. Repeat customers had placed two orders or more by their
    last order in the period, counting those before it. `by_bucket` is `over_time` of the view.
    """
    now = _measure(view)
    before = _measure(compared) if compared is not None and not compared.empty else None
    path = by_bucket[by_bucket["complete"]]
    return tuple(
        Figure(
            key,
            unit,
            now[key],
            before[key] if before else None,
            tuple(path[key].dropna().astype(float)) if key in path.columns else (),
        )
        for key, unit in _FIGURES
    )


_FIGURES: tuple[tuple[str, Unit], ...] = (
    ("revenue", "money"),
    ("customers", "customers"),
    ("new_customers", "customers"),
    ("orders", "orders"),
    ("order_value", "money"),
    ("repeat_share", "share"),
)


def _measure(view: Scope) -> dict[str, float]:
    orders = view.orders
    latest = orders.drop_duplicates("customer", keep="last")["order_number"]
    return {
        "revenue": view.revenue,
        "customers": float(len(latest)),
        "new_customers": float((orders["order_number"] == 1).sum()),
        "orders": float(len(orders)),
        "order_value": view.revenue / len(orders) if len(orders) else float("nan"),
        "repeat_share": float((latest > 1).mean()) if len(latest) else float("nan"),
    }
