"""Unlike shops drawn by seed: order exports and customer tables whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class DrawnShop:
    """An export and what is true of it."""

    seed: int
    kind: str
    file: bytes
    name: str
    customers: int
    """Who must be in a model of it: in orders, who has a line of the main currency with an amount above zero."""
    facts: Mapping[str, object] = field(default_factory=dict)
    sales: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Of an order export: `customer`, `when`, `amount` of the lines that no reader may leave out."""
    target: str = ""
    """Of a customer table: the column to predict."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """Options of `train` besides the goal, such as `--horizon-days`."""


def draw_shop(seed: int, *, most_customers: int = 400) -> DrawnShop:
    """Every third seed is a customer table, the others are orders."""
    from benchmarks.drawn_shops.orders import draw_orders
    from benchmarks.drawn_shops.tables import draw_table

    return (draw_table if seed % 3 == 2 else draw_orders)(seed, most_customers=most_customers)
