"""A project is written and read back as it was, byte for byte the same on every machine."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from lib.errors import UserError
from lib.project import (
    VERSION,
    CustomerHistory,
    Project,
    ProjectModel,
    looks_like_project,
    read_project,
    with_history,
    write_project,
)
from lib.project.migrations import STEPS
from tests.project.projects import MODEL, a_project, some_orders

SAMPLES = Path(__file__).parent / "samples"


def same(one: Project, other: Project) -> None:
    """Fails where two projects differ; tables are compared by their rows."""
    assert one.reading == other.reading
    assert one.explore == other.explore
    assert (one.name, one.snapshot, one.key_check) == (other.name, other.snapshot, other.key_check)
    assert [(model.name, model.format, model.data) for model in one.models] == [
        (model.name, model.format, model.data) for model in other.models
    ]
    assert len(one.campaigns) == len(other.campaigns)
    for mine, theirs in zip(one.campaigns, other.campaigns, strict=True):
        assert (mine.name, mine.start, mine.days, mine.cost) == (theirs.name, theirs.start, theirs.days, theirs.cost)
        rows = [c.customers.sort_values("customer_id", ignore_index=True) for c in (mine, theirs)]
        pd.testing.assert_frame_equal(*rows, check_dtype=False)


def test_what_was_decided_is_read_back():
    written = write_project(a_project(), saved_on=date(2024, 4, 2))
    opened = read_project(written, "shop.brine")
    same(opened.project, a_project())
    assert (opened.saved_on, opened.left_out) == (date(2024, 4, 2), ())
    assert write_project(opened.project, saved_on=date(2024, 4, 2)) == written


def test_an_empty_project_is_a_project():
    same(read_project(write_project(Project()), "empty.brine").project, Project())


def test_a_project_is_plain_json_and_tables_that_any_program_reads():
    with zipfile.ZipFile(io.BytesIO(write_project(a_project()))) as archive:
        contents = json.loads(archive.read("project.json"))
        assert (contents["format"], contents["version"]) == ("brine-project", VERSION)
        assert hashlib.sha256(archive.read("models/1.pkl")).hexdigest() == contents["models"][0]["sha256"]
        campaign = pd.read_csv(archive.open("campaigns/1.csv"), dtype=str)
        assert campaign["group"].value_counts().to_dict() == {"contacted": 4, "control": 2}


def test_without_a_history_no_customer_and_no_secret_is_in_the_file():
    orders = some_orders()
    whole = write_project(a_project())
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist())
    assert b"a secret of this shop" not in text
    assert not any(name.startswith("history/") for name in archive.namelist())
    assert not any(f'"{customer}"'.encode() in text for customer in orders.lines["customer_id"].unique())


@pytest.mark.slow
def test_the_history_comes_back_with_its_ids_as_they_were():
    orders = some_orders()
    project = a_project(history=CustomerHistory(orders, pseudonymised=False))
    found = read_project(write_project(project), "shop.brine").project.history
    assert found is not None
    for name in ("lines", "returns", "called_off"):
        mine, theirs = getattr(found.orders, name), getattr(orders, name).reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, theirs, check_dtype=False)
    assert found.orders.lines["customer_id"].iloc[0] == "007"
    assert found.orders.currency == "EUR"


def test_new_orders_and_the_history_count_what_stands_in_both_once():
    old, new = some_orders(0, 40), some_orders(30, 60)
    both = with_history(new, CustomerHistory(old, pseudonymised=False))
    assert len(both.lines) == 60 - 1  # one of the first forty was cancelled
    assert both.lines["amount"].sum() == sum(10 + day for day in range(60) if day != 1)
    assert both.ledger.rows_in == both.ledger.rows_used + sum(both.ledger.set_aside.values())


def test_two_models_of_one_name_get_two_names():
    model = a_project().models[0]
    project = a_project(models=(model, model, replace(model, name="Segments 2")))
    names = [one.name for one in read_project(write_project(project), "shop.brine").project.models]
    assert names == ["Segments", "Segments 2", "Segments 2 2"]


def test_a_model_that_the_gate_refuses_is_left_out_and_named():
    bad = b"cos\nsystem\n(S'true'\ntR."
    models = (ProjectModel("Bad", "pickle", bad, hashlib.sha256(bad).hexdigest()), *a_project().models)
    opened = read_project(write_project(a_project(models=models)), "shop.brine")
    assert [model.data for model in opened.project.models] == [MODEL]
    assert [(one.name, bool(one.reason)) for one in opened.left_out] == [("Bad", True)]


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_stored_project_of_every_version_opens(version):
    """`samples/version_N.brine` was written by the first Brine of that version and is never written again."""
    opened = read_project((SAMPLES / f"version_{version}.brine").read_bytes(), "old.brine")
    assert opened.left_out == ()
    assert [model.name for model in opened.project.models] == ["Segments"]
    assert opened.project.reading.corrections[0].roles == {"customer_id": "Kunde", "amount": ""}
    assert opened.project.campaigns[0].customers["control"].sum() == 2
    assert opened.project.snapshot is not None


def test_every_older_version_has_a_step_to_the_next():
    assert set(STEPS) == set(range(1, VERSION))


def test_a_workbook_or_a_zip_of_exports_is_not_taken_for_a_project():
    for entry in ("[Content_Types].xml", "orders.csv", "models/project.json"):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr(entry, b"{}")
        assert not looks_like_project(target.getvalue())
    assert looks_like_project(write_project(Project()))
    with pytest.raises(UserError, match="not_a_project"):
        read_project(b"order_id,date\n", "orders.csv")
