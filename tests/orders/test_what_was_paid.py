"""What counts as paid: amounts with tax, parts, refunds of the same moment, statuses that nobody knows."""
# ruff: noqa: E501 - small tables read best in long lines

import itertools

import pytest

from lib.layouts import understand
from lib.orders import CleanOptions, Orders, clean_files, findings_of
from lib.tables import read_table

TAXED = (
    ("Montant HT", "TVA", "Montant TTC"), ("HT", "TVA", "TTC"), ("Net", "VAT", "Gross"), ("Net amount", "Tax", "Gross amount"),
    ("Nettobetrag", "USt", "Bruttobetrag"), ("Base imponible", "IVA", "Total factura"), ("Imponibile", "IVA", "Totale documento"),
    ("Bedrag excl. btw", "Btw", "Bedrag incl. btw"), ("Kwota netto", "VAT", "Kwota brutto"), ("Valor sem IVA", "IVA", "Valor com IVA"),
    ("Belopp exkl. moms", "Moms", "Belopp inkl. moms"), ("Beløp eks. mva", "MVA", "Beløp inkl. mva"), ("Veroton summa", "ALV", "Yhteensä"),
)  # fmt: skip


def _clean(*lines: str, options: CleanOptions | None = None) -> Orders:
    tables = [read_table(("\n".join(lines) + "\n").encode(), "orders.csv")]
    return clean_files(tables, [understand(table) for table in tables], options=options)


def _found(orders: Orders) -> list[str]:
    return [finding.key.rpartition(".")[2] for finding in findings_of(orders)]


@pytest.mark.parametrize("names", TAXED, ids=" ".join)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_amount_with_tax_was_paid(names: tuple[str, str, str], order: tuple[int, int, int]) -> None:
    money = [
        ("10.00", "2.00", "12.00"),
        ("30.50", "6.10", "36.60"),
        ("7.25", "1.45", "8.70"),
        ("99.00", "19.80", "118.80"),
    ]
    lines = [";".join(["Invoice", "Date", "Customer", *(names[at] for at in order)])]
    lines += [
        ";".join([f"F{n}", f"2024-01-1{n}", f"C{n % 2}", *(row[at] for at in order)]) for n, row in enumerate(money)
    ]
    assert _clean(*lines).lines["amount"].sum() == pytest.approx(12.00 + 36.60 + 8.70 + 118.80)


def test_a_list_price_is_not_what_was_paid() -> None:
    """What was paid, the discount and their sum: the sum is the list price."""
    lines = ["Invoice,Date,Customer,Amount,Discount,Gross list price"]
    lines += [
        f"F{n},2024-01-1{n},C{n % 2},{paid}.00,{paid / 10:.2f},{paid * 1.1:.2f}"
        for n, paid in enumerate((10, 20, 30, 40))
    ]
    assert _clean(*lines).lines["amount"].sum() == pytest.approx(100)


PARTLY = ("Partially paid", "Deposit paid", "Parcialmente pagado", "Teilweise bezahlt", "Angezahlt", "Acompte versé")


@pytest.mark.parametrize("word", PARTLY)
def test_orders_that_are_partly_paid_are_named(word: str) -> None:
    lines = [
        "Order,Date,Customer,Total,Payment status",
        "1,2024-01-13,A,10.00,Paid",
        f"2,2024-01-14,B,20.00,{word}",
        "3,2024-01-15,A,30.00,Paid",
    ]
    found = _clean(*lines)
    assert found.lines["amount"].sum() == 60
    assert "doubtful_counted" in _found(found)


@pytest.mark.parametrize("word", ["Mystisk", "Квазар", "Zurglflux"])
def test_statuses_in_no_list_are_named(word: str) -> None:
    lines = [
        "Order,Date,Customer,Total,Order status",
        "1,2024-01-13,A,10.00,Completed",
        f"2,2024-01-14,B,20.00,{word}",
        "3,2024-01-15,A,30.00,Cancelled",
    ]
    found = _clean(*lines)
    assert found.lines["amount"].sum() == 30
    assert "unknown_codes" in _found(found)


@pytest.mark.parametrize(
    "word", ["Shipped", "In Bearbeitung", "En cours", "Nuevo", "配送中", "Новый", "Kiszállítva", "Hoàn thành"]
)
def test_statuses_that_are_known_are_not_named(word: str) -> None:
    lines = [
        "Order,Date,Customer,Total,Order status",
        "1,2024-01-13,A,10.00,Completed",
        f"2,2024-01-14,B,20.00,{word}",
        "3,2024-01-15,A,30.00,Cancelled",
    ]
    assert "unknown_codes" not in _found(_clean(*lines))


@pytest.mark.parametrize("word", ["Отказана", "Mitätöity", "Poništeno", "Revoked", "Сделка провалена"])
def test_further_words_for_orders_that_do_not_count(word: str) -> None:
    lines = [
        "Order,Date,Customer,Total,Order status",
        "1,2024-01-13,A,10.00,Paid",
        f"2,2024-01-14,B,20.00,{word}",
        "3,2024-01-15,C,30.00,Paid",
    ]
    assert _clean(*lines).lines["amount"].sum() == 40


def test_an_order_refunded_at_the_same_moment_brings_nothing() -> None:
    found = _clean(
        "Order,Date,Customer,Amount,Status", "1,2024-01-13,A,10.00,Paid", "2,2024-01-14,B,20.00,Paid",
        "2,2024-01-14,B,20.00,Refunded", "3,2024-01-15,A,30.00,Paid",
    )  # fmt: skip
    assert found.lines["amount"].sum() + found.returns["amount"].sum() == 40


def test_a_refunded_line_beside_lines_of_its_order_was_never_counted() -> None:
    found = _clean(
        "Order,Date,Customer,Product,Amount,Status", "1,2024-01-13,A,Tea,10.00,Paid", "1,2024-01-13,A,Cup,20.00,Refunded",
        "2,2024-01-14,B,Tea,10.00,Paid", "2,2024-01-14,B,Cup,20.00,Paid", "3,2024-01-15,A,Tea,10.00,Paid",
    )  # fmt: skip
    assert found.lines["amount"].sum() + found.returns["amount"].sum() == 50


HEAD = "Order,Date,Customer,Product,Quantity,Amount"
TEA = "2,2024-01-14,B,Tea,1,5.00"


def test_two_equal_rows_are_named() -> None:
    lines = [HEAD, "1,2024-01-13,A,Tea,1,5.00", TEA, TEA, "3,2024-01-15,A,Cup,1,7.00"]
    found = _clean(*lines)
    assert found.equal_rows == 1
    assert "equal_rows" in _found(found)
    kept = _clean(*lines, options=CleanOptions(duplicates="keep"))
    assert kept.lines["amount"].sum() == found.lines["amount"].sum() + 5
    assert "equal_rows" not in _found(kept)


def test_as_many_equal_rows_are_named_as_were_left_out() -> None:
    """Online Retail said 3,921 rows beside 5,225 in the list of what was left out."""
    rows = [f"{at},2024-01-1{at},C{at % 3},Tea,1,{at}.00" for at in range(1, 9)]
    found = _clean(HEAD, *rows, *rows[2:6], "9,2024-01-19,A,Cup,1,7.00", TEA, TEA)
    named = [one.facts["rows"] for one in findings_of(found) if one.key == "orders.finding.equal_rows"]
    assert named == [found.ledger.set_aside["duplicate"]] == [5]


def test_a_stretch_that_was_exported_twice_is_not_named() -> None:
    rows = [f"{at},2024-01-1{at},C{at % 3},Tea,1,{at}.00" for at in range(1, 9)]
    assert _clean(HEAD, *rows, *rows[2:6]).equal_rows == 0


def test_guests_with_a_column_of_e_mails_of_their_own() -> None:
    found = _clean(
        "Order,Date,Account ID,Account email,Guest email,Total", "1,2024-01-13,K1,a@mail.com,,10.00",
        "2,2024-01-14,,,b@mail.com,20.00", "3,2024-01-15,,,b@mail.com,30.00", "4,2024-01-16,K1,a@mail.com,,40.00",
    )  # fmt: skip
    assert found.lines.groupby("customer_id")["amount"].sum().to_dict() == {"K1": 50, "b@mail.com": 50}


def test_phones_with_and_without_the_code_of_the_country() -> None:
    found = _clean(
        "Order,Date,Phone,Total", "1,2024-01-13,+34 600 123 123,10.00", "2,2024-01-14,600123123,20.00",
        "3,2024-01-15,+34611222333,30.00", "4,2024-01-16,+49611222333,40.00",
    )  # fmt: skip
    assert sorted(found.lines.groupby("customer_id")["amount"].sum()) == [30, 30, 40]


def test_a_receipt_that_was_paid_in_two_ways() -> None:
    lines = ["Receipt,Date,Customer Email,Receipt total,Tender,Tender amount"]
    for n in range(1, 5):
        lines += [
            f"{n},2024-01-1{n},c{n % 2}@mail.com,10.00,Gift card,4.00",
            f"{n},2024-01-1{n},c{n % 2}@mail.com,10.00,Card,6.00",
        ]
    assert _clean(*lines).lines["amount"].sum() == 40


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Gross Sales,Discounts,Net Sales", "{before:.2f},{off:.2f},{paid:.2f}"),
        ("Gross Amount,Amount", "{before:.2f},{paid:.2f}"),
        ("Listenpreis brutto,Betrag", "{before:.2f},{paid:.2f}"),
        ("Net weight,Gross weight,Amount", "{paid:.2f},{heavy:.2f},{paid:.2f}"),
        ("Amount,Cost,Gross", "{paid:.2f},{off:.2f},{both:.2f}"),
    ],
)
def test_gross_before_a_discount_and_gross_weights_were_not_paid(heading: str, row: str) -> None:
    lines, paid = [f"Order,Date,Customer,{heading}"], 0.0
    for n in range(1, 25):
        before = 10.0 * n
        off = round(before * (0.1 if n % 3 else 0.3), 2)
        figures = {"before": before, "off": off, "paid": before - off, "heavy": 1.1 * (before - off), "both": before}
        lines.append(f"{n},2024-01-{n:02},C{n % 5}," + row.format(**figures))
        paid += before - off
    assert _clean(*lines).lines["amount"].sum() == pytest.approx(paid)


@pytest.mark.parametrize("somebody", ["Sales rep email", "Affiliate email", "Created by email"])
def test_e_mails_of_the_staff_are_no_guests(somebody: str) -> None:
    found = _clean(
        f"Order,Date,Email,{somebody},Total", "1,2024-01-13,a@mail.com,,10.00", "2,2024-01-14,,rep@mail.com,20.00",
        "3,2024-01-15,b@mail.com,,30.00", "4,2024-01-16,,rep@mail.com,40.00",
    )  # fmt: skip
    assert found.lines.groupby("customer_id")["amount"].sum().to_dict() == {"a@mail.com": 10, "b@mail.com": 30}


def test_phones_with_zeros_before_the_code_beside_others_without_a_code() -> None:
    found = _clean(
        "Order,Date,Phone,Total", "1,2024-01-13,+34 600 123 123,10.00", "2,2024-01-14,600123123,20.00",
        "3,2024-01-15,0049 170 1234567,30.00", "4,2024-01-16,+49 170 1234567,40.00", "5,2024-01-17,0034600123123,50.00",
    )  # fmt: skip
    assert sorted(found.lines.groupby("customer_id")["amount"].sum()) == [70, 80]


@pytest.mark.parametrize(
    ("heading", "given"), [("DiscountRate", 0.1), ("Discount", 0.1), ("Dto", 10), ("Rabatt %", 10)]
)
@pytest.mark.parametrize("beside", ["Total", "Order value"])
def test_a_line_less_its_share_was_paid_whatever_stands_beside_it(heading: str, given: float, beside: str) -> None:
    """One share on some orders alone is no money; the order's total on each line is no line."""
    lines = [f"Order,Date,Customer,SKU,Qty,UnitPrice,{heading},LineTotal,{beside}"]
    paid = 0.0
    for at in range(30):
        off = given if at % 3 == 0 else 0
        nets = [round(part * (1 - (off if off < 1 else off / 100)), 2) for part in (2.0 * (20 + at), 35.0)]
        paid += sum(nets)
        for sku, pieces, price, net in zip("AB", (2, 1), (20.0 + at, 35.0), nets, strict=True):
            cells = f"{price:.2f},{off},{net:.2f},{1.15 * sum(nets):.2f}"
            lines.append(f"{at + 1},2024-{1 + at % 12:02}-17,C{at % 7},{sku},{pieces},{cells}")
    table = read_table("\n".join(lines).encode(), "orders.csv")
    assert clean_files([table], [understand(table)]).lines["amount"].sum() == pytest.approx(paid)
