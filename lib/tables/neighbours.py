"""What the columns beside a date column say about dates that can be read two ways."""

import re
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.parsing import dates
from lib.parsing.dates import DateOrder
from lib.tables import names

_ROWS = 2_000
_CLOSE_DAYS = 60
_MONTH_WORDS = frozenset(("month", "mes", "mois", "monat", "mese", "maand", "maned", "miesiac", "mesic", "ay", "luna"))

Days = np.typing.NDArray[np.int64]


def date_order_beside(name: str, values: pa.ChunkedArray, columns: Mapping[str, pa.ChunkedArray]) -> DateOrder | None:
    """`day` or `month`, where another column settles what comes first in `values`, texts under the heading `name`.

    A column that names the month or the weekday of each row settles it, and so does a column of dates that can be read
    one way only and lies close to one reading, as the day of payment does to the day of the order.
    """
    look = values[:_ROWS]
    readings: dict[DateOrder, Days] = {}
    for order in ("day", "month"):
        parsed = dates.parse_dates(look, order=order, named=True)
        if parsed is None:
            return None
        readings[order] = _days(parsed.values)
    if np.array_equal(readings["day"], readings["month"]):
        return None
    for other, column in columns.items():
        if other == name:
            continue
        found = _by_column(other, column[:_ROWS], readings)
        if found is not None:
            return found
    return None


_NO_DAY = np.iinfo(np.int64).min


def _days(values: pa.ChunkedArray) -> Days:
    """Days since 1970; the lowest number where there is none."""
    moments = values.combine_chunks().to_numpy(zero_copy_only=False).astype("datetime64[D]")
    return np.where(np.isnat(moments), _NO_DAY, moments.astype(np.int64))


def _by_column(name: str, column: pa.ChunkedArray, readings: Mapping[DateOrder, Days]) -> DateOrder | None:
    if pa.types.is_timestamp(column.type):
        return _by_dates(_days(column), readings)
    if pa.types.is_integer(column.type) and set(names.tokens(name)) & _MONTH_WORDS:
        return _by_share(column.combine_chunks().to_numpy(zero_copy_only=False).astype(np.int64), readings, _months)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return None
    distinct = [str(cell) for cell in pc.unique(column).to_pylist() if cell]
    if not 1 <= len(distinct) <= 31:
        return None
    cells = column.to_pylist()
    if all(dates.month_number(cell) for cell in distinct):
        return _by_share(np.array([dates.month_number(cell or "") for cell in cells]), readings, _months)
    if all(dates.weekday_number(cell) >= 0 for cell in distinct):
        return _by_share(np.array([dates.weekday_number(cell or "") for cell in cells]), readings, _weekdays)
    return None


def _by_dates(other: Days, readings: Mapping[DateOrder, Days]) -> DateOrder | None:
    held = (other != _NO_DAY) & (readings["day"] != _NO_DAY) & (readings["month"] != _NO_DAY)
    held &= readings["day"] != readings["month"]
    if held.sum() < 2:
        return None
    apart = {order: float(np.median(np.abs(days[held] - other[held]))) for order, days in readings.items()}
    best = min(apart, key=lambda order: apart[order])
    return best if apart[best] <= _CLOSE_DAYS and apart[best] * 4 < max(apart.values()) else None


def _months(days: Days) -> Days:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1


def _weekdays(days: Days) -> Days:
    return (days + 3) % 7


def _by_share(written: Days, readings: Mapping[DateOrder, Days], part: Callable[[Days], Days]) -> DateOrder | None:
    share: dict[DateOrder, float] = {}
    for order, days in readings.items():
        held = days != _NO_DAY
        share[order] = float((part(days[held]) == written[held]).mean()) if held.any() else 0.0
    best = max(share, key=lambda order: share[order])
    return best if share[best] >= 0.95 and min(share.values()) < 0.8 else None


_MOST_WRITERS = 60
"""Different texts in a column that says who wrote a row: stores, countries, terminals."""
_LEAST_DATES = 3
_LEAST_SHARE = 0.05
"""Different dates, and share of the rows, that settle either order where it is a habit; fewer are slips of the pen."""
_WARES = re.compile(
    r"product|products|item|items|article|articles|artikel|articulo|articulos|producto|productos|produit|produits|"
    r"prodotto|prodotti|produto|produtos|produkt|produkte|sku|title|description|descripcion|bezeichnung|category|"
    r"categoria|kategorie|categorie|quantity|qty|cantidad|menge|quantite|quantita|quantidade|aantal|price|precio|"
    r"preis|prix|prezzo|preco|prijs|amount|total|status|email|customer|client|cliente|kunde|klant"
)
"""What is in the headings of goods, amounts, states and customers: none of them writes dates."""


def orders_by_group(
    text: pa.ChunkedArray, mixed: dates.BothOrders, columns: Mapping[str, pa.ChunkedArray]
) -> tuple[str, pa.Array] | None:
    """The column that tells rows with the day first from those with the month first, and per row if the day is first.

    All rows of one text must agree, and each text must have a row that settles it. Of several such columns, the one
    with the fewest texts. None where few of the dates in `text` are written in one of the orders.
    """
    for flags in (mixed.first_only, mixed.second_only):
        settling = pc.count_distinct(text.filter(pa.array(flags))).as_py()
        if settling < _LEAST_DATES or flags.sum() < _LEAST_SHARE * mixed.written.sum():
            return None
    found: list[tuple[int, str, pa.Array]] = []
    for name, column in columns.items():
        if any(map(_WARES.fullmatch, names.tokens(name))):
            continue
        encoded = pc.fill_null(column, "").combine_chunks().dictionary_encode()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        size = len(encoded.dictionary)
        if not 2 <= size <= min(_MOST_WRITERS, len(column) // 4):
            continue
        at = np.asarray(encoded.indices)
        day, month, rows = (
            np.bincount(at[flags], minlength=size) for flags in (mixed.first_only, mixed.second_only, mixed.written)
        )
        if not ((day > 0) & (month > 0)).any() and ((day > 0) | (month > 0) | (rows == 0)).all():
            found.append((size, name, pa.array((day > 0)[at])))
    if not found:
        return None
    _, name, day_first = min(found, key=lambda one: one[0])
    return name, day_first
