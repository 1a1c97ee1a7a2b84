"""Large tables and files that visitors hold, packed while nobody looks at them.

`parked(table, "frame")` is a `Table` like any other. Its frame is there as it is while it is used, and packed
(`lib/tables/packing.py`) once it was not used for a while, or sooner where those of all visitors are too much; whoever
asks for it next gets an equal one. Nothing is read or computed again for that: unpacking takes a tenth of a second for
half a million rows.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import fields
from functools import cache
from typing import TypeVar, cast
from weakref import WeakSet

import numpy as np
import pandas as pd

from lib.logs import failure
from lib.tables.packing import Large, Packed, pack, size_of

Value = TypeVar("Value")

_logger = logging.getLogger(__name__)

UNUSED_SECONDS = 40.0
"""After so long without use a value is packed …"""
UNUSED_SECONDS_IN_NEED = 5.0
"""… after so long where there is more at hand than `MOST_AT_HAND` …"""
UNUSED_SECONDS_FOR_ROOM = 1.0
"""… and after so long where, besides, another large file is about to be read."""
MOST_AT_HAND = 192 * 2**20
"""Bytes of all visitors' values that are at hand."""
WORTH_PACKING = 2**20
"""Smaller values stay as they are."""


class Part:
    """One large value, at hand or packed."""

    def __init__(self, value: Large, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._value: Large | None = value
        self._packed: Packed | None = None
        self._size = size_of(value)
        self._used = clock()
        _is_at_hand(self)

    def get(self) -> Large:
        """The value. It must not be changed."""
        self._used = self._clock()
        value = self._value
        if value is not None:
            return value
        with self._lock:
            if self._value is None:
                assert self._packed is not None
                self._value = self._packed.unpack()
            value = self._value
        _is_at_hand(self)
        return value

    def put_away(self) -> None:
        """Packs it, which doesn't hinder those who use it meanwhile; who has the value keeps it."""
        used, value = self._used, self._value
        if value is None:
            return
        if self._packed is None:
            self._packed = pack(value)
        with self._lock:
            if self._used == used:
                self._value = None

    @property
    def idle_seconds(self) -> float:
        """Since it was used last."""
        return self._clock() - self._used

    @property
    def at_hand(self) -> bool:
        return self._value is not None

    @property
    def held_bytes(self) -> int:
        """Memory that it takes now."""
        return (self._size if self.at_hand else 0) + (self._packed.size if self._packed is not None else 0)

    @property
    def size(self) -> int:
        """Bytes of the value as it is."""
        return self._size


_lock = threading.Lock()
_at_hand: WeakSet[Part] = WeakSet()
_packing = threading.Lock()
"""Held by the one who packs, so that nothing is packed twice at the same time."""
too_much = threading.Event()
"""Set when more than `MOST_AT_HAND` came to be at hand: whoever waits for it puts away what is unused."""


def _is_at_hand(part: Part) -> None:
    with _lock:
        _at_hand.add(part)
    if bytes_at_hand() > MOST_AT_HAND:
        too_much.set()


def bytes_at_hand() -> int:
    """Of all visitors' values that are not packed."""
    with _lock:
        return sum(part.size for part in _at_hand)


def put_away_unused() -> None:
    """Packs what was not used for a while, the longest unused first."""
    with _packing:
        for part in _longest_unused_first():
            needed = bytes_at_hand() > MOST_AT_HAND
            if part.idle_seconds >= (UNUSED_SECONDS_IN_NEED if needed else UNUSED_SECONDS):
                _put_away(part)
    if bytes_at_hand() > MOST_AT_HAND:
        too_much.set()  # what is in use now may be unused at the next round


def make_room() -> None:
    """Packs what others do not use now where too much is at hand: for who is about to read a large file."""
    if bytes_at_hand() <= MOST_AT_HAND:
        return
    with _packing:
        for part in _longest_unused_first():
            if bytes_at_hand() <= MOST_AT_HAND or part.idle_seconds < UNUSED_SECONDS_FOR_ROOM:
                return
            _put_away(part)


def _longest_unused_first() -> list[Part]:
    with _lock:
        return sorted(_at_hand, key=lambda part: -part.idle_seconds)


def _put_away(part: Part) -> None:
    try:
        part.put_away()
    except Exception as error:  # noqa: BLE001 - as where memory is short: it stays at hand, others may fit
        failure(_logger, "packing_failed", error, bytes=part.size)
    with _lock:
        if not part.at_hand:
            _at_hand.discard(part)


# ------------------------------------------------------------------------------------------------ with such parts

_PARTS = "_parked_parts"


def parked(value: Value, *names: str) -> Value:
    """An equal value of a frozen dataclass whose fields of these names can be packed; the value itself where they are
    small."""
    held = {name: getattr(value, name) for name in names}
    parts = {
        name: Part(one)
        for name, one in held.items()
        if isinstance(one, pd.DataFrame | pd.Series | np.ndarray | bytes) and size_of(one) >= WORTH_PACKING
    }
    return with_parts(value, parts) if parts else value


def with_parts(value: Value, parts: dict[str, Part]) -> Value:
    """An equal value whose fields of these names are these parts."""
    made: Value = object.__new__(_class_with_parts(cast(Hashable, type(value))))
    kept = {name: one for name, one in vars(value).items() if name not in parts}
    vars(made).update(kept)
    vars(made)[_PARTS] = {**vars(value).get(_PARTS, {}), **parts}
    return made


def held_bytes(value: object, *names: str) -> int:
    """Memory that these fields take now; those that are packed stay so."""
    parts: dict[str, Part] = vars(value).get(_PARTS, {})
    return sum(parts[name].held_bytes if name in parts else size_of(getattr(value, name)) for name in names)


@cache
def _class_with_parts(kind: type[Value]) -> type[Value]:
    """A class like `kind` whose instances look for fields that they lack among their parts."""
    if hasattr(kind, "__getattr__"):  # it is one already
        return kind

    def look_up(self: object, name: str) -> object:
        part = vars(self).get(_PARTS, {}).get(name)
        if part is None:
            raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")
        return part.get()

    def reduce(self: object) -> tuple[object, ...]:
        return kind, tuple(getattr(self, one.name) for one in fields(kind))  # type: ignore[arg-type]

    return type(kind.__name__, (kind,), {"__getattr__": look_up, "__reduce__": reduce, "__doc__": kind.__doc__})
