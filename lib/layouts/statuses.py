"""What the words in a status column mean for an order: used, or set aside and why."""

import re
from collections.abc import Collection, Mapping, Sequence

from lib.layouts.names import plain, words
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
        *(
            "annulee",
            "annulled",
            "storniert",
            "storno",
            "abgebrochen",
            "estornado",
            "geannuleerd",
            "annullato",
            "annullata",
            "closed lost",
            "lost",
        ),
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
        *("devolvido", "devolvida", "payment refund", "return", "reversal", "payment reversal", "partial return"),
        *("reembolso", "devolucion", "remboursement", "retour", "ruckzahlung", "ruckerstattung", "ruckgabe", "retoure"),
        *("rucksendung", "devolucao", "rimborso", "rimborsato", "credit note", "abono", "gutschrift", "avoir"),
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
        *(
            "quotation",
            "quotation sent",
            "quote",
            "presupuesto",
            "devis",
            "angebot",
            "orcamento",
            "proforma",
            "pro forma",
        ),
        *("view item", "page view", "session start", "begin checkout", "add payment info", "add shipping info"),
        *("view item list", "view cart", "select item", "first visit", "user engagement", "scroll"),
        *("past due", "uncollectible", "overdue", "error en pago", "pago rechazado", "pago pendiente", "por cobrar"),
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
    ("esperando pago", "unpaid"),
    ("pendiente de pago", "unpaid"),
    ("erreur de paiement", "unpaid"),
    ("error de pago", "unpaid"),
    ("requires ", "unpaid"),
    ("cancel", "cancelled"),
    ("chargeback", "refunded"),
)
"""How longer statuses begin."""


_TO_BE_SENT = words(
    "fulfillment fulfilment shipment shipping pickup processing delivery dispatch collection return envio recogida "
    "entrega preparacion expedition livraison reapprovisionnement preparation retrait stock"
)
"""What an order that is paid may still wait for."""

_PLAYED_OUT = words(
    "complete completed completado completada terminee terminado abgeschlossen erledigt concluido completata paid "
    "pagado pagada pago payee paye bezahlt cobrado succeeded success successful processing shipped delivered fulfilled "
    "closed sale sales charge payment purchase order invoice venta compra factura vente achat facture verkauf rechnung "
    "venda enviado entregado expedie livre versendet geliefert processed settled captured approved aprobado accepted"
)
"""Words for orders that went well."""
_WELL_SAID = frozenset(("closed won", "sales order", "completed sale", "order completed"))


def tells_status(values: Collection[str]) -> bool:
    """Whether a column's different values are statuses: some say that an order went well, some that it did not."""
    plainly = {plain(value).removeprefix("wc ") for value in values}
    well = {value for value in plainly if value in _PLAYED_OUT or value in _WELL_SAID}
    badly = {value for value in plainly if value not in well and _meaning(value)}
    return bool(well) and bool(badly) and len(well | badly) >= 0.5 * len(plainly)


_OPEN = words("open abierta abierto ouvert ouverte aberto aberta outstanding due sent draft")
_SETTLED = words("paid bezahlt pagado pagada pago payee paye cobrado cobrada")


def meanings(statuses: Sequence[str], layout: Layout | None = None) -> list[str]:
    """What each of a column's statuses means. Where others are `paid`, what is `open` is not."""
    found = [meaning(status, layout) for status in statuses]
    if not any(plain(status) in _SETTLED for status in statuses):
        return found
    return ["unpaid" if plain(status) in _OPEN else says for status, says in zip(statuses, found, strict=True)]


def meaning(status: str, layout: Layout | None = None) -> str:
    """The reason why an order of that status is set aside; empty where it is used."""
    said = plain(status).removeprefix("wc ")
    if layout is not None and said in layout.statuses:
        return layout.statuses[said]
    return _meaning(said)


def _meaning(said: str) -> str:
    if said in _REASON:
        return _REASON[said]
    if set(said.split()) & _TO_BE_SENT and not said.startswith("cancel"):
        return USED
    return next((reason for beginning, reason in _BEGINNINGS if said.startswith(beginning)), USED)


_ON_DELIVERY = re.compile(
    r"\b(?:cash on delivery|collect on delivery|pay(?:ment)? on delivery|cod|cod payment|contra ?re?embolso|"
    r"contra ?entrega|pago (?:contra|al|en la) (?:entrega|recibir)|(?:per |por )?nachnahme|contre ?remboursement|"
    r"paiement a la livraison|especes a la livraison|contrassegno|pagamento (?:na|alla) (?:entrega|consegna)|"
    r"rembours|onder rembours|betaling bij (?:aflevering|levering))\b"
)
_WAITING = re.compile(
    r"^(?:pending|pendiente|pendente|ausstehend|zahlung ausstehend|en attente|on hold|en espera|awaiting|unpaid|"
    r"not paid|offen|open|due|esperando|attente|in attesa|openstaand|aguarda|impagado|no pagado|por cobrar|"
    r"payment pending|pago pendiente|en attente)"
)
_DELIVERED = re.compile(
    r"^(?:fulfilled|delivered|shipped|completed?|sent|enviad[oa]|entregad[oa]|completad[oa]|livree?|expediee?|"
    r"geliefert|versendet|versandt|zugestellt|erledigt|entregue|consegnat[oa]|spedit[oa]|bezorgd|verzonden|"
    r"partial|partially fulfilled)\b"
)


def pays_on_delivery(method: str) -> bool:
    """Whether a way to pay is paid at the door."""
    return bool(_ON_DELIVERY.search(plain(method)))


def waits_for_payment(status: str) -> bool:
    """Whether a status says that the payment is still to come, and not that it failed."""
    return bool(_WAITING.match(plain(status).removeprefix("wc ")))


def is_delivered(status: str) -> bool:
    """Whether the state of a delivery says that the customer has the goods, or that they are on their way."""
    return bool(_DELIVERED.match(plain(status)))
