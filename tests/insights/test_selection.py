"""What a click selects: the same customers as a second computation finds, in a text without names."""

from collections import defaultdict
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

import pandas as pd
import pytest

from lib import insights
from lib.insights import Criterion, Filters, code_of
from lib.ui.exploring.cache import Explored
from tests.insights import reference
from tests.insights.shops import SEEDS, generated, ten_filters


def names(history: insights.History, criterion: Criterion) -> set[str]:
    return set(history.customer_ids[insights.customers_meeting(history, [criterion])])


def expected(v: reference.View) -> dict[tuple[str, tuple[str, ...]], set[str]]:
    """Kind and values → customers, for some of everything that can be clicked."""
    found: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    customers = reference.customers(v)
    states = reference.segments(v.shop, v.end, v.net)
    for who, row in customers.items():
        bands = (
            reference.band(row["recency_days"], (30, 90, 180, 365)),
            reference.band(row["frequency_orders"], (1, 2, 5, 10)),
        )
        found["rfm", tuple(str(band) for band in bands)].add(who)
        found["segment", (states[who],)].add(who)
        if states[who] in ("at_risk", "cant_lose"):
            found["quiet", ("",)].add(who)
        if sum(order.at < v.end for order in v.shop.by_customer[who]) == 1:
            found["once", ("",)].add(who)
    members: dict[str, set[str]] = defaultdict(set)
    for order in v.orders:
        if order.number == 1:
            members[f"{order.at:%Y-%m}"].add(order.customer)
            found["buyers", ("new",)].add(order.customer)
            for product in order.products:
                found["began", ("product", code_of(product))].add(order.customer)
            if order.country:
                found["began", ("country", code_of(order.country))].add(order.customer)
        found["buyers", ("",)].add(order.customer)
        found["hour", (str(order.at.weekday()), str(order.at.hour))].add(order.customer)
        found["time", ("week", f"{reference.bucket(order.at, 'week'):%Y%m%d}", "")].add(order.customer)
        if order.number == 1:
            found["time", ("month", f"{reference.bucket(order.at, 'month'):%Y%m%d}", "new")].add(order.customer)
        else:
            found["time", ("month", f"{reference.bucket(order.at, 'month'):%Y%m%d}", "repeat")].add(order.customer)
        if order.country:
            found["country", (code_of(order.country),)].add(order.customer)
        for product in order.products:
            found["product", (code_of(product),)].add(order.customer)
    for month, who in members.items():
        found["cohort", (month, "0")] = who
        later = pd.Period(month, "M") + 2
        found["cohort", (month, "2")] = {
            order.customer for order in v.orders if order.customer in who and f"{order.at:%Y-%m}" == str(later)
        }
    lapse = timedelta(v.shop.lapse)
    for order in v.shop.orders:
        gone = order.at + lapse
        here = not v.countries or order.country in v.countries
        if v.start <= gone < v.end and not (order.next and order.next <= gone) and here:
            found["time", ("month", f"{reference.bucket(gone, 'month'):%Y%m%d}", "lost")].add(order.customer)
    for one in v.returns:
        if one.customer in v.shop.by_customer:
            found["returned", ("",)].add(one.customer)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_everything_clicked_stands_for_its_customers(seed: int) -> None:
    lines, returns = generated(seed)
    history, shop = insights.prepare(lines, returns), reference.read(lines, returns)
    for start, end, countries, net in ten_filters(lines, seed)[::3]:
        filters = Filters(*(None if at is None else pd.Timestamp(at) for at in (start, end)), countries, net)
        v = reference.view(shop, start, end, countries, net)
        if start is None:
            v.returns = [one for one in shop.returns if net and (not countries or one.country in countries)]
        for (kind, values), who in list(expected(v).items())[:250]:
            assert names(history, Criterion(kind, (values,), filters)) == who, (kind, values)


@pytest.mark.slow
def test_criteria_are_met_together_and_values_one_by_one() -> None:
    lines, returns = generated(4)
    history = insights.prepare(lines, returns)
    some = Criterion("buyers", (("",),), insights.last_days(history, 60))
    once = Criterion("once", (("",),), Filters())
    both = insights.customers_meeting(history, [some, once])
    assert set(history.customer_ids[both]) == names(history, some) & names(history, once)
    cells = [("0", "0"), ("1", "0")]
    together = names(history, Criterion("rfm", tuple(cells), Filters()))
    assert together == set.union(*(names(history, Criterion("rfm", (cell,), Filters())) for cell in cells))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_text_gives_the_criterion_back_and_names_nobody(seed: int) -> None:
    lines, returns = generated(seed)
    history = insights.prepare(lines, returns)
    product = str(lines["product"].dropna().iloc[0]) if lines["product"].notna().any() else "none"
    for start, end, countries, net in ten_filters(lines, seed):
        filters = Filters(*(None if at is None else pd.Timestamp(at) for at in (start, end)), countries, net)
        for kind, values in (
            ("rfm", (("1", "2"), ("3", "4"))),
            ("product", ((code_of(product),),)),
            ("once", (("",),)),
        ):
            criterion = Criterion(kind, values, filters)
            written = insights.criterion_text(criterion)
            assert insights.criterion_from_text(written, history.countries) == criterion
            for name in (*history.countries, *history.customer_ids, product):
                assert f":{name}" not in written
                assert f"~{name}" not in written


@pytest.mark.parametrize(
    "values",
    [("x", "y"), ("",), ("999999999999999999999", "1"), ("2024-99",), ("month", "x", "new"), ("week", "20240101", "z")],
)
@pytest.mark.parametrize("kind", list(insights.KINDS))
def test_values_that_make_no_sense_are_no_error(kind: str, values: tuple[str, ...]) -> None:
    lines, returns = generated(4)
    history = insights.prepare(lines, returns)
    insights.customers_meeting(history, [Criterion(kind, (values,), Filters())])


@pytest.mark.parametrize(
    "written",
    [
        *("", "rfm", "rfm:1:2", "evil:1@-", "rfm:1:2@2024-x", "rfm:1:2@99999999-99999999", "rfm:9:9@-", "rfm:x:y@-"),
        *("cohort:2024-13@-", "cohort:x@-", "time:year:20240101@-", "time:day:20241399@-", "segment:nobody@-"),
        *("hour:7:1@-", "hour:1:99@-", "best:x@-", "buyers:old@-", "country:Spain@-", "product:@-"),
    ],
)
def test_a_text_that_is_no_criterion_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        insights.criterion_from_text(written, ("Spain",))


def shop_of(*orders: tuple[str, str, str, str]) -> insights.History:
    """Customer, day, country and product of single-line orders."""
    who, day, country, product = zip(*orders, strict=True)
    return insights.prepare(
        pd.DataFrame(
            {
                "customer_id": who,
                "order_id": [str(number) for number in range(len(orders))],
                "ordered_at": pd.to_datetime(list(day)),
                "amount": 10.0,
                "quantity": 1.0,
                "product": product,
                "country": country,
            }
        )
    )


def test_a_column_s_value_in_the_first_order_stands_for_its_customers() -> None:
    history = shop_of(
        ("a", "2024-01-01", "Spain", "tea"),
        ("b", "2024-01-02", "Spain", "tea"),
        ("a", "2024-02-01", "Spain", "tea"),
        ("c", "2024-02-02", "Spain", "tea"),
    )
    columns = {"Channel": pd.Series(["web", "shop", "shop", "shop"], dtype="category")}
    written = f"began:column:{code_of('Channel')}:{code_of('shop')}@-"
    criterion = insights.criterion_in(history, written, lambda: columns)
    assert criterion is not None
    found = insights.customers_meeting(history, [criterion], lambda: columns)
    assert set(history.customer_ids[found]) == {"b", "c"}  # a came by the web; only later through the shop
    assert not insights.customers_meeting(history, [criterion]).any()


@pytest.mark.parametrize(
    "written",
    [
        f"buyers:@-~{code_of('France')}",
        f"buyers:@-~{code_of('Spain')}~{code_of('France')}",
        f"country:{code_of('France')}@-",
        f"product:{code_of('tea')}:{code_of('jam')}@-",
        f"began:country:{code_of('France')}@-",
        f"began:product:{code_of('jam')}@-",
        f"began:column:{code_of('Channel')}:{code_of('shop')}@-",
    ],
)
def test_a_criterion_about_what_other_data_lack_is_not_widened(written: str) -> None:
    """A segment of French customers became one of all customers when next month's file had no France."""
    assert insights.criterion_in(shop_of(("a", "2024-01-01", "Spain", "tea")), written) is None
    assert insights.criterion_in(shop_of(("a", "2024-01-01", "Spain", "tea")), f"product:{code_of('tea')}@-")


# ------------------------------------------------------------------------------------------------ products, profile


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_page_of_a_customer_equals_the_reference(seed: int) -> None:
    lines, returns = generated(seed)
    history, shop = insights.prepare(lines, returns), reference.read(lines, returns)
    for who, own in list(shop.by_customer.items())[:25]:
        found = insights.profile(history, who)
        assert found is not None
        back = [one for one in shop.returns if one.customer == who]
        assert found.orders == len(own)
        assert found.spent == pytest.approx(sum(one.amount for one in (*own, *back)))
        assert found.recency_days == (shop.end - own[-1].at).total_seconds() // 86_400
        gaps = sorted((b.at - a.at).total_seconds() / 86_400 for a, b in pairwise(own))
        if len(gaps) >= 2:
            assert found.typical_gap_days == pytest.approx(reference.quantile(gaps, 0.5))
            assert not found.due_from_all
        assert (found.events["kind"] == "order").sum() == len(own)
        assert found.events["amount"].sum() == pytest.approx(found.spent)
        assert set(found.products["product"]) == {product for order in own for product in order.products}
    assert insights.profile(history, "nobody by that name") is None


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scope_of_everything_is_the_history_itself_and_no_analysis_changes_it(seed: int) -> None:
    history = insights.prepare(*generated(seed))
    before = [frame.copy(deep=True) for frame in (history.orders, history.returns, history.lines)]
    found = Explored(history, Filters(), None, None, (), dict)
    assert found.scope.orders is history.orders
    for name, part in vars(Explored).items():
        if isinstance(part, cached_property):
            getattr(found, name)
    for frame, was in zip((history.orders, history.returns, history.lines), before, strict=True):
        pd.testing.assert_frame_equal(frame, was)
