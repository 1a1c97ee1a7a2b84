"""Random states and the distributions of a random search."""

from __future__ import annotations

import re

import numpy as np

from lib.gate.judging import calls
from lib.gate.judging.structures.fields import as_number_array, bad_structure, field_of, leaves_of, require
from lib.gate.nodes import Array, Node, Thing


def check_bit_generator(thing: Thing) -> None:
    """The numbers of a random state: compiled code uses its position without looking."""
    state = thing.state
    if type(state) is tuple and len(state) == 2 and type(state[0]) is dict:
        state = state[0]
    _random_numbers(thing, state)


def check_random_state(thing: Thing) -> None:
    """The numbers of a random state, where it has some."""
    if thing.state is not None:
        _random_numbers(thing, thing.state)


def _random_numbers(thing: Thing, state: Node) -> None:
    if (
        type(state) is not dict
        or state.get("bit_generator") not in calls.BIT_GENERATORS
        or type(state.get("state")) is not dict
    ):
        raise bad_structure(thing, "the state of a random generator")
    require(set(state) <= _RANDOM_KEYS, thing, "the state of a random generator")
    inner = state["state"]
    kind = state["bit_generator"]
    if kind == "MT19937":
        key = as_number_array(thing, inner.get("key"), "key", 1, "u")
        require(set(inner) == {"key", "pos"} and key.shape == (624,), thing, "key")
        require(type(inner["pos"]) is int and 0 <= inner["pos"] <= 624, thing, "a position outside its numbers")
    elif kind in ("PCG64", "PCG64DXSM"):
        require(set(inner) == {"state", "inc"}, thing, "state")
        require(all(type(one) is int and 0 <= one < 2**128 for one in inner.values()), thing, "state")
    elif kind == "SFC64":
        require(set(inner) == {"state"}, thing, "state")
        require(as_number_array(thing, inner["state"], "state", 1, "u").shape == (4,), thing, "state")
    else:
        require(set(inner) == {"counter", "key"}, thing, "state")
        require(as_number_array(thing, inner["counter"], "counter", 1, "u").shape == (4,), thing, "counter")
        require(as_number_array(thing, inner["key"], "key", 1, "u").shape == (2,), thing, "key")
        require(as_number_array(thing, state.get("buffer"), "buffer", 1, "u").shape == (4,), thing, "buffer")
        position = state.get("buffer_pos")
        require(type(position) is int and 0 <= position <= 4, thing, "a position outside its numbers")
    for name in ("has_gauss", "has_uint32"):
        require(state.get(name, 0) in (0, 1), thing, name)
    require(type(state.get("gauss", 0.0)) in (int, float), thing, "gauss")
    spare = state.get("uinteger", 0)
    require(type(spare) is int and 0 <= spare < 2**32, thing, "uinteger")


_RANDOM_KEYS = {"bit_generator", "state", "has_gauss", "gauss", "has_uint32", "uinteger", "buffer", "buffer_pos"}


def check_seed(thing: Thing) -> None:
    """The seed of a random state is dropped, but must be plain data all the same."""
    for leaf in leaves_of(thing.state):
        require(leaf is None or isinstance(leaf, int | np.integer) or (type(leaf) is Array), thing, "a seed")


_TEMPLATE = re.compile(
    r"\s*def _parse_args\(self,[\w\s,.=()+-]*\):\s*return \([\w\s,]*\), [\w.+-]+, [\w.+-]+\s*"
    r"def _parse_args_rvs\(self,[\w\s,.=()+-]*\):\s*return self\._argcheck_rvs\([\w\s,=]*\)\s*"
    r"def _parse_args_stats\(self,[\w\s,.=()'+-]*\):\s*return \([\w\s,]*\), [\w.+-]+, [\w.+-]+, moments\s*"
)


def check_distribution(thing: Thing) -> None:
    """SciPy runs this text when a distribution is loaded. Here it never is, but a file that abuses it is refused."""
    text = field_of(thing, "_parse_arg_template")
    if text is not None:
        require(type(text) is str and len(text) < 2_000 and bool(_TEMPLATE.fullmatch(text)), thing, "code of its own")
    shapes = field_of(thing, "shapes")
    require(
        shapes is None or (type(shapes) is str and bool(re.fullmatch(r"[A-Za-z_][\w, ]{0,100}", shapes))),
        thing,
        "shapes",
    )
