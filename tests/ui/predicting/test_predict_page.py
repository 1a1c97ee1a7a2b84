"""Predict, for a user who received a model file."""

import hashlib
import json
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.linear_model import LinearRegression, LogisticRegression
from streamlit.testing.v1 import AppTest

from lib import layouts, text, turns
from lib.audience import readable_list, with_bands
from lib.card import Card, CardColumn
from lib.exports import to_csv
from lib.gate import open_model
from lib.jobs import Result
from lib.layouts import Understanding
from lib.model_file import finish, to_bytes
from lib.presentation.document import to_markdown
from lib.presentation.sentences import warnings
from lib.schema import NEXT_ORDER
from lib.scoring import FIRST_DAY, LAST_DAY, Need
from lib.store import Store
from lib.tables import Table
from lib.training import Question, train_customers
from lib.ui import page, widgets
from lib.ui.predicting import customers as customers_of_predict
from lib.ui.predicting.single_customer import _before
from lib.ui.state import Reading, Session, Upload
from tests.rendered_words import problems

ROOT = Path(__file__).resolve().parents[3]
HOMES = pd.DataFrame({"area": [2600, 3000, 3200, 3600, 4000], "price": [550000, 565000, 610000, 680000, 725000]})
TUTORIAL = pickle.dumps(LinearRegression().fit(HOMES[["area"]], HOMES["price"]))


def predict(language: str, model: bytes, customers: bytes | list[bytes] | None = None, *, way: str = "file") -> AppTest:
    """The page with a model dropped, and perhaps a table."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    files = customers if isinstance(customers, list) else [customers] if customers is not None else []
    mine = Session()
    mine.predicting.uploaded_model = ("model.pkl", model)
    mine.predicting.uploaded_customers = tuple((f"{at}.csv", data) for at, data in enumerate(files))
    app.session_state["brine"] = mine
    app.session_state["predict-customers-way"] = way
    return app.switch_page("pages/predict.py").run()


def begins(widgets, key: str):
    """The widget with this key, to which the model it is about is added."""
    return next(one for one in widgets if str(one.key).startswith(key))


@pytest.mark.slow
def test_the_form_of_another_model_starts_from_its_own_values():
    """The values of the model before stayed in fields of the same name, and the answer was about them."""

    def model(low: float, high: float) -> bytes:
        frame = pd.DataFrame({"area": np.linspace(low, high, 50), "rooms": np.arange(50) % 4})
        fitted = LinearRegression().fit(frame, frame["area"] * 2.0 + frame["rooms"])
        return to_bytes(fitted, Card("target", "linear", tuple(
            CardColumn(name, "number", low=float(frame[name].min()), high=float(frame[name].max()),
                       typical=float(frame[name].median())) for name in frame
        ), 50, target="price"))  # fmt: skip

    app = predict("en", model(10, 20), way="one")
    assert not app.exception
    first = begins(app.text_input, "predict-form-area")
    assert first.value == "15"
    first.set_value("19").run()
    mine = app.session_state["brine"].predicting
    mine.uploaded_model = ("other.pkl", model(1000, 3000))
    app.run()
    assert not app.exception
    assert begins(app.text_input, "predict-form-area").value == "2000"
    mine.uploaded_model = ("model.pkl", model(10, 20))
    app.run()
    assert begins(app.text_input, "predict-form-area").value == "19"


@pytest.mark.slow
def test_the_form_of_a_customer_table_starts_with_an_answer(language):
    """A date was empty, behind a click, and "Fill in every field" stood where the answer belongs; one could choose no
    year of birth before ten years ago. Of a yes and no the share of yes was typed."""
    days = pd.Series(pd.to_datetime("1970-06-04") + pd.to_timedelta(np.arange(60) * 7, unit="D"))
    customers = pd.DataFrame(
        {
            "born": days,
            "newsletter": np.arange(60) % 3 > 0,
            "city": np.where(np.arange(60) % 2, "Lugo", "Vigo"),
            "visits": np.arange(60) % 7,
            "spent": np.arange(60) * 2.0 + np.arange(60) % 7,
        }
    )
    made = finish(train_customers(customers, Question("target", target="spent", recipe="linear")))
    app = predict(language, made.data, way="one")
    assert not app.exception
    day = begins(app.date_input, "predict-form-born")
    assert abs(pd.Timestamp(day.value) - days.median()) <= pd.Timedelta(days=7)
    assert day.min <= pd.Timestamp("1900-01-01").date()
    assert begins(app.selectbox, "predict-form-newsletter").value == 1.0
    assert text.say(language, "predict.form_incomplete") not in words(app)
    before = words(app)
    begins(app.selectbox, "predict-form-newsletter").set_value(0.0)
    day.set_value(pd.Timestamp("1971-05-01").date()).run()
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    assert words(app) != before


@pytest.mark.parametrize(("days", "year"), [(0.0, 1970), (-9000.0, 1945), (1e30, None), (float("nan"), None)])
def test_a_typical_day_is_a_day_of_the_calendar_or_none(days: float, year: int | None) -> None:
    """A card comes from anybody."""
    found = Need("born", "date", typical=days).typical_day
    assert (found.year if found else None) == year


@pytest.mark.slow
def test_without_a_model_the_sample_model_scores_the_sample_shop(language):
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    app.switch_page("pages/predict.py").run()
    assert text.say(language, "predict.no_model_yet") in words(app)
    app.button(key="sample-model").click().run()
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    assert text.say(language, "predict.results") in words(app)
    lists = [one.value for one in app.dataframe if "group_name" in one.value.columns]
    assert text.say(language, "segments.name.best") in set(lists[0]["group_name"])
    assert not problems(app, language)


def test_without_a_model_whoever_loaded_data_is_led_to_train_one(language):
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    app.session_state["brine"] = Session(reading=Reading(uploads=(Upload("homes.csv", b"a\n1\n", "0" * 64),)))
    app.switch_page("pages/predict.py").run()
    assert text.say(language, "predict.no_model_data") in words(app)
    assert "sample-model" not in {one.key for one in app.button}


def report(model: bytes, language: str) -> str:
    """What a model's card says, as its report."""
    with open_model(model) as opened:
        return to_markdown(opened.verdict.card, language)


def words(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind)).replace("\\", "")


@pytest.fixture(params=text.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.slow
def test_the_tutorials_model_answers_a_form(language):
    app = predict(language, TUTORIAL, way="one")
    assert not app.exception
    begins(app.text_input, "predict-form-area").set_value("5000").run()
    assert not app.exception
    assert {"en": "859,554.79", "es": "859.554,79"}[language] in words(app)


@pytest.mark.slow
def test_a_table_is_scored_and_shown(language):
    app = predict(language, TUTORIAL, b"area\n5000\n3300\n")
    assert not app.exception
    assert text.say(language, "predict.results") in words(app)
    assert app.dataframe[-1].value["prediction"].round(2).tolist() == [859554.79, 628715.75]
    assert not problems(app, language)


@pytest.mark.slow
def test_what_a_table_is_is_found_out_once(monkeypatch: pytest.MonkeyPatch):
    """Of thousands of columns it takes seconds, and every click on the page would take them again."""
    asked: list[str] = []

    def understand(table: Table) -> Understanding:
        asked.append(table.name)
        return layouts.understand(table)

    monkeypatch.setattr(customers_of_predict, "understand", understand)
    app = predict("en", TUTORIAL, b"area\n5000\n3300\n")
    app.run()
    assert not app.exception
    assert asked == ["0.csv"]
    mine = app.session_state["brine"].predicting
    mine.uploaded_customers = (("other.csv", b"size\n10\n"),)
    app.run()
    assert asked == ["0.csv", "other.csv"]


@pytest.mark.slow
def test_who_waits_for_other_visitors_files_sees_the_place_in_the_queue(monkeypatch: pytest.MonkeyPatch):
    """A spinner turned for minutes, and nothing said that others were before."""
    data, said = b"area\n5000\n3300\n", []

    @contextmanager
    def busy(size: int) -> Iterator[None]:
        assert size == len(data)
        turns._TELL.get()(3)
        yield

    def say(key: str, **facts: object) -> str:
        said.append((key, facts))
        return page.say(key, **facts)

    monkeypatch.setattr(customers_of_predict, "reading_turn", busy)
    monkeypatch.setattr(widgets, "say", say)
    app = predict("en", TUTORIAL, data)
    assert not app.exception
    assert ("ui.place_in_queue", {"place": 3}) in said


@pytest.mark.slow
def test_a_file_that_would_run_code_ends_in_one_sentence(language, tmp_path):
    canary = tmp_path / "canary"

    class Runs:
        def __reduce__(self):
            return (Path.touch, (canary,))

    app = predict(language, pickle.dumps(Runs()))
    assert not app.exception
    assert len(app.error) == 1
    assert not problems(app, language)
    assert not canary.exists()


@pytest.mark.slow
@pytest.mark.parametrize("model", [b"", b"not a pickle", TUTORIAL[:100], TUTORIAL + b"x"])
def test_a_broken_model_ends_in_one_sentence(language, model):
    app = predict(language, model)
    assert not app.exception
    assert len(app.error) == 1


@pytest.mark.slow
def test_a_missing_column_is_asked_for_and_taken_with_a_click():
    app = predict("en", TUTORIAL, b"surface,rooms\n5000,3\n3300,2\n")
    assert not app.exception
    assert text.say("en", "predict.results") not in words(app)
    begins(app.selectbox, "predict-source-area").set_value("surface")
    (take,) = [button for button in app.button if button.label == text.say("en", "predict.take_these")]
    take.click().run()
    assert not app.exception
    assert text.say("en", "predict.results") in words(app)


@pytest.mark.slow
def test_rows_that_cannot_be_scored_are_listed(language):
    app = predict(language, TUTORIAL, b"area,note\n5000,a\n,b\nlarge,c\n3300,d\n")
    assert not app.exception
    assert text.say(language, "predict.refused_rows", rows=2) in [expander.label for expander in app.expander]


@pytest.mark.slow
@pytest.mark.parametrize("table", [b"", b"\x89PNG\r\n\x1a\n" + bytes(100), b"area\n", b"colour\nred\n"])
def test_a_table_that_cannot_be_used_ends_in_words(language, table):
    app = predict(language, TUTORIAL, table)
    assert not app.exception
    assert len(app.error) + len(app.warning) >= 1


@pytest.mark.slow
def test_a_classifier_made_elsewhere_is_shown_as_what_it_is(language):
    random = np.random.default_rng(0)
    rows = pd.DataFrame({"age": random.integers(18, 80, 60), "visits": random.poisson(4, 60)})
    model = LogisticRegression(max_iter=500).fit(rows, np.where(rows["visits"] > 4, "stays_long", "goes_away"))
    app = predict(language, pickle.dumps(model), b"age,visits\n30,9\n40,0\n")
    assert not app.exception
    assert app.dataframe[-1].value["prediction"].tolist() == ["stays_long", "goes_away"]
    assert "probability_goes_away" in app.dataframe[-1].value.columns
    assert not problems(app, language)


@pytest.mark.slow
def test_moving_a_slider_moves_the_answer(language):
    app = predict(language, TUTORIAL, b"customer_id,area\nana,3000\neva,3200\nzoe,4000\n")
    assert not app.exception
    assert text.say(language, "predict.what_if") in words(app)
    (slider,) = [one for one in app.slider if one.key != "action-hold"]
    assert slider.value == 3000
    assert app.metric[0].delta == ""
    slider.set_value(4000.0).run()
    assert not app.exception
    assert app.metric[0].value == {"en": "723,767.12", "es": "723.767,12"}[language]
    assert app.metric[0].delta == {"en": "135,787.67", "es": "135.787,67"}[language]
    (back,) = [button for button in app.button if button.label == text.say(language, "predict.what_if_back")]
    back.click().run()
    assert next(one for one in app.slider if one.key != "action-hold").value == 3000


@pytest.mark.slow
def test_several_months_are_one_history(language):
    """A month per file is how shops export; what two files both have counts once."""
    months = [
        b"order_id,customer_id,date,amount\nA1,ana,2025-01-03,10.00\nA2,eva,2025-01-20,20.00\n",
        b"order_id,customer_id,date,amount\nA2,eva,2025-01-20,20.00\nA3,ana,2025-02-14,30.00\nA4,zoe,2025-02-16,5.00\n",
    ]
    rows = pd.DataFrame({"frequency_orders": [1.0, 2.0, 3.0], "monetary_total": [10.0, 30.0, 20.0]})
    model = pickle.dumps(LinearRegression().fit(rows, rows["monetary_total"]))
    app = predict(language, model, months)
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    scores = app.dataframe[-1].value.set_index("customer_id")["prediction"].round(2)
    assert scores.to_dict() == {"ana": 40.0, "eva": 20.0, "zoe": 5.0}


@pytest.mark.slow
def test_several_tables_of_customers_are_not_guessed_together(language):
    app = predict(language, TUTORIAL, [b"area\n5000\n", b"area\n3300\n"])
    assert not app.exception
    assert len(app.error) == 1


@pytest.mark.slow
@pytest.mark.parametrize("goal", ["buy_again", "spend", "groups", "orders", "next_order"])
def test_a_model_of_ours_is_scored_explained_checked_and_acted_on(goal, tmp_path, capsys):
    from lib.cli import main
    from lib.sample import sample_shop

    orders, model = tmp_path / "orders.csv", tmp_path / "model.pkl"
    sample_shop(customers=700, seed=4).to_csv(orders, index=False)
    call = ["train", "--orders", str(orders), "--goal", goal, "--cutoff", "2025-02-01", "--horizon-days", "60"]
    assert main([*call, "--out", str(model)]) == 0
    assert json.loads(capsys.readouterr().out)["goal"] == goal
    columns = {"orders": ["orders"], "next_order": list(NEXT_ORDER)}
    for language in text.LANGUAGES:
        app = predict(language, model.read_bytes(), orders.read_bytes())
        for _ in range(20):  # a large table is scored in the background
            if text.say(language, "predict.results") in words(app):
                break
            app.run()
        assert not app.exception, app.exception
        assert not app.error, [error.value for error in app.error]
        page_words = words(app)
        wanted = ["predict.results", "predict.still_right", f"predict.why{'_group' if goal == 'groups' else ''}"]
        wanted += ["predict.action"] if goal in ("groups", "buy_again", "spend") else []
        wanted += ["predict.backtest"] if goal in ("buy_again", "spend") else []
        for key in wanted:
            assert text.say(language, key) in page_words, key
        if goal in columns:
            assert text.say(language, f"card.headline_{goal}", days=60) in report(model.read_bytes(), language)
            scored = next(frame.value for frame in app.dataframe if columns[goal][0] in frame.value.columns)
            assert scored.columns[1 : 1 + len(columns[goal])].tolist() == columns[goal]
            assert (scored[columns[goal]] >= 0).all(axis=None)
        (more,) = [one for one in app.slider if one.label == text.say(language, "predict.what_if_orders")]
        shown = [one.label for one in app.metric]
        if goal != "groups":
            assert shown, goal
            assert text.say(language, "predict.what_if_orders") not in shown  # what is asked is not the answer
        more.set_value(3).run()
        assert not app.exception, app.exception
        assert not app.error, [error.value for error in app.error]


# ------------------------------------------------------------------------------------------------ which model opens


class Trained:
    """A training that has ended with this model, as far as the pages ask."""

    state = "done"

    def __init__(self, model: bytes) -> None:
        self.result = Result({"pickle": model}, Card("target", "linear", (), 5, target="price"), 5, 0)
        self.first = self.result

    def made_already(self, made: Result, key: str) -> bytes | None:
        return made.files.get(key)


@pytest.mark.slow
def test_the_model_just_trained_opens_whatever_was_on_predict_before(tmp_path, monkeypatch):
    """An empty upload box, or another shop's saved model, used to open instead."""
    monkeypatch.setenv("BRINE_MODELS", str(tmp_path))
    Store(str(tmp_path)).save(TUTORIAL, Card("target", "linear", (), 5, target="price"), "Old", format="pickle")
    app = predict("en", TUTORIAL)
    app.session_state["predict-way"] = "saved"
    app.run()
    assert not app.exception
    assert app.selectbox(key="predict-saved").options == ["Old"]
    other = pickle.dumps(LinearRegression().fit(HOMES[["area"]] * 2, HOMES["price"]))
    app.session_state["brine"].job = Trained(other)
    app.run()
    assert app.segmented_control(key="predict-way").value == "fresh"
    assert app.session_state["brine"].predicting.opened.verdict.sha256 == hashlib.sha256(other).hexdigest()
    app.session_state["predict-way"] = "upload"
    app.run()
    assert app.segmented_control(key="predict-way").value == "upload"  # a choice made since is kept
    app.run()
    assert app.segmented_control(key="predict-way").value == "upload"


@pytest.mark.slow
def test_use_it_on_predict_after_training_opens_that_model_and_that_data(tmp_path, monkeypatch):
    """Clicked with an old upload in the box, another shop's saved model chosen, and other customers dropped."""
    monkeypatch.setenv("BRINE_MODELS", str(tmp_path))
    Store(str(tmp_path)).save(TUTORIAL, Card("target", "linear", (), 5, target="price"), "Other", format="pickle")
    trained = pickle.dumps(LinearRegression().fit(HOMES[["area"]] * 2, HOMES["price"]))
    app = predict("en", TUTORIAL, b"area\n1\n2\n")
    data = HOMES.to_csv(index=False).encode()
    mine = app.session_state["brine"]
    mine.reading = Reading(uploads=(Upload("homes.csv", data, hashlib.sha256(data).hexdigest()),))
    mine.job = Trained(trained)
    mine.predicting.trained_digest = hashlib.sha256(trained).hexdigest()  # seen before
    app.session_state["predict-way"] = "saved"
    app.switch_page("pages/train.py").run()
    assert not app.exception, app.exception
    app.button(key="next-predict").click().run()
    app.switch_page("pages/predict.py").run()  # AppTest stays on its page when the page switches to another
    assert not app.exception, app.exception
    assert app.session_state["brine"].predicting.opened.verdict.sha256 == hashlib.sha256(trained).hexdigest()
    assert app.segmented_control(key="predict-customers-way").value == "loaded"
    assert app.session_state["brine"].predicting.brought.frame["area"].tolist() == HOMES["area"].tolist()


@pytest.mark.slow
def test_a_saved_model_can_be_asked_for_by_another_page(tmp_path, monkeypatch):
    monkeypatch.setenv("BRINE_MODELS", str(tmp_path))
    card = Card("target", "linear", (), 5, target="price")
    Store(str(tmp_path)).save(b"first", card, "First", format="pickle")
    Store(str(tmp_path)).save(TUTORIAL, card, "Second", format="pickle")
    (wanted,) = [saved.key for saved in Store(str(tmp_path)).list() if saved.name == "Second"]
    app = predict("en", b"none")
    app.session_state["brine"].predicting.wanted_model = "saved"
    app.session_state["brine"].predicting.wanted_saved = wanted
    app.run()
    assert not app.exception
    assert app.session_state["brine"].predicting.opened.verdict.sha256 == hashlib.sha256(TUTORIAL).hexdigest()


@pytest.mark.slow
def test_what_must_be_known_stands_above_the_results(language):
    random = np.random.default_rng(0)
    rows = pd.DataFrame({"income": random.normal(52_000, 9_000, 60), "age": random.integers(18, 80, 60)})
    scaled = (rows - rows.mean()) / rows.std()
    model = LogisticRegression().fit(scaled, np.where(scaled["income"] > 0, "yes", "no"))
    app = predict(language, pickle.dumps(model), rows.to_csv(index=False).encode())
    assert not app.exception
    order = [str(element.value) for element in app.main if hasattr(element, "value")]
    caveat = text.say(language, "scoring.caveat.probably_not_scaled", rows=60)
    assert order.index(caveat) < order.index(text.say(language, "predict.results"))


# ------------------------------------------------------------------------------------------ the wrong kind of data

FEATURES_OF_ORDERS = [
    "recency_days",
    "frequency_orders",
    "monetary_total",
    "tenure_days",
    "gap_mean_days",
    "orders_90_days",
]


def on_orders() -> bytes:
    rows = pd.DataFrame(np.random.default_rng(0).random((40, 6)), columns=FEATURES_OF_ORDERS)
    return pickle.dumps(LinearRegression().fit(rows, rows.sum(axis=1)))


@pytest.mark.slow
def test_a_customer_table_for_a_model_of_orders_is_one_sentence(language):
    app = predict(language, on_orders(), b"name,age,city\nana,30,Lima\neva,40,Quito\n")
    assert not app.exception
    assert [error.value for error in app.error] == [text.say(language, "scoring.orders_needed")]
    assert not app.selectbox
    assert "recency_days" not in app.error[0].value


@pytest.mark.slow
def test_an_order_history_for_a_model_of_customers_is_one_sentence(language):
    orders = b"order_id,customer_id,date,amount\n" + b"".join(
        b"A%d,c%d,2025-01-%02d,10.50\n" % (at, at % 3, at + 1) for at in range(9)
    )
    app = predict(language, TUTORIAL, orders)
    assert not app.exception
    said = text.say(language, "scoring.customers_needed", columns=["area"], count=1)
    assert [error.value for error in app.error] == [said]
    assert not app.selectbox


@pytest.mark.slow
def test_dummies_are_made_shown_and_can_be_corrected(language):
    random = np.random.default_rng(0)
    table = pd.DataFrame({"Contract": random.choice(["One year", "Two year"], 50), "Other": "One year"})
    fitted = pd.get_dummies(table[["Contract"]])
    model = LogisticRegression().fit(fitted, table["Contract"] == "Two year")
    app = predict(language, pickle.dumps(model), table.to_csv(index=False).encode())
    assert not app.exception
    shown = app.dataframe[-1].value["prediction"].sort_index()
    assert shown.tolist() == (table["Contract"] == "Two year").tolist()
    pairs = next(frame.value for frame in app.dataframe if text.say(language, "predict.column_found") in frame.value)
    assert text.say(language, "predict.derived_from", column="Contract", value="Two year") in pairs.to_numpy()
    app.selectbox(key="predict-correct-need").set_value("Contract_One year")
    app.selectbox(key="predict-correct-column").set_value("Other")
    app.button(key="predict-correct").click().run()
    assert not app.exception
    assert app.session_state["brine"].predicting.sources == {"Contract_One year": "Other"}


# ------------------------------------------------------------------------------------------------ lists and campaigns


def people(rows: int = 100) -> pd.DataFrame:
    random = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "customer_id": [f"K{at}" for at in range(rows)],
            "age": random.integers(18, 80, rows),
            "visits": random.poisson(4, rows),
        }
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "model",
    [LogisticRegression(max_iter=500), LinearRegression(), KMeans(3, n_init=1, random_state=0)],
    ids=lambda model: type(model).__name__,
)
def test_every_kind_of_scores_leads_to_two_lists(model, language):
    table = people()
    X = table[["age", "visits"]]
    target = X["visits"] * 3.0 if isinstance(model, LinearRegression) else np.where(X["visits"] > 4, "stays", "goes")
    app = predict(language, pickle.dumps(model.fit(X, target)), table.to_csv(index=False).encode())
    assert not app.exception, app.exception
    assert not app.error, [error.value for error in app.error]
    assert text.say(language, "predict.action") in words(app)
    if isinstance(model, KMeans):
        begins(app.multiselect, "action-groups").set_value([0, 1, 2]).run()
    campaign = text.say(language, "predict.campaign_default")
    assert text.say(language, "predict.action_result", contact=90, control=10, campaign=campaign) in words(app)
    assert app.text_input(key="remember-name").value == campaign  # it can be kept for measuring its effect


@pytest.mark.slow
def test_a_campaign_can_be_measured_without_a_model(language):
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    app.session_state["predict-task"] = "measure"
    app.switch_page("pages/predict.py").run()
    assert not app.exception
    assert text.say(language, "predict.effect_about") in words(app)
    assert text.say(language, "predict.step_model") not in words(app)


@pytest.mark.slow
def test_the_lists_of_a_campaign_and_the_later_orders_give_its_effect(language):
    """Uploaded as the page gave them: both lists in the reader's language, and the orders of the month after."""
    random = np.random.default_rng(8)
    rows, start = 1200, pd.Timestamp("2025-03-01")
    chosen = pd.DataFrame({"customer_id": [f"K{at}" for at in range(rows)], "buy_again": random.beta(2, 6, rows)})
    chosen = with_bands(chosen).assign(control=np.arange(rows) % 4 == 0)
    buys = random.random(rows) < np.where(chosen["control"], 0.10, 0.22)
    days = pd.to_timedelta(random.integers(0, 30, rows), "D")
    later = pd.DataFrame(
        {
            "order_id": [f"A{at}" for at in range(rows)],
            "customer_id": chosen["customer_id"],
            "date": (start + days).strftime("%Y-%m-%d"),
            "amount": random.integers(2_000, 9_000, rows) / 100,
        }
    )[buys]
    lists = [
        to_csv(readable_list(part, language, campaign="Spring", emails={}, currency="EUR"), language)
        for part in (chosen[~chosen["control"]], chosen[chosen["control"]])
    ]
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    app.session_state["predict-task"] = "measure"
    app.switch_page("pages/predict.py").run()
    app.file_uploader(key="effect-lists").set_value(
        [("contacto.csv", lists[0], "text/csv"), ("control.csv", lists[1], "text/csv")]
    )
    app.file_uploader(key="effect-orders").set_value([("later.csv", later.to_csv(index=False).encode(), "text/csv")])
    app.run()
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    app.date_input(key="effect-start").set_value(start.date())
    app.text_input(key="effect-days-typed").set_value("30")
    app.text_input(key="effect-cost-typed").set_value(text.number(language, 0.25, "typed")).run()
    assert not app.error, [error.value for error in app.error]
    contacted, held = buys[~chosen["control"]], buys[chosen["control"]]
    amounts = later.set_index("customer_id")["amount"].reindex(chosen["customer_id"]).fillna(0.0).to_numpy()
    brought = amounts[~chosen["control"]].mean() - amounts[chosen["control"]].mean()
    points = 100 * (contacted.mean() - held.mean())
    shown = {metric.label: metric.value for metric in app.metric}

    def figure(key, value, form):
        assert shown[text.say(language, f"predict.{key}", currency="")] == text.number(language, value, form), key

    figure("effect_contacted", contacted.mean(), "percent1")
    figure("effect_control", held.mean(), "percent1")
    figure("effect_uplift", points, "1f")
    figure("effect_cost", 0.25 * 900, "0f")
    assert text.number(language, brought, "2f") in shown.values()
    assert text.number(language, brought * 900 - 225, "0f") in shown.values()
    assert not problems(app, language)
    assert text.number(language, points, "1f") in words(app)


@pytest.mark.slow
def test_one_customer_by_hand_asks_for_what_people_know(language):
    app = predict(language, on_orders(), way="one")
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    labels = [field.label for field in [*app.date_input, *app.number_input, *app.text_input]]
    assert text.say(language, "predict.facts_last") in labels
    assert len(labels) == 6
    assert text.say(language, "predict.form_incomplete") not in words(app)
    begins(app.text_input, "facts-orders").set_value("1").run()
    assert not app.exception
    assert len(app.error) == 1  # one order, two days


@pytest.mark.slow
def test_figures_of_a_card_that_was_not_made_here_are_said_to_be_its_authors(tmp_path, monkeypatch):
    """A card can say anything: only for a file that this server saved or trained are the figures its own."""
    monkeypatch.setenv("BRINE_MODELS", str(tmp_path / "models"))
    model = LogisticRegression().fit(HOMES[["area"]], [0, 0, 1, 1, 1])
    card = Card("target", "logistic", (CardColumn("area", "number"),), 250_000, target="sold", metrics={"auc": 0.99})
    model.brine_card_ = card.to_plain()
    data = pickle.dumps(model)
    said = text.say("en", "predict.author_says")
    assert said in words(predict("en", data))
    assert said not in words(predict("en", TUTORIAL))
    Store(str(tmp_path / "models")).save(data, card, "Mine", format="pickle")
    assert said not in words(predict("en", data))


@pytest.mark.slow
def test_what_a_model_should_not_be_used_for_stands_where_it_is_used(language):
    """Train said that a model ranks no better than chance, and whoever got the file was not told."""
    model = LogisticRegression().fit(HOMES[["area"]], [0, 0, 1, 1, 1])
    key = "training.future.limit.no_ranking"
    columns = (CardColumn("area", "number"),)
    card = Card(
        "target", "logistic", columns, 250_000, target="sold", limits=(key, key, "app.title", "no.such.limit.key")
    )
    model.brine_card_ = card.to_plain()
    app = predict(language, pickle.dumps(model))
    assert not app.exception
    assert [one.value for one in app.warning if one.value == text.say(language, key)] == [text.say(language, key)]
    assert not [one for one in app.warning if one.value == text.label(language, "app.title")]


def test_a_card_that_names_thousands_of_warnings_shows_few():
    every = tuple(f"training.future.limit.{name}" for name in ("no_ranking", "no_year", "too_much"))
    card = Card(
        "target", "logistic", (), 5, limits=every * 5_000 + tuple(f"training.limit.{at}" for at in range(9_000))
    )
    assert warnings("en", card) == [text.say("en", key) for key in every]


def test_any_day_that_a_card_claims_is_shown_as_one_that_a_field_takes():
    """Cards may say 2200, and customers of thousands of years; fields end in 2150."""
    for end in (date(1900, 1, 1), date(2024, 2, 29), date(2200, 12, 31)):
        for days in (-5.0, 0.0, 0.4, 365.0, 1e6, 1e300):
            assert FIRST_DAY <= _before(end, days) < end, (end, days)

    def shown() -> None:
        from datetime import date

        from lib.ui.predicting.single_customer import _day

        _day("a", date(2200, 1, 1), key="late")
        _day("b", date(1, 1, 1), key="early")

    app = AppTest.from_function(shown).run()
    assert not app.exception
    assert [field.value for field in app.date_input] == [LAST_DAY, FIRST_DAY]
