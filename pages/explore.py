"""Who buys, how often, how much, and who comes back."""

import pandas as pd
import streamlit as st

from lib import insights
from lib.insights import Filters
from lib.ui import cached, page, state, widgets
from lib.ui.page import language, number, say
from lib.ui.state import Reading
from lib.ui.widgets import Fact, Shown

PERIODS = ("all", "365", "90", "30", "own")


def shown(**forms: str) -> dict[str, Shown]:
    """Columns of a table here, each with how its cells are written."""
    return {name: Shown(say(f"explore.column.{name}"), form) for name, form in forms.items()}


def filters(rows: pd.DataFrame) -> Filters:
    """What the visitor wants to see: a period and countries."""
    first, last = insights.period(rows)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="filters"):
        period = st.segmented_control(
            say("explore.period"),
            PERIODS,
            default="all",
            required=True,
            format_func=lambda key: say(f"explore.period_{key}"),
            key="explore-period",
            persist_state="session",
        )
        chosen = Filters()
        if period == "own":
            days = st.date_input(
                say("explore.dates"),
                (first.date(), last.date()),
                min_value=first.date(),
                max_value=last.date(),
                format="DD/MM/YYYY" if language() == "es" else "YYYY-MM-DD",
                key=f"explore-dates-{first:%Y%m%d}-{last:%Y%m%d}",
                persist_state="session",
                width=260,
            )
            if len(days) == 2:
                chosen = insights.between(pd.Timestamp(days[0]), pd.Timestamp(days[1]))
        elif period != "all":
            chosen = insights.last_days(rows, int(period))
        known = insights.countries(rows)
        if len(known) > 1:
            countries = st.multiselect(
                say("explore.countries"),
                known,
                placeholder=say("explore.all_countries"),
                key="explore-countries",
                persist_state="session",
                width=320,
            )
            chosen = insights.in_countries(chosen, [name for name in countries if name in known])
    return chosen


def key_figures(found: cached.Explored, chosen: Filters, currency: str) -> None:
    """Five figures, each with its change and its path by month."""
    about = (
        say("explore.against_before")
        if chosen.start is not None
        else say("explore.against_recent", days=insights.RECENT_DAYS)
    )
    cards = []
    for figure in found.figures:
        if figure.unit == "share":
            value = number(figure.value, "percent")
            change = (
                ""
                if figure.change is None
                else signed(figure.change, say("explore.points", value=abs(100 * figure.change)))
            )
        else:
            value = number(
                figure.value, "short" if figure.value >= 10_000 else "2f" if figure.unit == "money" else "0f"
            )
            value = f"{value} {page.plain(currency)}".strip() if figure.unit == "money" else value
            change = "" if figure.change is None else signed(figure.change, number(abs(figure.change), "percent"))
        cards.append(
            Fact(
                say(f"explore.{figure.key}"),
                value,
                change=change,
                path=figure.path,
                help=say("explore.repeat_share_help") if figure.key == "repeat_share" else "",
            )
        )
    widgets.facts(cards, key="figures")
    if any(figure.change is not None for figure in found.figures):
        st.caption(about)


def signed(change: float, words: str) -> str:
    """The change with its sign in front, as the arrow needs it."""
    return f"{'-' if change < 0 else '+'}{words}"


def everything(reading: Reading) -> None:
    """The page, for an order history."""
    orders = cached.orders_of(reading)
    rows = cached.order_rows(reading)
    widgets.working_with(reading)
    chosen = filters(rows)
    found = cached.explored(reading, chosen)
    if found.empty:
        st.info(say("explore.nothing"), icon=":material/filter_alt_off:")
        return
    key_figures(found, chosen, orders.currency)
    made = cached.explore_charts(reading, chosen, language(), orders.currency, found)

    left, right = st.columns(2, gap="small")
    with left:
        widgets.chart(
            made["revenue"],
            key="revenue",
            frame=found.months,
            columns=shown(
                month="month", revenue="0f", known_revenue="0f", new_revenue="0f", orders="0f", complete="yes_no"
            ),
        )
    with right:
        widgets.chart(
            made["customers"],
            key="customers",
            frame=found.months,
            columns=shown(month="month", customers="0f", new_customers="0f"),
        )
    if "cohorts" in made:
        widgets.chart(
            made["cohorts"],
            key="cohorts",
            frame=found.cohorts,
            columns=shown(cohort="month", size="0f", age_months="0f", active="0f", share="percent1"),
        )
    left, right = st.columns(2, gap="small")
    with left:
        widgets.chart(
            made["rfm"],
            key="rfm",
            frame=cached.named_bands(found.grid, language()),
            columns=shown(
                recency_band="text", frequency_band="text", customers="0f", revenue="0f", money_per_customer="2f"
            ),
        )
    with right:
        widgets.chart(
            made["pareto"],
            key="pareto",
            frame=found.curve,
            columns=shown(share_customers="percent", share_revenue="percent1"),
        )
    if "countries" in made:
        left, right = st.columns([2, 3], gap="small")
        with left:
            widgets.chart(
                made["countries"],
                key="countries",
                frame=found.countries,
                columns=shown(country="text", revenue="0f", customers="0f", orders="0f"),
            )
        with right:
            best_customers(found)
    else:
        best_customers(found)
    widgets.next_step("train", say("explore.next"), say("ui.go_train"))


def best_customers(found: cached.Explored) -> None:
    """The customers who spent most, as a table."""
    columns = shown(
        customer_id="text",
        monetary_total="0f",
        share_revenue="percent1",
        frequency_orders="0f",
        recency_days="0f",
        last_order="day",
        country="text",
    )
    with st.container(border=True, height="stretch"):
        st.subheader(say("explore.top_title"), anchor=False)
        st.caption(say("explore.top_message", count=len(found.top), share=found.share_of_top))
        widgets.table(found.top, columns, key="top")
        widgets.download_table(found.top, "top_customers", key="top-csv")


page.guard()
page.frame("explore")

reading = state.session().reading
if reading.empty:
    widgets.nothing_yet(state.take_sample)
    st.stop()

with page.told(in_data=True), st.spinner(say("data.reading", name=state.name_of(reading)), show_time=True):
    if cached.kind_of(reading) == "orders":
        everything(reading)
    else:
        st.info(say("explore.only_orders"), icon=":material/info:")
        widgets.next_step("train", say("data.ready_customers"), say("ui.go_train"))
