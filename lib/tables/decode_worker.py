"""Uploads are decoded in a process of their own: a file that crashes a reader or exhausts its memory affects no other
user.

A workbook of two kilobytes can name a cell so far away that its reader asks for half a terabyte and aborts the process;
half a megabyte of packed text can become seven gigabytes on its way to a table. What can be checked before is checked
(`unwrap`, `workbooks`, `columnar`); this is for what gets past: the worker has limits of memory and of time, and where
memory runs out all the same, the operating system ends it and not the server.
"""

from __future__ import annotations

import contextlib
import json
import logging
import mmap
import os
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
from lib.tables.limits import LIMIT_CPU_SECONDS, LIMIT_EXPANDED_BYTES, LIMIT_WORKER_BYTES, host_memory
from lib.tables.memory import Held
from lib.tables.table import DecodedTable
from lib.turns import NoTurn, Turns

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


def read(
    data: Held,
    name: str,
    *,
    sheet: str | None,
    date_orders: Mapping[str, str],
    options: Mapping[str, str | int | None],
) -> DecodedTable:
    """As `reading.decode`, in a worker. Raises UserError."""
    began = time.monotonic()
    order = json.dumps({"name": name, "sheet": sheet, "date_orders": dict(date_orders), "options": dict(options)})
    with _turn(), _answer_file() as answer:
        try:
            code = _run(order.encode() + b"\n", data, answer)
        except subprocess.TimeoutExpired:
            code = -1
        event(_logger, "decoded", seconds=time.monotonic() - began, bytes=len(data), code=code)
        if code != 0:
            raise UserError("tables.too_heavy", name=name)
        return _table_in(answer, name)


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
    quiet = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore", "RUST_BACKTRACE": "0"}
    process = subprocess.Popen(
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={**os.environ, **quiet, "BRINE_LOG": "OFF"},
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


def _answer_file() -> IO[bytes]:
    """A file that is not visible in any folder, since it contains customer data."""
    if sys.platform == "linux":
        return open(os.memfd_create("brine-table", os.MFD_CLOEXEC), "w+b", buffering=0)
    return tempfile.TemporaryFile(prefix="brine-")


def _table_in(answer: IO[bytes], name: str) -> DecodedTable:
    """The worker's answer: a line of JSON, then an Arrow stream, which is used where it lies."""
    if not os.fstat(answer.fileno()).st_size:
        raise UserError("tables.too_heavy", name=name)
    whole = mmap.mmap(answer.fileno(), 0, access=mmap.ACCESS_READ)
    end = whole.find(b"\n") + 1
    about = whole[:end]
    told = json.loads(about)
    if "error" in told:
        raise UserError(told["error"], **told["facts"])
    return DecodedTable.from_json(about, pa.ipc.open_stream(pa.py_buffer(whole).slice(-(-end // 64) * 64)).read_all())


# ------------------------------------------------------------------------------------------------ in the worker


def _limit() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")  # before the server, where memory runs out
    try:
        import resource
    except ImportError:  # not on Windows: there the checks before must do
        return
    memory = min(LIMIT_WORKER_BYTES, int(0.6 * host_memory()))
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, LIMIT_CPU_SECONDS)):
        _, hard = resource.getrlimit(what)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (soft, hard))


def _answer(source: BinaryIO, sink: BinaryIO) -> None:
    """One order, one answer."""
    from lib.tables.reading import ReadOptions, decode

    order = json.loads(source.readline())
    name = order["name"]
    try:
        made = decode(
            source.read(),
            name,
            sheet=order["sheet"],
            date_orders=order["date_orders"],
            options=ReadOptions(**order["options"]),
        )
        if made.columns.nbytes > LIMIT_EXPANDED_BYTES:
            raise UserError("tables.expands", name=name, limit=LIMIT_EXPANDED_BYTES / 1024**2)
    except UserError as error:
        sink.write(json.dumps({"error": error.key, "facts": error.facts}).encode() + b"\n")
        return
    about = made.to_json().encode()
    sink.write(about + b" " * (-(len(about) + 1) % 64) + b"\n")
    with pa.ipc.new_stream(sink, made.columns.schema) as stream:
        stream.write_table(made.columns)


if __name__ == "__main__":
    _limit()
    _answer(sys.stdin.buffer, sys.stdout.buffer)
