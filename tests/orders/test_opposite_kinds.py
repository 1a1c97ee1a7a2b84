"""What looks like a kind that is read in a special way, and is none: each is read as it stands."""

import pytest

from lib.joins import read_shop
from lib.layouts import understand
from lib.layouts.statuses import tells_kind_of_row, tells_status
from lib.orders import Orders, clean_files


def _read(**files: str) -> Orders:
    tables = read_shop([(f"{name}.csv", text.encode()) for name, text in files.items()]).tables
    return clean_files(tables, [understand(table) for table in tables])


ORDERS = "order id,date,customer,amount\n1,2024-01-03,Ann,10.50\n2,2024-01-14,Bob,20.25\n3,2024-02-20,Ann,5.10\n"
MORE = "order id,date,customer,amount\n4,2024-03-03,Ann,11.50\n5,2024-03-14,Bob,21.25\n"


@pytest.mark.parametrize("name", ["credit_card_orders", "credit_sales", "ventas_credito"])
def test_files_of_sales_on_credit_are_no_refunds(name: str) -> None:
    assert round(float(_read(**{"orders": ORDERS, name: MORE}).lines["amount"].sum()), 2) == 68.6


@pytest.mark.parametrize("name", ["credit_notes", "Credit Memos 2024", "notas de credito"])
def test_files_of_credit_notes_are_money_given_back(name: str) -> None:
    assert round(float(_read(**{"orders": ORDERS, name: MORE}).returns["amount"].sum()), 2) == -32.75


def test_orders_and_invoices_of_other_customers_are_both_sales() -> None:
    rows = ["Tipo documento,Num,Data,Cliente,Totale"]
    rows += [f"Fattura,{n},2024-0{1 + n % 6}-1{n % 9},Anna{n % 3},{10 + n}.50" for n in range(1, 9)]
    rows += [f"Ordine,{n},2024-0{1 + n % 6}-1{n % 9},Bruno{n % 3},{30 + n}.50" for n in range(11, 19)]
    found = _read(documenti="\n".join(rows))
    assert found.ledger.rows_used == 16


def test_a_gross_price_is_not_what_is_left_before_fees() -> None:
    rows = ["Order,Date,Customer,Amount,Gross weight,Service fee"]
    rows += [f"{n},2024-01-{n:02},C{n % 3},{10 + n}.00,{12 + n}.00,1.00" for n in range(1, 10)]
    assert float(_read(orders="\n".join(rows)).lines["amount"].sum()) == 135.0


@pytest.mark.parametrize(
    ("values", "told"),
    [(["Web Completed", "Refunded"], True), (["Web Completed", "Shop Completed"], False), (["Red", "Refunded"], False)],
)
def test_a_status_needs_good_and_bad_words(values: list[str], told: bool) -> None:
    assert tells_status(values) == told


def test_kinds_of_documents_stand_under_a_header_that_says_so() -> None:
    assert tells_kind_of_row(["Fattura", "DDT"], "Tipo documento")
    assert not tells_kind_of_row(["Fattura", "DDT"], "Note")
    assert not tells_kind_of_row(["Fattura", "DDT", "Roma"], "Tipo documento")


def test_a_column_of_zeros_and_ones_is_no_money_given_back() -> None:
    rows = ["Order,Date,Customer,Amount,Refunded,Partial refund"]
    rows += [f"{n},2024-01-{n:02},C{n % 3},{10 + n}.50,{int(n == 4)},{2.5 if n == 7 else 0:.2f}" for n in range(1, 10)]
    found = _read(orders="\n".join(rows))
    assert found.ledger.set_aside == {"refunded": 1}
    assert found.returns["amount"].tolist() == [-2.5]
