"""What a stream says, before anything of it exists: inert nodes that the parser makes and the builder reads.

Plain values (None, bool, int, float, complex, str, bytes, tuple, list, dict, set, NumPy numbers) stand for
themselves. Everything else is one of these. None of them can act: there is no code behind them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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

    __slots__ = ("args", "cls", "how", "pairs", "state")

    def __init__(self, cls: Name, args: tuple[Node, ...], how: str) -> None:
        self.cls = cls
        self.args = args
        self.how = how
        """`new` (made empty, state follows) or `call` (made by calling it with `args`)."""
        self.state: Node | None = None
        self.pairs: dict[Node, Node] | None = None
        """Entries, where the class is a kind of dict."""


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
