"""Rows whose blank cells mean "as above": only the first line of an order says when it was and who bought."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.layouts.names import words
from lib.orders.coding import moments
from lib.orders.placeholders import fold

_OF_THE_ORDER = ("order_id", "ordered_at", "customer_id", "email", "phone", "customer_name")
_NAMES = ("customer_id", "email", "phone", "customer_name")
_SAID_ONCE = (
    "status",
    "payment_status",
    "record_type",
    "cancelled_at",
    "test",
    "currency",
    "payment_method",
    "fulfillment",
)
"""What the first row of an order says of it, where no order number takes it to the others."""
_OF_THE_LINE = ("product", "product_code", "unit_price", "quantity", "amount")
_TOTALS = words("total totals subtotal sum summe gesamt gesamtsumme zwischensumme suma totale totaal somme grand")


def fill_down(frame: pd.DataFrame, roles: Mapping[str, str], date_format: str) -> pd.DataFrame:
    """The table with what an order says once written on each of its rows; the same table where nothing is to be filled.

    A row belongs to the one above when order, date and customer are all blank and it has at least two cells of a line.
    Rows of totals do not, nor do sums of the rows above that a printed list carries from page to page. In a report by
    customer, the name alone is blank; it is filled where dates begin anew with each name. A role that is missing counts
    as neither blank nor filled.
    """
    of_order = [roles[role] for role in _OF_THE_ORDER if role in roles]
    if "ordered_at" not in roles or len(of_order) < 2 or not len(frame):
        return frame
    date_blank = _blank(frame[roles["ordered_at"]])
    if date_blank.any():
        frame = _name_above(frame, roles, date_blank)
    if not date_blank.any():
        return _report_by_customer(frame, roles, date_format)
    continues = date_blank
    for column in of_order:
        continues = continues & _blank(frame[column])
    of_line = [roles[role] for role in _OF_THE_LINE if role in roles]
    if not continues.any() or len(of_line) < 2:
        return frame
    written = sum((~_blank(frame[column])).astype(np.int64) for column in of_line)
    continues &= np.asarray(written >= 2)
    at = np.flatnonzero(continues)
    for column in frame.columns:
        if frame[column].dtype.kind in "OTU" or frame[column].dtype == "str":
            cells = frame[column].iloc[at].astype("str").fillna("").to_numpy(object)
            continues[at] &= np.array([not set(fold(cell).split()) & _TOTALS for cell in cells], dtype=bool)
    continues &= ~_sums_so_far(frame, roles, continues)
    if not continues.any() or continues[0]:
        return frame
    frame = _names_of_blocks(frame, roles, date_format, ~date_blank)
    if "order_id" not in roles:
        said = [roles[role] for role in _SAID_ONCE if role in roles]
        of_order += [column for column in said if _blank(frame[column])[continues].all()]
    return _filled(frame, of_order, continues)


MIN_SUMMED = 3
"""Rows from which on it is no chance that a further row equals their sum."""


def _sums_so_far(frame: pd.DataFrame, roles: Mapping[str, str], asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the rows asked for are the sum of all lines above (`Carried forward`), or of those since such a row.

    Such a row has no pieces, price or code; in a table without these columns, there are several.
    """
    found = np.zeros(len(frame), dtype=bool)
    column = next((roles[role] for role in ("amount", "order_total") if role in roles), "")
    if not column or frame[column].dtype.kind not in "iuf":
        return found
    of_goods = [roles[role] for role in ("quantity", "unit_price", "product_code") if role in roles]
    asked = np.logical_and.reduce([asked, *(_blank(frame[name]) for name in of_goods)])
    if not asked.any():
        return found
    money = frame[column].to_numpy(np.float64)
    above = since = 0.0
    lines = lines_since = 0
    for at in np.flatnonzero(np.isfinite(money)):
        paid = float(money[at])
        right = 0.006 + 1e-9 * abs(paid)
        if asked[at] and (
            (lines >= MIN_SUMMED and abs(paid - above) <= right)
            or (lines_since >= MIN_SUMMED and abs(paid - since) <= right)
        ):
            found[at], since, lines_since = True, 0.0, 0
        else:
            above, since, lines, lines_since = above + paid, since + paid, lines + 1, lines_since + 1
    return found if of_goods or found.sum() > 1 else np.zeros(len(frame), dtype=bool)


def _filled(frame: pd.DataFrame, columns: list[str], rows: NDArray[np.bool_]) -> pd.DataFrame:
    """Those rows take the cells of the nearest row above that is not one of them."""
    above = np.maximum.accumulate(np.where(rows, 0, np.arange(len(frame))))
    return frame.assign(**{column: pd.Series(frame[column].array.take(above), index=frame.index) for column in columns})


MIN_BLOCKS = 3


def _name_above(frame: pd.DataFrame, roles: Mapping[str, str], date_blank: NDArray[np.bool_]) -> pd.DataFrame:
    """A report in which each customer stands in a row above its orders: rows with a date get its name."""
    names = [roles[role] for role in _NAMES if role in roles]
    money = [roles[role] for role in (*_OF_THE_LINE, "order_total") if role in roles]
    if not names or not money:
        return frame
    unnamed = np.logical_and.reduce([_blank(frame[column]) for column in names])
    bare = np.logical_and.reduce([_blank(frame[column]) for column in money])
    heads = date_blank & ~unnamed & bare
    if heads.sum() < 2 or not (unnamed & ~date_blank).any() or unnamed[~date_blank].mean() < 0.95:
        return frame
    first = int(np.flatnonzero(~date_blank)[0])
    if not heads[:first].any():
        return frame
    above = np.maximum.accumulate(np.where(heads, np.arange(len(frame)), 0))
    source = np.where(unnamed & ~date_blank, above, np.arange(len(frame)))
    return frame.assign(**{column: pd.Series(frame[column].array.take(source), index=frame.index) for column in names})


def _names_of_blocks(
    frame: pd.DataFrame, roles: Mapping[str, str], date_format: str, begins: NDArray[np.bool_]
) -> pd.DataFrame:
    """The table with the name of each customer on the first row of each of its orders (`begins`), where a pivot table
    writes it on the first row of the customer only."""
    at = np.flatnonzero(begins)
    heads = frame.iloc[at]
    named = _report_by_customer(heads, roles, date_format)
    if named is heads:
        return frame
    columns = [roles[role] for role in _NAMES if role in roles]
    source = np.arange(len(frame))
    blank = np.logical_and.reduce([_blank(heads[column]) for column in columns])
    source[at] = at[np.maximum.accumulate(np.where(blank, 0, np.arange(len(at))))]
    return frame.assign(**{name: pd.Series(frame[name].array.take(source), index=frame.index) for name in columns})


def _report_by_customer(frame: pd.DataFrame, roles: Mapping[str, str], date_format: str) -> pd.DataFrame:
    names = [roles[role] for role in _NAMES if role in roles]
    if len(names) == 0 or ("order_id" in roles and frame[roles["order_id"]].duplicated().any()):
        return frame
    blank = np.logical_and.reduce([_blank(frame[column]) for column in names])
    if blank[0] or blank.sum() < 0.2 * len(frame) or (~blank).sum() < MIN_BLOCKS:
        return frame
    if frame[names[0]][~blank].duplicated().any():
        return frame
    column = frame[roles["ordered_at"]]
    moment = moments(column, date_format if column.dtype.kind != "M" else "")
    step = np.sign(moment[1:] - moment[:-1])
    within = blank[1:]
    for forwards in (1, -1):
        if (step[within] * forwards >= 0).mean() > 0.95 and (step[~within] * forwards < 0).mean() >= 0.3:
            return _filled(frame, names, blank)
    return frame


def _blank(column: pd.Series) -> NDArray[np.bool_]:
    missing = column.isna().to_numpy()
    if column.dtype.kind in "OTU" or column.dtype == "str":
        return missing | (column.astype("str").str.strip() == "").to_numpy(bool, na_value=False)
    return missing
