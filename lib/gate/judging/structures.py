"""With what state, part two: whether what compiled code will follow without looking is sound.

Compiled code trusts its state: a child's number, a column's index, a length. Each class whose state reaches such
code has a validator here, run on the nodes before anything is built; what can only be known at the call — the shape
of the rows it is given — is watched by `guards.py`. Indices, k-d and ball trees, splines, sparse tables, distances
and random states are not even taken from the file: `construct.py` makes them anew from the values checked here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from lib.gate.judging import allowed, calls
from lib.gate.nodes import Array, Name, Node, Thing
from lib.gate.rejection import Rejection

Numbers = np.ndarray[tuple[int, ...], np.dtype[np.generic]]

MAX_FEATURES = 1_000_000
MAX_OUTPUTS = 2_000
"""Of a model that predicts several columns at once: as many as an answer may have."""
MAX_TREE_DEPTH = 20_000
MAX_OUTPUT_COLUMNS = 5_000_000
"""Columns that polynomials may make of a table."""


def check(things: Iterable[Thing]) -> None:
    """Run every validator on every object, and those of trees on all of them at once. Raises Rejection."""
    trees: list[Thing] = []
    for thing in things:
        _parameters(thing)
        if thing.cls.key == _TREE:
            trees.append(thing)
            continue
        validator = VALIDATORS.get(thing.cls.key)
        if validator is not None:
            validator(thing)
    if trees:
        _trees(trees)


def _bad(thing: Thing, what: str) -> Rejection:
    return Rejection("bad_structure", f"{thing.cls.key}: {what}", name=thing.cls.qualname)


def _need(condition: bool | np.bool_, thing: Thing, what: str) -> None:
    if not condition:
        raise _bad(thing, what)


# -- reading fields --------------------------------------------------------------------------------------------------


def _field(thing: Thing, name: str) -> Node:
    return thing.state.get(name) if type(thing.state) is dict else None


def _has(thing: Thing, *names: str) -> bool:
    return type(thing.state) is dict and all(name in thing.state for name in names)


def _whole(thing: Thing, name: str) -> int:
    value = _field(thing, name)
    if (type(value) is int or isinstance(value, np.integer)) and abs(int(value)) < 2**62:  # type: ignore[call-overload]
        return int(value)  # type: ignore[call-overload]
    raise _bad(thing, f"{name} is no whole number")


def _numbers(thing: Thing, name: str, dimensions: int | None = None, kinds: str = "biuf") -> Numbers:
    """A field that must be an array of numbers."""
    return _as_numbers(thing, _field(thing, name), name, dimensions, kinds)


def _as_numbers(thing: Thing, value: Node, name: str, dimensions: int | None = None, kinds: str = "biuf") -> Numbers:
    if type(value) is not Array or value.values is None or value.values.dtype.kind not in kinds:
        raise _bad(thing, f"{name} is no array of numbers")
    if dimensions is not None and value.values.ndim != dimensions:
        raise _bad(thing, f"{name} has {value.values.ndim} dimensions instead of {dimensions}")
    return value.values


def _finite(thing: Thing, numbers: Numbers, name: str) -> None:
    _need(bool(np.isfinite(numbers).all()), thing, f"{name} holds a number that is not finite")


def _listed(node: Node) -> Sequence[Node]:
    """What lies in a list, a tuple, or an array of objects."""
    if type(node) in (list, tuple):
        return node  # type: ignore[return-value]
    if type(node) is Array and node.items is not None:
        return node.items
    return ()


def _leaves(node: Node) -> Iterable[Node]:
    """Everything plain inside lists, dicts and arrays of objects."""
    todo = [node]
    seen: set[int] = set()
    while todo:
        present = todo.pop()
        if type(present) in (list, tuple, dict, Array):
            if id(present) in seen:
                continue
            seen.add(id(present))
            todo.extend(present.values() if type(present) is dict else _listed(present))  # type: ignore[union-attr]
            if type(present) is Array and present.values is not None and present.values.dtype.kind in "US":
                todo.extend(present.values.ravel().tolist())
        else:
            yield present


# -- parameters that any class may have -------------------------------------------------------------------------------

_METHODS = frozenset({"auto", "predict", "predict_proba", "predict_log_proba", "decision_function", "transform"})
_METHOD_KEYS = (
    "stack_method", "stack_method_", "response_method", "response_method_", "_response_method",
    "chain_method", "chain_method_",
)  # fmt: skip
_OPTION_KEYS: Mapping[str, frozenset[str]] = {
    "metric_params": frozenset({"p", "w", "V", "VI"}),
    "effective_metric_params_": frozenset({"p", "w", "V", "VI"}),
    "kernel_params": frozenset({"gamma", "degree", "coef0"}),
    "pairwise_kernels_kwargs": frozenset({"gamma", "degree", "coef0"}),
    "kw_args": frozenset(
        {"a_min", "a_max", "min", "max", "decimals", "axis", "nan", "posinf", "neginf", "copy", "dtype"}
    ),
    "inv_kw_args": frozenset(
        {"a_min", "a_max", "min", "max", "decimals", "axis", "nan", "posinf", "neginf", "copy", "dtype"}
    ),
}
"""Options that are handed on by name: only those that choose a number, none that says where to write."""
_DTYPES = ("float64", "float32", "int64", "datetime64[D]")
"""What `numpy.asarray` as a step may make of a column: by name, never an object's own."""
_WRITTEN_AS = frozenset(
    {"bool", "int", "float", "int8", "int16", "int32", "int64", "uint8", "float16", "float32", "float64", "object"}
)
"""What an encoder may write, said by name: a text of another kind could ask for numbers of any size."""
_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}(\.[A-Za-z][A-Za-z0-9_]{0,60}){0,6}")
_NAME_PATTERN = re.compile(r"([^{}]|\{feature_name\}|\{transformer_name\}){0,200}")


_MOST: Mapping[str, int] = {
    "max_iter": 10**9,
    "transform_max_iter": 10**9,
    "max_doc_update_iter": 10**9,
    "n_iter_": 10**9,
    "n_components": 10**7,
    "n_components_": 10**7,
    "n_clusters": 10**7,
    "n_neighbors": 10**8,
    "sample_steps": 10**4,
    "degree": 10**4,
    "n_knots": 10**6,
    "n_quantiles": 10**8,
    "n_quantiles_": 10**8,
    "max_leaf_nodes": 10**9,
    "batch_size": 10**10,
}
"""Numbers that say how long a prediction computes or how much it sets aside: far above what anybody asks for."""


def _parameters(thing: Thing) -> None:
    """Texts that become method names, attributes or formats; options handed on by name; counts of features."""
    state = thing.state
    if type(state) is not dict:
        return
    for key in _METHOD_KEYS:
        for leaf in _leaves(state.get(key)):
            _need(type(leaf) is not str or leaf in _METHODS, thing, f"{key} names the method {str(leaf)[:60]!r}")
    for key, options in _OPTION_KEYS.items():
        value = state.get(key)
        if value is not None:
            _need(type(value) is dict and set(value) <= options, thing, f"{key} has an option it never has")
            _need(type(value) is not dict or value.get("dtype", "float64") in _DTYPES, thing, f"{key} has an odd dtype")
    written = state.get("dtype")
    _need(type(written) is not str or written in _WRITTEN_AS, thing, "dtype")
    getter = state.get("importance_getter")
    _need(type(getter) is not str or bool(_ATTRIBUTE.fullmatch(getter)), thing, "importance_getter")
    pattern = state.get("verbose_feature_names_out")
    _need(type(pattern) is not str or bool(_NAME_PATTERN.fullmatch(pattern)), thing, "verbose_feature_names_out")
    if _has(thing, "n_outputs_") and _whole(thing, "n_outputs_") > MAX_OUTPUTS:
        outputs = _whole(thing, "n_outputs_")
        raise Rejection("too_wide", f"{outputs} outputs", columns=outputs, limit=MAX_OUTPUTS)
    for key in ("n_features_in_", "n_outputs_", "n_features_", "_n_threads", "n_threads"):
        if state.get(key) is not None:
            _need(0 <= _whole(thing, key) <= MAX_FEATURES, thing, key)
    for key, most in _MOST.items():
        value = state.get(key)
        if type(value) is int or isinstance(value, np.integer):
            _need(int(value) <= most, thing, f"{key} of {str(value)[:40]}")  # type: ignore[call-overload]
    output = state.get("_sklearn_output_config")
    if output is not None:
        _need(
            type(output) is dict
            and set(output) <= {"transform"}
            and output.get("transform", "default") in ("default", "pandas", "polars"),
            thing,
            "_sklearn_output_config",
        )
    names = state.get("feature_names_in_")
    if type(names) is Array and state.get("n_features_in_") is not None:
        _need(names.shape == (_whole(thing, "n_features_in_"),), thing, "feature_names_in_ and n_features_in_ differ")


# -- decision trees ----------------------------------------------------------------------------------------------------

_TREE_FIELDS = (
    "left_child", "right_child", "feature", "threshold", "impurity", "n_node_samples", "weighted_n_node_samples",
    "missing_go_to_left",
)  # fmt: skip
TREE_NODE = np.dtype(
    {
        "names": list(_TREE_FIELDS),
        "formats": ["<i8", "<i8", "<i8", "<f8", "<f8", "<i8", "<f8", "u1"],
        "offsets": [0, 8, 16, 24, 32, 40, 48, 56],
        "itemsize": 64,
    }
)
"""A node of a decision tree, as scikit-learn has it since 1.3."""


_TREE = "sklearn.tree._tree:Tree"


def _trees(things: Sequence[Thing]) -> None:
    """Children come after their parent, each has one parent, features exist, no leaf is deeper than max_depth."""
    nodes = _Joined(things[0], [_tree_nodes(thing) for thing in things])
    one = things[0]
    left, right, split = nodes["left_child"], nodes["right_child"], nodes["feature"]
    inner = left != -1
    features = nodes.spread([int(thing.args[0]) for thing in things])  # type: ignore[call-overload]
    _need(bool((right[~inner] == -1).all()), one, "a leaf with a right child")
    _need(bool(((split >= 0) & (split < features))[inner].all()), one, "a feature that does not exist")  # type: ignore[operator]
    _need(not np.isnan(nodes["threshold"][inner]).any(), one, "a threshold that is no number")
    _need(bool((nodes["missing_go_to_left"] <= 1).all()), one, "missing_go_to_left")  # type: ignore[operator]
    _need(bool((nodes["n_node_samples"] >= 0).all()), one, "n_node_samples")  # type: ignore[operator]
    _need(bool(np.isfinite(nodes["weighted_n_node_samples"]).all()), one, "weighted_n_node_samples")
    for thing, depth in zip(things, nodes.depths(left, right, inner), strict=True):
        told = _whole(thing, "max_depth")
        _need(depth <= told <= MAX_TREE_DEPTH, thing, f"max_depth is below the true depth {depth}")


def _tree_nodes(thing: Thing) -> Numbers:
    """One tree's nodes, as many as it says, its values of the shape that its arguments say, and finite."""
    outputs = int(thing.args[2])  # type: ignore[call-overload]
    classes = _as_numbers(thing, thing.args[1], "n_classes", 1, "iu")
    most = int(classes.max()) if len(classes) else 0
    _need(len(classes) == outputs and int(classes.min()) >= 1 and most <= 2**20, thing, "n_classes")
    _need(_has(thing, "nodes", "values", "node_count", "max_depth"), thing, "a tree without nodes")
    nodes = _records(thing, "nodes", TREE_NODE)
    count = len(nodes)
    _need(count >= 1 and _whole(thing, "node_count") == count, thing, "node_count")
    values = _numbers(thing, "values", 3, "f")
    _need(values.dtype == _DOUBLE, thing, "values are no doubles")
    _need(values.shape == (count, outputs, most), thing, f"values of shape {values.shape}")
    _finite(thing, values, "values")
    return nodes


_DOUBLE = np.dtype("f8")


class _Joined:
    """The nodes of many trees, one tree behind the other, so that each question is asked once of all of them."""

    def __init__(self, thing: Thing, trees: Sequence[Numbers]) -> None:
        self._thing = thing
        self._all = np.concatenate(trees) if len(trees) > 1 else trees[0]
        self._lengths = np.array([len(tree) for tree in trees])
        self._starts = np.cumsum(self._lengths) - self._lengths

    def __getitem__(self, name: str) -> Numbers:
        return self._all[name]  # type: ignore[call-overload, no-any-return]

    def spread(self, per_tree: Sequence[int]) -> Numbers:
        """One number for each tree as one for each node."""
        return np.repeat(np.array(per_tree), self._lengths)

    def depths(self, left: Numbers, right: Numbers, inner: Numbers) -> list[int]:
        """How deep each is, once it is known to be a tree: every node but the first is a later child of one parent."""
        thing, count = self._thing, len(self._all)
        starts = np.repeat(self._starts, self._lengths)
        parents = np.flatnonzero(inner)
        begin, end = starts[parents], (starts + np.repeat(self._lengths, self._lengths))[parents]
        pairs = np.stack([left[parents], right[parents]], axis=1).astype(np.int64)
        _need(bool((pairs >= 0).all() and (pairs < count).all()), thing, "a child outside the tree, or a cycle")
        pairs += begin[:, None]
        inside = (pairs > parents[:, None]) & (pairs < end[:, None])
        _need(bool(inside.all()), thing, "a child outside the tree, or a cycle")
        met = np.bincount(pairs.ravel(), minlength=count)
        met[self._starts] += 1
        _need(bool((met == 1).all()), thing, "nodes with two parents, or none")
        row = np.full(count, -1, np.int64)
        row[parents] = np.arange(len(parents))
        depth = np.zeros(count, np.int32)
        level, at = self._starts, 0
        while True:
            rows = row[level]
            level = pairs[rows[rows >= 0]].ravel()
            if not len(level):
                return [int(one) for one in np.maximum.reduceat(depth, self._starts)]
            at += 1
            _need(at <= MAX_TREE_DEPTH, thing, "a tree that is too deep")
            depth[level] = at


def _records(thing: Thing, name: str, expected: np.dtype[np.generic]) -> Numbers:
    """A field that must be an array of records with exactly these fields; in this machine's byte order and layout."""
    records = _numbers(thing, name, 1, "V")
    if records.dtype == expected:
        return records
    fields = records.dtype.names or ()
    if set(fields) != set(expected.names or ()):
        raise Rejection(
            "other_layout", f"{thing.cls.key}.{name} has the fields {', '.join(fields)}", name=thing.cls.qualname
        )
    for one in fields:
        _need(records.dtype[one].kind == expected[one].kind, thing, f"{name}.{one} is {records.dtype[one]}")  # type: ignore[misc]
    return records.astype(expected)


def _decision_tree(thing: Thing) -> None:
    tree = _field(thing, "tree_")
    if tree is None:
        return
    _need(type(tree) is Thing and tree.state is not None, thing, "a tree without its nodes")
    _need(_whole(thing, "n_features_in_") == tree.args[0], thing, "its tree has other features")  # type: ignore[attr-defined, union-attr]
    if _has(thing, "n_outputs_"):
        _need(_whole(thing, "n_outputs_") == tree.args[2], thing, "its tree has other outputs")  # type: ignore[attr-defined, union-attr]


def _tree_of(thing: Thing, estimator: Node) -> Thing:
    tree = _field(estimator, "tree_") if type(estimator) is Thing else None
    if type(tree) is not Thing:
        raise _bad(thing, "one of its models is no fitted tree")
    return tree


def _forest(thing: Thing) -> None:
    """A forest hands its rows to its trees without another look at them."""
    features = _whole(thing, "n_features_in_") if _has(thing, "estimators_") else 0
    for estimator in _listed(_field(thing, "estimators_")):
        tree = _tree_of(thing, estimator)
        _need(tree.args[0] == features, thing, "a tree with other features")
        if _has(thing, "n_outputs_"):
            _need(tree.args[2] == _whole(thing, "n_outputs_"), thing, "a tree with other outputs")


def _isolation_forest(thing: Thing) -> None:
    if not _has(thing, "estimators_", "estimators_features_"):
        return
    features, most = _whole(thing, "n_features_in_"), _whole(thing, "_max_features")
    estimators, chosen = _listed(_field(thing, "estimators_")), _listed(_field(thing, "estimators_features_"))
    _need(len(estimators) == len(chosen), thing, "trees and columns differ in number")
    for estimator, columns in zip(estimators, chosen, strict=True):
        picked = _as_numbers(thing, columns, "estimators_features_", 1, "iu")
        _need(bool(((picked >= 0) & (picked < features)).all()), thing, "a column that does not exist")  # type: ignore[operator]
        wanted = features if most == features else len(picked)
        _need(_tree_of(thing, estimator).args[0] == wanted, thing, "a tree with other features")


def _gradient_boosting(thing: Thing) -> None:
    if not _has(thing, "estimators_"):
        return
    grid = _field(thing, "estimators_")
    features = _whole(thing, "n_features_in_")
    if type(grid) is not Array or grid.items is None or grid.shape is None or len(grid.shape) != 2:
        raise _bad(thing, "estimators_ is no table of trees")
    wide = _field(thing, "n_trees_per_iteration_")
    _need(wide is None or wide == grid.shape[1], thing, "n_trees_per_iteration_")
    for estimator in grid.items:
        tree = _tree_of(thing, estimator)
        shape = _numbers(tree, "values", 3, "f").shape
        _need(tree.args[0] == features and shape[1:] == (1, 1), thing, "a tree with other features or outputs")


# -- histogram boosting ------------------------------------------------------------------------------------------------

HIST_NODE = np.dtype(
    [
        ("value", "<f8"), ("count", "<u4"), ("feature_idx", "<i8"), ("num_threshold", "<f8"),
        ("missing_go_to_left", "u1"), ("left", "<u4"), ("right", "<u4"), ("gain", "<f8"), ("depth", "<u4"),
        ("is_leaf", "u1"), ("bin_threshold", "u1"), ("is_categorical", "u1"), ("bitset_idx", "<u4"),
    ]
)  # fmt: skip
"""A node of histogram boosting, as scikit-learn has it."""


def _hist_boosting(thing: Thing) -> None:
    if not _has(thing, "_predictors"):
        return
    mapper = _field(thing, "_bin_mapper")
    if type(mapper) is not Thing:
        raise _bad(thing, "no bin mapper")
    categorical = _numbers(mapper, "is_categorical_", 1)
    wide = _whole(thing, "n_trees_per_iteration_")
    features = len(categorical)
    _need(
        _has(thing, "_preprocessor") or features == _whole(thing, "n_features_in_"), thing, "columns of the bin mapper"
    )
    baseline = _numbers(thing, "_baseline_prediction", None, "f")
    _need(baseline.size in (1, wide), thing, "_baseline_prediction")
    trees: list[Thing] = []
    for iteration in _listed(_field(thing, "_predictors")):
        predictors = _listed(iteration)
        _need(len(predictors) == wide, thing, "trees for each iteration")
        for predictor in predictors:
            if type(predictor) is not Thing or predictor.cls.qualname != "TreePredictor":
                raise _bad(thing, "a tree that is none")
            trees.append(predictor)
    if trees:
        _predictors(trees, features, categorical.astype(bool))


def _predictors(things: Sequence[Thing], features: int, categorical: Numbers) -> None:
    nodes = _Joined(things[0], [_hist_nodes(thing) for thing in things])
    one = things[0]
    inner, by_category = nodes["is_leaf"] == 0, nodes["is_categorical"] == 1
    _need(bool((nodes["is_leaf"] <= 1).all() and (nodes["is_categorical"] <= 1).all()), one, "flags")  # type: ignore[operator]
    split = nodes["feature_idx"][inner]
    _need(bool(((split >= 0) & (split < features)).all()), one, "a feature that does not exist")  # type: ignore[operator]
    _need(not np.isnan(nodes["num_threshold"][inner]).any(), one, "a threshold that is no number")
    _need(bool(np.isfinite(nodes["value"]).all()), one, "a value that is not finite")
    if (chosen := inner & by_category).any():
        bitsets = nodes.spread([_bitsets(thing) for thing in things])
        _need(bool((nodes["bitset_idx"] < bitsets)[chosen].all()), one, "a bitset that does not exist")  # type: ignore[operator]
        _need(bool(categorical[nodes["feature_idx"][chosen]].all()), one, "a number split as a category")  # type: ignore[index]
    nodes.depths(nodes["left"], nodes["right"], inner)


def _hist_nodes(thing: Thing) -> Numbers:
    nodes = _records(thing, "nodes", HIST_NODE)
    _bitsets(thing)
    _need(len(nodes) >= 1, thing, "no node")
    return nodes


def _bitsets(thing: Thing) -> int:
    """How many sets of categories a tree has."""
    lengths = []
    for name in ("raw_left_cat_bitsets", "binned_left_cat_bitsets"):
        table = _numbers(thing, name, 2, "u")
        _need(table.shape[1:] == (8,) and table.dtype == np.dtype("u4"), thing, name)
        lengths.append(len(table))
    return min(lengths)


def _bin_mapper(thing: Thing) -> None:
    if not _has(thing, "is_categorical_"):
        return
    categorical = _numbers(thing, "is_categorical_", 1)
    thresholds = _listed(_field(thing, "bin_thresholds_"))
    _need(len(thresholds) == len(categorical), thing, "bin_thresholds_")
    for is_categorical, bins in zip(categorical.tolist(), thresholds, strict=True):
        values = _as_numbers(thing, bins, "bin_thresholds_", 1)
        if is_categorical:
            known = values.astype(float)
            _need(
                bool(((known >= 0) & (known <= 255) & (known == np.floor(known))).all()), thing, "a category above 255"
            )


# -- neighbours, distances ---------------------------------------------------------------------------------------------


def _distance(thing: Thing) -> None:
    """(p, vector, matrix) of a distance."""
    state = thing.state
    if type(state) is not tuple or len(state) != 3:
        raise _bad(thing, "the state of a distance")
    power = state[0]
    _need(isinstance(power, int | float) and power > 0, thing, "p")
    vector = _as_numbers(thing, state[1], "vector", 1, "f")
    matrix = _as_numbers(thing, state[2], "matrix", 2, "f")
    _finite(thing, vector, "vector")
    _finite(thing, matrix, "matrix")
    _need(matrix.shape[0] == matrix.shape[1], thing, "the matrix of a distance is not square")


def _neighbour_tree(thing: Thing) -> None:
    """Only the points, the size of leaves, the distance and the weights are taken; the tree is made anew."""
    state = thing.state
    if type(state) is not tuple or len(state) not in (12, 13):
        raise _bad(thing, "the state of a neighbours' tree")
    points = _as_numbers(thing, state[0], "points", 2, "f")
    _need(points.shape[0] >= 1 and points.shape[1] >= 1, thing, "no points")
    _finite(thing, points, "points")
    _need(type(state[4]) is int and 1 <= state[4] <= 2**31, thing, "leaf_size")
    metric = state[11]
    if type(metric) is not Thing or metric.cls.key != "sklearn.metrics._dist_metrics:newObj" or metric.state is None:
        raise _bad(thing, "a neighbours' tree without a distance")
    vector, matrix = metric.state[1], metric.state[2]  # type: ignore[index]
    kind = metric.args[0].qualname  # type: ignore[attr-defined, union-attr]
    if kind.startswith("SEuclidean"):
        _need(vector.shape == (points.shape[1],), thing, "the distance's vector")
    if kind.startswith("Mahalanobis"):
        _need(matrix.shape == (points.shape[1], points.shape[1]), thing, "the distance's matrix")
    if len(state) == 13 and state[12] is not None:
        weights = _as_numbers(thing, state[12], "weights", 1, "f")
        _need(len(weights) == len(points) and bool((weights > 0).all()), thing, "weights")  # type: ignore[operator]
        _finite(thing, weights, "weights")


def _neighbours(thing: Thing) -> None:
    """Points, labels and columns of one length each."""
    points = _field(thing, "_fit_X")
    rows = columns = None
    if type(points) is Array and points.shape is not None:
        _need(len(points.shape) == 2, thing, "_fit_X")
        rows, columns = points.shape
    elif type(points) is Thing and points.cls.key == _CSR:
        rows, columns = _sparse_shape(points)
    if rows is None:
        return
    if _has(thing, "n_features_in_"):
        _need(columns == _whole(thing, "n_features_in_"), thing, "_fit_X has other columns")
    if _has(thing, "n_samples_fit_"):
        _need(rows == _whole(thing, "n_samples_fit_"), thing, "n_samples_fit_")
    labels = _field(thing, "_y")
    if type(labels) is Array and labels.shape is not None:
        _need(len(labels.shape) in (1, 2) and labels.shape[0] == rows, thing, "as many labels as points")
        classes = _field(thing, "classes_")
        if labels.values is not None and labels.values.dtype.kind in "iu" and len(labels.shape) == 1:  # noqa: SIM102
            if type(classes) is Array and classes.shape is not None and len(classes.shape) == 1:
                known = ((labels.values >= 0) & (labels.values < classes.shape[0])).all()  # type: ignore[operator]
                _need(bool(known), thing, "a label that does not exist")
    tree = _field(thing, "_tree")
    if type(tree) is Thing and type(tree.state) is tuple and type(tree.state[0]) is Array:
        _need(tree.state[0].shape == (rows, columns), thing, "its tree has other points")


# -- sparse tables -----------------------------------------------------------------------------------------------------

_CSR = "scipy.sparse._csr:csr_matrix"


def _sparse_shape(thing: Thing) -> tuple[int, int]:
    shape = _field(thing, "_shape")
    if type(shape) is not tuple or len(shape) != 2:
        raise _bad(thing, "the shape of a sparse table")
    lengths = calls.shape(shape)
    return lengths[0], lengths[1]


def _sparse(thing: Thing) -> None:
    """Row starts from 0, never falling, up to the number of entries; columns within the table."""
    rows, columns = _sparse_shape(thing)
    data = _numbers(thing, "data", 1, "biufc")
    indices, starts = _numbers(thing, "indices", 1, "i"), _numbers(thing, "indptr", 1, "i")
    _need(len(starts) == rows + 1 and starts[0] == 0, thing, "row starts")
    _need(bool((starts[1:] >= starts[:-1]).all()) and starts[-1] == len(indices) == len(data), thing, "row starts")  # type: ignore[operator]
    _need(bool(((indices >= 0) & (indices < columns)).all()), thing, "a column that does not exist")  # type: ignore[operator]


# -- support vectors ---------------------------------------------------------------------------------------------------


def _support_vectors(thing: Thing) -> None:
    """What libsvm multiplies without looking: every length against every other."""
    if not _has(thing, "support_vectors_"):
        return
    counts = _numbers(thing, "_n_support", 1, "i")
    support = _numbers(thing, "support_", 1, "i")
    fitted = _field(thing, "shape_fit_")
    if type(fitted) is not tuple or len(fitted) != 2:
        raise _bad(thing, "shape_fit_")
    samples, features = calls.shape(fitted)
    precomputed = _field(thing, "kernel") == "precomputed"
    is_classifier = thing.cls.qualname in ("SVC", "NuSVC")
    total = int(counts.astype(object).sum()) if is_classifier else int(counts[0]) if len(counts) else -1
    _need(bool((counts >= 0).all()) and total == len(support), thing, "as many support vectors as it says")  # type: ignore[operator]
    _need(bool(((support >= 0) & (support < samples)).all()), thing, "a support vector that does not exist")  # type: ignore[operator]
    classes = len(counts) if is_classifier else 2
    _need(classes >= 2 and (is_classifier or len(counts) == 2), thing, "_n_support")
    vectors = _field(thing, "support_vectors_")
    sparse = _field(thing, "_sparse")
    _need(type(sparse) is bool, thing, "_sparse")
    _need(not (sparse and precomputed), thing, "a sparse kernel of its own, whose numbers libsvm takes for places")
    if sparse:
        _need(type(vectors) is Thing and _sparse_shape(vectors) == (total, features), thing, "support_vectors_")
        _need(_numbers(vectors, "data", 1).dtype == np.dtype("f8"), thing, "support_vectors_")  # type: ignore[arg-type]
    else:
        table = _numbers(thing, "support_vectors_", 2, "f")
        _finite(thing, table, "support_vectors_")
        _need(precomputed or table.shape == (total, features), thing, "support_vectors_")
        _need(table.dtype == np.dtype("f8"), thing, "support_vectors_")
    _need(_whole(thing, "n_features_in_") == (samples if precomputed else features), thing, "n_features_in_")
    for name in ("_dual_coef_", "dual_coef_"):
        if _has(thing, name):
            _coefficients(thing, name, (classes - 1, total))
    pairs = classes * (classes - 1) // 2
    for name in ("_intercept_", "intercept_"):
        _need(_numbers(thing, name, 1, "f").shape == (pairs,), thing, name)
    for name in ("_probA", "_probB"):
        length = _numbers(thing, name, 1, "f").size
        _need(length in (0, pairs), thing, name)
    if is_classifier and type(_field(thing, "classes_")) is Array:
        _need(_field(thing, "classes_").shape == (classes,), thing, "classes_")  # type: ignore[attr-defined, union-attr]
    gamma = _field(thing, "_gamma")
    _need(isinstance(gamma, int | float | np.floating) and math.isfinite(gamma), thing, "_gamma")  # type: ignore[arg-type]


def _coefficients(thing: Thing, name: str, shape: tuple[int, int]) -> None:
    value = _field(thing, name)
    if type(value) is Thing and value.cls.key == _CSR:
        _need(_sparse_shape(value) == shape, thing, name)
        _need(len(_numbers(value, "data", 1, "f")) == shape[0] * shape[1], thing, name)
        return
    numbers = _numbers(thing, name, 2, "f")
    _need(numbers.shape == shape and numbers.dtype == np.dtype("f8"), thing, name)
    _finite(thing, numbers, name)


# -- centres -----------------------------------------------------------------------------------------------------------


def _centres(name: str) -> Callable[[Thing], None]:
    """Centres must have as many columns as the model was fitted on."""

    def validator(thing: Thing) -> None:
        value = _field(thing, name)
        if type(value) is not Array or not _has(thing, "n_features_in_"):
            return
        centres = _numbers(thing, name, 2, "f")
        _need(len(centres) >= 1 or name != "cluster_centers_", thing, "no centre")
        _need(centres.shape[1] == _whole(thing, "n_features_in_"), thing, f"{name} has other columns")
        _finite(thing, centres, name)

    return validator


def _birch(thing: Thing) -> None:
    _centres("subcluster_centers_")(thing)
    if _has(thing, "subcluster_centers_", "_subcluster_norms"):
        centres = _numbers(thing, "subcluster_centers_", 2, "f")
        for name in ("_subcluster_norms", "subcluster_labels_"):
            if _has(thing, name):
                _need(_numbers(thing, name, 1).shape == (len(centres),), thing, name)


def _bisecting(thing: Thing) -> None:
    _centres("cluster_centers_")(thing)
    tree = _field(thing, "_bisecting_tree")
    if type(tree) is not Thing:
        return
    clusters = len(_numbers(thing, "cluster_centers_", 2, "f"))
    features = _whole(thing, "n_features_in_")
    todo, nodes, labels = [tree], 0, []
    while todo:
        node = todo.pop()
        nodes += 1
        _need(nodes <= 2 * clusters, thing, "a tree of centres that is too large")
        centre = _numbers(node, "center", None, "f")
        _need(centre.size == features, thing, "a centre with other columns")
        left, right = _field(node, "left"), _field(node, "right")
        _need((left is None) == (right is None), thing, "half a branch")
        if type(left) is Thing and type(right) is Thing:
            todo += [left, right]
        else:
            labels.append(_whole(node, "label"))
    _need(sorted(labels) == list(range(clusters)), thing, "labels of centres")


# -- splines, encoders, texts ------------------------------------------------------------------------------------------


def _spline(thing: Thing) -> None:
    knots = _numbers(thing, "_t" if _has(thing, "_t") else "t", 1, "f")
    weights = _numbers(thing, "_c" if _has(thing, "_c") else "c", None, "f")
    degree = _whole(thing, "k")
    _need(0 <= degree <= 30 and _field(thing, "axis") == 0, thing, "degree or axis")
    _finite(thing, knots, "knots")
    _finite(thing, weights, "weights")
    _need(bool((np.diff(knots) >= 0).all()), thing, "knots that fall")
    _need(len(knots) >= 2 * degree + 2 and weights.ndim in (1, 2), thing, "too few knots")
    _need(weights.shape[0] >= len(knots) - degree - 1, thing, "too few weights")


def _one_hot(thing: Thing) -> None:
    """How many columns come of each category: what the sparse table is made by."""
    if not _has(thing, "categories_"):
        return
    lengths = [_length(thing, one) for one in _listed(_field(thing, "categories_"))]
    if _has(thing, "n_features_in_"):
        _need(len(lengths) == _whole(thing, "n_features_in_"), thing, "categories_ and n_features_in_ differ")
    infrequent = _listed(_field(thing, "_infrequent_indices"))
    merged = list(lengths)
    if infrequent:
        _need(len(infrequent) == len(lengths), thing, "_infrequent_indices")
        for place, rare in enumerate(infrequent):
            if rare is not None:
                indices = _as_numbers(thing, rare, "_infrequent_indices", 1, "iu")
                inside = (indices >= 0) & (indices < lengths[place])  # type: ignore[operator]
                _need(bool(inside.all()) and len(np.unique(indices)) == len(indices), thing, "_infrequent_indices")
                merged[place] -= len(indices) - 1
    mappings = _listed(_field(thing, "_default_to_infrequent_mappings"))
    for place, mapping in enumerate(mappings):
        if mapping is not None:
            numbers = _as_numbers(thing, mapping, "_default_to_infrequent_mappings", 1, "iu")
            _need(place < len(lengths) and len(numbers) == lengths[place], thing, "_default_to_infrequent_mappings")
            _need(bool(((numbers >= 0) & (numbers < merged[place])).all()), thing, "_default_to_infrequent_mappings")  # type: ignore[operator]
    columns = list(merged)
    dropped = _field(thing, "drop_idx_")
    if dropped is not None:
        places = _dropped(thing, dropped)
        _need(len(places) == len(lengths), thing, "drop_idx_")
        for place, index in enumerate(places):
            if index is not None:
                _need(0 <= index < lengths[place], thing, "drop_idx_")
                columns[place] -= 1
    if _has(thing, "_n_features_outs"):
        _need(list(_listed(_field(thing, "_n_features_outs"))) == columns, thing, "_n_features_outs")


def _dropped(thing: Thing, value: Node) -> list[int | None]:
    if type(value) is Array and value.values is not None and value.values.dtype.kind in "iu":
        return [int(one) for one in value.values.ravel()]
    if type(value) is Array and value.items is not None:  # noqa: SIM102
        if all(one is None or type(one) is int or isinstance(one, np.integer) for one in value.items):
            return [None if one is None else int(one) for one in value.items]  # type: ignore[call-overload]
    raise _bad(thing, "drop_idx_")


def _length(thing: Thing, node: Node) -> int:
    if type(node) is Array and node.shape is not None and len(node.shape) == 1:
        return node.shape[0]
    raise _bad(thing, "categories_")


def _vocabulary(thing: Thing) -> None:
    """Words numbered from 0 without a gap; texts, never file names; a word pattern that cannot run for ever."""
    _need(_field(thing, "input") in (None, "content"), thing, "it reads the files that rows name")
    _need(_field(thing, "analyzer") in (None, "word", "char", "char_wb"), thing, "analyzer")
    span = _field(thing, "ngram_range")
    if span is not None:
        ends = list(_listed(span))
        _need(len(ends) == 2 and all(type(end) is int and 1 <= end <= 12 for end in ends), thing, "ngram_range")
    pattern = _field(thing, "token_pattern")
    if type(pattern) is str:
        _need(_is_tame(pattern), thing, f"token_pattern {pattern[:80]!r}")
    for name in ("vocabulary_", "vocabulary"):
        words = _field(thing, name)
        if type(words) is dict:
            numbers = list(words.values())
            _need(all(type(one) is int or isinstance(one, np.integer) for one in numbers), thing, name)
            _need(sorted(int(one) for one in numbers) == list(range(len(numbers))), thing, f"{name} is not numbered")  # type: ignore[call-overload]


def _is_tame(pattern: str) -> bool:
    """No repetition inside a repetition, no reference back, no alternatives that repeat: time that does not explode.

    The one exception is words with a sign between them, `(?:-\\w+)*`: there is one way only to read them.
    """
    if len(pattern) > 200:
        return False
    try:
        import re._parser as parser
    except ImportError:  # pragma: no cover - Python 3.11 to 3.14 have it
        return pattern in (r"(?u)\b\w\w+\b", r"\b\w+\b", r"\w+", r"\S+")
    try:
        parsed = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return False

    repeats = 0

    def tame(items: Iterable[tuple[object, object]], inside: bool) -> bool:
        nonlocal repeats
        for code, argument in items:
            name = str(code)
            if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                repeats += 1
                if not inside and _is_separated(parsed, argument[2]):  # type: ignore[index]
                    repeats += 1
                elif inside or not tame(argument[2], True):  # type: ignore[index]
                    return False
            elif name in ("ASSERT", "ASSERT_NOT"):  # a look around, without repetition: of one length
                if not tame(argument[1], True):  # type: ignore[index]
                    return False
            elif name == "SUBPATTERN":  # letters of either size in a part alone would blur what a sign is none of
                if argument[1] & re.IGNORECASE or not tame(argument[3], inside):  # type: ignore[index]
                    return False
            elif name == "BRANCH":
                if inside or not all(tame(branch, inside) for branch in argument[1]):  # type: ignore[index]
                    return False
            elif name not in ("LITERAL", "NOT_LITERAL", "IN", "ANY", "AT", "CATEGORY", "RANGE"):
                return False
        return True

    return tame(parsed, False) and repeats <= 3 and _Stretches(parsed).settled(parsed)


class _Stretches:
    """Whether a word pattern ever has two long runs to choose between that what follows could fail on.

    `\\w*\\w*x` tries every place where the first run may end before the second: on a long word that is for ever.
    """

    MANY = 20
    """Repetitions from which a run is a long one."""

    def __init__(self, pattern: object) -> None:
        self._state: Any = pattern.state  # type: ignore[attr-defined]
        self._open: list[Any] = []
        """Long runs whose end is not settled yet, as the sets of characters that they take."""

    def settled(self, items: Iterable[Any]) -> bool:
        """Go on through these parts of the pattern; False once two runs vie and something may fail after them."""
        for item in items:
            code, argument = str(item[0]), item[1]
            if code.endswith("REPEAT"):
                low, high, body = argument
                if high >= self.MANY:
                    taken = self._taken(body)
                    first = self._taken(list(body)[:1])
                    if any(self._meet(one, first) for one in self._open):
                        self._open = [*self._open, taken]
                    else:  # where one run ends and the next begins is settled: as one they go on
                        self._open = [[*(part for one in self._open for part in one), *taken]]
                elif low == 0:
                    inner = list(self._open)
                    if not self.settled(body):
                        return False
                    self._open = inner + [one for one in self._open if one not in inner]
                elif not self.settled(body):
                    return False
            elif code == "SUBPATTERN":
                if not self.settled(argument[3]):
                    return False
            elif code == "BRANCH":
                before, after = list(self._open), []
                for branch in argument[1]:
                    self._open = list(before)
                    if not self.settled(branch):
                        return False
                    after += [one for one in self._open if one not in after]
                self._open = after
            else:
                if len(self._open) > 1:
                    return False
                if code not in ("AT", "ASSERT", "ASSERT_NOT"):
                    met = self._taken([item])
                    self._open = [one for one in self._open if self._meet(one, met)]
        return True

    def _taken(self, body: Iterable[Any]) -> list[Any]:
        """The single characters that a part is made of, each alone in a pattern of its own."""
        import re._compiler as compiler
        import re._parser as parser

        found: list[Any] = []
        for item in body:
            code, argument = str(item[0]), item[1]
            if code.endswith("REPEAT"):
                found += self._taken(argument[2])
            elif code == "SUBPATTERN":
                found += self._taken(argument[3])
            elif code == "BRANCH":
                for branch in argument[1]:
                    found += self._taken(branch)
            elif code in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
                found.append(compiler.compile(parser.SubPattern(self._state, [item])))
        return found

    def _meet(self, left: Iterable[Any], right: Iterable[Any]) -> bool:
        """Whether some character belongs to both."""
        return any(
            any(one.fullmatch(character) for one in left) and any(one.fullmatch(character) for one in right)
            for character in _CHARACTERS
        )


_CHARACTERS = [chr(code) for code in (*range(0x250), *range(0x250, 0x11000, 97)) if not 0xD800 <= code < 0xE000]
"""Every letter and sign of Latin writing, and a sample of all others."""


def _is_separated(pattern: object, body: Iterable[object]) -> bool:
    """Whether a repeated group is a sign and then one kind of characters, repeated, that the sign is none of."""
    import re._compiler as compiler
    import re._parser as parser

    state: Any = pattern.state  # type: ignore[attr-defined]
    items: list[Any] = list(body)
    if len(items) == 1 and str(items[0][0]) == "SUBPATTERN" and not any(items[0][1][1:3]):
        items = list(items[0][1][3])
    if len(items) != 2 or state.flags & re.IGNORECASE or str(items[1][0]) != "MAX_REPEAT":
        return False
    code, sign = items[0]
    signs = [(code, sign)] if str(code) == "LITERAL" else list(sign) if str(code) == "IN" else []
    if not signs or any(str(kind) != "LITERAL" for kind, _ in signs):
        return False
    repeated = list(items[1][1][2])
    if len(repeated) != 1 or str(repeated[0][0]) not in ("LITERAL", "NOT_LITERAL", "IN"):
        return False
    one = compiler.compile(parser.SubPattern(state, repeated))
    return not any(one.fullmatch(chr(sign)) for _, sign in signs)


def _polynomials(thing: Thing) -> None:
    columns = _field(thing, "_n_out_full")
    if columns is not None:
        _need(0 <= _whole(thing, "_n_out_full") <= MAX_OUTPUT_COLUMNS, thing, "more columns than a table can have")
    for name in ("_min_degree", "_max_degree"):
        if _has(thing, name):
            _need(0 <= _whole(thing, name) <= 64, thing, name)
    if not _has(thing, "_max_degree", "_n_out_full"):
        return  # never fitted; else it must say how many columns it reads, or it hands on memory that nobody wrote
    features, degree = _whole(thing, "n_features_in_"), _whole(thing, "_max_degree")
    if _field(thing, "interaction_only") is True:
        expected = sum(math.comb(features, size) for size in range(1, min(degree, features) + 1))
    else:
        expected = math.comb(features + degree, degree) - 1
    expected += 1 if _field(thing, "include_bias") is True else 0
    _need(_whole(thing, "_n_out_full") == expected, thing, "the number of columns that it makes")


def _hashing(thing: Thing) -> None:
    if _has(thing, "n_features"):
        _need(1 <= _whole(thing, "n_features") <= 2**24, thing, "n_features")
    _need(_field(thing, "input") in (None, "content"), thing, "it reads the files that rows name")
    if thing.cls.qualname == "HashingVectorizer":
        _vocabulary(thing)


def _partial(thing: Thing) -> None:
    """Histogram boosting's column check: check_array with a list of types and whether numbers must be finite."""
    state = thing.state
    if type(state) is tuple and len(state) == 4:
        function, args, options, rest = state
        if calls.is_score_function(function) and function is thing.args[0] and args == () and not rest:
            if type(options) is dict and all(
                type(one) in (bool, int, float, str, type(None)) for one in options.values()
            ):
                return
        elif (
            (
                type(function) is Name
                and function.key == "sklearn.utils.validation:check_array"
                and args == ()
                and not rest
            )
            and type(options) is dict
            and set(options) <= {"dtype", "ensure_all_finite", "force_all_finite"}
        ):
            kinds = list(_listed(options.get("dtype")))
            flags = [options[key] for key in options if key != "dtype"]
            if all(type(kind) is Name and allowed.role(kind.key) == "dtype" for kind in kinds):  # noqa: SIM102
                if all(type(flag) is bool for flag in flags):
                    return
    raise _bad(thing, "a function with arguments of its own")


# -- random states -----------------------------------------------------------------------------------------------------


def _bit_generator(thing: Thing) -> None:
    """The numbers of a random state: compiled code uses its position without looking."""
    state = thing.state
    if type(state) is tuple and len(state) == 2 and type(state[0]) is dict:
        state = state[0]
    _random_numbers(thing, state)


def _random_state(thing: Thing) -> None:
    if thing.state is not None:
        _random_numbers(thing, thing.state)


def _random_numbers(thing: Thing, state: Node) -> None:
    if (
        type(state) is not dict
        or state.get("bit_generator") not in calls.BIT_GENERATORS
        or type(state.get("state")) is not dict
    ):
        raise _bad(thing, "the state of a random generator")
    _need(set(state) <= _RANDOM_KEYS, thing, "the state of a random generator")
    inner = state["state"]
    kind = state["bit_generator"]
    if kind == "MT19937":
        key = _as_numbers(thing, inner.get("key"), "key", 1, "u")
        _need(set(inner) == {"key", "pos"} and key.shape == (624,), thing, "key")
        _need(type(inner["pos"]) is int and 0 <= inner["pos"] <= 624, thing, "a position outside its numbers")
    elif kind in ("PCG64", "PCG64DXSM"):
        _need(set(inner) == {"state", "inc"}, thing, "state")
        _need(all(type(one) is int and 0 <= one < 2**128 for one in inner.values()), thing, "state")
    elif kind == "SFC64":
        _need(set(inner) == {"state"}, thing, "state")
        _need(_as_numbers(thing, inner["state"], "state", 1, "u").shape == (4,), thing, "state")
    else:
        _need(set(inner) == {"counter", "key"}, thing, "state")
        _need(_as_numbers(thing, inner["counter"], "counter", 1, "u").shape == (4,), thing, "counter")
        _need(_as_numbers(thing, inner["key"], "key", 1, "u").shape == (2,), thing, "key")
        _need(_as_numbers(thing, state.get("buffer"), "buffer", 1, "u").shape == (4,), thing, "buffer")
        position = state.get("buffer_pos")
        _need(type(position) is int and 0 <= position <= 4, thing, "a position outside its numbers")
    for name in ("has_gauss", "has_uint32"):
        _need(state.get(name, 0) in (0, 1), thing, name)
    _need(type(state.get("gauss", 0.0)) in (int, float), thing, "gauss")
    spare = state.get("uinteger", 0)
    _need(type(spare) is int and 0 <= spare < 2**32, thing, "uinteger")


_RANDOM_KEYS = {"bit_generator", "state", "has_gauss", "gauss", "has_uint32", "uinteger", "buffer", "buffer_pos"}


def _seed(thing: Thing) -> None:
    """The seed of a random state is dropped, but must be plain data all the same."""
    for leaf in _leaves(thing.state):
        _need(leaf is None or isinstance(leaf, int | np.integer) or (type(leaf) is Array), thing, "a seed")


# -- distributions of a random search ---------------------------------------------------------------------------------

_TEMPLATE = re.compile(
    r"\s*def _parse_args\(self,[\w\s,.=()+-]*\):\s*return \([\w\s,]*\), [\w.+-]+, [\w.+-]+\s*"
    r"def _parse_args_rvs\(self,[\w\s,.=()+-]*\):\s*return self\._argcheck_rvs\([\w\s,=]*\)\s*"
    r"def _parse_args_stats\(self,[\w\s,.=()'+-]*\):\s*return \([\w\s,]*\), [\w.+-]+, [\w.+-]+, moments\s*"
)


def _distribution(thing: Thing) -> None:
    """SciPy runs this text when a distribution is loaded. Here it never is, but a file that abuses it is refused."""
    text = _field(thing, "_parse_arg_template")
    if text is not None:
        _need(type(text) is str and len(text) < 2_000 and bool(_TEMPLATE.fullmatch(text)), thing, "code of its own")
    shapes = _field(thing, "shapes")
    _need(
        shapes is None or (type(shapes) is str and bool(re.fullmatch(r"[A-Za-z_][\w, ]{0,100}", shapes))),
        thing,
        "shapes",
    )


_Validator = Callable[[Thing], None]

_TREES = ("DecisionTreeClassifier", "DecisionTreeRegressor", "ExtraTreeClassifier", "ExtraTreeRegressor")
_FORESTS = (
    "RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor",
    "RandomTreesEmbedding",
)  # fmt: skip

VALIDATORS: dict[str, _Validator] = {
    **{f"sklearn.tree._classes:{name}": _decision_tree for name in _TREES},
    **{f"sklearn.ensemble._forest:{name}": _forest for name in _FORESTS},
    "sklearn.ensemble._iforest:IsolationForest": _isolation_forest,
    "sklearn.ensemble._gb:GradientBoostingClassifier": _gradient_boosting,
    "sklearn.ensemble._gb:GradientBoostingRegressor": _gradient_boosting,
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingClassifier": _hist_boosting,
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingRegressor": _hist_boosting,
    "sklearn.ensemble._hist_gradient_boosting.binning:_BinMapper": _bin_mapper,
    "sklearn.metrics._dist_metrics:newObj": _distance,
    "sklearn.neighbors._kd_tree:newObj": _neighbour_tree,
    "sklearn.neighbors._ball_tree:newObj": _neighbour_tree,
    **{key: _neighbours for key in allowed.NAMES if key.startswith("sklearn.neighbors._") and "Neighbors" in key},
    "sklearn.neighbors._lof:LocalOutlierFactor": _neighbours,
    _CSR: _sparse,
    **{f"sklearn.svm._classes:{name}": _support_vectors for name in ("SVC", "NuSVC", "SVR", "NuSVR", "OneClassSVM")},
    "sklearn.cluster._kmeans:KMeans": _centres("cluster_centers_"),
    "sklearn.cluster._kmeans:MiniBatchKMeans": _centres("cluster_centers_"),
    "sklearn.cluster._mean_shift:MeanShift": _centres("cluster_centers_"),
    "sklearn.cluster._affinity_propagation:AffinityPropagation": _centres("cluster_centers_"),
    "sklearn.cluster._bisect_k_means:BisectingKMeans": _bisecting,
    "sklearn.cluster._birch:Birch": _birch,
    "sklearn.neighbors._nearest_centroid:NearestCentroid": _centres("centroids_"),
    "scipy.interpolate._bsplines:BSpline": _spline,
    "sklearn.preprocessing._encoders:OneHotEncoder": _one_hot,
    "sklearn.feature_extraction.text:CountVectorizer": _vocabulary,
    "sklearn.feature_extraction.text:TfidfVectorizer": _vocabulary,
    "sklearn.feature_extraction.text:HashingVectorizer": _hashing,
    "sklearn.feature_extraction._hash:FeatureHasher": _hashing,
    "sklearn.feature_extraction._dict_vectorizer:DictVectorizer": _vocabulary,
    "sklearn.preprocessing._polynomial:PolynomialFeatures": _polynomials,
    "functools:partial": _partial,
    "numpy.random._pickle:__bit_generator_ctor": _bit_generator,
    "numpy.random._pickle:__randomstate_ctor": _random_state,
    "numpy.random.bit_generator:__pyx_unpickle_SeedSequence": _seed,
    **dict.fromkeys(calls.DISTRIBUTIONS, _distribution),
}
"""Class → what makes its state sound."""
