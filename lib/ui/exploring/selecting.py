"""Clicking: a point of a chart, a sentence or a row becomes a criterion, and criteria are chips that can be removed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pandas as pd
import streamlit as st

from lib import charts
from lib.charts import Chart
from lib.insights import (
    KINDS,
    MAX_VALUES,
    Columns,
    Criterion,
    Filters,
    History,
    began_with,
    criterion_from_text,
    criterion_text,
    named_by,
)
from lib.orders import DISCOUNTED
from lib.ui import figures
from lib.ui.exploring import downloads
from lib.ui.page import day, language, plain, say
from lib.ui.state import session
from lib.ui.widgets import Shown, table


def chart_card(
    made: Chart,
    *,
    key: str,
    frame: pd.DataFrame,
    columns: dict[str, Shown],
    filters: Filters,
    choose: Callable[[], None] | None = None,
) -> None:
    """A figure under its title and message; a click narrows the page to its customers. Its table and its downloads are
    one click away. `choose` draws what is chosen for this figure alone."""
    with st.container(border=True, height="stretch", key=f"card-{key}"):
        st.subheader(plain(made.title), anchor=False)
        st.caption(plain(made.message))
        if choose is not None:
            choose()
        clickable_figure(made, key=key, filters=filters)
        with (
            st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"chart-tools-{key}"),
            st.popover(
                say("ui.table"), icon=":material/table_rows:", type="tertiary", on_change="rerun", key=f"table-{key}"
            ) as opened,
        ):
            if opened.open:
                table(frame, columns, key=f"rows-{key}", alt=made.title)
                downloads.of_chart(made, frame, columns, key=key)


def clickable_figure(made: Chart, *, key: str, filters: Filters) -> None:
    """A figure alone, with its text alternative; a click on a point selects its customers."""
    name = f"figure-{key}"
    if not made.clickable:
        figures.show(made, key=name, tools="picture")
        return
    clicks = session().exploring.clicks
    figures.show(made, key=name, tools="around", on_select=lambda at: take_points(at, filters), clicks=clicks)


def take_points(key: str, filters: Filters) -> None:
    """The points that were clicked or drawn around become a criterion."""
    chosen = figures.selected(key)
    facts = (point.get("customdata") for point in chosen)
    tokens = [str(values[-1]) for values in facts if isinstance(values, list | tuple) and values]
    parts = [token.split(":") for token in dict.fromkeys(tokens) if token.partition(":")[0] in KINDS]
    if parts:
        kind = parts[0][0]
        sent = Criterion(kind, tuple(tuple(part[1:]) for part in parts if part[0] == kind)[:MAX_VALUES], filters)
        with suppress(ValueError):  # a browser may send what no figure of ours holds
            take(replace(criterion_from_text(criterion_text(sent), filters.countries), filters=filters))


def take(criterion: Criterion) -> None:
    """The page narrows to these customers."""
    mine = session().exploring
    if criterion not in mine.criteria:
        mine.criteria = (*mine.criteria, criterion)
    mine.clicks += 1


def remove(criterion: Criterion) -> None:
    """One criterion goes."""
    mine = session().exploring
    mine.criteria = tuple(one for one in mine.criteria if one != criterion)
    mine.clicks += 1


def clear() -> None:
    """Every criterion goes."""
    mine = session().exploring
    mine.criteria, mine.clicks = (), mine.clicks + 1


def chips(history: History, customers: int, columns: Columns) -> None:
    """Whom the page is narrowed to: a count, and one removable chip per criterion."""
    mine = session().exploring
    if not mine.criteria:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chips"):
        st.markdown(f"**{say('explore.narrowed', customers=customers)}**", width="content")
        for number, criterion in enumerate(mine.criteria):
            st.button(
                describe(criterion, history, columns),
                icon=":material/close:",
                icon_position="right",
                key=f"chip-{number}-{mine.clicks}",
                on_click=remove,
                args=(criterion,),  # not its place, which a click a moment before may have changed
                help=say("explore.remove_chip"),
            )
        st.button(say("explore.clear"), type="tertiary", key="chips-clear", on_click=clear)


def describe(criterion: Criterion, history: History, columns: Columns) -> str:
    """A criterion in a few words, as Markdown: what was clicked, and under which period."""
    words = _value_words(criterion, criterion.values[0], history, columns)
    if len(criterion.values) > 1:
        words = say("explore.criterion.more", first=words, count=len(criterion.values) - 1)
    period = criterion.filters
    if period.start is not None and period.end is not None:
        last = (period.end - pd.Timedelta(days=1)).date()
        words = f"{words} · {plain(day(period.start.date()))} – {plain(day(last))}"
    return words


def _value_words(criterion: Criterion, values: tuple[str, ...], history: History, columns: Columns) -> str:
    code = language()
    key = f"explore.criterion.{criterion.kind}"
    match criterion.kind, values:
        case "rfm", (recency, frequency):
            return say(
                key,
                recency=charts.recency_name(code, int(recency)),
                orders=charts.frequency_name(code, int(frequency)),
            )
        case "segment", (name,):
            return say(key, name=charts.segment_name(code, name))
        case "moved", (before, now):
            return say(key, before=charts.segment_name(code, before), now=charts.segment_name(code, now))
        case "cohort", (month, *age):
            written = charts.month(code, pd.Timestamp(f"{month}-01"))
            return say(f"{key}_age", month=written, age=int(age[0])) if age and age[0] else say(key, month=written)
        case "time", (frequency, start, *kind):
            name = next(one for one in ("day", "week", "month", "quarter") if one == frequency)
            written = charts.bucket_name(code, pd.Timestamp(start), name)
            return say(f"{key}_{kind[0]}" if kind and kind[0] else key, period=written)
        case "country", (name,):
            return say(key, name=named_by(name, history.countries) or "?")
        case "product", names:
            known = [str(one) for one in history.lines["product"].cat.categories]
            return say(key, names=[named_by(name, known) or "?" for name in names])
        case "began", ("column", column, value):
            found = began_with(columns(), column, value)
            if found is None:
                return say(key, name="?")
            if found[0] == DISCOUNTED:
                return say(key, name=say("explore.with_discount" if found[1] == "yes" else "explore.without_discount"))
            return say(f"{key}_column", column=found[0], value=found[1])
        case "began", (what, name):
            known = (
                list(history.countries)
                if what == "country"
                else [str(one) for one in history.lines["product"].cat.categories]
            )
            return say(key, name=named_by(name, known) or "?")
        case "hour", (weekday, *hour):
            written = charts.weekday_name(code, int(weekday))
            return say(f"{key}_hour", day=written, hour=int(hour[0])) if hour and hour[0] else say(key, day=written)
        case "best", (share,):
            return say(key, share=float(share) / 100)
        case "buyers", ("new",):
            return say(f"{key}_new")
    return say(key)
