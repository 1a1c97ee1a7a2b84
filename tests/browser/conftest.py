"""A server of our own on a free port, and headless Chromium to look at it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.driving import server, settle

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str | None:
    """`$CHROMIUM`, a Chromium of the system, or None for the one that playwright installed."""
    named = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES), "/usr/bin/chromium"]
    return next((path for path in named if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Brine runs during these tests."""
    with server(tmp_path_factory.mktemp("models")) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        path = chromium()
        if path is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("there is no Chromium here: set $CHROMIUM or run `playwright install chromium`")
        found = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`visit(address, locale=…, width=…, dark=…, touch=…)` opens a page as a new visitor."""
    contexts: list[BrowserContext] = []

    def visited(
        address: str, *, locale: str = "en-GB", width: int = 1280, dark: bool = False, touch: bool = False
    ) -> Page:
        context = browser.new_context(
            locale=locale,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            has_touch=touch,
            is_mobile=touch,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.goto(address)
        page.wait_for_selector("h1")
        settle(page)
        return page

    yield visited
    for context in contexts:
        context.close()
