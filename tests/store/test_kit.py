"""The kit is complete: tested in an environment with its requirements only."""

import hashlib
import io
import json
import subprocess
import sys
import venv
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from lib.card import Card
from lib.model_file import FORMATS, finish, format_of
from lib.recipes import Inputs, prepare
from lib.store.kit import kit, notebook, opening_lines, requirements, script
from lib.text import LANGUAGES
from lib.training import Trained
from lib.training.describe import describe

MEMBERS = {
    "README.md", "model.pkl", "card.md", "card.html", "requirements.txt", "open_model.ipynb", "score.py",
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    draw = np.random.default_rng(2)
    frame = pd.DataFrame(
        {
            "recency_days": draw.integers(0, 300, 300).astype(float),
            "monetary_total": np.round(draw.lognormal(5, 1, 300), 2),
            "vip": draw.random(300) < 0.3,
            "since": pd.Timestamp("2011-01-01") + pd.to_timedelta(draw.integers(0, 500, 300), unit="D"),
            "country": pd.Series(draw.choice(["Spain", "France"], 300), dtype="str").to_numpy(),
        },
        index=[f"customer-{number:05}" for number in range(300)],
    ).astype({"since": "datetime64[us]"})
    frame.loc[frame.index[:40], "monetary_total"] = np.nan
    inputs = Inputs(("recency_days", "monetary_total"), ("vip",), ("since",), {"country": ("Spain", "France")})
    target = frame["recency_days"] < 100
    pipeline = Pipeline([("prepare", prepare(inputs)), ("model", LogisticRegression())]).fit(frame, target)
    card = Card("target", "linear", describe(frame), 300, target="comes back", classes=("False", "True"))
    data, card, _ = finish(Trained(pipeline, card, frame, target))
    return frame, pipeline, data, card


def unpacked(packed, folder):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
        return set(archive.namelist())


def scored(python, folder, name="customers.csv"):
    return subprocess.run(
        [str(python), "-I", "score.py", name, "answers.csv"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kit_holds_what_it_says(made, language, tmp_path):
    _, _, data, card = made
    packed = kit(data, card, format=format_of("pickle"), language=language)
    assert unpacked(packed, tmp_path) == MEMBERS
    assert (tmp_path / "model.pkl").read_bytes() == data
    assert packed == kit(data, card, format=format_of("pickle"), language=language), "the same again"
    readme = (tmp_path / "README.md").read_text("utf-8")
    for name in MEMBERS - {"README.md"}:
        assert name in readme


@pytest.mark.slow
def test_the_script_gives_the_answers_of_the_pipeline(made, tmp_path):
    frame, pipeline, data, card = made
    unpacked(kit(data, card, format=format_of("pickle"), language="en"), tmp_path)
    frame.to_csv(tmp_path / "customers.csv")
    completed = scored(sys.executable, tmp_path)
    assert completed.returncode == 0, completed.stderr
    assert "24 of 24 self-checks passed." in completed.stdout
    answers = pd.read_csv(tmp_path / "answers.csv")
    assert answers["prediction"].tolist() == pipeline.predict(frame).tolist()
    assert np.allclose(answers["probability"], pipeline.predict_proba(frame)[:, 1])


@pytest.mark.slow
def test_the_script_opens_no_other_file(made, tmp_path):
    frame, _, data, card = made
    unpacked(kit(data, card, format=format_of("pickle"), language="en"), tmp_path)
    frame.to_csv(tmp_path / "customers.csv")
    (tmp_path / "model.pkl").write_bytes(b"cos\nsystem\n(S'touch opened'\ntR.")
    completed = scored(sys.executable, tmp_path)
    assert completed.returncode != 0
    assert "is not the file that came with this script" in completed.stderr
    assert not (tmp_path / "opened").exists()


@pytest.mark.slow
def test_the_script_says_what_the_file_lacks(made, tmp_path):
    frame, _, data, card = made
    unpacked(kit(data, card, format=format_of("pickle"), language="en"), tmp_path)
    frame.drop(columns=["country", "since"]).to_csv(tmp_path / "customers.csv")
    completed = scored(sys.executable, tmp_path)
    assert completed.returncode != 0
    assert "since, country" in completed.stderr


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.key)
def test_every_format_has_lines_that_are_python(made, form):
    _, _, data, card = made
    compile(script(data, form), "score.py", "exec")
    compile(opening_lines(form, "model.file"), "opening", "exec")
    assert hashlib.sha256(data).hexdigest() in script(data, form)
    assert "<<" not in script(data, form)
    for package in form.packages:
        assert f"\n{package}==" in requirements(card, form)


def test_the_requirements_are_the_versions_that_the_model_was_made_with(made):
    _, _, _, card = made
    lines = requirements(replace(card, versions={**card.versions, "scikit-learn": "1.9.0"}), format_of("pickle"))
    assert "scikit-learn==1.9.0\n" in lines
    assert f"pandas=={pd.__version__}\n" in lines


def test_a_strangers_version_adds_no_line_to_the_requirements(made):
    evil = {"scikit-learn": "1.9.1\nevil @ https://example.org/evil.zip", "python": "3.11\n-e ."}
    lines = requirements(replace(made[3], versions=evil), format_of("pickle")).splitlines()
    assert len(lines) == 6
    assert not [line for line in lines if line.startswith(("evil", "-e"))]


@pytest.mark.slow
def test_the_notebook_is_one_and_its_code_runs(made, tmp_path):
    _, _, data, card = made
    unpacked(kit(data, card, format=format_of("pickle"), language="es"), tmp_path)
    cells = json.loads(notebook(data, card, format=format_of("pickle"), language="es"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    completed = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert completed.returncode == 0, completed.stderr
    assert completed.stdout.strip() == "24 of 24 answers are the same"


@pytest.mark.slow
@pytest.mark.clean
def test_the_kit_runs_where_nothing_but_its_requirements_is_installed(made, tmp_path):
    frame, pipeline, data, card = made
    unpacked(kit(data, card, format=format_of("pickle"), language="en"), tmp_path)
    frame.to_csv(tmp_path / "customers.csv")
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    installed = subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "-r", "requirements.txt"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if installed.returncode:
        pytest.skip("no packages can be installed here")
    completed = scored(python, tmp_path)
    assert completed.returncode == 0, completed.stderr
    assert "24 of 24 self-checks passed." in completed.stdout
    assert pd.read_csv(tmp_path / "answers.csv")["prediction"].tolist() == pipeline.predict(frame).tolist()
    lines = opening_lines(format_of("pickle"), "model.pkl") + "\nprint(model.predict is not None)"
    three = subprocess.run([str(python), "-I", "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert three.stdout.strip() == "True", three.stderr
