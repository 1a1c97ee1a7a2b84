"""Lines that were paid in several ways, a row each; and how many pieces of a line came back."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lib.layouts.money_columns import PAID
from lib.layouts.names import HEADER_WORDS, plain, words
from lib.orders.coding import Codes, Flags, Numbers, mixed, numbers

_PAYMENT = PAID | words("payment tender tenders settlement pago zahlung paiement pagamento betaling tendered")
_BACK = HEADER_WORDS.groups["refund"] | words(
    "returned return returns devuelta devueltas devueltos devolvida devolvidas devolvido retourniert retour retouren "
    "retourne retournee retournees resa resi reso restituiti teruggestuurd geretourneerd zwrocono returnerade"
)
_PIECES = HEADER_WORDS.groups["quantity"]
_NO_PIECES = HEADER_WORDS.groups["money"] - HEADER_WORDS.groups["quantity"] - {"total", "totale"}
MIN_SPLIT = 2
"""Lines paid in several parts, from which on this is no chance."""
PROVEN = 0.95
CENT = 0.011


def payment_columns(frame: pd.DataFrame, roles: Mapping[str, str]) -> list[str]:
    """The columns of what was paid by a row's way of payment, beside the line's own amount."""
    if "amount" not in roles and "unit_price" not in roles:
        return []
    free = (column for column in map(str, frame.columns) if column not in roles.values())
    return [column for column in free if frame[column].dtype.kind in "iuf" and _PAYMENT & set(plain(column).split())]


def further_payments(
    frame: pd.DataFrame, roles: Mapping[str, str], same: Sequence[Codes | Numbers], amount: Numbers, used: Flags
) -> Flags:
    """Rows that repeat a line because it was paid in several ways: together the ways are the line's amount.

    `same`: what two rows of one line have in common (order, customer, moment, product, quantity, amount), as codes.
    """
    found = np.zeros(len(frame), dtype=bool)
    columns = payment_columns(frame, roles)
    at = np.flatnonzero(used & np.isfinite(amount)) if columns else found[:0]
    if not len(at):
        return found
    line = pd.factorize(mixed(*(part[at] for part in same)))[0]
    several = np.bincount(line)[line] > 1
    if len(np.unique(line[several])) < MIN_SPLIT:
        return found
    for column in columns:
        paid = np.nan_to_num(numbers(frame[column]))[at]
        together = np.bincount(line, weights=paid)
        right = np.abs(together[line] - amount[at]) <= CENT
        if right[several].mean() >= PROVEN and (several.all() or right[~several].mean() >= PROVEN):
            found[at] = pd.Series(line).duplicated().to_numpy() & right
            return found
    return found


def returned_column(frame: pd.DataFrame, roles: Mapping[str, str]) -> str:
    """The column of how many pieces of the line came back; empty where there is none, or where the money that was
    given back has a column."""
    if "quantity" not in roles or "refunded" in roles:
        return ""
    for column in map(str, frame.columns):
        said = set(plain(column).split())
        if column in roles.values() or frame[column].dtype.kind not in "iuf" or said & _NO_PIECES:
            continue
        if said & _BACK and said & _PIECES:
            return column
    return ""


def returned_shares(frame: pd.DataFrame, roles: Mapping[str, str], quantity: Numbers, amount: Numbers) -> Numbers:
    """Per row the share of its money that was given back with the pieces; zero where the amount is without them."""
    nothing = np.zeros(len(frame))
    column = returned_column(frame, roles)
    if not column:
        return nothing
    back = np.abs(np.nan_to_num(numbers(frame[column])))
    asked = (back > 0) & (quantity > 0) & (back <= quantity) & np.isfinite(amount)
    if not asked.any():
        return nothing
    if "unit_price" in roles:
        price = numbers(frame[roles["unit_price"]])
        left = price * (quantity - back)
        if (np.abs(left - amount)[asked] <= CENT).mean() > 0.5:
            return nothing
    return np.where(asked, back / np.where(asked, quantity, 1.0), 0.0)
