"""The target of a customer table: the task, its classes, and the customers with a known value."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.errors import UserError
from lib.evaluation.metrics import (
    AMOUNT_METRICS,
    CLASS_METRICS,
    PROBABILITY_METRICS,
    FloatArray,
    Metric,
    class_log_losses,
    r2,
)
from lib.parsing.booleans import parse_yes_no
from lib.parsing.rounding import round_significant
from lib.recipes import Task
from lib.training.describe import MIN_CATEGORY_CUSTOMERS, kind_of
from lib.training.inputs import LARGEST_NUMBER, uniform_values
from lib.training.spelling import one_spelling

Answers = NDArray[np.float64] | NDArray[np.str_]

MIN_ROWS: Mapping[Task, int] = {"yes_no": 100, "classes": 100, "number": 50}
"""Customers with a known answer below which nothing honest can be said."""
MIN_CLASS_ROWS = 20
MAX_CLASSES = 20
MIN_SHARE_KEPT = 0.8
"""A column of more classes than that is accepted if this share of customers has one of the classes that are not
rare."""
MAX_DISTINCT_ANSWER_SHARE = 0.5
"""More different answers per customer than this name customers, as ids and free texts do."""
MAX_CLASS_NUMBERS = 6
"""A column of whole numbers with no more distinct ones than this holds classes, not amounts."""

OUTLIER_SPANS, MAX_OUTLIER_SHARE = 3, 0.01
"""A number this many interquartile ranges outside the quartiles is an outlier, unless more than that share is."""

SKEWED = 1.0

POSITIVE_WORDS = ("churned", "bought")
"""Answers that are the positive one beside the words for yes."""

_NUMBER_METRICS: Mapping[str, Metric] = {
    **{name: AMOUNT_METRICS[name] for name in ("mae", "rmse", "spearman", "sum_ratio")},
    "r2": r2,
}
_YES_NO_METRICS: Mapping[str, Metric] = {
    ("roc_auc" if name == "auc" else name): metric for name, metric in PROBABILITY_METRICS.items()
}


@dataclass(frozen=True)
class Target:
    """The answers to learn, and what they are."""

    task: Task
    values: Answers
    classes: tuple[str, ...] = ()
    positive: str = ""
    skewed: bool = False
    bounds: tuple[float, float] | None = None
    """Of a number with outliers: what the rest lies between."""
    set_aside: int = 0
    """Customers whose class is too rare."""

    @property
    def positive_place(self) -> int:
        """Place of the positive class."""
        return self.classes.index(self.positive)

    @property
    def learnt(self) -> Answers:
        """The answers as they are learnt: what lies beyond the bounds counts as they do."""
        return self.values if self.bounds is None else np.clip(np.asarray(self.values, np.float64), *self.bounds)

    # -- what is measured: one array of predictions and one of what was observed, as `evaluation.metrics` takes them

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """What is measured of such a target, by name."""
        return {"yes_no": _YES_NO_METRICS, "classes": CLASS_METRICS, "number": _NUMBER_METRICS}.get(self.task, {})

    def observed(self, answers: Answers) -> FloatArray:
        """Answers as numbers: 1 for the positive class, the place of a class, or the number itself."""
        if self.task == "number":
            return np.asarray(answers, dtype=np.float64)
        if self.task == "yes_no":
            return (answers == self.positive).astype(np.float64)
        return np.searchsorted(np.asarray(self.classes), answers).astype(np.float64)

    def prediction(self, output: FloatArray) -> FloatArray:
        """What `metrics` look at of a model's output (customers × classes, or × 1): the probability of the positive
        class, all probabilities, or the number."""
        if self.task == "classes":
            return output
        return output[:, self.positive_place if self.task == "yes_no" else 0]

    def losses(self, answers: Answers, output: FloatArray) -> FloatArray:
        """Loss per customer: −log of the chance given to the observed class, or the squared error."""
        if self.task == "number":
            return (np.asarray(answers, dtype=np.float64) - output[:, 0]) ** 2
        return class_log_losses(output, np.searchsorted(np.asarray(self.classes), answers).astype(np.float64))

    def indicators(self) -> list[FloatArray]:
        """The target as what a model of one output can learn: the numbers, or a 0/1 array per class."""
        if self.task == "number":
            return [np.asarray(self.learnt, dtype=np.float64)]
        classes = self.classes if self.task == "classes" else (self.positive,)
        return [(np.asarray(self.values) == one).astype(np.float64) for one in classes]

    @property
    def constant(self) -> FloatArray:
        """The output of a model that looks at nothing: the shares of the classes, or the mean."""
        if self.task == "number":
            return np.array([float(np.asarray(self.values, dtype=np.float64).mean())])
        return np.array([float((self.values == one).mean()) for one in self.classes])


_OUTCOME = re.compile(
    r"(?i)(^|[^a-z])(churn(ed)?|attrition|exited|response|responded|converted|cancel+ed|abandon[oó]|baja|respuesta)([^a-z]|$)"
)
"""Pattern for names of columns that people predict."""


def suggested_target(columns: Sequence[str]) -> str | None:
    """The first column whose name says that it is an outcome, such as "Churn"; None without one."""
    return next((name for name in columns if _OUTCOME.search(str(name))), None)


def read_target(frame: pd.DataFrame, name: str) -> tuple[pd.DataFrame, Target]:
    """The customers whose answer is known, and their answers, in `uniform_values`.

    What no further rows would change is reported before what they would. Raises UserError: `training.target_empty`,
    `training.target_too_large`, `training.target_constant`, `training.target_not_usable`, `training.target_identifies`,
    `training.too_many_classes`, `training.too_few_of_class`, `training.too_little_data`.
    """
    given = int(frame[name].notna().sum())
    frame = uniform_values(frame)
    known = frame[frame[name].notna()]
    values = known[name]
    kind = kind_of(values)
    distinct = int(values.nunique())
    if distinct == 0 and given:
        raise UserError("training.target_too_large", column=name, largest=LARGEST_NUMBER)
    if distinct == 0:
        raise UserError("training.target_empty", column=name)
    if distinct == 1:
        raise UserError("training.target_constant", column=name)
    if kind == "date":
        raise UserError("training.target_not_usable", column=name)
    whole = kind == "number" and bool((values == values.round()).all())
    few = distinct == 2 or (whole and distinct <= min(MAX_CLASS_NUMBERS, len(known) // MIN_CATEGORY_CUSTOMERS))
    if kind == "number" and not few:
        numbers = values.to_numpy(np.float64)
        _check_rows("number", name, len(known))
        # Of the bulk: one customer who earns ten times as much does not give incomes a long tail.
        bulk = pd.Series(numbers).clip(*np.quantile(numbers, [0.005, 0.995]))
        skewed = bool(numbers.min() >= 0 and bulk.skew() > SKEWED)
        return known, Target("number", numbers, skewed=skewed, bounds=outlier_bounds(numbers, skewed=skewed))
    words = one_spelling(_words(values))
    counts = words.value_counts()
    distinct = len(counts)
    if distinct == 1:
        raise UserError("training.target_constant", column=name)
    _check_classes(name, counts)
    task: Task = "yes_no" if distinct == 2 else "classes"
    _check_rows(task, name, len(known))
    kept = sorted(counts[counts >= MIN_CLASS_ROWS].index)
    common = words.isin(kept)
    words = words[common]
    classes = tuple(str(one) for one in kept)
    positive = _positive(words, classes) if len(classes) == 2 else ""
    task = "yes_no" if len(classes) == 2 else "classes"
    return known[common], Target(
        task, words.to_numpy().astype(np.str_), classes, positive, set_aside=int((~common).sum())
    )


def _check_classes(name: str, counts: pd.Series) -> None:
    """Whether answers repeat enough to be classes. `counts`: customers by answer, most first."""
    rows, distinct = int(counts.sum()), len(counts)
    if distinct > MAX_CLASSES:
        if distinct > MAX_DISTINCT_ANSWER_SHARE * rows:
            raise UserError("training.target_identifies", column=name, classes=distinct, customers=rows)
        frequent = counts[counts >= MIN_CLASS_ROWS]
        if len(frequent) > MAX_CLASSES or frequent.sum() < MIN_SHARE_KEPT * rows:
            raise UserError("training.too_many_classes", column=name, classes=distinct, most=MAX_CLASSES)
    second = int(counts.iloc[1])
    if second < MIN_CLASS_ROWS:
        # With as many more rows as it takes until two answers are frequent enough, the table is large enough, too.
        needed_rows = max(MIN_ROWS["classes"], MIN_CLASS_ROWS * rows / second)
        raise UserError(
            "training.too_few_of_class",
            column=name,
            answer=str(counts.index[1]),
            customers=second,
            needed=MIN_CLASS_ROWS,
            known=rows,
            rows=int(math.ceil(needed_rows / 10) * 10),
        )


def outlier_bounds(numbers: FloatArray, *, skewed: bool) -> tuple[float, float] | None:
    """Tukey's outer fences (1977: three interquartile ranges from the quartiles) to two digits, where few lie beyond.

    Without a cap, one extreme value could outweigh all the others in a squared loss. For a skewed target, the fences
    are those of its logarithm. None where no value lies beyond them, or too many to be exceptions.
    """
    seen = np.log1p(numbers) if skewed else numbers
    low, high = np.quantile(seen, [0.25, 0.75])
    ends = np.array([low, high]) + OUTLIER_SPANS * (high - low) * np.array([-1, 1])
    below, above = (round_significant(float(one), 2) for one in (np.expm1(ends) if skewed else ends))
    beyond = float(((numbers < below) | (numbers > above)).mean())
    return (below, above) if 0 < beyond <= MAX_OUTLIER_SHARE else None


def _words(values: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(values) and bool((values == values.round()).all()):
        # By way of Python's whole numbers: those of 64 bits end at about 9e18.
        return values.map({one: str(int(one)) for one in values.unique()}).astype("str")
    return values.astype("str")


def _positive(words: pd.Series, classes: Sequence[str]) -> str:
    for one in classes:
        if parse_yes_no(one) or one.strip().lower() in POSITIVE_WORDS:
            return one
    return str(words.value_counts(sort=True, ascending=True).index[0])


def _check_rows(task: Task, name: str, customers: int) -> None:
    if customers < MIN_ROWS[task]:
        raise UserError("training.too_little_data", column=name, customers=customers, needed=MIN_ROWS[task])
