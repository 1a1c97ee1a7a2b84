"""A download is made once the page has taken in the visitor's last change.

Streamlit runs a download button's callable as it was when the page was last drawn. Whoever types a passphrase, or
switches an option, and clicks "Save" before the page has been drawn anew would get a file without the passphrase, or
with the option before; a moment later, an error. Here the request waits until no page of the visitor is being drawn,
and is then answered by the button as it was drawn last.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager

MAX_WAIT_SECONDS = 150.0
"""Streamlit's page gives up after 180."""
MOST_REMEMBERED = 10_000
"""Ids of files whose buttons are remembered, of all visitors: Streamlit forgets an id as soon as the page is drawn
anew, and a browser may ask by it for a moment longer."""
_LOOK_EVERY_SECONDS = 0.02

ADD, ANSWER = MediaFileManager.add_deferred, DeferredFileHandler.handle
"""Streamlit's own."""

_installed = False


class Buttons:
    """Which button of which visitor an id was given to."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._of: OrderedDict[str, tuple[str, str]] = OrderedDict()

    def remember(self, file_id: str, visitor: str, button: str) -> None:
        with self._lock:
            self._of[file_id] = (visitor, button)
            self._of.move_to_end(file_id)
            while len(self._of) > self._most:
                self._of.popitem(last=False)

    def newest(self, manager: MediaFileManager, file_id: str, visitor: str) -> str | None:
        """The id that the same button has now; None where the page has no such button, or it is another visitor's."""
        with manager._lock:
            drawn = set(manager._files_by_session_and_coord.get(visitor, {}).values())
        with self._lock:
            found = self._of.get(file_id)
            if found is not None and found[1] and found[0] == visitor:
                # A fragment that moves a button leaves its earlier id where the button was.
                of_button = [one for one in reversed(self._of) if one in drawn and self._of[one] == found]
                return of_button[0] if of_button else None
        return file_id if file_id in drawn else None


def install() -> None:
    """From now on, for every download of this process. Later calls do nothing."""
    # Streamlit offers no setting for it; tests/ui/test_fresh_downloads.py fails when these names change.
    global _installed
    if _installed:
        return
    _installed = True
    buttons = Buttons()

    def add_remembered(
        manager: MediaFileManager,
        data_callable: Callable[[], bytes],
        mimetype: str | None,
        coordinates: str,
        file_name: str | None = None,
        *,
        element_id: str = "",
    ) -> str:
        file_id = ADD(manager, data_callable, mimetype, coordinates, file_name, element_id=element_id)
        buttons.remember(file_id, manager._deferred_callables[file_id]["session_id"], element_id)
        return file_id

    async def answer_when_drawn(
        handler: DeferredFileHandler, request: BackendOperationRequest, session_id: str
    ) -> BackendOperationResponse:
        return await answered(handler, request, session_id, buttons=buttons, answer=ANSWER, drawn=until_drawn)

    MediaFileManager.add_deferred = add_remembered  # type: ignore[method-assign, assignment]
    DeferredFileHandler.handle = answer_when_drawn  # type: ignore[method-assign, assignment]


async def answered(
    handler: DeferredFileHandler,
    request: BackendOperationRequest,
    session_id: str,
    *,
    buttons: Buttons,
    answer: Callable[[DeferredFileHandler, BackendOperationRequest, str], Awaitable[BackendOperationResponse]],
    drawn: Callable[[str], Awaitable[bool]],
) -> BackendOperationResponse:
    """What `answer` says to the request, asked for the file that its button stands for once the page is `drawn`."""
    newest = None
    if await drawn(session_id):
        newest = buttons.newest(handler._get_media_file_mgr(), request.deferred_file.file_id, session_id)
    if newest is None:
        return BackendOperationResponse(request_id=request.request_id, error_msg="Failed to generate file for download")
    asked = BackendOperationRequest()
    asked.CopyFrom(request)
    asked.deferred_file.file_id = newest
    return await answer(handler, asked, session_id)


async def until_drawn(session_id: str) -> bool:
    """Waits while a page of this visitor is being drawn, or is about to be. False where that takes too long.

    What the browser sent before is known by now: messages of one connection arrive in their order.
    """
    info = runtime.get_instance()._session_mgr.get_session_info(session_id)
    if info is None:
        return False
    until = time.monotonic() + MAX_WAIT_SECONDS
    while info.session._scriptrunner is not None:
        if time.monotonic() > until:
            return False
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
    return True
