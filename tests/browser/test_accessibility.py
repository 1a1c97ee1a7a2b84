"""axe-core on every page and its main states, in both themes, on a desktop and on a phone; and the keyboard alone."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from lib import text
from lib.text import say
from tests.browser.driving import arrived, draw_figures, go, settle, words
from tests.browser.test_road import csv, shop, train, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
IMPACTS = ("critical", "serious", "moderate")
ALL_SIZES = ((1440, "light"), (390, "light"), (390, "dark"), (1440, "dark"))
"""Width and theme."""
TWO_SIZES = ((1440, "light"), (390, "dark"))
"""For pages with little on them."""
DARK_SIZES = ((390, "dark"), (1440, "dark"))
"""For states that the walks in daylight have seen elsewhere."""
PAGES = ("explore", "train", "predict", "models", "project", "learn")


def violations(page: Page, state: str, sizes: Sequence[tuple[int, str]] = ALL_SIZES) -> list[str]:
    """What axe-core finds on the page as it is, in every size and theme, one line per rule and element."""
    found = []
    for width, theme in sizes:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        settle(page)
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE)
        result = page.evaluate(
            "(rules) => axe.run(document, {resultTypes: ['violations'], runOnly: rules})", list(RULES)
        )
        found += [
            f"{state} {width} {theme}: {one['impact']} {one['id']}: {node['html'][:160]}"
            for one in result["violations"]
            if one["impact"] in IMPACTS
            for node in one["nodes"]
        ]
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_test_id("stTopNavLink").first.wait_for()
    return found


def test_no_page_has_an_accessibility_fault(address: str, visit: Visit) -> None:
    page = visit(address, width=1440)
    found = violations(page, "data, empty", TWO_SIZES)
    for stem in PAGES:
        go(page, stem)
        found += violations(page, f"{stem}, empty", TWO_SIZES)

    go(page, "data")
    upload(page, csv("orders.csv", shop(customers=200)))
    page.get_by_text(say("en", "data.ledger_title")).wait_for()
    found += violations(page, "data, loaded")

    go(page, "explore")
    for tab in ("overview", "customers", "retention", "times"):
        page.locator(".st-key-explore-tab").get_by_text(say("en", f"explore.tab_{tab}"), exact=True).click()
        settle(page)
        draw_figures(page)
        found += violations(page, f"explore, {tab}", ALL_SIZES if tab == "overview" else TWO_SIZES)

    go(page, "train")
    found += violations(page, "train, loaded", TWO_SIZES)
    train(page, "buy_again")
    page.get_by_text(say("en", "train.result"), exact=True).wait_for(timeout=120_000)
    found += violations(page, "train, result")

    go(page, "predict")
    page.get_by_text(say("en", "predict.results"), exact=True).first.wait_for()
    settle(page)
    found += violations(page, "predict, results")
    assert not found, "\n".join(found)


def test_no_page_has_an_accessibility_fault_in_spanish(address: str, visit: Visit) -> None:
    """And the states that the walk in English does not reach: one customer, products, a saved model, a project."""

    def word(key: str, **facts: object) -> str:
        return say("es", key, **facts)  # type: ignore[arg-type]

    page = visit(address, width=1440, locale="es-ES")
    page.get_by_role("button", name=word("ui.try_sample")).first.click()
    page.get_by_text(word("data.ledger_title")).wait_for()
    found = violations(page, "data, es", TWO_SIZES)

    go(page, "explore")
    page.locator(".st-key-explore-tab").get_by_text(word("explore.tab_products"), exact=True).click()
    settle(page)
    found += violations(page, "explore, products", TWO_SIZES)
    page.locator(".st-key-explore-tab").get_by_text(word("explore.tab_overview"), exact=True).click()
    page.get_by_role("button", name=word("explore.show_customers")).first.click()
    settle(page)
    found += violations(page, "explore, list of customers", TWO_SIZES)

    go(page, "train")
    page.get_by_text(word("train.groups"), exact=True).click(force=True)
    settle(page)
    page.get_by_role("button", name=word("train.start"), exact=True).click()
    page.get_by_text(word("train.result"), exact=True).wait_for(timeout=120_000)
    found += violations(page, "train, segments", TWO_SIZES)
    page.locator(".st-key-save-model button").first.click()
    page.get_by_label(word("train.save_name"), exact=True).wait_for()
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    settle(page)
    go(page, "models")
    found += violations(page, "models, one saved", TWO_SIZES)

    go(page, "predict")
    page.get_by_text(word("predict.results"), exact=True).first.wait_for()
    page.get_by_text(word("predict.customers_one"), exact=True).first.click()
    settle(page)
    found += violations(page, "predict, one customer", TWO_SIZES)

    go(page, "project")
    page.get_by_role("button", name=word("project.compare")).click()
    settle(page)
    found += violations(page, "project, what changed", TWO_SIZES)
    assert not found, "\n".join(found)


PHONE_IN_THE_DARK = ((390, "dark"),)


@pytest.mark.parametrize("goal", ["spend", "orders", "next_order"])
def test_the_result_of_each_goal_has_no_accessibility_fault(address: str, visit: Visit, goal: str) -> None:
    """In Spanish, in the dark, on a phone and on a desktop; segments and reordering are walked above."""
    page = visit(f"{address}/data", width=1440, locale="es-ES", dark=True)
    upload(page, csv("pedidos.csv", shop(customers=200)))
    page.get_by_text(say("es", "data.ledger_title")).wait_for()
    go(page, "train")
    page.get_by_text(say("es", f"train.{goal}"), exact=True).click(force=True)
    settle(page)
    page.get_by_role("button", name=say("es", "train.start"), exact=True).click()
    page.get_by_text(say("es", "train.result"), exact=True).wait_for(timeout=120_000)
    found = violations(page, f"train, {goal}", DARK_SIZES)
    for tab in ("columns", "method"):
        page.get_by_role("tab", name=say("es", f"report.tab_{tab}")).first.click()
        settle(page)
        found += violations(page, f"train, {goal}, {tab}", PHONE_IN_THE_DARK)
    go(page, "predict")
    page.get_by_text(say("es", "predict.results"), exact=True).first.wait_for()
    settle(page)
    found += violations(page, f"predict, {goal}", PHONE_IN_THE_DARK)
    assert not found, "\n".join(found)


def table() -> list[str]:
    """A customer table with a yes/no column that depends on the others."""
    rows = ["customer_id,age,visits,city,churn"]
    for at in range(300):
        age, visits = 20 + 7 * at % 50, at * 13 % 17
        gone = (age + 5 * visits + at * 31 % 23) % 60 < 25
        rows.append(f"K{at:04},{age},{visits},{'Lima' if at % 3 else 'Madrid'},{'Yes' if gone else 'No'}")
    return rows


def test_a_customer_table_has_no_accessibility_fault(address: str, visit: Visit) -> None:
    """Its parts on Explore, the result for a yes/no column and its scores, and segments with their scatter."""
    page = visit(f"{address}/data", width=1440)
    upload(page, csv("customers.csv", table()))
    page.get_by_text(say("en", "data.preview_title")).wait_for()
    found = violations(page, "data, table", TWO_SIZES)
    go(page, "explore")
    for part in ("columns", "relations", "outcome"):
        page.get_by_text(say("en", f"explore.part_{part}"), exact=True).first.click()
        settle(page)
        found += violations(page, f"explore, {part}", TWO_SIZES)
    for goal in ("target", "groups"):
        go(page, "train")
        another = page.get_by_text(say("en", "train.another"), exact=True)
        if another.count():
            another.click()
            settle(page)
        page.get_by_text(say("en", f"train.{goal}"), exact=True).first.click(force=True)
        settle(page)
        page.locator(".st-key-train-start button").click()
        page.get_by_role("button", name=say("en", "train.cancel")).wait_for()
        page.get_by_text(say("en", "train.result"), exact=True).wait_for(timeout=120_000)
        settle(page)
        found += violations(page, f"train, {goal}", TWO_SIZES)
    go(page, "predict")
    page.get_by_text(say("en", "predict.results"), exact=True).first.wait_for()
    settle(page)
    found += violations(page, "predict, table", TWO_SIZES)
    assert not found, "\n".join(found)


def test_errors_and_dialogs_have_no_accessibility_fault(address: str, visit: Visit) -> None:
    """What is refused, and what opens above a page, in Spanish, in the dark, on a phone and on a desktop."""

    def word(key: str, **facts: object) -> str:
        return say("es", key, **facts)  # type: ignore[arg-type]

    page = visit(f"{address}/data", width=1440, locale="es-ES", dark=True)
    upload(page, {"name": "foto.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20})
    page.get_by_role("alert").first.wait_for()
    found = violations(page, "data, refused", DARK_SIZES)

    go(page, "predict")
    found += violations(page, "predict, no model", DARK_SIZES)
    page.locator('input[type="file"]').first.set_input_files(
        {"name": "model.pkl", "mimeType": "application/octet-stream", "buffer": b"\x80\x04cos\nsystem\n."}
    )
    page.get_by_text(word("predict.refused_calm", name="model.pkl")).first.wait_for()
    settle(page)
    found += violations(page, "predict, refused", DARK_SIZES)

    page = visit(f"{address}/predict", width=1440, locale="es-ES", dark=True)
    page.locator(".st-key-sample-model button").click()
    page.get_by_text(word("predict.results"), exact=True).first.wait_for()
    settle(page)
    found += violations(page, "predict, sample model", DARK_SIZES)
    page.get_by_text(word("predict.customers_one"), exact=True).first.click()
    settle(page)
    page.locator('[class*="st-key-facts-spent"] input').fill("mucho")
    page.keyboard.press("Enter")
    page.get_by_text("«mucho»").wait_for()
    found += violations(page, "predict, no number", DARK_SIZES)

    go(page, "train")
    page.get_by_role("button", name=word("train.start"), exact=True).click()
    page.get_by_text(word("train.result"), exact=True).wait_for(timeout=120_000)
    page.locator(".st-key-save-model button").first.click()
    page.get_by_label(word("train.save_name"), exact=True).wait_for()
    found += violations(page, "train, save", PHONE_IN_THE_DARK)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    settle(page)
    go(page, "models")
    page.locator("[class*='st-key-rename-'] button").first.click()
    settle(page)
    found += violations(page, "models, rename", DARK_SIZES)
    assert not found, "\n".join(found)


def focused(page: Page) -> str:
    """The accessible name of what has the focus, as far as its element says it."""
    return str(
        page.evaluate("""() => { const here = document.activeElement;
            return here.matches('button, a, input') ? here.getAttribute('aria-label') || here.innerText : '' }""")
    )


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Presses Tab until the element of that name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in focused(page):
            return
    raise AssertionError(f"{name!r} can't be reached by Tab; the last focus was on {focused(page)!r}")


def test_the_whole_road_is_walked_by_the_keyboard_alone(address: str, visit: Visit) -> None:
    page = visit(address, width=1440)
    tab_to(page, say("en", "ui.try_sample"))
    page.keyboard.press("Enter")
    page.get_by_text(say("en", "data.ledger_title")).wait_for()
    settle(page)
    tab_to(page, say("en", "ui.go_explore"))
    outline = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow }"
    )
    assert outline != "nonenone"  # the focus can be seen
    page.keyboard.press("Enter")
    arrived(page, "explore")
    draw_figures(page)
    assert say("en", "explore.findings") in words(page)
    tab_to(page, say("en", "ui.go_train"), most=120)
    page.keyboard.press("Enter")
    arrived(page, "train")
    settle(page)
    tab_to(page, say("en", "train.start"))
    page.keyboard.press("Enter")
    page.get_by_text(say("en", "train.result"), exact=True).wait_for(timeout=120_000)
    settle(page)
    tab_to(page, say("en", "ui.go_predict"), most=120)
    page.keyboard.press("Enter")
    arrived(page, "predict")
    page.get_by_text(say("en", "predict.results"), exact=True).first.wait_for()


def test_whatever_the_keyboard_is_on_is_outlined(address: str, visit: Visit) -> None:
    """Of the links of the navigation and the buttons of uploaders and tables it was hardly visible, or not at all."""
    page = visit(f"{address}/data", width=1440)
    upload(page, csv("orders.csv", shop()))
    page.get_by_text(say("en", "data.understood_title")).wait_for()
    page.mouse.click(3, 300)
    hidden, seen = [], set()
    for _ in range(60):
        page.keyboard.press("Tab")
        name, outlined = page.evaluate(
            """() => {
                const one = document.activeElement, style = getComputedStyle(one);
                const name = `${one.tagName} ${one.getAttribute("aria-label") || one.innerText}`;
                return [name, style.outlineStyle !== "none" || !one.matches("a, button, summary")];
            }"""
        )
        seen.add(name)
        hidden += [] if outlined else [name]
    assert len(seen) > 20
    assert not hidden


def test_the_document_and_the_words_of_streamlit_are_in_the_language_of_the_visitor(address: str, visit: Visit) -> None:
    page = visit(address, locale="es-ES", width=1440)
    language = "() => document.documentElement.lang"
    assert page.evaluate(language) == "es"
    assert page.get_by_label(say("es", "streamlit.pages")).count() == 1
    page.get_by_text("EN", exact=True).click()
    settle(page)
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    assert page.get_by_label(say("en", "streamlit.pages")).count() == 1


@pytest.mark.parametrize(
    ("locale", "language", "written"),
    [
        ("en-US", "es", "12.345,5"),
        ("es-ES", "en", "12,345.5"),
        ("en-GB", "en", "12,345.5"),
        ("es-MX", "es", "12.345,5"),
    ],
)
def test_tables_are_written_in_the_language_of_the_page(
    address: str, visit: Visit, locale: str, language: str, written: str
) -> None:
    """Streamlit's grid writes numbers and days as `navigator.languages` says; the language of a new visitor is still
    that of the browser."""
    page = visit(f"{address}/data?lang={language}", locale=locale)
    assert page.evaluate("new Intl.NumberFormat(navigator.languages).format(12345.5)") == written
    day = "new Intl.DateTimeFormat(navigator.languages, {dateStyle: 'medium'}).format(new Date(2025, 5, 8))"
    assert page.evaluate(day) == text.day(language, date(2025, 6, 8))
    assert page.evaluate("navigator.language") == locale
