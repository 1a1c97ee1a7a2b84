"""Explore for a customer table: columns, distributions, relations, and what goes with an outcome."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from lib.charts import Chart
from lib.charts import customer_table as figures
from lib.insights import customer_table as insights
from lib.layouts import TableCleaning, ValueLimits
from lib.ui import cached, cleaning, widgets
from lib.ui.exploring import downloads
from lib.ui.exploring.selecting import plotly_config
from lib.ui.page import language, plain, say
from lib.ui.session_cache import kept
from lib.ui.state import Reading, session
from lib.ui.widgets import Shown

PARTS = ("columns", "relations", "outcome")


class TableExplored:
    """The small tables of Explore for one customer table; each is computed when it is first asked for."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table.rename(columns=str)
        self.profiles = insights.profiles(self.table)
        self.oddities = insights.oddities(self.table)
        self._pairs: pd.DataFrame | None = None
        self._rates: dict[tuple[str, str], tuple[pd.DataFrame, pd.DataFrame]] = {}

    @property
    def pairs(self) -> pd.DataFrame:
        if self._pairs is None:
            self._pairs = insights.associations(self.table)
        return self._pairs

    def outcome(self, column: str, answer: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """`insights.ranking` and `insights.rates` of an outcome."""
        if (column, answer) not in self._rates:
            self._rates[column, answer] = (
                insights.ranking(self.table, column, answer),
                insights.rates(self.table, column, answer),
            )
        return self._rates[column, answer]


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
    part = st.segmented_control(
        say("explore.tabs"),
        PARTS,
        default="columns",
        required=True,
        format_func=lambda key: say(f"explore.part_{key}"),
        key="explore-part",
        persist_state="session",
        label_visibility="collapsed",
    )
    {"columns": _columns, "relations": _relations, "outcome": _outcome}[str(part)](found)
    widgets.next_step("train", say("data.ready_customers"), say("ui.go_train"))


# ------------------------------------------------------------------------------------------------ columns


def _columns(found: TableExplored) -> None:
    odd = _odd_sentences(found)
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
    shown = found.profiles.assign(
        kind=[say(f"explore.kind_of.{kind}") for kind in found.profiles["kind"]],
        **{
            name: [figures.written_number(language(), str(cell)) for cell in found.profiles[name]]
            for name in ("typical", "low", "high")
        },
    )
    columns = {
        "column": Shown(say("explore.column.column")),
        "kind": Shown(say("explore.column.kind")),
        "missing": Shown(say("explore.column.missing"), "0f"),
        "missing_share": Shown(say("explore.column.missing_share"), "percent1"),
        "distinct": Shown(say("explore.column.distinct"), "0f"),
        "typical": Shown(say("explore.column.typical")),
        "low": Shown(say("explore.column.low")),
        "high": Shown(say("explore.column.high")),
        "outliers": Shown(say("explore.column.outliers"), "0f"),
    }
    with st.container(border=True):
        st.subheader(say("explore.columns_title"), anchor=False)
        widgets.table(shown, columns, key="profiles")
        with st.container(horizontal=True):
            downloads.table_buttons(shown, columns, "columns", key="profiles")
    names = [str(name) for name, kind in zip(shown["column"], found.profiles["kind"], strict=True) if kind != "empty"]
    if names:
        column = st.selectbox(say("explore.choose_column"), names, key="explore-column", persist_state="session")
        _distribution(found, str(column))


def _odd_sentences(found: TableExplored) -> list[tuple[str, str, TableCleaning | None]]:
    """Each suspicion in words, with what cleans it: the label of a button and the choices it leads to."""
    odd, now = found.oddities, session().reading.cleaning
    lines: list[tuple[str, str, TableCleaning | None]] = []
    for name, count, far in odd.outliers:
        low, high = insights.usual_range(found.table[name])
        limits = (*(one for one in now.limits if one.column != name), ValueLimits(name, low, high))
        words = say("explore.odd_outlier", column=name, count=count, value=far)
        lines.append((words, say("explore.clean_outlier", count=count), replace(now, limits=limits)))
    if odd.duplicate_rows:
        words = say("explore.odd_duplicates", rows=odd.duplicate_rows)
        lines.append((words, say("explore.clean_duplicates"), replace(now, distinct_rows=True)))
    for one, other in odd.same:
        words = say("explore.odd_same", one=one, other=other)
        lines.append((words, say("explore.clean_column", column=other), _without(now, other)))
    if odd.constant:
        words = say("explore.odd_constant", columns=list(odd.constant))
        lines.append((words, say("explore.clean_columns"), _without(now, *odd.constant)))
    if odd.empty:
        words = say("explore.odd_empty", columns=list(odd.empty))
        lines.append((words, say("explore.clean_columns"), _without(now, *odd.empty)))
    gaps = found.profiles[(found.profiles["missing"] > 0) & (found.profiles["kind"] != "empty")]
    for row in gaps.sort_values("missing", ascending=False).head(5).itertuples():
        count, share = int(row.missing), float(row.missing_share)
        lines.append((say("explore.odd_missing", column=str(row.column), count=count, share=share), "", None))
    return lines


def _without(now: TableCleaning, *columns: str) -> TableCleaning:
    return replace(now, left_out=tuple(dict.fromkeys((*now.left_out, *columns))))


def _distribution(found: TableExplored, column: str) -> None:
    cells = found.table[column]
    bins = insights.distribution(cells)
    columns = {"group": Shown(column), "customers": Shown(say("explore.column.customers"), "0f")}
    _card(figures.values(bins, language(), column=column), "distribution", bins, columns)
    if insights.kind_of(cells) == "number" and (flags := insights.far_out(cells)).any():
        with st.expander(say("explore.far_out_rows", count=int(flags.sum())), icon=":material/report:"):
            rows = found.table[flags].reset_index()
            widgets.raw_table(rows, key="far-out")


# ------------------------------------------------------------------------------------------------ relations


def _relations(found: TableExplored) -> None:
    if found.pairs.empty:
        st.info(say("explore.no_relations"), icon=":material/info:")
        return
    names = figures.strongest_columns(found.pairs)
    made = figures.associations(found.pairs, language())
    measured = found.pairs.assign(measure=[say(f"explore.measure.{one}") for one in found.pairs["measure"]])
    columns = {
        "left": Shown(say("explore.column.column")),
        "right": Shown(say("explore.column.other_column")),
        "measure": Shown(say("explore.column.measure")),
        "value": Shown(say("explore.column.value"), "2f"),
        "rows": Shown(say("explore.column.rows"), "0f"),
    }
    _card(made, "associations", measured, columns, names=names, chosen=("explore-left", "explore-right"))
    usable = insights.usable(found.table)
    first = found.pairs.iloc[0]
    left, right = st.columns(2)
    with left:
        one = st.selectbox(
            say("explore.column.column"),
            usable,
            index=usable.index(str(first["left"])),
            key="explore-left",
            persist_state="session",
        )
    with right:
        other = st.selectbox(
            say("explore.column.other_column"),
            usable,
            index=usable.index(str(first["right"])),
            key="explore-right",
            persist_state="session",
        )
    if one != other:
        _pair(found.table, str(one), str(other))


def _pair(table: pd.DataFrame, one: str, other: str) -> None:
    """Two columns as the chart that fits their kinds."""
    ordered = {name: insights.kind_of(table[name]) in ("number", "date") for name in (one, other)}
    numeric = {name: insights.kind_of(table[name]) == "number" for name in (one, other)}
    code = language()
    if ordered[one] and ordered[other]:
        made = figures.scatter(table, code, across=one, up=other)
    elif numeric[one] or numeric[other]:
        value, group = (one, other) if numeric[one] else (other, one)
        made = figures.boxes(table, code, number=value, group=group)
    else:
        made = figures.crossed(table, code, across=one, split=other)
    pair = table[[one, other]].dropna().reset_index(drop=True)
    _card(made, "pair", pair, {one: Shown(one), other: Shown(other)})


# ------------------------------------------------------------------------------------------------ outcome


def _outcome(found: TableExplored) -> None:
    offered = insights.outcomes(found.table)
    if not offered:
        st.info(say("explore.no_outcome"), icon=":material/info:")
        return
    left, right = st.columns(2)
    with left:
        column = str(st.selectbox(say("explore.outcome"), offered, key="explore-outcome", persist_state="session"))
    answers = insights.answers(found.table, column)
    answer = ""
    if answers:
        with right:
            answer = str(
                st.selectbox(say("explore.answer"), answers, key=f"explore-answer-{column}", persist_state="session")
            )
    ranked, rates = found.outcome(column, answer)
    if ranked.empty:
        st.info(say("explore.no_relations"), icon=":material/info:")
        return
    named = say("explore.outcome_is", column=column, answer=answer) if answer else plain(column)
    share = bool(answers)
    form = "percent1" if share else "2f"
    made = figures.outcome_ranking(ranked, language(), outcome=named.replace("\\", ""), share=share)
    columns = {
        "column": Shown(say("explore.column.column")),
        "strength": Shown(say("explore.column.strength"), "2f"),
        "highest_group": Shown(say("explore.column.highest_group")),
        "highest": Shown(say("explore.column.highest"), form),
        "lowest_group": Shown(say("explore.column.lowest_group")),
        "lowest": Shown(say("explore.column.lowest"), form),
        "sure": Shown(say("explore.column.sure"), "yes_no"),
    }
    names = [str(name) for name in ranked["column"]]
    _card(made, "ranking", ranked, columns, names=names, chosen=(f"explore-by-{column}",))
    by = str(st.selectbox(say("explore.rate_by"), names, key=f"explore-by-{column}", persist_state="session"))
    part = rates[rates["column"] == by]
    total = float((part["rate"] * part["customers"]).sum() / part["customers"].sum())
    drawn = figures.outcome_rates(
        part, language(), column=by, outcome=named.replace("\\", ""), overall=total, share=share
    )
    columns = {
        "group": Shown(by),
        "customers": Shown(say("explore.column.customers"), "0f"),
        "rate": Shown(say("explore.column.rate"), form),
        "low": Shown(say("explore.column.rate_low"), form),
        "high": Shown(say("explore.column.rate_high"), form),
    }
    labelled = part.assign(group=[figures.group_label(language(), str(group)) for group in part["group"]])
    _card(drawn, "rates", labelled, columns)


# ------------------------------------------------------------------------------------------------ parts


def _card(
    made: Chart,
    key: str,
    frame: pd.DataFrame,
    columns: dict[str, Shown],
    *,
    names: list[str] | None = None,
    chosen: tuple[str, ...] = (),
) -> None:
    """A figure with its table; a click sets the widgets `chosen` to the names that it stands for."""
    with st.container(border=True, key=f"card-{key}"):
        st.subheader(plain(made.title), anchor=False)
        st.caption(plain(made.message))
        name = f"figure-{key}"
        if chosen and names is not None:
            st.plotly_chart(
                made.figure,
                width="stretch",
                config=plotly_config(),
                key=name,
                alt=made.alt,
                on_select=lambda: _take(name, names, chosen),
                selection_mode="points",
            )
        else:
            st.plotly_chart(made.figure, width="stretch", config=plotly_config(), key=name, alt=made.alt)
        with (
            st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"chart-tools-{key}"),
            st.popover(
                say("ui.table"), icon=":material/table_rows:", type="tertiary", on_change="rerun", key=f"table-{key}"
            ) as opened,
        ):
            if opened.open:
                widgets.table(frame, columns, key=f"rows-{key}", alt=made.title)
                downloads.of_chart(made, frame, columns, key=key)


def _take(key: str, names: list[str], chosen: tuple[str, ...]) -> None:
    points = st.session_state.get(key, {}).get("selection", {}).get("points", [])
    for point in points[:1]:
        picked = figures.picked_names(names, str(point.get("customdata", [""])[-1]))
        if len(picked) == len(chosen):
            for widget, value in zip(chosen, picked, strict=True):
                st.session_state[widget] = value
