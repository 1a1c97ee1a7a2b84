"""What is bought: best sellers, what first orders contain, what is bought together, what comes back."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from lib.insights.history import Scope

MAX_PRODUCTS = 300
"""Number of products among which pairs are counted: those in most orders."""

MIN_PAIR_ORDERS = 5
"""A pair in fewer orders than these, or than one order in 500, is chance."""

PRODUCT_COLUMNS = (
    *("product", "revenue", "orders", "customers", "pieces", "first_orders", "first_share", "ordered_again"),
    *("returned", "returned_share"),
)


def lines_of(view: Scope) -> pd.DataFrame:
    """The order lines with a product of the orders in scope: `order, product, amount, pieces, customer,
    order_number`."""
    lines = view.history.lines
    in_scope = np.zeros(len(view.history.orders), dtype=bool)
    in_scope[view.orders.index.to_numpy()] = True
    chosen = lines[in_scope[lines["order"].to_numpy()] & lines["product"].notna().to_numpy()]
    orders = view.history.orders
    place = chosen["order"].to_numpy()
    return chosen.assign(
        customer=orders["customer"].to_numpy()[place], order_number=orders["order_number"].to_numpy()[place]
    )


def by_product(view: Scope) -> pd.DataFrame:
    """One row per product, the one with most revenue first: `PRODUCT_COLUMNS`.

    `revenue` is net where the view is; `returned` is what was given back, above zero; `returned_share` its share of the
    gross sales. `first_orders` are customers' first orders of all with the product, `first_share` their share of the
    product's orders. `ordered_again` is the share of its buyers who ordered anything later, as far as the history goes.
    """
    lines = lines_of(view)
    names = lines["product"].cat.categories
    code = lines["product"].cat.codes.to_numpy().astype(np.int64)
    size = len(names)
    each = pd.DataFrame(
        {"code": code, "order": lines["order"], "customer": lines["customer"], "number": lines["order_number"]}
    )
    in_orders = each.drop_duplicates(["code", "order"])
    # Lines of two orders can lie between each other: a buyer's first order with the product is the one placed first.
    buyers = in_orders.sort_values("order", kind="stable").drop_duplicates(["code", "customer"])
    latest = view.history.orders.groupby("customer")["order_number"].max().to_numpy()
    again = latest[buyers["customer"].to_numpy()] > buyers["number"].to_numpy()
    sold = np.bincount(code, lines["amount"], size)
    back = view.returns[view.returns["product"].notna()]
    place = names.get_indexer(back["product"].astype("object"))
    returned = 0.0 - np.bincount(place[place >= 0], back["amount"].to_numpy()[place >= 0], size)
    orders = np.bincount(in_orders["code"], minlength=size)
    customers = np.bincount(buyers["code"], minlength=size)
    first = np.bincount(in_orders["code"], in_orders["number"] == 1, size)
    table = pd.DataFrame(
        {
            "product": names.astype("str"),
            "revenue": sold - returned,
            "orders": orders,
            "customers": customers,
            "pieces": np.bincount(code, lines["pieces"], size),
            "first_orders": first.astype(np.int64),
            "first_share": _ratio(first, orders),
            "ordered_again": _ratio(np.bincount(buyers["code"], again, size), customers),
            "returned": returned,
            "returned_share": _ratio(returned, sold),
        }
    )
    return table[table["orders"] > 0].sort_values("revenue", ascending=False, kind="stable", ignore_index=True)


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0)


def baskets(view: Scope, *, most: int = 50) -> pd.DataFrame:
    """`first, second, orders, support, confidence, lift`: products bought in the same order more often than by chance.

    `support` is the share of all orders in scope with a product that hold both; `confidence` the share of the orders
    with `first` that hold `second` (`first` is the rarer of the two); `lift` how many times as many orders hold both as
    if they were independent (Brin, Motwani, Ullman, Tsur 1997). Pairs in too few orders are left out; sorted by lift.
    """
    lines = lines_of(view)[["order", "product"]].drop_duplicates()
    columns = ["first", "second", "orders", "support", "confidence", "lift"]
    if lines.empty:
        return pd.DataFrame(columns=columns)
    code = lines["product"].cat.codes.to_numpy()
    often = np.argsort(-np.bincount(code), kind="stable")[:MAX_PRODUCTS]
    place = np.full(len(lines["product"].cat.categories), -1, dtype=np.int64)
    place[often] = np.arange(len(often))
    order, total = np.unique(lines["order"], return_inverse=True)[1], lines["order"].nunique()
    kept = place[code] >= 0
    matrix = sparse.csr_matrix(
        (np.ones(kept.sum()), (order[kept], place[code[kept]])), shape=(total, len(often)), dtype=np.float64
    )
    together = (matrix.T @ matrix).toarray()
    alone = together.diagonal()
    left, right = np.triu_indices(len(often), 1)
    both = together[left, right]
    enough = both >= max(MIN_PAIR_ORDERS, total / 500)
    left, right, both = left[enough], right[enough], both[enough]
    swap = alone[left] > alone[right]
    left, right = np.where(swap, right, left), np.where(swap, left, right)
    names = lines["product"].cat.categories.astype("str").to_numpy()[often]
    return (
        pd.DataFrame(
            {
                "first": names[left],
                "second": names[right],
                "orders": both.astype(np.int64),
                "support": both / total,
                "confidence": both / alone[left],
                "lift": both * total / (alone[left] * alone[right]),
            }
        )
        .sort_values(["lift", "orders"], ascending=False, kind="stable")
        .head(most)
        .reset_index(drop=True)[columns]
    )
