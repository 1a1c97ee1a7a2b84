"""Texts that unquoted commas split in most rows are joined where blanks behind the commas prove it, and only there."""

import csv
import io
import random

import pytest

from lib.tables import read_table

GOODS = ("Tee, blue", "Mug, red", "Hat", "Tee, green, small", "Plate", "Jug, 2 l", "Cloth, 40 x 60")
PEOPLE = ("Pérez, Ana", "Gil, Luis", "Lee, Bob", "Sánchez, María José")
NAMES = {
    "order": ("Order", "Pedido"),
    "date": ("Date", "Fecha"),
    "customer": ("Customer", "Cliente"),
    "product": ("Product", "Producto"),
    "quantity": ("Quantity", "Cantidad"),
    "amount": ("Amount", "Importe"),
}


def shop(seed: int) -> tuple[list[str], list[list[str]]]:
    """Columns in any order, and rows as they are meant; most products or customers have a comma."""
    draw = random.Random(seed)
    kinds = draw.sample(list(NAMES), len(NAMES))
    language = draw.randrange(2)
    rows = []
    for at in range(draw.choice([6, 30, 80])):
        row = {
            "order": str(1000 + at),
            "date": f"2024-0{1 + at % 9}-1{at % 9}",
            "customer": draw.choice(PEOPLE) if seed % 2 else f"C{at % 5}",
            "product": draw.choice(GOODS),
            "quantity": str(draw.randint(1, 9)),
            "amount": f"{draw.uniform(2, 90):.2f}",
        }
        rows.append([row[kind] for kind in kinds])
    return [NAMES[kind][language] for kind in kinds], rows


def unquoted(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def quoted(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("seed", range(40))
def test_a_file_without_quotes_reads_as_the_same_file_with_them(seed):
    heading, rows = shop(seed)
    found = read_table(unquoted([heading, *rows]), "orders.csv").frame
    wanted = read_table(quoted([heading, *rows]), "orders.csv").frame
    assert list(found.columns) == list(wanted.columns)
    assert found.astype("str").to_numpy().tolist() == wanted.astype("str").to_numpy().tolist()


@pytest.mark.parametrize(
    "lines",
    [
        # a column that the heading forgot, and blanks behind every comma
        ["Date,Customer,Amount", *(f"2024-01-1{at},C{at},{at}.50, web" for at in range(9))],
        ["Date, Customer, Amount", *(f"2024-01-1{at}, C{at}, {at}.50" for at in range(9))],
        # with the pieces joined, an amount would be a word
        ["Date,Product,Amount", *(f"2024-01-1{at},Tee,{at}.50, blue" for at in range(9))],
    ],
)
def test_what_is_no_text_stays_apart(lines):
    frame = read_table("\n".join(lines).encode(), "orders.csv").frame
    assert frame["Amount"].tolist() == [at + 0.5 for at in range(9)]
