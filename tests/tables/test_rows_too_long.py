"""Rows with cells too many: read right, or left out and shown; never read with a cell of another column."""

import random
from collections.abc import Callable

import pytest

from lib.tables import read_table
from lib.tables.alignment import Profile, _Counts, _joined, _ways, _without_each

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


def test_places_are_found_as_by_trying_all_of_them():
    """Only places whose neighbours fit are tried: an independent count of all of them finds the same."""
    rng = random.Random(5)
    for _ in range(300):
        width = rng.randint(2, 7)
        profile = Profile(tuple(rng.choice("NDX") for _ in range(width)), (frozenset("b"),) * width, ",")
        row = [rng.choice(("5", "2024-01-01", "b", "")) for _ in range(width + rng.randint(1, 3))]
        extra = len(row) - width
        for place in range(width):
            rest = [(at, row[at] if at < place else row[at + extra]) for at in range(width) if at != place]
            assert all(profile.fits(at, cell) for at, cell in rest) <= (((place, extra),) in _ways(row, profile))
        whole = [*row[:width], "b"]
        expected = [profile.misfits([*whole[:at], *whole[at + 1 :]]) for at in range(width + 1)]
        assert _without_each(whole, lambda at, cell, p=profile: not p.fits(at, cell)) == expected


def test_cells_beside_joined_ones_are_counted_as_one_by_one():
    rng = random.Random(6)
    for _ in range(300):
        width = rng.randint(1, 7)
        profile = Profile(tuple(rng.choice("NDX") for _ in range(width)), (frozenset("b"),) * width, ",")
        row = [rng.choice(("5", "2024-01-01", "b", "")) for _ in range(width + rng.randint(1, 4))]
        counts = _Counts(row, profile)
        for places in _ways(row, profile):
            made = _joined(row, places, profile)
            assert sum(len(cell.split(",")) for cell in made) == len(row)
            beside = [at for at in range(width) if at not in dict(places)]
            assert counts.beside(places, counts.misfits) == sum(not profile.fits(at, made[at]) for at in beside)
            assert counts.beside(places, counts.familiar) == sum(
                profile.kinds[at] == "X" and made[at] == "b" for at in beside
            )


@pytest.mark.parametrize("extra", [1, 2, 4])
def test_wide_rows_with_cells_too_many_take_no_longer_than_others(extra: int):
    """Every place, and every two places, of thousands of columns were tried for each row."""
    wide = 3_000
    lines = [",".join(["order", "date", "customer", "amount", *(f"q{at}" for at in range(wide))])]
    for at in range(8):
        lines.append(",".join([str(at), f"2024-01-{at + 1:02}", f"C{at}", f"{at}.5", *["7.5"] * wide]))
    lines += [f"{line}{',1' * extra}" for line in lines[1:]]
    table = read_table("\n".join(lines).encode(), "o.csv")
    assert len(table.frame) >= 8
