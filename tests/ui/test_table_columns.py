"""Columns of tables on the pages."""

from typing import cast

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
