"""The sentences that stand first: what a shop owner should know, each with its figure and its customers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from lib.insights.customers import best_customers, lost_value, ordered_once
from lib.insights.history import DAY, Scope, previous_period, scope
from lib.insights.retention import days_until
from lib.insights.selection import Criterion

MAX_FINDINGS = 5
_RECENT_DAYS = 90


@dataclass(frozen=True)
class Finding:
    """A sentence (`explore.finding.<key>`), its facts, and whom it is about."""

    key: str
    facts: tuple[tuple[str, float | date | str], ...]
    money: tuple[str, ...] = ()
    """Names of the facts that are money, to be written with its unit."""
    about: Criterion | None = None


def findings(view: Scope, customers: pd.DataFrame, curve: pd.DataFrame) -> tuple[Finding, ...]:
    """At most five, in a fixed order of weight. Nothing is said of too few customers or orders.

    `customers` is `customers_of` and `curve` is `reorder_curve` of the view.
    """
    found = [
        one
        for one in (
            _quiet(view, customers),
            _trend(view),
            _best(view, customers),
            _once(view, curve),
            _returns(view),
            _new(view),
        )
        if one is not None
    ]
    return tuple(found[:MAX_FINDINGS])


def _quiet(view: Scope, customers: pd.DataFrame) -> Finding | None:
    """Customers who used to order often and spent much, and have gone quiet."""
    quiet = lost_value(customers)
    if len(quiet) < 3:
        return None
    months = max(1, round(float(quiet["recency_days"].median()) / 30.44))
    facts = (("customers", len(quiet)), ("revenue", float(quiet["monetary_total"].sum())), ("months", months))
    return Finding("quiet", facts, ("revenue",), Criterion("quiet", (("",),), view.filters))


def _trend(view: Scope) -> Finding | None:
    """Revenue of the last three months of the period, or of the whole of a shorter one, against as long before."""
    start = max(view.start, view.end - _RECENT_DAYS * DAY)
    latest = scope(view.history, replace(view.filters, start=start, end=view.end), view.customers)
    before = previous_period(latest)
    if before is None or latest.empty or latest.days < 7:
        return None
    earlier = scope(view.history, before, view.customers)
    if earlier.revenue <= 0:
        return None
    change = latest.revenue / earlier.revenue - 1
    key = "trend_up" if change >= 0.02 else "trend_down" if change <= -0.02 else "trend_flat"
    facts = (("days", latest.days), ("revenue", latest.revenue), ("change", abs(change)))
    return Finding(key, facts, ("revenue",), Criterion("buyers", (("",),), latest.filters))


def _best(view: Scope, customers: pd.DataFrame) -> Finding | None:
    """Revenue of the top 10 % of customers."""
    total = float(customers["monetary_total"].sum())
    if len(customers) < 20 or total <= 0:
        return None
    best = best_customers(customers, 0.1)
    facts = (("customers", len(best)), ("share", float(best["monetary_total"].sum()) / total))
    return Finding("best", facts, (), Criterion("best", (("10",),), view.filters))


def _once(view: Scope, curve: pd.DataFrame) -> Finding | None:
    """How many have ordered once only, and how soon second orders come."""
    once, everybody = ordered_once(view), view.orders["customer"].nunique()
    if everybody < 20 or len(once) < 3:
        return None
    first = curve[curve["kind"] == "first"]
    quarter = days_until(curve, 0.25)
    facts: tuple[tuple[str, float | date | str], ...] = (("customers", len(once)), ("share", len(once) / everybody))
    about = Criterion("once", (("",),), view.filters)
    if first.empty or quarter is None:
        return Finding("once", facts, (), about)
    return Finding("once_days", (*facts, ("days", quarter)), (), about)


def _returns(view: Scope) -> Finding | None:
    """What was given back, where it is more than two percent of the sales."""
    sold = float(view.orders["amount"].sum())
    theirs = view.returns[view.returns["customer"] >= 0]  # without those of customers who have no order
    back, who = -float(theirs["amount"].sum()), theirs["customer"].nunique()
    if sold <= 0 or back / sold < 0.02 or who < 3:
        return None
    facts = (("revenue", back), ("share", back / sold), ("customers", int(who)))
    return Finding("returns", facts, ("revenue",), Criterion("returned", (("",),), view.filters))


def _new(view: Scope) -> Finding | None:
    """New customers of the last three months of the period."""
    start = max(view.start, view.end - _RECENT_DAYS * DAY)
    latest = scope(view.history, replace(view.filters, start=start, end=view.end), view.customers)
    new = latest.orders[latest.orders["order_number"] == 1]
    if len(new) < 3 or latest.start <= view.history.first_day:
        return None
    spent = float(new["amount"].sum())
    facts = (("customers", len(new)), ("days", latest.days), ("revenue", spent / len(new)))
    return Finding("new", facts, ("revenue",), Criterion("buyers", (("new",),), latest.filters))
