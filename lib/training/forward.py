"""How much each member counts, at what level, and in which season: learnt from windows that a model had not seen.

A window is one earlier cutoff and the horizon after it. Members fitted before that cutoff promise, the window tells
what came: as it will be when the model is used. Weights come from such windows alone and lean on equal shares, since
a few thousand customers hardly tell weights apart (J. Smith, K. F. Wallis, 2009, A Simple Explanation of the Forecast
Combination Puzzle). The level of a window (did more come than promised?) is no part of them: it belongs to its time
of year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Numbers = NDArray[np.float64]
_Loss = Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]
"""The loss of every customer and its slope, from a line and what came."""

LEAN = 1_000
"""So many customers' worth of belief in the weights that were assumed before any window was seen."""
MOST_WEIGHT = 1.5
AMOUNT_TELLS = 0.2
"""The curvature of an amount's loss, roughly; as it is, it is ruled by a few large amounts."""
POWER = 1.5
"""The variance of money and of orders grows with this power of their mean, as where a chance number of amounts is
added up. B. Jørgensen, M. C. P. de Souza (1994), Fitting Tweedie's compound Poisson model to insurance claims data."""
LEAST_TRUST = 0.3
SEASON_PARTS = 36
"""About ten days each: a season turns within weeks, as after Christmas."""
YEAR_DAYS = 365.25
GOES_ON, TREND = 0.5, 0.15
"""How much of a change from one year to the next goes on, and how large such changes usually are, as logarithms."""
SURE = 2.0
"""A difference of more standard errors than this is no noise."""
LEAST_GAIN = 0.01
"""A loss that is lower by a smaller share than this is worth no model that looks at less."""


@dataclass(frozen=True)
class Window:
    """What members that had not seen it said of one window, one element per customer, and what came."""

    came: Numbers
    """1 where she bought, or the money, or the orders."""
    bought: Numbers
    chance: Mapping[str, Numbers] = field(default_factory=dict)
    """Member → log odds."""
    amount: Mapping[str, Numbers] = field(default_factory=dict)
    """Member → logarithm."""


# ------------------------------------------------------------------------------------------------------- weights


def chance_weights(columns: Sequence[Numbers], bought: Sequence[Numbers], assumed: Numbers) -> Numbers:
    """Weights of members' log odds, one column each, that make what came likeliest in all windows together."""

    def loss(line: Numbers, came: Numbers) -> tuple[Numbers, Numbers]:
        return np.logaddexp(0, line) - came * line, 1 / (1 + np.exp(-line)) - came

    # What a customer tells is the curvature of her loss: little, where hardly anybody is unsure.
    lines = [column @ assumed for column in columns]
    chance = [chances(line + shift(line, float(one.sum()))) for line, one in zip(lines, bought, strict=True)]
    return _weights(columns, bought, assumed, loss, [one * (1 - one) for one in chance])


def amount_weights(columns: Sequence[Numbers], came: Sequence[Numbers], assumed: Numbers) -> Numbers:
    """The same for logarithms of amounts, by the deviance of a compound Poisson."""
    scaled = [one / max(float(one.mean()), 1e-9) for one in came]
    if not columns:
        return assumed
    # Its dispersion puts the deviance on the scale of a likelihood, so that the belief in `assumed` means customers.
    spread = []
    for column, one in zip(columns, scaled, strict=True):
        expected = np.exp(np.clip((column - column.mean(axis=0)) @ assumed, -20, 20))
        expected *= one.mean() / expected.mean()
        spread.append((one - expected) ** 2 / expected**POWER)
    dispersion = float(np.mean(np.concatenate(spread)))

    def loss(line: Numbers, one: Numbers) -> tuple[Numbers, Numbers]:
        low, high = np.exp((1 - POWER) * line), np.exp((2 - POWER) * line)
        return (high / (2 - POWER) - one * low / (1 - POWER)) / dispersion, (high - one * low) / dispersion

    return _weights(columns, scaled, assumed, loss, [np.full(len(one), AMOUNT_TELLS) for one in scaled])


def _weights(
    columns: Sequence[Numbers], came: Sequence[Numbers], assumed: Numbers, loss: _Loss, tells: Sequence[Numbers]
) -> Numbers:
    """Weights from 0 to `MOST_WEIGHT`; every window has a level of its own. `tells`: the weight of every customer in
    the belief in what is assumed."""
    if not columns:
        return assumed
    count = len(columns)
    centred = [column - column.mean(axis=0) for column in columns]
    together = np.vstack(centred)
    # What hardly differs between customers keeps its weight: a column's spread counts as a third at least.
    told = np.concatenate(tells)
    spread = (together * told[:, None]).T @ together / len(together) + 0.1 * told.mean() * np.eye(len(assumed))
    belief = LEAN * spread

    def total(unknown: Numbers) -> tuple[float, Numbers]:
        levels, weights = unknown[:count], unknown[count:]
        apart = belief @ (weights - assumed)
        value = float((weights - assumed) @ apart) / 2
        slope = np.concatenate((np.zeros(count), apart))
        for at, (column, one) in enumerate(zip(centred, came, strict=True)):
            each, by_line = loss(np.clip(levels[at] + column @ weights, -30, 30), one)
            value += float(each.sum())
            slope[at] += by_line.sum()
            slope[count:] += column.T @ by_line
        return value, slope

    bounds = [(None, None)] * count + [(0.0, MOST_WEIGHT)] * len(assumed)
    found = minimize(total, np.concatenate((np.zeros(count), assumed)), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.round(found.x[count:], 3)


# --------------------------------------------------------------------------------------------------------- levels


def shift(odds: Numbers, total: float) -> float:
    """What to add to log odds so that chances sum up to `total`; Newton's method."""
    added, total = 0.0, min(max(total, 0.5), len(odds) - 0.5)
    for _ in range(40):
        chance = chances(odds + added)
        step = (total - chance.sum()) / max(float((chance * (1 - chance)).sum()), 1e-9)
        added += float(np.clip(step, -1, 1))
        if abs(step) < 1e-9:
            break
    return added


def chances(odds: Numbers) -> Numbers:
    """Log odds as chances."""
    return 1 / (1 + np.exp(-np.clip(odds, -50, 50)))


def chance_drift(odds: Numbers, bought: Numbers) -> tuple[float, float]:
    """By how much log odds were too low at one cutoff, and the standard error of that."""
    added = shift(odds, float(bought.sum()))
    chance = chances(odds + added)
    return added, float(1 / np.sqrt(max(float((chance * (1 - chance)).sum()), 1e-9)))


def amount_drift(logs: Numbers, came: Numbers) -> tuple[float, float]:
    """By how much the logarithm of an amount was too low at one cutoff, and the standard error of that."""
    promised, happened = np.exp(logs), float(came.sum())
    if happened <= 0:
        return 0.0, float("inf")
    ratio = happened / float(promised.sum())
    return float(np.log(ratio)), float(np.sqrt(((came - ratio * promised) ** 2).sum()) / happened)


def experience(windows: float) -> float:
    """How much the level seen in so many complete windows counts: half after one, nearly all after many. One window
    belongs to its time of year; a law of buying that knows no time of year is off about as far as one window is."""
    return windows / (windows + 1)


def lasting(horizon_days: int) -> float:
    """How much of the latest window's level is still there one horizon later: the correlation of a yearly wave with
    itself. After a month .87, after a quarter nothing: then what was is no sign of what comes."""
    return float(np.cos(2 * np.pi * horizon_days / YEAR_DAYS)) if horizon_days < YEAR_DAYS / 4 else 0.0


def season(days_of_year: Sequence[int], drift: Numbers, error: Numbers) -> tuple[float, ...]:
    """`SEASON_PARTS` numbers, one for the middle of each equal part of the year, from the drift at a year's cutoffs.

    Shrunk by how much of the differences between cutoffs may be chance; empty where most may be, so that a shop
    without seasons gets none. They add up to nothing only as far as the drift does: a level that makes sums right over
    all cutoffs lies above the mean of logarithms.
    """
    known = np.isfinite(error)
    if known.sum() < 4:
        return ()
    trust = max(0.0, 1 - float(np.mean(error[known] ** 2)) / max(float(np.var(drift[known])), 1e-12))
    if trust < LEAST_TRUST:
        return ()
    place = (np.asarray(days_of_year, dtype=np.float64)[known] - 0.5) / YEAR_DAYS * SEASON_PARTS
    order = np.argsort(place)
    parts = np.interp(np.arange(SEASON_PARTS) + 0.5, place[order], drift[known][order], period=SEASON_PARTS)
    return tuple(round(float(trust * part), 3) for part in parts)


def year_on_year(days: Sequence[float], drift: Numbers, error: Numbers) -> float:
    """How much of what the latest cutoff ran above the same time a year before goes on: half of it at most, less where
    it may be chance. `days` of the cutoffs ascend and span a year, or next to one."""
    known = np.isfinite(error)
    place, drift, error = np.asarray(days, dtype=np.float64)[known], drift[known], error[known]
    if len(place) < 2 or place[-1] - place[0] < 0.9 * YEAR_DAYS:
        return 0.0
    apart = float(drift[-1] - np.interp(place[-1] - YEAR_DAYS, place, drift))
    noise = float(error[-1] ** 2 + error[0] ** 2)
    return GOES_ON * apart * TREND**2 / (TREND**2 + noise)


# ----------------------------------------------------------------------------------------------------- comparisons


def surely_better(loss: Sequence[Numbers], other: Sequence[Numbers], *, least: float = LEAST_GAIN) -> bool:
    """Whether the first losses are below the others by more than noise, and by the share `least` of these.

    One array per window, one loss per customer.
    """
    apart = np.concatenate([right - left for left, right in zip(loss, other, strict=True)])
    enough = least * float(np.concatenate(other).mean())
    return bool(apart.mean() > max(enough, SURE * apart.std() / np.sqrt(len(apart))))


def chance_losses(odds: Numbers, bought: Numbers) -> Numbers:
    """Each customer's log loss once the level is right."""
    line = odds + shift(odds, float(bought.sum()))
    return np.logaddexp(0, line) - bought * line


def amount_losses(logs: Numbers, came: Numbers) -> Numbers:
    """Each customer's deviance once the level is right, in units of the mean."""
    mean = max(float(came.mean()), 1e-9)
    line = np.clip(logs - np.log(float(np.exp(logs).mean())), -20, 20)
    return np.exp((2 - POWER) * line) / (2 - POWER) - came / mean * np.exp((1 - POWER) * line) / (1 - POWER)
