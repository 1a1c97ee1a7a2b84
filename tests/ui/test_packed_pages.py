"""Pages say the same after everything was packed or let go, and a page that was shown before unpacks nothing."""

import gc
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lib import text
from lib.ui import parked, session_cache
from lib.ui.parked import Part, with_parts
from lib.ui.state import Reading, Session, Upload
from lib.ui.upload_room import FileBytes

ROOT = Path(__file__).resolve().parents[2]
DAYS = pd.date_range("2025-01-01", periods=120, freq="D")
ORDERS = pd.DataFrame(
    {
        "order": [f"o{n}" for n in range(240)],
        "customer": [f"c{n * n % 37}" for n in range(240)],
        "date": [f"{DAYS[n // 2]:%d/%m/%Y}" for n in range(240)],
        "product": [f"product {n % 5}" for n in range(240)],
        "amount": [1.25 + n % 9 for n in range(240)],
    }
)


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[Part]]:
    """All parts that are made while the test runs."""
    gc.collect()
    monkeypatch.setattr(parked, "WORTH_PACKING", 0)
    made: set[Part] = set()
    begin = Part.__init__

    def noted(part: Part, *arguments: object) -> None:
        begin(part, *arguments)  # type: ignore[arg-type]
        made.add(part)

    monkeypatch.setattr(Part, "__init__", noted)
    yield made
    made.clear()


def words(app: AppTest) -> str:
    assert not app.exception
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning", "text")
    said = [str(element.value) for kind in kinds for element in app.get(kind)]
    return "\n".join(said + [table.value.to_csv() for table in app.dataframe])


def visitor() -> AppTest:
    data = ORDERS.to_csv(index=False).encode()
    digest = hashlib.sha256(data).hexdigest()
    held = FileBytes(digest, Part(data))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = "en"
    upload = with_parts(Upload("orders.csv", b"", digest, held), {"data": held.part})
    app.session_state["brine"] = Session(candidate=Reading((upload,)))
    return app.switch_page("pages/data.py").run()


PAGES = ("data", "explore", "train", "predict", "models", "project")


@pytest.mark.slow
def test_pages_say_the_same_after_all_was_packed_and_unpack_nothing(parts: set[Part]):
    app = visitor()
    before = {name: words(app.switch_page(f"pages/{name}.py").run()) for name in PAGES}
    assert "240" in before["data"]
    assert len(parts) > 5
    for part in parts:
        part.put_away()
    after = {name: words(app.switch_page(f"pages/{name}.py").run()) for name in PAGES}
    assert after == before
    assert [part for part in parts if part.at_hand] == []


@pytest.mark.slow
def test_figures_that_were_let_go_are_computed_again_and_it_is_said(parts: set[Part], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session_cache, "IDLE_SECONDS", 0.0)
    monkeypatch.setattr(session_cache, "AWAY_SECONDS", 0.0)
    app = visitor().switch_page("pages/explore.py").run()
    before = words(app)
    assert [toast.value for toast in app.toast] == []
    for part in parts:
        part.put_away()
    session_cache.let_go_of_idle(lambda _visit: True)
    again = app.run()
    assert [toast.value for toast in again.toast] == [text.say("en", "ui.computed_again")]
    assert words(again) == before
    assert [toast.value for toast in app.run().toast] == []
