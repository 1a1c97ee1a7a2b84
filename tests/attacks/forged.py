# ruff: noqa: E501
"""Attacks on compiled code: honest models whose trees, vectors, tables and random states were changed."""

import pickle
from collections.abc import Callable, Iterator

import numpy as np
import scipy.sparse
from sklearn.cluster import Birch, BisectingKMeans, KMeans
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    IsolationForest,
    RandomForestClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import BallTree, KDTree, KNeighborsClassifier
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures, SplineTransformer
from sklearn.svm import SVC, SVR
from sklearn.tree import DecisionTreeClassifier
from sklearn.tree._tree import Tree

from tests.attacks.model import Attack, fitted, reforged, table


def attacks(canary: str) -> Iterator[Attack]:
    yield from _trees()
    yield from _hist()
    yield from _others()
    yield from _random_states()


def _nodes(change: Callable[[np.ndarray], None]) -> Callable[[tuple], tuple]:
    def forge(reduced: tuple) -> tuple:
        state = dict(reduced[2])
        state["nodes"] = state["nodes"].copy()
        change(state["nodes"])
        return (*reduced[:2], state)

    return forge


def _set(field: str, place: int, value: float) -> Callable[[tuple], tuple]:
    def change(nodes: np.ndarray) -> None:
        nodes[field][place] = value

    return _nodes(change)


def _state(**changes: object) -> Callable[[tuple], tuple]:
    return lambda reduced: (*reduced[:2], {**reduced[2], **changes})


def _args(*args: object) -> Callable[[tuple], tuple]:
    return lambda reduced: (reduced[0], args, reduced[2])


def _trees() -> Iterator[Attack]:
    forges: dict[str, Callable[[tuple], tuple]] = {
        "a cycle": _set("left_child", 0, 0),
        "a cycle further on": _set("right_child", 2, 1),
        "a child far outside": _set("left_child", 0, 2**40),
        "a child just outside": _set("right_child", 0, 10**4),
        "a child of minus two": _set("left_child", 0, -2),
        "a feature far outside": _set("feature", 0, 2**40),
        "a feature just outside": _set("feature", 0, 4),
        "a feature of minus three": _set("feature", 0, -3),
        "a threshold that is none": _set("threshold", 0, np.nan),
        "half a leaf": _set("left_child", 0, -1),
        "two ways to one node": _nodes(lambda nodes: nodes["left_child"].__setitem__(0, nodes["right_child"][0])),
        "weights that are none": _set("weighted_n_node_samples", 0, np.nan),
        "odd flag": _set("missing_go_to_left", 0, 200),
        "max_depth of nought": _state(max_depth=0),
        "max_depth below nought": _state(max_depth=-5),
        "max_depth without end": _state(max_depth=2**60),
        "node_count too large": _state(node_count=10**6),
        "node_count nought": _state(node_count=0),
        "values too few": _state(values=np.zeros((1, 1, 2))),
        "values of other type": _state(values=np.zeros((3, 1, 2), dtype="f4")),
        "values not finite": lambda reduced: (*reduced[:2], {**reduced[2], "values": reduced[2]["values"] + np.inf}),
        "no nodes": _state(nodes=np.zeros(0, dtype="f8")),
        "nodes of plain numbers": _state(nodes=np.zeros(3)),
        "nodes that are text": _state(nodes="x"),
        "more features": _args(10**6, np.array([2]), 1),
        "more outputs": _args(4, np.array([2, 2]), 2),
        "more classes": _args(4, np.array([10**6]), 1),
        "classes below nought": _args(4, np.array([-1]), 1),
        "an extra entry": _state(extra=1),
        "a state that is a list": lambda reduced: (*reduced[:2], [1]),
    }
    tree = fitted(DecisionTreeClassifier(max_depth=4), _target())
    forest = fitted(RandomForestClassifier(2, max_depth=3, random_state=0), _target())
    boosted = fitted(GradientBoostingClassifier(n_estimators=2, random_state=0), _target())
    for what, forge in forges.items():
        for model in (tree, forest, boosted):
            yield Attack(f"{type(model).__name__}: {what}", reforged(model, {Tree: forge}))
    for model in (tree, forest, boosted):
        for features in (1, 400):
            made = pickle.loads(pickle.dumps(model))
            made.n_features_in_ = features
            yield Attack(f"{type(model).__name__} of {features} features", pickle.dumps(made))
    other = DecisionTreeClassifier().fit(np.hstack([table()] * 20), _target())
    forest = pickle.loads(pickle.dumps(forest))
    forest.estimators_[1] = other
    yield Attack("forest with a tree of other features", pickle.dumps(forest))
    forest.estimators_ = [LogisticRegression()]
    yield Attack("forest with a tree that is none", pickle.dumps(forest))
    boosted = pickle.loads(pickle.dumps(boosted))
    boosted.estimators_ = np.hstack([boosted.estimators_] * 3)
    yield Attack("boosting with more trees than outputs", pickle.dumps(boosted))
    alone = fitted(IsolationForest(n_estimators=3, max_features=0.5, random_state=0), None)
    alone.estimators_features_ = [np.array([0, 99])] * 3
    yield Attack("isolation forest with columns outside", pickle.dumps(alone))
    alone._max_features = 4
    yield Attack("isolation forest that hides its columns", pickle.dumps(alone))


def _target() -> np.ndarray:
    return (np.arange(40) * 7 % 5 > 2).astype(int)


def _hist() -> Iterator[Attack]:
    rows = np.c_[np.arange(40) % 4, table()]
    model = HistGradientBoostingClassifier(max_iter=2, categorical_features=[0], min_samples_leaf=3).fit(
        rows, _target()
    )
    for field, value in (
        ("left", 0), ("left", 10**6), ("right", 0), ("feature_idx", 10**9), ("feature_idx", 5), ("feature_idx", -1),
        ("num_threshold", np.nan), ("bitset_idx", 10**6), ("is_categorical", 1), ("is_categorical", 7), ("is_leaf", 9), ("value", np.nan),
    ):  # fmt: skip
        made = pickle.loads(pickle.dumps(model))
        nodes = made._predictors[0][0].nodes
        if field in ("is_categorical", "bitset_idx"):
            nodes["feature_idx"][0] = 1 if value == 1 else 0
            nodes["is_categorical"][0] = 1 if field == "bitset_idx" else value
        nodes[field][0] = value
        yield Attack(f"histogram boosting: {field} {value}", pickle.dumps(made))
    for what, change in (
        ("a category of 999", lambda made: made._bin_mapper.bin_thresholds_.__setitem__(0, np.array([0.0, 999.0]))),
        ("other columns in its mapper", lambda made: setattr(made._bin_mapper, "is_categorical_", np.zeros(1, np.uint8))),
        ("more trees than outputs", lambda made: made._predictors[0].extend(made._predictors[0] * 3)),
        ("a tree that is none", lambda made: made._predictors.__setitem__(0, [None])),
        ("bitsets of another shape", lambda made: setattr(made._predictors[0][0], "raw_left_cat_bitsets", np.zeros((1, 1), np.uint32))),
        ("no node", lambda made: setattr(made._predictors[0][0], "nodes", made._predictors[0][0].nodes[:0])),
        ("a baseline too wide", lambda made: setattr(made, "_baseline_prediction", np.zeros((1, 99)))),
    ):  # fmt: skip
        made = pickle.loads(pickle.dumps(model))
        change(made)
        data = pickle.dumps(made)
        yield Attack(f"histogram boosting: {what}", data)


def _others() -> Iterator[Attack]:
    rows = table()
    yield from _vectors()
    for what, part, value in (
        ("a column outside", "indices", [0, 99]), ("a column below nought", "indices", [0, -7]), ("rows that fall", "indptr", [0, 2, 1, 2]),
        ("rows beyond its end", "indptr", [0, 1, 2, 10**6]), ("a start of five", "indptr", [5, 5, 5, 5]), ("too few rows", "indptr", [0, 2]),
        ("too few numbers", "data", [1.0]), ("columns as fractions", "indices", [0.5, 1.5]), ("columns as texts", "indices", ["a", "b"]),
    ):  # fmt: skip
        matrix = scipy.sparse.csr_matrix(np.array([[1.0, 0, 0, 0], [0, 1.0, 0, 0], [0, 0, 0, 0]]))
        setattr(matrix, part, np.array(value))
        model = fitted(LogisticRegression(), _target())
        model.coef_ = matrix
        yield Attack(f"sparse table: {what}", pickle.dumps(model))
    for kind in (KDTree, BallTree):
        near = fitted(KNeighborsClassifier(algorithm="kd_tree" if kind is KDTree else "ball_tree"), _target())
        inner = type(near._tree)
        for what, place, value in (
            ("no points", 0, np.zeros((0, 4))), ("points that are none", 0, rows * np.nan), ("a point of other columns", 0, rows[:, :2]),
            ("leaf_size nought", 4, 0), ("leaf_size below", 4, -1), ("no distance", 11, None), ("a text as distance", 11, "euclidean"),
            ("weights below nought", 12, -np.ones(40)), ("weights too few", 12, np.ones(2)), ("points of objects", 0, rows.astype(object)),
        ):  # fmt: skip

            def forge(reduced: tuple, place: int = place, value: object = value) -> tuple:
                state = list(reduced[2])
                state[place] = value
                return (*reduced[:2], tuple(state))

            yield Attack(f"{kind.__name__}: {what}", reforged(near, {inner: forge}))
        for what, changes in (
            ("labels too few", {"_y": np.zeros(2, int)}), ("a label outside", {"_y": np.full(40, 99)}), ("a label below nought", {"_y": np.full(40, -5)}),
            ("more points than there are", {"n_samples_fit_": 10**6}), ("points of other columns", {"_fit_X": rows[:, :1]}),
        ):  # fmt: skip
            made = pickle.loads(pickle.dumps(near))
            made.__dict__.update(changes)
            yield Attack(f"{kind.__name__} neighbours: {what}", pickle.dumps(made))
    for kind, key in (
        (KMeans(3, n_init=1), "cluster_centers_"),
        (Birch(n_clusters=3, threshold=0.1), "subcluster_centers_"),
    ):
        for what, centres in (
            ("other columns", np.zeros((3, 1))),
            ("not finite", np.full((3, 4), np.inf)),
            ("texts", np.array([["a"] * 4])),
        ):
            made = fitted(kind, None)
            setattr(made, key, centres)
            yield Attack(f"{type(kind).__name__}: centres with {what}", pickle.dumps(made))
    made = fitted(Birch(n_clusters=3, threshold=0.1), None)
    made._subcluster_norms = np.ones(1)
    yield Attack("Birch: norms too few", pickle.dumps(made))
    bisecting = fitted(BisectingKMeans(3, random_state=0), None)
    bisecting._bisecting_tree.left = bisecting._bisecting_tree
    yield Attack("BisectingKMeans: a tree in itself", pickle.dumps(bisecting))
    for what, changes in (
        ("degree below nought", {"k": -1}), ("degree without end", {"k": 10**6}), ("knots that fall", {"_t": np.arange(20.0)[::-1]}),
        ("knots not finite", {"_t": np.full(20, np.nan)}), ("too few weights", {"_c": np.zeros((1, 1))}), ("too few knots", {"_t": np.zeros(1)}),
    ):  # fmt: skip
        spline = fitted(SplineTransformer(), None)
        spline.bsplines_[0].__dict__.update(changes)
        yield Attack(f"spline: {what}", pickle.dumps(spline))
    words = np.array([["a", "x"], ["b", "y"], ["c", "x"]] * 5, dtype=object)
    for what, changes in (
        ("fewer columns than categories", {"_n_features_outs": [1, 1]}), ("a dropped category outside", {"drop_idx_": np.array([99, 0], dtype=object)}),
        ("a mapping outside", {"_default_to_infrequent_mappings": [np.array([0, 1, 999]), None]}), ("rare ones outside", {"_infrequent_indices": [np.array([77]), None]}),
        ("a mapping below nought", {"_default_to_infrequent_mappings": [np.array([-9, 1, 2]), None]}), ("categories too few", {"categories_": []}),
    ):  # fmt: skip
        encoder = OneHotEncoder().fit(words)
        encoder.__dict__.update(changes)
        yield Attack(f"one-hot: {what}", pickle.dumps(encoder))
    polynomials = fitted(PolynomialFeatures(2), None)
    polynomials._max_degree = polynomials.degree = 60
    yield Attack("polynomials of degree 60", pickle.dumps(polynomials))
    polynomials._n_out_full = 2**50
    yield Attack("polynomials without end", pickle.dumps(polynomials))


def _vectors() -> Iterator[Attack]:
    rows = table()
    for model, target in ((SVC(probability=False), _target()), (SVR(), rows[:, 0])):
        honest = fitted(model, target)
        for what, changes in (
            ("counts too large", {"_n_support": np.array([10**6, 10**6], np.int32)}), ("counts below nought", {"_n_support": np.array([-1, 41], np.int32)}),
            ("vectors of other columns", {"support_vectors_": honest.support_vectors_[:, :1].copy()}), ("fewer vectors", {"support_vectors_": honest.support_vectors_[:1].copy()}),
            ("fewer weights", {"_dual_coef_": honest._dual_coef_[:, :1].copy()}), ("no intercept", {"_intercept_": np.zeros(0)}),
            ("more intercepts", {"_intercept_": np.zeros(99)}), ("a vector outside", {"support_": np.full_like(honest.support_, 10**6)}),
            ("probabilities too few", {"_probA": np.zeros(7), "_probB": np.zeros(7)}), ("vectors not finite", {"support_vectors_": honest.support_vectors_ * np.nan}),
            ("gamma that is none", {"_gamma": np.nan}), ("sparse where it is not", {"_sparse": True}), ("a shape of its own", {"shape_fit_": (1, 1)}),
            ("precomputed where it is not", {"kernel": "precomputed"}), ("other features", {"n_features_in_": 9}),
        ):  # fmt: skip
            made = pickle.loads(pickle.dumps(honest))
            made.__dict__.update(changes)
            yield Attack(f"{type(model).__name__}: {what}", pickle.dumps(made))


def _random_states() -> Iterator[Attack]:
    for kind in ("MT19937", "PCG64", "Philox", "SFC64"):
        bits = getattr(np.random, kind)(0)
        for what, change in (
            ("a position outside", {"pos": 10**6}), ("a position below nought", {"pos": -1}), ("numbers too few", {"key": np.zeros(1, np.uint64)}),
            ("another kind", {"": "os"}), ("numbers that are texts", {"state": "x"}),
        ):  # fmt: skip

            def forge(reduced: tuple, change: dict = change) -> tuple:
                state = reduced[2][0] if isinstance(reduced[2], tuple) else reduced[2]
                inner = {**state["state"], **{key: value for key, value in change.items() if key}}
                state = {**state, "state": inner, "buffer_pos": 99} | ({"bit_generator": "os"} if "" in change else {})
                return (*reduced[:2], (state, None))

            model = fitted(LogisticRegression(), _target())
            model.random_state = np.random.RandomState(bits) if kind == "MT19937" else np.random.Generator(bits)
            yield Attack(f"{kind}: {what}", reforged(model, {type(bits): forge}))
