import math

import pytest

from lib.parsing.rounding import round_significant


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [(12345.6, 3, 12300.0), (-0.00123456, 2, -0.0012), (0.0, 3, 0.0), (999.9, 3, 1000.0), (5e-324, 1, 5e-324)],
)
def test_so_many_digits_are_kept(value, digits, rounded):
    assert round_significant(value, digits) == rounded


def test_what_is_not_finite_stays_as_it_is():
    assert math.isnan(round_significant(math.nan))
    assert round_significant(-math.inf) == -math.inf


def test_rounding_to_no_digit_is_a_bug():
    with pytest.raises(ValueError, match="at least 1"):
        round_significant(1.0, 0)
