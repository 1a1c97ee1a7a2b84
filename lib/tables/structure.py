"""Rows of text → where the header is, where the records begin, what stands above and below them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lib.parsing import dates, numbers

Row = Sequence[str]
Merged = tuple[tuple[int, int], tuple[int, int]]
"""Of merged cells: (first row, first column), (last row, last column)."""

_PLAIN = re.compile(r"-?\d{1,15}(?:[.,]\d+)?$")
_DIGIT = re.compile(r"\d")
_BARE_LETTERS = re.compile(r"^[^\W\d_]{1,3}\d+$")
_EMPTY = re.compile(r"^(?:[-–—.*_?\s]*|n/?a|nan|null|none|#n/a|#(?:ref|value|div/0|num|null|name)[!?])$", re.IGNORECASE)
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.\w{2,}$")
_LINK = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_CODE = re.compile(r"^(?=\S*\d)\S{3,}$")
_BOOL = frozenset(("true", "false"))
_TOTAL = re.compile(
    r"^\W*(?:grand\s+|sub\s?-?\s?|overall\s+)?(?:totals?|totales?|totaux|totaal|totali|totale?|summe|gesamt(?:summe|ergebnis|betrag)?|"
    r"insgesamt|suma|somma|somme|sum|total\s+g[eé]n[eé]ra[l]|итого|всего|合计|合計|razem|summa|yhteensä|celkem|toplam)\b[\s\w]{0,12}\W*$",
    re.IGNORECASE,
)

_LOOK = 400
"""Rows that are looked at closely."""


@dataclass(frozen=True)
class Shape:
    """Where things are in the rows that were looked at.

    `header` are the rows that name the columns (none where the file has no header), `first` is the first record,
    `columns` are the places of the columns that are kept, `names` what their header says (blank where nothing).
    """

    header: tuple[int, ...]
    first: int
    columns: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class TableSpan:
    """One of several tables in the same rows: its heading, without case, and (first row, row behind the last) of each
    stretch; `records` are its rows without headings."""

    heading: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    records: int


_LEAST_ROWS, _LEAST_NARROW_ROWS = 3, 6
"""Rows that make a table with its heading, and one of two columns: two columns of a few rows are remarks."""
MOST_TABLES = 200
"""Tables with headings of their own that are told apart in one text; where there are more, none is."""


def tables_in(rows: Sequence[Row]) -> tuple[TableSpan, ...]:
    """The tables that stand one below the other, parted by blank rows, each with a heading of its own.

    A stretch without a heading, or with the heading of the table above, goes on with that table. One table, or none,
    where nothing else looks like one.
    """
    stretches: list[tuple[int, int]] = []
    start: int | None = None
    for at in range(len(rows) + 1):
        blank = at == len(rows) or not any(cell.strip() for cell in rows[at])
        if blank and start is not None:
            stretches.append((start, at))
            start = None
        elif not blank and start is None:
            start = at
    if len(stretches) < 2:
        return ()
    found: list[tuple[tuple[str, ...], list[tuple[int, int]], int]] = []
    for first, last in stretches:
        heading = _heading_of(rows[first:last])
        if heading is None:
            if found:
                found[-1][1].append((first, last))
                found[-1] = (found[-1][0], found[-1][1], found[-1][2] + last - first)
            continue
        place, names = heading
        at = next((at for at, one in enumerate(found) if _share_names(one[0], names)), len(found))
        if at == MOST_TABLES:
            return ()
        if at == len(found):
            found.append((names, [], 0))
        same = found[at]
        same[1].append((first, last))
        found[at] = (same[0], same[1], same[2] + last - first - place - 1)
    return tuple(TableSpan(names, tuple(spans), records) for names, spans, records in found)


def forms_in(rows: Sequence[Row]) -> int:
    """How many forms stand one below the other, such as an order each with its labels, its heading and its items; 0
    for a table.

    A form repeats two kinds of row that name things, always in the same order: two headings, or labels with values
    (`Order, 1001, Date, 2024-01-05`) above a heading. A heading alone that repeats is of files put together.
    """
    look = rows[:_LOOK]
    seen: dict[tuple[str, ...], list[int]] = {}
    for at, row in enumerate(look):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < 2:
            continue
        key = tuple(cell.casefold() for cell in cells)
        if len(set(key)) == len(key) and all(kind(cell) in "XK" for cell in cells) and any(map(_is_words, cells)):
            seen.setdefault(key, []).append(at)
        labels = cells[::2]
        if len(labels) > 1 and len(cells) % 2 == 0 and all(kind(label) == "X" for label in labels):
            seen.setdefault(("\x00", *(label.casefold() for label in labels)), []).append(at)
    headings = {key: places for key, places in seen.items() if len(places) > 1 and _above_values(look, key, places)}
    for key, places in headings.items():
        if key[0] == "\x00":
            continue
        for other, others in headings.items():
            if other != key and len(others) == len(places) and _take_turns(others, places):
                return len(places)
    return 0


def _is_words(cell: str) -> bool:
    return not _DIGIT.search(cell)


def _above_values(rows: Sequence[Row], key: tuple[str, ...], places: Sequence[int]) -> bool:
    """Whether a row that repeats is a heading (what follows differs from it), or labels whose values differ."""
    if key[0] == "\x00":
        values = {tuple(cell.strip() for cell in rows[at] if cell.strip())[1::2] for at in places}
        return len(values) == len(places)
    follow = [next((row for row in rows[at + 1 :] if filled(row)), ()) for at in places]
    return all(row and not all(kind(cell.strip()) in "XE" for cell in row) for row in follow)


def _take_turns(first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether places of two kinds alternate."""
    both = sorted([(at, 0) for at in first] + [(at, 1) for at in second])
    return all(one[1] != other[1] and one[0] != other[0] for one, other in pairwise(both))


def _heading_of(rows: Sequence[Row]) -> tuple[int, tuple[str, ...]] | None:
    """The place of the heading in a stretch of rows, with its names; None where it has none."""
    widths = Counter(filled(row) for row in rows)
    width = max((count for count in widths if count > 1), key=lambda count: (widths[count], count), default=0)
    if width < 2 or len(rows) < (_LEAST_NARROW_ROWS if width == 2 else _LEAST_ROWS):
        return None
    for at, row in enumerate(rows[:4]):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < max(2, width - 1):
            continue
        if any(kind(cell) not in "XK" for cell in cells) or len(set(cells)) < len(cells) or not rows[at + 1 :]:
            return None
        body = rows[at + 1 :]
        typed = 0
        for place, cell in enumerate(row):
            if cell.strip():
                kinds = Counter(kind(other[place].strip()) for other in body[:50] if place < len(other))
                del kinds["E"]
                typed += bool(kinds) and kinds.most_common(1)[0][0] in "NDM"
        return (at, tuple(cell.casefold() for cell in cells)) if typed else None
    return None


def _share_names(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(set(one) & set(other)) >= 0.5 * min(len(one), len(other))


@lru_cache(1 << 15)
def kind(cell: str) -> str:
    """What a cell looks like: E empty, N number, D date, B true or false, M e-mail, U link, K code, X other text."""
    if not cell or _EMPTY.match(cell):
        return "E"
    if cell[0].isalpha() and cell.isalpha():
        return "B" if cell.casefold() in _BOOL else "X"
    if _PLAIN.match(cell):
        return "N"
    if _DIGIT.search(cell):
        if len(cell) <= 40 and dates.is_date(cell):
            return "D"
        if len(cell) <= 40 and not _BARE_LETTERS.match(cell) and numbers.is_number(cell):
            return "N"
    if _MAIL.match(cell):
        return "M"
    if _LINK.match(cell):
        return "U"
    return "K" if len(cell) <= 40 and _CODE.match(cell) else "X"


def is_comment(row: Row) -> bool:
    """A lone cell that starts with a hash sign."""
    return bool(row) and row[0].lstrip().startswith("#") and not any(cell.strip() for cell in row[1:])


def filled(row: Row) -> int:
    """How many cells hold something."""
    return len(row) - row.count("")


def typical_filled(rows: Sequence[Row]) -> float:
    """How many cells a record fills on average; the last third is left out, where totals and remarks may stand."""
    counts = [count for count in map(filled, rows) if count]
    upper = counts[: max(1, 2 * len(counts) // 3)]
    return sum(upper) / max(1, len(upper))


def find_shape(rows: Sequence[Row], *, merged: Sequence[Merged] = (), header_row: int | None = None) -> Shape:
    """Where the table is in `rows`, whose cells are stripped; the rows may be the first part of a file.

    `header_row` is a correction by the user: -1 says that there is no header.
    """
    look = rows[:_LOOK]
    full = [row for row in look if filled(row) and not is_comment(row)]
    width = max((len(row) for row in full), default=0)
    if not full:
        return Shape((), len(rows), (), ())
    block = _block_start(look, width)
    typical = _columns_kinds(look, block, width)
    if header_row is not None:
        header: tuple[int, ...] = () if header_row < 0 else (header_row,)
        first = header_row + 1 if header else block
    else:
        reach = _merged_reach(block, look, merged)
        first, header = _first_record(look, block, typical) if reach is None else reach
    held = [at for at in range(width) if any(at < len(row) and row[at] for row in rows[first:])]
    if header_row is None and len(header) == 1:
        header = _more_header(look, header[0], block, held, spread=not merged)
    named = _names_of(rows, header, range(width), spread=not merged)
    wanted = set(held)
    columns = tuple(at for at in range(width) if named[at] or at in wanted)
    return Shape(header, first, columns, tuple(named[at] for at in columns))


def _block_start(rows: Sequence[Row], width: int) -> int:
    """The first row that is as full as the rows of the table are: what stands above is a preamble."""
    counts = sorted(filled(row) for row in rows if filled(row) and not is_comment(row))
    typical = counts[len(counts) // 2]
    most = counts[-1]
    need = 1 if most < 2 else max(2, round(0.5 * typical))
    if most >= 2 and typical < 2:  # many half-empty rows: a full one still starts the table
        need = 2
    for at, row in enumerate(rows):
        if filled(row) >= need and not is_comment(row):
            return at
    return 0


def _columns_kinds(rows: Sequence[Row], block: int, width: int) -> list[str]:
    """The kind that most cells of each column share, where one does; taken from the lower two thirds."""
    body = [row for row in rows[block:] if filled(row) and not is_comment(row)]
    body = body[max(1, len(body) // 3) :] if len(body) > 1 else []
    if len(body) > 120:
        body = body[:: len(body) // 120]
    found: list[str] = []
    for at in range(width):
        seen = Counter(kind(row[at]) for row in body if at < len(row))
        del seen["E"]
        total = sum(seen.values())
        best, count = seen.most_common(1)[0] if seen else ("E", 0)
        found.append(best if count and count >= 0.6 * total else ("E" if not total else "X"))
    return found


def _first_record(rows: Sequence[Row], block: int, typical: Sequence[str]) -> tuple[int, tuple[int, ...]]:
    typed = [at for at, found in enumerate(typical) if found in "NDBMUK"]
    first = block
    if typed:
        first = next((at for at in range(block, len(rows)) if _is_record(rows[at], typed, typical)), block + 1)
        if first == block and _is_row_of_labels(rows, block, typical):
            first = block + 1
        first = max(first, _below_words(rows, block, typical))
    elif not _is_repeated(rows, block):
        first = block + 1
    if first == block:
        return block, ()
    # the header is the last row with words above a column of numbers or dates; rows below it that only lack those
    # are records
    strong = [at for at in typed if typical[at] != "K"]
    words = [
        at
        for at in range(block, first)
        if any(place < len(rows[at]) and kind(rows[at][place]) in "XK" for place in strong) and not is_comment(rows[at])
    ]
    above = words[-1] if words else block if not typed else first - 1
    while above > block and (not filled(rows[above]) or is_comment(rows[above])):
        above -= 1
    first = above + 1
    while first < len(rows) and (not filled(rows[first]) or is_comment(rows[first])):
        first += 1
    if above > block and _describes(rows[above], rows[above - 1]):
        above -= 1
    return first, (above,)


def _describes(row: Row, header: Row) -> bool:
    """Whether a row explains each column in a sentence, under the row that names them: `Current order status.`"""
    cells = [(cell, header[at] if at < len(header) else "") for at, cell in enumerate(row) if cell]
    names = [name for _, name in cells if name]
    if len(cells) < 3 or len(names) < len(cells) or len(set(names)) < len(names):
        return False
    if any(kind(name) not in "XK" for name in names):
        return False
    sentences = sum(len(cell.split()) >= 3 and len(cell) > len(name) for cell, name in cells)
    return sentences >= 0.6 * len(cells)


def _below_words(rows: Sequence[Row], block: int, typical: Sequence[str]) -> int:
    """The row after one that has words above every column of numbers, where rows of numbers stand above it (years)."""
    strong = [at for at, found in enumerate(typical) if found in "ND"]
    if any(kind(rows[block][place]) in "XK" for place in strong if place < len(rows[block])):
        return block
    for at in range(min(block + 3, len(rows) - 2), block, -1):
        row = rows[at]
        if len(strong) > 1 and all(place < len(row) and row[place] and kind(row[place]) == "X" for place in strong):
            return at + 1
    return block


def _is_record(row: Row, typed: Sequence[int], typical: Sequence[str]) -> bool:
    if is_comment(row):
        return False
    kinds = [(kind(row[at]), typical[at]) for at in typed if at < len(row) and row[at]]
    kinds = [(found, wanted) for found, wanted in kinds if found != "E"]
    if not kinds:
        return False
    # a code column (K) says little: a header such as `2nd_item` looks like a code, and some codes are plain numbers
    weight = {"K": 0.4}
    hits = sum(weight.get(wanted, 1.0) for found, wanted in kinds if found == wanted or (found, wanted) == ("N", "K"))
    total = sum(weight.get(wanted, 1.0) for _, wanted in kinds)
    return hits > 0.5 * total


def _is_row_of_labels(rows: Sequence[Row], at: int, typical: Sequence[str]) -> bool:
    """Numbers that name columns: years in a row, above columns that are no years."""
    row = rows[at]
    numbers = [cell for cell, wanted in zip(row, typical, strict=False) if wanted == "N" and kind(cell) == "N"]
    years = [int(cell) for cell in numbers if re.fullmatch(r"(?:19|20)\d\d", cell)]
    if len(years) < 3 or len(years) < 0.8 * len(numbers):
        return False
    steps = [later - earlier for earlier, later in pairwise(years)]
    if not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        return False
    below = next((other for other in rows[at + 1 :] if filled(other) > 2), ())
    return not all(
        re.fullmatch(r"(?:19|20)\d\d", cell) for cell, wanted in zip(below, typical, strict=False) if wanted == "N"
    )


def _is_repeated(rows: Sequence[Row], at: int) -> bool:
    """Whether some of the row's words come again below in their columns: then it is a record, not a header.

    A header that comes again as a whole, here and there, is a header: of files that were put together.
    """
    row = list(rows[at])
    below = [list(other) for other in rows[at + 1 :] if filled(other)]
    same = sum(other == row for other in below)
    if not below or len(below) < 2 or 0 < same < 0.5 * len(below):
        return False
    return any(cell and other[place : place + 1] == [cell] for place, cell in enumerate(row) for other in below)


def _merged_reach(block: int, rows: Sequence[Row], merged: Sequence[Merged]) -> tuple[int, tuple[int, ...]] | None:
    """Cells of the table's first row that are merged downwards: all rows that they cover are the header."""
    last = block
    while True:
        more = max(
            (
                high
                for (low, left), (high, right) in merged
                if block <= low <= last < high < len(rows) - 1 and (low == block or right == left or low > block)
            ),
            default=last,
        )
        if more == last:
            break
        last = more
    if last == block or not any(low == block and high > low for (low, _), (high, _) in merged):
        return None
    first = last + 1
    while first < len(rows) and not filled(rows[first]):
        first += 1
    return first, tuple(range(block, last + 1))


def _more_header(rows: Sequence[Row], last: int, block: int, wanted: Sequence[int], *, spread: bool) -> tuple[int, ...]:
    """Rows above the last header row that name what it leaves blank or says twice."""
    header: tuple[int, ...] = (last,)
    while header[0] > max(0, block - 1):
        named = _names_of(rows, header, wanted, spread=spread)
        unclear = sum(not name for name in named) + len(named) - len(set(named))
        above = header[0] - 1
        if not unclear or filled(rows[above]) < 2 or is_comment(rows[above]):
            break
        more = (above, *header)
        renamed = _names_of(rows, more, wanted, spread=spread)
        left = sum(not name for name in renamed) + len(renamed) - len(set(renamed))
        if left >= unclear or (above < block and (left or any(kind(cell) in "NDMU" for cell in rows[above]))):
            break  # above the table a row belongs to the heading only where it makes all names clear
        header = more
    return header


def _names_of(rows: Sequence[Row], header: Sequence[int], wanted: Sequence[int], *, spread: bool) -> list[str]:
    """What the rows of a heading call each of the wanted columns."""
    width = max(wanted, default=-1) + 1
    heading = _spread_upper(rows, header, width) if spread else [rows[row] for row in header]
    return [_joined(heading, range(len(header)), at) for at in wanted]


def _spread_upper(rows: Sequence[Row], header: Sequence[int], width: int) -> list[list[str]]:
    """The rows of a heading, the cells of the upper ones written above every column that they span.

    An upper cell reaches up to the next one, over columns that a lower row names: `Travel` above Air, Rail and Taxi.
    Where merged cells say how far they reach, they are filled already. A row with numbers or dates is no heading.
    """
    made = [[rows[row][at] if at < len(rows[row]) else "" for at in range(width)] for row in header]
    for upper in range(len(made) - 1):
        lower = made[upper + 1]
        if any(kind(cell) in "NDMU" for cell in made[upper]):
            continue
        group = ""
        for at in range(width):
            if made[upper][at]:
                group = made[upper][at] if lower[at] else ""
            elif lower[at] and group:
                made[upper][at] = group
            else:
                group = ""
    return made


def _joined(rows: Sequence[Row], header: Sequence[int], at: int) -> str:
    parts: list[str] = []
    for row in header:
        cell = " ".join(rows[row][at].split()) if at < len(rows[row]) else ""
        if cell and (not parts or parts[-1] != cell):
            parts.append(cell)
    return " ".join(parts)


def foot_length(tail: Sequence[Row], columns: Sequence[int], *, typical: float) -> tuple[int, int]:
    """How many of the last rows are no records: (all of them from the end, those of them that are totals).

    `tail` are the last rows of the table's body, `typical` how many cells of a record are filled.
    """
    cells = [[row[at] if at < len(row) else "" for at in columns] for row in tail]
    extra = [filled(row) - filled(kept) for row, kept in zip(tail, cells, strict=True)]
    shown = [at for at, row in enumerate(tail) if filled(row)]
    if len(shown) < 2:
        return 0, 0
    width = len(columns)
    always = [place for place in range(width) if sum(bool(cells[at][place]) for at in shown) >= 0.9 * len(shown)]
    end, totals = len(tail), 0
    for at in reversed(shown):
        row, count = cells[at], filled(cells[at])
        if at == shown[0]:
            break
        if _is_total(row, cells, shown[: shown.index(at)], width):
            end, totals = at, totals + 1
        elif (extra[at] == 0 and _is_remark(row, count, width, typical, always, gap=not filled(tail[at - 1]))) or (
            count <= 0.6 * typical and _is_unlike(row, cells, shown[: shown.index(at)])
        ):
            end = at
        else:
            break
    return len(tail) - end, totals


def _is_total(row: Sequence[str], cells: Sequence[Sequence[str]], above: Sequence[int], width: int) -> bool:
    if width < 2:
        return False
    texts = [place for place in range(width) if row[place] and kind(row[place]) in "XK"]
    labels = [place for place in texts if _TOTAL.match(row[place])]
    if labels and len(texts) <= max(2, len(labels)):
        place = labels[0]
        return sum(bool(_TOTAL.match(cells[at][place])) for at in above[-20:]) <= 1
    # no label: a first column that is always filled is not, and only numbers stand in the row
    if texts or not above or row[0] or width < 3:
        return False
    first = sum(bool(cells[at][0]) for at in above)
    numbers = sum(kind(cell) == "N" for cell in row)
    usual = sorted(filled(cells[at]) for at in above)[len(above) // 2]
    return bool(numbers) and first >= 0.98 * len(above) and filled(row) <= 0.6 * usual


def _is_unlike(row: Sequence[str], cells: Sequence[Sequence[str]], above: Sequence[int]) -> bool:
    """Whether what stands in the row is of another kind than what stands above it, in most of its cells.

    A summary such as `2, record(s) downloaded, from, Jan-01-25`, begins in the first column like a record.
    """
    unlike = held = 0
    for place, cell in enumerate(row):
        kinds = [kind(cells[at][place]) for at in above[-50:] if cells[at][place]]
        if cell and kinds:
            held += 1
            unlike += kind(cell) not in kinds
    return held > 1 and unlike >= 0.6 * held


def _is_remark(row: Sequence[str], count: int, width: int, typical: float, always: Sequence[int], *, gap: bool) -> bool:
    """A source, a footnote, a line of stars: one cell (two in a wide table) where records fill many."""
    if count > (2 if typical >= 4.5 else 1) or typical < 2:
        return False
    kinds = [kind(cell) for cell in row if cell]
    if any(found in "ND" for found in (kinds[-1:] if typical >= 4.5 else kinds)):
        return False
    if typical < 2.5 and not gap:
        longest = max((len(cell) for cell in row), default=0)
        return width >= 2 and longest > 40 and any(not row[place] for place in always)
    return width >= 2
