"""Metrics against hand-made answers and against scikit-learn's."""

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics as sklearn_metrics
from sklearn.linear_model import LogisticRegression

from lib.evaluation import metrics


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
    assert metrics.roc_auc(array(0.1, 0.2, 0.8, 0.9), array(0, 0, 1, 1), ONE) == 1
    assert metrics.roc_auc(array(0.5, 0.5, 0.5, 0.5), array(0, 0, 1, 1), ONE) == 0.5
    assert np.isnan(metrics.roc_auc(array(0.1, 0.2, 0.8, 0.9), array(1, 1, 1, 1), ONE))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (metrics.roc_auc, sklearn_metrics.roc_auc_score),
        (metrics.average_precision, sklearn_metrics.average_precision_score),
        (metrics.brier, sklearn_metrics.brier_score_loss),
    ],
)
def test_a_measure_with_weights_is_that_of_scikit_learn(customers, ours, theirs):
    chance, bought, weight = customers
    assert ours(chance, bought, weight) == pytest.approx(theirs(bought, chance, sample_weight=weight))


def test_log_loss_is_that_of_scikit_learn(customers):
    chance, bought, weight = customers
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    theirs = sklearn_metrics.log_loss(bought, sure, sample_weight=weight)
    assert metrics.log_loss(chance, bought, weight) == pytest.approx(theirs)


def test_the_calibration_slope_is_that_of_a_logistic_regression(customers):
    chance, bought, weight = customers
    odds = metrics.log_odds(np.clip(chance, 0.01, 0.99))
    line = LogisticRegression(C=1e9, tol=1e-10).fit(odds[:, None], bought, weight)
    slope = metrics.calibration_slope(np.clip(chance, 0.01, 0.99), bought, weight)
    assert slope == pytest.approx(line.coef_[0, 0], rel=1e-3)


def test_bold_chances_have_a_slope_below_one():
    rng = np.random.default_rng(2)
    odds = rng.normal(0, 1, 20_000)
    bought = (rng.random(20_000) < 1 / (1 + np.exp(-odds))).astype(float)
    bold = 1 / (1 + np.exp(-2 * odds))
    assert metrics.calibration_slope(bold, bought, np.ones(20_000)) == pytest.approx(0.5, abs=0.03)


def test_what_was_promised_is_divided_by_what_came():
    assert metrics.sum_ratio(array(1, 1, 1, 1), array(0, 0, 4, 4), ONE) == 0.5
    assert np.isnan(metrics.sum_ratio(array(1, 1, 1, 1), array(0, 0, 0, 0), ONE))


def test_errors_in_money():
    assert metrics.mae(array(0, 10, 20, 30), array(0, 10, 20, 70), ONE) == 10
    assert metrics.rmse(array(0, 10, 20, 30), array(0, 10, 20, 70), ONE) == 20


def test_ranks_correlate_as_scipy_says():
    rng = np.random.default_rng(3)
    spend = np.round(rng.gamma(2, 10, 300))
    spent = np.where(rng.random(300) < 0.5, 0, np.round(spend + rng.normal(0, 10, 300)))
    assert metrics.spearman(spend, spent, np.ones(300)) == pytest.approx(stats.spearmanr(spend, spent).statistic)


def test_a_weight_of_two_is_the_customer_twice(customers):
    chance, bought, weight = customers
    times = weight.astype(int)
    for measure in (*metrics.PROBABILITY_METRICS.values(), *metrics.AMOUNT_METRICS.values()):
        twice = measure(np.repeat(chance, times), np.repeat(bought, times), np.ones(times.sum()))
        assert measure(chance, bought, weight) == pytest.approx(twice)


def test_the_best_tenth_brings_what_it_brings():
    spend = np.arange(20.0)
    spent = np.where(spend >= 18, 50.0, 0.0)
    assert metrics.top_decile_capture(spend, spent, np.ones(20)) == 1
    assert metrics.top_decile_capture(-spend, spent, np.ones(20)) == 0
    assert metrics.top_decile_capture(np.ones(20), spent, np.ones(20)) == pytest.approx(0.1)


def test_promising_too_little_wins_by_the_plain_error_and_not_by_the_scaled_one():
    """Nine of ten customers spend nothing: predicting zero for all minimises the error and is useless."""
    spent = np.array([*np.zeros(9), 100.0])
    honest, timid = np.full(10, 10.0), np.full(10, 1.0)
    one = np.ones(10)
    assert metrics.mae(timid, spent, one) < metrics.mae(honest, spent, one)
    assert metrics.mae_scaled(timid, spent, one) == pytest.approx(metrics.mae_scaled(honest, spent, one))
    assert metrics.mae_scaled(spent / 7, spent, one) == pytest.approx(0)
    assert np.isnan(metrics.mae_scaled(np.zeros(10), spent, one))


def test_gini_is_one_for_the_right_order_and_minus_one_for_the_reverse():
    spent = array(0, 0, 10, 30)
    assert metrics.normalized_gini(spent, spent, ONE) == pytest.approx(1)
    assert metrics.normalized_gini(-array(1, 2, 3, 4), spent, ONE) < -0.9
    assert metrics.normalized_gini(ONE, spent, ONE) == pytest.approx(0)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (metrics.mae, sklearn_metrics.mean_absolute_error),
        (metrics.rmse, sklearn_metrics.root_mean_squared_error),
        (metrics.r2, sklearn_metrics.r2_score),
    ],
)
def test_a_metric_of_amounts_is_that_of_scikit_learn(customers, ours, theirs):
    chance, bought, weight = customers
    assert ours(chance, 10 * bought, weight) == pytest.approx(theirs(10 * bought, chance, sample_weight=weight))


def test_metrics_of_classes_are_those_of_scikit_learn():
    rng = np.random.default_rng(2)
    observed = rng.integers(0, 3, 400).astype(float)
    probabilities = rng.dirichlet([1, 1, 1], 400)
    probabilities[np.arange(400), observed.astype(int)] += 0.3
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    weight = rng.integers(0, 4, 400).astype(float)
    guess = probabilities.argmax(axis=1)
    aucs = [
        sklearn_metrics.roc_auc_score(observed == place, probabilities[:, place], sample_weight=weight)
        for place in range(3)
    ]
    for ours, theirs in (
        (metrics.macro_roc_auc, np.mean(aucs)),
        (metrics.class_log_loss, sklearn_metrics.log_loss(observed, probabilities, sample_weight=weight)),
        (metrics.accuracy, sklearn_metrics.accuracy_score(observed, guess, sample_weight=weight)),
        (metrics.balanced_accuracy, sklearn_metrics.balanced_accuracy_score(observed, guess, sample_weight=weight)),
    ):
        assert ours(probabilities, observed, weight) == pytest.approx(theirs)


@pytest.mark.parametrize("name", [*metrics.PROBABILITY_METRICS, *metrics.AMOUNT_METRICS])
def test_a_metric_is_the_same_of_an_array_that_cannot_change(name: str) -> None:
    metric = {**metrics.PROBABILITY_METRICS, **metrics.AMOUNT_METRICS}[name]
    draw = np.random.default_rng(5)
    for _ in range(3):  # the second array may lie where the first one lay
        values = np.round(draw.random(60), 1)
        observed, weight = (draw.random(60) < values).astype(np.float64), draw.integers(0, 3, 60).astype(np.float64)
        kept = metrics.read_only(values)
        assert metric(kept, observed, weight) == metric(kept, observed, weight) == metric(values, observed, weight)
        key = id(kept)
        del kept
        assert key not in metrics._kept_places
