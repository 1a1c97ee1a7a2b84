"""Who computes next: a bounded number of turns, shared among visitors round-robin, a share for each; and which process
ends first where memory runs out.

The core does not know sessions. The server says once how to find out for whom a thread computes (`ask_for_visitor`); a
thread of its own says it itself (`act_for`).
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count

_VISITOR: ContextVar[str] = ContextVar("visitor", default="")


_ask: list[Callable[[], str]] = []


def ask_for_visitor(ask: Callable[[], str]) -> None:
    """`ask` says for whom the thread that calls it computes; empty if it does not know."""
    _ask[:] = [ask]


def act_for(visitor: str) -> None:
    """From here on, this thread computes for that visitor."""
    _VISITOR.set(visitor)


def visitor() -> str:
    """For whom this thread computes; empty outside of a server."""
    return _VISITOR.get() or (_ask[0]() if _ask else "")


def end_before_the_server() -> None:
    """Where memory runs out, the kernel ends this process, and not the server for all of its visitors (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")


class NoTurn(Exception):
    """The wait for a turn was longer than allowed."""


@dataclass(frozen=True)
class _Ticket:
    number: int
    visitor: str
    thing: str
    since: float


class Turns:
    """At most `total` turns at a time, of them `each` for one visitor and for one thing, such as a file.

    The next turn goes to the visitor who has the fewest now; among those, to the one served longest ago.
    """

    def __init__(self, total: int, each: int) -> None:
        self._total, self._each = total, each
        self._state = threading.Condition()
        self._numbers = count()
        self._queue: list[_Ticket] = []
        self._by_visitor: Counter[str] = Counter()
        self._by_thing: Counter[str] = Counter()
        self._served: dict[str, int] = {}
        """Visitor → when last served, in numbers of the one counter."""

    def begin(self, thing: str = "", *, seconds: float) -> str:
        """Wait for a turn; returns the visitor whose turn it is, for `end`. Raises NoTurn after `seconds` seconds."""
        until = time.monotonic() + seconds
        with self._state:
            ticket = _Ticket(next(self._numbers), visitor(), thing, time.monotonic())
            self._queue.append(ticket)
            try:
                while self._next() is not ticket:
                    if not self._state.wait(max(0.0, until - time.monotonic())) and time.monotonic() >= until:
                        raise NoTurn
                self._by_visitor[ticket.visitor] += 1
                self._by_thing[thing] += 1
                self._served[ticket.visitor] = next(self._numbers)
            finally:
                self._queue.remove(ticket)
                self._forget()
                self._state.notify_all()
        return ticket.visitor

    def end(self, whose: str, thing: str = "") -> None:
        """The turn is over."""
        with self._state:
            self._by_visitor[whose] -= 1
            self._by_thing[thing] -= 1
            self._forget()
            self._state.notify_all()

    @contextmanager
    def turn(self, thing: str = "", *, seconds: float) -> Iterator[None]:
        """A turn for as long as the block runs. Raises NoTurn."""
        whose = self.begin(thing, seconds=seconds)
        try:
            yield
        finally:
            self.end(whose, thing)

    def others_wait(self, seconds: float) -> bool:
        """Whether another visitor has waited that long."""
        mine, now = visitor(), time.monotonic()
        with self._state:
            return any(one.visitor != mine and now - one.since >= seconds for one in self._queue)

    def _next(self) -> _Ticket | None:
        if self._by_visitor.total() >= self._total:
            return None
        able = [one for one in self._queue if self._has_share(one)]
        return min(able, key=self._rank, default=None)

    def _has_share(self, ticket: _Ticket) -> bool:
        by_visitor = self._by_visitor[ticket.visitor] if ticket.visitor else 0  # without visitors, things decide
        by_thing = self._by_thing[ticket.thing] if ticket.thing else 0
        return max(by_visitor, by_thing) < self._each

    def _rank(self, ticket: _Ticket) -> tuple[int, int, int]:
        known = bool(ticket.visitor)
        held = self._by_visitor[ticket.visitor] if known else 0
        return held, self._served.get(ticket.visitor, -1) if known else -1, ticket.number

    def _forget(self) -> None:
        """Nothing is kept of visitors who neither have a turn nor wait, except who was served last."""
        self._by_visitor = +self._by_visitor
        self._by_thing = +self._by_thing
        here = {one.visitor for one in self._queue} | set(self._by_visitor)
        if len(self._served) > 1_000:
            self._served = {name: number for name, number in self._served.items() if name in here}
