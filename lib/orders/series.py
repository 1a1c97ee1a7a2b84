"""Documents that are numbered in several series: `F001` 17 and `B001` 17 are two."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from lib.layouts.names import header_words, words
from lib.orders.customer_ids import CUSTOMER_ROLES
from lib.tables import Table

_SERIES = words("serie series reeks seria")
_MOST_SERIES = 200
_MOSTLY = 0.5


def with_series(table: Table, roles: Mapping[str, str]) -> Table:
    """The table with the series in front of each order's number, where a column names it and a number stands in
    several series."""
    number = roles.get("order_id", "")
    if not number:
        return table
    for column in map(str, table.frame.columns):
        if column in roles.values() or not header_words(column) <= _SERIES or not header_words(column):
            continue
        both = table.frame[[column, number]].dropna().drop_duplicates()
        if not 1 < both[column].nunique() <= _MOST_SERIES or not both[number].duplicated().any():
            continue
        if _are_lines(table.frame, number, column, roles):
            continue
        series, numbers = (_as_text(table.frame[name]) for name in (column, number))
        return replace(table, frame=table.frame.assign(**{number: (series + "-" + numbers).fillna(numbers)}))
    return table


def _are_lines(frame: pd.DataFrame, number: str, series: str, roles: Mapping[str, str]) -> bool:
    """Whether most numbers that stand in several series are of one customer and one moment: then the series is one of
    goods, and the rows are lines of one order."""
    facts = [roles[role] for role in (*CUSTOMER_ROLES, "ordered_at") if role in roles]
    found = frame.groupby(number)[[series, *dict.fromkeys(facts)]].nunique()
    several = found[found[series] > 1]
    return bool(facts) and (several[facts] <= 1).all(axis=1).mean() > _MOSTLY


def _as_text(column: pd.Series) -> pd.Series:
    if column.dtype.kind == "f" and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    return column.astype("string").str.strip()
