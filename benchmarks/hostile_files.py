"""Hostile uploads, made here: each is named after what it tries, and the page that it is dropped on.

`hostile_uploads(folder)` yields the files of generators in a folder of cases, ours for every format that Data and
Project read, models in every container, and all attacks of `tests/attacks` in bundles.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import pickle
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import xlsxwriter
from sklearn.linear_model import LinearRegression

from tests.attacks import attacks

_MODELS = (".pkl", ".joblib", ".skops", ".pickle")
_MIB = 2**20
BUNDLE = 60
"""Attacks that one bundle drops one after the other."""


@dataclass(frozen=True)
class HostileUpload:
    """Files that are dropped together or one after the other."""

    name: str
    make: Callable[[], tuple[tuple[str, bytes], ...]]
    """The files, name and content; made when they are dropped."""
    page: str = ""
    """`data`, `predict` or `project`."""
    customers: Callable[[], tuple[str, bytes]] | None = None
    """Dropped after a model."""
    together: bool = True
    unused: int = 0
    """How many times the first file is also sent at once without being used, by each visitor."""


def hostile_uploads(cases: Path | None, folder: Path) -> Iterator[HostileUpload]:
    """Everything, in a stable order."""
    if cases is not None:
        yield from _of_cases(cases, folder)
    yield from _tables()
    yield from _columnar()
    yield from _workbooks()
    yield from _projects()
    yield from _models()
    found = [(f"{attack.name[:40]}.pkl", attack.data) for attack in attacks(folder / "canary")]
    for start in range(0, len(found), BUNDLE):
        bundle = tuple(found[start : start + BUNDLE])
        name = f"attacks {start + 1}–{start + len(bundle)}"
        yield HostileUpload(name, partial(tuple, bundle), "predict", together=False)


def _of_cases(cases: Path, folder: Path) -> Iterator[HostileUpload]:
    """What the generators of a folder of cases write; files named `customers` go with the models beside them."""
    for generator in sorted(cases.glob("*/generate.py")):
        out = folder / generator.parent.name
        if not out.exists():
            command = [sys.executable, str(generator), str(out)]
            subprocess.run(command, capture_output=True, timeout=300, check=False)
        paths = sorted(path for path in out.glob("*") if path.is_file())
        customers = next((path for path in paths if path.name.startswith("customers")), None)
        for path in paths:
            if not path.name.startswith("customers"):
                page = "predict" if path.name.endswith(_MODELS) else "data"
                name = f"{generator.parent.name[:2]} {path.name}"
                given = None if customers is None else partial(_read, customers)
                yield HostileUpload(name, lambda path=path: (_read(path),), page, given)  # type: ignore[misc]


def _read(path: Path) -> tuple[str, bytes]:
    return path.name, path.read_bytes()


# ------------------------------------------------------------------------------------------------------ text and zips


def _repeated(line: bytes, mebibytes: int) -> bytes:
    return b"order,customer,total\n" + line * (mebibytes * _MIB // len(line))


def _bomb() -> bytes:
    return _repeated(b"1,2,3\n", 400)


def _zip(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return target.getvalue()


def _overlapping_zip(entries: int, mebibytes: int) -> bytes:
    """A zip whose directory names one compressed block many times."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = _repeated(b"1,2,3\n", mebibytes)
    block = packed.compress(plain) + packed.flush()
    check, name = zlib.crc32(plain), b"00000.csv"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, check, len(block), len(plain), len(name), 0) + name
    directory = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, check, len(block), len(plain), len(name), 0, 0, 0, 0, 0, 0
        )
        + f"{at:05d}.csv".encode()
        for at in range(entries)
    )
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, len(directory), len(local) + len(block), 0)
    return local + block + directory + end


def _tables() -> Iterator[HostileUpload]:
    def data(name: str, content: Callable[[], bytes]) -> HostileUpload:
        return HostileUpload(name, lambda: ((name, content()),), "data")

    yield data("bomb.csv.gz", lambda: gzip.compress(_bomb(), 9))
    yield data("bomb.csv.bz2", lambda: bz2.compress(_repeated(b"1,2,3\n", 10)) * 40)
    yield data("bomb.csv.xz", lambda: lzma.compress(_repeated(b"1,2,3\n", 10), preset=1) * 40)
    yield data("bomb.zip", lambda: _zip({"orders.csv": _bomb()}))
    yield data("words.csv.gz", lambda: gzip.compress(_repeated(b"a b c d e f g h\n", 300), 9))
    yield data("zip in zip.zip", lambda: _zip({"a.zip": _zip({"b.zip": _zip({"orders.csv": _bomb()})})}))
    yield data("gz in gz.csv.gz", lambda: gzip.compress(gzip.compress(_bomb())))
    yield data("10,000 members.zip", lambda: _zip({f"{at}.csv": b"a,b\n1,2\n" for at in range(10_000)}))
    yield data("overlapping.zip", lambda: _overlapping_zip(2_000, 40))
    yield data("150 MiB of orders.csv", lambda: _many_orders(150))
    yield data(
        "20,000 columns.csv", lambda: (",".join(f"c{at}" for at in range(20_000)) + "\n" + "1," * 20_000).encode()
    )
    yield data(
        "16,000 columns, 300 rows.csv",
        lambda: (",".join(f"name {at}" for at in range(16_000)) + "\n" + ("x1," * 15_999 + "1\n") * 300).encode(),
    )
    yield data("one line.csv", lambda: b"a" * (100 * _MIB))
    yield data("one cell.csv", lambda: b"a,b\n" + b"x" * (60 * _MIB) + b",1\n1,2\n")
    yield data("quotes.csv", lambda: b'a,b\n"' + b'""' * 20_000_000)
    yield data("open quotes.csv", lambda: b"a,b\n" + b'"x,' * 5_000_000)
    yield data("line breaks.csv", lambda: b"\n" * 100_000_000)
    yield data("separators.csv", lambda: b"a,b\n" + b"," * 50_000_000)
    yield data("zeros.csv", lambda: b"\0" * (100 * _MIB))
    yield data("utf-16.csv", lambda: "a;b;c\n1;2;3\n".encode("utf-16") + "é;ñ;2\n".encode("utf-16-le") * 4_000_000)
    yield data("mixed encodings.csv", lambda: b"a,b\n" + b"\xff\xfe,\xc3\x28\n" * 3_000_000)
    yield data("accents.csv", lambda: ("a\u0301" * 500_000 + ",b\n1,2\n").encode())
    yield data("accents in cells.csv", lambda: ("a,b\n" + ("x" + "\u0300\u0316" * 5_000 + ",1\n") * 2_000).encode())
    yield data("right to left.csv", lambda: ("\u202ea\u202e,b\n" + "\u202e\u2066=1+1,2\n" * 10_000).encode())
    yield data("long numbers.csv", lambda: b"order,total\n" + (b"1," + b"9" * 50_000 + b"\n") * 1_000)
    yield data("exponents.csv", lambda: b"order,customer,date,total\n" + b"1,a@b.c,2024-01-01,1e308\n" * 50_000)
    yield data(
        "dates.csv", lambda: b"order,customer,date,total\n" + (b"1,a@b.c," + b"9" * 4_000 + b"-01-01,1\n") * 5_000
    )
    yield data("every date another.csv", lambda: _every_date_another())
    yield data("every customer another.csv", lambda: _every_customer_another())
    yield data("one customer, a million orders.csv", lambda: _one_customer())
    yield data("formulas.csv", lambda: b"customer,date,total\n" + b'=cmd|"/c calc"!A1,2024-01-01,@SUM(1)\n' * 5_000)
    yield data(
        "HTML.csv", lambda: b"<img src=x onerror=alert(1)>,date,total\n" + b"<script>1</script>,2024-01-01,5\n" * 5_000
    )
    yield data("nested.json", lambda: b"[" * 5_000_000)
    yield data("nested pairs.json", lambda: b'{"a":' * 500_000 + b"1" + b"}" * 500_000)
    yield data(
        "wide.json", lambda: json.dumps([{f"k{row}-{at}": at for at in range(50)} for row in range(4_000)]).encode()
    )
    yield data("one record.jsonl", lambda: b'{"a": "' + b"x" * (80 * _MIB) + b'"}')
    yield data("nested.xml", lambda: b"<a>" * 3_000_000)
    yield data("entities.xml", lambda: _ENTITIES)
    yield data("nested.html", lambda: b"<table><tr><td>" * 500_000)
    yield data(
        "wide cells.html", lambda: b"<table><tr>" + b"<td colspan=1000 rowspan=60000>x</td>" * 5_000 + b"</tr></table>"
    )
    yield HostileUpload(
        "500 files",
        lambda: tuple((f"{at}.csv", b"order,customer,date,total\n1,a,2024-01-01,5\n") for at in range(500)),
        "data",
    )
    # Together several times the memory of the server. Whoever asks for one address can invent others.
    yield HostileUpload("120 MiB, 12 times unused", lambda: (("x.csv", b"1\n" * (60 * _MIB)),), "data", unused=12)
    yield HostileUpload("a long name", lambda: (("n" * 100_000 + ".csv", b"a,b\n1,2\n"),), "data")
    yield HostileUpload("a name of accents", lambda: (("a" + "\u0301" * 50_000 + ".csv", b"a,b\n1,2\n"),), "data")
    yield HostileUpload("a name of a path", lambda: (("../../../etc/passwd\0.csv", b"a,b\n1,2\n"),), "data")


_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">'.encode() for at in range(1, 12))
    + b"]><x>&a11;</x>"
)


def _many_orders(mebibytes: int) -> bytes:
    chance = np.random.default_rng(3)
    rows = 200_000
    table = pd.DataFrame(
        {
            "Order": np.arange(rows),
            "Email": [f"customer{at}@example.org" for at in chance.integers(0, 60_000, rows)],
            "Date": (pd.Timestamp("2022-01-01") + pd.to_timedelta(chance.integers(0, 900, rows), "D")).astype(str),
            "Total": chance.gamma(2, 30, rows).round(2),
        }
    )
    block = table.to_csv(index=False).encode()
    head, _, body = block.partition(b"\n")
    return head + b"\n" + body * (mebibytes * _MIB // len(body))


def _every_date_another() -> bytes:
    forms = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%y", "%d %B %Y", "%Y%m%d", "%d/%m/%Y %H:%M")
    days = pd.date_range("1700-01-01", periods=60_000)
    rows = (f"{at},c{at % 999},{day.strftime(forms[at % len(forms)])},5" for at, day in enumerate(days))
    return ("order,customer,date,total\n" + "\n".join(rows)).encode()


def _every_customer_another() -> bytes:
    rows = (f"{at},customer{at}@example{at}.org,2024-0{at % 9 + 1}-1{at % 9},{at % 97}" for at in range(1_000_000))
    return ("order,customer,date,total\n" + "\n".join(rows)).encode()


def _one_customer() -> bytes:
    days = pd.date_range("1990-01-01", "2024-12-31").strftime("%Y-%m-%d").tolist()
    rows = (f"{at},a@b.c,{days[at % len(days)]},{at % 97}" for at in range(1_000_000))
    return ("order,customer,date,total\n" + "\n".join(rows)).encode()


# ---------------------------------------------------------------------------------------------- columns and workbooks


def _parquet(table: pa.Table, **options: str) -> bytes:
    target = io.BytesIO()
    pa.parquet.write_table(table, target, **options)
    return target.getvalue()


def _columnar() -> Iterator[HostileUpload]:
    def data(name: str, content: Callable[[], bytes]) -> HostileUpload:
        return HostileUpload(name, lambda: ((name, content()),), "data")

    def constant() -> pa.Array:
        places = pa.array(np.zeros(20_000_000, np.int32))
        return pa.DictionaryArray.from_arrays(places, pa.array(["x" * 100_000]))

    def zeros() -> pa.Table:
        column = pa.array(np.zeros(60_000_000))
        return pa.table({"a": column, "b": column})

    def in_feather(table: pa.Table) -> bytes:
        target = io.BytesIO()
        pa.feather.write_feather(table, target, compression="zstd")
        return target.getvalue()

    yield data("one text 20 million times.parquet", lambda: _parquet(pa.table({"a": constant()}), compression="zstd"))
    yield data("60 million zeros.parquet", lambda: _parquet(zeros(), compression="zstd"))
    yield data("20,000 columns.parquet", lambda: _parquet(pa.table({f"c{at}": [1.0] for at in range(20_000)})))
    nested = pa.array([1])
    for _ in range(60):
        nested = pa.StructArray.from_arrays([nested], ["a"])
    yield data("nested.parquet", lambda: _parquet(pa.table({"a": nested})))
    lists = pa.ListArray.from_arrays(pa.array([0, 5_000_000], pa.int32()), pa.array(np.zeros(5_000_000)))
    yield data("a list in a cell.parquet", lambda: _parquet(pa.table({"a": lists})))
    plain = _parquet(pa.table({"customer": ["a"] * 1_000, "total": [1.0] * 1_000}))
    yield data("cut.parquet", lambda: plain[: len(plain) // 2] + plain[-8:])
    yield data("footer of 2 GB.parquet", lambda: b"PAR1" + b"\0" * 100 + struct.pack("<I", 2**31 - 1) + b"PAR1")
    yield data("60 million zeros.feather", lambda: in_feather(zeros()))


_SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)


def _xlsx(sheet: bytes, texts: bytes = b"", sheets: int = 1) -> bytes:
    """A plain workbook in which the first sheet and the shared texts are these."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as workbook:
        workbook.add_worksheet().write(0, 0, "a")
        for _ in range(sheets - 1):
            workbook.add_worksheet()
    with zipfile.ZipFile(plain) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries["xl/worksheets/sheet1.xml"] = sheet
    if texts:
        entries["xl/sharedStrings.xml"] = texts
    return _zip(entries)


def _workbooks() -> Iterator[HostileUpload]:
    def data(name: str, content: Callable[[], bytes]) -> HostileUpload:
        return HostileUpload(name, lambda: ((name, content()),), "data")

    end = b"</sheetData></worksheet>"
    cells = b'<row><c t="n"><v>1</v></c><c t="n"><v>1</v></c></row>'
    yield data("400 MiB of cells.xlsx", lambda: _xlsx(_SHEET + cells * (400 * _MIB // len(cells)) + end))
    yield data("100 MiB of cells.xlsx", lambda: _xlsx(_SHEET + cells * (100 * _MIB // len(cells)) + end))
    corner = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield data("the last cell.xlsx", lambda: _xlsx(_SHEET + corner + end))
    far = b"".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>'.encode() for at in range(1, 20_000))
    yield data("far columns.xlsx", lambda: _xlsx(_SHEET + far + end))
    texts = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + b"<si><t>x</t></si>" * 10_000_000
    )
    yield data("ten million texts.xlsx", lambda: _xlsx(_SHEET + corner + end, texts + b"</sst>"))
    yield data("5,000 sheets.xlsx", lambda: _xlsx(_SHEET + cells + end, sheets=5_000))
    yield data(
        "entities.xlsx", lambda: _xlsx(_ENTITIES.replace(b"<x>", b"<worksheet>").replace(b"</x>", b"</worksheet>"))
    )
    yield data("nested.xlsx", lambda: _xlsx(b"<a>" * 3_000_000))
    ods = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:'
        b'oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        b'<office:body><office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated='
        b'"1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>'
        b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    yield data("repeated cells.ods", lambda: _zip({"mimetype": mime, "content.xml": ods}))
    yield data("not a workbook.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000_000)


# ----------------------------------------------------------------------------------------------------------- projects


def _projects() -> Iterator[HostileUpload]:
    def project(name: str, content: Callable[[], bytes]) -> HostileUpload:
        return HostileUpload(name, lambda: ((name, content()),), "project")

    head = {"project.json": b'{"format": "brine-project", "version": 1, "name": "x", "saved_on": "2024-01-01"}'}
    yield project("a bomb in the settings.brine", lambda: _zip(head | {"reading.json": b" " * (400 * _MIB)}))
    yield project("nested settings.brine", lambda: _zip({"project.json": b"[" * 2_000_000}))
    yield project("nested settings beside.brine", lambda: _zip(head | {"reading.json": b'{"a":' * 400_000}))
    yield project(
        "a million segments.brine",
        lambda: _zip(head | {"explore.json": b'{"segments": [' + b"{}," * 1_000_000 + b"{}]}"}),
    )
    yield project(
        "300 bombs.brine", lambda: _zip(head | {f"models/{at}.pkl": b"\0" * (10 * _MIB) for at in range(100)})
    )
    yield project("a history of zeros.brine", lambda: _zip(head | {"history/lines.parquet": next(
        one for one in _columnar() if one.name.startswith("60")).make()[0][1]}))  # fmt: skip
    yield project("10,000 entries.brine", lambda: _zip(head | {f"campaigns/{at}.csv": b"" for at in range(10_000)}))
    yield project("overlapping.brine", lambda: _overlapping_zip(250, 40))
    yield project("a path.brine", lambda: _zip(head | {"../../etc/passwd": b"x"}))
    yield project("no zip.brine", lambda: b"PK\3\4" + b"\xff" * 5_000_000)


# ------------------------------------------------------------------------------------------------------------- models


def _linear(names: list[str]) -> bytes:
    model = LinearRegression()
    model.coef_, model.intercept_, model.rank_ = np.ones(len(names)), 0.0, 1
    model.singular_, model.n_features_in_ = np.ones(1), len(names)
    model.feature_names_in_ = np.array(names, dtype=object)
    return pickle.dumps(model)


def _models() -> Iterator[HostileUpload]:
    def model(name: str, content: Callable[[], bytes], customers: Callable[[], bytes] | None = None) -> HostileUpload:
        given = None if customers is None else lambda: ("customers.csv", customers())
        return HostileUpload(name, lambda: ((name, content()),), "predict", given)

    def zeros() -> bytes:
        return b"\x80\x04" + b"N0" * (200 * _MIB)

    yield model("bomb.zlib.pkl", lambda: zlib.compress(zeros(), 9))
    yield model("bomb.gz.pkl", lambda: gzip.compress(zeros(), 9))
    yield model("bomb.bz2.pkl", lambda: bz2.compress(b"N0" * (5 * _MIB)) * 40)
    yield model("bomb.xz.pkl", lambda: lzma.compress(b"N0" * (5 * _MIB), preset=1) * 40)
    yield model("bomb.lzma.pkl", lambda: lzma.compress(zeros(), format=lzma.FORMAT_ALONE, preset=1))
    yield model("200 MiB of nothing.pkl", lambda: b"\x80\x04" + b"N0" * (99 * _MIB) + b"N.")
    yield model("bomb.skops", lambda: _zip({"schema.json": b" " * (400 * _MIB)}))
    yield model("nested.skops", lambda: _zip({"schema.json": b'{"a":' * 2_000_000}))
    yield model(
        "30,000 members.skops", lambda: _zip({f"{at}.npy": b"" for at in range(30_000)} | {"schema.json": b"{}"})
    )
    yield model("overlapping.skops", lambda: _overlapping_zip(250, 40))
    yield model("nested.pkl", lambda: b"\x80\x04" + b"(" * 5_000_000)
    yield model("nested lists.pkl", lambda: b"\x80\x04" + b"]" * 2_000_000 + b"a" * 1_999_999 + b".")
    yield model(
        "memo.pkl", lambda: b"\x80\x04" + b"".join(b"Nr" + struct.pack("<I", at) for at in range(3_000_000)) + b"."
    )
    doubling = b"\x80\x04]q\x00" + b"".join(
        b"]q" + bytes([at + 1]) + (b"h" + bytes([at]) + b"a") * 8 for at in range(200)
    )
    yield model("doubling lists.pkl", lambda: doubling + b".")
    yield model(
        "a text of 100 MiB.pkl", lambda: b"\x80\x04X" + struct.pack("<I", 100 * _MIB) + b"x" * (100 * _MIB) + b"."
    )
    fields = [f"f{at}" for at in range(5_000)]
    yield model("5,000 fields.pkl", lambda: _linear(fields))
    yield model(
        "5,000 fields and a table.pkl",
        lambda: _linear(fields),
        lambda: (",".join(fields) + "\n" + "1," * 4_999 + "1\n").encode(),
    )
    yield model(
        "long names.pkl", lambda: _linear(["a" * 900, *("n" * 800 + str(at) for at in range(2_000))]), lambda: b"a\n1\n"
    )
    yield model(
        "names of accents.pkl",
        lambda: _linear(["a" + "\u0301" * 900 + str(at) for at in range(1_000)]),
        lambda: b"a\n1\n",
    )
    yield model(
        "names of HTML.pkl", lambda: _linear(["<img src=x>", "![x](http://example.org/x.png)"]), lambda: b"a\n1\n"
    )
    honest = _linear(["a", "b"])
    yield model("honest.pkl, a bomb of customers", lambda: honest, lambda: gzip.compress(_repeated(b"1,2,3\n", 400), 9))
    yield model("honest.pkl, a million customers", lambda: honest, lambda: b"a,b\n" + b"1.5,2.5\n" * 1_000_000)
    wide = ",".join(f"c{at}" for at in range(16_000)) + "\n" + "1," * 15_999 + "1\n"
    yield model("honest.pkl, 16,000 columns", lambda: honest, lambda: wide.encode())
    yield model("honest.pkl, huge numbers", lambda: honest, lambda: b"a,b\n" + b"1e308,1e308\n-1e308,9e999\n" * 1_000)
