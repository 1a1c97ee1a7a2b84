"""Rounds the parameters of a fitted pipeline, so that they do not depend on the processor that added them up.

Sums are added in another order on another processor, and the last of sixteen digits comes out otherwise: the same work
would give other bytes on another machine. So learnt numbers are kept to nine significant digits (coefficients to six),
far more than any shop's data can tell and far fewer than such differences reach.
"""

from __future__ import annotations

import math

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.tree._tree import Tree

from lib.model_file.stripped import estimators_inside, with_empty_padding

DIGITS = 9
"""Significant decimal digits that a learnt number keeps."""

SOLVER_DIGITS = 6
"""The same where a solver stops when it is near enough: how near hangs on every sum on the way."""

NOISE_DECADES = 4
"""A number smaller than its array's largest by more than this many powers of ten is mostly noise: it is rounded to the
precision of a number of that size."""

_ROUNDED_MODULES = frozenset(
    f"sklearn.{module}"
    for module in (
        *("calibration", "cluster", "covariance", "cross_decomposition", "decomposition", "discriminant_analysis"),
        *("impute", "isotonic", "kernel_approximation", "linear_model", "mixture", "naive_bayes", "neighbors"),
        "preprocessing",
    )
)
"""Where all that is learnt are sums, means and solutions of equations. Trees hold cuts between the data's own values,
which are the same everywhere and must stay exactly where they are."""

_VARIANCE_NOISE = 1e-5
"""A variance far below the mean's square, by the square of this and `NOISE_DECADES`, is what rounding left of it."""

_OF_COLUMNS = ("sklearn.preprocessing", "sklearn.impute")
"""Where an array has one number, or one row of numbers, for each column of a table. Columns have units of their own:
beside revenue in billions, the spread of a share is no noise."""

_ROUNDED_ATTRIBUTES = {
    "_baseline_prediction": "the mean from which boosting starts",
    "a_": "a sigmoid",
    "b_": "a sigmoid",
}


def round_parameters(estimator: BaseEstimator) -> BaseEstimator:
    """The same estimator, changed in place: give it a copy. Predictions move by some millionths of their size."""
    for one in estimators_inside(estimator):
        module = ".".join(type(one).__module__.split(".")[:2])
        digits = SOLVER_DIGITS if module == "sklearn.linear_model" else DIGITS
        kept: dict[str, object] = {}
        for name, value in vars(one).items():
            if name in _ROUNDED_ATTRIBUTES or (
                module in _ROUNDED_MODULES and name.endswith("_") and not name.endswith("__")
            ):
                kept[name] = _kept(value, digits, beside=_sizes(one, name) if module in _OF_COLUMNS else None)
        vars(one).update(kept)
    return estimator


def _sizes(scaler: BaseEstimator, name: str) -> np.ndarray | None:
    """Per column of a fitted scaler or imputer, how large a number is that an entry of this array may be the noise of.

    A mean is what is left of a sum of numbers as large as the spread; a variance is one of squares around the mean.
    """
    value = getattr(scaler, name)
    columns = getattr(scaler, "n_features_in_", -1)
    if not isinstance(value, np.ndarray) or value.dtype != np.float64 or value.shape[-1:] != (columns,):
        return None
    sizes = np.max(np.where(np.isfinite(value), np.abs(value), 0.0).reshape(-1, value.shape[-1]), axis=0)
    other = {"mean_": "scale_", "center_": "scale_", "var_": "mean_"}.get(name, "")
    beside = getattr(scaler, other, None)
    if isinstance(beside, np.ndarray) and beside.shape == sizes.shape:
        sizes = np.maximum(sizes, np.square(beside * _VARIANCE_NOISE) if name == "var_" else np.abs(beside))
    return np.broadcast_to(sizes, value.shape)


def _kept(value: object, digits: int, *, beside: np.ndarray | None = None) -> object:
    """Of floats, what is kept; anything else as it is. `beside`: per number, how large a number it may be noise of."""
    if isinstance(value, np.ndarray) and value.dtype == np.float64 and value.size:
        tops = beside
        if tops is None:
            tops = np.full(value.shape, np.max(np.abs(value), where=np.isfinite(value), initial=0.0))
        pairs = zip(value.ravel().tolist(), tops.ravel().tolist(), strict=True)
        return np.array([_rounded(one, top, digits) for one, top in pairs]).reshape(value.shape, order="C")
    if isinstance(value, np.float64):
        return np.float64(_rounded(float(value), abs(float(value)), digits))
    if type(value) is float:
        return _rounded(value, abs(value), digits)
    return value


def _rounded(number: float, top: float, digits: int) -> float:
    """By decimal digits, as Python writes them: the same on every machine."""
    if not number or not math.isfinite(number) or not math.isfinite(top):
        return number
    size = max(_power(number), _power(top) - NOISE_DECADES)
    return round(number, digits - 1 - size) + 0.0  # what is left of noise is zero, and no minus zero


def _power(number: float) -> int:
    return int(f"{number:e}".partition("e")[2])


def round_coarsely(estimator: BaseEstimator, digits: int) -> BaseEstimator:
    """The same estimator with every learnt number, those in trees too, rounded to `digits` significant digits.

    Changed in place: give it a copy. Predictions move by some thousandths of their size with three digits.
    """
    for one in estimators_inside(estimator):
        of_columns = ".".join(type(one).__module__.split(".")[:2]) in _OF_COLUMNS
        # Before any is rounded: what one array may be the noise of is read from the others.
        sizes = {name: _sizes(one, name) for name in vars(one)} if of_columns else {}
        for name, value in list(vars(one).items()):
            if isinstance(value, Tree):
                setattr(one, name, _coarse_tree(value, digits))
            elif name == "_predictors":
                for predictor in (predictor for stage in value for predictor in stage):
                    _round_fields(predictor.nodes, ("value", "num_threshold"), digits)
            elif (name.endswith("_") and not name.endswith("__")) or name in _ROUNDED_ATTRIBUTES:
                beside = sizes.get(name)
                one_by_one = isinstance(value, list)
                kept = [_kept(part, digits) for part in value] if one_by_one else _kept(value, digits, beside=beside)
                setattr(one, name, kept)
    return estimator


def _coarse_tree(tree: Tree, digits: int) -> Tree:
    make, settings, state = tree.__reduce__()
    nodes, values = with_empty_padding(state["nodes"]), _significant(state["values"], digits)
    _round_fields(nodes, ("threshold",), digits)
    coarse: Tree = make(*settings)
    coarse.__setstate__({**state, "nodes": nodes, "values": values})
    return coarse


def _round_fields(nodes: np.ndarray, names: tuple[str, ...], digits: int) -> None:
    for name in names:
        nodes[name] = _significant(nodes[name], digits)


def _significant(values: np.ndarray, digits: int) -> np.ndarray:
    """Each number by itself, by decimal digits."""
    rounded = [_rounded(one, abs(one), digits) for one in np.ravel(values).tolist()]
    return np.array(rounded, values.dtype).reshape(values.shape)
