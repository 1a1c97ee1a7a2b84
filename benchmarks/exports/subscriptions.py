# ruff: noqa: E501 - header rows read best in long lines
"""Exports of subscription tools, memberships, newsletters and customer relation tools."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, sold, state
from benchmarks.generated_exports import Shop

KINDS = Kinds()

# fmt: off


@KINDS.export("charge_id|status|charge_type|scheduled_at|processed_at|shopify_order_number|customer_id|email|first_name|last_name|line_item_title|quantity|price|subtotal_price|total_discounts|total_tax|shipping_price|total_price|total_refunds|currency", form="%Y-%m-%dT%H:%M:%S")
def recharge_charges(rng: random.Random, shop: Shop) -> Rows:
    """Queued charges lie in the future and errors were never paid; part may be refunded."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("SUCCESS",), ("ERROR", "SKIPPED", "QUEUED", "REFUNDED"))
        line = order.lines[0]
        tax = round(line.total * 0.1, 2)
        total = round(line.total + tax + 3, 2)
        back = round(total / 4, 2) if good and place % 9 == 8 else 0.0
        yield {"charge_id": 300_000 + place, "status": "PARTIALLY_REFUNDED" if back else status, "charge_type": rng.choice(("CHECKOUT", "RECURRING")), "scheduled_at": order.when, "processed_at": order.when if status not in ("QUEUED", "SKIPPED", "ERROR") else "",
               "shopify_order_number": 1000 + place if good else "", "customer_id": f"9{order.customer.id}", "email": order.customer.email, "first_name": order.customer.name.split()[0], "line_item_title": line.product, "quantity": line.quantity,
               "price": line.price, "subtotal_price": line.total, "total_discounts": 0.0, "total_tax": tax, "shipping_price": 3.0, "total_price": total, "total_refunds": back if good else (total if status == "REFUNDED" else 0.0), "currency": "USD"}  # fmt: skip
        if good:
            yield sold(order, total, line.total, total - back, line.total - back)
            if back:
                yield sold(order, -back, -back, 0.0, 0.0)


@KINDS.export("Invoice Number|Subscription Id|Customer Id|Customer First Name|Customer Email|Customer Company|PO Number|Start Date|Invoice Date|Status|Recurring|Currency|Sub Total|Tax Total|Amount|Amount Paid|Credits Applied|Amount Due|Paid On|Due Date|Write Off Amount", form="%d-%b-%Y %H:%M")
def chargebee_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Voided and unpaid invoices; amounts due; part paid from credits."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Paid",), ("Voided", "Not Paid"))
        tax = round(order.goods * 0.2, 2)
        total = round(order.goods + tax, 2)
        yield {"Invoice Number": f"INV-{place + 1}", "Subscription Id": f"sub{order.customer.id}", "Customer Id": f"cb{order.customer.id}", "Customer First Name": order.customer.name.split()[0], "Customer Email": order.customer.email,
               "Start Date": shop.orders[0].when, "Invoice Date": order.when, "Status": status, "Recurring": "true", "Currency": "EUR", "Sub Total": order.goods, "Tax Total": tax, "Amount": total, "Amount Paid": total if good else 0.0,
               "Credits Applied": 0.0, "Amount Due": 0.0 if good else total, "Paid On": order.when + timedelta(hours=2) if good else "", "Due Date": order.when, "Write Off Amount": 0.0}  # fmt: skip
        if good:
            yield sold(order, total, order.goods)


@KINDS.export("Name|Email|Discord|Patron Status|Follows You|Free Member|Lifetime Amount|Pledge Amount|Charge Frequency|Tier|Addressee|Street|City|Country|Phone|Patronage Since Date|Last Charge Date|Last Charge Status|Additional Details|User ID|Currency", lines=1)
def patreon_members(rng: random.Random, shop: Shop) -> Rows:
    """One row per member with a total and two dates: customers, not orders."""
    for place, person in enumerate(shop.people):
        since = shop.orders[0].when + timedelta(days=place)
        yield {"Name": person.name, "Email": person.email, "Patron Status": rng.choice(("Active patron", "Former patron", "Declined patron")), "Follows You": "No", "Free Member": "No", "Lifetime Amount": float(rng.randint(3, 400)), "Pledge Amount": rng.choice((3.0, 5.0, 10.0)),
               "Charge Frequency": "monthly", "Tier": rng.choice(("Fan", "Friend")), "Patronage Since Date": since, "Last Charge Date": since + timedelta(days=90), "Last Charge Status": "Paid", "User ID": 81_000_000 + place, "Currency": "USD"}  # fmt: skip


@KINDS.export("Event|Timestamp|Profile ID|Email|First Name|Value|Currency|Order ID|Product Name|Quantity|Campaign Name|Subject", form="%Y-%m-%d %H:%M:%S+00:00")
def klaviyo_events(rng: random.Random, shop: Shop) -> Rows:
    """An order is one event and each of its products another, beside mails that were opened."""
    for place, order in enumerate(shop.orders):
        row = {"Timestamp": order.when, "Profile ID": f"01H{order.customer.id}", "Email": order.customer.email, "First Name": order.customer.name.split()[0]}
        if rng.random() < 0.5:
            yield {**row, "Event": "Opened Email", "Timestamp": order.when - timedelta(hours=5), "Campaign Name": "Spring", "Subject": "New"}
        yield {**row, "Event": "Placed Order", "Value": order.goods, "Currency": "USD", "Order ID": 4000 + place}
        for line in order.lines:
            yield {**row, "Event": "Ordered Product", "Value": line.total, "Currency": "USD", "Order ID": 4000 + place, "Product Name": line.product, "Quantity": line.quantity}
            yield sold(order, line.total)


@KINDS.export("Record ID|Deal Name|Deal Stage|Close Date|Deal owner|Amount|Amount in company currency|Pipeline|Create Date|Associated Company|Associated Company IDs|Associated Contact|Deal Type|Currency", form="%Y-%m-%d %H:%M")
def hubspot_deals(rng: random.Random, shop: Shop) -> Rows:
    """Only deals that were won are sales; owners are sellers; the day it closed counts."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Closed Won", "Closed won"), ("Closed Lost", "Appointment Scheduled", "Contract Sent", "Qualified To Buy"))
        yield {"Record ID": 9_100_000_000 + place, "Deal Name": f"{order.customer.name} - {order.lines[0].product}", "Deal Stage": status, "Close Date": order.when, "Deal owner": rng.choice(("Kim Roe", "Lee Poe")), "Amount": order.goods,
               "Amount in company currency": order.goods, "Pipeline": "Sales Pipeline", "Create Date": order.when - timedelta(days=40), "Associated Company": order.customer.name, "Associated Company IDs": 55_000 + sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)) % 99991,
               "Deal Type": rng.choice(("newbusiness", "existingbusiness")), "Currency": "EUR"}  # fmt: skip
        if good:
            yield sold(order, order.goods)


@KINDS.export("Transaction ID|Date|Session source / medium|Ecommerce purchases|Purchase revenue|Item quantity|Tax amount|Shipping amount|Refund amount", form="%Y%m%d", above=[["# ----------------------------------------"], ["# Ecommerce purchases: Transaction ID"], ["# Account: Kite"], ["# ----------------------------------------"], []])
def ga4_transactions(rng: random.Random, shop: Shop) -> Rows:
    """Nobody is named: transactions and where the visit came from."""
    for place, order in enumerate(shop.orders):
        yield {"Transaction ID": 5000 + place, "Date": order.when, "Session source / medium": rng.choice(("google / cpc", "(direct) / (none)", "klaviyo / email")), "Ecommerce purchases": 1, "Purchase revenue": order.goods, "Item quantity": sum(x.quantity for x in order.lines), "Tax amount": 0.0, "Shipping amount": 0.0, "Refund amount": 0.0}


@KINDS.export("Email Address|First Name|Last Name|Order ID|Order Date|Store Name|Campaign Title|Order Total|Tax Total|Shipping Total|Discount Total|Currency|Financial Status|Fulfillment Status|Total Spent|Total Orders|Average Order Value", form="%m/%d/%Y %H:%M")
def mailchimp_orders(rng: random.Random, shop: Shop) -> Rows:
    """The customer's own totals are repeated on each order."""
    spent = {person.id: round(sum(o.goods for o in shop.orders if o.customer is person), 2) for person in shop.people}
    many = {person.id: sum(o.customer is person for o in shop.orders) for person in shop.people}
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("paid",), ("pending", "refunded", "cancelled"))
        person = order.customer
        yield {"Email Address": person.email, "First Name": person.name.split()[0], "Last Name": person.name.split(maxsplit=1)[1], "Order ID": 6000 + place, "Order Date": order.when, "Store Name": "Kite", "Campaign Title": rng.choice(("", "Spring")),
               "Order Total": order.goods, "Tax Total": 0.0, "Shipping Total": 0.0, "Discount Total": 0.0, "Currency": "USD", "Financial Status": status, "Fulfillment Status": "shipped" if good else "", "Total Spent": spent[person.id], "Total Orders": many[person.id],
               "Average Order Value": round(spent[person.id] / many[person.id], 2)}  # fmt: skip
        if good:
            yield sold(order, order.goods)


@KINDS.export("Mitgliedsnr.|Name|Vorname|Rechnungsnr.|Fälligkeit|Beitragsart|Beitrag|Mahngebühr|Gezahlt|Offen|Zahlungsart|Zahlstatus|Bemerkung", delimiter=";", comma=True, form="%d.%m.%Y", encoding="cp1252", lines=1)
def gym_fees(rng: random.Random, shop: Shop) -> Rows:
    """Direct debits that came back are open; a reminder fee beside the fee."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("bezahlt",), ("Rücklastschrift", "offen", "storniert"))
        fee = order.lines[0].price
        yield {"Mitgliedsnr.": order.customer.id, "Name": order.customer.name.split(maxsplit=1)[1], "Vorname": order.customer.name.split()[0], "Rechnungsnr.": 50_000 + place, "Fälligkeit": order.when, "Beitragsart": order.lines[0].product, "Beitrag": fee,
               "Mahngebühr": 0.0 if good else 5.0, "Gezahlt": fee if good else 0.0, "Offen": 0.0 if good else fee, "Zahlungsart": "SEPA", "Zahlstatus": status}  # fmt: skip
        if good:
            yield sold(order, fee)
