"""An upload → the one file in it, of a known format; bounded while it unwraps, and nothing of it is run."""

import bz2
import contextlib
import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as parquet

from lib.errors import UserError
from lib.parsing.compression import compression_of
from lib.tables import dbase, encodings, programs, sql_dump, tar, yaml_records
from lib.tables.limits import LIMIT_EXPANDED_BYTES, LIMIT_RATIO, LIMIT_RATIO_FROM_BYTES
from lib.tables.memory import LARGE, Held, room

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\x00\x00\x01\x00", "picture"),
    (b"8BPS", "picture"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "document"),
    (b"SQLite format 3\x00", "database"),
    (b"\x00\x01\x00\x00Standard", "database"),
    (b"7z\xbc\xaf\x27\x1c", "other_archive"),
    (b"Rar!", "other_archive"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\x93NUMPY", "model"),
    (b"\x89HDF", "other_data"),
    (b"$FL2", "other_data"),
    (b"<stata_dta>", "other_data"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"fLaC", "media"),
)
_MODEL_NAMES = (".pkl", ".pickle", ".joblib", ".skops", ".sav", ".model", ".onnx", ".pt", ".h5", ".npy", ".npz")
_TEXT_PICKLE = re.compile(rb"^(?:c[A-Za-z_][\w.]*\r?\n[\w.]+\r?\n|\((?:dp|lp|i|t|c)\d*\s|[lI]?\(dp|ccopy_reg)")
_PLAIN_START = re.compile(rb"[A-Za-z0-9_\"][\x20-\x7e\t\r\n]{63}")
_INSIDE = frozenset(("[Content_Types].xml", "content.xml", "xl/workbook.xml", "xl/workbook.bin"))
"""Files by which a workbook or a document is known, which is a zip too."""
MOST_PARTS = 120
"""Files of one zip that are read together: ten years of months."""
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""What a document could expand by."""
_BLANK = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_TEXT_SIGNS = bytes({7, 8, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31, 1, *range(0x20, 0x100)})


@dataclass(frozen=True)
class Content:
    """One file of a known format: `text`, `json`, `xml`, `workbook`, `markup`, `parquet`, `feather`."""

    kind: str
    data: Held
    """Bytes, unless it is a large text."""
    name: str
    suffix: str
    """What the format is called: `csv`, `xlsx`, `xls`, `ods`, `parquet`, `feather`, `json`."""


def unwrap(data: Held, name: str) -> Content:
    """The file in an upload: itself, or the only one in a gz, bz2, xz or zip archive. Raises UserError."""
    return _open(data, name, inside=False)


def unpacked_bytes(content: Content) -> int:
    """Bytes of what decoding will read, as the file itself says: of the files in a workbook that is a zip; of a Parquet
    file, eight for each cell. Never less than the file has."""
    said = 0
    with contextlib.suppress(*_UNREADABLE):  # decoding says what is wrong
        if content.kind == "workbook" and content.data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
                said = sum(member.file_size for member in archive.infolist())
        if content.kind == "parquet":
            about = parquet.ParquetFile(pa.BufferReader(content.data)).metadata
            said = 8 * about.num_rows * about.num_columns
    return max(said, len(content.data))


_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, MemoryError, pa.ArrowException)


def parts(data: Held, name: str) -> tuple[tuple[str, Held], ...]:
    """(name, bytes) of the files in a zip that holds several, in a `.tar.gz`, or of the tables in a database's dump,
    else of the upload itself. Raises UserError."""
    if is_tar(name):
        return _of_tar(data[:], name)
    if sql_dump.is_sql_dump(data):
        dumped = _dumped(data)
        return tuple((f"{table}.csv", rows) for table, rows in dumped.items()) if dumped else ((name, data),)
    if data[:4] != b"PK\x03\x04":
        return ((name, data),)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _wanted(archive.infolist())
            if not 1 < len(files) <= MOST_PARTS or any(member.filename in _INSIDE for member in files):
                return ((name, data),)
            try:
                unwrap(data, name)  # checks what they expand to before any is opened
            except UserError as error:
                if error.key != "tables.several_in_zip":
                    raise
            return tuple((member.filename.rsplit("/", 1)[-1], archive.read(member)) for member in files)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, lzma.LZMAError):
        raise UserError("tables.damaged", name=name) from None


_TAR = re.compile(r"(?i)\.(?:tar(?:\.(?:gz|bz2|xz))?|tgz|tbz2?|txz)$")


def is_tar(name: str) -> bool:
    """Whether a file's name is that of an archive of tar, packed or not."""
    return _TAR.search(name) is not None


def _of_tar(data: bytes, name: str) -> tuple[tuple[str, Held], ...]:
    """The files in an archive of tar: links and devices are left out, and nothing is written."""
    unpacked = (opened(data, name) for opened in (_gz, _bz2, _xz))
    inner = next((bytes(whole) for whole in unpacked if whole is not None), data)
    if not tar.is_archive(inner):
        return ((name, data),)
    files = {path: held for path, held in tar.files(inner, name) if held and not _is_clutter(path)}
    wanted = {path: held for path, held in files.items() if not _README.search(path)} or files
    if not wanted:
        raise UserError("tables.empty", name=name)
    if len(wanted) > MOST_PARTS:
        raise UserError("tables.several_in_zip", name=name, count=len(wanted), files=list(wanted)[:5])
    if any(tar.is_archive(held) for held in wanted.values()):
        raise UserError("tables.nested_archive", name=name)
    return tuple((path.rsplit("/", 1)[-1], held) for path, held in wanted.items())


def _open(given: Held, name: str, *, inside: bool) -> Content:
    if (text := _plain_text(given, name)) is not None:
        return text
    data = given[:]
    if not data[:4096].strip(_BLANK) and not data.strip(_BLANK):
        raise UserError("tables.empty", name=name)
    if data[:4] == b"PAR1":
        if data[-4:] != b"PAR1":
            raise UserError("tables.damaged", name=name)
        return Content("parquet", data, name, "parquet")
    if data[:6] == b"ARROW1" or data[:4] == b"FEA1" or (data[:4] == b"\xff\xff\xff\xff" and len(data) > 8):
        return Content("feather", data, name, "feather")
    if data[:8] == _OLE:
        return _ole(data, name)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(data, name, inside=inside)
    for opened in (_gz, _bz2, _xz):
        if (inner := opened(data, name)) is not None:
            if inside:
                raise UserError("tables.nested_archive", name=name)
            return _open(inner, _without_suffix(name), inside=True)
    if len(data) < 100_000 and not data.strip(_BLANK + b",;|\"'"):
        raise UserError("tables.empty", name=name)
    if dbase.is_dbase(data):
        return Content("text", dbase.as_csv(data, name), name, "dbf")
    _refuse_models(data, name)
    if (markup := _markup(data, name)) is not None:
        return markup
    _refuse_strangers(data, name)
    data = _without_nul(data)
    if sql_dump.is_sql_dump(data) and (dumped := _dumped(data)):
        data = max(dumped.values(), key=len)
    data = programs.as_json(data)
    data = yaml_records.as_json(data, name) or data
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<?xml"):
        return Content("xml", data, name, "xml")
    suffix = "json" if start[:1] in (b"{", b"[") and _is_json(start, name) else "csv"
    return Content("json" if suffix == "json" else "text", data, name, suffix)


def _markup(data: bytes, name: str) -> Content | None:
    """An HTML page with a table, or a workbook in XML: shops save both as `.xls`."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and b"<" in data[:64]:
        data = data.decode("utf-16", "replace").encode("utf-8")
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"schemas-microsoft-com:office:spreadsheet" in start and start.startswith(
        (b"<?xml", b"<workbook", b"<ss:workbook")
    ):
        return Content("markup", data, name, "xml")
    if b"<office:document " in start and b"opendocument.spreadsheet" in start and not DECLARES.search(data):
        return Content("workbook", _as_ods(data), name, "ods")
    is_page = start.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<div", b"<center")
    )
    if (is_page or (start.startswith(b"<?xml") and b"<html" in start)) and re.search(rb"(?i)<table\b", data):
        return Content("markup", data, name, "html")
    return None


_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def _as_ods(flat: bytes) -> bytes:
    """A sheet of OpenDocument that is one flat file (`.fods`), as the archive that its reader expects."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_MANIFEST}"/>')
        archive.writestr("content.xml", flat)
    return out.getvalue()


def _plain_text(data: Held, name: str) -> Content | None:
    """A large text that begins with letters and digits, as it lies; None for all that needs a closer look."""
    if isinstance(data, bytes) or not _PLAIN_START.match(data[:64]) or b"\x00" in bytes(data[:65_536]):
        return None
    if programs.holds_records(data[:4096]) or sql_dump.is_sql_dump(data):
        return None
    _refuse_models(data, name)
    _refuse_strangers(data, name)
    return Content("text", data, name, "csv")


def _without_suffix(name: str) -> str:
    return re.sub(r"\.(gz|gzip|bz2|xz)$", "", name, flags=re.IGNORECASE)


def _is_json(start: bytes, name: str) -> bool:
    if name.lower().endswith((".json", ".jsonl", ".ndjson", ".jsonlines")):
        return True
    return re.match(rb'^(?:\[\s*)?\{\s*"[^"]*"\s*:', start) is not None


def _gz(data: bytes, name: str) -> Held | None:
    if compression_of(data) != "gzip":
        return None
    if (known := _gz_of_known_size(data)) is not None:
        return known
    parts: list[bytes] = []
    size, rest = 0, data
    while rest[:2] == b"\x1f\x8b":
        opener = zlib.decompressobj(31)
        try:
            while not opener.eof:
                parts.append(opener.decompress(rest, _STEP))
                rest = opener.unconsumed_tail
                if not rest and not parts[-1]:  # cut off
                    break
                size += len(parts[-1])
                if _is_too_much(size, len(data)):
                    raise _too_much(name)
        except zlib.error:
            raise UserError("tables.damaged", name=name) from None
        if not opener.eof:
            raise UserError("tables.damaged", name=name)
        rest = opener.unused_data
    return parts[0] if len(parts) == 1 else b"".join(parts)


_STEP = 16 * 1024**2
"""Bytes that are unpacked before their number is looked at."""


def _gz_of_known_size(data: bytes) -> Held | None:
    """The content of a large archive with one part if its size equals what its last four bytes state, else None."""
    size = int.from_bytes(data[-4:], "little")
    if size < LARGE or _is_too_much(size, len(data)):
        return None
    made = room(size)
    view, at = memoryview(made), 0
    try:
        with pa.CompressedInputStream(pa.BufferReader(data), "gzip") as opener:
            while at < size and (got := opener.readinto(view[at:])):
                at += got
            return made if at == size and not opener.read(1) else None
    except OSError:
        return None


def _bz2(data: bytes, name: str) -> bytes | None:
    if compression_of(data) != "bz2":
        return None
    return _bounded(bz2.BZ2Decompressor(), data, name)


def _xz(data: bytes, name: str) -> bytes | None:
    if compression_of(data) != "xz":
        return None
    return _bounded(lzma.LZMADecompressor(memlimit=256 * 1024**2), data, name)


def _bounded(opener: bz2.BZ2Decompressor | lzma.LZMADecompressor, data: bytes, name: str) -> bytes:
    parts: list[bytes] = []
    size, given = 0, data
    try:
        while not opener.eof and (given or not opener.needs_input):
            parts.append(opener.decompress(given, _STEP))
            given = b""
            size += len(parts[-1])
            if _is_too_much(size, len(data)):
                raise _too_much(name)
    except (OSError, lzma.LZMAError, EOFError, ValueError):
        raise UserError("tables.damaged", name=name) from None
    if not opener.eof:
        raise UserError("tables.damaged", name=name)
    return b"".join(parts)


def _is_too_much(size: int, packed: int) -> bool:
    """More than any upload may unpack to, or more than an export of that size ever does."""
    return size > LIMIT_EXPANDED_BYTES or (size > LIMIT_RATIO_FROM_BYTES and size > LIMIT_RATIO * packed)


def _too_much(name: str) -> UserError:
    return UserError("tables.expands", name=name, limit=LIMIT_EXPANDED_BYTES / 1024**2)


def _zip(data: bytes, name: str, *, inside: bool) -> Content:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise UserError("tables.damaged", name=name) from None
    members = [member for member in archive.infolist() if not member.is_dir()]
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise UserError("tables.password", name=name)
    _check_expansion(data, members, name)
    if names & {"schema.json", "data.pkl"} or any(
        path.endswith((".npy", "/data.pkl", "saved_model.pb")) for path in names
    ):
        raise UserError("tables.model", name=name)
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return Content("workbook", data, name, "xlsb" if "xl/workbook.bin" in names else "xlsx")
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" not in archive.read("mimetype")[:200]:
            raise UserError("tables.document", name=name)
        if _ods_is_locked(archive, names):
            raise UserError("tables.password", name=name)
        return Content("workbook", data, name, "ods")
    if "[Content_Types].xml" in names:
        raise UserError("tables.document", name=name)
    if any(path.startswith("Index/") and path.endswith(".iwa") for path in names) or "Index.zip" in names:
        raise UserError("tables.other_data", name=name)
    if inside:
        raise UserError("tables.nested_archive", name=name)
    files = _wanted(members)
    if not files:
        raise UserError("tables.empty", name=name)
    if len(files) > 1:
        raise UserError(
            "tables.several_in_zip", name=name, count=len(files), files=[member.filename for member in files[:5]]
        )
    try:
        inner = archive.read(files[0])
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, lzma.LZMAError):
        raise UserError("tables.damaged", name=name) from None
    return _open(inner, files[0].filename.rsplit("/", 1)[-1], inside=True)


_README = re.compile(r"(?i)(?:^|/)(?:read[_ -]?me|liesmich|leeme|licen[sc]e|manifest)[^/]*\.(?:txt|md|html?|pdf)$")


def _wanted(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The files of an archive that may be tables: not what systems add, nor a page of words about the others."""
    files = [member for member in members if not (member.is_dir() or _is_clutter(member.filename))]
    files = [member for member in files if member.file_size] or files
    return [member for member in files if not _README.search(member.filename)] or files


_MARKERS = ("._", "_SUCCESS", "_committed_", "_started_")
"""Beginnings of files that systems and data platforms put beside those with rows."""


def _is_clutter(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    clutter = name in (".DS_Store", "Thumbs.db", "desktop.ini") or name.endswith(".crc") or name.startswith(_MARKERS)
    return path.startswith("__MACOSX/") or clutter


def _ods_is_locked(archive: zipfile.ZipFile, names: set[str]) -> bool:
    return "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")


def _check_expansion(data: bytes, members: list[zipfile.ZipInfo], name: str) -> None:
    """What the members really inflate to, whatever the directory says; overlapping members count each time."""
    if sum(member.file_size for member in members) > LIMIT_EXPANDED_BYTES:
        raise _too_much(name)
    total = 0
    for member in members:
        if member.compress_type != zipfile.ZIP_DEFLATED:
            total += member.compress_size
            continue
        at = member.header_offset
        if at + 30 > len(data):
            raise UserError("tables.damaged", name=name)
        start = (
            at
            + 30
            + int.from_bytes(data[at + 26 : at + 28], "little")
            + int.from_bytes(data[at + 28 : at + 30], "little")
        )
        opener = zlib.decompressobj(-15)
        rest: bytes = data[start : start + member.compress_size]
        try:
            while rest:
                total += len(opener.decompress(rest, 1 << 20))
                if _is_too_much(total, len(data)):
                    raise _too_much(name)
                rest = opener.unconsumed_tail
        except zlib.error:
            raise UserError("tables.damaged", name=name) from None
    if _is_too_much(total, len(data)):
        raise _too_much(name)


def _ole(data: bytes, name: str) -> Content:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UserError("tables.password", name=name)
    if not any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        raise UserError("tables.document", name=name)
    return Content("workbook", data, name, "xls")


def _refuse_models(data: Held, name: str) -> None:
    """A model file belongs on another page; it is recognised by its first bytes or its name and never opened."""
    binary_pickle = data[:1] == b"\x80" and data[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05")
    ends_as_pickle = data[-8:].rstrip(b"\n")[-1:] == b"."
    old_pickle = data[:1] in (b"}", b"]", b"(", b"c") and b"q\x00" in data[:200]
    if ((binary_pickle or old_pickle) and ends_as_pickle) or (_TEXT_PICKLE.match(data) and ends_as_pickle):
        raise UserError("tables.model", name=name)
    if data[:2] in (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda") or data[:2] in (b"ZF", b"\x5d\x00"):
        try:
            start = (
                zlib.decompressobj().decompress(data, 64) if data[:1] == b"x" else b"\x80" if data[:2] == b"ZF" else b""
            )
        except zlib.error:
            start = b""
        if start[:1] == b"\x80":
            raise UserError("tables.model", name=name)
    if name.lower().endswith(_MODEL_NAMES) and (b"\x00" in data[:4096] or binary_pickle):
        raise UserError("tables.model", name=name)


def _refuse_strangers(data: Held, name: str) -> None:
    if compression_of(data) in ("zstd", "lz4", "compress"):
        raise UserError("tables.other_archive", name=name)
    for mark, kind in _STRANGERS:
        if data[: len(mark)] == mark:
            raise UserError(f"tables.{kind}", name=name)
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise UserError("tables.picture" if data[8:12] == b"WEBP" else "tables.media", name=name)
    if data[4:8] == b"ftyp":
        raise UserError("tables.media", name=name)
    if data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data):
        raise UserError("tables.picture", name=name)
    if data[:2] == b"MZ" and b"\x00" in data[:64]:
        raise UserError("tables.program", name=name)
    if tar.is_archive(data):
        raise UserError("tables.other_archive", name=name)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head")) or (
        start.startswith(b"<?xml") and b"<html" in start
    ):
        raise UserError("tables.web_page", name=name)
    is_xml = start.startswith(b"<?xml")
    if b"<svg" in start or start.startswith(b"<workbook") or (is_xml and DECLARES.search(data[:4096])):
        raise UserError("tables.picture" if b"<svg" in start else "tables.xml", name=name)
    if not (_is_text(data) or (b"\x00" in data[:65_536] and _is_text(_without_nul(data)))):
        raise UserError("tables.binary", name=name)


def _dumped(data: Held) -> dict[str, bytes]:
    return sql_dump.tables_of(encodings.to_utf8(data, encodings.find_encoding(data))[:].decode("utf-8", "replace"))


_MOST_NUL = 0.01
"""Share of a text that may be NUL bytes, besides those at its end."""


def _without_nul(data: Held) -> bytes:
    """A text without the NUL bytes that a till pads its file or a cell with; UTF-16 and all else stays as it is."""
    whole = bytes(data[:])
    if b"\x00" not in whole or _is_text(data):
        return whole
    ended = whole.rstrip(b"\x00")
    return ended.replace(b"\x00", b"") if ended.count(0) <= _MOST_NUL * len(ended) else whole


def _is_text(data: Held) -> bool:
    """Whether the bytes can be text in some encoding: few control signs, or the zero bytes of UTF-16."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] == b"\x00\x00\xfe\xff":
        return len(data) % 2 == 0 or data[-1:] in (b"\n", b"\r", b"\x00")
    part = data[:65_536]
    zeros = part.count(0)
    if zeros:
        even, odd = part[0::2].count(0), part[1::2].count(0)
        return max(even, odd) >= 0.4 * len(part) / 2 and min(even, odd) <= 0.02 * len(part)
    strange = len(part.translate(None, _TEXT_SIGNS))
    return strange <= 0.002 * len(part)
