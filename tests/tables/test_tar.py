"""Archives of tar: all files in them are read, or the archive is refused; never some, and never slowly."""

import gzip
import io
import tarfile
import time
from collections.abc import Callable

import pytest

from lib import text
from lib.errors import UserError
from lib.tables import read_tables

MONTHS = [b"order,date,email,total\n" + b"".join(b"%d,2024-0%d-13,a%d@b.com,%d.50\n" % (at, month, at, at)
          for at in range(1, 9)) for month in (1, 2)]  # fmt: skip
END = b"\0" * 1024


def header(name: bytes, size: bytes = b"", kind: bytes = b"0", magic: bytes = b"ustar\x0000") -> bytes:
    made = bytearray(512)
    for at, value in ((0, name), (124, size or b"%011o\0" % 0), (148, b" " * 8), (156, kind), (257, magic)):
        made[at : at + len(value)] = value
    made[148:156] = b"%06o\0 " % sum(made)
    return bytes(made)


def member(name: bytes, data: bytes, kind: bytes = b"0", magic: bytes = b"ustar\x0000") -> bytes:
    return header(name, b"%011o\0" % len(data), kind, magic) + data + b"\0" * (-len(data) % 512)


def pax(**said: str) -> bytes:
    """A header of pax before the next file."""
    out = b""
    for key, value in said.items():
        body = f" {key.replace('__', '.')}={value}\n".encode()
        length = next(n for n in range(len(body), len(body) + 9) if n == len(body) + len(str(n)))
        out += b"%d" % length + body
    return member(b"x", out, b"x")


TWO = member(b"jan.csv", MONTHS[0]) + member(b"feb.csv", MONTHS[1])
READ: dict[str, bytes] = {
    "as it is": TWO + END,
    "folders, links and devices between": b"".join(header(b"x", kind=kind) for kind in (b"1", b"2", b"3", b"5", b"6"))
    + TWO + END,
    "names of pax and of GNU": pax(path="far/away/jan.csv", comment="x") + member(b"short", MONTHS[0])
    + member(b"././@LongLink", b"b/" * 90 + b"feb.csv\0", b"L") + member(b"short", MONTHS[1]) + END,
    "of the seventies, which do not say what they are": member(b"jan.csv", MONTHS[0], magic=b"")
    + member(b"feb.csv", MONTHS[1], magic=b"") + END,
    "a file that comes again, newer": member(b"jan.csv", b"order,total\n9,9\n") + TWO + END,
    "a page of words": member(b"README.md", b"hello") + TWO + END,
    "paths out of the folder": member(b"../../jan.csv", MONTHS[0]) + member(b"/etc/feb.csv", MONTHS[1]) + END,
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(("suffix", "pack"), [(".tar", bytes), (".tgz", gzip.compress)])
def test_every_file_is_read(name: str, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    tables = read_tables([(f"export{suffix}", pack(READ[name]))], alike=False)
    assert [(table.name, len(table.frame)) for table in tables] == [("jan.csv", 8), ("feb.csv", 8)]


LOST: dict[str, tuple[str, bytes]] = {
    "cut off in the second header": ("damaged", TWO[:1300]),
    "cut off behind a file": ("damaged", TWO[:1024]),
    "cut off in a file": ("damaged", TWO[:1600]),
    "a second header that was changed": ("damaged", TWO[:1030] + b"?" + TWO[1031:] + END),
    "another archive behind it": ("other_archive", TWO[:1024] + END + TWO[1024:] + END),
    "a file with holes": ("other_archive", header(b"a.csv", kind=b"S") + TWO + END),
    "a file with holes, in pax": ("other_archive", pax(GNU__sparse__map="0,1") + TWO + END),
    "a size below zero": ("damaged", header(b"a.csv", b"\xff" * 10 + b"\xfe\x00") + TWO + END),
    "a size with a sign": ("damaged", header(b"a.csv", b"-0000001000\0") + TWO + END),
    "a size without end": ("damaged", header(b"a.csv", b"\x80" + b"\x7f" * 11) + TWO + END),
    "a size of pax below zero": ("damaged", pax(size="-512") + TWO + END),
    "a size of pax without end": ("damaged", pax(size="9" * 18) + TWO + END),
    "an archive in it": ("nested_archive", member(b"in.tar", TWO + END) + END),
    "no file": ("empty", header(b"d/", kind=b"5") + END),
    "two hundred files": ("several_in_zip", b"".join(member(b"%d.csv" % at, MONTHS[0]) for at in range(200)) + END),
    "a chain of long names": ("other_archive", header(b"x", kind=b"L") * 30_000 + TWO + END),
    "a chain of pax": ("other_archive", pax(comment="a") * 20_000 + TWO + END),
    "digits without end in pax": ("other_archive", member(b"x", b"9" * 2_000_000, b"x") + TWO + END),
    "a name of megabytes": ("other_archive", member(b"x", b"a" * 5_000_000, b"L") + TWO + END),
    "thousands of empty files": ("other_archive", header(b"e.csv") * 30_000 + TWO + END),
    "zeros without end": ("expands", member(b"a.csv", b"\0" * 100_000_000) + END),
}


@pytest.mark.parametrize("name", LOST)
def test_an_archive_of_which_not_all_can_be_read_is_refused_at_once(name: str) -> None:
    key, data = LOST[name]
    packed = gzip.compress(data, 1)
    began = time.monotonic()
    with pytest.raises(UserError) as caught:
        read_tables([("export.tar.gz", packed)], alike=False)
    assert caught.value.key == f"tables.{key}"
    assert all(len(text.tell(language, caught.value)) > 30 for language in text.LANGUAGES)
    assert time.monotonic() - began < 20, "on a slow computer"


@pytest.mark.parametrize("style", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_style_that_python_writes_is_read(style: int) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=style) as archive:
        for month, data in enumerate(MONTHS, 1):
            entry = tarfile.TarInfo(f"{'folder/' * 15}año {month}.csv")
            entry.size, entry.mtime = len(data), 1.5 if style == tarfile.PAX_FORMAT else 1
            archive.addfile(entry, io.BytesIO(data))
    tables = read_tables([("export.tar.gz", out.getvalue())], alike=False)
    assert [table.name for table in tables] == ["año 1.csv", "año 2.csv"]
