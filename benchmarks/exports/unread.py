# ruff: noqa: E501 - tables of columns read best in long lines, in their own scripts
"""Exports of platforms, countries and hands that were not covered, written with their answers before a first reading."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import xlsxwriter

from benchmarks.constructed_exports import Constructed, Files, Sold
from benchmarks.exports.structures import added_to
from benchmarks.exports.writing import customer_number, state
from benchmarks.generated_exports import Line, Order, Shop

KINDS: list[Callable[[random.Random], Constructed]] = []
ASKED: set[str] = set()
"""Kinds that the file doesn't decide: Data has to say so, whatever is counted."""
Row = Sequence[object]
Make = Callable[[random.Random, Shop, list[Sold]], Files]


_added = added_to(KINDS)


def _kind(make: Make) -> Make:
    _added(make)
    return make


def _asked(make: Make) -> Make:
    ASKED.add(make.__name__)
    return _kind(make)


def _csv(head: str, rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8", name: str = "export.csv",
         quoting: int = csv.QUOTE_MINIMAL, above: Sequence[Row] = (), below: Sequence[Row] = ()) -> Files:  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([*above, head.split("|"), *rows, *below])
    return ((name, out.getvalue().encode(encoding, "replace")),)


def _xlsx(rows: Sequence[Row], merged: Sequence[tuple[int, int, int, str]] = ()) -> Files:
    """A workbook of one sheet; `merged`: (first row, last row, column, text)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Sheet1")
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(place, column, cell)
                elif cell is not None and cell != "":
                    sheet.write(place, column, cell)
        for first, last, column, text in merged:
            if last > first:
                sheet.merge_range(first, column, last, column, text)
            else:
                sheet.write(first, column, text)
    return (("export.xlsx", out.getvalue()),)


def _m(value: float) -> str:
    return f"{value:.2f}"


def _c(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _add(sales: list[Sold], order: Order, *amounts: float, who: str = "", number: str = "") -> None:
    sales.append(Sold(who or order.customer.id, number or order.number, order.when, amounts))


def _each(shop: Shop) -> Iterator[tuple[int, Order, int, Line]]:
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            yield place, order, at, line


# ------------------------------------------------------------------------------------------------- shops and markets


@_kind
def easy_digital_downloads(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Products with their prices in one cell; statuses of the plugin."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Completed", "Renewal"), ("Refunded", "Pending", "Abandoned", "Failed", "Revoked"))
        goods = " / ".join(f"{line.product} - {line.total:.2f}" for line in order.lines)
        rows.append(
            [
                place + 400,
                "",
                status,
                f"{order.when:%Y-%m-%d %H:%M:%S}",
                order.customer.email,
                customer_number(order),
                order.customer.name,
                goods,
                "none",
                _m(order.goods),
                "USD",
                "0.00",
                "stripe",
                f"pi_{place:05}",
                "10.0.0.1",
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv(
        "Payment ID|Subscription ID|Status|Date|Email|Customer ID|Customer Name|Products|Discounts|Amount|Currency|Tax|Gateway|Transaction ID|IP Address",
        rows,
    )


@_kind
def kademi_blocks(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A block an order: its facts as names and values, then a small table of its items."""
    lines: list[Row] = []
    for order in shop.orders:
        lines += [["Order ID", order.number, "Ordered Date", f"{order.when:%d/%m/%Y %H:%M}"], ["First Name", "Last Name", "Email"],
                  [*order.customer.name.split(" ", 1), order.customer.email], [], ["SKU", "Name", "Quantity", "Unit Cost", "Total Cost"]]  # fmt: skip
        for line in order.lines:
            lines.append([line.code, line.product, line.quantity, _m(line.price), _m(line.total)])
            _add(sales, order, line.total)
        lines.append([])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(lines)
    return (("orders.csv", out.getvalue().encode()),)


@_kind
def toast_checks(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Day and time in two columns, items in one cell; checks without a customer."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        nobody = place % 5 == 2
        tax = round(order.goods * 0.08, 2)
        who = (
            ["", "", "", ""]
            if nobody
            else [customer_number(order), order.customer.name, order.customer.phone, order.customer.email]
        )
        rows.append(
            [
                "",
                f"{order.when:%m/%d/%y}",
                f"{order.when:%I:%M %p}",
                ", ".join(line.product for line in order.lines),
                "Sam",
                _m(tax),
                "Credit",
                9_000_000 + place,
                place + 1,
                _m(order.goods + tax),
                rng.randint(1, 6),
                "0.00",
                "",
                *who,
            ]
        )
        if not nobody:
            _add(sales, order, round(order.goods + tax, 2))
    return _csv(
        "Location Code|Opened Date|Opened Time|Item Description|Server|Tax|Tender|Check Id|Check #|Total|Table Size|Discount|Reason of Discount|Customer Id|Customer|Customer Phone|Customer Email",
        rows,
    )


@_kind
def craft_commerce(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Carts that were never ordered have no day of order."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        cart = place % 4 == 1
        when = f"{order.when:%Y-%m-%d %H:%M:%S}"
        rows.append(
            [
                place + 1,
                f"{place:032x}",
                "" if cart else f"R{place}",
                int(not cart),
                "" if cart else when,
                "" if cart else when,
                "EUR",
                _m(order.goods),
                "0.00" if cart else _m(order.goods),
                order.customer.email,
                when,
            ]
        )
        if not cart:
            _add(sales, order, order.goods)
    return _csv(
        "id|number|reference|isCompleted|dateOrdered|datePaid|currency|totalPrice|totalPaid|email|dateCreated", rows
    )


@_kind
def virtuemart(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Letters for statuses: confirmed, shipped, pending, cancelled, refunded."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("C", "S", "C"), ("X", "R"))
        rows.append(
            [
                place + 1,
                f"0{place:05}",
                customer_number(order),
                order.customer.name,
                _m(order.goods),
                "4.90",
                _m(order.goods + 4.9),
                status,
                f"{order.when:%Y-%m-%d %H:%M:%S}",
            ]
        )
        if good:
            _add(sales, order, round(order.goods + 4.9, 2))
    return _csv(
        "virtuemart_order_id|order_number|virtuemart_user_id|customer_name|order_subtotal|order_shipment|order_total|order_status|created_on",
        rows,
    )


@_kind
def hikashop(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Seconds since 1970, one e-mail a customer."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("confirmed", "shipped"), ("cancelled", "refunded", "created"))
        rows.append(
            [
                place + 1,
                f"{place:06}",
                int((order.when - datetime(1970, 1, 1)).total_seconds()),
                status,
                f"{order.goods:.5f}",
                "0.00000",
                "paypal",
                order.customer.email,
                order.customer.name,
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv(
        "order_id|order_number|order_created|order_status|order_full_price|order_discount_price|order_payment_method|user_email|name",
        rows,
        delimiter=";",
    )


@_kind
def modx_minishop(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """`cost` with delivery beside `cart_cost` and `delivery_cost`."""
    rows = []
    for place, order in enumerate(shop.orders):
        rows.append(
            [
                place + 1,
                customer_number(order),
                f"{order.when:%Y-%m-%d %H:%M:%S}",
                f"{order.when:%y%m}/{place}",
                _m(order.goods + 5),
                _m(order.goods),
                "5.00",
                "1.2",
                "Courier",
                "Card",
                order.customer.name,
            ]
        )
        _add(sales, order, round(order.goods + 5, 2))
    return _csv(
        "id|user_id|createdon|num|cost|cart_cost|delivery_cost|weight|delivery_name|payment_name|address_receiver", rows
    )


@_kind
def tilda_leads(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Forms of a site builder: orders have a sum and a payment, other forms have neither."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        form = place % 6 == 1
        paid, good = ("", False) if form else state(rng, ("Оплачен",), ("Не оплачен",))
        goods = (
            "" if form else "; ".join(f"{line.product} x {line.quantity} ≡ {line.total:.2f}" for line in order.lines)
        )
        rows.append(
            [
                order.customer.name,
                order.customer.email,
                order.customer.phone,
                "" if form else 70000 + place,
                goods,
                "" if form else _m(order.goods),
                paid,
                f"{order.when:%Y-%m-%d %H:%M:%S}",
                "Обратный звонок" if form else "Cart",
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv("Имя|Email|Телефон|ID заказа|Товары|Сумма|Статус оплаты|Дата создания|Форма", rows, delimiter=";")


@_kind
def bitrix_deals(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Deals with stages in Russian: won, lost, in work."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        stage, good = state(rng, ("Сделка успешна",), ("Сделка провалена", "В работе", "Новая"))
        rows.append(
            [
                place + 1,
                f"Заказ {place}",
                stage,
                _c(order.goods),
                "RUB",
                order.customer.name,
                "Интернет",
                f"{order.when:%d.%m.%Y}",
                "Иванов",
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv(
        "ID|Название сделки|Стадия сделки|Сумма|Валюта|Контакт|Источник|Дата закрытия|Ответственный",
        rows,
        delimiter=";",
    )


@_kind
def pipedrive_deals(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Headings of two parts; won, lost and open deals."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        stage, good = state(rng, ("Won", "Won"), ("Lost", "Open"))
        won = f"{order.when:%Y-%m-%d %H:%M:%S}"
        rows.append(
            [
                place + 1,
                f"Deal {place}",
                _m(order.goods),
                "EUR",
                f"{order.customer.name} GmbH",
                order.customer.name,
                stage,
                won,
                won if good else "",
                "Kim",
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv(
        "Deal - ID|Deal - Title|Deal - Value|Deal - Currency of Value|Deal - Organization|Deal - Contact person|Deal - Status|Deal - Deal created|Deal - Won time|Deal - Owner",
        rows,
    )


@_kind
def spree_line_items(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Columns named by dotted paths."""
    rows: list[Row] = []
    for _, order, _, line in _each(shop):
        rows.append(
            [
                order.number,
                "complete",
                "paid",
                f"{order.when:%Y-%m-%dT%H:%M:%SZ}",
                order.customer.email,
                line.code,
                line.product,
                line.quantity,
                _m(line.price),
                _m(order.goods),
            ]
        )
        _add(sales, order, line.total)
    return _csv(
        "order.number|order.state|order.payment_state|order.completed_at|order.email|line_items.sku|line_items.name|line_items.quantity|line_items.price|order.total",
        rows,
    )


@_kind
def cart_panda(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Brazilian statuses of payments; fees of the gateway; values with R$."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Pago",), ("Recusado", "Reembolsado", "Aguardando pagamento", "Chargeback"))
        rows.append(
            [
                f"#{place + 1000}",
                f"{order.when:%d/%m/%Y %H:%M}",
                order.customer.name,
                order.customer.email,
                f"{place:011}",
                status,
                f"R$ {_c(order.goods)}",
                f"R$ {_c(order.goods * 0.05)}",
                f"R$ {_c(order.goods * 0.95)}",
                "Pix",
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv(
        "Pedido|Data|Cliente|E-mail|CPF|Status do pagamento|Valor total|Taxas|Valor líquido|Forma de pagamento",
        rows,
        delimiter=";",
    )


@_kind
def greek_skroutz(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Greek headings and statuses."""
    rows: list[Row] = []
    for _, order in enumerate(shop.orders):
        status, good = state(rng, ("Ολοκληρώθηκε", "Απεστάλη"), ("Ακυρώθηκε", "Επιστράφηκε"))
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    f"{order.when:%d/%m/%Y}",
                    order.customer.name,
                    line.product,
                    line.quantity,
                    _c(line.price),
                    _c(line.total),
                    status,
                ]
            )
            if good:
                _add(sales, order, line.total)
    return _csv(
        "Κωδικός παραγγελίας|Ημερομηνία|Πελάτης|Προϊόν|Ποσότητα|Τιμή μονάδας|Σύνολο|Κατάσταση", rows, delimiter=";"
    )


@_kind
def hebrew_shop(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Hebrew headings, shekels behind the number."""
    rows: list[Row] = []
    for order in shop.orders:
        status, good = state(rng, ("הושלם", "שולם"), ("בוטל", "הוחזר"))
        rows.append(
            [
                order.number,
                f"{order.when:%d/%m/%Y %H:%M}",
                order.customer.name,
                order.customer.email,
                f"{order.goods:,.2f} ₪",
                status,
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv("מספר הזמנה|תאריך|שם לקוח|אימייל|סכום כולל|סטטוס", rows)


@_kind
def ukrainian_prom(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Ukrainian headings; `грн` behind the number; phones as the customer."""
    rows: list[Row] = []
    for order in shop.orders:
        status, good = state(rng, ("Виконано", "Відправлено"), ("Скасовано", "Повернення"))
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    f"{order.when:%d.%m.%Y %H:%M}",
                    order.customer.name,
                    order.customer.phone,
                    line.product,
                    line.quantity,
                    f"{_c(line.price)} грн",
                    f"{_c(line.total)} грн",
                    status,
                ]
            )
            if good:
                _add(sales, order, line.total)
    return _csv(
        "Номер замовлення|Дата замовлення|ПІБ|Телефон|Назва товару|Кількість|Ціна|Сума|Статус",
        rows,
        delimiter=";",
        encoding="cp1251",
    )


@_kind
def croatian_invoices(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Dates that end with a point; numbers of invoices of three parts."""
    rows: list[Row] = []
    for place, order, _, line in _each(shop):
        rows.append(
            [
                f"{place + 1}-1-1",
                f"{order.when:%d.%m.%Y}.",
                order.customer.name,
                line.product,
                line.quantity,
                _c(line.price),
                "25%",
                _c(line.total),
                "Kartica",
            ]
        )
        _add(sales, order, line.total)
    return _csv("Broj računa|Datum|Kupac|Artikl|Količina|Cijena|PDV|Iznos|Način plaćanja", rows, delimiter=";")


@_kind
def bulgarian_shop(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Leva behind the number, dates with `г.`."""
    rows: list[Row] = []
    for order in shop.orders:
        status, good = state(rng, ("Доставена", "Изпратена"), ("Отказана", "Върната"))
        rows.append(
            [
                order.number,
                f"{order.when:%d.%m.%Y} г.",
                order.customer.name,
                order.customer.email,
                f"{_c(order.goods)} лв.",
                status,
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv("Поръчка №|Дата|Клиент|Имейл|Общо|Статус", rows, delimiter=";")


@_kind
def kiotviet_invoices(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Goods, discount, what is due and what was paid; walk-in customers without a code."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        walk_in = place % 6 == 2
        off = round(order.goods * rng.choice((0, 0.1)), 2)
        who = ["", "Khách lẻ"] if walk_in else [f"KH{customer_number(order)}", order.customer.name]
        rows.append(
            [
                f"HD{place:06}",
                f"{order.when:%d/%m/%Y %H:%M}",
                *who,
                _m(order.goods),
                _m(off),
                _m(order.goods - off),
                _m(order.goods - off),
                "Hoàn thành",
            ]
        )
        if not walk_in:
            _add(sales, order, round(order.goods - off, 2))
    return _csv(
        "Mã hóa đơn|Thời gian|Mã khách hàng|Tên khách hàng|Tổng tiền hàng|Giảm giá|Khách cần trả|Khách đã trả|Trạng thái",
        rows,
    )


@_kind
def moka_indonesia(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Gross sales, discounts, refunds and net sales of each line of a receipt."""
    rows: list[Row] = []
    for _, order, _, line in _each(shop):
        off = round(line.total * rng.choice((0, 0, 0.2)), 2)
        rows.append(
            [
                order.number,
                f"{order.when:%d-%m-%Y}",
                f"{order.when:%H:%M:%S}",
                order.customer.name,
                line.product,
                line.quantity,
                _m(line.total),
                _m(off),
                "0.00",
                _m(line.total - off),
                "Tunai",
            ]
        )
        _add(sales, order, round(line.total - off, 2))
    return _csv(
        "No. Struk|Tanggal|Waktu|Pelanggan|Nama Produk|Jumlah|Penjualan Kotor|Diskon|Pengembalian|Penjualan Bersih|Metode Pembayaran",
        rows,
    )


@_kind
def chinese_wholesale(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Documents of a Chinese stock program, with a row of the sum below."""
    rows: list[Row] = []
    total = 0.0
    for place, order, _, line in _each(shop):
        rows.append(
            [
                f"{order.when:%Y-%m-%d}",
                f"XS-{place:05}",
                order.customer.name,
                line.product,
                line.quantity,
                _m(line.price),
                _m(line.total),
                "",
            ]
        )
        total += line.total
        _add(sales, order, line.total)
    return _csv(
        "单据日期|单据编号|往来单位|商品名称|数量|单价|金额|备注",
        [*rows, ["合计", "", "", "", "", "", _m(total), ""]],
        encoding="gb18030",
    )


@_kind
def airregi_japan(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A Japanese till: the receipt's total on each of its lines, whole yen."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        lines = [(line, round(line.price) * line.quantity) for line in order.lines]
        whole = sum(total for _, total in lines)
        for line, total in lines:
            rows.append(
                [
                    f"{order.when:%Y/%m/%d}",
                    f"{order.when:%H:%M}",
                    f"K{place:05}",
                    f"{customer_number(order)}",
                    line.product,
                    round(line.price),
                    line.quantity,
                    f"{total:,}",
                    f"{whole:,}",
                    "現金",
                ]
            )
            _add(sales, order, float(total))
    return _csv("会計日|会計時間|会計ID|会員番号|メニュー名|単価|数量|小計|会計金額|支払方法", rows, encoding="cp932")


# ------------------------------------------------------------------------------------------------ accounts and invoices


@_kind
def danish_economic(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Amounts without and with tax; what is still due."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        tax = round(order.goods * 0.25, 2)
        rows.append(
            [
                place + 500,
                f"{order.when:%d-%m-%Y}",
                customer_number(order),
                order.customer.name,
                _c(order.goods),
                _c(tax),
                _c(order.goods + tax),
                "0,00",
            ]
        )
        _add(sales, order, round(order.goods + tax, 2))
    return _csv(
        "Fakturanr.|Dato|Kundenr.|Kundenavn|Beløb ekskl. moms|Moms|Beløb inkl. moms|Restbeløb", rows, delimiter=";"
    )


@_kind
def norwegian_tripletex(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Norwegian invoices, net first."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        tax = round(order.goods * 0.25, 2)
        rows.append(
            [
                place + 10001,
                f"{order.when:%d.%m.%Y}",
                f"{order.when + timedelta(days=14):%d.%m.%Y}",
                customer_number(order),
                order.customer.name,
                _c(order.goods),
                _c(tax),
                _c(order.goods + tax),
            ]
        )
        _add(sales, order, round(order.goods + tax, 2))
    return _csv(
        "Fakturanummer|Fakturadato|Forfallsdato|Kundenummer|Kunde|Beløp eks. mva|MVA|Beløp inkl. mva",
        rows,
        delimiter=";",
    )


@_kind
def finnish_procountor(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Finnish invoices with statuses."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Maksettu",), ("Mitätöity", "Luonnos", "Avoin"))
        tax = round(order.goods * 0.24, 2)
        rows.append(
            [
                place + 1,
                f"{order.when:%d.%m.%Y}",
                order.customer.name,
                _c(order.goods),
                _c(tax),
                _c(order.goods + tax),
                status,
            ]
        )
        if good:
            _add(sales, order, round(order.goods + tax, 2))
    return _csv("Laskun numero|Laskun päivä|Asiakas|Veroton summa|ALV|Yhteensä|Tila", rows, delimiter=";")


TAXED = (
    ("Montant HT", "TVA", "Montant TTC"), ("HT", "TVA", "TTC"), ("Net", "VAT", "Gross"), ("Net amount", "Tax", "Gross amount"),
    ("Netto", "MwSt", "Brutto"), ("Nettobetrag", "USt", "Bruttobetrag"), ("Base imponible", "IVA", "Total factura"),
    ("Imponibile", "IVA", "Totale documento"), ("Bedrag excl. btw", "Btw", "Bedrag incl. btw"), ("Kwota netto", "VAT", "Kwota brutto"),
    ("Valor sem IVA", "IVA", "Valor com IVA"), ("Belopp exkl. moms", "Moms", "Belopp inkl. moms"), ("Base", "Cuota IVA", "Importe con IVA"),
    ("Net Sales", "Sales Tax", "Gross Sales"), ("Subtotal (excl. GST)", "GST", "Total (incl. GST)"), ("Základ", "DPH", "Celkem s DPH"),
)  # fmt: skip


@_kind
def net_tax_gross(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Net, tax and gross of an invoice in one of many languages: gross is what was paid, in whatever order they stand."""
    names = list(rng.choice(TAXED))
    order_of = rng.choice(((0, 1, 2), (2, 1, 0), (0, 2, 1)))
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        tax = round(order.goods * 0.2, 2)
        money = [_m(order.goods), _m(tax), _m(order.goods + tax)]
        rows.append(
            [f"F{place + 1:04}", f"{order.when:%Y-%m-%d}", order.customer.name, *(money[at] for at in order_of)]
        )
        _add(sales, order, round(order.goods + tax, 2))
    return _csv("|".join(["Invoice", "Date", "Customer", *(names[at] for at in order_of)]), rows, delimiter=";")


@_kind
def net_tax_gross_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The same of each line, beside the pieces and the net price of a piece."""
    names = rng.choice(TAXED)
    rows: list[Row] = []
    for _, order, _, line in _each(shop):
        tax = round(line.total * 0.2, 2)
        rows.append(
            [
                order.number,
                f"{order.when:%Y-%m-%d}",
                order.customer.name,
                line.product,
                line.quantity,
                _m(line.price),
                _m(line.total),
                _m(tax),
                _m(line.total + tax),
            ]
        )
        _add(sales, order, round(line.total + tax, 2))
    return _csv("|".join(["Invoice", "Date", "Customer", "Product", "Qty", "Unit price", *names]), rows, delimiter=";")


@_kind
def business_central(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Posted invoices; some are cancelled."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        off = place % 6 == 3
        rows.append(
            [
                f"103{place:03}",
                customer_number(order),
                order.customer.name,
                "",
                _m(order.goods),
                _m(order.goods * 1.2),
                f"{order.when + timedelta(days=30):%m/%d/%Y}",
                f"{order.when:%m/%d/%Y}",
                "0.00",
                "Yes",
                "Yes" if off else "No",
            ]
        )
        if not off:
            _add(sales, order, round(order.goods * 1.2, 2))
    return _csv(
        "No.|Sell-to Customer No.|Sell-to Customer Name|Currency Code|Amount|Amount Including VAT|Due Date|Posting Date|Remaining Amount|Closed|Cancelled",
        rows,
    )


@_kind
def netsuite_main_line(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A saved search: the row with a star is the document, the rows below are its lines."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        head = [5000 + place, f"{order.when:%m/%d/%Y}", "Invoice", f"INV{place:05}", order.customer.name]
        rows.append([*head, "*", "", "", _m(order.goods)])
        for line in order.lines:
            rows.append([*head, "", line.product, line.quantity, _m(line.total)])
        _add(sales, order, order.goods)
    return _csv("Internal ID|Date|Type|Document Number|Name|*|Item|Quantity|Amount", rows)


@_kind
def sage_audit_trail(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Invoices, credit notes without a sign, and receipts of money for invoices."""
    rows: list[Row] = []
    number = 0
    for place, order in enumerate(shop.orders):
        tax, number = round(order.goods * 0.2, 2), number + 1
        who = order.customer.name[:8].upper().replace(" ", "") + str(customer_number(order))
        rows.append(
            [
                number,
                "SI",
                who,
                "4000",
                f"{order.when:%d/%m/%Y}",
                f"INV{place:04}",
                "Goods",
                _m(order.goods),
                _m(tax),
                _m(order.goods + tax),
            ]
        )
        _add(sales, order, round(order.goods + tax, 2), order.goods)
        number += 1
        rows.append(
            [
                number,
                "SR",
                who,
                "1200",
                f"{order.when + timedelta(days=3):%d/%m/%Y}",
                f"INV{place:04}",
                "Sales Receipt",
                _m(order.goods + tax),
                "0.00",
                _m(order.goods + tax),
            ]
        )
        if place % 7 == 3 and place < len(shop.orders) - 1:
            number += 1
            back, off = round(order.goods / 2, 2), round(order.goods * 0.1, 2)
            rows.append(
                [
                    number,
                    "SC",
                    who,
                    "4000",
                    f"{order.when + timedelta(days=5):%d/%m/%Y}",
                    f"INV{place:04}",
                    "Credit",
                    _m(back),
                    _m(off),
                    _m(back + off),
                ]
            )
            _add(sales, order, -round(back + off, 2), -back)
    return _csv("No|Type|Account Ref|Nominal A/C|Date|Reference|Details|Net Amount|Tax Amount|Gross Amount", rows)


@_kind
def myob_blank_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Tabs, and an empty line between two invoices."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            first, last = order.customer.name.split(" ", 1)
            rows.append(
                [
                    last,
                    first,
                    f"{place + 1:08}",
                    f"{order.when:%d/%m/%Y}",
                    line.code,
                    line.quantity,
                    f"${line.price:,.2f}",
                    f"${line.total:,.2f}",
                    "GST",
                ]
            )
            _add(sales, order, line.total)
        rows.append([])
    return _csv(
        "Co./Last Name|First Name|Invoice #|Date|Item Number|Quantity|Price|Total|Tax Code",
        rows,
        delimiter="\t",
        name="ITEMSALE.TXT",
    )


@_kind
def quickbooks_iif(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Transactions and their splits, with the opposite sign, in one file of tabs."""
    lines = [
        "!TRNS\tTRNSID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM",
        "!SPL\tSPLID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM",
        "!ENDTRNS",
    ]
    for place, order in enumerate(shop.orders):
        day = f"{order.when:%m/%d/%Y}"
        lines.append(
            f"TRNS\t{place}\tINVOICE\t{day}\tAccounts Receivable\t{order.customer.name}\t{order.goods:.2f}\t{1000 + place}"
        )
        lines += [
            f"SPL\t{at}\tINVOICE\t{day}\tSales:{line.product}\t\t{-line.total:.2f}\t{1000 + place}"
            for at, line in enumerate(order.lines)
        ]
        lines.append("ENDTRNS")
        _add(sales, order, order.goods)
    return (("invoices.iif", "\n".join(lines).encode()),)


@_kind
def vyapar_sale_report(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A workbook with titles above, sales and credit notes, what was received and what is due."""
    rows: list[Row] = [
        ["Sale Report"],
        ["From 01/04/2019 to 31/03/2026"],
        [],
        [
            "Date",
            "Invoice No",
            "Party Name",
            "Phone No",
            "Transaction Type",
            "Total Amount",
            "Payment Type",
            "Received Amount",
            "Balance Due",
        ],
    ]
    for place, order in enumerate(shop.orders):
        rows.append(
            [
                f"{order.when:%d/%m/%Y}",
                place + 1,
                order.customer.name,
                order.customer.phone,
                "Sale",
                order.goods,
                "Cash",
                order.goods,
                0,
            ]
        )
        _add(sales, order, order.goods)
        if place % 8 == 2:
            back = round(order.goods / 2, 2)
            rows.append(
                [
                    f"{order.when:%d/%m/%Y}",
                    900 + place,
                    order.customer.name,
                    order.customer.phone,
                    "Credit Note",
                    back,
                    "Cash",
                    back,
                    0,
                ]
            )
            _add(sales, order, -back)
    return _xlsx(rows)


@_kind
def busy_register(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Day, voucher and party on the first line of a voucher only; a sum below each voucher, one below all."""
    rows: list[Row] = []
    every = 0.0
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            head = [f"{order.when:%d-%m-%Y}", f"GST/{place + 1}", order.customer.name] if at == 0 else ["", "", ""]
            rows.append([*head, line.product, line.quantity, "Pcs.", f"{line.price:,.2f}", f"{line.total:,.2f}"])
            _add(sales, order, line.total)
        rows.append(["", "", "", "", "", "", "Total", f"{order.goods:,.2f}"])
        every += order.goods
    rows.append(["", "", "Grand Total", "", "", "", "", f"{every:,.2f}"])
    return _csv(
        "Date|Vch/Bill No|Particulars|Item Details|Qty.|Unit|Price|Amount",
        rows,
        above=[["ABC TRADERS"], ["Sales Register"], []],
    )


@_kind
def odoo_sale_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Fields of related records with slashes; the order's own fields on its first line only."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Sales Order", "Sales Order"), ("Cancelled", "Quotation"))
        for at, line in enumerate(order.lines):
            head = (
                [f"S{place:05}", order.customer.name, f"{order.when:%Y-%m-%d %H:%M:%S}", status, _m(order.goods)]
                if at == 0
                else ["", "", "", "", ""]
            )
            rows.append([*head, f"[{line.code}] {line.product}", f"{line.quantity}.00", _m(line.price), _m(line.total)])
            if good:
                _add(sales, order, line.total)
    return _csv(
        "Order Reference|Customer|Order Date|Status|Total|Order Lines/Product|Order Lines/Quantity|Order Lines/Unit Price|Order Lines/Subtotal",
        rows,
        quoting=csv.QUOTE_ALL,
    )


@_kind
def invoice_by_tax_rate(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An invoice with goods of two rates of tax has a row for each rate."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        for rate, line in zip((0.21, 0.1), order.lines, strict=False):
            tax = round(line.total * rate, 2)
            rows.append(
                [
                    f"F-{place:04}",
                    f"{order.when:%d/%m/%Y}",
                    order.customer.name,
                    f"{rate:.0%}",
                    _c(line.total),
                    _c(tax),
                    _c(line.total + tax),
                ]
            )
            _add(sales, order, round(line.total + tax, 2))
    return _csv("Factura|Fecha|Cliente|Tipo IVA|Base imponible|Cuota|Total", rows, delimiter=";")


# ------------------------------------------------------------------------------------------- payments, tickets, services


@_kind
def digistore24(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Payments and money given back (below zero) of the same order."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        rows.append(
            [
                f"{order.when:%d.%m.%Y}",
                f"{order.when:%H:%M}",
                f"DS{place:05}",
                "Zahlung",
                "Kurs",
                order.customer.email,
                order.customer.name,
                _c(order.goods),
                "EUR",
            ]
        )
        _add(sales, order, order.goods)
        if place % 6 == 1 and place < len(shop.orders) - 2:
            rows.append(
                [
                    f"{order.when:%d.%m.%Y}",
                    f"{order.when:%H:%M}",
                    f"DS{place:05}",
                    rng.choice(("Rückgabe", "Rückbuchung")),
                    "Kurs",
                    order.customer.email,
                    order.customer.name,
                    _c(-order.goods),
                    "EUR",
                ]
            )
            _add(sales, order, -order.goods)
    return _csv("Datum|Uhrzeit|Bestell-ID|Transaktionstyp|Produkt|E-Mail|Käufer|Betrag|Währung", rows, delimiter=";")


@_kind
def clickbank(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Sale, rebill, refund and chargeback by four letters."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        rows.append(
            [
                f"{order.when:%Y-%m-%d}",
                f"{order.when:%H:%M:%S}",
                f"RC{place:06}",
                rng.choice(("SALE", "SALE", "BILL")),
                order.customer.name,
                order.customer.email,
                "1",
                "course",
                _m(order.goods),
            ]
        )
        _add(sales, order, order.goods)
        if place % 6 == 1:
            rows.append(
                [
                    f"{order.when:%Y-%m-%d}",
                    f"{order.when:%H:%M:%S}",
                    f"RC{place:06}",
                    rng.choice(("RFND", "CGBK")),
                    order.customer.name,
                    order.customer.email,
                    "1",
                    "course",
                    _m(-order.goods),
                ]
            )
            _add(sales, order, -order.goods)
    return _csv("Date|Time|Receipt|Txn Type|Customer|Email|Item|Title|Amount", rows)


@_kind
def uber_eats_without_customers(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A payout report names no customers: it has to be refused."""
    rows = [["Kitchen", f"{order.when:%Y-%m-%d}", f"{place:05X}", rng.choice(("Completed", "Refund")), _m(order.goods), _m(order.goods * 0.1), _m(order.goods * 0.3), _m(order.goods * 0.8), f"{order.when + timedelta(days=3):%Y-%m-%d}"]
            for place, order in enumerate(shop.orders)]  # fmt: skip
    return _csv(
        "Store Name|Order Date|Order ID|Order Status|Food sales (excl. tax)|Tax on food sales|Marketplace Fee|Total payout|Payout Date",
        rows,
    )


@_kind
def pretix_positions(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row a ticket; who goes is not who pays."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Paid", "Paid"), ("Canceled", "Pending", "Expired"))
        for at, line in enumerate(order.lines):
            rows.append(
                [
                    f"A{place:04}",
                    at + 1,
                    status,
                    order.customer.email,
                    f"{order.when:%Y-%m-%d}",
                    f"{order.when:%H:%M:%S}",
                    line.product,
                    _m(line.total),
                    "19.00",
                    f"Guest {rng.randrange(10**6)}",
                    f"g{rng.randrange(10**6)}@mail.com",
                ]
            )
            if good:
                _add(sales, order, line.total)
    return _csv(
        "Order code|Position ID|Status|E-mail|Order date|Order time|Product|Price|Tax rate|Attendee name|Attendee email",
        rows,
    )


@_kind
def salon_tips_and_products(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Services, goods and a tip in a column of its own beside the total."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        tip = rng.choice((0.0, 0.0, 5.0))
        rows.append(
            [
                place + 1,
                f"{order.when:%d %b %Y, %H:%M}",
                order.customer.name,
                "Eva",
                order.lines[0].product,
                _m(order.goods),
                _m(tip),
                _m(order.goods + tip),
                "Card",
            ]
        )
        _add(sales, order, round(order.goods + tip, 2), order.goods)
    return _csv("Sale no.|Sale date|Client|Team member|Item|Subtotal|Tip|Total|Payment method", rows)


@_kind
def tendered_and_change(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What was handed over and the change beside the total of the receipt."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        given = float(int(order.goods / 10 + 1) * 10)
        rows.append(
            [
                place + 1,
                f"{order.when:%d/%m/%Y %H:%M}",
                order.customer.name,
                _m(given),
                _m(given - order.goods),
                _m(order.goods),
            ]
        )
        _add(sales, order, order.goods)
    names = rng.choice(
        (
            "Receipt|Date|Customer|Tendered|Change|Total",
            "Ticket|Fecha|Cliente|Entregado|Cambio|Total",
            "Bon|Datum|Kunde|Gegeben|Rückgeld|Summe",
        )
    )
    return _csv(names, rows, delimiter=";")


@_kind
def split_tender(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A receipt that was paid in two ways has two rows with the same total."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        part = round(order.goods / 4, 2) if place % 4 == 1 else 0.0
        for way, paid in (("Gift card", part), ("Card", round(order.goods - part, 2))):
            if paid:
                rows.append(
                    [place + 1, f"{order.when:%Y-%m-%d %H:%M}", order.customer.email, _m(order.goods), way, _m(paid)]
                )
        _add(sales, order, order.goods)
    return _csv("Receipt|Date|Customer Email|Receipt total|Tender|Tender amount", rows)


@_kind
def weighed_goods(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Kilograms with three decimals, the price of a kilogram, the line rounded."""
    rows: list[Row] = []
    for place, order, _, line in _each(shop):
        weight = rng.randrange(100, 3000) / 1000
        total = round(weight * line.price, 2)
        rows.append(
            [
                place + 1,
                f"{order.when:%d.%m.%Y}",
                order.customer.name,
                line.product,
                f"{weight:.3f}".replace(".", ","),
                "kg",
                _c(line.price),
                _c(total),
            ]
        )
        _add(sales, order, total)
    return _csv("Beleg|Datum|Kunde|Artikel|Menge|Einheit|Preis je Einheit|Betrag", rows, delimiter=";")


@_kind
def free_trials(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The first row of a customer is a free trial; later ones are paid."""
    rows: list[Row] = []
    seen: set[str] = set()
    for place, order in enumerate(shop.orders):
        free = order.customer.id not in seen and place not in (0, len(shop.orders) - 1)
        seen.add(order.customer.id)
        rows.append(
            [
                f"in_{place:04}",
                f"{order.when:%Y-%m-%d}",
                order.customer.email,
                "Trial" if free else "Renewal",
                "0.00" if free else _m(order.goods),
                "paid",
            ]
        )
        if not free:
            _add(sales, order, order.goods)
    return _csv("Invoice|Created|Customer Email|Billing reason|Amount|Status", rows)


@_kind
def test_mode_column(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Orders made in test mode are no sales."""
    rows: list[Row] = []
    head = rng.choice(("Test mode", "testmode", "Is test", "Test order"))
    for place, order in enumerate(shop.orders):
        test = place % 7 == 2
        rows.append(
            [
                place + 1,
                f"{order.when:%Y-%m-%dT%H:%M:%SZ}",
                order.customer.email,
                _m(order.goods),
                "paid",
                "true" if test else "false",
            ]
        )
        if not test:
            _add(sales, order, order.goods)
    return _csv(f"Order number|Created at|Customer email|Total|Status|{head}", rows)


@_kind
def account_or_guest_email(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Accounts have a number and an e-mail, guests an e-mail in a column of their own."""
    rows: list[Row] = []
    for order in shop.orders:
        guest = shop.people.index(order.customer) % 3 == 0
        who = ["", "", order.customer.email] if guest else [order.customer.id, order.customer.email, ""]
        rows.append([order.number, f"{order.when:%Y-%m-%d}", *who, _m(order.goods)])
        _add(sales, order, order.goods)
    return _csv("Order|Date|Account ID|Account email|Guest email|Total", rows)


@_kind
def phones_in_two_forms(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """One number with and without the country's code, with spaces and without: one customer."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        number = f"6{10_000_000 + customer_number(order) * 37 % 89_999_999:08}"
        rows.append(
            [
                place + 1,
                f"{order.when:%d/%m/%Y}",
                rng.choice((number, f"+34{number}", f"+34 {number[:3]} {number[3:6]} {number[6:]}")),
                _c(order.goods),
            ]
        )
        _add(sales, order, order.goods)
    return _csv("Pedido|Fecha|Teléfono|Importe", rows, delimiter=";")


@_kind
def company_and_contact(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A company's number, its name, and whoever wrote the order there."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        contact = rng.choice(("Kim", "Alex", "Robin", "Jo"))
        rows.append(
            [
                f"SO-{place}",
                f"{order.when:%Y-%m-%d}",
                customer_number(order),
                f"{order.customer.name} Ltd",
                f"{contact} {rng.choice('ABCDEF')}.",
                f"{contact.lower()}{rng.randrange(9)}@firm{customer_number(order)}.com",
                _m(order.goods),
            ]
        )
        _add(sales, order, order.goods)
    return _csv("Sales Order|Order Date|Account No|Company|Contact|Contact Email|Order Value", rows)


# -------------------------------------------------------------------------------------------------- events and programs


@_kind
def ga4_bigquery(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Flattened events: only purchases are sales, a row an item."""
    rows: list[Row] = []
    for place, order, _, line in _each(shop):
        who, stamp = (
            f"{customer_number(order)}.{1_600_000_000 + customer_number(order)}",
            int((order.when - datetime(1970, 1, 1)).total_seconds() * 1_000_000),
        )
        head = [f"{order.when:%Y%m%d}", stamp]
        rows.append([*head, "view_item", who, "", "", line.product, _m(line.price), 1])
        rows.append(
            [*head, "purchase", who, f"T{place:04}", _m(order.goods), line.product, _m(line.price), line.quantity]
        )
        _add(sales, order, line.total)
    return _csv(
        "event_date|event_timestamp|event_name|user_pseudo_id|transaction_id|purchase_revenue|item_name|price|quantity",
        rows,
    )


@_kind
def segment_tracks(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Events of a shop: a started checkout has a value too and is no sale."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        who = customer_number(order)
        head = [f"m{place}", f"anon-{who}", who, f"{order.when:%Y-%m-%d %H:%M:%S.000 UTC}"]
        rows.append([*head, "Checkout Started", f"T{place}", _m(order.goods), "USD"])
        if place % 5:
            rows.append([*head, "Order Completed", f"T{place}", _m(order.goods), "USD"])
            _add(sales, order, order.goods)
    return _csv(
        "message_id|anonymous_id|user_id|timestamp|event|properties_order_id|properties_total|properties_currency", rows
    )


@_kind
def r_write_table(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Spaces between quoted cells, a header without a name for the row numbers."""
    lines = ['"order_id" "order_date" "customer" "product" "quantity" "amount"']
    for place, (_, order, _, line) in enumerate(_each(shop)):
        lines.append(
            f'"{place + 1}" "{order.number}" {order.when:%Y-%m-%d} "{order.customer.name}" "{line.product}" {line.quantity} {line.total}'
        )
        _add(sales, order, line.total)
    return (("orders.txt", "\n".join(lines).encode()),)


@_kind
def sas_csv(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Dates as 05MAR2024, a point where nothing is known."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        unknown = place % 6 == 2
        rows.append(
            [
                customer_number(order),
                f"{order.when:%d%b%Y}".upper(),
                place + 1,
                "." if unknown else _m(order.goods),
                ".",
                "A",
            ]
        )
        if not unknown:
            _add(sales, order, order.goods)
    return _csv("CUST_ID|ORDER_DT|ORDER_NO|SALE_AMT|DISC_AMT|REGION_CD", rows)


@_kind
def pandas_index_and_floats(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An index without a name, ids as floats because some are missing, long fractions."""
    rows: list[Row] = []
    for at, (place, order, _, line) in enumerate(_each(shop)):
        nobody = place % 9 == 4
        rows.append(
            [
                at,
                f"{place + 500}",
                f"{order.when:%Y-%m-%d %H:%M:%S}",
                "" if nobody else f"{customer_number(order)}.0",
                line.product,
                f"{line.quantity}.0",
                repr(line.price),
                repr(line.price * line.quantity),
            ]
        )
        if not nobody:
            _add(sales, order, line.total)
    return _csv("|order_id|order_date|customer_id|product|quantity|price|revenue", rows)


@_kind
def pandas_merged_index(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A workbook with an index of several levels: customer and order in merged cells."""
    rows: list[Row] = [["customer", "order", "date", "product", "quantity", "amount"]]
    merged: list[tuple[int, int, int, str]] = []
    at = 1
    for person in shop.people:
        start = at
        for order in (order for order in shop.orders if order.customer is person):
            merged.append((at, at + len(order.lines) - 1, 1, order.number))
            for line in order.lines:
                rows.append(["", "", order.when.replace(hour=0, minute=0), line.product, line.quantity, line.total])
                _add(sales, order, line.total)
            at += len(order.lines)
        if at > start:
            merged.append((start, at - 1, 0, person.name))
    return _xlsx(rows, merged)


@_kind
def psql_output(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What psql prints: bars between columns, a rule below the header, the number of rows at the end."""
    lines = [
        " order_id |     created_at      | customer_id |  total  ",
        "----------+---------------------+-------------+---------",
    ]
    for order in shop.orders:
        lines.append(
            f" {order.number:>8} | {order.when:%Y-%m-%d %H:%M:%S} | {order.customer.id:<11} | {order.goods:>7.2f}"
        )
        _add(sales, order, order.goods)
    return (("orders.txt", "\n".join([*lines, f"({len(shop.orders)} rows)", ""]).encode()),)


@_kind
def mysql_output(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What the client of MySQL prints: a frame of dashes and bars."""
    rule = "+----------+---------------------+-------------+------------+"
    lines = [rule, f"| {'order_id':<8} | {'created_at':<19} | {'customer_id':<11} | {'total':<10} |", rule]
    for order in shop.orders:
        lines.append(
            f"| {order.number:>8} | {order.when:%Y-%m-%d %H:%M:%S} | {order.customer.id:<11} | {order.goods:>10.2f} |"
        )
        _add(sales, order, order.goods)
    return (("orders.txt", "\n".join([*lines, rule, f"{len(shop.orders)} rows in set (0.01 sec)", ""]).encode()),)


@_kind
def spreadsheet_ml(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Excel 2003 XML under the name of a workbook."""

    def row(cells: Row) -> str:
        found = []
        for cell in cells:
            kind, text = (
                ("DateTime", f"{cell:%Y-%m-%dT%H:%M:%S.000}")
                if isinstance(cell, datetime)
                else ("Number" if isinstance(cell, int | float) else "String", str(cell))
            )
            found.append(f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>')
        return f"<Row>{''.join(found)}</Row>"

    rows = [row(["Order", "Date", "Customer", "Product", "Qty", "Amount"])]
    for _, order, _, line in _each(shop):
        rows.append(row([order.number, order.when, order.customer.name, line.product, line.quantity, line.total]))
        _add(sales, order, line.total)
    text = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Orders"><Table>'
        + "".join(rows)
        + "</Table></Worksheet></Workbook>"
    )
    return (("orders.xls", text.encode()),)


# ------------------------------------------------------------------------------------------------ sheets kept by hand


@_kind
def whole_rows_quoted(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Each row in one pair of quotes, as spreadsheets save a file that was opened with the wrong separator."""
    lines = ["Order,Date,Customer,Product,Amount"]
    for _, order, _, line in _each(shop):
        lines.append(
            f'"{order.number},{order.when:%Y-%m-%d},""{order.customer.name}"",""{line.product}, large"",{line.total:.2f}"'
        )
        _add(sales, order, line.total)
    return (("orders.csv", "\n".join(lines).encode()),)


@_kind
def years_side_by_side(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two tables with the same headings beside each other, an empty column between them."""
    half = len(shop.orders) // 2
    rows: list[Row] = [["Date", "Customer", "Product", "Amount", "", "Date", "Customer", "Product", "Amount"]]
    sides = []
    for orders in (shop.orders[:half], shop.orders[half:]):
        side: list[Row] = []
        for order in orders:
            line = order.lines[0]
            side.append([order.when.replace(hour=0, minute=0), order.customer.name, line.product, line.total])
            _add(sales, Order(f"{order.when:%Y%m%d} {order.customer.id}", order.when, order.customer, []), line.total)
        sides.append(side)
    for at in range(max(map(len, sides))):
        left, right = (side[at] if at < len(side) else ["", "", "", ""] for side in sides)
        rows.append([*left, "", *right])
    return _xlsx(rows)


@_kind
def month_titles_and_days(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row with month and year above its sales, of which only the day is written."""
    rows: list[Row] = []
    month = ""
    for order in shop.orders:
        if month != f"{order.when:%B %Y}":
            month = f"{order.when:%B %Y}"
            rows.append([month, "", "", ""])
        line = order.lines[0]
        rows.append([order.when.day, order.customer.name, line.product, _m(line.total)])
        _add(sales, Order(f"{order.when:%Y%m%d} {order.customer.id}", order.when, order.customer, []), line.total)
    return _csv("Day|Customer|Product|Amount", rows)


@_kind
def three_columns_of_a_date(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Year, month and day in columns of their own, in Spanish."""
    rows: list[Row] = []
    for _, order, _, line in _each(shop):
        rows.append(
            [
                order.when.year,
                order.when.month,
                order.when.day,
                order.number,
                order.customer.name,
                line.product,
                line.quantity,
                _c(line.total),
            ]
        )
        _add(sales, order, line.total)
    return _csv("Año|Mes|Día|Factura|Cliente|Producto|Cantidad|Importe", rows, delimiter=";")


@_kind
def two_languages_in_a_heading(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Each heading in English and in Chinese."""
    rows: list[Row] = []
    for _, order, _, line in _each(shop):
        rows.append(
            [
                order.number,
                f"{order.when:%Y-%m-%d}",
                customer_number(order),
                line.product,
                line.quantity,
                _m(line.price),
                _m(line.total),
            ]
        )
        _add(sales, order, line.total)
    return _csv("Order No. 订单号|Date 日期|Customer 客户|Product 产品|Qty 数量|Unit Price 单价|Amount 金额", rows)


@_kind
def decimal_commas_of_one_and_two(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Decimal commas without quotes between commas, with one digit or two: `12,5` and `3,75`."""
    lines = ["Order,Date,Customer,Product,Qty,Price,Amount"]
    for order in shop.orders:
        price, quantity = rng.randrange(101, 9999) / 100, rng.choice((1, 2, 3))
        if price == int(price):
            price += 0.5
        total = round(price * quantity, 2)
        total_text = f"{total:.2f}" if total == int(total) else f"{total:g}"
        cells = [f"{price:g}".replace(".", ","), total_text.replace(".", ",")]
        lines.append(
            ",".join(
                [
                    order.number,
                    f"{order.when:%Y-%m-%d}",
                    order.customer.name,
                    order.lines[0].product,
                    str(quantity),
                    *cells,
                ]
            )
        )
        _add(sales, order, total)
    return (("orders.csv", "\n".join(lines).encode()),)


@_asked
def one_pair_of_equal_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two equal lines are the only pair of the file: sold twice or written twice, nobody can know."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        for _ in range(2 if place == 5 else 1):
            rows.append(
                [order.number, f"{order.when:%Y-%m-%d}", order.customer.id, line.product, line.quantity, _m(line.total)]
            )
            _add(sales, order, line.total)
    return _csv("Order|Date|Customer|Product|Quantity|Amount", rows)


@_kind
def product_called_net_total(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A product whose name is a word for a sum, once as dear as the rest of its order."""
    rows: list[Row] = []
    name = rng.choice(("Net total", "Gesamt", "Total a pagar", "Sum", "Grand Total"))
    for place, order in enumerate(shop.orders):
        items = (
            [("Tea", 1.3), ("Cup", 2.2), (name, 3.5)]
            if place == 0
            else [(line.product, line.total) for line in order.lines]
        )
        if place and place % 3 == 0:
            items.append((name, 3.5))
        for product, value in items:
            rows.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.id, product, _m(value)])
            _add(sales, order, value)
    return _csv("Order|Date|Customer|Product|Amount", rows)


@_kind
def refunded_the_same_day(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An order has a row `Refunded` of the same day and amount below its row `Paid`: nothing is left of it."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        head = [order.number, f"{order.when:%Y-%m-%d}", order.customer.id, _m(order.goods)]
        rows.append([*head, "Paid"])
        _add(sales, order, order.goods)
        if place % 5 == 2:
            rows.append([*head, "Refunded"])
            _add(sales, order, -order.goods)
    return _csv("Order|Date|Customer|Amount|Status", rows)


@_kind
def partly_paid_with_amount(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Of orders that are partly paid, only what was paid is money that came in."""
    words = rng.choice(
        (
            ("Paid", "Partially paid"),
            ("Paid", "Deposit paid"),
            ("Pagado", "Parcialmente pagado"),
            ("Bezahlt", "Teilweise bezahlt"),
        )
    )
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        part = place % 5 == 2
        paid = round(order.goods * 0.3, 2) if part else order.goods
        rows.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.id, _m(order.goods), words[part], _m(paid)])
        _add(sales, order, paid)
    return _csv("Order|Date|Customer|Total|Payment status|Amount paid", rows)


@_asked
def partly_paid_without_amount(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """How much of a partly paid order came in stands nowhere."""
    words = rng.choice(
        (
            ("Paid", "Partially paid"),
            ("Paid", "Deposit paid"),
            ("Pagado", "Parcialmente pagado"),
            ("Bezahlt", "Angezahlt"),
        )
    )
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        rows.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.id, _m(order.goods), words[place % 5 == 2]])
        _add(sales, order, order.goods)
    return _csv("Order|Date|Customer|Total|Payment status", rows)


@_kind
def payments_in_a_second_file(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Orders with customers, and payments that name only the order."""
    orders: list[Row] = []
    payments: list[Row] = []
    for place, order in enumerate(shop.orders):
        orders.append([order.number, f"{order.when:%Y-%m-%d}", order.customer.id, _m(order.goods)])
        payments.append([f"pay_{place:04}", order.number, f"{order.when:%Y-%m-%d}", "card", _m(order.goods)])
        _add(sales, order, order.goods)
    return (
        *_csv("Order ID|Order date|Customer ID|Total", orders, name="orders.csv"),
        *_csv("Payment ID|Order ID|Paid on|Method|Amount", payments, name="payments.csv"),
    )


@_kind
def negative_pieces(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Goods that came back have pieces below zero and a price above."""
    rows: list[Row] = []
    for place, order, at, line in _each(shop):
        rows.append(
            [order.number, f"{order.when:%Y-%m-%d}", order.customer.id, line.product, line.quantity, _m(line.price)]
        )
        _add(sales, order, line.total)
        if at == 0 and place % 7 == 3:
            rows.append(
                [
                    f"R-{order.number}",
                    f"{order.when:%Y-%m-%d}",
                    order.customer.id,
                    line.product,
                    -line.quantity,
                    _m(line.price),
                ]
            )
            _add(sales, order, -line.total)
    return _csv("Document|Date|Customer|Article|Pieces|Price", rows)


@_kind
def html_as_xls(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A page with a table under the name of a workbook, with a title row over all columns."""
    rows = [
        '<tr><th colspan="5">Sales 2019 - 2026</th></tr>',
        "<tr><th>Order</th><th>Date</th><th>Client</th><th>Item</th><th>Amount</th></tr>",
    ]
    for _, order, _, line in _each(shop):
        rows.append(
            f"<tr><td>{order.number}</td><td>{order.when:%d/%m/%Y}</td><td>{order.customer.name}</td><td>{line.product}</td><td>&euro;&nbsp;{_c(line.total)}</td></tr>"
        )
        _add(sales, order, line.total)
    return (("sales.xls", f"<html><body><table border=1>{''.join(rows)}</table></body></html>".encode()),)


@_kind
def notes_between_rows(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A sheet kept by hand: remarks alone in a row, a word instead of an amount, empty rows."""
    rows: list[Row] = [["Date", "Name", "What", "Price", "Paid?"]]
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        if place % 9 == 4:
            rows += [[], ["called back, wants a new one"]]
        unpaid = place % 6 == 3
        rows.append(
            [
                order.when.replace(hour=0, minute=0),
                order.customer.name,
                line.product,
                line.total,
                "no" if unpaid else "yes",
            ]
        )
        if not unpaid:
            _add(sales, Order(f"{order.when:%Y%m%d} {order.customer.id}", order.when, order.customer, []), line.total)
    return _xlsx(rows)


@_kind
def times_with_offsets(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Local times with the zone's offset behind: the day is the one that is written."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        when = order.when.replace(hour=(0, 23)[place % 2])
        rows.append([order.number, f"{when:%Y-%m-%dT%H:%M:%S}-05:00", order.customer.email, _m(order.goods)])
        sales.append(Sold(order.customer.id, order.number, when, (order.goods,)))
    return _csv("order|placed_at|email|total", rows)


@_kind
def customer_and_number_in_a_cell(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """`Ann Lee (10023)`, with the name written in several ways, the number once and for all."""
    rows: list[Row] = []
    for order in shop.orders:
        name = rng.choice((order.customer.name, order.customer.name.upper(), order.customer.name.split(" ")[0]))
        rows.append([order.number, f"{order.when:%Y-%m-%d}", f"{name} ({customer_number(order)})", _m(order.goods)])
        _add(sales, order, order.goods)
    return _csv("Order|Date|Customer|Total", rows)


# ------------------------------------------------------------------------ a second round, after the first was mended


@_kind
def lithuanian_shop(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Lithuanian headings and statuses."""
    rows: list[Row] = []
    for order in shop.orders:
        status, good = state(rng, ("Įvykdytas", "Išsiųstas"), ("Atšauktas", "Grąžintas"))
        for line in order.lines:
            rows.append(
                [
                    order.number,
                    f"{order.when:%Y-%m-%d}",
                    order.customer.name,
                    line.product,
                    line.quantity,
                    _c(line.price),
                    _c(line.total),
                    status,
                ]
            )
            if good:
                _add(sales, order, line.total)
    return _csv("Užsakymo numeris|Data|Pirkėjas|Prekė|Kiekis|Vieneto kaina|Suma|Būsena", rows, delimiter=";")


@_kind
def icelandic_invoices(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Icelandic headings, without and with tax."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        tax = round(order.goods * 0.24, 2)
        rows.append(
            [place + 1, f"{order.when:%d.%m.%Y}", order.customer.name, _c(order.goods), _c(tax), _c(order.goods + tax)]
        )
        _add(sales, order, round(order.goods + tax, 2))
    return _csv("Reikningsnúmer|Dagsetning|Viðskiptavinur|Upphæð án vsk|VSK|Upphæð með vsk", rows, delimiter=";")


@_kind
def malay_pos(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A Malaysian till: RM before the number, voided receipts."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Selesai",), ("Dibatalkan",))
        rows.append(
            [
                f"R{place:05}",
                f"{order.when:%d/%m/%Y %I:%M %p}",
                order.customer.name,
                order.customer.phone,
                f"RM{order.goods:,.2f}",
                status,
            ]
        )
        if good:
            _add(sales, order, order.goods)
    return _csv("No. Resit|Tarikh|Nama Pelanggan|No. Telefon|Jumlah Keseluruhan|Status", rows)


@_kind
def tagalog_free_words(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A seller on social networks: a sheet with words of the seller's own for what is paid."""
    rows: list[Row] = []
    for order in shop.orders:
        status, good = state(rng, ("PAID", "paid na"), ("cancelled", "joy reserve - cancelled"))
        rows.append(
            [
                f"{order.when:%b %d, %Y}",
                order.customer.name,
                order.lines[0].product,
                f"₱{order.lines[0].total:,.2f}",
                status,
            ]
        )
        if good:
            _add(
                sales,
                Order(f"{order.when:%Y%m%d} {order.customer.id}", order.when, order.customer, []),
                order.lines[0].total,
            )
    return _csv("Date|Buyer|Item|Amount|Payment", rows)


@_kind
def thinkific_orders(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Courses: amounts in dollars and cents with a sign, a refunded column with yes or no."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        back = place % 6 == 2
        rows.append(
            [
                7000 + place,
                f"{order.when:%Y-%m-%d %H:%M:%S UTC}",
                order.customer.name,
                order.customer.email,
                order.lines[0].product,
                f"${order.goods:,.2f}",
                "one-time",
                "Yes" if back else "No",
                "",
            ]
        )
        if not back:
            _add(sales, order, order.goods)
    return _csv(
        "Order Number|Order Date|Student Name|Student Email|Product Name|Amount|Payment Type|Refunded|Coupon Code", rows
    )


@_kind
def samcart_charges(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Charges of plans: a charge that failed is repeated and then paid."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        head = [f"ch_{place:04}", order.customer.email, order.customer.name, "Plan", _m(order.goods)]
        if place % 5 == 1:
            rows.append([f"ch_f{place:04}", *head[1:], f"{order.when - timedelta(days=1):%m/%d/%Y}", "Failed"])
        rows.append([*head, f"{order.when:%m/%d/%Y}", "Charged"])
        _add(sales, order, order.goods)
    return _csv("Charge ID|Customer Email|Customer Name|Product|Total|Charge Date|Charge Status", rows)


@_kind
def vagaro_transactions(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A salon: tax, tip and discount beside each item sold, and the amount paid."""
    rows: list[Row] = []
    for place, order, _, line in _each(shop):
        tax = round(line.total * 0.08, 2)
        rows.append(
            [
                9000 + place,
                f"{order.when:%m/%d/%Y}",
                order.customer.name,
                "Kim",
                line.product,
                line.quantity,
                _m(line.price),
                _m(tax),
                "0.00",
                "0.00",
                _m(line.total + tax),
            ]
        )
        _add(sales, order, round(line.total + tax, 2))
    return _csv(
        "Transaction ID|Transaction Date|Customer|Service Provider|Item Sold|Qty|Price|Tax|Tip|Discount|Amt Paid", rows
    )


@_kind
def zuora_invoice_items(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Headings of two parts with a colon; invoices in draft."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Posted",), ("Draft", "Canceled"))
        for line in order.lines:
            rows.append(
                [
                    f"INV-{place:05}",
                    f"{order.when:%Y-%m-%d}",
                    status,
                    f"A{customer_number(order)}",
                    order.customer.name,
                    line.product,
                    line.quantity,
                    _m(line.total),
                ]
            )
            if good:
                _add(sales, order, line.total)
    return _csv(
        "Invoice: Invoice Number|Invoice: Invoice Date|Invoice: Status|Account: Account Number|Account: Name|Charge: Name|Invoice Item: Quantity|Invoice Item: Charge Amount",
        rows,
    )


@_kind
def sap_alv_list(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A list printed by SAP: bars, rules of dashes, a page title, amounts with the minus behind."""
    lines = [
        "01.01.2026            Dynamic List Display                1",
        "-" * 60,
        "|Sold-to|Bill.Doc. |Bill.Date |Material|Net value |Curr.|",
        "-" * 60,
    ]
    for place, order, at, line in _each(shop):
        back = at == 0 and place % 7 == 3
        value = f"{line.total:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
        lines.append(
            f"|{customer_number(order):<7}|90{place:08}|{order.when:%d.%m.%Y}|{line.code:<8}|{value:>9} |EUR  |"
        )
        _add(sales, order, line.total)
        if back:
            lines.append(
                f"|{customer_number(order):<7}|91{place:08}|{order.when:%d.%m.%Y}|{line.code:<8}|{value:>9}-|EUR  |"
            )
            _add(sales, order, -line.total)
    return (("list.txt", "\n".join([*lines, "-" * 60]).encode()),)


@_kind
def one_column_per_payment(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Cash, card and voucher in columns of their own, and their sum as the total."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        parts = [0.0, 0.0, 0.0]
        parts[rng.randrange(3)] = order.goods
        rows.append([place + 1, f"{order.when:%d/%m/%Y}", order.customer.name, *map(_c, parts), _c(order.goods)])
        _add(sales, order, order.goods)
    return _csv("Ticket|Fecha|Cliente|Efectivo|Tarjeta|Vale|Total", rows, delimiter=";")


@_kind
def customers_side_by_side_with_orders(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A table of customers to the right of the orders, an empty column between them."""
    rows: list[Row] = [["Order", "Date", "Customer", "Amount", "", "Customer list", "E-mail", "Since"]]
    for place, order in enumerate(shop.orders):
        person = shop.people[place] if place < len(shop.people) else None
        right = ["", "", ""] if person is None else [person.name, person.email, "2018"]
        rows.append([order.number, order.when.replace(hour=0, minute=0), order.customer.name, order.goods, "", *right])
        _add(sales, order, order.goods)
    return _xlsx(rows)


@_kind
def week_sheets_titles(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Each day's sales below a row that has only the day."""
    rows: list[Row] = []
    day = ""
    for order in shop.orders:
        if day != f"{order.when:%d/%m/%Y}":
            day = f"{order.when:%d/%m/%Y}"
            rows.append([day, "", "", ""])
        rows.append([order.number, order.customer.name, order.lines[0].product, _c(order.lines[0].total)])
        _add(sales, order, order.lines[0].total)
    return _csv("Nº|Cliente|Producto|Importe", rows, delimiter=";")


@_kind
def order_and_line_status(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The order's status beside the line's: a cancelled line of an order that was sent doesn't count."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            off = at == 1 and place % 3 == 1
            rows.append(
                [
                    order.number,
                    f"{order.when:%Y-%m-%d}",
                    order.customer.id,
                    "Shipped",
                    line.product,
                    line.quantity,
                    _m(line.total),
                    "Cancelled" if off else "Shipped",
                ]
            )
            if not off:
                _add(sales, order, line.total)
    return _csv("Order|Date|Customer|Order status|Product|Qty|Line total|Line status", rows)


@_kind
def cents_as_integers_in_json(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """JSON of an API: money in cents under `amount_total` with `currency`, seconds under `created`."""
    found = []
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("paid",), ("unpaid",))
        found.append(
            {
                "id": f"cs_{place:05}",
                "object": "checkout.session",
                "amount_subtotal": round(order.goods * 100),
                "amount_total": round(order.goods * 100),
                "created": int((order.when - datetime(1970, 1, 1)).total_seconds()),
                "currency": "eur",
                "customer_details": {"email": order.customer.email, "name": order.customer.name},
                "payment_status": status,
            }
        )
        if good:
            _add(sales, order, order.goods)
    return (("sessions.json", json.dumps({"object": "list", "data": found, "has_more": False}).encode()),)


@_kind
def prices_per_dozen(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Cases of several pieces: the price is of a case, the quantity in cases, pieces beside it."""
    rows: list[Row] = []
    for _, order, _, line in _each(shop):
        rows.append(
            [
                order.number,
                f"{order.when:%Y-%m-%d}",
                customer_number(order),
                line.product,
                line.quantity,
                12,
                line.quantity * 12,
                _m(line.price),
                _m(line.total),
            ]
        )
        _add(sales, order, line.total)
    return _csv("Sales Order|Order Date|Account No|Item|Cases|Case Size|Units|Case Price|Extended", rows)


@_kind
def reversed_ledger_of_points(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A loyalty program: sales in money with the points they gave, and points redeemed without a sale."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        rows.append(
            [
                f"{order.when:%d/%m/%Y}",
                f"T{place:05}",
                customer_number(order),
                "Compra",
                _c(order.goods),
                int(order.goods),
            ]
        )
        _add(sales, order, order.goods)
        if place % 6 == 2:
            rows.append(
                [f"{order.when:%d/%m/%Y}", f"C{place:05}", customer_number(order), "Canje de puntos", "0,00", -10]
            )
    return _csv("Fecha|Operación|Nº tarjeta cliente|Tipo|Importe|Puntos", rows, delimiter=";")


@_asked
def two_currencies_without_rate(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Orders in two currencies and no rate: no sum of all of them is right."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        rows.append(
            [order.number, f"{order.when:%Y-%m-%d}", order.customer.id, _m(order.goods), ("EUR", "USD")[place % 2]]
        )
        _add(sales, order, order.goods)
    return _csv("Order|Date|Customer|Total|Currency", rows)


@_kind
def refund_as_second_amount(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What was given back stands below zero beside the total, and what is left in a third column."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        back = round(order.goods / 4, 2) if place % 5 == 1 else 0.0
        rows.append(
            [
                order.number,
                f"{order.when:%Y-%m-%d}",
                order.customer.email,
                _m(order.goods),
                _m(-back),
                _m(order.goods - back),
            ]
        )
        _add(sales, order, order.goods)
        if back:
            _add(sales, order, -back)
    return _csv("Order|Date|Email|Total sales|Returns|Net sales", rows)


@_kind
def catalan_restaurant(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Catalan headings, a total of the ticket on each of its lines."""
    rows: list[Row] = []
    for _, order, _, line in _each(shop):
        rows.append(
            [
                order.number,
                f"{order.when:%d/%m/%Y}",
                f"{order.when:%H:%M}",
                order.customer.name,
                line.product,
                line.quantity,
                _c(line.price),
                _c(line.total),
                _c(order.goods),
            ]
        )
        _add(sales, order, line.total)
    return _csv("Tiquet|Data|Hora|Client|Article|Quantitat|Preu|Import|Total tiquet", rows, delimiter=";")


@_kind
def exported_twice_with_new_status(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The second file has the last orders of the first once more, by then sent."""
    head = "Order|Date|Customer|Total|Status"
    half = len(shop.orders) // 2
    first = [
        [
            o.number,
            f"{o.when:%Y-%m-%d %H:%M}",
            o.customer.id,
            _m(o.goods),
            "Processing" if at > half - 6 else "Completed",
        ]
        for at, o in enumerate(shop.orders[:half])
    ]
    second = [
        [o.number, f"{o.when:%Y-%m-%d %H:%M}", o.customer.id, _m(o.goods), "Completed"] for o in shop.orders[half - 5 :]
    ]
    for order in shop.orders:
        _add(sales, order, order.goods)
    return (*_csv(head, first, name="january.csv"), *_csv(head, second, name="february.csv"))
