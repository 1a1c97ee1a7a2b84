"""What lies beside a model and belongs to its answers or its columns: a scaler of the target undone, labels as words.

A scaler of the target is undone where the file's keys call it that, unless predictions for typical rows show that the
model answers on the target's own scale already. Where nothing shows either, a warning says so, and predictions that can
only be on the target's own scale are refused. Labels are used where the key, or more than two classes, say that they
are the answers'. Everything else is left as it is, and named: `Note`s are shown beside the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, cast

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, TransformerMixin, is_classifier, is_regressor
from sklearn.compose import TransformedTargetRegressor
from sklearn.decomposition import PCA
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import (
    LabelEncoder,
    MaxAbsScaler,
    MinMaxScaler,
    PolynomialFeatures,
    PowerTransformer,
    RobustScaler,
    StandardScaler,
)

from lib.gate.building.construct import BuiltFile
from lib.gate.building.seen_values import ranges, seen_by_column
from lib.gate.judging import accompanying
from lib.gate.rejection import Rejection

NoteKind = Literal[
    "converted_back", "converted_unsure", "labels_used", "labels_perhaps", "columns_encoded", "unused", "not_confirmed"
]
Note = tuple[NoteKind, tuple[str, ...]]
"""What the page says of a file beside its answers, and the names in that sentence."""

Array = np.ndarray
_Back = Callable[[Array], Array]

_FORWARD = {"log1p": "expm1", "log": "exp", "log2": "exp2", "sqrt": "square"}
"""Function of a target → the one that turns it back."""
_BACK: dict[str, _Back] = {"expm1": np.expm1, "exp": np.exp, "exp2": np.exp2, "square": np.square}
_GROWING = frozenset({"expm1", "exp", "exp2"})
_HIGHEST_LOGARITHM = 50.0
"""No target's logarithm is higher: e to that power is a number of 22 digits."""
MOST_LABELS = 8
"""Labels that are told with their numbers."""
_PROBES = 64
"""Typical rows for which a model is asked on which scale it answers."""
_NEAR = 4.0
"""Spreads around the middle of a target, within which predictions lie."""
_WEAK = 10.0
"""How many times more a target is spread than the answers of a model that is of some use."""
_FAR = 20.0
"""Spreads from the middle of a scaled target, beyond which the middle of predictions never lies."""


class _Undoing(Protocol):
    def inverse_transform(self, values: Array) -> Array: ...


class _Predicting(Protocol):
    def predict(self, given: object) -> Array: ...


@dataclass(frozen=True)
class Completed:
    """An estimator whose answers are those that the file's author gets, and what has to be said of it."""

    estimator: BaseEstimator
    notes: tuple[Note, ...]


def completed(estimator: BaseEstimator, file: BuiltFile, targets: Sequence[tuple[str, object]]) -> Completed:
    """The estimator with what belongs to its answers; raises nothing that the estimator alone would not."""
    notes: list[Note] = []
    unused: list[str] = []
    estimator = _encoding(estimator, file, notes)
    estimator = _labelled(estimator, file, notes, unused)
    back = _function(estimator, file)
    for key, scaler in targets:
        name = accompanying.shown(key, type(scaler).__name__)
        if back is None and (undone := _is_undone(estimator, scaler)) != "not":
            notes.append(("converted_back" if undone == "shown" else "converted_unsure", (name,)))
            own = _OwnScale(name, scaler) if undone == "unsure" else None
            estimator = ConvertedBack(estimator, cast(_Undoing, scaler).inverse_transform, own)
            back = "", ""
        else:
            unused.append(name)
    if back is not None and back[1]:
        name = accompanying.shown(back[0], f"np.{back[1]}")
        notes.append(("converted_unsure", (name,)))  # amounts of one digit could be logarithms as well
        estimator = ConvertedBack(estimator, _BACK[back[1]], _OwnScale(name, None, growing=back[1] in _GROWING))
    if back is None or not back[1]:
        unused += [accompanying.shown(key, f"np.{name}") for key, name in file.functions if name in _TOLD]
    words = any(isinstance(one, str) for one in np.ravel(getattr(estimator, "classes_", ())).tolist()[:1])
    unused += [one.name for one in file.told if not (one.about_classes and words)]
    if unused:
        notes.append(("unused", tuple(dict.fromkeys(unused))[: accompanying.MOST_TOLD]))
    return Completed(estimator, tuple(notes))


_TOLD = frozenset({*_FORWARD, *_BACK, "log10", "cbrt", "arcsinh", "sinh"})
"""Functions that are named where they are not used: what else lies there measures or sums up."""


# -- the target's scale ----------------------------------------------------------------------------------------------


def unnamed_target(parts: Sequence[object], model: object) -> object | None:
    """The part that scaled the target, where no key says so: a scaler of one column beside one that covers all columns
    of the model, whose predictions lie on the scale that it gives."""
    takes = getattr(model, "n_features_in_", None)
    if not is_regressor(model) or takes == 1:
        return None
    for_all = [part for part in parts if len(ranges(part)[0]) == takes]
    for_one = [part for part in parts if len(ranges(part)[0]) == 1 and not hasattr(part, "feature_names_in_")]
    if len(for_one) != 1 or len(for_all) != 1:
        return None
    predicted = _typical_answers(Pipeline([("scaler", for_all[0]), ("model", model)]))
    return for_one[0] if predicted is not None and _scale(predicted, for_one[0]) == "given" else None


def _is_undone(estimator: BaseEstimator, scaler: object) -> Literal["shown", "unsure", "not"]:
    """Whether a scaler of the target fits the model's answers, and whether they show that they are scaled."""
    if not is_regressor(estimator) or isinstance(_last(estimator), TransformedTargetRegressor):
        return "not"
    columns = getattr(scaler, "n_features_in_", 1)
    predicted = _typical_answers(estimator)
    if predicted is None:
        return "unsure" if columns == 1 else "not"
    if (predicted.shape[1] if predicted.ndim == 2 else 1) != columns:
        return "not"
    scale = _scale(predicted, scaler)
    return "not" if scale == "taken" else "shown" if scale == "given" else "unsure"


def _function(estimator: BaseEstimator, file: BuiltFile) -> tuple[str, str] | None:
    """Key and name of the function that turns the answers back, where the file holds exactly one."""
    if not is_regressor(estimator) or isinstance(_last(estimator), TransformedTargetRegressor):
        return None
    beside = {name: key for key, name in file.functions}
    found: list[tuple[str, str]] = []
    for name, key in beside.items():
        if name in _BACK and (
            name in _GROWING
            or accompanying.turns_back(key)
            or accompanying.of_target(key)
            or any(before in beside for before, after in _FORWARD.items() if after == name)
        ):
            found.append((key, name))
        elif name in _FORWARD and _FORWARD[name] not in beside and accompanying.of_target(key):
            found.append((key, _FORWARD[name]))
    if len(found) != 1:
        return None
    predicted = _typical_answers(estimator)
    highest = _HIGHEST_LOGARITHM if found[0][1] in _GROWING else np.inf
    return None if predicted is not None and float(np.median(predicted)) > highest else found[0]


def _scale(predicted: Array, scaler: object) -> Literal["taken", "given", "unknown"]:
    """Whether predictions lie on the scale that a target's scaler takes, or on the one that it gives."""
    pairs = _target_ranges(scaler, predicted.shape[1] if predicted.ndim == 2 else 1)
    if pairs is None:
        return "unknown"
    found = set()
    for values, (taken, given) in zip(predicted.reshape(len(predicted), -1).T, pairs, strict=True):
        middle, spread = float(np.median(values)), float(values.std())
        like_taken = abs(middle - taken[0]) <= _NEAR * taken[1]
        like_given = abs(middle - given[0]) <= _NEAR * given[1]
        if like_taken and like_given and min(spread, taken[1], given[1]) > 0:
            nearer = abs(np.log(spread / given[1])) < abs(np.log(spread / taken[1]))
            if not nearer or taken[1] / _WEAK < spread < 2 * taken[1]:
                return "unknown"  # a model of little use spreads its answers less than the target
            like_taken = False
        found.add("taken" if like_taken and not like_given else "given" if like_given and not like_taken else "unknown")
    only = found.pop() if len(found) == 1 else "unknown"
    return cast('Literal["taken", "given", "unknown"]', only)


_Range = tuple[float, float]


def _target_ranges(scaler: object, columns: int) -> list[tuple[_Range, _Range]] | None:
    try:
        takes, gives = ranges(scaler)
        if len(takes) == columns:
            return list(zip(takes, gives, strict=True))
        low, middle, high = (
            np.ravel(cast(_Undoing, scaler).inverse_transform(np.full((1, columns), float(at)))) for at in (-1, 0, 1)
        )
    except (AttributeError, ValueError, TypeError, IndexError):
        return None
    return [((float(b), abs(float(c - a)) / 2), (0.0, 1.0)) for a, b, c in zip(low, middle, high, strict=True)]


def _typical_answers(estimator: object) -> Array | None:
    """Predictions for rows such as the model was trained on, as far as it or the scaler before it keeps what those were
    like; None where nothing does."""
    try:
        rows = _typical_rows(estimator)
        if rows is None:
            return None
        predicted = np.asarray(cast(_Predicting, estimator).predict(rows), dtype="float64")
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, ArithmeticError):
        return None
    return (
        predicted if predicted.ndim in (1, 2) and len(predicted) == _PROBES and np.isfinite(predicted).all() else None
    )


def _typical_rows(estimator: object) -> object | None:
    first = estimator.steps[0][1] if isinstance(estimator, Pipeline) else estimator
    takes, _ = ranges(first)
    count = getattr(estimator, "n_features_in_", 0)
    if not takes and isinstance(count, int) and 0 < count <= 1_000:
        seen = seen_by_column(first, range(count))
        if all(len(values) == 0 for values in seen):
            return None
        takes = [(float(np.median(values)), float(values.std())) if len(values) else (0.0, 0.0) for values in seen]
    if not takes or len(takes) != count or count > 1_000:
        return None
    draw = np.random.RandomState(0).uniform(-1.5, 1.5, (_PROBES, count))
    middle, spread = np.array(takes).T
    rows = middle + draw * spread
    names = getattr(estimator, "feature_names_in_", None)
    return rows if names is None else pd.DataFrame(rows, columns=names)


def _last(estimator: object) -> object:
    for _ in range(5):
        if isinstance(estimator, Pipeline):
            estimator = estimator.steps[-1][1]
        elif hasattr(estimator, "best_estimator_"):
            estimator = estimator.best_estimator_
    return estimator


@dataclass(frozen=True)
class _OwnScale:
    """By which predictions show that they are not on the scale of what lies beside their model."""

    name: str
    scaler: object = field(repr=False)
    growing: bool = False
    """A function that turns logarithms back, in place of a scaler."""

    def has(self, predicted: Array) -> bool:
        """Whether predictions are on the target's own scale, without doubt."""
        if self.growing:
            return bool(np.median(predicted) > _HIGHEST_LOGARITHM)
        pairs = _target_ranges(self.scaler, predicted.shape[1]) if self.scaler is not None else None
        return pairs is not None and any(
            abs(middle - given[0]) > _FAR * given[1] and abs(middle - taken[0]) <= _NEAR * taken[1]
            for middle, (taken, given) in zip(np.median(predicted, axis=0).tolist(), pairs, strict=True)
        )


class ConvertedBack(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """A regressor of a scaled target, whose predictions are on the target's own scale.

    It lives in the worker only and is never saved.
    """

    def __init__(self, estimator: BaseEstimator, back: _Back, own: _OwnScale | None = None) -> None:
        self.estimator = estimator
        self.back = back
        self.own = own
        _take_columns(self, estimator)

    def predict(self, given: object) -> Array:
        """One value for each row, or one for each of several targets. Raises Rejection for values that were not
        scaled."""
        predicted = np.asarray(cast(_Predicting, self.estimator).predict(given), dtype="float64")
        predicted = predicted.reshape(len(predicted), -1)
        if self.own is not None and len(predicted) and self.own.has(predicted):
            raise Rejection("target_not_scaled", self.own.name, name=self.own.name)
        back = np.asarray(self.back(predicted))
        return back.ravel() if back.shape[1] == 1 else back

    def __sklearn_is_fitted__(self) -> bool:
        return True


# -- labels ----------------------------------------------------------------------------------------------------------


def _labelled(estimator: BaseEstimator, file: BuiltFile, notes: list[Note], unused: list[str]) -> BaseEstimator:
    """A classifier of codes that answers with the words of the encoder beside it, where that is its target's. Encoders
    of which nobody knows what they are for are added to those that are not used."""
    classes = getattr(estimator, "classes_", None)
    columns = set(map(str, np.ravel(getattr(estimator, "feature_names_in_", ())).tolist()))
    fitting = [
        (key, one)
        for key, one in file.encoders
        if isinstance(one, LabelEncoder) and key not in columns and _are_codes(classes, getattr(one, "classes_", None))
    ]
    if not is_classifier(estimator) or len(fitting) != 1:
        used = getattr(estimator.steps[0][1], "encoders", {}) if isinstance(estimator, Pipeline) else {}
        known = {str(one) for one in np.ravel(classes).tolist()} if isinstance(classes, np.ndarray) else set()
        for key, one in file.encoders:
            if key not in used and {str(word) for word in np.ravel(getattr(one, "classes_", ())).tolist()} != known:
                unused.append(accompanying.shown(key, "LabelEncoder"))
        return estimator
    key, encoder = fitting[0]
    said = accompanying.words(key)
    unsaid = said <= _SAY_NOTHING
    if (accompanying.names_classes(key) and not (unsaid and "encoder" in said)) or (
        unsaid and len(encoder.classes_) > 2 and len(file.encoders) == 1
    ):
        notes.append(("labels_used", (accompanying.shown(key, "LabelEncoder"),)))
        return Labelled(estimator, encoder.classes_)
    pairs = [f"{code} = {word}"[: accompanying.MOST_CHARACTERS] for code, word in enumerate(encoder.classes_)]
    notes.append(("labels_perhaps", (accompanying.shown(key, "LabelEncoder"), *pairs[:MOST_LABELS])))
    return estimator


_SAY_NOTHING = frozenset({"enc", "encoder", "encoders", "label", "labelencoder", "labels", "lb", "le"}) | {
    f"{one}_{other}" for one in ("label", "lbl") for other in ("enc", "encoder", "encoders")
}
"""Words of keys that name the class alone: such an encoder may be a column's, and two classes prove nothing then."""


def _are_codes(classes: object, labels: object) -> bool:
    """Whether classes are the whole numbers from zero on, one for each label."""
    if not isinstance(classes, np.ndarray) or not isinstance(labels, np.ndarray) or labels.ndim != 1:
        return False
    return classes.dtype.kind in "iu" and np.array_equal(classes, np.arange(len(labels)))


class Labelled(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A classifier of codes whose answers are words. It lives in the worker only and is never saved."""

    def __init__(self, estimator: BaseEstimator, classes: Array) -> None:
        self.estimator = estimator
        self.classes_ = classes
        _take_columns(self, estimator)

    def predict(self, given: object) -> Array:
        """One word for each row."""
        codes = np.asarray(cast(_Predicting, self.estimator).predict(given)).astype(np.intp)
        words: Array = self.classes_[codes]
        return words

    def __getattr__(self, name: str) -> object:
        if name in ("predict_proba", "decision_function"):
            return getattr(self.__dict__["estimator"], name)
        raise AttributeError(name)

    def __sklearn_is_fitted__(self) -> bool:
        return True


# -- columns ---------------------------------------------------------------------------------------------------------


def _encoding(estimator: BaseEstimator, file: BuiltFile, notes: list[Note]) -> BaseEstimator:
    """A model of codes that takes the words of the encoders that lie beside it under its columns' names."""
    names = getattr(estimator, "feature_names_in_", None)
    if not isinstance(names, np.ndarray):
        return estimator
    columns = set(map(str, names.tolist()))
    encoders = {
        key: one
        for key, one in file.encoders
        if key in columns and isinstance(one, LabelEncoder) and _are_texts(getattr(one, "classes_", None))
    }
    if not encoders or _takes_texts(estimator):
        return estimator
    notes.append(("columns_encoded", tuple(encoders)[: accompanying.MOST_TOLD]))
    return Pipeline([("encoders", _Encoders(encoders, names)), ("model", estimator)])


def _takes_texts(estimator: object) -> bool:
    """Whether a model may prepare texts by itself: codes in their place would be wrong answers without an error."""
    if isinstance(estimator, Pipeline):
        *before, last = (step for _, step in estimator.steps)
        return _takes_texts(last) or any(not isinstance(step, _OF_NUMBERS) for step in before)
    if hasattr(estimator, "best_estimator_"):
        return _takes_texts(estimator.best_estimator_)
    return getattr(estimator, "_preprocessor", None) is not None or not f"{type(estimator).__module__}.".startswith(
        _PREDICT
    )


_OF_NUMBERS = (MaxAbsScaler, MinMaxScaler, PCA, PolynomialFeatures, PowerTransformer, RobustScaler, StandardScaler)
_PREDICT = tuple(
    f"sklearn.{place}."
    for place in ("cluster", "discriminant_analysis", "ensemble._bagging", "ensemble._forest", "ensemble._gb",
                  "ensemble._hist_gradient_boosting", "ensemble._iforest", "ensemble._weight_boosting",
                  "linear_model", "mixture", "naive_bayes", "neighbors", "neural_network", "svm", "tree")
)  # fmt: skip


def _are_texts(labels: object) -> bool:
    return isinstance(labels, np.ndarray) and labels.ndim == 1 and all(type(one) is str for one in labels.tolist())


class _Encoders(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Columns of words as the codes of their encoders; columns of numbers stay as they are.

    It lives in the worker only and is never saved.
    """

    def __init__(self, encoders: dict[str, LabelEncoder], names: Array) -> None:
        self.encoders = encoders
        self.feature_names_in_ = names
        self.n_features_in_ = len(names)

    def transform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The same columns; raises Rejection for a word that an encoder has not seen."""
        return frame.assign(**{name: self._codes(frame[name], name) for name in self.encoders if name in frame})

    def _codes(self, column: pd.Series, name: str) -> pd.Series:
        if pd.api.types.is_numeric_dtype(column):
            return column
        codes = {word: code for code, word in enumerate(self.encoders[name].classes_.tolist())}
        found = column.map(codes)
        if found.isna().any():
            word = column[found.isna()].iloc[0]
            raise Rejection("unknown_category", f"{name}: {str(word)[:80]}", column=name[:80], value=str(word)[:80])
        return found.astype("int64")

    def __sklearn_is_fitted__(self) -> bool:
        return True


def _take_columns(wrapper: BaseEstimator, estimator: BaseEstimator) -> None:
    for name in ("feature_names_in_", "n_features_in_"):
        try:
            setattr(wrapper, name, getattr(estimator, name))
        except (AttributeError, ValueError, TypeError, KeyError, IndexError):
            continue
