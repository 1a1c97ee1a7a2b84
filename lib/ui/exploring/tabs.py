"""The tabs of Explore: which charts and tables each shows, and the key figures above them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from lib import charts, insights, text
from lib.insights import Finding
from lib.ui import widgets
from lib.ui.exploring import downloads, parts, people, report, selecting
from lib.ui.exploring.cache import Explored
from lib.ui.exploring.view import TABS, View
from lib.ui.page import day, in_language, language, number, plain, say
from lib.ui.state import Reading
from lib.ui.widgets import Fact

# ------------------------------------------------------------------------------------------------ figures


def key_figures(found: Explored, currency: str, view: View) -> None:
    """Figures of the period, each with its change and its path; which period, and against which, stands below."""
    cards = [
        Fact(
            say(_label(figure, found, view)),
            _value(figure, currency),
            change=_change(figure),
            path=figure.path,
            help=say(f"explore.{figure.key}_help") if figure.key in _EXPLAINED else "",
        )
        for figure in found.figures
    ]
    widgets.facts(cards, key="figures")
    st.caption(_periods(found, view))


_EXPLAINED = ("repeat_share", "new_customers", "order_value")


def _label(figure: insights.Figure, found: Explored, view: View) -> str:
    if figure.key == "revenue" and len(found.scope.history.returns):
        return "explore.revenue_net" if view.net else "explore.revenue_gross"
    return f"explore.{figure.key}"


def _value(figure: insights.Figure, currency: str) -> str:
    if figure.unit == "share":
        return number(figure.value, "percent")
    large = abs(figure.value) >= 10_000
    value = number(figure.value, "short" if large else "2f" if figure.unit == "money" else "0f")
    return f"{value} {plain(currency)}".strip() if figure.unit == "money" else value


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
    _card("revenue", found, parts.revenue(found, currency))
    left, right = st.columns(2, gap="small")
    with left:
        _card("customers", found, parts.customers(found, currency))
    with right:
        _card("movement", found, parts.movement(found, currency))


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
    """Segments, recency by frequency, revenue concentration, moves between segments, and the list of all customers."""
    left, right = st.columns(2, gap="small")
    with left:
        _card("segments", found, parts.segments(found, currency))
    with right:
        _card("rfm", found, parts.rfm(found, currency))
    left, right = st.columns(2, gap="small")
    with left:
        _card("migration", found, parts.migration(found, currency))
    with right:
        _card("pareto", found, parts.pareto(found, currency))
    if found.scope.customers is None:
        people.customer_list(reading, found, currency)


def retention(reading: Reading, found: Explored, currency: str) -> None:
    """Cohorts by customers, revenue or order value, and how soon another order follows."""
    if parts.has_cohorts(found):
        measure = st.segmented_control(
            say("explore.cohort_measure"),
            charts.COHORT_MEASURES,
            default="share",
            required=True,
            format_func=lambda key: say(f"explore.cohort_{key}"),
            key="explore-cohort-measure",
            persist_state="session",
        )
        _card("cohorts", found, parts.cohorts(found, currency, str(measure)))
    else:
        st.info(say("explore.no_cohorts"), icon=":material/info:")
    _card("reordering", found, parts.reordering(found, currency))


def products(reading: Reading, found: Explored, currency: str) -> None:
    """Best sellers, first against repeat purchases, baskets and returns."""
    if found.products.empty:
        st.info(say("explore.no_products"), icon=":material/info:")
        return
    left, right = st.columns(2, gap="small")
    with left:
        _card("products", found, parts.products(found, currency))
    with right:
        _card("first-repeat", found, parts.first_or_repeat(found, currency))
    with st.container(border=True):
        st.subheader(say("explore.baskets_title"), anchor=False)
        if found.baskets.empty:
            st.caption(say("explore.baskets_none"))
        else:
            st.caption(say("explore.baskets_about"))
            pairs = parts.shown(
                first="text", second="text", orders="0f", support="percent1", confidence="percent", lift="1f"
            )
            widgets.table(found.baskets, pairs, key="baskets")
            with st.container(horizontal=True):
                downloads.table_buttons(found.baskets, pairs, "baskets", key="baskets")


def times(reading: Reading, found: Explored, currency: str) -> None:
    """Countries, and weekdays by hour."""
    _card("hours", found, parts.hours(found, currency))
    if len(found.countries) > 1:
        _card("countries", found, parts.countries(found, currency))


def _card(key: str, found: Explored, part: parts.Part) -> None:
    selecting.chart_card(part.made, key=key, frame=part.frame, columns=dict(part.columns), filters=found.scope.filters)


def report_button(found: Explored, currency: str, view: View, about: str) -> None:
    """The whole of Explore as one file."""
    st.download_button(
        say("explore.report"),
        partial(_report, found, currency, view, about, language()),
        file_name=f"{say('explore.report_file')}.html",
        mime="text/html",
        on_click="ignore",
        icon=":material/description:",
        key="explore-report",
        help=say("explore.report_help"),
    )


def _report(found: Explored, currency: str, view: View, about: str, wanted: str) -> bytes:
    with in_language(wanted):
        return _report_page(found, currency, view, about, wanted)


def _report_page(found: Explored, currency: str, view: View, about: str, wanted: str) -> bytes:
    scope = found.scope
    filters = [text.say(wanted, "explore.report_period", period=period_words(scope.start, scope.end))]
    if view.countries:
        filters.append(text.say(wanted, "explore.report_countries", countries=list(view.countries)))
    if view.criteria:
        count = scope.orders["customer"].nunique()
        filters.append(text.say(wanted, "explore.report_narrowed", customers=count))
    figures = [
        (say(_label(figure, found, view)), _value(figure, currency).replace("\\", ""), _change(figure))
        for figure in found.figures
    ]
    sentences_ = [finding_words(one, currency).replace("**", "").replace("\\", "") for one in found.findings]
    money = "explore.report_net" if view.net else "explore.report_gross"
    lapse = scope.history.lapse_days
    return report.html_report(
        language=wanted,
        title=text.say(wanted, "explore.report_title"),
        about=[about, *filters],
        figures=figures,
        sentences=sentences_,
        parts=parts.of_everything(found, currency),
        method=[text.say(wanted, money), text.say(wanted, "explore.report_method", days=lapse)],
    )
