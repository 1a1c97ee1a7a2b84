"""Every figure and table of Explore equals a second, independent computation: generated, sample and real shops."""

import math
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from lib import insights, layouts, orders, tables
from lib.insights import FREQUENCIES, Filters, Scope
from lib.insights.products import MAX_PRODUCTS
from lib.sample import sample_shop
from lib.tables import Table
from tests.insights import reference
from tests.insights.shops import SEEDS, generated, ten_filters

NEAR = {"rel": 1e-9, "abs": 1e-6}


def pairs(lines: pd.DataFrame, returns: pd.DataFrame, seed: int = 0) -> Iterator[tuple[Scope, reference.View]]:
    """Both computations of the same shop under each of ten filters."""
    history, shop = insights.prepare(lines, returns), reference.read(lines, returns)
    assert (history.edge_days, history.lapse_days) == (shop.edge, shop.lapse)
    for start, end, countries, net in ten_filters(lines, seed):
        filters = Filters(stamp(start), stamp(end), countries, net)
        found = insights.scope(history, filters)
        other = reference.view(shop, start, end, countries, net)
        if start is None and end is None:  # returns after the last order count where no period is chosen
            other.returns = [one for one in shop.returns if net and (not countries or one.country in countries)]
        yield found, other


def stamp(moment: datetime | None) -> pd.Timestamp | None:
    return None if moment is None else pd.Timestamp(moment)


def check_everything(found: Scope, other: reference.View) -> None:
    assert found.revenue == pytest.approx(reference.revenue(other), **NEAR)
    assert found.returned_outside == pytest.approx(reference.returned_outside(other), **NEAR)
    assert len(found.orders) == len(other.orders)
    check_figures(found, other)
    for frequency in FREQUENCIES:
        if frequency != "day" or found.days < 200:
            same_rows(insights.over_time(found, frequency), reference.over_time(other, frequency))
            same_rows(insights.movement(found, frequency), reference.movement(other, frequency))
    same_rows(insights.cohorts(found), reference.cohorts(other), keys=("cohort", "age_months"))
    check_customers(found, other)
    check_places_and_times(found, other)
    check_reordering(found, other)
    check_findings(found, other)
    check_products(found, other)
    check_baskets(found, other)
    same_rows(insights.lifetime_value(found), reference.lifetime_value(other), keys=("cohort", "months"))


def check_products(found: Scope, other: reference.View) -> None:
    expected = reference.products(other)
    table = insights.by_product(found).set_index("product")
    assert set(table.index) == set(expected)
    if not expected:
        return
    rows = pd.DataFrame.from_dict(expected, orient="index").reindex(table.index)
    for name in ("orders", "customers", "first_orders"):
        assert table[name].tolist() == rows[name].tolist(), name
    for name, wanted in {
        "revenue": rows.get("sold", 0) - rows.get("returned", 0),
        "pieces": rows["pieces"],
        "returned": rows["returned"],
        "ordered_again": rows["ordered_again"],
        "first_share": rows["first_orders"] / rows["orders"],
        "returned_share": (rows["returned"] / rows["sold"]).where(rows["sold"] > 0),
    }.items():
        assert table[name].tolist() == pytest.approx(wanted.tolist(), nan_ok=True, **NEAR), name
    assert table["revenue"].is_monotonic_decreasing


def check_baskets(found: Scope, other: reference.View) -> None:
    table = insights.baskets(found)
    orders_with = [order for order in other.orders if order.products]
    times = Counter(product for order in orders_with for product in order.products)
    if len(times) > MAX_PRODUCTS:  # which of equally frequent products are looked at is left open
        among = set(table["first"]) | set(table["second"])
    else:
        among = set(times)
    both = reference.pairs_of_products(other, among)
    total = len(orders_with)
    for row in table.itertuples():
        count = both[min(row.first, row.second), max(row.first, row.second)]
        assert (row.orders, row.support) == (count, pytest.approx(count / total))
        assert row.confidence == pytest.approx(count / times[row.first])
        assert row.lift == pytest.approx(count * total / (times[row.first] * times[row.second]))
        assert times[row.first] <= times[row.second]
    if among == set(times):
        lifts = [
            count * total / (times[one] * times[two])
            for (one, two), count in both.items()
            if count >= max(5, total / 500)
        ]
        assert table["lift"].tolist() == pytest.approx(sorted(lifts, reverse=True)[:50])


def check_findings(found: Scope, other: reference.View) -> None:
    expected = list(reference.findings(other).items())[: insights.MAX_FINDINGS]
    said = insights.findings(found, insights.customers_of(found), insights.reorder_curve(found))
    assert [one.key.removesuffix("_days") for one in said] == [key for key, _ in expected]
    for one, (key, facts) in zip(said, expected, strict=True):
        assert dict(one.facts) | facts == pytest.approx(dict(one.facts), **NEAR), key


def check_figures(found: Scope, other: reference.View) -> None:
    expected = reference.key_figures(other)
    figures = insights.key_figures(found, None, insights.over_time(found, "month"))
    for figure in figures:
        assert figure.value == pytest.approx(expected[figure.key], nan_ok=True, **NEAR), figure.key
        assert figure.change is None
    months = [row for row in reference.over_time(other, "month") if row["complete"]]
    assert list(figures[0].path) == pytest.approx([row["revenue"] for row in months], **NEAR)


def same_rows(table: pd.DataFrame, rows: list[dict[str, object]], keys: tuple[str, ...] = ("start",)) -> None:
    assert [tuple(row[key] for key in keys) for row in rows] == list(
        table[list(keys)].itertuples(index=False, name=None)
    )
    for name in rows[0] if rows else ():
        if name in keys:
            continue
        assert table[name].tolist() == pytest.approx([row[name] for row in rows], nan_ok=True, **NEAR), name


def check_customers(found: Scope, other: reference.View) -> None:
    expected = reference.customers(other)
    customers = insights.customers_of(found)
    named = insights.with_ids(customers, found.history).set_index("customer_id")
    assert set(named.index) == set(expected)
    states = reference.segments(other.shop, other.end, other.net)
    for who, row in expected.items():
        for name, value in row.items():
            cell = named.at[who, name]
            if name == "country":
                assert cell == value or (value is None and pd.isna(cell))
            else:
                assert cell == pytest.approx(value, **NEAR) if isinstance(value, float) else cell == value, name
        assert named.at[who, "segment"] == states[who]
    grid = {
        (row.recency_band, row.frequency_band): (row.customers, row.revenue)
        for row in insights.rfm_grid(customers).itertuples()
        if row.customers
    }
    assert {cell: count for cell, (count, _) in grid.items()} == {
        cell: count for cell, (count, _) in reference.rfm_grid(other).items()
    }
    for cell, (_, money) in reference.rfm_grid(other).items():
        assert grid[cell][1] == pytest.approx(money, **NEAR)
    if len(customers):
        assert insights.share_of_best(customers) == pytest.approx(reference.pareto(other, 0.2), **NEAR)
        curve = insights.pareto(customers)
        for share in (0.1, 0.5):
            if len(customers) % 10 == 0:
                at = curve[(curve["share_customers"] - share).abs() < 1e-9]
                assert at["share_revenue"].tolist() == pytest.approx([reference.pareto(other, share)], **NEAR)
        best = max(row["monetary_total"] for row in expected.values())
        top = insights.top_customers(found, customers)
        assert top["monetary_total"].iloc[0] == pytest.approx(best, **NEAR)
    check_migration(found, other)


def check_migration(found: Scope, other: reference.View) -> None:
    then = reference.segments(other.shop, other.start, other.net, frozen_at=other.end)
    now = reference.segments(other.shop, other.end, other.net)
    expected: dict[tuple[str, str], int] = {}
    for who in {order.customer for order in other.orders}:
        pair = then.get(who, insights.ARRIVED), now[who]
        expected[pair] = expected.get(pair, 0) + 1
    table = insights.migration(found, found.start, found.end)
    assert {(row.before, row.now): row.customers for row in table.itertuples()} == expected


def check_places_and_times(found: Scope, other: reference.View) -> None:
    expected = reference.by_country(other)
    table = insights.by_country(found).set_index("country")
    assert set(table.index) == set(expected)
    for name, row in expected.items():
        assert table.loc[name, list(row)].tolist() == pytest.approx(list(row.values()), **NEAR)
    times = insights.by_weekday_hour(found)
    if insights.has_hours(found):
        counted = {(row.weekday, row.hour): row.orders for row in times.itertuples() if row.orders}
        assert counted == dict(reference.weekday_hour(other))
        money = {(row.weekday, row.hour): row.revenue for row in times.itertuples() if row.orders}
        assert money == pytest.approx(reference.weekday_hour_money(other), **NEAR)
    assert times["orders"].sum() == len(other.orders)


def check_reordering(found: Scope, other: reference.View) -> None:
    curve = insights.reorder_curve(found)
    for kind in ("first", "later"):
        of_kind = curve[curve["kind"] == kind]
        for days in (0, 7, 60, 200):
            if days < len(of_kind):
                share = of_kind["share"].iloc[days]
                assert share == pytest.approx(reference.reorder_curve(other, kind, days), abs=1e-9), (kind, days)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_a_generated_shop_equals_the_reference_under_ten_filters(seed: int) -> None:
    for found, other in pairs(*generated(seed), seed):
        check_everything(found, other)


def cleaned(table: Table) -> orders.Orders:
    return orders.clean(table, layouts.understand(table))


@pytest.mark.slow
def test_every_figure_of_the_sample_shop_equals_the_reference_under_ten_filters() -> None:
    shop = cleaned(Table(sample_shop(customers=700), "sample.csv", "0" * 64, "csv"))
    for found, other in pairs(shop.lines, shop.returns):
        check_everything(found, other)


@pytest.fixture(scope="module")
def online_retail(shared: Path) -> orders.Orders:
    path = shared / "online_retail" / "online_retail.csv.gz"
    return cleaned(tables.read_tables([(path.name, path.read_bytes())])[0])


@pytest.mark.slow
def test_every_figure_of_online_retail_equals_the_reference_under_ten_filters(online_retail: orders.Orders) -> None:
    for found, other in pairs(online_retail.lines, online_retail.returns):
        check_everything(found, other)


@pytest.mark.slow
def test_revenue_of_online_retail_is_net_of_what_was_given_back(online_retail: orders.Orders) -> None:
    size = insights.size(insights.prepare(online_retail.lines, online_retail.returns))
    gross = online_retail.lines["amount"].sum()
    assert size.returned > 500_000
    assert size.revenue == pytest.approx(gross - size.returned)
    assert not math.isclose(size.revenue, gross)
