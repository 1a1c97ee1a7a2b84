"""Uploads are decoded in a process of their own: a file that crashes a reader or exhausts its memory affects no other
user.

A workbook of two kilobytes can name a cell so far away that its reader asks for half a terabyte and aborts the process;
half a megabyte of packed text can become seven gigabytes on its way to a table. What can be checked before is checked
(`unwrap`, `workbooks`, `columnar`); this is for what gets past: the worker has limits of memory and of time, and where
memory runs out all the same, the operating system ends it and not the server.

Importing what decoding needs costs as much as decoding a medium file. On Linux a template process does it once and
forks a worker for each upload; it never looks at an upload itself. Elsewhere each worker starts from nothing.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import math
import mmap
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO

import pyarrow as pa

from lib.errors import UserError
from lib.logs import event
from lib.tables.limits import (
    LIMIT_CPU_SECONDS,
    LIMIT_EXPANDED_BYTES,
    LIMIT_WORKER_BYTES,
    cpu_seconds,
    host_memory,
)
from lib.tables.memory import Held
from lib.tables.table import DecodedTable
from lib.turns import NoTurn, Turns, end_before_the_server

MAX_AT_ONCE = 2
"""Uploads decoded at the same time; a third waits."""
MAX_EACH = 1
"""Of them, for one visitor; turns go round among visitors."""
MAX_WAIT_SECONDS = 4 * LIMIT_CPU_SECONDS
"""How long an upload waits for its turn."""
_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "lib.tables.decode_worker")
_TURNS = Turns(MAX_AT_ONCE, MAX_EACH)
_logger = logging.getLogger(__name__)

_FORKS = sys.platform == "linux"
_FD = "BRINE_DECODE_SOCKET"
_MAX_ORDER = 1 << 20
_QUIET = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore", "RUST_BACKTRACE": "0"}


def read(
    data: Held,
    name: str,
    *,
    sheet: str | None,
    date_orders: Mapping[str, str],
    options: Mapping[str, str | int | None],
) -> DecodedTable:
    """As `reading.decode`, in a worker. Raises UserError."""
    order = {"name": name, "sheet": sheet, "date_orders": dict(date_orders), "options": dict(options)}
    with _answered(order, data, name) as (about, whole):
        return DecodedTable.from_json(about, pa.ipc.open_stream(pa.py_buffer(whole).slice(_behind(about))).read_all())


def parts(data: Held, name: str) -> tuple[tuple[str, Held], ...]:
    """As `unwrap.parts`, in a worker. Raises UserError."""
    with _answered({"name": name, "parts": True}, data, name) as (about, whole):
        found: list[tuple[str, Held]] = []
        at = _behind(about)
        for part, size in json.loads(about)["parts"]:
            found.append((part, whole[at : at + size]))
            at += size
        return tuple(found) or ((name, data),)


@contextlib.contextmanager
def _answered(order: Mapping[str, object], data: Held, name: str) -> Iterator[tuple[bytes, mmap.mmap]]:
    """A worker's answer: its line of JSON, and all of it. Raises UserError."""
    began = time.monotonic()
    line = json.dumps(order)
    with _turn(), _answer_file() as answer:
        code = _forked(line.encode(), data, answer) if _FORKS and len(line) < _MAX_ORDER else None
        if code is None:
            code = _run(line.encode() + b"\n", data, answer)
        event(_logger, "decoded", seconds=time.monotonic() - began, bytes=len(data), code=code)
        if code != 0 or not os.fstat(answer.fileno()).st_size:
            raise UserError("tables.too_heavy", name=name)
        whole = mmap.mmap(answer.fileno(), 0, access=mmap.ACCESS_READ)
        about = whole[: whole.find(b"\n") + 1]
        reply = json.loads(about)
        if "error" in reply:
            raise UserError(reply["error"], **reply["facts"])
        yield about, whole


def _behind(about: bytes) -> int:
    """Where what follows the line of JSON begins."""
    return -(-len(about) // 64) * 64


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    try:
        whose = _TURNS.begin(seconds=MAX_WAIT_SECONDS)
    except NoTurn:
        raise UserError("tables.busy") from None
    try:
        yield
    finally:
        _TURNS.end(whose)


def _run(order: bytes, data: Held, answer: IO[bytes]) -> int:
    process = subprocess.Popen(
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={**os.environ, **_QUIET, "BRINE_LOG": "OFF"},
    )
    with process:
        if process.stdin is None:
            raise OSError("no pipe")
        until = threading.Timer(3 * LIMIT_CPU_SECONDS, process.kill)
        until.start()
        try:
            with contextlib.suppress(BrokenPipeError):  # it ended before it had read everything
                process.stdin.write(order)
                view = memoryview(data)
                for start in range(0, len(view), 2**24):
                    process.stdin.write(view[start : start + 2**24])
                view.release()
                process.stdin.close()
            return process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            until.cancel()


class _Template:
    """The process that forks workers; started when it is first needed, and again where it ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.cpu_seconds = 0.0
        """Of all workers so far."""
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def send(self, order: bytes, files: list[int]) -> None:
        """Orders a worker with these open files. Raises OSError where no process can be started."""
        with self._lock:
            for attempt in (1, 2):
                if self._process is None or self._process.poll() is not None or self._socket is None:
                    self._start()
                try:
                    socket.send_fds(self._connected(), [order], files)
                    return
                except OSError:
                    self._process = None
                    if attempt == 2:
                        raise

    def prepare(self) -> None:
        """Starts the process where it was not needed yet: it imports for seconds, while an upload still arrives."""
        if self._process is None and _FORKS:
            with self._lock, contextlib.suppress(OSError):
                if self._process is None:
                    self._start()

    def close(self) -> None:
        """Ends the process: it does when nobody can order from it any more."""
        with self._lock:
            if self._socket is not None:
                self._socket.close()
            if self._process is not None:
                try:
                    self._process.wait(2)
                except subprocess.TimeoutExpired:  # it is still importing
                    self._process.kill()
                    self._process.wait()
            self._process = self._socket = None

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise OSError("no template process")
        return self._socket

    def _start(self) -> None:
        if self._socket is not None:
            self._socket.close()
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            self._process = subprocess.Popen(
                _COMMAND,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={**os.environ, **_QUIET, "BRINE_LOG": "OFF", _FD: str(there.fileno())},
                pass_fds=(there.fileno(),),
            )
        self._socket = here


TEMPLATE = _Template()
atexit.register(TEMPLATE.close)


def _forked(order: bytes, data: Held, answer: IO[bytes]) -> int | None:
    """The exit code of a forked worker, 0 where it answered; None where no worker could be started."""
    with open(os.memfd_create("brine-upload", os.MFD_CLOEXEC), "w+b", buffering=0) as upload:
        view = memoryview(data)
        at = 0
        while at < len(view):
            at += upload.write(view[at : at + 2**24]) or 0
        view.release()
        reading, writing = os.pipe()
        try:
            try:
                TEMPLATE.send(order, [upload.fileno(), answer.fileno(), writing])
            except OSError:
                return None
            finally:
                os.close(writing)
            return _wait(reading)
        finally:
            os.close(reading)


def _wait(status: int) -> int | None:
    """Reads what a worker says of itself (process id, CPU seconds, `done`) until it ended or its time is over."""
    said, until = b"", time.monotonic() + 3 * LIMIT_CPU_SECONDS
    try:
        while select.select([status], [], [], max(0.0, until - time.monotonic()))[0]:
            more = os.read(status, 4_096)
            if not more:
                break
            said += more
        else:
            _kill(said)
            return -1
    except BaseException:
        _kill(said)
        raise
    if not said:
        return None  # the template process ended before it forked
    lines = said.split()
    if lines[-1] != b"done":
        return -1
    TEMPLATE.cpu_seconds += float(lines[1])
    event(_logger, "worker_done", cpu_seconds=float(lines[1]))
    return 0


def _kill(said: bytes) -> None:
    number = said.split(b"\n")[0]
    if number.isdigit():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(number), signal.SIGKILL)


def _answer_file() -> IO[bytes]:
    """A file that is not visible in any folder, since it contains customer data."""
    if sys.platform == "linux":
        return open(os.memfd_create("brine-table", os.MFD_CLOEXEC), "w+b", buffering=0)
    return tempfile.TemporaryFile(prefix="brine-")


# ------------------------------------------------------------------------------------------------ in the worker


def _limit() -> None:
    end_before_the_server()
    try:
        import resource
    except ImportError:  # not on Windows: there the checks before must do
        return
    _set(resource.RLIMIT_AS, min(LIMIT_WORKER_BYTES, int(0.6 * host_memory())))


def _limit_cpu(size: int) -> None:
    """From now on the process may compute as long as so many bytes allow; a later call with more bytes adds to it."""
    try:
        import resource
    except ImportError:
        return
    _set(resource.RLIMIT_CPU, _BEGAN + cpu_seconds(size))


_BEGAN = 0
"""Seconds of CPU that the process had taken before it got an upload: a forked one none."""


def _set(what: int, most: int) -> None:
    import resource

    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(order: Mapping[str, object], data: Held, sink: BinaryIO) -> None:
    """One order, one answer: a line of JSON, then the table as an Arrow stream or the bytes of the parts."""
    from lib.tables.reading import ReadOptions, decode_content
    from lib.tables.unwrap import parts, unpacked_bytes, unwrap

    _limit_cpu(len(data))
    name = str(order["name"])
    if order.get("parts"):
        try:
            found = [(part, bytes(inside[:])) for part, inside in parts(data, name) if inside is not data]
        except UserError as error:
            sink.write(json.dumps({"error": error.key, "facts": error.facts}).encode() + b"\n")
            return
        sink.write(_padded(json.dumps({"parts": [(part, len(inside)) for part, inside in found]}).encode()))
        for _, inside in found:
            sink.write(inside)
        return
    sheet, date_orders, options = order["sheet"], order["date_orders"], order["options"]
    if not isinstance(date_orders, dict) or not isinstance(options, dict):
        raise TypeError("an order has date_orders and options")
    try:
        content = unwrap(data, name)
        _limit_cpu(max(len(data), unpacked_bytes(content)))
        made = decode_content(
            content,
            sheet=None if sheet is None else str(sheet),
            date_orders=date_orders,
            options=ReadOptions(**options),
        )
        if made.columns.nbytes > LIMIT_EXPANDED_BYTES:
            raise UserError("tables.expands", name=name, limit=LIMIT_EXPANDED_BYTES / 1024**2)
    except UserError as error:
        sink.write(json.dumps({"error": error.key, "facts": error.facts}).encode() + b"\n")
        return
    sink.write(_padded(made.to_json().encode()))
    with pa.ipc.new_stream(sink, made.columns.schema) as stream:
        stream.write_table(made.columns)


def _padded(about: bytes) -> bytes:
    """A line of JSON whose end is a multiple of 64 bytes."""
    return about + b" " * (-(len(about) + 1) % 64) + b"\n"


_EXAMPLE = (
    b'Order;Date;Amount;Who\n1;2024-01-03 10:00;3,50 EUR;"a; b"\n2;2024-01-04 11:00;4,50 EUR;x\n3;03.02.2024;1;\xe9\n'
)
"""Read once by the template process: what reading loads when it is first needed is there before it forks."""


def _serve(orders: socket.socket) -> None:
    """Forks a worker for each order, until the server that started this process ends."""
    from lib.tables.memory import keep_freed
    from lib.tables.reading import ReadOptions, decode

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the workers
    with contextlib.suppress(UserError):
        decode(_EXAMPLE, "example.csv", sheet=None, date_orders={}, options=ReadOptions())
    while True:
        order, files, _, _ = socket.recv_fds(orders, _MAX_ORDER, 3)
        if not order:
            return
        if os.fork():
            for number in files:
                os.close(number)
            continue
        code = 1
        try:
            upload, answer, status = files
            os.write(status, f"{os.getpid()}\n".encode())
            orders.close()
            _limit()
            keep_freed()
            size = os.fstat(upload).st_size
            data: Held = mmap.mmap(upload, 0, access=mmap.ACCESS_READ) if size else b""
            with open(answer, "r+b", buffering=0) as sink:
                _answer(json.loads(order), data, sink)
            os.write(status, f"{time.process_time():.2f}\ndone\n".encode())
            code = 0
        finally:
            os._exit(code)


if __name__ == "__main__":
    if _FD in os.environ:
        _serve(socket.socket(fileno=int(os.environ.pop(_FD))))
    else:
        _limit()
        _BEGAN = math.ceil(time.process_time())
        _answer(json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read(), sys.stdout.buffer)
