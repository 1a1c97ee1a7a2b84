"""Columns of the file beside the roles, line by line: channel, category or discount tell orders apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lib.layouts import Understanding
from lib.orders.ledger import Orders
from lib.tables import Table

DISCOUNTED = "discount"
"""The key of the column that says `yes` where a line has a discount."""

MOST_VALUES, MOST_COLUMNS, MOST_NAME = 40, 10, 60


def line_columns(
    orders: Orders, tables: Sequence[Table], understandings: Sequence[Understanding]
) -> dict[str, pd.Series]:
    """Column → its values as a category, one per line of `orders.lines`.

    Only columns that play no role, hold no personal data and have between two and `MOST_VALUES` different short values;
    and `DISCOUNTED`, where a column has that role. Empty where the lines are not known by their rows.
    """
    if len(orders.line_rows) != len(orders.lines) or not len(orders.lines):
        return {}
    found: dict[str, pd.Series] = {}
    for name in dict.fromkeys(str(column) for one in understandings for column in one.columns):
        if all(_is_free(name, one) for one in understandings):
            cells = _stacked(name, tables)
            if cells.dtype.kind == "M" or cells.dtype.kind == "f":
                continue
            column = cells.iloc[orders.line_rows].reset_index(drop=True)
            known = column.dropna()
            if 2 <= known.nunique() <= MOST_VALUES and known.astype("str").str.len().max() <= MOST_NAME:
                found[name] = column.astype("str").where(column.notna()).astype("category")
        if len(found) >= MOST_COLUMNS:
            break
    discount = [one.roles.get("discount") for one in understandings]
    if any(discount):
        parts = [
            pd.to_numeric(table.frame[column], errors="coerce").fillna(0.0)
            if column in table.frame.columns
            else pd.Series(np.nan, index=table.frame.index)
            for table, column in zip(tables, discount, strict=True)
        ]
        given = pd.concat(parts, ignore_index=True).iloc[orders.line_rows].reset_index(drop=True)
        words = pd.Series(np.where(given != 0, "yes", "no")).where(given.notna())
        if words.nunique() == 2:
            found[DISCOUNTED] = words.astype("category")
    return found


def _is_free(name: str, understanding: Understanding) -> bool:
    return name not in understanding.roles.values() and name not in understanding.personal


def _stacked(name: str, tables: Sequence[Table]) -> pd.Series:
    """A column of all tables, one below the other, as rows are counted."""
    parts = [
        table.frame[name] if name in table.frame.columns else pd.Series(None, index=table.frame.index, dtype="object")
        for table in tables
    ]
    return parts[0].reset_index(drop=True) if len(parts) == 1 else pd.concat(parts, ignore_index=True)
