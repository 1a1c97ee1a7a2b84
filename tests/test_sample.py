"""The simulated shop: the same every time, quick, and with the habits of a real one."""

import time

import pandas as pd
import pytest

from lib.layouts import understand
from lib.orders import clean, extreme_lines
from lib.sample import END, PRODUCTS, START, sample_shop
from lib.tables import Table
from tests.machine import slowness


def test_the_same_seed_gives_the_same_shop_and_another_seed_another():
    one = sample_shop(customers=200)
    pd.testing.assert_frame_equal(one, sample_shop(customers=200))
    assert not one.equals(sample_shop(customers=200, seed=8))


def test_it_is_made_in_well_under_a_second():
    before = time.process_time()
    sample_shop()
    assert time.process_time() - before < 1.0 * slowness()


def test_it_looks_like_an_export():
    shop = sample_shop(customers=300)
    assert list(shop.columns) == [
        "order_id",
        "date",
        "customer",
        "email",
        "product",
        "quantity",
        "unit_price",
        "country",
    ]
    assert shop["date"].between(pd.Timestamp(START), pd.Timestamp(END)).all()
    assert shop["date"].is_monotonic_increasing
    assert shop["country"].nunique() >= 5
    assert set(shop["product"]) <= {name for name, _ in PRODUCTS}


@pytest.mark.slow
def test_every_habit_of_a_real_shop_is_in_it():
    shop = sample_shop()
    table = Table(shop, "sample_shop.csv", "", "csv")
    found = understand(table)
    orders = clean(table, found)
    assert found.kind == "orders"
    assert {"no_customer", "duplicate", "cancelled", "zero_price"} <= set(orders.ledger.set_aside)
    assert orders.ledger.rows_used > 0.85 * orders.ledger.rows_in
    assert 2_900 <= orders.lines["customer_id"].nunique() <= 3_000
    assert extreme_lines(orders)["quantity"].tolist() == [500, -500]
    # December is far busier than February
    by_month = orders.lines.groupby(orders.lines["ordered_at"].dt.month)["order_id"].nunique()
    assert by_month[12] > 1.3 * by_month[2]


@pytest.mark.slow
def test_customers_buy_at_rates_of_their_own_and_drop_out():
    table = Table(sample_shop(), "sample_shop.csv", "", "csv")
    lines = clean(table, understand(table)).lines
    counts = lines.groupby("customer_id")["order_id"].nunique()
    assert 0.2 < (counts == 1).mean() < 0.5
    assert counts.max() > 20
    cutoff = pd.Timestamp("2025-04-01")
    known = set(lines.loc[lines["ordered_at"] < cutoff, "customer_id"])
    again = set(lines.loc[lines["ordered_at"] >= cutoff, "customer_id"]) & known
    assert 0.15 < len(again) / len(known) < 0.35
