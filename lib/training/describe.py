"""What the training customers looked like, column by column, without any one of them: `card.columns`."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lib.card import CardColumn, Kind
from lib.parsing.rounding import round_significant

MIN_CATEGORY_CUSTOMERS = 10
"""A category enters a card, or a model, only if at least this many customers have it."""

MAX_CATEGORIES = 50
"""No card lists more categories of one column; the most frequent are kept."""

_EPOCH = pd.Timestamp("1970-01-01")


def describe(features: pd.DataFrame, units: Mapping[str, str] | None = None) -> tuple[CardColumn, ...]:
    """One `CardColumn` per column of a table with one row per customer.

    A date is given in days since 1970-01-01; of a yes/no column `typical` is the share of yes and `shares` are those of
    no and yes. Numbers are rounded to three significant digits.
    """
    units = units or {}
    return tuple(_column(features[name], str(name), units.get(str(name), "")) for name in features.columns)


def kind_of(values: pd.Series) -> Kind:
    """Whether a column holds numbers, categories, yes/no or dates."""
    if pd.api.types.is_bool_dtype(values):
        return "yes_no"
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    return "number" if pd.api.types.is_numeric_dtype(values) else "category"


def frequent(values: pd.Series, at_least: int = MIN_CATEGORY_CUSTOMERS) -> tuple[str, ...]:
    """The categories that at least the required number of customers have, the most frequent first; ties by name."""
    counts = values.dropna().astype("str").value_counts().rename_axis("category").reset_index(name="customers")
    counts = counts[counts["customers"] >= at_least].sort_values(["customers", "category"], ascending=[False, True])
    return tuple(counts["category"].head(MAX_CATEGORIES))


def days_since_1970(values: pd.Series) -> pd.Series:
    """Moments as days, missing where they are missing; a zone, if any, is dropped."""
    naive = values.dt.tz_localize(None) if values.dt.tz is not None else values
    return (naive - _EPOCH) / pd.Timedelta(days=1)


def _column(values: pd.Series, name: str, unit: str) -> CardColumn:
    kind = kind_of(values)
    missing = round(float(values.isna().mean()), 3) if len(values) else 0.0
    if kind == "category":
        shown = frequent(values)
        shares = values.astype("str").value_counts().reindex(list(shown)) / max(len(values), 1)
        return CardColumn(name, kind, unit, categories=shown, shares=_shares(shares), share_missing=missing)
    if kind == "yes_no":
        yes = float(values.astype("float64").mean())
        return CardColumn(
            name, kind, unit, 0.0, 1.0, round_significant(yes), shares=_shares((1 - yes, yes)), share_missing=missing
        )
    numbers = days_since_1970(values) if kind == "date" else values.astype("float64")
    numbers = numbers[np.isfinite(numbers)]
    if numbers.empty:
        return CardColumn(name, kind, unit, share_missing=missing)
    low, typical, high = (_rounded_as(kind, value) for value in numbers.quantile([0.005, 0.5, 0.995]))
    edges = sorted({_rounded_as(kind, value) for value in numbers.quantile(np.arange(0.1, 0.95, 0.1))})
    # A value on an edge lies above it, so that many customers with one same value fall into one place.
    places = np.bincount(np.searchsorted(edges, numbers, side="right"), minlength=len(edges) + 1)
    return CardColumn(
        name,
        kind,
        unit,
        low,
        high,
        typical,
        edges=tuple(edges),
        shares=_shares(places / len(numbers)),
        share_missing=missing,
    )


def _rounded_as(kind: Kind, value: float) -> float:
    # Three digits of a day count since 1970 would be months: whole weeks are as coarse as a date needs.
    return float(round(value / 7) * 7) if kind == "date" else round_significant(value)


def _shares(values: Sequence[float] | np.ndarray | pd.Series) -> tuple[float, ...]:
    return tuple(round(float(value), 3) for value in values)
