"""What a thorough training gained over the quick model, on the customers that both were measured on."""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, sqrt

import numpy as np

from lib.training import Trained

MIN_COMPARED = 20
"""Below this number of customers a difference is not tested."""


@dataclass(frozen=True)
class Improvement:
    """The difference between two models of one question."""

    same: bool
    """Whether both are the same fitted pipeline."""
    share: float | None = None
    """By which share of the quick model's mean loss the thorough one's is lower; negative where it is higher."""
    probability: float | None = None
    """The probability that the mean loss is lower: one-sided paired test on the customers (normal approximation)."""
    customers: int = 0
    """On how many customers both were measured."""


def improvement(before: Trained, after: Trained, *, same: bool = False) -> Improvement:
    """The gain of `after` over `before`; without figures where nothing was measured on the same customers."""
    if same:
        return Improvement(True)
    if before.losses is None or after.losses is None:
        return Improvement(False)
    both = before.losses.index.intersection(after.losses.index)
    if len(both) < MIN_COMPARED:
        return Improvement(False)
    old, new = (losses.loc[both].to_numpy(np.float64) for losses in (before.losses, after.losses))
    gain = old - new
    error = float(gain.std(ddof=1)) / sqrt(len(gain))
    mean = float(gain.mean())
    probability = 0.5 * (1 + erf(mean / error / sqrt(2))) if error > 0 else 0.5
    share = mean / float(old.mean()) if old.mean() > 0 else 0.0
    return Improvement(False, round(share, 4), round(probability, 3), len(both))
