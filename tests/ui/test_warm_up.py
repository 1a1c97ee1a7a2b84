"""What is prepared before the port opens is what the first visitor asks for."""

import pytest
import streamlit as st

from lib.ui import cached, warm_up
from lib.ui.exploring import cache
from lib.ui.exploring.view import View
from lib.ui.state import Reading


@pytest.mark.slow
def test_the_first_visitor_of_the_sample_shop_finds_it_read_and_drawn():
    st.session_state.clear()
    held = warm_up.of_sample()
    reading = Reading(simulated=True)
    found = cache.explored(reading, View())
    assert any(one is cached.orders_of(reading) for one in held)
    assert any(one is cached.history_of(reading) for one in held)
    assert any(one is found for one in held)
    assert {name for _, name in found.charts} == {"en", "es"}
