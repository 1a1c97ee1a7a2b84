# ruff: noqa: E501 - header rows read best in long lines
"""Exports of payment providers and card readers: several rows per payment, refunds, failures, fees."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, sold, state
from benchmarks.generated_exports import Shop

KINDS = Kinds()

# fmt: off


@KINDS.export(
    "Company Account|Merchant Account|Psp Reference|Merchant Reference|Payment Method|Booking Date|TimeZone|Main Currency|Main Amount|Record Type|Payment Currency|Received (PC)|Authorized (PC)|Captured (PC)|"
    "Settlement Currency|Payable (SC)|Commission (SC)|Markup (SC)|User Name|Shopper Reference",
)
def adyen_payment_accounting(rng: random.Random, shop: Shop) -> Rows:
    """Four rows as a payment goes from received to settled; refunds and refusals."""
    for place, order in enumerate(shop.orders):
        what, good = state(rng, ("settled",), ("Refused", "Cancelled"))
        steps = ("Received", "Authorised", "SentForSettle", "Settled") if good else ("Received", what)
        for at, step in enumerate(steps):
            yield {"Company Account": "Kite", "Merchant Account": "KiteCOM", "Psp Reference": 8_500_000_000_000_000 + place, "Merchant Reference": f"R{place:07}", "Payment Method": "visa", "Booking Date": order.when + timedelta(seconds=7 * at),
                   "TimeZone": "CET", "Main Currency": "EUR", "Main Amount": order.goods, "Record Type": step, "Payment Currency": "EUR", "Received (PC)": order.goods if step == "Received" else "",
                   "Authorized (PC)": order.goods if step == "Authorised" else "", "Captured (PC)": order.goods if step == "Settled" else "", "Settlement Currency": "EUR" if step == "Settled" else "",
                   "Payable (SC)": round(order.goods * 0.98, 2) if step == "Settled" else "", "Commission (SC)": round(order.goods * 0.02, 2) if step == "Settled" else "", "User Name": "system", "Shopper Reference": order.customer.id}  # fmt: skip
        if good:
            yield sold(order, order.goods)


@KINDS.export(
    "id|created_at|charge_date|amount|description|currency|status|amount_refunded|reference|payout_date|customers.id|customers.given_name|customers.family_name|customers.company_name|customers.email|links.mandate|links.subscription",
    form="%Y-%m-%dT%H:%M:%S.000Z",
)  # fmt: skip
def gocardless_payments(rng: random.Random, shop: Shop) -> Rows:
    """Direct debits: charge day after the day of creation; failed and charged back ones; parts refunded."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("paid_out", "paid_out", "confirmed"), ("failed", "cancelled", "charged_back", "customer_approval_denied"))
        back = round(order.goods / 2, 2) if good and place % 11 == 10 else 0.0
        yield {"id": f"PM{place:08}", "created_at": order.when, "charge_date": (order.when + timedelta(days=3)).date(), "amount": order.goods, "description": "Box", "currency": "GBP", "status": status, "amount_refunded": back,
               "payout_date": (order.when + timedelta(days=5)).date() if good else "", "customers.id": f"CU{order.customer.id}", "customers.given_name": order.customer.name.split()[0],
               "customers.family_name": order.customer.name.split(maxsplit=1)[1], "customers.email": order.customer.email, "links.mandate": f"MD{order.customer.id}"}  # fmt: skip
        if good:
            yield sold(order, order.goods, order.goods - back)
            if back:
                yield sold(order, -back, 0.0)


@KINDS.export(
    "Date|Time|Time Zone|Gross Sales|Discounts|Service Charges|Net Sales|Gift Card Sales|Tax|Tip|Partial Refunds|Total Collected|Source|Card|Card Entry Methods|Cash|Fees|Net Total|Transaction ID|Payment ID|"
    "Card Brand|PAN Suffix|Device Name|Staff Name|Description|Event Type|Location|Customer ID|Customer Name",
    money=lambda v: f"-${-v:,.2f}" if v < 0 else f"${v:,.2f}",
)
def square_transactions(rng: random.Random, shop: Shop) -> Rows:
    """Discounts below zero; tips and taxes on top; refunds as rows of their own; walk-in customers without an id."""
    for place, order in enumerate(shop.orders):
        off, tax, tip = round(order.goods * rng.choice((0, 0, 0.1)), 2), round(order.goods * 0.08, 2), rng.choice((0.0, 1.5))
        net = round(order.goods - off, 2)
        known = place % 6 != 5
        row = {"Time Zone": "Eastern Time (US & Canada)", "Gift Card Sales": 0.0, "Partial Refunds": 0.0, "Service Charges": 0.0, "Source": "Point of Sale", "Cash": 0.0, "Card Brand": "Visa", "PAN Suffix": "1111",
               "Device Name": "iPad", "Staff Name": rng.choice(("Ana", "Bo")), "Description": ", ".join(x.product for x in order.lines), "Location": "Main St", "Customer ID": f"Q{order.customer.id}" if known else "",
               "Customer Name": order.customer.name if known else "", "Card Entry Methods": "Tapped"}  # fmt: skip
        yield {**row, "Date": order.when.strftime("%m/%d/%y"), "Time": order.when.strftime("%H:%M:%S"), "Gross Sales": order.goods, "Discounts": -off, "Net Sales": net, "Tax": tax, "Tip": tip,
               "Total Collected": round(net + tax + tip, 2), "Card": round(net + tax + tip, 2), "Fees": -round(net * 0.026, 2), "Net Total": round(net + tax + tip - round(net * 0.026, 2), 2),
               "Transaction ID": f"T{place:010}", "Payment ID": f"P{place:010}", "Event Type": "Payment"}  # fmt: skip
        if known:
            yield sold(order, net + tax + tip, net)
        if known and place % 10 == 7:
            later = order.when + timedelta(days=1)
            yield {**row, "Date": later.strftime("%m/%d/%y"), "Time": later.strftime("%H:%M:%S"), "Gross Sales": -order.goods, "Discounts": off, "Net Sales": -net, "Tax": -tax, "Tip": -tip,
                   "Total Collected": -round(net + tax + tip, 2), "Card": -round(net + tax + tip, 2), "Fees": 0.0, "Net Total": -round(net + tax + tip, 2), "Transaction ID": f"T{place:010}", "Payment ID": f"R{place:010}", "Event Type": "Refund"}  # fmt: skip
            yield sold(order, -net - tax - tip, -net)


@KINDS.export("Date|Time|Receipt number|Product|Variant|SKU|Quantity|Price (EUR)|Discount (EUR)|Final price (EUR)|VAT (%)|VAT (EUR)|Payment method|Staff", comma=True, delimiter=";")
def zettle_sales(rng: random.Random, shop: Shop) -> Rows:
    """No customers: staff are few people who sell."""
    for place, order in enumerate(shop.orders):
        who = rng.choice(("Eva Lind", "Per Berg", "Liv Dal"))
        for line in order.lines:
            yield {"Date": order.when.strftime("%d/%m/%Y"), "Time": order.when.strftime("%H:%M"), "Receipt number": place + 1, "Product": line.product, "SKU": line.code, "Quantity": line.quantity, "Price (EUR)": line.price,
                   "Discount (EUR)": 0.0, "Final price (EUR)": line.total, "VAT (%)": 25, "VAT (EUR)": round(line.total / 5, 2), "Payment method": "Card", "Staff": who}  # fmt: skip


@KINDS.export("id|amount|currency|status|order_id|invoice_id|international|method|amount_refunded|amount_transferred|refund_status|captured|description|card_id|bank|wallet|vpa|email|contact|notes|fee|tax|error_code|error_description|created_at", form="%d/%m/%Y %H:%M:%S")
def razorpay_payments(rng: random.Random, shop: Shop) -> Rows:
    """Payers without an e-mail share `void@razorpay.com`, their phone tells them apart; several tries per order."""
    phones = {person.id: f"+9198{10_734_512 + 7_919 * place}" for place, person in enumerate(shop.people)}
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("captured",), ("failed", "refunded"))
        row = {"amount": order.goods, "currency": "INR", "order_id": f"order_{place:08}", "international": 0, "method": rng.choice(("upi", "card")), "description": "Order", "email": "void@razorpay.com", "contact": phones[order.customer.id], "notes": "[]"}
        if rng.random() < 0.2:
            yield {**row, "id": f"pay_f{place:08}", "status": "failed", "amount_refunded": 0.0, "captured": 0, "fee": 0.0, "tax": 0.0, "error_code": "BAD_REQUEST_ERROR", "error_description": "Payment failed", "created_at": order.when - timedelta(minutes=1)}
        yield {**row, "id": f"pay_{place:08}", "status": status, "amount_refunded": order.goods if status == "refunded" else 0.0, "refund_status": "full" if status == "refunded" else "", "captured": int(status != "failed"),
               "fee": round(order.goods * 0.02, 2), "tax": round(order.goods * 0.0036, 2), "created_at": order.when}  # fmt: skip
        if good:
            yield sold(order, order.goods)


@KINDS.export("Customer|Customer Email|Customer Phone|Amount Paid|Currency|Reference|Status|Channel|Card Type|Fees|Split|Gateway Response|Paid At|Created At|Invoice|IP Address", money=lambda v: f"{v:,.2f}", form="%b %d, %Y %I:%M:%S %p")
def paystack_transactions(rng: random.Random, shop: Shop) -> Rows:
    """Abandoned and failed tries keep their amount; `Customer` is a code."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("success",), ("failed", "abandoned", "reversed"))
        yield {"Customer": f"CUS_{order.customer.id}", "Customer Email": order.customer.email, "Amount Paid": order.goods, "Currency": "NGN", "Reference": f"T{place:012}", "Status": status, "Channel": "card", "Card Type": "visa",
               "Fees": round(order.goods * 0.015, 2), "Gateway Response": "Successful" if good else "Declined", "Paid At": order.when if good else "", "Created At": order.when, "IP Address": f"105.112.3.{place % 250}"}  # fmt: skip
        if good:
            yield sold(order, order.goods)


@KINDS.export(
    "Response Code|Authorization Code|Address Verification Status|Transaction ID|Submit Date/Time|Card Number|Expiration Date|Invoice Number|Invoice Description|Total Amount|Method|Action Code|Customer ID|Customer First Name|Customer Last Name|"
    "Company|City|State|Country|Phone|Email|Ship-To First Name|L2 - Tax|L2 - Freight|Reserved1|Card Code Status|Currency|Transaction Status|Settlement Date/Time|Settlement Amount",
    delimiter="\t", form="%d-%b-%Y %I:%M:%S %p PST", name="Download.txt",
)  # fmt: skip
def authorize_net(rng: random.Random, shop: Shop) -> Rows:
    """Refunds are positive amounts with a type of their own; declined and voided tries."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Settled Successfully",), ("Declined", "Voided", "General Error"))
        row = {"Authorization Code": "A1B2C3", "Address Verification Status": "Y", "Card Number": "XXXX1111", "Expiration Date": "XXXX", "Invoice Number": f"{5000 + place}", "Invoice Description": "Order", "Method": "Visa",
               "Customer ID": order.customer.id, "Customer First Name": order.customer.name.split()[0], "Customer Last Name": order.customer.name.split(maxsplit=1)[1], "Country": "US", "Email": order.customer.email, "Currency": "USD"}  # fmt: skip
        yield {**row, "Response Code": 1 if good else 2, "Transaction ID": 60_000_000_000 + place, "Submit Date/Time": order.when, "Total Amount": order.goods, "Action Code": "Authorization w/ Auto Capture",
               "Transaction Status": status, "Settlement Date/Time": order.when + timedelta(hours=9) if good else "", "Settlement Amount": order.goods if good else 0.0}  # fmt: skip
        if good:
            yield sold(order, order.goods)
            if place % 8 == 7:
                yield {**row, "Response Code": 1, "Transaction ID": 61_000_000_000 + place, "Submit Date/Time": order.when + timedelta(days=2), "Total Amount": order.goods, "Action Code": "Credit",
                       "Transaction Status": "Refund Settled", "Settlement Date/Time": order.when + timedelta(days=2, hours=9), "Settlement Amount": order.goods}  # fmt: skip
                yield sold(order, -order.goods)


@KINDS.export("sale_date|capture_date|order_id|short_order_id|capture_id|merchant_reference1|merchant_reference2|payment_reference|type|detailed_type|amount|currency_code|vat_rate|vat_amount|purchase_country|shipping_country|initial_payment_method_type")
def klarna_settlement(rng: random.Random, shop: Shop) -> Rows:
    """Nobody is named; fees are rows beside the sales."""
    for place, order in enumerate(shop.orders):
        row = {"sale_date": order.when, "capture_date": order.when, "order_id": f"{place:08x}-aaaa-bbbb", "short_order_id": f"K{place:06}", "capture_id": f"c-{place:08}", "merchant_reference1": 1000 + place, "payment_reference": f"P{place // 9}", "currency_code": "SEK", "purchase_country": "SE", "shipping_country": "SE"}
        yield {**row, "type": "SALE", "detailed_type": "PURCHASE", "amount": order.goods}
        yield {**row, "type": "FEE", "detailed_type": "PURCHASE_FEE_PERCENTAGE", "amount": -round(order.goods * 0.03, 2)}
