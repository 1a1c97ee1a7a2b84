"""Membership inference: can one tell from a model whom it learnt from?

The simplest attack that works: a model errs less on those it has seen. The customers are split in two, a copy of the
pipeline learned one half, and the errors on both halves are compared, then the other way round. The AUC is the chance
that of one customer seen and one not seen, the attacker picks the right one: 0.5 is a coin, 1 is a list of names.
(Yeom, Giacomelli, Fredrikson, Jha 2018, "Privacy Risk in Machine Learning", with a model per half as its shadow.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, clone
from sklearn.metrics import roc_auc_score

MAX_CUSTOMERS = 4_000
"""Customers that take part: more would change the third digit alone."""

MIN_CUSTOMERS = 40


@dataclass(frozen=True)
class Membership:
    """How well an attacker tells customers that the model has seen from others."""

    auc: float
    customers: int
    """How many took part."""


def membership(
    pipeline: BaseEstimator,
    customers: pd.DataFrame,
    target: pd.Series | None = None,
    *,
    learn: Callable[[pd.Index], BaseEstimator] | None = None,
) -> Membership | None:
    """The attack on fresh copies of the pipeline; None where there are too few customers for halves to mean anything.

    Without a target, the error is the distance to what the copy takes for typical. `learn` makes the copy from the
    customers of an index, where fitting the pipeline on their rows alone would not be the same work.
    """
    shuffled = np.random.default_rng(4).permutation(len(customers))[:MAX_CUSTOMERS]
    if len(shuffled) < MIN_CUSTOMERS:
        return None
    halves = np.array_split(shuffled, 2)
    seen: list[NDArray[np.float64]] = []
    unseen: list[NDArray[np.float64]] = []
    for learned, held_out in (halves, reversed(halves)):
        try:
            if learn is not None:
                shadow = learn(customers.index[learned])
            else:
                shadow = clone(pipeline)
                shadow.fit(customers.iloc[learned], None if target is None else target.iloc[learned])
        except ValueError:  # one half alone may lack a class or be too small for the number of segments
            return None
        seen.append(_errors(shadow, customers.iloc[learned], None if target is None else target.iloc[learned]))
        unseen.append(_errors(shadow, customers.iloc[held_out], None if target is None else target.iloc[held_out]))
    guesses = -np.concatenate([*seen, *unseen])
    truth = np.concatenate([np.ones(len(shuffled)), np.zeros(len(shuffled))])
    usable = np.isfinite(guesses)
    return Membership(float(roc_auc_score(truth[usable], guesses[usable])), len(shuffled))


def _errors(model: BaseEstimator, customers: pd.DataFrame, target: pd.Series | None) -> NDArray[np.float64]:
    if target is None:
        if hasattr(model, "score_samples"):
            return -np.asarray(model.score_samples(customers), np.float64)
        if hasattr(model, "transform"):
            return np.asarray(model.transform(customers), np.float64).min(axis=1)
        return np.full(len(customers), np.nan)
    if hasattr(model, "predict_proba"):
        shares = np.asarray(model.predict_proba(customers), np.float64)
        place = pd.Index(model.classes_).get_indexer(pd.Index(target.to_numpy()))
        given = np.where(place >= 0, shares[np.arange(len(shares)), np.maximum(place, 0)], 0.0)
        return -np.log(np.maximum(given, 1e-12))
    return np.abs(np.asarray(model.predict(customers), np.float64) - target.to_numpy(np.float64))
