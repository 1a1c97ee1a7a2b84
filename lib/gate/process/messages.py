"""Messages between the server and a worker: a small JSON head and a body of bytes, over two descriptors.

Message = 4 bytes length of the head, 8 bytes length of the body, little-endian; the head; the body. Either side reads
only as much as the limit that it names beforehand, because the other side may be compromised.
"""

import io
import json
import os
import select
import struct
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

JsonValue = None | bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
ModelKind = Literal["classifier", "regressor", "clusterer", "transformer", "outlier_detector"]
Head = Mapping[str, JsonValue]
Message = tuple[dict[str, JsonValue], bytearray]
Piece = bytes | bytearray | memoryview

_LENGTHS = struct.Struct("<IQ")
MAX_HEAD = 16 * 2**20
"""Bytes of JSON: a card with every explanation in it has some hundred thousand."""
_TICK = 0.05
"""Seconds between two looks at the clock and at the wish to cancel."""


class Disconnected(Exception):
    """The other side closed its end, or sent something that is no message."""


class MessageTooLong(Exception):
    """The message is larger than the other side reads."""


class TimedOut(Exception):
    """The message did not arrive, or not completely, in time."""


class Cancelled(Exception):
    """The person at the screen no longer wants it."""


def send(descriptor: int, head: Head, *body: Piece) -> None:
    """One message, its body given in pieces that are not joined; raises Disconnected if the other side no
    longer reads, and MessageTooLong.
    """
    text = json.dumps(head).encode()
    if len(text) > MAX_HEAD:
        raise MessageTooLong(f"a head of {len(text)} bytes")
    views = [memoryview(piece).cast("B") for piece in body if len(piece)]
    _write(descriptor, memoryview(_LENGTHS.pack(len(text), sum(map(len, views))) + text))
    for view in views:
        _write(descriptor, view)


def _write(descriptor: int, view: memoryview) -> None:
    try:
        while view:
            view = view[os.write(descriptor, view[: 2**26]) :]
    except OSError as error:
        raise Disconnected(str(error)) from error


def receive(descriptor: int, *, max_body: int, patience: "Patience | None" = None) -> Message:
    """One message. Without `patience` it waits for ever, as a worker does for its next task."""
    wait = patience or Patience()
    head, body_length = _receive_head(descriptor, max_body, wait)
    body = bytearray(body_length)
    _fill(descriptor, memoryview(body), wait)
    return head, body


def receive_file(descriptor: int, *, max_body: int) -> tuple[dict[str, JsonValue], bytes]:
    """One message whose body is a file. It is never held twice: a file of 200 MiB takes 200 MiB, not 400."""
    wait = Patience()
    head, length = _receive_head(descriptor, max_body, wait)
    buffer = io.BytesIO(bytes(length))  # CPython shares the zeros, which take no memory until they are written over
    with buffer.getbuffer() as view:
        _fill(descriptor, view, wait)
    return head, buffer.getvalue()  # shared again


def _receive_head(descriptor: int, max_body: int, wait: "Patience") -> tuple[dict[str, JsonValue], int]:
    """A message's head and the length of its body."""
    lengths = bytearray(_LENGTHS.size)
    _fill(descriptor, memoryview(lengths), wait)
    head_length, body_length = _LENGTHS.unpack(lengths)
    if head_length > MAX_HEAD or body_length > max_body:
        raise Disconnected(f"a message of {head_length} and {body_length} bytes")
    head = bytearray(head_length)
    _fill(descriptor, memoryview(head), wait)
    try:
        plain = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise Disconnected(f"the head is no JSON: {error}") from error
    if not isinstance(plain, dict):
        raise Disconnected("the head is no JSON object")
    return plain, body_length


def strings(value: JsonValue) -> tuple[str, ...]:
    """A list of words out of the other side's answer; anything else in it is left out."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


class Patience:
    """How long to wait for an answer, whom to ask whether it is still wanted, and what to do when it is not."""

    def __init__(
        self,
        seconds: float | None = None,
        *,
        cancelled: Callable[[], bool] | None = None,
        give_up: Callable[[], None] | None = None,
    ) -> None:
        self._until = None if seconds is None else time.monotonic() + seconds
        self._cancelled = cancelled
        self._give_up = give_up

    def wait(self, descriptor: int) -> None:
        """Return when the descriptor has something to read."""
        if self._until is None and self._cancelled is None:
            return
        if sys.platform == "win32":
            return
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while True:
            left = _TICK if self._until is None else min(_TICK, self._until - time.monotonic())
            if poll.poll(max(0.0, left) * 1000):
                return
            self.check()

    def check(self) -> None:
        """Raise TimedOut or Cancelled when it is time to."""
        if self._until is not None and time.monotonic() >= self._until:
            raise TimedOut
        if self._cancelled is not None and self._cancelled():
            raise Cancelled

    def alarm(self) -> threading.Timer | None:
        """Where a pipe cannot be polled (Windows): a timer that ends the worker, so that the blocked read returns."""
        if sys.platform != "win32" or self._until is None or self._give_up is None:
            return None
        timer = threading.Timer(max(0.0, self._until - time.monotonic()), self._give_up)
        timer.daemon = True
        timer.start()
        return timer


def _fill(descriptor: int, view: memoryview, patience: Patience) -> None:
    alarm = patience.alarm()
    try:
        while view:
            patience.wait(descriptor)
            count = _read_into(descriptor, view)
            if not count:
                patience.check()
                raise Disconnected("the other side closed its end")
            view = view[count:]
    except OSError as error:
        raise Disconnected(str(error)) from error
    finally:
        if alarm is not None:
            alarm.cancel()


def _read_into(descriptor: int, view: memoryview) -> int:
    if hasattr(os, "readv"):
        return os.readv(descriptor, [view[: 2**26]])
    piece = os.read(descriptor, min(len(view), 2**20))
    view[: len(piece)] = piece
    return len(piece)
