"""Rows that look wrong as tables to edit, and what was edited as corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.layouts import Understanding
from lib.orders import Ledger
from lib.tables import CellCorrection, Corrections, RowCorrection, Table
from lib.tables.corrections import correct_cell, digest_of, doubtful_rows, read_text, text_at

MOST_SHOWN = 200
MOST_COLUMNS = 60
"""Columns of the table of odd cells: those that matter first."""
DOUBTFUL = ("bad_date", "far_date", "no_amount")
"""Reasons of the ledger that a corrected cell can settle."""
SHOWN_ROLES = (
    *("order_id", "ordered_at", "ordered_time", "product", "quantity", "unit_price", "amount", "order_total"),
    "discount",
)
FOUND_BY = ("order_id", "product_code", "product")
"""Roles whose cells tell which row is meant, where rows have an order number …"""
FOUND_BY_ALL = ("customer_id", "email", "phone", "ordered_at", "product", "quantity", "amount")
"""… and where they have none."""
SURPLUS = "…"
"""Heading of the cells that are too many."""


@dataclass(frozen=True)
class OddCells:
    """Rows with cells that are hardly right, as text."""

    frame: pd.DataFrame
    places: tuple[tuple[int, int], ...]
    """Of each row: which table, and which row of it."""


def odd_cells(
    tables: Sequence[Table], understanding: Understanding, ledger: Ledger | None, *, hidden: Sequence[str] = ()
) -> OddCells:
    """Rows with unreadable or unlikely cells, the columns that matter, at most `MOST_SHOWN`; without `hidden`."""
    places: list[tuple[int, int]] = []
    wrong: set[str] = set()
    begin = 0
    for which, table in enumerate(tables):
        rows = {row.at for row in doubtful_rows(table)}
        wrong |= set(table.unread)
        if ledger is not None:
            reason = ledger.reason.iloc[begin : begin + len(table.frame)]
            rows |= set(np.flatnonzero(reason.isin(DOUBTFUL).to_numpy())[:MOST_SHOWN].tolist())
        places += [(which, row) for row in sorted(rows)]
        begin += len(table.frame)
    places = places[:MOST_SHOWN]
    roles = [understanding.roles[role] for role in SHOWN_ROLES if role in understanding.roles]
    columns = [*roles, *(column for column in understanding.columns if column in wrong and column not in roles)]
    columns = [column for column in columns if column not in hidden][:MOST_COLUMNS]
    cells = [
        [text_at(tables[which], column, at) if column in tables[which].frame.columns else "" for column in columns]
        for which, at in places
    ]
    return OddCells(pd.DataFrame(cells, columns=columns, dtype="str"), tuple(places))


def cell_corrections(
    tables: Sequence[Table], understanding: Understanding, odd: OddCells, edited: pd.DataFrame
) -> Corrections:
    """What was changed in the table of odd cells. Raises UserError for a text that is no date or number."""
    by_role = FOUND_BY if "order_id" in understanding.roles else FOUND_BY_ALL
    by = [understanding.roles[role] for role in by_role if role in understanding.roles]
    found: list[CellCorrection] = []
    for row, (which, at) in enumerate(odd.places):
        for column in odd.frame.columns:
            before, after = odd.frame[column].iloc[row], edited[column].iloc[row]
            text = "" if pd.isna(after) else str(after)
            if text.strip() != ("" if pd.isna(before) else str(before)).strip():
                found.append(correct_cell(tables[which], at, str(column), text, by=by))
    return Corrections(cells=tuple(found))


@dataclass(frozen=True)
class LeftOutRows:
    """Rows whose cells do not fit the heading, the cells that are too many in a column of their own."""

    frame: pd.DataFrame
    tables: tuple[int, ...]
    digests: tuple[str, ...]


def left_out_rows(tables: Sequence[Table]) -> LeftOutRows:
    """The rows that reading left out, of tables with the columns of the first."""
    columns = [str(name) for name in tables[0].frame.columns]
    rows: list[list[str]] = []
    of: list[int] = []
    digests: list[str] = []
    for which, table in enumerate(tables):
        if [str(name) for name in table.frame.columns] != columns:
            continue
        for cells in table.left_out[: MOST_SHOWN - len(rows)]:
            padded = [*cells, *[""] * len(columns)]
            rows.append([*padded[: len(columns)], " | ".join(cells[len(columns) :])])
            of.append(which)
            digests.append(digest_of(cells))
    return LeftOutRows(pd.DataFrame(rows, columns=[*columns, SURPLUS], dtype="str"), tuple(of), tuple(digests))


def row_corrections(tables: Sequence[Table], left: LeftOutRows, edited: pd.DataFrame) -> Corrections:
    """The rows that were edited. Raises UserError for a text that is no date or number where one is needed."""
    found = []
    for row, (which, digest) in enumerate(zip(left.tables, left.digests, strict=True)):
        before, after = (frame.iloc[row].fillna("").astype("str").str.strip() for frame in (left.frame, edited))
        if before.equals(after):
            continue
        cells = tuple((str(column), str(after[column])) for column in left.frame.columns if column != SURPLUS)
        for column, text in cells:
            read_text(tables[which], column, text)
        found.append(RowCorrection(digest, cells))
    return Corrections(rows=tuple(found))
