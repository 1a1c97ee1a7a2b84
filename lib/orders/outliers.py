"""Outliers: lines far beyond all others, or of no product. Shown always, set aside only on request."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.orders.coding import NO_MOMENT, Coded, Codes, Numbers
from lib.orders.ledger import Orders

Flags = NDArray[np.bool_]

FAR_BEYOND = 30.0
"""A line is extreme when its quantity or amount is this many times what 99 of 100 lines stay below."""

_NOT_PRODUCTS = re.compile(
    r"\b(postage|shipping|carriage|delivery|freight|manual|adjust(ment)?|bad debt|bank charges?|fees?|commission|"
    r"discount|samples?|donation|gift (card|voucher|wrap)|voucher|deposit|tip|insurance|"
    r"envio|gastos de envio|portes|comision|descuento|tarjeta regalo|livraison|frais( de port)?|remise|carte cadeau|"
    r"versand(kosten)?|porto|gebuhr|rabatt|gutschein|frete|desconto|vale presente)\b"
)
_CODES = re.compile(
    r"^(post|dot|m|d|s|b|c2|pads|cruk|bank charges|amazonfee|adjust2?|ship(ping)?|gift_.*|test\d*)$", re.I
)


def far_beyond(values: Numbers) -> Flags:
    """Which values are far beyond all others, above or below zero."""
    size = np.abs(values)
    seen = size[np.isfinite(size) & (size > 0)]
    if len(seen) < 100:
        return np.zeros(len(values), dtype=bool)
    return size > FAR_BEYOND * np.quantile(seen, 0.99)


DAY = 86_400_000_000
FIRST_DAY, LAST_DAY = (int(np.datetime64(day, "us").astype(np.int64)) for day in ("1980-01-01", "2100-01-01"))
"""No shop of ours took an order before or after, unless all its orders are there."""
FAR_YEARS = 5.0
MOST_FAR = 0.02
"""A few orders are far when they are years away from all others, and further than twice as long as those took."""
MIN_ORDERS = 10
NO_DATES = tuple(
    int(np.datetime64(day, "us").astype(np.int64) // DAY)
    for day in ("1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01", "1980-01-01", "2000-01-01",
                "2001-01-01", "2099-12-31")
)  # fmt: skip
"""Days that programs write where there is no date."""


def far_dates(moment: Codes, used: Flags) -> Flags:
    """Which of the used rows are dated years away from the others. Moments are in microseconds since 1970."""
    found = np.zeros(len(moment), dtype=bool)
    known = used & (moment != NO_MOMENT)
    if known.sum() < 3:
        return found
    impossible = known & ((moment < FIRST_DAY) | (moment >= LAST_DAY))
    if 0 < impossible.sum() <= 0.5 * known.sum():
        found |= impossible
    for far, rest in _ends(moment[known & ~found]):
        rows = known & ~found & np.isin(moment // DAY, far)
        span = (rest[-1] - rest[0]) / 365.25
        gap = min(abs(far - rest[0]).min(), abs(far - rest[-1]).min()) / 365.25
        no_date = set(far.tolist()) <= set(NO_DATES)
        few = rows.sum() <= max(1.0, MOST_FAR * known.sum()) and known.sum() >= MIN_ORDERS
        if gap >= FAR_YEARS and ((no_date and rows.sum() <= 0.5 * known.sum()) or (few and gap > 2 * span)):
            found |= rows
    return found


def _ends(moment: Codes) -> list[tuple[Codes, Codes]]:
    """Days at either end that are parted from the others by years, with the others."""
    days = np.unique(moment // DAY)
    if len(days) < 2:
        return []
    gaps = np.flatnonzero(np.diff(days) >= FAR_YEARS * 365)
    found = []
    if len(gaps):
        first, last = int(gaps[0]) + 1, int(gaps[-1]) + 1
        middle = days[first:last] if last > first else days
        if (moment // DAY < days[first]).sum() <= (moment // DAY >= days[first]).sum():
            found.append((days[:first], middle if len(middle) and last > first else days[first:]))
        if (moment // DAY >= days[last]).sum() < (moment // DAY < days[last]).sum():
            found.append((days[last:], middle if len(middle) and last > first else days[:last]))
    return found


def not_products(codes: Coded | None, names: Coded | None, rows: int) -> Flags:
    """Which rows are postage, fees, corrections and the like."""
    found = np.zeros(rows, dtype=bool)
    if codes is not None:
        found |= codes.rows(codes.names.str.match(_CODES))
    if names is not None:
        found |= names.rows(
            names.names.str.lower().map(lambda name: bool(_NOT_PRODUCTS.fullmatch(str(name)))).astype(bool)
        )
    return found


def extreme_lines(orders: Orders) -> pd.DataFrame:
    """Lines and returns far beyond all others by quantity or amount, largest amount first; columns as `ORDER_LINES`."""
    both = pd.concat([orders.lines, orders.returns], ignore_index=True)
    extreme = far_beyond(both["quantity"].to_numpy()) | far_beyond(both["amount"].to_numpy())
    found = both[extreme]
    return found.iloc[np.argsort(-found["amount"].abs().to_numpy(), kind="stable")].reset_index(drop=True)
