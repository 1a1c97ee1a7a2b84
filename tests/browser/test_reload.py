"""A reload, a second tab and another visitor, in real browsers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from lib.text import say
from tests.browser.driving import go, server, settle, words
from tests.browser.test_road import train

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]


def token_of(context: BrowserContext) -> dict[str, object]:
    (found,) = [one for one in context.cookies() if one["name"].startswith("brine-work")]
    return dict(found)


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(address)
    page.wait_for_selector("h1")
    settle(page)
    return page


def again(page: Page) -> None:
    page.reload()
    page.wait_for_selector("h1")
    settle(page)


def test_work_survives_a_reload_and_nothing_of_it_reaches_another_visitor(
    visit: Visit, browser: Browser, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with server(tmp_path / "models", log) as address:
        page = visit(f"{address}/data?lang=es")
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.get_by_role("button", name=say("es", "ui.try_sample")).first.click()
        page.get_by_text(say("es", "data.ledger_title")).wait_for()
        again(page)
        assert page.locator("h1").inner_text() == say("es", "data.title")
        page.get_by_text(say("es", "data.ledger_title")).wait_for()
        assert asked == [], "nothing would be lost"
        page.get_by_role("radio", name="EN").or_(page.get_by_role("button", name="EN")).first.click()
        settle(page)

        go(page, "train")
        train(page, "groups")
        again(page)
        assert asked == ["beforeunload"]
        page.get_by_text(say("en", "train.result"), exact=True).wait_for(timeout=300_000)
        page.get_by_role("button", name=say("en", "train.cancel")).wait_for(state="detached", timeout=300_000)
        settle(page)
        headline = page.get_by_text("customers form").first.inner_text()
        again(page)
        assert asked == ["beforeunload"] * 2
        assert page.get_by_text("customers form").first.inner_text() == headline
        with page.expect_download():
            page.get_by_role("button", name=say("en", "train.download", suffix=".pkl")).first.click()
        again(page)
        assert asked == ["beforeunload"] * 2, "the model was downloaded"

        go(page, "explore")
        page.locator(".st-key-explore-period").get_by_text(say("en", "explore.period_90")).first.click()
        settle(page)
        shown = page.url
        again(page)
        assert page.url == shown
        assert "period=90" in shown

        second = page.context.new_page()
        second.goto(f"{address}/data")
        second.get_by_text(say("en", "ui.copied_tab")).wait_for(timeout=90_000)
        settle(second)
        assert say("en", "data.ledger_title") in words(second)

        cookie = token_of(page.context)
        token = str(cookie["value"])
        assert cookie["sameSite"] == "Strict"
        assert cookie["expires"] == -1
        assert token not in page.url
        visited = browser.new_context(locale="en-GB", user_agent="Another browser")
        other = opened(visited, f"{address}/data")
        own = token_of(visited)
        assert own["value"] != token
        visited.add_cookies([{**own, "value": token}])  # type: ignore[list-item]
        again(other)
        assert say("en", "data.ledger_title") not in words(other), "a stolen token is bound to its browser"
        visited.close()

        go(page, "project")
        page.get_by_role("button", name=say("en", "project.forget")).click()
        page.get_by_role("button", name=say("en", "project.forget_now")).click()
        settle(page)
        go(second, "explore")
        settle(second)
        assert say("en", "data.ledger_title") not in words(second)
        assert "/data" in second.url, "the other tab begins anew on the first page"
        second.close()
        again(page)
        go(page, "data")
        assert say("en", "data.ledger_title") not in words(page)
    assert log.stat().st_size > 0
    assert token not in log.read_text()
    assert token.split(".")[0] not in log.read_text()
