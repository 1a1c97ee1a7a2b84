"""Files that look alike and mean different things: each reading beside the ordinary file that must stay as it is."""

import io
import json
from collections.abc import Sequence

import pytest
import xlsxwriter

from lib.errors import UserError
from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import Orders, clean_files, findings_of

ROWS = 30
SOLD = float(sum(10 + at for at in range(ROWS)))
Row = Sequence[object]


def _day(at: int) -> str:
    return f"2024-{1 + at // 3:02}-{10 + at % 3 * 7:02}"


def _later(at: int) -> str:
    return f"2024-{1 + at // 3:02}-{12 + at % 3 * 7:02}"


def _who(at: int) -> str:
    return f"ann{at % 7}@mail.com"


def _of(*files: tuple[str, bytes]) -> Orders:
    tables = read_shop(files).tables
    return clean_files(tables, [understand(table) for table in tables])


def _read(text: str) -> Orders:
    return _of(("orders.csv", text.encode()))


def _csv(rows: Sequence[Row]) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode()


def _book(**sheets: Sequence[Row]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return out.getvalue()


def _money(found: Orders) -> tuple[float, float]:
    """What was paid, and what was given back."""
    return round(float(found.lines["amount"].sum()), 2), round(float(found.returns["amount"].sum()), 2)


HEAD = ("Order No", "Date", "Customer", "Amount")
ORDERS: list[Row] = [HEAD, *((500 + at, _day(at), _who(at), 10 + at) for at in range(ROWS))]
PAID: list[Row] = [HEAD, *((500 + at, _later(at), _who(at), 10 + at) for at in range(ROWS) if at % 6)]


@pytest.mark.parametrize("heading", ["Version", "Fassung", "Versión", "Rev"])
@pytest.mark.parametrize("later", [True, False])
def test_versions_without_products_must_be_of_a_later_time(heading: str, later: bool) -> None:
    lines = [f"Order No,{heading},Date,Customer,Amount"]
    for at in range(ROWS):
        lines += [f"{at},{1 + part},{_day(at)} 1{part if later else 0}:00,{_who(at)},{10 + at}.00"
                  for part in range(1 + at % 3)]  # fmt: skip
    every = sum((1 + at % 3) * (10 + at) for at in range(ROWS))
    assert _money(_read("\n".join(lines))) == (SOLD if later else every, 0.0)


@pytest.mark.parametrize("names", [("Sales", "Payments"), ("A", "B"), ("Verkauf", "Bank"), ("Facturas", "Cobros")])
@pytest.mark.parametrize("turned", [True, False])
def test_a_sheet_of_what_was_paid_adds_nothing_to_the_sales(names: tuple[str, str], turned: bool) -> None:
    sheets = dict(zip(names, (ORDERS, PAID), strict=True))
    order = reversed(names) if turned else names
    found = _of(("book.xlsx", _book(**{name: sheets[name] for name in order})))
    assert _money(found) == (SOLD, 0.0)
    assert found.lines["ordered_at"].min().day == 10


def test_lists_and_files_of_what_was_paid_add_nothing_either() -> None:
    keys = ("orderNumber", "date", "customer", "amount")
    lists = {
        name: [dict(zip(keys, row, strict=True)) for row in rows[1:]] for name, rows in (("x", ORDERS), ("y", PAID))
    }
    assert _money(_of(("data.json", json.dumps(lists).encode()))) == (SOLD, 0.0)
    assert _money(_of(("a.csv", _csv(ORDERS)), ("b.csv", _csv([(*row, "") for row in PAID])))) == (SOLD, 0.0)


def test_sheets_of_other_sales_are_added_up() -> None:
    """Two branches whose members pay the same each month, two months, and goods of one order in two sheets."""
    fees = [[HEAD, *((f"{name}{at}", _day(at), _who(at), 20) for at in range(ROWS))] for name in "XY"]
    assert _money(_of(("book.xlsx", _book(Berlin=fees[0], Hamburg=fees[1]))))[0] == 40.0 * ROWS
    half = ROWS // 2
    months = (ORDERS[: half + 1], [HEAD, *((900 + at, row[1], *ORDERS[at + 1][2:]) for at, row in
              enumerate(ORDERS[half + 1 :]))])  # fmt: skip
    assert _money(_of(("book.xlsx", _book(One=months[0], Two=months[1]))))[0] == 2 * sum(10 + at for at in range(half))
    tea = [HEAD, *((*row[:3], 3 + at % 4) for at, row in enumerate(ORDERS[1:]))]
    assert _money(_of(("book.xlsx", _book(Coffee=ORDERS, Tea=tea))))[0] == SOLD + sum(3 + at % 4 for at in range(ROWS))


@pytest.mark.parametrize("heading", ["Refunded", "Discount", "Coupon", "Nota"])
def test_a_quote_is_a_blank_where_most_rows_say_nothing(heading: str) -> None:
    rows = [f"{at},{_day(at)},{_who(at)},{'2.50' if at % 6 == 0 else chr(34) * 4},{10 + at}.00" for at in range(ROWS)]
    table = read_shop([("orders.csv", "\n".join([f"Order,Date,Customer,{heading},Total", *rows]).encode())]).tables[0]
    assert table.frame[heading].notna().sum() == 5


def test_a_quote_is_the_cell_above_where_the_day_has_one_too() -> None:
    rows = [f'{_day(at)},{_who(at)},SAVE{at},{10 + at}.00\n"""",{_who(at)},"""",1.00' for at in range(ROWS)]
    table = read_shop([("orders.csv", "\n".join(["Date,Customer,Coupon,Total", *rows]).encode())]).tables[0]
    assert table.frame["Coupon"].notna().all()


@pytest.mark.parametrize("kind", ["Commission", "Shipping label", "Gebühr", "Comisión de venta", "Payout"])
def test_what_a_marketplace_takes_is_no_money_given_back(kind: str) -> None:
    lines = ["Date,Type,Order,Buyer,Amount"]
    for at in range(ROWS):
        lines += [f"{_day(at)},Order payment,{at},{_who(at)},{10 + at}.00", f"{_day(at)},{kind},{at},{_who(at)},-2.00"]
    assert _money(_read("\n".join(lines))) == (SOLD, 0.0)


def test_a_fee_that_the_customer_pays_and_a_refund_count() -> None:
    lines = ["Date,Type,Order,Buyer,Amount"]
    for at in range(ROWS):
        lines += [f"{_day(at)},Sale,{at},{_who(at)},{10 + at}.00", f"{_day(at)},Delivery fee,{at},{_who(at)},2.00"]
        lines += [f"{_day(at)},Refund,{at},{_who(at)},-3.00"] * (at % 6 == 1)
    assert _money(_read("\n".join(lines))) == (SOLD + 2 * ROWS, -15.0)


@pytest.mark.parametrize(
    ("fee", "held", "total"),
    [("Hire fee", "Security deposit", "Total charged"), ("Current charges", "Previous balance", "Amount due"),
     ("Amount", "Arrears", "Total payable"), ("Miete", "Kaution", "Gesamtbetrag")],
)  # fmt: skip
def test_a_deposit_and_an_old_balance_are_not_sold(fee: str, held: str, total: str) -> None:
    lines = [f"Invoice,Date,Customer,{fee},{held},{total}"]
    lines += [f"{at},{_day(at)},{_who(at)},{10 + at}.00,{50 + at % 4}.00,{60 + at + at % 4}.00" for at in range(ROWS)]
    assert _money(_read("\n".join(lines))) == (SOLD, 0.0)


def test_a_deposit_that_is_the_first_payment_is_sold() -> None:
    lines = ["Booking,Date,Customer,Grand Total,Deposit,Balance Due"]
    lines += [f"{at},{_day(at)},{_who(at)},{10 + at}.00,{3 + at % 4}.00,{7 + at - at % 4}.00" for at in range(ROWS)]
    assert _money(_read("\n".join(lines))) == (SOLD, 0.0)


def test_the_value_of_a_contract_is_billed_in_parts() -> None:
    lines = ["Contract,Client,Contract value,Invoice,Invoice date,Invoice amount"]
    for at in range(0, ROWS, 2):
        whole = 21 + 2 * at
        lines += [f"C{at},{_who(at)},{whole}.00,I{at + part},{_day(at + part)},{10 + at + part}.00" for part in (0, 1)]
    assert _money(_read("\n".join(lines))) == (SOLD, 0.0)


@pytest.mark.parametrize(("before", "now"), [("Original total", "Current total"), ("Alter Betrag", "Neuer Betrag")])
def test_what_an_order_costs_now_counts(before: str, now: str) -> None:
    lines = [f"Order No,Date,Email,{before},{now}"]
    lines += [f"{at},{_day(at)},{_who(at)},{12 + at}.00,{10 + at}.00" for at in range(ROWS)]
    assert _money(_read("\n".join(lines))) == (SOLD, 0.0)


def test_pieces_in_several_parcels_count_once() -> None:
    lines = ["Order,Order date,Customer,SKU,Ordered,Shipped,Unit price,Package"]
    for at in range(ROWS):
        parts = (1, 2) if at % 3 == 0 else (3,)
        lines += [f"{at},{_day(at)},{_who(at)},S{at % 4},3,{part},{10 + at}.00,P{at}{part}" for part in parts]
    assert _money(_read("\n".join(lines))) == (3 * SOLD, 0.0)


def test_merged_accounts_are_one_customer() -> None:
    lines = ["Order,Date,Customer ID,Merged into customer ID,Total"]
    lines += [f"{at},{_day(at)},{1 + at % 5 + (100 if at > 20 else 0)},{1 + at % 5 if at > 25 else ''},{10 + at}.00"
              for at in range(ROWS)]  # fmt: skip
    assert _read("\n".join(lines)).lines["customer_id"].nunique() == 6  # account 101 says nothing in any row
    marks = [line.replace("Merged into customer ID", "Customer merged") for line in lines[:1]]
    marks += [f"{at},{_day(at)},{1 + at % 5},{'yes' if at > 25 else ''},{10 + at}.00" for at in range(ROWS)]
    assert _read("\n".join(marks)).lines["customer_id"].nunique() == 5


def test_the_local_time_counts_beside_the_universal_one() -> None:
    lines = ["Order,Created (UTC),Created (local time),Email,Total"]
    lines += [f"{at},{_day(at)} 20:00:00,{_later(at)} 04:00:00,{_who(at)},{10 + at}.00" for at in range(ROWS)]
    assert _read("\n".join(lines)).lines["ordered_at"].min().day == 12


def test_days_of_the_islamic_calendar_alone_are_refused() -> None:
    lines = ["Order,Hijri date,Email,Total"]
    lines += [f"{at},1446/{1 + at % 12:02}/{1 + at % 28:02},{_who(at)},{10 + at}.00" for at in range(ROWS)]
    with pytest.raises(UserError):
        _read("\n".join(lines))


def test_numbers_of_series_are_documents() -> None:
    lines = ["Serie,Número,Fecha,Cliente,Importe total"]
    lines += [
        f"{'FB'[at % 2]}001,{1 + at // 2},{_day(at // 2 * 2 if at < 6 else at)},Ana Ray,{10 + at}.00"
        for at in range(ROWS)
    ]
    lines += ["F001,99,2024-12-01,Bob Lee,5.00"]
    assert _read("\n".join(lines)).lines["order_id"].nunique() == ROWS + 1


def test_an_account_that_is_topped_up_is_asked_about() -> None:
    lines = ["Ref,Date,Account holder,Type,Amount"]
    kinds = ("Top-up,", "Purchase,-", "Purchase,-")
    lines += [f"{at},{_day(at)},{_who(at)},{kinds[at % 3]}{10 + at}.00" for at in range(ROWS)]
    keys = [finding.key for finding in findings_of(_read("\n".join(lines)))]
    assert "orders.finding.mostly_given_back" in keys


def test_free_parts_of_a_set_cost_what_was_charged() -> None:
    lines = ["Order,Date,Email,Item,Qty,List price,Charge for line"]
    for at in range(ROWS):
        lines += [f"{at},{_day(at)},{_who(at)},Box,2,{5 + at / 2:.2f},{10 + at}.00"]
        lines += [f"{at},{_day(at)},{_who(at)},Ribbon,1,2.50,0.00"] * (at % 3 == 0)
    assert _money(_read("\n".join(lines))) == (SOLD, 0.0)


def test_boxes_that_were_skipped_are_not_sold() -> None:
    lines = ["Box No,Date,Customer ID,Price,Status"]
    lines += [f"{at},{_day(at)},K{at % 7},{10 + at}.00,{('Shipped', 'Skipped', 'Shipped', 'Paused')[at % 4]}"
              for at in range(ROWS)]  # fmt: skip
    assert _money(_read("\n".join(lines)))[0] == sum(10 + at for at in range(ROWS) if at % 2 == 0)


def _branch(at: int, first: int, *, numbered: bool) -> list[Row]:
    head = (("Order No",) if numbered else ()) + ("Date", "Customer", "Phone", "Amount")
    rows: list[Row] = [head]
    for month, who in ((month, who) for month in range(5) for who in range(12)):
        day = f"2024-{1 + month:02}-{1 + (who * 7 + month * 5 + at * 11) % 28:02}"
        number = (first + len(rows),) if numbered else ()
        rows.append((*number, day, f"ann{who}@mail.com", f"555{who:03}", (9, 19, 29, 49)[who % 4]))
    return rows


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("form", ["sheets", "files", "lists"])
def test_branches_with_the_same_members_and_fees_are_added_up(form: str, numbered: bool) -> None:
    """Each pays the same every month in both, on other days: two sales, not one that is told again when it is paid."""
    north, south = (_branch(at, 1000 * at, numbered=numbered) for at in (1, 2))
    files = {
        "sheets": [("book.xlsx", _book(North=north, South=south))],
        "files": [("north.csv", _csv(north)), ("south.csv", _csv(south))],
        "lists": [("data.json", json.dumps({
            name: [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]
            for name, rows in (("north", north), ("south", south))
        }).encode())],
    }  # fmt: skip
    assert _money(_of(*files[form])) == (2 * 5 * 3 * 106.0, 0.0)


@pytest.mark.parametrize("shared_day", [True, False])
def test_months_of_equal_fees_that_share_a_day_are_added_up(shared_day: bool) -> None:
    last = 31 if shared_day else 30
    months = [
        [HEAD, *((first + who, f"2024-{month:02}-{day}", f"ann{who}@mail.com", (9, 19, 29)[who % 3])
                 for who, day in ((who, 1 + who * 7 % 29) for who in range(12))),
         (first + 50, f"2024-01-{last}", "ann1@mail.com", 19)]
        for first, month in ((100, 1), (200, 2))
    ]  # fmt: skip
    assert _money(_of(("book.xlsx", _book(Jan=months[0], Feb=months[1]))))[0] == 2 * (4 * 57 + 19)


@pytest.mark.parametrize("heading", ["Series", "Serie", "Série"])
@pytest.mark.parametrize("of_goods", [True, False])
def test_a_series_of_goods_does_not_part_an_order(heading: str, of_goods: bool) -> None:
    """One number in two series is two invoices, or two lines where the customer and the day are the same."""
    rows = [(1 + at // 2, "AB"[at % 2], _day(at // 2 if of_goods else at), _who(at // 2 if of_goods else at), 10 + at)
            for at in range(ROWS)]  # fmt: skip
    found = _read("\n".join([f"Invoice no,{heading},Date,Customer,Amount", *(",".join(map(str, row)) for row in rows)]))
    assert found.lines["order_id"].nunique() == (ROWS // 2 if of_goods else ROWS)


def test_a_merged_order_is_no_merged_customer() -> None:
    rows = [f"{at},{_day(at)},{at % 7},{at - 1 if at % 5 == 2 else ''},{10 + at}" for at in range(ROWS)]
    found = _read("\n".join(["Order ID,Date,Customer ID,Merged order ID,Total", *rows]))
    assert found.lines["customer_id"].nunique() == 7


@pytest.mark.parametrize("balance", ["Saldo", "Previous balance", "Saldo anterior", "Solde précédent"])
def test_the_number_of_a_parcel_is_no_rest_of_an_amount(balance: str) -> None:
    rows = [
        f"{at},{_day(at)},{_who(at)},{at % 3 * 4},{4_000_000_000 + at * 987_654},{10 + at}.50" for at in range(ROWS)
    ]
    found = _read("\n".join([f"Order,Date,Customer,{balance},Parcel,Total", *rows]))
    assert _money(found) == (SOLD + ROWS / 2, 0.0)


@pytest.mark.parametrize(
    "heading", ["COD amount", "Cash collected", "Collected", "Charged", "Importe contra reembolso"]
)
def test_money_at_the_door_is_part_of_the_orders_and_none_of_it_given_back(heading: str) -> None:
    rows = [f"{at},{_day(at)},{_who(at)},{10 + at if at % 3 == 0 else 0}.00,{10 + at}.00" for at in range(ROWS)]
    assert _money(_read("\n".join([f"Order ID,Date,Customer,{heading},Order total", *rows]))) == (SOLD, 0.0)


@pytest.mark.parametrize("buyer", ["Buyer name", "Client name", "Bill to", "Kundenname", "Nom client"])
def test_the_buyer_is_the_customer_beside_who_gets_the_parcel(buyer: str) -> None:
    rows = [
        f"{at},{_day(at)},{'Zoe Gift' if at % 3 == 0 else f'Ann Lee {at % 7}'},Ann Lee {at % 7},{10 + at}"
        for at in range(ROWS)
    ]
    found = _read("\n".join([f"Order ID,Date,Consignee,{buyer},Total", *rows]))
    assert found.lines["customer_id"].nunique() == 7


@pytest.mark.parametrize("heading", ["List price", "Catalogue price"])
@pytest.mark.parametrize("counted", [True, False])
def test_a_list_price_is_of_a_piece_unless_the_lines_prove_otherwise(heading: str, counted: bool) -> None:
    rows = [(at, _day(at), _who(at), 1 + at % 3, 10 + at) for at in range(ROWS)]
    text = "\n".join(
        [
            f"Order ID,Date,Customer,{'Qty' if counted else 'Table'},{heading}",
            *(",".join(map(str, row)) for row in rows),
        ]
    )
    pieces = sum((1 + at % 3) * (10 + at) for at in range(ROWS))
    assert _money(_read(text))[0] == (pieces if counted else SOLD)


@pytest.mark.parametrize("heading", ["Shipping charges", "Delivery charge", "Transaction charge"])
def test_charges_for_the_delivery_are_no_fee_of_the_shop(heading: str) -> None:
    rows = [f"{at},{_day(at)},{_who(at)},{12 + at}.00,2.00,{10 + at}.00" for at in range(ROWS)]
    found = _read("\n".join([f"Order,Date,Customer,Total sales,{heading},Net sales", *rows]))
    assert _money(found)[0] == SOLD + (2 * ROWS if heading == "Transaction charge" else 0)


@pytest.mark.parametrize("heading", ["Car_id", "Vehicle ID", "Line ID", "Row ID"])
def test_an_id_of_goods_or_rows_is_no_number_of_an_order(heading: str) -> None:
    """Every fifth customer takes two on one day, in one order."""
    rows = [f"{_day(at)},{_who(at)},K{at * 7919 % 997}{part},{10 + at}.00" for at in range(ROWS)
            for part in range(2 if at % 5 == 0 else 1)]  # fmt: skip
    found = _read("\n".join([f"Date,Customer,{heading},Amount", *rows]))
    assert found.lines["order_id"].nunique() == ROWS


def test_months_of_equal_fees_that_share_a_week_are_added_up() -> None:
    head = ("Date", "Customer", "Amount")
    fees = [(1 + who * 35 // 12, f"ann{who}@mail.com", (9, 19, 29)[who % 3]) for who in range(12)]
    months = [
        [head, *((f"2024-{month + (day > 28):02}-{(day - 1) % 28 + 1:02}", who, fee) for day, who, fee in fees)]
        for month in (1, 2)
    ]
    assert _money(_of(("book.xlsx", _book(Jan=months[0], Feb=months[1]))))[0] == 2 * 4 * 57
