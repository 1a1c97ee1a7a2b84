"""Lifetime value equals a second computation, and the forecast is that of the purchase-pattern model."""

import numpy as np
import pandas as pd
import pytest

from lib import btyd, features, insights
from lib.insights import Filters
from lib.orders import Orders
from lib.sample import sample_shop
from lib.tables import Table
from tests.insights.shops import SEEDS, generated
from tests.insights.test_reference import cleaned


@pytest.fixture(scope="module")
def shop() -> tuple[Orders, insights.History, insights.Pattern]:
    orders = cleaned(Table(sample_shop(customers=400), "sample.csv", "0" * 64, "csv"))
    history = insights.prepare(orders.lines, orders.returns)
    found = insights.pattern(history)
    assert found is not None
    return orders, history, found


@pytest.mark.slow
def test_the_model_sees_what_training_sees(shop) -> None:
    orders, history, found = shop
    seen = features.history_of(features.code(orders), history.end)
    mine, theirs = (pd.DataFrame(vars(one)).round(9) for one in (found.history, seen))
    columns = list(mine.columns)
    pd.testing.assert_frame_equal(
        mine.sort_values(columns, ignore_index=True), theirs.sort_values(columns, ignore_index=True)
    )


@pytest.mark.slow
def test_cohorts_add_up_to_the_total_of_the_model(shop) -> None:
    _, history, found = shop
    table = insights.expected_value(insights.scope(history, Filters(net=False)), found)
    weeks = insights.forecast_months(history) * 30 / 7
    total = btyd.total_ranges(found.history, weeks)["spend"]
    everybody = btyd.spend_ranges(found.history, np.zeros(len(history.customer_ids), dtype=np.int64), 1, weeks)[0]
    assert vars(everybody) == pytest.approx(vars(total))
    assert (table["expected"] * table["customers"]).sum() == pytest.approx(total.value)
    assert (table["low"] < table["expected"]).all()
    assert (table["expected"] < table["high"]).all()
    each = [insights.expectation(history, found, number).spend for number in range(len(history.customer_ids))]
    assert sum(each) == pytest.approx(total.value * found.net_share)


@pytest.mark.slow
def test_a_regular_customer_is_expected_back_sooner_than_one_who_left(shop) -> None:
    _, history, found = shop
    seen = found.history
    often = int(np.argmax(np.where(seen.weeks - seen.last_week < 4, seen.repeats, -1)))
    gone = int(np.argmax(np.where(seen.repeats >= 2, seen.weeks - seen.last_week, -1)))
    regular, left = (insights.expectation(history, found, number) for number in (often, gone))
    assert regular.chance > left.chance
    assert regular.alive > left.alive
    low, middle, high = regular.next_days[1], regular.next_days[0], regular.next_days[2]
    assert 0 < low < middle < high < 31 * regular.months


@pytest.mark.slow
def test_nothing_is_forecast_of_too_little() -> None:
    assert [seed for seed in SEEDS if insights.pattern(insights.prepare(*generated(seed))) is None][:2] == [1, 2]
