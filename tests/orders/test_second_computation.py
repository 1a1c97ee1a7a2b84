"""Generated exports of every kind: what Brine shows equals what plain SQL computes from the raw file."""

import pytest

from benchmarks.generated_exports import KINDS, generated
from benchmarks.second_computation import differences

FAST = range(len(KINDS))
MORE = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(len(KINDS), 60)]


@pytest.mark.parametrize("seed", [*FAST, *MORE])
def test_figures_equal_those_of_plain_sql(seed):
    export = generated(seed)
    assert differences(export) == "", export.kind
