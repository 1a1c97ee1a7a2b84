"""A download waits for the page, by names inside Streamlit: when these change, this fails."""

import asyncio
import inspect

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime import app_session, backend_operation_handler, media_file_manager
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from lib.ui import fresh_downloads
from lib.ui.fresh_downloads import Buttons, answered


class Page:
    """A visitor's page as Streamlit draws it: each drawing gives every button a new id, and the old ones go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.visitor = "ana"
        monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: self.visitor)
        self.manager = MediaFileManager(MemoryMediaFileStorage("/media"))
        self.buttons = Buttons()

    def draw(self, **files: tuple[str, bytes]) -> dict[str, str]:
        """Button -> the id that the browser asks by. `files`: button -> name and content."""
        self.manager.clear_session_refs(self.visitor)
        made = {}
        for place, (button, (name, content)) in enumerate(files.items()):
            made[button] = self.manager.add_deferred(
                lambda content=content: content, "text/csv", str(place), name, element_id=button
            )
            self.buttons.remember(made[button], self.visitor, button)
        self.manager.remove_orphaned_files()
        return made

    def click(self, file_id: str, visitor: str = "", *, meanwhile=lambda: None, ends: bool = True) -> bytes | str:
        """The file's content and name, or the error. `meanwhile`: what is drawn before the page stands still."""

        async def drawn(_visitor: str) -> bool:
            meanwhile()
            return ends

        request = BackendOperationRequest(request_id="1", session_id=visitor or self.visitor)
        request.deferred_file.file_id = file_id
        handler = DeferredFileHandler(lambda: self.manager)
        answer: BackendOperationResponse = asyncio.run(
            answered(
                handler,
                request,
                visitor or self.visitor,
                buttons=self.buttons,
                answer=fresh_downloads.ANSWER,
                drawn=drawn,
            )
        )
        assert request.deferred_file.file_id == file_id, "the request itself is left as it was"
        if answer.error_msg:
            return answer.error_msg
        file = self.manager.read_file(answer.deferred_file.url.rpartition("/")[2].partition(".")[0])
        assert file is not None
        return f"{file.filename}: {file.content.decode()}"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    return Page(monkeypatch)


def test_without_a_change_the_file_is_the_one_that_the_button_stands_for(page):
    ids = page.draw(save=("shop.csv", b"plain"), report=("report.html", b"report"))
    assert page.click(ids["report"]) == "report.html: report"
    assert page.click(ids["save"]) == "shop.csv: plain"
    assert page.click(ids["save"]) == "shop.csv: plain", "as often as it is clicked"


def test_a_click_before_the_page_is_drawn_anew_gives_the_file_with_the_change(page):
    ids = page.draw(save=("shop.csv", b"plain"), report=("report.html", b"report"))
    found = page.click(
        ids["save"], meanwhile=lambda: page.draw(report=("report.html", b"new"), save=("pear.csv", b"encrypted"))
    )
    assert found == "pear.csv: encrypted", "also its name, and wherever the button stands now"


def test_a_click_by_an_id_that_streamlit_has_let_go_of_is_answered_too(page):
    ids = page.draw(save=("shop.csv", b"plain"))
    for number in range(5):
        page.draw(save=("shop.csv", str(number).encode()))
    assert page.click(ids["save"]) == "shop.csv: 4"


def test_a_button_that_is_gone_gives_an_error_and_no_file(page):
    ids = page.draw(save=("shop.csv", b"plain"), report=("report.html", b"report"))
    found = page.click(ids["save"], meanwhile=lambda: page.draw(report=("report.html", b"new")))
    assert found == "Failed to generate file for download"


def test_a_page_that_is_drawn_for_too_long_gives_an_error_and_no_file(page):
    ids = page.draw(save=("shop.csv", b"plain"))
    assert page.click(ids["save"], ends=False) == "Failed to generate file for download"


def test_nobody_gets_another_visitors_file(page):
    ids = page.draw(save=("shop.csv", b"plain"))
    assert page.click(ids["save"], "bruno") == "Failed to generate file for download"


def test_a_button_that_a_fragment_has_moved_gives_its_newest_file(page):
    ids = page.draw(save=("shop.csv", b"plain"))
    page.manager.add_deferred(lambda: b"newest", "text/csv", "7", "shop.csv", element_id="save")
    moved = page.manager._files_by_session_and_coord["ana"]["7"]
    page.buttons.remember(moved, "ana", "save")
    assert page.click(ids["save"]) == page.click(moved) == "shop.csv: newest"


def test_a_button_that_is_still_drawn_works_when_others_have_drawn_many(page):
    page.buttons = Buttons(most=3)
    ids = page.draw(save=("shop.csv", b"plain"))
    for number in range(9):
        page.buttons.remember(str(number), "bruno", "save")
    assert page.click(ids["save"]) == "shop.csv: plain"
    assert page.click(ids["save"], "bruno") == "Failed to generate file for download"


def test_what_is_remembered_is_bounded():
    buttons = Buttons(most=3)
    for number in range(10):
        buttons.remember(str(number), "ana", "save")
    assert list(buttons._of) == ["7", "8", "9"]


def test_streamlit_still_has_what_this_rests_on():
    assert list(inspect.signature(fresh_downloads.ADD).parameters) == [
        *("self", "data_callable", "mimetype", "coordinates", "file_name", "element_id"),
    ]
    assert list(inspect.signature(fresh_downloads.ANSWER).parameters) == ["self", "request", "session_id"]
    assert "Failed to generate file for download" in inspect.getsource(backend_operation_handler)
    source = inspect.getsource(app_session.AppSession)
    assert "self._scriptrunner = None" in source
    assert "BackendOperationDispatcher" in source


def test_installing_twice_changes_nothing_more(monkeypatch):
    monkeypatch.setattr(fresh_downloads, "_installed", False)
    before = MediaFileManager.add_deferred, DeferredFileHandler.handle
    monkeypatch.setattr(MediaFileManager, "add_deferred", before[0])
    monkeypatch.setattr(DeferredFileHandler, "handle", before[1])
    fresh_downloads.install()
    once = MediaFileManager.add_deferred, DeferredFileHandler.handle
    fresh_downloads.install()
    assert (MediaFileManager.add_deferred, DeferredFileHandler.handle) == once
    assert once[0] is not before[0]
    assert once[1] is not before[1]
