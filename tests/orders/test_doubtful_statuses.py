"""Statuses that may be paid or not: instalments still to come, invoices and parcels that are both `Sent`."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from lib.layouts import understand
from lib.orders import CleanOptions, Orders, clean, findings_of
from lib.tables import read_table

TODAY = date(2024, 6, 15)


def cleaned(text: str, options: CleanOptions | None = None) -> Orders:
    table = read_table(text.encode(), "shop.csv")
    return clean(table, understand(table), options=options)


def keys(found: Orders) -> set[str]:
    return {finding.key.removeprefix("orders.finding.") for finding in findings_of(found)}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "words",
    [
        ("Paid", "Pending", "Scheduled"),
        ("paid", "due", "upcoming"),
        ("Paid", "Scheduled"),
        ("succeeded", "failed", "scheduled"),
        ("Pagada", "Pendiente", "Programada"),
        ("Bezahlt", "Offen", "Geplant"),
        ("Payée", "En attente", "Planifiée"),
        ("Pagato", "In attesa", "Programmata"),
    ],
)
def test_instalments_still_to_come_are_no_money(seed: int, words: Sequence[str]):
    rng = random.Random(seed)
    rows, paid = ["Payment ID,Order ID,Customer,Instalment,Due date,Amount,Status"], 0.0
    for order in range(24):
        first = date(2024, 1, 1) + timedelta(days=7 * order)
        for nth in range(4):
            due = first + timedelta(days=30 * nth)
            status = words[0] if due < TODAY else words[-1] if due > TODAY + timedelta(days=20) else words[1]
            amount = rng.randint(500, 9_000) / 100
            paid += amount if status == words[0] else 0
            rows.append(f"P{len(rows)},{1000 + order},C{order % 7},{nth + 1} of 4,{due},{amount:.2f},{status}")
    assert cleaned("\n".join(rows)).lines["amount"].sum() == pytest.approx(paid)


def orders(words: Sequence[str], *, number: str = "Order") -> str:
    rows = [f"{number},Date,Customer,Total,Status"]
    for at in range(60):
        rows.append(f"{at + 1},{date(2024, 1, 1) + timedelta(days=at)},C{at % 9},{10 + at}.50,{words[at % len(words)]}")
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("words", "number", "unpaid", "asked"),
    [
        (("Paid", "Sent", "Completed"), "Order", (), False),
        (("Paid", "Packed", "Sent"), "Order", (), False),
        (("Paid", "Sent", "Delivered", "Draft"), "Order", ("Draft",), False),
        (("Paid", "Sent", "Overdue"), "Invoice", ("Sent", "Overdue"), False),
        (("Bezahlt", "Versendet", "In Bearbeitung"), "Bestellung", (), False),
        (("Bezahlt", "Gesendet", "Überfällig"), "Rechnung", ("Gesendet", "Überfällig"), False),
        (("Pagado", "Enviado", "Abierto"), "Pedido", ("Abierto",), False),
        (("Paid", "Sent"), "Order", (), True),
        (("Paid", "Sent"), "Invoice", ("Sent",), True),
        (("Paid", "Scheduled"), "Order", (), True),
        (("Completed", "Scheduled", "Cancelled"), "Order", (), True),
        (("Paid", "Scheduled", "Delivered"), "Order", (), False),
    ],
)
def test_what_is_sent_or_scheduled(words: Sequence[str], number: str, unpaid: Sequence[str], asked: bool):
    found = cleaned(orders(words, number=number))
    assert found.ledger.set_aside.get("unpaid", 0) == 60 // len(words) * len(unpaid)
    assert bool(keys(found) & {"doubtful_counted", "doubtful_unpaid"}) == asked


@pytest.mark.parametrize("number", ["Order", "Invoice"])
def test_the_other_meaning_can_be_chosen(number: str):
    text = orders(("Paid", "Sent"), number=number)
    counted = {cleaned(text, CleanOptions(swap_unclear_statuses=turned)).ledger.rows_used for turned in (False, True)}
    assert counted == {30, 60}
    assert "doubtful_counted" not in keys(cleaned(text, CleanOptions(swap_unclear_statuses=True)))


def test_each_unclear_status_is_decided_by_its_own_rows():
    """Twenty rows of each: those scheduled lie after all that is paid, those sent among them."""
    rows = [f"{100 + at},2024-01-{1 + at // 2:02},C{at % 9},20,{('Paid', 'Sent')[at % 2]}" for at in range(40)]
    rows += [f"{200 + at},2024-03-{1 + at:02},C{at % 9},20,Scheduled" for at in range(20)]
    found = cleaned("\n".join(["Order,Date,Customer,Total,Status", *rows]))
    assert found.ledger.rows_used == 40
    assert found.ledger.set_aside["unpaid"] == 20
    asked = {finding.key: finding.facts for finding in findings_of(found)}
    assert asked["orders.finding.doubtful_counted"]["words"] == ["Sent"]
    assert asked["orders.finding.doubtful_unpaid"]["words"] == ["Scheduled"]


@pytest.mark.parametrize("column", ["Invoice", "Invoice No", "Factura", "Rechnungsnummer"])
def test_a_delivery_that_is_scheduled_is_paid_where_orders_have_invoices(column: str):
    rows = orders(("Completed", "Scheduled")).splitlines()
    text = "\n".join([f"{column},{rows[0]}", *(f"I{at},{row}" for at, row in enumerate(rows[1:]))])
    assert "unpaid" not in cleaned(text).ledger.set_aside


@pytest.mark.parametrize("head", ["Invoice,Date", "Invoice,Invoice date", "Number,Due date", "Invoice number,Due"])
@pytest.mark.parametrize(
    "beside", [("New",), ("Draft", "Confirmed"), ("Overdue", "Completed"), ("Ready",), ("Returned",)]
)
def test_an_invoice_that_was_sent_is_unpaid_whatever_other_steps_it_has(head: str, beside: Sequence[str]):
    """One word that orders have, too, made all invoices that were only sent count as paid, without a question."""
    words = ("Paid", "Sent", *beside)
    text = orders(words).replace("Order,Date", head, 1)
    aside = cleaned(text).ledger.set_aside
    unpaid = 1 + sum(word in ("Draft", "Overdue") for word in beside)
    assert aside["unpaid"] == 60 // len(words) * unpaid
    assert "doubtful_unpaid" in keys(cleaned(text))


@pytest.mark.parametrize("beside", ["Completed", "Processing", "New"])
def test_a_parcel_that_was_sent_is_paid_where_an_order_has_an_invoice_too(beside: str):
    rows = orders(("Paid", "Sent", beside), number="Order ID").splitlines()
    text = "\n".join([f"{rows[0]},Invoice", *(f"{row},I{at}" for at, row in enumerate(rows[1:]))])
    assert cleaned(text).ledger.set_aside == {}
    assert not keys(cleaned(text)) & {"doubtful_counted", "doubtful_unpaid"}
