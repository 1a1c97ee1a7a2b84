"""Figures: units on the axes, words in the reader's language, one palette that reads in light and dark."""

import itertools
import json
import random
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib import charts, insights, text
from lib.audience import cost_curve
from lib.charts import Chart
from lib.charts.primitives import ticks
from lib.insights import Filters, Scope
from lib.schema import ORDER_LINES

ROOT = Path(__file__).resolve().parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
NASTY = '<a href="https://evil.example">Best</a>'


def orders() -> Scope:
    rows = [
        (f"c{who}", f"{who}-{order}", pd.Timestamp("2024-01-01") + pd.Timedelta(days=11 * who + 35 * order), 10.0 + who)
        for who in range(9)
        for order in range(1 + who % 4)
    ]
    frame = pd.DataFrame(rows, columns=["customer_id", "order_id", "ordered_at", "amount"])
    frame = frame.assign(
        ordered_at=frame["ordered_at"].astype("datetime64[us]"),
        quantity=1.0,
        product=NASTY,
        country=["Spain", NASTY] * (len(frame) // 2) + ["Spain"] * (len(frame) % 2),
    )
    history = insights.prepare(frame[[column.name for column in ORDER_LINES]].sort_values("ordered_at"))
    return insights.scope(history, Filters())


def drawn(language: str) -> dict[str, Chart]:
    view = orders()
    customers, months = insights.customers_of(view), insights.over_time(view, "month")
    moved = insights.migration(view, pd.Timestamp("2024-02-01"), view.end)
    profile = insights.profile(view.history, "c3")
    assert profile is not None
    names = ["Best", NASTY]
    profiles = pd.DataFrame([[1.0, float("nan")], [-0.3, 0.1]], index=names, columns=["Days since the last order", "b"])
    bins = pd.DataFrame({"low": [0.0, 0.5], "high": [0.5, 1.0], "customers": [3, 4]})
    points = pd.DataFrame({"predicted": [0.1, 0.6], "actual": [0.2, 0.5], "customers": [10, 10]})
    reached = pd.DataFrame({"share_customers": [0.0, 0.2, 1.0], "share_reached": [0.0, 0.6, 1.0]})
    tried = pd.DataFrame({"groups": [4, 5], "stability": [0.9, 0.8], "tree": [0.9, 0.7], "smallest": [0.1, 0.05]})
    return {
        "months": charts.revenue_over_time(months, language, "EUR", "month", months),
        "customers": charts.customers_over_time(months, language, "month", months),
        "movement": charts.movement(insights.movement(view, "month"), language, "month", lapse_days=180),
        "rfm": charts.rfm(insights.rfm_grid(customers), language, "EUR"),
        "segments": charts.segments(insights.by_segment(customers), language, "EUR"),
        "segment_migration": charts.segment_migration(moved, language, start=date(2024, 2, 1), end=date(2024, 4, 1)),
        **{
            f"cohorts {measure}": charts.cohorts(insights.cohorts(view), language, "EUR", measure=measure)
            for measure in charts.COHORT_MEASURES
        },
        "reordering": charts.reordering(insights.reorder_curve(view), language),
        "pareto": charts.pareto(insights.pareto(customers), language, share=0.4),
        "countries": charts.countries(insights.by_country(view), language, "EUR"),
        "hours": charts.weekday_hours(insights.by_weekday_hour(view), language),
        "products": charts.products(insights.by_product(view), language, "EUR", whole=view.revenue),
        "first_repeat": charts.first_or_repeat(insights.by_product(view), language),
        "timeline": charts.timeline(profile.events, language, "EUR"),
        "shares": charts.group_shares(names, [0.4, 0.6], [0.7, 0.3], language),
        "profiles": charts.group_profiles(profiles, language),
        "segment_scatter": charts.segment_scatter(
            pd.DataFrame({"a": [1.0, 2.0, None], "b": [3.0, 900.0, 5.0], "segment": [names[0], NASTY, names[1]]}),
            language,
            across="a",
            up="b",
        ),
        "calibration": charts.calibration(points, language),
        "money": charts.calibration(points, language, money=True, unit="EUR"),
        "gains": charts.gains(reached, language),
        "importances": charts.importances(
            pd.DataFrame({"column": names, "value": [0.2, 0.1], "low": [0.1, 0.0], "high": [0.3, 0.2]}), language
        ),
        "dependence": charts.dependence("b", [1, 2, 3], [0.1, 0.4, 0.2], language),
        "words": charts.dependence("b", ["x", NASTY], [12.0, 14.0], language),
        "confusion": charts.confusion(names, [[3, 1], [0, 4]], language),
        "distribution": charts.distribution(bins, language, title="t", axis="a", form="percent"),
        "counts": charts.shares(names, [3, 4], language, title="t"),
        "trade_off": charts.trade_off(
            tried, language, chosen=4, needed={"stability": 0.9, "tree": 0.8, "smallest": 0.04}, short=("tree",)
        ),
        "migration": charts.migration(names, [[5, 1], [0, 7]], language, days=30, arrived=2),
        "costs": charts.costs(cost_curve(reached, 0.3, missed=5.0, false_alarm=1.0), language, at=(0.2, 50.0)),
    }


@pytest.fixture(scope="module", params=text.LANGUAGES)
def every(request: pytest.FixtureRequest) -> dict[str, Chart]:
    return drawn(str(request.param))


@pytest.mark.slow
def test_every_chart_has_a_title_and_says_what_it_shows(every: dict[str, Chart]) -> None:
    for name, chart in every.items():
        assert chart.title, name
        assert chart.message.endswith("."), name
        assert chart.alt.startswith(chart.title), name


@pytest.mark.slow
def test_numbers_on_axes_follow_the_language() -> None:
    assert drawn("en")["months"].figure.layout.separators == ".,"
    assert drawn("es")["months"].figure.layout.separators == ",."
    assert "Jan<br>2024" in str(drawn("en")["months"].figure.to_dict())
    assert "ene<br>2024" in str(drawn("es")["months"].figure.to_dict())


@pytest.mark.slow
def test_the_two_languages_share_no_sentence() -> None:
    english, spanish = drawn("en"), drawn("es")
    for name, chart in english.items():
        assert chart.message != spanish[name].message, name


@pytest.mark.slow
def test_money_stands_with_its_unit() -> None:
    months = drawn("en")["months"]
    assert "EUR" in months.figure.layout.yaxis.title.text
    assert "EUR" in months.message
    rfm = drawn("en")["rfm"].figure
    assert rfm is not None
    assert "EUR" in rfm.to_json(), "where a cell says what its customers spent"


@pytest.mark.slow
def test_nobody_s_words_become_markup(every: dict[str, Chart]) -> None:
    """Plotly writes a label's tags into the page: a country called `<a href=…>` would be a link."""
    for name, chart in every.items():
        figure = json.loads(chart.figure.to_json())
        for trace in figure["data"]:
            for part in ("x", "y", "text", "customdata"):
                assert not any("<a " in str(cell) for cell in flat(trace.get(part, []))), f"{name} {part}"


def flat(cells: object) -> list[object]:
    if isinstance(cells, list):
        return [one for cell in cells for one in flat(cell)]
    return [cells]


@pytest.mark.slow
def test_charts_hold_aggregates_only_and_properties_that_plotly_knows(every: dict[str, Chart]) -> None:
    for name, chart in every.items():
        chart.figure.checked()
        assert len(chart.figure.to_json()) < 60_000, name


@pytest.mark.slow
def test_a_chart_taken_home_needs_no_network() -> None:
    page = charts.to_html(drawn("en")["pareto"]).decode()
    assert page.startswith("<!doctype html>")
    assert "<script src=" not in page


def rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_palette_reads_on_the_page(mode: str) -> None:
    ground = rgb(THEME[mode]["backgroundColor"])
    for colour in charts.PALETTE:
        assert charts.contrast(rgb(colour), ground) >= 3, colour


def test_the_theme_and_the_charts_share_one_palette() -> None:
    for mode in ("light", "dark"):
        assert tuple(THEME[mode]["chartCategoricalColors"]) == charts.PALETTE


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_of_the_theme_read_on_their_ground(mode: str) -> None:
    theme = THEME[mode]
    for words, ground in (
        ("textColor", "backgroundColor"),
        ("textColor", "secondaryBackgroundColor"),
        ("linkColor", "backgroundColor"),
        ("greenTextColor", "greenBackgroundColor"),
        ("redTextColor", "redBackgroundColor"),
        ("orangeTextColor", "orangeBackgroundColor"),
        ("blueTextColor", "blueBackgroundColor"),
        ("grayTextColor", "backgroundColor"),
    ):
        assert charts.contrast(rgb(theme[words]), rgb(theme[ground])) >= 4.5, f"{words} on {ground}"
    assert charts.contrast([255, 255, 255], rgb(theme["primaryColor"])) >= 4.5, "a button's label is white"


def test_cells_carry_the_ink_that_reads_on_them() -> None:
    for colours in (charts.SEQUENTIAL, charts.DIVERGING):
        for place in range(0, 101):
            ink = rgb(charts.ink_on(place / 100, 0.0, 1.0, colours))
            assert charts.contrast(charts.colour_at(place / 100, colours), ink) >= 4.2


def test_black_on_white_has_the_contrast_of_the_standard() -> None:
    assert charts.contrast([0, 0, 0], [255, 255, 255]) == pytest.approx(21)
    assert charts.contrast([119, 119, 119], [255, 255, 255]) == pytest.approx(4.48, abs=0.01)


def test_a_line_that_rises_falls_or_hardly_moves_is_said_to() -> None:
    """ "Highest at 560: 22.2%" was said of a line that was flat."""
    assert charts.dependence("orders", [1, 2, 9], [0.1, 0.2, 0.4], "en").message == "Rises from 10% at 1 to 40% at 9."
    assert charts.dependence("tenure", [1, 72], [0.4, 0.1], "en").message == "Falls from 40% at 1 to 10% at 72."
    flat = charts.dependence("tenure", [1, 72], [0.222, 0.215], "en").message
    assert flat == "This column alone hardly changes the prediction: 21.5% to 22.2%."


def test_numbers_from_0_to_1_are_no_shares_where_a_number_is_predicted() -> None:
    made = charts.dependence("age", [20, 60], [0.2, 0.4], "en", chance=False)
    assert made.message == "Rises from 0.2 at 20 to 0.4 at 60."
    tiny = charts.dependence("age", [20, 60], [2e-9, 4e-9], "en", chance=False)
    assert tiny.message == "Rises from 2.0e-9 at 20 to 4.0e-9 at 60."


def test_the_line_of_perfect_predictions_reaches_below_zero() -> None:
    points = pd.DataFrame({"predicted": [-30.0, -10.0], "actual": [-40.0, -5.0], "customers": [10, 10]})
    line = charts.calibration(points, "en", money=True, kind="number", unit="profit").figure.data[0]
    assert min(line.x) <= -40.0
    assert max(line.x) == 0.0


def test_half_an_order_is_not_written_as_500m() -> None:
    figure = charts.dependence("orders", [0, 1], [0.2, 1.4], "en", answer="Expected orders").figure
    assert list(figure.layout.yaxis.ticktext)[:3] == ["0", "0.5", "1"]
    assert figure.layout.yaxis.title.text == "Expected orders"


def test_what_matters_less_than_nothing_is_drawn_as_nothing() -> None:
    table = pd.DataFrame({"column": ["a", "b"], "value": [0.2, -0.1], "low": [0.1, -0.2], "high": [0.3, 0.0]})
    bars = charts.importances(table, "en").figure.data[0]
    assert list(bars.x) == [0.2, 0.0]
    assert list(bars.error_x.array) == pytest.approx([0.1, 0.0])


def test_a_check_that_is_far_above_what_is_needed_is_drawn_at_the_edge() -> None:
    tried = pd.DataFrame({"groups": [4, 5], "smallest": [0.4, 0.02]})
    chart = charts.trade_off(tried, "en", chosen=4, needed={"smallest": 0.04})
    assert list(chart.figure.data[0].y) == [charts.MAX_RATIO_SHOWN, 0.5]
    assert "2%, required: 4%" in chart.figure.data[0].customdata[1]
    assert "pass them all" in chart.message


def test_amounts_without_a_currency_are_plain_numbers_in_a_sentence() -> None:
    """ "Predicted 3,370 the shop's currency" was shown once."""
    points = pd.DataFrame({"predicted": [10.0, 300.0], "actual": [20.0, 500.0], "customers": [10, 10]})
    assert "the prediction was 300 and the actual value 500" in charts.calibration(points, "en", money=True).message
    orders = charts.calibration(points, "en", money=True, kind="orders")
    assert "currency" not in orders.figure.layout.xaxis.title.text


def test_groups_of_a_table_without_money_are_compared_by_size() -> None:
    chart = charts.group_shares(["a", "b"], [0.7, 0.3], [0.0, 0.0], "en")
    assert len(chart.figure.data) == 1
    assert chart.title == "Size of each segment"
    assert chart.message == "“a” is the largest, with 70% of the customers."
    column = charts.group_shares(["a", "b"], [0.7, 0.3], [0.4, 0.6], "en", column="Income")
    assert "60% of all “Income”" in column.message


@pytest.mark.parametrize("times", [2, 3, 5])
def test_bars_of_equal_names_stand_side_by_side_and_not_on_top_of_each_other(times: int) -> None:
    """Two columns with one name of 0.08 each looked like one of 0.16."""
    names = ["Probability of an order", *["Days since the last order"] * times]
    made = charts.drift(names, [0.2] * len(names), "en", limits=(0.1, 0.25))
    drawn = made.figure.checked().data[0]
    assert len(set(drawn.y)) == len(names)
    assert {label.replace("\u200b", "").replace("<br>", " ") for label in drawn.y} == set(names)


def test_bars_leave_room_for_names_of_several_lines() -> None:
    name = "Change in spend: the last ninety days against the ninety days before"
    short, long = (
        charts.drift([word] * 10, [0.1] * 10, "en", limits=(0.1, 0.25)).figure.checked().layout.height
        for word in ("Spend", name)
    )
    assert long > short


def test_a_scatter_of_segments_has_a_trace_each_and_few_points() -> None:
    many = pd.DataFrame({"a": range(1, 9001), "b": range(9001, 1, -1), "segment": ["x"] * 4500 + ["y"] * 4500})
    made = charts.segment_scatter(many, "en", across="a", up="b")
    first, second = made.figure.checked().data
    assert (first.name, second.name) == ("x", "y")
    assert (len(first.x), len(second.x)) == (1000, 1000)
    assert (first.x[0], second.x[-1]) == (1, 9000)
    assert first.marker.symbol != second.marker.symbol
    assert "2,000 of 9,000" in made.message


def test_customers_that_a_scatter_cannot_place_are_not_counted() -> None:
    points = pd.DataFrame({"a": [1.0, np.inf, 3.0, np.nan], "b": [1.0, 2.0, 3.0, 4.0], "segment": ["x", "x", "y", "y"]})
    made = charts.segment_scatter(points, "en", across="a", up="b")
    assert [list(trace.x) for trace in made.figure.checked().data] == [[1.0], [3.0]]
    assert "2 of 4" in made.message


def test_skewed_columns_of_a_scatter_have_a_logarithmic_axis() -> None:
    spent = [float(at) for at in range(1, 100)] + [9000.0]
    points = pd.DataFrame({"orders": [1.0] * 50 + [2.0] * 50, "spent": spent, "segment": "x"})
    layout = charts.segment_scatter(points, "en", across="orders", up="spent").figure.checked().layout
    assert (layout.xaxis.type, layout.yaxis.type) == ("linear", "log")


def test_axes_are_written_as_the_sentences_of_the_language_are() -> None:
    """Plotly's own form wrote `40k` and `20%` on Spanish pages, and `500m` for half an order."""
    table = pd.DataFrame({"low": [0.0, 20_000.0], "high": [20_000.0, 40_000.0], "customers": [3, 12_000]})
    english = charts.distribution(table, "en", title="Spend", axis="Spend").figure.layout
    spanish = charts.distribution(table, "es", title="Gasto", axis="Gasto").figure.layout
    assert list(english.xaxis.ticktext)[:3] == ["0", "10K", "20K"]
    assert [word.replace("\u00a0", " ") for word in spanish.xaxis.ticktext[:3]] == ["0", "10 mil", "20 mil"]
    assert [word.replace("\u00a0", " ") for word in spanish.yaxis.ticktext[:3]] == ["0", "5 mil", "10 mil"]
    curve = pd.DataFrame({"share_customers": [0.0, 1.0], "share_reached": [0.0, 1.0]})
    shares = charts.gains(curve, "es").figure
    assert [word.replace("\u00a0", " ") for word in shares.layout.xaxis.ticktext[:2]] == ["0 %", "20 %"]
    assert shares.data[0].text[1].replace("\u00a0", " ") == "100 % → 100 %"


@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_ticks_of_any_range_are_few_round_numbers_that_reach_both_ends(seed: int, language: str) -> None:
    draw = random.Random(seed)
    scale = 10.0 ** draw.randint(-9, 12)
    ends = sorted(round(draw.uniform(-1 if draw.random() < 0.3 else 0, 1), 3) * scale for _ in range(2))
    values = [0.0, *ends] if draw.random() < 0.6 else ends
    made = ticks(language, values)
    marks, words = made["tickvals"], made["ticktext"]
    assert isinstance(marks, list)
    assert isinstance(words, list)
    inside = [mark for mark in marks if min(values) <= mark <= max(values)]
    assert len(inside) <= 7
    assert min(marks) <= min(values) + 1e-9 * scale
    assert max(marks) >= max(values) - 1e-9 * scale
    assert len(set(words)) == len(words), words
    steps = {f"{later - earlier:.6g}" for earlier, later in itertools.pairwise(marks)}
    assert len(steps) == 1
    assert steps.pop().lstrip("0.")[0] in "125"


def test_ticks_of_counts_are_whole_and_of_odd_values_are_no_error() -> None:
    assert ticks("en", [0, 3], whole=True)["ticktext"] == ["0", "1", "2", "3", "4"]
    for odd in ([], [float("nan")], [float("inf")], [0.0], [7.0], [-1e308, 1e308], [5e-324], [1e15, 1e15 + 1]):
        made = ticks("en", odd)
        assert made["tickvals"]
        assert len(made["tickvals"]) == len(made["ticktext"])  # type: ignore[arg-type]


def test_ticks_close_to_each_other_differ_in_what_is_written() -> None:
    rare = ticks("en", [0.0, 0.0008], percent=True)["ticktext"]
    assert rare == ["0.00%", "0.02%", "0.04%", "0.06%", "0.08%", "0.10%"]
    assert ticks("en", [0.0, 0.05], percent=True)["ticktext"] == ["0%", "1%", "2%", "3%", "4%", "5%", "6%"]
    latitudes = ticks("es", [40.4161, 40.4168])["ticktext"]
    assert isinstance(latitudes, list)
    assert latitudes[:3] == ["40,4158", "40,416", "40,4162"]


def test_what_is_equally_the_highest_is_said_to_be_tied() -> None:
    """The first of several equal ones was called the largest."""

    def said(values: list[int], language: str = "en") -> str:
        return charts.shares([f"s{at}" for at in range(len(values))], values, language, title="Segments").message

    assert said([3, 5, 4]) == "“s1” is the most frequent, with 5 customers."
    assert said([5, 3, 5]) == "Tied for first: s0 and s2, 5 customers each."
    assert said([5, 5, 5, 5, 5, 1]) == "Tied for first: s0, s1, s2, and 2 more, 5 customers each."
    assert said([2, 2]) == "No difference: 2 customers each."
    assert said([2]) == "“s0” is the most frequent, with 2 customers."
    assert said([5, 3, 5], "es") == "Empatan en primer lugar: s0 y s2, con 5 clientes en cada caso."


@pytest.mark.parametrize("seed", range(20))
def test_no_sentence_names_one_of_several_that_are_equal(seed: int) -> None:
    draw = random.Random(seed)
    values = [float(draw.randint(1, 3)) for _ in range(draw.randint(2, 6))]
    names = [f"<{at}>" for at in range(len(values))]
    first = {name for name, value in zip(names, values, strict=True) if value == max(values)}
    frame = pd.DataFrame({"country": names, "product": names, "revenue": values, "customers": [1] * len(names)})
    frame = frame.sort_values("revenue", ascending=False, kind="stable", ignore_index=True)
    for made in (
        charts.countries(frame, "en", "EUR"),
        charts.shares(names, values, "en", title="x"),
        charts.group_shares(names, [1 / len(names)] * len(names), values, "en"),
    ):
        named = {name for name in names if name in made.message}
        assert named == first or (len(first) > 3 and named < first) or (len(first) == len(names) and not named)
