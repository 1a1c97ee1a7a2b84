"""Any column of a customer table as the target: yes or no, one of several classes, or a number.

The task is recognised, columns that give the answer away are left out and named, a recipe is chosen by
cross-validation inside the part that is learnt from, and everything reported is measured on customers held out: a
quarter of a large table, and of a small one every customer once, each by a model that has not seen her. The pipeline
that leaves has learnt from all of them. Rare answers are neither doubled nor thinned out: chances stay honest, and what
a mistake costs moves the threshold instead.

Keys of `Card.evaluation`:

- `task`: `yes_no`, `classes` or `number`; `positive`: of yes/no, the answer whose chance is told
- `customers`: how many the figures are measured on; `held_out`: `quarter` or `each_once`
- `peers`: list of `recipe`, `loss` (inner cross-validation: log loss, or RMSE within the bounds), `error`, `chosen`
- `intervals`: metric → [value, low, high], 95 % by bootstrap over the held-out customers
- `against_baseline`: what the loss per customer (log loss, squared error) changes by: `difference`, `low`, `high`
- `left_out`: column → reason (`training.left_out.<reason>`)
- `alone`: column → how well it predicts the target by itself (AUC, or R²), the five best
- `threshold`: of yes/no: `chance`, `cost_missed`, `cost_false_alarm`, the shares `flagged`, `found`, `right`, and per
  100 customers `cost`, `cost_all`, `cost_none`
- `calibration`, and of yes/no and numbers `gains`: rows for charts (`measures`)
- `top`: of yes/no: `of`, `yes`: so many of those with the highest chance said yes
- `importance`: list of [column, loss added when its cells are shuffled, low, high], most important first
- `dependence`: column → [[cells], [mean prediction]] of the five most important
- `confusion`: of classes: rows the truth, columns the prediction, in the order of `Card.classes`
- `set_aside`: customers whose answer hardly anybody else gave
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.tree import DecisionTreeRegressor
from threadpoolctl import threadpool_limits

from lib.card import Card, Plain
from lib.card.format_1 import evaluation_of
from lib.errors import UserError
from lib.recipes import Inputs, Plan, Task, members_of_blend, recipe
from lib.training import Progress, Question, Trained, measures, quiet
from lib.training.describe import AT_LEAST, days_since_1970, describe, frequent, kind_of, rounded
from lib.training.inputs import Sorted, as_the_pipeline_sees, sort_columns

Matrix = NDArray[np.float64]
Rows = NDArray[np.int64]
Answers = NDArray[np.float64] | NDArray[np.str_]

FEWEST: Mapping[Task, int] = {"yes_no": 100, "classes": 100, "number": 50}
"""Customers with a known answer below which nothing honest can be said."""
FEWEST_PER_CLASS = 20
MOST_CLASSES = 20
MOST_GIVEN = 0.8
"""A column of more answers than that will do if so many customers gave one of those that are not rare."""
CLASS_NUMBERS = 6
"""A column of whole numbers with no more different ones than this holds classes, not amounts."""

FAR_OUT, MOST_BEYOND = 3, 0.01
"""A number so many spans of the quartiles away from them lies far out, unless more than that share does."""

FEW_ENDS = 0.01
"""So many customers at either end do not decide which recipe for a number is the best."""

LARGE = 1_000
"""From so many customers on, a quarter is held out; below, every customer is once."""

AUTOMATIC = ("linear", "blend", "boosting", "deep_boosting")
"""What is tried where nobody chose a recipe."""

INNER_FOLDS = 5
"""Recipes are compared in so many folds: with fewer, what needs many customers looks worse than it will be."""

FEWEST_DIFFERENT = 0.7
"""With a smaller share of different customers the columns are too few to tell them apart, and these are no copies."""

BLEND_DRAWS, BLEND_STEPS, BLEND_CUSTOMERS = 10, 20, 5_000
"""A blend is put together on so many draws of customers, in so many steps, from so many customers at most."""
LEAST_SHARE = 0.04
"""A member of a blend that counts for less is left out."""

TELLS_ALL = 0.99
"""A column that predicts so well by itself is the answer in other words."""
TELLS_NEARLY_ALL, FAR_AHEAD = 0.9, 0.1
"""A column that alone tells so much, so far ahead of every other, is used with a warning."""
TOO_GOOD = 0.995
"""A model that is so good has probably seen columns that together make up the answer."""
TELLS_MUCH = 0.75
AHEAD = 0.01
"""A column that by its name may be known only afterwards is left out if it tells much, and more than any other."""

_AFTERWARDS = re.compile(
    r"duration|call_?length|talk_?time|cancel|closed|close_?date|end_?date|ended|exit|terminat|resign|churn|reason"
    r"|left_|last_?day|refund|result|outcome_?date|response_?date|after|final|duracion|baja|motivo|resultado|fin_"
)

YES = ("yes", "y", "true", "1", "1.0", "si", "sí", "s", "churned", "bought", "t")

BOOTSTRAPS = 200
SHUFFLES, SHUFFLES_OF_MANY, MANY_COLUMNS = 5, 2, 25
"""How often a column is shuffled to see what it matters, and how often where there are many."""


@dataclass(frozen=True)
class Target:
    """The answers to learn, and what they are."""

    task: Task
    values: Answers
    classes: tuple[str, ...] = ()
    positive: str = ""
    skewed: bool = False
    bounds: tuple[float, float] | None = None
    """Of a number, where some lie far out: what the rest lies between."""
    set_aside: int = 0
    """Customers whose class hardly anybody else has."""

    @property
    def number_of_yes(self) -> int:
        """Place of the positive class."""
        return self.classes.index(self.positive)

    @property
    def learnt(self) -> Answers:
        """The answers as they are learnt: what lies beyond the bounds counts as they do."""
        return self.values if self.bounds is None else np.clip(np.asarray(self.values, np.float64), *self.bounds)


def train_column(frame: pd.DataFrame, question: Question, *, progress: Progress = quiet) -> Trained:
    """A model that predicts one column of a table with one row per customer from the others.

    Raises UserError: `training.unknown_columns`, `training.target_constant`, `training.target_not_usable`,
    `training.too_many_classes`, `training.too_little_data`, `training.too_few_of_class`, `training.no_usable_columns`.
    """
    progress(0.0, "training.step.columns")
    missing = [name for name in (question.target, *question.columns) if name not in frame.columns]
    if missing:
        raise UserError("training.unknown_columns", columns=missing)
    known, target = read_target(frame, question.target)
    others = [name for name in (question.columns or known.columns) if name != question.target]
    sorted_columns = sort_columns(known[others])
    alone = tell_alone(known, sorted_columns.inputs, target, seed=question.seed)
    if not question.columns:
        sorted_columns = _without_leaks(sorted_columns, alone)
    inputs = sorted_columns.inputs
    if not inputs.columns:
        raise UserError("training.no_usable_columns", columns=[str(name) for name in others])
    table = as_the_pipeline_sees(known, inputs)
    plan = Plan(
        target.task,
        inputs,
        question.seed,
        customers=len(table),
        positive_target=target.skewed,
        bounds=target.bounds,
        classes=len(target.classes),
    )
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return _Study(table, target, plan, question, progress).finish(sorted_columns, alone)


# ------------------------------------------------------------------------------------------------------- the target


def read_target(frame: pd.DataFrame, name: str) -> tuple[pd.DataFrame, Target]:
    """The customers whose answer is known, and their answers."""
    known = frame[frame[name].notna()]
    values = known[name]
    kind = kind_of(values)
    different = int(values.nunique())
    if different < 2:
        raise UserError("training.target_constant", column=name)
    if kind == "date":
        raise UserError("training.target_not_usable", column=name)
    whole = kind == "number" and bool((values == values.round()).all())
    few = different == 2 or (whole and different <= min(CLASS_NUMBERS, len(known) // AT_LEAST))
    if kind == "number" and not few:
        numbers = values.to_numpy(np.float64)
        _enough("number", name, len(known))
        # Of the bulk: one customer who earns ten times as much does not give incomes a long tail.
        bulk = pd.Series(numbers).clip(*np.quantile(numbers, [0.005, 0.995]))
        skewed = bool(numbers.min() >= 0 and bulk.skew() > 1)
        return known, Target("number", numbers, skewed=skewed, bounds=bounds_of(numbers, skewed=skewed))
    words = _words(values)
    task: Task = "yes_no" if different == 2 else "classes"
    _enough(task, name, len(known))
    counts = words.value_counts()
    kept = sorted(counts[counts >= FEWEST_PER_CLASS].index)
    few_left = counts[kept].sum() < MOST_GIVEN * len(words)
    if different > MOST_CLASSES and (len(kept) > MOST_CLASSES or few_left):
        raise UserError("training.too_many_classes", column=name, classes=different, most=MOST_CLASSES)
    if len(kept) < 2:
        rare = counts[counts < FEWEST_PER_CLASS]
        raise UserError(
            "training.too_few_of_class",
            column=name,
            answer=str(rare.index[0]),
            customers=int(rare.iloc[0]),
            needed=FEWEST_PER_CLASS,
        )
    common = words.isin(kept)
    words = words[common]
    classes = tuple(str(one) for one in kept)
    positive = _positive(words, classes) if len(classes) == 2 else ""
    task = "yes_no" if len(classes) == 2 else "classes"
    return known[common], Target(
        task, words.to_numpy().astype(np.str_), classes, positive, set_aside=int((~common).sum())
    )


def bounds_of(numbers: Matrix, *, skewed: bool) -> tuple[float, float] | None:
    """Between which the bulk lies, to two digits, where a few lie far out (Tukey 1977: three spans of the quartiles).

    One customer who earns ten times as much as anybody would count more than all the others together. Of a long tail,
    far out is by its logarithm. None where nobody lies there, or so many that they are no exception.
    """
    seen = np.log1p(numbers) if skewed else numbers
    low, high = np.quantile(seen, [0.25, 0.75])
    ends = np.array([low, high]) + FAR_OUT * (high - low) * np.array([-1, 1])
    below, above = (rounded(float(one), 2) for one in (np.expm1(ends) if skewed else ends))
    beyond = float(((numbers < below) | (numbers > above)).mean())
    return (below, above) if 0 < beyond <= MOST_BEYOND else None


def _words(values: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(values) and bool((values == values.round()).all()):
        return values.astype("int64").astype("str")
    return values.astype("str")


def _positive(words: pd.Series, classes: Sequence[str]) -> str:
    for one in classes:
        if one.strip().lower() in YES:
            return one
    return str(words.value_counts(sort=True, ascending=True).index[0])


def _enough(task: Task, name: str, customers: int) -> None:
    if customers < FEWEST[task]:
        raise UserError("training.too_little_data", column=name, customers=customers, needed=FEWEST[task])


# --------------------------------------------------------------------------------------------------------- the leaks


def tell_alone(frame: pd.DataFrame, inputs: Inputs, target: Target, *, seed: int = 0) -> dict[str, float]:
    """How well each column predicts the target all by itself, best first: AUC, or R² of a number, of unseen customers.

    Measured with a small tree in three folds, of a category with what its other customers answered; of several classes,
    the mean AUC of one against the others.
    """
    fold = np.random.default_rng(seed).integers(0, 3, len(frame))
    told = {
        name: _alone(_as_numbers(frame[name], inputs), target, fold, as_levels=name in inputs.categories)
        for name in inputs.columns
    }
    return dict(sorted(told.items(), key=lambda one: -one[1]))


def _alone(cells: Matrix, target: Target, fold: Rows, *, as_levels: bool) -> float:
    if target.task == "number":
        numbers = np.asarray(target.learnt, dtype=np.float64)
        tree = DecisionTreeRegressor(max_leaf_nodes=64, min_samples_leaf=5, random_state=0)
        return round(max(0.0, _r2(numbers, _told_by(tree, cells, numbers, fold, as_levels=as_levels))), 4)
    found = []
    for one in target.classes if target.task == "classes" else (target.positive,):
        truth = (np.asarray(target.values) == one).astype(np.float64)
        # A regression tree for a yes or no: its leaves are the shares of yes.
        tree = DecisionTreeRegressor(max_leaf_nodes=16, min_samples_leaf=AT_LEAST, random_state=0)
        said = _told_by(tree, cells, truth, fold, as_levels=as_levels)
        found.append(max(0.5, float(roc_auc_score(truth, said))))
    return round(float(np.mean(found)), 4)


def _told_by(tree: BaseEstimator, cells: Matrix, truth: Matrix, fold: Rows, *, as_levels: bool) -> Matrix:
    """What one column says of every customer, having learnt from the folds that she is not in."""
    said = np.empty(len(truth))
    for part in range(3):
        learn, test = fold != part, fold == part
        if as_levels:
            level = cells[:, 0].astype(np.int64)
            many = np.bincount(level[learn], minlength=int(level.max()) + 1)
            total = np.bincount(level[learn], truth[learn], len(many))
            said[test] = ((total + truth[learn].mean()) / (many + 1))[level[test]]
        else:
            said[test] = tree.fit(cells[learn], truth[learn]).predict(cells[test])
    return said


def _as_numbers(values: pd.Series, inputs: Inputs) -> Matrix:
    """One column: of a category the place of its level, 0 for any other; of a number or date its size."""
    name = str(values.name)
    if name in inputs.categories:
        place = {level: at for at, level in enumerate(inputs.categories[name], start=1)}
        return values.astype("str").where(values.notna()).map(place).fillna(0).to_numpy(np.float64)[:, None]
    numbers = (days_since_1970(values) if kind_of(values) == "date" else values.astype("float64")).to_numpy(np.float64)
    return np.where(np.isfinite(numbers), numbers, np.nan)[:, None]


def _without_leaks(columns: Sorted, alone: Mapping[str, float]) -> Sorted:
    left_out = dict(columns.left_out)
    told = list(alone.items())
    for name, score in told:
        others = [value for other, value in told if other != name and other not in left_out]
        if score >= TELLS_ALL:
            left_out[name] = "tells_all"
        elif score >= TELLS_MUCH and _AFTERWARDS.search(name.lower()) and score >= max(others, default=0.0) + AHEAD:
            left_out[name] = "known_afterwards"
    return Sorted(_only(columns.inputs, left_out), left_out)


def _only(inputs: Inputs, without: Mapping[str, str]) -> Inputs:
    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in without)

    categories = {name: levels for name, levels in inputs.categories.items() if name not in without}
    return Inputs(kept(inputs.amounts), kept(inputs.numbers), kept(inputs.dates), categories)


# ---------------------------------------------------------------------------------------------------------- the study


@dataclass(frozen=True)
class Peer:
    """A recipe as inner cross-validation found it: the loss of every customer learnt from, within the bounds."""

    key: str
    losses: Matrix
    weights: Mapping[str, float] = field(default_factory=dict)
    """Of a blend: what each member counts."""

    @property
    def loss(self) -> float:
        """Mean loss."""
        return float(self.losses.mean())


class _Study:
    """One table, one target: chooses, measures on customers held out, and learns from all."""

    def __init__(self, table: pd.DataFrame, target: Target, plan: Plan, question: Question, progress: Progress) -> None:
        self.table = table
        self.target = target
        self.plan = plan
        self.question = question
        self.progress = progress
        self.keys = (question.recipe,) if question.recipe else AUTOMATIC
        self.copies: Rows = table.groupby(list(table.columns), sort=False, dropna=False).ngroup().to_numpy(np.int64)
        """The same number for customers who are alike in every column."""

    def finish(self, columns: Sorted, alone: Mapping[str, float]) -> Trained:
        """Choose, measure, learn, tell."""
        tested: list[Rows] = []
        said: list[Matrix] = []
        importance: list[Matrix] = []
        folds = self._outer()
        spread = 0.85 * len(folds) / (len(folds) + 1)
        for place, (learn, test) in enumerate(folds):
            self.progress(0.05 + spread * place / len(folds), "training.step.compare")
            model = self._fit(self._best(self._compare(learn)), learn)
            self.progress(0.05 + spread * (place + 0.8) / len(folds), "training.step.measure")
            tested.append(test)
            said.append(self._predict(model, test))
            importance.append(self._importance(model, test))
        rows = np.concatenate(tested)
        self.progress(0.05 + spread, "training.step.final")
        # Chosen again from all: what the large trees are worth grows with every customer.
        peers = self._compare(np.arange(len(self.table)))
        chosen = self._best(peers)
        pipeline = self._fit(chosen, np.arange(len(self.table)))
        self.progress(0.95, "training.step.describe")
        return self._tell(
            _Found(rows, np.concatenate(said), np.concatenate(importance, axis=1), peers, chosen, pipeline),
            columns,
            alone,
        )

    def _outer(self) -> list[tuple[Rows, Rows]]:
        whole = np.arange(len(self.table))
        if len(whole) < LARGE:
            return list(self._folds(whole, 5, whole_copies=True))
        return list(self._folds(whole, 4, whole_copies=True))[:1]

    def _folds(self, rows: Rows, parts: int, *, whole_copies: bool) -> list[tuple[Rows, Rows]]:
        """Whether copies of a customer stand in one fold: else who is measured may have been learnt from."""
        _, first, same = np.unique(self.copies[rows], return_index=True, return_inverse=True)
        if not whole_copies or len(first) < FEWEST_DIFFERENT * len(rows):
            first = same = np.arange(len(rows))
        kind = KFold if self.target.task == "number" else StratifiedKFold
        split = kind(parts, shuffle=True, random_state=self.plan.seed).split(first, self.target.values[rows][first])
        tested = [np.isin(same, test) for _, test in split]
        return [(rows[~test], rows[test]) for test in tested]

    def _compare(self, rows: Rows) -> list[Peer]:
        if self.keys != AUTOMATIC and self.keys != ("blend",):
            return [Peer(self.keys[0], np.zeros(1))]
        folds = self._folds(rows, INNER_FOLDS, whole_copies=False)
        members = members_of_blend(self.plan)
        said = {
            key: np.concatenate([self._predict(self._learn(build(self.plan), learn), test) for learn, test in folds])
            for key, build in members.items()
        }
        rows_asked = np.concatenate([test for _, test in folds])
        fold = np.repeat(np.arange(len(folds)), [len(test) for _, test in folds])
        blended = np.empty_like(said["linear"])
        for part in range(len(folds)):
            # What the members count is learnt from the other folds, so that a blend gains nothing by having many.
            others = self._weigh(rows_asked[fold != part], {key: one[fold != part] for key, one in said.items()})
            blended[fold == part] = sum(share * said[key][fold == part] for key, share in others.items())
        found = {key: Peer(key, self._losses(rows_asked, said[key])) for key in self.keys if key in said}
        found["blend"] = Peer("blend", self._losses(rows_asked, blended), self._weigh(rows_asked, said))
        return [found[key] for key in self.keys if key in found]

    def _best(self, peers: Sequence[Peer]) -> Peer:
        return _best(peers, FEW_ENDS if self.target.task == "number" else 0.0)

    def _weigh(self, rows: Rows, said: Mapping[str, Matrix]) -> dict[str, float]:
        """What each member of a blend counts, from what it said of customers it had not seen.

        The best is taken, then again and again the one that helps the mean most, on many draws of the customers: few
        customers cannot tell good members apart, and their draws disagree until all count alike (Caruana 2004, 2006).
        """
        truth = self.target.learnt[rows]
        if self.target.task == "number":
            told, right = np.stack([one[:, 0] for one in said.values()]), np.asarray(truth, dtype=np.float64)
        else:
            at = np.searchsorted(np.asarray(self.target.classes), truth)
            told, right = np.stack([one[np.arange(len(rows)), at] for one in said.values()]), np.ones(len(rows))
        rng = np.random.default_rng(self.plan.seed)
        count = np.zeros(len(told))
        for _ in range(BLEND_DRAWS):
            drawn = rng.integers(0, len(rows), min(len(rows), BLEND_CUSTOMERS))
            seen, wanted = told[:, drawn], right[drawn]
            total = np.zeros(len(drawn))
            for turn in range(1, BLEND_STEPS + 1):
                means = (total + seen) / turn
                if self.target.task == "number":
                    losses = ((wanted - means) ** 2).mean(axis=1)
                else:
                    losses = -np.log(np.clip(means, 1e-6, 1.0)).mean(axis=1)
                best = int(losses.argmin())
                count[best] += 1
                total = total + seen[best]
        kept = {key: float(times) for key, times in zip(said, count, strict=True) if times >= LEAST_SHARE * count.sum()}
        return {key: round(times / sum(kept.values()), 4) for key, times in kept.items()}

    def _fit(self, chosen: Peer, rows: Rows) -> Pipeline:
        return self._learn(recipe(chosen.key).build(replace(self.plan, weights=chosen.weights)), rows)

    def _learn(self, pipeline: Pipeline, rows: Rows) -> Pipeline:
        return clone(pipeline).fit(self.table.iloc[rows], self.target.values[rows])

    def _predict(self, model: Pipeline, rows: Rows) -> Matrix:
        return self._answers(model, self.table.iloc[rows])

    def _answers(self, model: Pipeline, table: pd.DataFrame) -> Matrix:
        """Chances, customers × classes, in the order of the classes; of a number, one column."""
        if self.target.task == "number":
            return np.asarray(model.predict(table), dtype=np.float64)[:, None]
        chances = np.asarray(model.predict_proba(table), dtype=np.float64)
        at = {str(one): place for place, one in enumerate(model.classes_)}
        return np.column_stack([chances[:, at[one]] for one in self.target.classes])

    def _losses(self, rows: Rows, said: Matrix) -> Matrix:
        return _losses(self.target, self.target.learnt[rows], said)

    def _importance(self, model: Pipeline, rows: Rows) -> Matrix:
        """Columns × customers: by how much each customer's loss grows when the column's cells are shuffled."""
        rng = np.random.default_rng(self.plan.seed)
        table = self.table.iloc[rows]
        truth = self.target.values[rows]
        before = _losses(self.target, truth, self._answers(model, table))
        turns = SHUFFLES if len(table.columns) <= MANY_COLUMNS else SHUFFLES_OF_MANY
        grown = []
        many = pd.concat([table] * turns, ignore_index=True)
        for name in table.columns:
            orders = np.concatenate([rng.permutation(len(rows)) for _ in range(turns)])
            shuffled = many.assign(**{name: table[name].take(orders).set_axis(many.index)})
            losses = _losses(self.target, truth[np.tile(np.arange(len(rows)), turns)], self._answers(model, shuffled))
            grown.append(losses.reshape(turns, -1).mean(axis=0) - before)
        return np.stack(grown)

    # ------------------------------------------------------------------------------------------- what there is to say

    def _tell(self, found: _Found, columns: Sorted, alone: Mapping[str, float]) -> Trained:
        target = self.target
        truth = target.values[found.rows]
        measure = _MEASURES[target.task]
        constant = self._constant(found.rows)
        metrics = measure(target, truth, found.said)
        names = list(self.table.columns)
        ranked = np.argsort(-found.importance.mean(axis=1), kind="stable")
        evaluation: dict[str, Plain] = {
            "task": target.task,
            "customers": len(found.rows),
            "base_rate": round(float(np.mean(truth == target.positive)), 4) if target.positive else None,
            "held_out": "quarter" if len(self.table) >= LARGE else "each_once",
            "peers": [
                {
                    "recipe": one.key,
                    "loss": rounded(one.loss if target.task != "number" else float(np.sqrt(one.loss)), 4),
                    "error": rounded(float(one.losses.std() / np.sqrt(len(one.losses))), 2),
                    "chosen": one is found.chosen,
                }
                for one in (found.peers if len(found.peers) > 1 else [])
            ],
            "intervals": _intervals(target, truth, found.said, self.plan.seed),
            "against_baseline": _difference(
                _losses(target, truth, found.said) - _losses(target, truth, constant), self.plan.seed
            ),
            "left_out": dict(columns.left_out),
            "alone": dict(list(alone.items())[:5]),
            "calibration": _calibration(target, truth, found.said),
            "importance": [
                [names[int(place)], *_mean_interval(found.importance[place], self.plan.seed)] for place in ranked
            ],
            "dependence": {
                names[int(place)]: self._dependence(found.pipeline, names[int(place)]) for place in ranked[:5]
            },
            "set_aside": target.set_aside,
        }
        if target.task == "yes_no":
            yes = truth == target.positive
            chance = found.said[:, target.number_of_yes]
            evaluation |= {
                "positive": target.positive,
                "threshold": _threshold(yes, chance, self.question),
                "gains": _gains(chance, yes.astype(np.float64)),
                "top": {"of": min(100, len(yes)), "yes": int(yes[np.argsort(-chance, kind="stable")[:100]].sum())},
            }
        elif target.task == "number":
            evaluation["gains"] = _gains(found.said[:, 0], np.maximum(np.asarray(truth, dtype=np.float64), 0))
        else:
            guess = np.asarray(target.classes)[found.said.argmax(axis=1)]
            evaluation["confusion"] = [
                [int(((truth == row) & (guess == column)).sum()) for column in target.classes] for row in target.classes
            ]
        card = Card(
            goal="target",
            recipe=found.chosen.key,
            columns=describe(self.table),
            customers=len(self.table),
            target=self.question.target,
            classes=target.classes,
            metrics=metrics,
            baseline=measure(target, truth, constant),
            baseline_name="constant",
            evaluation=evaluation_of("target", evaluation),
            limits=self._limits(metrics, evaluation, alone, columns),
            settings={
                "seed": self.question.seed,
                "cost_missed": self.question.cost_missed,
                "cost_false_alarm": self.question.cost_false_alarm,
            },
        )
        learnt = pd.Series(np.asarray(self.target.values), index=self.table.index)
        return Trained(found.pipeline, card, self.table, learnt)

    def _constant(self, rows: Rows) -> Matrix:
        """What one would say without looking at anything: the shares of the answers, or their mean."""
        values = self.target.values
        if self.target.task == "number":
            return np.full((len(rows), 1), float(np.asarray(values, dtype=np.float64).mean()))
        shares = [float((values == one).mean()) for one in self.target.classes]
        return np.tile(shares, (len(rows), 1))

    def _dependence(self, model: Pipeline, name: str) -> Plain:
        """The mean prediction of a sample of customers if this cell were the same for all of them."""
        sample = self.table.sample(min(len(self.table), 300), random_state=self.plan.seed)
        values = self.table[name]
        cells: list[float | str | bool]
        if name in self.plan.inputs.categories:
            cells = list(frequent(values)[:12])
        elif kind_of(values) == "yes_no":
            cells = [False, True]
        else:
            if kind_of(values) == "date":
                return []
            cells = sorted(
                {rounded(float(one)) for one in values.astype("float64").quantile(np.linspace(0.02, 0.98, 13))}
            )
        many = pd.concat([sample] * len(cells), ignore_index=True)
        repeated = pd.Series(np.repeat(np.asarray(cells, dtype=object), len(sample))).astype(values.dtype.name)
        said = self._answers(model, many.assign(**{name: repeated}))[:, self._told_place]
        means = [rounded(float(one), 4) for one in said.reshape(len(cells), -1).mean(axis=1)]
        return [[*cells], [*means]]

    @property
    def _told_place(self) -> int:
        """The column of the answers that a curve shows: the chance of yes, of the first class, or the number."""
        return self.target.number_of_yes if self.target.task == "yes_no" else 0

    def _limits(
        self, metrics: Mapping[str, float], evaluation: Mapping[str, Plain], alone: Mapping[str, float], columns: Sorted
    ) -> tuple[str, ...]:
        limits = []
        against = evaluation["against_baseline"]
        if isinstance(against, dict) and float(str(against["high"])) >= 0:
            limits.append("training.limit.no_better")
        used = columns.inputs.columns
        if any(alone.get(name, 0) >= TELLS_ALL for name in used):
            limits.append("training.limit.tells_all")
        elif any(_AFTERWARDS.search(name.lower()) and alone.get(name, 0) >= TELLS_MUCH for name in used):
            limits.append("training.limit.known_afterwards")
        else:
            told = sorted((alone.get(name, 0.0) for name in used), reverse=True)
            if told[0] >= TELLS_NEARLY_ALL and told[0] >= max(told[1:], default=0.0) + FAR_AHEAD:
                limits.append("training.limit.tells_nearly_all")
            elif metrics.get("roc_auc", metrics.get("r2", 0.0)) >= TOO_GOOD:
                limits.append("training.limit.too_good")
        slope = metrics.get("calibration_slope", 1.0)
        if not 0.8 <= slope <= 1.25:
            limits.append("training.limit.calibration")
        if self.target.set_aside:
            limits.append("training.limit.rare_classes")
        if self.target.bounds:
            limits.append("training.limit.far_out")
        return tuple(limits)


@dataclass(frozen=True)
class _Found:
    rows: Rows
    said: Matrix
    importance: Matrix
    peers: list[Peer]
    chosen: Peer
    pipeline: Pipeline


def _best(peers: Sequence[Peer], few: float) -> Peer:
    """The least loss; but the first, which a person can read, if it is within half a standard error of that.

    That share of the customers at either end does not decide: of two recipes for incomes, the better one is not the one
    that is luckier with the three richest.
    """
    first = peers[0]
    behind = [first.losses - one.losses for one in peers]
    behind = [one.clip(*np.quantile(one, [few, 1 - few])) for one in behind]
    most = max(range(len(peers)), key=lambda place: float(behind[place].mean()))
    error = float(behind[most].std() / np.sqrt(len(behind[most])))
    return first if float(behind[most].mean()) < error / 2 else peers[most]


# ---------------------------------------------------------------------------------------------------------- measures


def _losses(target: Target, truth: Answers, said: Matrix) -> Matrix:
    """Loss per customer: minus the logarithm of the chance given to what happened, or the squared error."""
    if target.task == "number":
        return (np.asarray(truth, dtype=np.float64) - said[:, 0]) ** 2
    at = np.searchsorted(np.asarray(target.classes), truth)
    return -np.log(np.clip(said[np.arange(len(said)), at], 1e-6, 1.0))


def _r2(truth: Matrix, said: Matrix) -> float:
    total = float(((truth - truth.mean()) ** 2).sum())
    return 1 - float(((truth - said) ** 2).sum()) / total if total else 0.0


_CHANCES = {("roc_auc" if name == "auc" else name): one for name, one in measures.CHANCE_MEASURES.items()}
"""The answers need not be purchases: what they are told apart by has its general name."""


def _of_yes_no(target: Target, truth: Answers, said: Matrix) -> dict[str, float]:
    yes = (truth == target.positive).astype(np.float64)
    return measures.measured(_CHANCES, said[:, target.number_of_yes], yes)


def _of_classes(target: Target, truth: Answers, said: Matrix) -> dict[str, float]:
    guess = np.asarray(target.classes)[said.argmax(axis=1)]
    recalls = [float((guess[truth == one] == one).mean()) for one in target.classes if (truth == one).any()]
    aucs = [
        float(roc_auc_score(truth == one, said[:, place]))
        for place, one in enumerate(target.classes)
        if 0 < (truth == one).sum() < len(truth)
    ]
    return {
        "roc_auc": round(float(np.mean(aucs)), 4),
        "log_loss": round(float(_losses(target, truth, said).mean()), 4),
        "accuracy": round(float((guess == truth).mean()), 4),
        "balanced_accuracy": round(float(np.mean(recalls)), 4),
    }


def _of_number(target: Target, truth: Answers, said: Matrix) -> dict[str, float]:
    numbers = np.asarray(truth, dtype=np.float64)
    told = ("mae", "rmse", "spearman", "sum_ratio")
    figures = measures.measured({name: measures.MONEY_MEASURES[name] for name in told}, said[:, 0], numbers)
    return figures | {"r2": round(_r2(numbers, said[:, 0]), 4)}


_MEASURES: Mapping[Task, Callable[[Target, Answers, Matrix], dict[str, float]]] = {
    "yes_no": _of_yes_no,
    "classes": _of_classes,
    "number": _of_number,
}


def _intervals(target: Target, truth: Answers, said: Matrix, seed: int) -> dict[str, Plain]:
    """95 % intervals of every measure, by drawing the held-out customers again and again: [value, low, high]."""
    if target.task == "yes_no":
        yes = (truth == target.positive).astype(np.float64)
        chance = said[:, target.number_of_yes]
        found = measures.intervals(_CHANCES, chance, yes, seed=seed)
        return {name: [*interval.to_plain()] for name, interval in found.items()}
    rng = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(BOOTSTRAPS):
        rows = rng.integers(0, len(truth), len(truth))
        for name, value in _MEASURES[target.task](target, truth[rows], said[rows]).items():
            drawn.setdefault(name, []).append(value)
    told = _MEASURES[target.task](target, truth, said)
    return {
        name: [told[name], *(rounded(float(one), 4) for one in np.quantile(values, [0.025, 0.975]))]
        for name, values in drawn.items()
        if name in told
    }


def _mean_interval(values: Matrix, seed: int) -> list[Plain]:
    rng = np.random.default_rng(seed)
    means = values[rng.integers(0, len(values), (BOOTSTRAPS, len(values)))].mean(axis=1)
    return [rounded(float(one)) for one in (values.mean(), *np.quantile(means, [0.025, 0.975]))]


def _difference(values: Matrix, seed: int) -> dict[str, Plain]:
    return dict(zip(("difference", "low", "high"), _mean_interval(values, seed), strict=True))


def _calibration(target: Target, truth: Answers, said: Matrix) -> list[Plain]:
    """What was said and what happened; of several classes, how sure the answer given was and how often it was right."""
    if target.task == "classes":
        sure, happened = said.max(axis=1), np.asarray(target.classes)[said.argmax(axis=1)] == truth
    elif target.task == "yes_no":
        sure, happened = said[:, target.number_of_yes], truth == target.positive
    else:
        sure, happened = said[:, 0], truth
    return [{**row} for row in measures.calibration_curve(sure, np.asarray(happened, dtype=np.float64))]


def _gains(score: Matrix, outcome: Matrix) -> list[Plain]:
    return [{**row} for row in measures.gains(score, outcome)] if outcome.sum() > 0 else []


def _threshold(yes: NDArray[np.bool_], chance: Matrix, question: Question) -> dict[str, Plain]:
    """From which chance on acting is worth it: where the two kinds of mistake cost the same on average."""
    missed, false_alarm = question.cost_missed, question.cost_false_alarm
    least = false_alarm / (missed + false_alarm)
    flagged = chance >= least
    hundred = 100 / len(yes)
    return {
        "chance": round(least, 4),
        "cost_missed": missed,
        "cost_false_alarm": false_alarm,
        "flagged": round(float(flagged.mean()), 4),
        "found": round(float((flagged & yes).sum() / max(yes.sum(), 1)), 4),
        "right": round(float((flagged & yes).sum() / max(flagged.sum(), 1)), 4),
        "cost": rounded(hundred * float(missed * (yes & ~flagged).sum() + false_alarm * (~yes & flagged).sum())),
        "cost_all": rounded(hundred * float(false_alarm * (~yes).sum())),
        "cost_none": rounded(hundred * float(missed * yes.sum())),
    }
