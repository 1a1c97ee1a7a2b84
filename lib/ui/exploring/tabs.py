"""The tabs of Explore: which charts and tables each shows, and the report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib import charts, orders, text
from lib.insights import Finding
from lib.ui import widgets
from lib.ui.exploring import cache, downloads, filters, parts, people, report, selecting
from lib.ui.exploring.cache import Explored
from lib.ui.exploring.key_figures import change_of, label_of, outside_words, period_words, value_of
from lib.ui.exploring.view import TABS, View
from lib.ui.page import in_language, language, say
from lib.ui.state import Reading, session

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
    """One tab, under a heading that only screen readers need: the switch above already shows it."""
    with st.container(key="heading-of-tab"):
        st.header(say(f"explore.tab_{tab}"), anchor=False)
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
        moves = session().exploring.moves
        choose = partial(filters.choose_moves, moves or found.migration_days, found.scope.history)
        _card("migration", found, parts.migration(found, currency, moves), choose=choose)
    with right:
        _card("pareto", found, parts.pareto(found, currency))
    if found.scope.customers is None:
        people.customer_list(reading, found, currency)


def retention(reading: Reading, found: Explored, currency: str) -> None:
    """Cohorts by month or by what the first order was, how soon another order follows, and lifetime value."""
    if parts.has_cohorts(found):
        by = _cohorts_by(reading, found)
        if by != "month":
            _first_order(reading, found, currency, by)
    if not parts.has_cohorts(found):
        st.info(say("explore.no_cohorts"), icon=":material/info:")
    elif by == "month":
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
    _card("reordering", found, parts.reordering(found, currency))
    _lifetime_value(reading, found, currency)


def _cohorts_by(reading: Reading, found: Explored) -> str:
    """By what customers are gathered: the month of the first order, its country, product or a column of the file."""
    history = found.scope.history
    offered = ["month", *(["country"] if len(history.countries) > 1 else []), *(["product"] * history.has_products)]
    offered += [f"column:{name}" for name in cache.line_columns(reading)]
    if st.session_state.get("explore-cohorts-by") not in offered:
        st.session_state.pop("explore-cohorts-by", None)
    chosen = st.selectbox(
        say("explore.cohorts_by"),
        offered,
        format_func=_by_name,
        key="explore-cohorts-by",
        persist_state="session",
        width=360,
    )
    return str(chosen or "month")


def _by_name(by: str) -> str:
    kind, _, column = by.partition(":")
    if kind == "column":
        return say("explore.cohorts_by_discount") if column == orders.DISCOUNTED else column
    return say(f"explore.cohorts_by_{kind}")


def _first_order(reading: Reading, found: Explored, currency: str, by: str) -> None:
    kind, _, column = by.partition(":")
    columns = cache.line_columns(reading)
    of_lines = None if kind == "country" else found.scope.history.lines["product"]
    measure = st.segmented_control(
        say("explore.cohort_measure"),
        ("share", "per_customer"),
        default="share",
        required=True,
        format_func=lambda key: say(f"explore.first_order_{key}"),
        key="explore-first-order-measure",
        persist_state="session",
    )
    part = parts.cohorts_by(
        found,
        currency,
        by,
        what=_by_name(by),
        measure=str(measure),
        of_lines=columns[column] if kind == "column" else of_lines,
    )
    if part.frame.empty:
        st.info(say("explore.no_cohorts"), icon=":material/info:")
        return
    _card("cohorts-by", found, part)


def _lifetime_value(reading: Reading, found: Explored, currency: str) -> None:
    if found.lifetime_value.empty:
        return
    _card("lifetime-value", found, parts.lifetime_value(found, currency))
    if found.scope.end != found.scope.history.end:
        return
    with st.container(border=True, key="forecast"):
        if not st.toggle(
            say("explore.forecast"), key="explore-forecast", persist_state="session", help=say("explore.forecast_help")
        ):
            return
        model = cache.pattern_of(reading)
        if model is None:
            st.info(say("explore.forecast_too_little"), icon=":material/info:")
            return
    _card("expected-value", found, parts.expected_value(found, currency, model))


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


def _card(key: str, found: Explored, part: parts.Part, *, choose: Callable[[], None] | None = None) -> None:
    selecting.chart_card(
        part.made,
        key=key,
        frame=part.frame,
        columns=dict(part.columns),
        filters=found.scope.filters,
        choose=choose,
    )


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
    narrowed = [text.say(wanted, "explore.report_period", period=period_words(scope.start, scope.end))]
    if scope.returned_outside > 0:
        narrowed.append(report.as_text(outside_words(scope.returned_outside, currency)))
    if view.countries:
        narrowed.append(text.say(wanted, "explore.report_countries", countries=list(view.countries)))
    if view.criteria:
        narrowed.append(text.say(wanted, "explore.report_narrowed", customers=found.buyers))
    figures = [
        (label_of(figure, found, view), value_of(figure, currency), change_of(figure)) for figure in found.figures
    ]
    sentences_ = [report.as_text(finding_words(one, currency)) for one in found.findings]
    money = "explore.report_net" if view.net else "explore.report_gross"
    lapse = scope.history.lapse_days
    return report.html_report(
        language=wanted,
        title=text.say(wanted, "explore.report_title"),
        about=[about, *narrowed],
        figures=figures,
        sentences=sentences_,
        parts=parts.of_everything(found, currency, view.moves),
        method=[text.say(wanted, money), text.say(wanted, "explore.report_method", days=lapse)],
    )
