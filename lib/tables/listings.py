"""Records that a program writes one value a line, `name: value`, one below the other → a table with commas."""

import csv
import io
import re
from collections import Counter

_MOST_TEXT = 8 * 1024 * 1024
_LEAST_RECORDS, _LEAST_NAMES, _MOST_NAMES = 3, 3, 200
_LINE = re.compile(r"\s*([^\W\d_][^:=|,;\t\"<>{}\[\]()]{0,139}+[ \t]{0,80}+)(?::|(?<=\s)[=|])(?=\s|$)\s*(.*)")
"""The name takes all blanks behind it, so no line is tried in many ways."""
_RULE = re.compile(r"\s*(?:-\[ RECORD \d+ \][-+]*|[*]{3,} \d+\. row [*]{3,}|[-=*_~#]{3,})\s*")
_FOOT = re.compile(r"\s*\(?\d+ rows?\)?(?: in set.*)?\s*")
_PIPE = re.compile(r"\s\|(?=\s|$)")
_LOOK = 60
_ALIKE = 0.9


def table_of(text: bytes) -> bytes | None:
    """The table of such records, a column for each name; None for any other text.

    A record ends at a line of dashes or stars, or where the name that records begin with comes again. All lines are of
    records, nearly all records have the same names, and there are several of both.
    """
    if len(text) > _MOST_TEXT:
        return None
    head = text[: 16 * 1024].decode("utf-8", "replace").splitlines()[:_LOOK]
    shown = [line for line in head[:-1] or head if line.strip()]
    if sum(len(_PIPE.findall(line)) > 1 for line in shown) > 0.5 * len(shown):
        return None  # rows of a table, each with several of these
    if len(shown) < _LEAST_NAMES * 2 or any(not _LINE.fullmatch(line) and not _RULE.fullmatch(line) for line in shown):
        return None
    records = _records(text.decode("utf-8", "replace"))
    if records is None or len(records) < _LEAST_RECORDS:
        return None
    names = list(dict.fromkeys(name for record in records for name in record))
    usual, count = Counter(tuple(record) for record in records).most_common(1)[0]
    held = sum(len(set(usual) & set(record)) >= _ALIKE * len(usual) for record in records)
    if not len(usual) >= _LEAST_NAMES or len(names) > _MOST_NAMES or held < _ALIKE * len(records) or count < 2:
        return None
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([record.get(name, "") for name in names] for record in records)
    return out.getvalue().encode()


def _records(text: str) -> list[dict[str, str]] | None:
    """The records; None where a line is of none."""
    made: list[dict[str, str]] = []
    record: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        if _RULE.fullmatch(line):
            if record:
                made.append(record)
            record = {}
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            if _FOOT.fullmatch(line):
                continue
            return None
        name = found[1].rstrip()
        if name in record:
            made.append(record)
            record = {}
        record[name] = found[2].strip()
    return [*made, record] if record else made
