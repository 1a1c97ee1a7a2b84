"""Customers by recency, frequency and monetary value (RFM), named segments, and revenue concentration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.insights.history import Codes, History, Scope
from lib.schema import CUSTOMER_ID

RECENCY_BANDS = (30, 90, 180, 365)
"""Upper ends, in days since the last order; a last band is open."""

FREQUENCY_BANDS = (1, 2, 5, 10)
"""Upper ends, in number of orders; a last band is open."""

PARETO_POINTS = 100

CUSTOMER_COLUMNS = (
    *("frequency_orders", "monetary_total", "order_value", "first_order", "last_order", "recency_days", "country"),
    *("order_number", "segment"),
)


def customers_of(view: Scope) -> pd.DataFrame:
    """One row per customer with an order in scope, indexed by the customer's number.

    `frequency_orders` and `monetary_total` count what is in scope, returns included; `order_value` is their ratio.
    `first_order` is the first of all, `last_order` the last in scope, `recency_days` the whole days from it to the end
    of the period. `order_number` counts all orders until the last in scope; `country` is the last order's. `segment` is
    that of the whole history at the end of the period (`segments_at`).
    """
    orders, people = view.orders, len(view.history.customer_ids)
    at, places = last_orders(orders["customer"].to_numpy(), people)
    last = orders.iloc[places].set_index("customer")
    count = np.bincount(orders["customer"], minlength=people)[at]
    money = money_by_customer(view)[at]
    return pd.DataFrame(
        {
            "frequency_orders": count,
            "monetary_total": money,
            "order_value": money / count,
            "first_order": last["first_at"],
            "last_order": last["ordered_at"],
            "recency_days": whole_days(last["ordered_at"], view.end),
            "country": last["country"],
            "order_number": last["order_number"],
            "segment": segments_at(view.history, view.end, net=view.filters.net)["segment"].reindex(at),
        },
        index=last.index,
    )


def last_orders(customer: Codes, people: int) -> tuple[Codes, Codes]:
    """The customers among orders by time, in ascending order, and the place of the last order of each."""
    places = np.full(people, -1, dtype=np.int64)
    places[customer] = np.arange(len(customer))  # of several values for one place, NumPy keeps the last
    known = np.flatnonzero(places >= 0)
    return known, places[known]


def money_by_customer(view: Scope) -> np.ndarray:
    """Money of every customer of the history in scope, returns included."""
    people = len(view.history.customer_ids)
    back = view.returns[view.returns["customer"] >= 0]
    return np.bincount(view.orders["customer"], view.orders["amount"], people) + np.bincount(
        back["customer"], back["amount"], people
    )


def whole_days(moments: pd.Series, until: pd.Timestamp) -> pd.Series:
    """Whole days from each moment until another."""
    return ((until - moments).dt.total_seconds() // 86_400).astype("int64")


def with_ids(table: pd.DataFrame, history: History) -> pd.DataFrame:
    """A table indexed by customers' numbers, with the id as its first column instead."""
    ids = history.customer_ids[table.index.to_numpy()]
    return table.reset_index(drop=True).assign(**{CUSTOMER_ID: ids})[[CUSTOMER_ID, *table.columns]]


def bands_of(customers: pd.DataFrame) -> pd.DataFrame:
    """`recency_band, frequency_band` of each customer, numbered from 0. Takes `customers_of`."""
    return pd.DataFrame(
        {
            "recency_band": np.searchsorted(RECENCY_BANDS, customers["recency_days"], side="left"),
            "frequency_band": np.searchsorted(FREQUENCY_BANDS, customers["frequency_orders"], side="left"),
        },
        index=customers.index,
    )


def rfm_grid(customers: pd.DataFrame) -> pd.DataFrame:
    """`recency_band, frequency_band, customers, revenue, money_per_customer`: every pair of bands, in order.

    Bands are numbered from 0: `RECENCY_BANDS` and `FREQUENCY_BANDS` give their upper ends. Takes `customers_of`.
    """
    bands = bands_of(customers)
    pairs = pd.MultiIndex.from_product(
        [range(len(RECENCY_BANDS) + 1), range(len(FREQUENCY_BANDS) + 1)], names=list(bands.columns)
    )
    grid = (
        bands.assign(monetary_total=customers["monetary_total"])
        .groupby(list(bands.columns))["monetary_total"]
        .agg(customers="size", revenue="sum")
        .reindex(pairs, fill_value=0)
    )
    return grid.assign(
        money_per_customer=grid["revenue"] / grid["customers"].where(grid["customers"] > 0)
    ).reset_index()


# ------------------------------------------------------------------------------------------------ segments

SEGMENTS = (
    *("champions", "loyal", "big_spenders", "promising", "new", "core", "occasional", "at_risk", "cant_lose"),
    *("hibernating", "one_time", "lost"),
)
"""Names of segments by RFM scores, best first; the sentence of each is `explore.segment.<key>`."""

SCORES = 5


@dataclass(frozen=True)
class CutOffs:
    """What scores are measured against: the sorted values of all customers at one moment."""

    recency_days: np.ndarray
    frequency_orders: np.ndarray
    monetary_total: np.ndarray


def state_at(history: History, at: pd.Timestamp, *, net: bool = True) -> pd.DataFrame:
    """`recency_days, frequency_orders, monetary_total` of all customers who had ordered before that moment, indexed by
    the customer's number."""
    orders, returns, people = history.orders, history.returns, len(history.customer_ids)
    before = int(orders["ordered_at"].searchsorted(at, side="left"))  # orders stand by time
    customer = orders["customer"].to_numpy()[:before]
    known, places = last_orders(customer, people)
    money = np.bincount(customer, orders["amount"].to_numpy()[:before], people)
    if net:
        given = slice(0, int(returns["returned_at"].searchsorted(at, side="left")))
        theirs = returns["customer"].to_numpy()[given]
        money = money + np.bincount(
            theirs[theirs >= 0], returns["amount"].to_numpy(np.float64)[given][theirs >= 0], people
        )
    return pd.DataFrame(
        {
            "recency_days": whole_days(orders["ordered_at"].iloc[places], at).to_numpy(),
            "frequency_orders": orders["order_number"].to_numpy()[places],
            "monetary_total": money[known],
        },
        index=pd.Index(known, name="customer"),
    )


def cut_offs(state: pd.DataFrame) -> CutOffs:
    """The values that scores are measured against. Takes `state_at`."""
    return CutOffs(
        *(np.sort(state[name].to_numpy(float)) for name in ("recency_days", "frequency_orders", "monetary_total"))
    )


def scores_of(state: pd.DataFrame, against: CutOffs) -> pd.DataFrame:
    """`r, f, m` from 1 to 5 (5 = most recent, most orders, most money), fair to ties: equal values get equal scores.

    A value's score is that of the middle of its ties: the share of customers below it plus half of those equal.
    """
    return pd.DataFrame(
        {
            "r": SCORES + 1 - _score(state["recency_days"], against.recency_days),
            "f": _score(state["frequency_orders"], against.frequency_orders),
            "m": _score(state["monetary_total"], against.monetary_total),
        },
        index=state.index,
    )


def _score(values: pd.Series, known: np.ndarray) -> np.ndarray:
    below = np.searchsorted(known, values.to_numpy(float), side="left")
    upto = np.searchsorted(known, values.to_numpy(float), side="right")
    share = (below + upto) / 2 / max(len(known), 1)
    return np.clip(np.ceil(SCORES * share), 1, SCORES).astype(np.int64)


def segments_at(
    history: History, at: pd.Timestamp, *, net: bool = True, against: CutOffs | None = None
) -> pd.DataFrame:
    """`recency_days, frequency_orders, monetary_total, r, f, m, segment` of all customers at that moment.

    `against` freezes the cut-offs of another moment. Regardless of other customers, no customer is called inactive
    (at risk, can't lose, hibernating, lost) before half of `history.lapse_days` without an order, and every customer is
    after all of them.
    """
    state = state_at(history, at, net=net)
    scores = scores_of(state, against or cut_offs(state))
    r, f, m = (scores[name].to_numpy() for name in ("r", "f", "m"))
    days = state["recency_days"].to_numpy()
    lapsed = days > history.lapse_days
    quiet = lapsed | ((r <= 2) & (days > history.lapse_days / 2))
    recent = (r >= 4) & ~lapsed
    once = state["frequency_orders"].to_numpy() == 1
    often, much = f >= 4, m >= 4
    lowest = r == 1
    rules = (
        ("new", once & recent),
        ("lost", once & quiet & lowest),
        ("one_time", once),
        ("champions", recent & often & much),
        ("loyal", recent & often),
        ("big_spenders", recent & (m == SCORES)),
        ("promising", recent),
        ("cant_lose", quiet & often & much),
        ("at_risk", quiet & (f >= 3)),
        ("lost", quiet & lowest),
        ("hibernating", quiet),
        ("loyal", often),
        ("big_spenders", much),
        ("core", f == 3),
    )
    codes = np.select(
        [flags for _, flags in rules],
        [SEGMENTS.index(name) for name, _ in rules],
        default=SEGMENTS.index("occasional"),
    )
    return state.assign(r=r, f=f, m=m, segment=pd.Categorical.from_codes(codes, categories=list(SEGMENTS)))


def by_segment(customers: pd.DataFrame) -> pd.DataFrame:
    """`segment, customers, revenue, recency_days, frequency_orders` (medians), segments without customers left out.

    Takes `customers_of`.
    """
    return (
        customers.groupby("segment", observed=True)
        .agg(
            customers=("monetary_total", "size"),
            revenue=("monetary_total", "sum"),
            recency_days=("recency_days", "median"),
            frequency_orders=("frequency_orders", "median"),
        )
        .reset_index()
        .astype({"segment": "str"})
    )


ARRIVED = "arrived"
"""In `migration`: where customers come from who had not ordered by the first date."""


def migration(view: Scope, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """`before, now, customers`: who moved between segments from one moment to another, by the cut-offs of the later.

    `before` is `ARRIVED` for customers without an order by then. Only customers with an order in scope.
    """
    net = view.filters.net
    now = segments_at(view.history, end, net=net)
    then = segments_at(view.history, start, net=net, against=cut_offs(now))
    chosen = now.index.intersection(pd.Index(view.orders["customer"].unique()))
    before = then["segment"].astype("object").reindex(chosen).fillna(ARRIVED)
    pairs = pd.DataFrame({"before": before, "now": now["segment"].astype("object").reindex(chosen)})
    return pairs.groupby(["before", "now"]).size().rename("customers").reset_index()


# ------------------------------------------------------------------------------------------------ revenue


def pareto(customers: pd.DataFrame) -> pd.DataFrame:
    """`share_customers, share_revenue`: the best customers first, at most a hundred points and (0, 0).

    Customers who gave back more than they bought stand last and lower the curve to 1. Takes `customers_of`.
    """
    money = customers["monetary_total"].sort_values(ascending=False).to_numpy()
    total = money.sum()
    running = np.concatenate([[0.0], np.cumsum(money)])
    at = np.unique(np.linspace(0, len(money), PARETO_POINTS + 1).round().astype(int))
    return pd.DataFrame(
        {"share_customers": at / len(money), "share_revenue": running[at] / total if total > 0 else np.zeros(len(at))}
    )


def share_of_best(customers: pd.DataFrame, share: float = 0.2) -> float:
    """The share of the customers' revenue that comes from the best `share` of them; see `best_customers`."""
    total = customers["monetary_total"].sum()
    return float(best_customers(customers, share)["monetary_total"].sum() / total) if total > 0 else 0.0


def best_customers(customers: pd.DataFrame, share: float) -> pd.DataFrame:
    """That share of the customers, rounded up, who spent most."""
    most = int(np.ceil(share * len(customers) - 1e-9))
    return customers.sort_values("monetary_total", ascending=False, kind="stable").head(most)


def top_customers(view: Scope, customers: pd.DataFrame, *, most: int = 20) -> pd.DataFrame:
    """The customers who spent most: `customer_id, monetary_total, share_revenue, frequency_orders, recency_days,
    first_order, last_order, country, segment`. Takes `customers_of`."""
    best = customers.sort_values("monetary_total", ascending=False, kind="stable").head(most)
    total = view.revenue
    named = with_ids(best.assign(share_revenue=best["monetary_total"] / total if total > 0 else np.nan), view.history)
    columns = ["customer_id", "monetary_total", "share_revenue", "frequency_orders", "recency_days"]
    return named[[*columns, "first_order", "last_order", "country", "segment"]]


def by_country(view: Scope) -> pd.DataFrame:
    """`country, revenue, customers, new_customers, orders`, the largest first; empty where no country is known."""
    orders = view.orders.dropna(subset=["country"])
    money = pd.concat([orders[["country", "amount"]], view.returns.dropna(subset=["country"])[["country", "amount"]]])
    revenue = money.astype({"country": "object"}).groupby("country")["amount"].sum().rename("revenue")
    counted = (
        orders.assign(is_new=orders["order_number"] == 1)
        .astype({"country": "object"})
        .groupby("country")
        .agg(customers=("customer", "nunique"), new_customers=("is_new", "sum"), orders=("customer", "size"))
    )
    return (
        counted.join(revenue)
        .sort_values(["revenue"], ascending=False, kind="stable")
        .reset_index()[["country", "revenue", "customers", "new_customers", "orders"]]
    )


def ordered_once(view: Scope) -> pd.Series:
    """The customers whose only order of all until the end of the period is in scope."""
    orders = view.orders
    only = (orders["order_number"] == 1) & ~(orders["next_at"] < view.end)
    return orders.loc[only, "customer"]


def lost_value(customers: pd.DataFrame) -> pd.DataFrame:
    """The customers in segments that used to buy often and have gone quiet. Takes `customers_of`."""
    return customers[customers["segment"].isin(["at_risk", "cant_lose"])]
