"""Evaluation of a model of later orders at its evaluation cut-off, and its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from lib.card import Card, ColumnImportance, DependenceCurve, FutureEvaluation, Interval, Peer, TopCount
from lib.evaluation.curves import calibration_curve, gains, lift, partial_dependence
from lib.evaluation.importance import (
    MAX_IMPORTANT,
    MAX_ROWS,
    permutation_importance,
    ranked_importance,
    shuffled_matrix,
)
from lib.evaluation.metrics import AMOUNT_METRICS, PROBABILITY_METRICS, FloatArray, IntArray, log_losses
from lib.evaluation.resampling import differences, figures, intervals
from lib.features import FEATURES, future_of
from lib.parsing.rounding import round_significant
from lib.training import Trained
from lib.training.describe import describe
from lib.training.ensemble import FittedFuture
from lib.training.windows import BTYD_PREDICTION, RULE, TARGET, FutureProblem

MOSTLY_BUYERS, HARDLY_BUYERS = 0.9, 0.02
"""Shares of buyers beyond which a list of who buys again is of little use."""
WRONG_SUM = 1.15
"""A sum predicted that is off by more than this factor is warned of."""
ROUNDING = 1e-5
"""Relative differences below this are of rounding."""
BEST = 100
CURVE_CUSTOMERS = 500
CURVES = 6
USUAL_COLUMNS = (
    *("recency_days", "frequency_orders", "monetary_total"),
    *("tenure_days", "orders_90_days", "overdue_ratio"),
)
"""Columns whose effect is drawn after the most important ones, as long as there are fewer than `CURVES`."""
CELL_CUSTOMERS = 5
"""A cell of the RFM baseline is shrunk towards the overall mean with the weight of this many customers."""


@dataclass(frozen=True)
class Report:
    """What one evaluation found."""

    metrics: Mapping[str, float]
    baseline: Mapping[str, float]
    evaluation: FutureEvaluation
    limits: tuple[str, ...]
    losses: pd.Series
    """The loss of every customer, index customer_id: log loss, or the absolute error."""


def measure_future(problem: FutureProblem, fitted: FittedFuture, cutoff: pd.Timestamp) -> Report:
    """The model beside its baselines on what customers did in the horizon after a cutoff that it has not seen."""
    table = problem.table(cutoff, fitted.constants)
    later = future_of(problem.log, cutoff, problem.days)
    bought, observed = (later[name].to_numpy(np.float64) for name in ("bought", TARGET[problem.goal]))
    predicted = predict_future(fitted.pipeline, table)
    losses = np.abs(predicted - observed) if problem.amounts else log_losses(predicted, observed)
    metrics = AMOUNT_METRICS if problem.amounts else PROBABILITY_METRICS
    seed = problem.question.seed
    peers = _peers(problem, fitted, table)
    found = intervals(metrics, predicted, observed, seed=seed)
    quick = problem.question.quick
    importance = () if quick else _importance(problem, fitted, table, observed)
    best = np.argsort(-predicted, kind="stable")
    chances = not problem.amounts
    evaluation = FutureEvaluation(
        cutoff=cutoff.isoformat(),
        customers=len(table),
        buyers=int(bought.sum()),
        base_rate=round(float(bought.mean()), 4),
        mean_spend=round_significant(float(later["spend"].mean())),
        mean_orders=round_significant(float(later["orders"].mean())),
        weights={part: dict(weights) for part, weights in fitted.weights.items() if weights},
        training_cutoffs=tuple(one.isoformat() for one in fitted.stack.cutoffs),
        training_rows=len(fitted.stack.table),
        intervals=found,
        peers=tuple(Peer(name, figures(metrics, other, observed)) for name, other in peers.items()),
        compared_with="btyd",
        differences=differences(metrics, predicted, peers["btyd"], observed, seed=seed),
        calibration=calibration_curve(predicted, observed),
        gains=gains(predicted, observed),
        lift=lift(predicted, observed),
        importance=importance,
        dependence=() if quick else _curves(fitted, table, [one.column for one in importance]),
        top_decile_rate=round(float(bought[best[: max(1, len(best) // 10)]].mean()), 4) if chances else None,
        top=TopCount(BEST, int(bought[best[:BEST]].sum())) if chances and len(best) >= 3 * BEST else None,
    )
    return Report(
        metrics=figures(metrics, predicted, observed),
        baseline=figures(metrics, peers["btyd"], observed),
        evaluation=evaluation,
        limits=_limits(problem, float(bought.mean()), found),
        losses=pd.Series(losses, index=table.index),
    )


def worse_than_baseline(report: Report) -> bool:
    """Whether the model did worse than BTYD at the evaluation.

    For probabilities: by log loss and by ranking. For amounts: by the mean absolute error, unless the one with the
    lower error owes it to predicting too little (`_owed_to_low_sum`).
    """
    ours, btyd = report.metrics, report.baseline
    if "log_loss" in ours:
        return ours["log_loss"] > btyd["log_loss"] and ours.get("auc", 0.5) <= btyd.get("auc", 0.5)
    if ours["mae"] <= btyd["mae"] * (1 + ROUNDING):
        return _owed_to_low_sum(ours, btyd)
    return not _owed_to_low_sum(btyd, ours)


def _owed_to_low_sum(lower: Mapping[str, float], higher: Mapping[str, float]) -> bool:
    """Whether an absolute error is lower because too little is predicted, and only because of that.

    That error is minimal at the median, which is zero for most customers: predicting nothing at all often beats every
    model. So it counts for nothing where the sum is too low by more than `WRONG_SUM` and further off than the other's,
    and the other is as good once both are scaled to the actual sum.
    """
    sums = [max(one.get("sum_ratio", 1.0), 1e-9) for one in (lower, higher)]
    scaled = [one.get("mae_scaled", one["mae"]) for one in (lower, higher)]
    further = abs(np.log(sums[0])) > abs(np.log(sums[1]))
    return bool(sums[0] < 1 / WRONG_SUM and further and scaled[1] <= scaled[0] * (1 + ROUNDING))


def predict_future(pipeline: Pipeline, table: pd.DataFrame | FloatArray) -> FloatArray:
    """The chance of buying, or the amount, per customer."""
    if hasattr(pipeline, "predict_proba"):
        return pipeline.predict_proba(table)[:, 1]
    return pipeline.predict(table)


def _peers(problem: FutureProblem, fitted: FittedFuture, table: pd.DataFrame) -> dict[str, FloatArray]:
    """Predictions of baselines known at the same moment: one number for all, the classic rule, BTYD."""
    stack = fitted.stack
    before = stack.observed[stack.latest]
    return {
        "constant": np.full(len(table), float(before.mean())),
        "rule": _rule(stack.table[stack.latest], before, table),
        "btyd": table[BTYD_PREDICTION[problem.goal]].fillna(0.0).to_numpy(np.float64),
    }


def _rule(past: pd.DataFrame, observed: FloatArray, now: pd.DataFrame) -> FloatArray:
    """The classic table: fifths by recency × number of orders; the prediction of a cell is the mean of its customers in
    the latest training window, leaning on the overall mean."""
    place_past, place_now = np.zeros(len(past), dtype=np.int64), np.zeros(len(now), dtype=np.int64)
    for column in RULE:
        edges = np.unique(past[column].quantile([0.2, 0.4, 0.6, 0.8]))
        place_past = place_past * 5 + np.searchsorted(edges, past[column])
        place_now = place_now * 5 + np.searchsorted(edges, now[column])
    count, total = np.bincount(place_past, minlength=25), np.bincount(place_past, observed, minlength=25)
    return ((total + CELL_CUSTOMERS * observed.mean()) / (count + CELL_CUSTOMERS))[place_now]


def _importance(
    problem: FutureProblem, fitted: FittedFuture, table: pd.DataFrame, observed: FloatArray
) -> tuple[ColumnImportance, ...]:
    """The columns whose shuffling costs most, in log loss or absolute error per customer."""
    rng = np.random.default_rng(problem.question.seed)
    rows = np.sort(rng.permutation(len(table))[:MAX_ROWS])
    prepare, rest = fitted.pipeline[0], fitted.pipeline[1:]
    matrix, seen = prepare.transform(table.iloc[rows]), observed[rows]
    # A column may enter the matrix twice: in steps, and as it is.
    behind = [name for _, _, names in prepare.transformers_ for name in names]

    def loss(predicted: FloatArray) -> FloatArray:
        return (
            np.abs(predicted - seen)
            if problem.amounts
            else log_losses(predicted, np.broadcast_to(seen, predicted.shape))
        )

    def losses(column: str, orders: IntArray) -> FloatArray:
        places = [place for place, name in enumerate(behind) if name == column]
        return loss(predict_future(rest, shuffled_matrix(matrix, places, orders)).reshape(orders.shape))

    columns = [name for name in fitted.columns if not name.startswith("season_")]
    grown = permutation_importance(columns, losses, loss(predict_future(rest, matrix)), seed=problem.question.seed)
    return ranked_importance(columns, grown, seed=problem.question.seed)[:MAX_IMPORTANT]


def _curves(fitted: FittedFuture, table: pd.DataFrame, important: Sequence[str]) -> tuple[DependenceCurve, ...]:
    """Partial dependence at the rounded deciles of the columns that matter most.

    Log odds and logarithms of BTYD say nothing to a person and are left out.
    """
    names = [
        name for name in dict.fromkeys((*important, *USUAL_COLUMNS)) if name in fitted.columns and "_log_" not in name
    ]
    sample = table.iloc[:: max(1, len(table) // CURVE_CUSTOMERS)][list(fitted.columns)]
    found = []
    for column in names[:CURVES]:
        values = sorted(
            {round_significant(value, 2) for value in table[column].dropna().quantile(np.arange(0.05, 1, 0.1))}
        )
        found.append(partial_dependence(lambda rows: predict_future(fitted.pipeline, rows), sample, column, values))
    return tuple(found)


def _limits(problem: FutureProblem, base_rate: float, found: Mapping[str, Interval]) -> tuple[str, ...]:
    """Keys of sentences about what this model should not be used for."""
    limits = []
    if not problem.amounts and base_rate >= MOSTLY_BUYERS:
        limits.append("training.future.limit.nearly_everybody")
    if not problem.amounts and base_rate <= HARDLY_BUYERS:
        limits.append("training.future.limit.hardly_anybody")
    ratio = found.get("sum_ratio")
    if ratio is not None and abs(np.log(max(ratio.value, 1e-9))) > np.log(WRONG_SUM):
        key = "too_much" if ratio.value > 1 else "too_little"
        limits.append(f"training.future.limit.{key}")
    rank = found.get("auc") or found.get("spearman")
    if rank is None or rank.low is None or rank.low <= (0.0 if problem.amounts else 0.5):
        limits.append("training.future.limit.no_ranking")
    if (problem.moment - problem.log.start) < pd.Timedelta(days=365) + problem.horizon:
        limits.append("training.future.limit.no_year")
    return tuple(limits)


def future_card(problem: FutureProblem, final: FittedFuture, report: Report, key: str, currency: str) -> Trained:
    """The model that is shipped, with its card."""
    latest = final.stack.latest
    example = final.stack.table.loc[latest, list(final.columns)]
    card = Card(
        goal=problem.question.goal,
        recipe=key,
        columns=describe(example, {feature.name: feature.unit for feature in FEATURES}),
        customers=len(example),
        sampled_from=final.stack.sampled_from,
        classes=() if problem.amounts else ("0", "1"),
        cutoff=problem.moment.isoformat(),
        horizon_days=problem.days,
        period_start=problem.log.start.date().isoformat(),
        period_end=(problem.log.end - pd.Timedelta(days=1)).date().isoformat(),
        currency="" if problem.goal == "orders" else currency,
        metrics=dict(report.metrics),
        baseline=dict(report.baseline),
        baseline_name="btyd",
        evaluation=report.evaluation,
        features=dict(final.constants),
        limits=report.limits,
        settings={
            "seed": problem.question.seed,
            **({"quick": True} if problem.question.quick else {}),
            "cutoffs": [one.isoformat() for one in final.stack.cutoffs],
            "rows": len(final.stack.table),
        },
    )
    target = pd.Series(final.stack.observed[latest], index=example.index)
    learnt = target if problem.amounts else target.astype(np.int64)
    return Trained(final.pipeline, card, example, learnt, losses=report.losses)
