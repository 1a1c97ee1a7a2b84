"""What the rest of Brine may rely on: a verdict on any bytes, and an opened model that answers in tables."""

import ast
import dataclasses
import pickle
import string
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import sklearn
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import IsolationForest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures, StandardScaler

from lib import gate
from lib.gate import opened as rooms
from lib.gate.arrow import pack_answer, pack_frame, parted, stream, unpack_answer, unpack_frame
from lib.gate.process import pool as pools
from lib.gate.rejection import Rejection
from lib.text import LANGUAGES, keys, say, template

TABLE = pd.DataFrame({"area": [2600.0, 3000.0, 3200.0, 3600.0, 4000.0]})
PRICES = [550_000, 565_000, 610_000, 680_000, 725_000]
MODEL = LinearRegression().fit(TABLE, PRICES)
FILE = pickle.dumps(MODEL)


@pytest.fixture(scope="module")
def opened():
    with gate.open_model(FILE) as model:
        yield model


# --- verdicts ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_honest_file_is_accepted_and_described():
    verdict = gate.inspect(FILE, "house.pkl")
    assert verdict.verdict == "accepted", verdict
    assert verdict.reason == ""
    assert verdict.format == "pickle-4"
    assert verdict.estimator == "LinearRegression"
    assert verdict.sklearn_version == sklearn.__version__
    assert verdict.columns == ("area",)
    assert len(verdict.sha256) == 64
    assert not verdict.opened
    assert "memory" in verdict.protection


@pytest.mark.slow
def test_the_name_of_a_file_decides_nothing():
    plain = gate.inspect(FILE)
    assert all(gate.inspect(FILE, name) == plain for name in ("model.csv", "model.joblib", "../../x", ""))


@pytest.mark.slow
def test_proving_builds_and_calls_the_model():
    verdict = gate.prove(FILE)
    assert verdict.opened
    assert verdict.technical == ""


def test_a_model_on_words_is_proved_with_words():
    table = pd.DataFrame({"country": ["es", "fr", "es", "fr"], "spend": [1.0, 2.0, 3.0, 4.0]})
    encoder = ColumnTransformer([("c", OneHotEncoder(), ["country"]), ("s", StandardScaler(), ["spend"])])
    model = make_pipeline(encoder, LogisticRegression()).fit(table, [0, 1, 0, 1])
    verdict = gate.prove(pickle.dumps(model))
    assert verdict.opened
    assert verdict.technical == ""


@pytest.mark.parametrize(
    "data",
    [b"", b"\x80", b"\x80\x04.", b"\x80\x04N.", b"N.", b"(", FILE[:-1], FILE + b"x", FILE + FILE, FILE[:40], b"\0" * 50,
     b"\x80\x04c" + b"a" * 10_000, b"cos\nsystem\n(S'true'\ntR.", pickle.dumps({"a": 1}), pickle.dumps([1, 2, 3])],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence_in_each_language(data):
    verdict = gate.inspect(data)
    assert verdict.verdict == "refused"
    for language in LANGUAGES:
        assert say(language, f"gate.{verdict.reason}", **verdict.facts)
    assert gate.prove(data).verdict == "refused"
    with pytest.raises(gate.Refused) as caught:
        gate.open_model(data)
    assert caught.value.key == f"gate.{verdict.reason}"


def test_a_file_over_the_limit_is_not_even_sent(monkeypatch):
    monkeypatch.setattr(rooms, "MAX_FILE", 100)
    verdict = gate.inspect(FILE)
    assert verdict.reason == "file_too_large"
    assert say("en", "gate.file_too_large", **verdict.facts)


def test_a_verdict_that_comes_too_late_is_a_refusal(monkeypatch):
    monkeypatch.setattr(rooms, "VERDICT_SECONDS", 0.0)
    verdict = gate.inspect(pickle.dumps(list(range(200_000))))  # no verdict on it is there at once
    assert verdict.reason == "timeout"
    assert say("es", "gate.timeout", **verdict.facts)


def test_the_tutorials_own_models_of_an_old_version_give_its_number(shared: Path):
    """Their scikit-learn names `sklearn.linear_model.base`: the price of a home with an area of 5,000."""
    for name in ("model_pickle", "model_joblib"):
        with gate.open_model((shared / "codebasics" / name).read_bytes()) as opened:
            assert opened.call("predict", pd.DataFrame({"area": [5000.0]}))[0] == pytest.approx(859554.79452055)


# --- an opened model -----------------------------------------------------------------------------------------------


def test_an_opened_model_says_what_it_is(opened):
    assert opened.kind == "regressor"
    assert opened.methods == ("predict",)
    assert opened.columns == ("area",)
    assert opened.n_features == 1
    assert opened.classes == ()
    assert opened.verdict.opened


def test_the_tutorials_model_gives_the_tutorials_number(opened):
    assert opened.call("predict", pd.DataFrame({"area": [5000.0]}))[0] == MODEL.predict(
        pd.DataFrame({"area": [5000.0]})
    )


@pytest.mark.parametrize(
    ("model", "target", "kind"),
    [
        (LogisticRegression(), [0, 1, 0, 1, 1], "classifier"),
        (KMeans(2, n_init=1), None, "clusterer"),
        (StandardScaler(), None, "transformer"),
        (IsolationForest(n_estimators=2), None, "outlier_detector"),
    ],
)
def test_every_kind_of_model_answers_as_it_did(model, target, kind):
    model.fit(TABLE, target)
    with gate.open_model(pickle.dumps(model)) as one:
        assert one.kind == kind
        for method in one.methods:
            np.testing.assert_array_equal(one.call(method, TABLE), getattr(model, method)(TABLE))


def test_classes_come_as_the_words_they_are():
    model = LogisticRegression().fit(TABLE, ["no", "yes", "no", "yes", "yes"])
    with gate.open_model(pickle.dumps(model)) as one:
        assert one.classes == ("no", "yes")
        assert one.call("predict", TABLE).tolist() == model.predict(TABLE).tolist()


@pytest.mark.slow
def test_several_methods_are_asked_at_one_go_and_answer_as_one_by_one():
    words = ColumnTransformer([("w", OneHotEncoder(), ["town"])], remainder=StandardScaler())
    table = pd.DataFrame(
        {"age": np.arange(25_000) % 90 / 7, "town": np.array(["Vigo", "Lugo", "Ourense"] * 9_000)[:25_000]}
    )
    target = np.where(table["age"] > 6, "stays", "goes, we fear")
    model = make_pipeline(words, "passthrough", LogisticRegression()).fit(table, target)
    with gate.open_model(pickle.dumps(model)) as one:
        methods = ("predict", "predict_proba", "decision_function", "predict")
        answers = one.call_several(methods, table)
        assert list(answers) == ["predict", "predict_proba", "decision_function"]
        for method, answer in answers.items():
            np.testing.assert_array_equal(answer, getattr(model, method)(table))
        assert one.call_several((), table) == {}
        with pytest.raises(gate.Refused) as caught:
            one.call_several(("predict", "transform"), table)
        assert caught.value.reason == "no_such_method"


def test_columns_are_taken_by_name_in_any_order_and_further_ones_left_out():
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [5.0, 1.0, 0.0]})
    model = LinearRegression().fit(table, [1.0, 2.0, 9.0])
    with gate.open_model(pickle.dumps(model)) as one:
        other = table[["b", "a"]].assign(name=["x", "y", "z"])
        np.testing.assert_array_equal(one.call("predict", other), model.predict(table))


def test_a_model_without_names_takes_columns_by_position():
    model = LinearRegression().fit(TABLE.to_numpy(), PRICES)
    with gate.open_model(pickle.dumps(model)) as one:
        assert one.columns == ()
        np.testing.assert_array_equal(one.call("predict", TABLE), model.predict(TABLE.to_numpy()))
        with pytest.raises(gate.Refused, match="wrong_number_of_columns"):
            one.call("predict", TABLE.assign(more=1.0))


def test_a_text_model_takes_texts():
    texts = pd.DataFrame({"text": ["red bag", "blue bag", "red hat"]})
    model = make_pipeline(CountVectorizer(), LogisticRegression()).fit(texts["text"], [1, 0, 1])
    with gate.open_model(pickle.dumps(model)) as one:
        assert one.call("predict", texts).tolist() == [1, 0, 1]


def test_tables_out_keep_the_index_of_the_table_that_went_in():
    scaler = StandardScaler().set_output(transform="pandas").fit(TABLE)
    table = TABLE.set_axis([f"customer {i}" for i in range(5)])
    with gate.open_model(pickle.dumps(scaler)) as one:
        pd.testing.assert_frame_equal(one.call("transform", table), scaler.transform(table))


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (TABLE.rename(columns={"area": "size"}), "missing_columns"),
        (TABLE.astype("str") + " m", "needs_numbers"),
        (TABLE.assign(area=np.nan), "has_gaps"),
        (TABLE.iloc[:0], "no_rows"),
        (pd.concat([TABLE, TABLE], axis=1), "duplicate_columns"),
        (pd.DataFrame({"area": pd.Series([1.0, "x", None, 2, []], dtype=object)}), "mixed_column"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_in_words_and_the_model_lives_on(opened, table, reason):
    with pytest.raises(gate.Refused) as caught:
        opened.call("predict", table)
    assert caught.value.reason == reason
    for language in LANGUAGES:
        assert say(language, caught.value.key, **caught.value.facts)
    assert len(opened.call("predict", TABLE)) == 5


def test_only_a_models_own_methods_can_be_called(opened):
    for method in ("fit", "transform", "__reduce__", "get_params"):
        with pytest.raises(gate.Refused, match="no_such_method"):
            opened.call(method, TABLE)


def test_a_closed_model_cannot_be_asked():
    model = gate.open_model(FILE)
    model.close()
    model.close()
    with pytest.raises(gate.Refused, match="closed"):
        model.call("predict", TABLE)


# --- many rows -----------------------------------------------------------------------------------------------------

MANY = pd.DataFrame(np.random.default_rng(0).normal(size=(60_001, 3)), columns=["a", "b", "c"])
LINE = LinearRegression().fit(MANY[:100], MANY[:100].sum(axis=1))


def test_many_rows_come_back_in_order_with_progress():
    shares: list[float] = []
    with gate.open_model(pickle.dumps(LINE)) as one:
        answers = one.call("predict", MANY, progress=shares.append)
    np.testing.assert_allclose(answers, LINE.predict(MANY), rtol=1e-12)
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_long_call_can_be_cancelled_and_the_model_asked_again():
    seen: list[float] = []
    with gate.open_model(pickle.dumps(LINE)) as one:
        with pytest.raises(gate.Refused, match="cancelled"):
            one.call("predict", MANY, progress=seen.append, cancelled=lambda: bool(seen))
        assert seen[-1] < 1.0
        assert len(one.call("predict", MANY[:10])) == 10


def test_a_call_that_takes_too_long_is_ended_and_the_model_asked_again(monkeypatch):
    with gate.open_model(FILE) as one:
        with monkeypatch.context() as patch:
            patch.setattr(rooms, "CALL_SECONDS", 0.0)
            with pytest.raises(gate.Refused, match="call_timeout"):
                one.call("predict", TABLE)
        assert len(one.call("predict", TABLE)) == 5


def test_a_call_that_needs_too_much_memory_is_refused():
    wide = pd.DataFrame(np.ones((200, 60)), columns=[f"c{i}" for i in range(60)])
    model = PolynomialFeatures(4).fit(wide[:2])
    with gate.open_model(pickle.dumps(model)) as one:
        with pytest.raises(gate.Refused) as caught:
            one.call("transform", wide)
        assert caught.value.reason in ("memory", "too_wide")


def test_a_worker_that_dies_is_told_and_replaced():
    with gate.open_model(FILE) as one:
        one._worker._kill()
        time.sleep(0.1)
        with pytest.raises(gate.Refused, match=r"memory|worker_died"):
            one.call("predict", TABLE)
        assert len(one.call("predict", TABLE)) == 5


def test_calls_take_turns_and_one_file_never_takes_all_of_them():
    shop = pools.Pool()
    shop.begin_call("a")
    shop.begin_call("a")
    waiting = threading.Thread(target=shop.begin_call, args=("a",), daemon=True)
    waiting.start()
    while not shop._turns._queue:
        time.sleep(0.001)
    shop.begin_call("b")  # goes first: the other file has its share
    assert shop._turns._by_thing == {"a": 2, "b": 1}
    shop.end_call("a")
    waiting.join(5)
    assert shop._turns._by_thing == {"a": 2, "b": 1}


def test_a_call_that_never_gets_its_turn_is_told(monkeypatch):
    monkeypatch.setattr(pools, "CALL_WAIT_SECONDS", 0.05)
    shop = pools.Pool()
    for file in "abcd":
        shop.begin_call(file)
    with pytest.raises(pools.Busy):
        shop.begin_call("e")
    assert not shop._turns._queue


@pytest.mark.slow
def test_a_long_call_gives_way_while_another_visitor_waits(monkeypatch):
    """It is not ended for its length alone."""
    from lib.gate import opened as opened_module

    monkeypatch.setattr(opened_module, "GIVE_WAY_SECONDS", 0.0)
    table = pd.concat([TABLE] * 60_000, ignore_index=True)
    with gate.open_model(FILE) as model:
        assert len(model.call("predict", table)) == len(table)
        monkeypatch.setattr(pools.Pool, "others_wait", lambda self: True)
        monkeypatch.setattr(opened_module.messages, "_TICK", 0.0)
        with pytest.raises(gate.Refused) as refused:
            model.call("predict", table)
        assert refused.value.reason == "call_timeout"
        monkeypatch.undo()
        assert len(model.call("predict", TABLE)) == 5


@pytest.mark.slow
def test_more_models_than_places_all_answer():
    models = [gate.open_model(FILE) for _ in range(pools.MAX_WORKERS + 3)]
    for model in models:
        assert len(model.call("predict", TABLE)) == 5
        model.close()


@pytest.mark.slow
def test_visitors_at_the_same_time_do_not_disturb_each_other(opened):
    tables = [pd.DataFrame({"area": np.full(50, float(size))}) for size in range(1000, 1012)]
    failures: list[object] = []

    def visit(table: pd.DataFrame) -> None:
        with gate.open_model(FILE) as own:
            for model in (own, opened):
                if not np.array_equal(model.call("predict", table), MODEL.predict(table)):
                    failures.append(table)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(visit, tables))
    assert not failures


def test_a_forgotten_model_gives_its_worker_back():
    model = gate.open_model(FILE)
    worker = model._worker
    del model
    until = time.monotonic() + 2
    while worker.alive and time.monotonic() < until:
        time.sleep(0.01)
    assert not worker.alive


class Blocked(pools.ProcessPerWorker):
    """A source of workers that starts none before it is allowed to, and then fails."""

    def __init__(self) -> None:
        self.started, self.go_on, self.ended = threading.Event(), threading.Event(), False

    def start_worker(self) -> pools.Worker:
        self.started.set()
        self.go_on.wait(60)
        self.ended = True
        raise pools.NoWorker


def test_warming_up_returns_at_once():
    source = Blocked()
    pool = pools.Pool(source=source)
    pool.warm_up()
    assert not source.ended, "it waited until the worker was there"
    assert source.started.wait(60)
    pool.close()
    source.go_on.set()
    for thread in threading.enumerate():
        if thread.name == "brine-gate-warm-up":
            thread.join(60)
    assert pool._source is None, "a closed pool started a process"


# --- tables across the border --------------------------------------------------------------------------------------

EVERYTHING = pd.DataFrame(
    {
        "float": [1.5, np.nan, -0.0],
        "small": np.array([1, 2, 3], dtype="float32"),
        "whole": [1, 2, 3],
        "byte": np.array([1, 2, 255], dtype="uint8"),
        "yes": [True, False, True],
        "word": ["a", None, "ñ"],
        "day": pd.to_datetime(["2024-01-02", None, "1999-12-31"]),
        "kind": pd.Categorical(["x", "y", None], categories=["y", "x", "z"]),
        "ordered": pd.Categorical(["low", "high", "low"], categories=["low", "high"], ordered=True),
        "nullable": pd.array([1, None, 3], dtype="Int64"),
        "maybe": pd.array([True, None, False], dtype="boolean"),
    }
)


def test_every_kind_of_column_crosses_as_it_is():
    there = unpack_frame(bytearray(memoryview(stream(pack_frame(EVERYTHING, 0, 3)))))
    pd.testing.assert_frame_equal(there, EVERYTHING)


def test_a_part_of_the_rows_and_columns_crosses():
    there = unpack_frame(bytearray(memoryview(stream(pack_frame(EVERYTHING, 1, 3, ["word", "whole", "kind"])))))
    pd.testing.assert_frame_equal(there, EVERYTHING[["word", "whole", "kind"]].iloc[1:].reset_index(drop=True))


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("rows", [1, 7, 8, 1001])
def test_numbers_cross_bit_for_bit_whatever_their_order(order, rows):
    values = np.asarray(np.random.default_rng(1).normal(size=(rows, 5)), order=order)
    frame = pd.DataFrame(values)
    there = unpack_frame(bytearray(memoryview(stream(pack_frame(frame, 0, rows)))))
    assert there.to_numpy().tobytes("C") == values.tobytes("C")
    there.iloc[0, 0] = 1.0  # a model may write on what it is given


@pytest.mark.parametrize(
    "answer",
    [
        np.array([1.5, np.nan]),
        np.array([[1, 2], [3, 4]]),
        np.array(["a", "bc"]),
        np.array(["a", "bc"], dtype=object),
        np.array([True, False]),
        np.array([1, 2], dtype="int8"),
        np.zeros((3, 0)),
        np.zeros((2, 3), dtype="float32", order="F"),
        np.array(["2024-01-01"], dtype="datetime64[us]"),
        np.array(["goes", "stays", "goes"] * 9 + ["", "ñandú"]),
        np.array(["goes", "stays", "goes"] * 9, dtype=object),
        np.array(["ab", "ba"] * 9, order="F"),
    ],
)
def test_answers_come_back_as_they_were(answer):
    back = unpack_answer(bytearray(memoryview(pack_answer(answer))))
    assert back.dtype == answer.dtype
    np.testing.assert_array_equal(back, answer)


# --- sentences -----------------------------------------------------------------------------------------------------

GATE = Path(rooms.__file__).parent
NOT_SENTENCES = {"gate.protection"}


def _reasons() -> dict[str, list[set[str]]]:
    """Every reason that the code gives, with the facts that come with it each time."""
    found: dict[str, list[set[str]]] = {}
    for path in GATE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ("Rejection", "Refused"):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                facts = {word.arg for word in node.keywords if word.arg}
                found.setdefault(str(node.args[0].value), []).append(facts)
    return found


@pytest.mark.slow
def test_every_reason_has_its_sentence_and_every_blank_its_fact():
    reasons = _reasons()
    assert len(reasons) > 30
    for reason, uses in reasons.items():
        for language in LANGUAGES:
            assert f"gate.{reason}" in keys(language), f"{language}: gate.{reason}"
            text = template(language, f"gate.{reason}")
            blanks = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for facts in uses:
                assert blanks <= facts, f"gate.{reason} needs {blanks - facts}"


def test_every_layer_has_its_sentence():
    layers = ["unprivileged", "landlock", "seccomp", "memory", "cpu", "writing", "descriptors", "processes", "job"]
    for language in LANGUAGES:
        assert {f"gate.protection.{layer}" for layer in layers} <= keys(language)


def test_a_verdict_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        gate.inspect(b"").reason = "x"


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("final", range(6))
def test_both_answers_of_a_classifier_are_those_that_it_gives_alone(final, classes):
    """`predict` is derived from probabilities where they are clear, and called where they are not: ties must not
    differ."""
    from sklearn.ensemble import (
        ExtraTreesClassifier,
        GradientBoostingClassifier,
        HistGradientBoostingClassifier,
        RandomForestClassifier,
    )
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler
    from sklearn.tree import DecisionTreeClassifier

    random = np.random.default_rng(final)
    rows = pd.DataFrame({"a": random.integers(0, 4, 400), "b": random.integers(0, 3, 400)})  # few values: many ties
    names = np.array(["no", "perhaps", "yes"])[random.integers(0, classes, 400)]
    finals = (
        DecisionTreeClassifier(max_depth=2),
        ExtraTreesClassifier(4, random_state=0),
        GradientBoostingClassifier(n_estimators=4),
        HistGradientBoostingClassifier(max_iter=4),
        LogisticRegression(),
        RandomForestClassifier(4, random_state=0),
    )
    model = make_pipeline(StandardScaler(), finals[final]).fit(rows, names)
    with gate.open_model(pickle.dumps(model)) as opened:
        both = opened.call_several(("predict", "predict_proba"), rows)
    assert np.asarray(both["predict"]).tolist() == model.predict(rows).tolist()
    assert np.array_equal(both["predict_proba"], model.predict_proba(rows))


def test_a_forest_of_several_targets_answers_both():
    from sklearn.ensemble import RandomForestClassifier

    random = np.random.default_rng(0)
    rows = pd.DataFrame({"a": random.normal(size=80), "b": random.normal(size=80)})
    targets = np.column_stack([rows["a"] > 0, rows["b"] > 0])
    model = RandomForestClassifier(5, random_state=0).fit(rows, targets)
    with gate.open_model(pickle.dumps(model)) as opened:
        assert np.array_equal(np.asarray(opened.call("predict", rows)), model.predict(rows))


# --- a compromised worker ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        {"ok": False, "reason": "no_such_reason"},
        {"ok": False, "reason": "self_test", "facts": {}},
        {"ok": False, "reason": "several_models", "facts": {"count": "many"}},
        {"ok": False, "reason": "several_models", "facts": {"count": float("nan")}},
        {"ok": False, "reason": "several_models", "facts": {"count": float("inf")}},
        {"ok": False, "reason": "several_models", "facts": ["count"]},
        {"ok": False, "reason": {"a": 1}},
        {"ok": "yes"},
        {"ok": 1, "card": 1},
        {},
    ],
)
def test_whatever_a_worker_says_ends_in_a_sentence(reply):
    verdict = rooms._verdict(reply, "0" * 64, (), opened=True)
    assert verdict.verdict == "refused"
    assert not verdict.opened
    for language in LANGUAGES:
        assert say(language, f"gate.{verdict.reason}", **verdict.facts)


def test_a_worker_that_says_yes_can_say_nothing_of_another_type():
    reply = {"ok": True, "format": 1, "estimator": ["a"], "columns": [1, "a", None], "card": [1], "self_test": "x",
            "warnings": {"a": 1}, "sklearn_version": None, "trial": 3}  # fmt: skip
    verdict = rooms._verdict(reply, "0" * 64, (), opened=True)
    assert (verdict.format, verdict.estimator, verdict.columns, verdict.card) == ("", "", ("a",), None)
    assert (verdict.self_test, verdict.warnings, verdict.sklearn_version) == ((0, 0), (), "")


def _answer(table: pa.Table, **metadata: str) -> bytes:
    return bytes(stream(table.replace_schema_metadata({f"brine.{name}": text for name, text in metadata.items()})))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff" * 100,
        bytes(pack_answer(np.arange(9.0)))[:-40],
        _answer(pa.table({"0": [1.0, 2.0]}), shape="1000000000000", dtype="<f8"),
        _answer(pa.table({"0": [1.0, 2.0]}), shape="-1,-1", dtype="<f8"),
        _answer(pa.table({"0": [1.0, 2.0]}), shape="x", dtype="<f8"),
        _answer(pa.table({"0": ["a"] * 1000}), shape="1000", dtype="<U999999999"),
        _answer(pa.table({"0": ["a", "b"]}), shape="2", dtype="<f8"),
        _answer(pa.table({"0": [1.0]}), shape="1", dtype="|V8"),
        _answer(pa.table({"0": [1.0]}), shape="1", dtype="f8,O"),
        _answer(pa.table({"0": [[1.0]]}), shape="1", dtype="|O"),
        _answer(pa.table({"0": [{"a": 1}]}), names="[]", special="[]"),
        _answer(pa.table({"0": [1.0]}), names="{", special="[]"),
        _answer(pa.table({"0": [1.0]}), names='["a", "b"]', special="[]"),
        _answer(pa.table({"0": pa.array([1], pa.int64())}), names="null", special="null"),
        _answer(pa.table({"0": pa.array([uuid.uuid4().bytes], pa.uuid())}), names='["a"]', special='["0"]'),
        _answer(pa.table({"0": pa.array([None, "a"]).dictionary_encode()}), shape="2", dtype="<U1"),
    ],
    ids=lambda data: f"{len(data)} bytes",
)  # fmt: skip
def test_an_answer_that_is_none_is_told_and_never_believed(data):
    with pytest.raises(Rejection, match="strange_answer"):
        unpack_answer(bytearray(data))


def test_words_whose_numbers_point_outside_their_list_are_no_answer():
    indices = pa.array(np.array([0, 7, -3], dtype="int32"))
    forged = pa.DictionaryArray.from_arrays(indices, pa.array(["a", "b"]), safe=False)
    with pytest.raises(Rejection, match="strange_answer"):
        unpack_answer(bytearray(_answer(pa.table({"0": forged}), shape="3", dtype="<U1")))


@pytest.mark.parametrize("lengths", [None, [], [1], [10**12], [-5], ["a"], [True], [64, 64, 64], {"a": 1}])
def test_streams_that_do_not_fill_their_body_are_no_answers(lengths):
    with pytest.raises(Rejection, match="strange_answer"):
        parted(bytearray(128), lengths, 2)


@pytest.mark.slow
@pytest.mark.parametrize("where", ["columns", "card", "classes"])
def test_names_and_notes_without_end_are_refused_and_no_worker_dies_of_them(where):
    """The server reads 16 MiB of a worker's answer; beyond that, only the worker's end used to be reported."""
    model = LinearRegression().fit(TABLE, PRICES)
    if where == "columns":
        three = TABLE.assign(b=1.0, c=2.0).set_axis(["ñ" * 2_000_000, "b" * 2_000_000, "c" * 2_000_000], axis="columns")
        model = LinearRegression().fit(three, PRICES)
    elif where == "card":
        model.brine_card_ = {"goal": "spend", "text": "\x01" * 4_000_000}
    else:
        model = LogisticRegression().fit(TABLE, ["a", "b", "a", "b", "a"])
        model.classes_ = np.array(["\x01" * 3_000_000, "\x02" * 3_000_000], dtype=object)
    verdict = gate.prove(pickle.dumps(model))
    assert verdict.reason in ("long_names", "bad_card"), verdict.technical


def test_the_example_of_the_docs_works():
    """The lines of docs/security.md, as they stand there."""
    page = (Path(__file__).parents[2] / "docs" / "security.md").read_text()
    code = page.split("```python\n")[1].split("```")[0]
    names = {"data": FILE, "customers": TABLE}
    exec(compile(code, "docs/security.md", "exec"), names)
    assert len(names["answers"]) == len(TABLE)


def test_every_verdict_is_logged_without_anything_of_the_file(caplog):
    secret = b"ann@example.com"
    with caplog.at_level("INFO", logger="lib"):
        gate.inspect(FILE)
        gate.inspect(b"\x80\x04\x8c\x0f" + secret + b".", secret.decode())
    lines = [record.getMessage() for record in caplog.records if record.getMessage().startswith("verdict ")]
    assert "verdict=accepted reason=- " in lines[0]
    assert "verdict=refused reason=no_model " in lines[1]
    assert f"bytes={len(FILE)}" in lines[0]
    assert secret.decode() not in "".join(lines)
