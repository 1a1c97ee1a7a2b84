"""Effect of a campaign: from its lists and the later orders, the uplift with its interval."""

from __future__ import annotations

import hashlib
from typing import Literal

import pandas as pd
import streamlit as st

from lib.audience import Effect, Interval, measure_effect, read_lists
from lib.layouts import understand
from lib.orders import Orders, clean_files
from lib.tables import LIMIT_BYTES, read_table, read_tables
from lib.ui import cached, page, sources, widgets
from lib.ui.number_field import Field, number_field, whole_number_field
from lib.ui.page import say
from lib.ui.predicting.state import predicting
from lib.ui.reading_turns import reading_turn

Task = Literal["score", "measure"]


def choose_task() -> Task:
    """Whether the visitor scores customers or measures a campaign."""
    tasks: list[Task] = ["score", "measure"]
    st.session_state.setdefault("predict-task", "score")
    task: Task | None = st.segmented_control(
        say("predict.task"),
        tasks,
        format_func=lambda key: say(f"predict.task_{key}"),
        key="predict-task",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    return task or "score"


def campaign_effect() -> None:
    """Upload of the lists and the later orders, and the effect of the campaign."""
    st.markdown(say("predict.effect_about"))
    lists = st.file_uploader(
        say("predict.effect_lists"),
        key="effect-lists",
        accept_multiple_files=True,
        max_upload_size=LIMIT_BYTES // 2**20,
    )
    orders = _later_orders()
    if not lists or orders is None:
        return
    with page.errors_shown():
        assignment = read_lists([read_table(file.getvalue(), file.name).frame for file in lists])
        first, last = orders.lines["ordered_at"].min().date(), orders.lines["ordered_at"].max().date()
        usual = max(first, (pd.Timestamp(last) - pd.Timedelta(days=29)).date())
        with st.grid(3, min_column_width=200):
            start = st.date_input(
                say("predict.effect_start"), usual, min_value=first, max_value=last, key="effect-start",
                format=page.date_form(),
            )  # fmt: skip
            days = whole_number_field(Field(say("predict.effect_days"), 1, 365), 30, key="effect-days")
            cost = number_field(Field(say("predict.action_cost"), 0.0), 0.5, key="effect-cost")
        found = measure_effect(assignment, orders, start=pd.Timestamp(start), days=days, cost=cost)
        _show(found, orders.currency)


def _later_orders() -> Orders | None:
    """The orders that follow the campaign: a file, or what is loaded on Data."""
    state = predicting()
    files = st.file_uploader(
        say("predict.effect_orders"),
        key="effect-orders",
        accept_multiple_files=True,
        max_upload_size=LIMIT_BYTES // 2**20,
    )
    if not files:
        loaded = sources.loaded()
        if loaded is None or loaded.orders is None:
            return None
        st.caption(say("predict.effect_loaded", name=loaded.name))
        return loaded.orders
    digest = "+".join(hashlib.sha256(file.getvalue()).hexdigest() for file in files)
    if state.effect_orders is None or state.effect_orders[0] != digest:
        title = say("predict.reading", name=", ".join(file.name for file in files))
        with page.errors_shown(), widgets.progress(title, watched=False), reading_turn(sum(one.size for one in files)):
            tables = tuple(read_tables([(file.name, file.getvalue()) for file in files]))
            found = clean_files(tables, [understand(table) for table in tables])
            state.effect_orders = (digest, cached.parked_orders(found))
    kept = state.effect_orders
    return kept[1] if kept is not None and kept[0] == digest else None


def _show(found: Effect, currency: str) -> None:
    st.subheader(say("predict.effect_title"), anchor=False)
    key = "effect_clear" if found.conclusive else "effect_unclear"
    points = {
        "points": _points(found.uplift.value),
        "low": _points(found.uplift.low),
        "high": _points(found.uplift.high),
    }
    st.markdown(
        say(
            f"predict.{key}",
            **points,
            contacted=found.contacted,
            control=found.control,
            start=found.start.date(),
            end=(found.end - pd.Timedelta(days=1)).date(),
        )
    )
    if not found.conclusive and found.detectable == found.detectable:
        st.markdown(say("predict.effect_too_small", points=_points(found.detectable)))
    if found.without_orders:
        st.caption(say("predict.effect_without_orders", customers=found.without_orders))
    money = found.revenue_per_contact
    widgets.facts(
        [
            widgets.Fact(say("predict.effect_contacted"), page.number(found.rate_contacted, "percent1")),
            widgets.Fact(say("predict.effect_control"), page.number(found.rate_control, "percent1")),
            widgets.Fact(
                say("predict.effect_uplift"), _points(found.uplift.value), note=_range(_in_points(found.uplift), "1f")
            ),
            widgets.Fact(
                say("predict.effect_revenue", currency=currency),
                page.number(money.value, "2f"),
                note=_range(money, "2f"),
            ),
            widgets.Fact(say("predict.effect_cost", currency=currency), page.number(found.cost, "0f")),
            widgets.Fact(
                say("predict.effect_net", currency=currency),
                page.number(found.profit.value, "0f"),
                note=_range(found.profit, "0f"),
            ),
        ],
        key="campaign-effect",
    )
    if len(found.bands) > 1:
        st.markdown(f"**{say('predict.effect_bands')}**")
        st.dataframe(_bands(found), hide_index=True, width="stretch", alt=say("predict.effect_bands"))
    st.caption(say("predict.effect_how"))


def _points(share: float) -> str:
    return page.number(100 * share, "1f")


def _in_points(shares: Interval) -> Interval:
    return Interval(100 * shares.value, 100 * shares.low, 100 * shares.high)


def _range(interval: Interval, form: str) -> str:
    """The ends of an interval in words, as plain text: cells and notes are no Markdown."""
    low, high = page.number(interval.low, form), page.number(interval.high, form)
    return page.say_plain("predict.effect_range", low=low, high=high)


def _bands(found: Effect) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("predict.effect_band"): [band.band for band in found.bands],
            say("predict.effect_band_contacted"): [band.contacted for band in found.bands],
            say("predict.effect_band_control"): [band.control for band in found.bands],
            say("predict.effect_uplift"): [_points(band.uplift.value) for band in found.bands],
            say("predict.effect_interval"): [_range(_in_points(band.uplift), "1f") for band in found.bands],
        }
    )
