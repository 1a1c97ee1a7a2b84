"""Money of payment services' interfaces: in the smallest unit of each row's currency."""

import json
import random
from collections.abc import Callable, Mapping

import pytest

from lib.joins import read_shop
from lib.layouts import understand
from lib.layouts.minor_units import in_smallest_unit
from lib.orders import clean_files

UNITS = {"usd": 100, "EUR": 100, "JPY": 1, "krw": 1, "KWD": 1000}
Record = Mapping[str, object]
PEOPLE = ("ana", "bo", "cy", "dee")


def record_of(service: str, at: int, amount: int, currency: str) -> Record:
    """An order of 2024 as the service's interface answers it."""
    who, seconds, day = (
        PEOPLE[at % 3],
        1_704_448_800 + 400_000 * at,
        f"2024-{1 + at // 20:02}-{1 + at % 20:02}T10:00:00Z",
    )
    mail, money = f"{who}@x.com", {"amount": amount, "currency": currency}
    stripe = {"created": seconds, "currency": currency, "livemode": True, "customer": f"cus_{who}"}
    records: dict[str, Record] = {
        "session": {"id": f"cs_{at}", "object": "checkout.session", **stripe, "amount_subtotal": amount + 300,
                    "amount_total": amount, "total_details": {"amount_discount": 300}, "payment_status": "paid"},
        "intent": {"id": f"pi_{at}", "object": "payment_intent", **stripe, "amount": amount, "amount_received": amount,
                   "status": "succeeded"},
        "invoice": {"id": f"in_{at}", "object": "invoice", **stripe, "amount_due": amount, "amount_paid": amount,
                    "amount_remaining": 0, "subtotal": amount, "total": amount, "status": "paid"},
        "charge": {"id": f"ch_{at}", "object": "charge", **stripe, "amount": amount, "amount_captured": amount,
                   "amount_refunded": 0, "balance_transaction": f"t{at}", "receipt_url": "u",
                   "paid": True, "refunded": False, "status": "succeeded"},
        "square": {"id": f"o{at}", "created_at": day, "customer_id": who, "state": "COMPLETED", "total_money": money},
        "square payment": {"id": f"p{at}", "created_at": day, "customer_id": who, "amount_money": money,
                           "total_money": money, "status": "COMPLETED"},
        "adyen": {"pspReference": f"X{at}", "merchantReference": f"o{at}", "creationDate": day, "shopperReference": who,
                  "amount": {"value": amount, "currency": currency}},
        "paddle": {"id": f"txn_{at}", "created_at": day, "customer_id": who, "currency_code": currency,
                   "status": "completed", "details": {"totals": {"subtotal": str(amount), "total": str(amount)}}},
        "razorpay": {"id": f"pay_{at}", "entity": "payment", "amount": amount, "currency": currency,
                     "status": "captured",
                     "order_id": f"order_{at}", "email": mail, "contact": f"+9190000000{at:02}", "created_at": seconds},
        "paystack": {"id": at, "status": "success", "reference": f"r{at}", "amount": amount, "currency": currency,
                     "gateway_response": "Approved", "paid_at": day, "channel": "card", "customer": {"email": mail}},
    }  # fmt: skip
    return records[service]


SERVICES = (
    "session",
    "intent",
    "invoice",
    "charge",
    "square",
    "square payment",
    "adyen",
    "paddle",
    "razorpay",
    "paystack",
)
FORMS: Mapping[str, Callable[[list[Record]], str]] = {
    "list": json.dumps,
    "page": lambda records: json.dumps({"object": "list", "data": records, "has_more": False}),
    "lines": lambda records: "\n".join(map(json.dumps, records)),
}


@pytest.mark.parametrize("currency", UNITS)
@pytest.mark.parametrize("service", SERVICES)
def test_amounts_are_in_units_of_the_currency(service, currency):
    rng = random.Random(f"{service} {currency}")
    amounts = [rng.randrange(500, 90_000) for _ in range(12)]
    records = [record_of(service, at, amount, currency) for at, amount in enumerate(amounts)]
    tables = read_shop([("answers.json", FORMS[rng.choice(tuple(FORMS))](records).encode())]).tables
    found = clean_files(tables, [understand(table) for table in tables])
    assert found.lines["amount"].sum() == pytest.approx(sum(amounts) / UNITS[currency])
    assert found.lines["customer_id"].nunique() == 3


def test_amounts_with_decimals_were_converted_before():
    records = [
        {**record_of("intent", at, 0, "usd"), "amount": 20.5 + at, "amount_received": 20.5 + at} for at in range(6)
    ]
    tables = read_shop([("answers.json", json.dumps(records).encode())]).tables
    assert clean_files(tables, [understand(table) for table in tables]).lines["amount"].sum() == 138


@pytest.mark.parametrize("columns", [
    ("name", "date_order", "partner_id", "amount_untaxed", "amount_tax", "amount_total", "state"),
    ("Order", "Date", "Customer", "Status", "Currency", "Total", "Fee", "Net"),
    ("id", "created_at", "customer_id", "total_price", "subtotal_price", "currency"),
    ("Name", "Financial Status", "Paid at", "Total", "Subtotal"),
    ("Clover ID", "Payment State", "Created Time", "Customer", "Total"),
    ("Invoice Number", "Customer Id", "Invoice Date", "Total", "Amount Adjusted", "Currency Code"),
    ("id", "Livemode", "Customer", "Status", "Amount", "Created (UTC)", "Currency"),
    ("Gateway Response", "Reference", "Amount", "Channel", "Customer Email"),
])  # fmt: skip
def test_other_tables_have_whole_units(columns):
    assert in_smallest_unit(columns) == ()


def test_amounts_that_are_written_with_cents_are_in_whole_units():
    lines = ["id,created_at,charge_date,amount,currency,links.mandate,customers.email"]
    lines += [f"PM{at},2024-01-1{at},2024-01-1{at},{25 + at}.00,GBP,MD{at},u{at % 3}@x.com" for at in range(6)]
    tables = read_shop([("payments.csv", "\n".join(lines).encode())]).tables
    assert clean_files(tables, [understand(table) for table in tables]).lines["amount"].sum() == 165
