"""Cohorts by what the first order was equal a second computation."""

import math

import pandas as pd
import pytest

from lib import insights, layouts, orders
from lib.tables import Table
from tests.insights import reference
from tests.insights.shops import SEEDS, generated
from tests.insights.test_reference import pairs


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_cohorts_by_product_and_country_equal_the_reference(seed: int) -> None:
    for found, other in list(pairs(*generated(seed), seed))[::2]:
        for kind in ("product", "country"):
            lines = found.history.lines["product"] if kind == "product" else None
            table = insights.cohorts_by(found, insights.first_orders_by(found, lines))
            expected = reference.cohorts_by(other, kind)
            assert table["group"].nunique() == min(12, len({name for name, _ in expected}))
            for row in table.itertuples():
                wanted = expected[row.group, row.months]
                assert (row.size, row.watched, row.active) == (wanted["size"], wanted["watched"], wanted["active"])
                few = wanted["watched"] < 10
                assert math.isnan(row.share) == math.isnan(row.per_customer) == few
                if not few:
                    assert row.share == pytest.approx(wanted["active"] / wanted["watched"])
                    assert row.per_customer == pytest.approx(wanted["money"] / wanted["watched"])


def test_any_column_of_the_lines_can_tell_cohorts_apart() -> None:
    lines, returns = generated(7)
    history = insights.prepare(lines, returns)
    view = insights.scope(history, insights.Filters())
    channel = pd.Series(["web" if place % 3 else None for place in range(len(lines))])
    found = insights.first_orders_by(view, channel)
    rows = channel.notna() & (history.orders["order_number"].to_numpy()[history.lines["order"]] == 1)
    owners = history.orders["customer"].to_numpy()[history.lines["order"]]
    assert set(found["customer"]) == set(owners[rows.to_numpy()])
    assert set(found["group"]) == {"web"}


def test_columns_beside_the_roles_are_offered_line_by_line() -> None:
    frame = pd.DataFrame(
        {
            "Order ID": ["1", "1", "2", "3", "4"],
            "Date": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01", "2024-03-01", "2024-01-15"]),
            "Customer ID": ["a", "a", "b", "a", ""],
            "Amount": [5.0, 6.0, 7.0, 8.0, 9.0],
            "Channel": ["web", "web", "shop", None, "web"],
            "Email": ["a@x.de", "a@x.de", "b@x.de", "a@x.de", "c@x.de"],
            "Same": ["x"] * 5,
        }
    )
    table = Table(frame, "shop.csv", "", "csv")
    understood = layouts.understand(table)
    found = orders.line_columns(orders.clean(table, understood), [table], [understood])
    assert list(found) == ["Channel"]
    kept = orders.clean(table, understood)
    ids = dict(zip(kept.lines["order_id"], found["Channel"].astype("object"), strict=True))
    assert ids["1"] == "web"
    assert ids["2"] == "shop"
    assert pd.isna(ids["3"])
