"""Figures with the interval that another sample of customers would have given (percentile bootstrap)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from lib.card import Interval
from lib.evaluation.metrics import IN_UNITS_OF_TARGET, FloatArray, IntArray, Metric, read_only
from lib.parsing.rounding import round_significant

SAMPLES = 200
LEVEL = 0.95


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
    return {
        name: _interval(name, values[name], [metrics[name](predicted, observed, weight) for weight in drawn])
        for name in values
    }


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
