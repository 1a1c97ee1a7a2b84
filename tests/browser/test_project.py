"""A project in real browsers: saved, closed, restored by another visitor, and continued with next month's export."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.text import say
from tests.browser.driving import go, server, settle, words
from tests.browser.test_road import csv, shop, train, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]


def key_figures(page: Page) -> list[str]:
    """Those of Data."""
    page.get_by_text(say("en", "data.ledger_title")).wait_for()
    settle(page)
    return page.locator('[data-testid="stMetricValue"]').all_inner_texts()


def shows(page: Page, figures: list[str]) -> None:
    """The figures are awaited."""
    expect(page.get_by_test_id("stMetricValue")).to_have_text(figures, timeout=60_000)
    settle(page)


def explored(page: Page) -> str:
    """Key figures and findings of Explore."""
    go(page, "explore")
    page.get_by_text(say("en", "explore.findings")).wait_for()
    settle(page)
    return page.locator(".brine-figures").first.inner_text() + page.locator(".st-key-findings").first.inner_text()


def test_a_restored_project_shows_the_same_screens_and_takes_next_month(visit: Visit, tmp_path: Path) -> None:
    with server(tmp_path / "models") as address:
        walk(address, visit, tmp_path)


def walk(address: str, visit: Visit, tmp_path: Path) -> None:
    header, *rows = shop(customers=120)
    first_months = [row for row in rows if row.split(",")[1] < "2024-06-01"]
    page = visit(f"{address}/data")
    upload(page, csv("orders.csv", [header, *first_months]))
    figures = key_figures(page)
    go(page, "explore")
    page.get_by_text(say("en", "explore.findings")).wait_for()
    page.locator(".st-key-explore-period").get_by_text(say("en", "explore.period_90")).first.click()
    settle(page)
    screen = explored(page)
    go(page, "train")
    train(page, "groups")
    page.get_by_text(say("en", "train.result"), exact=True).wait_for(timeout=300_000)
    settle(page)
    headline = page.get_by_text("customers form").first.inner_text()

    go(page, "project")
    page.get_by_text(say("en", "project.customers"), exact=True).first.click()
    page.get_by_text(say("en", "project.customers_plain")).click()
    settle(page)
    with page.expect_download() as found:
        page.get_by_role("button", name=say("en", "project.save"), exact=True).click()
    project = tmp_path / "shop.brine"
    found.value.save_as(project)
    page.context.close()

    same = visit(f"{address}/data")
    orders = tmp_path / "orders.csv"
    orders.write_text("\n".join([header, *first_months]))
    upload(same, project)
    settle(same)
    upload(same, orders)  # after it, as next month's below comes with it
    shows(same, figures)
    assert explored(same) == screen
    assert "period=90" in same.url
    go(same, "project")
    assert "orders.csv" not in words(same)
    go(same, "predict")
    same.get_by_text(say("en", "predict.model_saved"), exact=True).click()
    settle(same)
    same.get_by_text(say("en", "predict.customers_loaded"), exact=True).click()
    same.get_by_text(say("en", "predict.results"), exact=True).first.wait_for()
    assert headline.split()[1] in words(same)  # as many customers as the model was trained on

    whole = visit(f"{address}/data")
    upload(whole, csv("orders.csv", [header, *rows]))
    wanted = key_figures(whole)
    assert wanted != figures
    later = tmp_path / "june.csv"
    later.write_text("\n".join([header, *(row for row in rows if row not in set(first_months))]))
    next_month = visit(f"{address}/data")
    upload(next_month, project, later)
    shows(next_month, wanted)
    for milliseconds in (60, 150, 600):  # the second file comes while the page opens the first
        one_by_one = visit(f"{address}/data")
        box = one_by_one.get_by_test_id("stFileUploaderDropzoneInput").first
        box.set_input_files(project)
        one_by_one.wait_for_timeout(milliseconds)
        box.set_input_files(later)
        shows(one_by_one, wanted)
