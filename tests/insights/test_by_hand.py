"""Explore's small tables, on orders small enough to add up by hand."""

import pandas as pd
import pytest

from lib import insights
from lib.insights import Filters
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
ORDERS = insights.one_row_per_order(SHOP)


def test_lines_of_one_order_are_one_row_at_the_moment_of_the_first() -> None:
    first = ORDERS.iloc[0]
    assert (first["order_id"], first["amount"], first["pieces"]) == ("1", 15.0, 2.0)
    assert first["ordered_at"] == pd.Timestamp("2024-01-05 10:00")


def test_the_same_order_number_of_two_customers_is_two_orders() -> None:
    assert len(ORDERS) == 6
    assert set(ORDERS.loc[ORDERS["order_id"] == "5", "customer_id"]) == {"ann", "cid"}


def test_filters_keep_the_first_moment_and_leave_out_the_last() -> None:
    found = insights.within(ORDERS, Filters(pd.Timestamp("2024-01-20"), pd.Timestamp("2024-02-11")))
    assert found["order_id"].tolist() == ["2", "3"]
    assert insights.within(ORDERS, Filters(countries=("FR",)))["customer_id"].tolist() == ["bob"]


def test_chosen_days_are_both_included() -> None:
    chosen = insights.between(pd.Timestamp("2024-01-05"), pd.Timestamp("2024-01-20"))
    assert insights.within(ORDERS, chosen)["order_id"].tolist() == ["1", "2"]


def test_months_without_orders_are_shown_and_new_customers_counted_once() -> None:
    table = insights.by_month(ORDERS)
    assert table["month"].dt.month.tolist() == [1, 2, 3]
    assert table["revenue"].tolist() == [35.0, 70.0, 110.0]
    assert table["new_customers"].tolist() == [2, 1, 0]
    assert table["known_revenue"].tolist() == [0.0, 30.0, 110.0]
    gap = insights.by_month(ORDERS[ORDERS["ordered_at"].dt.month != 2])
    assert gap["revenue"].tolist() == [35.0, 0.0, 110.0]


def test_a_month_that_the_history_only_touches_is_not_complete() -> None:
    """A last month of nine days looked like a collapse of the shop."""
    table = insights.by_month(insights.one_row_per_order(SHOP[SHOP["ordered_at"] < "2024-03-01"]))
    assert table["complete"].tolist() == [False, False]
    whole = insights.one_row_per_order(
        lines(
            [("a", "1", "2024-01-01", 1.0, "x"), ("a", "2", "2024-02-29", 1.0, "x"), ("b", "3", "2024-03-09", 1.0, "x")]
        )
    )
    assert insights.by_month(whole)["complete"].tolist() == [True, True, False]


def test_key_figures_compare_a_period_with_the_one_before() -> None:
    chosen = Filters(pd.Timestamp("2024-02-05"), pd.Timestamp("2024-03-01"))
    figures = {figure.key: figure for figure in insights.key_figures(ORDERS, chosen)}
    assert figures["revenue"].value == 70.0
    # the 25 days before begin on 11 January: only bob's 20 are in them
    assert figures["revenue"].change == pytest.approx(70 / 20 - 1)
    assert figures["customers"].value == 2
    assert figures["repeat_share"].value == 0.0


def test_there_is_no_change_where_the_history_does_not_reach_back() -> None:
    figures = insights.key_figures(ORDERS, Filters(pd.Timestamp("2024-01-10"), pd.Timestamp("2024-03-01")))
    assert all(figure.change is None for figure in figures)


def test_figures_of_one_country_are_compared_with_that_country() -> None:
    chosen = Filters(pd.Timestamp("2024-03-01"), pd.Timestamp("2024-04-01"), ("ES",))
    revenue = insights.key_figures(ORDERS, chosen)[0]
    assert revenue.value == 110.0
    assert revenue.change == pytest.approx(110 / 70 - 1)


def test_customers_are_counted_to_the_day_after_the_last_order() -> None:
    table = insights.customers_of(ORDERS)
    assert table.loc["ann", ["recency_days", "frequency_orders", "monetary_total"]].tolist() == [1, 3, 95.0]
    assert table.loc["bob", "recency_days"] == 72


def test_the_grid_holds_every_pair_of_bands_and_every_customer() -> None:
    grid = insights.rfm_grid(ORDERS)
    assert len(grid) == 25
    assert grid["customers"].sum() == 3
    assert grid["revenue"].sum() == ORDERS["amount"].sum()
    often = grid[(grid["recency_band"] == 0) & (grid["frequency_band"] == 2)]
    assert often["customers"].tolist() == [1]  # ann: three orders, the last one yesterday


def test_cohorts_say_who_came_back_and_leave_out_what_has_not_happened() -> None:
    table = insights.cohorts(ORDERS)
    january = table[table["cohort"] == pd.Timestamp("2024-01-01")]
    assert january["age_months"].tolist() == [0, 1, 2]
    assert january["share"].tolist() == [1.0, 0.5, 0.5]
    february = table[table["cohort"] == pd.Timestamp("2024-02-01")]
    assert february["age_months"].tolist() == [0, 1]
    assert insights.came_back_next_month(table) == pytest.approx(2 / 3)  # ann of two in January, cid in February


def test_the_curve_begins_at_nothing_and_ends_at_everything() -> None:
    curve = insights.pareto(ORDERS)
    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == [1, 1]
    assert curve["share_revenue"].is_monotonic_increasing
    assert insights.share_of_best(curve, 1 / 3) == pytest.approx(100 / 215)  # cid


def test_top_customers_come_first_with_their_share() -> None:
    top = insights.top_customers(ORDERS, most=2)
    assert top["customer_id"].tolist() == ["cid", "ann"]
    assert top["share_revenue"].tolist() == pytest.approx([100 / 215, 95 / 215])


def test_countries_are_sorted_by_revenue_and_absent_ones_left_out() -> None:
    assert insights.by_country(ORDERS)["country"].tolist() == ["ES", "FR"]
    assert insights.countries(ORDERS) == ("ES", "FR")
    nowhere = insights.one_row_per_order(SHOP.assign(country=pd.Series([None] * len(SHOP), dtype="str")))
    assert insights.by_country(nowhere).empty
    assert insights.countries(nowhere) == ()


def test_size_counts_money_given_back_as_a_positive_sum() -> None:
    back = SHOP.iloc[:1].assign(amount=-7.0)
    size = insights.size(ORDERS, back)
    assert (size.customers, size.orders, size.revenue, size.returned) == (3, 6, 215.0, 7.0)
    assert (size.first.isoformat(), size.last.isoformat(), size.months) == ("2024-01-05", "2024-03-31", 3)


def test_nothing_changes_the_orders_given() -> None:
    before = ORDERS.copy()
    for work in (insights.by_month, insights.rfm_grid, insights.cohorts, insights.pareto, insights.top_customers):
        work(ORDERS)
    pd.testing.assert_frame_equal(ORDERS, before)
