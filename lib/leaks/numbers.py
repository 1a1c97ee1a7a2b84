"""A customer's numbers in a file: exact values that few others have, rows side by side, columns below each other.

What counts, and what does not:

- A *sharp* number (no short decimal, no simple fraction) that fewer than ten customers have counts wherever it stands.
- An *exact amount* (up to three decimals, 45.67 or longer) may be in a file by chance, as an average of others.
  So decoys, amounts that no customer has, one step beside the real ones, are searched for too: only more hits than
  those of the decoys count.
- A *short* number (fewer than five digits: 3 orders, 374 days, 1760.0) identifies no customer. It counts only in a
  run: one customer's numbers side by side, or eight customers' numbers below each other, with enough digits together.
- A *simple fraction* (3 of 11), or its root (0.7071), occurs in leaves of trees anyway, and halves (112.5) are
  thresholds between whole numbers; these too count only in a run.
- A number computed from a short one, such as the logarithm of 374, counts as short too (`Origins`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from lib.leaks.chance import Odds
from lib.leaks.findings import Finding, ValueKind
from lib.leaks.fingerprints import Bits, Held, Wanted, distinct, rows, runs, stirred, without, words

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

FEW = 10
"""Values shared by at least this many customers identify none of them."""

ENOUGH_SIDE_BY_SIDE = 9
ENOUGH_BELOW = 20
"""Significant digits that a run of short numbers needs together to be no chance. Columns need more: arrays of small
whole numbers below each other are what trees are made of."""

_LAYOUTS = (("<u8", "<u8", 8), (">u8", "<u8", 8), (">u8", "<u8", 9), ("<u4", "<u4", 4))
"""How bytes are read, which bits they are compared with, and how far apart neighbours lie. In the pickle of a list of
floats a mark stands before each."""

_SIDE_BY_SIDE = 4
_BELOW = 8
_STARTS = 8
"""Number of columns of a row from which the search for it starts, those with the most information."""

_MOST_LOOKED_AT = 500_000
"""Where more places of a table might be in a file, it is prepared for the search without looking at each."""

_SHORT = 5
_SLACK = np.uint64(16)
"""Units in the last place by which a value may have moved when a mean was subtracted and added again."""

_DECOYS = (1, 3, 7, 9, -1, -3, -7, -9)
_AROUND = 64
"""Values and decoys together from which the local share of real values is estimated."""
_DENOMINATOR = 1000
_FRACTION_CELLS = 1 << 24


class Exact:
    """Whole numbers of eight bytes that count wherever they stand, such as a moment in microseconds.

    They are compared with decoys, numbers of the same form that no customer has.
    """

    def __init__(self) -> None:
        self._bits: list[Bits] = []
        self._codes: list[Codes] = []
        self._columns: list[str] = []
        self._groups: list[Codes] = []
        self._decoys: list[Bits] = []
        self._wanted: Wanted | None = None

    def add(self, bits: Bits, codes: Codes, decoys: Bits, *, column: str) -> None:
        """Numbers of one column, whose they are, and decoys."""
        self._groups.append(np.full(len(bits), len(self._columns)))
        self._columns.append(column)
        self._bits.append(bits)
        self._codes.append(codes)
        self._decoys.append(decoys)
        self._wanted = None

    def hits(self, numbers: Bits) -> Bits:
        """The numbers of interest, real or decoys, in a piece of a file."""
        if self._wanted is None:
            self._wanted = Wanted(np.concatenate([_joined(self._bits, np.uint64), _joined(self._decoys, np.uint64)]))
        return distinct(numbers[self._wanted.among(numbers)])

    def findings(self, hits: Bits) -> list[Finding]:
        """What the hits in a whole file are evidence of, column by column."""
        found = []
        bits, codes, groups = _joined(self._bits, np.uint64), _joined(self._codes, np.int64), self._groups
        group = _joined(groups, np.int64)
        was_hit = np.isin(bits, hits)
        for number in np.unique(group[was_hit]).tolist():
            here = was_hit & (group == number)
            decoys = np.unique(self._decoys[number])
            odds = Odds(
                len(np.unique(bits[here])),
                len(np.unique(bits[group == number])),
                int(np.isin(decoys, hits).sum()),
                len(decoys),
            )
            if odds.is_evidence:
                whose = frozenset(np.unique(codes[here]).tolist())
                found.append(Finding("moment", self._columns[number], whose, odds.chance))
        return found


class Values:
    """Numbers that count by themselves, wherever they stand as eight bytes."""

    def __init__(self) -> None:
        self._keys: list[Bits] = []
        self._codes: list[Codes] = []
        self._amounts: list[NDArray[np.bool_]] = []
        self._groups: list[Codes] = []
        self._columns: list[tuple[ValueKind, str]] = []
        self._tables: tuple[Bits, Codes, NDArray[np.bool_], Bits, Floats, Wanted] | None = None
        self._real: list[Floats] = []

    def add(
        self,
        values: Floats,
        codes: Codes,
        allowed: NDArray[np.bool_] | None = None,
        *,
        column: str = "",
        kind: ValueKind = "amount",
    ) -> NDArray[np.bool_]:
        """Values of one column and whose they are; returns which of them count."""
        counts = np.isfinite(values) & (values != 0)
        if allowed is not None:
            counts &= allowed
        counts[counts] = _holders(values[counts], codes[counts]) < FEW
        digits = np.zeros(len(values), np.int64)
        digits[counts] = _digits(values[counts])
        whole = values == np.rint(values)
        halfway = (values * 8 == np.rint(values * 8)) & ~whole & (np.abs(values) < 10_000)
        amount = counts & _is_decimal(values, 3) & (digits >= np.where(whole, _SHORT, _SHORT - 1)) & ~halfway
        sharp = counts & ~amount & (digits >= _SHORT)
        sharp[sharp] = ~_is_fraction(values[sharp]) & ~_is_fraction(values[sharp] ** 2)
        keep = amount | sharp
        self._keys.append(_key(values[keep]))
        self._codes.append(codes[keep])
        self._amounts.append(amount[keep])
        self._groups.append(np.full(int(keep.sum()), len(self._columns)))
        self._columns.append((kind, column))
        self._real.append(distinct(values[amount]))
        self._tables = None
        return keep

    def findings(self, hits: Bits) -> list[Finding]:
        """What the keys that the file holds are evidence of, column by column.

        Decoys are those of all columns together: an amount of one may be a mean of another's. In a large shop nearly
        every cent up to some hundred is somebody's amount, and so is any figure there: how likely that is follows from
        the real values and decoys around each hit.
        """
        keys, codes, amounts, decoys, shares, _ = self._made()
        at = np.isin(keys, hits)
        real = np.unique(keys[amounts])
        cells = np.concatenate([real, decoys])
        was_hit = np.isin(cells, hits)
        odds = Odds(
            int(was_hit[: len(real)].sum()),
            len(real),
            int(was_hit[len(real) :].sum()),
            len(decoys),
            share=float(shares[was_hit].mean()) if was_hit.any() else None,
        )
        if not odds.is_evidence:
            at &= ~amounts
        group = _joined(self._groups, np.int64)
        found = []
        for number in np.unique(group[at]).tolist():
            here = at & (group == number)
            kind, column = self._columns[number]
            whose = frozenset(np.unique(codes[here]).tolist())
            found.append(Finding(kind, column, whose, odds.chance if amounts[here].all() else 0.0))
        return found

    def hits(self, numbers: Bits) -> Bits:
        """The keys of interest, real or decoys, in a piece of a file."""
        wanted = self._made()[5]
        coarse = numbers >> np.uint64(8)
        found = [coarse[wanted.among(coarse)]]
        for moved in (numbers + _SLACK, numbers - _SLACK):
            other = moved >> np.uint64(8)
            other = other[other != coarse]
            found.append(other[wanted.among(other)])
        return distinct(np.concatenate(found))

    def _made(self) -> tuple[Bits, Codes, NDArray[np.bool_], Bits, Floats, Wanted]:
        """Keys, whose they are, which are amounts; decoys; the share of real values around each of the real amounts'
        keys and decoys, in this order; and all of them to look for."""
        if self._tables is None:
            keys, codes = _joined(self._keys, np.uint64), _joined(self._codes, np.int64)
            amounts = _joined(self._amounts, np.bool_)
            real = distinct(_joined(self._real, np.float64))
            decoys = without(_key(_beside(real)), keys)
            shares = _shares_around(distinct(keys[amounts]), decoys)
            self._tables = keys, codes, amounts, decoys, shares, Wanted(np.concatenate([keys, decoys]))
        return self._tables


class Origins:
    """Which earlier column a column was computed from: a value that is short there counts as short here, too.

    A column counts as computed from another one if it is a monotonic function of it. 374 days are shared by many
    customers and occur, rounded, in every card; arcsinh(374) has sixteen digits but no more information.
    """

    _SAMPLE = 64
    _MOST_KEPT = 5_000_000
    """Places of all orders that are kept: 40 MB."""

    def __init__(self, customers: int) -> None:
        self._sorted: dict[int, Codes] = {}
        self._sample = np.random.default_rng(6).permutation(customers)[: self._SAMPLE]
        self._names: list[str] = []
        self._columns: list[Floats] = []
        self._counts: list[NDArray[np.bool_]] = []
        self._orders: list[Codes] = []

    def add(self, column: Floats, counts: NDArray[np.bool_], *, name: str = "") -> None:
        """A column, and which of its values count by themselves."""
        self._names.append(name)
        self._columns.append(column)
        self._counts.append(counts)
        self._orders.append(self._sample[np.argsort(column[self._sample], kind="stable")])

    def allowed(self, column: Floats) -> tuple[NDArray[np.bool_], str]:
        """Which values of a column may count, by what it was made from, and the name of that."""
        allowed = np.ones(len(column), bool)
        source = ""
        if not self._orders:
            return allowed, source
        maybe = _goes_one_way(column[np.stack(self._orders, axis=1)])
        for at in np.flatnonzero(maybe).tolist():
            if _goes_one_way(column[self._order(at)][:, None])[0]:
                allowed &= self._counts[at]
                source = source or self._names[at]
        return allowed, source

    def _order(self, at: int) -> Codes:
        """The customers in the order of a column: many columns are compared with the same one."""
        if at in self._sorted:
            return self._sorted[at]
        order = np.argsort(self._columns[at], kind="stable")
        if (len(self._sorted) + 1) * len(order) <= self._MOST_KEPT:
            self._sorted[at] = order
        return order


def _goes_one_way(columns: Floats) -> NDArray[np.bool_]:
    steps = np.diff(columns, axis=0)
    unknown = np.isnan(steps)
    upwards = np.all((steps >= 0) | unknown, axis=0)
    downwards = np.all((steps <= 0) | unknown, axis=0)
    result: NDArray[np.bool_] = np.logical_or(upwards, downwards)
    return result


class Runs:
    """Numbers that count in company: parts of a row side by side, parts of a column below each other.

    A table is prepared for the search when a file may hold a run of it: when it holds the numbers of one, wherever.
    """

    def __init__(self) -> None:
        self._waiting: list[Floats] = []
        self._prints: dict[tuple[str, int], list[tuple[Bits, Codes, int]]] = {}
        self._wanted: dict[tuple[str, int], Wanted] = {}

    def add(self, form: Floats) -> None:
        """A table, customer × column, as a step of the pipeline or a person may have kept it."""
        self._waiting.append(form)

    def found(self, data: bytes) -> Iterator[Codes]:
        """Whose numbers stand together in a piece of a file."""
        self._prepare(data)
        for order, kind, stride in _LAYOUTS:
            lengths = sorted({length for held, length in self._prints if held == kind})
            numbers = stirred(words(data, order)) if lengths else np.empty(0, np.uint64)
            for length in lengths:
                seen = runs(numbers, length, stride)
                hits = distinct(seen[self._wanted[kind, length].among(seen)])
                if len(hits):
                    yield from self._whose(kind, length, hits)

    def _prepare(self, data: bytes) -> None:
        if not self._waiting:
            return
        piece = _Piece(data)
        still: list[Floats] = []
        for form in self._waiting:
            if any(_may_be_held(form, bits, kind, piece) for kind, bits in _as_stored(form)):
                self._prepare_table(form)
                self._wanted = {}
            else:
                still.append(form)
        self._waiting = still
        for at, parts in self._prints.items():
            if at not in self._wanted:
                self._wanted[at] = Wanted(np.concatenate([prints for prints, _, _ in parts]))

    def _prepare_table(self, form: Floats) -> None:
        digits = _run_digits(form)
        for kind, bits in _as_stored(form):
            for start, width in _starts(digits):
                part = bits[:, start : start + width]
                self._add(kind, width, rows(part), _telling(part, digits[:, start : start + width]), 1)
            for column in np.argsort(-digits.mean(axis=0), kind="stable")[: 2 * _STARTS] if len(form) >= _BELOW else ():
                below = np.lib.stride_tricks.sliding_window_view(bits[:, column], _BELOW)
                windows = np.lib.stride_tricks.sliding_window_view(digits[:, column], _BELOW)
                steps = np.diff(np.lib.stride_tricks.sliding_window_view(form[:, column], _BELOW), axis=1)
                apart = (np.abs(steps).sum(axis=1) >= 3 * _BELOW) | (windows.sum(axis=1) >= 5 * _BELOW)
                telling = _telling(below, windows, ENOUGH_BELOW) & (_different(steps) >= 2) & apart
                self._add(kind, _BELOW, rows(below), telling, _BELOW)

    def _add(self, kind: str, width: int, prints: Bits, telling: NDArray[np.bool_], span: int) -> None:
        codes = np.flatnonzero(telling)
        few = _holders(prints[codes], codes) < FEW
        self._prints.setdefault((kind, width), []).append((prints[codes[few]], codes[few], span))

    def _whose(self, kind: str, length: int, hits: Bits) -> Iterator[Codes]:
        for prints, codes, span in self._prints[kind, length]:
            first = codes[np.isin(prints, hits)]
            yield np.unique(first[:, None] + np.arange(span)[None, :])


def _run_digits(form: Floats) -> NDArray[np.int64]:
    """The significant digits of each cell as they count in a run."""
    digits = np.minimum(_digits(form), 16)
    digits[~np.isfinite(form)] = 0
    shares = (np.abs(form) <= 1) & _is_fraction(np.nan_to_num(form))
    digits[shares] = np.minimum(digits[shares], 2)  # 7 of 8 looks long as a decimal and is in every tree
    return digits


class _Piece:
    """The numbers of a piece of a file, and those that lie side by side in it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._held: dict[str, Held] = {}
        self._wanted: dict[tuple[str, int], Wanted] = {}

    def numbers(self, kind: str) -> Held:
        """The bits of every number."""
        if kind not in self._held:
            read = [words(self._data, order) for order, compared, _ in _LAYOUTS if compared == kind]
            self._held[kind] = Held(np.concatenate(read))
        return self._held[kind]

    def runs(self, kind: str, length: int) -> Wanted:
        """The fingerprints of so many numbers side by side."""
        if (kind, length) not in self._wanted:
            layouts = [(order, stride) for order, compared, stride in _LAYOUTS if compared == kind]
            prints = [runs(stirred(words(self._data, order)), length, stride) for order, stride in layouts]
            self._wanted[kind, length] = Wanted(np.concatenate(prints))
        return self._wanted[kind, length]


def _may_be_held(form: Floats, bits: Bits, kind: str, piece: _Piece) -> bool:
    """Whether a piece of a file holds a run of this table that tells enough; which columns count is not looked at."""
    there = piece.numbers(kind).maybe(bits)
    width = min(_SIDE_BY_SIDE, form.shape[1])
    side_by_side = width >= 2 and _any_run(form, bits, there, partial(piece.runs, kind), width)
    return side_by_side or (
        len(form) >= _BELOW and _any_run(form.T, bits.T, there.T, partial(piece.runs, kind), _BELOW)
    )


def _any_run(form: Floats, bits: Bits, there: NDArray[np.bool_], held: Callable[[int], Wanted], length: int) -> bool:
    """Whether `length` different neighbours of a row stand side by side and tell enough together."""
    count = max(there.shape[1] - length + 1, 0)
    together = there[:, :count].copy()
    for place in range(1, length):
        together &= there[:, place : place + count]
    row, start = np.nonzero(together)
    if len(row) > _MOST_LOOKED_AT:
        return True
    row, column = row[:, None], start[:, None] + np.arange(length)
    different = _different(bits[row, column]) >= min(3, length)
    row, column = row[different], column[different]
    if not len(row):
        return False
    # Few runs of these numbers stand in the file: it takes less time to look for them than to count all their digits.
    found = held(length).among(rows(bits[row, column]))
    digits = _run_digits(form[row[found], column[found]]).sum(axis=1)
    return bool((digits >= (ENOUGH_BELOW if length == _BELOW else ENOUGH_SIDE_BY_SIDE)).any())


def _as_stored(form: Floats) -> Iterator[tuple[str, Bits]]:
    """The bits of a table as float64, as float32, and as int64 and int32 where it holds whole numbers alone."""
    yield "<u8", np.ascontiguousarray(form, np.float64).view(np.uint64)
    with np.errstate(over="ignore"):
        yield "<u4", np.ascontiguousarray(form, np.float32).view(np.uint32).astype(np.uint64)
    if form.size and np.isfinite(form).all() and (form == np.rint(form)).all() and (np.abs(form) < 2**53).all():
        yield "<u8", form.astype(np.int64).view(np.uint64)
        if (np.abs(form) < 2**31).all():
            yield "<u4", form.astype(np.int32).view(np.uint32).astype(np.uint64)


def _starts(digits: NDArray[np.int64]) -> list[tuple[int, int]]:
    """From which columns rows are looked for, and how many columns are taken together."""
    width = min(_SIDE_BY_SIDE, digits.shape[1])
    if width < 2:
        return []
    digit_sums = np.lib.stride_tricks.sliding_window_view(digits.mean(axis=0), width).sum(axis=1)
    return [(int(start), width) for start in np.argsort(-digit_sums, kind="stable")[:_STARTS]]


def _telling(bits: Bits, digits: NDArray[np.int64], enough: int = ENOUGH_SIDE_BY_SIDE) -> NDArray[np.bool_]:
    return (digits.sum(axis=1) >= enough) & (_different(bits) >= min(3, bits.shape[1]))


def _different(values: NDArray[np.generic]) -> Codes:
    """How many different values each row has; 1, 2, 3, 4 below each other have one step."""
    ordered = np.sort(values, axis=1)
    return 1 + (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1)


def _holders(values: NDArray[np.float64] | Bits, codes: Codes) -> Codes:
    """For each value, how many different customers have it."""
    _, place = np.unique(values, return_inverse=True)
    people = int(codes.max(initial=0)) + 1
    pairs = distinct((place * people + codes).astype(np.uint64)).astype(np.int64)
    return np.bincount(pairs // people, minlength=place.max(initial=-1) + 1)[place]


def _digits(values: Floats) -> NDArray[np.int64]:
    """How many significant decimal digits a value has; 0 for zero, 16 for more than seven."""
    flat = np.ravel(values)
    digits = np.full(len(flat), 16, np.int64)
    left = np.arange(len(flat))  # what has more than seven has not fewer: most values are left after one look
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        size = np.floor(np.log10(np.abs(flat)))
        for count in range(7, 0, -1):
            scaled = flat[left] * 10.0 ** (count - 1 - size[left])
            left = left[np.abs(scaled - np.rint(scaled)) <= 1e-12 * np.abs(scaled)]
            digits[left] = count
    digits[flat == 0] = 0
    return digits.reshape(values.shape)


def _is_decimal(values: Floats, decimals: int) -> NDArray[np.bool_]:
    scaled = np.nan_to_num(values) * 10.0**decimals
    return (np.abs(scaled - np.rint(scaled)) <= 1e-12 * np.abs(scaled) + 1e-12) & (np.abs(scaled) < 2**53)


def _is_fraction(values: Floats) -> NDArray[np.bool_]:
    """Whether a value is a whole number plus a fraction with a denominator up to a thousand."""
    part = np.abs(values) - np.floor(np.abs(values))
    table, near = _fractions()
    # Most figures lie in a cell in which no fraction is: only the others are looked up. The tolerance is less than one.
    maybe = near[(np.minimum(np.nan_to_num(part), 1.0) * _FRACTION_CELLS).astype(np.int64) + 1] | (np.abs(values) > 1e4)
    close: NDArray[np.bool_] = np.zeros(values.shape, bool)
    part, size = part[maybe], np.maximum(np.abs(values[maybe]), 1.0)
    at = np.clip(np.searchsorted(table, part), 1, len(table) - 1)
    nearest = np.minimum(np.abs(table[at] - part), np.abs(table[at - 1] - part))
    close[maybe] = nearest <= 1e-13 * size
    return close


@cache
def _fractions() -> tuple[Floats, NDArray[np.bool_]]:
    """All fractions in order; and which of the cells between 0 and 1 are, or are beside, one with a fraction."""
    every = np.sort(np.concatenate([np.arange(below + 1) / below for below in range(1, _DENOMINATOR + 1)]))
    cells = np.zeros(_FRACTION_CELLS + 4, bool)
    place = (every * _FRACTION_CELLS).astype(np.int64) + 1
    for beside in (-1, 0, 1):
        cells[place + beside] = True
    return every[np.concatenate([[True], every[1:] != every[:-1]])], cells


def _beside(values: Floats) -> Floats:
    """Amounts as exact as the given ones that none of them is."""
    decimals = np.full(len(values), 3)
    for count in (2, 1, 0):
        decimals[_is_decimal(values, count)] = count
    unit = 10.0**decimals
    decoys = np.concatenate([(np.rint(values * unit) + step) / unit for step in _DECOYS])
    return without(decoys, values)


def _shares_around(real: Bits, decoys: Bits) -> Floats:
    """For each real key and each decoy, in this order: the share of real ones among its `_AROUND` nearest of both.

    The bits of positive floats are in the order of their values.
    """
    cells = np.concatenate([real, decoys])
    order = np.argsort(cells, kind="stable")
    total = np.concatenate([[0], np.cumsum(order < len(real))])
    place = np.arange(len(cells))
    start = np.clip(place - _AROUND // 2, 0, max(len(cells) - _AROUND, 0))
    end = np.minimum(start + _AROUND, len(cells))
    shares = np.empty(len(cells))
    shares[order] = (total[end] - total[start]) / np.maximum(end - start, 1)
    return shares


def _key(values: Floats) -> Bits:
    return np.ascontiguousarray(values).view(np.uint64) >> np.uint64(8)


def _joined(parts: Sequence[np.ndarray], dtype: type[np.generic]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty(0, dtype)
