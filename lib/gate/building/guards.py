"""Watches at the doors of compiled code: what a judge cannot know before the call, the shape of the rows.

scikit-learn and SciPy check what a model says of itself, then hand raw memory to compiled loops that look at nothing.
In a forged model the two may differ: a step before may hand on fewer columns than the trees after it read. `install`
puts a check before each such loop, in the worker alone; each raises ValueError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, wraps
from inspect import signature

import numpy as np

Value = object
MAX_COUNTED = 2**31
"""What `bincount` may be asked to count up to."""
_METRIC_OPTIONS = frozenset({"p", "w", "V", "VI", "X_norm_squared", "Y_norm_squared"})


@cache
def install() -> None:
    """Put every watch in place; once for a process."""
    from scipy.sparse import _compressed
    from scipy.spatial import distance
    from sklearn.cluster import _kmeans
    from sklearn.ensemble import _gb
    from sklearn.ensemble._hist_gradient_boosting import predictor
    from sklearn.metrics._pairwise_distances_reduction import _dispatcher

    _compressed._cs_matrix.check_format = _watched_format(_compressed._cs_matrix.check_format)
    for name in ("_labels_inertia", "_labels_inertia_threadpool_limit"):
        setattr(_kmeans, name, _watched(getattr(_kmeans, name), _centres))
    _gb.predict_stages = _watched_positions(_gb.predict_stages, _stages)
    predictor._predict_from_raw_data = _watched_positions(predictor._predict_from_raw_data, _hist)
    for name in ("cdist", "pdist"):  # scikit-learn looks them up in this module at each call
        setattr(distance, name, _watched(getattr(distance, name), _matrix_of_distance))
    setattr(np, "bincount", _counted(np.bincount))  # noqa: B010 - typed as the very function
    for kind, check in (
        (_dispatcher.ArgKmin, _nearest),
        (_dispatcher.RadiusNeighbors, _nearest),
        (_dispatcher.ArgKminClassMode, _labelled),
        (_dispatcher.RadiusNeighborsClassMode, _labelled),
    ):
        kind.compute = classmethod(_watched(kind.compute.__func__, check))


def _need(condition: bool | np.bool_, what: str) -> None:
    if not condition:
        raise ValueError(f"The model does not fit together: {what}")


_Call = Callable[..., Value]


def _watched(inner: _Call, check: Callable[[Mapping[str, Value]], None]) -> _Call:
    """`inner`, with its arguments looked at by name before."""
    shape = signature(inner)

    @wraps(inner)
    def call(*args: Value, **options: Value) -> Value:
        bound = shape.bind(*args, **options)
        bound.apply_defaults()
        check(bound.arguments)
        return inner(*args, **options)

    return call


def _watched_positions(inner: _Call, check: _Call) -> _Call:
    """The same for compiled functions, which have no signature; scikit-learn calls these by position."""

    def call(*args: Value) -> Value:
        check(*args)
        return inner(*args)

    return call


def _counted(inner: _Call) -> _Call:
    """NumPy allocates one more than the largest number: the largest integer overflows, and it writes out of bounds."""

    @wraps(inner)
    def bincount(x: Value, /, *args: Value, **options: Value) -> Value:
        _need(not np.size(x) or np.max(x) < MAX_COUNTED, "a label that is far too large")  # type: ignore[arg-type, call-overload]
        return inner(x, *args, **options)

    return bincount


def _watched_format(inner: _Call) -> _Call:
    """A sparse table whose columns lie outside it is refused at birth; SciPy itself looks only when asked to."""

    @wraps(inner)
    def check_format(self: Value, full_check: bool = True) -> None:
        inner(self, full_check)
        if not full_check and self.nnz:  # type: ignore[attr-defined]
            _, columns = self._swap(self._shape_as_2d)  # type: ignore[attr-defined]
            indices, starts = self.indices, self.indptr  # type: ignore[attr-defined]
            _need(indices.min() >= 0 and indices.max() < columns, "a column outside a sparse table")
            _need(bool((starts[1:] >= starts[:-1]).all()), "rows of a sparse table")

    return check_format


def _columns(table: Value) -> int:
    shape = getattr(table, "shape", ())
    return int(shape[1]) if len(shape) == 2 else -1  # type: ignore[misc]


def _centres(given: Mapping[str, Value]) -> None:
    _need(_columns(given["X"]) == _columns(given["centers"]), "rows and centres have other columns")
    _need(len(given["sample_weight"]) == given["X"].shape[0], "weights")  # type: ignore[arg-type, attr-defined]


def _stages(estimators: np.ndarray, rows: Value, scale: Value, out: np.ndarray, *rest: Value) -> None:
    _need(out.shape == (rows.shape[0], estimators.shape[1]), "trees and predictions differ in number")  # type: ignore[attr-defined]
    for tree in {id(one): one.tree_ for one in estimators.ravel()}.values():
        _need(tree.n_features == _columns(rows), "rows and trees have other columns")


def _hist(
    nodes: np.ndarray, rows: np.ndarray, left: np.ndarray, known: np.ndarray, places: np.ndarray, *rest: Value
) -> None:
    inner = nodes["is_leaf"] == 0
    features = nodes["feature_idx"][inner]
    if len(features):
        _need(features.max() < rows.shape[1], "rows and trees have other columns")
    split = nodes[inner & (nodes["is_categorical"] == 1)]
    if len(split):
        _need(split["bitset_idx"].max() < len(left), "categories of a split")
        _need(split["feature_idx"].max() < len(places), "columns of categories")
        _need(places[split["feature_idx"]].max() < len(known), "columns of categories")


def _matrix_of_distance(given: Mapping[str, Value]) -> None:
    """Mahalanobis' matrix: SciPy looks at its length nowhere and reads as many numbers as the rows have columns."""
    options = given.get("kwargs") or {}
    assert isinstance(options, Mapping)
    matrix = options.get("VI")
    if matrix is not None:
        columns = _columns(given["XA"] if "XA" in given else given["X"])
        _need(np.shape(matrix) == (columns, columns), "the matrix of a distance")  # type: ignore[arg-type]


def _nearest(given: Mapping[str, Value]) -> None:
    rows, points = given["X"], given["Y"]
    _need(_columns(rows) == _columns(points) >= 0, "rows and points have other columns")
    if "k" in given:
        _need(1 <= int(given["k"]) <= points.shape[0], "more neighbours than points")  # type: ignore[call-overload, attr-defined]
    options = given.get("metric_kwargs") or {}
    assert isinstance(options, Mapping)
    _need(set(options) <= _METRIC_OPTIONS, "an option of the distance")
    for name, table in (("X_norm_squared", rows), ("Y_norm_squared", points)):
        norms = options.get(name)
        _need(norms is None or np.size(norms) == table.shape[0], name)  # type: ignore[attr-defined]


def _labelled(given: Mapping[str, Value]) -> None:
    _nearest(given)
    name = "Y_labels" if "Y_labels" in given else "labels"
    classes = "unique_Y_labels" if "unique_Y_labels" in given else "unique_labels"
    labels, points = np.asarray(given[name]), given["Y"]
    _need(labels.shape == (points.shape[0],), "as many labels as points")  # type: ignore[attr-defined]
    _need(labels.min() >= 0 and labels.max() < np.size(given[classes]), "a label that does not exist")  # type: ignore[arg-type]
