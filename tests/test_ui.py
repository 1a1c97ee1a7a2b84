"""The frame of the pages: what a visitor decided, users' values as they are, reruns that cost little."""

import time
from pathlib import Path

import pandas as pd
import pytest
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from lib.orders import CleanOptions
from lib.project import Project, write_project
from lib.ui import cached, page, widgets
from lib.ui.project import restoring
from lib.ui.state import Reading, Session, Upload
from tests.machine import slowness

ROOT = Path(__file__).resolve().parents[1]


def test_a_user_s_value_is_no_markdown() -> None:
    bait = "![x](https://evil.example/a.png) **b** $c$ :red[d] <img>\nnext"
    shown = page.plain(bait)
    assert "\n" not in shown
    for sign in ("!", "[", "]", "*", "$", "<", ">"):
        assert sign not in shown.replace(f"\\{sign}", "")


def test_equal_decisions_are_one_reading_and_others_are_not() -> None:
    """A cache that mixes two readings shows one file's customers under another's name."""
    one = Reading((Upload("a.csv", b"1", "d1"),))
    assert one.key == Reading((Upload("renamed.csv", b"1", "d1"),)).key
    others = [
        Reading((Upload("a.csv", b"2", "d2"),)),
        Reading((Upload("a.csv", b"1", "d1"),), sheet="2"),
        Reading((Upload("a.csv", b"1", "d1"),), date_orders=(("date", "month"),)),
        Reading((Upload("a.csv", b"1", "d1"),), roles=(("amount", "total"),)),
        Reading((Upload("a.csv", b"1", "d1"),), kind="customers"),
        Reading((Upload("a.csv", b"1", "d1"),), options=CleanOptions(keep_unpaid=True)),
        Reading(simulated=True),
    ]
    assert len({one.key, *(other.key for other in others)}) == len(others) + 1


def test_a_reading_does_not_print_the_file() -> None:
    assert "secret" not in repr(Reading((Upload("a.csv", b"secret", "d"),)))
    assert "secret" not in Reading((Upload("a.csv", b"secret", "d"),)).key


@pytest.mark.slow
def test_a_column_plays_the_role_that_was_chosen_last() -> None:
    def choose() -> None:
        import streamlit as st

        from lib.ui import state

        st.session_state["one"] = "sum"
        state.take_role("amount", "one", "print")
        state.take_role("unit_price", "one", "print")
        st.text(str(dict(state.session().reading.roles or ())))

    app = AppTest.from_function(choose, default_timeout=300).run()
    assert app.text[0].value == "{'amount': '', 'unit_price': 'sum'}"


@pytest.mark.slow
def test_files_that_cannot_be_read_leave_what_was_loaded() -> None:
    def bring() -> None:
        import streamlit as st

        from lib.ui import candidate, page, state
        from lib.ui.state import Reading, Upload

        mine = state.session()
        mine.reading = Reading(simulated=True)
        mine.candidate = Reading((Upload("empty.csv", b"", "e"),))
        with page.errors_shown():
            candidate.read_candidate()
        st.text(str(mine.reading.simulated))

    app = AppTest.from_function(bring, default_timeout=300).run()
    assert len(app.error) == 1
    assert app.text[0].value == "True"


@pytest.mark.slow
@pytest.mark.parametrize("project", [False, True])
def test_what_interrupts_new_files_loses_none_of_them(monkeypatch, project: bool) -> None:
    """The second of two files, or a click, starts the page anew while the first is read."""

    def bring() -> None:
        import streamlit as st

        from lib.ui import candidate, state

        mine = state.session()
        candidate.read_candidate()
        st.text(", ".join(upload.name for upload in mine.reading.uploads))
        st.text(mine.project.name)

    interruptions = iter([True])

    def interrupted(*given: object) -> None:
        if next(interruptions, False):
            raise StopException

    data = b"Order,Date,Customer,Amount\n1,2025-01-03,A,5\n2,2025-01-14,B,7\n"
    tables_of, read_project = cached.tables_of, restoring.read_project
    mine = Session(reading=Reading((Upload("before.csv", data, "b"),)))
    mine.candidate = Reading((Upload("later.csv", data, "l"),))
    if project:
        mine.project.dropped = ("shop.brine", write_project(Project("Shop")))
        monkeypatch.setattr(restoring, "read_project", lambda *given: (interrupted(), read_project(*given))[1])
    else:
        monkeypatch.setattr(cached, "tables_of", lambda *given: (interrupted(), tables_of(*given))[1])
    app = AppTest.from_function(bring, default_timeout=300)
    app.session_state["brine"] = mine
    assert not app.run().text
    assert [text.value for text in app.run().text] == ["later.csv", "Shop" if project else ""]
    assert mine.candidate is None
    assert mine.project.dropped is None


@pytest.mark.slow
def test_a_page_reruns_quickly_when_nothing_changed() -> None:
    """The target is 100 ms on two free cores; CPU time is measured, since a test machine is seldom idle."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["brine"] = Session(reading=Reading(simulated=True))
    for stem in ("data", "explore", "train"):
        app.switch_page(f"pages/{stem}.py").run()
        spent = []
        for _ in range(3):
            began = time.process_time()
            app.run()
            spent.append(time.process_time() - began)
        assert not app.exception
        assert min(spent) < 0.15 * slowness(), f"{stem}: {spent}"


def test_cells_are_written_by_their_form() -> None:
    write = widgets.cell_writer
    assert write("day")(pd.Timestamp("2024-03-01")) == "Mar 1, 2024"
    assert write("month")(pd.Timestamp("2024-03-01")) == "Mar 2024"
    assert write("text")(float("nan")) == "–"
    assert write("0f")(1234.4) == "1,234"
    assert write("yes_no")(True) == "yes"


@pytest.mark.slow
@pytest.mark.parametrize("rows", [[], [{"customer_id": "1"}]])
def test_a_table_without_rows_is_shown_as_such(rows: list[dict[str, str]]) -> None:
    def show(rows: list[dict[str, str]]) -> None:
        import pandas as pd

        from lib.ui import widgets
        from lib.ui.widgets import Shown

        frame = pd.DataFrame(rows, columns=["customer_id"])
        widgets.table(frame, {"customer_id": Shown("Customer")}, key="t")

    app = AppTest.from_function(show, default_timeout=300, args=(rows,)).run()
    assert not app.exception
