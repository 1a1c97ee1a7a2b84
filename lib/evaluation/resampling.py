"""Figures with the interval that another sample of customers would have given.

A percentile bootstrap; of squared errors, which have heavy tails, a studentised one on the log scale: where the sample
has not shown the largest values, the percentiles are too narrow (P. Hall, 1988, Theoretical Comparison of Bootstrap
Confidence Intervals).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from lib.card import Interval
from lib.evaluation.metrics import IN_UNITS_OF_TARGET, FloatArray, IntArray, Metric, read_only
from lib.parsing.rounding import round_significant

SAMPLES = 200
LEVEL = 0.95

SQUARED_ERRORS = ("rmse", "r2")
"""Metrics that get the studentised interval."""
FURTHEST = 2 * np.log(10)
"""How far its ends may be from the figure, as logarithms of squared errors: ten times the error. Where a sample may
lack the few customers whose errors decide, they would be anywhere."""


def figures(metrics: Mapping[str, Metric], predicted: FloatArray, observed: FloatArray) -> dict[str, float]:
    """Each metric's figure, rounded, customers weighted equally; undefined ones are left out."""
    weight = np.ones(len(observed))
    found = {name: metric(predicted, observed, weight) for name, metric in metrics.items()}
    return {name: _rounded(name, figure) for name, figure in found.items() if np.isfinite(figure)}


def intervals(
    metrics: Mapping[str, Metric], predicted: FloatArray, observed: FloatArray, *, seed: int = 0, samples: int = SAMPLES
) -> dict[str, Interval]:
    """Each metric with its bootstrap interval, rounded; customers are drawn with replacement."""
    drawn = bootstrap_weights(len(observed), seed=seed, samples=samples)
    predicted, observed = read_only(predicted), read_only(observed)
    values = figures(metrics, predicted, observed)
    found = {}
    for name, value in values.items():
        ends = _studentised(name, predicted, observed, drawn) if name in SQUARED_ERRORS else None
        if ends is None:
            found[name] = _interval(name, value, [metrics[name](predicted, observed, weight) for weight in drawn])
        else:
            found[name] = Interval(value, *(_rounded(name, one) for one in ends))
    return found


def effective_customers(losses: FloatArray) -> float:
    """How many customers with equal losses would say as much about the mean loss: (Σ loss)² ÷ Σ loss².

    A third of all where errors are normal and the loss is their square; few where a few large errors decide.
    """
    squares = float(losses @ losses)
    return float(losses.sum()) ** 2 / squares if squares > 0 else float(len(losses))


def differences(
    metrics: Mapping[str, Metric], predicted: FloatArray, other: FloatArray, observed: FloatArray, *, seed: int = 0
) -> dict[str, Interval]:
    """Each metric of `predicted` minus that of `other` on the same customers, with the interval of the difference."""
    drawn = bootstrap_weights(len(observed), seed=seed)
    alike = np.ones(len(observed))
    predicted, other, observed = read_only(predicted), read_only(other), read_only(observed)
    found = {}
    for name, metric in metrics.items():
        value = metric(predicted, observed, alike) - metric(other, observed, alike)
        if np.isfinite(value):
            sampled = [metric(predicted, observed, weight) - metric(other, observed, weight) for weight in drawn]
            found[name] = _interval(name, value, sampled)
    return found


def mean_interval(values: FloatArray, *, seed: int = 0) -> Interval:
    """The mean of a figure per customer, with its bootstrap interval, to four significant digits."""
    rng = np.random.default_rng(seed)
    means = values[rng.integers(0, len(values), (SAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(*(round_significant(float(one), 4) for one in (values.mean(), low, high)))


def bootstrap_weights(customers: int, *, seed: int, samples: int = SAMPLES) -> Sequence[FloatArray]:
    """Bootstrap samples as how often each customer was drawn."""
    rng = np.random.default_rng(seed)
    return [
        np.bincount(rng.integers(0, customers, customers), minlength=customers).astype(np.float64)
        for _ in range(samples)
    ]


def out_of_fold(
    fold: IntArray, predict: Callable[[IntArray, IntArray], FloatArray]
) -> Iterator[tuple[IntArray, FloatArray]]:
    """For each fold: its rows, and the predictions for them of what learnt from all other rows.

    `predict` is given the rows to learn from and the rows to predict.
    """
    for part in np.unique(fold):
        rows = np.flatnonzero(fold == part)
        yield rows, predict(np.flatnonzero(fold != part), rows)


def _studentised(
    name: str, predicted: FloatArray, observed: FloatArray, drawn: Sequence[FloatArray]
) -> tuple[float, float] | None:
    """The ends of the interval; None where nothing varies, or a few customers decide."""
    value, error = _log_error(name, predicted, observed, np.ones(len(observed)))
    if not (np.isfinite(value) and error > 0):
        return None
    sampled = [_log_error(name, predicted, observed, weight) for weight in drawn]
    steps = [(one - value) / spread for one, spread in sampled if np.isfinite(one) and spread > 0]
    if not steps:
        return None
    tail = 100 * (1 - LEVEL) / 2
    low, high = (value - float(one) * error for one in np.percentile(steps, [100 - tail, tail]))
    if not max(value - low, high - value) <= FURTHEST:
        return None
    if name == "rmse":
        return float(np.exp(low / 2)), float(np.exp(high / 2))
    return float(1 - np.exp(high)), float(1 - np.exp(low))


def _log_error(name: str, predicted: FloatArray, observed: FloatArray, weight: FloatArray) -> tuple[float, float]:
    """The logarithm of the mean squared error, of `r2` divided by the variance, and its standard error."""
    customers = weight.sum()
    squared = (predicted - observed) ** 2
    mean = float(weight @ squared) / customers
    if mean <= 0:
        return float("nan"), 0.0
    value, influence = np.log(mean), squared / mean
    if name == "r2":
        around = (observed - weight @ observed / customers) ** 2
        variance = float(weight @ around) / customers
        if variance <= 0:
            return float("nan"), 0.0
        value, influence = value - np.log(variance), influence - around / variance
    else:
        influence = influence - 1
    return float(value), float(np.sqrt(weight @ influence**2) / customers)


def _interval(name: str, value: float, sampled: Sequence[float]) -> Interval:
    defined = [figure for figure in sampled if np.isfinite(figure)]
    if not defined:
        return Interval(_rounded(name, value))
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(defined, [tail, 100 - tail])
    return Interval(_rounded(name, value), _rounded(name, float(low)), _rounded(name, float(high)))


def _rounded(name: str, value: float) -> float:
    """To six decimals; an error in the unit of the target, which may be tiny, to four significant digits at least."""
    if name in IN_UNITS_OF_TARGET and abs(value) < 0.01:
        return round_significant(value, 4)
    return round(float(value), 6)
