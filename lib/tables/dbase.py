"""dBase and FoxPro tables (`.dbf`), as older shop and accounting programs keep them → text with commas."""

import csv
import io
import struct
from dataclasses import dataclass
from datetime import date, timedelta

from lib.errors import UserError
from lib.tables.limits import LIMIT_CELLS, LIMIT_COLUMNS, LIMIT_ROWS

_VERSIONS = frozenset((0x02, 0x03, 0x04, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8C, 0xCB, 0xE5, 0xF5))
_KINDS = frozenset(b"CNFDLMTIYBVGP@+0")
_CODE_PAGES = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x04: "mac-roman", 0x08: "cp865", 0x09: "cp437", 0x0A: "cp850",
    0x0B: "cp437", 0x0D: "cp437", 0x0E: "cp850", 0x0F: "cp437", 0x10: "cp850", 0x11: "cp437", 0x12: "cp850",
    0x13: "cp932", 0x14: "cp850", 0x15: "cp437", 0x16: "cp850", 0x17: "cp865", 0x18: "cp437", 0x19: "cp437",
    0x1A: "cp850", 0x1B: "cp437", 0x1C: "cp863", 0x1D: "cp850", 0x1F: "cp852", 0x22: "cp852", 0x23: "cp852",
    0x24: "cp860", 0x25: "cp850", 0x26: "cp866", 0x37: "cp850", 0x40: "cp852", 0x4D: "gb18030", 0x4E: "cp949",
    0x4F: "big5", 0x50: "cp874", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252", 0x64: "cp852", 0x65: "cp866",
    0x66: "cp865", 0x67: "cp861", 0x6A: "cp737", 0x6B: "cp857", 0x78: "big5", 0x79: "cp949", 0x7A: "gb18030",
    0x7B: "cp932", 0x7C: "cp874", 0x86: "cp737", 0x87: "cp852", 0x88: "cp857", 0xC8: "cp1250", 0xC9: "cp1251",
    0xCA: "cp1254", 0xCB: "cp1253", 0xCC: "cp1257",
}  # fmt: skip
"""The byte that names a table's letters; where it names none, they are found like those of a text."""


@dataclass(frozen=True)
class _Field:
    name: str
    kind: str
    start: int
    width: int
    places: int


def is_dbase(data: bytes) -> bool:
    """Whether bytes begin with a table's description that agrees with their number."""
    if len(data) < 65 or data[0] not in _VERSIONS or not (1 <= data[2] <= 12 and 1 <= data[3] <= 31):
        return False
    rows, head, width = struct.unpack_from("<IHH", data, 4)
    if head < 65 or head > len(data) or width < 2 or data[43] not in _KINDS:
        return False
    end = data.find(b"\r", 32, head)
    return end > 0 and (end - 32) % 32 == 0 and head + rows * width <= len(data) + width


def as_csv(data: bytes, name: str) -> bytes:
    """The rows that are not marked as deleted, as UTF-8 text with commas. Raises UserError."""
    rows, head, width = struct.unpack_from("<IHH", data, 4)
    fields = _fields(data, head)
    if not fields or sum(field.width for field in fields) + 1 > width:
        raise UserError("tables.damaged", name=name)
    if rows > LIMIT_ROWS:
        raise UserError("tables.too_many_rows", found=rows, limit=LIMIT_ROWS)
    if len(fields) > LIMIT_COLUMNS:
        raise UserError("tables.too_many_columns", found=len(fields), limit=LIMIT_COLUMNS)
    if rows * len(fields) > LIMIT_CELLS:
        raise UserError("tables.too_many_cells", rows=rows, columns=len(fields), limit=LIMIT_CELLS)
    letters = _letters(data, head)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields])
    for at in range(head, min(len(data), head + rows * width), width):
        record = data[at : at + width]
        if len(record) < width or record[:1] == b"*":
            continue
        writer.writerow([_cell(record[field.start : field.start + field.width], field, letters) for field in fields])
    return out.getvalue().encode()


def _fields(data: bytes, head: int) -> list[_Field]:
    found: list[_Field] = []
    start = 1
    for at in range(32, head - 31, 32):
        if data[at : at + 1] == b"\r":
            break
        name = data[at : at + 11].split(b"\x00", 1)[0].decode("cp1252", "replace").strip()
        kind, width, places = chr(data[at + 11]), data[at + 16], data[at + 17]
        if kind == "C":
            width, places = width + 256 * places, 0
        if not (kind == "0" and name.startswith("_")):
            found.append(_Field(name, kind, start, width, places))
        start += width
    return found


def _letters(data: bytes, head: int) -> str:
    known = _CODE_PAGES.get(data[29])
    if known is not None:
        return known
    from lib.tables import encodings  # the letters of a table without a code page are found as those of a text

    found = encodings.find_encoding(data[head : head + 256 * 1024].replace(b"\x00", b" "))
    return found if found not in ("ascii", "utf-8") else "utf-8"


def _cell(raw: bytes, field: _Field, letters: str) -> str:
    kind = field.kind
    if kind in "CNFDL":
        text = raw.decode(letters if kind == "C" else "ascii", "replace").replace("\x00", " ").strip()
        if kind == "D":
            return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if len(text) == 8 and text.isdigit() else ""
        if kind in "NF" and text.strip("*") == "":
            return ""
        return "" if kind == "L" and text == "?" else text
    if kind in "I+" and len(raw) == 4:
        return str(struct.unpack("<i", raw)[0])
    if kind == "Y" and len(raw) == 8:
        return f"{struct.unpack('<q', raw)[0] / 10_000:.4f}"
    if kind == "B" and len(raw) == 8:
        value = struct.unpack("<d", raw)[0]
        return repr(value) if value == value and abs(value) < 1e300 else ""
    if kind in "T@" and len(raw) == 8:
        return _moment(*struct.unpack("<ii", raw))
    return ""


_JULIAN_1970 = 2_440_588


def _moment(day: int, thousandths: int) -> str:
    """A day counted from 4713 BC and the thousandths of a second since its midnight."""
    if not 2_000_000 < day < 2_800_000 or not 0 <= thousandths < 86_400_000:
        return ""
    seconds = round(thousandths / 1000)
    written = date(1970, 1, 1) + timedelta(days=day - _JULIAN_1970)
    return f"{written.isoformat()} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
