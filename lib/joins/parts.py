"""The tables of a shop, one for all files with the same columns, each with its roles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from lib.joins.entities import entity_of
from lib.layouts import Understanding, understand
from lib.layouts.names import plain
from lib.tables import Table

MONEY = ("amount", "order_total", "order_discounted", "unit_price", "discount", "refunded")
LINE_ROLES = ("ordered_at", "ordered_time", "quantity", *MONEY)
"""Roles that only one column can play in an order line."""


@dataclass(frozen=True)
class Part:
    """Files with the same columns as one table, with what it is."""

    name: str
    entity: str
    table: Table
    found: Understanding
    roles: frozenset[str] = field(default_factory=frozenset)


def alike(tables: Sequence[Table]) -> list[list[Table]]:
    """Tables by their columns, whatever the order; names may differ in case and signs, and several be alike."""
    groups: dict[tuple[str, ...], list[Table]] = {}
    for table in tables:
        groups.setdefault(tuple(sorted(plain(str(column)) for column in table.frame.columns)), []).append(table)
    return list(groups.values())


def part_of(group: Sequence[Table]) -> Part:
    table = group[0]
    if len(group) > 1:
        columns = list(table.frame.columns)
        frames = [one.frame.rename(columns=_renamed(one.frame.columns, columns))[columns] for one in group]
        table = replace(table, frame=_without_overlap(frames))
    found = understand(table)
    return Part(table.name, entity_of(table), table, found, frozenset(found.as_orders or found.roles))


def _renamed(names: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """The names of a table → those of another with the same columns: the same name, else one that is alike."""
    here, there = set(names), set(columns)
    free: dict[str, list[str]] = {}
    for column in columns:
        if column not in here:
            free.setdefault(plain(str(column)), []).append(column)
    return {name: name if name in there else free[plain(str(name))].pop(0) for name in names}


def _without_overlap(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The frames one below the other. A row that is in two files counts once; twice in one file, it counts twice."""
    whole = pd.concat(frames, ignore_index=True)
    row = pd.util.hash_pandas_object(whole, index=False)
    file = pd.Series([at for at, frame in enumerate(frames) for _ in range(len(frame))])
    nth = row.groupby([file, row], sort=False).cumcount()
    return whole[~pd.DataFrame({"row": row, "nth": nth}).duplicated()].reset_index(drop=True)


def is_history(part: Part) -> bool:
    return part.found.kind == "orders" and is_whole(part.roles)


def is_whole(roles: Collection[str]) -> bool:
    """Whether these roles are an order history."""
    who = {"customer_id", "email", "phone"} & set(roles)
    money = "amount" in roles or "order_total" in roles or "order_discounted" in roles or "unit_price" in roles
    return bool(who) and "ordered_at" in roles and money


def has_money(roles: Collection[str]) -> bool:
    return bool({"amount", "order_total", "order_discounted", "unit_price"} & set(roles))


def offered_roles(parent: Part) -> frozenset[str]:
    """The roles that a parent's columns can play for its children: a customer's dates and totals are of no order."""
    return parent.roles - set(LINE_ROLES) if parent.entity == "customer" else parent.roles
