"""A choice and a click on "Save" a moment later: the file has the choice, however soon the click comes."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from lib.text import say
from tests.browser.driving import go, settle
from tests.browser.test_road import csv, shop, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AT_ONCE = """([field, button, written, wait]) => {
  if (written === null) field.click();
  else {
    field.focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, written);
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.blur();
  }
  setTimeout(() => button.click(), wait);
}"""
"""Clicks or fills in the field, and clicks the button so many milliseconds later."""


@pytest.mark.parametrize("wait", [5, 30, 100])
def test_a_project_is_saved_with_what_was_chosen_last(
    wait: int, address: str, visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit(f"{address}/data")
    upload(page, csv("orders.csv", shop(customers=60)))
    page.get_by_text(say("en", "data.ledger_title")).wait_for()
    go(page, "project")
    page.get_by_text(say("en", "project.customers"), exact=True).first.click()
    settle(page)

    def saved(field: Locator, written: str | None = None) -> tuple[str, set[str]]:
        save = page.get_by_role("button", name=say("en", "project.save"), exact=True).element_handle()
        with page.expect_download() as found:
            page.evaluate(AT_ONCE, [field.element_handle(), save, written, wait])
        found.value.save_as(tmp_path / "shop.brine")
        settle(page)
        with zipfile.ZipFile(tmp_path / "shop.brine") as archive:
            return found.value.suggested_filename, {name for name in archive.namelist() if "history" in name}

    def choice(way: str) -> Locator:
        return page.get_by_text(say("en", f"project.customers_{way}"))

    assert saved(choice("plain")) == ("orders.brine", {"history/lines.parquet"})
    assert saved(choice("no")) == ("orders.brine", set())
    assert saved(choice("plain")) == ("orders.brine", {"history/lines.parquet"})
    passphrase = page.get_by_role("textbox", name=say("en", "project.passphrase"))
    assert saved(passphrase, "correct horse battery") == ("orders.brine", {"history/lines.parquet.aes"})
    name = page.get_by_role("textbox", name=say("en", "project.name"), exact=True)
    assert saved(name, "Pear & Sons") == ("pear-sons.brine", {"history/lines.parquet.aes"})
