"""A bounded cache in one visitor's session: `@kept(2)` keeps the last two values of a function.

`st.cache_resource(scope="session")` reads the function's signature and locks for every call, which adds up where a page
asks fifty times per click for what it already has.
"""

from __future__ import annotations

import inspect
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from weakref import WeakSet

import streamlit as st

from lib import turns

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")

IDLE_SECONDS = 5 * 60.0
"""After so long without a click, what is computed again in less than a second is let go …"""
AWAY_SECONDS = 20.0
"""… and after so long where the visitor's tab is closed or has lost its connection."""

_NAME = "brine-kept"
_lock = threading.Lock()


class _Values:
    """What one visitor's functions returned, by function."""

    def __init__(self) -> None:
        self.lasting: dict[str, OrderedDict[tuple[object, ...], object]] = {}
        self.passing: dict[str, OrderedDict[tuple[object, ...], object]] = {}
        """Let go when the visitor is idle."""
        self.used = time.monotonic()
        self.visit = turns.visitor()
        """Streamlit's id of the tab."""
        self.let_go = False
        with _lock:
            _everybodys.add(self)


_everybodys: WeakSet[_Values] = WeakSet()


def kept(
    most: int, *, while_active: bool = False
) -> Callable[[Callable[Arguments, Value]], Callable[Arguments, Value]]:
    """Keeps the `most` values that were used last, by the positional arguments; `while_active`: until the visitor has
    not clicked for a while.

    Arguments whose names begin with an underscore are no part of the key: another argument identifies them. Values are
    never changed. What the function raises is raised, and not kept.
    """

    def keeping(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
        names = list(inspect.signature(function).parameters)
        places = [place for place, name in enumerate(names) if not name.startswith("_")]
        name = f"{function.__module__}.{function.__qualname__}"

        @wraps(function)
        def found(*arguments: Arguments.args, **named: Arguments.kwargs) -> Value:
            assert not named, "arguments of a kept function are positional"
            mine = _mine()
            mine.used = time.monotonic()
            values = (mine.passing if while_active else mine.lasting).setdefault(name, OrderedDict())
            key = tuple(arguments[place] for place in places)
            if key in values:
                values.move_to_end(key)
            else:
                values[key] = function(*arguments, **named)
                while len(values) > most:
                    values.popitem(last=False)
            return values[key]  # type: ignore[return-value]  # the function decides the type

        return found

    return keeping


def let_go_of_idle(connected: Callable[[str], bool]) -> None:
    """Lets go what is computed again in a moment, of visitors who have not clicked for a while or left."""
    with _lock:
        everybodys = list(_everybodys)
    for one in everybodys:
        idle = time.monotonic() - one.used
        if one.passing and idle >= AWAY_SECONDS and (idle >= IDLE_SECONDS or not connected(one.visit)):
            one.passing = {}  # whoever runs now goes on with the old one
            one.let_go = True


def was_let_go() -> bool:
    """Whether values of this visitor were let go since the last call: they are computed again."""
    mine = _mine()
    was, mine.let_go = mine.let_go, False
    return was


def _mine() -> _Values:
    if _NAME not in st.session_state:
        st.session_state[_NAME] = _Values()
    found: _Values = st.session_state[_NAME]
    return found
