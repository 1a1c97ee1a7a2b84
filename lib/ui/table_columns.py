"""How a table on a page shows days and amounts: by the browser's locale, while the column still sorts by value."""

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig


def day(heading: str) -> ColumnConfig:
    """A column of days, such as "Jun 6, 2025" or "6 jun 2025"."""
    return st.column_config.DateColumn(heading, format="localized")


def amount(heading: str) -> ColumnConfig:
    """A column of amounts, always with two decimals and with signs between thousands."""
    return st.column_config.NumberColumn(heading, format="localized", step=0.01)


def whole(heading: str) -> ColumnConfig:
    """A column of whole numbers with signs between thousands; decimals are rounded."""
    return st.column_config.NumberColumn(heading, format="localized", step=1)
