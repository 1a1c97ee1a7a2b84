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

_USUAL_LENGTH = 64
_DIGITS, _VOWELS, _CONSONANTS = "123456789", "aeiou", "bcdfghjklmnpqrstvwxyz"


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
    step = max(1, len(texts) * _DECOYS_PER_TEXT // _MAX_DECOYS)
    chosen = [text for text in texts[::step] for _ in range(_DECOYS_PER_TEXT)]
    # A long text alone would make the letters of all as wide as itself.
    usual = [text for text in chosen if len(text) <= _USUAL_LENGTH]
    decoys = _mixed(usual, draw).union(*(_mixed([text], draw) for text in chosen if len(text) > _USUAL_LENGTH))
    return sorted(decoys - set(texts))


def _mixed(texts: Sequence[str], draw: np.random.Generator) -> set[str]:
    """The texts with their digits, or their vowels and their consonants, exchanged: differently in each text."""
    if not texts:
        return set()
    letters = np.array(texts, dtype="str")[:, None].view(np.uint32)
    with_digits = ((letters >= ord("0")) & (letters <= ord("9"))).any(axis=1)
    exchanged = np.tile(np.arange(128, dtype=np.uint32), (len(texts), 1))
    for kind, rows in ((_DIGITS, with_digits), (_VOWELS, ~with_digits), (_CONSONANTS, ~with_digits)):
        order = draw.permuted(np.tile(np.arange(len(kind)), (int(rows.sum()), 1)), axis=1)
        for cased in (kind, kind.upper()):
            codes = np.array([ord(letter) for letter in cased], np.uint32)
            exchanged[np.ix_(rows, codes)] = codes[order]
    plain = letters < 128
    mixed = np.where(plain, np.take_along_axis(exchanged, np.where(plain, letters, 0), axis=1), letters)
    return set(np.ascontiguousarray(mixed).view(f"<U{letters.shape[1]}").ravel().tolist())
