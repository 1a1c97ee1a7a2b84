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


def test_intervals_of_squared_errors_are_a_studentised_bootstrap_of_their_logarithm():
    """The same once more, with resampled rows in the place of weights and the influence of each row by jackknife."""
    rng = np.random.default_rng(1)
    observed = np.exp(rng.normal(0, 1, 60))
    predicted = observed + rng.normal(0, 0.5, 60) * observed

    def logs(name, rows):
        errors = np.mean((predicted[rows] - observed[rows]) ** 2)
        return np.log(errors if name == "rmse" else errors / np.var(observed[rows]))

    def error(name, rows):
        left = [logs(name, np.delete(rows, place)) for place in range(60)]
        return np.std(left) * np.sqrt(59)

    for name, metric in (("rmse", metrics.rmse), ("r2", metrics.r2)):
        rows = np.arange(60)
        steps = []
        for weight in resampling.bootstrap_weights(60, seed=3):
            drawn = np.repeat(rows, weight.astype(int))
            steps.append((logs(name, drawn) - logs(name, rows)) / error(name, drawn))
        ends = logs(name, rows) - error(name, rows) * np.percentile(steps, [97.5, 2.5])
        expected = np.exp(ends / 2) if name == "rmse" else 1 - np.exp(ends)[::-1]
        found = resampling.intervals({name: metric}, predicted, observed, seed=3)[name]
        assert found.value == pytest.approx(metric(predicted, observed, np.ones(60)), abs=1e-5)
        assert (found.low, found.high) == pytest.approx(tuple(expected), rel=0.1)


@pytest.mark.slow
def test_with_a_heavy_tail_the_root_of_the_squared_error_is_held_by_most_intervals():
    """Four of five customers spend nothing, the others a lognormal amount; percentiles held it in half of the draws."""
    rng = np.random.default_rng(0)

    def spent(customers):
        return np.where(rng.random(customers) < 0.8, 0.0, np.exp(rng.normal(3, 1.2, customers)))

    many = spent(2_000_000)
    mean, true = many.mean(), many.std()
    held = []
    for seed in range(100):
        found = resampling.intervals({"rmse": metrics.rmse}, np.full(150, mean), spent(150), seed=seed)["rmse"]
        held.append(found.low <= true <= found.high)
    assert np.mean(held) > 0.68


def test_errors_that_do_not_vary_have_an_interval_without_width():
    found = resampling.intervals({"rmse": metrics.rmse}, np.zeros(20), np.full(20, 3.0))["rmse"]
    assert (found.value, found.low, found.high) == (3.0, 3.0, 3.0)
    right = resampling.intervals({"rmse": metrics.rmse, "r2": metrics.r2}, np.arange(20.0), np.arange(20.0))
    assert (right["rmse"].low, right["rmse"].high, right["r2"].low, right["r2"].high) == (0, 0, 1, 1)


@pytest.mark.parametrize("decisive", [1, 3])
def test_where_a_few_customers_decide_the_ends_are_not_just_anywhere(decisive):
    """A column that is a sum of others but for a few typing errors: samples that lack those have next to no error."""
    rng = np.random.default_rng(0)
    observed = rng.normal(size=100)
    predicted = observed + 1e-9 * rng.normal(size=100)
    predicted[:decisive] += 1.0
    found = resampling.intervals({"rmse": metrics.rmse, "r2": metrics.r2}, predicted, observed)
    assert 0 <= found["rmse"].low <= found["rmse"].value <= found["rmse"].high <= 10 * found["rmse"].value
    assert -3 < found["r2"].low <= found["r2"].value <= found["r2"].high <= 1


def test_a_few_large_errors_are_few_effective_customers():
    assert resampling.effective_customers(np.ones(50)) == pytest.approx(50)
    assert resampling.effective_customers(np.array([0.0, 0.0, 9.0, 9.0])) == pytest.approx(2)
    assert resampling.effective_customers(np.zeros(7)) == 7
