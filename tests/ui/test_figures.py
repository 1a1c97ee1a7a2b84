"""What a page sends to the component that draws figures, and what it shows where that cannot work."""

import json
import re

from streamlit.testing.v1 import AppTest

from lib import text
from lib.ui import figures
from tests.figures_shown import figures_shown


def two_figures() -> None:
    import streamlit as st

    from lib.charts import Chart
    from lib.charts.figure import Figure
    from lib.ui import figures
    from lib.ui.state import session

    session().figures_fail = st.session_state.get("without", False)
    bars = Figure({"height": 220}).add_bar(x=["a"], y=[1], customdata=[["rfm:1:2"]])
    figures.show(Chart("Revenue", "It <b>rose</b>.", bars), key="one")
    figures.show(Chart("Customers", "Click.", bars), key="two", tools="around", on_select=print, clicks=3)
    figures.fetch_library()


def shown(*, without: bool = False) -> AppTest:
    app = AppTest.from_function(two_figures, default_timeout=300)
    app.session_state["without"] = without
    app.run()
    assert not app.exception
    return app


def test_a_figure_is_sent_with_its_text_alternative_its_height_and_what_a_click_does():
    one, two = figures_shown(shown())
    assert one.alt == "Revenue. It <b>rose</b>."
    assert (one.height, one.clickable, two.clickable, two.clicks) == (220, False, True, 3)
    assert json.loads(one.spec)["data"][0]["y"] == [1]
    assert "template" not in json.loads(one.spec)["layout"]  # the browser adds the colours of its theme


def test_where_the_library_cannot_be_loaded_streamlit_draws_the_same_figures():
    app = shown(without=True)
    assert not figures_shown(app)
    assert not app.get("bidi_component")  # and nothing asks for the library again
    first, second = (one.proto for one in app.get("plotly_chart"))
    assert first.alt == "Revenue. It <b>rose</b>."
    assert json.loads(first.spec)["data"][0]["y"] == [1]
    assert (len(first.selection_mode), len(second.selection_mode)) == (0, 3)


def test_the_script_is_complete_and_asks_for_the_installed_library():
    (sent,) = {one.proto.js_content for one in shown().get("bidi_component")}
    assert "LIBRARY_PATH" not in sent
    assert "LOCALE_FORMATS" not in sent
    assert re.search(r'"component/lib\.ui\.figures\.plotly/plotly\.min\.js\?v=[\d.]+"', sent)
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|\beval\(|https?://", sent)


def test_spanish_dates_begin_with_sunday_and_january():
    assert "format" not in figures._locale(text.DEFAULT_LANGUAGE)  # plotly.js has English dates of its own
    dates = figures._locale("es")["format"]
    assert isinstance(dates, dict)
    assert dates["days"][0] == "domingo"
    assert (dates["months"][0], dates["shortMonths"][11][:3]) == ("enero", "dic")
    assert [len(dates[name]) for name in ("days", "shortDays", "months", "shortMonths")] == [7, 7, 12, 12]
