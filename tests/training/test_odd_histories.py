"""Intervals of the next order hold their share on shops with odd values and gaps, after the moment of prediction."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lib.features import code, features_of, next_order_of
from lib.schema import NEXT_ORDER
from lib.training import Question, train_orders
from lib.training.next_order import NOMINAL_COVERAGE
from tests.training.odd_histories import DAYS, FIRST_DAY, ODD_HISTORIES, drawn_history

HORIZON = 60
MOMENT = FIRST_DAY + pd.Timedelta(days=DAYS - HORIZON)


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(ODD_HISTORIES))
def test_four_of_five_next_orders_lie_inside_their_interval(kind):
    orders = drawn_history(kind)
    made = train_orders(orders, Question("next_order", cutoff=MOMENT, horizon_days=HORIZON))
    before = replace(orders, lines=orders.lines[orders.lines["ordered_at"] < MOMENT])
    names = list(made.pipeline[0].feature_names_in_)
    table = features_of(code(before), MOMENT, columns=names, constants=made.card.features)
    predicted = pd.DataFrame(made.pipeline.predict(table), columns=list(NEXT_ORDER), index=table.index)
    later = next_order_of(code(orders), MOMENT, HORIZON).loc[table.index].dropna()
    predicted = predicted.loc[later.index]
    error = np.sqrt(NOMINAL_COVERAGE * (1 - NOMINAL_COVERAGE) / len(later))
    for part in ("days", "value"):
        ends = predicted[f"next_order_{part}_low"], predicted[f"next_order_{part}_high"]
        inside = float(later[part].between(*ends).mean())
        assert inside > NOMINAL_COVERAGE - 2.5 * error, part
        if part == "days" or not ODD_HISTORIES[kind].atoms:
            assert inside < NOMINAL_COVERAGE + 3.5 * error, part
            assert made.card.metrics[f"{part}_coverage"] == pytest.approx(NOMINAL_COVERAGE, abs=3.5 * error)
