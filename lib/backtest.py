"""An old prediction against what happened: once orders cover its horizon, was it right?"""

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
"""Customers are compared in so many equal parts, by their score."""


@dataclass(frozen=True)
class Hindsight:
    """What was promised at `cutoff`, and what came in the days after."""

    goal: str
    """`buy_again`, `spend` or `orders`."""
    cutoff: pd.Timestamp
    horizon_days: int
    customers: int
    promised: float
    """Sum of the predictions: customers who come back, or money."""
    happened: float
    calibration: pd.DataFrame
    """One row per tenth of the customers, lowest scores first: `predicted` and `actual` means, `customers`."""
    top_tenth_share: float
    """Share of what happened that the tenth of customers with the highest scores brought."""

    @property
    def ratio(self) -> float:
        """Promised ÷ happened; 1 is perfect, NaN where nothing happened."""
        return self.promised / self.happened if self.happened else float("nan")


def moment_to_check(orders: "Orders", card_cutoff: str, horizon_days: int) -> pd.Timestamp | None:
    """The latest moment from which the whole horizon has passed and of which the model had seen nothing, if any."""
    if not card_cutoff or not horizon_days:
        return None
    moment = default_cutoff(orders) - pd.Timedelta(days=horizon_days)
    return moment if moment >= pd.Timestamp(card_cutoff) else None


def look_back(opened: OpenedModel, orders: "Orders", moment: pd.Timestamp) -> Hindsight:
    """Predict as of `moment`, from orders before it alone, and hold it against the orders after it."""
    card = opened.verdict.card
    if card is None or card.goal not in (BUY_AGAIN, SPEND, ORDERS):
        raise ValueError("only a model of the future can be held against what happened")
    customers = customer_features(orders, moment, columns=opened.columns, constants=card.features)
    predicted = fill_in(opened, customers)[card.goal]
    came = future(orders, moment, card.horizon_days).reindex(customers.index)
    actual = came["bought" if card.goal == BUY_AGAIN else card.goal].astype("float64")
    return compare(
        card.goal, predicted.to_numpy(dtype="float64"), actual.to_numpy(), moment=moment, days=card.horizon_days
    )


def compare(goal: str, predicted: np.ndarray, actual: np.ndarray, *, moment: pd.Timestamp, days: int) -> Hindsight:
    """Two columns of figures, one per customer, as a `Hindsight`."""
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
    return Hindsight(
        goal,
        moment,
        days,
        customers=len(predicted),
        promised=float(predicted.sum()),
        happened=total,
        calibration=calibration,
        top_tenth_share=float(actual[parts[-1]].sum()) / total if total else float("nan"),
    )
