"""Every honest model gets in, and answers to the last bit as a plain load of it does."""

import itertools
import pickle
import shutil
import warnings

import joblib
import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.cluster import BisectingKMeans, KMeans, MiniBatchKMeans
from sklearn.compose import make_column_transformer
from sklearn.exceptions import NotFittedError
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from lib import gate
from lib.gate.judging import allowed, auxiliary_names
from lib.gate.reading.parser import Stream
from lib.gate.rejection import Rejection
from tests.gate import valid_models, valid_models_deployed, valid_models_further, valid_models_notebooks

TOO_WIDE = ("HashingVectorizer", "FeatureHasher")
"""Their default answer has a million columns for each row: as a table, more than can be shown."""


def check(case: valid_models.Case, name: str, data: bytes) -> None:
    """Accepted, opened, and the same answers from every method that answers at all."""
    verdict = gate.inspect(data)
    assert verdict.verdict == "accepted", f"{case.name} {name}: {verdict.reason} {verdict.technical}"
    assert verdict.format == name
    with gate.open_model(data) as model:
        for method in case.methods():
            try:
                wanted = valid_models.expected(case, method)
            except (ValueError, NotFittedError, AttributeError):
                continue
            if method == "transform" and case.name.endswith(TOO_WIDE):
                continue
            got = model.call(method, case.table)
            assert valid_models.agrees(got, wanted), f"{case.name} {name}: {method} differs"


@pytest.mark.slow
@pytest.mark.parametrize("name", valid_models.WRITERS)
def test_a_pipeline_gets_in_whatever_it_was_written_with(name):
    pipeline = valid_models.prepared(LogisticRegression()).fit(valid_models.MIXED, valid_models.WORDS)
    check(valid_models.Case("pipeline", pipeline, valid_models.MIXED), name, valid_models.WRITERS[name](pipeline))


@pytest.mark.slow
def test_a_sample_of_what_people_combine_gets_in():
    names = itertools.cycle(name for name in valid_models.WRITERS if name != "skops")
    for case, name in zip(valid_models.combined(every=14), names, strict=False):
        check(case, name, valid_models.WRITERS[name](case.estimator))


@pytest.mark.parametrize("holder", [lambda model: {"model": model, "threshold": 0.5}, lambda model: [model, "v1"]])
def test_a_dict_or_list_that_holds_exactly_one_estimator_is_searched(holder):
    model = LinearRegression().fit(valid_models.NUMBERS, valid_models.MONEY)
    data = pickle.dumps(holder(model))
    assert gate.inspect(data).estimator == "LinearRegression"
    with gate.open_model(data) as opened:
        assert np.array_equal(opened.call("predict", valid_models.NUMBERS), model.predict(valid_models.NUMBERS))


@pytest.mark.slow
def test_what_lies_beside_a_model_is_left_behind_and_the_model_answers():
    """The first gate refused a dict with a model and the day on which it was trained."""
    for place, book in enumerate(valid_models_notebooks.with_something_beside()):
        verdict = gate.inspect(book.data)
        assert verdict.verdict == "accepted", f"{book.name}: {verdict.reason} {verdict.technical}"
        if place % 8 == 0:
            with gate.open_model(book.data) as opened:
                assert np.array_equal(opened.call("predict", book.table), book.model.predict(book.table)), book.name


@pytest.mark.slow
def test_a_note_on_a_model_is_left_behind():
    for book in valid_models_notebooks.with_something_on_it():
        with gate.open_model(book.data) as opened:
            assert np.array_equal(opened.call("predict", book.table), book.model.predict(book.table)), book.name


def test_nothing_that_lies_beside_a_model_is_ever_imported_or_built():
    assert not set(auxiliary_names.NAMES) & set(allowed.NAMES)
    for data in (
        pickle.dumps(valid_models_notebooks.BESIDE["results"]),
        pickle.dumps(valid_models_notebooks.BESIDE["a moment"]),
    ):
        assert gate.inspect(data).reason.startswith("no_model")


@pytest.mark.slow
@pytest.mark.parametrize("key", ["coef_", "fit_intercept", "n_features_in_"])
def test_what_people_keep_beside_a_model_has_no_place_inside_it(key):
    model = LinearRegression().fit(valid_models.NUMBERS, valid_models.MONEY)
    for word in ("a moment", "results", "a path", "counts", "a namespace"):
        model.__dict__[key] = valid_models_notebooks.BESIDE[word]
        assert gate.inspect(pickle.dumps(model)).reason == "bad_state", word


@pytest.mark.slow
def test_every_name_that_may_lie_beside_a_model_is_needed():
    """Those of pandas 1 and 2 were read out of files that pandas 1.5.3 and 2.2.3 wrote for the same values."""
    used: set[str] = set()
    with warnings.catch_warnings(action="ignore"):
        further = [value for _, value in (*valid_models_further.beside(), *valid_models_deployed.beside())]
        further += valid_models_deployed.of_whole_kinds()
    for value in (*valid_models_notebooks.BESIDE.values(), *valid_models_further.of_whole_kinds(), *further):
        for protocol in (0, 2, 4, 5):
            try:
                data = pickle.dumps(value, protocol=protocol)
            except TypeError:  # protocols 0 and 1 write no slots
                continue
            stream = Stream(data)
            try:
                stream.parse()
            except Rejection:
                assert any(value is one for one in further)
            if any(value is one for one in further):
                used |= set(stream.names)
                continue
            assert not stream.foreign, stream.foreign[0].key
            used |= set(stream.names)
    others = {name for name, reason in auxiliary_names.NAMES.items() if "pandas 1" in reason or "Python 3.13" in reason}
    elsewhere = {
        "joblib._store_backends:FileSystemStoreBackend",  # in test_a_cache_of_its_author_s_is_taken_out_of_a_pipeline
        "joblib.memory:Memory",
        "pathlib:WindowsPath",  # of Windows
        "dateutil.tz.tz:tzfile",  # of dateutil 2
        "pandas._libs.interval:Interval",
        "pandas._libs.tslibs.nattype:__nat_unpickle",
        "pandas._libs.tslibs.period:Period",
        "pandas._libs.tslibs.timestamps:Timestamp",
        "pandas.core.indexes.datetimes:DatetimeIndex",
        "pandas.core.indexes.interval:IntervalIndex",
        "pandas.core.indexes.period:PeriodIndex",
        "pandas.core.indexes.timedeltas:TimedeltaIndex",
    }
    assert sorted(set(auxiliary_names.NAMES) - used - others - elsewhere) == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # scikit-learn's own, about models that did not converge
def test_the_pipelines_of_tutorials_get_in():
    refused = []
    for book in valid_models_notebooks.of_tutorials():
        case = valid_models.Case(book.name, book.model, book.table)
        with gate.open_model(book.data) as opened:
            for method in case.methods():
                try:
                    wanted = valid_models.expected(case, method)
                except (ValueError, NotFittedError, AttributeError):
                    continue
                if getattr(wanted, "ndim", 1) < 3 and not valid_models.agrees(opened.call(method, case.table), wanted):
                    refused.append(f"{book.name}: {method}")
    assert not refused


def test_two_estimators_in_a_dict_are_not_guessed_between():
    models = {"a": LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]), "b": Ridge().fit([[0.0], [1.0]], [0.0, 1.0])}
    verdict = gate.inspect(pickle.dumps(models))
    assert (verdict.reason, verdict.facts["count"]) == ("several_models", 2)


@pytest.mark.slow
def test_a_file_saved_twice_over_is_the_same_to_the_gate(tmp_path):
    """joblib writes a path differently from a buffer: framing, compression by suffix."""
    model = valid_models.prepared(Ridge()).fit(valid_models.MIXED, valid_models.MONEY)
    for suffix in ("joblib", "joblib.gz", "pkl.z", "xz", "lz4", "bz2", "lzma"):
        path = tmp_path / f"model.{suffix}"
        joblib.dump(model, path)
        with gate.open_model(path.read_bytes()) as opened:
            assert np.array_equal(opened.call("predict", valid_models.MIXED), model.predict(valid_models.MIXED))


@pytest.mark.long
@pytest.mark.parametrize("generator", [valid_models.alone, valid_models.combined, valid_models.in_pipelines])
def test_every_estimator_of_scikit_learn_gets_in_in_every_container(generator):
    """At least 99 of 100 files; each that is refused is named."""
    refused: list[str] = []
    total = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for case in generator():
            for name, data in valid_models.files(case.estimator):
                total += 1
                try:
                    check(case, name, data)
                except (AssertionError, gate.Refused) as error:
                    refused.append(f"{case.name} {name}: {error}")
    assert total > 500
    assert len(refused) <= total / 100, "\n".join(refused)


@pytest.mark.slow
@pytest.mark.parametrize("words", ["object", "str"])
def test_a_skops_file_of_a_pipeline_with_words_gives_its_answers(words):
    """skops writes the dtype of words as an empty array in JSON."""
    table = _table_with_words(words)
    for imputer in (SimpleImputer(strategy="most_frequent"), SimpleImputer(strategy="constant", fill_value="?")):
        for encoder in (OneHotEncoder(handle_unknown="ignore"), OneHotEncoder(handle_unknown="infrequent_if_exist")):
            columns = make_column_transformer((SimpleImputer(), ["age"]), (make_pipeline(imputer, encoder), ["plan"]))
            model = make_pipeline(columns, LinearRegression()).fit(table, range(len(table)))
            for data in (skops.io.dumps(model), pickle.dumps(model)):
                with gate.open_model(data) as opened:
                    assert np.allclose(opened.call("predict", table), model.predict(table))


def _table_with_words(words: str) -> pd.DataFrame:
    plans = pd.Series(["gold", None, "basic", "gold", "none", "basic"] * 4)
    return pd.DataFrame({"age": [20.0, 30.0, None, 50.0, 61.0, 33.0] * 4, "plan": plans.astype(words)})


@pytest.mark.slow
def test_a_cache_of_its_author_s_is_taken_out_of_a_pipeline(tmp_path):
    folder = tmp_path / "cache"
    for memory in (joblib.Memory(folder, verbose=0), joblib.Memory(None), str(folder)):
        model = Pipeline([("scale", StandardScaler()), ("model", LinearRegression())], memory=memory)
        model.fit(valid_models.NUMBERS, valid_models.MONEY)
        shutil.rmtree(folder, ignore_errors=True)
        for data in (pickle.dumps(model), pickle.dumps(model, protocol=2)):
            with gate.open_model(data) as opened:
                assert np.allclose(opened.call("predict", valid_models.NUMBERS), model.predict(valid_models.NUMBERS))
        assert not folder.exists()
    model = LinearRegression().fit(valid_models.NUMBERS, valid_models.MONEY)
    for key in ("coef_", "fit_intercept"):
        other = pickle.loads(pickle.dumps(model))
        other.__dict__[key] = joblib.Memory(folder, verbose=0)
        assert gate.inspect(pickle.dumps(other)).reason == "bad_state"


def test_a_model_beside_its_scaler_that_was_never_trained_is_said_to_be_so():
    scaler = StandardScaler().fit(valid_models.NUMBERS)
    with pytest.raises(gate.Refused) as refused:
        gate.open_model(pickle.dumps({"scaler": scaler, "model": LinearRegression()}))
    assert refused.value.reason == "not_fitted"


@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize("kind", [KMeans, MiniBatchKMeans, BisectingKMeans])
@pytest.mark.parametrize("holder", [pd.DataFrame, np.asarray])
def test_segments_trained_on_numbers_of_32_bits_get_their_answers(kind, scaled, holder):
    drawn = np.random.default_rng(4)
    frame = pd.DataFrame({name: drawn.gamma(2, 40, 80) for name in ("recency", "orders", "spend")}).astype("float32")
    model = kind(3, random_state=0)
    model = make_pipeline(StandardScaler(), model) if scaled else model
    expected = model.fit(holder(frame)).predict(holder(frame))
    with gate.open_model(pickle.dumps(model)) as opened:
        assert opened.call("predict", frame.astype("float64")).tolist() == expected.tolist()
