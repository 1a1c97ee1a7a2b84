"""The caches of Explore: one prepared history per reading, one set of tables per view, one figure per chart.

A table is computed when a tab first shows it, and kept for the visitor alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from inspect import unwrap

import pandas as pd

from lib import charts, insights, orders
from lib.charts import Chart
from lib.insights import Columns, Criterion, Figure, Filters, Finding, Frequency, History, Pattern, Scope
from lib.ui import cached
from lib.ui.exploring.view import Days, View
from lib.ui.session_cache import kept
from lib.ui.shared_values import Held
from lib.ui.state import Reading


class Explored:
    """The small tables of Explore for one view; each is computed when it is first asked for."""

    def __init__(
        self,
        history: History,
        filters: Filters,
        compared: Filters | None,
        frequency: Frequency | None,
        criteria: tuple[Criterion, ...],
        columns: Columns = dict,
    ) -> None:
        flags = insights.customers_meeting(history, criteria, columns) if criteria else None
        self.scope = insights.scope(history, filters, flags)
        other = insights.scope(history, compared, flags) if compared is not None else None
        self.compared: Scope | None = None if other is None or other.empty else other
        self.compared_without_orders = other if other is not None and other.empty else None
        """The period to compare with, where nothing was ordered in it."""
        self.frequency: Frequency = insights.frequency_shown(self.scope, frequency)
        self.charts: dict[tuple[str, str], Chart] = {}
        self.tables: dict[str, pd.DataFrame] = {}

    @property
    def empty(self) -> bool:
        return self.scope.empty

    @cached_property
    def buyers(self) -> int:
        """How many customers ordered."""
        return int(self.scope.orders["customer"].nunique())

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return insights.key_figures(self.scope, self.compared, self.over_time)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return insights.findings(self.scope, self.customers, self.reordering)

    @cached_property
    def over_time(self) -> pd.DataFrame:
        return insights.over_time(self.scope, self.frequency)

    @cached_property
    def before(self) -> pd.DataFrame | None:
        """The period compared with, laid on this one."""
        if self.compared is None:
            return None
        return insights.over_time(self.compared, self.frequency, like=self.scope)

    @cached_property
    def movement(self) -> pd.DataFrame:
        return insights.movement(self.scope, self.frequency)

    @cached_property
    def hours(self) -> pd.DataFrame:
        return insights.by_weekday_hour(self.scope)

    @cached_property
    def customers(self) -> pd.DataFrame:
        return insights.customers_of(self.scope)

    @cached_property
    def grid(self) -> pd.DataFrame:
        return insights.rfm_grid(self.customers)

    @cached_property
    def segments(self) -> pd.DataFrame:
        return insights.by_segment(self.customers)

    def migration(self, days: Days) -> pd.DataFrame:
        """Moves between segments from the beginning of the first day to the end of the last."""
        return self.table(f"migration-{days}", lambda: insights.migration(self.scope, days[0], days[1] + insights.DAY))

    @cached_property
    def migration_days(self) -> Days:
        """First and last day of the period; of everything, the last quarter of a year at most."""
        start = self.scope.start
        if self.scope.filters.start is None:
            half = self.scope.start + (self.scope.end - self.scope.start) / 2
            start = max(half.normalize(), self.scope.end - pd.Timedelta(days=90))
        return start, self.scope.end - insights.DAY

    @cached_property
    def cohorts(self) -> pd.DataFrame:
        return insights.cohorts(self.scope)

    def cohorts_by(self, by: str, of_lines: pd.Series | None) -> pd.DataFrame:
        """Cohorts by a column of the first order; None stands for its country."""
        return self.table(
            f"cohorts-by-{by}", lambda: insights.cohorts_by(self.scope, insights.first_orders_by(self.scope, of_lines))
        )

    @cached_property
    def lifetime_value(self) -> pd.DataFrame:
        return insights.lifetime_value(self.scope)

    def expected_value(self, found: Pattern) -> pd.DataFrame:
        """Simulated once per view."""
        return self.table("expected-value", lambda: insights.expected_value(self.scope, found))

    @cached_property
    def reordering(self) -> pd.DataFrame:
        return insights.reorder_curve(self.scope)

    @cached_property
    def pareto(self) -> pd.DataFrame:
        return insights.pareto(self.customers)

    @cached_property
    def top(self) -> pd.DataFrame:
        return insights.top_customers(self.scope, self.customers)

    @cached_property
    def countries(self) -> pd.DataFrame:
        return insights.by_country(self.scope)

    @cached_property
    def products(self) -> pd.DataFrame:
        return insights.by_product(self.scope)

    @cached_property
    def baskets(self) -> pd.DataFrame:
        return insights.baskets(self.scope)

    def table(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A table that needs words, made once."""
        if name not in self.tables:
            self.tables[name] = make()
        return self.tables[name]

    def chart(self, name: str, language: str, make: Callable[[], Chart]) -> Chart:
        """A figure, made once."""
        if (name, language) not in self.charts:
            self.charts[name, language] = make()
        return self.charts[name, language]


@kept(16, while_active=True)
def _explored(
    key: str,
    filters: Filters,
    compared: Filters | None,
    frequency: Frequency | None,
    criteria: tuple[Criterion, ...],
    _history: History,
    _reading: Reading,
) -> Explored:
    return cached.for_all(
        "explored",
        repr((key, filters, compared, frequency, criteria)),
        _reading,
        lambda: Explored(_history, filters, compared, frequency, criteria, lambda: line_columns(_reading)),
    )


@kept(16)
def _compared(key: str, view: View, _history: History) -> Filters | None:
    return view.compared(insights.scope(_history, view.filters(_history)))


def explored(reading: Reading, view: View) -> Explored:
    """Everything that Explore shows, computed once per view."""
    history = cached.history_of(reading)
    compared = _compared(reading.key, view, history)
    return _explored(reading.key, view.filters(history), compared, view.frequency, view.criteria, history, reading)


def of_sample(reading: Reading, history: History) -> Explored:
    """The first view of Explore of the sample shop. Needs no visitor's session."""
    return unwrap(_explored)(reading.key, Filters(), None, None, (), history, reading)


@kept(2, while_active=True)
def _line_columns(key: str, _reading: Reading) -> Held[dict[str, pd.Series]]:
    def find() -> Held[dict[str, pd.Series]]:
        found = cached.tables_of(_reading)
        understood_each = [cached.understood(one, _reading) for one in found]
        return Held(orders.line_columns(cached.orders_of(_reading), found, understood_each))

    return cached.for_all("line-columns", key, _reading, find)


def line_columns(reading: Reading) -> dict[str, pd.Series]:
    """Columns of the file beside the roles, one value per line of the history."""
    return _line_columns(reading.key, reading).value


@kept(2)
def _pattern(key: str, _history: History, _reading: Reading) -> Held[Pattern | None]:
    return cached.for_all("pattern", key, _reading, lambda: Held(insights.pattern(_history)))


def pattern_of(reading: Reading) -> Pattern | None:
    """The purchase-pattern model of the whole history, fitted once; None where there is too little data."""
    return _pattern(reading.key, cached.history_of(reading), reading).value


def named_bands(grid: pd.DataFrame, language: str) -> pd.DataFrame:
    """`insights.rfm_grid` with its bands in words."""
    return grid.assign(
        recency_band=grid["recency_band"].map(lambda band: charts.recency_name(language, band)),
        frequency_band=grid["frequency_band"].map(lambda band: charts.frequency_name(language, band)),
    )
