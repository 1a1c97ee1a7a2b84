"""Why a customer got that score: the columns that moved it most, for any model that can be asked.

For each column the score is asked twice: for the customer with that one column made typical, and for a typical
customer with that one column made the customer's. The mean of the two differences is the Shapley value exactly where
at most two columns act together, and the coefficient's share exactly where the model is linear on the scale used
(log-odds for a probability). Source: Lundberg & Lee 2017, first and last terms of the permutation estimator; two of
the p! orders, so an approximation for models in which more columns act together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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


def explain(
    opened: OpenedModel, rows: pd.DataFrame, needs: Sequence[Need], *, most: int = 3
) -> tuple[tuple[Reason, ...], ...]:
    """The columns that moved each row's score most, strongest first; columns without an effect are left out.

    `rows` are ready rows (`Scores.frame`), of which each costs twice as many questions as the model has columns: give
    those that are looked at. For groups the effect is on how clearly the customer belongs to the own group.
    """
    if rows.empty:
        return ()
    middle = _typical(rows, needs)
    names = [need.name for need in needs]
    asked = _questions(rows, middle, names)
    answers = _scale(opened, asked, rows, middle)
    return tuple(
        _strongest(rows.iloc[place], middle, names, effects, most)
        for place, effects in enumerate(_effects(answers, len(rows), len(names)))
    )


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


def _questions(rows: pd.DataFrame, middle: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The rows themselves, the typical row, then per column: rows made typical there, typical rows made theirs."""
    many = middle.loc[[0] * len(rows)].set_axis(rows.index)
    blocks = [rows, middle]
    for name in names:
        blocks += [rows.assign(**{name: many[name]}), many.assign(**{name: rows[name]})]
    return pd.concat(blocks, ignore_index=True)


def _scale(opened: OpenedModel, asked: pd.DataFrame, rows: pd.DataFrame, middle: pd.DataFrame) -> np.ndarray:
    """One answer per question on a scale on which effects add up; shape (questions, rows or 1)."""
    card = opened.verdict.card
    if "predict_proba" in opened.methods and (opened.kind == "classifier" or (card and card.goal == "buy_again")):
        chances = np.clip(np.asarray(opened.call("predict_proba", asked)), 1e-6, 1 - 1e-6)
        odds = np.log(chances) - np.log1p(-chances)
        if chances.shape[1] == 2:
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
