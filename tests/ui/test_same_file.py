"""Visitors who upload the same bytes hold them once; what Streamlit keeps of the upload is the same copy."""

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
    assert {id(one.data) for files in manager.file_storage.values() for one in files.values()} == {id(mine.data)}


def test_other_bytes_are_another_copy(manager: MemoryUploadedFileManager):
    mine, other = upload(manager, "a.csv", LINES, "me"), upload(manager, "a.csv", LINES + b"2,b,2025-01-02,3\n", "you")
    assert (mine.data, other.data) == (LINES, LINES + b"2,b,2025-01-02,3\n")
    assert manager.file_storage["you"]["you-a.csv"].data is other.data


def test_the_bytes_go_with_the_last_visitor_who_has_them(manager: MemoryUploadedFileManager):
    mine, other = upload(manager, "a.csv", LINES, "me"), upload(manager, "a.csv", LINES, "you")
    held = weakref.ref(mine.held)
    st.session_state.clear()
    del mine
    gc.collect()
    assert held() is not None
    del other
    gc.collect()
    assert held() is None


def test_a_file_that_streamlit_has_dropped_or_replaced_stays_so(manager: MemoryUploadedFileManager):
    upload_room.keep("me", "gone", LINES)
    manager.file_storage["me"]["other"] = UploadedFileRec("other", "a.csv", "text/csv", b"else")
    upload_room.keep("me", "other", LINES)
    assert {name: one.data for name, one in manager.file_storage["me"].items()} == {"other": b"else"}
