# ruff: noqa: E501 - rows of cells read best in long lines
"""Order exports in unusual structures, notations and containers, with known figures.

Each kind is a way in which a table of orders leaves a program or a hand: reports, pivots, calendars, containers, halves
of a file, files that overlap. Beside `constructed_exports` (languages and meanings) these are about form.
"""

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone

import xlsxwriter

from benchmarks.constructed_exports import Constructed, Sold
from benchmarks.generated_exports import Line, Order, Shop

Row = Sequence[object]


def _shop(rng: random.Random, orders: int = 60) -> Shop:
    return Shop(rng, orders=orders, lines=3)


def _lines(shop: Shop) -> Iterator[tuple[Order, Line]]:
    for order in shop.orders:
        for line in order.lines:
            yield order, line


def _sold(shop: Shop) -> tuple[Sold, ...]:
    return tuple(Sold(order.customer.id, order.number, order.when, (line.total,)) for order, line in _lines(shop))


def _text(rows: Sequence[Row], delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


HEAD = ("Order ID", "Order Date", "Customer ID", "Product", "Quantity", "Amount")


def _row(order: Order, line: Line, *, day: object = None, amount: object = None) -> list[object]:
    day = order.when.strftime("%Y-%m-%d %H:%M") if day is None else day
    amount = f"{line.total:.2f}" if amount is None else amount
    return [order.number, day, order.customer.id, line.product, line.quantity, amount]


def _plain(
    shop: Shop,
    *,
    day: Callable[[datetime], object] | None = None,
    amount: Callable[[float], object] | None = None,
    head: Sequence[str] = HEAD,
) -> list[Row]:
    """A row per line below the heading."""
    made = [_row(o, i, day=day(o.when) if day else None, amount=amount(i.total) if amount else None) for o, i in _lines(shop)]  # fmt: skip
    return [list(head), *made]


def _one(kind: str, data: bytes | str, shop: Shop, name: str = "orders.csv", sold: tuple[Sold, ...] | None = None) -> Constructed:  # fmt: skip
    data = data.encode() if isinstance(data, str) else data
    return Constructed(kind, ((name, data),), _sold(shop) if sold is None else sold)


def _scaled(shop: Shop, factor: float) -> Shop:
    """Prices large enough to need thousands."""
    for order in shop.orders:
        order.lines = [Line(i.product, i.code, round(i.price * factor + 0.37, 2), i.quantity) for i in order.lines]
    return shop


# Numbers


def typographic_apostrophes(rng: random.Random) -> Constructed:
    """1’234.50 with the curly sign, 1'234.50 with the straight one."""
    shop = _scaled(_shop(rng), 30)
    return _one("typographic apostrophes", _text(_plain(shop, amount=lambda v: f"{v:,.2f}".replace(",", rng.choice("’'")))), shop)  # fmt: skip


def arabic_digits(rng: random.Random) -> Constructed:
    shop = _scaled(_shop(rng), 30)
    digits = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
    rows = _plain(shop, day=lambda d: d.strftime("%Y/%m/%d").translate(digits), amount=lambda v: f"{v:,.2f}".translate(digits))  # fmt: skip
    return _one("arabic digits", _text(rows), shop)


def devanagari_digits(rng: random.Random) -> Constructed:
    shop = _scaled(_shop(rng), 10)
    digits = str.maketrans("0123456789", "०१२३४५६७८९")
    rows = _plain(shop, day=lambda d: d.strftime("%d-%m-%Y").translate(digits), amount=lambda v: "₹ " + f"{v:.2f}".translate(digits))  # fmt: skip
    return _one("devanagari digits", _text(rows), shop)


def full_width_digits(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    digits = {ord("0") + at: chr(0xFF10 + at) for at in range(10)}
    rows = _plain(shop, day=lambda d: d.strftime("%Y年%m月%d日").translate(digits), amount=lambda v: "¥" + f"{v:.2f}".translate(digits))  # fmt: skip
    return _one("full-width digits", _text(rows), shop)


def _with_returns(shop: Shop, rng: random.Random) -> tuple[list[tuple[Order, Line, int]], tuple[Sold, ...]]:
    """Lines with a sign; every tenth is given back a week later under a number of its own."""
    signed, sold, last = [], [], shop.orders[-1].when
    for order, line in _lines(shop):
        signed.append((order, line, 1))
        sold.append(Sold(order.customer.id, order.number, order.when, (line.total,)))
        if rng.random() < 0.1 and order.when + timedelta(days=7) < last:
            back = Order("R" + order.number, order.when + timedelta(days=7), order.customer, [])
            signed.append((back, line, -1))
            sold.append(Sold(order.customer.id, back.number, back.when, (-line.total,)))
    return signed, tuple(sold)


def trailing_minus(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    signed, sold = _with_returns(shop, rng)
    rows: list[Row] = [HEAD] + [_row(o, i, amount=f"{i.total:,.2f}" + ("-" if s < 0 else "")) for o, i, s in signed]
    return _one("trailing minus", _text(rows), shop, sold=sold)


def accounting_format(rng: random.Random) -> Constructed:
    """What a spreadsheet shows: ` $1,234.50 `, ` $(12.00)`, ` $-   ` for nothing."""
    shop = _scaled(_shop(rng), 10)
    signed, sold = _with_returns(shop, rng)
    rows: list[Row] = [(*HEAD[:5], " Amount ")]
    rows += [_row(o, i, amount=f" $({i.total:,.2f})" if s < 0 else f" $ {i.total:,.2f} ") for o, i, s in signed]
    order = shop.orders[0]
    rows.insert(3, [order.number, order.when.strftime("%Y-%m-%d %H:%M"), order.customer.id, "Gift card", 1, " $-   "])
    return _one("accounting format", _text(rows), shop, sold=sold)


def credit_suffix(rng: random.Random) -> Constructed:
    """Money back as `12.50 CR`, sales as `12.50` or `12.50 DR`."""
    shop = _shop(rng)
    signed, sold = _with_returns(shop, rng)
    debit = rng.choice(("", " DR", "DR"))
    rows: list[Row] = [HEAD] + [_row(o, i, amount=f"{i.total:.2f}" + (" CR" if s < 0 else debit)) for o, i, s in signed]
    return _one("credit suffix", _text(rows), shop, sold=sold)


def currency_after_by_row(rng: random.Random) -> Constructed:
    """Two currencies by row; one history has one currency, that of most rows."""
    shop = _shop(rng)
    rows: list[Row] = [HEAD]
    sold = []
    for order in shop.orders:
        foreign = order is not shop.orders[0] and order is not shop.orders[-1] and rng.random() < 0.2
        for line in order.lines:
            rows.append(_row(order, line, amount=f"{line.total:.2f} {'USD' if foreign else 'EUR'}"))
            if not foreign:
                sold.append(Sold(order.customer.id, order.number, order.when, (line.total,)))
    return _one("currencies by row", _text(rows), shop, sold=tuple(sold))


# Dates and calendars


def persian_years(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    return _one(
        "persian years", _text(_plain(shop, day=lambda d: "{:04}/{:02}/{:02}".format(*_jalali(d.date())))), shop
    )


def _jalali(day: date) -> tuple[int, int, int]:
    """The Persian calendar between 1993 and 2040: the year starts at 20 or 21 March, leap years as listed."""
    leap = {1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416}
    year, start = 1375, date(1996, 3, 20)
    while True:
        length = 366 if year in leap else 365
        if (day - start).days < length:
            break
        start += timedelta(days=length)
        year += 1
    passed = (day - start).days
    return (year, passed // 31 + 1, passed % 31 + 1) if passed < 186 else (year, (passed - 186) // 30 + 7, (passed - 186) % 30 + 1)  # fmt: skip


def japanese_eras(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    style = rng.choice(("令和{}年{}月{}日", "R{}.{}.{}", "R{:02}/{:02}/{:02}"))
    start = datetime(2020, 1, 1) - shop.orders[0].when.replace(hour=0, minute=0)
    for order in shop.orders:
        order.when += start
    return _one("japanese eras", _text(_plain(shop, day=lambda d: style.format(d.year - 2018, d.month, d.day))), shop)


def iso_weeks(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    return _one("iso weeks", _text(_plain(shop, day=lambda d: "{}-W{:02}-{}".format(*d.isocalendar()))), shop)


def epochs(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    scale, form = rng.choice(((1e6, "{:.0f}"), (1e3, "{:.0f}"), (1, "{:.0f}"), (1, "{:.3f}"), (1e9, "{:.0f}")))
    rows = _plain(shop, day=lambda d: form.format(d.replace(tzinfo=UTC).timestamp() * scale))
    return _one("epochs", _text([(HEAD[0], "created_at", *HEAD[2:]), *rows[1:]]), shop)


def midnight_and_noon(rng: random.Random) -> Constructed:
    """12:05 AM is the first minutes of a day."""
    shop = _shop(rng)
    for order in shop.orders:
        order.when = order.when.replace(hour=rng.choice((0, 12)))
    form = rng.choice(("%m/%d/%Y %I:%M %p", "%b %d, %Y, %I:%M %p", "%d/%m/%Y %I.%M %p"))
    return _one("midnight and noon", _text(_plain(shop, day=lambda d: d.strftime(form))), shop)


def offsets(rng: random.Random) -> Constructed:
    """Summer and winter time as offsets."""
    shop = _shop(rng)
    for order in shop.orders:
        order.when = order.when.replace(hour=rng.randint(8, 20))
    zone = {True: timezone(timedelta(hours=2)), False: timezone(timedelta(hours=1))}
    form = rng.choice((lambda d: d.isoformat(), lambda d: d.strftime("%Y-%m-%d %H:%M:%S %z"), lambda d: d.strftime("%a %b %d %Y %H:%M:%S GMT%z")))  # fmt: skip
    return _one("offsets", _text(_plain(shop, day=lambda d: form(d.replace(tzinfo=zone[4 <= d.month < 10])))), shop)


def three_columns(rng: random.Random) -> Constructed:
    """Year, month and day in columns of their own; the month as a number or a name."""
    shop = _shop(rng)
    form = rng.choice(("%m", "%B", "%b"))
    headings = rng.choice((("Year", "Month", "Day"), ("order_year", "order_month", "order_day"), ("Año", "Mes", "Día")))
    if headings[0] == "Año":
        form = "%m"
    rows: list[Row] = [("Order ID", *headings, *HEAD[2:])]
    for o, i in _lines(shop):
        row = _row(o, i)
        rows.append([row[0], o.when.year, o.when.strftime(form), o.when.day, *row[2:]])
    return _one("date in three columns", _text(rows), shop)


def months_only(rng: random.Random) -> Constructed:
    """Only the month: 2023-05 or May 2023; the day is not known and counts as the first."""
    shop = _shop(rng)
    for order in shop.orders:
        order.when = order.when.replace(day=1)
    form = rng.choice(("%Y-%m", "%b %Y", "%B %Y", "%m/%Y", "%b-%y"))
    return _one("months only", _text(_plain(shop, day=lambda d: d.strftime(form))), shop)


def serials_beside_text(rng: random.Random) -> Constructed:
    """Half of the dates became a spreadsheet's serial numbers, the others stayed text."""
    shop = _shop(rng)

    def serial(day: datetime) -> int:
        return (day - datetime(1899, 12, 30)).days

    rows = _plain(shop, day=lambda d: serial(d) if rng.random() < 0.5 else d.strftime("%Y-%m-%d"))
    return _one("serials beside text", _text(rows), shop)


def regions_write_dates_otherwise(rng: random.Random) -> Constructed:
    """American stores write the month first, European ones the day."""
    shop = _shop(rng, 90)
    rows: list[Row] = [("Store", *HEAD)]
    for order in shop.orders:
        us = rng.random() < 0.5
        for line in order.lines:
            day = order.when.strftime("%m/%d/%Y" if us else "%d/%m/%Y")
            rows.append(["US" if us else "UK", *_row(order, line, day=day)])
    return _one("regions write dates otherwise", _text(rows), shop)


def date_and_time_columns(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    rows: list[Row] = [("Order ID", "Date", "Time", *HEAD[2:])]
    rows += [[o.number, o.when.strftime("%d.%m.%y"), o.when.strftime("%H%M"), *_row(o, i)[2:]] for o, i in _lines(shop)]
    return _one("date and time columns", _text(rows), shop)


# Structure


def subtotals_by_customer(rng: random.Random) -> Constructed:
    """A report grouped by customer: a line with the name, lines, a subtotal; a grand total at the end."""
    shop = _shop(rng)
    rows: list[Row] = [("Customer ID", "Order ID", "Order Date", "Product", "Amount")]
    word = rng.choice(("Total {}", "{} Total", "Subtotal {}", "Sum of {}"))
    everything = 0.0
    for person in shop.people:
        theirs = [(o, i) for o, i in _lines(shop) if o.customer is person]
        if not theirs:
            continue
        rows += [[person.id, o.number, o.when.strftime("%Y-%m-%d"), i.product, f"{i.total:.2f}"] for o, i in theirs]
        total = sum(i.total for _, i in theirs)
        rows.append([word.format(person.id), "", "", "", f"{total:.2f}"])
        everything += total
    rows.append(["Grand Total", "", "", "", f"{everything:.2f}"])
    return _one("subtotals by customer", _text(rows), shop)


def customers_as_headings(rng: random.Random) -> Constructed:
    """The customer stands in a row of its own above that customer's orders."""
    shop = _shop(rng)
    rows: list[Row] = [("Customer", "Order ID", "Order Date", "Product", "Amount")]
    for person in shop.people:
        theirs = [(o, i) for o, i in _lines(shop) if o.customer is person]
        if theirs:
            rows.append([person.id, "", "", "", ""])
            rows += [["", o.number, o.when.strftime("%Y-%m-%d"), i.product, f"{i.total:.2f}"] for o, i in theirs]
    return _one("customers as headings", _text(rows), shop)


def pages_with_carried_sums(rng: random.Random) -> Constructed:
    """A printed report: page titles, the heading again, the sum carried forward."""
    shop = _shop(rng)
    rows: list[Row] = []
    carried, page, title = 0.0, 0, ["Sales journal", "", "", "", "", ""]
    for at, (o, i) in enumerate(_lines(shop)):
        if at % 20 == 0:
            page += 1
            if at:
                rows.append(["Carried forward", "", "", "", "", f"{carried:.2f}"])
            rows += [title, [f"Page {page}", "", "", "", "", ""], HEAD]
            if at:
                rows.append(["Brought forward", "", "", "", "", f"{carried:.2f}"])
        rows.append(_row(o, i))
        carried += i.total
    rows.append(["Total", "", "", "", "", f"{carried:.2f}"])
    return _one("pages with carried sums", _text(rows), shop)


def footers(rng: random.Random) -> Constructed:
    """Sentences below the last row."""
    shop = _shop(rng)
    count = sum(1 for _ in _lines(shop))
    tail = rng.choice((
        f"\nGenerated on {shop.orders[-1].when:%Y-%m-%d} by Till 4.2\n",
        f"Total records: {count}\nFilters: all stores, currency EUR\n",
        f'"({count} rows affected)"\n\n',
        "-- end of report --\n",
        "© Till GmbH, all rights reserved,,,,,\nConfidential,,,,,\n",
    ))  # fmt: skip
    return _one("footers", _text(_plain(shop)) + tail, shop)


def tables_side_by_side(rng: random.Random) -> Constructed:
    """The price list stands to the right of the orders, after an empty column."""
    shop = _shop(rng)
    left, right = _plain(shop), [("Product", "Stock", "Price"), *((n, rng.randint(1, 90), p) for n, _, p in shop.goods)]
    rows = [[*row, "", *(right[at] if at < len(right) else ("", "", ""))] for at, row in enumerate(left)]
    return _one("tables side by side", _text(rows), shop)


def _book(*sheets: tuple[str, Sequence[Row]], dress: Callable[[xlsxwriter.Workbook], None] | None = None) -> bytes:
    """A workbook; texts that begin with "=" are formulas without a computed value."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(at, place, cell, None, "")
                else:
                    sheet.write(at, place, cell)
    if dress:
        dress(book)
    book.close()
    return out.getvalue()


def _typed(shop: Shop) -> list[Row]:
    return _plain(shop, day=lambda d: d, amount=lambda v: v)


def merged_orders(rng: random.Random) -> Constructed:
    """A workbook in which an order's number, date and customer are merged over its lines."""
    shop = _shop(rng)

    def merge(book: xlsxwriter.Workbook) -> None:
        sheet, at = book.worksheets()[0], 1
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for order in shop.orders:
            if len(order.lines) > 1:
                for column, cell in enumerate((order.number, order.when, order.customer.id)):
                    sheet.merge_range(at, column, at + len(order.lines) - 1, column, cell, day if column == 1 else None)
            at += len(order.lines)

    return _one("merged orders", _book(("Orders", _typed(shop)), dress=merge), shop, "orders.xlsx")


def hidden_rows(rng: random.Random) -> Constructed:
    """A filter hides rows of a workbook; they are orders all the same."""
    shop = _shop(rng)
    rows = _typed(shop)

    def hide(book: xlsxwriter.Workbook) -> None:
        sheet = book.worksheets()[0]
        sheet.autofilter(0, 0, len(rows) - 1, 5)
        for at in range(5, len(rows), 3):
            sheet.set_row(at, None, None, {"hidden": True})

    return _one("hidden rows", _book(("Orders", rows), dress=hide), shop, "orders.xlsx")


def formulas_without_values(rng: random.Random) -> Constructed:
    """A program wrote `=E2*F2` and never computed it: price and quantity are there."""
    shop = _shop(rng)
    rows: list[Row] = [(*HEAD[:5], "Unit Price", "Amount")]
    for at, (o, i) in enumerate(_lines(shop), 2):
        rows.append([o.number, o.when, o.customer.id, i.product, i.quantity, i.price, f"=E{at}*F{at}"])
    return _one("formulas without values", _book(("Orders", rows)), shop, "orders.xlsx")


def sheets_with_other_dates(rng: random.Random) -> Constructed:
    """One sheet a half-year: the first with date cells, the second with day-first text."""
    shop = _shop(rng)
    half = len(shop.orders) // 2
    all_orders = shop.orders
    sheets = []
    for name, orders, day in (("H1", all_orders[:half], lambda d: d), ("H2", all_orders[half:], lambda d: d.strftime("%d/%m/%Y"))):  # fmt: skip
        shop.orders = orders
        sheets.append((name, _plain(shop, day=day, amount=lambda v: v)))
    shop.orders = all_orders
    return _one("sheets with other dates", _book(*sheets), shop, "orders.xlsx")


def three_heading_rows(rng: random.Random) -> Constructed:
    """Groups, names and units above the rows."""
    shop = _shop(rng)
    rows = [["Order", "", "Customer", "Item", "", ""], ["Number", "Date", "Number", "Name", "Quantity", "Amount"], ["", "", "", "", "pcs", "EUR"], *_plain(shop)[1:]]  # fmt: skip
    return _one("three heading rows", _text(rows), shop)


def transposed(rng: random.Random) -> Constructed:
    """Every order is a column."""
    shop = _shop(rng, 40)
    rows = [list(row) for row in zip(*_plain(shop), strict=True)]
    return _one("transposed", _text(rows), shop)


def fixed_width(rng: random.Random) -> Constructed:
    """Columns by blanks, a line of dashes below the heading."""
    shop = _shop(rng)
    rows = [[str(cell) for cell in row] for row in _plain(shop)]
    wide = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    lines = ["".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip() for row in rows]
    if rng.random() < 0.5:
        lines.insert(1, " ".join("-" * (w - 1) for w in wide))
    return _one("fixed width", "\n".join(lines) + "\n", shop, "orders.txt")


def months_as_headings(rng: random.Random) -> Constructed:
    """Customers down, months across: a customer's month is one order."""
    shop = _shop(rng, 90)
    months = sorted({(o.when.year, o.when.month) for o in shop.orders})
    cells: dict[tuple[str, tuple[int, int]], float] = {}
    for o, i in _lines(shop):
        key = (o.customer.id, (o.when.year, o.when.month))
        cells[key] = cells.get(key, 0) + i.total
    form = rng.choice(("%b %Y", "%Y-%m", "%m/%Y"))
    rows: list[Row] = [["Customer ID", *(datetime(y, m, 1).strftime(form) for y, m in months)]]
    rows += [[p.id, *(f"{cells[p.id, m]:.2f}" if (p.id, m) in cells else "" for m in months)] for p in shop.people]
    sold = tuple(Sold(who, f"{who} {m}", datetime(*m, 1), (round(value, 2),)) for (who, m), value in cells.items())
    return _one("months as headings", _text(rows), shop, sold=sold)


# Containers


def html_spans(rng: random.Random) -> Constructed:
    """A page's table with cells over several rows."""
    shop = _shop(rng)
    body = []
    for o in shop.orders:
        for at, i in enumerate(o.lines):
            cells = _row(o, i)
            span = f' rowspan="{len(o.lines)}"' if len(o.lines) > 1 else ""
            first = "".join(f"<td{span}>{c}</td>" for c in cells[:3]) if at == 0 else ""
            body.append(f"<tr>{first}" + "".join(f"<td>{c}</td>" for c in cells[3:]) + "</tr>")
    head = "".join(f"<th>{name}</th>" for name in HEAD)
    page = f"<html><body><table><tr><td>Menu</td></tr></table><table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></body></html>"  # fmt: skip
    return _one("html spans", page, shop, rng.choice(("orders.html", "orders.xls")))


def _nested(shop: Shop) -> list[dict[str, object]]:
    return [
        {"id": o.number, "created_at": o.when.isoformat() + "Z", "currency": "EUR", "customer": {"id": o.customer.id, "email": o.customer.email}, "total": o.goods,
         "line_items": [{"sku": i.code, "name": i.product, "quantity": i.quantity, "price": i.price} for i in o.lines]}
        for o in shop.orders
    ]  # fmt: skip


def nested_json(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    made: object = _nested(shop)
    made = rng.choice((made, {"orders": made}, {"data": {"orders": {"edges": [{"node": one} for one in _nested(shop)]}}}, {"count": len(shop.orders), "next": None, "results": made}))  # fmt: skip
    return _one("nested json", json.dumps(made), shop, "orders.json")


def nested_lines(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    return _one("nested json lines", "\n".join(map(json.dumps, _nested(shop))), shop, rng.choice(("orders.ndjson", "orders.jsonl")))  # fmt: skip


def feature_collection(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    made = [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [rng.random(), rng.random()]}, "properties": dict(zip(HEAD, _row(o, i), strict=True))} for o, i in _lines(shop)]  # fmt: skip
    return _one("feature collection", json.dumps({"type": "FeatureCollection", "features": made}), shop, "orders.geojson")  # fmt: skip


def json_by_columns(rng: random.Random) -> Constructed:
    """What `DataFrame.to_json` writes: columns, split, or records by row number."""
    shop = _shop(rng)
    rows = _plain(shop)
    body = [list(row) for row in rows[1:]]
    made: object = rng.choice((
        {name: {str(at): row[place] for at, row in enumerate(body)} for place, name in enumerate(HEAD)},
        {"columns": list(HEAD), "index": list(range(len(body))), "data": body},
        {str(at): dict(zip(HEAD, row, strict=True)) for at, row in enumerate(body)},
        [list(HEAD), *body],
    ))  # fmt: skip
    return _one("json by columns", json.dumps(made), shop, "orders.json")


def xml_orders(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    attributes = rng.random() < 0.5
    out = ['<?xml version="1.0" encoding="UTF-8"?><orders>']
    for o in shop.orders:
        facts = {"number": o.number, "date": f"{o.when:%Y-%m-%d}", "customer_id": o.customer.id}
        out.append("<order " + " ".join(f'{k}="{v}"' for k, v in facts.items()) + ">" if attributes else "<order>" + "".join(f"<{k}>{v}</{k}>" for k, v in facts.items()))  # fmt: skip
        out.append("<items>" + "".join(f"<item><product>{i.product}</product><quantity>{i.quantity}</quantity><price>{i.price:.2f}</price></item>" for i in o.lines) + "</items></order>")  # fmt: skip
    out.append("</orders>")
    return _one("xml orders", "\n".join(out), shop, "orders.xml")


def sql_dump(rng: random.Random) -> Constructed:
    """Two tables as INSERT statements."""
    shop = _shop(rng)

    def quote(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    orders = ",\n".join(f"({at}, {quote(o.number)}, '{o.when:%Y-%m-%d %H:%M:%S}', {quote(o.customer.id)}, NULL)" for at, o in enumerate(shop.orders, 1))  # fmt: skip
    items = ",".join(f"({at}, {quote(i.product)}, {i.quantity}, {i.price:.2f})" for at, o in enumerate(shop.orders, 1) for i in o.lines)  # fmt: skip
    text = (
        "-- MySQL dump 10.13\nDROP TABLE IF EXISTS `orders`;\nCREATE TABLE `orders` (\n  `order_id` int NOT NULL,\n  `order_number` varchar(20),\n  `order_date` datetime,\n  `customer_id` varchar(20),\n  `note` text,\n  PRIMARY KEY (`order_id`)\n) ENGINE=InnoDB;\n"
        f"INSERT INTO `orders` VALUES {orders};\n"
        "CREATE TABLE `order_items` (`order_id` int, `product` varchar(90), `quantity` int, `unit_price` decimal(10,2));\n"
        f"INSERT INTO `order_items` (`order_id`, `product`, `quantity`, `unit_price`) VALUES {items};\n"
    )
    return _one("sql dump", text, shop, "shop.sql")


def zipped_months(rng: random.Random) -> Constructed:
    """A zip of one file a month, in a folder, beside what a Mac adds."""
    shop = _shop(rng)
    out = io.BytesIO()
    whole = shop.orders
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for month in sorted({f"{o.when:%Y-%m}" for o in whole}):
            shop.orders = [o for o in whole if f"{o.when:%Y-%m}" == month]
            pack.writestr(f"export/{month}.csv", _text(_plain(shop)))
        pack.writestr("__MACOSX/export/._x.csv", b"\x00\x05\x16\x07")
        pack.writestr("export/readme.txt", "Thank you for using our export.")
    shop.orders = whole
    return _one("zipped months", out.getvalue(), shop, "export.zip")


def gzip_twice(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    return _one("gzip in gzip", gzip.compress(gzip.compress(_text(_plain(shop)).encode())), shop, "orders.csv.gz")


# Text and dialect


def utf16_without_mark(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    return _one("utf-16 without mark", _text(_plain(shop), rng.choice(",;\t")).encode(rng.choice(("utf-16-le", "utf-16-be"))), shop)  # fmt: skip


def nul_bytes(rng: random.Random) -> Constructed:
    """A till that lost power pads with NUL bytes; another ends texts with one."""
    shop = _shop(rng)
    text = _text(_plain(shop))
    if rng.random() < 0.5:
        return _one("nul bytes", text.encode() + b"\0" * rng.choice((1, 100, 4096)), shop)
    return _one("nul bytes", text.replace(shop.goods[0][0], shop.goods[0][0] + "\0").encode(), shop)


def two_encodings(rng: random.Random) -> Constructed:
    """Files put together by `cat`: the first UTF-8, the second Windows-1252."""
    shop = _shop(rng)
    rows = _plain(shop)
    body = [[*row[:3], f"Café {row[3]} ñ", *row[4:]] for row in rows[1:]]
    half = len(body) // 2
    return _one("two encodings", _text([HEAD, *body[:half]]).encode() + _text(body[half:]).encode("cp1252"), shop)


def smart_quotes(rng: random.Random) -> Constructed:
    """A word processor turned every quote into a curly one."""
    shop = _shop(rng)
    rows = [HEAD] + [[*r[:3], f"{r[3]}, blue", *r[4:]] for r in _plain(shop)[1:]]
    text = "\n".join(",".join(f"“{cell}”" for cell in row) for row in rows) + "\n"
    return _one("smart quotes", text, shop)


def separator_line(rng: random.Random) -> Constructed:
    """`sep=;` above the heading, after a mark, with decimal commas."""
    shop = _scaled(_shop(rng), 30)
    swap = str.maketrans(",.", ".,")
    text = "sep=;\r\n" + _text(_plain(shop, amount=lambda v: f"{v:,.2f}".translate(swap)), ";", "\r\n")
    return _one("separator line", "\ufeff" + text, shop)


def comments_between(rng: random.Random) -> Constructed:
    shop = _shop(rng)
    lines = _text(_plain(shop)).splitlines()
    for at in range(len(lines) - 5, 3, -17):
        lines.insert(at, rng.choice(("# checked by Ann", "// export continues", "# page, 2, of, 7")))
    return _one("comments between", "\n".join(lines) + "\n", shop)


def breaks_in_cells(rng: random.Random) -> Constructed:
    """Notes with line breaks, quotes and separators inside, of every system."""
    shop = _shop(rng)
    rows: list[Row] = [(*HEAD, "Note")]
    rows += [[*_row(o, i), rng.choice(("", 'He said "hi",\r\nthen; left', "a\nb\n\nc", '5" wide', "x\ty"))] for o, i in _lines(shop)]  # fmt: skip
    return _one("breaks in cells", _text(rows, rng.choice(",;\t|"), "\r\n"), shop)


def pipes_in_frames(rng: random.Random) -> Constructed:
    """What a database's console prints."""
    shop = _shop(rng)
    rows = [[str(cell) for cell in row] for row in _plain(shop)]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = "+" + "+".join("-" * (w + 2) for w in wide) + "+"
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, wide, strict=True)) + " |" for row in rows]
    text = "\n".join([rule, lines[0], rule, *lines[1:], rule, f"{len(rows) - 1} rows in set (0.01 sec)", ""])
    return _one("pipes in frames", text, shop, "orders.txt")


# Several files, halves and repetitions


def written_twice(rng: random.Random) -> Constructed:
    """The export was appended to itself, with its heading."""
    shop = _shop(rng)
    text = _text(_plain(shop))
    return _one("written twice", text + text, shop)


def cut_last_row(rng: random.Random) -> Constructed:
    """The download broke off in the last row: after a separator or within the amount."""
    shop = _shop(rng)
    extra = Order("9" + shop.orders[-1].number, shop.orders[-1].when, shop.people[0], [])
    text = _text(_plain(shop)) + _text([_row(extra, shop.orders[0].lines[0])])
    cut = rng.choice((len(text) - 6, len(text) - 12))
    return _one("cut last row", text[:cut].rsplit(",", 1)[0], shop)


def overlapping_months(rng: random.Random) -> Constructed:
    """The later file has some orders again, by then refunded."""
    shop = _shop(rng, 80)
    head = ("Order ID", "Order Date", "Customer ID", "Status", "Total")

    def row(order: Order, state: str) -> Row:
        return [order.number, f"{order.when:%Y-%m-%d %H:%M}", order.customer.id, state, f"{order.goods:.2f}"]

    cut, again = 50, 40
    back = {o.number for o in shop.orders[again:cut] if rng.random() < 0.4}
    first = [head] + [row(o, "completed") for o in shop.orders[:cut]]
    second = [head] + [row(o, "refunded" if o.number in back else "completed") for o in shop.orders[again:]]
    sold = tuple(Sold(o.customer.id, o.number, o.when, (o.goods,)) for o in shop.orders if o.number not in back)
    files = (("2024-01.csv", _text(first).encode()), ("2024-02.csv", _text(second).encode()))
    return Constructed("overlapping months", files, sold)


def two_shops_same_numbers(rng: random.Random) -> Constructed:
    """Two shops number their orders alike; customers are the same people by e-mail."""
    one, two = _shop(rng), _shop(rng)
    two.people = one.people
    for at, order in enumerate(two.orders):
        order.number, order.customer = one.orders[at].number, rng.choice(one.people)
    head = ("Order ID", "Order Date", "Email", "Product", "Quantity", "Amount")
    files, sold = [], []
    for name, shop in (("shop_es.csv", one), ("shop_fr.csv", two)):
        rows: list[Row] = [head]
        for o, i in _lines(shop):
            rows.append([o.number, o.when.strftime("%Y-%m-%d %H:%M"), o.customer.email, i.product, i.quantity, f"{i.total:.2f}"])  # fmt: skip
            sold.append(Sold(o.customer.email, f"{name} {o.number}", o.when, (i.total,)))
        files.append((name, _text(rows).encode()))
    return Constructed("two shops with the same numbers", tuple(files), tuple(sold))


def lines_over_two_files(rng: random.Random) -> Constructed:
    """An export of a fixed number of rows a file: an order's lines go on in the next."""
    shop = _shop(rng)
    rows = _plain(shop)
    half = len(rows) // 2
    files = (("part1.csv", _text(rows[:half]).encode()), ("part2.csv", _text([HEAD, *rows[half:]]).encode()))
    return Constructed("lines over two files", files, _sold(shop))


def second_part_without_heading(rng: random.Random) -> Constructed:
    """As `split` makes them: only the first part has the heading."""
    shop = _shop(rng)
    rows = _plain(shop)
    half = len(rows) // 2
    files = (("part1.csv", _text(rows[:half]).encode()), ("part2.csv", _text(rows[half:]).encode()))
    return Constructed("second part without heading", files, _sold(shop))


def zeros_lost_in_one_file(rng: random.Random) -> Constructed:
    """Customer numbers as `000123`; a spreadsheet saved the second file as `123`."""
    shop = _shop(rng)
    number = {p.id: 100 + 7 * at for at, p in enumerate(shop.people)}
    rows = _plain(shop)
    half = len(rows) // 2
    body = [[*r[:2], f"{number[str(r[2])]:06}" if at < half else number[str(r[2])], *r[3:]] for at, r in enumerate(rows[1:])]  # fmt: skip
    files = (("january.csv", _text([HEAD, *body[:half]]).encode()), ("february.csv", _text([HEAD, *body[half:]]).encode()))  # fmt: skip
    return Constructed("zeros lost in one file", files, _sold(shop))


def rounded_numbers(rng: random.Random) -> Constructed:
    """A spreadsheet rounded long order numbers: many orders are 1.23457E+11, a customer and a minute tell them apart."""
    shop = _shop(rng)
    rows = _plain(shop)
    body = [["1.23457E+11", *r[1:]] for r in rows[1:]]
    return _one("rounded numbers", _text([HEAD, *body]), shop)


def files_in_other_dialects(rng: random.Random) -> Constructed:
    """The same columns, once with commas and points, once with semicolons, decimal commas and other dates."""
    shop = _shop(rng)
    rows = list(_lines(shop))
    half = len(rows) // 2
    first = [HEAD] + [_row(o, i) for o, i in rows[:half]]
    second = [HEAD] + [_row(o, i, day=f"{o.when:%d.%m.%Y}", amount=f"{i.total:.2f}".replace(".", ",")) for o, i in rows[half:]]  # fmt: skip
    files = (("a.csv", _text(first).encode()), ("b.csv", _text(second, ";").encode("utf-16")))
    return Constructed("files in other dialects", files, _sold(shop))


KINDS: tuple[Callable[[random.Random], Constructed], ...] = tuple(
    made for name, made in list(globals().items()) if callable(made) and not name.startswith("_") and getattr(made, "__module__", "") == __name__
)  # fmt: skip
