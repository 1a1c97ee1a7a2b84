"""Ways in which ordinary sellers write an order history: refunds inside, sums carried forward, steps of a payment."""

import json
from collections.abc import Callable

import pytest

from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import Orders, clean_files, findings_of

ROWS = 30


def _day(at: int) -> str:
    return f"2024-{1 + at // 3:02}-{10 + at % 3 * 7:02}"


def _read(text: str, name: str = "orders.csv") -> Orders:
    tables = read_shop([(name, text.encode())]).tables
    return clean_files(tables, [understand(table) for table in tables])


def _money(found: Orders) -> tuple[float, float]:
    """What was paid, and what was given back."""
    return round(float(found.lines["amount"].sum()), 2), round(float(found.returns["amount"].sum()), 2)


Refund = Callable[[float], dict[str, object]]
REFUNDS: tuple[Refund, ...] = (
    lambda money: {"id": 7, "total": f"-{money:.2f}", "reason": ""},
    lambda money: {"amount": {"value": f"{money:.2f}", "currency": "EUR"}},
    lambda money: {"id": 7, "transactions": [{"kind": "refund", "status": "success", "amount": f"{money:.2f}"}]},
    lambda money: {"refund_line_items": [{"quantity": 1, "subtotal": money - 1, "total_tax": 1.0}]},
    lambda money: {"transactions": [{"status": "failure", "amount": "99.00"}, {"amount": money}]},
)  # fmt: skip


@pytest.mark.parametrize("refund", REFUNDS)
def test_refunds_inside_an_order_are_given_back(refund: Refund) -> None:
    records = [
        {"id": 900 + at, "created_at": _day(at), "email": f"ann{at % 9}@mail.com", "total_price": f"{20 + at}.00",
         "refunds": [refund(3.5), refund(2.0)] if at % 5 == 1 else []}
        for at in range(ROWS)
    ]  # fmt: skip
    assert _money(_read(json.dumps(records), "orders.json")) == (sum(20 + at for at in range(ROWS)), -33.0)


@pytest.mark.parametrize("refund", [{"id": 7, "reason": "late"}, {"total": "see note"}])
def test_refunds_that_say_no_money_give_none_back(refund: dict[str, object]) -> None:
    records = [
        {"id": at, "created_at": _day(at), "email": f"ann{at % 9}@mail.com", "total": 20.5, "refunds": [refund]}
        for at in range(ROWS)
    ]
    assert _money(_read(json.dumps(records), "orders.json")) == (20.5 * ROWS, 0.0)


@pytest.mark.parametrize(
    ("words", "each_page"),
    [(("Carried forward", "Brought forward"), False), (("Übertrag",), True), (("Report",), False)],
)
def test_sums_carried_from_page_to_page_are_no_lines(words: tuple[str, ...], each_page: bool) -> None:
    """Of all pages so far, at the end of one and at the beginning of the next; or of one page, at its end."""
    lines, so_far = ["Order,Date,Customer,Item,Qty,Amount"], 0
    for at in range(ROWS):
        if at % 10 == 9:
            lines += [f",,,{word},,{so_far}.00" for word in words]
            so_far *= not each_page
        lines += [f"{at},{_day(at)},Ann {at % 7},Mug,1,{10 + at}.00", ",,,Cap,2,5.00"]
        so_far += 15 + at
    assert _money(_read("\n".join(lines))) == (sum(15 + at for at in range(ROWS)), 0.0)


def test_a_further_line_that_costs_what_stands_above_is_a_line() -> None:
    lines = ["Order,Date,Customer,Item,Qty,Amount", "1,2024-01-02,Ann,Mug,1,5.00", ",,,Cap,1,5.00", ",,,Pen,1,10.00",
             ",,,Set,1,20.00"]  # fmt: skip
    lines += [f"{at + 2},{_day(at)},Bob {at % 5},Mug,1,{10 + at}.00" for at in range(ROWS)]
    assert _money(_read("\n".join(lines)))[0] == 40 + sum(10 + at for at in range(ROWS))


CREDITS = {"AV": "FA", "NC": "FT", "CN": "INV", "GS": "RE"}


def _documents(credit: str, invoice: str, *, sign: str = "", customer: str = "") -> str:
    """Invoices, and after every fifth one a credit note of 4 for its customer."""
    lines = ["Number,Date,Customer,Total"]
    for at in range(ROWS):
        lines.append(f"{invoice}{at + 1:04},{_day(at)},Ann {at % 7},{10 + at}.00")
        if at % 5 == 1:
            lines.append(f"{credit}{at // 5 + 1:04},{_day(at)},{customer or f'Ann {at % 7}'},{sign}4.00")
    return "\n".join(lines).replace("Number", "Invoice no")


SOLD = float(sum(10 + at for at in range(ROWS)))


@pytest.mark.parametrize(("credit", "invoice"), CREDITS.items())
def test_credit_notes_that_only_their_number_tells_are_given_back(credit: str, invoice: str) -> None:
    assert _money(_read(_documents(credit, invoice))) == (SOLD, -24.0)


def test_credit_notes_with_a_sign_and_branches_with_such_letters_are_read_as_before() -> None:
    assert _money(_read(_documents("AV", "FA", sign="-"))) == (SOLD, -24.0)
    for credit, invoice in (("NC", "TX"), ("GS", "INV"), ("CN", "BJ")):
        assert _money(_read(_documents(credit, invoice))) == (SOLD + 24, 0.0)
    assert _money(_read(_documents("NC", "FT", customer="Bob 1"))) == (SOLD + 24, 0.0)


@pytest.mark.parametrize(
    ("held", "taken"), [("authorization", "capture"), ("Authorised", "Settled"), ("autorización", "captura")]
)
@pytest.mark.parametrize("number", ["Order", "Pedido"])
def test_money_that_was_held_and_taken_was_paid_once(held: str, taken: str, number: str) -> None:
    lines = [f"Transaction ID,{number},Created,Kind,Amount,Email"]
    for at in range(ROWS):
        kinds = (held,) if at % 6 == 2 else (taken,) if at % 6 == 3 else (held, taken)
        lines += [f"{7000 + 3 * at + part},P{at},{_day(at)},{kind},{10 + at}.00,ann{at % 7}@mail.com"
                  for part, kind in enumerate(kinds)]  # fmt: skip
    found = _read("\n".join(lines))
    assert _money(found) == (SOLD - sum(10 + at for at in range(ROWS) if at % 6 == 2), 0.0)
    assert found.lines["order_id"].nunique() == ROWS - 5


@pytest.mark.parametrize("heading", ["Revision", "Version", "Fassung"])
@pytest.mark.parametrize("start", [0, 1])
def test_the_last_revision_of_an_order_counts(heading: str, start: int) -> None:
    lines = [f"Order No,{heading},Date,Customer,Item,Amount"]
    for at in range(ROWS):
        for edit in range(1 + at % 3):
            lines += [f"{at},{start + edit},{_day(at)},Ann {at % 7},Mug,{10 + at}.00"]
            lines += [f"{at},{start + edit},{_day(at)},Ann {at % 7},Cap,{2 - edit}.00"] * (edit < 2)
    cap = sum((2, 1, 0)[at % 3] for at in range(ROWS))
    assert _money(_read("\n".join(lines)))[0] == SOLD + cap


def test_versions_of_a_product_are_no_revisions_of_its_order() -> None:
    lines = ["Order No,Version,Date,Customer,Item,Amount"]
    lines += [f"{at},{1 + (at + part) % 3},{_day(at)},Ann {at % 7},{item},{10 + at - 3 * part}.00"
              for at in range(ROWS) for part, item in enumerate(("Mug", "Cap"))]  # fmt: skip
    assert _money(_read("\n".join(lines)))[0] == 2 * SOLD - 3 * ROWS


@pytest.mark.parametrize("refers", [True, False])
def test_a_cancelled_invoice_and_its_cancellation_leave_nothing(refers: bool) -> None:
    """The invoice keeps its amount under its status; the cancellation has it with a minus, and perhaps its number."""
    lines = ["Rechnungsnr.;Datum;Kunde;Status;Brutto;Bezug"]
    for at in range(ROWS):
        gone = at % 6 == 1
        lines.append(f"RE-{at};{_day(at)};Ann {at % 7};{'Storniert' if gone else 'Bezahlt'};{10 + at},00;")
        if gone:
            lines.append(f"SR-{at};{_day(at)};Ann {at % 7};Bezahlt;-{10 + at},00;{f'RE-{at}' if refers else ''}")
        if gone and refers:  # the same customer buys for as much once more
            lines.append(f"RE-{at}b;{_day(at)};Ann {at % 7};Bezahlt;{10 + at},00;")
    again = sum(10 + at for at in range(ROWS) if at % 6 == 1)
    assert _money(_read("\n".join(lines))) == (SOLD - (0 if refers else again), 0.0)


CANCELLING = (
    "CANCELLED",
    "cancelled - out of stock",
    "Cancelled by customer, refunded",
    "ANULADO",
    "Storniert, kein Lager",
)
OTHER_REMARKS = (
    "Cancelled the old address", "call before delivery", "repeat customer", "refund if late", "cancel if it rains",
    "void cheque replaced by card", "annuler la facture papier", "Storno der alten Adresse",
)  # fmt: skip


@pytest.mark.parametrize("heading", ["Notes", "Observaciones"])
def test_an_order_that_a_remark_calls_cancelled_is_no_sale(heading: str) -> None:
    remarks = (*CANCELLING, *OTHER_REMARKS)
    lines = [f"Order,Date,Customer,Total,{heading}"]
    lines += [
        f'{at},{_day(at)},Ann {at % 7},{10 + at}.00,"{dict(enumerate(remarks)).get(at, "")}"' for at in range(ROWS)
    ]
    found = _read("\n".join(lines))
    assert _money(found)[0] == SOLD - sum(10 + at for at in range(len(CANCELLING)))
    assert found.ledger.set_aside["cancelled"] == len(CANCELLING)


@pytest.mark.parametrize("of_lines", [True, False])
def test_a_remark_on_the_first_line_is_of_the_order_unless_other_lines_have_remarks(of_lines: bool) -> None:
    lines = ["Order,Date,Customer,Item,Qty,Total,Notes"]
    for at in range(ROWS):
        lines.append(f"{at},{_day(at)},Ann {at % 7},Mug,1,{10 + at}.00,{'Cancelled' if at % 5 == 1 else ''}")
        lines.append(f"{at},{_day(at)},Ann {at % 7},Cap,2,5.00,{'gift' if of_lines and at % 4 == 1 else ''}")
    gone = sum(10 + at + (0 if of_lines else 5) for at in range(ROWS) if at % 5 == 1)
    assert _money(_read("\n".join(lines)))[0] == SOLD + 5 * ROWS - gone


@pytest.mark.parametrize("heading", ["Numero", "Nr.", "Number", "Documento"])
@pytest.mark.parametrize("form", ["{}/Q", "{}/24", "X{}"])
def test_a_bare_number_that_each_row_has_anew_numbers_the_orders(heading: str, form: str) -> None:
    """Two orders of a customer on one day are two."""
    lines = [f"{heading},Date,Customer,Amount"]
    lines += [f"{form.format(at + 1)},{_day(at // 2)},Ann {at // 2 % 7},{10 + at}.00" for at in range(6)]
    lines += [f"{form.format(at + 1)},{_day(at)},Ann {at % 7},{10 + at}.00" for at in range(6, ROWS)]
    assert _read("\n".join(lines)).lines["order_id"].nunique() == ROWS


@pytest.mark.parametrize(
    ("heading", "yes", "no"), [("Returned", "Yes", ""), ("Devuelto", "Sí", "No"), ("Retourniert", "J", "N")]
)
@pytest.mark.parametrize("apart", [True, False])
def test_a_mark_of_goods_that_came_back(heading: str, yes: str, no: str, apart: bool) -> None:
    """On the order itself: it is no sale. On a receipt of its own: that gives the money back."""
    lines, back = [f"Order,Date,Customer,Product,Qty,Amount,{heading}"], 0
    for at in range(ROWS):
        gone = at % 6 == 1
        lines.append(f"{at},{_day(at)},Ann {at % 7},Mug {at % 3},1,{10 + at}.00,{yes if gone and not apart else no}")
        if gone and apart:
            lines.append(f"R{at},{_day(at)},Ann {at % 7},Mug {at % 3},1,{10 + at}.00,{yes}")
        back += (10 + at) * gone
    paid, returned = _money(_read("\n".join(lines)))
    assert (paid, returned) == ((SOLD, -back) if apart else (SOLD - back, 0.0))


def test_tickets_there_and_back_are_sales() -> None:
    lines = ["Order,Date,Customer,Product,Qty,Amount,Retour"]
    lines += [f"{at},{_day(at)},Ann {at % 7},Fare,2,{10 + at}.00,{'J' if at % 3 else 'N'}" for at in range(ROWS)]
    assert _money(_read("\n".join(lines))) == (SOLD, 0.0)


def test_a_count_of_pieces_that_came_back_is_no_mark() -> None:
    lines = ["Order,Date,Customer,Product,Qty,Amount,Qty returned"]
    lines += [f"{at},{_day(at)},Ann {at % 7},Mug,2,{10 + at}.00,{int(at % 6 == 1)}" for at in range(ROWS)]
    back = sum(10 + at for at in range(ROWS) if at % 6 == 1) / 2
    assert _money(_read("\n".join(lines))) == (SOLD, -back)


def test_a_mark_that_differs_within_orders_is_of_lines() -> None:
    lines = ["Order,Date,Customer,Product,Qty,Amount,Void"]
    for at in range(ROWS):
        lines.append(f"{at},{_day(at)},Ann {at % 7},Mug,1,{10 + at}.00,N")
        lines.append(f"{at},{_day(at)},Ann {at % 7},Cap,1,5.00,{'Y' if at % 3 == 1 else 'N'}")
    assert _money(_read("\n".join(lines)))[0] == SOLD + 5 * sum(at % 3 != 1 for at in range(ROWS))


@pytest.mark.parametrize("heading", ["Credit amount", "Credited amount", "Credit note value"])
def test_what_was_credited_beside_an_invoice_is_given_back(heading: str) -> None:
    lines = [f"Invoice,Date,Customer,Total,Credit note no,{heading}"]
    for at in range(ROWS):
        credit = f"CN{at},4.50" if at % 5 == 1 else ","
        lines.append(f"{at},{_day(at)},Ann {at % 7},{10 + at}.00,{credit}")
    assert _money(_read("\n".join(lines))) == (SOLD, -4.5 * 6)


@pytest.mark.parametrize("net", ["Line net", "Net line", "Item net"])
def test_of_two_amounts_beside_a_price_the_one_that_is_price_times_quantity_counts(net: str) -> None:
    """An extra price comes first; some lines have it on top, and some are free."""
    lines, paid = [f"Receipt,Opened,Guest,Item,Qty,Price,Modifier price,Comp,{net},Tax"], 0.0
    for at in range(3 * ROWS):
        extra, free = 1.5 * (at % 4 == 1), at % 9 == 2
        full = (1 + at % 3) * (10 + extra)
        paid += 0 if free else full
        lines.append(
            f"{at // 2},{_day(at // 6)},Ann {at // 2 % 7},Dish {at % 5},{1 + at % 3},10.00,{extra:.2f},"
            f"{full if free else 0:.2f},{0 if free else full:.2f},{0.1 * full * (not free):.2f}"
        )
    assert _money(_read("\n".join(lines)))[0] in (paid, round(1.1 * paid, 2))


def _said(found: Orders) -> dict[str, object]:
    return {finding.key.rsplit(".", 1)[-1]: finding.facts.get("count") for finding in findings_of(found)}


@pytest.mark.parametrize("name", ["Customer", "Customer name"])
def test_different_names_behind_one_address_are_said(name: str) -> None:
    """`Ann Lee` and `Bob Ray` share one; `Eva Gil` and `Eva Gil Roth` are one person; other addresses have one name."""
    people = {1: "Ann Lee", 7: "Bob Ray", 2: "Eva Gil", 8: "Eva Gil Roth"}
    lines = [f"Order,Date,{name},Email,Total"]
    for at in range(ROWS):
        mail = {7: 1, 8: 2}.get(at, at if at < 10 else 10 + at % 5)
        lines.append(f"{at},{_day(at)},{people.get(at, f'Tom {chr(65 + mail)}x')},p{mail}@mail.com,{10 + at}.00")
    found = _read("\n".join(lines))
    assert _said(found)["shared_emails"] == 1
    assert found.lines["customer_id"].nunique() == 8 + 5


def test_an_address_beside_codes_of_customers_or_one_name_says_nothing() -> None:
    for who in ("C{}", "Ann {}"):
        lines = ["Order,Date,Customer,Email,Total"]
        lines += [f"{at},{_day(at)},{who.format(at % 9)},p{at % 3}@mail.com,{10 + at}.00" for at in range(ROWS)]
        assert "shared_emails" not in _said(_read("\n".join(lines)))


@pytest.mark.parametrize(
    ("back", "undo"),
    [("refund", "refund_failure"), ("dispute", "dispute_reversal"), ("chargeback", "Chargeback reversed")],
)
@pytest.mark.parametrize("sign", ["-", ""])
def test_a_refund_that_was_taken_back_gives_nothing_back(back: str, undo: str, sign: str) -> None:
    """Its rows have the signs of the balance, or none where the kind says enough; every third refund stays."""
    if back == "dispute" and not sign:
        return  # a dispute alone may still be won
    lines, kept = ["id,created,type,order,amount,customer"], 0
    for at in range(ROWS):
        rows = [("charge", f"{10 + at}.00")]
        if at % 3 == 1:
            rows.append((back, f"{sign}{10 + at}.00"))
            kept += (10 + at) * (at % 9 != 1)
            rows += [(undo, f"{10 + at}.00")] * (at % 9 == 1)
        rows += [("refund", f"{sign}5.00")] * (at == 2)
        lines += [f"t{at}{kind},{_day(at)},{kind},o{at},{money},c{at % 7}" for kind, money in rows]
    assert _money(_read("\n".join(lines))) == (SOLD, -float(kept + 5))
