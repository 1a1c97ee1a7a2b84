"""What an attack is, and the small writers that all of them use."""

import io
import pickle
import struct
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.linear_model import LinearRegression


@dataclass(frozen=True)
class Attack:
    """A hostile file; `name` says what it tries."""

    name: str
    data: bytes = field(repr=False)
    acts: bool = False


class Call:
    """Something that pickles as a call of `function` with `args`, then state."""

    def __init__(self, function: object, *args: object, state: object = None) -> None:
        self.parts = (function, args) if state is None else (function, args, state)

    def __reduce__(self) -> tuple:
        return self.parts


def text(value: str) -> bytes:
    """BINUNICODE."""
    raw = value.encode()
    return b"X" + struct.pack("<I", len(raw)) + raw


def named(module: str, qualname: str) -> bytes:
    """STACK_GLOBAL."""
    return text(module) + text(qualname) + b"\x93"


def called(module: str, qualname: str, args: object) -> bytes:
    """A protocol-4 stream that calls a name with plain arguments."""
    return b"\x80\x04" + named(module, qualname) + plain(args) + b"R."


def plain(value: object) -> bytes:
    """A plain value as opcodes, without header and STOP."""
    return pickle.dumps(value, protocol=2)[2:-1]


def table() -> np.ndarray:
    """Forty rows of four columns."""
    return np.random.RandomState(0).rand(40, 4) + 0.01


@cache
def linear() -> LinearRegression:
    """The plainest honest model."""
    return LinearRegression().fit(table(), table() @ [1.0, 2.0, 3.0, 4.0])


def fitted(estimator: BaseEstimator, target: object = "classes") -> BaseEstimator:
    """An honest model to be forged."""
    rows = table()
    wanted = (rows[:, 0] > 0.5).astype(int) if isinstance(target, str) else target
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return estimator.fit(rows, wanted)


def holding(key: str, value: object, protocol: int = 4) -> bytes:
    """A linear model that carries `value` under `key`."""
    model = LinearRegression()
    model.__dict__.update(linear().__dict__, **{key: value})
    return pickle.dumps(model, protocol=protocol)


Forge = Callable[[object], object]


def reforged(model: object, changes: Mapping[type, Callable[[tuple], tuple]], protocol: int = 4) -> bytes:
    """The model pickled with the `__reduce__` of some classes passed through a forger."""

    class Forger(pickle.Pickler):
        def reducer_override(self, thing: object) -> object:
            change = changes.get(type(thing))
            return NotImplemented if change is None else change(thing.__reduce_ex__(protocol))

    out = io.BytesIO()
    Forger(out, protocol=protocol).dump(model)
    return out.getvalue()
