"""Recipe and features → a fitted pipeline, compared and evaluated on held-out data, with its card.

The resulting pipeline contains scikit-learn and NumPy objects only, and no customer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.pipeline import Pipeline

from lib.card import Card
from lib.errors import UserError
from lib.logs import event
from lib.recipes import recipes_for
from lib.schema import DEFAULT_HORIZON_DAYS, Goal

if TYPE_CHECKING:
    from lib.orders import Orders

_LOGGER = logging.getLogger(__name__)

Progress = Callable[[float, str], None]
"""Called with the share that is done, 0 to 1, and the text key of the step that begins."""


def quiet(share: float, step: str) -> None:
    """A `Progress` that is ignored."""


MOST_TRAINING_CUSTOMERS = 100_000
"""Customers that a model learns from at most: more make training longer, and the model hardly better."""


@dataclass(frozen=True)
class Question:
    """A training request. Empty fields and 0 mean automatic."""

    goal: Goal
    target: str = ""
    """The column to predict, where the goal is `target`."""
    cutoff: pd.Timestamp | None = None
    """Features count the orders before it."""
    horizon_days: int = DEFAULT_HORIZON_DAYS
    """How many days after a cutoff count as "later"."""
    recipe: str = ""
    groups: int = 0
    columns: tuple[str, ...] = ()
    seed: int = 0
    responsive: bool = False
    """Of groups of an order history: whether customers may change segment as soon as their orders change. Otherwise
    at most a fifth of them should change within a month."""
    like: Card | None = None
    """Of groups: retrain the same segments, with the columns, preparation, number and names of that model's card."""
    leaf_factor: int = 1
    """How many times as many customers every leaf of a tree has as usual, where fewer would identify some."""
    cost_missed: float = 1.0
    """Of a yes/no target: what it costs to take a yes for a no, beside …"""
    cost_false_alarm: float = 1.0
    """… what it costs to take a no for a yes. Only their ratio counts."""
    quick: bool = False
    """The first answer: an interpretable recipe, measured as honestly, without a comparison of recipes and without the
    reports that take long (importance, dependence)."""


@dataclass(frozen=True)
class Trained:
    """A fitted pipeline and what there is to say about it."""

    pipeline: Pipeline
    card: Card
    example: pd.DataFrame
    """The training customers' columns, index customer_id: for the leak search and the self-test. Never saved."""
    target: pd.Series | None = None
    """The target of the customers of `example`, in their order; for the leak search and the membership attack. Never
    saved."""
    learn: Callable[[pd.Index], BaseEstimator] | None = None
    """Trains the same model on some of the customers of `example` alone, for the membership attack; None where
    fitting a clone of the pipeline on their rows does that."""
    losses: pd.Series | None = None
    """The loss of every customer that the card's figures were measured on, index customer_id; less is better. Never
    saved."""


def train_orders(orders: Orders, question: Question, *, progress: Progress = quiet, sampled_from: int = 0) -> Trained:
    """A model of an order history: groups, who buys again, how much they spend, how many orders, when the next comes.

    `sampled_from`: of how many customers the orders' are a sample; it goes on the card.
    Raises UserError("training.…") if there is too little to learn from, or the question does not fit.
    """
    _check_recipe(question)
    # Imported here so that a page asking about groups does not wait for the other goals' libraries, and because
    # those modules need the names above.
    if question.goal == "groups":
        from lib.training.groups import train_groups_of_orders as train
    elif question.goal in ("buy_again", "spend", "orders"):
        from lib.training.feasibility import check_orders

        if check_orders(orders.lines, question).method == "purchase_pattern":
            from lib.training.purchase_pattern import train_purchase_pattern as train
        else:
            from lib.training.future import train_future as train
    elif question.goal == "next_order":
        from lib.training.feasibility import check_orders

        if check_orders(orders.lines, question).method == "purchase_pattern":
            from lib.training.next_purchase import train_next_purchase as train
        else:
            from lib.training.next_order import train_next_order as train
    else:
        raise UserError("training.needs_customers")
    begin = time.perf_counter()
    trained = train(orders, question, progress=progress)
    card = replace(trained.card, sampled_from=sampled_from or trained.card.sampled_from)
    return _logged(replace(trained, card=card), begin)


def train_customers(frame: pd.DataFrame, question: Question, *, progress: Progress = quiet) -> Trained:
    """A model of a table with one row per customer, index customer_id: groups, or any column.

    Raises UserError("training.…") if there is too little to learn from, or the question does not fit.
    """
    _check_recipe(question)
    if question.goal == "groups":
        from lib.training.groups import train_groups_of_customers as train
    elif question.goal == "target":
        from lib.training.columns import train_column as train
    else:
        raise UserError("training.needs_orders")
    begin = time.perf_counter()
    return _logged(train(frame, question, progress=progress), begin)


def _logged(trained: Trained, begin: float) -> Trained:
    card = trained.card
    event(
        _LOGGER,
        "trained",
        goal=card.goal,
        recipe=card.recipe,
        seconds=time.perf_counter() - begin,
        rows=card.customers,
        columns=len(card.columns),
    )
    return trained


def _check_recipe(question: Question) -> None:
    """A recipe that is named must be one that answers this question."""
    known = [one.key for one in recipes_for(question.goal)]
    if question.recipe and question.recipe not in known:
        raise UserError("training.unknown_recipe", found=question.recipe, known=known)
