"""Permutation importance against scikit-learn's, and on columns whose worth is known."""

import numpy as np
import pandas as pd
import pytest
from sklearn.inspection import permutation_importance as sklearn_permutation_importance
from sklearn.linear_model import LinearRegression

from lib.evaluation.importance import permutation_importance, prepared_places, ranked_importance, shuffled_matrix
from lib.recipes import Inputs, prepare


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    return pd.DataFrame(rng.normal(size=(2_000, 3)), columns=["strong", "weak", "none"])


def grown(table: pd.DataFrame) -> np.ndarray:
    target = 3 * table["strong"].to_numpy() + table["weak"].to_numpy()
    matrix = table.to_numpy()
    model = LinearRegression().fit(matrix, target)

    def losses(column, orders):
        shuffled = shuffled_matrix(matrix, [table.columns.get_loc(column)], orders)
        return ((model.predict(shuffled) - np.tile(target, len(orders))) ** 2).reshape(orders.shape)

    return permutation_importance(list(table.columns), losses, (model.predict(matrix) - target) ** 2)


def test_the_mean_growth_is_that_of_scikit_learn(table):
    target = 3 * table["strong"].to_numpy() + table["weak"].to_numpy()
    model = LinearRegression().fit(table, target)
    theirs = sklearn_permutation_importance(
        model, table, target, scoring="neg_mean_squared_error", n_repeats=5, random_state=1
    )
    assert grown(table).mean(axis=1) == pytest.approx(theirs.importances_mean, rel=0.1, abs=1e-9)


def test_the_most_important_column_comes_first_with_an_interval_around_it(table):
    found = ranked_importance(list(table.columns), grown(table))
    assert [one.column for one in found] == ["strong", "weak", "none"]
    assert found[0].low < found[0].increase < found[0].high


def test_a_column_that_stands_twice_in_a_matrix_is_shuffled_in_both_places():
    matrix = np.array([[1.0, 5.0, 1.0], [2.0, 6.0, 2.0]])
    orders = np.array([[1, 0], [0, 1]])
    assert shuffled_matrix(matrix, [0, 2], orders).tolist() == [[2, 5, 2], [1, 6, 1], [1, 5, 1], [2, 6, 2]]


@pytest.mark.slow
@pytest.mark.parametrize("for_trees", [False, True])
def test_shuffling_behind_the_preparation_is_shuffling_the_column(for_trees):
    rng = np.random.default_rng(3)
    table = pd.DataFrame(
        {
            "spent": rng.gamma(1, 50, 300),
            "visits": np.where(rng.random(300) < 0.1, np.nan, rng.poisson(3, 300)),
            "member": rng.random(300) < 0.4,
            "since": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 500, 300), unit="D"),
            "city": rng.choice(["Lima", "Quito", "Cusco"], 300),
        }
    )
    inputs = Inputs(("spent",), ("visits", "member"), ("since",), {"city": ("Cusco", "Lima", "Quito")})
    prepared = prepare(inputs, for_trees=for_trees).fit(table)
    matrix = prepared.transform(table)
    places = prepared_places(prepared.transform, table)
    order = rng.permutation(300)
    for column in table.columns:
        by_hand = prepared.transform(table.assign(**{column: table[column].to_numpy()[order]}))
        np.testing.assert_allclose(shuffled_matrix(matrix, places[column], order[None]), by_hand)
    assert len(places["city"]) == 3
    assert len(places["visits"]) == 2, "the number, and whether it is missing"
