"""Uploads are taken while there is room; the names of Streamlit and Starlette that this rests on."""

import asyncio
import inspect
import io
import sys
from collections.abc import Iterator

import pytest
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette import starlette_routes

from lib.tables import decode_worker
from lib.ui import upload_room
from lib.ui.upload_room import Room, Unused


class Server:
    """A server's memory: what was read and is kept."""

    def __init__(self, most: int) -> None:
        self.kept: list[bytes] = []
        self.freed = 0
        self.room = Room(most, used=lambda: sum(map(len, self.kept)), free=self.free)

    def free(self) -> None:
        self.freed += 1

    async def upload(self, size: int) -> int:
        """As Streamlit's route does it; returns the status."""

        async def read() -> bytes:
            await asyncio.sleep(0)  # others get their turn meanwhile
            return bytes(size)

        try:
            data = await self.room.read(UploadFile(io.BytesIO(), size=size), read)
        except HTTPException as error:
            return error.status_code
        self.kept.append(data)
        return 204


@pytest.fixture
def untouched() -> Iterator[None]:
    read, write = UploadFile.read, UploadFile.write
    add, get = MemoryUploadedFileManager.add_file, MemoryUploadedFileManager.get_files
    yield
    UploadFile.read, UploadFile.write = read, write
    MemoryUploadedFileManager.add_file, MemoryUploadedFileManager.get_files = add, get


def test_many_files_at_once_are_taken_until_the_room_is_full():
    server = Server(most=1_000)

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*(server.upload(300) for _ in range(40)))

    assert asyncio.run(all_at_once()) == [204] * 3 + [503] * 37
    assert sum(map(len, server.kept)) == 900
    assert server.freed == 1, "giving memory back takes time: not for each of them"


def test_a_file_is_taken_where_giving_memory_back_makes_room():
    server = Server(most=1_000)
    server.kept = [bytes(900)]
    server.free = server.kept.clear  # type: ignore[method-assign]
    server.room = Room(1_000, used=lambda: sum(map(len, server.kept)), free=server.free)
    assert asyncio.run(server.upload(300)) == 204


def test_files_that_no_page_uses_make_room_at_once():
    server = Server(most=1_000)
    server.kept = [bytes(900)]
    server.room = Room(1_000, lambda: sum(map(len, server.kept)), server.free, drop=server.kept.clear)
    assert asyncio.run(server.upload(300)) == 204
    assert server.freed == 0


@pytest.mark.parametrize(
    ("age", "here", "used", "dropped"),
    [
        (0.0, True, False, False),
        (upload_room.UNUSED_SECONDS + 1, True, False, True),
        (0.0, False, False, True),
        (upload_room.UNUSED_SECONDS + 1, True, True, False),
        (0.0, False, True, False),
    ],
)
def test_what_is_dropped_was_not_used_and_is_old_or_of_a_closed_tab(age, here, used, dropped):
    now = [0.0]
    unused = Unused(clock=lambda: now[0])
    storage = {"visitor": {"file": UploadedFileRec("file", "a.csv", "text/csv", b"1")}}
    unused.arrived("visitor", "file")
    if used:
        unused.use("visitor", ["file"])
    now[0] = age
    assert unused.to_drop(storage, lambda visitor: here) == ([("visitor", "file")] if dropped else [])
    assert unused.dropped_of("visitor") == int(dropped), "the page says so …"
    assert unused.dropped_of("visitor") == 0, "… once"


def test_what_streamlit_keeps_no_longer_is_forgotten():
    unused = Unused(clock=lambda: 0.0)
    for file in ("removed", "kept"):
        unused.arrived("visitor", file)
    storage = {"visitor": {"kept": UploadedFileRec("kept", "a.csv", "text/csv", b"1")}}
    assert unused.to_drop(storage, lambda visitor: False) == [("visitor", "kept")]
    assert unused.to_drop({}, lambda visitor: False) == []
    assert unused.dropped_of("visitor") == 0, "a visitor who is gone is not remembered"


@pytest.mark.usefixtures("untouched")
def test_a_visitors_files_have_a_share_of_the_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upload_room, "host_memory", lambda: 4_000)
    upload_room.install(lambda: None)
    manager = MemoryUploadedFileManager("/upload")
    for address, size in (("a", 500), ("b", 400), ("a", 600)):  # of 1,000; sent again, a file counts once
        manager.add_file("visitor", UploadedFileRec(address, "a.csv", "text/csv", bytes(size)))
    with pytest.raises(HTTPException) as refused:
        manager.add_file("visitor", UploadedFileRec("c", "a.csv", "text/csv", bytes(1)))
    assert refused.value.status_code == 507, "to wait would not help: a file has to be removed"
    manager.add_file("another", UploadedFileRec("c", "a.csv", "text/csv", bytes(900)))
    assert [len(one.data) for one in manager.get_files("visitor", ["a", "b", "c"])] == [600, 400]


def test_files_that_arrive_have_a_limit_together(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upload_room, "MOST_ARRIVING_BYTES", 1_000)
    room = Server(most=0).room
    first, second = (UploadFile(io.BytesIO(), size=400) for _ in range(2))
    asyncio.run(room.arrive(first, 100))
    with pytest.raises(HTTPException):
        asyncio.run(room.arrive(second, 201))
    first.file.close()
    asyncio.run(room.arrive(second, 201))


@pytest.mark.usefixtures("untouched")
def test_every_upload_of_the_process_asks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upload_room, "SHARE_OF_HOST", 0.0)
    monkeypatch.setattr(upload_room, "resident_bytes", lambda: 1)
    upload_room.install(lambda: None)

    async def upload() -> bytes:
        file = UploadFile(io.BytesIO(), size=0)
        await file.write(b"abc")
        await file.seek(0)
        return await file.read()

    with pytest.raises(HTTPException, match="no room"):
        asyncio.run(upload())


@pytest.mark.slow
@pytest.mark.usefixtures("untouched")
@pytest.mark.skipif(sys.platform != "linux", reason="forks workers on Linux only")
def test_what_decodes_a_large_file_starts_while_the_file_arrives():
    decode_worker.TEMPLATE.close()
    upload_room.install(lambda: None)

    file, started = UploadFile(io.BytesIO(), size=0), []
    for part in (b"Order,Date,Amount\n", b"1,2025-01-03,2.50\n" * 50_000):
        asyncio.run(file.write(part))  # ends once its threads have ended
        started.append(decode_worker.TEMPLATE._process is not None)
    assert started == [False, True]
    decode_worker.TEMPLATE.close()


def test_streamlits_route_reads_an_upload_as_this_expects():
    route = inspect.getsource(starlette_routes.create_upload_routes)
    assert "data = await upload.read()" in route
    assert "await" not in route.split("data = await upload.read()")[1].split("upload_mgr.add_file(")[0]
