"""Any column of a customer table as the target: yes or no, one of several classes, or a number.

The task is recognised (`target`) and columns that give the answer away are left out and named. Recipes are compared in
cross-validation (`selection`), and everything reported is measured on predictions for held-out customers, with the
recipe and the weights of a blend chosen without them. The resulting pipeline is trained
on all customers. Rare classes are neither weighted up nor down: probabilities stay calibrated, and the cost of a
mistake moves the threshold instead.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from lib.errors import UserError
from lib.evaluation.leakage import FOLDS, leaking_columns, single_column_score
from lib.evaluation.metrics import FloatArray
from lib.recipes import Inputs, Plan
from lib.training import Progress, Question, Trained, quiet
from lib.training.column_report import MeasuredColumn, column_card, column_importance
from lib.training.describe import days_since_1970, kind_of
from lib.training.inputs import SortedColumns, model_table, named, usable_columns
from lib.training.selection import AUTOMATIC, RecipeSearch
from lib.training.target import Target, read_target

SCORED_CUSTOMERS = 8_000
"""Customers used to score single columns: more would change only the third digit."""


def train_column(frame: pd.DataFrame, question: Question, *, progress: Progress = quiet) -> Trained:
    """A model that predicts one column of a table with one row per customer from the others.

    Raises UserError: `training.unknown_columns`, `training.no_usable_columns`, `training.only_answers`, and as
    `read_target`.
    """
    progress(0.0, "training.step.columns")
    missing = [name for name in (question.target, *question.columns) if name not in frame.columns]
    if missing:
        raise UserError("training.unknown_columns", columns=missing)
    known, target = read_target(frame, question.target)
    others = [name for name in (question.columns or known.columns) if name != question.target]
    columns = usable_columns(known[others])
    scores = single_column_scores(known, columns.inputs, target, seed=question.seed)
    if not question.columns:
        usable = columns.inputs.columns
        columns = _without_leaks(columns, scores)
        if not columns.inputs.columns:
            raise UserError("training.only_answers", columns=named(usable), target=question.target)
    inputs = columns.inputs
    table = model_table(known, inputs)
    plan = Plan(
        target.task,
        inputs,
        question.seed,
        customers=len(table),
        positive_target=target.skewed,
        bounds=target.bounds,
        classes=len(target.classes),
        leaf_factor=question.leaf_factor,
    )
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        search = RecipeSearch(table, target, plan, question.recipe or (AUTOMATIC[0] if question.quick else ""))
        comparison = search.compare(lambda share: progress(0.05 + 0.65 * share, "training.step.recipes"))
        progress(0.7, "training.step.measure")
        importance = np.empty((0, 0)) if question.quick else column_importance(search, comparison.models)
        progress(0.8, "training.step.final")
        chosen = search.best(comparison.candidates)
        pipeline = search.fit(chosen)
        progress(0.95, "training.step.describe")
        measured = MeasuredColumn(comparison, chosen, importance, pipeline)
        return column_card(search, measured, question, columns, scores)


def single_column_scores(frame: pd.DataFrame, inputs: Inputs, target: Target, *, seed: int = 0) -> dict[str, float]:
    """How well each column alone predicts the target, best first: AUC, or R² of a number, of unseen customers."""
    draw = np.random.default_rng(seed)
    targets = target.indicators()
    if len(frame) > SCORED_CUSTOMERS:
        drawn = np.sort(draw.permutation(len(frame))[:SCORED_CUSTOMERS])
        frame, targets = frame.iloc[drawn], [one[drawn] for one in targets]
    fold = draw.integers(0, FOLDS, len(frame))
    scores = {
        name: single_column_score(
            _cells(frame[name], inputs),
            targets,
            fold,
            amounts=target.task == "number",
            categories=name in inputs.categories,
        )
        for name in inputs.columns
    }
    return dict(sorted(scores.items(), key=lambda one: -one[1]))


def _cells(values: pd.Series, inputs: Inputs) -> FloatArray:
    """One column as numbers: of a category the place of its level, 0 for any other; of a date days since 1970."""
    name = str(values.name)
    if name in inputs.categories:
        place = {level: at for at, level in enumerate(inputs.categories[name], start=1)}
        return values.astype("str").where(values.notna()).map(place).fillna(0).to_numpy(np.float64)
    numbers = (days_since_1970(values) if kind_of(values) == "date" else values.astype("float64")).to_numpy(np.float64)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _without_leaks(columns: SortedColumns, scores: Mapping[str, float]) -> SortedColumns:
    left_out = {**columns.left_out, **leaking_columns(scores, columns.left_out)}
    inputs = columns.inputs

    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in left_out)

    categories = {name: levels for name, levels in inputs.categories.items() if name not in left_out}
    return SortedColumns(Inputs(kept(inputs.amounts), kept(inputs.numbers), kept(inputs.dates), categories), left_out)
