"""Permutation importance: by how much each customer's loss grows when the cells of a column are shuffled.

L. Breiman (2001), Random Forests, section 10; on customers that the model has not learnt from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from lib.card import ColumnImportance
from lib.evaluation.metrics import FloatArray, IntArray
from lib.evaluation.resampling import mean_interval

REPEATS = 5
"""How often the most important columns are shuffled; the others once."""
MAX_IMPORTANT = 12
"""Maximum number of columns that are shuffled repeatedly."""
PROBES = 25
"""Number of grid values of a numeric column for partial dependence; of a category, all values are used."""
MAX_ROWS = 2_000
"""Customers that the importance is measured on, at most."""


def permutation_importance(
    columns: Sequence[str],
    losses: Callable[[str, IntArray], FloatArray],
    before: FloatArray,
    *,
    seed: int = 0,
) -> FloatArray:
    """Columns × customers: the mean growth of each customer's loss over the shuffles.

    `losses(column, order)` is the loss of every customer with the column's cells in the order of `order`, whose shape
    is (shuffles, customers), as is that of the answer; `before` is the loss with the cells in their places. Every
    column is shuffled once; the `MAX_IMPORTANT` best of them `REPEATS` times in all.
    """
    rng = np.random.default_rng(seed)

    def growth(name: str, repeats: int) -> FloatArray:
        orders = np.stack([rng.permutation(len(before)) for _ in range(repeats)])
        return losses(name, orders) - before

    grown = np.stack([growth(name, 1)[0] for name in columns])
    best = np.argsort(-grown.mean(axis=1), kind="stable")[:MAX_IMPORTANT]
    for place in np.sort(best):
        again = growth(columns[place], REPEATS - 1)
        grown[place] = (grown[place] + again.sum(axis=0)) / REPEATS
    return grown


def ranked_importance(columns: Sequence[str], grown: FloatArray, *, seed: int = 0) -> tuple[ColumnImportance, ...]:
    """The mean growth per column with its bootstrap interval over customers, most important column first."""
    found = []
    for place in np.argsort(-grown.mean(axis=1), kind="stable"):
        interval = mean_interval(grown[place], seed=seed)
        found.append(ColumnImportance(columns[place], interval.value, interval.low, interval.high))
    return tuple(found)


def prepared_places(transform: Callable[[pd.DataFrame], FloatArray], table: pd.DataFrame) -> dict[str, list[int]]:
    """Column → the places of a prepared matrix that depend on it.

    Found by preparing one row again and again with one cell changed: to each category, or to quantiles of a number,
    and to a missing cell.
    """
    base = table.iloc[[0]]
    values = {name: _probe_values(table[name]) for name in table.columns}
    rows = pd.concat([base] * (1 + sum(len(one) for one in values.values())), ignore_index=True)
    changed = {}
    at = 1
    for name, probes in values.items():
        changed[name] = slice(at, at + len(probes))
        rows[name] = pd.concat([rows[name].iloc[:at], probes, rows[name].iloc[at + len(probes) :]]).set_axis(rows.index)
        at += len(probes)
    matrix = np.nan_to_num(np.asarray(transform(rows), dtype=np.float64), nan=-1e300)
    return {name: np.flatnonzero((matrix[where] != matrix[0]).any(axis=0)).tolist() for name, where in changed.items()}


def _probe_values(values: pd.Series) -> pd.Series:
    known = values.dropna()
    if known.empty:
        return values.head(1)
    if pd.api.types.is_any_real_numeric_dtype(known) or pd.api.types.is_datetime64_any_dtype(known):
        known = known.sort_values().iloc[np.linspace(0, max(len(known) - 1, 0), min(len(known), PROBES)).astype(int)]
    return pd.concat([known.drop_duplicates(), values[values.isna()].head(1)])


def shuffled_matrix(matrix: FloatArray, places: Sequence[int], orders: IntArray) -> FloatArray:
    """The matrix once per shuffle, one below the other, with the cells of some places in those orders."""
    repeated = np.tile(matrix, (len(orders), 1))
    repeated[:, list(places)] = matrix[orders.ravel()][:, list(places)]
    return repeated
