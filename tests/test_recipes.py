"""The recipes: pipelines that see what they should and keep no customer."""

import pickle

import numpy as np
import pandas as pd
import pytest

from lib import text
from lib.gate import open_model
from lib.leaks import search
from lib.model_file.row_encodings import row_encodings, target_encodings
from lib.recipes import RECIPES, Inputs, Plan, prepare, recipe, recipes_for


@pytest.fixture
def table() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    customers = 120
    return pd.DataFrame(
        {
            "spent": np.exp(rng.normal(4, 1, customers)).round(2),
            "age": rng.integers(18, 90, customers).astype("float64"),
            "since": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 700, customers), unit="D"),
            "country": pd.Series(np.where(rng.random(customers) < 0.7, "Spain", "France"), dtype="str"),
        }
    )


INPUTS = Inputs(("spent",), ("age",), ("since",), {"country": ("France", "Spain")})


def test_every_recipe_has_a_name_and_a_description_in_every_language():
    for one in RECIPES:
        for language in text.LANGUAGES:
            assert text.knows(language, f"recipes.{one.key}")
            assert text.knows(language, f"recipes.{one.key}_about")


def test_no_two_recipes_share_a_key():
    assert len({one.key for one in RECIPES}) == len(RECIPES)


def test_the_default_of_groups_is_k_means_and_every_goal_can_be_answered():
    assert recipes_for("groups")[0].key == "kmeans"
    assert all(recipes_for(goal) for goal in ("groups", "buy_again", "spend", "orders", "next_order", "target"))
    assert recipe("linear").explainable


def test_gaps_are_filled_with_the_mean_and_marked(table):
    table = table.assign(age=table["age"].where(table.index != 3))
    prepared = prepare(Inputs(numbers=("age",)))
    seen = prepared.fit_transform(table)
    assert seen[3].tolist() == [0.0, 1.0]
    assert seen[4, 1] == 0.0


def test_a_date_is_the_same_number_whatever_its_unit_and_as_text(table):
    inputs = Inputs(dates=("since",))
    prepared = prepare(inputs).fit(table)
    as_text = table.assign(since=table["since"].dt.strftime("%Y-%m-%d").astype("str"))
    expected = prepared.transform(table)
    np.testing.assert_allclose(prepared.transform(table.assign(since=table["since"].astype("datetime64[s]"))), expected)
    np.testing.assert_allclose(prepared.transform(as_text), expected)


def test_a_missing_date_becomes_the_mean_and_not_the_year_minus_290000(table):
    dates = table["since"].where(table.index != 0)
    seen = prepare(Inputs(dates=("since",))).fit_transform(table.assign(since=dates))
    assert abs(seen[0, 0]) < 1e-6
    assert seen[0, 1] > 0


def test_a_category_that_hardly_anybody_has_leaves_no_trace_in_the_file(table):
    rare = table.assign(country=table["country"].where(table.index != 7, "Liechtenstein"))
    prepared = prepare(INPUTS).fit(rare)
    assert b"Liechtenstein" not in pickle.dumps(prepared)
    assert b"Spain" in pickle.dumps(prepared)


def test_an_unknown_and_a_missing_category_count_as_neither(table):
    prepared = prepare(Inputs(categories={"country": ("France", "Spain")})).fit(table)
    odd = pd.DataFrame({"country": pd.Series(["Peru", None, "Spain"], dtype="str")})
    assert prepared.transform(odd).tolist() == [[0.0, 0.0], [0.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize("preparation", ["root", "capped"])
def test_amounts_above_the_cap_count_as_the_cap(table, preparation):
    prepared = prepare(Inputs(amounts=("spent",)), preparation=preparation, caps=(100.0,)).fit(table)
    seen = prepared.transform(pd.DataFrame({"spent": [100.0, 5000.0, -3.0, 0.0]}))[:, 0]
    assert seen[0] == seen[1]
    assert seen[2] == seen[3]


SLOW = [pytest.param(key, marks=pytest.mark.slow) for key in ("deep_boosting", "blend")]


@pytest.mark.slow
@pytest.mark.parametrize("key", ["linear", "boosting", "forest", *SLOW])
@pytest.mark.parametrize("task", ["yes_no", "number"])
def test_no_amount_of_a_customer_stands_in_the_file_of_a_fitted_pipeline(table, key, task):
    """Tree thresholds and a regression forest's leaves once held exact amounts and targets."""
    target = (table["age"] > 50).astype("int64") if task == "yes_no" else table["spent"] * 2.0
    fitted = recipe(key).build(Plan(task, INPUTS, customers=len(table), positive_target=True)).fit(table, target)
    data = pickle.dumps(fitted)
    for amounts in (table["spent"], table["spent"] * 2.0):
        # A whole or a round number may be there as a count of customers or a split at 0.25.
        for amount in amounts[(amounts * 4) % 1 != 0]:
            assert np.float64(amount).tobytes() not in data
            assert np.float64(amount).tobytes()[::-1] not in data


@pytest.mark.slow
@pytest.mark.parametrize("key", ["splines", "rbf_features"])
@pytest.mark.parametrize("task", ["yes_no", "number"])
def test_a_smooth_member_of_a_blend_passes_the_gate_without_a_customer(table, key, task):
    target = (table["age"] > 50).map({True: "yes", False: "no"}) if task == "yes_no" else table["spent"] * 2.0
    plan = Plan(task, INPUTS, customers=len(table), positive_target=True, bounds=(1.0, 900.0), weights={key: 1.0})
    fitted = recipe("blend").build(plan).fit(table, target)
    data = pickle.dumps(fitted)
    with open_model(data) as opened:
        assert np.array_equal(opened.call("predict", table), fitted.predict(table))
    forms = [*row_encodings(fitted, table), *(target_encodings(target) if task == "number" else [])]
    assert search(data, table, encodings=forms).found == 0


def test_no_answer_lies_beyond_the_bounds(table):
    plan = Plan("number", INPUTS, positive_target=True, bounds=(20.0, 300.0))
    fitted = recipe("linear").build(plan).fit(table, table["spent"])
    huge = fitted.predict(table.assign(spent=1e9))
    np.testing.assert_allclose(huge, 300.0)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["linear", "forest", *SLOW])
def test_a_pipeline_answers_a_single_customer(table, key):
    fitted = recipe(key).build(Plan("yes_no", INPUTS, customers=len(table))).fit(table, table["age"] > 50)
    assert fitted.predict_proba(table.head(1)).shape == (1, 2)
    assert list(fitted.feature_names_in_) == list(table.columns)
