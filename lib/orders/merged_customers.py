"""Accounts of customers that were merged: a column says of an account which one it became part of."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from lib.layouts.names import HEADER_WORDS, header_words, words
from lib.tables import Table

_MERGED = words("merged zusammengefuhrt fusionado fusionada fusionnee fusionne unificado samengevoegd")
_LONGEST = 5
"""Steps that are followed where an account was merged into one that was merged itself."""


def with_merged_customers(table: Table, roles: Mapping[str, str]) -> Table:
    """The table with the account that counts in place of each that was merged into it, in all of its rows."""
    who = roles.get("customer_id", "")
    if not who:
        return table
    for column in map(str, table.frame.columns):
        said = header_words(column)
        if column == who or not _MERGED & said or not header_words(who) & said or HEADER_WORDS.groups["order"] & said:
            continue
        frame = table.frame[[who, column]].dropna()
        known = set(_as_text(table.frame[who].dropna()))
        into = dict(zip(_as_text(frame[who]), _as_text(frame[column]), strict=True))
        into = {name: other for name, other in into.items() if name != other}
        if not into or not known & set(into.values()):
            continue
        names = _as_text(table.frame[who])
        for _ in range(_LONGEST):
            names = names.map(lambda name, into=into: into.get(name, name), na_action="ignore")
        return replace(table, frame=table.frame.assign(**{who: names}))
    return table


def _as_text(column: pd.Series) -> pd.Series:
    if column.dtype.kind == "f" and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    return column.astype("string").str.strip()
