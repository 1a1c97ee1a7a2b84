"""Of two answers, lists show and sort by the probability of the one that the report is about."""

import pandas as pd
import pytest

from lib.gate import open_model
from lib.model_file import finish
from lib.scoring import PROBABILITY, asked_about, score
from lib.training import Question, train_customers
from lib.ui.predicting.results import complement


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "other"), [("churned", "stayed"), ("yes", "no"), ("1", "0"), ("bought", "nothing"), ("sí", "no")]
)
def test_the_answer_asked_about_is_that_of_the_report_and_not_the_last_by_name(asked: str, other: str) -> None:
    rows = pd.DataFrame({"age": [float(20 + at * 7 % 50) for at in range(120)]})
    table = rows.assign(outcome=[asked if (age + at % 9) > 48 else other for at, age in enumerate(rows["age"])])
    made = finish(train_customers(table, Question("target", target="outcome", quick=True)))
    with open_model(made.data) as opened:
        found = score(opened, rows).table
        card = opened.verdict.card
    chances = [str(name) for name in found.columns if str(name).startswith(PROBABILITY)]
    assert asked_about(chances, card) == f"{PROBABILITY}{asked}"
    assert card is not None
    assert complement(found, card) == [f"{PROBABILITY}{other}"]
    of_old = found.loc[rows["age"] > 60, f"{PROBABILITY}{asked}"].mean()
    assert of_old > found.loc[rows["age"] < 30, f"{PROBABILITY}{asked}"].mean()


def test_without_a_card_the_last_class_is_asked_about() -> None:
    chances = [f"{PROBABILITY}{name}" for name in (0, 1)]
    assert asked_about(chances, None) == f"{PROBABILITY}1"
