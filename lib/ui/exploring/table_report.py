"""A customer table as one file: what its columns hold, what is odd, and the relations and the outcome that are shown.

Nothing of a single customer stands in it: no values of free text, no points of a scatter plot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from lib.insights import customer_table as insights
from lib.layouts import TableCleaning
from lib.ui.exploring import report, table_parts
from lib.ui.exploring.parts import Part
from lib.ui.exploring.table_parts import TableExplored
from lib.ui.page import in_language, language, number, say

_MOST_DISTRIBUTIONS = 12


def button(found: TableExplored, shown: Mapping[str, str], *, name: str) -> None:
    """The table as one web page; `shown` is what the visitor looks at (`table_view.PARAMS`)."""
    st.download_button(
        say("explore.report"),
        partial(page, found, dict(shown), name, language()),
        file_name=f"{say('explore.report_file')}.html",
        mime="text/html",
        on_click="ignore",
        icon=":material/description:",
        key="explore-report",
        help=say("explore.report_help"),
    )


def page(found: TableExplored, shown: Mapping[str, str], name: str, wanted: str) -> bytes:
    """The web page, in the language `wanted`."""
    with in_language(wanted):
        frame, columns = table_parts.profiles(found)
        free = (found.profiles["kind"] == "text").to_numpy()
        frame = frame.assign(**{cell: frame[cell].mask(free, "") for cell in ("typical", "low", "high")})
        return report.html_report(
            language=wanted,
            title=say("explore.report_title"),
            about=[name],
            figures=[
                (say("data.kpi_customers"), number(len(found.table), "0f"), ""),
                (say("data.kpi_columns"), number(len(found.table.columns), "0f"), ""),
            ],
            sentences=[report.as_text(words) for words, _, _ in table_parts.odd_sentences(found, TableCleaning())],
            tables=[(say("explore.columns_title"), frame, columns)],
            parts=parts_of(found, shown),
            method=[say("explore.table_report_method")],
        )


def parts_of(found: TableExplored, shown: Mapping[str, str]) -> list[Part]:
    """Distributions, the one shown first; relations; and the outcome shown, or the first that can be chosen."""
    columns = sorted(_countable(found), key=lambda name: name != shown.get("column"))[:_MOST_DISTRIBUTIONS]
    parts = [table_parts.distribution(found, name) for name in columns]
    if len(found.pairs):
        parts.append(table_parts.associations(found))
    left, right = shown.get("left", ""), shown.get("right", "")
    if left != right and not table_parts.is_scatter(found, left, right):
        of_customers = table_parts.pair(found, left, right)
        parts.append(replace(of_customers, frame=of_customers.frame.iloc[:0], columns={}))
    outcome = shown.get("outcome") or next(iter(insights.outcomes(found.table)), "")
    if not outcome:
        return parts
    answers = insights.answers(found.table, outcome)
    answer = shown.get("answer") or (answers[0] if answers else "")
    ranked, _ = found.outcome(outcome, answer)
    if len(ranked):
        by = shown.get("rate") or str(ranked["column"].iloc[0])
        parts += [table_parts.ranking(found, outcome, answer), table_parts.rates(found, outcome, answer, by)]
    return parts


def _countable(found: TableExplored) -> list[str]:
    """Columns whose values say nothing of one customer: no text, and few values that one customer alone has."""
    rows = found.profiles
    own = (rows["kind"] == "category") & (2 * rows["distinct"] > len(found.table))
    return [str(name) for name in rows["column"][~own & ~rows["kind"].isin(["text", "constant", "empty"])]]
