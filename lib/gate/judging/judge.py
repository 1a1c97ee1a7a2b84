"""The judge: from a container to findings, by three questions, before anything is built.

Which names (`allowed.py`), called how (`calls.py`), with what state (`states.py`, `structures/`). It imports
nothing that a file names: what it reads are inert nodes, and NumPy arrays of numbers and texts.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lib.gate import limits
from lib.gate.generated.tested_versions import TESTED
from lib.gate.judging import accompanying, allowed, auxiliary_names, harmless_names, states, structures, translation
from lib.gate.judging.version import our_version
from lib.gate.nodes import Array, Name, Node, Thing
from lib.gate.process.messages import JsonValue
from lib.gate.reading.containers import Container
from lib.gate.reading.parser import WRAPPERS, Stream
from lib.gate.rejection import Rejection

MAX_CARD_NODES = 200_000
"""Values in a card; with every explanation in it, some thousand."""
MAX_CARD_TEXT = 4 * 2**20
"""Characters of all texts in a card."""
MAX_PARTS = 2_000_000
"""Objects, each counted as often as it is held; a forest of 3,000 trees has 6,000."""
MAX_NAMES = 100_000
"""Columns that a model may name."""
MAX_COLUMN_NAME = 1_000
"""Characters of one name of a column; a one-hot column of a long category has some hundred."""
MAX_COLUMNS_TEXT = 4 * 2**20
"""Characters of all names of columns."""
_VERSION_TEXT = 40


@dataclass(frozen=True)
class Findings:
    """What a file says of itself, read before anything of it exists."""

    names: tuple[str, ...]
    """Every name that it holds, as `module:name`."""
    estimator: str
    """Class of the outermost model, such as `Pipeline`."""
    sklearn_version: str
    """As the file's state says; empty where it says nothing."""
    columns: tuple[str, ...]
    """Names of the columns that it was fitted on; empty where it was fitted without names."""
    card: Mapping[str, JsonValue] | None
    n_features: int | None = None
    protocol: int | None = None


@dataclass(frozen=True)
class Judged:
    """Findings, and the nodes that they are about: what `construct.py` builds from."""

    findings: Findings
    root: Node = field(repr=False)
    model: Thing = field(repr=False)
    parts: tuple[Thing, ...] = field(default=(), repr=False)
    """The model and what prepares its table, where a file holds them apart: see `building/composing.py`."""
    beside: accompanying.Accompanying = field(default_factory=accompanying.Accompanying, repr=False)
    """What else lies beside the model and may belong to its answers: see `building/answers.py`."""
    name_lists: tuple[tuple[str, Node], ...] = field(default=(), repr=False)
    """Lists of texts beside a model, each with its key: one may be the names of the model's columns."""


def judge(container: Container) -> Findings:
    """Read and judge a file; raises Rejection, and nothing else."""
    return judged(container).findings


def judged(container: Container) -> Judged:
    """As `judge`, with the nodes; the latest answer is kept for the build that follows."""
    global _latest
    if _latest is not None and _latest[0] is container:
        return _latest[1]
    try:
        result = _judge(container)
    except Rejection as rejection:
        raise _shown(rejection) from None
    except (RecursionError, MemoryError) as error:
        raise Rejection("too_large", f"{type(error).__name__} while judging") from None
    except Exception as error:  # noqa: BLE001 - whatever a forged value makes fail, it is a refusal and no crash
        raise Rejection(
            "bad_structure", f"{type(error).__name__} while judging: {str(error)[:200]}", name="?"
        ) from None
    _latest = (container, result)
    return result


_latest: tuple[Container, Judged] | None = None


def _shown(rejection: Rejection) -> Rejection:
    """The names in it are untrusted: only what can be shown on one line is kept."""
    facts = {name: _printable(fact) if isinstance(fact, str) else fact for name, fact in rejection.facts.items()}
    return Rejection(rejection.reason, _printable(rejection.technical), **facts)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() and one != "`" else "·" for one in text[:2_000])


def _judge(container: Container) -> Judged:
    try:
        return _judged_strictly(container)
    except Rejection as rejection:
        version = _version_text(container)
        if _release(version) != _release(our_version()) and version and _tells_of_another_version(rejection, version):
            raise _old(version, rejection.technical) from None
        raise


_ANCIENT = (1, 2)
"""Files from before this release are translated as far as rules reach; whatever else is odd in them is their age."""


def _tells_of_another_version(rejection: Rejection, version: str) -> bool:
    """Whether a refusal may come of nothing worse than a model whose classes had other parts then."""
    if (translation.release(version) or _ANCIENT) < _ANCIENT and rejection.reason in _ODD:
        return True
    return rejection.reason == "other_layout" or (rejection.reason == "bad_state" and "key" in rejection.facts)


_ODD = frozenset({"bad_call", "bad_state", "bad_structure"})


def _version_text(container: Container) -> str:
    """The version that stands in a pickle's bytes, for the words of a refusal: the reading may not have come so far."""
    found = _VERSION_BYTES.search(container.data) if container.kind != "skops" else None
    return found[1].decode("ascii") if found else ""


_VERSION_BYTES = re.compile(rb"_sklearn_version.{0,14}?(?<![\d.])([01]\.\d{1,2}(?:\.\d{1,2})?)(?![\d.])", re.DOTALL)


def _judged_strictly(container: Container) -> Judged:
    if container.kind == "skops":
        from lib.gate.reading.skops_tree import read_skops

        stream = read_skops(container.members)
    else:
        stream = Stream(container.data)
        try:
            stream.parse()
        except Rejection:
            if stream.foreign:
                raise _foreign(stream, _version_text(container)) from None
            raise
    if any(name.key != states.TYPE_OF for name in stream.foreign):
        raise _foreign(stream, _version_text(container))
    if stream.foreign and not _makes_types_of_constants(stream.things):
        raise _foreign(stream, _version_text(container))
    contents = _contents(stream.root)
    model, parts, targets = _the_model(stream.root, contents)
    before = _version(stream.things, model)
    replaced: frozenset[int] = frozenset()
    if before and _release(before) != _release(our_version()):
        replaced = _reach(stream.root)
        try:
            translation.translate(stream.things, before)
        except translation.Untranslatable as error:
            raise _old(before, str(error)) from None
    _acyclic(stream.root)
    reached = _walk(stream.root, model, _holders_around(contents, (model, *parts)))
    for thing in stream.things:
        if id(thing) not in reached and id(thing) not in replaced and not _used_up(thing):
            raise Rejection("bad_structure", f"a {thing.cls.key} that nothing holds", name=thing.cls.qualname)
    things = [thing for thing in reached.values() if type(thing) is Thing]
    version = _version(things, model)
    structures.check(things)
    beside = _accompanying(contents, (model, *parts), targets)
    return Judged(_findings(stream, model, version), stream.root, model, parts, beside, _name_lists(stream.root))


def _reach(root: Node) -> frozenset[int]:
    """Everything that the root holds before a translation takes parts out."""
    reached: set[int] = set()
    todo = [root]
    while todo:
        node = todo.pop()
        if type(node) in _HOLDERS and id(node) not in reached:
            reached.add(id(node))
            todo.extend(_held(node))
    return frozenset(reached)


def _used_up(thing: Thing) -> bool:
    """Parts that their maker has read into something else: joblib's wrappers and pyarrow's buffers."""
    return thing.cls.key in WRAPPERS or thing.cls.module == "pyarrow.lib" or allowed.role(thing.cls.key) == "older"


# -- who made this ---------------------------------------------------------------------------------------------------

_THIRD_PARTY: Mapping[str, str] = {
    "lightgbm": "LightGBM",
    "xgboost": "XGBoost",
    "catboost": "CatBoost",
    "_catboost": "CatBoost",
    "imblearn": "imbalanced-learn",
    "category_encoders": "category_encoders",
    "feature_engine": "feature-engine",
    "lifetimes": "lifetimes",
    "lifelines": "lifelines",
    "prophet": "Prophet",
    "statsmodels": "statsmodels",
    "torch": "PyTorch",
    "tensorflow": "TensorFlow",
    "keras": "Keras",
    "skorch": "skorch",
    "mlxtend": "mlxtend",
    "sklego": "scikit-lego",
    "skrub": "skrub",
    "dirty_cat": "dirty_cat",
    "hdbscan": "hdbscan",
    "umap": "UMAP",
    "kmodes": "kmodes",
    "yellowbrick": "Yellowbrick",
    "pycaret": "PyCaret",
    "tpot": "TPOT",
    "autosklearn": "auto-sklearn",
    "flaml": "FLAML",
    "h2o": "H2O",
    "pyspark": "PySpark",
    "dask_ml": "Dask-ML",
    "cuml": "cuML",
    "sklearn_pandas": "sklearn-pandas",
    "interpret": "InterpretML",
    "optuna": "Optuna",
    "skopt": "scikit-optimize",
    "econml": "EconML",
    "causalml": "CausalML",
    "pmdarima": "pmdarima",
    "sktime": "sktime",
    "tslearn": "tslearn",
    "river": "River",
    "surprise": "Surprise",
    "implicit": "implicit",
    "gensim": "gensim",
    "spacy": "spaCy",
    "nltk": "NLTK",
    "transformers": "Transformers",
    "sentence_transformers": "Sentence Transformers",
    "polars": "polars",
}
"""Top-level module → the package's own name."""

_OURS = frozenset({"numpy", "scipy", "pandas", "pyarrow", "joblib", "sklearn", "streamlit", "babel", "plotly", "skops"})
"""Libraries that are here: a name of theirs that is not in the table is not missing, it is not allowed."""


def _foreign(stream: Stream, version: str) -> Rejection:
    """Why names that are not in the table stop the file; the gravest reason first."""
    all_names = ", ".join(name.key for name in stream.foreign[:12])
    technical = f"not in the table: {all_names}"
    versions = [_plain_version(thing.state) for thing in stream.things]
    version = next((found for found in versions if found), version)
    reasons = {name.key: _why_foreign(name, version) for name in stream.foreign}
    if _makes_types_of_constants(stream.things):
        reasons["builtins:type"] = "other_part"
    tops = {name.module.partition(".")[0] for name in stream.foreign}
    for package in ("dill", "cloudpickle"):
        if package in tops and all(_written_by_savers(name) for name in stream.foreign):
            return Rejection("saved_with", technical, package=package)
    for reason in ("not_allowed", "own_class", "third_party", "old_version", "other_function", "other_part"):
        for name in stream.foreign:
            if reasons[name.key] == reason:
                return _named(reason, name, version, technical)
    raise AssertionError(reasons)


def _makes_types_of_constants(things: Sequence[Thing]) -> bool:
    """Whether `type` is called, and only as pickle writes `type(None)`."""
    made = [thing.args for thing in things if thing.cls.key == "builtins:type"]
    held = any(type(inner) is Name and inner.key == states.TYPE_OF for thing in things for inner in _held(thing))
    return bool(made) and not held and all(args == (None,) for args in made)


def _written_by_savers(name: Name) -> bool:
    """What dill and cloudpickle write of an author's own functions and classes; all of it stays unopened."""
    top = name.module.partition(".")[0]
    if top in ("dill", "_dill", "cloudpickle", "sklearn", "__main__", "types", "abc", "collections", "typing"):
        return True
    return top == "builtins" and name.qualname in _OF_SAVERS


_OF_SAVERS = frozenset({"__main__", "classmethod", "object", "property", "staticmethod", "super", "type"})


_OF_OLD_FILES = frozenset(
    {"sklearn.utils.deprecation:DeprecationDict", "builtins:FutureWarning", "numpy.core:_ufunc_reconstruct"}
)
"""What the results of a search held in 0.20, and how NumPy wrote its functions then."""


def _why_foreign(name: Name, version: str) -> str:
    top = name.module.partition(".")[0]
    if not all(part.isidentifier() for part in (*name.module.split("."), *name.qualname.split("."))):
        return "not_allowed"
    if harmless_names.leads_through_a_module(name):  # `__main__:os.system` is nothing of its author's
        return "not_allowed"
    if top in ("__main__", "__mp_main__"):
        return "own_class"
    if name.key in _OF_OLD_FILES and (translation.release(version) or _ANCIENT) < _ANCIENT:
        return "old_version"
    if top == "sklearn" or name.module == "_loss":  # what scikit-learn 1.3 to 1.7 calls its compiled losses in a file
        elsewhere = bool(version) and _release(version) != _release(our_version())
        if elsewhere and _is_model_name(name):
            return "old_version"
        return "other_part" if _is_a_harmless_part(name) else _harmless_or_not(name)
    if re.fullmatch(r"scipy\.sparse\._[a-z]+:[a-z]{3}_(array|matrix)", name.key):
        return "other_part"
    if top in _THIRD_PARTY:
        return "third_party"
    if top in _OURS or top in sys.stdlib_module_names or top in ("__builtin__", "copy_reg", "posix", "nt"):
        return _harmless_or_not(name)
    return "own_class"


def _harmless_or_not(name: Name) -> str:
    if not harmless_names.is_harmless(name):
        return "not_allowed"
    return "other_part" if harmless_names.is_class_name(name) else "other_function"


def _is_a_harmless_part(name: Name) -> bool:
    """Whether a name of scikit-learn is a class that people keep beside a model: a grid, a figure, a result."""
    return name.module.startswith(_PLACES_OF_PARTS) and name.qualname.isidentifier() and name.qualname[:1].isupper()


_PLACES_OF_PARTS = (
    *("sklearn.metrics._plot.", "sklearn.inspection._plot.", "sklearn.model_selection._plot"),
    *("sklearn.model_selection._search", "sklearn.calibration"),
)


def _is_model_name(name: Name) -> bool:
    """Whether an unknown name of scikit-learn looks like a class of another version rather than a tool for mischief."""
    if name.qualname in ("_passthrough_scorer", "newObj") or name.qualname.startswith("__pyx_unpickle_"):
        return True
    return "." not in name.qualname and name.qualname.lstrip("_")[:1].isupper()


def _named(reason: str, name: Name, version: str, technical: str) -> Rejection:
    top = name.module.partition(".")[0]
    if reason == "third_party":
        return Rejection(reason, technical, package=_THIRD_PARTY[top], name=name.qualname)
    if reason == "own_class":
        return Rejection(reason, technical, name=name.qualname[:80], module=name.module[:80])
    if reason == "old_version":
        return _old(version, technical)
    return Rejection(reason, technical, name=f"{name.module}.{name.qualname}"[:120])


def _old(version: str, technical: str) -> Rejection:
    return Rejection("old_version", technical, found=version or "?", ours=our_version())


def of_another_version(findings: Findings) -> bool:
    """Whether a file says that another release of scikit-learn wrote it."""
    return bool(findings.sklearn_version) and _release(findings.sklearn_version) != _release(our_version())


def lacks_a_part(complaint: str, findings: Findings) -> bool:
    """Whether a model failed on generated rows because its classes have parts today that they had not then.

    An AttributeError about anything else (a number where a text was wanted) concerns the rows, not the model.
    """
    found = re.match(r"AttributeError: '(\w+)' object has no attribute", complaint)
    return bool(found) and any(name.rpartition(":")[2] == found[1] for name in findings.names)  # type: ignore[index]


def tested(findings: Findings) -> bool:
    """Whether files of that version with these classes gave equal answers when they were compared."""
    version = translation.release(findings.sklearn_version)
    equal = TESTED.get(f"{version[0]}.{version[1]}", frozenset()) if version else frozenset()
    estimators = {name for name in findings.names if name in states.ESTIMATORS}
    return bool(estimators) and {name.rpartition(":")[2] for name in estimators} <= equal


def old_version(findings: Findings, technical: str) -> Rejection:
    """What to say of a file that another release wrote and this one cannot build, or not ask."""
    return _old(findings.sklearn_version, technical)


def _release(version: str) -> tuple[str, ...]:
    return tuple(version.split(".")[:2])


def _plain_version(state: Node) -> str:
    if type(state) is dict:
        found = state.get(states.VERSION)
        if type(found) is str and 0 < len(found) <= _VERSION_TEXT and found.isprintable():
            return found
    return ""


def _version(things: list[Thing], model: Thing) -> str:
    own = _plain_version(model.state)
    return own or next((found for found in (_plain_version(thing.state) for thing in things) if found), "")


# -- the one model ---------------------------------------------------------------------------------------------------


_Keyed = tuple[str, Thing]


def _the_model(root: Node, contents: Sequence[tuple[str, Node]]) -> tuple[Thing, tuple[Thing, ...], tuple[_Keyed, ...]]:
    """The object itself, or the one model in a dict, list or tuple; with it all parts where it is not alone; and what
    the file calls its target's, which is no part."""
    found: list[Thing] = []
    seen: set[int] = set()
    for _key, node in contents:
        if type(node) is Thing and node.cls.key in states.ESTIMATORS and id(node) not in seen:
            found.append(node)
            seen.add(id(node))
    targets: list[_Keyed] = []
    if len(found) > 1:
        if any(_predicts(thing) for thing in found):
            targets = _of_target(contents, found)
            found = [thing for thing in found if all(thing is not one for _, one in targets)]
        found = [thing for thing in found if thing.cls.qualname not in LABELS] or found
        others = [thing for thing in found if thing.cls.qualname not in _OF_ITS_ROWS]
        found = others if any(_predicts(thing) for thing in others) else found
        found = _without_parts(found)
    if not found:
        raise _no_model(root)
    if len(found) == 1:
        return found[0], (), tuple(targets)
    models = [thing for thing in found if _predicts(thing)]
    names = [thing.cls.qualname for thing in found]
    if len(models) != 1:
        raise Rejection("several_models", ", ".join(names[:8]), count=len(found), names=names[:8])
    if len(found) > MAX_SEPARATE_PARTS:
        raise Rejection("model_with_preparation", ", ".join(names[:8]), count=len(found), names=names[:8])
    return models[0], tuple(found), tuple(targets)


def _of_target(contents: Sequence[tuple[str, Node]], found: Sequence[Thing]) -> list[_Keyed]:
    """Scalers that the file calls the target's, by the key under which each is found first."""
    known = {id(thing) for thing in found}
    keys: dict[int, _Keyed] = {}
    for key, node in contents:
        if type(node) is Thing and id(node) in known:
            keys.setdefault(id(node), (key, node))
    return [(key, thing) for key, thing in keys.values() if accompanying.is_of_target(key, thing)][:MAX_SEPARATE_PARTS]


def _accompanying(
    contents: Sequence[tuple[str, Node]], used: Sequence[Thing], targets: tuple[_Keyed, ...]
) -> accompanying.Accompanying:
    """What lies beside the model and its parts."""
    encoders: dict[int, _Keyed] = {}
    for key, node in contents:
        if type(node) is Thing and node.cls.key == _LABEL_ENCODER and all(node is not thing for thing in used):
            encoders.setdefault(id(node), (key, node))
    return accompanying.Accompanying(
        targets=targets,
        encoders=tuple(encoders.values())[:MAX_ENCODERS],
        functions=accompanying.functions(contents),
        told=accompanying.told(contents, used),
    )


_LABEL_ENCODER = "sklearn.preprocessing._label:LabelEncoder"
MAX_ENCODERS = 200
"""Of the columns of a table, each with its own."""


def _without_parts(found: list[Thing]) -> list[Thing]:
    """Estimators that stand for themselves: without the steps of another one, which answers the same through them, and
    without models that were never trained, where others were. `get_params()` beside a model holds both."""
    steps = {id(thing): {id(step) for step in _steps(thing)} for thing in found}

    def is_part(thing: Thing) -> bool:
        own = steps[id(thing)]
        return any(id(thing) in theirs or (_prepares_by_steps(thing) and own < theirs) for theirs in steps.values())

    alone = [thing for thing in found if not is_part(thing)]
    trained = {id(thing) for thing in alone if _is_trained(thing)}
    if any(_predicts(thing) and id(thing) in trained for thing in alone):
        alone = [thing for thing in alone if id(thing) in trained or not _predicts(thing)]
    return alone or found


def _prepares_by_steps(thing: Thing) -> bool:
    return thing.cls.key == _PIPELINE and not _predicts(thing)


_STEPS = {
    "sklearn.pipeline:Pipeline": ("steps",),
    "sklearn.pipeline:FeatureUnion": ("transformer_list",),
    "sklearn.compose._column_transformer:ColumnTransformer": ("transformers", "transformers_"),
    "sklearn.model_selection._search:GridSearchCV": ("best_estimator_",),
    "sklearn.model_selection._search:RandomizedSearchCV": ("best_estimator_",),
    "sklearn.model_selection._search_successive_halving:HalvingGridSearchCV": ("best_estimator_",),
    "sklearn.model_selection._search_successive_halving:HalvingRandomSearchCV": ("best_estimator_",),
}
"""Class → attributes with the estimators through which it answers: whoever has it does not need them beside it."""


def _steps(thing: Thing) -> list[Thing]:
    """The steps of an estimator, and theirs."""
    found: dict[int, Thing] = {}
    waiting: list[Node] = [thing]
    while waiting:
        node = waiting.pop()
        if type(node) in (list, tuple):
            waiting += states.inside(node)
        elif type(node) is Thing and (node is thing or id(node) not in found):
            if node is not thing:
                found[id(node)] = node
            if type(node.state) is dict:
                waiting += [node.state[name] for name in _STEPS.get(node.cls.key, ()) if name in node.state]
    return list(found.values())


def _is_trained(thing: Thing) -> bool:
    """Whether an estimator, or a step of it, has an attribute that only `fit` sets."""
    return any(
        type(name) is str and name.endswith("_") and not name.startswith("_")
        for node in (thing, *_steps(thing))
        if type(node.state) is dict
        for name in node.state
    )


MAX_SEPARATE_PARTS = 6
"""Estimators of one file that are put in order; their orders are tried one by one."""


def _contents(root: Node) -> list[tuple[str, Node]]:
    """The root, and what lies in it through dicts, lists and tuples, each with the key that it lies under."""
    found: list[tuple[str, Node]] = []
    seen: set[int] = set()
    level: list[tuple[str, Node]] = [("", root)]
    for _ in range(6):
        following: list[tuple[str, Node]] = []
        for key, node in level:
            found.append((key, node))
            if id(node) in seen:
                continue
            if type(node) is dict:
                seen.add(id(node))
                following += [(inner if type(inner) is str else key, value) for inner, value in node.items()]
            elif type(node) in (list, tuple) or (type(node) is Array and node.items is not None):
                seen.add(id(node))
                following += [(key, inner) for inner in states.inside(node)]
            elif type(node) is Thing and node.cls.key in auxiliary_names.HOLDERS:
                seen.add(id(node))
                following.append((key, node.state))
                pairs = (node.pairs or {}).items()
                following += [(inner if type(inner) is str else key, value) for inner, value in pairs]
        level = following
    return found


MAX_NAME_LISTS = 20
_COLUMN_INDEX = "pandas.core.indexes.base:_new_Index"


def _name_lists(root: Node) -> tuple[tuple[str, Node], ...]:
    """Every list of texts beside a model, with its key: some files carry the names of their columns so."""
    found: list[tuple[str, Node]] = []
    for key, node in _contents(root):
        if type(node) is Thing and node.cls.key == _COLUMN_INDEX:
            found.append((key, node))
            continue
        texts: Sequence[Node] = ()
        if type(node) is Array and math.prod(node.shape or ()) <= MAX_NAMES:
            texts = node.values.ravel().tolist() if node.values is not None else list(node.items or ())
        elif type(node) in (list, tuple):
            texts = node  # type: ignore[assignment]
        if not 0 < len(texts) <= MAX_NAMES:
            continue
        if all(type(text) is str and 0 < len(text) <= MAX_COLUMN_NAME for text in texts):
            found.append((key, node))
    return tuple(found[:MAX_NAME_LISTS])


_PIPELINE, _UNION = "sklearn.pipeline:Pipeline", "sklearn.pipeline:FeatureUnion"
LABELS = frozenset({"LabelBinarizer", "LabelEncoder", "MultiLabelBinarizer"})
"""What turned the answers into numbers; it lies beside a model and no prediction needs it."""


_OF_ITS_ROWS = frozenset(
    {"AgglomerativeClustering", "DBSCAN", "HDBSCAN", "MDS", "OPTICS", "SpectralClustering", "SpectralEmbedding", "TSNE"}
)
"""What answers for the rows that it was fitted to and for no others: beside a model it is a result."""


def _predicts(thing: Thing) -> bool:
    """Whether an estimator looks like the model itself, and not like what prepares its table."""
    if thing.cls.key == _UNION:
        return False
    if thing.cls.key == _PIPELINE and type(thing.state) is dict:
        last = thing.state.get("steps")
        while type(last) in (list, tuple) and (inside := list(states.inside(last))):
            last = inside[-1]
        if type(last) is Thing and last.cls.key in states.ESTIMATORS:
            return _predicts(last)
    if thing.cls.qualname == "TransformedTargetRegressor":
        return True
    module = thing.cls.module.split(".")[1] if thing.cls.module.startswith("sklearn.") else ""
    return module not in _PREPARES and not (module == "cluster" and thing.cls.qualname == "FeatureAgglomeration")


_PREPARES = frozenset(
    {"preprocessing", "impute", "decomposition", "feature_selection", "feature_extraction", "compose"}
    | {"kernel_approximation", "random_projection", "manifold"}
)


def _no_model(root: Node) -> Rejection:
    if type(root) is Array or isinstance(root, np.generic):
        return Rejection("no_model_numbers", "the object is an array")
    if type(root) is Name:
        return Rejection("no_model_class", f"the object is the name {root.key}", name=root.qualname)
    what = root.cls.qualname if type(root) is Thing else type(root).__name__
    if type(root) in (dict, list, tuple):
        return Rejection("no_model_settings", f"the object is a {what}", name=what)
    return Rejection("no_model", f"the object is a {what}", name=what)


# -- the walk --------------------------------------------------------------------------------------------------------


def _holders_around(contents: Sequence[tuple[str, Node]], models: tuple[Thing, ...]) -> frozenset[int]:
    """Holders in which models are found, held by none of the models: they may hold anything, and are not built."""
    inside = _reach([*models])
    found = (node for _, node in contents if type(node) is Thing and node.cls.key in auxiliary_names.HOLDERS)
    return frozenset(id(node) for node in found if id(node) not in inside)


def _walk(root: Node, model: Thing, around: frozenset[int]) -> dict[int, Node]:
    """Look at everything that the root holds, once; raises Rejection for a key or a kind that does not belong."""
    reached: dict[int, Node] = {}
    todo: list[Node] = [root]
    while todo:
        node = todo.pop()
        if type(node) not in _HOLDERS:
            if type(node) is Name and node.key == states.TYPE_OF:
                raise Rejection("not_allowed", f"{node.key} as a value", name="builtins.type")
            states.kind(node)
        elif id(node) not in reached:
            reached[id(node)] = node
            states.kind(node)
            if type(node) is Thing and id(node) not in around:
                states.check(node, outermost=node is model)
            todo.extend(_held(node))
    return reached


_HOLDERS = frozenset({Thing, list, tuple, dict, Array})


def _held(node: Node) -> list[Node]:
    """What lies directly in a node; of an object, its state, its arguments and its entries."""
    if type(node) is Thing:
        held = [node.state, *node.args]
        return held if node.pairs is None else [*held, *node.pairs.values()]
    return list(states.inside(node))


def _acyclic(root: Node) -> None:
    """What will be built holds itself nowhere, is not too deep, and no larger than it looks; raises Rejection.

    Honest files do hold themselves in a few places, all in objects that are left behind: Birch's chain of leaves, a
    bound method of its own owner, the owner of a metadata request.
    """
    done: dict[int, int] = {}
    above: set[int] = set()
    todo: list[tuple[Node, list[Node] | None]] = [(root, None)]
    while todo:
        node, held = todo.pop()
        if held is not None:
            above.discard(id(node))
            # a call goes through a shared part as often as it is held: thirty pairs of one in the other are a billion
            many = sum([done.get(id(inner), 0) for inner in held]) + (type(node) is Thing)
            if many > MAX_PARTS:
                raise Rejection("too_large", f"more than {MAX_PARTS} objects, each counted as often as it is held")
            done[id(node)] = many
        elif type(node) in _HOLDERS and id(node) not in done:
            if id(node) in above:
                what = node.cls.qualname if type(node) is Thing else type(node).__name__
                raise Rejection("bad_structure", f"a {what} that holds itself", name=what)
            if type(node) is Thing and node.cls.key in states.LEFT_BEHIND:
                continue
            if len(above) >= limits.MAX_DEPTH:
                raise Rejection("too_deep", f"objects nested more than {limits.MAX_DEPTH} deep")
            above.add(id(node))
            held = [inner for inner in _held(node) if type(inner) in _HOLDERS]
            todo.append((node, held))
            todo.extend([(inner, None) for inner in held])


# -- findings --------------------------------------------------------------------------------------------------------


def _findings(stream: Stream, model: Thing, version: str) -> Findings:
    state = model.state if type(model.state) is dict else {}
    n_features = _first_value(model, "n_features_in_")
    return Findings(
        names=tuple(stream.names),
        estimator=model.cls.qualname,
        sklearn_version=version,
        columns=_columns(model),
        card=plain_card(state[states.CARD]) if states.CARD in state else None,
        n_features=int(n_features) if isinstance(n_features, int | np.integer) else None,
        protocol=stream.protocol,
    )


def _columns(model: Thing) -> tuple[str, ...]:
    names = _first_value(model, "feature_names_in_")
    if type(names) is Array:
        texts = names.values.ravel().tolist() if names.values is not None else list(names.items or ())
        if len(texts) <= MAX_NAMES and all(type(text) is str for text in texts):
            longest = max(map(len, texts), default=0)
            if longest > MAX_COLUMN_NAME:
                raise Rejection("long_names", f"the name of a column has {longest} characters")
            characters = sum(map(len, texts))
            if characters > MAX_COLUMNS_TEXT:
                raise Rejection("long_names", f"{characters} characters in {len(texts)} names of columns")
            return tuple(texts)
    return ()


_OUTER_TO_INNER = (
    "best_estimator_",
    "steps",
    "estimator_",
    "estimator",
    "regressor_",
    "estimators_",
    "transformer_list",
)


def _first_value(model: Thing, key: str) -> Node:
    """The value under a key of the outermost model that has it: a pipeline has its columns in its first step."""
    node: Node = model
    for _ in range(30):
        if type(node) in (list, tuple) and node:
            node = _inner_of_list(node)  # type: ignore[arg-type]
            continue
        if type(node) is not Thing or type(node.state) is not dict:
            return None
        if key in node.state:
            return node.state[key]
        node = next((node.state[outer] for outer in _OUTER_TO_INNER if node.state.get(outer) is not None), None)
    return None


def _inner_of_list(items: list[Node] | tuple[Node, ...]) -> Node:
    """The first model in a list of models, or of (name, model) pairs."""
    for item in items:
        if type(item) is tuple and len(item) >= 2:
            item = item[1]
        if type(item) is Thing:
            return item
    return None


def plain_card(node: Node) -> Mapping[str, JsonValue]:
    """The card as JSON types; raises Rejection for anything else or for too much of it."""
    if type(node) is not dict:
        raise Rejection("bad_card", f"a card that is a {type(node).__name__}")
    budget = [MAX_CARD_NODES, MAX_CARD_TEXT]
    plain = _plain(node, budget, 0)
    assert isinstance(plain, dict)
    return plain


def _plain(node: Node, budget: list[int], depth: int) -> JsonValue:
    budget[0] -= 1
    if depth > 20 or min(budget) < 0:
        raise Rejection("bad_card", "a card that is too deep or too long")
    if node is None or type(node) in (bool, int):
        if type(node) is int and abs(node) > 2**63:
            raise Rejection("bad_card", "a number beyond 64 bits in a card")
        return node  # type: ignore[return-value]
    if type(node) is float:
        return node if math.isfinite(node) else None
    if type(node) is str:
        budget[1] -= len(node)
        return node
    if type(node) is list or type(node) is tuple:
        return [_plain(item, budget, depth + 1) for item in node]
    if type(node) is dict and all(type(key) is str for key in node):
        return {str(key): _plain(value, budget, depth + 1) for key, value in node.items()}
    raise Rejection("bad_card", f"a {type(node).__name__} in a card")
