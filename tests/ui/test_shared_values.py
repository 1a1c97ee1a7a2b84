"""Visitors with the same file hold its values once; nothing stays when they are gone."""

import gc
import threading
import time

import pytest

from lib.ui import shared_values
from lib.ui.shared_values import shared


class Large:
    """Stands for orders: supports weak references, as dataclasses do."""


def test_the_same_file_and_decisions_are_held_once():
    first = shared("orders", "same", Large)
    assert shared("orders", "same", Large) is first
    assert shared("orders", "another", Large) is not first
    assert shared("history", "same", Large) is not first


@pytest.mark.slow
def test_what_the_last_visitor_let_go_is_gone():
    gc.collect()
    before = shared_values.held()
    held = shared("orders", "let go", Large)
    assert shared_values.held() == before + 1
    del held
    gc.collect()
    assert shared_values.held() == before


def test_visitors_who_arrive_together_wait_for_one_computation():
    made: list[Large] = []
    found: list[Large] = []

    def slowly() -> Large:
        time.sleep(0.05)
        made.append(Large())
        return made[-1]

    visitors = [threading.Thread(target=lambda: found.append(shared("orders", "together", slowly))) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert len(made) == 1
    assert all(one is made[0] for one in found)


def test_what_fails_is_raised_and_tried_again_by_the_next():
    def fail() -> Large:
        raise ValueError("unreadable")

    with pytest.raises(ValueError, match="unreadable"):
        shared("orders", "fails", fail)
    assert isinstance(shared("orders", "fails", Large), Large)
