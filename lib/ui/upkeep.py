"""What the server does besides answering: it imports the heavy modules once, and forgets sessions that are over."""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pyarrow
from streamlit import runtime
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib import logs, turns
from lib.logs import event, failure
from lib.ui import parked

_EVERY_SECONDS = 20.0
SWITCH_SECONDS = 0.001
"""How long a thread keeps Python's lock while another one asks for it; Python's own value is 5 ms. The event loop gives
the lock back for each message that it reads or sends, and would wait so long for it each time behind any page that
computes."""

_logger = logging.getLogger(__name__)
_lock = threading.Lock()
_on_give_back: list[Callable[[], None]] = []
_started = False
_prepared: object = None
"""What visitors share and is to stay, such as the sample shop."""


def start(prepare: Callable[[], object] | None = None) -> None:
    """Imports what is heavy, before any visitor's data, and starts giving memory back. Later calls do nothing.

    What `prepare` returns stays in memory. What is there by then is taken out of the garbage collector's rounds: a full
    one then takes 48 ms instead of 460.
    """
    global _started, _prepared
    with _lock:
        if _started:
            return
        turns.ask_for_visitor(_session_id)
        logs.configure(os.environ.get("BRINE_LOG"), default="INFO")
        sys.setswitchinterval(SWITCH_SECONDS)
        # Two records for each connection, which no handler writes.
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        began = time.perf_counter()
        from lib import charts, gate, jobs, scoring, training  # noqa: F401
        from lib.ui import fresh_downloads, resuming, script_events, sending, session_cache, theme_message, upload_room

        script_events.install()
        fresh_downloads.install()
        sending.install()
        theme_message.install()
        _on_give_back.append(resuming.works.expire)
        _on_give_back.append(lambda: session_cache.let_go_of_idle(resuming.connected))
        _on_give_back.append(parked.put_away_unused)

        _prepared = prepare() if prepare is not None else None
        gc.collect()
        gc.freeze()
        gate.warm_up()
        jobs.clear_leftovers()
        upload_room.install(give_back)
        if runtime.exists():
            jobs.keep_spare()
        threading.Thread(target=_give_back_for_ever, name="give-memory-back", daemon=True).start()
        event(_logger, "server_ready", seconds=time.perf_counter() - began)
        _started = True


def _session_id() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context is not None else ""


def _give_back_for_ever() -> None:
    from lib import jobs

    next_round = time.monotonic() + _EVERY_SECONDS
    while True:
        try:
            if parked.too_much.wait(max(0.0, next_round - time.monotonic())):
                _put_away()
            if time.monotonic() < next_round:
                continue
            next_round = time.monotonic() + _EVERY_SECONDS
            give_back()
            if runtime.exists():  # not part of giving back: it takes memory
                jobs.keep_spare()
        except Exception as error:  # noqa: BLE001 - the thread goes on: memory is given back the next time
            failure(_logger, "giving_memory_back_failed", error)


def _put_away() -> None:
    """Packs what nobody looks at, before the next round where it is too much: files may come fast."""
    time.sleep(parked.UNUSED_SECONDS_IN_NEED)  # what came last is still in use
    parked.too_much.clear()
    parked.put_away_unused()
    pyarrow.default_memory_pool().release_unused()
    _trim()


def give_back() -> None:
    """Forgets the sessions whose time is over, collects what they held, and returns free memory to the system.

    Streamlit drops expired sessions only when another one disconnects; with `runner.postScriptGC = false` nothing
    collects what refers to itself; and the C library keeps freed memory unless it is asked.
    """
    if runtime.exists():
        _on_event_loop(runtime.get_instance(), _forget_expired)
        for act in _on_give_back:
            act()
    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    _trim()


def _on_event_loop(server: Runtime, act: Callable[[Runtime], None]) -> None:
    """Runs it where Streamlit itself changes its sessions, and waits until it is done."""
    done = threading.Event()

    def run() -> None:
        try:
            act(server)
        finally:
            done.set()

    # Streamlit offers no public way to expire sessions; tests/ui/test_upkeep.py fails when these names change.
    loop = server._get_async_objs().eventloop
    loop.call_soon_threadsafe(run)
    done.wait(_EVERY_SECONDS)


def _forget_expired(server: Runtime) -> None:
    server._session_mgr._session_storage._cache.expire()  # type: ignore[attr-defined]


def _trim() -> None:
    with suppress(AttributeError, OSError, TypeError):  # only glibc has it; Windows takes no None
        ctypes.CDLL(None).malloc_trim(0)
