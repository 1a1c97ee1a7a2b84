"""Why a customer got that score: the ideas that moved it most, for any model that can be asked.

For each idea (`lib.scoring.ideas`) the model predicts once more, for the customer with all columns of that idea set to
typical values. The effect is the score of the customer minus that answer, so its direction is what really happens to
the score when the idea is changed, whatever the model. For a linear model it is the idea's share of the score exactly
(on the log-odds scale for a probability). Effects of ideas that act together do not add up to the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.gate import OpenedModel
from lib.scoring.ideas import Idea, ideas_of
from lib.scoring.needs import Need

NO_EFFECT = 1e-9
"""Effects smaller than this, on the scale on which they are compared, are none."""


@dataclass(frozen=True)
class Reason:
    """One idea's part in one customer's score."""

    idea: str
    """Key of the idea; empty where `column` stands for itself."""
    columns: tuple[str, ...]
    """All columns of the idea that the model has."""
    column: str
    """The column that is shown for the idea …"""
    value: str | float
    """… what the customer has in it …"""
    typical: str | float
    """… and what a typical customer has."""
    effect: float
    """Score minus `without`: in log-odds for a probability, in the score's own unit for a number, as a difference of
    distances for a group."""
    score: float = float("nan")
    without: float = float("nan")
    """The customer's score, and what it would be with the idea at its typical value: a probability or a number; NaN for
    a group."""
    unit: str = ""
    """Of the column, where the model's card says it."""


def explain(
    opened: OpenedModel,
    rows: pd.DataFrame,
    needs: Sequence[Need],
    *,
    most: int = 3,
    everybody: pd.DataFrame | None = None,
) -> tuple[tuple[Reason, ...], ...]:
    """The ideas that moved each row's score most, strongest first; ideas without an effect are left out.

    `rows` are ready rows (`Scores.frame`), each of which costs as many questions as the model has ideas: give those
    that are looked at. `everybody` are the customers to compare with where the model's card does not say what
    is typical (default: `rows` themselves). For groups and classes the effect is on how clearly the customer belongs to
    their own.
    """
    if rows.empty:
        return ()
    middle = _typical(rows if everybody is None else everybody, needs)
    ideas = ideas_of([need.name for need in needs])
    answers = _ask(opened, _questions(rows, middle, ideas), len(rows))
    units = {need.name: need.unit for need in needs}
    return tuple(_reasons(rows.iloc[place], middle, ideas, answers, place, units)[:most] for place in range(len(rows)))


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


def _questions(rows: pd.DataFrame, middle: pd.DataFrame, ideas: Sequence[Idea]) -> pd.DataFrame:
    """The rows themselves, then per idea all rows with that idea made typical."""
    many = middle.loc[[0] * len(rows)].set_axis(rows.index)
    blocks = [rows, *(rows.assign(**{name: many[name] for name in idea.columns}) for idea in ideas)]
    return pd.concat(blocks, ignore_index=True)


@dataclass(frozen=True)
class _Answers:
    """Shape (1 + ideas, rows) each."""

    scale: np.ndarray
    """On a scale on which effects are compared."""
    shown: np.ndarray
    """As a reader knows them; NaN where there is nothing to show."""


def _ask(opened: OpenedModel, asked: pd.DataFrame, rows: int) -> _Answers:
    card = opened.verdict.card
    blocks = len(asked) // rows
    if "predict_proba" in opened.methods and (opened.kind == "classifier" or (card and card.goal == "buy_again")):
        shares = np.asarray(opened.call("predict_proba", asked))
        own = np.full(rows, 1) if card is not None and card.goal == "buy_again" else shares[:rows].argmax(axis=1)
        shown = shares[np.arange(len(asked)), np.tile(own, blocks)].reshape(blocks, rows)
        sure = np.clip(shown, 1e-6, 1 - 1e-6)
        return _Answers(np.log(sure) - np.log1p(-sure), shown)
    if opened.kind == "clusterer" and "transform" in opened.methods:
        distances = np.asarray(opened.call("transform", asked))
        own = np.tile(distances[:rows].argmin(axis=1), blocks)
        mine = distances[np.arange(len(asked)), own]
        others = distances.copy()
        others[np.arange(len(asked)), own] = np.inf
        margin = (others.min(axis=1) - mine).reshape(blocks, rows)
        return _Answers(margin, np.full_like(margin, np.nan))
    answers = np.asarray(opened.call("predict", asked))
    if answers.dtype.kind not in "fiub" or opened.kind in ("classifier", "clusterer"):
        answers = answers.reshape(blocks, rows)
        same = (answers == answers[0]).astype("float64")
        return _Answers(same, np.full_like(same, np.nan))
    numbers = answers.reshape(len(asked), -1)[:, 0].astype("float64").reshape(blocks, rows)
    return _Answers(numbers, numbers)


def _reasons(
    row: pd.Series,
    middle: pd.DataFrame,
    ideas: Sequence[Idea],
    answers: _Answers,
    place: int,
    units: dict[str, str],
) -> tuple[Reason, ...]:
    scale, shown = answers.scale[:, place], answers.shown[:, place]
    effects = scale[0] - scale[1:]
    order = [at for at in np.argsort(-np.abs(effects), kind="stable") if abs(effects[at]) > NO_EFFECT]
    found = []
    for at in order:
        idea = ideas[at]
        column = _shown_column(idea, row, middle)
        found.append(
            Reason(
                idea.key,
                idea.columns,
                column,
                _cell(row[column]),
                _cell(middle[column].iloc[0]),
                effect=float(effects[at]),
                score=float(shown[0]),
                without=float(shown[at + 1]),
                unit=units[column],
            )
        )
    return tuple(found)


def _shown_column(idea: Idea, row: pd.Series, middle: pd.DataFrame) -> str:
    """The best known column in which the customer differs from a typical one."""
    for column in idea.columns:
        own, usual = row[column], middle[column].iloc[0]
        if own != usual and not (pd.isna(own) and pd.isna(usual)):
            return column
    return idea.columns[0]


def _cell(value: object) -> str | float:
    return float(value) if isinstance(value, int | float | np.number) else str(value)
