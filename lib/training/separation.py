"""Sets of columns in which the customers of a table form separate groups, and how separate they are.

Separation is the mean silhouette of the groups minus that of as many groups in data without any: uniform values in a
box along the principal components of the columns (the reference of the gap statistic; R. Tibshirani, G. Walther,
T. Hastie 2001). Columns with few different values (categories, yes/no) keep their rows together in the reference and
lose only their relation to the others: each of their values is a group by itself, which says nothing. Any data can be
cut into groups with a silhouette above 0; only what exceeds the reference is a sign of groups. A column of noise
lowers it, so that the sets found leave such columns out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from lib.evaluation.metrics import FloatArray, IntArray

NUMBERS_OF_GROUPS = (2, 3, 4, 5, 6, 7, 8)
MIN_SHARE = 0.04
"""Groups with a smaller share of the customers are outliers."""
SAMPLED_CUSTOMERS = 400
MOST_COLUMNS = 8
"""Sets are searched among so many columns: those that depend most on another one, or are far from one bell."""
LARGEST_SET = 5
BEAM = 3
"""Of each size, so many sets are extended by a further column."""
FEW_VALUES = 30
"""A column with fewer different values has no uniform reference: each of its values is a group."""
MOST_COMMON_SHARE = 0.1
"""So has one in which a single value, such as zero, is that frequent."""
MOST_CORRELATED = 0.7
"""Within groups; two columns that still depend so much on each other are one and would count twice."""
STARTS = 3
REFERENCES = 2


def separation(matrix: FloatArray, groups: IntArray) -> float:
    """By how much the silhouette of these groups exceeds that of as many groups in data without any.

    `matrix`: customers × prepared columns; `groups`: one number per customer. 0 for a single group.
    """
    rows = _sample(len(matrix))
    some, labels = matrix[rows], np.unique(groups[rows], return_inverse=True)[1]
    count = int(labels.max()) + 1
    if count < 2:
        return 0.0
    return silhouette(distances(some), labels) - reference(some, count)


def column_sets(blocks: Mapping[str, FloatArray], *, groups: int = 0, most: int = 4) -> list[tuple[str, ...]]:
    """The sets of columns with the most separate groups, best first; none where fewer than two columns have many
    different values.

    `blocks`: column → its part of the prepared matrix, customers × 1 or more; `groups`: how many groups, 0 for the best
    number.
    """
    blocks = {name: block for name, block in blocks.items() if _continuous(block)}
    if len(blocks) < 2:
        return []
    names = _promising(blocks)
    rows = _sample(len(blocks[names[0]]))
    parts = {name: blocks[name][rows] for name in names}
    wanted = (groups,) if groups else NUMBERS_OF_GROUPS
    scores: dict[tuple[str, ...], float] = {}

    def score(names: Sequence[str]) -> None:
        chosen = tuple(name for name in blocks if name in names)
        if chosen not in scores:
            scores[chosen] = _best(np.hstack([parts[name] for name in chosen]), wanted)

    for chosen in combinations(names, 2):
        score(chosen)
    for size in range(2, min(len(names), LARGEST_SET)):
        best = sorted((one for one in scores if len(one) == size), key=lambda one: -scores[one])[:BEAM]
        for one in best:
            for name in names:
                if name not in one:
                    score((*one, name))
    score(names)
    found = sorted((one for one in scores if scores[one] > 0), key=lambda one: -scores[one])
    return found[:most]


def _continuous(block: FloatArray) -> bool:
    counts = np.unique(block, return_counts=True)[1]
    return len(counts) >= FEW_VALUES and float(counts.max()) <= MOST_COMMON_SHARE * len(block)


def _best(matrix: FloatArray, wanted: Sequence[int]) -> float:
    """The separation at the best number of groups."""
    apart = distances(matrix)
    best = -1.0
    for count in wanted:
        if count * 2 > len(np.unique(matrix, axis=0)):
            continue
        labels = KMeans(count, n_init=STARTS, random_state=0).fit_predict(matrix)
        if np.bincount(labels, minlength=count).min() >= MIN_SHARE * len(matrix) and not _redundant(matrix, labels):
            best = max(best, silhouette(apart, labels) - reference(matrix, count))
    return best


def _redundant(matrix: FloatArray, labels: IntArray) -> bool:
    within = matrix - np.stack([matrix[labels == one].mean(axis=0) for one in range(int(labels.max()) + 1)])[labels]
    within = within[:, within.std(axis=0) > 0]
    if within.shape[1] < 2:
        return False
    correlated = np.abs(np.corrcoef(within, rowvar=False))
    return bool((correlated - np.eye(len(correlated))).max() >= MOST_CORRELATED)


def distances(matrix: FloatArray) -> FloatArray:
    """Customers × customers."""
    squares = (matrix**2).sum(axis=1)
    return np.sqrt(np.maximum(squares[:, None] + squares[None] - 2 * matrix @ matrix.T, 0.0))


def silhouette(apart: FloatArray, labels: IntArray) -> float:
    """Mean silhouette (P. Rousseeuw 1987) from distances; a customer alone in its group counts 0."""
    count = int(labels.max()) + 1
    sizes = np.bincount(labels, minlength=count).astype(np.float64)
    sums = apart @ np.eye(count)[labels]
    own = sums[np.arange(len(labels)), labels] / np.maximum(sizes[labels] - 1, 1)
    others = sums / np.maximum(sizes, 1)
    others[np.arange(len(labels)), labels] = np.inf
    others[:, sizes == 0] = np.inf
    nearest = others.min(axis=1)
    widths = (nearest - own) / np.maximum(np.maximum(nearest, own), 1e-12)
    return float(np.where(sizes[labels] > 1, widths, 0.0).mean())


def reference(matrix: FloatArray, count: int) -> float:
    """The silhouette of `count` groups in data of the same shape without groups."""
    few = np.array([len(np.unique(column)) < FEW_VALUES for column in matrix.T])
    if not few.any():
        values = np.linalg.eigvalsh(np.atleast_2d(np.cov(matrix, rowvar=False)))
        spread = np.sqrt(np.maximum(values, 0.0))
        sides = tuple(float(one) for one in np.round(spread / max(float(spread.max()), 1e-12), 1))
        return _reference_of_box(len(matrix), sides, count)
    rng = np.random.default_rng(0)
    ends = matrix.min(axis=0), matrix.max(axis=0)
    made = np.where(few, rng.permutation(matrix), rng.uniform(*ends, size=matrix.shape))
    return _silhouette_of(made, count)


@lru_cache(maxsize=2_000)
def _reference_of_box(customers: int, sides: tuple[float, ...], count: int) -> float:
    draws = [np.random.default_rng(seed).uniform(size=(customers, len(sides))) * sides for seed in range(REFERENCES)]
    return float(np.mean([_silhouette_of(draw, count) for draw in draws]))


def _silhouette_of(matrix: FloatArray, count: int) -> float:
    labels = KMeans(count, n_init=STARTS, random_state=0).fit_predict(matrix)
    return silhouette(distances(matrix), np.unique(labels, return_inverse=True)[1])


def _promising(blocks: Mapping[str, FloatArray]) -> list[str]:
    """At most `MOST_COLUMNS` columns: those that depend most on another one, or have more than one peak."""
    names = list(blocks)
    if len(names) <= MOST_COLUMNS:
        return names
    rows = _sample(len(blocks[names[0]]))
    binned = {name: _bins(blocks[name][rows]) for name in names}
    strength = {
        name: max(_cramers_v(binned[name], binned[other]) for other in names if other != name) for name in names
    }
    chosen = set(sorted(names, key=lambda name: -strength[name])[:MOST_COLUMNS])
    return [name for name in names if name in chosen]


def _bins(block: FloatArray) -> NDArray[np.int64]:
    """Fifths."""
    values = block[:, 0]
    cuts = np.unique(np.quantile(values, (0.2, 0.4, 0.6, 0.8)))
    return np.searchsorted(cuts, values, side="right").astype(np.int64)


def _cramers_v(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """Dependence of two columns of bins, 0 to 1, corrected for chance (W. Bergsma 2013)."""
    table = np.zeros((int(left.max()) + 1, int(right.max()) + 1))
    np.add.at(table, (left, right), 1)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    total = table.sum()
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / total
    freedom = (table.shape[0] - 1) * (table.shape[1] - 1)
    excess = max(0.0, float(((table - expected) ** 2 / expected).sum()) / total - freedom / total)
    return float(np.sqrt(excess / max(min(table.shape) - 1, 1)))


def _sample(customers: int) -> NDArray[np.int64]:
    if customers <= SAMPLED_CUSTOMERS:
        return np.arange(customers)
    return np.sort(np.random.default_rng(0).choice(customers, SAMPLED_CUSTOMERS, replace=False))
