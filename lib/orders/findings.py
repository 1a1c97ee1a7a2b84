"""How sure the figures are: what agrees within a history, and what does not add up, with what can be chosen instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lib.errors import Fact
from lib.orders.amounts import CENT, agrees, best_sum, by_order, order_sums
from lib.orders.coding import Codes, Flags, Numbers, numbers
from lib.orders.ledger import DoubtfulStatus, LineCheck, Orders, SumCheck

MIN_ORDERS = 10
"""Fewer orders say too little about who comes back and who has how many."""
AGREE = 0.9
"""Share of orders whose lines must add up to what the order says."""
MORE = 0.8
"""Share of orders that cost up to 60 % more than their lines, where the rest is delivery and tax."""
LARGE_CUSTOMER = 0.3
"""Share of all orders from which on one customer is rather a till or a marketplace."""
MOST_SET_ASIDE = 0.5
MIXED = 0.05
"""Share of orders with lines of several customers from which on one of the two columns is wrong."""
MOST_CODES = 8
"""Codes that a sentence names."""
FAR_DAYS = 365
FEW_FAR = 0.02


@dataclass(frozen=True)
class Evidence:
    """Something in the data that confirms how it was read: the sentence `key` with `facts`."""

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """Something that does not add up: the sentence `key` with `facts`, and what a person can choose otherwise."""

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    role: str = ""
    """The role whose column may be wrong; empty where it is none."""
    option: str = ""
    """The field of `CleanOptions` that decides it; empty where none does."""


def check_sums(
    frame: pd.DataFrame, roles: Mapping[str, str], order: Codes | None, amount: Numbers, counted: Flags, used: Flags
) -> SumCheck | None:
    """The counted lines of each order against what the order says; None where it says nothing of its own.

    Only orders of which a line is used are checked.
    """
    if order is None or not {"amount", "unit_price"} & roles.keys():
        return None
    sums = order_sums(frame, roles, order)
    counted = counted & np.isfinite(amount)
    lines = by_order(np.ones(len(order)), order, counted)
    lines = np.where(by_order(np.ones(len(order)), order, used) > 0, lines, 0.0)
    total = by_order(np.nan_to_num(amount), order, counted)
    chosen, share = best_sum(sums, total, lines, lines > 0)
    if not sums or (share < AGREE and _with_delivery(sums[-1].expected, total, lines)):
        return None
    chosen = chosen or sums[0]
    asked = (lines > 0) & np.isfinite(chosen.expected)
    if not asked.any():
        return None
    right = agrees(total, chosen.expected, lines) & asked
    return SumCheck(chosen.columns[0], (*chosen.added, *chosen.taken_off), int(asked.sum()), int(right.sum()))


LEAST_OF_LINE, MOST_OF_LINE = 0.3, 1.3
"""An amount may be this share of price × quantity: after a discount, or with tax."""


def check_lines(frame: pd.DataFrame, roles: Mapping[str, str], used: Flags) -> LineCheck | None:
    """The amount of each used row against price × quantity; None where a row has not all three."""
    if not {"amount", "unit_price", "quantity"} <= roles.keys():
        return None
    amount, price, quantity = (numbers(frame[roles[role]]) for role in ("amount", "unit_price", "quantity"))
    line = price * quantity
    asked = used & np.isfinite(amount) & np.isfinite(line) & (line != 0)
    if not asked.any():
        return None
    right = np.abs(amount - line)[asked] <= 0.011 + CENT * np.abs(quantity[asked])
    share = amount[asked] / line[asked]
    explained = right | ((share >= LEAST_OF_LINE) & (share <= MOST_OF_LINE))
    return LineCheck(
        amount=roles["amount"],
        price=roles["unit_price"],
        quantity=roles["quantity"],
        rows=int(asked.sum()),
        agreeing=int(right.sum()),
        explained=int(explained.sum()),
    )


def _with_delivery(expected: Numbers, total: Numbers, lines: Numbers) -> bool:
    """Whether orders cost somewhat more than their lines, as where delivery and tax have no column of their own."""
    asked = (lines > 0) & np.isfinite(expected) & (total > 0)
    more = expected[asked] / total[asked]
    return len(more) > 0 and bool(((more > 0.999) & (more < 1.6)).mean() >= MORE)


def _one_row_per_order(lines: pd.DataFrame) -> pd.DataFrame:
    return lines[["order_id", "customer_id", "ordered_at"]].drop_duplicates("order_id")


def evidence_of(found: Orders) -> tuple[Evidence, ...]:
    """What confirms how the history was read."""
    orders = _one_row_per_order(found.lines)
    evidence = []
    for check in found.sum_checks:
        if check.share >= AGREE:
            facts: dict[str, Fact] = {
                "columns": [check.column, *check.corrected_by],
                "share": round(100 * check.share),
                "orders": check.orders,
            }
            evidence.append(Evidence("orders.evidence.sums", facts))
    for line in found.line_checks:
        if line.agreeing >= AGREE * line.rows:
            facts = {
                "amount": line.amount,
                "price": line.price,
                "quantity": line.quantity,
                "share": round(100 * line.agreeing / line.rows),
            }
            evidence.append(Evidence("orders.evidence.lines", facts))
    for paid in found.payment_checks:
        if paid.agreeing >= AGREE * paid.orders and paid.orders >= MIN_ORDERS:
            facts = {"column": paid.column, "share": round(100 * paid.agreeing / paid.orders), "orders": paid.orders}
            evidence.append(Evidence("orders.evidence.payments", facts))
    for count, key in ((found.padded_customers, "padded"), (found.renumbered_orders, "renumbered"),
                       (found.reused_numbers - found.few_reused, "reused"),
                       (found.overlapping_orders, "overlapping"), (found.renamed_customers, "renamed")):  # fmt: skip
        if count:
            evidence.append(Evidence(f"orders.evidence.{key}", {"count": count}))
    if len(orders) >= MIN_ORDERS:
        again = 1 - orders["customer_id"].nunique() / len(orders)
        if again > 0:
            evidence.append(Evidence("orders.evidence.again", {"share": round(100 * again)}))
    return tuple(evidence)


def _doubtful(statuses: Sequence[DoubtfulStatus]) -> list[Finding]:
    """Of each column, the statuses read as paid and those read as not, which nobody has decided."""
    undecided = [one for one in statuses if not one.stated]
    findings = []
    for column, paid in dict.fromkeys((one.column, one.paid) for one in undecided):
        these = [one for one in undecided if (one.column, one.paid) == (column, paid)]
        facts: dict[str, Fact] = {"column": column, "rows": sum(one.rows for one in these)}
        facts["words"] = list(dict.fromkeys(one.word for one in these))[:MOST_CODES]
        findings.append(Finding("orders.finding.doubtful_counted" if paid else "orders.finding.doubtful_unpaid", facts))
    return findings


def findings_of(found: Orders) -> tuple[Finding, ...]:
    """What does not add up, the most harmful first."""
    orders, set_aside, rows_in = _one_row_per_order(found.lines), found.ledger.set_aside, found.ledger.rows_in
    payments = {paid.column for paid in found.payment_checks}
    findings = [
        Finding(
            "orders.finding.sums",
            {"column": check.column, "share": round(100 * check.share), "orders": check.orders},
            role="unit_price",
        )
        for check in found.sum_checks
        if check.share < AGREE and check.orders >= 3 and check.column not in payments
    ]
    findings += [
        Finding(
            "orders.finding.lines",
            {"amount": line.amount, "share": round(100 * line.agreeing / line.rows)},
            role="amount",
        )
        for line in found.line_checks
        if line.explained < AGREE * line.rows and line.rows >= MIN_ORDERS
    ]
    findings += [
        Finding(
            "orders.finding.payments_less" if paid.apart < 0 else "orders.finding.payments_more",
            {
                "column": paid.column,
                "share": round(100 * paid.agreeing / paid.orders),
                "orders": paid.orders,
                "apart": abs(paid.apart),
            },
            role="amount",
        )
        for paid in found.payment_checks
        if paid.agreeing < AGREE * paid.orders and paid.orders >= 3
    ]
    findings += [
        Finding(
            "orders.finding.unknown_codes",
            {"column": unknown.column, "codes": list(unknown.codes[:MOST_CODES]), "rows": unknown.rows},
            role="status",
        )
        for unknown in found.unknown_codes
    ]
    findings += _doubtful(found.doubtful_statuses)
    for column, rows in found.unreadable.items():
        findings.append(Finding("orders.finding.unreadable", {"column": column, "rows": rows}))
    if found.equal_rows:  # as many as the list of what was left out counts
        findings.append(Finding("orders.finding.equal_rows", {"rows": found.ledger.set_aside["duplicate"]}))
    findings += [
        Finding("orders.finding.discount_share", {"column": column}, role="discount")
        for column in found.discount_shares
    ]
    findings += [
        Finding("orders.finding.tax_by_rate", {"column": column}, role="amount") for column in found.tax_by_rate
    ]
    if found.few_reused:
        findings.append(Finding("orders.finding.few_reused", {"count": found.few_reused}, role="order_id"))
    if found.other_currencies:
        money: dict[str, Fact] = {"currency": found.currency, "others": list(found.other_currencies)[:MOST_CODES]}
        money["rows"] = sum(found.other_currencies.values())
        findings.append(Finding("orders.finding.other_currencies", money))
    if found.zero_customer_lines:
        zero: dict[str, Fact] = {"lines": found.zero_customer_lines}
        findings.append(Finding("orders.finding.zero_customer", zero, option="zero_is_guests"))
    if found.shared_emails:
        findings.append(Finding("orders.finding.shared_emails", {"count": found.shared_emails}, role="email"))
    if found.differing_orders:
        findings.append(Finding("orders.finding.differing_orders", {"count": found.differing_orders}))
    if found.unmatched_customers:
        facts: dict[str, Fact] = {"count": found.unmatched_customers}
        findings.append(Finding("orders.finding.unmatched_customers", facts, role="customer_id"))
    if len(orders) >= MIN_ORDERS:
        mixed = found.lines.groupby("order_id", sort=False)["customer_id"].nunique() > 1
        if mixed.mean() >= MIXED:
            share = max(1, round(100 * float(mixed.mean())))
            findings.append(Finding("orders.finding.mixed_orders", {"share": share}, role="order_id"))
        by_customer = orders["customer_id"].value_counts()
        if len(by_customer) == len(orders):
            findings.append(Finding("orders.finding.nobody_returns", {"orders": len(orders)}, role="customer_id"))
        elif by_customer.iloc[0] >= LARGE_CUSTOMER * len(orders):
            share = round(100 * float(by_customer.iloc[0]) / len(orders))
            findings.append(Finding("orders.finding.large_customer", {"share": share}, role="customer_id"))
        findings += _far(orders["ordered_at"])
    if len(found.returns) >= MIN_ORDERS and len(found.returns) > len(found.lines):
        back: dict[str, Fact] = {"rows": len(found.returns)}
        findings.append(Finding("orders.finding.mostly_given_back", back, role="amount"))
    for reason, least, key, option, role in (
        ("far_date", 0.0, "orders.finding.far_dates_left_out", "keep_far_dates", ""),
        ("unpaid", MOST_SET_ASIDE, "orders.finding.mostly_unpaid", "keep_unpaid", ""),
        ("no_customer", MOST_SET_ASIDE, "orders.finding.mostly_nobody", "", "customer_id"),
    ):
        rows = set_aside.get(reason, 0)
        if rows > least * rows_in:
            findings.append(Finding(key, {"rows": rows}, role=role, option=option))
    return tuple(findings)


def _far(ordered_at: pd.Series) -> list[Finding]:
    """A few orders a year or more away from the others, and further than those took in all."""
    days = np.sort(ordered_at.to_numpy("datetime64[D]").astype(np.int64))
    few = max(1, int(FEW_FAR * len(days)))
    for gap_at in np.flatnonzero(np.diff(days) >= FAR_DAYS):
        early, late = int(gap_at) + 1, len(days) - int(gap_at) - 1
        rest = days[early:] if early <= few else days[:early]
        if min(early, late) <= few and days[gap_at + 1] - days[gap_at] > rest[-1] - rest[0]:
            far = days[0] if early <= few else days[-1]
            day = np.datetime64(int(far), "D").astype("datetime64[D]").item()
            return [Finding("orders.finding.far_dates", {"orders": min(early, late), "day": day}, role="ordered_at")]
    return []
