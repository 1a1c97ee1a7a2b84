# ruff: noqa: E501 - rows of cells read best in long lines
"""Order histories as office programs, databases, scripts and people write them into files.

Written, with their right answers, before any of them had been read.
"""

import csv
import html
import io
import json
import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import xlsxwriter

from benchmarks.constructed_exports import Constructed, Files, Sold
from benchmarks.exports.structures import added_to
from benchmarks.exports.unread import ASKED
from benchmarks.generated_exports import Line, Order, Shop

KINDS: list[Callable[[random.Random], Constructed]] = []
Row = Sequence[object]
Make = Callable[[random.Random, Shop, list[Sold]], Files]
HEAD = ("Order ID", "Order Date", "Customer ID", "Product", "Quantity", "Amount")


_added = added_to(KINDS)


def _kind(make: Make) -> Make:
    _added(make)
    return make


def _asked(make: Make) -> Make:
    ASKED.add(make.__name__)
    return _kind(make)


def _each(shop: Shop) -> Iterator[tuple[Order, Line]]:
    for order in shop.orders:
        for line in order.lines:
            yield order, line


def _add(sales: list[Sold], order: Order, *amounts: float, who: str = "", number: str = "") -> None:
    sales.append(Sold(who or order.customer.id, number or order.number, order.when, amounts))


def _all(shop: Shop, sales: list[Sold]) -> None:
    for order, line in _each(shop):
        _add(sales, order, line.total)


def _csv(rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8", name: str = "orders.csv") -> Files:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return ((name, out.getvalue().encode(encoding)),)


def _xlsx(sheets: dict[str, Sequence[Row]]) -> Files:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        clock = book.add_format({"num_format": "hh:mm AM/PM"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, time):
                        sheet.write_datetime(place, column, cell, clock)
                    elif isinstance(cell, datetime):
                        sheet.write_datetime(place, column, cell)
                    elif isinstance(cell, str) and cell.startswith("#") and cell.isupper() and cell[-1] in "A!?":
                        sheet.write_formula(place, column, "=VLOOKUP(A1,Prices!A:B,2,0)", None, cell)
                    elif cell is not None and cell != "":
                        sheet.write(place, column, cell)
    return (("orders.xlsx", out.getvalue()),)


def _day(when: datetime) -> datetime:
    return when.replace(hour=0, minute=0, second=0)


def _iso(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


def _c(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _plain(shop: Shop, date: Callable[[datetime], object] = _iso, money: Callable[[float], object] = "{:.2f}".format) -> list[Row]:  # fmt: skip
    return [[o.number, date(o.when), o.customer.id, i.product, i.quantity, money(i.total)] for o, i in _each(shop)]


# --------------------------------------------------------------------------------------------------------- workbooks

PIVOTS = {
    "en": (("Customer", "Order", "Date", "Product", "Sum of Amount"), "{} Total", "Grand Total"),
    "de": (("Kunde", "Bestellung", "Datum", "Artikel", "Summe von Betrag"), "{} Ergebnis", "Gesamtergebnis"),
    "es": (("Cliente", "Pedido", "Fecha", "Producto", "Suma de Importe"), "Total {}", "Total general"),
    "fr": (("Client", "Commande", "Date", "Produit", "Somme de Montant"), "Total {}", "Total général"),
    "it": (("Cliente", "Ordine", "Data", "Prodotto", "Somma di Importo"), "{} Totale", "Totale complessivo"),
    "nl": (("Klant", "Bestelling", "Datum", "Product", "Som van Bedrag"), "Totaal {}", "Eindtotaal"),
    "pt": (("Cliente", "Pedido", "Data", "Produto", "Soma de Valor"), "Total {}", "Total Geral"),
    "pl": (("Klient", "Zamówienie", "Data", "Produkt", "Suma z Kwota"), "{} Suma", "Suma końcowa"),
    "libre": (("Customer", "Order", "Date", "Product", "Sum - Amount"), "{} Result", "Total Result"),
}


@_kind
def pivot_in_tabular_form(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A pivot table as values: customer, order and day once per block, a sum below each customer, one below all."""
    head, one, every = PIVOTS[rng.choice(sorted(PIVOTS))]
    rows: list[Row] = [head]
    for person in sorted({order.customer.id for order in shop.orders}):
        first, total = True, 0.0
        for order in shop.orders:
            if order.customer.id == person:
                for at, line in enumerate(order.lines):
                    rows.append(
                        [
                            person if first else "",
                            "" if at else order.number,
                            "" if at else _day(order.when),
                            line.product,
                            line.total,
                        ]
                    )
                    first, total = False, total + line.total
        rows.append([one.format(person), "", "", "", round(total, 2)])
    rows.append([every, "", "", "", round(sum(order.goods for order in shop.orders), 2)])
    _all(shop, sales)
    return _xlsx({"Pivot": rows})


@_kind
def pivot_in_compact_form(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A pivot table as Excel makes it: customers with their sums, and below each the days with theirs, in one column."""
    rows: list[Row] = [["Row Labels", "Sum of Amount"]]
    for person in sorted({order.customer.id for order in shop.orders}):
        days: dict[datetime, float] = {}
        for order in shop.orders:
            if order.customer.id == person:
                days[_day(order.when)] = days.get(_day(order.when), 0.0) + order.goods
        rows.append([person, round(sum(days.values()), 2)])
        for day, total in days.items():
            rows.append([day, round(total, 2)])
            sales.append(Sold(person, f"{person} {day}", day, (round(total, 2),)))
    rows.append(["Grand Total", round(sum(sale.amounts[0] for sale in sales), 2)])
    return _xlsx({"Sheet2": rows})


@_kind
def filters_of_power_bi(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A visual's data: names of sums as headings, the filters in one cell below."""
    rows = _plain(shop, _day, float)
    _all(shop, sales)
    below = f"Applied filters:\nStatus is Paid\nYear is {shop.orders[0].when.year} or {shop.orders[-1].when.year}"
    return _xlsx({"Export": [(*HEAD[:4], "Sum of Quantity", "Sum of Amount"), *rows, [], [below]]})


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
DAYS = {
    "en": ("Day", "Order", "Customer", "Amount", "Total"),
    "de": ("Tag", "Bestellung", "Kunde", "Betrag", "Summe"),
    "es": ("Día", "Pedido", "Cliente", "Importe", "Total"),
    "fr": ("Jour", "Commande", "Client", "Montant", "Total"),
    "it": ("Giorno", "Ordine", "Cliente", "Importo", "Totale"),
    "pt": ("Dia", "Pedido", "Cliente", "Valor", "Total"),
}


@_kind
def sheet_is_the_month(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet per month, with the month and year as its name; only the day of the month in the rows."""
    key = rng.choice(sorted(DAYS))
    *head, total = DAYS[key]
    sheets: dict[str, list[Row]] = {}
    for order in shop.orders:
        name = f"{MONTHS[key].split()[order.when.month - 1].capitalize()} {order.when.year}"
        sheets.setdefault(name, [head]).append([order.when.day, order.number, order.customer.name, order.goods])
        _add(sales, order, order.goods, who=order.customer.name)
    for rows in sheets.values():
        rows.append(["", "", total, round(sum(float(str(row[3])) for row in rows[1:]), 2)])
    return _xlsx(dict(sheets))


@_kind
def summary_and_sellers(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A summary first, a sheet for each person who sells, the values of drop-down lists last."""
    sheets: dict[str, list[Row]] = {
        "Summary": [["Seller", "Orders", "Sales"]],
        "Ann": [HEAD],
        "Bob": [HEAD],
        "Eva": [HEAD],
    }
    for order in shop.orders:
        name = rng.choice(("Ann", "Bob", "Eva"))
        for line in order.lines:
            sheets[name].append(
                [order.number, _day(order.when), order.customer.id, line.product, line.quantity, line.total]
            )
            _add(sales, order, line.total)
    for name in ("Ann", "Bob", "Eva"):
        rows = sheets[name][1:]
        sheets["Summary"].append(
            [name, len({row[0] for row in rows}), round(sum(float(str(row[5])) for row in rows), 2)]
        )
    sheets["Lists"] = [
        ["Products", "Sellers"],
        *([name, seller] for (name, _, _), seller in zip(shop.goods, ("Ann", "Bob", "Eva"), strict=False)),
    ]
    return _xlsx(dict(sheets))


@_kind
def strict_workbook(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Excel's "Strict Open XML": other namespaces, days as text of their own type."""
    ((_, data),) = _xlsx({"Orders": [HEAD, *_plain(shop, _day, float)]})
    _all(shop, sales)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            if not name.startswith("_rels") and name != "[Content_Types].xml":
                text = text.replace(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
            if "worksheets/sheet" in name:
                text = re.sub(
                    r'<c r="(B\d+)" s="1"><v>(\d+)</v></c>',
                    lambda found: (
                        f'<c r="{found[1]}" s="1" t="d"><v>{datetime(1899, 12, 30) + timedelta(days=int(found[2])):%Y-%m-%d}</v></c>'
                    ),
                    text,
                )
            new.writestr(name, text)
    return (("orders.xlsx", out.getvalue()),)


@_asked
def errors_of_formulas(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Amounts that a formula looks up: some are `#N/A`, what they would be stands nowhere."""
    lost = rng.choice(("#N/A", "#REF!", "#VALUE!", "#NAME?"))
    rows = _plain(shop, _day, float)
    rows = [[*row[:5], lost] if at % 9 == 4 else row for at, row in enumerate(rows)]
    _all(shop, sales)
    return _xlsx({"Orders": [HEAD, *rows]})


@_asked
def hashes_instead_of_dates(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Copied as shown: dates that did not fit their column are a row of hashes."""
    rows = _plain(shop, lambda when: "########" if when.day > 25 else f"{when:%d/%m/%Y}")
    _all(shop, sales)
    return _csv([HEAD, *rows], delimiter="\t")


@_kind
def dates_by_three_hands(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A workbook's real dates beside `14.03.24` and `14. März 2024` as texts."""
    words = MONTHS["de"].split()

    def date(when: datetime) -> object:
        return rng.choice((_day(when), f"{when:%d.%m.%y}", f"{when.day}. {words[when.month - 1]} {when.year}"))

    _all(shop, sales)
    return _xlsx(
        {
            "Bestellungen": [
                ("Bestellung", "Datum", "Kundennummer", "Artikel", "Menge", "Betrag"),
                *_plain(shop, date, float),
            ]
        }
    )


@_kind
def dates_beside_times(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A date cell and a time cell of its own."""
    rows = [
        [o.number, _day(o.when), o.when.time(), *row[2:]]
        for (o, _), row in zip(_each(shop), _plain(shop, _day, float), strict=True)
    ]
    _all(shop, sales)
    return _xlsx({"Orders": [("Order", "Date", "Time", *HEAD[2:]), *rows]})


@_kind
def open_document_with_currency(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An `.ods` sheet: cells of money and days, customers merged over their rows, a million empty rows below."""

    def text(value: object, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string"{more}><text:p>{escape(str(value))}</text:p></table:table-cell>'

    rows = ["".join(text(name) for name in ("Order", "Date", "Customer", "Product", "Qty", "Amount"))]
    for order in shop.orders:
        for at, line in enumerate(order.lines):
            spans = f' table:number-columns-spanned="1" table:number-rows-spanned="{len(order.lines)}"'
            head = "<table:covered-table-cell/>" * 3 if at else (
                text(order.number, spans)
                + f'<table:table-cell office:value-type="date" office:date-value="{order.when:%Y-%m-%dT%H:%M:%S}"{spans}><text:p>{order.when:%d.%m.%y}</text:p></table:table-cell>'
                + text(order.customer.id, spans)
            )  # fmt: skip
            rows.append(
                head
                + text(line.product)
                + f'<table:table-cell office:value-type="float" office:value="{line.quantity}"><text:p>{line.quantity}</text:p></table:table-cell>'
                f'<table:table-cell office:value-type="currency" office:currency="EUR" office:value="{line.total}"><text:p>{_c(line.total)} €</text:p></table:table-cell>'
                '<table:table-cell table:number-columns-repeated="1018"/>'
            )
            _add(sales, order, line.total)
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body += f'<table:table-row table:number-rows-repeated="{1_048_576 - len(rows)}"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Sheet1"><table:table-column table:number-columns-repeated="1024"/>{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    manifest = '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("content.xml", content)
        file.writestr("META-INF/manifest.xml", manifest)
    return (("orders.ods", out.getvalue()),)


# ------------------------------------------------------------------------------------------------- money and its words


@_kind
def thousands_in_the_heading(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A controller's table: sales in thousands of euros."""
    head = rng.choice(("Umsatz (T€)", "Umsatz in Tsd. €", "Umsatz in TEUR", "Umsatz [T€]"))
    rows = _plain(shop, lambda when: f"{when:%d.%m.%Y}", lambda value: f"{value / 1000:.5f}".replace(".", ","))
    _all(shop, sales)
    return _csv([("Auftrag", "Datum", "Kundennr", "Artikel", "Menge", head), *rows], delimiter=";")


@_kind
def swiss_round_francs(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Whole francs with a dash for the cents: `45.–`, `Fr. 1'234.50`, `45.--`."""
    form = rng.choice(("{}", "Fr. {}", "CHF {}"))

    def money(value: float) -> str:
        whole = form.format(f"{value:,.2f}".replace(",", "'"))
        return whole.replace(".00", rng.choice((".–", ".--", ".-", ".—"))) if value == round(value) else whole

    for order in shop.orders:
        order.lines = [
            Line(i.product, i.code, round(i.price) + rng.choice((0, 0, 0.5)), i.quantity) for i in order.lines
        ]
    _all(shop, sales)
    return _csv(
        [
            ("Bestellung", "Datum", "Kunde", "Artikel", "Anzahl", "Betrag"),
            *_plain(shop, lambda when: f"{when:%d.%m.%Y}", money),
        ],
        delimiter=";",
    )


@_kind
def swedish_colons(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Kronor and öre with a colon: `45:-`, `1 299:50`."""

    def money(value: float) -> str:
        whole = f"{int(value):,}".replace(",", " ")
        cents = round(value * 100) % 100
        return f"{whole}:{cents:02}" if cents else f"{whole}:-"

    for order in shop.orders:
        order.lines = [
            Line(i.product, i.code, round(i.price) + rng.choice((0, 0, 0.5)), i.quantity) for i in order.lines
        ]
    _all(shop, sales)
    return _csv([("Order", "Datum", "Kund", "Artikel", "Antal", "Belopp"), *_plain(shop, _iso, money)], delimiter=";")


@_kind
def minus_beside_the_sign(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Money back as `€ -12,50`, `-€12,50`, `−12,50 €` or `– 12,50 €`."""
    before = rng.random() < 0.5
    back = rng.choice(("€ -{}", "-€{}", "€−{}", "- € {}") if before else ("−{} €", "– {} €", "- {} €", "-{} €"))
    rows: list[Row] = [["Order", "Date", "Customer", "Product", "Amount"]]
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    _iso(order.when),
                    order.customer.id,
                    line.product,
                    f"€ {_c(line.total)}" if before else f"{_c(line.total)} €",
                ]
            )
            _add(sales, order, line.total)
        if place % 9 == 4:
            line = order.lines[0]
            rows.append(
                [
                    order.number,
                    _iso(order.when + timedelta(days=1)),
                    order.customer.id,
                    line.product,
                    back.format(_c(line.total)),
                ]
            )
            _add(sales, order, -line.total)
    return _csv(rows, delimiter=";")


@_kind
def words_for_no_price(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A gift in some orders, with a word or a dash where its price would be."""
    word = rng.choice(
        (
            "Free",
            "Gratis",
            "gratuit",
            "kostenlos",
            "offert",
            "free of charge",
            "-",
            "FREE",
            "0,-",
            "omaggio",
            "cortesía",
        )
    )
    rows: list[Row] = [("Order ID", "Order Date", "Customer ID", "Product", "Quantity", "Unit price")]
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            rows.append(
                [order.number, _iso(order.when), order.customer.id, line.product, line.quantity, f"{line.price:.2f}"]
            )
            _add(sales, order, line.total)
        if place in (2, 11, 17):
            rows.append([order.number, _iso(order.when), order.customer.id, "Sample bag", 1, word])
    return _csv(rows)


@_kind
def footnotes_in_amounts(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Amounts with a mark or a remark behind, and what the mark means below the table."""
    marks = rng.choice(
        (
            ("*", "* paid in cash"),
            (" *", "* with delivery"),
            (" (cash)", ""),
            (" †", "† picked up"),
            (" 1)", "1) paid in cash"),
        )
    )
    rows = _plain(shop, _iso, lambda value: f"{value:.2f}{marks[0] if rng.random() < 0.15 else ''}")
    _all(shop, sales)
    return _csv([HEAD, *rows, *([[], [marks[1]]] if marks[1] else [])])


@_kind
def tax_as_text(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Net amounts and taxes as texts with the currency behind; the sum is left to the reader."""
    form = rng.choice(("{:.2f} EUR", "{:.2f} €", "{:.2f}€"))
    rows: list[Row] = [("Order ID", "Order Date", "Customer ID", "Product", "Quantity", "Net amount", "VAT")]
    for order, line in _each(shop):
        tax = round(line.total * 0.2, 2)
        rows.append(
            [
                order.number,
                _iso(order.when),
                order.customer.id,
                line.product,
                line.quantity,
                form.format(line.total),
                form.format(tax),
            ]
        )
        _add(sales, order, round(line.total + tax, 2), line.total)
    return _csv(rows)


@_kind
def prices_inside_the_choice(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Answers of a form: the product's price stands in its name, how many beside it."""
    form = rng.choice(("{} (€{:.2f})", "{} – {:.2f} €", "{} ({:.2f} EUR)"))
    rows: list[Row] = [("Timestamp", "Email Address", "What would you like to order?", "How many?")]
    for order in shop.orders:
        line = order.lines[0]
        rows.append(
            [
                f"{order.when:%m/%d/%Y %H:%M:%S}",
                order.customer.email,
                form.format(line.product, line.price),
                line.quantity,
            ]
        )
        sales.append(
            Sold(order.customer.email, f"{order.customer.email} {order.when:%Y-%m-%d}", order.when, (line.total,))
        )
    return _csv(rows, name="responses.csv")


# ------------------------------------------------------------------------------------------------------ days and times

SHORT = {
    "es": ("ene feb mar abr may jun jul ago sept oct nov dic", ("{d}-{m}-{Y}", "{d} {m}. {Y}", "{d}-{m}.-{y}")),
    "de": ("Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez", ("{d}. {m} {y}", "{d}. {m}. {Y}", "{d}.{m}.{Y}")),
    "fr": ("janv févr mars avr mai juin juil août sept oct nov déc", ("{d}-{m}.-{y}", "{d} {m}. {Y}", "{d}-{m}-{y}")),
    "it": ("gen feb mar apr mag giu lug ago set ott nov dic", ("{d}-{m}-{y}", "{d} {m} {Y}", "{d}/{m}/{Y}")),
    "pt": ("jan fev mar abr mai jun jul ago set out nov dez", ("{d} de {m}. de {Y}", "{d}/{m}./{Y}", "{d}-{m}-{y}")),
    "nl": ("jan feb mrt apr mei jun jul aug sep okt nov dec", ("{d}-{m}.-{Y}", "{d} {m}. {Y}", "{d}-{m}-{y}")),
    "pl": ("sty lut mar kwi maj cze lip sie wrz paź lis gru", ("{d} {m} {Y}", "{d}-{m}-{y}", "{d} {m} {Y} r.")),
    "tr": ("Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara", ("{d}.{m}.{Y}", "{d} {m} {Y}", "{d}-{m}-{y}")),
    "sv": ("jan feb mars apr maj juni juli aug sep okt nov dec", ("{d} {m}. {Y}", "{d}-{m}-{y}", "{d} {m} {Y}")),
    "cs": ("led úno bře dub kvě čvn čvc srp zář říj lis pro", ("{d}. {m}. {Y}", "{d}-{m}-{y}", "{d}. {m} {Y}")),
}


@_kind
def months_cut_short(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Months of three or four letters in ten languages, with and without a point, as office programs show them."""
    names, forms = SHORT[rng.choice(sorted(SHORT))]
    form = rng.choice(forms)
    _all(shop, sales)
    rows = _plain(
        shop, lambda when: form.format(d=f"{when.day:02}", m=names.split()[when.month - 1], Y=when.year, y=f"{when:%y}")
    )
    return _csv([HEAD, *rows], delimiter=rng.choice(";\t"))


@_kind
def half_days_elsewhere(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The twelve-hour clock of other languages, as their Windows writes it."""
    before, after, (am, pm) = rng.choice((
        ("%d/%m/%Y %I:%M:%S ", "", ("a.\u00a0m.", "p.\u00a0m.")), ("%d/%m/%Y %I:%M ", "", ("a. m.", "p. m.")), ("%Y-%m-%d ", " %I:%M:%S", ("오전", "오후")),
        ("%Y/%m/%d ", " %I:%M", ("上午", "下午")), ("%d/%m/%Y %I:%M:%S ", "", ("πμ", "μμ")), ("%d/%m/%Y %I:%M:%S ", "", ("ص", "م")),
        ("%d/%m/%Y %I:%M:%S ", "", ("SA", "CH")), ("%d-%m-%Y %I:%M ", "", ("पूर्वाह्न", "अपराह्न")), ("%d/%m/%Y %I:%M", "", ("am", "pm")), ("%m/%d/%y %I:%M", "", ("a", "p")),
    ))  # fmt: skip
    _all(shop, sales)
    rows = _plain(shop, lambda when: when.strftime(before) + (pm if when.hour >= 12 else am) + when.strftime(after))
    return _csv([HEAD, *rows], delimiter="\t")


@_kind
def month_names_in_a_column(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Year, the month's name and the day in columns of their own, in six languages."""
    key = rng.choice(sorted(MONTHS))
    head = {
        "en": ("Year", "Month", "Day"),
        "de": ("Jahr", "Monat", "Tag"),
        "es": ("Año", "Mes", "Día"),
        "fr": ("Année", "Mois", "Jour"),
        "it": ("Anno", "Mese", "Giorno"),
        "pt": ("Ano", "Mês", "Dia"),
    }[key]
    names = MONTHS[key].split()
    rows = [
        [o.number, o.when.year, names[o.when.month - 1], o.when.day, *row[2:]]
        for (o, _), row in zip(_each(shop), _plain(shop), strict=True)
    ]
    _all(shop, sales)
    return _csv([(HEAD[0], *head, *HEAD[2:]), *rows])


# ------------------------------------------------------------------------------------------------------ separated text


@_kind
def inches_in_names(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A program that never quotes: a quote for inches, or around a word that begins a name."""
    lines = [",".join(HEAD)]
    for (_, line), row in zip(_each(shop), _plain(shop), strict=True):
        name = rng.choice((line.product, f'{line.product} 10"', f'"Best" {line.product}', f'{line.product} 5" x 7"'))
        lines.append(",".join(map(str, [*row[:3], name, *row[4:]])))
    _all(shop, sales)
    return (("orders.csv", "\n".join(lines).encode()),)


@_kind
def doubled_separators(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two signs between every two cells, as scripts choose what never stands in a cell."""
    sign = rng.choice((";;", "||", "~|~", "::", "|~|"))
    rows = [sign.join(map(str, row)) for row in [HEAD, *_plain(shop)]]
    _all(shop, sales)
    return (("orders.txt", "\r\n".join(rows).encode()),)


@_kind
def separator_changes_halfway(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two exports put together: semicolons and decimal commas, from some row on commas and points."""
    half = len(shop.orders) // 2
    late = {order.number for order in shop.orders[half:]}
    early = [row for row in _plain(shop, lambda when: f"{when:%d.%m.%Y}", _c) if row[0] not in late]
    rows = [";".join(map(str, row)) for row in [HEAD, *early]]
    again = [row for row in _plain(shop) if row[0] in late]
    rows += [",".join(map(str, row)) for row in ([HEAD, *again] if rng.random() < 0.5 else again)]
    _all(shop, sales)
    return (("orders.csv", "\n".join(rows).encode()),)


@_kind
def letters_of_dos(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An old till: the letters of DOS in headings and names."""
    rows = [
        [o.number, f"{o.when:%d.%m.%Y}", f"{o.customer.name} Müßig", f"{i.product} größer", i.quantity, _c(i.total)]
        for o, i in _each(shop)
    ]
    _all(shop, sales)
    return _csv(
        [("Beleg", "Datum", "Käufer", "Gerät", "Stück", "Erlös"), *rows],
        delimiter=";",
        encoding=rng.choice(("cp850", "cp437")),
    )


@_kind
def fixed_width_without_a_rule(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Columns by blanks alone: texts to the left, numbers to the right, names of two words, a column that is mostly empty."""
    rows = [["Order", "Date", "Customer", "Product", "Coupon", "Qty", "Amount"]]
    for order, line in _each(shop):
        rows.append(
            [
                order.number,
                _iso(order.when),
                order.customer.name,
                f"{line.product} large",
                rng.choice(("", "", "", "SALE")),
                str(line.quantity),
                f"{line.total:.2f}",
            ]
        )
    wide = [max(len(row[at]) for row in rows) + 2 for at in range(7)]
    text = "\n".join(
        "".join(
            cell.rjust(wide[at] - 1) + " " if at > 4 else cell.ljust(wide[at]) for at, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )
    _all(shop, sales)
    return (("orders.txt", text.encode()),)


@_kind
def lists_in_cells(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row per order; products, pieces and prices each as lines of one cell, in the same order."""
    rows: list[Row] = [("Order", "Date", "Customer", "Products", "Quantities", "Unit prices")]
    for order in shop.orders:
        rows.append(
            [
                order.number,
                _iso(order.when),
                order.customer.id,
                *(
                    "\n".join(map(str, cells))
                    for cells in zip(*((i.product, i.quantity, f"{i.price:.2f}") for i in order.lines), strict=True)
                ),
            ]
        )
        for line in order.lines:
            _add(sales, order, line.total)
    return _csv(rows)


@_kind
def sum_on_the_last_line(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The order's total stands on its last line only; lines have no money of their own."""
    rows: list[Row] = [("Order", "Date", "Customer", "Product", "Quantity", "Order total")]
    for order in shop.orders:
        for at, line in enumerate(order.lines):
            rows.append(
                [
                    order.number,
                    _iso(order.when),
                    order.customer.id,
                    line.product,
                    line.quantity,
                    f"{order.goods:.2f}" if at == len(order.lines) - 1 else "",
                ]
            )
        _add(sales, order, order.goods)
    return _csv(rows)


@_kind
def headings_twice(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """`Name` of the customer and of the product, `Date` of the order and of its parcel, `Total` of the line and of the order."""
    rows: list[Row] = [("Order", "Date", "Name", "Email", "Name", "Qty", "Price", "Total", "Total", "Date")]
    for order, line in _each(shop):
        rows.append(
            [
                order.number,
                _iso(order.when),
                order.customer.name,
                order.customer.email,
                line.product,
                line.quantity,
                f"{line.price:.2f}",
                f"{line.total:.2f}",
                f"{order.goods:.2f}",
                _iso(order.when + timedelta(days=3)),
            ]
        )
        _add(sales, order, line.total)
    return _csv(rows)


@_kind
def small_table_below(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet of Numbers with two tables: the orders, and below them the sales of each month."""
    rows = _plain(shop)
    _all(shop, sales)
    months: dict[str, float] = {}
    for sale in sales:
        months[f"{sale.when:%Y-%m}"] = months.get(f"{sale.when:%Y-%m}", 0.0) + sale.amounts[0]
    below = [[month, f"{total:.2f}"] for month, total in months.items()]
    return _csv([["Orders"], HEAD, *rows, [], ["Sales by month"], ["Month", "Sales"], *below])


@_kind
def headings_of_dax(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Columns named by table and brackets, as queries to a model of Power BI name them."""
    table = rng.choice(("Sales", "'Order Lines'", "fact_sales"))
    head = [
        f"{table}[Order ID]",
        "'Calendar'[Date]",
        "Customers[Customer ID]",
        "Products[Product]",
        "[Quantity]",
        "[Sales Amount]",
    ]
    _all(shop, sales)
    return _csv([head, *_plain(shop, lambda when: f"{when:%d/%m/%Y} 00:00:00")], encoding="utf-8-sig")


# --------------------------------------------------------------------------------- consoles, typesetting, pages, mails


def _names(shop: Shop) -> list[list[str]]:
    return [
        [o.number, _iso(o.when), o.customer.name, i.product, str(i.quantity), f"{i.total:.2f}"] for o, i in _each(shop)
    ]


COLUMNS = ("order_id", "order_date", "customer", "product", "quantity", "amount")


@_kind
def expanded_records(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A database's client that prints a column a line: `psql \\x`, `\\G` of MySQL, `.mode line` of SQLite."""
    parts = []
    style = rng.choice(("psql", "mysql", "sqlite"))
    for at, row in enumerate(_names(shop), start=1):
        if style == "psql":
            parts.append(
                "\n".join(
                    [
                        f"-[ RECORD {at} ]" + "-" * 12,
                        *(f"{name:10} | {cell}" for name, cell in zip(COLUMNS, row, strict=True)),
                    ]
                )
            )
        elif style == "mysql":
            parts.append(
                "\n".join(
                    [
                        f"{'*' * 27} {at}. row {'*' * 27}",
                        *(f"{name:>10}: {cell}" for name, cell in zip(COLUMNS, row, strict=True)),
                    ]
                )
            )
        else:
            parts.append("\n".join([*(f"{name:>10} = {cell}" for name, cell in zip(COLUMNS, row, strict=True)), ""]))
    _all(shop, sales)
    return (("orders.txt", ("\n".join(parts) + "\n").encode()),)


def _printed(rows: Sequence[Sequence[str]], left: int = 0) -> list[str]:
    """Columns of a printed frame, to the right except the first `left`."""
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        " ".join(cell.ljust(wide[at]) if at < left else cell.rjust(wide[at]) for at, cell in enumerate(row)).rstrip()
        for row in rows
    ]


@_kind
def printed_frames(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What pandas, R or a tibble prints of a whole table, with names of two words."""
    style = rng.choice(("pandas", "r", "tibble"))
    body = _names(shop)
    start = 0 if style == "pandas" else 1
    rows = [
        ["", *COLUMNS],
        *([["", "<chr>", "<date>", "<chr>", "<chr>", "<int>", "<dbl>"]] if style == "tibble" else []),
        *([str(at), *row] for at, row in enumerate(body, start=start)),
    ]
    if style == "tibble":
        text = [
            f"# A tibble: {len(body)} × 6",
            *(
                " " + line
                for line in _printed(
                    [
                        [
                            row[0].rjust(3),
                            *(cell.ljust(22) if 0 < at < 5 else cell for at, cell in enumerate(row[1:], start=1)),
                        ]
                        for row in rows
                    ]
                )
            ),
        ]
    else:
        text = _printed(rows, left=1)
    _all(shop, sales)
    return (("orders.txt", "\n".join(text).encode()),)


@_kind
def printed_few_rows(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The same of a few rows, as pasted from a notebook."""
    shop.orders = shop.orders[:6]
    rows = [["", *COLUMNS], *([str(at), *row] for at, row in enumerate(_names(shop)))]
    _all(shop, sales)
    return (("orders.txt", "\n".join(_printed(rows, left=1)).encode()),)


@_kind
def print_cut_in_the_middle(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """pandas prints the first and the last rows of a long table and dots between: the rest stands nowhere: must be refused."""
    body = [[str(at), *row] for at, row in enumerate(_names(shop))]
    rows = [["", *COLUMNS], *body[:10], ["..", *(["..."] * 6)], *body[-10:]]
    return (("orders.txt", "\n".join([*_printed(rows, left=1), "", f"[{len(body)} rows x 6 columns]"]).encode()),)


@_kind
def latex_table(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A table of a report in LaTeX."""

    def cell(text: str) -> str:
        return text.replace("&", "\\&").replace("#", "\\#").replace("_", "\\_").replace("%", "\\%")

    rows = [
        " & ".join(map(cell, row)) + " \\\\"
        for row in [["Order", "Date", "Customer", "Product", "Quantity", "Amount"], *_names(shop)]
    ]
    rule = rng.choice((("\\hline",) * 3, ("\\toprule", "\\midrule", "\\bottomrule")))
    text = [
        "\\begin{table}[ht]",
        "\\centering",
        "\\begin{tabular}{lllrrr}",
        rule[0],
        rows[0],
        rule[1],
        *rows[1:],
        rule[2],
        "\\end{tabular}",
        "\\caption{Orders}",
        "\\end{table}",
    ]
    _all(shop, sales)
    return (("orders.tex", "\n".join(text).encode()),)


@_kind
def web_page_of_a_sheet(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet of Google saved as a web page: letters above the columns, numbers before the rows."""
    letters = "".join(
        f'<th id="0C{at}" class="column-headers-background">{letter}</th>' for at, letter in enumerate("ABCDEF")
    )
    rows = "".join(
        f'<tr style="height: 20px"><th id="0R{at}" class="row-headers-background"><div class="row-header-wrapper">{at + 1}</div></th>'
        + "".join(f'<td class="s0" dir="ltr">{html.escape(str(cell))}</td>' for cell in row) + "</tr>"
        for at, row in enumerate([HEAD, *_plain(shop, lambda when: f"{when:%d/%m/%Y}")])
    )  # fmt: skip
    text = f'<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>.ritz .waffle td {{color:#000}}</style><div class="ritz grid-container" dir="ltr"><table class="waffle" cellspacing="0"><thead><tr><th class="row-header freezebar-origin-ltr"></th>{letters}</tr></thead><tbody>{rows}</tbody></table></div>'
    _all(shop, sales)
    return (("Orders.html", text.encode()),)


@_kind
def mails_in_one_text(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The shop's notes of orders, copied from the mailbox into one text."""
    rule = rng.choice(("-" * 40, "=" * 30, ""))
    parts = []
    for order in shop.orders:
        items = ", ".join(f"{line.quantity} x {line.product}" for line in order.lines)
        parts.append(
            f"Order number: {order.number}\nOrder date: {order.when:%d %B %Y %H:%M}\nCustomer: {order.customer.name}\nEmail: {order.customer.email}\nItems: {items}\nTotal: €{order.goods:.2f}\n"
        )
        _add(sales, order, order.goods)
    return (("orders.txt", f"{rule}\n".join(parts).encode()),)


# ------------------------------------------------------------------------------------------------- nested and typed files


@_kind
def yaml_orders(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A list of orders in YAML, with their lines as lists inside."""
    lines = ["# exported", "orders:"] if rng.random() < 0.5 else ["---"]
    pad = "  " if lines[0] != "---" else ""
    for order in shop.orders:
        lines += [
            f"{pad}- id: {json.dumps(order.number)}",
            f"{pad}  date: {order.when:%Y-%m-%d %H:%M:%S}",
            f"{pad}  customer:",
            f"{pad}    id: '{order.customer.id}'",
            f"{pad}    email: {order.customer.email}",
            f"{pad}  lines:",
        ]
        for line in order.lines:
            lines += [
                f"{pad}    - product: {line.product}",
                f"{pad}      quantity: {line.quantity}",
                f"{pad}      total: {line.total:.2f}",
            ]
            _add(sales, order, line.total)
    return (("orders.yaml", "\n".join(lines).encode()),)


@_kind
def graph_of_a_shop(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The answer of a GraphQL interface: edges and nodes, money in sets of two currencies."""

    def money(value: float) -> dict[str, object]:
        amount = {"amount": f"{value:.2f}", "currencyCode": "EUR"}
        return {"shopMoney": amount, "presentmentMoney": amount}

    edges = []
    for place, order in enumerate(shop.orders):
        lines = [
            {"node": {"title": i.product, "quantity": i.quantity, "originalUnitPriceSet": money(i.price)}}
            for i in order.lines
        ]
        edges.append(
            {
                "cursor": f"c{place}",
                "node": {
                    "id": f"gid://shopify/Order/{place + 9000}",
                    "name": order.number,
                    "createdAt": f"{order.when:%Y-%m-%dT%H:%M:%SZ}",
                    "displayFinancialStatus": "PAID",
                    "customer": {"id": f"gid://shopify/Customer/{order.customer.id}", "email": order.customer.email},
                    "totalPriceSet": money(order.goods),
                    "lineItems": {"edges": lines},
                },
            }
        )
        _add(sales, order, order.goods)
    return (
        (
            "orders.json",
            json.dumps(
                {
                    "data": {"orders": {"edges": edges, "pageInfo": {"hasNextPage": False}}},
                    "extensions": {"cost": {"requestedQueryCost": 52}},
                }
            ).encode(),
        ),
    )


@_kind
def customers_with_orders_inside(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A list of customers, each with a list of orders, each with a list of lines."""
    people = []
    for person in shop.people:
        orders = [
            {
                "number": o.number,
                "date": _iso(o.when),
                "lines": [{"product": i.product, "quantity": i.quantity, "total": i.total} for i in o.lines],
            }
            for o in shop.orders
            if o.customer is person
        ]
        people.append({"customerId": person.id, "name": person.name, "orders": orders})
    _all(shop, sales)
    return (("customers.json", json.dumps({"customers": people}).encode()),)


@_kind
def keyed_by_random_ids(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A tree of objects instead of lists: orders by keys of the database, lines by numbers."""
    orders = {}
    for place, order in enumerate(shop.orders):
        lines = {
            f"item{at}": {"name": line.product, "qty": line.quantity, "price": line.price}
            for at, line in enumerate(order.lines)
        }
        orders[f"-N{rng.randrange(16**12):012x}"] = {
            "createdAt": int((order.when - datetime(1970, 1, 1)).total_seconds() * 1000),
            "uid": f"u{order.customer.id}",
            "email": order.customer.email,
            "items": lines,
            "total": order.goods,
            "place": place,
        }
        _add(sales, order, order.goods)
    return (("shop-default-rtdb-export.json", json.dumps({"orders": orders}).encode()),)


@_kind
def attributes_of_xml(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Everything as attributes: an element for the order, one for each line inside it."""
    text = ['<?xml version="1.0" encoding="ISO-8859-1"?>', "<Bestellungen>"]
    for order in shop.orders:
        text.append(
            f'<Bestellung Nummer={quoteattr(order.number)} Datum="{order.when:%d.%m.%Y}" Kunde={quoteattr(order.customer.id)} Währung="EUR">'
        )
        for line in order.lines:
            text.append(
                f'<Position Artikel={quoteattr(line.product)} Menge="{line.quantity}" Betrag="{_c(line.total)}"/>'
            )
            _add(sales, order, line.total)
        text.append("</Bestellung>")
    return (("bestellungen.xml", "\n".join([*text, "</Bestellungen>"]).encode("latin-1")),)


@_kind
def parquet_with_lines_inside(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Lists of lines, moments with a zone, decimals and a dictionary of customers; the first order soon after midnight."""
    zone = ZoneInfo("Europe/Berlin")
    shop.orders[0].when = shop.orders[0].when.replace(hour=0, minute=20)
    line = pa.struct([("name", pa.string()), ("quantity", pa.int32()), ("price", pa.decimal128(12, 2))])
    table = pa.table(
        {
            "order_id": [order.number for order in shop.orders],
            "created_at": pa.array(
                [order.when.replace(tzinfo=zone) for order in shop.orders], pa.timestamp("us", "Europe/Berlin")
            ),
            "customer_id": pa.array([order.customer.id for order in shop.orders]).dictionary_encode(),
            "total": pa.array([Decimal(f"{order.goods:.2f}") for order in shop.orders], pa.decimal128(14, 2)),
            "items": pa.array(
                [
                    [
                        {"name": i.product, "quantity": i.quantity, "price": Decimal(f"{i.price:.2f}")}
                        for i in order.lines
                    ]
                    for order in shop.orders
                ],
                pa.list_(line),
            ),
        }
    )
    for order in shop.orders:
        _add(sales, order, order.goods)
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out)
    return (("orders.parquet", out.getvalue()),)


@_kind
def feather_of_a_script(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Customers and products as categories, days without a time, decimals, a duration and a constant column."""
    rows = [
        (
            o.number,
            o.when.date(),
            o.customer.id,
            i.product,
            i.quantity,
            Decimal(f"{i.total:.2f}"),
            timedelta(days=2),
            None,
        )
        for o, i in _each(shop)
    ]
    kinds = (
        pa.large_string(),
        pa.date32(),
        pa.dictionary(pa.int16(), pa.string()),
        pa.dictionary(pa.int8(), pa.string()),
        pa.uint8(),
        pa.decimal128(20, 4),
        pa.duration("us"),
        pa.null(),
    )
    table = pa.table(
        {
            name: pa.array(column, kind)
            for name, column, kind in zip((*HEAD, "Delivery time", "Note"), zip(*rows, strict=True), kinds, strict=True)
        }
    )
    _all(shop, sales)
    out = io.BytesIO()
    pyarrow.feather.write_feather(table, out, compression="zstd")
    return (("orders.feather", out.getvalue()),)


@_kind
def dbase_with_deleted_rows(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A table of dBase, as old shop programs keep it: rows that were deleted are only marked."""
    fields = (
        ("NUMERO", "C", 10, 0),
        ("FECHA", "D", 8, 0),
        ("CLIENTE", "C", 12, 0),
        ("ARTICULO", "C", 20, 0),
        ("CANTIDAD", "N", 6, 0),
        ("IMPORTE", "N", 12, 2),
    )
    records = []
    for at, (order, line) in enumerate(_each(shop)):
        cells = (
            order.number.ljust(10),
            f"{order.when:%Y%m%d}",
            order.customer.id.ljust(12),
            f"{line.product} nº".ljust(20),
            str(line.quantity).rjust(6),
            f"{line.total:.2f}".rjust(12),
        )
        records.append(b" " + "".join(cells).encode("cp850"))
        _add(sales, order, line.total)
        if at % 11 == 3:
            records.append(b"*" + "".join((f"X{at}".ljust(10), *cells[1:])).encode("cp850"))
    size = 1 + sum(width for _, _, width, _ in fields)
    head = struct.pack("<BBBBIHH16xBB2x", 3, 124, 3, 14, len(records), 32 + 32 * len(fields) + 1, size, 0, 2)
    for name, kind, width, places in fields:
        head += struct.pack("<11sc4xBB14x", name.encode(), kind.encode(), width, places)
    return (("PEDIDOS.DBF", head + b"\r" + b"".join(records) + b"\x1a"),)
