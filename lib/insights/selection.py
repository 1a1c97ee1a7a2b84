"""Which customers an element of Explore represents: a cell, a bar, a segment, a product, a sentence.

A criterion carries the filters under which it was chosen, so that it means the same customers whatever is looked at
later. Written as a short text it fits into an address and holds no name: products and countries stand as the first
digits of a hash, customers never.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.insights.customers import (
    ARRIVED,
    SEGMENTS,
    bands_of,
    best_customers,
    customers_of,
    cut_offs,
    lost_value,
    ordered_once,
    segments_at,
)
from lib.insights.first_order import first_orders_by
from lib.insights.history import DAY, Columns, Filters, Flags, History, Scope, scope
from lib.insights.over_time import FREQUENCIES, bucket_of, lost_orders
from lib.insights.products import lines_of

MAX_VALUES = 60
"""A criterion of more cells than these is no address any more; the others are left out."""


@dataclass(frozen=True)
class Criterion:
    """Customers for whom one of the `values` holds, under `filters`. What a value means depends on `kind`."""

    kind: str
    values: tuple[tuple[str, ...], ...]
    filters: Filters


def code_of(name: str) -> str:
    """The first digits of a hash that stand for a product or a country in an address."""
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def named_by(code: str, names: Sequence[str]) -> str | None:
    """Which of the names the code stands for; None where none does."""
    return next((name for name in names if code_of(name) == code), None)


def customers_meeting(history: History, criteria: Sequence[Criterion], columns: Columns = dict) -> Flags:
    """One flag per customer of the history: whether all criteria hold. An invalid criterion holds for no customer.

    `columns` gives the columns of the file that criteria can be about (`first_orders_by`), where any is.
    """
    keep = np.ones(len(history.customer_ids), dtype=bool)
    for criterion in criteria:
        view = replace(scope(history, criterion.filters), columns=columns)
        found = np.zeros(len(keep), dtype=bool)
        meets = KINDS.get(criterion.kind)
        if meets is not None and not view.empty:
            for values in criterion.values[:MAX_VALUES]:
                found |= _flags(history, _or_nobody(meets, view, values))
        keep &= found
    return keep


Meets = Callable[[Scope, Sequence[str]], "pd.Series | pd.Index"]


def _or_nobody(meets: Meets, view: Scope, values: Sequence[str]) -> pd.Series | pd.Index:
    """Values come from a URL: an unreadable one selects no customer."""
    try:
        return meets(view, values)
    except (ValueError, IndexError, KeyError, OverflowError):
        return pd.Index([], dtype="int64")


def _flags(history: History, customers: pd.Series | pd.Index) -> Flags:
    flags = np.zeros(len(history.customer_ids), dtype=bool)
    flags[np.asarray(customers, dtype=np.int64)] = True
    return flags


def _rfm(view: Scope, values: Sequence[str]) -> pd.Index:
    bands = bands_of(customers_of(view))
    return bands.index[(bands["recency_band"] == int(values[0])) & (bands["frequency_band"] == int(values[1]))]


def _segment(view: Scope, values: Sequence[str]) -> pd.Index:
    customers = customers_of(view)
    return customers.index[customers["segment"] == values[0]]


def _moved(view: Scope, values: Sequence[str]) -> pd.Index:

    now = segments_at(view.history, view.end, net=view.filters.net)
    then = segments_at(view.history, view.start, net=view.filters.net, against=cut_offs(now))
    before = then["segment"].astype("object").reindex(now.index).fillna(ARRIVED)
    moved = now.index[(before == values[0]) & (now["segment"] == values[1])]
    return moved.intersection(pd.Index(view.orders["customer"].unique()))


def _cohort(view: Scope, values: Sequence[str]) -> pd.Series:
    """Month of the first order; with an age, those of them who ordered in that month of their life."""
    month = pd.Period(values[0], freq="M")
    first = view.orders[view.orders["order_number"] == 1]
    members = first["customer"][bucket_of(first["ordered_at"], "month") == month]
    if len(values) < 2 or values[1] == "":
        return members
    active = view.orders["customer"][bucket_of(view.orders["ordered_at"], "month") == month + int(values[1])]
    return active[active.isin(members)]


def _time(view: Scope, values: Sequence[str]) -> pd.Series:
    """Who ordered in a bucket (its frequency and its first day): all customers, or those who were new, returning,
    reactivated or lost in it, or placed an order in it that was not their first (`repeat`)."""
    frequency = values[0]
    kind = values[2] if len(values) > 2 else ""
    start = pd.Timestamp(values[1])
    lapse = view.history.lapse_days * DAY
    if kind == "lost":
        ended = lost_orders(view)
        return ended["customer"][_in_bucket(ended["ordered_at"] + lapse, frequency, start)]
    orders = view.orders[_in_bucket(view.orders["ordered_at"], frequency, start)]
    if kind == "repeat":
        return orders["customer"][orders["order_number"] > 1]
    orders = orders.drop_duplicates("customer")
    is_new = orders["order_number"] == 1
    back = (orders["ordered_at"] - orders["previous_at"]) > lapse
    kinds = {"new": is_new, "reactivated": back, "returning": ~is_new & ~back, "": is_new | True}
    return orders["customer"][kinds[kind]]


def _in_bucket(moments: pd.Series, frequency: str, start: pd.Timestamp) -> np.ndarray:
    found = bucket_of(moments, {str(name): name for name in FREQUENCIES}[frequency])
    return np.asarray(found == pd.Period(start, freq=found.freq))


def _country(view: Scope, values: Sequence[str]) -> pd.Series:
    name = named_by(values[0], view.history.countries)
    return view.orders["customer"][(view.orders["country"] == name).to_numpy(bool)]


def _product(view: Scope, values: Sequence[str]) -> pd.Series:
    """Who bought one product, or two of them in one order."""
    lines = lines_of(view)
    names = [str(name) for name in lines["product"].cat.categories]
    wanted = [named_by(code, names) for code in values]
    orders = [set(lines["order"][lines["product"] == name]) for name in wanted]
    return view.history.orders["customer"].loc[sorted(set.intersection(*orders))]


def _began(view: Scope, values: Sequence[str]) -> pd.Series:
    """Whose first order of all was in a country, or had a product, or a value of a column of the file."""
    if values[0] == "country":
        groups, names = first_orders_by(view), list(view.history.countries)
    elif values[0] == "column":
        columns = view.columns()
        found = began_with(columns, values[1], values[2])
        if found is None:
            raise KeyError(values[1])
        groups = first_orders_by(view, columns[found[0]])
        return groups["customer"][(groups["group"] == found[1]).to_numpy(bool)]
    else:
        product = view.history.lines["product"]
        groups, names = first_orders_by(view, product), [str(name) for name in product.cat.categories]
    return groups["customer"][(groups["group"] == named_by(values[1], names)).to_numpy(bool)]


def _hour(view: Scope, values: Sequence[str]) -> pd.Series:
    moments = view.orders["ordered_at"]
    keep = moments.dt.day_of_week == int(values[0])
    if len(values) > 1 and values[1] != "":
        keep &= moments.dt.hour == int(values[1])
    return view.orders["customer"][keep]


def _best(view: Scope, values: Sequence[str]) -> pd.Index:
    """The percentage of the customers who spent most."""
    return best_customers(customers_of(view), min(100.0, float(values[0])) / 100).index


def _quiet(view: Scope, values: Sequence[str]) -> pd.Index:
    return lost_value(customers_of(view)).index


def _once(view: Scope, values: Sequence[str]) -> pd.Series:
    return ordered_once(view)


def _buyers(view: Scope, values: Sequence[str]) -> pd.Series:
    """All customers who ordered in the period; with `new`, those whose first order of all it was."""
    new = view.orders["order_number"] == 1
    return view.orders["customer"][new] if values and values[0] == "new" else view.orders["customer"]


def _returned(view: Scope, values: Sequence[str]) -> pd.Series:
    """Who gave something back in the period."""
    return view.returns["customer"][view.returns["customer"] >= 0]


KINDS: Mapping[str, Meets] = {
    "rfm": _rfm,
    "segment": _segment,
    "moved": _moved,
    "cohort": _cohort,
    "time": _time,
    "country": _country,
    "product": _product,
    "began": _began,
    "hour": _hour,
    "best": _best,
    "quiet": _quiet,
    "once": _once,
    "buyers": _buyers,
    "returned": _returned,
}
"""What a criterion can be about; each gives the numbers of the customers for whom it holds."""


# ------------------------------------------------------------------------------------------------ as text

_CODE = "[0-9a-f]{10}"
_NAMED = "|".join(SEGMENTS)
_TIME_KINDS = "new|returning|reactivated|lost|repeat"
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "rfm": re.compile("[0-4]:[0-4]"),
    "segment": re.compile(_NAMED),
    "moved": re.compile(f"(?:{_NAMED}|{ARRIVED}):(?:{_NAMED})"),
    "cohort": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?::\d{0,3})?"),
    "time": re.compile(rf"(?:{'|'.join(FREQUENCIES)}):(?P<day>\d{{8}})(?::(?:{_TIME_KINDS})?)?"),
    "country": re.compile(_CODE),
    "product": re.compile(f"{_CODE}(?::{_CODE})?"),
    "began": re.compile(f"(?:country|product|column:{_CODE}):{_CODE}"),
    "hour": re.compile("[0-6](?::(?:1?[0-9]|2[0-3])?)?"),
    "best": re.compile(r"\d{1,3}(?:\.\d{1,4})?"),
    "quiet": re.compile(""),
    "once": re.compile(""),
    "buyers": re.compile("(?:new)?"),
    "returned": re.compile(""),
}
"""What the values of each kind look like in a URL, which is untrusted."""


def filters_text(filters: Filters) -> str:
    """Filters without a name in them: `20240701-20250701~0123456789~gross`; days are the first and the one after."""
    start, end = (f"{moment:%Y%m%d}" if moment is not None else "" for moment in (filters.start, filters.end))
    parts = [f"{start}-{end}", *(code_of(name) for name in filters.countries), *([] if filters.net else ["gross"])]
    return "~".join(parts)


def filters_from_text(written: str, countries: Sequence[str]) -> Filters:
    """The filters that a text stands for. Raises ValueError; unknown countries are left out."""
    period, *others = written.split("~")
    start, _, end = period.partition("-")
    names = [named_by(code, countries) for code in others if code != "gross"]
    return Filters(_day(start), _day(end), tuple(name for name in names if name is not None), net="gross" not in others)


def _day(written: str) -> pd.Timestamp | None:
    return pd.Timestamp(pd.to_datetime(written, format="%Y%m%d")) if written else None


def criterion_text(criterion: Criterion) -> str:
    """A criterion as text: `rfm:3:2,3:3@20240701-20250701`."""
    cells = ",".join(":".join(values) for values in criterion.values[:MAX_VALUES])
    return f"{criterion.kind}:{cells}@{filters_text(criterion.filters)}"


def criterion_from_text(written: str, countries: Sequence[str]) -> Criterion:
    """The criterion that a text stands for. Raises ValueError."""
    what, at, under = written.partition("@")
    kind, _, cells = what.partition(":")
    if kind not in KINDS or not at:
        raise ValueError("no such criterion")
    for cell in cells.split(",")[:MAX_VALUES]:
        match = _SHAPES[kind].fullmatch(cell)
        if match is None:
            raise ValueError("no such value")
        _day(match.groupdict().get("day") or "")
    values = tuple(tuple(cell.split(":")) for cell in cells.split(",")[:MAX_VALUES])
    return Criterion(kind, values, filters_from_text(under, countries))


def criterion_in(history: History, written: str, columns: Columns = dict) -> Criterion | None:
    """The criterion that a text stands for in this history; None where the history lacks a country, product or column
    that it is about: without it, the criterion would mean other customers. Raises ValueError."""
    criterion = criterion_from_text(written, history.countries)
    if criterion_text(criterion) != written:  # a country of the filters is unknown
        return None
    return criterion if all(_is_known(history, criterion.kind, one, columns) for one in criterion.values) else None


def _is_known(history: History, kind: str, values: tuple[str, ...], columns: Columns) -> bool:
    match kind, values:
        case ("country", (code,)) | ("began", ("country", code)):
            return named_by(code, history.countries) is not None
        case ("product", codes) | ("began", ("product", *codes)):
            names = [str(name) for name in history.lines["product"].cat.categories]
            return all(named_by(code, names) is not None for code in codes)
        case "began", ("column", code, value):
            return began_with(columns(), code, value) is not None
    return True


def began_with(columns: Mapping[str, pd.Series], code: str, value: str) -> tuple[str, str] | None:
    """The column and the value of a first order that two codes stand for; None where there are none."""
    column = named_by(code, list(columns))
    found = None if column is None else named_by(value, [str(one) for one in columns[column].cat.categories])
    return None if column is None or found is None else (column, found)
