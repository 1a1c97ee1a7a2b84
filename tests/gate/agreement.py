"""Whether the gate's answers are those of a plain load."""

import numpy as np
from numpy.typing import ArrayLike

TOLERANCE = {"float16": 1e-2, "float32": 1e-5}
"""By the kind of number that a model computes with: where its rows lie in memory decides the last bits of a sum."""


def difference(answer: ArrayLike, expected: object) -> str:
    """How two answers differ, of any shapes with equally many values; empty where they agree."""
    if isinstance(expected, list):  # one table of probabilities for each of several targets
        expected = np.column_stack(expected)
    left, right = np.asarray(answer), np.asarray(expected.todense() if hasattr(expected, "todense") else expected)
    if left.size != right.size:
        return f"shape {left.shape} for {right.shape}"
    if right.dtype.kind in "OUST":
        same = bool((left.astype(str).ravel() == right.astype(str).ravel()).all())
    else:
        relative = TOLERANCE.get(right.dtype.name, 1e-9)
        flat = left.astype(float).ravel(), right.astype(float).ravel()
        same = np.allclose(*flat, rtol=relative, atol=relative / 1_000, equal_nan=True)
    return "" if same else f"{left.ravel()[:3]} for {right.ravel()[:3]}"
