"""A trained model on Train: its customers with their answers, what a longer training gained, and what to take home."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from lib import charts
from lib.card import Card
from lib.card.group import LONGEST_NAME
from lib.errors import UserError
from lib.exports import to_csv
from lib.gate import open_model
from lib.jobs import Job, Result, with_names
from lib.model_file import DEFAULT_FORMAT, FORMATS, format_of
from lib.presentation import labels, sentences
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP, GROUP_NAME, NEXT_ORDER, ORDERS, SPEND
from lib.scoring import (
    FLAGS_COLUMN,
    PROBABILITY,
    Choices,
    Scores,
    asked_about,
    rows_from_orders,
    rows_from_table,
    score,
)
from lib.segments import default_name, renamed
from lib.ui import cached, page, sources, state, widgets
from lib.ui.customer_context import EMAIL, NET_SPEND, with_context
from lib.ui.page import say
from lib.ui.predicting.results import column_config, complement
from lib.ui.state import session

ROWS_SHOWN = 1000
"""Of the list on the page; the file holds all."""
SEGMENT = " segment"
"""A column of the scatter that no model has."""


def scroll_up(made: Result) -> None:
    """To the top of the page, once for every new first answer."""
    seen = session()
    mark = made.card.pipeline_sha256 if made.improvement is None else seen.result_seen
    if mark != seen.result_seen:
        seen.result_seen = mark
        st.html(
            "<script>document.querySelector('[data-testid=\"stMain\"]')?.scrollTo({top: 0});</script>",
            unsafe_allow_javascript=True,
        )


# ------------------------------------------------------------------------------------------------ quick and thorough


def gained(job: Job, made: Result) -> None:
    """What the thorough training gained over the quick model, or that it did not come to an end."""
    if made.quick:
        st.caption(
            ":material/bolt: " + say("train.stopped_for_others" if job.stopped_by_server else "train.quick_kept")
        )
    elif made.improvement is not None:
        st.caption(
            ":material/auto_awesome: " + page.plain(sentences.improvement(page.language(), made.card, made.improvement))
        )


# ------------------------------------------------------------------------------------------------ the customers


def scores_of(made: Result) -> Scores | None:
    """The loaded customers with the model's answers; None where other data is loaded. Raises UserError."""
    mine = session()
    if mine.reading.empty or mine.job_reading != mine.reading.key:
        return None
    key = _scored_by(made)
    if mine.customers_scored is None or mine.customers_scored[0] != key:
        reading = mine.reading
        cutoff = pd.Timestamp(made.card.cutoff) if made.card.cutoff else None
        with open_model(made.files[DEFAULT_FORMAT]) as opened:
            if cached.kind_of(reading) == "orders":
                frame = rows_from_orders(opened, cached.orders_of(reading), cutoff)
            else:
                table = cached.tables_of(reading)[0]
                frame, cutoff = rows_from_table(opened, table, cached.understood(table, reading)), None
            found = score(opened, frame, Choices(language=page.language(), cutoff=cutoff))
        mine.customers_scored = key, found
    return mine.customers_scored[1]


def _scored_by(made: Result) -> str:
    """What scores of the loaded customers depend on beside these customers."""
    names = [group.name for group in made.card.groups]
    return f"{made.card.pipeline_sha256} {page.language()} {names}"


def customers(made: Result) -> None:
    """The list of customers: best first, searched, filtered by segment, and taken away."""
    with page.errors_shown():
        with st.spinner(say("train.scoring")):
            scores = scores_of(made)
        if scores is not None:
            _list(made, _with_context(_sorted(scores.table, made.card), made))


def _sorted(table: pd.DataFrame, card: Card) -> pd.DataFrame:
    chances = [str(name) for name in table.columns if str(name).startswith(PROBABILITY)]
    for column, ascending in (
        (GROUP, True),
        (BUY_AGAIN, False),
        (SPEND, False),
        (ORDERS, False),
        (NEXT_ORDER[0], True),
    ):
        if column in table.columns:
            return table.sort_values(column, ascending=ascending, kind="stable")
    return table.sort_values(asked_about(chances, card), ascending=False, kind="stable") if chances else table


def _with_context(table: pd.DataFrame, made: Result) -> pd.DataFrame:
    """E-mail, last order and net spend up to the cut-off beside each customer, where they are known."""
    loaded = sources.loaded()
    table = table.drop(columns=FLAGS_COLUMN, errors="ignore")
    if loaded is None or loaded.orders is None or CUSTOMER_ID not in table.columns or not made.card.cutoff:
        return table
    shown = with_context(table, loaded.emails, loaded.orders, pd.Timestamp(made.card.cutoff))
    by = [GROUP, NET_SPEND]
    return shown.sort_values(by, ascending=[True, False], kind="stable") if GROUP in shown.columns else shown


def _list(made: Result, table: pd.DataFrame) -> None:
    st.subheader(say("train.customers", count=len(table)), anchor=False)
    names = list(dict.fromkeys(table[GROUP_NAME].dropna())) if GROUP_NAME in table.columns else []
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(say("predict.search"), type="search", key="trained-search", width=280).strip()
        chosen = st.multiselect(say("predict.filter"), names, key="trained-filter", width=320) if names else []
        found = table
        if words:
            held = [name for name in (CUSTOMER_ID, EMAIL) if name in table.columns]
            meets = [found[name].astype("str").str.contains(words, case=False, regex=False, na=False) for name in held]
            found = found[pd.concat(meets, axis=1).any(axis=1)] if meets else found
        if chosen:
            found = found[found[GROUP_NAME].isin(chosen)]
        st.download_button(
            say("train.download_list", count=len(found)),
            lambda: to_csv(found.drop(columns=GROUP, errors="ignore"), page.language()),
            file_name=f"{widgets.model_name(made.card)}-customers.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download-customers",
        )
    shown = found.head(ROWS_SHOWN).drop(columns=[GROUP, *complement(found, made.card)], errors="ignore")
    st.dataframe(
        shown,
        alt=say("train.customers", count=len(found)),
        hide_index=CUSTOMER_ID in shown.columns,
        width="stretch",
        height=min(38 * (len(shown) + 1), 390),
        column_config=column_config(shown, made.card.currency),
        key="trained-customers",
    )
    if len(found) > ROWS_SHOWN:
        st.caption(say("predict.first_rows", shown=ROWS_SHOWN, rows=len(found)))


# ------------------------------------------------------------------------------------------------ segments


def segment_scatter(made: Result) -> None:
    """The loaded customers in two of the model's columns, coloured by segment; which two can be chosen."""
    scores = session().customers_scored
    if scores is None or scores[0] != _scored_by(made) or session().job_reading != session().reading.key:
        return
    if GROUP_NAME not in scores[1].table.columns:
        return
    rows = scores[1].frame
    names = {
        column.name: labels.column(page.language(), column.name)
        for column in made.card.columns
        if column.kind == "number" and column.name in rows.columns
    }
    if len(names) < 2:
        return
    across, up = list(names)[:2]
    if len(names) > 2:
        with st.grid(2, min_column_width=240):
            across = st.selectbox(
                say("train.scatter_across"), list(names), format_func=names.__getitem__, key="scatter-across"
            )
            others = [name for name in names if name != across]
            up = st.selectbox(say("train.scatter_up"), others, format_func=names.__getitem__, key="scatter-up")
    if names[across] == names[up]:
        return
    table = scores[1].table.loc[rows.index].sort_values(GROUP, kind="stable")
    points = pd.DataFrame(
        {
            names[across]: rows.loc[table.index, across],
            names[up]: rows.loc[table.index, up],
            SEGMENT: table[GROUP_NAME],
        }
    )
    widgets.chart(
        charts.segment_scatter(points, page.language(), across=names[across], up=names[up], segment=SEGMENT),
        key="segment-scatter",
        frame=points,
        columns={
            SEGMENT: widgets.Shown(say("report.groups_title")),
            **{names[name]: widgets.Shown(names[name], "") for name in (across, up)},
        },
    )


# ------------------------------------------------------------------------------------------------ names of segments


def rename_segments(made: Result) -> None:
    """Other names for the segments, which go into the model's card and file."""
    job = session().job
    if job is not None and job.state == "running" and made is job.first:
        st.caption(say("train.rename_later"))
        return
    with (
        st.popover(say("train.rename"), icon=":material/edit:", key="rename-segments"),
        st.form("rename-segments-form", border=False),
    ):
        segment_name_fields(made.card, _form(made))
        st.form_submit_button(
            say("train.rename_do"), type="primary", on_click=_give_names, args=(made,), key="rename-segments-do"
        )


def segment_name_fields(card: Card, form: str) -> None:
    """One field per segment, and what is wrong with the names given last; `form` begins the fields' keys."""
    st.caption(say("train.rename_about"))
    for group in card.groups:
        usual = default_name(page.language(), group)
        st.text_input(
            page.plain(usual),
            group.name,
            max_chars=LONGEST_NAME,
            placeholder=usual,
            key=f"{form}-{group.number}",
        )
    refused = session().names_refused
    if refused is not None and refused[0] == form:  # above the button: on a phone, what is below it is out of sight
        page.tell(refused[1])


def named_card(card: Card, form: str) -> Card | None:
    """The card with the names in the fields of that form; None, with a sentence in the form, where they can't be."""
    mine = session()
    wanted = {group.number: str(st.session_state[f"{form}-{group.number}"]) for group in card.groups}
    try:
        named = renamed(card, wanted, _ids_known())
    except UserError as error:
        mine.names_refused = form, error
        return None
    mine.names_refused = None
    return named


def _give_names(made: Result) -> None:
    card = named_card(made.card, _form(made))
    if card is not None and card != made.card:
        state.replace_result(made, with_names(made, card))
        st.toast(say("train.renamed"), icon=":material/check:")


def _form(made: Result) -> str:
    return f"segment-name-{made.card.pipeline_sha256[:12]}"


def _ids_known() -> set[str]:
    """The ids of the customers of this session: those on the list, and those of the loaded orders or table."""
    scored, loaded = session().customers_scored, sources.loaded()
    table = scored[1].table if scored is not None else pd.DataFrame()
    found = set(table[CUSTOMER_ID].astype("str")) if CUSTOMER_ID in table.columns else set()
    if loaded is not None and loaded.orders is not None:
        found |= set(loaded.orders.lines[CUSTOMER_ID].astype("str").unique())
    if loaded is not None and loaded.table is not None:
        roles = cached.understood(loaded.table, session().reading).roles
        ids = [roles[role] for role in ("customer_id", "email") if role in roles]
        found |= {str(one) for name in ids for one in loaded.table.frame[name].dropna().unique()}
    return found


# ------------------------------------------------------------------------------------------------ to take home


def take_home(job: Job, made: Result) -> None:
    """Download, save, and the sentence about what is not in the file."""
    with st.container(border=True, key="take-home"):
        st.markdown(f"**{say('train.take_home')}**")
        with st.container(horizontal=True, vertical_alignment="center"):
            _download(made, DEFAULT_FORMAT, made.files[DEFAULT_FORMAT], key="download-model")
            widgets.save_model(made)
        if made.customers_found:
            st.error(
                say("train.leak_found", found=made.customers_found, count=made.customers_searched),
                icon=":material/warning:",
            )
        else:
            st.caption(
                ":material/verified_user: " + say("train.leak_free", count=made.customers_searched),
                help=page.plain(" ".join(sentences.membership(page.language(), made.card))) or None,
            )
        with st.expander(say("train.format"), icon=":material/tune:"):
            key = st.selectbox(
                say("train.format"),
                [one.key for one in FORMATS],
                format_func=widgets.format_name,
                key="train-format",
                persist_state="session",
                label_visibility="collapsed",
            )
            st.caption(widgets.format_about(key))
            st.markdown(say("train.opens_with"))
            st.code(widgets.opening_lines(format_of(key)), language="python")
            _other_format(job, made, key)


def _other_format(job: Job, made: Result, key: str) -> None:
    """The file in a format that is made when it is asked for."""
    data = job.made_already(made, key)
    if data is not None:
        _download(made, key, data, key="download-format")
    elif made is not job.first:
        st.caption(say("train.format_last_only"))
    elif st.button(say("train.make_format"), icon=":material/build:", key="make-format"):
        with page.errors_shown(), st.spinner(say("train.making_format"), show_time=True):
            job.file(key)
            st.rerun()


def _download(made: Result, form: str, data: bytes, *, key: str) -> None:
    suffix = format_of(form).suffix
    st.download_button(
        say("train.download", suffix=suffix),
        partial(_taken, data, made.card.pipeline_sha256, session().saved_models),
        file_name=f"{widgets.model_name(made.card)}{suffix}",
        mime="application/octet-stream",
        type="primary" if form == DEFAULT_FORMAT and key == "download-model" else "secondary",
        icon=":material/download:",
        on_click="ignore",
        key=key,
        help=say("train.download_about", size=say("train.kilobytes", size=widgets.kilobytes(data))),
    )


def _taken(data: bytes, sha256: str, saved_models: set[str]) -> bytes:
    """The file, when it is downloaded: from then on, leaving the page loses nothing."""
    saved_models.add(sha256)
    return data


# ------------------------------------------------------------------------------------------------ earlier models


def earlier_models() -> None:
    """The models that were trained in this session before the last one."""
    mine = session()
    if not mine.trained:
        return
    with st.expander(say("train.history", count=len(mine.trained)), icon=":material/history:"):
        if mine.result_shown is not None:
            st.button(
                say("train.show_last"), icon=":material/arrow_upward:", on_click=_show, args=(None,), key="show-last"
            )
        for at, made in enumerate(mine.trained):
            with st.container(horizontal=True, vertical_alignment="center", border=True):
                asked = sentences.question(page.language(), made.card)
                method = labels.recipe(page.language(), made.card.recipe)
                size = say("report.customers", customers=made.card.customers)
                st.markdown(f"**{page.plain(asked)}** · {page.plain(method)} · {size}")
                st.button(say("train.show"), on_click=_show, args=(made,), key=f"show-{at}")
                _download(made, DEFAULT_FORMAT, made.files[DEFAULT_FORMAT], key=f"download-earlier-{at}")


def _show(made: Result | None) -> None:
    session().result_shown = made
