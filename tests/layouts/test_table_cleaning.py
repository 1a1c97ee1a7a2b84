"""Cleaning choices of a customer table: what they do, and that a settings file keeps them."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from lib.errors import UserError
from lib.insights import customer_table as insights
from lib.layouts import TableCleaning, ValueLimits, read_settings, understand, with_kind, write_settings
from lib.orders import customers
from lib.tables import Table

FRAME = pd.DataFrame(
    {
        "customer_id": [f"c{number}" for number in range(12)],
        "income": [40_000.0 + 1_000 * number for number in range(10)] + [40_000.0, 666_666.0],
        "plan": ["a", "b"] * 5 + ["a", "b"],
        "always": [1] * 12,
    }
)
TABLE = Table(FRAME, "customers.csv", "0" * 64, "csv")
CHOICES = TableCleaning((ValueLimits("income", 40_000.0, 49_000.0),), ("always",), True)


def test_choices_empty_extreme_cells_and_leave_out_columns_and_equal_rows() -> None:
    understood = replace(with_kind(understand(TABLE), "customers"), cleaning=CHOICES)
    found = customers(TABLE, understood)
    assert list(found.columns) == ["income", "plan"]
    assert list(found.index) == [f"c{number}" for number in range(12) if number != 10]  # equals c0 but for the id
    assert found["income"].isna().tolist() == [False] * 10 + [True]
    assert len(customers(TABLE, understood, personal=True)) == 12  # scoring leaves no customer out


def test_the_usual_range_holds_all_but_what_is_far_out() -> None:
    assert insights.usual_range(FRAME["income"]) == (40_000.0, 49_000.0)


def test_a_settings_file_keeps_the_choices() -> None:
    understood = with_kind(understand(TABLE), "customers")
    data = write_settings(replace(understood, cleaning=CHOICES))
    assert read_settings(data, "s.json", understood).understanding.cleaning == CHOICES
    assert not read_settings(write_settings(understood), "s.json", understood).understanding.cleaning
    fewer = with_kind(understand(Table(FRAME.drop(columns=["income", "always"]), "x.csv", "", "csv")), "customers")
    assert read_settings(data, "s.json", fewer).understanding.cleaning == TableCleaning(distinct_rows=True)


@pytest.mark.parametrize(
    "plain",
    [
        [],
        {"limits": [], "left_out": [], "distinct_rows": 1},
        {"limits": [{"column": "income", "low": "x", "high": 1}], "left_out": [], "distinct_rows": True},
        {"limits": [{"column": "income", "low": True, "high": 1}], "left_out": [], "distinct_rows": True},
        {"limits": [["income"]], "left_out": [], "distinct_rows": True},
        {"limits": [], "left_out": [["a"]], "distinct_rows": True},
        {"limits": [], "left_out": ["a"] * 501, "distinct_rows": True},
    ],
)
def test_a_settings_file_with_other_choices_is_refused_in_a_sentence(plain: object) -> None:
    understood = with_kind(understand(TABLE), "customers")
    data = json.loads(write_settings(understood))
    with pytest.raises(UserError):
        read_settings(json.dumps(data | {"cleaning": plain}).encode(), "s.json", understood)
