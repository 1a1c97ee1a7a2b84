"""What lists of scored customers show beside each, against sums made by hand."""

import pandas as pd

from lib.layouts import understand
from lib.orders import clean
from lib.schema import CUSTOMER_ID
from lib.scoring import FLAGS_COLUMN
from lib.tables import read_table
from lib.ui.customer_context import with_context

ORDERS = b"""order,customer,date,amount
1,A,2024-01-01,10.5
2,A,2024-02-01,20
3,B,2024-02-03,7
4,A,2024-02-10,-5
5,B,2024-03-01,100
"""


def test_context_stands_between_scores_and_flags_and_counts_to_the_cutoff():
    table = read_table(ORDERS, "orders.csv")
    orders = clean(table, understand(table))
    scores = pd.DataFrame({"chance": [0.2, 0.1, 0.3], FLAGS_COLUMN: "", CUSTOMER_ID: ["B", "A", "new"]})
    shown = with_context(scores, {"A": "a@example.com"}, orders, pd.Timestamp("2024-03-01"))
    assert list(shown.columns) == [CUSTOMER_ID, "chance", "email", "last_order", "net_spend", FLAGS_COLUMN]
    assert shown["net_spend"].fillna(-1).tolist() == [7.0, 25.5, -1]
    assert shown["last_order"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2024-02-03", "2024-02-01", ""]
    assert shown["email"].fillna("").tolist() == ["", "a@example.com", ""]
    assert list(with_context(scores, {}, orders).columns) == [CUSTOMER_ID, "chance", FLAGS_COLUMN]


def test_a_table_without_ids_stays_as_it_is():
    table = pd.DataFrame({"chance": [0.5]})
    assert with_context(table, {"A": "a@example.com"}) is table
