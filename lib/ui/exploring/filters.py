"""The widgets above Explore: period, comparison, countries, kind of money, day to quarter; and the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from lib import insights
from lib.insights import Frequency, History
from lib.ui import widgets
from lib.ui.explore_session import ExploreSession
from lib.ui.exploring import cache, table_view
from lib.ui.exploring.view import COMPARISONS, PERIODS, Days, View, from_params, to_params
from lib.ui.lasting_keys import lasting
from lib.ui.page import date_form, say
from lib.ui.state import Reading, session

_PARAMS = ("period", "with", "moved", "in", "money", "by", "tab", "who", *table_view.PARAMS)


def keep_link() -> None:
    """Remembers the view that the address asks for, until there are orders to show it of."""
    asked = {name: st.query_params[name] for name in _PARAMS if name in st.query_params}
    mine = session().exploring
    if asked and asked != st.session_state.get("explore-address"):
        mine.link = asked


def follow_link(reading: Reading, history: History) -> None:
    """Sets the widgets to the view that an address asked for; once."""
    mine = session().exploring
    if mine.reading != reading.key:
        mine.reading, mine.criteria, mine.customer, mine.moves = reading.key, (), "", None
        _sort_segments(mine, reading, history)
    if mine.link:
        asked, mine.link = from_params(mine.link, history, lambda: cache.line_columns(reading)), {}
        _set_widgets(mine, asked, history)


def _sort_segments(mine: ExploreSession, reading: Reading, history: History) -> None:
    """Saved segments, those of a project among them, as this history has them, or set apart where it can't."""
    texts = {name: tuple(map(insights.criterion_text, criteria)) for name, criteria in mine.saved.items()}
    texts |= mine.unfit | {one.name: one.criteria for one in session().project.segments}
    mine.saved, mine.unfit = {}, {}
    for name, written in texts.items():
        found = [insights.criterion_in(history, one, lambda: cache.line_columns(reading)) for one in written]
        criteria = tuple(one for one in found if one is not None)
        if len(criteria) == len(written):
            mine.saved[name] = criteria
        else:
            mine.unfit[name] = written


def _set_widgets(mine: ExploreSession, asked: View, history: History) -> None:
    st.session_state["explore-period"] = asked.period
    st.session_state["explore-compare"] = asked.comparison
    st.session_state["explore-countries"] = list(asked.countries)
    st.session_state["explore-gross"] = not asked.net
    st.session_state["explore-frequency"] = asked.frequency or "auto"
    st.session_state["explore-tab"] = asked.tab
    if asked.days is not None:
        st.session_state[_days_key("dates", history)] = tuple(day.date() for day in asked.days)
    if asked.other_days is not None:
        st.session_state[_days_key("other", history)] = tuple(day.date() for day in asked.other_days)
    mine.criteria, mine.moves = asked.criteria, asked.moves


def _days_key(name: str, history: History) -> str:
    return lasting(f"explore-{name}-{history.first_day:%Y%m%d}-{history.last_day:%Y%m%d}")


def write_address(view: View) -> None:
    """The view as the parameters of the address, so that a copied link shows the same."""
    write_params(to_params(view))


def write_params(wanted: dict[str, str]) -> None:
    """Explore's parameters of the address become these."""
    st.session_state["explore-address"] = wanted
    others = {name: st.query_params[name] for name in st.query_params if name not in _PARAMS}
    if {name: st.query_params[name] for name in st.query_params} != others | wanted:
        st.query_params.from_dict(others | wanted)


def choose(history: History) -> View:
    """What the visitor wants to see. The tab and the criteria are added by the page."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="filters"):
        period = st.segmented_control(
            say("explore.period"),
            PERIODS,
            default="all",
            required=True,
            format_func=lambda key: say(f"explore.period_{key}"),
            key="explore-period",
            persist_state="session",
            wrap=True,
        )
        view = View(period=str(period))
        if period == "own":
            view = replace(view, days=_days(say("explore.dates"), _days_key("dates", history), history))
        known = history.countries
        if len(known) > 1:
            countries = st.multiselect(
                say("explore.countries"),
                known,
                placeholder=say("explore.all_countries"),
                key="explore-countries",
                persist_state="session",
                width=260,
            )
            view = replace(view, countries=tuple(name for name in countries if name in known))
        if len(history.returns):
            view = replace(view, net=not widgets.gross_switch())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="filters-more"):
        if period != "all":
            comparison = st.segmented_control(
                say("explore.compare"),
                COMPARISONS,
                default="previous",
                required=True,
                format_func=lambda key: say(f"explore.compare_{key}"),
                key="explore-compare",
                persist_state="session",
                wrap=True,
            )
            view = replace(view, comparison=str(comparison))
            if comparison == "own":
                view = replace(view, other_days=_days(say("explore.dates"), _days_key("other", history), history))
        frequency = st.segmented_control(
            say("explore.by"),
            ("auto", *insights.FREQUENCIES),
            default="auto",
            required=True,
            format_func=lambda key: say(f"explore.by_{key}"),
            key="explore-frequency",
            persist_state="session",
            wrap=True,
        )
        view = replace(view, frequency=_frequency(frequency))
    return view


def _frequency(key: str | None) -> Frequency | None:
    return next((name for name in insights.FREQUENCIES if name == key), None)


def choose_moves(shown: Days, history: History) -> None:
    """The two days between which moves are shown, and the way back to those of the period."""
    mine = session().exploring
    key = f"explore-moves-{shown[0]:%Y%m%d}-{shown[1]:%Y%m%d}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="moves"):
        st.date_input(
            say("explore.moves"),
            (shown[0].date(), shown[1].date()),
            min_value=history.first_day.date(),
            max_value=history.last_day.date(),
            format=date_form(),
            key=key,
            on_change=_take_moves,
            args=(key,),
            width=260,
            help=say("explore.moves_help"),
        )
        if mine.moves is not None:
            st.button(say("explore.moves_of_period"), type="tertiary", key="moves-of-period", on_click=_forget_moves)


def _take_moves(key: str) -> None:
    days = st.session_state[key]
    if len(days) == 2:  # one, while the second is still to be chosen
        session().exploring.moves = (pd.Timestamp(days[0]), pd.Timestamp(days[1]))


def _forget_moves() -> None:
    session().exploring.moves = None


def _days(label: str, key: str, history: History) -> Days | None:
    """A first and a last day within the history; None until both are chosen."""
    first, last = history.first_day.date(), history.last_day.date()
    days: Sequence[object] = st.date_input(
        label,
        (first, last),
        min_value=first,
        max_value=last,
        format=date_form(),
        key=key,
        persist_state="session",
        width=260,
    )
    return (pd.Timestamp(str(days[0])), pd.Timestamp(str(days[1]))) if len(days) == 2 else None
