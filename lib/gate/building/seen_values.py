"""Whether a model was trained on what a scaler gives, or on what it takes: a model keeps values that it has seen, such
as the thresholds of trees and the centres of clusters.

A notebook may save a scaler that was made for a figure or another model beside a model of the columns as they are. If
it is put before that model, all answers are wrong without an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from sklearn.decomposition import PCA
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, StandardScaler

_SPREADS = 10.0
"""Around the middle of a column: hardly a value lies further away."""
_TELLING = 0.2
"""Share of the values from which on they tell."""
_MANY = 8
"""Values in a column from which on their spread tells."""
_MOST_OF = 0.6
"""Share of the columns whose values are spread as a scaler's output."""
_SEVERAL = 3.0
_MOST_VALUES = 100_000
_ROWS = ("cluster_centers_", "means_", "theta_", "centroids_", "_fit_X", "support_vectors_", "subcluster_centers_")
"""Attributes whose rows are like those that a model was trained on."""

_Range = tuple[float, float]
"""The middle of a column and how far its values are spread around it."""


Trained = Literal["before", "after", "unknown"]


def trained(scaler: object, model: object, places: Sequence[int]) -> Trained:
    """Whether values that the model has seen in those columns are such as the scaler takes, or such as it gives."""
    try:
        takes, gives = ranges(scaler)
        if len(takes) != len(places):
            return "unknown"
        return _tells(takes, gives, seen_by_column(model, places))
    except (AttributeError, IndexError, TypeError, ValueError):
        return "unknown"  # forged, or of another version: nothing is known


def _tells(takes: Sequence[_Range], gives: Sequence[_Range], seen: Sequence[np.ndarray]) -> Trained:
    taken = given = told = spread_as_given = 0
    for values, before, after in zip(seen, takes, gives, strict=True):
        like_taken, like_given = _within(values, before), _within(values, after)
        given += int((like_given & ~like_taken).sum())
        if _spread_as(values, before, after):
            taken += int((like_taken & ~like_given).sum())
        if len(values) >= _MANY and _differ(before, after):
            told += 1
            spread_as_given += _spread_as(values, after, before)
    enough = _TELLING * sum(map(len, seen))
    if taken > given and taken >= enough:
        return "before"
    if spread_as_given > _MOST_OF * told:
        return "after"
    return "after" if given > taken and given >= enough else "unknown"


def _differ(one: _Range, other: _Range) -> bool:
    """Whether the spread of one column is several times that of the other."""
    return min(one[1], other[1]) > 0 and max(one[1], other[1]) > _SEVERAL * min(one[1], other[1])


def _within(values: np.ndarray, about: _Range) -> np.ndarray:
    middle, spread = about
    near: np.ndarray = np.abs(values - middle) <= _SPREADS * spread
    return near


def _spread_as(values: np.ndarray, one: _Range, other: _Range) -> bool:
    """Whether values are spread as the one rather than as the other: those that a scaler made lie close together beside
    amounts, however far its outliers are from the others."""
    spread = float(values.std()) if len(values) > 1 else 0.0
    if not min(spread, one[1], other[1]) > 0:
        return False
    return bool(abs(np.log(spread / one[1])) < abs(np.log(spread / other[1])))


def ranges(scaler: object) -> tuple[list[_Range], list[_Range]]:
    """Of each column that a scaler takes, and of what it gives; nothing where it cannot say. A `PCA` that gives as many
    columns as it takes could be left out like a scaler.

    A `RobustScaler` leaves outliers as far away as amounts are.
    """
    match scaler:
        case StandardScaler(mean_=middle, scale_=scale, with_mean=centred):
            spread, shift = scale, middle if centred else 0 * middle
        case MinMaxScaler(data_min_=low, data_max_=high, scale_=factor, min_=start):
            middle, spread, scale = (low + high) / 2, (high - low) / 4, 1 / factor
            shift = -start * scale
        case MaxAbsScaler(max_abs_=most, scale_=scale):
            middle, spread, shift = 0 * most, most / 2, 0 * most
        case PCA(mean_=middle, components_=axes, explained_variance_=variance) if len(axes) == len(middle):
            spread = np.sqrt((np.square(axes) * variance[:, np.newaxis]).sum(axis=0))
            return _pairs(middle, spread), _pairs(0 * variance, np.ones(len(axes)) if scaler.whiten else variance**0.5)
        case _:
            return [], []
    return _pairs(middle, spread), _pairs((middle - shift) / scale, spread / scale)


def _pairs(middle: np.ndarray, spread: np.ndarray) -> list[_Range]:
    return list(zip(map(float, middle), map(float, spread), strict=True))


def seen_by_column(model: object, places: Sequence[int]) -> list[np.ndarray]:
    """The values that the model has seen in each column, of many only some."""
    seen = list(_seen(model))
    if not seen:
        return [np.empty(0) for _ in places]
    columns, values = (np.concatenate(side) for side in zip(*seen, strict=True))
    some = slice(None, None, 1 + len(columns) // _MOST_VALUES)
    order = np.argsort(columns[some], kind="stable")
    columns, values = columns[some][order], values[some][order]
    begins, ends = (np.searchsorted(columns, places, side) for side in ("left", "right"))
    return [values[begin:end] for begin, end in zip(begins, ends, strict=True)]


def _seen(model: object) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Places of columns, and a value that the model has seen in each."""
    for name in _ROWS:
        rows = getattr(model, name, None)
        if isinstance(rows, np.ndarray) and rows.ndim == 2 and rows.dtype.kind == "f":
            some = rows[:: 1 + rows.size // _MOST_VALUES]
            yield np.tile(np.arange(some.shape[1]), len(some)), some.ravel()
    middle = getattr(model, "mean_", None)  # of a PCA after the scaler
    if isinstance(middle, np.ndarray) and middle.ndim == 1 and middle.dtype.kind == "f":
        yield np.arange(len(middle)), middle
    for number, values in enumerate(getattr(getattr(model, "_bin_mapper", None), "bin_thresholds_", ())):
        yield np.full(len(values), number), np.asarray(values)
    for one in (model, *(np.ravel(getattr(model, "estimators_", ())) if _members_see_all(model) else ())):
        tree = getattr(one, "tree_", None)
        if tree is not None:
            splits = tree.feature >= 0
            yield tree.feature[splits], tree.threshold[splits]


def _members_see_all(model: object) -> bool:
    """Whether the members of an ensemble number the columns as the ensemble does."""
    chosen, takes = getattr(model, "estimators_features_", ()), getattr(model, "n_features_in_", None)
    return not getattr(model, "bootstrap_features", False) and all(len(one) == takes for one in chosen)
