"""The whole workflow in headless Chromium: upload orders, explore, train, download the model."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from lib.gate import inspect
from lib.text import say
from tests.browser.driving import arrived, draw_figures, go, server, settle, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = ("data", "explore", "train", "predict", "models", "project", "learn")
Visit = Callable[..., Page]


def upload(page: Page, *files: Path | dict[str, object]) -> None:
    """Drops files on Data."""
    page.locator('input[type="file"]').first.set_input_files(list(files))  # type: ignore[arg-type]
    page.wait_for_timeout(800)
    settle(page)


def csv(name: str, rows: list[str]) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}


def shop(customers: int = 40, orders: int = 6) -> list[str]:
    """A small export: each customer orders at a fixed interval of days."""
    start = pd.Timestamp("2024-01-01")
    rows = ["Order ID,Date,Customer ID,Quantity,Price,Country"]
    for customer in range(customers):
        for order in range(orders if customer % 3 else 1):
            day = start + pd.Timedelta(days=7 * customer % 90 + 30 * order)
            rows.append(f"{customer}-{order},{day:%Y-%m-%d},C{customer},{1 + customer % 4},{5 + customer}.50,Spain")
    return rows


def take_sample(page: Page) -> None:
    page.get_by_role("button", name=say("en", "ui.try_sample")).first.click()
    page.get_by_text(say("en", "data.ledger_title")).wait_for()
    settle(page)


def train(page: Page, goal: str) -> None:
    page.get_by_text(say("en", f"train.{goal}"), exact=True).click(force=True)
    settle(page)
    page.get_by_role("button", name=say("en", "train.start"), exact=True).click()
    page.get_by_role("button", name=say("en", "train.cancel")).wait_for()


def test_the_whole_road_with_the_sample_shop(address: str, visit: Visit, tmp_path: Path) -> None:
    page = visit(address)
    arrived(page, "data")
    take_sample(page)
    assert say("en", "data.simulated") in words(page)

    page.get_by_role("button", name=say("en", "ui.go_explore")).click()
    arrived(page, "explore")
    draw_figures(page, least=3)
    for tab, key in (
        ("overview", "revenue_by_month"),
        ("customers", "pareto"),
        ("retention", "cohorts_share"),
        ("products", "products"),
        ("times", "countries"),
    ):
        page.locator(".st-key-explore-tab").get_by_text(say("en", f"explore.tab_{tab}"), exact=True).click()
        settle(page)
        page.get_by_text(say("en", f"charts.{key}"), exact=True).first.wait_for()

    go(page, "train")
    train(page, "groups")
    go(page, "learn")  # training continues while another page is open
    assert say("en", "learn.title") in words(page)
    go(page, "train")
    page.get_by_text(say("en", "train.result"), exact=True).wait_for(timeout=300_000)
    settle(page)
    page_words = words(page)
    assert re.search(r"Your 2,\d\d\d customers form \d+ segments", page_words)
    assert "no customer data found in the file" in page_words

    with page.expect_download() as found:
        page.get_by_role("button", name=say("en", "train.download", suffix=".pkl")).first.click()
    assert found.value.suggested_filename.endswith(".pkl")
    model = tmp_path / "model.pkl"
    found.value.save_as(model)
    verdict = inspect(model.read_bytes(), model.name)
    assert verdict.verdict == "accepted", verdict
    assert verdict.card is not None
    assert verdict.card.goal == "groups"


def test_a_running_training_can_be_cancelled(address: str, visit: Visit) -> None:
    page = visit(f"{address}/data")
    take_sample(page)
    go(page, "train")
    train(page, "groups")
    page.get_by_role("button", name=say("en", "train.cancel")).click()
    page.get_by_text(say("en", "train.cancelled")).wait_for()
    page.get_by_role("button", name=say("en", "train.start"), exact=True).wait_for()


def test_another_language_leaves_the_question_that_was_chosen(address: str, visit: Visit) -> None:
    """The cards changed their words, and then none of them looked chosen."""
    page = visit(f"{address}/data")
    take_sample(page)
    go(page, "train")
    page.get_by_text(say("en", "train.spend"), exact=True).click(force=True)
    settle(page)
    page.get_by_role("radio", name="ES").or_(page.get_by_role("button", name="ES")).first.click()
    settle(page)
    chosen = page.locator(".st-key-goals [data-selected]").first
    chosen.wait_for()
    assert say("es", "train.spend") in chosen.inner_text()


def test_online_retail_is_read_and_explored(address: str, visit: Visit, shared: Path) -> None:
    page = visit(f"{address}/data")
    upload(page, shared / "online_retail" / "online_retail.csv.gz")
    page.get_by_text(say("en", "data.ledger_title")).wait_for()
    page_words = words(page)
    assert "541,909" in page_words  # rows of the file
    assert "135,080" in page_words  # without a customer
    assert say("en", "data.extreme_title") in page_words
    go(page, "explore")
    page.locator(".st-key-explore-tab").get_by_text(say("en", "explore.tab_times"), exact=True).click()
    settle(page)
    page.get_by_text("United Kingdom comes first").wait_for()


@pytest.mark.parametrize("stem", ["train", "learn"])
def test_a_cold_server_opens_every_address(stem: str, visit: Visit, tmp_path: Path) -> None:
    """The very first request of a server used to leave it in the old pages mode, without navigation and language."""
    with server(tmp_path) as cold:
        page = visit(f"{cold}/{stem}")
        assert page.locator("h1").inner_text() == say("en", f"{stem}.title")
        assert page.get_by_test_id("stTopNavLink").count() == len(PAGES)


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("empty.csv", b"", ""),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ""),
        ("model.csv", b"\x80\x04\x95" + bytes(range(256)) * 4, ""),
    ],
)
def test_what_is_no_table_is_told_and_nothing_is_lost(
    name: str, content: bytes, part: str, address: str, visit: Visit
) -> None:
    page = visit(f"{address}/data")
    upload(page, csv("orders.csv", shop()))
    page.get_by_text(say("en", "data.understood_title")).wait_for()
    before = page.locator('[data-testid="stMetricValue"]').all_inner_texts()
    page.get_by_text(say("en", "data.other_files")).click()
    page.wait_for_timeout(500)
    upload(page, {"name": name, "mimeType": "text/csv", "buffer": content})
    alert = page.get_by_test_id("stAlert").first
    alert.wait_for()
    assert alert.inner_text().strip().endswith("."), alert.inner_text()
    assert "Traceback" not in words(page)
    assert page.locator('[data-testid="stMetricValue"]').all_inner_texts() == before


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        (["id,word", "1,a", "2,b"], ""),
        (
            ["customer_id,date,order_id,amount", *(f"1,2024-01-{day:02},{day},5" for day in range(1, 20))],
            "one customer",
        ),
        (["customer_id,date,order_id,amount", *(f"{who},2024-01-01,{who},5" for who in range(1, 20))], "one day"),
        (["customer_id,date,order_id,amount", *(f"{who % 5},someday,{who},5" for who in range(1, 20))], ""),
    ],
    ids=["no customer column", "one customer", "one day", "unreadable dates"],
)
def test_a_history_that_is_none_is_told_in_one_sentence(rows: list[str], part: str, address: str, visit: Visit) -> None:
    page = visit(f"{address}/data")
    upload(page, csv("orders.csv", rows))
    page.get_by_text(say("en", "data.understood_title")).wait_for()
    page_words = words(page)
    assert "Traceback" not in page_words
    assert part in page_words
    go(page, "explore")
    assert "Traceback" not in words(page)


def test_values_of_a_file_load_nothing_from_outside(address: str, visit: Visit) -> None:
    """An image in Markdown would reveal to its author who views the file, and when."""
    page = visit(f"{address}/data")
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if "evil.example" in request.url else None)
    bait = "![x](https://evil.example/a.png)"
    rows = shop()
    rows[0] = rows[0].replace("Country", bait)
    upload(page, csv(f"{bait.replace('/', ':')}.csv", [row.replace("Spain", bait) for row in rows]))
    page.get_by_text(say("en", "data.understood_title")).wait_for()
    for stem in ("explore", "train", "data"):
        go(page, stem)
    assert not outside


@pytest.mark.parametrize("locale", ["en-US", "es-MX"])
def test_the_browser_decides_the_language_and_the_switch_changes_it(locale: str, address: str, visit: Visit) -> None:
    here, there = ("en", "es") if locale.startswith("en") else ("es", "en")
    page = visit(f"{address}/learn", locale=locale)
    assert page.locator("h1").inner_text() == say(here, "learn.title")
    go(page, "models")  # the second page once showed neither language as chosen
    page.locator("button[data-selected]", has_text=here.upper()).wait_for()
    go(page, "learn")
    page.get_by_role("radio", name=there.upper()).or_(page.get_by_role("button", name=there.upper())).first.click()
    settle(page)
    assert page.locator("h1").inner_text() == say(there, "learn.title")
    go(page, "data")
    assert page.locator("h1").inner_text() == say(there, "data.title")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("status", "key"),
    [
        (503, "upload_full"),
        (507, "upload_share"),
        (413, "upload_too_big"),
        (400, "upload_broke_off"),
        (0, "upload_broke_off"),
    ],
)
def test_a_refused_upload_is_a_sentence_on_the_page(
    status: int, key: str, language: str, address: str, visit: Visit
) -> None:
    page = visit(f"{address}/data?lang={language}")
    page.route(
        "**/_stcore/upload_file/**", lambda route: route.fulfill(status=status) if status else route.abort("failed")
    )
    upload(page, csv("orders.csv", shop()))
    told = page.get_by_test_id("stFileChip").get_by_text(say(language, f"ui.{key}"))
    told.wait_for()
    box = told.bounding_box()
    assert box is not None
    assert box["width"] > 100, "not for screen readers alone"
    assert box["height"] > 10
    assert "status code" not in words(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_is_wider_than_a_phone_and_nothing_comes_from_elsewhere(dark: bool, address: str, visit: Visit) -> None:
    page = visit(f"{address}/data", width=390, dark=dark, locale="es-ES")
    outside: list[str] = []
    page.on(
        "request",
        lambda request: (
            outside.append(request.url)
            if not request.url.startswith((address, "data:", "blob:", "ws://127.0.0.1"))
            else None
        ),
    )
    page.get_by_role("button", name=say("es", "ui.try_sample")).first.click()
    page.get_by_text(say("es", "data.ledger_title")).wait_for()
    for stem in PAGES:
        go(page, stem)
        wide, shown = page.evaluate(
            "() => { const main = document.querySelector('[data-testid=stMain]');"
            " return [main.scrollWidth, main.clientWidth] }"
        )
        assert wide <= shown, f"{stem} is {wide} px wide on a screen of {shown} px"
        if stem == "project":
            page.get_by_role("button", name=say("es", "project.compare")).click()
            page.get_by_test_id("stMetricLabel").first.wait_for()
        labels = page.get_by_test_id("stMetricLabel").evaluate_all(
            "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText)"
        )
        assert not labels, f"cut on {stem}: {labels}"
    assert not outside


def test_on_a_phone_every_page_is_one_touch_away_and_nothing_covers_the_page(address: str, visit: Visit) -> None:
    """The sidebar stayed open after a choice and covered three quarters of the page."""
    page = visit(f"{address}/data", width=390, dark=True, locale="es-ES")
    for stem in ("predict", "models", "data"):
        go(page, stem)
        assert page.locator("h1").inner_text() == say("es", f"{stem}.title")
        assert not page.get_by_test_id("stSidebar").is_visible()
        boxes = [link.bounding_box() for link in page.locator(".st-key-phone-nav a").all()]
        assert len(boxes) == len(PAGES)
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["height"] >= 44 for box in boxes)
        for left, right in pairwise(boxes):
            assert left["x"] + left["width"] <= right["x"] + 1  # type: ignore[index]
        middle = page.evaluate("!!document.elementFromPoint(195, 500)?.closest('[data-testid=stMain]')")
        assert middle, "something covers the page"


@pytest.mark.parametrize(("locale", "said"), [("en-GB", "Larger than 200 MB."), ("es-ES", "Pesa más de 200 MB.")])
def test_a_file_above_the_limit_of_the_page_is_answered_with_the_command(
    locale: str, said: str, address: str, visit: Visit, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    with path.open("wb") as file:
        file.truncate(201 * 1024**2)  # the browser looks at the size alone and sends nothing
    page = visit(f"{address}/data", locale=locale)
    page.locator(".st-key-bring-own input[type=file]").first.set_input_files(path)
    sentence = page.get_by_text(said)
    sentence.wait_for()
    assert "python -m lib features --orders" in sentence.inner_text()
    box = sentence.bounding_box()
    assert box is not None
    assert box["width"] > 200, "it is there to be seen, not only to be heard"
