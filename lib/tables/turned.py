"""Tables that lie on their side: every order is a column, and the names of the fields stand in the first one."""

from collections.abc import Sequence
from typing import TypeVar

from lib.parsing.dates import is_date
from lib.tables import names

_MOST_FIELDS = 60
_LEAST_FIELDS = 4
_DATES = 0.8

Cell = TypeVar("Cell")


def upright(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]] | None:
    """The rows of a table that lies on its side, the names first; None where it stands.

    Its first column has names only, of which one says that its row holds dates (it does) and another that its row is
    money; and it has more columns than rows.
    """
    filled = [row for row in rows if any(_text(cell) for cell in row)]
    if not _LEAST_FIELDS <= len(filled) <= _MOST_FIELDS or any(not row for row in filled):
        return None
    width = max(map(len, filled))
    labels = [_text(row[0]) for row in filled]
    if width <= len(filled) or not all(labels) or len(set(labels)) < len(labels):
        return None
    if any(label[:1].isdigit() or is_date(label) for label in labels):
        return None
    moments = [row for row, label in zip(filled, labels, strict=True) if names.names_a_moment(label)]
    if not moments or not any(map(names.names_an_amount, labels)):
        return None
    if any(map(names.names_an_amount, map(_text, filled[0][1:]))):
        return None
    if not any(_are_dates(row[1:]) for row in moments):
        return None
    return [[row[at] if at < len(row) else filled[0][0].__class__() for row in filled] for at in range(width)]


def _are_dates(cells: Sequence[object]) -> bool:
    held = [_text(cell) for cell in cells if _text(cell)]
    return bool(held) and sum(map(is_date, held)) >= _DATES * len(held)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
