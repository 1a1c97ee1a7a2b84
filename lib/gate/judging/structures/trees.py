"""Decision trees, forests and gradient boosting: compiled code walks from a node to its children without looking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lib.gate.judging.structures.fields import (
    Numbers,
    as_number_array,
    bad_structure,
    field_of,
    has_fields,
    items_of,
    number_array,
    records,
    require,
    require_finite,
    whole_number,
)
from lib.gate.nodes import Array, Node, Thing

MAX_TREE_DEPTH = 20_000


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


TREE = "sklearn.tree._tree:Tree"


def check_trees(things: Sequence[Thing]) -> None:
    """Children come after their parent, each has one parent, features exist, no leaf is deeper than max_depth."""
    nodes = JoinedTrees(things[0], [_tree_nodes(thing) for thing in things])
    one = things[0]
    left, right, split = nodes["left_child"], nodes["right_child"], nodes["feature"]
    inner = left != -1
    features = nodes.spread([int(thing.args[0]) for thing in things])  # type: ignore[call-overload]
    require(bool((right[~inner] == -1).all()), one, "a leaf with a right child")
    require(bool(((split >= 0) & (split < features))[inner].all()), one, "a feature that does not exist")  # type: ignore[operator]
    require(not np.isnan(nodes["threshold"][inner]).any(), one, "a threshold that is no number")
    require(bool((nodes["missing_go_to_left"] <= 1).all()), one, "missing_go_to_left")  # type: ignore[operator]
    require(bool((nodes["n_node_samples"] >= 0).all()), one, "n_node_samples")  # type: ignore[operator]
    require(bool(np.isfinite(nodes["weighted_n_node_samples"]).all()), one, "weighted_n_node_samples")
    for thing, depth in zip(things, nodes.depths(left, right, inner), strict=True):
        stated = whole_number(thing, "max_depth")
        require(depth <= stated <= MAX_TREE_DEPTH, thing, f"max_depth is below the true depth {depth}")


def _tree_nodes(thing: Thing) -> Numbers:
    """One tree's nodes, as many as it says, its values of the shape that its arguments say, and finite."""
    outputs = int(thing.args[2])  # type: ignore[call-overload]
    classes = as_number_array(thing, thing.args[1], "n_classes", 1, "iu")
    most = int(classes.max()) if len(classes) else 0
    require(len(classes) == outputs and int(classes.min()) >= 1 and most <= 2**20, thing, "n_classes")
    require(has_fields(thing, "nodes", "values", "node_count", "max_depth"), thing, "a tree without nodes")
    nodes = records(thing, "nodes", TREE_NODE)
    count = len(nodes)
    require(count >= 1 and whole_number(thing, "node_count") == count, thing, "node_count")
    values = number_array(thing, "values", 3, "f")
    require(values.dtype == _DOUBLE, thing, "values are no doubles")
    require(values.shape == (count, outputs, most), thing, f"values of shape {values.shape}")
    require_finite(thing, values, "values")
    return nodes


_DOUBLE = np.dtype("f8")


class JoinedTrees:
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
        require(bool((pairs >= 0).all() and (pairs < count).all()), thing, "a child outside the tree, or a cycle")
        pairs += begin[:, None]
        inside = (pairs > parents[:, None]) & (pairs < end[:, None])
        require(bool(inside.all()), thing, "a child outside the tree, or a cycle")
        met = np.bincount(pairs.ravel(), minlength=count)
        met[self._starts] += 1
        require(bool((met == 1).all()), thing, "nodes with two parents, or none")
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
            require(at <= MAX_TREE_DEPTH, thing, "a tree that is too deep")
            depth[level] = at


def check_decision_tree(thing: Thing) -> None:
    """A tree of the columns and outputs that its estimator names."""
    tree = field_of(thing, "tree_")
    if tree is None:
        return
    require(type(tree) is Thing and tree.state is not None, thing, "a tree without its nodes")
    require(whole_number(thing, "n_features_in_") == tree.args[0], thing, "its tree has other features")  # type: ignore[attr-defined, union-attr]
    if has_fields(thing, "n_outputs_"):
        require(whole_number(thing, "n_outputs_") == tree.args[2], thing, "its tree has other outputs")  # type: ignore[attr-defined, union-attr]


def _tree_of(thing: Thing, estimator: Node) -> Thing:
    tree = field_of(estimator, "tree_") if type(estimator) is Thing else None
    if type(tree) is not Thing:
        raise bad_structure(thing, "one of its models is no fitted tree")
    return tree


def check_forest(thing: Thing) -> None:
    """A forest hands its rows to its trees without another look at them."""
    features = whole_number(thing, "n_features_in_") if has_fields(thing, "estimators_") else 0
    for estimator in items_of(field_of(thing, "estimators_")):
        tree = _tree_of(thing, estimator)
        require(tree.args[0] == features, thing, "a tree with other features")
        if has_fields(thing, "n_outputs_"):
            require(tree.args[2] == whole_number(thing, "n_outputs_"), thing, "a tree with other outputs")


def check_isolation_forest(thing: Thing) -> None:
    """Trees of columns that exist."""
    if not has_fields(thing, "estimators_", "estimators_features_"):
        return
    features, most = whole_number(thing, "n_features_in_"), whole_number(thing, "_max_features")
    estimators, chosen = items_of(field_of(thing, "estimators_")), items_of(field_of(thing, "estimators_features_"))
    require(len(estimators) == len(chosen), thing, "trees and columns differ in number")
    for estimator, columns in zip(estimators, chosen, strict=True):
        picked = as_number_array(thing, columns, "estimators_features_", 1, "iu")
        require(bool(((picked >= 0) & (picked < features)).all()), thing, "a column that does not exist")  # type: ignore[operator]
        wanted = features if most == features else len(picked)
        require(_tree_of(thing, estimator).args[0] == wanted, thing, "a tree with other features")


def check_gradient_boosting(thing: Thing) -> None:
    """A table of trees with one output each, of the columns that the model names."""
    if not has_fields(thing, "estimators_"):
        return
    grid = field_of(thing, "estimators_")
    features = whole_number(thing, "n_features_in_")
    if type(grid) is not Array or grid.items is None or grid.shape is None or len(grid.shape) != 2:
        raise bad_structure(thing, "estimators_ is no table of trees")
    wide = field_of(thing, "n_trees_per_iteration_")
    require(wide is None or wide == grid.shape[1], thing, "n_trees_per_iteration_")
    for estimator in grid.items:
        tree = _tree_of(thing, estimator)
        shape = number_array(tree, "values", 3, "f").shape
        require(tree.args[0] == features and shape[1:] == (1, 1), thing, "a tree with other features or outputs")
