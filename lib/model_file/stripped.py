"""A fitted pipeline without what only its training needed: rows, labels, times, generators."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.tree._tree import Tree

DROPPED: Mapping[str, str] = {
    "labels_": "one group per training customer",
    "row_labels_": "one group per training customer",
    "children_": "the tree of merged training customers",
    "distances_": "distances between training customers",
    "core_sample_indices_": "places of training customers",
    "probabilities_": "one share per training customer",
    "oob_prediction_": "one prediction per training customer",
    "oob_decision_function_": "one prediction per training customer",
    "embedding_": "one point per training customer",
    "train_score_": "how the loss fell",
    "validation_score_": "how the loss fell",
    "loss_curve_": "how the loss fell",
    "cv_results_": "seconds, which differ each time",
    "cv_values_": "one error per training customer",
    "refit_time_": "seconds, which differ each time",
    "_feature_subsample_rng": "the state of a random generator",
    "_skl_callbacks": "who watched the training",
}
"""Attributes that no prediction needs, with what they hold."""


def stripped(estimator: BaseEstimator) -> BaseEstimator:
    """A copy that predicts the same and has lost every attribute of `DROPPED`, in every step inside.

    A random generator among the settings becomes None: it is used by fitting alone.
    """
    alone = copy.deepcopy(estimator)
    for one in estimators_inside(alone):
        for name in DROPPED:
            one.__dict__.pop(name, None)
        for name, value in list(vars(one).items()):
            if isinstance(value, np.random.RandomState | np.random.Generator):
                setattr(one, name, None)
            elif isinstance(value, Tree):
                setattr(one, name, _without_remnants(value))
    return alone


def _without_remnants(tree: Tree) -> Tree:
    make, settings, state = tree.__reduce__()
    clean: Tree = make(*settings)
    clean.__setstate__({**state, "nodes": with_empty_padding(state["nodes"])})
    return clean


def with_empty_padding(array: np.ndarray) -> np.ndarray:
    """A copy of a structured array with zeros between its fields.

    NumPy's own `copy` and `zeros_like` copy the fields alone and leave what the memory held before in the padding:
    a customer's figures, for example. An array without padding is returned as it is.
    """
    if not has_padding(array.dtype):
        return array
    clean = np.zeros(array.shape, array.dtype)
    for name in array.dtype.names or ():
        clean[name] = array[name]
    return clean


def has_padding(dtype: np.dtype) -> bool:
    """Whether a structured dtype has bytes that belong to no field."""
    if dtype.names is None:
        return False
    fields = [dtype[name] for name in dtype.names]
    return sum(one.itemsize for one in fields) < dtype.itemsize


def estimators_inside(estimator: BaseEstimator) -> Iterator[BaseEstimator]:
    """The estimator and every one that it holds, each once, outer before inner."""
    seen: set[int] = set()
    waiting: list[object] = [estimator]
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, BaseEstimator):
            yield item
            waiting += reversed(list(vars(item).values()))
        elif type(item).__module__.startswith("sklearn.") and hasattr(item, "__dict__"):
            waiting += reversed(list(vars(item).values()))  # such as what calibration wraps its classifiers in
        elif isinstance(item, Mapping):
            waiting += reversed(list(item.values()))
        elif isinstance(item, list | tuple) or (isinstance(item, np.ndarray) and item.dtype.hasobject):
            waiting += reversed(list(np.ravel(item)) if isinstance(item, np.ndarray) else list(item))
