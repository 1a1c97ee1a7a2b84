"""A colleague on another machine uploads a received model file and the order history."""

import io
import pickle
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from lib.cli import main
from lib.sample import sample_shop
from lib.text import say
from tests.browser.driving import settle, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]


class Runs:
    """Plain loading would make a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Path:
    """A folder with a model, the orders to score, and what the command line says the scores are."""
    folder = tmp_path_factory.mktemp("sent")
    sample_shop(customers=600, seed=2).to_csv(folder / "orders.csv", index=False)
    orders, model = str(folder / "orders.csv"), str(folder / "model.pkl")
    assert main(["train", "--orders", orders, "--goal", "groups", "--out", model]) == 0
    assert main(["score", "--orders", orders, "--model", model, "--out", str(folder / "scores.csv")]) == 0
    return folder


def drop(page: Page, place: int, file: Path) -> None:
    page.locator('input[type="file"]').nth(place).set_input_files(str(file))
    settle(page)


def test_a_model_and_orders_become_the_same_scores_as_on_the_command_line(address: str, visit: Visit, sent: Path):
    page = visit(f"{address}/predict")
    drop(page, 0, sent / "model.pkl")
    page.get_by_text(say("en", "predict.opened_safely")).wait_for()
    drop(page, 1, sent / "orders.csv")
    page.get_by_role("heading", name=say("en", "predict.results")).wait_for()
    settle(page)
    with page.expect_download() as found:
        page.get_by_role("button", name=say("en", "predict.download", format="CSV")).click()
    taken = pd.read_csv(io.BytesIO(Path(found.value.path()).read_bytes()), dtype=str)
    page_words = pd.read_csv(sent / "scores.csv", dtype=str)
    pd.testing.assert_frame_equal(taken, page_words)


def test_a_hostile_file_is_refused_in_spanish_on_a_phone(address: str, visit: Visit, tmp_path: Path):
    canary = tmp_path / "canary"
    (tmp_path / "regalo.pkl").write_bytes(pickle.dumps(Runs(canary)))
    page = visit(f"{address}/predict", locale="es-ES", width=390, dark=True)
    drop(page, 0, tmp_path / "regalo.pkl")
    page.get_by_test_id("stAlert").first.wait_for()
    assert say("es", "predict.step_customers") not in words(page)
    assert not canary.exists()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_the_tutorials_file_answers_a_form(address: str, visit: Visit, tmp_path: Path):
    from sklearn.linear_model import LinearRegression

    homes = pd.DataFrame({"area": [2600, 3000, 3200, 3600, 4000], "price": [550000, 565000, 610000, 680000, 725000]})
    (tmp_path / "home").write_bytes(pickle.dumps(LinearRegression().fit(homes[["area"]], homes["price"])))
    page = visit(f"{address}/predict")
    drop(page, 0, tmp_path / "home")
    page.get_by_text(say("en", "predict.customers_one")).click()
    field = page.get_by_label("area")
    field.fill("5000")
    field.press("Enter")
    page.get_by_text("859,554.79").first.wait_for()
