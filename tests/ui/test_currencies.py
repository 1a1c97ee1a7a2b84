"""Explore never adds up amounts in several currencies, and says which are left out."""

import pandas as pd
import pytest

from lib import layouts, orders
from lib.tables import Table
from lib.ui import page
from lib.ui.exploring import orders_page


def cleaned(currencies: list[str]) -> orders.Orders:
    """One order per currency, of 1, 10, 100 … each."""
    count = len(currencies)
    frame = pd.DataFrame(
        {
            "Email": [f"c{number % 2}@example.com" for number in range(count)],
            "Order ID": [str(1000 + number) for number in range(count)],
            "Date": [f"2024-01-{1 + number:02d}" for number in range(count)],
            "Total": [str(10**number) for number in range(count)],
            "Currency": currencies,
        }
    )
    table = Table(frame, "orders.csv", "0" * 64, "csv")
    return orders.clean(table, layouts.understand(table))


@pytest.mark.parametrize("language", ["en", "es"])
def test_sums_are_of_one_currency_and_the_others_are_named(language: str) -> None:
    found = cleaned(["EUR", "EUR", "USD", "EUR", "GBP", "USD", "EUR"])
    assert found.lines["amount"].sum() == 1 + 10 + 1_000 + 1_000_000
    with page.in_language(language):
        words = orders_page.currency_words(found)
    assert {"EUR", "USD", "GBP", "3"} <= set(words.replace(".", "").replace(",", "").split())


def test_nothing_is_said_where_there_is_one_currency() -> None:
    with page.in_language("en"):
        assert orders_page.currency_words(cleaned(["EUR"] * 5)) == ""
