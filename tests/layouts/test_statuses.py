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
        ("QUEUED", "unpaid"),
        ("Bounced", "unpaid"),
        ("No presentado", "cancelled"),
    ],
)
def test_what_a_status_means(said: str, means: str):
    assert meaning(said) == means


def test_an_invoice_that_was_sent_is_open_where_others_are_paid():
    assert meanings(["Payment Received", "Invoice Sent"]) == ["", "unpaid"]
    assert meanings(["Invoice Sent", "Shipped"]) == ["", ""]


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
