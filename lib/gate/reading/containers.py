"""What wraps the object in an uploaded file: known by content, unwrapped once, bounded while it unwraps.

A file's name decides nothing. One layer of compression, one stream, nothing after it; the decompressors of the
standard library are driven in small steps, so that size, ratio and time are checked before memory is spent.
"""

import bz2
import io
import lzma
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from lib.gate.rejection import Rejection

MAX_FILE = 200 * 2**20
"""Bytes of an upload."""
MAX_UNPACKED = 256 * 2**20
"""Bytes of what comes out of a compressed file, all members together."""
MAX_RATIO = 200
"""Maximum ratio of decompressed to compressed bytes, above `RATIO_FROM` decompressed bytes; real models stay below
100."""
RATIO_FROM = 16 * 2**20
MAX_SECONDS = 3.0
"""Of unpacking."""
MAX_MEMBERS = 20_000
"""Files inside a .skops file: one per array, and the schema."""
LZMA_MEMORY = 160 * 2**20
"""What an lzma stream may ask for as its dictionary; the strongest preset needs 65 MiB."""

_STEP = 2**20

ContainerKind = Literal["pickle", "joblib", "skops"]


@dataclass(frozen=True)
class Container:
    """A file after its one layer of wrapping is off."""

    kind: ContainerKind
    compression: str
    """`""` where there is none, or `zlib`, `gzip`, `bz2`, `lzma`, `xz`, `lz4`, `deflate`."""
    data: bytes = field(repr=False)
    """The pickle stream, unpacked (joblib: with its raw arrays in between); of a .skops file the zip itself."""
    members: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """A .skops file's members, unpacked; empty for the others."""


class _Decompressor(Protocol):
    """What zlib, bz2, lzma and lz4 have in common once `_Zlib` is around the first."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes | None: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Zlib:
    """zlib's decompressor with the interface of the others: input that it did not take stays inside."""

    def __init__(self, wbits: int) -> None:
        self._inner = zlib.decompressobj(wbits)
        self._waiting = b""

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._waiting

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        out = self._inner.decompress(self._waiting + data, max(max_length, 0))
        self._waiting = self._inner.unconsumed_tail
        return out


def _lz4() -> _Decompressor:
    try:
        import lz4.frame
    except ImportError:
        raise Rejection("no_lz4", "the lz4 package is not installed here") from None
    decompressor: _Decompressor = lz4.frame.LZ4FrameDecompressor()
    return decompressor


@dataclass(frozen=True)
class _Compression:
    name: str
    magic: bytes
    start: Callable[[], _Decompressor]


_COMPRESSIONS = (
    _Compression("gzip", b"\x1f\x8b", lambda: _Zlib(31)),
    _Compression("bz2", b"BZh", bz2.BZ2Decompressor),
    _Compression("xz", b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LZMA_MEMORY)),
    _Compression("lzma", b"\x5d\x00", lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=LZMA_MEMORY)),
    _Compression("lz4", b"\x04\x22\x4d\x18", _lz4),
    _Compression("zlib", b"\x78", lambda: _Zlib(15)),
)
"""Every compression that joblib writes, by the bytes it starts with."""

_OTHER_MODELS: tuple[tuple[bytes, str], ...] = (
    (b"\x89HDF\r\n\x1a\n", "Keras (HDF5)"),
    (b"RDX", "R"),
    (b"X\n\x00\x00\x00", "R"),
    (b"<?xml", "PMML (XML)"),
    (b"<PMML", "PMML (XML)"),
    (b"tree\nversion=", "LightGBM"),
    (b"binf", "XGBoost"),
    (b'{"learner"', "XGBoost"),
    (b"{L\x00\x00\x00\x00\x00\x00\x00\x07learner", "XGBoost"),
    (b"CBM1", "CatBoost"),
    (b"\x08", "ONNX"),
)
"""Model files of other programs. The last, one byte, is asked last and only together with `onnx` further on."""

_TABLES: tuple[bytes, ...] = (b"PAR1", b"ARROW1", b"\xd0\xcf\x11\xe0", b"\x93NUMPY", b"SQLite format 3")

_PROTOCOL_0_START = re.compile(rb"(c[A-Za-z_][\w.]*\n[A-Za-z_][\w.]*\n|\(|[\]})]|[NIFLSVJKMGXTU])")


def unwrap(data: bytes) -> Container:
    """The stream inside a file's bytes; raises Rejection for anything but one object in one known container."""
    if not data:
        raise Rejection("empty", "0 bytes")
    if len(data) > MAX_FILE:
        raise Rejection("file_too_large", f"{len(data)} bytes", megabytes=len(data) / 2**20, limit=MAX_FILE / 2**20)
    if data[:4] == b"PK\x03\x04":
        return _skops(data)
    if data[:2] == b"ZF":
        raise Rejection("old_joblib", "joblib's file format from before 0.10 (2016)")
    for compression in _COMPRESSIONS:
        if _starts(data, compression):
            return _stream(_unpack(data, compression), compression.name)
    if _is_pickle(data):
        return _stream(data, "")
    raise _stranger(data)


def _starts(data: bytes, compression: "_Compression") -> bool:
    """zlib has one magic byte; its first two, read as a number, are a multiple of 31."""
    if not data.startswith(compression.magic):
        return False
    return compression.name != "zlib" or int.from_bytes(data[:2], "big") % 31 == 0


def _stream(data: bytes, compression: str) -> Container:
    if compression and not _is_pickle(data):
        if any(_starts(data, inner) for inner in _COMPRESSIONS) or data[:2] == b"PK":
            raise Rejection("nested", f"inside {compression} lies another compressed file: {data[:6].hex()}")
        raise _stranger(data)
    joblib = bool(compression) or b"joblib.numpy_pickle" in data
    return Container("joblib" if joblib else "pickle", compression, data)


def _is_pickle(data: bytes) -> bool:
    """Whether this can only be meant as a pickle; whether it is one, the judge finds."""
    if data[:1] == b"\x80":
        return len(data) > 1 and data[1] <= 5
    if data[:1] == b"c" and _PROTOCOL_0_START.match(data):
        return True
    return data.endswith(b".") and bool(_PROTOCOL_0_START.match(data)) and not _is_text(data)


def _is_text(data: bytes) -> bool:
    """Prose that happens to start with a letter that is an opcode and to end with a full stop."""
    head = data[:200]
    return b" " in head and b"\n" not in head.split(b" ", 1)[0] and head[:1].isalpha()


def _unpack(data: bytes, compression: _Compression) -> bytes:
    """What a decompressor makes of the file, one MiB at a time; nothing may follow its end."""
    decompressor = compression.start()
    began = time.perf_counter()
    out = io.BytesIO()
    view = memoryview(data)
    position = 0
    try:
        while not decompressor.eof:
            feed = bytes(view[position : position + _STEP]) if decompressor.needs_input else b""
            position += len(feed)
            piece = decompressor.decompress(feed, _STEP)
            out.write(piece)
            _still_small(out.tell(), len(data), time.perf_counter() - began)
            if not piece and not feed and not decompressor.eof:
                raise Rejection("truncated", f"the {compression.name} stream ends before its end mark")
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, RuntimeError) as error:
        raise Rejection("damaged", f"{compression.name}: {error}") from error
    trailing = len(decompressor.unused_data or b"") + len(data) - position
    if trailing:
        raise Rejection(
            "trailing_bytes", f"{trailing} bytes after the end of the {compression.name} stream", bytes=trailing
        )
    return out.getvalue()


def _still_small(unpacked: int, packed: int, seconds: float) -> None:
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed):
        raise Rejection(
            "bomb", f"{packed} bytes became more than {unpacked} bytes", limit=MAX_UNPACKED / 2**20, ratio=MAX_RATIO
        )
    if seconds > MAX_SECONDS:
        raise Rejection("timeout", f"unpacking took more than {MAX_SECONDS} s", seconds=MAX_SECONDS)


_ZIP_END = b"PK\x05\x06"
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    IndexError,
    KeyError,
    struct.error,
    zlib.error,
)


def _skops(data: bytes) -> Container:
    """A zip that starts at the first byte, ends at the last, without gaps, comments, or two members of one name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_layout(data, archive, infos)
            names = {info.filename for info in infos}
            if "schema.json" not in names:
                raise _other_zip(names)
            members = _members(archive, infos, len(data))
    except _ZIP_ERRORS as error:
        raise Rejection("damaged", f"zip: {error}") from error
    packed = any(info.compress_type for info in infos)
    return Container("skops", "deflate" if packed else "", data, MappingProxyType(members))


def _check_layout(data: bytes, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    end = len(data) - 22
    if data[end : end + 4] != _ZIP_END or archive.comment:
        raise Rejection("trailing_bytes", "the zip's end record is not the last thing in the file", bytes=_after(data))
    if len(infos) > MAX_MEMBERS:
        raise Rejection("bomb", f"{len(infos)} members", limit=MAX_UNPACKED / 2**20, ratio=MAX_RATIO)
    size, start = struct.unpack_from("<II", data, end + 12)
    if start != 0xFFFFFFFF and start + size != end:
        raise Rejection("damaged", "the zip's directory does not lie before its end record")
    position = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.flag_bits & 0x1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Rejection(
                "damaged", f"zip member {info.filename!r} is encrypted or packed by method {info.compress_type}"
            )
        gap = info.header_offset - position
        if gap != 0 and gap not in _DESCRIPTORS:
            raise Rejection("damaged", f"zip members overlap or leave {gap} bytes between them at {info.filename!r}")
        name_length, extra_length = struct.unpack_from("<HH", data, info.header_offset + 26)
        position = info.header_offset + 30 + name_length + extra_length + info.compress_size
    if archive.start_dir - position not in (0, *_DESCRIPTORS):
        raise Rejection("damaged", f"{archive.start_dir - position} bytes between the zip's members and its directory")
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise Rejection("damaged", "two members of the zip have one name")


def _after(data: bytes) -> int:
    """Bytes behind the last end record, its comment included."""
    return max(len(data) - data.rfind(_ZIP_END) - 22, 0)


_DESCRIPTORS = (12, 16, 20, 24)
"""Sizes of the record that may follow a member written to a stream."""


def _members(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], packed: int) -> dict[str, bytes]:
    began = time.perf_counter()
    total = 0
    members: dict[str, bytes] = {}
    for info in infos:
        if "/" in info.filename or "\\" in info.filename:
            raise Rejection("damaged", f"zip member {info.filename!r} lies in a folder")
        out = io.BytesIO()
        with archive.open(info) as member:
            while piece := member.read(_STEP):
                out.write(piece)
                _still_small(total + out.tell(), packed, time.perf_counter() - began)
        if out.tell() != info.file_size:
            raise Rejection("damaged", f"zip member {info.filename!r} is not as long as it says")
        total += out.tell()
        members[info.filename] = out.getvalue()
    return members


def _other_zip(names: set[str]) -> Rejection:
    technical = f"a zip with {sorted(names)[:5]}"
    if "[Content_Types].xml" in names or "mimetype" in names:
        return Rejection("is_table", technical)
    if any(name.endswith("/data.pkl") or name == "data.pkl" for name in names):
        return Rejection("is_other_model", technical, format="PyTorch")
    if {"config.json", "metadata.json"} <= names:
        return Rejection("is_other_model", technical, format="Keras")
    if any(name.endswith(".npy") for name in names):
        return Rejection("is_table", technical)
    return Rejection("is_archive", technical)


def _stranger(data: bytes) -> Rejection:
    """What else this is, so far as the first bytes tell, so that the sentence can say what to do."""
    head = data[:512]
    technical = f"{len(data)} bytes starting with {data[:16].hex()}"
    for magic, name in _OTHER_MODELS[:-1]:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(magic):
            return Rejection("is_other_model", technical, format=name)
    if head[:1] == b"\x08" and b"onnx" in data[:4096].lower():
        return Rejection("is_other_model", technical, format="ONNX")
    if head.startswith(_TABLES):
        return Rejection("is_table", technical)
    if head.startswith(b"version https://git-lfs"):
        return Rejection("git_lfs", technical)
    if head[:9].lower() in (b"<!doctype", b"<html>") or head[:6].lower() == b"<html>":
        return Rejection("is_web_page", technical)
    if head[:2] in (b"7z", b"Ra") or data[257:262] == b"ustar":
        return Rejection("is_archive", technical)
    if _reads_as_table(head):
        return Rejection("is_table", technical)
    return Rejection("not_a_model", technical)


def _reads_as_table(head: bytes) -> bool:
    if b"\0" in head:
        return False
    first, _, rest = head.partition(b"\n")
    return any(mark in first and mark in rest for mark in (b",", b";", b"\t"))
