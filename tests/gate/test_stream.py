"""The parser and the judge: honest streams go through in every protocol, hostile ones nowhere."""

import io
import pickle
from collections.abc import Iterable
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from lib import text
from lib.gate.building.construct import build
from lib.gate.judging.judge import judge
from lib.gate.reading.containers import Container, unwrap
from lib.gate.rejection import Rejection
from tests.attacks import Attack, attacks, forged, later, names, state

HOMES = pd.DataFrame({"area": [2600.0, 3000.0, 3200.0, 3600.0, 4000.0]})
PRICES = [550000.0, 565000.0, 610000.0, 680000.0, 725000.0]


def a_pipeline():
    rows = pd.DataFrame({"spent": [1.0, 2.0, 3.0, 4.0], "country": ["ES", "FR", "ES", "UK"]})
    columns = ColumnTransformer([("n", StandardScaler(), ["spent"]), ("w", OneHotEncoder(), ["country"])])
    return make_pipeline(columns, LogisticRegression()).fit(rows, ["no", "no", "yes", "yes"]), rows


def refused(data: bytes) -> Rejection:
    with pytest.raises(Rejection) as caught:
        build(unwrap(data))
    return caught.value


@pytest.mark.parametrize("protocol", range(6))
def test_the_tutorials_model_is_accepted_in_every_protocol_and_predicts_as_before(protocol):
    model = LinearRegression().fit(HOMES, PRICES)
    built = build(unwrap(pickle.dumps(model, protocol=protocol)))
    assert built.predict(HOMES).tolist() == model.predict(HOMES).tolist()
    assert built.coef_.tolist() == model.coef_.tolist()


@pytest.mark.parametrize("compress", [0, 3, ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3), ("lz4", 3)])
def test_a_pipeline_is_accepted_in_every_joblib_container(compress):
    model, rows = a_pipeline()
    out = io.BytesIO()
    joblib.dump(model, out, compress=compress)
    built = build(unwrap(out.getvalue()))
    assert np.array_equal(built.predict_proba(rows), model.predict_proba(rows))


def test_the_judge_tells_what_a_file_says_of_itself():
    model, _rows = a_pipeline()
    model.brine_card_ = {"goal": "target", "customers": 4, "metrics": {"auc": 0.7}}
    findings = judge(unwrap(pickle.dumps(model)))
    assert findings.estimator == "Pipeline"
    assert findings.columns == ("spent", "country")
    assert findings.card == {"goal": "target", "customers": 4, "metrics": {"auc": 0.7}}
    assert findings.sklearn_version.count(".") == 2


def test_a_dict_or_list_with_exactly_one_model_is_searched():
    model = LinearRegression().fit(HOMES, PRICES)
    for held in ({"model": model, "columns": ["area"]}, [model], (1, model)):
        assert build(unwrap(pickle.dumps(held))).predict(HOMES).tolist() == model.predict(HOMES).tolist()
    assert refused(pickle.dumps([model, LinearRegression().fit(HOMES, PRICES)])).reason == "several_models"
    assert refused(pickle.dumps({"columns": ["area"]})).reason.startswith("no_model")


@pytest.mark.parametrize(
    ("module", "name", "reason", "fact"),
    [
        ("lightgbm.sklearn", "LGBMClassifier", "third_party", "LightGBM"),
        ("xgboost.sklearn", "XGBRegressor", "third_party", "XGBoost"),
        ("catboost.core", "CatBoostClassifier", "third_party", "CatBoost"),
        ("imblearn.pipeline", "Pipeline", "third_party", "imbalanced-learn"),
        ("__main__", "MyModel", "own_class", "__main__"),
    ],
)
def test_what_is_not_scikit_learns_is_refused_by_its_own_name(module, name, reason, fact):
    rejection = refused(f"c{module}\n{name}\n)\x81}}b.".encode("latin-1"))
    assert rejection.reason == reason
    assert fact in rejection.facts.values()


def test_costs_are_left_behind():
    """`n_jobs` starts processes, `memory` writes files, `verbose` prints; none changes a prediction."""
    model, _rows = a_pipeline()
    model.memory = "/tmp/somewhere"
    model.verbose = True
    model.steps[1][1].n_jobs = 64
    built = build(unwrap(pickle.dumps(model)))
    assert built.memory is None
    assert built.verbose == 0
    assert built.steps[1][1].n_jobs is None


def test_shared_objects_stay_shared_and_arrays_stay_writable():
    model, _ = a_pipeline()
    built = build(unwrap(pickle.dumps(model)))
    assert built.steps[1][1].coef_.flags.writeable
    assert built.steps[0][1].transformers_[0][1] is built.steps[0][1].named_transformers_["n"]


@pytest.fixture(scope="module")
def canary(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("canary") / "touched"


def test_attacks_by_name_are_refused(canary):
    assert _stopped(names.attacks(str(canary)), canary) >= 300


@pytest.mark.slow
def test_attacks_with_allowed_names_alone_are_refused(canary):
    assert _stopped(state.attacks(str(canary)), canary) >= 200


@pytest.mark.slow
def test_forged_models_are_refused_before_compiled_code_sees_them(canary):
    assert _stopped(forged.attacks(str(canary)), canary) >= 200


@pytest.mark.slow
def test_attacks_by_somebody_who_has_read_the_gate_are_refused(canary):
    assert _stopped(later.attacks(str(canary)), canary) >= 200


@pytest.mark.slow
def test_every_attack_is_refused_and_none_leaves_a_trace(canary):
    assert _stopped(attacks(canary), canary) >= 1_100


def _stopped(corpus: Iterable[Attack], canary: Path) -> int:
    """Each with a reason that both languages have a sentence for; nothing but a Rejection ever comes out."""
    seen: set[bytes] = set()
    count = accepted = 0
    complaints = []
    for attack in corpus:
        count += 1
        assert attack.data not in seen, f"{attack.name} is there twice"
        seen.add(attack.data)
        try:
            build(unwrap(attack.data))
        except Rejection as rejection:
            complaints += _untellable(attack, rejection)
        else:
            accepted += 1
            complaints.append(f"accepted: {attack.name}")
        assert not canary.exists(), attack.name
    assert not complaints
    assert accepted == 0
    return count


def _untellable(attack: Attack, rejection: Rejection) -> list[str]:
    wrong = []
    for language in text.LANGUAGES:
        try:
            sentence = text.say(language, f"gate.{rejection.reason}", **rejection.facts)
        except KeyError as error:
            wrong.append(f"{attack.name}: {rejection.reason} lacks {error} in {language}")
        else:
            if not sentence.isprintable():
                wrong.append(f"{attack.name}: {sentence!r}")
    return wrong


@pytest.mark.slow
def test_attacks_that_are_said_to_act_do_act_under_plain_loading(canary):
    """A sample, each in a process of its own: the corpus is no straw man."""
    import subprocess
    import sys

    sample = [
        attack
        for attack in names.attacks(str(canary))
        if attack.name in ("call os.system", "INST", "in coef_, protocol 2", "DUP then REDUCE", "call builtins.exec")
    ]
    assert len(sample) == 5
    for attack in sample:
        assert attack.acts
        subprocess.run(
            [sys.executable, "-c", "import sys, pickle; pickle.load(sys.stdin.buffer)"],
            input=attack.data,
            capture_output=True,
            check=False,
        )
        assert canary.exists(), attack.name
        canary.unlink()


def test_a_name_that_is_popped_again_still_counts():
    """A call whose result is thrown away has acted all the same under plain loading."""
    data = b"\x80\x02cos\nsystem\nX\x04\x00\x00\x00true\x85R0" + pickle.dumps(LinearRegression(), protocol=2)[2:]
    rejection = refused(data)
    assert rejection.reason == "not_allowed"
    assert rejection.facts["name"] == "os.system"


def test_every_cut_of_an_honest_file_is_a_rejection_and_no_other_error():
    data = pickle.dumps(a_pipeline()[0])
    for end in range(0, len(data) - 1, 7):
        with pytest.raises(Rejection):
            judge(Container("pickle", "", data[:end]))


@pytest.mark.slow
def test_every_changed_byte_is_judged_without_any_other_error():
    """Mutations of an honest file either stay honest or are refused; nothing else ever comes out."""
    data = bytearray(pickle.dumps(a_pipeline()[0]))
    random = np.random.RandomState(0)
    for place in random.randint(0, len(data), 1500):
        before = data[place]
        data[place] = random.randint(256)
        try:
            build(Container("pickle", "", bytes(data)))
        except Rejection:
            pass
        finally:
            data[place] = before
