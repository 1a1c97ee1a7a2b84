"""The server forgets sessions whose time is over, by names inside Streamlit: when these change, this fails."""

import asyncio
import subprocess
import sys
import weakref
from pathlib import Path
from types import SimpleNamespace

from streamlit.runtime import Runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from lib.ui import upkeep


class Session:
    """Stands for a session of Streamlit's."""

    id = "left"


def test_a_session_whose_time_is_over_is_let_go():
    storage = MemorySessionStorage(ttl_seconds=0)
    session = Session()
    storage.save(SimpleNamespace(session=session))
    gone = weakref.ref(session)
    del session
    assert gone() is not None, "Streamlit forgets by itself now: lib/ui/upkeep.py needs not do it"
    upkeep._forget_expired(SimpleNamespace(_session_mgr=SimpleNamespace(_session_storage=storage)))
    assert gone() is None


def test_streamlits_runtime_has_the_names_that_upkeep_uses():
    assert hasattr(Runtime, "_get_async_objs")
    assert "self._session_mgr" in Path(Runtime.__init__.__code__.co_filename).read_text()


def test_it_runs_on_the_servers_event_loop():
    async def ask() -> str:
        objects = SimpleNamespace(eventloop=asyncio.get_running_loop())
        server = SimpleNamespace(_get_async_objs=lambda: objects)
        ran: list[object] = []
        await asyncio.to_thread(upkeep._on_event_loop, server, ran.append)
        return "ran" if ran == [server] else ""

    assert asyncio.run(ask()) == "ran"


def test_a_page_that_computes_keeps_the_event_loop_waiting_for_a_millisecond_only():
    script = "import sys; from lib.ui import upkeep; upkeep.start(); print(sys.getswitchinterval())"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert float(ran.stdout.splitlines()[-1]) == upkeep.SWITCH_SECONDS == 0.001
