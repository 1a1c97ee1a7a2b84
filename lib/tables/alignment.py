"""Rows with more cells than the heading → the cells that belong together, judged by what the other rows hold."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from lib.tables import structure

Row = Sequence[str]

_TYPED = frozenset("NDMBU")
_SHARE = 0.8
"""Of a column's cells that are of one kind, where the column is of that kind."""
_ROWS = 500
_MOST_EXTRA = 4
_KNOWN = 10
"""Rows from which on columns are known well enough to call a row unclear."""
_MOST_SEEN = 400
"""Maximum number of different values of a column for its earlier values to count as evidence."""


@dataclass(frozen=True)
class Profile:
    """What the columns of a table hold: each one's kind, and values that were seen in it."""

    kinds: tuple[str, ...]
    seen: tuple[frozenset[str], ...]
    separator: str
    amounts: frozenset[int] = frozenset()
    """Positions of columns whose headings are for money."""
    rows: int = 0
    """From how many rows it is drawn."""

    @property
    def width(self) -> int:
        return len(self.kinds)

    def fits(self, at: int, cell: str) -> bool:
        """Whether a cell is of the kind of a column; blank cells always are."""
        wanted, found = self.kinds[at], structure.kind(cell.strip())
        return found == "E" or wanted not in _TYPED or found == wanted

    def misfits(self, row: Row) -> int:
        """How many cells are of another kind than their column."""
        return sum(not self.fits(at, cell) for at, cell in enumerate(row))


def profile_of(rows: Sequence[Row], width: int, separator: str, *, amounts: frozenset[int] = frozenset()) -> Profile:
    """What columns hold, from the rows of the right length among those given."""
    full = [row for row in rows if len(row) == width][:_ROWS]
    kinds: list[str] = []
    seen: list[frozenset[str]] = []
    for at in range(width):
        cells = [row[at].strip() for row in full if row[at].strip()]
        counts = Counter(structure.kind(cell) for cell in cells)
        del counts["E"]
        best, count = counts.most_common(1)[0] if counts else ("E", 0)
        kinds.append(best if count and count >= _SHARE * counts.total() else "X")
        different = set(cells)
        seen.append(frozenset(different) if len(different) <= _MOST_SEEN else frozenset())
    return Profile(tuple(kinds), tuple(seen), separator, amounts, len(full))


def aligned(row: Row, profile: Profile) -> list[str] | None:
    """The row with as many cells as columns, or None where it is unclear which cells belong together.

    Cells beyond the last column that are blank are cut. Otherwise neighbouring cells, split for example by an unquoted
    comma in a name, are joined by the separator if all cells then have their column's type.
    """
    width, extra = profile.width, len(row) - profile.width
    if not any(cell.strip() for cell in row[width:]):
        return list(row[:width])
    if extra > _MOST_EXTRA or not any(kind in _TYPED for kind in profile.kinds):
        second = row[width : 2 * width]  # a record of its own, whose line did not end
        if (
            profile.rows >= _KNOWN
            and len(second) == width
            and profile.misfits(second) == 0
            and list(second) != list(row[:width])
        ):
            return None
        return list(row[:width]) if profile.misfits(row[:width]) == 0 else None
    counts = _Counts(row, profile)
    found: list[tuple[tuple[int, ...], Places]] = []
    for places in _ways(row, profile):
        if counts.beside(places, counts.misfits):
            continue
        joined = _joined_cells(row, places, profile.separator)
        if all(profile.fits(at, cell) and _may_join(cell, profile, at) for at, cell in joined):
            found.append((_evidence(joined, places, counts, profile), places))
    cut = list(row[:width])
    if not found:
        unclear = extra > 1 and _others_fit(row, profile, counts)
        return cut if profile.misfits(cut) == 0 and not unclear else None
    best, chosen = max(found, key=lambda one: one[0])
    made = _joined(row, chosen, profile)
    if any(more and _in_thousands(made[at], profile, at) for at, more in enumerate(_joins_of(made, profile))):
        return made
    if profile.misfits(cut) == 0 and best[:4] <= (-_unlike(cut, profile), _familiar(cut, profile), 0, 0):
        unclear = extra > 1 and _others_fit(row, profile, counts)
        return None if unclear else cut  # the cells beyond are as likely a remark behind the row
    return made


Places = tuple[tuple[int, int], ...]
"""Where cells are joined, from left to right: (column, how many cells more it takes)."""


class _Counts:
    """How many cells of a row fit their columns when it is moved by 0, 1, … cells, counted once for all ways to join.

    Each list says for a move how many of the cells before a column do not fit it, are unlike it, or are familiar.
    """

    def __init__(self, row: Row, profile: Profile) -> None:
        self.width, self.extra = profile.width, len(row) - profile.width
        moves = range(self.extra + 1)
        self.misfits = [self._before(row, move, lambda at, cell: not profile.fits(at, cell)) for move in moves]
        self.unlike = [self._before(row, move, lambda at, cell: _is_unlike(at, cell, profile)) for move in moves]
        self.familiar = [self._before(row, move, lambda at, cell: _is_familiar(at, cell, profile)) for move in moves]

    def _before(self, row: Row, move: int, holds: Callable[[int, str], bool]) -> list[int]:
        return list(accumulate((holds(at, row[at + move]) for at in range(self.width)), initial=0))

    def beside(self, places: Places, counts: Sequence[Sequence[int]]) -> int:
        """The count of all cells that are not joined."""
        total, start, moved = 0, 0, 0
        for at, more in places:
            total += counts[moved][at] - counts[moved][start]
            start, moved = at + 1, moved + more
        return total + counts[moved][self.width] - counts[moved][start]

    def without(self, place: int, counts: Sequence[Sequence[int]]) -> int:
        """The count where the cells too many stand at a place and are left out."""
        return counts[0][place] + counts[-1][-1] - counts[-1][place]


def _others_fit(row: Row, profile: Profile, counts: _Counts) -> bool:
    """Whether the cells too many may as well be others than the last ones: without them, the rest fits, too."""
    if profile.rows < _KNOWN:
        return False
    width, extra = counts.width, counts.extra
    differs = False
    for place in reversed(range(width)):
        differs = differs or row[place] != row[place + extra]
        if (
            differs
            and counts.without(place, counts.misfits) == 0
            and counts.without(place, counts.unlike) <= counts.unlike[0][-1]
        ):
            return True
    return False


_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def _in_thousands(cell: str, profile: Profile, at: int) -> bool:
    """Whether a number in a column of money was split at its marks of thousands: 1,234.50."""
    return at in profile.amounts and profile.separator == "," and bool(_THOUSANDS.fullmatch(cell.strip()))


def _joins_of(made: Row, profile: Profile) -> list[int]:
    """How many separators each cell of a row holds."""
    return [cell.count(profile.separator) for cell in made]


_MOST_FOR_TWO = 20
"""Columns of a table in which cells too many are looked for in two places."""
_MOST_WORK = 5_000
"""Places × columns that are tried for one row: a table may have thousands of columns."""


def _ways(row: Row, profile: Profile) -> list[Places]:
    """The columns that take more cells, and how many: all of them in one place, or in two, where the cells in front of
    and behind these places fit their columns."""
    width, extra = profile.width, len(row) - profile.width
    last = next((at for at in range(width) if not profile.fits(at, row[at])), width - 1)
    first = next((at for at in reversed(range(width)) if not profile.fits(at, row[at + extra])), 0)
    if (last - first + 1) * width > _MOST_WORK:
        return []
    one: list[Places] = [((place, extra),) for place in range(first, last + 1)]
    if extra < 2 or width > _MOST_FOR_TWO:
        return one
    return one + [
        ((left, some), (right, extra - some))
        for left, right in combinations(range(width), 2)
        if left <= last and right >= first
        for some in range(1, extra)
    ]


def _joined_cells(row: Row, places: Places, separator: str) -> list[tuple[int, str]]:
    """(column, cell) of the cells that are joined."""
    found: list[tuple[int, str]] = []
    moved = 0
    for at, more in places:
        found.append((at, separator.join(row[at + moved : at + moved + more + 1])))
        moved += more
    return found


def _joined(row: Row, places: Places, profile: Profile) -> list[str]:
    made: list[str] = []
    at, more_at = 0, dict(places)
    for column in range(profile.width):
        more = more_at.get(column, 0)
        made.append(profile.separator.join(row[at : at + more + 1]))
        at += more + 1
    return made


def _may_join(cell: str, profile: Profile, at: int) -> bool:
    """Words may hold a separator, numbers alone are no words; of numbers those with a decimal comma: 10,50."""
    if profile.kinds[at] in "XKE":
        return any(sign.isalpha() for sign in cell)
    if _in_thousands(cell, profile, at):
        return True
    whole, _, cents = cell.strip().rpartition(",")
    return profile.kinds[at] == "N" and profile.separator == "," and len(cents) <= 2 and whole.lstrip("-").isdigit()


def _evidence(joined: Sequence[tuple[int, str]], places: Places, counts: _Counts, profile: Profile) -> tuple[int, ...]:
    """Evidence for a way to join: words among words, values seen before, a blank behind the separator, one place."""
    blanks = sum(f"{profile.separator} " in cell for _, cell in joined)
    amounts = sum(at in profile.amounts for at, _ in joined)
    unlike = counts.beside(places, counts.unlike) + sum(_is_unlike(at, cell, profile) for at, cell in joined)
    familiar = counts.beside(places, counts.familiar) + sum(_is_familiar(at, "", profile) for at, _ in joined)
    return -unlike, familiar, blanks, amounts, -len(places), -places[0][0]


def _unlike(row: Row, profile: Profile) -> int:
    """How many cells are a number or a date in a column of words."""
    return sum(_is_unlike(at, cell, profile) for at, cell in enumerate(row))


def _is_unlike(at: int, cell: str, profile: Profile) -> bool:
    return profile.kinds[at] == "X" and structure.kind(cell.strip()) in "ND"


def _familiar(row: Row, profile: Profile) -> int:
    """How many words of the row were seen in their column in other rows."""
    return sum(_is_familiar(at, cell, profile) for at, cell in enumerate(row))


def _is_familiar(at: int, cell: str, profile: Profile) -> bool:
    return profile.kinds[at] not in _TYPED and cell.strip() in profile.seen[at]


def added_column(rows: Sequence[Row], profile: Profile) -> int | None:
    """The place of the one column that rows have more than the heading, so that all others fit; None where unclear."""
    look = rows[:200]
    unfit = [_without_each(row, lambda at, cell: not profile.fits(at, cell)) for row in look]
    misfits = list(map(sum, zip(*unfit, strict=True)))
    least = min(misfits)
    if least > 0.1 * len(look):
        return None
    places = [place for place, count in enumerate(misfits) if count == least]
    if len(places) == 1:
        return places[0]

    met = [_without_each(row, lambda at, cell: _is_familiar(at, cell, profile)) for row in look]
    familiar = list(map(sum, zip(*met, strict=True)))
    return max(places, key=lambda place: (familiar[place], place))


def _without_each(row: Row, holds: Callable[[int, str], bool]) -> list[int]:
    """For how many cells something holds when the row is read without its first, its second, … its last cell.

    Counted from both ends, so that a row of thousands of cells is read twice and not thousands of times.
    """
    front, back = [0], [0]
    for at in range(len(row) - 1):
        front.append(front[-1] + holds(at, row[at]))
    for at in reversed(range(len(row) - 1)):
        back.append(back[-1] + holds(at, row[at + 1]))
    return [before + behind for before, behind in zip(front, reversed(back), strict=True)]
