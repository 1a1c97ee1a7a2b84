"""The code that Train and Predict offer runs, and does what the page did."""

import contextlib
import hashlib
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from lib import text
from lib.gate import inspect
from lib.layouts import understand, with_roles
from lib.model_file.making import make_model
from lib.notebooks import (
    Source,
    Step,
    Work,
    scoring_steps,
    stand_alone_steps,
    titles,
    to_notebook,
    to_script,
    training_steps,
)
from lib.project import Project, orders_with
from lib.tables import read_table
from lib.training import Question, train_orders


def run(script: bytes, folder: Path, monkeypatch) -> tuple[dict[str, object], str]:
    """Runs a script as a person would, in a folder of its own; what it defined, and what it printed."""
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(script, "notebook.py", "exec"), names)
    return names, said.getvalue()


@pytest.mark.slow
def test_the_notebook_with_brine_gives_the_same_model_and_scores(shop, settings, tmp_path, monkeypatch):
    question = Question("groups", recipe="kmeans", groups=3)
    orders = orders_with([(shop.name, shop.read_bytes())], Project(reading=settings))
    page = make_model(
        lambda asked: train_orders(orders, asked), question, formats=("pickle",), lines=orders.lines
    ).files["pickle"]
    work = Work((shop.name,), settings, "orders", hashlib.sha256(page).hexdigest())
    steps = training_steps(work, question, "es")
    (tmp_path / shop.name).write_bytes(shop.read_bytes())
    _, said = run(to_script(titles(work, "es"), steps), tmp_path, monkeypatch)
    assert (tmp_path / "model.pkl").read_bytes() == page
    assert "True" in said
    scores = pd.read_csv(tmp_path / "scores.csv", dtype={"customer_id": str})
    assert set(scores["customer_id"]) == set(orders.lines["customer_id"])
    assert scores["group_name"].notna().all()


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_stand_alone_script_reads_the_same_orders_and_gives_a_model_that_the_gate_takes(
    shop, settings, language, tmp_path, monkeypatch
):
    orders = orders_with([(shop.name, shop.read_bytes())], Project(reading=settings))
    table = read_table(shop.read_bytes(), shop.name)
    understanding = understand(table)
    duplicates = "duplicate" in orders.ledger.set_aside
    steps = stand_alone_steps(Source(table, with_roles(understanding, understanding.roles), 4, duplicates), language)
    script = to_script("Brine", steps)
    assert b"lib" not in b"".join(line for line in script.splitlines() if b"import" in line)
    (tmp_path / shop.name).write_bytes(shop.read_bytes())
    names, said = run(script, tmp_path, monkeypatch)
    theirs = names["orders"]
    assert theirs["customer_id"].nunique() == orders.lines["customer_id"].nunique()
    assert theirs["order_id"].nunique() == orders.lines["order_id"].nunique()
    assert theirs["amount"].sum() == pytest.approx(orders.lines["amount"].sum(), rel=1e-6)
    assert said.strip().endswith("True")
    verdict = inspect((tmp_path / "segments.pkl").read_bytes())
    assert verdict.verdict == "accepted"
    assert verdict.columns == ("recency_days", "frequency_orders", "monetary_total")
    features = pd.read_csv(tmp_path / "features.csv", dtype={"customer_id": str})
    assert len(features) == orders.lines["customer_id"].nunique()
    for step in steps:
        assert step.words.split()[0].encode() in script


@pytest.mark.slow
def test_a_customer_table_is_clustered_by_its_numbers(tmp_path, monkeypatch):
    rows = pd.DataFrame(
        {
            "customer_id": [f"{n:03d}" for n in range(60)],
            "email": [f"a{n}@example.com" for n in range(60)],
            "visits": [n % 7 + 20 * (n % 2) for n in range(60)],
            "spend": [f"{10 + 3 * (n % 2) * n},5" for n in range(60)],
        }
    )
    data = rows.to_csv(index=False, sep=";").encode()
    (tmp_path / "people.csv").write_bytes(data)
    table = read_table(data, "people.csv")
    names, said = run(to_script("x", stand_alone_steps(Source(table, understand(table)), "en")), tmp_path, monkeypatch)
    features = names["features"]
    assert list(features.columns) == ["visits", "spend"]
    assert features["spend"].tolist() == [10.5 + 3 * (n % 2) * n for n in range(60)]
    assert said.strip().endswith("True")


@pytest.mark.slow
def test_a_notebook_is_of_the_standard_format_and_its_code_compiles(settings):
    work = Work(("a'; import os #\n.csv", 'b".csv'), settings, "customers")
    for steps in (training_steps(work, Question("target", target="churn'\n"), "en"), scoring_steps(work, "en")):
        plain = json.loads(to_notebook(titles(work, "en"), steps))
        assert plain["nbformat"] == 4
        assert all({"id", "cell_type", "metadata", "source"} <= set(cell) for cell in plain["cells"])
        for cell in plain["cells"]:
            if cell["cell_type"] == "code":
                compile("".join(cell["source"]), "cell", "exec")
        compile(to_script(titles(work, "en"), steps), "script", "exec")


@pytest.mark.parametrize("words", ["a\nimport os", 'a """ b', "x" * 300, "\u2028import os"])
def test_words_can_not_become_code(words):
    script = to_script(words, [Step(words, "x = 1")]).decode()
    assert [line for line in script.splitlines() if line and not line.startswith("#")] == ["x = 1"]
