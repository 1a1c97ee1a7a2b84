"""Taking away: a table as CSV or Excel under headings in the visitor's language, a figure as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from lib import charts, exports
from lib.charts import Chart
from lib.exports import Export
from lib.ui.page import language, say
from lib.ui.widgets import Shown

_FORMATS = (
    ("csv", "ui.download_table", ":material/download:"),
    ("excel", "explore.download_excel", ":material/grid_on:"),
)


def headed(frame: pd.DataFrame, columns: Mapping[str, Shown]) -> pd.DataFrame:
    """The columns shown, under their headings; money in cents."""
    cents = {name: 2 for name, shown in columns.items() if shown.form == "2f"}
    return frame[list(columns)].round(cents).rename(columns={name: shown.heading for name, shown in columns.items()})


def table_buttons(frame: pd.DataFrame, columns: Mapping[str, Shown], name: str, *, key: str) -> None:
    """Buttons for the whole table as CSV and as Excel; encoded when clicked."""
    wanted = language()
    for way, label, icon in _FORMATS:
        export = exports.export(way)
        st.download_button(
            say(label),
            partial(_encoded, export, frame, columns, wanted),
            file_name=f"{name}{export.suffix}",
            mime=export.mime,
            on_click="ignore",
            icon=icon,
            key=f"{way}-{key}",
        )


def _encoded(export: Export, frame: pd.DataFrame, columns: Mapping[str, Shown], wanted: str) -> bytes:
    return export.encode(headed(frame, columns), wanted, ())


def of_chart(made: Chart, frame: pd.DataFrame, columns: Mapping[str, Shown], *, key: str) -> None:
    """A chart's table and the chart itself."""
    wanted = language()
    with st.container(horizontal=True):
        table_buttons(frame, columns, key, key=key)
        st.download_button(
            say("ui.download_chart"),
            lambda: charts.to_html(made, wanted),
            file_name=f"{key}.html",
            mime="text/html",
            on_click="ignore",
            icon=":material/bar_chart:",
            key=f"html-{key}",
            help=say("explore.download_chart_help"),
        )
