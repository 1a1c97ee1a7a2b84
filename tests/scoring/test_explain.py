"""Why a customer got that score, and what it would be after other orders."""

import pickle
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression

from lib.features import FEATURES
from lib.gate import open_model
from lib.scoring import Need, Scenario, explain, scenario_row
from lib.scoring.ideas import IDEAS, idea_of

NEEDS = [Need(name, "number", typical=1.0) for name in ("a", "b", "c")]


def linear(columns, coefficients):
    random = np.random.default_rng(0)
    rows = pd.DataFrame(random.normal(size=(50, len(columns))), columns=columns)
    return pickle.dumps(LinearRegression().fit(rows, rows.to_numpy() @ coefficients))


def test_a_linear_models_reasons_are_its_coefficients_shares():
    with open_model(linear(["a", "b", "c"], [2.0, -3.0, 0.0])) as opened:
        (reasons,) = explain(opened, pd.DataFrame({"a": [4.0], "b": [2.0], "c": [9.0]}), NEEDS)
    assert [(reason.column, reason.value, reason.typical) for reason in reasons] == [("a", 4.0, 1.0), ("b", 2.0, 1.0)]
    assert [reason.effect for reason in reasons] == pytest.approx([6.0, -3.0])


def test_each_customer_has_reasons_of_their_own():
    with open_model(linear(["a", "b", "c"], [1.0, 1.0, 1.0])) as opened:
        rows = pd.DataFrame({"a": [9.0, 1.0], "b": [1.0, 1.0], "c": [1.0, -5.0]})
        first, second = explain(opened, rows, NEEDS, most=1)
    assert (first[0].column, first[0].effect) == ("a", pytest.approx(8.0))
    assert (second[0].column, second[0].effect) == ("c", pytest.approx(-6.0))


def test_columns_of_one_idea_are_one_reason():
    """The chance of an order and its log odds once took two of the three places."""
    columns = ["btyd_chance", "btyd_log_odds", "monetary_total"]
    needs = [Need(name, "number", unit="share", typical=0.0) for name in columns]
    with open_model(linear(columns, [1.0, 1.0, 1.0])) as opened:
        row = pd.DataFrame({"btyd_chance": [2.0], "btyd_log_odds": [3.0], "monetary_total": [1.0]})
        (reasons,) = explain(opened, row, needs)
    assert [(reason.idea, reason.column) for reason in reasons] == [
        ("recency", "btyd_chance"),
        ("spend", "monetary_total"),
    ]
    assert [reason.effect for reason in reasons] == pytest.approx([5.0, 1.0])
    assert reasons[0].unit == "share"
    assert reasons[0].columns == ("btyd_chance", "btyd_log_odds")


def test_every_feature_has_an_idea():
    assert {idea_of(feature.name) for feature in FEATURES} == set(IDEAS)
    assert "" not in IDEAS


MODELS = {
    "logistic": LogisticRegression(max_iter=200),
    "trees": RandomForestClassifier(20, random_state=0),
    "line": LinearRegression(),
    "forest": RandomForestRegressor(20, random_state=0),
    "boosted": GradientBoostingRegressor(n_estimators=20, random_state=0),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MODELS)
def test_the_direction_is_that_of_the_score_when_the_idea_is_changed(name):
    """A reason that says `raises` is tried out: with the idea made typical, the score is lower."""
    random = np.random.default_rng(3)
    columns = ["recency_days", "overdue_ratio", "frequency_orders", "orders_90_days", "monetary_total", "gap_mean_days"]
    table = pd.DataFrame(random.gamma(1.5, 20, (200, 6)), columns=columns)
    signal = (
        table["frequency_orders"] * 2 - table["recency_days"] + table["monetary_total"] * table["gap_mean_days"] / 40
    )
    model = clone(MODELS[name])
    classes = name in ("logistic", "trees")
    model.fit(table, np.where(signal > signal.median(), "yes", "no") if classes else signal)
    needs = [Need(column, "number", typical=float(table[column].median())) for column in columns]
    with open_model(pickle.dumps(model)) as opened:
        found = explain(opened, table.head(25), needs, most=9)
    tried = 0
    for place, reasons in enumerate(found):
        row = table.iloc[[place]]
        answer = (
            (lambda one: model.predict_proba(one).max(axis=1)[0]) if classes else (lambda one: model.predict(one)[0])
        )
        own = model.predict_proba(row)[0].argmax() if classes else 0
        for reason in reasons:
            changed = row.assign(**{need.name: need.typical for need in needs if need.name in reason.columns})
            without = model.predict_proba(changed)[0][own] if classes else model.predict(changed)[0]
            assert reason.score == pytest.approx(answer(row))
            assert reason.without == pytest.approx(without)
            assert (reason.effect > 0) == (reason.score > reason.without)
            tried += 1
    assert tried > 40


NO_CARD = SimpleNamespace(
    columns=("recency_days", "frequency_orders", "monetary_total"), verdict=SimpleNamespace(card=None)
)


def bought(*orders):
    """Order lines of customers: (customer, day of January 2024, amount)."""
    return pd.DataFrame(
        {
            "customer_id": pd.Series([customer for customer, _, _ in orders], dtype="str"),
            "order_id": pd.Series([f"o{place}" for place in range(len(orders))], dtype="str"),
            "ordered_at": pd.to_datetime([f"2024-01-{day:02d}" for _, day, _ in orders]).as_unit("us"),
            "amount": [amount for _, _, amount in orders],
            "quantity": 1.0,
            "product": pd.Series(["tea"] * len(orders), dtype="str"),
            "country": pd.Series(["Peru"] * len(orders), dtype="str"),
        }
    )


def history(*orders):
    return SimpleNamespace(lines=bought(*orders), returns=bought())


def test_a_hypothetical_order_changes_every_column_that_follows_from_it():
    orders = history(("ana", 1, 10.0), ("ana", 11, 30.0), ("eva", 12, 99.0))
    cutoff = pd.Timestamp("2024-01-21")
    now = scenario_row(NO_CARD, orders, "ana", cutoff, Scenario()).loc["ana"]
    assert now.tolist() == [10.0, 2.0, 40.0]
    then = scenario_row(NO_CARD, orders, "ana", cutoff, Scenario(orders=2, order_value=25.0)).loc["ana"]
    assert then["recency_days"] < 0.001
    assert then[["frequency_orders", "monetary_total"]].tolist() == [4.0, 90.0]


def test_silence_after_a_hypothetical_order_counts_from_it():
    orders = history(("ana", 1, 10.0))
    row = scenario_row(NO_CARD, orders, "ana", pd.Timestamp("2024-01-05"), Scenario(1, 5.0, silent_days=30)).loc["ana"]
    assert row["recency_days"] == pytest.approx(30, abs=0.001)


def test_what_came_after_the_cutoff_is_not_looked_at():
    orders = history(("ana", 1, 10.0), ("ana", 20, 500.0))
    row = scenario_row(NO_CARD, orders, "ana", pd.Timestamp("2024-01-05"), Scenario()).loc["ana"]
    assert row["monetary_total"] == 10.0


def test_a_customer_without_orders_has_no_scenario():
    with pytest.raises(KeyError):
        scenario_row(NO_CARD, history(("ana", 1, 10.0)), "zoe", pd.Timestamp("2024-01-05"), Scenario())


def test_a_lone_customer_is_compared_with_everybody():
    """A customer compared only with themselves is never unusual: a model without a card once gave no reasons."""
    needs = [Need("a"), Need("b")]
    everybody = pd.DataFrame({"a": [0.0, 1.0, 5.0], "b": [2.0, 2.0, 2.0]})
    with open_model(linear(["a", "b"], [3.0, 1.0])) as opened:
        (reasons,) = explain(opened, everybody.tail(1), needs, everybody=everybody)
    assert [(reason.column, reason.typical) for reason in reasons] == [("a", 1.0)]
    assert reasons[0].effect == pytest.approx(12.0)


def test_a_classifiers_reasons_are_for_its_answer():
    """For each of two customers, the reasons are those for their own class, not for the last class."""
    rows = pd.DataFrame({"a": [-3.0, -1.0, 1.0, 3.0] * 10, "b": [0.0, 1.0] * 20})
    model = pickle.dumps(LogisticRegression().fit(rows, np.where(rows["a"] > 0, "high", "low")))
    with open_model(model) as opened:
        low, high = explain(opened, rows.iloc[[0, 3]], [Need("a"), Need("b")], most=1, everybody=rows)
    assert low[0].column == high[0].column == "a"
    assert low[0].effect > 0
    assert high[0].effect > 0
