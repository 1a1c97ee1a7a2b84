"""The zip of a project file: bounds are checked before anything is unpacked, and nothing is unpacked to a disk.

Only entries of known names are accepted, each at most once and not larger than its kind may be. A path that leaves the
archive has no known name, so it is refused with everything else that doesn't belong there.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from lib.errors import UserError

MEGABYTE = 2**20
LIMIT_FILE_BYTES = 400 * MEGABYTE
LIMIT_UNPACKED_BYTES = 600 * MEGABYTE
LIMIT_ENTRIES = 300
LIMIT_DIRECTORY_BYTES = 128 * 1024
"""Of the list of entries at the end of the zip."""

ENTRIES: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(project|reading|explore)\.json"), 4 * MEGABYTE),
    (re.compile(r"README\.txt"), MEGABYTE // 4),
    (re.compile(r"models/[0-9]{1,3}\.(pkl|joblib|skops)"), 200 * MEGABYTE),
    (re.compile(r"cards/[0-9]{1,3}\.json"), 8 * MEGABYTE),
    (re.compile(r"campaigns/[0-9]{1,3}\.csv"), 64 * MEGABYTE),
    (re.compile(r"history/(lines|returns|called_off)\.parquet(\.aes)?"), 200 * MEGABYTE),
)
"""Every name that an entry may have, and the bytes that it may unpack to."""

_END = struct.Struct("<4s4H2LH")
_FIRST_ENTRY = b"PK\x03\x04"
_DATE = (1980, 1, 1, 0, 0, 0)


def looks_like_project(data: bytes) -> bool:
    """Whether these bytes are a zip whose first entry is `project.json`, as `pack` writes it."""
    return data[:4] == _FIRST_ENTRY and data[30:42] == b"project.json"


def is_project(name: str, data: bytes) -> bool:
    """Whether an uploaded file is meant as a project."""
    return name.lower().endswith(".brine") or looks_like_project(data)


def pack(entries: Mapping[str, bytes]) -> bytes:
    """A zip of these entries in this order; the same entries give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if name.endswith((".parquet", ".aes")) else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return target.getvalue()


class Archive:
    """A project's zip, its list of entries checked. Raises UserError("project.…")."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if len(data) > LIMIT_FILE_BYTES:
            raise UserError(
                "project.too_large", name=name, found=len(data) / MEGABYTE, limit=LIMIT_FILE_BYTES // MEGABYTE
            )
        if not looks_like_project(data):
            raise UserError("project.not_a_project", name=name)
        self._check_end(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, struct.error):
            raise UserError("project.damaged", name=name) from None
        self._infos = self._checked(self._zip.infolist())

    def _check_end(self, data: bytes) -> None:
        """The list of entries is short, and is where `pack` writes it: nothing else follows, and nothing is of 64
        bits."""
        if len(data) < _END.size:
            raise UserError("project.damaged", name=self.name)
        signature, disk, start_disk, here, entries, size, offset, comment = _END.unpack(data[-_END.size :])
        plain = signature == b"PK\x05\x06" and not (disk or start_disk or comment) and here == entries
        if not plain or offset + size + _END.size != len(data) or data[-42:-38] == b"PK\x06\x07":
            raise UserError("project.damaged", name=self.name)
        if entries > LIMIT_ENTRIES or size > LIMIT_DIRECTORY_BYTES:
            raise UserError("project.too_many", name=self.name, found=entries, limit=LIMIT_ENTRIES)

    def _checked(self, infos: Sequence[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
        if len(infos) > LIMIT_ENTRIES:
            raise UserError("project.too_many", name=self.name, found=len(infos), limit=LIMIT_ENTRIES)
        found: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            limit = _limit_of(info.orig_filename)
            plain = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not info.flag_bits & 0x41
            if limit is None or info.filename in found or not plain:
                raise UserError("project.unexpected", name=self.name, entry=info.orig_filename[:80])
            if info.file_size > limit:
                raise UserError("project.expands", name=self.name, entry=info.filename, limit=limit // MEGABYTE)
            found[info.filename] = info
        if sum(info.file_size for info in infos) > LIMIT_UNPACKED_BYTES:
            raise UserError("project.expands", name=self.name, entry="project", limit=LIMIT_UNPACKED_BYTES // MEGABYTE)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the entries."""
        return tuple(self._infos)

    def read(self, entry: str) -> bytes:
        """One entry, unpacked no further than it claims to be. Raises UserError."""
        info = self._infos.get(entry)
        if info is None:
            raise UserError("project.missing", name=self.name, entry=entry)
        try:
            with self._zip.open(info) as source:
                data = source.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise UserError("project.damaged", name=self.name) from None
        if len(data) != info.file_size:
            raise UserError("project.damaged", name=self.name)
        return data


def _limit_of(name: str) -> int | None:
    return next((limit for pattern, limit in ENTRIES if pattern.fullmatch(name)), None)
