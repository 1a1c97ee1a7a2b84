"""Dummy columns (`Contract_Two year`) that a model was fitted on, made out of the column (`Contract`) that a table has.

`pandas.get_dummies`, `OneHotEncoder` and formula libraries name a dummy after its column and one of its values. Where
a needed column is called like a column of the table followed by one of the values in it, the dummy is 1 where the table
has that value and 0 elsewhere. Other needed columns with the same beginning are values that this table does not have.
"""

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.parsing.names import MAX_NAME, ascii_letters
from lib.scoring.names import fold
from lib.scoring.needs import Need

MOST_VALUES = 200
"""A column with more different values than this is no category."""

MOST_SOURCES, MOST_ALIKE = 2_000, 20
"""Columns of a table that needed columns begin with, and columns whose names differ in case and punctuation only."""

NUMBERS_NEED = 2
"""Minimum number of values of a numeric column that must have a dummy: `orders_30` beside `orders` need not be one."""

_NAN = frozenset({"nan", "none", "missing", "null"})


@dataclass(frozen=True)
class Dummy:
    """How one needed column is made: 1 where `source` has `value`, 0 elsewhere."""

    source: str
    value: str
    """As the name of the dummy has it."""


def find_dummies(needs: Sequence[Need], frame: pd.DataFrame, *, sources: Sequence[str]) -> dict[str, Dummy]:
    """Needed column → how it is made, for those that are dummies of one of the `sources`.

    `needs` are those that no column of the table serves. A name that two columns of the table could have given is left
    out.
    """
    wanted = [need for need in needs if need.kind in ("unknown", "number", "yes_no") and not need.categories]
    by_fold: dict[str, list[str]] = {}
    for source in sources:
        by_fold.setdefault(fold(source), []).append(source)
    alike = {start: names for start, names in by_fold.items() if len(names) <= MOST_ALIKE}
    splits: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for need in wanted:
        for start, ways in _splits(need.name, alike).items():
            splits.setdefault(start, {})[need.name] = ways
    claims: dict[str, list[tuple[int, Dummy, str]]] = {}
    for source in [source for start in list(splits)[:MOST_SOURCES] for source in alike[start]]:
        known = _values(frame[source])
        if known is None:
            continue
        numeric = pd.api.types.is_numeric_dtype(frame[source].dtype) and frame[source].dtype != bool
        found = _of_source(splits[fold(source)], source, known)
        if len(found) >= (NUMBERS_NEED if numeric else 1):
            for name, (dummy, beginning) in found.items():
                claims.setdefault(name, []).append((len(beginning), dummy, beginning))
    made: dict[str, Dummy] = {}
    beginnings: dict[str, set[str]] = {}
    for name, offers in claims.items():
        longest = max(length for length, _, _ in offers)
        best = [(dummy, beginning) for length, dummy, beginning in offers if length == longest]
        if len(best) == 1:
            made[name] = best[0][0]
            beginnings.setdefault(best[0][0].source, set()).add(best[0][1])
    for need in wanted:
        if need.name not in made and need.name not in claims:
            siblings = _siblings(need.name, beginnings)
            if len(siblings) == 1:
                made[need.name] = siblings[0]
    return made


def dummy_values(dummy: Dummy, values: pd.Series) -> np.ndarray:
    """1.0 where a cell has the dummy's value, 0.0 elsewhere; shape (rows,). An empty cell has only the value `nan`."""
    yes = [cell for cell in values.dropna().unique() if _written(cell) == dummy.value]
    if not yes and fold(dummy.value) in _NAN:
        return values.isna().to_numpy().astype("float64")
    return values.isin(yes).to_numpy(dtype="float64") if yes else np.zeros(len(values))


def uncovered(dummies: Sequence[Dummy], values: pd.Series) -> np.ndarray:
    """Which cells have a value without a dummy although more than one value has none: bool, one per row.

    One value without a dummy is the baseline that was dropped in training.
    """
    known = {dummy.value for dummy in dummies}
    without = [cell for cell in values.dropna().unique() if _written(cell) not in known]
    if len(without) < 2:
        return np.zeros(len(values), dtype=bool)
    return values.isin(without).to_numpy(dtype=bool)


def _written(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@dataclass(frozen=True)
class _Values:
    """The values of a column: as compared → as written."""

    exact: Mapping[str, str]
    loose: Mapping[str, str]
    """Without punctuation, where that leaves them different."""

    def find(self, value: str) -> str | None:
        return self.exact.get(_fold_value(value)) or self.loose.get(fold(value))


def _fold_value(value: str) -> str:
    """Without case and outer blanks, whole numbers without `.0`."""
    return re.sub(r"^(-?\d+)\.0+$", r"\1", value.strip().casefold())


def _values(column: pd.Series) -> _Values | None:
    """The values of a column; None where it cannot be a category."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return None
    distinct = column.dropna().unique()
    if len(distinct) > MOST_VALUES:
        return None
    written = [_written(cell) for cell in distinct]
    loose = [fold(value) for value in written]
    times = Counter(loose)
    return _Values(
        {_fold_value(value): value for value in written},
        {key: value for key, value in zip(loose, written, strict=True) if key and times[key] == 1},
    )


def _of_source(
    splits: Mapping[str, Sequence[tuple[str, str]]], source: str, known: _Values
) -> dict[str, tuple[Dummy, str]]:
    """Needed column → dummy and the beginning of its name, for dummies of values that the table has."""
    found: dict[str, tuple[Dummy, str]] = {}
    for name, ways in splits.items():
        for beginning, value in ways:
            if (written := known.find(value)) is not None:
                found[name] = (Dummy(source, written), beginning)
                break
    return found


def _splits(name: str, sources: Container[str]) -> dict[str, list[tuple[str, str]]]:
    """Folded source → beginning and value, in every way in which a dummy of it may be written."""
    found: dict[str, list[tuple[str, str]]] = {}
    formula = re.fullmatch(r"(?:C\()?(?P<column>.+?)\)?\[(?:T\.)?(?P<value>.+)\]", name)
    by_formula = "" if formula is None else fold(formula["column"])
    encoded = re.sub(r"^[A-Za-z0-9]+__", "", name)  # `onehot__Contract_Two year` of a ColumnTransformer
    for text in dict.fromkeys((name, encoded)):
        offset = len(name) - len(text)
        for at, start in enumerate(_folded_beginnings(text), 1):
            if start not in sources or not text[:at].strip():
                continue
            rest = text[at:]
            value = rest.lstrip("_-=.:/| ") if not rest.startswith("-") else rest
            for candidate in dict.fromkeys((value, rest[1:] if rest[:1] in "_-=.:/| " else rest)):
                if candidate:
                    beginning = name[: offset + len(text) - len(candidate)]
                    found.setdefault(start, []).append((beginning, candidate))
    if formula is not None and by_formula in sources:
        found[by_formula] = [(name[: formula.start("value")], formula["value"])]
    return found


def _folded_beginnings(text: str) -> list[str]:
    """`fold(text[:at])` for every `at` from 1, without folding each beginning from its start."""
    letters, found = "", []
    for at, sign in enumerate(text[:MAX_NAME][: len(text) - 1], 1):
        letters += re.sub(r"[^a-z0-9]+", "", (sign if sign.isascii() else ascii_letters(sign)).casefold())
        found.append(letters or text[:at].casefold().strip())
    return found


def _siblings(name: str, beginnings: Mapping[str, set[str]]) -> list[Dummy]:
    """What a name would be a dummy of, by the beginning that it shares with dummies that were found."""
    return [
        Dummy(source, name[len(beginning) :])
        for source, starts in beginnings.items()
        for beginning in starts
        if name.startswith(beginning) and len(name) > len(beginning) and not beginning[-1:].isalnum()
    ]
