"""Ordinary exports that look a little like a special kind, and are none: every order of them counts once."""

import io
import json

import pytest
import xlsxwriter

from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import Orders, clean_files, findings_of

ROWS = 40
SUM = sum(10 + at for at in range(ROWS))


def _day(at: int) -> str:
    return f"2024-{1 + at % 12:02}-{1 + at % 28:02}"


def _read(text: str, name: str = "orders.csv") -> Orders:
    tables = read_shop([(name, text.encode())]).tables
    return clean_files(tables, [understand(table) for table in tables])


def _orders(heading: str, *kinds: str) -> str:
    lines = [f"{1001 + at},{_day(at)},ann{at % 9}@mail.com,{kinds[at % len(kinds)]},{10 + at}.00" for at in range(ROWS)]
    return "\n".join([f"Order ID,Order date,Customer email,{heading},Total", *lines])


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Ticket type", ("Single ticket", "Return ticket")), ("Category", ("Ticket", "Return ticket")),
        ("Trip", ("One way ticket", "Return")), ("Sale type", ("Sale", "Credit", "Cash")),
        ("Terms", ("Cash", "Credit", "Charge")), ("Payment", ("Purchase order", "Credit", "Charge")),
        ("Tender", ("Charge", "Credit card", "Credit")),
    ],
)  # fmt: skip
def test_tickets_and_ways_to_pay_give_nothing_back(heading: str, kinds: tuple[str, ...]) -> None:
    found = _read(_orders(heading, *kinds))
    assert (found.lines["order_id"].nunique(), found.lines["amount"].sum()) == (ROWS, SUM)
    assert not len(found.returns)


@pytest.mark.parametrize("kinds", [("Sale", "Credit"), ("Ticket", "Return"), ("Ticket", "Refund")])
def test_credits_beside_sales_and_tickets_that_come_back_are_given_back(kinds: tuple[str, ...]) -> None:
    assert len(_read(_orders("Type", *kinds)).returns) == ROWS / 2


@pytest.mark.parametrize("heading", ["Shipping", "Shipping method", "Envío", "Versandart", "Livraison", "Spedizione"])
@pytest.mark.parametrize("word", ["Free", "Gratis", "kostenlos", "Gratuit"])
def test_orders_of_nothing_with_free_delivery_are_orders(heading: str, word: str) -> None:
    text = _orders(heading, word).replace(",11.00", ",0.00").replace(",12.00", ",0.00")
    assert _read(text).lines["order_id"].nunique() == ROWS


@pytest.mark.parametrize("heading", ["ID", "Ref", "Referencia"])
@pytest.mark.parametrize("moment", ["", " 10:11:12"])
def test_bare_numbers_of_lines_are_no_orders(heading: str, moment: str) -> None:
    lines = [
        f"{5000 + 2 * at + part},{_day(at)}{moment},Ann {'ABCDEFGHI'[at % 9]},{kind},{at + 5}"
        for at in range(ROWS)
        for part, kind in enumerate(("Home", "Garden"))
    ]
    found = _read("\n".join([f"{heading},Date,Customer,Category,Amount", *lines]))
    assert (found.lines["order_id"].nunique(), found.lines["amount"].sum()) == (
        ROWS,
        sum(2 * (at + 5) for at in range(ROWS)),
    )


@pytest.mark.parametrize("tax", ["VAT", "IVA", "Tax", "MwSt"])
@pytest.mark.parametrize(("net", "gross"), [("Net", "Gross"), ("Netto", "Brutto")])
@pytest.mark.parametrize("sign", [".", ","])
def test_a_column_of_the_tax_says_that_the_gross_amount_has_it(tax: str, net: str, gross: str, sign: str) -> None:
    lines = [f"Order ID;Order date;Customer;{net};{tax};{gross}"]
    for at in range(ROWS):
        money = ";".join(f"{(10 + at) * times:.2f}".replace(".", sign) for times in (1, 0.2, 1.2))
        lines.append(f"{1001 + at};{_day(at)};Ann {'ABCDEFGHI'[at % 9]};{money}")
    found = _read("\n".join(lines))
    assert round(found.lines["amount"].sum(), 2) == round(1.2 * SUM, 2)
    assert "orders.finding.tax_by_rate" not in [one.key for one in findings_of(found)]


@pytest.mark.parametrize("kinds", [("web", "shop", "phone"), ("Mon", "Tue", "Wed", "Thu"), ("north", "south", "east")])
def test_tables_parted_by_bars_and_blanks_are_no_listings(kinds: tuple[str, ...]) -> None:
    lines = [f"{kinds[at % len(kinds)]} | {1001 + at} | {_day(at)} | Ann {at % 9} | {10 + at}.00" for at in range(ROWS)]
    found = _read("\n".join(["Channel | Order | Date | Customer | Amount", *lines]))
    assert (found.lines["order_id"].nunique(), found.lines["amount"].sum()) == (ROWS, SUM)


@pytest.mark.parametrize("wrapper", ["orders", "GetOrdersResponseResult_v1", "list_of_exported_orders_2024", "answer2"])
@pytest.mark.parametrize("inside", [{"NextToken": "a"}, {"total": 40, "page": 1}, {}])
def test_an_answer_under_one_name_is_its_orders(wrapper: str, inside: dict[str, object]) -> None:
    records = [
        {"id": 1001 + at, "created_at": _day(at), "email": f"ann{at % 9}@mail.com", "total_price": f"{10 + at}.00"}
        for at in range(ROWS)
    ]  # fmt: skip
    found = _read(json.dumps({wrapper: {"Orders": records, **inside}}), "orders.json")
    assert (len(found.lines), found.lines["amount"].sum()) == (ROWS, SUM)


@pytest.mark.parametrize("first", ["parcels", "items"])
def test_items_that_parcels_name_once_more_count_once(first: str) -> None:
    records = []
    for at in range(ROWS):
        items = [{"sku": "A", "price": 10.0 + at, "qty": 1}, {"sku": "B", "price": 2.0, "qty": 1}]
        lists = {
            "parcels": [{"parcel": 1, "line_items": items[:1]}, {"parcel": 2, "line_items": items[1:]}],
            "items": items,
        }
        order = {"order_id": 1001 + at, "date": _day(at), "customer": f"C{at % 9}"}
        records.append({**order, first: lists.pop(first), **lists})
    found = _read(json.dumps(records), "orders.json")
    assert (len(found.lines), found.lines["amount"].sum()) == (2 * ROWS, SUM + 2 * ROWS)


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("Cancellation policy", "Refundable"), ("Refundable", "Refundable"), ("Cancel by", "Cancelled"),
        ("Returned by", "Refunded by Ann"), ("Return label", "Returned"), ("Failed attempts", "1 failed"),
        ("Expired coupon", "Expired"), ("Blocked customer", "Blocked"), ("Cancelled subscription", "Cancelled"),
        ("Chargeback risk", "Chargeback"), ("Lost parcel", "Lost"), ("Draft number", "Draft"),
    ],
)  # fmt: skip
def test_words_of_a_few_orders_about_something_else_are_no_status(heading: str, word: str) -> None:
    assert _read(_orders(heading, word, "", "", "", "")).lines["order_id"].nunique() == ROWS


@pytest.mark.parametrize(
    ("heading", "word"), [("Cancelled or failed", "failed"), ("Voided order", "void"), ("Draft", "draft")]
)
def test_words_of_a_few_orders_that_came_to_nothing_are_a_status(heading: str, word: str) -> None:
    assert _read(_orders(heading, word, "", "", "", "")).lines["order_id"].nunique() == ROWS - ROWS / 5


@pytest.mark.parametrize(("heading", "given"), [("Refund", "50%"), ("Refund %", "50%"), ("Refund percent", "50")])
def test_shares_that_were_refunded_are_no_money(heading: str, given: str) -> None:
    assert not len(_read(_orders(heading, given, "0", "0", "0")).returns)


@pytest.mark.parametrize(
    ("given", "back"), [("Cash given", "Change returned"), ("Tendered", "Return"), ("Gegeben", "Retour")]
)
def test_change_of_a_till_is_no_refund(given: str, back: str) -> None:
    lines = [f"{1001 + at},{_day(at)},C{at % 9},{10 + at},{10 + at + at % 7},{at % 7}" for at in range(ROWS)]
    found = _read("\n".join([f"Receipt,Date,Customer,Total,{given},{back}", *lines]))
    assert (found.lines["amount"].sum(), len(found.returns)) == (SUM, 0)


@pytest.mark.parametrize("sign", [";", "|"])
@pytest.mark.parametrize("paid", ["EUR", "Cobrado", "Charged", "Grand", "Réglé", "Bezahlt"])
def test_lists_of_options_beside_what_was_paid_are_no_lines(paid: str, sign: str) -> None:
    lines = []
    for at in range(ROWS):
        options, prices = (sign.join(words[: 1 + at % 2]) for words in (["red", "XL"], ["1.00", "2.00"]))
        lines.append(f"{1001 + at},{_day(at)},ann{at % 9}@mail.com,{10 + at}.50,{options},{prices}")
    text = "\n".join([f"Order ID,Order date,Customer email,{paid},Options,Option prices", *lines])
    assert all(len(table.frame) == ROWS for table in read_shop([("o.csv", text.encode())]).tables)


@pytest.mark.parametrize("field", ["customer_contact_details", "contact1", "address_of_the_customer_2"])
def test_the_one_part_of_a_record_is_a_part_of_it(field: str) -> None:
    records = [
        {"order_id": at, "date": _day(at), "total": 10 + at, "by": {field: {"n": "A", "email": f"a{at % 9}@mail.com"}}}
        for at in range(ROWS)
    ]  # fmt: skip
    found = _read(json.dumps(records), "orders.json")
    assert (found.lines["customer_id"].nunique(), found.lines["amount"].sum()) == (9, SUM)


def test_whole_amounts_below_the_least_of_a_service_are_no_cents() -> None:
    lines = [f"paid,{10 + at},{10 + at},{_day(at)},C{at % 9}" for at in range(ROWS)]
    found = _read("\n".join(["payment_status,amount_subtotal,amount_total,created,customer", *lines]))
    assert found.lines["amount"].sum() == SUM


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("orders", "abandoned"), ("orders", "test_orders"), ("sales", "payments"), ("orders", "invoices"),
        ("pedidos", "facturas"), ("ventas", "cobros"), ("bestellungen", "warenkörbe"), ("orders", "backup"),
        ("january", "copied"), ("valid", "invalid"), ("buyers", "sellers"), ("2024", "2024_forecast"),
        ("data", "errors"),
    ],
)  # fmt: skip
def test_lists_about_other_things_beside_the_orders_are_no_further_orders(first: str, other: str) -> None:
    records = [
        {"order_id": 1001 + at, "date": _day(at), "customer": f"C{at % 9}", "total": 10 + at} for at in range(ROWS)
    ]
    beside = (
        records[::2]
        if other == "copied"
        else [{**record, "order_id": record["order_id"] + 5000} for record in records[::2]]
    )
    found = _read(json.dumps({first: records, other: beside}), "orders.json")
    assert (len(found.lines), found.lines["amount"].sum()) == (ROWS, SUM)


@pytest.mark.parametrize(("status", "times"), [("failed", 0), ("canceled", 0), ("rejected", 0), ("succeeded", 1)])
def test_refunds_inside_orders_that_came_to_nothing_give_nothing_back(status: str, times: int) -> None:
    records = [
        {
            "order_id": 1001 + at, "date": _day(at), "customer": f"C{at % 9}", "total": 10 + at,
            "refunds": [{"amount": "3.00", "status": status}] if at % 4 == 0 else [],
        }
        for at in range(ROWS)
    ]  # fmt: skip
    found = _read(json.dumps(records), "orders.json")
    assert (found.lines["amount"].sum(), found.returns["amount"].sum()) == (SUM, -3 * times * ROWS / 4)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("Payments", ["Payment date", "Customer", "Invoice", "Amount paid"]),
        ("Register", ["Day", "Customer name", "Invoice", "Amount"]),
        ("Cobros", ["Fecha", "Cliente", "Invoice", "Importe"]),
        ("2024", ["Date", "Customer", "Invoice", "Commission amount"]),
        ("Unpaid", ["Due date", "Customer", "Invoice", "Amount due"]),
    ],
)  # fmt: skip
def test_sheets_about_the_same_documents_are_no_further_sales(name: str, heading: list[str]) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sales, other = book.add_worksheet("Sales"), book.add_worksheet(name)
        sales.write_row(0, 0, ["Date", "Customer", "Invoice", "Total"])
        other.write_row(0, 0, heading)
        for at in range(ROWS):
            sales.write_row(at + 1, 0, [_day(at), f"Ann {'ABCDEFGHI'[at % 9]}", f"A{1001 + at}", 10.0 + at])
            if at % 2:
                other.write_row(at // 2 + 1, 0, [_day(at), f"Ann {'ABCDEFGHI'[at % 9]}", f"A{1001 + at}", 10.0 + at])
    tables = read_shop([("shop.xlsx", out.getvalue())]).tables
    found = clean_files(tables, [understand(table) for table in tables])
    assert (len(found.lines), found.lines["amount"].sum()) == (ROWS, SUM)


@pytest.mark.parametrize(("sold", "letters"), [("IN", "CN"), ("FA", "AV"), ("FC", "NC"), ("R", "GS")])
def test_branches_with_the_letters_of_credit_notes_sell_too(sold: str, letters: str) -> None:
    lines = [
        f"{letters if at % 4 == 3 else sold}-{1001 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},C{at % 9},{10 + at}.00"
        for at in range(ROWS)
    ]
    found = _read("\n".join(["Order ID,Order date,Customer,Total", *lines]))
    assert (found.lines["amount"].sum(), len(found.returns)) == (SUM, 0)


_NOT_CANCELLED = (
    "Cancelled by mistake, reinstated", "cancelled, then reinstated", "Cancelled one item, rest shipped",
    "Cancelled: insurance only",
    "Cancelado por transferencia", "Cancelado el 12/03 en efectivo", "Cancelado - Bizum", "Anulado el cupón",
    "Anulada la entrega, recoge en tienda", "Storniert: nur Geschenkverpackung", "Annulé le supplément livraison",
    "Annullato il codice sconto", "Cancelado o desconto", "cancelled customer's insurance",
)  # fmt: skip
_ARE_CANCELLED = (
    "Cancelled on 12/03", "cancelled at the request of the customer", "CANCELLED (duplicate)", "Anulado el 12/03",
    "Cancelado por falta de stock", "storniert wegen Lieferverzug", "Annulé par le client", "Annullato dal cliente",
    "Cancelado pelo cliente", "Order cancelled - customer request",
)  # fmt: skip


@pytest.mark.parametrize(("remarks", "off"), [(_NOT_CANCELLED, False), (_ARE_CANCELLED, True)])
def test_a_remark_cancels_an_order_where_it_says_nothing_further(remarks: tuple[str, ...], off: bool) -> None:
    for remark in remarks:
        found = _read(_orders("Notes", f'"{remark}"', "", "", "", ""))
        assert found.lines["order_id"].nunique() == ROWS - off * ROWS / 5, remark


def test_remarks_of_any_length_are_read_quickly() -> None:
    for part in ("because ", "on 1 ", "1", "- ", "refunded "):
        _read(_orders("Notes", f'"cancelled {part * 60};x"', ""))


@pytest.mark.parametrize("heading", ["Returned", "Devuelto", "Restituito", "Zurückgegeben"])
@pytest.mark.parametrize("of", [10, 8])
def test_hired_things_that_came_back_were_paid(heading: str, of: int) -> None:
    lines = [f"{1001 + at},{_day(at)},C{at % 9},{10 + at},{_day(at) if at % 10 < of else ''}" for at in range(ROWS)]
    found = _read("\n".join([f"Order,Date,Customer,Total,{heading}", *lines]))
    assert (found.lines["amount"].sum(), len(found.returns)) == (SUM, 0)


@pytest.mark.parametrize("products", [1, 2])
def test_a_returned_order_of_what_is_bought_every_month_is_no_further_return(products: int) -> None:
    lines = [
        f"{1001 + at},2024-{1 + at // 4:02}-{1 + at % 28:02},C{at % 4},Coffee {at % 4 % products},1,"
        f"{10 + at},{('No', 'Yes')[at % 9 == 8]}"
        for at in range(ROWS)
    ]
    found = _read("\n".join(["Order,Date,Customer,Product,Quantity,Total,Returned", *lines]))
    kept = SUM - sum(10 + at for at in range(ROWS) if at % 9 == 8)
    assert (found.lines["amount"].sum(), len(found.returns)) == (kept, 0)


@pytest.mark.parametrize("heading", ["Credited amount", "Amount credited", "Credited"])
@pytest.mark.parametrize("share", [1, 0.95, 0.1])
@pytest.mark.parametrize("sign", [".", ","])
def test_what_is_credited_in_every_row_is_paid_out(heading: str, share: float, sign: str) -> None:
    lines = [
        f"{1001 + at};{_day(at)};C{at % 9};{10 + at};{f'{share * (10 + at):.2f}'.replace('.', sign)}"
        for at in range(ROWS)
    ]
    found = _read("\n".join([f"Order;Date;Customer;Total;{heading}", *lines]))
    assert (found.lines["amount"].sum(), len(found.returns)) == (SUM, 0)


@pytest.mark.parametrize("sign", [".", ","])
@pytest.mark.parametrize("noted", [True, False])
def test_a_sale_on_credit_is_no_credit_note(noted: bool, sign: str) -> None:
    given = [f"{4 if noted else 10 + at}{sign}50" if at % 4 == 1 else "" for at in range(ROWS)]
    lines = [
        f"{1001 + at};{_day(at)};C{at % 9};{10 + at}{sign}50;{given[at]};{'CN' * bool(given[at]) * noted}"
        for at in range(ROWS)
    ]
    found = _read("\n".join(["Order;Date;Customer;Total;Credit amount;Credit note no", *lines]))
    assert (found.lines["amount"].sum(), found.returns["amount"].sum()) == (SUM + ROWS / 2, -4.5 * noted * ROWS / 4)


@pytest.mark.parametrize(
    ("heading", "usual", "word"),
    [
        ("Customer status", "Active", "Suspended"), ("Account status", "Open", "Suspended"),
        ("Estado cliente", "Activo", "Suspendido"), ("Kundenstatus", "Aktiv", "Geparkt"),
        ("Membership status", "Active", "Suspended"), ("Estado suscripción", "Activa", "Suspendida"),
        ("Status", "Active", "Suspended"), ("Survey", "Completed", "Not completed"),
        ("Loyalty status", "Completed", "Not completed"), ("Profile status", "Complete", "Not complete"),
    ],
)  # fmt: skip
def test_what_became_of_a_customer_says_nothing_of_orders(heading: str, usual: str, word: str) -> None:
    assert _read(_orders(heading, word, usual, usual, usual, usual)).lines["order_id"].nunique() == ROWS


@pytest.mark.parametrize(
    ("heading", "usual", "word"),
    [
        ("Status", "Completed", "Suspended"), ("Customer order status", "Completed", "Parked"),
        ("Estado", "Completado", "Suspendido"), ("Subscription status", "Active", "Cancelled"),
    ],
)  # fmt: skip
def test_what_became_of_an_order_still_does(heading: str, usual: str, word: str) -> None:
    assert _read(_orders(heading, word, usual, usual, usual, usual)).lines["order_id"].nunique() == ROWS - ROWS / 5


@pytest.mark.parametrize("paid", ["Cobrado", "EUR", "Ticket", "Received in all", "€"])
@pytest.mark.parametrize("cents", ["", ".50"])
def test_prices_in_names_beside_what_was_paid_are_no_prices(paid: str, cents: str) -> None:
    lines = [
        f"{1001 + at},{_day(at)},C{at % 9},Mug {at % 3} (€{10 * (1 + at % 3)}),{1 + at % 2},"
        f"{10 * (1 + at % 3) * (1 + at % 2) + 5 * (at % 2)}{cents}"
        for at in range(ROWS)
    ]
    text = "\n".join([f"Order,Date,Customer,Product,Quantity,{paid}", *lines])
    assert all("price" not in table.frame for table in read_shop([("o.csv", text.encode())]).tables)


@pytest.mark.parametrize("title", ["Report of March 2024", "VENTAS MARZO 2024", "Stand März 2024"])
@pytest.mark.parametrize("names", [("Year", "Month", "Day"), ("Año", "Mes", "Día"), ("Jahr", "Monat", "Tag")])
def test_a_month_in_a_title_dates_no_rows_that_say_their_months(title: str, names: tuple[str, str, str]) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Orders")
        sheet.write(0, 0, title)
        sheet.write_row(2, 0, [*names, "Customer", "Order", "Total"])
        for at in range(ROWS):
            day = [int(part) for part in _day(at).split("-")]
            sheet.write_row(3 + at, 0, [*day, f"C{at % 9}", f"A{1001 + at}", 10 + at])
    tables = read_shop([("shop.xlsx", out.getvalue())]).tables
    found = clean_files(tables, [understand(table) for table in tables])
    assert found.lines["ordered_at"].dt.month.nunique() == 12


@pytest.mark.parametrize("heading", ["Lot no", "Lot number"])
def test_batches_of_goods_number_no_orders(heading: str) -> None:
    lines = [
        f"L{(3 * at + part) % 7},{_day(at)},C{at % 9},{kind},2,{5 + at},{10 + 2 * at}"
        for at in range(ROWS)
        for part, kind in enumerate(("Cream", "Soap"))
    ]
    found = _read("\n".join([f"{heading},Date,Customer,Product,Quantity,Price,Total", *lines]))
    assert (found.lines["order_id"].nunique(), len(found.lines)) == (ROWS, 2 * ROWS)


@pytest.mark.parametrize("values", [(0, 1), (0, 12, 24)])
def test_months_of_an_extended_warranty_are_no_amounts(values: tuple[int, ...]) -> None:
    lines = [f"{1001 + at},{_day(at)},C{at % 9},2,{10 + at}.00,{values[at % len(values)]}" for at in range(ROWS)]
    found = _read("\n".join(["Order,Date,Customer,Quantity,Price,Extended", *lines]))
    assert found.lines["amount"].sum() == 2 * SUM


@pytest.mark.parametrize("form", ["{2}/{1}/{0}", "{0}-{1}-{2}"])
@pytest.mark.parametrize("amount", [30, 0])
def test_a_year_with_renamed_columns_goes_on_where_prices_and_numbers_come_again(form: str, amount: int) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for year, heading in (
            (2023, ["Date", "Number", "Customer", "Product", "Total"]),
            (2024, ["Order date", "Number", "Customer name", "Product", "Total amount"]),
        ):
            sheet = book.add_worksheet(str(year))
            sheet.write_row(0, 0, heading)
            for at in range(ROWS):
                day = form.format(year, f"{1 + at % 12:02}", f"{1 + at % 28:02}")
                who = f"Ann {'ABCDEFGHI'[(at + year) % 9]}"
                sheet.write_row(at + 1, 0, [day, f"A{at}", who, f"Class {at % 13}", amount or 10 + at])
    tables = read_shop([("shop.xlsx", out.getvalue())]).tables
    found = clean_files(tables, [understand(table) for table in tables])
    assert (len(found.lines), found.lines["amount"].sum()) == (2 * ROWS, 2 * (amount * ROWS or SUM))
