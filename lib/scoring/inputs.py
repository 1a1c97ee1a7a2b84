"""Input of a model: a table with one row per customer, or order lines up to a cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lib.errors import UserError
from lib.features import FEATURES, customer_features, default_cutoff
from lib.gate import OpenedModel
from lib.schema import CUSTOMER_ID
from lib.scoring.matching import compare
from lib.scoring.needs import needs_of

if TYPE_CHECKING:
    from lib.layouts import Understanding
    from lib.orders import Orders
    from lib.tables import Table

ROW = "brine_row"
"""Column of a file of refused rows: the row's number in the table that was scored, from 1."""

REASON = "brine_reason"
"""Column of a file of refused rows: which cell is wrong, and how."""

COLUMNS_NAMED = 6
"""Maximum number of columns named in a sentence."""

FUTURE_GOALS = ("buy_again", "spend", "orders", "next_order")
"""Goals whose models are trained with purchase-pattern parameters that their card holds."""

_FEATURE_NAMES = frozenset(feature.name for feature in FEATURES)


def takes_orders(opened: OpenedModel) -> bool:
    """Whether all columns of the model can be worked out from order lines."""
    return bool(opened.columns) and set(opened.columns) <= _FEATURE_NAMES


def rows_from_orders(opened: OpenedModel, orders: Orders, cutoff: pd.Timestamp | None = None) -> pd.DataFrame:
    """The model's columns from order lines before `cutoff` (default: midnight after the last order), as in training.

    Raises UserError if the model needs columns that do not come from orders, no order lies before the cutoff, or its
    card does not hold what computing the columns needs.
    """
    moment = cutoff or default_cutoff(orders)
    check_needs(opened, moment, first=orders.lines["ordered_at"].min())
    card = opened.verdict.card
    return customer_features(
        orders, moment, columns=opened.columns, constants=card.features if card is not None else None
    )


def check_needs(opened: OpenedModel, cutoff: pd.Timestamp, *, first: pd.Timestamp) -> None:
    """Raise UserError where the model's columns cannot be computed from orders; `first` is the first order's moment."""
    if not takes_orders(opened):
        unknown = [name for name in opened.columns if name not in _FEATURE_NAMES]
        raise UserError("scoring.not_order_features", columns=unknown[:COLUMNS_NAMED] or ["?"], count=len(unknown))
    if not first < cutoff:
        raise UserError("scoring.no_orders_before", cutoff=cutoff.date(), first=first.date())
    card = opened.verdict.card
    needs_btyd = any(name.startswith("btyd_") for name in opened.columns)
    if card is not None and card.goal in FUTURE_GOALS and needs_btyd and "btyd" not in card.features:
        # Re-estimated from the uploaded orders, the parameters would silently differ from those of training.
        raise UserError("scoring.card_constants", part="btyd")


def rows_from_table(opened: OpenedModel, table: Table, understanding: Understanding) -> pd.DataFrame:
    """A table's rows with their customers' ids as index where it has ids, else numbered.

    Personal columns stay: the model may have been made elsewhere and need one, and scores are for the table's owner.
    Raises UserError for an order history that has none of the model's columns.
    """
    if understanding.kind == "orders" and opened.columns and not takes_orders(opened):
        found = compare(needs_of(opened), table.frame)
        if not found.sources:
            names = list(opened.columns[:COLUMNS_NAMED])
            raise UserError("scoring.customers_needed", columns=names, count=len(opened.columns))
    id_column = understanding.roles.get("customer_id") or understanding.roles.get("email")
    if id_column is None or id_column in opened.columns:
        return table.frame
    from lib.orders import customers  # needs every reader of files, which rows from a page's own form do not

    return customers(table, understanding, personal=True)


def refused_rows(frame: pd.DataFrame, refused: pd.DataFrame) -> pd.DataFrame:
    """The rows that could not be scored, as they were given, with their number and what is wrong: to be corrected.

    True and False become text, which no export puts into words of a language: a model may have learnt them.
    """
    said = (
        (refused["column"] + ": " + refused["reason"] + " (" + refused["value"] + ")")
        .groupby(refused["row"])
        .agg("; ".join)
    )
    rows = frame.iloc[said.index.to_numpy(dtype="int64") - 1]
    if rows.index.name == CUSTOMER_ID:
        rows = rows.reset_index()
    flags = [name for name in rows.columns if pd.api.types.is_bool_dtype(frame.dtypes.get(name))]
    rows = rows.assign(**{name: rows[name].astype("str").where(rows[name].notna()) for name in flags})
    return rows.assign(**{ROW: said.index.to_numpy(), REASON: said.to_numpy()}).reset_index(drop=True)


def with_corrections(frame: pd.DataFrame, corrected: pd.DataFrame) -> pd.DataFrame:
    """The table with corrected rows put back in their places.

    Raises UserError if the corrected file has no row numbers, or numbers that the table does not have.
    """
    if ROW not in corrected.columns:
        raise UserError("scoring.no_row_numbers", needed=ROW)
    places = pd.to_numeric(corrected[ROW], errors="coerce")
    if places.isna().any() or not places.between(1, len(frame)).all():
        raise UserError("scoring.wrong_row_numbers", needed=ROW, rows=len(frame))
    shared = [name for name in frame.columns if name in corrected.columns]
    made = frame.astype(dict.fromkeys(shared, "object"))
    made.iloc[places.to_numpy(dtype="int64") - 1, [made.columns.get_loc(name) for name in shared]] = corrected[
        shared
    ].astype("object")
    return made.infer_objects()


def emails(table: Table, understanding: Understanding) -> dict[str, str]:
    """Customer → e-mail, as the table has them: the last one seen of each customer. Empty without both columns."""
    roles = understanding.roles
    if "email" not in roles or "customer_id" not in roles:
        return {}
    from lib.orders.addresses import bare_addresses
    from lib.orders.coding import names_of

    ids, mails = names_of(table.frame[roles["customer_id"]]), bare_addresses(table.frame[roles["email"]].astype("str"))
    known = ids.notna() & mails.str.contains("@", regex=False, na=False)
    return dict(zip(ids[known].astype("str"), mails[known], strict=True))
