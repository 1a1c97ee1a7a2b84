"""Takes the screenshots of the README anew, with the sample shop: `python tools/screenshots.py`."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from lib.text import say  # noqa: E402
from tests.browser.conftest import chromium  # noqa: E402
from tests.browser.driving import draw_figures, go, server, settle  # noqa: E402 - found through the path set above

OUT = ROOT / "docs" / "screenshots"


def visit(browser: Browser, address: str, *, locale: str = "en-GB", width: int = 1280, dark: bool = False) -> Page:
    """A new visitor with the sample shop in hand."""
    context = browser.new_context(
        locale=locale, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(f"{address}/data")
    page.wait_for_selector("h1")
    settle(page)
    page.get_by_role("button", name=say(locale[:2], "ui.try_sample")).first.click()
    page.get_by_text(say(locale[:2], "data.ledger_title")).wait_for()
    settle(page)
    return page


def shoot(page: Page, name: str) -> None:
    """What stands in the window."""
    settle(page)
    page.wait_for_timeout(800)
    page.mouse.move(0, 0)  # no tooltip of what happens to be under the pointer
    page.wait_for_timeout(300)
    page.screenshot(path=OUT / f"{name}.png")


def main() -> None:
    """Data, Explore, Train and Predict in English; the phone in Spanish and dark."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as models, server(Path(models)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = visit(browser, address)
        shoot(page, "data")
        go(page, "explore")
        draw_figures(page)
        shoot(page, "explore")
        go(page, "train")
        page.get_by_role("button", name=say("en", "train.start"), exact=True).click()
        page.get_by_text(say("en", "train.result"), exact=True).wait_for(timeout=300_000)
        settle(page)
        page.get_by_text(say("en", "train.result"), exact=True).scroll_into_view_if_needed()
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollBy(0, 120)")
        shoot(page, "train")
        go(page, "predict")
        page.get_by_role("heading", name=say("en", "predict.results")).wait_for()
        page.get_by_role("heading", name=say("en", "predict.results")).scroll_into_view_if_needed()
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollBy(0, 520)")
        shoot(page, "predict")
        phone = visit(browser, address, locale="es-ES", width=390, dark=True)
        go(phone, "explore")
        draw_figures(phone)
        shoot(phone, "phone")
        browser.close()


if __name__ == "__main__":
    main()
