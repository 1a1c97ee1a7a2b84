"""Why a customer got that score: the columns that moved it most, for any model that can be asked.

For each column (or several that tell one fact) the score is asked twice: for the customer with that one column made
typical, and for a typical customer with that one column made the customer's. The mean of the two differences is the
Shapley value exactly where at most two columns act together, and the coefficient's share exactly where the model is
linear on the scale used (log-odds for a probability). Source: Lundberg & Lee 2017, first and last terms of the
permutation estimator; two of the p! orders, so an approximation for models in which more columns act together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.gate import OpenedModel
from lib.scoring.needs import Need


@dataclass(frozen=True)
class Reason:
    """One column's part in one customer's score."""

    column: str
    value: str | float
    """What the customer has."""
    typical: str | float
    """What a typical customer has."""
    effect: float
    """How far the column moved the score: in log-odds for a probability, else in the score's own unit."""
    unit: str = ""
    """Of the column, where the model's card tells it."""


def explain(
    opened: OpenedModel,
    rows: pd.DataFrame,
    needs: Sequence[Need],
    *,
    most: int = 3,
    everybody: pd.DataFrame | None = None,
) -> tuple[tuple[Reason, ...], ...]:
    """The columns that moved each row's score most, strongest first; columns without an effect are left out.

    `rows` are ready rows (`Scores.frame`), of which each costs twice as many questions as the model has columns: give
    those that are looked at. `everybody` are those whom a customer is compared with where the model's card does not say
    what is typical (default: `rows` themselves). For groups and classes the effect is on how clearly the customer
    belongs to her own.
    """
    if rows.empty:
        return ()
    middle = _typical(rows if everybody is None else everybody, needs)
    facts = _facts([need.name for need in needs])
    asked = _questions(rows, middle, facts)
    answers = _scale(opened, asked, rows, middle)
    names = [fact[0] for fact in facts]
    units = {need.name: need.unit for need in needs}
    return tuple(
        tuple(replace(reason, unit=units[reason.column]) for reason in found)
        for found in (
            _strongest(rows.iloc[place], middle, names, effects, most)
            for place, effects in enumerate(_effects(answers, len(rows), len(names)))
        )
    )


_ONE_FACT: tuple[tuple[str, ...], ...] = (
    ("btyd_chance", "btyd_log_odds", "btyd_alive", "btyd_orders"),
    ("frequency_orders", "purchase_days"),
    ("gap_mean_days", "gap_median_days"),
    ("season_log_odds", "season_log_spend"),
)
"""Columns of ours that tell one fact in several ways: they move together, and the first that a model has is named."""


def _facts(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The columns, those that tell one fact together; in the model's order."""
    fact_of = {name: fact for fact in _ONE_FACT for name in fact}
    facts: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in names:
        fact = fact_of.get(name, (name,))
        facts.setdefault(fact, tuple(one for one in fact if one in names))
    return list(facts.values())


def _typical(rows: pd.DataFrame, needs: Sequence[Need]) -> pd.DataFrame:
    cells: dict[str, object] = {}
    for need in needs:
        values = rows[need.name]
        if need.typical is not None and pd.api.types.is_numeric_dtype(values.dtype):
            cells[need.name] = need.typical
        elif need.categories:
            likeliest = int(np.argmax(need.shares)) if len(need.shares) == len(need.categories) else 0
            cells[need.name] = need.categories[likeliest]
        elif pd.api.types.is_numeric_dtype(values.dtype):
            cells[need.name] = values.median()
        else:
            most = values.mode()
            cells[need.name] = most.iloc[0] if len(most) else values.iloc[0]
    return pd.DataFrame({name: pd.Series([cell]).astype(rows[name].dtype) for name, cell in cells.items()})


def _questions(rows: pd.DataFrame, middle: pd.DataFrame, facts: Sequence[tuple[str, ...]]) -> pd.DataFrame:
    """The rows themselves, the typical row, then per fact: rows made typical there, typical rows made theirs."""
    many = middle.loc[[0] * len(rows)].set_axis(rows.index)
    blocks = [rows, middle]
    for fact in facts:
        names = list(fact)
        blocks += [
            rows.assign(**{name: many[name] for name in names}),
            many.assign(**{name: rows[name] for name in names}),
        ]
    return pd.concat(blocks, ignore_index=True)


def _scale(opened: OpenedModel, asked: pd.DataFrame, rows: pd.DataFrame, middle: pd.DataFrame) -> np.ndarray:
    """One answer per question on a scale on which effects add up; shape (questions, rows or 1)."""
    card = opened.verdict.card
    if "predict_proba" in opened.methods and (opened.kind == "classifier" or (card and card.goal == "buy_again")):
        chances = np.clip(np.asarray(opened.call("predict_proba", asked)), 1e-6, 1 - 1e-6)
        odds = np.log(chances) - np.log1p(-chances)
        if card is not None and card.goal == "buy_again":
            return odds[:, [1]]
        return odds[:, np.argmax(odds[: len(rows)], axis=1)]
    if opened.kind == "clusterer" and "transform" in opened.methods:
        distances = np.asarray(opened.call("transform", asked))
        own = np.argmin(distances[: len(rows)], axis=1)
        others = np.stack([np.delete(distances, place, axis=1).min(axis=1) for place in own], axis=1)
        return others - distances[:, own]
    answers = np.asarray(opened.call("predict", asked))
    if answers.dtype.kind not in "fiub":
        return (answers[:, None] == answers[: len(rows)][None, :]).astype("float64")
    return answers.reshape(len(asked), -1)[:, [0]].astype("float64")


def _effects(answers: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """shape (rows, columns)"""
    own = np.broadcast_to(answers, (len(answers), rows))
    places = np.arange(rows)
    customer, typical = own[places, places], own[rows, places]
    blocks = own[rows + 1 :].reshape(columns, 2, rows, rows)[:, :, places, places]
    return (((customer - blocks[:, 0]) + (blocks[:, 1] - typical)) / 2).T


def _strongest(
    row: pd.Series, middle: pd.DataFrame, names: list[str], effects: np.ndarray, most: int
) -> tuple[Reason, ...]:
    order = np.argsort(-np.abs(effects), kind="stable")[:most]
    return tuple(
        Reason(names[place], _cell(row[names[place]]), _cell(middle[names[place]].iloc[0]), float(effects[place]))
        for place in order
        if np.isfinite(effects[place]) and abs(effects[place]) > 1e-9
    )


def _cell(value: object) -> str | float:
    return float(value) if isinstance(value, int | float | np.number) else str(value)
