"""Date and value of the next order: coverage of the intervals, given that the customer orders."""

import pickle
from dataclasses import astuple, replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from lib import text
from lib.card import Card
from lib.features import code, customer_features, next_order_of
from lib.schema import NEXT_ORDER
from lib.training import Question, Trained, train_orders
from tests.training.test_future import END, orders, shop

pytestmark = pytest.mark.slow


@cache
def trained() -> Trained:
    return train_orders(shop(customers=900, days=780), Question("next_order", cutoff=END, horizon_days=60))


def test_the_next_order_is_the_first_after_the_cutoff_by_who_was_known():
    begin = pd.Timestamp("2024-03-01")
    rows = [
        ("ana", "o1", begin - pd.Timedelta(days=9), 10.0, 1.0, None, None),
        ("ana", "o2", begin + pd.Timedelta(days=3), 20.0, 1.0, None, None),
        ("ana", "o2", begin + pd.Timedelta(days=3), 5.0, 1.0, None, None),
        ("ana", "o3", begin + pd.Timedelta(days=5), 90.0, 1.0, None, None),
        ("bo", "o4", begin - pd.Timedelta(days=1), 7.0, 1.0, None, None),
        ("bo", "o5", begin + pd.Timedelta(days=30), 8.0, 1.0, None, None),
        ("new", "o6", begin + pd.Timedelta(days=1), 8.0, 1.0, None, None),
    ]
    found = next_order_of(code(orders(rows)), begin, 30)
    assert found.index.tolist() == ["ana", "bo"]
    assert found.loc["ana"].tolist() == [3.0, 25.0]
    assert found.loc["bo"].isna().all(), "thirty days later is outside of a horizon of thirty days"


def test_the_plain_pickle_tells_a_middle_between_its_ends_within_the_horizon():
    opened = pickle.loads(pickle.dumps(trained().pipeline, protocol=5))
    predicted = pd.DataFrame(opened.predict(trained().example), columns=list(NEXT_ORDER))
    for part in ("days", "value"):
        low, middle, high = (predicted[f"next_order_{part}{end}"] for end in ("_low", "", "_high"))
        assert (low >= 0).all()
        assert (low <= middle).all()
        assert (middle <= high).all()
    assert (predicted["next_order_days_high"] <= 60 + 1e-6).all()
    assert b"lib." not in pickle.dumps(trained().pipeline)


def test_a_shop_where_every_order_is_worth_the_same_is_told_that_worth():
    """The widths were all nothing, and their logarithm ended in a division by zero."""
    base = shop(customers=200)
    same = replace(base, lines=base.lines.assign(amount=20.0))
    made = train_orders(same, Question("next_order", cutoff=END, horizon_days=45))
    predicted = pd.DataFrame(made.pipeline.predict(made.example), columns=list(NEXT_ORDER))
    orders_of_two_lines = same.lines.groupby("order_id").size().max() > 1
    assert not orders_of_two_lines
    assert predicted["next_order_value"].between(19.9, 20.1).all()
    assert (predicted["next_order_value_low"] <= predicted["next_order_value_high"]).all()


def test_the_intervals_held_about_as_often_as_promised():
    card = trained().card
    for part in ("days", "value"):
        share, low, high = astuple(card.evaluation.intervals[f"{part}_coverage"])
        assert low <= share <= high
        assert share == pytest.approx(card.evaluation.nominal_coverage, abs=0.1)
    assert card.metrics["days_error"] < card.baseline["days_error"]
    assert card.metrics["value_error"] < card.evaluation.peer("constant")["value_error"]


def test_the_coverage_in_the_card_is_that_of_a_later_window_that_nothing_had_seen():
    """Predicted before the last sixty days, intervals of customers who then ordered must have the coverage on the
    card."""
    base, cutoff = shop(customers=900, days=780), END - pd.Timedelta(days=60)
    made = train_orders(base, Question("next_order", cutoff=cutoff, horizon_days=60))
    rows = customer_features(base, cutoff, columns=made.pipeline.feature_names_in_, constants=made.card.features)
    predicted = pd.DataFrame(made.pipeline.predict(rows), columns=list(NEXT_ORDER), index=rows.index)
    came = next_order_of(code(base), cutoff, 60).dropna()
    predicted = predicted.loc[came.index]
    inside = (predicted["next_order_days_low"] <= came["days"]) & (came["days"] <= predicted["next_order_days_high"])
    assert inside.mean() == pytest.approx(0.8, abs=0.1)


def test_who_orders_often_is_expected_sooner_and_who_spends_more_to_spend_more():
    made = trained()
    predicted = pd.DataFrame(made.pipeline.predict(made.example), columns=list(NEXT_ORDER), index=made.example.index)
    often = made.example["frequency_orders"] >= made.example["frequency_orders"].quantile(0.9)
    assert predicted.loc[often, "next_order_days"].median() < predicted.loc[~often, "next_order_days"].median()
    rank = np.corrcoef(predicted["next_order_value"].rank(), made.example["order_value_mean"].rank())[0, 1]
    assert rank > 0.8


def test_the_card_can_be_read_back_and_its_limit_has_a_sentence():
    card = trained().card
    assert Card.from_plain(card.to_plain()) is not None
    assert all(text.knows(language, key) for language in text.LANGUAGES for key in card.limits)
