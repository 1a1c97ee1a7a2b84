"""Weights of ensemble members, their level and their season, learnt from windows that the members have not seen.

A window is one earlier cutoff and the horizon after it. Members fitted before that cutoff predict, the window gives
what was observed, as it will be when the model is used. Weights come from such windows alone and are shrunk towards
equal shares, since a few thousand customers hardly separate weights (J. Smith, K. F. Wallis, 2009, A Simple Explanation
of the Forecast Combination Puzzle). The level of a window (observed ÷ predicted) is no part of the weights: it depends
on the time of year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize

from lib.evaluation.metrics import FloatArray

_Loss = Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
"""The loss of every customer and its derivative, from the linear predictor and what was observed."""

PRIOR_CUSTOMERS = 1_000
"""Strength of the prior on the weights, in customers."""
MAX_WEIGHT = 1.5
AMOUNT_INFORMATION = 0.2
"""Second derivative of an amount's loss, roughly; the exact one is dominated by a few large amounts."""
POWER = 1.5
"""Variance of money and of orders ∝ mean ** POWER, as for a sum of a random number of amounts. B. Jørgensen, M. C. P.
de Souza (1994), Fitting Tweedie's compound Poisson model to insurance claims data."""
MIN_SEASON_TRUST = 0.3
SEASON_PARTS = 36
"""About ten days each: demand changes within weeks, as after Christmas."""
YEAR_DAYS = 365.25
TREND_CARRIED_ON, TYPICAL_TREND = 0.5, 0.15
"""Share of a change from one year to the next that goes on, and the typical size of such changes, as logarithms."""
MIN_STANDARD_ERRORS = 2.0
"""A difference of more standard errors counts as significant."""
MIN_GAIN = 0.01
"""The relative gain in loss below which a model that sees less is not taken."""


@dataclass(frozen=True)
class WindowPredictions:
    """Predictions of members that have not seen a window, one element per customer, and what was observed."""

    observed: FloatArray
    """The target: 1 for a buyer, or the money, or the orders."""
    bought: FloatArray
    chance: Mapping[str, FloatArray] = field(default_factory=dict)
    """Member → log odds."""
    amount: Mapping[str, FloatArray] = field(default_factory=dict)
    """Member → logarithm."""


# ------------------------------------------------------------------------------------------------------- weights


def chance_weights(columns: Sequence[FloatArray], bought: Sequence[FloatArray], prior: FloatArray) -> FloatArray:
    """Weights of the members' log odds that maximise the likelihood of all windows together.

    `columns`: per window, customers × members.
    """

    def loss(line: FloatArray, observed: FloatArray) -> tuple[FloatArray, FloatArray]:
        return np.logaddexp(0, line) - observed * line, 1 / (1 + np.exp(-line)) - observed

    # The Fisher information of a customer, p(1 − p), is small where most outcomes are nearly certain.
    lines = [column @ prior for column in columns]
    chance = [sigmoid(line + shift(line, float(one.sum()))) for line, one in zip(lines, bought, strict=True)]
    return _weights(columns, bought, prior, loss, [one * (1 - one) for one in chance])


def amount_weights(columns: Sequence[FloatArray], observed: Sequence[FloatArray], prior: FloatArray) -> FloatArray:
    """The same for logarithms of amounts, by the deviance of a compound Poisson distribution."""
    scaled = [one / max(float(one.mean()), 1e-9) for one in observed]
    if not columns:
        return prior
    # The dispersion puts the deviance on the scale of a likelihood, so that the prior's strength means customers.
    spread = []
    for column, one in zip(columns, scaled, strict=True):
        expected = np.exp(np.clip((column - column.mean(axis=0)) @ prior, -20, 20))
        expected *= one.mean() / expected.mean()
        spread.append((one - expected) ** 2 / expected**POWER)
    dispersion = float(np.mean(np.concatenate(spread)))

    def loss(line: FloatArray, one: FloatArray) -> tuple[FloatArray, FloatArray]:
        low, high = np.exp((1 - POWER) * line), np.exp((2 - POWER) * line)
        return (high / (2 - POWER) - one * low / (1 - POWER)) / dispersion, (high - one * low) / dispersion

    return _weights(columns, scaled, prior, loss, [np.full(len(one), AMOUNT_INFORMATION) for one in scaled])


def _weights(
    columns: Sequence[FloatArray],
    observed: Sequence[FloatArray],
    prior: FloatArray,
    loss: _Loss,
    information: Sequence[FloatArray],
) -> FloatArray:
    """Weights from 0 to `MAX_WEIGHT`, to three decimals; every window has an intercept of its own.

    `information`: what every customer contributes to the strength of the prior.
    """
    if not columns:
        return prior
    count = len(columns)
    centred = [column - column.mean(axis=0) for column in columns]
    together = np.vstack(centred)
    # A column that hardly differs between customers keeps its prior weight: its spread counts as a third at least.
    each = np.concatenate(information)
    spread = (together * each[:, None]).T @ together / len(together) + 0.1 * each.mean() * np.eye(len(prior))
    precision = PRIOR_CUSTOMERS * spread

    def total(unknown: FloatArray) -> tuple[float, FloatArray]:
        levels, weights = unknown[:count], unknown[count:]
        pull = precision @ (weights - prior)
        value = float((weights - prior) @ pull) / 2
        gradient = np.concatenate((np.zeros(count), pull))
        for at, (column, one) in enumerate(zip(centred, observed, strict=True)):
            losses, by_line = loss(np.clip(levels[at] + column @ weights, -30, 30), one)
            value += float(losses.sum())
            gradient[at] += by_line.sum()
            gradient[count:] += column.T @ by_line
        return value, gradient

    bounds = [(None, None)] * count + [(0.0, MAX_WEIGHT)] * len(prior)
    found = minimize(total, np.concatenate((np.zeros(count), prior)), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.round(found.x[count:], 3)


# --------------------------------------------------------------------------------------------------------- levels


def shift(odds: FloatArray, total: float) -> float:
    """What to add to log odds so that the probabilities sum to `total`; Newton's method."""
    added, total = 0.0, min(max(total, 0.5), len(odds) - 0.5)
    for _ in range(40):
        chance = sigmoid(odds + added)
        step = (total - chance.sum()) / max(float((chance * (1 - chance)).sum()), 1e-9)
        added += float(np.clip(step, -1, 1))
        if abs(step) < 1e-9:
            break
    return added


def sigmoid(odds: FloatArray) -> FloatArray:
    """Log odds as probabilities."""
    return 1 / (1 + np.exp(-np.clip(odds, -50, 50)))


def chance_offset(odds: FloatArray, bought: FloatArray) -> tuple[float, float]:
    """By how much log odds were too low at one cutoff, and the standard error of that."""
    added = shift(odds, float(bought.sum()))
    chance = sigmoid(odds + added)
    return added, float(1 / np.sqrt(max(float((chance * (1 - chance)).sum()), 1e-9)))


def amount_offset(logs: FloatArray, observed: FloatArray) -> tuple[float, float]:
    """By how much the logarithm of an amount was too low at one cutoff, and the standard error of that."""
    predicted, total = np.exp(logs), float(observed.sum())
    if total <= 0:
        return 0.0, float("inf")
    ratio = total / float(predicted.sum())
    return float(np.log(ratio)), float(np.sqrt(((observed - ratio * predicted) ** 2).sum()) / total)


def level_trust(windows: float) -> float:
    """The weight of the level observed in n complete windows: half after one, nearly 1 after many.

    One window belongs to its time of year; a BTYD model without seasons is off about as far as one window is.
    """
    return windows / (windows + 1)


def level_persistence(horizon_days: int) -> float:
    """How much of the latest window's level is still there one horizon later: the autocorrelation of a yearly wave.

    .87 after a month, 0 from a quarter of a year on.
    """
    return float(np.cos(2 * np.pi * horizon_days / YEAR_DAYS)) if horizon_days < YEAR_DAYS / 4 else 0.0


def season(days_of_year: Sequence[int], offset: FloatArray, error: FloatArray) -> tuple[float, ...]:
    """`SEASON_PARTS` numbers, one for the middle of each equal part of the year, from the offsets at a year's cutoffs.

    Shrunk by the share of the differences between cutoffs that may be noise; empty where most may be. They sum to 0
    only as far as the offsets do: a level that makes sums right over all cutoffs lies above the mean of logarithms.
    """
    known = np.isfinite(error)
    if known.sum() < 4:
        return ()
    trust = max(0.0, 1 - float(np.mean(error[known] ** 2)) / max(float(np.var(offset[known])), 1e-12))
    if trust < MIN_SEASON_TRUST:
        return ()
    place = (np.asarray(days_of_year, dtype=np.float64)[known] - 0.5) / YEAR_DAYS * SEASON_PARTS
    order = np.argsort(place)
    parts = np.interp(np.arange(SEASON_PARTS) + 0.5, place[order], offset[known][order], period=SEASON_PARTS)
    return tuple(round(float(trust * part), 3) for part in parts)


def year_on_year(days: Sequence[float], offset: FloatArray, error: FloatArray) -> float:
    """The part of the latest cutoff's rise over the same time a year before that is expected to go on.

    Half of it at most, less where it may be noise; 0 where the cutoffs do not span a year. `days` ascend.
    """
    known = np.isfinite(error)
    place, offset, error = np.asarray(days, dtype=np.float64)[known], offset[known], error[known]
    if len(place) < 2 or place[-1] - place[0] < 0.9 * YEAR_DAYS:
        return 0.0
    rise = float(offset[-1] - np.interp(place[-1] - YEAR_DAYS, place, offset))
    noise = float(error[-1] ** 2 + error[0] ** 2)
    return TREND_CARRIED_ON * rise * TYPICAL_TREND**2 / (TYPICAL_TREND**2 + noise)


# ----------------------------------------------------------------------------------------------------- comparisons


def significantly_better(
    loss: Sequence[FloatArray], other: Sequence[FloatArray], *, min_gain: float = MIN_GAIN
) -> bool:
    """Whether the first losses are below the others by `MIN_STANDARD_ERRORS`, and by the share `min_gain` of these.

    One array per window, one loss per customer.
    """
    difference = np.concatenate([right - left for left, right in zip(loss, other, strict=True)])
    enough = min_gain * float(np.concatenate(other).mean())
    noise = MIN_STANDARD_ERRORS * difference.std() / np.sqrt(len(difference))
    return bool(difference.mean() > max(enough, noise))


def chance_losses(odds: FloatArray, bought: FloatArray) -> FloatArray:
    """Each customer's log loss once the level is right."""
    line = odds + shift(odds, float(bought.sum()))
    return np.logaddexp(0, line) - bought * line


def amount_losses(logs: FloatArray, observed: FloatArray) -> FloatArray:
    """Each customer's deviance once the level is right, in units of the mean."""
    mean = max(float(observed.mean()), 1e-9)
    line = np.clip(logs - np.log(float(np.exp(logs).mean())), -20, 20)
    return np.exp((2 - POWER) * line) / (2 - POWER) - observed / mean * np.exp((1 - POWER) * line) / (1 - POWER)
