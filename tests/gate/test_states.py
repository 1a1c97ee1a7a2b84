"""The tables of names and states: no wider than honest files need, no narrower than they use."""

import importlib
import pickle
import warnings

import numpy as np
import pytest
import scipy.stats
import sklearn
import sklearn.datasets
from sklearn.experimental import enable_halving_search_cv, enable_iterative_imputer  # noqa: F401
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import RandomizedSearchCV
from sklearn.utils import all_estimators

from lib import gate
from lib.gate.building.construct import build
from lib.gate.generated.state_table import ESTIMATORS, STATES
from lib.gate.judging import allowed, calls, states
from lib.gate.reading.containers import unwrap
from lib.gate.reading.parser import Stream
from lib.gate.rejection import Rejection

ROWS = np.random.RandomState(0).rand(30, 3)


def rebuilt(model):
    return build(unwrap(pickle.dumps(model)))


def test_every_estimator_of_scikit_learn_is_in_both_tables():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = {f"{cls.__module__}:{cls.__qualname__}" for _, cls in all_estimators()}
    assert known == ESTIMATORS
    assert known <= set(allowed.NAMES)
    assert known <= set(STATES)


def test_every_name_is_one_identifier_with_a_role_and_a_reason():
    roles = {"class", "record", "call", "kind", "function", "dtype", "constant", "base"}
    for key, (role, reason) in allowed.NAMES.items():
        module, _, name = key.partition(":")
        assert name.isidentifier(), key
        assert role in roles, key
        assert len(reason) > 5, key
        assert hasattr(importlib.import_module(module), name), key


def test_nothing_that_reads_writes_or_runs_is_in_the_table():
    words = (
        "load",
        "save",
        "open",
        "exec",
        "eval",
        "system",
        "popen",
        "import",
        "memmap",
        "fromfile",
        "spawn",
        "compile",
    )
    for key in allowed.NAMES:
        name = key.partition(":")[2].lower()
        assert not any(name.startswith(word) for word in words), key
        assert key.split(".")[0].split(":")[0] not in ("os", "posix", "subprocess", "sys", "io", "pickle", "marshal"), (
            key
        )


def test_what_may_be_called_has_a_schema_and_every_schema_is_allowed():
    for key, (role, _) in allowed.NAMES.items():
        assert (role == "call") <= (key in calls.CALLABLE), key


def test_every_kind_in_the_state_table_is_a_letter_or_an_allowed_class():
    letters = set("NSBATROLDZIEFMCYKGVXPQWHJU") | {"B2", "S2"}
    for key in STATES:
        for name, kinds in states.table(key).items():
            for kind in kinds:
                assert kind in letters or kind == "@masked" or kind[1:] in allowed.NAMES, (key, name, kind)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # scikit-learn's own, about deprecated classes and models that did not converge
def test_every_allowed_name_is_needed_by_an_honest_file():
    """Allowed = needed: a name that no honest file holds has no place in the table."""
    from tests.gate import valid_models, valid_models_more

    used: set[str] = set()
    models = [case.estimator for case in valid_models.cases()]
    models += [model for _, model in (*valid_models_more.everything(), *valid_models_more.functions())]
    for model in models:
        for protocol in (0, 2, 4, 5):
            try:
                data = pickle.dumps(model, protocol=protocol)
            except (pickle.PicklingError, AttributeError, TypeError):  # a few combinations cannot be pickled
                continue
            stream = Stream(data).parse()
            assert not stream.foreign, stream.foreign[0].key
            used |= set(stream.names)
    assert sorted(set(allowed.NAMES) - used - _FOR_OTHER_VERSIONS) == []


_FOR_OTHER_VERSIONS = {
    "builtins:bytes",
    "builtins:bytearray",
    "builtins:dict",
    "builtins:tuple",
    "builtins:set",
    "pandas:RangeIndex",
    "numpy:bool_",
    "sklearn.gaussian_process.kernels:CompoundKernel",
    "sklearn.gaussian_process.kernels:ExpSineSquared",
    "sklearn.cross_decomposition._pls:PLSSVD",
}
"""What protocols 0 to 2 write for values that none of the honest models happens to hold."""


def test_the_best_model_of_a_random_search_is_taken_and_its_distributions_are_left_behind():
    search = RandomizedSearchCV(Ridge(), {"alpha": scipy.stats.loguniform(0.1, 10)}, n_iter=3, cv=2, random_state=0)
    search.fit(ROWS, ROWS[:, 0])
    built = rebuilt(search)
    assert built.predict(ROWS).tolist() == search.predict(ROWS).tolist()
    assert built.param_distributions == {"alpha": None}
    assert built.cv == 2


def test_an_entry_that_no_model_has_is_left_behind_if_it_is_plain():
    model = LinearRegression().fit(ROWS, ROWS[:, 0])
    model.trained_by = "Ann"
    built = rebuilt(model)
    assert not hasattr(built, "trained_by")
    assert built.predict(ROWS).tolist() == model.predict(ROWS).tolist()


@pytest.mark.parametrize(
    "name", ["predict", "fit", "transform", "__reduce__", "__class__", "_repr_html_", "set_params"]
)
def test_an_entry_that_would_take_a_methods_place_is_refused(name):
    data = pickle.dumps(LinearRegression().fit(ROWS, ROWS[:, 0]), protocol=2)
    forged = data[:-2] + b"X" + len(name).to_bytes(4, "little") + name.encode() + b"K\x01sb."
    with pytest.raises(Rejection) as caught:
        build(unwrap(forged))
    assert caught.value.reason in ("bad_state", "malformed")


def test_the_version_of_the_file_is_read_before_anything_is_built():
    from lib.gate.judging.judge import judge, our_version

    data = pickle.dumps(LinearRegression().fit(ROWS, ROWS[:, 0]), protocol=2)
    ours = our_version()
    older = data.replace(ours.encode(), b"1.4.2")
    assert judge(unwrap(older)).sklearn_version == "1.4.2"
    assert judge(unwrap(data)).sklearn_version == ours


def test_arrays_whose_axes_are_turned_survive_protocol_five():
    """NumPy 2 writes such an array with order K and the order of its axes; the first gate refused it."""
    model = LinearRegression().fit(ROWS, ROWS[:, 0])
    model.coef_ = np.arange(24.0).reshape(2, 3, 4).transpose(1, 0, 2)
    built = build(unwrap(pickle.dumps(model, protocol=5)))
    assert np.array_equal(built.coef_, model.coef_)


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_a_file_of_another_version_with_other_parts_is_refused_with_both_versions(protocol):
    """It was said to have been changed by hand."""
    from lib.gate.judging.judge import judge

    model = LinearRegression().fit(ROWS, ROWS[:, 0])
    model.coef_ = "a text"
    older = pickle.dumps(model, protocol=protocol).replace(sklearn.__version__.encode(), b"1.2.2")
    with pytest.raises(Rejection) as caught:
        judge(unwrap(older))
    assert (caught.value.reason, caught.value.facts["found"]) == ("old_version", "1.2.2")
    assert caught.value.facts["ours"] == sklearn.__version__
    with pytest.raises(Rejection) as caught:
        judge(unwrap(pickle.dumps(model, protocol=protocol)))
    assert caught.value.reason == "bad_state"


def test_a_dangerous_name_is_no_matter_of_versions():
    from lib.gate.judging.judge import judge

    model = LinearRegression().fit(ROWS, ROWS[:, 0])
    data = pickle.dumps({"model": model, "then": sklearn.datasets.load_files}).replace(
        sklearn.__version__.encode(), b"1.2.2"
    )
    with pytest.raises(Rejection) as caught:
        judge(unwrap(data))
    assert caught.value.reason == "not_allowed"


@pytest.mark.parametrize("missing", ["coef_", "intercept_"])
def test_a_file_of_another_version_that_does_not_answer_is_refused_with_both_versions(missing):
    model = LinearRegression().fit(ROWS, ROWS[:, 0])
    del model.__dict__[missing]
    verdict = gate.prove(pickle.dumps(model).replace(sklearn.__version__.encode(), b"1.5.2"))
    assert (verdict.reason, verdict.facts["found"]) == ("old_version", "1.5.2")
    assert gate.prove(pickle.dumps(model)).reason == ""
