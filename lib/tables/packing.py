"""Tables, columns and bytes in little memory: packed, they take a fraction; unpacked, they are the same again.

A text that comes many times is stored once (Arrow's dictionary encoding), and all is compressed (zstd).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

Large: TypeAlias = pd.DataFrame | pd.Series | NDArray[np.generic] | bytes
"""What can be packed."""

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
"""The dtype `str`, said in full."""
_CODEC = ("zstd", 1)
_PLAIN_KINDS = "iufbM"


class Packed:
    """A value in little memory; `unpack` gives an equal one each time."""

    def __init__(self, size: int, unpack: Callable[[], Large]) -> None:
        self.size = size
        """Bytes of memory that it takes."""
        self.unpack = unpack


def size_of(value: Large) -> int:
    """Bytes of memory that it takes as it is."""
    if isinstance(value, pd.DataFrame):
        return _size_of_frame(value)
    if isinstance(value, pd.Series):
        return int(value.memory_usage(index=False, deep=False))
    return len(value) if isinstance(value, bytes) else value.nbytes


_sizes: dict[int, tuple[weakref.ref[pd.DataFrame], int]] = {}
"""Of frames, by their id: thousands of columns, or hundreds of small files, take a second, and what visitors hold is
added up again and again."""


def _size_of_frame(frame: pd.DataFrame) -> int:
    known = _sizes.get(id(frame))
    if known is not None and known[0]() is frame:
        return known[1]
    place, size = id(frame), int(frame.memory_usage(index=False, deep=False).sum())
    _sizes[place] = (weakref.ref(frame, lambda _: _sizes.pop(place, None)), size)
    return size


def pack(value: Large) -> Packed:
    """The value packed; it is not changed. Columns of other dtypes than a table has stay as they are."""
    if isinstance(value, bytes):
        return _packed_bytes(value)
    if isinstance(value, pd.DataFrame):
        return _packed_frame(value)
    if isinstance(value, pd.Series):
        made = _packed_frame(value.to_frame("values"))
        name = value.name
        return Packed(made.size, lambda: _frame_of(made)["values"].rename(name))
    made = _packed_frame(pd.DataFrame({"values": value}, copy=False))
    return Packed(made.size, lambda: np.array(_frame_of(made)["values"]))


def _frame_of(packed: Packed) -> pd.DataFrame:
    frame = packed.unpack()
    assert isinstance(frame, pd.DataFrame)
    return frame


def _packed_bytes(data: bytes) -> Packed:
    codec = pa.Codec(*_CODEC)
    small, size = codec.compress(data), len(data)
    if small.size > 0.9 * size:  # it is compressed already, as workbooks are
        return Packed(size, lambda: data)
    return Packed(small.size, lambda: codec.decompress(small, size, asbytes=True))


def _packed_frame(frame: pd.DataFrame) -> Packed:
    stored: dict[str, pa.Array] = {}
    others: dict[int, pd.Series] = {}
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        array = _stored(column)
        if array is None:
            others[place] = column
        else:
            stored[str(place)] = array
    table = pa.table(stored)
    del stored
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec(*_CODEC))
    with pa.ipc.new_stream(sink, table.schema, options=options) as stream:
        stream.write_table(table)
    data = sink.getvalue()
    dtypes, names, index = list(frame.dtypes), frame.columns, frame.index

    def unpack() -> pd.DataFrame:
        read = pa.ipc.open_stream(data).read_all()
        columns = {
            place: others[place] if place in others else _restored(read[str(place)].combine_chunks(), dtype)
            for place, dtype in enumerate(dtypes)
        }
        made = pd.DataFrame(columns, index=index, columns=pd.RangeIndex(len(dtypes)), copy=False)
        return made.set_axis(names, axis=1)

    return Packed(data.size + sum(size_of(column) for column in others.values()), unpack)


def _stored(column: pd.Series) -> pa.Array | None:
    """A column as Arrow compresses it well; None where the column has another dtype than tables have."""
    dtype = column.dtype
    if dtype == TEXT:
        words = pa.array(column, from_pandas=True)
        encoded = words.dictionary_encode()
        return encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    if isinstance(dtype, pd.CategoricalDtype):
        return pa.array(column.cat.codes.to_numpy())
    if isinstance(dtype, np.dtype) and dtype.kind in _PLAIN_KINDS:
        values = column.to_numpy()
        return pa.array(values.view(np.int64) if dtype.kind == "M" else values)
    return None


def _restored(array: pa.Array, dtype: object) -> object:
    if dtype == TEXT:
        return TEXT.__from_arrow__(array.dictionary_decode())
    values = array.to_numpy(zero_copy_only=False).copy()  # Arrow's own memory can't be written to
    if isinstance(dtype, pd.CategoricalDtype):
        return pd.Categorical.from_codes(values, dtype=dtype)
    return values.view(dtype) if isinstance(dtype, np.dtype) and dtype.kind == "M" else values
