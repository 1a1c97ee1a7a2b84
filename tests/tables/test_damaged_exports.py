"""Exports in unusual forms: what is read equals what was sold, which was known before anything was written."""

import random

import pytest

from benchmarks.damaged_exports import KINDS
from benchmarks.second_computation import constructed_differences

NOT_READ = {"months_as_headings", "gzip_twice"}
"""Refused in a sentence."""


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.__name__ not in NOT_READ])
def test_figures_equal_what_was_sold(kind, seed):
    export = kind(random.Random(f"{kind.__name__} {seed}"))
    assert constructed_differences(export) == "", export.kind
