# ruff: noqa: E501 - tables of columns read best in long lines
"""Histories in several files or sheets, and sheets in the form of a report; right answers fixed before a first reading."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import timedelta

from benchmarks.constructed_exports import Files, Sold
from benchmarks.exports.structures import Kind, _xlsx, added_to
from benchmarks.generated_exports import Shop

KINDS: list[Kind] = []
_kind = added_to(KINDS)
Row = Sequence[object]


def _csv(rows: Sequence[Row], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _money(value: float) -> str:
    return f"{value:.2f}"


@_kind
def magento_two_tables(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Orders and items as the database has them: a configurable product has a simple one below it that costs nothing."""
    orders: list[Row] = [
        [
            "entity_id",
            "increment_id",
            "state",
            "status",
            "created_at",
            "customer_id",
            "customer_email",
            "base_grand_total",
            "grand_total",
            "subtotal",
            "shipping_amount",
            "total_refunded",
        ]
    ]
    items: list[Row] = [
        [
            "item_id",
            "order_id",
            "parent_item_id",
            "product_id",
            "product_type",
            "sku",
            "name",
            "qty_ordered",
            "qty_canceled",
            "price",
            "row_total",
            "row_total_incl_tax",
        ]
    ]
    at = 0
    for place, order in enumerate(shop.orders):
        off = place % 7 == 3
        orders.append(
            [
                1 + place,
                f"1{place:08}",
                "canceled" if off else "complete",
                "canceled" if off else "complete",
                f"{order.when:%Y-%m-%d %H:%M:%S}",
                order.customer.id,
                order.customer.email,
                _money(order.goods + 5),
                _money(order.goods + 5),
                _money(order.goods),
                "5.00",
                "",
            ]
        )
        for line in order.lines:
            at += 1
            items.append(
                [
                    at,
                    1 + place,
                    "",
                    10 + at % 9,
                    "configurable",
                    f"{line.code}-M",
                    line.product,
                    f"{line.quantity}.0000",
                    "0.0000",
                    _money(line.price),
                    _money(line.total),
                    _money(line.total),
                ]
            )
            items.append(
                [
                    at + 1,
                    1 + place,
                    at,
                    90 + at % 9,
                    "simple",
                    f"{line.code}-M",
                    line.product,
                    f"{line.quantity}.0000",
                    "0.0000",
                    "0.00",
                    "0.00",
                    "0.00",
                ]
            )
            at += 1
            if not off:
                sales.append(
                    Sold(order.customer.id, order.number, order.when, (line.total, line.total + 5 / len(order.lines)))
                )
    return (("sales_order.csv", _csv(orders)), ("sales_order_item.csv", _csv(items)))


@_kind
def invoices_beside_payments(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Invoices in one file, what was received for them in another with the same customers and amounts."""
    invoices: list[Row] = [["Invoice No", "Date", "Customer", "Amount"]]
    payments: list[Row] = [["Payment No", "Date", "Customer", "Invoice No", "Amount", "Method"]]
    for place, order in enumerate(shop.orders):
        invoices.append([f"INV{place:04}", f"{order.when:%Y-%m-%d}", order.customer.name, _money(order.goods)])
        payments.append(
            [
                f"PAY{place:04}",
                f"{order.when + timedelta(days=6):%Y-%m-%d}",
                order.customer.name,
                f"INV{place:04}",
                _money(order.goods),
                "Bank",
            ]
        )
        sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return (("invoices.csv", _csv(invoices)), ("payments.csv", _csv(payments)))


@_kind
def orders_beside_deliveries(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Orders, and the parcels of each, with weights and prices of postage."""
    orders: list[Row] = [["order_id", "order_date", "customer_id", "total"]]
    parcels: list[Row] = [["parcel_id", "order_id", "shipped_on", "carrier", "weight_kg", "postage"]]
    for place, order in enumerate(shop.orders):
        orders.append([1000 + place, f"{order.when:%Y-%m-%d}", order.customer.id, _money(order.goods)])
        for part in range(1 + place % 2):
            parcels.append(
                [
                    5000 + 2 * place + part,
                    1000 + place,
                    f"{order.when + timedelta(days=1 + part):%Y-%m-%d}",
                    "DHL",
                    "1.20",
                    "4.90",
                ]
            )
        sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return (("orders.csv", _csv(orders)), ("parcels.csv", _csv(parcels)))


@_kind
def months_with_status_of_their_day(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An export per half year; the later one repeats the last weeks, where some orders are cancelled by now."""
    head = ["Order ID", "Order Date", "Customer ID", "Order Total", "Status"]
    middle = len(shop.orders) // 2
    repeated = max(0, middle - 6)
    cancelled = {repeated + 1, repeated + 4}
    first: list[Row] = [head]
    second: list[Row] = [head]
    for place, order in enumerate(shop.orders):
        row = [order.number, f"{order.when:%Y-%m-%d %H:%M}", order.customer.id, _money(order.goods)]
        if place < middle:
            first.append([*row, "Paid"])
        if place >= repeated:
            second.append([*row, "Cancelled" if place in cancelled else "Paid"])
        if place not in cancelled:
            sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return (("2024-H1.csv", _csv(first)), ("2024-H2.csv", _csv(second)))


@_kind
def months_in_columns(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row per customer, a column per month with what the customer paid in it."""
    months = sorted({(order.when.year, order.when.month) for order in shop.orders})
    rows: list[Row] = [["Customer", *(f"{year}-{month:02}" for year, month in months), "Total"]]
    for person in shop.people:
        own = [order for order in shop.orders if order.customer is person]
        if not own:
            continue
        sums = [
            round(sum(order.goods for order in own if (order.when.year, order.when.month) == month), 2)
            for month in months
        ]
        rows.append([person.name, *(_money(value) if value else "" for value in sums), _money(sum(sums))])
        for (year, month), value in zip(months, sums, strict=True):
            if value:
                when = own[0].when.replace(year=year, month=month, day=1, hour=0, minute=0)
                sales.append(Sold(person.name, f"{person.name} {year}-{month}", when, (value,)))
    return (("customers-by-month.csv", _csv(rows)),)


@_kind
def quickbooks_by_customer(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Sales by customer in detail: the name on a row of its own, its invoices below, then its total."""
    rows: list[Row] = [
        ["Sales by Customer Detail"],
        ["January - December 2024"],
        [],
        ["", "Date", "Transaction type", "Num", "Product/Service", "Quantity", "Sales price", "Amount", "Balance"],
    ]
    whole = 0.0
    for person in sorted(shop.people, key=lambda person: person.name):
        own = [order for order in shop.orders if order.customer is person]
        if not own:
            continue
        rows.append([person.name])
        balance = 0.0
        for order in own:
            for line in order.lines:
                balance = round(balance + line.total, 2)
                rows.append(
                    [
                        "",
                        f"{order.when:%m/%d/%Y}",
                        "Invoice",
                        order.number,
                        line.product,
                        f"{line.quantity}.00",
                        _money(line.price),
                        f"{line.total:,.2f}",
                        f"{balance:,.2f}",
                    ]
                )
                sales.append(Sold(person.name, order.number, order.when, (line.total,)))
        rows.append([f"Total for {person.name}", "", "", "", "", "", "", f"${balance:,.2f}"])
        whole += balance
    rows.append(["TOTAL", "", "", "", "", "", "", f"${whole:,.2f}"])
    return (("Sales by Customer Detail.csv", _csv(rows)),)


@_kind
def products_as_headings(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Pieces of each product in a column whose heading has the price; no column of money: refused, or read by the prices."""
    goods = {line.product: line.price for order in shop.orders for line in order.lines}
    rows: list[Row] = [["Fecha", "Cliente", *(f"{name} ({price:.2f} €)" for name, price in goods.items())]]
    for order in shop.orders:
        pieces = {line.product: line.quantity for line in order.lines}
        rows.append([f"{order.when:%d/%m/%Y}", order.customer.name, *(pieces.get(name, "") for name in goods)])
        total = round(sum(goods[name] * count for name, count in pieces.items()), 2)
        sales.append(Sold(order.customer.name, f"{order.customer.name} {order.when:%Y-%m-%d}", order.when, (total,)))
    return (("pedidos.csv", _csv(rows)),)


@_kind
def year_in_the_sheet(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet per year; the days in it have no year."""
    sheets: dict[str, list[Row]] = {}
    for order in shop.orders:
        rows = sheets.setdefault(f"{order.when:%Y}", [["Pedido", "Día", "Cliente", "Importe"]])
        rows.append([order.number, f"{order.when:%d/%m}", order.customer.name, order.goods])
        sales.append(Sold(order.customer.name, order.number, order.when, (order.goods,)))
    return _xlsx(dict(sheets))


@_kind
def credit_notes_beside_invoices(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Invoices and credit notes in two files of the same columns; the credit notes name the invoice and have amounts above zero."""
    head = ["Document", "Date", "Customer no", "Customer", "Refers to", "Net", "Gross"]
    invoices: list[Row] = [head]
    credits: list[Row] = [head]
    for place, order in enumerate(shop.orders):
        gross = round(order.goods * 1.2, 2)
        row = [order.customer.id, order.customer.name]
        invoices.append([f"I-{place:04}", f"{order.when:%Y-%m-%d}", *row, "", _money(order.goods), _money(gross)])
        sales.append(Sold(order.customer.id, f"I-{place:04}", order.when, (order.goods, gross)))
        if place % 6 == 2:
            credits.append(
                [
                    f"C-{place:04}",
                    f"{order.when + timedelta(days=3):%Y-%m-%d}",
                    *row,
                    f"I-{place:04}",
                    _money(order.goods),
                    _money(gross),
                ]
            )
            sales.append(Sold(order.customer.id, f"I-{place:04}", order.when, (-order.goods, -gross)))
    return (("invoices.csv", _csv(invoices)), ("credit_notes.csv", _csv(credits)))


@_kind
def two_shops_two_languages(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The German and the French shop of one firm: other headings, dates and signs, customers of one e-mail."""
    german: list[Row] = [["Bestellnummer", "Bestelldatum", "E-Mail", "Artikel", "Menge", "Einzelpreis", "Summe"]]
    french: list[Row] = [
        ["N° de commande", "Date de commande", "E-mail", "Article", "Quantité", "Prix unitaire", "Montant"]
    ]
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            cells = [
                line.product,
                line.quantity,
                _money(line.price).replace(".", ","),
                _money(line.total).replace(".", ","),
            ]
            if place % 2:
                german.append([f"D{place:05}", f"{order.when:%d.%m.%Y}", order.customer.email, *cells])
            else:
                french.append([f"F{place:05}", f"{order.when:%d/%m/%Y}", order.customer.email, *cells])
            sales.append(Sold(order.customer.email, order.number, order.when, (line.total,)))
    return (("bestellungen.csv", _csv(german, ";")), ("commandes.csv", _csv(french, ";")))
