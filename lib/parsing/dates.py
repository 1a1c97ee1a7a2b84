"""Text → dates: the shape and the order of day and month are decided from all values of a column."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

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
_FEW = 2
"""Cells of a short column named like dates that may be none."""
_FEW_WORDS = 6
"""Different words that may stand in place of dates, as in rows of totals."""
_SAMPLE = 400
_DIGIT = re.compile(r"\d")
_NO_BREAK = "[\u00a0\u2007\u2009\u202f]"
_NOTHING = PLACEHOLDER + r"|^0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[ T][0:]+)?$"
"""Cells that say that there is no date."""

_ZONE = (
    r"(?:Z|[A-Z]{3,5}|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}|(?:UTC|GMT)\s?[+-]\d{1,2}|[+-]\d{2}"
    r"|(?:[A-Z][A-Za-z_]+/)+[A-Za-z0-9_+-]+)"
)
"""`Z`, `CET`, `UTC+2:00`, `-03`, `America/New_York`."""
_TIME = (
    r"(?:(?:\s*,\s*|\s+|T|\s*-\s+)(?:\p{L}{1,8}\.?\s+(?:\p{L}{1,5}\.?\s+)?)?(?P<H>\d{1,2})[:hH.](?P<M>\d{2})"
    r"(?:[:.m](?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?s?"
    r"(?:\s*(?i:uhr|horas|hrs?|hs|h)\b\.?)?(?:\s*(?P<p>[AaPp])\.?(?:\s?[Mm]\.?)?)?)?"
    r"\s*(?P<z>" + _ZONE + r")?(?:\s+" + _ZONE + r")?(?:\s*\([^)]*\)|\s*\[[^\]]*\])?(?:\s+m=[+-][\d.]+)?\s*$"
)
_WEEKDAY = r"^\s*(?:(?P<w>\p{L}{2,14})\.?,?\s+)?"


@dataclass(frozen=True)
class _Shape:
    """One way to write a date. `pattern` has groups y, a, b or m (a month's name), and those of the time."""

    key: str
    pattern: str
    named_month: bool = False


_SHAPES = (
    _Shape("ymd", r"^\s*(?P<y>\d{4})(?P<s>[-/.年년])\s?(?P<a>\d{1,2})[-/.月월]\s?(?P<b>\d{1,2})[日일.]?" + _TIME),
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
        r"^\s*(?P<y>(?:19|20)\d{2})(?P<s>)(?P<a>0[1-9]|1[0-2])(?P<b>0[1-9]|[12]\d|3[01])"
        r"(?:[T ]?(?P<H>\d{2}):?(?P<M>\d{2}):?(?P<S>\d{2})?(?:[.,](?P<f>\d{1,9}))?)?"
        r"(?P<p>)(?P<z>Z|[+-]\d{2}:?\d{2})?\s*$",
    ),
    _Shape(
        "compact_aby",
        r"^\s*(?P<a>\d{1,2})(?P<s>)(?P<b>\d{2})(?P<y>(?:19|20)\d{2})"
        r"(?:[T ](?P<H>\d{2}):?(?P<M>\d{2}):?(?P<S>\d{2})?(?:[.,](?P<f>\d{1,9}))?)?"
        r"(?P<p>)(?P<z>Z|[+-]\d{2}:?\d{2})?\s*$",
    ),
)
_COMPACT = ("compact", "compact_aby")
"""Digits alone: 20250131 and 31012025."""
_PATTERN_OF: Mapping[str, str] = {shape.key: shape.pattern for shape in _SHAPES}
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
    swapped: int = 0
    """Cells whose day and month a spreadsheet had exchanged, and which are exchanged back."""


@dataclass(frozen=True)
class Habits:
    """What the rest of the file says about who wrote it, for dates that allow two readings."""

    decimal_comma: bool = False
    order: DateOrder | None = None
    """Of another column of the same file that allows one reading only."""
    region: DateOrder | None = None
    """What the language of the headings and the currency speak for."""


NO_HABITS = Habits()


def looks_like_dates(sample: Sequence[str]) -> bool:
    """Whether most of some values are written as dates, also with the same few words around each."""
    sample = [value for value in sample if _DIGIT.search(value)]
    if not sample:
        return False
    hits = sum(is_date(value) for value in sample)
    return hits >= 0.6 * len(sample) or _words_around(sample) is not None


_LONGEST = 200
"""Characters up to which a cell may be a date; in longer ones, blanks could be shared out among patterns for hours."""


@lru_cache(1 << 14)
def is_date(value: str) -> bool:
    """Whether one cell is written as a date (digits alone don't count)."""
    return _is_plain_date(value) or (len(value) <= _LONGEST and _is_plain_date(_in_usual_order(value)))


def _is_plain_date(value: str) -> bool:
    if len(value) > _LONGEST:
        value = value.strip()
        if len(value) > _LONGEST:
            return False
    bare = _unwrapped(value)
    if bare is not value and bare.isdigit():
        return True
    return any(pattern.match(bare) for key, pattern in _PATTERNS.items() if key not in _COMPACT) or bool(
        _WEEK.match(bare)
    )


_WRAPPERS = (
    r"""^\s*(?:new\s+)?(?:ISODate|Date|Timestamp|DateTime|datetime|date)\(\s*["']?([^"'()]*)["']?\s*\)\s*$""",
    r"""^\s*\{\s*["']?\$date["']?\s*:\s*(?:\{\s*["']?\$numberLong["']?\s*:\s*)?["']?([^"'{}]*)["']?\s*\}?\s*\}\s*$""",
    r"^\s*\\?/Date\((-?\d+)(?:[+-]\d{4})?\)\\?/\s*$",
    r"""^\s*="?([^"]*)"?\s*$""",
    r"""^\s*["'’`]+([^"'’`]*)["'’`]*\s*$""",
)
"""How databases and programs write a date: `ISODate("…")`, `{"$date": "…"}`, `/Date(1736676922000)/`, `="…"`."""
_WRAPPED = re.compile(r"""^\s*(?:new\s|ISODate|Date\(|Timestamp|DateTime|datetime|date\(|\{|\\?/Date|[="'’`])""")


def _unwrapped(value: str) -> str:
    if not _WRAPPED.match(value):
        return value
    for pattern in _WRAPPERS:
        match = re.match(pattern, value)
        if match:
            return match[1].strip()
    return value


_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_NUMBERED_DAY = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
_NAMED_DAY = r"\d{1,2}[-/. ](?:de )?[\p{L}]{3,12}\.?,?[-/. ](?:de )?\d{2,4}"
_UNUSUAL: tuple[tuple[str, str], ...] = (
    (r"(\d{1,2})\s?[時时시點点]\s?(\d{1,2})\s?[分분]\s?(\d{1,2})\s?[秒초]", r"\1:\2:\3"),
    (r"(\d{1,2})\s?[時时시點点]\s?(\d{1,2})\s?[分분]", r"\1:\2"),
    (rf"^\s*({_NUMBERED_DAY}|{_NAMED_DAY})\s*[@|;_]\s*({_CLOCK}.*)$", r"\1 \2"),
    (r"^\s*(\d{1,2}[-/]?[\p{L}]{3,4}[-/]?\d{4}):(\d{2}:\d{2})", r"\1 \2"),
    (rf"^\s*({_CLOCK})\s*(?:[-–|,@]\s*|\s)({_NUMBERED_DAY}|{_NAMED_DAY})\s*$", r"\2 \1"),
    (r"^\s*((?:19|20)\d{2})[_ ](\d{1,2})[_ ](\d{1,2})(?:_| |$)", r"\1-\2-\3 "),
    (r"^\s*(\d{1,2})[_ ](\d{1,2})[_ ]((?:19|20)\d{2})(?:_| |$)", r"\1-\2-\3 "),
    (r"^\s*((?:19|20)\d{2})[-/. ]([\p{L}]{3,12})\.?[-/. ](\d{1,2})(?:T| |$)", r"\3-\2-\1 "),
)
"""Rare ways to write a moment and the usual one: `13時05分`, `2024-01-05 @ 10:30`, `05/Jan/2024:10:30:00`,
`10:30 05/01/2024`, `2024_01_05`, `2024-Jan-05`."""
_UNUSUAL_PATTERNS = tuple((re.compile(pattern.replace(r"[\p{L}]", r"[^\W\d_]")), usual) for pattern, usual in _UNUSUAL)


def _in_usual_order(value: str) -> str:
    """A cell with the marks and the order in which dates are usually written; itself where it has them."""
    for pattern, usual in _UNUSUAL_PATTERNS:
        value = pattern.sub(usual, value)
    return value.strip()


def _with_usual_marks(uniques: pa.StringArray) -> pa.StringArray:
    """The cells in the usual order, where the first is no date as it stands and is one then."""
    first = str(uniques[0])
    if len(first) > _LONGEST or _is_plain_date(first) or not _is_plain_date(_in_usual_order(first)):
        return uniques
    for pattern, usual in _UNUSUAL:
        uniques = pc.replace_substring_regex(uniques, pattern, usual)
    return pc.utf8_trim_whitespace(uniques)


_LEADING_WORDS = re.compile(r"^\s*(?:[^\W\d_]+[.:,;]*\s+|[^\W\d_]+[:;]\s*)")
_TRAILING_WORDS = re.compile(r"(?<!\s)(?:\s+|\s*[-–—,;(\[]\s*)[^\W\d_]+[.)\]:]*\s*$|(?<=\d)\.\s*$")
_MOST_WORDS = 4


def _words_around(sample: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The few texts that stand before and behind dates, where they are the same in most cells: `… purchase`."""
    around: Counter[tuple[str, str]] = Counter()
    for value in sample:
        if is_date(value):
            continue
        if len(value) > 100:
            return None
        found = _date_inside(value)
        if found is not None:
            around[found] += 1
    clear = sum(map(is_date, sample))
    if not around or around.total() + clear < 0.9 * len(sample):
        return None
    if len(around) > max(1, min(6, around.total() // 2)):
        return None  # different words each time: remarks that hold a date
    return tuple({before for before, _ in around if before}), tuple({behind for _, behind in around if behind})


def _date_inside(value: str) -> tuple[str, str] | None:
    """The texts before and behind the date in a cell, the shortest that leave one."""
    starts, ends = [0], [len(value)]
    while len(starts) <= _MOST_WORDS and (match := _LEADING_WORDS.match(value[starts[-1] :])):
        starts.append(starts[-1] + match.end())
    while len(ends) <= _MOST_WORDS and (match := _TRAILING_WORDS.search(value[: ends[-1]])):
        ends.append(match.start())
    for words in range(1, _MOST_WORDS + 1):
        for before in range(words + 1):
            behind = words - before
            if before < len(starts) and behind < len(ends) and is_date(value[starts[before] : ends[behind]]):
                return value[: starts[before]], value[ends[behind] :]
    return None


def _without_words(uniques: pa.StringArray) -> pa.StringArray:
    """Cells without the words around their dates, where these are the same few in all of them."""
    step = max(1, len(uniques) // _SAMPLE)
    sample = [value for value in uniques[::step].to_pylist() if value and _DIGIT.search(value)]
    if not sample or sum(map(is_date, sample)) >= 0.98 * len(sample):
        return uniques
    around = _words_around(sample)
    if around is None:
        return uniques
    for words, pattern in ((around[0], "^(?:{})"), (around[1], "(?:{})$")):
        if words:
            longest_first = sorted(words, key=len, reverse=True)
            uniques = pc.replace_substring_regex(uniques, pattern.format("|".join(map(_quoted, longest_first))), "")
    return uniques


def _quoted(text: str) -> str:
    return "".join(f"\\{sign}" if sign in r"\.+*?()|[]{}^$" else sign for sign in text)


def parse_iso(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The fast road: plain ISO dates without a zone, or None; years of other calendars are not for it."""
    try:
        values = pc.cast(column, pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None
    span = pc.min_max(values)
    if not span["min"].is_valid:
        return values
    first, last = (np.datetime64(span[end].value, "us") for end in ("min", "max"))
    other = first >= np.datetime64(str(BUDDHIST_YEARS[0])) or last < np.datetime64(str(PERSIAN_YEARS[1]))
    return None if other else values


def parse_dates(
    column: pa.ChunkedArray,
    *,
    habits: Habits = NO_HABITS,
    order: DateOrder | None = None,
    named: bool = False,
    patient: bool = False,
) -> ParsedDates | None:
    """A text column as moments, or None where it is not dates.

    `named` says that the column's name is one for dates: then Excel's day numbers and Unix seconds count too.
    A `patient` reader also takes a column of which more than a tenth cannot be read.
    """
    encoded = (
        column.combine_chunks().dictionary_encode() if column.num_chunks != 1 else column.chunk(0).dictionary_encode()
    )
    uniques = _with_plain_blanks(encoded.dictionary.cast(pa.string()))
    if not len(uniques):
        return None
    uniques, wrapped = _without_wrappers(uniques)
    named = named or wrapped
    uniques = _with_usual_marks(_without_words(uniques))
    if named:
        uniques = _with_written_serials(uniques)
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
    swapped = 0
    if np.isnat(values).any():
        values = _second_chance(uniques, values, shape, read_order)
        if shape.key in ("ymd", "aby"):
            values, exchanged, half_order = _exchanged_back(uniques, values)
            swapped = int(counts[exchanged].sum())
            if swapped:
                read_order, certain = half_order, True
    nothing = np.asarray(pc.match_substring_regex(uniques, _NOTHING))
    open_ones = np.isnat(values) & ~nothing
    unread = int(counts[open_ones].sum())
    words = open_ones & ~np.asarray(pc.match_substring_regex(uniques, r"\d"))
    written = counts[~nothing].sum()
    if named and words.sum() <= _FEW_WORDS and counts[words].sum() < 0.5 * written:
        # "Total" in the rows of sums: the few same words say nothing about how the dates are written.
        unread, written = int(counts[open_ones & ~words].sum()), written - counts[words].sum()
    if (
        not patient
        and unread > (1 - _READ_SHARE) * written
        and not (named and unread <= _FEW and written - unread > 2 * unread)
    ):
        return None
    unread = int(counts[open_ones].sum())
    examples = tuple(str(uniques[int(at)]) for at in np.flatnonzero(open_ones & (counts > 0))[:3])
    return ParsedDates(
        _spread(encoded, values),
        DateColumn(form, read_order, certain, unread, examples),
        offsets,
        swapped,
    )


@dataclass(frozen=True)
class BothOrders:
    """A column in which some dates can only be read day first and others only month first."""

    first_only: Flags
    """Per row, whether the first number must be the day."""
    second_only: Flags
    """Per row, whether the second number must be the day."""
    written: Flags

    @property
    def day_first(self) -> int:
        return int(self.first_only.sum())

    @property
    def month_first(self) -> int:
        return int(self.second_only.sum())


def both_orders(column: pa.ChunkedArray) -> BothOrders | None:
    """Which rows settle whether the day or the month comes first, where the rows of a column contradict each other."""
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    groups = pc.extract_regex(encoded.dictionary.cast(pa.string()), _PATTERN_OF["aby"])
    matched = np.asarray(groups.is_valid())
    if not matched.any() or matched.mean() < _READ_SHARE:
        return None
    first, second = _whole(groups, "a"), _whole(groups, "b")
    day_first = matched & (first > 12) & (first <= 31) & (second <= 12)
    month_first = matched & (second > 12) & (second <= 31) & (first <= 12)
    if not day_first.any() or not month_first.any():
        return None
    at = np.asarray(encoded.indices.fill_null(len(matched)))
    rows = [np.append(flags, False)[at] for flags in (day_first, month_first, matched)]
    return BothOrders(*rows)


_SERIAL = r"^\s*\d{5}(?:\.\d+)?\s*$"


def _with_written_serials(uniques: pa.StringArray) -> pa.StringArray:
    """Day numbers of a spreadsheet as ISO dates where they stand beside cells that are written as dates: a spreadsheet
    converted some of the cells and the file was saved with their numbers."""
    numeric = pc.match_substring_regex(uniques, _SERIAL)
    if not pc.any(numeric).as_py() or pc.all(numeric).as_py():
        return uniques
    number = np.asarray(pc.cast(pc.utf8_trim_whitespace(uniques.filter(numeric)), pa.float64()))
    others = uniques.filter(pc.invert(numeric)).to_pylist()
    few = others[:: max(1, len(others) // _SAMPLE)]
    if number.min() < _FIRST_SERIAL or number.max() > _LAST_SERIAL or sum(map(is_date, few)) < _READ_SHARE * len(few):
        return uniques
    written = pc.strftime(pa.array(_serial(number)), "%Y-%m-%d %H:%M:%S")
    return pc.replace_with_mask(uniques, numeric, pc.replace_substring_regex(written, r" 00:00:00(?:\.0+)?$", ""))


def _without_wrappers(uniques: pa.StringArray) -> tuple[pa.StringArray, bool]:
    """Cells without what databases write around dates, and whether there was any."""
    first = str(uniques[0])
    if _unwrapped(first) is first:
        return uniques, False
    for pattern in _WRAPPERS:
        uniques = pc.replace_substring_regex(uniques, pattern, r"\1")
    return pc.utf8_trim_whitespace(uniques), True


_CHANCE = 0.05


def _exchanged_back(uniques: pa.StringArray, values: Datetimes) -> tuple[Datetimes, Flags, DateOrder]:
    """Dates that a spreadsheet converted with day and month exchanged, beside texts that it could not convert.

    American dates opened on a European machine: 1/5/2025 became the 1st of May, 1/13/2025 stayed a text. So all texts
    have a number above 12 in the same place, and no converted date has a day above 12. Returns the dates, which of
    them were exchanged, and what comes first in the texts.
    """
    nothing = np.zeros(len(values), dtype=bool)
    shapes = {shape.key: shape for shape in _SHAPES}
    texts = pc.extract_regex(uniques, shapes["aby"].pattern)
    is_text = np.asarray(texts.is_valid()) & (np.asarray(pc.fill_null(pc.utf8_length(texts.field("y")), 0)) == 4)
    converted = np.asarray(pc.match_substring_regex(uniques, shapes["ymd"].pattern)) & ~np.isnat(values)
    if not is_text.any() or not converted.any():
        return values, nothing, "day"
    first, second = _whole(texts, "a")[is_text], _whole(texts, "b")[is_text]
    if bool((first > 12).all()) and bool((second <= 12).all()):
        order: DateOrder = "day"
    elif bool((second > 12).all()) and bool((first <= 12).all()):
        order = "month"
    else:
        return values, nothing, "day"
    days = values[converted].astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    day = (days - months).astype(np.int64) + 1
    different_texts = len(np.unique(np.stack([first, second]), axis=1).T)
    by_chance = (12 / 31) ** len(np.unique(days)) * (19 / 31) ** different_texts
    if int(day.max()) > 12 or by_chance > _CHANCE:
        return values, nothing, "day"
    year, month = months.astype("datetime64[Y]"), months.astype(np.int64) % 12 + 1
    exchanged = (year.astype("datetime64[M]") + (day - 1)).astype("datetime64[D]") + (month - 1)
    made = values.copy()
    made[converted] = exchanged.astype("datetime64[us]") + (values[converted] - days.astype("datetime64[us]"))
    return made, converted, order


def _spread(encoded: pa.DictionaryArray, values: Datetimes) -> pa.ChunkedArray:
    known = pa.array(values, type=pa.timestamp("us"))
    return pa.chunked_array([known.take(encoded.indices)])


def _likeliest(uniques: pa.StringArray, named: bool) -> _Shape | None:
    step = max(1, len(uniques) // _SAMPLE)
    looked = [value[:_LONGEST] for value in uniques[::step].to_pylist() if value]
    sample = [value for value in looked if any(sign.isdigit() for sign in value)]
    if not sample or len(sample) < 0.5 * len(uniques[::step]):
        return None
    best: tuple[int, _Shape] | None = None
    for shape in _SHAPES:
        hits = sum(bool(_PATTERNS[shape.key].match(value)) for value in sample)
        if best is None or hits > best[0]:
            best = hits, shape
    if best is None or best[0] < 0.25 * len(sample):
        return None
    if best[0] < 0.6 * len(sample) and sum(map(is_date, sample)) < _READ_SHARE * len(sample):
        return None  # neither one way of writing dates nor a few
    shape = best[1]
    if shape.key in _COMPACT:
        # eight digits may be an id: only the column's name or a long run of valid dates makes them dates
        lengths = {len(value) for value in sample}
        if best[0] < len(sample) or (not named and (len(sample) < 5 or lengths - {8, 14, 15, 17})):
            return None
    if shape.named_month:
        known = _month_names()
        hits = sum(_plain(match["m"]) in known for value in sample if (match := _PATTERNS[shape.key].match(value)))
        if hits < 0.6 * best[0]:
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
            last = np.where(short, _whole(groups, "y"), 0)
            readings = _Readings(
                {
                    "day": _moments(year, second, first, matched),
                    "month": _moments(year, first, second, matched),
                    "year": _moments(first + 2000, second, last, matched & short & (first < 70)),
                },
                counts=np.where(matched, counts, 0),
                weekday=_weekdays(groups) if shape.key == "aby" else None,
            )
            decided, certain = readings.decide(first, second, habits)
            if order in ("day", "month") or (order == "year" and readings.all_valid("year")):
                decided, certain = order, True
            if decided == "year":
                year, month, day = first + 2000, second, last
            else:
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
            habits=Habits(decimal_comma=True),
            order=order if order != "year" else None,
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
    """Spreadsheets and browsers write `3:05 p. m.` with blanks that do not break, and `오후 3:05` in Korea."""
    if not pc.all(pc.string_is_ascii(uniques)).as_py():
        uniques = _with_plain_years(_with_plain_digits(pc.replace_substring_regex(uniques, _NO_BREAK, " ")))
    elif _SHORT_ERA.match(str(uniques[0])):
        uniques = _with_plain_years(uniques)
    for half, words in _HALF_DAYS:
        if pc.any(pc.match_substring_regex(uniques, words)).as_py():
            uniques = pc.replace_substring_regex(
                uniques, rf"(?:{words})\s*(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)", rf"\1 {half}"
            )
    return uniques


def _with_plain_digits(uniques: pa.StringArray) -> pa.StringArray:
    """The digits 0 to 9 in place of those of other scripts: `٢٠٢٤/٠١/٠٥`, `२१-०९-२०२०`, and full-width ones."""
    odd = pc.match_substring_regex(uniques, _OTHER_DIGITS)
    if not pc.any(odd).as_py():
        return uniques
    plain = ["".join(str(unicodedata.decimal(sign, sign)) for sign in cell) for cell in uniques.filter(odd).to_pylist()]
    return pc.replace_with_mask(uniques, odd, pa.array(plain, pa.string()))


_OTHER_DIGITS = "[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19]"
_ERAS: Mapping[str, int] = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925, "民國": 1911,
                            "民国": 1911}  # fmt: skip
"""The year before the first of each era of Japan, and of the calendar of Taiwan."""
_SHORT_ERA = re.compile(r"^\s*[RHS]\s?\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{1,2}(?!\d)")
_ERA = re.compile(rf"^\s*({'|'.join(_ERAS)})\s?(\d{{1,3}}|元)\s?([年/.-])")


def _with_plain_years(uniques: pa.StringArray) -> pa.StringArray:
    """Years that are counted within an era as four digits: `令和5年4月1日`, `R5.4.1` and `民國112年4月1日`.

    Only where every cell is written so.
    """
    if not _ERA.match(str(uniques[0])):
        return uniques
    cells = uniques.to_pylist()
    found = [_ERA.match(cell) for cell in cells]
    if not all(found):
        return uniques
    made = [
        f"{_ERAS[match[1]] + (1 if match[2] == '元' else int(match[2]))}{match[3]}{cell[match.end() :]}"
        for cell, match in zip(cells, found, strict=True)
        if match
    ]
    return pa.array(made, pa.string())


_HALF_DAYS = (("AM", "오전|上午|午前"), ("PM", "오후|下午|午後"))


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
    """Day numbers of a spreadsheet or seconds since 1970, under a name for dates."""
    texts = pc.utf8_trim_whitespace(uniques)
    if pc.all(pc.match_substring_regex(texts, r"^\d{5}(?:,\d+)?$")).as_py():
        texts = pc.replace_substring(texts, ",", ".")
    try:
        number = np.asarray(pc.cast(texts, pa.float64()))
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
    elif low >= 631_152_000_000_000 and high <= 2_524_608_000_000_000:
        values, form = number.astype("int64").astype("datetime64[us]"), "unix_us"
    elif (start := _start_of_ticks(low, high)) is not None:
        whole = np.asarray(pc.cast(pc.replace_substring_regex(texts, r"\.0*$", ""), pa.int64()))
        values, form = start + (whole // 10).astype("timedelta64[us]"), "ticks"
    elif low >= 631_152_000_000_000_000 and high <= 2_524_608_000_000_000_000:
        values, form = (number / 1e3).astype("int64").astype("datetime64[us]"), "unix_ns"
    else:
        return None
    return ParsedDates(_spread(encoded, values), DateColumn(form, "year", True, 0), False)


_TICKS = (
    (630_822_816_000_000_000, 649_409_184_000_000_000, np.datetime64("0001-01-01", "us")),
    (125_911_584_000_000_000, 144_497_952_000_000_000, np.datetime64("1601-01-01", "us")),
)
"""(lowest, highest, from when): tenths of microseconds of 2000 to 2058, as .NET and Windows count them. Nanoseconds
since 1970 of this size are days of 1973 and 1990, when no shop wrote them."""


def _start_of_ticks(low: float, high: float) -> np.datetime64 | None:
    """From when numbers between these count tenths of microseconds; None where they do not."""
    return next((start for least, most, start in _TICKS if low >= least and high <= most), None)


def _serial(number: np.typing.NDArray[np.float64]) -> Datetimes:
    seconds = np.round(number * 86_400).astype("int64")
    return _EXCEL_ZERO + seconds.astype("timedelta64[s]").astype("timedelta64[us]")


@dataclass(frozen=True)
class _Readings:
    """A column's dates by what comes first, and how often each different one is there (0 where it is no date)."""

    values: Mapping[DateOrder, Datetimes]
    counts: Whole
    weekday: Whole | None
    """Monday is 0; -1 where none is written."""

    def all_valid(self, order: DateOrder) -> bool:
        """Whether every cell is a date when read so."""
        held = self.counts > 0
        return bool(held.any()) and not bool(np.isnat(self.values[order][held]).any())

    def is_sorted(self, order: DateOrder) -> bool:
        """Whether the dates, in the order in which they come first, only rise or only fall."""
        steps = np.diff(self._known(order).astype("int64"))
        return bool((steps >= 0).all()) or bool((steps <= 0).all())

    def span(self, order: DateOrder) -> int:
        """Microseconds from the first to the last."""
        known = self._known(order)
        return int((known.max() - known.min()).astype("int64")) if len(known) else 0

    def _known(self, order: DateOrder) -> Datetimes:
        values = self.values[order][self.counts > 0]
        return values[~np.isnat(values)]

    def decide(self, first: Whole, second: Whole, habits: Habits) -> tuple[DateOrder, bool]:
        """What comes first, from all values; False where another reading is possible."""
        year_first = self._is_year_first()
        if year_first is not None:
            return "year", year_first
        held = self.counts > 0
        day_first = int(self.counts[(first > 12) & (second <= 12)].sum())
        month_first = int(self.counts[(second > 12) & (first <= 12)].sum())
        if day_first or month_first:
            return ("day" if day_first >= month_first else "month"), min(day_first, month_first) == 0
        if (by_weekday := self._by_weekday()) is not None:
            return by_weekday, True
        if len(self._known("day")) > 1:
            ones = {"day": bool((first[held] == 1).all()), "month": bool((second[held] == 1).all())}
            if ones["day"] != ones["month"]:
                return ("day" if ones["day"] else "month"), False  # the first of every month
            in_order = {order: self.is_sorted(order) for order in ("day", "month")}
            if len(self._known("day")) > 3 and in_order["day"] != in_order["month"]:
                return ("day" if in_order["day"] else "month"), False
            if habits.order in ("day", "month"):
                return habits.order, False
            span = {order: self.span(order) for order in ("day", "month")}
            if min(span.values()) * 4 < max(span.values()):
                return min(span, key=lambda order: span[order]), False
        if habits.order in ("day", "month"):
            return habits.order, False
        if habits.region in ("day", "month"):
            return habits.region, False
        return ("day" if habits.decimal_comma else "month"), False

    def _is_year_first(self) -> bool | None:
        """Whether 24/01/12 is 2024: True without a doubt, False the likeliest; None where it is not."""
        if not self.all_valid("year"):
            return None
        others: list[DateOrder] = [order for order in ("day", "month") if self.all_valid(order)]
        if not others:
            return True
        if len(self._known("year")) < 2:
            return None
        narrowest = min(map(self.span, others))
        if self.is_sorted("year") != any(map(self.is_sorted, others)) and len(self._known("year")) > 4:
            return False if self.is_sorted("year") and self.span("year") <= narrowest else None
        return False if self.span("year") * 2 < narrowest else None

    def _by_weekday(self) -> DateOrder | None:
        """The reading on whose days the weekdays fall that are written beside them."""
        if self.weekday is None:
            return None
        written = (self.weekday >= 0) & (self.counts > 0)
        if not written.any():
            return None
        share: dict[DateOrder, float] = {}
        for order in ("day", "month"):
            days = self.values[order][written].astype("datetime64[D]").astype(np.int64)
            share[order] = float(((days + 3) % 7 == self.weekday[written]).mean())
        best = max(share, key=lambda order: share[order])
        return best if share[best] > 0.9 and min(share.values()) < 0.6 else None


def _weekdays(groups: pa.StructArray) -> Whole | None:
    """Monday 0 to Sunday 6, from names in many languages; -1 where there is none, None where none is written at all."""
    names = pc.fill_null(groups.field("w"), "").dictionary_encode()
    known = _weekday_names()
    numbers = np.array([known.get(_plain(name), -1) for name in names.dictionary.to_pylist()] or [-1], dtype=np.int64)
    return numbers[np.asarray(names.indices)] if (numbers >= 0).any() else None


BUDDHIST_YEARS = (2400, 2650)
"""Years that the Thai calendar counts, 543 ahead."""
PERSIAN_YEARS = (1300, 1450)
"""Years that the Persian calendar counts: 1 Farvardin 1403 is 20 March 2024."""
_LATEST_PERSIAN = 1418
"""Later years are those of the Islamic calendar, which counts by the moon: 1446 is 2024. Its days are not converted,
since countries begin its months on different ones."""


def _between(year: Whole, matched: Flags, years: tuple[int, int]) -> bool:
    written = year[matched]
    return bool(len(written)) and bool((written >= years[0]).all() and (written < years[1]).all())


def _moments(year: Whole, month: Whole, day: Whole, matched: Flags) -> Datetimes:
    if _between(year, matched, PERSIAN_YEARS):
        matched = matched & (year < _LATEST_PERSIAN)
        return _from_persian(year, month, day, matched)
    if _between(year, matched, BUDDHIST_YEARS):
        year = year - 543
    possible = matched & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1000) & (year <= 9999)
    start = np.where(possible, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    whole_days = start.astype("datetime64[D]") + np.where(possible, day - 1, 0)
    possible &= whole_days.astype("datetime64[M]") == start  # no 30 February
    values = whole_days.astype("datetime64[us]")
    values[~possible] = np.datetime64("NaT")
    return values


def _from_persian(year: Whole, month: Whole, day: Whole, matched: Flags) -> Datetimes:
    """Days of the Persian (solar Hijri) calendar by its cycle of 33 years, which holds from 1799 to 2256."""
    longest = np.where(month <= 6, 31, 30)
    possible = matched & (month >= 1) & (month <= 12) & (day >= 1) & (day <= longest)
    since = year - 979
    days = 365 * since + since // 33 * 8 + (since % 33 + 3) // 4 + np.minimum(month - 1, 6) * 31
    days = days + np.maximum(month - 7, 0) * 30 + day - 1 + 79
    values = (np.datetime64("1600-01-01") + np.where(possible, days, 0)).astype("datetime64[us]")
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
        date = mark.join(
            {
                "year": ("%Y" if shape.key != "aby" else "%y", "%m", "%d"),
                "day": ("%d", "%m", year),
                "month": ("%m", "%d", year),
            }[order]
        )
    if any(_has(groups, name) for name in "S"):
        time = " %H:%M:%S"
    else:
        time = " %H:%M" if _has(groups, "M") else ""
    if _has(groups, "p"):
        time = time.replace("%H", "%I") + " %p"
    return date + time + (" %z" if _has(groups, "z") else "")


def month_number(name: str) -> int:
    """1 to 12 for a month's name in many languages, or 0."""
    return _month_names().get(_plain(name), 0)


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for a weekday's name in many languages, or -1."""
    return _weekday_names().get(_plain(name), -1)


def _has(groups: pa.StructArray, name: str) -> bool:
    return bool(pc.any(pc.fill_null(pc.not_equal(groups.field(name), ""), False)).as_py())


def _plain(name: str | None) -> str:
    stripped = normalized((name or "").casefold(), "NFKD")
    return "".join(sign for sign in stripped if not unicodedata.combining(sign)).strip(" .")


@cache
def _weekday_names() -> Mapping[str, int]:
    """Weekday names and their short forms in many languages, Monday 0; names that clash are left out."""
    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        days = Locale.parse(language).days
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in days[use][width].items():
                    found.setdefault(_plain(name), set()).add(number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


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
