"""What the words in a status column mean for an order: used, or set aside and why."""

from collections.abc import Mapping

from lib.layouts.names import plain
from lib.layouts.shops import Layout

USED = ""

_MEANINGS: Mapping[str, tuple[str, ...]] = {
    "cancelled": (
        *(
            "cancelled",
            "canceled",
            "cancel",
            "voided",
            "void",
            "cancelado",
            "cancelada",
            "anulado",
            "anulada",
            "annule",
        ),
        *("annulee", "annulled", "storniert", "storno", "abgebrochen", "estornado"),
    ),
    "refunded": (
        *(
            "refunded",
            "refund",
            "fully refunded",
            "returned",
            "chargeback",
            "charged back",
            "reembolsado",
            "reembolsada",
        ),
        *(
            "devuelto",
            "devuelta",
            "rembourse",
            "remboursee",
            "retourne",
            "erstattet",
            "ruckerstattet",
            "zuruckerstattet",
        ),
        *("devolvido", "devolvida"),
    ),
    "unpaid": (
        *("unpaid", "not paid", "pending", "pending payment", "payment pending", "failed", "payment failed", "draft"),
        *(
            "payment error",
            "payment review",
            "expired",
            "declined",
            "authorized",
            "uncaptured",
            "abandoned",
            "incomplete",
        ),
        *("view", "click", "search", "cart", "add to cart", "remove from cart", "wishlist", "add to wishlist"),
        *("on hold", "holded", "blocked", "fraud", "suspected fraud", "checkout draft", "pending paypal"),
        *("pendiente", "fallido", "fallida", "impagado", "no pagado", "caducado", "rechazado", "en espera", "borrador"),
        *("en attente", "attente paiement", "echouee", "echoue", "non paye", "a regler", "brouillon"),
        *("ausstehend", "zahlung ausstehend", "fehlgeschlagen", "unbezahlt", "in wartestellung", "offen"),
        *("pendente", "falhado", "falhou", "recusado", "nao pago", "aguarda pagamento"),
    ),
    "test_order": ("test", "test order", "test payment", "prueba", "pedido de prueba", "teste"),
}
"""Reason → plain statuses; everything else is an order like any other."""

_REASON = {status: reason for reason, statuses in _MEANINGS.items() for status in statuses}

_BEGINNINGS = (
    ("awaiting ", "unpaid"),
    ("en attente ", "unpaid"),
    ("en espera ", "unpaid"),
    ("pendiente de pago", "unpaid"),
    ("erreur de paiement", "unpaid"),
    ("error de pago", "unpaid"),
    ("requires ", "unpaid"),
    ("cancel", "cancelled"),
)
"""How longer statuses begin."""


def meaning(status: str, layout: Layout | None = None) -> str:
    """The reason why an order of that status is set aside; empty where it is used."""
    said = plain(status).removeprefix("wc ")
    if layout is not None and said in layout.statuses:
        return layout.statuses[said]
    if said in _REASON:
        return _REASON[said]
    return next((reason for beginning, reason in _BEGINNINGS if said.startswith(beginning)), USED)
