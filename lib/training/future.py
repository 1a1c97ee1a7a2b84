"""Who buys again, how much they spend, how many orders they place: trained on the past, tested on the latest months.

Let m be the moment of prediction and h the horizon. The model is measured once, at the evaluation cutoff e = m − h,
whose horizon is the latest complete one. For that it learns from several earlier cutoffs, all of whose horizons end by
e (`windows`). Then it is fitted again as if e were m, with one more horizon of training data, and that model is the
result.

A pipeline holds scikit-learn alone: every column is scaled to whole steps between its percentiles, the recipe's members
each give log odds (or a logarithm), and a last linear step weighs them, corrects their level and adds the season.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from lib.evaluation.metrics import FloatArray
from lib.features import default_cutoff
from lib.recipes import recipe
from lib.schema import Goal
from lib.training import Progress, Question, Trained, quiet
from lib.training.ensemble import (
    FittedFuture,
    amount_logs,
    evaluation_window,
    fit_future,
    held_out_windows,
    member_names,
    own_level,
    prior_weights,
    weighted_sum,
)
from lib.training.future_report import Report, future_card, measure_future, worse_than_baseline
from lib.training.stacking import MIN_GAIN, WindowPredictions, amount_losses, chance_losses, significantly_better
from lib.training.windows import FutureProblem, TrainingWindows, history_until, scaled_columns

if TYPE_CHECKING:
    from lib.orders import Orders

BASELINE, LEVELLED = "btyd_baseline", "btyd_level"
"""The recipes that are taken where the evaluation finds the chosen one worse than BTYD: its prediction as it is, or at
the level of observed windows."""

SMALL_SHOP_CUSTOMERS = 400
"""Below this the automatic choice is the two columns of the BTYD recipe, not seventy."""


@dataclass(frozen=True)
class Choice:
    """The recipes among which the automatic choice is made."""

    linear: str
    """The explainable one, taken unless another is significantly better."""
    blend: str
    btyd: str
    """Of a small shop, and where the other columns add nothing to BTYD."""


CHOICES: Mapping[Goal, Choice] = {
    "buy_again": Choice("logistic", "future_blend", "btyd"),
    "spend": Choice("hurdle", "hurdle_blend", "hurdle_btyd"),
    "orders": Choice("count", "count_blend", "count_btyd"),
}


def train_future(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """Who buys again, how much they spend or how often they order, in the `horizon_days` after a cutoff.

    Raises UserError: `training.future.…` (too little history, customers or buyers), `training.unknown_columns`.
    """
    progress(0.0, "training.step.features")
    moment = question.cutoff or default_cutoff(orders)
    problem = FutureProblem(history_until(orders, moment), moment, question)
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        evaluation = moment - problem.horizon
        problem.check(evaluation)
        progress(0.1, "training.future.step.learn")
        windows = problem.windows(evaluation)
        chosen, held_out = choose_recipe(problem, windows)
        progress(0.4, "training.step.measure")
        fixed = bool(question.recipe or question.columns)
        levelled = (LEVELLED,) if problem.amounts else ()
        key, measured, report = first_not_worse(
            (chosen,) if fixed else (chosen, *levelled, BASELINE),
            partial(_measured, problem, windows, held_out=held_out, evaluation=evaluation),
        )
        progress(0.7, "training.future.step.refit")
        everything = problem.windows(moment)
        held_out = (*held_out, evaluation_window(problem, measured, evaluation))
        final = fit_future(problem, everything, key, held_out)
        progress(0.95, "training.step.describe")
        refit = partial(_refit, problem, everything, key, held_out, scaled_columns(final.pipeline))
        return replace(future_card(problem, final, report, key, orders.currency), learn=refit)


def first_not_worse(
    keys: Sequence[str], measure: Callable[[str], tuple[FittedFuture, Report]]
) -> tuple[str, FittedFuture, Report]:
    """The first of the recipes that was not worse than BTYD at its evaluation, else the last; and what was measured."""
    for key in keys[:-1]:
        fitted, report = measure(key)
        if not worse_than_baseline(report):
            return key, fitted, report
    return keys[-1], *measure(keys[-1])


def _measured(
    problem: FutureProblem,
    windows: TrainingWindows,
    key: str,
    *,
    held_out: Sequence[WindowPredictions],
    evaluation: pd.Timestamp,
) -> tuple[FittedFuture, Report]:
    """The model of a recipe as it was known at the evaluation, and what the evaluation finds."""
    fitted = fit_future(problem, windows, key, held_out)
    return fitted, measure_future(problem, fitted, evaluation)


def _refit(
    problem: FutureProblem,
    windows: TrainingWindows,
    key: str,
    held_out: Sequence[WindowPredictions],
    columns: Sequence[str],
    customers: pd.Index,
) -> BaseEstimator:
    """The model of these customers alone, at all cutoffs: the shadow model of a membership attack.

    It looks at the same columns: among half of the customers another one may have a single value.
    """
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return fit_future(problem, windows.of(customers), key, held_out, columns=columns).pipeline


def choose_recipe(problem: FutureProblem, windows: TrainingWindows) -> tuple[str, tuple[WindowPredictions, ...]]:
    """The recipe, and what its members predict for windows that they have not seen.

    By default: the interpretable one, unless another did better in those windows by more than noise. The
    evaluation cut-off is not used.
    """
    question, choice = problem.question, CHOICES[problem.goal]
    latest = windows.stack.bought[windows.stack.latest] > 0
    few = min(latest.sum(), (~latest).sum()) < SMALL_SHOP_CUSTOMERS / 8
    if question.recipe or question.columns or len(latest) < SMALL_SHOP_CUSTOMERS or few or question.quick:
        # Columns that were named are to be used.
        small = len(latest) < SMALL_SHOP_CUSTOMERS or few
        key = question.recipe or (choice.btyd if small and not question.columns else choice.linear)
        return key, held_out_windows(problem, windows, key)
    held_out = held_out_windows(problem, windows, choice.blend)
    if not held_out:
        return choice.linear, held_out_windows(problem, windows, choice.linear)
    names = {key: member_names(recipe(key)) for key in (choice.linear, choice.blend)}
    losses = {key: _losses(problem, windows, held_out, members) for key, members in names.items()}
    losses[choice.btyd] = _losses(problem, windows, held_out, {"chance": (), "amount": ()})
    # BTYD alone must gain `MIN_GAIN`: its smaller gains did not repeat in the next window of `benchmarks.future`, while
    # those of the blend did, however small.
    better = [
        key
        for key, min_gain in ((choice.btyd, MIN_GAIN), (choice.blend, 0.0))
        if significantly_better(losses[key], losses[choice.linear], min_gain=min_gain)
    ]
    key = better[0] if better else choice.linear
    return key, held_out_windows(problem, windows, key) if key == choice.btyd else held_out


def _losses(
    problem: FutureProblem,
    windows: TrainingWindows,
    held_out: Sequence[WindowPredictions],
    names: Mapping[str, Sequence[str]],
) -> list[FloatArray]:
    """The loss of every customer of every window, with the prior weights of those members."""
    if not problem.amounts:
        prior = prior_weights(names["chance"], windows.btyd_weight)
        return [chance_losses(weighted_sum(window.chance, prior), window.bought) for window in held_out]
    prior = prior_weights(names["amount"], windows.btyd_weight_of_amounts)
    chance = prior_weights(names["chance"], windows.btyd_weight) if problem.goal == "spend" else {}
    return [
        amount_losses(amount_logs(window, chance, prior, own_level(window, chance)), window.observed)
        for window in held_out
    ]
