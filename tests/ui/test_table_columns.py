"""Columns of tables on the pages."""

from typing import cast

import pandas as pd
from streamlit.elements.lib.column_types import ColumnConfig

from lib.ui import table_columns


def settings(column: ColumnConfig) -> dict[str, object]:
    return cast(dict[str, object], column["type_config"])


def test_amounts_have_two_decimals_in_the_language_of_the_page() -> None:
    """102.4 stood below 4,975.5 and 158.92."""
    shown = settings(table_columns.amount("Net spend"))
    assert (shown["format"], shown["step"]) == ("localized", 0.01)


def test_days_and_whole_numbers_follow_it_too() -> None:
    assert settings(table_columns.day("Last order"))["format"] == "localized"
    assert settings(table_columns.whole("Days"))["step"] == 1


def test_probabilities_have_one_decimal() -> None:
    """84.8% stood below 84.85%."""
    shown = settings(table_columns.probability("Probability"))
    assert (shown["format"], shown["step"]) == ("percent", 0.001)


def test_a_table_as_it_was_read_shows_days_without_a_time_and_ids_without_signs() -> None:
    """2012-09-04 00:00:00 stood in the preview, and 1481.92 on a Spanish page."""
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2012-09-04", None]),
            "moment": pd.to_datetime(["2012-09-04 08:26", "2012-09-05 00:00"]),
            "price": [1481.92, None],
            "year": [1957.0, None],
            "id": [17850, 13047],
            "name": ["a", "b"],
        }
    )
    found = table_columns.of_values(frame)
    kinds = {name: (settings(column)["type"], settings(column)["format"]) for name, column in found.items()}
    assert kinds == {
        "day": ("date", "localized"),
        "moment": ("datetime", "localized"),
        "price": ("number", "localized"),
    }
    assert table_columns.of_values(frame.head(0)).keys() <= {"day", "moment"}
