"""Who will buy again, and how much will they spend? Learnt from the shop's own past, measured on its latest months.

The protocol is honest in time. Let m be the moment of prediction and h the horizon. Nothing at or after m is read. The
model is measured once, at the evaluation cutoff e = m − h, whose horizon is the latest one seen to its end. For that it
learns from several earlier cutoffs, stacked (rolling origin), all of whose horizons end by e. Then it is fitted again
as if e were m, with one horizon more to learn from, and that model is what leaves.

A pipeline holds scikit-learn alone: every column is scaled to whole steps between its percentiles, the recipe's members
each give log odds (or the logarithm of a value), and a last line weighs them, corrects their level and adds the season.

Keys of `Card.evaluation`, all of one evaluation at `cutoff`:

- `cutoff`, `customers`, `base_rate` (share that bought) or `mean_spend`, `training_cutoffs`, `training_rows`;
- `intervals`: metric → [value, low, high];
- `peers`: name → metric → figure, for `constant`, `rule`, `btyd`; `ahead`: metric → [difference to BTYD, low, high];
- `calibration`, `gains`, `lift`: rows for charts (`measures`);
- `importances`: list of `column`, `importance`, `low`, `high`: how much worse the main measure gets without the column;
- `partial`: list of `column`, `values`, `predicted`;
- `of_best_100`, `top_decile_rate` (buy_again).
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from lib.errors import UserError
from lib.features import FEATURES, CodedLog, code, default_cutoff, features_of, future_of, history_of
from lib.recipes import RECIPES, Inputs, Plan, recipe
from lib.training import Progress, Question, Trained, measures, quiet
from lib.training.describe import describe, rounded

if TYPE_CHECKING:
    from lib.orders import Orders

Numbers = NDArray[np.float64]

MOST_CUTOFFS = 13
MOST_ROWS = 120_000
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

RHYTHM, SEASON_ODDS, SEASON_SPEND = "btyd_log_odds", "season_log_odds", "season_log_spend"
LEAST_RHYTHM, MOST_RHYTHM = 0.1, 0.5
"""The share of BTYD's own log odds in every chance. Members know how things went within what they have seen; the rhythm
is a law with four numbers that holds beyond it. So the more customers stand outside of what was seen (a young shop
whose customers have never been silent for so long), the more it counts."""
TOLD_BY_RHYTHM = ("recency_days", "btyd_log_odds")
SEASON_SPAN = pd.Timedelta(days=330)
"""Cutoffs that span less know no season."""
BEST = 100
IMPORTANCE_CUSTOMERS, IMPORTANT, PARTIAL_CUSTOMERS, TOGETHER = 2_000, 12, 500, 16
SHOWN = ("recency_days", "frequency_orders", "monetary_total", "tenure_days", "orders_90_days", "overdue_ratio")
"""Columns whose effect is drawn as a line."""

AS_THEY_ARE = (RHYTHM, SEASON_ODDS, SEASON_SPEND)
"""Columns that enter the last line unscaled."""

FIXED = (("rhythm", RHYTHM), ("season", SEASON_ODDS))
"""Members of every chance that are a column as it is: name and column."""
LEAST_TRUST = 0.3

RIVALS = ("recency_days", "frequency_orders", "btyd_chance", "btyd_spend")
"""Columns of the rule and of BTYD, which every model is compared with."""


def train_future(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """Who buys again, or how much they spend, in the `horizon_days` after a cutoff.

    Raises UserError: `training.future.…` (too little history, customers or buyers), `training.unknown_columns`.
    """
    progress(0.0, "training.step.features")
    moment = question.cutoff or default_cutoff(orders)
    shop = _Shop(_until(orders, moment), moment, question)
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        evaluation = moment - shop.horizon
        shop.check(evaluation)
        key = question.recipe or shop.automatic(evaluation)
        progress(0.1, "training.future.step.learn")
        measured = shop.fit(evaluation, key)
        progress(0.4, "training.step.measure")
        report = _evaluate(shop, measured, evaluation)
        progress(0.7, "training.future.step.refit")
        final = shop.fit(moment, key)
        progress(0.95, "training.step.describe")
        return _tell(shop, final, report, key, orders.currency)


def _until(orders: Orders, moment: pd.Timestamp) -> CodedLog:
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
    spend: Numbers
    place: NDArray[np.int64]
    """Which of `cutoffs` a row belongs to."""
    cutoffs: tuple[pd.Timestamp, ...]

    def until(self, cutoff: pd.Timestamp) -> NDArray[np.bool_]:
        """Rows of cutoffs no later than this."""
        return np.array([one <= cutoff for one in self.cutoffs])[self.place]

    def take(self, rows: NDArray[np.bool_]) -> Stack:
        """Some rows."""
        return Stack(self.table[rows], self.bought[rows], self.spend[rows], self.place[rows], self.cutoffs)


@dataclass(frozen=True)
class Fitted:
    """A model as it stands at one moment: its pipeline, what features need, and what it learnt from."""

    pipeline: Pipeline
    constants: Mapping[str, Plain]
    columns: tuple[str, ...]
    stack: Stack


class _Shop:
    """One order history and one question; fits models as they would have been at any moment."""

    def __init__(self, log: CodedLog, moment: pd.Timestamp, question: Question) -> None:
        self.log = log
        self.moment = moment
        self.question = question
        self.days = question.horizon_days
        self.horizon = pd.Timedelta(days=question.horizon_days)
        self.money = question.goal == "spend"
        candidates = [f.name for f in FEATURES if f.dtype == "float64" and f.family != "season"]
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
            if not self.money and (~came).sum() < FEWEST_OF_EACH:
                raise UserError(
                    "training.future.everybody_buys",
                    buyers=int(came.sum()),
                    customers=len(came),
                    horizon=self.days,
                )

    def automatic(self, evaluation: pd.Timestamp) -> str:
        """The recipe for who does not choose."""
        came = future_of(self.log, evaluation - self.horizon, self.days)["bought"]
        small = len(came) < FEW_CUSTOMERS or min(came.sum(), (~came).sum()) < FEW_CUSTOMERS / 8
        if self.money:
            return "hurdle_btyd" if small else "hurdle"
        return "btyd" if small else "logistic"

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
        names = dict.fromkeys(
            (*self.candidates, *RIVALS, *AS_THEY_ARE, *(name for one in RECIPES for name in one.columns))
        )
        return features_of(self.log, cutoff, columns=tuple(names), constants=constants)

    def stacked(self, cutoffs: Sequence[pd.Timestamp], constants: Mapping[str, Plain]) -> Stack:
        """Customers at all these cutoffs, with what they did after."""
        tables, bought, spend, place = [], [], [], []
        for at, cutoff in enumerate(cutoffs):
            table, came = self.table(cutoff, constants), future_of(self.log, cutoff, self.days)
            step = max(1, -(-len(table) * len(cutoffs) // MOST_ROWS))
            tables.append(table.iloc[::step])
            bought.append(came["bought"].to_numpy(np.float64)[::step])
            spend.append(came["spend"].to_numpy(np.float64)[::step])
            place.append(np.full(len(tables[-1]), at))
        return Stack(
            pd.concat(tables), np.concatenate(bought), np.concatenate(spend), np.concatenate(place), tuple(cutoffs)
        )

    def fit(self, moment: pd.Timestamp, key: str) -> Fitted:
        """The model of that recipe as it would have been at that moment."""
        constants = self.constants(moment)
        stack = self.stacked(self.cutoffs(moment), constants)
        prepare, inputs = self.prepared(stack, recipe(key).columns)
        plan = Plan("number" if self.money else "yes_no", inputs, self.question.seed, customers=len(stack.table))
        members = _fit_members(recipe(key).build(plan), prepare.transform(stack.table), stack)
        chance = _chance_stack(members, inputs, self.rhythm(stack, moment, constants))
        season = {"log_odds": _season(stack, *_drift(stack, members, chance))}
        model: list[tuple[str, BaseEstimator]] = [("chance", chance)]
        if self.money:
            model = _spend_steps(members, chance, stack, inputs)
        pipeline = Pipeline([("prepare", prepare), *model])
        found: dict[str, Plain] = {name: list(months) for name, months in season.items() if months}
        if found:
            constants["season"] = found
        return Fitted(pipeline, constants, tuple(prepare.feature_names_in_), stack)

    def rhythm(self, stack: Stack, moment: pd.Timestamp, constants: Mapping[str, Plain]) -> float:
        """The weight of the rhythm: by how many customers now stand outside of what the stack has seen."""
        names = list(TOLD_BY_RHYTHM)
        now = features_of(self.log, moment, columns=names, constants=constants)
        low, high = (stack.table[names].quantile(end) for end in (TAIL, 1 - TAIL))
        outside = float(((now < low) | (now > high)).mean().max())
        return round(min(MOST_RHYTHM, LEAST_RHYTHM + max(0.0, outside - 2 * TAIL)), 3)

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
        bounds = ends[scaled].assign(**{name: [0.0, 0.0] for name in AS_THEY_ARE if name not in scaled})
        prepare = ColumnTransformer([("scaled", steps, scaled), ("season", "passthrough", list(AS_THEY_ARE))])
        prepare.fit(bounds)
        return prepare, Inputs(amounts=tuple(scaled), numbers=AS_THEY_ARE)


# ------------------------------------------------------------------------------------------ members and their sum


@dataclass(frozen=True)
class Members:
    """A recipe's members, fitted, by what they tell: the chance, and the logarithm of the value of who buys."""

    chance: tuple[tuple[str, Pipeline], ...]
    value: tuple[tuple[str, Pipeline], ...]
    matrix: Numbers


def _fit_members(built: Pipeline, matrix: Numbers, stack: Stack) -> Members:
    buyers = (stack.bought > 0) & (stack.spend > 0)
    seen, bought = matrix, stack.bought.astype(np.int64)
    if bought.min() == bought.max():
        # Where everybody bought, one made-up customer who did and one who did not let a chance be learnt at all.
        seen = np.vstack((matrix, *[np.nan_to_num(np.nanmean(matrix, axis=0))[None, :]] * 2))
        bought = np.append(bought, (0, 1))
    parts: dict[str, tuple[tuple[str, Pipeline], ...]] = {"chance": (), "value": ()}
    for part, step in built.steps:
        rows, target = (seen, bought) if part == "chance" else (matrix[buyers], np.log(stack.spend[buyers]))
        parts[part] = tuple((name, member.fit(rows, target)) for name, member in step.estimators)
    return Members(parts["chance"], parts["value"], matrix)


def _chance_stack(members: Members, inputs: Inputs, rhythm: float) -> StackingClassifier:
    weight = (1 - rhythm) / len(members.chance)
    fixed = [(name, _single(LogisticRegression(), inputs, column)) for name, column in FIXED]
    stack = StackingClassifier(
        [*members.chance, *fixed], LogisticRegression(), cv="prefit", stack_method="decision_function"
    ).fit(_made_up(inputs), np.array([0, 1]))
    stack.final_estimator_.coef_ = np.array([[*(weight for _ in members.chance), rhythm, 1.0]])
    stack.final_estimator_.intercept_ = np.array([0.0])
    return stack


def _drift(stack: Stack, members: Members, chance: StackingClassifier) -> tuple[Numbers, Numbers]:
    """By how much the log odds were too low at each cutoff, and the standard error of that."""
    odds = measures.log_odds(chance.predict_proba(members.matrix)[:, 1])
    found = [_shift(odds[stack.place == at], stack.bought[stack.place == at]) for at in range(len(stack.cutoffs))]
    return np.array([shift for shift, _ in found]), np.array([error for _, error in found])


def _shift(odds: Numbers, bought: Numbers) -> tuple[float, float]:
    """What to add to log odds so that they promise what happened, and its standard error; Newton's method."""
    shift, total = 0.0, min(max(bought.sum(), 0.5), len(bought) - 0.5)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(odds + shift)))
        shift += float(np.clip((total - chance.sum()) / (chance * (1 - chance)).sum(), -1, 1))
    return shift, float(1 / np.sqrt((chance * (1 - chance)).sum()))


def _season(stack: Stack, drift: Numbers, error: Numbers) -> tuple[float, ...]:
    """Twelve numbers, one per month, from what was left unexplained at the cutoffs of a year; empty below a year.

    Shrunk by how much of the differences between cutoffs may be chance, so that a shop without seasons gets none.
    """
    if stack.cutoffs[-1] - stack.cutoffs[0] < SEASON_SPAN:
        return ()
    middle = drift - drift.mean()
    trust = max(0.0, 1 - float(np.mean(error**2)) / max(float(np.var(middle)), 1e-12))
    if trust < LEAST_TRUST:
        return ()
    place = np.array([(one.day_of_year - 0.5) / 365.25 * 12 for one in stack.cutoffs])
    order = np.argsort(place)
    months = np.interp(np.arange(12) + 0.5, place[order], middle[order], period=12)
    return tuple(round(float(trust * month), 3) for month in months)


def _spend_steps(
    members: Members, chance: StackingClassifier, stack: Stack, inputs: Inputs
) -> list[tuple[str, BaseEstimator]]:
    made_up = _made_up(inputs)
    season = _single(LinearRegression(), inputs, SEASON_SPEND)
    parts = FeatureUnion(
        [
            ("chance", StackingClassifier([("chance", chance)], LogisticRegression(), cv="prefit")),
            ("value", StackingRegressor([*members.value, ("season", season)], LinearRegression(), cv="prefit")),
        ]
    ).fit(made_up, np.array([0, 1]))
    count = len(members.value)
    logs = ColumnTransformer(
        [("chance", FunctionTransformer(np.log), [0]), ("value", "passthrough", list(range(1, count + 2)))]
    )
    told = logs.fit_transform(parts.transform(members.matrix))
    weights = np.array([1.0, *(1 / count for _ in range(count)), 1.0])
    # Smearing: the mean of an exponential is above the exponential of the mean.
    level = np.log(stack.spend.sum() / np.exp(told @ weights).sum())
    last = TransformedTargetRegressor(LinearRegression(), func=np.log, inverse_func=np.exp, check_inverse=False)
    last.fit(told[:2], np.array([1.0, 2.0]))
    last.regressor_.coef_, last.regressor_.intercept_ = weights, float(level)
    return [("parts", parts), ("logs", logs), ("spend", last)]


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


def _evaluate(shop: _Shop, fitted: Fitted, cutoff: pd.Timestamp) -> Report:
    table = shop.table(cutoff, fitted.constants)
    came = future_of(shop.log, cutoff, shop.days)
    bought, spend = came["bought"].to_numpy(np.float64), came["spend"].to_numpy(np.float64)
    told = predicted(fitted.pipeline, table)
    happened = spend if shop.money else bought
    which = measures.MONEY_MEASURES if shop.money else measures.CHANCE_MEASURES
    seed = shop.question.seed
    peers = _peers(shop, fitted, table)
    found = measures.intervals(which, told, happened, seed=seed)
    ahead = measures.differences(which, told, peers["btyd"], happened, seed=seed)
    evaluation: dict[str, Plain] = {
        "cutoff": cutoff.isoformat(),
        "customers": len(table),
        "buyers": int(bought.sum()),
        "base_rate": round(float(bought.mean()), 4),
        "mean_spend": rounded(float(spend.mean())),
        "training_cutoffs": [one.isoformat() for one in fitted.stack.cutoffs],
        "training_rows": len(fitted.stack.table),
        "intervals": {name: list(interval.to_plain()) for name, interval in found.items()},
        "peers": {name: dict(measures.measured(which, other, happened)) for name, other in peers.items()},
        "ahead": {name: list(interval.to_plain()) for name, interval in ahead.items()},
        "calibration": _rows(measures.calibration_curve(told, happened)),
        "gains": _rows(measures.gains(told, happened)),
        "lift": _rows(measures.lift(told, happened)),
        "importances": _importances(shop, fitted, table, happened),
        "partial": _partial(fitted, table),
    }
    if not shop.money:
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


def _peers(shop: _Shop, fitted: Fitted, table: pd.DataFrame) -> dict[str, Numbers]:
    """What a shop could take instead, known at the same moment: one number for all, the classic rule, BTYD."""
    stack = fitted.stack
    target = stack.spend if shop.money else stack.bought
    latest = stack.place == len(stack.cutoffs) - 1
    return {
        "constant": np.full(len(table), float(target[latest].mean())),
        "rule": _rule(stack.table[latest], target[latest], table),
        "btyd": table["btyd_spend" if shop.money else "btyd_chance"].fillna(0.0).to_numpy(np.float64),
    }


def _rule(past: pd.DataFrame, happened: Numbers, now: pd.DataFrame) -> Numbers:
    """The classic table: fifths by recency × number of orders, each cell promising what its customers did last time.

    A cell of few customers leans on the mean of all.
    """
    place_past, place_now = np.zeros(len(past), dtype=np.int64), np.zeros(len(now), dtype=np.int64)
    for column in ("recency_days", "frequency_orders"):
        edges = np.unique(past[column].quantile([0.2, 0.4, 0.6, 0.8]))
        place_past = place_past * 5 + np.searchsorted(edges, past[column])
        place_now = place_now * 5 + np.searchsorted(edges, now[column])
    count, total = np.bincount(place_past, minlength=25), np.bincount(place_past, happened, minlength=25)
    return ((total + 5 * happened.mean()) / (count + 5))[place_now]


def _importances(shop: _Shop, fitted: Fitted, table: pd.DataFrame, happened: Numbers) -> list[Plain]:
    """How much the main measure loses when a column is shuffled among the customers of the evaluation.

    Every column once, on a sample; the best again and again, for an interval over shufflings.
    """
    rng = np.random.default_rng(shop.question.seed)
    rows = np.sort(rng.permutation(len(table))[:IMPORTANCE_CUSTOMERS])
    prepare, rest = fitted.pipeline[0], fitted.pipeline[1:]
    matrix, came, weight = prepare.transform(table.iloc[rows]), happened[rows], np.ones(len(rows))
    error = measures.mae if shop.money else measures.log_loss
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

    columns = [name for name in fitted.columns if name not in (SEASON_ODDS, SEASON_SPEND)]
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


def _partial(fitted: Fitted, table: pd.DataFrame) -> list[Plain]:
    """The mean prediction if every customer had the same value in one column, at its rounded deciles."""
    sample = table.iloc[:: max(1, len(table) // PARTIAL_CUSTOMERS)][list(fitted.columns)]
    told: list[Plain] = []
    for column in [name for name in SHOWN if name in fitted.columns]:
        values = sorted({rounded(value, 2) for value in table[column].dropna().quantile(np.arange(0.05, 1, 0.1))})
        many = pd.concat([sample.assign(**{column: value}) for value in values])
        means = predicted(fitted.pipeline, many).reshape(len(values), -1).mean(axis=1)
        told.append({"column": column, "values": list(values), "predicted": [_short(float(mean)) for mean in means]})
    return told


def _limits(
    shop: _Shop,
    evaluation: Mapping[str, Plain],
    found: Mapping[str, measures.Interval],
    ahead: Mapping[str, measures.Interval],
) -> tuple[str, ...]:
    """Keys of sentences about what this model should not be used for."""
    rate = evaluation["base_rate"]
    limits = []
    if not shop.money and isinstance(rate, float) and rate >= EVERYBODY:
        limits.append("training.future.limit.nearly_everybody")
    if not shop.money and isinstance(rate, float) and rate <= HARDLY_ANYBODY:
        limits.append("training.future.limit.hardly_anybody")
    ratio = found.get("sum_ratio")
    if ratio is not None and abs(np.log(max(ratio.value, 1e-9))) > np.log(1.15):
        key = "too_much" if ratio.value > 1 else "too_little"
        limits.append(f"training.future.limit.{key}")
    rank = found.get("auc") or found.get("spearman")
    if rank is None or rank.low <= (0.0 if shop.money else 0.5):
        limits.append("training.future.limit.no_ranking")
    if (shop.moment - shop.log.start) < pd.Timedelta(days=365) + shop.horizon:
        limits.append("training.future.limit.no_year")
    return tuple(limits)


# --------------------------------------------------------------------------------------------------------- the card


def _tell(shop: _Shop, final: Fitted, report: Report, key: str, currency: str) -> Trained:
    latest = final.stack.place == len(final.stack.cutoffs) - 1
    example = final.stack.table.loc[latest, list(final.columns)]
    units = {feature.name: feature.unit for feature in FEATURES}
    card = Card(
        goal=shop.question.goal,
        recipe=key,
        columns=describe(example, units),
        customers=len(example),
        classes=() if shop.money else ("0", "1"),
        cutoff=shop.moment.isoformat(),
        horizon_days=shop.days,
        period_start=shop.log.start.date().isoformat(),
        period_end=(shop.log.end - pd.Timedelta(days=1)).date().isoformat(),
        currency=currency,
        metrics=dict(report.metrics),
        baseline=dict(report.baseline),
        baseline_name="btyd",
        evaluation=dict(report.evaluation),
        features=dict(final.constants),
        limits=report.limits,
        settings={
            "seed": shop.question.seed,
            "cutoffs": [one.isoformat() for one in final.stack.cutoffs],
            "rows": len(final.stack.table),
        },
    )
    return Trained(final.pipeline, card, example)


def _rows(rows: Sequence[Mapping[str, float]]) -> list[Plain]:
    return [dict(row) for row in rows]


def _short(value: float) -> float:
    return float(f"{value:.4g}")
