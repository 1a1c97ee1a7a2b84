"""Splines, encoders, polynomials, and functions that a transformer keeps."""

from __future__ import annotations

import math

import numpy as np

from lib.gate.judging import allowed, calls
from lib.gate.judging.structures.fields import (
    as_number_array,
    bad_structure,
    field_of,
    has_fields,
    items_of,
    number_array,
    require,
    require_finite,
    whole_number,
)
from lib.gate.judging.structures.parameters import are_options
from lib.gate.nodes import Array, Name, Node, Thing

MAX_OUTPUT_COLUMNS = 5_000_000
"""Columns that polynomials may make of a table."""


def check_spline(thing: Thing) -> None:
    """Knots in ascending order, and as many coefficients as they need."""
    knots = number_array(thing, "_t" if has_fields(thing, "_t") else "t", 1, "f")
    weights = number_array(thing, "_c" if has_fields(thing, "_c") else "c", None, "f")
    degree = whole_number(thing, "k")
    require(0 <= degree <= 30 and field_of(thing, "axis") == 0, thing, "degree or axis")
    require_finite(thing, knots, "knots")
    require_finite(thing, weights, "weights")
    require(bool((np.diff(knots) >= 0).all()), thing, "knots that fall")
    require(len(knots) >= 2 * degree + 2 and weights.ndim in (1, 2), thing, "too few knots")
    require(weights.shape[0] >= len(knots) - degree - 1, thing, "too few weights")


def check_one_hot(thing: Thing) -> None:
    """How many columns come of each category: what the sparse table is made by."""
    if not has_fields(thing, "categories_"):
        return
    lengths = [_length(thing, one) for one in items_of(field_of(thing, "categories_"))]
    if has_fields(thing, "n_features_in_"):
        require(len(lengths) == whole_number(thing, "n_features_in_"), thing, "categories_ and n_features_in_ differ")
    infrequent = items_of(field_of(thing, "_infrequent_indices"))
    merged = list(lengths)
    if infrequent:
        require(len(infrequent) == len(lengths), thing, "_infrequent_indices")
        for place, rare in enumerate(infrequent):
            if rare is not None:
                indices = as_number_array(thing, rare, "_infrequent_indices", 1, "iu")
                inside = (indices >= 0) & (indices < lengths[place])  # type: ignore[operator]
                require(bool(inside.all()) and len(np.unique(indices)) == len(indices), thing, "_infrequent_indices")
                merged[place] -= len(indices) - 1
    mappings = items_of(field_of(thing, "_default_to_infrequent_mappings"))
    for place, mapping in enumerate(mappings):
        if mapping is not None:
            numbers = as_number_array(thing, mapping, "_default_to_infrequent_mappings", 1, "iu")
            require(place < len(lengths) and len(numbers) == lengths[place], thing, "_default_to_infrequent_mappings")
            require(bool(((numbers >= 0) & (numbers < merged[place])).all()), thing, "_default_to_infrequent_mappings")  # type: ignore[operator]
    columns = list(merged)
    dropped = field_of(thing, "drop_idx_")
    if dropped is not None:
        places = _dropped(thing, dropped)
        require(len(places) == len(lengths), thing, "drop_idx_")
        for place, index in enumerate(places):
            if index is not None:
                require(0 <= index < lengths[place], thing, "drop_idx_")
                columns[place] -= 1
    if has_fields(thing, "_n_features_outs"):
        require(list(items_of(field_of(thing, "_n_features_outs"))) == columns, thing, "_n_features_outs")


def _dropped(thing: Thing, value: Node) -> list[int | None]:
    if type(value) is Array and value.values is not None and value.values.dtype.kind in "iu":
        return [int(one) for one in value.values.ravel()]
    if type(value) is Array and value.items is not None:  # noqa: SIM102
        if all(one is None or type(one) is int or isinstance(one, np.integer) for one in value.items):
            return [None if one is None else int(one) for one in value.items]  # type: ignore[call-overload]
    raise bad_structure(thing, "drop_idx_")


def _length(thing: Thing, node: Node) -> int:
    if type(node) is Array and node.shape is not None and len(node.shape) == 1:
        return node.shape[0]
    raise bad_structure(thing, "categories_")


def check_polynomials(thing: Thing) -> None:
    """As many output columns as a table can have, of degrees that exist."""
    columns = field_of(thing, "_n_out_full")
    if columns is not None:
        require(
            0 <= whole_number(thing, "_n_out_full") <= MAX_OUTPUT_COLUMNS, thing, "more columns than a table can have"
        )
    for name in ("_min_degree", "_max_degree"):
        if has_fields(thing, name):
            require(0 <= whole_number(thing, name) <= 64, thing, name)
    if not has_fields(thing, "_max_degree", "_n_out_full"):
        return  # never fitted; else it must say how many columns it reads, or it hands on memory that nobody wrote
    features, degree = whole_number(thing, "n_features_in_"), whole_number(thing, "_max_degree")
    if field_of(thing, "interaction_only") is True:
        expected = sum(math.comb(features, size) for size in range(1, min(degree, features) + 1))
    else:
        expected = math.comb(features + degree, degree) - 1
    expected += 1 if field_of(thing, "include_bias") is True else 0
    require(whole_number(thing, "_n_out_full") == expected, thing, "the number of columns that it makes")


def check_partial(thing: Thing) -> None:
    """Histogram boosting's column check: check_array with a list of types and whether numbers must be finite; a step's
    function with its options; how a selector scored columns."""
    state = thing.state
    if calls.is_beside(thing.args[0]):
        return  # it lies beside the model, whatever its options are
    if type(state) is tuple and len(state) == 4:
        function, args, options, rest = state
        left_behind = calls.is_score_function(function) or calls.is_measure(function)
        if left_behind and function is thing.args[0] and args == () and not rest:
            if type(options) is dict and all(
                type(one) in (bool, int, float, str, type(None)) for one in options.values()
            ):
                return
        elif calls.is_function(function) and function is thing.args[0] and args == () and not rest:
            if type(options) is dict and are_options(options):
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
            kinds = list(items_of(options.get("dtype")))
            flags = [options[key] for key in options if key != "dtype"]
            if all(type(kind) is Name and allowed.role(kind.key) == "dtype" for kind in kinds):  # noqa: SIM102
                if all(type(flag) is bool for flag in flags):
                    return
    raise bad_structure(thing, "a function with arguments of its own")
