# ruff: noqa: E501 - header rows read best in long lines
"""Exports of hotels, salons, restaurants, donations and schools."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, sold, state
from benchmarks.generated_exports import Shop

KINDS = Kinds()

# fmt: off


@KINDS.export("Reservation Number|Third Party Confirmation Number|Guest Name|Email|Reservation Date|Check in Date|Check out Date|Nights|Room Type|Source|Grand Total|Deposit|Balance Due|Status|Cancellation Date", form="%d/%m/%Y", lines=1)
def cloudbeds_reservations(rng: random.Random, shop: Shop) -> Rows:
    """Deposit and balance are parts of the total; the day of arrival is not the day of the order."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Checked Out", "Confirmed", "In-House"), ("Canceled", "No Show"))
        total = order.lines[0].total
        part = round(total * 0.3, 2)
        yield {"Reservation Number": f"{58_000_000 + place}", "Guest Name": order.customer.name, "Email": order.customer.email, "Reservation Date": order.when, "Check in Date": order.when + timedelta(days=20), "Check out Date": order.when + timedelta(days=20 + order.lines[0].quantity),
               "Nights": order.lines[0].quantity, "Room Type": rng.choice(("Double", "Dorm")), "Source": "Website", "Grand Total": total, "Deposit": part, "Balance Due": round(total - part, 2), "Status": status, "Cancellation Date": order.when + timedelta(days=2) if status == "Canceled" else ""}  # fmt: skip
        if good:
            yield sold(order, total)


@KINDS.export("Name|Donating Company|Donor's First Name|Donor's Last Name|Donor Email|Make Donation Anonymous|Campaign|Amount|Currency|Amount in USD|Processing Fee|Platform Fee|Total Fee|Net Amount|Fee Covered|Donor Comment|Donation Type|Status|Receipt Id|Donated At|Amount Refunded", form="%m/%d/%Y %H:%M:%S", lines=1)
def donorbox_donations(rng: random.Random, shop: Shop) -> Rows:
    """Several fees and what is left; failed gifts; comments of donors."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("paid", "Paid"), ("failed", "refunded", "disputed"))
        amount = order.lines[0].price
        fee = round(amount * 0.03, 2)
        yield {"Name": order.customer.name, "Donor's First Name": order.customer.name.split()[0], "Donor's Last Name": order.customer.name.split(maxsplit=1)[1], "Donor Email": order.customer.email, "Make Donation Anonymous": rng.choice(("true", "false")), "Campaign": "Roof", "Amount": amount, "Currency": "USD",
               "Amount in USD": amount, "Processing Fee": fee, "Platform Fee": 0.5, "Total Fee": round(fee + 0.5, 2), "Net Amount": round(amount - fee - 0.5, 2), "Fee Covered": "false", "Donor Comment": rng.choice(("", "In memory of Jo")), "Donation Type": rng.choice(("card", "paypal")),
               "Status": status, "Receipt Id": 210_000 + place, "Donated At": order.when, "Amount Refunded": amount if status == "refunded" else 0.0}  # fmt: skip
        if good:
            yield sold(order, amount)


@KINDS.export("Номер чека|Учетный день|Время открытия|Гость|Номер карты|Официант|Блюдо|Количество блюд|Сумма без скидки|Сумма скидки|Сумма со скидкой|Количество гостей|Заказ удален", delimiter=";", comma=True, encoding="utf-8-sig")
def iiko_restaurant(rng: random.Random, shop: Shop) -> Rows:
    """Waiters and numbers of guests beside the guest; sums before and after the discount; deleted orders."""
    for place, order in enumerate(shop.orders):
        gone = rng.random() < 0.15
        who = rng.choice(("Анна", "Пётр"))
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0.1)), 2)
            yield {"Номер чека": 3000 + place, "Учетный день": order.when.strftime("%d.%m.%Y"), "Время открытия": order.when.strftime("%H:%M"), "Гость": order.customer.name, "Номер карты": f"77{order.customer.id}", "Официант": who, "Блюдо": line.product, "Количество блюд": line.quantity,
                   "Сумма без скидки": line.total, "Сумма скидки": off, "Сумма со скидкой": round(line.total - off, 2), "Количество гостей": rng.randint(1, 6), "Заказ удален": "Заказ удален" if gone else "Не удален"}  # fmt: skip
            if not gone:
                yield sold(order, line.total - off)


@KINDS.export("Appointment ID|Booked at|Appointment date|Client|Client phone|Team member|Service|Duration (min)|List price|Discount|Price|Deposit paid|Tips|Total|Status|Channel", form="%d %b %Y, %I:%M%p", lines=1, money=lambda v: f"£{v:,.2f}")
def salon_appointments(rng: random.Random, shop: Shop) -> Rows:
    """Tips on top, deposit inside; minutes are no money; no-shows."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Completed", "Completed", "Booked"), ("Cancelled by client", "No-show", "Cancelled by business"))
        line = order.lines[0]
        off = round(line.price * rng.choice((0, 0, 0.1)), 2)
        price, tip = round(line.price - off, 2), rng.choice((0.0, 2.0))
        yield {"Appointment ID": f"#A{place:05}", "Booked at": order.when, "Appointment date": order.when + timedelta(days=4), "Client": order.customer.name, "Client phone": order.customer.phone, "Team member": rng.choice(("Zoe", "Max")), "Service": line.product, "Duration (min)": 45, "List price": line.price,
               "Discount": off, "Price": price, "Deposit paid": round(price / 4, 2), "Tips": tip, "Total": round(price + tip, 2), "Status": status, "Channel": "Online"}  # fmt: skip
        if good:
            yield sold(order, price + tip, price)


@KINDS.export("Order ID|Restaurant|Accepted at|Delivered at|Items|Subtotal|Delivery fee|Service fee|Restaurant commission|Order value|Payout|Rider|Rating", form="%d/%m/%Y %H:%M", money=lambda v: f"£{v:.2f}")
def delivery_app_orders(rng: random.Random, shop: Shop) -> Rows:
    """The guest is not named: riders, restaurants and ratings are none."""
    for place, order in enumerate(shop.orders):
        yield {"Order ID": 5_500 + place, "Restaurant": rng.choice(("Kite East", "Kite West")), "Accepted at": order.when, "Delivered at": order.when + timedelta(minutes=30), "Items": "; ".join(f"{x.quantity} x {x.product}" for x in order.lines), "Subtotal": order.goods, "Delivery fee": 2.5, "Service fee": 0.5,
               "Restaurant commission": round(order.goods * 0.3, 2), "Order value": order.goods, "Payout": round(order.goods * 0.7, 2), "Rider": rng.choice(("Ali", "Ben", "Cat", "Dan", "Eli", "Fay")), "Rating": rng.choice(("", "5", "4"))}  # fmt: skip


@KINDS.export("Student ID|Student Name|Grade|Parent Email|Receipt No|Receipt Date|Fee Head|Fee Amount|Concession|Fine|Net Payable|Amount Paid|Balance|Mode|Cheque Status|Remarks", form="%d-%b-%Y")
def school_fees(rng: random.Random, shop: Shop) -> Rows:
    """Concessions and fines; bounced cheques; a balance."""
    for place, order in enumerate(shop.orders):
        bounced = rng.random() < 0.15
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0, 0.25)), 2)
            net = round(line.total - off, 2)
            yield {"Student ID": f"ST{order.customer.id}", "Student Name": order.customer.name, "Grade": rng.randint(1, 12), "Parent Email": order.customer.email, "Receipt No": f"R/{place + 1}", "Receipt Date": order.when, "Fee Head": line.product, "Fee Amount": line.total, "Concession": off, "Fine": 0.0, "Net Payable": net,
                   "Amount Paid": net, "Balance": 0.0, "Mode": "Cheque", "Cheque Status": "Bounced" if bounced else "Cleared"}  # fmt: skip
            if not bounced:
                yield sold(order, net)


@KINDS.export("Event Name|Event Date|Order No|Order Date|Buyer Name|Buyer Email|Ticket Type|Ticket Count|Face Value|Fees|Discount Code|Discount|Tax|Order Amount|Organiser Share|Refunded|Order Status|Attendee Name|Attendee Email|Checked In", form="%Y-%m-%d %H:%M")
def ticketing_attendees(rng: random.Random, shop: Shop) -> Rows:
    """A row per attendee; the buyer's order amount is repeated on each; attendees are not the buyer."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Completed",), ("Cancelled", "Refunded", "Abandoned"))
        price = order.lines[0].price
        count = order.lines[0].quantity
        for at in range(count):
            yield {"Event Name": order.lines[0].product, "Event Date": order.when + timedelta(days=30), "Order No": 7_100 + place, "Order Date": order.when, "Buyer Name": order.customer.name, "Buyer Email": order.customer.email, "Ticket Type": "Adult", "Ticket Count": 1, "Face Value": price, "Fees": 1.0,
                   "Discount": 0.0, "Tax": 0.0, "Order Amount": round((price + 1) * count, 2), "Organiser Share": round(price * count, 2), "Refunded": "Yes" if status == "Refunded" else "No", "Order Status": status, "Attendee Name": f"Guest {place} {at}", "Attendee Email": f"g{place}.{at}@web.com", "Checked In": rng.choice(("Yes", "No"))}  # fmt: skip
            if good:
                yield sold(order, price + 1, price)
