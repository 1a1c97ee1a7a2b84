"""Uploads of many small parts, or nested deeply: each is read or refused with one sentence, and the server itself
hardly computes for it; the process that decodes has limits of its own."""

import io
import json
import time
import zipfile
from collections.abc import Callable

import pytest

from lib import text
from lib.errors import UserError
from lib.tables import read_tables
from lib.tables.limits import LIMIT_COLUMNS, LIMIT_TABLES

SERVER_SECONDS = 5.0
"""CPU time of the server's process for one upload, on a slow computer."""
SHAPES: dict[str, tuple[str, str, Callable[[], bytes]]] = {}
Make = Callable[[], bytes]


def shape(file: str, expected: str = "") -> Callable[[Make], Make]:
    """Adds a shape of an upload with the key of its sentence, if it has one."""

    def add(make: Make) -> Make:
        SHAPES[make.__name__.replace("_", " ")] = (file, expected, make)
        return make

    return add


def zipped(files: int, content: bytes, suffix: str = "csv") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for at in range(files):
            archive.writestr(f"m{at}.{suffix}", content)
    return target.getvalue()


@shape("a.xlsx", "tables.too_many_tables")
def a_workbook_of_ten_thousand_sheets() -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    names = range(10_000)
    sheets = "".join(f'<sheet name="S{at}" sheetId="{at + 1}" r:id="r{at}"/>' for at in names)
    links = "".join(f'<Relationship Id="r{at}" Type="{office}/worksheet" Target="worksheets/s.xml"/>' for at in names)
    book = f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    entries = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{book}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        "xl/worksheets/s.xml": f'<worksheet xmlns="{main}"><sheetData>{row * 2}</sheetData></worksheet>',
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


@shape("a.sql", "tables.too_many_tables")
def a_dump_of_thirty_thousand_tables() -> bytes:
    return b"".join(b"INSERT INTO t%d (a, b) VALUES (1, 2), (3, 4);\n" % at for at in range(30_000))


@shape("a.sql")
def a_dump_of_as_many_tables_as_are_read() -> bytes:
    return b"".join(b"INSERT INTO t%d (a, b) VALUES (1, 2), (3, 4);\n" % at for at in range(LIMIT_TABLES))


@shape("a.json", "tables.damaged")
def a_list_in_a_list_a_hundred_thousand_times() -> bytes:
    return b"[" * 100_000 + b"]" * 100_000


@shape("a.json")
def records_nested_four_hundred_deep() -> bytes:
    return b"[" + b",".join([b'{"a":' * 400 + b"1" + b"}" * 400] * 1_000) + b"]"


@shape("a.json", "tables.too_many_columns")
def records_of_which_each_has_other_keys() -> bytes:
    return json.dumps([{f"k{at}_{key}": 1 for key in range(20)} for at in range(10_000)]).encode()


@shape("a.xml")
def an_element_in_an_element_a_hundred_thousand_times() -> bytes:
    return b"<a>" * 100_000 + b"</a>" * 100_000


@shape("a.xml", "tables.too_many_columns")
def elements_of_which_each_has_other_attributes() -> bytes:
    return b"<r>" + b"".join(b"<o " + b" ".join(b'a%d_%d="1"' % (at, n) for n in range(20)) + b"/>"
                             for at in range(10_000)) + b"</r>"  # fmt: skip


@shape("a.yaml", "tables.no_rows")
def yaml_in_a_hundred_thousand_brackets() -> bytes:
    return b"[" * 100_000 + b"]" * 100_000


@shape("a.yaml")
def yaml_that_refers_to_itself_nine_times_over() -> bytes:
    lines = [b"a: &a [x,x,x,x,x,x,x,x,x]"]
    lines += [b"%c: &%c [%s]" % (at, at, b",".join([b"*%c" % (at - 1)] * 9)) for at in range(98, 107)]
    return b"\n".join(lines) + b"\n"


@shape("a.zip", "tables.several_in_zip")
def a_zip_of_twenty_thousand_tables() -> bytes:
    return zipped(20_000, b"a,b\n1,2\n")


@shape("a.zip", "tables.nested_archive")
def a_zip_in_a_zip_two_hundred_times() -> bytes:
    data = b"a,b\n1,2\n"
    for _ in range(200):
        data = zipped(1, data, "zip")
    return data


@shape("a.csv", "tables.too_many_columns")
def a_million_columns() -> bytes:
    return b"\n".join(b",".join([b"1"] * 1_000_000) for _ in range(2))


@shape("a.csv")
def as_many_columns_as_are_read() -> bytes:
    return b"\n".join(b",".join(b"%s%d" % (row, at) for at in range(LIMIT_COLUMNS)) for row in (b"c", b"1", b"2"))


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_the_server_hardly_computes_for_an_upload_of_many_parts(name: str) -> None:
    file, expected, make = SHAPES[name]
    data = make()
    began = time.process_time()
    if expected:
        with pytest.raises(UserError) as caught:
            read_tables([(file, data)], alike=False)
        assert caught.value.key == expected
        assert all(len(text.tell(language, caught.value)) > 30 for language in text.LANGUAGES)
    else:
        assert read_tables([(file, data)], alike=False)
    assert time.process_time() - began < SERVER_SECONDS
