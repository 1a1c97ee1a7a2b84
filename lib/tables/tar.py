"""The files in an archive of tar, by its headers alone.

Python's own reader ends without an error at a header that is damaged or cut off: the files behind it would be missing
from the figures. It also follows chains of headers by recursion and searches headers in quadratic time. Here each
header is looked at once, and what is not understood, and all that is cut off, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from lib.errors import UserError
from lib.tables.memory import Held

_BLOCK = 512
_MOST_HEADERS = 10_000
_MOST_EXTRA = 64 * 1024
"""Bytes of one header that only describes the next file."""
_REGULAR = b"\x0007"
_WITHOUT_CONTENT = b"123456"
"""Links, devices, folders and pipes: their headers may state a size, and nothing follows them."""


def is_archive(data: Held) -> bool:
    """Whether bytes begin with a header of tar, whose sum is right or which says so."""
    header = bytes(data[:_BLOCK])
    return header[257:262] == b"ustar" or (len(header) == _BLOCK and header.strip(b"\0") != b"" and _adds_up(header))


def files(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file; a path that comes again is a newer version. Raises UserError."""
    at = headers = 0
    described: dict[str, str] = {}
    while True:
        header = data[at : at + _BLOCK]
        if len(header) < _BLOCK:
            raise UserError("tables.damaged", name=name)  # the end is marked by a block of zeros
        if not header.strip(b"\0"):
            if data[at:].strip(b"\0"):
                raise UserError("tables.other_archive", name=name)  # another archive behind it
            return
        headers += 1
        if not _adds_up(header):
            raise UserError("tables.damaged", name=name)
        if headers > _MOST_HEADERS:
            raise UserError("tables.other_archive", name=name)
        kind = header[156:157]
        size = _size(described.get("size", ""), header)
        at += _BLOCK
        if kind in _WITHOUT_CONTENT:
            described = {}
            continue
        if size is None or at + size > len(data):
            raise UserError("tables.damaged", name=name)
        if kind in b"xgLK":
            if size > _MOST_EXTRA:
                raise UserError("tables.other_archive", name=name)
            said = _described(kind, data[at : at + size])
            if said is None or any(key.startswith("GNU.sparse.") for key in said):
                raise UserError("tables.other_archive", name=name)
            described |= said if kind in b"xL" else {}
        elif kind in _REGULAR:
            yield described.get("path") or _path(header), data[at : at + size]
            described = {}
        else:
            raise UserError("tables.other_archive", name=name)  # a file with holes, or in several volumes
        at += -(-size // _BLOCK) * _BLOCK


def _adds_up(header: bytes) -> bool:
    """Whether a header's sum is right; some old programs added signed bytes."""
    try:
        stated = int(header[148:156].strip(b"\0 ") or b"-1", 8)
    except ValueError:
        return False
    counted = header[:148] + b" " * 8 + header[156:]
    return stated in (sum(counted), sum(one - 256 if one > 127 else one for one in counted))


def _size(described: str, header: bytes) -> int | None:
    """Bytes of a file; None where that is no number from zero on."""
    if described:
        return int(described) if described.isascii() and described.isdigit() and len(described) < 19 else None
    field = header[124:136]
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b"\0 ")
    return int(digits or b"0", 8) if all(one in b"01234567" for one in digits) else None


def _described(kind: bytes, content: bytes) -> dict[str, str] | None:
    """What a header says of the next file: `path`, `size`; None where it is not understood."""
    if kind in b"LK":
        return {"path": content.rstrip(b"\0").decode("utf-8", "replace")}
    found: dict[str, str] = {}
    rest = content.rstrip(b"\0")
    at = 0
    while at < len(rest):
        length, blank, _ = rest[at : at + 12].partition(b" ")
        if not (blank and length.isdigit()) or not len(length) + 1 < int(length) <= len(rest) - at:
            return None
        key, _, value = rest[at + len(length) + 1 : at + int(length)].partition(b"=")
        found[key.decode("utf-8", "replace")] = value.removesuffix(b"\n").decode("utf-8", "replace")
        at += int(length)
    return found


def _path(header: bytes) -> str:
    path = header[:100].split(b"\0", 1)[0]
    before = header[345:500].split(b"\0", 1)[0] if header[257:263] == b"ustar\0" else b""
    return (before + b"/" + path if before else path).decode("utf-8", "replace")
