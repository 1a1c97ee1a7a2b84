"""Lines paid in several ways, pieces that came back, and rows named like totals."""

import numpy as np
import pandas as pd
import pytest

from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import Orders, clean_files, findings_of
from lib.orders.parts_of_lines import returned_column
from lib.orders.summary_rows import running_totals


def _read(**files: str) -> Orders:
    tables = read_shop([(f"{name}.csv", text.encode()) for name, text in files.items()]).tables
    return clean_files(tables, [understand(table) for table in tables])


def _net(found: Orders) -> float:
    return round(float(found.lines["amount"].sum() + found.returns["amount"].sum()), 2)


RETURNED = "Order,Customer,Date,Item,Qty,{name},Unit price,Line total\n"


@pytest.mark.parametrize("name", ["Qty returned", "Quantity returned", "Returned units", "Cantidad devuelta"])
def test_pieces_that_came_back_are_money_given_back(name: str) -> None:
    rows = "".join(f"{n},C{n % 3},2024-01-{n:02},Tea,4,{int(n == 5) * 2},2.50,10.00\n" for n in range(1, 12))
    found = _read(orders=RETURNED.format(name=name) + rows)
    assert (_net(found), len(found.returns)) == (105.0, 1)


def test_an_amount_without_the_pieces_that_came_back_is_not_reduced_again() -> None:
    rows = "".join(
        f"{n},C{n % 3},2024-01-{n:02},Tea,4,{int(n == 5) * 2},2.50,{10 - 5 * int(n == 5):.2f}\n" for n in range(1, 12)
    )
    assert _net(_read(orders=RETURNED.format(name="Qty returned") + rows)) == 105.0


def test_money_is_no_number_of_pieces() -> None:
    frame = pd.DataFrame({"Qty": [1], "Returned amount": [2.0], "Return count": [0]})
    assert returned_column(frame, {"quantity": "Qty"}) == "Return count"
    assert returned_column(frame, {"quantity": "Qty", "refunded": "Returned amount"}) == ""


def _totals(rows: list[tuple[int, str, float]]) -> list[bool] | None:
    order, name, amount = (np.array(column) for column in zip(*rows, strict=True))
    named = np.isin(name, ["Subtotal", "Total"])
    found = running_totals(order, amount, ~named, named, is_part=False)
    return None if found is None else found.tolist()


def test_subtotal_delivery_and_total() -> None:
    rows = [(n, *line) for n in range(3) for line in (("Tea", 2.0), ("Cup", 3.0), ("Subtotal", 5.0), ("Post", 4.0), ("Total", 9.0))]  # fmt: skip  # noqa: E501
    assert _totals(rows) == [False, False, True, False, True] * 3


def test_a_product_of_that_name_has_one_price() -> None:
    rows = [(n, *line) for n in range(5) for line in (("Tea", 2.0 + n), ("Cup", 3.0), ("Total", 5.0))]
    assert _totals(rows) is None


PAYMENTS = "Payment No,Date,Customer,Invoice No,Amount\n"
INVOICES = "Invoice No,Date,Customer,Amount\n" + "".join(f"I{n},2024-01-{n:02},C{n % 3},{n}.50\n" for n in range(1, 13))


@pytest.mark.parametrize("name", ["payments", "cobros", "export"])
def test_payments_of_invoices_are_no_second_sale(name: str) -> None:
    rows = "".join(f"P{n},2024-02-{n:02},C{n % 3},I{n},{n}.50\n" for n in range(1, 13))
    assert _net(_read(**{"invoices": INVOICES, name: PAYMENTS + rows})) == 84.0


def test_payments_of_other_invoices_are_sales() -> None:
    rows = "".join(f"P{n},2024-02-{n:02},C{n % 3},J{n},{n}.50\n" for n in range(1, 13))
    assert _net(_read(invoices=INVOICES, export=PAYMENTS + rows)) == 168.0


def test_payments_of_another_shop_with_the_same_numbers_are_sales() -> None:
    rows = "".join(f"P{n},2024-02-{n:02},D{n % 4},I{n},{30 - n}.25\n" for n in range(1, 13))
    found = _read(invoices=INVOICES, payments=PAYMENTS + rows)
    assert _net(found) == 84.0 + sum(30.25 - n for n in range(1, 13))


def test_payments_in_two_parts_are_no_sales() -> None:
    rows = "".join(
        f"P{n}{at},2024-02-{n + at:02},C{n % 3},I{n},{part}\n" for n in range(1, 13) for at, part in ((0, n), (1, 0.5))
    )
    assert _net(_read(invoices=INVOICES, payments=PAYMENTS + rows)) == 84.0


def test_parcels_of_orders_are_no_lines() -> None:
    orders = "order_id,order_date,customer_id,total\n" + "".join(
        f"{n},2024-01-{n:02},C{n % 3},{n}.50\n" for n in range(1, 13)
    )
    parcels = "parcel_id,order_id,shipped_on,weight\n" + "".join(
        f"{90 + n},{n // 2 + 1},2024-03-{n + 1:02},1.2\n" for n in range(24)
    )
    found = _read(orders=orders, parcels=parcels)
    assert (_net(found), str(found.lines["ordered_at"].max().date())) == (84.0, "2024-01-12")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Bezahlt", "Verschickt", "Überfällig"], True),
        (["Approved", "Late"], True),
        (["Paid", "Late"], False),
        (["Paid", "Overdue"], False),
        (["Bezahlt", "Überfällig"], False),
    ],
)
def test_statuses_of_a_parcel_or_an_invoice_are_asked_about(words: list[str], said: bool) -> None:
    rows = "".join(f"{n},2024-01-{n:02},C{n % 5},{n}.50,{words[n % len(words)]}\n" for n in range(1, 19))
    found = findings_of(_read(orders="Order,Date,Customer,Amount,Status\n" + rows))
    assert ("orders.finding.doubtful_unpaid" in {finding.key for finding in found}) == said
