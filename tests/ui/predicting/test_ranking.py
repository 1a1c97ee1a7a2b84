"""Those come first whom one would contact first."""

import pandas as pd
import pytest

from lib.schema import BUY_AGAIN, NEXT_ORDER, ORDERS, PREDICTION, SPEND
from lib.scoring import PROBABILITY
from lib.ui.predicting.ranking import best_first


@pytest.mark.parametrize(
    ("column", "values", "order"),
    [
        (BUY_AGAIN, [0.2, 0.9, 0.9, 0.1], "bcad"),
        (SPEND, [2.0, 9.0, 1.0, 3.0], "bdac"),
        (ORDERS, [1.0, 0.0, 2.0, 1.0], "cadb"),
        (NEXT_ORDER[0], [30.0, 5.0, 60.0, 5.0], "bdac"),
        (f"{PROBABILITY}yes", [0.4, 0.6, 0.5, 0.1], "bcad"),
        (PREDICTION, ["x", "y", "z", "x"], "abcd"),
    ],
)
def test_the_order_of_the_list(column: str, values: list[object], order: str) -> None:
    scores = pd.DataFrame({"customer_id": list("abcd"), column: values})
    if column.startswith(PROBABILITY):
        scores[f"{PROBABILITY}no"] = 1 - scores[column]
        card = None
        first = best_first(scores[["customer_id", f"{PROBABILITY}no", column]], card)["customer_id"]
        assert "".join(first) in (order, order[::-1])  # without a card, which answer is asked about is a convention
        return
    assert "".join(best_first(scores, None)["customer_id"]) == order
