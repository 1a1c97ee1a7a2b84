"""A table and a model side by side: each column the model needs, and where in the table it comes from."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.parsing.names import ascii_letters
from lib.scoring.dummies import find_dummies
from lib.scoring.names import fold
from lib.scoring.needs import Need

How = Literal["same", "chosen", "derived", "suggested", "missing"]
"""`derived`: a dummy column, made out of a column of the table (`lib.scoring.dummies`)."""


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
    """Similarity of names and values between 0 and 1, for a suggestion."""
    value: str = ""
    """Of a derived column: it is 1 where `source` has this value, 0 elsewhere."""


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
            if match.source is not None and match.how in ("same", "chosen", "derived")
        }


def compare(
    needs: Sequence[Need], frame: pd.DataFrame, *, chosen: Mapping[str, str] | None = None, units: bool = True
) -> Fit:
    """Hold a table against what a model needs.

    `chosen` maps needed names to columns of the table; it goes before equal names. A column with an equal name but
    for case, accents and punctuation is taken; anything less similar is only suggested.
    Without `units` no unit is doubted: right for columns that Brine computed.
    Raises UserError if `chosen` names a column that the model does not need or the table does not have.
    """
    chosen = dict(chosen or {})
    _check_choice(needs, frame, chosen)
    sure = {**_equal_names(needs, frame, taken=set(chosen.values())), **chosen}
    taken = set(sure.values())
    free = [str(column) for column in frame.columns if str(column) not in taken]
    open_needs = [need for need in needs if need.name not in sure]
    dummies = find_dummies(open_needs, frame, sources=free) if open_needs else {}
    # Mapping the column `Contract` to `Contract_Two year` means that value of it.
    chosen_needs = [need for need in needs if need.name in chosen]
    dummies |= find_dummies(chosen_needs, frame, sources=sorted(set(chosen.values()))) if chosen_needs else {}
    suggestions = _suggest([need for need in open_needs if need.name not in dummies], frame[free])
    matches = tuple(
        Match(need, dummies[need.name].source, "derived", value=dummies[need.name].value)
        if need.name in dummies
        else Match(need, sure[need.name], "chosen" if need.name in chosen else "same")
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
            if units
            and match.source is not None
            and match.how != "derived"
            and (doubt := unit_doubt(match.need, frame[match.source])) is not None
        ),
        extra=tuple(str(column) for column in frame.columns if str(column) not in used),
    )


def _check_choice(needs: Sequence[Need], frame: pd.DataFrame, chosen: Mapping[str, str]) -> None:
    names = {need.name for need in needs}
    for needed, column in chosen.items():
        if needed not in names:
            raise UserError("scoring.map_unknown_need", column=needed, needed=[need.name for need in needs])
        if column not in frame.columns:
            raise UserError("scoring.map_unknown_column", column=column, found=[str(name) for name in frame.columns])


def _equal_names(needs: Sequence[Need], frame: pd.DataFrame, *, taken: set[str]) -> dict[str, str]:
    columns = [str(column) for column in frame.columns if str(column) not in taken]
    present = set(columns)
    exact = {need.name: need.name for need in needs if need.name in present}
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


MAX_COMPARED = 100
"""Needs, and columns, of which each is compared with each; a table that lacks more than that is another table."""
_COMPARED_LETTERS = 60


def _suggest(needs: Sequence[Need], frame: pd.DataFrame) -> dict[str, tuple[str, float]]:
    sample = frame.iloc[:1000, :MAX_COMPARED]
    columns = [(str(column), _Name.of(str(column)), _Values.of(sample[column])) for column in sample.columns]
    named = [(need, _Name.of(need.name)) for need in needs[:MAX_COMPARED]]
    scored = sorted(
        (
            (_likeness(name.likeness(of_column), _value_likeness(need, values)), need.name, column)
            for column, of_column, values in columns
            for need, name in named
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


def _likeness(by_name: float, by_value: float | None) -> float:
    return by_name if by_value is None else 0.0 if by_value == 0.0 and by_name < 0.8 else 0.6 * by_name + 0.4 * by_value


@dataclass(frozen=True)
class _Name:
    """A name as it is compared: folded once, cut, its letters counted by difflib once."""

    words: frozenset[str]
    letters: str
    matcher: difflib.SequenceMatcher[str]

    @classmethod
    def of(cls, name: str) -> "_Name":
        letters = fold(name)[:_COMPARED_LETTERS]
        return cls(frozenset(_words(name)), letters, difflib.SequenceMatcher(None, "", letters))

    def likeness(self, column: "_Name") -> float:
        overlap = len(self.words & column.words) / max(1, min(len(self.words), len(column.words)))
        matcher = column.matcher
        matcher.set_seq1(self.letters)
        return max(matcher.ratio() if matcher.quick_ratio() > 0.3 else 0.0, 0.9 * overlap)


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
    plain = ascii_letters(name)
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", plain).casefold()
    return {f"={_MEANING[word]}" if word in _MEANING else word for word in re.findall(r"[a-z]+|\d+", split)}


@dataclass(frozen=True)
class _Values:
    """What is known of a column's values, worked out once."""

    counts: Mapping[str, int]
    numbers: np.ndarray
    present: int

    @classmethod
    def of(cls, values: pd.Series) -> "_Values":
        present = values.dropna()
        counts = present.astype(str).value_counts()
        numbers = pd.to_numeric(present, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
        return cls(dict(zip(counts.index, counts.tolist(), strict=True)), numbers, len(present))


def _value_likeness(need: Need, values: _Values) -> float | None:
    """Share of the values that the model could have learnt from; None where the card says nothing."""
    if not values.present:
        return None
    if need.categories:
        return sum(values.counts.get(category, 0) for category in set(need.categories)) / values.present
    if need.range is not None:
        low, high = need.range
        return float(((values.numbers >= low) & (values.numbers <= high)).mean())
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
"""Of a larger table, about this many rows are examined, evenly spread."""

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
