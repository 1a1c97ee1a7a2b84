"""A model a month later: new scores, drift, earlier predictions against what happened, and whether to train again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.backtest import Backtest, backtest_cutoff, compare, predicted_and_actual
from lib.card import Card
from lib.drift import Drift, compare_with_training
from lib.errors import UserError
from lib.features import default_cutoff
from lib.gate import OpenedModel, open_model
from lib.orders import Orders
from lib.project import ProjectModel
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP_NAME, ORDERS, SPEND, Goal
from lib.scoring import Choices, Scores, needs_of, rows_from_orders, score
from lib.training import Question

WITH_HORIZON = (BUY_AGAIN, SPEND, ORDERS)
_Z = 1.959963984540054


@dataclass(frozen=True)
class ModelMonth:
    """One model of the project on the new orders."""

    name: str
    goal: str
    """Empty for a model of another program."""
    scores: Scores | None = None
    drift: Drift | None = None
    backtest: Backtest | None = None
    """Predictions as of a past day against the orders since; None where the model has no horizon, or none is over."""
    due: pd.Timestamp | None = None
    """From when predictions can be compared, where none can yet."""
    moves: pd.DataFrame | None = None
    """Of segments: `before, now, customers`, the model's segments at `since` and at the end."""
    error: UserError | None = None
    """Why the model could not be used."""


def model_month(model: ProjectModel, orders: Orders, since: pd.Timestamp, *, language: str) -> ModelMonth:
    """Score all customers, and check what the model said before. A reason of the user's is in `error`."""
    goal = model.card.goal if model.card is not None else ""
    try:
        with open_model(model.data, model.name) as opened:
            return _checked(opened, model.name, orders, since, language)
    except UserError as error:
        return ModelMonth(model.name, goal, error=error)


def _checked(opened: OpenedModel, name: str, orders: Orders, since: pd.Timestamp, language: str) -> ModelMonth:
    card = opened.verdict.card
    cutoff = default_cutoff(orders)
    scores = score(opened, rows_from_orders(opened, orders, cutoff), Choices(language=language, cutoff=cutoff))
    drift = compare_with_training(needs_of(opened), scores.frame, elapsed_days=scores.elapsed_days)
    backtest, due = None, None
    if card is not None and card.goal in WITH_HORIZON:
        moment = backtest_cutoff(orders, card.cutoff, card.horizon_days)
        if moment is not None:
            predicted, actual = predicted_and_actual(opened, orders, moment)
            backtest = compare(card.goal, predicted, actual, moment=moment, days=card.horizon_days)
        elif card.cutoff:
            due = pd.Timestamp(card.cutoff) + pd.Timedelta(days=card.horizon_days)
    moves = None
    if GROUP_NAME in scores.table.columns and (orders.lines["ordered_at"] < since).any():
        then = score(opened, rows_from_orders(opened, orders, since), Choices(language=language, cutoff=since))
        moves = _moves(then.table, scores.table)
    return ModelMonth(name, card.goal if card is not None else "", scores, drift, backtest, due, moves)


def _moves(then: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    both = then[[CUSTOMER_ID, GROUP_NAME]].merge(now[[CUSTOMER_ID, GROUP_NAME]], on=CUSTOMER_ID, suffixes=("_1", "_2"))
    pairs = both.dropna().rename(columns={f"{GROUP_NAME}_1": "before", f"{GROUP_NAME}_2": "now"})
    return pairs.groupby(["before", "now"]).size().rename("customers").reset_index()


# ------------------------------------------------------------------------------------------------------- train again

Recommendation = Literal["new", "old", "either"]


@dataclass(frozen=True)
class Retrained:
    """The old and a new model on the same later period, which neither of them was trained on."""

    old: Backtest
    new: Backtest
    error_old: float
    error_new: float
    """Mean over the customers: of the squared error of a probability (Brier score), else of the absolute error."""
    difference: float
    """Mean of old − new; above zero where the new model is better …"""
    low: float
    high: float
    """… and the ends of its 95% interval, over customers."""

    @property
    def recommendation(self) -> Recommendation:
        """The new model where it is clearly better, the old where that is, else either."""
        return "new" if self.low > 0 else "old" if self.high < 0 else "either"


def question_again(card: Card, orders: Orders) -> Question:
    """The training request of a model, up to the day from which old and new model can be compared.

    Raises UserError where no whole horizon has passed since the old model's cut-off date.
    """
    if card.goal not in WITH_HORIZON:
        raise UserError("changes.no_comparison")
    moment = backtest_cutoff(orders, card.cutoff, card.horizon_days)
    if moment is None:
        due = pd.Timestamp(card.cutoff or default_cutoff(orders)) + pd.Timedelta(days=card.horizon_days)
        raise UserError("changes.too_early", due=due.date())
    return Question(card.goal, cutoff=moment, horizon_days=card.horizon_days)


def final_question(card: Card) -> Question:
    """The training request of a model on all orders: the same goal, and the same segments and names."""
    goal: Goal = card.goal
    if goal == "groups":
        return Question(goal, recipe=card.recipe, like=card)
    return Question(goal, target=card.target, horizon_days=card.horizon_days or 90)


def compare_retrained(old: bytes, new: bytes, orders: Orders, moment: pd.Timestamp) -> Retrained:
    """Both models as of `moment`, against what happened in the horizon after it. Raises UserError."""
    results = []
    for data in (old, new):
        with open_model(data) as opened:
            card = opened.verdict.card
            if card is None or card.goal not in WITH_HORIZON:
                raise UserError("changes.no_comparison")
            predicted, actual = predicted_and_actual(opened, orders, moment)
            tested = compare(card.goal, predicted, actual, moment=moment, days=card.horizon_days)
            results.append((tested, _losses(card.goal, predicted, actual)))
    (first, loss_old), (second, loss_new) = results
    gain = loss_old - loss_new
    half = _Z * float(gain.std(ddof=1)) / np.sqrt(len(gain)) if len(gain) > 1 else float("inf")
    mean = float(gain.mean())
    return Retrained(first, second, float(loss_old.mean()), float(loss_new.mean()), mean, mean - half, mean + half)


def _losses(goal: str, predicted: np.ndarray, actual: np.ndarray) -> np.ndarray:
    difference = predicted - actual
    return difference**2 if goal == BUY_AGAIN else np.abs(difference)
