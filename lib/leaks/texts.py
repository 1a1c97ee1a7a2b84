"""A customer's texts in a file: ids, e-mails, rare categories, moments of orders, amounts in digits.

A text of eight characters or more counts wherever it stands. A shorter one, or one of digits, counts only as a word
of its own: between marks in what can be read, as a text whose length the pickle states, or in a row of such texts. One
that is shorter than four counts never: it stands everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lib.leaks.fingerprints import Bits, Texts, Wanted, fingerprints
from lib.leaks.numbers import FEW, Codes

SHORTEST = 4
LONG = 8
MOST_DIGITS = 20
"""A figure written out has no more: seventeen, and zeros before them."""
_LONGEST = 32
"""Bytes of a text that are compared."""
_AROUND = 6
"""So many bytes on either side of a short text tell whether it is one."""

_DAY = re.compile(rb"\d{4}-\d\d-\d\d(?!\d)")
"""The year of a day is nobody's id."""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le")
_WORD = np.zeros(256, bool)
_WORD[[ord(letter) for letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.@"]] = True
_WORD[0x80:] = True


class Names:
    """Texts that fewer than ten customers have."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = frozenset(known)
        self._texts: dict[tuple[str, bool], set[int]] = {}
        self._tables: dict[int, tuple[Bits, Wanted, list[tuple[bytes, bool, set[int]]]]] | None = None

    def add(self, texts: Sequence[str], codes: Codes) -> None:
        """Texts of one kind (a column) and whose they are."""
        held: dict[str, set[int]] = {}
        for text, code in zip(texts, codes.tolist(), strict=True):
            held.setdefault(text, set()).add(code)
        for text, whose in held.items():
            if len(whose) < FEW and len(text) >= SHORTEST and text not in self._known:
                alone = len(text) < LONG or not any(letter.isalpha() for letter in text)
                self._texts.setdefault((text, alone), set()).update(whose)
        self._tables = None

    def found(self, data: bytes) -> set[int]:
        """Whose texts stand in a piece of a file."""
        people: set[int] = set()
        if not self._texts:
            return people
        texts = Texts(data)
        for length, (prints, wanted, needles) in self._made().items():
            seen = texts.of_length(length)
            places = wanted.among(seen)
            packed = set(places.tolist())
            order = np.argsort(prints, kind="stable")
            first = np.searchsorted(prints[order], seen[places], "left")
            last = np.searchsorted(prints[order], seen[places], "right")
            for place, start, stop in zip(places.tolist(), first.tolist(), last.tolist(), strict=True):
                for at in order[start:stop].tolist():
                    needle, alone, whose = needles[at]
                    if whose <= people or data[place : place + len(needle)] != needle:
                        continue
                    if not alone or _in_a_row(needle, place, packed) or _stands_alone(data, place, needle):
                        people |= whose
        return people

    def _made(self) -> dict[int, tuple[Bits, Wanted, list[tuple[bytes, bool, set[int]]]]]:
        if self._tables is None:
            by_length: dict[int, list[tuple[bytes, bool, set[int]]]] = {}
            for (text, alone), whose in self._texts.items():
                for encoding in _ENCODINGS:
                    needle = text.encode(encoding, "replace")
                    # A short text that is spread over two or four bytes each is no chance.
                    by_length.setdefault(min(len(needle), _LONGEST), []).append(
                        (needle, alone and encoding == "utf-8", whose)
                    )
            self._tables = {length: _table(length, needles) for length, needles in sorted(by_length.items())}
        return self._tables


def _table(
    length: int, needles: list[tuple[bytes, bool, set[int]]]
) -> tuple[Bits, Wanted, list[tuple[bytes, bool, set[int]]]]:
    letters: NDArray[np.uint8] = np.frombuffer(b"".join(needle[:length] for needle, _, _ in needles), np.uint8)
    prints = fingerprints(letters.reshape(len(needles), length))
    return prints, Wanted(prints), needles


def _in_a_row(needle: bytes, place: int, places: set[int]) -> bool:
    """Whether texts of one length stand side by side, as in an array of them, where nothing lies between them.

    Of many ids in digits two stand side by side in the decimals of a figure by chance; so these must be more digits
    than a figure has.
    """
    size = len(needle)
    least = MOST_DIGITS if needle.isdigit() else size
    start = stop = place
    while stop - start <= least and start - size in places:
        start -= size
    while stop - start <= least and stop + size in places:
        stop += size
    return stop + size - start > least


def _stands_alone(data: bytes, place: int, needle: bytes) -> bool:
    """Whether a text is one by itself: its length stands before it, or it lies between marks in what can be read.

    Four bytes of a figure are digits by chance; what is around them can't be read.
    """
    end = place + len(needle)
    before = data[max(place - 5, 0) : place]
    size = len(needle)
    # SHORT_BINUNICODE, BINUNICODE and the pickle of bytes state their length before the text.
    if before[-2:] in (b"\x8c" + bytes([size % 256]), b"U" + bytes([size % 256]), b"C" + bytes([size % 256])):
        return size < 256
    if before[-4:] == size.to_bytes(4, "little") and before[:1] in (b"X", b"T", b"B"):
        return True
    marked = not (before and _WORD[before[-1]]) and not (end < len(data) and _WORD[data[end]])
    is_year = size == 4 and bool(_DAY.match(data, place))
    return marked and not is_year and _reads(data[max(place - _AROUND, 0) : end + _AROUND])


def _reads(stretch: bytes) -> bool:
    """Whether these bytes are text, but for letters that are cut off at either end."""
    text = stretch.decode("utf-8", "replace")
    return all(letter.isprintable() or letter in "\t\r\n" for letter in text) and "\ufffd" not in text[3:-3]
