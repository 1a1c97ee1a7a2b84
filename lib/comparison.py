"""Saved models side by side: which answer the same question, and how well each does on the same customers.

The figures on two cards come from two tests on two sets of customers, so they rank models only roughly. On data that
is at hand, every model is asked about the same customers and compared with the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.backtest import backtest_cutoff, predicted_and_actual
from lib.card import Card
from lib.evaluation import metrics
from lib.gate import OpenedModel
from lib.schema import BUY_AGAIN, ORDERS, PREDICTION, SPEND
from lib.scoring import PROBABILITY, Scores, score
from lib.scoring.rows import as_text

if TYPE_CHECKING:
    from lib.orders import Orders

ENOUGH_ROWS = 30
"""Fewer customers with a known answer rank no models."""

_OF_PROBABILITIES: Mapping[str, metrics.Metric] = {
    "auc": metrics.roc_auc,
    "log_loss": metrics.log_loss,
    "brier": metrics.brier,
    "sum_ratio": metrics.sum_ratio,
}
_OF_AMOUNTS: Mapping[str, metrics.Metric] = {
    "mae": metrics.mae,
    "spearman": metrics.spearman,
    "top_decile_capture": metrics.top_decile_capture,
    "sum_ratio": metrics.sum_ratio,
}
_OF_YES_NO: Mapping[str, metrics.Metric] = {"roc_auc": metrics.roc_auc, "log_loss": metrics.log_loss}
_OF_NUMBERS: Mapping[str, metrics.Metric] = {"mae": metrics.mae, "rmse": metrics.rmse, "spearman": metrics.spearman}


@dataclass(frozen=True)
class Asked:
    """What a model answers. Models can be compared if this is equal."""

    goal: str
    target: str = ""
    horizon_days: int = 0
    currency: str = ""
    """Of models that predict money."""


@dataclass(frozen=True)
class Comparison:
    """Several models on the same customers."""

    customers: int
    metrics: tuple[Mapping[str, float], ...]
    """Metric → value, one mapping per model, in the order given."""
    cutoff: pd.Timestamp | None = None
    """For models with a horizon: the day from which they predicted."""


def asked(card: Card) -> Asked:
    """What a model answers."""
    if card.goal == "groups":
        return Asked(card.goal)
    if card.goal == "target":
        return Asked(card.goal, target=card.target)
    money = card.currency if card.goal in (SPEND, "next_order") else ""
    return Asked(card.goal, horizon_days=card.horizon_days, currency=money)


def common_cutoff(cards: Sequence[Card], orders: Orders) -> pd.Timestamp | None:
    """The day from which models of one horizon can be tested on these orders: a whole horizon follows it, and none of
    the models saw what came after it. None without such a day, and for models without a horizon."""
    if any(card.goal not in (BUY_AGAIN, SPEND, ORDERS) for card in cards):
        return None
    found = [backtest_cutoff(orders, card.cutoff, card.horizon_days) for card in cards]
    days = {day for day in found if day is not None}
    return days.pop() if len(days) == 1 and None not in found else None


def on_orders(opened: OpenedModel, orders: Orders, cutoff: pd.Timestamp) -> tuple[int, Mapping[str, float]]:
    """Number of customers and metrics of a model with a horizon, tested on the orders after `cutoff`."""
    predicted, actual = predicted_and_actual(opened, orders, cutoff)
    card = opened.verdict.card
    used = _OF_PROBABILITIES if card is not None and card.goal == BUY_AGAIN else _OF_AMOUNTS
    weight = np.ones(len(actual))
    return len(actual), {name: measure(predicted, actual, weight) for name, measure in used.items()}


def on_table(models: Sequence[OpenedModel], frame: pd.DataFrame, target: str) -> Comparison | None:
    """Models of one column on a table that has this column: the rows that all of them can score and that have an
    answer. None with fewer than `ENOUGH_ROWS`. Raises UserError where a model cannot score the table."""
    answers = [score(opened, frame) for opened in models]
    truth = frame[target].reset_index(drop=True)
    known = truth.notna().to_numpy()
    for one in answers:
        known = known & one.table.index.isin(one.frame.index)
    if int(known.sum()) < ENOUGH_ROWS:
        return None
    return Comparison(int(known.sum()), tuple(_measured(one, known, truth[known]) for one in answers))


def _measured(scores: Scores, known: np.ndarray, truth: pd.Series) -> Mapping[str, float]:
    table, weight = scores.table[known], np.ones(len(truth))
    shares = [str(name) for name in table.columns if str(name).startswith(PROBABILITY)]
    if not shares and pd.api.types.is_numeric_dtype(table[PREDICTION].dtype):
        observed = pd.to_numeric(truth, errors="coerce").to_numpy(dtype="float64")
        predicted = table[PREDICTION].to_numpy(dtype="float64")
        usable = np.isfinite(observed)
        return {
            name: measure(predicted[usable], observed[usable], weight[usable]) for name, measure in _OF_NUMBERS.items()
        }
    same = (as_text(table[PREDICTION]).to_numpy() == as_text(truth).to_numpy()).mean()
    found = {"accuracy": float(same)}
    if len(shares) == 2:
        yes = (as_text(truth) == shares[-1].removeprefix(PROBABILITY)).to_numpy(dtype="float64")
        chances = table[shares[-1]].to_numpy(dtype="float64")
        found |= {name: measure(chances, yes, weight) for name, measure in _OF_YES_NO.items()}
    return found
