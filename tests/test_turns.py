"""Turns go round among visitors; nobody waits behind everything that one visitor has asked for."""

import threading
import time

import pytest

from lib import turns
from lib.turns import NoTurn, Turns


def asked(shared: Turns, visitor: str, order: list[str], *, thing: str = "") -> threading.Thread:
    """A thread that waits for a turn, notes that it has it, and keeps it until it is released."""

    def wait() -> None:
        turns.act_for(visitor)
        whose = shared.begin(thing, seconds=20)
        order.append(visitor)
        shared.end(whose, thing)

    before = len(shared._queue)
    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    while len(shared._queue) == before and thread.is_alive():
        time.sleep(0.001)
    return thread


def test_one_visitor_with_six_tabs_does_not_go_before_the_other_visitor():
    shared, order = Turns(1, 1), []
    held = shared.begin(seconds=1)
    waiting = [asked(shared, "many", order) for _ in range(6)] + [asked(shared, "one", order)]
    shared.end(held)
    for thread in waiting:
        thread.join(20)
    assert order.index("one") <= 1  # at most one of the other visitor's turns came before
    assert len(order) == 7


def test_visitors_take_turns_whatever_the_order_of_asking():
    shared, order = Turns(1, 1), []
    held = shared.begin(seconds=1)
    waiting = [asked(shared, name, order) for name in "aaabbc"]
    shared.end(held)
    for thread in waiting:
        thread.join(20)
    assert sorted(order[:3]) == ["a", "b", "c"]
    assert sorted(order[3:5]) == ["a", "b"]


def test_a_visitor_has_no_more_than_a_share_even_if_nobody_waits():
    shared = Turns(3, 1)
    turns.act_for("one")
    try:
        whose = shared.begin(seconds=1)
        with pytest.raises(NoTurn):
            shared.begin(seconds=0.05)
        turns.act_for("other")
        shared.end(shared.begin(seconds=1))
        shared.end(whose)
    finally:
        turns.act_for("")


def test_one_file_has_no_more_than_its_share_and_without_visitors_files_decide():
    shared = Turns(4, 2)
    first, second = shared.begin("a", seconds=1), shared.begin("a", seconds=1)
    with pytest.raises(NoTurn):
        shared.begin("a", seconds=0.05)
    with shared.turn("b", seconds=1), shared.turn("c", seconds=1), pytest.raises(NoTurn):
        shared.begin("d", seconds=0.05)
    shared.end(first, "a")
    shared.end(second, "a")
    assert not shared._by_thing


def test_who_computes_long_learns_that_others_wait_and_not_that_it_waits_itself():
    shared, order = Turns(1, 1), []
    turns.act_for("long")
    try:
        held = shared.begin(seconds=1)
        assert not shared.others_wait(0)
        own = asked(shared, "long", order)
        assert not shared.others_wait(0)
        other = asked(shared, "other", order)
        assert shared.others_wait(0)
        assert not shared.others_wait(60)
        shared.end(held)
        own.join(20)
        other.join(20)
    finally:
        turns.act_for("")


def test_many_visitors_leave_nothing_behind():
    shared = Turns(2, 1)
    for number in range(2_000):
        turns.act_for(f"visitor {number}")
        with shared.turn(seconds=1):
            pass
    turns.act_for("")
    assert len(shared._served) <= 1_001
    assert not shared._by_visitor
