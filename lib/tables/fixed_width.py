"""Text whose columns are parted by their places in the line → the same text with tabs between the cells."""

import re

from lib.tables.memory import Held

_HEAD = 64 * 1024
_LINES = 200
_LEAST_LINES = 4
_LEAST_COLUMNS = 3
_MOST_COLUMNS = 500
"""More are never written by their places; each line costs as much as the widest has columns."""
# One way only to read each line, so that no line takes long: a plus is part of a rule, or alone between blanks.
_RULE = re.compile(r"\s*[-=+]{2,}(?:\s+(?:\+\s+)*[-=+]{2,})*\s*")
_SEPARATORS = re.compile(r"[,;|]")
_FOOT = re.compile(
    r"(?i)\s*(?:\(?\d{1,12} (?:rows?|records?|filas?|registros?|zeilen?|lignes?|righe|linhas?)\b[^\n]{0,60}"
    r"|completion time:.{0,60})\s*"
)
"""What a database's client prints below a table: `(120 rows affected)`."""


def with_tabs(text: Held) -> bytes | None:
    """The text with tabs where all of its lines have two blanks or more, or where a line of dashes says; else None.

    Not where each line has as many words as every other: there, single blanks may part cells. Each column must have a
    name, so that a table with its row names is none, and no line may write across a gap.
    """
    head = text[:_HEAD].decode("utf-8", "replace")
    if "\t" in head or "   " not in head:
        return None
    lines = [line for line in head.splitlines()[: _LINES + 1] if line.strip()]
    if len(text) > _HEAD or len(lines) > _LINES:
        lines = lines[:-1]
    if len(lines) < _LEAST_LINES or _SEPARATORS.search(lines[0]):
        return None
    if len({len(line.split()) for line in lines}) == 1:
        return None  # blanks alone part the cells
    rule = next((line for line in lines[:3] if _RULE.fullmatch(line) and " " in line.strip()), None)
    starts = _starts_by_rule(rule) if rule is not None else _starts_by_blanks(lines)
    if not _LEAST_COLUMNS <= len(starts) <= _MOST_COLUMNS or not all(_cells(lines[0], starts)):
        return None
    made: list[str] = []
    for line in text[:].decode("utf-8", "replace").splitlines():
        if _RULE.fullmatch(line) or (rule is not None and _FOOT.fullmatch(line)):
            continue
        if any(line[at - 1 : at].strip() for at in starts[1:]):
            return None  # a cell that is wider than its column
        made.append("\t".join(_cells(line, starts)) if line.strip() else "")
    return ("\n".join(made) + "\n").encode()


def _cells(line: str, starts: list[int]) -> list[str]:
    ends = [*starts[1:], max(len(line), starts[-1])]
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _starts_by_rule(rule: str) -> list[int]:
    return [match.start() for match in re.finditer(r"[-=]+", rule)]


def _starts_by_blanks(lines: list[str]) -> list[int]:
    """Where cells begin after two blanks or more that all lines have."""
    blank = [True] * max(map(len, lines))
    for line in lines:
        for at, sign in enumerate(line):
            blank[at] = blank[at] and sign.isspace()
    width = len(blank)
    starts = [0]
    for at in range(2, width):
        if blank[at - 1] and blank[at - 2] and not blank[at]:
            starts.append(at)
    return starts
