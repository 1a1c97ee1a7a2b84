"""A table and a model side by side: each column the model needs, and where in the table it comes from."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.scoring.needs import Need

How = Literal["same", "chosen", "suggested", "missing"]


@dataclass(frozen=True)
class UnitDoubt:
    """A column whose values look as if they were counted in another unit: `value × factor` would fit."""

    column: str
    key: str
    """`hours_for_days`, `cents_for_money`, …: a sentence of `lib/text`."""
    factor: float
    typical_found: float
    typical_learnt: float


@dataclass(frozen=True)
class Match:
    """Where one needed column comes from."""

    need: Need
    source: str | None
    how: How
    likeness: float = 1.0
    """Between 0 and 1: how alike names and values are, for a suggestion."""


@dataclass(frozen=True)
class Fit:
    """How a table fits a model."""

    matches: tuple[Match, ...]
    doubts: tuple[UnitDoubt, ...]
    extra: tuple[str, ...]
    """Columns of the table that the model does not use."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Needed columns for which nothing in the table is certain: absent ones and mere suggestions."""
        return tuple(match.need.name for match in self.matches if match.how in ("missing", "suggested"))

    @property
    def sources(self) -> dict[str, str]:
        """Needed column → column of the table, for all that is certain."""
        return {
            match.need.name: match.source
            for match in self.matches
            if match.source is not None and match.how in ("same", "chosen")
        }


def compare(
    needs: Sequence[Need], frame: pd.DataFrame, *, chosen: Mapping[str, str] | None = None, units: bool = True
) -> Fit:
    """Hold a table against what a model needs.

    `chosen` maps needed names to columns of the table; it goes before equal names. A column with an equal name but
    for case, accents and punctuation is taken; anything less alike is only suggested.
    Without `units` no unit is doubted: right for columns that we worked out ourselves.
    Raises UserError if `chosen` names a column that the model does not need or the table does not have.
    """
    chosen = dict(chosen or {})
    _check_choice(needs, frame, chosen)
    sure = {**_equal_names(needs, frame, taken=set(chosen.values())), **chosen}
    free = [str(column) for column in frame.columns if str(column) not in set(sure.values())]
    suggestions = _suggest([need for need in needs if need.name not in sure], frame[free])
    matches = tuple(
        Match(need, sure[need.name], "chosen" if need.name in chosen else "same")
        if need.name in sure
        else _suggested(need, suggestions)
        for need in needs
    )
    used = {match.source for match in matches}
    return Fit(
        matches,
        doubts=tuple(
            doubt
            for match in matches
            if units and match.source is not None and (doubt := unit_doubt(match.need, frame[match.source])) is not None
        ),
        extra=tuple(str(column) for column in frame.columns if str(column) not in used),
    )


def fold(name: str) -> str:
    """A name without case, accents, blanks and punctuation: `Último pedido (días)` → `ultimopedidodias`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.casefold()) or name.casefold().strip()


def _check_choice(needs: Sequence[Need], frame: pd.DataFrame, chosen: Mapping[str, str]) -> None:
    names = [need.name for need in needs]
    for needed, column in chosen.items():
        if needed not in names:
            raise UserError("scoring.map_unknown_need", column=needed, needed=names)
        if column not in frame.columns:
            raise UserError("scoring.map_unknown_column", column=column, found=[str(name) for name in frame.columns])


def _equal_names(needs: Sequence[Need], frame: pd.DataFrame, *, taken: set[str]) -> dict[str, str]:
    columns = [str(column) for column in frame.columns if str(column) not in taken]
    exact = {need.name: need.name for need in needs if need.name in columns}
    folded: dict[str, list[str]] = {}
    for column in columns:
        if column not in exact:
            folded.setdefault(fold(column), []).append(column)
    for need in needs:
        alike = folded.get(fold(need.name), [])
        if need.name not in exact and len(alike) == 1:
            exact[need.name] = alike[0]
    return exact


def _suggested(need: Need, suggestions: Mapping[str, tuple[str, float]]) -> Match:
    if need.name in suggestions:
        column, likeness = suggestions[need.name]
        return Match(need, column, "suggested", likeness)
    return Match(need, None, "missing", 0.0)


ENOUGH_ALIKE = 0.5
"""Likeness from which a column is suggested."""


def _suggest(needs: Sequence[Need], frame: pd.DataFrame) -> dict[str, tuple[str, float]]:
    sample = frame.head(1000)
    scored = sorted(
        (
            (_likeness(need, str(column), sample[column]), need.name, str(column))
            for need in needs
            for column in frame.columns
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    suggestions: dict[str, tuple[str, float]] = {}
    used: set[str] = set()
    for likeness, need_name, column in scored:
        if likeness >= ENOUGH_ALIKE and need_name not in suggestions and column not in used:
            suggestions[need_name] = (column, likeness)
            used.add(column)
    return suggestions


def _likeness(need: Need, column: str, values: pd.Series) -> float:
    by_name = _name_likeness(need.name, column)
    by_value = _value_likeness(need, values)
    return by_name if by_value is None else 0.0 if by_value == 0.0 and by_name < 0.8 else 0.6 * by_name + 0.4 * by_value


def _name_likeness(needed: str, column: str) -> float:
    a, b = fold(needed), fold(column)
    words_a, words_b = _words(needed), _words(column)
    overlap = len(words_a & words_b) / max(1, min(len(words_a), len(words_b)))
    return max(difflib.SequenceMatcher(None, a, b).ratio(), 0.9 * overlap)


_SAME_MEANING: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            {"recency", "recencia", "dayssincelast", "lastorderdaysago"},
            {"frequency", "frecuencia", "orders", "pedidos", "purchases", "compras", "transactions"},
            {"monetary", "monetario", "revenue", "spend", "spent", "gasto", "importe", "amount", "sales", "ventas"},
            {"age", "edad", "years", "años"},
            {"country", "pais", "país", "pays", "land"},
            {"income", "ingresos", "salary", "salario"},
            {"sex", "gender", "sexo", "género", "genero"},
            {"area", "superficie", "sqft", "size", "tamaño"},
            {"price", "precio", "prix", "preis"},
        ),
    )
)
_MEANING = {fold(word): place for place, words in enumerate(_SAME_MEANING) for word in words}


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", plain).casefold()
    return {f"={_MEANING[word]}" if word in _MEANING else word for word in re.findall(r"[a-z]+|\d+", split)}


def _value_likeness(need: Need, values: pd.Series) -> float | None:
    """Share of the values that the model could have learnt from; None where the card says nothing."""
    present = values.dropna()
    if present.empty:
        return None
    if need.categories:
        return float(present.astype(str).isin(need.categories).mean())
    if need.range is not None:
        numbers = pd.to_numeric(present, errors="coerce")
        low, high = need.range
        return float(numbers.between(low, high).mean())
    return None


@dataclass(frozen=True)
class _OtherUnit:
    unit: str
    key: str
    factor: float


_OTHER_UNITS = (
    _OtherUnit("days", "hours_for_days", 1 / 24),
    _OtherUnit("days", "minutes_for_days", 1 / 1440),
    _OtherUnit("days", "seconds_for_days", 1 / 86_400),
    _OtherUnit("days", "weeks_for_days", 7.0),
    _OtherUnit("days", "months_for_days", 30.44),
    _OtherUnit("days", "years_for_days", 365.25),
    _OtherUnit("money", "cents_for_money", 1 / 100),
    _OtherUnit("money", "thousands_for_money", 1000.0),
    _OtherUnit("share", "percent_for_share", 1 / 100),
    _OtherUnit("percent", "share_for_percent", 100.0),
)
"""Source of the list: what exports mix up most; the factor turns what was found into what the model learnt."""


def unit_doubt(need: Need, values: pd.Series) -> UnitDoubt | None:
    """The unit that the values seem to be in instead, or None where they look right or nothing can be said.

    Doubt needs both: most values do not lie where the model learnt, or their middle lies far off; and in the other
    unit they would. A range is 0.5 % to 99.5 % of the training customers.
    """
    if need.range is None or not need.typical:  # nothing is a multiple of a typical 0
        return None
    some = values.iloc[:: max(1, len(values) // ENOUGH_FOR_A_MIDDLE)]
    numbers = pd.to_numeric(some, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    numbers = numbers[np.isfinite(numbers)]
    if numbers.size < 1:
        return None
    middle = float(np.median(numbers))
    now = _oddness(need, numbers)
    best: tuple[float, _OtherUnit] | None = None
    for other in _OTHER_UNITS:
        if other.unit == need.unit:
            then = _oddness(need, numbers * other.factor)
            if best is None or then < best[0]:
                best = (then, other)
    if best is None or now < MIN_ODDNESS or best[0] > now / 3:
        return None
    return UnitDoubt(need.name, best[1].key, best[1].factor, typical_found=middle, typical_learnt=need.typical)


def unit_factor(key: str) -> float:
    """What values in the other unit are multiplied by. Raises UserError for a key that is none of the list."""
    for other in _OTHER_UNITS:
        if other.key == key:
            return other.factor
    raise UserError("scoring.unknown_unit", found=key, known=[other.key for other in _OTHER_UNITS])


ENOUGH_FOR_A_MIDDLE = 20_000
"""Of a larger table, about so many rows are looked at, evenly spread."""

MIN_ODDNESS = 1.5
"""Below this, a shop whose customers simply changed is the likelier explanation."""


def _oddness(need: Need, numbers: np.ndarray) -> float:
    """How far the values lie from those learnt: |ln| of the middles' quotient, and more where they leave the range."""
    low, high = need.range or (0.0, 0.0)
    width = max(high - low, 1e-12)
    outside = float(((numbers < low - 0.1 * width) | (numbers > high + 0.1 * width)).mean())
    learnt = max(abs(need.typical or 0.0), 1e-3 * width)
    middle = max(abs(float(np.median(numbers))), 1e-6 * width)
    return abs(float(np.log(middle / learnt))) + 2.0 * outside
