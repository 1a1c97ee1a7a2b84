"""Ids that a program wrote while it read its table in parts: 12 in some rows, 12.0 in others, A12 in a third part."""

import random

import pandas as pd
import pytest

from lib.layouts import understand
from lib.orders import clean
from lib.orders.coding import names_of
from lib.tables import read_table


@pytest.mark.parametrize("seed", range(5))
def test_ids_of_parts_are_the_same_ids(seed: int):
    rng = random.Random(seed)
    rows, customers, orders = ["order_id,order_date,customer_id,product_code,amount"], set(), set()
    for at in range(90):
        part = at // 30  # whole numbers, numbers with blanks among them, letters among them
        customer = "A12" if part == 2 and rng.random() < 0.2 else str(100 + rng.randint(0, 8))
        order, product = str(5000 + at // 2), str(10 + rng.randint(0, 3))
        customers.add(customer)
        orders.add(order)
        written = [f"{cell}.0" if part == 1 and cell.isdigit() else cell for cell in (order, customer, product)]
        day = f"2024-{1 + at // 28:02}-{1 + at % 28:02}"
        rows.append(f"{written[0]},{day},{written[1]},{written[2]},{rng.randint(100, 9_900) / 100}")
    table = read_table("\n".join(rows).encode(), "shop.csv")
    lines = clean(table, understand(table)).lines
    assert set(lines["order_id"]) == orders
    assert lines["customer_id"].nunique() <= len(customers)
    assert not lines["customer_id"].str.contains(".", regex=False).any()
    assert not lines["product"].str.contains(".", regex=False).any()


def test_versions_keep_their_points():
    assert names_of(pd.Series(["1.0", "1.1", "A2"])).tolist() == ["1.0", "1.1", "A2"]
    assert names_of(pd.Series(["1.0", "7", "A2", None])).fillna("").tolist() == ["1", "7", "A2", ""]
