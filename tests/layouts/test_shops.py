"""Exports of known shops: recognised by their columns, and their habits got right."""

import csv
import io
import unicodedata

import pandas as pd
import pytest

from lib.errors import UserError
from lib.layouts import LAYOUTS, Layout, understand
from lib.layouts.shops import recognise
from lib.orders import Orders, clean, customers
from lib.tables import Table, read_table

HEADERS = [
    pytest.param(layout, header, id=f"{layout.key}-{place}")
    for layout in LAYOUTS
    for place, header in enumerate(layout.headers)
]

CELLS = {
    "ordered_at": ("2025-01-10 10:00:00", "2025-02-11 11:30:00", "2025-03-12 12:00:00", "2025-04-13 09:15:00"),
    "customer_id": ("1001", "1002", "1001", "1003"),
    "email": ("ana@example.org", "bob@example.org", "ana@example.org", "eve@example.org"),
    "order_id": ("7001", "7002", "7003", "7004"),
    "amount": ("10.50", "20.00", "30.25", "40.00"),
    "order_total": ("10.50", "20.00", "30.25", "40.00"),
    "unit_price": ("10.50", "20.00", "30.25", "40.00"),
    "quantity": ("1", "1", "1", "1"),
    "product": ("Jam", "Tea", "Jam", "Honey"),
    "country": ("ES", "FR", "ES", "DE"),
    "currency": ("EUR", "EUR", "EUR", "EUR"),
    "status": ("paid", "complete", "shipped", "completed"),
}


def as_csv(rows: list[dict[str, str]], header: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([[row.get(column, "") for column in header] for row in rows])
    return text.getvalue().encode()


def filled(layout: Layout, header: tuple[str, ...]) -> list[dict[str, str]]:
    """Four orders by three customers, in the columns that play a role."""
    rows: list[dict[str, str]] = [{} for _ in range(4)]
    for role, cells in CELLS.items():
        column = next((name for name in layout.roles.get(role, ()) if name in header), None)
        for row, cell in zip(rows, cells, strict=True):
            if column is not None:
                row.setdefault(column, cell)
    return rows


def read(rows: list[dict[str, str]], header: tuple[str, ...]) -> Table:
    return read_table(as_csv(rows, header), "export.csv")


def cleaned(rows: list[dict[str, str]], header: tuple[str, ...]) -> Orders:
    table = read(rows, header)
    return clean(table, understand(table))


def layout(key: str) -> Layout:
    return next(known for known in LAYOUTS if known.key == key)


# ---------------------------------------------------------------------------------------------- every layout there is


@pytest.mark.parametrize(("known", "header"), HEADERS)
def test_a_layout_is_recognised_from_its_header_row(known, header):
    found = recognise(header)
    assert found is not None
    assert found.key == known.key


@pytest.mark.parametrize(("known", "header"), HEADERS)
def test_case_accents_order_and_a_byte_order_mark_do_not_matter(known, header):
    bare = ["".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)) for name in header]
    mangled = [name.upper() for name in reversed(bare)]
    mangled[0] = "\ufeff" + mangled[0]
    found = recognise(mangled)
    assert found is not None
    assert found.key == known.key


@pytest.mark.parametrize(("known", "header"), HEADERS)
def test_an_export_cut_down_to_the_columns_that_matter_is_still_recognised(known, header):
    names = {name for candidates in known.roles.values() for name in candidates}
    subset = [name for name in header if name in names or name in known.telltale]
    found = recognise(subset)
    assert found is not None
    assert found.key == known.key


@pytest.mark.parametrize(("known", "header"), HEADERS)
def test_an_export_with_orders_in_it_is_read(known, header):
    table = read(filled(known, header), header)
    found = understand(table)
    assert found.layout == known.key
    assert found.kind == known.kind
    for role, column in found.roles.items():
        assert column in known.roles[role]
    if known.kind == "orders":
        orders = clean(table, found)
        assert orders.lines["amount"].tolist() == [10.5, 20.0, 30.25, 40.0]
        assert orders.lines["customer_id"].nunique() == 3
        assert orders.lines["ordered_at"].iloc[0] == pd.Timestamp("2025-01-10 10:00")
    else:
        assert len(customers(table, found)) == 4


def test_every_layout_has_a_key_and_a_name_of_its_own():
    assert len({known.key for known in LAYOUTS}) == len(LAYOUTS)
    assert len({known.name for known in LAYOUTS}) == len(LAYOUTS)


def test_a_table_of_no_shop_is_recognised_as_none():
    assert recognise(["area", "price"]) is None
    assert recognise(["customer_id", "trans_date", "tran_amount"]) is None


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("shopify_orders_2022.header.csv", "shopify_orders"),
        ("shopify_orders_2026.header.csv", "shopify_orders"),
        ("shopify_customers_short.header.csv", "shopify_customers"),
        ("woocommerce_analytics_fr.header.csv", "woocommerce_analytics"),
    ],
)
def test_real_header_rows_are_recognised_when_filled(shared, file, key):
    header = tuple(next(csv.reader(io.StringIO((shared / "export_layouts" / file).read_text("utf-8-sig")))))
    table = read(filled(layout(key), header), header)
    assert understand(table).layout == key


# ----------------------------------------------------------------------------------------------------- Shopify's habits


def shopify(*rows: dict[str, str]) -> Orders:
    return cleaned(list(rows), layout("shopify_orders").header)


def first(name: str, email: str, day: str, total: str, **more: str) -> dict[str, str]:
    """The first row of an order, with what is written there only."""
    row = {
        "Name": name,
        "Email": email,
        "Financial Status": "paid",
        "Currency": "EUR",
        "Subtotal": total,
        "Total": total,
        "Created at": f"2025-{day} 10:00:00 +0200",
        "Lineitem quantity": "1",
        "Lineitem name": "Jam",
        "Lineitem price": total,
    }
    return row | {name.replace("_", " "): value for name, value in more.items()}


def item(name: str, day: str, product: str, quantity: str, price: str) -> dict[str, str]:
    """A further row of an order: the item only."""
    return {
        "Name": name,
        "Created at": f"2025-{day} 10:00:00 +0200",
        "Lineitem quantity": quantity,
        "Lineitem name": product,
        "Lineitem price": price,
    }


OTHER = first("#9", "other@example.org", "06-01", "5.00")


@pytest.mark.slow
def test_shopify_writes_the_customer_once_and_each_item_counts_with_its_own_price():
    orders = shopify(
        first("#1", "ana@example.org", "03-01", "35.00", Lineitem_price="10.00"),
        item("#1", "03-01", "Tea", "2", "12.50"),
        OTHER,
    )
    ana = orders.lines[orders.lines["customer_id"] == "ana@example.org"]
    assert ana["product"].tolist() == ["Jam", "Tea"]
    assert ana["amount"].tolist() == [10.0, 25.0]
    assert orders.ledger.set_aside == {}


@pytest.mark.slow
def test_a_shopify_item_row_with_nothing_but_the_item_belongs_to_its_order():
    bare = {"Name": "#1", "Lineitem quantity": "1", "Lineitem name": "Tea", "Lineitem price": "3.00"}
    orders = shopify(first("#1", "ana@example.org", "03-01", "10.00"), bare, OTHER)
    assert orders.lines["customer_id"].tolist() == ["ana@example.org", "ana@example.org", "other@example.org"]
    assert orders.lines["ordered_at"].iloc[1] == pd.Timestamp("2025-03-01 10:00")


@pytest.mark.slow
def test_shopify_moments_are_those_of_the_shops_clock():
    orders = shopify(first("#1", "ana@example.org", "03-01", "35.00"), OTHER)
    assert orders.lines["ordered_at"].iloc[0] == pd.Timestamp("2025-03-01 10:00")


@pytest.mark.slow
def test_a_discount_on_the_whole_shopify_order_is_shared_by_its_lines():
    orders = shopify(
        first("#1", "ana@example.org", "03-01", "30.00", Lineitem_price="10.00"),
        item("#1", "03-01", "Tea", "1", "30.00"),
        OTHER,
    )
    assert orders.lines["amount"].tolist()[:2] == [7.5, 22.5]


@pytest.mark.slow
def test_shopify_orders_that_are_no_sale_are_set_aside_with_their_reasons():
    orders = shopify(
        first("#1", "ana@example.org", "03-01", "35.00"),
        first("#2", "ana@example.org", "03-02", "35.00", Financial_Status="refunded"),
        item("#2", "03-02", "Tea", "1", "0.00"),
        first("#3", "ana@example.org", "03-03", "35.00", Financial_Status="pending"),
        first("#4", "ana@example.org", "03-04", "35.00", Cancelled_at="2025-03-05 10:00:00 +0200"),
        first("#5", "ana@example.org", "03-05", "35.00", Payment_Method="bogus"),
        first("#6", "", "03-06", "35.00"),
        OTHER,
    )
    assert orders.ledger.set_aside == {"no_customer": 1, "test_order": 1, "cancelled": 1, "refunded": 2, "unpaid": 1}
    assert orders.ledger.rows_in == orders.ledger.rows_used + sum(orders.ledger.set_aside.values())
    assert orders.lines["order_id"].tolist() == ["#1", "#9"]


@pytest.mark.slow
def test_money_given_back_for_part_of_a_shopify_order_is_a_return():
    orders = shopify(
        first(
            "#1", "ana@example.org", "03-01", "35.00", Refunded_Amount="10.00", Financial_Status="partially_refunded"
        ),
        OTHER,
    )
    assert orders.lines["amount"].tolist() == [35.0, 5.0]
    assert orders.returns[["order_id", "amount"]].values.tolist() == [["#1", -10.0]]


@pytest.mark.slow
def test_a_shopify_order_refunded_to_the_last_cent_is_set_aside_whatever_its_status():
    orders = shopify(
        first("#1", "ana@example.org", "03-01", "35.00", Refunded_Amount="35.00"),
        first("#2", "ana@example.org", "03-02", "20.00"),
        OTHER,
    )
    assert orders.ledger.set_aside == {"refunded": 1}
    assert orders.returns.empty


@pytest.mark.slow
def test_shopify_guests_without_an_email_are_known_by_their_phone_even_with_an_apostrophe():
    orders = shopify(
        first("#1", "", "03-01", "35.00", Phone="'+34 600 111 222"),
        first("#2", "", "03-02", "15.00", Phone="+34600111222"),
        OTHER,
    )
    assert orders.lines["customer_id"].value_counts()["34600111222"] == 2


@pytest.mark.slow
def test_a_shopify_customer_is_the_same_in_capitals():
    orders = shopify(
        first("#1", "Ana@Example.org", "03-01", "1.00"), first("#2", "ana@example.org ", "03-02", "1.00"), OTHER
    )
    assert orders.lines["customer_id"].tolist()[:2] == ["ana@example.org"] * 2


# ---------------------------------------------------------------------------------------------------------- other shops


@pytest.mark.slow
def test_square_puts_day_and_time_in_two_columns_and_refunds_in_rows_of_their_own():
    header = layout("square_items").header
    row = {"Time Zone": "Madrid", "Item": "Coffee", "Qty": "1.0", "Event Type": "Payment"}
    orders = cleaned(
        [
            row
            | {
                "Date": "2025-01-10",
                "Time": "09:30:15",
                "Net Sales": "$3.00",
                "Transaction ID": "a",
                "Customer ID": "X1",
            },
            row
            | {
                "Date": "2025-01-11",
                "Time": "18:00:00",
                "Net Sales": "$4.00",
                "Transaction ID": "b",
                "Customer ID": "X2",
            },
            row
            | {
                "Date": "2025-01-12",
                "Time": "10:00:00",
                "Net Sales": "-$3.00",
                "Transaction ID": "c",
                "Customer ID": "X1",
            }
            | {"Event Type": "Refund", "Qty": "-1.0"},
        ],
        header,
    )
    assert orders.lines["ordered_at"].tolist() == [
        pd.Timestamp("2025-01-10 09:30:15"),
        pd.Timestamp("2025-01-11 18:00"),
    ]
    assert orders.returns["amount"].tolist() == [-3.0]
    assert orders.ledger.set_aside == {"refunded": 1}


def test_stripe_payments_that_failed_or_were_a_test_are_set_aside():
    rows = filled(layout("stripe_payments"), layout("stripe_payments").header)
    rows[1] |= {"Status": "Failed"}
    rows[2] |= {"Mode": "Test"}
    orders = cleaned(rows, layout("stripe_payments").header)
    assert orders.ledger.set_aside == {"test_order": 1, "unpaid": 1}


@pytest.mark.slow
def test_two_currencies_are_told_apart_and_never_summed():
    rows = filled(layout("stripe_payments"), layout("stripe_payments").header)
    rows[3] |= {"Currency": "usd"}
    orders = cleaned(rows, layout("stripe_payments").header)
    assert orders.currency == "EUR"
    assert orders.ledger.set_aside == {"other_currency": 1}
    assert orders.currencies == {"EUR": 3, "USD": 1}


@pytest.mark.slow
def test_a_row_of_ebay_that_sums_up_an_order_is_not_counted_beside_its_items():
    header = layout("ebay_orders").header
    row = {"Order Number": "12-3", "Buyer Username": "ana", "Sale Date": "2025-01-10"}
    orders = cleaned(
        [
            row | {"Quantity": "2", "Total Price": "$30.00"},
            row | {"Item Title": "Jam", "Quantity": "1", "Sold For": "$10.00"},
            row | {"Item Title": "Tea", "Quantity": "1", "Sold For": "$20.00"},
            row
            | {"Order Number": "12-4", "Buyer Username": "bob", "Sale Date": "2025-02-10"}
            | {"Item Title": "Tea", "Quantity": "1", "Sold For": "$20.00", "Total Price": "$25.00"},
        ],
        header,
    )
    assert orders.ledger.set_aside == {"order_summary": 1}
    assert orders.lines["amount"].tolist() == [10.0, 20.0, 20.0]


def test_amazons_report_without_buyers_says_that_nobody_is_named():
    header = layout("amazon_orders").other_headers[0][:-1]
    rows = filled(layout("amazon_orders"), header)
    with pytest.raises(UserError) as error:
        cleaned(rows, header)
    assert error.value.key == "orders.no_customer_column"


def test_the_french_words_of_woocommerce_are_understood():
    header = layout("woocommerce_analytics").other_headers[1]
    rows = filled(layout("woocommerce_analytics"), header)
    rows[1] |= {"État": "Annulée"}
    rows[2] |= {"État": "Remboursée"}
    orders = cleaned(rows, header)
    assert orders.ledger.set_aside == {"cancelled": 1, "refunded": 1}


@pytest.mark.slow
def test_an_etsy_discount_is_taken_off():
    rows = filled(layout("etsy_orders"), layout("etsy_orders").header)
    rows[0] |= {"Discount Amount": "0.50"}
    assert cleaned(rows, layout("etsy_orders").header).lines["amount"].iloc[0] == 10.0
