"""The process that holds an untrusted object: started clean, sandboxed before it reads a byte, ended after one file.

`main` runs in the child. It imports everything that an honest model may need while files can still be read, then:

- on Linux it becomes the fork server: it never touches an uploaded file; on the server's request it forks a worker,
  which sandboxes itself and serves one file. A fork takes milliseconds where a start takes seconds.
- elsewhere it closes its own doors and serves one file itself.

Whatever a worker answers is data: JSON and Arrow. The object never crosses back.
"""

from __future__ import annotations

import codecs
import contextlib
import gc
import importlib
import mmap
import os
import pkgutil
import select
import signal
import sys
import time
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lib.gate.process import messages
from lib.gate.process.sandbox import close_doors
from lib.gate.reading.containers import MAX_FILE, Container, unwrap
from lib.gate.rejection import Rejection
from lib.turns import end_before_the_server

if sys.platform == "linux":
    import fcntl  # noqa: F401 - later this process can no longer read files

if TYPE_CHECKING:
    from lib.gate.building.model import Model
    from lib.gate.judging.judge import Findings

MAX_TABLE = 512 * 2**20
"""Bytes of one chunk of a table."""

SLOTS = 2
SLOT_BYTES = 24 * 2**20
"""Memory that a worker shares with the server: tables go in there without a copy; nothing is read back from it."""

FORK, FATE = b"f", b"?"
"""What the server says to the fork server: a new worker, please; how did that worker end?"""


def main(single: bool, threads: int = 1) -> None:
    """Import, tell the server, then work until the server closes its end."""
    began = time.perf_counter()
    warnings.simplefilter("ignore")
    pipe = os.dup(1)  # a module that prints while it is imported must not print into it
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    missing = _import_everything(threads)
    gc.collect()
    gc.freeze()
    gc.disable()  # until a file is judged and built: nearly all that this makes stays
    with contextlib.suppress(OSError):
        os.rmdir(os.getcwd())  # an empty folder of our own; once gone, nothing can be made in it
    ready: messages.Head = {"ready": True, "seconds": time.perf_counter() - began, "missing": missing}
    if single:
        for descriptor in (1, 2):
            os.dup2(pipe if descriptor == 1 else null, descriptor)
        os.close(pipe)
        os.close(null)
        end_before_the_server()
        protection = close_doors()
        messages.send(1, {**ready, "protection": list(protection)})
        serve(0, 1)
    else:
        os.close(pipe)
        os.dup2(null, 2)
        os.close(null)
        _fork_server(ready)


_PACKAGES = ("sklearn", "pandas.core", "scipy.stats", "scipy.sparse", "scipy.special")
"""Whose modules are imported to the last: many are otherwise imported inside a function, at its first call."""
_SKIPPED = (
    ".tests",
    "._test_common",
    ".conftest",
    ".externals._packaging",
    "._build_utils",
    "._precompute",
    "._numba",
    ".datasets",
    "enable_",
    ".setup",
)
_CODECS = (
    *("ascii", "cp437", "latin-1", "raw-unicode-escape", "unicode-escape", "utf-8", "utf-8-sig", "idna"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
)


def _import_everything(threads: int) -> list[str]:
    """Every module that the table of allowed names mentions, and what those import on first use."""
    from lib.gate.building import construct, guards, model, smoke_test  # noqa: F401
    from lib.gate.judging import allowed, judge  # noqa: F401

    missing = []
    for name in ("lib.gate.reading.skops_tree", "lz4.frame", *allowed.MODULES, *_below(_PACKAGES)):
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001 - a module that cannot be imported here is one that no model here needs
            missing.append(name)
    for codec in _CODECS:
        codecs.lookup(codec)
    guards.install()
    model.warm_up()
    model.compute_with(threads)
    return missing


def _below(packages: Iterable[str]) -> Iterable[str]:
    for package in packages:
        module = importlib.import_module(package)
        for found in pkgutil.walk_packages(module.__path__, f"{package}.", onerror=lambda _: None):
            if not any(part in found.name for part in _SKIPPED):
                yield found.name


# --- the fork server ------------------------------------------------------------------------------------------------


def _fork_server(ready: messages.Head) -> None:
    """Fork workers at the server's word; end all of them when the server is gone."""
    if sys.platform != "linux":
        raise NotImplementedError
    import socket

    server = socket.socket(fileno=0)
    messages.send(0, ready)
    alive: set[int] = set()
    fates: dict[int, int] = {}
    while True:
        readable, _, _ = select.select([server], [], [], 1.0)
        _bury(alive, fates)
        if not readable:
            continue
        order = server.recv(1)
        if order == FORK:
            ours, theirs = socket.socketpair()
            memory = _shared_memory()
            child = os.fork()
            if child == 0:
                _become_worker(ours.fileno(), memory)
            alive.add(child)
            handle = os.pidfd_open(child)
            socket.send_fds(server, [child.to_bytes(8, "little")], [theirs.fileno(), handle, memory])
            ours.close()
            theirs.close()
            os.close(handle)
            os.close(memory)
        elif order == FATE:
            server.sendall(_fate(int.from_bytes(server.recv(8), "little"), alive, fates).to_bytes(4, "little"))
        else:
            for child in alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            os._exit(0)


def _shared_memory() -> int:
    """A descriptor of memory of fixed size: otherwise the server could be made to read beyond its end."""
    if sys.platform != "linux":
        raise NotImplementedError
    import fcntl

    memory = os.memfd_create("brine", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(memory, SLOTS * SLOT_BYTES)
    fcntl.fcntl(memory, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    return memory


def _bury(alive: set[int], fates: dict[int, int]) -> None:
    if sys.platform != "linux":
        raise NotImplementedError
    for child in list(alive):
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            alive.discard(child)
            fates[child] = status
    while len(fates) > 64:
        fates.pop(next(iter(fates)))


def _fate(child: int, alive: set[int], fates: dict[int, int]) -> int:
    for _ in range(50):
        if child not in alive:
            break
        _bury(alive, fates)
        time.sleep(0.01)
    return fates.pop(child, 0) & 0xFFFF


def _become_worker(descriptor: int, memory: int) -> None:
    """In the fork: only the pipe to the server is left open, and the memory mapped."""
    try:
        end_before_the_server()
        shared = memoryview(mmap.mmap(memory, SLOTS * SLOT_BYTES))
        os.dup2(descriptor, 0)
        os.dup2(descriptor, 1)
        os.closerange(3, 4096)
        protection = close_doors()
        messages.send(1, {"ready": True, "protection": list(protection)})
        serve(0, 1, shared)
    finally:
        os._exit(1)


# --- one file ------------------------------------------------------------------------------------------------------


def serve(inward: int, outward: int, shared: memoryview | None = None) -> None:
    """Judge one file, open it if that is asked, and answer calls on it until the server closes its end."""
    try:
        model = _first_answer(inward, outward)
        gc.enable()
        while model is not None:
            order, body = messages.receive(inward, max_body=MAX_TABLE)
            length = order.get("length")
            if shared is not None and isinstance(length, int) and length:
                start = int(str(order["slot"])) * SLOT_BYTES
                _later_answer(outward, model, order, shared[start : start + length])
            else:
                _later_answer(outward, model, order, memoryview(body))
    except messages.Disconnected:
        pass
    finally:
        os._exit(0)


def _first_answer(inward: int, outward: int) -> Model | None:
    """`judge` reads only; `open` builds too; `prove` then tests the model on generated rows. None once it is over."""
    from lib.gate.building.model import open_estimator
    from lib.gate.judging.judge import lacks_a_part, of_another_version, old_version, tested

    order, data = messages.receive_file(inward, max_body=MAX_FILE)
    reply: dict[str, messages.JsonValue] = {}
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            container, findings = _judge(data)
            del data
            reply |= _described(container, findings)
            if order["op"] == "judge":
                messages.send(outward, {"ok": True, **reply})
                return None
            older = of_another_version(findings)
            try:
                model = open_estimator(container, findings)
                model.check_fitted()
                reply |= model.described()
                reply["proved"] = not older or tested(findings) or reply["self_test"] not in ([0, 0], None)
                complaint = model.smoke_test() if older or order["op"] == "prove" else ""
            except (AttributeError, TypeError, KeyError, IndexError) as error:
                if older:
                    raise old_version(findings, _account(error)) from None
                raise
            if older and lacks_a_part(complaint, findings):
                raise old_version(findings, complaint)
            reply["smoke_test"] = complaint
        messages.send(outward, {"ok": True, **reply, "warnings": _warned(caught)})
    except messages.MessageTooLong as error:
        messages.send(outward, _refused(Rejection("long_names", str(error))))
        return None
    except Exception as error:  # noqa: BLE001 - an untrusted object may raise anything; each is an answer
        refused = _refused(error, "cannot_open")
        try:
            messages.send(outward, {**reply, **refused})
        except messages.MessageTooLong:
            messages.send(outward, refused)
        return None
    return model


def _judge(data: bytes) -> tuple[Container, Findings]:
    from lib.gate.judging.judge import judge

    container = unwrap(data)
    return container, judge(container)


def _described(container: Container, findings: Findings) -> dict[str, messages.JsonValue]:
    tail = container.compression
    if container.kind == "joblib" and not container.compression:
        tail = "raw"
    elif container.kind == "pickle":  # protocols 0 and 1 do not say their number; 0 counts its memo in decimal lines
        tail = str(findings.protocol if findings.protocol is not None else int(b"\np0\n" not in container.data[:1000]))
    return {
        "format": f"{container.kind}-{tail}" if tail and container.kind != "skops" else container.kind,
        "estimator": findings.estimator,
        "sklearn_version": findings.sklearn_version,
        "columns": list(findings.columns),
        "card": findings.card,
    }


def _later_answer(outward: int, model: Model, order: messages.Head, table: memoryview) -> None:
    from lib.gate.arrow import back_to_back, pack_answer, unpack_frame

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answers = model.call_several(messages.strings(order["methods"]), unpack_frame(table))
            parts = [pack_answer(answer) for answer in answers]
        messages.send(outward, {"ok": True, "lengths": [part.size for part in parts]}, *back_to_back(parts))
    except messages.Disconnected:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        messages.send(outward, _refused(error))


def _refused(error: Exception, reason: str = "model_error") -> dict[str, messages.JsonValue]:
    """Any exception as an answer: a reason of ours, or the nearest one."""
    if isinstance(error, Rejection):
        facts = {name: fact if isinstance(fact, str | int | float) else [str(one) for one in _listed(fact)]
                 for name, fact in error.facts.items()}  # fmt: skip
        return {"ok": False, "reason": error.reason, "technical": error.technical[:2_000], "facts": facts}
    if isinstance(error, MemoryError):
        reason = "memory"
    elif isinstance(error, RecursionError):
        reason = "too_deep"
    return {"ok": False, "reason": reason, "technical": _account(error), "facts": {}}


def _listed(fact: object) -> Iterable[object]:
    return fact if isinstance(fact, list | tuple) else [fact]


def _account(error: Exception) -> str:
    try:
        return f"{type(error).__name__}: {error}"[:2_000]
    except Exception:  # noqa: BLE001 - the message itself may be untrusted
        return type(error).__name__


def _warned(caught: list[warnings.WarningMessage]) -> list[str]:
    return sorted({f"{one.category.__name__}: {one.message}"[:300] for one in caught})[:20]


if __name__ == "__main__":
    main(single="single" in sys.argv)
