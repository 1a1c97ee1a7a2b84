"""Calibration of a model of a column: learnt from predictions for customers held out, written into its pipeline.

Boosted trees that learn few positives by heart give all others too little, and a mean of several models is nearer to
the average than its members: then chances don't add up to what comes true. A model of a number's logarithm predicts
its median, so totals are too low. Corrected by a line of the log odds (a slope and a shift: J. Platt, 1999,
Probabilistic Outputs for Support Vector Machines), of the logarithms of several chances (a slope, and a shift for each
class), or of the number itself (a factor: N. Duan, 1983, Smearing Estimate).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.stats import chi2
from sklearn.base import BaseEstimator
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import StackingClassifier, StackingRegressor, VotingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler

from lib.evaluation.metrics import MIN_PROBABILITY, FloatArray, log_odds
from lib.training.prefit import PLACEHOLDER_TARGETS, assign_fitted, assign_line, placeholder_rows

CHANCE = 0.05
"""A correction that chance alone calls for more often than this is not made."""
STANDARD_ERRORS = 2.0
"""The same for the factor of a number: by how many its total must be off."""
SLOPE_SPREAD, SHIFT_SPREAD = 0.5, 1.0
"""Standard deviations of the prior around no correction: a few customers do not move it far."""


@dataclass(frozen=True)
class Calibration:
    """A line that corrects chances."""

    slope: float
    """Of log odds, or of the logarithms of chances."""
    shifts: tuple[float, ...]
    """Of two classes: what to add to the log odds of the second; of more: one for each."""

    def applied(self, chances: FloatArray) -> FloatArray:
        """Chances (customers × classes) corrected."""
        if len(self.shifts) == 1:
            second = 1 / (1 + np.exp(-(self.slope * log_odds(chances[:, 1]) + self.shifts[0])))
            return np.column_stack([1 - second, second])
        return _softmax(self.slope * _logs(chances) + np.array(self.shifts))


@dataclass(frozen=True)
class Combination:
    """What a recipe predicts, from what its members do."""

    weights: Mapping[str, float]
    """Member → share; they sum up to 1."""
    factors: Mapping[str, float] = field(default_factory=dict)
    """Of a number: member → what its predictions are multiplied by; 1 where it is absent."""
    bounds: tuple[float, float] | None = None
    """Of a number: what predictions stay within."""
    calibration: Calibration | None = None
    """Of chances."""

    @property
    def line(self) -> dict[str, float]:
        """Member → share times factor."""
        return {key: share * self.factors.get(key, 1.0) for key, share in self.weights.items()}

    def applied(self, outputs: Sequence[FloatArray]) -> FloatArray:
        """The members' outputs (customers × classes, or × 1), in the order of the weights, as one."""
        mean = np.sum([share * one for share, one in zip(self.line.values(), outputs, strict=True)], axis=0)
        if self.calibration is not None:
            return self.calibration.applied(mean)
        return mean if self.bounds is None else np.clip(mean, *self.bounds)


# ------------------------------------------------------------------------------------------------------- learning


def learn_factor(predicted: FloatArray, observed: FloatArray) -> float:
    """Observed ÷ predicted total, of customers held out; 1 where chance explains the difference, or where some numbers
    are below zero: their total may be next to nothing, and no logarithm was learnt."""
    if (observed < 0).any():
        return 1.0
    missed = observed - predicted
    error = float(missed.std() * np.sqrt(len(missed)))
    if predicted.sum() <= 0 or observed.sum() <= 0 or abs(float(missed.sum())) <= STANDARD_ERRORS * error:
        return 1.0
    return float(observed.sum() / predicted.sum())


def learn_calibration(chances: FloatArray, place: FloatArray) -> Calibration | None:
    """The line that makes what came true most probable, of customers held out; None where chance explains the gain.

    `chances`: customers × classes; `place`: of the class that was observed. Maximum a posteriori.
    """
    two = chances.shape[1] == 2
    logs = log_odds(chances[:, 1])[:, None] if two else _logs(chances)
    true = place[:, None] > 0 if two else place[:, None] == np.arange(chances.shape[1])
    count = logs.shape[1]
    start = np.array([1.0, *[0.0] * count])
    strength = np.array([SLOPE_SPREAD, *[SHIFT_SPREAD] * count]) ** -2.0

    def loss(line: FloatArray) -> tuple[float, FloatArray]:
        corrected = line[0] * logs + line[1:]
        if two:
            losses = np.logaddexp(0, np.where(true, -corrected, corrected))
            wrong = 1 / (1 + np.exp(-corrected)) - true
        else:
            losses = np.logaddexp.reduce(corrected, axis=1) - corrected[true]
            wrong = _softmax(corrected) - true
        gradient = np.array([(wrong * logs).sum(), *wrong.sum(axis=0)])
        moved = line - start
        return float(losses.sum() + strength @ moved**2 / 2), gradient + strength * moved

    found = minimize(loss, start, jac=True, method="BFGS")
    gain = 2 * (loss(start)[0] - float(found.fun))
    # One of several shifts is no parameter: chances sum up to 1.
    if not gain > chi2.isf(CHANCE, 2 if two else count) or found.x[0] <= 0:
        return None
    return Calibration(float(found.x[0]), tuple(float(one) for one in found.x[1:]))


# -------------------------------------------------------------------------------------------------------- writing


def corrected(fitted: Pipeline, combination: Combination, table: pd.DataFrame, classes: Sequence[str]) -> Pipeline:
    """A fitted pipeline that predicts what the combination says, out of scikit-learn and NumPy alone.

    `table`: a few rows, of which nothing is kept. A logistic regression stays one. A pipeline that has not learnt all
    `classes` is returned as it is.
    """
    if combination.calibration is not None:
        if [str(one) for one in fitted.classes_] != list(classes):
            return fitted
        return _calibrated(fitted, combination.calibration, table.iloc[: len(classes)], fitted.classes_)
    if any(factor != 1 for factor in combination.factors.values()):
        return _scaled(fitted, combination, table.iloc[:2])
    return fitted


def _calibrated(fitted: Pipeline, calibration: Calibration, table: pd.DataFrame, classes: np.ndarray) -> Pipeline:
    shifts, model = np.array(calibration.shifts), fitted[-1]
    if isinstance(model, LogisticRegression):
        assign_fitted(
            model, coef_=calibration.slope * model.coef_, intercept_=calibration.slope * model.intercept_ + shifts
        )
        return fitted
    count = len(classes)
    chances = StackingClassifier([("model", fitted)], LogisticRegression(), cv="prefit", stack_method="predict_proba")
    chances.fit(table, classes)
    shown = 1 if count == 2 else count
    points = np.arange(count)[:, None] * np.ones(shown)
    blank = np.zeros((shown, shown))
    unused = assign_fitted(LogisticRegression().fit(points, np.arange(count)), coef_=blank, intercept_=blank[0])
    assign_fitted(chances, final_estimator_=unused)  # the one fitted took its steps by the rows of the table
    logs: list[tuple[str, BaseEstimator]]
    if count == 2:
        # log(p / (1 − p)) is twice the inverse hyperbolic tangent of 2 p − 1.
        least, most = MIN_PROBABILITY, 1 - MIN_PROBABILITY
        bounded = MinMaxScaler(feature_range=(2 * least - 1, 2 * most - 1), clip=True).fit([[least], [most]])
        logs = [
            ("bounded", bounded),
            ("log_odds", FunctionTransformer(np.arctanh)),
        ]
        coefficients = np.array([[2 * calibration.slope]])
    else:
        ends = {"a_min": MIN_PROBABILITY, "a_max": 1.0}
        logs = [("bounded", FunctionTransformer(np.clip, kw_args=ends)), ("logs", FunctionTransformer(np.log))]
        coefficients = calibration.slope * np.eye(count)
    last = LogisticRegression().fit(points, classes)
    assign_fitted(last, coef_=coefficients, intercept_=shifts)
    return Pipeline([("chances", chances), *logs, ("model", last)])


def _scaled(fitted: Pipeline, combination: Combination, table: pd.DataFrame) -> Pipeline:
    vote = fitted[-1]
    members = [("model", fitted)]
    if isinstance(vote, VotingRegressor):
        members = [(name, member) for (name, _), member in zip(vote.estimators, vote.estimators_, strict=True)]
    line: BaseEstimator = LinearRegression()
    if combination.bounds is not None:
        ends = {"a_min": combination.bounds[0], "a_max": combination.bounds[1]}
        cap = FunctionTransformer(np.clip, inverse_func=np.clip, kw_args=ends, inv_kw_args=ends, check_inverse=False)
        line = TransformedTargetRegressor(LinearRegression(), transformer=cap, check_inverse=False)
    stack = StackingRegressor(members, line, cv="prefit").fit(table, PLACEHOLDER_TARGETS)
    weights = np.array(list(combination.line.values()))
    # Another one, since the one fitted knows singular values of the table's rows.
    last = LinearRegression().fit(placeholder_rows(len(weights)), PLACEHOLDER_TARGETS)
    assign_line(last, weights, 0.0)
    if combination.bounds is None:
        assign_fitted(stack, final_estimator_=last)
    else:
        assign_fitted(stack.final_estimator_, regressor_=last)
    return Pipeline([("model", stack)])


def _logs(chances: FloatArray) -> FloatArray:
    return np.log(np.clip(chances, MIN_PROBABILITY, 1.0))


def _softmax(logs: FloatArray) -> FloatArray:
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
