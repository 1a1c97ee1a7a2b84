"""Texts in a form of one program's own: QuickBooks' IIF, tables written or printed by R, pandas and LaTeX, listings of
databases, records of JavaScript and Python."""

import ast
import csv
import io
import json
import re
from collections.abc import Sequence

from lib.tables import listings, printed

_LOOK = 4_096
_LEAST_ROWS = 3


def plain_table(text: bytes) -> bytes | None:
    """The table of a text in such a form, with commas and a heading; None for any other text."""
    head = text[:_LOOK]
    if b"\\begin{" in head:
        return _of_latex(text.decode("utf-8", "replace"))
    if b"!TRNS\t" in head:
        return _transactions(text.decode("utf-8", "replace"))
    if b'" "' in head.split(b"\n", 1)[0]:
        return _numbered_by_r(text.decode("utf-8", "replace"), " ")
    if head[:1] == b'"' and b'","' in head.split(b"\n", 1)[0]:
        return _numbered_by_r(text.decode("utf-8", "replace"), ",")
    return printed.table_of(text) or listings.table_of(text)


def _transactions(text: str) -> bytes | None:
    """The transactions of an IIF; the splits of each repeat its amount below zero."""
    heading: list[str] | None = None
    rows: list[list[str]] = []
    for line in text.splitlines():
        cells = line.split("\t")
        if cells[0] == "!TRNS":
            heading = cells[1:]
        elif cells[0] == "TRNS" and heading is not None:
            rows.append(cells[1:])
    return _as_csv([heading, *rows]) if heading and rows else None


def _numbered_by_r(text: str, separator: str) -> bytes | None:
    """What `write.table` writes: every name in quotes, and one cell more in each row than there are names: its number,
    in quotes as well."""
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    if len(rows) <= _LEAST_ROWS:
        return None
    heading, body = rows[0], rows[1:]
    first = text.split("\n", 1)[0].rstrip("\r")
    if first.count('"') != 2 * len(heading) or not all(len(row) == len(heading) + 1 for row in body):
        return None
    if not any(row[-1] for row in body):  # each row ends with a comma
        return None
    numbers = [row[0] for row in body]
    if numbers != [str(at) for at in range(1, len(body) + 1)] or not text.split("\n", 2)[1].startswith('"1"'):
        return None
    return _as_csv([heading, *(row[1:] for row in body)])


_TABULAR = re.compile(r"\\begin\{(tabular[*xy]?|longtable|tabu)\}")
_LATEX_CELL = re.compile(r"(?<!\\)&")
_LATEX_RULE = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|centering)\b"
    r"|\\c(?:midrule|line)(?:\([a-z]{0,2}\))?\{[\d-]{1,9}\}"
)
_LATEX_COMMENT = re.compile(r"(?m)(?<!\\)%.*$")
_LATEX_COLUMNS = re.compile(
    r"\s*(?:\[[^\]\n]{0,20}\])?(?:\{[^{}\n]{0,60}\}(?=\{))?\{(?:[^{}]|\{[^{}]{0,200}\}){0,400}\}"
)
"""How the columns are set: `{l|l|r}`, `{\\textwidth}{lXr}`."""
_LATEX_FORMULA = re.compile(r"(?<!\\)\$")
_LATEX_SIGN = re.compile(r"\\([&%#_${}])")
_LATEX_WORD = re.compile(r"\\(?:textbf|textit|texttt|emph|mbox|num)\{([^{}\\]{0,400})\}")
_LATEX_MONEY = (
    *((r"\euro{}", "€"), (r"\euro", "€"), (r"\texteuro{}", "€"), (r"\texteuro", "€"), (r"\pounds{}", "£")),
    *((r"\pounds", "£"), ("~", " "), (r"\,", "")),
)


def _of_latex(text: str) -> bytes | None:
    """The rows of the first `tabular` or `longtable` of a document; None where there is none."""
    found = _TABULAR.search(text)
    if found is None:
        return None
    end = text.find(rf"\end{{{found[1]}}}", found.end())
    inside = _LATEX_COMMENT.sub("", text[found.end() : end if end >= 0 else len(text)])
    if columns := _LATEX_COLUMNS.match(inside):
        inside = inside[columns.end() :]
    inside = _LATEX_RULE.sub("", inside)
    rows = [[_latex_cell(cell) for cell in _LATEX_CELL.split(row)] for row in inside.split("\\\\")]
    rows = [row for row in rows if len(row) > 1]
    return _as_csv(rows) if len(rows) > 1 else None


def _latex_cell(cell: str) -> str:
    for word, sign in _LATEX_MONEY:
        cell = cell.replace(word, sign)
    return _LATEX_SIGN.sub(r"\1", _LATEX_WORD.sub(r"\1", _LATEX_FORMULA.sub("", cell))).strip()


def _as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


_MOST_RECORDS_TEXT = 16 * 1024 * 1024
_SCRIPT = re.compile(
    rb"\s*(?:export\s+default\s+|module\.exports\s*=\s*|(?:var|let|const)\s+[\w$]{1,80}\s*=\s*|window\.[\w$.]{1,80}\s*=\s*"
    rb"|[\w$.]{1,80}\(\s*)(?=[\[{])"
)
_RECORDS = re.compile(rb"\s*(?:\[\s*)?\{\s*'[^'\n]{0,200}'\s*:")
_DATE_CALL = re.compile(
    r"\b(?:datetime\.)?(?:datetime|date)\((\d{4}), (\d{1,2}), (\d{1,2})(?:, (\d{1,2}), (\d{1,2})(?:, \d+)*)?\)"
)
_TEXT_CALL = re.compile(r"\b(?:Decimal|Timestamp|UUID|ObjectId)\(('[^'\n]{0,80}')\)")
_NO_NUMBER = re.compile(r"(?<=[:,\[] )(?:nan|NaT)(?=[,}\]])")


def holds_records(start: bytes) -> bool:
    """Whether a text that begins so may hold records of a script or as Python prints them."""
    return bool(_SCRIPT.match(start[:_LOOK]) or _RECORDS.match(start[:_LOOK]))


def as_json(text: bytes) -> bytes:
    """Records of a script (`const orders = […];`, `callback(…)`) or as Python prints them (`[{'id': 1}]`) as JSON.

    Every other text stays as it is. Nothing of the text is run.
    """
    if len(text) > _MOST_RECORDS_TEXT:
        return text
    if script := _SCRIPT.match(text[:_LOOK]):
        return text[script.end() :].rstrip(b"; )\t\r\n")
    if not _RECORDS.match(text[:_LOOK]):
        return text
    plain = _TEXT_CALL.sub(r"\1", text.decode("utf-8", "replace"))
    plain = _NO_NUMBER.sub("None", _DATE_CALL.sub(_iso, plain))
    try:
        return json.dumps(ast.literal_eval(plain.strip()), ensure_ascii=False).encode()
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text


def _iso(call: re.Match[str]) -> str:
    year, month, day, hour, minute = (int(part or 0) for part in call.groups())
    return f"'{year}-{month:02}-{day:02} {hour:02}:{minute:02}'"
