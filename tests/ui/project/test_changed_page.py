"""Compare and Train again on the Project page, with a model that was trained some months ago."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lib import text
from lib.layouts import understand
from lib.model_file.making import make_model
from lib.orders import clean
from lib.project import ProjectModel
from lib.sample import sample_shop
from lib.tables import read_table
from lib.training import Question, train_orders
from lib.ui.state import Reading, Session, Upload
from tests.ui.project.test_project_page import words

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop() -> pd.DataFrame:
    return sample_shop(customers=500, seed=3)


@pytest.fixture(autouse=True)
def no_saved_models(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BRINE_MODELS", str(tmp_path))


def _moments(shop: pd.DataFrame) -> pd.Series:
    return pd.to_datetime(shop[next(name for name in shop.columns if "date" in name.lower())])


def section() -> None:
    """What changed, alone: beside the navigation, AppTest loses the click of a button."""
    from lib.ui import candidate, project

    candidate.read_candidate()
    project.changed()


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_a_month_is_compared_and_a_model_trained_again(shop):
    """Figures against pandas on the raw file; then Train again up to the recommendation."""
    when = _moments(shop)
    end = when.max().normalize() + pd.Timedelta(days=1)
    table = read_table(shop[(when < end - pd.Timedelta(days=120)).to_numpy()].to_csv(index=False).encode(), "old.csv")
    before = clean(table, understand(table))
    question = Question("buy_again", recipe="logistic", horizon_days=60, quick=True)
    made = make_model(lambda asked: train_orders(before, asked), question, formats=("pickle",), lines=before.lines)
    data = made.files["pickle"]
    session = Session()
    session.project.models = (
        ProjectModel("Who buys again", "pickle", data, hashlib.sha256(data).hexdigest(), made.card),
    )
    session.candidate = Reading((Upload("orders.csv", shop.to_csv(index=False).encode(), "new"),))
    app = AppTest.from_function(section, default_timeout=300)
    app.session_state["brine"], app.session_state["language"] = session, "en"
    app.run()
    assert not app.exception
    app.button(key="compare").click().run()
    assert not app.exception
    assert not app.error

    whole = read_table(shop.to_csv(index=False).encode(), "orders.csv")
    lines = clean(whole, understand(whole)).lines
    since = end - pd.Timedelta(days=30)
    month = lines[lines["ordered_at"] >= since]
    known = set(lines.loc[lines["ordered_at"] < since, "customer_id"])
    buyers = set(month["customer_id"])
    shown = figures(app)
    for label, value in (
        ("orders", month["order_id"].nunique()),
        ("customers", len(buyers)),
        ("new", len(buyers - known)),
    ):
        assert shown[text.say("en", f"changes.{label}")] == text.number("en", value, "0f"), label

    app.button(key=f"again-{hashlib.sha256(data).hexdigest()[:12]}").click().run()
    assert not app.exception
    running = app.session_state["brine"].project.retraining
    while running.job.first is None and running.job.state == "running":
        running.job.wait(0.2)
    running.job.stop()  # the first model is enough to compare
    app.run()
    assert not app.exception
    assert not app.error
    found = app.session_state["brine"].project.retraining.result
    assert text.say("en", f"project.recommend_{found.recommendation}") in words(app)
    rows = app.table[-1].value
    assert text.number("en", found.old.actual, "0f") in rows.to_string()
    assert app.button(key="again-final").label == text.say("en", "project.train_final")
