"""Which files an order history is in, and how much memory reading them in one piece takes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as parquet

from lib.errors import UserError
from lib.partitions.storage import as_path, is_url, unsupported
from lib.tables import LIMIT_BYTES, LIMIT_CELLS, LIMIT_ROWS, read_file
from lib.tables.limits import host_memory
from lib.tables.memory import Held

ROW_BYTES = 500
"""Memory at the peak of cleaning and computing features, per order line, measured with 2 million lines."""
BASE_BYTES = 250 * 1024**2
"""What the imports take."""
PACKED = 5
"""How many times as large as its file the text in a compressed file is, roughly; order exports reach 10."""
WORKBOOK_ROW_BYTES = 40
"""Of a workbook's file, per row."""
SHARE_OF_HOST = 0.6
"""Of the memory that is free, what a command takes by default."""

_DATA = (
    ".csv", ".tsv", ".txt", ".parquet", ".pq", ".feather", ".arrow", ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm",
    ".xlsb", ".xls", ".ods", ".xml", ".sql", ".gz", ".bz2", ".xz", ".zst", ".zip",
)  # fmt: skip
_COLUMNAR = (".parquet", ".pq")


class Unpartitionable(Exception):
    """These files can only be read in one piece: `reason` is the key of the sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Source:
    """One file of an order history."""

    place: str
    name: str
    size: int
    """Bytes."""
    rows: int
    """As the file says, or estimated from its size."""
    columns: int = 0
    """As the file says; 0 where it does not."""

    @property
    def too_large(self) -> bool:
        """Whether it is beyond what is read in one piece."""
        return self.size > LIMIT_BYTES or self.rows > LIMIT_ROWS or self.rows * self.columns > LIMIT_CELLS

    def read(self) -> Held:
        """The file's bytes. Raises UserError."""
        try:
            if is_url(self.place):
                with fsspec.open(self.place, "rb") as file:
                    return file.read()
            return read_file(Path(self.place))
        except OSError as error:
            raise _unreadable(self.place, error) from error


def sources_of(places: Sequence[str]) -> tuple[Source, ...]:
    """The files of paths, folders and URLs; a folder's in the order of their names. Raises UserError."""
    found: list[Source] = []
    for place in places:
        try:
            found += _files_in(as_path(place))
        except (ImportError, ValueError) as error:
            raise unsupported(place, error) from error
        except OSError as error:
            raise _unreadable(place, error) from error
    return tuple(found)


def memory_needed(sources: Sequence[Source]) -> int:
    """Bytes at the peak of a command that reads these files in one piece."""
    return BASE_BYTES + ROW_BYTES * sum(source.rows for source in sources)


def memory_to_use() -> int:
    """Bytes that a command takes unless `--memory` says otherwise."""
    return int(SHARE_OF_HOST * min(host_memory(), _available()))


def _available() -> int:
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return host_memory()


def _unreadable(place: str, error: OSError) -> UserError:
    return UserError("cli.unreadable", file=place, why=error.strerror or type(error).__name__)


def _files_in(place: str) -> list[Source]:
    fs, path = fsspec.core.url_to_fs(place)
    if not fs.isdir(path):
        return [_source(fs, path, place)]
    names = sorted(str(one) for one in fs.find(path))
    kept = [one for one in names if _is_data(one[len(path) :])]
    if not kept:
        raise UserError("cli.empty_folder", folder=place)
    return [_source(fs, one, str(fs.unstrip_protocol(one)) if is_url(place) else one) for one in kept]


def _is_data(relative: str) -> bool:
    """Whether a file of a folder holds rows: not a hidden one, nor a marker such as `_SUCCESS`."""
    parts = relative.strip("/").split("/")
    return parts[-1].lower().endswith(_DATA) and not any(part.startswith((".", "_")) for part in parts)


def _source(fs: fsspec.AbstractFileSystem, path: str, place: str) -> Source:
    size, name = int(fs.size(path) or 0), os.path.basename(path)
    suffix = os.path.splitext(name.lower())[1]
    with fs.open(path, "rb") as file:
        if suffix in _COLUMNAR:
            try:
                about = parquet.ParquetFile(file).metadata
                return Source(place, name, size, about.num_rows, about.num_columns)
            except (pa.ArrowException, OSError, ValueError):
                return Source(place, name, size, 0)  # reading it says what is wrong
        head = file.read(1 << 20)
    if suffix in (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"):
        return Source(place, name, size, size // WORKBOOK_ROW_BYTES)
    if suffix in (".gz", ".bz2", ".xz", ".zst", ".zip"):
        return Source(place, name, size, PACKED * size // 60)
    return Source(place, name, size, int(size * max(1, head.count(b"\n")) / max(1, len(head))))
