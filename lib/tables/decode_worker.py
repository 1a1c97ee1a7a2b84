"""Decoders of binary formats, in a process of their own: a file that makes one crash or swell takes nobody with it.

A workbook of two kilobytes can name a cell so far away that its reader asks for half a terabyte and aborts the process.
What can be checked before is checked (`workbooks`, `columnar`); this is for what gets past.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from lib.errors import UserError
from lib.tables import columnar, workbooks
from lib.tables.limits import LIMIT_CPU_SECONDS, LIMIT_EXPANDED_BYTES, LIMIT_WORKER_BYTES
from lib.tables.unwrap import Content

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "lib.tables.decode_worker")


def read_workbook(content: Content, *, sheet: str | None, header_row: int | None) -> workbooks.Sheet:
    """As `workbooks.read_workbook`, decode_worker."""
    about, table = _ask(content, {"sheet": sheet, "header_row": header_row})
    columns = table.rename_columns([str(at) for at in range(table.num_columns)])
    return workbooks.Sheet(
        name=about["name"][0],
        names=tuple(about["names"]),
        columns=columns,
        headers=tuple(about["headers"]),
        header=tuple(map(int, about["header"])),
        typical=float(about["typical"][0]),
        decimals=tuple(map(bool, about["decimals"])),
    )


def read_columnar(content: Content) -> Mapping[str, pa.ChunkedArray]:
    """As `columnar.read_columnar`, decode_worker."""
    about, table = _ask(content, {})
    return {name: table.column(at) for at, name in enumerate(about["names"])}


def _ask(content: Content, wanted: Mapping[str, str | int | None]) -> tuple[Mapping[str, list[str]], pa.Table]:
    order = json.dumps({**wanted, "kind": content.kind, "name": content.name, "suffix": content.suffix}).encode()
    quiet = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore", "RUST_BACKTRACE": "0"}
    try:
        done = subprocess.run(
            _COMMAND,
            input=order + b"\n" + content.data[:],
            capture_output=True,
            cwd=_ROOT,
            env={**os.environ, **quiet},
            timeout=3 * LIMIT_CPU_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UserError("tables.too_heavy", name=content.name) from None
    if done.returncode != 0:
        raise UserError("tables.too_heavy", name=content.name)
    first, _, rest = done.stdout.partition(b"\n")
    about = json.loads(first)
    if "error" in about:
        raise UserError(about["error"], **about["facts"])
    return about, pa.ipc.open_stream(pa.py_buffer(rest)).read_all()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there the checks before must do
        return
    for what, most in ((resource.RLIMIT_AS, LIMIT_WORKER_BYTES), (resource.RLIMIT_CPU, LIMIT_CPU_SECONDS)):
        _, hard = resource.getrlimit(what)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (soft, hard))


def _answer(source: BinaryIO, sink: BinaryIO) -> None:
    """The worker's side: one order, one answer."""
    order = json.loads(source.readline())
    content = Content(order["kind"], source.read(), order["name"], order["suffix"])
    try:
        if content.kind == "workbook":
            found = workbooks.read_workbook(content, sheet=order["sheet"], header_row=order["header_row"])
            table = found.columns
            about: Mapping[str, Sequence[str | int | float]] = {
                "name": [found.name],
                "names": found.names,
                "headers": found.headers,
                "header": found.header,
                "typical": [found.typical],
                "decimals": found.decimals,
            }
        else:
            columns = columnar.read_columnar(content)
            table = pa.table({str(at): column for at, column in enumerate(columns.values())})
            about = {"names": list(columns)}
        if table.nbytes > LIMIT_EXPANDED_BYTES:
            raise UserError("tables.expands", name=content.name, limit=LIMIT_EXPANDED_BYTES / 1024**2)
    except UserError as error:
        sink.write(json.dumps({"error": error.key, "facts": error.facts}).encode() + b"\n")
        return
    sink.write(json.dumps(about).encode() + b"\n")
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)


if __name__ == "__main__":
    _limit()
    _answer(sys.stdin.buffer, sys.stdout.buffer)
