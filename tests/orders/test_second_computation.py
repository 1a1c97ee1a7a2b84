"""Generated exports of every kind: what Brine shows equals what plain SQL computes, or what was sold."""

import pytest

from benchmarks import generated_exports
from benchmarks.second_computation import KNOWN_KINDS, constructed, constructed_differences, differences

FAST = range(len(generated_exports.KINDS))
MORE = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(len(FAST), 60)]


@pytest.mark.parametrize("seed", [*FAST, *MORE])
def test_figures_equal_those_of_plain_sql(seed):
    export = generated_exports.generated(seed)
    assert differences(export) == "", export.kind


KNOWN = len(KNOWN_KINDS)
MORE_KNOWN = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(KNOWN, 3 * KNOWN)]


FOUND = [5_093, 5_152, 5_227, 6_214]
"""The whole order's discount in a column of its own; one order with a discount among many; `Q.tà` with
"2 adet"; `Pagato` with `Sì` and `No`."""


@pytest.mark.parametrize("seed", [*range(KNOWN), *FOUND, *MORE_KNOWN])
def test_figures_equal_what_was_sold(seed):
    export = constructed(seed)
    assert constructed_differences(export) == "", export.kind
