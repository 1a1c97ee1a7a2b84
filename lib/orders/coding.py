"""Columns of a table as integers and numbers: each different text is looked at once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.layouts.looks import dates_in, numbers_in

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

NO_MOMENT = np.iinfo(np.int64).min
"""What a missing moment is in microseconds."""


@dataclass(frozen=True)
class Coded:
    """A column of names: per row the place of its name in `names`, −1 where the cell is blank."""

    codes: Codes
    names: pd.Series

    def rows(self, meant: pd.Series) -> Flags:
        """Which rows hold a name that `meant`, one flag per name, is true of."""
        return np.append(meant.to_numpy(bool), False)[self.codes]

    def column(self, rows: Codes) -> pd.Series:
        """The names of those rows as a `str` column."""
        return pd.Series(self.names.array.take(self.codes[rows], allow_fill=True), dtype="str")


def coded(column: pd.Series, *, lower: bool = False) -> Coded:
    """A column as names: whole numbers without a point, text without blanks around it or an apostrophe before it."""
    codes, unique = pd.factorize(column)
    names = pd.Series(unique)
    if names.dtype.kind in "iubfM":
        return Coded(codes, _numbers_written(names))
    names = names.astype("str")
    tidy = names.str.strip().str.removeprefix("'").str.strip()
    tidy = tidy.str.lower() if lower else tidy
    if (tidy == names).all() and (tidy != "").all():
        return Coded(codes, names)
    again, different = pd.factorize(tidy.where(tidy != ""))
    return Coded(np.append(again, -1)[codes], pd.Series(different, dtype="str"))


def names_of(column: pd.Series) -> pd.Series:
    """A column as names, one per row."""
    found = coded(column)
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
    known = np.flatnonzero((values >= 0) & (order >= 0))
    if len(known) == 0:
        return values
    of_order = np.full(int(order.max()) + 2, -1, dtype=np.int64)
    of_order[order[known[::-1]]] = values[known[::-1]]
    return np.where(values < 0, of_order[order], values)


def moments(column: pd.Series, form: str) -> Codes:
    """Microseconds since 1970 by the shop's clock; `NO_MOMENT` where there is none."""
    return dates_in(column, form).to_numpy("datetime64[us]").astype(np.int64)


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
    beyond = np.abs(found) > BEYOND_MONEY
    return np.where(beyond, np.nan, found) if beyond.any() else found


def mixed(*parts: Codes | Numbers) -> NDArray[np.uint64]:
    """One number per row from several: equal rows get equal numbers, different rows nearly always different ones."""
    with np.errstate(over="ignore"):
        total = np.zeros(len(parts[0]), dtype=np.uint64)
        for part in parts:
            bits = part.view(np.uint64) if part.dtype.itemsize == 8 else part.astype(np.int64).view(np.uint64)
            total = (total ^ bits) * np.uint64(0x9E3779B97F4A7C15)
            total ^= total >> np.uint64(29)
        return total


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
    return pd.Series(made.array.take(pair), dtype="str")
