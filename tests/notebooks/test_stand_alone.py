"""The stand-alone notebooks run with pandas and scikit-learn alone; Predict takes what they save."""

import contextlib
import io
import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lib import text
from lib.features.coded_log import code
from lib.features.later import future, next_order_of
from lib.gate import inspect, open_model
from lib.layouts import understand, with_roles
from lib.notebooks import Source, stand_alone_steps, to_notebook, to_script
from lib.notebooks.own_forecast import GOALS
from lib.orders import Orders
from lib.project import Project, orders_with
from lib.tables import read_table
from lib.ui.state import Session

ROOT = Path(__file__).resolve().parents[2]

DRIVER = """
import importlib.util, json, warnings
assert importlib.util.find_spec("streamlit") is None, "this environment is not clean"
warnings.simplefilter("error")
names = {}
for cell in json.load(open("notebook.ipynb", encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
facts = {name: names[name].sum() for name in ("actual",) if name in names}
if "test_from" in names:
    facts |= {"test_from": str(names["test_from"]), "days": names["horizon"].days, "rows": len(names["actual"])}
if "orders" in names:
    facts |= {"orders": names["orders"]["order_id"].nunique(), "revenue": names["orders"]["amount"].sum()}
json.dump({name: one if isinstance(one, str) else float(one) for name, one in facts.items()}, open("facts.json", "w"))
"""


def run_notebook(python: Path, notebook: bytes, folder: Path) -> tuple[dict[str, object], str]:
    """Runs every cell as a person would, in an environment without Brine; some of its values, and what it printed."""
    (folder / "notebook.ipynb").write_bytes(notebook)
    (folder / "driver.py").write_text(DRIVER)
    done = subprocess.run([python, "driver.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads((folder / "facts.json").read_text()), done.stdout


@pytest.fixture(scope="module")
def people() -> bytes:
    """A table of customers: an id, an e-mail, numbers with decimal commas, categories with gaps, and three targets."""
    draw = np.random.default_rng(0)
    count = 400
    visits, plan = draw.poisson(6, count), draw.choice(["basic", "plus", "pro"], count, p=[0.5, 0.3, 0.2])
    spend = np.round(10 + 4 * visits + 30 * (plan == "pro") + draw.normal(0, 5, count), 2)
    left = draw.random(count) < 1 / (1 + np.exp(0.6 * visits - 3))
    frame = pd.DataFrame(
        {
            "customer_id": [f"{number:05d}" for number in range(count)],
            "email": [f"person{number}@example.com" for number in range(count)],
            "visits": visits,
            "plan": np.where(draw.random(count) < 0.05, "", plan),
            "spend": [str(value).replace(".", ",") for value in spend],
            "churn": np.where(left, "Yes", "No"),
        }
    )
    return frame.to_csv(index=False, sep=";").encode()


def source_of(data: bytes, name: str, **asked: object) -> Source:
    table = read_table(data, name)
    return Source(table, understand(table), **asked)


@pytest.mark.slow
@pytest.mark.clean
@pytest.mark.parametrize(
    "goal", ["groups", *(pytest.param(goal, marks=pytest.mark.long if goal == "orders" else ()) for goal in GOALS)]
)
def test_a_notebook_of_orders_runs_in_a_clean_environment_and_counts_what_the_page_counts(
    goal,
    shop,
    settings,
    clean_python,
    tmp_path,
):
    data = shop.read_bytes()
    orders = orders_with([(shop.name, data)], Project(reading=settings))
    table = read_table(data, shop.name)
    found = understand(table)
    source = Source(
        table, with_roles(found, found.roles), 3, "duplicate" in orders.ledger.set_aside, goal, horizon_days=60
    )
    (tmp_path / shop.name).write_bytes(data)
    facts, said = run_notebook(clean_python, to_notebook("x", stand_alone_steps(source, "es")), tmp_path)
    assert said.strip().endswith("True")
    assert facts["orders"] == orders.lines["order_id"].nunique()
    assert facts["revenue"] == pytest.approx(orders.lines["amount"].sum(), rel=1e-6)
    file = tmp_path / ("segments.pkl" if goal == "groups" else "model.pkl")
    features = pd.read_csv(tmp_path / "features.csv", index_col=0, dtype={"customer_id": str})
    assert set(features.index) == set(orders.lines["customer_id"])
    assert inspect(file.read_bytes()).verdict == "accepted"
    if goal != "groups":
        assert facts["actual"] == pytest.approx(_actual(goal, orders, facts), rel=1e-6)
        _predict_gives_its_scores(goal, file, features, tmp_path)


def _actual(goal: str, orders: Orders, facts: dict[str, object]) -> float:
    """The sum of what happened in the test period, as Brine's own code counts it."""
    cutoff, days = pd.Timestamp(str(facts["test_from"])), int(float(str(facts["days"])))
    if goal == "next_order":
        return float(next_order_of(code(orders), cutoff, days)["days"].sum())
    made = future(orders, cutoff, days)
    assert facts["rows"] == len(made)
    return float(made["bought" if goal == "buy_again" else goal].sum())


def _predict_gives_its_scores(goal: str, file: Path, features: pd.DataFrame, folder: Path) -> None:
    scores = pd.read_csv(folder / "scores.csv", index_col=0, dtype={"customer_id": str})
    with open_model(file.read_bytes()) as opened:
        answer = opened.call("predict_proba" if goal == "buy_again" else "predict", features)
    found = np.asarray(answer)[:, -1] if goal == "buy_again" else np.asarray(answer).ravel()
    theirs = scores["days_0.5" if goal == "next_order" else "score"]
    if goal == "next_order":
        found = found.clip(min=0)
    np.testing.assert_allclose(found, theirs.to_numpy(), rtol=1e-6)


@pytest.mark.slow
@pytest.mark.clean
@pytest.mark.parametrize("target", ["churn", pytest.param("plan", marks=pytest.mark.long), "spend"])
def test_a_notebook_of_a_customer_table_runs_in_a_clean_environment_and_learns(target, people, clean_python, tmp_path):
    source = source_of(people, "people.csv", goal="target", target=target)
    (tmp_path / "people.csv").write_bytes(people)
    _, said = run_notebook(clean_python, to_notebook("x", stand_alone_steps(source, "en")), tmp_path)
    assert said.strip().endswith("True")
    measured = [
        line for line in said.splitlines() if line.startswith(("accuracy:", "mean absolute error:", "baseline"))
    ]
    ours, simple = (float(line.rsplit(" ", 1)[1]) for line in measured[:2])
    assert ours < simple if target == "spend" else ours > simple
    verdict = inspect((tmp_path / "model.pkl").read_bytes())
    assert verdict.verdict == "accepted"
    assert set(verdict.columns) == {"visits", "plan", "spend", "churn"} - {target}
    assert b"example.com" not in (tmp_path / "model.pkl").read_bytes()
    features = pd.read_csv(tmp_path / "features.csv", index_col=0, dtype={"customer_id": str})
    assert features.index[0] == "00000"


@pytest.mark.slow
def test_predict_shows_a_notebooks_scores(shop, settings, tmp_path, monkeypatch):
    data = shop.read_bytes()
    source = source_of(data, shop.name, goal="buy_again", horizon_days=60)
    (tmp_path / shop.name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(to_script("x", stand_alone_steps(source, "en")), "notebook.py", "exec"), {})
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    mine = Session()
    mine.predicting.uploaded_model = ("model.pkl", Path("model.pkl").read_bytes())
    mine.predicting.uploaded_customers = (("features.csv", Path("features.csv").read_bytes()),)
    app.session_state["brine"] = mine
    app.session_state["language"] = "en"
    app.session_state["predict-customers-way"] = "file"
    app.switch_page("pages/predict.py").run()
    assert not app.exception
    assert not app.error
    assert text.say("en", "predict.results") in [one.value for one in (*app.header, *app.subheader)]
    shown = app.session_state["brine"].predicting.scores.table
    theirs = pd.read_csv("scores.csv", dtype={"customer_id": str})
    chance = next(name for name in shown.columns if str(name).startswith("probability") and "True" in str(name))
    together = shown.assign(customer_id=shown["customer_id"].astype(str)).merge(theirs, on="customer_id")
    assert len(together) == len(theirs)
    np.testing.assert_allclose(together[chance], together["score"], atol=1e-6)
