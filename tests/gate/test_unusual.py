"""Honest files of kinds that the other lists do not hold are accepted and answer as a plain load of them does."""

import pickle
import warnings

import numpy as np
import pytest
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from lib import gate
from tests.gate.agreement import difference
from tests.gate.valid_models_unusual import Unusual, unusual

NOT_OPENED = frozenset({"dict with vectorizer"})
"""Refused: a preparation beside a model that doesn't follow from it."""
METHODS = ("predict", "predict_proba", "decision_function", "transform")


def wrong(case: Unusual) -> str:
    """What is wrong with the gate's treatment of a file; empty for nothing."""
    asked = [method for method in METHODS if hasattr(case.model, method)]
    try:
        with gate.open_model(case.data) as opened:
            for method in asked[:2]:
                plain = pickle.loads(pickle.dumps(case.model))
                with warnings.catch_warnings(action="ignore"):
                    expected = getattr(plain, method)(case.table)
                if isinstance(expected, list):
                    continue  # one array for each of several targets
                if differs := difference(opened.call(method, case.table), expected):
                    return f"{method} differs: {differs}"
    except gate.Refused as refused:
        return f"{refused.reason}: {refused.technical[:160]}"
    return ""


@pytest.mark.slow
def test_unusual_files_are_accepted_with_equal_answers():
    found = {case.name: wrong(case) for case in unusual()}
    assert len(found) > 150
    assert {name: why for name, why in found.items() if why and name not in NOT_OPENED} == {}


@pytest.mark.parametrize("kind", [np.str_, np.object_, np.bytes_, np.datetime64, np.complex64, np.bool_, str, float])
def test_a_type_in_place_of_a_function_is_refused_without_an_accusation(kind):
    steps = make_pipeline(FunctionTransformer(kind), StandardScaler())
    steps.steps[1][1].fit(np.arange(6.0).reshape(3, 2))
    assert gate.inspect(pickle.dumps(steps)).reason == "type_as_function"
