"""A Plotly figure as plain lists and dicts: no property is checked while it is built, and it is sent as it is.

`plotly.graph_objects.Figure` checks every property that is set and copies the whole figure whenever it is shown; of a
redraw on Explore both took more time than the analysis. This one checks nothing: the tests draw every chart through
Plotly's own class.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
from plotly.basedatatypes import BaseFigure

Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None
Properties = dict[str, Plain]

_NOT_NESTED = ("error_x", "error_y")
"""Properties with an underscore in their own name."""


class Figure(BaseFigure):
    """A figure that is put together trace by trace; takes the names of Plotly's own methods and properties.

    A property such as `margin_t` stands for `margin={"t": …}`; None removes a property.
    """

    def __init__(self, layout: Mapping[str, object]) -> None:
        # BaseFigure's own __init__ is what makes figures slow: not called. It may only keep names with an underscore.
        self._traces: list[Properties] = []
        self._look: Properties = {}
        self._dict: Properties | None = None
        self._json: str | None = None
        self.update_layout(**layout)

    def _add(self, kind: str, properties: Mapping[str, object]) -> Figure:
        trace: Properties = {"type": kind}
        _merge(trace, properties)
        self._traces.append(trace)
        self._forget()
        return self

    def add_bar(self, **properties: object) -> Figure:
        """A trace of bars."""
        return self._add("bar", properties)

    def add_scatter(self, **properties: object) -> Figure:
        """A trace of points, lines or text."""
        return self._add("scatter", properties)

    def add_heatmap(self, **properties: object) -> Figure:
        """A trace of cells."""
        return self._add("heatmap", properties)

    def add_box(self, **properties: object) -> Figure:
        """A trace of box plots."""
        return self._add("box", properties)

    def add_sankey(self, **properties: object) -> Figure:
        """Flows between nodes."""
        return self._add("sankey", properties)

    def add_indicator(self, **properties: object) -> Figure:
        """A gauge."""
        return self._add("indicator", properties)

    def add_hline(self, *, y: float, line: Mapping[str, object]) -> Figure:
        """A line over the whole width."""
        return self._append(
            "shapes", {"type": "line", "xref": "x domain", "yref": "y", "x0": 0, "x1": 1, "y0": y, "y1": y}, line
        )

    def add_vline(self, *, x: float, line: Mapping[str, object]) -> Figure:
        """A line over the whole height."""
        return self._append(
            "shapes", {"type": "line", "xref": "x", "yref": "y domain", "y0": 0, "y1": 1, "x0": x, "x1": x}, line
        )

    def add_annotation(self, **properties: object) -> Figure:
        """Words at a place."""
        return self._append("annotations", properties)

    def _append(self, name: str, properties: Mapping[str, object], line: Mapping[str, object] | None = None) -> Figure:
        listed = self._look.setdefault(name, [])
        assert isinstance(listed, list)
        listed.append(_plain({**properties, **({} if line is None else {"line": line})}))
        self._forget()
        return self

    def update_layout(self, **properties: object) -> Figure:
        """Sets properties of the layout; those of nested ones beside what they hold."""
        _merge(self._look, properties)
        self._forget()
        return self

    def update_xaxes(self, **properties: object) -> Figure:
        """Sets properties of the x axis."""
        return self.update_layout(xaxis=properties)

    def update_yaxes(self, **properties: object) -> Figure:
        """Sets properties of the y axis."""
        return self.update_layout(yaxis=properties)

    def update_traces(self, *, selector: Mapping[str, object] | None = None, **properties: object) -> Figure:
        """Sets properties of every trace that has the selector's properties."""
        for trace in self._traces:
            if all(trace.get(name) == value for name, value in (selector or {}).items()):
                _merge(trace, properties)
        self._forget()
        return self

    def _forget(self) -> None:
        self._dict = self._json = None

    def to_dict(self) -> Properties:
        """What Plotly draws. Made once and handed out again: not to be changed."""
        if self._dict is None:
            template = pio.templates[pio.templates.default].to_plotly_json() if pio.templates.default else {}
            self._dict = {"data": list(self._traces), "layout": {"template": template, **self._look}}
        return self._dict

    def to_json_without_template(self) -> str:
        """What Plotly draws, as JSON; the page adds the colours and fonts of its theme. Made once and handed out again
        for as long as the figure is kept."""
        if self._json is None:
            drawn = {"data": self._traces, "layout": self._look}
            self._json = json.dumps(drawn, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return self._json

    @property
    def height(self) -> float | None:
        """Height in pixels, where the figure has one of its own."""
        height = self._look.get("height")
        return float(height) if isinstance(height, int | float) else None

    def to_plotly_json(self) -> Properties:
        """As `to_dict`."""
        return self.to_dict()

    def checked(self) -> go.Figure:
        """The same as a figure of Plotly's own. Raises ValueError where a property or its value is unknown."""
        return go.Figure(**self.to_dict())

    @property
    def data(self) -> tuple[object, ...]:
        """The traces as Plotly's own objects."""
        return self.checked().data  # type: ignore[no-any-return]

    @property
    def layout(self) -> go.Layout:
        """The layout as Plotly's own object."""
        return self.checked().layout


def _merge(into: Properties, properties: Mapping[str, object]) -> None:
    for name, value in properties.items():
        first, _, rest = name.partition("_")
        if rest and name not in _NOT_NESTED:
            _merge(into, {first: {rest: value}})
        elif value is None:
            into.pop(name, None)
        elif isinstance(value, Mapping):
            inner = into.setdefault(name, {})
            assert isinstance(inner, dict)
            _merge(inner, {str(key): one for key, one in value.items()})
        elif name == "title":
            _merge(into, {"title": {"text": str(value)}})
        else:
            into[name] = _plain(value)


def _plain(value: object) -> Plain:
    """A value as JSON has it: dates as text, missing numbers as null, arrays and columns as lists."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, np.generic) and not isinstance(value, np.datetime64):
        return _plain(value.item())
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, np.datetime64 | date):
        return pd.Timestamp(value).isoformat()
    if isinstance(value, pd.Series | pd.Index | pd.api.extensions.ExtensionArray):
        value = value.to_numpy()
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "M":
            return [None if one == "NaT" else str(one) for one in np.datetime_as_string(value, unit="s").tolist()]
        if value.dtype.kind == "f":
            return _plain(value.tolist()) if not np.isfinite(value).all() else value.tolist()
        return value.tolist() if value.dtype.kind in "iubU" else _plain(value.tolist())
    if isinstance(value, list | tuple | range):
        return [_plain(one) for one in value]
    raise TypeError(f"no property of a figure: {type(value).__name__}")
