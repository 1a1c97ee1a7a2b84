"""Every sentence that ends scoring is true, and following its advice ends in scores."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import pytest
from sklearn.cluster import DBSCAN, KMeans
from sklearn.linear_model import LinearRegression, LogisticRegression

from lib.card import Card
from lib.errors import UserError
from lib.gate import open_model
from lib.layouts import understand
from lib.scoring import Choices, rows_from_orders, rows_from_table, score, unit_factor
from lib.scoring.inputs import ROW, with_corrections
from lib.tables import read_table
from lib.text import LANGUAGES, tell
from lib.training import Question, train_orders
from tests.training.test_sentences import shop, table

PEOPLE = pd.DataFrame({"age": [25.0, 40.0, 61.0, 33.0], "spent": [10.0, 250.5, 30.25, 80.0]})
ORDERS = pd.DataFrame(
    {
        "order_id": range(1, 41),
        "customer_id": [f"k{at % 12}" for at in range(40)],
        "order_date": pd.date_range("2025-01-01", periods=40, freq="3D").strftime("%Y-%m-%d"),
        "amount": [10.5 + at for at in range(40)],
    }
)


def opened(fitted):
    return open_model(pickle.dumps(fitted), "model.pkl")


@pytest.fixture(scope="module")
def model():
    with opened(LogisticRegression().fit(PEOPLE, ["yes", "no", "yes", "no"])) as found:
        yield found


def scored(model, frame, **choices):
    return score(model, frame, Choices(sources=choices)).rows_scored


@dataclass(frozen=True)
class Case:
    """A table that cannot be scored, the sentence, and the scores that following it gives."""

    key: str
    ask: Callable
    follow: Callable


def corrected(frame):
    return with_corrections(PEOPLE.assign(age=["x", *PEOPLE["age"][1:]]), frame)


def read(frame):
    found = read_table(frame.to_csv(index=False).encode(), "file.csv")
    return found, understand(found)


CASES = {
    "a column is missing": Case(
        "missing_columns", lambda model: scored(model, PEOPLE[["spent"]].assign(colour="red")),
        lambda model, facts: scored(model, PEOPLE[["spent"]].assign(**dict.fromkeys(facts["missing"], 30.0))),
    ),
    "another column is to be used": Case(
        "missing_columns", lambda model: scored(model, PEOPLE[["spent"]].assign(colour=30.0)),
        lambda model, facts: scored(model, PEOPLE[["spent"]].assign(colour=30.0), age="colour"),
    ),
    "a column has a similar name": Case(
        "missing_columns_suggested", lambda model: scored(model, PEOPLE.rename(columns={"spent": "spent_total"})),
        lambda model, facts: scored(
            model, PEOPLE.rename(columns={"spent": "spent_total"}), **dict([facts["suggested"][0].split(" ← ")])
        ),
    ),
    "a column that the model does not need": Case(
        "map_unknown_need", lambda model: scored(model, PEOPLE, height="age"),
        lambda model, facts: scored(model, PEOPLE, **{facts["needed"][0]: "age"}),
    ),
    "a column that the table does not have": Case(
        "map_unknown_column", lambda model: scored(model, PEOPLE, age="years"),
        lambda model, facts: scored(model, PEOPLE, age=facts["found"][0]),
    ),
    "two columns of one name": Case(
        "same_header_twice",
        lambda model: scored(model, PEOPLE.assign(more=1.0).set_axis(["age", "spent", "age"], axis="columns")),
        lambda model, facts: scored(model, PEOPLE.assign(more=1.0)),
    ),
    "no rows": Case(
        "no_rows", lambda model: scored(model, PEOPLE.head(0)), lambda model, facts: scored(model, PEOPLE.head(1))
    ),
    "words in every row": Case(
        "no_row_scorable", lambda model: scored(model, PEOPLE.assign(age=list("abcd"))),
        lambda model, facts: scored(model, PEOPLE.assign(age=["20", "30", "40", "x"])),
    ),
    "a unit that is none": Case(
        "unknown_unit", lambda model: unit_factor("parsec"),
        lambda model, facts: score(model, PEOPLE, Choices(factors={"age": unit_factor(facts["known"][0])})).rows_scored,
    ),
    "orders for a table's model": Case(
        "customers_needed", lambda model: rows_from_table(model, *read(ORDERS)),
        lambda model, facts: scored(model, rows_from_table(model, *read(PEOPLE))),
    ),
    "columns that orders do not give": Case(
        "not_order_features", lambda model: rows_from_orders(model, shop(20, 50)),
        lambda model, facts: scored(model, rows_from_table(model, *read(PEOPLE))),
    ),
    "a corrected file without row numbers": Case(
        "no_row_numbers", lambda model: corrected(PEOPLE.head(1)),
        lambda model, facts: scored(model, corrected(PEOPLE.head(1).assign(**{facts["needed"]: 1}))),
    ),
    "a corrected file with other row numbers": Case(
        "wrong_row_numbers", lambda model: corrected(PEOPLE.head(1).assign(**{ROW: 9})),
        lambda model, facts: scored(model, corrected(PEOPLE.head(1).assign(**{facts["needed"]: facts["rows"]}))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_following_the_sentence_ends_in_scores(model, name):
    case = CASES[name]
    with pytest.raises(UserError) as caught:
        case.ask(model)
    assert caught.value.key == f"scoring.{case.key}"
    for language in LANGUAGES:
        assert "{" not in tell(language, caught.value)
    assert case.follow(model, dict(caught.value.facts)) >= 1


@pytest.mark.slow
def test_a_table_or_a_date_that_an_order_model_cannot_use():
    history = shop(90, 300)
    made = train_orders(history, Question("groups", quick=True))
    with opened(made.pipeline) as found:
        rows = rows_from_orders(found, history)
        with pytest.raises(UserError) as caught:
            score(found, table(20))
        # Which of the two depends on how many columns the model needs; the order history is what helps in both.
        assert caught.value.key in ("scoring.orders_needed", "scoring.missing_columns")
        assert score(found, rows).rows_scored == 90
        with pytest.raises(UserError) as caught:
            rows_from_orders(found, history, pd.Timestamp("2020-01-01"))
        assert caught.value.key == "scoring.no_orders_before"
        later = pd.Timestamp(str(caught.value.facts["first"])) + pd.Timedelta(days=200)
        assert score(found, rows_from_orders(found, history, later)).rows_scored >= 1


def test_a_model_without_the_needed_method_says_which_one_helps():
    """Clusters of the training rows alone have no `predict`."""
    with opened(DBSCAN(eps=300, min_samples=1).fit(PEOPLE)) as found, pytest.raises(UserError) as caught:
        score(found, PEOPLE)
    assert caught.value.key == "scoring.no_method"
    assert "DBSCAN" in str(caught.value.facts["estimator"])
    advised = KMeans(2, n_init=1, random_state=0).fit(PEOPLE)
    assert hasattr(advised, str(caught.value.facts["method"]))
    with opened(advised) as found:
        assert score(found, PEOPLE).rows_scored == len(PEOPLE)


def test_a_model_of_who_buys_again_needs_chances_and_the_sentence_names_them():
    card = Card(goal="buy_again", recipe="btyd", columns=(), customers=4, classes=("0", "1"))

    def sealed(estimator):
        estimator.brine_card_ = card.to_plain()
        return opened(estimator)

    with sealed(LinearRegression().fit(PEOPLE, [0, 1, 0, 1])) as found, pytest.raises(UserError) as caught:
        score(found, PEOPLE)
    assert (caught.value.key, caught.value.facts.get("method")) == ("scoring.no_method", "predict_proba")
    with sealed(LogisticRegression().fit(PEOPLE, [0, 1, 0, 1])) as found:
        assert score(found, PEOPLE).rows_scored == len(PEOPLE)


@pytest.mark.slow
def test_a_card_that_orders_cannot_be_computed_with_is_scored_from_a_table_or_trained_again():
    history = shop(120, 300)
    made = train_orders(history, Question("orders", horizon_days=365))
    columns = made.example.head(5)
    unusable = {**made.card.features, "btyd": {"model": "pareto_ggg"}}
    for features in (unusable, {"horizon_days": 365}):
        made.pipeline.brine_card_ = replace(made.card, features=features).to_plain()
        with opened(made.pipeline) as found:
            with pytest.raises(UserError) as caught:
                rows_from_orders(found, history)
            assert (caught.value.key, caught.value.facts["part"]) == ("scoring.card_constants", "btyd")
            assert score(found, columns).rows_scored == 5
    made.pipeline.brine_card_ = made.card.to_plain()
    with opened(made.pipeline) as found:
        assert score(found, rows_from_orders(found, history)).rows_scored == 120
