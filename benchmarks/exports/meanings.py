# ruff: noqa: E501 - header rows read best in long lines
"""Exports whose meaning is easily missed: refunds, deposits, child lines, payers and receivers, written before a first reading."""

import csv
import random
from datetime import datetime, timedelta

from benchmarks.constructed_exports import Sold
from benchmarks.exports.writing import Kinds, Rows, customer_number, sold, state
from benchmarks.generated_exports import Person, Shop

KINDS = Kinds()
SIZES = (30, 60, 120)


def _names(person: Person) -> tuple[str, str]:
    first, last = person.name.split(maxsplit=1)
    return first, last


def _dollars(value: float) -> str:
    return f"-${-value:,.2f}" if value < 0 else f"${value:,.2f}"


def _capped(when: datetime, days: int, shop: Shop) -> datetime:
    """Some days later, at most the day of the last order."""
    return min(when + timedelta(days=days), shop.orders[-1].when)


def _seldom(rng: random.Random, place: int, shop: Shop, share: float = 0.12) -> bool:
    """Whether something seldom happens to this order; never to the first and the last one, and to the third always."""
    return place == 2 or (0 < place < len(shop.orders) - 1 and rng.random() < share)


# fmt: off


# ------------------------------------------------------------------------------------------------------ online shops


@KINDS.export("ID|Name|Email|Created At|Processed At|Cancelled At|Payment: Status|Order Fulfillment Status|Customer: ID|Customer: Email|Customer: First Name|Customer: Last Name|Price: Total Line Items|Price: Total Shipping|Price: Total Discount|Price: Total Tax|Tax: Included|Price: Total|Line: Type|Line: Title|Line: SKU|Line: Quantity|Line: Price|Line: Discount|Line: Total|Refund: ID|Refund: Created At|Transaction: Kind|Transaction: Status|Transaction: Amount|Currency", form="%Y-%m-%d %H:%M:%S +0100", orders=SIZES, lines=3)
def matrixify_order_lines(rng: random.Random, shop: Shop) -> Rows:
    """Items, delivery, payments and refunds of an order are rows of a type each; totals of the order on each row."""
    for place, order in enumerate(shop.orders):
        off = rng.choice((0, 0, 10))
        parts = [(line, -round(line.total * off / 100, 2)) for line in order.lines]
        goods, ship = round(sum(line.total + cut for line, cut in parts), 2), 4.9
        gone = _seldom(rng, place, shop, 0.06) and place != 2
        back = not gone and _seldom(rng, place, shop)
        facts = {"ID": 5_300_000_000_000 + place, "Name": f"#{1001 + place}", "Email": order.customer.email, "Created At": order.when, "Processed At": order.when, "Cancelled At": order.when + timedelta(days=1) if gone else "",
                 "Payment: Status": "voided" if gone else "partially_refunded" if back else "paid", "Order Fulfillment Status": "" if gone else "fulfilled", "Customer: ID": 7_100_000_000_000 + customer_number(order), "Customer: Email": order.customer.email, "Customer: First Name": _names(order.customer)[0], "Customer: Last Name": _names(order.customer)[1],
                 "Price: Total Line Items": order.goods, "Price: Total Shipping": ship, "Price: Total Discount": round(order.goods - goods, 2), "Price: Total Tax": round((goods + ship) / 6, 2), "Tax: Included": "TRUE", "Price: Total": round(goods + ship, 2), "Currency": "EUR"}
        for line, cut in parts:
            yield {**facts, "Line: Type": "Line Item", "Line: Title": line.product, "Line: SKU": line.code, "Line: Quantity": line.quantity, "Line: Price": line.price, "Line: Discount": cut, "Line: Total": round(line.total + cut, 2)}
            if not gone:
                yield sold(order, round(line.total + cut, 2), round(line.total + cut, 2))
        yield {**facts, "Line: Type": "Shipping Line", "Line: Title": "Standard", "Line: Quantity": 1, "Line: Price": ship, "Line: Total": ship}
        yield {**facts, "Line: Type": "Transaction", "Transaction: Kind": "void" if gone else "sale", "Transaction: Status": "success", "Transaction: Amount": round(goods + ship, 2)}
        if not gone:
            yield sold(order, ship, 0.0)
        if back:
            line, cut = parts[0]
            piece = round((line.total + cut) / line.quantity, 2)
            yield {**facts, "Line: Type": "Refund Line", "Line: Title": line.product, "Line: SKU": line.code, "Line: Quantity": -1, "Line: Price": line.price, "Line: Total": -piece, "Refund: ID": 880_000 + place, "Refund: Created At": order.when + timedelta(days=5)}
            yield {**facts, "Line: Type": "Transaction", "Transaction: Kind": "refund", "Transaction: Status": "success", "Transaction: Amount": -piece, "Refund: ID": 880_000 + place}
            yield sold(order, -piece, -piece)


@KINDS.export("order_increment_id|order_created_at|order_status|customer_id|customer_email|item_id|parent_item_id|product_type|sku|name|qty_ordered|qty_invoiced|qty_shipped|qty_refunded|qty_canceled|price|original_price|row_total|discount_amount|tax_amount|row_total_incl_tax|amount_refunded|tax_refunded", orders=SIZES, lines=3, money=lambda v: f"{v:.4f}")
def magento_order_items(rng: random.Random, shop: Shop) -> Rows:
    """Child items at no price; totals of rows before the discount, tax of what is left; pieces refunded in columns."""
    item = 40_000
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("complete", "processing"), ("canceled", "pending_payment"))
        guest = shop.people.index(order.customer) % 4 == 3
        off = rng.choice((0, 0, 0.15))
        back = good and len(order.lines) > 1 and _seldom(rng, place, shop)
        for at, line in enumerate(order.lines):
            item += 1
            cut = round(line.total * off, 2)
            tax = round((line.total - cut) * 0.2, 2)
            gives = back and at == 0
            share = round((line.total - cut) / line.quantity, 2) if gives else 0.0
            facts = {"order_increment_id": f"{place + 1:09}", "order_created_at": order.when, "order_status": status, "customer_id": "" if guest else customer_number(order), "customer_email": order.customer.email, "sku": line.code, "name": line.product, "qty_ordered": f"{line.quantity}.0000", "qty_invoiced": f"{line.quantity if good else 0}.0000", "qty_shipped": f"{line.quantity if good else 0}.0000", "qty_refunded": f"{int(gives)}.0000", "qty_canceled": f"{line.quantity if status == 'canceled' else 0}.0000"}
            whole = line.product[0] in "CBS"
            yield {**facts, "item_id": item, "parent_item_id": "", "product_type": "configurable" if whole else "simple", "price": line.price, "original_price": line.price, "row_total": line.total, "discount_amount": cut, "tax_amount": tax, "row_total_incl_tax": round(line.total * 1.2, 2), "amount_refunded": share, "tax_refunded": round(share * 0.2, 2)}
            if whole:
                item += 1
                yield {**facts, "item_id": item, "parent_item_id": item - 1, "product_type": "simple", "name": f"{line.product} - blue", "price": 0.0, "original_price": 0.0, "row_total": 0.0, "discount_amount": 0.0, "tax_amount": 0.0, "row_total_incl_tax": 0.0, "amount_refunded": 0.0, "tax_refunded": 0.0}
            if good:
                net, gross, less = round(line.total - cut, 2), round(line.total - cut + tax, 2), round(share * 1.2, 2)
                yield sold(order, gross, net, gross - less, net - share)
                if gives:
                    yield sold(order, -less, -share, 0.0, 0.0)


@KINDS.export("Order ID|Order Number|Order Date|Order Status|Customer User ID|Billing First Name|Billing Last Name|Billing Email|Item ID|Item Name|SKU|Quantity|Item Cost|Line Subtotal|Line Total|Line Tax|Bundled By|Coupon|Order Shipping|Order Total", orders=SIZES, lines=3)
def woocommerce_bundles(rng: random.Random, shop: Shop) -> Rows:
    """The contents of a bundle are lines at no price; a coupon is in the line's total; guests have the number 0."""
    item = 900
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("wc-completed", "wc-processing"), ("wc-cancelled", "wc-failed", "wc-checkout-draft", "wc-pending"))
        off = rng.choice((0, 0, 0.1))
        totals = [round(line.total * (1 - off), 2) for line in order.lines]
        taxes = [round(total * 0.21, 2) for total in totals]
        ship = rng.choice((0.0, 5.0))
        facts = {"Order ID": 7_000 + place, "Order Number": 7_000 + place, "Order Date": order.when, "Order Status": status, "Customer User ID": 0 if shop.people.index(order.customer) % 3 == 1 else customer_number(order), "Billing First Name": _names(order.customer)[0], "Billing Last Name": _names(order.customer)[1], "Billing Email": order.customer.email,
                 "Coupon": "SPRING10" if off else "", "Order Shipping": ship, "Order Total": round(sum(totals) + sum(taxes) + ship, 2)}
        for at, (line, total, tax) in enumerate(zip(order.lines, totals, taxes, strict=True)):
            item += 1
            parent = item
            yield {**facts, "Item ID": item, "Item Name": line.product, "SKU": line.code, "Quantity": line.quantity, "Item Cost": line.price, "Line Subtotal": line.total, "Line Total": total, "Line Tax": tax, "Bundled By": ""}
            if line.product[0] in "BST":
                for part in ("small", "large"):
                    item += 1
                    yield {**facts, "Item ID": item, "Item Name": f"{line.product} {part}", "SKU": f"{line.code}-{part[0].upper()}", "Quantity": line.quantity, "Item Cost": 0.0, "Line Subtotal": 0.0, "Line Total": 0.0, "Line Tax": 0.0, "Bundled By": parent}
            if good:
                first = ship if at == 0 else 0.0
                yield sold(order, total, total + tax, total + tax + first, total + first)


@KINDS.export("order id|order numeric id|buyer|product name|product description|product category|product quantity|original item price|coupon code|coupon price|sold price|livestream|placed at|processed at|cancelled or failed|sku|cost per item|shipping address", orders=SIZES, lines=1, money=_dollars, form="%Y-%m-%d %H:%M:%S")
def whatnot_livestream(rng: random.Random, shop: Shop) -> Rows:
    """Giveaways at no price; what a coupon took off is already off; a column that is blank unless a sale failed."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        gift = _seldom(rng, place, shop)
        bad = "" if gift or rng.random() < 0.88 else rng.choice(("cancelled", "failed"))
        price = 0.0 if gift else line.price
        off = round(price * rng.choice((0, 0, 0, 0.2)), 2)
        yield {"order id": f"T3JkZXJOb2RlOj{place:06}", "order numeric id": 61_000_000 + place * 3, "buyer": f"user{customer_number(order)}", "product name": f"GIVEAWAY #{place}" if gift else f"{line.product} #{place}", "product description": "", "product category": "Home", "product quantity": 1, "original item price": price, "coupon code": "SHOW20" if off else "", "coupon price": off, "sold price": round(price - off, 2),
               "livestream": "Friday show", "placed at": order.when, "processed at": "" if bad else order.when + timedelta(hours=1), "cancelled or failed": bad, "sku": line.code, "cost per item": "", "shipping address": f"{customer_number(order)} Elm St, Reno, NV"}
        if not gift and not bad:
            yield sold(order, round(price - off, 2))


@KINDS.export("Listing Date|Order Date|SKU|Order Id|Listing Title|Department|Category|Brand|Size|Bundle Order|Cost Price|Order Price|Seller Shipping Discount|Upgraded Shipping Label Fee|Net Earnings|Other Info|Buyer State|Buyer Zip Code|Buyer Username|Sales Tax (Paid by Buyer)", orders=SIZES, lines=2, money=_dollars, form="%m/%d/%Y", above=[["Sales Report"], ["Username", "kite_closet"], []])
def poshmark_sales(rng: random.Random, shop: Shop) -> Rows:
    """When it was offered, when it was sold; what it cost the seller and what is left of the price."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            price = line.price
            yield {"Listing Date": order.when - timedelta(days=rng.randint(20, 400)), "Order Date": order.when, "SKU": line.code, "Order Id": f"6{place:07}abf{place * 17 % 9973:04}", "Listing Title": line.product, "Department": "Women", "Category": "Accessories", "Brand": "", "Size": "OS", "Bundle Order": "Yes" if len(order.lines) > 1 else "No", "Cost Price": round(price * 0.3, 2), "Order Price": price, "Seller Shipping Discount": 0.0,
                   "Upgraded Shipping Label Fee": 0.0, "Net Earnings": round(price * 0.8, 2), "Buyer State": "OH", "Buyer Zip Code": f"{44_000 + customer_number(order) % 999}", "Buyer Username": f"b{customer_number(order)}", "Sales Tax (Paid by Buyer)": round(price * 0.07, 2)}
            yield sold(order, price)


@KINDS.export("Référence|Date de création|Boutique|Ville|Pays|Statut|Montant HT|TVA|Montant TTC|Commission|Frais de port offerts|Versement|Date de versement", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y", encoding="utf-8-sig")
def ankorstore_french(rng: random.Random, shop: Shop) -> Rows:
    """Wholesale: boutiques buy; commission and what is paid out beside amounts without and with tax."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Livrée", "Expédiée", "Facturée"), ("Refusée", "Annulée"))
        tax = round(order.goods * 0.2, 2)
        fee = round(order.goods * 0.2, 2)
        yield {"Référence": f"9C-{place:05}", "Date de création": order.when, "Boutique": f"Boutique {order.customer.name}", "Ville": "Lyon", "Pays": "France", "Statut": status, "Montant HT": order.goods, "TVA": tax, "Montant TTC": round(order.goods + tax, 2), "Commission": fee, "Frais de port offerts": "oui", "Versement": round(order.goods + tax - fee, 2) if good else 0.0, "Date de versement": order.when + timedelta(days=30) if good else ""}
        if good:
            yield sold(order, round(order.goods + tax, 2), order.goods)


@KINDS.export("Order No|Order Date|Delivery Date|Sender Name|Sender Email|Sender Phone|Recipient Name|Recipient Phone|Recipient City|Arrangement|Price|Vase|Delivery Fee|Order Total|Card Message|Order Status", orders=SIZES, lines=1, form="%d %b %Y", money=lambda v: f"£{v:,.2f}")
def florist_sender_recipient(rng: random.Random, shop: Shop) -> Rows:
    """Who pays sends flowers to somebody else on a later day."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Delivered", "Confirmed"), ("Cancelled", "Payment failed"))
        line, vase = order.lines[0], rng.choice((0.0, 0.0, 8.0))
        total = round(line.price + vase + 6.5, 2)
        yield {"Order No": f"FL{20_000 + place}", "Order Date": order.when, "Delivery Date": order.when + timedelta(days=rng.randint(1, 9)), "Sender Name": order.customer.name, "Sender Email": order.customer.email, "Sender Phone": order.customer.phone, "Recipient Name": rng.choice(("Ivy Ash", "Olive Reed", "Rowan Fern", "Hazel Moss")) + f" {rng.randint(1, 60)}", "Recipient Phone": f"07{rng.randint(10**8, 10**9 - 1)}", "Recipient City": "York", "Arrangement": line.product, "Price": line.price, "Vase": vase, "Delivery Fee": 6.5, "Order Total": total, "Card Message": rng.choice(("Happy birthday", "Thank you", "")), "Order Status": status}
        if good:
            yield sold(order, total, round(total - 6.5, 2), line.price)


@KINDS.export("Backer Number|Backer UID|Backer Name|Email|Shipping Country|Shipping Amount|Reward Title|Reward Minimum|Reward ID|Bonus Support|Pledge Amount|Pledged At|Rewards Sent?|Pledged Status|Notes", orders=(60, 120, 200), lines=1, form="%Y/%m/%d, %H:%M", money=lambda v: f"${v:,.2f} USD")
def kickstarter_backers(rng: random.Random, shop: Shop) -> Rows:
    """A pledge each: delivery and bonus are parts of it; dropped and cancelled ones were never collected."""
    seen: set[str] = set()
    for place, order in enumerate(shop.orders):
        if order.customer.id in seen:
            continue
        seen.add(order.customer.id)
        status, good = rng.choice((("collected", True),) * 5 + (("dropped", False), ("canceled", False)))
        line, bonus, ship = order.lines[0], rng.choice((0.0, 0.0, 5.0)), rng.choice((0.0, 12.0))
        total = round(line.price + bonus + ship, 2)
        yield {"Backer Number": len(seen), "Backer UID": 1_200_000_000 + customer_number(order), "Backer Name": order.customer.name, "Email": order.customer.email, "Shipping Country": "US", "Shipping Amount": ship, "Reward Title": line.product, "Reward Minimum": line.price, "Reward ID": 8_800_000 + int(line.code[-2:]), "Bonus Support": bonus, "Pledge Amount": total, "Pledged At": order.when, "Rewards Sent?": "", "Pledged Status": status, "Notes": ""}
        if good:
            yield sold(order, total, round(total - ship, 2), number=str(place))


@KINDS.export("Receipt No|Receipt Date|Order Ref|Client|Client Email|Description|Payment For|Amount Received|Order Value|Balance Outstanding|Method", orders=SIZES, lines=2, form="%d/%m/%Y")
def deposit_and_balance_receipts(rng: random.Random, shop: Shop) -> Rows:
    """A workshop takes a deposit and later the balance; the value of the order stands on both receipts."""
    rows: list[tuple[datetime, dict[str, object], Sold]] = []
    for place, order in enumerate(shop.orders):
        part = round(order.goods * 0.4, 2)
        later = _capped(order.when, rng.randint(7, 30), shop)
        facts = {"Order Ref": f"JOB-{place + 300}", "Client": order.customer.name, "Client Email": order.customer.email, "Description": order.lines[0].product, "Order Value": order.goods}
        rows.append((order.when, {**facts, "Payment For": "Deposit 40%", "Amount Received": part, "Balance Outstanding": round(order.goods - part, 2), "Method": "Card"}, sold(order, part)))
        rows.append((later, {**facts, "Payment For": "Balance", "Amount Received": round(order.goods - part, 2), "Balance Outstanding": 0.0, "Method": "Bank transfer"}, sold(order, round(order.goods - part, 2))))
    for place, (when, cells, sale) in enumerate(sorted(rows, key=lambda row: row[0])):
        yield {"Receipt No": f"R{place + 1:05}", "Receipt Date": when, **cells}
        yield sale


# ------------------------------------------------------------------------------------- restaurants, tills, bookings


@KINDS.export("Order ID|Placed|Due|Customer|Phone|Email|Type|Items|Subtotal|Discount|Tax|Delivery Fee|Tip|Total|Refund|Refunded On|Status|Returning Customer", orders=SIZES, lines=3, money=_dollars, form="%m/%d/%Y %I:%M %p")
def chownow_orders(rng: random.Random, shop: Shop) -> Rows:
    """A restaurant's own web shop: discount, tax, delivery and tip in columns; part of an order refunded later."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Completed", "Picked up"), ("Canceled", "Declined"))
        off, tip, fee = round(order.goods * rng.choice((0, 0, 0.1)), 2), rng.choice((0.0, 3.0)), rng.choice((0.0, 4.5))
        net = round(order.goods - off, 2)
        tax = round(net * 0.08, 2)
        total = round(net + tax + fee + tip, 2)
        back = round(net / 4, 2) if good and _seldom(rng, place, shop) else 0.0
        yield {"Order ID": 31_000_000 + place, "Placed": order.when, "Due": order.when + timedelta(minutes=40), "Customer": order.customer.name, "Phone": order.customer.phone, "Email": order.customer.email, "Type": "Delivery" if fee else "Pickup", "Items": sum(line.quantity for line in order.lines), "Subtotal": order.goods, "Discount": -off if off else 0.0, "Tax": tax, "Delivery Fee": fee, "Tip": tip, "Total": total, "Refund": back, "Refunded On": order.when + timedelta(days=1) if back else "", "Status": status, "Returning Customer": rng.choice(("Yes", "No"))}
        if good:
            yield sold(order, total, net, total - back, net - back)
            if back:
                yield sold(order, -back, -back, 0.0, 0.0)


@KINDS.export("Serie|Número|Fecha|Hora|Tipo|Cliente|NIF/CIF|Mesa|Comensales|Base|Cuota IVA|Total|Propina|Cobrado|Forma de pago|Ref. rectificada|Usuario", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def agora_spanish_tickets(rng: random.Random, shop: Shop) -> Rows:
    """Tickets, invoices and correcting ones of a restaurant, numbered by series; most guests are nobody in particular."""
    tickets = {"T": 0, "F": 0, "R": 0}
    for place, order in enumerate(shop.orders):
        nobody = place % 3 == 2
        series = "T" if nobody or rng.random() < 0.5 else "F"
        tickets[series] += 1
        gross = order.goods
        base, tip = round(gross / 1.1, 2), rng.choice((0.0, 0.0, 2.0))
        who = {"Cliente": "CLIENTES VARIOS", "NIF/CIF": ""} if nobody else {"Cliente": order.customer.name, "NIF/CIF": f"{customer_number(order) + 30_000_000}Z"}
        row = {**who, "Fecha": order.when, "Hora": order.when.strftime("%H:%M"), "Mesa": rng.randint(1, 20), "Comensales": rng.randint(1, 6), "Forma de pago": rng.choice(("Efectivo", "Tarjeta")), "Usuario": rng.choice(("Lola", "Paco"))}
        yield {**row, "Serie": series, "Número": tickets[series], "Tipo": "Factura simplificada" if series == "T" else "Factura", "Base": base, "Cuota IVA": round(gross - base, 2), "Total": gross, "Propina": tip, "Cobrado": round(gross + tip, 2), "Ref. rectificada": ""}
        if not nobody:
            yield sold(order, gross, base, round(gross + tip, 2))
            if _seldom(rng, place, shop, 0.06):
                tickets["R"] += 1
                yield {**row, "Serie": "R", "Número": tickets["R"], "Tipo": "Factura rectificativa", "Base": -base, "Cuota IVA": -round(gross - base, 2), "Total": -gross, "Propina": 0.0, "Cobrado": -gross, "Ref. rectificada": f"{series}/{tickets[series]}"}
                yield sold(order, -gross, -base, -gross)


@KINDS.export("Data|Ora|N. documento|Tipo documento|Cliente|Codice fiscale|Prodotto|Reparto|Quantità|Prezzo unitario|Sconto %|Totale riga|Aliquota IVA|Pagamento|Operatore", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def italian_till_documents(rng: random.Random, shop: Shop) -> Rows:
    """Goods that came back are documents of a type of their own, their amounts without a sign."""
    number = 100
    for place, order in enumerate(shop.orders):
        number += 1
        nobody = place % 5 == 3
        off = rng.choice((0, 0, 10))
        who = {"Cliente": "", "Codice fiscale": ""} if nobody else {"Cliente": order.customer.name, "Codice fiscale": f"RSSMRA{customer_number(order) % 90 + 10}A01H{customer_number(order) % 900 + 100}X"}
        for line in order.lines:
            total = round(line.total * (100 - off) / 100, 2)
            yield {**who, "Data": order.when, "Ora": order.when.strftime("%H:%M"), "N. documento": number, "Tipo documento": "Scontrino", "Prodotto": line.product, "Reparto": "1", "Quantità": line.quantity, "Prezzo unitario": line.price, "Sconto %": off, "Totale riga": total, "Aliquota IVA": "22%", "Pagamento": "Contanti", "Operatore": "Cassa 1"}
            if not nobody:
                yield sold(order, total)
        if not nobody and _seldom(rng, place, shop):
            number += 1
            line = order.lines[0]
            total = round(line.total * (100 - off) / 100, 2)
            when = _capped(order.when, 4, shop)
            yield {**who, "Data": when, "Ora": when.strftime("%H:%M"), "N. documento": number, "Tipo documento": "Reso", "Prodotto": line.product, "Reparto": "1", "Quantità": line.quantity, "Prezzo unitario": line.price, "Sconto %": off, "Totale riga": total, "Aliquota IVA": "22%", "Pagamento": "Contanti", "Operatore": "Cassa 1"}
            yield sold(order, -total)


@KINDS.export("Booking ID|Created at|Start date|Item|Contact|Phone|Email|Pax|Subtotal|Tax|Booking fee|Total|Total paid|Amount due|Cancelled?|Rebooked?|Rebooked from|Affiliate", orders=SIZES, lines=1, money=_dollars, form="%Y-%m-%d %I:%M %p")
def fareharbor_bookings(rng: random.Random, shop: Shop) -> Rows:
    """A booking moved to another day is cancelled and booked anew, with the same money."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        tax, fee = round(line.total * 0.07, 2), round(line.total * 0.06, 2)
        total = round(line.total + tax + fee, 2)
        moved = _seldom(rng, place, shop)
        gone = not moved and rng.random() < 0.1
        facts = {"Item": line.product, "Contact": order.customer.name, "Phone": order.customer.phone, "Email": order.customer.email, "Pax": line.quantity, "Subtotal": line.total, "Tax": tax, "Booking fee": fee, "Total": total, "Affiliate": ""}
        dead = moved or gone
        yield {**facts, "Booking ID": f"#{140_000_000 + place * 11}", "Created at": order.when, "Start date": (order.when + timedelta(days=14)).date(), "Total paid": 0.0 if dead else total, "Amount due": 0.0, "Cancelled?": "Yes" if dead else "No", "Rebooked?": "Yes" if moved else "No", "Rebooked from": ""}
        if moved:
            yield {**facts, "Booking ID": f"#{140_000_000 + place * 11 + 5}", "Created at": order.when, "Start date": (order.when + timedelta(days=20)).date(), "Total paid": total, "Amount due": 0.0, "Cancelled?": "No", "Rebooked?": "No", "Rebooked from": f"#{140_000_000 + place * 11}"}
        if not gone:
            yield sold(order, total, line.total)


@KINDS.export("ID|Typ|Unterkunft|Portal|Erstellt am|Anreise|Abreise|Gast|E-Mail|Erwachsene|Kinder|Preis|Preis bezahlt|Anzahlung|Anzahlung bezahlt|Provision|Kaution|Notiz", orders=SIZES, lines=1, delimiter=";", comma=True, form="%d.%m.%Y")
def smoobu_german(rng: random.Random, shop: Shop) -> Rows:
    """Reservations, cancellations and days that the owner keeps free; deposit and commission are parts of the price."""
    for place, order in enumerate(shop.orders):
        price = order.lines[0].total
        gone = rng.random() < 0.12
        start = order.when + timedelta(days=rng.randint(5, 80))
        yield {"ID": 22_000_000 + place * 7, "Typ": "Stornierung" if gone else "Reservierung", "Unterkunft": rng.choice(("Haus am See", "Studio")), "Portal": rng.choice(("Direktbuchung", "Booking.com", "Airbnb")), "Erstellt am": order.when, "Anreise": start, "Abreise": start + timedelta(days=3), "Gast": order.customer.name, "E-Mail": order.customer.email, "Erwachsene": 2, "Kinder": 0, "Preis": price, "Preis bezahlt": "Nein" if gone else "Ja", "Anzahlung": round(price * 0.2, 2), "Anzahlung bezahlt": "Ja", "Provision": round(price * 0.15, 2), "Kaution": 100.0, "Notiz": ""}
        if not gone:
            yield sold(order, price)
        if place % 15 == 7:
            yield {"ID": 22_000_000 + place * 7 + 3, "Typ": "Blockierung", "Unterkunft": "Studio", "Portal": "Blockiert", "Erstellt am": order.when, "Anreise": start, "Abreise": start + timedelta(days=2), "Gast": "", "E-Mail": "", "Erwachsene": 0, "Kinder": 0, "Preis": 0.0, "Preis bezahlt": "Nein", "Anzahlung": 0.0, "Anzahlung bezahlt": "Nein", "Provision": 0.0, "Kaution": 0.0, "Notiz": "Handwerker"}


@KINDS.export("Confirmation|Booked at|Experience|Experience date|Guest name|Guest email|Party size|Status|Price per person|Subtotal|Service charge|Tax|Gross amount paid|Refunded amount|Net amount paid|Visit count|Tags", orders=SIZES, lines=1, money=_dollars, form="%Y-%m-%d %H:%M")
def tock_reservations(rng: random.Random, shop: Shop) -> Rows:
    """Prepaid tables: what was paid, what was given back, what is left; the guest's visits so far."""
    visits: dict[str, int] = {}
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        many = max(2, line.quantity)
        goods = round(line.price * many, 2)
        service, tax = round(goods * 0.2, 2), round(goods * 0.09, 2)
        gross = round(goods + service + tax, 2)
        gone = rng.random() < 0.1
        back = gross if gone else round(gross / many, 2) if _seldom(rng, place, shop) else 0.0
        visits[order.customer.id] = visits.get(order.customer.id, 0) + 1
        yield {"Confirmation": f"TK-{place:06}", "Booked at": order.when, "Experience": line.product, "Experience date": order.when + timedelta(days=21), "Guest name": order.customer.name, "Guest email": order.customer.email, "Party size": many, "Status": "Canceled" if gone else "Complete", "Price per person": line.price, "Subtotal": goods, "Service charge": service, "Tax": tax, "Gross amount paid": gross, "Refunded amount": back, "Net amount paid": round(gross - back, 2), "Visit count": visits[order.customer.id], "Tags": ""}
        if not gone:
            yield sold(order, gross, gross - back)
            if back:
                yield sold(order, -back, 0.0)


# ------------------------------------------------------------------------- subscriptions, donations, tickets, payments


@KINDS.export("invoice_number|account_code|account_company_name|account_email|type|origin|state|currency|subtotal|discount|tax|total|paid|balance|created_at|due_on|closed_at|original_invoice_number|collection_method", orders=SIZES, lines=1, form="%Y-%m-%d %H:%M:%S UTC")
def recurly_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Charges that were paid, failed or are past due; credit invoices below zero, closed."""
    number = 1_200
    for place, order in enumerate(shop.orders):
        number += 1
        state_, good = rng.choice((("paid", True),) * 5 + (("failed", False), ("past_due", False)))
        line = order.lines[0]
        off = round(line.price * rng.choice((0, 0, 0.25)), 2)
        net = round(line.price - off, 2)
        tax = round(net * 0.1, 2)
        total = round(net + tax, 2)
        facts = {"account_code": f"acc-{customer_number(order)}", "account_company_name": "", "account_email": order.customer.email, "currency": "USD", "collection_method": "automatic"}
        yield {**facts, "invoice_number": number, "type": "charge", "origin": rng.choice(("purchase", "renewal")), "state": state_, "subtotal": line.price, "discount": off, "tax": tax, "total": total, "paid": total if good else 0.0, "balance": 0.0 if good else total, "created_at": order.when, "due_on": order.when, "closed_at": order.when if good else ""}
        if good:
            yield sold(order, total, net)
            if _seldom(rng, place, shop):
                number += 1
                yield {**facts, "invoice_number": number, "type": "credit", "origin": "refund", "state": "closed", "subtotal": -line.price, "discount": -off, "tax": -tax, "total": -total, "paid": 0.0, "balance": 0.0, "created_at": order.when + timedelta(days=3), "due_on": "", "closed_at": order.when + timedelta(days=3), "original_invoice_number": number - 1}
                yield sold(order, -total, -net)


@KINDS.export("ID|Type|Status|Amount|Currency|Tax Amount|Created At|Customer Name|Customer Email|Offer Title|Payment|Coupon Used|Provider|Provider ID", orders=SIZES, lines=1, form="%Y-%m-%d %H:%M:%S -0500")
def kajabi_transactions(rng: random.Random, shop: Shop) -> Rows:
    """Charges and refunds by type, both without a sign; attempts that failed."""
    number = 60_000
    for place, order in enumerate(shop.orders):
        number += 1
        good = rng.random() > 0.15
        price = order.lines[0].price
        facts = {"Amount": price, "Currency": "USD", "Tax Amount": 0.0, "Customer Name": order.customer.name, "Customer Email": order.customer.email, "Offer Title": order.lines[0].product, "Payment": rng.choice(("one-time", "1 of 3", "2 of 3", "subscription")), "Coupon Used": "", "Provider": "stripe"}
        yield {**facts, "ID": number, "Type": "charge", "Status": "succeeded" if good else "failed", "Created At": order.when, "Provider ID": f"ch_{number}"}
        if good:
            yield sold(order, price)
            if _seldom(rng, place, shop):
                number += 1
                yield {**facts, "ID": number, "Type": "refund", "Status": "succeeded", "Created At": _capped(order.when, 6, shop), "Provider ID": f"re_{number}"}
                yield sold(order, -price)


@KINDS.export("Transaction ID|Campaign Title|Contact ID|First Name|Last Name|Email|Status|Method|Amount|Fee|Fee Covered|Donated|Payout|Transaction Date (UTC)|Recurring Plan ID|Refunded At|Timezone", orders=SIZES, lines=1, money=_dollars, form="%m/%d/%Y %H:%M")
def givebutter_transactions(rng: random.Random, shop: Shop) -> Rows:
    """A gift and the fee that the donor covered make the amount; refunded and failed gifts."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("succeeded", True),) * 6 + (("failed", False), ("refunded", False)))
        gift = order.lines[0].price
        covered = round(gift * 0.05, 2) if rng.random() < 0.6 else 0.0
        fee = round(gift * 0.05, 2)
        yield {"Transaction ID": f"Tx{place:07}", "Campaign Title": "Spring appeal", "Contact ID": 400_000 + customer_number(order), "First Name": _names(order.customer)[0], "Last Name": _names(order.customer)[1], "Email": order.customer.email, "Status": status, "Method": "card", "Amount": round(gift + covered, 2), "Fee": fee, "Fee Covered": covered, "Donated": gift, "Payout": round(gift + covered - fee, 2), "Transaction Date (UTC)": order.when, "Recurring Plan ID": "", "Refunded At": order.when + timedelta(days=2) if status == "refunded" else "", "Timezone": "America/New_York"}
        if good:
            yield sold(order, round(gift + covered, 2), gift)


@KINDS.export("Spenden-ID|Spendendatum|Projekt|Vorname|Nachname|E-Mail|Spendenbetrag|Mitspende Plattform|Gesamtbetrag|Zahlungsart|Status|Spendenbescheinigung|Nachricht", orders=SIZES, lines=1, delimiter=";", comma=True, form="%d.%m.%Y %H:%M", encoding="utf-8-sig")
def betterplace_german(rng: random.Random, shop: Shop) -> Rows:
    """Donors who stay unknown have no name and no e-mail; a part for the platform beside the gift."""
    for place, order in enumerate(shop.orders):
        unknown = place % 6 == 4
        status, good = rng.choice((("bestätigt", True),) * 6 + (("zurückgebucht", False), ("abgebrochen", False)))
        gift, extra = order.lines[0].price, rng.choice((0.0, 1.0, 2.5))
        first, last = ("Anonym", "") if unknown else _names(order.customer)
        yield {"Spenden-ID": f"{77_000 + place}", "Spendendatum": order.when, "Projekt": "Garten", "Vorname": first, "Nachname": last, "E-Mail": "" if unknown else order.customer.email, "Spendenbetrag": gift, "Mitspende Plattform": extra, "Gesamtbetrag": round(gift + extra, 2), "Zahlungsart": "PayPal", "Status": status, "Spendenbescheinigung": "nein" if unknown else "ja", "Nachricht": rng.choice(("", "Weiter so!"))}
        if good and not unknown:
            yield sold(order, gift, round(gift + extra, 2))


@KINDS.export("Order ID|Order date|Order time|Order status|Buyer name|Buyer email|Event name|Event date|Tickets|Ticket revenue|Discount|Booking fee|Order total|Refunded|Net total|Payment method|Door list", orders=SIZES, lines=1, form="%Y-%m-%d")
def ticket_tailor_orders(rng: random.Random, shop: Shop) -> Rows:
    """Some tickets of an order were given back: the refund stands beside the total, the event on another day."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Completed",), ("Cancelled", "Pending"))
        line = order.lines[0]
        many = max(2, line.quantity)
        revenue = round(line.price * many, 2)
        off, fee = round(revenue * rng.choice((0, 0, 0.1)), 2), round(many * 0.6, 2)
        total = round(revenue - off + fee, 2)
        back = round(line.price, 2) if good and off == 0 and _seldom(rng, place, shop) else 0.0
        yield {"Order ID": f"or_{5_000_000 + place}", "Order date": order.when, "Order time": order.when.strftime("%H:%M"), "Order status": status, "Buyer name": order.customer.name, "Buyer email": order.customer.email, "Event name": line.product, "Event date": order.when + timedelta(days=30), "Tickets": many, "Ticket revenue": revenue, "Discount": off, "Booking fee": fee, "Order total": total, "Refunded": back, "Net total": round(total - back, 2) if good else 0.0, "Payment method": "stripe", "Door list": ""}
        if good:
            yield sold(order, total, total - back, revenue - off, revenue - off - back)
            if back:
                yield sold(order, -back, 0.0, -back, 0.0)


@KINDS.export("Référence commande|Date de la commande|Statut de la commande|Nom participant|Prénom participant|Nom payeur|Prénom payeur|Email payeur|Raison sociale|Moyen de paiement|Billet|Numéro de billet|Tarif|Montant tarif|Code Promo|Montant code promo", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d/%m/%Y %H:%M", encoding="utf-8-sig")
def helloasso_french(rng: random.Random, shop: Shop) -> Rows:
    """A row a ticket: who takes part is not who pays; refunded and cancelled orders keep their price."""
    ticket = 9_000
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Validé",), ("Remboursé", "Annulé"))
        for line in order.lines:
            for _ in range(min(2, line.quantity)):
                ticket += 1
                yield {"Référence commande": 61_000_000 + place, "Date de la commande": order.when, "Statut de la commande": status, "Nom participant": rng.choice(("Petit", "Roux", "Noir", "Grand")), "Prénom participant": rng.choice(("Léa", "Noé", "Zoé", "Tom")), "Nom payeur": _names(order.customer)[1], "Prénom payeur": _names(order.customer)[0], "Email payeur": order.customer.email, "Raison sociale": "", "Moyen de paiement": "Carte bancaire", "Billet": "Oui", "Numéro de billet": f"{ticket}", "Tarif": line.product, "Montant tarif": line.price, "Code Promo": "", "Montant code promo": 0.0}
                if good:
                    yield sold(order, line.price)


@KINDS.export("data|data zaksięgowania|identyfikator|operacja|operator|kupujący|oferta|kwota|saldo", orders=SIZES, lines=1, form="%d.%m.%Y %H:%M", money=lambda v: f"{v:.2f}".replace(".", ",") + " zł", quoting=csv.QUOTE_ALL, encoding="utf-8-sig")
def allegro_payments_polish(rng: random.Random, shop: Shop) -> Rows:
    """Payments of buyers, money given back, fees and payouts in one account with its balance."""
    balance = 0.0
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        ident = f"{place:08x}-7d3a-11ef-9c2b-{place * 7_919:012x}"
        who = f"klient_{customer_number(order)}; {order.customer.name}; ul. Polna {customer_number(order) % 90}, Łódź"
        balance = round(balance + line.total, 2)
        yield {"data": order.when, "data zaksięgowania": order.when + timedelta(hours=1), "identyfikator": ident, "operacja": "wpłata", "operator": "AF", "kupujący": who, "oferta": f"{line.product} ({line.code})", "kwota": line.total, "saldo": balance}
        yield sold(order, line.total)
        if _seldom(rng, place, shop):
            balance = round(balance - line.total, 2)
            when = _capped(order.when, 8, shop)
            yield {"data": when, "data zaksięgowania": when, "identyfikator": ident, "operacja": "zwrot", "operator": "AF", "kupujący": who, "oferta": f"{line.product} ({line.code})", "kwota": -line.total, "saldo": balance}
            yield sold(order, -line.total)
        if place % 9 == 8:
            taken = round(balance * 0.9, 2)
            balance = round(balance - taken, 2)
            yield {"data": order.when, "data zaksięgowania": order.when, "identyfikator": f"{place:08x}-aaaa-11ef-9c2b-{place:012x}", "operacja": "wypłata środków", "operator": "AF", "kupujący": "", "oferta": "", "kwota": -taken, "saldo": balance}


@KINDS.export("Data de criação|Nº da encomenda|Nº da linha|Referência|Produto|Quantidade|Preço unitário|Preço total|Portes|Valor total|Comissão|IVA da comissão|Valor a transferir|Estado|Valor reembolsado|Cliente|NIF do cliente|País", orders=SIZES, lines=2, delimiter=";", comma=True, form="%d/%m/%Y %H:%M")
def worten_mirakl_portuguese(rng: random.Random, shop: Shop) -> Rows:
    """Lines with their part of the delivery; commission; a piece refunded in a column of its own."""
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            status, good = state(rng, ("Recebida", "Enviada", "Fechada"), ("Cancelada", "Recusada"))
            ship = 3.9 if at == 0 else 0.0
            total = round(line.total + ship, 2)
            fee = round(total * 0.12, 2)
            back = line.price if good and at == 0 and line.quantity > 1 and _seldom(rng, place, shop) else 0.0
            yield {"Data de criação": order.when, "Nº da encomenda": f"{300_000 + place}-A", "Nº da linha": f"{300_000 + place}-A-{at + 1}", "Referência": line.code, "Produto": line.product, "Quantidade": line.quantity, "Preço unitário": line.price, "Preço total": line.total, "Portes": ship, "Valor total": total, "Comissão": fee, "IVA da comissão": round(fee * 0.23, 2), "Valor a transferir": round(total - fee * 1.23, 2) if good else 0.0, "Estado": status, "Valor reembolsado": back, "Cliente": order.customer.name, "NIF do cliente": "", "País": "PT"}
            if good:
                yield sold(order, total, line.total, total - back, line.total - back)
                if back:
                    yield sold(order, -back, -back, 0.0, 0.0)


# ---------------------------------------------------------------------------------- invoices, wholesale, accounting


@KINDS.export("Factuurnummer|Factuurdatum|Ordernummer klant|Code klant|Naam klant|Contactpersoon|Artikel|Omschrijving|Aantal|Eenheid|Verkoopprijs|Korting (%)|Bedrag excl. btw|Btw (%)|Btw-bedrag|Bedrag incl. btw|Verkoper", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d-%m-%Y")
def exact_online_dutch(rng: random.Random, shop: Shop) -> Rows:
    """Companies with changing contact persons; credit invoices have pieces and amounts below zero."""
    number = 24_700_100
    for place, order in enumerate(shop.orders):
        number += 1
        facts = {"Ordernummer klant": f"PO-{rng.randint(100, 999)}", "Code klant": customer_number(order), "Naam klant": f"{order.customer.name} B.V.", "Contactpersoon": rng.choice(("J. de Boer", "M. Bakker", "S. Visser")), "Eenheid": "stuk", "Verkoper": rng.choice(("Kees", "Fleur"))}
        parts = []
        for line in order.lines:
            many = line.quantity * rng.choice((1, 10))
            off = 10 if many >= 20 else 0
            net = round(line.price * many * (100 - off) / 100, 2)
            parts.append((line, many, off, net))
            tax = round(net * 0.21, 2)
            yield {**facts, "Factuurnummer": number, "Factuurdatum": order.when, "Artikel": line.code, "Omschrijving": line.product, "Aantal": many, "Verkoopprijs": line.price, "Korting (%)": off, "Bedrag excl. btw": net, "Btw (%)": 21, "Btw-bedrag": tax, "Bedrag incl. btw": round(net + tax, 2)}
            yield sold(order, round(net + tax, 2), net)
        if _seldom(rng, place, shop, 0.08):
            number += 1
            line, many, off, net = parts[0]
            tax = round(net * 0.21, 2)
            yield {**facts, "Factuurnummer": number, "Factuurdatum": _capped(order.when, 10, shop), "Artikel": line.code, "Omschrijving": line.product, "Aantal": -many, "Verkoopprijs": line.price, "Korting (%)": off, "Bedrag excl. btw": -net, "Btw (%)": 21, "Btw-bedrag": -tax, "Bedrag incl. btw": -round(net + tax, 2)}
            yield sold(order, -round(net + tax, 2), -net)


@KINDS.export("Bestelnummer|Besteldatum|Status|Betaalstatus|Verzendstatus|Klant|E-mail|Bedrijfsnaam|Aantal producten|Subtotaal|Korting|Kortingscode|Verzendkosten|Betaalkosten|Btw|Totaal|Betaalmethode", orders=SIZES, lines=3, delimiter=";", form="%d-%m-%Y %H:%M", money=lambda v: "€ " + f"{v:,.2f}".replace(",", "x").replace(".", ",").replace("x", "."))
def lightspeed_ecom_dutch(rng: random.Random, shop: Shop) -> Rows:
    """Tax is a part of the total; delivery, a fee for the way of paying and a discount of the order."""
    for place, order in enumerate(shop.orders):
        paid, sent, good = rng.choice((("Betaald", "Verzonden", True),) * 5 + (("Niet betaald", "Niet verzonden", False), ("Geannuleerd", "Geannuleerd", False)))
        off, ship, fee = round(order.goods * rng.choice((0, 0, 0.1)), 2), rng.choice((0.0, 4.95)), rng.choice((0.0, 0.5))
        total = round(order.goods - off + ship + fee, 2)
        yield {"Bestelnummer": f"ORD{place + 500:05}", "Besteldatum": order.when, "Status": "Afgerond" if good else "Open" if paid == "Niet betaald" else "Geannuleerd", "Betaalstatus": paid, "Verzendstatus": sent, "Klant": order.customer.name, "E-mail": order.customer.email, "Bedrijfsnaam": "", "Aantal producten": sum(line.quantity for line in order.lines), "Subtotaal": order.goods, "Korting": off, "Kortingscode": "LENTE" if off else "", "Verzendkosten": ship, "Betaalkosten": fee, "Btw": round(total * 21 / 121, 2), "Totaal": total, "Betaalmethode": "iDEAL"}
        if good:
            yield sold(order, total, round(order.goods - off, 2))


@KINDS.export("Nº factura|Fecha|Cliente|NIF|Concepto|Base imponible|% IVA|Cuota IVA|% IRPF|Retención IRPF|Total a cobrar|Estado|Fecha de cobro", orders=SIZES, lines=1, delimiter=";", comma=True, form="%d/%m/%Y", encoding="cp1252")
def spanish_freelance_irpf(rng: random.Random, shop: Shop) -> Rows:
    """Companies keep back a part for the tax office: it is off the total to be paid."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Cobrada",), ("Borrador", "Anulada"))
        base = order.goods
        company = shop.people.index(order.customer) % 2 == 0
        tax, kept = round(base * 0.21, 2), round(base * 0.15, 2) if company else 0.0
        yield {"Nº factura": f"{order.when.year}-{place + 1:04}", "Fecha": order.when, "Cliente": order.customer.name + (" S.L." if company else ""), "NIF": f"B{10_000_000 + customer_number(order)}" if company else f"{30_000_000 + customer_number(order)}Q", "Concepto": order.lines[0].product, "Base imponible": base, "% IVA": 21, "Cuota IVA": tax, "% IRPF": 15 if company else 0, "Retención IRPF": kept, "Total a cobrar": round(base + tax - kept, 2), "Estado": status, "Fecha de cobro": order.when + timedelta(days=12) if good else ""}
        if good:
            yield sold(order, round(base + tax - kept, 2), base, round(base + tax, 2))


@KINDS.export("Réf.|Type|Date facturation|Date échéance|Tiers|Code client|Montant HT|Montant TVA|Montant TTC|Acompte déduit|Reste à payer|État", orders=SIZES, lines=2, delimiter=";", comma=True, form="%d/%m/%Y")
def dolibarr_deposits(rng: random.Random, shop: Shop) -> Rows:
    """An invoice for a deposit, later one for the rest; credit notes below zero; drafts and given up ones."""
    number = 0
    for place, order in enumerate(shop.orders):
        number += 1
        facts = {"Tiers": order.customer.name, "Code client": f"CU{customer_number(order)}"}
        status, good = rng.choice((("Payée", True),) * 6 + (("Brouillon", False), ("Abandonnée", False)))
        net, tax = order.goods, round(order.goods * 0.2, 2)
        if good and _seldom(rng, place, shop):
            part, part_tax = round(net * 0.3, 2), round(tax * 0.3, 2)
            later = _capped(order.when, 15, shop)
            yield {**facts, "Réf.": f"AC{order.when:%y%m}-{number:04}", "Type": "Facture d'acompte", "Date facturation": order.when, "Date échéance": order.when, "Montant HT": part, "Montant TVA": part_tax, "Montant TTC": round(part + part_tax, 2), "Acompte déduit": 0.0, "Reste à payer": 0.0, "État": "Payée"}
            yield sold(order, round(part + part_tax, 2), part, number=f"a{number}")
            yield {**facts, "Réf.": f"FA{order.when:%y%m}-{number:04}", "Type": "Facture standard", "Date facturation": later, "Date échéance": later + timedelta(days=30), "Montant HT": round(net - part, 2), "Montant TVA": round(tax - part_tax, 2), "Montant TTC": round(net - part + tax - part_tax, 2), "Acompte déduit": round(part + part_tax, 2), "Reste à payer": 0.0, "État": "Payée"}
            yield Sold(order.customer.id, f"f{number}", later, (round(net - part + tax - part_tax, 2), round(net - part, 2)))
            continue
        yield {**facts, "Réf.": f"FA{order.when:%y%m}-{number:04}", "Type": "Facture standard", "Date facturation": order.when, "Date échéance": order.when + timedelta(days=30), "Montant HT": net, "Montant TVA": tax, "Montant TTC": round(net + tax, 2), "Acompte déduit": 0.0, "Reste à payer": 0.0 if good else round(net + tax, 2), "État": status}
        if good:
            yield sold(order, round(net + tax, 2), net, number=f"f{number}")
            if place % 12 == 5:
                number += 1
                part, part_tax = order.lines[0].total, round(order.lines[0].total * 0.2, 2)
                later = _capped(order.when, 6, shop)
                yield {**facts, "Réf.": f"AV{order.when:%y%m}-{number:04}", "Type": "Facture avoir", "Date facturation": later, "Date échéance": later, "Montant HT": -part, "Montant TVA": -part_tax, "Montant TTC": -round(part + part_tax, 2), "Acompte déduit": 0.0, "Reste à payer": 0.0, "État": "Payée"}
                yield sold(order, -round(part + part_tax, 2), -part)


@KINDS.export("Fakturanr|Fakturadatum|Förfallodatum|Kundnr|Kund|Typ|Belopp exkl. moms|Moms|Öresavrundning|Att betala|Kvar att betala|Status|Kreditfaktura för", orders=SIZES, lines=2, delimiter=";", comma=True, form="%Y-%m-%d")
def visma_credited_swedish(rng: random.Random, shop: Shop) -> Rows:
    """Invoices rounded to whole crowns; one that was wholly credited stands beside its credit invoice: nothing is left."""
    number = 100
    for place, order in enumerate(shop.orders):
        number += 1
        net = order.goods
        tax = round(net * 0.25, 2)
        total = float(round(net + tax))
        odd = round(total - net - tax, 2)
        facts = {"Kundnr": customer_number(order), "Kund": f"{order.customer.name} AB"}
        credited = _seldom(rng, place, shop, 0.08)
        yield {**facts, "Fakturanr": number, "Fakturadatum": order.when, "Förfallodatum": order.when + timedelta(days=30), "Typ": "Faktura", "Belopp exkl. moms": net, "Moms": tax, "Öresavrundning": odd, "Att betala": total, "Kvar att betala": 0.0, "Status": "Krediterad" if credited else "Betald", "Kreditfaktura för": ""}
        if credited:
            number += 1
            later = _capped(order.when, 5, shop)
            yield {**facts, "Fakturanr": number, "Fakturadatum": later, "Förfallodatum": later, "Typ": "Kreditfaktura", "Belopp exkl. moms": -net, "Moms": -tax, "Öresavrundning": -odd, "Att betala": -total, "Kvar att betala": 0.0, "Status": "Kvittad", "Kreditfaktura för": number - 1}
        else:
            yield sold(order, total, net, round(net + tax, 2))


@KINDS.export("Fecha|Tipo|Punto de Venta|Número Desde|Número Hasta|Cód. Autorización|Tipo Doc. Receptor|Nro. Doc. Receptor|Denominación Receptor|Tipo Cambio|Moneda|Imp. Neto Gravado|Imp. Neto No Gravado|Imp. Op. Exentas|IVA|Imp. Total", orders=SIZES, lines=2, form="%d/%m/%Y", quoting=csv.QUOTE_ALL)
def afip_argentina(rng: random.Random, shop: Shop) -> Rows:
    """Vouchers of the tax office: each type is numbered on its own; credit notes have no sign; dollars with their rate."""
    numbers: dict[str, int] = {}

    def next_of(kind: str) -> int:
        numbers[kind] = numbers.get(kind, 0) + 1
        return numbers[kind]

    for place, order in enumerate(shop.orders):
        company = shop.people.index(order.customer) % 2 == 0
        kind, back = ("1 - Factura A", "3 - Nota de Crédito A") if company else ("6 - Factura B", "8 - Nota de Crédito B")
        dollars = company and place % 7 == 4
        rate = 950.5 if dollars else 1.0
        net, tax = order.goods, round(order.goods * 0.21, 2)
        total = round(net + tax, 2)
        facts = {"Punto de Venta": 3, "Cód. Autorización": 74_000_000_000_000 + place, "Tipo Doc. Receptor": "CUIT" if company else "DNI", "Nro. Doc. Receptor": f"30{customer_number(order):08}7" if company else f"{20_000_000 + customer_number(order)}", "Denominación Receptor": order.customer.name.upper(), "Tipo Cambio": f"{rate:g}", "Moneda": "USD" if dollars else "$", "Imp. Neto Gravado": net, "Imp. Neto No Gravado": 0.0, "Imp. Op. Exentas": 0.0, "IVA": tax, "Imp. Total": total}
        number = next_of(kind)
        yield {**facts, "Fecha": order.when, "Tipo": kind, "Número Desde": number, "Número Hasta": number}
        yield sold(order, round(total * rate, 2), round(net * rate, 2))
        if _seldom(rng, place, shop):
            number = next_of(back)
            yield {**facts, "Fecha": _capped(order.when, 3, shop), "Tipo": back, "Número Desde": number, "Número Hasta": number}
            yield sold(order, -round(total * rate, 2), -round(net * rate, 2))


@KINDS.export("UUID|Serie|Folio|Fecha de emisión|RFC receptor|Nombre receptor|Tipo de comprobante|Método de pago|Subtotal|Descuento|IVA trasladado|Total|Moneda|Tipo de cambio|Estatus|UUID relacionado", orders=SIZES, lines=2, form="%d/%m/%Y %H:%M:%S")
def mexican_cfdi(rng: random.Random, shop: Shop) -> Rows:
    """Incomes, credit notes without a sign, receipts of payments at zero; cancelled ones; sales to the public at large."""
    folio = 2_000
    for place, order in enumerate(shop.orders):
        folio += 1
        public = place % 8 == 6
        gone = rng.random() < 0.1
        off = round(order.goods * rng.choice((0, 0, 0.1)), 2)
        tax = round((order.goods - off) * 0.16, 2)
        total = round(order.goods - off + tax, 2)
        ident = f"{place:08X}-1A2B-4C3D-8E9F-{place * 104_729:012X}"
        who = {"RFC receptor": "XAXX010101000", "Nombre receptor": "PUBLICO EN GENERAL"} if public else {"RFC receptor": f"KIT{customer_number(order):06}AB1", "Nombre receptor": order.customer.name.upper()}
        facts = {**who, "Subtotal": order.goods, "Descuento": off, "IVA trasladado": tax, "Total": total, "Moneda": "MXN", "Tipo de cambio": "1"}
        later_paid = place % 5 == 1
        yield {**facts, "UUID": ident, "Serie": "A", "Folio": folio, "Fecha de emisión": order.when, "Tipo de comprobante": "I - Ingreso", "Método de pago": "PPD" if later_paid else "PUE", "Estatus": "Cancelado" if gone else "Vigente", "UUID relacionado": ""}
        if not gone and not public:
            yield sold(order, total, round(order.goods - off, 2))
        if gone or public:
            continue
        if later_paid:
            yield {**who, "UUID": ident.replace("-1A2B", "-5A5A"), "Serie": "P", "Folio": folio, "Fecha de emisión": _capped(order.when, 9, shop), "Tipo de comprobante": "P - Pago", "Método de pago": "", "Subtotal": 0.0, "Descuento": 0.0, "IVA trasladado": 0.0, "Total": 0.0, "Moneda": "XXX", "Tipo de cambio": "", "Estatus": "Vigente", "UUID relacionado": ident}
        if _seldom(rng, place, shop):
            yield {**facts, "UUID": ident.replace("-1A2B", "-7B7B"), "Serie": "NC", "Folio": folio, "Fecha de emisión": _capped(order.when, 4, shop), "Tipo de comprobante": "E - Egreso", "Método de pago": "PUE", "Estatus": "Vigente", "UUID relacionado": ident}
            yield sold(order, -total, -round(order.goods - off, 2))


@KINDS.export("Fecha y hora|Tipo operación|Número de pedido|Resultado operación y código|Importe|Moneda|Tarjeta|Titular|Correo del titular|Terminal", orders=SIZES, lines=2, delimiter=";", comma=True, form="%d/%m/%Y %H:%M:%S", encoding="cp1252")
def redsys_operations(rng: random.Random, shop: Shop) -> Rows:
    """A bank's terminal: refused and unfinished attempts; money given back is an operation without a sign."""
    for place, order in enumerate(shop.orders):
        facts = {"Número de pedido": f"{240_000_000 + place:012}", "Importe": order.goods, "Moneda": "EUR", "Tarjeta": f"454881******{customer_number(order) % 9000 + 1000}", "Titular": order.customer.name, "Correo del titular": order.customer.email, "Terminal": 1}
        if rng.random() < 0.15:
            yield {**facts, "Fecha y hora": order.when - timedelta(minutes=3), "Tipo operación": "Autorización", "Resultado operación y código": rng.choice(("Denegada 0190", "Sin Finalizar 9998"))}
            if rng.random() < 0.5:
                continue
        yield {**facts, "Fecha y hora": order.when, "Tipo operación": "Autorización", "Resultado operación y código": f"Autorizada {rng.randint(100_000, 999_999)}"}
        yield sold(order, order.goods)
        if _seldom(rng, place, shop):
            yield {**facts, "Fecha y hora": _capped(order.when, 2, shop), "Tipo operación": "Devolución", "Resultado operación y código": f"Autorizada {rng.randint(100_000, 999_999)}"}
            yield sold(order, -order.goods)


@KINDS.export("Radnr|Clnr|Kontonr|Produkt|Valuta|Bokfdag|Transdag|Valutadag|Referens|Mottagarnr|Mottagarnamn|Avsändarnr|Avsändarnamn|Meddelande|Tid|Belopp", orders=SIZES, lines=1, form="%Y-%m-%d", encoding="cp1252", above=[["* Swish-rapport Avser 2024-01-01 - 2024-12-31 Skapad 2025-01-02 10:00 CET"]])
def swish_report_swedish(rng: random.Random, shop: Shop) -> Rows:
    """Payments by phone: the receiver is the shop itself on each row, the sender is the customer."""
    for place, order in enumerate(shop.orders):
        amount = float(round(order.goods))
        yield {"Radnr": place + 1, "Clnr": 8327, "Kontonr": "9931234567", "Produkt": "Swish", "Valuta": "SEK", "Bokfdag": order.when, "Transdag": order.when, "Valutadag": order.when, "Referens": f"{33_000_000_000 + place * 31}", "Mottagarnr": "1231234567", "Mottagarnamn": "KITE HB", "Avsändarnr": f"+467{customer_number(order):08}", "Avsändarnamn": order.customer.name.upper(), "Meddelande": rng.choice(("", order.lines[0].product, "tack")), "Tid": order.when.strftime("%H:%M"), "Belopp": amount}
        yield sold(order, amount)


@KINDS.export("Nr dokumentu|Data wystawienia|Kontrahent|NIP|Symbol|Nazwa towaru|Ilość|J.m.|Cena katalogowa netto|Rabat %|Cena netto po rabacie|Wartość netto|VAT %|Wartość VAT|Wartość brutto|Wartość dokumentu brutto", orders=SIZES, lines=3, delimiter=";", comma=True, form="%d.%m.%Y", encoding="cp1250")
def polish_wholesale_breaks(rng: random.Random, shop: Shop) -> Rows:
    """Large quantities cost less a piece; the document's sum stands on each line; corrections of documents below zero."""
    for place, order in enumerate(shop.orders):
        facts = {"Kontrahent": f"{order.customer.name} Sp. z o.o.", "NIP": f"52{customer_number(order):08}", "J.m.": "szt."}
        parts = []
        for line in order.lines:
            many = line.quantity * rng.choice((2, 12, 48))
            off = 0 if many < 24 else 5 if many < 96 else 12
            price = round(line.price * (100 - off) / 100, 2)
            net = round(price * many, 2)
            parts.append((line, many, off, price, net, round(net * 0.23, 2)))
        whole = round(sum(part[4] + part[5] for part in parts), 2)
        for line, many, off, price, net, tax in parts:
            yield {**facts, "Nr dokumentu": f"FS {place + 1}/{order.when.year}", "Data wystawienia": order.when, "Symbol": line.code, "Nazwa towaru": line.product, "Ilość": many, "Cena katalogowa netto": line.price, "Rabat %": off, "Cena netto po rabacie": price, "Wartość netto": net, "VAT %": 23, "Wartość VAT": tax, "Wartość brutto": round(net + tax, 2), "Wartość dokumentu brutto": whole}
            yield sold(order, round(net + tax, 2), net)
        if _seldom(rng, place, shop, 0.08):
            line, many, off, price, net, tax = parts[0]
            yield {**facts, "Nr dokumentu": f"KFS {place + 1}/{order.when.year}", "Data wystawienia": _capped(order.when, 7, shop), "Symbol": line.code, "Nazwa towaru": line.product, "Ilość": -many, "Cena katalogowa netto": line.price, "Rabat %": off, "Cena netto po rabacie": price, "Wartość netto": -net, "VAT %": 23, "Wartość VAT": -tax, "Wartość brutto": -round(net + tax, 2), "Wartość dokumentu brutto": -round(net + tax, 2)}
            yield sold(order, -round(net + tax, 2), -net)


@KINDS.export("Nº da venda|Data da venda|Cliente|CPF/CNPJ|Situação da venda|Parcela|Vencimento|Valor da parcela|Valor total da venda|Forma de pagamento|Vendedor", orders=SIZES, lines=2, delimiter=";", form="%d/%m/%Y", money=lambda v: "R$ " + f"{v:,.2f}".replace(",", "x").replace(".", ",").replace("x", "."))
def brazilian_instalments(rng: random.Random, shop: Shop) -> Rows:
    """A row an instalment, the sale's whole value on each; quotes and cancelled sales."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Confirmada", True),) * 5 + (("Orçamento", False), ("Cancelada", False)))
        many = rng.choice((1, 1, 2, 3))
        part = round(order.goods / many, 2)
        parts = [part] * (many - 1) + [round(order.goods - part * (many - 1), 2)]
        for at, value in enumerate(parts):
            yield {"Nº da venda": 3_300 + place, "Data da venda": order.when, "Cliente": order.customer.name, "CPF/CNPJ": f"{customer_number(order):09}-1{customer_number(order) % 10}", "Situação da venda": status, "Parcela": f"{at + 1}/{many}", "Vencimento": order.when + timedelta(days=30 * at), "Valor da parcela": value, "Valor total da venda": order.goods, "Forma de pagamento": "Cartão de crédito", "Vendedor": rng.choice(("Bia", "Caio"))}
            if good:
                yield sold(order, value)


@KINDS.export("Date de la valeur|Date de l'opération|Montant total (TTC)|Devise|Nom de la contrepartie|Moyen de paiement|Sens|Référence|Catégorie|Identifiant de transaction", orders=SIZES, lines=2, delimiter=";", comma=True, form="%d-%m-%Y %H:%M:%S")
def qonto_statement_french(rng: random.Random, shop: Shop) -> Rows:
    """A bank account: customers pay in, suppliers and taxes are paid out below zero; those are no customers."""
    for place, order in enumerate(shop.orders):
        yield {"Date de la valeur": order.when, "Date de l'opération": order.when, "Montant total (TTC)": order.goods, "Devise": "EUR", "Nom de la contrepartie": order.customer.name, "Moyen de paiement": "Virement", "Sens": "Crédit", "Référence": f"Facture {1_000 + place}", "Catégorie": "Ventes", "Identifiant de transaction": f"kite-1-transaction-{place * 2}"}
        yield sold(order, order.goods)
        if place % 4 == 2:
            yield {"Date de la valeur": order.when, "Date de l'opération": order.when, "Montant total (TTC)": -round(order.goods * 0.6, 2), "Devise": "EUR", "Nom de la contrepartie": rng.choice(("URSSAF", "OVH SAS", "Imprimerie Dupont")), "Moyen de paiement": rng.choice(("Prélèvement", "Carte")), "Sens": "Débit", "Référence": "", "Catégorie": rng.choice(("Impôts et taxes", "Fournisseurs")), "Identifiant de transaction": f"kite-1-transaction-{place * 2 + 1}"}


@KINDS.export("Transaction ID|Subscription ID|Transaction Type|Transaction Status|Escrow Status|Created Datetime|Created Timezone|Settlement Date|Merchant Account|Amount Authorized|Amount Submitted For Settlement|Service Fee|Tax Amount|Order ID|Refunded Transaction ID|Payment Instrument Type|Customer ID|Customer First Name|Customer Last Name|Customer Email", orders=SIZES, lines=2, form="%m/%d/%Y %H:%M:%S")
def braintree_transactions(rng: random.Random, shop: Shop) -> Rows:
    """Sales and credits by type, both without a sign; declined, voided and expired attempts."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("settled", True),) * 6 + (("processor_declined", False), ("voided", False), ("gateway_rejected", False)))
        facts = {"Subscription ID": "", "Escrow Status": "", "Created Timezone": "UTC", "Merchant Account": "kite_eur", "Service Fee": "", "Tax Amount": 0.0, "Order ID": 80_000 + place, "Payment Instrument Type": "Credit Card", "Customer ID": 300_000 + customer_number(order), "Customer First Name": _names(order.customer)[0], "Customer Last Name": _names(order.customer)[1], "Customer Email": order.customer.email, "Amount Authorized": order.goods}
        yield {**facts, "Transaction ID": f"a{place:06}z", "Transaction Type": "sale", "Transaction Status": status, "Created Datetime": order.when, "Settlement Date": (order.when + timedelta(days=1)).strftime("%m/%d/%Y") if good else "", "Amount Submitted For Settlement": order.goods if good else 0.0, "Refunded Transaction ID": ""}
        if good:
            yield sold(order, order.goods)
            if _seldom(rng, place, shop):
                when = _capped(order.when, 4, shop)
                yield {**facts, "Transaction ID": f"r{place:06}z", "Transaction Type": "credit", "Transaction Status": "settled", "Created Datetime": when, "Settlement Date": when.strftime("%m/%d/%Y"), "Amount Submitted For Settlement": order.goods, "Refunded Transaction ID": f"a{place:06}z"}
                yield sold(order, -order.goods)
