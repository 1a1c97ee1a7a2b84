"""Text → numbers: decimal sign, thousands, currency, brackets and percent are decided from all values of a column."""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.parsing.currencies import CurrencyMark, currency_mark

_NO_BREAK = "[\u00a0\u2007\u2009\u202f]"
_FLAT = r"(\d[.,])(?:--?|[—–])"
"""No cents: 12,- and 12.--"""
_AT_THE_END = r"(\d)\s*/[-–—=]{1,2}(\s*\)?\s*)$"
"""The stroke that ends an amount: Rs 1,234/-"""
_SIDE = r"(?i)(\d\s*\)?)\s*(?:[CD]r\.?)\s*$"
_CREDIT = r"(?i)\dcr\.?\s*$|\d\s+cr\.?\s*$"
"""The side of a ledger behind the number: 1,234.00 Dr"""
_CENTS_BEFORE_SIDE = r"(?i)[.,]\d\d\s*\)?\s*[cd]r\.?\s*$"
PLACEHOLDER = (
    r"(?i)^\s*(?:[-–—−.*_/#?\s]+|n[./]?\s?a\.?|n\.?d\.?|s/d|k\.?\s?a\.?|nan|null|none|nil|missing|unknown|undefined|infinity|[-+]?inf|"
    r"#(?:n/a|na|null!|div/0!|value!|ref!|name\?|num!|wert!|valor!|¡?valor!)|\(?(?:blank|null|empty|vac[ií]o|leer)\)?|\\n)\s*$"
)
_DIGIT = re.compile(r"\d")
_MOST = 0.98
"""Cells that are no number may be this rare at most, in a column that writes decimals or money."""
_MOST_OF_MONEY = 0.85
"""The same, where the heading says that the column is money: `4o.20` among prices is a mistake in one cell."""


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
    """One number with what may stand around it. `c1` and `c2` are any texts: `currency_mark` says if they are money."""
    return (
        r"^\s*(?P<open>\()?\s*(?P<s1>[-+])?\s*(?P<c1>[^\d\s()+%.,'’-](?:[^\d()+-]*[^\d\s()+-])?)?\s*(?P<s2>[-+])?\s*(?P<inner>\()?\s*"
        r"(?P<n>\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|"
        r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d*)?|[.,]\d+)"
        r"(?P<e>[eE][-+]?\d{1,3})?\s*(?P<pc>%)?\s*(?P<c2>[^\d\s()+%.,'’-](?:[^\d()+-]*[^\d\s()+-])?)?\s*(?P<s3>-)?\s*"
        r"(?P<close>\))?\s*$"
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
    picked = [value for value in sample[::step] if value.strip()]
    if not any(map(_DIGIT.search, picked)):
        return False
    strange = len(picked) // 10
    for value in picked:
        if not is_number(value) and not _compiled()[1].match(value):
            strange -= 1
            if strange < 0:
                return False
    return True


def is_number(cell: str) -> bool:
    """Whether one cell is a number, with whatever currency, sign, brackets or percent around it."""
    if not _DIGIT.search(cell) or len(cell) > 80:
        return False
    match = _compiled()[0].match(_repair(cell))
    return match is not None and _is_money(match["c1"] or "", match["c2"] or "") is not None


def with_plain_body(cell: str, value: float) -> str:
    """The cell with its number written as plain digits with a decimal point; sign and currency stay: `€ 1.234,50`."""
    repaired = _repair(cell)
    match = _compiled()[0].match(repaired)
    if match is None:
        return cell
    return f"{repaired[: match.start('n')]}{value!r}{repaired[match.end('e') if match['e'] else match.end('n') :]}"


def _is_money(before: str, behind: str) -> bool | None:
    """Whether the texts beside a number are money (False where there are none); None where they are something else."""
    if before and _mark_before(before) is None:
        return None
    if behind and currency_mark(behind, behind=True) is None and behind.casefold().rstrip(".") not in ("cr", "dr"):
        return None
    return bool(before or behind)


def _mark_before(text: str) -> tuple[CurrencyMark, str] | None:
    """The currency in front of a number, and the point that belongs to the number: `$.50`, but `Rs.500`."""
    mark = currency_mark(text)
    if mark is not None:
        return mark, ""
    if text[-1:] in ".,":
        mark = currency_mark(text[:-1])
        return None if mark is None else (mark, text[-1])
    return None


@cache
def _compiled() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_pattern()), re.compile(PLACEHOLDER)


_ODD = re.compile(
    "[\u00a0\u2007\u2009\u202f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff−–—Ââ٫٬٠-٩۰-۹०-९０-９]"
    r"|&\w+;|&#|^\s*[='’‘`]|[.,]--?|/[-–—=]"
)
"""What `_repair` may have to put right."""
_PROTECTED = re.compile(
    r"""^\s*(?:="?|['’‘`]+(?=\s*[-+=(]?\s*[^\w\s]{0,3}\d))(.*?)"?\s*$""",
    re.DOTALL,
)
"""Cells that a program keeps spreadsheets from running or from shortening: ="0042", '-20."""
_MINUS = re.compile(r"[−–—](\s*[\d$¢£¤¥₠-₿])")
_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SEPARATORS = str.maketrans({"٫": ".", "٬": ","})


def _repair(cell: str) -> str:
    """A cell without what programs put around numbers: protection, entities, marks of direction, foreign digits."""
    if not _ODD.search(cell):
        return cell
    if "&" in cell:
        cell = html.unescape(cell)
    if "Â" in cell or "â" in cell:
        cell = undo_double_encoding(cell) or cell.replace("Â", "")
    cell = re.sub(_NO_BREAK, " ", _MARKS.sub("", cell))
    protected = _PROTECTED.match(cell)
    if protected:
        cell = protected[1]
    if not cell.isascii():
        cell = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in cell)
        cell = cell.translate(_SEPARATORS)
    cell = re.sub(_AT_THE_END, r"\1\2", re.sub(_FLAT, r"\g<1>00", cell))
    return _MINUS.sub(r"-\1", cell)


def undo_double_encoding(text: str) -> str | None:
    """UTF-8 that was taken for Windows-1252 and written as UTF-8 again: `Â£` → `£`. None where the text is not that."""
    try:
        raw = b"".join(sign.encode("cp1252") if sign not in _UNDEFINED else bytes([ord(sign)]) for sign in text)
        once = raw.decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return once if once != text else None


_UNDEFINED = frozenset("\x81\x8d\x8f\x90\x9d")
"""Bytes that Windows-1252 gives no character; programs keep them as they are."""
_ODD_CELL = (
    "[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff−–—&Ââ٫٬\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]"
    "|^\\s*[='’‘`]|[.,]-|/[-–—=]"
)


def _tidy(values: pa.Array) -> pa.Array:
    """Each unique value as `_repair` makes it; those in which nothing is odd stay as they are."""
    values = pc.replace_substring_regex(values, _NO_BREAK, " ")
    odd = pc.match_substring_regex(values, _ODD_CELL)
    if not pc.any(odd).as_py():
        return values
    repaired = pa.array([_repair(cell) for cell in values.filter(odd).to_pylist()], pa.string())
    return pc.replace_with_mask(values, odd, repaired)


def parse_numbers(
    column: pa.ChunkedArray, *, decimal: str | None = None, amounts: bool = False, patient: bool = False
) -> ParsedNumbers | None:
    """A text column as numbers, or None where it is something else.

    `amounts` says that the column's name is one for money: then `R20` is twenty rand, otherwise it may be an article.
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
    uniques, other_side = _without_sides(uniques, counts)
    groups, signs, by_unique = _with_currencies(_groups(uniques), amounts=amounts or patient)
    matched = np.asarray(groups.is_valid())
    missing = np.asarray(pc.match_substring_regex(uniques, PLACEHOLDER)) & ~matched
    if not matched.any():
        return None
    body = pc.if_else(groups.is_valid(), groups.field("n"), "0")
    sign, grouped, whole, doubtful = _decimal(body.filter(groups.is_valid()), decimal, money=bool(signs))
    plain = _plain(_in_one_sign(body, sign), sign=sign, grouped=grouped)
    one_point = np.asarray(pc.match_substring_regex(plain, _ONE_POINT))
    if not one_point.all():  # groups that the other numbers of the column contradict
        plain = pc.if_else(pa.array(one_point), plain, "0")
        matched &= one_point
        if not matched.any():
            return None
    percent = np.asarray(pc.fill_null(pc.equal(groups.field("pc"), "%"), False))
    strange = ~matched & ~missing
    unread = int(counts[strange].sum())
    known = int(counts[matched].sum())
    writes_amounts = sign is not None or bool(signs) or bool(percent.any())
    least = _MOST_OF_MONEY if amounts else _MOST
    if unread and not patient and (not writes_amounts or known < least * (known + unread)):
        return None
    zeros = pc.match_substring_regex(body, r"^0\d+$")
    if not patient and not writes_amounts and bool(pc.any(zeros).as_py()):
        return None
    values = _values(groups, plain, matched)
    values = np.where(percent, values / 100, values)
    if other_side is not None:
        values = np.where(other_side, -values, values)
    examples = tuple(str(uniques[int(at)]) for at in np.flatnonzero(strange)[:3])
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


def _without_sides(
    uniques: pa.Array, counts: np.typing.NDArray[np.int64]
) -> tuple[pa.Array, np.typing.NDArray[np.bool_] | None]:
    """Cells without the sides of a ledger (`Dr`, `Cr`), and which stand on the side of fewer cells: they count below
    zero. The same cells and None where there are no sides.

    Where most cells have no side, those with one are the other side if all of them are the same one and write cents:
    `2.5 Cr` is also short for 25 million.
    """
    sided = np.asarray(pc.match_substring_regex(uniques, _SIDE))
    if not sided.any():
        return uniques, None
    credit = np.asarray(pc.match_substring_regex(uniques, _CREDIT)) & sided
    debit = sided & ~credit
    if counts[sided].sum() < 0.5 * counts.sum():
        cents = np.asarray(pc.match_substring_regex(uniques, _CENTS_BEFORE_SIDE))
        if (credit.any() and debit.any()) or not cents[sided].all():
            return uniques, None
        return pc.replace_substring_regex(uniques, _SIDE, r"\1"), sided
    other = credit if counts[credit].sum() <= counts[debit].sum() else debit
    return pc.replace_substring_regex(uniques, _SIDE, r"\1"), other


def _groups(values: pa.Array) -> pa.StructArray:
    """The parts of each number; null where it is none."""
    return pc.extract_regex(values, _pattern())


_ONE_POINT = r"^[0-9]*\.?[0-9]*$"


def _plain(body: pa.Array, *, sign: str | None, grouped: str) -> pa.Array:
    """Numbers without the signs that group digits, with a decimal point."""
    plain = pc.replace_substring_regex(body, rf"[{grouped}]", "") if grouped else body
    return pc.replace_substring(plain, ",", ".") if sign == "," else plain


def _values(
    groups: pa.StructArray, plain: pa.Array, matched: np.typing.NDArray[np.bool_]
) -> np.typing.NDArray[np.float64]:
    exponent = pc.fill_null(groups.field("e"), "")
    number = np.asarray(pc.cast(pc.binary_join_element_wise(plain, exponent, ""), pa.float64()))
    minus = np.zeros(len(number), dtype=bool)
    for name in ("s1", "s2", "s3"):
        minus |= np.asarray(pc.fill_null(pc.equal(groups.field(name), "-"), False))
    opened = [pc.fill_null(pc.equal(groups.field(name), "("), False) for name in ("open", "inner")]  # (£5) and £(5)
    brackets = pc.and_(pc.or_(*opened), pc.fill_null(pc.equal(groups.field("close"), ")"), False))
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
            # Each cell can be read in one way only, or in both; a few may be of another hand.
            against_comma, against_point = (len(_of_another_hand(body, sign)) for sign in (",", "."))
            comma_last = against_comma < against_point
            if against_comma == against_point:
                comma_last = pc.mean(pc.match_substring_regex(both, r"\.\d+,")).as_py() > 0.5
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


def _of_another_hand(body: pa.Array, sign: str) -> pa.Array:
    """Where numbers stand that cannot have this decimal sign but the other one: `0,50` and `1.234,50` for `.`."""
    other = "." if sign == "," else ","
    has, has_other = pc.match_substring(body, sign), pc.match_substring(body, other)
    one = pc.equal(pc.count_substring(body, other), 1)
    grouped = pc.match_substring_regex(body, _GROUPED.format(rf"\{other}"))
    alone = pc.and_(pc.and_(has_other, pc.invert(has)), pc.invert(grouped))
    behind = pc.and_(has, pc.match_substring_regex(body, rf"\{sign}\d+\{other}\d*$"))
    return pc.indices_nonzero(pc.and_(one, pc.or_(alone, behind)))


def _in_one_sign(body: pa.Array, sign: str | None) -> pa.Array:
    """The numbers with the column's decimal sign, also the few that have the other one."""
    if sign not in (",", "."):
        return body
    at = np.asarray(_of_another_hand(body, sign))
    if not len(at):
        return body
    other = "." if sign == "," else ","
    own = pc.replace_substring(pc.replace_substring(body.take(pa.array(at)), sign, ""), other, sign)
    mask = np.zeros(len(body), dtype=bool)
    mask[at] = True
    return pc.replace_with_mask(body, pa.array(mask), own)


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


@dataclass(frozen=True)
class _Beside:
    """What stands beside a number: the texts before and behind it, and what they say."""

    mark: CurrencyMark | None
    point: str = ""
    """A decimal sign that was taken for the end of the text before."""


def _beside(before: str, behind: str) -> _Beside | None:
    """The currency that the two texts name, or None where they are something else."""
    front = _mark_before(before) if before else None
    back = currency_mark(behind, behind=True) if behind else None
    if (before and front is None) or (behind and back is None):
        return None
    if front is None:
        return _Beside(back)
    mark, point = front
    return _Beside(back if back is not None and not mark.code else mark, point)


def _with_currencies(groups: pa.StructArray, *, amounts: bool) -> tuple[pa.StructArray, tuple[str, ...], pa.Array]:
    """The cells whose texts beside the number are money or nothing; each currency as it is written first; which it is.

    The last is null where a cell names none.
    """
    valid = np.asarray(groups.is_valid())
    before, behind = (pc.fill_null(groups.field(name), "").dictionary_encode() for name in ("c1", "c2"))
    pair = np.asarray(before.indices).astype(np.int64) * len(behind.dictionary) + np.asarray(behind.indices)
    pairs, of_pair = np.unique(pair, return_inverse=True)
    texts = [divmod(int(code), len(behind.dictionary)) for code in pairs]
    beside = [_beside(before.dictionary[first].as_py(), behind.dictionary[second].as_py()) for first, second in texts]
    valid = valid & np.array([found is not None for found in beside], dtype=bool)[of_pair]
    points = [found.point if found is not None else "" for found in beside]
    body = groups.field("n")
    if any(points):
        body = pc.binary_join_element_wise(pa.array(points, pa.string()).take(pa.array(of_pair)), body, "")
    letters = np.array([bool(found and found.mark and found.mark.is_letters) for found in beside], dtype=bool)[of_pair]
    if not amounts and (letters & valid).any():
        picked = body.filter(pa.array(letters & valid))
        if not pc.any(pc.match_substring_regex(picked, _WRITES_CENTS)).as_py():
            valid = valid & ~letters  # R100, R200: articles, rooms, levels
    names = [field.name for field in groups.type]
    fields = [body if name == "n" else groups.field(name) for name in names]
    kept = pa.StructArray.from_arrays(fields, names, mask=pa.array(~valid))
    written: dict[str, str] = {}
    signs: list[str | None] = []
    used = set(of_pair[valid].tolist())
    for at, found in enumerate(beside):
        mark = found.mark if found is not None and at in used else None
        signs.append(written.setdefault(mark.key, mark.text) if mark is not None and mark.text else None)
    return kept, tuple(written.values()), pa.array(signs, pa.string()).take(pa.array(of_pair))


_WRITES_CENTS = r"[.,]\d\d$|\d[.,' ’]\d{3}\b"
"""Two decimals, or thousands apart: amounts are written so, and codes are not."""


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


def parse_typed(typed: str, decimal: str) -> float | None:
    """A number that a person typed into a field, or None where it is none. Both decimal signs are understood.

    `decimal` is that of the visitor's language, and settles `1.234`, which is read two ways. A percent sign changes
    nothing: the field says whether it is in percent.
    """
    column = pa.chunked_array([pa.array([typed.replace("%", "")], type=pa.string())])
    read = parse_numbers(column, decimal=decimal, patient=True)
    if read is None or read.unread:
        return None
    number = read.values[0].as_py()
    if number is None or not np.isfinite(number):
        return None
    return float(number)
