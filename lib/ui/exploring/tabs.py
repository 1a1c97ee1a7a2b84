"""The tabs of Explore: which charts and tables each shows, and the key figures above them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lib import charts, insights
from lib.insights import Finding
from lib.ui import widgets
from lib.ui.exploring import cache, downloads, people, selecting
from lib.ui.exploring.cache import Explored
from lib.ui.exploring.view import TABS, View
from lib.ui.page import day, language, number, plain, say
from lib.ui.state import Reading
from lib.ui.widgets import Fact, Shown


def shown(**forms: str) -> dict[str, Shown]:
    """Columns of a table here, each with how its cells are written."""
    return {name: Shown(say(f"explore.column.{name}"), form) for name, form in forms.items()}


# ------------------------------------------------------------------------------------------------ figures


def key_figures(found: Explored, currency: str, view: View) -> None:
    """Figures of the period, each with its change and its path; which period, and against which, stands below."""
    cards = []
    for figure in found.figures:
        if figure.unit == "share":
            value = number(figure.value, "percent")
        else:
            large = figure.value >= 10_000
            value = number(figure.value, "short" if large else "2f" if figure.unit == "money" else "0f")
            value = f"{value} {plain(currency)}".strip() if figure.unit == "money" else value
        label = f"explore.{figure.key}"
        if figure.key == "revenue" and len(found.scope.history.returns):
            label = "explore.revenue_net" if view.net else "explore.revenue_gross"
        cards.append(
            Fact(
                say(label),
                value,
                change=_change(figure),
                path=figure.path,
                help=say(f"explore.{figure.key}_help") if figure.key in _EXPLAINED else "",
            )
        )
    widgets.facts(cards, key="figures")
    st.caption(_periods(found, view))


_EXPLAINED = ("repeat_share", "new_customers", "order_value")


def _change(figure: insights.Figure) -> str:
    """The change with its sign in front, as the arrow needs it."""
    change = figure.change
    if change is None:
        return ""
    words = say("explore.points", value=abs(100 * change)) if figure.unit == "share" else number(abs(change), "percent")
    return f"{'-' if change < 0 else '+'}{words}"


def _periods(found: Explored, view: View) -> str:
    scope, other = found.scope, found.compared
    by = say(f"explore.by_{found.frequency}").lower()
    words = say("explore.of_period", period=period_words(scope.start, scope.end), by=by)
    if other is not None:
        return f"{words} {say('explore.against', period=period_words(other.start, other.end))}"
    if view.period != "all" and view.comparison != "none":
        return f"{words} {say('explore.no_comparison')}"
    return words


def period_words(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """A period as its first and its last day."""
    return f"{day(start.date())} – {day((end - insights.DAY).date())}"


# ------------------------------------------------------------------------------------------------ tabs


def choose_tab(found: Explored) -> str:
    """Which part is looked at; parts that the data have nothing for are left out."""
    offered = [tab for tab in TABS if tab != "products" or found.scope.history.has_products]
    if st.session_state.get("explore-tab") not in offered:
        st.session_state.pop("explore-tab", None)
    chosen = st.segmented_control(
        say("explore.tabs"),
        offered,
        default=offered[0],
        required=True,
        format_func=lambda tab: say(f"explore.tab_{tab}"),
        key="explore-tab",
        persist_state="session",
        label_visibility="collapsed",
    )
    return str(chosen)


def show(tab: str, reading: Reading, found: Explored, currency: str) -> None:
    """One tab."""
    tabs: dict[str, Callable[[Reading, Explored, str], None]] = {
        "overview": overview,
        "customers": customers,
        "retention": retention,
        "products": products,
        "times": times,
    }
    tabs[tab](reading, found, currency)


def overview(reading: Reading, found: Explored, currency: str) -> None:
    """Sentences, revenue and customers over time."""
    sentences(found, currency)
    code, by = language(), found.frequency
    columns = shown(
        start="month" if by == "month" else "day",
        revenue="2f",
        returning_revenue="2f",
        new_revenue="2f",
        orders="0f",
        order_value="2f",
        complete="yes_no",
    )
    revenue = found.chart(
        f"revenue{currency}",
        code,
        lambda: charts.revenue_over_time(found.over_time, code, currency, by, found.before),
    )
    _card(revenue, "revenue", found, found.over_time, columns)
    left, right = st.columns(2, gap="small")
    with left:
        made = found.chart(
            "customers", code, lambda: charts.customers_over_time(found.over_time, code, by, found.before)
        )
        columns = shown(
            start="month" if by == "month" else "day", customers="0f", new_customers="0f", complete="yes_no"
        )
        _card(made, "customers", found, found.over_time, columns)
    with right:
        lapse = found.scope.history.lapse_days
        made = found.chart("movement", code, lambda: charts.movement(found.movement, code, by, lapse_days=lapse))
        columns = shown(
            start="month" if by == "month" else "day",
            new="0f",
            returning="0f",
            reactivated="0f",
            lost="0f",
            complete="yes_no",
        )
        _card(made, "movement", found, found.movement, columns)


def sentences(found: Explored, currency: str) -> None:
    """What to know first, each sentence with a way to its customers."""
    if not found.findings:
        return
    with st.container(border=True, key="findings"):
        st.subheader(say("explore.findings"), anchor=False)
        for number_, finding in enumerate(found.findings):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(finding_words(finding, currency))
                if finding.about is not None:
                    st.button(
                        say("explore.show_customers"),
                        type="tertiary",
                        icon=":material/group:",
                        key=f"finding-{number_}",
                        on_click=selecting.take,
                        args=(finding.about,),
                    )


def finding_words(finding: Finding, currency: str) -> str:
    """A finding as a sentence."""
    facts: dict[str, object] = {
        name: charts.write_money(language(), float(str(value)), currency) if name in finding.money else value
        for name, value in finding.facts
    }
    return say(f"explore.finding.{finding.key}", **facts)  # type: ignore[arg-type]


def customers(reading: Reading, found: Explored, currency: str) -> None:
    """Segments, recency by frequency, who brings the revenue, who moved, and the list of all."""
    code = language()
    left, right = st.columns(2, gap="small")
    with left:
        made = found.chart(f"segments{currency}", code, lambda: charts.segments(found.segments, code, currency))
        named = found.segments.assign(
            segment=[charts.segment_name(code, str(name)) for name in found.segments["segment"]]
        )
        columns = shown(segment="text", customers="0f", revenue="2f", recency_days="0f", frequency_orders="0f")
        columns["recency_days"] = Shown(say("explore.column.recency_median"), "0f")
        columns["frequency_orders"] = Shown(say("explore.column.orders_median"), "1f")
        _card(made, "segments", found, named, columns)
    with right:
        made = found.chart(f"rfm{currency}", code, lambda: charts.rfm(found.grid, code, currency))
        columns = shown(
            recency_band="text", frequency_band="text", customers="0f", revenue="2f", money_per_customer="2f"
        )
        _card(made, "rfm", found, cache.named_bands(found.grid, code), columns)
    left, right = st.columns(2, gap="small")
    with left:
        start, end = found.migration_days
        made = found.chart(
            "migration",
            code,
            lambda: charts.segment_migration(
                found.migration, code, start=start.date(), end=(end - insights.DAY).date()
            ),
        )
        named = found.migration.assign(
            before=[charts.segment_name(code, str(name)) for name in found.migration["before"]],
            now=[charts.segment_name(code, str(name)) for name in found.migration["now"]],
        )
        _card(made, "migration", found, named, shown(before="text", now="text", customers="0f"))
    with right:
        share = insights.share_of_best(found.customers)
        made = found.chart("pareto", code, lambda: charts.pareto(found.pareto, code, share=share))
        _card(made, "pareto", found, found.pareto, shown(share_customers="percent", share_revenue="percent1"))
    if found.scope.customers is None:
        people.customer_list(reading, found, currency)


def retention(reading: Reading, found: Explored, currency: str) -> None:
    """Cohorts by customers, revenue or order value, and how soon another order follows."""
    code = language()
    if (found.cohorts["age_months"] > 0).any():
        measure = st.segmented_control(
            say("explore.cohort_measure"),
            charts.COHORT_MEASURES,
            default="share",
            required=True,
            format_func=lambda key: say(f"explore.cohort_{key}"),
            key="explore-cohort-measure",
            persist_state="session",
        )
        made = found.chart(
            f"cohorts-{measure}{currency}",
            code,
            lambda: charts.cohorts(found.cohorts, code, currency, measure=str(measure)),
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
        _card(made, "cohorts", found, found.cohorts, columns)
    else:
        st.info(say("explore.no_cohorts"), icon=":material/info:")
    if len(found.reordering):
        made = found.chart("reordering", code, lambda: charts.reordering(found.reordering, code))
        named = found.reordering.assign(kind=[say(f"charts.reorder_{kind}") for kind in found.reordering["kind"]])
        _card(made, "reordering", found, named, shown(kind="text", days="0f", share="percent1", at_risk="0f"))


def products(reading: Reading, found: Explored, currency: str) -> None:
    """Best sellers, first against repeat purchases, baskets and returns."""
    code = language()
    if found.products.empty:
        st.info(say("explore.no_products"), icon=":material/info:")
        return
    columns = shown(
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
    left, right = st.columns(2, gap="small")
    with left:
        made = found.chart(f"products{currency}", code, lambda: charts.products(found.products, code, currency))
        _card(made, "products", found, found.products, columns)
    with right:
        made = found.chart("first-repeat", code, lambda: charts.first_or_repeat(found.products, code))
        _card(made, "first-repeat", found, found.products, columns)
    with st.container(border=True):
        st.subheader(say("explore.baskets_title"), anchor=False)
        if found.baskets.empty:
            st.caption(say("explore.baskets_none"))
        else:
            st.caption(say("explore.baskets_about"))
            pairs = shown(first="text", second="text", orders="0f", support="percent1", confidence="percent", lift="1f")
            widgets.table(found.baskets, pairs, key="baskets")
            with st.container(horizontal=True):
                downloads.table_buttons(found.baskets, pairs, "baskets", key="baskets")


def times(reading: Reading, found: Explored, currency: str) -> None:
    """Countries, and weekdays by hour."""
    code = language()
    made = found.chart("hours", code, lambda: charts.weekday_hours(found.hours, code))
    named = found.hours.assign(weekday=[charts.weekday_name(code, int(number_)) for number_ in found.hours["weekday"]])
    _card(made, "hours", found, named, shown(weekday="text", hour="0f", orders="0f", revenue="2f"))
    if len(found.countries) > 1:
        made = found.chart(f"countries{currency}", code, lambda: charts.countries(found.countries, code, currency))
        columns = shown(country="text", revenue="2f", customers="0f", new_customers="0f", orders="0f")
        _card(made, "countries", found, found.countries, columns)


def _card(made: charts.Chart, key: str, found: Explored, frame: pd.DataFrame, columns: dict[str, Shown]) -> None:
    selecting.chart_card(made, key=key, frame=frame, columns=columns, filters=found.scope.filters)
