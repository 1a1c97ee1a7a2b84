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


TELL_SECONDS = 0.5
"""Who waits shorter is not told its place."""
TELL_AGAIN_SECONDS = 1.0
"""Who waits is told its place so often, changed or not: what tells it may learn that nobody waits for it any more."""

Tell = Callable[[int], None]
"""Takes the place in a queue: 1 is next; 0 once it is one's turn. What it raises ends the wait."""

_TELL: ContextVar[Tell | None] = ContextVar("tell", default=None)

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


@contextmanager
def place_told(tell: Tell) -> Iterator[None]:
    """In this block, this thread is told its place while it waits for a turn: whenever it changes, and each second."""
    before = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(before)


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
        tell, told, again = _TELL.get(), 0, time.monotonic() + TELL_SECONDS
        with self._state:
            ticket = _Ticket(next(self._numbers), visitor(), thing, time.monotonic())
            self._queue.append(ticket)
            self._state.notify_all()  # it may go before others, whose place changes
        try:
            until = ticket.since + seconds
            while (place := self._wait(ticket, until, (told, again) if tell else None)) and tell is not None:
                tell(told := place)  # without the lock: what it does may take a while, or raise
                again = time.monotonic() + TELL_AGAIN_SECONDS
            if told and tell is not None:
                tell(0)
        except BaseException:
            with self._state:
                if ticket in self._queue:
                    self._queue.remove(ticket)
                else:
                    self._give_back(ticket.visitor, thing)
                self._forget()
                self._state.notify_all()
            raise
        return ticket.visitor

    def _wait(self, ticket: _Ticket, until: float, told: tuple[int, float] | None) -> int:
        """Takes the turn and returns 0, or returns a place that is to be told: another one than was told last, or the
        same one when it is time to tell it again. None: nobody is to be told. Raises NoTurn.
        """
        with self._state:
            while self._next() is not ticket:
                now = time.monotonic()
                if now >= until:
                    raise NoTurn
                at = until
                if told is not None:
                    place, (before, again) = self._place(ticket), told
                    if now >= again or (before and place != before):
                        return place
                    at = min(until, again)
                self._state.wait(at - now)
            self._queue.remove(ticket)
            self._by_visitor[ticket.visitor] += 1
            self._by_thing[ticket.thing] += 1
            self._served[ticket.visitor] = next(self._numbers)
            self._state.notify_all()
            return 0

    def _place(self, ticket: _Ticket) -> int:
        """Among those that wait, in the order in which they would be served now."""
        return 1 + sorted(self._queue, key=self._rank).index(ticket)

    def _give_back(self, whose: str, thing: str) -> None:
        self._by_visitor[whose] -= 1
        self._by_thing[thing] -= 1

    def end(self, whose: str, thing: str = "") -> None:
        """The turn is over."""
        with self._state:
            self._give_back(whose, thing)
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
