"""Visitors who upload the same bytes hold them once; Streamlit keeps none of an upload that a page took."""

import gc
import weakref
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from lib import turns
from lib.ui import state, upload_room
from lib.ui.parked import Part

LINES = b"order,customer,day,amount\n1,a,2025-01-01,2\n"


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    made = MemoryUploadedFileManager("/upload")
    monkeypatch.setattr(upload_room.runtime, "exists", lambda: True)
    monkeypatch.setattr(upload_room.runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=made))
    return made


def upload(manager: MemoryUploadedFileManager, name: str, data: bytes, visitor: str) -> state.Upload:
    """A visitor drops a file on Data."""
    st.session_state.clear()
    record = UploadedFileRec(f"{visitor}-{name}", name, "text/csv", bytes(bytearray(data)))  # bytes of its own
    manager.file_storage[visitor][record.file_id] = record
    st.session_state["uploads"] = [UploadedFile(record, FileURLs(file_id=record.file_id))]
    turns.act_for(visitor)
    state.take_uploads("uploads")
    turns.act_for("")
    candidate = state.session().candidate
    assert candidate is not None
    return candidate.uploads[0]


def test_two_visitors_with_the_same_bytes_hold_one_copy(manager: MemoryUploadedFileManager):
    mine, other = upload(manager, "a.csv", LINES, "me"), upload(manager, "b.csv", LINES, "you")
    assert (mine.name, other.name) == ("a.csv", "b.csv")
    assert mine.data is other.data
    records = [one for files in manager.file_storage.values() for one in files.values()]
    assert [one.data for one in records] == [b"", b""]


def test_a_file_that_was_taken_is_taken_again_with_the_next_one(manager: MemoryUploadedFileManager):
    """Whoever adds a file to the uploader brings those that are in it once more, of which Streamlit has no bytes."""
    mine = upload(manager, "a.csv", LINES, "me")
    assert st.session_state["uploads"][0].getvalue() == b""
    record = manager.get_files("me", ["me-a.csv"])[0]
    st.session_state["uploads"] = [UploadedFile(record, FileURLs(file_id=record.file_id))]
    turns.act_for("me")
    state.take_uploads("uploads")
    turns.act_for("")
    candidate = state.session().candidate
    assert candidate is not None
    assert (candidate.uploads[0].data, candidate.uploads[0].digest) == (LINES, mine.digest)


def test_a_taken_file_counts_with_its_bytes_for_its_visitors_share(manager: MemoryUploadedFileManager):
    upload(manager, "a.csv", LINES, "me")
    assert [upload_room._size_of(one) for one in manager.file_storage["me"].values()] == [len(LINES)]


def test_other_bytes_are_another_copy(manager: MemoryUploadedFileManager):
    mine, other = upload(manager, "a.csv", LINES, "me"), upload(manager, "a.csv", LINES + b"2,b,2025-01-02,3\n", "you")
    assert (mine.data, other.data) == (LINES, LINES + b"2,b,2025-01-02,3\n")
    assert upload_room.taken("you", "you-a.csv") is other.held


def test_the_bytes_go_with_the_last_visitor_who_has_them(manager: MemoryUploadedFileManager):
    mine, other = upload(manager, "a.csv", LINES, "me"), upload(manager, "a.csv", LINES, "you")
    held = weakref.ref(mine.held)
    st.session_state.clear()
    manager.remove_session_files("me")  # as Streamlit does when a session is over
    del mine
    gc.collect()
    assert held() is not None
    manager.remove_session_files("you")
    del other
    gc.collect()
    assert held() is None


def test_a_file_that_streamlit_has_dropped_or_replaced_stays_so(manager: MemoryUploadedFileManager):
    held = upload_room.FileBytes("digest", Part(LINES))
    assert not upload_room.keep("me", "gone", held)
    manager.file_storage["me"]["other"] = UploadedFileRec("other", "a.csv", "text/csv", b"else")
    assert not upload_room.keep("me", "other", held)
    assert {name: one.data for name, one in manager.file_storage["me"].items()} == {"other": b"else"}
