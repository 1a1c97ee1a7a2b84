"""A table as pandas, R or a tibble prints it: numbered rows, columns parted by blanks → the same with commas."""

import csv
import io
import re
from itertools import chain, pairwise

from lib.errors import UserError

_MOST_TEXT = 8 * 1024 * 1024
_MOST_COLUMNS, _MOST_BLOCKS = 500, 100
_LEAST_ROWS = 2
_ROW = re.compile(r"\s*(\d{1,9})\s")
_TYPES = re.compile(r"\s*(?:<[a-z0-9()]{2,12}>\s*){2,}")
_TITLE = re.compile(r"# A (?:tibble|data frame).*")
_FOOT = re.compile(r"\s*(?:\[\d+ rows x \d+ columns\]|# (?:ℹ|…|\.\.\.|i) .*)\s*")
_LEFT_OUT = re.compile(
    r"(?m)^(?:[ \t]*\.{2,3}(?:[ \t]+\.{2,3})+[ \t]*|# (?:ℹ|…|\.\.\.|i) \d[\d,]* more rows?.*"
    r"|[ \t]*\[ reached .*omitted.*)$"
)


def table_of(text: bytes) -> bytes | None:
    """The printed table; None for any other text. Raises UserError where the print leaves rows out.

    Rows are numbered from 0 or 1 without a gap, under a heading that names every column but this one. A table that is
    wider than the screen goes on below itself, with the same numbers.
    """
    if len(text) > _MOST_TEXT:
        return None
    head = text[:4_096].decode("utf-8", "replace").splitlines()[:4]
    if not head or head[0][:1] not in (" ", "#") or not any(map(_ROW.match, head)) or "\t" in "".join(head):
        return None
    plain = text.decode("utf-8", "replace")
    left_out = _LEFT_OUT.search(plain) is not None
    blocks = _blocks(plain)
    parted = [_parted(block) for block in blocks]
    if not blocks or any(cells is None for cells in parted):
        return None
    numbers = [[int(row[0]) for row in cells[1:]] for cells in parted if cells is not None]
    if any(other != numbers[0] for other in numbers) or len(numbers[0]) < _LEAST_ROWS or numbers[0][0] not in (0, 1):
        return None
    if not left_out and any(later != one + 1 for one, later in pairwise(numbers[0])):
        return None
    if left_out:
        raise UserError("tables.print_cut", rows=len(numbers[0]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for rows in zip(*(cells for cells in parted if cells is not None), strict=True):
        writer.writerow(list(chain.from_iterable(row[1:] for row in rows)))
    return out.getvalue().encode()


def _blocks(text: str) -> list[list[str]]:
    """The headings with their numbered rows; none where something else stands in the text."""
    made: list[list[str]] = []
    for line in text.splitlines():
        line = line.rstrip()
        if not line.strip() or _FOOT.fullmatch(line) or _TITLE.fullmatch(line) or _LEFT_OUT.fullmatch(line):
            continue
        if _ROW.match(line):
            if not made:
                return []
            made[-1].append(line)
        elif not (made and len(made[-1]) == 1 and _TYPES.fullmatch(line)):
            if len(made) == _MOST_BLOCKS or (made and len(made[-1]) == 1):
                return []
            made.append([line.removesuffix("\\").rstrip()])
    return made


def _parted(lines: list[str]) -> list[list[str]] | None:
    """The cells of each line, parted where all lines have a blank; a stretch without a name belongs to the next."""
    width = max(map(len, lines))
    blank = bytearray(b"\x01" * width)
    for line in lines:
        for found in re.finditer(r"\S+", line):
            blank[found.start() : found.end()] = bytes(found.end() - found.start())
    stretches = [(found.start(), found.end()) for found in re.finditer(rb"\x00+", bytes(blank))]
    heading = lines[0]
    if len(stretches) < 2 or heading[stretches[0][0] : stretches[0][1]].strip():
        return None
    columns: list[tuple[int, int]] = [stretches[0]]
    start: int | None = None
    for low, high in stretches[1:]:
        start = low if start is None else start
        if heading[low:high].strip():
            columns.append((start, high))
            start = None
    if start is not None:  # what is left of a column that is written to the left, behind its name
        columns[-1] = (columns[-1][0], width)
    if len(columns) > _MOST_COLUMNS or any(len(line) <= columns[-1][0] for line in lines[1:]):
        return None
    cells = [[line[low:high].strip() for low, high in columns] for line in lines]
    return cells if all(row[0].isdigit() for row in cells[1:]) else None
