"""One upload → one table: unwrap, decode, decide, tidy."""

import csv
import io
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib.errors import Fact, UserError
from lib.logs import event
from lib.parsing.compression import compression_of
from lib.parsing.dates import DateColumn, DateOrder
from lib.tables import (
    cell_lists,
    columnar,
    columns,
    decode_worker,
    delimited,
    ditto,
    encodings,
    fixed_width,
    markup,
    names,
    priced_choices,
    programs,
    quoted_twice,
    reports,
    sql_dump,
    structure,
    turned,
    unwrap,
    workbooks,
)
from lib.tables import dialect as dialects
from lib.tables.limits import LIMIT_BYTES
from lib.tables.memory import LARGE, Held, keep_freed
from lib.tables.table import DecodedTable, ReadNote, Table

_logger = logging.getLogger(__name__)

Progress = Callable[[float, str], None]
"""Called with the share done, 0 to 1, and the text key of the step."""


def quiet(share: float, step: str) -> None:
    """Progress that is ignored."""


@dataclass(frozen=True)
class ReadOptions:
    """What the user decided instead of us; None means: decide."""

    encoding: str | None = None
    separator: str | None = None
    header_row: int | None = None
    """Counted from 0 over the records of the file; -1 for none."""


MOST_NAMED = 12
"""Sheets that a note names."""
_OURS = ReadOptions()


def read_table(
    data: Held,
    name: str,
    *,
    sheet: str | None = None,
    date_orders: Mapping[str, DateOrder] | None = None,
    options: ReadOptions = _OURS,
    progress: Progress = quiet,
) -> Table:
    """The table in an upload. `name` is the file's name; `sheet` the worksheet, where not the likeliest.

    `date_orders` corrects columns whose dates can be read two ways: column → `day` or `month`, what comes first.
    Raises UserError with a key `tables.…` for whatever is no table: it never guesses from a damaged file.
    """
    if len(data) > LIMIT_BYTES:
        raise UserError("tables.too_big", name=name, found=len(data) / 1024**2, limit=LIMIT_BYTES / 1024**2)
    began = time.monotonic()
    progress(0.0, "tables.step_open")
    if len(data) > LARGE:
        keep_freed()
    progress(0.1, "tables.step_decode")
    orders = date_orders or {}
    try:
        if (content := _small_text(data, name)) is not None:
            decoded = decode_content(content, sheet, orders, options)
        else:
            decoded = decode_worker.read(data, name, sheet=sheet, date_orders=orders, options=vars(options))
    except csv.Error:
        raise UserError("tables.damaged", name=name) from None
    progress(0.9, "tables.step_columns")
    table = decoded.table()
    if table.frame.empty:
        raise UserError("tables.no_rows", name=name, columns=[str(column) for column in table.frame.columns][:12])
    progress(1.0, "tables.step_done")
    event(
        _logger,
        "read",
        seconds=time.monotonic() - began,
        bytes=len(data),
        rows=len(table.frame),
        columns=table.frame.shape[1],
        format=table.format,
        notes=len(table.notes),
    )
    return replace(table, name=name, source=data)


def _parts(data: Held, name: str) -> tuple[tuple[str, Held], ...]:
    """As `unwrap.parts`; what may hold several files is opened by a worker."""
    if data[:2] == b"PK" or unwrap.is_tar(name) or sql_dump.is_sql_dump(data):
        return decode_worker.parts(data, name)
    return ((name, data),)


SMALL_TEXT = 512 * 1024
"""Bytes of a text that is decoded where it lies if it is ordinary."""
_LONGEST_LINE = 4_096
_MOST_SEPARATORS = 200
_ALIKE = 0.95
"""Share of an ordinary text's lines that have the same number of separators."""
_UNUSUAL_START = b"<{[-/#(\\"
_SHORT_QUOTED = re.compile(rb'"[^"\n]{0,1000}"')


def is_ordinary(data: bytes) -> bool:
    """Whether a text is plainly a table, so that reading it costs what its bytes cost: lines of a moderate length, of
    which nearly all have the same number of separators, not too many. All other texts are read by a worker."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"", *(bytes((sign,)) for sign in _UNUSUAL_START)):
        return False
    lines = [line for line in _SHORT_QUOTED.sub(b"", data).split(b"\n") if line.strip(b"\r ,;\t|")]
    if not lines or max(map(len, data.split(b"\n"))) > _LONGEST_LINE or data.count(b"\n") > 2 * len(lines) + 10:
        return False
    for separator in b",;\t|":
        counts = [line.count(separator) for line in lines]
        usual, times = Counter(counts).most_common(1)[0]
        if usual and max(counts) <= _MOST_SEPARATORS and times >= _ALIKE * len(lines):
            return True
    return False


def prepare(head: bytes, size: int) -> None:
    """A file is arriving that begins with `head` and has so many bytes by now: what will decode it starts meanwhile."""
    if _decoded_apart(head, size):
        decode_worker.TEMPLATE.prepare()


def _decoded_apart(head: Held, size: int) -> bool:
    return size > SMALL_TEXT or head[:2] == b"PK" or compression_of(head[:16]) is not None


def _small_text(data: Held, name: str) -> unwrap.Content | None:
    if _decoded_apart(data[:16], len(data)):
        return None
    if not is_ordinary(data[:]):
        return None
    content = unwrap.unwrap(data, name)
    return content if content.kind == "text" else None


def decode(
    data: Held, name: str, *, sheet: str | None, date_orders: Mapping[str, DateOrder], options: ReadOptions
) -> DecodedTable:
    """All of the reading, for the process that is set apart for it (`decode_worker`). Raises UserError."""
    return decode_content(unwrap.unwrap(data, name), sheet, date_orders, options)


def decode_content(
    content: unwrap.Content, sheet: str | None, date_orders: Mapping[str, DateOrder], options: ReadOptions
) -> DecodedTable:
    """As `decode`, of a file that is unwrapped. Raises UserError."""
    if content.kind == "text":
        return _from_text(content, date_orders, options)
    if content.kind in ("workbook", "markup"):
        return _from_workbook(content, sheet, date_orders, options)
    return _from_columns(content, date_orders)


def read_tables(
    files: Sequence[tuple[str, Held]],
    *,
    sheet: str | None = None,
    date_orders: Mapping[str, DateOrder] | None = None,
    alike: bool = True,
    progress: Progress = quiet,
) -> tuple[Table, ...]:
    """Several files, (name, bytes) each, as tables that agree: what one file settles about a date column holds for all.

    January alone may allow two readings of 03/01/2025; the export of February settles it. A zip of files with the same
    columns counts as these files; with `alike=False` so does any zip of tables.
    Raises UserError as `read_table` does, and `tables.no_files` where there is none.
    """
    if not files:
        raise UserError("tables.no_files")
    corrected = dict(date_orders or {})
    found = [(name, _parts(data, name)) for name, data in files]
    each = [(archive, name, data) for archive, inside in found for name, data in inside]

    def one(at: int, orders: Mapping[str, DateOrder]) -> Table:
        _, name, data = each[at]
        done = at / len(each)
        return read_table(
            data,
            name,
            sheet=sheet,
            date_orders=orders,
            progress=lambda share, step: progress(done + share / len(each), step),
        )

    tables = [one(at, corrected) for at in range(len(each))]
    for archive, inside in found:
        if alike and len(inside) > 1:
            _check_alike([table for table, (of, _, _) in zip(tables, each, strict=True) if of == archive], archive)
    for at, unlike in enumerate(date_orders_to_correct([table.dates for table in tables], corrected)):
        if unlike:
            tables[at] = one(at, corrected | unlike)
    return tuple(_with_heading_of(table, tables) for table in tables)


def _with_heading_of(table: Table, tables: Sequence[Table]) -> Table:
    """A file without a heading under that of another file with as many columns of the same kinds.

    Programs that split an export write the heading into its first part only.
    """
    if not any(note.key == "tables.note_no_header" for note in table.notes):
        return table
    kinds = [_kind_of(values) for _, values in table.frame.items()]
    for other in tables:
        if any(note.key == "tables.note_no_header" for note in other.notes):
            continue
        if [_kind_of(values) for _, values in other.frame.items()] == kinds:
            new = dict(zip(map(str, table.frame.columns), map(str, other.frame.columns), strict=True))
            kept = tuple(note for note in table.notes if note.key != "tables.note_no_header")
            return replace(
                table,
                frame=table.frame.set_axis(list(other.frame.columns), axis=1),
                dates={new.get(name, name): date for name, date in table.dates.items()},
                currencies={new.get(name, name): sign for name, sign in table.currencies.items()},
                unread={new.get(name, name): cells for name, cells in table.unread.items()},
                notes=(*kept, ReadNote("tables.note_heading_of", {"name": other.name})),
            )
    return table


def _kind_of(values: pd.Series) -> str:
    return "number" if values.dtype.kind in "iuf" else values.dtype.kind


def date_orders_to_correct(
    dates: Sequence[Mapping[str, DateColumn]], corrected: Mapping[str, DateOrder]
) -> list[dict[str, DateOrder]]:
    """Per table, the columns whose dates must be read again as the other tables of the history settle it.

    `dates`: of each table, how its columns were read; `corrected`: what the user decided, which nothing changes.
    """
    votes: dict[str, Counter[DateOrder]] = {}
    for table in dates:
        for column, read in table.items():
            if read.order != "year" and column not in corrected:
                votes.setdefault(column, Counter())[read.order] += 1000 if read.certain else 1
    agreed = dict(corrected) | {column: count.most_common(1)[0][0] for column, count in votes.items()}
    return [
        {
            column: agreed[column]
            for column, read in table.items()
            if column in agreed
            and not read.certain
            and (read.order != agreed[column] or (column in votes and votes[column].total() >= 1000))
        }
        for table in dates
    ]


def _check_alike(tables: Sequence[Table], archive: str) -> None:
    """Files of one archive are one history only if they have the same columns."""
    headers = {frozenset(str(column).casefold() for column in table.frame.columns) for table in tables}
    if len(headers) > 1:
        names = [table.name for table in tables[:5]]
        raise UserError("tables.several_in_zip", name=archive, count=len(tables), files=names)


MOST_PROGRAM_TEXT = 64 * 1024 * 1024
"""Longer texts are read as they are."""


def _from_text(content: unwrap.Content, orders: Mapping[str, DateOrder], options: ReadOptions) -> DecodedTable:
    if content.data[-1:] == b"\x1a":  # the end of a file, to programs of long ago
        content = replace(content, data=content.data[:-1])
    encoding = options.encoding or encodings.find_encoding(content.data)
    text = encodings.to_utf8(content.data, encoding, valid=options.encoding is None and encoding == "utf-8")
    text = with_plain_quotes(encodings.encoded_once(text))
    by_places = report = None
    if options.separator is None and options.header_row is None:
        if len(text) <= MOST_PROGRAM_TEXT:
            text = programs.plain_table(bytes(text[:])) or text
        by_places = fixed_width.with_tabs(text)
        report = None if by_places else _report(text)
        text = by_places or _upright_text(text) or (text if report is None else _as_csv(report.rows))
    decoded = delimited.decode(
        text,
        separator=options.separator,
        header_row=options.header_row,
    )
    notes = [
        ReadNote(key, {"count": count})
        for key, count in (
            ("tables.note_short_rows", decoded.short_rows),
            ("tables.note_long_rows", decoded.long_rows),
            ("tables.note_joined_rows", decoded.joined_rows),
            ("tables.note_left_out_rows", decoded.left_out_rows),
            ("tables.note_headings", decoded.headings if decoded.headings > 1 else 0),
            ("tables.note_comments", decoded.comments),
        )
        if count
    ]
    if report is not None:
        notes.insert(0, ReadNote(report.key, {}))
    if decoded.other_tables:
        others: Mapping[str, Fact] = {"count": decoded.other_tables, "rows": decoded.other_rows}
        notes.insert(0, ReadNote("tables.note_other_tables", others))
    made = _tidy(
        decoded.columns, decoded.names, typical=decoded.typical, header=bool(decoded.header), cut=decoded.cut_rows
    )
    forms = {name: decoded.iso_formats[at] for at, name in enumerate(made.columns) if at in decoded.iso_formats}
    typed = columns.typed(made.columns, date_orders=orders, iso_formats=forms)
    table = _table(
        content,
        typed,
        notes=(*notes, *made.notes),
        header=decoded.header,
        encoding={"utf-8-sig": "utf-8", "utf8": "utf-8"}.get(encoding, encoding),
        separator=decoded.separator if by_places is None else dialects.WHITESPACE,
    )
    return replace(table, left_out=tuple(odd.cells for odd in decoded.odd_rows))


_FEW_LINES = 70


def _upright_text(text: Held) -> bytes | None:
    """The text of a table that lies on its side, standing; None where it stands."""
    if len(text) > SMALL_TEXT or bytes(text[:]).count(b"\n") > _FEW_LINES:
        return None
    plain = text[:].decode("utf-8", "replace")
    found = turned.upright(dialects.parse(plain, dialects.find_dialect(plain, complete=True)))
    if found is None:
        return None
    return _as_csv(found)


def _as_csv(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _report(text: Held) -> reports.Report[str] | None:
    """A small text that is a report, as a table of records; None for any other."""
    if len(text) > SMALL_TEXT:
        return None
    plain = text[:].decode("utf-8", "replace")
    return reports.as_records(dialects.parse(plain, dialects.find_dialect(plain, complete=True)))


_CURLY_CELL = re.compile('^[“„«][^“”„«»"\r\n]*[”“»]([,;\t|])[“„«]')
_CURLY = {
    end: (
        re.compile(f"(^|(?<=[”“»]){re.escape(end)})[“„«]", re.MULTILINE),
        re.compile(f'[”“»](?=(?:{re.escape(end)}"|\r?$))', re.MULTILINE),
    )
    for end in ",;\t|"
}


def with_plain_quotes(text: Held) -> Held:
    """A text of which a word processor made the quotes around cells curly, with plain ones; any other as it is."""
    if text[:3] not in ("“".encode(), "„".encode()) and text[:2] != "«".encode():
        return text
    whole = text[:].decode("utf-8", "replace")
    first = _CURLY_CELL.match(whole)
    if first is None or '"' in whole:
        return text
    opening, closing = _CURLY[first[1]]
    return closing.sub('"', opening.sub(r'\1"', whole)).encode()


def _from_workbook(
    content: unwrap.Content,
    sheet: str | None,
    orders: Mapping[str, DateOrder],
    options: ReadOptions,
) -> DecodedTable:
    read_sheet = workbooks.read_workbook if content.kind == "workbook" else markup.read_markup
    found = read_sheet(content, sheet=sheet, header_row=options.header_row)
    if found.columns.num_columns == 1 and (text := _as_lines(found)) is not None:
        read = _from_text(replace(content, kind="text", data=text), orders, ReadOptions())
        return replace(read, sheet=found.name, sheets=found.names)
    made = _tidy(found.columns, found.headers, typical=found.typical, header=bool(found.header), cut=0)
    decimals = {name: "." for name, holds in zip(made.columns, found.decimals, strict=True) if holds}
    typed = columns.typed(made.columns, decimals=decimals, date_orders=orders)
    notes = list(made.notes)
    for key, count in (("tables.note_totals", found.totals), ("tables.note_remarks", found.remarks)):
        if count:
            notes.append(ReadNote(key, {"count": count}))
    if found.joined:
        about: Mapping[str, Fact] = {"count": len(found.joined), "sheets": found.joined[:MOST_NAMED]}
        notes.insert(0, ReadNote("tables.note_sheets_joined", about))
    if sheet is None and len(found.names) > max(1, len(found.joined)):
        about = {"sheet": found.name, "count": len(found.names), "others": len(found.names) - max(1, len(found.joined))}
        notes.insert(0, ReadNote("tables.note_sheets_left" if found.joined else "tables.note_sheet", about))
    if found.report:
        notes.insert(0, ReadNote(found.report, {}))
    if found.other_tables:
        notes.insert(0, ReadNote("tables.note_other_tables", {"count": found.other_tables, "rows": found.other_rows}))
    table = _table(content, typed, notes=notes, header=found.header)
    return replace(table, sheet=found.name, sheets=found.names)


def _as_lines(found: workbooks.Sheet) -> bytes | None:
    """The text of a sheet whose only column holds the lines of a text file; None where it holds something else."""
    cells = [str(cell) for cell in found.columns.column(0).drop_null().to_pylist()]
    lines = [*(name for name in found.headers if name), *cells]
    text = "\n".join(lines) + "\n"
    if len(lines) < 2 or not lines[0]:
        return None
    parted = dialects.find_dialect(text[:_LINES_LOOK], complete=len(text) <= _LINES_LOOK)
    if parted.separator not in (",", ";", "\t", "|"):
        return None
    widths = {len(row) for row in dialects.parse(text[:_LINES_LOOK], parted, limit=50)}
    return text.encode("utf-8") if parted.whole_line_quoted or (len(widths) == 1 and min(widths) > 2) else None


_LINES_LOOK = 100_000


def _from_columns(content: unwrap.Content, orders: Mapping[str, DateOrder]) -> DecodedTable:
    raw = columnar.read_columnar(content)
    unique, blank, twice = names.unique_names([name.rsplit("\x00", 1)[0] for name in raw])
    arrays = dict(zip(unique, raw.values(), strict=True))
    words = {name: values for name, values in arrays.items() if columns.is_text(values.type)}
    words |= {name: pc.cast(values, pa.string()) for name, values in arrays.items() if _may_count_time(name, values)}
    typed = columns.typed({name: _without_markers(values) for name, values in words.items()}, date_orders=orders)
    ids = {
        name: columns.TypedColumn(_readable_ids(values) if names.names_an_identifier(name) else values)
        for name, values in arrays.items()
        if name not in words
    }
    merged = {name: typed.by_name.get(name) or ids[name] for name in unique if name in typed.by_name or name in ids}
    extra = {name: column for name, column in typed.by_name.items() if name not in merged}
    together = columns.with_added_parts({**merged, **extra}, arrays)
    notes = (note for name, column in together.items() if name in ids for note in column.notes)
    both = columns.TypedColumns(together, typed.decimal, (*typed.notes, *notes))
    return _table(content, both, notes=_named_notes(blank, twice), header=())


def _may_count_time(name: str, values: pa.ChunkedArray) -> bool:
    """Whole numbers in a column named like dates: seconds since 1970, 20250131, a spreadsheet's days."""
    return pa.types.is_integer(values.type) and names.names_a_moment(name) and not names.names_an_identifier(name)


def _without_markers(values: pa.ChunkedArray) -> pa.ChunkedArray:
    text = pc.cast(values, pa.string())
    empty = pc.is_in(text, value_set=pa.array(delimited.MISSING))
    return pc.if_else(empty, pa.scalar(None, pa.string()), text) if pc.any(empty).as_py() else text


def _readable_ids(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """17850.0 → 17850: ids that became decimals because some are missing."""
    if not pa.types.is_floating(values.type):
        return values
    known = values.drop_null()
    if not pc.all(pc.equal(pc.floor(known), known)).as_py() or not pc.all(pc.less(pc.abs(known), 2.0**53)).as_py():
        return values
    return pc.cast(pc.cast(values, pa.int64()), pa.string()) if values.null_count else pc.cast(values, pa.int64())


@dataclass(frozen=True)
class _Tidy:
    columns: Mapping[str, pa.ChunkedArray]
    notes: tuple[ReadNote, ...]


def _tidy(table: pa.Table, headers: Sequence[str], *, typical: float, header: bool, cut: int) -> _Tidy:
    """Unique names; without blank rows, repeated headers, and totals and remarks at the foot."""
    if header and quoted_twice.are_quoted(headers):
        headers = [name[1:-1] for name in headers]
        table = quoted_twice.without_quotes(table)
    unique, blank, twice = names.unique_names(headers)
    notes = list(_named_notes(blank if header else 0, twice))
    if not header and table.num_columns:
        notes.append(ReadNote("tables.note_no_header", {}))
    table = table.rename_columns(list(unique))
    table = _without_rule(table)
    table, blank_rows = _without_blank_rows(table)
    if blank_rows:
        notes.append(ReadNote("tables.note_blank_rows", {"count": blank_rows}))
    if header:
        table, again = _without_repeated_header(table, headers)
        if again:
            notes.append(ReadNote("tables.note_repeated_header", {"count": again}))
    tail = table.slice(max(0, len(table) - 200)).to_pydict()
    rows = [["" if cell is None else str(cell).strip() for cell in row] for row in zip(*tail.values(), strict=True)]
    left_out, totals = structure.foot_length(rows, range(table.num_columns), typical=typical)
    table = table.slice(0, len(table) - left_out)
    if totals:
        notes.append(ReadNote("tables.note_totals", {"count": totals}))
    if remarks := left_out - totals + cut:
        notes.append(ReadNote("tables.note_remarks", {"count": remarks}))
    kept: Mapping[str, pa.ChunkedArray] = {name: table.column(at) for at, name in enumerate(unique)}
    kept, same = ditto.with_cells_above(kept)
    if same:
        notes.append(ReadNote("tables.note_ditto", {"count": same}))
    kept, priced = priced_choices.with_prices(kept)
    if priced:
        notes.append(ReadNote("tables.note_priced_choices", {"column": priced}))
    if (parted := cell_lists.with_a_row_per_line(kept)) is not None:
        notes.append(ReadNote("tables.note_cell_lists", {}))
        kept = parted
    return _Tidy(kept, tuple(notes))


def _named_notes(blank: int, twice: int) -> tuple[ReadNote, ...]:
    counted = (("tables.note_blank_names", blank), ("tables.note_same_names", twice))
    return tuple(ReadNote(key, {"count": count}) for key, count in counted if count)


def _without_blank_rows(table: pa.Table) -> tuple[pa.Table, int]:
    """Rows in which no cell holds anything but blanks."""
    if not table.num_columns or not len(table):
        return table, 0
    blank: np.ndarray[tuple[int], np.dtype[np.int64]] | None = None  # the places of rows that are blank so far
    # columns that were decoded as numbers or dates hold no blanks: they tell at once
    by_cost = sorted(table.columns, key=lambda values: (values.null_count, columns.is_text(values.type)))
    for column in by_cost:
        if column.null_count == 0 and not columns.is_text(column.type):
            return table, 0
        missing = pc.is_null(column)
        if columns.is_text(column.type):
            missing = pc.or_kleene(missing, pc.fill_null(pc.utf8_is_space(column), False))
        empty = np.asarray(missing)
        blank = np.flatnonzero(empty) if blank is None else blank[empty[blank]]
        if not len(blank):
            return table, 0
    if blank is None:
        return table, 0
    keep = np.ones(len(table), dtype=bool)
    keep[blank] = False
    return table.filter(pa.array(keep)), len(blank)


def _without_rule(table: pa.Table) -> pa.Table:
    """A line of dashes under the header, as in a table written by hand."""
    cells = [cell.as_py() for column in table.columns for cell in column[:1]]
    ruled = [str(cell) for cell in cells if cell is not None and cell != ""]
    return table.slice(1) if ruled and all(re.fullmatch(r"\s*:?[-=+]{2,}:?\s*", cell) for cell in ruled) else table


def _without_repeated_header(table: pa.Table, headers: Sequence[str]) -> tuple[pa.Table, int]:
    """Files that were put one below the other repeat their header."""
    named = [(at, name) for at, name in enumerate(headers) if name]
    if len(named) < 2 or not len(table):
        return table, 0
    if not all(columns.is_text(table.column(at).type) for at, _ in named):
        return table, 0  # a header would not have been decoded as a number
    same: pa.ChunkedArray | None = None
    for at, name in named:
        equal = pc.fill_null(pc.equal(table.column(at), name), False)
        same = equal if same is None else pc.and_(same, equal)
        if not pc.any(same).as_py():
            return table, 0
    return table.filter(pc.invert(same)), int(pc.sum(same).as_py())


def _table(
    content: unwrap.Content,
    typed: columns.TypedColumns,
    *,
    notes: Sequence[ReadNote],
    header: Sequence[int],
    encoding: str | None = None,
    separator: str | None = None,
) -> DecodedTable:
    return DecodedTable(
        columns=pa.table({name: column.values for name, column in typed.by_name.items()}),
        name=content.name,
        format=content.suffix,
        encoding=encoding,
        separator=separator,
        decimal=typed.decimal,
        header_row=header[-1] if header else None,
        dates={name: column.date for name, column in typed.by_name.items() if column.date is not None},
        currencies={
            name: column.currencies[0] for name, column in typed.by_name.items() if len(column.currencies) == 1
        },
        notes=(*notes, *typed.notes),
        unread={name: column.unread for name, column in typed.by_name.items() if column.unread},
    )
