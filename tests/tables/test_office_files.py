# ruff: noqa: E501 - texts of files read best as they are
"""Files as consoles, scripts and office programs leave them become tables, or say what is missing from them."""

import random
import re

import pytest

from benchmarks.exports import office
from lib.errors import UserError
from lib.layouts import understand
from lib.orders import clean_all, findings_of
from lib.tables import dbase, programs, read_table, repair, yaml_records

HEAD = "order,date,customer,amount"


def keys(table) -> list[str]:
    return [note.key.removeprefix("tables.") for note in table.notes]


def rows_of(data: bytes | None) -> list[list[str]]:
    assert data is not None
    return [line.split(",") for line in data.decode().splitlines()]


PSQL = "-[ RECORD {at} ]------\norder    | A{at}\ndate     | 2024-01-0{at}\nwho      | Ann Lee\n"
MYSQL = "*************************** {at}. row ***************************\n order: A{at}\n  date: 2024-01-0{at}\n   who: Ann Lee\n"
SQLITE = "order = A{at}\n date = 2024-01-0{at}\n  who = Ann Lee\n\n"
MAIL = "order: A{at}\ndate: 2024-01-0{at}\nwho: Ann Lee\n----------------\n"


@pytest.mark.parametrize("form", [PSQL, MYSQL, SQLITE, MAIL])
def test_values_line_by_line_are_rows(form: str):
    text = "".join(form.format(at=at) for at in range(1, 5))
    rows = rows_of(programs.plain_table(text.encode()))
    assert rows == [["order", "date", "who"], *([f"A{at}", f"2024-01-0{at}", "Ann Lee"] for at in range(1, 5))]


def test_a_text_with_colons_is_no_listing():
    assert programs.plain_table(b"Note: x\nTo: y\nSome words without any\nNote: z\n" * 4) is None
    assert programs.plain_table("\n".join([HEAD, *["A1,2024-01-05 10:00,C1,5.50"] * 9]).encode()) is None


PRINTED = """   order    customer  amount
0     A1     Ann Lee    5.50
1     A2  Bob Ray Jr   12.00
2     A3     Eva Gil  100.25
"""
WRAPPED = """  order       date \\
1    A1 2024-01-05
2    A2 2024-01-06

  customer amount
1  Ann Lee   5.50
2  Bob Ray  12.00
"""


def test_a_printed_table_is_parted_by_its_columns():
    rows = rows_of(programs.plain_table(PRINTED.encode()))
    assert rows == [["order", "customer", "amount"], ["A1", "Ann Lee", "5.50"], ["A2", "Bob Ray Jr", "12.00"], ["A3", "Eva Gil", "100.25"]]  # fmt: skip


def test_a_print_that_goes_on_below_itself_is_one_table():
    rows = rows_of(programs.plain_table(WRAPPED.encode()))
    assert rows == [["order", "date", "customer", "amount"], ["A1", "2024-01-05", "Ann Lee", "5.50"], ["A2", "2024-01-06", "Bob Ray", "12.00"]]  # fmt: skip


def test_a_print_that_leaves_rows_out_is_refused():
    cut = PRINTED.replace("1     A2  Bob Ray Jr   12.00", "..   ...         ...     ...").replace(
        "2     A3", "9     A9"
    )
    with pytest.raises(UserError) as refused:
        read_table(cut.encode(), "orders.txt")
    assert refused.value.key == "tables.print_cut"


def test_yaml_becomes_json_without_losing_zeros():
    text = b"---\n# all\n- id: '007'\n  total: 12.50  # paid\n  lines:\n  - name: \"A: b\"\n    qty: 2\n- id: 8\n  total: null\n"
    assert yaml_records.as_json(text, "o.yaml") == (
        b'[{"id": "007", "total": "12.50", "lines": [{"name": "A: b", "qty": "2"}]}, {"id": "8", "total": null}]'
    )


@pytest.mark.parametrize(
    "text", [b"a: &x 5\nb: *x\n", b"a: 1\na: 2\n", b"a,b\n1,2\n", b"- x\n\t- y\n", b"a: 1\n--- \nb: 2\n"]
)
def test_other_texts_and_references_are_no_yaml(text: bytes):
    assert yaml_records.as_json(text, "o.yaml") is None


def test_a_table_of_latex_is_read_without_its_rules():
    text = (
        rb"\begin{tabular}{l|r} \hline \textbf{Order} & Amount \\ \hline \#1 & 5.50 \\ A\_2 & \$12.00 \\ \end{tabular}"
    )
    assert rows_of(programs.plain_table(text)) == [["Order", "Amount"], ["#1", "5.50"], ["A_2", "$12.00"]]


def test_rows_that_dbase_marks_as_deleted_are_none():
    kind = next(kind for kind in office.KINDS if kind.__name__ == "dbase_with_deleted_rows")
    export = kind(random.Random(5))
    data = export.files[0][1]
    assert dbase.is_dbase(data)
    assert not dbase.is_dbase(data[:200])
    lines = dbase.as_csv(data, "x.dbf").decode().splitlines()
    assert len(lines) - 1 == len(export.sold)
    assert not any(re.match(r"X\d+,", line) for line in lines)


def test_lines_with_another_separator_than_the_heading_get_its_own():
    text = b"order;date;customer;amount\n1;01.02.2024;C1;5,50\n2;02.02.2024;C2;7,50\n" + b"3,2024-02-03,C1,1.50\n" * 4
    whole = bytes(repair.with_one_separator(text)).decode()
    assert whole.count(";") == 3 * 7
    assert "3;2024-02-03;C1;1.50" in whole
    plain = "\n".join([HEAD, *["1,2024-01-05,C1;C2;C3;C4,5"] * 5]).encode()
    assert repair.with_one_separator(plain) is plain


def test_errors_of_a_spreadsheet_are_unread_amounts_and_said():
    lines = [HEAD, *(f"{at},2024-01-{at + 1:02},C{at % 7},{'#N/A' if at == 4 else '5.50'}" for at in range(20))]
    table = read_table("\n".join(lines).encode(), "o.csv")
    assert table.unread == {"amount": ((4, "#N/A"),)}
    found = clean_all([table], [understand(table)])
    assert [(one.key, dict(one.facts)) for one in findings_of(found)] == [
        ("orders.finding.unreadable", {"column": "amount", "rows": 1})
    ]


def test_errors_in_other_columns_are_missing():
    lines = [
        "order,date,city,amount",
        *(f"{at},2024-01-{at + 1:02},{'#N/A' if at == 4 else 'Rome'},5" for at in range(9)),
    ]
    table = read_table("\n".join(lines).encode(), "o.csv")
    assert table.frame["city"].isna().sum() == 1
    assert not table.unread


@pytest.mark.parametrize(
    ("heading", "cell", "amount"),
    [
        ("Umsatz (T€)", "0,0125", 12.5), ("Revenue in thousands", "0.0125", 12.5), ("Ventas (miles de euros)", "1,5", 1500.0),
        ("Umsatz in Mio. €", "0,5", 500_000.0), ("Sales (K items)", "12.5", 12.5), ("Montant €", "12,5", 12.5),
    ],
)  # fmt: skip
def test_a_heading_says_thousands(heading: str, cell: str, amount: float):
    text = "\n".join(["order\tdate\t" + heading, *(f"{at}\t2024-01-{at + 1:02}\t{cell}" for at in range(9))])
    table = read_table(text.encode(), "o.tsv")
    assert table.frame[heading].tolist() == pytest.approx([amount] * 9)
    assert ("note_thousands" in keys(table)) == (amount not in (12.5,) or "T€" in heading or "thousand" in heading)


@pytest.mark.parametrize("unit", ["m", "t", "M", "T", "Tsd", "k"])
@pytest.mark.parametrize(
    "heading", ["Preis/{} €", "Preis pro {} EUR", "Price per {} €", "PRECIO POR {} EUR", "Prix / {} €"]
)
def test_prices_of_a_metre_or_a_tonne_are_no_thousands(heading: str, unit: str):
    text = "\n".join(["order\t" + heading.format(unit), *(f"{at}\t{at}.50" for at in range(9))])
    assert read_table(text.encode(), "o.tsv").frame[heading.format(unit)].tolist() == [at + 0.5 for at in range(9)]


@pytest.mark.parametrize("heading", ["Distance in miles", "Paid in Miles", "Preis t €", "Preis m €"])
def test_miles_and_small_letters_are_no_thousands(heading: str):
    text = "\n".join(["order\t" + heading, *(f"{at}\t{at}.50" for at in range(9))])
    assert read_table(text.encode(), "o.tsv").frame[heading].tolist() == [at + 0.5 for at in range(9)]


@pytest.mark.parametrize("heading", ["Umsatz / T€", "Ventas en miles", "Omzet k€", "Umsatz T EUR"])
def test_other_headings_say_thousands(heading: str):
    text = "\n".join(["order\t" + heading, *(f"{at}\t{at}.50" for at in range(9))])
    assert read_table(text.encode(), "o.tsv").frame[heading].tolist() == [1_000 * at + 500 for at in range(9)]


BLANKS = [" ", "\t", "\v", "\u00a0", "\u202f", "\u2009", "\u2028", "\u3000", "\x1f"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    "mark", ["{}{}*", "{}*{}", "{}{}1)", "{}*{}1)", "{}:-{}", "{}{}:-", "{}:--{}", "{}:-{}:-", "{}:5{}*"]
)
def test_marks_behind_any_blank_end(mark: str, blank: str):
    """Python and Arrow do not mean the same blanks and digits, and the reading never ended."""
    for digits in ("12", "١٢"):
        rows = "\n".join(f'{at},"{mark.format(digits, blank) if at % 3 else 7}"' for at in range(9))
        table = read_table(f"order,amount\n{rows}".encode(), "o.csv")
        assert len(table.frame) == 9
        if blank in " \u00a0" and digits == "12" and mark in ("{}{}*", "{}*{}", "{}{}1)", "{}:-{}", "{}:--{}"):
            assert table.frame["amount"].tolist() == [12 if at % 3 else 7 for at in range(9)]


def test_marks_of_footnotes_are_no_part_of_an_amount():
    text = "\n".join([HEAD, *(f"{at},2024-01-{at + 1:02},C1,{'5.50*' if at % 3 else '7.25'}" for at in range(9))])
    table = read_table(text.encode(), "o.csv")
    assert table.frame["amount"].tolist() == [5.5 if at % 3 else 7.25 for at in range(9)]
    assert "note_marks" in keys(table)


def test_cells_that_list_lines_become_rows():
    text = 'order,date,products,qty,price\n1,2024-01-05,"Mug\nCap","2\n1","5.50\n7.00"\n2,2024-01-06,"Mug\nTea","1\n3","5.50\n2.00"\n3,2024-01-07,Mug,1,5.50\n'
    frame = read_table(text.encode(), "o.csv").frame
    assert frame["products"].tolist() == ["Mug", "Cap", "Mug", "Tea", "Mug"]
    assert (frame["qty"] * frame["price"]).tolist() == [11.0, 7.0, 5.5, 6.0, 5.5]
    totals = (
        text.replace("price\n", "price,total\n").replace('7.00"\n', '7.00",18.00\n').replace('2.00"\n', '2.00",11.50\n')
    )
    assert len(read_table(totals.encode(), "o.csv").frame) == 3  # the order says its own money


def test_three_ways_to_write_dates_in_one_column():
    days = [
        "2022-10-29",
        "29. Oktober 2022",
        "09.11.22",
        "29. November 2022",
        "10.12.22",
        "2022-12-07",
        "11. März 2023",
    ]
    frame = read_table("\n".join(["Nr;Datum", *(f"{at};{day}" for at, day in enumerate(days))]).encode(), "o.csv").frame
    read = [f"{day:%Y-%m-%d}" for day in frame["Datum"]]
    assert read == ["2022-10-29", "2022-10-29", "2022-11-09", "2022-11-29", "2022-12-10", "2022-12-07", "2023-03-11"]
