"""Data for clustering, metrics of a clustering, and the comparison of candidates.

Five figures decide how many groups there are, and how amounts are seen:

- *stability*: mean adjusted Rand index between the groups and those found in bootstrap samples of the customers;
- *smallest*: the share of customers in the smallest group;
- *explained*: R² of later spend given the group, ÷ that of the classic grid of five by five by five cells of recency,
  frequency and money. Both are measured on held-out customers, so that 125 cells have no advantage from their number;
- *tree*: of held-out customers, the share that a decision tree of depth 3 puts into the right group;
- *stayed*: of the customers known a month before, the share whose group is the same now, by the same model.

Each has a threshold (`BARS`). Of the candidates that meet all of them the one with most groups is chosen; if none does,
the one that falls short least. Three groups are tried only where no number from four to eight meets the thresholds.
Stability must exceed its threshold by `MIN_STANDARD_ERRORS`. (Silhouette, Calinski-Harabasz and Davies-Bouldin nearly
always choose two groups, which is not useful.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from lib.errors import UserError
from lib.evaluation.metrics import FloatArray, IntArray
from lib.evaluation.resampling import out_of_fold
from lib.recipes import Inputs, Preparation, recipes_for
from lib.segments import RFM
from lib.training.describe import kind_of
from lib.training.inputs import sort_columns

MIN_CUSTOMERS = 50
"""Below this no grouping differs from chance."""

MAX_GROUPS, MIN_PER_GROUP = 20, 10

FEWER_GROUPS = 3
"""Tried where no larger number clears all bars."""


def check_groups(customers: int, groups: int, *, recipe_key: str = "", has_rfm: bool = True) -> None:
    """Whether segments of so many customers can be asked for: `groups` of them, 0 for automatic, by that recipe.

    Raises UserError: `training.too_few_customers`, `training.groups_out_of_range`, `training.grid_needs_orders`.
    """
    if customers < MIN_CUSTOMERS:
        raise UserError("training.too_few_customers", customers=customers, needed=MIN_CUSTOMERS)
    grid = any(one.classic_grid for one in recipes_for("groups") if one.key == recipe_key)
    most = min(MAX_GROUPS, customers // MIN_PER_GROUP)
    if groups and not grid and not 2 <= groups <= most:
        raise UserError("training.groups_out_of_range", groups=groups, most=most)
    if grid and not has_rfm:
        raise UserError("training.grid_needs_orders")


@dataclass(frozen=True)
class Bar:
    """What a grouping should reach in one figure."""

    key: str
    least: float


BARS: tuple[Bar, ...] = (Bar("stability", 0.90), Bar("smallest", 0.04), Bar("explained", 1.2), Bar("tree", 0.80))
BARS_OF_TABLES: tuple[Bar, ...] = (Bar("stability", 0.85), Bar("smallest", 0.04))
"""Where separation decides: of a few hundred customers even groups that are there are found again at .85 to .95, and
three questions cannot tell eight groups apart."""
STEADY = Bar("stayed", 0.80)
"""Applies unless responsive segments are asked for: a campaign is planned on segments that are the same next month."""

MIN_STANDARD_ERRORS = 2.0
"""By how many of its standard errors a stability must be above its bar."""

MIN_BASELINE_EXPLAINED = 0.01
"""Where the classic grid explains less of later spend than this, nothing does, and that bar is void."""

STABILITY_COUNTS = 0.1
"""A separation may be this much of a stability's gain lower: .01 for .1."""

DOUBT = 0.03
"""The shortfall that a rough measurement forgives."""


@dataclass(frozen=True)
class GroupingData:
    """What groups are found in: customers now, and the same kind of table at an earlier time, if there is one."""

    now: pd.DataFrame
    value: pd.Series
    value_column: str
    choices: tuple[tuple[str, ...], ...]
    """The sets of columns to choose from."""
    past: pd.DataFrame | None = None
    later: pd.DataFrame | None = None
    """What the customers of `past` did later: `bought`, `spend`, `orders`."""
    days: int = 0
    last_month: pd.DataFrame | None = None
    bars: tuple[Bar, ...] = (*BARS, STEADY)
    left_out: Mapping[str, str] = field(default_factory=dict)
    by_separation: bool = False
    """Whether, of the candidates that reach all bars, the one with the most separate groups is taken and not the one
    with most groups: in a table without orders nothing else tells how many groups there are."""


@dataclass(frozen=True)
class Candidate:
    """One way to group; 0 groups: as many as the algorithm finds."""

    columns: tuple[str, ...]
    preparation: Preparation
    groups: int


@dataclass(frozen=True)
class Measured:
    """A candidate and its figures; `explained` is None where there is no later spend to explain, `stayed` where the
    history is too short to look a month back."""

    candidate: Candidate
    stability: float
    stability_error: float
    smallest: float
    explained: float | None
    tree: float
    stayed: float | None
    votes: FloatArray
    """Customers × groups: how often bootstrap models put the customer into each group."""
    labels: IntArray
    bars: tuple[Bar, ...] = (*BARS, STEADY)
    """What it should reach."""
    separation: float | None = None
    """Silhouette beyond that of data without groups; measured where it decides."""

    @property
    def groups(self) -> int:
        """How many groups were found."""
        return self.votes.shape[1]

    def shortfall(self, bar: Bar) -> float:
        """By which share of the bar the figure falls short.

        Where the most groups are taken, a stability must clear its bar beyond its error.
        """
        reached = getattr(self, bar.key)
        if reached is None:
            return 0.0
        if bar.key == "stability" and self.separation is None:
            reached -= MIN_STANDARD_ERRORS * self.stability_error
        return max(0.0, (bar.least - reached) / bar.least)

    @property
    def total_shortfall(self) -> float:
        """By how much it falls short of all bars together."""
        return sum(self.shortfall(bar) for bar in self.bars)

    @property
    def good(self) -> bool:
        """Whether it clears every bar."""
        return all(self.shortfall(bar) == 0 for bar in self.bars)


def final_rank(one: Measured) -> tuple[float, ...]:
    """Clears all bars, then more groups; else falls short least. Ties: later spend explained, then stability."""
    ties = (one.explained or 0.0, one.stability)
    return (1.0, float(one.candidate.groups), *ties) if one.good else (0.0, -one.total_shortfall, *ties)


def most_separate(some: Sequence[Measured]) -> Measured:
    """The most separate groups, or the clearly more stable; of those that clear all bars, if any do."""
    clear = [one for one in some if one.good] or list(some)
    return max(clear, key=lambda one: (one.separation or 0.0) - one.total_shortfall + STABILITY_COUNTS * one.stability)


def rough_rank(one: Measured) -> tuple[float, ...]:
    """As `final_rank`, with the benefit of the doubt that a rough measurement leaves."""
    shortfall = sum(max(0.0, one.shortfall(bar) - DOUBT) for bar in one.bars)
    if one.separation is not None:
        return (one.separation - shortfall,)
    return (-round(shortfall, 2), float(one.candidate.groups), one.stability)


def with_fewer_groups(candidates: list[Candidate]) -> list[Candidate]:
    """The same with three groups; none where the number of groups is found or as small already."""
    return list(dict.fromkeys(replace(one, groups=FEWER_GROUPS) for one in candidates if one.groups > FEWER_GROUPS))


def inputs_of(table: pd.DataFrame, columns: tuple[str, ...]) -> Inputs:
    """Those columns, sorted by how they are prepared; features of orders all count as amounts."""
    part = table[list(columns)]
    if set(RFM) <= set(table.columns):
        numbers = tuple(name for name in columns if kind_of(part[name]) == "number")
        other = sort_columns(part[[name for name in columns if name not in numbers]]).inputs
        return replace(other, amounts=numbers)
    return sort_columns(part).inputs


# ---------------------------------------------------------------------------------------------- of labels


def compact(labels: IntArray) -> IntArray:
    """The same groups numbered from 0 without gaps."""
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def centres_of(matrix: FloatArray, labels: IntArray) -> FloatArray:
    """Mean of every group; customers labelled −1 (HDBSCAN's noise) belong to none."""
    return np.stack([matrix[labels == one].mean(axis=0) for one in np.unique(labels[labels >= 0])])


def nearest(matrix: FloatArray, centres: FloatArray) -> IntArray:
    """The nearest centre of every customer."""
    return np.argmin(squared_distances(matrix, centres), axis=1)


def squared_distances(matrix: FloatArray, centres: FloatArray) -> FloatArray:
    """Customers × groups."""
    cross = matrix @ centres.T
    return np.maximum((matrix**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1)[None] - 2 * cross, 0.0)


def add_votes(votes: FloatArray, labels: IntArray, other: IntArray) -> None:
    """Count for every customer the group that another model chooses, groups being matched so that most agree."""
    counts = np.zeros((votes.shape[1], int(other.max()) + 1))
    np.add.at(counts, (labels, other), 1)
    mine, theirs = linear_sum_assignment(-counts)
    to_mine = dict(zip(theirs.tolist(), mine.tolist(), strict=True))
    matched = np.array([to_mine.get(one, -1) for one in range(counts.shape[1])])[other]
    rows = np.flatnonzero(matched >= 0)
    votes[rows, matched[rows]] += 1


def order_by_value(labels: IntArray, value: pd.Series) -> IntArray:
    """The old numbers of the groups in their new order: highest mean value first, then size, then old number."""
    size = int(labels.max()) + 1
    counts = np.bincount(labels, minlength=size)
    means = np.bincount(labels, value.to_numpy(np.float64), size) / np.maximum(counts, 1)
    return np.lexsort((np.arange(size), -counts, -means))


# --------------------------------------------------------------------------------------- of later spend


def explained(outcome: FloatArray, groups: IntArray, *, rounds: int = 5, folds: int = 5) -> float:
    """R² of the mean per group for customers left out (below 0 where it predicts worse than the overall mean)."""
    rng = np.random.default_rng(0)
    group = compact(np.asarray(groups))
    size = int(group.max()) + 1
    total = float(((outcome - outcome.mean()) ** 2).sum())
    if total == 0:
        return 0.0

    def means(learn: IntArray, test: IntArray) -> FloatArray:
        sums, counts = np.bincount(group[learn], outcome[learn], size), np.bincount(group[learn], minlength=size)
        return np.where(counts > 0, sums / np.maximum(counts, 1), outcome[learn].mean())[group[test]]

    scores = []
    for _ in range(rounds):
        predicted = np.empty(len(outcome))
        for rows, mean in out_of_fold(rng.integers(0, folds, len(outcome)), means):
            predicted[rows] = mean
        scores.append(1 - float(((outcome - predicted) ** 2).sum()) / total)
    return float(np.mean(scores))


def classic_cells(features: pd.DataFrame) -> NDArray[np.int64]:
    """The classic grid: quintiles of recency, frequency and money, 125 cells; ties broken by the order of rows."""
    scores = [(features[name].rank(method="first").to_numpy() - 1) * 5 // len(features) for name in RFM]
    return (scores[0] * 25 + scores[1] * 5 + scores[2]).astype(np.int64)
