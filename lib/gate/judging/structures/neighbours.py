"""Distances, neighbour trees, sparse tables, support vectors, and centres of clusters: places of rows and columns."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from lib.gate.judging import calls
from lib.gate.judging.structures.fields import (
    as_number_array,
    bad_structure,
    field_of,
    has_fields,
    number_array,
    require,
    require_finite,
    whole_number,
)
from lib.gate.nodes import Array, Thing


def check_distance(thing: Thing) -> None:
    """(p, vector, matrix) of a distance."""
    state = thing.state
    if type(state) is not tuple or len(state) != 3:
        raise bad_structure(thing, "the state of a distance")
    power = state[0]
    require(isinstance(power, int | float) and power > 0, thing, "p")
    vector = as_number_array(thing, state[1], "vector", 1, "f")
    matrix = as_number_array(thing, state[2], "matrix", 2, "f")
    require_finite(thing, vector, "vector")
    require_finite(thing, matrix, "matrix")
    require(matrix.shape[0] == matrix.shape[1], thing, "the matrix of a distance is not square")


def check_neighbour_tree(thing: Thing) -> None:
    """Only the points, the size of leaves, the distance and the weights are taken; the tree is made anew."""
    state = thing.state
    if type(state) is not tuple or len(state) not in (12, 13):
        raise bad_structure(thing, "the state of a neighbours' tree")
    points = as_number_array(thing, state[0], "points", 2, "f")
    require(points.shape[0] >= 1 and points.shape[1] >= 1, thing, "no points")
    require_finite(thing, points, "points")
    require(type(state[4]) is int and 1 <= state[4] <= 2**31, thing, "leaf_size")
    metric = state[11]
    if type(metric) is not Thing or metric.cls.key != "sklearn.metrics._dist_metrics:newObj" or metric.state is None:
        raise bad_structure(thing, "a neighbours' tree without a distance")
    vector, matrix = metric.state[1], metric.state[2]  # type: ignore[index]
    kind = metric.args[0].qualname  # type: ignore[attr-defined, union-attr]
    if kind.startswith("SEuclidean"):
        require(vector.shape == (points.shape[1],), thing, "the distance's vector")
    if kind.startswith("Mahalanobis"):
        require(matrix.shape == (points.shape[1], points.shape[1]), thing, "the distance's matrix")
    if len(state) == 13 and state[12] is not None:
        weights = as_number_array(thing, state[12], "weights", 1, "f")
        require(len(weights) == len(points) and bool((weights > 0).all()), thing, "weights")  # type: ignore[operator]
        require_finite(thing, weights, "weights")


def check_neighbours(thing: Thing) -> None:
    """Points, labels and columns of one length each."""
    points = field_of(thing, "_fit_X")
    rows = columns = None
    if type(points) is Array and points.shape is not None:
        require(len(points.shape) == 2, thing, "_fit_X")
        rows, columns = points.shape
    elif type(points) is Thing and points.cls.key == CSR:
        rows, columns = _sparse_shape(points)
    if rows is None:
        return
    if has_fields(thing, "n_features_in_"):
        require(columns == whole_number(thing, "n_features_in_"), thing, "_fit_X has other columns")
    if has_fields(thing, "n_samples_fit_"):
        require(rows == whole_number(thing, "n_samples_fit_"), thing, "n_samples_fit_")
    labels = field_of(thing, "_y")
    if type(labels) is Array and labels.shape is not None:
        require(len(labels.shape) in (1, 2) and labels.shape[0] == rows, thing, "as many labels as points")
        classes = field_of(thing, "classes_")
        if labels.values is not None and labels.values.dtype.kind in "iu" and len(labels.shape) == 1:  # noqa: SIM102
            if type(classes) is Array and classes.shape is not None and len(classes.shape) == 1:
                known = ((labels.values >= 0) & (labels.values < classes.shape[0])).all()  # type: ignore[operator]
                require(bool(known), thing, "a label that does not exist")
    tree = field_of(thing, "_tree")
    if type(tree) is Thing and type(tree.state) is tuple and type(tree.state[0]) is Array:
        require(tree.state[0].shape == (rows, columns), thing, "its tree has other points")


CSR = "scipy.sparse._csr:csr_matrix"


def _sparse_shape(thing: Thing) -> tuple[int, int]:
    shape = field_of(thing, "_shape")
    if type(shape) is not tuple or len(shape) != 2:
        raise bad_structure(thing, "the shape of a sparse table")
    lengths = calls.shape(shape)
    return lengths[0], lengths[1]


def check_sparse(thing: Thing) -> None:
    """Row starts from 0, never falling, up to the number of entries; columns within the table."""
    rows, columns = _sparse_shape(thing)
    data = number_array(thing, "data", 1, "biufc")
    indices, starts = number_array(thing, "indices", 1, "i"), number_array(thing, "indptr", 1, "i")
    require(len(starts) == rows + 1 and starts[0] == 0, thing, "row starts")
    require(bool((starts[1:] >= starts[:-1]).all()) and starts[-1] == len(indices) == len(data), thing, "row starts")  # type: ignore[operator]
    require(bool(((indices >= 0) & (indices < columns)).all()), thing, "a column that does not exist")  # type: ignore[operator]


def check_support_vectors(thing: Thing) -> None:
    """What libsvm multiplies without looking: every length against every other."""
    if not has_fields(thing, "support_vectors_"):
        return
    counts = number_array(thing, "_n_support", 1, "i")
    support = number_array(thing, "support_", 1, "i")
    fitted = field_of(thing, "shape_fit_")
    if type(fitted) is not tuple or len(fitted) != 2:
        raise bad_structure(thing, "shape_fit_")
    samples, features = calls.shape(fitted)
    precomputed = field_of(thing, "kernel") == "precomputed"
    is_classifier = thing.cls.qualname in ("SVC", "NuSVC")
    total = int(counts.astype(object).sum()) if is_classifier else int(counts[0]) if len(counts) else -1
    require(bool((counts >= 0).all()) and total == len(support), thing, "as many support vectors as it says")  # type: ignore[operator]
    require(bool(((support >= 0) & (support < samples)).all()), thing, "a support vector that does not exist")  # type: ignore[operator]
    classes = len(counts) if is_classifier else 2
    require(classes >= 2 and (is_classifier or len(counts) == 2), thing, "_n_support")
    vectors = field_of(thing, "support_vectors_")
    sparse = field_of(thing, "_sparse")
    require(type(sparse) is bool, thing, "_sparse")
    require(not (sparse and precomputed), thing, "a sparse kernel of its own, whose numbers libsvm takes for places")
    if sparse:
        require(type(vectors) is Thing and _sparse_shape(vectors) == (total, features), thing, "support_vectors_")
        require(number_array(vectors, "data", 1).dtype == np.dtype("f8"), thing, "support_vectors_")  # type: ignore[arg-type]
    else:
        table = number_array(thing, "support_vectors_", 2, "f")
        require_finite(thing, table, "support_vectors_")
        require(precomputed or table.shape == (total, features), thing, "support_vectors_")
        require(table.dtype == np.dtype("f8"), thing, "support_vectors_")
    require(whole_number(thing, "n_features_in_") == (samples if precomputed else features), thing, "n_features_in_")
    for name in ("_dual_coef_", "dual_coef_"):
        if has_fields(thing, name):
            _coefficients(thing, name, (classes - 1, total))
    pairs = classes * (classes - 1) // 2
    for name in ("_intercept_", "intercept_"):
        require(number_array(thing, name, 1, "f").shape == (pairs,), thing, name)
    for name in ("_probA", "_probB"):
        length = number_array(thing, name, 1, "f").size
        require(length in (0, pairs), thing, name)
    if is_classifier and type(field_of(thing, "classes_")) is Array:
        require(field_of(thing, "classes_").shape == (classes,), thing, "classes_")  # type: ignore[attr-defined, union-attr]
    gamma = field_of(thing, "_gamma")
    require(isinstance(gamma, int | float | np.floating) and math.isfinite(gamma), thing, "_gamma")  # type: ignore[arg-type]


def _coefficients(thing: Thing, name: str, shape: tuple[int, int]) -> None:
    value = field_of(thing, name)
    if type(value) is Thing and value.cls.key == CSR:
        require(_sparse_shape(value) == shape, thing, name)
        require(len(number_array(value, "data", 1, "f")) == shape[0] * shape[1], thing, name)
        return
    numbers = number_array(thing, name, 2, "f")
    require(numbers.shape == shape and numbers.dtype == np.dtype("f8"), thing, name)
    require_finite(thing, numbers, name)


def check_centres(name: str) -> Callable[[Thing], None]:
    """Centres must have as many columns as the model was fitted on."""

    def validator(thing: Thing) -> None:
        value = field_of(thing, name)
        if type(value) is not Array or not has_fields(thing, "n_features_in_"):
            return
        centres = number_array(thing, name, 2, "f")
        require(len(centres) >= 1 or name != "cluster_centers_", thing, "no centre")
        require(centres.shape[1] == whole_number(thing, "n_features_in_"), thing, f"{name} has other columns")
        require_finite(thing, centres, name)

    return validator


def check_birch(thing: Thing) -> None:
    """Centres of subclusters with a label each."""
    check_centres("subcluster_centers_")(thing)
    if has_fields(thing, "subcluster_centers_", "_subcluster_norms"):
        centres = number_array(thing, "subcluster_centers_", 2, "f")
        for name in ("_subcluster_norms", "subcluster_labels_"):
            if has_fields(thing, name):
                require(number_array(thing, name, 1).shape == (len(centres),), thing, name)


def check_bisecting(thing: Thing) -> None:
    """A tree of centres, of which each leaf has a label that exists."""
    check_centres("cluster_centers_")(thing)
    tree = field_of(thing, "_bisecting_tree")
    if type(tree) is not Thing:
        return
    clusters = len(number_array(thing, "cluster_centers_", 2, "f"))
    features = whole_number(thing, "n_features_in_")
    todo, nodes, labels = [tree], 0, []
    while todo:
        node = todo.pop()
        nodes += 1
        require(nodes <= 2 * clusters, thing, "a tree of centres that is too large")
        centre = number_array(node, "center", None, "f")
        require(centre.size == features, thing, "a centre with other columns")
        left, right = field_of(node, "left"), field_of(node, "right")
        require((left is None) == (right is None), thing, "half a branch")
        if type(left) is Thing and type(right) is Thing:
            todo += [left, right]
        else:
            labels.append(whole_number(node, "label"))
    require(sorted(labels) == list(range(clusters)), thing, "labels of centres")
