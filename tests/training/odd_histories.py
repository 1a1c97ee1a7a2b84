"""Order histories of shops with odd values and odd gaps, drawn from a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.orders import Ledger, Orders

Draw = np.random.Generator
FIRST_DAY = pd.Timestamp("2024-01-01")
DAYS, CUSTOMERS = 480, 600


@dataclass(frozen=True)
class OddHistory:
    """A kind of shop."""

    value: Callable[[Draw, np.ndarray], np.ndarray]
    """Order values, of the usual value of each order's customer."""
    gap: Callable[[Draw, float], float] = lambda draw, usual: draw.exponential(usual)
    """Days until the next order, of the customer's usual ones."""
    whole_days: bool = False
    atoms: bool = False
    """Whether many orders have the same value, so that an interval covers more than its share."""


def _spread(draw: Draw, usual: np.ndarray) -> np.ndarray:
    return (usual * draw.lognormal(0, 0.5, len(usual))).round(2)


ODD_HISTORIES: Mapping[str, OddHistory] = {
    "usual": OddHistory(_spread),
    "one price": OddHistory(lambda draw, usual: np.full(len(usual), 19.99), atoms=True),
    "three prices": OddHistory(lambda draw, usual: draw.choice([19.0, 29.0, 49.0], len(usual)), atoms=True),
    "a price of each customer": OddHistory(
        lambda draw, usual: np.where(usual < 30, 19.0, np.where(usual < 45, 29.0, 49.0)), atoms=True
    ),
    "heavy tail": OddHistory(lambda draw, usual: ((draw.pareto(1.05, len(usual)) + 1) * usual).round(2)),
    "mostly free": OddHistory(
        lambda draw, usual: np.where(draw.random(len(usual)) < 0.6, 0.0, usual.round(2)), atoms=True
    ),
    "tiny values": OddHistory(lambda draw, usual: usual * 1e-6 * draw.lognormal(0, 0.5, len(usual))),
    "huge values": OddHistory(lambda draw, usual: (usual * 1e9 * draw.lognormal(0, 0.5, len(usual))).round()),
    "regular": OddHistory(_spread, lambda draw, usual: max(0.2, draw.normal(usual, 0.3))),
    "whole days": OddHistory(_spread, whole_days=True),
    "in clumps": OddHistory(
        _spread, lambda draw, usual: draw.exponential(0.5) if draw.random() < 0.5 else draw.exponential(2 * usual)
    ),
    "heavy gaps": OddHistory(_spread, lambda draw, usual: 3 * (draw.pareto(0.9) + 1)),
}
"""Every kind by name."""


def drawn_history(kind: str, seed: int = 0) -> Orders:
    """The orders of a shop of that kind."""
    odd, draw = ODD_HISTORIES[kind], np.random.default_rng(seed)
    owner, moment = [], []
    for customer in range(CUSTOMERS):
        usual = 40 * draw.lognormal(0, 0.8)
        at = draw.uniform(0, 0.8 * DAYS)
        end = min(DAYS, at + 30 + draw.exponential(400))
        while at < end:
            owner.append(customer)
            moment.append(at)
            at += odd.gap(draw, usual)
    usual_values = draw.lognormal(3.5, 0.6, CUSTOMERS)[owner]
    days = np.floor(moment) if odd.whole_days else np.asarray(moment)
    lines = pd.DataFrame(
        {
            "customer_id": pd.Series(owner).map("c{:04}".format).astype("str"),
            "order_id": pd.Series(np.arange(len(owner))).astype("str"),
            "ordered_at": (FIRST_DAY + pd.to_timedelta(days, unit="D")).astype("datetime64[us]"),
            "amount": odd.value(draw, usual_values),
            "quantity": 1.0,
            "product": pd.Series("x", index=range(len(owner)), dtype="str"),
            "country": pd.Series("Spain", index=range(len(owner)), dtype="str"),
        }
    ).sort_values("ordered_at", ignore_index=True)
    return Orders(lines, lines.iloc[:0], Ledger(len(lines), len(lines), {}, pd.Series("", index=lines.index)), "EUR")
