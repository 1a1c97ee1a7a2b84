"""One row per customer: the features of a log at a cutoff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import btyd
from lib.features.catalogue import COUNTRY, FAMILIES, FEATURES
from lib.features.coded_log import CodedLog, Numbers, OrderLog, code, rows_by_name, table_index
from lib.features.constants import check_constants
from lib.features.cut import Cut
from lib.features.families import next_purchase_of, purchase_pattern_of


def customer_features(
    orders: OrderLog,
    cutoff: pd.Timestamp,
    *,
    columns: Sequence[str] | None = None,
    constants: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """One row per customer with an order line before the cutoff, sorted by `customer_id`, the index.

    `columns`: these, in this order; all of `FEATURES` by default. A name that is no feature raises KeyError.
    `constants`: the `features` of a model's card: BTYD parameters, horizon, season. Without BTYD parameters they are
    estimated from the lines before the cutoff.

    Raises UserError("scoring.card_constants") for constants that this version cannot compute with.
    """
    check_constants(constants or {})
    return features_of(code(orders), cutoff, columns=columns, constants=constants)


def features_of(
    log: CodedLog,
    cutoff: pd.Timestamp,
    *,
    columns: Sequence[str] | None = None,
    constants: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """`customer_features` of a log that is coded already."""
    wanted = list(columns) if columns is not None else [feature.name for feature in FEATURES]
    unknown = [name for name in wanted if name not in _FAMILY_OF]
    if unknown:
        raise KeyError(f"no such feature: {', '.join(unknown)}")
    cut = Cut(log, cutoff, constants or {})
    rows = rows_by_name(log, cut.customers)
    values: dict[str, Numbers] = {}
    for family in FAMILIES:
        if any(_FAMILY_OF[name] == family.name for name in wanted):
            values |= family.compute(cut)
    series = {
        name: pd.Series(_country(cut)[rows], dtype="str") if name == COUNTRY else pd.Series(values[name][rows])
        for name in wanted
    }
    return pd.DataFrame(series, columns=wanted).set_axis(table_index(log, rows), axis="index")


BTYD_FAMILIES = ("btyd", "btyd_next")
"""Families that depend on parameters of all customers; every other column depends on the customer's own lines."""


def btyd_columns(
    history: btyd.History, parameters: btyd.BtydParameters, columns: Sequence[str], horizon_days: float
) -> pd.DataFrame:
    """Those of the `columns` that the BTYD models give, one row per customer of the history, as `features_of` has
    them."""
    wanted = [name for name in columns if _FAMILY_OF[name] in BTYD_FAMILIES]
    values: dict[str, Numbers] = {}
    for family, compute in zip(BTYD_FAMILIES, (purchase_pattern_of, next_purchase_of), strict=True):
        if any(_FAMILY_OF[name] == family for name in wanted):
            values |= compute(parameters, history, horizon_days)
    return pd.DataFrame({name: values[name] for name in wanted}, columns=wanted)


def needs_btyd(columns: Sequence[str]) -> bool:
    """Whether one of the columns comes from the BTYD models."""
    return any(_FAMILY_OF[name] in BTYD_FAMILIES for name in columns)


def default_cutoff(orders: OrderLog) -> pd.Timestamp:
    """Midnight after the last order: everything counts, and the future begins."""
    return orders.lines["ordered_at"].max().normalize() + pd.Timedelta(days=1)


def history_of(log: CodedLog, cutoff: pd.Timestamp) -> btyd.History:
    """What the BTYD models look at, one element per customer, in the rows' order of the customer table."""
    cut = Cut(log, cutoff, {})
    return cut.history().take(rows_by_name(log, cut.customers))


_FAMILY_OF: Mapping[str, str] = {feature.name: feature.family for feature in FEATURES}


def _country(cut: Cut) -> NDArray[np.object_]:
    """The last country named in a customer's lines."""
    country = cut.log.line_country[: cut.lines]
    named = country >= 0
    last = np.full(cut.customers, -1, dtype=np.int64)
    last[cut.log.line_customer[: cut.lines][named]] = country[named]
    names = np.array([*cut.log.countries, None], dtype=object)
    return names[last]
