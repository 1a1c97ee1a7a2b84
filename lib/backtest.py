"""Back-test: predictions as of a past day, compared with the orders of the horizon that followed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.features import customer_features, default_cutoff, future
from lib.gate import OpenedModel
from lib.schema import BUY_AGAIN, ORDERS, SPEND
from lib.scoring import fill_in

if TYPE_CHECKING:
    from lib.orders import Orders

BINS = 10
"""Number of equal-sized bins of the calibration table, by score."""


@dataclass(frozen=True)
class Backtest:
    """Predictions as of `cutoff` beside what happened in the `horizon_days` after it."""

    goal: str
    """`buy_again`, `spend` or `orders`."""
    cutoff: pd.Timestamp
    horizon_days: int
    customers: int
    predicted: float
    """Sum of the predictions: returning customers, money or orders."""
    actual: float
    """Sum of what happened, in the same unit."""
    calibration: pd.DataFrame
    """One row per bin, lowest scores first: mean `predicted`, mean `actual`, number of `customers`."""
    top_tenth_share: float
    """Share of `actual` that the top 10% of customers by score account for, 0 to 1; NaN where `actual` is 0."""

    @property
    def ratio(self) -> float:
        """Predicted ÷ actual; 1 is perfect, NaN where nothing happened."""
        return self.predicted / self.actual if self.actual else float("nan")


def backtest_cutoff(orders: "Orders", card_cutoff: str, horizon_days: int) -> pd.Timestamp | None:
    """The latest cutoff whose whole horizon is in `orders` and lies after the model's own cutoff; None without one."""
    if not card_cutoff or not horizon_days:
        return None
    moment = default_cutoff(orders) - pd.Timedelta(days=horizon_days)
    return moment if moment >= pd.Timestamp(card_cutoff) else None


def run_backtest(opened: OpenedModel, orders: "Orders", moment: pd.Timestamp) -> Backtest:
    """Predict from the orders before `moment` alone and compare with the orders after it.

    Raises ValueError for a model whose goal is not a horizon.
    """
    card = opened.verdict.card
    if card is None or card.goal not in (BUY_AGAIN, SPEND, ORDERS):
        raise ValueError("only a model with a horizon can be back-tested")
    predicted, actual = predicted_and_actual(opened, orders, moment)
    return compare(card.goal, predicted, actual, moment=moment, days=card.horizon_days)


def predicted_and_actual(opened: OpenedModel, orders: "Orders", moment: pd.Timestamp) -> tuple[np.ndarray, np.ndarray]:
    """What the model predicts for each customer from the orders before `moment`, and what the horizon after it gave.

    Raises ValueError for a model whose goal is not a horizon.
    """
    card = opened.verdict.card
    if card is None or card.goal not in (BUY_AGAIN, SPEND, ORDERS):
        raise ValueError("only a model with a horizon can be back-tested")
    customers = customer_features(orders, moment, columns=opened.columns, constants=card.features)
    predicted = fill_in(opened, customers)[card.goal]
    observed = future(orders, moment, card.horizon_days).reindex(customers.index)
    actual = observed["bought" if card.goal == BUY_AGAIN else card.goal].astype("float64")
    return predicted.to_numpy(dtype="float64"), actual.to_numpy()


def compare(goal: str, predicted: np.ndarray, actual: np.ndarray, *, moment: pd.Timestamp, days: int) -> Backtest:
    """Totals and calibration of two arrays of the same length, one element per customer."""
    order = np.argsort(predicted, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    calibration = pd.DataFrame(
        {
            "predicted": [float(predicted[part].mean()) for part in parts],
            "actual": [float(actual[part].mean()) for part in parts],
            "customers": [len(part) for part in parts],
        }
    )
    total = float(actual.sum())
    return Backtest(
        goal,
        moment,
        days,
        customers=len(predicted),
        predicted=float(predicted.sum()),
        actual=total,
        calibration=calibration,
        top_tenth_share=float(actual[parts[-1]].sum()) / total if total else float("nan"),
    )
