"""A visitor's own cache: bounded, keyed by what identifies a value, without what failed."""

import pytest
import streamlit as st

from lib import turns
from lib.ui import session_cache
from lib.ui.session_cache import AWAY_SECONDS, IDLE_SECONDS, kept, let_go_of_idle, was_let_go


@pytest.fixture(autouse=True)
def new_visitor():
    st.session_state.clear()


def test_the_last_values_are_kept_by_the_arguments_that_identify_them():
    made: list[tuple[str, int]] = []

    @kept(2)
    def doubled(key: str, _value: int) -> int:
        made.append((key, _value))
        return 2 * _value

    assert [doubled("a", 1), doubled("b", 2), doubled("a", 100)] == [2, 4, 2]  # 100 is no part of the key
    assert doubled("c", 3) == 6  # pushes out b, which was used longest ago
    assert (doubled("a", 1), doubled("b", 2)) == (2, 4)
    assert made == [("a", 1), ("b", 2), ("c", 3), ("b", 2)]


def test_functions_and_visitors_do_not_share():
    @kept(1)
    def one(key: str) -> str:
        return f"one {key}"

    @kept(1)
    def other(key: str) -> str:
        return f"other {key}"

    assert (one("x"), other("x")) == ("one x", "other x")
    st.session_state.clear()
    assert one("x") == "one x"


def test_what_fails_is_not_kept():
    answers = iter([ValueError("first"), 5])

    @kept(1)
    def read(key: str) -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="first"):
        read("x")
    assert read("x") == 5


def here(_visit: str) -> bool:
    """The visitor's tab is open."""
    return True


class Clock:
    """A time that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_idle_visitor_keeps_what_lasts_and_is_told_once_of_what_was_let_go(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session_cache.time, "monotonic", clock := Clock())
    made: list[str] = []

    @kept(2)
    def lasting(key: str) -> str:
        made.append(f"lasting {key}")
        return key

    @kept(2, while_active=True)
    def passing(key: str) -> str:
        made.append(f"passing {key}")
        return key

    assert (lasting("a"), passing("a")) == ("a", "a")
    clock.now = IDLE_SECONDS - 1
    let_go_of_idle(here)
    assert not was_let_go()
    assert passing("a") == "a"  # a click: the time begins anew
    clock.now += IDLE_SECONDS - 1
    let_go_of_idle(here)
    assert (made, was_let_go()) == (["lasting a", "passing a"], False)
    clock.now += 1
    let_go_of_idle(here)
    assert (was_let_go(), was_let_go()) == (True, False)
    assert (lasting("a"), passing("a")) == ("a", "a")
    assert made == ["lasting a", "passing a", "passing a"]


def test_a_page_that_runs_while_its_visitors_values_are_let_go_has_its_value(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session_cache.time, "monotonic", clock := Clock())

    @kept(2, while_active=True)
    def slow(key: str) -> str:
        clock.now += IDLE_SECONDS
        let_go_of_idle(here)
        return key

    assert slow("first") == "first"
    assert slow("second") == "second"


def test_a_visitor_with_nothing_to_let_go_is_told_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session_cache.time, "monotonic", clock := Clock())

    @kept(1)
    def lasting(key: str) -> str:
        return key

    assert lasting("a") == "a"
    clock.now = IDLE_SECONDS
    let_go_of_idle(here)
    assert not was_let_go()


def test_values_of_a_visitor_who_left_go_sooner(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session_cache.time, "monotonic", clock := Clock())
    turns.act_for("tab 1")
    made: list[str] = []

    @kept(1, while_active=True)
    def passing(key: str) -> str:
        made.append(key)
        return key

    assert passing("a") == "a"
    for open_tabs, seconds, times in ((["tab 1"], AWAY_SECONDS, 1), ([], AWAY_SECONDS - 1, 1), ([], AWAY_SECONDS, 2)):
        clock.now += seconds
        let_go_of_idle(open_tabs.__contains__)
        assert passing("a") == "a"
        assert len(made) == times
    turns.act_for("")
