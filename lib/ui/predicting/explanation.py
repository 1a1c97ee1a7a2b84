"""One scored customer: reasons for the score, and the score if some values were different."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from lib.gate import OpenedModel
from lib.orders import Orders
from lib.parsing.rounding import round_significant
from lib.presentation import labels
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP, GROUP_NAME, NEXT_ORDER, ORDERS, PREDICTION, SPEND
from lib.scoring import (
    PROBABILITY,
    Need,
    Reason,
    Scenario,
    Scores,
    explain,
    fill_in,
    important_first,
    needs_of,
    scenario_row,
    second_group,
)
from lib.ui import page
from lib.ui.number_field import Field, number_field
from lib.ui.page import say
from lib.ui.predicting.ranking import best_first
from lib.ui.predicting.state import predicting

NEAR = 0.05
"""A second segment that is less near than this is not mentioned."""

CUSTOMERS_LISTED = 1000
"""In the list to choose from, best first."""

SLIDERS = 6
"""Columns that can be moved at once: those that moved the score most, then the most important ones."""

_WHOLE = frozenset({"orders", "lines", "pieces", "products", "months"})
"""Units that are counted in whole numbers."""


def explanation(opened: OpenedModel, scores: Scores) -> None:
    """For the customer that the visitor picks: what moved the score, and sliders to move it."""
    if CUSTOMER_ID not in scores.table.columns or scores.rows_scored == 0:
        return
    groups = GROUP in scores.table.columns
    st.subheader(say("predict.why_group") if groups else say("predict.why"), anchor=False)
    ranked = best_first(scores.table.loc[scores.frame.index], opened.verdict.card)
    place = st.selectbox(
        say("predict.why_whom"),
        list(ranked.index[:CUSTOMERS_LISTED]),
        format_func=lambda row: str(ranked.at[row, CUSTOMER_ID]),
        key="predict-why",
        width=320,
    )
    with page.errors_shown():
        row = scores.frame.loc[[place]]
        (reasons,) = explain(opened, row, needs_of(opened), everybody=scores.frame)
        st.markdown(reasons_sentence(opened, reasons))
        _history(str(ranked.at[place, CUSTOMER_ID]))
        second = second_group(opened, row, page.language())
        if second is not None and second.closeness >= NEAR:
            st.markdown(say("predict.second_group", name=second.name, closeness=second.closeness))
        brought = predicting().brought
        if brought is not None and brought.orders is not None and brought.cutoff is not None:
            _what_if_orders(opened, row, str(ranked.at[place, CUSTOMER_ID]), brought.orders, brought.cutoff)
        else:
            _what_if(opened, row, scores.frame, [column for reason in reasons for column in reason.columns])


def _history(customer: str) -> None:
    """The customer's orders in a sentence: what a purchase pattern is computed from."""
    brought = predicting().brought
    if brought is None or brought.orders is None or brought.cutoff is None:
        return
    lines = brought.orders.lines
    own = lines[(lines[CUSTOMER_ID] == customer) & (lines["ordered_at"] < brought.cutoff)]
    if own.empty:
        return
    days = own["ordered_at"].dt.normalize().drop_duplicates().sort_values()
    facts = {
        "orders": int(own["order_id"].nunique()),
        "first": days.iloc[0].date(),
        "last": days.iloc[-1].date(),
        "silent": int((brought.cutoff - days.iloc[-1]).days),
    }
    sentence = say("predict.history", **facts)
    if len(days) > 2:
        gap = float(days.diff().dt.days.median())
        sentence = f"{sentence} {say('predict.history_gap', days=round(gap))}"
    st.caption(sentence)


def reasons_sentence(opened: OpenedModel, reasons: Sequence[Reason]) -> str:
    """The ideas that moved a score most, as a list of short sentences."""
    if not reasons:
        return say("predict.no_reasons")
    if _is_segment(opened):
        reasons = sorted(reasons, key=lambda reason: reason.effect <= 0)  # what fits the segment goes first
        if reasons[0].effect <= 0:
            lines = [say("predict.between_segments"), *(f"- {_reason_line(opened, reason)}" for reason in reasons)]
            return "\n".join([lines[0], "", *lines[1:]])
    return "\n".join(f"- {_reason_line(opened, reason)}" for reason in reasons)


def _is_segment(opened: OpenedModel) -> bool:
    card = opened.verdict.card
    return (card is not None and card.goal == "groups") or opened.kind == "clusterer"


def _reason_line(opened: OpenedModel, reason: Reason) -> str:
    shown, value, typical, unit = _as_people_read(reason)
    facts = {"column": column_name(shown), "value": _shown(value, unit), "typical": _shown(typical, unit)}
    if reason.idea == "season" and shown in _NO_UNIT:
        line = f"**{say('predict.idea.season')}.**"
    elif reason.idea and all(column.startswith("btyd_") for column in reason.columns):
        line = f"**{say('predict.idea.purchase_pattern')}.** {say('predict.reason_value', **facts)}"
    elif reason.idea:
        line = f"**{say(f'predict.idea.{reason.idea}')}.** {say('predict.reason_value', **facts)}"
    else:
        line = say("predict.reason_column", **facts)
    return f"{line} {_effect(opened, reason)}"


def _effect(opened: OpenedModel, reason: Reason) -> str:
    card = opened.verdict.card
    direction = "up" if reason.effect > 0 else "down"
    if _is_segment(opened):
        return say(f"predict.effect_group_{direction}")
    if math.isnan(reason.score):
        return say(f"predict.effect_answer_{direction}")
    chances = opened.kind == "classifier" or (card is not None and card.goal == "buy_again")
    without, score = (
        page.number(value, "percent") if chances else page.number(round_significant(value))
        for value in (reason.without, reason.score)
    )
    about = "probability" if card is not None and card.goal == "buy_again" else "class" if chances else "number"
    if without == score:
        return say(f"predict.effect_{about}_{direction}_little")
    return say(f"predict.effect_{about}_{direction}", without=without, score=score)


_NO_UNIT = frozenset({"season_log_odds", "season_log_spend", "season_log_orders"})
"""Columns whose figure tells a reader nothing."""

_READ_AS: Mapping[str, tuple[str, str]] = {
    "btyd_log_odds": ("btyd_chance", "share"),
    "btyd_log_orders": ("btyd_orders", "orders"),
    "btyd_log_spend": ("btyd_spend", "money"),
}
"""Logarithms → the column and unit that are displayed."""


def _as_people_read(reason: Reason) -> tuple[str, str | float, str | float, str]:
    """Column, value, typical value and unit, with logarithms turned back."""
    if reason.column not in _READ_AS or isinstance(reason.value, str) or isinstance(reason.typical, str):
        return reason.column, reason.value, reason.typical, reason.unit
    column, unit = _READ_AS[reason.column]
    value, typical = (
        1 / (1 + math.exp(-number)) if unit == "share" else math.exp(number)
        for number in (reason.value, reason.typical)
    )
    return column, value, typical, unit


def _shown(value: str | float, unit: str) -> str:
    if isinstance(value, str):
        return page.plain(value)
    if math.isnan(value):
        return say("predict.not_known")
    return page.number(value, "percent") if unit == "share" else page.number(round_significant(value))


def column_name(column: str) -> str:
    """A feature of ours in words, any other column by its own name."""
    return labels.column(page.language(), column)


# --- what if -------------------------------------------------------------------------------------------------------


MOST_ORDERS = 10
MOST_SILENT_DAYS = 180


@st.fragment
def _what_if_orders(
    opened: OpenedModel, row: pd.DataFrame, customer: str, orders: Orders, cutoff: pd.Timestamp
) -> None:
    """Sliders for what a shop can picture: more orders today, and days that go by. All columns follow from them."""
    about = f"what-if-{opened.verdict.sha256[:12]}-{customer}"
    lines = orders.lines[orders.lines[CUSTOMER_ID] == customer]
    usual = float(lines["amount"].sum() / max(1, lines["order_id"].nunique()))
    with st.container(border=True):
        st.markdown(f"**{say('predict.what_if')}**")
        st.caption(say("predict.what_if_orders_about", customer=customer))
        with st.grid(3, min_column_width=240):
            more = st.slider(say("predict.what_if_orders"), 0, MOST_ORDERS, 0, key=f"{about}-orders")
            worth = number_field(
                Field(say("predict.what_if_worth"), 0.0), round(max(usual, 0.0), 2), key=f"{about}-worth"
            )
            silent = st.slider(say("predict.what_if_silent"), 0, MOST_SILENT_DAYS, 0, key=f"{about}-silent")
        with page.errors_shown():
            supposed = scenario_row(opened, orders, customer, cutoff, Scenario(more, worth, silent))
            _compare(
                opened, *_answers(opened, row, supposed.astype(row.dtypes.to_dict())), changed=bool(more or silent)
            )
        _back_button([f"{about}-{name}" for name in ("orders", "worth", "silent")])


@st.fragment
def _what_if(opened: OpenedModel, row: pd.DataFrame, everybody: pd.DataFrame, first: Sequence[str]) -> None:
    """A slider per column, at the customer's own value; `first` are the columns that moved the score."""
    movable = _movable(opened, row, everybody, first)
    if not movable:
        return
    about = f"what-if-{opened.verdict.sha256[:12]}-{row.index[0]}"
    with st.container(border=True):
        st.markdown(f"**{say('predict.what_if')}**")
        st.caption(say("predict.what_if_about"))
        cells: dict[str, str | float] = {}
        with st.grid(3, min_column_width=240):
            for need in movable:
                cells[need.name] = _move(need, row[need.name].iloc[0], everybody[need.name], key=f"{about}-{need.name}")
        supposed = row.assign(**cells).astype(row.dtypes.to_dict())
        with page.errors_shown():
            _compare(opened, *_answers(opened, row, supposed), changed=not supposed.equals(row))
        _back_button([f"{about}-{need.name}" for need in movable])


Answer = dict[str, str | float]
"""One row of the model's answers."""


def _answers(opened: OpenedModel, row: pd.DataFrame, supposed: pd.DataFrame) -> tuple[Answer, Answer]:
    both = fill_in(opened, pd.concat([row, supposed], ignore_index=True), page.language())
    own, other = ({str(name): cell for name, cell in answer.items()} for answer in both.to_dict("records"))
    return own, other


def _back_button(keys: Sequence[str]) -> None:
    st.button(
        say("predict.what_if_back"),
        icon=":material/undo:",
        type="tertiary",
        key=f"{keys[0]}-back",
        on_click=_back,
        args=(keys,),
    )


def _back(keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state.pop(key, None)


def _movable(opened: OpenedModel, row: pd.DataFrame, everybody: pd.DataFrame, first: Sequence[str]) -> list[Need]:
    """Numbers and categories that can be moved: those that moved the score, then the most important."""
    needs = important_first(opened.verdict.card, needs_of(opened))
    ordered = sorted(needs, key=lambda need: first.index(need.name) if need.name in first else len(first))
    return [need for need in ordered if _can_move(need, row[need.name], everybody[need.name])][:SLIDERS]


def _can_move(need: Need, own: pd.Series, everybody: pd.Series) -> bool:
    if need.categories:
        return len(need.categories) > 1
    if not pd.api.types.is_numeric_dtype(everybody.dtype) or pd.api.types.is_bool_dtype(everybody.dtype):
        return False
    low, high = _ends(need, own.iloc[0], everybody)
    return high > low


def _ends(need: Need, own: float, everybody: pd.Series) -> tuple[float, float]:
    """What the model learnt, else what these customers have; always with the customer's own value."""
    low, high = need.range or (float(everybody.min()), float(everybody.max()))
    known = [low, high] if pd.isna(own) else [low, high, float(own)]
    return min(known), max(known)


def _move(need: Need, own: object, everybody: pd.Series, *, key: str) -> str | float:
    label = page.plain(column_name(need.name))
    if need.categories:
        choices = list(dict.fromkeys([str(own), *need.categories] if pd.notna(own) else need.categories))
        chosen: str = st.selectbox(label, choices, key=key)
        return chosen
    value = float(own) if isinstance(own, int | float | np.number) and pd.notna(own) else float(need.typical or 0.0)
    low, high = _ends(need, value, everybody)
    if need.unit in _WHOLE and value.is_integer():
        return float(st.slider(label, int(np.floor(low)), int(np.ceil(high)), int(value), key=key))
    # Steps of a hundredth of the way, counted from the own value so that it can be found again exactly.
    step = (high - low) / 100
    return float(st.slider(label, low, high, value, step=step, format="compact", key=key))


@dataclass(frozen=True)
class _Figure:
    """A number that a model answers, and how it is written."""

    column: str
    label: str
    form: str = "2f"
    money: bool = False


_FIGURES = (
    _Figure(BUY_AGAIN, "predict.what_if_buy_again", "percent"),
    _Figure(SPEND, "predict.what_if_spend", money=True),
    _Figure(ORDERS, "predict.what_if_orders_expected"),
    _Figure(NEXT_ORDER[0], "predict.column.next_order_days", "0f"),
    _Figure(NEXT_ORDER[3], "predict.what_if_value", money=True),
    _Figure(PREDICTION, "predict.column.prediction"),
)


def _compare(opened: OpenedModel, own: Answer, other: Answer, *, changed: bool) -> None:
    card = opened.verdict.card
    currency = f" {page.plain(card.currency)}" if card is not None and card.currency else ""
    explained = False
    with st.container(horizontal=True, gap="large"):
        for figure in _FIGURES:
            before, after = own.get(figure.column), other.get(figure.column)
            if isinstance(before, str | None) or isinstance(after, str | None) or PROBABILITY + str(before) in own:
                continue
            unit = currency if figure.money else ""
            gap = f"{page.number(after - before, figure.form)}{unit}"
            if figure.form == "percent":
                gap = say("predict.what_if_points", points=(after - before) * 100)
            shown = f"{page.number(float(after), figure.form)}{unit}"
            st.metric(say(figure.label), shown, delta=gap if changed else None, width="content")
            explained = True
    if explained:
        return
    name = GROUP_NAME if GROUP_NAME in own else GROUP if GROUP in own else PREDICTION
    chance = f"{PROBABILITY}{own.get(PREDICTION)}"
    if isinstance(before := own.get(chance), float) and isinstance(after := other.get(chance), float):
        points = say("predict.what_if_points", points=(after - before) * 100)
        st.metric(
            say("predict.what_if_class", name=str(own[PREDICTION])),
            page.number(after, "percent"),
            delta=points if changed else None,
            width="content",
        )
    if name in own:
        key = "predict.what_if_same" if own[name] == other[name] else "predict.what_if_other"
        st.markdown(say(key, name=str(other[name]), own=str(own[name])))
