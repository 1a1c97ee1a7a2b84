"""Cleaning choices of a customer table: made with one click on Explore, shown and taken back there and on Data."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib.layouts import TableCleaning
from lib.ui.page import number, say
from lib.ui.state import session


def change(cleaning: TableCleaning) -> None:
    """These choices hold from now on."""
    mine = session()
    mine.reading = replace(mine.reading, cleaning=cleaning)


def chosen() -> None:
    """The choices made, each with a button that takes it back; nothing where there are none."""
    cleaning = session().reading.cleaning
    if not cleaning:
        return
    with st.container(border=True, key="cleaning"):
        st.subheader(say("data.cleaning_title"), anchor=False)
        st.caption(say("data.cleaning_about"))
        for at, one in enumerate(cleaning.limits):
            others = tuple(other for other in cleaning.limits if other != one)
            words = say("data.cleaning_limits", column=one.column, low=_plain(one.low), high=_plain(one.high))
            _line(words, replace(cleaning, limits=others), f"limits-{at}")
        for at, name in enumerate(cleaning.left_out):
            others_ = tuple(other for other in cleaning.left_out if other != name)
            _line(say("data.cleaning_left_out", column=name), replace(cleaning, left_out=others_), f"column-{at}")
        if cleaning.distinct_rows:
            _line(say("data.cleaning_distinct"), replace(cleaning, distinct_rows=False), "rows")


def _plain(value: float) -> str:
    return number(value) if value != int(value) else f"{int(value)}"


def _line(words: str, without: TableCleaning, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(words)
        st.button(
            say("data.cleaning_undo"),
            type="tertiary",
            icon=":material/undo:",
            key=f"undo-{key}",
            on_click=change,
            args=(without,),
        )
