"""Text → dates: the shape and the order of day and month are decided from all values of a column."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from babel import Locale

from lib.parsing.names import normalized
from lib.parsing.numbers import PLACEHOLDER

Whole = np.typing.NDArray[np.int64]
Flags = np.typing.NDArray[np.bool_]
Datetimes = np.typing.NDArray[np.datetime64]

DateOrder = str
"""`day`, `month` or `year`: what the first number of a date such as 03/04/2025 counts."""


_LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "tr", "ro", "hu", "ca",
              "ru", "uk", "el", "bg")  # fmt: skip
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 55_153
"""Excel's day numbers of 1990-01-01 and 2050-12-31."""
_EXCEL_ZERO = np.datetime64("1899-12-30", "us")
_READ_SHARE = 0.9
"""A column is dates when this share of its values can be read as one."""
_SAMPLE = 400
_DIGIT = re.compile(r"\d")
_NO_BREAK = "[\u00a0\u2007\u2009\u202f]"
_NOTHING = PLACEHOLDER + r"|^0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[ T][0:]+)?$"
"""Cells that say that there is no date."""

_TIME = (
    r"(?:(?:\s*,\s*|\s+|T|\s+(?:at|um|à|às|a las)\s+|\s*-\s+)(?P<H>\d{1,2})[:hH.](?P<M>\d{2})"
    r"(?:[:.m](?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?s?"
    r"(?:\s*(?i:uhr|horas|hrs?|hs|h)\b\.?)?(?:\s*(?P<p>[AaPp])\.?\s?[Mm]\.?)?)?"
    r"\s*(?P<z>Z|UTC|GMT|[A-Z]{3,4}|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}|[+-]\d{2})?(?:\s*\([^)]*\)|\s*\[[^\]]*\])?\s*$"
)
_WEEKDAY = r"^\s*(?:\p{L}{2,10}\.?,?\s+)?"


@dataclass(frozen=True)
class _Shape:
    """One way to write a date. `pattern` has groups y, a, b or m (a month's name), and those of the time."""

    key: str
    pattern: str
    named_month: bool = False


_SHAPES = (
    _Shape("ymd", r"^\s*(?P<y>\d{4})(?P<s>[-/.年])\s?(?P<a>\d{1,2})[-/.月]\s?(?P<b>\d{1,2})日?" + _TIME),
    _Shape("aby", _WEEKDAY + r"(?P<a>\d{1,2})(?P<s>[-/.])\s?(?P<b>\d{1,2})[-/.]\s?(?P<y>\d{4}|\d{2})" + _TIME),
    _Shape(
        "d_name_y",
        _WEEKDAY
        + r"(?P<a>\d{1,2})(?:st|nd|rd|th|er|º|ª)?\.?(?P<s>[-/ ]?)\s*(?:de\s+|of\s+)?(?P<m>\p{L}{3,12})\.?"
        + r"[-/ ,]*\s*(?:de\s+|del\s+)?(?P<y>\d{4}|\d{2})"
        + _TIME,
        named_month=True,
    ),
    _Shape(
        "name_d_y",
        _WEEKDAY
        + r"(?P<m>\p{L}{3,12})\.?(?P<s>[-/ ])\s*(?P<a>\d{1,2})(?:st|nd|rd|th)?[-/, ]\s*(?P<y>\d{4}|\d{2})"
        + _TIME,
        named_month=True,
    ),
    _Shape(
        "unix",
        r"^\p{L}{2,4} (?P<m>\p{L}{3,4})(?P<s> )\s*(?P<a>\d{1,2}) (?P<H>\d{1,2}):(?P<M>\d{2}):(?P<S>\d{2})(?P<f>)(?P<p>)"
        r" ?(?P<z>[A-Z]{3,4}|[+-]\d{4})? (?P<y>\d{4})$",
        named_month=True,
    ),
    _Shape(
        "compact",
        r"^\s*(?P<y>(?:19|20)\d{2})(?P<s>)(?P<a>\d{2})(?P<b>\d{2})"
        r"(?:[T ]?(?P<H>\d{2}):?(?P<M>\d{2}):?(?P<S>\d{2})?(?:[.,](?P<f>\d{1,9}))?)?"
        r"(?P<p>)(?P<z>Z|[+-]\d{2}:?\d{2})?\s*$",
    ),
)
_WEEK = re.compile(r"^\s*(\d{4})-?W(\d{2})(?:-?([1-7]))?\s*$")
"""ISO 8601's days by week: 2025-W02-7 is the Sunday of the second week."""
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    shape.key: re.compile(shape.pattern.replace(r"\p{L}", r"[^\W\d_]")) for shape in _SHAPES
}


@dataclass(frozen=True)
class DateColumn:
    """How a column's dates were read.

    `order` is what comes first (`day`, `month`, `year`); `certain` is False where the values allow two readings
    and one was chosen; then `read_table(..., date_orders={column: ...})` reads the other way.
    """

    format: str
    order: DateOrder
    certain: bool
    unread: int
    """Cells that are no date and became missing."""
    unread_examples: Sequence[str] = ()


@dataclass(frozen=True)
class ParsedDates:
    """A column read as dates, and how."""

    values: pa.ChunkedArray
    read: DateColumn
    offsets: bool
    """Whether times carried an offset or a zone; they are kept as the wall clock showed them."""


@dataclass(frozen=True)
class Habits:
    """What the rest of the file says about who wrote it, for dates that allow two readings."""

    decimal_comma: bool = False
    order: DateOrder | None = None
    """Of another column of the same file that allows one reading only."""


NO_HABITS = Habits()


def looks_like_dates(sample: Sequence[str]) -> bool:
    """Whether most of some values are written as dates."""
    sample = [value for value in sample if _DIGIT.search(value)]
    if not sample:
        return False
    hits = sum(is_date(value) for value in sample)
    return hits >= 0.6 * len(sample)


def is_date(value: str) -> bool:
    """Whether one cell is written as a date (digits alone don't count)."""
    return any(pattern.match(value) for key, pattern in _PATTERNS.items() if key != "compact") or bool(
        _WEEK.match(value)
    )


def parse_iso(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The fast road: plain ISO dates without a zone, or None."""
    try:
        return pc.cast(column, pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None


def parse_dates(
    column: pa.ChunkedArray, *, habits: Habits = NO_HABITS, order: DateOrder | None = None, named: bool = False
) -> ParsedDates | None:
    """A text column as moments, or None where it is not dates.

    `named` says that the column's name promises dates: then Excel's day numbers and Unix seconds count too.
    """
    encoded = (
        column.combine_chunks().dictionary_encode() if column.num_chunks != 1 else column.chunk(0).dictionary_encode()
    )
    uniques = _with_plain_blanks(encoded.dictionary.cast(pa.string()))
    if not len(uniques):
        return None
    counts = np.bincount(np.asarray(encoded.indices.drop_null()), minlength=len(uniques))
    if _WEEK.match(str(uniques[0])):
        return _from_weeks(encoded, uniques)
    if named and (months := _from_months(encoded, uniques)) is not None:
        return months
    shape = _likeliest(uniques, named)
    if shape is None:
        return _from_numbers(encoded, uniques, counts) if named else None
    found = _read(uniques, shape, counts, habits=habits, order=order)
    values, read_order, certain, form, offsets = found
    if np.isnat(values).any():
        values = _second_chance(uniques, values, shape, read_order)
    nothing = np.asarray(pc.match_substring_regex(uniques, _NOTHING))
    open_ones = np.isnat(values) & ~nothing
    unread = int(counts[open_ones].sum())
    if unread > (1 - _READ_SHARE) * counts[~nothing].sum():
        return None
    examples = tuple(str(uniques[int(at)]) for at in np.flatnonzero(open_ones & (counts > 0))[:3])
    return ParsedDates(
        _spread(encoded, values),
        DateColumn(form, read_order, certain, unread, examples),
        offsets,
    )


def _spread(encoded: pa.DictionaryArray, values: Datetimes) -> pa.ChunkedArray:
    known = pa.array(values, type=pa.timestamp("us"))
    return pa.chunked_array([known.take(encoded.indices)])


def _likeliest(uniques: pa.StringArray, named: bool) -> _Shape | None:
    step = max(1, len(uniques) // _SAMPLE)
    sample = [value for value in uniques[::step].to_pylist() if value and any(sign.isdigit() for sign in value)]
    if not sample or len(sample) < 0.5 * len(uniques[::step]):
        return None
    best: tuple[int, _Shape] | None = None
    for shape in _SHAPES:
        hits = sum(bool(_PATTERNS[shape.key].match(value)) for value in sample)
        if hits >= 0.6 * len(sample) and (best is None or hits > best[0]):
            best = hits, shape
    if best is None:
        return None
    shape = best[1]
    if shape.key == "compact":
        # eight digits may be an id: only a promise in the name or a long row of valid dates makes them dates
        lengths = {len(value) for value in sample}
        if best[0] < len(sample) or (not named and (len(sample) < 5 or lengths - {8, 14})):
            return None
    if shape.named_month:
        known = _month_names()
        hits = sum(_plain(match["m"]) in known for value in sample if (match := _PATTERNS[shape.key].match(value)))
        if hits < 0.6 * len(sample):
            return None
    return shape


def _read(
    uniques: pa.StringArray, shape: _Shape, counts: Whole, *, habits: Habits, order: DateOrder | None
) -> tuple[Datetimes, DateOrder, bool, str, bool]:
    groups = pc.extract_regex(uniques, shape.pattern)
    matched = np.asarray(groups.is_valid())
    year = _whole(groups, "y")
    short = np.asarray(pc.fill_null(pc.equal(pc.utf8_length(groups.field("y")), 2), False)) & matched
    year = np.where(short, np.where(year < 69, year + 2000, year + 1900), year)
    first = _whole(groups, "a")
    certain = True
    if shape.named_month:
        names = groups.field("m").dictionary_encode()
        known = _month_names()
        months = np.array([known.get(_plain(name), 0) for name in names.dictionary.to_pylist()] or [0], dtype=np.int64)
        month, day = months[np.asarray(names.indices.fill_null(0))], first
        decided: DateOrder = "day" if shape.key == "d_name_y" else "month"
    else:
        second = _whole(groups, "b")
        if shape.key in ("ymd", "compact"):
            decided, month, day = "year", first, second
        else:
            decided, certain = _decide(year, first, second, matched, counts=counts, habits=habits)
            if order in ("day", "month"):
                decided, certain = order, True
            month, day = (second, first) if decided == "day" else (first, second)
    values = _moments(year, month, day, matched) + _time_of_day(groups, matched)
    zones = pc.fill_null(pc.not_equal(groups.field("z"), ""), False)
    return values, decided, certain, _format(groups, shape, decided), bool(pc.any(zones).as_py())


def _second_chance(uniques: pa.StringArray, values: Datetimes, shape: _Shape, order: DateOrder) -> Datetimes:
    """Cells of a date column that are written another way: a second shape, or the day number of a spreadsheet."""
    values = values.copy()
    for other in _SHAPES:
        rest = np.flatnonzero(np.isnat(values))
        if other is shape or not len(rest):
            continue
        picked = uniques.take(pa.array(rest))
        again, *_ = _read(
            picked,
            other,
            np.ones(len(rest), dtype=np.int64),
            habits=NO_HABITS,
            order=order if order != "year" else "day",
        )
        values[rest] = again
    rest = np.flatnonzero(np.isnat(values))
    if len(rest):
        picked = uniques.take(pa.array(rest))
        numeric = pc.match_substring_regex(picked, r"^\d{5}(\.\d+)?$")
        number = np.asarray(pc.fill_null(pc.cast(pc.if_else(numeric, picked, None), pa.float64()), 0.0))
        inside = (number >= _FIRST_SERIAL) & (number <= _LAST_SERIAL)
        values[rest[inside]] = _serial(number[inside])
    return values


def _with_plain_blanks(uniques: pa.StringArray) -> pa.StringArray:
    """Spreadsheets and browsers write `3:05 p. m.` with blanks that do not break."""
    odd = pc.match_substring_regex(uniques, _NO_BREAK)
    return pc.replace_substring_regex(uniques, _NO_BREAK, " ") if pc.any(odd).as_py() else uniques


def _from_weeks(encoded: pa.DictionaryArray, uniques: pa.StringArray) -> ParsedDates | None:
    """Days by the ISO calendar of weeks, or None where some value is none."""
    found = [_WEEK.match(value) for value in uniques.to_pylist()]
    try:
        days = [date.fromisocalendar(*map(int, match.groups("1"))) for match in found if match]
    except ValueError:
        return None
    if len(days) < len(found):
        return None
    values = np.array(days, dtype="datetime64[us]")
    return ParsedDates(_spread(encoded, values), DateColumn("%G-W%V-%u", "year", True, 0), False)


_MONTH = (
    re.compile(r"^\s*(?P<y>\d{4})[-/.](?P<m>\d{1,2})\s*$"),
    re.compile(r"^\s*(?P<m>\d{1,2})[-/.](?P<y>\d{4})\s*$"),
    re.compile(r"^\s*(?P<m>[^\W\d_]{3,12})\.?(?:[-/ ']+| de )(?P<y>\d{4}|\d{2})\s*$"),
)


def _from_months(encoded: pa.DictionaryArray, uniques: pa.StringArray) -> ParsedDates | None:
    """The first of each month, where every value is a month and a year: 2025-01, 01/2025, ene-25."""
    pattern = next((pattern for pattern in _MONTH if pattern.match(str(uniques[0]))), None)
    if pattern is None:
        return None
    days: list[date] = []
    for value in uniques.to_pylist():
        match = pattern.match(value)
        if match is None:
            return None
        said, year = match["m"], int(match["y"])
        month = int(said) if said.isdigit() else _month_names().get(_plain(said), 0)
        if not 1 <= month <= 12 or (len(match["y"]) == 4 and not 1900 <= year <= 2100):
            return None
        days.append(date(year if len(match["y"]) == 4 else year + 2000, month, 1))
    values = np.array(days, dtype="datetime64[us]")
    return ParsedDates(_spread(encoded, values), DateColumn("%Y-%m", "year", True, 0), False)


def _from_numbers(encoded: pa.DictionaryArray, uniques: pa.StringArray, counts: Whole) -> ParsedDates | None:
    """Day numbers of a spreadsheet or seconds since 1970, under a name that promises dates."""
    try:
        number = np.asarray(pc.cast(pc.utf8_trim_whitespace(uniques), pa.float64()))
    except pa.ArrowInvalid:
        return None
    if not len(number) or not np.isfinite(number).all():
        return None
    low, high = float(number.min()), float(number.max())
    if low >= _FIRST_SERIAL and high <= _LAST_SERIAL:
        values, form = _serial(number), "excel"
    elif low >= 631_152_000 and high <= 2_524_608_000:
        values, form = (number * 1e6).astype("int64").astype("datetime64[us]"), "unix"
    elif low >= 631_152_000_000 and high <= 2_524_608_000_000:
        values, form = (number * 1e3).astype("int64").astype("datetime64[us]"), "unix_ms"
    else:
        return None
    return ParsedDates(_spread(encoded, values), DateColumn(form, "year", True, 0), False)


def _serial(number: np.typing.NDArray[np.float64]) -> Datetimes:
    seconds = np.round(number * 86_400).astype("int64")
    return _EXCEL_ZERO + seconds.astype("timedelta64[s]").astype("timedelta64[us]")


def _decide(
    year: Whole, first: Whole, second: Whole, matched: Flags, *, counts: Whole, habits: Habits
) -> tuple[DateOrder, bool]:
    """Which of two numbers is the day, from all values; False where both readings are possible."""
    day_first = int(counts[matched & (first > 12) & (second <= 12)].sum())
    month_first = int(counts[matched & (second > 12) & (first <= 12)].sum())
    if day_first or month_first:
        return ("day" if day_first >= month_first else "month"), min(day_first, month_first) == 0
    readings: dict[DateOrder, Datetimes] = {
        "day": _moments(year, second, first, matched),
        "month": _moments(year, first, second, matched),
    }
    known = {order: values[~np.isnat(values)] for order, values in readings.items()}
    if len(known["day"]) > 1:
        if bool((first[matched] == 1).all()) != bool((second[matched] == 1).all()):
            return ("day" if bool((first[matched] == 1).all()) else "month"), False  # the first of every month
        rises = {order: bool((np.diff(values.astype("int64")) >= 0).all()) for order, values in known.items()}
        falls = {order: bool((np.diff(values.astype("int64")) <= 0).all()) for order, values in known.items()}
        sorted_ones = {order: rises[order] or falls[order] for order in known}
        if len(known["day"]) > 3 and sorted_ones["day"] != sorted_ones["month"]:
            return ("day" if sorted_ones["day"] else "month"), False
        if habits.order in ("day", "month"):
            return habits.order, False
        span = {order: int((values.max() - values.min()).astype("int64")) for order, values in known.items()}
        if min(span.values()) * 4 < max(span.values()):
            return min(span, key=lambda order: span[order]), False
    if habits.order in ("day", "month"):
        return habits.order, False
    return ("day" if habits.decimal_comma else "month"), False


def _moments(year: Whole, month: Whole, day: Whole, matched: Flags) -> Datetimes:
    possible = matched & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1000) & (year <= 9999)
    start = np.where(possible, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    whole_days = start.astype("datetime64[D]") + np.where(possible, day - 1, 0)
    possible &= whole_days.astype("datetime64[M]") == start  # no 30 February
    values = whole_days.astype("datetime64[us]")
    values[~possible] = np.datetime64("NaT")
    return values


def _time_of_day(groups: pa.StructArray, matched: Flags) -> np.typing.NDArray[np.timedelta64]:
    hour = _whole(groups, "H")
    half = pc.utf8_lower(pc.fill_null(groups.field("p"), ""))
    afternoon, morning = np.asarray(pc.equal(half, "p")), np.asarray(pc.equal(half, "a"))
    hour = np.where(afternoon & (hour < 12), hour + 12, np.where(morning & (hour == 12), 0, hour))
    fraction = pc.utf8_slice_codeunits(pc.utf8_rpad(pc.fill_null(groups.field("f"), ""), 6, "0"), 0, 6)
    micro = np.asarray(pc.cast(fraction, pa.int64()))
    seconds = hour * 3600 + _whole(groups, "M") * 60 + _whole(groups, "S")
    return np.where(matched, seconds * 1_000_000 + micro, 0).astype("timedelta64[us]")


def _whole(groups: pa.StructArray, name: str) -> Whole:
    text = pc.fill_null(groups.field(name), "0")
    return np.asarray(pc.cast(pc.if_else(pc.equal(text, ""), "0", text), pa.int64()))


def _format(groups: pa.StructArray, shape: _Shape, order: DateOrder) -> str:
    row = next((at for at, valid in enumerate(groups.is_valid().to_pylist()) if valid), None)
    if row is None:
        return ""
    first = groups[row].as_py()
    year = "%Y" if len(first["y"]) == 4 else "%y"
    mark = first["s"]
    if shape.named_month:
        date = f"%d{mark or ' '}%b{mark or ' '}{year}" if order == "day" else f"%b{mark or ' '}%d, {year}"
    else:
        date = mark.join({"year": ("%Y", "%m", "%d"), "day": ("%d", "%m", year), "month": ("%m", "%d", year)}[order])
    if any(_has(groups, name) for name in "S"):
        time = " %H:%M:%S"
    else:
        time = " %H:%M" if _has(groups, "M") else ""
    if _has(groups, "p"):
        time = time.replace("%H", "%I") + " %p"
    return date + time + (" %z" if _has(groups, "z") else "")


def _has(groups: pa.StructArray, name: str) -> bool:
    return bool(pc.any(pc.fill_null(pc.not_equal(groups.field(name), ""), False)).as_py())


def _plain(name: str | None) -> str:
    stripped = normalized((name or "").casefold(), "NFKD")
    return "".join(sign for sign in stripped if not unicodedata.combining(sign)).strip(" .")


@cache
def _month_names() -> Mapping[str, int]:
    """Month names and their short forms in many languages, without case and accents; English wins a clash."""
    known: dict[str, int] = {}
    for language in _LANGUAGES:
        months = Locale.parse(language).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[use][width].items():
                    known.setdefault(_plain(name), number)
    known.setdefault("sept", 9)
    return known


def parse_date_cells(
    cells: Sequence[str | None], *, order: DateOrder | None = None
) -> tuple[Datetimes, Flags, DateColumn | None]:
    """Cells that are meant as dates, read by the decision that a file's column is read by.

    Returns each cell's moment (datetime64[us], NaT where it is none), which cells are empty, and how the column was
    read (None where fewer than nine in ten can be read). `order` is a correction: `day` or `month` comes first.
    """
    column = pa.chunked_array([pa.array(cells, type=pa.string())])
    trimmed = pc.utf8_trim_whitespace(pc.fill_null(column, ""))
    empty = pc.or_(pc.equal(trimmed, ""), pc.match_substring_regex(trimmed, _NOTHING))
    flags = np.asarray(empty.combine_chunks()).astype(bool)
    held = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
    parsed = parse_dates(held, order=order, named=True) if not flags.all() else None
    if parsed is None:
        return np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[us]"), flags, None
    return parsed.values.combine_chunks().to_numpy(zero_copy_only=False).astype("datetime64[us]"), flags, parsed.read
