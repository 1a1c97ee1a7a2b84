"""Rows that repeat the money of others: a row of the order above its items, a package above its articles, a bundle."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.layouts.names import plain, words
from lib.orders.coding import Codes, Flags, Numbers

Placed = NDArray[np.int64]

EQUAL = 0.8
"""Share of rows without an item that must equal the sum of the items below."""
MIN_ORDERS = 3
"""Minimum number of orders: if each has a row without an item, that row is the order's total, even if it includes
postage."""
MIN_BUNDLES = 2
MOST_KINDS = 30
"""Maximum number of different values of a column that marks bundles."""
MOST_ROWS = 300_000
_PARENT = words("parent padre pere eltern ubergeordnet pai genitore bundle mother madre")


@dataclass(frozen=True)
class LineAmounts:
    """What is needed of the table's rows."""

    frame: pd.DataFrame
    group: Codes
    """Which rows may be of one order: its number, else the customer and the moment; −1 for none."""
    amount: Numbers
    has_item: Flags
    other_columns: tuple[str, ...]
    """Those that may say which row is a bundle: they play no role in who, when and how much."""
    is_part: bool = False
    """Whether these are some customers of a table. One bundle is then enough: others may be in the other parts."""


def summary_rows(rows: LineAmounts) -> Flags:
    """Which rows repeat the sum of other rows of the same order, in any of the three ways."""
    found = _without_item(rows)
    if not found.any() and len(rows.frame) <= MOST_ROWS:
        found = _by_parent_column(rows)
    if not found.any() and len(rows.frame) <= MOST_ROWS:
        found = _by_kind_of_row(rows)
    return found


def running_totals(group: Codes, amount: Numbers, item: Flags, named: Flags, *, is_part: bool) -> Flags | None:
    """Rows named `Subtotal` or `Total` that are the sum of the rows above them in their order: of its goods, of these
    and the delivery. None where several are no such sum and cost the same: they are a product of that name.
    """
    found = np.zeros(len(group), dtype=bool)
    at = np.flatnonzero((group >= 0) & np.isfinite(amount) & (item | named))
    at = at[np.argsort(group[at], kind="stable")]
    if not len(at):
        return found
    goods = np.where(item[at], amount[at], 0.0)
    begins = np.flatnonzero(np.diff(group[at], prepend=-1))
    first = np.repeat(begins, np.diff(np.append(begins, len(at))))
    above, lines = np.concatenate([[0.0], np.cumsum(goods)]), np.concatenate([[0], np.cumsum(item[at])])
    place = np.arange(len(at))
    running, count = above[place] - above[first], lines[place] - lines[first]
    asked = named[at] & (count > 0)
    right = asked & (np.abs(running - amount[at]) <= _tolerance(amount[at], count))
    orders = len(np.unique(group[at][asked]))
    if not right.any() or ((right & (count > 1)).sum() < MIN_BUNDLES and orders < MIN_ORDERS and not is_part):
        return found
    if right[asked].mean() >= EQUAL:
        found[at[asked]] = True
        return found
    ends = amount[at][asked & ~right]
    return None if len(np.unique(np.round(ends, 2))) == 1 and len(ends) >= MIN_ORDERS else found


def _tolerance(amount: Numbers, lines: NDArray[np.int64] | Numbers) -> Numbers:
    return 0.006 + 0.005 * lines + 1e-9 * np.abs(amount)


def _without_item(rows: LineAmounts) -> Flags:
    """Rows without a product in orders that have rows with one."""
    nothing = np.zeros(len(rows.frame), dtype=bool)
    known = (rows.group >= 0) & np.isfinite(rows.amount) & (rows.amount != 0)
    size = int(rows.group.max(initial=-1)) + 1
    item, bare = known & rows.has_item, known & ~rows.has_item
    if not bare.any() or not item.any():
        return nothing
    items = np.bincount(rows.group[item], minlength=size)
    total = np.bincount(rows.group[item], weights=rows.amount[item], minlength=size)
    bares = np.bincount(rows.group[bare], minlength=size)
    at = np.flatnonzero(bare & (items[rows.group] > 0))
    if not len(at):
        return nothing
    group, amount = rows.group[at], rows.amount[at]
    equal = np.abs(amount - total[group]) <= _tolerance(amount, items[group])
    accepted = equal.mean() >= EQUAL
    if not accepted and len(at) >= MIN_ORDERS:
        one_each = bool((bares[group] == 1).all()) and bool((bares[items > 1] == 1).mean() > 0.9)
        larger = amount >= total[group] - _tolerance(amount, items[group])
        accepted = one_each and larger.mean() > 0.95 and bool((amount <= 3 * total[group]).mean() > 0.9)
    if accepted:
        nothing[at] = True
    else:
        nothing[at[equal & (items[group] > 1)]] = True  # a sum of several to the cent is no chance
    return nothing


def _by_parent_column(rows: LineAmounts) -> Flags:
    """Rows that other rows name as their parent, where the others' money is theirs."""
    found = np.zeros(len(rows.frame), dtype=bool)
    for column in rows.frame.columns:
        if not _PARENT & set(plain(str(column)).split()):
            continue
        parent = rows.frame[column].astype("str").str.strip()
        child = (rows.frame[column].notna() & ~parent.isin(["", "0", "nan"])).to_numpy()
        if not child.any() or child.all():
            continue
        parent = parent.str.removesuffix(".0")
        for other in rows.frame.columns:
            if other == column or len(rows.frame) > MOST_ROWS:
                continue
            names = rows.frame[other].astype("str").str.strip().str.removesuffix(".0")
            if not parent[child].isin(names[~child]).mean() > (0.0 if rows.is_part else 0.9):
                continue
            keys = pd.DataFrame({"group": rows.group, "name": names.to_numpy(object)})
            sums = (
                pd.DataFrame(
                    {"group": rows.group[child], "name": parent[child].to_numpy(object), "sum": rows.amount[child]}
                )
                .groupby(["group", "name"])["sum"]
                .agg(["sum", "size"])
            )
            joined = keys[~child].join(sums, on=["group", "name"])
            at = joined.index.to_numpy()[joined["sum"].notna().to_numpy()]
            total, lines = joined.loc[at, "sum"].to_numpy(float), joined.loc[at, "size"].to_numpy(float)
            equal = (np.abs(rows.amount[at] - total) <= _tolerance(total, lines)) & (rows.amount[at] != 0)
            if len(at) and (equal.any() if rows.is_part else equal.mean() >= EQUAL):
                found[at[equal]] = True
                return found
    return found


def _kinds_of_row(rows: LineAmounts) -> Iterator[Flags]:
    for column in rows.other_columns:
        values = rows.frame[column]
        if values.dtype.kind == "f" or values.dtype.kind == "M":
            continue
        codes, names = pd.factorize(values, use_na_sentinel=False)
        if not 2 <= len(names) <= MOST_KINDS:
            continue
        for code in range(len(names)):
            flags = codes == code
            if 0 < flags.sum() <= 0.5 * len(flags):
                yield flags


def _by_kind_of_row(rows: LineAmounts) -> Flags:
    """Rows of one kind (`bundle`) whose money is that of the rows that follow in the same order."""
    found = np.zeros(len(rows.frame), dtype=bool)
    known = np.flatnonzero((rows.group >= 0) & np.isfinite(rows.amount) & (rows.amount != 0))
    if not len(known):
        return found
    order = known[np.argsort(rows.group[known], kind="stable")]
    group, amount = rows.group[order], rows.amount[order]
    sizes = np.bincount(group)
    several = sizes[group] > 2
    order, group, amount = order[several], group[several], amount[several]
    if not len(order):
        return found
    total = np.concatenate([[0.0], np.cumsum(amount)])
    last = np.searchsorted(group, group, side="right")
    least = 1 if rows.is_part else MIN_BUNDLES
    for flags in _kinds_of_row(rows):
        here = flags[order]
        parents = np.flatnonzero(here)
        if len(parents) < least:
            continue
        following = np.append(parents[1:], len(order))
        end = np.minimum(last[parents], following)
        at = [
            int(parent)
            for parent, stop in zip(parents, end, strict=True)
            if stop - parent > 2 and _begins_with(total, amount[parent], int(parent), int(stop))
        ]
        asked = int((end - parents > 2).sum())
        usual = rows.is_part or (len(at) >= 0.9 * asked and asked >= 0.5 * len(parents))
        if len(at) >= least and usual:
            singles = [
                int(parent)
                for parent, stop in zip(parents, end, strict=True)
                if stop - parent == 2 and abs(amount[parent] - amount[parent + 1]) <= 0.011
            ]
            found[order[at + singles]] = True
            return found
    return found


def _begins_with(total: Numbers, amount: float, parent: int, stop: int) -> bool:
    """Whether the first two or more rows after the parent add up to its amount."""
    sums = total[parent + 3 : stop + 1] - total[parent + 1]
    return bool(np.any(np.abs(sums - amount) <= 0.006 + 0.005 * np.arange(2, 2 + len(sums))))
