"""Parameters that objects of any class may have: options by name, sizes, what output they give."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from lib.gate.judging.structures.fields import has_fields, leaves_of, require, whole_number
from lib.gate.nodes import Array, Node, Thing
from lib.gate.rejection import Rejection

MAX_FEATURES = 1_000_000
MAX_OUTPUTS = 2_000
"""Of a model that predicts several columns at once: as many as an answer may have."""


_METHODS = frozenset({"auto", "predict", "predict_proba", "predict_log_proba", "decision_function", "transform"})
_METHOD_KEYS = (
    "stack_method", "stack_method_", "response_method", "response_method_", "_response_method",
    "chain_method", "chain_method_",
)  # fmt: skip
_OF_FUNCTIONS = frozenset(
    {
        "a_min",
        "a_max",
        "min",
        "max",
        "decimals",
        "axis",
        "nan",
        "norm",
        "posinf",
        "neginf",
        "copy",
        "dtype",
        "threshold",
    }
)
_OPTION_KEYS: Mapping[str, frozenset[str]] = {
    "metric_params": frozenset({"p", "w", "V", "VI"}),
    "effective_metric_params_": frozenset({"p", "w", "V", "VI"}),
    "kernel_params": frozenset({"gamma", "degree", "coef0"}),
    "pairwise_kernels_kwargs": frozenset({"gamma", "degree", "coef0"}),
    "kw_args": _OF_FUNCTIONS,
    "inv_kw_args": _OF_FUNCTIONS,
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


def are_options(value: Mapping[Node, Node]) -> bool:
    """Whether these are options that a function may be bound to: numbers and words, none that says where to write."""
    plain = (bool, int, float, str, type(None))
    return set(value) <= _OF_FUNCTIONS and all(type(one) in plain for one in value.values()) and _has_plain_dtype(value)


def _has_plain_dtype(options: Mapping[Node, Node]) -> bool:
    return options.get("dtype", "float64") in _DTYPES


def check_parameters(thing: Thing) -> None:
    """Texts that become method names, attributes or formats; options handed on by name; counts of features."""
    state = thing.state
    if type(state) is not dict:
        return
    for key in _METHOD_KEYS:
        for leaf in leaves_of(state.get(key)):
            require(type(leaf) is not str or leaf in _METHODS, thing, f"{key} names the method {str(leaf)[:60]!r}")
    for key, options in _OPTION_KEYS.items():
        value = state.get(key)
        if value is not None:
            require(type(value) is dict and set(value) <= options, thing, f"{key} has an option it never has")
            require(type(value) is not dict or _has_plain_dtype(value), thing, f"{key} has an odd dtype")
    written = state.get("dtype")
    require(type(written) is not str or written in _WRITTEN_AS, thing, "dtype")
    getter = state.get("importance_getter")
    require(type(getter) is not str or bool(_ATTRIBUTE.fullmatch(getter)), thing, "importance_getter")
    pattern = state.get("verbose_feature_names_out")
    require(type(pattern) is not str or bool(_NAME_PATTERN.fullmatch(pattern)), thing, "verbose_feature_names_out")
    if has_fields(thing, "n_outputs_") and whole_number(thing, "n_outputs_") > MAX_OUTPUTS:
        outputs = whole_number(thing, "n_outputs_")
        raise Rejection("too_wide", f"{outputs} outputs", columns=outputs, limit=MAX_OUTPUTS)
    for key in ("n_features_in_", "n_outputs_", "n_features_", "_n_threads", "n_threads"):
        if state.get(key) is not None:
            require(0 <= whole_number(thing, key) <= MAX_FEATURES, thing, key)
    for key, most in _MOST.items():
        value = state.get(key)
        if type(value) is int or isinstance(value, np.integer):
            require(int(value) <= most, thing, f"{key} of {str(value)[:40]}")  # type: ignore[call-overload]
    output = state.get("_sklearn_output_config")
    if output is not None:
        require(
            type(output) is dict
            and set(output) <= {"transform"}
            and output.get("transform", "default") in ("default", "pandas", "polars"),
            thing,
            "_sklearn_output_config",
        )
    names = state.get("feature_names_in_")
    if type(names) is Array and state.get("n_features_in_") is not None:
        require(
            names.shape == (whole_number(thing, "n_features_in_"),),
            thing,
            "feature_names_in_ and n_features_in_ differ",
        )
