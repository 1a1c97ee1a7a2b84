"""Unlike shops drawn by seed: order exports and customer tables whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
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


SIZES: tuple[tuple[float, int, int], ...] = (
    (0.08, 30, 60),
    (0.78, 60, 400),
    (0.115, 400, 2_000),
    (0.02, 2_000, 10_000),
    (0.005, 10_000, 30_000),
)
"""Share of the shops, and the fewest and most customers of such: many small ones, and some large."""


def draw_size(draw: np.random.Generator, most_customers: int | None) -> int:
    """How many customers a shop has: of `SIZES`, or from 30 up to `most_customers`, mostly few."""
    place = draw.random()
    if most_customers is not None:
        return int(30 * (most_customers / 30) ** (place**2))
    for share, least, most in SIZES:
        if place < share:
            return int(least * (most / least) ** (place / share))
        place -= share
    return SIZES[-1][2]


def draw_shop(seed: int, *, most_customers: int | None = 400) -> DrawnShop:
    """Every third seed is a customer table, the others are orders. Sizes: see `draw_size`."""
    from benchmarks.drawn_shops.orders import draw_orders
    from benchmarks.drawn_shops.tables import draw_table

    return (draw_table if seed % 3 == 2 else draw_orders)(seed, most_customers=most_customers)
