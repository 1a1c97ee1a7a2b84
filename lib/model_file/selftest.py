"""Self-test: rows generated from a card's ranges, and the model's predictions for them, to verify a file anywhere.

No row is a customer's: every cell is drawn independently, from ranges that are rounded to three significant digits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator

from lib.card import Card, CardColumn, Plain

ROWS = 24
METHODS = ("predict", "predict_proba")
_OTHERWISE = ("transform", "score_samples", "decision_function")
"""Asked of what cannot predict."""

_MISSING_EVERY = 8
"""Of a column that has gaps, every eighth generated cell is missing."""

_DIGITS = 10
"""Significant digits of an expected answer: the last few differ between processors."""

_EPOCH = date(1970, 1, 1)


def self_test(estimator: BaseEstimator, card: Card) -> Mapping[str, Plain]:
    """The card's `self_test`: `rows` (column → list), `expected` (method → list). Empty for a card without columns."""
    if not card.columns:
        return {}
    rows = made_up_rows(card.columns)
    frame = frame_of(rows, card.columns)
    methods = [name for name in METHODS if hasattr(estimator, name)]
    methods = methods or [name for name in _OTHERWISE if hasattr(estimator, name)][:1]
    expected: dict[str, Plain] = {name: _plain_answers(np.asarray(getattr(estimator, name)(frame))) for name in methods}
    cells: dict[str, Plain] = {name: list(column) for name, column in rows.items()}
    return {"rows": cells, "expected": expected}


def made_up_rows(columns: Sequence[CardColumn]) -> Mapping[str, Sequence[Plain]]:
    """Column → `ROWS` cells in JSON's types: a date is an ISO text, a gap is None."""
    return {column.name: _cells(column, np.random.default_rng([20, place])) for place, column in enumerate(columns)}


def frame_of(rows: Mapping[str, Sequence[Plain]], columns: Sequence[CardColumn]) -> pd.DataFrame:
    """The generated rows as the model takes them."""
    frame = pd.DataFrame({name: list(cells) for name, cells in rows.items()})
    kinds = {column.name: column.kind for column in columns}
    dtypes = {"number": "float64", "date": "datetime64[us]", "category": "str"}
    return frame.astype({name: dtypes[kind] for name, kind in kinds.items() if kind in dtypes and name in frame})


def _cells(column: CardColumn, draw: np.random.Generator) -> Sequence[Plain]:
    cells = _drawn(column, draw)
    if column.share_missing <= 0 or column.kind == "yes_no":
        return cells
    return [None if place % _MISSING_EVERY == _MISSING_EVERY - 1 else cell for place, cell in enumerate(cells)]


def _drawn(column: CardColumn, draw: np.random.Generator) -> list[Plain]:
    if column.kind == "category":
        return [str(draw.choice(column.categories)) if column.categories else None for _ in range(ROWS)]
    if column.kind == "yes_no":
        share = 0.5 if column.typical is None else min(max(column.typical, 0.1), 0.9)
        return [bool(yes) for yes in draw.random(ROWS) < share]
    if column.low is None or column.high is None:
        return [None] * ROWS
    # Between the deciles as often as the customers lie there, so that every part of the range is asked about.
    ladder = [column.low, *[edge for edge in column.edges if column.low < edge < column.high], column.high]
    places = zip(draw.integers(0, len(ladder) - 1, ROWS), draw.random(ROWS), strict=True)
    values = [ladder[step] + share * (ladder[step + 1] - ladder[step]) for step, share in places]
    if column.kind == "date":
        return [(_EPOCH + timedelta(days=round(value))).isoformat() for value in values]
    whole = all(float(value).is_integer() for value in (*ladder, column.typical or 0.0))
    return [float(round(value)) if whole else _rounded(value, 3) for value in values]


def _plain_answers(answers: np.ndarray) -> list[Plain]:
    if answers.ndim > 1:
        return [_plain_answers(row) for row in answers]
    return [_plain_answer(answer) for answer in answers.tolist()]


def _plain_answer(answer: object) -> Plain:
    if isinstance(answer, float):
        return _rounded(answer, _DIGITS)
    return answer if isinstance(answer, bool | int | str) or answer is None else str(answer)


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")
