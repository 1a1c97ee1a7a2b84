"""Figures in headless Chromium: drawn when they come near, in the colours of the theme, and never the only way to the
numbers."""

from collections.abc import Callable

import pandas as pd
import pytest
from playwright.sync_api import Page, Route

from lib.text import say
from tests.browser.driving import draw_figures, go, settle, words
from tests.browser.test_explore import open_tab, selected, with_sample
from tests.browser.test_road import csv, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]

LIBRARY = "**/plotly.min.js*"
DRAWN = ".brine-figure .main-svg"


def ink(page: Page) -> str:
    """The colour that the labels of the first figure inherit."""
    return str(page.evaluate("() => document.querySelector('.js-plotly-plot')._fullLayout.font.color"))


def test_a_figure_is_drawn_when_it_comes_near_and_nothing_jumps(address: str, visit: Visit) -> None:
    page = visit(f"{address}/explore")
    with_sample(page)
    heights = "() => [...document.querySelectorAll('.brine-figure')].map((one) => one.getBoundingClientRect().height)"
    before = page.evaluate(heights)
    last = page.locator(".brine-figure").last
    assert last.locator(".main-svg").count() == 0
    draw_figures(page, least=3)
    assert last.locator(".main-svg").count() > 0
    assert page.evaluate(heights) == before


def test_plotly_comes_from_this_server_once_and_before_explore_is_opened(address: str, visit: Visit) -> None:
    page = visit(f"{address}/data")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name=say("en", "ui.try_sample")).first.click()
    page.get_by_text(say("en", "data.ledger_title")).wait_for()
    page.wait_for_function("() => window.Plotly !== undefined")
    go(page, "explore")
    draw_figures(page, least=3)
    go(page, "train")
    assert len([url for url in asked if "plotly.min.js" in url]) == 1
    assert all(url.startswith((address, "blob:", "data:")) for url in asked), asked


def test_a_figure_follows_the_theme_and_the_width_of_the_window(address: str, visit: Visit) -> None:
    page = visit(f"{address}/explore", width=1440)
    with_sample(page)
    draw_figures(page)
    page.locator(".brine-figure").first.scroll_into_view_if_needed()
    light = ink(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => document.querySelector('.js-plotly-plot')._fullLayout.font.color !== '{light}'")
    for width in (1024, 390, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.locator(".brine-figure").first.scroll_into_view_if_needed()
        page.wait_for_function(
            "() => { const one = document.querySelector('.brine-figure');"
            " return one.querySelector('.main-svg').getBoundingClientRect().width === Math.max(one.clientWidth, 150); }"
        )


def test_drawing_around_points_selects_their_customers(address: str, visit: Visit) -> None:
    page = visit(f"{address}/explore")
    with_sample(page)
    open_tab(page, "customers")
    chart = page.locator(".st-key-card-rfm")
    chart.scroll_into_view_if_needed()
    chart.locator(".main-svg").first.wait_for()
    chart.hover()
    chart.locator(f"[data-title='{say('en', 'ui.figure_box')}']").click()
    box = chart.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.38 * box["width"], box["y"] + 0.3 * box["height"], steps=6)
    page.mouse.up()
    page.locator(".st-key-chips").wait_for()
    settle(page)
    one = say("en", "explore.criterion.rfm", recency="up to 30 days", orders="1 order")
    assert say("en", "explore.criterion.more", first=one, count=1)[:12] in words(page)
    assert selected(page) > 0
    page.get_by_role("button", name=say("en", "explore.clear")).click()
    settle(page)
    chart.scroll_into_view_if_needed()
    chart.locator(".main-svg").first.wait_for()
    assert chart.locator(".selectionlayer path, .select-outline").count() == 0


def test_a_selection_changes_figures_in_place(address: str, visit: Visit) -> None:
    page = visit(f"{address}/explore")
    with_sample(page)
    open_tab(page, "customers")
    draw_figures(page, least=4)
    marked = "() => [...document.querySelectorAll('.brine-figure')].filter((one) => one.marked).length"
    page.evaluate("() => document.querySelectorAll('.brine-figure').forEach((one) => { one.marked = true })")
    many = page.evaluate(marked)
    card = page.locator(".st-key-card-segments")
    card.scroll_into_view_if_needed()
    bar = card.locator(".barlayer .point").first.bounding_box()
    assert bar is not None
    page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    page.wait_for_timeout(400)
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    page.locator(".st-key-chips").wait_for()
    settle(page)
    assert page.evaluate(marked) == many >= 4
    page.locator(".st-key-chips button").first.click()
    page.locator(".st-key-chips").wait_for(state="detached")
    settle(page)
    assert page.evaluate(marked) == many


def test_the_words_of_a_figure_are_in_the_language_of_the_visitor(address: str, visit: Visit) -> None:
    page = visit(f"{address}/explore", locale="es-ES")
    page.get_by_role("button", name=say("es", "ui.try_sample")).first.click()
    page.get_by_text(say("es", "explore.findings")).wait_for()
    settle(page)
    draw_figures(page, least=3)
    titles = {one.get_attribute("data-title") for one in page.locator(".brine-figure .modebar-btn").all()}
    assert titles == {say("es", f"ui.figure_{key}") for key in ("box", "lasso", "picture")}


def test_without_plotly_from_this_server_figures_are_drawn_by_streamlit(address: str, visit: Visit) -> None:
    page = visit(f"{address}/learn")
    page.route(LIBRARY, lambda route: route.abort())
    go(page, "explore")
    with_sample(page)
    page.locator(".brine-figure").first.scroll_into_view_if_needed()
    page.locator(".stPlotlyChart .main-svg").first.wait_for()
    settle(page)
    assert page.locator(".brine-figure").count() == 0
    assert page.locator(".stPlotlyChart[role=figure]").count() >= 3
    open_tab(page, "customers")
    chart = page.locator(".st-key-card-rfm")
    chart.scroll_into_view_if_needed()
    chart.locator(".nsewdrag").first.wait_for()
    box = chart.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.3 * box["height"])
    page.wait_for_timeout(400)
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.3 * box["height"])
    page.locator(".st-key-chips").wait_for()
    assert selected(page) > 0


def test_a_figure_that_waits_for_its_library_shows_the_latest_data(address: str, visit: Visit) -> None:
    page = visit(f"{address}/learn")
    waiting: list[Route] = []
    page.route(LIBRARY, lambda route: waiting.append(route))
    go(page, "explore")
    with_sample(page)
    page.locator(".brine-figure").first.scroll_into_view_if_needed()
    page.locator(".st-key-explore-period").get_by_text(say("en", "explore.period_90"), exact=True).click()
    settle(page)
    assert page.locator(DRAWN).count() == 0
    while not waiting:
        page.wait_for_timeout(50)
    waiting[0].continue_()
    page.locator(".brine-figure").first.scroll_into_view_if_needed()
    page.locator(DRAWN).first.wait_for()
    days = page.evaluate("() => document.querySelector('.js-plotly-plot').data[0].x.length")
    assert 1 < days <= 14  # weeks of 90 days, not months of two years


def test_paper_gets_every_figure(address: str, visit: Visit) -> None:
    page = visit(f"{address}/explore")
    with_sample(page)
    page.wait_for_function("() => document.querySelectorAll('.brine-figure').length >= 3")
    page.evaluate("() => scrollTo(0, 0)")
    page.locator(".brine-figure").first.scroll_into_view_if_needed()
    page.locator(DRAWN).first.wait_for()
    page.pdf()
    assert page.locator(".brine-figure:not(.js-plotly-plot)").count() == 0


def test_names_in_a_figure_are_letters_and_no_markup(address: str, visit: Visit) -> None:
    evil = '<img src=x onerror="window.evil=1"><a href="http://evil.example">x</a>'
    rows = ["Order ID,Date,Customer ID,Quantity,Price,Product"]
    for at in range(80):
        day = pd.Timestamp("2024-01-01") + pd.Timedelta(days=4 * at)
        product = evil.replace('"', '""') if at % 2 else "Tea"
        rows.append(f'{at},{day:%Y-%m-%d},C{at % 20},1,10.00,"{product}"')
    page = visit(f"{address}/data")
    upload(page, csv("orders.csv", rows))
    page.get_by_text(say("en", "data.ledger_title")).wait_for()
    go(page, "explore")
    open_tab(page, "products")
    draw_figures(page)
    assert page.evaluate("() => window.evil") is None
    assert page.locator(".brine-figure a, .brine-figure img").count() == 0
    assert "<img src=x" in "".join(page.locator(".brine-figure .ytick text").all_text_contents())


def test_on_a_phone_no_title_of_an_axis_is_cut_and_no_button_covers_a_bar(address: str, visit: Visit) -> None:
    page = visit(f"{address}/data", locale="es-ES", width=340, touch=True)
    page.get_by_role("button", name=say("es", "ui.try_sample")).first.click()
    page.get_by_text(say("es", "data.ledger_title")).wait_for()
    go(page, "explore")
    page.locator(".st-key-explore-tab").get_by_text(say("es", "explore.tab_products"), exact=True).click()
    settle(page)
    draw_figures(page, least=2)
    cut = """() => [...document.querySelectorAll('.brine-figure')].flatMap((figure) => {
        const frame = figure.querySelector('.main-svg').getBoundingClientRect();
        const titles = [...figure.querySelectorAll('.infolayer :is(.xtitle, .ytitle)')];
        return titles.filter((title) => {
            const box = title.getBoundingClientRect();
            return box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
        }).map((title) => title.textContent);
    })"""
    covered = """() => [...document.querySelectorAll('.brine-figure')].filter((figure) => {
        const buttons = figure.querySelector('.modebar').getBoundingClientRect();
        const plot = figure.querySelector('.nsewdrag').getBoundingClientRect();
        return plot.top < buttons.bottom - 1;
    }).length"""
    assert page.evaluate(cut) == []
    assert page.evaluate(covered) == 0
