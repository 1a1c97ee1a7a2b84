# ruff: noqa: E501 - tables of columns read best in long lines, in their own scripts
"""Exports of trades, regions and habits of bookkeeping, written with their answers before a first reading."""

import csv
import io
import json
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import xlsxwriter

from benchmarks.constructed_exports import Files, Sold
from benchmarks.exports.structures import Kind, Writer, added_to
from benchmarks.exports.unread import ASKED
from benchmarks.exports.writing import customer_number
from benchmarks.generated_exports import Line, Order, Shop

KINDS: list[Kind] = []
_kind = added_to(KINDS)
Row = Sequence[object]


def _asked(make: Writer) -> Kind:
    ASKED.add(make.__name__)
    return _kind(make)


def _text(head: str, rows: Sequence[Row], delimiter: str = ",", above: Sequence[Row] = ()) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([*above, head.split("|"), *rows])
    return out.getvalue().encode()


def _csv(head: str, rows: Sequence[Row], delimiter: str = ",", above: Sequence[Row] = ()) -> Files:
    return (("export.csv", _text(head, rows, delimiter, above)),)


def _book(sheets: dict[str, Sequence[Row]]) -> Files:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(place, column, cell)
                    elif cell is not None and cell != "":
                        sheet.write(place, column, cell)
    return (("book.xlsx", out.getvalue()),)


def _add(
    sales: list[Sold], order: Order, *amounts: float, number: str = "", who: str = "", when: datetime | None = None
) -> None:
    rounded = tuple(round(amount, 2) for amount in amounts)
    sales.append(Sold(who or order.customer.id, number or order.number, when or order.when, rounded))


def _m(value: float) -> str:
    return f"{value:.2f}"


def _c(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _dots(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _d(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


def _eu(when: datetime) -> str:
    return f"{when:%d/%m/%Y}"


def _some(rng: random.Random, shop: Shop, place: int, share: float = 0.2) -> bool:
    """Whether something befalls an order; never the first or the last, which bound the period."""
    return 0 < place < len(shop.orders) - 1 and rng.random() < share


def _each(shop: Shop) -> Iterator[tuple[int, Order, Line]]:
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            yield place, order, line


# --------------------------------------------------------------------------------------------- restaurants and salons


@_kind
def bills_paid_in_cash_and_card(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row for each way of paying a bill: what was handed over, the change, and the bill's total on each row."""
    rows: list[Row] = []
    for order in shop.orders:
        total = order.goods
        ways = [("Cash", round(total * 0.4, 2)), ("Card", round(total - round(total * 0.4, 2), 2))]
        if rng.random() < 0.7:
            ways = [(rng.choice(("Cash", "Card")), total)]
        for way, part in ways:
            given = float(int(part / 10 + 1) * 10) if way == "Cash" else part
            rows.append([order.number, f"{order.when:%Y-%m-%d %H:%M}", order.customer.name, way, _m(given), _m(given - part), _m(total)])  # fmt: skip
        _add(sales, order, total)
    return _csv("Check No|Opened|Guest|Tender|Tendered|Change|Check Total", rows)


@_kind
def dishes_with_service_and_tip(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Lines of dishes; the service charge and the tip of the whole bill stand on each of them."""
    rows: list[Row] = []
    for order in shop.orders:
        service, tip = round(order.goods * 0.125, 2), float(rng.choice((0, 0, 2, 5)))
        for at, line in enumerate(order.lines):
            rows.append([order.number, f"{order.when:%d/%m/%Y %H:%M}", rng.randint(1, 20), rng.randint(1, 6), order.customer.name, line.product, line.quantity, _m(line.price), _m(line.total), _m(service), _m(tip), _m(order.goods + service + tip)])  # fmt: skip
            _add(sales, order, line.total, line.total + (service + tip) * (at == 0), line.total + service * (at == 0))
    return _csv("Bill|Closed|Table|Covers|Guest|Dish|Qty|Price|Amount|Service charge|Tip|Bill total", rows)


@_kind
def salon_visits(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A treatment a row, with who gave it; a tip beside its price; no number of the visit."""
    rows: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for place, order in enumerate(shop.orders):
        day = (order.customer.id, _d(order.when))
        if day in seen:
            continue
        seen.add(day)
        for at, line in enumerate(order.lines):
            tip = 3.0 if at == 0 and place % 3 == 0 else 0.0
            rows.append([_d(order.when), f"{order.when:%H:%M}", order.customer.name, order.customer.phone, line.product, rng.choice(("Mia", "Zoe", "Leo")), _m(line.total), _m(tip), _m(line.total + tip)])  # fmt: skip
            _add(sales, order, line.total, line.total + tip)
    return _csv("Date|Time|Client|Phone|Treatment|Therapist|Price|Tip|Charged", rows)


@_kind
def food_delivery_platform(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Food sales without and with tax, promotions the restaurant pays, fees and the payout."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        gone = _some(rng, shop, place, 0.1)
        net = round(order.goods / 1.1, 2)
        promo = round(order.goods * 0.1, 2) if place % 4 == 0 else 0.0
        fee = round(order.goods * 0.3, 2)
        rows.append([f"{place * 7919 % 99991:05X}", "Cancelled" if gone else "Completed", f"{order.when:%Y-%m-%d}", f"{order.when:%H:%M:%S}", f"u-{customer_number(order)}", _m(net), _m(order.goods - net), _m(order.goods), _m(-promo), _m(-fee), _m(order.goods - promo - fee)])  # fmt: skip
        if not gone:
            _add(sales, order, order.goods - promo, order.goods, net)
    return _csv("Order ID|Order status|Order date|Order accept time|Eater UUID|Food sales (excluding VAT)|VAT on food sales|Food sales (including VAT)|Promotions on items (including VAT)|Marketplace fee|Total payout", rows)  # fmt: skip


# ------------------------------------------------------------------------------------------------ health and animals


@_kind
def refills_of_prescriptions(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A prescription keeps its number when it is filled again a month later: each filling is a sale."""
    rows: list[tuple[datetime, Row]] = []
    for order in shop.orders:
        for refill in range(rng.choice((1, 1, 2, 3))):
            when = order.when + timedelta(days=30 * refill)
            line = order.lines[0]
            insured = round(line.total * 0.6, 2)
            rows.append((when, [order.number, refill, f"{when:%m/%d/%Y}", customer_number(order), order.customer.name, line.product, 30, line.quantity, _m(line.total), _m(insured), _m(line.total - insured)]))  # fmt: skip
            _add(sales, order, line.total, line.total - insured, number=f"{order.number}/{refill}", when=when)
    rows.sort(key=lambda row: row[0])
    return _csv("Rx Number|Refill No|Fill Date|Patient ID|Patient|Drug|Days Supply|Qty|Total Price|Insurance Paid|Patient Pay", [row for _, row in rows])  # fmt: skip


@_kind
def veterinary_invoices(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The owner pays, the animal is treated; net, tax and gross of each line."""
    rows: list[Row] = []
    for _, order, line in _each(shop):
        pet = rng.choice(("Rex", "Luna", "Milo", "Coco", "Bella"))
        gross = round(line.total * 1.19, 2)
        rows.append([order.number, f"{order.when:%d.%m.%Y}", order.customer.name, pet, rng.choice(("Hund", "Katze")), line.product, line.quantity, _c(line.total), "19%", _c(gross - line.total), _c(gross)])  # fmt: skip
        _add(sales, order, gross, line.total)
    return _csv("Rechnung|Datum|Tierhalter|Tier|Tierart|Leistung|Anzahl|Netto|MwSt-Satz|MwSt|Brutto", rows, ";")


@_kind
def school_shop_of_parents(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Parents buy for pupils, who share names and classes."""
    rows: list[Row] = []
    for _, order, line in _each(shop):
        pupil = rng.choice(("Sam", "Alex", "Kim", "Jo"))
        rows.append([order.number, _eu(order.when), pupil, rng.choice(("3A", "3B", "4A")), order.customer.email, order.customer.name, line.product, line.quantity, _m(line.total)])  # fmt: skip
        _add(sales, order, line.total)
    return _csv("Order ref|Ordered|Pupil|Class|Parent email|Parent|Item|Qty|Cost", rows)


# -------------------------------------------------------------------------------------------- bills with more on them


@_kind
def internet_bills_with_old_balance(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What was owed before and what was paid since stand on the bill: only this month's charges are a sale."""
    rows: list[Row] = []
    owed: dict[str, float] = {}
    for order in shop.orders:
        before = owed.get(order.customer.id, 0.0)
        paid = before if rng.random() < 0.6 else 0.0
        due = round(before - paid + order.goods, 2)
        rows.append([f"B{order.number}", _d(order.when), customer_number(order), order.customer.name, _m(before), _m(-paid), _m(order.goods), _m(due)])  # fmt: skip
        owed[order.customer.id] = due
        _add(sales, order, order.goods)
    return _csv("Bill No|Bill Date|Account No|Subscriber|Previous Balance|Payments|Current Charges|Amount Due", rows)


@_kind
def water_meters(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Readings, units, a rate and a fixed charge; arrears are in what is payable."""
    rows: list[Row] = []
    reading: dict[str, int] = {}
    owed: dict[str, float] = {}
    for order in shop.orders:
        start, units = reading.get(order.customer.id, 1000), rng.randint(5, 60)
        amount = round(units * 1.25 + 10, 2)
        arrears = owed.get(order.customer.id, 0.0)
        rows.append([order.number, _eu(order.when), customer_number(order), order.customer.name, start, start + units, units, "1.25", "10.00", _m(amount), _m(arrears), _m(amount + arrears)])  # fmt: skip
        reading[order.customer.id] = start + units
        owed[order.customer.id] = amount if rng.random() < 0.3 else 0.0
        _add(sales, order, amount)
    return _csv("Bill|Billing date|Connection|Consumer|Opening reading|Closing reading|Units|Rate|Fixed charge|Amount|Arrears|Total payable", rows)  # fmt: skip


@_kind
def tools_hired_out(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A deposit is charged with the hire and given back: it is no sale."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        late = 15.0 if place % 6 == 0 else 0.0
        deposit = float(rng.choice((50, 100, 200)))
        back = order.when + timedelta(days=rng.randint(1, 7))
        rows.append([order.number, _d(order.when), _d(back), order.customer.name, order.lines[0].product, _m(order.goods), _m(late), _m(deposit), _m(deposit), _m(order.goods + late + deposit)])  # fmt: skip
        _add(sales, order, order.goods + late, order.goods)
    return _csv("Contract|Out|Returned on|Hirer|Equipment|Hire fee|Late fee|Security deposit|Deposit refunded|Total charged", rows)  # fmt: skip


@_kind
def invoices_with_three_rates(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An invoice a row: base and tax of three rates, and the total."""
    rows: list[Row] = []
    for order in shop.orders:
        bases = [0.0, 0.0, 0.0]
        for line in order.lines:
            bases[rng.randrange(3)] += line.total
        taxes = [round(base * rate, 2) for base, rate in zip(bases, (0.21, 0.1, 0.04), strict=True)]
        total = round(sum(bases) + sum(taxes), 2)
        pairs = [_c(value) for pair in zip(bases, taxes, strict=True) for value in pair]
        rows.append([order.number, _eu(order.when), f"B{customer_number(order)}", order.customer.name, *pairs, _c(total)])  # fmt: skip
        _add(sales, order, total, sum(bases))
    return _csv("Nº factura|Fecha|NIF|Cliente|Base 21%|IVA 21%|Base 10%|IVA 10%|Base 4%|IVA 4%|Total factura", rows, ";")  # fmt: skip


@_kind
def contract_value_on_each_invoice(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A contract is billed in milestones: its whole value stands on each invoice."""
    rows: list[tuple[datetime, Row]] = []
    for place, order in enumerate(shop.orders):
        parts = [0.3, 0.3, 0.4] if place % 2 else [0.5, 0.5]
        left = order.goods
        for at, share in enumerate(parts):
            part = round(order.goods * share, 2) if at < len(parts) - 1 else round(left, 2)
            left -= part
            when = order.when + timedelta(days=25 * at)
            number = f"INV-{place:03}{at}"
            rows.append((when, [f"C-{place:03}", order.customer.name, _m(order.goods), number, f"Milestone {at + 1}", _d(when), _m(part)]))  # fmt: skip
            _add(sales, order, part, number=number, when=when)
    rows.sort(key=lambda row: row[0])
    return _csv(
        "Contract|Client|Contract value|Invoice|Milestone|Invoice date|Invoice amount", [row for _, row in rows]
    )


@_kind
def pledges_and_what_was_received(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What donors promised, what came in, what is outstanding."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        share = rng.choice((1, 1, 1, 0.5)) if 0 < place < len(shop.orders) - 1 else 1
        got = round(order.goods * share, 2)
        rows.append([f"PL{place:04}", _d(order.when), order.customer.name, order.customer.email, _m(order.goods), _m(got), _m(order.goods - got)])  # fmt: skip
        _add(sales, order, got)
    return _csv("Pledge ID|Gift date|Donor|Donor email|Pledged|Received|Outstanding", rows)


@_kind
def proration_of_plans(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Invoices of plans: what is left of the old plan is a line below zero."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        rows.append([f"in_{place:05}", _d(order.when), order.customer.email, "Pro plan", _m(order.goods)])
        _add(sales, order, order.goods, order.goods)
        if place % 5 == 3:
            unused = round(order.goods * 0.25, 2)
            rows.append([f"in_{place:05}", _d(order.when), order.customer.email, "Unused time on Basic plan", _m(-unused)])  # fmt: skip
            sales[-1] = Sold(order.customer.id, order.number, order.when, (order.goods, round(order.goods - unused, 2)))
            _add(sales, order, -unused, 0.0)
    return _csv("Invoice|Date|Customer email|Description|Amount", rows)


@_kind
def deposit_taken_off_the_invoice(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A deposit first; weeks later the goods in full, less the deposit."""
    rows: list[tuple[datetime, Row]] = []
    for order in shop.orders:
        deposit = round(order.goods * 0.3, 2)
        later = order.when + timedelta(days=20)
        rows += [
            (order.when, [order.number, _d(order.when), order.customer.name, "Deposit 30%", _m(deposit)]),
            (later, [order.number, _d(later), order.customer.name, order.lines[0].product, _m(order.goods)]),
            (later, [order.number, _d(later), order.customer.name, "Less deposit", _m(-deposit)]),
        ]
        _add(sales, order, deposit, deposit)
        _add(sales, order, order.goods, order.goods - deposit, when=later)
        _add(sales, order, -deposit, 0.0, when=later)
    rows.sort(key=lambda row: row[0])
    return _csv("Order|Date|Customer|Description|Amount", [row for _, row in rows])


# ----------------------------------------------------------------------------------------------------- marketplaces


@_kind
def mercado_livre_sales(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Long dates, income of products and delivery, tariffs and refunds below zero, what is left."""
    months = [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ]
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        gone = _some(rng, shop, place, 0.12)
        fee, ship = round(order.goods * 0.16, 2), float(rng.choice((0, 15)))
        when = f"{order.when.day} de {months[order.when.month - 1]} de {order.when.year} {order.when:%H:%M} hs."
        left = 0.0 if gone else order.goods + ship - fee - ship
        rows.append([2000000000 + place * 37, when, "Venda cancelada" if gone else "Entregue", sum(i.quantity for i in order.lines), _c(order.goods), _c(ship), _c(-fee), _c(-ship), _c(-order.goods if gone else 0), _c(left), order.lines[0].product, order.customer.name, f"{customer_number(order):011}"])  # fmt: skip
        if not gone:
            _add(sales, order, order.goods, order.goods + ship)
    return _csv("N.º de venda|Data da venda|Estado|Unidades|Receita por produtos (BRL)|Receita por envio (BRL)|Tarifa de venda e impostos (BRL)|Tarifas de envio (BRL)|Cancelamentos e reembolsos (BRL)|Total (BRL)|Título do anúncio|Comprador|CPF", rows, ";")  # fmt: skip


@_kind
def noon_gulf_items(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Offer price before and sale price after a coupon, commission and proceeds; returned and undelivered items."""
    rows: list[Row] = []
    for place, order, line in _each(shop):
        bad = _some(rng, shop, place)
        coupon = round(line.total * 0.1, 2) if place % 3 == 0 else 0.0
        paid = round(line.total - coupon, 2)
        commission = round(paid * 0.15, 2)
        status = rng.choice(("Cancelled", "Undelivered", "Returned")) if bad else "Delivered"
        rows.append([f"NAEI{place:06}", f"{order.when:%d-%b-%Y}", "AE", customer_number(order), line.code, line.product, status, _m(line.total), _m(coupon), _m(paid), _m(-commission), _m(-commission * 0.05), _m(paid - commission * 1.05), "AED"])  # fmt: skip
        if not bad:
            _add(sales, order, paid)
    return _csv("order_nr|ordered_date|country_code|customer_code|partner_sku|title|item_status|offer_price|coupon_discount|sale_price|referral_fee|vat_on_fee|net_proceeds|currency", rows)  # fmt: skip


@_kind
def indonesian_market(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Rupiah with dots, price before and after a discount, the order's payment on each line."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        bad = _some(rng, shop, place)
        status = rng.choice(("Batal", "Belum Bayar")) if bad else rng.choice(("Selesai", "Selesai", "Sedang Dikirim"))
        prices = [max(1, round(line.price)) * 1000 for line in order.lines]
        totals = [price * line.quantity for price, line in zip(prices, order.lines, strict=True)]
        ship = 12000
        for at, (line, price, total) in enumerate(zip(order.lines, prices, totals, strict=True)):
            rows.append([f"24{place:06}XYZ", status, f"{order.when:%Y-%m-%d %H:%M}", f"pembeli{customer_number(order)}", line.product, _dots(price * 1.25), _dots(price), line.quantity, _dots(total), _dots(ship), _dots(sum(totals) + ship)])  # fmt: skip
            if not bad:
                _add(sales, order, float(total), float(total + ship * (at == 0)))
    return _csv("No. Pesanan|Status Pesanan|Waktu Pesanan Dibuat|Username (Pembeli)|Nama Produk|Harga Awal|Harga Setelah Diskon|Jumlah|Total Harga Produk|Ongkos Kirim Dibayar oleh Pembeli|Total Pembayaran", rows)  # fmt: skip


@_kind
def vietnamese_shop(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Dong with dots and a sign, statuses in Vietnamese."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        bad = _some(rng, shop, place)
        total = max(1, round(order.goods)) * 1000
        rows.append([f"#{place + 1001}", f"{order.when:%d/%m/%Y %H:%M}", order.customer.name, order.customer.phone, "Đã hủy" if bad else "Hoàn thành", "Chưa thanh toán" if bad else "Đã thanh toán", f"{_dots(total)} ₫"])  # fmt: skip
        if not bad:
            _add(sales, order, float(total))
    return _csv("Mã đơn hàng|Ngày đặt hàng|Khách hàng|Số điện thoại|Trạng thái|Thanh toán|Tổng cộng", rows)


@_kind
def thai_orders(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Headings in Thai, years of the Buddhist calendar."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        bad = _some(rng, shop, place)
        for line in order.lines:
            rows.append([order.number, f"{order.when:%d/%m}/{order.when.year + 543}", order.customer.name, line.product, line.quantity, _m(line.price), _m(line.total), "ยกเลิก" if bad else "สำเร็จ"])  # fmt: skip
            if not bad:
                _add(sales, order, line.total)
    return _csv("เลขที่คำสั่งซื้อ|วันที่สั่งซื้อ|ชื่อลูกค้า|สินค้า|จำนวน|ราคาต่อหน่วย|ยอดรวม|สถานะ", rows)


@_kind
def arabic_invoices_two_calendars(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Headings in Arabic; the day in the Islamic and in the common calendar; tax of fifteen percent."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        islamic = f"{1440 + order.when.year - 2019}/{order.when.month:02}/{min(order.when.day, 29):02}"
        tax = round(order.goods * 0.15, 2)
        rows.append([f"INV{place:05}", islamic, f"{order.when:%Y/%m/%d}", order.customer.name, f"3{customer_number(order):014}", _m(order.goods), _m(tax), _m(order.goods + tax)])  # fmt: skip
        _add(sales, order, order.goods + tax, order.goods)
    return _csv("رقم الفاتورة|التاريخ الهجري|التاريخ الميلادي|اسم العميل|الرقم الضريبي|المبلغ قبل الضريبة|ضريبة القيمة المضافة|الإجمالي", rows)  # fmt: skip


@_kind
def mobile_money_statement(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A till of mobile money: payments in, a charge of the service with the same receipt, withdrawals of the shop."""
    rows: list[Row] = []
    balance = 0.0
    for place, order in enumerate(shop.orders):
        receipt, when = f"SC{place:03}{chr(65 + place % 26)}QX", f"{order.when:%Y-%m-%d %H:%M:%S}"
        party = f"2547{customer_number(order):08} - {order.customer.name.upper()}"
        fee = round(order.goods * 0.0055, 2)
        balance += order.goods
        rows.append([receipt, when, "Merchant Payment from customer", "Completed", _m(order.goods), "", _m(balance), party])  # fmt: skip
        balance -= fee
        rows.append([receipt, when, "Pay merchant Charge", "Completed", "", _m(-fee), _m(balance), party])
        _add(sales, order, order.goods)
        if place % 9 == 5:
            rows.append([f"W{receipt}", when, "Business to bank transfer", "Completed", "", _m(-balance), "0.00", "Equity Bank"])  # fmt: skip
            balance = 0.0
    return _csv(
        "Receipt No.|Completion Time|Details|Transaction Status|Paid In|Withdrawn|Balance|Other Party Info", rows
    )


@_kind
def east_african_shillings(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Whole shillings as they are written by hand: `12,500/=`."""
    rows: list[Row] = []
    for _, order, line in _each(shop):
        amount = max(1, round(line.total)) * 100
        rows.append([order.number, _eu(order.when), order.customer.name, line.product, line.quantity, f"{amount:,}/="])
        _add(sales, order, float(amount))
    return _csv("Receipt|Date|Customer|Item|Qty|Amount", rows)


@_kind
def lakhs_of_rupees(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Rupees grouped by lakhs, with their sign; taxes of the state and the union."""

    def lakhs(value: float) -> str:
        whole, cents = f"{value:.2f}".split(".")
        head, tail = whole[:-3], whole[-3:]
        groups = []
        while head:
            groups.insert(0, head[-2:])
            head = head[:-2]
        return "₹ " + ",".join([*groups, tail]) + "." + cents

    rows: list[Row] = []
    for order in shop.orders:
        value = round(order.goods * 1000, 2)
        tax = round(value * 0.09, 2)
        rows.append([order.number, f"{order.when:%d-%m-%Y}", order.customer.name, lakhs(value), lakhs(tax), lakhs(tax), lakhs(value + 2 * tax)])  # fmt: skip
        _add(sales, order, value + 2 * tax, value)
    return _csv("Invoice No|Invoice Date|Party Name|Taxable Value|CGST|SGST|Invoice Value", rows)


@_kind
def peruvian_vouchers(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Invoices and receipts in series that are each numbered from one; credit notes without a sign."""
    rows: list[Row] = []
    counts = {"F001": 0, "B001": 0, "FC01": 0}
    for place, order in enumerate(shop.orders):
        series = "F001" if place % 3 == 0 else "B001"
        counts[series] += 1
        kind = "01 - FACTURA" if series == "F001" else "03 - BOLETA"
        base = round(order.goods / 1.18, 2)
        money = [_m(base), _m(order.goods - base), _m(order.goods)]
        number = f"{counts[series]:08}"
        rows.append([kind, series, number, _eu(order.when), f"{customer_number(order):08}", order.customer.name, *money, "ACEPTADO"])  # fmt: skip
        _add(sales, order, order.goods, base, number=f"{series}-{number}")
        if place % 7 == 3 and place < len(shop.orders) - 1:
            counts["FC01"] += 1
            rows.append(["07 - NOTA DE CRÉDITO", "FC01", f"{counts['FC01']:08}", _eu(order.when), f"{customer_number(order):08}", order.customer.name, *money, "ACEPTADO"])  # fmt: skip
            _add(sales, order, -order.goods, -base)
    return _csv("Tipo de comprobante|Serie|Número|Fecha de emisión|Nro. documento|Cliente|Op. gravada|IGV|Importe total|Estado SUNAT", rows)  # fmt: skip


# ------------------------------------------------------------------------------------------- couriers and settlements


@_kind
def cash_on_delivery_by_courier(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A courier's settlement: what was to be collected, what was, its charges, what it pays out."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        back = _some(rng, shop, place)
        got = 0.0 if back else order.goods
        charge = 4.5
        rows.append([f"{7400000000 + place * 13}", order.number, order.customer.name, order.customer.phone, _d(order.when), _d(order.when + timedelta(days=3)), "Returned to shipper" if back else "Delivered", _m(order.goods), _m(got), _m(charge), _m(got - charge), _d(order.when + timedelta(days=10))])  # fmt: skip
        if not back:
            _add(sales, order, order.goods)
    return _csv("AWB|Order ref|Consignee|Phone|Booking date|Delivery date|Status|COD amount|Collected|Delivery charge|Net payable|Settlement date", rows)  # fmt: skip


@_kind
def fees_as_rows_of_the_order(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A statement: the payment of an order, the commission on it and its label are rows with the buyer's name."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        who = [order.number, order.customer.name]
        rows.append([_d(order.when), "Order payment", *who, _m(order.goods)])
        rows.append([_d(order.when), "Commission", *who, _m(-order.goods * 0.12)])
        rows.append([_d(order.when), "Shipping label", *who, "-3.90"])
        _add(sales, order, order.goods)
        if _some(rng, shop, place, 0.1):
            rows.append([_d(order.when + timedelta(days=1)), "Refund to buyer", *who, _m(-order.goods)])
            _add(sales, order, -order.goods)
        if place % 10 == 9:
            rows.append([_d(order.when), "Payout", "", "", "-250.00"])
    return _csv("Date|Type|Order|Buyer|Amount", rows)


@_kind
def coins_at_the_checkout(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Payments in coins: the price in dollars, the coins paid and their rate; expired and underpaid tries."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        bad = _some(rng, shop, place)
        rate = rng.uniform(20_000, 60_000)
        coins = order.goods / rate
        status = rng.choice(("expired", "failed")) if bad else rng.choice(("finished", "confirmed"))
        rows.append([f"{5_000_000 + place * 11}", f"{order.when:%Y-%m-%dT%H:%M:%SZ}", order.customer.email, _m(order.goods), "USD", f"{coins:.8f}", "BTC", f"{0 if bad else coins:.8f}", f"{rate:.2f}", status])  # fmt: skip
        if not bad:
            _add(sales, order, order.goods)
    return _csv("payment_id|created_at|customer_email|price_amount|price_currency|pay_amount|pay_currency|actually_paid|rate|payment_status", rows)  # fmt: skip


# -------------------------------------------------------------------------------------------- tickets, bookings, hire


@_kind
def tickets_with_booking_fees(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A ticket a row: face value, fee and what was paid; refunded ones say Yes."""
    rows: list[Row] = []
    count = 0
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            for _ in range(line.quantity):
                count += 1
                back = _some(rng, shop, place, 0.1)
                fee = round(line.price * 0.1, 2)
                show = order.when + timedelta(days=60)
                rows.append([f"T{count:06}", order.number, f"{order.when:%d %b %Y %H:%M}", line.product, f"{show:%d %b %Y}", order.customer.name, order.customer.email, _m(line.price), _m(fee), _m(line.price + fee), "Yes" if back else "No"])  # fmt: skip
                if not back:
                    _add(sales, order, line.price + fee, line.price)
    return _csv("Ticket|Booking ref|Booked|Event|Event date|Booker|Booker email|Face value|Booking fee|Paid|Refunded", rows)  # fmt: skip


@_kind
def tours_per_person(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A booking a row: guests, price per person and total; the tour is on a later day."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        guests, price = rng.randint(1, 6), order.lines[0].price
        gone = _some(rng, shop, place, 0.15)
        rows.append([f"TR-{place:04}", f"{order.when:%Y-%m-%d %H:%M}", _d(order.when + timedelta(days=30)), order.lines[0].product, order.customer.name, guests, _m(price), _m(price * guests), "Cancelled by guest" if gone else "Confirmed"])  # fmt: skip
        if not gone:
            _add(sales, order, price * guests)
    return _csv("Booking|Booked on|Tour date|Tour|Lead guest|Guests|Price per person|Total|Status", rows)


@_kind
def bookings_changed_later(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What a booking cost at first and what it costs now."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        now = round(order.goods * rng.choice((0.5, 0.8, 1.3)), 2) if place % 4 == 1 else order.goods
        rows.append([order.number, _d(order.when), order.customer.email, _m(order.goods), _m(now), _m(now - order.goods)])  # fmt: skip
        _add(sales, order, now)
    return _csv("Booking|Created|Guest email|Original total|Current total|Difference", rows)


@_kind
def weekly_boxes(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Boxes of a subscription: those that were skipped or paused keep their price."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        off = _some(rng, shop, place, 0.25)
        rows.append([place + 1, _d(order.when), customer_number(order), order.customer.name, order.lines[0].product, _m(order.goods), rng.choice(("Skipped", "Paused")) if off else "Shipped"])  # fmt: skip
        if not off:
            _add(sales, order, order.goods)
    return _csv("Box No|Delivery date|Subscriber ID|Subscriber|Box|Price|Status", rows)


@_kind
def auction_lots(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Lots with hammer price and premium; paddles are given out anew at each sale."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            premium = round(line.total * 0.2, 2)
            tax = round(premium * 0.2, 2)
            rows.append([f"S{order.when:%y%m}", f"{place * 10 + len(rows) % 10}", line.product, rng.choice(("Estate A", "Estate B", "Mr Hill")), rng.randint(100, 130), order.customer.name, f"INV{place:05}", _eu(order.when), _m(line.total), _m(premium), _m(tax), _m(line.total + premium + tax)])  # fmt: skip
            _add(sales, order, line.total + premium + tax, line.total, line.total + premium)
    return _csv("Sale|Lot|Description|Vendor|Paddle|Buyer|Invoice|Sale date|Hammer price|Buyer's premium|VAT on premium|Total due", rows)  # fmt: skip


@_kind
def second_hand_on_consignment(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Who brought the goods gets a share; who bought them is the customer."""
    rows: list[Row] = []
    for _, order, line in _each(shop):
        share = round(line.total * 0.6, 2)
        rows.append([order.number, _d(order.when), line.product, rng.choice(("Jane Doe", "Max Roe", "Pat Poe")), order.customer.name, _m(line.total), _m(share), _m(line.total - share)])  # fmt: skip
        _add(sales, order, line.total)
    return _csv("Sale|Date sold|Item|Consignor|Buyer|Sold for|Consignor share|Shop share", rows)


@_kind
def fleet_cards_of_a_station(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Companies fill up: cards, vehicles and drivers beside the account."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        litres = round(rng.uniform(10, 80), 2)
        amount = round(litres * 1.729, 2)
        account = customer_number(order)
        rows.append([f"{910000 + place}", f"{order.when:%d.%m.%Y}", f"{order.when:%H:%M}", f"****{account % 97:04}{rng.randint(1, 3)}", f"B-XY {account % 100}{rng.randint(1, 3)}", rng.choice(("Driver 1", "Driver 2")), account, order.customer.name, "Diesel", _c(litres), "1,729", _c(amount)])  # fmt: skip
        _add(sales, order, amount)
    return _csv("Beleg|Datum|Uhrzeit|Karte|Kennzeichen|Fahrer|Kundennummer|Kunde|Produkt|Liter|Preis/Liter|Betrag", rows, ";")  # fmt: skip


# ------------------------------------------------------------------------------------- loyalty, credit, types of rows


@_kind
def points_earned_and_spent(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Movements of points: only those earned at the till stand for a sale."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        who = f"M{customer_number(order)}"
        rows.append([f"L{len(rows):05}", f"{order.when:%Y-%m-%d %H:%M}", who, "Earn", int(order.goods), order.number, _m(order.goods)])  # fmt: skip
        _add(sales, order, order.goods)
        if _some(rng, shop, place):
            rows.append([f"L{len(rows):05}", f"{order.when:%Y-%m-%d %H:%M}", who, rng.choice(("Redeem", "Expire", "Bonus")), rng.choice((-50, 100)), "", "0.00"])  # fmt: skip
    return _csv("Movement|Date|Member|Type|Points|Receipt|Basket value", rows)


@_kind
def returned_for_store_credit(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Returns for credit have a type of their own and no sign."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        rows.append([order.number, "Sale", _d(order.when), order.customer.name, line.product, line.quantity, _m(line.total)])  # fmt: skip
        _add(sales, order, line.total)
        if _some(rng, shop, place, 0.15):
            rows.append([f"{order.number}R", "Return (store credit)", _d(order.when + timedelta(days=1)), order.customer.name, line.product, line.quantity, _m(line.total)])  # fmt: skip
            _add(sales, order, -line.total)
    rows = rows if rows[-1][1] == "Sale" else rows[:-1]
    return _csv("Doc|Type|Date|Customer|Item|Qty|Amount", rows)


@_kind
def exchanges_at_the_till(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An exchange takes one thing back and sells another on one receipt; pieces below zero, prices above."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            rows.append([order.number, f"{order.when:%Y-%m-%d %H:%M}", order.customer.name, line.product, line.quantity, _m(line.price)])  # fmt: skip
            _add(sales, order, line.total)
        if _some(rng, shop, place, 0.15):
            old = order.lines[0]
            new = next((good for good in shop.goods if good[0] != old.product), shop.goods[0])
            when = order.when + timedelta(hours=2)
            rows.append([f"X{place:04}", f"{when:%Y-%m-%d %H:%M}", order.customer.name, old.product, -1, _m(old.price)])
            rows.append([f"X{place:04}", f"{when:%Y-%m-%d %H:%M}", order.customer.name, new[0], 1, _m(new[2])])
            _add(sales, order, -old.price, number=f"X{place:04}")
            _add(sales, order, new[2], number=f"X{place:04}", when=when)
    return _csv("Receipt|Time|Customer|Item|Qty|Unit price", rows)


@_kind
def edits_of_orders(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A log: lines as ordered, and lines that were taken off again before sending, below zero."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            rows.append([order.number, _d(order.when), order.customer.email, "ordered", line.product, line.quantity, _m(line.total)])  # fmt: skip
            _add(sales, order, line.total, line.total)
        if len(order.lines) > 1 and _some(rng, shop, place):
            line = order.lines[-1]
            rows.append([order.number, _d(order.when), order.customer.email, "removed", line.product, -line.quantity, _m(-line.total)])  # fmt: skip
            sales[-1] = Sold(order.customer.id, order.number, order.when, (line.total, 0.0))
            _add(sales, order, -line.total, 0.0)
    return _csv("Order|Date|Email|Change|Item|Units|Amount", rows)


@_kind
def deals_of_a_crm(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Deals by stage: only those that were won are sales, on the day of closing."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        lost = _some(rng, shop, place, 0.3)
        stage = rng.choice(("Closed Lost", "Negotiation", "Proposal sent")) if lost else "Closed Won"
        rows.append([place + 700, f"Deal {place + 1}", order.customer.name, stage, _m(order.goods), "100%" if not lost else "40%", _d(order.when - timedelta(days=20)), _d(order.when)])  # fmt: skip
        if not lost:
            _add(sales, order, order.goods)
    return _csv("Deal ID|Deal name|Company|Stage|Amount|Probability|Create date|Close date", rows)


@_asked
def prepaid_canteen(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Parents top up an account, meals are taken from it: both are money of the same customers."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        top = place % 4 == 0
        rows.append([f"{place:05}", _d(order.when), order.customer.name, "Top-up" if top else "Purchase", _m(order.goods * 3 if top else -order.goods)])  # fmt: skip
        _add(sales, order, order.goods)
    return _csv("Ref|Date|Account holder|Type|Amount", rows)


# --------------------------------------------------------------------------------------------- lines of one order


@_kind
def sent_in_two_parcels(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A line is a row for each parcel: the pieces ordered stand on both, those sent are parts of them."""
    rows: list[Row] = []
    for place, order, line in _each(shop):
        parts = [line.quantity]
        if line.quantity > 1 and rng.random() < 0.5:
            parts = [1, line.quantity - 1]
        for at, part in enumerate(parts):
            rows.append([order.number, _d(order.when), order.customer.name, line.code, line.product, line.quantity, part, _m(line.price), f"PKG{place:04}{at}"])  # fmt: skip
            _add(sales, order, part * line.price)
    return _csv("Order|Order date|Customer|SKU|Item|Ordered|Shipped|Unit price|Package", rows)


@_kind
def sets_with_priced_parts(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The parts of a set have their own list price and are charged nothing."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            rows.append([order.number, _d(order.when), order.customer.email, line.code, "", line.product, line.quantity, _m(line.price), _m(line.total)])  # fmt: skip
            _add(sales, order, line.total)
            if place % 3 == 0:
                for part in ("Ribbon", "Card"):
                    rows.append([order.number, _d(order.when), order.customer.email, part[:3].upper(), line.code, part, line.quantity, "2.50", "0.00"])  # fmt: skip
    return _csv("Order|Date|Email|SKU|Parent SKU|Item|Qty|List price|Charged", rows)


@_kind
def tax_and_delivery_as_lines(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Delivery and tax are lines of the order."""
    rows: list[Row] = []
    for order in shop.orders:
        who = [order.number, _d(order.when), order.customer.name]
        for line in order.lines:
            rows.append([*who, line.product, line.quantity, _m(line.total)])
            _add(sales, order, line.total)
        tax = round((order.goods + 5) * 0.2, 2)
        rows += [[*who, "Delivery", 1, "5.00"], [*who, "VAT 20%", 1, _m(tax)]]
        _add(sales, order, 5.0 + tax, 5.0, 0.0)
    return _csv("Order|Date|Customer|Description|Qty|Amount", rows)


@_kind
def coupon_as_a_line(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A coupon is a line below zero; cash is rounded by a line of a few cents."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        who = [order.number, _d(order.when), order.customer.email]
        off = round(order.goods * 0.1, 2) if place % 3 == 1 else 0.0
        for at, line in enumerate(order.lines):
            rows.append([*who, line.product, _m(line.total)])
            _add(sales, order, line.total, line.total - (off if at == 0 else 0))
        if off:
            rows.append([*who, "Coupon WELCOME10", _m(-off)])
            _add(sales, order, -off, 0.0)
    return _csv("Order|Date|Email|Item|Amount", rows)


@_kind
def sizes_side_by_side(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Wholesale of clothes: pieces of each size in columns, one price, the value."""
    rows: list[Row] = []
    for _, order, line in _each(shop):
        sizes = [rng.randint(0, 4) for _ in range(4)]
        sizes[1] += 1
        rows.append([order.number, _eu(order.when), customer_number(order), order.customer.name, line.code, line.product, *sizes, sum(sizes), _m(line.price), _m(line.price * sum(sizes))])  # fmt: skip
        _add(sales, order, line.price * sum(sizes))
    return _csv("Order|Date|Account|Retailer|Style|Name|S|M|L|XL|Total qty|Wholesale price|Value", rows)


@_kind
def printed_on_demand(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Retail price of a piece, what it costs to make, the profit of the line."""
    rows: list[Row] = []
    for _, order, line in _each(shop):
        cost = round(line.price * 0.55, 2)
        rows.append([order.number, f"{order.when:%b %d, %Y}", order.customer.name, line.product, line.quantity, _m(line.price), _m(cost), _m((line.price - cost) * line.quantity)])  # fmt: skip
        _add(sales, order, line.total)
    return _csv("Order #|Date|Recipient|Product|Quantity|Retail price|Product cost|Profit", rows)


@_kind
def hours_billed(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Hours and rates; hours that are not billable have the rate and no amount."""
    rows: list[Row] = []
    for place, order in enumerate(shop.orders):
        hours, rate = rng.choice((1, 1.5, 2, 4.25)), float(rng.choice((60, 80, 95)))
        free = _some(rng, shop, place, 0.2)
        rows.append([f"INV{place:04}", _d(order.when), order.customer.name, "Consulting", f"{hours:.2f}", _m(rate), "No" if free else "Yes", _m(0 if free else hours * rate)])  # fmt: skip
        if not free:
            _add(sales, order, hours * rate)
    return _csv("Invoice|Date|Client|Task|Hours|Rate|Billable|Amount", rows)


# ------------------------------------------------------------------------------------------------ layouts and times


@_kind
def headings_in_another_order_halfway(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Halfway the heading comes again with its columns in another order."""
    rows: list[Row] = []
    half = len(shop.orders) // 2
    for place, order in enumerate(shop.orders):
        if place == half:
            rows.append(["Date", "Order", "Amount", "Shipping", "Customer", "Item"])
        for line in order.lines:
            cells: Row = [order.number, _d(order.when), order.customer.name, line.product, "4.90", _m(line.total)]
            if place >= half:
                cells = [_d(order.when), order.number, _m(line.total), "4.90", order.customer.name, line.product]
            rows.append(cells)
            _add(sales, order, line.total)
    return _csv("Order|Date|Customer|Item|Shipping|Amount", rows)


@_kind
def pages_with_their_totals(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A printed list: a total and the heading on each page, and a grand total."""
    rows: list[Row] = []
    head = ["Invoice", "Date", "Customer", "Amount"]
    page = total = 0.0
    for place, order in enumerate(shop.orders):
        rows.append([order.number, _eu(order.when), order.customer.name, _m(order.goods)])
        page += order.goods
        total += order.goods
        if place % 15 == 14:
            rows += [["", "", "Page total", _m(page)], [f"Page {place // 15 + 1}", "", "", ""], head]
            page = 0.0
        _add(sales, order, order.goods)
    rows.append(["", "", "Grand total", _m(total)])
    return _csv("|".join(head), rows, above=[["Sales journal", "", "", ""]])


@_kind
def moments_with_offsets(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Moments of the shop's clock with its distance from UTC, soon after midnight on the first day."""
    rows: list[Row] = []
    first = shop.orders[0]
    first.when = first.when.replace(hour=0, minute=20)
    for order in shop.orders:
        offset = "+02:00" if 4 <= order.when.month <= 9 else "+01:00"
        rows.append([order.number, f"{order.when:%Y-%m-%dT%H:%M:%S}{offset}", order.customer.email, _m(order.goods)])
        _add(sales, order, order.goods)
    return _csv("Order|Placed at|Email|Total", rows)


@_kind
def universal_and_local_time(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The time in UTC and the shop's own in two columns; the first order was soon after midnight."""
    rows: list[Row] = []
    first = shop.orders[0]
    first.when = first.when.replace(hour=0, minute=20)
    for order in shop.orders:
        utc = order.when - timedelta(hours=8)
        rows.append([order.number, f"{utc:%Y-%m-%d %H:%M:%S}", f"{order.when:%Y-%m-%d %H:%M:%S}", order.customer.email, _m(order.goods)])  # fmt: skip
        _add(sales, order, order.goods)
    return _csv("Order|Created (UTC)|Created (local time)|Email|Total", rows)


@_kind
def customers_that_were_merged(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two accounts of one person: the later one says into which it was merged."""
    rows: list[Row] = []
    seen: set[str] = set()
    for order in shop.orders:
        own, second = customer_number(order), 500_000 + customer_number(order)
        again = order.customer.id in seen and rng.random() < 0.4
        seen.add(order.customer.id)
        rows.append([order.number, _d(order.when), second if again else own, own if again else "", _m(order.goods)])
        _add(sales, order, order.goods)
    return _csv("Order|Date|Customer ID|Merged into customer ID|Total", rows)


@_kind
def price_list_beside_the_orders(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A workbook whose price list is longer than its orders."""
    prices: list[Row] = [["Code", "Item", "Trade price", "RRP", "Valid from"]]
    for at in range(300):
        prices.append([f"Z{at:03}", f"Thing {at}", float(at % 90 + 2), float(at % 90 + 2) * 1.6, datetime(2018, 1, 1)])
    orders: list[Row] = [["Order", "Date", "Customer", "Code", "Qty", "Net price"]]
    for _, order, line in _each(shop):
        day = order.when.replace(hour=0, minute=0)
        orders.append([order.number, day, order.customer.name, line.code, line.quantity, line.price])
        _add(sales, order, line.total)
    return _book({"Price list": prices, "Orders": orders})


@_kind
def rates_to_the_base_currency(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Amounts in the buyer's currency, the rate, and the same in the shop's, under a name without a currency."""
    rows: list[Row] = []
    for order in shop.orders:
        money, rate = rng.choice((("EUR", 1.0), ("EUR", 1.0), ("USD", 0.9215), ("SEK", 0.0871)))
        foreign = round(order.goods / rate, 2)
        base = round(foreign * rate, 2)
        rows.append([order.number, _d(order.when), order.customer.email, money, _m(foreign), f"{rate:.4f}", _m(base)])
        _add(sales, order, base)
    return _csv("Order|Date|Email|Currency|Total|Rate|Base amount", rows)


@_kind
def interface_of_a_booking_system(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """JSON of bookings: the customer inside, payments and refunds as lists, the total of the booking beside them."""
    found = []
    for place, order in enumerate(shop.orders):
        gone = _some(rng, shop, place, 0.15)
        found.append({
            "uuid": f"bk-{place:05}", "status": "canceled" if gone else "booked", "createdAt": f"{order.when:%Y-%m-%dT%H:%M:%S}",
            "startsAt": f"{order.when + timedelta(days=14):%Y-%m-%dT%H:%M:%S}", "customer": {"name": order.customer.name, "email": order.customer.email},
            "totalAmount": order.goods, "payments": [{"method": "card", "amount": round(order.goods / 2, 2)}, {"method": "cash", "amount": round(order.goods - round(order.goods / 2, 2), 2)}],
        })  # fmt: skip
        if not gone:
            _add(sales, order, order.goods)
    return (("bookings.json", json.dumps({"page": 1, "bookings": found}).encode()),)


@_kind
def lines_with_the_total_once(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Prices without and with tax on each line; the order's total on its first line only."""
    rows: list[Row] = []
    for order in shop.orders:
        gross = [round(line.total * 1.21, 2) for line in order.lines]
        for at, (line, total) in enumerate(zip(order.lines, gross, strict=True)):
            rows.append([order.number, f"{order.when:%d-%m-%Y}", order.customer.email, line.product, line.quantity, _c(line.price), "21", _c(line.total), _c(total), _c(sum(gross)) if at == 0 else ""])  # fmt: skip
            _add(sales, order, total, line.total)
    return _csv("Ordernr|Datum|E-mail|Artikel|Aantal|Prijs excl. btw|Btw %|Totaal excl. btw|Totaal incl. btw|Ordertotaal incl. btw", rows, ";")  # fmt: skip
