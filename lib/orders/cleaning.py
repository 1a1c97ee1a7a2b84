"""The cleaning itself: a reason for every row that is set aside, order lines from the others."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib.errors import UserError
from lib.layouts import Understanding
from lib.layouts.money_columns import WITH_TAX_BY_RATE
from lib.layouts.names import GOODS_BACK, HEADER_WORDS, compact
from lib.layouts.names import header_words as header_words_of
from lib.layouts.names import plain as plain_name
from lib.layouts.names import words as header_words
from lib.layouts.shops import Layout, layout_named
from lib.layouts.statuses import (
    LONGEST_CODE,
    USED,
    documents,
    doubtful,
    held_money,
    is_credit,
    is_delivered,
    is_invoice,
    is_known,
    is_partly_paid,
    is_sent,
    is_settled,
    keeps_meaning,
    meanings,
    meanings_alone,
    of_orders,
    paid_or_not,
    pays_on_delivery,
    undoes_refund,
    waits_for_payment,
)
from lib.orders.amounts import (
    CENT,
    in_whole_units,
    line_amounts,
    net_amounts,
    once,
    one_where_missing,
    order_sums,
    proven_lines,
    proven_summaries,
    share_column,
)
from lib.orders.cancelling_notes import cancelled_in_notes
from lib.orders.charges import charges_of_the_shop
from lib.orders.coding import (
    NO_MOMENT,
    Cells,
    Coded,
    Codes,
    Flags,
    Numbers,
    as_text,
    coded,
    filled_from,
    made_order_ids,
    met_again,
    mixed,
    moments,
    numbers,
    picked,
    plain,
    repeated,
    times,
)
from lib.orders.credit_numbers import credit_numbers
from lib.orders.customer_ids import (
    CUSTOMER_ROLES,
    ZERO,
    customer_of_rows,
    customers_of_several_names,
    zero_customer,
)
from lib.orders.earlier_versions import earlier_revisions, taken_later
from lib.orders.fill_down import fill_down
from lib.orders.findings import check_lines, check_sums
from lib.orders.ledger import MONEY_BACK, CleanOptions, DoubtfulStatus, Ledger, Orders, UnknownCodes, Verdicts
from lib.orders.merged_customers import with_merged_customers
from lib.orders.outliers import far_beyond, far_dates, not_products
from lib.orders.parts_of_lines import further_payments, returned_shares
from lib.orders.payments import check_payments
from lib.orders.reused_numbers import each_order, uses_of
from lib.orders.series import with_series
from lib.orders.summary_rows import MOST_ROWS, LineAmounts, running_totals, summary_rows
from lib.parsing.booleans import NO_WORDS
from lib.tables import Table
from lib.tables.columns import MOST_UNREAD

MONEY = ("amount", "unit_price", "order_total")
DAY = 86_400_000_000


def clean(table: Table, understanding: Understanding, *, options: CleanOptions | None = None) -> Orders:
    """The order lines of a table. Raises UserError where there are none, or no history to learn from."""
    found = clean_part(table, understanding, options or CleanOptions())
    check_history(found)
    return found


def set_aside_rows(table: Table, ledger: Ledger, reason: str) -> pd.DataFrame:
    """The rows that were set aside for that reason, as they were read."""
    return table.frame[(ledger.reason == reason).to_numpy()]


@dataclass(frozen=True)
class Rows:
    """The table's rows, each column that matters as integers or numbers; nothing is sorted or left out."""

    cells: Cells
    order: Codes | None
    """Codes of the order numbers; None where the table has no column for them."""
    order_names: Coded | None
    customer: Coded
    moment: Codes
    quantity: Numbers
    amount: Numbers
    """Of the line."""
    product: Coded | None
    """By code where there is one, under the usual name of that code, so that one product has one name."""
    country: Coded | None
    zero: str = ""
    """What the customer id 0 stands for (`customer_ids.zero_customer`)."""
    reused_numbers: int = 0
    """Order numbers that stand for several orders each (`lib.orders.reused_numbers`)."""
    few_reused: bool = False
    """Whether these are so few that they may be corrected orders."""

    def of(self, role: str) -> Coded | None:
        """A column of order facts; None where no column has the role."""
        return _order_fact(self.cells, role, self.order)

    @property
    def frame(self) -> pd.DataFrame:
        return self.cells.frame

    @property
    def roles(self) -> Mapping[str, str]:
        return self.cells.roles


def _order_fact(cells: Cells, role: str, order: Codes | None) -> Coded | None:
    """A column that says something about the whole order, filled from the order's first row."""
    if role not in cells:
        return None
    found = cells.coded(role)
    return Coded(filled_from(found.codes, order), found.names)


def _product(cells: Cells) -> Coded | None:
    if "product_code" not in cells:
        return cells.coded("product") if "product" in cells else None
    code = cells.coded("product_code")
    if "product" not in cells:
        return code
    name = cells["product"]
    if (code.codes < 0).any():
        alone = coded(name.where(pd.Series(code.codes < 0, index=name.index)))
        named = alone.codes >= 0
        code = Coded(
            np.where(named, alone.codes + len(code.names), code.codes),
            pd.concat([code.names, alone.names], ignore_index=True),
        )
    first = _usual_name(code, name)
    rows = np.sort(first[first >= 0])
    nth = np.searchsorted(rows, first)  # of the picked names
    said = picked(name.astype("str"), rows)
    names = as_text(plain(said).take(pa.array(nth, mask=first < 0))).str.strip()
    return Coded(code.codes, names.where(names.notna(), code.names))


def _usual_name(code: Coded, name: pd.Series) -> Codes:
    """Per code, the first row with the name that most of its rows have, the first such name where several do; −1
    where none has one. A note in place of a name ("check", "damaged") is rarer than the name."""
    found = np.full(len(code.names), -1, dtype=np.int64)
    names = coded(name)
    rows = np.flatnonzero((code.codes >= 0) & (names.codes >= 0))
    if not len(rows):
        return found
    numbers, pairs = pd.factorize(code.codes[rows].astype(np.int64) * len(names.names) + names.codes[rows])
    first = rows[np.flatnonzero(np.diff(np.maximum.accumulate(numbers), prepend=-1) > 0)]
    rarest_first = np.argsort(-np.bincount(numbers), kind="stable")[::-1]  # of equals, the first one comes last
    found[np.asarray(pairs)[rarest_first] // len(names.names)] = first[rarest_first]
    return found


def clean_part(table: Table, understanding: Understanding, options: CleanOptions, *, cut_from: int = 0) -> Orders:
    """`clean` of one file of several: it may hold few orders, or none. Raises UserError where a column is missing.

    `cut_from`: of how many rows a file was of which these are some customers. What may be a sum of other rows in the
    whole file is then `order_summary` here: the caller must not use it.
    """
    _check_roles(understanding)
    layout = layout_named(understanding.layout)
    table = with_series(with_merged_customers(table, understanding.roles), understanding.roles)
    rows = _rows(table, understanding, layout, turn_zero=options.zero_is_guests)
    stated = _statuses(rows, layout, options)
    back = _given_back(rows) | _refunds_of_earlier_rows(rows, stated) | _credit_notes(rows) | _marked_returns(rows)
    undoing, undone = _undone_refunds(rows, back)
    back &= ~undoing
    rows = replace(rows, amount=np.where(back, -np.abs(rows.amount), rows.amount))  # however they are written
    verdicts = Verdicts(len(rows.frame))
    verdicts.put("other_step", undoing | undone)
    verdicts.put("other_step", charges_of_the_shop(rows.frame, rows.amount))
    verdicts.put("no_customer", rows.customer.codes < 0)
    verdicts.put("other_step", _earlier_revisions(rows))
    if options.duplicates == "set_aside" or (options.duplicates == "automatic" and rows.order is not None):
        repeats = _duplicates(rows, verdicts.used)
        if options.duplicates == "automatic" and rows.order is not None and repeats.any():
            ways = order_sums(rows.frame, rows.roles, rows.order)
            repeats &= ~proven_lines(repeats, rows.amount, rows.order, ways, verdicts.used)
        verdicts.put("duplicate", repeats)
    equal_rows = _equal_alone(verdicts.given("duplicate"), options)
    parts = _further_payments(rows, verdicts.used)
    verdicts.put("other_step", parts)
    summaries = _summary_rows(rows, verdicts.used, layout, is_part=0 < cut_from <= MOST_ROWS)
    if rows.order is not None and not summaries.any():
        ways = order_sums(rows.frame, rows.roles, rows.order)
        summaries = proven_summaries(rows.amount, rows.order, ways, verdicts.used)
    counted = verdicts.used & ~summaries
    sharing = counted & ~_tries(rows, stated)
    rows = replace(rows, amount=net_amounts(rows.frame, rows.roles, rows.amount, rows.order, sharing, back))
    currency, currencies = _one_currency(rows, verdicts, understanding, options)
    steps = _earlier_steps(rows, stated, back)
    verdicts.put("other_step", steps)
    _set_aside_by_status(rows, stated, verdicts, options, layout)
    _set_aside_held_money(rows, verdicts, options)
    refunds = _refunds_by_order(rows, counted)
    if refunds is not None:
        verdicts.put("refunded", refunds.whole[refunds.order])
    verdicts.put("order_summary", summaries)
    verdicts.put("bad_date", rows.moment == NO_MOMENT)
    if not options.keep_far_dates:
        verdicts.put("far_date", far_dates(rows.moment, verdicts.used))
    _set_aside_by_value(rows, verdicts, options)
    at = _in_time(rows, np.flatnonzero(verdicts.used))
    sums = check_sums(rows.frame, rows.roles, rows.order, rows.amount, counted, verdicts.used)
    line_check = check_lines(rows.frame, rows.roles, verdicts.used)
    paid = check_payments(rows.frame, rows.roles, rows.order, rows.amount, verdicts.used)
    returns = _return_lines(rows, verdicts)
    if refunds is not None:
        cells = _partial_refund_lines(rows, refunds, verdicts.used)
        returns = _both(returns, cells)
    pieces = _returned_pieces(rows, verdicts.used)
    if len(pieces):
        returns = _both(returns, pieces)
    called_off, called_off_money = _cancelled_orders(rows, verdicts)
    return Orders(
        lines=_lines(rows, at),
        returns=returns,
        ledger=verdicts.ledger(table.frame.index),
        currency=currency,
        currencies=currencies,
        called_off=called_off,
        called_off_money=called_off_money,
        line_rows=at,
        sum_checks=() if sums is None else (sums,),
        line_checks=() if line_check is None else (line_check,),
        payment_checks=() if paid is None else (paid,),
        unknown_codes=_unknown_codes(rows, stated, verdicts.used),
        zero_customer_lines=_zero_lines(rows, verdicts.used, options),
        doubtful_statuses=_doubtful_statuses(rows, stated, options),
        unreadable=_unreadable(table, rows.roles, verdicts),
        equal_rows=equal_rows,
        discount_shares=tuple(filter(None, (share_column(rows.frame, rows.roles),))),
        reused_numbers=rows.reused_numbers,
        few_reused=rows.reused_numbers if rows.few_reused else 0,
        tax_by_rate=_tax_by_rate(understanding),
        other_currencies={} if options.currency else _in_other_currencies(rows, verdicts),
        shared_emails=customers_of_several_names(rows.cells, rows.customer.codes, verdicts.used),
    )


def _tax_by_rate(understanding: Understanding) -> tuple[str, ...]:
    """The column of amounts that is taken for one with tax because of one rate alone."""
    column = understanding.roles.get("amount", "")
    return (column,) if understanding.reasons.get(column) == WITH_TAX_BY_RATE else ()


def _both(returns: pd.DataFrame, further: pd.DataFrame) -> pd.DataFrame:
    both = pd.concat([part for part in (returns, further) if len(part)] or [returns])
    return both.sort_values("ordered_at", kind="stable", ignore_index=True)


def _credit_notes(rows: Rows) -> Flags:
    """Credit notes by their numbers, where no column says what kind of document a row is."""
    if rows.order_names is None or "record_type" in rows.roles:
        return np.zeros(len(rows.frame), dtype=bool)
    money = np.where(rows.quantity < 0, -np.abs(rows.amount), rows.amount)
    return credit_numbers(rows.order_names, rows.customer.codes, money, rows.moment)


MOST_AGAIN = 0.5
"""Share of the other rows whose customer had bought the product before: what is bought every month."""
SOLD_BEFORE = 0.8
"""Share of the rows marked as returned whose product the customer had bought, from which on they are returns of it."""


def _marked_returns(rows: Rows) -> Flags:
    """Rows marked as returned that are documents of their own: the customer bought the product in an order before, and
    no row of theirs is without the mark. Elsewhere the mark is of the order that came back."""
    nothing = np.zeros(len(rows.frame), dtype=bool)
    column = rows.roles.get("cancelled_at", "")
    if rows.product is None or not GOODS_BACK & header_words_of(column):
        return nothing
    mark = rows.cells.coded("cancelled_at")
    own = mark.rows(~mark.names.str.strip().str.casefold().isin(_NOT_SO))
    if not own.any() or own.all() or (np.nan_to_num(rows.amount[own]) < 0).any():
        return nothing
    if rows.order is not None and np.isin(rows.order[own], rows.order[~own]).any():
        return nothing
    keys = pd.DataFrame({"who": rows.customer.codes, "what": rows.product.codes, "when": rows.moment})
    first = keys[~own].groupby(["who", "what"])["when"].min()
    bought = first.reindex(pd.MultiIndex.from_frame(keys.loc[own, ["who", "what"]])).to_numpy(np.float64)
    before = bought <= keys.loc[own, "when"].to_numpy(np.float64)
    again = keys[~own].duplicated(["who", "what"]).mean() > MOST_AGAIN  # to have bought it before says nothing
    return own if before.mean() >= SOLD_BEFORE and not again else nothing


def _undone_refunds(rows: Rows, back: Flags) -> tuple[Flags, Flags]:
    """Rows that take a refund or a dispute back, and the earlier rows that these had given back: of the same customer
    and amount, each once."""
    kind = rows.of("record_type")
    nothing = np.zeros(len(rows.frame), dtype=bool)
    if kind is None or not (says := pd.Series([undoes_refund(str(name)) for name in kind.names], dtype=bool)).any():
        return nothing, nothing
    undoing = rows.cells.coded("record_type").rows(says) & np.isfinite(rows.amount)
    given = (back | (rows.amount < 0)) & ~undoing
    kinds = np.where(undoing, 2, given)
    table = pd.DataFrame({"who": rows.customer.codes, "money": np.round(np.abs(rows.amount), 2), "kind": kinds})
    table = table.iloc[np.argsort(rows.moment, kind="stable")]
    nth = table.groupby(["who", "money", "kind"]).cumcount()
    keys = pd.MultiIndex.from_frame(table[["who", "money"]].assign(nth=nth).sort_index())
    return undoing, given & np.asarray(keys.isin(keys[undoing]))


def _earlier_revisions(rows: Rows) -> Flags:
    if rows.order is None:
        return np.zeros(len(rows.frame), dtype=bool)
    product = None if rows.product is None else rows.product.codes
    return earlier_revisions(rows.frame, rows.order, product, list(rows.roles.values()))


def _set_aside_held_money(rows: Rows, verdicts: Verdicts, options: CleanOptions) -> None:
    """Money that was only held: a step of the payment where another row took it, else unpaid."""
    kind = rows.of("record_type")
    if kind is None:
        return
    held = rows.cells.coded("record_type").rows(pd.Series(held_money([str(name) for name in kind.names]), dtype=bool))
    keys = [rows.customer.codes, np.round(rows.amount, 2) if rows.order is None else rows.order]
    verdicts.put("other_step", taken_later(held, keys, verdicts.used))
    if not options.keep_unpaid:
        verdicts.put("unpaid", held)


def _further_payments(rows: Rows, used: Flags) -> Flags:
    if rows.order is None:
        return np.zeros(len(rows.frame), dtype=bool)
    same: list[Codes | Numbers] = [rows.customer.codes, rows.moment, rows.amount, rows.quantity]
    same += [part.codes for part in (rows.order_names, rows.product) if part is not None]
    return further_payments(rows.frame, rows.roles, same, rows.amount, used)


def _returned_pieces(rows: Rows, used: Flags) -> pd.DataFrame:
    """What was given back for pieces of used lines that came back, one row per line."""
    share = returned_shares(rows.frame, rows.roles, rows.quantity, rows.amount)
    at = np.flatnonzero(used & (share > 0))
    lines = _lines(rows, at)
    return lines.assign(amount=-rows.amount[at] * share[at], quantity=-rows.quantity[at] * share[at])


def _cancelled_orders(rows: Rows, verdicts: Verdicts) -> tuple[pd.DataFrame, Numbers]:
    """Orders that were cancelled or refunded, and what each of them cost."""
    parts = []
    for reason in ("cancelled", "refunded"):
        at = np.flatnonzero(verdicts.given(reason) & (rows.amount >= 0) & (rows.moment != NO_MOMENT))
        if len(at):
            key = ["order_id", "customer_id", "ordered_at"]
            found = _lines(rows, at)[[*key, "amount"]]
            parts.append(found.groupby(key, sort=False, as_index=False)["amount"].sum().assign(reason=reason))
    if not parts:
        return pd.DataFrame(), np.array([])
    orders = pd.concat(parts, ignore_index=True)
    return orders.drop(columns="amount"), orders["amount"].to_numpy(np.float64)


def _return_lines(rows: Rows, verdicts: Verdicts) -> pd.DataFrame:
    """Rows that give money back, in order of time."""
    back = np.zeros(len(rows.frame), dtype=bool)
    for reason in MONEY_BACK:
        back |= verdicts.given(reason)
    back &= (rows.amount < 0) | ((rows.quantity < 0) & (rows.amount > 0))
    back &= (rows.moment != NO_MOMENT) & ~_of_refunded_rows(rows, verdicts, back)
    found = _lines(rows, _in_time(rows, np.flatnonzero(back)))
    return found.assign(amount=-found["amount"].abs(), quantity=-found["quantity"].abs())


def _of_refunded_rows(rows: Rows, verdicts: Verdicts, back: Flags) -> Flags:
    """Rows `back` that give back what was set aside as refunded or cancelled: a credit note beside the invoice that is
    marked as credited. Such an invoice has the same customer and amount, another number, and is not later.

    Where a row that counts has them too, that may be what was given back, and the other row the goods that came back,
    unless the row names the number of such an invoice.
    """
    off = verdicts.given("refunded") | verdicts.given("cancelled")
    off &= (rows.amount > 0) & ~back & (rows.moment != NO_MOMENT)
    found = np.zeros(len(back), dtype=bool)
    if not off.any() or not back.any():
        return found
    number = np.arange(len(back)) if rows.order is None else rows.order
    table = pd.DataFrame({
        "customer": rows.customer.codes, "money": np.round(np.abs(rows.amount), 2), "number": number,
        "moment": rows.moment, "row": np.arange(len(back)),
    })  # fmt: skip
    keys = ["customer", "money"]
    credits, invoices = (part.assign(nth=part.groupby(keys).cumcount()) for part in (table[back], table[off]))
    both = credits.merge(invoices, on=[*keys, "nth"], suffixes=("", "_of"))
    both = both[(both["number"] != both["number_of"]) & (both["moment"] >= both["moment_of"]) & (both["customer"] >= 0)]
    sold = pd.MultiIndex.from_frame(table.loc[verdicts.used & (rows.amount > 0), keys])
    named = _names_orders(rows, back, off)
    both = both[named[both["row"]] | ~pd.MultiIndex.from_frame(both[keys]).isin(sold)]
    found[both["row"]] = True
    return found


def _names_orders(rows: Rows, of: Flags, orders: Flags) -> Flags:
    """Which of some rows have the order number of one of the others in a column of references."""
    found = np.zeros(len(of), dtype=bool)
    if rows.order_names is None:
        return found
    numbers_of = rows.order_names.names.iloc[np.unique(rows.order_names.codes[orders & (rows.order_names.codes >= 0)])]
    wanted = set(numbers_of.astype("str").str.strip())
    at, taken = np.flatnonzero(of), set(rows.roles.values())
    for column, dtype in zip(rows.frame.columns, rows.frame.dtypes, strict=True):
        if str(column) not in taken and (dtype.kind in "OTU" or str(dtype) == "str"):
            found[at] |= rows.frame[column].iloc[at].astype("str").str.strip().isin(wanted).to_numpy()
    return found


# ------------------------------------------------------------------------------------------------------ what is needed


def _check_roles(understanding: Understanding) -> None:
    roles, columns = understanding.roles, list(understanding.columns)
    if not set(CUSTOMER_ROLES) & roles.keys():
        raise UserError("orders.no_customer_column", columns=columns)
    if "ordered_at" not in roles:
        raise UserError("orders.no_date_column", columns=columns)
    if not set(MONEY) & roles.keys():
        raise UserError("orders.no_amount_column", columns=columns)


def check_history(orders: Orders) -> None:
    """Raise UserError where the order lines are none, or no history to learn from."""
    lines, ledger = orders.lines, orders.ledger
    if lines.empty:
        most = max(ledger.set_aside, key=lambda reason: ledger.set_aside[reason], default="")
        if most == "no_amount":
            raise UserError("orders.no_amounts")
        if most == "no_customer":
            raise UserError("orders.no_customers", rows=ledger.rows_in)
        if most == "unpaid":
            raise UserError("orders.nothing_left_unpaid", rows=ledger.rows_in, unpaid=ledger.set_aside["unpaid"])
        if most in ("cancelled", "refunded"):
            off = sum(ledger.set_aside.get(reason, 0) for reason in ("cancelled", "refunded"))
            raise UserError("orders.nothing_left_cancelled", rows=ledger.rows_in, cancelled=off)
        raise UserError("orders.nothing_left", rows=ledger.rows_in)
    first_customer = lines["customer_id"].iloc[0]
    if (lines["customer_id"].iloc[:1_000] == first_customer).all() and (lines["customer_id"] == first_customer).all():
        raise UserError("orders.one_customer", lines=len(lines))
    first, last = lines["ordered_at"].iloc[0], lines["ordered_at"].iloc[-1]
    if first.normalize() == last.normalize():
        raise UserError("orders.one_day", day=first.date())


# ---------------------------------------------------------------------------------------------------- reading the rows


def _rows(table: Table, understanding: Understanding, layout: Layout | None, *, turn_zero: bool) -> Rows:
    roles = understanding.roles
    frame = in_whole_units(fill_down(table.frame, roles, understanding.date_format), layout, roles.get("currency", ""))
    cells = Cells(frame, roles)
    order_names = _without_rounded(cells.coded("order_id")) if "order_id" in roles else None
    order = None if order_names is None else order_names.codes
    zero = zero_customer(cells, order)
    zero_counts = zero in ("person", "counted") and not turn_zero
    customer = customer_of_rows(cells, order, zero_counts=zero_counts)
    written = _when(frame, roles, understanding.date_format)
    reused, few = 0, False
    back = _gives_back(cells, layout) if order_names is not None else np.zeros(len(frame), dtype=bool)
    if order_names is not None and (uses := uses_of(order_names.codes, customer.codes, written, back)).again:
        alone = customer_of_rows(cells, None, zero_counts=zero_counts)
        bare, order_names = order_names, each_order(order_names, alone.codes, written, back, uses)
        order = order_names.codes
        reused, few = _numbers_of_several(bare.codes, order), uses.few
        customer = customer_of_rows(cells, order, zero_counts=zero_counts)
    quantity = numbers(frame[roles["quantity"]]) if "quantity" in roles else np.ones(len(frame))
    return Rows(
        cells=cells,
        order=order,
        order_names=order_names,
        customer=customer,
        moment=_filled_moments(written, order),
        quantity=one_where_missing(quantity),
        amount=line_amounts(table, frame, roles, order, layout),
        product=_product(cells),
        country=_order_fact(cells, "country", order),
        zero=zero,
        reused_numbers=reused,
        few_reused=few,
    )


def _gives_back(cells: Cells, layout: Layout | None) -> Flags:
    """Rows that give money back, by their status or by a figure below zero."""
    frame, roles = cells.frame, cells.roles
    found = np.zeros(len(frame), dtype=bool)
    for role in ("quantity", "amount", "unit_price", "order_total"):
        if role in roles:
            found |= np.nan_to_num(numbers(frame[roles[role]])) < 0
    for role in ("status", "payment_status", "record_type"):
        if role in roles:
            said = cells.coded(role)
            means = pd.Series(meanings([str(name) for name in said.names], layout), dtype="str")
            found |= said.rows(means.isin(["refunded", "cancelled"]))
    return found


def _numbers_of_several(number: Codes, order: Codes) -> int:
    """How many numbers stand for several orders."""
    pairs = pd.DataFrame({"number": number, "order": order})[number >= 0].drop_duplicates()
    return int((pairs["number"].value_counts() > 1).sum())


def _without_rounded(orders: Coded) -> Coded:
    """Order numbers without those that a spreadsheet rounded: many orders are called 1.23457E+11."""
    rounded = np.asarray(pc.match_substring_regex(plain(orders.names.astype("str")), r"^\d(?:[.,]\d+)?E\+\d+$"))
    if not rounded.any():
        return orders
    return Coded(np.where(orders.rows(pd.Series(rounded)), -1, orders.codes), orders.names, orders.exact)


def _when(frame: pd.DataFrame, roles: Mapping[str, str], form: str) -> Codes:
    """The moment of each row; `NO_MOMENT` where it has none. Raises UserError."""
    column = frame[roles["ordered_at"]]
    moment = moments(column, form if column.dtype.kind != "M" else "")
    written = column.notna()
    if written.any() and (moment != NO_MOMENT).sum() < 0.5 * written.sum():
        bad = column[written & (moment == NO_MOMENT)]
        raise UserError("orders.unreadable_dates", column=roles["ordered_at"], example=str(bad.iloc[0]))
    if not written.any():
        raise UserError("orders.empty_dates", column=roles["ordered_at"])
    if "ordered_time" in roles:
        moment = np.where(moment == NO_MOMENT, moment, moment + times(frame[roles["ordered_time"]]))
    return moment


def _filled_moments(moment: Codes, order: Codes | None) -> Codes:
    """Rows without a moment take that of their order's first row."""
    missing = moment == NO_MOMENT
    if order is not None and missing.any():
        known = np.flatnonzero(~missing & (order >= 0))[::-1]
        of_order = np.full(int(order.max(initial=-1)) + 2, NO_MOMENT)
        of_order[order[known]] = moment[known]
        moment = np.where(missing, of_order[order], moment)
    return moment


# --------------------------------------------------------------------------------------------------- reasons, in order


def _duplicates(rows: Rows, used: Flags) -> Flags:
    """Which of the used rows equal an earlier used one in every column: found by a mixed number, then compared."""
    parts: list[Codes | Numbers] = [rows.customer.codes, rows.moment, rows.amount, rows.quantity]
    codes = [part.codes for part in (rows.order_names, rows.product) if part is not None]
    at = np.flatnonzero(used)
    found = np.zeros(len(used), dtype=bool)
    if len(codes) == 2:  # few lines of an order are of the same product
        at = at[met_again(*(part[at] for part in codes))]
    at = at[repeated(mixed(*(part[at] for part in parts + codes)))]
    if not len(at):
        return found
    exact = {str(name): rows.cells.exact(str(name)) for name in rows.frame}
    lines = pd.DataFrame(
        {
            name: picked(column, at) if (part := exact[str(name)]) is None else pd.Series(part[at])
            for name, column in rows.frame.items()
        }
    )
    found[at] = lines.duplicated(keep="first").to_numpy()
    return found


def _equal_alone(repeats: Flags, options: CleanOptions) -> int:
    """Rows set aside alone, between rows that count: a stretch that was exported twice has several in a row. Nothing
    is asked where the shop owner decided."""
    if options.duplicates != "automatic":
        return 0
    beside = np.concatenate([[False], repeats, [False]])
    alone = repeats & ~beside[:-2] & ~beside[2:]
    return int(alone.sum())


_NOT_SO = NO_WORDS | {"-", "nan", "無", "hayir"}
_NOT_LIVE = r"(?i)^\s*(?:false|no|0|0\.0)\s*$"
_TEST = r"(?i)^\s*(?:true|yes|1|1\.0|si|sí|oui|ja|sim)\s*$|\b(?:test|bogus)\b"


_TEST_GATEWAY = r"(?i)\b(?:test|bogus)\b"
_REVERSAL = r"^[Cc][0-9]+$"


MOST_STEPS = 0.5
"""Share of a kind's rows that have the row whose step they are, from which on all of them are steps."""


def _given_back(rows: Rows) -> Flags:
    """Rows that say of themselves that they are money given back."""
    kind = rows.of("record_type")
    if kind is None:
        return np.zeros(len(rows.frame), dtype=bool)
    return kind.rows(pd.Series(_documents(rows, kind), dtype="str") == "refunded")


def _documents(rows: Rows, kind: Coded) -> list[str]:
    """What each kind of document means: another step only where most of its rows have the row whose step they are.

    That row has the same customer and order number, or the same customer and amount. Shops also write a receipt for
    one customer and an invoice for another, and both are sales.
    """
    names = [str(name) for name in kind.names]
    alone = meanings_alone(names)
    means = documents(names)
    amount = np.round(np.abs(np.nan_to_num(rows.amount)), 2)
    nowhere = -1 - np.arange(len(amount))  # rows without a number are of no other row's order
    order = nowhere if rows.order is None else np.where(rows.order >= 0, rows.order, nowhere)
    found = pd.DataFrame({"customer": rows.customer.codes, "amount": amount, "order": order})
    for code, found_as in enumerate(list(means)):
        if found_as != "other_step":
            continue
        said = is_credit if alone[code] == "refunded" else is_invoice
        counted = found[np.isin(kind.codes, [at for at, other in enumerate(names) if said(other)])]
        steps = found[(kind.codes == code) & (amount > 0)]
        if steps.empty:
            continue  # no money to count twice
        pairs = ["customer", "amount"]
        nth, others = (part.assign(nth=part.groupby(pairs).cumcount())[[*pairs, "nth"]] for part in (steps, counted))
        has = pd.MultiIndex.from_frame(nth).isin(pd.MultiIndex.from_frame(others))
        keys = ["customer", "order"]  # invoices and receipts may both be numbered from 1
        has |= pd.MultiIndex.from_frame(steps[keys]).isin(pd.MultiIndex.from_frame(counted[keys]))
        has &= (steps["customer"] >= 0).to_numpy()
        if has.mean() < MOST_STEPS:
            means[code] = alone[code]
    return means


@dataclass(frozen=True)
class _Stated:
    """A column of statuses, and what each of its words means."""

    of: Coded
    means: pd.Series
    doubtful: pd.Series = field(default_factory=lambda: pd.Series(dtype=bool))
    """Of which words the others of their column leave open whether they are paid; empty where none is."""

    def rows(self, reason: str) -> Flags:
        return self.of.rows(self.means == reason)


PLANNED_LATER = 0.95
"""Share of the other rows that lie before the middle one of those which a doubtful status calls planned or sent."""


def _decided(rows: Rows, found: _Stated, column: str, options: CleanOptions) -> _Stated:
    """The statuses with the meaning of doubtful ones decided by the rows of each.

    What is dated after nearly all that is paid is still to come. A table that dates or numbers invoices calls an
    invoice sent, which nobody paid; another one calls a parcel sent. Of what is scheduled, only a table of instalments
    or of days on which they are due says as much. Beside steps of an order (`Completed`), only a table whose rows are
    invoices does. What `options` say of a status of this `column` goes before all of that.
    """
    at = found.of.rows(found.doubtful) & (rows.moment != NO_MOMENT)
    well = found.rows(USED) & ~found.of.rows(found.doubtful) & (rows.moment != NO_MOMENT)
    if not at.any() or not well.any():
        return replace(found, doubtful=found.doubtful & False)
    sent = found.of.names[found.doubtful].map(is_sent)
    if sent.all() and of_orders(list(map(str, found.of.names))) and not _of_invoices(rows):
        return replace(found, doubtful=found.doubtful & False)
    headers = _words_of(rows.frame.columns)
    stated = _stated_meanings(column, options)
    means, doubts = found.means.copy(), found.doubtful.to_numpy(dtype=bool, copy=True)
    for place in np.flatnonzero(found.doubtful):
        word = str(found.of.names.iloc[place])
        if is_partly_paid(word):
            unpaid = means.iloc[place] == "unpaid"
        elif keeps_meaning(word):
            if _of_invoices(rows):
                doubts[place] = False
                continue
            unpaid = means.iloc[place] == "unpaid"
        else:
            own = at & found.of.rows(found.doubtful & (np.arange(len(found.doubtful)) == place))
            later = own.any() and float((rows.moment[well] < np.median(rows.moment[own])).mean()) >= PLANNED_LATER
            bills = _BILLS | _INVOICES if is_sent(word) else _BILLS
            unpaid = bool(later or bills & headers)
        unpaid = not stated.get(word, unpaid == options.swap_unclear_statuses)
        means.iloc[place] = "unpaid" if unpaid else USED
    return replace(found, means=means, doubtful=pd.Series(doubts))


def _stated_meanings(column: str, options: CleanOptions) -> dict[str, bool]:
    """Status → whether it is paid, as the shop owner said."""
    return {one.word: one.paid for one in options.status_meanings if one.column == column}


def _words_of(columns: Iterable[str]) -> set[str]:
    return {word for name in columns for word in plain_name(str(name)).split()}


def _of_invoices(rows: Rows) -> bool:
    """Whether the rows are numbered or dated as invoices, or say when they are due."""
    own = [rows.roles[role] for role in ("order_id", "ordered_at") if role in rows.roles]
    return bool(_INVOICES & _words_of(own) or _BILLS & _words_of(rows.frame.columns))


_BILLS = header_words("due instalment installment cuota")
_INVOICES = header_words("invoice rechnung factura facture fattura fatura factuur faktura")
"""Words of column names in tables of instalments and of invoices."""


def _statuses(rows: Rows, layout: Layout | None, options: CleanOptions) -> dict[str, _Stated]:
    found = {}
    for role in ("status", "payment_status", "record_type"):
        column = rows.of(role)
        if column is not None:
            names = [str(name) for name in column.names]
            flags = paid_or_not(rows.roles[role], names)
            if flags is not None:
                means = [flags[name] for name in names]
            else:
                means = (
                    _documents(rows, column) if role == "record_type" and layout is None else meanings(names, layout)
                )
            found[role] = _Stated(column, pd.Series(means, dtype="str"))
            unclear = flags is None and role != "record_type" and doubtful(names, layout)
            if unclear and any(unclear):
                asked = replace(found[role], doubtful=pd.Series(unclear))
                found[role] = _decided(rows, asked, rows.roles[role], options)
    return found


MIN_STEPS = 3
"""Orders whose rows are steps of one payment, from which on this is no chance."""


def _by_order(rows: Rows, product: Codes) -> pd.DataFrame:
    """Of every row its order, product, moment and amount, none below zero."""
    amount = np.abs(np.nan_to_num(rows.amount))
    return pd.DataFrame({"order": rows.order, "product": product, "moment": rows.moment, "amount": amount})


def _refunds_of_earlier_rows(rows: Rows, stated: Mapping[str, _Stated]) -> Flags:
    """Rows that a status calls refunded and whose order has an earlier row that went well: money given back by a row of
    its own, and not an order that was refunded.

    A row that names a product needs an earlier row of this product: dates may differ from line to line, and a line that
    came back was then never counted. Nor is more given back than earlier rows brought. At the same moment, only the
    whole amount of an order of one row is given back.
    """
    found = np.zeros(len(rows.frame), dtype=bool)
    if rows.order is None:
        return found
    known = (rows.order >= 0) & (rows.moment != NO_MOMENT)
    product = np.full(len(found), -1) if rows.product is None else rows.product.codes
    if rows.product is None and {"quantity", "unit_price"} & rows.roles.keys():
        product = pd.factorize(np.round(np.abs(rows.amount), 2))[0]  # lines of products without names
    table = _by_order(rows, product)
    for role in ("status", "payment_status"):
        status = stated.get(role)
        if status is None:
            continue
        back, well = known & status.rows("refunded"), known & status.rows(USED)
        if not back.any() or not well.any():
            continue
        named = product >= 0
        for keys, part in ((["order", "product"], named), (["order"], ~named)):
            refunds = table[back & part]
            if refunds.empty:
                continue
            before = table[well & part] if part is named else table[well]
            sums = before.groupby(keys).agg(first=("moment", "min"), paid=("amount", "sum"))
            of_order = refunds.join(sums, on=keys)
            asked = refunds.groupby(keys)["amount"].transform("sum")
            own = (of_order["moment"] > of_order["first"]) & (asked <= of_order["paid"] + CENT)
            if (before.groupby(keys).size() == 1).all():  # a second row of an order is never a further line of it
                own |= (of_order["moment"] == of_order["first"]) & ((asked - of_order["paid"]).abs() <= CENT)
            found[refunds.index[own]] = True
    return found


def _cancelled_later(rows: Rows, stated: Mapping[str, _Stated]) -> Flags:
    """Rows that went well, of orders that a later row of the file cancels as a whole: a history of their status.

    A row that names a product is cancelled by a row of this product, and the amounts must be equal: a cancelled row of
    another amount or of the same moment is another line of the order.
    """
    found = np.zeros(len(rows.frame), dtype=bool)
    if rows.order is None:
        return found
    known = (rows.order >= 0) & (rows.moment != NO_MOMENT)
    product = np.full(len(found), -1) if rows.product is None else rows.product.codes
    table = _by_order(rows, product)
    for role in ("status", "payment_status"):
        status = stated.get(role)
        if status is None:
            continue
        off, well = known & status.rows("cancelled"), known & status.rows(USED)
        if not off.any() or not well.any():
            continue
        for keys, part in ((["order", "product"], product >= 0), (["order"], product < 0)):
            later = table[off & part].groupby(keys).agg(until=("moment", "min"), whole=("amount", "sum"))
            before = table[well & part] if len(keys) > 1 else table[well]
            if later.empty or before.empty:
                continue
            paid = before.groupby(keys).agg(last=("moment", "max"), paid=("amount", "sum"))
            both = paid.join(later, how="inner")
            whole = both[(both["last"] < both["until"]) & ((both["paid"] - both["whole"]).abs() < CENT)]
            names = pd.MultiIndex.from_frame(whole.reset_index()[keys])
            found[before.index[pd.MultiIndex.from_frame(before[keys]).isin(names)]] = True
    return found


def _tries(rows: Rows, stated: Mapping[str, _Stated]) -> Flags:
    """Rows of payments that failed, in orders that another row paid: they have no share in the order's total."""
    failed = np.zeros(len(rows.frame), dtype=bool)
    for status in stated.values():
        failed |= status.rows("unpaid")
    if rows.order is None or not failed.any():
        return failed & False
    paid = np.zeros(int(rows.order.max(initial=-1)) + 2, dtype=bool)
    paid[rows.order[~failed & (rows.order >= 0)]] = True
    return failed & paid[rows.order]


MOST_DAYS = 10
"""From the first step of a payment to its last; instalments are a month apart."""
ALIKE = 0.95


def _earlier_steps(rows: Rows, stated: Mapping[str, _Stated], back: Flags) -> Flags:
    """All but the last row of orders whose rows are the steps of one payment: received, authorised, settled.

    Each row of such an order has the same amount and customer, and a status and a time of its own; no product tells
    them apart. The statuses follow one another in the same way in all orders, and most orders end well. Rows that give
    money back (`back`) are no steps.
    """
    nothing = np.zeros(len(rows.frame), dtype=bool)
    if rows.order is None or "quantity" in rows.roles or not stated:
        return nothing
    sizes = np.bincount(rows.order[rows.order >= 0])
    if (sizes > 2).sum() < MIN_STEPS or (sizes > 1).sum() < 0.5 * (sizes > 0).sum():
        return nothing
    for role in ("status", "record_type", "payment_status"):
        status = stated.get(role)
        if status is None:
            continue
        at = np.flatnonzero((rows.order >= 0) & (rows.moment != NO_MOMENT) & (status.of.codes >= 0) & ~back)
        found = pd.DataFrame({
            "order": rows.order[at], "status": status.of.codes[at], "well": status.rows(USED)[at],
            "moment": rows.moment[at], "amount": np.round(np.abs(rows.amount[at]), 2),
            "customer": rows.customer.codes[at],
            "product": -1 if rows.product is None else rows.product.codes[at],
        })  # fmt: skip
        orders = found.groupby("order").agg(
            rows=("status", "size"), statuses=("status", "nunique"), amounts=("amount", "nunique"),
            customers=("customer", "nunique"), products=("product", "nunique"), moments=("moment", "nunique"),
            first=("moment", "min"), last=("moment", "max"),
        )  # fmt: skip
        several = orders[orders["rows"] > 1]
        alike = (several[["amounts", "customers", "products"]] == 1).all(axis=1)
        alike &= (several["rows"] == several["statuses"]) & (several["rows"] == several["moments"])
        alike &= several["last"] - several["first"] <= MOST_DAYS * DAY
        # A sale and its refund are two rows too; steps of a payment are three or more in most orders.
        if (several["rows"] > 2).sum() < MIN_STEPS or alike.mean() < ALIKE or len(several) < 0.5 * len(orders):
            continue
        found = found.sort_values("moment", kind="stable")
        nth = found.groupby("order").cumcount().rename("nth")
        usual = pd.crosstab(found["status"], nth).max(axis=1).sum()  # rows whose status stands where it mostly does
        last = found.groupby("order").tail(1).index
        if usual < ALIKE * len(found) or found.loc[last, "well"].mean() < 0.5:
            continue
        nothing[np.delete(at, last)] = True
        return nothing
    return nothing


MOST_STATUSES = 30
"""Different words of a column up to which each one that is in no list is named."""


def _unknown_codes(rows: Rows, stated: Mapping[str, _Stated], used: Flags) -> tuple[UnknownCodes, ...]:
    """Codes and unknown words among the statuses of used rows, where the order's own column has several."""
    status = stated.get("status")
    if status is None or len(status.of.names) < 2:
        return ()
    many = len(status.of.names) > MOST_STATUSES  # a text of each row's own is no status
    unknown = [not is_known(name) and not (many and len(name) > LONGEST_CODE) for name in map(str, status.of.names)]
    unknown = pd.Series(unknown, dtype=bool) & (status.means == USED)
    if paid_or_not(rows.roles["status"], [str(name) for name in status.of.names]) is not None or not unknown.any():
        return ()
    counted = status.of.rows(unknown) & used
    codes = sorted({str(name) for name in status.of.names[np.unique(status.of.codes[counted])]})
    return (UnknownCodes(rows.roles["status"], tuple(codes), int(counted.sum())),) if codes else ()


def _zero_lines(rows: Rows, used: Flags, options: CleanOptions) -> int:
    """Used rows of the customer 0 where only the ids themselves say that this is one."""
    if rows.zero != "counted" or options.zero_is_guests:
        return 0
    return int((used & rows.customer.rows(rows.customer.names == ZERO)).sum())


def _doubtful_statuses(rows: Rows, stated: Mapping[str, _Stated], options: CleanOptions) -> tuple[DoubtfulStatus, ...]:
    """Statuses that may be paid or not, unless all unpaid rows count; by column and word."""
    found = []
    for role, status in stated.items():
        if not status.doubtful.any() or options.keep_unpaid:
            continue
        column = rows.roles[role]
        said = _stated_meanings(column, options)
        lines = np.bincount(status.of.codes[status.of.codes >= 0], minlength=len(status.of.names))
        for place in np.flatnonzero(status.doubtful):
            word, paid = str(status.of.names.iloc[place]), status.means.iloc[place] == USED
            known = word in said or options.swap_unclear_statuses
            found.append(DoubtfulStatus(column, word, int(lines[place]), bool(paid), known))
    return tuple(sorted(found, key=lambda one: (one.column, one.word)))


def _set_aside_by_status(
    rows: Rows, stated: Mapping[str, _Stated], verdicts: Verdicts, options: CleanOptions, layout: Layout | None
) -> None:
    test, cancelled = rows.of("test"), rows.of("cancelled_at")
    if test is not None:
        live = compact(rows.roles["test"]) in ("livemode", "live")
        verdicts.put("test_order", test.rows(test.names.str.contains(_NOT_LIVE if live else _TEST)))
    payment = rows.of("payment_method")
    if payment is not None:
        verdicts.put("test_order", payment.rows(payment.names.str.contains(_TEST_GATEWAY)))
    for status in stated.values():
        verdicts.put("test_order", status.rows("test_order"))
    if cancelled is not None:
        said = ~cancelled.names.str.strip().str.casefold().isin(_NOT_SO)
        own = rows.cells.coded("cancelled_at").rows(said)
        reverses = (rows.amount < 0) | (rows.quantity < 0)
        # A mark on reversing rows alone is of these rows; of the order, too, where they reverse all of it.
        of_rows = own.any() and bool(reverses[own].all())
        given_back = (HEADER_WORDS.groups["refund"] | GOODS_BACK) & header_words_of(rows.roles["cancelled_at"])
        off = own if _is_of_lines(rows, own) else cancelled.rows(said)
        if header_words_of(rows.roles["cancelled_at"]) == {"retour"}:
            off = np.zeros(len(own), dtype=bool)  # of a ticket there and back
        verdicts.put(
            "refunded" if given_back else "cancelled",
            own | (cancelled.rows(said) & _reversed(rows)) if of_rows else off,
        )
    if rows.order_names is not None:
        # Some shops write a cancellation as an order of its own: C and the number, with quantities below zero.
        names = rows.order_names.names
        if len(names) and np.asarray(pc.utf8_is_digit(plain(names))).mean() > 0.5:
            reversal = rows.order_names.rows(pd.Series(pc.match_substring_regex(plain(names), _REVERSAL)))
            verdicts.put("cancelled", reversal & ((rows.quantity < 0) | (rows.amount < 0)))
    for reason in ("cancelled", "refunded", "other_step"):
        for status in stated.values():
            verdicts.put(reason, status.rows(reason))
    verdicts.put("cancelled", _cancelled_later(rows, stated))
    if not {"status", "payment_status", "cancelled_at"} & rows.roles.keys():
        verdicts.put("cancelled", cancelled_in_notes(rows.frame, rows.order))
    if not options.keep_unpaid and stated:
        verdicts.put("unpaid", _unpaid(rows, stated))
        if layout is not None and layout.paid_at and "status" in stated:
            verdicts.put("unpaid", _baskets(rows, stated["status"].of, layout.paid_at))


def _is_of_lines(rows: Rows, own: Flags) -> bool:
    """Whether a mark is of each line: every row says yes or no, and rows of some orders differ."""
    if rows.order is None or (rows.cells.coded("cancelled_at").codes < 0).any():
        return False
    marks = pd.DataFrame({"order": rows.order, "own": own})[rows.order >= 0].groupby("order")["own"]
    return bool((marks.nunique() > 1).any())


def _unpaid(rows: Rows, stated: Mapping[str, _Stated]) -> Flags:
    """Orders whose payment is still to come or failed; where the payment has a status of its own, it decides."""
    found = np.zeros(len(rows.frame), dtype=bool)
    payment = stated.get("payment_status")
    paid = (
        found if payment is None else payment.of.rows(pd.Series([is_settled(str(name)) for name in payment.of.names]))
    )
    for status in stated.values():
        found |= status.rows("unpaid") & ~paid & ~_paid_on_delivery(rows, status.of)
    return found


def _paid_on_delivery(rows: Rows, status: Coded) -> Flags:
    """Orders that wait for a payment which is made at the door, and that were delivered where the table says so."""
    method, delivered = rows.of("payment_method"), rows.of("fulfillment")
    if method is None:
        return np.zeros(len(rows.frame), dtype=bool)
    found = method.rows(pd.Series([pays_on_delivery(str(name)) for name in method.names], dtype=bool))
    found &= status.rows(pd.Series([waits_for_payment(str(name)) for name in status.names], dtype=bool))
    if delivered is not None:
        found &= delivered.rows(pd.Series([is_delivered(str(name)) for name in delivered.names], dtype=bool))
    return found


def _baskets(rows: Rows, status: Coded, paid_at: str) -> Flags:
    """Checkouts that never became orders: neither a status nor a date of payment."""
    column = next((str(name) for name in rows.frame if compact(str(name)) == compact(paid_at)), "")
    if not column:
        return np.zeros(len(rows.frame), dtype=bool)
    paid = filled_from(np.where(rows.frame[column].notna().to_numpy(), 0, -1).astype(np.int64), rows.order)
    return (status.codes < 0) & (paid < 0)


@dataclass(frozen=True)
class RefundsByOrder:
    """Money given back per order, where an order has a cell for it; orders are coded from 0."""

    order: Codes
    back: Numbers
    whole: Flags
    """All of it."""


def _refunds_by_order(rows: Rows, counted: Flags) -> RefundsByOrder | None:
    if "refunded" not in rows.roles:
        return None
    given_back = np.abs(numbers(rows.frame[rows.roles["refunded"]]))
    alone = np.arange(len(given_back))  # a row without an order number is an order of its own
    order = alone
    if rows.order is not None:
        order = np.where(rows.order >= 0, rows.order, alone + int(rows.order.max(initial=-1)) + 1)
    back = np.nan_to_num(once(given_back, order))
    paid = np.bincount(order, weights=np.where(counted, np.nan_to_num(rows.amount), 0.0), minlength=len(back))
    if "order_total" in rows.roles:
        paid = np.fmax(paid, once(numbers(rows.frame[rows.roles["order_total"]]), order))
    return RefundsByOrder(order, back, (back > 0) & (back >= paid - CENT))


def _partial_refund_lines(rows: Rows, refunds: RefundsByOrder, used: Flags) -> pd.DataFrame:
    """What was given back of orders that are used, one row per order; shipping was never counted, so it cannot come
    back."""
    first = np.full(len(refunds.back), -1, dtype=np.int64)
    at = np.flatnonzero(used)[::-1]
    first[refunds.order[at]] = at
    partly = np.flatnonzero((refunds.back > 0) & (first >= 0))
    goods = np.bincount(refunds.order[used], weights=rows.amount[used], minlength=len(refunds.back))[partly]
    lines = _lines(rows, first[partly])
    return lines.assign(amount=-np.minimum(refunds.back[partly], goods), quantity=0.0, product=_nothing(len(partly)))


def _reversed(rows: Rows) -> Flags:
    """Rows of orders of which nothing is left after those that reverse others."""
    if rows.order is None:
        return np.zeros(len(rows.frame), dtype=bool)
    of = np.where(rows.order >= 0, rows.order, rows.order.max(initial=-1) + 1)
    money = np.nan_to_num(np.where(rows.quantity < 0, -np.abs(rows.amount), rows.amount))
    left: Flags = np.bincount(of, weights=money)[of] <= _NOTHING_LEFT
    return left & (rows.order >= 0)


_NOTHING_LEFT = 0.005
_BEFORE_TOTAL = "grand|sub|order|invoice|receipt|basket|cart|importe|montant|importo|valor|net|amount|summe"
_TOTAL = (
    "totals?|totale?s?|totaux|totaal|summe|zwischensumme|gesamt(?:summe|betrag)?|endsumme|endbetrag|rechnungsbetrag|"
    "rechnungssumme|suma|somma|somme|subtotal|subtotale|sous[\\s-]total|subtotaal|tussentotaal|eindtotaal|razem|итого|"
    "合計|合计|小計"
)
_BEHIND_TOTAL = (
    "order|invoice|pedido|del pedido|ticket|factura|commande|bestellung|ordine|general|g[ée]n[ée]ral|amount|due|to pay|"
    "a pagar|à payer|da pagare|zu zahlen|t\\.?t\\.?c\\.?|h\\.?t\\.?|brutto|netto|bruto|neto|"
    "\\(?(?:inc|incl|inkl|con|iva|excl|ex)\\b.*"
)
_TOTAL_NAME = re.compile(
    rf"\W*(?:(?:{_BEFORE_TOTAL})[\s_-]*)?(?:{_TOTAL})(?:\s+(?:{_BEHIND_TOTAL}))?\W*$", re.IGNORECASE
)
"""Names of a line that sums up its order."""


def _summary_rows(rows: Rows, used: Flags, layout: Layout | None, *, is_part: bool) -> Flags:
    """Rows that repeat the money of an order whose items stand in rows of their own."""
    found = np.zeros(len(rows.frame), dtype=bool)
    if rows.product is None:
        return found
    item = rows.product.codes >= 0
    named = rows.product.rows(rows.product.names.astype("str").str.match(_TOTAL_NAME).fillna(False))
    item &= ~named
    if layout is not None and layout.summary_rows and rows.order is not None:
        has_items = np.zeros(int(rows.order.max(initial=-1)) + 2, dtype=bool)
        has_items[rows.order[item & (rows.order >= 0)]] = True
        return ~item & has_items[rows.order]
    group = _group_of_lines(rows, used)
    if group.max(initial=-1) < 0:
        return found
    taken = {column for role, column in rows.roles.items() if role not in ("product", "status")}
    others = tuple(str(column) for column in rows.frame.columns if str(column) not in taken)
    if named.any():
        totals = running_totals(group, rows.amount, item, named, is_part=is_part)
        if totals is None:  # a product of that name
            item |= named
        elif totals.any():
            return totals & used
    return summary_rows(LineAmounts(rows.frame, group, rows.amount, item, others, is_part)) & used


def _group_of_lines(rows: Rows, used: Flags) -> Codes:
    """Rows that may be of one order: by number where several rows share one, else by customer and moment in a row."""
    if rows.order is not None and np.bincount(rows.order[rows.order >= 0]).max(initial=0) > 1:
        return np.where(used, rows.order, -1)
    known = used & (rows.customer.codes >= 0) & (rows.moment != NO_MOMENT)
    same = np.zeros(len(known), dtype=bool)
    same[1:] = (rows.customer.codes[1:] == rows.customer.codes[:-1]) & (rows.moment[1:] == rows.moment[:-1])
    if not (same & known).any():
        return np.full(len(known), -1, dtype=np.int64)
    return np.where(known, np.cumsum(~same) - 1, -1)


def _one_currency(
    rows: Rows, verdicts: Verdicts, understanding: Understanding, options: CleanOptions
) -> tuple[str, Mapping[str, int]]:
    found = rows.of("currency")
    if found is None:
        return options.currency or understanding.currency, {}
    codes, names = pd.factorize(found.names.str.upper())
    currency = np.append(codes, -1)[found.codes]
    counts = np.bincount(currency[verdicts.used & (currency >= 0)], minlength=len(names))
    by_rows = sorted(range(len(names)), key=lambda code: -counts[code])
    currencies = {str(names[code]): int(counts[code]) for code in by_rows if counts[code]}
    chosen = options.currency.upper() or next(iter(currencies), understanding.currency)
    if options.currency and chosen not in currencies:
        raise UserError("orders.unknown_currency", currency=chosen, found=list(currencies))
    main = {str(name): code for code, name in enumerate(names)}.get(chosen, -1)
    verdicts.put("other_currency", (currency >= 0) & (currency != main))
    return chosen, currencies


def _in_other_currencies(rows: Rows, verdicts: Verdicts) -> dict[str, int]:
    """Currency → rows with money that were set aside for it."""
    found = rows.of("currency")
    at = verdicts.given("other_currency") & (np.nan_to_num(rows.amount) != 0)
    if found is None or not at.any():
        return {}
    counts = found.names.str.upper().iloc[found.codes[at]].value_counts()
    return {str(name): int(count) for name, count in counts.items()}


def _set_aside_by_value(rows: Rows, verdicts: Verdicts, options: CleanOptions) -> None:
    verdicts.put("no_amount", ~np.isfinite(rows.amount))
    verdicts.put("not_positive_quantity", rows.quantity <= 0)
    verdicts.put("negative_amount", rows.amount < 0)
    if not options.keep_zero_prices:
        of_products = {"unit_price", "product", "product_code"} & rows.roles.keys()
        verdicts.put("zero_price", rows.amount == 0 if of_products else _free_trials(rows) | _without_order(rows))
    if not options.keep_non_products:
        verdicts.put("not_a_product", not_products(_codes_of(rows), rows.product, len(rows.frame)))
    if not options.keep_extreme:
        verdicts.put("extreme", far_beyond(rows.quantity) | far_beyond(rows.amount))


_UNREADABLE = (
    ("ordered_at", "bad_date"),
    ("amount", "no_amount"),
    ("unit_price", "no_amount"),
    ("order_total", "no_amount"),
)


_FIGURE = re.compile(r"[\d#]")


def _unreadable(table: Table, roles: Mapping[str, str], verdicts: Verdicts) -> dict[str, int]:
    """Of each column of dates or money, how many rows were left out since it holds something else there."""
    found: dict[str, int] = {}
    for role, reason in _UNREADABLE:
        cells = table.unread.get(roles.get(role, ""), ())
        if reason == "no_amount":
            cells = tuple(cell for cell in cells if _FIGURE.search(cell[1]))  # `Free` and `$ -` are no amount
        left_out = verdicts.given(reason)
        count = sum(row < len(left_out) and bool(left_out[row]) for row, _ in cells)
        if len(cells) >= MOST_UNREAD:  # more than are listed
            count = int((left_out & table.frame[roles[role]].isna().to_numpy()).sum())
        if count:
            found[roles[role]] = count
    return found


_FREE = re.compile(
    r"(?i)^\W*(?:free|gratis|gratuit[aeo]?|kostenlos)\W*$|\b(?:trials?|giveaways?|prueba|probe(?:abo|monat|zeit|woche)|testphase|"
    r"essai|prova|avaliacao|avaliação|proef(?:periode|maand)|provperiod|okres próbny)\b"
)
_MOST_KINDS = 30
"""Different texts of a column up to which they are kinds of rows, and no remarks."""


def _free_trials(rows: Rows) -> Flags:
    """Rows of zero that a column with few different texts calls free: trials, gifts.

    Delivery is free, too, of orders that a voucher has paid.
    """
    found, zero = np.zeros(len(rows.frame), dtype=bool), rows.amount == 0
    if not zero.any():
        return found
    for column, dtype in zip(rows.frame.columns, rows.frame.dtypes, strict=True):
        if dtype.kind not in "OTU" and str(dtype) not in ("str", "category"):
            continue
        if HEADER_WORDS.groups["delivery"] & header_words_of(str(column)):
            continue
        said = rows.frame[column][zero]
        if said.nunique() <= _MOST_KINDS:
            found[np.flatnonzero(zero)] |= said.astype("str").str.contains(_FREE, na=False).to_numpy()
    return found


def _without_order(rows: Rows) -> Flags:
    """Rows without money and without the order's number that the others have: movements of points, remarks."""
    if rows.order is None:
        return np.zeros(len(rows.frame), dtype=bool)
    blank = rows.cells["order_id"].isna().to_numpy()
    return blank & (rows.amount == 0) if blank.mean() < 0.5 else np.zeros(len(blank), dtype=bool)


def _codes_of(rows: Rows) -> Coded | None:
    return rows.cells.coded("product_code") if "product_code" in rows.cells else None


# ------------------------------------------------------------------------------------------------------ the order lines


def _in_time(rows: Rows, at: Codes) -> Codes:
    """The same rows in order of time; rows of one moment stay as they were."""
    moment = rows.moment[at]
    return at[np.argsort(moment, kind="stable")] if np.any(moment[1:] < moment[:-1]) else at


def _lines(rows: Rows, at: Codes) -> pd.DataFrame:
    """`schema.ORDER_LINES` of those rows."""
    customer = rows.customer.column(at)
    moment = rows.moment[at]
    return pd.DataFrame(
        {
            "customer_id": customer,
            "order_id": _order_ids(rows, at, customer, moment),
            "ordered_at": pd.Series(moment.view("datetime64[us]")),
            "amount": rows.amount[at],
            "quantity": rows.quantity[at],
            "product": _nothing(len(at)) if rows.product is None else rows.product.column(at),
            "country": _nothing(len(at)) if rows.country is None else rows.country.column(at),
        }
    )


def _nothing(rows: int) -> pd.Series:
    return pd.Series(pd.array([None], dtype="str").take(np.full(rows, -1), allow_fill=True))


def _order_ids(rows: Rows, at: Codes, customer: pd.Series, moment: Codes) -> pd.Series:
    """The order number; without one, all that a customer bought at one moment is one order."""
    if rows.order_names is not None and (rows.order_names.codes[at] >= 0).all():
        return rows.order_names.column(at)
    made = made_order_ids(customer, moment)
    if rows.order_names is None:
        return made
    known = rows.order_names.column(at)
    return known.where(known.notna(), made)
