"""Pickling by value: one model gives the same bytes in every process.

Python's own pickler writes a second mention of an object as "the one before", and what is one object and what are two
equal ones hangs on chance: which strings the interpreter has made one, which copy of a dtype an array holds, in which
order a set is walked. Here equal strings and equal dtypes are one, sets are sorted, and a function of compiled code
stands in the module that documents it, whatever was imported first. What comes out is an ordinary pickle.
"""

# mypy: disable-error-code="attr-defined, misc"
# (Python's own pickler written in Python gives the same bytes as the C one and can be extended, but has no stubs.)

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import scipy.special
from joblib.numpy_pickle import NumpyPickler

from lib.model_file.stripped import has_padding, with_empty_padding

ROOTS = frozenset({"sklearn", "_loss", "numpy", "scipy", "joblib", "builtins", "collections", "copyreg", "_codecs"})
"""Packages whose names are allowed in a model file: they are installed with scikit-learn. `_loss` is how scikit-learn's
compiled losses call their module."""

if TYPE_CHECKING:
    from pickle import _Pickler
else:
    _Pickler = pickle._Pickler


def pickled(value: object, protocol: int) -> bytes:
    """What plain `pickle.load` opens. Raises TypeError if a class of another package is inside: that is a bug."""
    buffer = io.BytesIO()
    _CanonicalPickler(buffer, protocol).dump(value)
    return buffer.getvalue()


def joblib_pickled(value: object) -> bytes:
    """What `joblib.load` opens, not compressed: arrays lie in the file as they lie in memory."""
    buffer = io.BytesIO()
    _CanonicalJoblibPickler(buffer, protocol=4).dump(value)
    return buffer.getvalue()


class _CanonicalPickler(_Pickler):
    dispatch: ClassVar[dict[type, Callable[..., None]]] = dict(_Pickler.dispatch)
    _firsts: dict[tuple[type, object], object]

    def dump(self, obj: object) -> None:
        self._firsts = {}
        super().dump(obj)

    def save(self, obj: object, *options: bool, **named: bool) -> None:
        if type(obj) is str or type(obj) is bytes:
            obj = self._firsts.setdefault((type(obj), obj), obj)
        elif type(obj) is np.ndarray and has_padding(obj.dtype):
            obj = with_empty_padding(obj)
        elif isinstance(obj, np.dtype):
            obj = self._firsts.setdefault((np.dtype, (repr(obj.descr), obj.isalignedstruct, obj.itemsize)), obj)
        super().save(obj, *options, **named)

    def save_global(self, obj: object, name: str | None = None) -> None:
        if isinstance(obj, np.ufunc):
            return self._save_ufunc(obj)
        module = pickle.whichmodule(obj, name or getattr(obj, "__qualname__", ""))
        if module.split(".", 1)[0] not in ROOTS:
            raise TypeError(f"a model file holds scikit-learn and NumPy alone, not {obj!r} of {module}")
        return super().save_global(obj, name)

    def _save_ufunc(self, obj: np.ufunc) -> None:
        name = obj.__name__
        homes = [home for home in (np, scipy.special) if getattr(home, name, None) is obj]
        if not homes:
            raise TypeError(f"a model file holds scikit-learn and NumPy alone, not {obj!r}")
        if self.proto >= 4:
            self.save(homes[0].__name__)
            self.save(name)
            self.write(pickle.STACK_GLOBAL)
        else:
            self.write(pickle.GLOBAL + f"{homes[0].__name__}\n{name}\n".encode("ascii"))
        self.memoize(obj)

    def _save_sorted(self, obj: set[object] | frozenset[object]) -> None:
        self.save_reduce(type(obj), (sorted(obj, key=lambda one: (type(one).__name__, repr(one))),), obj=obj)

    def _save_buffer(self, obj: pickle.PickleBuffer) -> None:
        """An array's memory in protocol 5: always as a writable buffer, whatever its previous owner."""
        content = obj.raw().tobytes()
        header = pickle.BYTEARRAY8 + struct.pack("<Q", len(content))
        if len(content) >= self.framer._FRAME_SIZE_TARGET:
            self._write_large_bytes(header, content)
        else:
            self.write(header + content)

    dispatch[set] = _save_sorted
    dispatch[frozenset] = _save_sorted
    dispatch[FunctionType] = save_global
    dispatch[pickle.PickleBuffer] = _save_buffer


class _CanonicalJoblibPickler(_CanonicalPickler, NumpyPickler):
    def save(self, obj: object, *options: bool, **named: bool) -> None:
        if type(obj) is not np.ndarray or not obj.dtype.hasobject:
            return super().save(obj, *options, **named)
        # joblib writes an array of objects with the C pickler, which knows nothing of values.
        _Pickler.save(self, self._create_array_wrapper(obj))
        self.framer.commit_frame(force=True)
        _CanonicalPickler(self.file_handle, 5).dump(obj)
        return None
