"""Explore for an order history: filters, key figures, tabs, or the page of one customer.

Everything that follows a filter or a click is one fragment: the browser then redraws it without the page's frame.
"""

from __future__ import annotations

import dataclasses

import streamlit as st

from lib.orders import Orders
from lib.ui import cached, page, state, widgets
from lib.ui.exploring import cache, customer_page, filters, key_figures, people, selecting, tabs
from lib.ui.page import say
from lib.ui.state import Reading


def everything(reading: Reading) -> None:
    """The page, for an order history. Raises UserError."""
    orders = cached.orders_of(reading)
    history = cached.history_of(reading)
    filters.follow_link(reading, history)
    customer = state.session().exploring.customer
    if customer:
        mail = cached.emails_of(reading).get(customer, "")
        model = cache.pattern_of(reading)
        customer_page.customer_page(history, customer, orders.currency, model=model, mail=mail)
        return
    widgets.working_with(reading)
    if about := currency_words(orders):
        st.caption(f":material/payments: {about}")
    _filtered(reading)
    widgets.next_step("train", say("explore.next"), say("ui.go_train"))


def currency_words(orders: Orders) -> str:
    """Which currency the amounts are in and how much is left out for it; empty where the file has no other."""
    others = {name: lines for name, lines in orders.currencies.items() if name != orders.currency}
    if not others:
        return ""
    return say("explore.currencies", currency=orders.currency, others=list(others), lines=sum(others.values()))


@page.fragment
def _filtered(reading: Reading) -> None:
    mine = state.session().exploring
    if mine.customer:  # a row of the list was clicked
        st.rerun()
    widgets.say_what_was_let_go()
    with page.errors_shown(in_data=True):
        currency, history = cached.orders_of(reading).currency, cached.history_of(reading)
        view = dataclasses.replace(filters.choose(history), criteria=mine.criteria, moves=mine.moves)
        found = cache.explored(reading, view)
        # What comes and goes has a container that stays: the browser would make all figures below it anew.
        with st.container():
            people.saved_segments()
            selecting.chips(history, found.buyers, lambda: cache.line_columns(reading))
        if found.empty:
            st.info(say("explore.nothing"), icon=":material/filter_alt_off:")
            filters.write_address(view)
            return
        key_figures.key_figures(found, currency, view)
        tab = tabs.choose_tab(found)
        filters.write_address(dataclasses.replace(view, tab=tab))
        with st.container():
            if mine.criteria:
                people.customer_list(reading, found, currency)
        tabs.show(tab, reading, found, currency)
        about = say("sample.name") if reading.simulated else state.name_of(reading)
        tabs.report_button(found, currency, view, about)
