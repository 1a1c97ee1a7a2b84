"""Cells that list the lines of an order become rows, and never so many that they fill the memory."""

import pyarrow as pa
import pytest

from lib.tables.cell_lists import with_a_row_per_line


def columns(**values: list[str]) -> dict[str, pa.ChunkedArray]:
    return {name: pa.chunked_array([pa.array(cells)]) for name, cells in values.items()}


def test_each_line_has_what_its_order_has():
    made = with_a_row_per_line(columns(order=["1", "2"], product=["tea;cup", "tea;jam;"], price=["1;2", "3;4;5"]))
    assert made is not None
    assert {name: values.to_pylist() for name, values in made.items()} == {
        "order": ["1", "1", "2", "2", "2"],
        "product": ["tea", "cup", "tea", "jam", None],
        "price": ["1", "2", "3", "4", "5"],
    }


@pytest.mark.parametrize("lines", [500, 1_000, 30_000])
@pytest.mark.parametrize("note", [100_000, 5_000_000])
def test_a_long_cell_beside_a_long_list_is_not_repeated_for_each_line(lines: int, note: int):
    """A hundred kilobytes would have taken gigabytes."""
    listed = {"product": [";".join("a" * lines), "b;c", "d;e"], "price": [";".join("1" * lines), "1;2", "3;4"]}
    assert with_a_row_per_line(columns(order=["1", "2", "3"], note=["x" * note, "y", "z"], **listed)) is None


def test_orders_with_thousands_of_lines_are_no_orders():
    listed = {"product": [";".join("a" * 5_000), "b;c", "d;e"], "price": [";".join("1" * 5_000), "1;2", "3;4"]}
    assert with_a_row_per_line(columns(order=["1", "2", "3"], **listed)) is None
