"""What cleaning gives: order lines, money given back, and a ledger in which every row has its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Flags = NDArray[np.bool_]

REASONS = (
    "no_customer",
    "overlap",
    "duplicate",
    "other_currency",
    "test_order",
    "cancelled",
    "refunded",
    "unpaid",
    "other_step",
    "order_summary",
    "bad_date",
    "far_date",
    "no_amount",
    "not_positive_quantity",
    "negative_amount",
    "zero_price",
    "not_a_product",
    "extreme",
)
"""Why a row is set aside, in the order in which it is asked: a row counts under the first reason that holds.
The sentence of each is `orders.reason.<reason>`."""

MONEY_BACK = ("cancelled", "refunded", "not_positive_quantity", "negative_amount")
"""A row set aside for one of these is money given back where its amount is below zero."""


@dataclass(frozen=True)
class StatusMeaning:
    """What the shop owner says about a status that may be paid or not, such as `Scheduled`."""

    column: str
    word: str
    paid: bool


@dataclass(frozen=True)
class CleanOptions:
    """What the shop owner may decide otherwise."""

    duplicates: Literal["automatic", "set_aside", "keep"] = "automatic"
    """Rows that equal an earlier one in every column. Automatic sets them aside where rows carry an order number; where
    they carry none, two equal rows may as well be two purchases of one day, and both count."""
    keep_zero_prices: bool = False
    """Free products: samples, gifts, corrections. Where a row is a whole purchase, without product or price, one
    of zero counts in any case: it is a visit paid with a voucher."""
    keep_unpaid: bool = False
    keep_non_products: bool = True
    """Postage, fees, manual corrections: money that the customer paid, though not for a product."""
    keep_extreme: bool = True
    """Lines far beyond all others, with what gave them back: `extreme_lines` shows them."""
    keep_far_dates: bool = False
    """Orders whose date is years away from all others, such as 2052 for 2025, or 1900 for no date."""
    swap_unclear_statuses: bool = False
    """The other meaning of all statuses that may be paid or not, as projects of earlier versions have it; what
    `status_meanings` says of one goes before it."""
    status_meanings: tuple[StatusMeaning, ...] = ()
    """What statuses mean that may be paid or not: `Scheduled` or `Sent` beside `Paid`."""
    zero_is_guests: bool = False
    """Whether the customer id 0 stands for guests where ids are counted from 0."""
    currency: str = ""
    """Which currency to read where a file has several; empty for the one with most rows."""


@dataclass(frozen=True)
class Ledger:
    """What became of every row: `rows_in` = `rows_used` + the sum of `set_aside`."""

    rows_in: int
    rows_used: int
    set_aside: Mapping[str, int]
    """Reason → rows, in the order of `REASONS`; reasons that did not occur are left out."""
    reason: pd.Series
    """One per row of the table, under the table's index: a category, "" where the row is used."""


@dataclass(frozen=True)
class SumCheck:
    """How many orders of a file have lines that add up to what the order's own cells say."""

    column: str
    """Where the order says its total."""
    corrected_by: tuple[str, ...]
    """Columns of delivery, tax or discounts that are in it."""
    orders: int
    agreeing: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.agreeing / self.orders


@dataclass(frozen=True)
class LineCheck:
    """In how many used rows the amount is the price times the quantity."""

    amount: str
    price: str
    quantity: str
    rows: int
    agreeing: int
    explained: int
    """Rows that agree or differ as much as a discount or a tax does."""


@dataclass(frozen=True)
class PaymentCheck:
    """In how many used orders what was paid is what the order costs."""

    column: str
    """What was paid."""
    against: str
    """The column that says what the order costs; empty for the sum of its lines."""
    orders: int
    agreeing: int
    apart: float
    """What was paid beyond what the orders cost, in all; below zero where less was paid."""


@dataclass(frozen=True)
class UnknownCodes:
    """Statuses such as `C` or `7` whose meaning nobody outside the shop can know, and the used rows that have them."""

    column: str
    codes: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class DoubtfulStatus:
    """A status that may be paid or not, such as `Scheduled` beside `Paid`, and how its rows were read."""

    column: str
    word: str
    rows: int
    paid: bool
    """Whether its rows are read as paid."""
    stated: bool
    """Whether the shop owner said so; otherwise it was read from the rows."""


@dataclass(frozen=True)
class Orders:
    """Clean order lines in order of time, and money given back."""

    lines: pd.DataFrame
    """`schema.ORDER_LINES`, sorted by `ordered_at`."""
    returns: pd.DataFrame
    """The same columns: cancellations and refunds by known customers that stand in rows (or cells) of their own,
    amounts below zero. An order set aside as a whole, such as one cancelled before it was paid or refunded in full, is
    neither here nor in `lines`, so that `lines` + `returns` is what the customers paid."""
    ledger: Ledger
    currency: str = ""
    """Empty where the file does not say."""
    currencies: Mapping[str, int] = field(default_factory=dict)
    """Currency → rows with a known customer, most first, where the file has a column for it."""
    called_off: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Orders set aside as cancelled or refunded: `order_id, customer_id, ordered_at, reason`. Another file, written
    earlier, may still have them as sold."""
    line_rows: NDArray[np.int64] = field(default_factory=lambda: np.array([], dtype=np.int64))
    """Which row of the table each line was, counted from 0."""
    sum_checks: tuple[SumCheck, ...] = ()
    """Of each file whose orders say what their lines must add up to."""
    line_checks: tuple[LineCheck, ...] = ()
    """Of each file that has an amount beside a price and a quantity."""
    payment_checks: tuple[PaymentCheck, ...] = ()
    """Of each file that says what was paid."""
    padded_customers: int = 0
    """Customers' numbers that lost zeros in front of them in one file and got them back from another."""
    renumbered_orders: int = 0
    """Order numbers that stand for other orders in an earlier file, as of two shops that count alike."""
    overlapping_orders: int = 0
    """Orders that an earlier file has with another customer, time or product; they count once."""
    renamed_customers: int = 0
    """Customers with another name in an earlier file, which orders in both files show."""
    unmatched_customers: int = 0
    """Customers of such files without an order that shows who they are in an earlier file."""
    differing_orders: int = 0
    """Orders of overlapping files that have other amounts in each; both are added up."""
    zero_customer_lines: int = 0
    """Lines of a customer 0 that is one by the ids alone: they are counted from 0."""
    unknown_codes: tuple[UnknownCodes, ...] = ()
    """Of each file whose statuses are codes of the shop's own."""
    doubtful_statuses: tuple[DoubtfulStatus, ...] = ()
    """Of each file with statuses that may be paid or not."""
    discount_shares: tuple[str, ...] = ()
    """Columns of discounts that were taken for shares of the price, because of their values alone."""
    called_off_money: NDArray[np.float64] = field(default_factory=lambda: np.array([]))
    """What each row of `called_off` cost, as far as it is known; empty where it is not."""
    reused_numbers: int = 0
    """Order numbers that stand for several orders each: a shop that begins anew every year, or in every branch."""
    unreadable: Mapping[str, int] = field(default_factory=dict)
    """Column of dates or money → rows that were left out since their cell holds something that is neither."""
    equal_rows: int = 0
    """Rows that were set aside because they equal another in every column, each alone: they may be sales as well."""
    few_reused: int = 0
    """Of `reused_numbers`, those of files in which so few are used again that they may be corrected orders as well."""
    tax_by_rate: tuple[str, ...] = ()
    """Columns taken for the amount with tax only because they are more than another by one rate in all rows."""
    other_currencies: Mapping[str, int] = field(default_factory=dict)
    """Currency → rows set aside for it, though nobody chose which one counts."""
    shared_emails: int = 0
    """Customers whose one e-mail address stands beside names that have no word in common."""


class Verdicts:
    """One reason per row, given once: the first that holds stays."""

    def __init__(self, rows: int) -> None:
        self.codes = np.zeros(rows, dtype=np.int8)

    def put(self, reason: str, rows: Flags) -> None:
        """Set aside those of the rows that are still used."""
        self.codes[rows & (self.codes == 0)] = REASONS.index(reason) + 1

    def given(self, reason: str) -> Flags:
        """The rows that were set aside for that reason."""
        return self.codes == REASONS.index(reason) + 1

    @property
    def used(self) -> Flags:
        return self.codes == 0

    def ledger(self, index: pd.Index) -> Ledger:
        """The reasons given, counted."""
        counts = np.bincount(self.codes, minlength=len(REASONS) + 1)
        reason = pd.Series(pd.Categorical.from_codes(self.codes, categories=["", *REASONS]), index=index, name="reason")
        set_aside = {reason: int(rows) for reason, rows in zip(REASONS, counts[1:], strict=True) if rows}
        return Ledger(len(self.codes), int(counts[0]), set_aside, reason)
