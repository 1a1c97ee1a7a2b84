"""About how long a training takes, in seconds of this machine, from what there is to learn from.

The figures are of trainings by `benchmarks.training_time`, with the search and one file; `on_this_machine` scales them.
An answer comes twice: the quick model first, then the thorough one.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from lib.recipes import Task
from lib.schema import Goal

START_SECONDS = 2.0
"""A training runs in a process of its own, which imports the libraries first."""
MOST_STACKED, MOST_CUTOFFS = 60_000, 13
"""Of windows: a training reads at most so many rows, the customers at so many cutoffs."""
MOST_COMPARED = 4_000
"""Of groups: the numbers of groups are compared on at most so many customers."""
EVERY_CUSTOMER = 1e-4
"""Of groups: seconds for each customer, compared or not."""


@dataclass(frozen=True)
class Cost:
    """Seconds of a training and its search: a sum of what its parts cost."""

    base: float
    column: float = 0.0
    row: float = 0.0
    """Of a row that is learnt from."""
    cell: float = 0.0
    """Of a column of such a row."""
    line: float = 0.0
    """Of an order line."""

    def of(self, *, rows: int, columns: int = 0, lines: int = 0) -> float:
        """The seconds of so much."""
        return self.base + self.column * columns + rows * (self.row + self.cell * columns) + self.line * lines


COSTS: Mapping[str, tuple[Cost, Cost]] = {
    "groups_of_orders": (Cost(1.2, row=0.0002, line=2.8e-05), Cost(6.8, row=0.0004, line=2.8e-05)),
    "groups_of_table": (
        Cost(1.5, column=0.16, row=1.3e-05, cell=0.00012),
        Cost(5.4, column=0.0016, row=0.0016, cell=0.00012),
    ),
    "windows": (Cost(1.1, row=0.0001, line=5e-05), Cost(0.95, row=0.00028, line=5e-05)),
    "purchase_pattern": (Cost(0.47, row=0.00017, line=7.1e-05), Cost(0.57, row=0.00038, line=6.4e-06)),
    "next_order": (Cost(2.2, row=0.00053, line=5e-05), Cost(2.2, row=0.00053, line=5e-05)),
    "yes_no": (Cost(0.58, column=0.022, row=2.3e-06, cell=5.4e-06), Cost(0.43, column=0.29, row=0.00055, cell=0.0004)),
    "classes": (Cost(0.3, column=0.039, row=1.4e-05, cell=1.4e-05), Cost(2.2, column=0.32, row=3.1e-05, cell=0.00031)),
    "number": (Cost(0.28, column=0.019, row=4.1e-05, cell=1e-05), Cost(2.9, column=0.036, row=0.00058, cell=0.00035)),
    "next_purchase": (Cost(2.0, row=9e-4, line=2e-6), Cost(2.0, row=9e-4, line=2e-6)),
}
"""Kind of training → what the quick and the thorough answer cost; where there is no quick one, the same twice."""


def seconds_by_windows(goal: Goal, customers: int, lines: int, *, quick: bool = False) -> float:
    """Of a model that is trained on earlier periods and tested on a later one."""
    rows = min(customers * MOST_CUTOFFS, MOST_STACKED)
    return _cost("next_order" if goal == "next_order" else "windows", quick).of(rows=rows, lines=lines)


def seconds_by_purchase_pattern(goal: Goal, customers: int, lines: int, *, quick: bool = False) -> float:
    """Of a purchase-pattern model."""
    kind = "next_purchase" if goal == "next_order" else "purchase_pattern"
    return _cost(kind, quick).of(rows=customers, lines=lines)


def seconds_of_groups(customers: int, columns: int, lines: int, *, quick: bool = False) -> float:
    """Of segments, of an order history (no `columns`) or of a table."""
    compared = min(customers, MOST_COMPARED)
    cost = _cost("groups_of_table" if columns else "groups_of_orders", quick)
    return cost.of(rows=compared, columns=columns, lines=lines) + EVERY_CUSTOMER * customers


def seconds_of_column(task: Task, customers: int, columns: int, *, quick: bool = False) -> float:
    """Of a model that predicts one column of a table from others."""
    return _cost(task, quick).of(rows=customers, columns=columns)


def _cost(kind: str, quick: bool) -> Cost:
    return COSTS[kind][0 if quick else 1]


def on_this_machine(seconds: float) -> float:
    """Seconds until a job is done that takes so long on the machine of the measurements, its start included."""
    return (START_SECONDS + seconds) * machine_slowness()


@cache
def machine_slowness() -> float:
    """How many times as long this machine takes for a fixed piece of work as the one that the times were measured on.

    Measured once in a process, in some hundredths of a second; between a quarter and ten.
    """
    table = np.random.default_rng(0).normal(size=(20_000, 8))
    spent = []
    for _ in range(3):
        began = time.thread_time()
        for column in table.T:
            np.bincount(np.searchsorted(np.sort(column), column) // 100)
        np.linalg.lstsq(table, table[:, 0], rcond=None)
        spent.append(time.thread_time() - began)
    return float(np.clip(min(spent) / _REFERENCE_WORK_SECONDS, 0.25, 10.0))


_REFERENCE_WORK_SECONDS = 0.024
"""Processor time of that work where the figures were measured."""
