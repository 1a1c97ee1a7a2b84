"""Whoever waits for other visitors sees the place in the queue, and afterwards what runs."""

import threading

import pytest

from lib import turns
from lib.turns import Turns
from lib.ui import widgets


class Place:
    """A place of a page that remembers what it showed."""

    def __init__(self) -> None:
        self.shown: list[str | None] = []

    def progress(self, _share: float, text: str) -> None:
        self.shown.append(text)
        told.set()

    def empty(self) -> None:
        self.shown.append(None)


told = threading.Event()


@pytest.mark.parametrize(
    ("watched", "shown"),
    [
        (True, ["Reading step", "Reading place 1", "Reading step", "Reading next", None]),
        (False, ["Reading place 1", None, None]),
    ],
)
def test_the_step_that_waited_is_shown_again_once_it_runs(monkeypatch, watched, shown):
    place, shared = Place(), Turns(1, 1)
    monkeypatch.setattr(turns, "TELL_SECONDS", 0.0)
    monkeypatch.setattr(widgets.st, "empty", lambda: place)
    monkeypatch.setattr(widgets, "say", lambda key, place=0: f"place {place}" if key == "ui.place_in_queue" else key)
    held = shared.begin(seconds=1)

    def read() -> None:
        with widgets.progress("Reading", watched=watched) as progress:
            progress(0.1, "step")
            told.clear()
            with shared.turn(seconds=60):
                progress(0.9, "next")

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    while "Reading place 1" not in place.shown:
        told.wait(0.01)
    shared.end(held)
    thread.join(60)
    assert place.shown == shown
