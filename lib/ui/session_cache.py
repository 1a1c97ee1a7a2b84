"""A bounded cache in one visitor's session: `@kept(2)` keeps the last two values of a function.

`st.cache_resource(scope="session")` reads the function's signature and locks for every call, which adds up where a page
asks fifty times per click for what it already has.
"""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")

_NAME = "brine-kept"


def kept(most: int) -> Callable[[Callable[Arguments, Value]], Callable[Arguments, Value]]:
    """Keeps the `most` values that were used last, by the positional arguments.

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
            values = _values(name)
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


def _values(name: str) -> OrderedDict[tuple[object, ...], object]:
    if _NAME not in st.session_state:
        st.session_state[_NAME] = {}
    found: OrderedDict[tuple[object, ...], object] = st.session_state[_NAME].setdefault(name, OrderedDict())
    return found
