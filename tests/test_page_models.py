"""Saved models as a page: listed, renamed, deleted, compared; a disk failure is reported in a sentence."""

import hashlib
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from streamlit.testing.v1 import AppTest

from lib import text
from lib.card import Card, CardColumn, Group
from lib.gate import inspect
from lib.model_file import to_bytes
from lib.project import ProjectModel
from lib.store import Store
from lib.ui.state import Reading, Session, Upload

ROOT = Path(__file__).resolve().parents[1]
CHANCES = Card(
    "buy_again",
    "logistic",
    (CardColumn("recency_days", "number", "days", 1.0, 300.0, 40.0),),
    500,
    horizon_days=90,
    metrics={"auc": 0.81},
    privacy={"customers_searched": 500, "customers_found": 0, "membership_auc": 0.5},
)
GROUPS = Card(
    "groups",
    "kmeans",
    (CardColumn("recency_days", "number", "days", 1.0, 300.0, 40.0, edges=(10.0, 20.0), shares=(0.3, 0.3, 0.4)),),
    700,
    groups=(Group(1, "segments.name.best", customers=700, share_customers=1.0, typical={"recency_days": 40.0}),),
)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BRINE_MODELS", str(tmp_path / "models"))
    return Store(str(tmp_path / "models"))


def opened(language="en", user=None, mine=None):
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    if user is not None:
        app.user = user
    if mine is not None:
        app.session_state["brine"] = mine
    app.switch_page("pages/models.py").run()
    assert not app.exception
    return app


def page_words(app):
    return "\n".join(part.value for part in [*app.markdown, *app.caption, *app.error, *app.info])


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_an_empty_shelf_says_what_to_do(store, language):
    assert text.say(language, "models.none_title") in page_words(opened(language))


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_saved_models_are_listed_and_put_side_by_side(store, language):
    store.save(b"one", CHANCES, "Spring", format="pickle")
    store.save(b"two", GROUPS, "Autumn", format="joblib")
    app = opened(language)
    assert "Spring" in page_words(app)
    assert "Autumn" in page_words(app)
    assert text.say(language, "models.everyone") in page_words(app)
    assert text.say(language, "models.compare_none") in page_words(app)  # they answer different questions
    assert not app.multiselect


@pytest.mark.slow
def test_the_card_says_that_nobody_is_in_the_file(store):
    saved = store.save(b"one", CHANCES, "Spring", format="pickle")
    app = opened()
    app.button(key=f"show-{saved.key}").click().run()
    assert not app.exception
    assert "0 of 500 customers found in the file" in page_words(app)


@pytest.mark.slow
def test_a_model_is_deleted_after_a_second_click(store):
    saved = store.save(b"one", CHANCES, "Spring", format="pickle")
    store.save(b"two", GROUPS, "Autumn", format="pickle")
    app = opened()
    app.button(key=f"sure-{saved.key}").click().run()
    assert not app.exception
    assert [one.name for one in store.list()] == ["Autumn"]


@pytest.mark.slow
def test_a_model_gets_another_name(store):
    saved = store.save(b"one", CHANCES, "Spring", format="pickle")
    app = opened()
    app.text_input(key=f"name-{saved.key}").set_value("Summer")
    next(button for button in app.button if button.form_id == f"rename-form-{saved.key}").click().run()
    assert not app.exception
    assert [one.name for one in store.list()] == ["Summer"]


SEGMENTS = Card(
    "groups",
    "kmeans",
    (CardColumn("age", "number"),),
    4,
    groups=tuple(Group(number, "segments.name.best", str(number), 2) for number in (1, 2)),
)


@pytest.fixture
def segments(store):
    """A saved model of two segments."""
    rows = pd.DataFrame({"age": [20.0, 21, 60, 61]})
    pipeline = make_pipeline(SimpleImputer(), StandardScaler(), KMeans(2, n_init=1, random_state=0)).fit(rows)
    return store.save(to_bytes(pipeline, SEGMENTS), SEGMENTS, "Ages", format="pickle")


def name_segments(app, saved, *names):
    for number, name in enumerate(names, 1):
        app.text_input(key=f"segment-{saved.key}-{number}").set_value(name)
    app.button(key=f"segments-{saved.key}").click().run()
    assert not app.exception


def test_segments_of_a_saved_model_get_other_names(store, segments):
    app = opened()
    app.button(key=f"show-{segments.key}").click().run()
    data = store.read(segments.key)
    app.session_state["brine"].project.models = (ProjectModel("Ours", "pickle", data, segments.sha256, segments.card),)
    name_segments(app, segments, "Young", "")
    (renamed,) = store.list()
    (in_project,) = app.session_state["brine"].project.models
    assert in_project == ProjectModel("Ours", "pickle", store.read(renamed.key), renamed.sha256, renamed.card)
    assert [group.name for group in renamed.card.groups] == ["Young", ""]
    inside = inspect(store.read(renamed.key)).card  # Predict reads the names out of the file
    assert inside is not None
    assert [group.name for group in inside.groups] == ["Young", ""]
    assert "Young" in page_words(app)  # the card is still open, with the new name
    assert app.text_input(key=f"segment-{renamed.key}-1").value == "Young"


def test_names_of_segments_that_cannot_be_are_told_and_nothing_changes(store, segments):
    app = opened()
    name_segments(app, segments, "eva@example.com", "")
    assert any("telephone number" in one.value for one in app.error)
    name_segments(app, segments, "Young", "young")
    assert any("young" in one.value for one in app.error)
    assert [one.key for one in store.list()] == [segments.key]
    app.switch_page("pages/train.py").run()
    assert not app.error  # what was refused here is not said about another model


def test_models_are_still_put_side_by_side_after_their_segments_are_renamed(store, segments):
    store.save(store.read(segments.key) + b"\n", SEGMENTS, "Second", format="pickle")
    app = opened()
    (picked,) = [one for one in app.multiselect if str(one.key).startswith("models-compare")]
    assert segments.key in picked.value
    name_segments(app, segments, "Young", "")
    (picked,) = [one for one in app.multiselect if str(one.key).startswith("models-compare")]
    assert segments.key not in picked.value


def test_no_segment_is_named_after_a_customer_of_the_loaded_table(store, segments):
    rows = "\n".join(f"KL{at:05},{20 + at}" for at in range(40))
    data = f"customer_id,age\n{rows}\n".encode()
    upload = Upload("customers.csv", data, hashlib.sha256(data).hexdigest())
    app = opened(mine=Session(reading=Reading(uploads=(upload,))))
    name_segments(app, segments, "Like KL00007", "")
    assert any("KL00007" in one.value for one in app.error)
    assert [one.key for one in store.list()] == [segments.key]


def test_a_model_without_segments_has_none_to_rename(store):
    saved = store.save(b"one", CHANCES, "Spring", format="pickle")
    assert f"segment-{saved.key}-1" not in {one.key for one in opened().text_input}


@pytest.mark.slow
def test_a_strangers_name_is_shown_and_not_obeyed(store):
    store.save(b"one", CHANCES, "![x](https //evil.example) :red[hot]", format="pickle")
    shown = page_words(opened())
    assert "\\!\\[x\\]" in shown
    assert ":red[" not in shown.replace("\\:red", "")


@pytest.mark.slow
def test_a_place_that_does_not_answer_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("BRINE_MODELS", "pigeon://loft")
    assert "pigeon" in page_words(opened())


# ------------------------------------------------------------------------------------------------ using one

AREA = pd.DataFrame({"area": [2600.0, 3000, 3200, 3600, 4000]})
PRICE = Card("target", "linear", (CardColumn("area", "number"),), 5, target="price")


def model(slope):
    return pickle.dumps(LinearRegression().fit(AREA, AREA["area"] * slope))


@pytest.mark.slow
def test_use_this_model_opens_it_whatever_was_on_predict_before(store):
    """An upload in the box and another saved model chosen earlier: neither may open instead."""
    store.save(model(2), PRICE, "Other shop", format="pickle")
    wanted = store.save(model(3), PRICE, "Mine", format="pickle")
    mine = Session()
    mine.predicting.uploaded_model = ("old.pkl", model(4))
    app = opened(mine=mine)
    app.session_state["predict-way"] = "upload"
    app.button(key=f"use-{wanted.key}").click().run()
    app.switch_page("pages/predict.py").run()  # AppTest stays on its page when the page switches to another
    assert not app.exception
    assert app.session_state["brine"].predicting.opened.verdict.sha256 == hashlib.sha256(model(3)).hexdigest()
    assert app.selectbox(key="predict-saved").value == wanted.key


@pytest.mark.slow
def test_a_model_open_on_predict_stays_open_when_its_segments_are_renamed(store, segments):
    """It gets another key; the first model of the list may not open instead."""
    store.save(model(2), PRICE, "Another", format="pickle")
    app = opened()
    app.button(key=f"use-{segments.key}").click().run()
    app.switch_page("pages/predict.py").run()
    assert app.selectbox(key="predict-saved").value == segments.key
    app.switch_page("pages/models.py").run()
    name_segments(app, segments, "Young", "")
    store.save(model(3), PRICE, "Newest", format="pickle")
    (renamed,) = [one for one in store.list() if one.name == "Ages"]
    app.switch_page("pages/predict.py").run()
    assert not app.exception
    assert app.selectbox(key="predict-saved").value == renamed.key
    assert app.session_state["brine"].predicting.opened.verdict.sha256 == renamed.sha256


@pytest.mark.slow
def test_the_same_file_saved_twice_is_recognised(store):
    store.save(model(2), PRICE, "First", format="pickle")
    store.save(model(2), PRICE, "Copy", format="pickle")
    assert store.twin(hashlib.sha256(model(2)).hexdigest()) is not None
    assert store.twin("0" * 64) is None
    app = opened()
    assert page_words(app).count(text.say("en", "models.twin", name="First")) == 1
    assert text.say("en", "models.compare_none") in page_words(app)  # a model is not compared with itself


# ------------------------------------------------------------------------------------------------ comparing


@pytest.mark.slow
def test_models_of_one_question_are_compared_and_no_others(store):
    store.save(b"a", CHANCES, "Spring", format="pickle")
    store.save(b"b", CHANCES, "Autumn", format="pickle")
    store.save(b"c", replace(CHANCES, horizon_days=30), "Month", format="pickle")
    store.save(b"d", GROUPS, "Segments", format="pickle")
    app = opened()
    assert set(app.multiselect[0].options) == {"Spring", "Autumn"}
    assert text.say("en", "models.compare_own_tests") in page_words(app)
    assert text.say("en", "models.compare_load") in page_words(app)


@pytest.mark.slow
def test_models_are_tested_on_the_same_rows_of_the_loaded_table(store):
    area = np.arange(1.0, 61.0)
    table = pd.DataFrame({"area": area, "price": 3 * area})
    for slope, name in ((3, "Right"), (4, "Wrong")):
        store.save(model(slope), PRICE, name, format="pickle")
    data = table.to_csv(index=False).encode()
    mine = Session(reading=Reading(uploads=(Upload("homes.csv", data, hashlib.sha256(data).hexdigest()),)))
    app = opened(mine=mine)
    app.button(key="compare-here").click().run()
    assert not app.exception
    shown = app.table[-1].value
    heads = [str(name) for name in shown.columns]
    (errors,) = [
        row for row in shown.to_numpy().tolist() if row[0].replace(chr(92), "") == text.say("en", "report.metric.mae")
    ]
    error = dict(zip(heads, errors, strict=True))
    right, wrong = (next(value for name, value in error.items() if name.startswith(one)) for one in ("Right", "Wrong"))
    assert abs(float(right.replace("\\", ""))) < 1e-9
    assert float(wrong.replace("\\", "")) == area.mean()  # the mean of |4a − 3a|, by hand


# ------------------------------------------------------------------------------------------------ who sees what

ANA = {"is_logged_in": True, "iss": "https://id.example", "sub": "1", "email": "ana@example.com"}
EVA = {"is_logged_in": True, "iss": "https://id.example", "sub": "2", "email": "eva@example.com"}


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("setting", ["off", "shraed"])
def test_switched_off_nothing_is_listed(store, monkeypatch, language, setting):
    """A setting with a spelling mistake must not publish models."""
    store.save(b"one", CHANCES, "Spring", format="pickle")
    monkeypatch.setenv("BRINE_SAVING", setting)
    app = opened(language)
    assert text.say(language, "store.off") in page_words(app)
    assert "Spring" not in page_words(app)


@pytest.mark.slow
def test_behind_a_sign_in_each_user_has_a_space_of_their_own(store, monkeypatch):
    store.save(b"one", CHANCES, "Shared", format="pickle")
    monkeypatch.setenv("BRINE_SAVING", "private")
    for visitor in (None, {"is_logged_in": False}, {**ANA, "is_logged_in": False}, {"is_logged_in": True}):
        app = opened(user=visitor)
        assert text.say("en", "store.sign_in") in page_words(app)
        assert "Shared" not in page_words(app)
        assert bool(app.button) == (visitor is not None)  # a button only where a sign-in is set up
    app = opened(user=ANA)
    assert text.say("en", "models.none_title") in page_words(app)
    places = list_of_spaces(monkeypatch, (ANA, EVA, {**ANA, "iss": "https://other.example"}))
    assert len(set(places)) == 3
    assert not any("ana" in place or "@" in place for place in places)
    Store(places[0]).save(b"two", CHANCES, "Of Ana", format="pickle")
    assert "Of Ana" in page_words(opened(user=ANA))
    assert "Of Ana" not in page_words(opened(user=EVA))


def list_of_spaces(monkeypatch, users):
    """Where the models of each user are kept."""
    from lib.ui import model_store

    found = []
    for user in users:
        monkeypatch.setattr("streamlit.user", user)
        found.append(model_store.store()._root)
    monkeypatch.undo()
    monkeypatch.setenv("BRINE_SAVING", "private")
    monkeypatch.setenv("BRINE_MODELS", str(Path(found[0]).parents[1]))
    return found
