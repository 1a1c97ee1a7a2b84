"""Dumps of a database (`INSERT INTO …`, `COPY … FROM stdin`) → the rows of each table as CSV; nothing of it is run."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from dataclasses import dataclass, field
from datetime import datetime

from lib.errors import UserError
from lib.tables.limits import LIMIT_TABLES
from lib.tables.memory import Held

_LOOK = 64 * 1024
_START = re.compile(
    rb"(?i)^\s*(?:\xef\xbb\xbf)?(?:--|/\*|#|SET\b|BEGIN\b|START\b|CREATE\b|DROP\b|INSERT\s+INTO\b|INSERT\s+\[|PRAGMA\b|USE\b|REM\b|GO\b)"
)
# Blanks and names have one way each to be read, and names an end, so that no text takes long.
_ROWS = re.compile(
    rb"(?im)^[^\S\n]*(?:INSERT\s+(?:IGNORE\s+)?INTO\s|INSERT\s+\[|REPLACE\s+INTO\s|COPY\s+[^\n]+\bFROM\s+stdin)"
)
_NAME = r"[`\"\[]?(?:[\w$]{1,128}[`\"\]]?\s*\.\s*[`\"\[]?)?([\w$-][\w$ -]{0,127}?)[`\"\]]?"
_STATEMENT = re.compile(
    rf"(?P<create>\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}\s*\()"
    rf"|(?P<insert>\b(?:(?:INSERT\s+(?:IGNORE\s+)?|REPLACE\s+)INTO\s+|INSERT\s+(?=\[)){_NAME}\s*(?:\((?P<names>[^()]*)\)\s*)?VALUES\s*)"
    rf"|(?P<copy>^COPY\s+{_NAME}\s*(?:\((?P<copied>[^()]*)\))?\s*FROM\s+stdin[^\n]*;[^\n]*\n)",
    re.IGNORECASE | re.MULTILINE,
)
_TOKEN = re.compile(r"\s*(?:(?P<text>[A-Za-z]?'(?:[^'\\]|\\.|'')*')|(?P<sign>[(),;])|(?P<bare>[^\s'(),;]+))", re.DOTALL)
_COLUMN = re.compile(r"^\s*[`\"\[]?([\w$-][\w$ -]{0,127}?)[`\"\]]?\s+[A-Za-z]", re.MULTILINE)
_NO_COLUMN = frozenset(("primary", "key", "unique", "constraint", "index", "foreign", "check", "fulltext", "spatial"))
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "Z": ""}


@dataclass
class _Rows:
    """The rows of one table."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def is_sql_dump(data: Held) -> bool:
    """Whether a text begins as a dump does and has rows in it."""
    head = bytes(data[:_LOOK])
    if head[:2] in _UTF16:
        head = head.decode("utf-16", "replace").encode()
    return _START.match(head) is not None and _ROWS.search(head) is not None


def tables_of(text: str) -> dict[str, bytes]:
    """The tables of a dump that have rows, each as CSV with a heading, by name. Raises UserError for too many."""
    filled: set[str] = set()
    found: dict[str, _Rows] = {}
    at = 0
    while (match := _STATEMENT.search(text, at)) is not None:
        name = next(group for group in match.group(2, 4, 7) if group)
        table = found.setdefault(name, _Rows())
        if match["create"]:
            table.columns = table.columns or _created(text, match.end())
            at = match.end()
            continue
        filled.add(name)
        if len(filled) > LIMIT_TABLES:
            raise UserError("tables.too_many_tables", limit=LIMIT_TABLES)
        if match["insert"]:
            if match["names"]:
                table.columns = [_bare(part) for part in match["names"].split(",")]
            at = _insert(text, match.end(), table)
        else:
            if match["copied"]:
                table.columns = [_bare(part) for part in match["copied"].split(",")]
            at = _copied(text, match.end(), table)
    return {name: _as_csv(table) for name, table in found.items() if table.rows}


def _bare(name: str) -> str:
    return name.strip().strip('`"[]')


def _created(text: str, at: int) -> list[str]:
    """The columns of a table as it is created, from behind its opening bracket."""
    depth, start, parts = 1, at, []
    for match in re.finditer(r"'(?:[^'\\]|\\.|'')*'|[(),]", text[at : at + 200_000]):
        sign, place = match[0], at + match.start()
        depth += (sign == "(") - (sign == ")")
        if (sign == "," and depth == 1) or depth == 0:
            parts.append(text[start:place])
            start = place + 1
        if depth == 0:
            break
    named = [found[1] for part in parts if (found := _COLUMN.match(part + " x"))]
    return [name for name in named if name.split()[0].casefold() not in _NO_COLUMN]


def _insert(text: str, at: int, table: _Rows) -> int:
    """Adds the rows of one statement; returns where it ends."""
    row: list[str] | None = None
    cell: list[str] = []
    inside: list[str] = []
    """What stands between the brackets of a function: `CAST(N'…' AS DateTime)`, `to_date('…','DD-MM-RR')`."""
    depth = 0
    while (match := _TOKEN.match(text, at)) is not None:
        at = match.end()
        sign = match["sign"]
        if sign == "(":
            depth += 1
            if depth == 1:
                row, cell = [], []
            inside = [] if depth <= 2 else inside
        elif sign == ")":
            depth -= 1
            if depth == 1 and row is not None:
                cell = _called(cell, inside)
            if depth == 0 and row is not None:
                row.append("".join(cell))
                table.rows.append(row)
                row, cell = None, []
        elif sign == "," and depth == 1 and row is not None:
            row.append("".join(cell))
            cell = []
        elif sign == ";" and depth == 0:
            break
        elif row is None and sign is None and not match["text"]:
            return match.start()  # the next statement
        elif match["text"]:
            (inside if depth > 1 else cell).append(_plain(match["text"]))
        elif depth > 1 and match["bare"]:
            inside.append(match["bare"])
        elif match["bare"] and match["bare"].upper() != "NULL":
            cell.append(match["bare"])
    return at


_VALUE_FIRST = re.compile(r"(?i)^(?:cast|try_cast|to_date|to_timestamp(?:_tz)?|to_number|to_char|date|timestamp|n)$")
_FORMATS = (
    ("YYYY", "%Y"), ("RRRR", "%Y"), ("YY", "%y"), ("RR", "%y"), ("MONTH", "%B"), ("MON", "%b"), ("HH24", "%H"),
    ("HH12", "%I"), ("HH", "%I"), ("MI", "%M"), ("MM", "%m"), ("DD", "%d"), ("SS", "%S"), ("AM", "%p"), ("PM", "%p"),
)  # fmt: skip
_FORMAT = re.compile("|".join(name for name, _ in _FORMATS), re.IGNORECASE)


def _called(cell: list[str], inside: list[str]) -> list[str]:
    """The value that a function makes of its arguments, as far as it only says of what kind the first one is."""
    if not inside or not cell or not _VALUE_FIRST.match(cell[-1]):
        return [*cell, *inside]
    value = inside[0]
    if len(inside) == 2 and cell[-1].casefold().startswith(("to_date", "to_timestamp")):
        codes = {name.casefold(): code for name, code in _FORMATS}
        form = _FORMAT.sub(lambda part: codes[part[0].casefold()], inside[1])
        with contextlib.suppress(ValueError):
            value = str(datetime.strptime(value, form))
    return [*cell[:-1], value]


def _plain(quoted: str) -> str:
    inside = quoted[quoted.index("'") + 1 : -1].replace("''", "'")
    return re.sub(r"\\(.)", lambda sign: _ESCAPES.get(sign[1], sign[1]), inside, flags=re.DOTALL)


def _copied(text: str, at: int, table: _Rows) -> int:
    """Adds the lines up to `\\.`; returns where they end."""
    end = text.find("\n\\.", at - 1)
    end = len(text) if end < 0 else end
    for line in text[at : end + 1].splitlines():
        table.rows.append(["" if cell == "\\N" else cell for cell in line.split("\t")])
    return min(end + 3, len(text))


def _as_csv(table: _Rows) -> bytes:
    width = max(map(len, table.rows))
    columns = table.columns if len(table.columns) == width else [f"column_{at}" for at in range(1, width + 1)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *table.rows])
    return out.getvalue().encode()
