"""What the words in a status column mean for an order: used, or set aside and why."""

from collections.abc import Mapping

from lib.layouts.names import plain

USED = ""

_MEANINGS: Mapping[str, str] = {
    "cancelled": "cancelled canceled cancel voided void cancelado cancelada anulado anulada annule annulee annulled storniert "
    "storno abgebrochen anulada wc cancelled order cancelled|payment canceled|pedido cancelado|commande annulee|canceled by customer",
    "refunded": "refunded reembolsado reembolsada rembourse remboursee erstattet zuruckerstattet estornado refund returned devuelto "
    "devuelta retourne zuruckgegeben devolvido|wc refunded|fully refunded|refund completed|charged back|chargeback",
    "unpaid": "unpaid pending failed expired declined authorized draft abandoned uncaptured blocked incomplete open "
    "pendiente fallido fallida impagado caducado rechazado echouee echoue ausstehend offen fehlgeschlagen unbezahlt pendente "
    "falhado falhou recusado brouillon|pending payment|wc pending|wc failed|wc on hold|on hold|payment error|payment failed|"
    "requires payment method|requires action|requires confirmation|requires capture|payment review|pending paypal|en attente|"
    "attente paiement|en attente de paiement|pendiente de pago|awaiting payment|awaiting check payment|awaiting bank wire payment|"
    "awaiting bank transfer|awaiting cash on delivery validation|en espera|in wartestellung|zahlung ausstehend|not paid|"
    "a la espera de pago|checkout draft|wc checkout draft|a regler|non paye|no pagado|nao pago|suspected fraud|fraud|holded",
    "test_order": "test prueba teste|test order|test payment|pedido de prueba",
}
"""Reason → its words, then its phrases, each parted by `|`; everything else is an order like any other."""


def _table() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for reason, text in _MEANINGS.items():
        words, *phrases = text.split("|")
        table |= dict.fromkeys(words.split(), reason) | dict.fromkeys(phrases, reason)
    return table


_REASON = _table()


def meaning(status: str) -> str:
    """The reason why an order of that status is set aside; empty where it is used."""
    return _REASON.get(plain(status).removeprefix("wc "), USED)
