"""What a visitor brings in shapes whose work could grow faster than their bytes: each is done, or refused with one
sentence, within a limit of CPU time that the operating system sets.

A shape is a function that makes the input and returns the work, which the server would do for a page, and what comes
out of it. The limit is far above what any of them takes, and far below what the work took before it was bounded.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.audience import read_lists
from lib.errors import UserError
from lib.joins import join_tables
from lib.layouts import understand
from lib.layouts.understanding import MOST_COMPARED
from lib.scoring import Need, compare, prepare
from lib.tables import CellCorrection, Corrections, Table, corrected
from lib.tables.corrections import digest_of
from lib.training.spelling import one_spelling
from lib.ui.corrections import odd_cells
from tests.machine import slowness

ROOT = Path(__file__).resolve().parents[2]
CPU_SECONDS = 20
"""On a machine of the usual speed."""
Result = str | int | float
Work = Callable[[], Result]
SHAPES: dict[str, tuple[Callable[[], Work], Result]] = {}


def shape(expected: Result) -> Callable[[Callable[[], Work]], Callable[[], Work]]:
    """Adds a shape with what its work gives: a figure, or the key of the sentence."""

    def add(make: Callable[[], Work]) -> Callable[[], Work]:
        SHAPES[make.__name__.replace("_", " ")] = (make, expected)
        return make

    return add


def table_of(frame: pd.DataFrame, name: str = "a.csv", **more: object) -> Table:
    return Table(frame, name, "0" * 64, "csv", **more)


@shape(22)
def tables_that_all_refer_to_each_other() -> Work:
    ids = [f"a9{row:05}f" for row in range(30)]
    tables = [table_of(pd.DataFrame({f"code {at}": ids, f"n{at}": range(30)}), f"t{at}.csv") for at in range(22)]

    def work() -> Result:
        brought = join_tables(tables)
        return len(brought.tables) + len(brought.unused)

    return work


@shape("contact" + "!" * 3)
def columns_that_are_all_headed_contact() -> Work:
    names = [f"contact{'!' * (at % 80 + 3)}{'.' * (at // 80)}" for at in range(4_000)]
    frame = pd.DataFrame({name: ["Ann", "Ben", "Cem", "Dee", "Eve", "Fay"] for name in names})
    return lambda: understand(table_of(frame)).columns[0]


@shape(900)
def corrected_cells_that_may_stand_in_thousands_of_rows() -> Work:
    rows = 15_000
    frame = pd.DataFrame({"order": [f"o{row}" for row in range(rows)], "sku": "s", "amount": [np.nan] * rows})
    cells = [
        CellCorrection("amount", "", "5.5", ("order", "sku"), digest_of([f"o{row}", "s"]))
        for row in range(0, 9_000, 10)
    ]
    return lambda: int(corrected(table_of(frame), Corrections(tuple(cells))).frame["amount"].notna().sum())


@shape("tables.corrections_costly")
def corrected_cells_of_many_columns_that_may_stand_in_thousands_of_rows() -> Work:
    rows = 20_000
    names = [f"n{at}" for at in range(30)]
    frame = pd.DataFrame({name: [np.nan] * rows for name in names})
    cells = [CellCorrection(name, "", "5.5", tuple(names), "0" * 20) for name in names]
    return lambda: int(corrected(table_of(frame), Corrections(tuple(cells))).frame["n0"].notna().sum())


@shape(0)
def columns_of_a_table_in_letters_that_no_needed_column_has() -> Work:
    frame = pd.DataFrame({f"колонка {at}": ["a", "b"] for at in range(1_500)})
    needs = [Need(f"{'dummy of a long name ' * 5}{at}") for at in range(150)]
    return lambda: len(compare(needs, frame).sources)


@shape(100)
def columns_of_a_table_that_many_needed_columns_begin_with() -> Work:
    letters = "abcdefghijklmnopqrst"
    frame = pd.DataFrame({letters[:at] + "-" * extra: ["x", "y"] for at in range(1, 20) for extra in range(200)})
    needs = [Need(f"{letters}_{at}") for at in range(100)]
    return lambda: len(needs) - len(compare(needs, frame).sources)


def _variants(rows: int) -> list[str]:
    """One word in as many spellings: each letter small or capital."""
    word = "wholesalecustomers"
    return ["".join(c.upper() if at >> k & 1 else c for k, c in enumerate(word)) for at in range(rows)]


@shape(60_000)
def one_category_in_sixty_thousand_spellings() -> Work:
    frame = pd.DataFrame({"kind": _variants(60_000)})
    needs = [Need("kind", kind="category", categories=("Wholesalecustomers", "Retail"))]

    def work() -> Result:
        made = prepare(compare(needs, frame), frame).frame
        return int((made["kind"] == "Wholesalecustomers").sum())

    return work


@shape(1)
def one_answer_in_sixty_thousand_spellings() -> Work:
    words = pd.Series(_variants(60_000))
    return lambda: int(one_spelling(words).nunique())


@shape("audience.bad_band")
def a_list_with_a_score_band_for_each_customer() -> Work:
    rows = 200_000
    groups = np.where(np.arange(rows) % 2 == 0, "control", "contact")
    frame = pd.DataFrame({"customer_id": range(rows), "control": groups, "score_band": range(1, rows + 1)})
    return lambda: len(read_lists([frame]))


@shape(200)
def a_cell_that_could_not_be_read_in_each_of_thousands_of_columns() -> Work:
    rows, names = 300, [f"n{at}" for at in range(6_000)]
    frame = pd.DataFrame(np.ones((rows, len(names))), columns=names)
    unread = {name: tuple((row, "x") for row in range(250)) for name in names}
    table = table_of(frame, unread=unread)
    found = understand(table_of(frame.iloc[:, :5]))

    def work() -> Result:
        return len(odd_cells([table], found, None).frame)

    return work


@shape(16_000)
def thousands_of_columns_of_texts() -> Work:
    frame = pd.DataFrame({f"name {at}": pd.array(["x1"] * 300, dtype="str") for at in range(16_000)})
    return lambda: len(understand(table_of(frame)).columns)


@shape("scoring.too_many_dates")
def a_date_that_cannot_be_read_in_each_of_many_columns() -> Work:
    needs = [Need(f"day {at}", "date") for at in range(300)]
    frame = pd.DataFrame({need.name: ["2024-01-40"] for need in needs})

    def work() -> Result:
        prepare(compare(needs, frame), frame)
        return 0

    return work


@shape(100)
def categories_of_many_needed_columns_that_no_column_has() -> Work:
    needs = [Need(f"wanted thing {at}", "category", categories=tuple(f"{at} {one}" for one in range(2_000)))
             for at in range(100)]  # fmt: skip
    frame = pd.DataFrame({f"other {at}": [f"v{row}" for row in range(1_000)] for at in range(100)})
    return lambda: len(compare(needs, frame).matches)


@pytest.fixture(scope="module")
def results() -> dict[str, str]:
    """What each shape's work gave, as JSON; empty where it took more than `CPU_SECONDS`.

    A process of its own forks one for each: this one has threads by now, and a fork of it could wait for them for ever.
    """
    command = [sys.executable, "-m", "tests.attacks.test_costly"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limit is set in a forked child")
@pytest.mark.parametrize("name", SHAPES)
def test_the_work_is_bounded(name: str, results: dict[str, str]) -> None:
    _, expected = SHAPES[name]
    assert results[name], f"more than {CPU_SECONDS} s of CPU"
    assert json.loads(results[name]) == expected


def _in_a_child(make: Callable[[], Work]) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, json.dumps(_done(make)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said.decode()


def _done(make: Callable[[], Work]) -> Result:
    """What the work gives in a process that is ended after `CPU_SECONDS` of it; a crash as text."""
    import resource

    work = make()
    used = int(time.process_time() + CPU_SECONDS * slowness())
    resource.setrlimit(resource.RLIMIT_CPU, (used, used + 1))
    try:
        return work()
    except UserError as error:
        return error.key
    except Exception as error:  # noqa: BLE001  a crash is a finding, too
        return f"CRASH {type(error).__name__}: {error}"


@pytest.mark.parametrize(("others", "found"), [(MOST_COMPARED - 1, True), (MOST_COMPARED, False)])
def test_rows_are_grouped_by_so_many_columns_without_a_name(others: int, found: bool) -> None:
    """The column whose values come again stands behind others that could be customers and never come again."""
    rows = 40
    frame = pd.DataFrame(
        {
            "order id": range(rows),
            "date": pd.date_range("2024-01-01", periods=rows),
            "amount": [row + 0.5 for row in range(rows)],
            **{f"column_{at}": [f"c{at}-{row}" for row in range(rows)] for at in range(others)},
            f"column_{others}": [f"k{row % 23}" for row in range(rows)],
        }
    )
    assert (understand(table_of(frame)).roles.get("customer_id") == f"column_{others}") is found


if __name__ == "__main__":
    sys.stdout.write(json.dumps({name: _in_a_child(make) for name, (make, _) in SHAPES.items()}))
