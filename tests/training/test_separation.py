"""Groups of customer tables: how many there are, in which columns, and who belongs to which."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from lib.segments import group_name
from lib.training import Question, train_customers
from lib.training.separation import column_sets, distances, separation, silhouette


def table_with_groups(
    groups: int, seed: int, *, noise: int = 1, customers: int = 300
) -> tuple[pd.DataFrame, np.ndarray]:
    """Round groups in two columns on different scales; columns of noise, a category, an id and a constant."""
    rng = np.random.default_rng(seed)
    while True:
        centres = rng.uniform(-5, 5, (groups, 2))
        apart = np.sqrt(((centres[:, None] - centres[None]) ** 2).sum(axis=2)) + 99 * np.eye(groups)
        if apart.min() > 2.6:
            break
    member = rng.permutation(np.arange(customers) % groups)
    points = centres[member] + rng.normal(0, 0.45, (customers, 2))
    table = pd.DataFrame(
        {
            "customer_no": np.arange(700_000, 700_000 + customers),
            "income": 50_000 + 4_000 * points[:, 0],
            "visits": 60 + 5 * points[:, 1],
            **{f"noise_{at}": rng.normal(0, 10.0**at, customers) for at in range(noise)},
            "gender": rng.choice(["f", "m"], customers),
            "currency": "EUR",
        }
    )
    return table, member


def test_a_silhouette_is_that_of_scikit_learn():
    matrix = np.random.default_rng(0).normal(size=(60, 3))
    labels = KMeans(4, n_init=1, random_state=0).fit_predict(matrix)
    assert silhouette(distances(matrix), labels) == pytest.approx(silhouette_score(matrix, labels))


def test_data_without_groups_are_not_separate_and_data_with_groups_are():
    rng = np.random.default_rng(1)
    uniform, bell = rng.uniform(size=(300, 2)), rng.normal(size=(300, 2))
    for matrix in (uniform, bell):
        assert separation(matrix, KMeans(4, n_init=3, random_state=0).fit_predict(matrix)) < 0.04
    points, member = table_with_groups(4, 2)
    columns = points[["income", "visits"]].to_numpy()
    columns = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    assert separation(columns, member) > 0.2


@pytest.mark.slow
def test_two_columns_that_say_the_same_are_not_taken_together():
    rng = np.random.default_rng(3)
    points, _ = table_with_groups(3, 3)
    blocks = {name: points[[name]].to_numpy(np.float64) for name in ("income", "visits")}
    blocks = {name: (block - block.mean()) / block.std() for name, block in blocks.items()}
    blocks["income_again"] = blocks["income"] + rng.normal(0, 0.01, (300, 1))
    assert all(not {"income", "income_again"} <= set(found) for found in column_sets(blocks))


@pytest.mark.slow
@pytest.mark.parametrize("groups", [2, 3, 4, 5, 6, 7, 8])
def test_the_groups_that_are_in_a_table_are_found(groups):
    table, member = table_with_groups(groups, groups, noise=groups % 3, customers=200 + 50 * groups)
    trained = train_customers(table, Question("groups"))
    found = trained.pipeline.predict(trained.example)
    assert len(trained.card.groups) == groups
    assert adjusted_rand_score(member, found) > 0.9
    assert set(trained.example.columns) == {"income", "visits"}
    names = [group_name("en", group) for group in trained.card.groups]
    assert len(set(names)) == groups


@pytest.mark.slow
def test_mall_customers_are_five_by_income_and_spending(shared):
    mall = pd.read_csv(shared / "customer_tables" / "Mall_Customers.csv").set_index("CustomerID")
    card = train_customers(mall, Question("groups")).card
    assert card.evaluation.columns_used == ("Annual_Income", "Spending_Score")
    names = {group_name("en", group) for group in card.groups}
    assert "Younger, low annual income, high spending score" in names
    assert "High annual income, high spending score" in names
    assert len(names) == len(card.groups) == 5
