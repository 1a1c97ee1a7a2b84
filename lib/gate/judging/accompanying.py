"""What lies beside a model and may change what its answers mean: a target's scaler, encoders, functions, thresholds.

Only keys, classes and short values are looked at; `building/answers.py` decides what of it is used. What is not used is
named on the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lib.gate.judging import auxiliary_names, states
from lib.gate.nodes import Array, Name, Node, Thing

MOST_TOLD = 12
"""Things beside a model that are named."""
MOST_CHARACTERS = 80
"""Of the name of one."""

_TARGET = frozenset({"label", "output", "outputs", "response", "target", "targets", "y"})
"""Words in keys of what belongs to the answers."""
_CLASSES = _TARGET | {"answer", "answers", "class", "classes", "labels"}
_BACK = frozenset({"back", "inv", "inverse", "undo"})
_UNDONE = frozenset(
    {"FunctionTransformer", "MaxAbsScaler", "MinMaxScaler", "PowerTransformer", "QuantileTransformer", "RobustScaler"}
    | {"StandardScaler"}
)
"""Classes of scikit-learn that are also used for a target; what they did can be undone."""

_CHANGES = frozenset(
    {
        "adjust",
        "adjustment",
        "bias",
        "bins",
        "bounds",
        "boxcox",
        "calibration",
        "calibrator",
        "cap",
        "caps",
        "categories",
    }
    | {"category", "clip", "correction", "cut", "cutoff", "cutoffs", "encode", "encoder", "encoders", "encoding"}
    | {"factor", "fill", "fillna", "fills", "imputation", "impute", "imputer", "inv", "inverse", "lambda", "lmbda"}
    | {"log", "log1p", "logs", "map", "mapping", "mappings", "maps", "max", "maxs", "mean", "means", "median"}
    | {"medians", "min", "mins", "mode", "modes", "norm", "normalization", "normalize", "normalizer", "offset", "scale"}
    | {"scaled", "scaler", "scalers", "scales", "scaling", "sd", "shift", "std", "stds", "temperature", "threshold"}
    | {"thresholds", "transform", "transformation", "transformer", "transforms", "winsor"}
)
"""Words in keys of what is often applied to a table before a model, or to its answers."""
_SETTINGS = frozenset({"config", "info", "meta", "metadata", "prep", "preprocessing", "settings"})
"""Words in keys of settings, among which a transformation may be named as well."""
_SUMS = frozenset(
    {"max", "maxs", "mean", "means", "median", "medians", "min", "mins", "mode", "modes", "sd", "std", "stds"}
)
"""Words in `_CHANGES` that, among settings, only describe the data."""
_NAMES_CLASSES = _CLASSES | {"cluster", "clusters", "group", "groups", "id", "segment", "segments", "names"}
_MEASURES = frozenset(
    {"accuracy", "auc", "absolute", "cv", "date", "depth", "error", "f1", "feature", "features", "folds", "importance"}
    | {"importances", "iter", "mae", "mse", "r2", "rmse", "roc", "score", "scores", "seconds", "squared", "time"}
)
"""Words in keys of what tells of the training."""


@dataclass(frozen=True)
class Told:
    """Something beside a model, as it is named: its key and, where that is short, its value."""

    name: str
    about_classes: bool = False
    """Whether it only says what classes or groups are called."""


@dataclass(frozen=True)
class Accompanying:
    """What of a file may belong to its model's answers, each with its key."""

    targets: tuple[tuple[str, Thing], ...] = field(default=(), repr=False)
    """Scalers and the like that the file calls the target's."""
    encoders: tuple[tuple[str, Thing], ...] = field(default=(), repr=False)
    """`LabelEncoder`s."""
    functions: tuple[tuple[str, str], ...] = ()
    """Names of NumPy's functions."""
    told: tuple[Told, ...] = ()


def words(key: str) -> frozenset[str]:
    """The words in a key: `scalerY`, `scaler_y` and `scaler y` have the same two, `log1p` is one and has one."""
    return frozenset(word.lower() for form in (_WHOLE, _WORD) for word in form.findall(key[:200]))


_WHOLE = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def is_of_target(key: str, thing: Thing) -> bool:
    """Whether a file calls a scaler the target's."""
    return thing.cls.qualname in _UNDONE and thing.cls.module.startswith("sklearn.") and bool(words(key) & _TARGET)


def names_classes(key: str) -> bool:
    """Whether a key says that what lies under it belongs to the answers."""
    return bool(words(key) & _CLASSES)


def turns_back(key: str) -> bool:
    """Whether a key says that a function turns answers back."""
    return bool(words(key) & _BACK)


def of_target(key: str) -> bool:
    """Whether a key says that a function is the target's."""
    return bool(words(key) & _TARGET)


def functions(contents: Sequence[tuple[str, Node]]) -> tuple[tuple[str, str], ...]:
    """Functions of NumPy that lie beside a model, each once."""
    found = {
        (key, node.qualname): None
        for key, node in contents
        if type(node) is Name and node.module == "numpy" and states.kind(node) == "F"
    }
    return tuple(found)[:MOST_TOLD]


def told(contents: Sequence[tuple[str, Node]], models: Sequence[Thing]) -> tuple[Told, ...]:
    """What lies directly in the holders around the models under a key that says that it may change an answer."""
    inside = {id(model) for model in models}
    found: dict[str, Told] = {}
    holders = [node for _, node in contents if _entries(node) is not None]
    around: set[int] = set()
    for node in reversed(holders):  # from the innermost out
        held = (_entries(node) or {}).values()
        lists = [inner for one in held if type(one) in (list, tuple) for inner in one]  # type: ignore[attr-defined, union-attr]
        if any(id(one) in inside or id(one) in around for one in [*held, *lists]):
            around.add(id(node))
    for node in holders:
        if id(node) in around:
            settings = [
                inner
                for key, value in (_entries(node) or {}).items()
                if type(key) is str and type(value) is dict and words(key) & _SETTINGS
                for inner in value.items()
            ]
            for key, value in settings:
                if type(key) is str and words(key) & _CHANGES - _SUMS and (one := _told(key, value)) is not None:
                    found.setdefault(key, one)
            for key, value in (_entries(node) or {}).items():
                if type(key) is str and key not in found and (one := _told(key, value)) is not None:
                    found[key] = one
    return tuple(found.values())[: 4 * MOST_TOLD]


def _entries(node: Node) -> dict[Node, Node] | None:
    if type(node) is dict:
        return node
    if type(node) is Thing and node.cls.key in auxiliary_names.HOLDERS:
        return node.pairs or (node.state if type(node.state) is dict else None)
    return None


def _told(key: str, value: Node) -> Told | None:
    if type(value) is Thing and value.cls.key in states.ESTIMATORS:
        return None  # a part, or named with its class
    if type(value) is Name and states.kind(value) == "F":
        return None  # named as a function
    if any(type(inner) is Thing and inner.cls.key in states.ESTIMATORS for inner in states.inside(value)):
        return None  # the same, together
    said = words(key)
    if said & _CHANGES and not said & _MEASURES:
        return Told(shown(key, _short(value)))
    many = type(value) in (dict, list, tuple, Array)
    if many and said & _NAMES_CLASSES and not said & {"features", "feature", "columns"}:
        return Told(shown(key, ""), about_classes=True)
    return None


def shown(key: str, value: str) -> str:
    """A key and a short value as they are named."""
    text = f"{key} ({value})" if value and key else key or value
    return "".join(one if one.isprintable() else "·" for one in text[:MOST_CHARACTERS])


def _short(value: Node) -> str:
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, int | np.integer) and abs(int(value)) < 10**12:
        return str(int(value))
    if isinstance(value, float | np.floating):
        return f"{float(value):.6g}"
    return value[:30] if type(value) is str else ""
