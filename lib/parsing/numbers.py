"""Text → numbers: decimal sign, thousands, currency, brackets and percent are decided from all values of a column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_NO_BREAK = "[\u00a0\u2007\u2009\u202f]"
_FLAT = r"(\d[.,])(?:--?|[—–])"
"""No cents: 12,- and 12.--"""
PLACEHOLDER = (
    r"(?i)^\s*(?:[-–—−.*_/#?\s]+|n[./]?\s?a\.?|n\.?d\.?|s/d|k\.?\s?a\.?|nan|null|none|nil|missing|unknown|undefined|infinity|[-+]?inf|"
    r"#(?:n/a|na|null!|div/0!|value!|ref!|name\?|num!|wert!|valor!|¡?valor!)|\(?(?:blank|null|empty|vac[ií]o|leer)\)?|\\n)\s*$"
)
_MONEY = (
    r"(?:[A-Z]{1,3}\$|[$¢£¤¥₠-₿]|R\$|(?i:EUR|USD|GBP|CHF|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|HRK|RSD|UAH|RUB|TRY|ILS|AED|SAR|QAR|"
    r"KWD|EGP|MAD|TND|ZAR|NGN|KES|GHS|INR|PKR|BDT|LKR|NPR|CNY|RMB|JPY|KRW|TWD|HKD|SGD|MYR|THB|IDR|PHP|VND|AUD|NZD|CAD|MXN|BRL|"
    r"ARS|CLP|COP|PEN|UYU|BOB|PYG|VES|CRC|GTQ|DOP|kr\.?|zł|kč|ft|lei|лв\.?|руб\.?|р\.|rs\.?))"
)
"""Signs, codes and the usual abbreviations of money."""
_WORD = re.compile(r"[^\W\d_]{4}")
_DIGIT = re.compile(r"\d")
_MOST = 0.98
"""Cells that are no number may be this rare at most, in a column that writes decimals or money."""


@dataclass(frozen=True)
class ParsedNumbers:
    """A column read as numbers, and how."""

    values: pa.ChunkedArray
    """int64 where every cell is a whole number, else float64."""
    decimal: str | None = None
    """`.` or `,` where the values show which; None where they are whole."""
    doubtful: bool = False
    """Whether all values are like `1.234`, which can be thousands or three decimals."""
    points: bool = False
    """Whether what is doubtful are points, not commas."""
    currencies: tuple[str, ...] = ()
    currency_of: pa.Array | None = None
    """Per row, only where a column mixes currencies."""
    percent: bool = False
    unread: int = 0
    unread_examples: tuple[str, ...] = ()
    placeholders: int = 0
    """Cells such as `-`, `n/a` or `****`, which say that there is no number."""


@cache
def _pattern() -> str:
    money = _MONEY
    return (
        r"^\s*(?P<open>\()?\s*(?P<s1>[-+])?\s*(?P<c1>" + money + r")?\s*(?P<s2>[-+])?\s*"
        r"(?P<n>\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|"
        r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d*)?|[.,]\d+)"
        r"(?P<e>[eE][-+]?\d{1,3})?\s*(?P<pc>%)?\s*(?P<c2>" + money + r")?\s*(?P<s3>-)?\s*(?P<close>\))?\s*$"
    )


def whole_fast(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The fast road to int64, or None. Leading zeros and plus signs are names, not counts."""
    try:
        values = pc.cast(column, pa.int64())
    except pa.ArrowInvalid:
        return None
    return None if has_leading_zeros(column) else values


def decimal_fast(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The fast road to float64 for plain numbers with a decimal point, or None."""
    try:
        values = pc.cast(column, pa.float64())
    except pa.ArrowInvalid:
        return None
    return values if bool(pc.all(pc.is_finite(values)).as_py()) else None


def has_leading_zeros(column: pa.ChunkedArray) -> bool:
    """Whether some cell is written like 0042, or like +49…: as a name."""
    suspects = pc.or_(pc.starts_with(column, "0"), pc.starts_with(column, "+"))
    if not pc.any(suspects).as_py():
        return False
    picked = column.filter(suspects)
    return bool(pc.any(pc.match_substring_regex(picked, r"^(?:0\d+|\+\d{7,})$")).as_py())


def could_be_numbers(sample: Sequence[str]) -> bool:
    """Whether most of some values can be read as numbers, however written."""
    step = max(1, len(sample) // 300)
    picked = [_plain(value) for value in sample[::step] if value.strip()]
    if not any(map(_DIGIT.search, picked)) or sum(map(bool, map(_WORD.search, picked))) > 0.6 * len(picked):
        return False
    pattern, placeholder = _compiled()
    strange = allowed = len(picked) // 10
    for value in picked:
        if not pattern.match(value) and not placeholder.match(value):
            strange -= 1
            if strange < 0:
                return False
    return strange <= allowed


@cache
def _compiled() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_pattern()), re.compile(PLACEHOLDER)


def _plain(value: str) -> str:
    blank = re.sub(_FLAT, r"\g<1>00", re.sub(_NO_BREAK, " ", value))
    return re.sub(r"[−–](\s*[\d$¢£¤¥₠-₿])", r"-\1", blank)


def _tidy(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    flat = pc.replace_substring_regex(values, _NO_BREAK, " ")
    flat = pc.replace_substring_regex(flat, _FLAT, "\\100")
    return pc.replace_substring_regex(flat, "[−–](\\s*[\\d$¢£¤¥₠-₿])", "-\\1")


def parse_numbers(
    column: pa.ChunkedArray, *, decimal: str | None = None, patient: bool = False
) -> ParsedNumbers | None:
    """A text column as numbers, or None where it is something else.

    `decimal` is the decimal sign of the rest of the file, for columns such as `1.234` that allow two readings.
    A `patient` reader takes every number that it finds, also where most cells are none or begin with zeros.
    """
    encoded = pc.dictionary_encode(column.combine_chunks() if column.num_chunks != 1 else column.chunk(0))
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    uniques = _tidy(encoded.dictionary.cast(pa.string()))
    if not len(uniques):
        return None
    counts = np.bincount(np.asarray(encoded.indices.drop_null()), minlength=len(uniques))
    groups = _groups(uniques)
    matched = np.asarray(groups.is_valid())
    missing = np.asarray(pc.match_substring_regex(uniques, PLACEHOLDER)) & ~matched
    if not matched.any():
        return None
    body = pc.if_else(groups.is_valid(), groups.field("n"), "0")
    currency = _currencies(groups)
    sign, grouped, whole, doubtful = _decimal(body.filter(groups.is_valid()), decimal, money=bool(currency[0]))
    percent = np.asarray(pc.fill_null(pc.equal(groups.field("pc"), "%"), False))
    strange = ~matched & ~missing
    unread = int(counts[strange].sum())
    known = int(counts[matched].sum())
    writes_amounts = sign is not None or bool(currency[0]) or bool(percent.any())
    if unread and not patient and (not writes_amounts or known < _MOST * (known + unread)):
        return None
    zeros = pc.match_substring_regex(body, r"^0\d+$")
    if not patient and not writes_amounts and bool(pc.any(zeros).as_py()):
        return None
    values = _values(groups, body, matched, sign=sign, grouped=grouped)
    values = np.where(percent, values / 100, values)
    examples = tuple(str(uniques[int(at)]) for at in np.flatnonzero(strange)[:3])
    signs, by_unique = currency
    spread: pa.Array
    no_gaps = column.null_count == 0 and not missing.any() and not unread
    if whole and no_gaps and not percent.any() and np.abs(values).max() < 2**53:
        spread = pa.array(values.astype("int64")).take(encoded.indices)
    else:
        spread = pa.array(np.where(matched, values, np.nan), from_pandas=True).take(encoded.indices)
    return ParsedNumbers(
        pa.chunked_array([spread]),
        decimal=sign,
        doubtful=doubtful,
        points=doubtful and bool(pc.any(pc.match_substring(body, ".")).as_py()),
        currencies=signs,
        currency_of=by_unique.take(encoded.indices) if len(signs) > 1 else None,
        percent=bool(percent.any()),
        unread=unread,
        unread_examples=examples,
        placeholders=int(counts[missing].sum()),
    )


def _groups(values: pa.Array) -> pa.StructArray:
    """The parts of each number; null where it is none."""
    return pc.extract_regex(values, _pattern())


def _values(
    groups: pa.StructArray, body: pa.Array, matched: np.typing.NDArray[np.bool_], *, sign: str | None, grouped: str
) -> np.typing.NDArray[np.float64]:
    plain = pc.replace_substring_regex(body, rf"[{grouped}]", "") if grouped else body
    if sign == ",":
        plain = pc.replace_substring(plain, ",", ".")
    exponent = pc.fill_null(groups.field("e"), "")
    number = np.asarray(pc.cast(pc.binary_join_element_wise(plain, exponent, ""), pa.float64()))
    minus = np.zeros(len(number), dtype=bool)
    for name in ("s1", "s2", "s3"):
        minus |= np.asarray(pc.fill_null(pc.equal(groups.field(name), "-"), False))
    brackets = pc.and_(
        pc.fill_null(pc.equal(groups.field("open"), "("), False),
        pc.fill_null(pc.equal(groups.field("close"), ")"), False),
    )
    return np.where(matched, np.where(minus | np.asarray(brackets), -number, number), np.nan)


def _decimal(body: pa.Array, hint: str | None, *, money: bool) -> tuple[str | None, str, bool, bool]:
    """The decimal sign, the signs that group digits (for a character class), if all are whole, if it is in doubt."""
    spaced = " '’"
    commas, points = pc.match_substring(body, ","), pc.match_substring(body, ".")
    any_comma, any_point = bool(pc.any(commas).as_py()), bool(pc.any(points).as_py())
    if not any_comma and not any_point:
        return None, spaced, True, False
    if any_comma and any_point:
        both = body.filter(pc.and_(commas, points))
        if len(both):
            comma_last = bool(pc.any(pc.match_substring_regex(both, r"\.\d+,")).as_py())
        else:  # some cells with one sign, some with the other: the one that cannot group digits is the decimal
            grouped = pc.match_substring_regex(body.filter(commas), _GROUPED.format(","))
            comma_last = not pc.all(grouped).as_py()
            pointed = pc.match_substring_regex(body.filter(points), _GROUPED.format(r"\."))
            if comma_last and not pc.any(pointed).as_py():
                return ",", spaced, False, False  # 10,50 beside 20.00: neither groups, two hands wrote the column
        return (",", "." + spaced, False, False) if comma_last else (".", "," + spaced, False, False)
    sign = "," if any_comma else "."
    holding = body.filter(commas if any_comma else points)
    other = "." if any_comma else ","
    if not pc.all(pc.match_substring_regex(holding, _GROUPED.format(sign.replace(".", r"\.")))).as_py():
        return sign, other + spaced, False, False
    if pc.any(pc.match_substring_regex(holding, rf"^\d+\{sign}\d+\{sign}")).as_py():
        return None, sign + spaced, True, False  # 1.234.567
    if money and hint is None and pc.any(pc.match_substring_regex(holding, r"^\d\d")).as_py():
        return None, sign + spaced, True, True  # $ 20.500: only prices such as 1.459 a litre have three decimals
    return _three_digits(body, holding, sign, hint)


_GROUPED = r"^[1-9]\d{{0,2}}(?:{0}\d{{3}})+$|^[1-9]\d?(?:,\d{{2}})*,\d{{3}}$"


def _three_digits(body: pa.Array, holding: pa.Array, sign: str, hint: str | None) -> tuple[str | None, str, bool, bool]:
    """`1.234` or `1,234` and nothing that settles it: thousands or three decimals?"""
    spaced = " '’"
    if hint is not None:
        return (sign, spaced, False, False) if hint == sign else (None, sign + spaced, True, False)
    if sign == ",":
        return None, "," + spaced, True, True
    # Points: three decimals are the rule, unless the numbers without a point all stay below a thousand, as they do
    # where a point is written from a thousand on.
    bare = body.filter(pc.invert(pc.match_substring(body, sign)))
    small = len(bare) > 0 and bool(pc.all(pc.less_equal(pc.utf8_length(bare), 3)).as_py())
    hundreds = len(holding) >= 2 and bool(pc.any(pc.equal(pc.utf8_length(bare), 3)).as_py())  # 12.990 beside 990
    if small and (len(holding) >= 3 or hundreds):
        return None, sign + spaced, True, True
    return sign, spaced, False, True


def _currencies(groups: pa.StructArray) -> tuple[tuple[str, ...], pa.Array]:
    before, after = groups.field("c1"), groups.field("c2")
    sign = pc.if_else(pc.fill_null(pc.not_equal(before, ""), False), before, after)
    sign = pc.if_else(pc.fill_null(pc.not_equal(sign, ""), False), sign, None)
    found = [str(value) for value in pc.unique(sign).to_pylist() if value]
    return tuple(found), sign


def parse_number_cells(
    cells: Sequence[str | None],
) -> tuple[np.typing.NDArray[np.float64], np.typing.NDArray[np.bool_]]:
    """Cells that are known to be meant as numbers: each one's number (NaN where it is none), and which are empty."""
    column = pa.chunked_array([pa.array(cells, type=pa.string())])
    read = parse_numbers(column, patient=True)
    numbers = (
        np.full(len(cells), np.nan)
        if read is None
        else read.values.combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)
    )
    tidy = pc.utf8_trim_whitespace(pc.fill_null(column, ""))
    empty = pc.or_(pc.equal(tidy, ""), pc.match_substring_regex(tidy, PLACEHOLDER))
    return numbers, empty.combine_chunks().to_numpy(zero_copy_only=False).astype(bool)
