"""Small texts of every shape cost about what their bytes cost: read and cleaned within a limit of CPU time that the
operating system sets, and no shape ends in an unforeseen error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.small_texts import SHAPES, Draw, history
from lib.errors import UserError
from lib.tables import read_table
from lib.tables.reading import is_ordinary
from tests.machine import slowness

ROOT = Path(__file__).resolve().parents[2]
CPU_SECONDS = 20
"""On a machine of the usual speed: far more than any of them takes, and far less than what a text that is read in
quadratic time would."""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of CPU time are set in a child")
@pytest.mark.parametrize("part", range(6))
def test_no_small_text_takes_long_or_ends_in_an_error(part: int):
    shapes = [word for name in sorted(SHAPES)[part::6] for word in ("--shape", name)]
    limit = str(int(CPU_SECONDS * slowness()))
    command = [sys.executable, "-m", "benchmarks.small_texts", "--json", "--seeds", "1-1", "--limit", limit]
    done = subprocess.run([*command, *shapes], cwd=ROOT, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout.splitlines()[-1]) == [], done.stderr[-2_000:]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_plain_tables_are_ordinary(separator: str, end: str):
    lines = history(Draw(1), 200, separator)
    assert is_ordinary(end.join(lines).encode())
    assert is_ordinary((end.join(lines) + end).encode())
    assert is_ordinary(end.join([*lines, "Total", ""]).encode())


@pytest.mark.parametrize(
    "name", ["ragged", "thousands of columns", "wide heading short rows", "sql", "html", "json text"]
)
def test_unusual_texts_are_left_to_the_worker(name: str):
    assert not any(is_ordinary(SHAPES[name][1](Draw(seed)).encode()) for seed in range(5))


@pytest.mark.parametrize(
    "text", [b"", b"\n\n", b"a", b"a\nb\n", b"\xef\xbb\xbf", b"a,b\n" + b"\n" * 100, b"a," * 3_000]
)
def test_texts_without_columns_are_not_ordinary(text: bytes):
    assert not is_ordinary(text)


def test_names_that_are_equal_are_numbered_in_order():
    frame = read_table(b"x,x,x_2,x,x\n" + b"1,2,3,4,5\n" * 3, "o.csv").frame
    assert list(frame.columns) == ["x", "x_3", "x_2", "x_4", "x_5"]


def test_amounts_grouped_otherwise_than_their_column_are_no_numbers():
    lines = [f"{at};2024-01-{at + 1:02};C{at % 7};{at},50" for at in range(25)]
    lines[7] = "7;2024-01-08;C0;1.234,50"
    lines[9] = "9;2024-01-10;C0;1,23,456.00"
    table = read_table("\n".join(["order;date;customer;amount", *lines]).encode(), "o.csv")
    amounts = table.frame["amount"].tolist()
    assert [amount for at, amount in enumerate(amounts) if at not in (7, 9)] == [
        at + 0.5 for at in range(25) if at not in (7, 9)
    ]


def test_short_rows_below_a_wide_heading_are_not_filled_up_without_end():
    text = ",".join(f"q{at}" for at in range(9_000)) + "\n" + "1,2\n" * 30_000
    with pytest.raises(UserError) as caught:
        read_table(text.encode(), "o.csv")
    assert caught.value.key in ("tables.too_many_cells", "tables.too_heavy")


def test_headings_below_each_other_join_what_was_read_in_two_ways():
    """Parts that Arrow read and parts that were read row by row have the same type."""
    first = ["order,date,customer,amount", *(f"{at},2024-01-0{at + 1},C{at},5.50" for at in range(5))]
    second = ["date,order,customer,amount,note", *(f"2024-02-0{at + 1},1{at},C{at},6.50" for at in range(5))]
    frame = read_table("\n".join([*first, *second]).encode(), "o.csv").frame
    assert frame["amount"].tolist() == [5.5] * 5 + [6.5] * 5
