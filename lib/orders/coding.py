"""Columns of a table as integers and numbers: each different text is looked at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lib.layouts.value_profiles import dates_in, numbers_in

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
"""The dtype `str`, said in full."""

NO_MOMENT = np.iinfo(np.int64).min
_FIRST_MOMENT = int(np.datetime64("1500-01-01", "us").astype(np.int64))
"""What a missing moment is in microseconds."""


@dataclass(frozen=True)
class Coded:
    """A column of names: per row the place of its name in `names`, −1 where the cell is blank."""

    codes: Codes
    names: pd.Series
    exact: bool = False
    """Whether cells that share a code are equal to the letter: no blanks, apostrophes or capitals were overlooked."""

    def rows(self, meant: pd.Series) -> Flags:
        """Which rows hold a name that `meant`, one flag per name, is true of."""
        return np.append(meant.to_numpy(bool), False)[self.codes]

    def column(self, rows: Codes) -> pd.Series:
        """The names of those rows as a `str` column."""
        codes = self.codes[rows]
        blank = codes < 0
        places = pa.array(codes, mask=blank if blank.any() else None)
        return as_text(plain(self.names).take(places))


def as_text(words: pa.Array) -> pd.Series:
    """Words of Arrow as a `str` column, without looking at each."""
    return pd.Series(TEXT.__from_arrow__(words))


def plain(names: pd.Series) -> pa.Array:
    """The words of a column in one piece of Arrow."""
    words = pa.array(names, from_pandas=True)
    return words.combine_chunks() if isinstance(words, pa.ChunkedArray) else words


def _factorized(column: pd.Series) -> tuple[Codes, pd.Series]:
    """As `pd.factorize`, with the different values as a column."""
    if column.dtype != TEXT:
        codes, unique = pd.factorize(column)
        return codes, pd.Series(unique)
    words = pa.array(column, from_pandas=True)
    pieces = words.chunks if isinstance(words, pa.ChunkedArray) else [words]
    runs = [_runs(piece) for piece in pieces] if _has_runs(words) else []
    if runs:
        words = pa.chunked_array([piece.take(starts) for piece, (starts, _) in zip(pieces, runs, strict=True)])
    encoded = words.dictionary_encode()
    whole = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    places = whole.indices.fill_null(-1) if whole.indices.null_count else whole.indices
    codes = places.to_numpy().astype(np.int64)
    if runs:
        codes = np.repeat(codes, np.concatenate([lengths for _, lengths in runs]))
    return codes, as_text(whole.dictionary)


def _has_runs(words: pa.Array | pa.ChunkedArray) -> bool:
    """Whether the same word comes many times in a row: an order log comes order by order."""
    head = words[:5_000]
    head = head.combine_chunks() if isinstance(head, pa.ChunkedArray) else head
    return len(words) > 10_000 and len(pc.run_end_encode(head).values) < len(head) / 4


def _runs(words: pa.Array) -> tuple[Codes, Codes]:
    """Where stretches of the same word begin and how long each is."""
    ends = pc.run_end_encode(words).run_ends.to_numpy().astype(np.int64)
    starts = np.concatenate([np.zeros(min(1, len(ends)), dtype=np.int64), ends[:-1]])
    return starts, ends - starts


def picked(column: pd.Series, rows: Codes) -> pd.Series:
    """Some rows of a column, in their order, without putting its pieces together first."""
    if column.dtype != TEXT:
        return pd.Series(column.to_numpy()[rows])
    chosen = np.zeros(len(column), dtype=bool)
    chosen[rows] = True
    found = pa.array(column, from_pandas=True).filter(pa.array(chosen))
    return as_text(found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found)


def coded(column: pd.Series, *, lower: bool = False, ids: bool = False) -> Coded:
    """A column as names: whole numbers without a point, text without blanks around it or an apostrophe before it.

    `ids`: whether `12.0` beside `A12` is the number 12, which a program wrote that read the column in parts.
    """
    codes, names = _factorized(column)
    if names.dtype.kind in "iubfM":
        return Coded(codes, _numbers_written(names), exact=True)
    names = names.astype("str")
    if ids:
        whole = _without_points(names)
        if whole is not None:
            again, different = _factorized(whole)
            codes, names = np.append(again, -1)[codes], different.astype("str")
            tidy = coded(names)
            return Coded(np.append(tidy.codes, -1)[codes], tidy.names)
    if not lower and _is_tidy(names):
        return Coded(codes, names, exact=True)
    tidy = names.str.strip().str.removeprefix("'").str.strip()
    tidy = tidy.str.lower() if lower else tidy
    again, different = _factorized(tidy.where(tidy != ""))
    return Coded(np.append(again, -1)[codes], different)


def _without_points(names: pd.Series) -> pd.Series | None:
    """Ids without `.0` at their ends; None where there is none, or where some have other decimals, as versions do."""
    words = plain(names)
    pointed = pc.fill_null(pc.match_substring_regex(words, r"^\s*\d+\.\d+\s*$"), False)
    if not pc.any(pointed).as_py():
        return None
    zero = pc.fill_null(pc.match_substring_regex(words, r"^\s*\d+\.0\s*$"), False)
    if pc.any(pc.and_not(pointed, zero)).as_py():
        return None
    return as_text(pc.if_else(zero, pc.replace_substring_regex(words, r"\.0\s*$", ""), words))


IDS = frozenset({"customer_id", "order_id", "product_code"})
"""Roles of columns whose numbers have no decimals."""


@dataclass(frozen=True)
class Cells:
    """The cells of a table by the roles of their columns; a column is coded once."""

    frame: pd.DataFrame
    roles: Mapping[str, str]
    _coded: dict[tuple[str, bool], Coded] = field(default_factory=dict, repr=False)

    def __contains__(self, role: str) -> bool:
        return role in self.roles

    def __getitem__(self, role: str) -> pd.Series:
        return self.frame[self.roles[role]]

    def coded(self, role: str, *, lower: bool = False) -> Coded:
        """That role's column as names."""
        key = self.roles[role], lower
        if key not in self._coded:
            self._coded[key] = coded(self.frame[key[0]], lower=lower, ids=role in IDS)
        return self._coded[key]

    def exact(self, column: str) -> Codes | None:
        """Codes that tell a column's cells apart to the letter, where there are any."""
        found = self._coded.get((column, False))
        return found.codes if found is not None and found.exact else None


def _is_tidy(names: pd.Series) -> bool:
    words = plain(names)
    trimmed = pc.equal(pc.utf8_trim_whitespace(words), words)
    odd = pc.or_(pc.or_(pc.invert(trimmed), pc.starts_with(words, "'")), pc.equal(words, ""))
    return not pc.any(odd).as_py()


def names_of(column: pd.Series) -> pd.Series:
    """A column of ids as names, one per row."""
    found = coded(column, ids=True)
    return found.column(np.arange(len(column)))


def _numbers_written(unique: pd.Series) -> pd.Series:
    if unique.dtype.kind == "f":
        values = unique.to_numpy(np.float64)
        if np.all(np.isfinite(values)) and np.all(values == np.floor(values)) and np.all(np.abs(values) < 2**53):
            return pd.Series(values.astype(np.int64)).astype("str")
    return unique.astype("str")


def filled_from(values: Codes, order: Codes | None) -> Codes:
    """Blank cells (−1) of an order's rows take what its first filled row has: exports write order facts once."""
    if order is None or values.min(initial=0) >= 0:
        return values
    blank = np.flatnonzero((values < 0) & (order >= 0))
    if len(blank) == 0:
        return values
    size = int(order.max()) + 1
    wanted = np.zeros(size + 1, dtype=bool)
    wanted[order[blank]] = True
    known = np.flatnonzero(wanted[order] & (values >= 0))[::-1]
    of_order = np.full(size, -1, dtype=np.int64)
    of_order[order[known]] = values[known]
    filled = values.copy()
    filled[blank] = of_order[order[blank]]
    return filled


def moments(column: pd.Series, form: str) -> Codes:
    """Microseconds since 1970 by the shop's clock; `NO_MOMENT` where there is none. Years before 1500 are of another
    calendar."""
    found = dates_in(column, form).to_numpy("datetime64[us]").view(np.int64)
    return np.where(found < _FIRST_MOMENT, NO_MOMENT, found) if len(found) and found.min() < _FIRST_MOMENT else found


def times(column: pd.Series) -> Codes:
    """Microseconds since midnight; 0 where a cell is no time of day."""
    codes, unique = pd.factorize(column)
    texts = pd.Series(unique).astype("str").str.strip()
    found = pd.Series(np.zeros(len(texts), dtype=np.int64))
    for form in ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M"):
        read = pd.to_datetime(texts, format=form, errors="coerce")
        day = (read - read.dt.normalize()).to_numpy("timedelta64[us]").astype(np.int64)
        found = found.where(read.isna().to_numpy() | (found != 0), day)
    return np.append(found.to_numpy(), 0)[codes]


BEYOND_MONEY = 1e13
"""No price, amount or quantity is as large; what is was never meant as one, and sums would lose their cents."""


def numbers(column: pd.Series) -> Numbers:
    """Prices, amounts or quantities of a column; missing where a cell is none."""
    found = numbers_in(column).to_numpy(np.float64)
    if len(found) and np.nanmax(np.abs(found), initial=0.0) <= BEYOND_MONEY:
        return found
    return np.where(np.abs(found) > BEYOND_MONEY, np.nan, found)


def mixed(*parts: Codes | Numbers) -> NDArray[np.uint64]:
    """One number per row from several: equal rows get equal numbers, different rows nearly always different ones."""
    with np.errstate(over="ignore"):
        total = np.zeros(len(parts[0]), dtype=np.uint64)
        for part in parts:
            bits = part.view(np.uint64) if part.dtype.itemsize == 8 else part.astype(np.int64).view(np.uint64)
            total = (total ^ bits) * np.uint64(0x9E3779B97F4A7C15)
            total ^= total >> np.uint64(29)
        return total


def met_again(order: Codes, product: Codes) -> Codes:
    """The places, in order, of lines that may be of the same order and product as another line.

    An order's lines mostly stand together: sorted by product alone, those of one order and product are neighbours.
    Lines of an order that is taken up again later are all in it.
    """
    if not len(order):
        return order
    begins = np.flatnonzero(order[1:] != order[:-1]) + 1
    stretches = order[np.concatenate([[0], begins])]
    found = (np.bincount(stretches + 1) > 1)[order + 1]
    rows = np.argsort(product.astype(np.uint16), kind="stable")  # sixteen bits are sorted fast
    for shift in range(16, int(product.max() + 1).bit_length(), 16):
        rows = rows[np.argsort((product[rows] >> shift).astype(np.uint16), kind="stable")]
    order, product = order[rows], product[rows]
    same = np.flatnonzero((order[1:] == order[:-1]) & (product[1:] == product[:-1]))
    found[rows[same]] = True
    found[rows[same + 1]] = True
    return np.flatnonzero(found)


def repeated(values: NDArray[np.uint64]) -> Codes:
    """The places of values that come more than once, in order.

    Most values come once. Where no other falls into the same of many buckets, that is seen without comparing any.
    """
    bits = min(21, max(8, len(values).bit_length() + 1))
    bucket = (values >> np.uint64(64 - bits)).view(np.int64)
    place = np.arange(len(values), dtype=np.int32)
    last = np.empty(1 << bits, dtype=np.int32)
    last[bucket] = place
    shared = np.zeros(1 << bits, dtype=bool)
    shared[bucket[last[bucket] != place]] = True
    close = np.flatnonzero(shared[bucket])
    return close[pd.Series(values[close]).duplicated(keep=False).to_numpy()]


def at_first_of(order: Codes) -> Codes:
    """Per order, its first row."""
    first = np.full(int(order.max(initial=-1)) + 1, -1, dtype=np.int64)
    rows = np.flatnonzero(order >= 0)[::-1]
    first[order[rows]] = rows
    return first


def made_order_ids(customer: pd.Series, moment: Codes) -> pd.Series:
    """Names for orders that have no number: the customer and the moment, the day alone where that is all we know."""
    pair, _ = pd.factorize(mixed(pd.factorize(customer)[0].astype(np.int64), moment))
    where = at_first_of(pair)
    when = pd.Series(moment[where].view("datetime64[us]"))
    written = when.dt.strftime("%Y-%m-%d %H:%M:%S").str.removesuffix(" 00:00:00")
    made = (customer.iloc[where].reset_index(drop=True) + " " + written).astype("str")
    return as_text(plain(made).take(pa.array(pair)))
