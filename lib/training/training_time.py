"""About how long a training takes, in seconds of this machine, from what there is to learn from.

The figures are of trainings by `benchmarks.training_time`, with the search and one file; `on_this_machine` scales them.
"""

from __future__ import annotations

import time
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


def seconds_by_windows(goal: Goal, customers: int, lines: int) -> float:
    """Of a model that is trained on earlier periods and tested on a later one."""
    rows = min(customers * MOST_CUTOFFS, MOST_STACKED)
    base, each = (2.2, 5e-4) if goal == "next_order" else (0.9, 3e-4)
    return base + each * rows + 1e-5 * lines


def seconds_by_purchase_pattern(goal: Goal, customers: int, lines: int) -> float:
    """Of a purchase-pattern model."""
    base, each = (2.0, 9e-4) if goal == "next_order" else (0.7, 5e-4)
    return base + each * customers + 2e-6 * lines


def seconds_of_groups(customers: int, columns: int, lines: int) -> float:
    """Of segments, of an order history (no `columns`) or of a table."""
    compared = min(customers, MOST_COMPARED)
    if not columns:
        return 10.5 + 4.5e-3 * compared + 5e-4 * customers + 1e-5 * lines
    return 5.0 + compared * (1.5e-3 + 1.4e-4 * columns) + 1e-4 * customers


def seconds_of_column(task: Task, customers: int, columns: int) -> float:
    """Of a model that predicts one column of a table from others."""
    if task == "number":
        few = min(customers, 500)  # few customers are split into more folds
        return 2.4 + columns * (0.015 + 6e-4 * few + 1.5e-4 * customers) + 1.7e-3 * customers
    return (2.2 if task == "classes" else 0.6) + 0.29 * columns + customers * (6e-4 + 4e-4 * columns)


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
