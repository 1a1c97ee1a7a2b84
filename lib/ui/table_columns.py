"""How a table on a page shows days and amounts, while the column still sorts by value.

`localized` writes as `navigator.languages` says, which `words.js` sets to the language of the page.
"""

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig


def day(heading: str) -> ColumnConfig:
    """A column of days, such as "Jun 6, 2025" or "6 jun 2025"."""
    return st.column_config.DateColumn(heading, format="localized")


def amount(heading: str) -> ColumnConfig:
    """A column of amounts, always with two decimals and with signs between thousands."""
    return st.column_config.NumberColumn(heading, format="localized", step=0.01)


def probability(heading: str) -> ColumnConfig:
    """A column of probabilities from 0 to 1 as bars, in percent with one decimal."""
    return st.column_config.ProgressColumn(heading, min_value=0.0, max_value=1.0, format="percent", step=0.001)


def whole(heading: str) -> ColumnConfig:
    """A column of whole numbers with signs between thousands; decimals are rounded."""
    return st.column_config.NumberColumn(heading, format="localized", step=1)
