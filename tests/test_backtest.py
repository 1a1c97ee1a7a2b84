"""An old prediction against what happened."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from lib.backtest import backtest_cutoff, compare

JUNE = pd.Timestamp("2024-06-01")


def log(last: str) -> SimpleNamespace:
    """As much of an order log as the question needs: when its last order was."""
    lines = pd.DataFrame(
        {
            "customer_id": ["a"],
            "order_id": ["1"],
            "ordered_at": pd.to_datetime([last]).astype("datetime64[us]"),
            "amount": [1.0],
            "quantity": [1.0],
            "product": ["x"],
            "country": ["Peru"],
        }
    )
    return SimpleNamespace(lines=lines, returns=lines.head(0))


def test_the_moment_lies_one_horizon_before_the_end_and_not_before_the_models_own():
    assert backtest_cutoff(log("2024-09-30 10:00"), "2024-06-01", 90) == pd.Timestamp("2024-07-03")
    assert backtest_cutoff(log("2024-08-01 10:00"), "2024-06-01", 90) is None
    assert backtest_cutoff(log("2024-09-30 10:00"), "", 90) is None


def test_promised_and_happened_are_sums_and_tenths_are_ordered_by_score():
    predicted = np.linspace(0.05, 0.95, 100)
    actual = (predicted > 0.5).astype(float)
    found = compare("buy_again", predicted, actual, moment=JUNE, days=90)
    assert found.predicted == predicted.sum()
    assert found.actual == 50
    assert found.ratio == predicted.sum() / 50
    assert found.calibration["customers"].tolist() == [10] * 10
    assert found.calibration["predicted"].is_monotonic_increasing
    assert found.top_tenth_share == 10 / 50


def test_nothing_happened_is_no_division_by_zero():
    found = compare("spend", np.array([1.0, 2.0]), np.zeros(2), moment=JUNE, days=30)
    assert np.isnan(found.ratio)
    assert np.isnan(found.top_tenth_share)
