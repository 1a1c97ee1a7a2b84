"""Text with separators, before it is decoded: marks in the middle, quotes that never close, lines quoted as a whole."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from lib.tables import dialect as dialects
from lib.tables.dialect import Dialect
from lib.tables.memory import Held

_MARKS_INSIDE = re.compile(rb"(?:(?<=\n)|(?<=\r))(?:\xef\xbb\xbf|\x1a)+")
_SEPARATOR_LINE = re.compile(rb"(?m)^\"?sep=[^\r\n]\"?[ \t]*\r?\n")
_SEVERAL_FILES = 8 * 1024 * 1024
"""Bytes of a text up to which `sep=;` lines in the middle are looked for."""
_LOOK_AHEAD = 5
"""Lines below a quote that stays open which are asked whether they are records of their own."""


def without_marks_inside(data: Held) -> Held:
    """Without byte order marks, ends of files and `sep=;` lines at the start of lines: files were put together."""
    ascii_only = len(data) == 0 or int(np.frombuffer(data, np.uint8).max()) < 128
    marked = not ascii_only and (data.find(b"\n\xef\xbb\xbf") >= 0 or data.find(b"\r\xef\xbb\xbf") >= 0)
    if marked or data.find(b"\x1a") >= 0:
        data = _MARKS_INSIDE.sub(b"", data)
    if len(data) <= _SEVERAL_FILES and (data.find(b"\nsep=") >= 0 or data.find(b'\n"sep=') >= 0):
        first = data.find(b"\n") + 1
        data = data[:first] + _SEPARATOR_LINE.sub(b"", data[first:])
    return data


_SEPARATORS = (b",", b";", b"\t", b"|")
_LEAST_PARTED, _MOST_STRETCHES = 3, 6
_ALL_LINES = 0.97


def with_one_separator(data: Held) -> Held:
    """The text with the separator of its heading on every line, where a stretch of lines has another one instead:
    files with different separators were put together.

    Nearly all lines must have as many separators of one of the two kinds as the heading has.
    """
    first = bytes(data[:_LONGEST_HEADING]).lstrip(b"\xef\xbb\xbf\r\n").split(b"\n", 1)[0]
    for own in _SEPARATORS:
        width = first.count(own)
        if width < _LEAST_SEPARATORS or any(first.count(other) >= width for other in _SEPARATORS if other != own):
            continue
        lines = bytes(data[:]).split(b"\n") if _is_short_of(data, own, width) else []
        for other in _SEPARATORS:
            found = [
                at
                for at, line in enumerate(lines)
                if other != own and line.count(own) < width == line.count(other) and b'"' not in line
            ]
            if len(found) < _LEAST_PARTED:
                continue
            usual = sum(line.count(own) == width for line in lines)
            stretches = 1 + sum(later != one + 1 for one, later in pairwise(found))
            filled = sum(1 for line in lines if line.strip())
            if usual >= 2 and usual + len(found) >= _ALL_LINES * filled and stretches <= _MOST_STRETCHES:
                return _parted_again(lines, found, own.decode(), other.decode(), width) or data
        return data
    return data


_LONGEST_HEADING = 64 * 1024
_LEAST_SEPARATORS = 2


def _is_short_of(data: Held, own: bytes, width: int) -> bool:
    """Whether a text has fewer separators than its lines need, by more than a few lines."""
    whole = np.frombuffer(data, np.uint8)
    lines = int(np.count_nonzero(whole == _LINE_END))
    return int(np.count_nonzero(whole == own[0])) < width * (lines - _LEAST_PARTED + 1)


_LINE_END = 10


def _parted_again(lines: list[bytes], places: Sequence[int], own: str, other: str, width: int) -> bytes | None:
    made = list(lines)
    for at in places:
        cells = dialects.parse(lines[at].rstrip(b"\r").decode("utf-8", "replace"), Dialect(other), limit=1)
        if not cells or len(cells[0]) != width + 1:
            return None
        out = io.StringIO()
        csv.writer(out, delimiter=own, lineterminator="").writerow(cells[0])
        made[at] = out.getvalue().encode()
    return b"\n".join(made)


def hanging_ends(separator: str | None) -> str:
    """Separators of another kind that hang at the ends of lines which a spreadsheet kept in one column."""
    return "".join(sign for sign in ";,\t|" if sign != separator) + " \r\n"


def without_stray_quotes(data: Held, dialect: Dialect) -> Held:
    """Without quotes that open a cell and never close: the lines below would be swallowed into that cell.

    A quote is stray where the lines below it, up to the next quote that could close it, are whole records themselves.
    """
    if dialect.quote is None or dialect.separator is None or dialect.escape or len(dialect.separator.encode()) > 1:
        return data
    quote, separator = dialect.quote.encode(), dialect.separator.encode()
    if data.find(quote) < 0:
        return data
    lines = bytes(data[:]).split(b"\n")
    odd = [at for at, line in enumerate(lines) if line.count(quote) % 2]
    if not odd:
        return data
    plain = [line.count(separator) for line in lines[:2_000] if line.strip() and quote not in line]
    usual = max(Counter(plain).items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    if not usual:
        return data
    stray = _stray(lines, odd, _Quotes(quote, separator, usual, dialect))
    if not stray:
        return data
    for at in stray:
        lines[at] = _Quotes(quote, separator, usual, dialect).without_open_quote(lines[at])
    return b"\n".join(lines)


class _Quotes:
    """Lines of one dialect, most of which have that number of separators."""

    def __init__(self, quote: bytes, separator: bytes, usual: int, dialect: Dialect) -> None:
        self.usual, self._dialect = usual, dialect
        mark, part = re.escape(quote), re.escape(separator)
        inside = b"(?:[^" + mark + b"]|" + mark * 2 + b")*"
        self._closed = re.compile(b"(?:^|(?<=" + part + b"))" + mark + inside + mark + b"(?=" + part + b"|\\s*$)")
        self._closing = re.compile(inside + mark + b"(?:" + part + b"|\\s*$)")
        self._open = re.compile(b"(?:^|(?<=" + part + b"))" + mark)

    def leaves_open(self, line: bytes) -> bool:
        """Whether a cell of the line begins with a quote that the line does not close."""
        return self._open.search(self._closed.sub(b"", line)) is not None

    def closes(self, line: bytes) -> bool:
        """Whether the first quote of the line can end a cell that an earlier line left open."""
        return self._closing.match(line) is not None

    def is_record(self, line: bytes) -> bool:
        """Whether the line by itself has as many cells as most, and leaves nothing open."""
        if self.leaves_open(line):
            return self.is_record(self.without_open_quote(line))
        rows = dialects.parse(line.decode("utf-8", "replace"), self._dialect, limit=2)
        return len(rows) == 1 and len(rows[0]) == self.usual + 1

    def cells(self, text: bytes) -> int:
        """How many cells the first record of the text has."""
        rows = dialects.parse(text.decode("utf-8", "replace"), self._dialect, limit=1)
        return len(rows[0]) if rows else 0

    def without_open_quote(self, line: bytes) -> bytes:
        """The line without the quote that it leaves open."""
        spans = [match.span() for match in self._closed.finditer(line)]
        for match in self._open.finditer(line):
            if not any(start <= match.start() < end for start, end in spans):
                return line[: match.start()] + line[match.end() :]
        return line


def _stray(lines: Sequence[bytes], odd: Sequence[int], quotes: _Quotes) -> list[int]:
    """The lines whose open quote is stray, of those with an odd number of quotes."""
    found: list[int] = []
    at = 0
    while at < len(odd):
        here = odd[at]
        if not quotes.leaves_open(lines[here]):
            at += 1
            continue
        closing = odd[at + 1] if at + 1 < len(odd) else None
        if closing is not None and not quotes.closes(lines[closing]) and quotes.is_record(lines[here]):
            found.append(here)  # the next quote opens a cell, too
            at += 1
            continue
        below = lines[here + 1 : closing if closing is not None else len(lines)][:_LOOK_AHEAD]
        whole = [quotes.is_record(line) for line in below if line.strip()]
        if closing is None:
            stray = all(whole) or sum(whole) > len(whole) / 2
        elif whole:
            stray = all(whole)
        else:
            joined = quotes.cells(lines[here] + b"\n" + lines[closing])
            stray = joined != quotes.usual + 1 and quotes.is_record(lines[here]) and quotes.is_record(lines[closing])
        if stray:
            found.append(here)
        at += 1 if stray else 2
    return found
