"""HTML tables and SpreadsheetML saved under the name of a workbook → sheets of cells; sizes are bounded while reading.

Shops export such files as `.xls`. The worker that decodes all but small texts reads them by Python's own parsers:
documents that declare entities are refused before they are parsed, so that none can expand.
"""

import contextlib
import io
import re
from datetime import datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

from lib.errors import UserError
from lib.tables import encodings, workbooks
from lib.tables.limits import LIMIT_COLUMNS
from lib.tables.unwrap import DECLARES, Content
from lib.tables.workbooks import Cell, RawSheet

_MOST_SPANNED = 1_000
_MOST_TABLES = 500
_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def read_markup(content: Content, *, sheet: str | None, header_row: int | None) -> workbooks.Sheet:
    """The largest table of an HTML page, or the sheet of a SpreadsheetML workbook. Raises UserError."""
    if content.suffix == "html":
        tables = [(f"Table {at}", cells) for at, cells in enumerate(_html_tables(content), start=1)]
        tables = [(name, cells) for name, cells in tables if len(cells) > 1 and max(map(len, cells)) > 1]
        if not tables:
            raise UserError("tables.web_page", name=content.name)
        if sheet is None:
            tables = [max(tables, key=lambda table: sum(map(len, table[1])))]
    else:
        tables = _xml_sheets(content)
    names = tuple(name for name, _ in tables)
    if sheet is not None:
        if sheet not in names:
            raise UserError("tables.no_such_sheet", sheet=sheet, sheets=list(names))
        tables = [(name, cells) for name, cells in tables if name == sheet]
    raw: list[RawSheet] = [workbooks.raw_sheet(name, cells, (), header_row) for name, cells in tables]
    return workbooks.sheet_of(raw, names, content)


class _Tables(HTMLParser):
    """Every table of a page as rows of cells; a table inside a cell counts for itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[Cell]]] = []
        self._open: list[_OpenTable] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag == "table" and len(self._open) + len(self.tables) < _MOST_TABLES:
            self._open.append(_OpenTable())
        elif self._open and tag == "tr":
            self._open[-1].start_row()
        elif self._open and tag in ("td", "th"):
            self._open[-1].start_cell(dict(attrs))
        elif self._open and tag in ("br", "p", "div"):
            self._open[-1].add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table" and self._open:
            self.tables.append(self._open.pop().finished())
        elif self._open and tag in ("td", "th"):
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._hidden:
            self._open[-1].add(data)

    def close(self) -> None:
        super().close()
        while self._open:  # the page was cut off
            self.tables.append(self._open.pop().finished())


class _OpenTable:
    """A table that is being read."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._reaching: dict[int, tuple[int, Cell]] = {}
        self._text: list[str] | None = None
        self._attributes: dict[str, str | None] = {}

    def start_row(self) -> None:
        """The next row; an open cell ends."""
        self.end_cell()
        self._rows.append([])
        self._fill()
        workbooks.check_sheet_size(len(self._rows), max(len(self._rows[-1]), 1))

    def start_cell(self, attributes: dict[str, str | None]) -> None:
        """The next cell; an open one ends."""
        self.end_cell()
        if not self._rows:
            self._rows.append([])
        self._text, self._attributes = [], attributes

    def add(self, text: str) -> None:
        """Text of the open cell."""
        if self._text is not None:
            self._text.append(text)

    def end_cell(self) -> None:
        """What was collected becomes a cell, as often as it spans columns and rows."""
        if self._text is None:
            return
        cell: Cell = " ".join("".join(self._text).replace("\u00a0", " ").split())
        number = self._attributes.get("x:num")
        if number:
            with contextlib.suppress(ValueError):
                cell = float(number)
        across, down = (self._span(name) for name in ("colspan", "rowspan"))
        row = self._rows[-1]
        for at in range(across):
            if down > 1:
                self._reaching[len(row)] = (down - 1, cell)
            row.append(cell if at == 0 or down > 1 else "")
            self._fill()
        self._text = None
        workbooks.check_sheet_size(len(self._rows), max(len(row), 1))

    def finished(self) -> list[list[Cell]]:
        """All rows."""
        self.end_cell()
        return self._rows

    def _span(self, name: str) -> int:
        value = self._attributes.get(name) or "1"
        return max(1, min(_MOST_SPANNED, int(value))) if value.strip().isdecimal() and len(value) < 9 else 1

    def _fill(self) -> None:
        """Cells that reach down from rows above."""
        row = self._rows[-1]
        while len(row) in self._reaching and len(row) < LIMIT_COLUMNS:
            left, cell = self._reaching.pop(len(row))
            if left > 1:
                self._reaching[len(row)] = (left - 1, cell)
            row.append(cell)


def _html_tables(content: Content) -> list[list[list[Cell]]]:
    data = bytes(content.data[:])
    named = _META_CHARSET.search(data[:4096])
    encoding = encodings.find_encoding(data)
    text = bytes(encodings.to_utf8(data, encoding)[:]).decode("utf-8", "replace")
    if named and not encoding.startswith("utf"):  # the page knows its encoding better than its letters tell
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            text = data.decode(named[1].decode("ascii"))
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return parser.tables


def _xml_sheets(content: Content) -> list[tuple[str, list[list[Cell]]]]:
    data = bytes(content.data[:])
    if DECLARES.search(data):
        raise UserError("tables.xml", name=content.name)
    sheets: list[tuple[str, list[list[Cell]]]] = []
    rows: list[list[Cell]] = []
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(data), events=("start", "end")):
            if element.tag == f"{_SPREADSHEET}Worksheet" and event == "start":
                rows = []
                sheets.append((element.get(f"{_SPREADSHEET}Name", f"Sheet{len(sheets) + 1}"), rows))
            elif element.tag == f"{_SPREADSHEET}Row" and event == "end":
                place = element.get(f"{_SPREADSHEET}Index", "")
                if place.isdecimal() and len(place) < 9:
                    workbooks.check_sheet_size(int(place), 1)
                    rows.extend([] for _ in range(int(place) - 1 - len(rows)))
                rows.append(_xml_row(element))
                workbooks.check_sheet_size(len(rows), max(1, len(rows[-1])))
                element.clear()
    except ElementTree.ParseError:
        raise UserError("tables.damaged", name=content.name) from None
    if not sheets:
        raise UserError("tables.xml", name=content.name)
    return sheets


def _xml_row(element: ElementTree.Element) -> list[Cell]:
    row: list[Cell] = []
    for cell in element.iter(f"{_SPREADSHEET}Cell"):
        place = cell.get(f"{_SPREADSHEET}Index", "")
        if place.isdecimal() and len(place) < 9:
            workbooks.check_sheet_size(1, int(place))
            row.extend("" for _ in range(int(place) - 1 - len(row)))
        data = cell.find(f"{_SPREADSHEET}Data")
        row.append("" if data is None else _xml_cell(data))
        across = cell.get(f"{_SPREADSHEET}MergeAcross", "")
        if across.isdecimal() and len(across) < 9:
            workbooks.check_sheet_size(1, len(row) + int(across))
            row.extend("" for _ in range(int(across)))
    return row


def _xml_cell(data: ElementTree.Element) -> Cell:
    text = "".join(data.itertext())
    kind = data.get(f"{_SPREADSHEET}Type", "String")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text)
        if kind == "Boolean":
            return text.strip() == "1"
    except ValueError:
        pass
    return text
