"""Further valid files are accepted and answer as a plain load of them does; no honest file is accused."""

import builtins
import collections
import io
import math
import operator
import pickle
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator
from sklearn.cluster import DBSCAN
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LassoCV, LogisticRegression, RidgeCV
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
from sklearn.utils._param_validation import InvalidParameterError

from lib import gate
from lib.gate.judging import auxiliary_names
from lib.gate.judging.judge import judge
from lib.gate.reading.containers import unwrap
from lib.gate.rejection import Rejection
from tests.gate.agreement import difference
from tests.gate.valid_models_further import BASE, FULL, NUMBERS, Further, beside, further, own_code

REFUSED: dict[str, str] = {
    "beside: settings of a file": "other_part",
    "beside: curve between points": "other_function",
    "beside: kinds of arrays": "other_part",
}
"""Honest files that are not opened, each with the reason that is given."""
PROTOCOLS = (0, 1, 2, 3, 4, 5)
ACCUSING = frozenset({"not_allowed", "bad_state", "bad_call", "bad_structure", "bad_opcode", "malformed"})


def outcome(case: Further) -> str:
    """`equal`, that the answers differ, or why the file was refused."""
    try:
        with gate.open_model(case.data) as opened:
            answer = opened.call(case.method, case.table)
    except gate.Refused as refused:
        return f"{refused.reason}: {refused.technical[:150]}"
    differs = difference(answer, case.expected)
    return f"{case.method} differs: {differs}" if differs else "equal"


@pytest.mark.slow
def test_further_files_are_accepted_with_equal_answers() -> None:
    found = {case.name: outcome(case) for case in further()}
    assert len(found) > 120
    assert {name: how for name, how in found.items() if how != "equal" and name not in REFUSED} == {}
    assert {name: found[name].partition(":")[0] for name in REFUSED} == REFUSED
    assert not ACCUSING & set(REFUSED.values())


def test_a_file_of_its_authors_code_is_refused_without_an_accusation() -> None:
    for name, data in own_code():
        assert gate.inspect(data).reason not in ACCUSING, name


def reason(data: bytes) -> str:
    """Why a file is refused; empty for nothing."""
    try:
        judge(unwrap(data))
    except Rejection as rejection:
        return rejection.reason
    return ""


def pickled(saved: object, protocol: int) -> bytes:
    """As plain pickle writes it, whatever packages have registered their own ways."""
    target = io.BytesIO()
    pickler = pickle.Pickler(target, protocol)
    pickler.dispatch_table = {}
    pickler.dump(saved)
    return target.getvalue()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of measures for few rows
def test_what_lies_beside_a_model_accuses_nobody_in_any_protocol() -> None:
    seen: list[str] = []
    for name, value in beside():
        for protocol in PROTOCOLS:
            try:
                data = pickle.dumps({"model": BASE, "value": value}, protocol)
            except TypeError:  # protocols 0 and 1 write no slots
                continue
            if (found := reason(data)) in ACCUSING:
                seen.append(f"{name}, {protocol}: {found}")
    assert not seen


def test_every_error_of_python_may_lie_beside_a_model_without_an_accusation() -> None:
    kinds = [kind for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    for kind in kinds:
        if issubclass(kind, UnicodeError | ExceptionGroup):
            continue
        for protocol in PROTOCOLS:
            data = pickled({"model": BASE, "error": kind("no rows"), "kind": kind}, protocol)
            assert reason(data) not in ACCUSING, (kind, protocol)
    assert reason(pickled({"model": BASE, "error": ValueError("no rows")}, 4)) == ""


def _params(value: object) -> dict[str, BaseEstimator]:
    return {
        "weights": LogisticRegression(class_weight=value),
        "penalties": RidgeCV(alphas=value),
        "steps": LassoCV(alphas=value),
        "categories": OneHotEncoder(categories=value),
        "stop words": TfidfVectorizer(stop_words=value),
        "words": CountVectorizer(vocabulary=value),
        "priors": GaussianNB(priors=value),
        "options": KNeighborsClassifier(metric_params=value),
        "columns": ColumnTransformer([("s", StandardScaler(), value)]),
        "grid": GridSearchCV(LogisticRegression(), value),
        "drawn": RandomizedSearchCV(LogisticRegression(), value),
        "options of a function": FunctionTransformer(np.log1p, kw_args=value),
    }


@pytest.mark.parametrize(
    "value",
    [range(1, 4), collections.OrderedDict(a=1), collections.Counter("ab"), collections.defaultdict(int, a=1),
     collections.deque([1, 2]), frozenset({"a"}), {"a"}, pd.Series([1.0, 2.0]), pd.Series(["a"]), pd.Index(["a"]),
     pd.Categorical(["a"]), collections.UserDict(a=1), {"C": range(3)}, {"C": pd.Series([1])},
     np.array(["a"])],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_a_parameter_in_an_uncommon_container_accuses_nobody(value: object) -> None:
    for place, model in _params(value).items():
        try:
            model._validate_params()
        except InvalidParameterError:
            continue
        for protocol in PROTOCOLS:
            found = reason(pickle.dumps(model, protocol))
            assert found not in ACCUSING, (place, protocol, found)


@pytest.mark.slow
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_ranges_in_a_grid_and_frozen_stop_words_are_opened(protocol: int) -> None:
    grid = {"C": range(1, 3), "max_iter": [100, 200]}
    for search in (
        GridSearchCV(LogisticRegression(), grid, cv=2),
        RandomizedSearchCV(LogisticRegression(), collections.OrderedDict(C=range(1, 4)), n_iter=2, cv=2),
    ):
        search.fit(NUMBERS / 1_000, FULL)
        with gate.open_model(pickle.dumps(search, protocol)) as opened:
            np.testing.assert_array_equal(opened.call("predict", NUMBERS / 1_000), search.predict(NUMBERS / 1_000))
    words = TfidfVectorizer(stop_words=list(ENGLISH_STOP_WORDS)).fit(["the late crew", "a bad crew"])
    assert reason(pickle.dumps(words.set_params(stop_words=ENGLISH_STOP_WORDS), protocol)) == ""
    again = TfidfVectorizer(vocabulary=words.get_feature_names_out()).fit(["late crew"])
    with gate.open_model(pickle.dumps(again, protocol)) as opened:
        asked = pd.DataFrame({"text": ["late crew"]})
        np.testing.assert_allclose(opened.call("transform", asked), again.transform(asked["text"]).toarray())


FUNCTIONS: tuple[Callable[..., object], ...] = (abs, len, max, round, sorted, math.sqrt, operator.mul)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_beside_a_model_is_left_behind_and_one_in_a_step_is_named(function: Callable[..., object]) -> None:
    assert reason(pickle.dumps({"model": BASE, "rule": function})) == ""
    assert reason(pickle.dumps(FunctionTransformer(function))) == "other_function"
    assert reason(pickle.dumps(TfidfVectorizer(tokenizer=function))) == "other_function"


class Called:
    """Pickled as the call of a function."""

    def __init__(self, function: object, *args: object) -> None:
        self.how = function, args

    def __reduce__(self) -> tuple[object, object]:
        return self.how


def test_groups_of_the_rows_beside_a_model_are_a_result_and_beside_a_preparation_the_model() -> None:
    groups, scaler = DBSCAN().fit(NUMBERS), StandardScaler().fit(NUMBERS)
    assert judge(unwrap(pickle.dumps({"model": BASE, "groups": groups}))).estimator == "Pipeline"
    assert judge(unwrap(pickle.dumps({"scaler": scaler, "groups": groups}))).estimator == "DBSCAN"


def test_a_file_that_calls_a_function_or_makes_a_type_is_still_refused() -> None:
    for name in auxiliary_names.FUNCTIONS:
        module, _, function = name.partition(":")
        call = Called(getattr(__import__(module), function), 1)
        assert reason(pickle.dumps({"model": BASE, "rule": call})) == "bad_call", name
    assert reason(pickle.dumps({"model": BASE, "kind": Called(type, "X", (), {})})) == "not_allowed"
    assert reason(pickle.dumps({"model": BASE, "kinds": [type(None), Called(type, 1)]})) == "not_allowed"
    assert reason(pickle.dumps({"model": BASE, "kind": type})) == "not_allowed"
    assert reason(pickle.dumps({"model": BASE, "kinds": [type, type(None)]})) == "not_allowed"
    assert reason(pickle.dumps({"model": BASE, "kind": type(None)})) == ""
