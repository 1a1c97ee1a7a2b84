"""What a file became: a table with parsed columns, and everything that was decided on the way."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

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

    @cached_property
    def sha256(self) -> str:
        """Of the upload's bytes, in hex digits; computed when somebody asks, since it takes its time."""
        return self.source if isinstance(self.source, str) else hashlib.sha256(self.source).hexdigest()

    @property
    def date_formats(self) -> Mapping[str, str]:
        """Column → how its dates are written, such as `%d/%m/%Y %H:%M`."""
        return {column: read.format for column, read in self.dates.items()}

    @property
    def ambiguous_dates(self) -> tuple[str, ...]:
        """Columns whose dates can be read day-first and month-first."""
        return tuple(column for column, read in self.dates.items() if not read.certain)
