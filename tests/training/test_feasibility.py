"""The check before a training gives the same answer as the training itself, in a fraction of a second."""

import numpy as np
import pandas as pd
import pytest

from lib.errors import UserError
from lib.features import code, default_cutoff
from lib.training import Question
from lib.training.feasibility import check_orders, check_table, check_windows, history_facts
from lib.training.windows import FutureProblem
from tests.training.test_purchase_pattern import shop


def problem_of(ask):
    try:
        ask()
    except UserError as error:
        return error.key, dict(error.facts)
    return None


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("goal", ["buy_again", "orders"])
def test_the_check_before_is_the_check_of_the_training(seed, goal):
    draw = np.random.default_rng(seed)
    orders = shop(int(draw.integers(20, 200)), int(draw.integers(40, 500)), float(draw.choice([4, 40, 400])), seed)
    for horizon in (7, 30, 90):
        question = Question(goal, horizon_days=horizon)
        moment = default_cutoff(orders)
        problem = FutureProblem(code(orders), moment, question)
        trained = problem_of(lambda p=problem, m=moment, h=horizon: p.check(m - pd.Timedelta(days=h)))
        assert problem_of(lambda q=question: check_windows(history_facts(orders.lines), q)) == trained


def test_a_year_of_a_usual_shop_is_tested_on_a_later_period():
    found = check_orders(shop(150, 365, 30.0).lines, Question("buy_again", horizon_days=30))
    assert found.method == "windows"
    assert found.customers == 150
    assert found.seconds > 0


def test_facts_are_counted_from_the_lines():
    lines = pd.DataFrame(
        {
            "customer_id": ["a", "b", "a", "c"],
            "ordered_at": np.array(["2024-01-01T10:00", "2024-01-02", "2024-01-05", "2024-01-09"], "M8[us]"),
        }
    )
    facts = history_facts(lines)
    assert (facts.customers, facts.days, facts.returning) == (3, 9, 1)
    cutoff = int(pd.Timestamp("2024-01-03").value // 1000)
    assert facts.later(cutoff, 3) == (2, 1)
    assert history_facts(lines, pd.Timestamp("2024-01-05")).customers == 2
    with pytest.raises(UserError, match="nothing_before"):
        history_facts(lines, pd.Timestamp("2023-01-05"))


def test_too_few_customers_are_told_before_the_training():
    with pytest.raises(UserError) as caught:
        check_orders(shop(20, 400).lines, Question("groups"))
    assert caught.value.facts == {"customers": 20, "needed": 50}


def test_a_table_is_checked_for_target_and_columns():
    table = pd.DataFrame({"a": np.arange(200.0) % 17, "b": ["x", "y"] * 100, "one": 1})
    assert check_table(table, Question("target", target="b")).method == "target"
    assert check_table(table, Question("groups")).method == "groups"
    for question, key in (
        (Question("target", target="one"), "training.target_constant"),
        (Question("target", target="gone"), "training.unknown_columns"),
        (Question("target", target="b", columns=("one",)), "training.no_usable_columns"),
        (Question("buy_again"), "training.needs_orders"),
    ):
        with pytest.raises(UserError) as caught:
            check_table(table, question)
        assert caught.value.key == key
