"""Files that are no table, or too large, end in a sentence and affect no other user."""

import bz2
import contextlib
import gzip
import io
import json
import lzma
import pickle
import resource
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lib import tables, text
from lib.errors import UserError
from lib.tables import decode_worker, limits, prepare, read_table
from lib.tables.unwrap import unwrap

ROOT = Path(__file__).resolve().parents[2]
_TYPES = "http://schemas.openxmlformats.org"


def refusal(data: bytes, name: str = "upload.csv", **options) -> str:
    """The key of the refusal, after checking that it has a sentence in every language."""
    with pytest.raises(UserError) as refused:
        read_table(data, name, **options)
    for language in text.LANGUAGES:
        assert len(text.tell(language, refused.value)) > 40
    return refused.value.key.removeprefix("tables.")


def _zip(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def _xlsx(sheet: str, *, strings: str = "") -> bytes:
    """A workbook of one sheet, by hand."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_TYPES}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_TYPES}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_TYPES}/package/2006/relationships"><Relationship '
        f'Id="rId1" Type="{_TYPES}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_TYPES}/spreadsheetml/2006/main" '
        f'xmlns:r="{_TYPES}/officeDocument/2006/relationships"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_TYPES}/spreadsheetml/2006/main">'
        f"<sheetData>{sheet}</sheetData>"
        "</worksheet>",
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_TYPES}/spreadsheetml/2006/main" {strings}'
    return _zip(**{name: part.encode() for name, part in parts.items()})


def _ods(rows: str) -> bytes:
    names = ("office", "table", "text")
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    opening = f"<office:document-content{spaces}><office:body><office:spreadsheet>"
    closing = "</office:spreadsheet></office:body></office:document-content>"
    content = f'{opening}<table:table table:name="S">{rows}</table:table>{closing}'
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    return _zip(**{name: part.encode() for name, part in parts.items()})


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "orders.csv", "empty"),
        (b"\n \n\t\n", "orders.csv", "empty"),
        (b"\xef\xbb\xbf", "orders.csv", "empty"),
        (b",,,\n,,,\n", "orders.csv", "empty"),
        (b"id,name\n", "orders.csv", "no_rows"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "orders.csv", "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "orders.csv", "picture"),
        (b"%PDF-1.7\n%abc", "orders.csv", "pdf"),
        (b"<html><body><table><tr><td>1</td></tr></table>", "orders.xls", "web_page"),
        (b'<?xml version="1.0"?><orders><order/></orders>', "orders.xml", "xml"),
        (b"SQLite format 3\x00" + bytes(100), "shop.db", "database"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "orders.7z", "other_archive"),
        (b"\x7fELF" + bytes(100), "orders", "program"),
        (bytes(range(256)) * 40, "orders.csv", "binary"),
        (b"PAR1" + bytes(100) + b"PAR1", "orders.parquet", "damaged"),
        (b"PAR1" + bytes(100), "orders.parquet", "damaged"),
        (b"ARROW1\x00\x00" + bytes(100), "orders.feather", "damaged"),
        (b"FEA1" + bytes(100), "orders.feather", "old_feather"),
        (b"PK\x03\x04" + bytes(100), "orders.xlsx", "damaged"),
        (gzip.compress(b"a,b\n1,2\n" * 100)[:-20], "orders.csv.gz", "damaged"),
        (gzip.compress(gzip.compress(b"a,b\n1,2\n")), "orders.csv.gz.gz", "nested_archive"),
        (gzip.compress(_zip(**{"a.csv": b"a,b\n1,2\n"})), "orders.zip.gz", "nested_archive"),
        (_zip(**{"a.zip": _zip(**{"a.csv": b"a,b\n1,2\n"})}), "orders.zip", "nested_archive"),
        (_zip(**{"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n1,2\n"}), "orders.zip", "several_in_zip"),
        (_zip(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "orders.docx", "document"),
        (b'{"id": 1, "name":', "orders.json", "damaged"),
        (b"[1, 2, 3]", "orders.json", "not_records"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",  # packed bytes carry the time: no name for a test
)
def test_what_is_no_table_is_named(data, name, key):
    assert refusal(data, name) == key


def test_model_files_are_sent_to_the_page_that_opens_them():
    model = {"weights": [1, 2, 3]}
    for protocol in range(6):
        assert refusal(pickle.dumps(model, protocol), "orders.csv") == "model"
    assert refusal(gzip.compress(pickle.dumps(model)), "model.pkl.gz") == "model"
    assert refusal(bz2.compress(pickle.dumps(model)), "model.pkl.bz2") == "model"
    assert refusal(_zip(**{"schema.json": b"{}"}), "model.skops") == "model"


def test_model_files_of_a_tutorial_are_sent_to_the_page_that_opens_them(shared):
    for name in ("model_pickle", "model_joblib"):
        assert refusal((shared / "codebasics" / name).read_bytes(), name) == "model"


def test_text_that_ends_in_a_full_stop_is_no_model():
    assert read_table(b"(draft) orders,amount\ntea,2\nmug,3.", "orders.csv").frame.shape == (2, 2)


def test_locked_files_are_named_as_such(shared):
    data = bytearray(_zip(**{"orders.csv": b"a,b\n1,2\n"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    assert refusal(bytes(data), "orders.zip") == "password"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert refusal(locked, "orders.xlsx") == "password"
    path = shared / "messy" / "messytables" / "encrypted_no_password.xls"
    assert refusal(path.read_bytes(), path.name) == "password"


def test_the_size_of_an_upload_is_checked_here_too(monkeypatch):
    monkeypatch.setattr("lib.tables.reading.LIMIT_BYTES", 1000)
    assert refusal(b"a,b\n" + b"1,2\n" * 300) == "too_big"


def unpacking_refused(data: bytes, name: str) -> str:
    """The key with which unpacking is refused; here, where the limits are lowered, and not in the worker."""
    with pytest.raises(UserError) as refused:
        unwrap(data, name)
    return refused.value.key.removeprefix("tables.")


@pytest.mark.slow
def test_what_an_archive_unpacks_to_is_bounded_while_it_unpacks(monkeypatch):
    monkeypatch.setattr("lib.tables.unwrap.LIMIT_EXPANDED_BYTES", 1_000_000)
    bomb = b"a,b\n" * 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert unpacking_refused(gzip.compress(bomb), "orders.csv.gz") == "expands"
    assert unpacking_refused(bz2.compress(bomb), "orders.csv.bz2") == "expands"
    assert unpacking_refused(lzma.compress(bomb), "orders.csv.xz") == "expands"
    assert unpacking_refused(_zip(**{"orders.csv": bomb}), "orders.zip") == "expands"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_an_archive_that_lies_about_its_size_is_found_out(monkeypatch):
    monkeypatch.setattr("lib.tables.unwrap.LIMIT_EXPANDED_BYTES", 1_000_000)
    data = bytearray(_zip(**{"orders.csv": b"a,b\n" * 1_000_000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert unpacking_refused(bytes(data), "orders.zip") == "expands"


BOMBS = {
    "blanks": b"a b c\n" + b"1 2 3\n" * 20_000_000,
    "one line": b"a,b,c\n1,2,3\n" + b"x" * 120_000_000 + b"\n",
    "commas": b"," * 120_000_000,
    "quotes": b"a,b\n" + b'""' * 60_000_000,
    "line breaks in quotes": b'a,b\n"' + b"\n" * 120_000_000,
    "tabs": b"a\tb\n" + b"\t\n" * 60_000_000,
}
"""Texts that pack to a few hundred kilobytes."""


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_archive_of_text_takes_no_memory_of_the_server(name):
    """Above the ratio it is refused while it unpacks; below, a process of its own meets its end."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    packed = gzip.compress(BOMBS[name], 1)
    assert refusal(packed, "orders.csv.gz") in ("expands", "too_heavy", "too_many_rows", "too_many_columns")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


@pytest.mark.parametrize("letters", [131_073, 600_000])
@pytest.mark.parametrize("shape", ["a,b\n1,{}\n2,x\n", 'a,b\n1,"{}"\n2,x\n', "{},b\n1,2\n", 'a;b\n1;"{}\n2;x\n'])
def test_a_giant_cell_is_read_or_named(letters, shape):
    data = shape.format("x" * letters).encode()
    with contextlib.suppress(UserError):
        assert not read_table(data, "orders.csv").frame.empty


@pytest.mark.slow
def test_what_a_worker_answers_is_what_reading_here_answers():
    data = "Fecha;Importe;Nota\n03/02/2025;1.234,50 €;é\n04/02/2025;7,00 €;\n25/02/2025;1,00 €;x\n".encode("cp1252")
    here = read_table(data, "ventas.csv")
    there = decode_worker.read(data, "ventas.csv", sheet=None, date_orders={}, options={}).table()
    pd.testing.assert_frame_equal(here.frame, there.frame)
    assert replace(here, frame=None, source="") == replace(there, frame=None, source="")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forks workers on Linux only")
def test_a_template_process_that_ended_is_started_again_and_none_is_left_behind():
    data = b"Order,Date,Amount\n" + b"1,2025-01-03,2.50\n" * 50_000
    assert len(read_table(data, "orders.csv").frame) == 50_000
    first = decode_worker.TEMPLATE._process
    assert first is not None
    first.kill()
    first.wait()
    assert len(read_table(data, "orders.csv").frame) == 50_000
    second = decode_worker.TEMPLATE._process
    assert second is not None
    assert second.pid != first.pid
    decode_worker.TEMPLATE.close()
    assert second.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forks workers on Linux only")
def test_the_template_process_starts_while_a_file_arrives_that_needs_it():
    decode_worker.TEMPLATE.close()
    prepare(b"Order,Date,Amount", 10_000)
    assert decode_worker.TEMPLATE._process is None, "a small text is decoded where it lies"
    prepare(b"PK\x03\x04", 10_000)
    first = decode_worker.TEMPLATE._process
    assert first is not None
    prepare(b"", 600_000)
    assert decode_worker.TEMPLATE._process is first
    data = b"Order,Date,Amount\n" + b"1,2025-01-03,2.50\n" * 50_000
    assert len(read_table(data, "orders.csv").frame) == 50_000
    assert decode_worker.TEMPLATE._process is first
    decode_worker.TEMPLATE.close()


def test_rows_and_columns_are_bounded(monkeypatch):
    monkeypatch.setattr("lib.tables.delimited.LIMIT_ROWS", 100)
    monkeypatch.setattr("lib.tables.delimited.LIMIT_COLUMNS", 50)
    assert refusal(b"a,b\n" + b"1,2\n" * 101) == "too_many_rows"
    assert refusal(",".join(f"c{at}" for at in range(51)).encode() + b"\n" + b"1," * 50 + b"1\n") == "too_many_columns"
    monkeypatch.setattr("lib.tables.delimited.LIMIT_CELLS", 150)
    assert refusal(b"a,b\n" + b"1,2\n" * 90) == "too_many_cells"


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_cell_at_the_far_corner_of_a_sheet_is_refused_before_it_is_opened(quote):
    """A sheet of two cells made its reader ask for half a terabyte and abort, and the server with it."""
    sheet = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal(_xlsx(sheet.replace('"', quote)), "orders.xlsx") == "too_many_cells"


def test_a_workbook_that_crashes_its_reader_takes_nobody_with_it():
    """A list of shared words that claims four billion entries made the reader abort."""
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    strings = 'count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    assert refusal(_xlsx(sheet, strings=strings), "orders.xlsx") == "too_heavy"


def test_one_cell_repeated_over_a_whole_sheet_is_refused():
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert refusal(_ods(row), "orders.ods") == "too_many_cells"
    assert refusal(_ods(row.replace('"', "'")), "orders.ods") == "too_many_cells"


@pytest.mark.slow
def test_a_short_word_said_a_million_times_in_parquet_is_measured_as_it_would_be_written(monkeypatch):
    from lib.tables import columnar
    from lib.tables.unwrap import Content

    monkeypatch.setattr(columnar, "LIMIT_EXPANDED_BYTES", 10_000_000)
    held = io.BytesIO()
    pd.DataFrame({"word": ["x" * 10_000] * 5_000}).to_parquet(held)
    assert len(held.getvalue()) < 100_000
    with pytest.raises(UserError, match="expands"):
        columnar.read_columnar(Content("parquet", held.getvalue(), "orders.parquet", "parquet"))


def test_a_small_upload_may_compute_for_seconds_and_a_large_one_for_two_minutes():
    assert limits.cpu_seconds(0) == limits.LEAST_CPU_SECONDS
    assert limits.cpu_seconds(512 * 1024) == 14
    assert limits.cpu_seconds(10 * 1024**2) == 90
    assert limits.cpu_seconds(limits.LIMIT_BYTES) == limits.LIMIT_CPU_SECONDS


_ASK_LIMITS = """
import io, json, pathlib, resource, signal, sys
signal.signal(signal.SIGXCPU, signal.SIG_IGN)  # all are read in one process
from lib.tables import decode_worker
found = {}
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    order = {"name": path.name, "sheet": None, "date_orders": {}, "options": {}}
    decode_worker._answer(order, path.read_bytes(), io.BytesIO())
    found[path.name] = resource.getrlimit(resource.RLIMIT_CPU)[0]
print(json.dumps(found))
"""


def _limits_of_cpu(uploads: dict[str, bytes], folder: Path) -> dict[str, int]:
    """Name of an upload → the limit of CPU seconds of a process that has read it, as the operating system says."""
    for name, data in uploads.items():
        (folder / name).write_bytes(data)
    command = [sys.executable, "-c", _ASK_LIMITS, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="limits of CPU time are set on Linux")
def test_the_limit_grows_with_what_an_upload_unpacks_to(tmp_path: Path):
    frame = pd.DataFrame({"order": range(20_000), "who": "Ann Smith", "amount": 5.5, "note": "as agreed " * 8})
    text = frame.to_csv(index=False).encode()
    sheets, column_file = io.BytesIO(), io.BytesIO()
    frame.head(2_000).to_excel(sheets, index=False)
    frame.to_parquet(column_file)
    found = _limits_of_cpu(
        {
            "a.csv": text[:20_000],
            "a.json": b'[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]',
            "a.csv.gz": gzip.compress(text),
            "a.zip": _zip(**{"a.csv": text}),
            "a.xlsx": sheets.getvalue(),
            "a.parquet": column_file.getvalue(),
        },
        tmp_path,
    )
    with zipfile.ZipFile(sheets) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    assert found == {
        "a.csv": limits.cpu_seconds(20_000),
        "a.json": limits.LEAST_CPU_SECONDS,
        "a.csv.gz": limits.cpu_seconds(len(text)),
        "a.zip": limits.cpu_seconds(len(text)),
        "a.xlsx": limits.cpu_seconds(unpacked),
        "a.parquet": limits.cpu_seconds(20_000 * 4 * 8),
    }
    assert found["a.csv.gz"] > limits.cpu_seconds(len(gzip.compress(text)))


def test_the_limits_can_be_told():
    assert tables.LIMIT_BYTES < tables.LIMIT_EXPANDED_BYTES
    assert tables.LIMIT_ROWS * 2 < tables.LIMIT_CELLS
