"""Streamlit's own protocol, as a browser tab speaks it over a WebSocket, without drawing anything.

`Tab` holds what a tab knows and turns it into messages and back; it reads and writes no socket, so that both
benchmarks use it: `visitors.py` with a hundred connections in one thread, `hostile_visitor.py` with a few in threads.
"""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

_FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_TAGS = re.compile(r"<[^>]*>")


@dataclass
class UploadUrl:
    """Where the server wants one file."""

    file_id: str
    upload: str
    delete: str


@dataclass
class Tab:
    """What a browser tab knows of the app."""

    page: str = ""
    """The hash of the page's script."""
    pages: dict[str, str] = field(default_factory=dict)
    """Address of a page → its hash."""
    session: str = ""
    widgets: dict[str, str] = field(default_factory=dict)
    """The key that our code gave a widget → its id."""
    fragments: dict[str, str] = field(default_factory=dict)
    """The key of a widget → the fragment that it is in, which alone runs again when it is clicked."""
    periods: list[str] = field(default_factory=list)
    """The periods that Explore offers, as they are written on it."""
    alerts: list[str] = field(default_factory=list)
    """What the boxes of the page say: errors, warnings, facts."""
    exceptions: int = 0
    """Errors that no page expects, since the tab was opened."""
    bytes_received: int = 0
    rerun_every: dict[str, float] = field(default_factory=dict)
    """Fragments that refresh themselves → seconds."""
    urls: list[UploadUrl] = field(default_factory=list)

    def rerun(self, *states: WidgetState, page: str | None = None, fragment: str = "") -> bytes:
        """The message of a click: the page runs again with these states of its widgets."""
        if page is not None:
            self.page = self.pages[page]
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.fragment_id = fragment
        message.rerun_script.context_info.locale = "en"
        message.rerun_script.context_info.timezone = "UTC"
        message.rerun_script.widget_states.widgets.extend(states)
        return message.SerializeToString()

    def ask_for_urls(self, names: Sequence[str]) -> bytes:
        """The message that comes before an upload."""
        self.urls = []
        message = BackMsg()
        message.file_urls_request.request_id = "u"
        message.file_urls_request.session_id = self.session
        message.file_urls_request.file_names.extend(names)
        return message.SerializeToString()

    def take(self, data: bytes) -> bool:
        """Reads one message of the server. Returns whether it says that the script has ended."""
        self.bytes_received += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self.page = message.navigation.page_script_hash
        elif kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
            if not message.metadata.run.fragment_ids:
                self.rerun_every = {}  # the whole page is made anew: what refreshes itself says so again
        elif kind == "file_urls_response":
            found = message.file_urls_response.file_urls
            self.urls = [UploadUrl(one.file_id, one.upload_url, one.delete_url) for one in found]
        elif kind == "auto_rerun":
            self.rerun_every[message.auto_rerun.fragment_id] = max(0.3, message.auto_rerun.interval)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take_element(message)
        return kind == "script_finished" and message.script_finished in _FINISHED

    def _take_element(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type") or "empty"
        made = getattr(element, kind)
        if (identity := getattr(made, "id", "")) and identity.count("-") >= 2:
            self.widgets[key := identity.split("-", 2)[2]] = identity
            self.fragments[key] = message.delta.fragment_id
            if key == "explore-period":
                self.periods = [option.content for option in element.button_group.options]
        if kind == "alert":
            self.alerts.append(_TAGS.sub("", element.alert.body).strip())
        self.exceptions += kind == "exception"


class Visitor:
    """One tab and its socket; every call waits for the server's answer."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(
                f"ws://127.0.0.1:{port}/_stcore/stream",
                subprotocols=["streamlit"],  # type: ignore[list-item]
                max_size=None,
                open_timeout=20,
                ping_interval=None,
            )
        )
        self.tab = Tab()
        self.timed_out = False
        """Whether the last script did not end in time."""
        self._states: dict[str, WidgetState] = {}
        self._run(60.0)

    def close(self) -> None:
        """Leave, as a closed tab does."""
        self._open.close()

    def open(self, page: str, seconds: float = 60.0) -> float:
        """Go to a page; returns the seconds until it was there."""
        self._states = {}
        return self._run(seconds, page=page)

    def click(self, key: str, seconds: float = 60.0) -> float:
        """Press a button by its key."""
        return self._run(seconds, WidgetState(id=self.tab.widgets[key], trigger_value=True))

    def upload(self, key: str, files: Sequence[tuple[str, bytes]], seconds: float = 60.0) -> float:
        """Drop files on an uploader, wait for the page."""
        self._socket.send(self.tab.ask_for_urls([name for name, _ in files]))
        self._listen(seconds, until=lambda: bool(self.tab.urls))
        state = WidgetState(id=self.tab.widgets[key])
        for url, (name, data) in zip(self.tab.urls, files, strict=True):
            self._put(url.upload, name, data)
            add_file(state, url, name, len(data))
        self._states[key] = state
        return self._run(seconds)

    def is_taken(self, data: bytes) -> bool:
        """Send a file under an address of its own, and delete it: whether the server takes uploads now."""
        self._socket.send(self.tab.ask_for_urls(["x.csv"]))
        self._listen(20.0, until=lambda: bool(self.tab.urls))
        if not self.tab.urls:
            return False
        taken = self._put(self.tab.urls[0].upload, "x.csv", data)
        address = f"http://127.0.0.1:{self._port}{self.tab.urls[0].delete}"
        with suppress(OSError):
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=60).close()
        return taken

    def put_unused(self, data: bytes, *, times: int) -> None:
        """Send a file several times at once, under ids that the server gave to nobody, and never use it."""
        self._socket.send(self.tab.ask_for_urls(["x"]))
        self._listen(20.0, until=lambda: bool(self.tab.urls))
        if not self.tab.urls:
            return
        folder = self.tab.urls[0].upload.rpartition("/")[0]
        with ThreadPoolExecutor(max_workers=times) as pool:
            list(pool.map(lambda at: self._put(f"{folder}/unused-{at}", "x.csv", data), range(times)))

    def linger(self, seconds: float) -> None:
        """Stay on the page; what refreshes itself does so."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._listen(min([left, *self.tab.rerun_every.values()]), until=lambda: False)
            for fragment in list(self.tab.rerun_every):
                self._socket.send(self.tab.rerun(*self._states.values(), fragment=fragment))

    def _put(self, url: str, name: str, data: bytes) -> bool:
        return put(f"http://127.0.0.1:{self._port}{url}", name, data)

    def _run(self, seconds: float, *states: WidgetState, page: str | None = None) -> float:
        began = time.monotonic()
        self._finished = False
        self.tab.widgets, self.tab.alerts, self.tab.rerun_every = {}, [], {}
        self._socket.send(self.tab.rerun(*self._states.values(), *states, page=page))
        self.timed_out = not self._listen(seconds, until=lambda: self._finished)
        return time.monotonic() - began

    def _listen(self, seconds: float, until: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + seconds
        while not until():
            try:
                received = self._socket.recv(timeout=max(0.01, deadline - time.monotonic()))
            except (TimeoutError, ConnectionClosed):
                return False
            if isinstance(received, bytes):
                self._finished |= self.tab.take(received)
        return True


def add_file(state: WidgetState, url: UploadUrl, name: str, size: int) -> None:
    """What an uploader says of a file that it has sent."""
    info = state.file_uploader_state_value.uploaded_file_info.add()
    info.file_id, info.name, info.size = url.file_id, name, size
    info.file_urls.file_id = url.file_id
    info.file_urls.upload_url, info.file_urls.delete_url = url.upload, url.delete


def put(url: str, name: str, data: bytes, *, cookies: str = "") -> bool:
    """Send a file as browsers do. Returns whether the server took it."""
    mark = "----brine"
    written = name.translate({ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"})  # as browsers write it
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{written}"\r\n\r\n'.encode()
    token = next((one for one in cookies.split("; ") if one.startswith("_streamlit_xsrf=")), "=").partition("=")[2]
    request = urllib.request.Request(
        url,
        data=head + data + f"\r\n--{mark}--\r\n".encode(),
        method="PUT",
        headers={"Content-Type": f"multipart/form-data; boundary={mark}", "Cookie": cookies, "X-Xsrftoken": token},
    )
    with suppress(OSError):
        urllib.request.urlopen(request, timeout=300).close()
        return True
    return False


def memory_bytes(server: psutil.Process) -> int:
    """Resident memory of the server and its children; shared pages are counted once (PSS)."""
    total = 0
    with suppress(psutil.Error):
        for process in (server, *server.children(recursive=True)):
            with suppress(psutil.Error):
                total += process.memory_full_info().pss
    return total
