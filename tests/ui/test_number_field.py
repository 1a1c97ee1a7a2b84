"""A number with decimals is typed and shown as the language of the page writes it, whatever the browser's is."""

import pytest
from streamlit.testing.v1 import AppTest

from lib import text

PAGE = """
import streamlit as st
from lib.ui.number_field import Field, number_field, optional_number_field, whole_number_field
usual = st.session_state.get("usual", 22.7)
st.write(repr(number_field(Field("Cost", 0.0, 5000.0), usual, key="cost")))
st.write(repr(optional_number_field(Field("Gap", 0.0, optional=True), None, key="gap")))
st.write(repr(whole_number_field(Field("Count", 1, 5000), 100, key="count")))
"""


def opened(language: str) -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=300)
    app.session_state["language"] = language
    return app.run()


def type_in(app: AppTest, typed: str, key: str = "cost") -> AppTest:
    app.text_input(key=f"{key}-typed").set_value(typed).run()
    assert not app.exception
    return app


def values(app: AppTest) -> list[str]:
    return [one.value for one in app.markdown]


@pytest.mark.parametrize(
    ("language", "typed", "value", "shown"),
    [
        ("en", "0.5", 0.5, "0.5"),
        ("en", "0,5", 0.5, "0.5"),
        ("en", "12,75", 12.75, "12.75"),
        ("en", "1,234", 1234.0, "1234"),
        ("en", "1.234", 1.234, "1.234"),
        ("en", "1,234.50", 1234.5, "1234.5"),
        ("en", "1.234,50", 1234.5, "1234.5"),
        ("es", "0,5", 0.5, "0,5"),
        ("es", "0.5", 0.5, "0,5"),
        ("es", "12.75", 12.75, "12,75"),
        ("es", "1.234", 1234.0, "1234"),
        ("es", "1,234", 1.234, "1,234"),
        ("es", "1.234,50", 1234.5, "1234,5"),
        ("es", " 7 % ", 7.0, "7"),
        ("es", "3 €", 3.0, "3"),
    ],
)
def test_a_typed_number_is_read_and_written_as_the_language_does(
    language: str, typed: str, value: float, shown: str
) -> None:
    app = type_in(opened(language), typed)
    assert values(app)[0] == repr(value)
    assert app.text_input(key="cost-typed").value == shown
    assert not app.error


@pytest.mark.parametrize("typed", ["abc", "1,2,3,x", "-3", "5001", "inf", "1e400"])
def test_what_is_no_number_or_none_that_is_allowed_is_told_and_not_used(typed: str) -> None:
    app = type_in(type_in(opened("es"), "4,5"), typed)
    assert values(app)[0] == "4.5"
    assert app.text_input(key="cost-typed").value == typed
    assert "4,5" in app.error[0].value
    app = type_in(app, "6")
    assert values(app)[0] == "6.0"
    assert not app.error


def test_an_emptied_field_is_none_where_it_may_be_empty_and_the_number_in_use_elsewhere() -> None:
    app = type_in(type_in(opened("en"), "4.5"), "")
    assert values(app)[:2] == ["4.5", "None"]
    assert app.text_input(key="cost-typed").value == "4.5"
    app = type_in(type_in(app, "12", "gap"), "", "gap")
    assert values(app)[:2] == ["4.5", "None"]


def test_another_language_writes_the_same_number() -> None:
    """1.234 with its decimal point would be a thousand and more in Spanish."""
    app = type_in(opened("en"), "1.234")
    app.session_state["language"] = "es"
    app.run()
    assert app.text_input(key="cost-typed").value == "1,234"
    assert values(app)[0] == "1.234"


def test_a_suggested_number_follows_until_another_is_typed() -> None:
    app = opened("en")
    app.session_state["usual"] = 9.0
    app.run()
    assert (values(app)[0], app.text_input(key="cost-typed").value) == ("9.0", "9")
    type_in(app, "3")
    app.session_state["usual"] = 10.0
    assert values(app.run())[0] == "3.0"


@pytest.mark.parametrize(
    ("language", "typed", "count"),
    [("es", "1.000", 1000), ("en", "1,000", 1000), ("es", "12", 12), ("en", "12", 12), ("en", "12.0", 12)],
)
def test_a_whole_number_is_read_as_the_language_writes_it(language: str, typed: str, count: int) -> None:
    """Chromium reads 1.000 in a field of its own as 1, in any language."""
    app = type_in(opened(language), typed, "count")
    assert values(app)[2] == repr(count)
    assert not app.error


@pytest.mark.parametrize(("typed", "reason"), [("1.5", "not_whole"), ("0", "out_of_range"), ("x", "not_a_number")])
def test_what_is_no_whole_number_in_range_is_told_and_not_used(typed: str, reason: str) -> None:
    app = type_in(opened("en"), typed, "count")
    assert values(app)[2] == "100"
    words = text.template("en", f"ui.field.{reason}").split("{")[-2].partition("}")[2]
    assert words in app.error[0].value
