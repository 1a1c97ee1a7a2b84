"""What every figure is made of: the palette, axes, bars, heatmaps, the colours and words of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, isclose, isfinite, log10
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go
from babel import Locale
from babel.dates import format_skeleton

from lib import text
from lib.charts.figure import Figure
from lib.safe_text import chart_label

PALETTE = ("#26946F", "#3F7FC4", "#BF7A1C", "#CF5B47", "#8769C0", "#2E93A0", "#7A8D2D", "#74827B")
"""Eight hues of like weight, each at 3 : 1 or more on the light and on the dark page."""

MUTED = "#8A968F"
SEQUENTIAL = ("#E4F2EB", "#A9D7C2", "#63B595", "#26946F", "#136149", "#0B3B2D")
"""Little to much. The light end is pale in both modes: cells carry their own text colour."""
DIVERGING = ("#A9650F", "#E3B776", "#F1F0EA", "#8FB4DC", "#2A62A0")
"""Less than usual, usual, more than usual: neither end is good or bad as such."""

DARK_INK, LIGHT_INK = "#06100C", "#FFFFFF"

HEIGHT = 340
MOST_TICKS = 6
"""Of an axis; numbers below narrow bars have room for `FEW_TICKS`, also on a phone."""
FEW_TICKS = 4
_COMPACT_FROM = 10_000
"""From here on, ticks are written in thousands and millions."""
_FURTHEST = 1e300
"""The difference of two numbers of an axis is a number still."""
_LETTER = 6
"""Width of a digit of 12 pixels."""


@dataclass(frozen=True)
class Chart:
    """A figure, its title with the unit, and what it says in one sentence (also its text alternative)."""

    title: str
    message: str
    figure: Figure
    clickable: bool = False
    """Whether the last item of each point's `customdata` is what clicking it selects (`kind:value:value`)."""

    @property
    def alt(self) -> str:
        """For those who cannot see the figure."""
        return f"{self.title}. {self.message}"


def month(language: str, value: date) -> str:
    """A month as the language writes it, such as 'Nov 2011'."""
    return str(format_skeleton("yMMM", value, locale=Locale.parse(language)))


_PICTURE_BUTTONS = """
<p style="font: 16px system-ui, sans-serif; margin: 1rem 2rem">
<button onclick="take('png')">PNG</button> <button onclick="take('svg')">SVG</button></p>
<script>
function take(format) {
  const figure = document.querySelector('.plotly-graph-div');
  Plotly.downloadImage(figure, {format: format, scale: format === 'png' ? 2 : 1, filename: 'chart',
    width: figure.offsetWidth, height: figure.offsetHeight});
}
</script>
"""


def to_html(chart: Chart, language: str = "en") -> bytes:
    """The figure as a page of its own that needs no network, with buttons that save it as PNG and as SVG."""
    figure = figure_alone(chart)
    figure.update_layout(title=chart_label(chart.title), margin_t=72)
    page = figure.to_html(include_plotlyjs=True, full_html=True, config={"displaylogo": False})
    page = page.replace("<html>", f'<html lang="{language}">', 1)
    return page.replace("</body>", f"{_PICTURE_BUTTONS}</body>", 1).encode()


def figure_alone(chart: Chart) -> go.Figure:
    """The figure with colours of its own, for a page without the app's theme."""
    figure = chart.figure.checked()
    figure.update_layout(template="plotly_white", margin={"t": 40, "l": 64, "r": 24, "b": 56})
    return figure


def separators(language: str) -> str:
    """The language's decimal sign and its sign between thousands, as Plotly takes them."""
    form = text.locale(language)
    return form.decimal + form.group


def new_figure(language: str) -> Figure:
    return Figure(
        layout={
            "height": HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
            "colorway": list(PALETTE),
            "separators": separators(language),
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
            "hoverlabel": {"align": "left"},
            "xaxis": {"automargin": True, "showgrid": False, "fixedrange": True},
            "yaxis": {"automargin": True, "fixedrange": True, "zeroline": False},
        }
    )


def horizontal_bars(
    language: str, *, names: Sequence[str], values: Sequence[float], labels: Sequence[str], letters: int = 0
) -> Figure:
    """`letters`: names break into lines of at most this many letters, so that bars keep their width on a phone."""
    figure = new_figure(language)
    written = distinct(["<br>".join(map(chart_label, (letters and wrap(name, letters)) or [name])) for name in names])
    lines = max((label.count("<br>") + 1 for label in written), default=1)
    figure.add_bar(
        y=written,
        x=list(values),
        orientation="h",
        marker={"color": PALETTE[0]},
        text=list(labels),
        textposition="auto",
        textangle=0,  # a figure that is wider than its bar would be turned
        hovertemplate="%{y}<br>%{text}<extra></extra>",
    )
    figure.update_layout(height=max(220, 80 + max(32, 16 * lines + 4) * len(names)), margin_t=8)
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False)  # "0" and "1" are names, not numbers
    figure.update_xaxes(rangemode="tozero", showgrid=True)
    return figure


def heatmap(
    language: str,
    wide: pd.DataFrame,
    columns: Sequence[str],
    rows: Sequence[str],
    *,
    texts: pd.DataFrame,
    hover: Sequence[Sequence[str]],
    tokens: Sequence[Sequence[str]] | None = None,
    diverging: bool = False,
    darkest: float | None = None,
) -> Figure:
    """Cells that carry their text in black or white, whichever reads on their colour. The darkest colour is for the
    value `darkest`, or else for the highest of all.

    `tokens` are what clicking a cell selects. Streamlit reports clicks on points alone, so an invisible one lies
    on each cell. Where the figure is narrower than `meta.widthWithWords`, the page leaves the cells' words out.
    """
    colours = DIVERGING if diverging else SEQUENTIAL
    values = wide.astype(float)
    highest = darkest or (float(values.max(axis=None)) if values.size else 0.0)
    low, high = (-1.0, 1.0) if diverging else (0.0, max(highest, 1e-9) if highest == highest else 1e-9)
    figure = new_figure(language)
    figure.add_heatmap(
        z=values.to_numpy(),
        x=list(columns),
        y=list(rows),
        zmin=low,
        zmax=high,
        colorscale=[[at / (len(colours) - 1), colour] for at, colour in enumerate(colours)],
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=[list(row) for row in hover],
        hovertemplate="%{y}<br>%{x}<br>%{customdata}<extra></extra>" if tokens is None else None,
        hoverinfo=None if tokens is None else "skip",
        hoverongaps=False,
    )
    figure.add_scatter(
        x=[column for _ in rows for column in columns],
        y=[row for row in rows for _ in columns],
        mode="text" if tokens is None else "markers+text",
        text=[cell for row in texts.to_numpy() for cell in row],
        textposition="middle center",
        textfont={
            "size": 12,
            "color": [ink_on(value, low, high, colours) for row in values.to_numpy() for value in row],
        },
        showlegend=False,
        hoverinfo="skip" if tokens is None else None,
    )
    if tokens is not None:
        pairs = zip(hover, tokens, strict=True)
        figure.update_traces(
            selector={"type": "scatter"},
            customdata=[[words, token] for line, marks in pairs for words, token in zip(line, marks, strict=True)],
            hovertemplate="%{y}<br>%{x}<br>%{customdata[0]}<extra></extra>",
            marker={"size": 28, "opacity": 0},
            unselected={"textfont": {"color": MUTED}},
        )
        figure.update_layout(hoverdistance=60, hovermode="closest")
    figure.update_layout(margin_t=8, meta={"widthWithWords": _width_with_words(texts, rows)})
    figure.update_xaxes(type="category", showgrid=False, ticks="")
    figure.update_yaxes(type="category", showgrid=False, ticks="")
    return figure


def _width_with_words(texts: pd.DataFrame, rows: Sequence[str]) -> int:
    """Width in pixels from which the words of a heatmap's cells stand apart, beside the names of its rows."""
    letters = max((len(str(cell)) for row in texts.to_numpy() for cell in row), default=0)
    names = max((len(line) for row in rows for line in row.split("<br>")), default=0)
    return (_LETTER * letters + 2) * len(texts.columns) + _LETTER * names


def number_form(value: float) -> str:
    return "0f" if abs(value) >= 100 else "significant" if 0 < abs(value) < 0.005 else ""


def count_axis(language: str, values: Sequence[float], *, most: int = MOST_TICKS) -> dict[str, object]:
    """An axis of whole numbers from 0 on: no tick at a fifth of a customer, one per customer where there are few."""
    return {**ticks(language, [0.0, *values], most=most, whole=True), "rangemode": "tozero"}


def ticks(
    language: str, values: Sequence[float], *, most: int = MOST_TICKS, percent: bool = False, whole: bool = False
) -> dict[str, object]:
    """At most about `most` round numbers over the range of `values`, written as the language's sentences write them:
    `40K` and `20%`, in Spanish `40 mil` and `20 %`. Plotly's own `tickformat` knows one way of each.

    A step beyond either end is included, for axes that reach a little further than their values.
    """
    known = [min(max(float(value), -_FURTHEST), _FURTHEST) for value in values if isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    step = _round_step((high - low) / max(1, most - 1) or abs(high) or 1.0)
    step = max(1.0, step) if whole else step
    marks = [step * number for number in range(floor(low / step + 1e-9) - 1, ceil(high / step - 1e-9) + 2)]
    marks = [float(f"{mark:.12g}") for mark in marks if mark >= 0 or low < 0]
    return {"tickvals": marks, "ticktext": _written_ticks(language, marks, step, percent=percent)}


def log_ticks(language: str, low: float, high: float) -> dict[str, object]:
    """Powers of ten over a range above zero; with 2 and 5 times each where the range has few of them."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    between = (1,) if len(powers) > 3 else (1, 2, 5)
    marks = [float(f"{times}e{power}") for power in powers for times in between]
    return {"tickvals": marks, "ticktext": [_written_tick(language, mark) for mark in marks]}


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20 … (and of tenths, hundredths …) that is not below `least`."""
    power = floor(log10(least))
    return next(float(f"{times}e{power}") for times in (1, 2, 5, 10) if float(f"{times}e{power}") >= least * (1 - 1e-9))


def _written_ticks(language: str, marks: Sequence[float], step: float, *, percent: bool) -> list[str]:
    if percent:
        decimals = max(0, -2 - floor(log10(step)))  # as many as the step has
        return [text.number(language, mark, f"percent{min(decimals, 9)}") for mark in marks]
    compact = max(map(abs, marks)) >= _COMPACT_FROM
    for form in ("short", "0f") if compact else ("",):
        written = [text.number(language, mark, form) if form else _written_tick(language, mark) for mark in marks]
        if len(set(written)) == len(written):
            return written
    return [text.number(language, mark, "typed") for mark in marks]  # close to each other, as degrees of latitude are


def _written_tick(language: str, mark: float) -> str:
    if abs(mark) >= _COMPACT_FROM:
        return text.number(language, mark, "short")
    return text.number(language, mark, "" if mark == round(mark, 2) else "significant")


def rows_height(names: Sequence[str]) -> int:
    """Of figures with a row for each group, so that two of them side by side are alike; long names need more."""
    return max(HEIGHT, 120 + sum(max(44, 14 + 15 * (1 + wrapped(name, 22).count("<br>"))) for name in names))


def axis_title(title: str) -> str:
    """A title of an axis, on two lines where one is too long for a phone. Its words are markup already."""
    return "<br>".join(wrap(title, 32, break_long_words=False)) if len(title) > 40 else title


def distinct(labels: Sequence[str]) -> list[str]:
    """Labels of a category axis, each once: Plotly puts the bars of equal ones on top of each other, as if they were a
    sum. What makes the second and later ones different can't be seen."""
    return [label + "\u200b" * labels[:place].count(label) for place, label in enumerate(labels)]


def wrapped(words: str, width: int = 16) -> str:
    """A long label on several lines."""
    return "<br>".join(chart_label(line) for line in wrap(words, width, break_long_words=False))


def ink_on(value: float, low: float, high: float, colours: Sequence[str]) -> str:
    """Black or white, whichever reads better on the cell's colour."""
    if value != value:
        return DARK_INK
    ground = colour_at(min(max((value - low) / (high - low), 0.0), 1.0), colours)
    return max((DARK_INK, LIGHT_INK), key=lambda ink: contrast(ground, rgb(ink)))


def colour_at(share: float, colours: Sequence[str]) -> list[float]:
    """The colour at a share of the way through a scale."""
    place = share * (len(colours) - 1)
    left = min(int(place), len(colours) - 2)
    return [a + (b - a) * (place - left) for a, b in zip(rgb(colours[left]), rgb(colours[left + 1]), strict=True)]


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Contrast of two colours (0–255 per channel) by WCAG 2: 1 to 21."""

    def light(colour: Sequence[float]) -> float:
        parts = [value / 255 for value in colour]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def share_axes(figure: Figure, language: str, x_key: str, y_key: str) -> None:
    """Both axes in percent."""
    figure.update_xaxes(
        title=axis_title(text.say(language, x_key)),
        **ticks(language, [0, 1], percent=True),
        range=[0, 1],
        showgrid=True,
    )
    figure.update_yaxes(
        title=axis_title(text.say(language, y_key)), **ticks(language, [0, 1], percent=True), range=[0, 1.03]
    )


_TIED_NAMES = 3
"""Named in a sentence; of more, it says how many there are."""


def tied(language: str, names: Sequence[str], values: Sequence[float], written: str) -> str | None:
    """The sentence where several values are equally the highest, `written` each; None where one alone is."""
    highest = max(values)
    first = [name for name, value in zip(names, values, strict=True) if isclose(value, highest, rel_tol=1e-12)]
    if len(first) < 2:
        return None
    if len(first) == len(names):
        return text.say(language, "charts.tied_all", value=written)
    more = len(first) - _TIED_NAMES
    shown = first if more <= 0 else [*first[:_TIED_NAMES], text.say(language, "charts.tied_more", count=more)]
    return text.say(language, "charts.tied", names=shown, value=written)


def write_money(language: str, value: float, currency: str) -> str:
    form = "0f" if abs(value) >= 100 else "2f"
    return f"{text.number(language, value, form)} {currency}".strip()


def with_unit(words: str, currency: str) -> str:
    """A heading with the currency behind it, where one is known."""
    return f"{words} ({currency})" if currency else words


def money_unit(language: str, currency: str) -> str:
    return currency or text.say(language, "charts.own_currency")


def customdata_rows(*columns: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*columns, strict=True))
