# ruff: noqa: E501 - header rows read best in long lines
"""Exports of ordinary sellers: their programs, agencies and notebooks, written before a first reading."""

import random
from datetime import datetime, timedelta

from benchmarks.exports.writing import Kinds, Rows, sold, state
from benchmarks.generated_exports import Order, Shop

KINDS = Kinds()
SIZES = (30, 60, 120)


def _dollars(value: float) -> str:
    return f"-${-value:,.2f}" if value < 0 else f"${value:,.2f}"


def _number(order: Order) -> int:
    """A number of the customer's own: the one that the address ends with, further apart."""
    handle = order.customer.email.split("@")[0]
    return 10_000 + 7 * int("".join(sign for sign in handle if sign.isdigit()))


def _capped(when: datetime, days: int, shop: Shop) -> datetime:
    """Some days later, at most the day of the last order."""
    return min(when + timedelta(days=days), shop.orders[-1].when)


def _seldom(rng: random.Random, place: int, shop: Shop, share: float = 0.12) -> bool:
    """Whether something seldom happens to this order; never to the first and the last one, and to the third always."""
    return place == 2 or (0 < place < len(shop.orders) - 1 and rng.random() < share)


# fmt: off


# --------------------------------------------------------------------------------------------- documents of invoicing


@KINDS.export("Rechnungsnr.|Typ|Kunde|Kundennr.|Rechnungsdatum|Fällig am|Status|Netto|USt.|Brutto|Bezahlt|Bezug", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d.%m.%Y")
def sevdesk_cancelled_invoices(rng: random.Random, shop: Shop) -> Rows:
    """A cancelled invoice keeps its amount under the status Storniert; its cancellation stands below it with a minus."""
    number = 1000
    for place, order in enumerate(shop.orders):
        number += 1
        gone = _seldom(rng, place, shop)
        draft = not gone and 0 < place < len(shop.orders) - 1 and rng.random() < 0.08
        net = order.goods
        tax = round(net * 0.19, 2)
        gross = round(net + tax, 2)
        facts = {"Kunde": order.customer.name, "Kundennr.": _number(order), "Rechnungsdatum": order.when, "Fällig am": order.when + timedelta(days=14)}
        yield {**facts, "Rechnungsnr.": "" if draft else f"RE-{number}", "Typ": "Rechnung", "Status": "Storniert" if gone else "Entwurf" if draft else "Bezahlt", "Netto": net, "USt.": tax, "Brutto": gross, "Bezahlt": 0.0 if gone or draft else gross, "Bezug": ""}
        if gone:
            number += 1
            yield {**facts, "Rechnungsnr.": f"SR-{number}", "Typ": "Stornorechnung", "Status": "Bezahlt", "Netto": -net, "USt.": -tax, "Brutto": -gross, "Bezahlt": 0.0, "Bezug": f"RE-{number - 1}"}
        elif not draft:
            yield sold(order, gross, net)


@KINDS.export("Data|Numero|Tipo|Cliente|P.IVA/CF|Oggetto|Imponibile|IVA|Totale|Stato|Data saldo", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y")
def fatture_in_cloud(rng: random.Random, shop: Shop) -> Rows:
    """Invoices and credit notes without a sign; quotes and pro forma invoices of the same sales."""
    counts = {"Fattura": 0, "Nota di credito": 0, "Proforma": 0, "Preventivo": 0}
    for place, order in enumerate(shop.orders):
        net = order.goods
        tax = round(net * 0.22, 2)
        gross = round(net + tax, 2)
        facts = {"Data": order.when, "Cliente": order.customer.name, "P.IVA/CF": f"{_number(order):011}", "Oggetto": order.lines[0].product, "Imponibile": net, "IVA": tax, "Totale": gross}
        for kind, often in (("Preventivo", 0.3), ("Proforma", 0.3)):
            if rng.random() < often:
                counts[kind] += 1
                yield {**facts, "Numero": f"{counts[kind]}/P" if kind == "Proforma" else f"{counts[kind]}/Q", "Tipo": kind, "Stato": "", "Data saldo": ""}
        counts["Fattura"] += 1
        yield {**facts, "Numero": counts["Fattura"], "Tipo": "Fattura", "Stato": "Saldata", "Data saldo": order.when + timedelta(days=9)}
        yield sold(order, gross, net)
        if _seldom(rng, place, shop):
            counts["Nota di credito"] += 1
            back, less = round(order.lines[0].price * 1.22, 2), order.lines[0].price
            yield {**facts, "Data": _capped(order.when, 6, shop), "Numero": f"{counts['Nota di credito']}/NC", "Tipo": "Nota di credito", "Imponibile": less, "IVA": round(back - less, 2), "Totale": back, "Stato": "Saldata", "Data saldo": ""}
            yield sold(order, -back, -less)


@KINDS.export("Tipo de Documento|Documento|Data|Cliente|Contribuinte|Total Ilíquido|Desconto|Total IVA|Total|Estado|Por Regularizar", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d-%m-%Y")
def moloni_documents(rng: random.Random, shop: Shop) -> Rows:
    """Invoices, receipts for them, transport guides and credit notes without a sign; annulled ones; guests have one number."""
    numbers = {"FT": 0, "FS": 0, "RC": 0, "NC": 0, "GT": 0}
    names = {"FT": "Fatura", "FS": "Fatura Simplificada", "RC": "Recibo", "NC": "Nota de Crédito", "GT": "Guia de Transporte"}

    def row(code: str, when: datetime, net: float, gone: bool = False) -> dict[str, object]:
        numbers[code] += 1
        gross = round(net * 1.23, 2)
        return {"Tipo de Documento": names[code], "Documento": f"{code} M/{numbers[code]}", "Data": when, "Total Ilíquido": net, "Desconto": 0.0, "Total IVA": round(gross - net, 2), "Total": gross, "Estado": "Anulado" if gone else "Fechado", "Por Regularizar": 0.0}

    for place, order in enumerate(shop.orders):
        net, gross = order.goods, round(order.goods * 1.23, 2)
        who = {"Cliente": order.customer.name, "Contribuinte": 200_000_000 + _number(order)}
        gone = not _seldom(rng, place, shop, 0) and 0 < place < len(shop.orders) - 1 and rng.random() < 0.08
        simple = rng.random() < 0.3
        if rng.random() < 0.4:
            yield {**who, **row("GT", order.when, net)}
        yield {**who, **row("FS" if simple else "FT", order.when, net, gone)}
        if gone:
            continue
        yield sold(order, gross, net)
        if not simple:
            yield {**who, **row("RC", _capped(order.when, 5, shop), net)}
        if _seldom(rng, place, shop):
            less = order.lines[0].price
            yield {**who, **row("NC", _capped(order.when, 8, shop), less)}
            yield sold(order, -round(less * 1.23, 2), -less)


@KINDS.export("Nº factura|Fecha|Cliente|NIF|Base imponible|% IVA|Cuota IVA|% R.E.|Cuota R.E.|Total factura|Forma de cobro|Fecha cobro", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def recargo_de_equivalencia(rng: random.Random, shop: Shop) -> Rows:
    """Two taxes: retailers pay a second one, other customers don't."""
    for place, order in enumerate(shop.orders):
        retailer = shop.people.index(order.customer) % 2
        net = order.goods
        tax, second = round(net * 0.21, 2), round(net * 0.052, 2) if retailer else 0.0
        total = round(net + tax + second, 2)
        yield {"Nº factura": f"A/{place + 1:04}", "Fecha": order.when, "Cliente": order.customer.name, "NIF": f"{_number(order) + 40_000_000}K", "Base imponible": net, "% IVA": 21, "Cuota IVA": tax, "% R.E.": "5,2" if retailer else "", "Cuota R.E.": second, "Total factura": total, "Forma de cobro": "Transferencia", "Fecha cobro": order.when + timedelta(days=30)}
        yield sold(order, total, net)


@KINDS.export("Date|N° facture|Client|Désignation|Qté|PU HT|Remise %|Montant HT|TVA 20%|Montant TTC|Réglé le|Mode", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def french_avoirs(rng: random.Random, shop: Shop) -> Rows:
    """A workshop's register: a discount in percent; credit notes are numbered AV and have no sign."""
    notes = 0
    for place, order in enumerate(shop.orders):
        bills = place + 1
        off = rng.choice((0, 0, 5, 10))
        for line in order.lines:
            net = round(line.total * (100 - off) / 100, 2)
            tax = round(net * 0.2, 2)
            yield {"Date": order.when, "N° facture": f"FA{bills:04}", "Client": order.customer.name, "Désignation": line.product, "Qté": line.quantity, "PU HT": line.price, "Remise %": off or "", "Montant HT": net, "TVA 20%": tax, "Montant TTC": round(net + tax, 2), "Réglé le": order.when + timedelta(days=20), "Mode": "Virement"}
            yield sold(order, round(net + tax, 2), net)
        if _seldom(rng, place, shop):
            notes += 1
            line = order.lines[0]
            net = round(line.price * (100 - off) / 100, 2)
            tax = round(net * 0.2, 2)
            yield {"Date": _capped(order.when, 10, shop), "N° facture": f"AV{notes:04}", "Client": order.customer.name, "Désignation": f"Avoir {line.product}", "Qté": 1, "PU HT": line.price, "Remise %": off or "", "Montant HT": net, "TVA 20%": tax, "Montant TTC": round(net + tax, 2), "Réglé le": "", "Mode": "Avoir"}
            yield sold(order, -round(net + tax, 2), -net)


# ----------------------------------------------------------------------------------------------- shops and warehouses


@KINDS.export("Number|Status|Customer|Email|Created|Starts|Stops|Items|Price|Discount|Total excl. tax|Tax|Total incl. tax|Deposit|Total with deposit|Paid|Due", orders=SIZES, lines=3, form="%d-%m-%Y %H:%M", money=lambda v: f"€{v:,.2f}")
def booqable_rentals(rng: random.Random, shop: Shop) -> Rows:
    """Rentals: the deposit is handed back, so that the total without it counts; drafts and cancelled ones."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("archived", True), ("stopped", True), ("archived", True), ("started", True), ("canceled", False), ("draft", False))) if 2 < place < len(shop.orders) - 1 else ("archived", True)
        net = order.goods
        tax, deposit = round(net * 0.21, 2), rng.choice((0.0, 50.0, 100.0))
        total = round(net + tax, 2)
        start = order.when + timedelta(days=rng.randint(2, 40))
        yield {"Number": 1 + place, "Status": status, "Customer": order.customer.name, "Email": order.customer.email, "Created": order.when, "Starts": start, "Stops": start + timedelta(days=2), "Items": sum(line.quantity for line in order.lines), "Price": net, "Discount": 0.0, "Total excl. tax": net, "Tax": tax, "Total incl. tax": total, "Deposit": deposit, "Total with deposit": total + deposit, "Paid": total + deposit if good else 0.0, "Due": 0.0 if good else total + deposit}
        if good:
            yield sold(order, total, net)


@KINDS.export("Order|Date|Status|Customer|Country|Product|Quantity|Product cost|Shipping cost|Tax cost|Total cost|Retail price|Retail total|Profit", orders=SIZES, lines=3, form="%b %d, %Y", money=_dollars)
def print_on_demand_costs(rng: random.Random, shop: Shop) -> Rows:
    """What the printer charges the seller beside what the customer paid; profit is what is left."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Fulfilled", "In production"), ("Canceled",)) if 0 < place < len(shop.orders) - 1 else ("Fulfilled", True)
        for line in order.lines:
            made = round(line.total * 0.4, 2)
            post = round(3.5 + line.quantity, 2)
            tax = round(made * 0.07, 2)
            cost = round(made + post + tax, 2)
            yield {"Order": order.number, "Date": order.when, "Status": status, "Customer": order.customer.name, "Country": order.customer.country, "Product": line.product, "Quantity": line.quantity, "Product cost": made, "Shipping cost": post, "Tax cost": tax, "Total cost": cost, "Retail price": line.price, "Retail total": line.total, "Profit": round(line.total - cost, 2)}
            if good:
                yield sold(order, line.total)


@KINDS.export("Order - Number|Date - Order Date|Date - Paid Date|Order - Status|Amount - Order Total|Amount - Order Subtotal|Amount - Order Tax|Amount - Order Shipping|Amount - Shipping Cost|Item - SKU|Item - Name|Item - Qty|Item - Price|Bill To - Name|Ship To - Name|Ship To - Country|Customer Email|Market - Store Name", orders=SIZES, lines=3, form="%m/%d/%Y %I:%M:%S %p", money=lambda v: f"{v:.2f}")
def shipstation_lines(rng: random.Random, shop: Shop) -> Rows:
    """Totals of the order on each of its lines, and what the label cost the shop; on hold, unpaid and cancelled ones."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("shipped", True), ("shipped", True), ("shipped", True), ("awaiting_shipment", True), ("cancelled", False), ("awaiting_payment", False))) if 0 < place < len(shop.orders) - 1 else ("shipped", True)
        tax, ship = round(order.goods * 0.0725, 2), rng.choice((0.0, 5.99))
        total = round(order.goods + tax + ship, 2)
        for at, line in enumerate(order.lines):
            yield {"Order - Number": order.number, "Date - Order Date": order.when, "Date - Paid Date": order.when if good else "", "Order - Status": status, "Amount - Order Total": total, "Amount - Order Subtotal": order.goods, "Amount - Order Tax": tax, "Amount - Order Shipping": ship, "Amount - Shipping Cost": 4.35, "Item - SKU": line.code, "Item - Name": line.product, "Item - Qty": line.quantity, "Item - Price": line.price, "Bill To - Name": order.customer.name, "Ship To - Name": order.customer.name, "Ship To - Country": order.customer.country, "Customer Email": order.customer.email, "Market - Store Name": "Main"}
            if good:
                yield sold(order, line.total, total if at == 0 else 0.0, round(line.total + (tax + ship if at == 0 else 0), 2))


@KINDS.export("OrderNumber|OrderDate|CompletedDate|OrderStatus|CustomerCode|CustomerName|WarehouseCode|LineNumber|ProductCode|ProductDescription|OrderQuantity|UnitPrice|DiscountRate|LineTotal|LineTax|SubTotal|TaxTotal|Total|CurrencyCode|ExchangeRate", orders=SIZES, lines=3, form="%d/%m/%Y", money=lambda v: f"{v:.2f}")
def unleashed_lines(rng: random.Random, shop: Shop) -> Rows:
    """A share as discount; totals of the whole order on each line; parked and deleted orders."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Completed", True),) * 6 + (("Parked", False), ("Deleted", False))) if 0 < place < len(shop.orders) - 1 else ("Completed", True)
        off = rng.choice((0, 0, 0.1))
        nets = [round(line.total * (1 - off), 2) for line in order.lines]
        taxes = [round(net * 0.15, 2) for net in nets]
        for at, (line, net, tax) in enumerate(zip(order.lines, nets, taxes, strict=True)):
            yield {"OrderNumber": f"SO-{place + 1:08}", "OrderDate": order.when, "CompletedDate": order.when + timedelta(days=2) if good else "", "OrderStatus": status, "CustomerCode": f"CUST{_number(order)}", "CustomerName": order.customer.name, "WarehouseCode": "MAIN", "LineNumber": at + 1, "ProductCode": line.code, "ProductDescription": line.product, "OrderQuantity": line.quantity, "UnitPrice": line.price, "DiscountRate": off, "LineTotal": net, "LineTax": tax, "SubTotal": sum(nets), "TaxTotal": sum(taxes), "Total": round(sum(nets) + sum(taxes), 2), "CurrencyCode": "NZD", "ExchangeRate": "1.000000"}
            if good:
                yield sold(order, round(net + tax, 2), net)


@KINDS.export("OrderNumber|InventoryStatus|PaymentStatus|Customer|ContactName|Email|OrderDate|RequestedShipDate|PaidDate|ProductName|ProductSKU|ProductQuantity|ProductUnitPrice|ProductDiscount|ProductSubtotal|Freight|OrderTotal|AmountPaid|CustomField1", orders=SIZES, lines=3, form="%m/%d/%Y", money=lambda v: f"{v:.5f}")
def inflow_first_line(rng: random.Random, shop: Shop) -> Rows:
    """The order's facts stand on its first line only; quotes among the orders; discounts in percent."""
    for place, order in enumerate(shop.orders):
        good = place in (0, 2, len(shop.orders) - 1) or rng.random() > 0.15
        off = rng.choice((0, 0, 10))
        parts = [round(line.total * (100 - off) / 100, 2) for line in order.lines]
        ship = rng.choice((0.0, 12.0))
        for at, (line, part) in enumerate(zip(order.lines, parts, strict=True)):
            facts = {} if at else {"InventoryStatus": "Fulfilled" if good else "Quote", "PaymentStatus": "Paid" if good else "Quote", "Customer": order.customer.name, "ContactName": order.customer.name.split()[0], "Email": order.customer.email, "OrderDate": order.when, "RequestedShipDate": order.when + timedelta(days=3), "PaidDate": order.when + timedelta(days=1) if good else "", "Freight": ship, "OrderTotal": round(sum(parts) + ship, 2), "AmountPaid": round(sum(parts) + ship, 2) if good else 0.0}
            yield {"OrderNumber": f"SO-{place + 1:06}", "ProductName": line.product, "ProductSKU": line.code, "ProductQuantity": line.quantity, "ProductUnitPrice": line.price, "ProductDiscount": f"{off}%", "ProductSubtotal": part, **facts}
            if good:
                yield sold(order, part, part if at else part + ship)


@KINDS.export("Order ID|Channel|Order Date|Customer Name|Customer Email|Customer Mobile|Product Name|SKU|Quantity|Payment Method|Order Total|COD Collectable|Courier|AWB|Status|Delivered Date|RTO Initiated Date|RTO Delivered Date|Shipping Charges", orders=SIZES, lines=1, form="%d-%m-%Y %H:%M:%S", money=lambda v: f"{v:.2f}")
def shiprocket_returned_to_origin(rng: random.Random, shop: Shop) -> Rows:
    """Parcels that nobody took come back to the seller (RTO): no money was made with them."""
    for place, order in enumerate(shop.orders):
        sure = place in (0, 2, len(shop.orders) - 1)
        status, good = ("DELIVERED", True) if sure else rng.choice((("DELIVERED", True),) * 5 + (("IN TRANSIT", True), ("RTO DELIVERED", False), ("RTO INITIATED", False), ("CANCELED", False)))
        line = order.lines[0]
        cod = rng.random() < 0.6
        away = status.startswith("RTO")
        yield {"Order ID": 40_000 + place, "Channel": "CUSTOM", "Order Date": order.when, "Customer Name": order.customer.name, "Customer Email": order.customer.email, "Customer Mobile": f"9{_number(order) + 812_300_000}", "Product Name": line.product, "SKU": line.code, "Quantity": line.quantity, "Payment Method": "COD" if cod else "Prepaid", "Order Total": line.total, "COD Collectable": line.total if cod else 0.0, "Courier": rng.choice(("Delhivery", "Xpressbees")), "AWB": f"14{place + 30_000_000:011}", "Status": status, "Delivered Date": order.when + timedelta(days=4) if status == "DELIVERED" else "", "RTO Initiated Date": order.when + timedelta(days=6) if away else "", "RTO Delivered Date": order.when + timedelta(days=11) if status == "RTO DELIVERED" else "", "Shipping Charges": 61.5}
        if good:
            yield sold(order, line.total)


@KINDS.export("InvoiceNumber|CreationDate|CompletionDate|Status|PaymentStatus|Email|BillingAddressName|ItemsCount|ItemsTotal|ShippingFees|TaxesTotal|RebateAmount|FinalGrandTotal|RefundsAmount|AdjustedAmount|Currency|PaymentMethod", orders=SIZES, lines=3, form="%Y-%m-%dT%H:%M:%SZ", money=lambda v: f"{v:.2f}")
def snipcart_adjusted(rng: random.Random, shop: Shop) -> Rows:
    """The total, what was refunded of it, and what is left; disputed and pending payments."""
    for place, order in enumerate(shop.orders):
        sure = place in (0, 2, len(shop.orders) - 1)
        status, paid, good = ("Delivered", "Paid", True) if sure else rng.choice((("Processed", "Paid", True), ("Shipped", "Paid", True), ("Delivered", "Paid", True), ("Cancelled", "Refunded", False), ("Pending", "Open", False)))
        off, ship = round(order.goods * rng.choice((0, 0, 0.2)), 2), rng.choice((0.0, 6.0))
        total = round(order.goods - off + ship, 2)
        back = total if paid == "Refunded" else round(order.lines[0].price * 0.5, 2) if good and _seldom(rng, place, shop) else 0.0
        yield {"InvoiceNumber": f"SNIP-{1001 + place}", "CreationDate": order.when, "CompletionDate": order.when, "Status": status, "PaymentStatus": paid, "Email": order.customer.email, "BillingAddressName": order.customer.name, "ItemsCount": len(order.lines), "ItemsTotal": order.goods, "ShippingFees": ship, "TaxesTotal": 0.0, "RebateAmount": off, "FinalGrandTotal": total, "RefundsAmount": back, "AdjustedAmount": round(total - back, 2), "Currency": "cad", "PaymentMethod": "CreditCard"}
        if good:
            yield sold(order, total, total - back)
            if back:
                yield sold(order, -back, 0.0)


@KINDS.export("OrderID|InvoiceNumber|OrderDate|CustomerID|BillingFirstName|BillingLastName|BillingEmail|PaymentMethod|OrderStatus|OrderDiscount|ShippingCost|SalesTax|OrderAmount|AffiliateCommission|LastUpdate", orders=SIZES, lines=3, form="%m/%d/%Y %I:%M:%S %p", money=lambda v: f"{v:.2f}")
def checkouts_not_completed(rng: random.Random, shop: Shop) -> Rows:
    """Carts that never reached the end have the status Not Completed, without an invoice."""
    for place, order in enumerate(shop.orders):
        sure = place in (0, 2, len(shop.orders) - 1)
        status, good = ("Shipped", True) if sure else rng.choice((("Shipped", True), ("Shipped", True), ("New", True), ("Processing", True), ("Not Completed", False), ("Cancelled", False)))
        off, tax, ship = round(order.goods * rng.choice((0, 0, 0.1)), 2), round(order.goods * 0.06, 2), rng.choice((0.0, 7.5))
        total = round(order.goods - off + tax + ship, 2)
        first, last = order.customer.name.split(maxsplit=1)
        yield {"OrderID": 20_000 + place, "InvoiceNumber": f"AB-{1001 + place}" if status != "Not Completed" else "", "OrderDate": order.when, "CustomerID": _number(order), "BillingFirstName": first, "BillingLastName": last, "BillingEmail": order.customer.email, "PaymentMethod": "Online Credit Card", "OrderStatus": status, "OrderDiscount": off, "ShippingCost": ship, "SalesTax": tax, "OrderAmount": total, "AffiliateCommission": 0.0, "LastUpdate": order.when + timedelta(hours=5)}
        if good:
            yield sold(order, total)


@KINDS.export("Order number|Order date|Customer|E-mail|Product|Type|Expected|Status|Qty|Price|Total", orders=SIZES, lines=3, form="%d %b %Y", money=lambda v: f"£{v:,.2f}")
def pre_orders(rng: random.Random, shop: Shop) -> Rows:
    """Pre-orders and backorders are paid when they are placed: sales like the others."""
    for place, order in enumerate(shop.orders):
        gone = 2 < place < len(shop.orders) - 1 and rng.random() < 0.1
        for line in order.lines:
            kind = rng.choice(("In stock", "In stock", "Pre-order", "Backorder"))
            status = "Cancelled" if gone else "Dispatched" if kind == "In stock" or rng.random() < 0.6 else "Awaiting stock"
            yield {"Order number": order.number, "Order date": order.when, "Customer": order.customer.name, "E-mail": order.customer.email, "Product": line.product, "Type": kind, "Expected": order.when + timedelta(days=40) if kind != "In stock" else "", "Status": status, "Qty": line.quantity, "Price": line.price, "Total": line.total}
            if not gone:
                yield sold(order, line.total)


# ---------------------------------------------------------------------------------------- payments and subscriptions


@KINDS.export("Transaction ID|Order|Created At|Kind|Gateway|Status|Amount|Currency|Customer Email|Card|Message", orders=SIZES, lines=3, form="%Y-%m-%d %H:%M:%S +0000", money=lambda v: f"{v:.2f}")
def authorizations_and_captures(rng: random.Random, shop: Shop) -> Rows:
    """Money is first held and then taken: two rows of the same amount; voided and failed ones; refunds without a sign."""
    number = 6_100_000_000
    for place, order in enumerate(shop.orders):
        fate = "captured" if place in (0, 2, len(shop.orders) - 1) else rng.choice(("captured",) * 5 + ("sale", "sale", "voided", "failed"))
        total = order.goods

        def row(kind: str, when: datetime, amount: float, status: str = "success", order: Order = order) -> dict[str, object]:
            nonlocal number
            number += 3
            return {"Transaction ID": number, "Order": order.number, "Created At": when, "Kind": kind, "Gateway": "cards", "Status": status, "Amount": amount, "Currency": "USD", "Customer Email": order.customer.email, "Card": "visa", "Message": "" if status == "success" else "Card declined"}

        if fate == "sale":
            yield row("sale", order.when, total)
        elif fate == "failed":
            yield row("authorization", order.when, total, "failure")
        else:
            yield row("authorization", order.when, total)
            yield row("capture" if fate == "captured" else "void", min(order.when + timedelta(minutes=90), order.when.replace(hour=23, minute=59)), total)
        if fate in ("captured", "sale"):
            yield sold(order, total)
            if _seldom(rng, place, shop):
                back = order.lines[0].price
                yield row("refund", _capped(order.when, 5, shop) if order.when < shop.orders[-1].when else order.when, back)
                yield sold(order, -back)


@KINDS.export("Date|Invoice ID|Transaction type|Customer name|Customer email|Item|Item type|Gross|Tax|Fee|Net|Processor|Affiliate", orders=SIZES, lines=3, form="%Y-%m-%d %H:%M:%S", money=lambda v: f"{v:.2f}")
def thrivecart_transactions(rng: random.Random, shop: Shop) -> Rows:
    """The product, what was added at the checkout and what was offered afterwards; rebills; refunds without a sign."""
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            kind = ("Product", "Bump", "Upsell", "Upsell", "Upsell")[at]
            again = "Rebill" if rng.random() < 0.2 else "Charge"
            row = {"Date": order.when, "Invoice ID": f"INV-{place + 501:06}", "Customer name": order.customer.name, "Customer email": order.customer.email, "Item": line.product, "Item type": kind, "Processor": "Stripe", "Affiliate": ""}
            yield {**row, "Transaction type": again, "Gross": line.total, "Tax": 0.0, "Fee": round(line.total * 0.029, 2), "Net": round(line.total - round(line.total * 0.029, 2), 2)}
            yield sold(order, line.total)
            if at == 0 and _seldom(rng, place, shop) and order.goods > line.total:
                yield {**row, "Date": _capped(order.when, 7, shop), "Transaction type": "Refund", "Gross": line.total, "Tax": 0.0, "Fee": 0.0, "Net": line.total}
                yield sold(order, -line.total)


@KINDS.export("Order|Created|Member|Email|Plan|Type|Coupon|Price|Discount|Tax|Total|Status|Receipt", orders=SIZES, lines=1, form="%B %d, %Y", money=_dollars)
def memberful_orders(rng: random.Random, shop: Shop) -> Rows:
    """Sign-ups and renewals; suspended ones were never paid; refunded ones keep their total."""
    for place, order in enumerate(shop.orders):
        sure = place in (0, 2, len(shop.orders) - 1)
        status, good = ("Completed", True) if sure else rng.choice((("Completed", True),) * 6 + (("Suspended", False), ("Refunded", False)))
        price = order.lines[0].price
        off = round(price * rng.choice((0, 0, 0.25)), 2)
        tax = round((price - off) * 0.08, 2)
        total = round(price - off + tax, 2)
        yield {"Order": f"{place + 0x4F2A1:X}"[-5:], "Created": order.when, "Member": order.customer.name, "Email": order.customer.email, "Plan": order.lines[0].product, "Type": rng.choice(("Sign-up", "Renewal", "Renewal")), "Coupon": "SPRING25" if off else "", "Price": price, "Discount": off, "Tax": tax, "Total": total, "Status": status, "Receipt": f"https://example.com/r/{place}"}
        if good:
            yield sold(order, total)


@KINDS.export("Order Number|Status|Date Created|Tour Date|Product|Customer|Mobile|Email|Quantities|Total Amount|Total Paid|Total Due|Agent|Agent Commission|Net Amount|Source", orders=SIZES, lines=1, form="%d-%b-%Y %H:%M", money=lambda v: f"{v:.2f}")
def rezdy_bookings(rng: random.Random, shop: Shop) -> Rows:
    """Tours on later days; abandoned carts and cancelled bookings; agents keep a part of the price."""
    for place, order in enumerate(shop.orders):
        sure = place in (0, 2, len(shop.orders) - 1)
        status, good = ("CONFIRMED", True) if sure else rng.choice((("CONFIRMED", True),) * 6 + (("CANCELLED", False), ("ABANDONED CART", False)))
        line = order.lines[0]
        agent = rng.random() < 0.3
        cut = round(line.total * 0.2, 2) if agent else 0.0
        yield {"Order Number": f"R{place + 70_000}", "Status": status, "Date Created": order.when, "Tour Date": order.when + timedelta(days=rng.randint(1, 60)), "Product": line.product, "Customer": order.customer.name, "Mobile": order.customer.phone, "Email": order.customer.email, "Quantities": f"{line.quantity} Adult", "Total Amount": line.total, "Total Paid": line.total if good else 0.0, "Total Due": 0.0 if good else line.total, "Agent": "Viator" if agent else "", "Agent Commission": cut, "Net Amount": round(line.total - cut, 2), "Source": "AGENT" if agent else "ONLINE"}
        if good:
            yield sold(order, line.total)


@KINDS.export("Order|Date|Customer email|Country|Currency|Total|Rate|Total in EUR|Payment", orders=SIZES, lines=3, form="%Y-%m-%d", money=lambda v: f"{v:.2f}")
def only_foreign_money_converted(rng: random.Random, shop: Shop) -> Rows:
    """What was paid in euros is not converted: rate and converted total are blank there."""
    rates = {"USD": 0.92, "GBP": 1.17}
    for place, order in enumerate(shop.orders):
        money = ("EUR", "USD", "EUR", "GBP")[shop.people.index(order.customer) % 4] if place else "USD"
        total = order.goods if money == "EUR" else round(order.goods / rates[money], 2)
        euros = total if money == "EUR" else round(total * rates[money], 2)
        yield {"Order": order.number, "Date": order.when, "Customer email": order.customer.email, "Country": order.customer.country, "Currency": money, "Total": total, "Rate": "" if money == "EUR" else f"{rates[money]:.4f}", "Total in EUR": "" if money == "EUR" else euros, "Payment": "card"}
        yield sold(order, euros)


# ------------------------------------------------------------------------------------------------------ orders again


@KINDS.export("Order No|Revision|Saved at|Order date|Customer No|Customer|Items|Total|Edited by", orders=SIZES, lines=3, form="%Y-%m-%d %H:%M", money=lambda v: f"{v:.2f}")
def order_revisions(rng: random.Random, shop: Shop) -> Rows:
    """Each edit of an order saves the whole order once more under the next revision: the last one counts."""
    for place, order in enumerate(shop.orders):
        edits = rng.choice((1, 2)) if _seldom(rng, place, shop, 0.3) else 0
        totals = [round(order.goods + (edits - at) * order.lines[0].price, 2) for at in range(edits + 1)]
        for at, total in enumerate(totals):
            yield {"Order No": 50_100 + place, "Revision": at, "Saved at": order.when + timedelta(hours=3 * at), "Order date": order.when.date(), "Customer No": _number(order), "Customer": order.customer.name, "Items": sum(line.quantity for line in order.lines) + edits - at, "Total": total, "Edited by": "" if not at else "Kim"}
        yield sold(order, totals[-1])


@KINDS.export("Order|Date|Type|Original order|Customer|E-mail|SKU|Item|Qty|Unit price|Line total|Reason", orders=SIZES, lines=3, form="%Y-%m-%d", money=lambda v: f"{v:.2f}")
def returns_under_new_numbers(rng: random.Random, shop: Shop) -> Rows:
    """A return is an order with a number of its own and names the order whose goods come back; exchanges send others."""
    extra = 9_000
    for place, order in enumerate(shop.orders):
        facts = {"Customer": order.customer.name, "E-mail": order.customer.email}
        for line in order.lines:
            yield {**facts, "Order": 3_000 + place, "Date": order.when, "Type": "Order", "Original order": "", "SKU": line.code, "Item": line.product, "Qty": line.quantity, "Unit price": line.price, "Line total": line.total, "Reason": ""}
            yield sold(order, line.total)
        if _seldom(rng, place, shop):
            extra += 1
            line = order.lines[0]
            yield {**facts, "Order": extra, "Date": _capped(order.when, 9, shop), "Type": "Return", "Original order": 3_000 + place, "SKU": line.code, "Item": line.product, "Qty": -1, "Unit price": line.price, "Line total": -line.price, "Reason": rng.choice(("Too small", "Damaged"))}
            yield sold(order, -line.price)


# ---------------------------------------------------------------------------------------------------- kept by hand


@KINDS.export("Fecha|Cliente|Teléfono|Encargo|Precio|A cuenta|Resta|Entregado|Observaciones", orders=SIZES, lines=1, delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def encargos_a_cuenta(rng: random.Random, shop: Shop) -> Rows:
    """A workshop's notebook: the price, what was paid in advance and what is left to pay."""
    for place, order in enumerate(shop.orders):
        price = order.lines[0].total
        down = rng.choice((0.0, round(price * 0.3, 2), round(price * 0.5, 2), price))
        yield {"Fecha": order.when, "Cliente": order.customer.name, "Teléfono": order.customer.phone, "Encargo": order.lines[0].product, "Precio": price, "A cuenta": down, "Resta": round(price - down, 2), "Entregado": "sí" if rng.random() < 0.9 else "", "Observaciones": rng.choice(("", "", "urgente", "llamar antes"))}
        yield sold(order, price, number=f"{place}")


@KINDS.export("Date|Who|What|How many|Each|Postage|Total|Paid?|Posted?", orders=SIZES, lines=1, form="%d/%m/%y", money=lambda v: f"£{v:,.2f}")
def paid_and_posted(rng: random.Random, shop: Shop) -> Rows:
    """Somebody's craft stall in a spreadsheet: short words as headings, y and n."""
    for place, order in enumerate(shop.orders):
        good = place in (0, 2, len(shop.orders) - 1) or rng.random() > 0.12
        line = order.lines[0]
        post = rng.choice((0.0, 3.5))
        yield {"Date": order.when, "Who": order.customer.name, "What": line.product, "How many": line.quantity, "Each": line.price, "Postage": post, "Total": round(line.total + post, 2), "Paid?": rng.choice(("y", "Y", "y")) if good else "n", "Posted?": "y" if good else "n"}
        if good:
            yield sold(order, round(line.total + post, 2), line.total, number=f"{place}")


@KINDS.export("Date|Order|Customer|Item|Qty|Price|Total", orders=SIZES, lines=4, form="%d.%m.%Y", money=lambda v: f"{v:.2f}")
def ditto_marks(rng: random.Random, shop: Shop) -> Rows:
    """Where a row has the same day, order and customer as the one above, a ditto mark stands in the cell."""
    mark = rng.choice(('"', "''", "ditto", "do.", "″", "〃", "idem", "-\"-", "dto."))
    for order in shop.orders:
        for at, line in enumerate(order.lines):
            first = {"Date": mark, "Order": mark, "Customer": mark} if at else {"Date": order.when, "Order": order.number, "Customer": order.customer.name}
            yield {**first, "Item": line.product, "Qty": line.quantity, "Price": line.price, "Total": line.total}
            yield sold(order, line.total)


@KINDS.export("Order|Date|Customer|Email|Total|Notes", orders=SIZES, lines=3, form="%d %B %Y", money=_dollars)
def cancelled_in_the_notes(rng: random.Random, shop: Shop) -> Rows:
    """No status: that an order was cancelled stands among other remarks."""
    for place, order in enumerate(shop.orders):
        gone = _seldom(rng, place, shop, 0.08)
        note = rng.choice(("CANCELLED", "cancelled - out of stock", "Cancelled by customer, refunded")) if gone else rng.choice(("", "", "", "call before delivery", "gift wrap", "leave with neighbour", "repeat customer"))
        yield {"Order": order.number, "Date": order.when, "Customer": order.customer.name, "Email": order.customer.email, "Total": order.goods, "Notes": note}
        if not gone:
            yield sold(order, order.goods)


@KINDS.export("Order|When|From|Item|Qty|Amount", orders=SIZES, lines=3, form="%Y-%m-%d %H:%M", money=lambda v: f"{v:.2f}")
def addresses_as_mail_programs_write_them(rng: random.Random, shop: Shop) -> Rows:
    """`Ann Lee <ann@mail.com>`, `ANN@MAIL.COM`, `mailto:ann@mail.com`, `"Lee, Ann" <ann@mail.com>`: one customer each."""
    for order in shop.orders:
        mail, name = order.customer.email, order.customer.name
        first, last = name.split(maxsplit=1)
        written = rng.choice((mail, mail.upper(), f"{name} <{mail}>", f"mailto:{mail}", f'"{last}, {first}" <{mail}>', f" {mail} ", f"<{mail}>"))
        for line in order.lines:
            yield {"Order": order.number, "When": order.when, "From": written, "Item": line.product, "Qty": line.quantity, "Amount": line.total}
            yield sold(order, line.total)


@KINDS.export("Datum|Beleg|Kunde|Artikel|Menge|Einzelpreis|Pfand|Leergut|Gesamt|Zahlart", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d.%m.%y", encoding="cp1252")
def drinks_with_deposit(rng: random.Random, shop: Shop) -> Rows:
    """A drinks shop: deposit on bottles is added, returned empties are subtracted; the sum is what was paid."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            deposit = round(rng.choice((0.0, 0.15, 0.25)) * line.quantity, 2)
            empties = round(rng.choice((0.0, 0.0, 0.15)) * rng.randint(1, 4), 2)
            total = round(line.total + deposit - empties, 2)
            yield {"Datum": order.when, "Beleg": 70_100 + place, "Kunde": order.customer.name, "Artikel": line.product, "Menge": line.quantity, "Einzelpreis": line.price, "Pfand": deposit, "Leergut": -empties if empties else 0.0, "Gesamt": total, "Zahlart": rng.choice(("EC", "bar"))}
            yield sold(order, total, line.total)


# --------------------------------------------------------------------------------- a second set, after the first was mended


def _state(rng: random.Random, place: int, shop: Shop, good: str, *bad: str) -> tuple[str, bool]:
    """A status and whether the order counts; the first, the third and the last order always do."""
    fine = place in (0, 2, len(shop.orders) - 1) or rng.random() < 0.8
    return (rng.choice(good.split("|")), True) if fine else (rng.choice(bad), False)


@KINDS.export("Ref|Fecha|Estado|Cliente|Email|Productos|Uds|Subtotal|Gastos de envío|Dto. cupón|Base imponible|IVA|Importe pedido|Pagado el|Transportista", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y %H:%M")
def spanish_shop_summary(rng: random.Random, shop: Shop) -> Rows:
    """A row for each order: subtotal, delivery, coupon, base, tax and what the order cost; unpaid ones have no date of payment."""
    for place, order in enumerate(shop.orders):
        status, good = _state(rng, place, shop, "Enviado|Entregado|En preparación", "Cancelado", "Pendiente de pago", "Pago rechazado")
        off, ship = round(order.goods * rng.choice((0, 0, 0.1)), 2), rng.choice((0.0, 4.95))
        total = round(order.goods - off + ship, 2)
        base = round(total / 1.21, 2)
        yield {"Ref": f"WX{place + 3001}", "Fecha": order.when, "Estado": status, "Cliente": order.customer.name, "Email": order.customer.email, "Productos": " + ".join(line.product for line in order.lines), "Uds": sum(line.quantity for line in order.lines), "Subtotal": order.goods, "Gastos de envío": ship, "Dto. cupón": -off if off else 0.0, "Base imponible": base, "IVA": round(total - base, 2), "Importe pedido": total, "Pagado el": order.when if good else "", "Transportista": "SEUR"}
        if good:
            yield sold(order, total, base)


@KINDS.export("Vorgang|Auftragsdatum|Auftragsnr|Lieferdatum|Debitor|Name|Pos|Artikel|Menge bestellt|Menge geliefert|Rückstand|VK netto|Rabatt|Pos-Wert|Auftragswert", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d.%m.%y", encoding="cp1252")
def german_erp_backlog(rng: random.Random, shop: Shop) -> Rows:
    """Ordered and delivered pieces and what is still to come; the value of the position is of what was ordered."""
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            late = rng.choice((0, 0, 0, line.quantity // 2))
            yield {"Vorgang": "Auftrag", "Auftragsdatum": order.when, "Auftragsnr": 240_000 + place, "Lieferdatum": order.when + timedelta(days=4), "Debitor": _number(order), "Name": order.customer.name, "Pos": at + 1, "Artikel": line.product, "Menge bestellt": line.quantity, "Menge geliefert": line.quantity - late, "Rückstand": late, "VK netto": line.price, "Rabatt": 0.0, "Pos-Wert": line.total, "Auftragswert": order.goods}
            yield sold(order, line.total)


@KINDS.export("Receipt|Opened|Closed|Table|Server|Guest|Phone|Item|Category|Qty|Price|Modifier price|Comp|Void|Line net|Tax|Tip share", orders=SIZES, lines=4, form="%m/%d/%Y %I:%M %p", money=_dollars)
def comps_and_voids(rng: random.Random, shop: Shop) -> Rows:
    """A restaurant's lines: complimentary ones cost nothing in the end, voided ones keep their price and say Y."""
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            more = rng.choice((0.0, 0.0, 1.5))
            full = round((line.price + more) * line.quantity, 2)
            comp = full if at and rng.random() < 0.08 else 0.0
            void = not comp and at > 0 and rng.random() < 0.08
            yield {"Receipt": 88_000 + place, "Opened": order.when, "Closed": order.when + timedelta(minutes=50) if order.when.hour < 23 else order.when, "Table": rng.randint(1, 30), "Server": rng.choice(("Jo", "Max")), "Guest": order.customer.name, "Phone": order.customer.phone, "Item": line.product, "Category": "Food", "Qty": line.quantity, "Price": line.price, "Modifier price": more, "Comp": comp, "Void": "Y" if void else "N", "Line net": round(full - comp, 2), "Tax": round((full - comp) * 0.08, 2), "Tip share": 0.0}
            if not void and full > comp:
                yield sold(order, round(full - comp, 2), round(full - comp + round((full - comp) * 0.08, 2), 2))


@KINDS.export("Invoice|Invoice date|Customer code|Customer|Item code|Qty|UOM|Rate|Disc %|Taxable amt|CGST|SGST|IGST|Round off|Invoice value|Credit note ref|Credit amount", orders=SIZES, lines=3, form="%d-%b-%y", money=lambda v: f"{v:,.2f}")
def gst_lines_with_credits(rng: random.Random, shop: Shop) -> Rows:
    """Three taxes, a rounding and the value of the invoice on its first line; what was credited stands beside the line."""
    for place, order in enumerate(shop.orders):
        nets = [line.total for line in order.lines]
        taxes = [round(net * 0.09, 2) for net in nets]
        exact = round(sum(nets) + 2 * sum(taxes), 2)
        back = order.lines[0].price if len(order.lines) > 1 and _seldom(rng, place, shop) else 0.0
        for at, (line, net, tax) in enumerate(zip(order.lines, nets, taxes, strict=True)):
            gives = back if at == 0 else 0.0
            yield {"Invoice": f"INV/24/{place + 1:04}", "Invoice date": order.when, "Customer code": f"D{_number(order)}", "Customer": order.customer.name, "Item code": line.code, "Qty": line.quantity, "UOM": "NOS", "Rate": line.price, "Disc %": 0.0, "Taxable amt": net, "CGST": tax, "SGST": tax, "IGST": 0.0, "Round off": round(round(exact) - exact, 2) if at == 0 else 0.0, "Invoice value": float(round(exact)) if at == 0 else "", "Credit note ref": f"CN{place}" if gives else "", "Credit amount": gives if gives else ""}
            gross = round(net + 2 * tax, 2)
            yield sold(order, gross, net, gross - gives, net - gives)
            if gives:
                yield sold(order, -gives, -gives, 0.0, 0.0)


@KINDS.export("created|id|order|customer|customer_country|description|gross|fee|net|type|reporting_category|currency", orders=SIZES, lines=2, form="%Y-%m-%d %H:%M:%S", money=lambda v: f"{v:.2f}")
def balance_with_disputes(rng: random.Random, shop: Shop) -> Rows:
    """Charges, refunds, disputes, disputes that were won, fees and payouts in one list; all signs are of the balance."""
    for place, order in enumerate(shop.orders):
        total = order.goods
        who = {"order": f"ord_{place:05}", "customer": f"cus_{_number(order)}", "customer_country": order.customer.country, "currency": "eur"}

        def row(kind: str, when: datetime, gross: float, fee: float, who: dict[str, str] = who, place: int = place) -> dict[str, object]:
            return {**(who if kind != "payout" else {"currency": "eur"}), "created": when, "id": f"txn_{place}{kind[:3]}", "description": kind, "gross": gross, "fee": fee, "net": round(gross - fee, 2), "type": kind, "reporting_category": kind}

        yield row("charge", order.when, total, round(total * 0.02 + 0.25, 2))
        yield sold(order, total)
        if _seldom(rng, place, shop):
            yield row("refund", _capped(order.when, 6, shop), -total, 0.0)
            yield sold(order, -total)
        elif 2 < place < len(shop.orders) - 1 and rng.random() < 0.06:
            yield row("dispute", _capped(order.when, 9, shop), -total, 15.0)
            if rng.random() < 0.5:
                yield row("dispute_reversal", _capped(order.when, 30, shop), total, -15.0)
            else:
                yield sold(order, -total)
        if place % 7 == 6:
            yield row("payout", order.when, -round(total * 3, 2), 0.0)


@KINDS.export("Commande|Passée le|Statut|Client pro|Contact|Courriel|Article|Qté|PA HT|PV HT|Marge|Total HT|Total TTC|Acompte versé|Solde", orders=SIZES, lines=2, delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def purchase_price_and_margin(rng: random.Random, shop: Shop) -> Rows:
    """What the shop paid and what it asked, the margin, and an instalment with what is left of the order."""
    for place, order in enumerate(shop.orders):
        status, good = _state(rng, place, shop, "Livrée|Expédiée|Soldée", "Annulée", "Devis")
        paid = round(order.goods * 1.2 * rng.choice((0.3, 0.5, 1)), 2)
        for line in order.lines:
            cost = round(line.price * 0.55, 2)
            yield {"Commande": f"C{place + 510}", "Passée le": order.when, "Statut": status, "Client pro": f"{order.customer.name.split()[-1]} SARL {_number(order)}", "Contact": order.customer.name, "Courriel": order.customer.email, "Article": line.product, "Qté": line.quantity, "PA HT": cost, "PV HT": line.price, "Marge": round((line.price - cost) * line.quantity, 2), "Total HT": line.total, "Total TTC": round(line.total * 1.2, 2), "Acompte versé": paid, "Solde": round(order.goods * 1.2 - paid, 2)}
            if good:
                yield sold(order, round(line.total * 1.2, 2), line.total)


@KINDS.export("Order|Customer|Email|First order date|Order date|Order # of customer|Lifetime value|Order value|Discount code|Refund status|Tags", orders=SIZES, lines=3, form="%b %d %Y", money=_dollars)
def history_beside_each_order(rng: random.Random, shop: Shop) -> Rows:
    """The customer's first day, number of orders and value so far beside each order; fully refunded ones keep their value."""
    seen: dict[str, tuple[datetime, int, float]] = {}
    for place, order in enumerate(shop.orders):
        back = 2 < place < len(shop.orders) - 1 and rng.random() < 0.08
        first, count, value = seen.get(order.customer.id, (order.when, 0, 0.0))
        seen[order.customer.id] = (first, count + 1, value + order.goods)
        yield {"Order": order.number, "Customer": order.customer.name, "Email": order.customer.email, "First order date": first, "Order date": order.when, "Order # of customer": count + 1, "Lifetime value": round(value + order.goods, 2), "Order value": order.goods, "Discount code": rng.choice(("", "WELCOME10")), "Refund status": "Fully refunded" if back else "", "Tags": "vip" if count > 2 else ""}
        if not back:
            yield sold(order, order.goods)


@KINDS.export("Pedido|Data|Hora|Loja|Vendedor|Cliente|CPF|Produto|Qtd|Vl. Unit.|Vl. Desc.|Vl. Total|Forma Pgto|Parcelas|Situação", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def brazilian_shop_till(rng: random.Random, shop: Shop) -> Rows:
    """Abbreviated headings; the total is less the discount; exchanged and cancelled lines have statuses."""
    for place, order in enumerate(shop.orders):
        status, good = _state(rng, place, shop, "Finalizado|Faturado", "Cancelado", "Estornado", "Orçamento")
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0, 0.05)), 2)
            yield {"Pedido": place + 1, "Data": order.when, "Hora": order.when.strftime("%H:%M:%S"), "Loja": rng.choice(("Centro", "Shopping")), "Vendedor": rng.choice(("Bia", "Caio")), "Cliente": order.customer.name, "CPF": f"{_number(order):09}-{_number(order) % 90 + 10}", "Produto": line.product, "Qtd": line.quantity, "Vl. Unit.": line.price, "Vl. Desc.": off, "Vl. Total": round(line.total - off, 2), "Forma Pgto": "Pix", "Parcelas": 1, "Situação": status}
            if good:
                yield sold(order, round(line.total - off, 2))


@KINDS.export("Date|Reference|Customer|Description|Debit|Credit|Balance", orders=SIZES, lines=2, form="%d/%m/%Y", money=lambda v: f"{v:,.2f}")
def receivables_ledger(rng: random.Random, shop: Shop) -> Rows:
    """What customers owe: invoices in debit, payments and credit notes in credit, a running balance."""
    balance = 0.0
    for place, order in enumerate(shop.orders):
        total = order.goods
        balance = round(balance + total, 2)
        yield {"Date": order.when, "Reference": f"INV-{place + 1:04}", "Customer": order.customer.name, "Description": "Invoice", "Debit": total, "Credit": "", "Balance": balance}
        yield sold(order, total)
        back = order.lines[0].price if _seldom(rng, place, shop) and order.goods > order.lines[0].price else 0.0
        if back:
            balance = round(balance - back, 2)
            yield {"Date": _capped(order.when, 3, shop), "Reference": f"CN-{place + 1:04}", "Customer": order.customer.name, "Description": "Credit note", "Debit": "", "Credit": back, "Balance": balance}
            yield sold(order, -back)
        balance = round(balance - total + back, 2)
        yield {"Date": _capped(order.when, 14, shop), "Reference": f"RCP-{place + 1:04}", "Customer": order.customer.name, "Description": "Payment", "Debit": "", "Credit": round(total - back, 2), "Balance": balance}


@KINDS.export("Booking|Booked|Class|Class date|Member|Member no|Pass type|Credits used|Price paid|Outcome", orders=SIZES, lines=1, form="%d %b %Y %H:%M", money=lambda v: f"£{v:.2f}")
def class_passes(rng: random.Random, shop: Shop) -> Rows:
    """The day of booking and that of the class; who cancelled early paid nothing."""
    for place, order in enumerate(shop.orders):
        outcome, good = ("Attended", True) if place in (0, 2, len(shop.orders) - 1) else rng.choice((("Attended", True), ("Attended", True), ("Early cancel", False)))
        price = order.lines[0].price
        yield {"Booking": 5_000 + place, "Booked": order.when, "Class": order.lines[0].product, "Class date": order.when + timedelta(days=3), "Member": order.customer.name, "Member no": _number(order), "Pass type": rng.choice(("Drop-in", "Member rate")), "Credits used": 0, "Price paid": price if good else 0.0, "Outcome": outcome}
        if good:
            yield sold(order, price)


@KINDS.export("Auction|Lot|Hammer date|Bidder no|Bidder|Hammer price|Buyer's premium|VAT on premium|Total due|Paid|Status", orders=SIZES, lines=1, form="%d/%m/%Y", money=lambda v: f"£{v:,.2f}")
def auction_lots(rng: random.Random, shop: Shop) -> Rows:
    """The hammer price, the premium on top, its tax, and what is due; passed and withdrawn lots have no buyer."""
    for place, order in enumerate(shop.orders):
        hammer = order.lines[0].total
        premium = round(hammer * 0.2, 2)
        tax = round(premium * 0.2, 2)
        gone = 2 < place < len(shop.orders) - 1 and rng.random() < 0.12
        total = round(hammer + premium + tax, 2)
        yield {"Auction": "A12", "Lot": place + 1, "Hammer date": order.when, "Bidder no": "" if gone else _number(order), "Bidder": "" if gone else order.customer.name, "Hammer price": "" if gone else hammer, "Buyer's premium": "" if gone else premium, "VAT on premium": "" if gone else tax, "Total due": "" if gone else total, "Paid": "" if gone else total, "Status": rng.choice(("Passed", "Withdrawn")) if gone else "Sold"}
        if not gone:
            yield sold(order, total, hammer, round(hammer + premium, 2), number=f"{place}")


@KINDS.export("Order_ID|Order_Date|Ship_Date|Cust_ID|Cust_Name|Segment|Product|Sales|Quantity|Discount|Profit|Returned", orders=SIZES, lines=3, form="%-m/%-d/%Y", money=lambda v: f"{v:.4f}")
def superstore_with_returns(rng: random.Random, shop: Shop) -> Rows:
    """The training set of many courses: sales are of the line after the discount; some orders came back as a whole."""
    for place, order in enumerate(shop.orders):
        back = 2 < place < len(shop.orders) - 1 and rng.random() < 0.08
        for line in order.lines:
            off = rng.choice((0, 0, 0.2))
            sales = round(line.total * (1 - off), 4)
            yield {"Order_ID": f"CA-2024-{100_000 + place}", "Order_Date": order.when, "Ship_Date": order.when + timedelta(days=3), "Cust_ID": f"AB-{_number(order)}", "Cust_Name": order.customer.name, "Segment": "Consumer", "Product": line.product, "Sales": sales, "Quantity": line.quantity, "Discount": off, "Profit": round(sales * 0.2, 4), "Returned": "Yes" if back else ""}
            if not back:
                yield sold(order, sales)


@KINDS.export("Kwitantie|Datum|Klantnr|Klant|Omschrijving|Aantal|Stukprijs incl|Korting %|Bedrag incl|BTW hoog|BTW laag|Betaalwijze|Retour", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d-%m-%Y", encoding="cp1252")
def dutch_till_returns(rng: random.Random, shop: Shop) -> Rows:
    """Goods that came back are receipts of their own with J under Retour, and amounts without a sign."""
    number = 4_000
    for place, order in enumerate(shop.orders):
        number += 1
        for line in order.lines:
            off = rng.choice((0, 0, 10))
            total = round(line.total * (100 - off) / 100, 2)
            yield {"Kwitantie": number, "Datum": order.when, "Klantnr": _number(order), "Klant": order.customer.name, "Omschrijving": line.product, "Aantal": line.quantity, "Stukprijs incl": line.price, "Korting %": off, "Bedrag incl": total, "BTW hoog": round(total * 21 / 121, 2), "BTW laag": 0.0, "Betaalwijze": "Pin", "Retour": "N"}
            yield sold(order, total)
        if _seldom(rng, place, shop):
            number += 1
            line = order.lines[0]
            yield {"Kwitantie": number, "Datum": _capped(order.when, 5, shop), "Klantnr": _number(order), "Klant": order.customer.name, "Omschrijving": line.product, "Aantal": 1, "Stukprijs incl": line.price, "Korting %": 0, "Bedrag incl": line.price, "BTW hoog": round(line.price * 21 / 121, 2), "BTW laag": 0.0, "Betaalwijze": "Pin", "Retour": "J"}
            yield sold(order, -line.price)


# ------------------------------------------------------------------------------------------------------- a third set


@KINDS.export("Order Number|Placed|Buyer|Buyer email|Product|Variant|Units|Unit price|Item discount|Shipping|Sales tax|Marketplace fee|Processing fee|Item subtotal|You earned|State", orders=SIZES, lines=2, form="%Y-%m-%d %H:%M", money=lambda v: f"{v:.2f}")
def craft_market_items(rng: random.Random, shop: Shop) -> Rows:
    """Subtotal of the item after its discount, delivery and tax on the first item, what the seller keeps after two fees."""
    for place, order in enumerate(shop.orders):
        status, good = _state(rng, place, shop, "delivered|shipped|complete", "canceled", "refunded", "payment failed")
        for at, line in enumerate(order.lines):
            off = round(line.total * rng.choice((0, 0, 0.1)), 2)
            net = round(line.total - off, 2)
            fees = round(net * 0.065, 2), round(net * 0.03 + 0.25, 2)
            yield {"Order Number": 880_000 + place, "Placed": order.when, "Buyer": order.customer.name, "Buyer email": order.customer.email, "Product": line.product, "Variant": "blue", "Units": line.quantity, "Unit price": line.price, "Item discount": off, "Shipping": 4.0 if at == 0 else 0.0, "Sales tax": round(net * 0.07, 2), "Marketplace fee": fees[0], "Processing fee": fees[1], "Item subtotal": net, "You earned": round(net - sum(fees), 2), "State": status}
            if good:
                yield sold(order, net, round(net + (0 if at else 4.0), 2), round(net * 1.07, 2))


@KINDS.export("Rechnung|Datum|Kunde|Leistung|Stunden|Satz|Netto|MwSt. %|Brutto|Mahnstufe|Status|Storno zu", orders=SIZES, lines=2, delimiter=";", comma=True, form="%d.%m.%Y")
def services_by_the_hour(rng: random.Random, shop: Shop) -> Rows:
    """Hours at a rate, two tax rates, stages of reminders; reversals with a minus name the invoice that they cancel."""
    extra = 0
    for place, order in enumerate(shop.orders):
        gone = _seldom(rng, place, shop, 0.08)
        rows = []
        for line in order.lines:
            rate = rng.choice((7, 19))
            rows.append((line, rate, line.total, round(line.total * (1 + rate / 100), 2)))
        for line, rate, net, gross in rows:
            yield {"Rechnung": f"2024-{place + 1:03}", "Datum": order.when, "Kunde": order.customer.name, "Leistung": line.product, "Stunden": float(line.quantity), "Satz": line.price, "Netto": net, "MwSt. %": rate, "Brutto": gross, "Mahnstufe": rng.choice((0, 0, 0, 1, 2)), "Status": "storniert" if gone else "bezahlt", "Storno zu": ""}
            if not gone:
                yield sold(order, gross, net)
        if gone:
            extra += 1
            for line, rate, net, gross in rows:
                yield {"Rechnung": f"ST-{extra:03}", "Datum": order.when, "Kunde": order.customer.name, "Leistung": line.product, "Stunden": -float(line.quantity), "Satz": line.price, "Netto": -net, "MwSt. %": rate, "Brutto": -gross, "Mahnstufe": 0, "Status": "bezahlt", "Storno zu": f"2024-{place + 1:03}"}


@KINDS.export("Sale ID|Sold at|Register|Cashier|Customer|Loyalty no|Points earned|Points redeemed|Points value|Items|Gross|Points discount|Net paid|Payment", orders=SIZES, lines=3, form="%d/%m/%Y %H:%M", money=lambda v: f"{v:.2f}")
def points_pay_a_part(rng: random.Random, shop: Shop) -> Rows:
    """Points pay a part of a sale: gross, what the points took off and what was paid; half the customers have no card."""
    for place, order in enumerate(shop.orders):
        known = shop.people.index(order.customer) % 3 != 2
        worth = round(order.goods * rng.choice((0, 0, 0.05)), 2) if known else 0.0
        yield {"Sale ID": 71_000 + place, "Sold at": order.when, "Register": 1, "Cashier": "Kim", "Customer": order.customer.name if known else "Walk-in", "Loyalty no": 600_000 + _number(order) if known else "", "Points earned": int(order.goods), "Points redeemed": int(worth * 100), "Points value": worth, "Items": sum(line.quantity for line in order.lines), "Gross": order.goods, "Points discount": worth, "Net paid": round(order.goods - worth, 2), "Payment": rng.choice(("Card", "Cash"))}
        if known:
            yield sold(order, order.goods, round(order.goods - worth, 2))


@KINDS.export("Factura|Fecha emisión|Cliente|RFC|Concepto|Cant.|P. unitario|Importe|IVA 16%|Total|Moneda|T.C.|Estatus|UUID relacionado", orders=SIZES, lines=2, form="%d/%m/%Y", money=lambda v: f"${v:,.2f}")
def mexican_replaced_invoices(rng: random.Random, shop: Shop) -> Rows:
    """A wrong invoice is cancelled and replaced by another, which names it; only the second one counts."""
    number = 800
    for place, order in enumerate(shop.orders):
        wrong = _seldom(rng, place, shop, 0.08)
        for copy in range(1 + wrong):
            number += 1
            for line in order.lines:
                tax = round(line.total * 0.16, 2)
                yield {"Factura": f"F-{number}", "Fecha emisión": order.when, "Cliente": order.customer.name, "RFC": f"XAXX{_number(order):06}AB1", "Concepto": line.product, "Cant.": line.quantity, "P. unitario": line.price, "Importe": line.total, "IVA 16%": tax, "Total": round(line.total + tax, 2), "Moneda": "MXN", "T.C.": 1.0, "Estatus": "Cancelado" if wrong and not copy else "Vigente", "UUID relacionado": f"F-{number - 1}" if copy else ""}
                if not wrong or copy:
                    yield sold(order, round(line.total + tax, 2), line.total)


@KINDS.export("order_ref|placed_at|customer_ref|email|channel|items_count|goods_value|delivery_fee|service_fee|tip|promo_discount|refund_value|total_charged|order_state", orders=SIZES, lines=3, form="%Y-%m-%dT%H:%M:%S", money=lambda v: f"{v:.2f}")
def grocery_delivery(rng: random.Random, shop: Shop) -> Rows:
    """Fees, a tip and a promotion make the total; missing goods were refunded in a column; undelivered orders."""
    for place, order in enumerate(shop.orders):
        status, good = _state(rng, place, shop, "DELIVERED|DELIVERED_LATE", "NOT_DELIVERED", "CANCELLED_BY_STORE")
        off, tip = round(order.goods * rng.choice((0, 0, 0.15)), 2), rng.choice((0.0, 2.0))
        total = round(order.goods + 2.99 + 0.99 + tip - off, 2)
        back = round(order.lines[0].price * 0.5, 2) if good and _seldom(rng, place, shop) else 0.0
        yield {"order_ref": f"g{place:06}", "placed_at": order.when, "customer_ref": f"u{_number(order)}", "email": order.customer.email, "channel": "app", "items_count": sum(line.quantity for line in order.lines), "goods_value": order.goods, "delivery_fee": 2.99, "service_fee": 0.99, "tip": tip, "promo_discount": off, "refund_value": back, "total_charged": total, "order_state": status}
        if good:
            goods = round(order.goods - off, 2)
            yield sold(order, total, order.goods, goods, total - back, order.goods - back, goods - back)
            if back:
                yield sold(order, -back, -back, -back, 0.0, 0.0, 0.0)


@KINDS.export("Nr|Data|Cliente|Prodotto|Q.tà|Prezzo|Sconto|Totale|Acconto|Saldo|Pagato", orders=SIZES, lines=1, delimiter=";", form="%d/%m/%y", money=lambda v: f"€ {v:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."))
def italian_hand_kept(rng: random.Random, shop: Shop) -> Rows:
    """A workshop's sheet: a discount in money, an instalment, what is left, `si` and `no`."""
    for place, order in enumerate(shop.orders):
        good = place in (0, 2, len(shop.orders) - 1) or rng.random() < 0.85
        line = order.lines[0]
        off = round(line.total * rng.choice((0, 0, 0.1)), 2)
        total = round(line.total - off, 2)
        down = round(total * rng.choice((0, 0.3)), 2)
        yield {"Nr": place + 1, "Data": order.when, "Cliente": order.customer.name, "Prodotto": line.product, "Q.tà": line.quantity, "Prezzo": line.price, "Sconto": off, "Totale": total, "Acconto": down, "Saldo": round(total - down, 2), "Pagato": rng.choice(("si", "SI", "sì")) if good else "no"}
        if good:
            yield sold(order, total, number=f"{place}")


@KINDS.export("Ticket No|Issue date|Passenger|Booked by|Booked by email|Route|Class|Base fare|Taxes & fees|Total fare|Exchange ref|Refund amt|Ticket status", orders=SIZES, lines=1, form="%d%b%y", money=lambda v: f"{v:.2f}")
def ferry_tickets(rng: random.Random, shop: Shop) -> Rows:
    """Who travels is not who pays; fare and taxes make the total; refunded and voided tickets."""
    for place, order in enumerate(shop.orders):
        status, good = _state(rng, place, shop, "USED|OPEN FOR USE|CHECKED IN", "VOID", "REFUNDED")
        line = order.lines[0]
        tax = round(line.total * 0.12, 2)
        total = round(line.total + tax, 2)
        yield {"Ticket No": f"042{place + 7_000_000:010}", "Issue date": order.when, "Passenger": rng.choice(shop.people).name, "Booked by": order.customer.name, "Booked by email": order.customer.email, "Route": line.product, "Class": rng.choice("YM"), "Base fare": line.total, "Taxes & fees": tax, "Total fare": total, "Exchange ref": "", "Refund amt": total if status == "REFUNDED" else 0.0, "Ticket status": status}
        if good:
            yield sold(order, total, line.total)
