"""How good predictions were: one figure per question, each with the interval that another sample would have given.

Every measure takes weights, so that a bootstrap sample is a vector of counts and nothing is copied: the customers are
drawn, with everything that belongs to them. Predictions come first, what happened second, weights third.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Measure = Callable[[Numbers, Numbers, Numbers], float]

SAMPLES = 200
LEVEL = 0.95
LEAST_CHANCE = 1e-6
"""Nothing is certain: a chance nearer to 0 or 1 counts as this in logarithms."""


@dataclass(frozen=True)
class Interval:
    """A figure and the bounds that hold 95 % of the bootstrap samples' figures."""

    value: float
    low: float
    high: float

    def to_plain(self) -> list[float]:
        """`[value, low, high]`, to six decimals."""
        return [_tidy(self.value), _tidy(self.low), _tidy(self.high)]


# ----------------------------------------------------------------------------------------------------- chances


def auc(chance: Numbers, bought: Numbers, weight: Numbers) -> float:
    """Area under the ROC curve: the chance that a buyer is ranked above a non-buyer, ties counting half."""
    rank, places = _places(chance)
    buyers = np.bincount(rank, weight * bought, places)
    others = np.bincount(rank, weight * (1 - bought), places)
    pairs = buyers.sum() * others.sum()
    if pairs == 0:
        return float("nan")
    below = np.cumsum(others) - others
    return float(buyers @ (below + others / 2) / pairs)


def pr_auc(chance: Numbers, bought: Numbers, weight: Numbers) -> float:
    """Average precision: precision at each threshold weighted by the recall that it adds."""
    rank, places = _places(-chance)
    buyers = np.bincount(rank, weight * bought, places)
    everybody = np.bincount(rank, weight, places)
    if buyers.sum() == 0:
        return float("nan")
    precision = np.cumsum(buyers) / np.maximum(np.cumsum(everybody), 1e-12)
    return float(buyers @ precision / buyers.sum())


def log_loss(chance: Numbers, bought: Numbers, weight: Numbers) -> float:
    """Mean of −log of the chance that was given to what happened."""
    sure = np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
    return float(np.average(-np.log(np.where(bought > 0, sure, 1 - sure)), weights=weight))


def brier(chance: Numbers, bought: Numbers, weight: Numbers) -> float:
    """Mean squared distance between chance and what happened."""
    return float(np.average((chance - bought) ** 2, weights=weight))


def calibration_slope(chance: Numbers, bought: Numbers, weight: Numbers) -> float:
    """Slope of a logistic regression of what happened on the log odds of the chance: below 1 the chances are too bold.

    D. R. Cox (1958), Two further applications of a model for binary regression. Missing where chances do not differ.
    """
    odds = log_odds(chance)
    centre = np.average(odds, weights=weight)
    spread = np.sqrt(np.average((odds - centre) ** 2, weights=weight))
    if spread < 1e-9:
        return float("nan")
    return calibration_line((odds - centre) / spread, bought, weight)[1] / spread


def calibration_line(odds: Numbers, bought: Numbers, weight: Numbers) -> tuple[float, float]:
    """Intercept and slope of that regression, by Newton's method; a whiff of ridge keeps perfect ranks finite."""
    design = np.column_stack((np.ones(len(odds)), odds))
    line = np.zeros(2)
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(design @ line, -30, 30)))
        slope = design.T @ (weight * (bought - chance)) - 1e-6 * line
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(curve, slope)
        line = line + np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-8:
            break
    return float(line[0]), float(line[1])


def sum_ratio(predicted: Numbers, happened: Numbers, weight: Numbers) -> float:
    """Sum predicted ÷ sum that happened (calibration in the large); missing where nothing happened."""
    total = float(weight @ happened)
    return float(weight @ predicted) / total if total else float("nan")


# ------------------------------------------------------------------------------------------------------- money


def mae(spend: Numbers, spent: Numbers, weight: Numbers) -> float:
    """Mean absolute error."""
    return float(np.average(np.abs(spend - spent), weights=weight))


def mae_scaled(spend: Numbers, spent: Numbers, weight: Numbers) -> float:
    """Mean absolute error of the predictions scaled to the sum that came: how well customers are told apart, whatever
    the level. The plain error is least at the median, which is nothing where most customers bring nothing, so it is
    kind to who promises too little in all. Missing where nothing was predicted.

    T. Gneiting (2011), Making and Evaluating Point Forecasts.
    """
    total = float(weight @ spend)
    return mae(spend * (float(weight @ spent) / total), spent, weight) if total > 0 else float("nan")


def rmse(spend: Numbers, spent: Numbers, weight: Numbers) -> float:
    """Root of the mean squared error."""
    return float(np.sqrt(np.average((spend - spent) ** 2, weights=weight)))


def spearman(spend: Numbers, spent: Numbers, weight: Numbers) -> float:
    """Correlation of ranks, ties sharing their mean rank; missing where all are equal."""
    return _correlation(_mean_ranks(spend, weight), _mean_ranks(spent, weight), weight)


def gini(spend: Numbers, spent: Numbers, weight: Numbers) -> float:
    """Gini of the money when customers stand in order of the prediction ÷ Gini in the order of the money itself."""
    perfect = _lorenz(spent, spent, weight)
    return _lorenz(spend, spent, weight) / perfect if perfect else float("nan")


def top_decile_capture(spend: Numbers, spent: Numbers, weight: Numbers) -> float:
    """Share of the money brought by the tenth of customers with the highest prediction."""
    return capture(spend, spent, weight, 0.1)


def capture(predicted: Numbers, happened: Numbers, weight: Numbers, share: float) -> float:
    """Share of what happened that falls to the best `share` of customers; of ties each gets her part."""
    rank, places = _places(-predicted)
    everybody = np.cumsum(np.bincount(rank, weight, places))
    money = np.cumsum(np.bincount(rank, weight * happened, places))
    if money[-1] == 0:
        return float("nan")
    found = np.interp(share * everybody[-1], np.append(0.0, everybody), np.append(0.0, money))
    return float(found / money[-1])


CHANCE_MEASURES: Mapping[str, Measure] = {
    "auc": auc,
    "pr_auc": pr_auc,
    "log_loss": log_loss,
    "brier": brier,
    "calibration_slope": calibration_slope,
    "sum_ratio": sum_ratio,
}
"""What is told about chances of a yes."""

MONEY_MEASURES: Mapping[str, Measure] = {
    "mae": mae,
    "mae_scaled": mae_scaled,
    "rmse": rmse,
    "spearman": spearman,
    "gini": gini,
    "top_decile_capture": top_decile_capture,
    "sum_ratio": sum_ratio,
}
"""What is told about expected amounts."""


# --------------------------------------------------------------------------------------------- figures and intervals


def measured(measures: Mapping[str, Measure], predicted: Numbers, happened: Numbers) -> dict[str, float]:
    """Each measure's figure; one that cannot be told is left out."""
    weight = np.ones(len(happened))
    figures = {name: measure(predicted, happened, weight) for name, measure in measures.items()}
    return {name: _tidy(figure) for name, figure in figures.items() if np.isfinite(figure)}


def intervals(
    measures: Mapping[str, Measure], predicted: Numbers, happened: Numbers, *, seed: int = 0, samples: int = SAMPLES
) -> dict[str, Interval]:
    """Each measure with its bootstrap interval; customers are drawn with replacement."""
    drawn = draws(len(happened), seed=seed, samples=samples)
    figures = measured(measures, predicted, happened)
    return {
        name: _interval(figures[name], [measures[name](predicted, happened, weight) for weight in drawn])
        for name in figures
    }


def differences(
    measures: Mapping[str, Measure],
    predicted: Numbers,
    other: Numbers,
    happened: Numbers,
    *,
    seed: int = 0,
) -> dict[str, Interval]:
    """Each measure of `predicted` minus that of `other` on the same customers, with the interval of the difference."""
    drawn = draws(len(happened), seed=seed, samples=SAMPLES)
    one = np.ones(len(happened))
    found = {}
    for name, measure in measures.items():
        value = measure(predicted, happened, one) - measure(other, happened, one)
        if np.isfinite(value):
            sampled = [measure(predicted, happened, weight) - measure(other, happened, weight) for weight in drawn]
            found[name] = _interval(value, sampled)
    return found


def draws(customers: int, *, seed: int, samples: int) -> Sequence[Numbers]:
    """Bootstrap samples as how often each customer was drawn."""
    rng = np.random.default_rng(seed)
    return [
        np.bincount(rng.integers(0, customers, customers), minlength=customers).astype(np.float64)
        for _ in range(samples)
    ]


def _interval(value: float, sampled: Sequence[float]) -> Interval:
    finite = [figure for figure in sampled if np.isfinite(figure)]
    if not finite:
        return Interval(value, float("nan"), float("nan"))
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(finite, [tail, 100 - tail])
    return Interval(value, float(low), float(high))


# ----------------------------------------------------------------------------------------------------- tables


def calibration_curve(predicted: Numbers, happened: Numbers, *, bins: int = 10) -> list[dict[str, float]]:
    """Customers in order of the prediction, cut into bins of equal size: what was promised and what came, per head.

    `low` and `high` bound the mean of what came with 95 % confidence; no bin has fewer than ten customers.
    """
    order = np.argsort(predicted, kind="stable")
    parts = np.array_split(order, max(1, min(bins, len(order) // 10)))
    curve = []
    for part in parts:
        came = happened[part]
        error = 1.96 * float(came.std()) / np.sqrt(len(part))
        curve.append(
            {
                "predicted": _short(float(predicted[part].mean())),
                "happened": _short(float(came.mean())),
                "low": _short(max(0.0, float(came.mean()) - error)),
                "high": _short(float(came.mean()) + error),
                "customers": len(part),
            }
        )
    return curve


def gains(predicted: Numbers, happened: Numbers, *, steps: int = 20) -> list[dict[str, float]]:
    """For the best 5 %, 10 %, … of customers by prediction: the share of what happened that they brought."""
    weight = np.ones(len(happened))
    shares = np.arange(0, steps + 1) / steps
    return [
        {"share_customers": float(share), "share_happened": _short(capture(predicted, happened, weight, float(share)))}
        for share in shares
    ]


def lift(predicted: Numbers, happened: Numbers, *, tenths: int = 10) -> list[dict[str, float]]:
    """Tenths of customers from the highest prediction down: per head promised, per head came, times the average."""
    order = np.argsort(-predicted, kind="stable")
    mean = float(happened.mean())
    return [
        {
            "tenth": number,
            "customers": len(part),
            "predicted": _short(float(predicted[part].mean())),
            "happened": _short(float(happened[part].mean())),
            "lift": _short(float(happened[part].mean()) / mean) if mean else 0.0,
        }
        for number, part in enumerate(np.array_split(order, max(1, min(tenths, len(order) // 10))), start=1)
    ]


def log_odds(chance: Numbers) -> Numbers:
    """log(p / (1 − p)), nothing being certain."""
    sure = np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
    return np.log(sure) - np.log1p(-sure)


def _places(values: Numbers) -> tuple[NDArray[np.int64], int]:
    """Each value's place among the different values, and how many there are."""
    different, place = np.unique(values, return_inverse=True)
    return place, len(different)


def _mean_ranks(values: Numbers, weight: Numbers) -> Numbers:
    place, places = _places(values)
    mass = np.bincount(place, weight, places)
    return (np.cumsum(mass) - mass / 2)[place]


def _correlation(left: Numbers, right: Numbers, weight: Numbers) -> float:
    left = left - np.average(left, weights=weight)
    right = right - np.average(right, weights=weight)
    spread = np.sqrt((weight @ left**2) * (weight @ right**2))
    return float(weight @ (left * right) / spread) if spread > 0 else float("nan")


def _lorenz(order_by: Numbers, money: Numbers, weight: Numbers) -> float:
    """Twice the area between the diagonal and the curve of money by customers in ascending order of a number."""
    place, places = _places(order_by)
    people = np.cumsum(np.bincount(place, weight, places))
    earned = np.cumsum(np.bincount(place, weight * money, places))
    if earned[-1] == 0:
        return 0.0
    x = np.append(0.0, people / people[-1])
    y = np.append(0.0, earned / earned[-1])
    return float(1 - np.sum(np.diff(x) * (y[1:] + y[:-1])))


def _tidy(value: float) -> float:
    return round(float(value), 6)


def _short(value: float) -> float:
    return float(f"{value:.4g}") if np.isfinite(value) else 0.0
