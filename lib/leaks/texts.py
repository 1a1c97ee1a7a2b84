"""A customer's texts in a file: ids, e-mails, rare categories, order numbers, moments of orders.

A text of eight characters or more counts wherever it stands. A shorter one, or one of digits, counts only as a separate
word: between delimiters in readable text, as a text whose length the pickle states, or in a row of such texts. One
shorter than four never counts: it occurs everywhere.

A text inside another one that the file contains regardless of the customers (a column's name, a category that many
share, a setting, a date: `expected`) is no evidence. Short texts count only if they have more hits than decoys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.leaks.chance import Odds, decoy_texts
from lib.leaks.findings import Finding, ValueKind
from lib.leaks.fingerprints import Bits, Held, Stretches, Wanted, fingerprints, words
from lib.leaks.numbers import FEW, Codes

SHORTEST = 4
LONG = 8
MAX_DIGITS = 20
"""A figure written out has no more: seventeen, and zeros before them."""
_LONGEST = 32
"""Bytes of a text that are compared."""
_AROUND = 6
"""Number of bytes on either side of a short text that decide whether it is a separate word."""

_MAX_BACK = 64
"""So many bytes before a hit the beginning of its text is looked for."""
_MAX_STATED = 4096

_DATE = re.compile(rb"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?!\d)")
"""A date as ISO 8601 writes it; its parts are numbers of the calendar."""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le")
_WORD = np.zeros(256, bool)
_WORD[[ord(letter) for letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.@"]] = True
_WORD[0x80:] = True


@dataclass(frozen=True)
class _Texts:
    """Texts of one column that are looked for, decoys among them; an entry is a place in the lists of all columns."""

    first: int
    """The entry of the first of them; the others follow."""
    kind: ValueKind
    column: str
    texts: Sequence[str]
    alone: NDArray[np.bool_]
    """Which count only as a separate word."""
    real: int
    """The number of real ones, which come first; the others are decoys."""
    places: Codes
    """Place of a real text …"""
    customers: Codes
    """… and one of the customers who have it."""

    def __len__(self) -> int:
        return len(self.texts)


_Needle = tuple[bytes, bool, int]
_Table = tuple[Bits, Wanted, list[_Needle]]


class TextSearch:
    """Texts that fewer than ten customers have."""

    def __init__(self, expected: Iterable[str] = ()) -> None:
        self._expected = {text for text in expected if len(text) >= SHORTEST}
        self._columns: list[_Texts] = []
        self._ends: list[tuple[_Ends, ...]] = []
        self._count = 0

    def expect(self, texts: Iterable[str]) -> None:
        """Texts that the file contains regardless of the customers. Call it before `add`."""
        self._expected.update(text for text in texts if len(text) >= SHORTEST)

    def add(
        self,
        texts: Sequence[str],
        codes: Codes,
        *,
        kind: ValueKind,
        column: str,
        decoys: Sequence[str] | None = None,
    ) -> None:
        """Texts of one column and whose they are; `decoys` of the same form are made up if they are not given."""
        place, distinct = pd.factorize(np.asarray(texts, dtype=object))
        people = int(codes.max(initial=0)) + 1
        pairs = np.unique(place * people + codes)
        holders = np.bincount(pairs // people, minlength=len(distinct))
        rare = [
            at
            for at in np.flatnonzero(holders < FEW).tolist()
            if len(distinct[at]) >= SHORTEST and distinct[at] not in self._expected
        ]
        new_place = np.full(len(distinct), -1)
        new_place[rare] = np.arange(len(rare))
        owned = pairs[new_place[pairs // people] >= 0]
        looked_for = [distinct[at] for at in rare]
        alone = [kind == "moment" or _is_short(text) for text in looked_for]
        if decoys is None:
            decoys = decoy_texts([text for text, short in zip(looked_for, alone, strict=True) if short])
        held = set(distinct)
        decoys = [text for text in decoys if text not in held]
        made = _Texts(
            self._count,
            kind,
            column,
            [*looked_for, *decoys],
            np.array([*alone, *[True] * len(decoys)], bool),
            len(looked_for),
            new_place[owned // people],
            owned % people,
        )
        self._columns.append(made)
        self._ends.append(_ends(made.texts))
        self._count += len(made)

    def hits(self, data: bytes) -> set[int]:
        """Which entries stand in a piece of a file, decoys among them."""
        hit: set[int] = set()
        tables = self._tables(data)
        if not tables:
            return hit
        stretches = Stretches(data)
        for length, (prints, wanted, needles) in tables.items():
            seen = stretches.of_length(length)
            places = wanted.among(seen)
            packed = set(places.tolist())
            order = np.argsort(prints, kind="stable")
            first = np.searchsorted(prints[order], seen[places], "left")
            last = np.searchsorted(prints[order], seen[places], "right")
            for place, start, stop in zip(places.tolist(), first.tolist(), last.tolist(), strict=True):
                for at in order[start:stop].tolist():
                    needle, alone, entry = needles[at]
                    if entry in hit or data[place : place + len(needle)] != needle:
                        continue
                    if alone and not (_in_a_row(needle, place, packed) or _stands_alone(data, place, needle)):
                        continue
                    if not self._is_explained(data, place, needle):
                        hit.add(entry)
        return hit

    def findings(self, hit: set[int]) -> list[Finding]:
        """What the hits in a whole file are evidence of, column by column."""
        found: list[Finding] = []
        all_hit = np.array(sorted(hit), np.int64)
        for one in self._columns:
            was_hit = np.zeros(len(one), bool)
            was_hit[all_hit[(all_hit >= one.first) & (all_hit < one.first + len(one))] - one.first] = True
            if not was_hit.any():
                continue
            real = np.arange(len(one)) < one.real
            odds = Odds(
                int((was_hit & one.alone & real).sum()),
                int((one.alone & real).sum()),
                int((was_hit & ~real).sum()),
                len(one) - one.real,
            )
            counts = was_hit & real & (~one.alone | odds.is_evidence)
            customers = frozenset(one.customers[counts[one.places]].tolist())
            if customers:
                only_short = bool(one.alone[counts].all())
                found.append(Finding(one.kind, one.column, customers, odds.chance if only_short else 0.0))
        return found

    def _tables(self, data: bytes) -> dict[int, _Table]:
        """By length, the texts that may stand in a piece of a file: those of which both ends stand in it.

        The file is small and the texts are many: so most of them are never written out in bytes.
        """
        held = (Held(words(data, "<u4")), Held(words(data, "<u8")))
        by_length: dict[int, list[_Needle]] = {}
        for column, ends in zip(self._columns, self._ends, strict=True):
            for encoding, end in zip(_ENCODINGS, ends, strict=True):
                grams = held[0] if encoding == "utf-8" else held[1]
                maybe = end.unknown | (grams.maybe(end.first) & grams.maybe(end.last))
                for at in np.flatnonzero(maybe).tolist():
                    needle = column.texts[at].encode(encoding, "replace")
                    # Spread over two or four bytes each, a short text counts in a row of such texts alone: small whole
                    # numbers, 54 and 56 and 56 and 52, spell 6884 so.
                    one = (needle, bool(column.alone[at]), column.first + at)
                    by_length.setdefault(min(len(needle), _LONGEST), []).append(one)
        return {length: _table(length, needles) for length, needles in sorted(by_length.items())}

    def _is_explained(self, data: bytes, place: int, needle: bytes) -> bool:
        """Whether the hit is a part of a text that is expected anyway."""
        text = needle.decode("utf-8", "replace")
        for expected in self._around(text):
            whole = expected.encode()
            start = whole.find(needle)
            while start >= 0:
                begin = place - start
                if begin >= 0 and data[begin : begin + len(whole)] == whole:
                    return True
                start = whole.find(needle, start + 1)
        return False

    def _around(self, text: str) -> list[str]:
        return [expected for expected in self._expected if text in expected]


@dataclass(frozen=True)
class _Ends:
    """The first and the last bytes of what is compared of texts in one encoding: four in UTF-8, eight in the others."""

    first: Bits
    last: Bits
    unknown: NDArray[np.bool_]
    """Texts whose bytes in UTF-16 or UTF-32 do not follow from each letter alone: they are always looked for."""


def _ends(texts: Sequence[str]) -> tuple[_Ends, ...]:
    """The ends of texts in each of `_ENCODINGS`."""
    if not len(texts):
        return (_Ends(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, bool)),) * len(_ENCODINGS)
    letters = np.array(texts, dtype=f"<U{_LONGEST}")[:, None].view(np.uint32)
    sizes = np.minimum(np.fromiter(map(len, texts), np.int64, len(texts)), _LONGEST)
    in_bytes, byte_sizes = letters.astype(np.uint8), sizes.copy()
    for row in np.flatnonzero((letters >= 0x80).any(axis=1)).tolist():
        encoded = texts[row].encode("utf-8", "replace")[:_LONGEST]
        byte_sizes[row] = len(encoded)
        in_bytes[row] = np.frombuffer(encoded.ljust(_LONGEST, b"\0"), np.uint8)
    special: NDArray[np.bool_] = np.any(letters >= 0xD800, axis=1)
    return (
        _outer(in_bytes, byte_sizes, 4, 8, np.zeros(len(texts), bool)),
        _outer(letters, np.minimum(sizes, _LONGEST // 2), 4, 16, special),
        _outer(letters, np.minimum(sizes, _LONGEST // 4), 2, 32, special),
    )


def _outer(
    letters: NDArray[np.uint8] | NDArray[np.uint32],
    sizes: NDArray[np.int64],
    count: int,
    width: int,
    unknown: NDArray[np.bool_],
) -> _Ends:
    """The first and the last `count` letters of each text, as one number of `width` bits per letter."""
    first, last = np.zeros(len(letters), np.uint64), np.zeros(len(letters), np.uint64)
    rows = np.arange(len(letters))
    for place in range(count):
        shift = np.uint64(place * width)
        first |= letters[:, place].astype(np.uint64) << shift
        last |= letters[rows, sizes - count + place].astype(np.uint64) << shift
    return _Ends(first, last, unknown)


def _is_short(text: str) -> bool:
    return len(text) < LONG or not any(letter.isalpha() for letter in text)


def _table(length: int, needles: list[tuple[bytes, bool, int]]) -> _Table:
    letters: NDArray[np.uint8] = np.frombuffer(b"".join(needle[:length] for needle, _, _ in needles), np.uint8)
    prints = fingerprints(letters.reshape(len(needles), length))
    return prints, Wanted(prints), needles


def _in_a_row(needle: bytes, place: int, places: set[int]) -> bool:
    """Whether texts of one length stand side by side, as in an array of them, where nothing lies between them.

    Of many ids in digits two stand side by side in the decimals of a figure by chance; so these must be more digits
    than a figure has.
    """
    size = len(needle)
    least = MAX_DIGITS if needle.isdigit() else size
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
    start, stop = _stated_text(data, place, end)
    marked = not (place > start and before and _WORD[before[-1]]) and not (end < stop and _WORD[data[end]])
    around = data[max(place - _AROUND, start) : min(end + _AROUND, stop)]
    return marked and not _in_a_date(data, place, end) and _is_readable(around)


def _stated_text(data: bytes, place: int, end: int) -> tuple[int, int]:
    """From where to where a text of a pickle reaches that holds this place; the whole file, where there is none.

    What is before and behind such a text are opcodes, which nobody reads.
    """
    for start in range(place, max(place - _MAX_BACK, 1), -1):
        if data[start - 2 : start - 1] == b"\x8c":
            stop = start + data[start - 1]
        elif data[start - 5 : start - 4] == b"X":
            stop = start + int.from_bytes(data[start - 4 : start], "little")
        else:
            continue
        if end <= stop <= min(len(data), start + _MAX_STATED) and _is_readable(data[start:stop]):
            return start, stop
    return 0, len(data)


def _in_a_date(data: bytes, place: int, end: int) -> bool:
    """Whether these digits are a part of a longer date or time of day: a year, or a moment before its seconds."""
    if data[end : end + 1] == b":" and data[end + 1 : end + 3].isdigit() and data[end + 1 : end + 3] != b"00":
        return True
    return any(
        begin <= place and end <= begin + length and length > end - place and (end - place) < LONG
        for begin, length in _dates(data, place)
    )


def _dates(data: bytes, place: int) -> list[tuple[int, int]]:
    """Where dates begin that may reach up to a place, and how long they are."""
    first = max(place - 20, 0)
    window = data[first : place + 30]
    return [(first + found.start(), found.end() - found.start()) for found in _DATE.finditer(window)]


def _is_readable(stretch: bytes) -> bool:
    """Whether these bytes are text, but for letters that are cut off at either end."""
    text = stretch.decode("utf-8", "replace")
    return all(letter.isprintable() or letter in "\t\r\n" for letter in text) and "\ufffd" not in text[3:-3]
