"""How many broken files are read as a person would read them: `python -m benchmarks.messy [FOLDER]`.

A file is right when the table has the rows and the header below and the named cells hold those values, or when it
cannot be a table and says so by the named error. Plain pandas is `read_csv` or `read_excel` without options; its names
for blank and repeated headers count as right, and so does any error of its own for a file that is no table.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lib.errors import UserError
from lib.tables import read_table

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "messy"


@dataclass(frozen=True)
class Expected:
    """The expected reading of a file: number of rows, header, some cells; or an error's key."""

    rows: int = 0
    header: Sequence[str] = ()
    """Its first names, where `columns` says how many there are."""
    columns: int = 0
    cells: Mapping[tuple[int, str], object] = field(default_factory=dict)
    error: str = ""


def _table(
    rows: int, header: str, cells: Mapping[tuple[int, str], object] | None = None, *, columns: int = 0
) -> Expected:
    return Expected(rows, tuple(header.split("|")), columns, cells or {})


def _no_table(error: str) -> Expected:
    return Expected(error=error)


_DAY = pd.Timestamp("2011-01-02")
_PEOPLE = "id|name|age"
_CHINESE = {(1, "name"): "中国人"}

EXPECTED: Mapping[str, Expected] = {
    "csv-spectrum/comma_in_quotes.csv": _table(
        1, "first|last|address|city|zip", {(0, "city"): "Anytown, WW", (0, "zip"): "08123"}
    ),
    "csv-spectrum/empty.csv": _table(2, "a|b|c", {(1, "c"): 4}),
    "csv-spectrum/empty_crlf.csv": _table(2, "a|b|c", {(1, "c"): 4}),
    "csv-spectrum/escaped_quotes.csv": _table(2, "a|b", {(0, "b"): 'ha "ha" ha'}),
    "csv-spectrum/json.csv": _table(1, "key|val", {(0, "val"): '{"type": "Point", "coordinates": [102.0, 0.5]}'}),
    "csv-spectrum/location_coordinates.csv": _table(1, "Contact Phone Number|Location Coordinates|Cities|Counties"),
    "csv-spectrum/newlines.csv": _table(3, "a|b|c", {(1, "a"): "Once upon \na time"}),
    "csv-spectrum/newlines_crlf.csv": _table(3, "a|b|c", {(1, "b"): 5}),
    "csv-spectrum/quotes_and_newlines.csv": _table(2, "a|b", {(1, "b"): "4"}),
    "csv-spectrum/simple.csv": _table(1, "a|b|c", {(0, "c"): 3}),
    "csv-spectrum/simple_crlf.csv": _table(1, "a|b|c", {(0, "c"): 3}),
    "csv-spectrum/utf8.csv": _table(2, "a|b|c", {(1, "c"): "ʤ"}),
    "messytables/utf-16le_encoded.csv": _table(
        327, "Organisation_code|Organisation_name", {(0, "Part_II_patients"): 2}, columns=19
    ),
    "messytables/utf8bom.csv": _no_table("tables.no_rows"),
    "messytables/spanish_chars.csv": _table(
        114,
        "GF_ID|FN_ID|SF_ID|GF|F|SF|Gasto total 2011|Descripción",
        {(0, "Gasto total 2011"): 229932.5, (1, "F"): "Legislación"},
    ),
    "messytables/characters.csv": _table(
        382, "id|景點編號|景點中文名稱", {(1, "景點中文名稱"): "蘆竹溝", (0, "X坐標"): 120.124206}, columns=18
    ),
    "messytables/skip_initials.csv": _table(2, "field1|field2", {(0, "field2"): "goodbye"}),
    "messytables/weird_head_padding.csv": _table(
        60,
        "column_1|1985|1993|2000|2005|2006|2007|2008|2009|2010",
        {(7, "1993"): 1613, (1, "column_1"): "Gefäßchirurgie"},
    ),
    "messytables/sparse_with_column_errors.csv": _table(
        2200, "LP|Bezeichnung|Kapitel/Titel|column_4", {(1, "Bezeichnung"): "Grundfinanzierung MPG"}
    ),
    "messytables/null.csv": _table(10, "column_1|column_2|column_3|column_4", {(0, "column_1"): 1, (9, "column_3"): 0}),
    "messytables/long.csv": _table(4000, "column_1", {(0, "column_1"): "foo"}),
    "messytables/mixedGLB.csv": _table(133, "Year|Jan|Feb|Mar", {(0, "D-N"): None, (132, "Jan"): 34}, columns=19),
    "messytables/excel_pasting.csv": _table(
        13, "Year|2000|2001|2002|2003|2004|2005|2006|2007", {(0, "2000"): 2666, (12, "2007"): 12292}
    ),
    "messytables/complex.csv": _table(
        3,
        "date|another date|temperature|place",
        {(0, "another date"): pd.Timestamp("2011-10-24"), (2, "temperature"): 6e6},
    ),
    "messytables/simple.csv": _table(6, "date|temperature|place", {(1, "date"): _DAY, (1, "temperature"): -1}),
    "messytables/simple.psv": _table(
        28,
        "Year|New dwellings|Other dwellings|All dwellings|First time buyers|Former owner occupiers",
        {(0, "New dwellings"): 44000},
    ),
    "messytables/simple.ssv": _table(6, "date|temperature|place", {(1, "date"): _DAY}),
    "messytables/simple.xls": _table(6, "date|temperature|place", {(1, "date"): _DAY}),
    "messytables/simple.xlsx": _table(6, "date|temperature|place", {(1, "date"): _DAY}),
    "messytables/simple.ods": _table(3, "Name|Age|When", {(0, "When"): pd.Timestamp("2010-10-10")}),
    "messytables/simple.zip": _table(6, "date|temperature|place", {(1, "date"): _DAY}),
    "messytables/simple.unknown": _no_table("tables.empty"),
    "messytables/encrypted_no_password.xls": _no_table("tables.password"),
    "messytables/span_rich.xls": _table(5, "I|h|g|f", {(0, "I"): "j", (4, "f"): "a"}),
    "messytables/unicode_sheet_name.xls": _no_table("tables.no_rows"),
    "messytables/blank_line.ods": _table(3, "Name|Age|When", {(2, "Name"): "Ian"}),
    "messytables/libreoffice.xlsx": _no_table("tables.empty"),
    "messytables/multilineods.ods": _no_table("tables.no_rows"),
    "messytables/begrotingsanalyse-2011.csv": _table(
        36,
        "NR.|Cluster|Groningen|Friesland|Drenthe|Overijssel|Gelderland|Utrecht|Noord-Holland|Zuid-Holland|Zeeland|"
        "Noord-Brabant|Limburg|Flevoland",
        {(1, "Groningen"): 208, (30, "Groningen"): -1414, (34, "Overijssel"): 1130345, (32, "Drenthe"): -1},
    ),
    "messytables/example.tsv": _table(140, "hour|expr1_0_imp", {(0, "expr1_1_hist_ctr"): 0.0139}, columns=17),
    "frictionless/empty.csv": _no_table("tables.empty"),
    "frictionless/duplicate-column.csv": _table(1, "A|B|B_2|C", {(0, "B_2"): "C"}),
    "frictionless/without-rows.csv": _no_table("tables.no_rows"),
    "frictionless/latin1.csv": _table(2, "id|name", {(1, "name"): "©"}),
    "frictionless/leading-zeros.csv": _table(3, "value", {(0, "value"): "01", (2, "value"): "00003"}),
    "frictionless/dialect.csv": _table(2, "id|name", {(1, "id"): 2}),
    "frictionless/issue-1009-comma.csv": _table(1, "fieldNameA|fieldNameB", {(0, "fieldNameA"): "0123"}),
    "frictionless/issue-1009-semicolon.csv": _table(1, "fieldNameA|fieldNameB", {(0, "fieldNameA"): "0123"}),
    "frictionless/delimiter.csv": _table(2, "id|name", _CHINESE),
    "frictionless/without-headers.csv": _table(3, "column_1|column_2", {(0, "column_1"): 1, (1, "column_2"): "中国人"}),
    "frictionless/table-unicode-headers.csv": _table(2, "id|国人", {(1, "国人"): "中国人"}),
    "frictionless/bom.csv": _table(2, "id|name", _CHINESE),
    "frictionless/skip-blank-at-the-end.csv": _table(1, "test1|test2", {(0, "test2"): 2}),
    "frictionless/blank-headers.csv": _table(2, "id|column_2|age", {(0, "column_2"): "John"}),
    "frictionless/blank-rows-no-fields.csv": _table(2, _PEOPLE, {(1, "age"): 26}),
    "frictionless/blank-cells.csv": _table(5, "id|name", {(4, "name"): None}),
    "frictionless/blank-rows.csv": _table(2, _PEOPLE, {(1, "age"): 26}),
    "frictionless/defective-rows.csv": _table(2, _PEOPLE, {(0, "age"): None, (1, "age"): 26}),
    "frictionless/skip-rows-before-headers.csv": _table(2, "id|name", _CHINESE),
    "frictionless/invalid.csv": _table(3, "id|name|column_3|name_2", {(2, "name"): "german", (2, "name_2"): 2}),
    "frictionless/duplicate-rows.csv": _table(3, _PEOPLE),
    "frictionless/structure-errors.csv": _table(3, _PEOPLE, {(2, "age"): 3}),
    "frictionless/escaping.csv": _table(3, "ID|Test", {(0, "Test"): "Test line 1", (2, "Test"): 'Test " line 3'}),
    "frictionless/duplicate-headers.csv": _table(2, "id|name|id_2|age|id_3", {(0, "id_3"): "001101"}),
    "frictionless/skip-rows.csv": _table(2, "id|name", _CHINESE),
    "frictionless/table-infer-iso-8859-7.csv": _table(4, "id|age|name", {(0, "name"): "Λεωνιδας"}),
    "frictionless/matrix-with-comment.csv": _table(4, "f1|f2|f3|f4", {(3, "f4"): 44}),
    "frictionless/blank-rows-multiple.csv": _table(2, _PEOPLE),
    "frictionless/timezone.csv": _table(4, "datetime|time", {(3, "datetime"): pd.Timestamp("2020-01-01 15:00")}),
    "frictionless/numeric-labels.csv": _table(3, "id|100022|100025", {(0, "100047"): False}, columns=10),
    "frictionless/accent.csv": _table(
        2,
        "n_amenageur|n_operateur",
        {(0, "code_insee"): "06090", (0, "date_maj"): pd.Timestamp("2018-03-31")},
        columns=17,
    ),
    "frictionless/doublequote.csv": _table(5, "INCISO|NOMBREINCISO|UE|NOMBREUE|AÑO", {(0, "AÑO"): 2019}, columns=17),
    "frictionless/wide.csv": _table(3, "id|100022|100025", {(2, "id"): "id3"}, columns=9074),
    "frictionless/table-with-accents.csv": _table(
        638,
        "Classement|Quartier|Date|Année|Occupancy rate|Average Price|RevPAR|Source",
        {(0, "Average Price"): 81.20416129, (637, "Date"): pd.Timestamp("2017-10-01")},
    ),
    "frictionless/encoding-issue-274.csv": _table(
        507, "id|name|abbreviation", {(0, "abbreviation"): "A2F"}, columns=17
    ),
    "frictionless/merged-cells.xlsx": _no_table("tables.no_rows"),
    "frictionless/preserve-formatting-percentage.xlsx": _table(3, "col1|col2", {(0, "col2"): 0.52}),
    "frictionless/cast-int-to-string-issue-1251.xlsx": _table(2, "A|B|C|D|E", {(0, "A"): "001", (1, "D"): "1"}),
    "frictionless/multiline-headers.xlsx": _table(
        1,
        "Region|Caloric contribution (%)|Cumulative impact of changes on cost of food basket from previous quarter|"
        "Cumulative impact of changes on cost of food basket from baseline (%)",
        {(0, "Region"): "A"},
    ),
    "frictionless/merged-cells-boolean.xls": _no_table("tables.no_rows"),
    "frictionless/skip-rows.xlsx": _table(1, "A|B", {(0, "B"): 9}),
    "frictionless/sheet2.xlsx": _table(2, "id|name", _CHINESE),
    "frictionless/sheets.xlsx": _table(1, "id|name", {(0, "name"): "london"}),
    "frictionless/table-with-booleans.xls": _table(2, "id|boolean", {(0, "boolean"): True}),
    "frictionless/table-with-ints-floats-dates.ods": _table(
        3, "Int|Float|Date|Datetime", {(0, "Datetime"): pd.Timestamp("2009-08-16 05:43:21")}
    ),
    "frictionless/table-with-two-sheets.ods": _table(2, "id|name", _CHINESE),
    "frictionless/adjust-floating-point-error.xlsx": _table(
        5, "Sample Name|peak PO4|actual PO4 (formula)|actual PO4 (values)", {(1, "actual PO4 (values)"): 274.66}
    ),
    "frictionless/table.csv.gz": _table(2, "id|name", _CHINESE),
    "frictionless/table-multiple-files.zip": _no_table("tables.several_in_zip"),
}


def wrong(frame: pd.DataFrame, expected: Expected, *, plain: bool = False) -> str:
    """What differs from the expected table, if anything. `plain` accepts generated names and dates as text."""
    if expected.error:
        return "should be an error"
    columns = expected.columns or len(expected.header)
    if frame.shape != (expected.rows, columns):
        return f"shape {frame.shape}, not {(expected.rows, columns)}"
    found = [_named(str(name), at) if plain else str(name) for at, name in enumerate(frame.columns, start=1)]
    if found[: len(expected.header)] != list(expected.header):
        return f"header {found[:8]}"
    frame = frame.set_axis(found, axis=1)
    for (row, column), value in expected.cells.items():
        cell = frame[column].iloc[row]
        if not (pd.isna(cell) if value is None else _same(cell, value, plain=plain)):
            return f"{column} in row {row} is {cell!r}, not {value!r}"
    return ""


def _same(cell: object, value: object, *, plain: bool) -> bool:
    if plain and isinstance(value, pd.Timestamp) and isinstance(cell, str):
        return bool(pd.Timestamp(cell).tz_localize(None) == value)  # it was not asked to parse dates
    if isinstance(value, str) != isinstance(cell, str):
        return False
    return bool(cell == value)


def _named(name: str, at: int) -> str:
    if name.startswith("Unnamed: "):
        return f"column_{at}"
    stem, dot, number = name.rpartition(".")
    return f"{stem}_{int(number) + 1}" if dot and number.isdigit() and stem else name


def ours(path: Path, expected: Expected) -> str:
    """What is wrong with Brine's reading of a file; empty where nothing is."""
    try:
        table = read_table(path.read_bytes(), path.name)
    except UserError as error:
        return "" if error.key == expected.error else f"{error.key} {error.facts}"
    return wrong(table.frame, expected)


def plain(path: Path, expected: Expected) -> str:
    """What is wrong with what pandas reads without options; empty where nothing is."""
    try:
        workbook = path.suffix in (".xls", ".xlsx", ".ods")
        frame = pd.read_excel(path, engine="calamine") if workbook else pd.read_csv(path, low_memory=False)
    except Exception as error:  # noqa: BLE001 - whatever a plain reader raises on a broken file is its answer
        return "" if expected.error else type(error).__name__
    return wrong(frame, expected, plain=True)


def main(folder: Path = FOLDER) -> int:
    """Prints each file and the shares that are right; the number of files that Brine gets wrong."""
    right = {"Brine": 0, "pandas": 0}
    for file, expected in EXPECTED.items():
        answers = {"Brine": ours(folder / file, expected), "pandas": plain(folder / file, expected)}
        for reader, answer in answers.items():
            right[reader] += not answer
        sys.stdout.write(
            f"{file:52} Brine: {answers['Brine'] or 'right':28.60} pandas: {answers['pandas'] or 'right'}\n"
        )
    for reader, count in right.items():
        sys.stdout.write(f"{reader}: {count} of {len(EXPECTED)} right ({count / len(EXPECTED):.1%})\n")
    return len(EXPECTED) - right["Brine"]


if __name__ == "__main__":
    sys.exit(min(1, main(*(Path(given) for given in sys.argv[1:2]))))
