"""Explore of a customer table: its view as an address, and as a report without customers."""

import numpy as np
import pandas as pd
import pytest

from lib.insights import code_of
from lib.ui.exploring import table_report, table_view
from lib.ui.exploring.table_parts import TableExplored


def people(rows: int = 60) -> pd.DataFrame:
    """Churn goes with the plan; each customer has a remark and a spend of their own."""
    number = np.arange(rows)
    return pd.DataFrame(
        {
            "plan": np.where(number % 3 == 0, "gold", "basic"),
            "visits": number % 7,
            "spend": 100.0 + 1.37 * number,
            "remark": [f"Called Ana Smith {one} times" for one in number],
            "churned": np.where(number % 3 == 0, "yes", "no"),
        },
        index=pd.Index([f"customer-{one}" for one in number], name="customer_id"),
    )


def test_an_address_sets_what_was_shown_and_names_nothing():
    shown = {"outcome": "churned", "answer": "yes", "rate": "plan"}
    written = table_view.params("outcome", **shown)
    assert written["part"] == "outcome"
    assert not any(word in str(written) for word in ("churned", "yes", "plan"))
    assert table_view.asked_of(written, people()) == {
        table_view.PART: "outcome",
        table_view.OUTCOME: "churned",
        table_view.answer_key("churned"): "yes",
        table_view.rate_key("churned"): "plan",
    }
    pair = table_view.params("relations", left="visits", right="spend")
    assert table_view.asked_of(pair, people())[table_view.RIGHT] == "spend"


def test_an_address_about_other_columns_sets_nothing_that_is_not_offered():
    for asked in (
        {"part": "evil", "column": "x", "left": code_of("visits"), "outcome": code_of("nothing")},
        {"left": code_of("remark"), "right": code_of("remark"), "column": ""},
        {"outcome": code_of("remark"), "answer": code_of("yes"), "rate": code_of("plan")},
    ):
        assert table_view.asked_of(asked, people()).keys() <= {table_view.LEFT}


@pytest.mark.slow
def test_a_report_of_a_table_shows_the_view_and_no_customer():
    found = TableExplored(people())
    for shown in ({"left": "visits", "right": "spend"}, {"left": "plan", "right": "spend"}, {"outcome": "churned"}):
        page = table_report.page(found, shown, "people.csv", "es").decode()
        body = page.split("</script>", 1)[1]  # behind Plotly's own code
        assert '<html lang="es">' in page
        assert "Ana Smith" not in body
        assert "customer-" not in body
        for word in ("people.csv", "plan", "visits", "churned"):
            assert word in body
