"""Explore's small tables, on orders small enough to add up by hand."""

import pandas as pd
import pytest

from lib import insights
from lib.insights import Filters, Scope
from lib.schema import ORDER_LINES


def lines(rows: list[tuple[str, str, str, float, str]]) -> pd.DataFrame:
    """`customer, order, day, amount, country`, one line each."""
    frame = pd.DataFrame(rows, columns=["customer_id", "order_id", "ordered_at", "amount", "country"])
    return frame.assign(
        ordered_at=pd.to_datetime(frame["ordered_at"], format="ISO8601").astype("datetime64[us]"),
        quantity=1.0,
        product="x",
    )[[column.name for column in ORDER_LINES]]


SHOP = lines(
    [
        ("ann", "1", "2024-01-05 10:00", 10.0, "ES"),
        ("ann", "1", "2024-01-05 10:05", 5.0, "ES"),
        ("bob", "2", "2024-01-20", 20.0, "FR"),
        ("ann", "3", "2024-02-10", 30.0, "ES"),
        ("cid", "4", "2024-02-11", 40.0, "ES"),
        ("ann", "5", "2024-03-31", 50.0, "ES"),
        ("cid", "5", "2024-03-31", 60.0, "ES"),
    ]
)
HISTORY = insights.prepare(SHOP)
ORDERS = HISTORY.orders
ALL = insights.scope(HISTORY, Filters())


def under(*, start: str = "", end: str = "", countries: tuple[str, ...] = (), net: bool = True) -> Scope:
    filters = Filters(pd.Timestamp(start) if start else None, pd.Timestamp(end) if end else None, countries, net)
    return insights.scope(HISTORY, filters)


def ids(view: Scope) -> list[str]:
    return [str(HISTORY.customer_ids[number]) for number in view.orders["customer"]]


def key_figures(view: insights.Scope, compared: insights.Scope | None = None) -> tuple[insights.Figure, ...]:
    return insights.key_figures(view, compared, insights.over_time(view, "month"))


def test_lines_of_one_order_are_one_row_at_the_moment_of_the_first() -> None:
    first = ORDERS.iloc[0]
    assert (first["order_id"], first["amount"], first["pieces"]) == ("1", 15.0, 2.0)
    assert first["ordered_at"] == pd.Timestamp("2024-01-05 10:00")


def test_returns_of_customers_without_an_order_are_in_no_sentence_about_customers() -> None:
    """Their money was in the sentence and they were not among its customers."""
    sold = lines([(who, who, "2024-01-05", 100.0, "ES") for who in ("ann", "bob", "cid")])
    back = lines([(who, who, "2024-01-20", -10.0, "ES") for who in ("ann", "bob", "cid", "zed", "zed")])
    view = insights.scope(insights.prepare(sold, back), Filters())
    found = insights.findings(view, insights.customers_of(view), insights.reorder_curve(view))
    (said,) = (one for one in found if one.key == "returns")
    assert dict(said.facts) == {"revenue": 30.0, "share": 0.1, "customers": 3}


def test_the_same_order_number_of_two_customers_is_two_orders() -> None:
    assert len(ORDERS) == 6
    assert set(HISTORY.customer_ids[ORDERS.loc[ORDERS["order_id"] == "5", "customer"]]) == {"ann", "cid"}


def test_filters_keep_the_first_moment_and_leave_out_the_last() -> None:
    assert under(start="2024-01-20", end="2024-02-11").orders["order_id"].tolist() == ["2", "3"]
    assert ids(under(countries=("FR",))) == ["bob"]


def test_chosen_days_are_both_included() -> None:
    chosen = insights.between(pd.Timestamp("2024-01-05"), pd.Timestamp("2024-01-20"))
    assert insights.scope(HISTORY, chosen).orders["order_id"].tolist() == ["1", "2"]


def test_months_without_orders_are_shown_and_new_customers_counted_once() -> None:
    table = insights.over_time(ALL, "month")
    assert table["start"].dt.month.tolist() == [1, 2, 3]
    assert table["revenue"].tolist() == [35.0, 70.0, 110.0]
    assert table["new_customers"].tolist() == [2, 1, 0]
    assert table["returning_revenue"].tolist() == [0.0, 30.0, 110.0]
    spain = insights.over_time(under(countries=("ES",)), "month")
    assert spain["revenue"].tolist() == [15.0, 70.0, 110.0]
    gap = insights.over_time(
        insights.scope(insights.prepare(SHOP[SHOP["ordered_at"].dt.month != 2]), Filters()), "month"
    )
    assert gap["revenue"].tolist() == [35.0, 0.0, 110.0]


def test_who_is_new_does_not_change_under_a_filter() -> None:
    """ "Last 30 days" said "325 ordered, 325 of them for the first time"; in truth 23."""
    march = {figure.key: figure for figure in key_figures(under(start="2024-03-01"))}
    assert march["customers"].value == 2
    assert march["new_customers"].value == 0
    assert march["repeat_share"].value == 1.0


def test_a_cohort_does_not_grow_under_a_filter() -> None:
    table = insights.cohorts(under(start="2024-02-01"))
    assert table["cohort"].dt.month.unique().tolist() == [2]
    assert table["size"].unique().tolist() == [1]  # cid; ann's first order was in January


def test_recency_counts_to_the_end_of_the_history_in_every_country() -> None:
    """A country whose last order was in April showed recency 0 in December."""
    france = insights.customers_of(under(countries=("FR",)))
    assert france["recency_days"].tolist() == [72]  # from 20 January until 1 April


def test_a_month_that_the_history_only_touches_is_not_complete() -> None:
    """A last month of nine days looked like a collapse of the shop."""
    days = [f"2024-01-{day:02d}" for day in range(1, 32)] + [f"2024-02-{day:02d}" for day in range(1, 10)]
    daily = insights.prepare(lines([("a", str(place), day, 1.0, "x") for place, day in enumerate(days)]))
    assert insights.over_time(insights.scope(daily, Filters()), "month")["complete"].tolist() == [True, False]


def test_a_shop_closed_at_weekends_completes_a_month_that_ends_on_one() -> None:
    days = pd.bdate_range("2024-01-01", "2024-03-29")  # 30 and 31 March 2024 are a weekend
    shop = insights.prepare(lines([("a", str(at), f"{day:%Y-%m-%d}", 1.0, "x") for at, day in enumerate(days)]))
    assert insights.over_time(insights.scope(shop, Filters()), "month")["complete"].tolist() == [True, True, True]


def test_a_month_that_a_filter_cuts_is_not_complete() -> None:
    table = insights.over_time(under(start="2024-01-10", end="2024-03-01"), "month")
    assert table["complete"].tolist() == [False, True]


def test_key_figures_compare_a_period_with_the_one_before() -> None:
    view = under(start="2024-02-05", end="2024-03-01")
    before = insights.previous_period(view)
    assert before is not None
    figures = key_figures(view, insights.scope(HISTORY, before))
    found = {figure.key: figure for figure in figures}
    assert found["revenue"].value == 70.0
    # the 25 days before begin on 11 January: only bob's 20 are in them
    assert found["revenue"].change == pytest.approx(70 / 20 - 1)
    assert found["customers"].value == 2
    assert found["repeat_share"].change == 0.5  # ann has ordered before, cid has not; bob had not


def test_there_is_nothing_to_compare_where_the_history_does_not_reach_back() -> None:
    assert insights.previous_period(under(start="2024-01-10", end="2024-03-01")) is None
    assert insights.same_period_last_year(under(start="2024-02-05", end="2024-03-01")) is None
    assert all(figure.change is None for figure in key_figures(ALL))


def test_a_compared_period_is_laid_on_the_days_of_this_one() -> None:
    view = under(start="2024-03-01", end="2024-04-01")
    before = insights.previous_period(view)
    assert before is not None
    moved = insights.over_time(insights.scope(HISTORY, before), "week", like=view)
    assert moved["start"].tolist() == insights.over_time(view, "week")["start"].tolist()
    assert moved["revenue"].sum() == 70.0


def test_returns_lower_money_on_the_day_they_are_made() -> None:
    back = SHOP.iloc[[0]].assign(amount=-7.0, quantity=-1.0, ordered_at=pd.Timestamp("2024-02-20"))
    history = insights.prepare(SHOP, back)
    net, gross = (insights.scope(history, Filters(net=net)) for net in (True, False))
    assert insights.over_time(net, "month")["revenue"].tolist() == [35.0, 63.0, 110.0]
    assert insights.over_time(gross, "month")["revenue"].tolist() == [35.0, 70.0, 110.0]
    money = insights.with_ids(insights.customers_of(net), history).set_index("customer_id")["monetary_total"]
    assert money["ann"] == 88.0
    size = insights.size(history)
    assert (size.customers, size.orders, size.revenue, size.returned) == (3, 6, 208.0, 7.0)
    assert (size.first.isoformat(), size.last.isoformat(), size.months) == ("2024-01-05", "2024-03-31", 3)


def test_returns_before_the_first_and_after_the_last_order_count_where_no_period_is_chosen() -> None:
    back = lines(
        [
            ("eve", "9", "2024-01-04", -1.0, "ES"),
            ("ann", "9", "2024-02-01", -2.0, "ES"),
            ("ann", "9", "2024-03-31 23:59", -4.0, "ES"),
            ("ann", "9", "2024-04-01", -8.0, "FR"),
        ]
    )
    history = insights.prepare(SHOP, back)
    everything = insights.scope(history, Filters())
    assert (everything.revenue, everything.returned_outside) == (200.0, 9.0)
    assert insights.over_time(everything, "month")["revenue"].tolist() == [34.0, 68.0, 98.0]
    assert insights.scope(history, Filters(countries=("FR",))).returned_outside == 8.0
    assert insights.scope(history, Filters(net=False)).returned_outside == 0.0
    chosen = insights.scope(history, insights.last_days(history, 366))
    assert (chosen.revenue, chosen.returned_outside) == (208.0, 1.0)


def test_customers_are_counted_to_the_day_after_the_last_order() -> None:
    table = insights.with_ids(insights.customers_of(ALL), HISTORY).set_index("customer_id")
    assert table.loc["ann", ["recency_days", "frequency_orders", "monetary_total"]].tolist() == [1, 3, 95.0]
    assert table.loc["bob", "recency_days"] == 72


def test_the_grid_holds_every_pair_of_bands_and_every_customer() -> None:
    grid = insights.rfm_grid(insights.customers_of(ALL))
    assert len(grid) == 25
    assert grid["customers"].sum() == 3
    assert grid["revenue"].sum() == ORDERS["amount"].sum()
    often = grid[(grid["recency_band"] == 0) & (grid["frequency_band"] == 2)]
    assert often["customers"].tolist() == [1]  # ann: three orders, the last one yesterday


def test_cohorts_leave_out_months_after_the_period() -> None:
    table = insights.cohorts(ALL)
    january = table[table["cohort"] == pd.Timestamp("2024-01-01")]
    assert january["age_months"].tolist() == [0, 1, 2]
    assert january["share"].tolist() == [1.0, 0.5, 0.5]
    february = table[table["cohort"] == pd.Timestamp("2024-02-01")]
    assert february["age_months"].tolist() == [0, 1]
    assert insights.ordered_again_next_month(table) == pytest.approx(2 / 3)  # ann of two in January, cid in February


def test_a_month_that_is_not_over_is_marked_in_cohorts() -> None:
    table = insights.cohorts(under(end="2024-02-15"))
    assert table.set_index(["cohort", "age_months"])["complete"].tolist() == [
        False,
        False,
        False,
    ]  # from 5 January to 14 February
    assert insights.ordered_again_next_month(table) is None


def test_the_curve_begins_at_nothing_and_ends_at_everything() -> None:
    customers = insights.customers_of(ALL)
    curve = insights.pareto(customers)
    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == [1, 1]
    assert insights.share_of_best(customers, 1 / 3) == pytest.approx(100 / 215)  # cid


def test_top_customers_come_first_with_their_share() -> None:
    top = insights.top_customers(ALL, insights.customers_of(ALL), most=2)
    assert top["customer_id"].tolist() == ["cid", "ann"]
    assert top["share_revenue"].tolist() == pytest.approx([100 / 215, 95 / 215])


def test_a_customer_who_gave_back_what_they_bought_is_not_among_the_best() -> None:
    back = SHOP[SHOP["customer_id"] == "cid"].assign(amount=lambda rows: -rows["amount"])
    view = insights.scope(insights.prepare(SHOP, back), Filters())
    assert insights.top_customers(view, insights.customers_of(view))["customer_id"].tolist() == ["ann", "bob", "cid"]


def test_countries_are_sorted_by_revenue_and_absent_ones_left_out() -> None:
    assert insights.by_country(ALL)["country"].tolist() == ["ES", "FR"]
    assert HISTORY.countries == ("ES", "FR")
    nowhere = insights.prepare(SHOP.assign(country=pd.Series([None] * len(SHOP), dtype="str")))
    assert insights.by_country(insights.scope(nowhere, Filters())).empty
    assert nowhere.countries == ()


def test_equal_customers_get_equal_scores() -> None:
    """Quintiles cut through ties: of customers with one order each, some got 1 and some 5."""
    shop = insights.prepare(lines([(f"c{number}", f"{number}", "2024-01-05", 10.0, "ES") for number in range(9)]))
    table = insights.segments_at(shop, shop.end)
    for score in ("r", "f", "m"):
        assert table[score].nunique() == 1


def test_migration_counts_every_customer_once_and_names_who_arrived() -> None:
    table = insights.migration(ALL, pd.Timestamp("2024-02-01"), HISTORY.end)
    assert table["customers"].sum() == 3
    assert table.loc[table["before"] == insights.ARRIVED, "customers"].sum() == 1  # cid


def test_half_of_the_first_orders_were_followed_within_the_days_that_the_curve_says() -> None:
    curve = insights.reorder_curve(ALL)
    # ann after 35 whole days; cid after 49; bob, watched for 72 days, not yet
    assert insights.days_until(curve, 0.33) == 35
    assert insights.days_until(curve, 0.6) == 49


def test_nothing_changes_the_orders_given() -> None:
    before = ORDERS.copy()
    customers = insights.customers_of(ALL)
    insights.over_time(ALL, "month")
    insights.movement(ALL, "week")
    insights.cohorts(ALL)
    insights.pareto(customers)
    pd.testing.assert_frame_equal(ORDERS, before)
