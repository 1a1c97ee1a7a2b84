"""The key figures above the tabs: each with its change and its path, and the periods that they are of.

They are one block of HTML: six `st.metric` with a line each took the browser as long to draw as all charts.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib import insights
from lib.safe_text import markup
from lib.ui.exploring.cache import Explored
from lib.ui.exploring.view import View
from lib.ui.page import day, number, say
from lib.ui.widgets import Fact

_EXPLAINED = ("repeat_share", "new_customers", "order_value")


def key_figures(found: Explored, currency: str, view: View) -> None:
    """Figures of the period, each with its change and its path; which period, and against which, stands below."""
    shown = [
        Fact(
            label_of(figure, found, view),
            value_of(figure, currency),
            change=change_of(figure),
            path=figure.path,
            help=say(f"explore.{figure.key}_help") if figure.key in _EXPLAINED else "",
        )
        for figure in found.figures
    ]
    cards = "".join(_card(one) for one in shown)
    st.html(f'<div class="brine-figures" role="list">{cards}</div>')
    st.caption(_periods(found, view, currency))


def _card(shown: Fact) -> str:
    kind, arrow = {"+": ("rise", "▲"), "-": ("fall", "▼")}.get(shown.change[:1], ("same", ""))
    change = f'<span class="brine-{kind}"><i aria-hidden="true">{arrow}</i> {markup(shown.change)}</span>'
    about = markup(shown.help)
    help_ = f'<span class="brine-help" tabindex="0" role="note" aria-label="{about}" data-help="{about}">?</span>'
    return (
        f'<div role="listitem"><span class="brine-label">{markup(shown.label)}{help_ if shown.help else ""}</span>'
        f"<b>{markup(shown.value)}</b>{change if shown.change else ''}{_path(shown.path)}</div>"
    )


def _path(values: Sequence[float]) -> str:
    """A small line with the area below it, cut out of two boxes; inline SVG is taken out of pages."""
    if len(values) < 3:
        return ""
    low, high = min(values), max(values)
    spread = (high - low) or 1.0
    points = [(100 * at / (len(values) - 1), 8 + 84 * (high - value) / spread) for at, value in enumerate(values)]
    above = ",".join(f"{x:.1f}% {y:.1f}%" for x, y in points)
    below = ",".join(f"{x:.1f}% calc({y:.1f}% + 2px)" for x, y in reversed(points))
    return (
        f'<div class="brine-path" aria-hidden="true"><i style="clip-path:polygon({above},100% 100%,0% 100%)"></i>'
        f'<i style="clip-path:polygon({above},{below})"></i></div>'
    )


def label_of(figure: insights.Figure, found: Explored, view: View) -> str:
    """What a figure is called; revenue says whether it is net."""
    if figure.key == "revenue" and len(found.scope.history.returns):
        return say("explore.revenue_net" if view.net else "explore.revenue_gross")
    return say(f"explore.{figure.key}")


def value_of(figure: insights.Figure, currency: str) -> str:
    """A figure with its unit, as plain text."""
    if figure.unit == "share":
        return number(figure.value, "percent")
    large = abs(figure.value) >= 10_000
    value = number(figure.value, "short" if large else "2f" if figure.unit == "money" else "0f")
    return f"{value} {currency}".strip() if figure.unit == "money" else value


def change_of(figure: insights.Figure) -> str:
    """The change with its sign in front; empty where nothing is compared."""
    change = figure.change
    if change is None:
        return ""
    words = say("explore.points", value=abs(100 * change)) if figure.unit == "share" else number(abs(change), "percent")
    zero = say("explore.points", value=0.0) if figure.unit == "share" else number(0.0, "percent")
    sign = "±" if words == zero else "-" if change < 0 else "+"
    return f"{sign}{words}"


def _periods(found: Explored, view: View, currency: str) -> str:
    scope, other = found.scope, found.compared
    by = say(f"explore.by_{found.frequency}").lower()
    words = say("explore.of_period", period=period_words(scope.start, scope.end), by=by)
    if scope.returned_outside > 0:
        words = f"{words} {outside_words(scope.returned_outside, currency)}"
    if other is not None:
        return f"{words} {say('explore.against', period=period_words(other.start, other.end))}"
    blank = found.compared_without_orders
    if blank is not None and blank.start < blank.end:
        return f"{words} {say('explore.none_before', period=period_words(blank.start, blank.end))}"
    if view.period != "all" and view.comparison != "none":
        return f"{words} {say('explore.no_comparison')}"
    return words


def outside_words(amount: float, currency: str) -> str:
    """That returns before the first or after the last order are subtracted too."""
    return say("explore.returned_outside", amount=f"{number(amount, '2f')} {currency}".strip())


def period_words(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """A period as its first and its last day."""
    return f"{day(start.date())} – {day((end - insights.DAY).date())}"
