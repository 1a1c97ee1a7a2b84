"""Customer segments, chosen by stability and usefulness, as a pipeline that assigns new customers.

`grouping` defines the criteria, `clustering` searches for a clustering. Segments of an order history use recency,
frequency and total spend, or recent spend in place of one of them: cluster boundaries on lifetime spend
are unstable under resampling, while recent spend has a mass at zero, which is stable.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from lib.card import Card
from lib.errors import UserError
from lib.features import FEATURES, WINDOWS, CodedLog, code, default_cutoff, features_of, future_of
from lib.recipes import Inputs, Recipe, prepare, recipe
from lib.segments import RFM
from lib.training import Progress, Question, Trained, quiet
from lib.training.clustering import PREPARATIONS, CandidateSearch, GridSearch
from lib.training.describe import kind_of
from lib.training.grouping import BARS, BARS_OF_TABLES, MIN_CUSTOMERS, STEADY, GroupingData, check_groups, inputs_of
from lib.training.groups_report import MONTH_DAYS, groups_card
from lib.training.inputs import model_table, uniform_values, usable_columns
from lib.training.separation import FEW_VALUES, column_sets

if TYPE_CHECKING:
    from lib.orders import Orders

MIN_LATER_DAYS = 7
"""With a shorter later period nothing is measured of later spend."""

QUARTER, HALF = "spend in the last quarter of the history", "spend in the last half"
"""Recent spend, which stands for the column `spend_…_days` whose days come nearest to that."""

ORDER_COLUMNS: tuple[tuple[str, ...], ...] = (
    RFM,
    ("recency_days", "frequency_orders", "order_value_mean"),
    ("recency_days", "monetary_total"),
    ("recency_days", QUARTER),
    ("monetary_total", QUARTER),
    ("recency_days", "frequency_orders", QUARTER),
    ("recency_days", HALF),
    ("monetary_total", HALF),
    ("recency_days", "frequency_orders"),
)
"""What groups of an order history may look at, the classic three first."""

_MONEY = (
    *("revenue", "spend", "spent", "amount", "monetary", "sales", "charges", "mnt", "turnover", "income"),
    *("gasto", "importe", "ingreso", "factur", "venta"),
)


def train_groups_of_orders(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """Groups of the customers of an order history, as they are at the cutoff.

    Raises UserError: `training.too_few_customers`, `training.unknown_columns`, `training.groups_out_of_range`,
    `training.no_groups_found`.
    """
    progress(0.0, "training.step.features")
    cutoff = question.cutoff or default_cutoff(orders)
    log = code(orders)
    data = data_of_orders(log, cutoff, question)
    trained = _train(data, question, progress)
    card = replace(
        trained.card,
        cutoff=cutoff.isoformat(),
        horizon_days=data.days,
        period_start=log.start.date().isoformat(),
        period_end=min(cutoff, log.end).date().isoformat(),
        currency=orders.currency,
    )
    return replace(trained, card=card)


def train_groups_of_customers(frame: pd.DataFrame, question: Question, *, progress: Progress = quiet) -> Trained:
    """Groups of a table with one row per customer: numbers, yes/no, dates and categories, with gaps.

    Raises UserError: `training.too_few_customers`, `training.unknown_columns`, `training.no_usable_columns`,
    `training.groups_out_of_range`, `training.grid_needs_orders`, `training.no_groups_found`.
    """
    progress(0.0, "training.step.columns")
    if unknown := [name for name in question.columns if name not in frame.columns]:
        raise UserError("training.unknown_columns", columns=unknown)
    table = uniform_values(frame[list(question.columns)] if question.columns else frame)
    columns = usable_columns(table)
    now = model_table(table, columns.inputs)
    value_column, value = _value_of(now)
    choices = _column_sets(now, columns.inputs, question)
    many_valued = sum(now[name].nunique() >= FEW_VALUES for name in (*columns.inputs.amounts, *columns.inputs.numbers))
    separable = many_valued > 1  # else no column but categories could be separate
    bars = BARS_OF_TABLES if separable else BARS
    data = GroupingData(
        now, value, value_column, choices, bars=bars, left_out=columns.left_out, by_separation=separable
    )
    return _train(data, question, progress)


def _train(data: GroupingData, question: Question, progress: Progress) -> Trained:
    has_rfm = set(RFM) <= set(data.now.columns)
    check_groups(len(data.now), question.groups, recipe_key=question.recipe, has_rfm=has_rfm)
    chosen_recipe = recipe(question.recipe or "kmeans")
    like = question.like if _can_be_like(question.like, chosen_recipe, data) else None
    # The many small fits gain nothing from threads, and lose a lot where others want the same cores.
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        kind = GridSearch if chosen_recipe.classic_grid else CandidateSearch
        search = kind(data, chosen_recipe, question.seed, like)
        measured, chosen = search.choose(question.groups, progress, quick=question.quick)
        progress(0.85, "training.step.describe")
        return groups_card(search, search.ship(chosen), measured, chosen, question)


def _can_be_like(card: Card | None, chosen: Recipe, data: GroupingData) -> bool:
    """Whether a model can be retrained on this data with the same recipe."""
    return (
        card is not None
        and card.goal == "groups"
        and card.recipe == chosen.key
        and bool(card.groups)
        and card.settings.get("preparation") in PREPARATIONS
        and {column.name for column in card.columns} <= set(data.now.columns)
    )


def data_of_orders(log: CodedLog, cutoff: pd.Timestamp, question: Question) -> GroupingData:
    """Features of the customers at the cutoff, a horizon before it, and a month before it.

    Raises UserError("training.unknown_columns").
    """
    known = {feature.name for feature in FEATURES if feature.family not in ("btyd", "btyd_next", "season")}
    if unknown := [name for name in question.columns if name not in known]:
        raise UserError("training.unknown_columns", columns=unknown)
    span = (min(cutoff, log.end) - log.start) / pd.Timedelta(days=1)
    choices = (question.columns,) if question.columns else _choices_in(span)
    columns = list(dict.fromkeys([*RFM, *(name for choice in choices for name in choice)]))
    now = features_of(log, cutoff, columns=columns)
    days = int(min(question.horizon_days, span // 3))
    past = later = last_month = None
    # Complete horizons only: in a window that the log does not cover to its end customers look quiet.
    before = min(cutoff, log.end) - pd.Timedelta(days=days)
    if days >= MIN_LATER_DAYS:
        past = features_of(log, before, columns=columns)
        later = future_of(log, before, days)
        if len(past) < MIN_CUSTOMERS:
            past = later = None
    if span > 4 * MONTH_DAYS:
        last_month = features_of(log, cutoff - pd.Timedelta(days=MONTH_DAYS), columns=columns)
        last_month = last_month if len(last_month) >= MIN_CUSTOMERS else None
    bars = BARS if question.responsive else (*BARS, STEADY)
    return GroupingData(now, now["monetary_total"], "monetary_total", choices, past, later, days, last_month, bars)


def _choices_in(span: float) -> tuple[tuple[str, ...], ...]:
    """`ORDER_COLUMNS` for a history of `span` days."""

    def nearest(days: float) -> str:
        return f"spend_{min(WINDOWS, key=lambda window: abs(math.log(window / max(days, 1.0))))}_days"

    named = {QUARTER: nearest(span / 4), HALF: nearest(span / 2)}
    return tuple(dict.fromkeys(tuple(named.get(name, name) for name in choice) for choice in ORDER_COLUMNS))


def _column_sets(table: pd.DataFrame, inputs: Inputs, question: Question) -> tuple[tuple[str, ...], ...]:
    """The columns with the most separate groups first; those that were asked for alone."""
    everything, numbers = inputs.columns, (*inputs.amounts, *inputs.numbers)
    if question.columns or len(table) < MIN_CUSTOMERS or len(numbers) < 2:
        return (everything,)
    blocks = {
        name: np.asarray(prepare(inputs_of(table, (name,))).fit_transform(table[[name]]), dtype=np.float64)[:, :1]
        for name in numbers
    }
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = column_sets(blocks, groups=question.groups)
    return tuple(found) or tuple(dict.fromkeys((everything, numbers)))


def _value_of(frame: pd.DataFrame) -> tuple[str, pd.Series]:
    """What groups of a customer table are ordered by: the column that sounds most like money, else only their size."""
    numbers = [name for name in frame.columns if kind_of(frame[name]) == "number"]
    for word in _MONEY:
        for name in numbers:
            if word in name.lower():
                return name, frame[name].astype("float64").fillna(0.0).clip(lower=0)
    return "", pd.Series(0.0, index=frame.index)
