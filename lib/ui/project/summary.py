"""What a restored project brought, and what of it waits for files or a secret."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib.project.encryption import MAX_PASSPHRASE
from lib.text import label
from lib.ui.page import day, language, plain, say, tell
from lib.ui.project.restoring import history_readable, unlock
from lib.ui.project.saving import parts_of, secret_field
from lib.ui.state import Reading, Session, session


def summary() -> None:
    """The restored project in a few lines; nothing before one was opened."""
    mine = session()
    state = mine.project
    if not state.restored:
        return
    with st.container(border=True, key="project-restored"):
        name = plain(state.name) or say("project.unnamed")
        saved = f" · {say('project.saved_on', day=day(state.saved_on))}" if state.saved_on else ""
        st.markdown(f":material/inventory_2: **{name}**{saved}")
        counts = {
            "models": len(state.models),
            "segments": len(state.segments),
            "campaigns": len(state.campaigns),
            "corrections": len(state.settings.corrections) if state.settings else 0,
        }
        st.markdown(say("project.brought", parts=parts_of(counts)))
        if state.models:
            st.caption(say("project.models_where", names=[model.name for model in state.models]))
        for one in state.left_out:
            why = label(language(), f"gate.{one.reason}")
            st.warning(say("project.model_left_out", model=one.name) + (f" {why}" if why else ""))
        _history()
        if state.key_check and not state.key and not mine.reading.hash_key:
            secret_field(mine, "restored")
        if mine.reading.empty:
            st.page_link("pages/data.py", label=say("project.to_data"), icon=":material/upload_file:")


def _history() -> None:
    mine = session()
    history = mine.project.history
    if mine.project.locked is not None:
        _locked(mine)
    if history is None:
        return
    last = history.orders.lines["ordered_at"].iloc[-1].date()
    st.markdown(say("project.history", lines=len(history.orders.lines), last=last))
    if not history_readable(mine):
        st.info(say("project.history_waits"), icon=":material/key:")
        return
    if mine.reading.empty:
        return
    merged = bool(mine.reading.history)
    wanted = st.toggle(say("project.merge"), value=merged, key="project-merge", help=say("project.merge_help"))
    if wanted != merged:
        mine.project.merge_history = wanted
        mine.reading = _with_history(mine.reading, mine.project.history_digest if wanted else "")
        st.rerun()


def _locked(mine: Session) -> None:
    """The field for the passphrase of the project's orders."""
    key = "project-unlock"
    st.text_input(
        say("project.unlock"), type="password", autocomplete="off", max_chars=MAX_PASSPHRASE,
        help=say("project.unlock_help"), key=key, on_change=unlock, args=(key,), width=420,
    )  # fmt: skip
    if mine.project.locked_error is not None:
        tell(mine.project.locked_error)


def _with_history(reading: Reading, digest: str) -> Reading:
    return replace(reading, history=digest)
