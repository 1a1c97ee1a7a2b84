"""Who buys again, how much and how often, where the history is too short to hold out a later period of full length.

A purchase-pattern model (BG/NBD or MBG/NBD for orders, Gamma-Gamma for their value; `lib/btyd`) is fitted on the whole
history and extrapolates to any horizon: the pipeline only passes that column on. The test uses a shorter horizon and
the data before it; the card says that the requested horizon was not tested. The total expected
comes with a range whose coverage is measured by `benchmarks.short_histories`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from lib import btyd
from lib.card import Card, FutureEvaluation, Interval, Peer, Plain
from lib.evaluation.curves import calibration_curve, gains, lift
from lib.evaluation.metrics import AMOUNT_METRICS, PROBABILITY_METRICS, FloatArray
from lib.evaluation.resampling import differences, figures, intervals
from lib.features import FEATURES, CodedLog, default_cutoff, features_of, future_of, history_of
from lib.parsing.rounding import round_significant
from lib.schema import Goal
from lib.training import Progress, Question, Trained, quiet
from lib.training.describe import describe
from lib.training.feasibility import PATTERN_RECIPES
from lib.training.prefit import PLACEHOLDER_TARGETS, assign_line, placeholder_rows, transformed_line
from lib.training.windows import TARGET, history_until

if TYPE_CHECKING:
    from lib.orders import Orders

COLUMN: Mapping[Goal, str] = {"buy_again": "btyd_log_odds", "spend": "btyd_log_spend", "orders": "btyd_log_orders"}
"""Goal → the column that holds the model's answer, as log odds or as a logarithm."""
TOTAL: Mapping[Goal, str] = {"buy_again": "buyers", "spend": "spend", "orders": "orders"}
"""Goal → the total of `btyd.total_ranges` that it adds up to."""
TESTED_SHARE = 3
"""The last third of the history is held out for the test, or the horizon where that is shorter."""
MIN_TESTED_DAYS = 7
MIN_TESTED_CUSTOMERS = 10


@dataclass(frozen=True)
class _Test:
    """What was measured on a shorter horizon."""

    metrics: Mapping[str, float]
    baseline: Mapping[str, float]
    evaluation: FutureEvaluation


def train_purchase_pattern(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """The answer for `horizon_days` after the cutoff, up to a year, from 60 days of history on.

    Call it after `feasibility.check_pattern`. Raises UserError("training.future.nothing_before").
    """
    progress(0.0, "training.step.features")
    moment = question.cutoff or default_cutoff(orders)
    log = history_until(orders, moment)
    constants = _constants(log, moment, question.horizon_days)
    column = COLUMN[question.goal]
    example = features_of(log, moment, columns=[column], constants=constants)
    progress(0.3, "training.step.measure")
    test = _tested(log, moment, question)
    progress(0.6, "training.step.describe")
    found = btyd.total_ranges(history_of(log, moment), question.horizon_days / 7.0, seed=question.seed)
    total = found[TOTAL[question.goal]]
    expected = Interval(*(round_significant(one) for one in (total.value, total.low, total.high)))
    chances = question.goal == "buy_again"
    evaluation = test.evaluation if test is not None else FutureEvaluation()
    card = Card(
        goal=question.goal,
        recipe=PATTERN_RECIPES[question.goal],
        columns=describe(example, {feature.name: feature.unit for feature in FEATURES}),
        customers=len(example),
        classes=("0", "1") if chances else (),
        cutoff=moment.isoformat(),
        horizon_days=question.horizon_days,
        period_start=log.start.date().isoformat(),
        period_end=(log.end - pd.Timedelta(days=1)).date().isoformat(),
        currency=orders.currency if question.goal == "spend" else "",
        metrics=dict(test.metrics) if test is not None else {},
        baseline=dict(test.baseline) if test is not None else {},
        baseline_name="constant" if test is not None else "",
        evaluation=replace(evaluation, expected_total=expected),
        features=constants,
        limits=("training.pattern.limit.not_tested", "training.future.limit.no_year"),
        settings={"seed": question.seed},
    )
    return Trained(_pipeline(question.goal, column), card, example)


def _constants(log: CodedLog, moment: pd.Timestamp, horizon_days: int) -> dict[str, Plain]:
    return {"horizon_days": horizon_days, "btyd": dict(btyd.fit(history_of(log, moment)).to_plain())}


def _pipeline(goal: Goal, column: str) -> Pipeline:
    """Passes the column on: as a chance (logistic function) or as an amount (exponential)."""
    prepare = ColumnTransformer([("as_it_is", "passthrough", [column])])
    prepare.fit(pd.DataFrame({column: [0.0, 1.0]}))
    if goal == "buy_again":
        chance = LogisticRegression().fit(placeholder_rows(1), PLACEHOLDER_TARGETS)
        assign_line(chance, np.ones(1), 0.0)
        return Pipeline([("prepare", prepare), ("chance", chance)])
    amount = transformed_line(np.log, np.exp, placeholder_rows(1), np.array([1.0, 2.0]))
    assign_line(amount.regressor_, np.ones(1), 0.0)
    return Pipeline([("prepare", prepare), ("amount", amount)])


def tested_days(log: CodedLog, moment: pd.Timestamp, horizon_days: int) -> int:
    """How many of the latest days are held out for the test."""
    history = int((moment - log.start) / pd.Timedelta(days=1))
    return min(horizon_days, max(MIN_TESTED_DAYS, history // TESTED_SHARE))


def _tested(log: CodedLog, moment: pd.Timestamp, question: Question) -> _Test | None:
    """The model of an earlier moment, tested on the orders after it; None where too few customers were known by
    then."""
    days = tested_days(log, moment, question.horizon_days)
    cutoff = moment - pd.Timedelta(days=days)
    if cutoff <= log.start:
        return None
    later = future_of(log, cutoff, days)
    if len(later) < MIN_TESTED_CUSTOMERS or not later["bought"].any() or later["bought"].all():
        return None
    table = features_of(log, cutoff, columns=[COLUMN[question.goal]], constants=_constants(log, cutoff, days))
    predicted = _predicted(question.goal, table)
    bought, observed = (later[name].to_numpy(np.float64) for name in ("bought", TARGET[question.goal]))
    metrics = PROBABILITY_METRICS if question.goal == "buy_again" else AMOUNT_METRICS
    # What could be known at that moment without any model: what the same days before it gave per customer.
    before = future_of(log, max(cutoff - pd.Timedelta(days=days), log.start + pd.Timedelta(days=1)), days)
    rate = before[TARGET[question.goal]].to_numpy(np.float64)
    usual = float(rate.mean()) if len(rate) else 0.5
    constant = np.full(len(observed), min(max(usual, 0.001), 0.999) if question.goal == "buy_again" else usual)
    evaluation = FutureEvaluation(
        cutoff=cutoff.isoformat(),
        tested_days=days,
        customers=len(table),
        buyers=int(bought.sum()),
        base_rate=round(float(bought.mean()), 4),
        mean_spend=round_significant(float(later["spend"].mean())),
        mean_orders=round_significant(float(later["orders"].mean())),
        training_cutoffs=(cutoff.isoformat(),),
        training_rows=len(table),
        intervals=intervals(metrics, predicted, observed, seed=question.seed),
        peers=(Peer("constant", figures(metrics, constant, observed)),),
        compared_with="constant",
        differences=differences(metrics, predicted, constant, observed, seed=question.seed),
        calibration=calibration_curve(predicted, observed),
        gains=gains(predicted, observed),
        lift=lift(predicted, observed),
    )
    return _Test(figures(metrics, predicted, observed), figures(metrics, constant, observed), evaluation)


def _predicted(goal: Goal, table: pd.DataFrame) -> FloatArray:
    values = table[COLUMN[goal]].to_numpy(np.float64)
    return 1 / (1 + np.exp(-values)) if goal == "buy_again" else np.exp(values)
