"""Names, dtypes and units of every column that crosses a layer."""

from dataclasses import dataclass
from typing import Literal

Dtype = Literal["str", "float64", "int64", "datetime64[us]", "bool"]


@dataclass(frozen=True)
class ColumnSpec:
    """A column that two layers share: its name, its pandas dtype and what one cell counts."""

    name: str
    dtype: Dtype
    unit: str
    """`days`, `money`, `orders`, `pieces`, `share` (0 to 1), `name` (no number), `moment`, …"""


ORDER_LINES: tuple[ColumnSpec, ...] = (
    ColumnSpec("customer_id", "str", "name"),
    ColumnSpec("order_id", "str", "name"),
    ColumnSpec("ordered_at", "datetime64[us]", "moment"),
    ColumnSpec("amount", "float64", "money"),  # of the whole line: unit price × quantity, in one currency
    ColumnSpec("quantity", "float64", "pieces"),  # 1.0 where the export has none
    ColumnSpec("product", "str", "name"),  # missing where the export has none
    ColumnSpec("country", "str", "name"),  # missing where the export has none
)
"""One row = one product in one order. Moments are wall-clock times of the shop, without a zone."""

CUSTOMER_ID = "customer_id"
"""The index of every table with one row per customer; always `str`."""

Goal = Literal["groups", "buy_again", "spend", "orders", "next_order", "target"]
GOALS: tuple[Goal, ...] = ("groups", "buy_again", "spend", "orders", "next_order", "target")

PAYMENTS_SUM = "sum of payments"
"""The column that joining adds where a table of payments stands beside orders that have amounts: what was paid of the
order, on each of its rows. It plays no role unless a person gives it one."""
DEFAULT_HORIZON_DAYS = 90
"""How many days after a cutoff count as "later" by default."""
HORIZONS_DAYS = (7, 14, 30, 60, 90, 180, 365)
"""The horizons on offer, and those that are advised instead of one that can't be answered."""

GROUP = "group"
GROUP_NAME = "group_name"
BUY_AGAIN = "buy_again"
SPEND = "spend"
ORDERS = "orders"
PREDICTION = "prediction"
"""The columns that scoring writes: the group's number from 1 and its name, a probability, money,
a number of orders, anything else."""

NEXT_ORDER = (
    *("next_order_days", "next_order_days_low", "next_order_days_high"),
    *("next_order_value", "next_order_value_low", "next_order_value_high"),
)
"""The columns about the next order: days until it and its money, each with the ends of its interval."""
