"""Every cache of the app: bounded, and for one visitor only (`scope="session"`), so that nobody meets another's data.

Each wraps a function of the core from outside. What is large is passed with a leading underscore, which keeps it out of
the key, beside a short text that stands for it. Values are shared with the cache and never changed.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date

import pandas as pd
import streamlit as st

from lib import insights, layouts, orders, tables
from lib.errors import UserError
from lib.features import FEATURES
from lib.insights import History
from lib.joins import Brought, read_shop
from lib.layouts import Understanding
from lib.orders import Ledger, Orders
from lib.sample import sample_shop
from lib.tables import Progress, Table
from lib.training import Question
from lib.training.feasibility import Feasibility, HistoryFacts, check_history, check_table, history_facts
from lib.ui import database
from lib.ui.state import Reading, session


@st.cache_data(max_entries=1, show_spinner=False)
def _sample_table() -> Table:
    """The sample shop; made up by our own code and the same for everybody, so it may be shared."""
    frame = sample_shop()
    return Table(frame, "sample_shop.csv", hashlib.sha256(b"brine sample shop").hexdigest(), "csv")


_MOST_TABLES = 3


def tables_of(reading: Reading, progress: Progress = tables.quiet) -> tuple[Table, ...]:
    """The files as tables of one history, joined where they are parts of one. Raises UserError."""
    return brought_of(reading, progress).tables


def brought_of(reading: Reading, progress: Progress = tables.quiet) -> Brought:
    """What the files are together: tables, joins, what was left out and what could not be read. Raises UserError.

    Kept by hand in the visitor's session: inside a cache of Streamlit's nothing could show how far reading is.
    """
    kept = session().tables
    if reading.table_key not in kept:
        found = _read(reading, progress)
        while len(kept) >= _MOST_TABLES:
            del kept[next(iter(kept))]
        kept[reading.table_key] = found
    return kept[reading.table_key]


def warm(reading: Reading, progress: Progress) -> None:
    """Reads, cleans and aggregates the uploaded files, so that the page only has to show the result.

    Problems are reported where the result is shown.
    """
    if reading.empty:
        return
    with suppress(UserError):
        tables_of(reading, lambda share, step: progress(0.7 * share, step))
        progress(0.75, "data.step_clean")
        if kind_of(reading) == "orders":
            size_of(reading)


def is_read(reading: Reading) -> bool:
    """Whether its tables are at hand."""
    return reading.table_key in session().tables


def _read(reading: Reading, progress: Progress) -> Brought:
    if reading.simulated:
        return Brought((_sample_table(),))
    if reading.query is not None:
        return Brought((database.answer(reading.query),))
    files = [(upload.name, upload.data) for upload in reading.uploads]
    return read_shop(
        files,
        sheet=reading.sheet,
        date_orders=dict(reading.date_orders),
        left_out=reading.left_out,
        progress=progress,
    )


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _proposed(key: str, _table: Table) -> Understanding:
    return layouts.understand(_table)


def proposed(table: Table, reading: Reading) -> Understanding:
    """What a table is, as Brine understands it by itself."""
    return _proposed(f"{reading.table_key}{table.sha256}", table)


def understood(table: Table, reading: Reading) -> Understanding:
    """What a table is, with what the visitor corrected. Raises UserError."""
    found = proposed(table, reading)
    if reading.roles:
        known = {role: column for role, column in reading.roles if not column or column in found.columns}
        found = layouts.with_roles(found, known)
    if reading.kind:
        found = layouts.with_kind(found, reading.kind)
    if reading.personal is not None:
        found = layouts.with_personal(found, [column for column in reading.personal if column in found.columns])
    return found


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _orders(key: str, _tables: tuple[Table, ...], _understood: tuple[Understanding, ...], _reading: Reading) -> Orders:
    found = orders.clean_all(_tables, _understood, options=_reading.options)
    return orders.hash_ids(found, _reading.hash_key.encode()) if _reading.hash_key else found


def orders_of(reading: Reading) -> Orders:
    """The clean orders of everything that was brought. Raises UserError."""
    found = cleaned(reading)
    orders.check_history(found)
    return found


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _history_facts(key: str, cutoff: pd.Timestamp | None, _orders: Orders) -> HistoryFacts:
    return history_facts(_orders.lines, cutoff)


def feasibility(reading: Reading, question: Question) -> Feasibility:
    """How the question can be answered, and how long that takes. Raises the UserError that training would end in."""
    if kind_of(reading) == "orders":
        return check_history(_history_facts(reading.key, question.cutoff, orders_of(reading)), question)
    return check_table(customers_of(reading), question)


def cleaned(reading: Reading) -> Orders:
    """As `orders_of`, but there may be no order line left: the ledger says why. Raises UserError."""
    found = tables_of(reading)
    understood_each = tuple(understood(table, reading) for table in found)
    for table, understanding in zip(found, understood_each, strict=True):
        if understanding.kind != "orders":
            raise UserError("data.not_orders", name=table.name)
    return _orders(reading.key, found, understood_each, reading)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _findings(key: str, _orders: Orders) -> tuple[tuple[orders.Evidence, ...], tuple[orders.Finding, ...]]:
    return orders.evidence_of(_orders), orders.findings_of(_orders)


def findings_of(reading: Reading) -> tuple[tuple[orders.Evidence, ...], tuple[orders.Finding, ...]]:
    """What confirms how the orders were read, and what does not add up. Raises UserError."""
    return _findings(reading.key, cleaned(reading))


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _customers(key: str, _table: Table, _understanding: Understanding, _reading: Reading) -> pd.DataFrame:
    found = orders.customers(_table, _understanding)
    return orders.hash_index(found, _reading.hash_key.encode()) if _reading.hash_key else found


def customers_of(reading: Reading) -> pd.DataFrame:
    """The customer table of what was brought: one row per customer, personal columns left out. Raises UserError."""
    table = tables_of(reading)[0]
    return _customers(reading.key, table, understood(table, reading), reading)


def kind_of(reading: Reading) -> str:
    """`orders`, `customers` or `table`; empty where nothing was brought. Raises UserError."""
    if reading.empty:
        return ""
    return understood(tables_of(reading)[0], reading).kind


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _set_aside_rows(key: str, _tables: tuple[Table, ...], _ledger: Ledger, _reading: Reading) -> pd.DataFrame:
    reason = key.rsplit("|", 1)[1]
    shown = [presentable(table, _reading) for table in _tables]
    if len(_tables) > 1:
        shown = [frame.assign(file=table.name) for frame, table in zip(shown, _tables, strict=True)]
    return pd.concat(shown, ignore_index=len(shown) > 1)[(_ledger.reason == reason).to_numpy()]


def set_aside_rows(reading: Reading, tables: tuple[Table, ...], ledger: Ledger, reason: str) -> pd.DataFrame:
    """The rows that were set aside for one reason, as they were read."""
    return _set_aside_rows(f"{reading.key}|{reason}", tables, ledger, reading)


def presentable(table: Table, reading: Reading) -> pd.DataFrame:
    """The rows as they were read; where ids are to be hashed, with hashes and without other personal columns."""
    if not reading.hash_key:
        return table.frame
    return orders.without_names(table, understood(table, reading), reading.hash_key.encode())


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _extreme_lines(key: str, _orders: Orders) -> pd.DataFrame:
    return orders.extreme_lines(_orders)


def extreme_lines(reading: Reading, found: Orders) -> pd.DataFrame:
    """Lines and returns far beyond all others."""
    return _extreme_lines(reading.key, found)


@st.cache_data(scope="session", max_entries=8, show_spinner=False)
def _examples(key: str, _table: Table) -> dict[str, str]:
    return {str(column): " · ".join(layouts.examples(_table, str(column))) for column in _table.frame.columns}


HIDDEN = "•••"


def examples(table: Table, reading: Reading) -> dict[str, str]:
    """Column → three of its values; those that name a customer are hidden where ids are to be hashed."""
    found = _examples(f"{reading.table_key}|{table.sha256}", table)
    if not reading.hash_key:
        return found
    about = understood(table, reading)
    names = {*about.personal, *(about.roles[role] for role in orders.CUSTOMER_ROLES if role in about.roles)}
    return {column: HIDDEN if column in names else cells for column, cells in found.items()}


def telling_date(table: Table, column: str) -> pd.Timestamp | None:
    """The first moment of a column whose day and month are two numbers, or its first; None where it has none."""
    known = table.frame[column].head(5_000).dropna()
    if known.empty or known.dtype.kind != "M":
        return None
    telling = known[known.dt.day != known.dt.month]
    return pd.Timestamp((known if telling.empty else telling).iloc[0])


def unused_columns(table: Table, understanding: Understanding, reading: Reading) -> pd.DataFrame:
    """`column, examples, reason` (a text key) of the columns that play no role."""
    left = [column for column in understanding.columns if column not in understanding.roles.values()]
    return pd.DataFrame(
        {
            "column": left,
            "examples": [examples(table, reading)[column] for column in left],
            "reason": [understanding.reasons[column] for column in left],
        }
    )


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _history(key: str, _orders: Orders) -> History:
    return insights.prepare(_orders.lines, _orders.returns)


def history_of(reading: Reading) -> History:
    """The orders of everything that was brought, prepared for Explore. Raises UserError."""
    return _history(reading.key, orders_of(reading))


def size_of(reading: Reading) -> insights.Size:
    """How large the history is, in a few figures. Raises UserError."""
    return insights.size(history_of(reading))


# ------------------------------------------------------------------------------------------------ Train


def learnable_columns(reading: Reading, target: str) -> list[str]:
    """The columns that can be chosen for a model. Raises UserError."""
    if kind_of(reading) == "orders":
        return [feature.name for feature in FEATURES if feature.family not in ("season", "btyd_next")]
    return [str(column) for column in customers_of(reading).columns if column != target]


def moment(day: date | None) -> pd.Timestamp | None:
    """A day that was picked, as the moment at which it begins."""
    return None if day is None else pd.Timestamp(day)
