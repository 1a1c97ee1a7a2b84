"""Cells and rows that a person corrected: found again in the next export by the rest of their row."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lib.errors import UserError
from lib.parsing import dates, numbers
from lib.tables.table import Table

if TYPE_CHECKING:
    import pandas as pd

MOST = 500
"""Corrections of one table."""
MOST_CANDIDATES = 20_000
"""Rows with the same cell as a corrected one that are looked at."""
MOST_LOOKED_AT = 5_000_000
"""Cells of such rows, for all corrections of a table; those that a person made on the page need thousands."""
MOST_BY = 40
"""Columns that tell which row is meant; the page uses a few."""


@dataclass(frozen=True)
class CellCorrection:
    """One cell."""

    column: str
    written: str
    """What the file says, as text; empty where the cell is blank."""
    corrected: str
    by: tuple[str, ...]
    """Columns whose cells tell which row is meant …"""
    row: str
    """… and the digest of these cells, so that no customer stands in a settings file."""


@dataclass(frozen=True)
class RowCorrection:
    """A row that could not be read, as its cells were to be."""

    row: str
    """Digest of the row as the file has it."""
    cells: tuple[tuple[str, str], ...]
    """Column → text."""


@dataclass(frozen=True)
class Corrections:
    """All corrections of a table."""

    cells: tuple[CellCorrection, ...] = ()
    rows: tuple[RowCorrection, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.rows)

    @property
    def count(self) -> int:
        return len(self.cells) + len(self.rows)

    def with_more(self, more: "Corrections") -> "Corrections":
        """These and others; of two for the same cell or row the later one holds."""
        cells = {(one.column, one.by, one.row): one for one in (*self.cells, *more.cells)}
        rows = {one.row: one for one in (*self.rows, *more.rows)}
        return Corrections(tuple(cells.values())[-MOST:], tuple(rows.values())[-MOST:])


_PARTED = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
"""Thousands parted by points, where decimals have a comma."""


def digest_of(texts: Sequence[str]) -> str:
    """A short digest of some cells."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:20]


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without decimals, dates as ISO, blank for a missing one."""
    if value is None or value != value:
        return ""
    if isinstance(value, float | np.floating):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"
    written = getattr(value, "isoformat", None)
    return str(written(" ")).removesuffix(" 00:00:00") if written is not None else str(value).strip()


def text_at(table: Table, column: str, at: int) -> str:
    """The cell of a row as the file has it, where it could not be read, too."""
    unread = next((text for row, text in table.unread.get(column, ()) if row == at), "")
    return unread or cell_text(table.frame[column].iloc[at])


def row_digest(table: Table, at: int, by: Sequence[str]) -> str:
    """The digest by which a row is found again."""
    return digest_of([text_at(table, column, at) for column in by])


def correct_cell(table: Table, at: int, column: str, corrected: str, *, by: Sequence[str]) -> CellCorrection:
    """The correction of a cell. Raises UserError where a date or a number is needed and the text is neither."""
    columns = tuple(name for name in by if name != column and name in table.frame.columns)
    read_text(table, column, corrected)
    return CellCorrection(
        column, text_at(table, column, at), corrected.strip(), columns, row_digest(table, at, columns)
    )


def read_text(table: Table, column: str, text: str) -> object:
    """A corrected text as a value of its column; None for a blank one. Raises UserError if it is none."""
    text = text.strip()
    if not text:
        return None
    kind = table.frame[column].dtype.kind
    cell = pa.chunked_array([pa.array([text], pa.string())])
    if kind == "M":
        order = table.dates[column].order if column in table.dates else None
        moments = dates.parse_dates(cell, order=order if order in ("day", "month") else None, named=True)
        found = None if moments is None else moments.values[0].as_py()
    elif kind in "iuf":
        if table.decimal == "," and _PARTED.fullmatch(text):
            cell = pa.chunked_array([pa.array([text.replace(".", "")], pa.string())])
        read = numbers.parse_numbers(cell, decimal=table.decimal, patient=True)
        found = None if read is None else read.values[0].as_py()
    else:
        return text
    if found is None:
        raise UserError("tables.correction_unreadable", column=column, text=text[:40])
    return found


class _RowFinder:
    """Finds the rows of corrected cells. What several corrections look for is worked out once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._looked_at = 0
        self._unread: dict[str, dict[int, str]] = {}
        self._digests: dict[tuple[str, str, tuple[str, ...]], dict[str, list[int]]] = {}

    def rows(self, one: CellCorrection) -> list[int]:
        """Places of the rows that a correction means. Raises UserError where they are too many to be looked at."""
        key = (one.column, one.written, one.by)
        if key not in self._digests:
            places = _rows_with(self._table, one)
            self._looked_at += len(places) * (1 + len(one.by))
            if self._looked_at > MOST_LOOKED_AT:
                raise UserError("tables.corrections_costly", limit=MOST_LOOKED_AT)
            texts = [self._texts(column, places) for column in one.by]
            found: dict[str, list[int]] = {}
            for which, at in enumerate(places):  # as `row_digest`
                found.setdefault(digest_of([column[which] for column in texts]), []).append(at)
            self._digests[key] = found
        return self._digests[key].get(one.row, [])

    def _texts(self, column: str, places: Sequence[int]) -> list[str]:
        """As `text_at`, of several rows."""
        if column not in self._unread:
            self._unread[column] = dict(reversed(self._table.unread.get(column, ())))
        unread = self._unread[column]
        cells = self._table.frame[column].iloc[list(places)].to_numpy(dtype=object)
        return [unread.get(at) or cell_text(cell) for at, cell in zip(places, cells, strict=True)]


def corrected(table: Table, corrections: Corrections) -> Table:
    """The table with its corrections; one whose row is not in the table is passed over.

    Raises UserError where finding the rows would take too long."""
    if not corrections:
        return table
    frame = table.frame
    finder = _RowFinder(table)
    changed: dict[str, pd.Series] = {}
    read: dict[str, set[int]] = {}
    for one in corrections.cells:
        if one.column not in frame.columns or not set(one.by) <= set(frame.columns):
            continue
        try:
            value = read_text(table, one.column, one.corrected)
        except UserError:
            continue  # the column has another type in this export
        for at in finder.rows(one):
            values = changed.setdefault(one.column, _writable(frame[one.column]))
            values.iloc[at] = value
            read.setdefault(one.column, set()).add(at)
    unread = {
        column: tuple(cell for cell in cells if cell[0] not in read.get(column, set()))
        for column, cells in table.unread.items()
    }
    found = replace(table, frame=frame.assign(**changed) if changed else frame, unread=unread)
    return _with_rows(found, corrections.rows)


def _writable(column: "pd.Series") -> "pd.Series":
    """A copy that takes missing and broken values, too."""
    return column.astype("float64") if column.dtype.kind in "iu" else column.copy()


def _rows_with(table: Table, one: CellCorrection) -> list[int]:
    """Places of the rows whose cell is written as the corrected one was."""
    known = [row for row, text in table.unread.get(one.column, ()) if text == one.written]
    if known:
        return known
    column = table.frame[one.column]
    if not one.written:
        same = column.isna().to_numpy()
    else:
        try:
            value = read_text(table, one.column, one.written)
        except UserError:
            return []
        same = (column == value).to_numpy(dtype=bool, na_value=False)
    return [int(at) for at in np.flatnonzero(same)[:MOST_CANDIDATES]]


def _with_rows(table: Table, rows: Sequence[RowCorrection]) -> Table:
    """The table with the rows that could not be read and were corrected, at its end."""
    import pandas as pd

    wanted = {one.row: one for one in rows}
    added, left = [], []
    for cells in table.left_out:
        one = wanted.get(digest_of(cells))
        values = None if one is None else _values(table, dict(one.cells))
        if values is None:
            left.append(cells)
        else:
            added.append(values)
    if not added:
        return table
    frame = table.frame
    more = pd.DataFrame(added, columns=frame.columns)
    for name in frame.columns:
        kind = frame[name].dtype
        target = "float64" if kind.kind in "iu" and more[name].isna().any() else kind
        more[name] = more[name].astype(target)
    return replace(table, frame=pd.concat([frame, more], ignore_index=True), left_out=tuple(left))


def _values(table: Table, cells: Mapping[str, str]) -> dict[str, object] | None:
    """A corrected row's values; None where a cell is none of its column."""
    try:
        return {name: read_text(table, name, cells.get(name, "")) for name in map(str, table.frame.columns)}
    except UserError:
        return None


@dataclass(frozen=True)
class DoubtfulRow:
    """A row of the table with cells that could not be read or are hardly right."""

    at: int
    columns: tuple[str, ...] = field(default=())


def doubtful_rows(table: Table, *, most: int = 200) -> tuple[DoubtfulRow, ...]:
    """Rows with unreadable dates or numbers, in the order of the file."""
    found: dict[int, list[str]] = {}
    for column, cells in table.unread.items():
        for row, _ in cells:
            found.setdefault(row, []).append(column)
    return tuple(DoubtfulRow(at, tuple(columns)) for at, columns in sorted(found.items())[:most])
