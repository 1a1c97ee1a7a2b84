"""Which recipe for a column: compared in cross-validation on the rows that may be learnt from, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import Pipeline

from lib.evaluation.metrics import FloatArray, IntArray
from lib.recipes import Plan, members_of_blend, recipe
from lib.training.target import Target

AUTOMATIC = ("linear", "blend", "boosting", "deep_boosting")
"""What is tried where nobody chose a recipe; the first is taken unless another is better beyond noise."""

INNER_FOLDS = 5
"""Recipes are compared in so many folds: with fewer, what needs many customers looks worse than it will be."""

CLIPPED_SHARE = 0.01
"""So many customers at either end do not decide which recipe for a number is the best."""

MIN_DISTINCT_SHARE = 0.7
"""With a smaller share of distinct customers the columns are too few to tell them apart: equal rows are no copies."""

BLEND_DRAWS, BLEND_STEPS, BLEND_CUSTOMERS = 10, 20, 5_000
"""A blend is put together on so many draws of customers, in so many steps, from so many customers at most."""
MIN_BLEND_SHARE = 0.04
"""A member of a blend with less weight is left out."""


@dataclass(frozen=True)
class Candidate:
    """A recipe as cross-validation found it: the loss of every customer learnt from, within the bounds."""

    key: str
    losses: FloatArray
    weights: Mapping[str, float] = field(default_factory=dict)
    """Of a blend: the weight of each member."""

    @property
    def loss(self) -> float:
        """Mean loss."""
        return float(self.losses.mean())


class RecipeSearch:
    """One table and one target: fits recipes on some rows, predicts others, compares."""

    def __init__(self, table: pd.DataFrame, target: Target, plan: Plan, key: str) -> None:
        self.table = table
        self.target = target
        self.plan = plan
        self.keys = (key,) if key else AUTOMATIC
        self.copies: IntArray = table.groupby(list(table.columns), sort=False, dropna=False).ngroup().to_numpy(np.int64)
        """The same number for customers with the same cells in every column."""

    def folds(self, rows: IntArray, parts: int, *, whole_copies: bool) -> list[tuple[IntArray, IntArray]]:
        """Rows to learn from and to test on, `parts` times. With `whole_copies`, equal rows are in one fold: else a
        test row may have been learnt from."""
        _, first, same = np.unique(self.copies[rows], return_index=True, return_inverse=True)
        if not whole_copies or len(first) < MIN_DISTINCT_SHARE * len(rows):
            first = same = np.arange(len(rows))
        kind = KFold if self.target.task == "number" else StratifiedKFold
        split = kind(parts, shuffle=True, random_state=self.plan.seed).split(first, self.target.values[rows][first])
        tested = [np.isin(same, test) for _, test in split]
        return [(rows[~test], rows[test]) for test in tested]

    def compare(self, rows: IntArray) -> list[Candidate]:
        """Every recipe that may be taken, with its losses in cross-validation on these rows."""
        if self.keys != AUTOMATIC and self.keys != ("blend",):
            return [Candidate(self.keys[0], np.zeros(1))]
        folds = self.folds(rows, INNER_FOLDS, whole_copies=False)
        members = members_of_blend(self.plan)
        outputs = {
            key: np.concatenate([self.predict(self._learn(build(self.plan), learn), test) for learn, test in folds])
            for key, build in members.items()
        }
        tested = np.concatenate([test for _, test in folds])
        fold = np.repeat(np.arange(len(folds)), [len(test) for _, test in folds])
        blended = np.empty_like(outputs["linear"])
        for part in range(len(folds)):
            # The weights are learnt from the other folds, so that a blend gains nothing by having many members.
            others = self._weigh(tested[fold != part], {key: one[fold != part] for key, one in outputs.items()})
            blended[fold == part] = sum(share * outputs[key][fold == part] for key, share in others.items())
        found = {key: Candidate(key, self._losses(tested, outputs[key])) for key in self.keys if key in outputs}
        found["blend"] = Candidate("blend", self._losses(tested, blended), self._weigh(tested, outputs))
        return [found[key] for key in self.keys if key in found]

    def best(self, candidates: Sequence[Candidate]) -> Candidate:
        """The one to take."""
        return best_candidate(candidates, CLIPPED_SHARE if self.target.task == "number" else 0.0)

    def fit(self, chosen: Candidate, rows: IntArray) -> Pipeline:
        """The recipe fitted on some rows."""
        return self._learn(recipe(chosen.key).build(replace(self.plan, weights=chosen.weights)), rows)

    def predict(self, model: Pipeline, rows: IntArray) -> FloatArray:
        """The model's output for some rows; see `outputs`."""
        return self.outputs(model, self.table.iloc[rows])

    def outputs(self, model: Pipeline, table: pd.DataFrame) -> FloatArray:
        """Chances, customers × classes, in the order of the classes; of a number, one column."""
        if self.target.task == "number":
            return np.asarray(model.predict(table), dtype=np.float64)[:, None]
        chances = np.asarray(model.predict_proba(table), dtype=np.float64)
        at = {str(one): place for place, one in enumerate(model.classes_)}
        return np.column_stack([chances[:, at[one]] for one in self.target.classes])

    def _weigh(self, rows: IntArray, outputs: Mapping[str, FloatArray]) -> dict[str, float]:
        """The weight of each member of a blend, from its predictions for rows that it has not learnt from.

        Greedy ensemble selection with replacement on many bootstrap draws (R. Caruana et al. 2004, Ensemble Selection
        from Libraries of Models; 2006, Getting the Most out of Ensemble Selection): few customers cannot separate good
        members, and their draws disagree until all weigh alike.
        """
        truth = self.target.learnt[rows]
        if self.target.task == "number":
            seen, wanted = np.stack([one[:, 0] for one in outputs.values()]), np.asarray(truth, dtype=np.float64)
        else:
            at = np.searchsorted(np.asarray(self.target.classes), truth)
            seen = np.stack([one[np.arange(len(rows)), at] for one in outputs.values()])
            wanted = np.ones(len(rows))
        rng = np.random.default_rng(self.plan.seed)
        count = np.zeros(len(seen))
        for _ in range(BLEND_DRAWS):
            drawn = rng.integers(0, len(rows), min(len(rows), BLEND_CUSTOMERS))
            count += greedy_counts(seen[:, drawn], wanted[drawn], numbers=self.target.task == "number")
        kept = {
            key: float(times)
            for key, times in zip(outputs, count, strict=True)
            if times >= MIN_BLEND_SHARE * count.sum()
        }
        return {key: round(times / sum(kept.values()), 4) for key, times in kept.items()}

    def _learn(self, pipeline: Pipeline, rows: IntArray) -> Pipeline:
        return clone(pipeline).fit(self.table.iloc[rows], self.target.values[rows])

    def _losses(self, rows: IntArray, outputs: FloatArray) -> FloatArray:
        return self.target.losses(self.target.learnt[rows], outputs)


def greedy_counts(seen: FloatArray, wanted: FloatArray, *, numbers: bool) -> FloatArray:
    """How often each member is taken in `BLEND_STEPS` steps, each time the one that helps the mean most.

    `seen`: members × customers, the predicted number or the chance given to the observed class.
    """
    count = np.zeros(len(seen))
    total = np.zeros(seen.shape[1])
    for turn in range(1, BLEND_STEPS + 1):
        means = (total + seen) / turn
        if numbers:
            losses = ((wanted - means) ** 2).mean(axis=1)
        else:
            losses = -np.log(np.clip(means, 1e-6, 1.0)).mean(axis=1)
        best = int(losses.argmin())
        count[best] += 1
        total = total + seen[best]
    return count


def best_candidate(candidates: Sequence[Candidate], clipped: float) -> Candidate:
    """The least loss; but the first, which is explainable, if it is within half a standard error of that.

    The share `clipped` of the customers at either end does not decide: of two recipes for incomes, the better one is
    not the one that is luckier with the three richest.
    """
    first = candidates[0]
    behind = [first.losses - one.losses for one in candidates]
    behind = [one.clip(*np.quantile(one, [clipped, 1 - clipped])) for one in behind]
    most = max(range(len(candidates)), key=lambda place: float(behind[place].mean()))
    error = float(behind[most].std() / np.sqrt(len(behind[most])))
    return first if float(behind[most].mean()) < error / 2 else candidates[most]
