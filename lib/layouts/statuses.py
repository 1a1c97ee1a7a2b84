"""What the words in a status column mean for an order: used, or set aside and why; the words are in
`status_words.toml`."""

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from lib.layouts.names import by_name, plain, words
from lib.layouts.shops import Layout
from lib.parsing.booleans import parse_yes_no

USED = ""

_WORDS = tomllib.loads((Path(__file__).parent / "status_words.toml").read_text(encoding="utf-8"))


def _phrases(text: str) -> list[str]:
    return [said for phrase in text.split("|") if (said := plain(phrase))]


_WHOLE = {
    said: USED if reason == "used" else reason
    for reason, text in reversed(_WORDS["whole"].items())
    for said in _phrases(text)
}


class _Beginnings:
    """Whether a word of a status begins with one of some; words without blanks are looked for anywhere."""

    def __init__(self, text: str) -> None:
        found = {said for word in text.split() if (said := plain(word))}
        self._begins = tuple(sorted(word for word in found if word.isascii()))
        self._anywhere = tuple(sorted(word for word in found if not word.isascii()))

    def __call__(self, said: Sequence[str], whole: str) -> bool:
        return any(word.startswith(self._begins) for word in said) or any(word in whole for word in self._anywhere)


_BEGINS = {name: _Beginnings(text) for name, text in {**_WORDS["beginnings"], **_WORDS["together"]}.items()}
_NOT, _YET, _STILL, _PAY = (words(_WORDS["together"][name]) for name in ("not", "yet", "still", "pay"))
_AWAITING = tuple(f"{said} " for said in _phrases(_WORDS["together"]["begins"]))
_TO_BE_SENT, _WENT_WELL, _SOLD, _RECEIPT = (
    frozenset(map(plain, _WORDS["used"][name].split())) for name in ("to_be_sent", "went_well", "sold", "receipt")
)
_SETTLED, _OPEN, _RECEIVED, _BILLED = (
    frozenset(_phrases(_WORDS["used"][name])) for name in ("settled", "open", "received", "billed")
)
_PLANNED, _BESIDE_PLANNED = (frozenset(_phrases(_WORDS["planned"][name])) for name in ("words", "beside"))
_OF_PARCELS = _Beginnings(_WORDS["planned"]["parcels"])
_SENT, _SENT_ELSEWHERE, _OF_BILLS, _OWED, _OF_SENT_ORDERS = (
    frozenset(_phrases(_WORDS["sent"][name])) for name in ("words", "elsewhere", "bills", "owed", "orders")
)
_WON = words("won ganado ganada gewonnen gagne gagnee ganho vinto wygrana")
_PART = frozenset(_phrases(_WORDS["used"]["part"]))
_LATE = frozenset(_phrases(_WORDS["sent"]["late"]))
_IN_WORK = _Beginnings(_WORDS["used"]["in_work"])
_INVOICE, _OTHER_STEPS, _QUOTES, _CREDIT = (
    frozenset(_phrases(_WORDS["documents"][name])) for name in ("invoice", "other", "quote", "credit")
)
_OF_DOCUMENTS = words(
    "document documents documento documentos dokument beleg belegart tipo type kind art typ soort rodzaj piece"
)
"""Words of headers of columns that tell kinds of documents."""

_GOODS_BACK = frozenset(
    _phrases(
        "retoure | retour | return | returns | return order | rucksendung | devolucion | reso | retur | return receipt"
    )
)
_DONE = words(
    "completed complete paid pagado pagada bezahlt abgeschlossen pagato paye payee completado completada betaald"
)
_ERRORS = words("error errors errored erreur errore fehler fout blad hata erro 错误")
_OF_ORDERS = words(
    "order orders pedido pedidos orden bestellung auftrag commande ordine encomenda bestelling zamowienie compra"
)


def tells_status(values: Collection[str]) -> bool:
    """Whether a column's different values are statuses: some say that an order went well, some that it did not."""
    plainly = {_plainly(value) for value in values}
    well = {value for value in plainly if _went_well(value) or _denies(value) or _ends_well(value)}
    unpaid = _unpaid_beside(frozenset(plainly)) & _PLANNED
    badly = {value for value in plainly if value not in well and (_meaning(value) or value in unpaid)}
    return bool(well) and bool(badly) and len(well | badly) >= 0.5 * len(plainly)


def only_fails(header: str, values: Collection[str]) -> bool:
    """Whether a column says of some rows that they came to nothing, and of the others nothing: `Cancelled or failed`
    with `failed` in few cells. `Return label` and `Cancellation policy` say no such thing."""
    said = plain(header).split()
    words_of_fate = [word for word in said if _meaning(word) and not word.endswith(("able", "bar", "ble"))]
    if not words_of_fate or not set(said) <= {*words_of_fate, *_OF_FATE}:
        return False
    return all(_meaning(_plainly(value)) for value in values)


_OF_FATE = words(
    "or and was is were order orders sale sales booking o y u fue pedido pedidos venta ventas ou et commande commandes "
    "oder und war bestellung bestellungen auftrag e ordine ordini encomenda of en bestelling status state estado"
)
"""Words beside those of an order that came to nothing, in the heading of a column that says so."""


def is_won(status: str) -> bool:
    """Whether a status says that a deal was won."""
    return bool(_WON & set(_plainly(status).split()))


def went_well(status: str) -> bool:
    """Whether a status says outright that an order went well."""
    return _went_well(_plainly(status))


def _went_well(said: str) -> bool:
    bare = " ".join(word for word in said.split() if word not in _OF_ORDERS)
    if bare and bare != said and bare in _WENT_WELL:
        return True
    return said in _WENT_WELL or (_WHOLE.get(said) == USED and said in _WHOLE)


def _ends_well(said: str) -> bool:
    """Whether the last of a few words says that an order went well, behind who sold it: `Web Completed`."""
    parts = said.split()
    return 2 <= len(parts) <= 3 and parts[-1] in _DONE and not _meaning(said)


def _denies(said: str) -> bool:
    """Whether two words deny that an order was cancelled or refunded: `not cancelled`."""
    parts = said.split()
    return len(parts) == 2 and parts[0] in _NOT and _meaning(parts[1]) in ("cancelled", "refunded")


def is_known(status: str) -> bool:
    """Whether it is understood what a status means, good or bad.

    Codes such as `C` or `17` are not, nor are words of a language that the lists don't have, nor `Not delivered`.
    """
    said = _plainly(status)
    parts = said.split()
    if said in _NEVER_ARRIVED:
        return False
    return (
        bool(_meaning(said))
        or said in _WHOLE
        or _denies(said)
        or _ends_well(said)
        or said in _NAMED
        or bool(_NAMED_WORDS & set(parts))
        or len(parts) > MOST_WORDS
        or any(_BEGINS[name](parts, said) for name in ("paid", "partly"))
        or any(beginnings(parts, said) for beginnings in (_OF_PARCELS, _IN_WORK))
    )


_NEVER_ARRIVED = frozenset(
    _phrases(
        "not delivered | undelivered | not picked up | not collected | no entregado | no entregada | no recogido |"
        "no recogida |"
        "nicht zugestellt | nicht geliefert | nicht abgeholt | non livre | non livree | non retire | non retiree |"
        "nao entregue | nao retirado | non consegnato | non ritirato | niet bezorgd | niet geleverd | niet afgehaald"
    )
)
"""The goods are still to come, or the customer never had them and the money back: only the shop knows."""
_NAMED_WORDS = _TO_BE_SENT | _WENT_WELL | _SOLD | _RECEIPT
_NAMED = frozenset().union(
    _SETTLED, _OPEN, _RECEIVED, _BILLED, _PLANNED, _BESIDE_PLANNED, _SENT, _SENT_ELSEWHERE, _OF_BILLS, _OWED,
    _OF_SENT_ORDERS, _INVOICE, _OTHER_STEPS, _QUOTES, _CREDIT
)  # fmt: skip
"""Statuses that are listed for what they mean beside others."""

MOST_WRITTEN = 500
"""Different statuses of a column from which on they are texts of their own, or have a code behind them."""
_CODE_BEHIND = re.compile(r"[\s:#(]{1,8}[0-9]{1,40}\)?\s{0,8}$")

LONGEST_CODE = 2
"""Letters up to which a status is a code of the shop's own, which nobody outside can know."""


def documents(kinds: Sequence[str]) -> list[str]:
    """What each kind of document means beside the others: USED, `refunded` or `other_step`.

    Where some rows are invoices, orders, delivery notes and payments are other steps of the same sale. Where some give
    the money back, rows that only take the goods back are no second refund.
    """
    said = _kinds(kinds)
    means = [_meaning(kind) for kind in said]
    if any(kind in _INVOICE for kind in said):
        means = ["other_step" if kind in _OTHER_STEPS else found for kind, found in zip(said, means, strict=True)]
    if any(kind in _CREDIT for kind in said):
        back = [found == "refunded" and kind in _GOODS_BACK for kind, found in zip(said, means, strict=True)]
        means = ["other_step" if goods else found for goods, found in zip(back, means, strict=True)]
    return ["refunded" if kind in _CREDIT else found for kind, found in zip(said, means, strict=True)]


def _kind(kind: str) -> str:
    """A kind of document without the code in front of it and the letter behind: `3 - Nota de Crédito A`."""
    said = _plainly(kind)
    parts = said.split()
    front = 1 if len(parts) > 1 and len(parts[0]) <= LONGEST_CODE else 0
    behind = len(parts) - (len(parts) > front + 1 and len(parts[-1]) == 1)
    if not front and behind == len(parts):
        return said
    bare = " ".join(parts[front:behind])
    return bare if bare in _INVOICE | _CREDIT | _OTHER_STEPS | _QUOTES else said


_SALE = words("sale sales charge charges purchase purchases capture")
_MEANS = words(
    "cash card cards cheque check debit account transfer terms order paypal visa mastercard contado efectivo tarjeta "
    "especes carte cheque contant pin bar karte contanti carta dinheiro cartao"
)
"""Words of how or when something is paid: beside them, a sale on credit is paid later."""


def _kinds(kinds: Sequence[str]) -> list[str]:
    """`_kind` of each; beside sales, a credit gives the money back. In an account with debits it comes in, and beside
    cash it is another way to pay."""
    said = [_kind(kind) for kind in kinds]
    if not _SALE & set(said) or any(_MEANS & set(kind.split()) for kind in said):
        return said
    return ["credit note" if kind in ("credit", "credits") else kind for kind in said]


def meanings_alone(kinds: Sequence[str]) -> list[str]:
    """What each kind of document means by itself."""
    said = _kinds(kinds)
    return ["refunded" if kind in _CREDIT else _meaning(kind) for kind in said]


def is_invoice(kind: str) -> bool:
    return _kind(kind) in _INVOICE


def is_credit(kind: str) -> bool:
    """Whether a kind of document gives the money back."""
    return _kind(kind) in _CREDIT


def meanings(statuses: Sequence[str], layout: Layout | None = None) -> list[str]:
    """What each of a column's statuses means. Where others are `paid`, what is `open` is not; where others are of
    bookings or payments, what is `scheduled` is still to come."""
    if len(statuses) > MOST_WRITTEN:  # each with a code behind it: `Denied 190`
        bare = [_CODE_BEHIND.sub("", status) for status in statuses]
        different = list(dict.fromkeys(bare))
        if len(different) <= MOST_WRITTEN:
            means = dict(zip(different, meanings(different, layout), strict=True))
            return [means[status] for status in bare]
    found = [meaning(status, layout) for status in statuses]
    said = [_plainly(status) for status in statuses]
    unpaid = _unpaid_beside(frozenset(said))
    if layout is not None:
        unpaid -= (_PLANNED | _BILLED) & layout.statuses.keys()
    return ["unpaid" if status in unpaid else means for status, means in zip(said, found, strict=True)]


def doubtful(statuses: Sequence[str], layout: Layout | None = None) -> list[bool]:
    """Which of a column's statuses the others leave open: `Scheduled` beside `Paid` may be a payment still to come or
    a delivery, `Sent` beside `Paid` an invoice or a parcel. `meanings` takes both for unpaid; rows may say more."""
    if len(statuses) > MOST_WRITTEN:
        return [False] * len(statuses)
    said = [_plainly(status) for status in statuses]
    known = frozenset(said) - (frozenset() if layout is None else layout.statuses.keys())
    open_ = _unclear_sent(known) | _unclear_planned(known) | _unclear_beside(known)
    open_ |= frozenset(status for status in known if _is_part(status))
    return [status in open_ for status in said]


def is_partly_paid(status: str) -> bool:
    """Whether a status says that a part of the order was paid."""
    return _is_part(_plainly(status))


def _is_part(said: str) -> bool:
    parts = said.split()
    paid = _BEGINS["partly"](parts, said) and _BEGINS["paid"](parts, said)
    return said in _PART or (paid and not _meaning(said) and not _BEGINS["refunded"](parts, said))


def is_sent(status: str) -> bool:
    """Whether a status is `Sent`, as of an invoice or of a parcel."""
    return _plainly(status) in _SENT


def of_orders(statuses: Sequence[str]) -> bool:
    """Whether statuses are steps of an order, as far as their words say: `Completed`, `New`."""
    return bool(frozenset(map(_plainly, statuses)) & _OF_SENT_ORDERS)


def _unclear_sent(said: frozenset[str]) -> frozenset[str]:
    bills_alone = said & (_OF_BILLS | _OWED) and not said & _OF_SENT_ORDERS
    if not said & _SETTLED or bills_alone or any(_OF_PARCELS(status.split(), status) for status in said):
        return frozenset()
    return said & _SENT


def keeps_meaning(status: str) -> bool:
    """Whether a doubtful status means what the words of its column say, until a person turns it."""
    return _plainly(status) in _SENT_ELSEWHERE | _LATE


_ACCEPTED = frozenset(_phrases("approved | aprobado | aprobada | aprovado | aprovada | confirmado | confirmada"))


def _unclear_beside(said: frozenset[str]) -> frozenset[str]:
    """`Verschickt` beside `Bezahlt` and `Überfällig` may be a parcel or an invoice, `Late` beside `Approved` an order
    that arrives late or that is not paid yet."""
    unpaid = _unpaid_beside(said)
    late = said & _LATE & unpaid if said & _ACCEPTED and not said & (_SETTLED - _ACCEPTED) else frozenset[str]()
    if said & (_OF_BILLS | {"invoice sent"}):
        return frozenset()
    return late | (said & _SENT_ELSEWHERE & unpaid)


def _unclear_planned(said: frozenset[str]) -> frozenset[str]:
    others = said - _PLANNED
    if others & _BESIDE_PLANNED or any(_OF_PARCELS(status.split(), status) for status in others):
        return frozenset()
    return said & _PLANNED if any(_went_well(status) for status in others) else frozenset()


_SKIPPED = frozenset({"skipped"})


def _sends_parcels(said: frozenset[str]) -> bool:
    """Whether statuses beside `Sent` are steps of an order, not of an invoice."""
    others = said - _SENT - _SENT_ELSEWHERE
    return bool(others & _OF_SENT_ORDERS) or any(_OF_PARCELS(status.split(), status) for status in others)


def _unpaid_beside(said: frozenset[str]) -> frozenset[str]:
    """The words that mean beside the others of their column that nothing was paid yet."""
    unpaid = frozenset[str]()
    if said & _SETTLED:
        unpaid |= _OPEN
        if any(_OF_PARCELS(status.split(), status) for status in said):
            unpaid -= _LATE
        if _sends_parcels(said):
            unpaid -= _SENT
        elif said & _OWED:
            unpaid |= _SENT_ELSEWHERE
    if said & _WON or any("успешн" in status and ("сделк" in status or "реализ" in status) for status in said):  # deals
        unpaid |= frozenset({"open", "new", "новая", "новыи", "в работе"})
    if said & (_SETTLED | _RECEIVED):
        unpaid |= _BILLED
    if said & (_BESIDE_PLANNED | _SETTLED | _RECEIVED) and not any(
        _OF_PARCELS(status.split(), status) for status in said
    ):
        unpaid |= _PLANNED
    if any(_OF_PARCELS(status.split(), status) for status in said - _SKIPPED):
        unpaid |= _SKIPPED  # a box of a subscription that was not sent
    return unpaid


def meaning(status: str, layout: Layout | None = None) -> str:
    """The reason why an order of that status is set aside; empty where it is used."""
    said = _plainly(status)
    if layout is not None and said in layout.statuses:
        return layout.statuses[said]
    return _meaning(said)


def _plainly(status: str) -> str:
    return plain(status).removeprefix("wc ")


@lru_cache(maxsize=4_096)
def _meaning(said: str) -> str:
    if said in _WHOLE:
        return _WHOLE[said]
    if (bare := _CODE_BEHIND.sub("", said)) != said and bare in _WHOLE and " " in bare:
        return _WHOLE[bare]  # `Sin Finalizar 9998`
    door = _AT_REQUEST.sub(" ", _ON_DELIVERY.sub(" ", said))
    parts = door.split()
    if len(parts) > MOST_WORDS:
        return USED

    def any_of(name: str) -> bool:
        return _BEGINS[name](parts, door)

    negated = any(word in _NOT for word in parts)
    waits = bool(_TO_BE_SENT & set(parts)) and not any_of("unpaid")
    if any_of("cancelled"):
        return USED if any_of("asked") or any_of("partly") or (negated and len(parts) == 2) else "cancelled"
    if any_of("refunded") and not (waits and any_of("waiting")):
        return USED if any_of("partly") or any_of("asked") or (negated and len(parts) == 2) else "refunded"
    if waits:
        return USED
    if any_of("unpaid") and not (negated and len(parts) == 2):
        return "unpaid"
    if any_of("payment") and (any_of("waiting") or any_of("error") or negated):
        return "unpaid"
    if _ERRORS & set(parts) and set(parts) <= _ERRORS | _OF_ORDERS and not negated:
        return "unpaid"
    pairs = pairwise([part for part in parts if part not in _YET])
    if any((word in _NOT and _BEGINS["paid"]((after,), after)) or (word in _NOT | _STILL and after in _PAY)
           for word, after in pairs):  # fmt: skip
        return "unpaid"
    return "unpaid" if said.startswith(_AWAITING) else USED


MOST_WORDS = 12
"""A longer text is a remark, not a status."""

_ON_DELIVERY = re.compile(
    r"\b(?:cash on delivery|collect on delivery|pay(?:ment)? on delivery|cod|cod payment|contra ?re?embolso|"
    r"contra ?entrega|pago (?:contra|al|en la) (?:entrega|recibir)|(?:per |por )?nachnahme|contre ?remboursement|"
    r"paiement a la livraison|especes a la livraison|contrassegno|pagamento (?:na|alla) (?:entrega|consegna)|"
    r"rembours|onder rembours|betaling bij (?:aflevering|levering)|za pobraniem|pobranie|postforskott|efterkrav|"
    r"kapida odeme|platba na dobirku|dobirka|plata ramburs)\b|代金引換|代引き?|着払い"
)
_AT_REQUEST = re.compile(
    r"\b(?:per|by|at|on|upon|due to|following|a|por|auf|op|na|sur|su)\b(?: \w+){0,2} "
    r"(?:request|demand|solicitud|solicitacao|anfrage|demande|richiesta|verzoek)\b(?: (?:of|by|del|de|du|do)\b.*)?"
)
"""Who wanted it: an order that was cancelled at the buyer's request is cancelled, and does not only ask for it."""
_WAITING = re.compile(
    r"^(?:pending|pendiente|pendente|ausstehend|zahlung ausstehend|en attente|on hold|en espera|awaiting|unpaid|"
    r"not paid|offen|open|due|esperando|attente|in attesa|openstaand|aguarda|impagado|no pagado|por cobrar|"
    r"payment pending|pago pendiente|en attente|oczek|vantar|invantar|obetald|bekli|odeme bekl|in afwachting|wacht|"
    r"未入金|入金待ち|未払い)"
)
_DELIVERED = re.compile(
    r"^(?:fulfilled|delivered|shipped|completed?|sent|enviad[oa]|entregad[oa]|completad[oa]|livree?|expediee?|"
    r"geliefert|versendet|versandt|zugestellt|erledigt|entregue|consegnat[oa]|spedit[oa]|bezorgd|verzonden|"
    r"partial|partially fulfilled|dostarczon|wyslan|levererad|skickad|teslim edildi|発送済|配送完了)"
)


def pays_on_delivery(method: str) -> bool:
    """Whether a way to pay is paid at the door."""
    return bool(_ON_DELIVERY.search(plain(method)))


def waits_for_payment(status: str) -> bool:
    """Whether a status says that the payment is still to come, and not that it failed."""
    return bool(_WAITING.match(_plainly(status)))


def is_delivered(status: str) -> bool:
    """Whether the state of a delivery says that the customer has the goods, or that they are on their way."""
    return bool(_DELIVERED.match(plain(status)))


def is_settled(status: str) -> bool:
    """Whether a payment status says that the money arrived."""
    return _plainly(status) in _SETTLED | _RECEIVED


def paid_or_not(header: str, values: Collection[str]) -> dict[str, str] | None:
    """Yes or no → what it means in a column such as `Paid`; None for any other column."""
    said = {value: parse_yes_no(value) for value in values}
    words_of_header = plain(header).split()
    if None in said.values() or not any(_BEGINS["paid"]((word,), word) or word in _SETTLED for word in words_of_header):
        return None
    return {value: USED if yes else "unpaid" for value, yes in said.items()}


_HELD = words(
    "authorization authorisation authorize authorise authorized authorised auth preauth preauthorization autorizacion "
    "preautorizacion autorisierung autorisation autorizzazione autorizacao"
)
_TAKEN = words("capture captured captures captura capturado einzug erfassung cattura settle settled settlement")


def held_money(kinds: Sequence[str]) -> list[bool]:
    """Which kinds of rows only hold money that rows of another kind take: `authorization` beside `capture`."""
    said = [_plainly(kind) for kind in kinds]
    return [kind in _HELD and bool(_TAKEN & set(said)) for kind in said]


_UNDONE = words(
    "failure failed reversal reversed won cancelled canceled undone rejected declined fallido fallida anulado anulada "
    "fehlgeschlagen storniert gewonnen echoue annule annulee gagne gagnee"
)
_DISPUTE = words("dispute disputes disputed chargeback chargebacks contracargo litige ruckbuchung")


_OF_ACCOUNTS = frozenset(
    _phrases("payout | payouts | fee | fees | adjustment | transfer | payout failure | reserve | topup")
)
"""Kinds of rows of a payment service's account that are neither sales nor money given back."""


_ACTIVE = words("active activo activa activos aktiv actif attivo attiva ativo ativa")
_INACTIVE = words("inactive inactivo inactiva inaktiv inactif inattivo inattiva inativo inativa")
_AT_REST = words(
    "suspended suspendido suspendida suspendu "
    "suspendue suspenso suspensa sospeso sospesa parked geparkt aparcado aparcada"
)


def of_accounts(values: Collection[str]) -> bool:
    """Whether statuses are of accounts or subscriptions, whose orders count whatever became of them later."""
    said = {_plainly(value) for value in values} - {""}
    return bool(said & _ACTIVE) and bool(said & _AT_REST) and said <= _ACTIVE | _INACTIVE | _AT_REST


def undoes_refund(kind: str) -> bool:
    """Whether a kind of row takes a refund or a dispute back: `refund_failure`, `dispute_reversal`."""
    parts = _plainly(kind).split()
    others = [part for part in parts if part not in _UNDONE]
    return 0 < len(others) < len(parts) <= 3 and any(
        part in _DISPUTE or _BEGINS["refunded"]((part,), part) for part in others
    )


_FARES = frozenset(("return ticket", "return tickets", "ticket return", "ticket retour"))
"""There and back again, beside single tickets."""


def tells_kind_of_row(values: Collection[str], header: str = "") -> bool:
    """Whether a column says what kind of record a row is (sale, refund) and not how an order stands.

    Under a header that names a status, orders that are cancelled or not paid show that it is one.
    """
    plainly = set(_kinds(list(values)))
    if "status" in by_name(header) and {"cancelled", "unpaid"} & set(map(_meaning, plainly)):
        return False
    if (plainly & _INVOICE and plainly & _CREDIT) or (plainly & _HELD and plainly & _TAKEN):
        return True
    kinds = _INVOICE | _OTHER_STEPS | _QUOTES
    if plainly & _INVOICE and len(plainly) > 1 and plainly <= kinds and _OF_DOCUMENTS & set(plain(header).split()):
        return True
    back = {said for said in plainly if _meaning(said) == "refunded" and said not in _FARES}
    sold = {said for said in plainly - back if (said in _RECEIPT or _SOLD & set(said.split())) and not _meaning(said)}
    beside = {said for said in plainly if said in _OF_ACCOUNTS or undoes_refund(said) or _DISPUTE & set(said.split())}
    return bool(sold) and bool(back) and len(sold | back | beside) >= 0.5 * len(plainly)
