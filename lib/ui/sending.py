"""What waits for a visitor's browser is sent together and at once.

Streamlit wakes its event loop for each message that waits, gives every other task a turn after each message that it
sends, and writes each to the socket alone. Every one of these steps is a system call, during which Python's lock goes
to a thread that computes, and the event loop waits for it again. And the sockets that Streamlit opens hold small
writes back until the browser has confirmed the earlier ones, which is 40 ms on many systems.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.session_manager import ActiveSessionInfo

if TYPE_CHECKING:
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

TOGETHER = 100
"""The most messages sent without giving others a turn; Streamlit drops a browser for which 500 wait."""

_INSTALLED = "_brine_sending"


class Messages(list[ForwardMsg]):
    """Some messages of one session, in the place of one."""


class OneWrite(asyncio.Transport):
    """A connection whose writes of one turn of the event loop reach the system as one."""

    def __init__(self, inner: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._inner, self._loop = inner, loop
        self._waiting: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Written at the end of this turn, before what is asked of the connection otherwise."""
        if not self._waiting:
            self._loop.call_soon(self.flush)
        self._waiting.append(bytes(data))

    def flush(self) -> None:
        """Hands over what waits."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._inner.write(b"".join(waiting))

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        """As `write`."""
        self.write(b"".join(list_of_data))

    def close(self) -> None:
        """After what waits."""
        self.flush()
        self._inner.close()

    def abort(self) -> None:
        """Without what waits."""
        self._waiting.clear()
        self._inner.abort()

    def is_closing(self) -> bool:
        """Whether it is closed or about to be."""
        return self._inner.is_closing()

    def pause_reading(self) -> None:
        """As the connection does."""
        self._inner.pause_reading()

    def resume_reading(self) -> None:
        """As the connection does."""
        self._inner.resume_reading()

    def is_reading(self) -> bool:
        """As the connection does."""
        return self._inner.is_reading()

    def can_write_eof(self) -> bool:
        """As the connection does."""
        return self._inner.can_write_eof()

    def write_eof(self) -> None:
        """After what waits."""
        self.flush()
        self._inner.write_eof()

    def get_write_buffer_size(self) -> int:
        """With what waits here."""
        return self._inner.get_write_buffer_size() + sum(map(len, self._waiting))

    def get_write_buffer_limits(self) -> tuple[int, int]:
        """As the connection does."""
        return self._inner.get_write_buffer_limits()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """As the connection does."""
        self._inner.set_write_buffer_limits(high, low)

    def get_protocol(self) -> asyncio.BaseProtocol:
        """As the connection does."""
        return self._inner.get_protocol()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """As the connection does."""
        self._inner.set_protocol(protocol)

    def get_extra_info(self, name: str, default: object = None) -> object:
        """As the connection does."""
        return self._inner.get_extra_info(name, default)


def install(
    session: type[AppSession] = AppSession,
    server: type[Runtime] = Runtime,
    protocol: type[WebSocketsSansIOProtocol] | None = None,
) -> None:
    """From now on, for every connection; `protocol`: uvicorn's, unless another is given. Later calls do nothing."""
    # Streamlit offers no setting for it; tests/ui/test_sending.py fails when these names change.
    if hasattr(session, _INSTALLED):
        return
    flush, send, wake = session.flush_browser_queue, server._send_message, server._enqueued_some_message

    def flush_together(one: AppSession) -> list[ForwardMsg]:
        found = flush(one)
        return [Messages(found[at : at + TOGETHER]) for at in range(0, len(found), TOGETHER)]  # type: ignore[misc]

    def send_together(one: Runtime, to: ActiveSessionInfo, message: ForwardMsg | Messages) -> None:
        for each in message if isinstance(message, Messages) else (message,):
            send(one, to, each)

    def wake_once(one: Runtime) -> None:
        state = one._get_async_objs()
        if asyncio._get_running_loop() is state.eventloop:
            state.need_send_data.set()  # on the event loop itself: nothing has to wake it
        else:
            wake(one)

    server._send_message = send_together  # type: ignore[method-assign, assignment]
    # After it: under `streamlit run`, the event loop sends while this thread is between the two.
    session.flush_browser_queue = flush_together  # type: ignore[method-assign, assignment]
    server._enqueued_some_message = wake_once  # type: ignore[method-assign, assignment]
    setattr(session, _INSTALLED, True)
    with suppress(ImportError, AttributeError):  # another uvicorn: each write goes out alone, as without this module
        _write_together(protocol or _uvicorns())


def _uvicorns() -> type[WebSocketsSansIOProtocol]:
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

    return WebSocketsSansIOProtocol


def _write_together(protocol: type[WebSocketsSansIOProtocol]) -> None:
    connection_made = protocol.connection_made

    def connect(one: WebSocketsSansIOProtocol, transport: asyncio.BaseTransport) -> None:
        _send_at_once(transport)
        if isinstance(transport, asyncio.Transport):
            transport = OneWrite(transport, asyncio.get_running_loop())
        connection_made(one, transport)

    protocol.connection_made = connect  # type: ignore[method-assign, assignment]


def _send_at_once(transport: asyncio.BaseTransport) -> None:
    # asyncio does it, but only for sockets that were opened with the number of the protocol.
    opened = transport.get_extra_info("socket")
    if opened is not None and opened.family in (socket.AF_INET, socket.AF_INET6):
        with suppress(OSError):
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
