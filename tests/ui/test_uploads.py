"""What an uploader holds for a callback."""

import pytest
from streamlit.testing.v1 import AppTest


def _script() -> None:
    import streamlit as st
    from streamlit.proto.Common_pb2 import FileURLs
    from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile, UploadedFileRec

    from lib.ui.state import uploaded_files

    whole = UploadedFile(UploadedFileRec("1", "orders.csv", "text/csv", b"a"), FileURLs())
    for key, held in (("several", [DeletedFile("2"), whole]), ("one", DeletedFile("2")), ("none", None)):
        st.session_state[key] = held
        st.text(f"{key}: {[file.name for file in uploaded_files(key)]}")


@pytest.mark.slow
def test_a_file_whose_upload_broke_off_is_not_taken():
    """A name that is too long, a lost connection: the uploader then holds a file without name and content."""
    app = AppTest.from_function(_script, default_timeout=300).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["several: ['orders.csv']", "one: []", "none: []"]
