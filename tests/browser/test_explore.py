"""Explore in headless Chromium: a click gets its customers, they are taken away, and a link shows the same view."""

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page

from lib.text import say
from tests.browser.driving import settle, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]


def with_sample(page: Page) -> None:
    page.get_by_role("button", name=say("en", "ui.try_sample")).first.click()
    page.get_by_text(say("en", "explore.findings")).wait_for()
    settle(page)


def open_tab(page: Page, tab: str) -> None:
    page.locator(".st-key-explore-tab").get_by_text(say("en", f"explore.tab_{tab}"), exact=True).click()
    settle(page)


def click_cell(chart: Locator, column: int, row: int, columns: int, rows: int) -> None:
    """Clicks the middle of a cell of a heatmap."""
    box = chart.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    x = box["x"] + box["width"] * (column + 0.5) / columns
    y = box["y"] + box["height"] * (row + 0.5) / rows
    page = chart.page
    page.mouse.move(x, y)
    page.wait_for_timeout(400)
    page.mouse.click(x, y)
    page.wait_for_timeout(700)
    settle(page)


def selected(page: Page) -> int:
    """How many customers the page is narrowed to."""
    return int(page.locator(".st-key-chips strong").inner_text().split()[0].replace(",", "").replace(".", ""))


def test_a_click_gets_its_customers_and_a_link_shows_the_same_view(address: str, visit: Visit, tmp_path: Path) -> None:
    page = visit(f"{address}/explore")
    with_sample(page)
    open_tab(page, "customers")
    chart = page.locator(".st-key-card-rfm")
    chart.scroll_into_view_if_needed()
    click_cell(chart, column=2, row=1, columns=5, rows=5)
    count = selected(page)
    assert 0 < count < 2_000
    assert say("en", "explore.criterion.rfm", recency="31–90 days", orders="3–5") in words(page)

    with page.expect_download() as found:
        page.locator(".st-key-csv-people button").click()
    table = pd.read_csv(io.BytesIO(Path(found.value.path()).read_bytes()))
    assert len(table) == count
    assert table[say("en", "explore.column.frequency_orders")].between(3, 5).all()
    assert table[say("en", "explore.column.recency_days")].between(31, 90).all()

    link = page.url
    assert "who=" in link
    assert not any(str(customer) in link for customer in table[say("en", "explore.column.customer_id")])
    other = visit(link)
    assert say("en", "explore.link_waits") in words(other)
    other.get_by_role("button", name=say("en", "ui.try_sample")).first.click()
    other.locator(".st-key-chips").wait_for()
    settle(other)
    assert selected(other) == count
    assert other.url.split("?")[1] == link.split("?")[1]

    rows = page.locator(".st-key-customer-list [data-testid=stDataFrame]")
    rows.scroll_into_view_if_needed()
    box = rows.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 14, box["y"] + 52)  # the first row's mark
    page.get_by_text(say("en", "explore.events_title")).first.wait_for()
    best = str(table[say("en", "explore.column.customer_id")].iloc[0])
    assert say("en", "explore.customer_title", name=best) in words(page)
    assert best not in page.url

    page.get_by_role("button", name=say("en", "explore.back")).click()
    page.locator(".st-key-chips").wait_for()
    settle(page)
    assert selected(page) == count
    page.get_by_role("button", name=say("en", "explore.clear")).click()
    settle(page)
    assert page.locator(".st-key-chips").count() == 0


def test_a_sentence_opens_its_customers_in_spanish(address: str, visit: Visit) -> None:
    page = visit(f"{address}/explore", locale="es-ES")
    page.get_by_role("button", name=say("es", "ui.try_sample")).first.click()
    page.get_by_text(say("es", "explore.findings")).wait_for()
    settle(page)
    page.get_by_role("button", name=say("es", "explore.show_customers")).first.click()
    page.locator(".st-key-chips").wait_for()
    settle(page)
    assert say("es", "explore.criterion.quiet") in words(page)
    assert selected(page) > 0

    with page.expect_download() as found:
        page.get_by_role("button", name=say("es", "explore.report")).last.click()
    report = Path(found.value.path()).read_text(encoding="utf-8")
    assert found.value.suggested_filename == "explorar.html"
    assert '<html lang="es">' in report
    assert "<script src" not in report
    for key in ("revenue_by_month", "pareto", "cohorts_share", "products", "countries"):
        assert f"<h2>{say('es', f'charts.{key}')}</h2>" in report
    assert say("es", "explore.report_net") in report
    listed = page.locator(".st-key-csv-people button")
    with page.expect_download() as found:
        listed.click()
    ids = pd.read_csv(io.BytesIO(Path(found.value.path()).read_bytes()), sep=";", dtype=str).iloc[:, 0]
    text = report.split("</script>", 1)[1]  # behind Plotly's own code
    assert not [one for one in ids if f">{one}<" in text or f'"{one}"' in text]


def test_values_of_key_figures_stand_on_one_line_beside_labels_of_two(address: str, visit: Visit) -> None:
    lines = """() => [...document.querySelectorAll('.brine-figures > div')].map((card) => [
        card.getBoundingClientRect().top, card.querySelector('b').getBoundingClientRect().top,
        card.querySelector('.brine-label').scrollWidth - card.querySelector('.brine-label').clientWidth])"""
    for locale in ("en-GB", "es-ES"):
        page = visit(f"{address}/explore", locale=locale)
        page.get_by_role("button", name=say(locale[:2], "ui.try_sample")).first.click()
        page.locator(".brine-figures").wait_for()
        settle(page)
        for width in (390, 640, 768, 1024, 1152, 1280, 1366, 1440, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(200)
            cards = page.evaluate(lines)
            assert len(cards) == 6
            assert len({(top, value) for top, value, _ in cards}) == len({top for top, *_ in cards}), (locale, width)
            assert max(over for *_, over in cards) <= 0, (locale, width)
