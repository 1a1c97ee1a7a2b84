"""What a browser sends as points of a figure: any value of JSON under any name; none of it ends a page."""

import pytest
from streamlit.testing.v1 import AppTest

FORGED: tuple[object, ...] = (
    5, "points", [], {}, {"points": 5}, {"points": "abc"}, {"points": {"a": 1}}, {"points": [None, 1, "a", [1]]},
    {"points": [{}]}, {"points": [{"customdata": None}]}, {"points": [{"customdata": {"a": 1}}]},
    {"points": [{"customdata": [None]}]}, {"points": [{"customdata": [[["rfm:1:2"]]]}]},
    *({"points": [{"customdata": [token]}]} for token in (
        "rfm:a:b", "rfm", "rfm:1", "rfm:1:2:3", "rfm:1:2,3:3:4", "hour:99", "hour:x", "cohort:9999-99", "time:day:1:2",
        "time:day:99999999", "segment:<img>", "moved:x", "best:nan", "began:column:a", "country:![](http://a)",
        "product:" + "9" * 100_000, "no:such", ":" * 100_000, "rfm:1:2@19990101-", "best:" + "9" * 5_000,
    )),
)  # fmt: skip


def page() -> None:
    import streamlit as st

    from lib.insights import Filters
    from lib.ui import figures
    from lib.ui.exploring.selecting import take_points
    from lib.ui.state import session

    for sent in st.session_state["sent"]:
        st.session_state["figure-forged"] = sent
        figures.selected("figure-forged")
        take_points("figure-forged", Filters())
    st.write(repr([(one.kind, one.values) for one in session().exploring.criteria]))


def taken(*sent: object) -> str:
    app = AppTest.from_function(page, default_timeout=300)
    app.session_state["sent"] = list(sent)
    app.run()
    assert not app.exception
    return str(app.markdown[0].value)


def test_nothing_forged_becomes_a_criterion():
    wrapped = [{"selection": one} for one in FORGED]
    assert taken(*FORGED, None, *wrapped) == "[]"


@pytest.mark.parametrize("token", ["rfm:1:2", "hour:3:12", "cohort:2024-05:3", "time:month:20240501", "best:10"])
def test_what_figures_hold_becomes_one(token: str):
    kind, *values = token.split(":")
    found = taken({"selection": {"points": [{"customdata": ["x", token]}, {"customdata": [token]}]}})
    assert found == repr([(kind, (tuple(values),))])
