"""Large files are read for a few visitors at a time; small ones, and a thread that has its turn, wait for nobody."""

import threading

import pytest

from lib import turns
from lib.errors import UserError
from lib.ui import reading_turns
from lib.ui.reading_turns import AT_ONCE, LARGE_BYTES, reading_turn


class Crowd:
    """Visitors who each read one file in a thread of their own until they are let go."""

    def __init__(self, number: int, size: int, files: str = "") -> None:
        self.go_on = threading.Event()
        self.lock = threading.Condition()
        self.reading, self.most, self.ended = 0, 0, 0
        self.threads = [
            threading.Thread(target=self._read, args=(f"visitor {at} of {files}", size, files), daemon=True)
            for at in range(number)
        ]
        for thread in self.threads:
            thread.start()

    def _read(self, visitor: str, size: int, files: str) -> None:
        turns.act_for(visitor)
        with reading_turn(size, files):
            with self.lock:
                self.reading += 1
                self.most = max(self.most, self.reading)
                self.lock.notify_all()
            self.go_on.wait(60)
            with self.lock:
                self.reading -= 1
                self.ended += 1

    def wait_for(self, number: int) -> bool:
        with self.lock:
            return self.lock.wait_for(lambda: self.reading >= number, timeout=60)

    def end(self) -> None:
        self.go_on.set()
        for thread in self.threads:
            thread.join(60)


def test_no_more_large_files_are_read_at_once_than_there_are_turns():
    crowd = Crowd(3 * AT_ONCE, LARGE_BYTES)
    assert crowd.wait_for(AT_ONCE)
    crowd.end()
    assert crowd.most == AT_ONCE
    assert crowd.ended == 3 * AT_ONCE


def test_small_files_are_read_beside_large_ones():
    large = Crowd(2 * AT_ONCE, LARGE_BYTES)
    assert large.wait_for(AT_ONCE)
    small = Crowd(5, LARGE_BYTES - 1)
    assert small.wait_for(5)
    small.end()
    large.end()


def test_those_who_bring_the_same_file_take_one_turn():
    same = Crowd(3, LARGE_BYTES, "the same")
    assert same.wait_for(1)
    other = Crowd(1, LARGE_BYTES, "another")
    assert other.wait_for(1)
    other.end()
    same.end()
    assert (same.most, same.ended, other.ended) == (1, 3, 1)


def test_who_has_a_turn_needs_no_second(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading_turns, "MAX_WAIT_SECONDS", 0.0)
    others = Crowd(AT_ONCE - 1, LARGE_BYTES)
    assert others.wait_for(AT_ONCE - 1)
    turns.act_for("me")
    with reading_turn(LARGE_BYTES), reading_turn(LARGE_BYTES):
        pass
    with pytest.raises(ZeroDivisionError), reading_turn(LARGE_BYTES):
        raise ZeroDivisionError
    with reading_turn(LARGE_BYTES):  # the turn was given back although what ran in it failed
        pass
    turns.act_for("")
    others.end()


def test_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch):
    others = Crowd(AT_ONCE, LARGE_BYTES)
    assert others.wait_for(AT_ONCE)
    monkeypatch.setattr(reading_turns, "MAX_WAIT_SECONDS", 0.0)
    with pytest.raises(UserError) as caught, reading_turn(LARGE_BYTES):
        pass
    assert caught.value.key == "tables.busy"
    others.end()
