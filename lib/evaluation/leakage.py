"""Columns that give the answer away: each column's score as the only predictor, and what follows from it.

A score is a ROC AUC (a number: R²) of customers that a small model of that column alone has not learnt from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from sklearn.tree import DecisionTreeRegressor

from lib.evaluation.metrics import FloatArray, IntArray, r2, roc_auc
from lib.evaluation.resampling import out_of_fold

FOLDS = 3

LEAK_CERTAIN = 0.99
"""A column that alone predicts this well is the target under another name."""
LEAK_WARN, LEAK_WARN_MARGIN = 0.9, 0.1
"""A column with such a score, so far ahead of every other column, is used with a warning."""
LEAK_IF_LATE, LEAK_IF_LATE_MARGIN = 0.75, 0.01
"""A column whose name says that it may be known only afterwards is left out if it reaches the first, and leads all
others by the second."""
MODEL_TOO_GOOD = 0.995
"""A whole model with such a score has probably seen columns that make up the target together."""

LATE_NAMES = re.compile(
    r"duration|call_?length|talk_?time|cancel|closed|close_?date|end_?date|ended|exit|terminat|resign|churn|reason"
    r"|left_|last_?day|refund|result|outcome_?date|response_?date|after|final|duracion|baja|motivo|resultado|fin_"
)
"""Names of columns that are often filled in only once the outcome is known."""


def single_column_score(
    cells: FloatArray, targets: Sequence[FloatArray], fold: IntArray, *, amounts: bool, categories: bool
) -> float:
    """How well one column alone predicts: the mean of the scores over `targets`, to four digits.

    `cells`: a number per customer, NaN where it is missing; with `categories`, the place of the category. `targets`:
    one array of amounts, or a 0/1 array per class. `fold`: the fold of each customer.
    """
    size = {"max_leaf_nodes": 64, "min_samples_leaf": 5} if amounts else {"max_leaf_nodes": 16, "min_samples_leaf": 10}
    alike = np.ones(len(cells))
    found = []
    for target in targets:
        # A regression tree of a 0/1 target: its leaves are the shares of 1.
        predict = (
            partial(_category_means, cells, target) if categories else partial(_tree_predictions, cells, target, size)
        )
        predicted = np.empty(len(target))
        for rows, answers in out_of_fold(fold, predict):
            predicted[rows] = answers
        found.append(max(0.0, r2(predicted, target, alike)) if amounts else max(0.5, roc_auc(predicted, target, alike)))
    return round(float(np.mean(found)), 4)


def is_late(column: str) -> bool:
    """Whether the name says that the cells may be filled in only once the outcome is known."""
    return LATE_NAMES.search(column.lower()) is not None


def leaking_columns(scores: Mapping[str, float], left_out: Mapping[str, str]) -> dict[str, str]:
    """Column → reason, of the columns that must not be learnt from: `tells_all` or `known_afterwards`.

    `left_out`: columns that are left out already, which no column must lead.
    """
    found: dict[str, str] = {}
    for name, score in scores.items():
        others = [other for column, other in scores.items() if column != name and column not in {**left_out, **found}]
        if score >= LEAK_CERTAIN:
            found[name] = "tells_all"
        elif score >= LEAK_IF_LATE and is_late(name) and score >= max(others, default=0.0) + LEAK_IF_LATE_MARGIN:
            found[name] = "known_afterwards"
    return found


def leakage_limit(scores: Mapping[str, float], used: Sequence[str], model_score: float) -> str:
    """The last part of the text key of a warning about the columns that were used; "" if there is none to give."""
    if any(scores.get(name, 0.0) >= LEAK_CERTAIN for name in used):
        return "tells_all"
    if any(is_late(name) and scores.get(name, 0.0) >= LEAK_IF_LATE for name in used):
        return "known_afterwards"
    ranked = sorted((scores.get(name, 0.0) for name in used), reverse=True)
    if ranked[0] >= LEAK_WARN and ranked[0] >= max(ranked[1:], default=0.0) + LEAK_WARN_MARGIN:
        return "tells_nearly_all"
    return "too_good" if model_score >= MODEL_TOO_GOOD else ""


def _tree_predictions(
    cells: FloatArray, target: FloatArray, size: Mapping[str, int], learn: IntArray, test: IntArray
) -> FloatArray:
    tree = DecisionTreeRegressor(**size, random_state=0).fit(cells[learn, None], target[learn])
    return np.asarray(tree.predict(cells[test, None]), dtype=np.float64)


def _category_means(cells: FloatArray, target: FloatArray, learn: IntArray, test: IntArray) -> FloatArray:
    """The mean of the target per category, each leaning on the overall mean with the weight of one customer."""
    place = cells.astype(np.int64)
    count = np.bincount(place[learn], minlength=int(place.max()) + 1)
    total = np.bincount(place[learn], target[learn], len(count))
    return ((total + target[learn].mean()) / (count + 1))[place[test]]
