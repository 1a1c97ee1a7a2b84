"""The figures of Explore, each with its table and the headings of its columns: what tabs and the report show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from lib import charts, insights, orders
from lib.charts import Chart
from lib.insights import Pattern
from lib.ui.exploring import cache
from lib.ui.exploring.cache import Explored
from lib.ui.exploring.view import Days
from lib.ui.page import language, say
from lib.ui.widgets import Shown


@dataclass(frozen=True)
class Part:
    """One figure with its table."""

    made: Chart
    frame: pd.DataFrame
    columns: Mapping[str, Shown]


def shown(**forms: str) -> dict[str, Shown]:
    """Columns of a table here, each with how its cells are written."""
    return {name: Shown(say(f"explore.column.{name}"), form) for name, form in forms.items()}


def _start(found: Explored) -> str:
    return "month" if found.frequency == "month" else "day"


def revenue(found: Explored, currency: str) -> Part:
    """Revenue over time, with the compared period."""
    code = language()
    made = found.chart(
        f"revenue{currency}",
        code,
        lambda: charts.revenue_over_time(found.over_time, code, currency, found.frequency, found.before),
    )
    columns = shown(
        start=_start(found),
        revenue="2f",
        returning_revenue="2f",
        new_revenue="2f",
        orders="0f",
        order_value="2f",
        complete="yes_no",
    )
    return Part(made, found.over_time, columns)


def customers(found: Explored, currency: str) -> Part:
    """Customers over time, new ones among them."""
    code = language()
    made = found.chart(
        "customers", code, lambda: charts.customers_over_time(found.over_time, code, found.frequency, found.before)
    )
    columns = shown(start=_start(found), customers="0f", new_customers="0f", complete="yes_no")
    return Part(made, found.over_time, columns)


def movement(found: Explored, currency: str) -> Part:
    """Customers won and lost over time."""
    code, lapse = language(), found.scope.history.lapse_days
    made = found.chart(
        "movement", code, lambda: charts.movement(found.movement, code, found.frequency, lapse_days=lapse)
    )
    columns = shown(start=_start(found), new="0f", returning="0f", reactivated="0f", lost="0f", complete="yes_no")
    return Part(made, found.movement, columns)


def segments(found: Explored, currency: str) -> Part:
    """Customers by segment."""
    code = language()
    made = found.chart(f"segments{currency}", code, lambda: charts.segments(found.segments, code, currency))
    columns = shown(segment="text", customers="0f", revenue="2f", recency_days="0f", frequency_orders="0f")
    columns["recency_days"] = Shown(say("explore.column.recency_median"), "0f")
    columns["frequency_orders"] = Shown(say("explore.column.orders_median"), "1f")
    return Part(made, _named(found.segments, "segment"), columns)


def rfm(found: Explored, currency: str) -> Part:
    """Recency by frequency."""
    code = language()
    made = found.chart(f"rfm{currency}", code, lambda: charts.rfm(found.grid, code, currency))
    columns = shown(recency_band="text", frequency_band="text", customers="0f", revenue="2f", money_per_customer="2f")
    return Part(made, cache.named_bands(found.grid, code), columns)


def migration(found: Explored, currency: str, days: Days | None = None) -> Part:
    """Moves between segments; without days, those of the period."""
    code, between = language(), days or found.migration_days
    table = found.migration(between)
    made = found.chart(
        f"migration-{between}",
        code,
        lambda: charts.segment_migration(table, code, start=between[0].date(), end=between[1].date()),
    )
    return Part(made, _named(table, "before", "now"), shown(before="text", now="text", customers="0f"))


def pareto(found: Explored, currency: str) -> Part:
    """The share of revenue from the best customers."""
    code = language()
    share = insights.share_of_best(found.customers)
    made = found.chart("pareto", code, lambda: charts.pareto(found.pareto, code, share=share))
    return Part(made, found.pareto, shown(share_customers="percent", share_revenue="percent1"))


def cohorts(found: Explored, currency: str, measure: str = "share") -> Part:
    """Retention by cohort."""
    code = language()
    made = found.chart(
        f"cohorts-{measure}{currency}", code, lambda: charts.cohorts(found.cohorts, code, currency, measure=measure)
    )
    columns = shown(
        cohort="month",
        size="0f",
        age_months="0f",
        active="0f",
        share="percent1",
        revenue="2f",
        revenue_per_customer="2f",
        order_value="2f",
        complete="yes_no",
    )
    return Part(made, found.cohorts, columns)


def reordering(found: Explored, currency: str) -> Part:
    """Time until the next order."""
    code = language()
    made = found.chart("reordering", code, lambda: charts.reordering(found.reordering, code))
    named = found.reordering.assign(kind=[say(f"charts.reorder_{kind}") for kind in found.reordering["kind"]])
    return Part(made, named, shown(kind="text", days="0f", share="percent1", at_risk="0f"))


def cohorts_by(found: Explored, currency: str, by: str, *, what: str, measure: str, of_lines: pd.Series | None) -> Part:
    """Cohorts by what the first order was."""
    code, table = language(), found.cohorts_by(by, of_lines)
    table = table.assign(code=[insights.code_of(str(group)) for group in table["group"]])
    if by == f"column:{orders.DISCOUNTED}":
        words = {"yes": say("explore.with_discount"), "no": say("explore.without_discount")}
        table = table.assign(group=table["group"].map(words))
    token = f"began:{by}" if by in ("country", "product") else f"began:column:{insights.code_of(by[7:])}"
    made = found.chart(
        f"cohorts-by-{by}-{measure}{currency}",
        code,
        lambda: charts.cohorts_by(table, code, currency, what=what, measure=measure, token=token),
    )
    columns = {"group": Shown(what)} | shown(
        size="0f", months="0f", watched="0f", active="0f", share="percent1", per_customer="2f"
    )
    return Part(made, table, columns)


def lifetime_value(found: Explored, currency: str) -> Part:
    """Cumulative revenue per customer by cohort."""
    code, by = language(), insights.cohort_frequency(found.scope.history)
    made = found.chart(
        f"lifetime-value{currency}", code, lambda: charts.lifetime_value(found.lifetime_value, code, currency, by)
    )
    named = found.lifetime_value.assign(cohort=_cohort_names(found.lifetime_value, found))
    return Part(made, named, shown(cohort="text", customers="0f", months="0f", per_customer="2f"))


def expected_value(found: Explored, currency: str, model: Pattern) -> Part:
    """What cohorts are expected to spend."""
    code, by = language(), insights.cohort_frequency(found.scope.history)
    table, months = found.expected_value(model), insights.forecast_months(found.scope.history)
    made = found.chart(
        f"expected-value{currency}", code, lambda: charts.expected_value(table, code, currency, by, months=months)
    )
    named = table.assign(cohort=_cohort_names(table, found))
    columns = shown(cohort="text", customers="0f", spent="2f", expected="2f")
    columns |= {end: Shown(say(f"explore.column.range_{end}"), "2f") for end in ("low", "high")}
    return Part(made, named, columns)


def _cohort_names(table: pd.DataFrame, found: Explored) -> list[str]:
    by = insights.cohort_frequency(found.scope.history)
    return [charts.bucket_name(language(), cohort, by) for cohort in table["cohort"]]


def _product_columns() -> dict[str, Shown]:
    return shown(
        product="text",
        revenue="2f",
        orders="0f",
        customers="0f",
        pieces="0f",
        first_orders="0f",
        first_share="percent1",
        ordered_again="percent1",
        returned="2f",
        returned_share="percent1",
    )


def products(found: Explored, currency: str) -> Part:
    """Best sellers."""
    code = language()
    made = found.chart(
        f"products{currency}", code, lambda: charts.products(found.products, code, currency, whole=found.scope.revenue)
    )
    return Part(made, found.products, _product_columns())


def first_or_repeat(found: Explored, currency: str) -> Part:
    """Products in first orders, and whether their buyers ordered again."""
    code = language()
    made = found.chart("first-repeat", code, lambda: charts.first_or_repeat(found.products, code))
    return Part(made, found.products, _product_columns())


def hours(found: Explored, currency: str) -> Part:
    """Weekdays by hour."""
    code = language()
    made = found.chart("hours", code, lambda: charts.weekday_hours(found.hours, code))
    named = found.hours.assign(weekday=[charts.weekday_name(code, int(day)) for day in found.hours["weekday"]])
    return Part(made, named, shown(weekday="text", hour="0f", orders="0f", revenue="2f"))


def countries(found: Explored, currency: str) -> Part:
    """Revenue by country."""
    code = language()
    made = found.chart(f"countries{currency}", code, lambda: charts.countries(found.countries, code, currency))
    columns = shown(country="text", revenue="2f", customers="0f", new_customers="0f", orders="0f")
    return Part(made, found.countries, columns)


def _named(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Segments in words."""
    code = language()
    return table.assign(**{name: [charts.segment_name(code, str(one)) for one in table[name]] for name in columns})


def has_cohorts(found: Explored) -> bool:
    """Whether any cohort is older than its first month."""
    return bool((found.cohorts["age_months"] > 0).any())


def of_everything(found: Explored, currency: str, moves: Days | None = None) -> list[Part]:
    """Every figure that these data have something for, in the order of the tabs."""
    history = found.scope.history
    made: list[Callable[[Explored, str], Part]] = [revenue, customers, movement, segments, rfm]
    made += [partial(migration, days=moves), pareto]
    if has_cohorts(found):
        made.append(cohorts)
        made.append(lifetime_value)
    made.append(reordering)
    if history.has_products and len(found.products):
        made += [products, first_or_repeat]
    made.append(hours)
    if len(found.countries) > 1:
        made.append(countries)
    return [make(found, currency) for make in made]
