"""E-mail addresses that stand in a cell with other text."""

import csv
import io
import random

import pandas as pd
import pytest

from lib.layouts import understand
from lib.orders import clean
from lib.orders.addresses import are_addresses, bare_addresses
from lib.tables import read_table

FORMS = (
    "{name} <{address}>", '"{name}" <{address}>', "<{address}>", "mailto:{address}", "{address};", "{address} ({name})",
    "{name} - {address}", "{upper}", " {address} ",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_one_address_is_found_in_its_cell(form):
    cell = form.format(name="Ana P.", address="ana.p+x@shop.co.uk", upper="ANA.P+X@SHOP.CO.UK")
    assert bare_addresses(pd.Series([cell], dtype="str")).tolist() == ["ana.p+x@shop.co.uk"]


@pytest.mark.parametrize("cell", ["a@x.com, b@x.com", "@ana", "ana@home", "Ana", ""])
def test_none_or_two_leave_the_cell_as_it_is(cell):
    assert bare_addresses(pd.Series([cell], dtype="str")).tolist() == [cell]


def test_an_address_among_names_does_not_make_names_addresses():
    assert not are_addresses(pd.Series(["Ana", "Bo", "cy@x.com"], dtype="str"))


def test_numbers_beside_a_shared_address_tell_customers_apart():
    assert are_addresses(pd.Series(["Ana <a.1@x.com>", "b@x.com"], dtype="str"))
    assert not are_addresses(pd.Series(["12 / office@x.com", "13 / office@x.com"], dtype="str"))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("header", ["Customer", "E-mail", "Buyer email"])
def test_customers_written_in_several_ways_are_one(header, seed):
    rng = random.Random(f"{header} {seed}")
    people = [f"{word}.{at}@mail{at % 3}.com" for at, word in enumerate(("ana", "bo", "cy", "dee"))]
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(["Order", header, "Date", "Total"])
    for at in range(16):
        address = rng.choice(people) if at >= len(people) else people[at]
        cell = rng.choice(FORMS).format(name=address[:2].title(), address=address, upper=address.upper())
        rows.writerow([at, cell, f"2024-{1 + at // 2:02}-1{at % 2}", at + 1])
    table = read_table(text.getvalue().encode(), "orders.csv")
    found = clean(table, understand(table))
    assert set(found.lines["customer_id"]) == set(people)
    assert found.lines["amount"].sum() == sum(range(1, 17))
