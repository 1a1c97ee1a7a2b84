"""A visitor's own cache: bounded, keyed by what identifies a value, without what failed."""

import pytest
import streamlit as st

from lib.ui.session_cache import kept


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
