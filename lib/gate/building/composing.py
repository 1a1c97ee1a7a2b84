"""A file that holds a model and its preparation apart, such as {"model": …, "scaler": …}: the parts put in order.

The order follows from what the parts say of themselves: how many columns each takes and gives, and by which names. If
exactly one order fits, the parts become one pipeline. If none or several fit, the file is refused: a wrong order gives
wrong predictions without an error. So does a scaler that the model was not trained with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin, is_classifier, is_regressor
from sklearn.decomposition import PCA
from sklearn.pipeline import Pipeline

from lib.gate.building.seen_values import Trained, trained
from lib.gate.rejection import Rejection

NameLists = Sequence[tuple[str, tuple[str, ...]]]

_FEATURE_KEY = re.compile(r"feat|col|var|input|predictor|names?$|^x", re.IGNORECASE)
_OTHER_KEY = re.compile(r"class|target|label|categor|^y|output|drop|metric|removed|exclu", re.IGNORECASE)
"""Keys of lists of texts that are as long as the features and are not their names."""


@dataclass(frozen=True)
class Composed:
    """One estimator made of a file's parts."""

    estimator: object
    order: tuple[str, ...]
    """Classes of the parts, in the order of use."""
    columns: tuple[str, ...]
    """Names of the columns that the first part takes; empty where nothing in the file names them."""
    not_confirmed: tuple[str, ...] = ()
    """Classes of parts after which the model may or may not have been trained: the file works without them as well."""


def compose(parts: Sequence[object], model: object, name_lists: NameLists) -> Composed:
    """The parts as one estimator. Raises Rejection where their order is not clear, or a scaler is not the model's."""
    sides = [_Side(part) for part in parts if part is not model]
    last = _Side(model)
    pipeline = _arranged(sides, last)
    if pipeline is None and (used := [side for side in sides if not _only_draws(side, sides, last)]) != sides:
        pipeline = _arranged(used, last)
    if pipeline is None:
        names = [type(part).__name__ for part in parts]
        raise Rejection("model_with_preparation", ", ".join(names), count=len(names), names=names)
    known = _trained_with(pipeline)
    unused = next((part for part, when in known if when == "before"), None)
    if isinstance(unused, PCA):
        names = [type(part).__name__ for part in parts]
        raise Rejection("model_with_preparation", "not trained on components", count=len(names), names=names)
    if unused is not None:
        name = type(unused).__name__
        raise Rejection("scaler_not_used", f"{name} before {type(model).__name__}", name=name)
    steps = [step for _, step in pipeline.steps]
    order = [type(inner).__name__ for step in steps for inner in (step.parts if isinstance(step, _Columns) else [step])]
    first = steps[0]
    columns = first.feature_names if isinstance(first, _Columns) else _Side(first).names
    if not columns:
        columns = feature_list(_Side(first).takes, name_lists)
    confirmed = [part for part, when in known if when == "after"]
    return Composed(pipeline, tuple(order), tuple(columns), _not_confirmed(pipeline, confirmed))


def feature_list(count: int | None, name_lists: NameLists) -> tuple[str, ...]:
    """The one list among those beside a model that names its columns; empty if there is none, or more than one."""
    fitting = [(key, names) for key, names in name_lists if len(names) == count and len(set(names)) == count and count]
    named = [names for key, names in fitting if _FEATURE_KEY.search(key) and not _OTHER_KEY.search(key)]
    unnamed = [names for key, names in fitting if not key]
    found = set(named or unnamed)
    return found.pop() if len(found) == 1 else ()


class _Side:
    """A part, by what it takes and gives."""

    def __init__(self, part: object) -> None:
        self.part = part
        names = getattr(part, "feature_names_in_", None)
        self.names: tuple[str, ...] = tuple(map(str, names)) if isinstance(names, np.ndarray) else ()
        takes = getattr(part, "n_features_in_", None)
        self.takes: int | None = int(takes) if isinstance(takes, int | np.integer) else None
        """Columns; None for a part that takes texts."""

    def gives(self) -> tuple[str, ...]:
        """Names of the columns that come out of a transformer; empty if it cannot say."""
        try:
            return tuple(map(str, self.part.get_feature_names_out()))  # type: ignore[attr-defined]
        except (AttributeError, ValueError, TypeError, KeyError, IndexError):
            return ()


def _arranged(sides: Sequence[_Side], last: _Side) -> Pipeline | None:
    if not sides:
        return _pipeline([], last.part)
    return _beside_each_other(sides, last) if last.names else _one_after_another(sides, last)


MOST_DRAWN = 3
"""Axes of a figure."""


def _only_draws(side: _Side, sides: Sequence[_Side], last: _Side) -> bool:
    """Whether a part makes two or three axes of the columns that the model takes, and nothing takes those: clusters are
    drawn so. Beside a classifier or a regressor, a scaler may have been made for the figure as well."""
    if len(sides) > 1 and (is_classifier(last.part) or is_regressor(last.part)):
        return False
    gives = len(side.gives())
    module = type(side.part).__module__
    return (
        module.startswith(("sklearn.decomposition.", "sklearn.manifold."))
        and side.takes == last.takes
        and 0 < gives <= MOST_DRAWN
        and all(other.takes != gives for other in (*sides, last))
    )


def _trained_with(pipeline: Pipeline) -> list[tuple[object, Trained]]:
    """The parts, and whether values in the next one show that it was trained on what they give."""
    *before, model = (step for _, step in pipeline.steps)
    if before and isinstance(before[-1], _Columns):
        place = {name: at for at, name in enumerate(before[-1].given_names)}
        return [(piece.part, trained(piece.part, model, [place[name] for name in piece.gives]))
                for piece in before[-1].pieces]  # fmt: skip
    following = [*before[1:], model] if before else []
    return [(part, trained(part, after, range(_Side(part).takes or 0)))
            for part, after in zip(before, following, strict=True)]  # fmt: skip


def _not_confirmed(pipeline: Pipeline, confirmed: Sequence[object]) -> tuple[str, ...]:
    """Classes of parts that could be left out, and of which nothing shows that the model was trained after them."""
    *before, model = (step for _, step in pipeline.steps)
    takes, named = _Side(model).takes, bool(_Side(model).names)
    parts = [inner for step in before for inner in (step.parts if isinstance(step, _Columns) else [step])]
    found = []
    for part in parts:
        side = _Side(part)
        gives = len(side.gives())
        fits_without = gives == side.takes and (
            gives == takes or (named and set(side.gives()) <= set(_Side(model).names))
        )
        if not fits_without or any(part is one for one in confirmed):
            continue
        if type(part).__module__.startswith(_NEEDED) or type(part).__name__.endswith("Encoder"):
            continue  # columns without gaps stay what they are, and no model takes texts
        if side.names and not named:
            continue  # the table had names, and the model saw the array that the part makes of it
        found.append(type(part).__name__)
    return tuple(found)


_NEEDED = ("sklearn.impute.", "sklearn.feature_selection.", "sklearn.feature_extraction.")


def _one_after_another(sides: Sequence[_Side], last: _Side) -> Pipeline | None:
    """The only order in which each part gives as many columns as the next one takes."""
    given = {id(side): len(side.gives()) for side in sides}
    fitting = []
    for order in permutations(sides):
        pairs = zip(order, [*order[1:], last], strict=True)
        fits = all(given[id(side)] and given[id(side)] == after.takes for side, after in pairs)
        if fits and not any(side.names for side in order[1:]):  # a part that saw names saw the table itself
            fitting.append(order)
    if len(fitting) != 1:
        return None
    return _pipeline([side.part for side in fitting[0]], last.part)


def _beside_each_other(sides: Sequence[_Side], last: _Side) -> Pipeline | None:
    """Each part prepares columns of its own; names say which, and where the model takes the outcome."""
    taken: set[str] = set()
    given: set[str] = set()
    pieces: list[_Piece] = []
    for side in sides:
        takes, gives = side.names, side.gives()
        if not takes and len(sides) == 1 and side.takes == len(gives) == len(last.names):
            takes = gives = last.names  # fitted on an array of the same columns
        if len(set(takes)) < len(takes) or len(set(gives)) < len(gives):
            return None  # forged: a table's columns differ
        if not takes or not gives or taken & set(takes) or given & set(gives) or not set(gives) <= set(last.names):
            return None
        taken |= set(takes)
        given |= set(gives)
        pieces.append(_Piece(side.part, takes, gives, bool(side.names)))
    if (taken - given) & set(last.names):
        return None  # a column that is prepared and also used as it is
    as_they_are = [name for name in last.names if name not in given]
    needed = [*dict.fromkeys([*(name for piece in pieces for name in piece.takes), *as_they_are])]
    if set(needed) == set(last.names):
        needed = list(last.names)
    return _pipeline([_Columns(pieces, tuple(needed), last.names)], last.part)


def _pipeline(steps: Sequence[object], last: object) -> Pipeline:
    return Pipeline([(f"step_{place}", step) for place, step in enumerate([*steps, last])])


@dataclass(frozen=True)
class _Piece:
    """A fitted transformer, the columns that it takes and those that it gives."""

    part: object
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    by_name: bool


class _Columns(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Transformers side by side on columns of their own; the other columns stay as they are.

    It lives in the worker only and is never saved.
    """

    def __init__(self, pieces: Sequence[_Piece], feature_names: tuple[str, ...], given_names: tuple[str, ...]) -> None:
        self.pieces = pieces
        self.feature_names = feature_names
        self.given_names = given_names
        self.feature_names_in_ = np.array(feature_names, dtype=object)
        self.n_features_in_ = len(feature_names)

    @property
    def parts(self) -> list[object]:
        """The transformers."""
        return [piece.part for piece in self.pieces]

    def transform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The columns that the model takes, in its order."""
        columns = {name: frame[name] for name in frame.columns}
        for piece in self.pieces:
            own = frame[list(piece.takes)]
            made = piece.part.transform(own if piece.by_name else own.to_numpy())  # type: ignore[attr-defined]
            values = made.toarray() if hasattr(made, "toarray") else np.asarray(made)
            columns |= {name: pd.Series(values[:, at], index=frame.index) for at, name in enumerate(piece.gives)}
        return pd.DataFrame({name: columns[name] for name in self.given_names}, index=frame.index)

    def __sklearn_is_fitted__(self) -> bool:
        return True
