"""Histogram boosting: its trees, its bitsets of categories and the edges of its bins."""

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
    whole_number,
)
from lib.gate.judging.structures.trees import JoinedTrees
from lib.gate.nodes import Thing

HIST_NODE = np.dtype(
    [
        ("value", "<f8"), ("count", "<u4"), ("feature_idx", "<i8"), ("num_threshold", "<f8"),
        ("missing_go_to_left", "u1"), ("left", "<u4"), ("right", "<u4"), ("gain", "<f8"), ("depth", "<u4"),
        ("is_leaf", "u1"), ("bin_threshold", "u1"), ("is_categorical", "u1"), ("bitset_idx", "<u4"),
    ]
)  # fmt: skip
"""A node of histogram boosting, as scikit-learn has it."""


def check_hist_boosting(thing: Thing) -> None:
    """Trees, bins and the list of categorical columns speak of the same columns."""
    if not has_fields(thing, "_predictors"):
        return
    mapper = field_of(thing, "_bin_mapper")
    if type(mapper) is not Thing:
        raise bad_structure(thing, "no bin mapper")
    categorical = number_array(mapper, "is_categorical_", 1)
    wide = whole_number(thing, "n_trees_per_iteration_")
    features = len(categorical)
    require(
        has_fields(thing, "_preprocessor") or features == whole_number(thing, "n_features_in_"),
        thing,
        "columns of the bin mapper",
    )
    baseline = number_array(thing, "_baseline_prediction", None, "f")
    require(baseline.size in (1, wide), thing, "_baseline_prediction")
    trees: list[Thing] = []
    for iteration in items_of(field_of(thing, "_predictors")):
        predictors = items_of(iteration)
        require(len(predictors) == wide, thing, "trees for each iteration")
        for predictor in predictors:
            if type(predictor) is not Thing or predictor.cls.qualname != "TreePredictor":
                raise bad_structure(thing, "a tree that is none")
            trees.append(predictor)
    if trees:
        _predictors(trees, features, categorical.astype(bool))


def _predictors(things: Sequence[Thing], features: int, categorical: Numbers) -> None:
    nodes = JoinedTrees(things[0], [_hist_nodes(thing) for thing in things])
    one = things[0]
    inner, by_category = nodes["is_leaf"] == 0, nodes["is_categorical"] == 1
    require(bool((nodes["is_leaf"] <= 1).all() and (nodes["is_categorical"] <= 1).all()), one, "flags")  # type: ignore[operator]
    split = nodes["feature_idx"][inner]
    require(bool(((split >= 0) & (split < features)).all()), one, "a feature that does not exist")  # type: ignore[operator]
    require(not np.isnan(nodes["num_threshold"][inner]).any(), one, "a threshold that is no number")
    require(bool(np.isfinite(nodes["value"]).all()), one, "a value that is not finite")
    if (chosen := inner & by_category).any():
        bitsets = nodes.spread([_bitsets(thing) for thing in things])
        require(bool((nodes["bitset_idx"] < bitsets)[chosen].all()), one, "a bitset that does not exist")  # type: ignore[operator]
        require(bool(categorical[nodes["feature_idx"][chosen]].all()), one, "a number split as a category")  # type: ignore[index]
    nodes.depths(nodes["left"], nodes["right"], inner)


def _hist_nodes(thing: Thing) -> Numbers:
    nodes = records(thing, "nodes", HIST_NODE)
    _bitsets(thing)
    require(len(nodes) >= 1, thing, "no node")
    return nodes


def _bitsets(thing: Thing) -> int:
    """How many sets of categories a tree has."""
    lengths = []
    for name in ("raw_left_cat_bitsets", "binned_left_cat_bitsets"):
        table = number_array(thing, name, 2, "u")
        require(table.shape[1:] == (8,) and table.dtype == np.dtype("u4"), thing, name)
        lengths.append(len(table))
    return min(lengths)


def check_bin_mapper(thing: Thing) -> None:
    """Edges for each column; categories that it knows are whole numbers up to 255."""
    if not has_fields(thing, "is_categorical_"):
        return
    categorical = number_array(thing, "is_categorical_", 1)
    thresholds = items_of(field_of(thing, "bin_thresholds_"))
    require(len(thresholds) == len(categorical), thing, "bin_thresholds_")
    for is_categorical, bins in zip(categorical.tolist(), thresholds, strict=True):
        values = as_number_array(thing, bins, "bin_thresholds_", 1)
        if is_categorical:
            known = values.astype(float)
            require(
                bool(((known >= 0) & (known <= 255) & (known == np.floor(known))).all()), thing, "a category above 255"
            )
