"""Explore for a customer table: columns, distributions, relations, and what goes with an outcome."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.charts import customer_table as figures
from lib.insights import customer_table as insights
from lib.ui import cached, cleaning, state, widgets
from lib.ui.exploring import downloads, filters, table_parts, table_report, table_view
from lib.ui.exploring.parts import Part
from lib.ui.exploring.table_parts import TableExplored
from lib.ui.figures import selected
from lib.ui.figures import show as figure_shown
from lib.ui.page import plain, say
from lib.ui.session_cache import kept
from lib.ui.state import Reading, session


@kept(2)
def _explored(key: str, _table: pd.DataFrame, _reading: Reading) -> TableExplored:
    return cached.for_all("table-explored", key, _reading, lambda: TableExplored(_table))


def everything(reading: Reading) -> None:
    """The page, for a customer table."""
    widgets.working_with(reading)
    table = cached.customers_of(reading)
    if table.empty or not len(table.columns):
        st.info(say("explore.table_empty"), icon=":material/info:")
        return
    found = _explored(reading.key, table, reading)
    table_view.follow_link(found.table)
    part = st.segmented_control(
        say("explore.tabs"),
        table_view.PARTS,
        default="columns",
        required=True,
        format_func=lambda key: say(f"explore.part_{key}"),
        key=table_view.PART,
        persist_state="session",
        label_visibility="collapsed",
    )
    with st.container(key="heading-of-tab"):  # for screen readers; the switch above already shows it
        st.header(say(f"explore.part_{part}"), anchor=False)
    shown = {"columns": _columns, "relations": _relations, "outcome": _outcome}[str(part)](found)
    filters.write_params(table_view.params(str(part), **shown))
    table_report.button(found, shown, name=say("sample.name") if reading.simulated else state.name_of(reading))
    widgets.next_step("train", say("data.ready_customers"), say("ui.go_train"))


# ------------------------------------------------------------------------------------------------ columns


def _columns(found: TableExplored) -> dict[str, str]:
    odd = table_parts.odd_sentences(found, session().reading.cleaning)
    with st.container(border=True, key="oddities"):
        st.subheader(say("explore.odd_title"), anchor=False)
        if not odd:
            st.markdown(say("explore.odd_none"))
        for at, (words, label, choice) in enumerate(odd):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(words)
                if choice is not None:
                    st.button(
                        label,
                        type="tertiary",
                        icon=":material/cleaning_services:",
                        key=f"clean-{at}",
                        on_click=cleaning.change,
                        args=(choice,),
                    )
    cleaning.chosen()
    shown, columns = table_parts.profiles(found)
    with st.container(border=True):
        st.subheader(say("explore.columns_title"), anchor=False)
        widgets.table(shown, columns, key="profiles")
        with st.container(horizontal=True):
            downloads.table_buttons(shown, columns, "columns", key="profiles")
    names = [str(name) for name, kind in zip(shown["column"], found.profiles["kind"], strict=True) if kind != "empty"]
    if not names:
        return {}
    column = str(st.selectbox(say("explore.choose_column"), names, key=table_view.COLUMN, persist_state="session"))
    _distribution(found, column)
    return {"column": column}


def _distribution(found: TableExplored, column: str) -> None:
    cells = found.table[column]
    _card(table_parts.distribution(found, column), "distribution")
    if insights.kind_of(cells) == "number" and (flags := insights.far_out(cells)).any():
        with st.expander(say("explore.far_out_rows", count=int(flags.sum())), icon=":material/report:"):
            rows = found.table[flags].reset_index()
            widgets.raw_table(rows, key="far-out")


# ------------------------------------------------------------------------------------------------ relations


def _relations(found: TableExplored) -> dict[str, str]:
    if found.pairs.empty:
        st.info(say("explore.no_relations"), icon=":material/info:")
        return {}
    names = figures.strongest_columns(found.pairs)
    chosen = (table_view.LEFT, table_view.RIGHT)
    _card(table_parts.associations(found), "associations", names=names, chosen=chosen)
    usable = insights.usable(found.table)
    first = found.pairs.iloc[0]
    left, right = st.columns(2)
    with left:
        one = st.selectbox(
            say("explore.column.column"),
            usable,
            index=usable.index(str(first["left"])),
            key=table_view.LEFT,
            persist_state="session",
        )
    with right:
        other = st.selectbox(
            say("explore.column.other_column"),
            usable,
            index=usable.index(str(first["right"])),
            key=table_view.RIGHT,
            persist_state="session",
        )
    if one != other:
        _card(table_parts.pair(found, str(one), str(other)), "pair")
    return {"left": str(one), "right": str(other)}


# ------------------------------------------------------------------------------------------------ outcome


def _outcome(found: TableExplored) -> dict[str, str]:
    offered = insights.outcomes(found.table)
    if not offered:
        st.info(say("explore.no_outcome"), icon=":material/info:")
        return {}
    left, right = st.columns(2)
    with left:
        column = str(st.selectbox(say("explore.outcome"), offered, key=table_view.OUTCOME, persist_state="session"))
    answers = insights.answers(found.table, column)
    answer = ""
    if answers:
        key = table_view.answer_key(column)
        with right:
            answer = str(st.selectbox(say("explore.answer"), answers, key=key, persist_state="session"))
    ranked, _ = found.outcome(column, answer)
    if ranked.empty:
        st.info(say("explore.no_relations"), icon=":material/info:")
        return {"outcome": column, "answer": answer}
    names, key = [str(name) for name in ranked["column"]], table_view.rate_key(column)
    _card(table_parts.ranking(found, column, answer), "ranking", names=names, chosen=(key,))
    by = str(st.selectbox(say("explore.rate_by"), names, key=key, persist_state="session"))
    _card(table_parts.rates(found, column, answer, by), "rates")
    return {"outcome": column, "answer": answer, "rate": by}


# ------------------------------------------------------------------------------------------------ parts


def _card(part: Part, key: str, *, names: list[str] | None = None, chosen: tuple[str, ...] = ()) -> None:
    """A figure with its table; a click sets the widgets `chosen` to the names that it stands for."""
    made, frame, columns = part.made, part.frame, part.columns
    with st.container(border=True, key=f"card-{key}"):
        st.subheader(plain(made.title), anchor=False)
        st.caption(plain(made.message))
        name = f"figure-{key}"
        if chosen and names is not None:
            figure_shown(made, key=name, tools="points", on_select=lambda at: _take(at, names, chosen))
        else:
            figure_shown(made, key=name, tools="picture")
        with (
            st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"chart-tools-{key}"),
            st.popover(
                say("ui.table"), icon=":material/table_rows:", type="tertiary", on_change="rerun", key=f"table-{key}"
            ) as opened,
        ):
            if opened.open:
                widgets.table(frame, columns, key=f"rows-{key}", alt=made.title)
                downloads.of_chart(made, frame, dict(columns), key=key)


def _take(key: str, names: list[str], chosen: tuple[str, ...]) -> None:
    for point in selected(key)[:1]:
        token = point.get("customdata")
        picked = figures.picked_names(names, str(token[-1]) if isinstance(token, list) and token else "")
        if len(picked) == len(chosen):
            for widget, value in zip(chosen, picked, strict=True):
                st.session_state[widget] = value
