"""Selection of the recipe for a column, by cross-validation on the training rows only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import Pipeline

from lib.evaluation.metrics import FloatArray, IntArray
from lib.recipes import Plan, members_of_blend, recipe
from lib.training.calibration import Combination, corrected, learn_calibration, learn_factor
from lib.training.target import Target

AUTOMATIC = ("linear", "blend", "boosting", "deep_boosting")
"""The candidates if no recipe was chosen; the first is used unless another is better beyond noise."""

FOLDS = ((2_000, 5), (10_000, 4))
LARGE_TABLE_FOLDS = 3
"""Maximum number of customers → number of folds; above all of them, `LARGE_TABLE_FOLDS`. With few folds, models that
need many customers look worse than the final fit; in a large table a fold has enough."""

LARGE_TABLE_ROWS = 1_000
"""From this many customers on, a member of a blend without weight in the first fold is left out of the others, and a
recipe that was asked for is measured on one fold of four."""
QUARTERS = 4
PARTS = 5
"""Of that fold, each corrected by what the others say."""

CLIPPED_SHARE = 0.01
"""Share of customers with the most extreme values, at either end, ignored when choosing a recipe for a number."""

MIN_DISTINCT_SHARE = 0.7
"""With a smaller share of distinct customers the columns are too few to tell them apart: equal rows are no copies."""

BLEND_DRAWS, BLEND_STEPS, BLEND_CUSTOMERS = 10, 20, 5_000
"""Number of resamples, of greedy steps, and the maximum number of customers for choosing the weights of a blend."""
MIN_BLEND_SHARE = 0.04
"""A member of a blend with less weight is left out."""

MAX_MEMBERSHIP = 0.62
"""Of several classes, a member that tells customers it has learnt from others better than this (AUC, 0.5 is guessing)
in the first fold is left out: every round of boosting grows a tree for each class, and where the columns say little
about the classes, those trees overfit. At .58, trees that earn their place are lost: the log loss
of order categories was .210 instead of .172, for a membership AUC of .58 instead of .60. The linear models stay."""


_LINEAR_MEMBERS = ("linear", "strict_linear")


@dataclass(frozen=True)
class Candidate:
    """A recipe as cross-validation found it: the loss of every customer, within the bounds."""

    key: str
    losses: FloatArray
    combination: Combination = field(default_factory=lambda: Combination({}))
    """Of its members, a blend's or the recipe itself, and how their chances or numbers are corrected."""

    @property
    def loss(self) -> float:
        """Mean loss."""
        return float(self.losses.mean())


@dataclass(frozen=True)
class FoldModel:
    """What was chosen without a fold, fitted without it: a combination of some pipelines."""

    rows: IntArray
    """The rows of the fold, which the pipelines have not learnt from."""
    members: tuple[Pipeline, ...]
    """In the order of the combination."""
    combination: Combination


@dataclass(frozen=True)
class Comparison:
    """What cross-validation found: how good each recipe is, and predictions for every customer tested."""

    candidates: list[Candidate]
    rows: IntArray
    """The rows tested, fold by fold."""
    outputs: FloatArray
    """Predictions for them, customers × classes (or × 1), by models that have not learnt from them: the recipe, and the
    weights of a blend, are those that the other folds choose."""
    models: list[FoldModel]


class RecipeSearch:
    """One table and one target: fits recipes on some rows, predicts others, compares."""

    def __init__(self, table: pd.DataFrame, target: Target, plan: Plan, key: str) -> None:
        self.table = table
        self.target = target
        self.plan = plan
        self.keys = (key,) if key else AUTOMATIC
        self.copies: IntArray = table.groupby(list(table.columns), sort=False, dropna=False).ngroup().to_numpy(np.int64)
        """The same number for customers with the same cells in every column."""

    def folds(self) -> list[tuple[IntArray, IntArray]]:
        """Rows to learn from and rows to test on, all rows being tested once.

        Equal rows are in one fold: else a test row may have been learnt from. Only the first fold of a large table
        where a recipe was asked for.
        """
        rows = len(self.table)
        one_recipe = self.keys != AUTOMATIC and self.keys != ("blend",) and rows >= LARGE_TABLE_ROWS
        parts = QUARTERS if one_recipe else next((parts for most, parts in FOLDS if rows <= most), LARGE_TABLE_FOLDS)
        _, first, same = np.unique(self.copies, return_index=True, return_inverse=True)
        if len(first) < MIN_DISTINCT_SHARE * rows:
            first = same = np.arange(rows)
        kind = KFold if self.target.task == "number" else StratifiedKFold
        split = kind(parts, shuffle=True, random_state=self.plan.seed).split(first, self.target.values[first])
        tested = [np.isin(same, test) for _, test in split][: 1 if one_recipe else parts]
        return [(np.flatnonzero(~test), np.flatnonzero(test)) for test in tested]

    def compare(self, progress: Callable[[float], None] = lambda share: None) -> Comparison:
        """Every recipe that may be taken, in cross-validation; `progress` is called with the share that is done."""
        folds = self.folds()
        builders = self._builders()
        done = 0.0
        fitted: list[dict[str, Pipeline]] = []
        predicted: dict[str, list[FloatArray]] = {key: [] for key in builders}
        for place, (learn, test) in enumerate(folds):
            models: dict[str, Pipeline] = {}
            for key in predicted:
                progress(done)
                models[key] = self._learn(builders[key](self.plan), learn)
                predicted[key].append(self.predict(models[key], test))
                done += 1 / (len(folds) * len(predicted))
            fitted.append(models)
            if place == 0 and self.blends and self.target.task == "classes":
                revealing = {key for key in predicted if self._membership(models[key], learn, test) > MAX_MEMBERSHIP}
                predicted = {
                    key: one for key, one in predicted.items() if key not in revealing or key in _LINEAR_MEMBERS
                }
            if place == 0 and self.blends and len(self.table) >= LARGE_TABLE_ROWS:
                first = {key: one[0] for key, one in predicted.items()}
                used = self._combination("blend", test, first, np.ones(len(test), dtype=bool)).weights
                predicted = {key: one for key, one in predicted.items() if key in used or key == self.keys[0]}
                done = (place + 1) / len(folds)
        outputs = {key: np.concatenate(parts) for key, parts in predicted.items()}
        rows = np.concatenate([test for _, test in folds])
        fold = np.repeat(np.arange(len(folds)), [len(test) for _, test in folds])
        return self._cross_fitted(rows, fold, outputs, fitted)

    @property
    def blends(self) -> bool:
        """Whether a blend is among the recipes that may be taken."""
        return "blend" in self.keys

    def _builders(self) -> Mapping[str, Callable[[Plan], Pipeline]]:
        return members_of_blend(self.plan) if self.blends else {self.keys[0]: recipe(self.keys[0]).build}

    def _cross_fitted(
        self, rows: IntArray, fold: IntArray, outputs: dict[str, FloatArray], fitted: list[dict[str, Pipeline]]
    ) -> Comparison:
        """Recipe, weights and correction for each fold from the other folds, and for all rows from all of them."""
        keys = [key for key in self.keys if key in outputs or key == "blend"]
        # Of one fold, some of its rows are corrected by what the others say.
        part = fold if len(fitted) > 1 else np.random.default_rng(self.plan.seed).permutation(len(rows)) % PARTS
        combined = {key: np.empty_like(next(iter(outputs.values()))) for key in keys}
        made: list[dict[str, Combination]] = []
        for place in range(int(part.max()) + 1):
            others, here = part != place, part == place
            made.append({key: self._combination(key, rows, outputs, others) for key in keys})
            for key, one in made[place].items():
                combined[key][here] = one.applied([outputs[name][here] for name in one.weights])
        every = np.ones(len(rows), dtype=bool)
        whole = {key: self._combination(key, rows, outputs, every) for key in keys}
        found = [Candidate(key, self._losses(rows, combined[key]), whole[key]) for key in keys]
        final = np.empty_like(combined[keys[0]])
        models = []
        for place, combinations in enumerate(made):
            others, here = part != place, part == place
            key = self.best([replace(one, losses=one.losses[others]) for one in found]).key
            final[here] = combined[key][here]
            if len(fitted) > 1:
                models.append(_fold_model(rows[here], fitted[place], combinations[key]))
        if len(fitted) == 1:
            models.append(_fold_model(rows, fitted[0], whole[keys[0]]))
        return Comparison(found, rows, final, models)

    def _combination(
        self, key: str, rows: IntArray, outputs: Mapping[str, FloatArray], seen: NDArray[np.bool_]
    ) -> Combination:
        """Weights and correction of a recipe from the rows in `seen` (a mask of `rows`)."""
        rows, number = rows[seen], self.target.task == "number"
        members = {name: one[seen] for name, one in outputs.items() if name == key or key == "blend"}
        factors = {}
        if number:
            learnt = np.asarray(self.target.learnt, dtype=np.float64)[rows]
            factors = {name: learn_factor(one[:, 0], learnt) for name, one in members.items()}
            members = {name: one * factors[name] for name, one in members.items()}
        weights = self._weigh(rows, members) if key == "blend" else {key: 1.0}
        made = Combination(weights, {name: factors.get(name, 1.0) for name in weights}, self.target.bounds)
        if number:
            return made
        mean = Combination(weights).applied([members[name] for name in weights])
        place = np.searchsorted(np.asarray(self.target.classes), self.target.learnt[rows]).astype(np.float64)
        return replace(made, calibration=learn_calibration(mean, place))

    def best(self, candidates: Sequence[Candidate]) -> Candidate:
        """The one to take."""
        return best_candidate(candidates, CLIPPED_SHARE if self.target.task == "number" else 0.0)

    def fit(self, chosen: Candidate) -> Pipeline:
        """The recipe fitted on all rows, and corrected."""
        return self.fit_on(chosen, np.arange(len(self.table)))

    def fit_on(self, chosen: Candidate, rows: IntArray) -> Pipeline:
        """The same on some rows."""
        plan = self.plan
        if chosen.key == "blend":
            plan = replace(plan, weights=chosen.combination.weights)
        fitted = self._learn(recipe(chosen.key).pipeline(plan), rows)
        return corrected(fitted, chosen.combination, self.table, self.target.classes)

    def predict(self, model: Pipeline, rows: IntArray) -> FloatArray:
        """The model's output for some rows; see `outputs`."""
        return self.outputs(model, self.table.iloc[rows])

    def outputs(self, model: Pipeline, table: pd.DataFrame | FloatArray) -> FloatArray:
        """Probabilities, customers × classes, in the order of the classes; for a number, one column."""
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

    def _membership(self, model: Pipeline, learnt: IntArray, unseen: IntArray) -> float:
        """The AUC of telling customers that the model has learnt from others by the chance it gives to their class."""
        drawn = np.random.default_rng(self.plan.seed).permutation(learnt)[: max(len(unseen), 1)]
        rows = np.concatenate([drawn, unseen])
        at = np.searchsorted(np.asarray(self.target.classes), self.target.learnt[rows])
        given = self.predict(model, rows)[np.arange(len(rows)), at]
        return float(roc_auc_score(np.arange(len(rows)) < len(drawn), given))

    def _learn(self, pipeline: Pipeline, rows: IntArray) -> Pipeline:
        return clone(pipeline).fit(self.table.iloc[rows], self.target.values[rows])

    def _losses(self, rows: IntArray, outputs: FloatArray) -> FloatArray:
        return self.target.losses(self.target.learnt[rows], outputs)


def _fold_model(rows: IntArray, fitted: Mapping[str, Pipeline], combination: Combination) -> FoldModel:
    return FoldModel(rows, tuple(fitted[name] for name in combination.weights), combination)


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
