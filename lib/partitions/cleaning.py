"""A file → clean order lines, written in one batch per partition of customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from lib.joins import holds_refunds
from lib.joins.parts import is_history, part_of
from lib.layouts import Understanding, read_settings, understand, with_kind
from lib.layouts.names import plain
from lib.orders import CleanOptions
from lib.orders.cleaning import clean_part
from lib.partitions.hashing import partition_of
from lib.partitions.sources import Source, Unpartitionable
from lib.partitions.splitting import SplitTable
from lib.partitions.storage import join, to_arrow, write_batches
from lib.schema import CUSTOMER_ID
from lib.tables import DateColumn, DateOrder, Table, corrected, read_tables

Codes = NDArray[np.int64]

MOST_TABLES = 10_000
"""Maximum number of tables in one file: archives hold far fewer."""
FILE, ROW = "file", "row"
"""Columns beside `schema.ORDER_LINES`: which table a line is from and which of its rows, both counted from 0."""
MONEY = "money"
"""Column of cancelled orders: what each of them cost."""


@dataclass(frozen=True)
class Settings:
    """A settings file of the page Data."""

    name: str
    data: bytes


@dataclass(frozen=True)
class CleanJob:
    """One file to clean, or one part of a file that was split before."""

    number: int
    source: Source
    folder: str
    partitions: int
    settings: Settings | None = None
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)
    """What the dates of a column begin with, where the file alone does not say."""
    split: SplitTable | None = None
    options: CleanOptions = field(default_factory=CleanOptions)
    alone: bool = False
    """Whether the history has no other file."""


@dataclass(frozen=True)
class CleanedTable:
    """What cleaning one table gave; its lines lie in three files with one batch per partition."""

    file: int
    """Which table of the history it is part of: a table that was split is one."""
    name: str
    columns: frozenset[str]
    dates: Mapping[str, DateColumn]
    refunds: bool
    """Whether the file's name says that its rows are money given back."""
    rows_in: int
    set_aside: Mapping[str, int]
    lines: int
    currency: str
    layout: str
    line_place: str
    return_place: str
    called_off_place: str
    partitions: frozenset[int]
    """Those with a row of the table."""
    reuses_numbers: bool = False
    """Whether an order number stands for several orders (`lib.orders.reused_numbers`)."""
    is_part: bool = False
    """Whether the table is some customers of a file that was split."""


def clean(job: CleanJob, shared: bytes) -> tuple[CleanedTable, ...]:
    """Clean the tables of a file, each as in one piece, and write their lines by partition. Raises UserError."""
    if job.split is not None:
        table, rows = job.split.load()
        return (_written(job, job.split.number, table, job.split.understanding, rows),) if len(rows) else ()
    orders = dict(job.date_orders)
    data = job.source.read()
    tables = read_tables([(job.source.name, data)], date_orders=orders, alike=False)
    if job.alone and len(tables) == 1 and len(tables[0].sheets) > 1 and not is_history(part_of(tables)):
        raise Unpartitionable("cli.needs_join")  # the sheets may be one history together
    if job.settings is not None:
        said = read_settings(job.settings.data, job.settings.name, understand(tables[0]))
        if said.date_orders:
            tables = read_tables([(job.source.name, data)], date_orders={**said.date_orders, **orders}, alike=False)
        tables = tuple(corrected(table, said.corrections) for table in tables)
    return tuple(_written(job, nth, table, _understood(job, table), None) for nth, table in enumerate(tables))


def columns_of(job: CleanJob, shared: bytes) -> tuple[frozenset[str], ...]:
    """The columns of each table of a file, without cleaning it. Raises UserError."""
    tables = read_tables([(job.source.name, job.source.read())], alike=False)
    return tuple(frozenset(plain(str(name)) for name in table.frame.columns) for table in tables)


def _understood(job: CleanJob, table: Table) -> Understanding:
    found = understand(table)
    if job.settings is not None:
        found = read_settings(job.settings.data, job.settings.name, found).understanding
    return with_kind(found, "orders")  # the caller says that these are orders


def _written(job: CleanJob, nth: int, table: Table, found: Understanding, rows: Codes | None) -> CleanedTable:
    cleaned = clean_part(table, found, job.options, cut_from=0 if job.split is None else job.split.rows)
    columns = frozenset(map(str, table.frame.columns))
    stem = join(job.folder, f"clean-{job.number:06}-{nth:06}")
    file = job.number * MOST_TABLES + (nth if job.split is None else 0)
    places = {kind: f"{stem}-{kind}.arrow" for kind in ("lines", "returns", "called-off")}
    line_rows = cleaned.line_rows if rows is None else rows[cleaned.line_rows]
    filled = _write(places["lines"], cleaned.lines.assign(**{FILE: file, ROW: line_rows}), job.partitions)
    filled |= _write(places["returns"], cleaned.returns, job.partitions)
    off = cleaned.called_off
    off = off.assign(**{MONEY: cleaned.called_off_money}) if CUSTOMER_ID in off else _NOTHING_CALLED_OFF
    filled |= _write(places["called-off"], off, job.partitions)
    ledger = cleaned.ledger
    return CleanedTable(
        file=file,
        name=table.name,
        columns=columns,
        dates=table.dates,
        refunds=holds_refunds(table),
        rows_in=ledger.rows_in,
        set_aside=dict(ledger.set_aside),
        lines=len(cleaned.lines),
        currency=cleaned.currency,
        layout=found.layout,
        line_place=places["lines"],
        return_place=places["returns"],
        called_off_place=places["called-off"],
        partitions=filled,
        reuses_numbers=cleaned.reused_numbers > 0,
        is_part=job.split is not None,
    )


_NOTHING_CALLED_OFF = pd.DataFrame(
    {
        CUSTOMER_ID: pd.Series(dtype="str"),
        "order_id": pd.Series(dtype="str"),
        "ordered_at": pd.Series(dtype="datetime64[us]"),
        "reason": pd.Series(dtype="str"),
        MONEY: pd.Series(dtype="float64"),
    }
)


def _write(place: str, rows: pd.DataFrame, partitions: int) -> frozenset[int]:
    part = partition_of(rows[CUSTOMER_ID], partitions)
    order = np.argsort(part, kind="stable")
    table = to_arrow(rows).take(pa.array(order))
    write_batches(place, table, np.searchsorted(part[order], np.arange(partitions)).tolist())
    return frozenset(np.unique(part).tolist())
