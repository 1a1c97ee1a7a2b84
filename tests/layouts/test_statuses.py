"""What the words in a status column mean."""

import pytest

from lib.layouts.statuses import documents, is_known, meaning, meanings, tells_kind_of_row, tells_status


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Cancelled (Per Buyer's Request)", "cancelled"),
        ("Cancellation requested", ""),
        ("Cancelado por solicitud del cliente", "cancelled"),
        ("Solicitud de cancelación", ""),
        ("General Error", "unpaid"),
        ("Feldolgozás alatt", ""),
        ("Order error", "unpaid"),
        ("ERROR", "unpaid"),
        ("Address error", ""),
        ("Printing error", ""),
        ("Adresse fehler", ""),
        ("Bounced", "unpaid"),
        ("No presentado", "cancelled"),
        ("Pas payé", "unpaid"),
        ("Pas encore payé", "unpaid"),
        ("Not yet paid", "unpaid"),
        ("Never paid", "unpaid"),
        ("Nunca pagado", "unpaid"),
        ("Jamais encaissé", "unpaid"),
        ("To be paid", "unpaid"),
        ("Sin cobrar", "unpaid"),
        ("Cobro pendiente", "unpaid"),
        ("In attesa di incasso", "unpaid"),
        ("Cobro recibido", ""),
        ("Encaissement reçu", ""),
        ("Paid, to be shipped", ""),
        ("Mai bezahlt", ""),
        ("Pas annulé", ""),
        ("Sin cargo", ""),
        ("Not Completed", "unpaid"),
        ("No completado", "unpaid"),
        ("Parked", "unpaid"),
        ("Suspended", "unpaid"),
        ("ABANDONED CART", "unpaid"),
        ("RTO Initiated", "refunded"),
        ("RTO DELIVERED", "refunded"),
        ("Fechado", ""),
    ],
)
def test_what_a_status_means(said: str, means: str):
    assert meaning(said) == means


def test_an_invoice_that_was_sent_is_open_where_others_are_paid():
    assert meanings(["Payment Received", "Invoice Sent"]) == ["", "unpaid"]
    assert meanings(["Invoice Sent", "Shipped"]) == ["", ""]


@pytest.mark.parametrize(
    "said",
    [
        ["Sent", "Payment received", "Completed"],
        ["Sent", "Zahlung erhalten", "Delivered"],
        ["Pago recibido", "Abierto", "Enviado"],
        ["Delivered", "Shipped", "Scheduled", "Queued"],
        ["Paid", "Provisional", "Scheduled", "Delivered"],
        ["Bezahlt", "Scheduled", "Geliefert"],
        ["Settled", "Queued", "Dispatched"],
        ["Completed", "Optional", "Skipped"],
        ["Delivered", "Address error", "Printing error"],
        ["Paid", "Shipped", "Late"],
        ["Paid", "Delivered", "Late"],
        ["Betaald", "Verzonden"],
    ],
)
def test_parcels_on_their_way_are_sales(said: list[str]):
    assert meanings(said) == [""] * len(said)


@pytest.mark.parametrize(
    ("beside", "planned"),
    [
        (["Completed", "No-show"], "Scheduled"),
        (["Completado", "No presentado"], "Tentative"),
        (["SUCCESS", "PARTIALLY_REFUNDED"], "QUEUED"),
        (["succeeded", "failed"], "Skipped"),
        (["Abgereist", "Bestätigt"], "Optional"),
    ],
)
def test_a_booking_or_payment_that_is_planned_is_not_paid(beside: list[str], planned: str):
    assert meanings([*beside, planned])[-1] == "unpaid"


def test_what_is_open_is_not_paid_where_others_are():
    assert meanings(["Paid", "Sent", "Abierto"]) == ["", "unpaid", "unpaid"]
    assert meanings(["Paid", "Late"]) == ["", "unpaid"]
    assert meanings(["Betaald", "Verzonden", "Verlopen"]) == ["", "", "unpaid"]


def test_beside_invoices_other_documents_are_steps_of_the_same_sale():
    kinds = ["Rechnung", "Angebot", "Auftragsbestätigung", "Lieferschein", "Gutschrift"]
    assert documents(kinds) == ["", "unpaid", "other_step", "other_step", "refunded"]
    assert documents(["Auftrag", "Storno"]) == ["", "cancelled"]


def test_goods_that_come_back_are_no_second_refund_beside_credit_notes():
    assert documents(["Auftrag", "Retoure", "Gutschrift"]) == ["", "other_step", "refunded"]
    assert documents(["Auftrag", "Retoure"]) == ["", "refunded"]


def test_a_status_column_is_no_kind_of_row():
    values = ["Pedido Entregue", "Pedido Cancelado", "Pagamento devolvido"]
    assert not tells_kind_of_row(values, "Situação")
    assert tells_status(values)
    assert tells_kind_of_row(["Rechnung", "Gutschrift"], "Belegart")


def test_codes_are_not_known():
    assert [is_known(code) for code in ("C", "7", "Paid", "Voided")] == [False, False, True, True]


def test_goods_that_never_arrived_are_named_and_those_on_their_way_are_not():
    never = ("Not delivered", "NOT_DELIVERED", "Undelivered", "No entregado", "Nicht zugestellt", "Non livrée")
    assert not any(map(is_known, never))
    assert all(map(is_known, ("Delivered", "Not shipped", "To be delivered", "Not cancelled", "Nicht storniert")))


def test_orders_in_work_are_open_beside_deals_that_were_won_alone():
    assert meanings(["В работе", "Выполнен", "Отменён"]) == ["", "", "cancelled"]
    assert meanings(["В работе", "Сделка успешна"]) == ["unpaid", ""]
    assert meanings(["Новый", "Успешно доставлен"]) == ["", ""]
    assert meanings(["Sign up", "Renewal"]) == ["", ""]
    assert is_known("В работе")
