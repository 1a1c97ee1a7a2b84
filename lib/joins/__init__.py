"""Several tables of one shop (orders, their items, payments, customers, products) → one table of order lines.

A database dump or a set of exports keeps an order's date in one file and its lines in another. The tables are joined by
their keys: a column whose values are unique in one table (the parent) and refer to it from another (the child). Only
joins from child to parent are made, so no row is ever multiplied; payments, of which an order can have several, are
summed per order first. What found no partner is counted.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations

from lib.errors import UserError
from lib.joins.entities import holds_payments, holds_refunds
from lib.joins.frame import decided_for, joined_frame
from lib.joins.keys import Link, links_between
from lib.joins.parts import Part, alike, is_history, part_of
from lib.joins.plan import best_plan, payments_beside
from lib.layouts import understand
from lib.layouts.names import plain
from lib.logs import event
from lib.tables import DateOrder, Progress, Table, distinct_file_names, quiet, read_table, read_tables
from lib.tables.memory import Held
from lib.tables.told_twice import Told, first_told, tell_the_same, told_of

__all__ = ["Brought", "Failure", "Join", "Link", "join_tables", "read_shop"]

_LOG = logging.getLogger(__name__)

MAX_TABLES = 24


@dataclass(frozen=True)
class Join:
    """How several tables became one."""

    base: str
    """The table whose rows are the order lines."""
    links: tuple[Link, ...]
    """In the order in which tables were joined."""


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and why."""

    name: str
    error: UserError


@dataclass(frozen=True)
class Brought:
    """What several files are together: tables to clean as one history."""

    tables: tuple[Table, ...]
    join: Join | None = None
    """None where nothing was joined."""
    unused: tuple[str, ...] = ()
    """Tables that were read and have no part in it: they say nothing about orders, or no key connects them."""
    failures: tuple[Failure, ...] = ()
    refunds: tuple[str, ...] = ()
    """Files whose name says that their rows are money given back: their amounts count below zero."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every table that was read, once, in a lasting order."""
        linked = [name for link in (self.join.links if self.join else ()) for name in (link.child, link.parent)]
        base = [self.join.base] if self.join else [table.name for table in self.tables]
        return tuple(sorted({*base, *linked, *self.unused}))


def read_shop(
    files: Sequence[tuple[str, Held]],
    *,
    sheet: str | None = None,
    date_orders: Mapping[str, DateOrder] | None = None,
    left_out: Collection[str] = (),
    progress: Progress = quiet,
) -> Brought:
    """Files, (name, bytes) each, as the tables of one history: read, joined where they are parts of one shop.

    A file that can't be read doesn't block the others: it is in `failures`. Raises its UserError if all fail. Files of
    one name get numbers (`distinct_file_names`).
    """
    files = [
        (name, data) for name, (_, data) in zip(distinct_file_names([name for name, _ in files]), files, strict=True)
    ]
    failures: list[Failure] = []
    try:
        tables = read_tables(files, sheet=sheet, date_orders=date_orders, alike=False, progress=progress)
    except UserError:
        if len(files) < 2:
            raise
        good = []
        for name, data in files:
            try:
                read_tables([(name, data)], sheet=sheet, date_orders=date_orders, alike=False)
                good.append((name, data))
            except UserError as error:
                failures.append(Failure(name, error))
        if not good:
            raise failures[0].error from None
        if not failures:
            raise
        tables = read_tables(good, sheet=sheet, date_orders=date_orders, alike=False, progress=progress)
    names = distinct_file_names([table.name for table in tables])  # as of two archives with a file of one name
    tables = tuple(replace(table, name=name) for table, name in zip(tables, names, strict=True))
    brought = join_tables(tables, left_out=left_out)
    if sheet is None and len(tables) == 1 and len(files) == 1 and len(tables[0].sheets) > 1:
        brought = _joined_sheets(files[0], tables[0], date_orders or {}, left_out) or brought
    return replace(_with_refunds(brought), failures=tuple(failures))


def _with_refunds(brought: Brought) -> Brought:
    """Amounts of files such as `refunds.csv`, beside files of orders, below zero."""
    back = [holds_refunds(table) for table in brought.tables]
    if not any(back) or all(back):
        return brought
    tables, names = [], []
    for table, refunds in zip(brought.tables, back, strict=True):
        roles = understand(table).roles if refunds else {}
        money = [roles[role] for role in ("amount", "order_total", "unit_price") if role in roles]
        money = [column for column in money if table.frame[column].dtype.kind in "iuf"]
        if money and all((table.frame[column].dropna() >= 0).all() for column in money):
            table = replace(table, frame=table.frame.assign(**{column: -table.frame[column] for column in money}))
            names.append(table.name)
        tables.append(table)
    return replace(brought, tables=tuple(tables), refunds=tuple(names))


def _joined_sheets(
    file: tuple[str, Held], first: Table, date_orders: Mapping[str, DateOrder], left_out: Collection[str]
) -> Brought | None:
    """All sheets of a workbook as one history, where the chosen one is none by itself and keys connect them."""
    if is_history(part_of([first])):
        return None
    tables = []
    for sheet in first.sheets[:MAX_TABLES]:
        with suppress(UserError):
            table = read_table(file[1], file[0], sheet=sheet, date_orders=date_orders)
            tables.append(replace(table, name=sheet, sheets=()))
    brought = join_tables(tables, left_out=left_out)
    if brought.join is None:
        histories = [table for table in tables if is_history(part_of([table]))]
        if len(histories) != 1:
            return None
        made = replace(histories[0], name=first.name, sheets=first.sheets)
        return Brought((made,), unused=tuple(table.name for table in tables if table is not histories[0]))
    (made,) = brought.tables
    return replace(brought, tables=(replace(made, name=first.name),))


def join_tables(tables: Sequence[Table], *, left_out: Collection[str] = ()) -> Brought:
    """The tables of one shop as one table of order lines, where they are parts of one history.

    Files with the same columns (twelve months) count as one table. Tables that are each a whole history (two shops)
    stay as they are. `left_out` names tables that the user doesn't want to be joined.
    """
    wanted = [table for table in tables if table.name not in left_out] or list(tables)
    wanted = _told_once(wanted)
    skipped = tuple(table.name for table in tables if all(table is not one for one in wanted))
    groups = alike(wanted)
    if not 2 <= len(groups) <= MAX_TABLES:
        return Brought(tuple(wanted), unused=skipped)
    started = time.perf_counter()
    parts = [part_of(group) for group in groups]
    histories = [is_history(part) for part in parts]
    paid = _payments_of(parts) if all(histories) else None
    if paid is not None:
        return _compared(wanted, groups, parts, paid, skipped)
    between = [] if all(histories) else links_between(parts)
    base, links = best_plan(parts, between) if between else (None, list[Link]())
    if base is None or not links:
        kept = histories if any(histories) else [at == 0 for at in range(len(parts))]
        chosen = [table for group, keep in zip(groups, kept, strict=True) if keep for table in group]
        others = [table.name for group, keep in zip(groups, kept, strict=True) if not keep for table in group]
        return Brought(tuple(chosen), unused=(*skipped, *others))
    paid = payments_beside(base, parts, between, links)
    links = links if paid is None else [*links, paid]
    frame = joined_frame(base, parts, links, compared=paid)
    used = {base.name, *(link.parent for link in links), *(link.child for link in links)}
    made = Table(
        frame,
        base.name,
        hashlib.sha256("".join(sorted(part.table.sha256 for part in parts)).encode()).hexdigest(),
        base.table.format,
        dates=decided_for(parts, used, frame, lambda table: table.dates),
        currencies=decided_for(parts, used, frame, lambda table: table.currencies),
    )
    event(_LOG, "joined", tables=len(used), rows=len(frame), seconds=time.perf_counter() - started)
    unused = (*skipped, *(part.name for part in parts if part.name not in used))
    return Brought((made,), Join(base.name, tuple(links)), unused)


MOST_TOLD = 0.95
"""Share of the sales of a file that another one has, too, from which on it adds nothing."""
SAME_COLUMNS = 0.75
MOST_ROWS_TOLD = 200_000
"""Larger files are not compared row by row."""


def _told_once(tables: Sequence[Table]) -> list[Table]:
    """The files without those of nearly the same columns that tell the sales of another again, as they were paid."""
    again: set[int] = set()
    known = [{plain(str(column)) for column in table.frame.columns} for table in tables]
    told: dict[int, Told | None] = {}
    for one, other in combinations(range(min(len(tables), MAX_TABLES)), 2):
        shared = len(known[one] & known[other])
        if {one, other} & again or shared < 2 or shared < SAME_COLUMNS * max(len(known[one]), len(known[other])):
            continue
        for at in {one, other} - told.keys():
            told[at] = _told(tables[at])
        left, right = told[one], told[other]
        if left is not None and right is not None and tell_the_same(left, right, most=MOST_TOLD):
            paid = [holds_payments(tables[at]) for at in (one, other)]
            first = paid[1] if paid[0] != paid[1] else first_told(left, right)
            again.add(other if first else one)
    return [table for at, table in enumerate(tables) if at not in again]


def _told(table: Table) -> Told | None:
    frame = table.frame
    if len(frame) > MOST_ROWS_TOLD or holds_refunds(table):
        return None
    texts = [(str(name), frame[name].astype("string").fillna("").tolist()) for name in frame.columns]
    return told_of(texts)


PAID_ORDERS = 0.8
"""Share of payments whose order must stand in another table."""


def _payments_of(parts: Sequence[Part]) -> Link | None:
    """The link from a table of payments, which could be a history by itself, to the orders that were paid."""
    payments = {part.name for part in parts if holds_payments(part.table)}
    if not payments or len(payments) == len(parts):
        return None
    found = [
        link
        for link in links_between(parts)
        if link.named
        and link.child in payments
        and link.parent not in payments
        and link.rows - link.unmatched >= PAID_ORDERS * link.rows
        and _numbers_orders(parts, link)
        and _pays_for(parts, link)
    ]
    return max(found, key=lambda link: link.rows - link.unmatched, default=None)


def _numbers_orders(parts: Sequence[Part], link: Link) -> bool:
    """Whether a link goes to the order numbers of its parent, and not to its customers."""
    roles = next(part.found.as_orders or part.found.roles for part in parts if part.name == link.parent)
    return roles.get("order_id") == link.parent_column


def _pays_for(parts: Sequence[Part], link: Link) -> bool:
    """Whether most orders cost what was paid for them: numbers alone may be those of another shop."""
    found = {part.name: part for part in parts}
    sums = []
    for part, column in ((found[link.child], link.child_column), (found[link.parent], link.parent_column)):
        roles = part.found.as_orders or part.found.roles
        money = part.table.frame[roles.get("amount") or roles.get("order_total") or column]
        if money.dtype.kind not in "iuf":
            return False
        sums.append(money.groupby(part.table.frame[column].astype("str")).sum())
    paid, cost = sums[0].align(sums[1], join="inner")
    return len(paid) > 0 and bool(((paid - cost).abs() <= PAID_CENTS).mean() >= PAID_ALIKE)


PAID_CENTS, PAID_ALIKE = 0.011, 0.5


def _compared(
    wanted: Sequence[Table],
    groups: Sequence[Sequence[Table]],
    parts: Sequence[Part],
    paid: Link,
    skipped: tuple[str, ...],
) -> Brought:
    """The orders without the table of their payments, which are only compared with them where they are one table."""
    at = [part.name for part in parts]
    payments, orders = parts[at.index(paid.child)], parts[at.index(paid.parent)]
    if len(parts) == 2 and len(groups[at.index(paid.parent)]) == 1:
        frame = joined_frame(orders, parts, [paid], compared=paid)
        return Brought((replace(orders.table, frame=frame),), Join(orders.name, (paid,)), skipped)
    others = {id(table) for table in groups[at.index(payments.name)]}
    kept = tuple(table for table in wanted if id(table) not in others)
    return Brought(kept, unused=(*skipped, *(table.name for table in wanted if id(table) in others)))
