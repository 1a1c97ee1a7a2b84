"""The list of customers on Explore shows the scores that Predict made of the same orders."""

import pandas as pd
import pytest

from lib import insights, text
from lib.ui import page
from lib.ui.exploring import downloads, people
from lib.ui.exploring.cache import Explored
from lib.ui.project.changed import _listed
from lib.ui.widgets import Shown


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


def test_amounts_of_a_downloaded_table_are_in_cents_and_other_numbers_whole():
    table = pd.DataFrame({"revenue": [16295.910000000003, None], "share": [1 / 3, 0.5], "name": ["ana", "eva"]})
    columns = {"revenue": Shown("Revenue", "2f"), "share": Shown("Share", "percent1"), "name": Shown("Name", "2f")}
    taken = downloads.headed(table, columns)
    assert taken["Revenue"].tolist()[0] == 16295.91
    assert taken["Share"].tolist() == [1 / 3, 0.5]
    assert taken["Name"].tolist() == ["ana", "eva"]


@pytest.mark.parametrize(("language", "heading", "now"), [("en", "Segment now", "At risk"), ("es", None, "En riesgo")])
def test_customers_who_moved_are_listed_in_the_language_of_the_page(language, heading, now):
    moves = pd.DataFrame(
        {
            "customer_id": ["ana"],
            "before": ["loyal"],
            "now": ["at_risk"],
            "monetary_total": [7829.889999999999],
            "frequency_orders": [2],
            "recency_days": [79],
        }
    )
    with page.in_language(language):
        listed = _listed(moves)
    heading = heading or text.say(language, "explore.column.now")
    assert listed[heading].tolist() == [now]
    assert listed[text.say(language, "explore.column.monetary_total")].tolist() == [7829.89]
    assert len(set(listed.columns)) == 6
