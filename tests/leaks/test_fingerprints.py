"""Sets of numbers that the search is made of, beside NumPy's own."""

import numpy as np
import pytest

from lib.leaks.fingerprints import distinct, without


@pytest.mark.parametrize("kind", [np.uint64, np.int64, np.float64])
@pytest.mark.parametrize(("count", "others"), [(0, 0), (0, 5), (5, 0), (1, 1), (50, 20), (20, 300)])
def test_each_number_once_without_others(kind: type[np.generic], count: int, others: int) -> None:
    draw = np.random.default_rng(count + others)
    numbers, known = (draw.integers(0, 40, size).astype(kind) for size in (count, others))
    assert distinct(numbers).tolist() == np.unique(numbers).tolist()
    assert without(numbers, known).tolist() == np.setdiff1d(numbers, known).tolist()
