"""Estimators whose fitted attributes were computed elsewhere: the only place that writes them.

scikit-learn has no public way to build a fitted estimator from parameters. So each one is fitted on rows that were
never customers (`placeholder_rows`, or the parameters themselves), which sets its shapes and flags, and then
`assign_fitted` replaces the attributes. No customer enters the file this way. A test reads the source: no other module
of this package assigns an attribute that ends in an underscore.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.compose import TransformedTargetRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression

from lib.evaluation.metrics import FloatArray

Estimator = TypeVar("Estimator", bound=BaseEstimator)

PLACEHOLDER_TARGETS = np.array([0, 1])


def placeholder_rows(columns: int) -> FloatArray:
    """A row of zeros and a row of ones, for estimators that must be fitted once."""
    return np.vstack((np.zeros(columns), np.ones(columns)))


def assign_fitted(estimator: Estimator, **attributes: object) -> Estimator:
    """The same estimator with fitted attributes replaced. Raises AttributeError for one that fitting has not set."""
    for name, value in attributes.items():
        if not name.endswith("_") or not hasattr(estimator, name):
            raise AttributeError(f"{type(estimator).__name__} has no fitted attribute {name}")
        setattr(estimator, name, value)
    return estimator


def assign_line(model: LinearRegression | LogisticRegression, weights: FloatArray, intercept: float) -> None:
    """Coefficients of a fitted linear model of one target."""
    if isinstance(model, LogisticRegression):
        assign_fitted(model, coef_=weights[None, :], intercept_=np.array([intercept]))
    else:
        assign_fitted(model, coef_=weights, intercept_=intercept)


def transformed_line(
    func: np.ufunc, inverse_func: np.ufunc, rows: FloatArray, targets: FloatArray
) -> TransformedTargetRegressor:
    """A linear model of a transformed target, fitted on rows that were never customers."""
    model = TransformedTargetRegressor(LinearRegression(), func=func, inverse_func=inverse_func, check_inverse=False)
    return model.fit(rows, targets)
