"""How far new customers are from those the model learnt."""

import numpy as np
import pandas as pd

from lib.drift import compare_with_training, stability_index
from lib.scoring.needs import Need

QUARTERS = Need("spend", "number", low=0, high=100, edges=(25.0, 50.0, 75.0), shares=(0.25, 0.25, 0.25, 0.25))
CITY = Need("city", "category", categories=("Lima", "Quito"), shares=(0.5, 0.5))


def test_the_same_customers_are_stable():
    drift = compare_with_training([QUARTERS], pd.DataFrame({"spend": np.arange(0, 100, 0.5)}))
    assert drift.level == "stable"
    assert drift.columns[0].psi == 0
    assert drift.columns[0].ks == 0


def test_the_index_is_the_textbook_sum():
    then, now = np.array([0.5, 0.5]), np.array([0.8, 0.2])
    by_hand = 0.3 * np.log(0.8 / 0.5) + (-0.3) * np.log(0.2 / 0.5)
    assert abs(stability_index(then, now, 10**9) - by_hand) < 1e-8


def test_customers_who_all_spend_more_have_changed():
    drift = compare_with_training([QUARTERS], pd.DataFrame({"spend": np.linspace(80, 200, 400)}))
    (column,) = drift.columns
    assert drift.level == "changed"
    assert column.ks == 0.75
    assert column.share_new > 0.8


def test_new_categories_are_counted():
    drift = compare_with_training([CITY], pd.DataFrame({"city": ["Lima"] * 50 + ["Oslo"] * 50}))
    assert drift.columns[0].share_new == 0.5
    assert drift.level == "changed"


def test_few_rows_say_nothing():
    assert compare_with_training([QUARTERS], pd.DataFrame({"spend": [99.0] * 49})).level == "unknown"


def test_chance_alone_is_no_drift():
    random = np.random.default_rng(1)
    levels = [
        compare_with_training([QUARTERS], pd.DataFrame({"spend": random.uniform(0, 100, 100)})).level
        for _ in range(100)
    ]
    assert levels.count("stable") >= 95


def test_a_column_without_a_summary_is_left_out():
    assert compare_with_training([Need("x")], pd.DataFrame({"x": [1.0] * 60})).level == "unknown"


def test_a_shop_that_grew_older_has_not_changed_its_customers():
    """Days since the first order go up with the calendar: for a month they alone told every shop to train anew."""
    tenure = Need("tenure_days", "number", edges=(25.0, 50.0, 75.0), shares=(0.25, 0.25, 0.25, 0.25))
    drift = compare_with_training(
        [QUARTERS, tenure], pd.DataFrame({"spend": np.arange(0, 100, 0.5), "tenure_days": np.arange(90, 290)})
    )
    assert drift.level == "stable"
    assert [column.column for column in drift.columns] == ["tenure_days", "spend"]
    assert [column.column for column in drift.telling] == ["spend"]
