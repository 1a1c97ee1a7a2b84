"""Bytes of an upload → a table: encoding, separator, decimals, dates, sheets, size limits."""

from lib.parsing.dates import DateColumn, DateOrder
from lib.tables.corrections import MOST_BY, CellCorrection, Corrections, RowCorrection, corrected
from lib.tables.limits import LIMIT_BYTES, LIMIT_CELLS, LIMIT_COLUMNS, LIMIT_EXPANDED_BYTES, LIMIT_ROWS
from lib.tables.memory import read_file
from lib.tables.names import distinct_file_names
from lib.tables.reading import Progress, ReadOptions, date_orders_to_correct, prepare, quiet, read_table, read_tables
from lib.tables.table import ReadNote, Table

__all__ = [
    "LIMIT_BYTES",
    "LIMIT_CELLS",
    "LIMIT_COLUMNS",
    "LIMIT_EXPANDED_BYTES",
    "LIMIT_ROWS",
    "MOST_BY",
    "CellCorrection",
    "Corrections",
    "RowCorrection",
    "corrected",
    "date_orders_to_correct",
    "distinct_file_names",
    "ReadOptions",
    "DateColumn",
    "DateOrder",
    "ReadNote",
    "Progress",
    "Table",
    "prepare",
    "quiet",
    "read_file",
    "read_table",
    "read_tables",
]
