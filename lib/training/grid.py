"""The classic RFM grid: scores from 1 to 5 by frozen cut-offs, and named segments, as a pipeline with `predict`.

A customer scores 5 in recency if the last order is among the latest fifth, and so on for orders and money; the mean of
the last two, rounded up, is the second coordinate. The cut-offs are those of the training customers, rounded and then
fixed: a month later the same customer with the same cells falls into the same segment. The pipeline is a
`KBinsDiscretizer` that holds the cut-offs and a decision tree that holds the table of segments; the tree is fitted on
the cells of the grid, never on customers.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import KBinsDiscretizer
from sklearn.tree import DecisionTreeClassifier

from lib.parsing.rounding import round_significant
from lib.recipes import Inputs, Plan, recipe
from lib.segments import RFM
from lib.training.prefit import assign_fitted

FIFTHS = (0.2, 0.4, 0.6, 0.8)

SEGMENTS: tuple[tuple[str, ...], ...] = (
    ("gone", "quiet", "slipping", "lost_best", "lost_best"),
    ("quiet", "quiet", "slipping", "slipping", "lost_best"),
    ("now_and_then", "now_and_then", "solid", "regulars", "regulars"),
    ("modest", "growing", "growing", "regulars", "regulars"),
    ("new", "growing", "growing", "best", "best"),
)
"""Rows: recency score 1 to 5; columns: the score of orders and money, 1 to 5. Keys of `segments.NAMES`."""

MIN_SEGMENT_CUSTOMERS = 10
"""A segment with fewer customers is merged with its nearest neighbour: nothing can be said about so few."""


@dataclass(frozen=True)
class CutOffs:
    """What turns cells into scores."""

    inner: tuple[tuple[float, ...], ...]
    """Per RFM column the rounded cut-offs, ascending, without repetition."""
    scores: tuple[tuple[int, ...], ...]
    """Per RFM column the score of each bin between them."""

    def bins(self, cells: NDArray[np.float64]) -> NDArray[np.int64]:
        """The bin of every cell."""
        return np.column_stack(
            [np.searchsorted(edges, cells[:, place], side="right") for place, edges in enumerate(self.inner)]
        )

    def segments(self, bins: NDArray[np.int64]) -> NDArray[np.str_]:
        """The segment of every row of bins."""
        recent, often, much = (np.asarray(self.scores[place])[bins[:, place]] for place in range(3))
        return np.asarray(SEGMENTS)[recent - 1, -(-(often + much) // 2) - 1]


def cut(cells: NDArray[np.float64]) -> CutOffs:
    """The cut-offs of some customers: recency, orders, money."""
    inner, scores = [], []
    for place in range(3):
        column = cells[:, place]
        # A cell on a cut-off lies above it; a cut-off without customers below is dropped.
        edges = sorted({round_significant(float(one)) for one in np.quantile(column, FIFTHS)})
        edges = [one for one in edges if column.min() < one] or [round_significant(float(column.max()) * 2 + 1)]
        bin_of = np.searchsorted(edges, column, side="right")
        rank = pd.Series(column).rank(pct=True).to_numpy()
        reached = [rank[bin_of == one].mean() if (bin_of == one).any() else 1.0 for one in range(len(edges) + 1)]
        fifths = [min(5, int(one * 5) + 1) for one in reached]
        inner.append(tuple(edges))
        scores.append(tuple(6 - one for one in fifths) if place == 0 else tuple(fifths))
    return CutOffs(tuple(inner), tuple(scores))


def segments_of(learnt: NDArray[np.float64], placed: NDArray[np.float64]) -> NDArray[np.int64]:
    """Segments of some customers by the cut-offs of others, as numbers without meaning."""
    offs = cut(learnt)
    return np.unique(offs.segments(offs.bins(placed)), return_inverse=True)[1].astype(np.int64)


def grid_pipeline(table: pd.DataFrame, value: pd.Series) -> tuple[Pipeline, tuple[str, ...]]:
    """The grid of these customers, and the name keys of its segments by number: from 1, by mean value."""
    cells = table[list(RFM)].to_numpy(np.float64)
    offs = cut(cells)
    every = np.stack(np.meshgrid(*(np.arange(len(edges) + 1) for edges in offs.inner), indexing="ij"), axis=-1)
    every = every.reshape(-1, 3)
    segment = pd.Series(offs.segments(offs.bins(cells)), index=table.index)
    customers = segment.value_counts()
    kept = sorted(customers[customers >= MIN_SEGMENT_CUSTOMERS].index) or [str(customers.index[0])]
    merged = _merged(kept)
    means = value.groupby(segment.map(merged)).mean().sort_values(ascending=False, kind="stable")
    number = {str(name): place + 1 for place, name in enumerate(means.index)}

    pipeline = recipe("rfm_grid").build(Plan("groups", Inputs()))
    scores: KBinsDiscretizer = pipeline.named_steps["scores"]
    tree: DecisionTreeClassifier = pipeline.named_steps["groups"]
    ends = pd.DataFrame([[0.0] * 3, [1.0] * 3], columns=list(RFM))
    scores.set_params(n_bins=[len(edges) + 1 for edges in offs.inner]).fit(ends)
    bin_edges = np.empty(3, dtype=object)
    for place, edges in enumerate(offs.inner):
        bin_edges[place] = np.array([min(0.0, edges[0]) - 1, *edges, edges[-1] * 2 + 1])
    assign_fitted(scores, bin_edges_=bin_edges)
    tree.fit(every.astype(np.float64), np.array([number[merged[str(one)]] for one in offs.segments(every)]))
    return pipeline, tuple(number)


def _merged(kept: list[str]) -> dict[str, str]:
    """Every segment → the one that its customers are counted in: itself, or the nearest that is kept."""
    spots: dict[str, list[tuple[int, int]]] = {}
    for row, names in enumerate(SEGMENTS):
        for column, name in enumerate(names):
            spots.setdefault(name, []).append((row, column))
    centre = {name: np.mean(cells, axis=0) for name, cells in spots.items()}
    return {
        name: name if name in kept else min(kept, key=lambda other: float(np.abs(centre[other] - centre[name]).sum()))
        for name in centre
    }
