"""The monthly routine with a trained model, from the command line and as functions."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.changes import compare_retrained, final_question, question_again, what_changed
from lib.cli import main
from lib.errors import UserError
from lib.features import customer_features, future
from lib.gate import open_model
from lib.insights import prepare, size
from lib.layouts import understand
from lib.model_file.making import make_model
from lib.orders import clean
from lib.project import (
    CustomerHistory,
    Project,
    ProjectModel,
    ReadingSettings,
    read_project,
    snapshot_of,
    write_project,
)
from lib.sample import sample_shop
from lib.scoring import fill_in
from lib.tables import read_table
from lib.training import Question, train_orders
from tests.project.projects import a_project


@pytest.fixture(scope="module")
def shop() -> pd.DataFrame:
    return sample_shop(customers=700, seed=3)


@pytest.fixture(scope="module")
def when(shop) -> pd.Series:
    name = next(name for name in shop.columns if "date" in name.lower() or "created" in name.lower())
    return pd.to_datetime(shop[name]).rename(name)


def orders_of(frame: pd.DataFrame):
    table = read_table(frame.to_csv(index=False).encode(), "orders.csv")
    return clean(table, understand(table))


@pytest.fixture(scope="module")
def moments(when) -> tuple[pd.Timestamp, pd.Timestamp]:
    """When the model was trained, and when the project was saved: 120 and 30 days before the end."""
    end = when.max().normalize() + pd.Timedelta(days=1)
    return end - pd.Timedelta(days=120), end - pd.Timedelta(days=30)


@pytest.fixture(scope="module")
def model(shop, when, moments) -> ProjectModel:
    before = orders_of(shop[(when < moments[0]).to_numpy()])
    made = make_model(
        lambda question: train_orders(before, question),
        Question("buy_again", recipe="logistic", horizon_days=60),
        formats=("pickle",),
        lines=before.lines,
    )
    data = made.files["pickle"]
    return ProjectModel("Who buys again", "pickle", data, hashlib.sha256(data).hexdigest(), made.card)


@pytest.mark.slow
def test_a_month_by_itself(shop, when, moments, model, tmp_path: Path, capsys):
    """The old half travels in the project, the new export alone is given: every figure is that of the whole history."""
    trained, saved = moments
    old, new = shop[(when < saved).to_numpy()], shop[(when >= saved - pd.Timedelta(days=10)).to_numpy()]
    before, whole = orders_of(old), orders_of(shop)
    history = prepare(before.lines, before.returns)
    project = Project(
        name="Corner shop",
        models=(model,),
        snapshot=replace(snapshot_of(size(history), before.currency), until=saved.date().isoformat()),
        history=CustomerHistory(before, pseudonymised=False),
    )
    (tmp_path / "shop.brine").write_bytes(write_project(project))
    new.to_csv(tmp_path / "new.csv", index=False)
    arguments = ["month", "--project", tmp_path / "shop.brine", "--orders", tmp_path / "new.csv", "--out"]
    code = main([str(one) for one in (*arguments, tmp_path / "out")])
    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert said["since"] == saved.date().isoformat()
    lines = whole.lines
    inside = lines[lines["ordered_at"] >= saved]
    assert said["figures"]["now"]["orders"] == inside["order_id"].nunique()
    assert said["figures"]["now"]["sales"] == pytest.approx(inside["amount"].sum(), abs=0.01)
    first = lines.groupby("customer_id")["ordered_at"].min()
    assert said["figures"]["now"]["new"] == int((first >= saved).sum())
    (scored,) = said["models"]
    assert scored["error"] is None
    assert scored["rows_scored"] == lines["customer_id"].nunique()
    # the model's predictions of 60 days before the end, against what happened: counted again
    tested = scored["backtest"]
    moment = pd.Timestamp(tested["cutoff"])
    assert moment >= trained
    known = set(lines.loc[lines["ordered_at"] < moment, "customer_id"])
    later = lines[(lines["ordered_at"] >= moment) & (lines["ordered_at"] < moment + pd.Timedelta(days=60))]
    assert tested["actual"] == len(known & set(later["customer_id"]))
    for kind in ("report", "moved", "at_risk", "project"):
        assert Path(said["out"][kind]).is_file()
    assert len(pd.read_csv(said["out"]["at_risk"])) == said["at_risk"]
    again = read_project(Path(said["out"]["project"]).read_bytes(), "shop.brine").project
    assert again.history is not None
    assert len(again.history.orders.lines) == len(lines)
    assert again.snapshot is not None
    assert again.snapshot.orders == lines["order_id"].nunique()


@pytest.mark.slow
def test_old_and_new_model_are_compared_on_a_period_that_neither_has_seen(shop, model):
    whole = orders_of(shop)
    assert model.card is not None
    question = question_again(model.card, whole)
    assert question.cutoff is not None
    assert question.cutoff >= pd.Timestamp(model.card.cutoff)
    same = compare_retrained(model.data, model.data, whole, question.cutoff)
    assert same.recommendation == "either"
    assert same.error_old == same.error_new
    # the Brier score, computed again from scores and orders
    with open_model(model.data) as opened:
        card = opened.verdict.card
        rows = customer_features(whole, question.cutoff, columns=opened.columns, constants=card.features)
        chances = fill_in(opened, rows)["buy_again"].to_numpy()
    bought = future(whole, question.cutoff, 60)["bought"].reindex(rows.index).to_numpy(float)
    assert same.error_old == pytest.approx(float(np.mean((chances - bought) ** 2)))
    with pytest.raises(UserError, match="too_early"):
        question_again(replace(model.card, cutoff=str(whole.lines["ordered_at"].max())), whole)


@pytest.mark.slow
def test_a_model_that_does_not_fit_orders_is_said_and_the_month_goes_on(shop):
    orders = orders_of(shop)
    found = what_changed(a_project(), orders, since=orders.lines["ordered_at"].max().normalize() - pd.Timedelta(days=9))
    (only,) = found.models
    assert only.name == "Segments"
    assert only.scores is not None or only.error is not None
    (campaign,) = found.campaigns
    assert campaign.error is not None


def test_a_month_that_cannot_be_done_ends_in_a_sentence(tmp_path, capsys):
    (tmp_path / "shop.brine").write_bytes(b"nothing")
    (tmp_path / "new.csv").write_text("a,b\n1,2\n")
    code = main(["month", "--project", str(tmp_path / "shop.brine"), "--orders", str(tmp_path / "new.csv"),
                 "--out", str(tmp_path / "out")])  # fmt: skip
    assert (code, json.loads(capsys.readouterr().out)["error"]) == (1, "project.not_a_project")
    hashed = Project(reading=ReadingSettings(pseudonymised=True))
    (tmp_path / "shop.brine").write_bytes(write_project(hashed))
    code = main(["month", "--project", str(tmp_path / "shop.brine"), "--orders", str(tmp_path / "new.csv"),
                 "--out", str(tmp_path / "out")])  # fmt: skip
    assert (code, json.loads(capsys.readouterr().out)["error"]) == (1, "project.needs_key")


@pytest.mark.slow
def test_segments_that_are_trained_again_keep_their_number_and_names(shop, when, moments):
    before, whole = orders_of(shop[(when < moments[0]).to_numpy()]), orders_of(shop)
    first = train_orders(before, Question("groups", recipe="kmeans", groups=4, quick=True)).card
    again = train_orders(whole, replace(final_question(first), quick=True)).card
    assert len(first.groups) == 4
    assert [(one.name_key, one.suffix) for one in again.groups] == [(one.name_key, one.suffix) for one in first.groups]
    assert again.customers > first.customers
