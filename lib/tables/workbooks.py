"""A workbook → the likeliest sheet's columns of text; sizes are checked before cells are read."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pyarrow as pa
import python_calamine as calamine

from lib.errors import UserError
from lib.tables import structure
from lib.tables.limits import LIMIT_COLUMNS, LIMIT_ROWS, LIMIT_SHEET_CELLS
from lib.tables.unwrap import Content

Cell = int | float | str | bool | time | date | datetime | timedelta

_FILE_PASSWORD = re.compile(rb"\x09\x08[\x08\x10]\x00.{8,16}?(?:\x86\x00\x00\x00)?\x2f\x00[\x04-\xff]", re.DOTALL)
"""The record that begins an old workbook, followed by the one that says it is locked."""
_ROWS_REPEATED = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d+)")
_COLUMNS_REPEATED = re.compile(rb"number-columns-repeated\s*=\s*[\"'](\d+)")
_REFERENCE = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,7})[\"']")


@dataclass(frozen=True)
class Sheet:
    """The chosen sheet's columns of text, and what was found around them."""

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


def read_workbook(content: Content, *, sheet: str | None, header_row: int | None) -> Sheet:
    """The asked-for sheet, or the one that holds the most. Raises UserError."""
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
    best: tuple[float, str, list[list[str]], structure.Shape, list[list[bool]]] | None = None
    for meta in wanted:
        rows, fractions = _rows(book, meta.name, content)
        shape = structure.find_shape(rows, merged=_merges(book, meta.name), header_row=header_row)
        held = sum(structure.filled(row) for row in rows[shape.first :]) if len(shape.columns) > 1 else 0
        score = held + 0.5 * (len(shape.columns) > 0 and len(rows) > shape.first)
        if best is None or score > best[0]:
            best = score, meta.name, rows, shape, fractions
    if best is None or not any(structure.filled(row) for row in best[2]):
        raise UserError("tables.empty", name=content.name)
    _, name, rows, shape, fractions = best
    return _sheet(name, tuple(meta.name for meta in tables), rows, shape, fractions)


def _sheet(
    name: str, names: tuple[str, ...], rows: list[list[str]], shape: structure.Shape, fractions: list[list[bool]]
) -> Sheet:
    body = [row for row in rows[shape.first :] if not structure.is_comment(row) or len(shape.columns) == 1]
    typical = structure.typical_filled(body[:2000])
    arrays = [pa.array([row[at] or None for row in body], pa.string()) for at in shape.columns]
    columns = pa.table({str(at): array for at, array in zip(shape.columns, arrays, strict=True)})
    return Sheet(
        name, names, columns, shape.names, shape.header, typical, tuple(fractions[0][at] for at in shape.columns)
    )


def _rows(book: calamine.CalamineWorkbook, name: str, content: Content) -> tuple[list[list[str]], list[list[bool]]]:
    """The sheet's rows as text, merged cells filled, and which columns hold numbers with decimals."""
    try:
        sheet = book.get_sheet_by_name(name)
        height, width = sheet.total_height, sheet.total_width
        if height > LIMIT_ROWS:
            raise UserError("tables.too_many_rows", found=height, limit=LIMIT_ROWS)
        if width > LIMIT_COLUMNS:
            raise UserError("tables.too_many_columns", found=width, limit=LIMIT_COLUMNS)
        if height * width > LIMIT_SHEET_CELLS:
            raise UserError("tables.too_many_cells", rows=height, columns=width, limit=LIMIT_SHEET_CELLS)
        cells = sheet.to_python(skip_empty_area=False)
    except (calamine.CalamineError, OSError, ValueError):
        raise UserError("tables.damaged", name=content.name) from None
    width = max((len(row) for row in cells), default=0)
    fractions = [False] * width
    rows: list[list[str]] = []
    for row in cells:
        made = [""] * width
        for at, cell in enumerate(row):
            if cell != "":
                made[at] = _text(cell)
                if type(cell) is float and not cell.is_integer():
                    fractions[at] = True
        rows.append(made)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top < len(rows) and left < width and (bottom - top + 1) * (right - left + 1) <= 10_000:
            value = rows[top][left]
            title = left == 0 and right + 1 >= width  # across the whole sheet: it names the table, not its columns
            for down in range(top, min(bottom + 1, len(rows))):
                for across in range(left, left + 1 if title else min(right + 1, width)):
                    rows[down][across] = value
    return rows, [fractions]


def _merges(book: calamine.CalamineWorkbook, name: str) -> Sequence[structure.Merged]:
    return book.get_sheet_by_name(name).merged_cell_ranges or []


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
