"""The state of a model that another version of scikit-learn wrote, as this version keeps it.

It works on inert nodes, after the parser and before validation, which then checks the result like any other state. Each
rule names the classes, the first version that no longer needs it, and where scikit-learn changed. Where the state is
the same and the formula is not, a rule names the class of `building/older_versions.py` with the older methods.
Parameters added later get their defaults in the builder (`construct`). What a rule cannot express is refused as
`old_version`.

`tools/old_models.py` makes models in environments of older versions, `benchmarks/versions.py` compares their answers,
and `generated/tested_versions.py` lists the classes whose answers were all equal: only those count as proved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.gate.judging.calls import BIT_GENERATORS
from lib.gate.nodes import Array, DType, Name, Node, Thing

State = dict[Node, Node]


class Untranslatable(Exception):
    """This version has nothing that would answer in the same way; the message is for the technical account."""


@dataclass(frozen=True)
class Rule:
    """What to change in the state of some classes, where the file's version is older than `before`."""

    classes: frozenset[str]
    before: tuple[int, int]
    change: Callable[[State], str | None]
    """Changes a state in place; may name the class of `older_versions.py` that the object is built as."""
    source: str


def translate(things: Iterable[Thing], version: str) -> None:
    """Change the states of objects in place, as far as their own version (else the file's) asks for it.

    Raises Untranslatable.
    """
    for thing in things:
        if (
            thing.cls.key == _GENERATOR
            and type(thing.state) is dict
            and thing.state.get("bit_generator") in BIT_GENERATORS
        ):
            thing.state = None  # NumPy before 2.0 set its numbers here; nothing that predicts draws from it
        if thing.cls.module == "sklearn._loss._loss" and type(thing.state) is tuple:
            thing.args, thing.state = thing.args or thing.state, None
        if type(thing.state) is not dict:
            continue
        own = release(str(thing.state.get("_sklearn_version") or version))
        for rule in _RULES_OF.get(thing.cls.qualname, ()):
            if own and own < rule.before:
                thing.older = rule.change(thing.state) or thing.older


_GENERATOR = "numpy.random._pickle:__generator_ctor"


def _is_random_state(state: State) -> bool:
    return state.get("bit_generator") in BIT_GENERATORS and type(state.get("state")) is dict


def release(version: str) -> tuple[int, int] | None:
    """`1.3.2` → (1, 3); None for what is no version."""
    found = re.match(r"(\d{1,3})\.(\d{1,3})", version)
    return (int(found[1]), int(found[2])) if found else None


# -- helpers ---------------------------------------------------------------------------------------------------------


def _array(values: np.ndarray) -> Array:
    made = Array("ndarray")
    made.values = values
    made.shape = values.shape
    return made


def _values(node: Node) -> np.ndarray:
    if type(node) is not Array or node.values is None:
        raise Untranslatable("a part that is no array of numbers")
    return node.values


def _thing(module: str, qualname: str, args: tuple[Node, ...] = (), state: State | None = None) -> Thing:
    made = Thing(Name(module, qualname, allowed=True), args, "call" if state is None else "new")
    made.state = dict(state) if state is not None else None
    return made


def _rename(old: str, new: str) -> Callable[[State], None]:
    def change(state: State) -> None:
        if old in state and new not in state:
            state[new] = state.pop(old)

    return change


# -- trees -----------------------------------------------------------------------------------------------------------


def _tree_fields(state: State) -> None:
    """Nodes get the direction of missing values, which older trees could not have."""
    tree = state.get("tree_")
    if type(tree) is not Thing or type(tree.state) is not dict:
        return
    nodes = _values(tree.state.get("nodes"))
    if nodes.dtype.names and "missing_go_to_left" not in nodes.dtype.names:
        names = [*nodes.dtype.names, "missing_go_to_left"]
        formats = [*(nodes.dtype[name] for name in nodes.dtype.names), np.dtype("u1")]
        wider = np.zeros(nodes.shape, np.dtype({"names": names, "formats": formats}, align=True))
        for name in nodes.dtype.names:
            wider[name] = nodes[name]
        tree.state["nodes"] = _array(wider)


def _tree_shares(state: State) -> None:
    """Counts (or weights) of each class in a node become shares, as `predict_proba` made them at each call."""
    tree = state.get("tree_")
    if type(tree) is not Thing or type(tree.state) is not dict:
        return
    values = _values(tree.state.get("values"))
    if values.ndim != 3:
        raise Untranslatable("the values of a tree")
    totals = values.sum(axis=2, keepdims=True)
    totals[totals == 0.0] = 1.0
    tree.state["values"] = _array(values / totals)


def _path_lengths(state: State) -> None:
    """How long the paths of each isolation tree are, which is worked out when it is fitted since 1.3."""
    trees = state.get("estimators_")
    if "_decision_path_lengths" in state or type(trees) is not list:
        return
    averages: list[Node] = []
    depths: list[Node] = []
    for one in trees:
        tree = one.state.get("tree_") if type(one) is Thing and type(one.state) is dict else None
        if type(tree) is not Thing or type(tree.state) is not dict:
            raise Untranslatable("an isolation forest without trees")
        nodes = _values(tree.state.get("nodes"))
        if not nodes.dtype.names or not {"left_child", "right_child", "n_node_samples"} <= set(nodes.dtype.names):
            raise Untranslatable("the nodes of a tree")
        averages.append(_array(_average_path_length(nodes["n_node_samples"])))
        depths.append(_array(_depths(nodes["left_child"], nodes["right_child"])))
    state["_average_path_length_per_tree"] = tuple(averages)
    state["_decision_path_lengths"] = tuple(depths)


def _average_path_length(samples: np.ndarray) -> np.ndarray:
    """Mean path length of an unsuccessful search among n samples; Liu, Ting and Zhou 2008, equation 1."""
    count = samples.astype(np.float64)
    many = np.maximum(count, 3)
    lengths = 2.0 * (np.log(many - 1.0) + np.euler_gamma) - 2.0 * (many - 1.0) / many
    return np.where(count <= 1, 0.0, np.where(count == 2, 1.0, lengths))


def _depths(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Of each node, 1 for the root; children stand behind their parent."""
    depths = np.ones(len(left), np.int64)
    for place, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        for child in (one, other):
            if child != -1:
                if not place < child < len(depths):
                    raise Untranslatable("a child outside the tree")
                depths[child] = depths[place] + 1
    return depths


# -- gradient boosting -----------------------------------------------------------------------------------------------

_LOSS = "sklearn._loss.loss"
_COMPILED = "sklearn._loss._loss"
_LINK = "sklearn._loss.link"


def _interval(low: float, high: float, low_inclusive: bool, high_inclusive: bool) -> Thing:
    args: tuple[Node, ...] = (low, high, low_inclusive, high_inclusive)
    made = Thing(Name(_LINK, "Interval", allowed=True), (), "new")
    made.state = dict(zip(("low", "high", "low_inclusive", "high_inclusive"), args, strict=True))
    return made


def _link(name: str) -> Thing:
    return _thing(_LINK, name, state={})


def _loss(name: str, compiled: Thing, link: str, classes: int | None) -> Thing:
    infinity = float("inf")
    state: State = {
        "closs": compiled,
        "link": _link(link),
        "n_classes": classes,
        "xp": None,
        "device": None,
        "approx_hessian": False,
        "constant_hessian": False,
        "interval_y_true": _interval(-infinity, infinity, False, False),
        "interval_y_pred": _interval(-infinity, infinity, False, False),
    }
    if name == "HalfMultinomialLoss":
        state["class_indexing_offsets"] = None
    return _thing(_LOSS, name, state=state)


def _multinomial_loss(classes: int) -> Thing:
    made = (Name(_COMPILED, "CyHalfMultinomialLoss", allowed=True), 0, None)
    compiled = _thing(_COMPILED, "__pyx_unpickle_CyHalfMultinomialLoss", made)
    return _loss("HalfMultinomialLoss", compiled, "MultinomialLogit", classes)


def _boosting_loss(state: State) -> None:
    """The losses of `sklearn.ensemble._gb_losses` became those of `sklearn._loss` in 1.4."""
    old = state.get("_loss")
    if type(old) is not Thing or old.cls.module != "sklearn.ensemble._gb_losses":
        return
    kind = old.cls.qualname
    count = state.get("n_classes_")
    trees = int(count) if kind == "MultinomialDeviance" and isinstance(count, int | np.integer) else 1
    alpha = state.get("alpha")
    share = float(alpha) if isinstance(alpha, int | float) else 0.9
    made: Mapping[str, Callable[[], Thing]] = {
        "BinomialDeviance": lambda: _loss("HalfBinomialLoss", _thing(_COMPILED, "CyHalfBinomialLoss"), "LogitLink", 2),
        "ExponentialLoss": lambda: _loss("ExponentialLoss", _thing(_COMPILED, "CyExponentialLoss"), "HalfLogitLink", 2),
        "MultinomialDeviance": lambda: _multinomial_loss(trees),
        "LeastSquaresError": lambda: _loss(
            "HalfSquaredError", _thing(_COMPILED, "CyHalfSquaredError"), "IdentityLink", 1
        ),
        "LeastAbsoluteError": lambda: _loss("AbsoluteError", _thing(_COMPILED, "CyAbsoluteError"), "IdentityLink", 1),
        "HuberLossFunction": lambda: _loss("HuberLoss", _thing(_COMPILED, "CyHuberLoss", (0.5,)), "IdentityLink", 1),
        "QuantileLossFunction": lambda: _loss(
            "PinballLoss", _thing(_COMPILED, "CyPinballLoss", (share,)), "IdentityLink", 1
        ),
    }
    if kind not in made:
        raise Untranslatable(f"the loss {kind}")
    state["_loss"] = made[kind]()
    state.setdefault("n_trees_per_iteration_", trees)


def _boosting_by_votes(state: State) -> str | None:
    """SAMME counted votes against a class as 0 before 1.3."""
    return "AdaBoostByVotes" if state.get("algorithm", "SAMME.R") == "SAMME" else None


def _boosting_by_chances(state: State) -> str | None:
    """SAMME.R, the default until 1.5, was taken out in 1.6."""
    algorithm = state.get("algorithm", "SAMME.R")
    if algorithm not in ("SAMME", "SAMME.R"):
        raise Untranslatable("AdaBoost with an algorithm of its own")
    return "AdaBoostByChances" if algorithm == "SAMME.R" else None


def _uncentred(state: State) -> str | None:
    """Raw predictions of several classes began at log chances, which are centred since 1.4."""
    count = state.get("n_classes_")
    return "GradientBoostingUncentred" if isinstance(count, int | np.integer) and count > 2 else None


def _no_preprocessor(state: State) -> None:
    """Before 1.4 categories were numbers; the tables added later encode words."""
    state.setdefault("_preprocessor", None)
    state.setdefault("_is_categorical_remapped", state.get("is_categorical_"))


def _signed_columns(state: State) -> None:
    """Places of columns were unsigned in 1.2."""
    rounds = state.get("_predictors")
    for trees in rounds if type(rounds) is list else []:
        for tree in trees if type(trees) is list else []:
            if type(tree) is Thing and type(tree.state) is dict:
                nodes = _values(tree.state.get("nodes"))
                if nodes.dtype.names and "feature_idx" in nodes.dtype.names and nodes.dtype["feature_idx"].kind == "u":
                    formats = [
                        np.dtype(np.intp) if name == "feature_idx" else nodes.dtype[name] for name in nodes.dtype.names
                    ]
                    signed = np.zeros(nodes.shape, np.dtype({"names": nodes.dtype.names, "formats": formats}))
                    for name in nodes.dtype.names:
                        signed[name] = nodes[name]
                    tree.state["nodes"] = _array(signed)


_HISTOGRAM_LOSSES: Mapping[str, tuple[str, str, str]] = {
    "LeastSquares": ("HalfSquaredError", "CyHalfSquaredError", "IdentityLink"),
    "LeastAbsoluteDeviation": ("AbsoluteError", "CyAbsoluteError", "IdentityLink"),
    "Poisson": ("HalfPoissonLoss", "CyHalfPoissonLoss", "LogLink"),
    "BinaryCrossEntropy": ("HalfBinomialLoss", "CyHalfBinomialLoss", "LogitLink"),
}


def _histogram_loss(state: State) -> None:
    """The losses of `_hist_gradient_boosting.loss` became those of `sklearn._loss` in 1.1, and baselines a row."""
    old = state.get("_loss")
    if type(old) is not Thing or old.cls.module != "sklearn.ensemble._hist_gradient_boosting.loss":
        return
    kind, trees = old.cls.qualname, state.get("n_trees_per_iteration_")
    if kind == "CategoricalCrossEntropy" and isinstance(trees, int | np.integer):
        state["_loss"] = _multinomial_loss(int(trees))
    elif kind in _HISTOGRAM_LOSSES:
        name, compiled, link = _HISTOGRAM_LOSSES[kind]
        state["_loss"] = _loss(name, _thing(_COMPILED, compiled), link, 2 if link == "LogitLink" else 1)
    else:
        raise Untranslatable(f"the loss {kind}")
    baseline = state.get("_baseline_prediction")
    number = baseline if isinstance(baseline, int | float | np.number) else _values(baseline)
    state["_baseline_prediction"] = _array(np.asarray(number, np.float64).reshape(1, -1))


# -- linear models ---------------------------------------------------------------------------------------------------


def _logistic_chances(state: State, *, alone: tuple[str, ...]) -> str | None:
    """Which of three formulas `predict_proba` took, by `multi_class` and the solver; today the classes alone decide.

    `alone` are the solvers that made one model a class by themselves.
    """
    classes = state.get("classes_")
    count = classes.shape[0] if type(classes) is Array and classes.shape else 0
    many = state.get("multi_class", "auto")
    if many not in ("auto", "deprecated", "ovr", "warn", "multinomial"):
        raise Untranslatable("a logistic regression with a multi_class of its own")
    if state.get("l1_ratio") is None:
        state["l1_ratio"] = 1.0 if state.get("penalty") == "l1" else 0.0
    apart = many in ("ovr", "warn") or (many != "multinomial" and state.get("solver") in alone)
    kind = "LogisticRegressionCV" if "Cs_" in state or "Cs" in state else "LogisticRegression"
    if count > 2 and apart:
        return f"OneAgainstRest{kind}"
    if count == 2 and many == "multinomial":
        return f"SoftmaxOfTwo{kind}"
    return None


def _logistic_chances_before_1_6(state: State) -> str | None:
    return _logistic_chances(state, alone=("liblinear", "newton-cholesky"))


def _logistic_chances_since_1_6(state: State) -> str | None:
    return _logistic_chances(state, alone=("liblinear",))


def _classes_of_binarizer(state: State) -> None:
    binarizer = state.get("_label_binarizer")
    if "classes_" not in state and type(binarizer) is Thing and type(binarizer.state) is dict:
        state["classes_"] = binarizer.state.get("classes_")


def _scaled_coefficients(state: State) -> None:
    """`predict` divided by the deviation of each column; since 1.5 the coefficients hold it."""
    coefficients = _values(state.pop("_coef_") if "_coef_" in state else state.get("coef_"))
    deviations = _values(state.get("_x_std"))
    if coefficients.ndim != 2 or deviations.shape != coefficients.shape[1:]:
        raise Untranslatable("coefficients of another shape")
    state["coef_"] = _array(coefficients / deviations)
    state.setdefault("_predict_1d", False)


def _kernel_width(state: State) -> None:
    gamma = state.get("gamma")
    columns = state.get("n_features_in_")
    if "gamma_" not in state and isinstance(columns, int) and columns:
        state["gamma_"] = 1 / columns if gamma is None else gamma


# -- preprocessing ---------------------------------------------------------------------------------------------------


def _fill_dtype(state: State) -> None:
    """Remembers the type of the table that it was fitted on, which its statistics have too."""
    statistics = state.get("statistics_")
    if "_fill_dtype" in state or type(statistics) is not Array:
        return
    plain = statistics.values is not None and statistics.values.dtype.kind in "fiu"
    state["_fill_dtype"] = DType(statistics.values.dtype if plain and statistics.values is not None else np.dtype("O"))
    state.setdefault("_fit_dtype", state["_fill_dtype"])


def _no_rare_words(state: State) -> None:
    """Rare categories together, since 1.1 in columns of zeros and ones, since 1.3 in ordinal numbers."""
    state.setdefault("_infrequent_enabled", False)


def _dropped_after_grouping(state: State) -> None:
    """Which categories are dropped is kept a second time since 1.2, after rare ones were put together."""
    state.setdefault("_drop_idx_after_grouping", state.get("drop_idx_"))


def _one_hot_outputs(state: State) -> None:
    """How many columns each column becomes is kept since 1.1."""
    _no_rare_words(state)
    categories, dropped = state.get("categories_"), state.get("drop_idx_")
    if "_n_features_outs" in state or type(categories) is not list:
        return
    if not all(type(one) is Array and one.shape is not None and len(one.shape) == 1 for one in categories):
        raise Untranslatable("categories that are no lists")
    counts = [one.shape[0] for one in categories]
    if dropped is not None:
        places = _items(dropped)
        if len(places) != len(counts):
            raise Untranslatable("dropped categories of other columns")
        counts = [count - (place is not None) for count, place in zip(counts, places, strict=True)]
    state["_n_features_outs"] = list(counts)


def _powers(state: State) -> None:
    """The degrees and the number of outputs of polynomials have names of their own since 1.0."""
    degree = state.get("degree")
    if "n_output_features_" not in state:
        return
    if not isinstance(degree, int):
        raise Untranslatable("polynomials without a degree")
    state.setdefault("_min_degree", 0)
    state.setdefault("_max_degree", degree)
    state.setdefault("_n_out_full", state["n_output_features_"])


def _no_missing_places(state: State) -> None:
    """Where the missing value stands among the categories, since 1.1; the earlier ones are taken without any."""
    categories = state.get("categories_")
    for one in categories if type(categories) is list else []:
        values = one.values if type(one) is Array else None
        texts = one.items if type(one) is Array else None
        missing = values is not None and values.dtype.kind == "f" and bool(np.isnan(values).any())
        if missing or any(item is None or item != item for item in texts or ()):
            raise Untranslatable("an encoder with a missing value among its categories")
    state.setdefault("_missing_indices", {})


def _donors_with_values(state: State) -> None:
    """Which columns have any value, which `transform` worked out at each call."""
    if "_valid_mask" not in state and "_mask_fit_X" in state:
        mask = _values(state.get("_mask_fit_X"))
        state["_valid_mask"] = _array(~np.all(mask, axis=0))


def _refit_by_name(state: State) -> None:
    """A search by halving kept the function that picks its best model."""
    if type(state.get("refit")) is Name:
        state["refit"] = True


def _no_parameters_of_optimizer(state: State) -> None:
    """An optimizer had the weights once more; it is left behind anyway."""
    state.pop("params", None)


def _count_of_columns(state: State) -> None:
    """How many columns a model has was `n_features_` in trees and what is made of them, and a shape in an SVM."""
    shape = state.get("shape_fit_")
    count = state.get("n_features_", shape[1] if type(shape) is tuple and len(shape) == 2 else None)
    if isinstance(count, int | np.integer) and not isinstance(count, bool):
        state.setdefault("n_features_in_", int(count))


def _bandwidth(state: State) -> None:
    """The width that is used is kept apart from the one that was asked for since 1.2."""
    if isinstance(state.get("bandwidth"), int | float):
        state.setdefault("bandwidth_", state["bandwidth"])


def _count_of_rows(state: State) -> None:
    """How many rows a model of neighbours keeps has a name of its own since 0.22."""
    rows = state.get("_fit_X")
    if type(rows) is Array and rows.shape:
        state.setdefault("n_samples_fit_", rows.shape[0])


def _threads(state: State) -> None:
    """How many threads it takes; the builder bounds them."""
    state.setdefault("_n_threads", 1)


def _names_of_columns(state: State) -> None:
    """Before 1.0 a ColumnTransformer alone remembered the names of its table."""
    if "feature_names_in_" not in state and type(state.get("_feature_names_in")) is Array:
        state["feature_names_in_"] = state["_feature_names_in"]
    if isinstance(state.get("_n_features"), int):
        state.setdefault("n_features_in_", state["_n_features"])
    transformers = state.get("transformers_")
    if "_transformer_to_input_indices" in state or type(transformers) is not list:
        return
    names = _items(state["feature_names_in_"]) if "feature_names_in_" in state else ()
    places: dict[Node, Node] = {}
    for one in transformers:
        if type(one) is not tuple or len(one) != 3 or type(one[0]) is not str:
            raise Untranslatable("a transformer without a name or columns")
        places[one[0]] = _places(one[2], names)
    state["_transformer_to_input_indices"] = places


def _places(columns: Node, names: Sequence[Node]) -> list[Node]:
    """Names or places of columns as places."""
    chosen = (columns,) if isinstance(columns, str | int) else () if columns is None else _items(columns)
    places: list[Node] = []
    for one in chosen:
        if isinstance(one, str) and one in names:
            places.append(list(names).index(one))
        elif isinstance(one, int | np.integer) and not isinstance(one, bool):
            places.append(int(one))
        else:
            raise Untranslatable("columns that are neither names nor places")
    return places


def _items(node: Node) -> Sequence[Node]:
    """The items of a list, a tuple or an array of one dimension."""
    if type(node) in (list, tuple):
        return node  # type: ignore[return-value]
    if type(node) is Array and node.shape is not None and len(node.shape) == 1:
        return node.values.tolist() if node.values is not None else tuple(node.items or ())
    raise Untranslatable("a part that is no list")


def _passthrough_objects(state: State) -> None:
    """Columns that pass unchanged have a FunctionTransformer since 1.2, a word before."""
    transformers = state.get("transformers_")
    if type(transformers) is not list or "_name_to_fitted_passthrough" in state:
        return
    parameters: State = {
        **dict.fromkeys(("func", "inverse_func", "kw_args", "inv_kw_args")),
        "validate": False,
        "accept_sparse": True,
        "check_inverse": False,
        "feature_names_out": None,
    }
    state["transformers_"] = [
        (one[0], _thing("sklearn.preprocessing._function_transformer", "FunctionTransformer", state=parameters), one[2])
        if type(one) is tuple and len(one) == 3 and type(one[1]) is str and one[1] == "passthrough"
        else one
        for one in transformers
    ]


def _any_donor(state: State) -> str | None:
    """Since 1.6 donors without any common column do not count where all weigh the same."""
    return "KNNImputerAnyDonor" if state.get("weights", "uniform") == "uniform" else None


def _no_priors(state: State) -> str:
    """Priors came in 1.6, and with them chances; the nearest centroid alone was the answer."""
    state.setdefault("priors", "uniform")
    classes = state.get("classes_")
    if type(classes) is not Array or not classes.shape:
        raise Untranslatable("a nearest centroid without classes")
    state.setdefault("class_prior_", _array(np.full(classes.shape[0], 1 / max(1, classes.shape[0]))))
    return "NearestCentroidAlone"


def _empty_features(state: State) -> None:
    """Which columns held nothing at all; since 1.6 their imputation can keep them."""
    initial = state.get("initial_imputer_")
    if "_is_empty_feature" not in state and type(initial) is Thing and type(initial.state) is dict:
        statistics = _values(initial.state.get("statistics_"))
        state["_is_empty_feature"] = _array(np.isnan(statistics))


def _idf(state: State) -> None:
    """The diagonal of inverse document frequencies became an array in 1.4."""
    diagonal = state.pop("_idf_diag", None)
    if type(diagonal) is Thing and type(diagonal.state) is dict and "idf_" not in state:
        values = _values(diagonal.state.get("data"))
        state["idf_"] = _array(np.ravel(values))


def _fitted_passthrough(state: State) -> None:
    """Columns that pass unchanged are named by a fitted FunctionTransformer in place of a word since 1.4."""
    fitted = state.pop("_name_to_fitted_passthrough", None)
    transformers = state.get("transformers_")
    if type(fitted) is not dict or type(transformers) is not list:
        return
    state["transformers_"] = [
        (one[0], fitted[one[0]], one[2])
        if type(one) is tuple and len(one) == 3 and one[1] == "passthrough" and one[0] in fitted
        else one
        for one in transformers
    ]


def _plain_remainder(state: State) -> None:
    """The columns that no transformer names lay in a list of their own kind from 1.5 to 1.6."""

    def plain(columns: Node) -> Node:
        if type(columns) is Thing and columns.cls.qualname == "_RemainderColsList" and type(columns.state) is dict:
            return columns.state.get("data")
        return columns

    def entry(one: Node) -> Node:
        return (*one[:2], plain(one[2])) if type(one) is tuple and len(one) == 3 else one

    state["_remainder"] = entry(state.get("_remainder"))
    transformers = state.get("transformers_")
    if type(transformers) is list:
        state["transformers_"] = [entry(one) for one in transformers]


def _no_deprecation(state: State) -> None:
    """Scorers had a message about their deprecation from 1.6 to 1.7; they are left behind anyway."""
    state.pop("_deprecation_msg", None)


def _all_components(state: State) -> None:
    """As many components as columns, the default until 1.5, was a word that warned from 1.4 on."""
    if state.get("n_components") == "warn":
        state["n_components"] = None


def _of(*names: str) -> frozenset[str]:
    return frozenset(names)


_TREES = _of("DecisionTreeClassifier", "DecisionTreeRegressor", "ExtraTreeClassifier", "ExtraTreeRegressor")
_LOGISTIC = _of("LogisticRegression", "LogisticRegressionCV")
_RIDGE = _of("RidgeClassifier", "RidgeClassifierCV")
_HISTOGRAM = _of("HistGradientBoostingClassifier", "HistGradientBoostingRegressor")
_BOOSTING = _of("GradientBoostingClassifier", "GradientBoostingRegressor")

_FORESTS = _of(
    *("RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor"),
    *("RandomTreesEmbedding", "IsolationForest"),
)
_WITH_BASE = _FORESTS | _of(
    *("AdaBoostClassifier", "AdaBoostRegressor", "BaggingClassifier", "BaggingRegressor"),
    *("CalibratedClassifierCV", "_CalibratedClassifier"),
)


def _both(*changes: Callable[[State], None]) -> Callable[[State], None]:
    def change(state: State) -> None:
        for one in changes:
            one(state)

    return change


_BASE = _both(_rename("base_estimator", "estimator"), _rename("base_estimator_", "estimator_"))

_SUPPORT_VECTORS = _of("SVC", "SVR", "NuSVC", "NuSVR", "OneClassSVM")

_NEIGHBOURS = _of(
    *("KNeighborsClassifier", "KNeighborsRegressor", "RadiusNeighborsClassifier", "RadiusNeighborsRegressor"),
    *("NearestNeighbors", "LocalOutlierFactor"),
)
_SVM_NAMES = _both(_rename("n_support_", "_n_support"), _rename("probA_", "_probA"), _rename("probB_", "_probB"))


def _counted_otherwise(state: State) -> None:
    raise Untranslatable("a support vector machine of numbers from before 0.22, which counted its vectors otherwise")


RULES: tuple[Rule, ...] = (
    Rule(_of("SVR", "NuSVR", "OneClassSVM"), (0, 22), _counted_otherwise, "sklearn/svm/_base.py: _n_support, 0.22"),
    Rule(_SUPPORT_VECTORS, (0, 24), _SVM_NAMES, "sklearn/svm/_base.py: _n_support 0.22, _probA 0.23"),
    Rule(_NEIGHBOURS, (0, 23), _count_of_rows, "sklearn/neighbors/_base.py: n_samples_fit_, 0.22"),
    Rule(_TREES | _FORESTS | _BOOSTING | _SUPPORT_VECTORS, (0, 24), _count_of_columns, "sklearn/base.py: 0.23"),
    Rule(_of("KMeans", "MiniBatchKMeans"), (0, 24), _threads, "sklearn/cluster/_kmeans.py: _n_threads, 0.23"),
    Rule(_WITH_BASE, (1, 2), _BASE, "sklearn/ensemble/_base.py and calibration.py: estimator, 1.2"),
    Rule(_BOOSTING, (1, 1), _rename("loss_", "_loss"), "sklearn/ensemble/_gb.py: _loss, 1.1"),
    Rule(_HISTOGRAM, (1, 1), _histogram_loss, "ensemble/_hist_gradient_boosting/loss.py of 1.0"),
    Rule(_of("OneHotEncoder"), (1, 1), _one_hot_outputs, "preprocessing/_encoders.py: _n_features_outs, 1.1"),
    Rule(_of("OneHotEncoder"), (1, 2), _dropped_after_grouping, "preprocessing/_encoders.py, 1.2"),
    Rule(_of("OneHotEncoder"), (1, 2), _rename("sparse", "sparse_output"), "preprocessing/_encoders.py, 1.2"),
    Rule(_of("OrdinalEncoder"), (1, 1), _no_missing_places, "preprocessing/_encoders.py: _missing_indices, 1.1"),
    Rule(_of("KNNImputer"), (1, 1), _donors_with_values, "sklearn/impute/_knn.py: _valid_mask, 1.1"),
    Rule(_of("GaussianNB"), (1, 0), _rename("sigma_", "var_"), "sklearn/naive_bayes.py: var_, 1.0"),
    Rule(_of("HalvingGridSearchCV", "HalvingRandomSearchCV"), (1, 1), _refit_by_name, "model_selection, 1.1"),
    Rule(_of("AdamOptimizer", "SGDOptimizer"), (1, 1), _no_parameters_of_optimizer, "_stochastic_optimizers.py, 1.1"),
    Rule(_of("StackingClassifier"), (1, 2), _rename("_le", "_label_encoder"), "sklearn/ensemble/_stacking.py, 1.2"),
    Rule(_of("KernelDensity"), (1, 2), _bandwidth, "sklearn/neighbors/_kde.py: bandwidth_, 1.2"),
    Rule(_of("PolynomialFeatures"), (1, 0), _powers, "sklearn/preprocessing/_polynomial.py: _n_out_full, 1.0"),
    Rule(_of("ColumnTransformer"), (1, 2), _passthrough_objects, "compose/_column_transformer.py: 1.2"),
    Rule(_of("ColumnTransformer"), (1, 0), _names_of_columns, "compose/_column_transformer.py: _feature_names_in"),
    Rule(_TREES, (1, 3), _tree_fields, "sklearn/tree/_tree.pyx: NODE_DTYPE, 1.3"),
    Rule(_of("DecisionTreeClassifier", "ExtraTreeClassifier"), (1, 4), _tree_shares, "tree/_classes.py: predict_proba"),
    Rule(_BOOSTING, (1, 4), _boosting_loss, "sklearn/ensemble/_gb.py: _init_raw_predictions, 1.4"),
    Rule(_of("IsolationForest"), (1, 3), _path_lengths, "sklearn/ensemble/_iforest.py: _decision_path_lengths, 1.3"),
    Rule(_HISTOGRAM, (1, 3), _signed_columns, "ensemble/_hist_gradient_boosting/common.pyx: 1.3"),
    Rule(_HISTOGRAM, (1, 4), _no_preprocessor, "ensemble/_hist_gradient_boosting/gradient_boosting.py, 1.4"),
    Rule(_of("GradientBoostingClassifier"), (1, 4), _uncentred, "sklearn/ensemble/_gb_losses.py of 1.3"),
    Rule(_of("AdaBoostClassifier"), (1, 3), _boosting_by_votes, "ensemble/_weight_boosting.py: decision_function, 1.3"),
    Rule(_of("AdaBoostClassifier"), (1, 6), _boosting_by_chances, "sklearn/ensemble/_weight_boosting.py, 1.6"),
    Rule(_LOGISTIC, (1, 6), _logistic_chances_before_1_6, "linear_model/_logistic.py: predict_proba, 1.5"),
    Rule(_LOGISTIC, (1, 8), _logistic_chances_since_1_6, "linear_model/_logistic.py: predict_proba, 1.7"),
    Rule(_of("NearestCentroid"), (1, 6), _no_priors, "sklearn/neighbors/_nearest_centroid.py: priors, 1.6"),
    Rule(_RIDGE, (1, 9), _classes_of_binarizer, "sklearn/linear_model/_ridge.py: classes_"),
    Rule(_of("PLSRegression", "PLSCanonical", "CCA"), (1, 5), _scaled_coefficients, "cross_decomposition/_pls.py, 1.5"),
    Rule(_of("KernelPCA"), (1, 3), _kernel_width, "sklearn/decomposition/_kernel_pca.py: gamma_, 1.3"),
    Rule(_of("OrdinalEncoder"), (1, 3), _no_rare_words, "sklearn/preprocessing/_encoders.py, 1.3"),
    Rule(_of("SimpleImputer"), (1, 9), _fill_dtype, "sklearn/impute/_base.py: _fill_dtype"),
    Rule(_of("KNNImputer"), (1, 6), _any_donor, "sklearn/impute/_knn.py: _calc_impute, 1.6"),
    Rule(_of("IterativeImputer"), (1, 9), _empty_features, "sklearn/impute/_iterative.py: _is_empty_feature"),
    Rule(_of("TfidfTransformer"), (1, 5), _idf, "sklearn/feature_extraction/text.py: idf_, 1.4"),
    Rule(_of("NMF", "MiniBatchNMF"), (1, 6), _all_components, "sklearn/decomposition/_nmf.py: n_components, 1.6"),
    Rule(_of("_Scorer"), (1, 8), _no_deprecation, "sklearn/metrics/_scorer.py: _deprecation_msg, 1.6 and 1.7"),
    Rule(_of("ColumnTransformer"), (1, 8), _plain_remainder, "sklearn/compose/_column_transformer.py, 1.7"),
    Rule(_of("ColumnTransformer"), (1, 5), _fitted_passthrough, "sklearn/compose/_column_transformer.py, 1.4"),
)

_RULES_OF: dict[str, tuple[Rule, ...]] = {}
for _rule in RULES:
    for _name in _rule.classes:
        _RULES_OF[_name] = (*_RULES_OF.get(_name, ()), _rule)
