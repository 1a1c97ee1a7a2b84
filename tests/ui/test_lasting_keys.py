"""What is typed about a model or a customer is there when the visitor comes back, and does not grow for ever."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib.ui import lasting_keys
from lib.ui.lasting_keys import lasting
from lib.ui.number_field import Typed


@pytest.fixture(autouse=True)
def new_visitor(monkeypatch):
    st.session_state.clear()
    monkeypatch.setattr(lasting_keys, "MOST", 3)


def test_the_keys_used_longest_ago_are_forgotten():
    for name in ("a", "b", "c"):
        st.session_state[lasting(name)] = name
    assert lasting("a") == "a"  # used again: b is now the oldest
    st.session_state[lasting("d")] = "d"
    assert [name for name in ("a", "b", "c", "d") if name in st.session_state] == ["a", "c", "d"]


def test_a_key_without_a_value_is_forgotten_quietly():
    for number in range(10):
        lasting(f"key-{number}")
    assert not [key for key in st.session_state if str(key).startswith("key-")]


def _form() -> None:
    """A field about the model that is open, a choice about it, and a number about it."""
    import streamlit as st

    from lib.ui.lasting_keys import lasting
    from lib.ui.number_field import Field, number_field

    model = st.session_state["model"]
    st.text_input("Country", key=lasting(f"country-{model}"), persist_state="session")
    st.selectbox("Plan", ("free", "paid"), key=lasting(f"plan-{model}"), persist_state="session")
    number_field(Field("Orders"), 1.0, key=f"orders-{model}")


def _opened(app: AppTest, model: int) -> AppTest:
    app.session_state["model"] = model
    return app.run()


def test_a_visitor_who_opens_many_models_keeps_what_was_typed_about_the_last_ones(monkeypatch):
    monkeypatch.setattr(lasting_keys, "MOST", 9)  # three models
    app = AppTest.from_function(_form, default_timeout=300)
    sizes = []
    for model in range(40):
        _opened(app, model)
        app.text_input(key=f"country-{model}").set_value(f"country {model}")
        app.selectbox(key=f"plan-{model}").set_value("paid")
        app.text_input(key=f"orders-{model}-typed").set_value(str(100 + model))
        app.run()
        sizes.append(len(app.session_state._state.filtered_state))
    assert sizes[5:] == [sizes[5]] * 35, sizes
    for model in (38, 37, 39):
        _opened(app, model)
        assert app.text_input(key=f"country-{model}").value == f"country {model}"
        assert app.selectbox(key=f"plan-{model}").value == "paid"
        assert app.text_input(key=f"orders-{model}-typed").value == str(100 + model)
        assert app.session_state[f"orders-{model}"] == Typed(100 + model)
    _opened(app, 3)  # long ago: as if it were opened for the first time
    assert app.text_input(key="country-3").value == ""
    assert app.selectbox(key="plan-3").value == "free"
    assert app.text_input(key="orders-3-typed").value == "1"
