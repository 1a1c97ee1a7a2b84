"""Files of older scikit-learn versions: equal answers or a refusal; proved only where it was."""

import pickle

import numpy as np
import pandas as pd
import pytest
import sklearn
from sklearn.ensemble import AdaBoostClassifier, HistGradientBoostingClassifier, IsolationForest
from sklearn.linear_model import LogisticRegression
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


def test_what_this_version_cannot_express_is_refused_as_old() -> None:
    model = AdaBoostClassifier(n_estimators=3).fit(ROWS, YES)
    model.algorithm = "SAMME.R"
    verdict = gate.prove(as_of("1.3.2", model))
    assert (verdict.verdict, verdict.reason) == ("refused", "old_version")
    assert "SAMME.R" in verdict.technical


@pytest.mark.parametrize("rule", translation.RULES, ids=lambda rule: f"{sorted(rule.classes)[0]} {rule.before}")
def test_a_rule_that_is_fed_nonsense_refuses(rule: translation.Rule) -> None:
    """Rules run before the judge: what they meet may be forged."""
    for nonsense in (None, 7, "x", [], {}, (1, 2), object()):
        state: translation.State = dict.fromkeys(
            ("tree_", "estimators_", "_predictors", "coef_", "_x_std", "_idf_diag", "transformers_", "statistics_"),
            nonsense,
        )
        state |= {"_name_to_fitted_passthrough": nonsense, "initial_imputer_": nonsense, "_loss": nonsense}
        try:
            rule.change(state)
        except translation.Untranslatable:
            continue


def test_every_release_is_compared_by_its_first_two_numbers() -> None:
    assert translation.release("1.3.2") == (1, 3)
    assert translation.release("1.10.0rc1") == (1, 10)
    assert translation.release("?") is None
    assert translation.release(judge.our_version()) is not None
