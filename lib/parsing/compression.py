"""Which compression a file's first bytes announce."""

import mmap
from typing import Literal

Compression = Literal["gzip", "bz2", "xz", "lzma", "lz4", "zstd", "compress", "zlib"]

_MAGIC: tuple[tuple[bytes, Compression], ...] = (
    (b"\x1f\x8b\x08", "gzip"),  # RFC 1952: magic and the only method in use, deflate
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x1f\x9d", "compress"),
)
_ZLIB_SECOND_BYTES = frozenset(b"\x01\x5e\x9c\xda")
"""RFC 1950: the four flag bytes that go with 0x78, one for each level of compression."""


def compression_of(data: bytes | mmap.mmap) -> Compression | None:
    """The compression that the first bytes announce, or None. Nothing is unpacked.

    `zlib` and `lzma` have magic numbers of two and thirteen loosely fixed bytes: text can begin like the former by
    chance (`x^`), so that a caller that also accepts text has to try to unpack.
    """
    head = bytes(data[:16])
    for magic, compression in _MAGIC:
        if head.startswith(magic):
            return compression
    if head[:3] == b"BZh" and head[3:4].isdigit() and head[4:10] == b"1AY&SY":
        return "bz2"
    if head[:3] == b"\x5d\x00\x00" and head[5:13] == b"\xff" * 8:
        return "lzma"
    if head[:1] == b"\x78" and len(head) > 1 and head[1] in _ZLIB_SECOND_BYTES:
        return "zlib"
    return None
