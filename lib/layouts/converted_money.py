"""Amounts in several currencies beside a column that holds them all in one: the shop's own."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib.layouts.value_profiles import ValueProfile, numbers_in

_EQUAL = 0.99
"""Share of the rows in the shop's currency whose two amounts must be equal."""
_STEADY = 0.25
"""How far the rate of a currency may go from its middle in a history, as a share."""
_LEAST = 2


def in_one_currency(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where rows have several currencies, take the column that equals the amount in one of them and is a steady
    multiple of it in each other: the same money in one currency. The column of currencies then decides nothing.
    """
    money = "amount" if "amount" in roles else "order_total" if "order_total" in roles else ""
    if not money or "currency" not in roles:
        return
    currency = frame[roles["currency"]].astype("str").str.strip().str.upper()
    paid = numbers_in(frame[roles[money]]).to_numpy(np.float64)
    counts = currency[currency.notna() & (currency != "")].value_counts()
    if len(counts) < 2:
        return
    for column, profile in profiles.items():
        if profile.kind != "number" or column in roles.values():
            continue
        other = numbers_in(frame[column]).to_numpy(np.float64)
        if _is_converted(paid, other, currency.to_numpy(object), [str(name) for name in counts.index]):
            for role in ("currency", "unit_price", "discount", "order_discounted"):
                reasons.pop(roles.pop(role, ""), None)
            reasons.pop(roles[money], None)
            roles[money] = column
            reasons[column] = "layouts.reason.content"
            return


def _is_converted(paid: np.ndarray, other: np.ndarray, currency: np.ndarray, names: list[str]) -> bool:
    known = np.isfinite(paid) & np.isfinite(other) & (paid != 0)
    same = known & (np.abs(paid - other) <= 0.011)
    bases = [name for name in names if same[(currency == name) & known].mean() >= _EQUAL] if known.any() else []
    if len(bases) != 1 or (known & (currency == bases[0])).sum() < _LEAST:
        return False
    for name in names:
        rows = known & (currency == name)
        if name == bases[0] or not rows.any():
            continue
        rates = (other[rows] / paid[rows])[np.abs(paid[rows]) >= 1]
        if not len(rates):
            continue
        middle = float(np.median(rates))
        if middle <= 0 or abs(middle - 1) < 0.001 or (np.abs(rates / middle - 1) > _STEADY).mean() > 1 - _EQUAL:
            return False
    return True
