# ruff: noqa: E501 - header rows read best in long lines
"""Exports of platforms, written before any of them had been read; their right answers were fixed first."""

import random
from datetime import datetime, timedelta

from benchmarks.exports.writing import Kinds, Rows, customer_number, sold, state
from benchmarks.generated_exports import Order, Shop

KINDS = Kinds()


def _dollars(value: float) -> str:
    return f"${value:,.2f}" if value >= 0 else f"(${-value:,.2f})"


# fmt: off


@KINDS.export("Date|Time|Time Zone|Category|Item|Qty|Price Point Name|SKU|Modifiers Applied|Gross Sales|Discounts|Net Sales|Tax|Transaction ID|Payment ID|Device Name|Notes|Details|Event Type|Location|Dining Option|Customer ID|Customer Name|Customer Reference ID|Unit|Count|Itemization Type", money=_dollars)
def square_item_details(rng: random.Random, shop: Shop) -> Rows:
    """Discounts in brackets; refunds are events of their own with quantities below zero."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0, 0.1)), 2)
            row = {"Date": order.when.strftime("%Y-%m-%d"), "Time": order.when.strftime("%H:%M:%S"), "Time Zone": "Eastern Time (US & Canada)", "Category": "None", "Item": line.product, "Qty": f"{line.quantity}.0", "Price Point Name": "Regular", "SKU": line.code, "Gross Sales": line.total, "Discounts": -off if off else 0.0, "Net Sales": round(line.total - off, 2), "Tax": 0.0,
                   "Transaction ID": f"tx{place:06}A", "Payment ID": f"pay{place:06}", "Device Name": "Till 1", "Event Type": "Payment", "Location": "Main", "Customer ID": f"SQ{customer_number(order)}", "Customer Name": order.customer.name, "Unit": "ea", "Count": line.quantity, "Itemization Type": "Physical Good"}
            yield row
            yield sold(order, round(line.total - off, 2))
            if place % 11 == 5 and line is order.lines[0]:
                yield {**row, "Qty": f"-{line.quantity}.0", "Gross Sales": -line.total, "Discounts": off, "Net Sales": round(off - line.total, 2), "Event Type": "Refund", "Transaction ID": f"rf{place:06}", "Date": (order.when + timedelta(days=1)).strftime("%Y-%m-%d")}
                yield sold(order, round(off - line.total, 2))


@KINDS.export("id|Created date (UTC)|Amount|Amount Refunded|Currency|Captured|Converted Amount|Converted Amount Refunded|Converted Currency|Decline Reason|Description|Fee|Mode|PaymentIntent ID|Payment Source Type|Refunded date (UTC)|Statement Descriptor|Status|Seller Message|Taxes On Fee|Card Last4|Card Brand|Customer ID|Customer Description|Customer Email", form="%Y-%m-%d %H:%M:%S")
def stripe_unified_payments(rng: random.Random, shop: Shop) -> Rows:
    """Failed payments beside paid ones, refunds whole or in part in a column."""
    for place, order in enumerate(shop.orders):
        status, back = rng.choice((("Paid", 0.0), ("Paid", 0.0), ("Paid", 0.0), ("Failed", 0.0), ("Refunded", order.goods), ("Partial Refund", 1.0)))
        yield {"id": f"ch_{place:08}x", "Created date (UTC)": order.when, "Amount": order.goods, "Amount Refunded": back, "Currency": "eur", "Captured": "FALSE" if status == "Failed" else "TRUE", "Converted Amount": order.goods, "Converted Amount Refunded": back, "Converted Currency": "eur", "Decline Reason": "insufficient_funds" if status == "Failed" else "", "Description": f"Order {order.number}", "Fee": round(order.goods * 0.02, 2), "Mode": "Live",
               "PaymentIntent ID": f"pi_{place:08}", "Payment Source Type": "card", "Refunded date (UTC)": order.when + timedelta(days=2) if back else "", "Status": status, "Seller Message": "Payment complete.", "Taxes On Fee": 0.0, "Card Last4": "4242", "Card Brand": "Visa", "Customer ID": f"cus_{customer_number(order)}", "Customer Email": order.customer.email}
        if status == "Paid":
            yield sold(order, order.goods, number=f"ch_{place:08}x")
        elif status == "Partial Refund":
            yield sold(order, order.goods, number=f"ch_{place:08}x")
            yield sold(order, -1.0, number=f"ch_{place:08}x")


@KINDS.export("Order Number|Order Status|Order Date|Customer Note|First Name (Billing)|Last Name (Billing)|Company (Billing)|City (Billing)|Country Code (Billing)|Email (Billing)|Phone (Billing)|Payment Method Title|Cart Discount Amount|Order Subtotal Amount|Shipping Method Title|Order Shipping Amount|Order Refund Amount|Order Total Amount|Order Total Tax Amount|SKU|Item #|Item Name|Quantity (- Refund)|Item Cost|Coupon Code|Discount Amount|Discount Amount Tax", form="%Y-%m-%d %H:%M")
def woocommerce_order_export(rng: random.Random, shop: Shop) -> Rows:
    """Advanced Order Export: the order's facts on each line, a refund of the whole order as an amount."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Completed", "Processing"), ("Cancelled", "Failed", "Refunded", "Pending payment"))
        for at, line in enumerate(order.lines):
            yield {"Order Number": 5000 + place, "Order Status": status, "Order Date": order.when, "First Name (Billing)": order.customer.name.split()[0], "Last Name (Billing)": order.customer.name.split(maxsplit=1)[1], "City (Billing)": "Madrid", "Country Code (Billing)": "ES", "Email (Billing)": order.customer.email, "Phone (Billing)": order.customer.phone, "Payment Method Title": "Card", "Cart Discount Amount": 0.0, "Order Subtotal Amount": order.goods, "Shipping Method Title": "Flat", "Order Shipping Amount": 4.95,
                   "Order Refund Amount": round(order.goods + 4.95, 2) if status == "Refunded" else 0.0, "Order Total Amount": round(order.goods + 4.95, 2), "Order Total Tax Amount": 0.0, "SKU": line.code, "Item #": at + 1, "Item Name": line.product, "Quantity (- Refund)": line.quantity, "Item Cost": line.price, "Discount Amount": 0.0, "Discount Amount Tax": 0.0}
            if good:
                yield sold(order, line.total)


@KINDS.export("Order #|Purchased From (Store)|Purchased On|Bill to Name|Ship to Name|G.T. (Base)|G.T. (Purchased)|Status", form="%b %d, %Y %I:%M:%S %p", money=lambda v: f"${v:,.2f}")
def magento_one_grid(rng: random.Random, shop: Shop) -> Rows:
    """The grid of Magento 1: two equal totals and a store with line breaks."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Complete", "Processing"), ("Canceled", "Pending Payment", "On Hold"))
        yield {"Order #": f"1{place:08}", "Purchased From (Store)": "Main Website\nMain Store\nEnglish", "Purchased On": order.when, "Bill to Name": order.customer.name, "Ship to Name": order.customer.name, "G.T. (Base)": order.goods, "G.T. (Purchased)": order.goods, "Status": status}
        if good:
            yield sold(order, order.goods)


@KINDS.export("id_order|reference|id_shop|id_carrier|id_lang|id_customer|id_cart|id_currency|current_state|payment|total_discounts|total_paid|total_paid_tax_incl|total_paid_tax_excl|total_paid_real|total_products|total_products_wt|total_shipping|invoice_number|valid|date_add|date_upd", delimiter=";", form="%Y-%m-%d %H:%M:%S")
def prestashop_table(rng: random.Random, shop: Shop) -> Rows:
    """The table of orders itself: `valid` says whether an order counts; states are numbers."""
    for place, order in enumerate(shop.orders):
        good = rng.random() > 0.2
        yield {"id_order": 7 + place, "reference": f"XKB{place:06}", "id_shop": 1, "id_carrier": 2, "id_lang": 1, "id_customer": customer_number(order), "id_cart": 90 + place, "id_currency": 1, "current_state": rng.choice((2, 4, 5)) if good else 6, "payment": "Card", "total_discounts": 0.0, "total_paid": order.goods, "total_paid_tax_incl": order.goods, "total_paid_tax_excl": round(order.goods / 1.21, 2), "total_paid_real": order.goods if good else 0.0,
               "total_products": round(order.goods / 1.21, 2), "total_products_wt": order.goods, "total_shipping": 0.0, "invoice_number": place if good else 0, "valid": int(good), "date_add": order.when, "date_upd": order.when + timedelta(days=1)}
        if good:
            yield sold(order, order.goods, round(order.goods / 1.21, 2))


@KINDS.export("Transaction creation date|Type|Order number|Legacy order ID|Buyer username|Buyer name|Ship to city|Ship to country|Net amount|Payout currency|Payout date|Item ID|Transaction ID|Item title|Custom label|Quantity|Item subtotal|Shipping and handling|Seller collected tax|eBay collected tax|Final Value Fee - fixed|Final Value Fee - variable|International fee|Gross transaction amount|Transaction currency|Description", form="%b %d, %Y", above=[["Transaction report"], ["Seller", "kite-shop"], ["Start date", "Jan 01, 2024"], []])
def ebay_transaction_report(rng: random.Random, shop: Shop) -> Rows:
    """Orders among fees, labels, payouts and refunds; `--` means blank."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        number = f"12-{place:05}-{place * 7 % 90000:05}"
        fee = round(line.total * 0.11, 2)
        row = {"Order number": number, "Legacy order ID": f"3500{place:06}", "Buyer username": f"buyer_{customer_number(order)}", "Buyer name": order.customer.name, "Ship to city": "Leeds", "Ship to country": "GB", "Payout currency": "GBP", "Payout date": order.when + timedelta(days=3), "Item ID": f"2550{line.code[-2:]}", "Transaction ID": f"99{place:06}", "Item title": line.product, "Custom label": line.code, "Transaction currency": "GBP"}
        yield {**row, "Transaction creation date": order.when, "Type": "Order", "Net amount": round(line.total - fee - 0.3, 2), "Quantity": line.quantity, "Item subtotal": line.total, "Shipping and handling": 0.0, "Seller collected tax": 0.0, "eBay collected tax": "--", "Final Value Fee - fixed": -0.3, "Final Value Fee - variable": -fee, "International fee": "--", "Gross transaction amount": line.total, "Description": "--"}
        yield sold(order, line.total)
        blank = dict.fromkeys(("Legacy order ID", "Buyer username", "Buyer name", "Item ID", "Item title", "Custom label", "Quantity", "Item subtotal", "Shipping and handling", "Final Value Fee - fixed", "Final Value Fee - variable"), "--")
        if place % 4 == 1:
            yield {**row, **blank, "Transaction creation date": order.when + timedelta(days=1), "Type": "Shipping label", "Net amount": -3.1, "Gross transaction amount": -3.1, "Description": "Royal Mail"}
        if place % 7 == 3:
            yield {**row, **blank, "Order number": "--", "Transaction creation date": order.when + timedelta(days=2), "Type": "Payout", "Net amount": -50.0, "Gross transaction amount": "--", "Description": "Payout"}
        if place % 9 == 4:
            yield {**row, "Transaction creation date": order.when + timedelta(days=5), "Type": "Refund", "Net amount": -line.total, "Quantity": line.quantity, "Item subtotal": -line.total, "Shipping and handling": 0.0, "Gross transaction amount": -line.total, "Description": "--"}
            yield sold(order, -line.total, number=number)


@KINDS.export("Número do pedido|Data do pedido|Status do pedido|Nome do cliente|CPF/CNPJ|Cidade|UF|SKU|Produto|Quantidade|Preço unitário|Total dos itens|Frete|Comissão|Valor a receber|Previsão de entrega", delimiter=";", comma=True, form="%d/%m/%Y %H:%M", encoding="cp1252")
def magalu_orders(rng: random.Random, shop: Shop) -> Rows:
    """Commission and what the seller receives beside what the customer pays; tax numbers name customers."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Aprovado", "Enviado", "Entregue", "Faturado"), ("Cancelado", "Devolvido"))
        for line in order.lines:
            yield {"Número do pedido": f"LU-{place:08}", "Data do pedido": order.when, "Status do pedido": status, "Nome do cliente": order.customer.name, "CPF/CNPJ": f"{customer_number(order):05}.123.456-0{customer_number(order) % 10}", "Cidade": "São Paulo", "UF": "SP", "SKU": line.code, "Produto": line.product, "Quantidade": line.quantity, "Preço unitário": line.price, "Total dos itens": line.total, "Frete": 12.9, "Comissão": round(line.total * 0.16, 2), "Valor a receber": round(line.total * 0.84, 2), "Previsão de entrega": (order.when + timedelta(days=7)).strftime("%d/%m/%Y")}
            if good:
                yield sold(order, line.total)


@KINDS.export("SalesOrder ID|Order Date|Expected Shipment Date|SalesOrder Number|Custom Status|Status|Customer ID|Customer Name|Branch Name|Currency Code|Exchange Rate|Item Name|SKU|QuantityOrdered|QuantityInvoiced|QuantityPacked|QuantityFulfilled|QuantityCancelled|Usage unit|Item Price|Discount|Discount Amount|Item Tax|Item Total|SubTotal|Total|Shipping Charge|Adjustment|Sales Person|Source")
def zoho_inventory_orders(rng: random.Random, shop: Shop) -> Rows:
    """Five columns of quantities; drafts and void orders beside closed ones."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("closed", True), ("closed", True), ("fulfilled", True), ("draft", False), ("void", False)))
        for line in order.lines:
            done = line.quantity if good else 0
            yield {"SalesOrder ID": f"3300{place:08}", "Order Date": order.when.date(), "Expected Shipment Date": (order.when + timedelta(days=3)).date(), "SalesOrder Number": f"SO-{place:05}", "Status": status, "Customer ID": f"3310{customer_number(order)}", "Customer Name": order.customer.name, "Currency Code": "INR", "Exchange Rate": "1.000000", "Item Name": line.product, "SKU": line.code, "QuantityOrdered": f"{line.quantity}.00", "QuantityInvoiced": f"{done}.00", "QuantityPacked": f"{done}.00", "QuantityFulfilled": f"{done}.00", "QuantityCancelled": "0.00", "Usage unit": "pcs", "Item Price": line.price, "Discount": 0.0, "Discount Amount": 0.0, "Item Total": line.total, "SubTotal": order.goods, "Total": order.goods, "Shipping Charge": 0.0, "Adjustment": 0.0, "Source": "Zoho"}
            if good:
                yield sold(order, line.total)


@KINDS.export("Transaction Id|Customer Id|Subscription Id|Type|Date|Status|Amount|Currency|Payment Method|Gateway|Gateway Txn Id|Refunded Txn|Reference Invoice|Customer First Name|Customer Last Name|Customer Email|Failure Reason", form="%d-%b-%Y %H:%M")
def chargebee_transactions(rng: random.Random, shop: Shop) -> Rows:
    """Payments and refunds by type, failed attempts by status."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Success", True), ("Success", True), ("Success", True), ("Failure", False), ("Voided", False)))
        row = {"Customer Id": f"AzZ{customer_number(order)}", "Subscription Id": f"sub{customer_number(order)}", "Currency": "USD", "Payment Method": "Card", "Gateway": "stripe", "Reference Invoice": f"INV-{place:04}", "Customer First Name": order.customer.name.split()[0], "Customer Last Name": order.customer.name.split()[-1], "Customer Email": order.customer.email}
        yield {**row, "Transaction Id": f"txn_{place:06}", "Type": "Payment", "Date": order.when, "Status": status, "Amount": order.goods, "Gateway Txn Id": f"ch_{place}", "Failure Reason": "" if good else "card_declined"}
        if good:
            yield sold(order, order.goods, number=f"txn_{place:06}")
            if place % 8 == 2:
                yield {**row, "Transaction Id": f"txn_r{place:05}", "Type": "Refund", "Date": order.when + timedelta(days=4), "Status": "Success", "Amount": order.goods, "Refunded Txn": f"txn_{place:06}"}
                yield sold(order, -order.goods, number=f"txn_{place:06}")


@KINDS.export("Start Time|End Time|First Name|Last Name|Phone|Email|Type|Calendar|Appointment Price|Paid?|Amount Paid Online|Certificate Code|Notes|Date Scheduled|Label|Scheduled By|Appointment ID|Canceled", form="%B %d, %Y %I:%M %p", lines=1)
def acuity_appointments(rng: random.Random, shop: Shop) -> Rows:
    """Times of the appointment and of the booking; paid yes or no; cancelled ones marked."""
    for place, order in enumerate(shop.orders):
        price = order.lines[0].price
        paid, off = rng.choice((("yes", ""), ("yes", ""), ("yes", ""), ("no", ""), ("yes", "yes")))
        yield {"Start Time": order.when, "End Time": order.when + timedelta(hours=1), "First Name": order.customer.name.split()[0], "Last Name": order.customer.name.split(maxsplit=1)[1], "Phone": order.customer.phone, "Email": order.customer.email, "Type": order.lines[0].product, "Calendar": rng.choice(("Ana", "Leo")), "Appointment Price": price, "Paid?": paid, "Amount Paid Online": price if paid == "yes" else 0.0, "Date Scheduled": (order.when - timedelta(days=5)).strftime("%B %d, %Y"), "Scheduled By": "client", "Appointment ID": 88_000 + place, "Canceled": off}
        if paid == "yes" and not off:
            yield sold(order, price)


@KINDS.export("N° billet|N° commande|Date de commande|Nom acheteur|Prénom acheteur|E-mail acheteur|Nom participant|Prénom participant|Tarif|Montant TTC|Frais|Code promo|Statut|Mode de paiement|Contrôlé", delimiter=";", comma=True, form="%d/%m/%Y %H:%M:%S", encoding="utf-8-sig", lines=3)
def weezevent_tickets(rng: random.Random, shop: Shop) -> Rows:
    """A row per ticket, with the buyer and the person who comes."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Validé",), ("Annulé", "Remboursé", "En attente de paiement"))
        for at, line in enumerate(order.lines):
            yield {"N° billet": f"{place:05}{at:03}", "N° commande": f"W{place:06}", "Date de commande": order.when, "Nom acheteur": order.customer.name.split(maxsplit=1)[1], "Prénom acheteur": order.customer.name.split()[0], "E-mail acheteur": order.customer.email, "Nom participant": rng.choice(("Petit", "Roux", "Blanc")), "Prénom participant": rng.choice(("Zoé", "Noé")), "Tarif": line.product, "Montant TTC": line.price, "Frais": 0.99, "Statut": status, "Mode de paiement": "CB", "Contrôlé": rng.choice(("Oui", "Non"))}
            if good:
                yield sold(order, line.price)


@KINDS.export("Order ID|Order Created|Order Closed|Station|Dining Option|Employee|Customer|Phone|Subtotal|Discounts|Surcharge|Tax|Gratuity|Total|Payment Type|Tendered|Change|Voided|Training Mode", form="%m/%d/%Y %I:%M %p", money=_dollars)
def restaurant_till_revel(rng: random.Random, shop: Shop) -> Rows:
    """Void and training orders by yes or no; tips and tax in the total; money tendered and given back."""
    for place, order in enumerate(shop.orders):
        void, training = rng.choice((("No", "No"),) * 6 + (("Yes", "No"), ("No", "Yes")))
        tax, tip = round(order.goods * 0.08, 2), rng.choice((0.0, 2.0, 5.0))
        total = round(order.goods + tax + tip, 2)
        yield {"Order ID": 300_100 + place, "Order Created": order.when, "Order Closed": order.when + timedelta(minutes=50), "Station": "POS 1", "Dining Option": rng.choice(("Dine In", "To Go")), "Employee": rng.choice(("Ana", "Ben")), "Customer": order.customer.name, "Phone": order.customer.phone, "Subtotal": order.goods, "Discounts": 0.0, "Surcharge": 0.0, "Tax": tax, "Gratuity": tip, "Total": total, "Payment Type": "Cash", "Tendered": round(total + 5, 2), "Change": 5.0, "Voided": void, "Training Mode": training}
        if void == training == "No":
            yield sold(order, total, order.goods, round(order.goods + tax, 2))


@KINDS.export("id|purchased_at|user_id|user_name|user_email|course_id|course_name|sale_price|coupon_code|final_price|tax_charge|revenue_in_usd|earnings_usd|fees_usd|affiliate_fees_usd|status|refunded_amount|refunded_at|payment_method", form="%Y-%m-%dT%H:%M:%SZ", lines=1)
def teachable_transactions(rng: random.Random, shop: Shop) -> Rows:
    """List price, price after the coupon, earnings after fees; refunds as amounts."""
    for place, order in enumerate(shop.orders):
        price = order.lines[0].price
        final = round(price * rng.choice((1, 1, 0.8)), 2)
        whole = rng.random() < 0.12
        yield {"id": 700_000 + place, "purchased_at": order.when, "user_id": customer_number(order), "user_name": order.customer.name, "user_email": order.customer.email, "course_id": 50 + int(order.lines[0].code[-2:]), "course_name": order.lines[0].product, "sale_price": price, "coupon_code": "SPRING" if final < price else "", "final_price": final, "tax_charge": 0.0, "revenue_in_usd": final, "earnings_usd": round(final * 0.92, 2), "fees_usd": round(final * 0.08, 2), "affiliate_fees_usd": 0.0, "status": "refunded" if whole else "paid", "refunded_amount": final if whole else 0.0, "refunded_at": order.when + timedelta(days=3) if whole else "", "payment_method": "stripe"}
        if not whole:
            yield sold(order, final)


@KINDS.export("Order Number|Order Item ID|Status|Seller SKU|Name|Created at|Updated at|Customer Name|Customer Email|National Registration Number|Shipping City|Payment Method|Item Price|Paid Price|Unit Price|Shipping Fee|Wallet Credits|Currency|Reason", delimiter=";", form="%Y-%m-%d %H:%M:%S")
def jumia_order_items(rng: random.Random, shop: Shop) -> Rows:
    """A row per piece; item price before and paid price after a voucher; reasons of cancellation."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            for piece in range(line.quantity):
                status, good = state(rng, ("delivered", "shipped", "ready_to_ship"), ("canceled", "failed", "returned"))
                off = rng.choice((0.0, 0.0, 1.0)) if line.price > 3 else 0.0
                yield {"Order Number": 330_000_000 + place, "Order Item ID": f"{place:05}{line.code[-2:]}{piece}", "Status": status, "Seller SKU": line.code, "Name": line.product, "Created at": order.when, "Updated at": order.when + timedelta(days=2), "Customer Name": order.customer.name, "Customer Email": order.customer.email, "Shipping City": "Lagos", "Payment Method": "CashOnDelivery", "Item Price": line.price, "Paid Price": round(line.price - off, 2), "Unit Price": line.price, "Shipping Fee": 0.0, "Wallet Credits": 0.0, "Currency": "NGN", "Reason": "" if good else "Customer refused"}
                if good:
                    yield sold(order, round(line.price - off, 2), line.price)


@KINDS.export("Order Reference|Order ID|Date|Account ID|Company|First Name|Last Name|Email|Product|Quantity|Product Price|Discount|Tax|Order Total|Currency|Order Total (USD)|Payment Type|Status|Is Test|Return Total", form="%m/%d/%y %H:%M")
def fastspring_orders(rng: random.Random, shop: Shop) -> Rows:
    """Test orders, years of two digits, a total in dollars beside the one in euros."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        test = rng.random() < 0.1
        yield {"Order Reference": f"KIT{place:06}-{place % 97:02}", "Order ID": f"o{place:08}", "Date": order.when, "Account ID": f"acc{customer_number(order)}", "First Name": order.customer.name.split()[0], "Last Name": order.customer.name.split()[-1], "Email": order.customer.email, "Product": line.product, "Quantity": line.quantity, "Product Price": line.price, "Discount": 0.0, "Tax": 0.0, "Order Total": line.total, "Currency": "EUR", "Order Total (USD)": round(line.total * 1.1, 2), "Payment Type": "Card", "Status": "completed", "Is Test": "true" if test else "false", "Return Total": 0.0}
        if not test:
            yield sold(order, line.total, round(line.total * 1.1, 2))


@KINDS.export("Número|Cliente|Identificación|Creación|Vencimiento|Vendedor|Subtotal|Descuento|IVA|Total|Cobrado|Por cobrar|Estado", delimiter=";", form="%d/%m/%Y", money=lambda v: f"${v:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."))
def alegra_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Paid, open and void invoices; what is still to be collected beside the total."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Cobrada", True), ("Cobrada", True), ("Cobrada", True), ("Por cobrar", False), ("Anulada", False)))
        tax = round(order.goods * 0.19, 2)
        total = round(order.goods + tax, 2)
        yield {"Número": f"FV-{place + 1}", "Cliente": order.customer.name, "Identificación": f"9{customer_number(order):08}", "Creación": order.when, "Vencimiento": order.when + timedelta(days=30), "Vendedor": "Luz", "Subtotal": order.goods, "Descuento": 0.0, "IVA": tax, "Total": total, "Cobrado": total if status == "Cobrada" else 0.0, "Por cobrar": total if status == "Por cobrar" else 0.0, "Estado": status}
        if good:
            yield sold(order, total, order.goods)


@KINDS.export("Tipo Movimiento|Tipo de Documento|Numero Documento|Fecha de Emisión|Hora Venta|Sucursal|Vendedor|Nombre Cliente|Cliente RUT|Email Cliente|Lista de Precio|SKU|Producto / Servicio|Variante|Precio Neto Unitario|Precio Bruto Unitario|Cantidad|Venta Total Neta|Total Impuestos|Venta Total Bruta|Descuento Neto|Descuento Bruto|% Descuento|Costo Neto Unitario|Margen", delimiter=";", form="%d/%m/%Y", money=lambda v: f"{v:.0f}")
def bsale_chile_lines(rng: random.Random, shop: Shop) -> Rows:
    """Whole pesos with and without tax; credit notes as rows below zero; costs and margins beside."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            gross = round(line.total * 100)
            net = round(gross / 1.19)
            row = {"Tipo Movimiento": "venta", "Tipo de Documento": "BOLETA ELECTRÓNICA T", "Numero Documento": 9_000 + place, "Fecha de Emisión": order.when, "Hora Venta": order.when.strftime("%H:%M"), "Sucursal": "Casa Matriz", "Vendedor": "Caja 1", "Nombre Cliente": order.customer.name, "Cliente RUT": f"{12_000_000 + customer_number(order)}-K", "Email Cliente": order.customer.email, "Lista de Precio": "Base", "SKU": line.code, "Producto / Servicio": line.product, "Precio Neto Unitario": float(round(net / line.quantity)), "Precio Bruto Unitario": float(round(gross / line.quantity)), "Cantidad": line.quantity,
                   "Venta Total Neta": float(net), "Total Impuestos": float(gross - net), "Venta Total Bruta": float(gross), "Descuento Neto": 0.0, "Descuento Bruto": 0.0, "% Descuento": 0.0, "Costo Neto Unitario": float(round(net / line.quantity * 0.6)), "Margen": float(round(net * 0.4))}
            yield row
            yield sold(order, float(gross), float(net))
            if place % 10 == 7 and line is order.lines[0]:
                yield {**row, "Tipo Movimiento": "devolucion", "Tipo de Documento": "NOTA DE CRÉDITO ELECTRÓNICA T", "Numero Documento": 400 + place, "Fecha de Emisión": order.when + timedelta(days=2), "Cantidad": -line.quantity, "Venta Total Neta": float(-net), "Total Impuestos": float(net - gross), "Venta Total Bruta": float(-gross), "Margen": float(-round(net * 0.4))}
                yield sold(order, float(-gross), float(-net))


@KINDS.export("orderid|customerid|orderdate|orderstatus|paymentamount|total_payment_authorized|total_payment_received|totalshippingcost|salestax1|paymentmethodid|billingfirstname|billinglastname|shipdate|affiliate_commissionable_value|tax1_title|order_entry_system", form="%m/%d/%Y %I:%M:%S %p")
def volusion_orders(rng: random.Random, shop: Shop) -> Rows:
    """Names without blanks; what was authorised and what was received."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Shipped", "Processing", "Ready to Ship"), ("Cancelled", "Payment Declined", "Returned"))
        yield {"orderid": 4_000 + place, "customerid": customer_number(order), "orderdate": order.when, "orderstatus": status, "paymentamount": order.goods, "total_payment_authorized": order.goods if good else 0.0, "total_payment_received": order.goods if good else 0.0, "totalshippingcost": 0.0, "salestax1": 0.0, "paymentmethodid": 5, "billingfirstname": order.customer.name.split()[0], "billinglastname": order.customer.name.split()[-1], "shipdate": order.when + timedelta(days=1), "affiliate_commissionable_value": 0.0, "tax1_title": "NY", "order_entry_system": "ONLINE"}
        if good:
            yield sold(order, order.goods)


@KINDS.export("OrderId|OrderGuid|CustomerId|OrderSubtotalInclTax|OrderSubtotalExclTax|OrderShippingInclTax|OrderTax|OrderTotal|RefundedAmount|OrderDiscount|CurrencyRate|CustomerCurrencyCode|OrderStatus|PaymentStatus|ShippingStatus|CreatedOnUtc|BillingFirstName|BillingLastName|BillingEmail", delimiter="\t", form="%m/%d/%Y %H:%M:%S")
def nopcommerce_orders(rng: random.Random, shop: Shop) -> Rows:
    """English words of statuses in three columns; a global id for each order."""
    for place, order in enumerate(shop.orders):
        status, paid, good = rng.choice((("Complete", "Paid", True), ("Processing", "Paid", True), ("Complete", "Paid", True), ("Pending", "Pending", False), ("Cancelled", "Voided", False), ("Cancelled", "Refunded", False)))
        yield {"OrderId": 20 + place, "OrderGuid": f"{place:08x}-1f2e-4b5c-9d3a-{place * 7919:012x}", "CustomerId": customer_number(order), "OrderSubtotalInclTax": order.goods, "OrderSubtotalExclTax": order.goods, "OrderShippingInclTax": 0.0, "OrderTax": 0.0, "OrderTotal": order.goods, "RefundedAmount": order.goods if paid == "Refunded" else 0.0, "OrderDiscount": 0.0, "CurrencyRate": "1.0000", "CustomerCurrencyCode": "USD", "OrderStatus": status, "PaymentStatus": paid, "ShippingStatus": "Delivered" if status == "Complete" else "Not yet shipped", "CreatedOnUtc": order.when, "BillingFirstName": order.customer.name.split()[0], "BillingLastName": order.customer.name.split()[-1], "BillingEmail": order.customer.email}
        if good:
            yield sold(order, order.goods)


@KINDS.export("Order #|Date|Status|Shipping First Name|Shipping Last Name|Shipping Email|Shipping Country|Billing Name|Subtotal|Shipping Price|Tax Total|Coupon|Total|Currency|Product Id|Product Name|Product SKU|Product Options|Product Quantity|Product Price|Product Sale Price|Product Total Price|Order Notes", form="%m/%d/%Y")
def weebly_orders(rng: random.Random, shop: Shop) -> Rows:
    """List price and sale price of a product; the order's facts on each line."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Paid", "Shipped", "Complete"), ("Cancelled", "Refunded", "Pending"))
        for line in order.lines:
            cheap = rng.random() < 0.3
            yield {"Order #": 9_100 + place, "Date": order.when, "Status": status, "Shipping First Name": order.customer.name.split()[0], "Shipping Last Name": order.customer.name.split()[-1], "Shipping Email": order.customer.email, "Shipping Country": "US", "Billing Name": order.customer.name, "Subtotal": order.goods, "Shipping Price": 5.0, "Tax Total": 0.0, "Total": round(order.goods + 5, 2), "Currency": "USD", "Product Id": int(line.code[-2:]) + 1, "Product Name": line.product, "Product SKU": line.code, "Product Quantity": line.quantity, "Product Price": round(line.price * 1.2, 2) if cheap else line.price, "Product Sale Price": line.price if cheap else "", "Product Total Price": line.total}
            if good:
                yield sold(order, line.total)


@KINDS.export("Beleg-Nr.|Bon-Nr.|Datum|Uhrzeit|Kasse|Bediener|Kunden-Nr.|Kundenname|Artikel-Nr.|Bezeichnung|Menge|E-Preis|Rabatt %|MwSt. %|Umsatz brutto|Umsatz netto|Zahlart|Storno", delimiter=";", comma=True, form="%d.%m.%y", encoding="cp1252")
def german_till_journal(rng: random.Random, shop: Shop) -> Rows:
    """Lines of receipts with a mark of reversal, and the reversing line below zero."""
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            row = {"Beleg-Nr.": 70_000 + place * 10 + at, "Bon-Nr.": 1_200 + place, "Datum": order.when, "Uhrzeit": order.when.strftime("%H:%M"), "Kasse": 1, "Bediener": rng.choice(("Anke", "Jens")), "Kunden-Nr.": customer_number(order), "Kundenname": order.customer.name, "Artikel-Nr.": line.code, "Bezeichnung": line.product, "Menge": line.quantity, "E-Preis": line.price, "Rabatt %": 0.0, "MwSt. %": 19, "Umsatz brutto": line.total, "Umsatz netto": round(line.total / 1.19, 2), "Zahlart": rng.choice(("bar", "EC")), "Storno": ""}
            yield row
            yield sold(order, line.total, round(line.total / 1.19, 2), number=str(1_200 + place))
            if place % 12 == 5 and at == 0:
                yield {**row, "Menge": -line.quantity, "Umsatz brutto": -line.total, "Umsatz netto": -round(line.total / 1.19, 2), "Storno": "S"}
                yield sold(order, -line.total, -round(line.total / 1.19, 2), number=str(1_200 + place))


@KINDS.export("注文番号|注文日時|注文ステータス|購入者名|購入者メールアドレス|商品コード|商品名|数量|単価|小計|送料|手数料|ポイント利用額|クーポン利用額|請求金額|支払方法|備考", encoding="cp932", form="%Y/%m/%d %H:%M:%S", money=lambda v: f"{v:.0f}")
def japanese_makeshop(rng: random.Random, shop: Shop) -> Rows:
    """Whole yen in Shift-JIS; points used lower what is charged, not what was bought."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("発送済み", "入金済み"), ("キャンセル", "未入金"))
        totals = [float(round(line.price) * line.quantity) for line in order.lines]
        points = rng.choice((0.0, 0.0, 10.0))
        for line, total in zip(order.lines, totals, strict=True):
            yield {"注文番号": f"M{place:08}", "注文日時": order.when, "注文ステータス": status, "購入者名": order.customer.name, "購入者メールアドレス": order.customer.email, "商品コード": line.code, "商品名": line.product, "数量": line.quantity, "単価": float(round(line.price)), "小計": total, "送料": 500.0, "手数料": 0.0, "ポイント利用額": points, "クーポン利用額": 0.0, "請求金額": sum(totals) + 500 - points, "支払方法": "クレジットカード"}
            if good:
                yield sold(order, total)


@KINDS.export("Order,Date,Kind".replace(",", "|") + "|Gateway|Created At|Status|Amount|Currency|Card Type")
def shopify_transactions(rng: random.Random, shop: Shop) -> Rows:
    """No customer: must be refused."""
    for place, order in enumerate(shop.orders):
        yield {"Order": f"#{1000 + place}", "Date": order.when.date(), "Kind": "sale", "Gateway": "shopify_payments", "Created At": order.when, "Status": "success", "Amount": order.goods, "Currency": "EUR", "Card Type": "visa"}


@KINDS.export("Invoice ID|Invoice Date|Invoice Number|Client Name|Client Code|Item|Description|Rate|Qty|Line Total|Tax|Invoice Total|Amount Paid|Amount Due|Status|Date Paid|Currency", form="%d %B %Y")
def harvest_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Invoices that are sent, late, paid or drafts; long English dates."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Paid", True), ("Paid", True), ("Paid", True), ("Sent", False), ("Late", False), ("Draft", False)))
        for line in order.lines:
            yield {"Invoice ID": 300_000 + place, "Invoice Date": order.when, "Invoice Number": f"{place + 1}", "Client Name": order.customer.name, "Client Code": f"CL{customer_number(order)}", "Item": line.product, "Description": "", "Rate": line.price, "Qty": line.quantity, "Line Total": line.total, "Tax": 0.0, "Invoice Total": order.goods, "Amount Paid": order.goods if good else 0.0, "Amount Due": 0.0 if good else order.goods, "Status": status, "Date Paid": order.when + timedelta(days=9) if good else "", "Currency": "USD"}
            if good:
                yield sold(order, line.total)


@KINDS.export("Booking ref|Created|Check-in|Check-out|Nights|Guest|Guest email|Room|Channel|Rate total|Extras|City tax|Commission|Total|Paid|Balance|Booking status", form="%d %b %Y", money=lambda v: f"€{v:,.2f}", lines=2)
def hotel_bookings(rng: random.Random, shop: Shop) -> Rows:
    """Created, arrival and departure; cancelled and no-show ones; balances."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Checked out", "Confirmed"), ("Cancelled", "No show"))
        total = round(order.goods + 3, 2)
        yield {"Booking ref": f"HB{place:06}", "Created": order.when, "Check-in": order.when + timedelta(days=10), "Check-out": order.when + timedelta(days=12), "Nights": 2, "Guest": order.customer.name, "Guest email": order.customer.email, "Room": rng.choice(("Double", "Suite")), "Channel": "Direct", "Rate total": order.goods, "Extras": 0.0, "City tax": 3.0, "Commission": 0.0, "Total": total, "Paid": total if good else 0.0, "Balance": 0.0, "Booking status": status}
        if good:
            yield sold(order, total, order.goods)


@KINDS.export("Payment ID|Order ID|Customer|Email|Instalment|Due date|Paid date|Amount|Status", lines=2)
def instalment_plans(rng: random.Random, shop: Shop) -> Rows:
    """Four payments of each order, some of them still to come: no money yet."""
    today = shop.orders[-1].when + timedelta(days=5)
    for place, order in enumerate(shop.orders):
        part = round(order.goods / 4, 2)
        for nth in range(4):
            due = order.when + timedelta(days=30 * nth)
            status = "Paid" if due <= today else "Scheduled" if due > today + timedelta(days=15) else "Pending"
            yield {"Payment ID": f"P{place:05}{nth}", "Order ID": 3_000 + place, "Customer": f"K{customer_number(order)}", "Email": order.customer.email, "Instalment": f"{nth + 1} of 4", "Due date": due.date(), "Paid date": due.date() if status == "Paid" else "", "Amount": part, "Status": status}
            if status == "Paid":
                moved = Order(order.number, due, order.customer, order.lines)
                yield sold(moved, part)


@KINDS.export("Timestamp|Email Address|Your name|Mug (12.50)|Cap (9.00)|Tea (4.25)|Total|Pick-up day|Paid", form="%m/%d/%Y %H:%M:%S", lines=1)
def form_answers(rng: random.Random, shop: Shop) -> Rows:
    """Orders from an online form: pieces of each product in columns of their own, a total, paid yes or no."""
    for order in shop.orders:
        pieces = [rng.randint(0, 3), rng.randint(0, 2), rng.randint(1, 4)]
        total = round(pieces[0] * 12.5 + pieces[1] * 9 + pieces[2] * 4.25, 2)
        paid = rng.random() > 0.15
        yield {"Timestamp": order.when, "Email Address": order.customer.email, "Your name": order.customer.name, "Mug (12.50)": pieces[0] or "", "Cap (9.00)": pieces[1] or "", "Tea (4.25)": pieces[2], "Total": total, "Pick-up day": rng.choice(("Saturday", "Sunday")), "Paid": "Yes" if paid else "No"}
        if paid:
            yield sold(order, total)


def _notion(when: datetime) -> str:
    return when.strftime("%B %d, %Y %I:%M %p").replace(" 0", " ") + " (GMT+1)"


@KINDS.export("Name|Customer|Date|Items|Amount|Status|Tags", date=_notion, encoding="utf-8-sig", money=lambda v: f"€{v:,.2f}")
def notion_database(rng: random.Random, shop: Shop) -> Rows:
    """Statuses with pictures, customers as links to their pages, dates with a zone behind."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("✅ Paid", "📦 Shipped"), ("❌ Cancelled", "⏳ Pending"))
        slug = order.customer.name.replace(" ", "-")
        yield {"Name": f"Order {1000 + place}", "Customer": f"{order.customer.name} (https://www.notion.so/{slug}-{customer_number(order):032x}?pvs=21)", "Date": order.when, "Items": ", ".join(line.product for line in order.lines), "Amount": order.goods, "Status": status, "Tags": rng.choice(("web", "fair"))}
        if good:
            yield sold(order, order.goods)
