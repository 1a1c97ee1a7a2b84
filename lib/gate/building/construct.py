"""The builder: from judged nodes to the model. Called only inside the worker, and only with what the judge let through.

Plain objects are made empty and given their checked state entry by entry; no `__setstate__`, `__reduce__` or
`__init__` of theirs runs. What compiled code follows — arrays, sparse tables, neighbours' trees, splines, distances,
random states, dtypes, column names — is rebuilt by the library's public constructors from the checked values.

Left behind, as nothing that predicts needs it: distributions, splits, scorers, results of a search, optimisers,
entries that no model has. And never taken over, since they only cost: `n_jobs`, `memory`, `verbose`, threads.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import signature

import numpy as np
import pandas as pd

from lib.gate import limits
from lib.gate.building import guards
from lib.gate.building.older_versions import OLDER
from lib.gate.judging import allowed, calls, states
from lib.gate.judging.accompanying import Told
from lib.gate.judging.judge import judged, of_another_version
from lib.gate.nodes import Array, DType, Name, Node, Thing
from lib.gate.reading.containers import Container
from lib.gate.rejection import Rejection

Built = object


class _Left:
    """Stands where something was left behind."""


LEFT = _Left()

_COST: dict[str, Built] = {"n_jobs": None, "memory": None, "verbose": 0}
"""Parameters that only cost: processes, files, output. They change no prediction."""


@dataclass(frozen=True)
class BuiltFile:
    """What a file holds: the model, and where it lies apart from its preparation, all of them."""

    model: Built
    parts: tuple[Built, ...]
    name_lists: tuple[tuple[str, tuple[str, ...]], ...]
    """Lists of texts beside the model, each with its key."""
    targets: tuple[tuple[str, Built], ...] = ()
    """Scalers that the file calls the target's, each with its key."""
    encoders: tuple[tuple[str, Built], ...] = ()
    """`LabelEncoder`s, each with its key."""
    functions: tuple[tuple[str, str], ...] = ()
    """Names of NumPy's functions, each with its key."""
    told: tuple[Told, ...] = ()
    """What else has to be named."""


def build(container: Container) -> Built:
    """The model in a file, judged first. Raises Rejection."""
    return build_file(container).model


def build_file(container: Container) -> BuiltFile:
    """The model in a file with what lies beside it, judged first. Raises Rejection."""
    found = judged(container)
    model = found.model
    guards.install()
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, limits.MAX_DEPTH * 10 + 2_000))
    try:
        builder = _Builder(older=of_another_version(found.findings))
        lists = [(key, builder.make(node)) for key, node in found.name_lists]
        return BuiltFile(
            builder.make(model),
            tuple(builder.make(part) for part in found.parts),
            tuple((key, names) for key, built in lists if (names := _texts(built))),
            targets=tuple((key, builder.make(node)) for key, node in found.beside.targets),
            encoders=tuple((key, builder.make(node)) for key, node in found.beside.encoders),
            functions=found.beside.functions,
            told=found.beside.told,
        )
    except Rejection:
        raise
    except (RecursionError, MemoryError) as error:
        raise Rejection("too_large", f"{type(error).__name__} while building") from None
    except Exception as error:  # noqa: BLE001 - values that fit no object of this version are a refusal and no crash
        raise Rejection(
            "bad_structure", f"{type(error).__name__} while building: {str(error)[:200]}", name=model.cls.qualname
        ) from None
    finally:
        sys.setrecursionlimit(before)


def _texts(built: Built) -> tuple[str, ...]:
    """A built list, array or index as texts; empty if it holds anything else."""
    items = built.tolist() if isinstance(built, np.ndarray | pd.Index) else built
    if not isinstance(items, list | tuple) or not all(type(item) is str for item in items):
        return ()
    return tuple(items)


class _Builder:
    """One building; shared nodes become shared objects."""

    def __init__(self, *, older: bool) -> None:
        self.made: dict[int, Built] = {}
        self.older = older

    def make(self, node: Node) -> Built:
        """The object of a node, or LEFT."""
        kind = type(node)
        if kind in _AS_THEY_ARE or isinstance(node, np.generic):
            return node
        if id(node) in self.made:
            return self.made[id(node)]
        made = self._make(node)
        self.made[id(node)] = made
        return made

    def _make(self, node: Node) -> Built:
        kind = type(node)
        if kind is list:
            return [self._kept(item) for item in node]  # type: ignore[attr-defined, union-attr]
        if kind is tuple:
            return tuple(self._kept(item) for item in node)  # type: ignore[attr-defined, union-attr]
        if kind is dict:
            return {key: self._kept(value) for key, value in node.items()}  # type: ignore[attr-defined, union-attr]
        if kind in (set, frozenset, slice):
            return kind(node) if kind is not slice else node  # type: ignore[arg-type, call-arg, call-overload]
        if kind is Array:
            return self._array(node)  # type: ignore[arg-type]
        if kind is DType:
            return node.value  # type: ignore[attr-defined, union-attr]
        if kind is Name and allowed.role(node.key) in ("beside", "older"):  # type: ignore[attr-defined, union-attr]
            return LEFT
        if kind is Name:
            return _named(node)  # type: ignore[arg-type]
        assert kind is Thing
        return self._thing(node)  # type: ignore[arg-type]

    def _kept(self, node: Node) -> Built:
        """Inside a list or dict, None takes the place of what is left behind."""
        made = self.make(node)
        return None if made is LEFT else made

    def _array(self, node: Array) -> Built:
        if node.kind == "masked":
            return LEFT
        if node.values is not None:
            values = np.array(node.values, order="K")
            return np.asmatrix(values) if node.kind == "matrix" else values
        objects = np.empty(len(node.items or ()), dtype=object)
        for place, item in enumerate(node.items or ()):
            objects[place] = self._kept(item)
        return objects.reshape(node.shape or (), order="F" if node.fortran else "C")

    def _thing(self, node: Thing) -> Built:
        key = node.cls.key
        if calls.is_text_method(node):
            return getattr(str, str(node.args[1]))
        if key in states.LEFT_BEHIND or key == states.TYPE_OF or allowed.role(key) == "beside":
            return LEFT
        maker = _MAKERS.get(key) or _MAKERS.get(f"{node.cls.module}:*")
        if maker is not None:
            return maker(self, node)
        if allowed.role(key) == "record":
            return _named(node.cls)(*[self._kept(arg) for arg in node.args])  # type: ignore[operator]
        if allowed.role(key) != "class":
            raise Rejection("bad_call", f"{key} cannot be built", name=node.cls.qualname)
        return self._plain_object(node)

    def _plain_object(self, node: Thing) -> Built:
        cls = _named(node.cls)
        if not isinstance(cls, type):
            raise Rejection("bad_structure", f"{node.cls.key} is no class here", name=node.cls.qualname)
        if node.older is not None and issubclass(OLDER[node.older], cls):
            cls = OLDER[node.older]
        made = object.__new__(cls)  # type: ignore[var-annotated]
        self.made[id(node)] = made
        entries = self._entries(node)
        if self.older and node.cls.key in states.ESTIMATORS:
            entries = {**_later_parameters(cls), **entries}
        made.__dict__.update(entries)
        return made

    def _entries(self, node: Thing) -> dict[str, Built]:
        """The checked state: known keys alone, what only costs set to its cheapest."""
        state = node.state
        if type(state) is not dict:
            return {}
        known = states.table(node.cls.key)
        entries: dict[str, Built] = {}
        for name, value in state.items():
            if name == states.VERSION or name not in known:
                continue
            assert isinstance(name, str)
            if name in _COST:
                entries[name] = _COST[name]
                continue
            made = self.make(value)
            if made is not LEFT:
                entries[name] = made
            elif not name.startswith("_") and not name.endswith("_"):
                entries[name] = None
        for name in ("_n_threads", "n_threads"):
            if isinstance(entries.get(name), int):
                entries[name] = max(1, min(int(entries[name]), os.cpu_count() or 1))  # type: ignore[call-overload]
        return entries


@cache
def _later_parameters(cls: type) -> dict[str, Built]:
    """Every parameter of a class at its default: for parameters introduced after a file was written, the default keeps
    the old behaviour."""
    parameters = signature(cls).parameters.values()
    plain = (type(None), bool, int, float, str)
    return {one.name: one.default for one in parameters if type(one.default) in plain}


_AS_THEY_ARE = frozenset({type(None), bool, int, float, complex, str, bytes})


def _named(name: Name) -> Built:
    """The object that an allowed name stands for; the name is one identifier, never a path."""
    if not name.allowed or "." in name.qualname:
        raise Rejection("not_allowed", name.key, name=name.qualname)
    try:
        return getattr(importlib.import_module(name.module), name.qualname)
    except (ImportError, AttributeError):
        raise Rejection("bad_structure", f"{name.key} is not in this version", name=name.qualname) from None


# -- makers ----------------------------------------------------------------------------------------------------------


def _tree(builder: _Builder, node: Thing) -> Built:
    from sklearn.tree._tree import NODE_DTYPE, Tree

    state = node.state
    assert isinstance(state, dict)
    features, classes, outputs = node.args
    tree = Tree(int(features), builder.make(classes).astype(np.intp), int(outputs))  # type: ignore[attr-defined, call-overload, union-attr]
    tree.__setstate__(
        {
            "max_depth": int(state["max_depth"]),
            "node_count": int(state["node_count"]),
            "nodes": np.ascontiguousarray(builder.make(state["nodes"]).astype(NODE_DTYPE)),  # type: ignore[attr-defined, union-attr]
            "values": np.ascontiguousarray(builder.make(state["values"]).astype(np.float64)),  # type: ignore[attr-defined, union-attr]
        }
    )
    return tree


def _predictor(builder: _Builder, node: Thing) -> Built:
    from sklearn.ensemble._hist_gradient_boosting.common import PREDICTOR_RECORD_DTYPE

    made = builder._plain_object(node)
    made.nodes = np.ascontiguousarray(made.nodes.astype(PREDICTOR_RECORD_DTYPE))  # type: ignore[attr-defined]
    return made


def _distance(builder: _Builder, node: Thing) -> Built:
    from sklearn.metrics import DistanceMetric

    power, vector, matrix = (builder.make(part) for part in node.state)  # type: ignore[attr-defined, union-attr]
    kind = node.args[0].qualname.removesuffix("64")  # type: ignore[attr-defined, union-attr]
    options: dict[str, Built] = {}
    if kind == "MinkowskiDistance":
        options["p"] = power
        if vector.size and vector.size > 1:  # type: ignore[attr-defined]
            options["w"] = vector
    elif kind == "SEuclideanDistance":
        options["V"] = vector
    elif kind == "MahalanobisDistance":
        options["VI"] = matrix
    return DistanceMetric.get_metric(_DISTANCES[kind], **options)


_DISTANCES = {
    "BrayCurtisDistance": "braycurtis",
    "CanberraDistance": "canberra",
    "ChebyshevDistance": "chebyshev",
    "DiceDistance": "dice",
    "EuclideanDistance": "euclidean",
    "HammingDistance": "hamming",
    "HaversineDistance": "haversine",
    "JaccardDistance": "jaccard",
    "MahalanobisDistance": "mahalanobis",
    "ManhattanDistance": "manhattan",
    "MinkowskiDistance": "minkowski",
    "RogersTanimotoDistance": "rogerstanimoto",
    "RussellRaoDistance": "russellrao",
    "SEuclideanDistance": "seuclidean",
    "SokalMichenerDistance": "sokalmichener",
    "SokalSneathDistance": "sokalsneath",
}


def _neighbour_tree(builder: _Builder, node: Thing) -> Built:
    from sklearn.neighbors import BallTree, KDTree

    state = node.state
    assert isinstance(state, tuple)
    kind = KDTree if "KDTree" in node.args[0].qualname else BallTree  # type: ignore[attr-defined, union-attr]
    weights = builder.make(state[12]) if len(state) == 13 else None
    return kind(
        builder.make(state[0]),
        leaf_size=int(state[4]),
        metric=builder.make(state[11]),
        sample_weight=weights,  # type: ignore[call-overload]
    )


def _sparse(builder: _Builder, node: Thing) -> Built:
    from scipy.sparse import csr_matrix

    state = node.state
    assert isinstance(state, dict)
    parts = tuple(builder.make(state[name]) for name in ("data", "indices", "indptr"))
    return csr_matrix(parts, shape=tuple(int(length) for length in state["_shape"]))  # type: ignore[union-attr]


def _spline(builder: _Builder, node: Thing) -> Built:
    from scipy.interpolate import BSpline

    state = node.state
    assert isinstance(state, dict)
    knots, weights = (builder.make(state[f"_{one}" if f"_{one}" in state else one]) for one in "tc")
    return BSpline(knots, weights, int(state["k"]), extrapolate=state.get("extrapolate", True))


def _called(builder: _Builder, node: Thing) -> Built:
    """Compiled losses: the class called with its checked numbers."""
    return _named(node.cls)(*[builder.make(arg) for arg in node.args])  # type: ignore[operator]


def _multinomial(builder: _Builder, node: Thing) -> Built:
    from sklearn._loss._loss import CyHalfMultinomialLoss

    return CyHalfMultinomialLoss()


def _isotonic(builder: _Builder, node: Thing) -> Built:
    made = builder._plain_object(node)
    if hasattr(made, "X_thresholds_") and hasattr(made, "y_thresholds_"):
        made._build_f(made.X_thresholds_, made.y_thresholds_)  # type: ignore[attr-defined]
    return made


def _bunch(builder: _Builder, node: Thing) -> Built:
    from sklearn.utils import Bunch

    return Bunch(**{str(key): builder._kept(value) for key, value in (node.pairs or {}).items()})


def _partial(builder: _Builder, node: Thing) -> Built:
    """The check of a table, or a step's function, with its options; how a selector scored columns is left behind."""
    function = node.args[0]
    if calls.is_score_function(function) or calls.is_measure(function) or calls.is_beside(function):
        return LEFT
    from functools import partial

    options = node.state[2]  # type: ignore[index]
    bound = {str(key): builder.make(value) for key, value in options.items()}
    return partial(_named(node.args[0]), **bound)  # type: ignore[arg-type, call-overload, misc, operator]


def _bit_generator(builder: _Builder, node: Thing) -> Built:
    argument = node.args[0]
    name = argument if isinstance(argument, str) else argument.qualname  # type: ignore[attr-defined, union-attr]
    generator = getattr(np.random, name)()
    if node.state is not None:
        state = node.state[0] if type(node.state) is tuple else node.state
        generator.state = builder.make(state)
    return generator


def _random_state(builder: _Builder, node: Thing) -> Built:
    argument = node.args[0]
    bits = getattr(np.random, argument)() if isinstance(argument, str) else builder.make(argument)
    if node.cls.qualname == "__generator_ctor":
        return np.random.Generator(bits)  # type: ignore[arg-type]
    state = np.random.RandomState(bits)  # type: ignore[arg-type]
    if node.state is not None:
        state.set_state(builder.make(node.state))  # type: ignore[arg-type]
    return state


def _index(builder: _Builder, node: Thing) -> Built:
    import pandas as pd

    kind, data, name = node.args
    if kind.qualname == "RangeIndex":  # type: ignore[attr-defined, union-attr]
        return pd.RangeIndex(*data, name=name)  # type: ignore[misc]
    return pd.Index(builder.make(data), name=name)  # type: ignore[call-overload]


def _arrow_texts(builder: _Builder, node: Thing) -> Built:
    texts = node.state["_pa_array"]  # type: ignore[index, call-overload]
    if type(texts) is not list or not all(type(text) is str for text in texts):
        raise Rejection("bad_structure", "names of columns that are no texts", name="ArrowStringArray")
    return list(texts)


def _string_dtype(builder: _Builder, node: Thing) -> Built:
    import pandas as pd

    return pd.StringDtype(node.args[0], na_value=builder.make(node.args[1]))


_Maker = Callable[[_Builder, Thing], Built]

_MAKERS: dict[str, _Maker] = {
    "sklearn.tree._tree:Tree": _tree,
    "sklearn.ensemble._hist_gradient_boosting.predictor:TreePredictor": _predictor,
    "sklearn.metrics._dist_metrics:newObj": _distance,
    "sklearn.neighbors._kd_tree:newObj": _neighbour_tree,
    "sklearn.neighbors._ball_tree:newObj": _neighbour_tree,
    "scipy.sparse._csr:csr_matrix": _sparse,
    "scipy.interpolate._bsplines:BSpline": _spline,
    "sklearn._loss._loss:__pyx_unpickle_CyHalfMultinomialLoss": _multinomial,
    "sklearn._loss._loss:*": _called,
    "sklearn.linear_model._sgd_fast:*": _called,
    "sklearn.isotonic:IsotonicRegression": _isotonic,
    "sklearn.utils._bunch:Bunch": _bunch,
    "functools:partial": _partial,
    "numpy.random._pickle:__bit_generator_ctor": _bit_generator,
    "numpy.random._pickle:__randomstate_ctor": _random_state,
    "numpy.random._pickle:__generator_ctor": _random_state,
    "pandas.core.indexes.base:_new_Index": _index,
    "pandas.arrays:ArrowStringArray": _arrow_texts,
    "pandas:StringDtype": _string_dtype,
}
