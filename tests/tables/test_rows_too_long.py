"""Rows with cells too many: read right, or left out and shown; never read with a cell of another column."""

import random
from collections.abc import Callable

import pytest

from lib.tables import read_table

Cells = list[str]
HEAD = "order,date,customer,product,qty,amount"
READ: dict[str, Callable[[Cells], tuple[Cells, Cells]]] = {
    "thousands": lambda row: ([*row[:5], "1,234.50"], [*row[:5], "1234.50"]),
    "millions": lambda row: ([*row[:5], "1,234,567.50"], [*row[:5], "1234567.50"]),
    "thousands and words": lambda row: ([*row[:3], "Mug, red", row[4], "1,234.50"], [*row[:5], "1234.50"]),
    "words": lambda row: ([*row[:3], "Mug, large, blue", *row[4:]], row),
    "words of two columns": lambda row: ([*row[:2], "Cust 5, Ltd", "Mug, large", *row[4:]], row),
    "a remark behind": lambda row: ([*row, "paid late", "see note"], row),
    "the same again": lambda row: ([*row, *row], row),
}
UNCLEAR: dict[str, Callable[[Cells], Cells]] = {
    "numbers in the middle": lambda row: [*row[:4], "77", "88", *row[4:]],
    "numbers behind": lambda row: [*row, "5", "3.50"],
    "numbers before": lambda row: ["7", "8", *row],
    "the next record": lambda row: [*row, "9999", "2024-02-02", "Cust 7", "Cap", "3", "41.00"],
}


def rows(seed: int) -> list[Cells]:
    rng = random.Random(seed)
    return [
        [str(1000 + at), f"2024-0{1 + at // 14}-{1 + at % 14:02}", f"Cust {at % 8}", rng.choice(("Mug", "Cap", "Pen")),
         str(rng.randint(1, 4)), f"{rng.randint(100, 9_999) / 100:.2f}"]
        for at in range(40)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", READ)
def test_what_belongs_together_is_joined(seed: int, kind: str):
    body, at = rows(seed), 5 + seed
    written, right = READ[kind](body[at])
    body[at] = right
    lines = [",".join(written if nth == at else row) for nth, row in enumerate(body)]
    frame = read_table("\n".join([HEAD, *lines]).encode(), "shop.csv").frame
    assert frame["amount"].tolist() == [float(row[5]) for row in body]
    assert frame["qty"].tolist() == [int(row[4]) for row in body]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", UNCLEAR)
def test_what_is_unclear_is_left_out_and_shown(seed: int, kind: str):
    body, at = rows(seed), 5 + seed
    lines = [",".join(UNCLEAR[kind](row) if nth == at else row) for nth, row in enumerate(body)]
    table = read_table("\n".join([HEAD, *lines]).encode(), "shop.csv")
    assert table.frame["amount"].tolist() == [float(row[5]) for nth, row in enumerate(body) if nth != at]
    assert [note.key for note in table.notes] == ["tables.note_left_out_rows"]
    assert [list(row) for row in table.left_out] == [UNCLEAR[kind](body[at])]
