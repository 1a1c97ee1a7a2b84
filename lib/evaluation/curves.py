"""Tables behind charts: calibration, gains, lift and partial dependence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from lib.card import CalibrationBin, DependenceCurve, GainsPoint, LiftBin
from lib.evaluation.metrics import FloatArray, capture
from lib.parsing.rounding import round_significant

MIN_BIN_CUSTOMERS = 10
"""No bin of a calibration or lift table has fewer."""


def calibration_curve(predicted: FloatArray, observed: FloatArray, *, bins: int = 10) -> tuple[CalibrationBin, ...]:
    """Customers in the order of the prediction, in bins of equal size: mean predicted and mean observed per customer.

    `low` and `high` bound the observed mean with 95 % confidence (normal approximation), `low` not below 0 or the least
    observed value.
    """
    order = np.argsort(predicted, kind="stable")
    parts = np.array_split(order, max(1, min(bins, len(order) // MIN_BIN_CUSTOMERS)))
    least = min(0.0, float(observed.min(initial=0.0)))
    curve = []
    for part in parts:
        mean = float(observed[part].mean())
        error = 1.96 * float(observed[part].std()) / np.sqrt(len(part))
        curve.append(
            CalibrationBin(
                predicted=_short(float(predicted[part].mean())),
                actual=_short(mean),
                low=_short(max(least, mean - error)),
                high=_short(mean + error),
                customers=len(part),
            )
        )
    return tuple(curve)


def gains(predicted: FloatArray, observed: FloatArray, *, steps: int = 20) -> tuple[GainsPoint, ...]:
    """For the best 5 %, 10 %, … of customers by prediction: the share of the observed sum that falls to them.

    Empty where nothing was observed.
    """
    if observed.sum() <= 0:
        return ()
    weight = np.ones(len(observed))
    shares = np.arange(0, steps + 1) / steps
    return tuple(
        GainsPoint(float(share), _short(capture(predicted, observed, weight, float(share)))) for share in shares
    )


def lift(predicted: FloatArray, observed: FloatArray, *, tenths: int = 10) -> tuple[LiftBin, ...]:
    """Tenths of customers from the highest prediction down: mean predicted, mean observed, that ÷ the overall mean."""
    order = np.argsort(-predicted, kind="stable")
    mean = float(observed.mean())
    return tuple(
        LiftBin(
            tenth=number,
            customers=len(part),
            predicted=_short(float(predicted[part].mean())),
            actual=_short(float(observed[part].mean())),
            lift=_short(float(observed[part].mean()) / mean) if mean else 0.0,
        )
        for number, part in enumerate(
            np.array_split(order, max(1, min(tenths, len(order) // MIN_BIN_CUSTOMERS))), start=1
        )
    )


def partial_dependence(
    predict: Callable[[pd.DataFrame], FloatArray],
    sample: pd.DataFrame,
    column: str,
    values: Sequence[float | str | bool],
) -> DependenceCurve:
    """The mean prediction if every customer of the sample had the same value in one column, for each of the values.

    J. H. Friedman (2001), Greedy function approximation: a gradient boosting machine, section 8.2.
    """
    repeated = pd.concat([sample] * len(values), ignore_index=True)
    cells = pd.Series(np.repeat(np.asarray(values, dtype=object), len(sample))).astype(sample[column].dtype.name)
    means = predict(repeated.assign(**{column: cells})).reshape(len(values), -1).mean(axis=1)
    return DependenceCurve(column, tuple(values), tuple(_short(float(mean)) for mean in means))


def _short(value: float) -> float:
    return round_significant(value, 4) if np.isfinite(value) else 0.0
