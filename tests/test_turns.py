"""Turns go round among visitors; nobody waits behind everything that one visitor has asked for."""

import threading
import time
from itertools import groupby

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


def changes(told: list[int]) -> list[int]:
    """What was told, without what was told again."""
    return [place for place, _ in groupby(list(told))]


def test_many_visitors_leave_nothing_behind():
    shared = Turns(2, 1)
    for number in range(2_000):
        turns.act_for(f"visitor {number}")
        with shared.turn(seconds=1):
            pass
    turns.act_for("")
    assert len(shared._served) <= 1_001
    assert not shared._by_visitor


def test_who_waits_is_told_its_place_whenever_it_changes_and_that_its_turn_has_come(monkeypatch):
    monkeypatch.setattr(turns, "TELL_SECONDS", 0.0)
    shared, told = Turns(1, 1), {"b": [], "c": []}
    turns.act_for("a")
    try:
        held = shared.begin(seconds=1)
    finally:
        turns.act_for("")
    has, release = threading.Semaphore(0), {name: threading.Event() for name in told}

    def wait(name: str) -> None:
        turns.act_for(name)
        with turns.place_told(told[name].append), shared.turn(seconds=60):
            has.release()
            release[name].wait(60)

    threads = []
    for number, name in enumerate(told, start=1):
        threads.append(threading.Thread(target=wait, args=(name,), daemon=True))
        threads[-1].start()
        while changes(told[name]) != [number]:
            time.sleep(0.001)
    shared.end(held)
    assert has.acquire(timeout=60)  # b
    while changes(told["c"]) != [2, 1]:
        time.sleep(0.001)
    release["b"].set()
    assert has.acquire(timeout=60)  # c
    release["c"].set()
    for thread in threads:
        thread.join(60)
    assert {name: changes(places) for name, places in told.items()} == {"b": [1, 0], "c": [2, 1, 0]}


def test_who_waits_shortly_is_told_nothing():
    shared, told = Turns(1, 1), []
    with turns.place_told(told.append):
        for _ in range(100):
            shared.end(shared.begin(seconds=1))
    assert told == []


@pytest.mark.parametrize("last", [1, 0])
def test_a_visitor_who_leaves_while_it_is_told_its_place_leaves_nothing_behind(monkeypatch, last):
    """Streamlit ends a page by an exception in whatever the page shows next."""
    monkeypatch.setattr(turns, "TELL_SECONDS", 0.0)
    shared, waits, left = Turns(1, 1), threading.Event(), []
    held = shared.begin(seconds=1)

    def tell(place: int) -> None:
        waits.set()
        if place == last:
            raise InterruptedError

    def wait() -> None:
        with turns.place_told(tell), pytest.raises(InterruptedError):
            left.append(shared.begin(seconds=60))

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    assert waits.wait(60)
    shared.end(held)
    thread.join(60)
    assert left == []
    assert shared._queue == []
    shared.end(shared.begin(seconds=1))  # the turn is free
    assert not shared._by_visitor


def test_who_leaves_while_nothing_changes_is_noticed_soon(monkeypatch):
    """A page that waits for its turn must not wait on for a visitor who has clicked elsewhere."""
    monkeypatch.setattr(turns, "TELL_SECONDS", 0.0)
    monkeypatch.setattr(turns, "TELL_AGAIN_SECONDS", 0.01)
    shared, places = Turns(1, 1), []
    held = shared.begin(seconds=1)

    def tell(place: int) -> None:
        places.append(place)
        if len(places) == 3:
            raise InterruptedError

    with turns.place_told(tell), pytest.raises(InterruptedError):
        shared.begin(seconds=60)
    assert places == [1, 1, 1]
    assert shared._queue == []
    shared.end(held)
