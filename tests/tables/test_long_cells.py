"""Texts that patterns could read in endlessly many ways. Before the patterns had one way each, every one of these
files held the server's interpreter for minutes to years; a test of them that does not end has failed."""

import re

import pytest

from lib.errors import UserError
from lib.layouts import understand
from lib.tables import read_table
from lib.tables.columns import _DECIMAL
from lib.tables.fixed_width import _RULE

SQL = "--\nINSERT INTO a VALUES (1,2);\n"
DUMPS = {
    "inserts": SQL + "INSERT INTO " * 40_000,
    "copies": SQL + "COPY a " * 60_000,
    "blanks before a name": SQL + "create table" + " " * 400_000,
    "blanks in a column": f"--\ncreate table a (x{' ' * 199_000}1, b int);\nINSERT INTO a VALUES (1,2);\n",
    "blanks in an insert": f"{SQL}INSERT INTO a{' ' * 400_000}",
    "lines": "--" + "\n" * 400_000,
}
FILLINGS = (" ", "\u00a0", "0", "1 ", "1.", "a ", "- ", "(", "+", "1-", "Date(")
ROWS = 25


@pytest.mark.parametrize("name", DUMPS)
def test_no_dump_takes_long(name: str):
    try:
        found = read_table(DUMPS[name].encode(), "o.sql")
    except UserError:
        return
    assert len(found.frame) >= 1


def test_a_line_of_pluses_takes_no_longer_than_another():
    lines = ["Order     Date       Customer   Amount", "+" * 5_000 + "!         z"]
    lines += [f"{1000 + at}      2024-01-{at + 1:02}   C {at % 7}      {at}.50" for at in range(ROWS)]
    assert len(read_table("\n".join(lines).encode(), "o.txt").frame) >= ROWS


@pytest.mark.parametrize("line", ["---- ----", "+----+---+", "-- + --", " ==  == ", "--", "+-- +--+ --+"])
def test_a_rule_is_still_one(line: str):
    assert _RULE.fullmatch(line)


@pytest.mark.parametrize("line", ["", "-", "- -", "-- - --", "+ --", "-- +", "a--", "--\tb"])
def test_what_is_no_rule_is_still_none(line: str):
    assert not _RULE.fullmatch(line)


@pytest.mark.parametrize("cell", ["5", "-5.", "5.25", ".5", "-.5e10", "12E-3", "", ".", "5.5.5", "1e9999", "5 "])
def test_decimals_are_as_before(cell: str):
    before = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
    assert bool(_DECIMAL.fullmatch(cell)) == bool(before.fullmatch(cell))


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("column", ["Date", "Amount", "Product"])
@pytest.mark.parametrize("ends", [("1", "x"), ("2024-01-01", "!")])
def test_no_cell_takes_long(filling: str, column: str, ends: tuple[str, str]):
    lines = ["Order;Date;Customer;Amount;Product"]
    for at in range(ROWS):
        cells = {"Order": str(at), "Date": f"2024-01-{at + 1:02}", "Customer": f"C{at % 7}", "Amount": f"{at}.5"}
        cells[column] = ends[0] + filling * (16_000 // len(filling.encode())) + chr(97 + at) + ends[1]
        lines.append(";".join(cells.get(name, f"P{at % 5}") for name in lines[0].split(";")))
    table = read_table("\n".join(lines).encode(), "o.csv")
    assert understand(table).columns
