"""Whom to write to, and who is held back."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from lib.audience import (
    AUDIENCE_FILES,
    Economics,
    Selection,
    best_cut,
    choose,
    cost_curve,
    expected_value,
    hold_back,
    measured_effect,
    with_emails,
)
from lib.errors import UserError

SCORES = pd.DataFrame({"customer_id": ["a", "b", "c", "d"], "spend": [100.0, 10.0, 1.0, None]})


def test_expected_value_is_margin_of_the_sales_less_the_cost():
    assert expected_value(SCORES, Economics(cost=2, margin=0.5)).tolist()[:3] == [48.0, 3.0, -1.5]


def test_a_chance_is_worth_the_order_value():
    chances = pd.DataFrame({"buy_again": [0.5]})
    assert expected_value(chances, Economics(cost=1, margin=0.2, order_value=100)).tolist() == [9.0]


def test_a_budget_buys_the_best_customers():
    chosen = choose(SCORES, Selection(budget=5.0), Economics(cost=2, margin=0.5))
    assert chosen["customer_id"].tolist() == ["a", "b"]


def test_a_free_message_goes_to_everybody_with_a_score():
    chosen = choose(SCORES, Selection(budget=0.0), Economics(cost=0))
    assert chosen["customer_id"].tolist() == ["a", "b", "c"]


def test_only_worthwhile_customers_are_chosen():
    assert choose(SCORES, Selection(worthwhile=True), Economics(cost=2, margin=0.5))["customer_id"].tolist() == [
        "a",
        "b",
    ]


def test_a_group_is_chosen_whole():
    groups = pd.DataFrame({"customer_id": ["a", "b"], "group": [1, 2]})
    assert choose(groups, Selection(groups=(2,)))["customer_id"].tolist() == ["b"]


def test_scores_without_money_are_told():
    with pytest.raises(UserError) as caught:
        expected_value(pd.DataFrame({"group": [1]}), Economics())
    assert caught.value.key == "audience.no_value"


def test_the_held_back_are_random_and_the_same_each_time():
    customers = pd.Series([str(number) for number in range(10_000)])
    held = hold_back(customers, 0.1, campaign="spring")
    assert 0.09 < held.mean() < 0.11
    assert hold_back(customers.iloc[::-1], 0.1, campaign="spring").sort_index().equals(held)
    assert not hold_back(customers, 0.1, campaign="autumn").equals(held)


def test_customers_without_an_email_are_left_out():
    chosen = with_emails(pd.DataFrame({"customer_id": ["1", "2", "x@y.org"]}), {"1": "ana@example.org"})
    assert chosen["email"].tolist() == ["ana@example.org", "x@y.org"]


@pytest.mark.parametrize("way", AUDIENCE_FILES, ids=lambda way: way.key)
def test_every_audience_file_has_one_row_per_customer_and_its_tools_columns(way):
    chosen = pd.DataFrame({"customer_id": ["1"], "spend": [12.3456], "email": [" Ana@Example.org "]})
    made = way.build(chosen, "spring")
    needed = {"klaviyo": "Email", "mailchimp": "Email Address", "meta": "email"}[way.key]
    assert needed in made.columns
    assert len(made) == 1


def test_meta_gets_no_readable_email():
    (meta,) = [way for way in AUDIENCE_FILES if way.key == "meta"]
    made = meta.build(pd.DataFrame({"customer_id": ["1"], "email": [" Ana@Example.org "]}), "")
    assert made["email"].tolist() == [hashlib.sha256(b"ana@example.org").hexdigest()]


def test_the_effect_of_a_message_is_the_difference_to_the_held_back():
    bought = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 1.0])
    held = np.array([False, False, False, False, True, True])
    difference, low, high = measured_effect(bought, held)
    assert difference == 0.25
    assert low < 0.25 < high


def test_mistakes_are_priced_by_hand():
    """Of 100 customers 30 say yes; among the best 20 are 15 of them."""
    gains = pd.DataFrame({"share_customers": [0.0, 0.2, 1.0], "share_reached": [0.0, 0.5, 1.0]})
    curve = cost_curve(gains, 0.3, missed=4.0, false_alarm=1.0)
    assert curve["cost"].tolist() == pytest.approx([120.0, 65.0, 70.0])
    assert curve["right"].tolist()[1:] == pytest.approx([0.75, 0.3])
    cut = best_cut(curve, missed=4.0, false_alarm=1.0)
    assert cut == pytest.approx({"chance": 0.2, "flagged": 0.2, "found": 0.5, "right": 0.75})


def test_where_a_false_alarm_costs_most_nobody_is_acted_on():
    gains = pd.DataFrame({"share_customers": [0.0, 0.5, 1.0], "share_reached": [0.0, 0.6, 1.0]})
    cut = best_cut(cost_curve(gains, 0.1, missed=1.0, false_alarm=9.0), missed=1.0, false_alarm=9.0)
    assert (cut["flagged"], cut["chance"]) == (0.0, 0.9)
