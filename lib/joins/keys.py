"""Which column of a table refers to which other table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lib.joins.entities import KEY_WORDS, is_key_name, key_entity
from lib.joins.parts import Part
from lib.layouts.names import by_name, parted_words

MIN_MATCHED = 0.5
"""A child refers to a parent if at least this share of its filled cells is found there, and the names agree."""
MIN_MATCHED_UNNAMED = 0.9
"""The same, where the names say nothing and only the values do."""
MIN_UNNAMED_VALUES = 10
"""Different values that a link without agreeing names needs."""


@dataclass(frozen=True)
class Link:
    """`child_column` of one table refers to `parent_column` of another."""

    child: str
    parent: str
    child_column: str
    parent_column: str
    rows: int
    """Filled cells of the child's column."""
    unmatched: int
    """Those whose value is not in the parent."""
    childless: int
    """Rows of the parent that no row of the child refers to."""
    named: bool
    """Whether the names agree, too."""


def links_between(parts: Sequence[Part]) -> list[Link]:
    """The best link between each two tables, if there is any."""
    keys = {part.name: _keys(part) for part in parts}
    columns = {part.name: _reference_columns(part) for part in parts}
    found = []
    for child in parts:
        for parent in parts:
            if child is parent:
                continue
            candidates = [
                link
                for parent_column, values in keys[parent.name].items()
                for child_column, cells in columns[child.name].items()
                if (link := _link(child, parent, (child_column, cells), (parent_column, values))) is not None
            ]
            if candidates:
                found.append(max(candidates, key=lambda link: (link.named, link.rows - link.unmatched)))
    return found


def _keys(part: Part) -> dict[str, pd.Series]:
    """Columns whose filled values are unique, as text: what other tables can refer to."""
    columns = _reference_columns(part)
    return {
        name: cells for name, cells in columns.items() if len(cells) >= 0.98 * len(part.table.frame) and cells.is_unique
    }


def _reference_columns(part: Part) -> dict[str, pd.Series]:
    """Columns that can be keys or refer to one, as text without blanks: no dates, decimals or flags."""
    found = {}
    for name in part.table.frame.columns:
        column = part.table.frame[name]
        if pd.api.types.is_datetime64_any_dtype(column) or pd.api.types.is_bool_dtype(column):
            continue
        cells = column.dropna()
        if pd.api.types.is_float_dtype(cells):
            if not len(cells) or not (cells % 1 == 0).all():
                continue
            cells = cells.astype("int64")
        text = cells.astype(str).str.strip()
        text = text[text != ""]
        if len(text) and text.head(1000).str.len().max() <= 80:
            found[str(name)] = text
    return found


def _link(child: Part, parent: Part, refers: tuple[str, pd.Series], key: tuple[str, pd.Series]) -> Link | None:
    child_column, cells = refers
    parent_column, values = key
    named = _names_agree(child_column, parent_column, child, parent)
    if not named and not _telling(values):
        return None
    matched = cells.isin(set(values))
    share = float(matched.mean())
    distinct = cells[matched].nunique()
    if named:
        good = share >= MIN_MATCHED or (distinct >= MIN_UNNAMED_VALUES and share >= MIN_MATCHED / 2)
    else:
        good = share >= MIN_MATCHED_UNNAMED and distinct >= MIN_UNNAMED_VALUES
    if not good:
        return None
    childless = int((~values.isin(set(cells))).sum())
    return Link(
        child.name, parent.name, child_column, parent_column, len(cells), int((~matched).sum()), childless, named
    )


def _names_agree(child_column: str, parent_column: str, child: Part, parent: Part) -> bool:
    """`order_id` and `order_id`; `order_id` and the `id` of orders; `id_pedido` and the `id` of pedidos."""
    left, right = parted_words(child_column), parted_words(parent_column)
    if key_entity(left) == key_entity(right) != frozenset() and is_key_name(left):
        return True
    if set(right) <= KEY_WORDS and parent.entity:
        return parent.entity in key_entity(left) and is_key_name(left) and child.entity != parent.entity
    return left == right and (is_key_name(left) or names_key(child_column))


def names_key(header: str) -> bool:
    """Whether a header says outright that it numbers orders or customers: `Pedido`, `Bestellnummer`."""
    found = by_name(header)
    return max(found.get("order_id", 0.0), found.get("customer_id", 0.0)) >= 0.6


def _telling(values: pd.Series) -> bool:
    """Whether equal values are no coincidence: 1, 2, 3 … stand in many tables, `a91f-77` or 5550147 don't."""
    head = values.head(200)
    return bool((head.str.len() >= 6).mean() > 0.9 and head.str.contains(r"\d").mean() > 0.9)
