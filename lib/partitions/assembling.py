"""Sorted pieces, one per partition → one table in order, or a folder of files; never all of it in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from lib.errors import UserError
from lib.exports import to_plain_csv
from lib.partitions.storage import make_folder, mapped_table, to_pandas
from lib.schema import CUSTOMER_ID

Places = NDArray[np.int64]

ROWS_AT_ONCE = 1_048_576
"""Rows of a chunk at most: as many as a row group of Parquet has, so that files in chunks have the same bytes."""
CELLS_AT_ONCE = 64 * 1024**2
"""Cells of a chunk at most."""


@dataclass(frozen=True)
class Pieces:
    """Files with the same columns, each sorted by customer; no customer is in two of them."""

    places: tuple[str, ...]

    def order(self) -> Places:
        """For the pieces' rows, one piece below the other, their places in the sorted whole."""
        order = self._sorted()
        found = np.empty(len(order), dtype=np.int64)
        found[order] = np.arange(len(order))
        return found

    def _sorted(self) -> Places:
        names = [mapped_table(place).column(CUSTOMER_ID) for place in self.places]
        chunks = [pc.cast(chunk, pa.large_string()) for each in names for chunk in each.chunks]
        if not chunks:
            return np.array([], dtype=np.int64)
        # By code points, as Python sorts texts: what Arrow compares, UTF-8, is in the same order.
        return pc.sort_indices(pa.chunked_array(chunks)).to_numpy().astype(np.int64)

    def whole(self) -> pd.DataFrame:
        """All rows at once."""
        return pd.concat([to_pandas(chunk) for chunk in self.chunks()], ignore_index=True)

    def chunks(self) -> Iterator[pa.Table]:
        """The rows of all pieces in order of their customers, some at a time; at least one chunk."""
        tables = [mapped_table(place) for place in self.places]
        starts = np.cumsum([0, *(len(table) for table in tables)])
        order = self._sorted()
        columns = max(1, tables[0].num_columns)
        step = max(1, min(ROWS_AT_ONCE, CELLS_AT_ONCE // columns))
        for begin in range(0, max(1, len(order)), step):
            yield _rows(tables, starts, order[begin : begin + step])


def _rows(tables: list[pa.Table], starts: Places, rows: Places) -> pa.Table:
    """Some rows of several tables: of each a stretch, for they are sorted too."""
    piece = np.searchsorted(starts, rows, side="right") - 1
    places = rows - starts[piece]
    found: list[pa.Table] = []
    at = np.empty(len(rows), dtype=np.int64)
    total = 0
    for number in np.unique(piece):
        mine = piece == number
        low, high = int(places[mine].min()), int(places[mine].max())
        found.append(tables[number].slice(low, high - low + 1))
        at[mine] = places[mine] - low + total
        total += high - low + 1
    if not found:
        return tables[0].slice(0, 0)
    return pa.concat_tables(found).take(pa.array(at))


def write_csv(pieces: Pieces, path: Path) -> int:
    """As `lib.exports.to_plain_csv` of the whole; returns the number of rows. Raises UserError."""
    rows = 0
    with _replaced(path) as temporary, temporary.open("wb") as file:
        for chunk in pieces.chunks():
            data = to_plain_csv(to_pandas(chunk))
            file.write(data[data.index(b"\n") + 1 :] if rows else data)
            rows += len(chunk)
    return rows


def write_parquet(pieces: Pieces, path: Path) -> int:
    """As `lib.exports.to_parquet` of the whole; returns the number of rows. Raises UserError."""
    rows = 0
    writer: parquet.ParquetWriter | None = None
    with _replaced(path) as temporary:
        try:
            for chunk in pieces.chunks():
                table = pa.Table.from_pandas(to_pandas(chunk), preserve_index=False)
                writer = writer or parquet.ParquetWriter(temporary, table.schema, compression="snappy")
                writer.write_table(table)
                rows += len(chunk)
        finally:
            if writer is not None:
                writer.close()
    return rows


def write_folder(pieces: Pieces, path: Path) -> int:
    """One Parquet file for each chunk, in order; returns the number of rows. Raises UserError."""
    rows = 0
    make_folder(str(path))
    for number, chunk in enumerate(pieces.chunks()):
        with _replaced(path / f"part-{number:05}.parquet") as temporary:
            to_pandas(chunk).to_parquet(temporary, index=False)
        rows += len(chunk)
    return rows


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise UserError("cli.unwritable", file=str(path), why=error.strerror or type(error).__name__) from error
    finally:
        temporary.unlink(missing_ok=True)
