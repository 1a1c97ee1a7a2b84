"""Reports that lie otherwise than a table of records are read as one, and what only looks like them is left alone."""

import random

import pandas as pd
import pytest

from lib.tables import Table, read_table

MONTHS = ("January", "February", "March", "April", "May", "June", "July")


def _read(*lines: str) -> Table:
    return read_table(("\n".join(lines) + "\n").encode(), "report.csv")


def _notes(table: Table) -> list[str]:
    return [note.key for note in table.notes]


@pytest.mark.parametrize("seed", range(20))
def test_tables_beside_each_other(seed: int) -> None:
    rng = random.Random(seed)
    times, gap = rng.choice((2, 3, 12)), rng.choice(("", ","))
    head = f",{gap}".join(["Date,Customer,Amount"] * times)
    cells = [
        [(f"2024-01-{rng.randint(10, 28)}", f"C{side}{at}", rng.randint(1, 99)) for side in range(times)]
        for at in range(6)
    ]
    body = [f",{gap}".join(f"{day},{who},{money}.50" for day, who, money in row) for row in cells]
    found = _read(head, *body)
    assert _notes(found) == ["tables.note_beside"]
    assert list(found.frame.columns) == ["Date", "Customer", "Amount"]
    assert sorted(found.frame["Customer"]) == sorted(who for row in cells for _, who, _ in row)
    assert found.frame["Amount"].sum() == sum(money + 0.5 for row in cells for _, _, money in row)


def test_two_columns_of_the_same_name_are_no_tables_beside_each_other() -> None:
    found = _read("Date,Customer,Amount,Amount", "2024-01-15,Ann,5.00,6.00", "2024-01-16,Bob,7.00,8.00")
    assert _notes(found) == ["tables.note_same_names"] or len(found.frame) == 2
    assert len(found.frame) == 2


@pytest.mark.parametrize("label", ["Customer: ", "Cliente: ", "Kunde: "])
def test_customers_as_titles(label: str) -> None:
    found = _read(
        "Order,Date,Product,Amount",
        f"{label}Ann Lee,,,", "1,2024-01-15,Tea,5.00", "2,2024-02-15,Cup,6.50",
        f"{label}Bob Ray,,,", "3,2024-01-16,Tea,7.00",
        "Total,,,18.50",
    )  # fmt: skip
    assert list(found.frame[label[:-2]]) == ["Ann Lee", "Ann Lee", "Bob Ray"]
    assert list(found.frame["Amount"]) == [5.0, 6.5, 7.0]


def test_titles_that_may_be_anything_are_no_customers() -> None:
    found = _read(
        "Order,Date,Product,Amount", "Harbour branch,,,", "1,2024-01-15,Tea,5.00", "2,2024-02-15,Cup,6.50",
        "Station branch,,,", "3,2024-01-16,Tea,7.00",
    )  # fmt: skip
    assert not any("customer" in name.casefold() for name in found.frame.columns)


@pytest.mark.parametrize("seed", range(20))
def test_months_as_titles_of_days(seed: int) -> None:
    rng = random.Random(seed)
    form = rng.choice(("{name} {year}", "{year}-{month:02}", "{month:02}/{year}"))
    lines, due = ["Day,Customer,Amount"], []
    for month in sorted(rng.sample(range(1, 8), 4)):
        lines.append(form.format(name=MONTHS[month - 1], month=month, year=2024) + ",,")
        for day in sorted(rng.sample(range(1, 29), 3)):
            lines.append(f"{day},C{day % 4},{day}.25")
            due.append(pd.Timestamp(2024, month, day))
    assert list(_read(*lines).frame["Day"]) == due


def test_months_as_headings_stay_a_table_of_customers() -> None:
    found = _read("Customer,Jan 2025,Feb 2025,Mar 2025", "Ann Lee,20.00,,30.00", "Bob Ray,,10.00,5.00")
    assert list(found.frame.columns) == ["Customer", "Jan 2025", "Feb 2025", "Mar 2025"]
    assert len(found.frame) == 2


def test_transactions_of_an_iif() -> None:
    found = _read(
        "!TRNS\tTRNSTYPE\tDATE\tNAME\tAMOUNT", "!SPL\tTRNSTYPE\tDATE\tNAME\tAMOUNT", "!ENDTRNS",
        "TRNS\tINVOICE\t04/29/2024\tAnn Lee\t7.50", "SPL\tINVOICE\t04/29/2024\t\t-7.50", "ENDTRNS",
        "TRNS\tINVOICE\t05/02/2024\tBob Ray\t9.00", "SPL\tINVOICE\t05/02/2024\t\t-9.00", "ENDTRNS",
    )  # fmt: skip
    assert list(found.frame["AMOUNT"]) == [7.5, 9.0]


@pytest.mark.parametrize("sign", [" ", ","])
def test_rows_numbered_by_r(sign: str) -> None:
    lines = [sign.join(('"order"', '"day"', '"customer"', '"amount"'))]
    lines += [sign.join((f'"{at}"', f'"A{at}"', f"2024-01-1{at}", f'"Ann {at}"', f"{at}.5")) for at in range(1, 6)]
    found = _read(*lines).frame
    assert list(found.columns) == ["order", "day", "customer", "amount"]
    assert list(found["customer"]) == [f"Ann {at}" for at in range(1, 6)]
    assert list(found["amount"]) == [1.5, 2.5, 3.5, 4.5, 5.5]


@pytest.mark.parametrize("seed", range(10))
def test_decimal_commas_of_one_and_of_two_digits(seed: int) -> None:
    rng = random.Random(seed)
    amounts = [rng.randint(101, 9_999) / 100 for _ in range(20)] + [12.5]
    amounts = [amount if amount != int(amount) else amount + 0.5 for amount in amounts]
    lines = [f"2024-01-{10 + at % 19},C{at % 5},{amount:g}".replace(".", ",") for at, amount in enumerate(amounts)]
    assert list(_read("Date,Customer,Amount", *lines).frame["Amount"]) == amounts


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_headings_above_plain_cells(encoding: str) -> None:
    lines = ["单据日期,单据编号,往来单位,商品名称,数量,单价,金额,备注"]
    lines += [f"2024-01-1{at},XS-{at},C{at % 3},Tea,1,5.00,5.00," for at in range(9)]
    found = read_table(("\n".join(lines)).encode(encoding), "orders.csv")
    assert "金额" in found.frame.columns


def test_dates_that_end_with_a_point() -> None:
    found = _read("Datum;Kupac;Iznos", "13.05.2023.;Ana;5,00", "14.05.2023.;Ivo;6,00", "15.06.2023.;Ana;7,50")
    assert list(found.frame["Datum"].dt.day) == [13, 14, 15]


def test_a_customer_that_goes_on_on_the_next_page_is_the_same() -> None:
    found = _read(
        "Customer ledger,,", "Date,Invoice,Amount", "Ann,,", "2024-01-15,1,5.00", "Bob,,", "2024-01-16,2,6.00",
        "Bob (continued),,", "2024-01-17,3,7.00",
    )  # fmt: skip
    assert list(found.frame["Customer"]) == ["Ann", "Bob", "Bob"]


def test_titles_below_a_title_that_says_they_are_no_customers() -> None:
    found = _read(
        "Customer sales by category,,", "Date,Item,Amount", "Hats,,", "2024-01-15,Cap,5.00", "2024-01-16,Hood,6.00",
        "Shoes,,", "2024-01-17,Clog,7.00",
    )  # fmt: skip
    assert "Customer" not in found.frame


def test_rows_that_end_with_a_comma_are_not_numbered_by_r() -> None:
    found = _read(
        '"No","Customer","Date","Amount"', *(f'"{at}","C{at}","2024-01-1{at}","{at}.50",' for at in range(1, 7))
    )
    assert list(found.frame["No"]) == [1, 2, 3, 4, 5, 6]
    assert found.frame["Amount"].sum() == 24
