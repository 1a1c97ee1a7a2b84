"""Cells and rows that a person corrected: applied to the same export and to the next, and kept in the settings file."""

import random

import pandas as pd
import pytest

from lib.errors import UserError
from lib.layouts import read_settings, understand, write_settings
from lib.orders import clean
from lib.tables import Corrections, corrected, read_table
from lib.ui.corrections import cell_corrections, left_out_rows, odd_cells, row_corrections

HEADING = ("Order", "Date", "Customer", "Product", "Quantity", "Price")


def rows_of(rng: random.Random, count: int) -> list[list[str]]:
    days = [f"2024-{1 + at // 20:02}-{1 + at % 20:02}" for at in range(count)]
    return [
        [
            f"A{100 + at}",
            day,
            f"C{rng.randrange(9)}",
            rng.choice(("Mug", "Cap", "Tea")),
            "2",
            f"{rng.randint(2, 40)}.50",
        ]
        for at, day in enumerate(days)
    ]


def text_of(rows: list[list[str]], separator: str) -> bytes:
    return "\n".join(separator.join(row) for row in (list(HEADING), *rows)).encode()


WRONG = (("Date", 1, ("2024-13-44", "31.31.2024", "soon", "2052-01-03")), ("Price", 5, ("4o.20", "12.50?!", "ask")))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_corrected_cells_hold_for_the_next_export_too(seed):
    rng = random.Random(seed)
    rows = rows_of(rng, 40)
    wanted = {}
    for (name, place, texts), at in zip(WRONG, rng.sample(range(5, 35), 2), strict=True):
        wanted[rows[at][0]] = (name, rows[at][place])
        rows[at][place] = rng.choice(texts)
    separator = rng.choice((",", ";", "\t"))
    table = read_table(text_of(rows, separator), "march.csv")
    found = understand(table)
    odd = odd_cells([table], found, clean(table, found).ledger)
    assert {table.frame["Order"].iloc[at] for _, at in odd.places} == set(wanted)
    edited = odd.frame.copy()
    for row, (_, at) in enumerate(odd.places):
        name, text = wanted[table.frame["Order"].iloc[at]]
        edited.loc[row, name] = text
    made = cell_corrections([table], found, odd, edited)
    assert made.count == 2

    settings = write_settings(found, corrections=made)
    assert not any(f"C{at}".encode() in settings for at in range(9))  # rows are found by digests
    more = [*rows, *([f"A{900 + at}", f"2024-05-{at + 1:02}", "C1", "Mug", "1", "3.50"] for at in range(9))]
    rng.shuffle(more)
    later = read_table(text_of(more, separator), "april.csv")
    kept = read_settings(settings, "s.json", understand(later)).corrections
    assert kept == made
    mended = corrected(later, kept)
    lines = clean(mended, understand(mended)).lines.set_index("order_id")
    for order, (name, text) in wanted.items():
        line = lines.loc[order]
        assert (str(line["ordered_at"].date()) if name == "Date" else f"{line['amount'] / 2:.2f}") == text
    assert later.frame["Price"].isna().sum() + later.frame["Date"].isna().sum() >= 1  # an argument stays as it was


@pytest.mark.slow
def test_rows_with_cells_too_many_are_added_once_they_are_corrected():
    rows = rows_of(random.Random(3), 30)
    rows[7] = ["A107", "2024-01-08", "C1", "Mug", "red", "large", "2", "x", "9.50"]
    table = read_table(text_of(rows, ","), "orders.csv")
    left = left_out_rows([table])
    assert left.digests
    assert len(table.frame) == 29
    edited = left.frame.copy()
    edited.iloc[0] = ["A107", "2024-01-08", "C1", "Mug, red, large", "2", "9.50", ""]
    made = row_corrections([table], left, edited)
    mended = corrected(table, made)
    assert mended.frame["Price"].iloc[-1] == 9.5
    assert mended.frame["Product"].iloc[-1] == "Mug, red, large"
    assert mended.left_out == ()
    found = understand(table)
    assert read_settings(write_settings(found, corrections=made), "s.json", found).corrections == made


def test_a_correction_that_cannot_be_read_is_refused_and_a_broken_settings_file_too():
    rows = rows_of(random.Random(1), 20)
    rows[4][5] = "4o.20"
    table = read_table(text_of(rows, ","), "orders.csv")
    found = understand(table)
    odd = odd_cells([table], found, None)
    with pytest.raises(UserError) as refused:
        cell_corrections([table], found, odd, odd.frame.assign(Price="forty"))
    assert refused.value.key == "tables.correction_unreadable"
    settings = write_settings(found).replace(b'"cells": []', b'"cells": [{"column": 3}]')
    with pytest.raises(UserError) as wrong:
        read_settings(settings, "s.json", found)
    assert wrong.value.key == "layouts.settings.wrong"


def test_without_corrections_the_table_is_the_same():
    table = read_table(text_of(rows_of(random.Random(2), 20), ","), "orders.csv")
    assert corrected(table, Corrections()) is table
    pd.testing.assert_frame_equal(corrected(table, Corrections()).frame, table.frame)
