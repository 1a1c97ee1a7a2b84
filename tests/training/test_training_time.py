"""The time that is announced beside the button is right within a factor of two, on trainings that were timed."""

import json
from pathlib import Path

import pytest

from lib.training.training_time import (
    machine_slowness,
    on_this_machine,
    seconds_by_purchase_pattern,
    seconds_by_windows,
    seconds_of_column,
    seconds_of_groups,
)

RECORDED = json.loads(Path(__file__).with_name("training_times.json").read_text())
"""What `python -m benchmarks.training_time --record` wrote."""


def estimate(goal, method, task, customers, lines, columns):
    if method == "groups":
        return seconds_of_groups(customers, columns if task else 0, lines)
    if method == "target":
        return seconds_of_column(task, customers, columns)
    return (seconds_by_windows if method == "windows" else seconds_by_purchase_pattern)(goal, customers, lines)


@pytest.mark.parametrize(
    "one", RECORDED, ids=lambda one: f"{one['goal']}-{one['task']}-{one['customers']}-{one['columns']}"
)
def test_each_timed_training_was_announced_within_a_factor_of_two(one):
    facts = (one["goal"], one["method"], one["task"], one["customers"], one["lines"], one["columns"])
    assert 0.5 <= estimate(*facts) / one["seconds"] <= 2.0


def test_more_to_learn_from_never_takes_less():
    for task in ("yes_no", "classes", "number"):
        assert seconds_of_column(task, 100, 5) < seconds_of_column(task, 1000, 5) < seconds_of_column(task, 1000, 50)
    assert seconds_of_groups(100, 0, 500) < seconds_of_groups(1000, 0, 5000)
    assert seconds_by_windows("spend", 100, 500) < seconds_by_windows("spend", 1000, 5000)


def test_the_speed_of_the_machine_is_measured_once_and_scales_the_estimate():
    slow = machine_slowness()
    assert 0.25 <= slow <= 10
    assert machine_slowness() == slow
    assert on_this_machine(20) - on_this_machine(10) == pytest.approx(10 * slow)
