"""Table + roles → clean order lines, with a count and a reason for everything set aside."""

from lib.orders.cleaning import clean, set_aside_rows
from lib.orders.ledger import REASONS, CleanOptions, Ledger, Orders
from lib.orders.people import customers
from lib.orders.unusual import extreme_lines

__all__ = [
    "REASONS",
    "CleanOptions",
    "Ledger",
    "Orders",
    "clean",
    "customers",
    "extreme_lines",
    "set_aside_rows",
]
