"""Files of one name, as of several folders or of a shop that calls each download `export.csv`, are as many files."""

import io
import zipfile
from itertools import combinations

import pandas as pd
import pytest

from lib import orders
from lib.errors import UserError
from lib.joins import Brought, read_shop
from lib.layouts import understand
from lib.tables import distinct_file_names

ORDERS = [f"{number},{number % 7},2024-0{1 + number % 6}-1{number % 9}" for number in range(1, 61)]
ITEMS = [f"{number},P{item},{item},{number % 5 + 1}" for number in range(1, 61) for item in (1, 2)]
REVENUE = sum(item * (number % 5 + 1) for number in range(1, 61) for item in (1, 2))
PARTS = {
    "first orders": ["order_id,customer_id,order_date", *ORDERS[:30]],
    "later orders": ["order_id,customer_id,order_date", *ORDERS[30:]],
    "first items": ["order_id,product,quantity,unit_price", *ITEMS[:60]],
    "later items": ["order_id,product,quantity,unit_price", *ITEMS[60:]],
}


def brought(names: dict[str, str], *broken: str) -> Brought:
    """The shop in four files of these names, beside files that cannot be read."""
    files = [(names[part], "\n".join(rows).encode()) for part, rows in PARTS.items()]
    return read_shop([*files, *((name, b"") for name in broken)])


def revenue(found: Brought) -> float:
    return float(orders.clean_all(found.tables, [understand(table) for table in found.tables]).lines["amount"].sum())


@pytest.mark.parametrize("shared", [names for count in (2, 3, 4) for names in combinations(PARTS, count)])
def test_files_of_one_name_are_joined_as_files_of_different_names_are(shared):
    names = {part: "export.csv" if part in shared else f"{part}.csv" for part in PARTS}
    assert revenue(brought(names)) == REVENUE == revenue(brought({part: f"{part}.csv" for part in PARTS}))


def test_each_file_that_cannot_be_read_has_a_name_of_its_own():
    found = brought(dict.fromkeys(PARTS, "export.csv"), "export.csv", "export.csv")
    assert [failure.name for failure in found.failures] == ["export (5).csv", "export (6).csv"]
    assert revenue(found) == REVENUE


def test_archives_with_files_of_one_name_are_as_many_files():
    def packed(part: str) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("export.csv", "\n".join(PARTS[part]))
        return target.getvalue()

    found = read_shop([(f"{part}.zip", packed(part)) for part in PARTS])
    assert revenue(found) == REVENUE


def test_a_repeated_name_gets_a_number_that_no_other_file_has():
    assert distinct_file_names(["a.csv", "b.csv"]) == ["a.csv", "b.csv"]
    assert distinct_file_names(["a.csv", "a.csv", "a (2).csv", "a.csv"]) == [
        "a.csv",
        "a (3).csv",
        "a (2).csv",
        "a (4).csv",
    ]
    assert distinct_file_names(["a", "a", ".csv", ".csv", ""]) == ["a", "a (2)", ".csv", ".csv (2)", ""]
    assert distinct_file_names(["x/a.tar.gz", "x/a.tar.gz"]) == ["x/a.tar.gz", "x/a.tar (2).gz"]


def test_the_error_of_files_that_all_fail_names_one_of_them():
    with pytest.raises(UserError) as refused:
        read_shop([("export.csv", b""), ("export.csv", b"")])
    assert refused.value.facts["name"] == "export.csv"


def test_the_same_file_twice_counts_once():
    rows = pd.DataFrame(
        {"order_id": range(1, 21), "customer_id": [1, 2] * 10, "order_date": "2024-03-05", "amount": 5.0}
    )
    data = rows.to_csv(index=False).encode()
    assert revenue(read_shop([("export.csv", data), ("export.csv", data)])) == 100.0
