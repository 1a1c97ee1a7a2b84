"""Ten more ways in which a customer gets into a model file; all of them are found, and said by kind and column."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import DBSCAN
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor
from sklearn.feature_extraction import DictVectorizer
from sklearn.isotonic import IsotonicRegression
from sklearn.kernel_ridge import KernelRidge
from sklearn.neighbors import BallTree, LocalOutlierFactor
from sklearn.preprocessing import KBinsDiscretizer, LabelEncoder, MaxAbsScaler, OrdinalEncoder, SplineTransformer

from lib.leaks import search
from lib.model_file.row_encodings import target_encodings

COUNT = 300


@pytest.fixture(scope="module")
def people():
    draw = np.random.default_rng(8)
    return pd.DataFrame(
        {
            "total": np.round(draw.lognormal(5, 1, COUNT), 2),
            "mean": draw.lognormal(4, 1, COUNT),
            "days": draw.integers(0, 300, COUNT).astype(float),
            "mail": [f"maria.{at}@example.org" for at in range(COUNT)],
        },
        index=pd.Index([str(40_000 + 13 * at + at * at % 7) for at in range(COUNT)], name="customer_id"),
    )


NUMBERS = ["total", "mean", "days"]


def report(kept, people, **more):
    return search(pickle.dumps(kept), people, **more)


def test_core_rows_of_dbscan(people):
    found = report(DBSCAN(eps=200, min_samples=2).fit(people[NUMBERS]).components_, people)
    assert found.found > 0.8 * COUNT


@pytest.mark.slow
def test_rows_of_an_outlier_detector_and_of_a_tree_of_neighbours(people):
    assert report(LocalOutlierFactor(novelty=True).fit(people[NUMBERS]), people).found == COUNT
    assert report(BallTree(people[NUMBERS]), people).found == COUNT


def test_rows_of_kernel_ridge(people):
    assert report(KernelRidge().fit(people[NUMBERS], people["days"]), people).found > 0.9 * COUNT


def test_thresholds_of_isotonic_regression(people):
    found = report(IsotonicRegression().fit(people["total"], people["days"] + people["total"]), people)
    assert found.found > 20
    assert {one.column for one in found.findings} == {"total"}


@pytest.mark.parametrize("encoder", [KBinsDiscretizer(50, strategy="quantile", quantile_method="inverted_cdf")])
def test_quantiles_that_are_somebodys_value(people, encoder):
    found = report(encoder.fit(people[["total"]]), people)
    assert found.found > 20
    assert found.findings[0].column == "total"
    assert found.findings[0].kind == "amount"


def test_knots_of_a_spline_at_quantiles_of_few(people):
    some = people.head(21)
    knots = SplineTransformer(n_knots=21, knots="quantile").fit(some[["mean"]])
    assert report(knots, some).found > 10


def test_the_largest_customer_in_another_scaler(people):
    largest = people[["total"]].assign(total=people["total"].where(people.index != people.index[5], 98_765.43))
    found = report(MaxAbsScaler().fit(largest), largest)
    assert [one.customers for one in found.findings] == [frozenset({5})]


@pytest.mark.slow
def test_exact_answers_in_the_leaves_of_extra_trees_and_of_one_tree_per_customer(people):
    answers = pd.Series(np.round(np.random.default_rng(1).lognormal(4, 1, COUNT), 2), index=people.index)
    for forest in (ExtraTreesRegressor(5, random_state=0), RandomForestRegressor(5, bootstrap=False, random_state=0)):
        found = report(forest.fit(people[NUMBERS], answers), people, targets=target_encodings(answers))
        assert found.found > 0.8 * COUNT
        assert "target" in {one.kind for one in found.findings}


def test_ids_as_categories_and_as_classes(people):
    ids = pd.DataFrame({"id": people.index.astype(str)})
    for encoder in (OrdinalEncoder().fit(ids), LabelEncoder().fit(ids["id"])):
        found = report(encoder, people)
        assert found.found == COUNT
        assert found.findings[0].kind == "id"
        assert found.findings[0].column == "customer_id"


def test_ids_as_codes_of_four_bytes(people):
    assert report(people.index.astype("int32").to_numpy(), people).found > 0.9 * COUNT


def test_mails_as_names_of_columns_of_a_matrix(people):
    found = report(DictVectorizer().fit([{"mail": mail} for mail in people["mail"]]), people)
    assert found.found == COUNT
    assert (found.findings[0].kind, found.findings[0].column) == ("text", "mail")


def test_one_customer_in_a_note_of_the_card(people):
    found = report({"brine_card_": {"extra": {"example": "as of maria.17@example.org in 2024"}}}, people)
    assert found.found == 1
