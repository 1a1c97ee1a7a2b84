# ruff: noqa: E501 - tables of columns read best in long lines
"""Pairs of exports that look alike and mean different things: each beside its counter-example."""

import csv
import io
import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import xlsxwriter

from benchmarks.constructed_exports import Files, Sold
from benchmarks.exports.structures import Kind, added_to
from benchmarks.generated_exports import Order, Shop

KINDS: list[Kind] = []
_kind = added_to(KINDS)
Row = Sequence[object]


def _add(sales: list[Sold], order: Order, amount: float) -> None:
    sales.append(Sold(order.customer.id, order.number, order.when, (round(amount, 2),)))


def _text(rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _book(sheets: dict[str, list[Row]]) -> Files:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(place, column, cell)
                    elif cell != "":
                        sheet.write(place, column, cell)
    return (("book.xlsx", out.getvalue()),)


def _day(when: datetime) -> datetime:
    return when.replace(hour=0, minute=0)


# --------------------------------------------------------------------------------------------- numbers within an order


@_kind
def version_counts_the_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A column called version numbers the lines of each order; no column names a product."""
    name = rng.choice(("Version", "Fassung", "Versión", "Rev"))
    rows: list[Row] = [["Order", name, "Date", "Customer", "Amount"]]
    for order in shop.orders:
        for at, line in enumerate(order.lines):
            rows.append([order.number, at + 1, f"{order.when:%Y-%m-%d}", order.customer.email, f"{line.total:.2f}"])
            _add(sales, order, line.total)
    return (("orders.csv", _text(rows)),)


@_kind
def versions_of_an_order(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Some orders were written again with a new version number, days later: the last one counts; no products."""
    name = rng.choice(("Version", "Fassung", "Versión", "Rev"))
    rows: list[Row] = [["Order", name, "Date", "Customer", "Amount"]]
    for place, order in enumerate(shop.orders):
        again = place % 4 == 1
        if again:
            before = order.when - timedelta(hours=rng.randint(1, 9))
            rows.append([order.number, 1, f"{before:%Y-%m-%d %H:%M}", order.customer.email, f"{order.goods * 0.9:.2f}"])
        rows.append([order.number, 1 + again, f"{order.when:%Y-%m-%d %H:%M}", order.customer.email, f"{order.goods:.2f}"])  # fmt: skip
        _add(sales, order, order.goods)
    return (("orders.csv", _text(rows)),)


# ------------------------------------------------------------------------------------------------ blanks and ditto marks


@_kind
def blanks_as_quoted_quotes(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A program that quotes what it has quoted already: a blank is `\"\"\"\"\"\"`, a word `\"\"\"Mug\"\"\"`."""
    head = ["Order", "Date", "Customer", "Coupon", "Discount", "Amount"]
    rows: list[Row] = [head]
    for place, order in enumerate(shop.orders):
        coupon = place % 5 == 0
        for line in order.lines:
            off = f"{line.total * 0.1:.2f}" if coupon else ""
            cells = [order.number, f"{order.when:%Y-%m-%d}", order.customer.email, "SAVE10" if coupon else "", off, f"{line.total:.2f}"]  # fmt: skip
            rows.append([f'"{cell}"' for cell in cells])
            _add(sales, order, line.total)
    return (("orders.csv", _text(rows)),)


@_kind
def blanks_as_one_quote(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Blanks are `\"\"\"\"`, one quote each, in a column of refunds: as if the cell above came again."""
    rows: list[Row] = [["Order", "Date", "Customer", "Refunded", "Total"]]
    for place, order in enumerate(shop.orders):
        back = round(order.goods * 0.5, 2) if place % 6 == 0 else ""
        cell = f"{back:.2f}" if isinstance(back, float) else '"'
        rows.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.email, cell, f"{order.goods:.2f}"])
        _add(sales, order, order.goods)
        if isinstance(back, float):
            _add(sales, order, -back)
    return (("orders.csv", _text(rows)),)


@_kind
def blanks_as_one_quote_of_customers(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The e-mail of guests is `\"\"\"\"`, beside a name that is always there."""
    rows: list[Row] = [["Order", "Date", "Customer name", "Email", "Total"]]
    without = {person.id for at, person in enumerate(shop.people) if at % 3 == 2}
    for order in shop.orders:
        mail = '"' if order.customer.id in without else order.customer.email
        rows.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.name, mail, f"{order.goods:.2f}"])
        _add(sales, order, order.goods)
    return (("orders.csv", _text(rows)),)


@_kind
def ditto_under_the_order(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A quote stands for the cell above: order, day and customer of further lines."""
    rows: list[Row] = [["Order", "Date", "Customer", "Item", "Total"]]
    for order in shop.orders:
        for at, line in enumerate(order.lines):
            who = ['"'] * 3 if at else [order.number, f"{order.when:%Y-%m-%d}", order.customer.name]
            rows.append([*who, line.product, f"{line.total:.2f}"])
            _add(sales, order, line.total)
    return (("orders.csv", _text(rows)),)


# ------------------------------------------------------------------------------------------------- sheets and lists

PAYMENTS = (
    ("Sales", "Payments", ["Order No", "Date", "Customer", "Amount", "Notes"]),
    ("Ventas", "Cobros", ["Nº pedido", "Fecha", "Cliente", "Importe", "Notas"]),
    ("Verkäufe", "Zahlungen", ["Auftragsnr.", "Datum", "Kunde", "Betrag", "Notiz"]),
    ("Invoices", "Receipts", ["Invoice", "Date", "Customer", "Amount", "Notes"]),
    ("Orders", "Bank", ["Order", "Date", "Customer", "Amount", "Notes"]),
)


def _with_payments(rng: random.Random, shop: Shop, sales: list[Sold], *, ahead: bool) -> tuple[str, str, list[Row], list[Row]]:  # fmt: skip
    sold, paid, head = rng.choice(PAYMENTS)
    orders: list[Row] = [head + ([] if rng.random() < 0.5 else ["Channel"])]
    payments: list[Row] = [head]
    for place, order in enumerate(shop.orders):
        more = ["Web"] if len(orders[0]) > len(head) else []
        orders.append([order.number, _day(order.when), order.customer.name, order.goods, "", *more])
        late = _day(order.when) + timedelta(days=rng.randint(0, 20))
        if place % 5 != 4:
            number = f"Z{place:04}" if ahead else order.number
            payments.append([number, late, order.customer.name, order.goods, order.number if ahead else ""])
        _add(sales, order, order.goods)
    return sold, paid, orders, payments


@_kind
def sheets_of_sales_and_payments(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two sheets with nearly the same headings: sales, and what was paid for most of them."""
    sold, paid, orders, payments = _with_payments(rng, shop, sales, ahead=False)
    return _book({sold: orders, paid: payments})


@_kind
def sheets_of_payments_with_own_numbers(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The same, but payments have numbers of their own and name the sale in a note."""
    sold, paid, orders, payments = _with_payments(rng, shop, sales, ahead=True)
    return _book({sold: orders, paid: payments})


@_kind
def files_of_sales_and_payments(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two files with the same headings: sales, and what was paid for most of them."""
    sold, paid, orders, payments = _with_payments(rng, shop, sales, ahead=False)

    def written(rows: list[Row]) -> list[Row]:
        return [[f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else cell for cell in row] for row in rows]

    return ((f"{sold.casefold()}.csv", _text(written(orders))), (f"{paid.casefold()}.csv", _text(written(payments))))


@_kind
def sheets_of_orders_and_their_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Orders with their totals, and their lines with the order's facts once more."""
    head = ["Order", "Date", "Customer", "Country", "Amount"]
    orders: list[Row] = [head]
    lines: list[Row] = [[*head, "Item"]]
    for order in shop.orders:
        orders.append([order.number, _day(order.when), order.customer.name, order.customer.country, order.goods])
        for line in order.lines:
            lines.append([order.number, _day(order.when), order.customer.name, order.customer.country, line.total, line.product])  # fmt: skip
            _add(sales, order, line.total)
    return _book({"Summary": orders, "Detail": lines})


@_kind
def sheets_of_two_channels(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two sheets with free names and the same headings that are parts of one history."""
    one, other = rng.choice((("Web", "Shop"), ("Berlin", "Hamburg"), ("Tienda", "Mercadillo"), ("Etsy", "Own site")))
    head = ["Order", "Date", "Customer", "Amount"]
    sheets: dict[str, list[Row]] = {one: [head], other: [head]}
    for place, order in enumerate(shop.orders):
        sheets[(one, other)[place % 2]].append([order.number, _day(order.when), order.customer.name, order.goods])
        _add(sales, order, order.goods)
    return _book(sheets)


def _records(shop: Shop) -> list[dict[str, object]]:
    return [
        {"orderNumber": order.number, "date": f"{order.when:%Y-%m-%d}", "customer": order.customer.email, "total": order.goods}
        for order in shop.orders
    ]  # fmt: skip


@_kind
def lists_of_two_branches(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """JSON: an object with a list for each branch, freely named: parts of one history."""
    names = rng.choice((("north", "south"), ("madrid", "sevilla"), ("shop1", "shop2"), ("old", "new")))
    held: dict[str, list[dict[str, object]]] = {name: [] for name in names}
    for place, record in enumerate(_records(shop)):
        held[names[place % 2]].append(record)
    for order in shop.orders:
        _add(sales, order, order.goods)
    return (("data.json", json.dumps(held).encode()),)


@_kind
def lists_of_the_same_orders(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """JSON: all orders, and in a second list of free name most of them again under other states or days."""
    name, other = rng.choice((("all", "open"), ("list", "shipped"), ("data", "archive"), ("current", "previous")))
    records = _records(shop)
    again = []
    for place, record in enumerate(records):
        if place % 4:
            when = shop.orders[place].when + timedelta(days=rng.randint(1, 5))
            again.append(record | {"date": f"{when:%Y-%m-%d}"})
    for order in shop.orders:
        _add(sales, order, order.goods)
    return (("data.json", json.dumps({name: records, other: again}).encode()),)


@_kind
def lists_of_sold_and_paid(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """JSON: documents and what was paid for them, in lists with the same fields and free names."""
    name, other = rng.choice((("documents", "cash"), ("ledgerA", "ledgerB"), ("out", "in"), ("rows", "bank")))
    records = _records(shop)
    paid = []
    for place, record in enumerate(records):
        if place % 5 != 4:
            when = shop.orders[place].when + timedelta(days=rng.randint(0, 15))
            paid.append(record | {"orderNumber": f"P{place:05}", "date": f"{when:%Y-%m-%d}"})
    for order in shop.orders:
        _add(sales, order, order.goods)
    return (("data.json", json.dumps({name: records, other: paid}).encode()),)


@_kind
def sheets_under_free_names(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two sheets with free names and the same headings: the second has most sales again, as they were paid."""
    name, other = rng.choice((("A", "B"), ("Liste", "Konto"), ("Main", "Copy for tax"), ("Hoja1", "Hoja2")))
    head = ["Order", "Date", "Customer", "Amount"]
    one: list[Row] = [head]
    two: list[Row] = [head]
    for place, order in enumerate(shop.orders):
        one.append([order.number, _day(order.when), order.customer.name, order.goods])
        if place % 5 != 4:
            late = _day(order.when) + timedelta(days=rng.randint(0, 15))
            two.append([order.number, late, order.customer.name, order.goods])
        _add(sales, order, order.goods)
    return _book({name: one, other: two})
