"""The list of customers on Explore shows the scores that Predict made of the same orders."""

import pandas as pd
import pytest

from lib import insights
from lib.ui import page
from lib.ui.exploring import people
from lib.ui.exploring.cache import Explored


@pytest.fixture
def found() -> Explored:
    lines = pd.DataFrame(
        {
            "customer_id": ["ana", "eva", "zoe"],
            "order_id": ["1", "2", "3"],
            "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"]).astype("datetime64[us]"),
            "amount": [10.0, 30.0, 20.0],
            "quantity": 1.0,
            "product": "jar",
            "country": None,
        }
    )
    history = insights.prepare(lines, lines.head(0))
    return Explored(history, insights.Filters(), None, None, ())


@pytest.mark.parametrize(
    ("name", "heading"), [("buy_again", "Probability of ordering again"), ("spend", "Predicted spend (EUR)")]
)
def test_scores_stand_beside_their_customers(found, name, heading):
    scores = pd.Series({"ana": 0.12345, "zoe": 0.5}, name=name)
    with page.in_language("en"):
        table = people.listed(found, {}, scores)
        headings = people.headings(table, "EUR")
    assert table["customer_id"].tolist() == ["eva", "zoe", "ana"]
    assert table[name].fillna(-1).tolist() == [-1, 0.5, 0.123]
    assert headings[name].heading == heading
    assert table.columns[1] == name


def test_without_scores_there_is_no_such_column(found):
    with page.in_language("en"):
        assert not {"buy_again", "spend", "orders"} & set(people.listed(found, {}).columns)
