"""How a table on a page shows days and amounts, while the column still sorts by value.

`localized` writes as `navigator.languages` says, which `words.js` sets to the language of the page.
"""

import pandas as pd
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


def of_values(frame: pd.DataFrame) -> dict[str, ColumnConfig]:
    """For a table as it was read: days without a time, moments and fractions in the page's language.

    Whole numbers stay as they are, since they may be ids or years.
    """
    config: dict[str, ColumnConfig] = {}
    for name, values in ((str(name), values.dropna()) for name, values in frame.items()):
        if values.dtype.kind == "M":
            is_day = bool((values.dt.normalize() == values).all())
            config[name] = day(name) if is_day else st.column_config.DatetimeColumn(name, format="localized")
        elif values.dtype.kind == "f" and bool((values % 1 != 0).any()):
            config[name] = st.column_config.NumberColumn(name, format="localized")
    return config
