"""Measures against hand-made answers and against scikit-learn's."""

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics
from sklearn.linear_model import LogisticRegression

from lib.training import measures


@pytest.fixture
def customers():
    rng = np.random.default_rng(1)
    chance = np.round(rng.beta(1, 3, 400), 2)
    bought = (rng.random(400) < chance).astype(float)
    weight = rng.integers(0, 4, 400).astype(float)
    return chance, bought, weight


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


ONE = np.ones(4)


def test_perfect_ranks_have_an_area_of_one_and_ties_count_half():
    assert measures.auc(array(0.1, 0.2, 0.8, 0.9), array(0, 0, 1, 1), ONE) == 1
    assert measures.auc(array(0.5, 0.5, 0.5, 0.5), array(0, 0, 1, 1), ONE) == 0.5
    assert np.isnan(measures.auc(array(0.1, 0.2, 0.8, 0.9), array(1, 1, 1, 1), ONE))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (measures.auc, metrics.roc_auc_score),
        (measures.pr_auc, metrics.average_precision_score),
        (measures.brier, metrics.brier_score_loss),
    ],
)
def test_a_measure_with_weights_is_that_of_scikit_learn(customers, ours, theirs):
    chance, bought, weight = customers
    assert ours(chance, bought, weight) == pytest.approx(theirs(bought, chance, sample_weight=weight))


def test_log_loss_is_that_of_scikit_learn(customers):
    chance, bought, weight = customers
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    theirs = metrics.log_loss(bought, sure, sample_weight=weight)
    assert measures.log_loss(chance, bought, weight) == pytest.approx(theirs)


def test_the_calibration_slope_is_that_of_a_logistic_regression(customers):
    chance, bought, weight = customers
    odds = measures.log_odds(np.clip(chance, 0.01, 0.99))
    line = LogisticRegression(C=1e9, tol=1e-10).fit(odds[:, None], bought, weight)
    slope = measures.calibration_slope(np.clip(chance, 0.01, 0.99), bought, weight)
    assert slope == pytest.approx(line.coef_[0, 0], rel=1e-3)


def test_bold_chances_have_a_slope_below_one():
    rng = np.random.default_rng(2)
    odds = rng.normal(0, 1, 20_000)
    bought = (rng.random(20_000) < 1 / (1 + np.exp(-odds))).astype(float)
    bold = 1 / (1 + np.exp(-2 * odds))
    assert measures.calibration_slope(bold, bought, np.ones(20_000)) == pytest.approx(0.5, abs=0.03)


def test_what_was_promised_is_divided_by_what_came():
    assert measures.sum_ratio(array(1, 1, 1, 1), array(0, 0, 4, 4), ONE) == 0.5
    assert np.isnan(measures.sum_ratio(array(1, 1, 1, 1), array(0, 0, 0, 0), ONE))


def test_errors_in_money():
    assert measures.mae(array(0, 10, 20, 30), array(0, 10, 20, 70), ONE) == 10
    assert measures.rmse(array(0, 10, 20, 30), array(0, 10, 20, 70), ONE) == 20


def test_ranks_correlate_as_scipy_says():
    rng = np.random.default_rng(3)
    spend = np.round(rng.gamma(2, 10, 300))
    spent = np.where(rng.random(300) < 0.5, 0, np.round(spend + rng.normal(0, 10, 300)))
    assert measures.spearman(spend, spent, np.ones(300)) == pytest.approx(stats.spearmanr(spend, spent).statistic)


def test_a_weight_of_two_is_the_customer_twice(customers):
    chance, bought, weight = customers
    times = weight.astype(int)
    for measure in (*measures.CHANCE_MEASURES.values(), *measures.MONEY_MEASURES.values()):
        twice = measure(np.repeat(chance, times), np.repeat(bought, times), np.ones(times.sum()))
        assert measure(chance, bought, weight) == pytest.approx(twice)


def test_the_best_tenth_brings_what_it_brings():
    spend = np.arange(20.0)
    spent = np.where(spend >= 18, 50.0, 0.0)
    assert measures.top_decile_capture(spend, spent, np.ones(20)) == 1
    assert measures.top_decile_capture(-spend, spent, np.ones(20)) == 0
    assert measures.top_decile_capture(np.ones(20), spent, np.ones(20)) == pytest.approx(0.1)


def test_promising_too_little_wins_by_the_plain_error_and_not_by_the_scaled_one():
    """Nine of ten bring nothing: to promise nobody anything is nearest on average, and of no use."""
    spent = np.array([*np.zeros(9), 100.0])
    honest, timid = np.full(10, 10.0), np.full(10, 1.0)
    one = np.ones(10)
    assert measures.mae(timid, spent, one) < measures.mae(honest, spent, one)
    assert measures.mae_scaled(timid, spent, one) == pytest.approx(measures.mae_scaled(honest, spent, one))
    assert measures.mae_scaled(spent / 7, spent, one) == pytest.approx(0)
    assert "mae_scaled" not in measures.measured({"mae_scaled": measures.mae_scaled}, np.zeros(10), spent)


def test_gini_is_one_for_the_right_order_and_minus_one_for_the_reverse():
    spent = array(0, 0, 10, 30)
    assert measures.gini(spent, spent, ONE) == pytest.approx(1)
    assert measures.gini(-array(1, 2, 3, 4), spent, ONE) < -0.9
    assert measures.gini(ONE, spent, ONE) == pytest.approx(0)


def test_an_interval_holds_the_figure_and_narrows_with_customers():
    rng = np.random.default_rng(4)

    def width(customers: int) -> float:
        chance = rng.random(customers)
        bought = (rng.random(customers) < chance).astype(float)
        found = measures.intervals({"auc": measures.auc}, chance, bought)["auc"]
        assert found.low < found.value < found.high
        return found.high - found.low

    assert width(4000) < width(250) / 2


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(5)
    held = 0
    for seed in range(60):
        spent = rng.exponential(10, 300)
        found = measures.intervals({"mae": measures.mae}, np.zeros(300), spent, seed=seed)["mae"]
        held += found.low <= 10 <= found.high
    assert 51 <= held <= 60


def test_the_better_of_two_is_ahead_beyond_chance():
    rng = np.random.default_rng(6)
    chance = rng.random(3000)
    bought = (rng.random(3000) < chance).astype(float)
    noisy = np.clip(chance + rng.normal(0, 0.4, 3000), 0.01, 0.99)
    ahead = measures.differences(measures.CHANCE_MEASURES, chance, noisy, bought)
    assert ahead["auc"].low > 0
    assert ahead["log_loss"].high < 0


def test_the_curve_gains_and_lift_tell_who_came():
    chance = np.repeat([0.1, 0.9], 50)
    bought = np.concatenate((np.arange(50) < 5, np.arange(50) < 45)).astype(float)
    curve = measures.calibration_curve(chance, bought, bins=2)
    assert [(row["predicted"], row["happened"], row["customers"]) for row in curve] == [(0.1, 0.1, 50), (0.9, 0.9, 50)]
    assert all(row["low"] <= row["happened"] <= row["high"] for row in curve)
    gained = measures.gains(chance, bought)
    assert (gained[0]["share_happened"], gained[10]["share_happened"], gained[-1]["share_happened"]) == (0, 0.9, 1)
    tenths = measures.lift(chance, bought)
    assert tenths[0]["predicted"] == 0.9
    assert sum(row["customers"] for row in tenths) == 100
    assert sum(row["lift"] * row["customers"] for row in tenths) == pytest.approx(100)
