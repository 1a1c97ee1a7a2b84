"""Files that hold more than a model: answered as their authors do with all of it, or what is not used is named."""

import pickle
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, MinMaxScaler, OneHotEncoder, PowerTransformer, StandardScaler
from sklearn.svm import SVR
from sklearn.tree import DecisionTreeClassifier

from lib import gate
from lib.gate import opened
from lib.gate.judging import accompanying
from tests.gate.agreement import difference
from tests.gate.test_further import ACCUSING
from tests.gate.valid_models_kept_together import kept_together

REFUSED = {"thresholds_and_gaps: calibrator": "several_models", "notes: series of one": "no_model"}
"""Honest files that are not opened, each with the reason that is given."""
TELLING = ("unused", "labels_perhaps")


def noted(model: gate.OpenedModel) -> dict[str, tuple[str, ...]]:
    return {note.kind: note.names for note in model.verdict.notes}


@pytest.mark.slow
def test_files_with_more_than_a_model_answer_as_their_authors_do_or_say_what_is_not_used() -> None:
    wrong: list[str] = []
    for kept, data in kept_together():
        try:
            with gate.open_model(data) as model:
                differs = difference(model.call(kept.method, kept.table), kept.expected)
                told = [name for kind in TELLING for name in noted(model).get(kind, ())]
                silent = [name for name in kept.named if not any(name in one for one in told)]
        except gate.Refused as refused:
            if REFUSED.get(kept.name) != refused.reason:
                wrong.append(f"{kept.name}: {refused.reason} {refused.technical[:90]}")
            continue
        if differs or silent or kept.name in REFUSED:
            wrong.append(f"{kept.name}: {differs} {silent}")
    assert not wrong
    assert not ACCUSING & set(REFUSED.values())


def _shop(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Columns and an amount; how large amounts are, and how far apart, differs from seed to seed."""
    draw = np.random.default_rng(seed)
    columns = np.column_stack(
        [draw.gamma(2, 10 ** draw.uniform(0, 3), 120), draw.poisson(6, 120), draw.normal(50, 9, 120)]
    )
    weights = draw.uniform(0.5, 2, 3) / columns.std(axis=0)
    amount = np.exp(draw.uniform(3, 8)) * (columns @ weights + draw.normal(0, 0.5, 120) + draw.uniform(2, 9))
    return columns, amount


def _regressors() -> Iterator[BaseEstimator]:
    yield SVR()
    yield LinearRegression()
    yield KNeighborsRegressor(4)
    yield RandomForestRegressor(5, max_depth=4, random_state=0)
    yield GradientBoostingRegressor(n_estimators=25, random_state=0)
    yield HistGradientBoostingRegressor(max_iter=25)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_scaled_target_is_converted_back_and_one_that_was_not_scaled_is_never(seed: int) -> None:
    columns, amount = _shop(seed)
    table = pd.DataFrame(columns, columns=["a", "b", "c"])
    before = StandardScaler().fit(columns)
    inputs = before.transform(columns)
    for scaler in (StandardScaler(), MinMaxScaler(), PowerTransformer()):
        scaler.fit(amount.reshape(-1, 1))
        scaled = scaler.transform(amount.reshape(-1, 1)).ravel()
        for model in _regressors():
            trained = clone(model).fit(inputs, scaled)
            data = pickle.dumps({"model": trained, "x_scaler": before, "y_scaler": scaler})
            with gate.open_model(data) as one:
                right = scaler.inverse_transform(trained.predict(inputs).reshape(-1, 1)).ravel()
                assert not difference(one.call("predict", table), right), (scaler, model)
                assert noted(one)["converted_back"] == (f"y_scaler ({type(scaler).__name__})",)
            raw = clone(model).fit(inputs, amount)
            if isinstance(raw, SVR):
                continue  # of amounts in hundreds it hardly learns: answers lie near their middle
            with gate.open_model(pickle.dumps({"model": raw, "x_scaler": before, "y_scaler": scaler})) as one:
                assert not difference(one.call("predict", table), raw.predict(inputs)), (scaler, model)
                assert f"y_scaler ({type(scaler).__name__})" in noted(one)["unused"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_an_exponential_is_not_applied_to_answers_that_are_no_logarithms(seed: int) -> None:
    columns, amount = _shop(seed)
    table = pd.DataFrame(columns, columns=["a", "b", "c"])
    for model in (RandomForestRegressor(5, random_state=0), HistGradientBoostingRegressor(max_iter=9)):
        for target, converts in ((amount, False), (np.log1p(amount), True)):
            model.fit(table, target)
            with gate.open_model(pickle.dumps({"model": model, "y_inverse": np.expm1})) as one:
                right = np.expm1(model.predict(table)) if converts else model.predict(table)
                assert not difference(one.call("predict", table), right)
                assert ("converted_unsure" in noted(one)) == converts
                assert ("unused" in noted(one)) != converts


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_where_nothing_shows_a_targets_scale_a_warning_says_so_and_amounts_are_never_converted(seed: int) -> None:
    columns, amount = _shop(seed)
    table = pd.DataFrame(columns, columns=["a", "b", "c"])
    scaler = StandardScaler().fit(amount.reshape(-1, 1))
    scaled = LinearRegression().fit(columns, scaler.transform(amount.reshape(-1, 1)).ravel())
    for beside, right in (({"y_scaler": scaler}, amount), ({"y_transform": np.log1p}, np.log1p(amount))):
        raw = LinearRegression().fit(columns, amount)
        with gate.open_model(pickle.dumps({"model": raw, **beside})) as one:
            assert "converted_unsure" in noted(one)
            for rows in (table, table[:1]):
                with pytest.raises(gate.Refused) as refused:
                    one.call("predict", rows)
                assert refused.value.reason == "target_not_scaled"
        honest = scaled if beside.get("y_scaler") is scaler else LinearRegression().fit(columns, right)
        with gate.open_model(pickle.dumps({"model": honest, **beside})) as one:
            assert "converted_unsure" in noted(one)
            assert np.isfinite(one.call("predict", table)).all()


@pytest.mark.slow
@pytest.mark.parametrize("size", [0.2, 0.8, 1.1, 3.0])
def test_a_target_about_as_large_as_a_scaled_one_is_never_said_to_be_converted_without_a_warning(size: float) -> None:
    columns, amount = _shop(2)
    table = pd.DataFrame(columns, columns=["a", "b", "c"])
    target = size * (amount - amount.mean()) / amount.std()
    for shift in (0.0, 1.0, 3.0):
        scaler = StandardScaler().fit((target + shift * size).reshape(-1, 1))
        for model in (RandomForestRegressor(5, max_depth=4, random_state=0), HistGradientBoostingRegressor(max_iter=9)):
            model.fit(table, target + shift * size)
            with gate.open_model(pickle.dumps({"model": model, "y_scaler": scaler})) as one:
                assert "converted_back" not in noted(one), (size, shift)
                assert noted(one).keys() & {"converted_unsure", "unused"}


@pytest.mark.parametrize("way", [{"with_std": False}, {"with_mean": False}, {"with_mean": False, "with_std": False}])
def test_a_scaler_that_only_centres_or_only_scales_is_undone(way: dict[str, bool]) -> None:
    columns, amount = _shop(1)
    scaler = StandardScaler(**way).fit(amount.reshape(-1, 1))
    target = scaler.transform(amount.reshape(-1, 1)).ravel()
    for model in (LinearRegression(), RandomForestRegressor(5, random_state=0)):
        model.fit(columns, target)
        with gate.open_model(pickle.dumps({"model": model, "y_scaler": scaler})) as one:
            assert noted(one).keys() & {"converted_back", "converted_unsure", "unused"}
            if "unused" not in noted(one):
                right = scaler.inverse_transform(model.predict(columns).reshape(-1, 1)).ravel()
                assert not difference(one.call("predict", pd.DataFrame(columns, columns=["a", "b", "c"])), right)


WORDS = pd.DataFrame({"plan": ["a", "b", "c"] * 20, "n": np.arange(60.0)})


def test_an_encoder_of_a_column_is_not_taken_for_the_targets() -> None:
    coded = WORDS.assign(plan=LabelEncoder().fit_transform(WORDS["plan"]))
    three = DecisionTreeClassifier(max_depth=3).fit(coded.to_numpy(), np.arange(60) // 20)
    plan, other = LabelEncoder().fit(WORDS["plan"]), LabelEncoder().fit(["x", "y", "z"])
    for beside in ({"encoders": {"plan": plan}}, {"plan_encoder": plan}, {"encoder": plan, "le": other}):
        with gate.open_model(pickle.dumps({"model": three, **beside})) as one:
            assert "labels_used" not in noted(one), beside
            assert noted(one).keys() & {"labels_perhaps", "unused"}, beside
            assert one.call("predict", coded).tolist() == three.predict(coded.to_numpy()).tolist()
    two = DecisionTreeClassifier(max_depth=3).fit(coded.to_numpy(), np.arange(60) // 30)
    gender = LabelEncoder().fit(["female", "male"])
    with gate.open_model(pickle.dumps({"model": two, "label_encoder": gender})) as one:
        assert noted(one)["labels_perhaps"][1:] == ("0 = female", "1 = male")
        assert one.classes == (0, 1)
    with gate.open_model(pickle.dumps({"model": two, "target_encoder": gender})) as one:
        assert one.classes == ("female", "male")
        assert set(one.call("predict", coded)) == {"female", "male"}


def test_a_model_that_takes_words_by_itself_gets_no_codes() -> None:
    first = make_pipeline(
        ColumnTransformer([("w", OneHotEncoder(handle_unknown="ignore"), ["plan"])]), LogisticRegression()
    )
    first.fit(WORDS, np.arange(60) % 3)
    plan = LabelEncoder().fit(WORDS["plan"])
    with gate.open_model(pickle.dumps({"model": first, "encoders": {"plan": plan}})) as one:
        assert np.allclose(one.call("predict_proba", WORDS), first.predict_proba(WORDS))
        assert "columns_encoded" not in noted(one)


def test_a_word_that_the_encoder_of_a_column_does_not_know_is_named() -> None:
    plan = LabelEncoder().fit(WORDS["plan"])
    tree = DecisionTreeClassifier().fit(WORDS.assign(plan=plan.transform(WORDS["plan"])), WORDS["n"] > 30)
    with gate.open_model(pickle.dumps({"model": tree, "encoders": {"plan": plan}})) as one:
        assert one.call("predict", WORDS).tolist() == (WORDS["n"] > 30).tolist()
        with pytest.raises(gate.Refused) as refused:
            one.call("predict", WORDS.assign(plan="gold"))
        assert refused.value.reason == "unknown_category"
        assert refused.value.facts == {"column": "plan", "value": "gold"}


def test_columns_that_the_first_step_drops_are_not_asked_for() -> None:
    table = WORDS.assign(id=[f"c{at}" for at in range(60)])
    for remainder, needed in (("drop", ["plan", "n"]), ("passthrough", ["plan", "n", "day"])):
        steps = [("w", OneHotEncoder(), ["plan"]), ("n", StandardScaler(), ["n"]), ("i", "drop", ["id"])]
        first = ColumnTransformer(steps, remainder=remainder)
        model = make_pipeline(first, LogisticRegression()).fit(table.assign(day=1.0), table["n"] > 30)
        with gate.open_model(pickle.dumps(model)) as one:
            assert list(one.columns) == needed
            rows = table.assign(day=1.0)[needed]
            assert np.allclose(one.call("predict_proba", rows), model.predict_proba(table.assign(day=1.0)))


def test_a_scaler_is_confirmed_by_what_the_model_has_seen_and_else_a_sentence_says_that_nothing_shows_it() -> None:
    columns, amount = _shop(1)
    scaler = StandardScaler().fit(columns)
    for model, confirmed in (
        (LinearRegression(), False),
        (KNeighborsRegressor(), True),
        (RandomForestRegressor(4), True),
    ):
        model.fit(scaler.transform(columns), amount)
        with gate.open_model(pickle.dumps((scaler, model))) as one:
            assert ("not_confirmed" in noted(one)) != confirmed, model
    named = StandardScaler().fit(pd.DataFrame(columns, columns=["a", "b", "c"]))
    line = LinearRegression().fit(named.transform(pd.DataFrame(columns, columns=["a", "b", "c"])), amount)
    with gate.open_model(pickle.dumps((named, line))) as one:  # the array that a scaler made of a table
        assert "not_confirmed" not in noted(one)


def test_forged_things_beside_a_model_neither_change_its_answers_nor_fill_the_page() -> None:
    columns, amount = _shop(2)
    table = pd.DataFrame(columns, columns=["a", "b", "c"])
    model = KNeighborsRegressor(4).fit(columns, amount)
    short = StandardScaler().fit(amount.reshape(-1, 1))
    short.scale_ = np.full(1, np.nan)
    wide = StandardScaler().fit(np.ones((4, 9)))
    keys = {f"threshold {'x' * 5_000} {at} \u202e<img src=a>": at for at in range(300)}
    for beside in ({"y_scaler": short}, {"y_scaler": wide}, {"y_scaler": [wide] * 50}, keys):
        with gate.open_model(pickle.dumps({"model": model, **beside})) as one:
            names = [name for note in one.verdict.notes for name in note.names]
            assert names
            assert len(names) <= accompanying.MOST_TOLD
            assert all(len(name) <= accompanying.MOST_CHARACTERS and name.isprintable() for name in names)
            one.call("predict", table)
    assert opened._notes([["unused", "x" * 9_999], ["unused"], ["made up", "x"], 3, None]) == (
        opened.FileNote("unused", ("x" * opened.MAX_NOTE_NAME,)),
    )
    assert opened._notes({"unused": 1}) == ()


def test_a_transformation_among_settings_is_named_and_measures_are_not() -> None:
    columns, amount = _shop(3)
    model = KNeighborsRegressor(4).fit(columns, np.log1p(amount))
    settings = {"target": "amount", "log_transform": True, "max_depth": 3, "mean": 2.0}
    for key in ("config", "model_info"):
        with gate.open_model(pickle.dumps({"model": model, key: settings, "metrics": {"std": 3.0}})) as one:
            assert noted(one) == {"unused": ("log_transform (true)",)}


@pytest.mark.parametrize(
    ("key", "words"),
    [("scalerY", {"scaler", "y"}), ("y_scaler", {"y", "scaler"}), ("SCALER Y", {"scaler", "y"}), ("log1p", {"log1p"}),
     ("id2label", {"id", "label"}), ("", set())],
)  # fmt: skip
def test_the_words_of_a_key(key: str, words: set[str]) -> None:
    assert words <= accompanying.words(key)
