"""Every honest model gets in, and answers to the last bit as a plain load of it does."""

import itertools
import pickle
import warnings

import joblib
import numpy as np
import pytest
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge

from lib import gate
from tests import honest

TOO_WIDE = ("HashingVectorizer", "FeatureHasher")
"""Their default answer has a million columns for each row: as a table, more than can be shown."""


def check(case: honest.Case, name: str, data: bytes) -> None:
    """Accepted, opened, and the same answers from every method that answers at all."""
    verdict = gate.inspect(data)
    assert verdict.verdict == "accepted", f"{case.name} {name}: {verdict.reason} {verdict.technical}"
    assert verdict.format == name
    with gate.open_model(data) as model:
        for method in case.methods():
            try:
                wanted = honest.expected(case, method)
            except (ValueError, NotFittedError, AttributeError):
                continue
            if method == "transform" and case.name.endswith(TOO_WIDE):
                continue
            got = model.call(method, case.table)
            assert honest.agrees(got, wanted), f"{case.name} {name}: {method} differs"


@pytest.mark.parametrize("name", honest.WRITERS)
def test_a_pipeline_gets_in_whatever_it_was_written_with(name):
    pipeline = honest.prepared(LogisticRegression()).fit(honest.MIXED, honest.WORDS)
    check(honest.Case("pipeline", pipeline, honest.MIXED), name, honest.WRITERS[name](pipeline))


def test_a_sample_of_what_people_combine_gets_in():
    names = itertools.cycle(name for name in honest.WRITERS if name != "skops")
    for case, name in zip(honest.combined(every=14), names, strict=False):
        check(case, name, honest.WRITERS[name](case.estimator))


@pytest.mark.parametrize("holder", [lambda model: {"model": model, "threshold": 0.5}, lambda model: [model, "v1"]])
def test_a_dict_or_list_that_holds_exactly_one_estimator_is_searched(holder):
    model = LinearRegression().fit(honest.NUMBERS, honest.MONEY)
    data = pickle.dumps(holder(model))
    assert gate.inspect(data).estimator == "LinearRegression"
    with gate.open_model(data) as opened:
        assert np.array_equal(opened.call("predict", honest.NUMBERS), model.predict(honest.NUMBERS))


def test_two_estimators_in_a_dict_are_not_guessed_between():
    models = {"a": LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]), "b": Ridge().fit([[0.0], [1.0]], [0.0, 1.0])}
    assert gate.inspect(pickle.dumps(models)).verdict == "refused"


def test_a_file_saved_twice_over_is_the_same_to_the_gate(tmp_path):
    """joblib writes a path differently from a buffer: framing, compression by suffix."""
    model = honest.prepared(Ridge()).fit(honest.MIXED, honest.MONEY)
    for suffix in ("joblib", "joblib.gz", "pkl.z", "xz", "lz4", "bz2", "lzma"):
        path = tmp_path / f"model.{suffix}"
        joblib.dump(model, path)
        with gate.open_model(path.read_bytes()) as opened:
            assert np.array_equal(opened.call("predict", honest.MIXED), model.predict(honest.MIXED))


@pytest.mark.long
@pytest.mark.parametrize("generator", [honest.alone, honest.combined, honest.in_pipelines])
def test_every_estimator_of_scikit_learn_gets_in_in_every_container(generator):
    """At least 99 of 100 files; each that is refused is named."""
    refused: list[str] = []
    total = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for case in generator():
            for name, data in honest.files(case.estimator):
                total += 1
                try:
                    check(case, name, data)
                except (AssertionError, gate.Refused) as error:
                    refused.append(f"{case.name} {name}: {error}")
    assert total > 500
    assert len(refused) <= total / 100, "\n".join(refused)
