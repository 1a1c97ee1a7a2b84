"""With what state: the keys that each class may carry, and the kinds of value that may lie under each.

The table in `state_table.py` says, for each class, `key=kinds`. A kind is a letter for plain data, or `@` and the
exact class. A value has the kinds of all that lies in it, so that `estimators_=L,S,E` is a list of pairs of a text
and an estimator.

| letter | what |
| --- | --- |
| N | nothing, a number, yes or no |
| S | a text |
| B | bytes |
| A | an array of numbers |
| T | an array of texts, moments, or mixed plain values |
| R | an array of records: a tree's nodes |
| O | an array of objects |
| L, D, Z, I | a list or tuple, a dict, a set, a slice |
| E | a model of scikit-learn, any of the allowed ones |
| F | a function from the short list, of NumPy, SciPy or preprocessing |
| M, C | a measure; a score function of feature selection |
| Y, K | a dtype; pandas' missing value |
| G, V, X | a kernel of a Gaussian process; a sparse table; a random state |
| P, Q, W | how a search split its data; a distribution that it drew from; a scorer: checked, then left behind |
| H, J | names of columns: a pandas index; a tree of neighbours |
| U, B2 | a loss; the loss of a model trained by gradient steps |
| S2 | a method of texts, such as `str.split` |
| ~ | auxiliary objects saved with a model: always dropped |
| V2, F2 | of those, sparse tables that no model holds, and functions |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from lib.gate import limits
from lib.gate.generated.state_table import ESTIMATORS, STATES
from lib.gate.judging import allowed, auxiliary_names, calls
from lib.gate.nodes import Array, DType, Name, Node, Thing
from lib.gate.rejection import Rejection

CARD = "brine_card_"
VERSION = "_sklearn_version"

GROUPS: Mapping[str, str] = {
    **{key: "G" for key in allowed.NAMES if key.startswith("sklearn.gaussian_process.kernels:")},
    **{key: "P" for key in allowed.NAMES if key.startswith("sklearn.model_selection._split:")},
    **{key: "W" for key in allowed.NAMES if key.startswith("sklearn.metrics._scorer:") and "Scorer" in key},
    "scipy.sparse._csr:csr_matrix": "V",
    "scipy.stats._distn_infrastructure:rv_continuous_frozen": "Q",
    "scipy.stats._distn_infrastructure:rv_discrete_frozen": "Q",
    "numpy.random._pickle:__randomstate_ctor": "X",
    "numpy.random._pickle:__generator_ctor": "X",
    "pandas.core.indexes.base:_new_Index": "H",
    "sklearn.neighbors._kd_tree:newObj": "J",
    "sklearn.neighbors._ball_tree:newObj": "J",
    **{key: "U" for key in allowed.NAMES if key.startswith("sklearn._loss.loss:")},
    **{key: "B2" for key in allowed.NAMES if key.startswith("sklearn.linear_model._sgd_fast:")},
}
"""Classes that stand in for each other wherever one of them may lie."""

CYCLIC = frozenset(
    {
        "builtins:getattr",
        "sklearn.cluster._birch:_CFNode",
        "sklearn.cluster._birch:_CFSubcluster",
        "sklearn.utils._metadata_requests:MetadataRequest",
        "sklearn.utils._metadata_requests:MethodMetadataRequest",
    }
)
"""Objects through which honest files hold themselves; they are left behind."""

LEFT_BEHIND = CYCLIC | frozenset(
    key
    for key in allowed.NAMES
    if (GROUPS.get(key) in ("P", "Q", "W") and not key.endswith("_CurveScorer"))
    or key.startswith(("scipy.stats.", "sklearn.neural_network._stochastic_optimizers:"))
    or key in ("numpy:vectorize", "numpy.random.bit_generator:__pyx_unpickle_SeedSequence")
    or key.endswith(":make_column_selector")
)
"""Objects that no prediction needs: they are checked like all others and then not built."""

_PLAIN = {
    type(None): "N",
    bool: "N",
    int: "N",
    float: "N",
    complex: "N",
    str: "S",
    bytes: "B",
    list: "L",
    tuple: "L",
    dict: "D",
    set: "Z",
    frozenset: "Z",
    slice: "I",
}


TYPE_OF = "builtins:type"
"""Of None alone, as pickle writes the type of nothing: the judge refuses every other use."""


def kind(node: Node) -> str:
    """The kind of one node, apart from what lies in it."""
    plain = _PLAIN.get(type(node))
    if plain is not None:
        return plain
    if type(node) is Array:
        return _array_kind(node)
    if type(node) is Thing:
        key = node.cls.key
        if key == "functools:partial":
            return _partial_kind(node.args[0])
        if calls.is_text_method(node):
            return "S2"
        if calls.is_other_method(node):
            return "F2"
        if key in auxiliary_names.NAMES or key == TYPE_OF:
            return "V2" if node.cls.module.startswith("scipy.sparse.") else "~"
        return "E" if key in ESTIMATORS else GROUPS.get(key) or f"@{key}"
    if type(node) is DType:
        return "Y"
    if type(node) is Name:
        return _name_kind(node)
    if isinstance(node, np.str_):
        return "S"
    if isinstance(node, np.generic):
        return "N"
    raise Rejection("bad_state", f"a {type(node).__name__}", name=type(node).__name__)


def _partial_kind(function: Node) -> str:
    """The kind of a function with options bound to it: that of the function, if it is on the list."""
    known = (
        *(("C", calls.is_score_function), ("F", calls.is_function), ("M", calls.is_measure)),
        ("F2", calls.is_beside),
    )
    return next((kind for kind, is_one in known if is_one(function)), "@functools:partial")


def _array_kind(array: Array) -> str:
    if array.shape is None:
        raise Rejection("bad_state", "an array that never got its state", name="array")
    if array.kind == "masked":
        return "@masked"
    if array.values is not None:
        return {"V": "R", "U": "T", "S": "T", "M": "T", "m": "T"}.get(array.values.dtype.kind, "A")
    return "T" if all(type(item) in _WORDS or isinstance(item, np.generic) for item in array.items or ()) else "O"


_WORDS = frozenset({str, int, float, bool, type(None)})


def _name_kind(name: Name) -> str:
    role = allowed.role(name.key)
    if role == "dtype" or name.key == "builtins:object":  # `dtype_include=object` is how texts are selected
        return "Y"
    if role == "beside":
        return "F2" if name.key in auxiliary_names.FUNCTIONS else "~"
    if role == "constant":
        return "K"
    if role == "older" and name.module == "sklearn.metrics._scorer":
        return "W"
    if role == "function":
        if name.module in calls.MODULES_OF_FUNCTIONS:
            return "F"
        if name.module.startswith("sklearn.metrics"):
            return "M"
        if name.module.startswith("sklearn.feature_selection"):
            return "C"
    return f"@{name.key}"


def inside(node: Node) -> Iterator[Node]:
    """What lies directly in a node, the state and arguments of objects apart."""
    plain = type(node)
    if plain in (list, tuple):
        yield from node  # type: ignore[misc]
    elif plain is dict:
        yield from node.values()  # type: ignore[attr-defined, union-attr]
    elif plain is Array and node.items is not None and _array_kind(node) in ("O", "@masked"):  # type: ignore[arg-type, attr-defined, union-attr]
        yield from node.items  # type: ignore[attr-defined, union-attr]


@cache
def table(key: str) -> Mapping[str, frozenset[str]]:
    """The keys that a class may carry, each with its kinds."""
    pairs = (entry.split("=", 1) for entry in STATES.get(key, "").split())
    return {name: frozenset(kinds.split(",")) for name, kinds in pairs}


def kinds(value: Node, *, most: int = limits.MAX_DEPTH) -> frozenset[str]:
    """The kinds of everything that lies in a value, down to the objects in it."""
    found: set[str] = set()
    seen: set[int] = set()
    level = [value]
    depth = 0
    while level:
        depth += 1
        if depth > most:
            raise Rejection("too_deep", f"values nested more than {most} deep")
        following: list[Node] = []
        for node in level:
            found.add(kind(node))
            if type(node) in (list, dict, Array, tuple):
                if id(node) in seen:
                    continue
                seen.add(id(node))
                following.extend(inside(node))
        level = following
    return frozenset(found)


_OPAQUE = frozenset(
    {
        "numpy.random._pickle:__bit_generator_ctor",
        "numpy.random.bit_generator:__pyx_unpickle_SeedSequence",
        "numpy.random._pickle:__randomstate_ctor",
        "sklearn.neighbors._kd_tree:newObj",
        "sklearn.neighbors._ball_tree:newObj",
        "sklearn.metrics._dist_metrics:newObj",
        "functools:partial",
    }
)
"""Made by a call and then given a state that is no dict of keys: `structures/` knows each."""

_NEVER = re.compile(
    r"__\w*__|_repr_\w*|_ipython_\w*"
    r"|(fit|predict|transform|score|get|set|decision|partial|inverse|sample|apply|staged|kneighbors)(_\w+)?"
)
"""Names of methods: an entry of that name in an object's own state would take the method's place."""


_MANY = frozenset({list, tuple, dict, Array})
"""What holds other values; of anything else its own kind is all there is to know."""


def check(thing: Thing, *, outermost: bool) -> None:
    """One object's own state against the table. What lies deeper is looked at when the walk gets there."""
    key = thing.cls.key
    if key in auxiliary_names.NAMES:
        return
    if thing.pairs is not None:
        _check_entries(thing)
    if key in _OPAQUE:
        if thing.state is None and not key.endswith("newObj"):
            return
        structures_only(thing)
        return
    state = thing.state
    if state is None:
        return
    if type(state) is not dict:
        raise Rejection("bad_state", f"the state of {key} is a {type(state).__name__}", name=thing.cls.qualname)
    if not state:
        return
    if key not in STATES:
        raise Rejection("bad_state", f"{key} has no state in honest files", name=thing.cls.qualname)
    known = table(key)
    for name, value in state.items():
        if type(name) is not str or len(name) > limits.MAX_NAME:
            raise Rejection("bad_state", f"{key} has a key that is no name", name=thing.cls.qualname)
        allowed_kinds = known.get(name)
        if allowed_kinds is None:
            _check_unknown(thing, name, value, outermost=outermost)
            continue
        if type(value) not in _MANY and kind(value) in allowed_kinds:
            continue
        found = kinds(value)
        if name == MEMORY and found == _AUXILIARY and key in ESTIMATORS:
            continue  # a cache of its author's; the builder sets it to None
        if key.endswith(":FunctionTransformer") and name in ("func", "inverse_func"):
            if type(value) is Name and value.key in NUMBERS:
                continue  # np.float32(table) is the table in other numbers
            if not found <= allowed_kinds and not found <= _FUNCTIONS and found not in (_AUXILIARY, _GETTER):
                raise Rejection("type_as_function", f"{key}.{name}", name=thing.cls.qualname)
            if found in (_AUXILIARY, _GETTER):
                raise Rejection("other_function", f"{key}.{name} gets a part", name=f"{thing.cls.qualname}.{name}")
        if found - allowed_kinds <= _FUNCTIONS and not found <= allowed_kinds and name.strip("_") == name:
            raise Rejection("other_function", f"{key}.{name} is a function", name=f"{thing.cls.qualname}.{name}")
        if name in _SEARCHED and found - allowed_kinds <= _ASIDE and key.startswith("sklearn.model_selection."):
            continue  # what a search was to try; the builder leaves such values behind
        if found - allowed_kinds == _OTHER_LAYOUT:
            raise Rejection(
                "other_part", f"{key}.{name} is a sparse table of another layout than rows", name="scipy.sparse"
            )
        if not found <= allowed_kinds and _is_an_uncommon_parameter(key, name, found):
            raise Rejection("other_value", f"{key}.{name}", name=f"{thing.cls.qualname}.{name}")
        if not found <= allowed_kinds:
            raise Rejection(
                "bad_state",
                f"{key}.{name} holds {','.join(sorted(found - allowed_kinds))}, "
                f"expected {','.join(sorted(allowed_kinds))}",
                name=thing.cls.qualname,
                key=name,
            )


def _check_unknown(thing: Thing, name: str, value: Node, *, outermost: bool) -> None:
    """A key that is not in the table: the card of the outermost model; else plain data, which is left behind."""
    if name == CARD and outermost:
        return
    if thing.cls.key in ESTIMATORS and not _NEVER.fullmatch(name) and kinds(value) <= _LEAVABLE:
        return
    raise Rejection(
        "bad_state",
        f"{thing.cls.key} has the key {name[:80]!r}, which it never has",
        name=thing.cls.qualname,
        key=name[:80],
    )


MEMORY = "memory"
_FUNCTIONS = frozenset({"C", "F", "F2", "M", "S2", "@functools:partial", "@numpy:vectorize"})
"""What can be called: some parameters take a function of their author's choice, of which no table holds all."""
NUMBERS = frozenset(
    f"numpy:{kind}{bits}"
    for kind, sizes in (("float", (16, 32, 64)), ("int", (8, 16, 32, 64)), ("uint", (8, 16, 32, 64)))
    for bits in sizes
)
"""Types that turn a table of numbers into one of other numbers, when they are called."""
_AUXILIARY = frozenset("~")
_GETTER = frozenset("S")
"""`operator.attrgetter`, as it is read."""
_ASIDE = frozenset({"~", "F2", "V2"})
_OTHER_LAYOUT = frozenset({"V2"})
_SEARCHED = frozenset({"param_grid", "param_distributions"})
_GIVEN = frozenset("LDATZHIN~S") | {"V2"}
_MANY_GIVEN = frozenset("LDT")
_OF_COLUMNS = frozenset({"transformers_", "_columns"})
"""What a ColumnTransformer keeps of its parameter."""


def _is_an_uncommon_parameter(key: str, name: str, found: frozenset[str]) -> bool:
    """Whether a parameter that may hold several values holds some other container of plain ones, such as a Series.

    It is refused all the same: whoever gave a range in place of a list changed nothing by hand.
    """
    if key not in ESTIMATORS:
        return False
    own = name.strip("_") == name or (name in _OF_COLUMNS and key.endswith(":ColumnTransformer"))
    return own and found - table(key)[name] <= _GIVEN and bool(table(key)[name] & _MANY_GIVEN)


_LEAVABLE = frozenset("NSBATROLDZIHYKMFC~") | {"V2", "F2"}


def _check_entries(thing: Thing) -> None:
    found = kinds(thing.pairs)
    if not found <= table(thing.cls.key).get("*", frozenset()):
        raise Rejection("bad_state", f"entries of {thing.cls.key}: {','.join(sorted(found))}", name=thing.cls.qualname)


def structures_only(thing: Thing) -> None:
    """A state that is no dict: `structures/` must have a validator of its own for it."""
    from lib.gate.judging import structures

    if thing.cls.key not in structures.VALIDATORS:
        raise Rejection("bad_state", f"the state of {thing.cls.key}", name=thing.cls.qualname)
