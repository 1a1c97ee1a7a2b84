"""Ditto marks: cells that say the same as the cell above, as people write them by hand."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_SIGNS = ('"', "''", "″", "〃", "“", "”", "„", ",,", '-"-', "-''-", '- " -', "-″-", "–”–", "—”—")
_WORDS = ("ditto", "dito", "idem", "as above", "wie oben", "como arriba", "comme ci-dessus", "come sopra", "zie boven")
_SHORT = ("do.", "dto.", "id.", "ebd.", "s.o.", "w.o.")
"""Short forms that mean something else, too (`Do.` is a weekday): they count where several stand in one row."""
_LEAST_IN_ROW = 2


def _as_written(*texts: str) -> pa.Array:
    return pa.array([form for text in texts for form in dict.fromkeys((text, text.capitalize(), text.upper()))])


_MARKS, _SHORT_MARKS = _as_written(*_SIGNS, *_WORDS), _as_written(*_SHORT)

Flags = np.typing.NDArray[np.bool_]


def with_cells_above(columns: Mapping[str, pa.ChunkedArray]) -> tuple[Mapping[str, pa.ChunkedArray], int]:
    """The columns with the nearest cell above that is no mark in place of each ditto mark, and how many there were.

    The first row says something itself: a column that begins with a mark stays as it is.
    """
    texts = {name: values for name, values in columns.items() if _is_text(values.type)}
    marks = {name: _are_in(values, _MARKS) for name, values in texts.items()}
    short = {name: _are_in(values, _SHORT_MARKS) for name, values in texts.items()}
    in_row = sum((flags.astype(np.int64) for flags in short.values()), start=np.zeros(1, dtype=np.int64))
    made = dict(columns)
    count = 0
    for name, values in texts.items():
        same = marks[name] | (short[name] & (in_row >= _LEAST_IN_ROW))
        if not same.any() or same[0]:
            continue
        above = np.maximum.accumulate(np.where(same, 0, np.arange(len(same))))
        made[name] = values.take(pa.array(above))
        count += int(same.sum())
    return made, count


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _are_in(values: pa.ChunkedArray, marks: pa.Array) -> Flags:
    found = pc.is_in(values, value_set=marks.cast(values.type))
    if not pc.any(pc.fill_null(found, False)).as_py():
        return np.zeros(len(values), dtype=bool)
    return np.asarray(pc.fill_null(found, False)).astype(bool)
