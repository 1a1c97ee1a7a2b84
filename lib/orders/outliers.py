"""Outliers: lines far beyond all others, or of no product. Shown always, set aside only on request."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.orders.coding import Coded, Numbers
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
