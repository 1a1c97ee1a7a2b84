"""Values that are held once for all visitors who brought the same file and decided the same.

The key of a value says everything that it is computed from, the digest of the file's bytes included, so whoever finds a
value could have computed it. A value is held weakly here: it lives as long as one visitor's session holds it, and what
the last visitor let go is gone. Values are never changed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Held(Generic[Value]):
    """Around a value that takes no weak references itself, such as a tuple or a dict."""

    value: Value


_lock = threading.Lock()
_values: WeakValueDictionary[tuple[str, str], object] = WeakValueDictionary()
_making: WeakValueDictionary[tuple[str, str], _Making] = WeakValueDictionary()


class _Making:
    """Held by whoever computes a value, so that others who need the same wait for it instead of computing it too."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


def shared(kind: str, key: str, make: Callable[[], Value]) -> Value:
    """The value of this kind and key: another visitor's, or made now. What `make` raises is raised, and not kept.

    The value has to support weak references: a dataclass does, a tuple or a dict doesn't (see `Held`).
    """
    name = (kind, key)
    with _lock:
        making = _making.setdefault(name, _Making())
    with making.lock:
        found = _values.get(name)
        if found is None:
            found = make()
            _values[name] = found
    return found  # type: ignore[return-value]  # the kind decides the type


def held() -> int:
    """How many values are held by some visitor now."""
    return len(_values)
