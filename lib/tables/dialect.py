"""A sample of text → how its cells are parted and quoted."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lib.tables import structure
from lib.tables.limits import LIMIT_EXPANDED_BYTES

_COMMON = (",", ";", "\t", "|")
_RARE = ("^", "~", "\x1f", "\x01", "¦", "§", "¬", "#", "!", "*", " ", "/", ":")
_ROWS = 300
WHITESPACE = "whitespace"


@dataclass(frozen=True)
class Dialect:
    """How cells are parted: `separator` is one sign, `whitespace` for runs of blanks, or None for one column."""

    separator: str | None
    quote: str | None = '"'
    escape: str | None = None
    """A sign that takes the next sign literally, where the file has one."""
    blank_after: bool = False
    """Whether cells open their quotes after a blank: `a, "b, c"`."""
    whole_line_quoted: bool = False
    """Whether each line is quoted as a whole once more, as a spreadsheet does to text pasted into one column."""


def find_dialect(text: str, *, complete: bool, separator: str | None = None) -> Dialect:
    """The likeliest dialect of a text, or of the first part of one (`complete` False)."""
    declared = re.match(r"^\ufeff?\"?sep=(.)\"?\r?\n", text)
    if declared and separator is None:
        separator = declared[1]
    quote = _quote(text)
    if separator is not None:
        return _details(text, Dialect(separator, quote))
    if _rows_are_quoted(text):
        inner = "\n".join(map(unquoted_line, text.splitlines()))
        whole = _best(inner, _COMMON, quote, complete=complete)
        if whole[0] is not None and whole[1] > 0.5:
            return Dialect(whole[0], quote, whole_line_quoted=True)
    found: tuple[str | None, float] = _best(text, _COMMON, quote, complete=complete)
    if found[1] < 0.55:
        rare = _best(text, _RARE, quote, complete=complete)
        blank = _whitespace_score(text, complete=complete)
        if blank > max(found[1], rare[1] - 0.2):
            return Dialect(WHITESPACE, None)
        if rare[1] > max(found[1], 0.6):
            found = rare
    if found[0] is None or found[1] < 0.2:
        bare = _unquoted_lines(text)
        if bare is not None:
            again = _best(bare, _COMMON, quote, complete=complete)
            if again[0] is not None and again[1] > 0.5:
                return Dialect(again[0], quote, whole_line_quoted=True)
        return _details(text, Dialect(None, quote))
    return _details(text, Dialect(found[0], quote))


def parse(text: str, dialect: Dialect, *, limit: int | None = None) -> list[list[str]]:
    """The records of a text, at most `limit` of them; blank lines are records of one blank cell or none."""
    if dialect.separator == WHITESPACE:
        lines = io.StringIO(text, newline=None)
        return [line.split() for _, line in zip(range(limit or 1 << 60), lines, strict=False)]
    rows: list[list[str]] = []
    try:
        for row in reader(io.StringIO(text, newline=""), dialect):
            rows.append(row)
            if limit is not None and len(rows) >= limit:
                break
    except csv.Error:
        pass  # what was read before the break is sample enough
    return rows


csv.field_size_limit(LIMIT_EXPANDED_BYTES)  # Python's own limit of 131,072 letters is no limit of ours


def reader(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """Python's reader for that dialect."""
    return csv.reader(
        lines,
        delimiter=dialect.separator or "\x00" if dialect.separator is not None else "\x1e",
        quotechar=dialect.quote,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape,
        skipinitialspace=dialect.blank_after,
    )


def _quote(text: str) -> str | None:
    if '"' in text:
        return '"'
    wrapped = len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=$|[,;\t|\r])", text, re.MULTILINE))
    return "'" if wrapped >= 3 and wrapped * 2 >= text.count("'") - 2 else '"'


def _details(text: str, dialect: Dialect) -> Dialect:
    if dialect.quote is None or dialect.separator is None:
        return dialect
    mark, part = re.escape(dialect.quote), re.escape(dialect.separator)
    escape = None
    if f"\\{dialect.quote}" in text and re.search(rf"[^{part}\\]\\{mark}(?!\s*(?:{part}|[\r\n]|$))", text):
        escape = "\\"
    strict = Dialect(dialect.separator, dialect.quote, escape)
    if dialect.separator == " " or f"{dialect.separator} " not in text or dialect.quote not in text:
        return strict
    opened = re.compile(rf"^ +{mark}")  # a quote after a blank, where a strict reader does not see it as one
    blank = any(opened.match(cell) for row in parse(text, strict, limit=_ROWS) for cell in row[1:])
    return Dialect(dialect.separator, dialect.quote, escape, blank)


def _best(text: str, candidates: Sequence[str], quote: str | None, *, complete: bool) -> tuple[str | None, float]:
    scores = [
        (_score(text, separator, quote, complete=complete), separator) for separator in candidates if separator in text
    ]
    if not scores:
        return None, 0.0
    top = max(score for score, _ in scores)
    return next((separator, score) for score, separator in scores if score == top)


def _score(text: str, separator: str, quote: str | None, *, complete: bool) -> float:
    """How much a text looks like a table when parted here: even rows, and cells that hold one thing each."""
    rows = parse(text, _details(text, Dialect(separator, quote)), limit=_ROWS)
    if not complete and len(rows) < _ROWS and len(rows) > 1:
        rows = rows[:-1]
    rows = [[cell.strip() for cell in row] for row in rows]
    rows = [row for row in rows if structure.filled(row) and not structure.is_comment(row)]
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    width = max(
        (found for found in widths if found > 1), key=lambda found: (widths[found] * (1 - 1 / found), found), default=1
    )
    if width == 1:
        return 0.0
    places = [at for at, row in enumerate(rows) if len(row) == width]
    inside = rows[places[0] : places[-1] + 1]
    even = len(places) / len(inside)
    share = len(places) / len(rows)
    cells = [cell for row in inside if len(row) == width for cell in row]
    others = [sign for sign in _COMMON if sign != separator]
    clean = sum(1 for cell in cells if _is_clean(cell, others)) / len(cells)
    return even * (0.35 + 0.65 * share) * clean**1.5 * (1 - 0.5 / width)


def _is_clean(cell: str, others: Sequence[str]) -> bool:
    """Whether a cell holds one thing; another separator inside makes that doubtful, unless it is prose or a number."""
    if not cell:
        return True
    found = structure.kind(cell)
    if found in "NDEBMU":
        return True
    if cell[0] == '"' or (cell[-1] == '"' and cell.count('"') % 2):
        return False
    return not any(sign in cell and (sign != "," or re.search(r",\S", cell)) for sign in others)


def _whitespace_score(text: str, *, complete: bool) -> float:
    lines = text.splitlines()[: _ROWS + 1]
    if not complete:
        lines = lines[:-1]
    rows = [line.split() for line in lines if line.strip()]
    if len(rows) < 2:
        return 0.0
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    if width < 2 or count < 0.95 * len(rows):
        return 0.0
    body = [row for row in rows if len(row) == width][1:]
    typed = sum(sum(structure.kind(row[at]) in "ND" for row in body) >= 0.9 * len(body) for at in range(width))
    return 0.9 if typed >= max(1, width / 2) else 0.0


_QUOTED_LINE = re.compile(r'^\s*"((?:[^"]|"")*)"[\s;,\t|]*$')
"""A line that is one quoted cell, with separators of empty cells behind it."""


def unquoted_line(line: str) -> str:
    """A line without the quotes around it as a whole, and without the separators that hang at its end."""
    match = _QUOTED_LINE.match(line)
    return match[1].replace('""', '"') if match else line.rstrip("\r\n")


def _rows_are_quoted(text: str) -> bool:
    """Whether lines are quoted as a whole though the heading is not: a spreadsheet saved its only column so.

    Only cells with a quote or the spreadsheet's own separator in them need quotes, so that some lines may have none.
    """
    lines = [line for line in text.splitlines() if line.strip()][: _ROWS + 1]
    if len(lines) < 2:
        return False
    heading = unquoted_line(lines[0])
    body = lines[1:]
    quoted = [match for line in body if (match := _QUOTED_LINE.match(line))]
    if len(quoted) < max(1, 0.3 * len(body)):
        return False
    for separator in _COMMON:
        width = heading.count(separator)
        strict = Dialect(separator)
        if width >= 2 and all(
            len(parse(unquoted_line(line), strict, limit=1)[0]) - 1 in (width, width - 1) for line in body[:50]
        ):
            return True
    return False


def _unquoted_lines(text: str) -> str | None:
    """The lines without the quotes around each, where every line has them."""
    lines = [line for line in text.splitlines() if line.strip()][:_ROWS]
    wrapped = [line for line in lines if len(line) > 2 and line[0] == '"' and line.rstrip()[-1] == '"']
    if len(lines) < 2 or len(wrapped) < 0.8 * len(lines):
        return None
    return "\n".join(line.rstrip()[1:-1].replace('""', '"') if line[0] == '"' else line for line in lines)
