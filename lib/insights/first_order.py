"""Customers by what their first order was: its product, country or any column of the file; and what they did since."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.insights.history import Scope
from lib.insights.lifetime_value import MONTH_DAYS

MONTHS = 12
MAX_GROUPS = 12
"""Groups shown: those with most customers."""

MIN_WATCHED = 10
"""A share of fewer customers than these is left blank."""


def first_orders_by(view: Scope, of_lines: pd.Series | None = None) -> pd.DataFrame:
    """`customer, group`: customers whose first order of all is in scope, with each value that its lines have.

    `of_lines` is aligned with `History.lines`; None stands for the country of the order. Missing values are left out.
    """
    first = view.orders[view.orders["order_number"] == 1]
    if of_lines is None:
        pairs = pd.DataFrame({"customer": first["customer"], "group": first["country"].astype("object")})
    else:
        customer = np.full(len(view.history.orders), -1, dtype=np.int64)
        customer[first.index.to_numpy()] = first["customer"]
        mine = customer[view.history.lines["order"].to_numpy()]
        kept = mine >= 0
        pairs = pd.DataFrame({"customer": mine[kept], "group": of_lines.astype("object").to_numpy()[kept]})
    return pairs.dropna().drop_duplicates(ignore_index=True)


def cohorts_by(view: Scope, pairs: pd.DataFrame) -> pd.DataFrame:
    """`group, size, months, watched, active, share, per_customer` of the largest groups of `first_orders_by`.

    Month m is the m-th 30 days after a customer's own first order: `active` customers ordered again in it, and
    `per_customer` is the money from the first order until its end. Only customers who were `watched` until its end
    count; `share` and `per_customer` are missing where these are fewer than `MIN_WATCHED`.
    """
    columns = ["group", "size", "months", "watched", "active", "share", "per_customer"]
    if pairs.empty:
        return pd.DataFrame(columns=columns)
    people = len(view.history.customer_ids)
    begun = np.full(people + 1, np.datetime64("NaT"), dtype="datetime64[us]")
    begun[view.orders["customer"].to_numpy()] = view.orders["first_at"].to_numpy("datetime64[us]")
    active = np.zeros((people, MONTHS), dtype=bool)
    who, month = _months(view.orders["customer"], view.orders["ordered_at"], begun)
    again = (month >= 1) & (month <= MONTHS)
    active[who[again], month[again] - 1] = True
    money = np.zeros((people, MONTHS + 1))
    _add(money, who, month, view.orders["amount"].to_numpy())
    back = view.returns[view.returns["customer"] >= 0]
    _add(money, *_months(back["customer"], back["returned_at"], begun), back["amount"].to_numpy())
    spent = money.cumsum(axis=1)[:, 1:]
    ends = begun[:people, None] + np.arange(1, MONTHS + 1) * np.timedelta64(MONTH_DAYS, "D")
    watched = np.asarray(ends <= np.datetime64(view.end))
    largest = pairs["group"].value_counts(sort=True).head(MAX_GROUPS).index
    rows = []
    for group in largest:
        mine = pairs["customer"][pairs["group"] == group].to_numpy()
        seen = watched[mine]
        count = seen.sum(axis=0)
        enough = np.where(count >= MIN_WATCHED, count, np.nan)
        ordered = (active[mine] & seen).sum(axis=0)
        rows.append(
            pd.DataFrame(
                {
                    "group": str(group),
                    "size": len(mine),
                    "months": np.arange(1, MONTHS + 1),
                    "watched": count,
                    "active": ordered,
                    "share": ordered / enough,
                    "per_customer": (spent[mine] * seen).sum(axis=0) / enough,
                }
            )
        )
    return pd.concat(rows, ignore_index=True)[columns]


def _months(customer: pd.Series, moments: pd.Series, begun: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Customer and month of age of each row: 0 = the moment of the first order, −1 = before it or unknown."""
    who = customer.to_numpy(np.int64)
    passed = moments.to_numpy("datetime64[us]") - begun[who]
    passed = np.where(np.isnat(passed), np.timedelta64(-1, "us"), passed)
    known = passed >= np.timedelta64(0)
    month = np.where(passed > np.timedelta64(0), passed // np.timedelta64(MONTH_DAYS, "D") + 1, 0)
    return who, np.where(known, month, -1).astype(np.int64)


def _add(money: np.ndarray, who: np.ndarray, month: np.ndarray, amount: np.ndarray) -> None:
    kept = (month >= 0) & (month <= MONTHS)
    np.add.at(money, (who[kept], month[kept]), amount[kept])
