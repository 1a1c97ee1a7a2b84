"""Tables that look like order histories and are none: customer summaries and abandoned checkouts, in variations."""

import io
import random
from collections.abc import Sequence

import pandas as pd
import pytest

from lib.errors import UserError
from lib.layouts import understand
from lib.orders import clean, clean_all
from lib.tables import Table, read_table

IDS = ("master_id", "Customer ID", "client_key", "id", "Código cliente", "Kundennummer", "shopper uid")
FIRST = (
    "first_order_date",
    "First Purchase Date",
    "Primera compra fecha",
    "Datum erste Bestellung",
    "Date premier achat",
)
LAST = (
    "last_order_date",
    "Latest Order Date",
    "Fecha último pedido",
    "Letzte Bestellung Datum",
    "Date dernière commande",
)
COUNTS = (
    "order_num_total_ever_online",
    "Total Orders",
    "Número de pedidos",
    "Anzahl Bestellungen",
    "Number of purchases",
)
SPENT = ("customer_value_total_ever_online", "Total Spent", "Lifetime Value", "Gasto total gastado", "Total revenue")


@pytest.mark.parametrize("seed", range(60))
def test_a_summary_of_customers_is_a_customer_table(seed):
    rng = random.Random(seed)
    rows = rng.choice((3, 8, 40, 400))
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta([rng.randrange(300) for _ in range(rows)], unit="D")
    name = rng.choice(IDS)
    made = {
        name: [f"{rng.randrange(16**8):08x}{place}" for place in range(rows)],
        rng.choice(FIRST): days.strftime("%Y-%m-%d"),
        rng.choice(LAST): (days + pd.to_timedelta(rng.randrange(30, 400), unit="D")).strftime("%Y-%m-%d"),
        rng.choice(COUNTS): [float(rng.randint(1, 9)) for _ in range(rows)],
        rng.choice(SPENT): [round(rng.uniform(5, 900), 2) for _ in range(rows)],
        "channel": [rng.choice(("App", "Shop")) for _ in range(rows)],
    }
    columns = list(made)
    rng.shuffle(columns)
    text = io.StringIO()
    pd.DataFrame(made)[columns].to_csv(text, index=False)
    found = understand(read_table(text.getvalue().encode(), "customers.csv"))
    assert (found.kind, found.roles.get("customer_id")) == ("customers", name), found.roles


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_abandoned_checkouts_are_no_sales(seed):
    rng = random.Random(seed)
    rows = []
    for place in range(rng.choice((2, 5, 60))):
        when = f"2025-0{1 + place % 9}-1{place % 9} 10:00:00 -0500"
        for line in range(rng.randint(1, 3)):
            head = {"Subtotal": "20.00", "Total": "25.00", "Currency": "USD"} if not line else {}
            rows.append(
                {
                    "Name": f"#{38_000_000 + place}",
                    "Email": f"c{place % 4}@x.com",
                    "Financial Status": "",
                    "Paid at": "",
                    "Fulfillment Status": "unfulfilled",
                    "Created at": when,
                    "Lineitem quantity": "1",
                    "Lineitem name": f"Mug {line}",
                    "Lineitem price": "20.00",
                    "Payment Method": rng.choice(("", "Klarna")),
                    **head,
                }
            )
    text = io.StringIO()
    pd.DataFrame(rows).to_csv(text, index=False)
    table = read_table(text.getvalue().encode(), "checkouts_export.csv")
    found = clean_all([table], [understand(table)])
    assert found.lines.empty
    assert found.ledger.set_aside == {"unpaid": len(rows)}
    with pytest.raises(UserError) as refused:
        clean(table, understand(table))
    assert refused.value.key == "orders.nothing_left_unpaid"


def test_an_order_history_with_facts_about_its_customers_stays_one():
    history = pd.DataFrame(
        {
            "Order ID": range(6),
            "Order Date": pd.date_range("2025-01-01", periods=6, freq="20D"),
            "Customer ID": ["a", "b", "a", "c", "b", "a"],
            "Customer first order date": pd.Timestamp("2024-01-01"),
            "Customer total orders": [3, 2, 3, 1, 2, 3],
            "Total": [1.5, 2.5, 3.5, 4.5, 5.5, 6.5],
        }
    )
    table = Table(history, "orders.csv", "", "csv")
    assert understand(table).kind == "orders"
    assert clean(table, understand(table)).lines["amount"].sum() == 24.0


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (("telephone", "cellular"), False),
        (("phone", "mail", "shop"), False),
        (("Ann Lee", "Bob Ray", "Eva Roth", "Gus Hart", "Ida Moe"), True),
    ],
)
def test_ways_to_reach_somebody_are_no_customers(values, named):
    rows = [
        f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},{values[at % len(values)]},{10 + at}.50"
        for at in range(60)
    ]
    table = read_table("\n".join(["Invoice,Date,Contact,Amount", *rows]).encode(), "shop.csv")
    assert ("Contact" in understand(table).as_orders.values()) == named


@pytest.mark.parametrize("contact", ["Contact", "Contact Name"])
@pytest.mark.parametrize("customer", ["Company", "Customer", "Account", "Empresa", "Company name"])
def test_a_contact_beside_a_company_is_not_the_customer(customer: str, contact: str):
    """Six sellers of the shop were taken for its customers."""
    rows = [
        f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},Firm {at % 15},Seller {'ABCDEF'[at % 6]},{10 + at}.50"
        for at in range(60)
    ]
    table = read_table("\n".join([f"Invoice,Date,{customer},{contact},Amount", *rows]).encode(), "shop.csv")
    assert clean(table, understand(table)).lines["customer_id"].nunique() == 15


@pytest.mark.parametrize("values", [("yes", "no"), ("0", "1"), ("TRUE", "FALSE")])
@pytest.mark.parametrize("header", ["Training", "Is training"])
def test_a_training_that_was_sold_is_no_test_order(header: str, values: tuple[str, str]):
    """A gym sells training: half of its orders were left out as made in a till's training mode."""
    rows = [f"{at},2024-01-{1 + at % 28:02},C{at % 9},{10 + at}.50,{values[at % 2]}" for at in range(40)]
    table = read_table("\n".join([f"Order,Date,Customer,Total,{header}", *rows]).encode(), "gym.csv")
    assert clean(table, understand(table)).ledger.set_aside == {}


@pytest.mark.parametrize("beside", ["", "Shipping company"])
@pytest.mark.parametrize("people", ["ABCDEFGHIJKLMNO", range(101, 116), [f"{at}@x.com" for at in range(15)]])
def test_a_contact_alone_is_the_customer(beside: str, people: Sequence[str | int]):
    carriers = ("DHL", "UPS")
    rows = [
        f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},{carriers[at % 2]},Ann {people[at % 15]},{10 + at}.50"
        for at in range(60)
    ]
    head = f"Invoice,Date,{beside or 'Carrier'},Contact,Amount"
    table = read_table("\n".join([head, *rows]).encode(), "shop.csv")
    assert clean(table, understand(table)).lines["customer_id"].nunique() == 15


@pytest.mark.parametrize("payer", ["Bill to name", "Billing full name", "Kontrahent"])
@pytest.mark.parametrize("buyer", ["Sold to", "Patient name", "Customer name", "Nabywca", "Member name"])
def test_who_pays_is_not_the_customer_where_the_buyer_is_named(buyer: str, payer: str):
    """Three insurers were the only customers."""
    people = "ABCDEFGHIJKLMNO"
    rows = [
        f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},Ann {people[at % 15]},Fund {people[at % 3]},9.50"
        for at in range(60)
    ]
    table = read_table("\n".join([f"Order,Date,{buyer},{payer},Amount", *rows]).encode(), "shop.csv")
    assert clean(table, understand(table)).lines["customer_id"].nunique() == 15


@pytest.mark.parametrize("shop", ["Shop", "Business name", "Store"])
def test_sellers_are_not_the_customers_of_a_wholesaler(shop: str):
    names = "ABCDEFGHIJKLMNO"
    rows = [
        f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},Shop {names[at % 15]},Rep {names[at % 6]},9.50"
        for at in range(60)
    ]
    table = read_table("\n".join([f"Order,Date,{shop},Contact,Amount", *rows]).encode(), "shop.csv")
    assert understand(table).as_orders.get("customer_id") != "Contact"
