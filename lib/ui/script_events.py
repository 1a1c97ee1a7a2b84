"""What a running page sends reaches the server's event loop in batches, not message by message.

Streamlit wakes its event loop for each of the hundred and more elements of a page, and each time the two threads hand
Python's lock to each other. The loop sends to the browser every 10 ms anyway.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData

EVERY_SECONDS = 0.005
"""The longest that a message waits, about half of Streamlit's own interval between two sends."""

_ATTRIBUTE = "_brine_batch"


class Batch:
    """Callbacks of one session that wait to run on its event loop, in their order."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Callable[[], None]] = deque()
        self._woken = False

    def add(self, callback: Callable[[], None]) -> None:
        """From any thread: the callback runs on the event loop within `EVERY_SECONDS`. Raises RuntimeError where the
        loop is closed."""
        self._waiting.append(callback)
        if not self._woken:  # `run` sets it back before it takes callbacks, so none is left behind
            self._woken = True
            self._loop.call_soon_threadsafe(self._loop.call_later, EVERY_SECONDS, self.run)

    def run(self) -> None:
        """On the event loop: runs all that wait. What one raises is logged as asyncio does, and the others run."""
        self._woken = False
        while self._waiting:
            try:
                self._waiting.popleft()()
            except Exception as error:  # noqa: BLE001 - as if the loop had called each by itself
                self._loop.call_exception_handler({"message": "an event of a page failed", "exception": error})


def install(kind: type[AppSession] = AppSession) -> None:
    """From now on, for every session of this class. Later calls do nothing."""
    # Streamlit offers no setting for it; tests/ui/test_script_events.py fails when these names change.
    if hasattr(kind, _ATTRIBUTE):
        return
    one_by_one, create = kind._call_soon_on_event_loop, kind._create_scriptrunner

    def in_batches(session: AppSession, callback: Callable[[], None]) -> None:
        batch = _batch_of(session)
        try:
            batch.add(callback)
        except RuntimeError:  # the loop is closed: Streamlit's own way drops it and logs why
            one_by_one(session, callback)

    def create_after_the_last(session: AppSession, initial_rerun_data: RerunData) -> None:
        _batch_of(session).run()  # Streamlit ignores what an earlier runner sent once there is a new one
        create(session, initial_rerun_data)

    kind._call_soon_on_event_loop = in_batches  # type: ignore[method-assign, assignment]
    kind._create_scriptrunner = create_after_the_last  # type: ignore[method-assign, assignment]
    setattr(kind, _ATTRIBUTE, None)


def _batch_of(session: AppSession) -> Batch:
    batch: Batch | None = getattr(session, _ATTRIBUTE)
    if batch is None:
        batch = Batch(session._event_loop)
        setattr(session, _ATTRIBUTE, batch)
    return batch
