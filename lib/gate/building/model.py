"""A judged file's object inside the worker: what it is, what it can do, whether it does what its card says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, cast

import joblib
import numpy as np
import pandas as pd
import sklearn
from sklearn.base import is_regressor
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils import _safe_indexing, get_tags
from sklearn.utils._openmp_helpers import _openmp_effective_n_threads
from sklearn.utils.parallel import _get_threadpool_controller
from sklearn.utils.validation import check_is_fitted

from lib.gate.building.answers import Note, completed, unnamed_target
from lib.gate.building.composing import Composed, compose, feature_list
from lib.gate.process.messages import JsonValue, ModelKind
from lib.gate.reading.containers import Container
from lib.gate.rejection import Rejection

if TYPE_CHECKING:
    from lib.gate.building.construct import BuiltFile
    from lib.gate.judging.judge import Findings

METHODS = ("predict", "predict_proba", "decision_function", "score_samples", "transform")
"""Methods that may be called on an uploaded model; the smoke test calls the first one that the model has."""

_KINDS: Mapping[str, ModelKind] = {
    "classifier": "classifier",
    "regressor": "regressor",
    "clusterer": "clusterer",
    "outlier_detector": "outlier_detector",
    "density_estimator": "clusterer",
}
MAX_CLASSES = 1_000
MAX_CLASS_NAME = 1_000
"""Characters of one answer: as many as a column's name may have."""
_SELF_TEST_TOLERANCE = 1e-6
"""Relative: other processors add in another order; another model is farther away than that."""


_ANSWER_LIKELIEST = (
    DecisionTreeClassifier,
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    LogisticRegression,
    RandomForestClassifier,
)
"""Classifiers whose `predict` is the class with the highest `predict_proba`: asked for both, they need work once."""

_CLEAR = 1e-9
"""Where two probabilities are closer than this, rounding may decide, so `predict` itself is called."""


class _Classifier(Protocol):
    classes_: object

    def predict(self, given: object) -> np.ndarray: ...

    def predict_proba(self, given: object) -> object: ...


def _likeliest(estimator: _Classifier, chances: object, given: object) -> np.ndarray:
    """The output of `predict`, derived from the probabilities where they are unambiguous."""
    classes = estimator.classes_
    if not isinstance(chances, np.ndarray) or not isinstance(classes, np.ndarray):
        return estimator.predict(given)  # several targets at once
    if chances.ndim != 2 or classes.shape != chances.shape[1:] or len(classes) < 2:
        return estimator.predict(given)
    answers = classes[np.argmax(chances, axis=1)]
    two = np.partition(chances, -2, axis=1)[:, -2:]
    unclear = np.flatnonzero(~(two[:, 1] - two[:, 0] > _CLEAR))
    if len(unclear):
        answers[unclear] = estimator.predict(_safe_indexing(given, unclear))
    return answers


@dataclass(frozen=True)
class Model:
    """An estimator that was judged and built, with what its file says about it."""

    estimator: object
    card: Mapping[str, JsonValue]
    sklearn_version: str
    input: Literal["frame", "array", "texts", "one_column", "records"]
    """What its methods take: a table by column names, an array, a list of texts, one column, a list of dicts."""
    order: tuple[str, ...] = ()
    """Classes of the parts of a file in the order of use, where it holds several."""
    columns: tuple[str, ...] = ()
    """Names of its columns, if the model or a list beside it says them."""
    notes: tuple[Note, ...] = ()
    """What has to be said of the other things in its file."""

    def described(self) -> dict[str, JsonValue]:
        """Everything the server wants to know, in plain types."""
        same, total = self._self_test()
        return {
            "kind": _kind(self.estimator),
            "methods": [name for name in METHODS if _has(self.estimator, name)],
            "classes": _classes(self.estimator),
            "n_features": _number_of_features(self.estimator),
            "input": self.input,
            "parts": list(self.order),
            "columns": list(self.columns),
            "notes": [[kind, *names] for kind, names in self.notes],
            "self_test": [same, total],
        }

    def call(self, method: str, frame: pd.DataFrame) -> object:
        """One method on one table; whatever the model raises comes out."""
        return self.call_several((method,), frame)[0]

    def call_several(self, methods: Sequence[str], frame: pd.DataFrame) -> list[object]:
        """Each method's answer on one table; what a pipeline does before its last step is done once for all."""
        given = self._given(frame)
        with joblib.parallel_config("sequential"), _threads():
            estimator = self.estimator
            for method in methods:
                self._check(method)
            if len(methods) > 1 and isinstance(estimator, Pipeline):
                for _, step in estimator.steps[:-1]:
                    if step is not None and step != "passthrough":
                        given = step.transform(given)
                estimator = estimator.steps[-1][1]
            if {"predict", "predict_proba"} <= set(methods) and type(estimator) in _ANSWER_LIKELIEST:
                classifier = cast(_Classifier, estimator)
                chances = classifier.predict_proba(given)
                known = {"predict_proba": chances, "predict": _likeliest(classifier, chances, given)}
                return [known[method] if method in known else getattr(estimator, method)(given) for method in methods]
            return [getattr(estimator, method)(given) for method in methods]

    def _check(self, method: str) -> None:
        if method not in METHODS or not _has(self.estimator, method):
            raise Rejection("no_such_method", f"{type(self.estimator).__name__} has no {method}", method=method)

    def check_fitted(self) -> None:
        """Raise Rejection for a model that was never trained: it answers nothing, anywhere."""
        _check_fitted(self.estimator)

    def smoke_test(self) -> str:
        """`""` when the model predicted some generated rows, else why it failed."""
        from lib.gate.building.smoke_test import made_up_frames

        method = next((name for name in METHODS if _has(self.estimator, name)), None)
        if method is None:
            return ""
        complaint = ""
        for frame in made_up_frames(self.estimator, self.card, self.input):
            try:
                self.call(method, frame)
            except (ValueError, TypeError, KeyError, AttributeError, IndexError, ArithmeticError) as error:
                complaint = complaint or f"{type(error).__name__}: {error}"[:500]
            else:
                return ""
        return complaint

    def _given(self, frame: pd.DataFrame) -> object:
        if _takes_single_precision(self.estimator):
            frame = frame.astype(dict.fromkeys(frame.select_dtypes("number").columns, np.float32))
        if self.input == "frame":
            return frame
        if self.input == "array":
            return frame.to_numpy()
        if self.input == "records":
            return frame.to_dict("records")
        first = frame.iloc[:, 0]
        return first.tolist() if self.input == "texts" else first.to_numpy()

    def _self_test(self) -> tuple[int, int]:
        """How many of the card's rows get the answer that they had where the model was made."""
        self_test = self.card.get("self_test") if isinstance(self.card, Mapping) else None
        if not isinstance(self_test, Mapping) or not isinstance(self_test.get("rows"), Mapping):
            return 0, 0
        rows, expected = self_test["rows"], self_test.get("expected")
        if not isinstance(expected, Mapping) or not isinstance(rows, Mapping) or not rows:
            return 0, 0
        frame = _rows_of_card({str(name): values for name, values in rows.items()}, self.card)
        same = total = 0
        for method, answers in expected.items():
            if method not in METHODS or not isinstance(answers, list):
                continue
            got = self.call(method, frame)
            total += len(answers)
            same += _agreeing(np.asarray(got), answers)
        if same < total:
            raise Rejection(
                "self_test",
                f"{same} of {total} self-test rows agree; made by scikit-learn {self.sklearn_version or 'unknown'}, "
                f"opened by {sklearn.__version__}",
                same=same,
                total=total,
                version=self.sklearn_version or "?",
                ours=sklearn.__version__,
            )
        return same, total


def open_estimator(container: Container, findings: Findings) -> Model:
    """Build the object that the judge let through."""
    from lib.gate.building.construct import build_file

    with joblib.parallel_config("sequential"):
        file = build_file(container)
        estimator = _the_estimator(file.model)
        order: tuple[str, ...] = ()
        columns = findings.columns
        notes: tuple[Note, ...] = ()
        targets = file.targets if is_regressor(estimator) else ()
        parts = [*(file.parts or [estimator]), *([] if targets else [one for _, one in file.targets])]
        if len(parts) > 1:
            for part in parts:
                _check_fitted(part)
            composed, left = _composed(parts, estimator, file)
            targets += left
            if len(composed.order) > 1:
                estimator, order, columns = _the_estimator(composed.estimator), composed.order, composed.columns
            if composed.not_confirmed:
                notes = (("not_confirmed", composed.not_confirmed),)
        with suppress(AttributeError, IndexError, KeyError, TypeError, ValueError):  # forged: its answers will say
            columns = _used_columns(estimator) or columns
        if not columns:
            columns = feature_list(_number_of_features(estimator), file.name_lists)
        finished = completed(estimator, file, targets)
        return Model(
            finished.estimator,
            findings.card or {},
            findings.sklearn_version,
            _input(finished.estimator),
            order,
            tuple(columns),
            (*notes, *finished.notes),
        )


def _used_columns(estimator: object) -> tuple[str, ...]:
    """The columns that the first step takes of its table, if it is a `ColumnTransformer` that leaves others out: who
    fitted it on a table with the customers' ids needs no ids to predict. Empty for any other model."""
    for _ in range(10):
        if isinstance(estimator, Pipeline):
            estimator = estimator.steps[0][1]
        elif isinstance(estimator, ColumnTransformer) or not hasattr(estimator, "best_estimator_"):
            break
        else:
            estimator = estimator.best_estimator_
    places = getattr(estimator, "_transformer_to_input_indices", None)
    names = getattr(estimator, "feature_names_in_", None)
    if not isinstance(estimator, ColumnTransformer) or not isinstance(places, dict) or names is None:
        return ()
    dropped = {name for name, step, _ in estimator.transformers_ if isinstance(step, str) and step == "drop"}
    used = {place for name, own in places.items() if name not in dropped for place in own}
    return tuple(str(name) for place, name in enumerate(names.tolist()) if place in used)


def _composed(
    parts: Sequence[object], model: object, file: BuiltFile
) -> tuple[Composed, tuple[tuple[str, object], ...]]:
    """The parts in order, and apart from them a scaler of the target that no key calls so."""
    target = None if file.targets else unnamed_target(parts, model)
    if target is None:
        return compose(parts, model, file.name_lists), ()
    return compose([part for part in parts if part is not target], model, file.name_lists), (("", target),)


def warm_up() -> None:
    """Do once, while files can be read, what scikit-learn and its libraries do at first use.

    With one thread throughout: OpenMP's threads, once started, do not survive the fork that makes a worker.
    """
    from sklearn.cluster import KMeans
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    from lib.gate.arrow import pack_answer, pack_frame, stream, unpack_answer, unpack_frame

    with _get_threadpool_controller().limit(limits=1):
        _openmp_effective_n_threads()
        joblib.cpu_count(only_physical_cores=True)
        frame = pd.DataFrame({"number": [0.0, 1.0, 2.0, 3.0], "word": ["a", "b", "a", "b"]})
        frame = unpack_frame(memoryview(stream(pack_frame(frame, 0, 4))))
        for last in (LogisticRegression(), HistGradientBoostingClassifier(max_iter=1), KMeans(2, n_init=1)):
            columns = ColumnTransformer(
                [("n", StandardScaler(), ["number"]), ("w", OneHotEncoder(sparse_output=False), ["word"])]
            )
            pipeline = make_pipeline(columns, last).fit(frame, ["x", "y", "x", "y"])
            unpack_answer(memoryview(pack_answer(pipeline.predict(frame))))


def _threads() -> AbstractContextManager[object]:
    """As many threads as the server's own libraries would take. A fork server starts with one, so that it can fork."""
    limit: AbstractContextManager[object] = _get_threadpool_controller().limit(limits=_limits)
    return limit


_limits: dict[str, int] = {"blas": 1, "openmp": 1}


def compute_with(threads: int) -> None:
    """Set how many threads matrices and trees are computed with."""
    _limits.update(blas=threads, openmp=threads)


def _the_estimator(built: object) -> sklearn.base.BaseEstimator:
    if not isinstance(built, sklearn.base.BaseEstimator):
        raise Rejection("not_a_model", f"a {type(built).__name__}, not an estimator")
    return built


def _check_fitted(estimator: object) -> None:
    try:
        check_is_fitted(estimator)
    except NotFittedError as error:
        raise Rejection("not_fitted", str(error)[:300], name=type(estimator).__name__) from None
    except (AttributeError, TypeError, ValueError, KeyError, IndexError):
        return  # it cannot say; its answers will


def _kind(estimator: object) -> ModelKind:
    kind = get_tags(estimator).estimator_type
    if kind in _KINDS:
        return _KINDS[kind]
    return "regressor" if _has(estimator, "predict") else "transformer"


def _takes_single_precision(estimator: object) -> bool:
    """Whether a model of centres was trained on numbers of 32 bits: some of them take no others."""
    last = estimator.steps[-1][1] if isinstance(estimator, Pipeline) else estimator
    centers = getattr(last, "cluster_centers_", None)
    return isinstance(centers, np.ndarray) and centers.dtype == np.float32


def _has(estimator: object, method: str) -> bool:
    try:
        return callable(getattr(estimator, method, None))
    except (AttributeError, ValueError, TypeError, KeyError, IndexError):
        return False


def _classes(estimator: object) -> list[JsonValue]:
    try:
        classes = getattr(estimator, "classes_", None)
    except (AttributeError, ValueError, TypeError, KeyError, IndexError):
        return []
    if not isinstance(classes, np.ndarray) or classes.ndim != 1 or len(classes) > MAX_CLASSES:
        return []
    plain: list[JsonValue] = [
        one if isinstance(one, bool | int | float | str) else str(one) for one in classes.tolist()
    ]
    longest = max((len(one) for one in plain if isinstance(one, str)), default=0)
    if longest > MAX_CLASS_NAME:
        raise Rejection("long_names", f"the name of a class has {longest} characters")
    return plain


def _number_of_features(estimator: object) -> int:
    try:
        return int(getattr(estimator, "n_features_in_", 0))
    except (AttributeError, ValueError, TypeError, KeyError, IndexError):
        return 0


def _input(estimator: object) -> Literal["frame", "array", "texts", "one_column", "records"]:
    if _has_names(estimator):
        return "frame"
    tags = get_tags(_first(estimator)).input_tags
    if tags.string and not tags.two_d_array:
        return "texts"
    if tags.dict and not tags.two_d_array:
        return "records"
    if tags.one_d_array and not tags.two_d_array:
        return "one_column"
    return "array"


def _first(estimator: object) -> object:
    """The innermost step that sees the table first: a pipeline's own tags do not tell what that takes."""
    for _ in range(10):
        steps = getattr(estimator, "steps", None)
        if isinstance(steps, list) and steps:
            named = [step[1] for step in steps if isinstance(step, tuple) and len(step) == 2]
            inner = next((one for one in named if one not in (None, "passthrough")), None)
        elif isinstance(union := getattr(estimator, "transformer_list", None), list) and union:
            named = [one[1] for one in union if isinstance(one, tuple) and len(one) == 2]
            inner = next((one for one in named if one not in ("drop", "passthrough")), None)
        else:
            inner = _wrapped(estimator)
        if not isinstance(inner, sklearn.base.BaseEstimator):
            break
        estimator = inner
    return estimator


def _wrapped(estimator: object) -> object:
    """The first model inside one that hands its rows on as they are: a search, a calibration, a vote …"""
    for name in ("best_estimator_", "estimator_", "estimator", "estimators_"):
        inner = getattr(estimator, name, None)
        inner = inner[0] if isinstance(inner, list) and inner else inner
        if isinstance(inner, sklearn.base.BaseEstimator):
            return inner
    return None


def _has_names(estimator: object) -> bool:
    try:
        return hasattr(estimator, "feature_names_in_")
    except (ValueError, TypeError, KeyError, IndexError):
        return False


def _rows_of_card(rows: Mapping[str, JsonValue], card: Mapping[str, JsonValue]) -> pd.DataFrame:
    frame = pd.DataFrame({str(name): values for name, values in rows.items() if isinstance(values, list)})
    columns = card.get("columns")
    for column in columns if isinstance(columns, list) else []:
        if isinstance(column, Mapping) and column.get("kind") == "date" and column.get("name") in frame:
            frame[column["name"]] = pd.to_datetime(frame[column["name"]], format="ISO8601").astype("datetime64[us]")
        if isinstance(column, Mapping) and column.get("kind") == "number" and column.get("name") in frame:
            frame[column["name"]] = frame[column["name"]].astype("float64")
    return frame


def _agreeing(got: np.ndarray, expected: Sequence[JsonValue]) -> int:
    wanted = np.asarray(expected)
    if got.shape != wanted.shape:
        return 0
    if got.dtype.kind in "iuf" and wanted.dtype.kind in "iuf":
        same = np.isclose(got, wanted, rtol=_SELF_TEST_TOLERANCE, atol=1e-9, equal_nan=True)
    else:
        same = got.astype(str) == wanted.astype(str)
    return int(same.reshape(len(same), -1).all(axis=1).sum()) if len(same) else 0
