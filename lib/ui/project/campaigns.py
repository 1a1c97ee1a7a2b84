"""Campaigns that the project remembers: who was contacted and who was held out, as keyed hashes."""

from __future__ import annotations

import hashlib
import re

import pandas as pd
import streamlit as st

from lib.audience import BAND, CONTROL, as_in_orders, read_lists
from lib.orders import hash_index
from lib.project import Campaign
from lib.schema import CUSTOMER_ID
from lib.scoring import FIRST_DAY, LAST_DAY
from lib.tables import LIMIT_BYTES, read_table
from lib.ui import page, sources
from lib.ui.number_field import Field, number_field, whole_number_field
from lib.ui.page import say
from lib.ui.project.saving import secret_field, secret_of
from lib.ui.state import Session, session

_HASH = re.compile(r"[0-9a-f]{16}")


def campaigns() -> None:
    """The campaigns that are kept, and a form for another."""
    mine = session()
    for place, one in enumerate(mine.project.campaigns):
        # Not their place: a second click would remove the next one. A project file may repeat a name.
        before = sum(other.name == one.name for other in mine.project.campaigns[:place])
        key = f"{hashlib.sha256(one.name.encode()).hexdigest()[:12]}-{before}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"campaign-{key}"):
            control = int(one.customers[CONTROL].sum())
            st.markdown(
                say(
                    "project.campaign_line",
                    name=one.name,
                    start=one.start.date(),
                    days=one.days,
                    contacted=len(one.customers) - control,
                    control=control,
                )
            )
            st.button(
                say("project.campaign_remove"), type="tertiary", icon=":material/close:", key=f"campaign-drop-{key}",
                on_click=_forget, args=(one,),
            )  # fmt: skip
    with st.popover(say("project.campaign_add"), icon=":material/campaign:", key="campaign-add"):
        _form(mine)


def _forget(campaign: Campaign) -> None:
    state = session().project
    state.campaigns = tuple(one for one in state.campaigns if one is not campaign)


def _form(mine: Session) -> None:
    st.markdown(say("project.campaign_about"))
    if not mine.reading.hash_key:
        secret_field(mine, "campaign")
    lists = st.file_uploader(
        say("predict.effect_lists"),
        accept_multiple_files=True,
        max_upload_size=LIMIT_BYTES // 2**20,
        key="campaign-lists",
    )
    name, start, days, cost = _details("campaign")
    ready = bool(lists) and bool(name) and bool(secret_of(mine))
    if st.button(say("project.campaign_keep"), type="primary", disabled=not ready, key="campaign-keep"):
        with page.errors_shown():
            assignment = read_lists([read_table(file.getvalue(), file.name).frame for file in lists])
            loaded = sources.loaded()
            if loaded is not None and loaded.orders is not None:  # their hashes would not be found again
                assignment = as_in_orders(assignment, loaded.orders.lines[CUSTOMER_ID])
            _keep(mine, assignment, name, start, days, cost)
            st.rerun()


def _details(key: str, name: str = "") -> tuple[str, pd.Timestamp, int, float]:
    written = st.text_input(say("predict.campaign"), name, max_chars=80, key=f"{key}-name").strip()
    start = st.date_input(
        say("predict.effect_start"), "today", min_value=FIRST_DAY, max_value=LAST_DAY, format=page.date_form(),
        key=f"{key}-start",
    )  # fmt: skip
    days = whole_number_field(Field(say("predict.effect_days"), 1, 365), 30, key=f"{key}-days")
    cost = number_field(Field(say("predict.action_cost"), 0.0, 1e9), 0.5, key=f"{key}-cost")
    return written, pd.Timestamp(start), days, cost


def _keep(mine: Session, assignment: pd.DataFrame, name: str, start: pd.Timestamp, days: int, cost: float) -> None:
    hashed = hashed_customers(assignment, secret_of(mine), already=bool(mine.reading.hash_key))
    others = tuple(one for one in mine.project.campaigns if one.name != name)
    mine.project.campaigns = (*others, Campaign(name, start, days, cost, hashed))
    st.toast(say("project.campaign_kept", name=name), icon=":material/campaign:")


def hashed_customers(assignment: pd.DataFrame, secret: str, *, already: bool) -> pd.DataFrame:
    """`customer_id` (keyed hash), `control`, `score_band` of a campaign's customers. With `already`, ids that are
    hashes stay as they are, since Data hashed them by the same secret."""
    ids = assignment[CUSTOMER_ID].astype("str")
    if not (already and ids.map(lambda one: _HASH.fullmatch(one) is not None).all()):
        ids = pd.Series(hash_index(pd.DataFrame(index=pd.Index(ids)), secret.encode()).index, index=ids.index)
    bands = assignment[BAND].clip(1, 100) if BAND in assignment.columns else 1
    return pd.DataFrame({CUSTOMER_ID: ids, CONTROL: assignment[CONTROL].astype(bool), BAND: bands}).drop_duplicates(
        CUSTOMER_ID, ignore_index=True
    )


def keep_campaign(chosen: pd.DataFrame, name: str) -> None:
    """On Predict, beside the lists: the campaign is kept for measuring its effect later. `chosen` has `customer_id`,
    `control` and `score_band`."""
    mine = session()
    with st.popover(say("project.campaign_remember"), icon=":material/inventory_2:", key="remember-campaign"):
        st.markdown(say("project.remember_about"))
        if not mine.reading.hash_key:
            secret_field(mine, "remember")
        written, start, days, cost = _details("remember", name)
        ready = bool(written) and bool(secret_of(mine))
        if st.button(say("project.campaign_keep"), type="primary", disabled=not ready, key="remember-keep"):
            with page.errors_shown():
                _keep(mine, chosen, written, start, days, cost)
