"""The joined table: the base's rows with the columns of every parent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

import pandas as pd

from lib.joins.entities import ENTITIES, KEY_WORDS, stem
from lib.joins.keys import Link
from lib.joins.parts import LINE_ROLES, Part, offered_roles
from lib.layouts.names import plain
from lib.schema import PAYMENTS_SUM
from lib.tables import Table


def joined_frame(
    base: Part, parts: Sequence[Part], links: Sequence[Link], *, compared: Link | None = None
) -> pd.DataFrame:
    """The base's rows with the columns of every parent, whose names say where they are from if they don't already.

    `compared` is the link of payments that are there to be compared with the amounts.
    """
    by_name = {part.name: part for part in parts}
    own = [str(name) for name in base.table.frame.columns]
    names = {
        name: f"{base.entity} {name}" if base.entity and set(plain(name).split()) <= KEY_WORDS else name for name in own
    }
    frame = base.table.frame.rename(columns=str).rename(columns=names).reset_index(drop=True)
    where: dict[tuple[str, str], str] = {(base.name, name): names[name] for name in own}
    roles = set(base.roles)
    for link in links:
        if link.parent in {table for table, _ in where} and link.child not in {table for table, _ in where}:
            named = PAYMENTS_SUM if link is compared else None
            frame = _with_payments(frame, by_name[link.child], link, where, named)
            continue
        parent = by_name[link.parent]
        added = parent.table.frame.rename(columns=str)
        keys = _as_key(added[link.parent_column])
        added = added.drop(columns=[link.parent_column, *_misleading(parent, link, roles)], errors="ignore")
        names = _names_for(parent, [str(name) for name in added.columns], set(frame.columns))
        roles |= offered_roles(parent)
        right = added.rename(columns=names)
        right = right[keys.notna()].set_axis(keys.dropna(), axis=0)
        right = right[~right.index.duplicated()]
        wanted = _as_key(frame[where[link.child, link.child_column]])
        taken = right.reindex(wanted).set_axis(frame.index, axis=0)
        frame = pd.concat([frame, taken], axis=1)
        where |= {(parent.name, column): name for column, name in names.items()}
        where[parent.name, link.parent_column] = where[link.child, link.child_column]
    return frame


def _misleading(parent: Part, link: Link, roles: Collection[str]) -> list[str]:
    """Columns of a parent that would be taken for the line's: the date a customer was created, a product's list price.

    A nearer table has them already. An order's own money is kept: it is the order's total (see `_names_for`).
    """
    own = parent.found.as_orders or parent.found.roles
    doubled = set(LINE_ROLES) & set(roles) - ({"amount", "order_total"} if parent.entity == "order" else set())
    foreign = parent.roles - offered_roles(parent)
    return [column for role, column in own.items() if role in doubled | foreign and column != link.parent_column]


def _with_payments(
    frame: pd.DataFrame, payments: Part, link: Link, where: Mapping[tuple[str, str], str], named: str | None
) -> pd.DataFrame:
    """The payments of each order, summed, on the order's rows; under the payments' own name if `named` is None."""
    roles = payments.found.as_orders or payments.found.roles
    column = roles.get("amount") or roles.get("order_total") or ""
    paid = payments.table.frame[column].groupby(_as_key(payments.table.frame[link.child_column])).sum()
    name = named or (column if column not in frame.columns and "payment" in plain(column) else f"payment {column}")
    wanted = _as_key(frame[where[link.parent, link.parent_column]])
    return frame.assign(**{name: paid.reindex(wanted).to_numpy()})


def _as_key(column: pd.Series) -> pd.Series:
    """Cells as the text by which tables are joined; missing where there is none."""
    if pd.api.types.is_float_dtype(column):
        column = column.where(column % 1 == 0).astype("Int64")
    text = column.astype("string").str.strip()
    return text.mask(text == "")


def _names_for(part: Part, columns: Sequence[str], taken: Collection[str]) -> dict[str, str]:
    """`name` of customers → `customer name`; a name that says it, or that is taken by nobody else, stays."""
    entity = part.entity or stem(part.table)
    names: dict[str, str] = {}
    played = part.found.as_orders or part.found.roles
    total = played.get("amount") or played.get("order_total") or ""
    for column in columns:
        if column == total and part.entity == "order" and "order total" not in taken:
            names[column] = "order total"  # repeated on every line: it must not be added up
            continue
        own = plain(column).split()
        says = any(ENTITIES.get(word) == part.entity for word in own) or len(own) > 1
        name = column if says and column not in taken else f"{entity} {column}"
        while name in taken or name in names.values():
            name += " (2)"
        names[column] = name
    return names


T = TypeVar("T")


def decided_for(
    parts: Sequence[Part], used: Collection[str], frame: pd.DataFrame, what: Callable[[Table], Mapping[str, T]]
) -> dict[str, T]:
    """What was decided about columns that still have their name in the joined table."""
    found: dict[str, T] = {}
    for part in parts:
        if part.name in used:
            found = {name: value for name, value in what(part.table).items() if name in frame.columns} | found
    return found
