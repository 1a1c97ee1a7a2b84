"""Points in front of three digits in every cell: both readings are possible, and the table says so."""

import random

import pytest

from lib import text
from lib.tables import read_table
from tests.tables.invented import as_text


def read(header, rows):
    return read_table(as_text(header, rows).encode(), "orders.csv")


def noted(table):
    return [str(note.facts["column"]) for note in table.notes if note.key == "tables.note_points"]


def pointed(number: int) -> str:
    return f"{number // 1000}.{number % 1000:03d}"


@pytest.mark.parametrize("heading", ["Price", "Amount", "Total", "kolom3", "Sales"])
@pytest.mark.parametrize("seed", range(4))
def test_points_that_may_group_thousands_are_noted(heading, seed):
    draw = random.Random(seed)
    rows = [[f"C{at % 4}", f"2025-03-{1 + at:02d}", pointed(draw.randint(1_000, 99_999))] for at in range(20)]
    table = read(["Customer", "Date", heading], rows)
    assert noted(table) == [heading]
    assert table.frame[heading].tolist() == [float(row[2]) for row in rows]
    [note] = table.notes
    for language in ("en", "es"):
        said = text.say(language, note.key, **note.facts)
        assert rows[0][2] in said
        assert rows[0][2].replace(".", "") in said


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Price", ["12.990", "7.50", "3.990"]),  # two decimals settle it
        ("Price", ["0.990", "7.500", "3.990"]),  # no thousands begin with a zero
        ("Price", ["1.234.567", "12.990", "3.990"]),
        ("Price", ["12.990,50", "7.990", "3.990"]),
        ("Precio", ["12.990", "7.500", "3.990"]),  # a language with a decimal comma
        ("Price KWD", ["12.990", "7.500", "3.990"]),  # a currency with three decimals
        ("Weight", ["12.990", "7.500", "3.990"]),
    ],
)
def test_nothing_is_noted_where_one_reading_is_sure(heading, cells):
    rows = [[f"C{at}", f"2025-03-{1 + at:02d}", cell, "7"] for at, cell in enumerate(cells)]
    assert noted(read(["Customer", "Date", heading, "Paid amount"], [[*row] for row in rows])) == []


@pytest.mark.parametrize("factor", [1, 1000])
@pytest.mark.parametrize("shape", ["row", "pieces", "order"])
@pytest.mark.parametrize("seed", range(4))
def test_totals_prove_the_reading(seed, shape, factor):
    """Whole totals tell whether 12.500 are 12,500 or twelve and a half: of a row, of its pieces, of an order."""
    draw = random.Random(seed)
    rows, expected = [], []
    for order in range(1, 13):
        lines = draw.randint(1, 3) if shape == "order" else 1
        made = [(1000 * draw.randint(2, 90), draw.randint(1, 5) if shape != "row" else 1) for _ in range(lines)]
        if shape == "order":
            made[0] = (made[0][0] + 500, 2)
        total = sum(price * count for price, count in made) * factor // 1000
        for price, count in made:
            rows.append([f"O{order}", f"C{order % 4}", f"2025-03-{order:02d}", pointed(price), str(count), str(total)])
            expected.append(price * factor / 1000)
    table = read(["Order ID", "Customer", "Date", "Price", "Qty", "Order total"], rows)
    assert table.frame["Price"].tolist() == expected
    assert noted(table) == []
