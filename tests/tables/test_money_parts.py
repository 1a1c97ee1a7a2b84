"""Amounts whose whole units and hundredths stand in two columns are added; other pairs of columns stay as they are."""

import io
import random
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from lib import text
from lib.layouts import understand
from lib.orders import clean
from lib.tables import read_table
from tests.tables.invented import as_text, as_workbook, same_amounts

PAIRS = (
    ("Importe euros", "Importe céntimos"), ("Euro", "Cent"), ("dollars", "cents"), ("Betrag EUR", "Cent"),
    ("Preis (Euro)", "Preis (Cent)"), ("price_dollars", "price_cents"), ("Monto pesos", "Monto centavos"),
    ("Valor reais", "Valor centavos"), ("Montant euros", "Montant centimes"), ("Importo euro", "Importo centesimi"),
    ("Amount pounds", "Amount pence"), ("£", "p"), ("Belopp kronor", "Belopp öre"), ("Beløb kr", "Beløb øre"),
    ("Kwota zł", "Kwota groszy"), ("Kwota PLN", "Grosze"), ("Tutar lira", "Tutar kuruş"), ("Сумма руб", "Сумма коп"),
    ("Belopp", "Öre"), ("Total", "Cents"), ("Precio", "Precio céntimos"), ("Amount (whole)", "Amount (cents)"),
    ("Suma lei", "Suma bani"),
    ("Importe €", "Importe cts."), ("Total amount USD", "Total amount cents"), ("Unit price €", "Unit price ct"),
)  # fmt: skip
"""Headings of whole units and of hundredths."""
COUNTEREXAMPLES = (
    ("Quantity", "Unit price cents"), ("Price", "Discount %"), ("Price", "Discount per cent"), ("Price", "Qty"),
    ("Price", "Discount cents"), ("Price cents", "Shipping cents"), ("Importe euros", "Descuento céntimos"),
    ("Importo euro", "Ore"), ("Order number", "Cents"), ("Price", "Rabatt Prozent"), ("Total dollars", "Tax cents"),
    ("Menge", "Cent"), ("Importe", "Tanto por ciento"), ("Price", "Loyalty points"), ("Montant", "Remise pour cent"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("names", "cells"),
    [
        (("Price", "Ct"), (2, 1, 4, 3)),
        (("Amount USD", "Ct"), (5, 3, 4, 2)),
        (("Precio EUR", "Cts"), (1, 2, 12, 3)),
        (("Kwota zł", "gr"), tuple(range(5, 95, 5))),
        (("Total GBP", "P"), tuple(range(2, 99, 7))),
        (("Total USD", "C"), tuple(range(1, 99, 5))),
        (("€", "ct"), (1, 2, 3, 4, 5)),
    ],
)
def test_short_words_that_count_other_things_are_no_hundredths(names, cells):
    rows = [[f"C{at % 5}", f"2025-01-{1 + at % 28:02d}", str(20 + at), str(cells[at % len(cells)])] for at in range(60)]
    table = read_table(as_text(["Customer", "Date", *names], rows).encode(), "orders.csv")
    assert table.frame[names[0]].astype("int64").tolist() == [20 + at for at in range(60)]


Made = tuple[list[str], list[list[str]], list[Decimal]]
"""A header, rows and the amounts that they mean."""


def written_parts(amount: Decimal, way: str) -> tuple[str, str]:
    """Whole units and hundredths, as programs write those of amounts below zero."""
    whole, rest = divmod(abs(int(amount * 100)), 100)
    sign = "-" if amount < 0 else ""
    cents = f"{rest:02d}" if "padded" in way else str(rest)
    both = "both" in way and rest and sign
    return f"{sign}{whole}", f"{'-' if both else ''}{cents}"


def orders_of(
    draw: random.Random, names: tuple[str, str], way: str
) -> tuple[list[str], list[list[str]], list[Decimal]]:
    count = draw.randint(12, 40)
    least = draw.choice((0, -9_000))
    amounts = [Decimal(draw.randint(least, 250_000)) / 100 for _ in range(count)]
    amounts[0], amounts[1] = Decimal("120.50"), Decimal("-0.50") if least else Decimal("0.50")
    rows = [
        [f"C{at % 5}", f"2025-{1 + at % 12:02d}-{10 + at % 19}", *written_parts(amount, way)]
        for at, amount in enumerate(amounts)
    ]
    return ["Customer", "Date", *names], rows, amounts


WAYS = ("plain", "padded", "both below zero", "padded, both below zero")


@pytest.mark.parametrize("way", range(2))
@pytest.mark.parametrize("names", PAIRS, ids=" and ".join)
def test_whole_units_and_hundredths_are_one_amount(names, way):
    draw = random.Random(f"{names}{way}")
    header, rows, amounts = orders_of(draw, names, WAYS[(2 * way + PAIRS.index(names)) % len(WAYS)])
    table = read_table(as_text(header, rows, draw.choice(",;\t")).encode(), "orders.csv")
    assert same_amounts(table.frame[names[0]], [float(amount) for amount in amounts])
    assert names[1] not in table.frame.columns
    [note] = [note for note in table.notes if note.key == "tables.note_added_parts"]
    for language in ("en", "es"):
        said = text.say(language, note.key, **note.facts)
        assert names[0] in said
        assert names[1] in said


@pytest.mark.parametrize("names", COUNTEREXAMPLES, ids=" and ".join)
@pytest.mark.parametrize("seed", range(2))
def test_other_columns_of_small_whole_numbers_stay_as_they_are(names, seed):
    draw = random.Random(seed)
    parts = [(draw.randint(0, 300), draw.randint(0, 99)) for _ in range(30)]
    rows = [[f"C{at % 5}", f"2025-01-{1 + at % 28:02d}", *map(str, both)] for at, both in enumerate(parts)]
    table = read_table(as_text(["Customer", "Date", *names], rows).encode(), "orders.csv")
    for name, values in zip(names, zip(*parts, strict=True), strict=True):
        assert table.frame[name].astype("int64").tolist() == list(values)


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (("Total euros", "Total cents"), [(at, 100 * at) for at in range(1, 20)]),  # the same amount twice
        (("Total euros", "Total cents"), [(round(at / 100 + 0.001), at) for at in range(10, 99, 7)]),
        (("amount", "amount_cents"), [(1 + at % 3, 5 + 7 * at) for at in range(13)]),  # pieces, and their price
        (("Total euros", "Total cents"), [(at + 0.5, at) for at in range(1, 20)]),
        (("Total euros", "Total cents"), [(at, -at) for at in range(1, 20)]),
    ],
)
def test_values_that_are_no_parts_of_one_amount_stay_as_they_are(names, parts):
    rows = [[f"C{at % 5}", f"2025-01-{1 + at % 28:02d}", *map(str, both)] for at, both in enumerate(parts)]
    table = read_table(as_text(["Customer", "Date", *names], rows).encode(), "orders.csv")
    assert {*names} <= {*table.frame.columns}
    assert table.frame[names[0]].tolist() == [whole for whole, _ in parts]


def test_price_and_total_have_hundredths_of_their_own():
    rows = [["C1", "2025-01-01", "2", "12", "05", "24", "10"], ["C2", "2025-02-01", "3", "1", "50", "4", "50"]]
    header = ["Customer", "Date", "Qty", "Price euros", "Price cents", "Total euros", "Total cents"]
    table = read_table(as_text(header, rows).encode(), "orders.csv")
    assert table.frame["Price euros"].tolist() == [12.05, 1.5]
    assert table.frame["Total euros"].tolist() == [24.1, 4.5]


def test_thousands_with_points_beside_cents():
    rows = [["C1", "2025-01-01", "1.234", "05"], ["C2", "2025-02-01", "12.990", "50"]]
    table = read_table(as_text(["Customer", "Date", "Amount EUR", "Cent"], rows).encode(), "orders.csv")
    assert table.frame["Amount EUR"].tolist() == [1234.05, 12990.5]
    assert [note.key for note in table.notes] == ["tables.note_added_parts"]


def test_a_column_beside_that_names_no_unit_is_not_the_whole_part():
    rows = [["C1", "2025-01-01", "12", "20", "05"], ["C2", "2025-02-01", "1", "30", "50"]]
    header = ["Customer", "Date", "Precio euros", "Precio", "Precio céntimos"]
    table = read_table(as_text(header, rows).encode(), "orders.csv")
    assert table.frame["Precio euros"].tolist() == [12.05, 1.5]
    assert table.frame["Precio"].tolist() == [20, 30]


def test_missing_parts_count_nothing():
    parts = [("12", ""), ("", "50"), ("", ""), ("7", "25")]
    rows = [[f"C{at % 3}", f"2025-0{1 + at}-01", *both] for at, both in enumerate(parts)]
    table = read_table(as_text(["Customer", "Date", "Euro", "Cent"], rows).encode(), "orders.csv")
    assert table.frame["Euro"].fillna(-1).tolist() == [12.0, 0.5, -1, 7.25]


@pytest.mark.parametrize("form", ["xlsx", "parquet", "parquet of texts"])
def test_workbooks_and_parquet(form):
    parts = [(3 + at, (37 * at) % 100) for at in range(12)]
    header = ["Customer", "Date", "Importe euros", "Importe céntimos"]
    rows = [[f"C{at % 5}", f"2025-01-{1 + at:02d}", *both] for at, both in enumerate(parts)]
    if form == "xlsx":
        table = read_table(as_workbook(header, rows), "orders.xlsx")
    else:
        kind = str if "texts" in form else int
        columns = {name: [row[at] if at < 2 else kind(row[at]) for row in rows] for at, name in enumerate(header)}
        sink = io.BytesIO()
        parquet.write_table(pa.table(columns), sink)
        table = read_table(sink.getvalue(), "orders.parquet")
    assert same_amounts(table.frame["Importe euros"], [whole + rest / 100 for whole, rest in parts])
    assert [note.key for note in table.notes].count("tables.note_added_parts") == 1


@pytest.mark.parametrize("names", [("Importe euros", "Importe céntimos"), ("Euro", "Cent"), ("Betrag EUR", "Cent")])
def test_the_amounts_of_orders_are_the_sums(names):
    header, rows, amounts = orders_of(random.Random(3), names, "padded")
    table = read_table(as_text(header, rows).encode(), "orders.csv")
    found = clean(table, understand(table))
    assert round(float(found.lines["amount"].abs().sum()), 2) == float(sum(map(abs, amounts)))
