"""A spinner stands where a page shows files for the first time, and only there."""

from contextlib import nullcontext, suppress
from dataclasses import replace

import pytest
import streamlit as st

from lib.ui import cached
from lib.ui.state import Reading, session
from lib.ui.widgets import reading_shown


@pytest.fixture
def spinners(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    st.session_state.clear()
    shown: list[str] = []

    def spinner(words: str, **_: object) -> nullcontext[None]:
        shown.append(words)
        return nullcontext()

    monkeypatch.setattr(st, "spinner", spinner)
    return shown


def show(reading: Reading, *, fails: bool = False) -> None:
    with suppress(ValueError), reading_shown(reading):
        cached.tables_of(reading)
        if fails:
            raise ValueError


def test_the_first_page_has_one_and_the_next_has_none(spinners: list[str]):
    reading = Reading(simulated=True)
    show(reading)
    show(reading)
    assert len(spinners) == 1


def test_another_decision_about_the_files_has_one(spinners: list[str]):
    reading = Reading(simulated=True)
    show(reading)
    show(replace(reading, kind="customers"))
    assert len(spinners) == 2


def test_files_that_have_to_be_read_again_have_one(spinners: list[str]):
    reading = Reading(simulated=True)
    show(reading)
    session().tables.clear()
    show(reading)
    assert len(spinners) == 2


def test_a_page_that_failed_has_shown_nothing(spinners: list[str]):
    reading = Reading(simulated=True)
    show(reading, fails=True)
    show(reading)
    assert len(spinners) == 2
