"""Significance of hits: real values are compared with decoys of the same form, searched for in the same file.

A decoy is a value of the same form that no customer has. If the file is independent of the customers, real values
and decoys are hit equally often, so the number of real hits among all hits is binomial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

MAX_CHANCE = 1e-3
"""Hits with a p-value above this are no evidence."""

_DECOYS_PER_TEXT = 2
_MAX_DECOYS = 20_000

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"


@dataclass(frozen=True)
class Odds:
    """Hits of real values beside hits of decoys."""

    hits: int
    values: int
    decoy_hits: int
    decoys: int
    share: float | None = None
    """Probability that a hit independent of the customers is one of a real value, where that differs from place to
    place; the mean over all hits. None: the same for all, the real values' share among real values and decoys."""

    @property
    def chance(self) -> float:
        """P-value: the probability of at least this many real hits, given all hits (one-sided binomial test).

        Without any decoy hit this is 0: only the customers can have put values of this form into the file. That holds
        where decoys are at least as many as real values, not where the customers' values leave no room for decoys.

        Where the probabilities of the hits differ, the binomial with their mean is an upper bound of the p-value, for
        more hits than expected (Hoeffding 1956, "On the distribution of the number of successes in independent
        trials", theorem 4).
        """
        if not self.hits:
            return 1.0
        share = self.values / max(self.values + self.decoys, 1) if self.share is None else self.share
        if not self.decoy_hits and (self.share is None or share <= 0.5):
            return 0.0
        return float(binom.sf(self.hits - 1, self.hits + self.decoy_hits, share))

    @property
    def is_evidence(self) -> bool:
        """Whether the hits are more than chance explains."""
        return self.chance < MAX_CHANCE


def decoy_texts(texts: Sequence[str], *, seed: int = 11) -> list[str]:
    """Texts of the same form that are none of these: other digits (zeros stay), other letters where there is no digit.

    Equal characters of a text stay equal, so that 3333 becomes 7777 and 2024 becomes 5058.
    """
    draw = np.random.default_rng(seed)
    real = set(texts)
    step = max(1, len(texts) * _DECOYS_PER_TEXT // _MAX_DECOYS)
    decoys = {
        text.translate(_mixed(draw, digits=any(one.isdigit() for one in text)))
        for text in texts[::step]
        for _ in range(_DECOYS_PER_TEXT)
    }
    return sorted(decoys - real)


def _mixed(draw: np.random.Generator, *, digits: bool) -> dict[int, str]:
    kinds = ("123456789",) if digits else (_VOWELS, _CONSONANTS)
    table: dict[int, str] = {}
    for kind in kinds:
        mixed = [kind[at] for at in draw.permutation(len(kind)).tolist()]
        table |= {ord(old): new for old, new in zip(kind, mixed, strict=True)}
        table |= {ord(old.upper()): new.upper() for old, new in zip(kind, mixed, strict=True) if not digits}
    return table
