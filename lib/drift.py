"""How far new customers are from those the model learnt, column by column and overall.

Compared with the summary in the model's card (deciles, categories), since the training customers themselves are not
in the file. Population stability index: sum of (new − old) · ln(new / old) over the bins; by the convention of credit
scoring (Siddiqi 2006), under 0.1 is stable, 0.1–0.25 has moved, above has changed.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.scoring import Need

Level = Literal["stable", "moved", "changed", "unknown"]

MOVED = 0.1
CHANGED = 0.25
"""Limits of the population stability index."""

ENOUGH_ROWS = 50
"""Under so many rows chance alone moves the index too far to say anything."""

AGEING = frozenset(
    {"tenure_days", "active_days_span", "active_months", "gap_max_days", "return_recency_days", "orders_previous_year"}
)
"""Features that grow as long as a shop keeps its records. They are shown, but say nothing about the customers, so the
overall level does not count them."""

_FLOOR = 1e-3
"""A bin that nobody fell into counts as this share, so that the logarithm is finite."""


@dataclass(frozen=True)
class ColumnDrift:
    """One column, then and now."""

    column: str
    psi: float
    """Population stability index, corrected for what chance alone would give; 0 or more."""
    ks: float
    """Kolmogorov–Smirnov: the largest gap between the two cumulative distributions at the card's cut points, 0 to 1."""
    share_new: float
    """Share of values that the training customers did not have: unknown categories, or beyond the range."""
    share_missing: float
    bins: tuple[str, ...]
    then: tuple[float, ...]
    now: tuple[float, ...]
    """Share of the customers in each bin."""

    @property
    def level(self) -> Level:
        """In a word."""
        return "changed" if self.psi >= CHANGED else "moved" if self.psi >= MOVED else "stable"


@dataclass(frozen=True)
class Drift:
    """All columns that the card tells about, those that moved most first."""

    columns: tuple[ColumnDrift, ...]
    rows: int

    @property
    def telling(self) -> tuple[ColumnDrift, ...]:
        """The columns that say whether the customers are others: all but the `AGEING` ones, unless there are none."""
        return tuple(column for column in self.columns if column.column not in AGEING) or self.columns

    @property
    def overall(self) -> float:
        """The mean index over the telling columns; 0 where the card tells about none."""
        return float(np.mean([column.psi for column in self.telling])) if self.columns else 0.0

    @property
    def level(self) -> Level:
        """In a word: `unknown` where there are too few rows or the card tells about no column."""
        if not self.columns or self.rows < ENOUGH_ROWS:
            return "unknown"
        changed = np.mean([column.level == "changed" for column in self.telling])
        if self.overall >= CHANGED or changed > 1 / 3:
            return "changed"
        return "moved" if self.overall >= MOVED or changed > 0.1 else "stable"


def compare_with_training(needs: Sequence[Need], frame: pd.DataFrame) -> Drift:
    """Hold new customers (ready rows, the model's columns) against the summary in the card."""
    found = [drift for need in needs if (drift := _column(need, frame[need.name])) is not None]
    return Drift(tuple(sorted(found, key=lambda drift: -drift.psi)), rows=len(frame))


def _column(need: Need, values: pd.Series) -> ColumnDrift | None:
    if need.categories and len(need.shares) == len(need.categories):
        return _categories(need, values)
    if len(need.edges) >= 2 and len(need.shares) == len(need.edges) + 1:
        return _numbers(need, values)
    return None


def _numbers(need: Need, values: pd.Series) -> ColumnDrift:
    numbers = values.to_numpy(dtype="float64", na_value=np.nan)
    present = numbers[np.isfinite(numbers)]
    places = np.searchsorted(np.asarray(need.edges), present, side="right")
    now = np.bincount(places, minlength=len(need.shares)) / max(1, len(present))
    then = np.asarray(need.shares, dtype="float64")
    then = then / max(then.sum(), 1e-12)
    outside = 0.0
    if need.range is not None and len(present):
        low, high = need.range
        outside = float(((present < low) | (present > high)).mean())
    edges = [f"{edge:g}" for edge in need.edges]
    return ColumnDrift(
        need.name,
        psi=stability_index(then, now, len(present)),
        ks=float(np.abs(np.cumsum(then) - np.cumsum(now)).max()),
        share_new=outside,
        share_missing=float(1 - len(present) / max(1, len(numbers))),
        bins=(f"< {edges[0]}", *(f"{a} – {b}" for a, b in itertools.pairwise(edges)), f"≥ {edges[-1]}"),
        then=tuple(then.tolist()),
        now=tuple(now.tolist()),
    )


def _categories(need: Need, values: pd.Series) -> ColumnDrift:
    present = values.dropna().astype("str")
    counts = present.value_counts()
    known = counts.reindex(list(need.categories), fill_value=0).to_numpy(dtype="float64")
    total = max(1, len(present))
    then = np.asarray(need.shares, dtype="float64")
    rest = max(0.0, 1.0 - float(then.sum()))
    then_all, now_all = np.append(then, rest), np.append(known / total, 1 - known.sum() / total)
    return ColumnDrift(
        need.name,
        psi=stability_index(then_all, now_all, len(present)),
        ks=float(np.abs(np.cumsum(then_all) - np.cumsum(now_all)).max()),
        share_new=float(now_all[-1]) if len(present) else 0.0,
        share_missing=float(values.isna().mean()) if len(values) else 0.0,
        bins=(*need.categories, "…"),
        then=tuple(then_all.tolist()),
        now=tuple(now_all.tolist()),
    )


def stability_index(then: np.ndarray, now: np.ndarray, rows: int) -> float:
    """Population stability index of two lists of shares, less what `rows` unchanged customers would give by chance.

    The correction is the expected value of the index under no change, (bins − 1) / rows (Yurdakul & Naranjo 2020).
    """
    if not rows:
        return 0.0
    old, new = np.maximum(then, _FLOOR), np.maximum(now, _FLOOR)
    index = float(((new - old) * np.log(new / old)).sum())
    return max(0.0, index - (np.count_nonzero(then > 0) - 1) / rows)
