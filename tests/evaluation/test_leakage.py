"""Columns that give the answer away."""

import numpy as np
import pytest

from lib.evaluation.leakage import is_late, leakage_limit, leaking_columns, single_column_score


@pytest.fixture(scope="module")
def fold() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 3, 900)


def test_a_copy_of_the_target_scores_one_and_noise_a_half(fold):
    rng = np.random.default_rng(0)
    target = (rng.random(900) < 0.3).astype(float)
    assert single_column_score(target, [target], fold, amounts=False, categories=False) == 1
    assert single_column_score(rng.random(900), [target], fold, amounts=False, categories=False) < 0.6
    assert single_column_score(target + 1, [target], fold, amounts=False, categories=True) == 1


def test_of_an_amount_the_score_is_the_share_of_variance_explained(fold):
    rng = np.random.default_rng(0)
    cells = rng.normal(size=900)
    amounts = cells + 0.3 * rng.normal(size=900)  # 1 ÷ 1.09 of the variance
    score = single_column_score(cells, [amounts], fold, amounts=True, categories=False)
    assert score == pytest.approx(1 / 1.09, abs=0.05)
    assert single_column_score(rng.random(900), [amounts], fold, amounts=True, categories=False) < 0.1


def test_a_certain_leak_and_a_late_column_that_leads_are_left_out():
    scores = {"copy": 0.995, "call_duration": 0.85, "age": 0.7}
    assert leaking_columns(scores, {}) == {"copy": "tells_all", "call_duration": "known_afterwards"}
    assert leaking_columns({"call_duration": 0.85, "age": 0.845}, {}) == {}, "no lead"
    assert is_late("Motivo de la baja")
    assert not is_late("age")


@pytest.mark.parametrize(
    ("scores", "model", "key"),
    [
        ({"a": 0.995, "b": 0.6}, 0.99, "tells_all"),
        ({"duration": 0.8, "b": 0.6}, 0.9, "known_afterwards"),
        ({"a": 0.95, "b": 0.6}, 0.96, "tells_nearly_all"),
        ({"a": 0.8, "b": 0.8}, 0.999, "too_good"),
        ({"a": 0.8, "b": 0.7}, 0.85, ""),
    ],
)
def test_each_kind_of_doubt_has_its_own_warning(scores, model, key):
    assert leakage_limit(scores, list(scores), model) == key
