"""Uploads are taken only while the server has room for them.

Streamlit limits the size of one file, not how many of them lie in the server's memory: whoever has a session can send
any number, under addresses that were given to nobody, without a page ever using them. Here a file's bytes are read into
memory one file at a time, and only while the server uses less than its share of the host's memory. Files that are still
arriving lie on disk; together they have a limit, and several at once share a speed, so that the event loop has time for
others. What is not taken is answered with 503, or with 507 where the visitor's own files are what takes the room;
`words.js` says that in a sentence beside the file.

A visitor who sends files and never uses them keeps nobody else's out: one visitor's files have a share of the room, and
where there is none left, files that no page has used are dropped, those of closed tabs at once. A page whose file was
dropped says so (`dropped_of`).
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakSet

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from lib.logs import event
from lib.tables import prepare
from lib.tables.limits import host_memory
from lib.ui.parked import Part

SHARE_OF_HOST = 0.5
"""Of the host's memory, for the server's own process; the rest is for those that decode, open and train."""
MOST_ARRIVING_BYTES = 2**30
"""Of all files that are still arriving."""
ARRIVING_BYTES_PER_SECOND = 100 * 2**20
"""Of several files that arrive at once; one alone arrives as fast as it can."""
SHARE_OF_ROOM = 0.5
"""Of what the server's own process may use, for all files of one visitor."""
UNUSED_SECONDS = 120.0
"""How long a file that no page has used is kept for a visitor who is still there, where others need the room: the
files of one upload wait until the last of them has arrived."""
_FREE_EVERY_SECONDS = 20.0

_logger = logging.getLogger(__name__)


Storage = Mapping[str, Mapping[str, UploadedFileRec]]
"""Visitor → address of a file → the file, as Streamlit keeps them."""


class Unused:
    """Which of the files that Streamlit keeps no page has used yet, and whose were dropped for others."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._arrived: dict[tuple[str, str], float] = {}
        self._dropped: Counter[str] = Counter()

    def arrived(self, visitor: str, file: str) -> None:
        """A file has come that no page has used."""
        with self._lock:
            self._arrived[visitor, file] = self._clock()

    def use(self, visitor: str, files: Sequence[str]) -> None:
        """A page asks for these files."""
        with self._lock:
            for file in files:
                self._arrived.pop((visitor, file), None)

    def to_drop(self, storage: Storage, here: Callable[[str], bool]) -> list[tuple[str, str]]:
        """Files that others may have the room of, as visitor and address; from here on they count as dropped."""
        now = self._clock()
        with self._lock:
            kept = {visitor: set(files) for visitor, files in list(storage.items())}
            self._arrived = {one: at for one, at in self._arrived.items() if one[1] in kept.get(one[0], ())}
            found = [
                (visitor, file)
                for (visitor, file), at in self._arrived.items()
                if now - at > UNUSED_SECONDS or not here(visitor)
            ]
            for visitor, file in found:
                del self._arrived[visitor, file]
                self._dropped[visitor] += 1
            for visitor in [one for one in self._dropped if one not in kept]:
                del self._dropped[visitor]
        return found

    def dropped_of(self, visitor: str) -> int:
        """How many files of a visitor were dropped since the last call."""
        with self._lock:
            return self._dropped.pop(visitor, 0)


_unused = Unused()


def dropped_of(visitor: str) -> int:
    """How many files of a visitor were dropped since the last call: a page that uses them lacks them."""
    return _unused.dropped_of(visitor)


@dataclass(frozen=True, eq=False)
class FileBytes:
    """A file's bytes, held once for all visitors who have the same file."""

    digest: str
    part: Part


class _TakenRec(UploadedFileRec):
    """Streamlit's record of a file whose bytes are held here: its own are none."""

    held: FileBytes


def taken(visitor: str, file: str) -> FileBytes | None:
    """The bytes of a file that a page took before (`keep`)."""
    manager = _manager()
    record = manager.file_storage.get(visitor, {}).get(file) if manager is not None else None
    return record.held if isinstance(record, _TakenRec) else None


def keep(visitor: str, file: str, held: FileBytes) -> bool:
    """Of this file, Streamlit keeps no bytes any more; says whether that is so."""
    manager = _manager()
    if manager is None:
        return False
    kept = manager.file_storage.get(visitor, {}).get(file)
    if kept is None or kept.data != held.part.get():  # compared without the lock, which the event loop needs
        return False
    record = _TakenRec(kept.file_id, kept.name, kept.type, b"")
    record.held = held
    with manager._lock:  # a file that is removed meanwhile must not come back
        files = manager.file_storage.get(visitor, {})
        if files.get(file) is not kept:
            return False
        files[file] = record
        manager._total_bytes -= len(kept.data)
    return True


def _manager() -> MemoryUploadedFileManager | None:
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return manager if isinstance(manager, MemoryUploadedFileManager) else None


def _size_of(record: UploadedFileRec) -> int:
    return record.held.part.size if isinstance(record, _TakenRec) else len(record.data)


class Room:
    """`used` says how many bytes the server uses now; `drop` lets files go that no page has used, at once; `free` gives
    back what is no longer needed, which takes a moment."""

    def __init__(
        self, most: int, used: Callable[[], int], free: Callable[[], None], drop: Callable[[], None] = lambda: None
    ) -> None:
        self._most, self._used, self._free, self._drop = most, used, free, drop
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
            if not self._fits(size):
                self._drop()
            if not self._fits(size) and time.monotonic() - self._freed > _FREE_EVERY_SECONDS:
                self._freed = time.monotonic()
                await asyncio.to_thread(self._free)
            if not self._fits(size):
                raise self._refusal(size)
            return await read()

    def check_share(self, sizes: Sequence[int], size: int) -> None:
        """Raises HTTPException where a visitor who has files of these sizes has no room for another of `size`."""
        if sum(sizes) + size > SHARE_OF_ROOM * self._most:
            event(_logger, "upload_refused", bytes=size, used=self._used())
            raise HTTPException(507, "Your files take all the room that you may use. Remove one of them.")

    def _fits(self, size: int) -> bool:
        return self._used() + size <= self._most

    def _refusal(self, size: int) -> HTTPException:
        event(_logger, "upload_refused", bytes=size, used=self._used())
        return HTTPException(503, "The server has no room for this file now. Try again in a few minutes.")


def install(free: Callable[[], None]) -> None:
    """From here on, every upload of this process asks for room."""
    room = Room(int(SHARE_OF_HOST * host_memory()), resident_bytes, free, _drop_unused)
    read, write = UploadFile.read, UploadFile.write
    add, get = MemoryUploadedFileManager.add_file, MemoryUploadedFileManager.get_files

    async def read_with_room(file: UploadFile, size: int = -1) -> bytes:
        return await room.read(file, lambda: read(file, size))

    async def write_with_room(file: UploadFile, data: bytes) -> None:
        await room.arrive(file, len(data))
        await write(file, data)
        size = file.size or 0
        asyncio.get_running_loop().run_in_executor(None, prepare, data[:16] if size == len(data) else b"", size)

    def add_within_share(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        kept = [one for one in manager.file_storage.get(session_id, {}).values() if one.file_id != file.file_id]
        room.check_share([_size_of(one) for one in kept], len(file.data))
        _unused.arrived(session_id, file.file_id)
        add(manager, session_id, file)

    def get_used(manager: MemoryUploadedFileManager, session_id: str, file_ids: Sequence[str]) -> list[UploadedFileRec]:
        _unused.use(session_id, file_ids)
        return get(manager, session_id, file_ids)

    # Streamlit has no setting and no hook for this; tests/ui/test_upload_room.py fails when its route reads otherwise.
    UploadFile.read = read_with_room  # type: ignore[method-assign, assignment]
    UploadFile.write = write_with_room  # type: ignore[method-assign, assignment]
    MemoryUploadedFileManager.add_file = add_within_share  # type: ignore[method-assign, assignment]
    MemoryUploadedFileManager.get_files = get_used  # type: ignore[method-assign, assignment]


def _drop_unused() -> None:
    """Runs on the event loop, on which sessions and files come and go."""
    if not runtime.exists():
        return
    server = runtime.get_instance()
    manager = server.uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return
    found = _unused.to_drop(manager.file_storage, server.is_active_session)
    for visitor, file in found:
        manager.remove_file(visitor, file)
    if found:
        event(_logger, "unused_uploads_dropped", files=len(found))


def resident_bytes() -> int:
    """Memory of this process that is in use; 0 where the system doesn't tell (not on Linux)."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
