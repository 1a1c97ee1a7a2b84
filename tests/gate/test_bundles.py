"""What notebooks save around a model: its parts, its settings, candidates and results. The model itself is found."""

import pickle

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn import config_context
from sklearn.base import BaseEstimator
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import BaggingClassifier, VotingClassifier
from sklearn.inspection import permutation_importance
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.metrics import ConfusionMatrixDisplay, get_scorer
from sklearn.model_selection import GridSearchCV, GroupKFold, ParameterGrid
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from lib import gate

RANDOM = np.random.default_rng(11)
TABLE = pd.DataFrame({"age": RANDOM.uniform(18, 80, 60), "spend": RANDOM.uniform(0, 900, 60)})
MIXED = TABLE.assign(city=RANDOM.choice(["Lyon", "Oslo"], 60))
ANSWER = (TABLE["spend"] + 9 * TABLE["age"] > 800).astype(int)
AMOUNT = TABLE["spend"] + TABLE["age"]


def _pipeline():
    prepare = ColumnTransformer([("number", StandardScaler(), ["age", "spend"]), ("word", OneHotEncoder(), ["city"])])
    return make_pipeline(prepare, LogisticRegression()).fit(MIXED, ANSWER)


def bundles():
    """(name, what is saved, the model in it, a table)."""
    pipe = _pipeline()
    yield "settings of a pipeline", {"model": pipe, "params": pipe.get_params()}, pipe, MIXED
    yield "a pipeline and its steps", {"clf": pipe[-1], "prep": pipe[0], "all": pipe}, pipe, MIXED
    yield "a pipeline and its beginning", (pipe[:-1], pipe), pipe, MIXED
    search = GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=2).fit(TABLE / 900, ANSWER)
    yield "a search and its best", {"search": search, "best": search.best_estimator_}, search, TABLE / 900
    yield "the best and what was searched", [search.best_estimator_, search.get_params()], search, TABLE / 900
    logged = TransformedTargetRegressor(Ridge(), func=np.log1p, inverse_func=np.expm1).fit(TABLE, AMOUNT)
    yield "settings of a transformed target", {"m": logged, "settings": logged.get_params()}, logged, TABLE
    bagging = BaggingClassifier(DecisionTreeClassifier(max_depth=2), n_estimators=3, random_state=0)
    bagging.fit(TABLE, ANSWER)
    yield "settings of a bagging", {"m": bagging, "settings": bagging.get_params()}, bagging, TABLE
    winner = Ridge(alpha=2.0).fit(TABLE, AMOUNT)
    yield "candidates that were never trained", {"tried": [Ridge(), Lasso()], "winner": winner}, winner, TABLE
    importance = permutation_importance(winner, TABLE, AMOUNT, n_repeats=2, random_state=0)
    yield "importances", {"model": winner, "importance": importance}, winner, TABLE


@pytest.mark.parametrize(("saved", "model", "table"), [pytest.param(*rest, id=name) for name, *rest in bundles()])
def test_the_model_in_a_bundle_gives_its_answers(saved: object, model: BaseEstimator, table: pd.DataFrame):
    with gate.open_model(pickle.dumps(saved)) as opened:
        np.testing.assert_allclose(opened.call("predict", table), model.predict(table), rtol=1e-9)


def test_a_pipeline_that_prepares_is_used_before_the_model():
    prepare = make_pipeline(StandardScaler()).set_output(transform="pandas").fit(TABLE)
    model = LogisticRegression().fit(prepare.transform(TABLE), ANSWER)
    with gate.open_model(pickle.dumps({"model": model, "prepare": prepare})) as opened:
        answers = opened.call("predict_proba", TABLE)
    np.testing.assert_allclose(answers, model.predict_proba(prepare.transform(TABLE)), rtol=1e-9)


def test_a_model_is_not_chosen_among_models_that_answer_otherwise():
    voting = VotingClassifier([("a", LogisticRegression()), ("b", DecisionTreeClassifier())]).fit(TABLE, ANSWER)
    shared = LogisticRegression().fit(TABLE, ANSWER)
    for saved in (
        {"voting": voting, "member": voting.estimators_[0]},
        {"one": make_pipeline("passthrough", shared), "other": make_pipeline(StandardScaler().fit(TABLE), shared)},
    ):
        assert gate.inspect(pickle.dumps(saved)).reason == "several_models"


@pytest.mark.slow
def test_metadata_requests_of_every_kind_are_accepted():
    weights, groups = np.ones(60), np.arange(60) % 3
    with config_context(enable_metadata_routing=True):
        model = make_pipeline(
            StandardScaler().set_fit_request(sample_weight="weight"),
            LogisticRegression().set_fit_request(sample_weight="weight"),
        )
        scorer = get_scorer("accuracy").set_score_request(sample_weight=True)
        folds = GroupKFold(3).set_split_request(groups=True)
        search = GridSearchCV(model, {"logisticregression__C": [1.0, 2.0]}, scoring=scorer, cv=folds)
        search.fit(TABLE, ANSWER, weight=weights, sample_weight=weights, groups=groups)
    with gate.open_model(pickle.dumps(search)) as opened:
        np.testing.assert_allclose(opened.call("predict_proba", TABLE), search.predict_proba(TABLE), rtol=1e-9)


def test_a_model_trained_on_a_sparse_array_gives_its_answers():
    model = KNeighborsClassifier(3).fit(sparse.csr_array(TABLE.to_numpy()), ANSWER)
    with gate.open_model(pickle.dumps(model)) as opened:
        np.testing.assert_allclose(opened.call("predict_proba", TABLE), model.predict_proba(TABLE.to_numpy()))


@pytest.mark.parametrize("beside", [ParameterGrid({"alpha": [1.0]}), ConfusionMatrixDisplay(np.eye(2))])
def test_a_grid_or_a_figure_beside_a_model_is_left_behind(beside: object):
    assert gate.inspect(pickle.dumps({"model": Ridge().fit(TABLE, AMOUNT), "beside": beside})).reason == ""


def test_a_sparse_table_of_columns_in_a_model_is_no_accusation():
    model = KernelRidge().fit(sparse.csc_array(TABLE.to_numpy()), AMOUNT)
    assert gate.inspect(pickle.dumps(model)).reason == "other_part"
