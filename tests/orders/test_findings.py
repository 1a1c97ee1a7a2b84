"""What confirms a history and what does not add up."""

import pandas as pd
import pytest

from lib.layouts import understand
from lib.orders import CleanOptions, Orders, clean, evidence_of, findings_of
from lib.tables import Table
from lib.text import LANGUAGES, say


def cleaned(**columns: object) -> Orders:
    table = Table(pd.DataFrame(columns), "shop.csv", "", "csv")
    return clean(table, understand(table))


def history(count: int = 12, **instead: object) -> dict[str, object]:
    """Orders of one line each, every third of the same customer, some of the same sums as their totals."""
    orders = range(count)
    return {
        "order_id": list(orders),
        "order_date": list(pd.date_range("2025-01-01", periods=count, freq="9D")),
        "customer_id": [f"K{place % 3}" for place in orders],
        "product": [f"P{place % 5}" for place in orders],
        "quantity": [1 + place % 2 for place in orders],
        "unit_price": [10.0 + place for place in orders],
        "order_total": [(10.0 + place) * (1 + place % 2) for place in orders],
    } | instead


def keys(found: Orders) -> set[str]:
    return {finding.key.removeprefix("orders.finding.") for finding in findings_of(found)}


def test_totals_that_agree_are_evidence():
    found = cleaned(**history())
    sums = next(fact for fact in evidence_of(found) if fact.key == "orders.evidence.sums")
    assert sums.facts == {"columns": ["order_total"], "share": 100, "orders": 12}
    assert keys(found) == {"large_customer"}  # three customers have a third each


def test_delivery_in_the_total_is_taken_off():
    found = cleaned(
        **history(
            order_total=[(10.0 + p) * (1 + p % 2) + 4 + p for p in range(12)], shipping=[4.0 + p for p in range(12)]
        )
    )
    sums = next(fact for fact in evidence_of(found) if fact.key == "orders.evidence.sums")
    assert sums.facts["columns"] == ["order_total", "shipping"]


def test_totals_that_disagree_are_found():
    found = cleaned(**history(order_total=[7.0 + place for place in range(12)]))
    assert "sums" in keys(found)


def test_customers_who_never_return_are_found():
    found = cleaned(**history(customer_id=[f"K{place}" for place in range(12)]))
    assert keys(found) == {"nobody_returns"}


@pytest.mark.slow
def test_one_customer_with_most_orders_is_found():
    found = cleaned(**history(customer_id=["K0"] * 8 + ["K1", "K2", "K3", "K4"]))
    large = next(finding for finding in findings_of(found) if finding.key == "orders.finding.large_customer")
    assert (large.facts, large.role) == ({"share": 67}, "customer_id")


@pytest.mark.slow
def test_a_few_orders_a_year_away_are_found_and_decades_away_are_left_out():
    days = list(pd.date_range("2025-01-01", periods=11, freq="9D"))
    assert "far_dates" in keys(cleaned(**history(order_date=[*days, pd.Timestamp("2027-06-01")])))
    left_out = cleaned(**history(order_date=[*days, pd.Timestamp("2052-06-01")]))
    assert "far_dates_left_out" in keys(left_out)
    assert left_out.ledger.set_aside == {"far_date": 1}


PAID = [(10.0 + place) * (1 + place % 2) for place in range(12)]


def lines_of(found: Orders) -> set[str]:
    return {fact.key for fact in evidence_of(found)}


@pytest.mark.slow
def test_amounts_that_are_price_times_quantity_are_evidence_and_others_are_found():
    assert "orders.evidence.lines" in lines_of(cleaned(**history(amount=PAID)))
    taxed = cleaned(**history(amount=[paid * 1.2 for paid in PAID]))
    assert "orders.evidence.lines" not in lines_of(taxed)
    assert "lines" not in keys(taxed)  # with tax, or after a discount, an amount is another
    assert "lines" in keys(cleaned(**history(amount=[3.0 * paid + place**2 for place, paid in enumerate(PAID)])))


@pytest.mark.slow
def test_orders_of_several_customers_are_found():
    two = cleaned(**history(order_id=[place // 2 for place in range(24)], count=24))
    assert "mixed_orders" in keys(two)
    assert "mixed_orders" not in keys(cleaned(**history()))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_sentence(language):
    for found in (
        cleaned(**history()),
        cleaned(**history(order_total=[7.0 + place for place in range(12)])),
        cleaned(**history(customer_id=[f"K{place}" for place in range(12)])),
        cleaned(**history(amount=PAID)),
        cleaned(**history(amount=[3.0 * paid + place**2 for place, paid in enumerate(PAID)])),
        cleaned(**history(order_id=[place // 2 for place in range(24)], count=24)),
    ):
        for one in (*evidence_of(found), *findings_of(found)):
            assert say(language, one.key, **one.facts)


def test_codes_of_a_status_are_asked_about():
    found = cleaned(**history(status=["P", "C", "F"] * 4))
    asked = next(finding for finding in findings_of(found) if finding.key == "orders.finding.unknown_codes")
    assert asked.facts == {"column": "status", "codes": ["C", "F", "P"], "rows": 12}
    assert "unknown_codes" not in keys(cleaned(**history(status=["paid", "shipped"] * 6)))


def test_a_discount_that_is_taken_for_a_share_is_said():
    found = cleaned(**{**history(discount=[0.0, 0.1, 0.25] * 4), "order_total": None})
    assert "discount_share" in keys(found)
    assert found.lines["amount"].iloc[1] == pytest.approx(11.0 * 2 * 0.9)


def said(found: Orders, key: str) -> dict[str, object]:
    """The facts of one finding; its sentence must exist in each language."""
    one = next(finding for finding in findings_of(found) if finding.key == f"orders.finding.{key}")
    assert all(say(language, one.key, **one.facts) for language in LANGUAGES)
    return dict(one.facts)


def plain_history(**instead: object) -> Orders:
    """Orders without products or totals."""
    kept = {name: cells for name, cells in history(30).items() if name in ("order_id", "order_date", "customer_id")}
    return cleaned(**kept, **instead)


def test_rows_left_out_for_their_currency_are_said_until_one_is_chosen():
    columns = {"amount": [10.0 + place for place in range(30)], "currency": ["EUR", "EUR", "GBP"] * 10}
    assert said(plain_history(**columns), "other_currencies") == {"currency": "EUR", "others": ["GBP"], "rows": 10}
    kept = {name: cells for name, cells in history(30).items() if name in ("order_id", "order_date", "customer_id")}
    table = Table(pd.DataFrame(kept | columns), "shop.csv", "", "csv")
    chosen = clean(table, understand(table), options=CleanOptions(currency="EUR"))
    assert "other_currencies" not in keys(chosen)


def test_a_gross_amount_that_one_rate_alone_explains_is_said():
    net = [10.0 + place for place in range(30)]
    rates = {"net": net, "gross": [round(1.2 * amount, 2) for amount in net]}
    assert said(plain_history(**rates), "tax_by_rate") == {"column": "gross"}
    taxed = rates | {"tax": [round(0.2 * amount, 2) for amount in net]}
    assert "tax_by_rate" not in keys(plain_history(**taxed))


def test_few_numbers_of_two_customers_are_said():
    days = list(pd.date_range("2025-01-01", periods=30, freq="9D"))
    found = cleaned(
        order_id=[*range(30), 3, 9],
        order_date=[*days, pd.Timestamp("2025-06-01"), pd.Timestamp("2025-07-20")],
        customer_name=[f"Ann {'ABC'[place % 3]}y" for place in range(30)] + ["Bo Ray", "Bo Ray"],
        amount=[10.0 + place for place in range(32)],
    )
    assert said(found, "few_reused") == {"count": 2}
