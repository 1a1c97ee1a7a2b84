"""Columns in which most numbers have one decimal sign and a few the other: each is read by its own."""

import random

import pyarrow as pa
import pytest

from lib.parsing.numbers import parse_number_cells, parse_numbers


def western(value: float, decimals: int, point: str, comma: str) -> str:
    return f"{value:,.{decimals}f}".translate(str.maketrans({".": point, ",": comma}))


def indian(value: float, decimals: int) -> str:
    whole, _, rest = f"{value:.{decimals}f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ",".join([*pairs, tail]) + "." + rest


def column(seed: int) -> tuple[list[str], list[float]]:
    """Cells, and what they mean; no cell alone could mean another number."""
    draw = random.Random(seed)
    point = draw.choice(".,")
    comma = draw.choice(["", " ", "," if point == "." else "."])
    other_point = "," if point == "." else "."
    other_comma = draw.choice(["", point])
    share = draw.choice([0.02, 0.1, 0.3])
    largest = draw.choice([90, 9_000, 900_000])
    cells, values = [], []
    for at in range(draw.choice([12, 60, 200])):
        decimals = draw.choice([1, 2, 2])
        value = round(draw.uniform(0.01, largest), decimals)
        another = at == 3 or draw.random() < share
        if another and other_point == "." and draw.random() < 0.3:
            cells.append(indian(value, decimals))
        elif another:
            cells.append(western(value, decimals, other_point, other_comma))
        else:
            cells.append(western(value, decimals, point, comma))
        values.append(value)
    return cells, values


@pytest.mark.parametrize("seed", range(60))
def test_each_number_is_read_by_its_own_decimal_sign(seed):
    cells, values = column(seed)
    numbers, blank = parse_number_cells(cells)
    assert numbers.tolist() == pytest.approx(values)
    assert not blank.any()
    parsed = parse_numbers(pa.chunked_array([cells]))
    assert parsed is not None
    assert parsed.values.to_pylist() == pytest.approx(values)


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["0,50", "12,99", "1,23,456.00"], [0.5, 12.99, 123456.0]),
        (["1,234.50", "12,5", "1,000"], [1234.5, 12.5, 1000.0]),
        (["1.234,50", "12.5", "1.000"], [1234.5, 12.5, 1000.0]),
        (["1,234.50", ",50", "0,125"], [1234.5, 0.5, 0.125]),
        (["10,50", "20.00", "3,10"], [10.5, 20.0, 3.1]),
    ],
)
def test_a_number_of_another_hand_changes_no_other(cells, values):
    assert parse_number_cells(cells)[0].tolist() == values
