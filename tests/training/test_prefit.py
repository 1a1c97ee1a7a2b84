"""Fitted attributes are written in one place, and only ones that fitting has set."""

import ast
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression

from lib.training.prefit import PLACEHOLDER_TARGETS, assign_fitted, assign_line, placeholder_rows

PACKAGE = Path(__file__).resolve().parents[2] / "lib" / "training"


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_no_other_module_writes_a_fitted_attribute(path):
    if path.name == "prefit.py":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            for one in ast.walk(target):
                assert not (isinstance(one, ast.Attribute) and one.attr.endswith("_")), f"{path.name}:{node.lineno}"
        assert not (isinstance(node, ast.Call) and ast.unparse(node.func) == "setattr"), f"{path.name}:{node.lineno}"


def test_a_line_predicts_as_its_coefficients_say():
    rows = placeholder_rows(2)
    line = LinearRegression().fit(rows, PLACEHOLDER_TARGETS)
    assign_line(line, np.array([2.0, -1.0]), 5.0)
    assert line.predict([[3.0, 4.0]]) == pytest.approx([7.0])
    odds = LogisticRegression().fit(rows, PLACEHOLDER_TARGETS)
    assign_line(odds, np.array([2.0, -1.0]), 5.0)
    assert odds.decision_function([[3.0, 4.0]]) == pytest.approx([7.0])


def test_an_attribute_that_fitting_has_not_set_is_a_mistake():
    with pytest.raises(AttributeError, match="coef_"):
        assign_fitted(LinearRegression(), coef_=np.ones(2))
    with pytest.raises(AttributeError, match="alpha"):
        assign_fitted(LinearRegression().fit(placeholder_rows(1), [0, 1]), alpha=1)
