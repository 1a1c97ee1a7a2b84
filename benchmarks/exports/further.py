# ruff: noqa: E501 - header rows read best in long lines
"""Exports of further systems, written after those of the other modules had been read once."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, sold, state
from benchmarks.generated_exports import Shop

KINDS = Kinds()

# fmt: off


@KINDS.export("Bestellnummer|Bestelleinheit-ID|Status der Bestelleinheit|Bestelldatum|Versendet am|Retoure am|Artikeltitel|EAN|Ihre Angebotsnummer|Preis|Gebühr brutto|Gutschrift für Verkäufer|Währung|Storefront|Käufer-Pseudonym|Rechnungsadresse Vorname|Rechnungsadresse Nachname", delimiter=";", comma=True, form="%Y-%m-%d %H:%M:%S")
def kaufland_units(rng: random.Random, shop: Shop) -> Rows:
    """A row per unit; what the seller is credited is less than the price; `Gutschrift` is no refund here."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            for piece in range(line.quantity):
                status, good = state(rng, ("sent", "received", "sent_and_autopaid"), ("cancelled", "returned", "returned_paid"))
                fee = round(line.price * 0.12, 2)
                yield {"Bestellnummer": f"M{place:06}", "Bestelleinheit-ID": f"31400{place:04}{piece}{line.code[-2:]}", "Status der Bestelleinheit": status, "Bestelldatum": order.when, "Versendet am": order.when + timedelta(days=1), "Artikeltitel": line.product, "EAN": "4006381333931", "Ihre Angebotsnummer": line.code,
                       "Preis": line.price, "Gebühr brutto": fee, "Gutschrift für Verkäufer": round(line.price - fee, 2), "Währung": "EUR", "Storefront": "de", "Käufer-Pseudonym": f"k{order.customer.id}", "Rechnungsadresse Vorname": order.customer.name.split()[0], "Rechnungsadresse Nachname": order.customer.name.split(maxsplit=1)[1]}  # fmt: skip
                if good:
                    yield sold(order, line.price)


@KINDS.export("N° de commande|Date de la commande|État de la commande|Référence produit|Libellé|Quantité|Prix unitaire TTC|Montant TTC|Frais de port TTC|Commission TTC|Montant total commande|Nom de l'acheteur|Prénom de l'acheteur|Pays", delimiter=";", comma=True, form="%d/%m/%Y %H:%M", encoding="cp1252")
def fnac_french(rng: random.Random, shop: Shop) -> Rows:
    """The buyer's name in two columns; statuses in French."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Reçue", "Expédiée", "Réceptionnée"), ("Annulée", "Refusée", "Remboursée"))
        for line in order.lines:
            yield {"N° de commande": f"F{place:08}", "Date de la commande": order.when, "État de la commande": status, "Référence produit": line.code, "Libellé": line.product, "Quantité": line.quantity, "Prix unitaire TTC": line.price, "Montant TTC": line.total, "Frais de port TTC": 2.99, "Commission TTC": round(line.total * 0.1, 2),
                   "Montant total commande": round(order.goods + 2.99, 2), "Nom de l'acheteur": order.customer.name.split(maxsplit=1)[1], "Prénom de l'acheteur": order.customer.name.split()[0], "Pays": "France"}  # fmt: skip
            if good:
                yield sold(order, line.total)


@KINDS.export("Invoice Date|Invoice ID|Invoice Number|Invoice Status|Customer ID|Customer Name|Is Inclusive Tax|Due Date|PurchaseOrder|Currency Code|Exchange Rate|Discount Type|Is Discount Before Tax|Entity Discount Percent|Entity Discount Amount|Item Name|Product ID|SKU|Item Price|Quantity|Discount|Discount Amount|Item Total|Item Tax|Item Tax %|Item Tax Amount|SubTotal|Shipping Charge|Adjustment|Total|Balance|Notes")
def zoho_books_invoices(rng: random.Random, shop: Shop) -> Rows:
    """The document's total, subtotal and balance on each line; drafts and void ones; discount in percent and money."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Closed", True), ("Closed", True), ("Overdue", False), ("Draft", False), ("Void", False)))
        offs = [rng.choice((0.0, 0.0, 10.0)) for _ in order.lines]
        nets = [round(x.total * (1 - off / 100), 2) for x, off in zip(order.lines, offs, strict=True)]
        tax = round(sum(nets) * 0.05, 2)
        for line, off, net in zip(order.lines, offs, nets, strict=True):
            yield {"Invoice Date": order.when.date(), "Invoice ID": f"46000000{place:06}", "Invoice Number": f"INV-{place:05}", "Invoice Status": status, "Customer ID": f"4600{sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)) % 99991:05}", "Customer Name": order.customer.name, "Is Inclusive Tax": "false",
                   "Due Date": (order.when + timedelta(days=15)).date(), "Currency Code": "AED", "Exchange Rate": "1.00", "Discount Type": "item_level", "Is Discount Before Tax": "true", "Item Name": line.product, "Product ID": f"4600{line.code[-2:]}", "SKU": line.code, "Item Price": line.price, "Quantity": f"{line.quantity}.00",
                   "Discount": f"{off:.2f}%", "Discount Amount": round(line.total - net, 2), "Item Total": net, "Item Tax": "VAT", "Item Tax %": "5", "Item Tax Amount": round(net * 0.05, 2), "SubTotal": round(sum(nets), 2), "Shipping Charge": 0.0, "Adjustment": 0.0, "Total": round(sum(nets) + tax, 2), "Balance": 0.0}  # fmt: skip
            if good:
                yield sold(order, net, net + round(net * 0.05, 2))


@KINDS.export("Date|Transaction Type|Num|Customer|Memo/Description|Product/Service|Qty|Sales Price|Amount|Balance", form="%m/%d/%Y", money=lambda v: f"{v:,.2f}", above=[["Kite LLC"], ["Sales by Customer Detail"], ["All Dates"], []], below=[["TOTAL", "", "", "", "", "", "", "", "9,999.00", ""]])
def quickbooks_online_sales(rng: random.Random, shop: Shop) -> Rows:
    """Invoices, sales receipts and credit memos; a running balance; a row of totals."""
    balance = 0.0
    for place, order in enumerate(shop.orders):
        kind = rng.choice(("Invoice", "Invoice", "Sales Receipt"))
        for line in order.lines:
            balance += line.total
            yield {"Date": order.when, "Transaction Type": kind, "Num": 1000 + place, "Customer": order.customer.name, "Memo/Description": line.product, "Product/Service": line.product, "Qty": f"{line.quantity}.00", "Sales Price": line.price, "Amount": line.total, "Balance": round(balance, 2)}
            yield sold(order, line.total)
        if place % 9 == 8:
            line = order.lines[0]
            balance -= line.total
            yield {"Date": order.when + timedelta(days=3), "Transaction Type": "Credit Memo", "Num": f"CM{place}", "Customer": order.customer.name, "Memo/Description": line.product, "Product/Service": line.product, "Qty": f"-{line.quantity}.00", "Sales Price": line.price, "Amount": -line.total, "Balance": round(balance, 2)}
            yield sold(order, -line.total)


@KINDS.export("Order Reference|Date|Session|Cashier|Customer|Order Lines/Product|Order Lines/Quantity|Order Lines/Unit Price|Order Lines/Discount (%)|Order Lines/Subtotal w/o Tax|Order Lines/Subtotal|Total|Status")
def odoo_pos(rng: random.Random, shop: Shop) -> Rows:
    """Blank cells mean "as above": an order's facts stand on its first line; amounts with and without tax."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Posted", True), ("Paid", True), ("Paid", True), ("Cancelled", False)))
        for at, line in enumerate(order.lines):
            off = rng.choice((0, 0, 10))
            net = round(line.total * (100 - off) / 100, 2)
            head = {"Order Reference": f"Main/{place:05}", "Date": order.when, "Session": f"POS/{place // 9:05}", "Cashier": rng.choice(("Mitchell", "Marc")), "Customer": order.customer.name, "Status": status} if at == 0 else {}
            yield {**head, "Order Lines/Product": line.product, "Order Lines/Quantity": line.quantity, "Order Lines/Unit Price": line.price, "Order Lines/Discount (%)": off, "Order Lines/Subtotal w/o Tax": net, "Order Lines/Subtotal": round(net * 1.15, 2)}
            if good:
                yield sold(order, net, round(net * 1.15, 2))


@KINDS.export("Número de operación de Mercado Pago (operation_id)|Fecha de compra (date_created)|Fecha de acreditación (date_approved)|Descripción de la operación (reason)|Código de referencia (external_reference)|Tipo de operación (operation_type)|Estado de la operación (status)|Detalle del estado (status_detail)|Valor del producto (transaction_amount)|Tarifa de Mercado Pago (mercadopago_fee)|Comisión por uso de plataforma (marketplace_fee)|Costo de envío (shipping_cost)|Monto recibido (net_received_amount)|Monto devuelto (amount_refunded)|Nombre de la contraparte (counterpart_name)|E-mail de la contraparte (counterpart_email)|Teléfono de la contraparte (counterpart_phone_number)", form="%d/%m/%Y %H:%M:%S", delimiter=";", comma=True)
def mercado_pago(rng: random.Random, shop: Shop) -> Rows:
    """Names in two languages in one cell; the counterparty is the customer; net is after fees."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("approved",), ("rejected", "cancelled", "refunded", "pending"))
        fee = round(order.goods * 0.06, 2)
        yield {"Número de operación de Mercado Pago (operation_id)": 20_000_000_000 + place, "Fecha de compra (date_created)": order.when, "Fecha de acreditación (date_approved)": order.when if good else "", "Descripción de la operación (reason)": order.lines[0].product, "Código de referencia (external_reference)": 5_000 + place,
               "Tipo de operación (operation_type)": "regular_payment", "Estado de la operación (status)": status, "Detalle del estado (status_detail)": "accredited" if good else "cc_rejected_other_reason", "Valor del producto (transaction_amount)": order.goods, "Tarifa de Mercado Pago (mercadopago_fee)": -fee, "Comisión por uso de plataforma (marketplace_fee)": 0.0,
               "Costo de envío (shipping_cost)": 0.0, "Monto recibido (net_received_amount)": round(order.goods - fee, 2) if good else 0.0, "Monto devuelto (amount_refunded)": order.goods if status == "refunded" else 0.0, "Nombre de la contraparte (counterpart_name)": order.customer.name, "E-mail de la contraparte (counterpart_email)": order.customer.email}  # fmt: skip
        if good:
            yield sold(order, order.goods)


@KINDS.export("id|status|origin|customer_id|customer_email|subscription_id|invoice_number|currency_code|subtotal|discount_total|tax_total|grand_total|fee|earnings|product_name|billed_at|created_at|country_code", form="%Y-%m-%dT%H:%M:%S.000000Z")
def paddle_transactions(rng: random.Random, shop: Shop) -> Rows:
    """Drafts and canceled ones; earnings are after tax and fee."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("completed", "paid", "billed"), ("canceled", "draft", "past_due"))
        tax, fee = round(order.goods * 0.2, 2), round(order.goods * 0.06, 2)
        yield {"id": f"txn_{place:08}", "status": status, "origin": rng.choice(("web", "subscription_recurring")), "customer_id": f"ctm_{order.customer.id}", "customer_email": order.customer.email, "subscription_id": f"sub_{order.customer.id}", "invoice_number": f"74-{place:05}", "currency_code": "USD", "subtotal": order.goods, "discount_total": 0.0,
               "tax_total": tax, "grand_total": round(order.goods + tax, 2), "fee": fee, "earnings": round(order.goods - fee, 2), "product_name": order.lines[0].product, "billed_at": order.when, "created_at": order.when, "country_code": "US"}  # fmt: skip
        if good:
            yield sold(order, order.goods + tax, order.goods)


@KINDS.export("Fecha|Nº Tique|Cajero|Cód. cliente|Cliente|Cód. Nacional|Descripción|Unid.|PVP|Aport. paciente|Aport. SNS|Dto.|Importe|Tipo venta|Vendedor", delimiter=";", comma=True, form="%d/%m/%Y %H:%M", encoding="cp1252")
def spanish_pharmacy(rng: random.Random, shop: Shop) -> Rows:
    """The health service pays a part: the patient's part, less the discount, is the amount; unknown buyers are 0."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            patient = round(line.total * rng.choice((1.0, 0.4)), 2)
            known = place % 7 != 6
            yield {"Fecha": order.when, "Nº Tique": 100_000 + place, "Cajero": rng.choice(("01", "02")), "Cód. cliente": 70_000 + sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)) % 99991 if known else 0, "Cliente": order.customer.name if known else "CLIENTE CONTADO", "Cód. Nacional": 650_000 + int(line.code[-2:]), "Descripción": line.product, "Unid.": line.quantity, "PVP": line.price,
                   "Aport. paciente": patient, "Aport. SNS": round(line.total - patient, 2), "Dto.": 0.0, "Importe": patient, "Tipo venta": rng.choice(("Libre", "Receta")), "Vendedor": "Ana"}  # fmt: skip
            if known:
                yield sold(order, patient)


@KINDS.export("Nummer|Status|Kunde|Kunden-ID|Anreise|Abreise|Erstellt|Storniert|Zimmerkategorie|Rate|Nächte|Gesamtbetrag|Durchschn. Rate|Reiseveranstalter|Segment|Herkunft", delimiter=",", form="%d.%m.%Y %H:%M", money=lambda v: f"€ {v:,.2f}".replace(",", "x").replace(".", ",").replace("x", "."), lines=1)
def mews_german(rng: random.Random, shop: Shop) -> Rows:
    """Booking day, arrival and departure; a rate per night beside the whole; agencies beside the guest."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Abgereist", "Bestätigt", "Angereist"), ("Storniert", "Optional"))
        line = order.lines[0]
        yield {"Nummer": 20_000 + place, "Status": status, "Kunde": order.customer.name, "Kunden-ID": f"{sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)):08x}", "Anreise": order.when + timedelta(days=30), "Abreise": order.when + timedelta(days=30 + line.quantity), "Erstellt": order.when, "Storniert": order.when + timedelta(days=1) if status == "Storniert" else "",
               "Zimmerkategorie": "Doppel", "Rate": "Flexibel", "Nächte": line.quantity, "Gesamtbetrag": line.total, "Durchschn. Rate": line.price, "Reiseveranstalter": rng.choice(("", "Booking.com")), "Segment": "Leisure", "Herkunft": "Online"}  # fmt: skip
        if good:
            yield sold(order, line.total)


@KINDS.export("Donation Ref|Donation Date|Donation Amount|Currency|Gift Aid Amount|Gift Aid Eligible|Donor Title|Donor FirstName|Donor LastName|Donor Email|Event Name|Fundraiser|Page Name|Donation Status|Net Amount|Platform Fee|Message from Supporter", form="%d/%m/%Y %H:%M", lines=1)
def justgiving(rng: random.Random, shop: Shop) -> Rows:
    """Gift aid comes from the state; fundraisers are not the donor; some give without a name."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Accepted",), ("Rejected", "Refunded"))
        amount = order.lines[0].price
        hidden = place % 8 == 7
        yield {"Donation Ref": f"D{place:09}", "Donation Date": order.when, "Donation Amount": amount, "Currency": "GBP", "Gift Aid Amount": round(amount / 4, 2), "Gift Aid Eligible": "Yes", "Donor FirstName": "Anonymous" if hidden else order.customer.name.split()[0], "Donor LastName": "" if hidden else order.customer.name.split(maxsplit=1)[1],
               "Donor Email": "" if hidden else order.customer.email, "Event Name": "Run", "Fundraiser": rng.choice(("Tom Hill", "Amy Dale")), "Page Name": "run", "Donation Status": status, "Net Amount": round(amount * 0.97, 2), "Platform Fee": round(amount * 0.03, 2)}  # fmt: skip
        if good and not hidden:
            yield sold(order, amount)


@KINDS.export("受注番号|受注日時|ステータス|注文者 名前（姓）|注文者 名前（名）|注文者 メールアドレス|商品コード|商品名|商品単価(税込)|個数|送料|クーポン利用額|ポイント利用額|合計金額|支払方法", encoding="cp932", form="%Y/%m/%d %H:%M:%S", money=lambda v: str(round(v)), quoting=1)
def japanese_mall(rng: random.Random, shop: Shop) -> Rows:
    """Yen; names in two columns; coupons and points in columns of their own; a total that is the order's."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("発送済み", "完了"), ("キャンセル", "返品"))
        total = sum(round(x.price) * x.quantity for x in order.lines) + 500
        for line in order.lines:
            yield {"受注番号": f"{order.when:%Y%m%d}-{place:05}", "受注日時": order.when, "ステータス": status, "注文者 名前（姓）": order.customer.name.split(maxsplit=1)[1], "注文者 名前（名）": order.customer.name.split()[0], "注文者 メールアドレス": order.customer.email, "商品コード": line.code, "商品名": line.product, "商品単価(税込)": line.price, "個数": line.quantity,
                   "送料": 500.0, "クーポン利用額": 0.0, "ポイント利用額": 0.0, "合計金額": float(total), "支払方法": "クレジットカード"}  # fmt: skip
            if good:
                yield sold(order, round(line.price) * line.quantity)


@KINDS.export("Order Number|Order Date|Order Type|Order Status|Ship To Name|Customer Number|Customer PO|Item|Description|Qty Ordered|Qty Shipped|Qty Backordered|Unit of Measure|List Price|Net Price|Extended Net|Freight|Sales Rep|Warehouse|Line Status", form="%Y-%m-%d")
def wholesale_lines_erp(rng: random.Random, shop: Shop) -> Rows:
    """List and net price; what is backordered is in a row of its own later; credit orders RMA below zero."""
    for place, order in enumerate(shop.orders):
        kind = "SO" if place % 9 != 8 else "RMA"
        sign = 1 if kind == "SO" else -1
        for line in order.lines:
            yield {"Order Number": f"{kind}{10_000 + place}", "Order Date": order.when, "Order Type": kind, "Order Status": "Closed", "Ship To Name": f"{order.customer.name} Store {rng.randint(1, 3)}", "Customer Number": order.customer.id, "Item": line.code, "Description": line.product, "Qty Ordered": sign * line.quantity, "Qty Shipped": sign * line.quantity, "Qty Backordered": 0,
                   "Unit of Measure": "EA", "List Price": round(line.price * 1.6, 2), "Net Price": line.price, "Extended Net": sign * line.total, "Freight": 0.0, "Sales Rep": rng.choice(("JD", "KL")), "Warehouse": "01", "Line Status": "Closed"}  # fmt: skip
            yield sold(order, sign * line.total, number=f"{kind}{10_000 + place}")


@KINDS.export("Order Number|Charged Date|Charged Timestamp|Financial Status|Device Model|Product Title|Product ID|Product Type|SKU ID|Currency of Sale|Item Price|Taxes Collected|Charged Amount|City of Buyer|State of Buyer|Postal Code of Buyer|Country of Buyer", form="%Y-%m-%d")
def google_play_sales(rng: random.Random, shop: Shop) -> Rows:
    """The buyer's town and country are no buyer."""
    for place, order in enumerate(shop.orders):
        yield {"Order Number": f"GPA.3300-{place:04}-1111-2222{place:01}", "Charged Date": order.when, "Charged Timestamp": int(order.when.timestamp()), "Financial Status": rng.choice(("Charged", "Charged", "Refund")), "Device Model": rng.choice(("pixel", "galaxy")), "Product Title": order.lines[0].product, "Product ID": "com.kite.app", "Product Type": "inapp",
               "SKU ID": order.lines[0].code, "Currency of Sale": "EUR", "Item Price": order.lines[0].price, "Taxes Collected": round(order.lines[0].price * 0.2, 2), "Charged Amount": round(order.lines[0].price * 1.2, 2), "City of Buyer": rng.choice(("Berlin", "Rome", "Lyon", "Oslo", "Bonn")), "Country of Buyer": rng.choice(("DE", "IT", "FR"))}  # fmt: skip


@KINDS.export("Č. objednávky|Vytvořeno|Stav|Zákazník|E-mail zákazníka|Kód|Název|Množství|Cena za kus s DPH|Cena celkem s DPH|Sleva %|Doprava s DPH|Celkem s DPH|Měna|Způsob platby|Zaplaceno", delimiter=";", comma=True, form="%d.%m.%Y %H:%M", encoding="cp1250")
def czech_shop(rng: random.Random, shop: Shop) -> Rows:
    """Prices with tax; the order's total; paid or not in Czech, where cash on delivery is not paid yet."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Vyřízena", "Vyřizuje se", "Odesláno"), ("Stornována", "Vráceno"))
        for line in order.lines:
            yield {"Č. objednávky": 2_024_000 + place, "Vytvořeno": order.when, "Stav": status, "Zákazník": order.customer.name, "E-mail zákazníka": order.customer.email, "Kód": line.code, "Název": line.product, "Množství": line.quantity, "Cena za kus s DPH": line.price, "Cena celkem s DPH": line.total, "Sleva %": 0, "Doprava s DPH": 99.0,
                   "Celkem s DPH": round(order.goods + 99, 2), "Měna": "CZK", "Způsob platby": "Kartou online", "Zaplaceno": "Ano"}  # fmt: skip
            if good:
                yield sold(order, line.total)


@KINDS.export("Ordernr|Orderdatum|Kundnr|Kundnamn|Artikelnr|Benämning|Antal|À-pris exkl. moms|Rabatt %|Summa exkl. moms|Moms|Totalt inkl. moms|Valuta|Orderstatus|Betalstatus|Säljare", delimiter="\t", comma=True, form="%Y-%m-%d")
def swedish_orders(rng: random.Random, shop: Shop) -> Rows:
    """A discount in percent that the sum already has; sums without tax and totals with it; two statuses."""
    for place, order in enumerate(shop.orders):
        status, paid, good = rng.choice((("Levererad", "Betald", True),) * 4 + (("Makulerad", "Obetald", False), ("Levererad", "Krediterad", False)))
        for line in order.lines:
            off = rng.choice((0, 0, 20))
            net = round(line.total * (100 - off) / 100, 2)
            yield {"Ordernr": 9_000 + place, "Orderdatum": order.when, "Kundnr": order.customer.id, "Kundnamn": order.customer.name, "Artikelnr": line.code, "Benämning": line.product, "Antal": line.quantity, "À-pris exkl. moms": line.price, "Rabatt %": off, "Summa exkl. moms": net, "Moms": round(net * 0.25, 2),
                   "Totalt inkl. moms": round(net + round(net * 0.25, 2), 2), "Valuta": "SEK", "Orderstatus": status, "Betalstatus": paid, "Säljare": rng.choice(("Eva", "Bo"))}  # fmt: skip
            if good:
                yield sold(order, net, net + round(net * 0.25, 2))


@KINDS.export("Invoice|Date|Customer|Customer GSTIN|Place of Supply|HSN|Particulars|Qty|Rate (₹)|Taxable Value (₹)|CGST (₹)|SGST (₹)|IGST (₹)|Invoice Value (₹)|Reverse Charge|Invoice Type|Irn Status", form="%d-%b-%Y", money=lambda v: f"{v:,.2f}")
def gst_sales_register(rng: random.Random, shop: Shop) -> Rows:
    """Taxable value per line, the invoice's value on each; cancelled e-invoices; walk-in buyers without a tax number."""
    for place, order in enumerate(shop.orders):
        gone = rng.random() < 0.15
        for line in order.lines:
            half = round(line.total * 0.09, 2)
            yield {"Invoice": f"KT/24-25/{place + 1:04}", "Date": order.when, "Customer": order.customer.name, "Customer GSTIN": f"27AAB{chr(65 + place % 26)}P{sum(map(ord, order.customer.email)) % 9000 + 1000}A1Z5" if place % 2 else "", "Place of Supply": "27-Maharashtra", "HSN": "9503", "Particulars": line.product, "Qty": line.quantity, "Rate (₹)": line.price,
                   "Taxable Value (₹)": line.total, "CGST (₹)": half, "SGST (₹)": half, "IGST (₹)": 0.0, "Invoice Value (₹)": round(sum(x.total + 2 * round(x.total * 0.09, 2) for x in order.lines), 2), "Reverse Charge": "N", "Invoice Type": "Regular", "Irn Status": "Cancelled" if gone else "Active"}  # fmt: skip
            if not gone:
                yield sold(order, line.total, line.total + 2 * half)


@KINDS.export("Reserva|F. alta|F. sesión|Abonado|DNI|Pista|Tarifa|Precio|Bono|Pagado|Pendiente|Estado reserva|Monitor", delimiter=";", comma=True, form="%d/%m/%Y %H:%M", lines=1)
def padel_club(rng: random.Random, shop: Shop) -> Rows:
    """The day of booking and of play; price less a voucher is what was paid; instructors."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Confirmada", "Disfrutada"), ("Anulada", "No presentado"))
        price = order.lines[0].price
        off = round(price * rng.choice((0, 0, 0.5)), 2)
        yield {"Reserva": 40_000 + place, "F. alta": order.when, "F. sesión": order.when + timedelta(days=3), "Abonado": order.customer.name, "DNI": f"{10_000_000 + sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)) % 9_999_991}{'TRWAGMYFPD'[place % 1]}", "Pista": f"Pista {rng.randint(1, 4)}", "Tarifa": "Adulto", "Precio": price, "Bono": off,
               "Pagado": round(price - off, 2) if good else 0.0, "Pendiente": 0.0, "Estado reserva": status, "Monitor": rng.choice(("", "Luis"))}  # fmt: skip
        if good:
            yield sold(order, price - off)


@KINDS.export("Order ID|Order Date|Customer Id|Status|Item|Qty|Unit Price|Order Discount|Gift Card Amount|Store Credit|Shipping|Tax|Amount Charged|Payment")
def gift_cards_and_credit(rng: random.Random, shop: Shop) -> Rows:
    """Gift cards and store credit pay for goods and are no discount; what was charged is less than what was bought."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Shipped", "Delivered"), ("Cancelled",))
        card = round(order.goods * rng.choice((0, 0, 0.5)), 2)
        for line in order.lines:
            yield {"Order ID": 600 + place, "Order Date": order.when, "Customer Id": order.customer.id, "Status": status, "Item": line.product, "Qty": line.quantity, "Unit Price": line.price, "Order Discount": 0.0, "Gift Card Amount": card, "Store Credit": 0.0, "Shipping": 0.0, "Tax": 0.0, "Amount Charged": round(order.goods - card, 2), "Payment": "Card"}  # fmt: skip
            if good:
                yield sold(order, line.total)
