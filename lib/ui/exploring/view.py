"""What Explore shows: the choices of its widgets as one value, in and out of the address.

An address carries codes and dates, never a name out of the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from lib import insights
from lib.insights import (
    Columns,
    Criterion,
    Filters,
    Frequency,
    History,
    Scope,
    code_of,
    criterion_in,
    criterion_text,
    named_by,
)

PERIODS = ("all", "365", "90", "30", "own")
COMPARISONS = ("none", "previous", "year", "own")
TABS = ("overview", "customers", "retention", "products", "times")

Comparison = Literal["none", "previous", "year", "own"]
Days = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True)
class View:
    """Every choice that a link reproduces."""

    period: str = "all"
    days: Days | None = None
    """First and last day of the visitor's own period."""
    comparison: str = "none"
    other_days: Days | None = None
    """First and last day of the period to compare with, where it is the visitor's own."""
    moves: Days | None = None
    """The two days between which moves of customers between segments are shown; None: from the period's begin to its
    end."""
    countries: tuple[str, ...] = ()
    net: bool = True
    frequency: Frequency | None = None
    """None: what suits the period."""
    tab: str = "overview"
    criteria: tuple[Criterion, ...] = ()

    def filters(self, history: History) -> Filters:
        """The period, countries and kind of money as filters."""
        if self.period == "own" and self.days is not None:
            chosen = insights.between(*self.days)
        elif self.period in ("all", "own"):
            chosen = Filters()
        else:
            chosen = insights.last_days(history, int(self.period))
        return replace(chosen, countries=self.countries, net=self.net)

    def compared(self, view: Scope) -> Filters | None:
        """The filters of the period to compare with; None where there is none, or the history doesn't reach back."""
        if self.comparison == "previous":
            return insights.previous_period(view)
        if self.comparison == "year":
            return insights.same_period_last_year(view)
        if self.comparison == "own" and self.other_days is not None:
            other = insights.between(*self.other_days)
            return replace(view.filters, start=other.start, end=other.end)
        return None


def to_params(view: View) -> dict[str, str]:
    """A view as the parameters of an address; what stands at its default is left out."""
    params = {
        "period": _days_text(view.days) if view.period == "own" and view.days else view.period,
        "with": _days_text(view.other_days) if view.comparison == "own" and view.other_days else view.comparison,
        "moved": _days_text(view.moves) if view.moves else "",
        "in": "~".join(code_of(name) for name in view.countries),
        "money": "net" if view.net else "gross",
        "by": view.frequency or "",
        "tab": view.tab,
        "who": ";".join(criterion_text(criterion) for criterion in view.criteria),
    }
    usual = {"period": "all", "with": "none", "money": "net", "tab": "overview"}
    return {name: value for name, value in params.items() if value and value != usual.get(name)}


def from_params(params: Mapping[str, str], history: History, columns: Columns = dict) -> View:
    """The view that an address asks for. What is unknown or makes no sense is left at its default."""
    view = View()
    countries = history.countries
    period, other = params.get("period", ""), params.get("with", "")
    if period in PERIODS and period != "own":
        view = replace(view, period=period)
    elif (days := _days(period, history)) is not None:
        view = replace(view, period="own", days=days)
    if other in COMPARISONS and other != "own":
        view = replace(view, comparison=other)
    elif (days := _days(other, history)) is not None:
        view = replace(view, comparison="own", other_days=days)
    view = replace(view, moves=_days(params.get("moved", ""), history))
    names = [named_by(code, countries) for code in params.get("in", "").split("~") if code]
    view = replace(
        view,
        countries=tuple(name for name in names if name is not None),
        net=params.get("money") != "gross",
        frequency=next((name for name in insights.FREQUENCIES if name == params.get("by")), None),
        tab=params["tab"] if params.get("tab") in TABS else "overview",
    )
    criteria = []
    for written in params.get("who", "").split(";")[:_MAX_CRITERIA]:
        with suppress(ValueError):
            found = criterion_in(history, written, columns)
            criteria += [] if found is None else [found]
    return replace(view, criteria=tuple(criteria))


_MAX_CRITERIA = 8


def _days_text(days: Days) -> str:
    return f"{days[0]:%Y%m%d}-{days[1]:%Y%m%d}"


def _days(written: str, history: History) -> Days | None:
    """Two days within the history; None where the text is none."""
    first, _, last = written.partition("-")
    with suppress(ValueError):
        start = pd.Timestamp(pd.to_datetime(first, format="%Y%m%d"))
        end = pd.Timestamp(pd.to_datetime(last, format="%Y%m%d"))
        low, high = history.first_day, history.last_day
        if low <= start <= end <= high:
            return start, end
    return None
