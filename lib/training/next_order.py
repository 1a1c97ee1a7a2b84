"""Date and value of the next order: for every customer a median and an 80 % interval.

Both are conditional on an order within the horizon; whether one comes is another question. The logarithm of the days
(and of the money) has a centre and a scale that are weighted sums of the customer's columns. How many scales an
interval needs is calibrated on held-out customers, at all earlier cutoffs: normalised conformal
prediction (H. Papadopoulos, A. Gammerman, V. Vovk, 2008, Normalized Nonconformity Measures for Regression Conformal
Prediction), each half of the customers by the other half. The coverage is then measured at the evaluation
cutoff and written to the card.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import StackingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer
from threadpoolctl import threadpool_limits

from lib.card import Card, Interval, NextOrderEvaluation, Peer
from lib.evaluation.metrics import FloatArray, mae
from lib.evaluation.resampling import intervals
from lib.features import FEATURES, default_cutoff, features_of, next_order_of
from lib.parsing.rounding import round_significant
from lib.recipes import Inputs, Plan, recipe
from lib.schema import NEXT_ORDER
from lib.training import Progress, Question, Trained, quiet
from lib.training.describe import describe
from lib.training.prefit import assign_fitted, assign_line, placeholder_rows, transformed_line
from lib.training.windows import FutureProblem, TrainingWindows, history_until, scaled_columns

if TYPE_CHECKING:
    from lib.orders import Orders

QUANTILES = (0.5, 0.1, 0.9)
"""The median and the ends, in the order of the columns of `schema.NEXT_ORDER`."""
NOMINAL_COVERAGE = QUANTILES[2] - QUANTILES[1]
PARTS = ("days", "value")
MIN_SCALE = 1e-3
"""Of a logarithm: where every order is worth the same, an interval is still a tenth of a percent wide."""
MIN_SCALES = 1e-5
"""The ends of an interval are at least this many scales from its centre: where all values are equal, predictions differ
from them in the last digits, and without width no value would lie inside."""
MAX_LOG_VALUE = 50.0
"""A bound on the logarithm of amounts, beyond any real one."""

MemberPair = tuple[Pipeline, ...]
"""Centre and scale of the logarithm."""


@dataclass(frozen=True)
class _Model:
    """The model as it stands at one moment."""

    pipeline: Pipeline
    windows: TrainingWindows
    columns: tuple[str, ...]


def train_next_order(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """When each customer's next order comes and what it is worth, if one comes within `horizon_days`.

    Raises UserError as `train_future` does.
    """
    progress(0.0, "training.step.features")
    moment = question.cutoff or default_cutoff(orders)
    problem = FutureProblem(history_until(orders, moment), moment, question)
    key = question.recipe or "next_order"
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        evaluation = moment - problem.horizon
        problem.check(evaluation)
        progress(0.1, "training.future.step.learn")
        windows = problem.windows(evaluation)
        measured = _fit(problem, windows, key)
        progress(0.4, "training.step.measure")
        table = problem.table(evaluation, windows.constants)
        observed = next_order_of(problem.log, evaluation, problem.days)
        metrics, baseline, measures = _measure(problem, measured, table, observed)
        progress(0.7, "training.future.step.refit")
        final = _fit(problem, problem.windows(moment), key)
        progress(0.95, "training.step.describe")
    stack = final.windows.stack
    example = stack.table.loc[stack.latest, list(final.columns)]
    card = Card(
        goal="next_order",
        recipe=key,
        columns=describe(example, {feature.name: feature.unit for feature in FEATURES}),
        customers=len(example),
        sampled_from=stack.sampled_from,
        cutoff=moment.isoformat(),
        horizon_days=problem.days,
        period_start=problem.log.start.date().isoformat(),
        period_end=(problem.log.end - pd.Timedelta(days=1)).date().isoformat(),
        currency=orders.currency,
        metrics=metrics,
        baseline=baseline,
        baseline_name="rule",
        evaluation=measures,
        features=dict(final.windows.constants),
        limits=("training.future.limit.if_she_orders",),
        settings={"seed": question.seed, "cutoffs": [one.isoformat() for one in stack.cutoffs]},
    )
    days = next_order_of(problem.log, evaluation, problem.days)["days"].loc[example.index]
    return Trained(
        final.pipeline,
        card,
        example,
        days,
        partial(_refit, problem, final.windows, key, scaled_columns(final.pipeline)),
    )


def _refit(
    problem: FutureProblem, windows: TrainingWindows, key: str, columns: Sequence[str], customers: pd.Index
) -> BaseEstimator:
    """The model of these customers alone, at all cutoffs: the shadow model of a membership attack. It predicts the
    median of the days."""
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        shadow = _fit(problem, windows.of(customers), key, columns=columns, parts=PARTS[:1])
    days = dict(shadow.pipeline["logs"].named_estimators_)[NEXT_ORDER[0]]
    return _pipeline(shadow.pipeline["prepare"], {NEXT_ORDER[0]: days}, np.array([np.log1p(problem.days)]))


# ------------------------------------------------------------------------------------------------------ learning


def _next_orders(problem: FutureProblem, windows: TrainingWindows) -> pd.DataFrame:
    """The next order of every row of the stack: `days` and `value`, missing if there was none within the horizon."""
    stack = windows.stack
    parts = [
        next_order_of(problem.log, cutoff, problem.days).loc[stack.table.index[stack.place == at]]
        for at, cutoff in enumerate(stack.cutoffs)
    ]
    return pd.concat(parts)


def _fit_members(
    problem: FutureProblem,
    key: str,
    prepared: tuple[FloatArray, Inputs],
    observed: pd.DataFrame,
    parts: Sequence[str],
) -> dict[str, MemberPair]:
    """`days`, `value` → centre and scale, fitted on the rows with an order."""
    matrix, inputs = prepared
    ordered = observed["days"].notna().to_numpy()
    rows = matrix[ordered]
    built = dict(recipe(key).build(Plan("number", inputs, problem.question.seed, customers=len(rows))).steps)
    found = {}
    for part in parts:
        logs = np.log1p(observed[part].to_numpy(np.float64)[ordered])
        centre, scale = (member for _, member in built[part].estimators)
        centre.fit(rows, logs)
        found[part] = (centre, scale.fit(rows, np.maximum(np.abs(logs - centre.predict(rows)), MIN_SCALE)))
    return found


def _scores(members: Mapping[str, MemberPair], matrix: FloatArray, observed: pd.DataFrame) -> dict[str, FloatArray]:
    """`days`, `value` → (observed − centre) ÷ scale, of the rows with an order."""
    ordered = observed["days"].notna().to_numpy()
    rows = matrix[ordered]
    found = {}
    for part, (centre, scale) in members.items():
        logs = np.log1p(observed[part].to_numpy(np.float64)[ordered])
        found[part] = (logs - centre.predict(rows)) / np.maximum(scale.predict(rows), MIN_SCALE)
    return found


def _cross_scores(
    problem: FutureProblem,
    key: str,
    prepared: tuple[FloatArray, Inputs],
    observed: pd.DataFrame,
    parts: Sequence[str],
) -> list[dict[str, FloatArray]]:
    """The same of each half of the customers, by members fitted on the other half; a customer is in one half at all
    cutoffs."""
    matrix, inputs = prepared
    half = pd.factorize(observed.index, sort=True)[0] % 2
    found = []
    for number in (0, 1):
        learnt, judged = half != number, half == number
        if min(observed[rows]["days"].notna().sum() for rows in (learnt, judged)) > 0:
            members = _fit_members(problem, key, (matrix[learnt], inputs), observed[learnt], parts)
            found.append(_scores(members, matrix[judged], observed[judged]))
    return found


def _fit(
    problem: FutureProblem,
    windows: TrainingWindows,
    key: str,
    *,
    columns: Sequence[str] = (),
    parts: Sequence[str] = PARTS,
) -> _Model:
    """The model as it would have been at that moment; where one half is empty, intervals come from its own rows.
    `parts`: the first of `PARTS`, or both."""
    observed = _next_orders(problem, windows)
    prepare, inputs = problem.scaler(windows.stack, columns or recipe(key).columns)
    prepared = prepare.transform(windows.stack.table), inputs
    members = _fit_members(problem, key, prepared, observed, parts)
    scores = _cross_scores(problem, key, prepared, observed, parts)
    scores = scores or [_scores(members, prepared[0], observed)]
    scales = {part: _scales(np.concatenate([some[part] for some in scores])) for part in parts}
    lines = {
        column: _line(members[part], scale, len(inputs.columns))
        for column, (part, scale) in zip(
            NEXT_ORDER[: len(parts) * len(QUANTILES)],
            [(part, scale) for part in parts for scale in scales[part]],
            strict=True,
        )
    }
    # Within the horizon: that is the condition. A short number, since some customers' predictions are this very bound.
    most = np.array([np.floor(100 * np.log1p(problem.days)) / 100] * 3 + [MAX_LOG_VALUE] * 3)[: len(lines)]
    return _Model(_pipeline(prepare, lines, most), windows, tuple(prepare.feature_names_in_))


def _scales(scores: FloatArray) -> tuple[float, float, float]:
    """How many scales from the centre the median and the ends lie, to three decimals; ends are rounded outwards, since
    many values may lie on one point."""
    median, low, high = (1000 * float(one) for one in np.quantile(scores, QUANTILES))
    return round(median) / 1000, min(np.floor(low) / 1000, -MIN_SCALES), max(np.ceil(high) / 1000, MIN_SCALES)


def _pipeline(prepare: ColumnTransformer, lines: Mapping[str, StackingRegressor], most: FloatArray) -> Pipeline:
    """Preparation, one logarithm per line between 0 and `most`, and what they are logarithms of; one line gives one
    number per customer."""
    rows = placeholder_rows(sum(len(names) for _, _, names in prepare.transformers_))
    logs = StackingRegressor(list(lines.items()), LinearRegression(), cv="prefit").fit(rows, np.array([0.0, 1.0]))
    bounds = FunctionTransformer(np.clip, kw_args={"a_min": 0.0, "a_max": most})
    points = np.vstack((np.zeros(len(lines)), np.eye(len(lines))))
    several = len(lines) > 1
    end = transformed_line(np.log1p, np.expm1, points, points if several else points[:, 0])
    assign_fitted(
        end.regressor_,
        coef_=np.eye(len(lines)) if several else np.ones(1),
        intercept_=np.zeros(len(lines)) if several else 0.0,
    )
    return Pipeline([("prepare", prepare), ("logs", logs), ("bounds", bounds), ("amounts", end)])


def _line(pair: MemberPair, scales: float, columns: int) -> StackingRegressor:
    """The centre plus `scales` times the width."""
    line = StackingRegressor([("middle", pair[0]), ("width", pair[1])], LinearRegression(), cv="prefit").fit(
        placeholder_rows(columns), np.array([0.0, 1.0])
    )
    assign_line(line.final_estimator_, np.array([1.0, scales]), 0.0)
    return line


# ----------------------------------------------------------------------------------------------------- measuring


def _measure(
    problem: FutureProblem, model: _Model, table: pd.DataFrame, observed: pd.DataFrame
) -> tuple[dict[str, float], dict[str, float], NextOrderEvaluation]:
    """Metrics, those of the baseline, and the evaluation, on the customers who did order: the error of the median, and
    how often the interval held."""
    ordered = observed["days"].notna()
    predicted = pd.DataFrame(model.pipeline.predict(table[ordered][list(model.columns)]), columns=list(NEXT_ORDER))
    truth = {part: observed.loc[ordered, part].to_numpy(np.float64) for part in PARTS}
    metrics: dict[str, float] = {}
    found: dict[str, Interval] = {}
    peers: dict[str, dict[str, float]] = {"constant": {}, "rule": {}}
    baselines = _peers(problem, model.windows, table[ordered])
    for part in PARTS:
        centre, low, high = (predicted[f"next_order_{part}{end}"].to_numpy(np.float64) for end in ("", "_low", "_high"))
        inside = ((low <= truth[part]) & (truth[part] <= high)).astype(np.float64)
        for name, metric, values in ((f"{part}_error", mae, centre), (f"{part}_coverage", _mean, inside)):
            interval = intervals({name: metric}, values, truth[part], seed=problem.question.seed)[name]
            metrics[name], found[name] = interval.value, interval
        for name, baseline in baselines.items():
            peers[name][f"{part}_error"] = round(float(np.abs(baseline[part] - truth[part]).mean()), 6)
    stack = model.windows.stack
    evaluation = NextOrderEvaluation(
        cutoff=model.windows.moment.isoformat(),
        customers=int(ordered.sum()),
        customers_known=len(observed),
        training_cutoffs=tuple(one.isoformat() for one in stack.cutoffs),
        training_rows=len(stack.table),
        nominal_coverage=NOMINAL_COVERAGE,
        median_days=round_significant(float(np.median(truth["days"]))),
        intervals=found,
        peers=tuple(Peer(name, errors) for name, errors in peers.items()),
    )
    return metrics, dict(peers["rule"]), evaluation


def _mean(values: FloatArray, _: FloatArray, weight: FloatArray) -> float:
    return float(np.average(values, weights=weight))


def _peers(problem: FutureProblem, windows: TrainingWindows, table: pd.DataFrame) -> dict[str, dict[str, FloatArray]]:
    """The overall median, and the rule: last order plus the customer's usual gap, worth the usual order."""
    before = _next_orders(problem, windows)[windows.stack.latest]
    usual = features_of(
        problem.log, windows.moment, columns=["recency_days", "gap_median_days", "order_value_median"]
    ).loc[table.index]
    same = {part: np.full(len(table), float(before[part].median())) for part in PARTS}
    due = (usual["gap_median_days"] - usual["recency_days"]).clip(0, problem.days)
    rule = {"days": due.fillna(same["days"][0]), "value": usual["order_value_median"].fillna(same["value"][0])}
    return {"constant": same, "rule": {part: one.to_numpy(np.float64) for part, one in rule.items()}}
