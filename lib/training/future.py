"""Who buys again, how much do they spend, how many orders come? Learnt from the past, measured on the latest months.

The protocol is honest in time. Let m be the moment of prediction and h the horizon. Nothing at or after m is read. The
model is measured once, at the evaluation cutoff e = m − h, whose horizon is the latest one seen to its end. For that it
learns from several earlier cutoffs, stacked (rolling origin), all of whose horizons end by e. Then it is fitted again
as if e were m, with one horizon more to learn from, and that model is what leaves.

A pipeline holds scikit-learn alone: every column is scaled to whole steps between its percentiles, the recipe's members
each give log odds (or a logarithm), and a last line weighs them, corrects their level and adds the season. The weights
come from windows that the members had not seen (`forward`); then members, level and season are fitted on everything.

Keys of `Card.evaluation`, all of one evaluation at `cutoff`:

- `cutoff`, `customers`, `buyers`, `base_rate` (share that bought), `mean_spend`, `mean_orders`, `training_cutoffs`,
  `training_rows`; `weights`: `chance`, `amount` → member → weight;
- `intervals`: metric → [value, low, high];
- `peers`: name → metric → figure, for `constant`, `rule`, `btyd`; `ahead`: metric → [difference to BTYD, low, high];
- `calibration`, `gains`, `lift`: rows for charts (`measures`);
- `importances`: list of `column`, `importance`, `low`, `high`: how much worse the main measure gets without the column;
- `partial`: list of `column`, `values`, `predicted`;
- `of_best_100`, `top_decile_rate` (buy_again).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import StackingClassifier, StackingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler
from threadpoolctl import threadpool_limits

from lib import btyd
from lib.card import Card, Plain
from lib.card.format_1 import evaluation_of
from lib.errors import UserError
from lib.features import FEATURES, CodedLog, code, default_cutoff, features_of, future_of, history_of
from lib.recipes import Inputs, Plan, Recipe, recipe, recipes_for
from lib.schema import Goal
from lib.training import Progress, Question, Trained, measures, quiet
from lib.training.describe import describe, rounded
from lib.training.forward import (
    LEAST_GAIN,
    Window,
    amount_drift,
    amount_losses,
    amount_weights,
    chance_drift,
    chance_losses,
    chance_weights,
    chances,
    experience,
    lasting,
    season,
    shift,
    surely_better,
    year_on_year,
)

if TYPE_CHECKING:
    from lib.orders import Orders

Numbers = NDArray[np.float64]

MOST_CUTOFFS = 13
MOST_ROWS = 60_000
"""A stack is no larger; of a large shop, every k-th customer of each cutoff is learnt from."""
STEPS = 200
"""Between its percentiles a column has so many whole steps: fine enough for any tree, too coarse for any amount."""
TAIL = 0.005
LEAST_KNOWN = 0.1
"""A column that fewer customers have than this share is not learnt from: its few values would say too much."""

FEWEST_CUSTOMERS = 60
"""Known at the last training cutoff. Below this no chance is told from another."""
FEWEST_OF_EACH = 15
"""So many who bought and so many who did not, in the training stack and at the evaluation."""
FEW_CUSTOMERS = 400
"""Below this the automatic choice is the two numbers of the BTYD recipe, not seventy columns."""
EVERYBODY = 0.9
HARDLY_ANYBODY = 0.02

TOLD_BY_RHYTHM = ("recency_days", "btyd_log_odds")
LEAST_RHYTHM, MOST_RHYTHM = 0.1, 0.5
"""The assumed share of BTYD's own log odds in every chance. Members know how things went within what they have seen;
the rhythm is a law with four numbers that holds beyond it. So the more customers stand outside of what was seen (a
young shop whose customers have never been silent for so long), the more it counts, and the less the level seen."""
FEW_OF_EACH = 200
"""With so many who bought (or who did not, if they are fewer) in the latest window, the rhythm counts half-way between
least and what it counts where nothing else can be learnt."""
RHYTHM_OF_AMOUNTS, MOST_RHYTHM_OF_AMOUNTS = 0.5, 0.9
"""The assumed share of BTYD's own logarithm in every amount: two estimates that err differently. More, likewise, where
customers stand outside of what was seen."""
SEASON_SPAN = pd.Timedelta(days=330)
"""Cutoffs that span less know no season."""
FORWARD_WINDOWS = 2
"""So many windows, a horizon apart, are held out to learn weights from; a third comes with the evaluation."""
LAW_WINDOWS = 4
"""In so many of the latest windows, a horizon apart, the rhythm as it was known before each is held against what
came."""
UNSEEN_OF_CHANCES, UNSEEN_OF_AMOUNTS = 1.0, 0.5
"""How much of the trust in the level seen goes where nobody is like those who were seen. Amounts keep some: BTYD knows
no growth of baskets and promises too little money more often than too much."""
BEST = 100
IMPORTANCE_CUSTOMERS, IMPORTANT, PARTIAL_CUSTOMERS, TOGETHER = 2_000, 12, 500, 16
SHOWN = ("recency_days", "frequency_orders", "monetary_total", "tenure_days", "orders_90_days", "overdue_ratio")
MOST_SHOWN = 6
"""Columns whose effect is drawn as a line: the most important, then these."""

RHYTHM, SEASON = "rhythm", "season"
"""Two members that are a column as it is."""
ODDS = {RHYTHM: "btyd_log_odds", SEASON: "season_log_odds"}
LOGS: Mapping[str, Mapping[str, str]] = {
    "spend": {RHYTHM: "btyd_log_spend", SEASON: "season_log_spend"},
    "orders": {RHYTHM: "btyd_log_orders", SEASON: "season_log_orders"},
}
AS_THEY_ARE: Mapping[Goal, tuple[str, ...]] = {
    "buy_again": tuple(ODDS.values()),
    "spend": (ODDS[RHYTHM], *LOGS["spend"].values()),
    "orders": tuple(LOGS["orders"].values()),
    "next_order": (),
}
"""Goal → columns that enter the last line unscaled."""
TARGET: Mapping[Goal, str] = {"buy_again": "bought", "spend": "spend", "orders": "orders", "next_order": "orders"}

RIVALS: Mapping[Goal, str] = {
    "buy_again": "btyd_chance",
    "spend": "btyd_spend",
    "orders": "btyd_orders",
    "next_order": "btyd_orders",
}
"""Goal → what BTYD says, which every model is compared with."""
RULE = ("recency_days", "frequency_orders")


@dataclass(frozen=True)
class Choice:
    """The recipes among which the automatic choice is made."""

    plain: str
    """The one that can be explained, taken unless another is surely better."""
    best: str
    rhythm: str
    """Of a small shop, and where the past tells no more than the rhythm."""


CHOICES: Mapping[Goal, Choice] = {
    "buy_again": Choice("logistic", "future_blend", "btyd"),
    "spend": Choice("hurdle", "hurdle_blend", "hurdle_btyd"),
    "orders": Choice("count", "count_blend", "count_btyd"),
}


def train_future(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """Who buys again, or how much they spend, in the `horizon_days` after a cutoff.

    Raises UserError: `training.future.…` (too little history, customers or buyers), `training.unknown_columns`.
    """
    progress(0.0, "training.step.features")
    moment = question.cutoff or default_cutoff(orders)
    shop = Shop(until(orders, moment), moment, question)
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        evaluation = moment - shop.horizon
        shop.check(evaluation)
        progress(0.1, "training.future.step.learn")
        past = shop.past(evaluation)
        key, windows = shop.chosen(past)
        measured = shop.fit(past, key, windows)
        progress(0.4, "training.step.measure")
        report = _evaluate(shop, measured, evaluation)
        progress(0.7, "training.future.step.refit")
        everything, windows = shop.past(moment), (*windows, shop.window(measured, evaluation))
        final = shop.fit(everything, key, windows)
        progress(0.95, "training.step.describe")
        learn = partial(_learn_from_some, shop, everything, key, windows, scaled_columns(final.pipeline))
        return replace(_tell(shop, final, report, key, orders.currency), learn=learn)


def _learn_from_some(
    shop: Shop, past: Past, key: str, windows: Sequence[Window], columns: Sequence[str], customers: pd.Index
) -> BaseEstimator:
    """What the same work gives from these customers alone, at all cutoffs: the shadow of a membership attack.

    From the same columns: among half of the customers another one may have a single value.
    """
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return shop.fit(past.of(customers), key, windows, columns=columns).pipeline


def until(orders: Orders, moment: pd.Timestamp) -> CodedLog:
    """The log before the moment of prediction: what is not in it cannot be read by mistake."""
    lines, returns = orders.lines, orders.returns
    before = replace(orders, lines=lines[lines["ordered_at"] < moment], returns=returns[returns["ordered_at"] < moment])
    if len(before.lines) == 0:
        raise UserError("training.future.nothing_before", cutoff=moment.date())
    return code(before)


# ----------------------------------------------------------------------------------------------- what is learnt from


@dataclass(frozen=True)
class Stack:
    """Customers as they were at several cutoffs, and what they did in the horizon after each."""

    table: pd.DataFrame
    bought: Numbers
    came: Numbers
    """The target: 1 where she bought, or the money, or the orders."""
    place: NDArray[np.int64]
    """Which of `cutoffs` a row belongs to."""
    cutoffs: tuple[pd.Timestamp, ...]

    def until(self, cutoff: pd.Timestamp) -> NDArray[np.bool_]:
        """Rows of cutoffs no later than this."""
        return np.array([one <= cutoff for one in self.cutoffs])[self.place]

    def take(self, rows: NDArray[np.bool_]) -> Stack:
        """Some rows."""
        return Stack(self.table[rows], self.bought[rows], self.came[rows], self.place[rows], self.cutoffs)


@dataclass(frozen=True)
class Past:
    """What is known at one moment, whatever the recipe."""

    moment: pd.Timestamp
    constants: Mapping[str, Plain]
    stack: Stack
    rhythm: float
    """The assumed weight of the rhythm: by how many customers now stand outside of what the stack has seen, and by how
    few there are to learn anything else from."""
    unseen: float
    """0 where today's customers are like those of the stack, 1 where so many stand outside that the rhythm weighs most.
    """
    now: pd.DataFrame
    """The customers at that moment, of whose future nothing is known: their columns."""
    law: Mapping[str, float]
    """`chance`, `amount` → by how much the rhythm promised too little in the latest windows, on its own scale."""

    @property
    def rhythm_of_amounts(self) -> float:
        """The assumed weight of the rhythm in an amount."""
        return round(RHYTHM_OF_AMOUNTS + (MOST_RHYTHM_OF_AMOUNTS - RHYTHM_OF_AMOUNTS) * self.unseen, 3)

    def of(self, customers: pd.Index) -> Past:
        """What these customers alone would tell."""
        some = self.stack.take(self.stack.table.index.isin(customers))
        return replace(self, stack=some, now=self.now[self.now.index.isin(customers)])

    def trust(self, horizon: pd.Timedelta, unseen: float) -> float:
        """How much the level of the stack counts beside that of the rhythm."""
        span = self.stack.cutoffs[-1] - self.stack.cutoffs[0]
        return experience(1 + span / horizon) * (1 - unseen * self.unseen)


@dataclass(frozen=True)
class Fitted:
    """A model as it stands at one moment: its pipeline, what features need, and what it learnt from."""

    pipeline: Pipeline
    constants: Mapping[str, Plain]
    columns: tuple[str, ...]
    stack: Stack
    members: Members
    weights: Mapping[str, Mapping[str, float]]
    """`chance`, `amount` → member → weight."""


class Shop:
    """One order history and one question; fits models as they would have been at any moment."""

    def __init__(self, log: CodedLog, moment: pd.Timestamp, question: Question) -> None:
        self.log = log
        self.moment = moment
        self.question = question
        self.days = question.horizon_days
        self.horizon = pd.Timedelta(days=question.horizon_days)
        self.goal = question.goal
        self.amounts = question.goal != "buy_again"
        """Whether an amount is asked for and not a chance."""
        self.as_they_are = AS_THEY_ARE[question.goal]
        ours = {*LOGS["spend"].values(), *LOGS["orders"].values()}  # ways to say again what other columns say
        candidates = [f.name for f in FEATURES if f.dtype == "float64" and f.family != "season" and f.name not in ours]
        if unknown := [name for name in question.columns if name not in candidates]:
            raise UserError("training.unknown_columns", columns=unknown)
        self.candidates = tuple(question.columns) or tuple(candidates)
        self.first = log.start + pd.Timedelta(days=max(28, self.days // 2))
        """The earliest cutoff worth learning from: some history lies before it."""

    # -- whether there is enough

    def check(self, evaluation: pd.Timestamp) -> None:
        """Raises UserError where no honest figure could be given."""
        last = evaluation - self.horizon
        if last < self.first:
            days = int((self.moment - self.log.start) / pd.Timedelta(days=1))
            longest = max(1, (days - 28) // 3)
            needed = 2 * self.days + max(28, self.days // 2)
            raise UserError(
                "training.future.too_short", days=days, needed=needed, horizon=self.days, possible=min(longest, days)
            )
        for cutoff in (last, evaluation):
            came = future_of(self.log, cutoff, self.days)["bought"]
            if len(came) < FEWEST_CUSTOMERS:
                raise UserError("training.future.too_few_customers", customers=len(came), needed=FEWEST_CUSTOMERS)
            if came.sum() < FEWEST_OF_EACH:
                raise UserError(
                    "training.future.too_few_buyers",
                    buyers=int(came.sum()),
                    needed=FEWEST_OF_EACH,
                    horizon=self.days,
                    customers=len(came),
                )
            if not self.amounts and (~came).sum() < FEWEST_OF_EACH:
                raise UserError(
                    "training.future.everybody_buys",
                    buyers=int(came.sum()),
                    customers=len(came),
                    horizon=self.days,
                )

    def chosen(self, past: Past) -> tuple[str, tuple[Window, ...]]:
        """The recipe, and what its members say of windows that they have not seen.

        For who does not choose: the one that can be explained, unless another did better in those windows by more than
        noise. The evaluation has no part in it.
        """
        choice = CHOICES[self.goal]
        latest = past.stack.bought[past.stack.place == len(past.stack.cutoffs) - 1] > 0
        small = len(latest) < FEW_CUSTOMERS or min(latest.sum(), (~latest).sum()) < FEW_CUSTOMERS / 8
        if self.question.recipe or self.question.columns or small:
            # Who names columns wants them to be looked at.
            key = self.question.recipe or (choice.plain if self.question.columns else choice.rhythm)
            return key, self.windows(past, key)
        windows = self.windows(past, choice.best)
        if not windows:
            return choice.plain, self.windows(past, choice.plain)
        names = {key: _member_names(recipe(key)) for key in (choice.plain, choice.best)}
        losses = {key: self._losses(past, windows, known) for key, known in names.items()}
        losses[choice.rhythm] = self._losses(past, windows, {"chance": (), "amount": ()})
        # What sees more than the plain model and did better, however little, did so in every window tried; what sees
        # less was as often worse in the next.
        rivals = [
            key
            for key, least in ((choice.rhythm, LEAST_GAIN), (choice.best, 0.0))
            if surely_better(losses[key], losses[choice.plain], least=least)
        ]
        key = rivals[0] if rivals else choice.plain
        return key, self.windows(past, key) if key == choice.rhythm else windows

    def _losses(self, past: Past, windows: Sequence[Window], names: Mapping[str, Sequence[str]]) -> list[Numbers]:
        if not self.amounts:
            assumed = _assumed(names["chance"], past.rhythm)
            return [chance_losses(_line(window.chance, assumed), window.bought) for window in windows]
        assumed = _assumed(names["amount"], past.rhythm_of_amounts)
        chance = _assumed(names["chance"], past.rhythm) if self.goal == "spend" else {}
        return [
            amount_losses(_amount(window, chance, assumed, _own_level(window, chance)), window.came)
            for window in windows
        ]

    # -- learning

    def cutoffs(self, moment: pd.Timestamp) -> tuple[pd.Timestamp, ...]:
        """Cutoffs whose horizons end by `moment`, the latest first seen to its very end; ascending."""
        last = moment - self.horizon
        days = max(7, min(30, self.days // 3))
        if last - self.first >= SEASON_SPAN:
            days = max(days, -(-SEASON_SPAN.days // (MOST_CUTOFFS - 1)))  # reach back a year, to know the season
        step = pd.Timedelta(days=days)
        count = min(MOST_CUTOFFS, int((last - self.first) // step) + 1)
        return tuple(last - step * back for back in range(count - 1, -1, -1))

    def constants(self, moment: pd.Timestamp) -> dict[str, Plain]:
        """What features need besides the log, known at a moment."""
        fitted = btyd.fit(history_of(self.log, moment))
        return {"horizon_days": self.days, "btyd": dict(fitted.to_plain())}

    def table(self, cutoff: pd.Timestamp, constants: Mapping[str, Plain]) -> pd.DataFrame:
        """The customers at a cutoff: every column that a model, or what it is compared with, may look at."""
        needed = (name for one in recipes_for(self.goal) for name in one.columns)
        rivals = (*RULE, *TOLD_BY_RHYTHM, RIVALS[self.goal])
        names = dict.fromkeys((*self.candidates, *rivals, *self.as_they_are, *needed))
        return features_of(self.log, cutoff, columns=tuple(names), constants=constants)

    def stacked(self, cutoffs: Sequence[pd.Timestamp], constants: Mapping[str, Plain]) -> Stack:
        """Customers at all these cutoffs, with what they did after."""
        tables, bought, amount, place = [], [], [], []
        for at, cutoff in enumerate(cutoffs):
            table, came = self.table(cutoff, constants), future_of(self.log, cutoff, self.days)
            step = max(1, -(-len(table) * len(cutoffs) // MOST_ROWS))
            tables.append(table.iloc[::step])
            bought.append(came["bought"].to_numpy(np.float64)[::step])
            amount.append(came[TARGET[self.goal]].to_numpy(np.float64)[::step])
            place.append(np.full(len(tables[-1]), at))
        return Stack(
            pd.concat(tables), np.concatenate(bought), np.concatenate(amount), np.concatenate(place), tuple(cutoffs)
        )

    def past(self, moment: pd.Timestamp) -> Past:
        """All that can be learnt from at a moment."""
        constants = self.constants(moment)
        stack = self.stacked(self.cutoffs(moment), constants)
        names = list(TOLD_BY_RHYTHM)
        now = self.table(moment, constants)
        low, high = (stack.table[names].quantile(end) for end in (TAIL, 1 - TAIL))
        outside = float(((now[names] < low) | (now[names] > high)).mean().max())
        unseen = min(1.0, max(0.0, outside - 2 * TAIL) / (MOST_RHYTHM - LEAST_RHYTHM))
        latest = stack.bought[stack.place == len(stack.cutoffs) - 1]
        scarce = FEW_OF_EACH / (FEW_OF_EACH + min(latest.sum(), (1 - latest).sum()))
        rhythm = LEAST_RHYTHM + max((MOST_RHYTHM - LEAST_RHYTHM) * unseen, MOST_RHYTHM * scarce)
        return Past(moment, constants, stack, round(float(rhythm), 3), unseen, now, self.law(moment))

    def law(self, moment: pd.Timestamp) -> dict[str, float]:
        """How far the rhythm's level was off in the latest complete windows, each time as it was known before; shrunk,
        since one window says little about the next."""
        logs = LOGS.get(self.goal, {}).get(RHYTHM)
        found: dict[str, list[float]] = {"chance": [], "amount": []}
        cutoff = moment - self.horizon
        while cutoff >= self.first and len(found["chance"]) < LAW_WINDOWS:
            names = [ODDS[RHYTHM], *([logs] if logs else [])]
            told = features_of(self.log, cutoff, columns=names, constants=self.constants(cutoff))
            came = future_of(self.log, cutoff, self.days)
            found["chance"].append(shift(told[ODDS[RHYTHM]].to_numpy(np.float64), float(came["bought"].sum())))
            if logs:
                total = max(float(came[TARGET[self.goal]].sum()), 1e-9)
                found["amount"].append(float(np.log(total / np.exp(told[logs]).sum())))
            cutoff -= self.horizon
        return {part: experience(len(some)) * float(np.mean(some)) if some else 0.0 for part, some in found.items()}

    def windows(self, past: Past, key: str) -> tuple[Window, ...]:
        """What the recipe's members say of the latest windows, a horizon apart, each fitted on what ended before it."""
        found: list[Window] = []
        cutoff = past.stack.cutoffs[-1]
        while len(found) < FORWARD_WINDOWS:
            before = past.stack.take(past.stack.until(cutoff - self.horizon))
            bought = before.bought.sum()
            if min(bought, len(before.bought) - (0 if self.amounts else bought)) < FEWEST_OF_EACH:
                break
            at = [one for one in past.stack.cutoffs if one <= cutoff][-1]
            seen = past.stack.take(past.stack.place == past.stack.cutoffs.index(at))
            prepare, inputs = self.prepared(before, recipe(key).columns)
            members = self.learnt(key, prepare.transform(before.table), before, inputs)
            found.append(self._said(members, prepare.transform(seen.table), seen.table, seen.bought, seen.came))
            cutoff = at - self.horizon
        return tuple(found)

    def window(self, fitted: Fitted, cutoff: pd.Timestamp) -> Window:
        """The same of a model that stands already, at the cutoff that it has not seen."""
        table, came = self.table(cutoff, fitted.constants), future_of(self.log, cutoff, self.days)
        bought, target = (came[name].to_numpy(np.float64) for name in ("bought", TARGET[self.goal]))
        return self._said(fitted.members, fitted.pipeline[0].transform(table), table, bought, target)

    def _said(self, members: Members, matrix: Numbers, table: pd.DataFrame, bought: Numbers, came: Numbers) -> Window:
        chance = {name: member.decision_function(matrix) for name, member in members.chance}
        amount = {name: _log(member.predict(matrix), members.counts) for name, member in members.amount}
        if self.goal != "orders":
            chance[RHYTHM] = table[ODDS[RHYTHM]].to_numpy(np.float64)
        if self.amounts:
            amount[RHYTHM] = table[LOGS[self.goal][RHYTHM]].to_numpy(np.float64)
        return Window(came, bought, chance, amount)

    def learnt(self, key: str, matrix: Numbers, stack: Stack, inputs: Inputs) -> Members:
        """The recipe's members, fitted."""
        plan = Plan("number" if self.amounts else "yes_no", inputs, self.question.seed, customers=len(stack.table))
        return _fit_members(recipe(key).build(plan), matrix, stack)

    def fit(self, past: Past, key: str, windows: Sequence[Window], *, columns: Sequence[str] = ()) -> Fitted:
        """The model of that recipe as it would have been at that moment.

        `windows` gives the weights; members, level and season are learnt from the whole stack. `columns` are learnt
        from instead of those that can be.
        """
        stack, constants = past.stack, dict(past.constants)
        prepare, inputs = self.prepared(stack, columns or recipe(key).columns)
        matrix = prepare.transform(stack.table)
        members = self.learnt(key, matrix, stack, inputs)
        said = self._said(members, matrix, stack.table, stack.bought, stack.came)
        now = self._said(members, prepare.transform(past.now), past.now, *[np.zeros(len(past.now))] * 2)
        level = 0.0
        months: tuple[float, ...] = ()
        model: list[tuple[str, BaseEstimator]] = []
        chance: dict[str, float] = {}
        amount: dict[str, float] = {}
        if self.goal != "orders":
            assumed = _assumed([name for name, _ in members.chance], past.rhythm)
            chance = _weighed(chance_weights, assumed, [(_columns(one.chance, assumed), one.bought) for one in windows])
            odds = _line(said.chance, chance)
            level = self._level(past, odds, _line(now.chance, chance), now.chance[RHYTHM])
            if not self.amounts:
                drift, error = _drift(stack, odds + level, stack.bought, chance_drift)
                months = self._season(stack, drift, error)
                if months:
                    level += year_on_year(_days(stack), drift, error)
                elif len(drift) > 1:
                    level += lasting(self.days) * float(drift[-1] - shift(odds + level, float(stack.bought.sum())))
            model = [("chance", _chance_stack(members, inputs, chance, level))]
        if self.amounts:
            assumed = _assumed([name for name, _ in members.amount], past.rhythm_of_amounts)
            evidence = [(_columns(_with_chance(one, chance), _paired(assumed)), one.came) for one in windows]
            amount = _spread(_weighed(amount_weights, _paired(assumed), evidence), assumed)
            logs, logs_now = (_amount(some, chance, amount, level) for some in (said, now))
            level_of_amounts = self._level_of_amounts(past, logs, logs_now, now.amount[RHYTHM])
            drift, error = _drift(stack, logs + level_of_amounts, stack.came, amount_drift)
            months = self._season(stack, drift, error)
            level_of_amounts += year_on_year(_days(stack), drift, error) if months else 0.0
            model = _amount_steps(members, model, amount, level_of_amounts, _Layout(inputs, LOGS[self.goal]))
        if months:
            constants["season"] = {self.as_they_are[-1].removeprefix("season_"): list(months)}
        weights = {"chance": chance, "amount": amount}
        pipeline = Pipeline([("prepare", prepare), *model])
        return Fitted(pipeline, constants, tuple(prepare.feature_names_in_), stack, members, weights)

    def _level(self, past: Past, odds: Numbers, now: Numbers, rhythm: Numbers) -> float:
        """What to add to log odds: between what makes chances sum up to what came in the stack, and what makes today's
        sum up to what the rhythm promises once it has learnt from how far it was off."""
        seen = shift(odds, float(past.stack.bought.sum()))
        promised = shift(now, float(chances(rhythm + past.law["chance"]).sum()))
        trust = past.trust(self.horizon, UNSEEN_OF_CHANCES)
        return trust * seen + (1 - trust) * promised

    def _level_of_amounts(self, past: Past, logs: Numbers, now: Numbers, rhythm: Numbers) -> float:
        """The same for the logarithms of amounts."""
        seen = np.log(max(float(past.stack.came.sum()), 1e-9) / np.exp(logs).sum())
        promised = np.log(np.exp(rhythm + past.law["amount"]).sum() / np.exp(now).sum())
        trust = past.trust(self.horizon, UNSEEN_OF_AMOUNTS)
        return float(trust * seen + (1 - trust) * promised)

    def _season(self, stack: Stack, drift: Numbers, error: Numbers) -> tuple[float, ...]:
        if stack.cutoffs[-1] - stack.cutoffs[0] < SEASON_SPAN:
            return ()
        return season([one.day_of_year for one in stack.cutoffs], drift, error)

    def prepared(self, stack: Stack, needed: Sequence[str]) -> tuple[ColumnTransformer, Inputs]:
        """Every column that can be learnt from, in whole steps from 0 to `STEPS` between its percentiles.

        With `needed`, these and no others, come what may. Fitted on two rows that never were customers: the
        percentiles, rounded. What may be negative keeps its sign (arcsinh is a logarithm on either side of zero).
        """
        middle = stack.cutoffs[len(stack.cutoffs) // 2]
        history = (middle - self.log.start) / pd.Timedelta(days=1)
        values = stack.table[list(needed or self.candidates)]
        ends = values.quantile([TAIL, 1 - TAIL]).map(rounded).fillna(0.0)
        flat = ends.iloc[1] <= ends.iloc[0]
        ends.iloc[1] = ends.iloc[1].where(~flat, ends.iloc[0] + 1)
        told = (values.notna().mean() >= LEAST_KNOWN) & ~flat
        ripe = {feature.name for feature in FEATURES if feature.history_days <= history}
        scaled = [name for name in values if needed or (told[name] and name in ripe)]
        steps = Pipeline(
            [
                ("log", FunctionTransformer(np.arcsinh)),
                ("clip", MinMaxScaler((0, STEPS), clip=True)),
                ("whole", FunctionTransformer(np.rint)),
            ]
        )
        bounds = ends[scaled].assign(**{name: [0.0, 0.0] for name in self.as_they_are if name not in scaled})
        prepare = ColumnTransformer([("scaled", steps, scaled), ("as_they_are", "passthrough", list(self.as_they_are))])
        prepare.fit(bounds)
        return prepare, Inputs(amounts=tuple(scaled), numbers=self.as_they_are)


# ------------------------------------------------------------------------------------------ members and their sum


@dataclass(frozen=True)
class Members:
    """A recipe's members, fitted, by what they tell."""

    chance: tuple[tuple[str, Pipeline], ...] = ()
    amount: tuple[tuple[str, Pipeline], ...] = ()
    """Of spend: the logarithm of the money of who buys. Of orders: how many are expected."""
    counts: bool = False
    """Whether those are numbers and no logarithms."""


@dataclass(frozen=True)
class _Layout:
    """Where in the matrix the columns are that enter the last line as they are."""

    inputs: Inputs
    fixed: Mapping[str, str]
    """`rhythm`, `season` → column."""

    def singles(self, model: type[LinearRegression] | type[LogisticRegression]) -> list[tuple[str, Pipeline]]:
        """Both as members."""
        return [(name, _single(model(), self.inputs, column)) for name, column in self.fixed.items()]


def _member_names(one: Recipe) -> dict[str, tuple[str, ...]]:
    """The names of a recipe's members."""
    known = Inputs(amounts=one.columns or tuple(feature.name for feature in FEATURES))
    steps = dict(one.build(Plan("number", known)).steps)
    amounts = steps.get("value") or steps.get("count")
    return {
        "chance": tuple(name for name, _ in steps["chance"].estimators) if "chance" in steps else (),
        "amount": tuple(name for name, _ in amounts.estimators) if amounts is not None else (),
    }


def _fit_members(built: Pipeline, matrix: Numbers, stack: Stack) -> Members:
    buyers = (stack.bought > 0) & (stack.came > 0)
    seen, bought = matrix, stack.bought.astype(np.int64)
    if bought.min() == bought.max():
        # Where everybody bought, one made-up customer who did and one who did not let a chance be learnt at all.
        seen = np.vstack((matrix, *[np.nan_to_num(np.nanmean(matrix, axis=0))[None, :]] * 2))
        bought = np.append(bought, (0, 1))
    parts = dict(built.steps)

    def fitted(part: str, rows: Numbers, target: Numbers | NDArray[np.int64]) -> tuple[tuple[str, Pipeline], ...]:
        return tuple((name, member.fit(rows, target)) for name, member in parts[part].estimators)

    if "count" in parts:
        return Members(amount=fitted("count", matrix, stack.came), counts=True)
    value = fitted("value", matrix[buyers], np.log(stack.came[buyers])) if "value" in parts else ()
    return Members(fitted("chance", seen, bought), value)


# -- weights by name: of members, in equal shares, and of the rhythm


def _assumed(names: Sequence[str], rhythm: float) -> dict[str, float]:
    if not names:
        return {RHYTHM: 1.0}
    return {**{name: (1 - rhythm) / len(names) for name in names}, RHYTHM: rhythm}


def _columns(said: Mapping[str, Numbers], weights: Mapping[str, float]) -> Numbers:
    return np.column_stack([said[name] for name in weights])


def _line(said: Mapping[str, Numbers], weights: Mapping[str, float]) -> Numbers:
    return _columns(said, weights) @ np.array(list(weights.values()))


def _weighed(
    weigh: Callable[[Sequence[Numbers], Sequence[Numbers], Numbers], Numbers],
    assumed: Mapping[str, float],
    evidence: Sequence[tuple[Numbers, Numbers]],
) -> dict[str, float]:
    found = weigh([one for one, _ in evidence], [came for _, came in evidence], np.array(list(assumed.values())))
    return dict(zip(assumed, (float(weight) for weight in found), strict=True))


MODEL = "model"
"""All members of an amount together: they are weighed against the rhythm, not against each other."""


def _paired(weights: Mapping[str, float]) -> dict[str, float]:
    rhythm = weights[RHYTHM]
    return {MODEL: sum(weights.values()) - rhythm, RHYTHM: rhythm}


def _spread(pair: Mapping[str, float], assumed: Mapping[str, float]) -> dict[str, float]:
    members = [name for name in assumed if name != RHYTHM]
    return {**{name: pair[MODEL] / len(members) for name in members}, RHYTHM: pair[RHYTHM]}


def _with_chance(window: Window, chance: Mapping[str, float]) -> dict[str, Numbers]:
    """What the model's members say together, and the rhythm."""
    names = [name for name in window.amount if name != RHYTHM]
    said = np.mean([window.amount[name] for name in names], axis=0) if names else np.zeros(len(window.came))
    return {MODEL: said + _log_chance(window, chance, _own_level(window, chance)), RHYTHM: window.amount[RHYTHM]}


def _own_level(window: Window, chance: Mapping[str, float]) -> float:
    """What makes chances sum up to what came in that very window."""
    return shift(_line(window.chance, chance), float(window.bought.sum())) if chance else 0.0


def _amount(window: Window, chance: Mapping[str, float], amount: Mapping[str, float], level: float) -> Numbers:
    """The logarithm of an amount, before its level: log of the chance and the members' logarithms, weighed; `level` is
    that of the chance."""
    members = sum(weight for name, weight in amount.items() if name != RHYTHM)
    return _line(window.amount, amount) + members * _log_chance(window, chance, level)


def _log_chance(window: Window, chance: Mapping[str, float], level: float) -> Numbers:
    if not chance:
        return np.zeros(len(window.came))
    return -np.logaddexp(0, -(_line(window.chance, chance) + level))


def _log(expected: Numbers, counts: bool) -> Numbers:
    return np.log(np.maximum(expected, 1e-9)) if counts else expected


def _days(stack: Stack) -> list[float]:
    """When its cutoffs were, in days since the first."""
    return [(cutoff - stack.cutoffs[0]) / pd.Timedelta(days=1) for cutoff in stack.cutoffs]


def _drift(
    stack: Stack, line: Numbers, came: Numbers, drift: Callable[[Numbers, Numbers], tuple[float, float]]
) -> tuple[Numbers, Numbers]:
    """The drift at each cutoff, and its standard error."""
    found = [drift(line[stack.place == at], came[stack.place == at]) for at in range(len(stack.cutoffs))]
    return np.array([one for one, _ in found]), np.array([error for _, error in found])


# -- the same as steps of a pipeline


def _chance_stack(members: Members, inputs: Inputs, weights: Mapping[str, float], level: float) -> StackingClassifier:
    """Log odds of the members, of the rhythm and of the season, weighed by hand."""
    fixed = {name: column for name, column in ODDS.items() if column in inputs.numbers}
    singles = _Layout(inputs, fixed).singles(LogisticRegression)
    stack = StackingClassifier(
        [*members.chance, *singles], LogisticRegression(), cv="prefit", stack_method="decision_function"
    ).fit(_made_up(inputs), np.array([0, 1]))
    season_too = [1.0] if SEASON in fixed else []
    stack.final_estimator_.coef_ = np.array([[*weights.values(), *season_too]])
    stack.final_estimator_.intercept_ = np.array([level])
    return stack


def _amount_steps(
    members: Members,
    chance: Sequence[tuple[str, BaseEstimator]],
    weights: Mapping[str, float],
    level: float,
    layout: _Layout,
) -> list[tuple[str, BaseEstimator]]:
    """The exponential of a line through logarithms. Its level smears, too: the mean of an exponential is above the
    exponential of the mean."""
    made_up = _made_up(layout.inputs)
    stacked = StackingRegressor([*members.amount, *layout.singles(LinearRegression)], LinearRegression(), cv="prefit")
    before = [(name, StackingClassifier([(name, one)], LogisticRegression(), cv="prefit")) for name, one in chance]
    parts = FeatureUnion([*before, ("amount", stacked)]).fit(made_up, np.array([0, 1]))
    count = len(members.amount)
    first, last = len(before), len(before) + count + len(layout.fixed)
    # Chances and counts become logarithms; the rest are logarithms already.
    raw = list(range(first + (count if members.counts else 0)))
    logs = ColumnTransformer(
        [("logs", FunctionTransformer(np.log), raw), ("as_they_are", "passthrough", list(range(len(raw), last)))]
    )
    told = logs.fit_transform(parts.transform(made_up))
    line = [*([sum(weights.values()) - weights[RHYTHM]] if before else []), *weights.values(), 1.0]
    end = TransformedTargetRegressor(LinearRegression(), func=np.log, inverse_func=np.exp, check_inverse=False)
    end.fit(told, np.array([1.0, 2.0]))
    end.regressor_.coef_, end.regressor_.intercept_ = np.array(line), level
    return [("parts", parts), ("logs", logs), ("amount", end)]


def _single(model: BaseEstimator, inputs: Inputs, column: str) -> Pipeline:
    """A member that passes one column on as it is."""
    place = [len(inputs.amounts) + inputs.numbers.index(column)]
    made = Pipeline([("columns", ColumnTransformer([("columns", "passthrough", place)])), ("model", model)])
    made.fit(_made_up(inputs), np.array([0, 1]))
    if isinstance(model, LogisticRegression):
        model.coef_, model.intercept_ = np.array([[1.0]]), np.array([0.0])
    else:
        model.coef_, model.intercept_ = np.array([1.0]), 0.0
    return made


def _made_up(inputs: Inputs) -> Numbers:
    """Two rows that never were customers, for estimators whose numbers are set by hand but must be fitted once."""
    return np.vstack((np.zeros(len(inputs.columns)), np.ones(len(inputs.columns))))


def scaled_columns(pipeline: Pipeline) -> tuple[str, ...]:
    """The columns that a fitted pipeline of this module scales, in their order."""
    return tuple(next(names for name, _, names in pipeline[0].transformers_ if name == "scaled"))


def predicted(pipeline: Pipeline, table: pd.DataFrame | Numbers) -> Numbers:
    """The chance of buying, or the money."""
    if hasattr(pipeline, "predict_proba"):
        return pipeline.predict_proba(table)[:, 1]
    return pipeline.predict(table)


# --------------------------------------------------------------------------------------------------- the evaluation


@dataclass(frozen=True)
class Report:
    """What one evaluation found."""

    metrics: Mapping[str, float]
    baseline: Mapping[str, float]
    evaluation: Mapping[str, Plain]
    limits: tuple[str, ...]


def _evaluate(shop: Shop, fitted: Fitted, cutoff: pd.Timestamp) -> Report:
    table = shop.table(cutoff, fitted.constants)
    came = future_of(shop.log, cutoff, shop.days)
    bought, happened = (came[name].to_numpy(np.float64) for name in ("bought", TARGET[shop.goal]))
    told = predicted(fitted.pipeline, table)
    which = measures.MONEY_MEASURES if shop.amounts else measures.CHANCE_MEASURES
    seed = shop.question.seed
    peers = _peers(shop, fitted, table)
    found = measures.intervals(which, told, happened, seed=seed)
    ahead = measures.differences(which, told, peers["btyd"], happened, seed=seed)
    importances = _importances(shop, fitted, table, happened)
    evaluation: dict[str, Plain] = {
        "cutoff": cutoff.isoformat(),
        "customers": len(table),
        "buyers": int(bought.sum()),
        "base_rate": round(float(bought.mean()), 4),
        "mean_spend": rounded(float(came["spend"].mean())),
        "mean_orders": rounded(float(came["orders"].mean())),
        "weights": {part: dict(found) for part, found in fitted.weights.items() if found},
        "training_cutoffs": [one.isoformat() for one in fitted.stack.cutoffs],
        "training_rows": len(fitted.stack.table),
        "intervals": {name: list(interval.to_plain()) for name, interval in found.items()},
        "peers": {name: dict(measures.measured(which, other, happened)) for name, other in peers.items()},
        "ahead": {name: list(interval.to_plain()) for name, interval in ahead.items()},
        "calibration": _rows(measures.calibration_curve(told, happened)),
        "gains": _rows(measures.gains(told, happened)),
        "lift": _rows(measures.lift(told, happened)),
        "importances": [dict(one) for one in importances],
        "partial": _partial(fitted, table, [str(one["column"]) for one in importances]),
    }
    if shop.goal == "orders":
        evaluation["task"] = "number"
    if not shop.amounts:
        best = np.argsort(-told, kind="stable")
        evaluation["top_decile_rate"] = round(float(bought[best[: max(1, len(best) // 10)]].mean()), 4)
        if len(best) >= 3 * BEST:
            evaluation["of_best_100"] = int(bought[best[:BEST]].sum())
    return Report(
        metrics=measures.measured(which, told, happened),
        baseline=measures.measured(which, peers["btyd"], happened),
        evaluation=evaluation,
        limits=_limits(shop, evaluation, found, ahead),
    )


def _peers(shop: Shop, fitted: Fitted, table: pd.DataFrame) -> dict[str, Numbers]:
    """What a shop could take instead, known at the same moment: one number for all, the classic rule, BTYD."""
    stack = fitted.stack
    latest = stack.place == len(stack.cutoffs) - 1
    return {
        "constant": np.full(len(table), float(stack.came[latest].mean())),
        "rule": _rule(stack.table[latest], stack.came[latest], table),
        "btyd": table[RIVALS[shop.goal]].fillna(0.0).to_numpy(np.float64),
    }


def _rule(past: pd.DataFrame, happened: Numbers, now: pd.DataFrame) -> Numbers:
    """The classic table: fifths by recency × number of orders, each cell promising what its customers did last time.

    A cell of few customers leans on the mean of all.
    """
    place_past, place_now = np.zeros(len(past), dtype=np.int64), np.zeros(len(now), dtype=np.int64)
    for column in RULE:
        edges = np.unique(past[column].quantile([0.2, 0.4, 0.6, 0.8]))
        place_past = place_past * 5 + np.searchsorted(edges, past[column])
        place_now = place_now * 5 + np.searchsorted(edges, now[column])
    count, total = np.bincount(place_past, minlength=25), np.bincount(place_past, happened, minlength=25)
    return ((total + 5 * happened.mean()) / (count + 5))[place_now]


def _importances(shop: Shop, fitted: Fitted, table: pd.DataFrame, happened: Numbers) -> list[dict[str, Plain]]:
    """How much the main measure loses when a column is shuffled among the customers of the evaluation.

    Every column once, on a sample; the best again and again, for an interval over shufflings.
    """
    rng = np.random.default_rng(shop.question.seed)
    rows = np.sort(rng.permutation(len(table))[:IMPORTANCE_CUSTOMERS])
    prepare, rest = fitted.pipeline[0], fitted.pipeline[1:]
    matrix, came, weight = prepare.transform(table.iloc[rows]), happened[rows], np.ones(len(rows))
    error = measures.mae if shop.amounts else measures.log_loss
    whole = error(predicted(rest, matrix), came, weight)
    # A column may enter the matrix twice: in steps, and as it is.
    behind = [name for _, _, names in prepare.transformers_ for name in names]

    def losses(names: Sequence[str]) -> list[float]:
        shuffled = np.tile(matrix, (len(names), 1))
        for part, column in enumerate(names):
            order = part * len(rows) + rng.permutation(len(rows))
            for place in [place for place, name in enumerate(behind) if name == column]:
                shuffled[part * len(rows) : (part + 1) * len(rows), place] = shuffled[order, place]
        told = predicted(rest, shuffled).reshape(len(names), -1)
        return [error(one, came, weight) - whole for one in told]

    columns = [name for name in fitted.columns if not name.startswith("season_")]
    once = [loss for at in range(0, len(columns), TOGETHER) for loss in losses(columns[at : at + TOGETHER])]
    best = sorted(zip(once, columns, strict=True), reverse=True)[:IMPORTANT]
    told = []
    for first, name in best:
        again = np.array([first, *losses([name] * 4)])
        spread = 1.96 * again.std(ddof=1) / np.sqrt(len(again))
        told.append((again.mean(), name, again.mean() - spread, again.mean() + spread))
    return [
        {"column": name, "importance": _short(mean), "low": _short(low), "high": _short(high)}
        for mean, name, low, high in sorted(told, reverse=True)
    ]


def _partial(fitted: Fitted, table: pd.DataFrame, important: Sequence[str]) -> list[Plain]:
    """The mean prediction if every customer had the same value in one column, at its rounded deciles.

    Of the columns that matter most; log odds and logarithms of the rhythm say nothing to a person.
    """
    said = [name for name in dict.fromkeys((*important, *SHOWN)) if name in fitted.columns and "_log_" not in name]
    sample = table.iloc[:: max(1, len(table) // PARTIAL_CUSTOMERS)][list(fitted.columns)]
    told: list[Plain] = []
    for column in said[:MOST_SHOWN]:
        values = sorted({rounded(value, 2) for value in table[column].dropna().quantile(np.arange(0.05, 1, 0.1))})
        many = pd.concat([sample.assign(**{column: value}) for value in values])
        means = predicted(fitted.pipeline, many).reshape(len(values), -1).mean(axis=1)
        told.append({"column": column, "values": list(values), "predicted": [_short(float(mean)) for mean in means]})
    return told


def _limits(
    shop: Shop,
    evaluation: Mapping[str, Plain],
    found: Mapping[str, measures.Interval],
    ahead: Mapping[str, measures.Interval],
) -> tuple[str, ...]:
    """Keys of sentences about what this model should not be used for."""
    rate = evaluation["base_rate"]
    limits = []
    if not shop.amounts and isinstance(rate, float) and rate >= EVERYBODY:
        limits.append("training.future.limit.nearly_everybody")
    if not shop.amounts and isinstance(rate, float) and rate <= HARDLY_ANYBODY:
        limits.append("training.future.limit.hardly_anybody")
    ratio = found.get("sum_ratio")
    if ratio is not None and abs(np.log(max(ratio.value, 1e-9))) > np.log(1.15):
        key = "too_much" if ratio.value > 1 else "too_little"
        limits.append(f"training.future.limit.{key}")
    rank = found.get("auc") or found.get("spearman")
    if rank is None or rank.low <= (0.0 if shop.amounts else 0.5):
        limits.append("training.future.limit.no_ranking")
    if (shop.moment - shop.log.start) < pd.Timedelta(days=365) + shop.horizon:
        limits.append("training.future.limit.no_year")
    return tuple(limits)


# --------------------------------------------------------------------------------------------------------- the card


def _tell(shop: Shop, final: Fitted, report: Report, key: str, currency: str) -> Trained:
    latest = final.stack.place == len(final.stack.cutoffs) - 1
    example = final.stack.table.loc[latest, list(final.columns)]
    units = {feature.name: feature.unit for feature in FEATURES}
    card = Card(
        goal=shop.question.goal,
        recipe=key,
        columns=describe(example, units),
        customers=len(example),
        classes=() if shop.amounts else ("0", "1"),
        cutoff=shop.moment.isoformat(),
        horizon_days=shop.days,
        period_start=shop.log.start.date().isoformat(),
        period_end=(shop.log.end - pd.Timedelta(days=1)).date().isoformat(),
        currency="" if shop.goal == "orders" else currency,
        metrics=dict(report.metrics),
        baseline=dict(report.baseline),
        baseline_name="btyd",
        evaluation=evaluation_of(shop.question.goal, report.evaluation),
        features=dict(final.constants),
        limits=report.limits,
        settings={
            "seed": shop.question.seed,
            "cutoffs": [one.isoformat() for one in final.stack.cutoffs],
            "rows": len(final.stack.table),
        },
    )
    target = pd.Series(final.stack.came[latest], index=example.index)
    return Trained(final.pipeline, card, example, target if shop.amounts else target.astype(np.int64))


def _rows(rows: Sequence[Mapping[str, float]]) -> list[Plain]:
    return [dict(row) for row in rows]


def _short(value: float) -> float:
    return float(f"{value:.4g}")
