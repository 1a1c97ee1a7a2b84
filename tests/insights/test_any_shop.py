"""Every figure of Explore of shops that nobody looked at, under several filters, of all and of some customers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

import numpy as np
import pandas as pd
import pytest

from lib import insights
from lib.insights import FREQUENCIES, Filters, Scope
from lib.insights.first_order import MAX_GROUPS, MIN_WATCHED
from tests.insights import reference
from tests.insights.any_shops import any_filters, any_shop
from tests.insights.test_reference import NEAR, check_everything, same_rows, stamp

SEEDS = (*range(7), 21, 28)
"""One of each kind of time, and shops in which lines of two orders of a customer lie between each other: the second of
them was taken for the first with a product."""


def both(seed: int) -> tuple[insights.History, reference.Shop]:
    lines, returns = any_shop(seed)
    return insights.prepare(lines, returns), reference.read(lines, returns)


def scopes(seed: int, history: insights.History, shop: reference.Shop) -> Iterator[tuple[Scope, reference.View]]:
    """Both computations under each filter, of all customers and of a half of them."""
    random = np.random.default_rng([seed, 79])
    names = sorted({order.country for order in shop.orders if order.country is not None})
    for start, end, countries, net in any_filters(shop.first_day, shop.end, names, seed):
        half = random.random(len(history.customer_ids)) < 0.5
        for flags in (None, half):
            among = None if flags is None else frozenset(history.customer_ids[flags])
            filters = Filters(stamp(start), stamp(end), countries, net)
            other = reference.view(shop, start, end, countries, net, among)
            if start is None and end is None:  # returns after the last order count where no period is chosen
                other.returns = [
                    one
                    for one in shop.returns
                    if net and (not countries or one.country in countries) and reference.is_among(one.customer, among)
                ]
            yield insights.scope(history, filters, flags), other


def check_shop(seed: int) -> None:
    history, shop = both(seed)
    for found, other in scopes(seed, history, shop):
        if other.orders:
            check_everything(found, other)
            check_more(found, other)
            check_compared(found, other)
        else:
            assert found.empty
    check_profiles(history, shop)


def check_more(found: Scope, other: reference.View) -> None:
    """Medians of segments, the whole list of the best customers, moves between any two days, cohorts by first order."""
    people = reference.customers(other)
    states = reference.segments(other.shop, other.end, other.net)
    customers = insights.customers_of(found)
    for row in insights.by_segment(customers).itertuples():
        mine = [one for who, one in people.items() if states[who] == row.segment]
        assert row.customers == len(mine)
        assert row.revenue == pytest.approx(sum(one["monetary_total"] for one in mine), **NEAR)
        assert row.recency_days == median(one["recency_days"] for one in mine)
        assert row.frequency_orders == median(one["frequency_orders"] for one in mine)
    top = insights.top_customers(found, customers)
    money = sorted((one["monetary_total"] for one in people.values()), reverse=True)[:20]
    assert top["monetary_total"].tolist() == pytest.approx(money, **NEAR)
    total = reference.revenue(other)
    for row in top.itertuples():
        mine = people[row.customer_id]
        assert row.monetary_total == pytest.approx(mine["monetary_total"], **NEAR)
        assert (row.frequency_orders, row.recency_days) == (mine["frequency_orders"], mine["recency_days"])
        if total > 0:
            assert row.share_revenue == pytest.approx(mine["monetary_total"] / total, **NEAR)
    for kind in ("product", "country"):
        of_lines = found.history.lines["product"] if kind == "product" else None
        table = insights.cohorts_by(found, insights.first_orders_by(found, of_lines))
        expected = reference.cohorts_by(other, kind)
        sizes = sorted({name: row["size"] for (name, _), row in expected.items()}.values(), reverse=True)
        assert sorted(table.drop_duplicates("group")["size"], reverse=True) == sizes[:MAX_GROUPS]
        for row in table.itertuples():
            wanted = expected[row.group, row.months]
            assert (row.size, row.watched, row.active) == (wanted["size"], wanted["watched"], wanted["active"])
            if row.watched >= MIN_WATCHED:
                assert row.per_customer == pytest.approx(wanted["money"] / row.watched, **NEAR)
            else:
                assert np.isnan(row.share)


def earlier(v: reference.View, kind: str) -> tuple[datetime, datetime] | None:
    """As many days before, or the same days a year earlier, where the history begins by then."""
    if kind == "previous":
        start, end = v.start - (v.end - v.start), v.start
    else:
        start, end = (a_year_before(moment) for moment in (v.start, v.end))
    return None if start < v.shop.first_day - timedelta(v.shop.edge) else (start, end)


def a_year_before(moment: datetime) -> datetime:
    leap_day = (moment.month, moment.day) == (2, 29)
    return moment.replace(year=moment.year - 1, day=28 if leap_day else moment.day)


def check_compared(found: Scope, other: reference.View) -> None:
    for kind, filters in (
        ("previous", insights.previous_period(found)),
        ("year", insights.same_period_last_year(found)),
    ):
        period = earlier(other, kind)
        assert (filters is None) == (period is None)
        if filters is None or period is None:
            continue
        assert (filters.start, filters.end) == (stamp(period[0]), stamp(period[1]))
        then = reference.view(other.shop, *period, other.countries, other.net, other.among)
        compared = insights.scope(found.history, filters, found.customers)
        assert len(compared.orders) == len(then.orders)
        figures = insights.key_figures(found, compared, insights.over_time(found, "month"))
        now, before = reference.key_figures(other), reference.key_figures(then)
        for figure in figures:
            if not then.orders:
                assert figure.before is None
                continue
            assert figure.before == pytest.approx(before[figure.key], nan_ok=True, **NEAR)
            if figure.unit == "share":
                assert figure.change == pytest.approx(now[figure.key] - before[figure.key], **NEAR)
            elif before[figure.key] > 1e-6:
                assert figure.change == pytest.approx(now[figure.key] / before[figure.key] - 1, **NEAR)
        for frequency in FREQUENCIES:
            if frequency != "day" or found.days < 100:
                rows = insights.over_time(compared, frequency, like=found)
                same_rows(rows[["start", "revenue", "orders"]], laid_on(then, other, frequency))


def laid_on(then: reference.View, now: reference.View, frequency: str) -> list[dict[str, object]]:
    """Money and orders of one period in the buckets of another, each moved by the days between the two beginnings."""
    moved = now.start - then.start
    found = reference.starts(now, frequency)
    rows = {start: {"start": start, "revenue": 0.0, "orders": 0} for start in found}
    for one in (*then.orders, *then.returns):
        start = min(max(reference.bucket(one.at + moved, frequency), found[0]), found[-1])
        rows[start]["revenue"] += one.amount
        rows[start]["orders"] += isinstance(one, reference.Order)
    return list(rows.values())


def check_profiles(history: insights.History, shop: reference.Shop) -> None:
    """The page of each customer: money, products, pauses, when the next order is due, and how others went on."""
    states = reference.segments(shop, shop.end, True)
    for who, own in list(shop.by_customer.items())[:20]:
        found = insights.profile(history, who)
        assert found is not None
        back = [one for one in shop.returns if one.customer == who]
        assert (found.orders, found.segment) == (len(own), states[who])
        assert found.spent == pytest.approx(sum(one.amount for one in (*own, *back)), **NEAR)
        assert found.returned == pytest.approx(-sum(one.amount for one in back), **NEAR)
        assert found.recency_days == (shop.end - own[-1].at).total_seconds() // 86_400
        gaps = [(b.at - a.at).total_seconds() / 86_400 for a, b in pairwise(own)]
        lasted = (shop.end - own[-1].at).total_seconds() / 86_400
        alike = [
            (((one.next or shop.end) - one.at).total_seconds() / 86_400, one.next is not None)
            for one in shop.orders
            if group_of(one.number) == group_of(len(own))
        ]
        ended = [days for days, followed in alike if followed]
        typical = median(gaps) if len(gaps) >= 2 else median(ended) if len(ended) >= 20 else None
        if typical is None:
            assert found.next_order_due is None
        else:
            due = own[-1].at + timedelta(days=typical)
            assert abs(found.next_order_due - pd.Timestamp(due).normalize()) <= pd.Timedelta(days=1)
        as_long = [followed for days, followed in alike if days >= lasted]
        assert found.similar_pauses == len(as_long)
        if len(as_long) >= 20:
            assert found.resumed_share == pytest.approx(sum(as_long) / len(as_long))
        assert found.events["amount"].sum() == pytest.approx(found.spent, **NEAR)
        products: dict[str, list[float]] = {}
        for order in own:
            for product, amount, pieces in order.lines:
                row = products.setdefault(product, [0.0, 0.0])
                row[0] += amount
                row[1] += pieces
        table = found.products.set_index("product")
        assert set(table.index) == set(products)
        for product, (amount, pieces) in products.items():
            row = table.loc[product]
            with_it = [order for order in own if product in order.products]
            assert row["amount"] == pytest.approx(amount, **NEAR)
            assert row["pieces"] == pytest.approx(pieces)
            assert (row["orders"], row["last_bought"]) == (len(with_it), max(order.at for order in with_it))


def group_of(orders: int) -> int:
    """Customers after 1, 2, 3, 4 to 6, and 7 and more orders."""
    return sum(orders > end for end in (1, 2, 3, 6))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_any_shop_equals_the_reference(seed: int) -> None:
    check_shop(seed)
