"""Files as services and courses keep them are accepted and answer as a plain load does; no honest file is accused."""

import pickle
import tracemalloc

import numpy as np
import pytest
import skops.io

from lib import gate
from lib.gate.judging.judge import judge
from lib.gate.reading.containers import unwrap
from tests.gate.test_further import ACCUSING, outcome
from tests.gate.valid_models_deployed import FOREST, beside, deployed, own_classes

REFUSED: dict[str, str] = {"beside: a share as a word": "other_function"}
"""Honest files that are not opened, each with the reason that is given."""


@pytest.mark.slow
def test_deployed_files_are_accepted_with_equal_answers() -> None:
    found = {case.name: outcome(case) for case in deployed()}
    assert len(found) > 180
    assert {name: how for name, how in found.items() if how != "equal" and name not in REFUSED} == {}
    assert {name: found[name].partition(":")[0] for name in REFUSED} == REFUSED
    assert not ACCUSING & set(REFUSED.values())


RECORD = np.dtype([("a", "i4"), ("b", "f8")])
RECORDS = [
    np.rec.array([(1, 2.0)]),
    np.rec.array([(1, 2.0)])[0],
    np.rec.array([(1, "x")], dtype=[("a", "i4"), ("b", "O")])[0],
    np.zeros(2, RECORD),
    np.zeros(2, RECORD)[0],
    *(np.zeros(2, [("a", "i4"), ("b", kind)]) for kind in ("O", "U3", "S3", "M8[s]", "?", "c16", RECORD)),
]


@pytest.mark.parametrize("protocol", range(6))
def test_records_of_any_kind_beside_a_model_accuse_nobody(protocol: int) -> None:
    for value in RECORDS:
        assert gate.inspect(pickle.dumps({"model": FOREST, "rows": value}, protocol)).reason not in ACCUSING, value


def test_a_file_of_its_authors_classes_is_refused_without_an_accusation() -> None:
    for name, data in own_classes():
        assert gate.inspect(data).reason not in ACCUSING, name


@pytest.mark.slow
def test_what_skops_writes_beside_a_model_accuses_nobody() -> None:
    seen: list[str] = []
    for name, value in beside():
        try:
            data = skops.io.dumps({"model": FOREST, "value": value})
        except Exception:  # noqa: BLE001  what skops cannot write is in no file
            continue
        if (found := gate.inspect(data).reason) in ACCUSING and name != "methods of tables":
            seen.append(f"{name}: {found}")
    assert not seen


def test_a_large_table_beside_a_model_is_not_made_into_a_list() -> None:
    data = pickle.dumps({"model": FOREST, "X_train": np.zeros((100_000, 20))})
    container = unwrap(data)
    tracemalloc.start()
    try:
        judge(container)
        assert tracemalloc.get_traced_memory()[1] < 2 * len(data)
    finally:
        tracemalloc.stop()
