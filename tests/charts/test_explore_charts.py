"""Every chart of Explore on shops of every size: no broken plural, no axis in thousandths, no more points than a screen
shows, and partial periods look partial."""

import json
import re
from itertools import pairwise

import pandas as pd
import pytest

from lib import charts, insights, text
from lib.charts import Chart, customer_table
from lib.charts.explore import _shown_starts
from lib.insights import Filters, Scope
from tests.insights.odd_shops import odd_shops
from tests.insights.shops import SEEDS, generated, ten_filters

BROKEN_PLURAL = re.compile(r"(?<![\d.,])1 (customers|orders|returns|months|clientes|pedidos|devoluciones|meses)\b")
MAX_POINTS = 5_000
ODD = odd_shops()


def every_chart(view: Scope, language: str) -> dict[str, Chart]:
    frequency = insights.frequency_shown(view, None)
    table, customers = insights.over_time(view, frequency), insights.customers_of(view)
    made = {
        "revenue": charts.revenue_over_time(table, language, "EUR", frequency),
        "customers": charts.customers_over_time(table, language, frequency),
        "movement": charts.movement(insights.movement(view, frequency), language, frequency, lapse_days=180),
        "rfm": charts.rfm(insights.rfm_grid(customers), language, "EUR"),
        "segments": charts.segments(insights.by_segment(customers), language, "EUR"),
        "migration": charts.segment_migration(
            insights.migration(view, view.start, view.end), language, start=view.start.date(), end=view.end.date()
        ),
        "pareto": charts.pareto(insights.pareto(customers), language, share=insights.share_of_best(customers)),
        "reordering": charts.reordering(insights.reorder_curve(view), language),
        "hours": charts.weekday_hours(insights.by_weekday_hour(view), language),
    }
    if len(cohorts := insights.cohorts(view)):
        for measure in charts.COHORT_MEASURES:
            made[f"cohorts {measure}"] = charts.cohorts(cohorts, language, "EUR", measure=measure)
    if len(countries := insights.by_country(view)):
        made["countries"] = charts.countries(countries, language, "EUR")
    if len(products := insights.by_product(view)):
        made["products"] = charts.products(products, language, "EUR", whole=view.revenue)
        made["first_or_repeat"] = charts.first_or_repeat(products, language)
    return made


def points(part: object) -> int:
    if isinstance(part, dict):
        return max((points(cell) for cell in part.values()), default=0)
    if isinstance(part, list):
        return max(len(part), sum(points(cell) for cell in part))
    return 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_charts_of_every_shop_read_well(seed: int) -> None:
    lines, returns = generated(seed)
    history = insights.prepare(lines, returns)
    for start, end, countries, net in ten_filters(lines, seed)[::3]:
        filters = Filters(*(None if at is None else pd.Timestamp(at) for at in (start, end)), countries, net)
        view = insights.scope(history, filters)
        if view.empty:
            continue
        for language in text.LANGUAGES:
            for name, made in every_chart(view, language).items():
                assert not BROKEN_PLURAL.search(made.message), f"{name}: {made.message}"
                assert "nan" not in made.message.lower().split(), f"{name}: {made.message}"
                made.figure.checked()  # Plotly knows every property
                figure = json.loads(made.figure.to_json())
                assert sum(points(trace) for trace in figure["data"]) < MAX_POINTS, name
                for axis in ("xaxis", "yaxis"):
                    low_numbers = [cell for trace in figure["data"] for cell in numbers(trace.get(axis[0]))]
                    if low_numbers and max(map(abs, low_numbers)) < 1_000:
                        assert figure["layout"].get(axis, {}).get("tickformat") != "~s", name


def numbers(cells: object) -> list[float]:
    return [cell for cell in cells if isinstance(cell, int | float)] if isinstance(cells, list) else []


@pytest.mark.slow
def test_a_few_customers_are_counted_one_by_one() -> None:
    """An axis said "200m customers"."""
    lines, _ = generated(1)
    first = lines[lines["customer_id"] == lines["customer_id"].iloc[0]]
    view = insights.scope(insights.prepare(first), Filters())
    made = every_chart(view, "en")
    for axis in (made["customers"].figure.layout.yaxis, made["segments"].figure.layout.xaxis):
        assert list(axis.tickvals)[:2] == [0, 1]


@pytest.mark.slow
def test_a_period_that_is_covered_in_part_looks_so() -> None:
    lines, returns = generated(1)
    view = insights.scope(insights.prepare(lines, returns), Filters())
    table = insights.over_time(view, "month").assign(complete=lambda frame: frame.index < len(frame) - 1)
    revenue = charts.revenue_over_time(table, "en", "", "month")
    assert revenue.figure.data[0].marker.opacity[-1] < revenue.figure.data[0].marker.opacity[0]
    assert text.say("en", "charts.paler") in revenue.message
    lines_drawn = charts.customers_over_time(table, "en", "month").figure.data
    assert {trace.line.dash for trace in lines_drawn} == {"dot", "solid"}
    assert "incomplete" in lines_drawn[0].customdata[-1][0]


def test_a_span_of_numbers_follows_the_language_and_a_value_of_the_file_stays() -> None:
    assert customer_table.group_label("es", "26 – 45.6") == "26 – 45,6"
    assert customer_table.group_label("es", "-3.5 – -1.2") == "-3,5 – -1,2", "below zero the sign was English"
    assert customer_table.group_label("es", "v1.5") == "v1.5"
    for written, said in (("-0.5", "-0,5"), ("1.5e-07", "1,5e-07"), ("1.0.2", "1.0.2"), ("3.5 stars", "3.5 stars")):
        assert customer_table.written_number("es", written) == said
    assert customer_table.group_label("es", "") == text.say("es", "charts.missing_cells")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ODD)
def test_charts_of_odd_shops_are_drawn_or_say_why_not(kind: str) -> None:
    history = insights.prepare(*ODD[kind])
    for language, filters in (("en", Filters()), ("es", Filters(net=False)), ("en", insights.last_days(history, 1))):
        view = insights.scope(history, filters)
        if view.empty:
            continue
        insights.findings(view, insights.customers_of(view), insights.reorder_curve(view))
        for name, made in every_chart(view, language).items():
            made.figure.checked()
            assert not BROKEN_PLURAL.search(made.message), f"{name}: {made.message}"
            assert not {"nan", "inf", "∞", "–"} & set(made.message.lower().split()), f"{name}: {made.message}"


def ranked(*rows: tuple[str, float, bool]) -> pd.DataFrame:
    """`column, strength, sure` of columns that may go with an outcome, the strongest first."""
    frame = pd.DataFrame(rows, columns=["column", "strength", "sure"])
    return frame.assign(highest_group="a", highest=0.6, lowest_group="b", lowest=0.2)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_column_without_a_clear_difference_is_never_called_the_strongest(language: str) -> None:
    def made(*rows: tuple[str, float, bool]) -> Chart:
        return customer_table.outcome_ranking(ranked(*rows), language, outcome="Churn", share=True)

    chance = made(("age", 0.13, False), ("income", 0.0, False))
    assert chance.message == text.say(language, "charts.outcome_unclear")
    mixed = made(("age", 0.13, False), ("plan", 0.1, True))
    assert "plan" in mixed.message
    assert "age" not in mixed.message
    (bars,) = mixed.figure.to_dict()["data"]
    assert bars["textposition"] == ["outside", "auto"]  # beside a pale bar, in the page's ink
    assert mixed.figure.to_dict()["layout"]["xaxis"]["range"][1] > 0.13
    assert made(("age", 0.0, False)).figure.to_dict()["layout"]["xaxis"]["range"][1] > 0


def test_a_relation_has_the_same_colour_in_every_table() -> None:
    pairs = pd.DataFrame({"left": ["a"], "right": ["b"], "strength": [0.3], "value": [-0.3], "measure": ["spearman"]})
    cells = customer_table.associations(pairs, "en").figure.to_dict()["data"][0]
    assert (cells["zmin"], cells["zmax"]) == (0.0, 1.0)


def months(*revenues: float, complete: int) -> pd.DataFrame:
    """Revenue by month, of which the first ones are complete."""
    table = pd.DataFrame({"start": pd.date_range("2024-01-01", periods=len(revenues), freq="MS")})
    return table.assign(
        revenue=revenues,
        returning_revenue=revenues,
        new_revenue=0.0,
        complete=[place < complete for place in range(len(revenues))],
    )


@pytest.mark.parametrize(("last", "best"), [(90.0, "Feb 2024, with 200"), (250.0, "Mar 2024, with 250")])
def test_the_best_month_is_the_one_with_the_highest_bar(last: float, best: str) -> None:
    """November was almost over and above all others; October was called the best."""
    made = charts.revenue_over_time(months(100.0, 200.0, last, complete=2), "en", "", "month")
    assert f"The best month was {best}" in made.message


def test_the_share_of_best_sellers_is_of_all_revenue_that_without_a_product_included() -> None:
    rows = [("a", "1", "tea", 30.0), ("b", "2", None, 50.0), ("c", "3", "jam", 20.0)]
    lines = pd.DataFrame(rows, columns=["customer_id", "order_id", "product", "amount"])
    lines = lines.assign(ordered_at=pd.Timestamp("2024-01-01"), quantity=1.0, country=None)
    view = insights.scope(insights.prepare(lines.astype({"product": "str"})), Filters())
    made = charts.products(insights.by_product(view), "en", "", whole=view.revenue)
    assert made.message == "tea sells best, with 30.00. The top 2 generate 50% of revenue."


def test_a_chart_of_the_first_countries_says_how_many_there_are_and_the_table_has_all() -> None:
    lines = pd.DataFrame(
        {"customer_id": [f"c{at}" for at in range(40)], "amount": [float(40 - at) for at in range(40)]}
    )
    lines = lines.assign(
        order_id=lines["customer_id"], ordered_at=pd.Timestamp("2024-01-01"), quantity=1.0, product=None
    )
    lines = lines.assign(country=[f"land {at}" for at in range(40)])
    table = insights.by_country(insights.scope(insights.prepare(lines), Filters()))
    assert table["revenue"].sum() == lines["amount"].sum()
    made = charts.countries(table, "en", "EUR")
    assert "The 15 with the highest revenue of 40 are drawn" in made.message
    assert "drawn" not in charts.countries(table.head(15), "en", "EUR").message
    (bars,) = made.figure.to_dict()["data"]
    assert len(bars["y"]) == 15
    assert bars["textangle"] == 0


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_nobody_and_no_month_are_said_in_words(language: str) -> None:
    """Sentences about 0 customers who spent 0.00, and about an amount after 0 months, say nothing."""
    cells = [(late, often, int(late + often == 1)) for late in range(5) for often in range(5)]
    grid = pd.DataFrame(cells, columns=["recency_band", "frequency_band", "customers"])
    grid = grid.assign(revenue=9.0 * grid["customers"], money_per_customer=9.0)
    assert not re.search(r"\b0\b", charts.rfm(grid, language, "").message)
    cohort = pd.DataFrame({"cohort": [pd.Timestamp("2024-01-01")], "months": [0], "per_customer": [20.0]})
    made = charts.lifetime_value(cohort.assign(customers=5), language, "", "quarter")
    assert not re.search(r"\b0\b", made.message)
    curve = pd.DataFrame({"kind": "later", "days": [0, 1], "share": [0.0, 0.7], "at_risk": [9, 8]})
    made = charts.reordering(curve, language)
    assert "0" not in made.message
    assert len(made.figure.data) == 1


@pytest.mark.parametrize(("frequency", "pandas_frequency", "months"), [("month", "MS", 1), ("quarter", "QS", 3)])
@pytest.mark.parametrize("periods", [2, 5, 6, 13, 20, 25, 48, 60, 97, 132, 150, 200, 400])
def test_a_time_axis_names_the_same_months_of_each_year(frequency, pandas_frequency, months, periods) -> None:
    """Every tenth month of four years was named: Jan, Nov, Sep, Jul, May."""
    for first in ("2019-01-01", "2019-04-01", "2019-10-01"):
        starts = list(pd.date_range(first, periods=periods, freq=pandas_frequency))
        shown = _shown_starts(starts, frequency)
        assert set(shown) <= set(starts)
        assert 2 <= len(shown) <= 6
        between = {12 * (b.year - a.year) + b.month - a.month for a, b in pairwise(shown)}
        assert len(between) == 1
        step = between.pop()
        assert step % months == 0
        assert step <= 12 * months or step % 12 == 0
        named = {start.month for start in shown}
        assert step >= 12 or len(named) == min(len(shown), 12 // step)


def test_a_cohorts_month_that_is_not_over_is_marked_in_each_measure() -> None:
    day = pd.Timestamp("2024-03-10")
    lines = pd.DataFrame(
        {
            "customer_id": ["ann", "ann", "bob", "ann"],
            "order_id": ["1", "2", "3", "4"],
            "ordered_at": pd.to_datetime(["2024-01-05", "2024-02-05", "2024-02-06", day]),
            "amount": [10.0, 20.0, 30.0, 40.0],
            "quantity": 1.0,
            "product": "Tea",
            "country": "PT",
        }
    )
    view = insights.scope(insights.prepare(lines, lines.iloc[:0]), Filters())
    cohorts = insights.cohorts(view)
    for measure in charts.COHORT_MEASURES:
        made = charts.cohorts(cohorts, "en", "EUR", measure=measure)
        figure = json.loads(made.figure.to_json())
        marked = [word for trace in figure["data"] for word in trace.get("text", []) if str(word).endswith("*")]
        shown = cohorts if measure not in ("share", "active") else cohorts[cohorts["age_months"] > 0]
        assert len(marked) == int((~shown["complete"] & shown[measure].notna()).sum()) > 0, measure
        assert "≥" not in made.message
