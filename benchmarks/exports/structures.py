# ruff: noqa: E501 - tables of columns read best in long lines
"""Ways to write an order history that no platform prescribes: subtotals, sheets, notations, exports of databases.

Written, with their right answers, before any of them had been read.
"""

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import xlsxwriter

from benchmarks.constructed_exports import Constructed, Files, Sold
from benchmarks.generated_exports import Order, Shop

Kind = Callable[[random.Random], Constructed]
Writer = Callable[[random.Random, Shop, list[Sold]], Files]
KINDS: list[Kind] = []
Row = Sequence[object]


def _shop(rng: random.Random, lines: int = 3) -> Shop:
    shop = Shop(rng, orders=rng.choice((24, 40, 60)), lines=lines)
    first = shop.orders[0]
    first.when = first.when.replace(day=max(13, first.when.day))
    shop.orders.sort(key=lambda order: order.when)
    return shop


def added_to(kinds: list[Kind]) -> Callable[[Writer], Kind]:
    """A decorator: a writer of files, which adds what was sold to a list, becomes one of the kinds."""

    def added(write: Writer) -> Kind:
        def made(rng: random.Random) -> Constructed:
            sales: list[Sold] = []
            files = write(rng, _shop(rng), sales)
            return Constructed(write.__name__, files, tuple(sales))

        made.__name__, made.__doc__ = write.__name__, write.__doc__
        kinds.append(made)
        return made

    return added


_kind = added_to(KINDS)


def _add(sales: list[Sold], order: Order, *amounts: float, number: str = "") -> None:
    sales.append(Sold(order.customer.id, number or order.number, order.when, amounts))


def _csv(rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> Files:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return (("orders.csv", out.getvalue().encode(encoding)),)


def _xlsx(sheets: dict[str, Sequence[Row]], merged: Sequence[tuple[int, int, int, str]] = ()) -> Files:
    """A workbook; `merged`: (first row, last row, column, text) in the first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for at, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(place, column, cell)
                    elif cell is not None and cell != "":
                        sheet.write(place, column, cell)
            for first, last, column, text in merged if at == 0 else ():
                sheet.merge_range(first, column, last, column, text)
    return (("orders.xlsx", out.getvalue()),)


def _plain(
    shop: Shop,
    sales: list[Sold],
    date: Callable[[datetime], object],
    money: Callable[[float], object] = lambda value: f"{value:.2f}",
) -> list[Row]:
    rows: list[Row] = []
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                [order.number, date(order.when), order.customer.id, line.product, line.quantity, money(line.total)]
            )
            _add(sales, order, line.total)
    return rows


HEAD = ("Order ID", "Order Date", "Customer ID", "Product", "Quantity", "Amount")


def _iso(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


@_kind
def monthly_subtotals(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row of the month's sum below each month, and a sum of all."""
    rows, month, total, every = [list(HEAD)], "", 0.0, 0.0
    for order in shop.orders:
        now = f"{order.when:%B %Y}"
        if month and now != month:
            rows.append(["", f"Total {month}", "", "", "", f"{total:.2f}"])
            total = 0.0
        month = now
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    _iso(order.when),
                    order.customer.id,
                    line.product,
                    str(line.quantity),
                    f"{line.total:.2f}",
                ]
            )
            _add(sales, order, line.total)
            total, every = total + line.total, every + line.total
    rows += [["", f"Total {month}", "", "", "", f"{total:.2f}"], ["", "Grand total", "", "", "", f"{every:.2f}"]]
    return _csv(rows)


@_kind
def customer_subtotals(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Sorted by customer, with a sum of each customer in the columns of money."""
    rows: list[Row] = [list(HEAD)]
    for person in sorted({order.customer.id for order in shop.orders}):
        total = 0.0
        for order in shop.orders:
            if order.customer.id == person:
                for line in order.lines:
                    rows.append(
                        [order.number, _iso(order.when), person, line.product, line.quantity, f"{line.total:.2f}"]
                    )
                    _add(sales, order, line.total)
                    total += line.total
        rows.append(["", "", f"{person} Total", "", "", f"{total:.2f}"])
    return _csv(rows)


@_kind
def sheet_per_month(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet a month with a title above and a sum below."""
    sheets: dict[str, list[Row]] = {}
    for order in shop.orders:
        rows = sheets.setdefault(f"{order.when:%b %Y}", [[f"Sales {order.when:%B %Y}"], [], list(HEAD)])
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    order.when.replace(hour=0, minute=0),
                    order.customer.id,
                    line.product,
                    line.quantity,
                    line.total,
                ]
            )
            _add(sales, order, line.total)
    for rows in sheets.values():
        rows.append(["Total", "", "", "", "", round(sum(float(str(row[5])) for row in rows[3:]), 2)])
    return _xlsx(dict(sheets))


@_kind
def sheet_per_customer(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet a customer, whose name is only in the sheet's name."""
    sheets: dict[str, list[Row]] = {}
    for order in shop.orders:
        rows = sheets.setdefault(order.customer.name[:31], [["Order", "Date", "Product", "Quantity", "Amount"]])
        for line in order.lines:
            rows.append([order.number, order.when.replace(hour=0, minute=0), line.product, line.quantity, line.total])
            _add(sales, order, line.total)
    return _xlsx(dict(sheets))


@_kind
def merged_customers(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Cells of customer, order and date merged over the order's lines."""
    rows: list[list[object]] = [["Customer", "Order", "Date", "Product", "Quantity", "Amount"]]
    merged = []
    for order in shop.orders:
        first = len(rows)
        for line in order.lines:
            start = len(rows) == first
            rows.append(
                [
                    order.customer.name if start else "",
                    order.number if start else "",
                    _iso(order.when) if start else "",
                    line.product,
                    line.quantity,
                    line.total,
                ]
            )
            _add(sales, order, line.total)
        if len(rows) - 1 > first:
            merged += [(first, len(rows) - 1, at, str(rows[first][at])) for at in range(3)]
            for at in range(3):
                rows[first][at] = ""
    return _xlsx({"Orders": rows}, merged)


@_kind
def grouped_header(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row of groups above the header, each over several columns."""
    rows: list[Row] = [
        ["Order", "", "Customer", "", "Line", "", ""],
        ["No", "Date", "Code", "Name", "Item", "Qty", "Amount"],
    ]
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    _iso(order.when),
                    order.customer.id,
                    order.customer.name,
                    line.product,
                    line.quantity,
                    f"{line.total:.2f}",
                ]
            )
            _add(sales, order, line.total)
    return _csv(rows, delimiter=";")


@_kind
def mixed_encodings(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The first half in UTF-8 with a mark, the second in Windows-1252."""
    lines = [b"Pedido;Fecha;Cliente;Art\xc3\xadculo;Importe"]
    for at, order in enumerate(shop.orders):
        for line in order.lines:
            text = f"{order.number};{order.when:%d/%m/%Y};{order.customer.name} Ñuñez;{line.product} añejo;{line.total:.2f}".replace(
                ".", ","
            )
            lines.append(text.encode("utf-8" if at < len(shop.orders) / 2 else "cp1252"))
            _add(sales, order, line.total)
    return (("pedidos.csv", b"\xef\xbb\xbf" + b"\r\n".join(lines)),)


@_kind
def signs_behind(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Refunds with a minus behind the number, on rows of their own."""
    rows: list[Row] = [["Belegnr", "Datum", "Kunde", "Artikel", "Menge", "Betrag"]]
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    f"{order.when:%d.%m.%Y}",
                    order.customer.id,
                    line.product,
                    line.quantity,
                    f"{line.total:.2f}".replace(".", ","),
                ]
            )
            _add(sales, order, line.total)
        if place % 9 == 4:
            line = order.lines[0]
            rows.append(
                [
                    order.number,
                    f"{order.when + timedelta(days=2):%d.%m.%Y}",
                    order.customer.id,
                    line.product,
                    f"{line.quantity}-",
                    f"{line.total:.2f}-".replace(".", ","),
                ]
            )
            _add(sales, order, -line.total)
    return _csv(rows, delimiter=";")


@_kind
def brackets_and_euros(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """`(1.234,50 €)` for money given back, the sign of the currency before or behind."""

    def money(value: float) -> str:
        text = f"{abs(value):,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
        shown = rng.choice((f"{text} €", f"€ {text}"))
        return f"({shown})" if value < 0 else shown

    rows: list[Row] = [["Order", "Date", "Customer", "Product", "Amount"]]
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            rows.append([order.number, _iso(order.when), order.customer.id, line.product, money(line.total)])
            _add(sales, order, line.total)
        if place % 9 == 4:
            rows.append(
                [
                    order.number,
                    _iso(order.when + timedelta(days=1)),
                    order.customer.id,
                    order.lines[0].product,
                    money(-order.lines[0].total),
                ]
            )
            _add(sales, order, -order.lines[0].total)
    return _csv(rows)


@_kind
def offsets_of_summer(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Offsets that change with summer time; days are those of the shop's clock."""
    return _csv(
        [
            HEAD,
            *_plain(
                shop, sales, lambda when: f"{when:%Y-%m-%dT%H:%M:%S}{'+02:00' if 4 <= when.month <= 9 else '+01:00'}"
            ),
        ]
    )


@_kind
def epoch_seconds(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Seconds since 1970."""
    return _csv(
        [
            ("order_id", "created", "customer_id", "item", "qty", "amount"),
            *_plain(shop, sales, lambda when: str(int((when - datetime(1970, 1, 1)).total_seconds()))),
        ]
    )


@_kind
def epoch_floats(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Milliseconds since 1970 that a program wrote as a decimal number in powers of ten."""
    return _csv(
        [
            ("order_id", "created_at", "customer_id", "item", "qty", "amount"),
            *_plain(shop, sales, lambda when: f"{(when - datetime(1970, 1, 1)).total_seconds() * 1000:.12E}"),
        ]
    )


@_kind
def serials_with_comma(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A spreadsheet's day numbers with a time, in a table with decimal commas."""

    def serial(when: datetime) -> str:
        return f"{(when - datetime(1899, 12, 30)).total_seconds() / 86400:.5f}".replace(".", ",")

    return _csv(
        [
            ("Bestellnr", "Datum", "Kundennr", "Artikel", "Menge", "Betrag"),
            *_plain(shop, sales, serial, lambda value: f"{value:.2f}".replace(".", ",")),
        ],
        delimiter=";",
    )


@_kind
def short_years(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Days, months and years of two digits, without zeros in front."""
    return _csv([HEAD, *_plain(shop, sales, lambda when: f"{when.day}/{when.month}/{when:%y}")])


@_kind
def ordinal_days(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """`3rd March 2024`."""

    def said(when: datetime) -> str:
        end = "th" if 10 <= when.day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(when.day % 10, "th")
        return f"{when.day}{end} {when:%B %Y}"

    return _csv([HEAD, *_plain(shop, sales, said)])


MONTHS = {
    "polish": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "dutch": "januari februari maart april mei juni juli augustus september oktober november december",
    "turkish": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    "swedish": "januari februari mars april maj juni juli augusti september oktober november december",
    "italian": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "russian": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


@_kind
def months_in_words(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Months in the words of some language."""
    names = MONTHS[rng.choice(sorted(MONTHS))].split()
    return _csv(
        [HEAD, *_plain(shop, sales, lambda when: f"{when.day} {names[when.month - 1]} {when.year}")], delimiter=";"
    )


@_kind
def french_first(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """`1er janvier 2024`, `02 févr. 2024`."""
    names = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
    return _csv(
        [
            ("Commande", "Date", "Client", "Produit", "Quantité", "Montant"),
            *_plain(
                shop,
                sales,
                lambda when: f"{'1er' if when.day == 1 else f'{when.day:02}'} {names[when.month - 1]} {when.year}",
                lambda value: f"{value:.2f} €".replace(".", ","),
            ),
        ],
        delimiter=";",
    )


@_kind
def delivery_and_tax_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Delivery and tax as lines of the order; money with or without them is right, not twice."""
    rows: list[Row] = [HEAD]
    for order in shop.orders:
        tax = round(order.goods * 0.2, 2)
        for line in order.lines:
            rows.append(
                [order.number, _iso(order.when), order.customer.id, line.product, line.quantity, f"{line.total:.2f}"]
            )
        rows += [
            [order.number, _iso(order.when), order.customer.id, "Shipping", 1, "4.90"],
            [order.number, _iso(order.when), order.customer.id, "VAT 20%", 1, f"{tax:.2f}"],
        ]
        _add(sales, order, round(order.goods + 4.9 + tax, 2), order.goods, round(order.goods + 4.9, 2))
    return _csv(rows)


@_kind
def total_line_last(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Each order ends with a line that is its sum."""
    rows: list[Row] = [HEAD]
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                [order.number, _iso(order.when), order.customer.id, line.product, line.quantity, f"{line.total:.2f}"]
            )
            _add(sales, order, line.total)
        rows.append([order.number, _iso(order.when), order.customer.id, "Order total", "", f"{order.goods:.2f}"])
    return _csv(rows)


@_kind
def two_currencies_converted(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An amount in the buyer's currency, its rate, and the amount in the shop's own."""
    rows: list[Row] = [["Order", "Date", "Customer", "Amount", "Currency", "Exchange rate", "Amount (EUR)"]]
    for order in shop.orders:
        currency, rate = rng.choice((("EUR", 1.0), ("EUR", 1.0), ("USD", 0.92), ("GBP", 1.17)))
        amount = round(order.goods / rate, 2)
        rows.append(
            [
                order.number,
                _iso(order.when),
                order.customer.id,
                f"{amount:.2f}",
                currency,
                f"{rate:.4f}",
                f"{order.goods:.2f}",
            ]
        )
        _add(sales, order, order.goods)
    return _csv(rows)


@_kind
def money_by_way_of_paying(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Cash, card and voucher in columns of their own, and their sum."""
    rows: list[Row] = [["Ticket", "Date", "Customer", "Cash", "Card", "Voucher", "Total"]]
    for order in shop.orders:
        card = round(order.goods * rng.choice((0, 0.5, 1)), 2)
        rows.append(
            [
                order.number,
                _iso(order.when),
                order.customer.id,
                f"{order.goods - card:.2f}",
                f"{card:.2f}",
                "0.00",
                f"{order.goods:.2f}",
            ]
        )
        _add(sales, order, order.goods)
    return _csv(rows)


@_kind
def taxes_in_columns(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Net and tax of two rates, and the gross sum."""
    rows: list[Row] = [["Rechnung", "Datum", "Kunde", "Netto 19%", "USt 19%", "Netto 7%", "USt 7%", "Brutto"]]
    for order in shop.orders:
        low = round(order.goods * rng.choice((0, 0.3)), 2)
        high = round(order.goods - low, 2)
        gross = round(high + round(high * 0.19, 2) + low + round(low * 0.07, 2), 2)
        cells = (high, round(high * 0.19, 2), low, round(low * 0.07, 2), gross)
        rows.append(
            [
                order.number,
                f"{order.when:%d.%m.%Y}",
                order.customer.id,
                *(f"{cell:.2f}".replace(".", ",") for cell in cells),
            ]
        )
        _add(sales, order, gross, order.goods)
    return _csv(rows, delimiter=";")


@_kind
def table_beside_a_summary(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A small summary to the right of the orders, behind an empty column."""
    rows: list[Row] = [[*HEAD, "", "Month", "Sales"]]
    body = _plain(shop, sales, _iso)
    months: dict[str, float] = {}
    for sale in sales:
        months[f"{sale.when:%B}"] = months.get(f"{sale.when:%B}", 0) + sale.amounts[0]
    beside = [["", month, f"{total:.2f}"] for month, total in months.items()]
    rows += [[*row, *(beside[at] if at < len(beside) else ["", "", ""])] for at, row in enumerate(body)]
    return _csv(rows)


@_kind
def mongo_export(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A document a line, with types around the values."""
    lines = []
    for place, order in enumerate(shop.orders):
        lines.append(
            json.dumps(
                {
                    "_id": {"$oid": f"{place:024x}"},
                    "orderNumber": order.number,
                    "createdAt": {"$date": f"{order.when:%Y-%m-%dT%H:%M:%S}.000Z"},
                    "customer": {"id": order.customer.id, "email": order.customer.email},
                    "total": {"$numberDecimal": f"{order.goods:.2f}"},
                    "status": "paid",
                }
            )
        )
        _add(sales, order, order.goods)
    return (("orders.json", "\n".join(lines).encode()),)


@_kind
def phpmyadmin_json(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The table stands in a list beside a header and a database."""
    data = []
    for place, order in enumerate(shop.orders):
        data.append(
            {
                "id": str(place + 1),
                "order_number": order.number,
                "created_at": f"{order.when:%Y-%m-%d %H:%M:%S}",
                "customer_id": order.customer.id,
                "total": f"{order.goods:.2f}",
            }
        )
        _add(sales, order, order.goods)
    document = [
        {"type": "header", "version": "5.2.1", "comment": "Export to JSON plugin for PHPMyAdmin"},
        {"type": "database", "name": "shop"},
        {"type": "table", "name": "orders", "database": "shop", "data": data},
    ]
    return (("orders.json", json.dumps(document).encode()),)


@_kind
def phpmyadmin_xml(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Columns are elements whose names are attributes."""
    tables = []
    for place, order in enumerate(shop.orders):
        cells = {
            "id": place + 1,
            "order_number": order.number,
            "created_at": f"{order.when:%Y-%m-%d %H:%M:%S}",
            "customer_id": order.customer.id,
            "total": f"{order.goods:.2f}",
        }
        tables.append(
            '<table name="orders">'
            + "".join(f'<column name="{name}">{cell}</column>' for name, cell in cells.items())
            + "</table>"
        )
        _add(sales, order, order.goods)
    text = f'<?xml version="1.0" encoding="utf-8"?><pma_xml_export version="1.0"><database name="shop">{"".join(tables)}</database></pma_xml_export>'
    return (("orders.xml", text.encode()),)


@_kind
def dynamo_export(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A document a line, the type of each value as its key."""
    lines = []
    for order in shop.orders:
        lines.append(
            json.dumps(
                {
                    "Item": {
                        "order_id": {"S": order.number},
                        "created_at": {"S": f"{order.when:%Y-%m-%dT%H:%M:%SZ}"},
                        "customer_id": {"S": order.customer.id},
                        "total": {"N": f"{order.goods:.2f}"},
                    }
                }
            )
        )
        _add(sales, order, order.goods)
    return (("data.json", "\n".join(lines).encode()),)


@_kind
def decimals_of_two_hands(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Some amounts with a comma, others with a point."""
    return _csv(
        [HEAD, *_plain(shop, sales, _iso, lambda value: f"{value:.2f}".replace(".", rng.choice(",.")))], delimiter=";"
    )


@_kind
def discount_on_each_line(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The whole order's discount and total, repeated on each of its lines."""
    rows: list[Row] = [["Order", "Date", "Customer", "Product", "Qty", "Unit price", "Order discount", "Order total"]]
    for order in shop.orders:
        off = round(order.goods * rng.choice((0, 0, 0.1)), 2)
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    _iso(order.when),
                    order.customer.id,
                    line.product,
                    line.quantity,
                    f"{line.price:.2f}",
                    f"{-off:.2f}" if off else "0.00",
                    f"{order.goods - off:.2f}",
                ]
            )
        _add(sales, order, round(order.goods - off, 2))
    return _csv(rows)


@_kind
def exchanges(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Goods exchanged: one line back, one out, under the order's number and a later day."""
    rows: list[Row] = [["Order", "Date", "Customer", "Type", "Product", "Qty", "Amount"]]
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    _iso(order.when),
                    order.customer.id,
                    "Sale",
                    line.product,
                    line.quantity,
                    f"{line.total:.2f}",
                ]
            )
            _add(sales, order, line.total)
        if place % 8 == 3:
            line, day = order.lines[0], _iso(order.when + timedelta(days=3))
            rows += [
                [order.number, day, order.customer.id, "Exchange", line.product, -line.quantity, f"{-line.total:.2f}"],
                [order.number, day, order.customer.id, "Exchange", "Other", line.quantity, f"{line.total:.2f}"],
            ]
            _add(sales, order, -line.total)
            moved = Order(order.number, order.when + timedelta(days=3), order.customer, order.lines)
            _add(sales, moved, line.total)
    return _csv(rows)


@_kind
def lines_sent_twice(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A stretch of the export stands in it twice."""
    rows = _plain(shop, sales, _iso)
    half = len(rows) // 2
    return _csv([HEAD, *rows[:half], *rows[half - 9 : half], *rows[half:]])


@_kind
def footers_of_a_report(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Lines of a report above, page numbers between, a signature below."""
    rows: list[Row] = [["Sales report"], ["Period:", "all"], ["Printed by", "admin"], [], HEAD]
    for at, row in enumerate(_plain(shop, sales, _iso)):
        if at and at % 20 == 0:
            rows += [[f"Page {at // 20} of 9"], HEAD]
        rows.append(row)
    return _csv([*rows, [], ["Records:", len(rows)], ["*** End of report ***"]])


@_kind
def invoice_numbers_like_dates(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Invoices are numbered 2024/0001; due and paid days beside the invoice's own."""
    rows: list[Row] = [["Invoice", "Invoice date", "Due date", "Paid on", "Client", "Total"]]
    for place, order in enumerate(shop.orders):
        rows.append(
            [
                f"{order.when.year}/{place + 1:04}",
                f"{order.when:%d/%m/%Y}",
                f"{order.when + timedelta(days=30):%d/%m/%Y}",
                f"{order.when + timedelta(days=20):%d/%m/%Y}",
                order.customer.name,
                f"{order.goods:.2f}",
            ]
        )
        _add(sales, order, order.goods)
    return _csv(rows)


@_kind
def customers_as_titles(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row with the customer's name alone above the customer's orders."""
    rows: list[Row] = [["Order", "Date", "Product", "Quantity", "Amount"]]
    for person in sorted({order.customer.name for order in shop.orders}):
        rows.append([f"Customer: {person}", "", "", "", ""])
        for order in shop.orders:
            if order.customer.name == person:
                for line in order.lines:
                    rows.append([order.number, _iso(order.when), line.product, line.quantity, f"{line.total:.2f}"])
                    _add(sales, order, line.total)
    return _csv(rows)


@_kind
def months_as_headings(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row a customer and a column a month: sums without orders."""
    months = sorted({f"{order.when:%Y-%m}" for order in shop.orders})
    rows: list[Row] = [["Customer", *months, "Total"]]
    for person in sorted({order.customer.id for order in shop.orders}):
        sums = [
            sum(order.goods for order in shop.orders if order.customer.id == person and f"{order.when:%Y-%m}" == month)
            for month in months
        ]
        rows.append([person, *(f"{value:.2f}" if value else "" for value in sums), f"{sum(sums):.2f}"])
        for month, value in zip(months, sums, strict=True):
            if value:
                sales.append(
                    Sold(person, f"{person} {month}", datetime.fromisoformat(f"{month}-01"), (round(value, 2),))
                )
    return _csv(rows)


@_kind
def drafts_and_tests(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Drafts and test orders beside sales."""
    rows: list[Row] = [["Order", "Date", "Email", "Status", "Total"]]
    for order in shop.orders:
        status, good = rng.choice(
            (
                ("Completed", True),
                ("Completed", True),
                ("Completed", True),
                ("Draft", False),
                ("Test", False),
                ("Abandoned", False),
            )
        )
        rows.append([order.number, _iso(order.when), order.customer.email, status, f"{order.goods:.2f}"])
        if good:
            _add(sales, order, order.goods)
    return _csv(rows)


@_kind
def gift_cards_as_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A gift card that pays for a part is a line below zero: with or without it is right."""
    rows: list[Row] = [HEAD]
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                [order.number, _iso(order.when), order.customer.id, line.product, line.quantity, f"{line.total:.2f}"]
            )
            _add(sales, order, line.total)
        if rng.random() < 0.2:
            rows.append([order.number, _iso(order.when), order.customer.id, "Gift card", 1, "-1.00"])
            _add(sales, order, -1.0, -0.0001)
    return _csv(rows)
