"""Texts that separators split in most rows: `Tee, blue` without quotes in a file with commas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lib.tables import names, structure

Row = Sequence[str]

MIN_ROWS = 3
PROVEN = 0.98
_AMOUNT = re.compile(r"\D{0,4}[0-9][0-9.,]*\D{0,4}")


@dataclass(frozen=True)
class SplitTexts:
    """Which columns hold texts that may be split: a comma of a text has a blank behind it, one between cells not."""

    heading: tuple[str, ...]
    columns: frozenset[int]

    def joined(self, row: Row) -> list[str] | None:
        """The row with its texts joined; None where that does not give one cell for each column."""
        made = _joined(row)
        if len(row) <= len(self.heading) or len(made) != len(self.heading):
            return None
        return made if _places(row) <= self.columns else None


def find(heading: Row, rows: Sequence[Row]) -> SplitTexts | None:
    """Which texts are split in most of these rows, which have more cells than the heading; None where that is unproven.

    Every cell that begins with a blank must continue a text: with them joined, each row has the heading's cells, with
    days, amounts and quantities in the columns that it calls so.
    """
    width = len(heading)
    long = [row for row in rows if len(row) > width]
    if not all(heading) or any(_AMOUNT.fullmatch(name.strip()) for name in heading):
        return None
    if len(long) < max(MIN_ROWS, 0.5 * len(rows)) or any(len(row) < width for row in rows):
        return None
    if any(_places(row) for row in rows if len(row) == width):
        return None
    columns = frozenset[int]().union(*(_places(row) for row in long))
    if any(at >= width or not _may_be_text(heading[at]) for at in columns):
        return None
    split = SplitTexts(tuple(heading), columns)
    fitting = sum((made := split.joined(row)) is not None and _fits(heading, made) for row in long)
    whole = all(_fits(heading, row) for row in rows if len(row) == width)
    return split if whole and fitting >= PROVEN * len(long) else None


def _joined(row: Row) -> list[str]:
    made: list[str] = []
    for cell in row:
        if made and cell[:1] == " ":
            made[-1] += "," + cell
        else:
            made.append(cell)
    return made


def _places(row: Row) -> set[int]:
    """Which columns a row's continued texts are in."""
    found, at = set[int](), -1
    for place, cell in enumerate(row):
        if place and cell[:1] == " ":
            found.add(at)
        else:
            at += 1
    return found


def _may_be_text(name: str) -> bool:
    return not (names.names_an_amount(name) or names.names_a_moment(name) or names.names_a_quantity(name))


def _fits(heading: Row, row: Row) -> bool:
    for name, cell in zip(heading, row, strict=True):
        if not cell.strip():
            continue
        number = names.names_a_quantity(name) or (names.names_an_amount(name) and not names.names_an_identifier(name))
        moment = names.names_a_moment(name)
        if (moment and structure.kind(cell) not in "DE") or (
            number and not moment and not _AMOUNT.fullmatch(cell.strip())
        ):
            return False
    return True
