"""New files become what a visitor works with, once they could be read."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib.errors import UserError
from lib.tables import Progress, quiet
from lib.ui import cached, page
from lib.ui.project.restoring import open_dropped, with_settings
from lib.ui.state import Reading, Session, session


def read_candidate(progress: Progress = quiet) -> None:
    """Takes new files if they can be read. Raises UserError if not: what was loaded before stays.

    What the next file or click interrupts stays waiting, and the next run of the page goes on with it.
    """
    mine = session()
    place = st.container()  # drawn in any case: what follows keeps its place, and with it files that are still uploaded
    if mine.project.dropped is not None:
        mine.failure = mine.project.refused = None
        try:
            with place:
                open_dropped()
        except UserError as error:
            mine.project.refused = error
    if mine.candidate is not None:
        candidate, mine.failure = mine.candidate, None
        try:
            _read(mine, candidate, progress)
        except UserError as error:
            mine.failure = error
            mine.candidate = None
        except Exception:  # a bug of ours, met once; what interrupts a page is no `Exception`
            mine.candidate = None
            raise
        if mine.candidate is candidate:
            mine.candidate = None
    if mine.project.refused is not None:  # shown beside figures that could be read without the project
        if mine.failure is None:
            raise mine.project.refused
        page.tell(mine.project.refused)
    if mine.failure is not None:
        raise mine.failure


def read_waiting() -> None:
    """On a page without an uploader for orders: opens a project that was dropped there, and says how that went."""
    mine = session()
    if mine.project.dropped is not None or mine.candidate is not None:
        with page.errors_shown(in_data=True):
            read_candidate()


def _read(mine: Session, candidate: Reading, progress: Progress) -> None:
    table = cached.tables_of(candidate, progress)[0]
    fingerprint = cached.proposed(table, candidate).fingerprint
    read = replace(
        candidate,
        roles=mine.remembered.get(fingerprint),
        personal=mine.remembered_personal.get(fingerprint),
        hash_key=mine.reading.hash_key,
        date_orders=mine.remembered_dates.get(fingerprint, ()),
    )
    mine.reading = with_settings(read, mine, fingerprint, table.sheets)
