"""Overlapping exports of one shop that write customers, days or products otherwise: an order of both counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.orders.ledger import Orders
from lib.orders.numberings import SAME_AMOUNT, SAME_DAYS

SHARE_ALIKE = 0.5
"""Share of the order numbers in both files that must be of equal orders."""
_CHANCE = 0.2
"""Up to how probable it may be that two orders of these files agree without being the same."""
_CONSISTENT = 0.9
"""Share of the orders in both files whose customers must correspond one to one."""
_LATER_DAYS = 6
"""From how many days between the dates of one number on, it may be that of a contract, which is paid every week or
month."""
_STEADY_DAYS = 3
"""How far the days between two such payments differ: months have 28 to 31 days, and nobody is charged on Sundays."""


@dataclass(frozen=True)
class Overlapping:
    """The parts without what an earlier part has under other names, and what was found."""

    parts: tuple[Orders, ...]
    again: tuple[frozenset[str], ...]
    """Per part, the numbers of orders whose lines an earlier part has."""
    renamed: int = 0
    """Customers that got the name under which an earlier file has them."""
    unmatched: int = 0
    """Customers of files with other names, without an order by which to find them in an earlier file."""
    differing: int = 0
    """Orders that two files have with different amounts; both are added up."""


def without_overlaps(parts: Sequence[Orders]) -> Overlapping:
    """Find orders that two files have under one number and amount, with other customers, times or products.

    Orders whose lines are equal in every column are left to `merging`. Files whose numbers mean other orders must have
    got numbers of their own before (`numberings`).
    """
    made: list[Orders] = []
    again: list[frozenset[str]] = []
    seen: pd.DataFrame | None = None
    renamed = unmatched = differing = 0
    for part in parts:
        here = _orders(part)
        shared = here.iloc[:0] if seen is None else seen.join(here, how="inner", suffixes=("", "_here"))
        same = _same(shared, here, seen) if seen is not None and len(shared) else None
        if same is None or seen is None:
            again.append(frozenset())
        else:
            agreeing = shared[same]
            other = agreeing[_written_otherwise(agreeing)]
            again.append(frozenset(map(str, other.index)))
            differing += _changed(shared.index[~same], part, made)
            names = _names(agreeing)
            if names:
                before = set(here["customer"])
                part = _renamed(part, names)
                renamed += len(names)
                unmatched += len(before - names.keys() - set(seen["customer"]))
                here = _orders(part)
            part = _with_calls_of_earlier(part, seen)
        if made and (shared.empty or bool((shared["moment"] == shared["moment_here"]).all())):
            part = with_later_calls(part, made)
        made.append(part)
        seen = here if seen is None else pd.concat([seen, here[~here.index.isin(seen.index)]])
    return Overlapping(tuple(made), tuple(again), renamed, unmatched, differing)


def _orders(part: Orders) -> pd.DataFrame:
    """Per order number its customer, moment, amount, lines and whether products are named."""
    first = part.lines.drop_duplicates("order_id").set_index("order_id")
    by_order = part.lines.groupby("order_id")
    return pd.DataFrame(
        {
            "customer": first["customer_id"],
            "moment": first["ordered_at"],
            "amount": by_order["amount"].sum(),
            "products": by_order["product"].count(),
        }
    )


def _same(shared: pd.DataFrame, here: pd.DataFrame, seen: pd.DataFrame) -> pd.Series | None:
    """Which of the shared numbers are of one order; None where the files agree no more than chance would have it."""
    alike = (shared["amount"] - shared["amount_here"]).abs() < SAME_AMOUNT
    alike &= (shared["moment"] - shared["moment_here"]).abs() <= pd.Timedelta(days=SAME_DAYS)
    if not alike.any() or alike.mean() < SHARE_ALIKE or _paid_regularly(shared[alike]):
        return None
    chance = _by_chance(here["amount"].round(2), seen["amount"].round(2))
    if (shared["customer"] == shared["customer_here"])[alike].mean() >= _CONSISTENT:
        chance *= _by_chance(here["customer"], seen["customer"])
    return alike if chance <= _CHANCE else None


def _paid_regularly(agreeing: pd.DataFrame) -> bool:
    """Whether equal amounts under one number are payments of one contract, and not one order: they come a week or a
    month later, all by as many days, or all of them after the last one of the earlier file."""
    days = (agreeing["moment_here"] - agreeing["moment"]).dt.total_seconds() / 86_400
    middle = float(days.median())
    if abs(middle) < _LATER_DAYS:
        return False
    steady = ((days - middle).abs() <= _STEADY_DAYS).mean() >= _CONSISTENT
    here, earlier = agreeing["moment_here"], agreeing["moment"]
    return bool(steady or here.min() > earlier.max() or here.max() < earlier.min())


def _by_chance(here: pd.Series, seen: pd.Series) -> float:
    """How probable it is that a value of one file equals one of the other."""
    left, right = here.value_counts(normalize=True), seen.value_counts(normalize=True)
    return float((left * right).sum())


def _changed(numbers: pd.Index, part: Orders, earlier: Sequence[Orders]) -> int:
    """How many of the orders are not only cut in two: both files have a line that the other has not."""
    if not len(numbers):
        return 0
    line = ["order_id", "customer_id", "ordered_at", "product", "quantity", "amount"]
    sides = [
        pd.concat([one.lines.loc[one.lines["order_id"].isin(numbers), line] for one in parts]).drop_duplicates()
        for parts in ([part], earlier)
    ]
    met = sides[0].merge(sides[1], on=line, how="outer", indicator="side")
    left, right = (set(met.loc[met["side"] == side, "order_id"]) for side in ("left_only", "right_only"))
    return len(left & right)


def _written_otherwise(shared: pd.DataFrame) -> pd.Series:
    """Whether an order has another customer or moment in this file, or products in one of the files only."""
    differs = (shared["customer"] != shared["customer_here"]) | (shared["moment"] != shared["moment_here"])
    return differs | ((shared["products"] == 0) != (shared["products_here"] == 0))


def _names(agreeing: pd.DataFrame) -> dict[str, str]:
    """The customers of this file under their earlier names, where orders in both show which they are."""
    other = agreeing["customer"] != agreeing["customer_here"]
    if other.mean() < SHARE_ALIKE:
        return {}
    pairs = agreeing[["customer", "customer_here"]].drop_duplicates()
    single = ~pairs["customer"].duplicated(keep=False) & ~pairs["customer_here"].duplicated(keep=False)
    clear = pairs[single]
    if agreeing["customer_here"].isin(clear["customer_here"]).mean() < _CONSISTENT:
        return {}
    return {str(here): str(earlier) for earlier, here in clear.itertuples(index=False) if here != earlier}


def _renamed(part: Orders, names: dict[str, str]) -> Orders:
    frames = [
        frame.assign(customer_id=frame["customer_id"].map(lambda name: names.get(name, name)).astype("str"))
        if "customer_id" in frame
        else frame
        for frame in (part.lines, part.returns, part.called_off)
    ]
    return replace(part, lines=frames[0], returns=frames[1], called_off=frames[2])


def with_later_calls(part: Orders, earlier: Sequence[Orders]) -> Orders:
    """The part whose cancellations are also of orders that an earlier file sold under their number to the same
    customer, up to `SAME_DAYS` before, where they have the order's amount or none.

    Only for files whose shared numbers were each sold at one moment: others may be numbers of contracts.
    """
    off, money = part.called_off, part.called_off_money
    if off.empty or len(money) != len(off):
        return part
    key = ["order_id", "customer_id"]
    lines = [one.lines[one.lines["order_id"].isin(off["order_id"])] for one in earlier]
    sums = [one.groupby(key).agg(sold_at=("ordered_at", "min"), cost=("amount", "sum")) for one in lines if len(one)]
    if not sums:
        return part
    sold = pd.concat(sums)
    found = off.join(sold[~sold.index.duplicated()], on=key)
    apart = found["ordered_at"] - found["sold_at"]
    near = ((apart > pd.Timedelta(0)) & (apart <= pd.Timedelta(days=SAME_DAYS))).to_numpy()
    one = near & ((money == 0) | (np.abs(money - found["cost"].to_numpy(np.float64)) < SAME_AMOUNT))
    if not one.any():
        return part
    added = off[one].assign(ordered_at=found["sold_at"][one])
    return replace(part, called_off=pd.concat([off, added], ignore_index=True), called_off_money=np.array([]))


def _with_calls_of_earlier(part: Orders, seen: pd.DataFrame) -> Orders:
    """The part whose cancelled orders have the customer and moment that an earlier file gives them, too."""
    if part.called_off.empty:
        return part
    met = part.called_off[part.called_off["order_id"].isin(seen.index)]
    if met.empty:
        return part
    earlier = seen.loc[met["order_id"]]
    near = np.abs(earlier["moment"].to_numpy() - met["ordered_at"].to_numpy()) <= np.timedelta64(SAME_DAYS, "D")
    added = met.assign(customer_id=earlier["customer"].to_numpy(), ordered_at=earlier["moment"].to_numpy())[near]
    return replace(part, called_off=pd.concat([part.called_off, added], ignore_index=True).drop_duplicates())
