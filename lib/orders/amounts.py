"""Money: of each line as it is written, of each order as a whole, and what of the order falls on each line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from lib.layouts.minor_units import in_smallest_unit, least_of, units_of
from lib.layouts.names import HEADER_WORDS, compact, counts_cents, plain, words
from lib.layouts.shops import Layout
from lib.orders.coding import Codes, Flags, Numbers, numbers
from lib.tables import Table

CENT = 0.005
_PERCENT = re.compile(r"(?i)%|percent|\bpct\b|prozent|pourcent|porcent|percentu")
MIN_REPEATED = 3
"""Orders of several lines from which on a discount that is equal on all of them is taken for the order's."""


def in_whole_units(frame: pd.DataFrame, layout: Layout | None, currency: str = "") -> pd.DataFrame:
    """The table with money in whole units where headings (or the layout) say that it is in hundredths, or where a
    payment service writes it in the smallest unit of its `currency`, the column that names it."""
    of_layout = set() if layout is None else {compact(name) for name in layout.in_cents}
    found: dict[str, pd.Series | Numbers] = {}
    smallest = set(in_smallest_unit(list(map(str, frame.columns))))
    least = least_of(list(map(str, frame.columns))) if smallest else 0
    units = units_of(frame[currency] if currency else None, len(frame))
    for column in map(str, frame.columns):
        by_currency = compact(column) in of_layout or column in smallest
        if (by_currency or counts_cents(column)) and frame[column].dtype.kind in "iuf":
            values = numbers(frame[column])
            known = values[np.isfinite(values)]
            if column in smallest and frame[column].dtype.kind == "f" and len(known) == len(values):
                continue  # written as 25.00: whole units
            if column in smallest and ((known > 0) & (known < least)).any():
                continue  # less than the service takes: whole units
            if np.all(known == np.floor(known)):  # what has fractions was converted already
                found[column] = values / (units if by_currency else 100)
    return frame.assign(**found) if found else frame


def line_amounts(
    table: Table, frame: pd.DataFrame, roles: Mapping[str, str], order: Codes | None, layout: Layout | None
) -> Numbers:
    """Money per row as it is written: the line's amount, else price × quantity − discount; missing where neither is."""
    quantity = numbers(frame[roles["quantity"]]) if "quantity" in roles else np.ones(len(frame))
    amount = numbers(frame[roles["amount"]]) if "amount" in roles else None
    if "unit_price" in roles and (amount is None or np.isnan(amount).any()):
        line = numbers(frame[roles["unit_price"]]) * one_where_missing(quantity)
        if "discount" in roles:
            line = line - _discount(table, frame, roles["discount"], line, order)
        amount = line if amount is None else np.where(np.isnan(amount), line, amount)
    if amount is None:
        amount = np.full(len(frame), np.nan)
    if layout is not None and layout.before_discount and {"discount", "amount"} <= roles.keys():
        amount = amount - np.nan_to_num(np.abs(numbers(frame[roles["discount"]])))
    if order is None and "order_total" in roles:
        amount = np.where(np.isnan(amount), numbers(frame[roles["order_total"]]), amount)
    return amount


def _discount(table: Table, frame: pd.DataFrame, column: str, listed: Numbers, order: Codes | None) -> Numbers:
    """What is taken off lines that cost so much without it: money, or a share where the column is in percent."""
    written = np.nan_to_num(np.abs(numbers(frame[column])))
    read_as_share = any(
        note.key == "tables.note_percent" and note.facts.get("column") == column for note in table.notes
    )
    if read_as_share:
        return listed * written
    if _PERCENT.search(column):
        return listed * (written if written.max(initial=0.0) <= 1.0 else written / 100)
    if _is_share(written, listed):
        return listed * written
    if order is None:
        return written
    if _on_first_rows(numbers(frame[column]), order):
        of_order = by_order(written, order, np.ones(len(order), dtype=bool))
        written = np.where(order >= 0, np.append(of_order, 0.0)[order], written)
    elif not _of_the_order(written, listed, order):
        return written
    total = by_order(np.nan_to_num(listed), order, np.isfinite(listed))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total[order] > 0, listed / total[order], 0.0)
    return np.where(order >= 0, written * share, written)


def share_column(frame: pd.DataFrame, roles: Mapping[str, str]) -> str:
    """The column of discounts that are taken for shares of the price though its header does not say so, such as 0.15;
    empty where there is none, or where lines have an amount of their own."""
    column = roles.get("discount", "")
    if not column or "unit_price" not in roles or "amount" in roles or _PERCENT.search(column):
        return ""
    quantity = numbers(frame[roles["quantity"]]) if "quantity" in roles else np.ones(len(frame))
    listed = numbers(frame[roles["unit_price"]]) * one_where_missing(quantity)
    return column if _is_share(np.nan_to_num(np.abs(numbers(frame[column]))), listed) else ""


MIN_ROUND = 0.9
"""Share of discounts that must be multiples of 0.05 to be shares of the price: 0.05, 0.1, 0.25."""


def _is_share(discount: Numbers, listed: Numbers) -> bool:
    """Whether discounts are shares of the price and no money: round, all below 1, and prices far above them."""
    given = discount[discount > 0]
    if len(given) < MIN_REPEATED or given.max() >= 1.0 or len(np.unique(given)) < 2:
        return False
    twentieths = given * 20
    is_round = np.isclose(twentieths, np.round(twentieths), atol=1e-6).mean() >= MIN_ROUND
    return bool(is_round) and float(np.nanmedian(np.abs(listed))) > 4.0


def _on_first_rows(cells: Numbers, order: Codes) -> bool:
    """Whether only the first row of each order has a cell, where orders have several rows."""
    again = pd.Series(order).duplicated().to_numpy() & (order >= 0)
    filled = np.isfinite(cells)
    return int(again.sum()) >= MIN_REPEATED and not filled[again].any() and bool(filled[~again].any())


def _of_the_order(discount: Numbers, listed: Numbers, order: Codes) -> bool:
    """Whether a discount in money is the whole order's, written on each of its rows: equal on all, prices are not."""
    rows = pd.DataFrame({"order": order, "discount": discount, "listed": listed})[order >= 0]
    orders = rows.groupby("order").agg(
        lines=("discount", "size"), most=("discount", "max"), least=("discount", "min"), prices=("listed", "nunique")
    )
    several = orders[(orders["lines"] > 1) & (orders["most"] > 0) & (orders["prices"] > 1)]
    return len(several) >= MIN_REPEATED and bool((several["most"] == several["least"]).mean() > 0.95)


def one_where_missing(quantity: Numbers) -> Numbers:
    """Quantities, one piece where a cell says nothing."""
    missing = np.isnan(quantity)
    return np.where(missing, 1.0, quantity) if missing.any() else quantity


def by_order(values: Numbers, order: Codes, counted: Flags) -> Numbers:
    """Per order the sum over its counted rows; rows without an order are left out."""
    at = counted & (order >= 0)
    found = np.bincount(order[at], weights=values[at], minlength=int(order.max(initial=-1)) + 1)
    return found.astype(np.float64)


def once(values: Numbers, order: Codes) -> Numbers:
    """Per order the first value that one of its rows has."""
    of_order = np.full(int(order.max(initial=-1)) + 1, np.nan)
    known = np.flatnonzero(~np.isnan(values) & (order >= 0))[::-1]
    of_order[order[known]] = values[known]
    return of_order


def net_amounts(
    frame: pd.DataFrame, roles: Mapping[str, str], lines: Numbers, order: Codes | None, counted: Flags, back: Flags
) -> Numbers:
    """Money per row after what the order as a whole says; only counted rows share in it.

    Where nothing but the order's total is known, it is split in equal parts. Where the goods of the order cost less
    than its lines (a discount on the order, down to nothing), each line is reduced by the same share. A row that gives
    money back (`back`, or a total below zero) is no part of its order's total.
    """
    if order is None:
        return lines
    amount = lines
    if "order_total" in roles and not {"amount", "unit_price"} & roles.keys():
        written = numbers(frame[roles["order_total"]])
        alone = back | (np.nan_to_num(written) < 0)
        total = once(np.where(alone, np.nan, written), order)
        lines_of = by_order(np.ones(len(order)), order, counted & ~alone)
        amount = np.append(total / np.maximum(lines_of, 1), np.nan)[order]
        amount = np.where(alone, -np.abs(written), amount)
    if "order_discounted" in roles:
        goods = once(numbers(frame[roles["order_discounted"]]), order)
        listed = by_order(np.nan_to_num(amount), order, counted)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where((goods >= 0) & (goods < listed - CENT), goods / listed, 1.0)
        amount = amount * np.append(share, 1.0)[order]
    if {"amount", "unit_price"} & roles.keys():
        listed = by_order(np.nan_to_num(amount), order, counted)
        off = _discount_of_orders(frame, roles, listed, order)
        if off is not None:
            with np.errstate(divide="ignore", invalid="ignore"):
                share = np.where(listed > 0, (listed - off) / listed, 1.0)
            amount = amount * np.append(share, 1.0)[order]
    return amount


def _discount_of_orders(frame: pd.DataFrame, roles: Mapping[str, str], listed: Numbers, order: Codes) -> Numbers | None:
    """Per order what its total takes off the sum of its lines, where a column of discounts proves it, else None.

    The orders with a discount must cost their lines less the discount, with delivery and tax where they have columns.
    Fewer than `MIN_PROVEN` such orders are enough where the orders without a discount cost their lines in the same way.
    """
    if "order_total" not in roles:
        return None
    # Prices are reduced by the lines' own discount before; amounts are not.
    taken = {column for role, column in roles.items() if role != "discount" or "unit_price" in roles}
    total = once(numbers(frame[roles["order_total"]]), order)
    extras: dict[frozenset[str], list[Numbers]] = {_DELIVERY: [], _TAX: [], _DISCOUNT: []}
    for column in map(str, frame.columns):
        said = set(plain(column).split())
        if said & _NOT_MONEY or column in taken or frame[column].dtype.kind not in "iuf":
            continue
        kind = next((these for these in extras if said & these), None)
        if kind is not None and len(extras[kind]) < MOST_EXTRAS:
            extras[kind].append(np.nan_to_num(np.abs(once(numbers(frame[column]), order))))
    nothing = np.zeros(len(total))
    for off in extras[_DISCOUNT]:
        asked = (off > CENT) & np.isfinite(total) & (listed > 0)
        others = (off <= CENT) & np.isfinite(total) & (listed > 0)
        for delivery, tax in product((nothing, *extras[_DELIVERY]), (nothing, *extras[_TAX])):
            paid = listed + delivery + tax
            if asked.sum() < MIN_PROVEN:
                as_listed = np.abs(total - paid)[others] <= TO_THE_CENT
                if not asked.any() or len(as_listed) < MIN_OTHERS or as_listed.mean() < PROVEN:
                    continue
            with_discount = np.abs(total - paid + off)[asked] <= TO_THE_CENT
            without = np.abs(total - paid)[asked] <= TO_THE_CENT
            if with_discount.mean() >= PROVEN and without.mean() < 1 - PROVEN:
                return np.minimum(off, listed)
    return None


MOST_EXTRAS = 3
MIN_OTHERS = 5
"""Orders without a discount whose totals prove how totals are made, where few orders have one."""
TO_THE_CENT = 0.021
PROVEN = 0.9
"""Share of the orders with a discount whose totals must take it off."""


# -------------------------------------------------------------------------------- what orders say of their lines' sum


@dataclass(frozen=True)
class OrderSum:
    """One way to tell from an order's own cells what its lines must add up to."""

    columns: tuple[str, ...]
    """The first is where it begins; of the others, delivery and tax are taken off and a discount is put back."""
    added: tuple[str, ...]
    taken_off: tuple[str, ...]
    expected: Numbers
    """Per order; missing where the order does not say."""


_DELIVERY, _TAX, _DISCOUNT = (HEADER_WORDS.groups[name] for name in ("delivery", "tax", "discount"))
_NOT_MONEY = HEADER_WORDS.groups["id"] | words(
    "lineitem item line linea ligne product producto method metodo code codigo rate percent pct type name included"
)


def order_sums(frame: pd.DataFrame, roles: Mapping[str, str], order: Codes) -> list[OrderSum]:
    """The ways in which orders tell the sum of their lines, the plainest first."""
    bases = [roles[role] for role in ("order_discounted", "order_total") if role in roles]
    for column in frame.columns:
        said = set(plain(str(column)).split())
        free = str(column) not in (*bases, *roles.values()) and not said & _NOT_MONEY
        if free and {"subtotal", "zwischensumme"} & said:
            bases.insert(0, str(column))
    if not bases:
        return []
    money = {base: once(numbers(frame[base]), order) for base in bases}
    extras: dict[str, list[tuple[str, Numbers]]] = {"delivery": [], "tax": [], "discount": []}
    for column in map(str, frame.columns):
        said = set(plain(column).split())
        if column in bases or said & _NOT_MONEY or frame[column].dtype.kind not in "iuf":
            continue
        for kind, these in (("delivery", _DELIVERY), ("tax", _TAX), ("discount", _DISCOUNT)):
            if said & these and len(extras[kind]) < 1:
                extras[kind].append((column, np.nan_to_num(np.abs(once(numbers(frame[column]), order)))))
                break
    found = []
    for base in bases:
        for delivery in (None, *extras["delivery"]):
            for tax in (None, *extras["tax"]):
                for discount in (None, *extras["discount"]):
                    off = tuple(extra for extra in (delivery, tax) if extra is not None)
                    expected = money[base] - sum(extra[1] for extra in off)
                    if discount is not None:
                        expected = expected + discount[1]
                    found.append(
                        OrderSum(
                            columns=(base,),
                            added=() if discount is None else (discount[0],),
                            taken_off=tuple(extra[0] for extra in off),
                            expected=expected,
                        )
                    )
    return found


def agrees(found: Numbers, expected: Numbers, lines: Numbers) -> Flags:
    """Which sums are what they must be, to a cent and half a cent more per line; never where either is missing."""
    with np.errstate(invalid="ignore"):
        return np.abs(found - expected) <= 0.011 + CENT * lines


def best_sum(sums: list[OrderSum], found: Numbers, lines: Numbers, among: Flags) -> tuple[OrderSum | None, float]:
    """The way that agrees with the lines of most of those orders, and for what share of them."""
    best, share = None, 0.0
    for candidate in sums:
        asked = among & np.isfinite(candidate.expected)
        if not asked.any():
            continue
        right = float(agrees(found, candidate.expected, lines)[asked].mean())
        if right > share:
            best, share = candidate, right
    return best, share


def best_of_two(way: OrderSum, sums: tuple[Numbers, Numbers], lines: Numbers, among: Flags) -> float:
    """For what share of those orders one of two sums agrees with what the order says."""
    asked = among & np.isfinite(way.expected)
    right = agrees(sums[0], way.expected, lines) | agrees(sums[1], way.expected, lines)
    return float(right[asked].mean()) if asked.any() else 0.0


def proven_lines(repeats: Flags, lines: Numbers, order: Codes, sums: list[OrderSum], used: Flags) -> Flags:
    """Which of the repeated rows are lines of their own because the order costs as much as all of its rows together."""
    nothing = np.zeros(len(repeats), dtype=bool)
    if not sums or not repeats.any():
        return nothing
    counted = used & np.isfinite(lines)
    every = by_order(np.nan_to_num(lines), order, counted)
    fewer = by_order(np.nan_to_num(lines), order, counted & ~repeats)
    ones = np.ones(len(order))
    count = by_order(ones, order, counted)
    doubtful = by_order(ones, order, repeats) > 0
    clear = ~doubtful & (count > 0)
    chosen, share = best_sum(sums, every, count, clear)
    if chosen is not None and share >= 0.5:
        # Orders without a discount agree with or without it: what the doubtful orders say decides between such ways.
        equal = [one for one in sums if best_sum([one], every, count, clear)[1] == share]
        chosen = max(equal, key=lambda one: best_of_two(one, (every, fewer), count, doubtful))
    else:
        # Either sum may be the right one: the way that one of the two agrees with most often.
        with_all, share_all = best_sum(sums, every, count, doubtful)
        with_fewer, share_fewer = best_sum(sums, fewer, count, doubtful)
        chosen = with_all if share_all >= share_fewer else with_fewer
        chosen = chosen or sums[0]
    apart = chosen.expected - every
    usual = float(np.nanmedian(apart[clear])) if np.isfinite(apart[clear]).any() else 0.0
    with np.errstate(invalid="ignore"):
        nearer = np.abs(apart - usual) < np.abs(chosen.expected - fewer - usual)
        kept = agrees(every, chosen.expected, count) | (nearer & ~agrees(fewer, chosen.expected, count))
    return repeats & (order >= 0) & np.append(kept & doubtful, False)[order]


MIN_PROVEN = 2
"""Orders from which on a row that the total counts once, and its parts again, is no chance."""


def proven_summaries(lines: Numbers, order: Codes, sums: list[OrderSum], used: Flags) -> Flags:
    """Rows whose money is that of the two or more rows after them, in orders that cost as much without them.

    Looked for only where the totals of most other orders are the sum of their lines.
    """
    found = np.zeros(len(lines), dtype=bool)
    counted = used & np.isfinite(lines) & (order >= 0)
    if not sums or not counted.any():
        return found
    total = by_order(np.nan_to_num(lines), order, counted)
    count = by_order(np.ones(len(order)), order, counted)
    chosen, share = best_sum(sums, total, count, count > 0)
    if chosen is None or share < 0.5 or share == 1.0:
        return found
    asked = (count > 2) & np.isfinite(chosen.expected) & (total > chosen.expected + CENT)
    at = np.flatnonzero(counted & np.append(asked, False)[order])
    at = at[np.argsort(order[at], kind="stable")]
    group, amount = order[at], lines[at]
    last = np.searchsorted(group, group, side="right")
    sums_before = np.concatenate([[0.0], np.cumsum(amount)])
    without = agrees(total[group] - amount, chosen.expected[group], count[group])
    first_of: dict[int, int] = {}
    for place in np.flatnonzero(without):
        parts = sums_before[place + 3 : last[place] + 1] - sums_before[place + 1]
        equal = np.abs(parts - amount[place]) <= 0.006 + CENT * np.arange(2, 2 + len(parts))
        if equal.any():
            first_of.setdefault(int(group[place]), int(at[place]))
    if len(first_of) >= MIN_PROVEN:
        found[list(first_of.values())] = True
    return found
