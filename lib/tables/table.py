"""What a file became: a table with parsed columns, and everything that was decided on the way."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING

import pyarrow as pa

from lib.errors import Fact
from lib.parsing.dates import DateColumn
from lib.tables.memory import Held

if TYPE_CHECKING:  # the worker that decodes binary files starts without pandas
    import pandas as pd


@dataclass(frozen=True)
class ReadNote:
    """Something a careful reader would mention: `key` names a sentence of `lib/text`, `facts` fill its blanks."""

    key: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class DecodedTable:
    """A `Table` before it is one of pandas: what crosses from the process that decodes. Fields as there."""

    columns: pa.Table = field(repr=False)
    name: str
    format: str
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    dates: Mapping[str, DateColumn] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[ReadNote, ...] = ()
    unread: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    left_out: tuple[tuple[str, ...], ...] = ()

    def table(self) -> "Table":
        """With its columns as pandas has them."""
        frame = self.columns.to_pandas(split_blocks=True, self_destruct=True)
        for name in frame.columns:
            if frame[name].dtype == object:
                frame[name] = frame[name].astype("str")
        rest = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "columns"}
        return Table(frame=frame, source="", **rest)

    def to_json(self) -> str:
        """All but the columns."""
        rest = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "columns"}
        rest["dates"] = {name: asdict(column) for name, column in self.dates.items()}
        rest["notes"] = [asdict(note) for note in self.notes]
        return json.dumps(rest)

    @classmethod
    def from_json(cls, text: str | bytes, columns: pa.Table) -> "DecodedTable":
        """What `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        rest = json.loads(text)
        rest["dates"] = {
            str(name): DateColumn(**{**column, "unread_examples": tuple(column["unread_examples"])})
            for name, column in rest["dates"].items()
        }
        rest["notes"] = tuple(ReadNote(**note) for note in rest["notes"])
        rest["sheets"] = tuple(rest["sheets"])
        rest["unread"] = {
            str(name): tuple((int(row), str(text)) for row, text in cells) for name, cells in rest["unread"].items()
        }
        rest["left_out"] = tuple(tuple(map(str, cells)) for cells in rest["left_out"])
        return cls(columns=columns, **rest)


@dataclass(frozen=True)
class Table:
    """A file as a table, one row per record, with what was decided about it.

    Column names are unique text. Dtypes are `str`, `float64`, `int64`, `datetime64[us]` and `bool`; moments are
    wall-clock times without a zone. Rows that hold nothing, a preamble, a repeated header and totals at the foot
    are not in it: `notes` says which were left out.
    """

    frame: "pd.DataFrame"
    name: str
    source: str | Held = field(repr=False)
    """The upload's bytes, or the SHA-256 of them."""
    format: str
    """`csv`, `xlsx`, `xls`, `ods`, `parquet`, `feather`, `json`, …"""
    encoding: str | None = None
    separator: str | None = None
    """One character, or `whitespace` for any run of blanks."""
    decimal: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    """The (last) header row, counted from 0 over the file's lines or the sheet's rows; None where there is none."""
    dates: Mapping[str, DateColumn] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    """Column → the one currency sign or code that stood in its cells."""
    notes: tuple[ReadNote, ...] = ()
    unread: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """Column of dates or numbers → (row, text) of cells that are neither, at most `columns.MOST_UNREAD` of each."""
    left_out: tuple[tuple[str, ...], ...] = ()
    """Rows whose cells do not fit the heading, as the file has them, at most `delimited.MOST_ODD_ROWS`."""

    @cached_property
    def sha256(self) -> str:
        """Of the upload's bytes, in hex digits; computed when somebody asks, since it takes its time."""
        return self.source if isinstance(self.source, str) else hashlib.sha256(self.source).hexdigest()

    @cached_property
    def row_count(self) -> int:
        """How many rows it has."""
        return len(self.frame)

    @property
    def date_formats(self) -> Mapping[str, str]:
        """Column → how its dates are written, such as `%d/%m/%Y %H:%M`."""
        return {column: read.format for column, read in self.dates.items()}

    @property
    def ambiguous_dates(self) -> tuple[str, ...]:
        """Columns whose dates can be read day-first and month-first."""
        return tuple(column for column, read in self.dates.items() if not read.certain)
