"""How many orders there are. One number of two customers is two orders: a till counts from 1 every day."""

from __future__ import annotations

import pandas as pd

from lib.schema import CUSTOMER_ID


def number_of_orders(lines: pd.DataFrame) -> int:
    """The orders that order lines are of (`schema.ORDER_LINES`)."""
    number, _ = pd.factorize(lines["order_id"])
    customer, customers = pd.factorize(lines[CUSTOMER_ID])
    return len(pd.unique(number * (len(customers) + 1) + customer))


def average_order_value(lines: pd.DataFrame, returns: pd.DataFrame) -> float:
    """Net revenue per order, as Explore shows it for all orders; not below zero."""
    net = float(lines["amount"].sum() + returns["amount"].sum())
    return max(0.0, net / max(1, number_of_orders(lines)))
