"""Valid files as projects hand them over are accepted, and answer as a plain load of them does."""

import io
import warnings

import joblib
import pytest

from lib import gate
from tests.gate.agreement import difference
from tests.gate.valid_models_delivered import Delivered, delivered

REFUSED: dict[str, str] = {
    "kernel of cosines": "other_function",
    "standard scores": "other_function",
    "bundle: counts and topics": "several_models",
}
"""Honest files that are not opened, each with the reason that is given; none of the reasons accuses."""
ACCUSING = frozenset({"not_allowed", "bad_state", "bad_call", "bad_structure", "bad_opcode", "malformed"})


def outcome(case: Delivered) -> str:
    """`equal`, how the answers differ, or why the file was refused."""
    with warnings.catch_warnings(action="ignore"):
        expected = case.answer(joblib.load(io.BytesIO(case.data)))
    try:
        with gate.open_model(case.data) as opened:
            answer = opened.call(case.method, case.table)
    except gate.Refused as refused:
        return f"{refused.reason}: {refused.technical[:150]}"
    differs = difference(answer, expected)
    return f"{case.method} differs: {differs}" if differs else "equal"


@pytest.mark.slow
def test_delivered_files_are_accepted_with_equal_answers() -> None:
    found = {case.name: outcome(case) for case in delivered()}
    assert len(found) > 150
    assert {name: how for name, how in found.items() if how != "equal" and name not in REFUSED} == {}
    assert {name: found[name].partition(":")[0] for name in REFUSED} == REFUSED
    assert not ACCUSING & set(REFUSED.values())
