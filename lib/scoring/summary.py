"""What a table of scores says in one sentence and one picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.errors import Fact
from lib.gate import OpenedModel
from lib.schema import BUY_AGAIN, GROUP, GROUP_NAME, NEXT_ORDER, ORDERS, PREDICTION, SPEND
from lib.scoring.answers import Scores

SummaryKind = Literal[
    "groups", "buy_again", "spend", "orders", "next_order", "number", "classes", "unusual", "components"
]

BINS = 20


@dataclass(frozen=True)
class Summary:
    """The kind of scores, the facts of the sentence about them, and a small table for the picture."""

    kind: SummaryKind
    facts: Mapping[str, Fact]
    picture: pd.DataFrame
    """`low, high, customers` for numbers, `name, customers` for groups and classes; empty where there is none."""


@dataclass(frozen=True)
class SecondGroup:
    """The group that a customer would be in next."""

    name: str
    closeness: float
    """0: far away; 1: as near as the own group. Distance to the own centre ÷ distance to the second."""


def summary(opened: OpenedModel, scores: Scores) -> Summary:
    """The scores in short."""
    table = scores.table.loc[scores.frame.index]
    rows: dict[str, Fact] = {"rows": len(table)}
    if GROUP in table.columns:
        return _of_groups(table, rows)
    if BUY_AGAIN in table.columns:
        chances = table[BUY_AGAIN]
        facts = {**rows, "expected": float(chances.sum()), "likely": int((chances >= 0.5).sum())}
        return Summary("buy_again", {**facts, "mean": float(chances.mean())}, histogram(chances, low=0.0, high=1.0))
    if SPEND in table.columns:
        spend = table[SPEND]
        return Summary("spend", {**rows, "total": float(spend.sum()), "mean": float(spend.mean())}, histogram(spend))
    if ORDERS in table.columns:
        orders = table[ORDERS]
        facts = {**rows, "total": float(orders.sum()), "mean": float(orders.mean())}
        return Summary("orders", facts, histogram(orders, low=0.0))
    if NEXT_ORDER[0] in table.columns:
        days, value = table[NEXT_ORDER[0]], table[NEXT_ORDER[3]]
        facts = {**rows, "days": float(days.median()), "value": float(value.median())}
        return Summary("next_order", facts, histogram(days, low=0.0))
    if "unusual" in table.columns:
        return Summary("unusual", {**rows, "unusual": int(table["unusual"].sum())}, pd.DataFrame())
    if PREDICTION not in table.columns:
        return Summary("components", rows, pd.DataFrame())
    values = table[PREDICTION]
    if opened.kind == "classifier" or not pd.api.types.is_numeric_dtype(values.dtype):
        return _of_classes(values, rows)
    facts = {**rows, "mean": float(values.mean()), "low": float(values.min()), "high": float(values.max())}
    return Summary("number", facts, histogram(values))


def _of_groups(table: pd.DataFrame, rows: dict[str, Fact]) -> Summary:
    names = table[GROUP_NAME] if GROUP_NAME in table.columns else table[GROUP].astype("str")
    counts = names.groupby(table[GROUP], sort=True).agg(["first", "size"])
    picture = pd.DataFrame({"name": counts["first"].to_numpy(), "customers": counts["size"].to_numpy()})
    largest = picture.loc[picture["customers"].idxmax()]
    size = int(largest["customers"])
    facts: dict[str, Fact] = {**rows, "groups": len(picture), "largest": _most(picture, size), "size": size}
    return Summary("groups", facts, picture)


def _of_classes(values: pd.Series, rows: dict[str, Fact]) -> Summary:
    counts = values.astype("str").value_counts()
    picture = pd.DataFrame({"name": counts.index.to_numpy(), "customers": counts.to_numpy()})
    size = int(counts.iloc[0])
    return Summary("classes", {**rows, "commonest": _most(picture, size), "size": size}, picture.head(12))


def _most(picture: pd.DataFrame, size: int) -> str | list[str]:
    """The name with that many customers; a list where several have as many."""
    names = [str(name) for name in picture["name"][picture["customers"] == size]]
    return names[0] if len(names) == 1 else names


def histogram(values: pd.Series, *, low: float | None = None, high: float | None = None) -> pd.DataFrame:
    """Customers per bin: `low, high, customers`; the last bin takes everything above the 99th percentile."""
    numbers = values.to_numpy(dtype="float64")
    numbers = numbers[np.isfinite(numbers)]
    if not len(numbers):
        return pd.DataFrame({"low": [], "high": [], "customers": []})
    start = float(numbers.min()) if low is None else low
    end = float(np.quantile(numbers, 0.99)) if high is None else high
    if end <= start:
        end = start + 1.0
    if low is None or high is None:
        start, end, bins = _round_edges(start, end)
    else:
        bins = BINS
    counts, edges = np.histogram(np.clip(numbers, start, end), bins=bins, range=(start, end))
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "customers": counts})


def _round_edges(start: float, end: float) -> tuple[float, float, int]:
    """Start, end and number of about `BINS` bins whose edges are multiples of 1, 2, 2.5 or 5 times a power of ten."""
    width = (end - start) / BINS
    power = 10.0 ** np.floor(np.log10(width))
    step = next(float(factor * power) for factor in (1, 2, 2.5, 5, 10) if factor * power >= width * (1 - 1e-9))
    first = float(np.floor(start / step + 1e-9)) * step
    bins = max(1, int(np.ceil((end - first) / step - 1e-9)))
    return first, first + bins * step, bins


def second_group(opened: OpenedModel, row: pd.DataFrame, language: str) -> SecondGroup | None:
    """The second nearest group of one ready row, where the model provides distances or probabilities."""
    card = opened.verdict.card
    if card is None or card.goal != "groups" or len(card.groups) < 2:
        return None
    if "predict_proba" in opened.methods:
        chances = np.asarray(opened.call("predict_proba", row))[0]
        order = np.argsort(-chances, kind="stable")
        closeness = float(chances[order[1]] / max(chances[order[0]], 1e-12))
    elif "transform" in opened.methods:
        distances = np.asarray(opened.call("transform", row), dtype="float64")[0]
        if len(distances) != len(card.groups):
            return None
        order = np.argsort(distances, kind="stable")
        closeness = float(distances[order[0]] / max(distances[order[1]], 1e-12))
    else:
        return None
    if len(order) != len(card.groups):
        return None
    ordered = sorted(card.groups, key=lambda group: group.number)
    from lib.segments import group_name  # imports scikit-learn, which no other goal needs

    return SecondGroup(group_name(language, ordered[int(order[1])]), closeness)
