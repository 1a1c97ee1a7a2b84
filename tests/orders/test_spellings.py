"""Customers known by a name that people type are one customer in every spelling; codes and addresses are not."""

import random
import unicodedata
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from lib.layouts import understand
from lib.orders import Orders, clean_files
from lib.orders.spellings import spellings_of_numbers
from lib.tables import read_table

PEOPLE = (
    "Ana Pérez", "Luis Gil", "José Ñáñez", "Zoë O'Neil", "Jean-Luc Émard", "Müller GmbH", "Łucja Żak", "Bob",
    "Ana Pereda", "Smith, John", "Smith, Joan", "İpek Şahin",
)  # fmt: skip
WAYS = (
    str, str.upper, str.lower, str.title, lambda name: f"  {name} ", lambda name: name.replace(" ", "  "),
    lambda name: unicodedata.normalize("NFD", name), lambda name: name.replace("é", "e").replace("ñ", "n"),
)  # fmt: skip
HEADERS = ("Pedido;Fecha;Cliente;Importe", "Order;Date;Customer;Amount", "Order;Date;Customer name;Amount")


def sold(seed: int) -> list[tuple[int, date, str, float]]:
    """Orders with the customer's name as it should be written."""
    draw = random.Random(seed)
    return [
        (1000 + at, date(2025, 1, 3) + timedelta(days=at), draw.choice(PEOPLE), round(draw.uniform(2, 90), 2))
        for at in range(60)
    ]


def written(seed: int, rows: list[tuple[int, date, str, float]], header: str) -> bytes:
    draw = random.Random(seed)
    lines = [
        f"{number};{day:%d/%m/%Y};{draw.choice(WAYS)(name)};{amount:.2f}".replace(".", ",")
        for number, day, name, amount in rows
    ]
    return "\n".join([header, *lines]).encode()


def read(*files: bytes) -> Orders:
    tables = [read_table(data, f"{place}.csv") for place, data in enumerate(files)]
    return clean_files(tables, [understand(table) for table in tables])


def spent(orders: Orders) -> list[float]:
    """What each customer spent, the least first."""
    return sorted(orders.lines.groupby("customer_id")["amount"].sum().round(2))


def truth(rows: list[tuple[int, date, str, float]]) -> list[float]:
    total: dict[str, float] = {}
    for _, _, name, amount in rows:
        total[name] = total.get(name, 0) + amount
    return sorted(round(amount, 2) for amount in total.values())


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("seed", range(4))
def test_a_name_is_one_customer_in_every_spelling(seed, header):
    rows = sold(seed)
    assert spent(read(written(seed, rows, header))) == truth(rows)


@pytest.mark.parametrize("header", HEADERS)
def test_a_name_is_one_customer_in_several_files(header):
    rows = sold(7)
    orders = read(*(written(seed, rows[seed * 20 : seed * 20 + 20], header) for seed in range(3)))
    assert spent(orders) == truth(rows)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ﾅｶﾀﾞ", "ナカダ"), ("Ёлкина", "Елкина"), ("أحمد", "احمد"), ("Nguyễn Tú", "nguyen tu"), ("Ünal", "UNAL")],
)
def test_accents_and_widths_that_people_leave_out(one, other):
    rows = [f"{at};2025-0{1 + at % 4}-1{at % 7};{(one, other, 'Luis')[at % 3]};{at + 1}" for at in range(24)]
    assert read("\n".join(["Order;Date;Customer;Amount", *rows]).encode()).lines["customer_id"].nunique() == 2


def test_the_spelling_of_most_rows_is_shown_and_of_the_first_file():
    first = ["ANA PEREZ", "Ana  Pérez", "Luis", "Ana Pérez", "Ana  Pérez", "Óscar  Díaz"]
    rows = [f"{at};2025-01-{10 + at};{name};5" for at, name in enumerate(first)]
    data = "\n".join(["Order;Date;Customer;Amount", *rows]).encode()
    later = b"Order;Date;Customer;Amount\n71;2025-02-03;ana perez;5\n72;2025-02-04;LUIS;7\n73;2025-02-05;LUIS;7\n"
    for files in ((data,), (data, later)):
        assert set(read(*files).lines["customer_id"]) == {"Ana Pérez", "Luis", "Óscar Díaz"}


def test_firms_with_numbers_in_their_names_have_names():
    firms = ["Firma 3 GmbH", "FIRMA 3 GMBH", "Firma 4 GmbH", "Bar Nº 3", "bar nº 3", "Hotel 4 Estrellas"]
    rows = [f"{at};2025-01-{10 + at};{firms[at % 6]};{at + 1}" for at in range(18)]
    orders = read("\n".join(["Order;Date;Customer;Amount", *rows]).encode())
    assert orders.lines["customer_id"].nunique() == 4


@pytest.mark.parametrize(
    "ids",
    [
        [f"cus_{code}" for code in ("aB3x", "AB3x", "ab3X", "Ab3x")],  # codes of letters and digits
        ["ana.p@x.com", "ana_p@x.com", "anap@x.com", "ana-p@x.com"],  # addresses
        ["Ana Gil", "Ana Gill", "Ana-Gil", "Anna Gil"],  # other people
        ["ナカタ", "ナカダ", "ハナ", "バナ"],  # marks that make other letters
        ["कमल", "कमला", "ราม", "ร่าม"],
        ["K1", "k1", "K2", "k2"],
        ["aBx", "ABx", "Abx", "abX"],  # codes of letters only
    ],
)
def test_codes_and_other_names_stay_apart(ids):
    rows = [f"{at};2025-0{1 + at % 4}-1{at % 7};{ids[at % 4]};{at + 1}" for at in range(24)]
    orders = read("\n".join(["Order;Date;Customer ID;Amount", *rows]).encode())
    assert orders.lines["customer_id"].nunique() == 4
    assert spent(orders) == sorted(float(sum(at + 1 for at in range(place, 24, 4))) for place in range(4))


NUMBERED = ("{name} ({number})", "{number} - {name}", "[{number}] {name}", "{name} #{number}", "{number} {name}")


@pytest.mark.parametrize("form", NUMBERED)
def test_a_number_beside_a_name_tells_customers_apart(form):
    ids = pd.Series([
        form.format(name=name, number=number)
        for name, number in (("Ann Lee", 10023), ("ANN LEE", 10023), ("Ann", 10023), ("Ann Lee", 10024), ("Bo", 10025))
    ])  # fmt: skip
    found = spellings_of_numbers(ids, np.array([4, 3, 2, 5, 1]))
    assert found == {ids[1]: ids[0], ids[2]: ids[0]}


def test_a_number_that_other_people_have_too_is_no_customers():
    years = pd.Series(["Ann Lee (1980)", "Bo Ray (1980)", "ann lee (1980)", "Cy Gil (1991)"])
    assert spellings_of_numbers(years, np.ones(4, dtype=np.int64)) == {}
    few = pd.Series(["Bar 101", "Ann Lee", "Bo Ray", "Cy Gil"])
    assert spellings_of_numbers(few, np.ones(4, dtype=np.int64)) == {}
