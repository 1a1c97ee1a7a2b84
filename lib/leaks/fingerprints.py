"""Every place of a file at once: numbers and texts are looked for at each byte, whatever they are aligned to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Places = NDArray[np.int64]
Number = TypeVar("Number", np.uint64, np.int64, np.float64)

CHUNK = 1 << 21
OVERLAP = 256
"""Bytes that two chunks share, so that nothing is cut in two: longer than anything that is looked for."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BITS = 22

_draw = np.random.default_rng(20261)
_FACTORS = _draw.integers(0, 2**64, 64, dtype=np.uint64) | np.uint64(1)
_BYTES = _draw.integers(0, 2**64, 256, dtype=np.uint64)
_BASE = np.uint64(0xD1342543DE82EF95)
_INVERSE = np.uint64(pow(int(_BASE), -1, 2**64))


def chunks(data: bytes) -> Iterator[bytes]:
    """The file in pieces that overlap."""
    for start in range(0, max(len(data), 1), CHUNK):
        yield data[start : start + CHUNK + OVERLAP]


def words(data: bytes, dtype: str) -> Bits:
    """The bits of the number that starts at each byte: eight bytes (`<u8`, `>u8`) or four (`<u4`)."""
    kind = np.dtype(dtype)
    count = max(len(data) - kind.itemsize + 1, 0)
    return np.ndarray((count,), kind, data, strides=(1,)).astype(np.uint64) if count else np.empty(0, np.uint64)


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Each number once, in order: by sorting, several times faster than NumPy's table of hashes."""
    ordered = np.sort(numbers)
    once: NDArray[Number] = ordered[np.concatenate([np.ones(min(len(ordered), 1), bool), ordered[1:] != ordered[:-1]])]
    return once


def without(numbers: NDArray[Number], others: NDArray[Number]) -> NDArray[Number]:
    """Each number once, in order, that is none of the others."""
    left, known = distinct(numbers), distinct(others)
    if not len(known):
        return left
    at = np.searchsorted(known, left)
    at[at == len(known)] = 0
    found: NDArray[Number] = left[known[at] != left]
    return found


def runs(numbers: Bits, length: int, stride: int) -> Bits:
    """One fingerprint for each run of `length` numbers (out of `stirred`) that lie `stride` places apart."""
    count = len(numbers) - (length - 1) * stride
    if count <= 0:
        return np.empty(0, np.uint64)
    total = np.zeros(count, np.uint64)
    for place in range(length):
        total += numbers[place * stride : place * stride + count] * _FACTORS[place]
    return total


def rows(bits: Bits) -> Bits:
    """The fingerprint that `runs` gives where a row of this array (row × number) lies in a file."""
    total: Bits = (stirred(bits) * _FACTORS[: bits.shape[1]]).sum(axis=1, dtype=np.uint64)
    return total


def stirred(numbers: Bits) -> Bits:
    """Every bit depends on every other (the finish of SplitMix64).

    Short numbers end in zeros, and a sum of products of such would have few bits left to tell two rows apart.
    """
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


class Stretches:
    """Fingerprints of every stretch of a piece of a file, by length."""

    def __init__(self, data: bytes) -> None:
        values = _BYTES[np.frombuffer(data, np.uint8)]
        powers = _powers(_BASE, len(values))
        self._sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values * powers, dtype=np.uint64)])
        self._undo = _powers(_INVERSE, len(values))

    def of_length(self, length: int) -> Bits:
        """The fingerprint of the stretch that starts at each byte."""
        count = len(self._undo) - length + 1
        if count <= 0:
            return np.empty(0, np.uint64)
        return (self._sums[length : length + count] - self._sums[:count]) * self._undo[:count]


def fingerprints(texts: NDArray[np.uint8]) -> Bits:
    """Of texts of one length (text × byte), what `Stretches.of_length` gives where they stand."""
    total: Bits = (_BYTES[texts] * _powers(_BASE, texts.shape[1])).sum(axis=1, dtype=np.uint64)
    return total


def _powers(base: np.uint64, count: int) -> Bits:
    factors = np.full(count, base, np.uint64)
    if count:
        factors[0] = np.uint64(1)
    powers: Bits = np.cumprod(factors, dtype=np.uint64)
    return powers


class Wanted:
    """Numbers to look for among very many: a table of places tells most of the others apart at once."""

    def __init__(self, numbers: Bits) -> None:
        self._sorted = distinct(numbers)
        self._table = np.zeros(1 << _BITS, bool)
        self._table[_places(self._sorted)] = True

    def among(self, numbers: Bits) -> Places:
        """The places of `numbers` that hold one that is wanted."""
        if not len(self._sorted) or not len(numbers):
            return np.empty(0, np.int64)
        maybe = np.flatnonzero(self._table[_places(numbers)])
        at = np.searchsorted(self._sorted, numbers[maybe])
        at[at == len(self._sorted)] = 0
        found: Places = maybe[self._sorted[at] == numbers[maybe]]
        return found


class Held:
    """What a piece of a file holds, as a table of places: tells most of what it does not hold apart at once."""

    def __init__(self, numbers: Bits) -> None:
        self._bits = min(max(len(numbers).bit_length() + 5, 12), 25)
        self._table = np.zeros(1 << self._bits, bool)
        self._table[_places(numbers, self._bits)] = True

    def maybe(self, numbers: Bits) -> NDArray[np.bool_]:
        """Which of these the piece may hold; those it does hold are among them."""
        found: NDArray[np.bool_] = self._table[_places(numbers, self._bits)]
        return found


def _places(numbers: Bits, bits: int = _BITS) -> Bits:
    return (numbers * _MIX) >> np.uint64(64 - bits)
