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
