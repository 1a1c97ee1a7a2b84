"""A model file opens anywhere, is the same bytes everywhere, and proves itself."""

import hashlib
import json
import os
import pickletools
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.cluster import KMeans
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, QuantileTransformer, RobustScaler, StandardScaler

from lib.card import Card
from lib.errors import UserError
from lib.model_file import DEFAULT_FORMAT, FORMATS, finish, finish_all, pipeline_sha256, to_bytes
from lib.model_file.canonical import pickled
from lib.model_file.round_parameters import round_coarsely, round_parameters
from lib.model_file.selftest import ROWS, frame_of, made_up_rows
from lib.model_file.stripped import DROPPED, estimators_inside, stripped
from lib.recipes import Inputs, prepare
from lib.text import LANGUAGES, knows
from lib.training import Trained
from lib.training.describe import describe

ROOT = Path(__file__).resolve().parents[2]
INPUTS = Inputs(("recency_days", "monetary_total"), ("vip",), ("since",), {"country": ("Spain", "France")})


def customers(count=240):
    draw = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "recency_days": draw.integers(0, 300, count).astype(float),
            "monetary_total": np.round(draw.lognormal(5, 1, count), 2),
            "vip": draw.random(count) < 0.3,
            "since": pd.Timestamp("2011-01-01") + pd.to_timedelta(draw.integers(0, 500, count), unit="D"),
            "country": draw.choice(["Spain", "France"], count),
        },
        index=[f"customer-{number:05}" for number in range(count)],
    )
    frame.loc[frame.index[:30], "monetary_total"] = np.nan
    return frame.astype({"since": "datetime64[us]", "country": "str"})


def pipelines():
    """Small ones of each kind that Brine offers, and their training rows."""
    frame = customers()
    bought, spent = frame["recency_days"] < 100, frame["recency_days"] * 2.0

    def grown(model, target=None):
        return round_parameters(
            Pipeline([("prepare", prepare(INPUTS, for_trees=True)), ("model", model)]).fit(frame, target)
        )

    return frame, {
        "groups": grown(KMeans(3, n_init=2, random_state=0)),
        "linear": grown(LogisticRegression(), bought),
        "boosting": grown(HistGradientBoostingClassifier(max_iter=8, max_features=0.5, random_state=0), bought),
        "forest": grown(RandomForestRegressor(4, min_samples_leaf=10, random_state=0), spent),
    }


@pytest.fixture(scope="module")
def made():
    return pipelines()


def card_of(frame, **more):
    return Card("target", "linear", describe(frame), len(frame), target="bought", **more)


def digests():
    """Of every kind in every format; run in processes of their own."""
    frame, fitted = pipelines()
    return {
        f"{name} {one.key}": hashlib.sha256(to_bytes(pipeline, card_of(frame), format=one.key)).hexdigest()
        for name, pipeline in fitted.items()
        for one in FORMATS
    }


OTHER_PROCESSOR = {
    "OPENBLAS_CORETYPE": "Prescott",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F,-AVX512VL",
}
"""Has the numerical libraries compute as on a processor of twenty years ago: sums come in another order."""


def in_another_process(seed, **settings):
    code = "import json, tests.model_file.test_model_file as t; print(json.dumps(t.digests()))"
    completed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(completed.stdout)


def opened_elsewhere(data, opens_with, ask, tmp_path):
    """What plain Python answers, in a process that cannot see Brine."""
    (tmp_path / "model.file").write_bytes(data)
    imports = "import pickle, json, sys, numpy as np, pandas as pd"
    if "joblib" in opens_with or "skops" in opens_with:
        imports += f", {'joblib' if 'joblib' in opens_with else 'skops.io'}"
    code = f"{imports}\nmodel_path = 'model.file'\n{opens_with}\n{ask}\nassert not any(m == 'lib' for m in sys.modules)"
    completed = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert completed.returncode == 0, completed.stderr
    return json.loads(completed.stdout)


PROVE = """
test = model.brine_card_["self_test"]
answers, expected = np.asarray(model.predict(pd.DataFrame(test["rows"]))), np.array(test["expected"]["predict"])
same = np.isclose(answers, expected, rtol=1e-6) if answers.dtype.kind == "f" else answers == expected
print(json.dumps([int(same.sum()), len(same)]))
"""


@pytest.mark.parametrize(
    "kind", ["linear", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("groups", "boosting", "forest"))]
)
def test_plain_pickle_opens_the_model_and_it_proves_itself(made, kind, tmp_path):
    frame, fitted = made
    data = to_bytes(fitted[kind], card_of(frame))
    same, total = opened_elsewhere(data, FORMATS[0].opens_with, PROVE, tmp_path)
    assert same == total >= 20


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.key)
def test_every_format_opens_by_the_line_that_is_shown_for_it(made, form, tmp_path):
    frame, fitted = made
    data = to_bytes(fitted["boosting"], card_of(frame), format=form.key)
    ask = PROVE.replace("print(json.dumps([", "print(json.dumps([model.brine_card_['pipeline_sha256'], ")
    digest, same, total = opened_elsewhere(data, form.opens_with, ask, tmp_path)
    assert same == total >= 20
    assert digest == pipeline_sha256(fitted["boosting"])


@pytest.mark.slow
def test_the_bytes_are_the_same_in_two_processes_with_other_hash_seeds_and_on_another_processor():
    one, other = in_another_process(0), in_another_process(4711, **OTHER_PROCESSOR)
    assert one == other
    assert len(one) == 4 * len(FORMATS)


def test_learnt_numbers_keep_nine_digits_and_noise_beside_them_fewer():
    scaler = StandardScaler().fit([[0.0] * 5, [1.0] * 5])
    scaler.mean_ = np.array([1234.567891234, -0.000123456789123, 1e-16, 0.0, np.inf])
    round_parameters(scaler)
    assert scaler.mean_.tolist() == [1234.56789, -0.000123456789, 0.0, 0.0, np.inf]
    model = LinearRegression().fit([[0.0] * 3, [1.0] * 3], [0.0, 1.0])
    model.coef_ = np.array([1234.567891234, -0.000123456789123, 1e-16])
    assert round_parameters(model).coef_.tolist() == [1234.57, -0.000123, 0.0]


@pytest.mark.parametrize("largest", [1e3, 1e9, 1e12, 1e15])
@pytest.mark.parametrize("smallest", [1e-12, 1e-6, 1.0])
@pytest.mark.parametrize(
    "scaler", [StandardScaler(), MinMaxScaler(), RobustScaler(), QuantileTransformer(n_quantiles=5)]
)
def test_a_column_of_small_numbers_keeps_its_digits_beside_one_of_large_numbers(scaler, largest, smallest):
    """A spread of billionths beside one of billions was rounded to nothing, and divided by."""
    draw = np.random.default_rng(1)
    table = np.column_stack([draw.normal(3, 1, 50) * largest, draw.normal(1, 1, 50) * smallest, draw.random(50)])
    fitted = clone(scaler).fit(table)
    before = fitted.transform(table)
    assert round_parameters(fitted).transform(table) == pytest.approx(before, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("large", [1.0, 1e4, 1e9, 1e12])
def test_coarse_rounding_keeps_every_column_to_its_own_digits(large):
    """A spread of billionths beside one of billions was rounded to nothing here, too."""
    table = np.random.default_rng(1).normal(0, 1, (60, 2)) * [large, 1e-9]
    fitted = StandardScaler().fit(table)
    before = fitted.transform(table)
    assert round_coarsely(fitted, 3).transform(table) == pytest.approx(before, rel=0.02, abs=0.02)


def test_noise_of_a_column_is_no_digit_of_its_mean():
    """Half of 0.1 s and half of −0.1 s add up to nothing, or to 1e-17, as the processor adds."""
    scaler = StandardScaler().fit([[0.1], [-0.1]])
    scaler.mean_ = np.array([1.3877787807814457e-17])
    assert round_parameters(scaler).mean_.tolist() == [0.0]


def test_what_a_solver_found_keeps_six_digits():
    model = LogisticRegression().fit([[0.0], [1.0]], [0, 1])
    model.intercept_ = np.array([2 / 3])
    assert round_parameters(model).intercept_.tolist() == [0.666667]


def test_what_is_left_of_noise_is_zero_and_no_minus_zero():
    """The sign of a weight of 1e-19 hung on the processor, and with it a byte of the file."""
    model = LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0])
    model.coef_ = np.array([1.0, -1e-19])
    assert np.signbit(round_parameters(model).coef_).tolist() == [False, False]


@pytest.mark.slow
def test_a_steady_model_answers_as_before_and_stays_as_it_is(made):
    frame, fitted = made
    for pipeline in fitted.values():
        answers = pipeline.predict(frame)
        again = round_parameters(stripped(pipeline))
        assert np.array_equal(again.predict(frame), answers)
        assert pipeline_sha256(again) == pipeline_sha256(pipeline)


def test_cuts_of_trees_stay_exactly_where_they_are(made):
    """A cut that moves by a billionth puts a customer who lies on it on the other side."""
    frame, _ = made
    forest = RandomForestRegressor(4, min_samples_leaf=10, random_state=0).fit(
        frame[["recency_days"]] / 3, frame["recency_days"]
    )
    before = [tree.tree_.threshold.tolist() for tree in forest.estimators_]
    round_parameters(forest)
    assert [tree.tree_.threshold.tolist() for tree in forest.estimators_] == before


@pytest.mark.slow
def test_the_bytes_do_not_tell_how_often_the_model_was_written(made):
    frame, fitted = made
    for pipeline in fitted.values():
        assert to_bytes(pipeline, card_of(frame)) == to_bytes(pipeline, card_of(frame))


def test_equal_texts_and_dtypes_are_one_whoever_made_them():
    """The interpreter makes one object of equal texts or leaves two, as it likes; the file must not tell."""
    apart = ["".join(["recency", "_days"]), "".join(["recency", "_days"])]
    one = [apart[0], apart[0]]
    assert apart[0] is not apart[1]
    assert pickled(apart, 4) == pickled(one, 4)
    kinds = [np.zeros(1, np.dtype("f8")), np.zeros(1, np.dtype("f8").newbyteorder("=").newbyteorder("<"))]
    assert pickled(kinds, 4) == pickled([np.zeros(1), np.zeros(1)], 4)


def test_a_set_is_written_in_order():
    upwards, downwards = set(), set()
    for number in range(50):  # where two fall on one place, the order of arrival shows in a walk
        upwards.add(8 * number)
        downwards.add(8 * (49 - number))
    assert list(upwards) != list(downwards)
    assert pickled(upwards, 4) == pickled(downwards, 4)


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_what_is_written_is_an_ordinary_pickle_of_its_protocol(made, protocol):
    data = pickled(made[1]["groups"], protocol)
    assert data[:2] == bytes([0x80, protocol])
    assert max(code.proto for code, _, _ in pickletools.genops(data)) <= protocol


class Ours(BaseEstimator):
    """A class that only this repository has."""


def test_a_class_of_ours_never_enters_a_file(made):
    with pytest.raises(TypeError, match="scikit-learn and NumPy alone"):
        to_bytes(make_pipeline(StandardScaler(), Ours()), card_of(made[0]))
    with pytest.raises(TypeError, match="scikit-learn and NumPy alone"):
        pickled({"f": hashlib.sha256}, 4)


def test_a_format_that_does_not_exist_is_told(made):
    with pytest.raises(UserError) as error:
        to_bytes(made[1]["groups"], card_of(made[0]), format="zip")
    assert error.value.key == "model_file.unknown_format"


@pytest.mark.slow
def test_nothing_that_names_training_rows_stays(made):
    frame, fitted = made
    assert hasattr(fitted["groups"][-1], "labels_")
    for pipeline in fitted.values():
        bare = stripped(pipeline)
        for one in estimators_inside(bare):
            assert not DROPPED.keys() & vars(one).keys()
            for value in vars(one).values():
                assert not (isinstance(value, np.ndarray) and value.ndim and len(value) == len(frame))
        assert np.array_equal(bare.predict(frame), pipeline.predict(frame))
    assert hasattr(fitted["groups"][-1], "labels_"), "the trained pipeline itself is left as it was"


def test_no_memory_of_the_process_lies_between_the_nodes_of_a_tree(made):
    """scikit-learn's nodes have gaps that keep whatever the memory held before: other bytes each time, and a leak."""
    tree = stripped(made[1]["forest"])[-1].estimators_[0].tree_
    nodes = tree.__getstate__()["nodes"]
    used = np.zeros(nodes.dtype.itemsize, bool)
    for kind, offset, *_ in nodes.dtype.fields.values():
        used[offset : offset + kind.itemsize] = True
    assert not used.all(), "this scikit-learn has no gaps any more"
    assert not nodes.view(np.uint8).reshape(len(nodes), -1)[:, ~used].any()


def test_the_rows_of_the_self_test_are_nobodys(made):
    frame, _ = made
    columns = describe(frame)
    rows = frame_of(made_up_rows(columns), columns)
    assert len(rows) == ROWS >= 20
    assert rows.merge(frame, on=list(frame.columns)).empty
    for column in columns:
        if column.kind == "number":
            assert rows[column.name].dropna().between(column.low, column.high).all()
            assert all(float(f"{value:.2e}") == value for value in rows[column.name].dropna())
        if column.kind == "category":
            assert set(rows[column.name].dropna()) <= set(column.categories)
    assert rows["monetary_total"].isna().any(), "a column with gaps is tried with gaps"
    assert not rows["recency_days"].isna().any()


@pytest.mark.slow
def test_the_digest_is_of_the_pipeline_without_its_card(made):
    frame, fitted = made
    hashes = {}
    for customers_told in (1, 2):
        data = to_bytes(fitted["linear"], replace(card_of(frame), customers=customers_told))
        hashes[customers_told] = next(
            arg for code, arg, _ in pickletools.genops(data) if code.name.endswith("UNICODE") and len(arg) == 64
        )
    assert hashes[1] == hashes[2] == pipeline_sha256(fitted["linear"])


@pytest.mark.slow
def test_a_finished_model_tells_that_nobody_is_in_it(made):
    frame, fitted = made
    target = frame["recency_days"] < 100
    trained = Trained(fitted["linear"], card_of(frame), frame, target)
    data, card, leaks = finish(trained)
    assert leaks.searched == len(frame) == card.privacy.customers_searched
    assert leaks.found == 0 == card.privacy.customers_found
    assert 0.3 < card.privacy.membership_auc < 0.9
    assert finish_all(trained, formats=[DEFAULT_FORMAT])[0][DEFAULT_FORMAT] == data
    assert "privacy" in str(data)


@pytest.mark.slow
def test_a_model_that_holds_customers_is_not_given_out(made):
    frame, _ = made
    spent = frame["monetary_total"].fillna(0.0)
    full = Pipeline([("prepare", prepare(INPUTS)), ("model", RandomForestRegressor(5, random_state=0))]).fit(
        frame, spent
    )
    with pytest.raises(UserError) as error:
        finish(Trained(full, card_of(frame), frame, spent))
    assert error.value.key == "leaks.found_column"
    assert error.value.facts["column"] == "monetary_total"
    assert error.value.facts["found"] > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_has_a_name_and_says_what_it_is_for(language):
    for one in FORMATS:
        assert knows(language, f"model_file.{one.key}")
        assert knows(language, f"model_file.{one.key}_about")
