"""Where a customer is found in a finished file, training changes the model and reports the change."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from lib.card import Card, Privacy
from lib.leaks import search
from lib.model_file import LeakFound
from lib.model_file.expected import expected_texts
from lib.model_file.making import LEAF_FACTOR, make_model
from lib.model_file.row_encodings import target_encodings
from lib.recipes import Inputs, Plan, recipe
from lib.text import LANGUAGES, say, tell
from lib.training import Question, Trained
from lib.training.describe import describe

COUNT = 300


@pytest.fixture(scope="module")
def people():
    draw = np.random.default_rng(2)
    return pd.DataFrame(
        {"income": np.round(draw.lognormal(10, 0.5, COUNT), 2), "age": draw.integers(18, 80, COUNT).astype(float)},
        index=pd.Index([f"c-{at:05}" for at in range(COUNT)], name="customer_id"),
    )


def trainer(people, model, *, asked=None):
    """Trains on the columns asked for; notes every question in `asked`."""

    def train(question):
        if asked is not None:
            asked.append(question)
        table = people[list(question.columns or people.columns)]
        spent = pd.Series(np.round(people["income"] * 0.37 + people["age"], 2), index=people.index)
        pipeline = Pipeline([("model", model(question))]).fit(table, spent)
        return Trained(pipeline, Card("target", question.recipe or "linear", describe(table), COUNT), table, spent)

    return train


def test_a_sound_file_is_left_as_it_is(people):
    made = make_model(trainer(people, lambda _: Ridge()), Question("target", target="spent"), formats=("pickle",))
    assert made.leaks.found == 0
    assert made.card.privacy.changes == ()


@pytest.mark.slow
def test_exact_answers_in_leaves_are_rounded_away(people):
    """A forest with default leaves holds customers' spend to the cent; three digits identify no customer."""
    asked: list[Question] = []
    train = trainer(people, lambda _: RandomForestRegressor(5, random_state=0), asked=asked)
    made = make_model(train, Question("target", target="spent"), formats=("pickle",))
    assert made.leaks.found == 0
    assert made.card.privacy.changes == ("rounded",)
    assert len(asked) == 1, "nothing was trained again"
    spent = train(asked[0]).target
    assert search(made.files["pickle"], people, targets=target_encodings(spent)).found == 0


@pytest.mark.slow
def test_a_rounded_forest_predicts_nearly_as_before(people):
    train = trainer(people, lambda _: RandomForestRegressor(5, random_state=0))
    made = make_model(train, Question("target", target="spent"), formats=("pickle",))
    before = train(Question("target")).pipeline.predict(people)
    after = pickle.loads(made.files["pickle"]).predict(people)
    assert np.median(np.abs(after / before - 1)) < 0.005


@pytest.mark.slow
def test_leaves_become_larger_where_rounding_does_not_help(people):
    """A forest whose leaves of one customer each are kept in a form that no rounding reaches."""
    asked: list[Question] = []

    def model(question):
        forest = RandomForestRegressor(5, min_samples_leaf=question.leaf_factor, bootstrap=False, random_state=0)
        if question.leaf_factor == 1:
            forest.note = pickle.dumps(people["income"].to_numpy())
        return forest

    train = trainer(people, model, asked=asked)
    made = make_model(train, Question("target", target="spent"), formats=("pickle",))
    assert made.leaks.found == 0
    assert made.card.privacy.changes == ("larger_leaves",)
    assert [question.leaf_factor for question in asked] == [1, LEAF_FACTOR]


@pytest.mark.parametrize("key", ["forest", "boosting", "blend", "future_boosting", "linear"])
def test_every_tree_of_a_recipe_gets_the_larger_leaves(key):
    def leaves(factor):
        plan = Plan(
            "number" if key != "future_boosting" else "yes_no", Inputs(("income",), ("age",)), leaf_factor=factor
        )
        found = recipe(key).pipeline(plan).get_params()
        return [size for name, size in found.items() if name.endswith("min_samples_leaf")]

    assert leaves(5) == [5 * size for size in leaves(1)]
    assert bool(leaves(1)) == (key != "linear")


@pytest.mark.slow
def test_another_method_is_taken_where_rows_are_kept(people):
    def model(question):
        return Ridge() if question.recipe else Pipeline([("s", StandardScaler()), ("knn", KNeighborsRegressor())])

    made = make_model(trainer(people, model), Question("target", target="spent"), formats=("pickle",))
    assert made.leaks.found == 0
    assert "other_recipe" in made.card.privacy.changes or made.card.privacy.left_out


@pytest.mark.slow
def test_where_nothing_helps_the_refusal_names_the_kind_and_the_column(people):
    train = trainer(people, lambda _: KNeighborsRegressor(algorithm="brute"))
    with pytest.raises(LeakFound) as caught:
        make_model(train, Question("target", target="spent"), formats=("pickle",))
    assert caught.value.key.startswith("leaks.found")
    assert {one.part for one in caught.value.findings} <= {"model", ""}
    for language in LANGUAGES:
        sentence = tell(language, caught.value)
        assert "{" not in sentence
        assert "300" in sentence


def test_what_was_changed_is_told_in_each_language(people):
    from dataclasses import replace

    from lib.presentation import sentences

    card = replace(
        Card("target", "linear", describe(people), COUNT),
        privacy=Privacy(changes=("rounded", "larger_leaves", "column_left_out"), left_out=("income",)),
    )
    again = Card.from_plain(card.to_plain())
    assert again is not None
    assert again.privacy == card.privacy
    for language in LANGUAGES:
        for change in ("rounded", "larger_leaves"):
            assert say(language, f"leaks.changed_{change}") in sentences.privacy(language, again)
        assert any("income" in sentence for sentence in sentences.privacy(language, again))


def test_words_of_the_file_are_expected_and_texts_of_customers_are_not(people):
    pipeline = Pipeline([("model", Ridge())]).fit(people, people["age"])
    card = Card("target", "linear", describe(people), COUNT, cutoff="2024-05-01T12:00:00", extra={"who": "Ana Smith"})
    known = expected_texts(pipeline, card)
    assert {"Ridge", "coef_", "income", "cholesky", "2024-05-01T12:00:00", "privacy"} - known <= {"cholesky"}
    assert "Ana Smith" not in known
