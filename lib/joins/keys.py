"""Which column of a table refers to which other table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

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


MOST_TRIED = 5_000
"""Pairs of columns that are compared whole: those whose first cells allow a link."""
_LOOK = 2_000
MOST_COLUMNS, MOST_KEYS = 200, 12
"""Columns of a table that can refer to another one, and that can be referred to: each is compared with each of all
other tables, and a table may have thousands. Those whose names say that they are keys come first."""


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
    columns = {part.name: _reference_columns(part) for part in parts}
    keys = {part.name: _keys(part, columns[part.name]) for part in parts}
    telling = {part.name: {name: _telling(values) for name, values in keys[part.name].items()} for part in parts}
    sets = {part.name: {name: set(values) for name, values in keys[part.name].items()} for part in parts}
    heads = {
        part.name: {name: cells.head(_LOOK).tolist() for name, cells in columns[part.name].items()} for part in parts
    }
    found = []
    tried = 0
    for child in parts:
        for parent in parts:
            if child is parent:
                continue
            candidates: list[Link] = []
            for parent_column, values in keys[parent.name].items():
                known, says = sets[parent.name][parent_column], telling[parent.name][parent_column]
                for child_column, cells in columns[child.name].items():
                    named = _names_agree(child_column, parent_column, child, parent)
                    if not (named or says) or tried >= MOST_TRIED:
                        continue
                    most = (1 - MIN_MATCHED / 2 if named else 1 - MIN_MATCHED_UNNAMED) * len(cells)
                    if sum(cell not in known for cell in heads[child.name][child_column]) > most:
                        continue  # too many without a partner, whatever the other rows hold
                    tried += 1
                    link = _link(child, parent, (child_column, cells), (parent_column, values), named=named)
                    if link is not None:
                        candidates.append(link)
            if candidates:
                found.append(max(candidates, key=lambda link: (link.named, link.rows - link.unmatched)))
    return found


def _keys(part: Part, columns: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Columns whose filled values are unique, as text: what other tables can refer to."""
    found = {
        name: cells for name, cells in columns.items() if len(cells) >= 0.98 * len(part.table.frame) and cells.is_unique
    }
    if len(found) <= MOST_KEYS:
        return found
    likely = sorted(found, key=lambda name: not (_says_key(name) or _telling(found[name])))
    return {name: found[name] for name in likely[:MOST_KEYS]}


def _says_key(name: str) -> bool:
    return is_key_name(parted_words(name)) or names_key(name)


def _reference_columns(part: Part) -> dict[str, pd.Series]:
    """Columns that can be keys or refer to one, as text without blanks: no dates, decimals or flags."""
    found = {}
    names = list(part.table.frame.columns)
    if len(names) > MOST_COLUMNS:
        names = sorted(sorted(names, key=lambda name: not _says_key(str(name)))[:MOST_COLUMNS], key=names.index)
    for name in names:
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


def _link(
    child: Part, parent: Part, refers: tuple[str, pd.Series], key: tuple[str, pd.Series], *, named: bool
) -> Link | None:
    child_column, cells = refers
    parent_column, values = key
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
    (left, left_entity, is_key), (right, right_entity, _) = _said(child_column), _said(parent_column)
    if left_entity == right_entity != frozenset() and is_key:
        return True
    if set(right) <= KEY_WORDS and parent.entity:
        return parent.entity in left_entity and is_key and child.entity != parent.entity
    return left == right and (is_key or names_key(child_column))


@lru_cache(maxsize=1 << 14)
def _said(name: str) -> tuple[Sequence[str], frozenset[str], bool]:
    """The words of a name, what it is the key of, and whether it says that it is a key."""
    parted = parted_words(name)
    return parted, key_entity(parted), is_key_name(parted)


def names_key(header: str) -> bool:
    """Whether a header says outright that it numbers orders or customers: `Pedido`, `Bestellnummer`."""
    found = by_name(header)
    return max(found.get("order_id", 0.0), found.get("customer_id", 0.0)) >= 0.6


def _telling(values: pd.Series) -> bool:
    """Whether equal values are no coincidence: 1, 2, 3 … stand in many tables, `a91f-77` or 5550147 don't."""
    head = values.head(200)
    return bool((head.str.len() >= 6).mean() > 0.9 and head.str.contains(r"\d").mean() > 0.9)
