# ruff: noqa: E501 - header rows read best in long lines
"""Further exports, written after the faults of `platforms` and `structures` had been mended."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, customer_number, sold, state
from benchmarks.generated_exports import Shop

KINDS = Kinds()


# fmt: off


@KINDS.export("order_id|created_at|customer_id|customer_email|currency|total_price|presentment_currency|presentment_total|financial_status|fulfillment_status|cancelled_at|test|tags", form="%Y-%m-%dT%H:%M:%S-05:00")
def shop_api_dump(rng: random.Random, shop: Shop) -> Rows:
    """The buyer's currency beside the shop's own; ids of guests are blank."""
    for place, order in enumerate(shop.orders):
        other, rate = rng.choice((("USD", 1.0), ("CAD", 1.35), ("EUR", 0.92)))
        status, good = rng.choice((("paid", True), ("paid", True), ("paid", True), ("voided", False), ("pending", False)))
        test = rng.random() < 0.07
        yield {"order_id": 450_789_469 + place, "created_at": order.when, "customer_id": customer_number(order), "customer_email": order.customer.email, "currency": "USD", "total_price": order.goods, "presentment_currency": other, "presentment_total": round(order.goods * rate, 2), "financial_status": status, "fulfillment_status": "fulfilled" if good else "", "test": str(test).lower()}
        if good and not test:
            yield sold(order, order.goods)


@KINDS.export("Auftragsnummer|Auftragsdatum|Kundennummer|Kunde|Status|Position|Artikelnummer|Artikelbezeichnung|Menge|Einzelpreis netto|Rabatt|Positionssumme netto|MwSt-Satz|Auftragssumme netto|Auftragssumme brutto|Versandkosten", delimiter=";", comma=True, form="%d.%m.%Y", encoding="cp1252")
def weclapp_orders(rng: random.Random, shop: Shop) -> Rows:
    """Sums of the whole order, net and gross, on each line."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Abgeschlossen", "Versendet"), ("Storniert", "Entwurf"))
        for at, line in enumerate(order.lines):
            yield {"Auftragsnummer": f"AB-{place + 1000}", "Auftragsdatum": order.when, "Kundennummer": f"K{customer_number(order)}", "Kunde": order.customer.name, "Status": status, "Position": at + 1, "Artikelnummer": line.code, "Artikelbezeichnung": line.product, "Menge": line.quantity, "Einzelpreis netto": line.price, "Rabatt": 0.0, "Positionssumme netto": line.total, "MwSt-Satz": "19 %", "Auftragssumme netto": order.goods, "Auftragssumme brutto": round(order.goods * 1.19, 2), "Versandkosten": 0.0}
            if good:
                yield sold(order, line.total, round(line.total * 1.19, 2))


@KINDS.export("Date|Transaction Type|Reference|Contact|Description|Quantity|Unit Price|Net|VAT|Gross|Account|Status", form="%d/%m/%Y")
def freeagent_lines(rng: random.Random, shop: Shop) -> Rows:
    """Invoices and credit notes; sent ones that are overdue are not paid."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Paid", True), ("Paid", True), ("Paid", True), ("Overdue", False), ("Draft", False)))
        for line in order.lines:
            tax = round(line.total * 0.2, 2)
            yield {"Date": order.when, "Transaction Type": "Invoice", "Reference": f"INV{place:04}", "Contact": order.customer.name, "Description": line.product, "Quantity": line.quantity, "Unit Price": line.price, "Net": line.total, "VAT": tax, "Gross": round(line.total + tax, 2), "Account": "Sales", "Status": status}
            if good:
                yield sold(order, round(line.total + tax, 2), line.total)


@KINDS.export("Buchungsnr|Gebucht am|Termin|Kundin/Kunde|Leistung|Mitarbeiter|Dauer (min)|Preis|Trinkgeld|Gesamt|Zahlungsart|Status", delimiter=";", comma=True, form="%d.%m.%Y %H:%M", lines=1)
def german_salon(rng: random.Random, shop: Shop) -> Rows:
    """The day of booking before that of the appointment; tips in the sum; no-shows."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Erledigt", "Bezahlt"), ("Abgesagt", "Nicht erschienen"))
        price, tip = order.lines[0].price, rng.choice((0.0, 3.0))
        yield {"Buchungsnr": 5_000 + place, "Gebucht am": order.when, "Termin": order.when + timedelta(days=4), "Kundin/Kunde": order.customer.name, "Leistung": order.lines[0].product, "Mitarbeiter": rng.choice(("Mia", "Tom")), "Dauer (min)": 45, "Preis": price, "Trinkgeld": tip, "Gesamt": round(price + tip, 2), "Zahlungsart": "Karte", "Status": status}
        if good:
            yield sold(order, round(price + tip, 2), price)


@KINDS.export("Fecha|Hora|Nº Ticket|Mesa|Camarero|Cliente|Artículo|Uds|Precio|Dto %|Importe|IVA %|Forma de pago|Anulado", delimiter=";", comma=True, form="%d/%m/%y")
def spanish_bar(rng: random.Random, shop: Shop) -> Rows:
    """A bar's lines with a discount in percent and a mark of annulled tickets."""
    for place, order in enumerate(shop.orders):
        gone = rng.random() < 0.1
        for line in order.lines:
            off = rng.choice((0, 0, 10))
            net = round(line.total * (100 - off) / 100, 2)
            yield {"Fecha": order.when, "Hora": order.when.strftime("%H:%M:%S"), "Nº Ticket": f"T{place:05}", "Mesa": rng.randint(1, 12), "Camarero": "Luis", "Cliente": order.customer.name, "Artículo": line.product, "Uds": line.quantity, "Precio": line.price, "Dto %": float(off), "Importe": net, "IVA %": 10, "Forma de pago": "Efectivo", "Anulado": "Sí" if gone else "No"}
            if not gone:
                yield sold(order, net)


@KINDS.export("Charge ID|Invoice|Customer|Plan|Billing period|Billed on|Amount due|Amount paid|Credit applied|Tax|Status|Attempts|Next attempt")
def subscription_invoices(rng: random.Random, shop: Shop) -> Rows:
    """What is due and what was paid; upcoming, failed and paid invoices."""
    last = shop.orders[-1].when
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("paid", True), ("paid", True), ("paid", True), ("failed", False)))
        yield {"Charge ID": f"c{place:06}", "Invoice": f"in_{place:05}", "Customer": f"cust_{customer_number(order)}", "Plan": order.lines[0].product, "Billing period": "monthly", "Billed on": order.when.date(), "Amount due": order.goods, "Amount paid": order.goods if good else 0.0, "Credit applied": 0.0, "Tax": 0.0, "Status": status, "Attempts": 1, "Next attempt": ""}
        if good:
            yield sold(order, order.goods)
    for place, order in enumerate(shop.orders[:5]):
        yield {"Charge ID": f"u{place:06}", "Invoice": "", "Customer": f"cust_{customer_number(order)}", "Plan": order.lines[0].product, "Billing period": "monthly", "Billed on": (last + timedelta(days=10 + place)).date(), "Amount due": order.goods, "Amount paid": 0.0, "Credit applied": 0.0, "Tax": 0.0, "Status": "upcoming", "Attempts": 0, "Next attempt": (last + timedelta(days=10 + place)).date()}


@KINDS.export("Purchase Order|Order Date|Retailer|Retailer ID|Ship Date|SKU|Product|Cases|Case size|Units|Wholesale price|Line total|Order subtotal|Commission|Payout|Order status", form="%m/%d/%Y", money=lambda v: f"${v:,.2f}")
def wholesale_cases(rng: random.Random, shop: Shop) -> Rows:
    """Cases and pieces; commission and payout beside the line's total."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Delivered", "Shipped"), ("Canceled",))
        totals = [round(line.price * line.quantity * 6, 2) for line in order.lines]
        for line, total in zip(order.lines, totals, strict=True):
            yield {"Purchase Order": f"PO{place:06}", "Order Date": order.when, "Retailer": order.customer.name, "Retailer ID": f"r_{customer_number(order)}", "Ship Date": order.when + timedelta(days=4), "SKU": line.code, "Product": line.product, "Cases": line.quantity, "Case size": 6, "Units": line.quantity * 6, "Wholesale price": line.price, "Line total": total, "Order subtotal": round(sum(totals), 2), "Commission": round(total * 0.15, 2), "Payout": round(total * 0.85, 2), "Order status": status}
            if good:
                yield sold(order, total)


@KINDS.export("Data|Nr dokumentu|Kontrahent|NIP|Towar|Ilość|Jedn.|Cena netto|Wartość netto|Stawka VAT|Kwota VAT|Wartość brutto|Zapłacono|Forma płatności", delimiter=";", comma=True, form="%Y-%m-%d", encoding="cp1250")
def polish_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Net, tax and gross of each line; whether it was paid by yes or no."""
    for place, order in enumerate(shop.orders):
        paid = rng.random() > 0.15
        for line in order.lines:
            tax = round(line.total * 0.23, 2)
            yield {"Data": order.when, "Nr dokumentu": f"FV/{place + 1}/{order.when.year}", "Kontrahent": order.customer.name, "NIP": f"52{customer_number(order):08}", "Towar": line.product, "Ilość": line.quantity, "Jedn.": "szt.", "Cena netto": line.price, "Wartość netto": line.total, "Stawka VAT": "23%", "Kwota VAT": tax, "Wartość brutto": round(line.total + tax, 2), "Zapłacono": "Tak" if paid else "Nie", "Forma płatności": "przelew"}
            if paid:
                yield sold(order, round(line.total + tax, 2), line.total)


@KINDS.export("Session|Student|Student email|Course|Purchased|List price|Paid|Voucher|Refund|State", form="%d-%m-%Y %H:%M", lines=1)
def course_sales(rng: random.Random, shop: Shop) -> Rows:
    """What was paid after a voucher; refunds as amounts of their own column."""
    for place, order in enumerate(shop.orders):
        price = order.lines[0].price
        paid = round(price * rng.choice((1, 1, 0.75)), 2)
        back = paid if rng.random() < 0.1 else 0.0
        yield {"Session": f"S{place:05}", "Student": order.customer.name, "Student email": order.customer.email, "Course": order.lines[0].product, "Purchased": order.when, "List price": price, "Paid": paid, "Voucher": "" if paid == price else "SUMMER", "Refund": back, "State": "refunded" if back else "active"}
        if not back:
            yield sold(order, paid)


@KINDS.export("Transaction ID|Date/Time|Type|Customer Ref|Currency|Gross|Fee|Net|Settlement currency|FX rate|Settled gross|Status", form="%d %b %Y %H:%M:%S")
def payment_service_fx(rng: random.Random, shop: Shop) -> Rows:
    """Amounts in the buyer's currency, fees, and what was settled in the shop's."""
    for place, order in enumerate(shop.orders):
        currency, rate = rng.choice((("EUR", 1.0), ("EUR", 1.0), ("SEK", 0.088), ("DKK", 0.134)))
        gross = round(order.goods / rate, 2)
        status, good = rng.choice((("Captured", True), ("Captured", True), ("Captured", True), ("Declined", False)))
        fee = round(gross * 0.014, 2)
        yield {"Transaction ID": f"T{place:08}", "Date/Time": order.when, "Type": "Payment", "Customer Ref": f"C{customer_number(order)}", "Currency": currency, "Gross": gross, "Fee": fee, "Net": round(gross - fee, 2), "Settlement currency": "EUR", "FX rate": f"{rate:.4f}", "Settled gross": order.goods, "Status": status}
        if good:
            yield sold(order, order.goods)
