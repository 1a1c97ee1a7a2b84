"""The small tables of a card that charts are drawn from, and that are shown below them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from lib import text
from lib.card import Card, CardColumn, ColumnEvaluation, DependenceCurve, FutureEvaluation, GroupsEvaluation
from lib.presentation import figures, labels
from lib.text import number

MOST_IMPORTANT = 8
MOST_PROFILED = 6
"""Columns in the picture of what sets groups apart: more would not read on a phone. The table has them all."""
CHECKS = ("stability", "stayed", "tree", "smallest", "explained")
"""What candidates for groups are measured by."""
SPECIALIST_METRICS = frozenset(
    {"pr_auc", "log_loss", "brier", "calibration_slope", "mae_scaled", "rmse", "spearman", "gini"}
    | {"balanced_accuracy", "f1"}
)
"""Metrics that stand one click away."""

AnswerKind = Literal["chance", "money", "orders", "number"]

_EPOCH = date(1970, 1, 1)


def answer_kind(card: Card) -> AnswerKind:
    """What is predicted: a probability, money, orders or another number."""
    if card.goal in ("spend", "orders"):
        return "money" if card.goal == "spend" else "orders"
    evaluation = card.evaluation
    return "number" if isinstance(evaluation, ColumnEvaluation) and evaluation.task == "number" else "chance"


# ------------------------------------------------------------------------------------------------------------- curves


def calibration(card: Card) -> pd.DataFrame:
    """One row per bin: `predicted, actual, low, high, customers`; the bounds are left out where a bin has none."""
    points = pd.DataFrame([asdict(point) for point in card.evaluation.calibration])
    return points.dropna(axis="columns", how="any") if len(points) else points


def gains(card: Card) -> pd.DataFrame:
    """`share_customers, share_reached`, starting at zero customers."""
    curve = pd.DataFrame([asdict(point) for point in card.evaluation.gains])
    if len(curve) and curve["share_customers"].iloc[0] > 0:
        nobody = pd.DataFrame({"share_customers": [0.0], "share_reached": [0.0]})
        return pd.concat([nobody, curve], ignore_index=True)
    return curve


def importance(card: Card, language: str) -> tuple[pd.DataFrame, bool]:
    """`column` (display name), `value, low, high` of the columns that matter most, the largest first; and whether
    the values are shares of the model's error rather than amounts of loss."""
    found = card.evaluation.importance[:MOST_IMPORTANT]
    if not found:
        return pd.DataFrame(), False
    metrics = card.metrics
    if answer_kind(card) == "chance":
        error = metrics.get("log_loss", 0.0)
    else:
        error = metrics.get("rmse", 0.0) ** 2 if card.goal == "target" else metrics.get("mae", 0.0)
    table = pd.DataFrame(
        {
            "column": [labels.column(language, one.column) for one in found],
            "value": [one.increase for one in found],
            "low": [one.low for one in found],
            "high": [one.high for one in found],
        }
    ).astype(dict.fromkeys(("value", "low", "high"), "float64"))
    table = table.dropna(axis="columns", how="any")
    amounts = [name for name in table.columns if name != "column"]
    return table.assign(**{name: table[name] / error for name in amounts}) if error > 0 else table, error > 0


def dependence(card: Card) -> tuple[DependenceCurve, ...]:
    """The curves that have as many predictions as values."""
    return tuple(
        curve for curve in card.evaluation.dependence if curve.values and len(curve.values) == len(curve.predicted)
    )


def roc(card: Card) -> pd.DataFrame:
    """The ROC curve of a yes/no model: `false_alarms, found`, at the points of the gains curve; empty for others.

    Of the share s of the customers with the highest probabilities, s = base rate × found + (1 − base rate) × false
    alarms.
    """
    rate, curve = _positive_rate(card), gains(card)
    if rate is None or not len(curve):
        return pd.DataFrame()
    false_alarms = (curve["share_customers"] - rate * curve["share_reached"]) / (1 - rate)
    return pd.DataFrame({"false_alarms": false_alarms.clip(0, 1), "found": curve["share_reached"]})


def _positive_rate(card: Card) -> float | None:
    """The share of customers with a yes, where the model predicts a yes or no."""
    evaluation = card.evaluation
    asked = card.goal == "buy_again" or (isinstance(evaluation, ColumnEvaluation) and evaluation.task == "yes_no")
    if not asked or not isinstance(evaluation, FutureEvaluation | ColumnEvaluation):
        return None
    rate = evaluation.base_rate
    return rate if rate is not None and 0 < rate < 1 else None


def confusion(card: Card, language: str) -> tuple[list[str], pd.DataFrame]:
    """Names of the classes, and rows: actual, columns: predicted, by class; empty where the card has none.

    Of a yes/no column at the threshold of its costs, no first.
    """
    rate, evaluation = _positive_rate(card), card.evaluation
    cut = evaluation.threshold if isinstance(evaluation, ColumnEvaluation) else None
    if rate is not None and cut is not None and evaluation.customers:
        found, flagged = rate * cut.found, cut.flagged
        shares = [[1 - rate - (flagged - found), flagged - found], [rate - found, found]]
        counts = [[max(0, round(share * evaluation.customers)) for share in row] for row in shares]
        names = [text.say(language, "report.confusion_no"), text.say(language, "report.confusion_yes")]
        return names, pd.DataFrame(counts, columns=names)
    return list(card.classes), _class_confusion(card)


def _class_confusion(card: Card) -> pd.DataFrame:
    evaluation = card.evaluation
    counts = evaluation.confusion if isinstance(evaluation, ColumnEvaluation) else ()
    size = len(card.classes)
    if not counts or len(counts) != size or any(len(row) != size for row in counts):
        return pd.DataFrame()
    return pd.DataFrame([list(row) for row in counts], columns=list(card.classes))


# ------------------------------------------------------------------------------------------------------------ measures


def shown_metrics(card: Card, language: str) -> tuple[list[str], list[str]]:
    """The metrics of a card that this version knows: those for everybody, and those for specialists. If there are only
    the latter, they are for everybody."""
    known = [name for name in card.metrics if labels.is_known_metric(language, name)]
    first = [name for name in known if name not in SPECIALIST_METRICS] or known
    return first, [name for name in known if name not in first]


def measures(card: Card, language: str, names: Sequence[str]) -> dict[str, list[str]]:
    """Column heading → one text per metric: this model first, then what it is compared with."""
    columns = {
        text.say(language, "report.model"): [figures.metric_with_interval(language, card, name) for name in names]
    }
    others: dict[str, Mapping[str, float]] = {
        labels.peer(language, peer.key): peer.metrics
        for peer in card.evaluation.peers
        if text.knows(language, f"report.baseline.{peer.key}")
    }
    others.setdefault(labels.baseline(language, card), card.baseline)
    for heading, values in others.items():
        if any(name in values for name in names):
            columns[heading] = [
                figures.metric(language, card, name, values[name]) if name in values else "" for name in names
            ]
    return columns


def candidates(card: Card, language: str) -> pd.DataFrame:
    """`recipe, loss, chosen` of the methods tried."""
    return pd.DataFrame(
        {
            "recipe": [labels.recipe(language, one.key) for one in card.evaluation.candidates],
            "loss": [one.metrics.get("loss", float("nan")) for one in card.evaluation.candidates],
            "chosen": [one.chosen for one in card.evaluation.candidates],
        }
    )


# ------------------------------------------------------------------------------------------------------------- columns


def needed_columns(card: Card, language: str) -> pd.DataFrame:
    """`column, typical, range` of the columns that the model needs, in words."""
    return pd.DataFrame(
        {
            "column": [labels.column(language, one.name) for one in card.columns],
            "typical": [typical(one, language) for one in card.columns],
            "range": [value_range(one, language) for one in card.columns],
        }
    )


def typical(column: CardColumn, language: str) -> str:
    """The usual value of a column; of words, the first few that the model knows."""
    if column.kind == "category":
        return " · ".join(column.categories[:3]) + (" …" if len(column.categories) > 3 else "")
    if column.typical is None:
        return ""
    if column.kind == "yes_no":
        return number(language, column.typical, "percent")
    return cell(column, column.typical, language)


def value_range(column: CardColumn, language: str) -> str:
    """From which to which value the training customers lay; empty where there is no range."""
    if column.kind == "yes_no":
        return text.say(language, "card.yes_no")
    if column.low is None or column.high is None:
        return ""
    return f"{cell(column, column.low, language)} – {cell(column, column.high, language)}"


def cell(column: CardColumn, value: float, language: str) -> str:
    """One value of a column; dates are days since 1970-01-01."""
    if column.kind != "date" or not -700_000 < value < 2_900_000:
        return number(language, value, "significant" if 0 < abs(value) < 0.005 else "")
    return text.day(language, _EPOCH + timedelta(days=round(value)))


# -------------------------------------------------------------------------------------------------------------- groups


def group_sizes(card: Card, language: str) -> pd.DataFrame:
    """`name, customers, share_customers, share_revenue`, one row per group."""
    return pd.DataFrame(
        {
            "name": [labels.group_in_chart(language, group) for group in card.groups],
            "customers": [group.customers for group in card.groups],
            "share_customers": [group.share_customers for group in card.groups],
            "share_revenue": [group.share_revenue for group in card.groups],
        }
    )


def profiles(card: Card, language: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group × column: where the group's typical value stands among all customers, -1 to 1; and the values."""
    names = [labels.group_in_chart(language, group) for group in card.groups]
    known = {column.name: column for column in card.columns}
    first = card.groups[0].typical if card.groups else {}
    shown = [name for name in first if name in known and len(known[name].edges) > 2] or list(first)
    heads = {name: labels.column(language, name) for name in shown}
    places = pd.DataFrame(
        [[place(group.typical.get(name), known.get(name)) for name in shown] for group in card.groups],
        index=names,
        columns=list(heads.values()),
        dtype="float64",
    )
    values = pd.DataFrame(
        [[group.typical.get(name) for name in shown] for group in card.groups], columns=list(heads.values())
    )
    spread = (places.max() - places.min()).sort_values(ascending=False, kind="stable")
    most = set(spread.index[:MOST_PROFILED])
    return places[[name for name in places.columns if name in most]], values.assign(name=names)


def place(value: float | None, column: CardColumn | None) -> float:
    """Where a value stands among the customers of a column, -1 (lowest) to 1; NaN where that is not known."""
    if value is None or column is None or not column.edges:
        return float("nan")
    # Where many customers have the same value, it stands in the middle of them.
    return (bisect_left(column.edges, value) + bisect_right(column.edges, value)) / len(column.edges) - 1


def tried(card: Card) -> pd.DataFrame:
    """`groups` and one column per check, of the candidates with the chosen one's columns and preparation."""
    evaluation = card.evaluation
    found = evaluation.tried if isinstance(evaluation, GroupsEvaluation) else ()
    chosen = next((one for one in found if one.chosen), None)
    if chosen is None:
        return pd.DataFrame()
    alike = [one for one in found if (one.columns, one.preparation) == (chosen.columns, chosen.preparation)]
    table = pd.DataFrame(
        {"groups": [float(one.groups) for one in alike]}
        | {name: [getattr(one, name) for one in alike] for name in CHECKS}
    ).astype("float64")
    return table.dropna(axis="columns", how="all").drop_duplicates("groups").sort_values("groups", ignore_index=True)


def bars(card: Card) -> dict[str, float]:
    """Check → the least that a candidate needs."""
    evaluation = card.evaluation
    found = evaluation.bars if isinstance(evaluation, GroupsEvaluation) else {}
    return {name: bar for name, bar in found.items() if bar > 0}


def migration(card: Card) -> list[list[int]]:
    """Customers by group a month before (rows) and now (columns); empty where the card has no table of that size."""
    evaluation = card.evaluation
    month = evaluation.month_later if isinstance(evaluation, GroupsEvaluation) else None
    size = len(card.groups)
    if month is None or not size or len(month.table) != size or any(len(row) != size for row in month.table):
        return []
    return [list(row) for row in month.table]
