"""Arrow files that are there whole or not at all, in a folder or at any fsspec URL."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import fsspec
import pandas as pd
import pyarrow as pa

from lib.errors import UserError
from lib.leftovers import clear_workspace

_PLAIN = pa.ipc.IpcWriteOptions()
_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


def is_url(place: str) -> bool:
    """Whether it is an fsspec URL and not a path of this machine."""
    return "://" in place and not place.startswith("file://")


def unsupported(place: str, error: ImportError | ValueError) -> UserError:
    """A kind of URL that fsspec doesn't know, or for which a package is missing: it says which."""
    return UserError("cli.unreadable", file=place, why=str(error))


def as_path(place: str) -> str:
    """The path of a `file://` URL; anything else as it is."""
    return str(fsspec.core.url_to_fs(place)[1]) if place.startswith("file://") else place


def join(folder: str, name: str) -> str:
    """A file in a folder."""
    return f"{folder.rstrip('/')}/{name}"


def write_bytes(place: str, data: bytes) -> None:
    """Write a file under a temporary name, then rename it. Raises UserError where that fails."""
    with _replaced(place) as temporary, fsspec.open(temporary, "wb") as file:
        file.write(data)


def write_batches(
    place: str, table: pa.Table, starts: Sequence[int], *, options: pa.ipc.IpcWriteOptions = _OPTIONS
) -> None:
    """Write the rows of a table as one record batch per partition; partition n has the rows from `starts[n]` on."""
    table = table.combine_chunks()
    with (
        _replaced(place) as temporary,
        fsspec.open(temporary, "wb") as file,
        pa.ipc.new_file(file, table.schema, options=options) as writer,
    ):
        for begin, end in zip(starts, [*starts[1:], len(table)], strict=True):
            batches = table.slice(begin, end - begin).combine_chunks().to_batches()
            writer.write_batch(batches[0] if batches else _empty(table.schema))


def write_table(place: str, table: pa.Table) -> None:
    """Write a table as one record batch, for `read_table` or `mapped_table`."""
    write_batches(place, table, [0], options=_PLAIN)


def read_batch(place: str, number: int) -> pa.Table:
    """The rows of one partition."""
    with fsspec.open(place, "rb") as file:
        return pa.Table.from_batches([pa.ipc.open_file(file).get_batch(number)])


def read_table(place: str) -> pa.Table:
    """All rows of a file."""
    with fsspec.open(place, "rb") as file:
        return pa.ipc.open_file(file).read_all()


def mapped_table(place: str) -> pa.Table:
    """All rows of a file; of one on this machine, only what is looked at is read."""
    if is_url(place):
        return read_table(place)
    return pa.ipc.open_file(pa.memory_map(place.removeprefix("file://"))).read_all()


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """The columns of a table; its index is left out."""
    return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """The table that `to_arrow` was given."""
    frame = table.to_pandas()
    texts = [
        field.name for field in table.schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
    ]
    return frame.astype(dict.fromkeys(texts, "str"))


def make_folder(place: str) -> None:
    """Make a folder where there is none. Raises UserError."""
    try:
        fs, path = fsspec.core.url_to_fs(place)
        fs.makedirs(path, exist_ok=True)
    except (ImportError, ValueError) as error:
        raise unsupported(place, error) from error
    except OSError as error:
        raise UserError("cli.unwritable", file=place, why=error.strerror or type(error).__name__) from error


def clear_killed(place: str) -> None:
    """Remove what commands of this machine left in a folder when they were killed; in one behind a URL, nothing."""
    if not is_url(place):
        clear_workspace(Path(place.removeprefix("file://")))


def remove_folder(place: str) -> None:
    """Remove a folder of ours with what is in it; one that is gone already is none to remove."""
    if not is_url(place):
        shutil.rmtree(place, ignore_errors=True)
        return
    fs, path = fsspec.core.url_to_fs(place)
    with contextlib.suppress(FileNotFoundError):
        fs.rm(path, recursive=True)


@contextlib.contextmanager
def _replaced(place: str) -> Iterator[str]:
    temporary = f"{place}.{uuid.uuid4().hex}.part"
    try:
        yield temporary
        if is_url(place):
            fs, path = fsspec.core.url_to_fs(place)
            fs.mv(fsspec.core.url_to_fs(temporary)[1], path)
        else:
            os.replace(temporary, place)
    except OSError as error:
        raise UserError("cli.unwritable", file=place, why=error.strerror or type(error).__name__) from error
    finally:
        if not is_url(place):
            Path(temporary).unlink(missing_ok=True)


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
