"""The exports of known shop systems: one entry each, recognised by columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lib.layouts.names import compact

TableKind = Literal["orders", "customers", "table"]


@dataclass(frozen=True)
class Layout:
    """One export of one shop system.

    Headers are compared without case, accents, signs and blanks. A table is of this layout when it has at least
    `enough` of the `telltale` columns; where several layouts match, the one that knows most of the columns wins.
    """

    key: str
    name: str
    """As the shop system calls itself; the same in every language."""
    kind: TableKind
    header: tuple[str, ...]
    """The header row as exported."""
    telltale: tuple[str, ...]
    """Headers that few other tables have."""
    roles: Mapping[str, tuple[str, ...]]
    """Role → the columns that may play it, the best first; a first one that is blank gives way to the next."""
    enough: int = 3
    other_headers: tuple[tuple[str, ...], ...] = ()
    """The same export of another year or in another language."""
    not_roles: tuple[str, ...] = ()
    """Roles that this export has no column for, whatever its other columns seem to be."""


LAYOUTS: tuple[Layout, ...] = ()

SUMMARY_ROWS = frozenset({"ebay_orders"})
"""Layouts in which a row without an item sums up an order whose items follow."""


def recognise(columns: Sequence[str]) -> Layout | None:
    """The layout whose export has these columns, or None."""
    have = {compact(column) for column in columns}
    best: Layout | None = None
    most = (0.0, 0)
    for layout in LAYOUTS:
        telling = sum(compact(header) in have for header in layout.telltale)
        if telling < layout.enough:
            continue
        known = {compact(header) for header in layout.header}
        for header in layout.other_headers:
            known |= {compact(column) for column in header}
        rank = (len(known & have) / len(have), telling)
        if rank > most:
            best, most = layout, rank
    return best
