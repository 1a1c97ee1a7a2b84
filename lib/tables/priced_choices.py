"""Prices that stand in the name of a choice, as forms offer it (`Mug (€35.88)`) → a column of their own."""

import re
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from lib.tables import names

_SIGN = r"(?:€|\$|£|EUR|USD|GBP|CHF|kr|zł)"
_FIGURE = r"\d{1,6}(?:[.,]\d{1,2})?"
_PRICE = rf"(?P<price>{_SIGN}\s?{_FIGURE}|{_FIGURE}\s?{_SIGN})"
_BRACKETED = rf"^[^()\[\]\d][^()\[\]]{{0,120}}?\s*[(\[]\s*{_PRICE}\s*[)\]]$"
_DASHED = rf"^[^()\[\]\d][^()\[\]]{{0,120}}?\s[-–—:]\s{_PRICE}$"
_FORMS = {form: re.compile(form, re.ASCII) for form in (_BRACKETED, _DASHED)}
"""Each as text for Arrow and for a few cells: Arrow compiles a form anew for every column, of which there may be
thousands."""
_LONGEST = 200
"""Characters of a choice with its price."""
_ALL = 0.98
"""Share of the filled cells that must say a price."""
_LEAST = 3


def with_prices(columns: Mapping[str, pa.ChunkedArray]) -> tuple[Mapping[str, pa.ChunkedArray], str]:
    """The columns with a column `price` of the only one whose choices say their prices, and the name of this one.

    Where a column of money stands beside it, the prices say nothing new; it may have any heading (`Cobrado`).
    """
    if any(map(names.names_an_amount, columns)) or "price" in columns:
        return columns, ""
    if any(_OF_MONEY.search(name) for name in columns) or any(map(_has_cents, columns.values())):
        return columns, ""
    found = {name: prices for name, values in columns.items() if (prices := _prices(values)) is not None}
    if len(found) != 1:
        return columns, ""
    (name, prices), made = next(iter(found.items())), {}
    if any(_has_them(values, prices) for other, values in columns.items() if other != name):
        return columns, ""
    for column, values in columns.items():
        made[column] = values
        if column == name:
            made["price"] = prices
    return made, name


_OFTEN = 0.3


def _has_them(values: pa.ChunkedArray, prices: pa.ChunkedArray) -> bool:
    """Whether many cells of a column are the price or a multiple of it: what was paid, some with postage or less."""
    pairs = list(zip(values.slice(0, 50).to_pylist(), prices.slice(0, 50).to_pylist(), strict=True))
    figures = [(_figure(str(one)), _figure(str(two))) for one, two in pairs if one is not None and two is not None]
    same = [two <= one <= 20 * two > 0 and abs(one / two - round(one / two)) < 1e-6 for one, two in figures]
    return len(same) > 0 and sum(same) >= _OFTEN * len(same)


def _figure(text: str) -> float:
    """The one figure in a short text; 0 where there is none."""
    found = re.findall(r"\d{1,9}(?:[.,]\d{1,2})?(?!\d)", text[:40])
    return float(found[0].replace(",", ".")) if len(found) == 1 else 0.0


_OF_MONEY = re.compile(r"(?i)[€$£]|\b(?:eur|euros?|usd|gbp|chf)\b")
_CENTS = re.compile(r"^\W{0,3}\d{1,3}(?:[.,' ]?\d{3}){0,3}[.,]\d{1,2}\W{0,3}$", re.ASCII)
_MOST_CENTS = 0.5


def _has_cents(values: pa.ChunkedArray) -> bool:
    """Whether half of the cells are figures with one or two decimals."""
    if pa.types.is_floating(values.type):
        return True
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return False
    head = _head(values)
    return len(head) > 0 and sum(_CENTS.match(cell) is not None for cell in head) >= _MOST_CENTS * len(head)


def _head(values: pa.ChunkedArray) -> list[str]:
    """The first cells that are filled, long ones cut."""
    return [cell[: _LONGEST + 1] for cell in values.slice(0, 50).to_pylist() if cell is not None]


def _prices(values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)) or len(values) < _LEAST:
        return None
    head = _head(values)
    for form, compiled in _FORMS.items():
        if not head or sum(len(cell) <= _LONGEST and bool(compiled.match(cell)) for cell in head) < _ALL * len(head):
            continue
        figure = pc.struct_field(pc.extract_regex(values, form), "price")
        filled = len(values) - values.null_count
        if len(figure) - figure.null_count >= _ALL * filled:
            return figure
    return None
