"""Which customers: files with the order history or one row per customer, what is loaded on Data, or a form."""

from __future__ import annotations

import hashlib
from typing import Literal

import pandas as pd
import streamlit as st

from lib.errors import UserError
from lib.features import default_cutoff
from lib.gate import OpenedModel
from lib.joins import read_shop
from lib.layouts import Understanding, understand
from lib.orders import Orders, clean_files, number_of_orders
from lib.scoring import emails, rows_from_orders, rows_from_table, takes_orders, with_corrections
from lib.tables import LIMIT_BYTES, Table, read_table
from lib.ui import cached, page, sources, widgets
from lib.ui.page import say
from lib.ui.predict_session import Brought, NamedBytes, PredictSession
from lib.ui.predicting.state import predicting
from lib.ui.reading_turns import reading_turn

Customers = Literal["file", "loaded", "one"]


def choose_customers(opened: OpenedModel) -> Customers | None:
    """Input of customers; afterwards they are in the state, unless the user fills in the form for a single customer."""
    state = predicting()
    loaded = sources.loaded()
    ways: list[Customers] = ["file"]
    if loaded is not None and loaded.kind == "orders" and takes_orders(opened):
        ways.append("loaded")
    if loaded is not None and loaded.kind != "orders" and not takes_orders(opened):
        ways.append("loaded")
    ways.append("one")
    st.session_state.setdefault("predict-customers-way", "loaded" if "loaded" in ways else "file")
    if st.session_state["predict-customers-way"] not in ways:
        st.session_state["predict-customers-way"] = ways[0]
    way: Customers | None = st.segmented_control(
        say("predict.which_customers"),
        ways,
        format_func=lambda key: say(f"predict.customers_{key}"),
        key="predict-customers-way",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    if way == "file":
        _file(opened, state)
    elif way == "loaded" and loaded is not None:
        with page.errors_shown():
            if loaded.orders is not None:
                _orders(opened, state, loaded.orders, key=loaded.key, name=loaded.name, mails=loaded.emails)
            elif loaded.table is not None:
                _table(opened, state, loaded.table, None, key=loaded.key)
    return way


def _file(opened: OpenedModel, state: PredictSession) -> None:
    asked = "predict.upload_orders" if takes_orders(opened) else "predict.upload_customers"
    uploaded = st.file_uploader(
        say(asked), key="predict-customers-file", max_upload_size=LIMIT_BYTES // 2**20, accept_multiple_files=True
    )
    if uploaded:
        state.uploaded_customers = tuple((file.name, file.getvalue()) for file in uploaded)
    if not state.uploaded_customers:
        state.brought = None
        state.forget_choices()
        return
    files = state.uploaded_customers
    name = ", ".join(name for name, _ in files)
    if not uploaded:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(say("predict.in_hand", name=name))
            if st.button(say("predict.let_go"), type="tertiary", icon=":material/close:", key="let-customers-go"):
                state.uploaded_customers = ()
                st.rerun()
    digest = "+".join(hashlib.sha256(data).hexdigest() for _, data in files)
    try:
        tables = _read(state, digest, name, files)
        found = state.understood
        if takes_orders(opened) and all(one.kind == "orders" for one in found):
            mails = {
                who: mail for table, one in zip(tables, found, strict=True) for who, mail in emails(table, one).items()
            }
            _orders(opened, state, _clean(state, digest, tables), key=digest, name=name, mails=mails)
        elif len(tables) > 1:
            raise UserError("predict.several_tables", files=[table.name for table in tables])
        else:
            _table(opened, state, tables[0], found[0], key=digest)
    except UserError as error:
        state.brought = None
        page.tell(error)


def _read(state: PredictSession, digest: str, name: str, files: tuple[NamedBytes, ...]) -> tuple[Table, ...]:
    if state.tables is None or state.tables[0] != digest:
        title, size = say("predict.reading", name=name), sum(len(data) for _, data in files)
        with st.spinner(title), widgets.progress(title, watched=False), reading_turn(size):
            tables = tuple(cached.parked_table(table) for table in read_shop(files).tables)
            state.tables, state.understood = (digest, tables), tuple(understand(table) for table in tables)
    return state.tables[1]


def _clean(state: PredictSession, digest: str, tables: tuple[Table, ...]) -> Orders:
    """Several files are one history: a line that is in two files counts once."""
    if state.orders is None or state.orders[0] != digest:
        found = clean_files(tables, list(state.understood))
        state.orders = (digest, cached.parked_orders(found))
    return state.orders[1]


def _orders(
    opened: OpenedModel, state: PredictSession, orders: Orders, *, key: str, name: str, mails: dict[str, str]
) -> None:
    last = default_cutoff(orders)
    first = orders.lines["ordered_at"].min().normalize() + pd.Timedelta(days=1)
    day = st.date_input(
        say("predict.cutoff"),
        value=last.date(),
        min_value=first.date(),
        max_value=last.date(),
        key=f"predict-cutoff-{key}",
        help=say("predict.cutoff_help"),
        format=page.date_form(),
        width=260,
    )
    cutoff = pd.Timestamp(day)
    brought_key = f"{key}@{day}@{state.model_digest}"
    if state.brought is None or state.brought.key != brought_key:
        with st.spinner(say("predict.reading", name=name)):
            frame = rows_from_orders(opened, orders, cutoff)
        state.forget_choices()
        state.brought = Brought(brought_key, frame, mails, orders, cutoff, name)
    st.caption(
        say(
            "predict.orders_in_hand",
            customers=len(state.brought.frame),
            orders=number_of_orders(orders.lines),
            day=day,
        )
    )


def _table(
    opened: OpenedModel, state: PredictSession, table: Table, understood: Understanding | None, *, key: str
) -> None:
    brought_key = f"{key}@{state.model_digest}"
    if state.brought is None or not state.brought.key.startswith(brought_key):
        found = understood or understand(table)
        state.forget_choices()
        state.brought = Brought(
            brought_key, rows_from_table(opened, table, found), emails(table, found), name=table.name
        )
    st.caption(say("predict.table_in_hand", rows=len(state.brought.frame), columns=len(state.brought.frame.columns)))


def take_corrections(state: PredictSession) -> None:
    """Let corrected rows be dropped back in, under the list of those that could not be scored."""
    brought = state.brought
    file = st.file_uploader(say("predict.corrected"), key=f"predict-corrected-{brought.key if brought else ''}")
    if file is None or brought is None:
        return
    with page.errors_shown():
        corrected = read_table(file.getvalue(), file.name)
        state.brought = Brought(
            f"{brought.key}+{corrected.sha256}", with_corrections(brought.frame, corrected.frame), brought.emails
        )
        state.forget_scores()
        st.rerun()
