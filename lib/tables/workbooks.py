"""A workbook → the likeliest sheet's columns of text; sizes are checked before cells are read."""

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations

import pyarrow as pa
import python_calamine as calamine

from lib.errors import UserError
from lib.parsing import numbers
from lib.parsing.dates import is_date, parse_dates
from lib.tables import names as names_of
from lib.tables import reports, structure
from lib.tables.limits import LIMIT_COLUMNS, LIMIT_ROWS, LIMIT_SHEET_CELLS, LIMIT_TABLES
from lib.tables.told_twice import Told, first_told, tell_the_same, told_of
from lib.tables.unwrap import Content

Cell = int | float | str | bool | time | date | datetime | timedelta

_FILE_PASSWORD = re.compile(rb"\x09\x08[\x08\x10]\x00.{8,16}?(?:\x86\x00\x00\x00)?\x2f\x00[\x04-\xff]", re.DOTALL)
"""The record that begins an old workbook, followed by the one that says it is locked."""
_ROWS_REPEATED = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d+)")
_COLUMNS_REPEATED = re.compile(rb"number-columns-repeated\s*=\s*[\"'](\d+)")
_REFERENCE = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,7})[\"']")


@dataclass(frozen=True)
class Sheet:
    """The chosen sheet's columns of text (or those of several that are alike), and what was found around them."""

    name: str
    names: tuple[str, ...]
    """Of all sheets, in the workbook's order."""
    columns: pa.Table
    """Named `0`, `1`, …; blank rows are still in it."""
    headers: tuple[str, ...]
    header: tuple[int, ...]
    typical: float
    decimals: tuple[bool, ...]
    """Per column: whether it holds number cells with decimals, written with a point here."""
    joined: tuple[str, ...] = ()
    """The sheets that were put one below the other, where there were several."""
    totals: int = 0
    remarks: int = 0
    """Rows at the foot of joined sheets that are no records."""
    other_tables: int = 0
    other_rows: int = 0
    """Tables above or below the one that was read, in the same sheet, and their rows."""
    report: str = ""
    """The sentence that says how a report became a table of records; empty where it was one."""


_EMPTY_CELL, _TEXT_CELL, _NUMBER_CELL, _OTHER_CELL = range(4)


@dataclass(frozen=True)
class RawSheet:
    """A sheet's rows as text, merged cells filled."""

    name: str
    rows: list[list[str]]
    kinds: list[bytearray]
    """Per column, the kind of each row's cell."""
    fractions: list[bool]
    """Per column, whether a number cell has decimals."""
    shape: structure.Shape
    others: tuple[int, ...] = ()
    """Rows of each other table in the sheet, which are not read."""
    report: str = ""
    """The sentence that says how a report became a table of records."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Without case and outer blanks."""
        return tuple(" ".join(name.casefold().split()) for name in self.shape.names)

    def body(self) -> list[int]:
        """The places of the rows below the heading that are no comments."""
        lone = len(self.shape.columns) == 1
        return [at for at in range(self.shape.first, len(self.rows)) if lone or not structure.is_comment(self.rows[at])]


def read_workbook(content: Content, *, sheet: str | None, header_row: int | None) -> Sheet:
    """The asked-for sheet, else all that have the columns of the one that holds the most. Raises UserError."""
    _check_inside(content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content.data))
    except calamine.PasswordError:
        raise UserError("tables.password", name=content.name) from None
    except (calamine.CalamineError, OSError, ValueError):
        locked = content.suffix == "xls" and _FILE_PASSWORD.search(content.data) is not None
        raise UserError("tables.password" if locked else "tables.damaged", name=content.name) from None
    tables = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    if sheet is not None:
        if sheet not in {meta.name for meta in tables}:
            raise UserError("tables.no_such_sheet", sheet=sheet, sheets=[meta.name for meta in tables])
        wanted = [meta for meta in tables if meta.name == sheet]
    else:
        visible = [meta for meta in tables if meta.visible == calamine.SheetVisibleEnum.Visible]
        wanted = visible or tables
    if len(wanted) > LIMIT_TABLES:
        raise UserError("tables.too_many_tables", limit=LIMIT_TABLES)
    names = tuple(meta.name for meta in tables)
    raw = [_raw_sheet(book, meta.name, content, header_row) for meta in wanted]
    return sheet_of(raw, names, content, since_1904=_counts_from_1904(content))


def sheet_of(raw: Sequence[RawSheet], names: tuple[str, ...], content: Content, *, since_1904: bool = False) -> Sheet:
    """The sheet that holds the most, with those that have the same columns. Raises UserError where all are empty."""
    best = max(raw, key=_held, default=None)
    if best is None or not any(structure.filled(row) for row in best.rows):
        raise UserError("tables.empty", name=content.name)
    if not best.shape.header:
        named = (one for one in raw if one.shape.header and _goes_on(one, best))
        best = next(named, best)
    parts = _told_once(_alike(best, raw))
    if all(one is not best for one in parts):
        best = parts[0]
    if (dated := _dated_by_names(parts)) is not None:
        best = dated[next(at for at, one in enumerate(parts) if one is best)]
        parts = dated
    if len(parts) == 1:
        return _sheet(best, names, since_1904=since_1904)
    return _joined(best, parts, names, since_1904=since_1904)


_OF_DAYS = frozenset(
    (
        "day",
        "dia",
        "jour",
        "tag",
        "giorno",
        "dag",
        "dzien",
        "den",
        "gun",
        "zi",
        "date",
        "fecha",
        "datum",
        "data",
        "dato",
    )
)


_OF_MONTHS = frozenset(
    ("month", "mes", "monat", "mois", "mese", "maand", "year", "ano", "jahr", "annee", "anno", "jaar")
)


def _dated_by_names(parts: Sequence[RawSheet]) -> list[RawSheet] | None:
    """Sheets named for months, or with one in the title above their header, with whole dates in place of the days of
    the month; None for any others."""
    months = [_month_of(one) for one in parts]
    if not all(months):
        return None
    made: list[RawSheet] = []
    for one, month in zip(parts, months, strict=True):
        if any(_OF_MONTHS & set(names_of.tokens(name)) for name in one.shape.names):
            return None  # the rows say their months themselves
        named = zip(one.shape.columns, one.shape.names, strict=True)
        place = next((at for at, name in named if _OF_DAYS & set(names_of.tokens(name))), None)
        cells = [] if place is None else [(down, one.rows[down][place]) for down in one.body() if one.rows[down][place]]
        if place is None or not cells or not all(reports.DAY.fullmatch(cell) for _, cell in cells):
            return None
        if _has_dates(one):
            return None  # `Delivery day` beside `Order date`
        rows = [list(row) for row in one.rows]
        kinds = [bytearray(column) for column in one.kinds]
        for down, cell in cells:
            rows[down][place] = reports.day_of(month, cell)
            kinds[place][down] = _TEXT_CELL
        made.append(replace(one, rows=rows, kinds=kinds, report="tables.note_sheet_months"))
    return made


def _month_of(one: RawSheet) -> str:
    """The month that a sheet's name or the one title above its header says; empty where it says none."""
    if reports.is_month(one.name):
        return one.name.strip()
    above = [cell for row in one.rows[: min(one.shape.header, default=0)] for cell in dict.fromkeys(row) if cell]
    found = {month for cell in above if (month := reports.month_in(cell))}
    return found.pop() if len(found) == 1 else ""


def _has_dates(one: RawSheet) -> bool:
    named = [at for at, name in zip(one.shape.columns, one.shape.names, strict=True) if names_of.names_a_moment(name)]
    first = [next((one.rows[down][at] for down in one.body() if one.rows[down][at]), "") for at in named]
    return any(is_date(cell) and not reports.DAY.fullmatch(cell) for cell in first)


def _held(raw: RawSheet) -> float:
    shape = raw.shape
    held = sum(structure.filled(row) for row in raw.rows[shape.first :]) if len(shape.columns) > 1 else 0
    return held + 0.5 * (len(shape.columns) > 0 and len(raw.rows) > shape.first)


_SAME_SHARE = 0.75
"""Of the headings of the narrower of two sheets that make one history."""


def _alike(best: RawSheet, raw: Sequence[RawSheet]) -> list[RawSheet]:
    """The sheets of one history, in the workbook's order: same columns, or the next rows without a heading.

    A sheet whose rows all stand in the others (a copy, or all months once more) is left out.
    """
    headings = set(best.headings) - {""}
    if len(headings) < 2 or not best.shape.header:
        return [best]
    found: list[RawSheet] = []
    for one in (_renamed(best, one) or one for one in raw):
        own = set(one.headings) - {""}
        shared = len(own & headings)
        follows = not one.shape.header and _goes_on(best, one)
        same = shared >= 2 and shared >= _SAME_SHARE * max(len(own), len(headings))
        wider = shared >= 3 and shared >= _SAME_SHARE * min(len(own), len(headings)) and own >= headings - {""}
        if one is best or (len(one.rows) > one.shape.first and (same or wider or follows)):
            found.append(one)
    if len(found) == 1 or all(len(one.body()) < 2 for one in found):
        return [best]  # a record each: forms, and no history
    rows = {id(one): Counter(_row_keys(one)) for one in found}
    kept = list(found)
    for one in sorted(found, key=lambda one: sum(rows[id(one)].values())):
        others = Counter[tuple[tuple[str, str], ...]]()
        for other in kept:
            if other is not one:
                others += rows[id(other)]
        if len(kept) > 1 and rows[id(one)] and not rows[id(one)] - others:
            kept.remove(one)
    return kept


_COPY = re.compile(r"(?i)cop(?:y|ia)")


def _told_once(parts: list[RawSheet]) -> list[RawSheet]:
    """The sheets without those that tell the sales of another once more: as they were paid, or order by order."""
    others = [names_of.names_no_sales(_COPY.sub("", one.name)) for one in parts]
    told = [None if other else _told(one) for one, other in zip(parts, others, strict=True)] if len(parts) > 1 else []
    again: set[int] = set()
    for one, other in combinations(range(len(told)), 2):
        left, right = told[one], told[other]
        if left is None or right is None or {one, other} & again or not tell_the_same(left, right):
            continue
        aside = [names_of.names_beside_sales(parts[at].name) for at in (one, other)]
        first = aside[1] if aside[0] != aside[1] else first_told(left, right)
        again.add(other if first else one)
    return [part for at, part in enumerate(parts) if at not in again]


def _told(one: RawSheet) -> Told | None:
    places = zip(one.shape.names, one.shape.columns, strict=True)
    rows = [one.rows[down] for down in one.body() if structure.filled(one.rows[down]) > 1]
    return told_of([(name, [row[at] for row in rows]) for name, at in places])


_LEAST_RENAMED = 4
"""Columns of two sheets from which on they may be one history though somebody renamed some."""
_KINDS_OF_NAMES = (
    names_of.names_a_moment, names_of.names_a_customer, names_of.names_a_quantity, names_of.names_an_amount,
)  # fmt: skip


def _renamed(best: RawSheet, one: RawSheet) -> RawSheet | None:
    """A sheet with the names that its columns have in another, where somebody renamed or moved some: `Cliente` there
    is `Nombre cliente` here. Each column must have its one counterpart with the same kind of cells, one of them dates
    and one customers; sheets of returns, quotes or purchases are of another kind, and so are payments of the same
    documents."""
    theirs, own = list(best.shape.names), list(one.shape.names)
    if one is best or not one.shape.header or len(own) != len(theirs) or len(own) < _LEAST_RENAMED:
        return None
    if set(one.headings) == set(best.headings) or "" in {*best.headings, *one.headings}:
        return None
    changed = [name for name, said in zip(own, one.headings, strict=True) if said not in best.headings]
    if any(map(names_of.names_no_sales, (one.name, *own))) or any(
        map(names_of.names_beside_sales, (one.name, *changed))
    ):
        return None
    if len({*own}) < len(own) or len({*theirs}) < len(own):
        return None
    pairs = _counterparts(own, theirs)
    if len(pairs) < len(own) or not any(map(names_of.names_a_customer, theirs)):
        return None
    kinds, theirs_kinds = (dict(zip(sheet.shape.names, _kinds_of_cells(sheet), strict=True)) for sheet in (one, best))
    if not all(_same_kind(kinds[name], theirs_kinds[pairs[name]]) for name in own):
        return None
    made = replace(one, shape=replace(one.shape, names=tuple(pairs[name] for name in own)))
    return None if _same_documents(best, made) else made


_MOST_SHARED = 0.5
"""Share of the rows of a sheet that may have the customer and another cell of a row of another, by chance."""


def _same_documents(best: RawSheet, one: RawSheet) -> bool:
    """Whether rows of a sheet are about rows of another: the same customer with the same number of a document, or, at
    the same time, with the same amount."""
    places = [dict(zip(sheet.shape.names, sheet.shape.columns, strict=True)) for sheet in (best, one)]
    who = next(name for name in best.shape.names if names_of.names_a_customer(name))
    days = next((name for name in best.shape.names if names_of.names_a_moment(name)), "")
    (first, last), (begin, end) = (_ends(sheet, at.get(days)) for sheet, at in zip((best, one), places, strict=True))
    together = first <= end and begin <= last
    for name in best.shape.names:
        money = names_of.names_an_amount(name)
        if name == who or names_of.names_a_moment(name) or names_of.names_a_quantity(name) or (money and not together):
            continue
        theirs, own = (
            [(sheet.rows[down][at[who]], sheet.rows[down][at[name]]) for down in sheet.body()]
            for sheet, at in zip((best, one), places, strict=True)
        )
        if not money and len({what for _, what in own}) < _NUMBERED * len(own):
            continue  # products and cities come again
        known = set(theirs)
        if sum(pair in known for pair in own) > _MOST_SHARED * len(own):
            return True
    return False


_NUMBERED = 0.3
"""Distinct values per row from which on a column may number documents; orders have a few lines each."""


def _ends(one: RawSheet, place: int | None) -> tuple[datetime, datetime]:
    """The first and last day of a sheet; all days where they are no dates."""
    days = [] if place is None else [text for down in one.body() if (text := one.rows[down][place])]
    parsed = parse_dates(pa.chunked_array([pa.array(days, pa.string())]), named=True) if days else None
    if parsed is None or parsed.values.null_count == len(parsed.values):
        return datetime.min, datetime.max
    found = [day for day in parsed.values.to_pylist() if day is not None]
    return min(found), max(found)


def _counterparts(own: Sequence[str], theirs: Sequence[str]) -> dict[str, str]:
    """Name → the name of the same in the other sheet: equal, else with all of the other's words, else the only one of
    dates, customers, pieces or money that is left."""
    pairs: dict[str, str] = {}

    def pair(alike: Callable[[str, str], bool]) -> None:
        left = [name for name in own if name not in pairs]
        others = [name for name in theirs if name not in pairs.values()]
        for name in left:
            found = [other for other in others if alike(name, other)]
            if len(found) == 1 and sum(alike(rival, found[0]) for rival in left) == 1:
                pairs[name] = found[0]

    pair(lambda name, other: name.casefold() == other.casefold())
    words = {name: set(names_of.tokens(name)) for name in (*own, *theirs)}
    pair(lambda name, other: bool(words[name] and words[other]) and (
        words[name] <= words[other] or words[other] <= words[name]
    ))  # fmt: skip
    for says in _KINDS_OF_NAMES:
        pair(lambda name, other, says=says: says(name) and says(other))  # type: ignore[misc]
    return pairs


def _kinds_of_cells(one: RawSheet) -> list[str]:
    """Per column, the kind of most of its first cells."""
    found: list[str] = []
    for at in one.shape.columns:
        counts = Counter(structure.kind(one.rows[down][at]) for down in one.body()[:50])
        del counts["E"]
        found.append(counts.most_common(1)[0][0] if counts else "E")
    return found


def _same_kind(one: str, other: str) -> bool:
    return one == other or "E" in (one, other) or {one, other} <= {"X", "K"}


def _goes_on(named: RawSheet, other: RawSheet) -> bool:
    """Whether a sheet without a heading holds the same kinds of cells in the same columns."""
    if len(named.shape.columns) != len(other.shape.columns) or len(named.shape.columns) < 2:
        return False
    return all(map(_same_kind, _kinds_of_cells(named), _kinds_of_cells(other)))


def _row_keys(one: RawSheet) -> list[tuple[tuple[str, str], ...]]:
    held = [(heading, at) for heading, at in zip(one.headings, one.shape.columns, strict=True)]
    return [
        tuple(sorted((heading, one.rows[down][at]) for heading, at in held if one.rows[down][at]))
        for down in one.body()
        if structure.filled(one.rows[down])
    ]


def _joined(best: RawSheet, parts: Sequence[RawSheet], names: tuple[str, ...], *, since_1904: bool) -> Sheet:
    """Sheets that are alike, one below the other; totals and remarks at the foot of each are left out."""
    headings: dict[str, str] = dict(zip(best.headings, best.shape.names, strict=True))
    tables: list[pa.Table] = []
    fractions: Counter[str] = Counter()
    totals = remarks = 0
    by_sheet = _says_who(best, parts)
    for one in parts:
        made = _sheet(one, names, since_1904=since_1904)
        own = one.headings if one.shape.header else best.headings
        for heading, name in zip(own, one.shape.names if one.shape.header else best.shape.names, strict=True):
            headings.setdefault(heading, name)
        rows = [["" if cell is None else cell for cell in row] for row in _tail(made.columns)]
        left_out, sums = structure.foot_length(rows, range(made.columns.num_columns), typical=made.typical)
        totals, remarks = totals + sums, remarks + left_out - sums
        kept = made.columns.slice(0, len(made.columns) - left_out)
        kept = kept.rename_columns(_numbered(own))
        if by_sheet:
            kept = kept.append_column(SHEET, pa.array([one.name] * len(kept), pa.string()))
        tables.append(kept)
        fractions.update(heading for heading, holds in zip(_numbered(own), made.decimals, strict=True) if holds)
    headings |= {SHEET: SHEET} if by_sheet else {}
    columns = pa.concat_tables(tables, promote_options="default")
    order = [heading for heading in _numbered(best.headings) if heading in columns.column_names]
    order += [heading for heading in columns.column_names if heading not in order]
    columns = columns.select(order)
    return Sheet(
        best.name,
        names,
        columns.rename_columns([str(at) for at in range(columns.num_columns)]),
        tuple(headings.get(heading.rsplit("\x00", 1)[0], "") for heading in order),
        best.shape.header,
        structure.typical_filled(best.rows[best.shape.first :][:2000]),
        tuple(fractions[heading] > 0 for heading in order),
        joined=tuple(one.name for one in parts),
        report=best.report if best.report == "tables.note_sheet_months" else "",
        totals=totals,
        remarks=remarks,
    )


SHEET = "Sheet"
"""The column for the names of sheets, which may be who or what the rows of each are of."""
_GENERIC = re.compile(r"(?i)\s*(?:sheet|hoja|tabelle|feuil|foglio|planilha|blad|ark|arkusz|лист)?\s*[\d().\s]*")


def _says_who(best: RawSheet, parts: Sequence[RawSheet]) -> bool:
    """Whether names of sheets may say of whom the rows are: no column does, and they are no days or numbers."""
    if any(names_of.names_a_customer(name) or name.casefold() == SHEET.casefold() for name in best.shape.names):
        return False
    return len(parts) > 1 and not any(
        _GENERIC.fullmatch(one.name) or any(map(str.isdigit, one.name)) or is_date(f"1 {one.name} 2000")
        for one in parts
    )


def _numbered(headings: Sequence[str]) -> list[str]:
    """Headings that differ: the second of two equal ones is counted."""
    seen: Counter[str] = Counter()
    made: list[str] = []
    for heading in headings:
        made.append(f"{heading}\x00{seen[heading]}")
        seen[heading] += 1
    return made


def _tail(columns: pa.Table) -> list[tuple[str | None, ...]]:
    return list(zip(*columns.slice(max(0, len(columns) - 200)).to_pydict().values(), strict=True))


def _sheet(raw: RawSheet, names: tuple[str, ...], *, since_1904: bool) -> Sheet:
    shape = raw.shape
    body = raw.body()
    typical = structure.typical_filled([raw.rows[down] for down in body[:2000]])
    arrays = []
    for at, heading in zip(shape.columns, shape.names, strict=True):
        cells = [raw.rows[down][at] for down in body]
        kinds = bytes(raw.kinds[at][down] for down in body)
        if raw.fractions[at] and _TEXT_CELL in kinds:
            cells = _with_plain_texts(cells, kinds)
        if since_1904 and _NUMBER_CELL in kinds and names_of.names_a_moment(heading):
            cells = _since_1900(cells, kinds)
        arrays.append(pa.array([cell or None for cell in cells], pa.string()))
    columns = pa.table({str(at): array for at, array in zip(shape.columns, arrays, strict=True)})
    return Sheet(
        raw.name,
        names,
        columns,
        shape.names if len(shape.columns) > 1 else _whole_heading(raw),
        shape.header,
        typical,
        tuple(raw.fractions[at] for at in shape.columns),
        other_tables=len(raw.others),
        other_rows=sum(raw.others),
        report=raw.report,
    )


def _whole_heading(raw: RawSheet) -> tuple[str, ...]:
    """The heading of a single column as it is written, tabs and all: it may be a line of a text file."""
    shape = raw.shape
    if len(shape.header) != 1:
        return shape.names
    return tuple(raw.rows[shape.header[0]][at] for at in shape.columns)


def _with_plain_texts(cells: list[str], kinds: bytes) -> list[str]:
    """Text cells beside number cells, with a decimal point as those have here: `1.234,50` → `1234.50`.

    A number cell is what it is, whatever decimal sign the texts of the column have. Words stay as they are.
    """
    places = [at for at, kind in enumerate(kinds) if kind == _TEXT_CELL and numbers.is_number(cells[at])]
    if not places:
        return cells
    texts = pa.chunked_array([pa.array([cells[at] for at in places], pa.string())])
    read = numbers.parse_numbers(texts, patient=True)
    if read is None or (read.decimal != "," and not any("," in cells[at] for at in places)):
        return cells
    made = list(cells)
    for at, value in zip(places, read.values.to_pylist(), strict=True):
        if value is not None:
            made[at] = numbers.with_plain_body(cells[at], abs(float(value) * (100 if "%" in cells[at] else 1)))
    return made


_DAYS_TO_1904 = 1462
_SERIALS_SINCE_1904 = (31_412, 53_691)
"""Days from 1904-01-01 to 1990-01-01 and to 2050-12-31."""


def _since_1900(cells: list[str], kinds: bytes) -> list[str]:
    """Day numbers that a workbook counts from 1904, counted from 1900 as elsewhere."""
    low, high = _SERIALS_SINCE_1904
    return [
        repr(float(cell) + _DAYS_TO_1904).removesuffix(".0")
        if kind == _NUMBER_CELL and low <= float(cell) <= high
        else cell
        for cell, kind in zip(cells, kinds, strict=True)
    ]


def _counts_from_1904(content: Content) -> bool:
    """Whether the workbook's days are counted from 1904, as on old Macs."""
    if content.suffix == "xls":
        return re.search(rb"\x22\x00\x02\x00\x01\x00", content.data[:65_536]) is not None
    with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
        inside = set(archive.namelist())
        if content.suffix == "xlsx" and "xl/workbook.xml" in inside:
            head = archive.read("xl/workbook.xml")
            return re.search(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']", head) is not None
        if content.suffix == "ods" and "content.xml" in inside:
            head = archive.read("content.xml")[:65_536]
            return re.search(rb"<table:null-date\b[^>]*1904-01-01", head) is not None
        if content.suffix == "xlsb" and "xl/workbook.bin" in inside:
            properties = re.search(rb"\x99\x01[\x08-\x7f](.)", archive.read("xl/workbook.bin")[:512], re.DOTALL)
            return properties is not None and bool(properties[1][0] & 1)
    return False


def _raw_sheet(book: calamine.CalamineWorkbook, name: str, content: Content, header_row: int | None) -> RawSheet:
    try:
        sheet = book.get_sheet_by_name(name)
        check_sheet_size(sheet.total_height, sheet.total_width)
        cells = _with_errors(sheet.to_python(skip_empty_area=False), name, content)
    except (calamine.CalamineError, OSError, ValueError):
        raise UserError("tables.damaged", name=content.name) from None
    return raw_sheet(name, cells, sheet.merged_cell_ranges or [], header_row)


_ERROR_CELL = re.compile(
    rb"<c\s(?=[^>]{0,200}\bt=\"e\")[^>]{0,200}?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]{0,200}>(?:<f\b[^<]{0,8192}(?:</f>|/>))?<v>(#[^<]{1,20})</v>"
)
_SHEET_PART = re.compile(rb"<(?:\w+:)?sheet\s[^>]{0,2000}>")
_RELATION = re.compile(rb"<Relationship\s[^>]{0,2000}>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*\"([^\"]*)\"")


def _with_errors(cells: list[list[Cell]], name: str, content: Content) -> list[list[Cell]]:
    """The cells, and of formulas without a result what a spreadsheet shows (`#N/A`): its reader leaves them blank."""
    if content.suffix != "xlsx":
        return cells
    with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
        part = _part_of(archive, name)
        data = archive.read(part) if part in archive.namelist() else b""
    if b't="e"' not in data:
        return cells
    made = [list(row) for row in cells]
    for letters, row, text in _ERROR_CELL.findall(data):
        down, across = int(row) - 1, _column_number(letters) - 1
        if down < len(made) and across < len(made[down]) and made[down][across] == "":
            made[down][across] = html.unescape(text.decode("utf-8", "replace"))
    return made


def _part_of(archive: zipfile.ZipFile, name: str) -> str:
    """Where a sheet of that name lies in a workbook; empty where that is not found."""
    inside = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= inside:
        return ""
    found = ""
    for tag in _SHEET_PART.findall(archive.read("xl/workbook.xml")):
        about = dict(_ATTRIBUTE.findall(tag.decode("utf-8", "replace")))
        if html.unescape(about.get("name", "")) == name:
            found = next((value for key, value in about.items() if key.endswith(":id")), "")
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        about = dict(_ATTRIBUTE.findall(tag.decode("utf-8", "replace")))
        if found and about.get("Id") == found:
            target = about.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def check_sheet_size(height: int, width: int) -> None:
    """Raises UserError if a sheet of this many rows and columns is too large to read."""
    if height > LIMIT_ROWS:
        raise UserError("tables.too_many_rows", found=height, limit=LIMIT_ROWS)
    if width > LIMIT_COLUMNS:
        raise UserError("tables.too_many_columns", found=width, limit=LIMIT_COLUMNS)
    if height * width > LIMIT_SHEET_CELLS:
        raise UserError("tables.too_many_cells", rows=height, columns=width, limit=LIMIT_SHEET_CELLS)


MOST_REPORT_ROWS = 20_000
"""Longer sheets are no reports."""


def raw_sheet(
    name: str, cells: Sequence[Sequence[Cell]], merged: Sequence[structure.Merged], header_row: int | None
) -> RawSheet:
    """Cells as text with what kind they are; merged cells are filled."""
    report = reports.as_records(cells) if header_row is None and len(cells) <= MOST_REPORT_ROWS else None
    if report is not None:
        cells, merged = report.rows, ()
    width = max((len(row) for row in cells), default=0)
    fractions = [False] * width
    kinds = [bytearray(len(cells)) for _ in range(width)]
    rows: list[list[str]] = []
    for down, row in enumerate(cells):
        made = [""] * width
        for at, cell in enumerate(row):
            if cell != "":
                made[at] = _text(cell)
                kind = type(cell)
                if kind is str:
                    kinds[at][down] = _TEXT_CELL
                elif kind is float or kind is int:
                    kinds[at][down] = _NUMBER_CELL
                    if isinstance(cell, float) and not cell.is_integer():
                        fractions[at] = True
                else:
                    kinds[at][down] = _OTHER_CELL
        rows.append(made)
    for (top, left), (bottom, right) in merged:
        if top < len(rows) and left < width and (bottom - top + 1) * (right - left + 1) <= 10_000:
            value = rows[top][left]
            title = left == 0 and right + 1 >= width  # across the whole sheet: it names the table, not its columns
            for down in range(top, min(bottom + 1, len(rows))):
                for across in range(left, left + 1 if title else min(right + 1, width)):
                    rows[down][across] = value
    forms = structure.forms_in(rows) if header_row is None else 0
    if forms:
        raise UserError("tables.forms", found=forms)
    tables = structure.tables_in(rows) if header_row is None else ()
    others = [table for table in tables if table is not max(tables, key=lambda table: table.records)]
    for first, last in (span for table in others for span in table.spans):
        rows[first:last] = [[""] * width for _ in range(last - first)]
    shape = structure.find_shape(rows, merged=merged, header_row=header_row)
    return RawSheet(
        name, rows, kinds, fractions, shape, tuple(table.records for table in others), report.key if report else ""
    )


def _text(cell: Cell) -> str:
    """A cell as it would stand in a text file: whole numbers without decimals, dates as ISO."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return repr(float(f"{cell:.15g}"))  # a spreadsheet computes with 15 digits: 74.65999999999997 is 74.66
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _check_inside(content: Content) -> None:
    """A small file can claim cells at the far end of the sheet, or repeat one a million times."""
    if content.suffix == "xls":
        return
    with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
        for member in archive.namelist():
            if content.suffix == "ods" and member == "content.xml":
                _check_repeats(archive.read(member))
            elif content.suffix == "xlsx" and re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
                _check_corner(archive.read(member))


def _check_corner(sheet: bytes) -> None:
    wide = tall = 0
    seen: set[bytes] = set()
    for letters, row in _REFERENCE.findall(sheet):
        if letters not in seen:
            seen.add(letters)
            wide = max(wide, _column_number(letters))
        tall = max(tall, int(row))
    if wide * tall > LIMIT_SHEET_CELLS:
        raise UserError("tables.too_many_cells", rows=tall, columns=wide, limit=LIMIT_SHEET_CELLS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + (letter & 0x1F)
    return number


def _check_repeats(content: bytes) -> None:
    """What the repeats of an OpenDocument sheet add up to; blank cells and rows at the end don't count."""
    total = 0
    for row in re.finditer(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", content, re.DOTALL):
        cells = re.findall(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/>|>)", row[2] or b"")
        width = held = 0
        for attributes, _ in cells:
            repeat = _COLUMNS_REPEATED.search(attributes)
            width += int(repeat[1]) if repeat else 1
            if b"value-type" in attributes:
                held = width
        if held:
            repeat = _ROWS_REPEATED.search(row[1])
            total += held * (int(repeat[1]) if repeat else 1)
        if total > LIMIT_SHEET_CELLS:
            raise UserError("tables.too_many_cells", rows=total // max(1, held), columns=held, limit=LIMIT_SHEET_CELLS)
