"""Every page, in both languages, with nothing in hand and with the sample shop."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from streamlit.testing.v1 import AppTest

from lib import text
from lib.card import Card, CardColumn, Group
from lib.errors import UserError
from lib.gate import inspect
from lib.jobs import Result
from lib.model_file import FORMATS, to_bytes
from lib.project import ProjectModel
from lib.ui.page_list import PAGES
from lib.ui.state import Reading, Session
from tests.figures_shown import figures_shown
from tests.rendered_words import problems

ROOT = Path(__file__).resolve().parents[1]


def opened(page: str, language: str, *, sample: bool = False) -> AppTest:
    """The app at one page, for a visitor who chose a language."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    app.session_state["brine"] = Session(reading=Reading(simulated=sample))
    return app.switch_page(f"pages/{page}.py").run()


def words(app: AppTest) -> str:
    """Everything that stands on the page as text."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning", "text")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


@pytest.fixture(params=text.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_nothing_in_hand(page: str, language: str) -> None:
    app = opened(page, language)
    assert not app.exception, app.exception
    assert not app.error, app.error
    assert app.title[0].value == text.say(language, f"{page}.title")
    assert not problems(app, language)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_the_sample_shop(page: str, language: str) -> None:
    app = opened(page, language, sample=True)
    assert not app.exception, app.exception
    assert not app.error, app.error
    assert app.title[0].value == text.say(language, f"{page}.title")
    assert not problems(app, language)


@pytest.mark.slow
def test_a_key_and_a_sentence_of_another_language_are_found() -> None:
    def page() -> None:
        import streamlit as st

        st.caption("Fase: training.step.compare")
        about = (
            "Upload your shop's export or a customer table. Brine recognises the columns and shows what it leaves out."
        )
        st.button(about, help="ui.rows_of")
        st.selectbox("País", ["Try the sample shop"])

    found = "\n".join(problems(AppTest.from_function(page, default_timeout=300).run(), "es"))
    assert "key training.step.compare" in found
    assert "en: 'Try the sample shop'" in found
    assert "Brine recognises the columns" in found


@pytest.mark.slow
def test_the_bare_address_goes_to_data() -> None:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300).run()
    assert app.title[0].value == text.say("en", "data.title")


@pytest.mark.slow
def test_the_switch_changes_the_language_at_once_and_for_all_pages() -> None:
    app = opened("learn", "en")
    app.segmented_control(key="language").set_value("es").run()
    assert app.title[0].value == text.say("es", "learn.title")
    app.switch_page("pages/explore.py").run()
    assert app.title[0].value == text.say("es", "explore.title")


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_learn_shows_the_road_with_the_visitors_own_data_and_model(language: str) -> None:
    app = opened("learn", language)
    assert text.say(language, "learn.own_title") not in [one.value for one in app.header]
    mine = app.session_state["brine"]
    mine.reading = Reading(simulated=True)
    app.run()
    assert text.say(language, "learn.own_data") in [one.value for one in app.markdown]
    mine.job = Trained()
    app.run()
    assert not app.exception
    shown = "\n".join(one.value for one in app.code)
    assert "open('target-price.pkl', 'rb')" in shown
    assert "model.brine_card_['metrics']  # {'r2': 0.912}" in shown


class Trained:
    """A training that has ended, as far as Learn asks."""

    state = "done"

    def __init__(self) -> None:
        card = Card("target", "linear", (), 5, target="price", metrics={"r2": 0.91234})
        self.result = Result({"pickle": b""}, card, 5, 0)


@pytest.mark.slow
def test_the_language_survives_a_reload_in_the_address() -> None:
    app = opened("learn", "en")
    app.segmented_control(key="language").set_value("es").run()
    assert app.query_params["lang"] == "es"
    again = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    again.query_params["lang"] = "es"
    again.switch_page("pages/learn.py").run()
    assert again.title[0].value == text.say("es", "learn.title")
    again.query_params["lang"] = "<script>"
    assert not again.run().exception


@pytest.mark.slow
def test_an_empty_page_offers_the_one_next_step() -> None:
    for page in ("explore", "train"):
        app = opened(page, "en")
        assert text.say("en", "ui.no_data") in words(app)
        app.button(key="empty-sample").click().run()
        assert not app.exception
        assert text.say("en", "ui.no_data") not in words(app)


@pytest.mark.slow
def test_the_ledger_on_data_adds_up_for_the_sample_shop(language: str) -> None:
    from lib.layouts import understand
    from lib.orders import clean
    from lib.ui.cached import _sample_table

    app = opened("data", language, sample=True)
    table = _sample_table()
    book = clean(table, understand(table)).ledger
    assert book.rows_in == book.rows_used + sum(book.set_aside.values())
    sentence = text.say(
        language,
        "data.ledger_words",
        rows_in=book.rows_in,
        rows_used=book.rows_used,
        set_aside=sum(book.set_aside.values()),
    )
    assert sentence in words(app)


@pytest.mark.slow
def test_every_reason_opens_to_its_rows() -> None:
    app = opened("data", "en", sample=True)
    pills = app.get("button_group")
    reasons = next(one for one in pills if one.key == "open-reason")
    reasons.set_value("cancelled").run()
    assert not app.exception
    assert text.say("en", "orders.explain.cancelled") in words(app)


@pytest.mark.slow
def test_figures_follow_the_language() -> None:
    english = opened("data", "en", sample=True)
    spanish = opened("data", "es", sample=True)
    counts = [next(one.value for one in app.metric if one.label in ("Orders", "Pedidos")) for app in (english, spanish)]
    assert "," in counts[0]
    assert counts[0].replace(",", ".") == counts[1]


@pytest.mark.slow
def test_a_wrong_column_is_told_in_a_sentence_and_put_right_by_another_choice() -> None:
    app = opened("data", "en", sample=True)
    date = next(one for one in app.selectbox if one.key.startswith("role-ordered_at"))
    date.set_value("").run()
    assert not app.exception
    assert any("the order date" in str(one.value) for one in app.error)
    date = next(one for one in app.selectbox if one.key.startswith("role-ordered_at"))
    date.set_value("date").run()
    assert not app.error


@pytest.mark.slow
def test_a_period_on_explore_changes_the_figures() -> None:
    app = opened("explore", "en", sample=True)

    def figures() -> str:
        return next(one.proto.body for one in app.get("html") if "brine-figures" in one.proto.body)

    everything = figures()
    app.segmented_control(key="explore-period").set_value("30").run()
    assert not app.exception
    assert figures() != everything


@pytest.mark.slow
def test_choosing_one_s_own_days_and_a_country_works(language: str) -> None:
    app = opened("explore", language, sample=True)
    app.segmented_control(key="explore-period").set_value("own").run()
    app.multiselect(key="explore-countries").set_value(["Spain"]).run()
    assert not app.exception
    assert not app.error


@pytest.mark.slow
def test_what_explore_shows_has_a_text_alternative() -> None:
    app = opened("explore", "en", sample=True)
    for tab in ("overview", "customers", "retention", "products", "times"):
        app.segmented_control(key="explore-tab").set_value(tab).run()
        assert not app.exception, tab
        figures = figures_shown(app)
        assert len(figures) >= 2, tab
        for figure in figures:
            assert figure.alt.strip()


@pytest.mark.slow
def test_train_offers_what_fits_the_data(language: str) -> None:
    app = opened("train", language, sample=True)
    goals = app.radio(key="train-goal-orders")
    assert goals.options == [
        text.say(language, f"train.{goal}") for goal in ("groups", "buy_again", "spend", "orders", "next_order")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("goal", ["buy_again", "spend", "orders", "next_order"])
def test_a_question_about_the_future_asks_how_far_to_look(goal: str) -> None:
    app = opened("train", "en", sample=True)
    app.radio(key="train-goal-orders").set_value(goal).run()
    assert not app.exception
    assert app.segmented_control(key="train-horizon").value == 90


@pytest.mark.slow
def test_start_over_forgets_the_data() -> None:
    app = opened("data", "en", sample=True)
    app.button(key="over").click().run()
    assert not app.exception
    assert app.session_state["brine"].reading.empty


class Ended:
    """A training that has ended, as far as the page asks."""

    def __init__(self, state: str, error: UserError | None = None, card: Card | None = None) -> None:
        self.state, self.error = state, error
        self.result = Result({one.key: b"x" for one in FORMATS}, card, 10, 0) if card else None
        self.first, self.stopped_by_server = self.result, False

    def made_already(self, made: Result, key: str) -> bytes | None:
        return made.files[key]

    def rename(self, made: Result, renamed: Result) -> None:
        self.result = self.first = renamed


class Running(Ended):
    """A training that has a first model and looks for a better one."""

    def __init__(self, card: Card) -> None:
        super().__init__("running", card=card)
        self.progress, self.seconds_left = (0.5, "training.step.compare"), None
        self.was_cancelled = False

    def cancel(self) -> None:
        self.was_cancelled = True

    def stop(self) -> None:
        raise AssertionError("nobody stopped it")


def after(job: Ended, language: str = "en") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    app.session_state["brine"] = Session(reading=Reading(simulated=True), job=job)  # type: ignore[arg-type]
    return app.switch_page("pages/train.py").run()


@pytest.mark.slow
def test_a_history_that_is_too_short_offers_the_days_that_it_allows() -> None:
    """The sentence said "ask about the next 24 days", and 30 were the fewest on offer."""
    facts = {"days": 100, "needed": 225, "horizon": 90, "possible": 24}
    app = after(Ended("failed", UserError("training.future.too_short", **facts)))
    app.radio(key="train-goal-orders").set_value("buy_again").run()
    assert not app.exception
    days = app.segmented_control(key="train-horizon")
    assert "24 days" in days.options
    days.set_value(24).run()
    assert not app.exception
    assert app.segmented_control(key="train-horizon").value == 24


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_result_says_which_question_it_answers(language: str) -> None:
    """Another question can be chosen above it meanwhile."""
    card = Card("buy_again", "logistic", (), 500, horizon_days=60, metrics={"auc": 0.8})
    app = after(Ended("done", card=card), language)
    assert not app.exception
    assert text.say(language, "train.buy_again") + " · " + text.say(language, "train.days", days=60) in words(app)


@pytest.mark.parametrize("same", [True, False])
def test_with_other_data_loaded_the_question_stands_before_the_old_model(same: bool) -> None:
    card = Card("buy_again", "logistic", (), 500, horizon_days=60, metrics={"auc": 0.8})
    reading = Reading(simulated=True)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = "en"
    key = reading.key if same else "of another shop"
    app.session_state["brine"] = Session(reading=reading, job=Ended("done", card=card), job_reading=key)  # type: ignore[arg-type]
    app.switch_page("pages/train.py").run()
    assert not app.exception
    order = [
        str(one.label if one.type == "radio" else one.value) for one in app.main if one.type in ("radio", "header")
    ]
    question, result = order.index(text.say("en", "train.question")), order.index(text.say("en", "train.result"))
    assert (question < result) is not same
    assert (app.button(key="train-start").label == text.say("en", "train.start_again")) is same


@pytest.mark.slow
@pytest.mark.parametrize("same", [True, False])
def test_a_training_stops_another_one_only_where_that_was_said(same: bool) -> None:
    card = Card("buy_again", "logistic", (), 500, horizon_days=60, metrics={"auc": 0.8}, settings={"quick": True})
    reading = Reading(simulated=True)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = "en"
    job = Running(card)
    key = reading.key if same else "of another shop"
    mine = Session(reading=reading, job=job, job_reading=key, job_name="may.csv")  # type: ignore[arg-type]
    app.session_state["brine"] = mine
    app.switch_page("pages/train.py").run()
    assert not app.exception
    assert text.say("en", "train.stops_running", name="may.csv").split("may")[0] in words(app)
    assert app.button(key="train-start").label == text.say("en", "train.start_and_stop")
    assert text.say("en", "train.stops_running_kept") in words(app)
    assert not job.was_cancelled


@pytest.mark.slow
def test_segments_can_be_renamed_and_the_file_has_the_names() -> None:
    groups = tuple(Group(place, f"segments.name.{key}", customers=5) for place, key in enumerate(("best", "new"), 1))
    card = Card("groups", "kmeans", (CardColumn("recency_days", "number", "days"),), 10, groups=groups)
    frame = pd.DataFrame({"recency_days": [1.0, 2.0, 80.0, 90.0]})
    pipeline = make_pipeline(SimpleImputer(), KMeans(2, n_init=1, random_state=0)).fit(frame)
    data = to_bytes(pipeline, card)
    job = Ended("done", card=inspect(data).card)
    job.result = job.first = replace(job.result, files={"pickle": data})
    app = after(job)
    in_project = ProjectModel("Ours", "pickle", data, hashlib.sha256(data).hexdigest(), job.result.card)
    app.session_state["brine"].project.models = (in_project,)
    fields = [one for one in app.text_input if str(one.key).startswith("segment-name-")]
    assert len(fields) == 2
    before = job.result
    app.button(key="rename-segments-do").click().run()
    assert job.result is before, "nothing was changed, so nothing is said to have been"
    fields = [one for one in app.text_input if str(one.key).startswith("segment-name-")]
    fields[0].set_value("<b>VIP</b> [x](http://x)")
    fields[1].set_value("<B>vip</b> [x](http://x)")
    app.button(key="rename-segments-do").click().run()
    assert not app.exception
    assert any("vip" in error.value for error in app.error), "two segments of one name"
    assert job.result.files["pickle"] == data
    app.text_input(key=fields[1].key).set_value("")
    app.button(key="rename-segments-do").click().run()
    assert not app.exception
    shown = words(app)
    assert "VIP" in shown
    assert "<b>VIP" not in shown
    data = job.result.files["pickle"]
    assert [group.name for group in inspect(data).card.groups] == ["<b>VIP</b> [x](http://x)", ""]
    (kept,) = app.session_state["brine"].project.models
    assert (kept.name, kept.data, kept.sha256) == ("Ours", data, hashlib.sha256(data).hexdigest())
    assert kept.card == job.result.card


@pytest.mark.slow
def test_groups_of_an_earlier_model_can_be_kept() -> None:
    column = CardColumn("recency_days", "number", "days")
    card = Card("groups", "kmeans", (column,), 500, groups=(Group(1, "segments.name.best", customers=500),))
    app = after(Ended("done", card=card))
    app.checkbox(key="train-like-on").check().run()
    assert not app.exception
    assert app.selectbox(key="train-like").options == [text.say("en", "train.like_last")]
    assert app.selectbox(key="train-recipe-groups").disabled
    other = Card("groups", "kmeans", (CardColumn("age", "number"),), 500, groups=card.groups)
    app = after(Ended("done", card=other))
    app.checkbox(key="train-like-on").check().run()
    assert text.say("en", "train.like_none") in words(app)


@pytest.mark.slow
def test_methods_that_count_the_groups_themselves_do_not_ask_how_many() -> None:
    app = opened("train", "en", sample=True)
    app.selectbox(key="train-recipe-groups").set_value("hdbscan").run()
    assert not any(one.key == "train-groups" for one in app.selectbox)
    app.selectbox(key="train-recipe-groups").set_value("ward").run()
    assert any(one.key == "train-groups" for one in app.selectbox)
