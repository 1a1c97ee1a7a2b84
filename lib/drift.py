"""Drift: how far new customers are from those that the model was trained on, column by column and overall.

New customers are compared with the summary in the model's card (deciles, categories, share of missing values), since
the training customers themselves are not in the file. Population stability index: sum of (new − old) · ln(new / old)
over the bins; by the convention of credit scoring (Siddiqi 2006), under 0.1 is stable, 0.1–0.25 has moved, above has
changed. Missing values are a bin of their own, on both sides.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.features import FEATURES
from lib.scoring import Need, is_constant, new_categories, outside_range, usual_limits

Level = Literal["stable", "moved", "changed", "unknown"]

MOVED = 0.1
CHANGED = 0.25
"""Limits of the population stability index."""

SHOWN = 0.005
"""A smaller index is written as 0.00 and is not worth a bar."""

ENOUGH_ROWS = 50
"""Below this many rows, chance alone moves the index too far to say anything."""

ENOUGH_ROWS_FOR_ONE = 200
"""From this many rows, a single column that changed is no chance: the index of ten bins has a standard deviation of
√(2 · 9) / 200 = 0.02 then."""

AGEING = frozenset(feature.name for feature in FEATURES if feature.ages)
"""Features that grow with the age of a shop. They are listed, but say nothing about the customers, so the overall level
does not count them."""

CALENDAR = frozenset(feature.name for feature in FEATURES if feature.family == "season")
"""Features that depend on the day of scoring alone: the same for every customer, and no drift."""

_FLOOR = 1e-3
"""An empty bin counts as this share, so that the logarithm is finite."""


@dataclass(frozen=True)
class ColumnDrift:
    """One column: training customers and new ones."""

    column: str
    psi: float
    """Population stability index beyond what chance alone could give; 0 or more."""
    ks: float
    """Kolmogorov–Smirnov: the largest gap between the two cumulative distributions at the card's cut points, 0 to 1."""
    share_new: float
    """Share of the values, 0 to 1, that scoring flags: unknown categories, or outside the training range."""
    share_missing: float
    share_missing_trained: float
    """Share of rows without a value, 0 to 1, now and in training."""
    bins: tuple[str, ...]
    then: tuple[float, ...]
    now: tuple[float, ...]
    """Share of the customers in each bin; the last bin is that of missing values."""

    @property
    def level(self) -> Level:
        """In a word."""
        return "changed" if self.psi >= CHANGED else "moved" if self.psi >= MOVED else "stable"


@dataclass(frozen=True)
class Drift:
    """All columns that the card describes, those that moved most first."""

    columns: tuple[ColumnDrift, ...]
    rows: int

    @property
    def telling(self) -> tuple[ColumnDrift, ...]:
        """The columns that decide the overall level: all but the `AGEING` ones, unless there are no others."""
        return tuple(column for column in self.columns if column.column not in AGEING) or self.columns

    @property
    def overall(self) -> float:
        """Mean index of the telling columns; 0 where the card describes none."""
        return float(np.mean([column.psi for column in self.telling])) if self.columns else 0.0

    @property
    def level(self) -> Level:
        """Overall level; `unknown` where there are too few rows or the card describes no column."""
        if not self.columns or self.rows < ENOUGH_ROWS:
            return "unknown"
        changed = np.mean([column.level == "changed" for column in self.telling])
        if self.overall >= CHANGED or changed > 1 / 3:
            return "changed"
        one = self.rows >= ENOUGH_ROWS_FOR_ONE and changed > 0
        return "moved" if self.overall >= MOVED or changed > 0.1 or one else "stable"


def compare_with_training(needs: Sequence[Need], frame: pd.DataFrame, *, elapsed_days: float = 0.0) -> Drift:
    """Compare new customers (ready rows, the model's columns) with the summary in the card.

    `elapsed_days`: as for `lib.scoring.prepare`; columns that count days may be that much longer without being new.
    """
    found = [
        drift
        for need in needs
        if need.name not in CALENDAR and (drift := _column(need, frame[need.name], elapsed_days)) is not None
    ]
    return Drift(tuple(sorted(found, key=lambda drift: -drift.psi)), rows=len(frame))


def _column(need: Need, values: pd.Series, elapsed_days: float) -> ColumnDrift | None:
    if is_constant(need):
        return None
    if need.categories and len(need.shares) == len(need.categories):
        return _categories(need, values)
    if need.kind == "yes_no" and len(need.shares) == 2:
        return _yes_no(need, values)
    if len(need.edges) >= 1 and len(need.shares) == len(need.edges) + 1:
        return _numbers(need, values, elapsed_days)
    return None


def _numbers(need: Need, values: pd.Series, elapsed_days: float) -> ColumnDrift:
    dates = pd.api.types.is_datetime64_any_dtype(values.dtype)
    if dates:
        from lib.training.describe import days_since_1970  # imports scikit-learn, which most scorings do not need here

        values = days_since_1970(values)
    numbers = values.to_numpy(dtype="float64", na_value=np.nan)
    present = numbers[np.isfinite(numbers)]
    places = np.searchsorted(np.asarray(need.edges), present, side="right")
    counts = np.bincount(places, minlength=len(need.shares)).astype("float64")
    limits = None if dates else usual_limits(need, elapsed_days)  # dates move on, and are not flagged either
    outside = float(outside_range(present, limits).mean()) if limits is not None and len(present) else 0.0
    edges = [_edge(need, edge) for edge in need.edges]
    bins = (f"< {edges[0]}", *(f"{a} – {b}" for a, b in itertools.pairwise(edges)), f"≥ {edges[-1]}")
    then = np.asarray(need.shares, dtype="float64")
    return _drift(
        need, bins, then / max(then.sum(), 1e-12) * (1 - _trained_missing(need)), counts, len(values), outside
    )


def _edge(need: Need, edge: float) -> str:
    if need.kind == "date":
        return str((pd.Timestamp("1970-01-01") + pd.Timedelta(days=edge)).date())
    return f"{edge:g}"


def _yes_no(need: Need, values: pd.Series) -> ColumnDrift:
    numbers = values.to_numpy(dtype="float64", na_value=np.nan)
    counts = np.array([(numbers == 0).sum(), (numbers == 1).sum()], dtype="float64")
    then = np.asarray(need.shares, dtype="float64") * (1 - _trained_missing(need))
    return _drift(need, ("0", "1"), then, counts, len(values), 0.0)


def _categories(need: Need, values: pd.Series) -> ColumnDrift:
    present = values.dropna().astype("str")
    known = present.value_counts().reindex(list(need.categories), fill_value=0).to_numpy(dtype="float64")
    # On the card, a category's share is of all training rows: what is neither listed nor missing was rare.
    then = np.asarray(need.shares, dtype="float64")
    rest = max(0.0, 1.0 - float(then.sum()) - _trained_missing(need))
    other = len(present) - known.sum()
    share_new = float(new_categories(present, need.categories).mean()) if len(present) else 0.0
    return _drift(need, (*need.categories, "…"), np.append(then, rest), np.append(known, other), len(values), share_new)


def _trained_missing(need: Need) -> float:
    return min(1.0, max(0.0, need.share_missing or 0.0))


def _drift(
    need: Need, bins: Sequence[str], then: np.ndarray, counts: np.ndarray, rows: int, share_new: float
) -> ColumnDrift:
    """`then`: shares of all training rows, by bin; `counts`: number of new rows, by bin; the rest is missing."""
    missing = 1.0 - counts.sum() / rows if rows else 0.0
    old = np.append(then, _trained_missing(need))
    new = np.append(counts / max(1, rows), missing)
    filled_old, filled_new = then / max(then.sum(), 1e-12), counts / max(counts.sum(), 1.0)
    ks = float(np.abs(np.cumsum(filled_old) - np.cumsum(filled_new)).max()) if counts.sum() else 0.0
    return ColumnDrift(
        need.name,
        psi=stability_index(old, new, rows),
        ks=ks,
        share_new=share_new,
        share_missing=float(missing),
        share_missing_trained=_trained_missing(need),
        bins=(*bins, "–"),
        then=tuple(old.tolist()),
        now=tuple(new.tolist()),
    )


def stability_index(then: np.ndarray, now: np.ndarray, rows: int) -> float:
    """Population stability index of two arrays of shares, less what `rows` unchanged customers could give by chance.

    Under no change, rows × index is about chi-squared with bins − 1 degrees of freedom (Yurdakul & Naranjo 2020): its
    mean and two standard deviations are taken off, and what is left is never below 0.
    """
    if not rows:
        return 0.0
    old, new = np.maximum(then, _FLOOR), np.maximum(now, _FLOOR)
    index = float(((new - old) * np.log(new / old)).sum())
    freedom = max(0, int(np.count_nonzero(then > 0)) - 1)
    return max(0.0, index - (freedom + 2 * float(np.sqrt(2 * freedom))) / rows)
