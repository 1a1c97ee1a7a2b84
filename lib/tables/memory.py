"""Room for large texts that costs the operating system little to hand out.

A text of fifty megabytes that grows in pieces, or lies in many small pages, costs a third of what reading it costs.
"""

import mmap
from pathlib import Path

Held = bytes | mmap.mmap
"""Bytes, wherever they lie: both can be sliced, searched and read without a copy."""

LARGE = 4 * 1024**2
"""Bytes from which on it pays."""


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
    if size < LARGE:
        return path.read_bytes()
    made = room(size)
    with path.open("rb", buffering=0) as file:
        at = 0
        while at < size and (got := file.readinto(memoryview(made)[at:])):
            at += got
    return made if at == size else made[:at]
