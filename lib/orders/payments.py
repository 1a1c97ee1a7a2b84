"""What was paid of each order against what it costs: by a column of payments, or by a table of them that was joined."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from lib.layouts.names import HEADER_WORDS, plain, words
from lib.orders.amounts import CENT, by_order, once
from lib.orders.coding import Codes, Flags, Numbers, numbers
from lib.orders.ledger import PaymentCheck
from lib.schema import PAYMENTS_SUM

_PAID = words(
    "paid pagado pagada pagados abonado bezahlt gezahlt paye payee payes pagato pagata pago paga pagos betaald "
    "zaplacono zaplacona betalt betald odenen payment payments zahlung zahlungen paiement paiements pagamento "
    "pagamentos pagamenti betaling betalingen wplata"
)
_NO_AMOUNT = words(
    "id method type status date day at due count number no fee fees tax unpaid shipping delivery refund refunded "
    "metodo tipo estado fecha art methode reference ref code sequential installments cuotas terms days"
)
_TOTAL = words("total totals totale gesamt gesamtsumme gesamtbetrag summe totaal suma importe razem somma montant")
_DELIVERY, _TAX = (HEADER_WORDS.groups[name] for name in ("delivery", "tax"))
_ENOUGH = 0.9
_MOST_COLUMNS = 2


def check_payments(
    frame: pd.DataFrame, roles: Mapping[str, str], order: Codes | None, amount: Numbers, used: Flags
) -> PaymentCheck | None:
    """The payments of each used order against what it costs; None where the file has no column of payments.

    What it costs is its total, its lines, or its lines with delivery and tax: whichever agrees most often. Where orders
    were paid somewhat more than their lines, and no column says for what, nothing can be said.
    """
    column = _payments_column(frame, roles)
    if column is None:
        return None
    codes = np.arange(len(frame), dtype=np.int64) if order is None else order
    at = used & np.isfinite(amount)
    lines = by_order(np.ones(len(frame)), codes, at)
    paid = once(numbers(frame[column]), codes)
    asked = (lines > 0) & np.isfinite(paid)
    best: tuple[float, str, Numbers] | None = None
    for name, costs in _costs(frame, roles, codes, amount, at, column):
        both = asked & np.isfinite(costs)
        if not both.any():
            continue
        share = float((np.abs(paid - costs)[both] <= 0.011 + CENT * lines[both]).mean())
        if best is None or share > best[0]:
            best = share, name, costs
        if share >= _ENOUGH:
            break
    if best is None:
        return None
    share, name, costs = best
    both = asked & np.isfinite(costs)
    if share < _ENOUGH and column not in roles.values():
        of_lines = by_order(np.nan_to_num(amount), codes, at)
        with np.errstate(divide="ignore", invalid="ignore"):
            more = (paid / of_lines)[asked & (of_lines > 0)]
        if len(more) and ((more > 0.999) & (more < 1.6)).mean() >= 0.8 and (more > 1.001).mean() >= 0.5:
            return None
    right = np.abs(paid - costs)[both] <= 0.011 + CENT * lines[both]
    return PaymentCheck(column, name, int(both.sum()), int(right.sum()), round(float((paid - costs)[both].sum()), 2))


def _payments_column(frame: pd.DataFrame, roles: Mapping[str, str]) -> str | None:
    if PAYMENTS_SUM in frame:
        return PAYMENTS_SUM
    taken = {column for role, column in roles.items() if role not in ("amount", "order_total", "order_discounted")}
    for column in map(str, frame.columns):
        said = set(plain(column).split())
        if said & _PAID and not said & _NO_AMOUNT and column not in taken and frame[column].dtype.kind in "iuf":
            if frame[column].isin((0, 1)).all():
                continue  # paid or not
            return column
    return None


def _costs(
    frame: pd.DataFrame, roles: Mapping[str, str], order: Codes, amount: Numbers, at: Flags, payments: str
) -> Iterator[tuple[str, Numbers]]:
    """What each order may cost, with the column that says so (empty for the sum of its lines)."""
    money = [roles[role] for role in ("order_total", "order_discounted") if role in roles]
    totals = [column for column in money if column != payments]
    for column in map(str, frame.columns):
        said = set(plain(column).split())
        free = column not in (payments, *roles.values()) and frame[column].dtype.kind in "iuf"
        if free and said & _TOTAL and not said & (_PAID | _NO_AMOUNT):
            totals.append(column)
    for column in totals[: 2 * _MOST_COLUMNS]:
        yield column, once(numbers(frame[column]), order)
    if payments == roles.get("amount") or (payments in roles.values() and not {"amount", "unit_price"} & roles.keys()):
        return  # the lines' money is what was paid
    lines = by_order(np.nan_to_num(amount), order, at)
    yield roles.get("amount", ""), lines
    for extras in product(_extras(frame, roles, order, at, _DELIVERY), _extras(frame, roles, order, at, _TAX)):
        yield roles.get("amount", ""), lines + extras[0] + extras[1]


def _extras(
    frame: pd.DataFrame, roles: Mapping[str, str], order: Codes, at: Flags, these: frozenset[str]
) -> Sequence[Numbers]:
    """Nothing, and each column of that kind: once per order, and summed over its lines."""
    found: list[Numbers] = [np.zeros(int(order.max(initial=-1)) + 1)]
    for column in map(str, frame.columns):
        if set(plain(column).split()) & these and frame[column].dtype.kind in "iuf" and column not in roles.values():
            values = numbers(frame[column])
            found += [np.nan_to_num(once(values, order)), by_order(np.nan_to_num(values), order, at)]
            if len(found) > 2 * _MOST_COLUMNS:
                break
    return found
