"""Text with separators → columns of text: decoded by Arrow in one pass, by the careful road where rows are odd."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from lib.errors import UserError
from lib.tables import columns as columns_of
from lib.tables import dialect as dialects
from lib.tables import structure
from lib.tables.dialect import WHITESPACE, Dialect
from lib.tables.limits import LIMIT_CELLS, LIMIT_COLUMNS, LIMIT_ROWS
from lib.tables.memory import Held

_HEAD = 256 * 1024
_TAIL = 64 * 1024
_HEAD_ROWS = 1_000
_BATCH = 50_000
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
    "#N/A",
    "<NA>",
    "(null)",
    "\\N",
    "#NULL!",
    "#N/D",
    "#NV",
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
    dialect = dialects.find_dialect(head, complete=complete, separator=separator)
    if dialect.separator == WHITESPACE:
        lines = re.sub(rb"(?m)^[ \t]+|[ \t]+(?=\r?$)", b"", data)
        data = re.sub(rb"[ \t]+", b"\t", lines)
        return replace(_decode(data, Dialect("\t", None), header_row), separator=WHITESPACE)
    if dialect.whole_line_quoted:
        text = data[:].decode("utf-8")
        lines_out = (
            line.rstrip()[1:-1].replace('""', '"') if line[:1] == '"' and line.rstrip()[-1:] == '"' else line.rstrip()
            for line in io.StringIO(text)
        )
        data = "\n".join(lines_out).encode("utf-8")
        dialect = dialects.find_dialect(data[:_HEAD].decode("utf-8", errors="ignore"), complete=complete)
    return _decode(data, dialect, header_row)


_FORMULA = re.compile(rb'(^|[,;\t|\n])="((?:[^"\r\n]|"")*)"(?=[,;\t|\r\n]|$)', re.MULTILINE)
_QUOTED_FORMULA = re.compile(rb'(^|[,;\t|\n])"=""((?:[^"\r\n]|"""")*)"""(?=[,;\t|\r\n]|$)', re.MULTILINE)


def _without_formulas(data: Held) -> bytes:
    """Cells written as ="…", which keeps spreadsheets from shortening ids, as plain quoted cells."""
    once = _QUOTED_FORMULA.sub(lambda match: match[1] + b'"' + match[2].replace(b'""', b'"') + b'"', data)
    return _FORMULA.sub(rb'\1"\2"', once)


def _decode(data: Held, dialect: Dialect, header_row: int | None) -> Decoded:
    complete = len(data) <= _HEAD
    head = data[:_HEAD].decode("utf-8", errors="ignore")
    rows, starts = _head_rows(head, dialect, complete=complete)
    told = re.match(r'^\ufeff?"?sep=(.)"?\s*$', head.split("\n", 1)[0])
    if told and rows:
        rows[0] = []
    width = _width(rows)
    shape = structure.find_shape([row[:width] for row in rows], header_row=header_row)
    if any(len(rows[at]) > width for at in shape.header):
        width = max(len(rows[at]) for at in shape.header)
        shape = structure.find_shape([row[:width] for row in rows], header_row=header_row)
    if width > LIMIT_COLUMNS:
        raise UserError("tables.too_many_columns", found=width, limit=LIMIT_COLUMNS)
    body_rows = [row for row in rows[shape.first :] if structure.filled(row)]
    typical = structure.typical_filled([row[:width] for row in body_rows])
    start = len(head[: starts[shape.first]].encode("utf-8")) if shape.first < len(starts) else len(data)
    end, cut = _end(data, start, dialect, width=width, typical=typical)
    body = memoryview(data)[start:end]
    quoted = dialect.quote is not None and data.find(dialect.quote.encode()) >= 0
    lines = quoted and any("\n" in cell or "\r" in cell for row in rows for cell in row)
    names = _row_names(rows, shape, width, dict(zip(shape.columns, shape.names, strict=True)))
    sure = _Sure({}, {})
    if len(body) > _LARGE and not lines:
        sure = _sure_types([*body_rows, *_rows_at(body, dialect)], names, width)
    columns = _fast(body, dialect, width, quoted=lines, types=sure.types) if sure.types else None
    if columns is None or not _all_finite(columns):
        sure = _Sure({}, {})
        columns = _fast(body, dialect, width, quoted=lines)
    if columns is None and quoted and not lines:
        # a line break inside quotes further down puts the fast reader out of step, which it notices
        columns = _fast(body, dialect, width, quoted=True)
    short = long = comments = 0
    if columns is not None and quoted and _never_closed(columns, body, dialect):
        dialect = replace(dialect, quote=None)
        columns = _fast(body, dialect, width, quoted=False)
    if columns is None:
        columns, short, long, comments = _careful(bytes(body).decode("utf-8", "replace"), dialect, width)
    kept = columns.select([str(at) for at in range(width)])
    places = [at for at in range(width) if names.get(at) or kept.column(at).null_count < len(kept)]
    return Decoded(
        columns=kept.select(places),
        names=tuple(names.get(at, "") for at in places),
        header=shape.header,
        separator=dialect.separator,
        typical=typical,
        short_rows=short,
        long_rows=long,
        comments=comments,
        cut_rows=cut,
        iso_formats={to: sure.formats[at] for to, at in enumerate(places) if at in sure.formats},
    )


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
    """A header that is one cell shorter than its rows, which start with a number of their own: R writes it so."""
    if len(shape.header) != 1 or len(rows[shape.header[0]]) != width - 1 or width < 3:
        return names
    first = [row[0] for row in rows[shape.first : shape.first + 50] if len(row) == width]
    if len(first) < 2 or any(not cell.isdigit() for cell in first):
        return names
    if any(int(later) - int(earlier) != 1 for earlier, later in pairwise(first)):
        return names
    return {at + 1: name for at, name in names.items() if at < width - 1}


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


def _careful(text: str, dialect: Dialect, width: int) -> tuple[pa.Table, int, int, int]:
    """Row by row: short rows are filled up, long ones cut, lone comments left out; and how many of each."""
    try:
        return _by_rows(text, dialect, width)
    except csv.Error:  # a quote that never closes
        return _by_rows(text, Dialect(dialect.separator, None), width)


def _by_rows(text: str, dialect: Dialect, width: int) -> tuple[pa.Table, int, int, int]:
    short = long = comments = total = 0
    missing = frozenset(MISSING)
    batches: list[pa.RecordBatch] = []
    rows: list[list[str]] = []
    schema = pa.schema([(str(at), pa.string()) for at in range(width)])

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
                comments += 1
                continue
            if len(row) < width:
                short += 1
                row = row + [""] * (width - len(row))
            else:
                long += any(cell.strip() for cell in row[width:])
                row = row[:width]
        rows.append(row)
        total += 1
        if len(rows) >= _BATCH:
            _check_size(total, width)
            flush()
    if rows:
        flush()
    return pa.Table.from_batches(batches, schema=schema), short, long, comments


def _check_size(rows: int, columns: int) -> None:
    if rows > LIMIT_ROWS:
        raise UserError("tables.too_many_rows", found=rows, limit=LIMIT_ROWS)
    if rows * columns > LIMIT_CELLS:
        raise UserError("tables.too_many_cells", rows=rows, columns=columns, limit=LIMIT_CELLS)
