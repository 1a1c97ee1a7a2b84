"""Tables behind charts."""

import numpy as np
import pandas as pd
import pytest

from lib.evaluation import curves


def test_no_gains_where_nothing_was_observed():
    assert curves.gains(np.arange(20.0), np.zeros(20)) == ()


def test_partial_dependence_of_a_line_is_the_line():
    sample = pd.DataFrame({"visits": [1, 2, 3], "age": [10.0, 20.0, 60.0]})
    found = curves.partial_dependence(
        lambda rows: 2 * rows["visits"].to_numpy() + rows["age"].to_numpy(), sample, "visits", [0, 5]
    )
    assert (found.column, found.values, found.predicted) == ("visits", (0, 5), (30.0, 40.0))


def test_the_bounds_of_an_observed_mean_hold_it_whatever_its_sign():
    observed = np.linspace(-20.0, -10.0, 100)
    for shift in (0.0, 15.0, 40.0):
        curve = curves.calibration_curve(observed + shift, observed + shift, bins=5)
        assert all(row.low < row.actual < row.high for row in curve)
    rare = np.repeat([0.0, 1.0], [99, 1])
    assert all(row.low == 0.0 for row in curves.calibration_curve(rare, rare, bins=1))


def test_the_curve_gains_and_lift_tell_who_came():
    chance = np.repeat([0.1, 0.9], 50)
    bought = np.concatenate((np.arange(50) < 5, np.arange(50) < 45)).astype(float)
    curve = curves.calibration_curve(chance, bought, bins=2)
    assert [(row.predicted, row.actual, row.customers) for row in curve] == [(0.1, 0.1, 50), (0.9, 0.9, 50)]
    assert all(row.low <= row.actual <= row.high for row in curve)
    gained = curves.gains(chance, bought)
    assert (gained[0].share_reached, gained[10].share_reached, gained[-1].share_reached) == (0, 0.9, 1)
    tenths = curves.lift(chance, bought)
    assert tenths[0].predicted == 0.9
    assert sum(row.customers for row in tenths) == 100
    assert sum(row.lift * row.customers for row in tenths) == pytest.approx(100)
