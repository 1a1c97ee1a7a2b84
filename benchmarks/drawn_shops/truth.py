"""Whether a sentence that a shop was answered with is true of it, and which question it advises instead.

Counted from the generator's own lines, without the code that is tested.
"""

from __future__ import annotations

import io
import re
from functools import partial

import numpy as np
import pandas as pd

from benchmarks.drawn_shops import DrawnShop

DAY = pd.Timedelta(days=1)
EACH = 15
"""Buyers, and customers who do not buy, in a window."""


def untrue(shop: DrawnShop, goal: str, key: str) -> str:
    """What is wrong with the sentence; empty where it is true, `unchecked` where nothing here can tell."""
    facts = _of_table(shop) if shop.target else _of_orders(shop)
    customers = facts["customers"]
    checks = {
        "training.too_few_customers": customers < 50,
        "training.pattern.few_customers": customers < 50,
        "training.pattern.short_history": facts.get("days", 0) < 60,
        "training.pattern.nobody_returns": facts.get("returning", 0) < 10,
        "training.future.everybody_buys": facts.get("others", 0) < EACH,
        "training.future.too_few_buyers": facts.get("buyers", 0) < EACH,
        "training.future.too_few_customers": facts.get("known", 0) < 60,
        "orders.one_day": facts.get("days", 0) == 1,
        "training.target_constant": facts.get("answers", 0) < 2,
        "training.target_not_usable": shop.target == "date",
        "training.too_little_data": facts.get("known", 0) < 100,
        "training.too_many_classes": facts.get("answers", 0) > 20,
        "training.too_few_of_class": facts.get("frequent", 9) < 2,
        "training.target_identifies": facts.get("frequent", 9) < 2,
    }
    if key not in checks:
        return "unchecked"
    return "" if checks[key] else f"{key} is untrue: {facts}"


def advised(goal: str, key: str, message: str) -> tuple[str, dict[str, str]] | None:
    """Goal and options that the sentence says will work; None where it asks for other data."""
    if key == "training.future.everybody_buys":
        return "orders", {}
    if key == "training.pattern.nobody_returns":
        return "groups", {}
    shorter = re.search(r"ask about the next ([\d,]+) days?", message)
    if shorter:
        return goal, {"--horizon-days": shorter[1].replace(",", "")}
    return None


def _of_orders(shop: DrawnShop) -> dict[str, int]:
    sales = shop.sales
    first, last = sales["when"].min().normalize(), sales["when"].max().normalize()
    visits = sales.assign(day=sales["when"].dt.normalize()).drop_duplicates(["customer", "day"])
    horizon = int(shop.asked.get("--horizon-days", "90")) * DAY
    known, buyers = [], []
    for back in (1, 2):
        cutoff = last + DAY - back * horizon
        before = set(sales.loc[sales["when"] < cutoff, "customer"])
        later = sales[(sales["when"] >= cutoff) & (sales["when"] < cutoff + horizon)]
        known.append(len(before))
        buyers.append(len(before & set(later["customer"])))
    return {
        "customers": sales["customer"].nunique(),
        "days": (last - first).days + 1,
        "returning": int((visits["customer"].value_counts() > 1).sum()),
        "known": min(known),
        "buyers": min(buyers),
        "others": min(int(one) for one in np.subtract(known, buyers)),
    }


def _of_table(shop: DrawnShop) -> dict[str, int]:
    readers = {".csv": pd.read_csv, ".xlsx": partial(pd.read_excel, engine="calamine"), ".parquet": pd.read_parquet}
    suffix = shop.name[shop.name.rindex(".") :]
    answers = readers[suffix](io.BytesIO(shop.file))[shop.target].dropna()
    counts = answers.astype("str").value_counts()
    return {
        "customers": shop.customers,
        "known": len(answers),
        "answers": len(counts),
        "frequent": int((counts >= 20).sum()),
    }
