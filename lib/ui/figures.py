"""Showing a figure: a component of our own draws it when it is near the window, and in place when its data change.

`st.plotly_chart` draws every figure of the page, twice, and from nothing whenever its data change; see
docs/decisions/0022. It stays as the way out where the browser cannot load plotly.js from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import plotly
import streamlit as st
from babel import Locale
from streamlit.components.v1 import declare_component

from lib import text
from lib.charts import Chart
from lib.ui.page import language
from lib.ui.state import session

Tools = Literal["none", "picture", "points", "around"]
"""What a visitor can do beside reading: nothing; save a picture; click on points as well; draw around them as well."""

_SCRIPT = Path(__file__).parent / "figure.js"
_LIBRARY = Path(plotly.__file__).parent / "package_data"
_FILE = "plotly.min.js"
_NAME = "plotly"
_HEIGHT = 450
"""Pixels of a figure without a height of its own, as plotly.js has it."""
_BUTTONS: dict[Tools, list[str]] = {
    "none": [],
    "picture": ["toImage"],
    "points": ["toImage"],
    "around": ["select2d", "lasso2d", "toImage"],
}


OnSelect = Callable[[str], None]
"""Runs when points were selected, with the key that `selected` reads them by."""


def show(made: Chart, *, key: str, tools: Tools = "none", on_select: OnSelect | None = None, clicks: int = 0) -> None:
    """A figure with its text alternative. When `clicks` changes, points no longer look selected."""
    if session().figures_fail:
        _plain(made, key=f"{key}-{clicks}" if on_select else key, tools=tools, on_select=on_select)
        return
    _serve_library()
    _component()(
        key=key,
        data={
            "figure": made.figure.to_json_without_template(),
            "alt": made.alt,
            "height": made.figure.height or _HEIGHT,
            "config": _config(tools, language()),
            "clickable": on_select is not None,
            "clicks": clicks,
        },
        on_selection_change=partial(on_select, key) if on_select else _nothing,
        on_failed_change=_fails,
    )


def fetch_library() -> None:
    """Lets the browser fetch plotly.js while the visitor reads a page without figures."""
    if session().figures_fail:
        return
    _serve_library()
    with st.container(key="figure-library"):
        _component()(key="figure-library-fetched", data={}, on_failed_change=_fails)


def selected(key: str) -> list[dict[str, object]]:
    """The points that a visitor clicked or drew around in that figure, while `on_select` runs; named as
    `st.plotly_chart` names them."""
    sent = st.session_state.get(key)
    found = sent.get("selection") if isinstance(sent, Mapping) else None
    points = found.get("points") if isinstance(found, Mapping) else None
    # What a browser sends may be anything.
    return [dict(point) for point in points if isinstance(point, Mapping)] if isinstance(points, list | tuple) else []


def _plain(made: Chart, *, key: str, tools: Tools, on_select: OnSelect | None) -> None:
    config = _config(tools, language())
    if on_select is None:
        st.plotly_chart(made.figure, width="stretch", config=config, key=key, alt=made.alt)
        return
    st.plotly_chart(
        made.figure,
        width="stretch",
        config=config,
        key=key,
        alt=made.alt,
        on_select=partial(on_select, key),
        selection_mode=("points", "box", "lasso") if tools == "around" else "points",
    )


def _config(tools: Tools, code: str) -> dict[str, object]:
    return {
        "displaylogo": False,
        "locale": code,
        "displayModeBar": "hover" if _BUTTONS[tools] else False,
        "modeBarButtons": [_BUTTONS[tools]],
        "toImageButtonOptions": {"format": "png", "scale": 2},
    }


def _fails() -> None:
    session().figures_fail = True


def _nothing() -> None:
    """Streamlit passes on only what has a callback."""


# ------------------------------------------------------------------------------------------------ the component


@cache
def _component() -> Callable[..., object]:
    script = _SCRIPT.read_text(encoding="utf-8")
    script = script.replace("LIBRARY_PATH;", f"{json.dumps(library_address())};", 1)
    script = script.replace("LOCALE_FORMATS;", f"{json.dumps([_locale(code) for code in text.LANGUAGES])};", 1)
    return st.components.v2.component("brine_figure", js=_small(script), isolate_styles=False)


def library_address() -> str:
    """Where the browser asks for plotly.js, below the app's own address; `tools/serve.py` lets nginx hand it out."""
    return f"component/{__name__}.{_NAME}/{_FILE}?v={version('plotly')}"


def _small(script: str) -> str:
    """Without comment lines and indents: Streamlit sends the script along with every figure."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _locale(code: str) -> dict[str, object]:
    """Words and dates of a language as plotly.js takes them; its own English dates stay."""
    words = {
        "Box Select": "ui.figure_box",
        "Lasso Select": "ui.figure_lasso",
        "Download plot as a PNG": "ui.figure_picture",
    }
    spoken: dict[str, object] = {"name": code, "dictionary": {word: text.say(code, key) for word, key in words.items()}}
    return spoken if code == text.DEFAULT_LANGUAGE else {**spoken, "format": _dates(code)}


def _dates(code: str) -> dict[str, object]:
    names = Locale.parse(code)
    days = [6, 0, 1, 2, 3, 4, 5]  # plotly.js begins with Sunday
    forms = (("", "wide"), ("short", "abbreviated"))
    found: dict[str, object] = {"date": "%d/%m/%Y"}
    for before, width in forms:
        name_of_days, name_of_months = (f"{before}{name if before else name.lower()}" for name in ("Days", "Months"))
        found[name_of_days] = [names.days["format"][width][day] for day in days]
        found[name_of_months] = [names.months["format"][width][month] for month in range(1, 13)]
    return found


def _serve_library() -> None:
    """Lets the server hand out plotly.js of the installed package. Streamlit keeps the folder per server, and only
    while a visitor is served: done anew for each visitor."""
    mine = session()
    if not mine.figures_served:
        declare_component(_NAME, path=_LIBRARY)
        mine.figures_served = True
