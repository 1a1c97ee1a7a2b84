"""Orders out of a database: the connections that whoever runs the server has set up, and what a query answers.

A query may only read. It is one SELECT (or WITH), and what it does is never committed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from lib.errors import UserError
from lib.layouts import table_from_frame
from lib.tables import LIMIT_ROWS, Table

_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_TEXTS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_READS = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)
_WRITES = re.compile(
    r"\b(?:insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|attach|detach|copy|call|do|execute|"
    r"vacuum|pragma|into|load_extension|pg_read_file|pg_ls_dir|lo_import|lo_export|dblink)\b",
    re.IGNORECASE,
)


_ADDRESS = ("url", "driver", "dialect", "username", "password", "host", "port", "database", "query")


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
    bare = _TEXTS.sub("''", _COMMENTS.sub(" ", sql)).strip().rstrip(";")
    if not bare:
        raise UserError("data.query_empty")
    if ";" in bare or not _READS.match(bare) or _WRITES.search(bare):
        raise UserError("data.query_writes")
    return sql.strip().rstrip(";")


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
    try:
        about = {name: value for name, value in st.secrets["connections"][query.connection].items() if name in _ADDRESS}
        engine = st.connection(query.connection, type="sql", **about).engine
        with engine.connect() as connected:  # closed without a commit
            found = connected.execute(text(sql))
            rows = found.fetchmany(LIMIT_ROWS + 1)
            frame = pd.DataFrame([tuple(row) for row in rows], columns=list(found.keys()))
    except (SQLAlchemyError, OSError, ImportError) as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
        raise UserError("data.query_failed", connection=query.connection, why=why) from None
    if len(frame) > LIMIT_ROWS:
        raise UserError("tables.too_many_rows", found=len(frame), limit=LIMIT_ROWS)
    return table_from_frame(frame, query.connection)
