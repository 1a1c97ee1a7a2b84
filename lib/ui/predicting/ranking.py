"""In which order Predict lists scored customers."""

from __future__ import annotations

import pandas as pd

from lib.card import Card
from lib.schema import BUY_AGAIN, NEXT_ORDER, ORDERS, SPEND
from lib.scoring import PROBABILITY, asked_about


def best_first(scores: pd.DataFrame, card: Card | None) -> pd.DataFrame:
    """The scores with those first whom one would contact first: the most likely, the highest, or the soonest order."""
    best = scores
    for column in (BUY_AGAIN, SPEND, ORDERS):
        if column in best.columns:
            best = best.sort_values(column, ascending=False, kind="stable")
    if NEXT_ORDER[0] in best.columns:
        best = best.sort_values(NEXT_ORDER[0], kind="stable")
    chances = [str(name) for name in best.columns if str(name).startswith(PROBABILITY)]
    if len(chances) == 2:
        best = best.sort_values(asked_about(chances, card), ascending=False, kind="stable")
    return best
