"""Models in shapes whose cost could grow faster than their bytes: each answers, or is refused with one sentence that
accuses nobody, and the server itself hardly computes for it."""

import pickle
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import VotingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from lib import gate, text
from tests.machine import slowness

TABLE = pd.DataFrame(np.random.default_rng(5).normal(size=(40, 2)), columns=["orders", "spent"])
AMOUNT = TABLE["orders"] * 3 + TABLE["spent"]
SERVER_SECONDS = 3.0
"""CPU time of the server's process for one upload; the worker has limits of its own."""
ACCUSING = frozenset({"not_allowed", "bad_call", "bad_opcode"})
SHAPES: dict[str, Callable[[], object]] = {}


def shape(make: Callable[[], object]) -> Callable[[], object]:
    """Adds a shape."""
    SHAPES[make.__name__.replace("_", " ")] = make
    return make


def _nested(levels: int) -> object:
    model: object = LinearRegression().fit(TABLE, AMOUNT)
    for _ in range(levels):
        outer = Pipeline([("inner", model)])
        model = outer
    return model


@shape
def pipelines_in_each_other_thirty_deep() -> object:
    return _nested(30)


@shape
def pipelines_in_each_other_eighty_deep() -> object:
    return _nested(80)


@shape
def thousands_of_steps() -> object:
    steps = [(f"s{at}", FunctionTransformer(np.negative)) for at in range(6_000)]
    return Pipeline([*steps, ("model", LinearRegression().fit(TABLE, AMOUNT))])


@shape
def thousands_of_steps_that_do_nothing() -> object:
    steps = [(f"s{at}", "passthrough") for at in range(20_000)]
    return Pipeline([*steps, ("model", LinearRegression().fit(TABLE, AMOUNT))])


@shape
def one_model_that_votes_a_thousand_times() -> object:
    model = LinearRegression().fit(TABLE, AMOUNT)
    vote = VotingRegressor([("a", model)]).fit(TABLE, AMOUNT)
    vote.estimators_ = [model] * 1_000
    return vote


@shape
def unions_that_double_a_table_each_time() -> object:
    steps = [(f"u{at}", FeatureUnion([("a", FunctionTransformer()), ("b", FunctionTransformer())])) for at in range(26)]
    return Pipeline([*steps, ("model", LinearRegression().fit(TABLE, AMOUNT))])


@shape
def a_million_columns_that_are_not_there() -> object:
    model = LinearRegression().fit(TABLE.to_numpy(), AMOUNT)
    model.n_features_in_ = 1_000_000
    return model


@shape
def more_columns_than_there_are_numbers() -> object:
    model = LinearRegression().fit(TABLE.to_numpy(), AMOUNT)
    model.n_features_in_ = 10**30
    return model


@shape
def one_class_of_five_million_characters() -> object:
    return DummyClassifier().fit(TABLE, np.where(AMOUNT > 0, "a" * 2_000_000, "b" * 2_000_000))


@shape
def a_thousand_classes_with_long_names() -> object:
    model = DummyClassifier().fit(TABLE, AMOUNT > 0)
    model.classes_ = np.array([f"{at} " + "x" * 990 for at in range(1_000)])
    model.n_classes_ = 1_000
    model.class_prior_ = np.full(1_000, 0.001)
    return model


@shape
def a_category_of_a_million_characters() -> object:
    words = pd.DataFrame({"word": ["a" * 1_000_000, "b"]})
    return make_pipeline(OneHotEncoder(handle_unknown="ignore"), LogisticRegression()).fit(words, [0, 1])


@shape
def a_warning_of_each_of_many_steps() -> object:
    scaler = StandardScaler().fit(TABLE)
    steps = [(f"s{at}", scaler) for at in range(1_500)]  # each but the first is given an array without names
    return Pipeline([*steps, ("model", LinearRegression().fit(TABLE.to_numpy(), AMOUNT))])


@shape
def notes_in_a_list_sixty_thousand_long() -> object:
    return {"model": LinearRegression().fit(TABLE, AMOUNT), "notes": [{"at": at} for at in range(60_000)]}


@shape
def the_same_model_in_a_thousand_places() -> object:
    model = LinearRegression().fit(TABLE, AMOUNT)
    return [{"model": model, "fold": at} for at in range(1_000)]


def assert_is_one_sentence(refused: gate.Refused) -> None:
    """Fails where a refusal accuses, or has no sentence in a language."""
    assert refused.reason not in ACCUSING
    for language in text.LANGUAGES:
        assert 20 < len(text.tell(language, refused)) < 2_000


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_a_costly_model_answers_or_is_refused_and_the_server_hardly_computes(name: str) -> None:
    saved = SHAPES[name]()
    data = pickle.dumps(saved)
    computed = time.process_time()
    try:
        with gate.open_model(data) as opened:
            method = "predict"
            given = TABLE if opened.columns != ("word",) else pd.DataFrame({"word": ["b", "c"]})
            answer = opened.call(method, given)
            assert len(answer) == len(given)
            assert all(len(str(one)) <= 1_000 for one in opened.classes)
    except gate.Refused as refused:
        assert_is_one_sentence(refused)
    assert time.process_time() - computed < SERVER_SECONDS * slowness()
