"""When is the next order, and how large? For every customer the middle and an interval for four of five cases.

Both are told on the condition that she orders within the horizon at all; who will is another question. The logarithm
of the days (and of the money) has a middle and a width that are weighted sums of her columns. How many widths an
interval needs is learnt from customers whom the members had not seen, at all earlier cutoffs: normalised conformal
prediction (H. Papadopoulos, A. Gammerman, V. Vovk, 2008, Normalized Nonconformity Measures for Regression Conformal
Prediction), each half of the customers judged by the other half. The latest windows alone tell one time of year.
How often it held is measured afterwards, at the evaluation cutoff, and stands in the card.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import StackingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer
from threadpoolctl import threadpool_limits

from lib.card import Card, Plain
from lib.card.format_1 import evaluation_of
from lib.features import FEATURES, default_cutoff, features_of, next_order_of
from lib.recipes import Inputs, Plan, recipe
from lib.schema import NEXT_ORDER
from lib.training import Progress, Question, Trained, measures, quiet
from lib.training.describe import describe, rounded
from lib.training.future import Past, Shop, scaled_columns, until

if TYPE_CHECKING:
    from lib.orders import Orders

Numbers = NDArray[np.float64]

QUANTILES = (0.5, 0.1, 0.9)
"""The middle and the ends, in the order of the columns of `schema.NEXT_ORDER`."""
COVERED = QUANTILES[2] - QUANTILES[1]
PARTS = ("days", "value")
LEAST_WIDTH = 1e-3
"""Of a logarithm: where every order is worth the same, an interval is still a tenth of a percent wide."""


@dataclass(frozen=True)
class _Model:
    """As it stands at one moment."""

    pipeline: Pipeline
    past: Past
    members: Mapping[str, tuple[Pipeline, Pipeline]]
    """`days`, `value` → middle and width of the logarithm."""
    columns: tuple[str, ...]


def train_next_order(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """When each customer's next order comes and what it is worth, if one comes within `horizon_days`.

    Raises UserError as `train_future` does.
    """
    progress(0.0, "training.step.features")
    moment = question.cutoff or default_cutoff(orders)
    shop = Shop(until(orders, moment), moment, question)
    key = question.recipe or "next_order"
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        evaluation = moment - shop.horizon
        shop.check(evaluation)
        progress(0.1, "training.future.step.learn")
        past = shop.past(evaluation)
        measured = _fit(shop, past, key)
        progress(0.4, "training.step.measure")
        table, came = shop.table(evaluation, past.constants), next_order_of(shop.log, evaluation, shop.days)
        metrics, baseline, told = _evaluate(shop, measured, table, came)
        progress(0.7, "training.future.step.refit")
        final = _fit(shop, shop.past(moment), key)
        progress(0.95, "training.step.describe")
    now = final.past.stack.place == len(final.past.stack.cutoffs) - 1
    example = final.past.stack.table.loc[now, list(final.columns)]
    card = Card(
        goal="next_order",
        recipe=key,
        columns=describe(example, {feature.name: feature.unit for feature in FEATURES}),
        customers=len(example),
        cutoff=moment.isoformat(),
        horizon_days=shop.days,
        period_start=shop.log.start.date().isoformat(),
        period_end=(shop.log.end - pd.Timedelta(days=1)).date().isoformat(),
        currency=orders.currency,
        metrics=metrics,
        baseline=baseline,
        baseline_name="rule",
        evaluation=evaluation_of("next_order", told),
        features=dict(final.past.constants),
        limits=("training.future.limit.if_she_orders",),
        settings={"seed": question.seed, "cutoffs": [one.isoformat() for one in final.past.stack.cutoffs]},
    )
    happened = next_order_of(shop.log, evaluation, shop.days)["days"].loc[example.index]
    return Trained(
        final.pipeline,
        card,
        example,
        happened,
        partial(_learn_from_some, shop, final.past, key, scaled_columns(final.pipeline)),
    )


def _learn_from_some(shop: Shop, past: Past, key: str, columns: Sequence[str], customers: pd.Index) -> BaseEstimator:
    """What the same work gives from these customers alone, at all cutoffs: the shadow of a membership attack. It tells
    the middle of the days."""
    some = past.of(customers)
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        shadow = _fit(shop, some, key, columns=columns)
    days = dict(shadow.pipeline["logs"].named_estimators_)[NEXT_ORDER[0]]
    return _pipeline(shadow.pipeline["prepare"], {NEXT_ORDER[0]: days}, np.array([np.log1p(shop.days)]))


# ------------------------------------------------------------------------------------------------------ learning


def _came(shop: Shop, past: Past) -> pd.DataFrame:
    """The next order of every row of the stack; `days` and `value`, missing where none came within the horizon."""
    stack = past.stack
    parts = [
        next_order_of(shop.log, cutoff, shop.days).loc[stack.table.index[stack.place == at]]
        for at, cutoff in enumerate(stack.cutoffs)
    ]
    return pd.concat(parts)


def _learn(
    shop: Shop, key: str, matrix: Numbers, came: pd.DataFrame, inputs: Inputs
) -> dict[str, tuple[Pipeline, ...]]:
    ordered = came["days"].notna().to_numpy()
    rows = matrix[ordered]
    built = dict(recipe(key).build(Plan("number", inputs, shop.question.seed, customers=len(rows))).steps)
    found = {}
    for part in PARTS:
        logs = np.log1p(came[part].to_numpy(np.float64)[ordered])
        middle, width = (member for _, member in built[part].estimators)
        middle.fit(rows, logs)
        found[part] = (middle, width.fit(rows, np.maximum(np.abs(logs - middle.predict(rows)), LEAST_WIDTH)))
    return found


def _apart(members: Mapping[str, tuple[Pipeline, ...]], matrix: Numbers, came: pd.DataFrame) -> dict[str, Numbers]:
    """By how many widths what came lay above the middle; of those who ordered."""
    ordered = came["days"].notna().to_numpy()
    rows = matrix[ordered]
    found = {}
    for part, (middle, width) in members.items():
        logs = np.log1p(came[part].to_numpy(np.float64)[ordered])
        found[part] = (logs - middle.predict(rows)) / np.maximum(width.predict(rows), LEAST_WIDTH)
    return found


def _crosswise(
    shop: Shop, key: str, past: Past, prepared: tuple[Numbers, Inputs], came: pd.DataFrame
) -> list[dict[str, Numbers]]:
    """The same of each half of the customers, by members that learnt from the other half; a customer is in one half at
    all cutoffs."""
    matrix, inputs = prepared
    half = pd.factorize(past.stack.table.index, sort=True)[0] % 2
    found = []
    for number in (0, 1):
        learnt, judged = half != number, half == number
        if min(came[rows]["days"].notna().sum() for rows in (learnt, judged)) > 0:
            members = _learn(shop, key, matrix[learnt], came[learnt], inputs)
            found.append(_apart(members, matrix[judged], came[judged]))
    return found


def _fit(shop: Shop, past: Past, key: str, *, columns: Sequence[str] = ()) -> _Model:
    """The model as it would have been at that moment; where one half is nobody, its own rows must tell the widths."""
    came = _came(shop, past)
    prepare, inputs = shop.prepared(past.stack, columns or recipe(key).columns)
    matrix = prepare.transform(past.stack.table)
    members = _learn(shop, key, matrix, came, inputs)
    told = _crosswise(shop, key, past, (matrix, inputs), came) or [_apart(members, matrix, came)]
    widths = {
        part: [round(float(one), 3) for one in np.quantile(np.concatenate([some[part] for some in told]), QUANTILES)]
        for part in PARTS
    }
    lines = {
        column: _line(members[part], width, len(inputs.columns))
        for column, (part, width) in zip(
            NEXT_ORDER, [(part, width) for part in PARTS for width in widths[part]], strict=True
        )
    }
    # Within the horizon: that is the condition. A short number, since some customers' answers are just this bound. Of
    # money, no bound that anybody would reach.
    most = np.array([np.floor(100 * np.log1p(shop.days)) / 100] * 3 + [50.0] * 3)
    return _Model(_pipeline(prepare, lines, most), past, members, tuple(prepare.feature_names_in_))


def _pipeline(prepare: ColumnTransformer, lines: Mapping[str, StackingRegressor], most: Numbers) -> Pipeline:
    """Preparation, one logarithm per line between 0 and `most`, and what they are logarithms of; one line gives one
    number per customer."""
    columns = sum(len(names) for _, _, names in prepare.transformers_)
    made_up = np.vstack((np.zeros(columns), np.ones(columns)))
    logs = StackingRegressor(list(lines.items()), LinearRegression(), cv="prefit").fit(made_up, np.array([0.0, 1.0]))
    bounds = FunctionTransformer(np.clip, kw_args={"a_min": 0.0, "a_max": most})
    end = TransformedTargetRegressor(LinearRegression(), func=np.log1p, inverse_func=np.expm1, check_inverse=False)
    points = np.vstack((np.zeros(len(lines)), np.eye(len(lines))))
    end.fit(points, points if len(lines) > 1 else points[:, 0])
    end.regressor_.coef_ = np.eye(len(lines)) if len(lines) > 1 else np.ones(1)
    end.regressor_.intercept_ = np.zeros(len(lines)) if len(lines) > 1 else 0.0
    return Pipeline([("prepare", prepare), ("logs", logs), ("bounds", bounds), ("amounts", end)])


def _line(pair: tuple[Pipeline, Pipeline], width: float, columns: int) -> StackingRegressor:
    """The middle and so many widths."""
    made_up = np.vstack((np.zeros(columns), np.ones(columns)))
    line = StackingRegressor([("middle", pair[0]), ("width", pair[1])], LinearRegression(), cv="prefit").fit(
        made_up, np.array([0.0, 1.0])
    )
    line.final_estimator_.coef_, line.final_estimator_.intercept_ = np.array([1.0, width]), 0.0
    return line


# ----------------------------------------------------------------------------------------------------- measuring


def _evaluate(
    shop: Shop, model: _Model, table: pd.DataFrame, came: pd.DataFrame
) -> tuple[dict[str, float], dict[str, float], dict[str, Plain]]:
    """Measured on the customers who did order: how far off the middle is, and how often the interval held."""
    ordered = came["days"].notna()
    told = pd.DataFrame(model.pipeline.predict(table[ordered][list(model.columns)]), columns=list(NEXT_ORDER))
    happened = {part: came.loc[ordered, part].to_numpy(np.float64) for part in PARTS}
    metrics: dict[str, float] = {}
    intervals: dict[str, Plain] = {}
    peers: dict[str, dict[str, float]] = {"constant": {}, "rule": {}}
    rivals = _peers(shop, model.past, table[ordered])
    for part in PARTS:
        middle, low, high = (told[f"next_order_{part}{end}"].to_numpy(np.float64) for end in ("", "_low", "_high"))
        inside = ((low <= happened[part]) & (happened[part] <= high)).astype(np.float64)
        for name, measure, one in ((f"{part}_error", measures.mae, middle), (f"{part}_coverage", _mean, inside)):
            found = measures.intervals({name: measure}, one, happened[part], seed=shop.question.seed)[name]
            metrics[name], intervals[name] = found.value, list(found.to_plain())
        for name, rival in rivals.items():
            peers[name][f"{part}_error"] = round(float(np.abs(rival[part] - happened[part]).mean()), 6)
    evaluation: dict[str, Plain] = {
        "cutoff": (model.past.moment).isoformat(),
        "customers": int(ordered.sum()),
        "known": len(came),
        "training_cutoffs": [one.isoformat() for one in model.past.stack.cutoffs],
        "training_rows": len(model.past.stack.table),
        "promised_coverage": COVERED,
        "median_days": rounded(float(np.median(happened["days"]))),
        "intervals": intervals,
        "peers": {name: dict(figures) for name, figures in peers.items()},
    }
    return {name: round(value, 6) for name, value in metrics.items()}, dict(peers["rule"]), evaluation


def _mean(values: Numbers, _: Numbers, weight: Numbers) -> float:
    return float(np.average(values, weights=weight))


def _peers(shop: Shop, past: Past, table: pd.DataFrame) -> dict[str, dict[str, Numbers]]:
    """The median for everybody, and the rule: her last order plus her usual gap, worth her usual order."""
    came = _came(shop, past)[past.stack.place == len(past.stack.cutoffs) - 1]
    usual = features_of(shop.log, past.moment, columns=["recency_days", "gap_median_days", "order_value_median"])
    usual = usual.loc[table.index]
    same = {part: np.full(len(table), float(came[part].median())) for part in PARTS}
    due = (usual["gap_median_days"] - usual["recency_days"]).clip(0, shop.days)
    rule = {"days": due.fillna(same["days"][0]), "value": usual["order_value_median"].fillna(same["value"][0])}
    return {"constant": same, "rule": {part: one.to_numpy(np.float64) for part, one in rule.items()}}
