"""Amounts in several currencies beside a column that holds them all in one: the shop's own."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.layouts.names import plain, words
from lib.layouts.value_profiles import ValueProfile, numbers_in

Numbers = NDArray[np.float64]

_EQUAL = 0.99
"""Share of the rows in the shop's currency whose two amounts must be equal."""
_STEADY = 0.25
"""How far the rate of a currency may go from its middle in a history, as a share."""
_LEAST = 2
_MOST_CURRENCIES = 200
"""Different ones in a column; the world has about 180."""
_MOST_COLUMNS = 100
"""Of numbers that are compared, each with each: of a table with thousands, those whose names say something first."""
_SAID = words(
    "converted conversion base home local settled settlement reporting functional domestic "
    "convertido convertida base local liquidado umgerechnet hauswahrung lokal converti local convertito locale"
)
"""Words of column names for money in the shop's own currency; such a column may also name the currency."""
_SHOPS = words("company shop store own")
_CURRENCY = words("currency money moneda devise wahrung valuta moeda waluta")
"""Words that say the same together: `Total in shop currency`. A `Store total` may be without a tax."""
_OTHER_MONEY = words(
    "net netto neto nett tax taxable taxes vat gst iva mwst ust steuer tva imponible imposable imponibile imposta "
    "cost costs coste kosten cout costo shipping delivery versand envio fee fees points puntos margin profit discount "
    "subtotal subtotale zwischensumme"
)
"""Words of column names for something else than what was paid, which equals it where a country has no tax. The amount's
own header may have such a word, too: `Net` and `Net (converted)`."""


def _is_other_money(column: str, money: str) -> bool:
    return bool(set(plain(column).split()) & _OTHER_MONEY - set(plain(money).split()))


def _says_converted(column: str, base: str) -> bool:
    said = set(plain(column).split())
    if said == {"base"}:
        return False
    return bool(said & (_SAID | {base.casefold()}) or (said & _SHOPS and said & _CURRENCY))


def in_one_currency(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where rows have several currencies, take the column that equals the amount in one of them and is a steady
    multiple of it in each other: the same money in one currency. The column of currencies then decides nothing.

    A net amount may be such a multiple, too, where taxes differ by country: the column must say that it is converted,
    name that currency, or be the amount times (or by) a column of rates.
    """
    money = "amount" if "amount" in roles else "order_total" if "order_total" in roles else ""
    if not money or "currency" not in roles:
        return
    currency = frame[roles["currency"]].astype("str").str.strip().str.upper()
    paid = numbers_in(frame[roles[money]]).to_numpy(np.float64)
    counts = currency[currency.notna() & (currency != "")].value_counts()
    if not 2 <= len(counts) <= _MOST_CURRENCIES:
        return
    said = _SAID | {str(name).casefold() for name in counts.index}
    columns = [column for column, profile in profiles.items() if profile.kind == "number"]
    if len(columns) > _MOST_COLUMNS:
        columns.sort(key=lambda column: not set(plain(column).split()) & said)
    numbers = {column: numbers_in(frame[column]).to_numpy(np.float64) for column in columns[:_MOST_COLUMNS]}
    rates = [values for column, values in numbers.items() if not _is_other_money(column, "")]
    names, written = [str(name) for name in counts.index], currency.to_numpy(object)
    for column, other in numbers.items():
        if column in roles.values() or _is_other_money(column, roles[money]):
            continue
        base = _base(paid, other, written, names)
        if base and (_says_converted(column, base) or _by_rates(rates, paid, other)):
            for role in ("currency", "unit_price", "discount", "order_discounted"):
                reasons.pop(roles.pop(role, ""), None)
            reasons.pop(roles[money], None)
            roles[money] = column
            reasons[column] = "layouts.reason.content"
            return


def _base(paid: Numbers, other: Numbers, currency: NDArray[np.object_], names: Sequence[str]) -> str:
    """The currency in which `other` is `paid`, where it is; empty else. All three hold one element per row."""
    known = np.isfinite(paid) & np.isfinite(other) & (paid != 0)
    same = known & (np.abs(paid - other) <= 0.011)
    of = {name: known & (currency == name) for name in names}
    bases = [name for name, rows in of.items() if rows.sum() >= _LEAST and same[rows].mean() >= _EQUAL]
    if len(bases) != 1:
        return ""
    for name, rows in of.items():
        rates = (other[rows] / paid[rows])[np.abs(paid[rows]) >= 1]
        if name == bases[0] or not len(rates):
            continue
        middle = float(np.median(rates))
        if middle <= 0 or abs(middle - 1) < 0.001 or (np.abs(rates / middle - 1) > _STEADY).mean() > 1 - _EQUAL:
            return ""
    return bases[0]


def _by_rates(columns: Iterable[Numbers], paid: Numbers, other: Numbers) -> bool:
    """Whether another column is the rate by which an amount became the other."""
    known = np.isfinite(paid) & np.isfinite(other) & (np.abs(paid) >= 1)
    for rates in columns:
        if not known.any():
            continue
        at = known & np.isfinite(rates) & (rates > 0)
        if at.sum() < 0.9 * known.sum() or np.ptp(rates[at]) == 0:
            continue
        for made in (paid[at] * rates[at], paid[at] / rates[at]):
            if (np.abs(made - other[at]) <= 0.011 + 0.005 * np.abs(other[at])).mean() >= _EQUAL:
                return True
    return False
