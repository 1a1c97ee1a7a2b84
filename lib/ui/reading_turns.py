"""Large files are read for a few visitors at a time: each takes several times its size while it is read and cleaned,
and twenty who come in the same second would need more memory than the server has."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lib.errors import UserError
from lib.turns import NoTurn, Turns
from lib.ui.parked import make_room

AT_ONCE = 2
"""Visitors for whom large files are read at the same time; the others see their place in the queue."""
LARGE_BYTES = 4 * 2**20
"""Smaller files wait for nobody."""
MAX_WAIT_SECONDS = 480.0

_TURNS = Turns(AT_ONCE, 1)
_held = threading.local()


@contextmanager
def reading_turn(size: int, files: str = "") -> Iterator[None]:
    """A turn for as long as files of `size` bytes are read; a thread that has one needs no second. Raises UserError.

    `files` names them by their contents: those who bring the same ones wait for the first of them, whose result they
    share, and take no turn from others meanwhile. Whoever waits for what another visitor computes must have its turn
    before.
    """
    if size < LARGE_BYTES or getattr(_held, "turn", False):
        yield
        return
    try:
        whose = _TURNS.begin(files, seconds=MAX_WAIT_SECONDS)
    except NoTurn:
        raise UserError("tables.busy") from None
    _held.turn = True
    try:
        make_room()
        yield
    finally:
        _held.turn = False
        _TURNS.end(whose, files)
