"""The table of scores: a click is a place in it, so that other rows are another table."""

from itertools import permutations

import pandas as pd

from lib.ui.predicting.results import rows_digest


def test_every_other_set_or_order_of_customers_is_another_table():
    ids = ["1", "2", "12", "1,2", '1", "2', ""]
    orders = [order for length in range(1, 5) for order in permutations(ids, length)]
    tables = [pd.DataFrame({"customer_id": list(order)}) for order in orders]
    assert len({rows_digest(table) for table in tables}) == len(orders)


def test_the_same_customers_with_other_figures_are_the_same_table():
    ids = {"customer_id": ["a", "b"]}
    assert rows_digest(pd.DataFrame(ids | {"score": [1, 2]})) == rows_digest(pd.DataFrame(ids | {"score": [2, 1]}))


def test_without_ids_the_rows_of_the_file_tell():
    table = pd.DataFrame({"score": [3, 2, 1]})
    assert rows_digest(table) != rows_digest(table.iloc[[2, 1, 0]])
