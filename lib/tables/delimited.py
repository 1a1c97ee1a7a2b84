"""Text with separators → columns of text: decoded by Arrow in one pass, by the careful road where rows are odd."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from lib.errors import UserError
from lib.tables import alignment, repair, split_amounts, split_texts, structure
from lib.tables import columns as columns_of
from lib.tables import dialect as dialects
from lib.tables import names as names_of
from lib.tables.dialect import WHITESPACE, Dialect
from lib.tables.limits import LIMIT_CELLS, LIMIT_COLUMNS, LIMIT_ROWS
from lib.tables.memory import Held

_HEAD = 256 * 1024
_TAIL = 64 * 1024
_HEAD_ROWS = 1_000
_BATCH = 50_000
_BATCH_CELLS = 4_000_000
"""Rows, and cells of short rows that are filled up, that are held before their number is checked."""
_LARGE = 1024 * 1024
"""Bytes of a body from which on it pays to look at a sample first."""
_STRETCH = 32 * 1024

MISSING = (
    "",
    "NULL",
    "null",
    "Null",
    "NaN",
    "nan",
    "N/A",
    "n/a",
    "<NA>",
    "(null)",
    "\\N",
)
"""Cells that say in any column that there is nothing; `NA`, `None` and `-` may be words or countries."""


@dataclass(frozen=True)
class Decoded:
    """Columns of text with what was found around them. Blank rows are still in it."""

    columns: pa.Table
    """Named `0`, `1`, …: the places of the columns."""
    names: tuple[str, ...]
    """As the header writes them; all blank where there is none."""
    header: tuple[int, ...]
    separator: str | None
    typical: float
    """How many cells of a record are filled."""
    short_rows: int = 0
    long_rows: int = 0
    comments: int = 0
    cut_rows: int = 0
    """Remarks below the table that were cut off before it was decoded."""
    iso_formats: Mapping[int, str] = field(default_factory=dict)
    """Place of a column that was decoded as moments already → how they were written."""
    joined_rows: int = 0
    """Rows with a cell too many, of which neighbours were joined."""
    odd_rows: tuple["OddRow", ...] = ()
    """Rows that could not be read, at most `MOST_ODD_ROWS`; `left_out_rows` counts them all."""
    left_out_rows: int = 0
    headings: int = 1
    """How many different headings the file has, one below the other."""
    other_tables: int = 0
    other_rows: int = 0


@dataclass(frozen=True)
class OddRow:
    """A row that was left out since its cells do not fit the heading. `row` counts from 1 over the records."""

    row: int
    cells: tuple[str, ...]


MOST_ODD_ROWS = 200


def decode(data: Held, *, separator: str | None = None, header_row: int | None = None) -> Decoded:
    """The columns of UTF-8 text. `separator` and `header_row` are corrections by the user."""
    if b"\n" not in data[:_HEAD] and b"\r" in data[:_HEAD]:
        data = data[:].replace(b"\r", b"\n")
    complete = len(data) <= _HEAD
    head = data[:_HEAD].decode("utf-8", errors="ignore")
    if '="' in head:
        data = _without_formulas(data)
        complete = len(data) <= _HEAD
        head = data[:_HEAD].decode("utf-8", errors="ignore")
    data = repair.without_marks_inside(data)
    if separator is None and header_row is None and len(data) <= _SEVERAL_TABLES:
        data = repair.with_one_separator(data)
        head = data[:_HEAD].decode("utf-8", errors="ignore")
    dialect = dialects.find_dialect(head, complete=complete, separator=separator)
    if dialect.separator == WHITESPACE:
        parted = re.sub(rb"[ \t]+", b"\t", data)  # each run of blanks is one sign from here on, so none takes long
        data = re.sub(rb"(?m)^\t|\t(?=\r?$)", b"", parted)
        return replace(_decode(data, Dialect("\t", None), header_row), separator=WHITESPACE)
    if dialect.whole_line_quoted:
        ends = repair.hanging_ends(dialect.separator)
        text = data[:].decode("utf-8", "replace")
        data = "\n".join(dialects.unquoted_line(line).rstrip(ends) for line in text.splitlines()).encode("utf-8")
        dialect = dialects.find_dialect(data[:_HEAD].decode("utf-8", errors="ignore"), complete=complete)
    if dialect.quote is not None and _stray_in_head(data, dialect):
        data = repair.without_stray_quotes(data, dialect)
    if header_row is None:
        _check_forms(data, dialect)
    if header_row is None and len(data) <= _SEVERAL_TABLES:
        data, others = _largest_table(data, dialect)
        if others:
            decoded = _with_headings(data, dialect, None)
            return replace(decoded, other_tables=len(others), other_rows=sum(others))
    return _with_headings(data, dialect, header_row)


_SEVERAL_TABLES = 8 * 1024 * 1024
"""Bytes of a text up to which tables one below the other are looked for."""


def _check_forms(data: Held, dialect: Dialect) -> None:
    """Raise UserError where the text is a form for each order and no table."""
    head = bytes(data[:_HEAD])
    if len(data) > _HEAD:
        head = head[: head.rfind(b"\n") + 1]
    rows = dialects.parse(head.decode("utf-8", "replace"), dialect, limit=FORM_ROWS)
    forms = structure.forms_in(rows)
    if forms:
        raise UserError("tables.forms", found=forms)


FORM_ROWS = 200
"""Rows in which forms are looked for."""


def _stray_in_head(data: Held, dialect: Dialect) -> bool:
    head = bytes(data[:_HEAD])
    if len(data) > _HEAD:
        head = head[: head.rfind(b"\n") + 1]
    return head.count((dialect.quote or "").encode()) > 0 and repair.without_stray_quotes(head, dialect) is not head


def _largest_table(data: Held, dialect: Dialect) -> tuple[Held, list[int]]:
    """The text without other tables above or below the largest, and how many rows each of those has.

    Tables are parted by blank lines; each has a heading of its own. Blank lines become lines of their own here: the
    place of the heading stays.
    """
    raw = bytes(data[:])
    if not re.search(rb"\n[\s,;\t|\"]*\r?\n", raw):
        return data, []
    quote = (dialect.quote or '"').encode()
    lines = raw.split(b"\n")
    if any(line.count(quote) % 2 for line in lines):
        return data, []  # line breaks inside cells
    rows = [
        [cell.strip() for cell in parsed[0]]
        if (parsed := dialects.parse(line.decode("utf-8", "replace"), dialect, limit=1))
        else []
        for line in lines
    ]
    tables = structure.tables_in(rows)
    if len(tables) < 2:
        return data, []
    largest = max(tables, key=lambda table: table.records)
    others = [table for table in tables if table is not largest]
    for table in others:
        for first, last in table.spans:
            lines[first:last] = [b""] * (last - first)
    return b"\n".join(lines), [table.records for table in others]


def _with_headings(data: Held, dialect: Dialect, header_row: int | None) -> Decoded:
    """A text whose heading changes further down, as when files with other columns were put together."""
    first = _decode(data, dialect, header_row)
    if header_row is not None or not first.header:
        return first
    starts = _other_headings(data, dialect, first)
    if not starts:
        return first
    own_is_first = not first.header or starts[0] > _heading_end(data, first)
    bounds = [*([0] if own_is_first else []), *starts, len(data)]
    parts = [_decode(data[start:end], dialect, None, plain=True) for start, end in pairwise(bounds)]
    order: dict[str, None] = {}
    tables: list[pa.Table] = []
    for part in parts:
        keys: dict[str, None] = {}
        for at, name in enumerate(part.names):
            key = name.strip().casefold() or f"\x00{at}"
            keys[key if key not in keys else f"{key}\x00{at}"] = None
        schema = pa.schema([(key, pa.large_string()) for key in keys])
        tables.append(part.columns.rename_columns(list(keys)).cast(schema))
        order |= keys
    _check_size(sum(map(len, tables)), len(order))
    shown: dict[str, str] = {}
    for part, table in zip(parts, tables, strict=True):
        for key, name in zip(table.column_names, part.names, strict=True):
            shown.setdefault(key, name)
    merged = pa.concat_tables(tables, promote_options="default").select(list(order))
    return replace(
        parts[0],
        columns=merged.rename_columns([str(at) for at in range(len(order))]),
        names=tuple(shown[key] for key in order),
        short_rows=sum(part.short_rows for part in parts),
        long_rows=sum(part.long_rows for part in parts),
        comments=sum(part.comments for part in parts),
        cut_rows=sum(part.cut_rows for part in parts),
        joined_rows=sum(part.joined_rows for part in parts),
        odd_rows=tuple(odd for part in parts for odd in part.odd_rows)[:MOST_ODD_ROWS],
        left_out_rows=sum(part.left_out_rows for part in parts),
        iso_formats={},
        headings=len(parts),
    )


_MOST_HITS = 400
_SAME_NAMES = 0.6


def _other_headings(data: Held, dialect: Dialect, first: Decoded) -> list[int]:
    """Where lines begin that name most of the heading's columns, and not just the same ones."""
    named = [name for name in first.names if len(name) > 1]
    if len(named) < 2:
        return []
    known = {name.casefold() for name in named}
    found: set[int] = set()
    for needle in sorted(named, key=len, reverse=True)[: 3 if len(data) <= _SEVERAL_TABLES else 1]:
        at, hits = data.find(needle.encode()), 0
        while at >= 0 and hits < _MOST_HITS:
            start = data.rfind(b"\n", 0, at) + 1
            end = data.find(b"\n", at)
            end = len(data) if end < 0 else end
            parsed = dialects.parse(bytes(data[start:end]).decode("utf-8", "replace"), dialect, limit=1)
            cells = [cell.strip().casefold() for cell in parsed[0]] if parsed else []
            shared = len(known & set(cells))
            if shared >= max(2, _SAME_NAMES * min(len(known), len(cells))) and all(
                structure.kind(cell) in "XKE" for cell in cells
            ):
                same = [cell for cell in cells if cell] == [name.casefold() for name in first.names if name]
                if not same or found:
                    found.add(start)
            hits += 1
            at = data.find(needle.encode(), end)
    own = data.rfind(b"\n", 0, _heading_end(data, first)) + 1
    found.discard(own)
    found -= {start for start in found if start < own and not _has_records(bytes(data[start:own]), dialect)}
    # where a heading stands above the one that most rows have, the rows between belong to it
    return sorted(found | {own}) if any(start < own for start in found) else sorted(found)


def _has_records(part: bytes, dialect: Dialect) -> bool:
    """Whether rows with numbers or dates, as many cells wide, follow the heading that a part of a text begins with."""
    rows = dialects.parse(part.decode("utf-8", "replace"), dialect, limit=6)
    below = [row for row in rows[1:] if len(row) == len(rows[0])]
    return bool(below) and all(any(structure.kind(cell.strip()) in "ND" for cell in row) for row in below)


def _heading_end(data: Held, first: Decoded) -> int:
    """Where the line of the file's own (last) header row ends; records have no line breaks above it, as a rule."""
    at = 0
    for _ in range(first.header[-1] + 1):
        at = data.find(b"\n", at) + 1
        if not at:
            return len(data)
    return at - 1


_FORMULA = re.compile(rb'(^|[,;\t|\n])="((?:[^"\r\n]|"")*)"(?=[,;\t|\r\n]|$)', re.MULTILINE)
_QUOTED_FORMULA = re.compile(rb'(^|[,;\t|\n])"=""((?:[^"\r\n]|"""")*)"""(?=[,;\t|\r\n]|$)', re.MULTILINE)


def _without_formulas(data: Held) -> bytes:
    """Cells written as ="…", which keeps spreadsheets from shortening ids, as plain quoted cells."""
    once = _QUOTED_FORMULA.sub(lambda match: match[1] + b'"' + match[2].replace(b'""', b'"') + b'"', data)
    return _FORMULA.sub(rb'\1"\2"', once)


def _decode(data: Held, dialect: Dialect, header_row: int | None, *, plain: bool = False) -> Decoded:
    """`plain` leaves every column as text."""
    complete = len(data) <= _HEAD
    head = data[:_HEAD].decode("utf-8", errors="ignore")
    rows, starts = _head_rows(head, dialect, complete=complete)
    declared = re.match(r'^\ufeff?"?sep=(.)"?\s*$', head.split("\n", 1)[0])
    if declared and rows:
        rows[0] = []
    width = _width(rows)
    shape = _shape_of(rows, width, header_row)
    if any(len(rows[at]) > width for at in shape.header):
        width = max(len(rows[at]) for at in shape.header)
        shape = structure.find_shape([row[:width] for row in rows], header_row=header_row)
    if width > LIMIT_COLUMNS:
        raise UserError("tables.too_many_columns", found=width, limit=LIMIT_COLUMNS)
    body_rows = [row for row in rows[shape.first :] if structure.filled(row)]
    if dialect.separator == ",":
        # Rows of many widths can hide the heading: the first row is tried as well.
        first = next((at for at, row in enumerate(rows) if structure.filled(row)), 0)
        places = [first] if header_row is None else []
        places += [shape.header[0]] if len(shape.header) == 1 and shape.header[0] not in places else []
        for place in places:
            if len(rows[place]) >= width or place + 1 >= len(starts):
                continue
            written = dialects.reader(io.StringIO(head[starts[place + 1] :], newline=""), dialect)
            as_written = [row for row in islice(written, len(rows) - place - 1) if structure.filled(row)]
            split = split_texts.find(rows[place], as_written) or (
                split_amounts.find(rows[place], as_written) if place in shape.header else None
            )
            if split is not None:
                at = len(head[: starts[place + 1]].encode("utf-8"))
                text, joined = split_amounts.rejoined(bytes(data[at:]).decode("utf-8", "replace"), dialect, split)
                quoting = replace(dialect, quote=dialect.quote or '"')
                found = _decode(bytes(data[:at]) + text.encode(), quoting, place, plain=plain)
                return replace(found, joined_rows=found.joined_rows + joined)
    typical = structure.typical_filled([row[:width] for row in body_rows])
    start = len(head[: starts[shape.first]].encode("utf-8")) if shape.first < len(starts) else len(data)
    end, cut = _end(data, start, dialect, width=width, typical=typical)
    body = memoryview(data)[start:end]
    quoted = dialect.quote is not None and data.find(dialect.quote.encode()) >= 0
    lines = quoted and any("\n" in cell or "\r" in cell for row in rows for cell in row)
    names = _row_names(rows, shape, width, dict(zip(shape.columns, shape.names, strict=True)))
    sure = _Sure({}, {})
    if len(body) > _LARGE and not lines and not plain:
        sure = _sure_types([*body_rows, *_rows_at(body, dialect)], names, width)
    columns = _fast(body, dialect, width, quoted=lines, types=sure.types) if sure.types else None
    if columns is None or not _all_finite(columns):
        sure = _Sure({}, {})
        columns = _fast(body, dialect, width, quoted=lines)
    if columns is None and quoted and not lines:
        # a line break inside quotes further down puts the fast reader out of step, which it notices
        columns = _fast(body, dialect, width, quoted=True)
    odd = _Odd()
    if columns is not None and quoted and _swallows_lines(columns, body, dialect, width):
        mended = repair.without_stray_quotes(bytes(body), dialect)
        if len(mended) < len(body):
            body = memoryview(mended)
            columns = _fast(body, dialect, width, quoted=lines)
    if columns is not None and quoted and _never_closed(columns, body, dialect):
        dialect = replace(dialect, quote=None)
        columns = _fast(body, dialect, width, quoted=False)
    if columns is None:
        text = bytes(repair.without_stray_quotes(bytes(body), dialect)).decode("utf-8", "replace")
        amounts = frozenset(at for at, name in names.items() if names_of.names_an_amount(name))
        profile = alignment.profile_of(body_rows, width, dialect.separator or "", amounts=amounts)
        columns, odd = _careful(text, dialect, profile)
        if columns.num_columns > width:  # a column that begins further down
            added = columns.num_columns - 1
            width += 1
            columns = columns.select([str(at) for at in range(width)])
            names = {**names, added: ""}
    kept = columns.select([str(at) for at in range(width)])
    places = [at for at in range(width) if names.get(at) or kept.column(at).null_count < len(kept)]
    return Decoded(
        columns=kept.select(places),
        names=tuple(names.get(at, "") for at in places),
        header=shape.header,
        separator=dialect.separator,
        typical=typical,
        short_rows=odd.short,
        long_rows=odd.long,
        comments=odd.comments,
        joined_rows=odd.joined,
        odd_rows=tuple(odd.rows),
        left_out_rows=odd.left_out,
        cut_rows=cut,
        iso_formats={to: sure.formats[at] for to, at in enumerate(places) if at in sure.formats},
    )


def _shape_of(rows: Sequence[Sequence[str]], width: int, header_row: int | None) -> structure.Shape:
    """Where the table is; rows below the first of the right length that have cells too many say nothing about it."""
    named = next((at for at, row in enumerate(rows) if len(row) == width and structure.filled(row)), len(rows))
    odd = {at for at, row in enumerate(rows) if at > named and len(row) > width and any(row[width:])}
    if len(odd) > len(rows) / 3:
        odd = set()
    shape = structure.find_shape(
        [[] if at in odd else row[:width] for at, row in enumerate(rows)], header_row=header_row
    )
    first = shape.first
    while first - 1 in odd and (not shape.header or first - 1 > shape.header[-1]):
        first -= 1
    return replace(shape, first=first)


@dataclass(frozen=True)
class _Sure:
    """Columns of which a sample leaves no doubt: place → type, and how moments are written."""

    types: Mapping[int, pa.DataType]
    formats: Mapping[int, str]


def _sure_types(rows: Sequence[Sequence[str]], names: Mapping[int, str], width: int) -> _Sure:
    """Columns that can be decoded as decimals or moments at once: by the rules of `columns`, from more rows."""
    types: dict[int, pa.DataType] = {}
    formats: dict[int, str] = {}
    missing = frozenset(MISSING)
    full = [row for row in rows if len(row) == width]
    for at in range(width):
        cells = [row[at] for row in full if row[at] not in missing]
        if columns_of.are_plain_decimals(cells, names.get(at, "")):
            types[at] = pa.float64()
        elif columns_of.are_iso_moments(cells):
            types[at], formats[at] = pa.timestamp("us"), columns_of.iso_format(cells)
    return _Sure(types, formats)


def _rows_at(body: memoryview, dialect: Dialect) -> list[list[str]]:
    """Some records from the middle and from the end."""
    found: list[list[str]] = []
    for start in (len(body) // 2, len(body) - _STRETCH):
        part = bytes(body[start : start + _STRETCH])
        inside = part[part.find(b"\n") + 1 : part.rfind(b"\n") + 1].decode("utf-8", "replace")
        found += [[cell.strip() for cell in row] for row in dialects.parse(inside, dialect)]
    return found


def _all_finite(columns: pa.Table) -> bool:
    decimals = [column for column in columns.columns if pa.types.is_floating(column.type)]
    return all(pc.all(pc.is_finite(column)).as_py() is not False for column in decimals)


def _row_names(
    rows: Sequence[Sequence[str]], shape: structure.Shape, width: int, names: dict[int, str]
) -> dict[int, str]:
    """A heading one cell shorter than its rows, which begin with a row name, as R writes it.

    The first cells then differ from row to row. The types implied by the headings (dates, e-mails, amounts) decide
    if possible, since the extra cell may also be at the end.
    """
    if len(shape.header) != 1 or len(rows[shape.header[0]]) != width - 1 or width < 3:
        return names
    body = [row for row in rows[shape.first : shape.first + 200] if len(row) == width]
    first = [row[0] for row in body]
    if len(first) < 2 or len(set(first)) < len(first) or not all(first):
        return names
    heading = rows[shape.header[0]]
    as_they_are, moved = (_kept_promises(heading, [row[start:] for row in body]) for start in (0, 1))
    if as_they_are > moved or (as_they_are == moved and not any(row[-1] for row in body)):
        return names
    if as_they_are == moved and names_of.names_an_identifier(heading[0]):
        counted = all(cell.isdigit() for cell in first) and all(
            int(later) > int(earlier) for earlier, later in pairwise(first)
        )
        if not counted:
            return names
    return {at + 1: name for at, name in names.items() if at < width - 1}


def _kept_promises(heading: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    """The number of headings for dates, numbers or e-mails above matching values, minus the number above others."""
    kept = 0
    for at, name in enumerate(heading):
        kinds = Counter(structure.kind(row[at]) for row in body if at < len(row) and row[at])
        found = kinds.most_common(1)[0][0] if kinds else "E"
        if names_of.names_a_moment(name):
            kept += 1 if found == "D" else -1
        elif names_of.names_an_amount(name):
            kept += 1 if found == "N" else -1
        elif "mail" in name.casefold():
            kept += 1 if found == "M" else -1
    return kept


class _Lines(Iterator[str]):
    """Lines of a text, with a count of the signs handed out."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.given = 0

    def __next__(self) -> str:
        line = next(self._lines)
        self.given += len(line)
        return line


def _head_rows(head: str, dialect: Dialect, *, complete: bool) -> tuple[list[list[str]], list[int]]:
    """The first records, stripped, and where each starts (one more than there are records, if the text ends)."""
    lines = _Lines(head)
    rows: list[list[str]] = []
    starts = [0]
    try:
        for row in dialects.reader(lines, dialect):
            rows.append([cell.strip() for cell in row])
            starts.append(lines.given)
            if len(rows) >= _HEAD_ROWS:
                break
    except csv.Error:
        pass
    if not complete and len(rows) > 1 and lines.given >= len(head):
        rows.pop()
        starts.pop()
    return rows, starts


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells the records have: what most rows have, of several the first."""
    full = [len(row) for row in rows if structure.filled(row) and not structure.is_comment(row)]
    several = [width for width in full if width > 1]
    if not several or len(several) < 0.2 * len(full):
        return max(1, full[0] if full else 1)
    counts = Counter(several)
    top = max(counts.values())
    return next(width for width in several if counts[width] == top)


def _end(data: Held, start: int, dialect: Dialect, *, width: int, typical: float) -> tuple[int, int]:
    """Where the records end: remarks below them, with another number of cells, are left out; and how many."""
    if width < 2:
        return len(data), 0
    from_here = max(start, len(data) - _TAIL)
    tail = data[from_here:]
    if from_here > start:
        skip = tail.find(b"\n") + 1
        from_here, tail = from_here + skip, tail[skip:]
    lines = tail.splitlines(keepends=True)
    end, rows = len(data), []
    for line in reversed(lines[-80:]):
        parsed = dialects.parse(line.decode("utf-8", "replace"), dialect)
        row = [cell.strip() for cell in parsed[0]] if parsed else []
        if len(row) == width or (structure.filled(row) > 2) or line.count((dialect.quote or '"').encode()) % 2:
            break
        rows.append(row)
        end -= len(line)
    if not rows or end <= start:
        return len(data), 0
    rows.reverse()
    usual = [["x"] * round(typical)] * 3
    left_out, _ = structure.foot_length([*usual, *rows], range(width), typical=typical)
    if left_out < len(rows):
        return len(data), 0
    return end, sum(1 for row in rows if structure.filled(row))


def _fast(
    body: memoryview,
    dialect: Dialect,
    width: int,
    *,
    quoted: bool,
    types: Mapping[int, pa.DataType] = MappingProxyType({}),
) -> pa.Table | None:
    """All columns by Arrow, as text where no type is given, or None where rows are odd and need the careful road."""
    part = dialect.separator or "\x1e"
    if dialect.blank_after or len(part.encode()) > 1:
        return None
    if not len(body):
        return _nothing(width)
    odd = 0

    def refuse(row: arrow_csv.InvalidRow) -> str:
        nonlocal odd
        odd += 1
        return "skip" if odd < 1000 else "error"

    names = [str(at) for at in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(body),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=1 << 22),
            parse_options=arrow_csv.ParseOptions(
                delimiter=part,
                quote_char=dialect.quote or False,
                escape_char=dialect.escape or False,
                newlines_in_values=quoted,
                invalid_row_handler=refuse,
            ),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False,
                column_types={name: types.get(at, pa.large_string()) for at, name in enumerate(names)},
                null_values=list(MISSING),
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if odd:
        return None
    _check_size(len(table), width)
    return table


def _never_closed(columns: pa.Table, body: memoryview, dialect: Dialect) -> bool:
    """Whether the last record swallowed lines to the end of the file: some quote was opened and never closed."""
    closing = (dialect.quote or "").encode()
    if not len(columns) or bytes(body[-64:]).rstrip().endswith(closing):
        return False
    last = columns.slice(len(columns) - 1).to_pylist()[0]
    cells = [cell for cell in last.values() if cell is not None]
    if not cells or "\n" not in str(cells[-1]).rstrip("\n"):
        return False
    return all(cell is None for cell in list(last.values())[list(last.values()).index(cells[-1]) + 1 :])


def _nothing(width: int) -> pa.Table:
    return pa.table({str(at): pa.array([], pa.string()) for at in range(width)})


@dataclass
class _Odd:
    """What was odd about rows that were read one by one."""

    short: int = 0
    long: int = 0
    comments: int = 0
    joined: int = 0
    left_out: int = 0
    rows: list[OddRow] = field(default_factory=list)


def _swallows_lines(columns: pa.Table, body: memoryview, dialect: Dialect, width: int) -> bool:
    """Whether some cell holds a line break and, behind it, as many separators as a whole record."""
    signs = np.frombuffer(body, np.uint8)
    breaks = sum(int(np.count_nonzero(signs[at : at + _CHUNK] == 10)) for at in range(0, len(signs), _CHUNK))
    if breaks <= len(columns) + 1 or dialect.separator is None:
        return False
    for column in columns.columns:
        if not columns_of.is_text(column.type):
            continue
        several = pc.fill_null(pc.match_substring(column, "\n"), False)
        if pc.any(several).as_py():
            behind = pc.replace_substring_regex(column.filter(several), r"^[^\n]*\n", "")
            lines = pc.list_flatten(pc.split_pattern(behind, "\n"))
            if pc.any(pc.greater_equal(pc.count_substring(lines, dialect.separator), max(1, width - 2))).as_py():
                return True
    return False


_CHUNK = 1 << 24


def _careful(text: str, dialect: Dialect, profile: alignment.Profile) -> tuple[pa.Table, _Odd]:
    """Row by row: short rows are filled up, lone comments left out, and of long rows the cells that belong together
    are joined; and what was odd."""
    try:
        return _by_rows(text, dialect, profile)
    except csv.Error:  # a quote that never closes
        return _by_rows(text, Dialect(dialect.separator, None), profile)


def _by_rows(text: str, dialect: Dialect, profile: alignment.Profile) -> tuple[pa.Table, _Odd]:
    width = profile.width
    most_cells = _MOST_ADDED + _MOST_ADDED_PER_SIGN * len(text)
    odd, total = _Odd(), 0
    missing = frozenset(MISSING)
    batches: list[pa.RecordBatch] = []
    rows: list[list[str]] = []
    schema = pa.schema([(str(at), pa.string()) for at in range(width)])
    long_rows: dict[int, list[str]] = {}

    def flush() -> None:
        columns = zip(*rows, strict=True)
        arrays = [pa.array([None if cell in missing else cell for cell in column], pa.string()) for column in columns]
        batches.append(pa.record_batch(arrays, schema=schema))
        rows.clear()

    for row in dialects.reader(io.StringIO(text, newline=""), dialect):
        if not row or (len(row) == 1 and not row[0].strip()):
            continue
        if len(row) != width:
            if structure.is_comment(row) and width > 1:
                odd.comments += 1
                continue
            if len(row) < width:
                odd.short += 1
                row = row + [""] * (width - len(row))
            elif any(cell.strip() for cell in row[width:]):
                long_rows[total] = row
                row = [""] * width
            else:
                row = row[:width]
        rows.append(row)
        total += 1
        if total * width > most_cells:
            raise UserError("tables.too_many_cells", rows=total, columns=width, limit=most_cells)
        if len(rows) >= _BATCH or len(rows) * width >= _BATCH_CELLS:
            _check_size(total, width)
            flush()
    if rows:
        flush()
    table = pa.Table.from_batches(batches, schema=schema)
    return (_with_long_rows(table, long_rows, profile, odd), odd) if long_rows else (table, odd)


_MOST_ADDED, _MOST_ADDED_PER_SIGN = 2_000_000, 40
"""Cells, in all and for each sign of a text, that short rows may be filled up to."""
_MOST_LONG = 200_000


def _with_long_rows(
    table: pa.Table, long_rows: Mapping[int, list[str]], profile: alignment.Profile, odd: _Odd
) -> pa.Table:
    """The rows that have cells too many, in the places that were kept for them, as far as they can be read."""
    width, missing = profile.width, frozenset(MISSING)
    added = _added_place(long_rows, len(table), profile)
    extra: dict[int, str] = {}
    kept = np.ones(len(table), dtype=bool)
    made: list[list[str]] = []
    for at, row in long_rows.items():
        if added is not None:
            extra[at] = row[added]
            made.append([*row[:added], *row[added + 1 :]])
            continue
        whole = alignment.aligned(row, profile) if len(made) < _MOST_LONG else None
        if whole is None:
            kept[at] = False
            odd.left_out += 1
            if len(odd.rows) < MOST_ODD_ROWS:
                odd.rows.append(OddRow(at + 1, tuple(row)))
            made.append([""] * width)
        elif whole == row[:width]:
            odd.long += 1
            made.append(whole)
        else:
            odd.joined += 1
            made.append(whole)
    columns = [[None if cell in missing else cell for cell in column] for column in zip(*made, strict=True)]
    mended = pa.table({str(at): pa.array(column, pa.string()) for at, column in enumerate(columns)})
    order = np.arange(len(table))
    order[list(long_rows)] = len(table) + np.arange(len(made))
    both = pa.concat_tables([table, mended]).take(pa.array(order))
    if extra:
        values = [extra.get(at) or None for at in range(len(both))]
        both = both.append_column(str(width), pa.array(values, pa.string()))
    return both if kept.all() else both.filter(pa.array(kept))


_LEAST_ADDED = 3


def _added_place(long_rows: Mapping[int, list[str]], rows: int, profile: alignment.Profile) -> int | None:
    """The place of a column that all rows have from some row on, and the heading has not; None where there is none."""
    first = min(long_rows)
    several = len(long_rows) >= max(_LEAST_ADDED, 0.9 * (rows - first))
    if not several or first == 0 or {len(row) for row in long_rows.values()} != {profile.width + 1}:
        return None
    return alignment.added_column(list(long_rows.values()), profile)


def _check_size(rows: int, columns: int) -> None:
    if rows > LIMIT_ROWS:
        raise UserError("tables.too_many_rows", found=rows, limit=LIMIT_ROWS)
    if rows * columns > LIMIT_CELLS:
        raise UserError("tables.too_many_cells", rows=rows, columns=columns, limit=LIMIT_CELLS)
