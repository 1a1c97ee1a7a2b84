# ruff: noqa: E501 - rows of cells read best in long lines
"""Files and layouts that shops, databases, scripts and people make, written before a first reading."""

import csv
import gzip
import html
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet
import xlsxwriter

from benchmarks.constructed_exports import Files, Sold
from benchmarks.exports.structures import Kind, added_to
from benchmarks.generated_exports import Line, Order, Shop

KINDS: list[Kind] = []
Row = Sequence[object]
_kind = added_to(KINDS)


def _each(shop: Shop) -> Iterator[tuple[Order, Line]]:
    for order in shop.orders:
        for line in order.lines:
            yield order, line


def _add(sales: list[Sold], order: Order, *amounts: float, who: str = "", number: str = "") -> None:
    sales.append(Sold(who or order.customer.id, number or order.number, order.when, amounts))


def _all(shop: Shop, sales: list[Sold]) -> None:
    for order, line in _each(shop):
        _add(sales, order, line.total)


def _text(rows: Sequence[Row], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def _csv(rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8", name: str = "orders.csv") -> Files:
    return ((name, _text(rows, delimiter).encode(encoding)),)


def _book(sheets: dict[str, Sequence[Row]], date: str = "dd/mm/yyyy") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": date}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(place, column, cell)
                    elif cell is not None and cell != "":
                        sheet.write(place, column, cell)
    return out.getvalue()


def _zip(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _c(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _dots(value: float) -> str:
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def _iso(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


def _day(when: datetime) -> datetime:
    return when.replace(hour=0, minute=0, second=0)


def _month(order: Order) -> tuple[int, int]:
    return order.when.year, order.when.month


def _months(shop: Shop) -> list[tuple[tuple[int, int], list[Order]]]:
    return [(month, list(orders)) for month, orders in groupby(shop.orders, _month)]


SPANISH = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


# --------------------------------------------------------------------------------------------- workbooks and archives


@_kind
def month_in_the_title_of_a_sheet(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Sheets called Hoja1, Hoja2 …; the month stands in a title, rows have the day of the month, a sum below."""
    sheets: dict[str, Sequence[Row]] = {}
    for at, ((year, month), orders) in enumerate(_months(shop)):
        rows: list[Row] = [
            [f"VENTAS {SPANISH[month - 1].upper()} {year}"],
            [],
            ["Día", "Nº", "Cliente", "Artículo", "Uds.", "Importe"],
        ]
        rows += [
            [o.when.day, o.number, o.customer.name, i.product, i.quantity, i.total] for o in orders for i in o.lines
        ]
        rows.append(["", "", "", "TOTAL", "", round(sum(o.goods for o in orders), 2)])
        sheets[f"Hoja{at + 1}"] = rows
    _all(shop, sales)
    return (("ventas.xlsx", _book(sheets)),)


@_kind
def zipped_reports_of_months(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A folder of monthly reports, each below its own notes and above its sum; halfway a column came in and two changed places."""
    files: dict[str, bytes | str] = {"reports/.DS_Store": b"\0\0\0\1Bud1", "__MACOSX/reports/._a.csv": b"\0\5\26\7"}
    months = _months(shop)
    for at, ((year, month), orders) in enumerate(months):
        late = at >= len(months) // 2
        head = (
            ["Order No", "Order Date", "Channel", "Total", "Customer", "Items"]
            if late
            else ["Order No", "Order Date", "Customer", "Items", "Total"]
        )
        rows: list[Row] = [
            ["Sales report"],
            [f"Period: {month:02}/{year}"],
            [f"Generated by: admin on {year}-{month:02}-28 08:00"],
            [],
            head,
        ]
        for o in orders:
            items = sum(i.quantity for i in o.lines)
            rows.append(
                [o.number, _iso(o.when), "web", f"{o.goods:,.2f}", o.customer.name, items]
                if late
                else [o.number, _iso(o.when), o.customer.name, items, f"{o.goods:,.2f}"]
            )
        total = f"{sum(o.goods for o in orders):,.2f}"
        rows.append(["Total", "", "", total, "", ""] if late else ["Total", "", "", "", total])
        files[f"reports/{year}-{month:02}.csv"] = _text(rows)
    for o in shop.orders:
        _add(sales, o, o.goods)
    return (("reports.zip", _zip(files)),)


@_kind
def a_workbook_for_each_customer(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A zip with a workbook for each customer: only the file's name says whose it is."""
    files: dict[str, bytes | str] = {}
    for person in sorted({o.customer.name for o in shop.orders}):
        rows: list[Row] = [["Fecha", "Pedido", "Producto", "Unidades", "Importe"]]
        rows += [
            [_day(o.when), o.number, i.product, i.quantity, i.total]
            for o, i in _each(shop)
            if o.customer.name == person
        ]
        files[f"clientes/{person}.xlsx"] = _book({"Hoja1": rows})
    _all(shop, sales)
    return (("clientes.zip", _zip(files)),)


@_kind
def a_file_for_each_branch(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two shops with the same customers, each with a till that counts its receipts from one."""
    files: dict[str, list[Row]] = {"Madrid": [], "Sevilla": []}
    for at, o in enumerate(shop.orders):
        place = "Madrid" if at % 2 else "Sevilla"
        number = len({row[0] for row in files[place]}) + 1
        files[place] += [
            [number, f"{o.when:%d/%m/%Y %H:%M}", o.customer.email, i.product, i.quantity, _c(i.total)] for i in o.lines
        ]
        for i in o.lines:
            _add(sales, o, i.total, number=f"{place} {number}")
    head = ["Ticket", "Fecha", "Email cliente", "Artículo", "Cantidad", "Total línea"]
    return tuple((f"tpv_{name}.csv", _text([head, *rows], ";").encode()) for name, rows in files.items())


@_kind
def columns_set_apart(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet made to look nice: the table begins at C6, an empty column stands between every two, empty rows between months."""
    head = ["Order", "Date", "Customer", "Item", "Qty", "Amount"]

    def spaced(cells: Row) -> list[object]:
        return ["", "", *(part for cell in cells for part in (cell, ""))]

    rows: list[Row] = [[], ["", "", "Our orders"], [], [], [], spaced(head)]
    for _, orders in _months(shop):
        rows += [
            [],
            *(
                spaced([o.number, _day(o.when), o.customer.name, i.product, i.quantity, i.total])
                for o in orders
                for i in o.lines
            ),
        ]
    _all(shop, sales)
    return (("orders.xlsx", _book({"Orders": rows})),)


@_kind
def sums_above_the_header(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The sums of the columns stand above their headings, where the frozen rows show them."""
    goods = round(sum(o.goods for o in shop.orders), 2)
    rows: list[Row] = [
        [
            "",
            "",
            "TOTAL:",
            "",
            sum(i.quantity for _, i in _each(shop)),
            goods,
            round(goods * 0.21, 2),
            round(goods + round(goods * 0.21, 2), 2),
        ],
        ["Factura", "Fecha", "Cliente", "Concepto", "Cantidad", "Base", "IVA", "Total"],
        *(
            [
                o.number,
                _day(o.when),
                o.customer.name,
                i.product,
                i.quantity,
                i.total,
                round(i.total * 0.21, 2),
                round(i.total + round(i.total * 0.21, 2), 2),
            ]
            for o, i in _each(shop)
        ),
    ]
    for o, i in _each(shop):
        _add(sales, o, round(i.total + round(i.total * 0.21, 2), 2), i.total)
    return (("facturas.xlsx", _book({"2024": rows})),)


@_kind
def sums_carried_forward(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A printed list: each page ends with the sum so far, and the next one begins with it."""
    words = rng.choice(
        (
            ("Übertrag", "Übertrag", "Gesamtsumme"),
            ("Suma y sigue", "Suma anterior", "Total"),
            ("À reporter", "Report", "Total général"),
            ("Carried forward", "Brought forward", "Total"),
            ("Da riportare", "Riporto", "Totale"),
            ("A transportar", "Transporte", "Total"),
        )
    )
    rows: list[Row] = [["Nr.", "Date", "Customer", "Item", "Qty", "Amount"]]
    so_far, lines = 0.0, 0
    for o, i in _each(shop):
        if lines and lines % 18 == 0:
            rows += [["", "", "", words[0], "", f"{so_far:.2f}"], ["", "", "", words[1], "", f"{so_far:.2f}"]]
        rows.append([o.number, _iso(o.when), o.customer.name, i.product, i.quantity, f"{i.total:.2f}"])
        so_far, lines = round(so_far + i.total, 2), lines + 1
    rows.append(["", "", "", words[2], "", f"{so_far:.2f}"])
    _all(shop, sales)
    return _csv(rows)


@_kind
def a_header_under_each_customer(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A statement of customers: name and number in a line, then header, orders and sum; a blank line between them."""
    rows: list[Row] = [["Customer statement"], []]
    for number in sorted({o.customer.id for o in shop.orders}):
        orders = [o for o in shop.orders if o.customer.id == number]
        rows += [[f"Customer: {orders[0].customer.name} ({number})"], ["Invoice", "Date", "Due", "Amount"]]
        rows += [
            [o.number, f"{o.when:%d %b %Y}", f"{o.when + timedelta(days=30):%d %b %Y}", f"{o.goods:,.2f}"]
            for o in orders
        ]
        rows += [["", "", "Total", f"{sum(o.goods for o in orders):,.2f}"], []]
    for o in shop.orders:
        _add(sales, o, o.goods)
    return _csv(rows)


@_kind
def prices_under_the_products(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An order list: a column of pieces for each product, its price in the row below the headings, a sum at the end."""
    goods = shop.goods[:8]
    rows: list[Row] = [
        ["Bestellung", "Datum", "Name", "Telefon", *(name for name, _, _ in goods), "Summe"],
        ["", "", "Preis", "", *(price for _, _, price in goods), ""],
    ]
    for at, o in enumerate(shop.orders):
        pieces = [rng.choice((0, 0, 0, 1, 2)) for _ in goods]
        pieces[at % len(goods)] = 1
        total = round(sum(many * price for many, (_, _, price) in zip(pieces, goods, strict=True)), 2)
        rows.append([at + 1, _day(o.when), o.customer.name, o.customer.phone, *(many or "" for many in pieces), total])
        _add(sales, o, total)
    return (("bestellungen.xlsx", _book({"Bestellungen": rows}, "dd.mm.yyyy")),)


@_kind
def flat_open_document(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet saved as flat XML of OpenDocument (`.fods`)."""

    def cell(value: object) -> str:
        if isinstance(value, datetime):
            return f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}"><text:p>{value:%d/%m/%y}</text:p></table:table-cell>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{str(value).replace(".", ",")}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    rows: list[Row] = [
        ["Pedido", "Fecha", "Cliente", "Producto", "Cantidad", "Importe"],
        *([o.number, _day(o.when), o.customer.name, i.product, i.quantity, i.total] for o, i in _each(shop)),
    ]
    body = "".join(f"<table:table-row>{''.join(cell(value) for value in row)}</table:table-row>" for row in rows)
    _all(shop, sales)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f'<office:body><office:spreadsheet><table:table table:name="Hoja1">{body}</table:table></office:spreadsheet></office:body></office:document>'
    )
    return (("pedidos.fods", text.encode()),)


@_kind
def report_page_as_xls(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A web page named `.xls`: a table for the layout around the title and around the data, a sum in the foot."""

    def td(value: object, tag: str = "td") -> str:
        return f'<{tag} style="mso-number-format:\\@">{html.escape(str(value))}</{tag}>'

    rows = "".join(
        "<tr>"
        + "".join(
            td(v)
            for v in (o.number, f"{o.when:%d/%m/%Y %H:%M}", o.customer.name, i.product, i.quantity, f"${i.total:,.2f}")
        )
        + "</tr>"
        for o, i in _each(shop)
    )
    head = "".join(td(name, "th") for name in ("Order #", "Date", "Customer", "Item", "Qty", "Amount"))
    total = f"${sum(i.total for _, i in _each(shop)):,.2f}"
    text = (
        f'<html><head><meta charset="utf-8"><style>td{{color:red}}</style></head><body><table><tr><td><table><tr><td colspan="6"><b>Sales by item</b></td></tr><tr><td colspan="6">From {shop.orders[0].when:%d/%m/%Y} to {shop.orders[-1].when:%d/%m/%Y}</td></tr></table></td></tr>'
        f'<tr><td><table border="1"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody><tfoot><tr><td colspan="5">Grand total</td><td>{total}</td></tr></tfoot></table></td></tr></table></body></html>'
    )
    _all(shop, sales)
    return (("report.xls", text.encode()),)


@_kind
def months_by_two_people(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Files of months by two people: `1,234.50` and month first by one, `1.234,50` and day first by the other."""
    files = []
    for at, ((year, month), orders) in enumerate(_months(shop)):
        head = ["Order", "Date", "Customer", "Product", "Qty", "Amount"]
        if at % 2:
            rows = [
                [o.number, f"{o.when:%d/%m/%Y}", o.customer.name, i.product, i.quantity, _dots(i.total)]
                for o in orders
                for i in o.lines
            ]
        else:
            rows = [
                [o.number, f"{o.when:%m/%d/%Y}", o.customer.name, i.product, i.quantity, f"{i.total:,.2f}"]
                for o in orders
                for i in o.lines
            ]
        if any(o.when.day > 12 for o in orders):
            files.append((f"orders_{year}_{month:02}.csv", _text([head, *rows], ";" if at % 2 else ",").encode()))
            for o in orders:
                for i in o.lines:
                    _add(sales, o, i.total)
    return tuple(files)


@_kind
def tar_of_months(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A `.tar.gz` of a file for each month, as servers pack them."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for (year, month), orders in _months(shop):
            rows: list[Row] = [
                ["order_id", "created_at", "customer_email", "sku", "qty", "line_total"],
                *(
                    [o.number, f"{o.when:%Y-%m-%dT%H:%M:%S}", o.customer.email, i.code, i.quantity, f"{i.total:.2f}"]
                    for o in orders
                    for i in o.lines
                ),
            ]
            data = _text(rows, end="\n").encode()
            entry = tarfile.TarInfo(f"export/{year}-{month:02}.csv")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    _all(shop, sales)
    return (("export.tar.gz", out.getvalue()),)


@_kind
def partitioned_parquet(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A zipped folder of Parquet files by year and month, as data platforms write them."""
    files: dict[str, bytes | str] = {"sales/_SUCCESS": b""}
    for at, ((year, month), orders) in enumerate(_months(shop)):
        lines = [(o, i) for o in orders for i in o.lines]
        table = pa.table(
            {
                "order_id": [o.number for o, _ in lines],
                "customer_id": [o.customer.id for o, _ in lines],
                "ordered_at": pa.array([o.when for o, _ in lines], pa.timestamp("us")),
                "product": [i.product for _, i in lines],
                "quantity": pa.array([i.quantity for _, i in lines], pa.int16()),
                "amount": [i.total for _, i in lines],
            }
        )
        out = io.BytesIO()
        pa.parquet.write_table(table, out)
        files[f"sales/year={year}/month={month:02}/part-{at:05}.snappy.parquet"] = out.getvalue()
    _all(shop, sales)
    return (("sales.zip", _zip(files)),)


# ------------------------------------------------------------------------------------------------- interfaces, scripts


def _record(o: Order) -> dict[str, object]:
    return {
        "order_id": o.number,
        "date": _iso(o.when),
        "customer": o.customer.email,
        "items": sum(i.quantity for i in o.lines),
        "total": o.goods,
    }


@_kind
def frames_as_json(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What pandas writes as JSON: by columns, split, as a table with its schema, or by the index."""
    records = [_record(o) for o in shop.orders]
    names = list(records[0])
    orient = rng.choice(("columns", "split", "table", "index"))
    if orient == "columns":
        data: object = {name: {str(at): record[name] for at, record in enumerate(records)} for name in names}
    elif orient == "split":
        data = {
            "columns": names,
            "index": list(range(len(records))),
            "data": [list(record.values()) for record in records],
        }
    elif orient == "index":
        data = {str(at): record for at, record in enumerate(records)}
    else:
        kinds = {"order_id": "string", "date": "string", "customer": "string", "items": "integer", "total": "number"}
        data = {
            "schema": {
                "fields": [
                    {"name": "index", "type": "integer"},
                    *({"name": name, "type": kinds[name]} for name in names),
                ],
                "primaryKey": ["index"],
                "pandas_version": "1.4.0",
            },
            "data": [{"index": at, **record} for at, record in enumerate(records)],
        }
    for o in shop.orders:
        _add(sales, o, o.goods)
    return (("orders.json", json.dumps(data).encode()),)


@_kind
def compact_json_of_a_warehouse(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An answer of a column database: the columns in one list, the rows as lists in another, and its statistics."""
    kinds = {"order_id": "String", "date": "Date", "customer": "String", "items": "UInt32", "total": "Decimal(18, 2)"}
    data = {
        "meta": [{"name": name, "type": kind} for name, kind in kinds.items()],
        "data": [list(_record(o).values()) for o in shop.orders],
        "rows": len(shop.orders),
        "statistics": {"elapsed": 0.0013, "rows_read": 900, "bytes_read": 41000},
    }
    for o in shop.orders:
        _add(sales, o, o.goods)
    return (("orders.json", json.dumps(data, indent="\t").encode()),)


@_kind
def search_engine_documents(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What a search engine answers, its documents inside hits, or what a dump for it looks like: an action, then a document."""
    records = [
        {
            "order_id": o.number,
            "order_date": f"{o.when:%Y-%m-%dT%H:%M:%S}+00:00",
            "email": o.customer.email,
            "taxful_total_price": o.goods,
            "currency": "EUR",
            "products": [
                {"sku": i.code, "product_name": i.product, "quantity": i.quantity, "price": i.price} for i in o.lines
            ],
        }
        for o in shop.orders
    ]
    if rng.random() < 0.5:
        lines = []
        for at, record in enumerate(records):
            lines += [json.dumps({"index": {"_index": "orders", "_id": str(at)}}), json.dumps(record)]
        text = "\n".join(lines) + "\n"
        name = "orders.ndjson"
    else:
        text = json.dumps(
            {
                "took": 5,
                "timed_out": False,
                "_shards": {"total": 1, "successful": 1},
                "hits": {
                    "total": {"value": len(records), "relation": "eq"},
                    "max_score": 1.0,
                    "hits": [
                        {"_index": "orders", "_id": str(at), "_score": 1.0, "_source": record}
                        for at, record in enumerate(records)
                    ],
                },
            }
        )
        name = "orders.json"
    _all(shop, sales)
    return ((name, text.encode()),)


@_kind
def shop_interface_with_refunds(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A shop's interface, by pages: orders with lines, refunds inside, test orders and cancelled ones."""
    orders = []
    for at, o in enumerate(shop.orders):
        edge = at in (0, len(shop.orders) - 1)
        gone, test = not edge and rng.random() < 0.08, not edge and rng.random() < 0.05
        part = o.goods > o.lines[0].price
        back = o.lines[0].price if part and not edge and not gone and not test and rng.random() < 0.15 else 0.0
        orders.append({
            "id": 5_100_000_000_000 + at, "name": f"#{1001 + at}", "created_at": f"{o.when:%Y-%m-%dT%H:%M:%S}+01:00", "cancelled_at": f"{o.when + timedelta(days=1):%Y-%m-%dT%H:%M:%S}+01:00" if gone else None,
            "financial_status": "voided" if gone else "partially_refunded" if back else "paid", "fulfillment_status": None, "test": test, "currency": "EUR", "email": o.customer.email, "total_price": f"{o.goods:.2f}", "subtotal_price": f"{o.goods:.2f}", "total_tax": "0.00", "total_discounts": "0.00", "total_line_items_price": f"{o.goods:.2f}", "current_total_price": f"{o.goods - back:.2f}",
            "customer": {"id": 7_000_000_000 + shop.people.index(o.customer), "email": o.customer.email, "first_name": o.customer.name.split()[0], "orders_count": 3, "total_spent": "100.00", "created_at": "2018-01-01T00:00:00+01:00"},
            "line_items": [{"id": 9_000_000 + at * 10 + n, "title": i.product, "sku": i.code, "quantity": i.quantity, "price": f"{i.price:.2f}", "total_discount": "0.00", "tax_lines": [], "properties": []} for n, i in enumerate(o.lines)],
            "refunds": [{"id": 80_000 + at, "created_at": f"{o.when + timedelta(days=3):%Y-%m-%dT%H:%M:%S}+01:00", "note": "", "refund_line_items": [{"id": 1, "line_item_id": 9_000_000 + at * 10, "quantity": 1, "subtotal": back, "total_tax": 0.0}], "transactions": [{"id": 3, "kind": "refund", "status": "success", "amount": f"{back:.2f}"}]}] if back else [],
            "shipping_lines": [], "discount_codes": [],
        })  # fmt: skip
        if not gone and not test:
            for i in o.lines:
                _add(sales, o, i.total, *([i.total - back] if i is o.lines[0] and i.total > back else [i.total]))
            if back:
                _add(sales, o, -back, 0.0 if o.lines[0].total > back else -back)
    half = len(orders) // 2
    return tuple(
        (f"orders_page_{at + 1}.json", json.dumps({"orders": part}).encode())
        for at, part in enumerate((orders[:half], orders[half:]))
    )


@_kind
def wordpress_interface(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A shop plugin's interface: billing inside, lines with their totals as text, refunds as minus sums, lists of meta data."""
    orders = []
    for at, o in enumerate(shop.orders):
        edge = at in (0, len(shop.orders) - 1)
        status = (
            "completed"
            if edge
            else rng.choice(("completed", "completed", "processing", "completed", "cancelled", "pending", "failed"))
        )
        good, ship = status in ("completed", "processing"), rng.choice((0.0, 5.0))
        part = o.goods > o.lines[0].price
        back = o.lines[0].price if part and good and not edge and rng.random() < 0.15 else 0.0
        first, last = o.customer.name.split(maxsplit=1)
        orders.append({
            "id": 700 + at, "parent_id": 0, "status": status, "currency": "EUR", "version": "8.2.1", "prices_include_tax": True, "date_created": f"{o.when:%Y-%m-%dT%H:%M:%S}", "date_modified": f"{o.when + timedelta(days=2):%Y-%m-%dT%H:%M:%S}", "discount_total": "0.00", "shipping_total": f"{ship:.2f}", "total": f"{o.goods + ship:.2f}", "total_tax": "0.00", "customer_id": shop.people.index(o.customer) if shop.people.index(o.customer) % 3 else 0,
            "billing": {"first_name": first, "last_name": last, "company": "", "country": o.customer.country, "email": o.customer.email, "phone": o.customer.phone}, "shipping": {"first_name": first, "last_name": last, "country": o.customer.country}, "payment_method": "stripe", "date_paid": f"{o.when:%Y-%m-%dT%H:%M:%S}" if good else None, "number": str(700 + at), "meta_data": [{"id": 1, "key": "_ip", "value": "1"}],
            "line_items": [{"id": at * 10 + n, "name": i.product, "product_id": 10 + n, "variation_id": 0, "quantity": i.quantity, "subtotal": f"{i.total:.2f}", "total": f"{i.total:.2f}", "total_tax": "0.00", "taxes": [], "meta_data": [], "sku": i.code, "price": i.price} for n, i in enumerate(o.lines)],
            "tax_lines": [], "shipping_lines": [{"id": 5, "method_title": "Flat rate", "total": f"{ship:.2f}"}], "fee_lines": [], "coupon_lines": [], "refunds": [{"id": 90 + at, "reason": "", "total": f"-{back:.2f}"}] if back else [],
        })  # fmt: skip
        if good:
            for n, i in enumerate(o.lines):
                _add(sales, o, i.total, i.total + (0 if n else ship))
            if back:
                _add(sales, o, -back)
    return (("orders.json", json.dumps(orders).encode()),)


@_kind
def prestashop_web_service(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """XML of a shop's web service: links as attributes, CDATA around values, lines among associations."""

    def c(value: object) -> str:
        return f"<![CDATA[{value}]]>"

    parts = []
    for at, o in enumerate(shop.orders):
        rows = "".join(
            f'<order_row><id>{c(at * 10 + n)}</id><product_id xlink:href="https://shop.example/api/products/{n + 1}">{c(n + 1)}</product_id><product_quantity>{c(i.quantity)}</product_quantity><product_name>{c(i.product)}</product_name><product_reference>{c(i.code)}</product_reference><product_price>{c(f"{i.price:.6f}")}</product_price><unit_price_tax_incl>{c(f"{i.price:.6f}")}</unit_price_tax_incl><unit_price_tax_excl>{c(f"{i.price:.6f}")}</unit_price_tax_excl></order_row>'
            for n, i in enumerate(o.lines)
        )
        parts.append(
            f'<order><id>{c(at + 1)}</id><id_customer xlink:href="https://shop.example/api/customers/{shop.people.index(o.customer) + 1}">{c(shop.people.index(o.customer) + 1)}</id_customer><current_state xlink:href="https://shop.example/api/order_states/5">{c(5)}</current_state><valid>{c(1)}</valid><date_add>{c(f"{o.when:%Y-%m-%d %H:%M:%S}")}</date_add><date_upd>{c(f"{o.when + timedelta(days=1):%Y-%m-%d %H:%M:%S}")}</date_upd><payment>{c("Card")}</payment><total_paid>{c(f"{o.goods:.6f}")}</total_paid><total_products>{c(f"{o.goods:.6f}")}</total_products><total_shipping>{c("0.000000")}</total_shipping><reference>{c(f"XKBKN{at:04}")}</reference><associations><order_rows nodeType="order_row" virtualEntity="true">{rows}</order_rows></associations></order>'
        )
    _all(shop, sales)
    return (
        (
            "orders.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>\n<prestashop xmlns:xlink="http://www.w3.org/1999/xlink"><orders>{"".join(parts)}</orders></prestashop>'.encode(),
        ),
    )


@_kind
def scripts_of_sql_server(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What SQL Server's "Generate Scripts" writes: brackets, N before texts, CASTs, GO between; UTF-16."""
    out = [
        "USE [Shop]",
        "GO",
        "/****** Object:  Table [dbo].[Orders] ******/",
        "SET ANSI_NULLS ON",
        "GO",
        "CREATE TABLE [dbo].[Orders](\n\t[OrderID] [int] IDENTITY(1,1) NOT NULL,\n\t[OrderNo] [nvarchar](20) NOT NULL,\n\t[OrderDate] [datetime] NOT NULL,\n\t[CustomerEmail] [nvarchar](120) NULL,\n\t[Total] [decimal](18, 2) NOT NULL,\n CONSTRAINT [PK_Orders] PRIMARY KEY CLUSTERED ([OrderID] ASC)\n) ON [PRIMARY]",
        "GO",
        "SET IDENTITY_INSERT [dbo].[Orders] ON ",
        "GO",
    ]
    for at, o in enumerate(shop.orders):
        out += [
            f"INSERT [dbo].[Orders] ([OrderID], [OrderNo], [OrderDate], [CustomerEmail], [Total]) VALUES ({at + 1}, N'{o.number}', CAST(N'{o.when:%Y-%m-%dT%H:%M:%S}.000' AS DateTime), N'{o.customer.email}', CAST({o.goods:.2f} AS Decimal(18, 2)))",
            *(["GO"] if at % 10 == 9 else []),
        ]
        _add(sales, o, o.goods)
    return (("script.sql", "\r\n".join([*out, "GO", "SET IDENTITY_INSERT [dbo].[Orders] OFF", "GO"]).encode("utf-16")),)


@_kind
def inserts_of_oracle(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What Oracle's SQL Developer writes: to_date with a format, decimal numbers that may begin with the point."""
    out = ["REM INSERTING into SHOP.ORDERS", "SET DEFINE OFF;"]
    for o in shop.orders:
        out.append(
            f"Insert into SHOP.ORDERS (ORDER_NO,ORDER_DATE,CUSTOMER_NAME,AMOUNT,NOTE) values ('{o.number}',to_date('{o.when:%d-%m-%y %H:%M:%S}','DD-MM-RR HH24:MI:SS'),'{o.customer.name}',{f'{o.goods:.2f}'.rstrip('0').rstrip('.')},null);"
        )
        _add(sales, o, o.goods)
    return (("orders.sql", "\n".join(out).encode()),)


@_kind
def grouped_frame_with_two_headers(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A frame that pandas grouped with several sums: two rows of headings, then a row with the names of the index alone."""
    rows: list[Row] = [
        ["", "", "", "amount", "amount", "quantity"],
        ["", "", "", "sum", "count", "sum"],
        ["order_id", "date", "customer", "", "", ""],
    ]
    for o in shop.orders:
        rows.append([o.number, _iso(o.when), o.customer.email, o.goods, len(o.lines), sum(i.quantity for i in o.lines)])
        _add(sales, o, o.goods)
    return _csv(rows)


@_kind
def old_midrange_dates(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A midrange computer's table: dates as `1240305` (century, year, month, day) or `124065` (day of the year)."""
    julian = rng.random() < 0.5

    def date(when: datetime) -> str:
        return f"{when.year - 1900}{when:%j}" if julian else f"{(when.year - 1900) // 100}{when:%y%m%d}"

    rows: list[Row] = [
        ["ORDNO", "ORDDT", "CUSNO", "CUSNM", "ITNBR", "QTYOR", "UPRCE", "EXTAM"],
        *(
            [
                o.number,
                date(o.when),
                5_000 + shop.people.index(o.customer),
                o.customer.name.upper(),
                i.code,
                i.quantity,
                f"{i.price:.2f}",
                f"{i.total:.2f}",
            ]
            for o, i in _each(shop)
        ),
    ]
    _all(shop, sales)
    return _csv(rows)


ABBREVIATED = {
    "de": (("Best.-Nr.", "Best.-Dat.", "Kd.-Nr.", "Art.-Nr.", "Bez.", "Mge.", "E-Preis", "G-Preis"), "%d.%m.%Y", True),
    "es": (("Nº Ped.", "F. Ped.", "Cód. Cte.", "Ref.", "Desc.", "Uds.", "P. Unit.", "Imp."), "%d/%m/%Y", True),
    "fr": (("N° Cde", "Dt Cde", "Cd Client", "Réf.", "Désign.", "Qté", "P.U.", "Mt"), "%d/%m/%Y", True),
    "it": (("N. Ord.", "Dt. Ord.", "Cod. Cli.", "Art.", "Descr.", "Q.tà", "Pr. Un.", "Imp."), "%d/%m/%Y", True),
    "pt": (("N.º Enc.", "Dt. Enc.", "Cód. Cli.", "Ref.", "Descr.", "Qtd.", "P. Unit.", "Vlr. Total"), "%d/%m/%Y", True),
    "en": (("Ord No.", "Ord Dt", "Cust No.", "Item", "Desc.", "Qty", "U/Price", "Ext."), "%d/%m/%Y", False),
}


@_kind
def abbreviated_headings(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Headings of small programs: every word cut to a few letters and a point."""
    head, form, comma = ABBREVIATED[rng.choice(sorted(ABBREVIATED))]
    money = _c if comma else "{:.2f}".format
    rows: list[Row] = [
        head,
        *(
            [
                o.number,
                o.when.strftime(form),
                2_000 + shop.people.index(o.customer),
                i.code,
                i.product,
                i.quantity,
                money(i.price),
                money(i.total),
            ]
            for o, i in _each(shop)
        ),
    ]
    _all(shop, sales)
    return _csv(rows, delimiter=";" if comma else ",")


@_kind
def joined_by_copy(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Monthly files joined by `copy *.csv`: each with its header and byte order mark, and DOS's end mark behind."""
    out = b""
    for _, orders in _months(shop):
        rows: list[Row] = [
            ["Order ID", "Order Date", "Customer Email", "Product", "Quantity", "Amount"],
            *(
                [o.number, _iso(o.when), o.customer.email, i.product, i.quantity, f"{i.total:.2f}"]
                for o in orders
                for i in o.lines
            ),
        ]
        out += _text(rows).encode("utf-8-sig")
    _all(shop, sales)
    return (("all.csv", out + b"\x1a"),)


@_kind
def sheet_with_tick_boxes(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A shared sheet downloaded as CSV: tick boxes for paid, sent and cancelled, money with signs, dates as typed."""
    rows: list[Row] = [
        ["#", "Date", "Name", "Email", "What", "Qty", "Price each", "Total", "Paid", "Sent", "Cancelled"]
    ]
    for at, o in enumerate(shop.orders):
        gone = 0 < at < len(shop.orders) - 1 and rng.random() < 0.12
        i = o.lines[0]
        rows.append(
            [
                at + 1,
                f"{o.when.month}/{o.when.day}/{o.when.year}",
                o.customer.name,
                o.customer.email,
                i.product,
                i.quantity,
                f"${i.price:,.2f}",
                f"${i.total:,.2f}",
                "FALSE" if gone else "TRUE",
                "FALSE" if gone or rng.random() < 0.2 else "TRUE",
                "TRUE" if gone else "FALSE",
            ]
        )
        if not gone:
            _add(sales, o, i.total)
    return _csv(rows)


@_kind
def base_with_linked_records(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A grid view of an online database: linked names, `2:15pm` behind the date, `checked`, links of attachments."""
    rows: list[Row] = [
        ["Order", "Customer", "Email (from Customer)", "Placed", "Products", "Total", "Status", "Paid", "Receipt"]
    ]
    for at, o in enumerate(shop.orders):
        gone = 0 < at < len(shop.orders) - 1 and rng.random() < 0.12
        clock = f"{o.when:%I:%M}".lstrip("0") + f"{o.when:%p}".lower()
        rows.append(
            [
                f"ORD-{at + 1:03}",
                o.customer.name,
                o.customer.email,
                f"{o.when.month}/{o.when.day}/{o.when.year} {clock}",
                ",".join(i.product for i in o.lines),
                f"${o.goods:.2f}",
                "❌ Cancelled" if gone else rng.choice(("✅ Done", "📦 Packed")),
                "" if gone else "checked",
                f"r{at}.pdf (https://files.example/{at})",
            ]
        )
        if not gone:
            _add(sales, o, o.goods)
    return _csv(rows)


@_kind
def excel_unicode_text(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Excel's "Unicode text" with a `sep=` line, remarks of several lines, and times with a. m. and p. m."""
    rows: list[Row] = [["Pedido", "Fecha y hora", "Cliente", "Producto", "Cantidad", "Importe", "Observaciones"]]
    for o, i in _each(shop):
        half = "a. m." if o.when.hour < 12 else "p. m."
        rows.append(
            [
                o.number,
                f"{o.when.day}/{o.when:%m/%y} {o.when.hour % 12 or 12}:{o.when:%M} {half}",
                o.customer.name,
                i.product,
                i.quantity,
                f"{_dots(i.total)} €",
                rng.choice(("", "Dejar en portería\ny avisar", 'Pone "frágil"')),
            ]
        )
    _all(shop, sales)
    return (("pedidos.csv", ("sep=\t\r\n" + _text(rows, "\t")).encode("utf-16")),)


@_kind
def nested_lines_gzipped(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """JSON lines of an event stream, packed: the order inside a payload, the customer inside the order, other events between."""
    lines = []
    for at, o in enumerate(shop.orders):
        if rng.random() < 0.4:
            lines.append(
                json.dumps({"event": "page_viewed", "ts": int(o.when.timestamp()), "payload": {"url": "/cart"}})
            )
        lines.append(
            json.dumps(
                {
                    "event": "order_placed",
                    "ts": int(o.when.timestamp()),
                    "payload": {
                        "order": {
                            "id": f"o-{at:05}",
                            "placed_at": f"{o.when:%Y-%m-%dT%H:%M:%SZ}",
                            "customer": {"id": o.customer.id, "email": o.customer.email},
                            "amount": {"value": o.goods, "currency": "EUR"},
                            "lines": [{"sku": i.code, "qty": i.quantity, "unit_price": i.price} for i in o.lines],
                        }
                    },
                }
            )
        )
    _all(shop, sales)
    return (("events.jsonl.gz", gzip.compress("\n".join(lines).encode())),)


# ---------------------------------------------------------------------------------- a second set, after the first was mended


@_kind
def years_with_other_headings(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet for each year: in the second one, somebody renamed some headings and moved two columns."""
    middle = shop.orders[len(shop.orders) // 2].when
    first: list[Row] = [["Fecha", "Pedido", "Cliente", "Producto", "Cantidad", "Importe"]]
    second: list[Row] = [["Pedido", "Fecha pedido", "Nombre cliente", "Uds.", "Producto", "Importe total"]]
    for o, i in _each(shop):
        if o.when < middle:
            first.append([_day(o.when), o.number, o.customer.name, i.product, i.quantity, i.total])
        else:
            second.append([o.number, _day(o.when), o.customer.name, i.quantity, i.product, i.total])
    _all(shop, sales)
    return (("ventas.xlsx", _book({"Ventas antes": first, "Ventas ahora": second})),)


@_kind
def json_by_month(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An object whose names are months, each a list of orders."""
    data = {f"{year}-{month:02}": [_record(o) for o in orders] for (year, month), orders in _months(shop)}
    for o in shop.orders:
        _add(sales, o, o.goods)
    return (("orders.json", json.dumps(data, indent=1).encode()),)


@_kind
def sqlcmd_output(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What sqlcmd prints: names above dashes, columns of fixed width, NULL, and how many rows there were."""
    widths = (12, 23, 32, 10, 14)
    names = ("OrderNo", "OrderDate", "CustomerEmail", "Coupon", "Total")

    def line(cells: Sequence[str]) -> str:
        return " ".join(
            cell.rjust(width) if at == 4 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )

    lines = [line(names), " ".join("-" * width for width in widths)]
    for o in shop.orders:
        lines.append(
            line(
                [
                    o.number,
                    f"{o.when:%Y-%m-%d %H:%M:%S}.000",
                    o.customer.email,
                    rng.choice(("NULL", "SPRING")),
                    f"{o.goods:.2f}",
                ]
            )
        )
        _add(sales, o, o.goods)
    return (("orders.txt", "\r\n".join([*lines, "", f"({len(shop.orders)} rows affected)", ""]).encode()),)


@_kind
def table_with_a_name_above(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A CSV of a spreadsheet program with the table's name in the first line, and hours written `14:30 h`."""
    rows: list[Row] = [
        ["Tabelle 1", "", "", "", "", ""],
        ["Bestellnr.", "Datum", "Uhrzeit", "Kunde", "Artikel", "Betrag"],
    ]
    rows += [
        [o.number, f"{o.when:%d.%m.%Y}", f"{o.when:%H:%M} h", o.customer.name, i.product, f"{_dots(i.total)} €"]
        for o, i in _each(shop)
    ]
    _all(shop, sales)
    return _csv(rows, delimiter=";")


@_kind
def customers_lines_and_orders_zipped(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A zip of three tables with keys of their own: customers, orders with a status, lines without a price of their own total."""
    people = {person.id: place + 1 for place, person in enumerate(shop.people)}
    customers: list[Row] = [
        ["customer_pk", "full_name", "mail", "signup_date"],
        *([people[p.id], p.name, p.email, "2018-05-01"] for p in shop.people),
    ]
    orders: list[Row] = [["order_pk", "customer_fk", "placed_on", "order_status", "shipping_fee"]]
    lines: list[Row] = [["line_pk", "order_fk", "article", "pieces", "price_each"]]
    for at, o in enumerate(shop.orders):
        gone = 0 < at < len(shop.orders) - 1 and rng.random() < 0.1
        orders.append([9_000 + at, people[o.customer.id], _iso(o.when), "cancelled" if gone else "completed", "4.50"])
        for i in o.lines:
            lines.append([len(lines), 9_000 + at, i.product, i.quantity, f"{i.price:.2f}"])
            if not gone:
                _add(sales, o, i.total)
    return (
        (
            "dump.zip",
            _zip({"customers.csv": _text(customers), "orders.csv": _text(orders), "order_lines.csv": _text(lines)}),
        ),
    )


@_kind
def notes_beside_the_table(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet with remarks of the owner two columns to the right, and a small table of targets under them."""
    rows: list[list[object]] = [
        ["Order", "Date", "Customer", "Item", "Qty", "Amount"],
        *([o.number, _day(o.when), o.customer.name, i.product, i.quantity, i.total] for o, i in _each(shop)),
    ]
    beside: tuple[list[object], ...] = (
        ["Remember to call Ann"],
        [],
        ["Targets", "2024"],
        ["Q1", 5000],
        ["Q2", 6000],
        ["Q3", 7000],
        ["New supplier?"],
    )
    for place, cells in enumerate(beside):
        rows[place + 1] += ["", "", *cells]
    _all(shop, sales)
    return (("orders.xlsx", _book({"Orders": rows})),)
