"""What a file holds once everything that is packed in it is unpacked."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator

import lz4.frame

LIMIT_BYTES = 1 << 30
"""Unpacked; these are our own files, so that more is a bug and not an attack."""

_DEPTH = 4
_ZLIB_ENOUGH = 64
"""Two bytes look like zlib's by chance in every few kilobytes; what unpacks to less than this is such chance."""

_MAGIC = re.compile(
    rb"\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\x00|\x5d\x00\x00[\x00-\xff][\x00-\x08]\xff{8}|\x04\x22\x4d\x18|\x78[\x01\x5e\x9c\xda]"
)
_NUMBERING = re.compile(rb'"__id__": \d+|"content": "-?\d+",\s*"is_json": true')
"""skops numbers its objects, and writes whole numbers in digits that a pickle has in binary: counts and settings
are not customer ids. (A text of digits has its own quotes inside these.)"""


def layers(data: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """The file, and whatever is packed anywhere inside it, unpacked. Of one packed as a whole, its inside."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield _NUMBERING.sub(b"", archive.read(name))
        return
    whole = False
    for found in _MAGIC.finditer(data) if depth else ():
        inside = _unpacked(data[found.start() :])
        if inside is not None:
            whole = whole or found.start() == 0
            yield from layers(inside, depth - 1)
        if whole:
            return
    yield data


def _unpacked(data: bytes) -> bytes | None:
    if data[0] == 0x78:
        # Two bytes are easily there by chance: a first look tells it at little cost.
        if _whole(lambda: zlib.decompressobj().decompress(data[:4096])) is None:
            return None
        return _whole(lambda: zlib.decompressobj().decompress(data))
    if data[:2] == b"\x1f\x8b":
        return _whole(lambda: zlib.decompressobj(31).decompress(data))
    if data[:3] == b"BZh":
        return _whole(lambda: bz2.BZ2Decompressor().decompress(data))
    if data[:1] == b"\x04":
        return _whole(lambda: lz4.frame.LZ4FrameDecompressor().decompress(data))
    return _whole(lambda: lzma.LZMADecompressor().decompress(data))


def _whole(unpack: Callable[[], bytes]) -> bytes | None:
    try:
        inside = unpack()
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError):
        return None
    if len(inside) > LIMIT_BYTES:
        raise ValueError("a model file of ours unpacks to more than a gigabyte")
    return inside if len(inside) >= _ZLIB_ENOUGH else None
