"""One customer: a form made from what the model says of its columns, and the answer as a sentence and a gauge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from lib import charts
from lib.gate import OpenedModel
from lib.parsing.rounding import round_significant
from lib.schema import BUY_AGAIN, GROUP, GROUP_NAME, NEXT_ORDER, ORDERS, PREDICTION, SPEND
from lib.scoring import (
    FIRST_DAY,
    LAST_DAY,
    PROBABILITY,
    Choices,
    KnownCustomer,
    Need,
    Scores,
    explain,
    features_by_hand,
    form_row,
    important_first,
    needs_of,
    score,
    takes_orders,
)
from lib.ui import page, widgets
from lib.ui.number_field import Field, number_field, optional_number_field, whole_number_field
from lib.ui.page import say
from lib.ui.predicting.explanation import column_name, reasons_sentence
from lib.ui.predicting.state import of_model

ASKED_FIRST = 8
"""Columns asked for at once; the others stand at their typical value, one click away."""


def single_customer(opened: OpenedModel) -> None:
    """The form, and below it the answer, which follows every change."""
    if takes_orders(opened):
        _by_facts(opened)
        return
    needs = important_first(opened.verdict.card, needs_of(opened))
    first, rest = needs[:ASKED_FIRST], needs[ASKED_FIRST:]
    st.markdown(say("predict.form_about"))
    cells: dict[str, str | float | None] = {}
    with st.container(border=True):
        _ask(first, cells)
        if rest:
            with st.expander(say("predict.form_rest", count=len(rest))):
                _ask(rest[:MAX_FIELDS], cells)
                if len(rest) > MAX_FIELDS:
                    st.caption(say("predict.form_too_many", count=len(rest) - MAX_FIELDS))
        for need in rest[MAX_FIELDS:]:
            cells[need.name] = _typical_cell(need)
    if any(cell is None for cell in cells.values()):
        st.caption(say("predict.form_incomplete"))
        return
    with page.errors_shown():
        _show(opened, score(opened, form_row(needs_of(opened), cells)))


def _show(opened: OpenedModel, scores: Scores) -> None:
    _answer(opened, scores)
    (reasons,) = explain(opened, scores.frame, needs_of(opened))
    if opened.verdict.card is not None and reasons:
        groups = GROUP in scores.table.columns
        st.markdown(f"**{say('predict.why_group') if groups else say('predict.why')}**")
        st.markdown(reasons_sentence(opened, reasons))


_DAYS_BETWEEN = 180
"""From the first to the last order, where the model doesn't say how long its customers have been customers."""


def _by_facts(opened: OpenedModel) -> None:
    """Basic facts about a customer; the model's columns are computed from them by the code of training."""
    card = opened.verdict.card
    typical = {need.name: need.typical for need in needs_of(opened) if need.typical is not None}
    end = pd.Timestamp(card.cutoff).date() if card is not None and card.cutoff else date.today()
    st.markdown(say("predict.facts_about"))
    with st.container(border=True), st.grid(3, min_column_width=200):
        cutoff = _day(say("predict.facts_cutoff"), end, key=of_model("facts-cutoff"))
        last = _before(end, typical.get("recency_days", 30))
        since = typical.get("tenure_days", typical.get("recency_days", 30) + _DAYS_BETWEEN)
        first = min(_before(last, 1), _before(end, since))
        first_day = _day(say("predict.facts_first"), first, key=of_model("facts-first"))
        last_day = _day(say("predict.facts_last"), last, key=of_model("facts-last"))
        orders = whole_number_field(
            Field(say("predict.facts_orders"), 1, 5_000),
            max(2, round(typical.get("frequency_orders", 2))),
            key=of_model("facts-orders"),
        )
        currency = card.currency if card is not None else ""
        spent = number_field(
            Field(say("predict.facts_spent", currency=currency).strip(), 0.0),
            float(typical.get("monetary_total", 100.0)),
            key=of_model("facts-spent"),
        )
        gap = optional_number_field(
            Field(say("predict.facts_gap"), 0.0, optional=True, help=say("predict.facts_gap_help")),
            None,
            key=of_model("facts-gap"),
        )
    moment = pd.Timestamp(cutoff)
    known = KnownCustomer(pd.Timestamp(first_day), pd.Timestamp(last_day), orders, spent, gap or None)
    with page.errors_shown():
        row = features_by_hand(opened, known, moment)
        _show(opened, score(opened, row, Choices(language=page.language(), cutoff=moment)))
        with st.expander(say("predict.facts_columns", count=row.shape[1])):
            st.dataframe(
                pd.DataFrame(
                    {
                        say("predict.drift_column"): [column_name(str(name)) for name in row.columns],
                        say("predict.facts_value"): [_written(cell) for cell in row.iloc[0]],
                    }
                ),
                hide_index=True,
                width="stretch",
            )


def _before(day: date, days: float) -> date:
    """The day so many days before another, at least one, and not before `FIRST_DAY`: a card may claim any number."""
    return day - timedelta(days=min(max(1, round(days)), max(0, (day - FIRST_DAY).days)))


def _day(label: str, day: date, *, key: str) -> date:
    """A day of any year: without limits, Streamlit takes none that is ten years away from the first one shown."""
    day = min(max(day, FIRST_DAY), LAST_DAY)  # a card may claim any day
    return st.date_input(label, day, min_value=FIRST_DAY, max_value=LAST_DAY, key=key, format=page.date_form())


def _written(cell: object) -> str:
    if isinstance(cell, float):
        return say("predict.not_known") if pd.isna(cell) else page.number(round_significant(cell))
    return str(cell)


MAX_FIELDS = 100
"""Fields behind the first ones; a page of thousands takes minutes to draw. The others keep their typical value."""


def _ask(needs: Sequence[Need], cells: dict[str, str | float | None]) -> None:
    with st.grid(4, min_column_width=220):
        for need in needs:
            cells[need.name] = _field(need)


def _field(need: Need) -> str | float | None:
    label, key = page.plain(column_name(need.name)), of_model(f"predict-form-{need.name}")
    if need.categories:
        chosen: str = st.selectbox(label, list(need.categories), key=key, persist_state="session")
        return chosen
    if need.kind == "date":
        day = st.date_input(
            label,
            need.typical_day,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format=page.date_form(),
            key=key,
            persist_state="session",
        )
        return None if day is None else day.isoformat()
    if need.kind == "yes_no":
        return st.selectbox(
            label,
            (1.0, 0.0),
            index=0 if _typical_cell(need) == 1.0 else 1,
            format_func=lambda yes: say("ui.yes" if yes else "ui.no"),
            key=key,
            persist_state="session",
        )
    if need.kind == "unknown":
        typed = st.text_input(label, key=key, persist_state="session").strip()
        return typed or None
    about = say("predict.learnt_range", low=need.range[0], high=need.range[1]) if need.range else ""
    return optional_number_field(Field(label, optional=True, help=about), need.typical, key=key)


def _typical_cell(need: Need) -> str | float | None:
    """What a cell of the form holds until it is changed; of yes and no, what more of the customers have."""
    if need.categories:
        return need.categories[0]
    if need.kind == "date":
        return need.typical_day.isoformat() if need.typical_day else None
    if need.kind == "yes_no" and need.typical is not None:
        return float(need.typical > 0.5)
    return need.typical


def _answer(opened: OpenedModel, scores: Scores) -> None:
    answer = scores.table.iloc[0]
    card = opened.verdict.card
    currency = card.currency if card is not None else ""
    if BUY_AGAIN in answer:
        days = card.horizon_days if card is not None else 0
        st.markdown(f"### {say('predict.answer_buy_again', chance=float(answer[BUY_AGAIN]), days=days)}")
        widgets.figure(
            charts.gauge(float(answer[BUY_AGAIN]), page.language(), title=say("predict.column.buy_again")), key="gauge"
        )
    elif SPEND in answer:
        st.markdown(f"### {say('predict.answer_spend', amount=float(answer[SPEND]), currency=currency)}")
    elif ORDERS in answer:
        days = card.horizon_days if card is not None else 0
        st.markdown(f"### {say('predict.answer_orders', amount=float(answer[ORDERS]), days=days)}")
    elif NEXT_ORDER[0] in answer:
        names = ("days", "days_low", "days_high", "value", "value_low", "value_high")
        facts = {name: float(answer[column]) for name, column in zip(names, NEXT_ORDER, strict=True)}
        within = card.horizon_days if card is not None else 0
        st.markdown(f"### {say('predict.answer_next_order', currency=currency, within=within, **facts)}")
    elif GROUP_NAME in answer:
        st.markdown(f"### {say('predict.answer_group', name=str(answer[GROUP_NAME]))}")
    elif GROUP in answer:
        st.markdown(f"### {say('predict.answer_group', name=str(answer[GROUP]))}")
    elif PREDICTION in answer and isinstance(answer[PREDICTION], str):
        st.markdown(f"### {say('predict.answer_class', name=str(answer[PREDICTION]))}")
    elif PREDICTION in answer:
        shown = page.number(float(answer[PREDICTION]), "2f")
        st.markdown(f"### {say('predict.answer_number', value=shown)}")
    else:
        st.dataframe(scores.table, hide_index=True, width="stretch", alt=say("predict.results"))
    for column in scores.table.columns:
        if str(column).startswith(PROBABILITY):
            share = page.number(float(answer[column]), "percent")
            st.markdown(f"- {page.plain(str(column).removeprefix(PROBABILITY))}: {share}")
    for flag in str(answer["flags"]).split():
        st.warning(say(f"scoring.reason.{flag}"), icon=":material/flag:")
