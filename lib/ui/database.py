"""Orders from a database: the connections configured by the server's administrator, and query results.

A query may only read. Three independent mechanisms ensure this: the connection is made read-only with the database's
own settings, with a time limit (`_READ_ONLY`); the query must be one SELECT (or WITH) without words and functions that
write, wait, or reach files (`check`); and nothing is ever committed. The answer is read in batches under a memory
budget.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.errors import UserError
from lib.layouts import table_from_frame
from lib.logs import event
from lib.tables import LIMIT_ROWS, Table

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, CursorResult

TIMEOUT_SECONDS = 60
"""For one query, from its start to its last row."""
MAX_ANSWER_BYTES = 512 * 2**20
"""Of an answer's values, estimated batch by batch."""
MAX_SQL = 100_000
"""Characters of a query."""
_MAX_CELL = 16 * 2**20
"""Maximum bytes of one value, where the database has such a limit."""

_TOKENS = re.compile(
    r"(?P<text>'(?:[^'\\]|'')*'|\"(?:[^\"\\]|\"\")*\"|`[^`'\"]*`|\[[^\]'\"`]*\])"
    r"|(?P<comment>--[^\n]*|/\*(?!!)(?:(?!/\*|\*/).)*\*/)"
    r"|(?P<unclear>['\"`#\\]|/\*|\*/|\$\w*\$|\[)",
    re.DOTALL,
)
"""Texts, quoted names and comments in one pass, so that neither can hide the other; `unclear` is what databases read in
different ways: a text that never ends, a backslash beside a quote, a comment in a comment, `#`, `$$`, `/*!`."""
_READS = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)
_WRITES = re.compile(
    r"\b(?:insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|attach|detach|copy|call|do|execute|exec|"
    r"vacuum|pragma|into|commit|rollback)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:pg_(?!typeof)\w+|lo_\w+|dblink\w*|set_config|setval|nextval|txid_\w+|query_to_xml\w*|\w+_to_xml\w*|"
    r"load_\w+|readfile|writefile|edit|fts3_tokenizer|sleep|benchmark|get_lock|release_\w*lock\w*|sys_\w+|xp_\w+|sp_\w+|"
    r"open(?:rowset|query|datasource)|read_\w+|scan_\w+|\w+_scan|sniff_csv|glob|getenv|utl_\w+|dbms_\w+|"
    r"master_pos_wait)\s*\(",
    re.IGNORECASE,
)
"""Functions that act, wait, or read files of the server."""


_ADDRESS = ("url", "driver", "dialect", "username", "password", "host", "port", "database", "query")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Query:
    """A question to a database: the name of its connection in the secrets, and SQL."""

    connection: str
    sql: str


def connections() -> tuple[str, ...]:
    """The names of the SQL connections in the secrets, none where there are no secrets."""
    try:
        found = st.secrets.get("connections", {})
        return tuple(sorted(name for name, about in found.items() if {"url", "dialect"} & set(about)))
    except (FileNotFoundError, AttributeError, TypeError):
        return ()


def check(sql: str) -> str:
    """The query without a semicolon at its end. Raises UserError if it is not one that only reads."""
    sql = sql.strip().rstrip(";").strip()
    if len(sql) > MAX_SQL or any(found.lastgroup == "unclear" for found in _TOKENS.finditer(sql)):
        raise UserError("data.query_writes")
    bare = _TOKENS.sub(lambda found: "''" if found.lastgroup == "text" else " ", sql).strip()
    if not bare:
        raise UserError("data.query_empty")
    if ";" in bare or not _READS.match(bare) or _WRITES.search(bare) or _ACTS.search(bare):
        raise UserError("data.query_writes")
    return sql


def answer(query: Query) -> Table:
    """What a query gives, as a table like one that was read from a file. Raises UserError."""
    sql = check(query.sql)
    if query.connection not in connections():
        raise UserError("data.query_no_connection", connection=query.connection)
    try:
        from sqlalchemy import text
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError:
        raise UserError("data.query_no_package") from None
    secret = st.secrets["connections"][query.connection]
    began = time.monotonic()
    try:
        about = {name: value for name, value in secret.items() if name in _ADDRESS}
        engine = st.connection(query.connection, type="sql", **about).engine
        protect = _READ_ONLY.get(engine.dialect.name)
        if protect is None and secret.get("read_only") is not True:
            raise UserError("data.query_not_read_only", connection=query.connection, database=engine.dialect.name)
        with engine.connect().execution_options(stream_results=True) as connected:  # closed without a commit
            try:
                if protect is not None:
                    protect(connected, began + TIMEOUT_SECONDS)
                frame = _fetched(connected.execute(text(sql.replace(":", r"\:"))), query.connection, began)
            finally:
                connected.invalidate()  # its settings go with it
    except (SQLAlchemyError, sqlite3.Error, OSError, ImportError) as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
        raise UserError("data.query_failed", connection=query.connection, why=why) from None
    event(_logger, "queried", seconds=time.monotonic() - began, rows=len(frame))
    return table_from_frame(frame, query.connection)


def _fetched(found: CursorResult[tuple[object, ...]], connection: str, began: float) -> pd.DataFrame:
    """All rows, batch by batch. Raises UserError where they are too many, too large or too slow."""
    columns = list(found.keys())
    frames: list[pd.DataFrame] = []
    rows, size, batch = 0, 0, 100
    while part := found.fetchmany(batch):
        rows += len(part)
        size += sum(_size(value) for row in part for value in row)
        if rows > LIMIT_ROWS:
            raise UserError("tables.too_many_rows", found=rows, limit=LIMIT_ROWS)
        if size > MAX_ANSWER_BYTES:
            raise UserError("data.query_too_large", connection=connection, limit=MAX_ANSWER_BYTES // 2**20)
        if time.monotonic() - began > TIMEOUT_SECONDS:
            raise UserError("data.query_too_slow", connection=connection, seconds=TIMEOUT_SECONDS)
        frames.append(pd.DataFrame([tuple(row) for row in part], columns=columns))
        batch = max(100, min(20_000, 2**23 * rows // max(size, 1)))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def _size(value: object) -> int:
    return 8 + len(value) if isinstance(value, str | bytes) else 8


# --------------------------------------------------------------------------------- read-only by each database's means


def _sqlite(connected: Connection, until: float) -> None:
    """`query_only`, an authorizer that allows reading alone, no long values, and an interrupt when time is up."""
    raw = connected.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise sqlite3.NotSupportedError("not a connection of the sqlite3 module")
    raw.execute("PRAGMA query_only = ON")
    raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_CELL)
    raw.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    raw.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    raw.set_authorizer(_only_reads)


_SQLITE_READS = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_TRANSACTION}
)


def _only_reads(action: int, first: str | None, second: str | None, database: str | None, source: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in _SQLITE_ACTS else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in _SQLITE_READS else sqlite3.SQLITE_DENY


_SQLITE_ACTS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})


def _statements(*statements: str) -> Callable[[Connection, float], None]:
    def protect(connected: Connection, until: float) -> None:
        for statement in statements:
            connected.exec_driver_sql(statement)

    return protect


_MILLISECONDS = TIMEOUT_SECONDS * 1_000
_READ_ONLY: Mapping[str, Callable[[Connection, float], None]] = {
    "sqlite": _sqlite,
    "postgresql": _statements(
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "SET TRANSACTION READ ONLY",
        f"SET statement_timeout = {_MILLISECONDS}",
        "SET lock_timeout = 5000",
    ),
    "mysql": _statements("SET SESSION TRANSACTION READ ONLY", f"SET SESSION max_execution_time = {_MILLISECONDS}"),
    "mariadb": _statements("SET SESSION TRANSACTION READ ONLY", f"SET SESSION max_statement_time = {TIMEOUT_SECONDS}"),
    "duckdb": _statements("SET enable_external_access = false", "SET lock_configuration = true"),
    "oracle": _statements("SET TRANSACTION READ ONLY"),
}
"""Dialect → what makes a fresh connection read-only. For any other, the operator must state `read_only = true`."""
