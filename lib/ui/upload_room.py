"""Uploads are taken only while the server has room for them.

Streamlit limits the size of one file, not how many of them lie in the server's memory: whoever has a session can send
any number, under addresses that were given to nobody, without a page ever using them. Here a file's bytes are read into
memory one file at a time, and only while the server uses less than its share of the host's memory. Files that are still
arriving lie on disk; together they have a limit, and several at once share a speed, so that the event loop has time for
others. What is not taken is answered with 503.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from weakref import WeakSet

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from lib.logs import event
from lib.tables.limits import host_memory

SHARE_OF_HOST = 0.5
"""Of the host's memory, for the server's own process; the rest is for those that decode, open and train."""
MOST_ARRIVING_BYTES = 2**30
"""Of all files that are still arriving."""
ARRIVING_BYTES_PER_SECOND = 100 * 2**20
"""Of several files that arrive at once; one alone arrives as fast as it can."""
_FREE_EVERY_SECONDS = 20.0

_logger = logging.getLogger(__name__)


class Room:
    """`used` says how many bytes the server uses now; `free` gives back what is no longer needed."""

    def __init__(self, most: int, used: Callable[[], int], free: Callable[[], None]) -> None:
        self._most, self._used, self._free = most, used, free
        self._one_at_a_time = asyncio.Lock()
        self._pace = asyncio.Lock()
        self._arriving: WeakSet[UploadFile] = WeakSet()
        self._freed = float("-inf")

    async def arrive(self, file: UploadFile, more: int) -> None:
        """More bytes of this file have come. Raises HTTPException where all that are arriving have too many."""
        self._arriving.add(file)
        sizes = [one.size or 0 for one in self._arriving if not one.file.closed]
        if sum(sizes) + more > MOST_ARRIVING_BYTES:
            raise self._refusal(more)
        if len(sizes) > 1:
            async with self._pace:
                await asyncio.sleep(more / ARRIVING_BYTES_PER_SECOND)

    async def read(self, file: UploadFile, read: Callable[[], Awaitable[bytes]]) -> bytes:
        """`read()`, alone and if there is room for what it reads. Raises HTTPException.

        Whoever called it keeps the bytes before the next file's turn begins, so they are counted by then.
        """
        size = file.size or 0
        async with self._one_at_a_time:
            if not self._fits(size) and time.monotonic() - self._freed > _FREE_EVERY_SECONDS:
                self._freed = time.monotonic()
                await asyncio.to_thread(self._free)
            if not self._fits(size):
                raise self._refusal(size)
            return await read()

    def _fits(self, size: int) -> bool:
        return self._used() + size <= self._most

    def _refusal(self, size: int) -> HTTPException:
        event(_logger, "upload_refused", bytes=size, used=self._used())
        return HTTPException(503, "The server has no room for this file now. Try again in a few minutes.")


def install(free: Callable[[], None]) -> None:
    """From here on, every upload of this process asks for room."""
    room = Room(int(SHARE_OF_HOST * host_memory()), resident_bytes, free)
    read, write = UploadFile.read, UploadFile.write

    async def read_with_room(file: UploadFile, size: int = -1) -> bytes:
        return await room.read(file, lambda: read(file, size))

    async def write_with_room(file: UploadFile, data: bytes) -> None:
        await room.arrive(file, len(data))
        await write(file, data)

    # Streamlit has no setting and no hook for this; tests/ui/test_upload_room.py fails when its route reads otherwise.
    UploadFile.read = read_with_room  # type: ignore[method-assign, assignment]
    UploadFile.write = write_with_room  # type: ignore[method-assign, assignment]


def resident_bytes() -> int:
    """Memory of this process that is in use; 0 where the system doesn't tell (not on Linux)."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
