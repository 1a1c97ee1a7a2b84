"""Saved models as a page: listed, renamed, deleted, compared; a disk failure is reported in a sentence."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import text
from lib.card import Card, CardColumn, Group
from lib.store import Store

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


def opened(language="en"):
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    app.session_state["language"] = language
    app.switch_page("pages/models.py").run()
    assert not app.exception
    return app


def told(app):
    return "\n".join(part.value for part in [*app.markdown, *app.caption, *app.error])


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_an_empty_shelf_says_what_to_do(store, language):
    assert text.say(language, "models.none_title") in told(opened(language))


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_saved_models_are_listed_and_put_side_by_side(store, language):
    store.save(b"one", CHANCES, "Spring", format="pickle")
    store.save(b"two", GROUPS, "Autumn", format="joblib")
    app = opened(language)
    assert "#### Spring" in told(app)
    assert "#### Autumn" in told(app)
    assert text.say(language, "models.everyone") in told(app)
    assert app.multiselect(key="models-compare").value != []
    assert "0" in str(app.table[0].value)


def test_the_card_says_that_nobody_is_in_the_file(store):
    saved = store.save(b"one", CHANCES, "Spring", format="pickle")
    app = opened()
    app.button(key=f"show-{saved.key}").click().run()
    assert not app.exception
    assert "0 of 500 customers found in the file" in told(app)


def test_a_model_is_deleted_after_a_second_click(store):
    saved = store.save(b"one", CHANCES, "Spring", format="pickle")
    store.save(b"two", GROUPS, "Autumn", format="pickle")
    app = opened()
    app.button(key=f"sure-{saved.key}").click().run()
    assert not app.exception
    assert [one.name for one in store.list()] == ["Autumn"]


def test_a_model_gets_another_name(store):
    saved = store.save(b"one", CHANCES, "Spring", format="pickle")
    app = opened()
    app.text_input(key=f"name-{saved.key}").set_value("Summer")
    next(button for button in app.button if button.form_id == f"rename-form-{saved.key}").click().run()
    assert not app.exception
    assert [one.name for one in store.list()] == ["Summer"]


def test_a_strangers_name_is_shown_and_not_obeyed(store):
    store.save(b"one", CHANCES, "![x](https //evil.example) :red[hot]", format="pickle")
    shown = told(opened())
    assert "\\!\\[x\\]" in shown
    assert ":red[" not in shown.replace("\\:red", "")


def test_a_place_that_does_not_answer_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("BRINE_MODELS", "pigeon://loft")
    assert "pigeon" in told(opened())
