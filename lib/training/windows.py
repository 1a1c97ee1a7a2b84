"""Training data of models of later orders: customers at earlier cut-offs, and their orders in the horizon after each.

Let m be the moment of prediction and h the horizon. Nothing at or after m is read. Training rows are stacked over
several cutoffs (rolling origin), all of whose horizons end by the moment at which the model is fitted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler

from lib import btyd
from lib.card import Plain
from lib.errors import UserError
from lib.evaluation.metrics import FloatArray, IntArray
from lib.features import FEATURES, CodedLog, code, features_of, future_of, history_of
from lib.parsing.rounding import round_significant
from lib.recipes import Inputs, recipes_for
from lib.schema import Goal
from lib.training import Question
from lib.training.stacking import level_trust, shift

if TYPE_CHECKING:
    from lib.orders import Orders

MAX_CUTOFFS = 13
MAX_ROWS = 60_000
"""A stack is no larger; of a large shop, every k-th customer of each cutoff is learnt from."""
STEPS = 200
"""Number of integer steps of a column between its percentiles: fine enough for trees, too coarse to reveal an
amount."""
TAIL = 0.005
MIN_KNOWN_SHARE = 0.1
"""A column that fewer customers have than this share is not learnt from: its few values would say too much."""

MIN_CUSTOMERS = 60
"""Known at the last training cutoff. Below this, probabilities don't differ beyond noise."""
MIN_OF_EACH = 15
"""Minimum numbers of buyers and of non-buyers, in the training stack and at the evaluation."""

BTYD_COLUMNS = ("recency_days", "btyd_log_odds")
"""The columns whose range in the training rows decides how much the BTYD baseline weighs."""
MIN_BTYD_WEIGHT, MAX_BTYD_WEIGHT = 0.1, 0.5
"""The prior weight of BTYD's own log odds in every probability. Ensemble members interpolate within the training range;
the BG/NBD model (4 parameters) extrapolates. So its weight grows, and the trust in the observed level shrinks, with the
share of customers outside that range (a young shop whose customers have never been without an order for so long)."""
FEW_OF_EACH = 200
"""With this many buyers (or non-buyers, if fewer) in the latest window, the prior weight of BTYD is half-way between
its minimum and its value where nothing else can be learnt."""
BTYD_WEIGHT_OF_AMOUNTS, MAX_BTYD_WEIGHT_OF_AMOUNTS = 0.5, 0.9
"""The prior weight of BTYD's own logarithm in every amount: two estimates whose errors differ."""
SEASON_SPAN = pd.Timedelta(days=330)
"""Cutoffs that span less than this give no season."""
BTYD_WINDOWS = 4
"""Number of latest windows, a horizon apart, in which the level of BTYD, fitted before each, is compared with the
observed level."""

BTYD_BASELINE, SEASON = "rhythm", "season"
"""Two ensemble members that pass one column on as it is. The names are in model files since format 1."""
ODDS = {BTYD_BASELINE: "btyd_log_odds", SEASON: "season_log_odds"}
LOGS: Mapping[str, Mapping[str, str]] = {
    "spend": {BTYD_BASELINE: "btyd_log_spend", SEASON: "season_log_spend"},
    "orders": {BTYD_BASELINE: "btyd_log_orders", SEASON: "season_log_orders"},
}
UNSCALED: Mapping[Goal, tuple[str, ...]] = {
    "buy_again": tuple(ODDS.values()),
    "spend": (ODDS[BTYD_BASELINE], *LOGS["spend"].values()),
    "orders": tuple(LOGS["orders"].values()),
    "next_order": (),
}
"""Goal → columns that enter the final linear combination unscaled."""
TARGET: Mapping[Goal, str] = {"buy_again": "bought", "spend": "spend", "orders": "orders", "next_order": "orders"}

BTYD_PREDICTION: Mapping[Goal, str] = {
    "buy_again": "btyd_chance",
    "spend": "btyd_spend",
    "orders": "btyd_orders",
    "next_order": "btyd_orders",
}
"""Goal → the column with BTYD's own prediction, which every model is compared with."""
RULE = ("recency_days", "frequency_orders")
"""The columns of the classic rule that every model is compared with."""


def history_until(orders: Orders, moment: pd.Timestamp) -> CodedLog:
    """The log before the moment of prediction: what is not in it cannot be read by mistake.

    Raises UserError("training.future.nothing_before").
    """
    lines, returns = orders.lines, orders.returns
    before = replace(orders, lines=lines[lines["ordered_at"] < moment], returns=returns[returns["ordered_at"] < moment])
    if len(before.lines) == 0:
        raise UserError("training.future.nothing_before", cutoff=moment.date())
    return code(before)


@dataclass(frozen=True)
class Stack:
    """Customers at several cutoffs, one below the other, and what they did in the horizon after each."""

    table: pd.DataFrame
    bought: FloatArray
    observed: FloatArray
    """The target: 1 for a buyer, or the money, or the orders."""
    place: IntArray
    """Which of `cutoffs` a row belongs to."""
    cutoffs: tuple[pd.Timestamp, ...]
    sampled_from: int = 0
    """How many customers there were at the last cutoff; 0 where all of them are rows."""

    @property
    def latest(self) -> NDArray[np.bool_]:
        """The rows of the last cutoff."""
        return self.place == len(self.cutoffs) - 1

    def until(self, cutoff: pd.Timestamp) -> NDArray[np.bool_]:
        """Rows of cutoffs no later than this."""
        return np.array([one <= cutoff for one in self.cutoffs])[self.place]

    def take(self, rows: NDArray[np.bool_]) -> Stack:
        """Some rows."""
        return replace(
            self,
            table=self.table[rows],
            bought=self.bought[rows],
            observed=self.observed[rows],
            place=self.place[rows],
        )

    @property
    def days(self) -> list[float]:
        """When the cutoffs were, in days since the first."""
        return [(cutoff - self.cutoffs[0]) / pd.Timedelta(days=1) for cutoff in self.cutoffs]


@dataclass(frozen=True)
class TrainingWindows:
    """What is known at one moment, whatever the recipe."""

    moment: pd.Timestamp
    constants: Mapping[str, Plain]
    """What features need besides the log."""
    stack: Stack
    btyd_weight: float
    """The prior weight of the BTYD baseline in a chance."""
    extrapolation: float
    """0 if today's customers lie within the range of the stack, rising to 1, the maximum weight of BTYD, as more lie
    outside.
    """
    now: pd.DataFrame
    """The customers at that moment, of whose future nothing is known: their columns."""

    @property
    def btyd_weight_of_amounts(self) -> float:
        """The prior weight of the BTYD baseline in an amount."""
        more = MAX_BTYD_WEIGHT_OF_AMOUNTS - BTYD_WEIGHT_OF_AMOUNTS
        return round(BTYD_WEIGHT_OF_AMOUNTS + more * self.extrapolation, 3)

    def of(self, customers: pd.Index) -> TrainingWindows:
        """The same of some customers alone."""
        some = self.stack.take(self.stack.table.index.isin(customers))
        return replace(self, stack=some, now=self.now[self.now.index.isin(customers)])

    def trust(self, horizon: pd.Timedelta, discount: float) -> float:
        """The weight of the stack's level beside that of BTYD; `discount`: what extrapolation takes off."""
        span = self.stack.cutoffs[-1] - self.stack.cutoffs[0]
        return level_trust(1 + span / horizon) * (1 - discount * self.extrapolation)


class FutureProblem:
    """One order history and one question: the tables that models are fitted on, as of any moment."""

    def __init__(self, log: CodedLog, moment: pd.Timestamp, question: Question) -> None:
        self.log = log
        self.moment = moment
        self.question = question
        self.days = question.horizon_days
        self.horizon = pd.Timedelta(days=question.horizon_days)
        self.goal = question.goal
        self.amounts = question.goal != "buy_again"
        """Whether the target is an amount and not a probability."""
        self.unscaled = UNSCALED[question.goal]
        self.btyd_column = LOGS.get(question.goal, ODDS)[BTYD_BASELINE]
        """BTYD's own prediction as log odds or a logarithm."""
        restated = {*LOGS["spend"].values(), *LOGS["orders"].values()}  # functions of other columns
        candidates = [
            one.name
            for one in FEATURES
            if one.dtype == "float64" and one.family not in ("season", "btyd_next") and one.name not in restated
        ]
        if unknown := [name for name in question.columns if name not in candidates]:
            raise UserError("training.unknown_columns", columns=unknown)
        self.candidates = tuple(question.columns) or tuple(candidates)
        self.first_cutoff = log.start + pd.Timedelta(days=max(28, self.days // 2))
        """The earliest cutoff worth learning from: some history lies before it."""

    def check(self, evaluation: pd.Timestamp) -> None:
        """Raises UserError("training.future.…") where no honest figure could be given."""
        last = evaluation - self.horizon
        if last < self.first_cutoff:
            days = int((self.moment - self.log.start) / pd.Timedelta(days=1))
            longest = max(1, (days - 28) // 3)
            needed = 2 * self.days + max(28, self.days // 2)
            raise UserError(
                "training.future.too_short", days=days, needed=needed, horizon=self.days, possible=min(longest, days)
            )
        for cutoff in (last, evaluation):
            bought = future_of(self.log, cutoff, self.days)["bought"]
            if len(bought) < MIN_CUSTOMERS:
                raise UserError("training.future.too_few_customers", customers=len(bought), needed=MIN_CUSTOMERS)
            if bought.sum() < MIN_OF_EACH:
                raise UserError(
                    "training.future.too_few_buyers",
                    buyers=int(bought.sum()),
                    needed=MIN_OF_EACH,
                    horizon=self.days,
                    customers=len(bought),
                )
            if not self.amounts and (~bought).sum() < MIN_OF_EACH:
                raise UserError(
                    "training.future.everybody_buys",
                    buyers=int(bought.sum()),
                    customers=len(bought),
                    horizon=self.days,
                )

    # -- tables

    def cutoffs(self, moment: pd.Timestamp) -> tuple[pd.Timestamp, ...]:
        """Cutoffs whose horizons end by `moment`, the latest of them exactly; ascending."""
        last = moment - self.horizon
        days = max(7, min(30, self.days // 3))
        if last - self.first_cutoff >= SEASON_SPAN:
            days = max(days, -(-SEASON_SPAN.days // (MAX_CUTOFFS - 1)))  # reach back a year, to learn the season
        step = pd.Timedelta(days=days)
        count = min(MAX_CUTOFFS, int((last - self.first_cutoff) // step) + 1)
        return tuple(last - step * back for back in range(count - 1, -1, -1))

    def constants(self, moment: pd.Timestamp) -> dict[str, Plain]:
        """What features need besides the log, known at a moment."""
        fitted = btyd.fit(history_of(self.log, moment))
        return {"horizon_days": self.days, "btyd": dict(fitted.to_plain())}

    def table(self, cutoff: pd.Timestamp, constants: Mapping[str, Plain]) -> pd.DataFrame:
        """The customers at a cutoff: every column that a model, or a baseline, may look at."""
        needed = (name for one in recipes_for(self.goal) for name in one.columns)
        baselines = (*RULE, *BTYD_COLUMNS, BTYD_PREDICTION[self.goal])
        names = dict.fromkeys((*self.candidates, *baselines, *self.unscaled, *needed))
        return features_of(self.log, cutoff, columns=tuple(names), constants=constants)

    def future(self, cutoff: pd.Timestamp) -> tuple[FloatArray, FloatArray]:
        """Of the customers at a cutoff: whether they bought in the horizon after it, and the target."""
        later = future_of(self.log, cutoff, self.days)
        return later["bought"].to_numpy(np.float64), later[TARGET[self.goal]].to_numpy(np.float64)

    def stacked(self, cutoffs: Sequence[pd.Timestamp], constants: Mapping[str, Plain]) -> Stack:
        """Customers at all these cutoffs, with what they did after; every nth of them where there are more than
        `MAX_ROWS`."""
        tables, bought, observed, place = [], [], [], []
        sampled_from = 0
        for at, cutoff in enumerate(cutoffs):
            table, (buyers, target) = self.table(cutoff, constants), self.future(cutoff)
            step = max(1, -(-len(table) * len(cutoffs) // MAX_ROWS))
            sampled_from = len(table) if step > 1 else 0
            tables.append(table.iloc[::step])
            bought.append(buyers[::step])
            observed.append(target[::step])
            place.append(np.full(len(tables[-1]), at))
        return Stack(
            pd.concat(tables),
            np.concatenate(bought),
            np.concatenate(observed),
            np.concatenate(place),
            tuple(cutoffs),
            sampled_from,
        )

    def windows(self, moment: pd.Timestamp) -> TrainingWindows:
        """All that can be learnt from at a moment."""
        constants = self.constants(moment)
        stack = self.stacked(self.cutoffs(moment), constants)
        names = list(BTYD_COLUMNS)
        now = self.table(moment, constants)
        low, high = (stack.table[names].quantile(end) for end in (TAIL, 1 - TAIL))
        outside = float(((now[names] < low) | (now[names] > high)).mean().max())
        extrapolation = min(1.0, max(0.0, outside - 2 * TAIL) / (MAX_BTYD_WEIGHT - MIN_BTYD_WEIGHT))
        latest = stack.bought[stack.latest]
        scarce = FEW_OF_EACH / (FEW_OF_EACH + min(latest.sum(), (1 - latest).sum()))
        weight = MIN_BTYD_WEIGHT + max((MAX_BTYD_WEIGHT - MIN_BTYD_WEIGHT) * extrapolation, MAX_BTYD_WEIGHT * scarce)
        return TrainingWindows(moment, constants, stack, round(float(weight), 3), extrapolation, now)

    def btyd_offsets(self, moment: pd.Timestamp) -> dict[str, float]:
        """`chance`, `amount` → by how much BTYD predicted too little in the latest complete windows, on the scale of
        log odds or logarithms; each time as fitted before the window, and shrunk, since one window says little about
        the next."""
        logs = LOGS.get(self.goal, {}).get(BTYD_BASELINE)
        found: dict[str, list[float]] = {"chance": [], "amount": []}
        cutoff = moment - self.horizon
        while cutoff >= self.first_cutoff and len(found["chance"]) < BTYD_WINDOWS:
            names = [ODDS[BTYD_BASELINE], *([logs] if logs else [])]
            predicted = features_of(self.log, cutoff, columns=names, constants=self.constants(cutoff))
            bought, observed = self.future(cutoff)
            found["chance"].append(shift(predicted[ODDS[BTYD_BASELINE]].to_numpy(np.float64), float(bought.sum())))
            if logs:
                total = max(float(observed.sum()), 1e-9)
                found["amount"].append(float(np.log(total / np.exp(predicted[logs]).sum())))
            cutoff -= self.horizon
        return {part: level_trust(len(some)) * float(np.mean(some)) if some else 0.0 for part, some in found.items()}

    def scaler(self, stack: Stack, needed: Sequence[str]) -> tuple[ColumnTransformer, Inputs]:
        """Every column that can be learnt from, in whole steps from 0 to `STEPS` between its percentiles.

        With `needed`, these and no others, whatever they hold. Fitted on two rows that never were customers: the
        percentiles, rounded. What may be negative keeps its sign (arcsinh is a logarithm on either side of zero).
        """
        middle = stack.cutoffs[len(stack.cutoffs) // 2]
        history = (middle - self.log.start) / pd.Timedelta(days=1)
        values = stack.table[list(needed or self.candidates)]
        ends = values.quantile([TAIL, 1 - TAIL]).map(round_significant).fillna(0.0)
        flat = ends.iloc[1] <= ends.iloc[0]
        ends.iloc[1] = ends.iloc[1].where(~flat, ends.iloc[0] + 1)
        usable = (values.notna().mean() >= MIN_KNOWN_SHARE) & ~flat
        ripe = {feature.name for feature in FEATURES if feature.history_days <= history}
        scaled = [name for name in values if needed or (usable[name] and name in ripe)]
        steps = Pipeline(
            [
                ("log", FunctionTransformer(np.arcsinh)),
                ("clip", MinMaxScaler((0, STEPS), clip=True)),
                ("whole", FunctionTransformer(np.rint)),
            ]
        )
        bounds = ends[scaled].assign(**{name: [0.0, 0.0] for name in self.unscaled if name not in scaled})
        prepare = ColumnTransformer([("scaled", steps, scaled), ("as_they_are", "passthrough", list(self.unscaled))])
        prepare.fit(bounds)
        return prepare, Inputs(amounts=tuple(scaled), numbers=self.unscaled)


def scaled_columns(pipeline: Pipeline) -> tuple[str, ...]:
    """The columns that the scaler of a fitted pipeline scales, in their order."""
    return tuple(next(names for name, _, names in pipeline[0].transformers_ if name == "scaled"))
