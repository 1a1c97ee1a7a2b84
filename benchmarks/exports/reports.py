# ruff: noqa: E501 - header rows read best in long lines
"""Reports of tills, marketplaces, invoicing programs and public sets; right answers were fixed before a first reading."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, customer_number, sold, state
from benchmarks.generated_exports import Order, Shop

KINDS = Kinds()


def _first(order: Order) -> str:
    return order.customer.name.split(maxsplit=1)[0]


def _last(order: Order) -> str:
    return order.customer.name.split(maxsplit=1)[1]


def _german(value: float) -> str:
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


# fmt: off


@KINDS.export("Day|Order name|Customer name|Customer email|Product title|Product variant SKU|Net quantity|Gross sales|Discounts|Returns|Net sales|Taxes|Total sales", form="%Y-%m-%d")
def shopify_sales_report(rng: random.Random, shop: Shop) -> Rows:
    """Returns are rows of their own: nothing sold, returns and net sales below zero."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0, 0.1)), 2)
            row = {"Day": order.when, "Order name": f"#{1001 + place}", "Customer name": order.customer.name, "Customer email": order.customer.email, "Product title": line.product, "Product variant SKU": line.code, "Net quantity": line.quantity, "Gross sales": line.total, "Discounts": -off, "Returns": 0.0, "Net sales": round(line.total - off, 2), "Taxes": 0.0, "Total sales": round(line.total - off, 2)}
            yield row
            yield sold(order, round(line.total - off, 2))
        if place % 9 == 4:
            yield {**row, "Day": order.when + timedelta(days=3), "Net quantity": -line.quantity, "Gross sales": 0.0, "Discounts": 0.0, "Returns": round(off - line.total, 2), "Net sales": round(off - line.total, 2), "Total sales": round(off - line.total, 2)}
            yield sold(order, round(off - line.total, 2))


@KINDS.export("Customer name|Customer email|First order date|Last order date|Orders|Gross sales|Net sales|Total sales", form="%Y-%m-%d")
def shopify_sales_by_customer(rng: random.Random, shop: Shop) -> Rows:
    """A row per customer with sums: no orders, must be refused."""
    for person in shop.people:
        own = [order for order in shop.orders if order.customer is person]
        if own:
            yield {"Customer name": person.name, "Customer email": person.email, "First order date": own[0].when, "Last order date": own[-1].when, "Orders": len(own), "Gross sales": sum(o.goods for o in own), "Net sales": sum(o.goods for o in own), "Total sales": sum(o.goods for o in own)}


@KINDS.export("Order ID|Customer ID|Customer Name|Customer Email|Order Date|Order Time|Order Status|Subtotal (inc tax)|Subtotal (ex tax)|Tax Total|Shipping Cost (inc tax)|Shipping Cost (ex tax)|Handling Cost (inc tax)|Order Total (inc tax)|Order Total (ex tax)|Payment Method|Total Quantity|Total Shipped|Refund Amount|Store Credit Redeemed|Gift Certificate Amount Redeemed|Coupon Details|Product Details", form="%m/%d/%Y")
def bigcommerce_orders(rng: random.Random, shop: Shop) -> Rows:
    """Totals with and without tax, goods in one text, part of an order refunded."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Completed", "Shipped", "Awaiting Fulfillment"), ("Cancelled", "Declined", "Incomplete", "Refunded"))
        back = 2.0 if good and place % 8 == 3 else 0.0
        total = round(order.goods + 5, 2)
        details = "|".join(f"Product ID: {line.code}, Product Qty: {line.quantity}, Product Name: {line.product}, Product Unit Price: {line.price:.2f}" for line in order.lines)
        yield {"Order ID": 100 + place, "Customer ID": customer_number(order), "Customer Name": order.customer.name, "Customer Email": order.customer.email, "Order Date": order.when, "Order Time": order.when.strftime("%H:%M:%S"), "Order Status": "Partially Refunded" if back else status, "Subtotal (inc tax)": order.goods, "Subtotal (ex tax)": round(order.goods / 1.2, 2), "Tax Total": round(order.goods - order.goods / 1.2, 2), "Shipping Cost (inc tax)": 5.0, "Shipping Cost (ex tax)": 4.17, "Handling Cost (inc tax)": 0.0, "Order Total (inc tax)": total, "Order Total (ex tax)": round(total / 1.2, 2), "Payment Method": "Card", "Total Quantity": sum(line.quantity for line in order.lines), "Total Shipped": 0, "Refund Amount": total if status == "Refunded" else back, "Store Credit Redeemed": 0.0, "Gift Certificate Amount Redeemed": 0.0, "Product Details": details}
        if good:
            yield sold(order, total, order.goods, round(total / 1.2, 2), round(order.goods / 1.2, 2))
            if back:
                yield sold(order, -back)


@KINDS.export("Date|Receipt Number|Line Type|Customer Code|Customer Name|Note|Quantity|Subtotal|Sales Tax|Discount|Loyalty|Total|Paid|Details|Register|User|Status|Sku")
def vend_sales_history(rng: random.Random, shop: Shop) -> Rows:
    """A row for the sale, a row per product and a row per payment: one sale, three times the money."""
    for place, order in enumerate(shop.orders):
        head = {"Date": order.when, "Receipt Number": 300 + place, "Customer Code": f"{_first(order)}-{customer_number(order)}", "Customer Name": order.customer.name, "Register": "Main Till", "User": "Kim", "Status": "Closed"}
        yield {**head, "Line Type": "Sale", "Quantity": sum(line.quantity for line in order.lines), "Subtotal": order.goods, "Sales Tax": 0.0, "Discount": 0.0, "Total": order.goods, "Paid": order.goods, "Details": " + ".join(line.product for line in order.lines)}
        for line in order.lines:
            yield {**head, "Line Type": "Sale Line", "Quantity": line.quantity, "Subtotal": line.total, "Sales Tax": 0.0, "Discount": 0.0, "Total": line.total, "Details": line.product, "Sku": line.code}
            yield sold(order, line.total)
        yield {**head, "Line Type": "Payment", "Paid": order.goods, "Total": order.goods, "Details": rng.choice(("Cash", "Card"))}


@KINDS.export("Date|Receipt number|Receipt type|Gross sales|Discounts|Net sales|Taxes|Tips|Total collected|Cost of goods|Gross profit|Payment type|Description|Dining option|POS|Store|Cashier name|Customer name|Customer contacts|Status", form="%d/%m/%Y %H:%M")
def loyverse_receipts(rng: random.Random, shop: Shop) -> Rows:
    """Refund receipts have a number of their own and amounts below zero; cancelled receipts by status."""
    for place, order in enumerate(shop.orders):
        cancelled = place % 10 == 6
        off = round(order.goods * rng.choice((0, 0, 0.1)), 2)
        net = round(order.goods - off, 2)
        row = {"Date": order.when, "Receipt number": f"1-{1000 + 2 * place}", "Receipt type": "Sale", "Gross sales": order.goods, "Discounts": off, "Net sales": net, "Taxes": 0.0, "Tips": 0.0, "Total collected": net, "Cost of goods": round(order.goods * 0.4, 2), "Gross profit": round(net - order.goods * 0.4, 2), "Payment type": "Cash", "Description": ", ".join(f"{line.quantity} X {line.product}" for line in order.lines), "Dining option": "", "POS": "POS 1", "Store": "Shop", "Cashier name": "Owner", "Customer name": order.customer.name, "Customer contacts": order.customer.email, "Status": "Cancelled" if cancelled else "Closed"}
        yield row
        if not cancelled:
            yield sold(order, net)
        if place % 10 == 3:
            yield {**row, "Date": order.when + timedelta(days=1), "Receipt number": f"1-{1001 + 2 * place}", "Receipt type": "Refund", "Gross sales": -order.goods, "Discounts": -off, "Net sales": -net, "Total collected": -net, "Cost of goods": 0.0, "Gross profit": 0.0}
            yield sold(order, -net)


@KINDS.export("Order Date|Order ID|Order Number|Order Employee ID|Order Employee Name|Note|Currency|Tax Amount|Tip|Service Charge|Discount|Order Total|Payments Total|Refunds Total|Manual Refunds Total|Tender|Order Payment State|Customer ID|Customer Name", form="%d-%b-%Y %I:%M %p")
def clover_orders(rng: random.Random, shop: Shop) -> Rows:
    """Open orders have no payments; refunds are a column; employees are few."""
    for place, order in enumerate(shop.orders):
        is_open, back = place % 12 == 7, place % 12 == 4
        yield {"Order Date": order.when, "Order ID": f"CLV{place:08}X", "Order Employee ID": "EMP1", "Order Employee Name": rng.choice(("Kim", "Lou")), "Currency": "USD", "Tax Amount": 0.0, "Tip": 0.0, "Service Charge": 0.0, "Discount": 0.0, "Order Total": order.goods, "Payments Total": 0.0 if is_open else order.goods, "Refunds Total": 1.0 if back else 0.0, "Manual Refunds Total": 0.0, "Tender": "" if is_open else "Credit Card", "Order Payment State": "Open" if is_open else "Paid", "Customer ID": f"CU{customer_number(order)}", "Customer Name": order.customer.name}
        if not is_open:
            yield sold(order, order.goods)
            if back:
                yield sold(order, -1.0)


@KINDS.export("Location|Payment Id|Order Id|Order #|Paid Date|Order Date|Check Id|Check #|Server|Table|Dining Area|Service|Dining Option|House Acct #|Amount|Tip|Gratuity|Total|Swiped Card Amount|Keyed Card Amount|Amount Tendered|Refunded|Refund Date|Refund Amount|Refund Tip Amount|Void User|Void Date|Status|Type|Card Type|Last 4 Card Digits|Email|Phone", form="%m/%d/%y %I:%M %p")
def toast_payment_details(rng: random.Random, shop: Shop) -> Rows:
    """Amount without and total with the tip; voided payments and refunds as a column."""
    for place, order in enumerate(shop.orders):
        tip = round(order.goods * 0.15, 2)
        void, back = place % 11 == 5, place % 11 == 8
        yield {"Location": "Main St", "Payment Id": f"30{place:010}", "Order Id": f"40{place:010}", "Order #": 1 + place, "Paid Date": order.when + timedelta(minutes=40), "Order Date": order.when, "Check Id": f"50{place:010}", "Check #": 1 + place, "Server": rng.choice(("Kim O", "Lou R")), "Table": 1 + place % 9, "Service": "Dinner", "Dining Option": "Dine In", "Amount": order.goods, "Tip": tip, "Gratuity": 0.0, "Total": round(order.goods + tip, 2), "Swiped Card Amount": order.goods, "Refunded": "Full" if back else "", "Refund Amount": order.goods if back else 0.0, "Refund Tip Amount": tip if back else 0.0, "Void User": "Kim" if void else "", "Status": "VOIDED" if void else "CAPTURED", "Type": "Credit", "Card Type": "Visa", "Last 4 Card Digits": f"{customer_number(order) % 10000:04}", "Email": order.customer.email, "Phone": ""}
        if not void and not back:
            yield sold(order, order.goods, round(order.goods + tip, 2))


@KINDS.export("Date|Sale ID|Register|Employee|Customer|Customer ID|Item|Item ID|Qty|Retail|Subtotal|Discount|Total|Tax|Total w/Tax|Cost|Profit|Margin", form="%Y-%m-%d", money=lambda v: f"${v:,.2f}" if v >= 0 else f"-${-v:,.2f}")
def lightspeed_retail_lines(rng: random.Random, shop: Shop) -> Rows:
    """Retail is one piece; subtotal is before the discount; returns have quantities below zero."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0, 0.2)), 2)
            net = round(line.total - off, 2)
            row = {"Date": order.when, "Sale ID": 9000 + place, "Register": "R1", "Employee": "Kim", "Customer": order.customer.name, "Customer ID": customer_number(order), "Item": line.product, "Item ID": line.code, "Qty": line.quantity, "Retail": line.price, "Subtotal": line.total, "Discount": off, "Total": net, "Tax": round(net * 0.08, 2), "Total w/Tax": round(net * 1.08, 2), "Cost": round(line.total / 2, 2), "Profit": round(net - line.total / 2, 2), "Margin": "50%"}
            yield row
            yield sold(order, net, round(net * 1.08, 2))
        if place % 10 == 6:
            yield {**row, "Date": order.when + timedelta(days=2), "Sale ID": 9500 + place, "Qty": -line.quantity, "Subtotal": -line.total, "Discount": -off, "Total": -net, "Tax": -round(net * 0.08, 2), "Total w/Tax": -round(net * 1.08, 2)}
            yield sold(order, -net, -round(net * 1.08, 2))


@KINDS.export("date/time|settlement id|type|order id|sku|description|quantity|marketplace|fulfillment|order city|order state|order postal|product sales|shipping credits|promotional rebates|selling fees|fba fees|other transaction fees|other|total", form="%b %d, %Y %I:%M:%S %p PST")
def amazon_date_range_report(rng: random.Random, shop: Shop) -> Rows:
    """Nobody is named: must be refused."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        yield {"date/time": order.when, "settlement id": "12345678901", "type": "Order", "order id": f"111-{place:07}-{place * 13:07}", "sku": line.code, "description": line.product, "quantity": line.quantity, "marketplace": "amazon.com", "fulfillment": "Seller", "order city": rng.choice(("RENO", "OMAHA")), "order state": rng.choice(("NV", "NE")), "order postal": f"{10000 + place}", "product sales": line.total, "shipping credits": 0.0, "promotional rebates": 0.0, "selling fees": -round(line.total * 0.15, 2), "fba fees": 0.0, "other transaction fees": 0.0, "other": 0.0, "total": round(line.total * 0.85, 2)}


@KINDS.export("Datum|Uhrzeit|Zeitzone|Name|Typ|Status|Währung|Brutto|Gebühr|Netto|Absender E-Mail-Adresse|Empfänger E-Mail-Adresse|Transaktionscode|Lieferadresse|Artikelbezeichnung|Artikelnummer|Rechnungsnummer|Zugehöriger Transaktionscode|Guthaben", form="%d.%m.%Y", comma=True)
def paypal_german(rng: random.Random, shop: Shop) -> Rows:
    """Payments, withdrawals to the bank, payments out to a supplier, refunds with the customer as receiver."""
    for place, order in enumerate(shop.orders):
        fee = round(order.goods * 0.025 + 0.35, 2)
        row = {"Datum": order.when, "Uhrzeit": order.when.strftime("%H:%M:%S"), "Zeitzone": "CET", "Name": order.customer.name, "Typ": "Website-Zahlung", "Status": "Abgeschlossen", "Währung": "EUR", "Brutto": order.goods, "Gebühr": -fee, "Netto": round(order.goods - fee, 2), "Absender E-Mail-Adresse": order.customer.email, "Empfänger E-Mail-Adresse": "shop@kiste.de", "Transaktionscode": f"TX{place:015}", "Artikelbezeichnung": order.lines[0].product, "Rechnungsnummer": order.number, "Guthaben": 0.0}
        yield row
        yield sold(order, order.goods)
        if place % 8 == 3:
            yield {**row, "Datum": order.when + timedelta(days=2), "Typ": "Rückzahlung", "Brutto": -order.goods, "Gebühr": fee, "Netto": round(fee - order.goods, 2), "Absender E-Mail-Adresse": "shop@kiste.de", "Empfänger E-Mail-Adresse": order.customer.email, "Transaktionscode": f"RX{place:015}", "Zugehöriger Transaktionscode": f"TX{place:015}"}
            yield sold(order, -order.goods)
        if place % 6 == 2:
            yield {"Datum": order.when, "Uhrzeit": "23:59:00", "Zeitzone": "CET", "Name": "", "Typ": "Allgemeine Abbuchung", "Status": "Abgeschlossen", "Währung": "EUR", "Brutto": -300.0, "Gebühr": 0.0, "Netto": -300.0, "Absender E-Mail-Adresse": "shop@kiste.de", "Transaktionscode": f"WX{place:015}", "Guthaben": 0.0}


@KINDS.export("Date|Payment method|Currency|Amount|Status|ID|Description|Consumer name|Consumer bank account|Consumer BIC|Settlement currency|Settlement amount|Settlement reference|Amount refunded", form="%Y-%m-%d, %H:%M:%S")
def mollie_payments(rng: random.Random, shop: Shop) -> Rows:
    """Expired and failed tries; part of a payment given back in a column."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("paid",), ("expired", "failed", "canceled", "open"))
        back = 1.5 if good and place % 7 == 2 else 0.0
        yield {"Date": order.when, "Payment method": "iDEAL", "Currency": "EUR", "Amount": order.goods, "Status": status, "ID": f"tr_{place:010}", "Description": f"Order {order.number}", "Consumer name": order.customer.name, "Consumer bank account": f"NL{customer_number(order):016}", "Consumer BIC": "INGBNL2A", "Settlement currency": "EUR", "Settlement amount": order.goods if good else 0.0, "Settlement reference": "1234.2401.01" if good else "", "Amount refunded": back}
        if good:
            yield sold(order, order.goods)
            if back:
                yield sold(order, -back)


@KINDS.export("Fecha|Hora|Tipo operación|Número de pedido|Resultado operación y código|Importe|Moneda|Tipo de pago|Titular|Nº tarjeta", delimiter=";", comma=True, form="%d/%m/%Y")
def spanish_bank_till(rng: random.Random, shop: Shop) -> Rows:
    """The bank's virtual till: authorised or denied with a code in the same text; refunds are an operation with a positive amount."""
    for place, order in enumerate(shop.orders):
        good = place % 6 != 4
        row = {"Fecha": order.when, "Hora": order.when.strftime("%H:%M:%S"), "Tipo operación": "Autorización", "Número de pedido": f"{place:06}A", "Resultado operación y código": f"Autorizada {100000 + 37 * place}" if good else "Denegada 190", "Importe": order.goods, "Moneda": "EUR", "Tipo de pago": "Tradicional", "Titular": order.customer.name, "Nº tarjeta": f"4548********{customer_number(order) % 10000:04}"}
        yield row
        if good:
            yield sold(order, order.goods)
            if place % 9 == 3:
                yield {**row, "Fecha": order.when + timedelta(days=1), "Tipo operación": "Devolución", "Resultado operación y código": f"Autorizada {500000 + place}"}
                yield sold(order, -order.goods)


@KINDS.export("Num|Fecha|Vencimiento|Cliente|NIF|Descripción|Subtotal|IVA|Retención|Total|Cobrado|Pendiente|Estado", delimiter=";", comma=True, form="%d/%m/%Y")
def holded_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Paid, pending, overdue and draft invoices, with tax and what is held back."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Cobrado",), ("Pendiente", "Vencido", "Borrador", "Anulado"))
        tax = round(order.goods * 0.21, 2)
        total = round(order.goods + tax, 2)
        yield {"Num": f"F24{place:04}", "Fecha": order.when, "Vencimiento": order.when + timedelta(days=30), "Cliente": order.customer.name, "NIF": f"B{customer_number(order):08}", "Descripción": order.lines[0].product, "Subtotal": order.goods, "IVA": tax, "Retención": 0.0, "Total": total, "Cobrado": total if good else 0.0, "Pendiente": 0.0 if good else total, "Estado": status}
        if good:
            yield sold(order, order.goods, total)


@KINDS.export("Serie|Factura|Fecha expedición|NIF destinatario|Nombre destinatario|Base imponible|% IVA|Cuota IVA|Total factura", delimiter=";", comma=True, form="%d/%m/%Y")
def spanish_vat_book(rng: random.Random, shop: Shop) -> Rows:
    """A row per invoice and rate of tax; the invoice's total stands on each of its rows."""
    for place, order in enumerate(shop.orders):
        parts = [(21, line.total) for line in order.lines[:1]] + [(10, line.total) for line in order.lines[1:2]]
        total = round(sum(base + round(base * rate / 100, 2) for rate, base in parts), 2)
        for rate, base in parts:
            yield {"Serie": "A", "Factura": f"{1 + place}", "Fecha expedición": order.when, "NIF destinatario": f"B{customer_number(order):08}", "Nombre destinatario": order.customer.name, "Base imponible": base, "% IVA": rate, "Cuota IVA": round(base * rate / 100, 2), "Total factura": total}
            yield sold(order, base, round(base + round(base * rate / 100, 2), 2))


@KINDS.export("Umsatz (ohne Soll/Haben-Kz)|Soll/Haben-Kennzeichen|WKZ Umsatz|Kurs|Basis-Umsatz|Konto|Gegenkonto (ohne BU-Schlüssel)|BU-Schlüssel|Belegdatum|Belegfeld 1|Belegfeld 2|Skonto|Buchungstext", delimiter=";", comma=True, encoding="cp1252", date=lambda when: f"{when:%d%m}", above=[["EXTF", "700", "21", "Buchungsstapel", "12", "20240205100000", "", "RE", "", "", "1001", "55003", "20240101", "4", "20240101", "20241231"]])
def datev_bookings(rng: random.Random, shop: Shop) -> Rows:
    """Days without a year; debtor accounts are the customers; H on a debtor gives money back. No year: refused or said."""
    for place, order in enumerate(shop.orders):
        row = {"Umsatz (ohne Soll/Haben-Kz)": order.goods, "Soll/Haben-Kennzeichen": "S", "WKZ Umsatz": "EUR", "Konto": customer_number(order), "Gegenkonto (ohne BU-Schlüssel)": 8400, "Belegdatum": order.when, "Belegfeld 1": f"RE{place:05}", "Buchungstext": order.customer.name}
        yield row
        yield sold(order, order.goods)


@KINDS.export("Belegnummer|Belegdatum|Kunde|Kundennummer|Status|Betrag netto|Betrag brutto|Fällig am|Bezahlt am|Offener Betrag", delimiter=";", comma=True, form="%d.%m.%Y")
def lexoffice_invoices(rng: random.Random, shop: Shop) -> Rows:
    """`Bezahlt`, `Offen`, `Überfällig`, `Entwurf`, `Storniert`."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Bezahlt",), ("Offen", "Überfällig", "Entwurf", "Storniert"))
        total = round(order.goods * 1.19, 2)
        yield {"Belegnummer": f"RE{2000 + place}", "Belegdatum": order.when, "Kunde": order.customer.name, "Kundennummer": customer_number(order), "Status": status, "Betrag netto": order.goods, "Betrag brutto": total, "Fällig am": order.when + timedelta(days=14), "Bezahlt am": order.when + timedelta(days=9) if good else "", "Offener Betrag": 0.0 if good else total}
        if good:
            yield sold(order, order.goods, total)


@KINDS.export("Auftragsnummer|Auftragsdatum|Kundennummer|Firma|Vorname|Nachname|Positionsart|Artikelnummer|Artikelname|Menge|VK Netto|VK Brutto|Rabatt %|Positionswert brutto|Versandart|Zahlungsart|Storniert|Auftragswert brutto", delimiter=";", comma=True, form="%d.%m.%Y %H:%M", encoding="cp1252")
def jtl_orders(rng: random.Random, shop: Shop) -> Rows:
    """Delivery is a position of its own kind; the order's value stands on each position."""
    for place, order in enumerate(shop.orders):
        off = "J" if place % 9 == 4 else "N"
        head = {"Auftragsnummer": f"AU2024{place:05}", "Auftragsdatum": order.when, "Kundennummer": customer_number(order), "Vorname": _first(order), "Nachname": _last(order), "Versandart": "DHL", "Zahlungsart": "Rechnung", "Storniert": off, "Auftragswert brutto": round(order.goods + 4.9, 2)}
        for line in order.lines:
            yield {**head, "Positionsart": "Artikel", "Artikelnummer": line.code, "Artikelname": line.product, "Menge": f"{line.quantity},00", "VK Netto": round(line.price / 1.19, 2), "VK Brutto": line.price, "Rabatt %": 0.0, "Positionswert brutto": line.total}
            if off == "N":
                yield sold(order, line.total)
        yield {**head, "Positionsart": "Versandposition", "Artikelname": "DHL Paket", "Menge": "1,00", "VK Netto": 4.12, "VK Brutto": 4.9, "Rabatt %": 0.0, "Positionswert brutto": 4.9}
        if off == "N":
            yield sold(order, 4.9, 0.0)


@KINDS.export("orderNumber|orderDateTime|amountTotal|amountNet|positionPrice|shippingTotal|orderState|transactionState|deliveryState|customerNumber|firstName|lastName|email|salesChannel", delimiter=";", form="%Y-%m-%dT%H:%M:%S.000+00:00")
def shopware_orders(rng: random.Random, shop: Shop) -> Rows:
    """Three states in German; a reminder is still unpaid; the order that was cancelled was often paid."""
    for place, order in enumerate(shop.orders):
        states, good = rng.choice(((("Offen", "Bezahlt", "Versandt"), True), (("Abgeschlossen", "Bezahlt", "Versandt"), True), (("In Bearbeitung", "Bezahlt", "Offen"), True), (("Offen", "Erinnert", "Offen"), False), (("Abgebrochen", "Bezahlt", "Offen"), False), (("Offen", "Fehlgeschlagen", "Offen"), False), (("Abgeschlossen", "Erstattet", "Retour"), False)))
        total = round(order.goods + 3.9, 2)
        yield {"orderNumber": 10000 + place, "orderDateTime": order.when, "amountTotal": total, "amountNet": round(total / 1.19, 2), "positionPrice": order.goods, "shippingTotal": 3.9, "orderState": states[0], "transactionState": states[1], "deliveryState": states[2], "customerNumber": customer_number(order), "firstName": _first(order), "lastName": _last(order), "email": order.customer.email, "salesChannel": "Storefront"}
        if good:
            yield sold(order, total, order.goods, round(total / 1.19, 2))


@KINDS.export("Rechnungsnr|Verkaufsdatum|Käufer Ebayname|KFirma|KVorname|KNachname|KEmail|Artikelnr|Artikelbeschreibung|Anzahl|Einzelpreis|Versandkosten|Gesamtbetrag|Zahlungsart|Bezahlt am|Versanddatum|Land", delimiter=";", comma=True, form="%d.%m.%Y", encoding="cp1252")
def afterbuy_sales(rng: random.Random, shop: Shop) -> Rows:
    """The total with delivery stands on each line of an invoice; a blank day of payment means not paid."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            yield {"Rechnungsnr": 7000 + place, "Verkaufsdatum": order.when, "Käufer Ebayname": f"kaeufer_{customer_number(order)}", "KVorname": _first(order), "KNachname": _last(order), "KEmail": order.customer.email, "Artikelnr": line.code, "Artikelbeschreibung": line.product, "Anzahl": line.quantity, "Einzelpreis": line.price, "Versandkosten": 4.5, "Gesamtbetrag": round(order.goods + 4.5, 2), "Zahlungsart": "PayPal", "Bezahlt am": order.when + timedelta(days=1), "Versanddatum": order.when + timedelta(days=2), "Land": "Deutschland"}
            yield sold(order, line.total)


@KINDS.export("Type de pièce|N° de pièce|Date|Code client|Nom du client|Total HT|Total TVA|Total TTC|Acompte|Net à payer|État", delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def french_documents(rng: random.Random, shop: Shop) -> Rows:
    """Quotes, orders, invoices and credit notes; the credit note's amounts are positive."""
    for place, order in enumerate(shop.orders):
        ht, ttc = order.goods, round(order.goods * 1.2, 2)
        row = {"Date": order.when, "Code client": f"CL{customer_number(order)}", "Nom du client": order.customer.name, "Total HT": ht, "Total TVA": round(ttc - ht, 2), "Total TTC": ttc, "Acompte": 0.0, "Net à payer": ttc, "État": "Validé"}
        if place % 5 == 1:
            yield {**row, "Type de pièce": "Devis", "N° de pièce": f"DE{place:05}"}
        yield {**row, "Type de pièce": "Facture", "N° de pièce": f"FA{place:05}"}
        yield sold(order, ht, ttc)
        if place % 9 == 4:
            yield {**row, "Type de pièce": "Avoir", "N° de pièce": f"AV{place:05}", "Date": order.when + timedelta(days=3)}
            yield sold(order, -ht, -ttc)


@KINDS.export("N°|Date|Client|Objet|Montant HT|Montant TTC|Reste à payer|Échéance|Statut", delimiter=";", form="%d/%m/%Y", money=lambda v: _german(v).replace(".", " ") + " €")
def sellsy_invoices(rng: random.Random, shop: Shop) -> Rows:
    """`Payée`, `En retard`, `Annulée`, `Brouillon`; blanks between thousands and a euro sign."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Payée",), ("En retard", "Annulée", "Brouillon", "Impayée"))
        ttc = round(order.goods * 1.2, 2)
        yield {"N°": f"FACT-{place:05}", "Date": order.when, "Client": order.customer.name, "Objet": "Commande", "Montant HT": order.goods, "Montant TTC": ttc, "Reste à payer": 0.0 if good else ttc, "Échéance": order.when + timedelta(days=30), "Statut": status}
        if good:
            yield sold(order, order.goods, ttc)


@KINDS.export("Data|Numero|Tipo|Cliente|Partita IVA|Codice Fiscale|Imponibile|IVA|Totale|Stato|Data saldo", delimiter=";", comma=True, form="%d/%m/%Y")
def italian_invoices(rng: random.Random, shop: Shop) -> Rows:
    """`Saldato` and `Non saldato`; credit notes with positive amounts."""
    for place, order in enumerate(shop.orders):
        good = rng.random() > 0.2
        total = round(order.goods * 1.22, 2)
        row = {"Data": order.when, "Numero": f"{1 + place}/A", "Tipo": "Fattura", "Cliente": order.customer.name, "Partita IVA": f"{customer_number(order):011}", "Imponibile": order.goods, "IVA": round(total - order.goods, 2), "Totale": total, "Stato": "Saldato" if good else "Non saldato", "Data saldo": order.when + timedelta(days=20) if good else ""}
        yield row
        if good:
            yield sold(order, order.goods, total)
        if good and place % 8 == 3:
            yield {**row, "Numero": f"{1 + place}/NC", "Tipo": "Nota di credito", "Data": order.when + timedelta(days=2)}
            yield sold(order, -order.goods, -total)


@KINDS.export("Data|Num. doc.|Tipo documento|Cod. cliente|Cliente|Tot. netto|Tot. IVA|Tot. documento|Pagato|Da saldare|Agente", delimiter=";", comma=True, form="%d/%m/%Y")
def danea_documents(rng: random.Random, shop: Shop) -> Rows:
    """Quotes, orders and transport documents of what is invoiced; agents are sellers."""
    for place, order in enumerate(shop.orders):
        total = round(order.goods * 1.22, 2)
        row = {"Data": order.when, "Num. doc.": f"{place + 1}", "Cod. cliente": f"{customer_number(order)}", "Cliente": order.customer.name, "Tot. netto": order.goods, "Tot. IVA": round(total - order.goods, 2), "Tot. documento": total, "Pagato": total, "Da saldare": 0.0, "Agente": rng.choice(("Rossi", "Bianchi"))}
        if place % 4 == 1:
            yield {**row, "Tipo documento": "Preventivo"}
        if place % 3 == 1:
            yield {**row, "Tipo documento": "Ordine cliente"}
        if place % 3 == 2:
            yield {**row, "Tipo documento": "DDT"}
        yield {**row, "Tipo documento": "Fattura"}
        yield sold(order, order.goods, total)


@KINDS.export("Documento|Série|Número|Data|Entidade|NIF|Total s/ IVA|Total IVA|Total|Estado", delimiter=";", comma=True, form="%d-%m-%Y")
def portuguese_documents(rng: random.Random, shop: Shop) -> Rows:
    """Invoices with receipts of their own, invoice-receipts, credit notes with positive amounts, annulled ones."""
    for place, order in enumerate(shop.orders):
        total = round(order.goods * 1.23, 2)
        off = place % 9 == 5
        kind = "Fatura" if place % 2 else "Fatura-Recibo"
        row = {"Documento": kind, "Série": "2024", "Número": place + 1, "Data": order.when, "Entidade": order.customer.name, "NIF": f"{customer_number(order):09}", "Total s/ IVA": order.goods, "Total IVA": round(total - order.goods, 2), "Total": total, "Estado": "Anulado" if off else "Finalizado"}
        yield row
        if off:
            continue
        yield sold(order, order.goods, total)
        if kind == "Fatura":
            yield {**row, "Documento": "Recibo", "Data": order.when + timedelta(days=4)}
        if place % 10 == 4:
            yield {**row, "Documento": "Nota de Crédito", "Data": order.when + timedelta(days=6)}
            yield sold(order, -order.goods, -total)


@KINDS.export("Transação|Status|Data da compra|Data de confirmação|Nome do comprador|Email|Documento|Produto|Oferta|Preço do produto|Preço total|Comissão recebida|Moeda|Meio de pagamento|Parcelas", delimiter=";", comma=True, form="%d/%m/%Y %H:%M:%S")
def hotmart_sales(rng: random.Random, shop: Shop) -> Rows:
    """The total has the interest of instalments; the commission is what the seller receives."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Aprovado", "Completo"), ("Cancelado", "Reembolsado", "Chargeback", "Aguardando pagamento", "Expirado"))
        yield {"Transação": f"HP{place:012}", "Status": status, "Data da compra": order.when, "Data de confirmação": order.when if good else "", "Nome do comprador": order.customer.name, "Email": order.customer.email, "Documento": f"{customer_number(order):011}", "Produto": order.lines[0].product, "Oferta": "Normal", "Preço do produto": order.goods, "Preço total": round(order.goods * 1.05, 2), "Comissão recebida": round(order.goods * 0.9, 2), "Moeda": "BRL", "Meio de pagamento": "Cartão", "Parcelas": rng.choice((1, 3, 12))}
        if good:
            yield sold(order, order.goods, round(order.goods * 1.05, 2))


@KINDS.export("Order|Sequence|Creation Date|Client Name|Client Last Name|Client Document|Email|City|UF|Status|ID_SKU|SKU Name|Quantity_SKU|SKU Value|SKU Selling Price|SKU Total Price|Discounts Totals|Shipping Value|Total Value|Payment System Name|Installments|Payment Value", delimiter=";", form="%Y-%m-%d %H:%M:%SZ")
def vtex_orders(rng: random.Random, shop: Shop) -> Rows:
    """Value before and selling price after the discount; the order's total and payment on each row."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Faturado", "Preparando Entrega"), ("Cancelado", "Pagamento Pendente"))
        share = rng.choice((0, 0, 0.1))
        totals = [round(round(line.price * (1 - share), 2) * line.quantity, 2) for line in order.lines]
        whole = round(sum(totals) + 9.9, 2)
        for line, total in zip(order.lines, totals, strict=True):
            yield {"Order": f"12{place:08}-01", "Sequence": 5000 + place, "Creation Date": order.when, "Client Name": _first(order), "Client Last Name": _last(order), "Client Document": f"{customer_number(order):011}", "Email": order.customer.email, "City": "Recife", "UF": "PE", "Status": status, "ID_SKU": line.code, "SKU Name": line.product, "Quantity_SKU": line.quantity, "SKU Value": line.price, "SKU Selling Price": round(line.price * (1 - share), 2), "SKU Total Price": total, "Discounts Totals": -round(order.goods * share, 2), "Shipping Value": 9.9, "Total Value": whole, "Payment System Name": "Pix", "Installments": 1, "Payment Value": whole}
            if good:
                yield sold(order, total)


@KINDS.export("item_id|status|created_at|sku|price|qty_ordered|grand_total|increment_id|category_name_1|sales_commission_code|discount_amount|payment_method|Working Date|BI Status| MV |Year|Month|Customer Since|M-Y|FY|Customer ID", form="%m/%d/%Y", money=lambda v: f"{v:.2f}".rstrip("0").rstrip("."))
def pakistan_ecommerce(rng: random.Random, shop: Shop) -> Rows:
    """A public set: the order's total on each of its lines; a text of the line's value between blanks; customer's first month."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("complete", "received", "cod", "paid"), ("canceled", "order_refunded", "refund"))
        for at, line in enumerate(order.lines):
            yield {"item_id": 211000 + 10 * place + at, "status": status, "created_at": order.when, "sku": line.code, "price": line.price, "qty_ordered": line.quantity, "grand_total": order.goods, "increment_id": 100147000 + place, "category_name_1": "Home & Living", "sales_commission_code": "\\N", "discount_amount": 0, "payment_method": "cod", "Working Date": order.when, "BI Status": "Net" if good else "Gross", " MV ": f" {line.total:,.0f} ", "Year": order.when.year, "Month": order.when.month, "Customer Since": "2016-7", "M-Y": f"{order.when.month}-{order.when.year}", "FY": "FY17", "Customer ID": customer_number(order)}
            if good:
                yield sold(order, line.total)


@KINDS.export("Invoice ID|Branch|City|Customer type|Gender|Product line|Unit price|Quantity|Tax 5%|Total|Date|Time|Payment|cogs|gross margin percentage|gross income|Rating", form="%m/%d/%Y")
def supermarket_sales(rng: random.Random, shop: Shop) -> Rows:
    """A public set without customers: must be refused."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        yield {"Invoice ID": f"750-67-{8428 + place}", "Branch": rng.choice("ABC"), "City": rng.choice(("Yangon", "Mandalay")), "Customer type": rng.choice(("Member", "Normal")), "Gender": rng.choice(("Male", "Female")), "Product line": "Health and beauty", "Unit price": line.price, "Quantity": line.quantity, "Tax 5%": round(line.total * 0.05, 4), "Total": round(line.total * 1.05, 4), "Date": order.when, "Time": order.when.strftime("%H:%M"), "Payment": rng.choice(("Cash", "Ewallet")), "cogs": line.total, "gross margin percentage": "4.761904762", "gross income": round(line.total * 0.05, 4), "Rating": round(rng.uniform(4, 10), 1)}


@KINDS.export("index|Order ID|Date|Status|Fulfilment|Sales Channel |ship-service-level|Style|SKU|Category|Size|ASIN|Courier Status|Qty|currency|Amount|ship-city|ship-state|ship-postal-code|ship-country|B2B", form="%m-%d-%y")
def amazon_sale_report(rng: random.Random, shop: Shop) -> Rows:
    """A public set without customers: must be refused."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        yield {"index": place, "Order ID": f"405-{8078784 + place}-{5731545 + 3 * place}", "Date": order.when, "Status": rng.choice(("Shipped", "Cancelled", "Shipped - Delivered to Buyer")), "Fulfilment": "Amazon", "Sales Channel ": "Amazon.in", "ship-service-level": "Expedited", "Style": line.code[:3], "SKU": line.code, "Category": "Set", "Size": "S", "ASIN": f"B09{place % 7:07}", "Qty": line.quantity, "currency": "INR", "Amount": line.total, "ship-city": rng.choice(("MUMBAI", "CHENNAI")), "ship-state": "TN", "ship-postal-code": 400081 + place % 5, "ship-country": "IN", "B2B": "False"}


@KINDS.export("Fecha|Cliente|Concepto|Base|IVA 21%|Total|Cobrado", delimiter=";", comma=True, form="%d/%m/%Y")
def spanish_notebook(rng: random.Random, shop: Shop) -> Rows:
    """A shop's own sheet: paid or not as `Sí` and `No`, no order numbers."""
    for order in shop.orders:
        good = rng.random() > 0.2
        total = round(order.goods * 1.21, 2)
        yield {"Fecha": order.when, "Cliente": order.customer.name, "Concepto": order.lines[0].product, "Base": order.goods, "IVA 21%": round(total - order.goods, 2), "Total": total, "Cobrado": "Sí" if good else "No"}
        if good:
            yield sold(order, order.goods, total, number=f"{order.customer.id} {order.when:%Y-%m-%d}")


@KINDS.export("Date|Customer|Reference|Description|Debit|Credit|Balance", form="%d/%m/%Y")
def customer_ledger(rng: random.Random, shop: Shop) -> Rows:
    """Sales in the debit column, what was received in the credit column, a running balance, opening balances."""
    balance = 0.0
    for place, order in enumerate(shop.orders):
        balance = round(balance + order.goods, 2)
        yield {"Date": order.when, "Customer": order.customer.name, "Reference": f"INV-{place:04}", "Description": "Invoice", "Debit": order.goods, "Balance": balance}
        yield sold(order, order.goods)
        if place % 3:
            balance = round(balance - order.goods, 2)
            yield {"Date": order.when + timedelta(days=5), "Customer": order.customer.name, "Reference": f"RCP-{place:04}", "Description": "Payment received", "Credit": order.goods, "Balance": balance}


@KINDS.export("Date|Member No|Receipt|Spend|Points earned|Points redeemed|Points balance|Store", form="%d/%m/%Y %H:%M")
def loyalty_card(rng: random.Random, shop: Shop) -> Rows:
    """Points are ten times the money."""
    for place, order in enumerate(shop.orders):
        yield {"Date": order.when, "Member No": customer_number(order), "Receipt": 5000 + place, "Spend": order.goods, "Points earned": int(order.goods * 10), "Points redeemed": 0, "Points balance": int(order.goods * 30), "Store": "High Street"}
        yield sold(order, order.goods)


@KINDS.export("Bill No|Bill Date|Customer Mobile|Customer Name|Item|HSN|Qty|MRP|Disc %|Rate|Taxable|CGST|SGST|Net Amt", form="%d-%m-%Y")
def indian_retail_bill(rng: random.Random, shop: Shop) -> Rows:
    """The printed price, a discount in percent, the rate after it, taxes inside the net amount."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            share = rng.choice((0, 5, 10))
            rate = round(line.price * (1 - share / 100), 2)
            net = round(rate * line.quantity, 2)
            taxable = round(net / 1.05, 2)
            yield {"Bill No": f"B/{place:04}", "Bill Date": order.when, "Customer Mobile": f"98{customer_number(order):08}", "Customer Name": order.customer.name, "Item": line.product, "HSN": 6109, "Qty": line.quantity, "MRP": line.price, "Disc %": share, "Rate": rate, "Taxable": taxable, "CGST": round((net - taxable) / 2, 2), "SGST": round((net - taxable) / 2, 2), "Net Amt": net}
            yield sold(order, net, taxable)


@KINDS.export("ContactName|EmailAddress|InvoiceNumber|Reference|InvoiceDate|DueDate|Total|TaxTotal|InvoiceAmountPaid|InvoiceAmountDue|InventoryItemCode|Description|Quantity|UnitAmount|Discount|LineAmount|AccountCode|TaxType|TaxAmount|Currency|Type|Sent|Status", form="%d/%m/%Y")
def xero_invoices(rng: random.Random, shop: Shop) -> Rows:
    """The document's total on each line; drafts and voided ones; credit notes below zero."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Paid",), ("Draft", "Voided", "Deleted", "Awaiting Payment"))
        paid = order.goods if good else 0.0
        for line in order.lines:
            row = {"ContactName": order.customer.name, "EmailAddress": order.customer.email, "InvoiceNumber": f"INV-{place:04}", "InvoiceDate": order.when, "DueDate": order.when + timedelta(days=14), "Total": order.goods, "TaxTotal": 0.0, "InvoiceAmountPaid": paid, "InvoiceAmountDue": round(order.goods - paid, 2), "InventoryItemCode": line.code, "Description": line.product, "Quantity": float(line.quantity), "UnitAmount": line.price, "LineAmount": line.total, "AccountCode": 200, "TaxType": "Tax Exempt", "TaxAmount": 0.0, "Currency": "NZD", "Type": "Sales invoice", "Sent": "Sent", "Status": status}
            yield row
            if good:
                yield sold(order, line.total)
        if good and place % 8 == 2:
            yield {**row, "InvoiceNumber": f"CN-{place:04}", "InvoiceDate": order.when + timedelta(days=3), "Total": -line.total, "InvoiceAmountPaid": -line.total, "InvoiceAmountDue": 0.0, "LineAmount": -line.total, "Quantity": -float(line.quantity), "Type": "Sales credit note", "Status": "Paid"}
            yield sold(order, -line.total)


@KINDS.export("Date|Type|Confirmation code|Booking date|Start date|End date|Nights|Guest|Listing|Details|Reference code|Currency|Amount|Paid out|Service fee|Cleaning fee|Gross earnings|Earnings year", form="%m/%d/%Y")
def airbnb_earnings(rng: random.Random, shop: Shop) -> Rows:
    """Amount is after the service fee; payouts sum up reservations and name nobody."""
    for place, order in enumerate(shop.orders):
        fee = round(order.goods * 0.03, 2)
        kept = round(order.goods - fee, 2)
        yield {"Date": order.when + timedelta(days=1), "Type": "Payout", "Details": "Transfer to bank", "Reference code": f"G-{place:06}", "Currency": "EUR", "Paid out": kept}
        yield {"Date": order.when, "Type": "Reservation", "Confirmation code": f"HM{place:08}", "Booking date": order.when, "Start date": order.when + timedelta(days=10), "End date": order.when + timedelta(days=12), "Nights": 2, "Guest": order.customer.name, "Listing": "Attic", "Currency": "EUR", "Amount": kept, "Service fee": fee, "Cleaning fee": 0.0, "Gross earnings": order.goods, "Earnings year": order.when.year}
        yield sold(order, order.goods)


@KINDS.export("Book number|Booked by|Guest name(s)|Check-in|Check-out|Booked on|Status|Rooms|People|Price|Commission %|Commission amount|Payment status|Remarks|Booker country|Phone number", form="%Y-%m-%d", money=lambda v: f"{v:.2f} EUR")
def booking_com(rng: random.Random, shop: Shop) -> Rows:
    """Prices with the code of the currency behind; statuses with underscores."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("ok",), ("cancelled_by_guest", "cancelled_by_hotel", "no_show"))
        yield {"Book number": 2_000_000_000 + 7 * place, "Booked by": f"{_last(order)}, {_first(order)}", "Guest name(s)": order.customer.name, "Check-in": order.when + timedelta(days=9), "Check-out": order.when + timedelta(days=11), "Booked on": order.when.strftime("%Y-%m-%d %H:%M:%S"), "Status": status, "Rooms": 1, "People": 2, "Price": order.goods, "Commission %": "15.0", "Commission amount": round(order.goods * 0.15, 2) if good else 0.0, "Payment status": "", "Booker country": "de", "Phone number": order.customer.phone}
        if good:
            yield sold(order, order.goods)


@KINDS.export("DateTime (UTC)|From|Message|Item|Received|Given|Currency|TransactionType|TransactionId|Reference|SalesTax|BuyerEmail|Quantity", form="%m/%d/%Y %H:%M")
def kofi_transactions(rng: random.Random, shop: Shop) -> Rows:
    """What was received and what the shop itself gave to others."""
    for place, order in enumerate(shop.orders):
        yield {"DateTime (UTC)": order.when, "From": order.customer.name, "Message": "Thanks!", "Item": order.lines[0].product, "Received": order.goods, "Given": 0.0, "Currency": "USD", "TransactionType": "Shop Order", "TransactionId": f"0000{place:08}-aa", "Reference": f"S-{place:06}", "SalesTax": 0.0, "BuyerEmail": order.customer.email, "Quantity": 1}
        yield sold(order, order.goods)
        if place % 9 == 4:
            yield {"DateTime (UTC)": order.when, "From": "Me", "Received": 0.0, "Given": 5.0, "Currency": "USD", "TransactionType": "Tip", "TransactionId": f"0001{place:08}-aa", "SalesTax": 0.0, "BuyerEmail": "me@shop.com"}


@KINDS.export("Purchase ID|Item Name|Buyer Name|Purchase Email|Buyer Email|Purchase Date|Purchase Time (UTC timezone)|Subtotal ($)|Taxes ($)|Shipping ($)|Sale Price ($)|Fees ($)|Net Total ($)|Tip ($)|Tax Included in Price?|Zip|Country|Refunded?|Partial Refund ($)|Fully Refunded?|Disputed?|Dispute Won?|Variants|Discount Code|Recurring Charge?|Free trial purchase?|Pre-order authorization?|Product ID|Order Number|Pre-order authorization time (UTC timezone)|Custom Fields|SKU ID|Quantity|Recurrence|Affiliate|Affiliate commission ($)", form="%Y-%m-%d")
def gumroad_sales(rng: random.Random, shop: Shop) -> Rows:
    """Refunds as 0 and 1 and as an amount; net total is after fees."""
    for place, order in enumerate(shop.orders):
        whole, part = place % 10 == 4, place % 10 == 7
        yield {"Purchase ID": f"pid{place:06}", "Item Name": order.lines[0].product, "Buyer Name": order.customer.name, "Purchase Email": order.customer.email, "Buyer Email": order.customer.email, "Purchase Date": order.when, "Purchase Time (UTC timezone)": order.when.strftime("%H:%M:%S"), "Subtotal ($)": order.goods, "Taxes ($)": 0.0, "Shipping ($)": 0.0, "Sale Price ($)": order.goods, "Fees ($)": round(order.goods * 0.1, 2), "Net Total ($)": round(order.goods * 0.9, 2), "Tip ($)": 0.0, "Tax Included in Price?": 0, "Country": "US", "Refunded?": int(whole), "Partial Refund ($)": 1.5 if part else 0.0, "Fully Refunded?": int(whole), "Disputed?": 0, "Dispute Won?": 0, "Recurring Charge?": 0, "Free trial purchase?": 0, "Pre-order authorization?": 0, "Product ID": "p1", "Order Number": 900 + place, "Quantity": 1, "Affiliate commission ($)": 0.0}
        if not whole:
            yield sold(order, order.goods)
            if part:
                yield sold(order, -1.5)


@KINDS.export("date|paid to|item type|item name|artist|currency|item price|quantity|discount code|sub total|seller tax|shipping|ship from country code|transaction fee|fee type|item total|amount you received|bandcamp transaction id|net amount|package|option|sku|buyer name|buyer email|buyer note|country", form="%m/%d/%y %I:%M%p", encoding="utf-16")
def bandcamp_sales(rng: random.Random, shop: Shop) -> Rows:
    """Payouts among sales; several amounts after fees."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        fee = round(line.total * 0.15, 2)
        yield {"date": order.when, "paid to": "band@x.org", "item type": "album", "item name": line.product, "artist": "Kites", "currency": "USD", "item price": line.price, "quantity": line.quantity, "sub total": line.total, "seller tax": 0.0, "shipping": 0.0, "transaction fee": -fee, "fee type": "paypal", "item total": line.total, "amount you received": round(line.total - fee, 2), "bandcamp transaction id": 3_000_000 + place, "net amount": round(line.total - fee, 2), "package": "digital download", "sku": line.code, "buyer name": order.customer.name, "buyer email": order.customer.email, "country": "US"}
        yield sold(order, line.total)
        if place % 7 == 3:
            yield {"date": order.when, "paid to": "band@x.org", "item type": "payout", "currency": "USD", "item total": -40.0, "amount you received": -40.0, "net amount": -40.0}


@KINDS.export("Sale Date|Client ID|Client|Sale ID|Item name|Location|Notes|Item Price|Quantity|Subtotal|Discount %|Discount amount|Tax|Item Total|Total Paid w/ Payment Method|Payment Method", form="%m/%d/%Y", money=lambda v: f"${v:,.2f}")
def mindbody_sales(rng: random.Random, shop: Shop) -> Rows:
    """An item that was paid in two ways has two rows with the whole item's total; only what was paid is split."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            row = {"Sale Date": order.when, "Client ID": customer_number(order), "Client": f"{_last(order)}, {_first(order)}", "Sale ID": 800 + place, "Item name": line.product, "Location": "Studio", "Item Price": line.price, "Quantity": line.quantity, "Subtotal": line.total, "Discount %": 0, "Discount amount": 0.0, "Tax": 0.0, "Item Total": line.total}
            if place % 5 == 2:
                part = round(line.total / 4, 2)
                yield {**row, "Total Paid w/ Payment Method": part, "Payment Method": "Gift card"}
                yield {**row, "Total Paid w/ Payment Method": round(line.total - part, 2), "Payment Method": "Visa"}
            else:
                yield {**row, "Total Paid w/ Payment Method": line.total, "Payment Method": "Visa"}
            yield sold(order, line.total)


@KINDS.export("order_id|order_number|order_date|status|shipping_total|shipping_tax_total|fee_total|tax_total|cart_discount|order_discount|discount_total|order_total|order_subtotal|order_currency|payment_method|customer_id|customer_user|customer_email|billing_first_name|billing_last_name|refund_items|line_item_1|line_item_2")
def webtoffee_orders(rng: random.Random, shop: Shop) -> Rows:
    """Goods as texts in columns side by side; three columns of discounts; statuses without a prefix."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("completed", "processing"), ("cancelled", "failed", "refunded", "pending"))
        texts = [f"name:{line.product}|product_id:{at}|sku:{line.code}|quantity:{line.quantity}|total:{line.total:.2f}|sub_total:{line.total:.2f}" for at, line in enumerate(order.lines[:2])]
        yield {"order_id": 4000 + place, "order_number": 4000 + place, "order_date": order.when, "status": status, "shipping_total": 4.0, "shipping_tax_total": 0.0, "fee_total": 0.0, "tax_total": 0.0, "cart_discount": 0.0, "order_discount": 0.0, "discount_total": 0.0, "order_total": round(order.goods + 4, 2), "order_subtotal": order.goods, "order_currency": "EUR", "payment_method": "stripe", "customer_id": customer_number(order), "customer_user": customer_number(order), "customer_email": order.customer.email, "billing_first_name": _first(order), "billing_last_name": _last(order), "line_item_1": texts[0], "line_item_2": texts[1] if len(texts) > 1 else ""}
        if good:
            yield sold(order, round(order.goods + 4, 2), order.goods)


@KINDS.export("Número|Nombre del contacto a mostrar en la factura|Fecha de factura|Fecha de vencimiento|Impuestos no incluidos|Total|Importe adeudado|Estado de pago|Estado", form="%Y-%m-%d")
def odoo_invoices_spanish(rng: random.Random, shop: Shop) -> Rows:
    """`Publicado` says nothing about the payment, which has a status of its own; `Revertido` was given back."""
    for place, order in enumerate(shop.orders):
        (paid, posted), good = rng.choice(((("Pagado", "Publicado"), True), (("Pagado", "Publicado"), True), (("En proceso de pago", "Publicado"), True), (("No pagado", "Publicado"), False), (("Revertido", "Publicado"), False), (("No pagado", "Borrador"), False), (("No pagado", "Cancelado"), False)))
        total = round(order.goods * 1.21, 2)
        yield {"Número": f"FAC/2024/{place:05}", "Nombre del contacto a mostrar en la factura": order.customer.name, "Fecha de factura": order.when, "Fecha de vencimiento": order.when + timedelta(days=30), "Impuestos no incluidos": order.goods, "Total": total, "Importe adeudado": 0.0 if good else total, "Estado de pago": paid, "Estado": posted}
        if good:
            yield sold(order, order.goods, total)


@KINDS.export("ID|Customer|Customer Name|Date|Grand Total (Company Currency)|Net Total|Outstanding Amount|Status|Is Return (Credit Note)|ID (Items)|Item (Items)|Item Name (Items)|Quantity (Items)|Rate (Items)|Amount (Items)", form="%Y-%m-%d")
def erpnext_invoices(rng: random.Random, shop: Shop) -> Rows:
    """The document's cells on its first row only; returns are documents with a mark and amounts below zero."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Paid",), ("Draft", "Cancelled", "Overdue", "Unpaid"))
        back = good and place % 9 == 4
        head = {"ID": f"ACC-SINV-2024-{place:05}", "Customer": f"CUST-{customer_number(order)}", "Customer Name": order.customer.name, "Date": order.when, "Grand Total (Company Currency)": order.goods, "Net Total": order.goods, "Outstanding Amount": 0.0 if good else order.goods, "Status": status, "Is Return (Credit Note)": 0}
        for at, line in enumerate(order.lines):
            yield {**(head if at == 0 else {}), "ID (Items)": f"i{place}x{at}", "Item (Items)": line.code, "Item Name (Items)": line.product, "Quantity (Items)": float(line.quantity), "Rate (Items)": line.price, "Amount (Items)": line.total}
            if good:
                yield sold(order, line.total)
        if back:
            yield {**head, "ID": f"ACC-SINV-RET-2024-{place:05}", "Status": "Return", "Is Return (Credit Note)": 1, "Grand Total (Company Currency)": -line.total, "Net Total": -line.total, "ID (Items)": f"r{place}", "Item (Items)": line.code, "Item Name (Items)": line.product, "Quantity (Items)": -float(line.quantity), "Rate (Items)": line.price, "Amount (Items)": -line.total}
            yield sold(order, -line.total)


@KINDS.export("Order Number|Date created|Time|Contact email|Item|Variant|SKU|Qty|Quantity refunded|Price|Weight|Delivery method|Billing name|Payment status|Payment method|Shipping rate|Item discount|Total|Currency|Refunded amount|Net amount|Fulfillment status", form="%b %d, %Y")
def wix_orders(rng: random.Random, shop: Shop) -> Rows:
    """Pieces that came back in a column of the line, their money as an amount of the order on its first line."""
    for place, order in enumerate(shop.orders):
        back = place % 8 == 3 and order.goods > order.lines[0].price
        total = round(order.goods + 6, 2)
        given = order.lines[0].price if back else 0.0
        for at, line in enumerate(order.lines):
            whole = {"Payment status": "Partially refunded" if back else "Paid", "Payment method": "Card", "Shipping rate": 6.0, "Total": total, "Refunded amount": given, "Net amount": round(total - given, 2), "Fulfillment status": "Fulfilled"} if at == 0 else {}
            yield {**whole, "Order Number": 10100 + place, "Date created": order.when, "Time": order.when.strftime("%I:%M:%S %p"), "Contact email": order.customer.email, "Item": line.product, "SKU": line.code, "Qty": line.quantity, "Quantity refunded": 1 if back and at == 0 else 0, "Price": line.price, "Billing name": order.customer.name, "Item discount": 0.0, "Currency": "EUR"}
            yield sold(order, line.total)
        if back:
            yield sold(order, -given)


@KINDS.export("Order no.|Order date|First name|Last name|Email|Ticket quantity|Ticket type|Currency|Gross sales|Ticket revenue|Eventbrite fees|Net sales|Order type|Event name|Event start date|Attendee no.", form="%Y-%m-%d %H:%M:%S")
def eventbrite_orders(rng: random.Random, shop: Shop) -> Rows:
    """Gross is with fees that the buyer pays; refunded orders."""
    for place, order in enumerate(shop.orders):
        kind, good = rng.choice((("Eventbrite Completed", True), ("Eventbrite Completed", True), ("Refunded", False)))
        goods = order.goods
        yield {"Order no.": 7_000_000 + place, "Order date": order.when, "First name": _first(order), "Last name": _last(order), "Email": order.customer.email, "Ticket quantity": 1, "Ticket type": "Standard", "Currency": "GBP", "Gross sales": round(goods * 1.1, 2), "Ticket revenue": goods, "Eventbrite fees": round(goods * 0.1, 2), "Net sales": goods, "Order type": kind, "Event name": "Kite day", "Event start date": order.when + timedelta(days=30)}
        if good:
            yield sold(order, order.goods, round(order.goods * 1.1, 2))


@KINDS.export("Invoice|Customer|Line|Description|Period start|Period end|Amount|Invoice date|Invoice status", form="%Y-%m-%d")
def prorated_subscriptions(rng: random.Random, shop: Shop) -> Rows:
    """A change of plan gives back unused time and charges the rest within one invoice."""
    for place, order in enumerate(shop.orders):
        head = {"Invoice": f"in_{place:06}", "Customer": f"cus_{customer_number(order)}", "Invoice date": order.when, "Invoice status": "paid"}
        line = order.lines[0]
        yield {**head, "Line": f"il_{place}a", "Description": f"1 × {line.product} (monthly)", "Period start": order.when, "Period end": order.when + timedelta(days=30), "Amount": order.goods}
        yield sold(order, order.goods)
        if place % 5 == 2:
            back = round(order.goods / 3, 2)
            yield {**head, "Line": f"il_{place}b", "Description": f"Unused time on {line.product}", "Period start": order.when - timedelta(days=10), "Period end": order.when, "Amount": -back}
            yield sold(order, -back)


@KINDS.export("Factuurnummer|Factuurdatum|Debiteur|Debiteurnaam|Omschrijving|Aantal|Stuksprijs|Regelbedrag excl.|BTW %|Regelbedrag incl.|Factuurbedrag|Status", delimiter=";", comma=True, form="%d-%m-%Y")
def dutch_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Line amounts with and without tax; the invoice's amount on each line; `Betaald`, `Openstaand`, `Concept`, `Vervallen`."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Betaald",), ("Openstaand", "Concept", "Vervallen"))
        for line in order.lines:
            yield {"Factuurnummer": f"2024-{place:04}", "Factuurdatum": order.when, "Debiteur": customer_number(order), "Debiteurnaam": order.customer.name, "Omschrijving": line.product, "Aantal": line.quantity, "Stuksprijs": line.price, "Regelbedrag excl.": line.total, "BTW %": 21, "Regelbedrag incl.": round(line.total * 1.21, 2), "Factuurbedrag": round(sum(round(x.total * 1.21, 2) for x in order.lines), 2), "Status": status}
            if good:
                yield sold(order, line.total, round(line.total * 1.21, 2))


@KINDS.export("Nr zamówienia|Data złożenia|Klient|E-mail|Login Allegro|Nazwa produktu|Ilość|Cena jednostkowa|Wartość|Koszt dostawy|Kwota do zapłaty|Wpłacono|Status zamówienia", delimiter=";", comma=True, form="%d.%m.%Y %H:%M")
def polish_allegro(rng: random.Random, shop: Shop) -> Rows:
    """What was to pay and what was paid stand on each line of an order."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Wysłane", "Nowe", "Odebrane"), ("Anulowane", "Zwrot"))
        for line in order.lines:
            yield {"Nr zamówienia": f"{place:08}-al", "Data złożenia": order.when, "Klient": order.customer.name, "E-mail": order.customer.email, "Login Allegro": f"login{customer_number(order)}", "Nazwa produktu": line.product, "Ilość": line.quantity, "Cena jednostkowa": line.price, "Wartość": line.total, "Koszt dostawy": 8.99, "Kwota do zapłaty": round(order.goods + 8.99, 2), "Wpłacono": round(order.goods + 8.99, 2), "Status zamówienia": status}
            if good:
                yield sold(order, line.total)


@KINDS.export("Date|Ticket|Table|Waiter|Client|Plat|Catégorie|Qté|PU TTC|Remise|Montant TTC|TVA|Mode de règlement|Annulé", delimiter=";", comma=True, form="%d/%m/%Y %H:%M")
def french_restaurant_till(rng: random.Random, shop: Shop) -> Rows:
    """Cancelled lines keep their amount; a meal that was offered costs nothing."""
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            off = at == 1 and place % 6 == 2
            yield {"Date": order.when, "Ticket": 20000 + place, "Table": place % 12, "Waiter": rng.choice(("Léa", "Tom")), "Client": order.customer.name, "Plat": line.product, "Catégorie": "Plats", "Qté": line.quantity, "PU TTC": line.price, "Remise": 0.0, "Montant TTC": line.total, "TVA": round(line.total / 11, 2), "Mode de règlement": "CB", "Annulé": "Oui" if off else "Non"}
            if not off:
                yield sold(order, line.total)


@KINDS.export("Order|Customer|Date|Item|Qty ordered|Qty returned|Unit price|Line total", form="%Y-%m-%d")
def returned_pieces(rng: random.Random, shop: Shop) -> Rows:
    """How many pieces came back stands beside how many were sold; the line's total is what was sold."""
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            back = line.quantity if at == 0 and place % 6 == 3 else 0
            yield {"Order": order.number, "Customer": order.customer.id, "Date": order.when, "Item": line.product, "Qty ordered": line.quantity, "Qty returned": back, "Unit price": line.price, "Line total": line.total}
            yield sold(order, line.total)
            if back:
                yield sold(order, -line.total)


@KINDS.export("Invoice #|Invoice Date|Customer|Product/Service|Qty|Sales Price|Amount|Balance", form="%m/%d/%Y", money=lambda v: f"{v:,.2f}")
def quickbooks_sales_detail(rng: random.Random, shop: Shop) -> Rows:
    """A running balance within each customer beside the amount; sorted by customer."""
    for person in shop.people:
        balance = 0.0
        for order in (order for order in shop.orders if order.customer is person):
            for line in order.lines:
                balance = round(balance + line.total, 2)
                yield {"Invoice #": order.number, "Invoice Date": order.when, "Customer": person.name, "Product/Service": line.product, "Qty": line.quantity, "Sales Price": line.price, "Amount": line.total, "Balance": balance}
                yield sold(order, line.total)


@KINDS.export("주문번호|주문일시|주문자명|주문자ID|상품명|수량|상품구매금액|배송비|총 주문금액|주문상태", form="%Y-%m-%d %H:%M:%S", money=lambda v: f"{round(v):,}")
def korean_smartstore(rng: random.Random, shop: Shop) -> Rows:
    """Won without cents; the order's total with delivery on each line; statuses of delivery and of claims."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("구매확정", "배송완료", "배송중"), ("취소완료", "반품완료"))
        whole = sum(round(line.total) for line in order.lines) + 3000
        for line in order.lines:
            yield {"주문번호": f"2024{place:012}", "주문일시": order.when, "주문자명": order.customer.name, "주문자ID": f"id{customer_number(order)}", "상품명": line.product, "수량": line.quantity, "상품구매금액": line.total, "배송비": 3000.0, "총 주문금액": float(whole), "주문상태": status}
            if good:
                yield sold(order, float(round(line.total)), round(whole / len(order.lines), 4))


@KINDS.export("Sipariş No|Sipariş Tarihi|Müşteri|E-posta|Ürün Adı|Adet|Birim Fiyatı|Satış Tutarı|İndirim Tutarı|Faturalanacak Tutar|Sipariş Statüsü", delimiter=";", comma=True, form="%d.%m.%Y %H:%M")
def trendyol_orders(rng: random.Random, shop: Shop) -> Rows:
    """Sales amount, discount and amount to be invoiced; statuses in Turkish."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Teslim Edildi", "Kargoya Verildi", "Yeni"), ("İptal Edildi", "İade Edildi"))
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0.1)), 2)
            yield {"Sipariş No": 900_000_000 + place, "Sipariş Tarihi": order.when, "Müşteri": order.customer.name, "E-posta": order.customer.email, "Ürün Adı": line.product, "Adet": line.quantity, "Birim Fiyatı": line.price, "Satış Tutarı": line.total, "İndirim Tutarı": off, "Faturalanacak Tutar": round(line.total - off, 2), "Sipariş Statüsü": status}
            if good:
                yield sold(order, round(line.total - off, 2))


@KINDS.export("№ заказа|Дата заказа|Покупатель|Телефон|Товар|Количество|Цена|Сумма|Скидка|Итого|Статус", delimiter=";", comma=True, form="%d.%m.%Y", encoding="cp1251")
def russian_shop(rng: random.Random, shop: Shop) -> Rows:
    """Sum before and total after the discount of the line; statuses in Russian."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Выполнен", "Доставлен"), ("Отменен", "Возврат", "Не оплачен"))
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0, 0.1)), 2)
            yield {"№ заказа": 40000 + place, "Дата заказа": order.when, "Покупатель": f"Клиент {customer_number(order)}", "Телефон": f"+7900{customer_number(order):07}", "Товар": f"Товар {line.code[-2:]}", "Количество": line.quantity, "Цена": line.price, "Сумма": line.total, "Скидка": off, "Итого": round(line.total - off, 2), "Статус": status}
            if good:
                yield sold(order, round(line.total - off, 2))


@KINDS.export("注文番号|注文日|会員ID|注文者名|商品名|個数|単価|小計|送料|消費税|請求金額|ポイント利用額|受注ステータス", form="%Y/%m/%d %H:%M", encoding="cp932", money=lambda v: f"{round(v)}")
def japanese_cart(rng: random.Random, shop: Shop) -> Rows:
    """Whole yen; points that were used lower what is charged; statuses of the shop."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("発送済み", "入金済み"), ("キャンセル", "入金待ち"))
        goods = sum(round(line.price) * line.quantity for line in order.lines)
        for line in order.lines:
            yield {"注文番号": f"J{place:06}", "注文日": order.when, "会員ID": f"m{customer_number(order)}", "注文者名": "山田 太郎", "商品名": f"商品{line.code[-2:]}", "個数": line.quantity, "単価": line.price, "小計": float(round(line.price) * line.quantity), "送料": 500.0, "消費税": 0.0, "請求金額": float(goods + 400), "ポイント利用額": 100.0, "受注ステータス": status}
            if good:
                yield sold(order, float(round(line.price) * line.quantity), float(round(line.price) * line.quantity * (goods - 100) / goods))
