"""What a file leaves open, to be asked on Data, and what only looks open."""

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from benchmarks.constructed_exports import Files, Sold
from benchmarks.exports.structures import Kind, Writer, added_to
from benchmarks.exports.unread import ASKED
from benchmarks.exports.writing import customer_number
from benchmarks.generated_exports import Shop

KINDS: list[Kind] = []
_kind = added_to(KINDS)


def _asked(make: Writer) -> Kind:
    ASKED.add(make.__name__)
    return _kind(make)


def _csv(head: str, rows: Sequence[Sequence[object]], delimiter: str = ",") -> Files:
    lines = [head.replace("|", delimiter), *(delimiter.join(map(str, row)) for row in rows)]
    return (("orders.csv", ("\n".join(lines) + "\n").encode()),)


GROSS = (("Net", "Gross"), ("Netto", "Brutto"), ("Neto", "Bruto"), ("Net amount", "Gross amount"), ("Amount", "Gross"))


@_asked
def gross_by_one_rate(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Gross is a fifth more than net in all rows: with a tax, or before a discount."""
    net, gross = rng.choice(GROSS)
    rows = []
    for order in shop.orders:
        more = round(order.goods * 1.2, 2)
        rows.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.email, f"{order.goods:.2f}", f"{more:.2f}"])
        sales.append(Sold(order.customer.id, order.number, order.when, (more, order.goods)))
    return _csv(f"Order|Date|Email|{net}|{gross}", rows)


@_asked
def corrected_under_another_name(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A few orders are written a second time months later, with another customer: corrected, or a number used again."""
    rows = []
    for place, order in enumerate(shop.orders):
        rows.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.name, f"{order.goods:.2f}"])
        sales.append(Sold(order.customer.name, order.number, order.when, (order.goods,)))
        if place in (3, 9, 12):
            other = next(person for person in shop.people if person is not order.customer)
            later = order.when + timedelta(days=rng.randint(70, 120))
            rows.append([order.number, f"{later:%Y-%m-%d}", other.name, f"{order.goods:.2f}"])
    rows.sort(key=lambda row: str(row[1]))
    return _csv("Order|Date|Customer|Total", rows)


@_asked
def some_in_another_currency(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Some orders are in a second currency, without a rate."""
    rows = []
    for place, order in enumerate(shop.orders):
        money = "GBP" if place % 6 == 5 else "EUR"
        rows.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.id, f"{order.goods:.2f}", money])
        sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return _csv("Order|Date|Customer|Total|Currency", rows)


@_kind
def customers_with_a_number(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Name and number of a customer in one cell; people shorten the name and write it in capitals."""
    form = rng.choice(
        ("{name} ({number})", "{number} - {name}", "[K-{number}] {name}", "{number} {name}", "{name} #{number}")
    )
    rows = []
    for order in shop.orders:
        name = order.customer.name
        said = rng.choice((name, name.upper(), name.split()[0], name.casefold()))
        who = form.format(name=said, number=customer_number(order))
        rows.append([order.number, f"{order.when:%Y-%m-%d}", who, f"{order.goods:.2f}"])
        sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return _csv("Order|Date|Customer|Total", rows)


@_kind
def people_of_one_age(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A number behind a name that many people have: a year of birth."""
    years = {person.name: 1960 + place % 9 for place, person in enumerate(shop.people)}
    rows = []
    for order in shop.orders:
        name = order.customer.name
        rows.append([order.number, f"{order.when:%Y-%m-%d}", f"{name} ({years[name]})", f"{order.goods:.2f}"])
        sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return _csv("Order|Date|Customer|Total", rows)


TRIALS = (
    ("Invoice|Created|Customer Email|Billing reason|Amount|Status", "Trial", "Renewal", "paid"),
    ("Factura|Fecha|Correo del cliente|Motivo|Importe|Estado", "Periodo de prueba", "Renovación", "pagada"),
    ("Rechnung|Datum|Kunden-E-Mail|Grund|Betrag|Status", "Probemonat", "Verlängerung", "bezahlt"),
    ("Facture|Date|E-mail client|Motif|Montant|Statut", "Essai", "Renouvellement", "payée"),
)


@_kind
def trials_of_nothing(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The first row of a customer is a free trial; who never pays is no customer."""
    head, trial, renewal, paid = rng.choice(TRIALS)
    rows = []
    seen: set[str] = set()
    for place, order in enumerate(shop.orders):
        free = order.customer.id not in seen and place not in (0, len(shop.orders) - 1)
        seen.add(order.customer.id)
        amount = 0.0 if free else order.goods
        rows.append(
            [
                f"in_{place:04}",
                f"{order.when:%Y-%m-%d}",
                order.customer.email,
                trial if free else renewal,
                f"{amount:.2f}",
                paid,
            ]
        )
        if not free:
            sales.append(Sold(order.customer.id, f"{place}", order.when, (order.goods,)))
    return _csv(head, rows, ";")


@_kind
def checkout_sessions(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Answers of a payment service's interface, of which some fields were kept: money in cents."""
    kept = [
        {"object": "checkout.session"},
        {"payment_status": "paid"},
        {"object": "checkout.session", "payment_status": "paid"},
    ]
    further = rng.choice(kept)
    found = []
    for place, order in enumerate(shop.orders):
        cents = round(order.goods * 100)
        found.append(
            {
                "id": f"cs_{place:05}",
                **further,
                "amount_subtotal": cents,
                "amount_total": cents,
                "created": int((order.when - datetime(1970, 1, 1)).total_seconds()),
                "currency": "eur",
                "customer_details": {"email": order.customer.email, "name": order.customer.name},
            }
        )
        sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return (("sessions.json", json.dumps(found).encode()),)


RETURNS = (
    ("Order|Date|Email", "Total sales", "Returns", "Net sales"),
    ("Pedido|Fecha|Correo", "Ventas totales", "Devoluciones", "Ventas netas"),
    ("Bestellung|Datum|E-Mail", "Umsatz", "Retouren", "Nettoumsatz"),
    ("Commande|Date|E-mail", "Ventes totales", "Retours", "Ventes nettes"),
    ("Ordine|Data|E-mail", "Vendite totali", "Resi", "Vendite nette"),
)


@_kind
def returns_beside_sales(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What came back, with a sign or without, beside the sale and what is left of it."""
    head, total, returns, net = rng.choice(RETURNS)
    sign = rng.choice((1, -1))
    rows = []
    for place, order in enumerate(shop.orders):
        back = round(order.goods / 4, 2) if place % 5 == 1 else 0.0
        cells = (order.goods, sign * back, order.goods - back)
        rows.append(
            [order.number, f"{order.when:%Y-%m-%d}", order.customer.email, *(f"{value:.2f}" for value in cells)]
        )
        sales.append(Sold(order.customer.id, order.number, order.when, (order.goods, order.goods - back)))
        if back:
            sales.append(Sold(order.customer.id, order.number, order.when, (-back, 0.0)))
    return _csv("|".join((head, total, returns, net)), rows)
