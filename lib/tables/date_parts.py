"""A date whose year, month and day stand in columns of their own → one column of dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.parsing import dates
from lib.tables import names

_YEAR = frozenset(("year", "ano", "annee", "jahr", "anno", "jaar", "rok", "ar", "yil", "yyyy"))
_MONTH = frozenset(("month", "mes", "mois", "monat", "mese", "maand", "maned", "miesiac", "mesic", "ay", "luna", "mm"))
_DAY = frozenset(("day", "dia", "jour", "tag", "giorno", "dag", "dzien", "den", "gun", "zi", "dd"))
_OTHER_DATES = frozenset(("birth", "birthday", "born", "expiry", "exp", "nacimiento", "naissance", "geburt", "nascita"))
_LEAST = 0.98

Whole = np.typing.NDArray[np.int64]


@dataclass(frozen=True)
class MadeDate:
    """A column of dates made of three."""

    name: str
    values: pa.ChunkedArray
    parts: Sequence[str]
    """The columns of the year, the month and the day."""


def date_of_parts(columns: Mapping[str, pa.ChunkedArray]) -> MadeDate | None:
    """The dates that three columns, named for the year, the month and the day of one thing, make together."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for name in columns:
        words = names.tokens(name)
        for part, known in (("year", _YEAR), ("month", _MONTH), ("day", _DAY)):
            if known & set(words):
                rest = tuple(word for word in words if word not in known | {"of", "number", "no", "name", "de", "del"})
                found.setdefault(rest, {}).setdefault(part, name)
    for rest, parts in found.items():
        if len(parts) == 3 and not set(rest) & _OTHER_DATES:
            chosen = [parts[part] for part in ("year", "month", "day")]
            values = _dates(*(columns[name] for name in chosen))
            if values is not None:
                return MadeDate(_free_name(" ".join((*rest, "date")), columns), values, chosen)
    return None


def _free_name(wanted: str, taken: Mapping[str, pa.ChunkedArray]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


def _dates(year: pa.ChunkedArray, month: pa.ChunkedArray, day: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """None where too many rows make no date."""
    parts = [_numbers(year), _months(month), _numbers(day)]
    years, months, days = (np.where(part < 0, 0, part) for part in parts)
    years = np.where((years > 0) & (years < 100), years + 2000, years)
    possible = (years >= 1970) & (years <= 2100) & (months >= 1) & (months <= 12) & (days >= 1) & (days <= 31)
    start = np.where(possible, (years - 1970) * 12 + months - 1, 0).astype("datetime64[M]")
    made = start.astype("datetime64[D]") + np.where(possible, days - 1, 0)
    possible &= made.astype("datetime64[M]") == start
    written = (parts[0] >= 0) | (parts[1] >= 0) | (parts[2] >= 0)
    if not written.any() or possible.sum() < _LEAST * written.sum():
        return None
    moments = made.astype("datetime64[us]")
    moments[~possible] = np.datetime64("NaT")
    return pa.chunked_array([pa.array(moments, pa.timestamp("us"))])


def _numbers(column: pa.ChunkedArray) -> Whole:
    """Whole numbers; -1 where a cell is none."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        digits = pc.match_substring_regex(column, r"^\s*\d{1,4}\s*$")
        column = pc.cast(pc.utf8_trim_whitespace(pc.if_else(digits, column, pa.scalar(None, kind))), pa.int64())
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return np.full(len(column), -1, dtype=np.int64)
    number = np.asarray(pc.fill_null(pc.cast(column, pa.float64()), -1.0))
    return np.where(np.isfinite(number) & (number == np.floor(number)), number, -1).astype(np.int64)


def _months(column: pa.ChunkedArray) -> Whole:
    """1 to 12, from numbers or names in many languages; -1 where a cell is neither."""
    number = _numbers(column)
    kind = column.type
    if (number >= 0).any() or not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return number
    encoded = pc.fill_null(column, "").combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    if len(encoded.dictionary) > 40:
        return number
    known = [dates.month_number(str(name)) or -1 for name in encoded.dictionary.to_pylist()]
    return np.array(known, dtype=np.int64)[np.asarray(encoded.indices)]
