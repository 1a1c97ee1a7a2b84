"""Checks in a fraction of a second, before training, whether a goal can be trained on this data.

`check_orders` and `check_table` make the same decision as the training itself: by which method, in about how many
seconds, or which `UserError` says what is missing and what would help.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.features import DAY
from lib.schema import HORIZONS_DAYS
from lib.segments import RFM
from lib.training import Question
from lib.training.grouping import check_groups
from lib.training.inputs import uniform_values, usable_columns
from lib.training.target import read_target
from lib.training.training_time import (
    on_this_machine,
    seconds_by_purchase_pattern,
    seconds_by_windows,
    seconds_of_column,
    seconds_of_groups,
)
from lib.training.windows import MIN_CUSTOMERS, MIN_OF_EACH

MIN_PATTERN_DAYS = 60
"""Of history, for a purchase-pattern model."""
MIN_PATTERN_CUSTOMERS = 50
MIN_RETURNING = 10
"""Customers who ordered on two days, for a purchase-pattern model: without them nothing is known of coming back."""
MAX_PATTERN_HORIZON_DAYS = 365
PATTERN_RECIPES = {"buy_again": "btyd", "spend": "hurdle_btyd", "orders": "count_btyd", "next_order": "next_order"}
"""Goal → the recipe that a purchase-pattern model stands under."""

Method = Literal["windows", "purchase_pattern", "groups", "target"]
"""Tested on a later period, fitted on the whole history without such a test, or a model of a table."""


@dataclass(frozen=True)
class HistoryFacts:
    """What decides whether a history is long and large enough; of the order lines before the moment of prediction."""

    first: int
    """Microseconds since 1970 of the first day's midnight."""
    moment: int
    customer: np.ndarray
    """Per order line: the code of its customer, in order of first appearance by time …"""
    when: np.ndarray
    """… and when, in microseconds; ascending."""
    first_order: np.ndarray
    """Per customer, in microseconds; ascending."""

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.first_order)

    @property
    def days(self) -> int:
        """From the first day to the moment of prediction."""
        return (self.moment - self.first) // DAY

    @property
    def returning(self) -> int:
        """How many customers ordered on more than one day."""
        pairs = np.unique(self.customer * 100_000 + self.when // DAY)
        return int((np.bincount(pairs // 100_000) > 1).sum()) if len(pairs) else 0

    def later(self, cutoff: int, horizon_days: int) -> tuple[int, int]:
        """Customers known before a cutoff, and how many of them ordered within the horizon after it."""
        known = int(np.searchsorted(self.first_order, cutoff, side="left"))
        start, stop = np.searchsorted(self.when, (cutoff, cutoff + horizon_days * DAY), side="left")
        bought = np.unique(self.customer[start:stop])
        return known, int((bought < known).sum())


def history_facts(lines: pd.DataFrame, cutoff: pd.Timestamp | None = None) -> HistoryFacts:
    """The facts of order lines (`schema.ORDER_LINES`) before a moment, by default midnight after the last order.

    Raises UserError("training.future.nothing_before").
    """
    if cutoff is not None:
        before = lines[lines["ordered_at"] < cutoff]
        if before.empty:
            raise UserError("training.future.nothing_before", cutoff=cutoff.date())
        lines = before
    when = lines["ordered_at"].to_numpy("datetime64[us]").astype(np.int64)
    order = np.argsort(when, kind="stable") if np.any(when[1:] < when[:-1]) else slice(None)
    when = when[order]
    customer, _ = pd.factorize(lines["customer_id"].array[order])
    first = np.flatnonzero(np.diff(np.maximum.accumulate(customer), prepend=-1) > 0)
    moment = (
        int(when[-1]) // DAY * DAY + DAY
        if cutoff is None
        else int(cutoff.to_datetime64().astype("datetime64[us]").astype(np.int64))
    )
    return HistoryFacts(int(when[0]) // DAY * DAY, moment, customer, when, when[first])


@dataclass(frozen=True)
class Feasibility:
    """A question that can be answered."""

    method: Method
    customers: int
    seconds: float
    """About how long the training that was asked for takes on this machine, the search of the file included."""
    first_seconds: float
    """About how long a job takes until the quick model is there …"""
    best_seconds: float
    """… and until the thorough one is, which follows it."""


def _feasible(method: Method, customers: int, question: Question, seconds: Callable[[bool], float]) -> Feasibility:
    """`seconds`: of the quick model, or of the thorough one, on the machine of the measurements."""
    quick, thorough = seconds(True), seconds(False)
    return Feasibility(
        method,
        customers,
        on_this_machine(quick if question.quick else thorough),
        on_this_machine(quick),
        on_this_machine(quick + thorough),
    )


def check_orders(lines: pd.DataFrame, question: Question) -> Feasibility:
    """How a question to an order history is answered. Raises the UserError that training would end in."""
    return check_history(history_facts(lines, question.cutoff), question)


def check_history(facts: HistoryFacts, question: Question) -> Feasibility:
    """The same of facts that are known already, of the lines before the question's cutoff."""
    if question.goal == "groups":
        check_groups(facts.customers, question.groups, recipe_key=question.recipe)
        return _feasible(
            "groups",
            facts.customers,
            question,
            lambda quick: seconds_of_groups(facts.customers, 0, len(facts.when), quick=quick),
        )
    if question.goal == "target":
        raise UserError("training.needs_customers")
    method = _method(facts, question)
    estimate = seconds_by_windows if method == "windows" else seconds_by_purchase_pattern
    return _feasible(
        method,
        facts.customers,
        question,
        lambda quick: estimate(question.goal, facts.customers, len(facts.when), quick=quick),
    )


def _method(facts: HistoryFacts, question: Question) -> Method:
    """By windows where they can be tested, else by the purchase pattern. Raises UserError, whose advice works."""
    try:
        check_windows(facts, question)
        return "windows"
    except UserError as problem:
        if problem.key == "training.future.everybody_buys":
            shorter = longest_horizon(facts, question)
            if shorter:
                raise UserError(
                    "training.future.everybody_buys_so_long", **problem.facts, possible=shorter
                ) from problem
            raise
        if allows_pattern(question):
            try:
                check_pattern(facts, question)
                return "purchase_pattern"
            except UserError as lacking:
                if lacking.key == "training.pattern.short_history":
                    shorter = longest_horizon(facts, question)
                    if shorter:
                        raise _too_short(facts, question, MIN_PATTERN_DAYS, shorter) from lacking
                raise
        raise _with_advice(facts, question) from problem


def _with_advice(facts: HistoryFacts, question: Question) -> UserError:
    """What helps where the choice of method, columns or more than a year rules out the purchase pattern."""
    shorter = longest_horizon(facts, question)
    automatic = replace(question, recipe="", columns=())
    found = {"customers": facts.customers, "days": facts.days, "horizon": question.horizon_days}
    if question.horizon_days <= MAX_PATTERN_HORIZON_DAYS:
        _method(facts, automatic)  # raises what is missing whatever is chosen
        if shorter:
            return UserError("training.future.needs_automatic_or_shorter", **found, possible=shorter)
        return UserError("training.future.needs_automatic", **found)
    if shorter:
        return _too_short(facts, question, 2 * question.horizon_days + max(28, question.horizon_days // 2), shorter)
    year = replace(automatic, horizon_days=MAX_PATTERN_HORIZON_DAYS)
    _method(facts, year)
    return UserError("training.future.needs_automatic_and_shorter", **found, possible=MAX_PATTERN_HORIZON_DAYS)


def _too_short(facts: HistoryFacts, question: Question, needed: int, possible: int) -> UserError:
    return UserError(
        "training.future.too_short", days=facts.days, needed=needed, horizon=question.horizon_days, possible=possible
    )


def longest_horizon(facts: HistoryFacts, question: Question) -> int:
    """The longest usual horizon, shorter than the one asked for, that can be answered; 0 where there is none."""
    for days in reversed(HORIZONS_DAYS):
        shorter = replace(question, horizon_days=days)
        if days < question.horizon_days:
            try:
                check_windows(facts, shorter)
                return days
            except UserError as problem:
                if problem.key == "training.future.everybody_buys" or not allows_pattern(shorter):
                    continue
            try:
                check_pattern(facts, shorter)
                return days
            except UserError:
                continue
    return 0


def check_windows(facts: HistoryFacts, question: Question) -> None:
    """Raises UserError("training.future.…") where no later period can be held out, or too few are in it."""
    horizon = question.horizon_days
    evaluation = facts.moment - horizon * DAY
    last = evaluation - horizon * DAY
    if last < facts.first + max(28, horizon // 2) * DAY:
        raise UserError(
            "training.future.too_short",
            days=facts.days,
            needed=2 * horizon + max(28, horizon // 2),
            horizon=horizon,
            possible=min(max(1, (facts.days - 28) // 3), facts.days),
        )
    for cutoff in (last, evaluation):
        known, bought = facts.later(cutoff, horizon)
        if known < MIN_CUSTOMERS:
            raise UserError("training.future.too_few_customers", customers=known, needed=MIN_CUSTOMERS)
        if bought < MIN_OF_EACH:
            raise UserError(
                "training.future.too_few_buyers", buyers=bought, needed=MIN_OF_EACH, horizon=horizon, customers=known
            )
        if question.goal == "buy_again" and known - bought < MIN_OF_EACH:
            raise UserError("training.future.everybody_buys", buyers=bought, customers=known, horizon=horizon)


def allows_pattern(question: Question) -> bool:
    """Whether a purchase-pattern model may be used: neither another recipe nor columns were chosen."""
    return (
        question.goal in PATTERN_RECIPES
        and question.recipe in ("", PATTERN_RECIPES[question.goal])
        and not question.columns
        and question.horizon_days <= MAX_PATTERN_HORIZON_DAYS
    )


def check_pattern(facts: HistoryFacts, question: Question) -> None:
    """Raises UserError("training.pattern.…") where there is too little for a purchase-pattern model, too."""
    if facts.customers < MIN_PATTERN_CUSTOMERS:
        raise UserError("training.pattern.few_customers", customers=facts.customers, needed=MIN_PATTERN_CUSTOMERS)
    if facts.days < MIN_PATTERN_DAYS:
        raise UserError("training.pattern.short_history", days=facts.days, needed=MIN_PATTERN_DAYS)
    if facts.returning < MIN_RETURNING:
        raise UserError(
            "training.pattern.nobody_returns",
            customers=facts.customers,
            returning=facts.returning,
            needed=MIN_RETURNING,
        )


def check_table(frame: pd.DataFrame, question: Question) -> Feasibility:
    """How a question to a customer table is answered. Raises the UserError that training would end in."""
    missing = [
        name for name in (*([question.target] if question.target else []), *question.columns) if name not in frame
    ]
    if missing:
        raise UserError("training.unknown_columns", columns=missing)
    if question.goal == "groups":
        table = uniform_values(frame[list(question.columns)] if question.columns else frame)
        used = usable_columns(table).inputs.columns
        columns, has_rfm = len(used), set(RFM) <= set(used)
        check_groups(len(frame), question.groups, recipe_key=question.recipe, has_rfm=has_rfm)
        return _feasible(
            "groups", len(frame), question, lambda quick: seconds_of_groups(len(frame), columns, 0, quick=quick)
        )
    if question.goal != "target":
        raise UserError("training.needs_orders")
    known, target = read_target(frame, question.target)
    others = [name for name in (question.columns or known.columns) if name != question.target]
    columns = len(usable_columns(known[others]).inputs.columns)
    return _feasible(
        "target", len(known), question, lambda quick: seconds_of_column(target.task, len(known), columns, quick=quick)
    )
