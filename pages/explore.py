"""Who buys, how often, how much, and who orders again; what is clicked opens its customers."""

import streamlit as st

from lib.ui import cached, candidate, page, project, state, widgets
from lib.ui.exploring import customer_table, filters, orders_page
from lib.ui.page import say

page.guard()
page.frame("explore", beside=project.open_anywhere)
candidate.read_waiting()
filters.keep_link()

reading = state.session().reading
if reading.empty:
    if state.session().exploring.link:
        st.info(say("explore.link_waits"), icon=":material/link:")
    widgets.nothing_yet(state.take_sample)
    st.stop()

with page.errors_shown(in_data=True), widgets.reading_shown(reading):
    if cached.kind_of(reading) == "orders":
        orders_page.everything(reading)
    else:
        customer_table.everything(reading)
