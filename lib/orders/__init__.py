"""Table + roles → clean order lines, with a count and a reason for everything set aside."""

from lib.orders.cleaning import check_history, clean, set_aside_rows
from lib.orders.counting import average_order_value, number_of_orders
from lib.orders.customer_ids import CUSTOMER_ROLES, customers, hash_ids, hash_index, without_names
from lib.orders.findings import Evidence, Finding, evidence_of, findings_of
from lib.orders.ledger import REASONS, CleanOptions, DoubtfulStatus, Ledger, Orders, StatusMeaning
from lib.orders.line_columns import DISCOUNTED, line_columns
from lib.orders.merging import clean_all, clean_files, merge
from lib.orders.outliers import extreme_lines

__all__ = [
    "REASONS",
    "CUSTOMER_ROLES",
    "CleanOptions",
    "DISCOUNTED",
    "DoubtfulStatus",
    "Evidence",
    "Finding",
    "Ledger",
    "Orders",
    "StatusMeaning",
    "average_order_value",
    "check_history",
    "clean",
    "clean_all",
    "clean_files",
    "customers",
    "evidence_of",
    "extreme_lines",
    "findings_of",
    "hash_ids",
    "hash_index",
    "line_columns",
    "merge",
    "number_of_orders",
    "set_aside_rows",
    "without_names",
]
