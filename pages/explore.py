"""Who buys, how often, how much, and who orders again; what is clicked opens its customers."""

import dataclasses

import streamlit as st

from lib.ui import cached, page, state, widgets
from lib.ui.exploring import cache, customer_page, customer_table, filters, people, selecting, tabs
from lib.ui.page import say
from lib.ui.state import Reading


def everything(reading: Reading) -> None:
    """The page, for an order history."""
    orders = cached.orders_of(reading)
    history = cached.history_of(reading)
    filters.follow_link(reading, history)
    mine = state.session().exploring
    if mine.customer:
        mail = cache.emails_of(reading).get(mine.customer, "")
        customer_page.customer_page(history, mine.customer, orders.currency, mail=mail)
        return
    widgets.working_with(reading)
    view = dataclasses.replace(filters.choose(history), criteria=mine.criteria)
    found = cache.explored(reading, view)
    people.saved_segments()
    selecting.chips(history, found.scope.orders["customer"].nunique())
    if found.empty:
        st.info(say("explore.nothing"), icon=":material/filter_alt_off:")
        filters.write_address(view)
        return
    tabs.key_figures(found, orders.currency, view)
    tab = tabs.choose_tab(found)
    filters.write_address(dataclasses.replace(view, tab=tab))
    if mine.criteria:
        people.customer_list(reading, found, orders.currency)
    tabs.show(tab, reading, found, orders.currency)
    about = say("sample.name") if reading.simulated else state.name_of(reading)
    tabs.report_button(found, orders.currency, view, about)
    widgets.next_step("train", say("explore.next"), say("ui.go_train"))


page.guard()
page.frame("explore")
filters.keep_link()

reading = state.session().reading
if reading.empty:
    if state.session().exploring.link:
        st.info(say("explore.link_waits"), icon=":material/link:")
    widgets.nothing_yet(state.take_sample)
    st.stop()

with page.told(in_data=True), st.spinner(say("data.reading", name=state.name_of(reading)), show_time=True):
    if cached.kind_of(reading) == "orders":
        everything(reading)
    else:
        customer_table.everything(reading)
