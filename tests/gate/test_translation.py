"""Files of older scikit-learn versions: equal answers or a refusal; proved only where it was."""

import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sklearn
from sklearn.ensemble import (
    AdaBoostClassifier,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    IsolationForest,
)
from sklearn.impute import KNNImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import NearestCentroid
from sklearn.tree import DecisionTreeClassifier

from lib import gate
from lib.gate.judging import judge, translation

ROWS = pd.DataFrame(np.random.RandomState(0).normal(size=(60, 3)), columns=["a", "b", "c"])
YES = (ROWS["a"] > 0).astype(int)


def as_of(version: str, model: object) -> bytes:
    """A model's file that says another version wrote it, in as many characters."""
    data = pickle.dumps(model)
    assert len(version) == len(sklearn.__version__)
    return data.replace(sklearn.__version__.encode(), version.encode())


STORED = zipfile.ZipFile(Path(__file__).with_name("older_models.zip"))
"""Models of `tools/old_models.py` from versions that no longer install beside ours, with their answers there."""


@pytest.mark.parametrize("name", sorted(name[:-4] for name in STORED.namelist() if name.endswith(".pkl")))
def test_a_stored_model_of_an_old_version_answers_as_it_did_where_it_was_made(name: str) -> None:
    about = json.loads(STORED.read(f"{name}.json"))
    with gate.open_model(STORED.read(f"{name}.pkl")) as opened:
        for method, expected in about["answers"].items():
            answer = np.asarray(opened.call(method, pd.DataFrame(about["rows"])))
            if np.asarray(expected).dtype.kind in "US":
                assert answer.astype(str).tolist() == expected
            else:
                np.testing.assert_allclose(answer.astype(float), expected, rtol=1e-6, atol=1e-6)


def test_counts_in_a_classification_tree_become_shares() -> None:
    """A tree as scikit-learn 1.3 kept it: weights of each class, which `predict_proba` divided at each call."""
    model = DecisionTreeClassifier(max_depth=2).fit(ROWS, YES)
    shares = model.predict_proba(ROWS)
    state = model.tree_.__getstate__()
    state["values"] = state["values"] * state["nodes"]["weighted_n_node_samples"][:, None, None]
    model.tree_.__setstate__(state)
    with gate.open_model(as_of("1.3.2", model)) as opened:
        np.testing.assert_allclose(opened.call("predict_proba", ROWS), shares, rtol=1e-12)


def test_a_file_of_this_version_is_proved_and_one_of_an_unknown_version_is_not() -> None:
    model = LogisticRegression().fit(ROWS, YES)
    with gate.open_model(pickle.dumps(model)) as opened:
        assert opened.verdict.proved
    with gate.open_model(as_of("0.9.9", model)) as opened:
        assert not opened.verdict.proved


def test_histogram_boosting_of_another_version_answers() -> None:
    model = HistGradientBoostingClassifier(max_iter=3).fit(ROWS, YES)
    with gate.open_model(as_of("1.2.2", model)) as opened:
        np.testing.assert_allclose(opened.call("predict_proba", ROWS), model.predict_proba(ROWS))


def test_path_lengths_of_an_isolation_forest_are_worked_out() -> None:
    model = IsolationForest(n_estimators=4, random_state=0).fit(ROWS)
    expected = model.score_samples(ROWS)
    del model._decision_path_lengths, model._average_path_length_per_tree
    with gate.open_model(as_of("1.2.2", model)) as opened:
        np.testing.assert_allclose(opened.call("score_samples", ROWS), expected, rtol=1e-12)


THREE = np.array(["high", "low", "mid"])[np.digitize(ROWS["a"], [-0.5, 0.5])]


def centred_log_chances(model: AdaBoostClassifier) -> np.ndarray:
    """SAMME.R by Zhu et al. 2009, algorithm 4, step 2c, row by row."""
    count = model.n_classes_
    means = np.zeros((len(ROWS), count))
    for tree in model.estimators_:
        for row, chances in enumerate(tree.predict_proba(ROWS.to_numpy())):
            logs = [np.log(max(chance, np.finfo(float).eps)) for chance in chances]
            means[row] += [(count - 1) * (one - sum(logs) / count) / len(model.estimators_) for one in logs]
    return means


@pytest.mark.parametrize("target", [YES, THREE], ids=["two classes", "three classes"])
def test_adaboost_with_samme_r_answers_by_the_chances_of_its_trees(target: object) -> None:
    model = AdaBoostClassifier(DecisionTreeClassifier(max_depth=2), n_estimators=4).fit(ROWS, target)
    model.algorithm, model.estimator_weights_ = "SAMME.R", np.ones(len(model.estimators_))
    decision = centred_log_chances(model)
    chances = np.exp(decision / (model.n_classes_ - 1))
    with gate.open_model(as_of("1.3.2", model)) as opened:
        expected = decision[:, 1] - decision[:, 0] if model.n_classes_ == 2 else decision
        np.testing.assert_allclose(opened.call("decision_function", ROWS), expected, rtol=1e-9)
        np.testing.assert_allclose(
            opened.call("predict_proba", ROWS), chances / chances.sum(axis=1, keepdims=True), rtol=1e-9
        )
        assert list(opened.call("predict", ROWS)) == [model.classes_[one] for one in decision.argmax(axis=1)]


def test_adaboost_before_1_3_counts_votes_against_a_class_as_nothing() -> None:
    model = AdaBoostClassifier(n_estimators=4).fit(ROWS, THREE)
    model.algorithm = "SAMME"
    weights = model.estimator_weights_ / model.estimator_weights_.sum()
    votes = sum(
        weight * (tree.predict(ROWS.to_numpy())[:, None] == model.classes_)
        for tree, weight in zip(model.estimators_, weights, strict=False)
    )
    with gate.open_model(as_of("1.2.2", model)) as opened:
        np.testing.assert_allclose(opened.call("decision_function", ROWS), votes, rtol=1e-9)
    with gate.open_model(as_of("1.3.2", model)) as opened:
        np.testing.assert_allclose(opened.call("decision_function", ROWS), model.decision_function(ROWS), rtol=1e-9)


@pytest.mark.parametrize(
    ("many", "solver", "version", "apart"),
    [
        ("ovr", "lbfgs", "1.7.2", True),
        ("auto", "liblinear", "1.7.2", True),
        ("auto", "newton-cholesky", "1.5.2", True),
        ("auto", "newton-cholesky", "1.6.1", False),
        ("multinomial", "lbfgs", "1.3.2", False),
    ],
)
def test_a_logistic_regression_of_each_class_against_the_rest(
    many: str, solver: str, version: str, apart: bool
) -> None:
    model = LogisticRegression().fit(ROWS, THREE)
    softmax = model.predict_proba(ROWS)
    model.multi_class, model.solver = many, solver
    alone = 1 / (1 + np.exp(-(ROWS.to_numpy() @ model.coef_.T + model.intercept_)))
    with gate.open_model(as_of(version, model)) as opened:
        expected = alone / alone.sum(axis=1, keepdims=True) if apart else softmax
        np.testing.assert_allclose(opened.call("predict_proba", ROWS), expected, rtol=1e-9)


def test_a_multinomial_logistic_regression_of_two_classes_answers_by_the_softmax_of_both_signs() -> None:
    model = LogisticRegression().fit(ROWS, YES)
    model.multi_class = "multinomial"
    decision = ROWS.to_numpy() @ model.coef_[0] + model.intercept_[0]
    with gate.open_model(as_of("1.7.2", model)) as opened:
        np.testing.assert_allclose(opened.call("predict_proba", ROWS)[:, 1], 1 / (1 + np.exp(-2 * decision)), rtol=1e-9)


def test_a_nearest_centroid_without_priors_answers_and_offers_no_chances() -> None:
    model = NearestCentroid().fit(ROWS, THREE)
    expected = model.predict(ROWS)
    for name in ("class_prior_", "within_class_std_dev_", "deviations_", "priors"):
        delattr(model, name)
    with gate.open_model(as_of("1.5.2", model)) as opened:
        assert list(opened.call("predict", ROWS)) == list(expected)
        assert list(opened.methods) == ["predict"]


def test_an_imputer_before_1_6_counts_donors_without_a_common_column() -> None:
    """The row has `a` alone, the donors have `b` alone: all three count, today none does."""
    known = pd.DataFrame({"a": [1.0, np.nan, np.nan, np.nan], "b": [np.nan, 3.0, 6.0, 9.0]})
    model = KNNImputer(n_neighbors=4).fit(pd.concat([known, pd.DataFrame({"a": [1.0], "b": [5.0]})]))
    row = pd.DataFrame({"a": [1.0], "b": [np.nan]})
    assert model.transform(row)[0, 1] == 5.0
    with gate.open_model(as_of("1.5.2", model)) as opened:
        assert np.asarray(opened.call("transform", row))[0, 1] == np.mean([5.0, 3.0, 6.0, 9.0])


def test_boosting_of_three_classes_before_1_4_begins_at_log_chances() -> None:
    model = GradientBoostingClassifier(n_estimators=2).fit(ROWS, THREE)
    prior = np.array([np.mean(one == THREE) for one in model.classes_])
    with gate.open_model(as_of("1.3.2", model)) as opened:
        np.testing.assert_allclose(
            opened.call("decision_function", ROWS), model.decision_function(ROWS) + np.log(prior).mean(), rtol=1e-9
        )


def test_what_this_version_cannot_express_is_refused_as_old() -> None:
    model = AdaBoostClassifier(n_estimators=3).fit(ROWS, YES)
    model.algorithm = "SAMME.2027"
    verdict = gate.prove(as_of("1.3.2", model))
    assert (verdict.verdict, verdict.reason) == ("refused", "old_version")
    assert "AdaBoost" in verdict.technical


@pytest.mark.parametrize("rule", translation.RULES, ids=lambda rule: f"{sorted(rule.classes)[0]} {rule.before}")
def test_a_rule_that_is_fed_nonsense_refuses(rule: translation.Rule) -> None:
    """Rules run before the judge: what they meet may be forged."""
    for nonsense in (None, 7, "x", [], {}, (1, 2), object()):
        state: translation.State = dict.fromkeys(
            ("tree_", "estimators_", "_predictors", "coef_", "_x_std", "_idf_diag", "transformers_", "statistics_"),
            nonsense,
        )
        names = ("loss_", "_baseline_prediction", "categories_", "drop_idx_", "_mask_fit_X", "refit", "shape_fit_")
        state |= dict.fromkeys(names, nonsense)
        names = ("degree", "n_output_features_", "feature_names_in_", "_feature_names_in", "_n_features", "_fit_X")
        state |= dict.fromkeys(names, nonsense)
        names = ("algorithm", "classes_", "n_classes_", "multi_class", "weights", "n_components", "priors")
        state |= dict.fromkeys(names, nonsense)
        state |= {"_name_to_fitted_passthrough": nonsense, "initial_imputer_": nonsense, "_loss": nonsense}
        try:
            rule.change(state)
        except translation.Untranslatable:
            continue


def test_what_is_odd_in_a_file_from_before_1_2_is_its_age() -> None:
    """Classes had other parts then: such a file is refused, and nobody is said to have changed it."""
    tree = DecisionTreeClassifier(max_depth=2).fit(ROWS, YES)
    tree.n_features_in_ = 9
    assert gate.prove(as_of("0.9.9", tree)).reason == "old_version"
    assert gate.prove(pickle.dumps(tree)).reason == "bad_structure"
    search = {"model": LogisticRegression().fit(ROWS, YES), "warned": FutureWarning}
    assert gate.prove(as_of("0.9.9", search)).reason == "old_version"
    assert gate.prove(pickle.dumps(search)).reason == "other_part"


def test_every_release_is_compared_by_its_first_two_numbers() -> None:
    assert translation.release("1.3.2") == (1, 3)
    assert translation.release("1.10.0rc1") == (1, 10)
    assert translation.release("?") is None
    assert translation.release(judge.our_version()) is not None
