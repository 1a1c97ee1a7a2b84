"""Events of a page reach the event loop in batches, by names inside Streamlit: when these change, this fails."""

import asyncio
import threading
from pathlib import Path

from streamlit.runtime import app_session

from lib.ui import script_events
from lib.ui.script_events import Batch


class Loop:
    """Stands for an event loop; runs what was asked of it when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.failures: list[dict[str, object]] = []
        self.closed = False

    def call_soon_threadsafe(self, callback, *arguments):
        if self.closed:
            raise RuntimeError("Event loop is closed")
        self.asked.append((callback, *arguments))

    def call_later(self, _seconds, callback):
        callback()

    def call_exception_handler(self, context):
        self.failures.append(context)

    def turn(self) -> None:
        asked, self.asked = self.asked, []
        for callback, *arguments in asked:
            callback(*arguments)


class Session:
    """Has the names of Streamlit's session that are replaced."""

    def __init__(self) -> None:
        self._event_loop = Loop()
        self.runners: list[object] = []
        self.dropped: list[object] = []

    def _call_soon_on_event_loop(self, callback):
        self.dropped.append(callback)

    def _create_scriptrunner(self, initial_rerun_data):
        self.runners.append(initial_rerun_data)


def installed() -> Session:
    class Kind(Session):
        pass

    script_events.install(Kind)
    script_events.install(Kind)
    return Kind()


def test_streamlits_session_has_the_names_that_are_replaced():
    source = Path(app_session.__file__).read_text()  # not the class: another test may have installed it already
    assert "    def _call_soon_on_event_loop(self, callback: Callable[[], None]) -> None:" in source
    assert "    def _create_scriptrunner(self, initial_rerun_data: RerunData) -> None:" in source
    assert "self._event_loop.call_soon_threadsafe(callback)" in source, (
        "Streamlit no longer wakes its loop for each event: lib/ui/script_events.py may not be needed"
    )


def test_many_events_wake_the_loop_once_and_run_in_their_order():
    session, ran = installed(), []
    for at in range(100):
        session._call_soon_on_event_loop(lambda at=at: ran.append(at))
    assert len(session._event_loop.asked) == 1
    session._event_loop.turn()
    assert ran == list(range(100))
    session._call_soon_on_event_loop(lambda: ran.append("next"))
    session._event_loop.turn()
    assert ran[-1] == "next"


def test_sessions_do_not_share_a_batch():
    one, ran = installed(), []
    other = type(one)()
    one._call_soon_on_event_loop(lambda: ran.append("one"))
    other._call_soon_on_event_loop(lambda: ran.append("other"))
    other._event_loop.turn()
    assert ran == ["other"]


def test_an_event_that_fails_is_reported_and_the_others_run():
    session, ran = installed(), []

    def fail() -> None:
        raise ValueError("broken")

    session._call_soon_on_event_loop(fail)
    session._call_soon_on_event_loop(lambda: ran.append("after"))
    session._event_loop.turn()
    assert ran == ["after"]
    assert [str(failure["exception"]) for failure in session._event_loop.failures] == ["broken"]


def test_what_an_earlier_run_sent_arrives_before_a_new_run_begins():
    session, ran = installed(), []
    session._call_soon_on_event_loop(lambda: ran.append(len(session.runners)))
    session._create_scriptrunner("rerun")
    assert (ran, session.runners) == ([0], ["rerun"])


def test_events_after_the_loop_has_closed_are_left_to_streamlit():
    session = installed()
    session._event_loop.closed = True
    session._call_soon_on_event_loop(print)
    assert session.dropped == [print]


def test_no_event_is_lost_between_threads():
    async def gather() -> list[tuple[int, int]]:
        batch, got = Batch(asyncio.get_running_loop()), []
        threads = [
            threading.Thread(
                target=lambda name=name: [batch.add(lambda at=at: got.append((name, at))) for at in range(2_000)]
            )
            for name in range(4)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) or len(got) < 8_000:
            await asyncio.sleep(0.01)
        return got

    got = asyncio.run(asyncio.wait_for(gather(), 60))
    for name in range(4):
        assert [at for who, at in got if who == name] == list(range(2_000))
