# ruff: noqa: E501 - rows read best in long lines
"""Two exports of one shop that overlap: each order of both counts once, whatever they write otherwise."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from lib.layouts import understand
from lib.orders import Orders, clean_files, findings_of
from lib.tables import read_table

Row = Callable[[int, random.Random], str]
FIRST = "Order,Date,Customer,Total"
SHARED, EARLY, ALL = 20, 45, 65
"""Orders 0 to 44 are in the first file, 25 to 64 in the second."""


def amount(at: int) -> float:
    return 12 + (at * 37) % 91 + 0.5


def day(at: int) -> date:
    return date(2024, 1, 1) + timedelta(days=2 * at)


SECOND: dict[str, tuple[str, Callable[[int], str]]] = {
    "other customers and days": ("Order,Paid at,Email,Total", lambda at: f"{7000 + at},{day(at) + timedelta(days=1)},u{at % 9}@x.com,{amount(at)}"),
    "times beside days": (FIRST, lambda at: f"{7000 + at},{datetime.combine(day(at), datetime.min.time()) + timedelta(hours=9, minutes=at)},Ann {at % 9},{amount(at)}"),
    "day of payment": (FIRST, lambda at: f"{7000 + at},{day(at) + timedelta(days=at % 4)},Ann {at % 9},{amount(at)}"),
    "another language": ("Bestellnummer;Datum;Kunde;Summe", lambda at: f"{7000 + at};{day(at):%d.%m.%Y};ann{at % 9}@x.de;{amount(at):.2f}".replace(".50", ",50")),
    "with products": ("Order,Date,Customer,Product,Amount", lambda at: f"{7000 + at},{day(at)},Ann {at % 9},Mug {at % 5},{amount(at)}"),
}  # fmt: skip


def cleaned(head: str, row: Callable[[int], str], *, begin: int = EARLY - SHARED) -> Orders:
    first = "\n".join([FIRST, *(f"{7000 + at},{day(at)},Ann {at % 9},{amount(at)}" for at in range(EARLY))])
    second = "\n".join([head, *(row(at) for at in range(begin, ALL))])
    tables = [read_table(text.encode(), name) for name, text in (("a.csv", first), ("b.csv", second))]
    return clean_files(tables, [understand(table) for table in tables])


def found_keys(found: Orders) -> set[str]:
    return {finding.key.removeprefix("orders.finding.") for finding in findings_of(found)}


@pytest.mark.parametrize("kind", SECOND)
def test_orders_in_both_files_count_once(kind: str):
    found = cleaned(*SECOND[kind])
    assert found.lines["order_id"].nunique() == len(found.lines) == ALL
    assert found.lines["amount"].sum() == pytest.approx(sum(map(amount, range(ALL))))
    assert found.ledger.set_aside == {"overlap": SHARED}
    assert found.lines["customer_id"].nunique() == 9 or "unmatched_customers" in found_keys(found)


@pytest.mark.parametrize("kind", ["other customers and days", "another language"])
def test_customers_are_recognised_by_the_orders_of_both_files(kind: str):
    found = cleaned(*SECOND[kind])
    assert found.lines["customer_id"].nunique() == 9
    assert (found.renamed_customers, found.unmatched_customers) == (9, 0)


def test_an_order_that_the_later_file_has_as_cancelled_was_not_sold():
    head = "Order,Paid at,Email,Total,Status"
    found = cleaned(
        head, lambda at: f"{SECOND['other customers and days'][1](at)},{'cancelled' if at == 40 else 'paid'}"
    )
    assert "7040" not in set(found.lines["order_id"])
    assert found.lines["amount"].sum() == pytest.approx(sum(map(amount, range(ALL))) - amount(40))


@pytest.mark.parametrize("seed", range(4))
def test_numbers_of_another_shop_stay_apart(seed: int):
    rng = random.Random(seed)
    found = cleaned(
        FIRST, lambda at: f"{7000 + at},{day(at) + timedelta(days=3)},Bob {at % 7},{rng.randint(100, 99_999) / 100}"
    )
    assert len(found.lines) == found.lines["order_id"].nunique() == EARLY + ALL - EARLY + SHARED


def test_one_price_for_all_says_nothing_about_orders():
    head, dear = "Order,Date,Customer,Total", 29
    files = []
    for month, who in ((1, "Ann"), (2, "Bob")):
        rows = (f"{at},2024-{month:02}-{1 + at % 28:02},{who} {at % 9},{dear}" for at in range(1, 40))
        files.append(read_table("\n".join([head, *rows]).encode(), f"{month}.csv"))
    found = clean_files(files, [understand(table) for table in files])
    assert found.lines["amount"].sum() == 2 * 39 * dear


def test_other_amounts_of_a_few_orders_are_pointed_out():
    found = cleaned(
        FIRST, lambda at: f"{7000 + at},{day(at)} 10:00,Ann {at % 9},{amount(at) + (5 if at in (30, 33) else 0)}"
    )
    assert found.differing_orders == 2
    assert "differing_orders" in found_keys(found)


def merged(*files: str) -> Orders:
    tables = [read_table(text.encode(), f"{at}.csv") for at, text in enumerate(files)]
    return clean_files(tables, [understand(table) for table in tables])


PRICES = (9.99, 14.5, 19.99, 24.9, 30, 49.9)


@pytest.mark.parametrize("apart", [7, 14, 28, 30, 31])
@pytest.mark.parametrize("prices", [PRICES, (9.99,)])
def test_payments_of_a_contract_are_not_one_order(apart: int, prices: tuple[float, ...]):
    """Files of a month each, with the subscription's number: half of the revenue was left out."""
    files, total = [], 0.0
    for nth in range(3):
        rows = [FIRST]
        for at in range(60):
            paid_at = date(2024, 1, 2) + timedelta(days=at % 6 + apart * nth + (at % 3 if apart > 27 else 0))
            total += prices[at % len(prices)]
            rows.append(f"{7000 + at},{paid_at},Ann {at},{prices[at % len(prices)]}")
        files.append("\n".join(rows))
    found = merged(*files)
    assert found.lines["amount"].sum() == pytest.approx(total)
    assert found.ledger.set_aside == {}


def test_days_of_payment_after_the_days_of_invoices_are_those_of_one_order():
    """Some pay at once, some after weeks."""
    rows = [f"{7000 + at},{day(at) + timedelta(days=at * 7 % 31)},Ann {at % 9},{amount(at)}" for at in range(25, ALL)]
    first = [f"{7000 + at},{day(at)},Ann {at % 9},{amount(at)}" for at in range(EARLY)]
    found = merged("\n".join([FIRST, *first]), "\n".join([FIRST, *rows]))
    assert found.lines["amount"].sum() == pytest.approx(sum(map(amount, range(ALL))))


@pytest.mark.parametrize("cut", range(60, 70))
def test_an_order_that_is_cut_in_two_has_no_other_amount(cut: int):
    """Exports of lines that overlap by rows: every line counts once, and nothing is to be said."""
    rows = [f"{7000 + at // 3},{day(at // 3)},Ann {at % 3},Mug {at},{amount(at)}" for at in range(150)]
    head = "Order,Date,Customer,Product,Amount"
    found = merged("\n".join([head, *rows[: cut + 30]]), "\n".join([head, *rows[cut:]]))
    assert found.lines["amount"].sum() == pytest.approx(sum(map(amount, range(150))))
    assert found.differing_orders == 0
