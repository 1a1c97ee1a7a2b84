"""The Project page and the pages that a project comes back to."""

import hashlib
import hmac
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib import text
from lib.layouts import understand
from lib.orders import hash_ids
from lib.project import CustomerHistory, Project, ReadingSettings, SavedQuery, read_project, write_project
from lib.tables import read_table
from lib.ui import resuming
from lib.ui.database import Query
from lib.ui.project.campaigns import hashed_customers
from lib.ui.project.saving import reading_settings, without_ending
from lib.ui.state import Reading, Session, Upload
from tests.project.projects import KEY, MODEL, a_project, some_orders

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def no_saved_models(monkeypatch, tmp_path):
    monkeypatch.setenv("BRINE_MODELS", str(tmp_path))


def opened(page: str, session: Session, language: str = "en") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    app.session_state["brine"] = session
    return app.switch_page(f"pages/{page}.py").run()


def words(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind)).replace("\\", "")


def test_what_was_typed_and_computed_is_forgotten_with_the_work():
    """Fields of any page, values kept for a visitor's pages, and the filters of an address."""
    app = opened("project", with_export(an_export(0, 60)))
    kept = {"action-campaign": "Vera", "effect-days": 7, "explore-countries": ["Chile"], "a key of tomorrow": "Vera"}
    for key, value in kept.items():
        app.session_state[key] = value
    app.text_input(key=next(one.key for one in app.text_input if one.key.startswith("project-name"))).set_value("Vera")
    app.run()
    app.session_state["brine-token"] = "mine"  # AppTest has no cookies
    app.button(key="forget-now").click().run()
    assert not app.exception
    assert not [key for key in kept if key in app.session_state]
    assert app.session_state["brine"].reading == Reading()
    assert (app.session_state["language"], app.session_state["brine-token"]) == ("en", "mine")
    assert "Vera" not in [field.value for field in app.text_input]


def an_export(first: int, last: int, *, customer: str = "Kunde") -> bytes:
    """Orders as a shop exports them, one line a day."""
    lines = some_orders(first, last).lines
    table = lines[["order_id", "customer_id", "ordered_at", "amount"]].rename(columns={"customer_id": customer})
    return table.to_csv(index=False).encode()


def with_export(data: bytes, **settings: object) -> Session:
    session = Session()
    session.candidate = Reading((Upload("orders.csv", data, str(hash(data))),), **settings)
    return session


def saved(app: AppTest) -> Project:
    """What a click on Save would give."""

    def made() -> None:
        import streamlit as st

        from lib.project import write_project
        from lib.ui.project.saving import collect
        from lib.ui.state import session

        st.session_state["made"] = write_project(collect(session(), "Shop"))

    other = AppTest.from_function(made, default_timeout=300)
    other.session_state["brine"] = app.session_state["brine"]
    if "explore-address" in app.session_state:
        other.session_state["explore-address"] = app.session_state["explore-address"]
    other.run()
    assert not other.exception
    return read_project(other.session_state["made"], "shop.brine").project


@pytest.mark.slow
def test_what_was_decided_comes_back_in_another_session_and_for_another_export():
    """Correct a column and an option, choose a period, save; restore beside next month's export; all is as it was."""
    app = opened("data", with_export(an_export(0, 120)))
    mine = app.session_state["brine"]
    table = read_table(an_export(0, 120), "orders.csv")
    fingerprint = understand(table).fingerprint
    mine.remembered[fingerprint] = (("customer_id", "Kunde"), ("order_id", ""))
    mine.reading = replace(
        mine.reading, roles=mine.remembered[fingerprint], options=replace(mine.reading.options, currency="CHF")
    )
    app.switch_page("pages/explore.py").run()
    app.segmented_control(key="explore-period").set_value("30").run()
    assert not app.exception
    project = saved(app)
    assert project.explore.view["period"] == "30"

    session = with_export(an_export(60, 160))
    session.project.dropped = ("shop.brine", write_project(project))
    later = opened("data", session)
    assert not later.exception
    assert not later.error
    mine = later.session_state["brine"]
    assert dict(mine.reading.roles or ()) == {"customer_id": "Kunde", "order_id": ""}
    assert mine.reading.options.currency == "CHF"
    later.switch_page("pages/explore.py").run()
    assert later.segmented_control(key="explore-period").value == "30"
    assert saved(later).reading == project.reading


@pytest.mark.slow
def test_a_project_brings_models_segments_and_campaigns():
    session = Session()
    session.project.dropped = ("shop.brine", write_project(a_project()))
    app = opened("project", session)
    assert not app.exception
    assert "Corner shop" in words(app)
    assert "Spring" in words(app)
    mine = app.session_state["brine"]
    assert [model.data for model in mine.project.models] == [MODEL]
    mine.predicting.wanted_model = "saved"
    app.switch_page("pages/predict.py").run()
    assert not app.exception
    assert "Segments" in app.selectbox(key="predict-saved").options
    app.switch_page("pages/models.py").run()
    assert not app.exception
    assert "Segments" in words(app)
    assert text.say("en", "models.of_project_about") in words(app)
    again = saved(app)
    assert again.reading.corrections == a_project().reading.corrections[:1]
    assert again.explore.segments == a_project().explore.segments
    assert [one.name for one in again.campaigns] == ["Spring"]


@pytest.mark.slow
@pytest.mark.parametrize("page", ["project", "data"])
def test_a_file_that_is_no_project_ends_in_a_sentence_and_changes_nothing(page):
    session = Session()
    session.reading = Reading(simulated=True)
    session.project.dropped = ("shop.brine", b"PK\x03\x04 not a project")
    app = opened(page, session)
    assert not app.exception
    assert text.say("en", "project.not_a_project", name="shop.brine") in words(app)
    mine = app.session_state["brine"]
    assert mine.reading.simulated
    assert not mine.project.restored


@pytest.mark.slow
def test_a_project_that_cannot_be_opened_is_named_beside_the_figures_of_the_export_that_came_with_it():
    session = with_export(an_export(30, 60))
    session.project.dropped = ("shop.brine", b"PK\x03\x04 not a project")
    app = opened("data", session)
    assert not app.exception
    refused = text.say("en", "project.not_a_project", name="shop.brine")
    assert [error.value for error in app.error] == [refused]
    assert "30" in [metric.value for metric in app.metric]
    app.run()
    assert [error.value for error in app.error] == [refused], "it stays until other files are uploaded"


@pytest.mark.slow
def test_a_project_and_an_export_that_cannot_be_read_are_both_named():
    session = with_export(b"")
    session.project.dropped = ("shop.brine", b"PK\x03\x04 not a project")
    app = opened("data", session)
    assert not app.exception
    assert len(app.error) == 2


@pytest.mark.slow
def test_the_projects_orders_are_merged_with_the_next_export_of_the_same_columns():
    fingerprint = understand(read_table(an_export(30, 60), "orders.csv")).fingerprint
    history = CustomerHistory(some_orders(0, 40), pseudonymised=False)
    project = Project(reading=ReadingSettings(fingerprint=fingerprint), history=history)
    session = with_export(an_export(30, 60))
    session.project.dropped = ("shop.brine", write_project(project))
    app = opened("data", session)
    assert not app.exception
    assert app.session_state["brine"].reading.history
    # 60 days with an order each, but the second was cancelled; what is in both counts once
    assert "59" in [metric.value for metric in app.metric]
    other = with_export(an_export(30, 60, customer="Client"))
    other.project.dropped = session.project.dropped or ("shop.brine", write_project(project))
    assert not opened("data", other).session_state["brine"].reading.history


@pytest.mark.slow
def test_a_pseudonymised_history_waits_for_its_secret():
    fingerprint = understand(read_table(an_export(30, 60), "orders.csv")).fingerprint
    project = a_project(
        reading=ReadingSettings(fingerprint=fingerprint, pseudonymised=True),
        history=CustomerHistory(hash_ids(some_orders(0, 40), KEY), pseudonymised=True),
    )
    for secret, merged in (("", False), (KEY.decode(), True)):
        session = with_export(an_export(30, 60))
        session.project.key = secret
        session.project.dropped = ("shop.brine", write_project(project))
        app = opened("project", session)
        assert not app.exception
        mine = app.session_state["brine"]
        assert bool(mine.reading.history) is merged
        assert (text.say("en", "project.history_waits") in words(app)) is not merged
    app.switch_page("pages/data.py").run()
    assert "59" in [metric.value for metric in app.metric]
    assert "12" in [metric.value for metric in app.metric]  # customers: old and new have the same hashes


@pytest.mark.slow
def test_a_saved_project_has_no_customer_and_no_secret(tmp_path):
    session = with_export(an_export(0, 60))
    session.project.key = KEY.decode()
    app = opened("project", session)
    data = write_project(saved(app))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        figures = json.loads(archive.read("project.json"))["snapshot"]
    assert KEY not in whole
    assert b"007" not in whole
    lines = pd.read_csv(io.BytesIO(an_export(0, 60)))
    assert (figures["customers"], figures["orders"]) == (lines["Kunde"].nunique(), len(lines))
    assert figures["revenue"] == pytest.approx(lines["amount"].sum())


def test_a_campaign_is_kept_as_hashes_of_the_ids():
    table = pd.DataFrame({"customer_id": ["007", "008"], "control": [True, False], "score_band": [1, 2]})
    kept = hashed_customers(table, KEY.decode(), already=False)
    assert kept["customer_id"].tolist() == [
        hmac.new(KEY, name, hashlib.sha256).hexdigest()[:16] for name in (b"007", b"008")
    ]
    assert hashed_customers(kept, KEY.decode(), already=True)["customer_id"].tolist() == kept["customer_id"].tolist()


@pytest.mark.slow
@pytest.mark.parametrize("page", ["explore", "train", "predict", "models", "learn"])
def test_a_project_is_opened_on_any_page(page):
    """It was taken on Data and Project alone."""
    session = Session()
    session.project.dropped = ("shop.brine", write_project(a_project()))
    app = opened(page, session, "es")
    assert not app.exception
    assert app.session_state["brine"].project.restored
    assert app.get("file_uploader"), "the next project can be dropped there too"


@pytest.mark.slow
def test_a_restored_project_names_only_what_it_holds():
    """ "0 models, 0 saved segments, 0 campaigns" stood there."""
    session = Session()
    session.project.dropped = ("shop.brine", write_project(a_project()))
    app = opened("project", session, "en")
    (said,) = (one.value for one in app.markdown if one.value.startswith("Restored: "))
    assert said.startswith("Restored: your settings")
    assert " 0 " not in said


@pytest.mark.slow
def test_a_query_is_kept_in_the_project_and_filled_in_but_never_run():
    sql = "SELECT customer_id FROM orders\nWHERE total > 0"
    session = Session(reading=Reading(simulated=True, query=Query("shop", sql)))
    settings = reading_settings(session)
    assert settings.query == SavedQuery("shop", sql)
    written = write_project(Project(reading=settings))
    session = Session()
    session.project.dropped = ("shop.brine", written)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.secrets["connections"] = {"other": {"url": "sqlite://"}, "shop": {"url": "sqlite:////nowhere/secret"}}
    app.session_state["brine"] = session
    app.switch_page("pages/data.py").run()
    assert not app.exception
    assert app.text_area(key="query-sql").value == sql
    assert app.selectbox(key="query-connection").value == "shop"
    assert session.reading.query is None
    assert session.candidate is None
    assert reading_settings(session).query == settings.query, "kept when the project is saved again"
    assert b"secret" not in read_project_texts(written)


def read_project_texts(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".json"))


@pytest.mark.slow
def test_a_file_that_is_no_project_is_refused_on_any_page():
    session = Session()
    session.project.dropped = ("shop.brine", b"PK\x03\x04 not a project")
    app = opened("train", session)
    assert not app.exception
    assert text.say("en", "project.not_a_project", name="shop.brine") in words(app)
    assert not app.session_state["brine"].project.restored


@pytest.mark.slow
def test_the_passphrase_typed_on_the_page_opens_the_encrypted_orders():
    pytest.importorskip("cryptography")
    history = CustomerHistory(some_orders(0, 40), pseudonymised=False)
    session = Session()
    passphrase = "a passphrase of words"
    session.project.dropped = ("shop.brine", write_project(Project(history=history), passphrase=passphrase))
    app = opened("project", session)
    assert not app.exception
    assert session.project.history is None
    app.text_input(key="project-unlock").set_value("another passphrase").run()
    assert text.say("en", "project.wrong_passphrase") in words(app)
    app.text_input(key="project-unlock").set_value(passphrase).run()
    assert not app.exception
    assert session.project.locked is None
    assert len(session.project.history.orders.lines) == len(history.orders.lines)
    assert not [field for field in app.text_input if field.key == "project-unlock"]


def test_what_is_saved_beside_a_project_just_opened_is_of_that_project():
    """The name stood empty until the next click: the card was drawn before the project was opened."""
    session = Session()
    session.project.dropped = ("shop.brine", write_project(a_project()))
    app = opened("project", session)
    assert not app.exception
    assert [one.value for one in app.text_input if str(one.key).startswith("project-name")] == [a_project().name]


@pytest.mark.slow
@pytest.mark.parametrize("user", ["", "ana@example.com"])
def test_forgetting_after_signing_in_forgets_what_was_kept_before_it_too(monkeypatch, user):
    """Work is kept for the browser and whoever is signed in; signing in does not leave earlier work behind."""
    monkeypatch.setattr(st, "user", {"is_logged_in": bool(user), "email": user} if user else {})
    works, token = resuming.works, resuming.works.new_token()
    reading = with_export(an_export(0, 60)).candidate
    before, now, another = Session(reading=reading), Session(reading=reading), Session(reading=reading)
    owners = [works.owner_of(token, "", name) for name in ("", user, "eva@example.com")]
    for owner, visit, session in zip(owners, ("before", "now", "another"), (before, now, another), strict=True):
        assert works.keep(owner, f"{visit} {user}", session)
    app = opened("project", now)
    app.session_state["brine-token"] = token
    app.button(key="forget-now").click().run()
    assert not app.exception
    assert app.session_state["brine"].reading == Reading()
    assert works.resume(owners[0], "later") is None
    assert works.resume(owners[1], "later") is None
    assert (before.forgotten, now.forgotten, another.forgotten) == (True, True, False), "open tabs learn it"
    assert works.resume(owners[2], "later") is not None, "another user of this browser keeps theirs"
    works.forget(owners[2])


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("orders.csv", "orders"),
        ("online_retail.csv.gz", "online_retail"),
        ("May 2024.v2.XLSX", "May 2024.v2"),
        ("export.ZIP", "export"),
        ("orders", "orders"),
        (".csv", ".csv"),
        (".gz", ".gz"),
    ],
)
def test_a_project_is_called_as_its_file_without_endings(file, name):
    assert without_ending(file) == name
