"""From score to action: whom to write to, who is held back, and the file for the mailing tool."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.audience import AUDIENCE_FILES, HELD_BACK, VALUE, Economics, Selection, choose, hold_back, with_emails
from lib.exports import to_csv
from lib.gate import OpenedModel
from lib.presentation import labels
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP, SPEND
from lib.scoring import Scores
from lib.ui import page
from lib.ui.page import say
from lib.ui.predicting.state import predicting


def action(opened: OpenedModel, scores: Scores) -> None:
    """Choose, hold back, take away."""
    table = scores.table
    if CUSTOMER_ID not in table.columns or not {BUY_AGAIN, SPEND, GROUP} & set(table.columns):
        return
    st.subheader(say("predict.action"), anchor=False)
    with st.container(border=True), page.told():
        chosen = _chosen(opened, table)
        _take(chosen)


def _chosen(opened: OpenedModel, table: pd.DataFrame) -> pd.DataFrame:
    if GROUP in table.columns:
        card = opened.verdict.card
        names = {group.number: labels.group(page.language(), group) for group in card.groups} if card else {}
        numbers = sorted(int(number) for number in table[GROUP].dropna().unique())
        picked = st.multiselect(
            say("predict.action_groups"), numbers, format_func=lambda number: names.get(number, str(number)),
            key="action-groups",
        )  # fmt: skip
        return choose(table, Selection(groups=tuple(picked))) if picked else table.head(0)
    way = st.segmented_control(
        say("predict.action_how"),
        ["most", "budget", "worthwhile"],
        format_func=lambda key: say(f"predict.action_{key}"),
        key="action-how",
        default="most",
        required=True,
    )
    with st.grid(4, min_column_width=180):
        most = (
            st.number_input(say("predict.action_count"), 1, None, min(100, len(table)), key="action-count")
            if way == "most"
            else None
        )
        budget = (
            st.number_input(say("predict.action_money"), 0.0, None, 100.0, key="action-money")
            if way == "budget"
            else None
        )
        cost = st.number_input(say("predict.action_cost"), 0.0, None, 0.5, key="action-cost")
        margin = st.number_input(say("predict.action_margin"), 0, 100, 30, key="action-margin") / 100
        uplift = st.number_input(
            say("predict.action_uplift"), 0, 100, 10, key="action-uplift", help=say("predict.action_uplift_help")
        ) / 100  # fmt: skip
        value = (
            st.number_input(say("predict.action_order_value"), 0.0, None, _order_value(), key="action-order-value")
            if BUY_AGAIN in table.columns
            else 0.0
        )
    economics = Economics(cost=cost, margin=margin, order_value=value, uplift=uplift)
    return choose(table, Selection(most=most, budget=budget, worthwhile=way == "worthwhile"), economics)


def _order_value() -> float:
    brought = predicting().brought
    if brought is None or brought.orders is None:
        return 50.0
    lines = brought.orders.lines
    return float(round(lines["amount"].sum() / max(1, lines["order_id"].nunique()), 2))


def _take(chosen: pd.DataFrame) -> None:
    if chosen.empty:
        st.caption(say("predict.action_nobody"))
        return
    share = st.slider(
        say("predict.hold_back"), 0, 50, 10, format="%d %%", key="action-hold", help=say("predict.hold_back_help")
    )
    campaign = st.text_input(say("predict.campaign"), value=say("predict.campaign_default"), key="action-campaign")
    chosen = chosen.assign(**{HELD_BACK: hold_back(chosen[CUSTOMER_ID], share / 100, campaign=campaign)})
    written = chosen[~chosen[HELD_BACK]]
    said = {"written": len(written), "held": len(chosen) - len(written)}
    if VALUE in chosen.columns:
        st.markdown(say("predict.action_result_value", value=float(written[VALUE].sum()), **said))
    else:
        st.markdown(say("predict.action_result", **said))
    _files(chosen, written, campaign)


def _files(chosen: pd.DataFrame, written: pd.DataFrame, campaign: str) -> None:
    brought = predicting().brought
    reachable = with_emails(written, brought.emails if brought is not None else {})
    with st.container(horizontal=True):
        st.download_button(
            say("predict.action_list"),
            data=lambda: to_csv(chosen, page.language()),
            file_name="campaign.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            type="primary",
        )
        for way in AUDIENCE_FILES if len(reachable) else ():
            st.download_button(
                say(f"audience.{way.key}"),
                data=lambda way=way: way.build(reachable, campaign).to_csv(index=False).encode(),  # type: ignore[misc]
                file_name=f"{way.key}{way.suffix}",
                mime="text/csv",
                icon=":material/campaign:",
                on_click="ignore",
                key=f"audience-{way.key}",
            )
    if reachable.empty:
        st.caption(say("predict.no_emails"))
    elif len(reachable) < len(written):
        st.caption(say("predict.some_emails", reachable=len(reachable), written=len(written)))
