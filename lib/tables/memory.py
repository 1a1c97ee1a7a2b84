"""Memory for large texts that is cheap for the operating system to allocate.

For a text of fifty megabytes, growing in pieces or many small pages would cost a third of the time of reading it.
"""

import errno
import mmap
import os
from pathlib import Path

import numpy as np

from lib.tables.limits import LIMIT_BYTES

Held = bytes | mmap.mmap
"""Bytes, wherever they lie: both can be sliced, searched and read without a copy."""

_PIECE = 31 * 1024**2
LARGE = 4 * 1024**2
"""Bytes from which on it pays."""


def keep_freed() -> None:
    """Lets C's memory keep up to twice this much of what was freed, where it would give back every large piece.

    Columns of a large table come and go by the dozen. glibc raises its limits after the first large piece that is
    freed; this one is never written to, so it costs nothing.
    """
    del_me = np.empty(_PIECE, dtype=np.uint8)
    del del_me


def room(size: int) -> mmap.mmap:
    """That many bytes of zero, in large pages where the system has them."""
    made = mmap.mmap(-1, size)
    if hasattr(mmap, "MADV_HUGEPAGE"):  # Linux
        made.close()
        made = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        made.madvise(mmap.MADV_HUGEPAGE)
    return made


def read_file(path: Path) -> Held:
    """A file's bytes. Raises OSError."""
    size = path.stat().st_size
    if not path.is_file():  # a pipe has no size, and a device may never end
        with path.open("rb") as pipe:
            data = pipe.read(LIMIT_BYTES + 1)
        if len(data) > LIMIT_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return data
    if size < LARGE:
        return path.read_bytes()
    made = room(size)
    with path.open("rb", buffering=0) as file:
        at = 0
        while at < size and (got := file.readinto(memoryview(made)[at:])):
            at += got
    return made if at == size else made[:at]
