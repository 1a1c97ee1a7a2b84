"""The pickle is portable: plain `pickle.load` with scikit-learn and pandas alone gives the app's own scores."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.cli import main
from lib.sample import sample_shop

pytestmark = [pytest.mark.slow, pytest.mark.clean]

NOTEBOOK = """
import json, pickle, sys
import pandas as pd
model = pickle.load(open("model.pkl", "rb"))
table = pd.read_csv("features.csv", dtype={"customer_id": str, "country": str})
rows = table[model.feature_names_in_]
answer = model.predict_proba(rows)[:, 1] if sys.argv[1] == "buy_again" else model.predict(rows)
modules = sorted({name.split(".")[0] for name in sys.modules})
json.dump({"answer": answer.tolist(), "card": model.brine_card_["goal"], "ours": "lib" in modules}, sys.stdout)
"""


@pytest.mark.parametrize("goal", ["groups", "buy_again", "spend"])
def test_plain_pickle_load_elsewhere_gives_the_apps_scores(clean_python, tmp_path, goal, capsys):
    orders = tmp_path / "orders.csv"
    sample_shop(customers=800, seed=5).to_csv(orders, index=False)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    model, features, scores = elsewhere / "model.pkl", tmp_path / "features.parquet", tmp_path / "scores.parquet"
    assert main(["train", "--orders", str(orders), "--goal", goal, "--out", str(model)]) == 0
    assert main(["features", "--orders", str(orders), "--model", str(model), "--out", str(features)]) == 0
    assert main(["score", "--orders", str(orders), "--model", str(model), "--out", str(scores)]) == 0
    capsys.readouterr()

    pd.read_parquet(features).to_csv(elsewhere / "features.csv", index=False)
    (elsewhere / "notebook.py").write_text(NOTEBOOK)
    ran = subprocess.run(
        [clean_python, "-W", "error", "notebook.py", goal], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    column = {"groups": "group", "buy_again": "buy_again", "spend": "spend"}[goal]
    np.testing.assert_array_equal(said["answer"], pd.read_parquet(scores)[column].to_numpy())
    assert said["card"] == goal
    assert not said["ours"]


def test_the_clean_environment_really_is_clean(clean_python: Path):
    listed = subprocess.run([clean_python, "-m", "pip", "list", "--format=json"], capture_output=True, check=True)
    names = {package["name"].lower() for package in json.loads(listed.stdout)}
    assert {"scikit-learn", "pandas"} <= names
    assert not names & {"streamlit", "skops", "pyarrow", "plotly", "brine"}
