"""Order numbers that a shop uses again: counted anew each year, month or day, in each branch, or for each customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.orders.coding import NO_MOMENT, Coded, Codes, Flags, as_text, plain
from lib.orders.ledger import Orders

DAY = 86_400_000_000
"""Microseconds."""
_LEAST = 3
_MOST = 0.5
"""Numbers with rows on several days, and the share of them that different customers have, from which on numbers are
used again."""
_FAR_DAYS = 62
"""Rows of one number that lie further apart, and are of different customers, are no lines of one order: a single such
number will do in a small file."""
_LEAST_SHARE = 0.02
"""Share of all numbers up to which a number of two customers is a slip of the pen."""
_FEW_SHARE = 0.2
"""Share of all numbers from which on those with several customers are used again, and no corrections of orders: a shop
that begins anew uses most of them."""
_SEVERAL_DAYS = 0.2
"""Share of the orders whose lines have several days from which on this is no chance."""


@dataclass(frozen=True)
class Uses:
    """How often a number is used again."""

    shared: int
    """Numbers with rows on several days."""
    other: int
    """Of these, those that different customers have on different days: with orders under other numbers in between,
    with more than `_LEAST` customers, or far apart."""
    far: int
    """Of those, such as lie more than `_FAR_DAYS` apart."""
    gap_days: float
    """How many days usually lie between two such customers; 0.0 where there are none."""
    numbers: int = 0
    """All numbers."""

    @property
    def again(self) -> bool:
        """Whether a number stands for several orders."""
        many = self.shared >= _LEAST and self.other >= _MOST * self.shared
        far = self.far > 0 and self.far >= _MOST * self.shared
        return (many or far) and self.other > _LEAST_SHARE * self.numbers

    @property
    def few(self) -> bool:
        """Whether so few of all numbers are used again that these may be corrected orders as well."""
        return self.other < _FEW_SHARE * self.numbers


def uses_of(number: Codes, customer: Codes, moment: Codes, back: Flags) -> Uses:
    """How rows use their order numbers; −1 and `NO_MOMENT` where a row has no number, customer or moment.

    Rows of a known customer count alone: a row without one belongs to the order's other rows. So does one that gives
    money `back`, whoever wrote it.
    """
    nothing = Uses(0, 0, 0, 0.0)
    at = np.flatnonzero((number >= 0) & (customer >= 0) & (moment != NO_MOMENT) & ~back)
    if not len(at):
        return nothing
    first = np.full(int(number[at].max()) + 1, -1, dtype=np.int64)
    first[number[at[::-1]]] = at[::-1]
    if (customer[first[number[at]]] == customer[at]).all():  # as in nearly every file
        return nothing
    by_time = at[np.argsort(moment[at], kind="stable")]
    changes = np.cumsum(np.diff(number[by_time], prepend=-1) != 0)  # of the number, from row to row in time
    rows = pd.DataFrame({
        "number": number[by_time], "customer": customer[by_time], "day": moment[by_time] // DAY, "change": changes,
    })  # fmt: skip
    days = rows.groupby("number")["day"]
    several = rows[(days.transform("min") != days.transform("max")).to_numpy()]
    uses = several.drop_duplicates(["number", "customer", "day"]).sort_values(["number", "change"], kind="stable")
    before = uses.shift()
    met = uses["number"] == before["number"]
    other = met & (uses["customer"] != before["customer"]) & (uses["day"] != before["day"])
    many = uses.groupby("number")["customer"].transform("nunique") > _LEAST
    gap = uses["day"] - before["day"]
    other &= (uses["change"] > before["change"]) | many | (gap > _FAR_DAYS)
    gaps = gap[other]
    numbers = uses["number"]
    return Uses(
        shared=int(numbers.nunique()),
        other=int(numbers[other].nunique()),
        far=int(numbers[gaps[gaps > _FAR_DAYS].index].nunique()),
        gap_days=float(gaps.median()) if len(gaps) else 0.0,
        numbers=int(rows["number"].nunique()),
    )


def each_order(number: Coded, customer: Codes, moment: Codes, back: Flags, uses: Uses) -> Coded:
    """The numbers with the day behind them on which the order of each row begins: `17 (2024-03-09)`.

    One order is what a customer has under a number on one day; where lines of one order mostly have several days,
    within half of the time after which numbers are used again. A row without customer or moment is of the order whose
    row with this number stands above it, or has the same day; one that gives money `back` is of the customer's last
    order under the number, else of the last one of anybody. All numbers get their day, so that an export of other
    months gives an order the same name.
    """
    at = np.flatnonzero(number.codes >= 0)
    rows = pd.DataFrame({"number": number.codes[at], "customer": customer[at], "day": moment[at] // DAY})
    rows["day"] = rows["day"].where(moment[at] != NO_MOMENT)
    rows["day"] = rows.groupby("number")["day"].ffill()
    rows["day"] = rows.groupby("number")["day"].bfill().fillna(0)
    known = rows["customer"].where(rows["customer"] >= 0)
    of_day = [rows["number"], rows["day"]]
    rows["customer"] = known.groupby(of_day).ffill().fillna(known.groupby(of_day).transform("first")).fillna(-1)
    keys = ["number", "customer"]
    within = uses.gap_days / 2 if _on_several_days(rows) else 0.0
    ordered = rows.sort_values([*keys, "day"], kind="stable")
    begins = ~ordered.duplicated(keys) | (ordered["day"].diff() > within)
    order = begins.cumsum()
    order = order.sort_index()
    order = order.map(_given_back(rows, order, back[at], uses)).fillna(order).astype("int64")
    first_day = rows["day"].groupby(order).transform("min")
    codes, _ = pd.factorize(order)
    first = np.flatnonzero(~order.duplicated().to_numpy())
    names = _named(as_text(plain(number.names)).iloc[rows["number"].iloc[first]], first_day.iloc[first])
    found = np.full(len(number.codes), -1, dtype=np.int64)
    found[at] = codes
    return Coded(found, names)


def _given_back(rows: pd.DataFrame, order: pd.Series, back: Flags, uses: Uses) -> pd.Series:
    """Order that only gives money back → the order before it that it belongs to."""
    groups = rows.assign(order=order, back=back).groupby("order", as_index=False)
    groups = groups.agg(
        number=("number", "first"), customer=("customer", "first"), day=("day", "min"), back=("back", "all")
    )
    groups = groups.sort_values("day", kind="stable").astype({"customer": "int64", "day": "int64"})
    returns, sales = groups[groups["back"]], groups[~groups["back"]]
    most = int(uses.gap_days / 2)
    found = pd.Series(np.nan, index=returns["order"], dtype="float64")
    for keys in (["number", "customer"], ["number"]):
        last = sales[[*keys, "day", "order"]].rename(columns={"order": "of"})
        met = pd.merge_asof(returns, last, on="day", by=keys, tolerance=most)
        found = found.fillna(met.set_index("order")["of"])
    return found.dropna()


def _on_several_days(rows: pd.DataFrame) -> bool:
    """Whether the lines of an order, which stand one below the other, have several days."""
    same = (rows[["number", "customer"]] == rows[["number", "customer"]].shift()).all(axis=1)
    days = rows["day"].groupby((~same).cumsum()).agg(["min", "max"])
    return bool((days["min"] != days["max"]).mean() >= _SEVERAL_DAYS)


def _named(numbers: pd.Series, days: pd.Series) -> pd.Series:
    """`17 (2024-03-09)`; of two that would be equal the second is `17 (2024-03-09, 2)`."""
    day = pd.Series(days.to_numpy(np.int64).view("datetime64[D]")).dt.strftime("%Y-%m-%d")
    bare = numbers.reset_index(drop=True)
    nth = pd.Series(range(len(bare))).groupby([bare, day]).cumcount()
    behind = ("(" + day + ")").where(nth == 0, "(" + day + ", " + (nth + 1).astype("str") + ")")
    return (bare + " " + behind).astype("str")


def in_the_same_way(parts: Sequence[Orders]) -> tuple[Orders, ...]:
    """Files of one history, of which some use order numbers again and others are too short to: all with the day."""
    if not any(part.reused_numbers for part in parts) or all(part.reused_numbers for part in parts):
        return tuple(parts)
    return tuple(part if part.reused_numbers else _with_days(part) for part in parts)


def _with_days(part: Orders) -> Orders:
    frames = [frame for frame in (part.lines, part.returns, part.called_off) if len(frame)]
    if not frames:
        return part
    both = pd.concat([frame[["order_id", "ordered_at"]] for frame in frames], ignore_index=True)
    first = both.groupby("order_id", sort=False)["ordered_at"].min()
    days = pd.Series(first.to_numpy("datetime64[D]").astype(np.int64))
    new = dict(zip(first.index, _named(pd.Series(first.index, dtype="str"), days), strict=True))
    lines, returns, called_off = (
        frame.assign(order_id=frame["order_id"].map(new).astype("str")) if len(frame) else frame
        for frame in (part.lines, part.returns, part.called_off)
    )
    return replace(part, lines=lines, returns=returns, called_off=called_off)
