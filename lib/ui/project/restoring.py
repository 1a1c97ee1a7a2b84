"""Opening a project file: what was decided goes back to the pages that decided it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from lib.errors import UserError
from lib.project import CustomerHistory, OpenedProject, Project, key_check_of, opened_history, read_project
from lib.ui.page import say
from lib.ui.state import Reading, Session, session, uploaded_files

Pairs = tuple[tuple[str, str], ...]


def uploader_key() -> str:
    """A new one empties the uploader of the Project page."""
    return f"project-{session().project.uploads_taken}"


def take_upload() -> None:
    """The file in the uploader of the Project page waits to be opened."""
    for file in uploaded_files(uploader_key()):
        session().project.dropped = (file.name, file.getvalue())
        session().project.uploads_taken += 1


def drop() -> None:
    """The uploader of the Project page. What it takes is opened by `lib.ui.candidate`, as on Data."""
    st.file_uploader(say("project.open"), key=uploader_key(), on_change=take_upload, label_visibility="collapsed")


def open_anywhere() -> None:
    """Beside a page's title: a project file can be dropped here too. The page then calls `candidate.read_waiting`."""
    with st.popover(say("project.open"), type="tertiary", key="open-project"):
        st.caption(say("project.open_about"))
        drop()


def open_dropped() -> None:
    """Opens the project file that waits, if one does. Raises UserError; nothing is changed then.

    Where the next file or click interrupts this, the file stays waiting.
    """
    mine = session()
    if mine.project.dropped is None:
        return
    name, data = mine.project.dropped
    try:
        with st.spinner(say("project.opening")):
            opened = read_project(data, name)
    except Exception:
        mine.project.dropped = None
        raise
    restore(mine, opened)
    mine.project.dropped = None
    st.toast(say("project.restored"), icon=":material/inventory_2:")


def restore(mine: Session, opened: OpenedProject) -> None:
    """Puts a project's decisions where the pages look for them."""
    project, state = opened.project, mine.project
    state.restored, state.name, state.saved_on = True, project.name, opened.saved_on
    state.settings, state.segments = project.reading, project.explore.segments
    state.query_waits = project.reading.query is not None
    state.models, state.left_out, state.campaigns = project.models, opened.left_out, project.campaigns
    state.snapshot, state.history, state.key_check = project.snapshot, project.history, project.key_check
    state.locked = project.locked
    state.history_digest = _digest_of(project.history)
    if state.key and state.key_check and key_check_of(state.key.encode()) != state.key_check:
        state.key = ""
    for one in project.reading.corrections:
        if one.roles is not None:
            mine.remembered[one.fingerprint] = _pairs(one.roles)
        if one.personal is not None:
            mine.remembered_personal[one.fingerprint] = one.personal
        if one.dates:
            mine.remembered_dates[one.fingerprint] = tuple(one.dates.items())
    mine.exploring.link = dict(project.explore.view)
    mine.exploring.reading = ""  # Explore takes the saved segments at its next run
    if mine.candidate is not None:
        return  # files that came with the project are read next
    if project.reading.sample and mine.reading.empty:
        mine.candidate = Reading(simulated=True)
    else:
        _read_again(mine)


def _read_again(mine: Session) -> None:
    """The files at hand are read once more, with what the project says about them."""
    old = mine.reading
    if not old.empty:
        mine.candidate = Reading(old.uploads, simulated=old.simulated, query=old.query, hash_key=old.hash_key)


def unlock(key: str) -> None:
    """Opens the encrypted orders with the passphrase in a field. Its error waits for the next run of the page."""
    mine, written = session(), str(st.session_state[key])
    state = mine.project
    if state.locked is None or not written:
        return
    state.locked_error = None
    try:
        state.history = opened_history(state.locked, written, state.name)
    except UserError as error:
        state.locked_error = error
        return
    state.locked, state.history_digest = None, _digest_of(state.history)
    _read_again(mine)


def fill_in_query(connection: str, sql: str, known: Sequence[str]) -> None:
    """Puts the project's query into the fields with these keys, before they are drawn; the visitor runs it."""
    state = session().project
    query = state.settings.query if state.settings is not None else None
    if not state.query_waits or query is None:
        return
    state.query_waits = False
    st.session_state[sql] = query.sql
    if query.connection in known:
        st.session_state[connection] = query.connection


def _pairs(roles: Mapping[str, str]) -> Pairs:
    return tuple(sorted(roles.items()))


def _digest_of(history: CustomerHistory | None) -> str:
    """Identifies the order history of a project in caches; empty without one."""
    if history is None:
        return ""
    lines = history.orders.lines
    ends = (len(lines), str(lines["ordered_at"].iloc[-1]), float(lines["amount"].sum()))
    return hashlib.sha256(repr((ends, history.pseudonymised)).encode()).hexdigest()[:16]


def with_settings(candidate: Reading, mine: Session, fingerprint: str, sheets: tuple[str, ...]) -> Reading:
    """The reading of new files with a project's settings, as far as they are about such files.

    `fingerprint`: of their columns; `sheets`: of their workbook, if they are one.
    """
    settings, state = mine.project.settings, mine.project
    if settings is None:
        return candidate
    same = settings.fingerprint == fingerprint
    sheet = settings.sheet if settings.sheet in sheets else candidate.sheet
    history = state.history_digest if same and state.merge_history and history_readable(mine) else ""
    return replace(
        candidate,
        sheet=sheet,
        kind=settings.kind if same else candidate.kind,
        options=settings.options,
        left_out=settings.left_out,
        hash_key=state.key if settings.pseudonymised and state.key else candidate.hash_key,
        history=history,
    )


def history_readable(mine: Session) -> bool:
    """Whether the project's orders name customers as new files will: by their ids, or by hashes of the same secret."""
    history = mine.project.history
    if history is None:
        return False
    key = mine.project.key or mine.reading.hash_key
    right = bool(key) and key_check_of(key.encode()) == mine.project.key_check
    return (
        right
        if history.pseudonymised
        else not (mine.reading.hash_key or (mine.project.settings or _PLAIN).pseudonymised)
    )


_PLAIN = Project().reading


def restored_note() -> None:
    """On Data: that a project was restored and what to do next."""
    mine = session()
    if mine.project.restored and mine.reading.empty:
        st.success(say("project.bring_orders"), icon=":material/inventory_2:")
