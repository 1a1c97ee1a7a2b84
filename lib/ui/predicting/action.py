"""From score to action: whom to contact, who is held out as control group, and the files for both."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import text
from lib.audience import (
    AUDIENCE_FILES,
    CONTROL,
    VALUE,
    Economics,
    Selection,
    assign_control,
    choose,
    choose_by,
    detectable_uplift,
    persons_of,
    readable_list,
    required_customers,
    score_column,
    with_bands,
    with_emails,
)
from lib.exports import to_csv, to_plain_csv
from lib.gate import OpenedModel
from lib.orders import average_order_value
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP, NEXT_ORDER, ORDERS, PREDICTION, SPEND
from lib.scoring import PROBABILITY, Scores, asked_about
from lib.segments import group_name
from lib.ui import page
from lib.ui.number_field import Field, number_field, whole_number_field
from lib.ui.page import say
from lib.ui.predicting.state import of_model, predicting
from lib.ui.project import keep_campaign


def action(opened: OpenedModel, scores: Scores) -> None:
    """Select customers, hold out a control group, and take both lists away: for scores of every goal."""
    table = scores.table.loc[scores.frame.index]
    if CUSTOMER_ID not in table.columns or not len(table):
        return
    st.subheader(say("predict.action"), anchor=False)
    with st.container(border=True), page.errors_shown():
        _take(opened, _chosen(opened, table))


def _chosen(opened: OpenedModel, table: pd.DataFrame) -> pd.DataFrame:
    if GROUP in table.columns:
        return _by_segment(opened, table)
    if {BUY_AGAIN, SPEND, ORDERS} & set(table.columns):
        return _by_value(table)
    if NEXT_ORDER[0] in table.columns:
        return choose_by(table, NEXT_ORDER[0], most=_how_many(table, "action_soonest"), highest=False)
    if PREDICTION in table.columns and pd.api.types.is_numeric_dtype(table[PREDICTION].dtype) and not _shares(table):
        ends = ["highest", "lowest"]
        end = st.segmented_control(
            say("predict.action_how"),
            ends,
            format_func=lambda key: say(f"predict.action_{key}"),
            key="action-end",
            default="highest",
            required=True,
        )
        return choose_by(table, PREDICTION, most=_how_many(table, "action_count"), highest=end != "lowest")
    if PREDICTION in table.columns:
        return _by_answer(opened, table)
    column = score_column(table) or "typicality"
    return choose_by(table, column, most=_how_many(table, "action_count"), highest=False) if column in table else table


def _by_segment(opened: OpenedModel, table: pd.DataFrame) -> pd.DataFrame:
    card = opened.verdict.card
    names = {group.number: group_name(page.language(), group) for group in card.groups} if card else {}
    numbers = sorted(int(number) for number in table[GROUP].dropna().unique())
    picked = st.multiselect(
        say("predict.action_groups"),
        numbers,
        format_func=lambda number: names.get(number, str(number)),
        key=of_model("action-groups"),
    )
    return choose(table, Selection(groups=tuple(picked))) if picked else table.head(0)


def _by_answer(opened: OpenedModel, table: pd.DataFrame) -> pd.DataFrame:
    """Those who most probably have one answer; those with that answer, where the model tells no probabilities."""
    shares = _shares(table)
    answers = [name.removeprefix(PROBABILITY) for name in shares] or sorted(table[PREDICTION].astype("str").unique())
    asked = shares.index(asked_about(shares, opened.verdict.card)) if shares else len(answers) - 1
    answer = st.selectbox(say("predict.action_answer"), answers, index=asked, key=of_model("action-answer"))
    if shares:
        return choose_by(table, f"{PROBABILITY}{answer}", most=_how_many(table, "action_count"))
    return table[table[PREDICTION].astype("str") == answer]


def _shares(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table.columns if str(name).startswith(PROBABILITY)]


def _how_many(table: pd.DataFrame, key: str) -> int:
    with st.container(width=240):
        return _count(table, key)


def _count(table: pd.DataFrame, key: str) -> int:
    return whole_number_field(Field(say(f"predict.{key}"), 1, MOST_CHOSEN), min(100, len(table)), key="action-count")


MOST_CHOSEN = 10_000_000


def _by_value(table: pd.DataFrame) -> pd.DataFrame:
    way = st.segmented_control(
        say("predict.action_how"),
        ["most", "budget", "worthwhile"],
        format_func=lambda key: say(f"predict.action_{key}"),
        key="action-how",
        default="most",
        required=True,
    )
    most, budget, value = None, None, 0.0
    with st.grid(4, min_column_width=180):
        if way == "most":
            most = _count(table, "action_count")
        if way == "budget":
            budget = number_field(Field(say("predict.action_money"), 0.0), 100.0, key="action-money")
        cost = number_field(Field(say("predict.action_cost"), 0.0), 0.5, key="action-cost")
        margin = number_field(Field(say("predict.action_margin"), 0, 100), 30, key="action-margin") / 100
        caused = Field(say("predict.action_uplift"), 0, 100, help=say("predict.action_uplift_help"))
        uplift = number_field(caused, 10, key="action-uplift") / 100
        if SPEND not in table.columns:
            value = number_field(
                Field(say("predict.action_order_value"), 0.0), _order_value(), key=of_model("action-order-value")
            )
    economics = Economics(cost=cost, margin=margin, order_value=value, uplift=uplift)
    return choose(table, Selection(most=most, budget=budget, worthwhile=way == "worthwhile"), economics)


def _order_value() -> float:
    brought = predicting().brought
    if brought is None or brought.orders is None:
        return 50.0
    return round(average_order_value(brought.orders.lines, brought.orders.returns), 2)


def _take(opened: OpenedModel, chosen: pd.DataFrame) -> None:
    if chosen.empty:
        st.caption(say("predict.action_nobody"))
        return
    with st.grid(2, min_column_width=240):
        share = st.slider(
            say("predict.hold_back"), 0, 50, 10, format="%d %%", key="action-hold", help=say("predict.hold_back_help")
        )
        campaign = st.text_input(
            say("predict.campaign"),
            value=say("predict.campaign_default"),
            key="action-campaign",
            help=say("predict.campaign_help"),
        )
    column = score_column(chosen)
    banded = with_bands(chosen)
    brought = predicting().brought
    control = assign_control(
        banded[CUSTOMER_ID],
        share / 100,
        score=banded[column] if column is not None else None,
        seed=campaign,
        persons=persons_of(banded[CUSTOMER_ID], brought.emails if brought is not None else {}),
    )
    banded = banded.assign(**{CONTROL: control})
    contact, held = banded[~banded[CONTROL]], banded[banded[CONTROL]]
    st.markdown(say("predict.action_result", contact=len(contact), control=len(held), campaign=campaign))
    if VALUE in banded.columns:
        st.markdown(
            say(
                "predict.action_value",
                value=f"{page.number(float(contact[VALUE].sum()), '0f')} {_money(opened)['currency']}".strip(),
            )
        )
    _plan(banded, len(contact), len(held))
    _files(opened, contact, held, campaign)
    keep_campaign(banded, campaign)


def _money(opened: OpenedModel) -> dict[str, str]:
    card = opened.verdict.card
    return {"currency": card.currency if card is not None else ""}


def _plan(chosen: pd.DataFrame, contact: int, held: int) -> None:
    """How small an effect these groups can show, and how large they must be for a smaller one."""
    if not held or not contact:
        st.caption(say("predict.plan_no_control"))
        return
    with st.expander(say("predict.plan"), icon=":material/straighten:"):
        known = float(chosen[BUY_AGAIN].mean()) if BUY_AGAIN in chosen.columns else 0.1
        with st.grid(2, min_column_width=220):
            usual = min(max(round(100 * known, 1), 0.1), 99.0)
            base = number_field(Field(say("predict.plan_base"), 0.1, 99.0), usual, key=of_model("plan-base")) / 100
            room = round(50 * (1 - base), 1)  # nobody can ask whether 99% rise by 3 points
            rise = number_field(
                Field(say("predict.plan_uplift"), 0.1, 50.0), min(3.0, room), key=of_model("plan-uplift")
            )
            uplift = rise / 100
        least = detectable_uplift(base, contact, held)
        key = "predict.plan_detectable" if least == least else "predict.plan_undetectable"
        st.markdown(say(key, points=100 * least, contact=contact, control=held))
        with page.errors_shown():
            needed = required_customers(base, uplift, held / (contact + held))
            st.markdown(say("predict.plan_required", customers=needed, points=100 * uplift))


def _files(opened: OpenedModel, contact: pd.DataFrame, held: pd.DataFrame, campaign: str) -> None:
    brought = predicting().brought
    emails = brought.emails if brought is not None else {}
    language, currency = page.language(), _money(opened)["currency"]
    reachable = with_emails(contact, emails)
    with st.container(horizontal=True):
        for key, part in (("contact", contact), ("control", held)):
            if len(part):
                st.download_button(
                    say(f"predict.action_{key}_list", customers=len(part)),
                    data=lambda part=part: to_csv(  # type: ignore[misc]
                        readable_list(part, language, campaign=campaign, emails=emails, currency=currency), language
                    ),
                    file_name=f"{text.say(language, f'audience.group.{key}').lower()}.csv",
                    mime="text/csv",
                    icon=":material/download:",
                    on_click="ignore",
                    type="primary" if key == "contact" else "secondary",
                    key=f"action-{key}",
                )
        for way in AUDIENCE_FILES if len(reachable) else ():
            st.download_button(
                say(f"audience.{way.key}"),
                data=lambda way=way: to_plain_csv(way.build(reachable, campaign)),  # type: ignore[misc]
                file_name=f"{way.key}{way.suffix}",
                mime="text/csv",
                icon=":material/campaign:",
                on_click="ignore",
                key=f"audience-{way.key}",
            )
    if reachable.empty:
        st.caption(say("predict.no_emails"))
    elif len(reachable) < len(contact):
        st.caption(say("predict.some_emails", reachable=len(reachable), written=len(contact)))
    st.caption(say("predict.action_later"))
