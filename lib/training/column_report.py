"""Evaluation of a model of any column on held-out customers, and its card."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import confusion_matrix
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from lib.card import CalibrationBin, Card, ColumnEvaluation, DependenceCurve, Interval, Peer, Threshold, TopCount
from lib.evaluation.curves import calibration_curve, gains, partial_dependence
from lib.evaluation.importance import permutation_importance, prepared_places, ranked_importance, shuffled_matrix
from lib.evaluation.leakage import leakage_limit
from lib.evaluation.metrics import FloatArray, IntArray
from lib.evaluation.resampling import effective_customers, figures, intervals, mean_interval
from lib.parsing.rounding import round_significant
from lib.training import Question, Trained
from lib.training.describe import describe, frequent, kind_of
from lib.training.inputs import SortedColumns
from lib.training.selection import Candidate, Comparison, FoldModel, RecipeSearch

CURVES = 5
CURVE_CUSTOMERS, CURVE_POINTS, CURVE_CATEGORIES = 200, 13, 12
IMPORTANCE_ROWS = 600
MIN_SLOPE, MAX_SLOPE = 0.8, 1.25
"""A calibration slope outside of these is warned of."""
FEW_ERRORS, FEW_ERRORS_SHARE = 20, 1 / 6
"""If so few customers' squared errors count (`effective_customers`), and so small a share of all, intervals of squared
errors are too narrow. Of normal errors a third counts, however many customers there are; of Laplace's a sixth."""
BEST = 100
BEST_COLUMNS = 5
"""Maximum number of columns listed with their score as the only predictor."""


@dataclass(frozen=True)
class MeasuredColumn:
    """Predictions for customers held out, and the model that is shipped."""

    comparison: Comparison
    chosen: Candidate
    importance: FloatArray
    """Columns × customers: the growth of the loss when the column is shuffled; empty where it was not measured."""
    pipeline: Pipeline


def column_importance(search: RecipeSearch, models: Sequence[FoldModel]) -> FloatArray:
    """Columns × customers: by how much each customer's loss grows when the column's cells are shuffled.

    On customers that the fold's pipelines have not learnt from, as many folds as it takes for `IMPORTANCE_ROWS`.
    """
    found = []
    for model in models:
        rows = model.rows[:: max(1, round(len(model.rows) / IMPORTANCE_ROWS))]
        found.append(_fold_importance(search, replace(model, rows=rows)))
        if sum(one.shape[1] for one in found) >= IMPORTANCE_ROWS:
            break
    return np.concatenate(found, axis=1)


def _fold_importance(search: RecipeSearch, model: FoldModel) -> FloatArray:
    """Cells are shuffled behind the preparation, which is done column by column: it is by far the slowest part."""
    table = search.table.iloc[model.rows]
    parts = [
        (pipeline[1:], pipeline[0].transform(table), prepared_places(pipeline[0].transform, table))
        for pipeline in model.members
    ]

    def losses(column: str, orders: IntArray) -> FloatArray:
        outputs = model.combination.applied(
            [search.outputs(rest, shuffled_matrix(matrix, places[column], orders)) for rest, matrix, places in parts]
        )
        answers = search.target.values[np.tile(model.rows, len(orders))]
        return search.target.losses(answers, outputs).reshape(orders.shape)

    before = losses(str(table.columns[0]), np.arange(len(table))[None])[0]
    return permutation_importance(list(table.columns), losses, before, seed=search.plan.seed)


def column_card(
    search: RecipeSearch,
    measured: MeasuredColumn,
    question: Question,
    columns: SortedColumns,
    scores: Mapping[str, float],
) -> Trained:
    """The model that is shipped, with its card; `scores`: of single columns."""
    target, seed = search.target, search.plan.seed
    comparison = measured.comparison
    answers, outputs = target.values[comparison.rows], comparison.outputs
    constant = np.tile(target.constant, (len(answers), 1))
    observed, predicted = target.observed(answers), target.prediction(outputs)
    metrics = figures(target.metrics, predicted, observed)
    losses = target.losses(answers, outputs)
    against = mean_interval(losses - target.losses(answers, constant), seed=seed)
    yes_no = target.task == "yes_no"
    importance = (
        ranked_importance(list(search.table.columns), measured.importance, seed=seed)
        if len(measured.importance)
        else ()
    )
    best = np.argsort(-predicted, kind="stable")[:BEST] if yes_no else np.arange(0)
    evaluation = ColumnEvaluation(
        task=target.task if target.task != "groups" else None,
        customers=len(answers),
        positive=target.positive,
        base_rate=round(float(np.mean(observed)), 4) if yes_no else None,
        held_out="each_once" if len(answers) == len(search.table) else "quarter",
        candidates=tuple(_candidate(one, target.task, one is measured.chosen) for one in comparison.candidates)
        if len(comparison.candidates) > 1
        else (),
        intervals=intervals(target.metrics, predicted, observed, seed=seed),
        compared_with="constant",
        differences={"squared_error" if target.task == "number" else "log_loss": against},
        left_out=dict(columns.left_out),
        single_column_scores=dict(list(scores.items())[:BEST_COLUMNS]),
        calibration=_calibration(search, outputs, observed),
        gains=() if target.task == "classes" else gains(predicted, np.maximum(observed, 0)),
        importance=importance,
        dependence=tuple(
            curve for one in importance[:CURVES] if (curve := _curve(search, measured.pipeline, one.column))
        ),
        rare_answers=target.set_aside,
        threshold=_threshold(observed > 0, predicted, question) if yes_no else None,
        top=TopCount(len(best), int(observed[best].sum())) if yes_no else None,
        confusion=_confusion(observed, outputs) if target.task == "classes" else (),
    )
    card = Card(
        goal="target",
        recipe=measured.chosen.key,
        columns=describe(search.table),
        customers=len(search.table),
        target=question.target,
        classes=target.classes,
        metrics=metrics,
        baseline=figures(target.metrics, target.prediction(constant), observed),
        baseline_name="constant",
        evaluation=evaluation,
        limits=_limits(search, metrics, against, columns, scores)
        + (("training.limit.heavy_tail",) if target.task == "number" and _heavy_tail(predicted, observed) else ()),
        settings={
            "seed": question.seed,
            **({"quick": True} if question.quick else {}),
            "cost_missed": question.cost_missed,
            "cost_false_alarm": question.cost_false_alarm,
        },
    )
    learnt = pd.Series(np.asarray(target.values), index=search.table.index)
    compared = pd.Series(losses, index=search.table.index[comparison.rows])

    def learn(customers: pd.Index) -> Pipeline:
        with threadpool_limits(limits=1), warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return search.fit_on(measured.chosen, np.flatnonzero(search.table.index.isin(customers)))

    return Trained(measured.pipeline, card, search.table, learnt, learn, losses=compared)


def _limits(
    search: RecipeSearch,
    metrics: Mapping[str, float],
    against_baseline: Interval,
    columns: SortedColumns,
    scores: Mapping[str, float],
) -> tuple[str, ...]:
    """Keys of sentences about what this model should not be used for; `against_baseline`: the difference in
    loss to a model that looks at nothing."""
    limits = []
    if against_baseline.high is None or against_baseline.high >= 0:
        limits.append("training.limit.no_better")
    leak = leakage_limit(scores, columns.inputs.columns, metrics.get("roc_auc", metrics.get("r2", 0.0)))
    if leak:
        limits.append(f"training.limit.{leak}")
    if not MIN_SLOPE <= metrics.get("calibration_slope", 1.0) <= MAX_SLOPE:
        limits.append("training.limit.calibration")
    if search.target.set_aside:
        limits.append("training.limit.rare_classes")
    if search.target.bounds:
        limits.append("training.limit.far_out")
    return tuple(limits)


def _heavy_tail(predicted: FloatArray, observed: FloatArray) -> bool:
    few = min(FEW_ERRORS, FEW_ERRORS_SHARE * len(observed))
    return effective_customers((predicted - observed) ** 2) < few


def _candidate(one: Candidate, task: str, chosen: bool) -> Peer:
    """A recipe that was compared: log loss, or the root of the mean squared error."""
    loss = float(np.sqrt(one.loss)) if task == "number" else one.loss
    error = float(one.losses.std() / np.sqrt(len(one.losses)))
    return Peer(one.key, {"loss": round_significant(loss, 4), "error": round_significant(error, 2)}, chosen)


def _calibration(search: RecipeSearch, outputs: FloatArray, observed: FloatArray) -> tuple[CalibrationBin, ...]:
    """Predicted and observed; of several classes, the chance of the most probable class and how often it was right."""
    if search.target.task == "classes":
        return calibration_curve(outputs.max(axis=1), (outputs.argmax(axis=1) == observed).astype(np.float64))
    return calibration_curve(search.target.prediction(outputs), observed)


def _confusion(observed: FloatArray, outputs: FloatArray) -> tuple[tuple[int, ...], ...]:
    """Customers by observed class (rows) and most probable class (columns)."""
    places = list(range(outputs.shape[1]))
    counts = confusion_matrix(observed.astype(np.int64), outputs.argmax(axis=1), labels=places)
    return tuple(tuple(int(count) for count in row) for row in counts)


def _threshold(yes: NDArray[np.bool_], chance: FloatArray, question: Question) -> Threshold:
    """The probability from which contacting pays off: where the two kinds of mistake cost the same on average.

    `cost`, `cost_all` (contacting all customers), `cost_none`: per 100 customers.
    """
    missed, false_alarm = question.cost_missed, question.cost_false_alarm
    least = false_alarm / (missed + false_alarm)
    flagged = chance >= least
    hundred = 100 / len(yes)
    return Threshold(
        probability=round(least, 4),
        cost_missed=missed,
        cost_false_alarm=false_alarm,
        flagged=round(float(flagged.mean()), 4),
        found=round(float((flagged & yes).sum() / max(yes.sum(), 1)), 4),
        right=round(float((flagged & yes).sum() / max(flagged.sum(), 1)), 4),
        cost=round_significant(hundred * float(missed * (yes & ~flagged).sum() + false_alarm * (~yes & flagged).sum())),
        cost_all=round_significant(hundred * float(false_alarm * (~yes).sum())),
        cost_none=round_significant(hundred * float(missed * yes.sum())),
    )


def _curve(search: RecipeSearch, model: Pipeline, name: str) -> DependenceCurve | None:
    """Partial dependence of one column, of the positive class, the first of several classes, or the number; None of a
    date."""
    values = search.table[name]
    cells: list[float | str | bool]
    if name in search.plan.inputs.categories:
        cells = list(frequent(values)[:CURVE_CATEGORIES])
    elif kind_of(values) == "yes_no":
        cells = [False, True]
    elif kind_of(values) == "date":
        return None
    else:
        ends = values.astype("float64").quantile(np.linspace(0.02, 0.98, CURVE_POINTS))
        cells = sorted({round_significant(float(one)) for one in ends})
    place = search.target.positive_place if search.target.task == "yes_no" else 0
    sample = search.table.sample(min(len(search.table), CURVE_CUSTOMERS), random_state=search.plan.seed)
    return partial_dependence(lambda rows: search.outputs(model, rows)[:, place], sample, name, cells)
