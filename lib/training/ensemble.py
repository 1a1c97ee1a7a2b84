"""A recipe's members fitted on the training windows, and their weighted sum: weights by name, level, season.

Log odds, or the logarithm of an amount, are a weighted sum of the members' predictions, of BTYD's
prediction, of a season and of a level. Weights come from windows that the members have not seen (`stacking`); then
members, level and season are fitted on all windows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from lib.card import Plain
from lib.evaluation.metrics import FloatArray, IntArray
from lib.features import FEATURES
from lib.recipes import Inputs, Plan, Recipe, recipe
from lib.training.assembly import Members, amount_steps, chance_step
from lib.training.stacking import (
    WindowPredictions,
    amount_offset,
    amount_weights,
    chance_offset,
    chance_weights,
    level_persistence,
    season,
    shift,
    sigmoid,
    year_on_year,
)
from lib.training.windows import (
    BTYD_BASELINE,
    LOGS,
    MIN_OF_EACH,
    ODDS,
    SEASON_SPAN,
    FutureProblem,
    Stack,
    TrainingWindows,
)

HELD_OUT_WINDOWS = 2
"""Number of windows, a horizon apart, held out to learn weights from; the evaluation adds a third."""
CHANCE_DISCOUNT, AMOUNT_DISCOUNT = 1.0, 0.5
"""How much trust in the observed level goes where all customers lie outside the training range. Amounts keep some: BTYD
knows no growth of order values and predicts too little money more often than too much."""


@dataclass(frozen=True)
class FittedFuture:
    """A model as it stands at one moment: its pipeline, what features need, and what it learnt from."""

    pipeline: Pipeline
    constants: Mapping[str, Plain]
    columns: tuple[str, ...]
    stack: Stack
    members: Members
    weights: Mapping[str, Mapping[str, float]]
    """`chance`, `amount` → member → weight."""


# -- the members


def member_names(one: Recipe) -> dict[str, tuple[str, ...]]:
    """`chance`, `amount` → the names of a recipe's members."""
    known = Inputs(amounts=one.columns or tuple(feature.name for feature in FEATURES))
    steps = dict(one.build(Plan("number", known)).steps)
    amounts = steps.get("value") or steps.get("count")
    return {
        "chance": tuple(name for name, _ in steps["chance"].estimators) if "chance" in steps else (),
        "amount": tuple(name for name, _ in amounts.estimators) if amounts is not None else (),
    }


def fit_members(problem: FutureProblem, key: str, matrix: FloatArray, stack: Stack, inputs: Inputs) -> Members:
    """The recipe's members, fitted on the rows of a stack; `matrix`: those rows as scaled for `inputs`."""
    if recipe(key).baseline:
        return Members()
    task = "number" if problem.amounts else "yes_no"
    parts = dict(
        recipe(key)
        .pipeline(
            Plan(
                task,  # type: ignore[arg-type]
                inputs,
                problem.question.seed,
                customers=len(stack.table),
                leaf_factor=problem.question.leaf_factor,
            )
        )
        .steps
    )
    rows, bought = matrix, stack.bought.astype(np.int64)
    if bought.min() == bought.max():
        # Where all customers bought, one artificial buyer and one artificial non-buyer make fitting possible.
        rows = np.vstack((matrix, *[np.nan_to_num(np.nanmean(matrix, axis=0))[None, :]] * 2))
        bought = np.append(bought, (0, 1))

    def fitted(part: str, learnt: FloatArray, target: FloatArray | IntArray) -> tuple[tuple[str, Pipeline], ...]:
        return tuple((name, member.fit(learnt, target)) for name, member in parts[part].estimators)

    if "count" in parts:
        return Members(amount=fitted("count", matrix, stack.observed), counts=True)
    buyers = (stack.bought > 0) & (stack.observed > 0)
    value = fitted("value", matrix[buyers], np.log(stack.observed[buyers])) if "value" in parts else ()
    return Members(fitted("chance", rows, bought), value)


def predictions(
    problem: FutureProblem,
    members: Members,
    matrix: FloatArray,
    table: pd.DataFrame,
    future: tuple[FloatArray, FloatArray],
) -> WindowPredictions:
    """What members and BTYD predict for some customers; `future`: whether they bought, and the target."""
    chance = {name: member.decision_function(matrix) for name, member in members.chance}
    amount = {name: _log(member.predict(matrix), members.counts) for name, member in members.amount}
    if problem.goal != "orders":
        chance[BTYD_BASELINE] = table[ODDS[BTYD_BASELINE]].to_numpy(np.float64)
    if problem.amounts:
        amount[BTYD_BASELINE] = table[LOGS[problem.goal][BTYD_BASELINE]].to_numpy(np.float64)
    return WindowPredictions(future[1], future[0], chance, amount)


def held_out_windows(problem: FutureProblem, windows: TrainingWindows, key: str) -> tuple[WindowPredictions, ...]:
    """What the recipe's members predict for the latest windows, a horizon apart, each fitted on earlier windows."""
    found: list[WindowPredictions] = []
    if recipe(key).baseline:
        return ()
    stack = windows.stack
    cutoff = stack.cutoffs[-1]
    while len(found) < HELD_OUT_WINDOWS:
        before = stack.take(stack.until(cutoff - problem.horizon))
        bought = before.bought.sum()
        if min(bought, len(before.bought) - (0 if problem.amounts else bought)) < MIN_OF_EACH:
            break
        at = [one for one in stack.cutoffs if one <= cutoff][-1]
        seen = stack.take(stack.place == stack.cutoffs.index(at))
        prepare, inputs = problem.scaler(before, recipe(key).columns)
        members = fit_members(problem, key, prepare.transform(before.table), before, inputs)
        future = (seen.bought, seen.observed)
        found.append(predictions(problem, members, prepare.transform(seen.table), seen.table, future))
        cutoff = at - problem.horizon
    return tuple(found)


def evaluation_window(problem: FutureProblem, fitted: FittedFuture, cutoff: pd.Timestamp) -> WindowPredictions:
    """The same of a model that is fitted already, at the cutoff that it has not seen."""
    table = problem.table(cutoff, fitted.constants)
    return predictions(problem, fitted.members, fitted.pipeline[0].transform(table), table, problem.future(cutoff))


# -- the model


def fit_future(
    problem: FutureProblem,
    windows: TrainingWindows,
    key: str,
    held_out: Sequence[WindowPredictions],
    *,
    columns: Sequence[str] = (),
) -> FittedFuture:
    """The model of that recipe as it would have been at that moment; `held_out` gives the weights.

    With `columns`, these are learnt from instead of those that can be.
    """
    if recipe(key).baseline:
        return _fit_baseline(problem, windows, levelled=recipe(key).levelled)
    stack, constants = windows.stack, dict(windows.constants)
    prepare, inputs = problem.scaler(stack, columns or recipe(key).columns)
    matrix = prepare.transform(stack.table)
    members = fit_members(problem, key, matrix, stack, inputs)
    predicted = predictions(problem, members, matrix, stack.table, (stack.bought, stack.observed))
    unknown = np.zeros(len(windows.now))
    now = predictions(problem, members, prepare.transform(windows.now), windows.now, (unknown, unknown))
    btyd_offset = problem.btyd_offsets(windows.moment)
    level = 0.0
    parts: tuple[float, ...] = ()
    model = []
    chance: dict[str, float] = {}
    amount: dict[str, float] = {}
    if problem.goal != "orders":
        prior = prior_weights([name for name, _ in members.chance], windows.btyd_weight)
        chance = _weighed(chance_weights, prior, [(_columns(one.chance, prior), one.bought) for one in held_out])
        odds = weighted_sum(predicted.chance, chance)
        level = _chance_level(problem, windows, (odds, weighted_sum(now.chance, chance)), now, btyd_offset["chance"])
        if not problem.amounts:
            offset, error = _offsets(stack, odds + level, stack.bought, chance_offset)
            parts = _season(stack, offset, error)
            if parts:
                level += year_on_year(stack.days, offset, error)
            elif len(offset) > 1:
                latest = float(offset[-1] - shift(odds + level, float(stack.bought.sum())))
                level += level_persistence(problem.days) * latest
        model = [("chance", chance_step(members, inputs, chance, level))]
    if problem.amounts:
        prior = prior_weights([name for name, _ in members.amount], windows.btyd_weight_of_amounts)
        evidence = [(_columns(_with_chance(one, chance), _paired(prior)), one.observed) for one in held_out]
        amount = _unpaired(_weighed(amount_weights, _paired(prior), evidence), prior)
        logs = (amount_logs(predicted, chance, amount, level), amount_logs(now, chance, amount, level))
        level_of_amounts, parts = _level_and_season(problem, windows, logs, now, btyd_offset["amount"])
        model = amount_steps(members, model, amount, level_of_amounts, inputs, LOGS[problem.goal])
    constants |= _season_constant(problem, parts)
    pipeline = Pipeline([("prepare", prepare), *model])
    weights = {"chance": chance, "amount": amount}
    return FittedFuture(pipeline, constants, tuple(prepare.feature_names_in_), stack, members, weights)


def _fit_baseline(problem: FutureProblem, windows: TrainingWindows, *, levelled: bool) -> FittedFuture:
    """BTYD's own prediction, unchanged; with `levelled`, amounts at the level and in the season of other recipes."""
    stack, constants = windows.stack, dict(windows.constants)
    prepare, inputs = problem.scaler(stack, (problem.btyd_column,))
    members, alone = Members(), {BTYD_BASELINE: 1.0}
    if problem.amounts:
        level, parts = 0.0, tuple[float, ...]()
        if levelled:
            unknown = np.zeros(len(windows.now))
            now = predictions(problem, members, np.empty((0, 0)), windows.now, (unknown, unknown))
            logs = (stack.table[problem.btyd_column].to_numpy(np.float64), now.amount[BTYD_BASELINE])
            btyd_offset = problem.btyd_offsets(windows.moment)["amount"]
            level, parts = _level_and_season(problem, windows, logs, now, btyd_offset)
            constants |= _season_constant(problem, parts)
        model = amount_steps(members, [], alone, level, inputs, LOGS[problem.goal])
    else:
        model = [("chance", chance_step(members, inputs, alone, 0.0))]
    pipeline = Pipeline([("prepare", prepare), *model])
    weights = {"amount" if problem.amounts else "chance": alone}
    return FittedFuture(pipeline, constants, tuple(prepare.feature_names_in_), stack, members, weights)


def _level_and_season(
    problem: FutureProblem,
    windows: TrainingWindows,
    logs: tuple[FloatArray, FloatArray],
    now: WindowPredictions,
    btyd_offset: float,
) -> tuple[float, tuple[float, ...]]:
    """What to add to the logarithms of amounts (of the stack, of today's customers), and the season beside it."""
    stack, (learnt, _) = windows.stack, logs
    level = _amount_level(problem, windows, logs, now, btyd_offset)
    offset, error = _offsets(stack, learnt + level, stack.observed, amount_offset)
    parts = _season(stack, offset, error)
    return level + (year_on_year(stack.days, offset, error) if parts else 0.0), parts


def _season_constant(problem: FutureProblem, parts: tuple[float, ...]) -> dict[str, Plain]:
    return {"season": {problem.unscaled[-1].removeprefix("season_"): list(parts)}} if parts else {}


def _chance_level(
    problem: FutureProblem,
    windows: TrainingWindows,
    odds: tuple[FloatArray, FloatArray],
    now: WindowPredictions,
    btyd_offset: float,
) -> float:
    """What to add to log odds (of the stack, of today's customers): between what makes the stack's probabilities
    sum to its buyers, and what makes today's sum to BTYD's, corrected by its own past error."""
    observed = shift(odds[0], float(windows.stack.bought.sum()))
    expected = shift(odds[1], float(sigmoid(now.chance[BTYD_BASELINE] + btyd_offset).sum()))
    trust = windows.trust(problem.horizon, CHANCE_DISCOUNT)
    return trust * observed + (1 - trust) * expected


def _amount_level(
    problem: FutureProblem,
    windows: TrainingWindows,
    logs: tuple[FloatArray, FloatArray],
    now: WindowPredictions,
    btyd_offset: float,
) -> float:
    """The same for the logarithms of amounts."""
    observed = np.log(max(float(windows.stack.observed.sum()), 1e-9) / np.exp(logs[0]).sum())
    expected = np.log(np.exp(now.amount[BTYD_BASELINE] + btyd_offset).sum() / np.exp(logs[1]).sum())
    trust = windows.trust(problem.horizon, AMOUNT_DISCOUNT)
    return float(trust * observed + (1 - trust) * expected)


def _season(stack: Stack, offset: FloatArray, error: FloatArray) -> tuple[float, ...]:
    if stack.cutoffs[-1] - stack.cutoffs[0] < SEASON_SPAN:
        return ()
    return season([one.day_of_year for one in stack.cutoffs], offset, error)


def _offsets(
    stack: Stack,
    line: FloatArray,
    observed: FloatArray,
    offset: Callable[[FloatArray, FloatArray], tuple[float, float]],
) -> tuple[FloatArray, FloatArray]:
    """By how much predictions were too low at each cutoff, and its standard error."""
    found = [offset(line[stack.place == at], observed[stack.place == at]) for at in range(len(stack.cutoffs))]
    return np.array([one for one, _ in found]), np.array([error for _, error in found])


# -- weights by name: of members, in equal shares, and of BTYD


def prior_weights(names: Sequence[str], btyd_weight: float) -> dict[str, float]:
    """Equal shares of what BTYD leaves; without members, BTYD alone."""
    if not names:
        return {BTYD_BASELINE: 1.0}
    return {**{name: (1 - btyd_weight) / len(names) for name in names}, BTYD_BASELINE: btyd_weight}


def _columns(predicted: Mapping[str, FloatArray], weights: Mapping[str, float]) -> FloatArray:
    return np.column_stack([predicted[name] for name in weights])


def weighted_sum(predicted: Mapping[str, FloatArray], weights: Mapping[str, float]) -> FloatArray:
    """What the members predict, weighed by name; one element per customer."""
    return _columns(predicted, weights) @ np.array(list(weights.values()))


def _weighed(
    weigh: Callable[[Sequence[FloatArray], Sequence[FloatArray], FloatArray], FloatArray],
    prior: Mapping[str, float],
    evidence: Sequence[tuple[FloatArray, FloatArray]],
) -> dict[str, float]:
    found = weigh([one for one, _ in evidence], [seen for _, seen in evidence], np.array(list(prior.values())))
    return dict(zip(prior, (float(weight) for weight in found), strict=True))


_MEMBERS = "members"
"""All members of an amount together: they are weighed against BTYD, not against each other."""


def _paired(weights: Mapping[str, float]) -> dict[str, float]:
    btyd = weights[BTYD_BASELINE]
    return {_MEMBERS: sum(weights.values()) - btyd, BTYD_BASELINE: btyd}


def _unpaired(pair: Mapping[str, float], prior: Mapping[str, float]) -> dict[str, float]:
    members = [name for name in prior if name != BTYD_BASELINE]
    return {**{name: pair[_MEMBERS] / len(members) for name in members}, BTYD_BASELINE: pair[BTYD_BASELINE]}


def _with_chance(window: WindowPredictions, chance: Mapping[str, float]) -> dict[str, FloatArray]:
    """The mean of the members' logarithms times the chance, and BTYD's."""
    names = [name for name in window.amount if name != BTYD_BASELINE]
    mean = np.mean([window.amount[name] for name in names], axis=0) if names else np.zeros(len(window.observed))
    logs = mean + _log_chance(window, chance, own_level(window, chance))
    return {_MEMBERS: logs, BTYD_BASELINE: window.amount[BTYD_BASELINE]}


def own_level(window: WindowPredictions, chance: Mapping[str, float]) -> float:
    """The shift that makes the probabilities of a window sum to its buyers."""
    return shift(weighted_sum(window.chance, chance), float(window.bought.sum())) if chance else 0.0


def amount_logs(
    window: WindowPredictions, chance: Mapping[str, float], amount: Mapping[str, float], level: float
) -> FloatArray:
    """The logarithm of an amount, before its level: log of the chance and the members' logarithms, weighed; `level` is
    that of the chance."""
    members = sum(weight for name, weight in amount.items() if name != BTYD_BASELINE)
    return weighted_sum(window.amount, amount) + members * _log_chance(window, chance, level)


def _log_chance(window: WindowPredictions, chance: Mapping[str, float], level: float) -> FloatArray:
    if not chance:
        return np.zeros(len(window.observed))
    return -np.logaddexp(0, -(weighted_sum(window.chance, chance) + level))


def _log(expected: FloatArray, counts: bool) -> FloatArray:
    return np.log(np.maximum(expected, 1e-9)) if counts else expected
