"""Bootstrap intervals: how wide, how often right."""

import numpy as np
import pytest

from lib.evaluation import metrics, resampling


def test_a_metric_that_is_undefined_is_left_out():
    assert "mae_scaled" not in resampling.figures({"mae_scaled": metrics.mae_scaled}, np.zeros(10), np.ones(10))


def test_the_interval_of_a_mean_is_about_two_standard_errors_to_either_side():
    values = np.random.default_rng(0).normal(5, 2, 10_000)
    found = resampling.mean_interval(values)
    assert found.value == pytest.approx(values.mean(), rel=1e-3)
    assert found.high - found.low == pytest.approx(2 * 1.96 * 2 / 100, rel=0.2)


def test_out_of_fold_predictions_come_from_the_other_folds():
    fold = np.array([0, 1, 0, 1])
    values = np.array([1.0, 2.0, 3.0, 4.0])
    found = {
        tuple(rows): list(means)
        for rows, means in resampling.out_of_fold(fold, lambda learn, test: np.full(len(test), values[learn].mean()))
    }
    assert found == {(0, 2): [3.0, 3.0], (1, 3): [2.0, 2.0]}


def test_an_interval_holds_the_figure_and_narrows_with_customers():
    rng = np.random.default_rng(4)

    def width(customers: int) -> float:
        chance = rng.random(customers)
        bought = (rng.random(customers) < chance).astype(float)
        found = resampling.intervals({"auc": metrics.roc_auc}, chance, bought)["auc"]
        assert found.low < found.value < found.high
        return found.high - found.low

    assert width(4000) < width(250) / 2


@pytest.mark.slow
def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(5)
    held = 0
    for seed in range(60):
        spent = rng.exponential(10, 300)
        found = resampling.intervals({"mae": metrics.mae}, np.zeros(300), spent, seed=seed)["mae"]
        held += found.low <= 10 <= found.high
    assert 51 <= held <= 60


@pytest.mark.slow
def test_the_better_of_two_is_ahead_beyond_chance():
    rng = np.random.default_rng(6)
    chance = rng.random(3000)
    bought = (rng.random(3000) < chance).astype(float)
    noisy = np.clip(chance + rng.normal(0, 0.4, 3000), 0.01, 0.99)
    ahead = resampling.differences(metrics.PROBABILITY_METRICS, chance, noisy, bought)
    assert ahead["auc"].low > 0
    assert ahead["log_loss"].high < 0
