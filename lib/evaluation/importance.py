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
"""So many columns are shuffled again and again."""
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


def shuffled_table(table: pd.DataFrame, column: str, orders: IntArray) -> pd.DataFrame:
    """The table once per shuffle, one below the other, with the column's cells in those orders."""
    repeated = pd.concat([table] * len(orders), ignore_index=True)
    return repeated.assign(**{column: table[column].take(orders.ravel()).set_axis(repeated.index)})


def shuffled_matrix(matrix: FloatArray, places: Sequence[int], orders: IntArray) -> FloatArray:
    """The same of a matrix in which a column stands in several places."""
    repeated = np.tile(matrix, (len(orders), 1))
    repeated[:, list(places)] = matrix[orders.ravel()][:, list(places)]
    return repeated
