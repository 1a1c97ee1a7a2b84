"""A form for each order is no table: one sentence says so, whatever the headings, the separator or the file format."""

import io
import random

import pytest
import xlsxwriter

from benchmarks.export_languages import LANGUAGES
from lib.errors import UserError
from lib.tables import read_table

KEYS = tuple(LANGUAGES)


def forms(rng: random.Random) -> list[list[str]]:
    """Orders, each with its number and date, a heading of the customer or none, and a heading of its items."""
    heading = LANGUAGES[rng.choice(KEYS)].headings
    pick = {
        name: rng.choice(heading[name])
        for name in ("order", "bought", "customer", "email", "product", "quantity", "price")
    }
    about = rng.random() < 0.5
    blank = rng.random() < 0.7
    rows: list[list[str]] = []
    for at in range(rng.randint(2, 9)):
        rows.append([pick["order"], f"A{1000 + at}", pick["bought"], f"2024-03-{10 + at:02}"])
        if about:
            rows.append([pick["customer"], pick["email"], "Tel"])
            rows.append([f"C{at}", f"a{at}@x.com", ""])
        if blank:
            rows.append([])
        rows.append([pick["product"], pick["quantity"], pick["price"]])
        for item in range(rng.randint(1, 3)):
            rows.append([f"Item {item}", str(item + 1), f"{item + 2}.50"])
        if blank:
            rows.append([])
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_forms_are_refused_in_a_sentence(seed):
    rng = random.Random(seed)
    rows = forms(rng)
    if seed % 4 == 3:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
        data, name = out.getvalue(), "orders.xlsx"
    else:
        separator = rng.choice((",", ";", "\t"))
        data, name = "\n".join(separator.join(row) for row in rows).encode(), "orders.csv"
    with pytest.raises(UserError) as refused:
        read_table(data, name)
    assert refused.value.key == "tables.forms"


@pytest.mark.parametrize("seed", range(4))
def test_files_put_together_are_a_table(seed):
    rng = random.Random(seed)
    heading = ["Order", "Date", "Customer", "Product", "Amount"]
    rows: list[list[str]] = []
    for month in range(1, 5):
        if seed % 2:
            rows.append(["Report", f"2024-{month:02}"])
        rows.append(heading)
        rows += [
            [f"A{month}{at}", f"2024-{month:02}-{at + 1:02}", f"C{at}", rng.choice(("Mug", "Cap")), "3.50"]
            for at in range(9)
        ]
    table = read_table("\n".join(",".join(row) for row in rows).encode(), "orders.csv")
    assert "Amount" in table.frame.columns
