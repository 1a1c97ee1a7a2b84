"""Amounts that separators split in two in every row: `1,234.50` or `12,50` without quotes in a file with commas."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from lib.tables import dialect as dialects
from lib.tables import names, structure
from lib.tables.dialect import Dialect
from lib.tables.split_texts import SplitTexts

Row = Sequence[str]

_FORMS = (
    (
        re.compile(r"\D{0,4}[0-9]{1,3},[0-9]{3}(?:\.[0-9]+)?\D{0,4}"),
        re.compile(r"\D{0,4}[0-9]{1,3}(?:\.[0-9]+)?\D{0,4}"),
    ),
    (re.compile(r"\D{0,4}[0-9]+,[0-9]{1,2}\D{0,4}"), re.compile(r"\D{0,4}[0-9]+\D{0,4}")),
)
"""How an amount is written that was split, and one in the same column that was not: with marks of thousands, with a
decimal comma."""
_PART = re.compile(r",([0-9]+)")
_NUMBER = re.compile(r"-?[0-9.]+")
MIN_ROWS = 3
MIN_PARTS = 5
"""Different parts behind the comma that a column of its own, such as rates of tax, would hardly have."""
PROVEN = 0.98
MOST_EXTRA, MOST_AMOUNTS = 4, 6


@dataclass(frozen=True)
class SplitAmounts:
    """Which columns hold amounts that may be split, and in which form."""

    heading: tuple[str, ...]
    form: int

    @property
    def amounts(self) -> tuple[int, ...]:
        return tuple(
            at
            for at, name in enumerate(self.heading)
            if names.names_an_amount(name) and not names.names_a_moment(name) and not names.names_an_identifier(name)
        )

    @property
    def quantities(self) -> tuple[int, ...]:
        return tuple(at for at, name in enumerate(self.heading) if names.names_a_quantity(name))

    @property
    def dates(self) -> tuple[int, ...]:
        return tuple(at for at, name in enumerate(self.heading) if names.names_a_moment(name))

    def joined(self, row: Row) -> list[str] | None:
        """The row with its amounts joined; None where that is impossible, or possible in several ways."""
        split, whole = _FORMS[self.form]
        extra = len(row) - len(self.heading)
        if not 0 < extra <= MOST_EXTRA:
            return None
        found = []
        for places in combinations(self.amounts, extra):
            made, at = list[str](), 0
            blank = list[bool]()
            for place in range(len(self.heading)):
                cells = 2 if place in places else 1
                if place and row[at].strip():
                    blank.append(row[at][:1] == " ")
                made.append(",".join(cell.strip() for cell in row[at : at + cells]))
                at += cells
            fits = all(
                (split if place in places else whole).fullmatch(made[place]) or not made[place]
                for place in self.amounts
            )
            fits = fits and all(_NUMBER.fullmatch(made[place]) or not made[place] for place in self.quantities)
            prose = any(blank) and not all(blank)  # `Shoe, 42` is a text with a comma, not two cells
            if fits and not prose and all(structure.kind(made[place]) in "DE" for place in self.dates):
                found.append(made)
        return found[0] if len(found) == 1 else None


def find(heading: Row, rows: Sequence[Row]) -> SplitAmounts | None:
    """How amounts are split in most of these rows, which have more cells than the heading; None where that is unproven.

    With the amounts joined every row must fit the heading, days in the columns that it calls days. What stands behind
    the commas must be no column that the heading forgot: cents such as 00 or 05, or many different ones.
    """
    width = len(heading)
    long = [row for row in rows if len(row) > width]
    if not all(heading) or len(long) < max(MIN_ROWS, 0.5 * len(rows)) or any(len(row) < width for row in rows):
        return None
    for form in range(len(_FORMS)):
        split = SplitAmounts(tuple(heading), form)
        if not split.dates or not 1 <= len(split.amounts) <= MOST_AMOUNTS:
            return None
        made = [joined for row in long if (joined := split.joined(row)) is not None]
        if len(made) < PROVEN * len(long):
            continue
        parts = {part for row in made for at in split.amounts for part in _PART.findall(row[at])}
        cents = {part for part in parts if len(part) > 1}  # one digit alone may be a column of small numbers
        if len(cents) >= MIN_PARTS or any(part.startswith("0") for part in cents):
            return split
    return None


def rejoined(body: str, dialect: Dialect, split: SplitAmounts | SplitTexts) -> tuple[str, int]:
    """The rows with their amounts or texts joined and quoted, and how many of them."""
    out, count = io.StringIO(), 0
    writer = csv.writer(out, quotechar=dialect.quote or '"', lineterminator="\n")

    def rows() -> Iterator[list[str]]:
        nonlocal count
        for row in dialects.reader(io.StringIO(body, newline=""), dialect):
            made = split.joined(row)
            count += made is not None
            yield row if made is None else made

    writer.writerows(rows())
    return out.getvalue(), count
