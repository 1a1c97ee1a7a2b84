"""Date and value of the next order where the history is too short to hold out a later period.

The purchase-pattern model (`lib/btyd.next_purchase`) gives the median and an 80 % interval, on condition
that the customer orders within the horizon; the pipeline passes these columns on. The coverage is
measured on a shorter horizon, from what was known before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline

from lib import btyd
from lib.card import Card, Interval, NextOrderEvaluation, Peer, Plain
from lib.evaluation.metrics import FloatArray, mae
from lib.evaluation.resampling import intervals
from lib.features import FEATURES, CodedLog, default_cutoff, features_of, history_of, next_order_of
from lib.parsing.rounding import round_significant
from lib.schema import NEXT_ORDER
from lib.training import Progress, Question, Trained, quiet
from lib.training.describe import describe
from lib.training.prefit import assign_fitted
from lib.training.purchase_pattern import tested_days
from lib.training.windows import history_until

if TYPE_CHECKING:
    from lib.orders import Orders

COLUMNS = tuple(name.replace("next_order", "btyd_next") for name in NEXT_ORDER)
"""The features in the order of the answers."""
NOMINAL_COVERAGE = btyd.QUANTILES[2] - btyd.QUANTILES[1]
MIN_TESTED_ORDERS = 10


def train_next_purchase(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """The answer for `horizon_days` after the cutoff, up to a year, from 60 days of history on.

    Call it after `feasibility.check_pattern`. Raises UserError("training.future.nothing_before").
    """
    progress(0.0, "training.step.features")
    moment = question.cutoff or default_cutoff(orders)
    log = history_until(orders, moment)
    constants = _constants(log, moment, question.horizon_days)
    example = features_of(log, moment, columns=COLUMNS, constants=constants)
    pipeline = _pipeline()
    progress(0.4, "training.step.measure")
    metrics, baseline, evaluation = _tested(log, moment, question, pipeline)
    progress(0.9, "training.step.describe")
    card = Card(
        goal="next_order",
        recipe="next_order",
        columns=describe(example, {feature.name: feature.unit for feature in FEATURES}),
        customers=len(example),
        cutoff=moment.isoformat(),
        horizon_days=question.horizon_days,
        period_start=log.start.date().isoformat(),
        period_end=(log.end - pd.Timedelta(days=1)).date().isoformat(),
        currency=orders.currency,
        metrics=metrics,
        baseline=baseline,
        baseline_name="constant" if baseline else "",
        evaluation=evaluation,
        features=constants,
        limits=("training.future.limit.if_she_orders", "training.pattern.limit.not_tested"),
        settings={"seed": question.seed},
    )
    return Trained(pipeline, card, example)


def _constants(log: CodedLog, moment: pd.Timestamp, horizon_days: int) -> dict[str, Plain]:
    return {"horizon_days": horizon_days, "btyd": dict(btyd.fit(history_of(log, moment)).to_plain())}


def _pipeline() -> Pipeline:
    """Passes the six columns on; 0 where no customer has a known value."""
    count = len(COLUMNS)
    points = np.vstack((np.zeros(count), np.eye(count)))
    prepare = ColumnTransformer([("as_it_is", "passthrough", list(COLUMNS))])
    prepare.fit(pd.DataFrame(points, columns=list(COLUMNS)))
    fill = SimpleImputer(strategy="constant", fill_value=0.0).fit(points)
    line = LinearRegression().fit(points, points)
    assign_fitted(line, coef_=np.eye(count), intercept_=np.zeros(count))
    return Pipeline([("prepare", prepare), ("fill", fill), ("next_order", line)])


def _tested(
    log: CodedLog, moment: pd.Timestamp, question: Question, pipeline: Pipeline
) -> tuple[dict[str, float], dict[str, float], NextOrderEvaluation]:
    """Metrics, those of the overall median, and the evaluation; empty where too few ordered in the test."""
    days = tested_days(log, moment, question.horizon_days)
    cutoff = moment - pd.Timedelta(days=days)
    if cutoff <= log.start:
        return {}, {}, NextOrderEvaluation()
    later = next_order_of(log, cutoff, days)
    ordered = later["days"].notna()
    if ordered.sum() < MIN_TESTED_ORDERS:
        return {}, {}, NextOrderEvaluation()
    constants = _constants(log, cutoff, days)
    table = features_of(log, cutoff, columns=COLUMNS, constants=constants)[ordered]
    predicted = pd.DataFrame(pipeline.predict(table), columns=list(NEXT_ORDER))
    metrics: dict[str, float] = {}
    baseline: dict[str, float] = {}
    found: dict[str, Interval] = {}
    before = next_order_of(log, max(cutoff - pd.Timedelta(days=days), log.start + pd.Timedelta(days=1)), days)
    medians = before[["days", "value"]].median()
    for part, otherwise in (("days", days / 2), ("value", 0.0)):
        usual = otherwise if np.isnan(medians[part]) else float(medians[part])
        truth = later.loc[ordered, part].to_numpy(np.float64)
        middle, low, high = (predicted[f"next_order_{part}{end}"].to_numpy(np.float64) for end in ("", "_low", "_high"))
        inside = ((low <= truth) & (truth <= high)).astype(np.float64)
        for name, metric, values in ((f"{part}_error", mae, middle), (f"{part}_coverage", _mean, inside)):
            interval = intervals({name: metric}, values, truth, seed=question.seed)[name]
            metrics[name], found[name] = interval.value, interval
        baseline[f"{part}_error"] = round(float(np.abs(usual - truth).mean()), 6)
    evaluation = NextOrderEvaluation(
        cutoff=cutoff.isoformat(),
        tested_days=days,
        customers=int(ordered.sum()),
        customers_known=len(later),
        training_cutoffs=(cutoff.isoformat(),),
        training_rows=len(later),
        nominal_coverage=NOMINAL_COVERAGE,
        median_days=round_significant(float(later["days"][ordered].median())),
        intervals=found,
        peers=(Peer("constant", baseline),),
    )
    return metrics, baseline, evaluation


def _mean(values: FloatArray, _: FloatArray, weight: FloatArray) -> float:
    return float(np.average(values, weights=weight))
