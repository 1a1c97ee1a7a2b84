# ruff: noqa: E501 - header rows read best in long lines
"""Random exports of shop systems and marketplaces without a layout of their own, with known figures.

Header rows are those of the systems' own exports; the pitfalls are what these systems do: a status for the order and
one for the payment, payouts among payments, order cells on the first row only, money given back in a cell.
"""

import csv
import io
import random
from collections.abc import Callable
from datetime import datetime

from benchmarks.constructed_exports import Constructed, Sold
from benchmarks.generated_exports import Order, Shop


class Table:
    """Rows under a system's own header row."""

    def __init__(
        self, header: str, *, delimiter: str = ",", comma: bool = False, form: str = "%Y-%m-%d %H:%M:%S"
    ) -> None:
        self.columns = header.split("|")
        self.delimiter, self.comma, self.form = delimiter, comma, form
        self.rows: list[list[str]] = []

    def put(self, cells: dict[str, object]) -> None:
        unknown = set(cells) - set(self.columns)
        if unknown:
            raise KeyError(unknown)
        self.rows.append([self.text(cells.get(name, "")) for name in self.columns])

    def text(self, value: object) -> str:
        if isinstance(value, float):
            return f"{value:.2f}".replace(".", ",") if self.comma else f"{value:.2f}"
        return value.strftime(self.form) if isinstance(value, datetime) else str(value)

    def data(self) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue().encode()


def _shop(rng: random.Random) -> Shop:
    return Shop(rng, orders=rng.choice((15, 30, 60)))


def _sold(order: Order, who: str, *amounts: float) -> Sold:
    return Sold(who, order.number, order.when, amounts)


def _made(kind: str, table: Table, sold: list[Sold], name: str = "export.csv") -> Constructed:
    return Constructed(kind, ((name, table.data()),), tuple(sold))


def squarespace(rng: random.Random) -> Constructed:
    """Order cells on the first row only; the subtotal is before the order's discount."""
    out = Table(
        "Order ID|Email|Financial Status|Paid at|Fulfillment Status|Fulfilled at|Currency|Subtotal|Shipping|Taxes|Amount Refunded|Total|"
        "Discount Code|Discount Amount|Shipping Method|Created at|Lineitem quantity|Lineitem name|Lineitem price|Lineitem sku|"
        "Lineitem variant|Lineitem requires shipping|Lineitem taxable|Lineitem fulfillment status|Billing Name|Billing Address1|"
        "Billing City|Billing Zip|Billing Province|Billing Country|Billing Phone|Shipping Name|Shipping City|Shipping Country|Cancelled at|"
        "Private Notes|Channel Type|Channel Name|Channel Order Number|Payment Method|Payment Reference"
    )  # fmt: skip
    sold = []
    for order in _shop(rng).orders:
        state = rng.choice(("PAID",) * 6 + ("CANCELED", "REFUNDED", "part"))
        off = round(order.goods * 0.1, 2) if rng.random() < 0.3 else 0.0
        goods = round(order.goods - off, 2)
        back = round(goods / 4, 2) if state == "part" else goods + 5 if state == "REFUNDED" else 0.0
        head = {
            "Financial Status": "PAID" if state == "part" else state, "Paid at": order.when, "Fulfillment Status": "FULFILLED", "Currency": "USD",
            "Subtotal": order.goods, "Shipping": 5.0, "Taxes": 0.0, "Amount Refunded": back, "Total": goods + 5, "Discount Amount": off,
            "Created at": order.when, "Cancelled at": order.when if state == "CANCELED" else "", "Billing Name": order.customer.name,
        }  # fmt: skip
        for place, line in enumerate(order.lines):
            out.put({"Order ID": f"{order.number}", "Email": order.customer.email, "Lineitem quantity": line.quantity, "Lineitem name": line.product,
                     "Lineitem price": line.price, "Lineitem sku": line.code, **(head if place == 0 else {})})  # fmt: skip
        if state in ("PAID", "part"):
            sold.append(_sold(order, order.customer.email, goods))
            if back:
                sold.append(_sold(order, order.customer.email, -back))
    return _made("squarespace", out, sold)


def wix(rng: random.Random) -> Constructed:
    """Order totals on each row of an item; date and time apart."""
    out = Table(
        "Order number|Date created|Time|Total order quantity|Contact email|Note from customer|Item|Variant|SKU|Qty|Quantity refunded|Price|Weight|"
        "Custom text|Delivery method|Recipient name|Recipient phone|Delivery country|Delivery city|Billing name|Billing phone|Billing country|"
        "Payment status|Payment method|Coupon code|Gift card amount|Shipping rate|Total tax|Total|Currency|Refunded amount|Net amount|"
        "Fulfillment status|Tracking number", form="%b %d, %Y",
    )  # fmt: skip
    sold = []
    for order in _shop(rng).orders:
        state = rng.choice(("Paid",) * 6 + ("Unpaid", "Fully Refunded"))
        for line in order.lines:
            out.put({
                "Order number": order.number, "Date created": order.when, "Time": order.when.strftime("%I:%M %p"), "Contact email": order.customer.email,
                "Total order quantity": sum(line.quantity for line in order.lines), "Item": line.product, "SKU": line.code, "Qty": line.quantity,
                "Price": line.price, "Billing name": order.customer.name, "Payment status": state, "Shipping rate": 4.5, "Total": order.goods + 4.5,
                "Currency": "USD", "Refunded amount": order.goods + 4.5 if state == "Fully Refunded" else 0.0, "Total tax": 0.0,
                "Net amount": 0.0 if state == "Fully Refunded" else order.goods + 4.5, "Quantity refunded": line.quantity if state == "Fully Refunded" else 0,
                "Fulfillment status": "Fulfilled", "Billing country": "US",
            })  # fmt: skip
        if state == "Paid":
            sold.append(_sold(order, order.customer.email, order.goods, order.goods + 4.5))
    return _made("wix", out, sold)


def bigcommerce(rng: random.Random) -> Constructed:
    """A row per order with many totals, each with and without tax."""
    out = Table(
        "Order ID|Customer ID|Customer Name|Customer Email|Customer Phone|Order Date|Order Time|Order Status|Subtotal (inc tax)|Subtotal (ex tax)|Tax Total|"
        "Shipping Cost (inc tax)|Shipping Cost (ex tax)|Handling Cost (inc tax)|Handling Cost (ex tax)|Coupon Value|Order Total (inc tax)|"
        "Order Total (ex tax)|Payment Method|Total Quantity|Total Shipped|Date Shipped|Order Currency Code|Exchange Rate|Order Notes|"
        "Customer Message|Billing First Name|Billing Last Name|Billing Suburb|Billing State|Billing Zip|Billing Country|Ship Method|Product Details|"
        "Refund Amount|Customer Group Name", form="%d/%m/%Y",
    )  # fmt: skip
    sold = []
    for order in _shop(rng).orders:
        state = rng.choice(
            ("Completed", "Shipped", "Awaiting Fulfillment") * 3
            + ("Cancelled", "Declined", "Refunded", "Awaiting Payment", "Incomplete")
        )
        net, gross = order.goods, round(order.goods * 1.2, 2)
        out.put({
            "Order ID": order.number.strip("#"), "Customer ID": order.customer.id, "Customer Name": order.customer.name, "Customer Email": order.customer.email,
            "Order Date": order.when, "Order Time": order.when.strftime("%H:%M:%S"), "Order Status": state, "Subtotal (inc tax)": gross, "Subtotal (ex tax)": net,
            "Tax Total": round(gross - net, 2), "Shipping Cost (inc tax)": 6.0, "Shipping Cost (ex tax)": 5.0, "Handling Cost (inc tax)": 0.0,
            "Handling Cost (ex tax)": 0.0, "Coupon Value": 0.0, "Order Total (inc tax)": gross + 6, "Order Total (ex tax)": net + 5, "Payment Method": "Card",
            "Total Quantity": sum(line.quantity for line in order.lines), "Order Currency Code": "USD", "Exchange Rate": "1.0000000000",
            "Product Details": "; ".join(f"{line.product} x{line.quantity}" for line in order.lines), "Refund Amount": 0.0,
        })  # fmt: skip
        if state in ("Completed", "Shipped", "Awaiting Fulfillment"):
            sold.append(_sold(order, order.customer.id, gross + 6, net + 5, gross, net))
    return _made("bigcommerce", out, sold)


def tiendanube(rng: random.Random) -> Constructed:
    """Order cells on the first row only; the order and its payment each have a status."""
    out = Table(
        "Número de orden|Email|Fecha|Estado de la orden|Estado del pago|Estado del envío|Moneda|Subtotal de productos|Descuento|Costo de envío|Total|"
        "Nombre del comprador|DNI / CUIT|Teléfono|Nombre para el envío|Dirección|Ciudad|Código postal|Provincia o estado|País|Medio de envío|"
        "Medio de pago|Cupón de descuento|Notas del comprador|Notas del vendedor|Fecha de pago|Fecha de envío|Nombre del producto|Precio del producto|"
        "Cantidad del producto|SKU|Canal|Código de tracking del envío|Identificador de la transacción en el medio de pago|Identificador de la orden|"
        "Producto Fisico|Persona que registró la venta|Sucursal de venta|Vendedor", delimiter=";", form="%d/%m/%Y %H:%M:%S",
    )  # fmt: skip
    sold = []
    for order in _shop(rng).orders:
        state, payment = rng.choice((("Abierta", "Confirmado"),) * 3 + (("Archivada", "Confirmado"),) * 3 + (
            ("Cancelada", "Confirmado"), ("Cancelada", "Anulado"), ("Abierta", "Pendiente"), ("Abierta", "Rechazado"), ("Archivada", "Reintegrado")))  # fmt: skip
        off = round(order.goods * 0.15, 2) if rng.random() < 0.3 else 0.0
        head = {
            "Email": order.customer.email, "Fecha": order.when, "Estado de la orden": state, "Estado del pago": payment, "Estado del envío": "Enviado",
            "Moneda": "ARS", "Subtotal de productos": order.goods, "Descuento": off, "Costo de envío": 3.0, "Total": round(order.goods - off + 3, 2),
            "Nombre del comprador": order.customer.name, "Teléfono": order.customer.phone, "País": "Argentina", "Medio de pago": "Mercado Pago",
            "Canal": "Tienda online", "Identificador de la orden": f"{870000 + len(out.rows)}",
        }  # fmt: skip
        for place, line in enumerate(order.lines):
            out.put({"Número de orden": order.number.strip("#"), "Nombre del producto": line.product, "Precio del producto": line.price,
                     "Cantidad del producto": line.quantity, "SKU": line.code, **(head if place == 0 else {})})  # fmt: skip
        if payment == "Confirmado" and state != "Cancelada":
            sold.append(_sold(order, order.customer.email, order.goods - off))
    return _made("tiendanube", out, sold)


def paypal(rng: random.Random) -> Constructed:
    """Payments, refunds, fees, payouts and holds in one list."""
    shop = _shop(rng)
    german = rng.random() < 0.5
    header = (
        "Datum|Uhrzeit|Zeitzone|Name|Typ|Status|Währung|Brutto|Entgelt|Netto|Absender E-Mail-Adresse|Empfänger E-Mail-Adresse|Transaktionscode|Lieferadresse|"
        "Adress-Status|Artikelbezeichnung|Artikelnummer|Betrag für Versandkosten|Zugehöriger Transaktionscode|Rechnungsnummer|Guthaben|Auswirkung auf Guthaben"
        if german else
        "Date|Time|TimeZone|Name|Type|Status|Currency|Gross|Fee|Net|From Email Address|To Email Address|Transaction ID|Shipping Address|Address Status|"
        "Item Title|Item ID|Shipping and Handling Amount|Reference Txn ID|Invoice Number|Balance|Balance Impact"
    )  # fmt: skip
    words = (
        ("PayPal Express-Zahlung", "Abgeschlossen", "Rückzahlung", "Allgemeine Abbuchung", "Ausstehend", "Haben", "Soll") if german else
        ("Express Checkout Payment", "Completed", "Payment Refund", "General Withdrawal", "Pending", "Credit", "Debit")
    )  # fmt: skip
    out = Table(header, comma=german, form="%d.%m.%Y" if german else "%m/%d/%Y")
    c = out.columns
    sold = []

    def put(
        order: Order, kind: str, status: str, amount: float, sender: str, receiver: str, number: str, impact: str
    ) -> None:
        fee = round(-0.03 * amount, 2) if amount > 0 else 0.0
        out.put({
            c[0]: order.when, c[1]: order.when.strftime("%H:%M:%S"), c[2]: "Europe/Berlin" if german else "PST", c[3]: order.customer.name, c[4]: kind, c[5]: status,
            c[6]: "EUR", c[7]: amount, c[8]: fee, c[9]: round(amount + fee, 2), c[10]: sender, c[11]: receiver, c[12]: number, c[-1]: impact,
        })  # fmt: skip

    mine = "shop@example.com"
    for place, order in enumerate(shop.orders):
        number, mail = f"{place:04}AB{place * 7919 % 10007:05}X", order.customer.email
        pending = rng.random() < 0.08
        put(order, words[0], words[4] if pending else words[1], order.goods, mail, mine, number, words[5])
        if not pending:
            sold.append(_sold(order, mail, order.goods))
            if rng.random() < 0.1:
                put(order, words[2], words[1], -order.goods, mine, mail, f"R{number}", words[6])
                sold.append(_sold(order, mail, -order.goods))
        if place % 12 == 11:
            out.put({c[0]: order.when, c[1]: "23:00:00", c[4]: words[3], c[5]: words[1], c[6]: "EUR", c[7]: -500.0, c[8]: 0.0, c[9]: -500.0,
                     c[12]: f"W{number}", c[-1]: words[6]})  # fmt: skip
    return _made("paypal", out, sold)


def shopware(rng: random.Random) -> Constructed:
    """A row per order with numbers for net, gross and delivery; states of order, payment and delivery."""
    out = Table(
        "orderNumber|orderDateTime|customerNumber|email|firstName|lastName|company|salutation|stateMachineState|transactionState|deliveryState|paymentMethod|"
        "shippingMethod|currency|amountNet|amountTotal|positionPrice|shippingTotal|taxStatus|billingCountry|billingCity|salesChannel",
        delimiter=";", form="%Y-%m-%d %H:%M:%S.000",
    )  # fmt: skip
    sold = []
    for order in _shop(rng).orders:
        state, payment = rng.choice((("Abgeschlossen", "Bezahlt"), ("Offen", "Bezahlt"), ("In Bearbeitung", "Bezahlt")) * 3 + (
            ("Abgebrochen", "Offen"), ("Abgebrochen", "Erstattet"), ("Offen", "Offen"), ("Abgeschlossen", "Erstattet"), ("Offen", "Fehlgeschlagen")))  # fmt: skip
        gross = round(order.goods * 1.19, 2)
        out.put({
            "orderNumber": order.number, "orderDateTime": order.when, "customerNumber": order.customer.id, "email": order.customer.email,
            "firstName": order.customer.name.split()[0], "lastName": order.customer.name.split()[1], "stateMachineState": state, "transactionState": payment,
            "deliveryState": "Versandt", "paymentMethod": "PayPal", "currency": "EUR", "amountNet": order.goods, "amountTotal": gross,
            "positionPrice": round(gross - 4.9, 2), "shippingTotal": 4.9, "billingCountry": "Deutschland", "salesChannel": "Storefront",
        })  # fmt: skip
        if payment == "Bezahlt" and state != "Abgebrochen":
            sold.append(_sold(order, order.customer.id, gross, order.goods, round(gross - 4.9, 2)))
    return _made("shopware", out, sold)


def gumroad(rng: random.Random) -> Constructed:
    """A row per sale with fees and net, and yes or no for refunds."""
    out = Table(
        "Purchase ID|Item Name|Buyer Name|Purchase Email|Buyer Email|Do not contact?|Purchase Date|Purchase Time (UTC timezone)|Subtotal ($)|Taxes ($)|Shipping ($)|"
        "Sale Price ($)|Fees ($)|Net Total ($)|Tip ($)|Tax Included in Price?|Street Address|City|Zip Code|State|Country|Referrer|Refunded?|Partial Refund ($)|"
        "Fully Refunded?|Disputed?|Dispute Won?|Variants|Discount Code|Recurring Charge?|Free trial purchase?|Pre-order?|Giftee Email|SKU|Quantity|Recurrence",
        form="%Y-%m-%d",
    )  # fmt: skip
    sold = []
    for place, order in enumerate(_shop(rng).orders):
        line, refunded = order.lines[0], rng.random() < 0.12
        out.put({
            "Purchase ID": f"{place * 7919 + 100000}==", "Item Name": line.product, "Buyer Name": order.customer.name, "Purchase Email": order.customer.email,
            "Do not contact?": 0, "Purchase Date": order.when, "Purchase Time (UTC timezone)": order.when.strftime("%H:%M:%S"), "Subtotal ($)": line.total,
            "Taxes ($)": 0.0, "Shipping ($)": 0.0, "Sale Price ($)": line.total, "Fees ($)": round(line.total / 10, 2),
            "Net Total ($)": round(line.total - round(line.total / 10, 2), 2), "Tip ($)": 0.0, "Refunded?": int(refunded), "Partial Refund ($)": 0.0,
            "Fully Refunded?": int(refunded), "Disputed?": 0, "Dispute Won?": 0, "Quantity": line.quantity, "Country": "United States",
        })  # fmt: skip
        if not refunded:
            sold.append(Sold(order.customer.email, f"{place}", order.when, (line.total,)))
    return _made("gumroad", out, sold)


def lightspeed(rng: random.Random) -> Constructed:
    """A row per line: retail price, subtotal after discounts, tax, total, cost, profit."""
    out = Table("Sale ID|Date|Time|Register|Employee|Customer|Customer Type|Item|System ID|Qty|Retail|Subtotal|Discounts|Subtotal w/ Discounts|Tax|Total|Cost|Profit|Margin",
                form="%m/%d/%Y")  # fmt: skip
    shop = _shop(rng)
    for order in shop.orders:
        order.when = order.when.replace(day=max(order.when.day, 13) if order is shop.orders[0] else order.when.day)
    shop.orders.sort(key=lambda order: order.when)
    sold = []
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            off = round(line.total * 0.1, 2) if rng.random() < 0.2 else 0.0
            net = round(line.total - off, 2)
            out.put({"Sale ID": 9000 + place, "Date": order.when, "Time": order.when.strftime("%H:%M"), "Register": "Front", "Employee": "Kim", "Customer": order.customer.name,
                     "Customer Type": "Retail", "Item": line.product, "System ID": 210000000000 + shop.goods.index((line.product, line.code, line.price)), "Qty": line.quantity,
                     "Retail": line.price, "Subtotal": line.total, "Discounts": off, "Subtotal w/ Discounts": net, "Tax": round(net * 0.08, 2), "Total": round(net * 1.08, 2),
                     "Cost": round(line.total / 2, 2), "Profit": round(net - line.total / 2, 2), "Margin": "50%"})  # fmt: skip
            sold.append(
                Sold(
                    order.customer.name,
                    f"{place}",
                    order.when,
                    (net, round(net * 1.08, 2) if net else 0.0, net + round(net * 0.08, 2)),
                )
            )
    return _made("lightspeed", out, sold)


def trendyol(rng: random.Random) -> Constructed:
    """A row per line: list price, discount, what is invoiced."""
    out = Table("Barkod|Paket No|Kargo Firması|Sipariş Tarihi|Kargo Kodu|Sipariş Numarası|Alıcı|Teslimat Adresi|İl|Ürün Adı|Fatura Adresi|Sipariş Statüsü|E-Posta|Komisyon Oranı|"
                "Marka|Stok Kodu|Adet|Birim Fiyatı|Satış Tutarı|İndirim Tutarı|Faturalanacak Tutar|Fatura", delimiter=";", comma=True, form="%d.%m.%Y %H:%M")  # fmt: skip
    sold = []
    for place, order in enumerate(_shop(rng).orders):
        state = rng.choice(("Teslim Edildi", "Kargoya Verildi") * 4 + ("İptal Edildi", "İade Edildi"))
        for line in order.lines:
            off = round(line.total * 0.1, 2) if rng.random() < 0.3 else 0.0
            out.put({"Barkod": line.code, "Paket No": 700000 + place, "Sipariş Tarihi": order.when, "Sipariş Numarası": 900000 + place, "Alıcı": order.customer.name,
                     "İl": "Ankara", "Ürün Adı": line.product, "Sipariş Statüsü": state, "E-Posta": order.customer.email, "Komisyon Oranı": 15, "Stok Kodu": line.code,
                     "Adet": line.quantity, "Birim Fiyatı": line.price, "Satış Tutarı": line.total, "İndirim Tutarı": off, "Faturalanacak Tutar": round(line.total - off, 2)})  # fmt: skip
            if state in ("Teslim Edildi", "Kargoya Verildi"):
                sold.append(
                    Sold(order.customer.email, f"{place}", order.when, (round(line.total - off, 2), line.total))
                )
    return _made("trendyol", out, sold)


def ec_cube(rng: random.Random) -> Constructed:
    """Japanese: totals of the order on each of its lines, first and last name apart."""
    out = Table("注文ID|お問い合わせ|お名前(姓)|お名前(名)|お名前(セイ)|お名前(メイ)|会社名|郵便番号|都道府県|住所1|メールアドレス|電話番号|小計|値引き|送料|手数料|使用ポイント|合計|お支払い合計|"
                "支払方法|対応状況|注文日時|入金日|出荷日|商品ID|商品コード|商品名|単価|数量|税率", form="%Y/%m/%d %H:%M:%S")  # fmt: skip
    sold = []
    for order in _shop(rng).orders:
        state = rng.choice(("発送済み", "入金済み", "新規受付") * 3 + ("注文取消し", "入金待ち", "返品"))
        first, last = order.customer.name.split()[0], order.customer.name.split()[1]
        lines = [(line, float(round(line.price * 100))) for line in order.lines]
        goods = sum(price * line.quantity for line, price in lines)
        for line, price in lines:
            out.put({"注文ID": order.number.strip("#"), "お名前(姓)": last, "お名前(名)": first, "都道府県": "東京都", "メールアドレス": order.customer.email, "小計": round(goods), "値引き": 0,
                     "送料": 500, "手数料": 0, "使用ポイント": 0, "合計": round(goods) + 500, "お支払い合計": round(goods) + 500, "支払方法": "クレジットカード", "対応状況": state,
                     "注文日時": order.when, "商品コード": line.code, "商品名": line.product, "単価": round(price), "数量": line.quantity, "税率": 10})  # fmt: skip
        if state in ("発送済み", "入金済み", "新規受付"):
            sold.append(_sold(order, order.customer.email, goods, goods + 500))
    return _made("ec-cube", out, sold)


def opencart(rng: random.Random) -> Constructed:
    """A database's table of orders."""
    out = Table("order_id|invoice_no|store_id|store_name|customer_id|customer_group_id|firstname|lastname|email|telephone|payment_city|payment_country|payment_method|comment|total|"
                "order_status|affiliate_id|commission|language_id|currency_id|currency_code|currency_value|ip|forwarded_ip|user_agent|date_added|date_modified")  # fmt: skip
    sold = []
    for place, order in enumerate(_shop(rng).orders):
        state = rng.choice(
            ("Complete", "Shipped", "Processing") * 3
            + ("Canceled", "Denied", "Refunded", "Reversed", "Failed", "Voided", "Chargeback")
        )
        out.put({"order_id": place + 1, "invoice_no": 0, "store_id": 0, "store_name": "Shop", "customer_id": order.customer.id, "customer_group_id": 1,
                 "firstname": order.customer.name.split()[0], "lastname": order.customer.name.split()[1], "email": order.customer.email, "telephone": order.customer.phone,
                 "payment_country": "France", "payment_method": "Card", "total": f"{order.goods:.4f}", "order_status": state, "affiliate_id": 0, "commission": "0.0000",
                 "language_id": 1, "currency_id": 2, "currency_code": "EUR", "currency_value": "1.00000000", "ip": f"10.0.{place % 250}.7", "user_agent": "Mozilla/5.0",
                 "date_added": order.when, "date_modified": order.when})  # fmt: skip
        if state in ("Complete", "Shipped", "Processing"):
            sold.append(_sold(order, order.customer.id, order.goods))
    return _made("opencart", out, sold)


def ecwid(rng: random.Random) -> Constructed:
    """A row per line with the order's cells on each of them."""
    out = Table("order_number|order_date|email|payment_status|fulfillment_status|payment_method|subtotal|discount|coupon|shipping_cost|tax|total|refunded_amount|customer_group|ip|"
                "referer|billing_name|billing_phone|billing_country|sku|name|quantity|price", delimiter=";")  # fmt: skip
    sold = []
    for order in _shop(rng).orders:
        state = rng.choice(
            ("PAID",) * 6 + ("CANCELLED", "AWAITING_PAYMENT", "REFUNDED", "INCOMPLETE", "PARTIALLY_REFUNDED")
        )
        back = round(order.goods / 5, 2) if state == "PARTIALLY_REFUNDED" else 0.0
        for line in order.lines:
            out.put({"order_number": order.number, "order_date": order.when, "email": order.customer.email, "payment_status": state, "fulfillment_status": "SHIPPED",
                     "payment_method": "Card", "subtotal": order.goods, "discount": 0.0, "shipping_cost": 6.0, "tax": 0.0, "total": order.goods + 6, "refunded_amount": back,
                     "billing_name": order.customer.name, "billing_country": "ES", "sku": line.code, "name": line.product, "quantity": line.quantity, "price": line.price})  # fmt: skip
        if state in ("PAID", "PARTIALLY_REFUNDED"):
            sold.append(_sold(order, order.customer.email, order.goods))
            if back:
                sold.append(_sold(order, order.customer.email, -back))
    return _made("ecwid", out, sold)


def allegro(rng: random.Random) -> Constructed:
    """Polish marketplace: login names the buyer, a row per line."""
    out = Table("Numer zamówienia|Data złożenia|Login kupującego|E-mail|Imię i nazwisko|Kraj|Nazwa oferty|Numer oferty|Liczba sztuk|Cena sztuki|Wartość|Waluta|Koszt dostawy|"
                "Suma do zapłaty|Status płatności|Status zamówienia|Forma płatności|Uwagi", delimiter=";", comma=True, form="%d.%m.%Y %H:%M")  # fmt: skip
    sold = []
    for order in _shop(rng).orders:
        state, paid = rng.choice(
            (("Wysłane", "Opłacone"),) * 6
            + (("Anulowane", "Nieopłacone"), ("Nowe", "Nieopłacone"), ("Anulowane", "Zwrócone"))
        )
        for line in order.lines:
            out.put({"Numer zamówienia": order.number, "Data złożenia": order.when, "Login kupującego": f"user{order.customer.id}", "E-mail": order.customer.email,
                     "Imię i nazwisko": order.customer.name, "Kraj": "Polska", "Nazwa oferty": line.product, "Numer oferty": f"1300{line.code[-2:]}", "Liczba sztuk": line.quantity,
                     "Cena sztuki": line.price, "Wartość": line.total, "Waluta": "PLN", "Koszt dostawy": 9.99, "Suma do zapłaty": round(order.goods + 9.99, 2),
                     "Status płatności": paid, "Status zamówienia": state, "Forma płatności": "Przelewy24"})  # fmt: skip
        if paid == "Opłacone":
            sold.append(_sold(order, order.customer.email, order.goods))
    return _made("allegro", out, sold)


def odoo(rng: random.Random) -> Constructed:
    """A row per line; the order's cells are written once, above its lines."""
    out = Table(
        "Order Reference|Order Date|Customer|Salesperson|Order Lines/Product|Order Lines/Quantity|Order Lines/Unit Price|Order Lines/Subtotal|Status"
    )
    sold = []
    for order in _shop(rng).orders:
        state = rng.choice(("Sales Order",) * 5 + ("Quotation", "Cancelled"))
        for place, line in enumerate(order.lines):
            head = {
                "Order Reference": f"S{order.number}",
                "Order Date": order.when,
                "Customer": order.customer.name,
                "Salesperson": "Kim",
                "Status": state,
            }
            out.put({"Order Lines/Product": line.product, "Order Lines/Quantity": float(line.quantity), "Order Lines/Unit Price": line.price,
                     "Order Lines/Subtotal": line.total, **(head if place == 0 else {})})  # fmt: skip
        if state == "Sales Order":
            sold.append(_sold(order, order.customer.name, order.goods))
    return _made("odoo", out, sold)


def quickbooks(rng: random.Random) -> Constructed:
    """Sales by customer: the customer above its rows, a total below them, one at the end."""
    shop = _shop(rng)
    out = Table("Customer|Date|Transaction Type|Num|Product/Service|Qty|Sales Price|Amount", form="%m/%d/%Y")
    for order in shop.orders:
        order.when = order.when.replace(hour=12)
    shop.orders[0].when = shop.orders[0].when.replace(day=max(14, shop.orders[0].when.day))
    sold: list[Sold] = []
    for person in shop.people:
        mine = [order for order in shop.orders if order.customer is person]
        if not mine:
            continue
        out.put({"Customer": person.name})
        amounts = []
        for order in mine:
            for line in order.lines:
                out.put({"Date": order.when, "Transaction Type": "Invoice", "Num": order.number, "Product/Service": line.product, "Qty": line.quantity,
                         "Sales Price": line.price, "Amount": line.total})  # fmt: skip
                amounts.append(line.total)
            sold.append(_sold(order, person.name, order.goods))
        out.put({"Customer": f"Total for {person.name}", "Amount": round(sum(amounts), 2)})
    out.put({"Customer": "TOTAL", "Amount": round(sum(sale.amounts[0] for sale in sold), 2)})
    return _made("quickbooks", out, sold)


def stripe_charges(rng: random.Random) -> Constructed:
    """Stripe's API dump: cents, seconds since 1970, flags for paid and refunded."""
    out = Table("id|object|amount|amount_captured|amount_refunded|balance_transaction|captured|created|currency|customer|description|disputed|failure_code|livemode|paid|"
                "payment_intent|receipt_email|refunded|status")  # fmt: skip
    sold = []
    for place, order in enumerate(_shop(rng).orders):
        state = rng.choice(("ok",) * 6 + ("failed", "refunded", "part"))
        cents = round(order.goods * 100)
        back = cents if state == "refunded" else cents // 4 if state == "part" else 0
        out.put({"id": f"ch_{place:06}", "object": "charge", "amount": cents, "amount_captured": 0 if state == "failed" else cents, "amount_refunded": back, "captured": "true",
                 "created": int((order.when - datetime(1970, 1, 1)).total_seconds()), "currency": "eur", "customer": order.customer.id, "livemode": "true",
                 "paid": "false" if state == "failed" else "true", "receipt_email": order.customer.email, "refunded": "true" if state == "refunded" else "false",
                 "status": "failed" if state == "failed" else "succeeded"})  # fmt: skip
        if state in ("ok", "part"):
            sold.append(_sold(order, order.customer.id, order.goods))
            if back:
                sold.append(_sold(order, order.customer.id, -back / 100))
    return _made("stripe charges", out, sold)


KINDS: tuple[Callable[[random.Random], Constructed], ...] = (
    squarespace, wix, bigcommerce, tiendanube, paypal, shopware, gumroad, lightspeed, trendyol, ec_cube, opencart, ecwid, allegro, odoo,
    quickbooks, stripe_charges,
)  # fmt: skip
