"""Messages are sent together, by names inside Streamlit and uvicorn: when these change, this fails."""

import asyncio
import inspect
import socket
import threading
from pathlib import Path
from types import SimpleNamespace

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session, runtime
from streamlit.web.server.starlette import starlette_server, starlette_server_config
from uvicorn.protocols.websockets import websockets_sansio_impl

from lib.ui import sending
from lib.ui.sending import Messages, OneWrite


class Session:
    """Has the name of Streamlit's session that is replaced."""

    def __init__(self, waiting: list[ForwardMsg]) -> None:
        self.waiting = waiting

    def flush_browser_queue(self) -> list[ForwardMsg]:
        found, self.waiting = self.waiting, []
        return found


class Server:
    """Has the names of Streamlit's runtime that are replaced."""

    def __init__(self, loop=None) -> None:
        self.sent: list[tuple[str, ForwardMsg]] = []
        self.woken = 0
        self.state = SimpleNamespace(eventloop=loop, need_send_data=asyncio.Event())

    def _get_async_objs(self):
        return self.state

    def _send_message(self, session_info, msg):
        self.sent.append((session_info, msg))

    def _enqueued_some_message(self):
        self.woken += 1


class Connection:
    """Has the name of uvicorn's connection that is replaced."""

    def __init__(self) -> None:
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport


class Wire(asyncio.Transport):
    """Stands for a connection to a browser."""

    def __init__(self, opened=None) -> None:
        super().__init__()
        self.writes: list[bytes] = []
        self.opened, self.closed = opened, False

    def write(self, data):
        assert not self.closed
        self.writes.append(bytes(data))

    def close(self):
        self.closed = True

    def abort(self):
        self.closed = True

    def is_closing(self):
        return self.closed

    def get_extra_info(self, name, default=None):
        return self.opened if name == "socket" else default


def installed():
    """Classes of their own, so that the real ones stay as they are."""
    kinds = [type(f"My{kind.__name__}", (kind,), {}) for kind in (Session, Server, Connection)]
    sending.install(*kinds)
    sending.install(*kinds)
    return kinds


def messages(count: int) -> list[ForwardMsg]:
    return [ForwardMsg(hash=str(at)) for at in range(count)]


def test_streamlit_and_uvicorn_have_the_names_that_are_replaced():
    source = Path(app_session.__file__).read_text()  # not the class: another test may have installed it already
    assert "    def flush_browser_queue(self) -> list[ForwardMsg]:" in source
    source = Path(inspect.getfile(runtime)).read_text()
    assert "    def _send_message(self, session_info: ActiveSessionInfo, msg: ForwardMsg) -> None:" in source
    assert "    def _enqueued_some_message(self) -> None:" in source
    assert source.count("flush_browser_queue()") == 1, "something else reads the messages that wait"
    assert "self._send_message(active_session_info, msg)" in source
    assert "async_objs.eventloop.call_soon_threadsafe(async_objs.need_send_data.set)" in source
    source = Path(websockets_sansio_impl.__file__).read_text()
    assert "    def connection_made(self, transport: BaseTransport) -> None:" in source
    assert sending.TOGETHER * 2 < starlette_server_config.WEBSOCKET_MAX_SEND_QUEUE_SIZE


def test_streamlits_sockets_still_need_it():
    opened = starlette_server._bind_socket("127.0.0.1", 0, 1)
    try:
        assert opened.proto != socket.IPPROTO_TCP, "asyncio sends at once now: lib/ui/sending.py needs not ask for it"
    finally:
        opened.close()


def test_all_that_waits_is_sent_in_its_order_and_given_out_in_parts():
    session_kind, server_kind, _ = installed()
    waiting = messages(2 * sending.TOGETHER + 1)
    server, found = server_kind(), session_kind(list(waiting)).flush_browser_queue()
    assert [len(one) for one in found] == [sending.TOGETHER, sending.TOGETHER, 1]
    for part in found:
        server._send_message("me", part)
    assert server.sent == [("me", one) for one in waiting]
    assert session_kind([]).flush_browser_queue() == []


def test_a_single_message_is_sent_as_before():
    _, server_kind, _ = installed()
    server, one = server_kind(), ForwardMsg(hash="one")
    server._send_message("me", one)
    assert server.sent == [("me", one)]


def test_a_browser_that_left_stops_the_rest():
    _, server_kind, _ = installed()

    class Left(Exception):
        pass

    class Failing(server_kind):
        pass

    def send(_server, _to, message):
        if message.hash == "1":
            raise Left

    kind = type("Other", (Server,), {"_send_message": send})
    sending.install(type("S", (Session,), {}), kind, type("C", (Connection,), {}))
    try:
        kind()._send_message("me", Messages(messages(3)))
    except Left:
        return
    raise AssertionError("Streamlit was not told that the browser left")


def test_the_event_loop_wakes_itself_without_a_system_call_and_threads_wake_it():
    _, server_kind, _ = installed()

    async def ask() -> tuple[bool, int, int]:
        server = server_kind(asyncio.get_running_loop())
        server._enqueued_some_message()
        on_loop = server.woken
        thread = threading.Thread(target=server._enqueued_some_message)
        thread.start()
        thread.join()
        return server.state.need_send_data.is_set(), on_loop, server.woken

    assert asyncio.run(ask()) == (True, 0, 1)


def test_writes_of_one_turn_are_one_and_keep_their_order():
    async def ask() -> list[bytes]:
        wire = Wire()
        one = OneWrite(wire, asyncio.get_running_loop())
        one.write(b"a")
        one.write(bytearray(b"b"))
        one.writelines([b"c", memoryview(b"d")])
        assert wire.writes == []
        await asyncio.sleep(0)
        one.write(b"e")
        await asyncio.sleep(0)
        return wire.writes

    assert asyncio.run(ask()) == [b"abcd", b"e"]


def test_what_waits_is_written_before_the_connection_closes_and_dropped_when_it_breaks():
    async def ask() -> tuple[list[bytes], list[bytes]]:
        closed, broken = Wire(), Wire()
        for wire in (closed, broken):
            one = OneWrite(wire, asyncio.get_running_loop())
            one.write(b"last words")
            one.close() if wire is closed else one.abort()
            assert one.is_closing()
            await asyncio.sleep(0)
        return closed.writes, broken.writes

    assert asyncio.run(ask()) == ([b"last words"], [])


def test_a_connection_sends_small_writes_at_once():
    _, _, kind = installed()

    async def connected(opened):
        connection = kind()
        connection.connection_made(Wire(opened))
        return connection

    opened = socket.socket(socket.AF_INET)
    try:
        assert not opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        connection = asyncio.run(connected(opened))
        assert opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert isinstance(connection.transport, OneWrite)
    finally:
        opened.close()


def test_another_uvicorn_may_ask_a_connection_for_anything():
    # What `asyncio.Transport` declares and `OneWrite` lacks raises NotImplementedError and breaks every connection.
    declared = {name for name in dir(asyncio.Transport) if not name.startswith("_")}
    assert declared - vars(OneWrite).keys() == set()


def test_a_connection_answers_as_the_one_inside_it_and_counts_what_waits():
    async def ask():
        left, right = socket.socketpair()
        with right:
            inner, protocol = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=left)
            one = OneWrite(inner, asyncio.get_running_loop())
            one.set_write_buffer_limits(2_000, 1_000)
            one.write(b"abc")
            found = (
                one.get_write_buffer_limits() == inner.get_write_buffer_limits() == (1_000, 2_000),
                one.get_protocol() is protocol,
                one.is_reading(),
                one.can_write_eof(),
                (one.get_write_buffer_size(), inner.get_write_buffer_size()),
            )
            one.write_eof()
            await asyncio.sleep(0)
            received = right.recv(10), right.recv(10)
            one.close()
            await asyncio.sleep(0)
            return found, received

    assert asyncio.run(ask()) == ((True, True, True, True, (3, 0)), (b"abc", b""))
