"""Columns of text → columns of numbers, dates, true or false; decided from all values of each."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.errors import Fact
from lib.parsing import dates, numbers, regions
from lib.parsing.currencies import currency_codes
from lib.parsing.dates import DateColumn, DateOrder
from lib.tables import date_parts, money_parts, names, neighbours
from lib.tables.table import ReadNote

_SAMPLE = 300
_BLANK = ord(" ")
_WHOLE = re.compile(r"-?\d{1,18}")
_DECIMAL = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")
_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"\d{17,}")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+")
_PADDED = re.compile(r"0\d+")
_COMPACT_DATE = re.compile(r"(?:19|20)\d{6}(?:\d{6})?$|\d{4}(?:19|20)\d\d$")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?")
_WHOLE_WITH_ZERO = re.compile(r"\d+(?:\.0+)?")


@dataclass(frozen=True)
class TypedColumn:
    """One column, typed, with what was decided about it."""

    values: pa.ChunkedArray
    date: DateColumn | None = None
    offsets: bool = False
    decimal: str | None = None
    doubtful: bool = False
    """Whether `1.234` could be read two ways and nothing in the column settled it."""
    points: bool = False
    """Whether what is doubtful are points."""
    currencies: tuple[str, ...] = ()
    currency_of: pa.Array | None = None
    notes: tuple[ReadNote, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    """(row, text) of cells that could not be read, at most `MOST_UNREAD`."""


MOST_UNREAD = 200


@dataclass(frozen=True)
class TypedColumns:
    """All columns, typed, with what was decided about the file."""

    by_name: Mapping[str, TypedColumn]
    decimal: str | None
    notes: tuple[ReadNote, ...] = field(default=())


def is_text(kind: pa.DataType) -> bool:
    """Whether values of that type are words, whichever way Arrow counts their signs."""
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def typed(
    columns: Mapping[str, pa.ChunkedArray],
    *,
    decimals: Mapping[str, str] | None = None,
    date_orders: Mapping[str, DateOrder] | None = None,
    iso_formats: Mapping[str, str] | None = None,
) -> TypedColumns:
    """Every column as what its values are.

    `decimals` are decimal signs that are known (a workbook's number cells), `date_orders` corrections by the user,
    `iso_formats` how moments are written that were decoded already; decimals that were need no word.
    """
    known = decimals or {}
    orders = date_orders or {}
    forms = iso_formats or {}
    read = {
        name: _decoded(values, forms.get(name, ""))
        if not is_text(values.type)
        else _typed(values, name, decimal=known.get(name), order=orders.get(name))
        for name, values in columns.items()
    }
    for name in orders.keys() & read.keys():
        read[name] = _as_values_allow(read[name], columns[name], name)
    votes = Counter(column.decimal for column in read.values() if column.decimal and not column.doubtful)
    decimal = votes.most_common(1)[0][0] if votes else None
    again = [name for name, column in read.items() if column.doubtful]
    grouped = any(column.decimal is None and column.points for column in read.values() if column.doubtful)
    if again and decimal is None and not grouped:
        decimal = _proven_decimal(read, [name for name in again if read[name].points and read[name].decimal])
    if again and (decimal is not None or grouped):
        hint = decimal or ","  # 1.234 was thousands in one column: it is in the others too
        read |= {name: _typed(columns[name], name, decimal=hint) for name in again}
    elif again and regions.writes_decimal_commas([word for name in columns for word in names.tokens(name)]):
        # Precio 12.990: where the language has a decimal comma, three digits behind a point are thousands.
        money = [name for name in again if read[name].points and read[name].decimal and names.names_an_amount(name)]
        if money and not set(_currencies_in(read, columns)) & regions.THREE_DECIMALS:
            read |= {name: _typed(columns[name], name, decimal=",") for name in money}
    sure = Counter(
        column.date.order
        for column in read.values()
        if column.date and column.date.certain and column.date.order != "year"
    )
    doubtful = [name for name, column in read.items() if column.date and not column.date.certain and name not in orders]
    if doubtful:
        region = regions.likely_date_order(
            [word for name in columns for word in names.tokens(name)], _currencies_in(read, columns)
        )
        habits = dates.Habits(decimal == ",", sure.most_common(1)[0][0] if sure else None, region)
    for name in doubtful:
        beside = neighbours.date_order_beside(name, columns[name], {at: column.values for at, column in read.items()})
        read[name] = _typed(columns[name], name, order=beside, habits=habits)
    for name, column in list(read.items()):
        if name not in orders and (column.date is None or column.date.unread) and names.names_a_moment(name):
            read[name] = _by_writers(name, columns, column)
    made = date_parts.date_of_parts({name: column.values for name, column in read.items()})
    if made is not None and not any(column.date for column in read.values()):
        about = ReadNote("tables.note_date_of_parts", {"column": made.name, "parts": list(made.parts)})
        read = {made.name: TypedColumn(made.values, DateColumn("%Y-%m-%d", "year", True, 0), notes=(about,)), **read}
    decimal = decimal or next((column.decimal for column in read.values() if column.decimal), None)
    noted = _in_whole_units(_with_doubtful_points(with_added_parts(read, columns), columns))
    return TypedColumns(
        _with_currencies(noted), decimal, tuple(note for column in noted.values() for note in column.notes)
    )


_THOUSANDS = re.compile(
    r"(?i)(?:\b(?:in|en|em)\s+(?:thousands?|tausend|milhares|milliers|migliaia|duizenden|tusental)\b|\ben\s+miles\b"
    r"|\b(?:miles|milhares|migliaia) d[ei]\b|\bmilliers d|\bTsd\b"
    r"|\b(?-i:T|K|k)[\s.]?(?:€|EUR\b|CHF\b|USD\b|GBP\b|£|\$)"
    r"|[€$£]\s?(?:k|000s?)\b|\(\s?[’']?000s?\s?\)|\btys\.|\bтыс\.)"
)
_MILLIONS = re.compile(
    r"(?i)(?:\b(?:in|en|em)\s+(?:millions?|millionen|millones|milhões|milioni|miljoenen)\b|\bMio\b|\bmln\b"
    r"|\b(?-i:M)[\s.]?(?:€|EUR\b|CHF\b)|[€£$]\s?mn\b)"
)
"""What a heading says of amounts that are written in thousands or millions: `Umsatz (T€)`, `Revenue in thousands`."""
_FOR_EACH = re.compile(
    r"(?i)(?:\b(?:per|pro|je|por|par|al|voor)\s+|(?:price|preis|precio|pre[cç]o|prix|prezzo|prijs|pris|cena)\w{0,9}\s?/\s?)"
    r"(?:[tkm]|tsd|thousand|mio|mln)\b"
)
"""What a heading says of prices of a metre, a tonne or a thousand pieces: `Preis/m €`, `PREIS PRO T EUR`."""


def _in_whole_units(read: Mapping[str, TypedColumn]) -> Mapping[str, TypedColumn]:
    """The columns with amounts in whole units, where a heading says that they are in thousands or millions."""
    made = dict(read)
    for name, column in read.items():
        factor = 1_000 if _THOUSANDS.search(name) else 1_000_000 if _MILLIONS.search(name) else 1
        if factor == 1 or _FOR_EACH.search(name) or not _holds_numbers(column) or names.names_an_identifier(name):
            continue
        values = np.round(_as_floats(column) * factor, 4)
        about: Mapping[str, Fact] = {"column": name, "times": factor}
        made[name] = replace(
            column,
            values=pa.chunked_array([pa.array(values, from_pandas=True)]),
            notes=(*column.notes, ReadNote("tables.note_thousands", about)),
        )
    return made


_THOUSAND = 1000.0
_LEAST_PROVEN = 3
"""Rows or orders with other figures that must agree with one reading of points."""
_AGREEING = 0.95
_ORDERS = frozenset(("order", "invoice", "pedido", "factura", "bestellung", "rechnung", "commande", "facture"))


def _proven_decimal(read: Mapping[str, TypedColumn], doubtful: Sequence[str]) -> str | None:
    """The decimal sign with which `1.234`, or `1.234` times the pieces, is what a column of whole numbers says, of its
    row or of its whole order; None where nothing shows it."""
    if not doubtful:
        return None
    whole = {
        name: _as_floats(column)
        for name, column in read.items()
        if _holds_numbers(column) and column.decimal is None and not names.names_an_identifier(name)
    }
    pieces = [values for name, values in whole.items() if names.names_a_quantity(name)]
    totals = [values for name, values in whole.items() if names.names_an_amount(name)]
    orders = [
        np.unique(np.asarray(column.values.combine_chunks().dictionary_encode().indices), return_inverse=True)[1]
        for name, column in read.items()
        if _ORDERS & set(names.tokens(name)) and names.names_an_identifier(name) and not column.values.null_count
    ]
    found = set()
    for name in doubtful:
        figures = _as_floats(read[name])
        for line in (figures, *(figures * count for count in pieces)):
            for total in totals:
                pairs = [(line, total)]
                for order in orders:
                    first = np.unique(order, return_index=True)[1]
                    sums = np.bincount(order, weights=np.nan_to_num(line)).astype(np.float64)
                    pairs.append((sums, total[first]))
                for figure, other in pairs:
                    asked = np.isfinite(figure) & np.isfinite(other) & (other != 0)
                    if asked.sum() < _LEAST_PROVEN:
                        continue
                    for factor, sign in ((_THOUSAND, ","), (1.0, ".")):
                        if (np.abs(figure * factor - other)[asked] < 0.5 * factor / _THOUSAND).mean() >= _AGREEING:
                            found.add(sign)
    return found.pop() if len(found) == 1 else None


def _holds_numbers(column: TypedColumn) -> bool:
    return pa.types.is_integer(column.values.type) or pa.types.is_floating(column.values.type)


def _as_floats(column: TypedColumn) -> np.typing.NDArray[np.float64]:
    return np.asarray(pc.fill_null(pc.cast(column.values, pa.float64()), np.nan), dtype=np.float64)


def _with_doubtful_points(
    read: Mapping[str, TypedColumn], columns: Mapping[str, pa.ChunkedArray]
) -> Mapping[str, TypedColumn]:
    """The columns, with a note for each of money or pieces whose points could also group thousands; where no heading
    names money, for each such column."""
    doubtful = [name for name, column in read.items() if column.doubtful and column.points and column.decimal]
    if not doubtful or set(_currencies_in(read, columns)) & regions.THREE_DECIMALS:
        return read
    if any(map(names.names_an_amount, read)):
        doubtful = [name for name in doubtful if names.names_an_amount(name) or names.names_a_quantity(name)]
    noted = dict(read)
    for name in doubtful:
        cells = map(str.strip, _sample(columns[name]))
        example = next((cell for cell in cells if "." in cell), "")
        if example:
            about: Mapping[str, Fact] = {"column": name, "example": example, "thousands": example.replace(".", "")}
            noted[name] = replace(read[name], notes=(*read[name].notes, ReadNote("tables.note_points", about)))
    return noted


def with_added_parts(
    read: Mapping[str, TypedColumn], columns: Mapping[str, pa.ChunkedArray]
) -> Mapping[str, TypedColumn]:
    """The columns with amounts whose hundredths stand in a column of their own as one column each, under the name of
    the whole units; `columns` are the cells as the file has them."""
    made = dict(read)
    for parts in money_parts.parts_in([name for name in read if name in columns]):
        whole = read[parts.whole]
        if whole.points and whole.decimal and is_text(columns[parts.whole].type):
            whole = _typed(columns[parts.whole], parts.whole, decimal=",")  # 1.234 beside cents is a thousand
        amounts = money_parts.added(parts, whole.values, read[parts.hundredths].values, columns[parts.whole])
        if amounts is None:
            continue
        del made[parts.hundredths]
        about: Mapping[str, Fact] = {"column": parts.whole, "hundredths": parts.hundredths}
        made[parts.whole] = replace(
            whole,
            values=pa.chunked_array([pa.array(amounts, from_pandas=True)]),
            doubtful=False,
            notes=(*whole.notes, ReadNote("tables.note_added_parts", about)),
        )
    return made


def _by_writers(name: str, columns: Mapping[str, pa.ChunkedArray], read: TypedColumn) -> TypedColumn:
    """A date column that some wrote day first and others month first, by the column that says who wrote which."""
    text = columns[name]
    if not is_text(text.type) or (mixed := dates.both_orders(text)) is None:
        return read
    beside = {other: values for other, values in columns.items() if other != name and is_text(values.type)}
    found = neighbours.orders_by_group(text, mixed, beside)
    if found is None:
        about: Mapping[str, Fact] = {"column": name, "day": mixed.day_first, "month": mixed.month_first}
        return replace(read, notes=(*read.notes, ReadNote("tables.note_mixed_date_orders", about)))
    by, day_first = found
    parts = {order: dates.parse_dates(text, order=order, named=True, patient=True) for order in ("day", "month")}
    day, month = parts["day"], parts["month"]
    if day is None or month is None:
        return read
    values = pc.if_else(day_first, day.values, month.values)
    unread = int(pc.sum(pc.and_(pc.is_valid(text), pc.is_null(values))).as_py() or 0)
    return TypedColumn(
        values,
        date=DateColumn(day.read.format, "year", True, unread),
        offsets=day.offsets,
        notes=(ReadNote("tables.note_date_orders_by", {"column": name, "by": by}),),
        unread=_unread(text, values) if unread else (),
    )


def _currencies_in(read: Mapping[str, TypedColumn], columns: Mapping[str, pa.ChunkedArray]) -> set[str]:
    """Every currency that stands beside amounts, in a heading, or alone in the cells of a column."""
    found = {sign for column in read.values() for sign in column.currencies}
    codes = currency_codes()
    for name, values in columns.items():
        found |= {word for word in re.findall(r"\b[A-Z]{3}\b|[€£]", name) if word in codes or len(word) == 1}
        if is_text(values.type):
            cells = {str(cell).strip() for cell in values[:200].to_pylist() if cell}
            if cells and len(cells) < 6 and cells <= codes:
                found |= cells
    return found


def _as_values_allow(corrected: TypedColumn, values: pa.ChunkedArray, name: str) -> TypedColumn:
    """The corrected column, unless its values contradict the correction: then the column as read without it.

    A correction that was right for one export may be applied to the next, where a 13 shows which comes first.
    """
    if not is_text(values.type) or (corrected.date is not None and not corrected.date.unread):
        return corrected
    free = _typed(values, name)
    better = free.date is not None and (corrected.date is None or free.date.unread < corrected.date.unread)
    return free if better else corrected


def _decoded(values: pa.ChunkedArray, form: str) -> TypedColumn:
    """A column that the reader of the text gave its type already."""
    if pa.types.is_timestamp(values.type):
        return TypedColumn(values, date=DateColumn(form, "year", True, 0))
    return TypedColumn(values, decimal=".")


def are_plain_decimals(cells: Sequence[str], name: str) -> bool:
    """Whether a sample shows a column of decimals with a point, such as `_typed` takes without a second look."""
    if names.names_an_identifier(name) or names.names_a_moment(name) or not all(map(_DECIMAL.fullmatch, cells)):
        return False
    dotted = [cell for cell in cells if "." in cell]
    odd = any(map(_LONG.fullmatch, cells)) or any(map(_PADDED.fullmatch, cells))
    return bool(dotted) and not odd and not all(map(_GROUPED.fullmatch, dotted))


def are_iso_moments(cells: Sequence[str]) -> bool:
    """Whether a sample shows a column of ISO dates, as in 2026-01-31 or 2026-01-31 12:00:00."""
    return bool(cells) and all(map(_ISO.fullmatch, cells))


def _with_currencies(read: Mapping[str, TypedColumn]) -> Mapping[str, TypedColumn]:
    """A column that mixes currencies gets another beside it that says which, so that nothing is summed across."""
    made: dict[str, TypedColumn] = {}
    for name, column in read.items():
        made[name] = column
        if column.currency_of is not None:
            beside, number = f"{name} currency", 2
            while beside in read:
                beside, number = f"{name} currency {number}", number + 1
            made[beside] = TypedColumn(pa.chunked_array([column.currency_of]))
    return made


def _without_footnotes(
    values: pa.ChunkedArray, name: str, sample: Sequence[str], decimal: str | None
) -> TypedColumn | None:
    """Numbers without the marks of footnotes behind some of them; None where they are no numbers then either."""
    bare = pc.replace_substring_regex(values, _FOOTNOTE_ARROW, r"\1")
    made = _typed_cells(bare, name, decimal=decimal)
    if is_text(made.values.type) or made.date is not None:
        return None
    example = next(cell for cell in sample if _FOOTNOTE.search(cell)).strip()
    count = pc.sum(pc.match_substring_regex(values, _FOOTNOTE_ARROW)).as_py()
    about: Mapping[str, Fact] = {"column": name, "count": count, "example": example}
    return replace(made, notes=(*made.notes, ReadNote("tables.note_marks", about)))


_ANY_BLANK = "[ \t\n\r\f\v\u00a0\u202f]"
"""Written out, as Arrow and Python must agree on what a blank and a digit is."""
_NO_ORE_ARROW = rf":--?{_ANY_BLANK}*$"
_NO_ORE = re.compile(rf"[0-9]{_NO_ORE_ARROW}")
"""Swedish prices: `45:-`, beside `45:50`."""
_FOOTNOTE_ARROW = rf"([0-9]){_ANY_BLANK}*(?:[*†‡]+|{_ANY_BLANK}[0-9]\)){_ANY_BLANK}*$"
_FOOTNOTE = re.compile(_FOOTNOTE_ARROW)
"""The mark of a footnote behind a number: `12.50*`, `12.50 1)`."""
_ERRORS = (
    r"^\s*(?:#{3,}|#(?:N/A|N/D|N/DISP|NV|NULL!|NUL!|DIV/0!|REF!|VALUE!|NAME\?|NUM!|ERROR!|SPILL!|CALC!|GETTING_DATA|WERT!|BEZUG!"
    r"|ZAHL!|¡?VALOR!|¡?REF!|¡?NUM!|¿NOMBRE\?|NOMBRE\?|VALEUR!|NOMBRE!|NOM\?|NOME\?|VALORE!|RIF!|WAARDE!|VERW!|GETAL!|NAAM\?|ARG!|ADR!|NAZWA\?|LICZBA!)"
    r"|Err:\d{3})\s*$"
)
"""What a spreadsheet shows where a formula has no result, or where a cell is too narrow for its number or date."""


def _typed(
    values: pa.ChunkedArray,
    name: str,
    *,
    decimal: str | None = None,
    order: DateOrder | None = None,
    habits: dates.Habits = dates.NO_HABITS,
) -> TypedColumn:
    """The column as what its values are; a spreadsheet's errors are missing, and unread where the column is of dates or
    money: what they stand for is not known."""
    suspects = pc.or_(pc.starts_with(values, "#"), pc.starts_with(values, "Err:"))
    if not pc.any(suspects).as_py():
        return _typed_cells(values, name, decimal=decimal, order=order, habits=habits)
    errors = pc.fill_null(pc.and_(suspects, pc.match_substring_regex(values, _ERRORS)), False)
    count = pc.sum(errors).as_py()
    if not count:
        return _typed_cells(values, name, decimal=decimal, order=order, habits=habits)
    bare = pc.if_else(errors, pa.scalar(None, values.type), values)
    made = _typed_cells(bare, name, decimal=decimal, order=order, habits=habits)
    of_money = names.names_an_amount(name) and not is_text(made.values.type)
    if made.date is None and not of_money:
        return made
    rows = np.flatnonzero(np.asarray(errors))[:MOST_UNREAD].tolist()
    cells = sorted({*made.unread, *((row, str(values[row].as_py()).strip()) for row in rows)})[:MOST_UNREAD]
    kind = "tables.note_unread_numbers" if made.date is None else "tables.note_unread_dates"
    examples = tuple(dict.fromkeys(text for _, text in cells))[:3]
    known = next((note.facts["count"] for note in made.notes if note.key == kind), 0)
    about: Mapping[str, Fact] = {"column": name, "count": count + int(str(known)), "examples": examples}
    kept = (note for note in made.notes if note.key != kind)
    return replace(made, unread=tuple(cells), notes=(*kept, ReadNote(kind, about)))


def _typed_cells(
    values: pa.ChunkedArray,
    name: str,
    *,
    decimal: str | None = None,
    order: DateOrder | None = None,
    habits: dates.Habits = dates.NO_HABITS,
) -> TypedColumn:
    raw = _sample(values)
    sample = [value for value in raw if value.strip()]
    if not sample:
        return TypedColumn(_text(values, raw))
    if any(value.lstrip()[:1] in _PROTECTS for value in sample):
        values = without_protection(values)
        raw = _sample(values)
        sample = [value for value in raw if value.strip()] or sample
    if names.names_a_quantity(name) and _says_pieces(sample):
        values = pc.replace_substring_regex(values, _PIECES_ARROW, r"\1")
        raw = _sample(values)
        sample = [value for value in raw if value.strip()] or sample
    if names.names_an_amount(name):
        if (
            any(map(_FOOTNOTE.search, sample))
            and (made := _without_footnotes(values, name, sample, decimal)) is not None
        ):
            return made
        if any(map(_NO_ORE.search, sample)):
            for pattern, plain_form in ((_NO_ORE_ARROW, ""), (rf"([0-9]):([0-9]{{2}}){_ANY_BLANK}*$", r"\1,\2")):
                values = pc.replace_substring_regex(values, pattern, plain_form)
            return _typed_cells(values, name, decimal=decimal or ",", order=order, habits=habits)
    an_id = names.names_an_identifier(name)
    a_moment = names.names_a_moment(name)
    if all(map(_WHOLE.fullmatch, sample)):
        if a_moment or (not an_id and all(map(_COMPACT_DATE.match, sample))):
            parsed = dates.parse_dates(values, named=a_moment)
            if parsed is not None:
                return _of_dates(parsed, name, values)
        if an_id and values.null_count:
            return _of_words(values, raw)  # ids of which some are missing stay readable: no 17850.0
        whole = numbers.whole_fast(values)
        if whole is not None:
            if not values.null_count:
                return TypedColumn(whole)
            if pc.max(pc.abs(whole)).as_py() < 2**53:
                return TypedColumn(pc.cast(whole, pa.float64()))
            return _of_words(values, raw)
    if an_id and any(map(_SHORTENED.fullmatch, sample)):
        return replace(_of_words(values, raw), notes=(ReadNote("tables.note_shortened_ids", {"column": name}),))
    if any(map(_LONG.fullmatch, sample)):
        if a_moment and not an_id and (parsed := dates.parse_dates(values, named=True)) is not None:
            return _of_dates(parsed, name, values)  # nanoseconds since 1970
        return _of_words(values, raw)  # more digits than a number can keep: a name
    if not an_id and all(map(_DECIMAL.fullmatch, sample)):
        dotted = [value for value in sample if "." in value]
        clear = not any(map(_PADDED.fullmatch, sample)) and (
            decimal is not None or not dotted or not all(map(_GROUPED.fullmatch, dotted))
        )
        plain = numbers.decimal_fast(values) if clear and decimal != "," else None
        if plain is not None:
            if a_moment and (parsed := dates.parse_dates(values, named=True)) is not None:
                return _of_dates(parsed, name, values)
            return TypedColumn(plain, decimal="." if dotted else None)
    if order is None and all(map(_ISO.fullmatch, sample)) and (iso := dates.parse_iso(values)) is not None:
        return _of_dates(dates.ParsedDates(iso, DateColumn(iso_format(sample), "year", True, 0), False), name, values)
    if not an_id or a_moment:
        tried = _dates_or_numbers(values, name, sample, decimal=decimal, order=order, habits=habits, a_moment=a_moment)
        if tried is not None:
            return tried
    elif any("." in value for value in sample) and all(map(_WHOLE_WITH_ZERO.fullmatch, map(str.strip, sample))):
        plain_ids = _without_zero_decimals(values)
        if plain_ids is not None:
            return _typed(plain_ids, name)
    return _of_words(values, raw)


_PIECES = re.compile(r"\s*(?:[x×]\s*)?-?\d+(?:[.,]\d+)?\s*(?:[x×]|[^\W\d_]{1,8}\.?)?\s*")
_PIECES_ARROW = r"^\s*(?:[x×]\s*)?(-?\d+(?:[.,]\d+)?)\s*(?:[x×]|\pL{1,8}\.?)?\s*$"
MOST_UNITS = 3


def _says_pieces(sample: Sequence[str]) -> bool:
    """Whether numbers of pieces have a word or a sign beside them, the same few in all cells: `2 pcs`, `x3`."""
    if all(map(_WHOLE.fullmatch, sample)) or not all(map(_PIECES.fullmatch, sample)):
        return False
    return len({re.sub(r"[\d.,\s-]", "", cell).casefold().rstrip("s") for cell in sample}) <= MOST_UNITS


_PROTECTS = frozenset("='’`")
_PROTECTED_CELLS = (
    (r'^\s*="(.*)"\s*$', r"\1"),
    (r"^\s*=\s*([-+]?[\d.,]+)\s*$", r"\1"),
    (r"^\s*['’`]+\s*([-+=@(]?[^\w\s]{0,3}\d[\d.,:/ TZ+)-]*)\s*$", r"\1"),
)
"""="0042", =20.5 and '-20.00: written so that no spreadsheet shortens a number or runs a formula."""


def without_protection(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells without what keeps spreadsheets from changing them; blank ones are missing."""
    for pattern, kept in _PROTECTED_CELLS:
        values = pc.replace_substring_regex(values, pattern, kept)
    empty = pc.equal(values, "")
    return pc.if_else(empty, pa.scalar(None, values.type), values) if pc.any(empty).as_py() else values


def _dates_or_numbers(
    values: pa.ChunkedArray,
    name: str,
    sample: Sequence[str],
    *,
    decimal: str | None,
    order: DateOrder | None,
    habits: dates.Habits,
    a_moment: bool,
) -> TypedColumn | None:
    if dates.looks_like_dates(sample[:200]) or (a_moment and any(map(_DIGIT.search, sample[:50]))):
        parsed = dates.parse_dates(values, habits=habits, order=order, named=a_moment)
        if parsed is not None:
            return _of_dates(parsed, name, values)
    if numbers.could_be_numbers(sample):
        read = numbers.parse_numbers(values, decimal=decimal, amounts=names.names_an_amount(name))
        if read is not None:
            return _of_numbers(read, name, values, known=decimal is not None)
    return None


def _unread(text: pa.ChunkedArray, values: pa.ChunkedArray | pa.Array) -> tuple[tuple[int, str], ...]:
    """Cells that hold something and have no value, with their rows."""
    lost = pc.and_(pc.is_valid(text), pc.is_null(values))
    rows = np.flatnonzero(np.asarray(lost))[: 4 * MOST_UNREAD].tolist()
    found = ((row, str(text[row].as_py()).strip()) for row in rows)
    return tuple((row, cell[:200]) for row, cell in found if not _SAYS_NOTHING.fullmatch(cell))[:MOST_UNREAD]


_SAYS_NOTHING = re.compile(r"[-–—.*_?/\\s]*|n/?a|nan|null|none|#n/a|nat|0000-00-00.*", re.IGNORECASE)


def _of_dates(parsed: dates.ParsedDates, name: str, text: pa.ChunkedArray) -> TypedColumn:
    read = parsed.read
    noted: list[ReadNote] = []
    if read.unread:
        noted.append(
            ReadNote(
                "tables.note_unread_dates", {"column": name, "count": read.unread, "examples": read.unread_examples}
            )
        )
    if not read.certain:
        noted.append(ReadNote(f"tables.note_{read.order}_first", {"column": name}))
    if parsed.swapped:
        noted.append(ReadNote("tables.note_swapped_dates", {"column": name, "count": parsed.swapped}))
    if parsed.offsets:
        noted.append(ReadNote("tables.note_offsets", {"column": name}))
    return TypedColumn(
        parsed.values,
        date=read,
        offsets=parsed.offsets,
        notes=tuple(noted),
        unread=_unread(text, parsed.values) if read.unread else (),
    )


def _of_numbers(read: numbers.ParsedNumbers, name: str, text: pa.ChunkedArray, *, known: bool) -> TypedColumn:
    noted: list[ReadNote] = []
    if read.unread:
        noted.append(
            ReadNote(
                "tables.note_unread_numbers", {"column": name, "count": read.unread, "examples": read.unread_examples}
            )
        )
    if read.percent:
        noted.append(ReadNote("tables.note_percent", {"column": name}))
    if read.currency_of is not None:
        noted.append(ReadNote("tables.note_currencies", {"column": name, "currencies": read.currencies}))
    if names.names_an_identifier(name) and pa.types.is_floating(read.values.type):
        return TypedColumn(_text(text))
    return TypedColumn(
        read.values,
        decimal=read.decimal,
        doubtful=read.doubtful and not known,
        points=read.points,
        currencies=read.currencies,
        currency_of=read.currency_of,
        notes=tuple(noted),
        unread=_unread(text, read.values) if read.unread else (),
    )


def _of_words(values: pa.ChunkedArray, sample: Sequence[str]) -> TypedColumn:
    if not values.null_count and {value.casefold() for value in sample[:3]} <= {"true", "false"}:
        lower = pc.utf8_lower(values)
        known = pc.is_in(lower, value_set=pa.array(["true", "false"], lower.type))
        if pc.all(known).as_py():
            return TypedColumn(pc.equal(lower, "true"))
    return TypedColumn(_text(values, sample))


def _text(values: pa.ChunkedArray, sample: Sequence[str] = ()) -> pa.ChunkedArray:
    """Without blanks around the words; what then is empty is missing."""
    padded = any(value != value.strip() for value in sample)
    if not padded and not any(map(_has_outer_blank, values.chunks)):
        return values
    trimmed = pc.utf8_trim_whitespace(values)
    empty = pc.equal(trimmed, "")
    if pc.any(empty).as_py():
        trimmed = pc.if_else(empty, pa.scalar(None, trimmed.type), trimmed)
    return trimmed


def _has_outer_blank(words: pa.Array) -> bool:
    """Whether some word begins or ends with a blank, seen from the first and the last byte of each."""
    if not is_text(words.type) or not len(words):
        return any(pc.any(ends(words, " ")).as_py() for ends in (pc.starts_with, pc.ends_with))
    _, places, signs = words.buffers()
    if signs is None or not signs.size:
        return False
    bounds = np.frombuffer(places, "i4" if pa.types.is_string(words.type) else "i8")[
        words.offset : words.offset + len(words) + 1
    ]
    text = np.frombuffer(signs, np.uint8)
    first, last = bounds[:-1], bounds[1:]
    held = last > first
    if not held.all():
        first, last = first[held], last[held]
    return bool((text[first] == _BLANK).any() or (text[last - 1] == _BLANK).any())


def _without_zero_decimals(values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """17850.0 → 17850, where all values are written so or whole."""
    trimmed = pc.utf8_trim_whitespace(values)
    if not pc.all(pc.match_substring_regex(trimmed, r"^\d+(\.0+)?$")).as_py():
        return None
    return pc.replace_substring_regex(trimmed, r"\.0+$", "")


def _sample(values: pa.ChunkedArray) -> list[str]:
    """Values that are not missing, from the beginning, the middle and the end."""
    size = len(values)
    parts = [values] if size <= 3 * _SAMPLE else [values.slice(at, _SAMPLE) for at in (0, size // 2, size - _SAMPLE)]
    found = [str(value) for part in parts for value in part.drop_null()[:_SAMPLE].to_pylist()]
    if not found and values.null_count < size:
        found = [str(value) for value in values.drop_null()[:_SAMPLE].to_pylist()]
    return found


def iso_format(sample: Sequence[str]) -> str:
    """How the longest of some ISO dates is written."""
    longest = max(sample, key=len)
    time = {10: "", 16: " %H:%M"}.get(len(longest), " %H:%M:%S")
    return "%Y-%m-%d" + (time.replace(" ", "T") if "T" in longest else time)
