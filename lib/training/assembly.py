"""The weighted sum of an ensemble as steps of a scikit-learn pipeline that contains scikit-learn and NumPy only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import StackingClassifier, StackingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer

from lib.recipes import Inputs
from lib.training.prefit import PLACEHOLDER_TARGETS, assign_line, placeholder_rows, transformed_line
from lib.training.windows import BTYD_BASELINE, ODDS, SEASON


@dataclass(frozen=True)
class Members:
    """A recipe's members, fitted, by what they predict."""

    chance: tuple[tuple[str, Pipeline], ...] = ()
    amount: tuple[tuple[str, Pipeline], ...] = ()
    """Of spend: the logarithm of the money of a buyer. Of orders: the expected number."""
    counts: bool = False
    """Whether those are numbers and no logarithms."""


def chance_step(members: Members, inputs: Inputs, weights: Mapping[str, float], level: float) -> StackingClassifier:
    """Log odds of the members, of BTYD and of the season, combined with these weights."""
    fixed = {name: column for name, column in ODDS.items() if column in inputs.numbers}
    singles = _singles(LogisticRegression, inputs, fixed)
    stack = StackingClassifier(
        [*members.chance, *singles], LogisticRegression(), cv="prefit", stack_method="decision_function"
    ).fit(placeholder_rows(len(inputs.columns)), PLACEHOLDER_TARGETS)
    season = [1.0] if SEASON in fixed else []
    assign_line(stack.final_estimator_, np.array([*weights.values(), *season]), level)
    return stack


def amount_steps(
    members: Members,
    chance: Sequence[tuple[str, BaseEstimator]],
    weights: Mapping[str, float],
    level: float,
    inputs: Inputs,
    fixed: Mapping[str, str],
) -> list[tuple[str, BaseEstimator]]:
    """The exponential of a weighted sum of logarithms. `fixed`: member → the column that it passes on.

    `level` includes the smearing: the mean of an exponential is above the exponential of the mean.
    """
    rows = placeholder_rows(len(inputs.columns))
    stacked = StackingRegressor(
        [*members.amount, *_singles(LinearRegression, inputs, fixed)], LinearRegression(), cv="prefit"
    )
    before = [(name, StackingClassifier([(name, one)], LogisticRegression(), cv="prefit")) for name, one in chance]
    parts = FeatureUnion([*before, ("amount", stacked)]).fit(rows, PLACEHOLDER_TARGETS)
    count = len(members.amount)
    first, last = len(before), len(before) + count + len(fixed)
    # Probabilities and counts become logarithms; the rest are logarithms already.
    raw = list(range(first + (count if members.counts else 0)))
    logs = ColumnTransformer(
        [("logs", FunctionTransformer(np.log), raw), ("as_they_are", "passthrough", list(range(len(raw), last)))]
    )
    end = transformed_line(np.log, np.exp, logs.fit_transform(parts.transform(rows)), np.array([1.0, 2.0]))
    line = [*([sum(weights.values()) - weights[BTYD_BASELINE]] if before else []), *weights.values(), 1.0]
    assign_line(end.regressor_, np.array(line), level)
    return [("parts", parts), ("logs", logs), ("amount", end)]


def _singles(
    model: type[LinearRegression] | type[LogisticRegression], inputs: Inputs, fixed: Mapping[str, str]
) -> list[tuple[str, Pipeline]]:
    """Members that each pass one column on as it is."""
    return [(name, _single(model(), inputs, column)) for name, column in fixed.items()]


def _single(model: LinearRegression | LogisticRegression, inputs: Inputs, column: str) -> Pipeline:
    place = [len(inputs.amounts) + inputs.numbers.index(column)]
    made = Pipeline([("columns", ColumnTransformer([("columns", "passthrough", place)])), ("model", model)])
    made.fit(placeholder_rows(len(inputs.columns)), PLACEHOLDER_TARGETS)
    assign_line(model, np.array([1.0]), 0.0)
    return made
