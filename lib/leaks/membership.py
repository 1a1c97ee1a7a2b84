"""Membership inference: can one tell from a model whom it learnt from?

Two attacks, with copies of the pipeline ("shadow models") that each learn one half of the customers.

- The simplest that works: a model errs less on those it has seen. The AUC is the chance that of one customer seen and
  one not seen, the attacker picks the right one: 0.5 is a coin, 1 is a list of names. (Yeom, Giacomelli, Fredrikson,
  Jha 2018, "Privacy Risk in Machine Learning", with a model per half as its shadow.)
- The likelihood ratio attack: for each customer, how do models answer that learnt the customer, and how those that did
  not? It finds the few who stand out where the mean says nothing, so its result is the share of customers found at 1 %
  false alarms. (Carlini, Chien, Nasr, Song, Terzis, Tramèr 2022, "Membership Inference Attacks From First Principles".
  With few shadow models the variances are shrunk towards the common one and the ratio is of Student's t, as BaVarIA
  does: Brännvall 2026, "Exponential-Family Membership Inference", arXiv 2603.11799.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t as student_t
from sklearn.base import BaseEstimator, clone
from sklearn.metrics import roc_auc_score, roc_curve
from threadpoolctl import threadpool_limits

MAX_CUSTOMERS = 4_000
"""Customers that take part: more would change the third digit alone."""

MIN_CUSTOMERS = 40

MIN_CUSTOMERS_FOUND = 1_000
"""From this many on, the second attack is made: 1 % of 500 who were not seen are five."""

PAIRS = 4
"""Of shadow models in the second attack: each customer is learnt by one of each pair."""

FALSE_ALARMS = 0.01
"""False positive rate of the second attack at which its true positives are reported."""

_PRIOR_WEIGHT = 4.0
"""Shadow models' worth of the common variance in that of each customer."""

_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Membership:
    """How well an attacker tells customers that the model has seen from others."""

    auc: float
    customers: int
    """How many took part."""
    found_share: float | None = None
    """Share of the customers that the likelihood ratio attack finds at 1 % false alarms; chance is 0.01. None where
    there are too few customers for that."""


@dataclass(frozen=True)
class _Shadow:
    """What one copy answers about all customers that take part."""

    seen: NDArray[np.bool_]
    """The customers that it was trained on."""
    errors: _Floats
    statistic: _Floats
    """What the likelihood ratio is of: roughly normal for each customer."""


def membership(
    pipeline: BaseEstimator,
    customers: pd.DataFrame,
    target: pd.Series | None = None,
    *,
    learn: Callable[[pd.Index], BaseEstimator] | None = None,
) -> Membership | None:
    """Both attacks on fresh copies of the pipeline; None where there are too few customers for halves to mean anything.

    Without a target, the error is the distance to what the copy takes for typical. `learn` makes the copy from the
    customers of an index, where fitting the pipeline on their rows alone would not be the same work.
    """
    random = np.random.default_rng(4)
    chosen = random.permutation(len(customers))[:MAX_CUSTOMERS]
    if len(chosen) < MIN_CUSTOMERS:
        return None
    table = customers.iloc[chosen]
    answers = None if target is None else target.iloc[chosen]

    # Copies are small: with a thread per core, most processor time would go into threads that wait for each other.
    @threadpool_limits.wrap(limits=1)
    def shadow(seen: NDArray[np.bool_]) -> _Shadow:
        if learn is not None:
            model = learn(table.index[seen])
        else:
            model = clone(pipeline)
            model.fit(table[seen], None if answers is None else answers[seen])
        return _Shadow(seen, *_errors(model, table, answers))

    half = np.arange(len(chosen)) < (len(chosen) + 1) // 2
    try:
        shadows = [shadow(half), shadow(~half)]
    except ValueError:  # one half alone may lack a class or be too small for the number of segments
        return None
    auc = _auc(shadows)
    if len(chosen) < MIN_CUSTOMERS_FOUND:
        return Membership(auc, len(chosen))
    try:
        for _ in range(PAIRS - 1):
            half = random.permutation(half)
            shadows += [shadow(half), shadow(~half)]
    except ValueError:
        return Membership(auc, len(chosen))
    return Membership(auc, len(chosen), _found_share(shadows))


def _auc(shadows: list[_Shadow]) -> float:
    guesses = -np.concatenate([one.errors for one in shadows])
    truth = np.concatenate([one.seen for one in shadows])
    usable = np.isfinite(guesses)
    return float(roc_auc_score(truth[usable], guesses[usable]))


def _found_share(shadows: list[_Shadow]) -> float | None:
    """Each shadow model is attacked with those of the other pairs; the mean of the shares found."""
    statistics = np.stack([one.statistic for one in shadows])
    seen = np.stack([one.seen for one in shadows])
    if not np.isfinite(statistics).all():
        return None
    pair = np.arange(len(shadows)) // 2
    shares = []
    for attacked in range(len(shadows)):
        # Its own pair is left out: otherwise the number of models that learnt a customer would give the answer away.
        others = pair != pair[attacked]
        scores = _log_density(statistics[others], seen[others], statistics[attacked])
        scores -= _log_density(statistics[others], ~seen[others], statistics[attacked])
        false, true, _ = roc_curve(seen[attacked], scores, drop_intermediate=False)
        shares.append(float(np.interp(FALSE_ALARMS, false, true)))
    return float(np.mean(shares))


def _log_density(statistics: _Floats, among: NDArray[np.bool_], at: _Floats) -> _Floats:
    """Per customer, how likely the attacked model's answer is, given the answers of the models in `among`.

    `statistics`, `among`: (models, customers); as many models of each customer are in `among`.
    """
    count = among.sum(axis=0)
    means = np.where(among, statistics, 0.0).sum(axis=0) / count
    squares = np.where(among, (statistics - means) ** 2, 0.0).sum(axis=0)
    freedom = count - 1
    # Answers that never vary are as sure as a thousandth of what customers differ by.
    least = float(1e-3 * statistics.std()) ** 2 or 1.0
    common = max(float(squares.sum() / freedom.sum()), least)
    variances = (_PRIOR_WEIGHT * common + squares) / (_PRIOR_WEIGHT + freedom)
    scale = np.sqrt(variances * (1 + 1 / count))
    density: _Floats = student_t.logpdf(at, _PRIOR_WEIGHT + freedom, means, scale)
    return density


def _errors(model: BaseEstimator, customers: pd.DataFrame, target: pd.Series | None) -> tuple[_Floats, _Floats]:
    """Per customer: how much the model errs, and a statistic of its answer for the likelihood ratio."""
    if target is None:
        if hasattr(model, "score_samples"):
            errors = -np.asarray(model.score_samples(customers), np.float64)
        elif hasattr(model, "transform"):
            errors = np.asarray(model.transform(customers), np.float64).min(axis=1)
        else:
            errors = np.full(len(customers), np.nan)
        return errors, errors
    if hasattr(model, "predict_proba"):
        shares = np.asarray(model.predict_proba(customers), np.float64)
        place = pd.Index(model.classes_).get_indexer(pd.Index(target.to_numpy()))
        given = np.where(place >= 0, shares[np.arange(len(shares)), np.maximum(place, 0)], 0.0)
        bounded = np.clip(given, 1e-12, 1 - 1e-12)
        return -np.log(np.maximum(given, 1e-12)), np.log(bounded) - np.log1p(-bounded)
    missed = np.asarray(model.predict(customers), np.float64) - target.to_numpy(np.float64)
    return np.abs(missed), missed
