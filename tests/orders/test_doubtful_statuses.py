"""Statuses that may be paid or not: instalments still to come, invoices and parcels that are both `Sent`."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lib.layouts import understand
from lib.orders import CleanOptions, DoubtfulStatus, Orders, StatusMeaning, clean, clean_all, findings_of
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
    for paid in (False, True):
        found = cleaned(text, CleanOptions(status_meanings=(StatusMeaning("Status", "Sent", paid),)))
        assert found.ledger.rows_used == (60 if paid else 30)
        assert found.doubtful_statuses == (DoubtfulStatus("Status", "Sent", 30, paid, stated=True),)
        assert not keys(found) & {"doubtful_counted", "doubtful_unpaid"}


def test_projects_of_earlier_versions_have_the_other_meaning_of_all():
    text = orders(("Paid", "Sent"))
    turned = CleanOptions(swap_unclear_statuses=True)
    assert cleaned(text, turned).ledger.rows_used == 30
    said = replace(turned, status_meanings=(StatusMeaning("Status", "Sent", True),))
    assert cleaned(text, said).ledger.rows_used == 60


@pytest.mark.parametrize("seed", range(4))
def test_each_status_is_stated_by_itself(seed: int):
    """Two columns with three statuses that may be paid or not; any of them stated, the others as they were."""
    rng = random.Random(seed)
    words = {"Status": ("Completed", "Scheduled"), "Payment status": ("Paid", "Sent", "Scheduled")}
    rows = [(rng.choice(words["Status"]), rng.choice(words["Payment status"])) for _ in range(200)]
    lines = [f"{at},2024-01-{1 + at % 28:02},C{at % 9},20,{one},{two}" for at, (one, two) in enumerate(rows)]
    text = "\n".join(["Order,Date,Customer,Total,Status,Payment status", *lines])
    asked = [(column, word) for column, all_words in words.items() for word in all_words[1:]]
    meaning = {one: rng.random() < 0.5 for one in rng.sample(asked, rng.randint(1, 3))}
    options = CleanOptions(status_meanings=tuple(StatusMeaning(*one, paid) for one, paid in meaning.items()))
    found = {(one.column, one.word): one for one in cleaned(text, options).doubtful_statuses}
    as_read = {(one.column, one.word): one for one in cleaned(text).doubtful_statuses}
    assert list(found) == list(as_read) == sorted(asked)
    for place, one in found.items():
        assert one.stated == (place in meaning)
        assert one.paid == meaning.get(place, as_read[place].paid)
        assert one.rows == sum(row[place[0] == "Payment status"] == place[1] for row in rows)


def test_several_files_ask_about_a_status_once():
    rows = orders(("Paid", "Sent")).splitlines()
    tables = [read_table("\n".join([rows[0], *rows[at : at + 20]]).encode(), f"{at}.csv") for at in (1, 21, 41)]
    found = clean_all(tables, [understand(table) for table in tables])
    assert found.doubtful_statuses == (DoubtfulStatus("Status", "Sent", 30, paid=True, stated=False),)
    assert [finding.facts["rows"] for finding in findings_of(found) if "doubtful" in finding.key] == [30]


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
