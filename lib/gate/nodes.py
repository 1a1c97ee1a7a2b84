"""The content of a stream as inert nodes, which the parser creates and the builder reads.

Plain values (None, bool, int, float, complex, str, bytes, tuple, list, dict, set, NumPy numbers) stand for
themselves. Everything else is one of these. None of them can act: there is no code behind them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lib.gate import limits
from lib.gate.rejection import Rejection

Node = object
"""A plain value or one of the classes below. Only `states.py` and `construct.py` tell them apart."""


class Name:
    """A class, function or constant that the stream names, and nothing more: it has not been imported."""

    __slots__ = ("allowed", "key", "module", "qualname")

    def __init__(self, module: str, qualname: str, *, allowed: bool) -> None:
        self.module = module
        self.qualname = qualname
        self.key = f"{module}:{qualname}"
        self.allowed = allowed


class Thing:
    """An object to be made of an allowed class, with the arguments and the state that the stream gives it."""

    __slots__ = ("args", "cls", "how", "older", "pairs", "state")

    def __init__(self, cls: Name, args: tuple[Node, ...], how: str) -> None:
        self.cls = cls
        self.args = args
        self.how = how
        """`new` (made empty, state follows) or `call` (made by calling it with `args`)."""
        self.state: Node | None = None
        self.pairs: dict[Node, Node] | None = None
        """Entries, where the class is a kind of dict."""
        self.older: str | None = None
        """A class of `building/older_versions.py`, where the formula of an older version is another one."""


class DType:
    """A NumPy dtype, rebuilt from checked text and numbers."""

    __slots__ = ("stated", "value")

    def __init__(self, value: np.dtype[np.generic]) -> None:
        self.value = value
        self.stated = False
        """Whether its one BUILD has come."""


class Array:
    """A NumPy array: numbers and texts in `values`, anything else as nodes in `items`."""

    __slots__ = ("fortran", "items", "kind", "shape", "values")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        """`ndarray`, `matrix` or `masked`."""
        self.values: np.ndarray[tuple[int, ...], np.dtype[np.generic]] | None = None
        self.items: Sequence[Node] | None = None
        self.shape: tuple[int, ...] | None = None
        """None until its state has come."""
        self.fortran = False


_KEY_TYPES = (str, int, float, bool, type(None), bytes)


def flat_key(key: Node) -> Node:
    """A key of a dict or a member of a set: a flat scalar whose hash cannot be chosen to collide."""
    kind = type(key)
    if kind is str:
        return key
    if kind is int:
        if abs(key) > limits.MAX_KEY_INTEGER:  # type: ignore[arg-type]
            raise Rejection("bad_state", f"a key of {key.bit_length()} bits", name="dict")  # type: ignore[attr-defined, union-attr]
        return key
    if kind in _KEY_TYPES:
        return key
    if isinstance(key, np.generic) and key.dtype.kind in "biufUS":
        if key.dtype.kind in "iu" and abs(int(key)) > limits.MAX_KEY_INTEGER:
            raise Rejection("bad_state", f"a key of {int(key).bit_length()} bits", name="dict")
        return key
    raise Rejection("bad_state", f"a key or set member that is no flat value: {kind.__name__}", name="dict")
