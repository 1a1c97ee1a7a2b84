"""Every shape in which a fitted pipeline sees its training rows: what a leak of them would look like in the file."""

from __future__ import annotations

import hashlib
from typing import TypeAlias

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.utils import get_tags
from sklearn.utils.validation import check_is_fitted

Rows: TypeAlias = pd.DataFrame | np.ndarray

LIMIT_CELLS = 20_000_000


def row_encodings(estimator: BaseEstimator, rows: Rows) -> list[np.ndarray]:
    """What each step inside makes of the rows, as tables of numbers with one row per customer; equal ones once."""
    found: list[np.ndarray] = []
    _collect(estimator, rows, found)
    distinct = {(one.shape, hashlib.sha256(one.tobytes()).digest()): one for one in found}
    return list(distinct.values())


def target_encodings(target: pd.Series) -> list[np.ndarray]:
    """A target as it is and on the scales on which it is learnt; none for classes, which many customers share."""
    if not pd.api.types.is_numeric_dtype(target) or pd.api.types.is_bool_dtype(target):
        return []
    values = target.to_numpy(np.float64, na_value=np.nan)
    if len(np.unique(values)) <= 2:
        return []
    with np.errstate(invalid="ignore", divide="ignore"):
        return [form[:, None] for form in (values, np.log1p(values), np.arcsinh(values), np.sqrt(values))]


def _collect(estimator: BaseEstimator, rows: Rows, found: list[np.ndarray]) -> None:
    if isinstance(estimator, Pipeline):
        for _, step in estimator.steps:
            if isinstance(step, BaseEstimator):
                _collect(step, rows, found)
                rows = _kept(step, rows, found)
    elif isinstance(estimator, ColumnTransformer):
        for _, step, columns in estimator.transformers_:
            if isinstance(step, BaseEstimator) and isinstance(rows, pd.DataFrame):
                part = rows[columns] if _are_names(columns) else rows.iloc[:, columns]
                _collect(step, part, found)
                _kept(step, part, found)
    else:
        for inner in _inside(estimator):
            _collect(inner, rows, found)


def _kept(step: BaseEstimator, rows: Rows, found: list[np.ndarray]) -> Rows:
    """What a step makes of the rows, noted where it is a table of numbers."""
    if not hasattr(step, "transform"):
        return rows
    made = step.transform(rows)
    made = made.toarray() if hasattr(made, "toarray") else made
    if _predicts(step):
        return made  # what a model says of a row is not the row
    values = np.asarray(made)
    if values.dtype.kind in "fiub" and values.ndim == 2 and values.size <= LIMIT_CELLS:
        found.append(_without_filled(step, rows, values.astype(np.float64)))
    return made


def _without_filled(step: BaseEstimator, rows: Rows, values: np.ndarray) -> np.ndarray:
    """What an imputer put into a gap is the others' mean and says nothing of the customer who had the gap."""
    if not isinstance(step, SimpleImputer) or getattr(rows, "dtype", np.dtype(object)).kind != "f":
        return values
    kept = np.flatnonzero(~pd.isna(step.statistics_))  # a column without any value is left out, the others keep order
    places = kept if len(kept) <= values.shape[1] else kept[: values.shape[1]]
    values[:, : len(places)][np.isnan(np.asarray(rows)[:, places])] = np.nan
    return values


def _predicts(step: BaseEstimator) -> bool:
    if isinstance(step, FeatureUnion):
        return all(_predicts(one) for _, one in step.transformer_list if isinstance(one, BaseEstimator))
    return get_tags(step).estimator_type in ("classifier", "regressor", "clusterer")


def _are_names(columns: object) -> bool:
    return isinstance(columns, str) or (isinstance(columns, list) and all(isinstance(one, str) for one in columns))


def _inside(estimator: object) -> list[BaseEstimator]:
    """The fitted estimators that another one passes the same rows on to."""
    inner: list[BaseEstimator] = []
    for name, value in vars(estimator).items():
        if not name.endswith("_"):
            continue
        for one in value if isinstance(value, list | tuple) else [value]:
            if type(one).__name__ == "_CalibratedClassifier":
                one = one.estimator
            if isinstance(one, Pipeline) or (isinstance(one, BaseEstimator) and _inside(one) and _is_fitted(one)):
                inner.append(one)
    return inner


def _is_fitted(estimator: BaseEstimator) -> bool:
    try:
        check_is_fitted(estimator)
    except (ValueError, AttributeError, TypeError):
        return False
    return True
