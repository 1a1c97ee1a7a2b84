"""Starting Brine and walking through it: what the tests in the browser share."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def server(models: Path, log: Path | None = None) -> Iterator[str]:
    """Brine, started as its user starts it; saved models go to a folder of the test, and what it logs to a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
    }
    written = (log or Path(os.devnull)).open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"],
        cwd=ROOT,
        env={**os.environ, "BRINE_MODELS": str(models), **settings},
        stdout=written,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                    break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        written.close()


def settle(page: Page) -> None:
    """Waits until the script has run to its end and the page stands still."""
    page.wait_for_timeout(300)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') !== 'running'"
        " && !document.querySelector('[data-testid=stSkeleton]')"
    )
    page.wait_for_timeout(300)


def go(page: Page, stem: str) -> None:
    """To another page by the navigation, as its user goes there: a reload would be a new visitor."""
    link = page.locator(f'[data-testid="stTopNavLink"][href$="/{stem}"]').first
    if not link.is_visible():  # on a phone the navigation is a row of its own
        link = page.locator(f'.st-key-phone-nav a[href$="{stem}"]').first
    link.click()
    arrived(page, stem)
    settle(page)


def arrived(page: Page, stem: str) -> None:
    """Waits until the address is that page's, with or without the view and language that stand behind it."""
    page.wait_for_url(re.compile(rf"/{stem}(\?.*)?$"))


def draw_figures(page: Page, *, least: int = 1) -> None:
    """Scrolls past every figure of the page, so that each is drawn, and back to the top; waits for `least` of them."""
    figures = page.locator(".brine-figure")
    figures.nth(least - 1).wait_for(state="attached")
    for figure in figures.all():
        figure.scroll_into_view_if_needed()
        figure.locator(".main-svg").first.wait_for()
    page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    settle(page)


def words(page: Page) -> str:
    """Everything that stands on the page."""
    return page.inner_text('[data-testid="stMain"]')
