"""What Explore shows of a customer table: the choices of its widgets, in and out of the address.

An address carries codes, never a name or a value out of the data.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from lib.insights import code_of, named_by
from lib.insights import customer_table as insights
from lib.ui.lasting_keys import lasting
from lib.ui.state import session

PARTS = ("columns", "relations", "outcome")
PARAMS = ("part", "column", "left", "right", "outcome", "answer", "rate")

PART, COLUMN, LEFT, RIGHT, OUTCOME = (f"explore-{name}" for name in PARAMS[:5])
"""Keys of the widgets."""


def answer_key(outcome: str) -> str:
    """The key of the widget with the answer that is asked about."""
    return lasting(f"explore-answer-{outcome}")


def rate_key(outcome: str) -> str:
    """The key of the widget with the column by which an outcome is shown."""
    return lasting(f"explore-by-{outcome}")


def follow_link(table: pd.DataFrame) -> None:
    """Sets the widgets to what an address asked for; once. What the table lacks stays at its default."""
    mine = session().exploring
    asked, mine.link = mine.link, {}
    for key, value in asked_of(asked, table).items():
        st.session_state[key] = value


def asked_of(asked: Mapping[str, str], table: pd.DataFrame) -> dict[str, str]:
    """Key of a widget → the value that an address asks for; only values that the widget offers."""
    found: dict[str, str] = {}
    if asked.get("part") in PARTS:
        found[PART] = asked["part"]

    def take(param: str, key: str, offered: list[str]) -> str | None:
        name = named_by(asked[param], offered)
        if name is not None:
            found[key] = name
        return name

    if "column" in asked:
        take("column", COLUMN, [name for name in table.columns if insights.kind_of(table[name]) != "empty"])
    if "left" in asked and "right" in asked:
        usable = insights.usable(table)
        for param, key in (("left", LEFT), ("right", RIGHT)):
            take(param, key, usable)
    if "outcome" in asked and (outcome := take("outcome", OUTCOME, insights.outcomes(table))) is not None:
        answers = insights.answers(table, outcome)
        answer = take("answer", answer_key(outcome), answers) if "answer" in asked else None
        if "rate" in asked:
            ranked = insights.ranking(table, outcome, answer or (answers[0] if answers else ""))
            take("rate", rate_key(outcome), [str(name) for name in ranked["column"]])
    return found


def params(part: str, **chosen: str) -> dict[str, str]:
    """The parameters of an address; the names and values chosen stand as codes."""
    return {"part": part} | {param: code_of(value) for param, value in chosen.items() if value}
