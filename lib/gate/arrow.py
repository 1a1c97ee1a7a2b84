"""Tables to a worker and answers back, as Arrow IPC streams: the one thing that crosses besides JSON.

Numbers keep their bits: NaN stays NaN, and no column is searched for missing values on the way.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.gate.rejection import Rejection

if TYPE_CHECKING:
    from scipy.sparse import spmatrix

MAX_ANSWER = 512 * 2**20
"""Bytes of the answers to one table that the server takes from a worker, whatever the number of chunks."""

MAX_COLUMNS = 2_000
"""Maximum number of columns of an answer; a table of a million columns takes gigabytes."""

MAX_CELLS = 50_000_000
"""Of one chunk's answer, where it comes as a sparse table and would be written out in full."""

_PLAIN = "biuf"
"""NumPy's kinds that go without a look at the values: bool, integers, floats."""
_NAMES = b"brine.names"
_SPECIAL = b"brine.special"
_BY_ROWS = b"brine.by_rows"
_SHAPE = b"brine.shape"
_DTYPE = b"brine.dtype"

Answer: TypeAlias = np.ndarray | pd.DataFrame


def pack_frame(frame: pd.DataFrame, start: int, stop: int, columns: Sequence[str] = ()) -> pa.Table:
    """Rows `start` to `stop` of a table, of these columns in this order (all of them when none is named)."""
    wanted = list(columns) or list(frame.columns)
    arrays: list[pa.Array] = []
    special: dict[str, pd.Series] = {}
    for position, name in enumerate(wanted):
        series = frame[name] if columns else frame.iloc[:, position]
        series = series.iloc[start:stop]
        if isinstance(series.dtype, np.dtype) and series.dtype.kind in _PLAIN:
            arrays.append(pa.array(series.to_numpy(), from_pandas=False))
        else:
            special[str(position)] = series
            arrays.append(pa.nulls(stop - start))
    metadata: dict[bytes, bytes] = {}
    if special:
        rest = _special(special, wanted)
        metadata = dict(rest.schema.metadata or {})
        for place in special:
            arrays[int(place)] = rest.column(place).combine_chunks()
    metadata[_NAMES] = json.dumps([str(name) for name in wanted]).encode()
    metadata[_SPECIAL] = json.dumps(list(special)).encode()
    metadata[_BY_ROWS] = b"1" if not special and _by_rows(frame) else b""
    table = pa.table(arrays, names=[str(position) for position in range(len(wanted))])
    return table.replace_schema_metadata(metadata)


def _by_rows(frame: pd.DataFrame) -> bool:
    """Whether the table lies in memory row by row, like an array that it was made from. Sums end in other last bits."""
    first = frame.iloc[:, 0].to_numpy()
    return len(frame.columns) > 1 and len(first) > 1 and first.strides[0] != first.itemsize


def _special(columns: dict[str, pd.Series], wanted: Sequence[str]) -> pa.Table:
    """Text, categories, dates, nullable numbers: with the metadata by which Arrow gives them back as they were."""
    try:
        return pa.Table.from_pandas(pd.DataFrame(columns), preserve_index=False)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        for place, series in columns.items():
            try:
                pa.array(series, from_pandas=True)
            except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
                raise Rejection("mixed_column", str(error)[:300], column=str(wanted[int(place)])) from error
        raise


def stream(table: pa.Table) -> pa.Buffer:
    """A table as an IPC stream, in memory of its own."""
    sink = pa.BufferOutputStream()
    _write(table, sink)
    return sink.getvalue()


def stream_into(table: pa.Table, slot: memoryview) -> int:
    """A table as an IPC stream at the start of shared memory; its length, or 0 where it does not fit."""
    if table.nbytes + 65_536 > len(slot):
        return 0
    sink = pa.FixedSizeBufferWriter(pa.py_buffer(slot))
    try:
        _write(table, sink)
        return int(sink.tell())
    except pa.ArrowException:
        return 0


def _write(table: pa.Table, sink: pa.NativeFile) -> None:
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)


def unpack_frame(buffer: bytes | bytearray | memoryview) -> pd.DataFrame:
    """The table of a stream. Its numbers lie where they lay: the buffer must outlive it and may be written on."""
    table = pa.ipc.open_stream(pa.py_buffer(buffer)).read_all().combine_chunks()
    metadata = dict(table.schema.metadata or {})
    names = json.loads(metadata.pop(_NAMES))
    special = json.loads(metadata.pop(_SPECIAL))
    whole = np.frombuffer(buffer, np.uint8)
    numbers = {place: _in_place(table.column(place), whole) for place in table.column_names if place not in special}
    if special:
        rest = table.select(special).replace_schema_metadata(metadata).to_pandas()
        columns = {place: numbers.get(place, rest.get(place)) for place in table.column_names}
        frame = pd.DataFrame(columns, copy=False)
    else:
        block = _one_block(list(numbers.values()), whole, table.num_rows).T
        frame = pd.DataFrame(np.ascontiguousarray(block) if metadata.get(_BY_ROWS) else block, copy=False)
    frame.columns = pd.Index(names, dtype="str")
    return frame


def _in_place(column: pa.ChunkedArray, whole: np.ndarray) -> np.ndarray:
    """A column's numbers as NumPy sees them in the buffer; Arrow keeps bools as bits, so they are copied."""
    if column.num_chunks != 1 or pa.types.is_boolean(column.type):
        return np.asarray(column.combine_chunks().to_numpy(zero_copy_only=False))
    chunk = column.chunk(0)
    dtype = np.dtype(column.type.to_pandas_dtype())
    start = chunk.buffers()[1].address - whole.ctypes.data + chunk.offset * dtype.itemsize
    if not 0 <= start <= len(whole) - len(chunk) * dtype.itemsize:  # Arrow had to move it
        return np.array(chunk.to_numpy(zero_copy_only=False))
    return whole[start : start + len(chunk) * dtype.itemsize].view(dtype)


def _one_block(columns: list[np.ndarray], whole: np.ndarray, rows: int) -> np.ndarray:
    """Columns as the rows of one array, as pandas itself lays them: models then need no copy.

    Arrow writes columns one behind the other, padded to eight bytes: mostly they are that array already.
    """
    if len({column.dtype for column in columns}) != 1:
        return np.array(columns, dtype=np.result_type(*columns)) if columns else np.empty((0, rows))
    starts = np.array([column.ctypes.data for column in columns])
    steps = set(np.diff(starts).tolist())
    if columns[0].base is None or columns[0].dtype == bool or len(steps) > 1 or min(steps, default=1) <= 0:
        return np.array(columns)
    step = steps.pop() if steps else columns[0].nbytes
    if step * len(columns) > len(whole) - (int(starts[0]) - whole.ctypes.data):
        return np.array(columns)
    return np.lib.stride_tricks.as_strided(columns[0], (len(columns), rows), (step, columns[0].itemsize))


def pack_answer(answer: object) -> pa.Buffer:
    """What a model returned: one value a row, one row of numbers a row, or a table."""
    sparse_matrices = sys.modules.get("scipy.sparse")  # where nothing imported it, no answer is one
    if sparse_matrices is not None and sparse_matrices.issparse(answer):
        answer = _dense(answer)
    if isinstance(answer, list):
        answer = _side_by_side(answer)
    if isinstance(answer, pd.Series):
        answer = answer.to_numpy()
    _not_too_wide(answer)
    if isinstance(answer, pd.DataFrame):
        sparse = [name for name in answer.columns if isinstance(answer[name].dtype, pd.SparseDtype)]
        dense = answer.astype({name: answer[name].dtype.subtype for name in sparse}) if sparse else answer
        return stream(pack_frame(dense.rename(columns=str), 0, len(dense)))
    if not isinstance(answer, np.ndarray):
        raise Rejection("strange_answer", f"the model returned {type(answer).__name__}")
    if answer.ndim not in (1, 2) or answer.dtype.kind not in "biufOUSMm":
        raise Rejection("strange_answer", f"the model returned an array {answer.shape} of {answer.dtype}")
    flat = _column(answer.reshape(-1))
    shape = ",".join(str(length) for length in answer.shape)
    return stream(pa.table({"0": flat}).replace_schema_metadata({_SHAPE: shape, _DTYPE: answer.dtype.str}))


def _not_too_wide(answer: object) -> None:
    shape: tuple[int, ...] = getattr(answer, "shape", ())
    if len(shape) == 2 and shape[1] > MAX_COLUMNS:
        raise Rejection("too_wide", f"an answer of {shape[0]} × {shape[1]}", columns=int(shape[1]), limit=MAX_COLUMNS)


_TYPES = (
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_timestamp,
    pa.types.is_date,
    pa.types.is_duration,
    pa.types.is_null,
)
"""What a column of an answer may be, or the words of a dictionary: nothing nested, and nothing that calls back."""


def _only_plain(schema: pa.Schema) -> None:
    if len(schema) > MAX_COLUMNS:
        raise Rejection("too_wide", f"{len(schema)} columns", columns=len(schema), limit=MAX_COLUMNS)
    for field in schema:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if isinstance(kind, pa.BaseExtensionType) or not any(test(kind) for test in _TYPES):
            raise Rejection("strange_answer", f"a column of {str(field.type)[:80]}")


def _column(values: np.ndarray) -> pa.Array:
    """Values as Arrow has them; words that come again and again are sent once, with a number for each place."""
    if values.dtype.kind == "U" and (numbered := _numbered(values)) is not None:
        return numbered
    flat = pa.array(values.astype(object) if values.dtype.kind in "US" else values, from_pandas=False)
    if pa.types.is_string(flat.type) and not flat.null_count:
        numbered = flat.dictionary_encode()
        return numbered if len(numbered.dictionary) * 4 <= len(flat) else flat
    return flat


_WORD = 64
"""Up to this many characters, strings are compared by a checksum over them."""


def _numbered(words: np.ndarray) -> pa.DictionaryArray | None:
    """Words of equal width without a Python object for each; None where that does not pay or two look alike."""
    width = words.dtype.itemsize // 4
    if not 0 < width <= _WORD or not len(words) or not words.dtype.isnative:
        return None
    letters = np.ascontiguousarray(words).view("uint32").reshape(len(words), width)
    mixed = np.zeros(len(words), dtype="uint64")
    for place in range(width):
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed += letters[:, place]
    codes, sums = pd.factorize(mixed)
    if len(sums) * 4 > len(words):
        return None
    first = np.zeros(len(sums), dtype="int64")
    first[codes[::-1]] = np.arange(len(words))[::-1]
    distinct = words[first]
    if not (distinct[codes] == words).all():
        return None
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype("int32")), pa.array(distinct.astype(object)))


def _values(column: pa.Array, dtype: np.dtype[np.generic]) -> np.ndarray:
    if column.nbytes + len(column) * dtype.itemsize > MAX_ANSWER or dtype.kind not in "biufOUSMm":
        raise Rejection("strange_answer", f"{len(column)} values of {dtype}")
    if not pa.types.is_dictionary(column.type):
        return column.to_numpy(zero_copy_only=False).astype(dtype, copy=False)
    if column.null_count or column.dictionary.null_count:
        raise Rejection("strange_answer", "words without a word")
    words = column.dictionary.to_numpy(zero_copy_only=False).astype(dtype, copy=False)
    return words[column.indices.to_numpy()]


def _dense(answer: spmatrix) -> np.ndarray:
    rows, columns = answer.shape
    if rows * columns > MAX_CELLS or columns > MAX_COLUMNS:
        raise Rejection("too_wide", f"a sparse answer of {rows} × {columns}", columns=int(columns), limit=MAX_COLUMNS)
    return answer.toarray()


def _side_by_side(answers: Sequence[object]) -> object:
    """A list of words is a column; a list of tables, one an output, becomes one wide table."""
    if answers and all(isinstance(one, np.ndarray) and one.ndim == 2 for one in answers):
        width = sum(one.shape[1] for one in answers)  # type: ignore[attr-defined]
        if width > MAX_COLUMNS:
            raise Rejection("too_wide", f"{len(answers)} outputs", columns=width, limit=MAX_COLUMNS)
        return np.hstack(answers)  # type: ignore[arg-type]
    return np.asarray(answers, dtype=object) if answers and isinstance(answers[0], str) else np.asarray(answers)


def back_to_back(parts: Sequence[pa.Buffer]) -> Iterator[memoryview]:
    """Several streams for one body, each beginning at a multiple of 64 bytes."""
    for part in parts:
        yield memoryview(part)
        yield memoryview(bytes(-part.size % 64))


def parted(body: bytearray, lengths: object, count: int) -> list[memoryview]:
    """The streams that `back_to_back` laid down; the lengths come from a worker."""
    sizes = [one for one in lengths if isinstance(one, int) and one > 0] if isinstance(lengths, list) else []
    ends = list(accumulate(one + -one % 64 for one in sizes))
    if len(sizes) != count or not ends or ends[-1] != len(body):
        raise Rejection("strange_answer", f"{len(sizes)} answers for {count} methods")
    return [memoryview(body)[end - -(-one // 64) * 64 :][:one] for one, end in zip(sizes, ends, strict=True)]


_UNREADABLE = (
    pa.ArrowException,
    OSError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    MemoryError,
    RecursionError,
    NotImplementedError,
    struct.error,
)
"""What comes of reading forged bytes."""


def unpack_answer(buffer: bytes | bytearray | memoryview, budget: int = MAX_ANSWER) -> Answer:
    """The answer that `pack_answer` packed. The stream comes from a worker, so it is checked to the last offset.

    It is read message by message: packed buffers are refused before they are unpacked, and what the columns would take
    written out is counted before anything is. `budget` is in bytes. Raises Rejection.
    """
    try:
        _no_packed_buffers(buffer)
        table = _within(pa.ipc.open_stream(pa.py_buffer(buffer)), budget)
        table.validate(full=True)
        metadata = table.schema.metadata or {}
        if _SHAPE not in metadata:
            return unpack_frame(buffer)
        if len(table.column_names) != 1:
            raise Rejection("strange_answer", f"{len(table.column_names)} columns of values")
        values = _values(table.column(0).combine_chunks(), np.dtype(metadata[_DTYPE].decode("ascii")))
        return values.reshape([int(length) for length in metadata[_SHAPE].split(b",")])
    except _UNREADABLE as error:
        raise Rejection("strange_answer", f"the worker's table cannot be read: {error}"[:300]) from error


def _no_packed_buffers(buffer: bytes | bytearray | memoryview) -> None:
    """Raise Rejection where a batch says that its buffers are compressed: a few bytes would unpack to gigabytes."""
    reader = pa.ipc.MessageReader.open_stream(pa.py_buffer(buffer))
    while True:
        try:
            message = reader.read_next_message()
        except StopIteration:
            return
        if message.type not in ("record batch", "dictionary", "schema"):
            raise Rejection("strange_answer", f"a message of the kind {message.type}")
        if message.type != "schema":
            header = _Flat.root(memoryview(message.metadata)).table(_MESSAGE_HEADER)
            batch = header.table(_DICTIONARY_DATA) if message.type == "dictionary" else header
            if batch.offset_of(_BATCH_COMPRESSION):
                raise Rejection("strange_answer", "a batch with packed buffers")


_MESSAGE_HEADER, _DICTIONARY_DATA, _BATCH_COMPRESSION = 2, 1, 3
"""Places of fields in Message, DictionaryBatch and RecordBatch; source: format/Message.fbs of Apache Arrow."""


class _Flat:
    """One table of a FlatBuffer, as far as it is needed to see which fields are there."""

    def __init__(self, data: memoryview, at: int) -> None:
        self._data = data
        self._at = at

    @classmethod
    def root(cls, data: memoryview) -> _Flat:
        return cls(data, int(struct.unpack_from("<I", data, 0)[0]))

    def offset_of(self, field: int) -> int:
        """Where a field lies, from the table's start; 0 where it is absent."""
        vtable = self._at - int(struct.unpack_from("<i", self._data, self._at)[0])
        size = int(struct.unpack_from("<H", self._data, vtable)[0])
        place = 4 + 2 * field
        return int(struct.unpack_from("<H", self._data, vtable + place)[0]) if place + 2 <= size else 0

    def table(self, field: int) -> _Flat:
        at = self._at + self.offset_of(field)
        return _Flat(self._data, at + int(struct.unpack_from("<I", self._data, at)[0]))


def _width(kind: pa.DataType) -> int:
    """Bytes that one value takes at least, once it is in NumPy: a text is an object of its own."""
    return 64 if pa.types.is_string(kind) or pa.types.is_large_string(kind) else 8


def _within(reader: pa.ipc.RecordBatchStreamReader, budget: int) -> pa.Table:
    """All batches, as long as their columns, written out one by one, stay within the budget."""
    _only_plain(reader.schema)
    batches: list[pa.RecordBatch] = []
    size = 0
    for batch in reader:
        size += sum(max(column.nbytes, _width(column.type) * len(column)) for column in batch.columns)
        if size > budget:
            raise Rejection("strange_answer", f"more than {budget} bytes")
        batches.append(batch)
    return pa.Table.from_batches(batches, reader.schema)
