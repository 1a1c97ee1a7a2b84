# ruff: noqa: E501 - rows read best in long lines
"""Amounts in several currencies beside a column that holds them in one."""

import random

import pytest

from lib.layouts import Understanding, understand
from lib.tables import read_table

RATES = {"EUR": 1.0, "USD": 0.92, "GBP": 1.17}


def understood(head: str, seed: int, *, factors: dict[str, float]) -> Understanding:
    """A table whose second amount is the first times a factor for each currency."""
    rng = random.Random(seed)
    rows = [head]
    for at in range(60):
        currency = rng.choice(sorted(factors))
        amount, factor = rng.randint(500, 90_000) / 100, factors[currency]
        rows.append(
            f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},C{at % 9},{amount},{currency},{factor},{amount * factor:.2f}"
        )
    return understand(read_table("\n".join(rows).encode(), "orders.csv"))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("rate", "name"),
    [
        ("Rate", "Value"),
        ("Points", "Amount (EUR)"),
        ("Points", "Settled gross"),
        ("Points", "Total in shop currency"),
        ("Rate", "Total in EUR"),
    ],
)
def test_the_column_in_one_currency_is_the_amount(seed: int, rate: str, name: str):
    found = understood(f"Order,Date,Customer,Amount,Currency,{rate},{name}", seed, factors=RATES)
    assert found.roles["amount"] == name
    assert "currency" not in found.roles


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "name",
    [
        "Net",
        "Shop net",
        "Company net amount",
        "Base",
        "Taxable base",
        "Base imponible",
        "Local taxable amount",
        "Store subtotal",
        "Shop total",
    ],
)
def test_amounts_without_a_tax_that_differs_by_country_are_not_converted(seed: int, name: str):
    rng = random.Random(seed)
    rows = [f"Order,Date,Customer,Gross,Currency,Tax factor,{name}"]
    for at in range(60):
        currency, tax = rng.choice((("EUR", 1.0), ("GBP", 1.2)))
        amount = rng.randint(500, 90_000) / 100
        rows.append(
            f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},C{at % 9},{amount},{currency},{tax},{amount / tax:.2f}"
        )
    found = understand(read_table("\n".join(rows).encode(), "orders.csv"))
    assert found.roles["currency"] == "Currency"
    assert name not in found.roles.values()


def test_a_converted_net_amount_beside_the_net_amount_is_the_amount():
    found = understood("Order,Date,Customer,Net total,Currency,Rate,Net total (EUR)", 1, factors=RATES)
    assert found.roles["amount"] == "Net total (EUR)"


def test_a_table_with_thousands_of_converted_columns_is_understood_at_once():
    """Each was compared with each, for hours; the column that says what it is is found among them all the same."""
    wide = 3_000
    rows = [",".join(["Order,Date,Customer,Amount,Currency", *(f"Q{at}z" for at in range(wide)), "Converted total"])]
    for at in range(30):
        currency, rate = (("EUR", 1.0), ("USD", 0.92))[at % 2]
        amount = 10 + at * 3.5
        cells = [str(7000 + at), f"2024-01-{1 + at % 28:02}", f"C{at % 9}", str(amount), currency]
        rows.append(",".join(cells + [f"{amount * rate:.2f}"] * (wide + 1)))
    found = understand(read_table("\n".join(rows).encode(), "orders.csv"))
    assert found.roles["amount"] == "Converted total"


def test_a_table_with_thousands_of_fees_is_understood_at_once():
    wide = 1_500
    heads = [f"{what} {at}" for what in ("Gross", "Fee", "Net") for at in range(wide)]
    rows = [",".join(["Order,Date,Customer,Net", *heads])]
    for at in range(30):
        rows.append(
            ",".join([str(7000 + at), f"2024-01-{1 + at % 28:02}", f"C{at % 9}", f"{at + 1}.5", *["7.25"] * 3 * wide])
        )
    assert understand(read_table("\n".join(rows).encode(), "orders.csv")).roles["customer_id"] == "Customer"
