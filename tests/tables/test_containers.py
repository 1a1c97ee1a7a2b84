"""Files that databases, data platforms and office programs make: their rows are read as those of a plain table."""

import io
import json
import tarfile
import zipfile

import pandas as pd
import pytest
import xlsxwriter

from lib.errors import UserError
from lib.joins import read_shop
from lib.tables import read_table, read_tables
from lib.tables.reports import month_in
from lib.tables.sql_dump import tables_of

NAMES = ("order_id", "day", "customer", "total")
ROWS = [[f"A{at}", f"2024-{1 + at % 12:02}-{13 + at}", f"ann{at % 3}@mail.com", 10.5 + at] for at in range(12)]


def _same(frame: pd.DataFrame) -> bool:
    """Whether the rows are those above, whatever else stands beside them."""
    frame = frame.rename(columns=str.casefold)
    days = pd.to_datetime(frame["day"]).dt.strftime("%Y-%m-%d")
    return [list(row) for row in zip(frame["order_id"], days, frame["customer"], frame["total"], strict=True)] == ROWS


def _described(**more: str) -> list[dict[str, str]]:
    return [{"name": name, **more} for name in NAMES]


ANSWERS: tuple[object, ...] = (
    {"columns": list(NAMES), "data": ROWS},
    {"meta": _described(type="String"), "data": ROWS, "rows": len(ROWS), "statistics": {"elapsed": 0.1}},
    {"schema": {"fields": _described(type="STRING", mode="NULLABLE")}, "totalRows": "12",
     "rows": [{"f": [{"v": cell} for cell in row]} for row in ROWS]},
    {"result": {"cols": [{"label": name} for name in NAMES], "rows": ROWS}},
    {"resultSetMetaData": {"rowType": _described(type="text")}, "data": ROWS, "code": "0"},
)  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_columns_in_one_list_and_rows_in_another_are_a_table(answer: object) -> None:
    assert _same(read_table(json.dumps(answer).encode(), "rows.json").frame)


def test_lists_that_describe_no_columns_are_no_heading() -> None:
    orders = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    answer = {"sizes": [[1, 2], [3, 4]], "tags": ["a", "b"], "orders": orders}
    assert _same(read_table(json.dumps(answer).encode(), "rows.json").frame)


@pytest.mark.parametrize("names", [("2024-01", "2024-02"), ("enero", "febrero"), ("shop1", "shop2")])
def test_lists_of_the_same_records_beside_each_other_are_one_table(names: tuple[str, str]) -> None:
    orders = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    answer = {"exported": "2024-12-31", names[0]: orders[:5], names[1]: orders[5:]}
    assert _same(read_table(json.dumps(answer).encode(), "rows.json").frame)


@pytest.mark.parametrize("other", ["returns", "cancelled_orders", "Devoluciones"])
def test_lists_of_returns_beside_orders_are_no_orders(other: str) -> None:
    orders = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    assert _same(read_table(json.dumps({"orders": orders, other: orders[:4]}).encode(), "rows.json").frame)


def test_lists_of_other_records_beside_orders_are_not_put_below_them() -> None:
    orders = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    answer = {"orders": orders, "products": [{"sku": "A", "price": 3.5}, {"sku": "B", "price": 4.5}]}
    assert _same(read_table(json.dumps(answer).encode(), "rows.json").frame)


def _scripted(row: list[object], style: str) -> str:
    number, day, customer, total = row
    if style == "sql server":
        day_cast = f"CAST(N'{day}T00:00:00.000' AS DateTime)"
        cells = f"N'{number}', {day_cast}, N'{customer}', CAST({total} AS Decimal(18, 2))"
        return f"INSERT [dbo].[Orders] ([order_id], [day], [customer], [total]) VALUES ({cells})\r\nGO"
    year, month, date = str(day).split("-")
    cells = f"'{number}',to_date('{date}-{month}-{year[2:]}','DD-MM-RR'),'{customer}',{total}"
    return f"Insert into SHOP.ORDERS (ORDER_ID,DAY,CUSTOMER,TOTAL) values ({cells});"


@pytest.mark.parametrize(
    ("style", "above", "encoding"),
    [("sql server", "USE [Shop]\r\nGO\r\nSET IDENTITY_INSERT [dbo].[Orders] ON", "utf-16"),
     ("sql server", "SET IDENTITY_INSERT [dbo].[Orders] ON", "utf-8-sig"),
     ("oracle", "REM INSERTING into SHOP.ORDERS\nSET DEFINE OFF;", "utf-8")],
)  # fmt: skip
def test_scripts_of_other_databases_are_their_rows(style: str, above: str, encoding: str) -> None:
    text = "\n".join([above, *(_scripted(row, style) for row in ROWS)])
    assert _same(read_table(text.encode(encoding), "orders.sql").frame)


@pytest.mark.parametrize(
    ("call", "value"),
    [("to_date('05-MAR-24 02:30:00 PM','DD-MON-RR HH:MI:SS AM')", "2024-03-05 14:30:00"),
     ("to_timestamp('2024/03/05','YYYY/MM/DD')", "2024-03-05 00:00:00"), ("CAST(5 AS int)", "5"),
     ("to_date('tomorrow','DD-MM-YY')", "tomorrow"), ("N'a''b'", "a'b")],
)  # fmt: skip
def test_what_a_function_makes_of_a_value(call: str, value: str) -> None:
    (made,) = tables_of(f"INSERT INTO t (a, b) VALUES ({call}, 1);").values()
    assert made.decode() == f"a,b\n{value},1\n"


def test_markers_and_empty_files_of_a_folder_are_no_tables() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("sales/_SUCCESS", "sales/._part.csv", "sales/.part.csv.crc", "sales/empty.csv"):
            archive.writestr(name, "" if "S" in name or "empty" in name else "\0\1")
        for part in (0, 6):
            frame = pd.DataFrame(ROWS[part : part + 6], columns=NAMES)
            archive.writestr(f"sales/year=2024/part-{part}.csv", frame.to_csv(index=False))
    tables = read_shop([("sales.zip", out.getvalue())]).tables
    assert _same(pd.concat([table.frame for table in tables]))


def _flat_sheet(above: str = "") -> bytes:
    def cell(value: object) -> str:
        kind = f'"float" office:value="{value}"' if isinstance(value, float) else '"string"'
        return f"<table:table-cell office:value-type={kind}><text:p>{value}</text:p></table:table-cell>"

    table: list[list[object]] = [list(NAMES), *ROWS]
    rows = "".join(f"<table:table-row>{''.join(cell(value) for value in row)}</table:table-row>" for row in table)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    return (
        f'<?xml version="1.0"?>\n{above}<office:document {spaces} '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        f'<table:table table:name="Orders">{rows}</table:table></office:spreadsheet></office:body></office:document>'
    ).encode()


def test_a_flat_open_document_is_a_sheet() -> None:
    assert _same(read_table(_flat_sheet(), "orders.fods").frame)


def test_a_flat_open_document_that_declares_entities_is_refused() -> None:
    with pytest.raises(UserError):
        read_table(_flat_sheet('<!DOCTYPE d [<!ENTITY a "b">]>\n'), "orders.fods")


@pytest.mark.parametrize(
    ("title", "month"),
    [("VENTAS ENERO 2024", "ENERO 2024"), ("Umsatz: März 2024", "März 2024"), ("Sales 01/2024", "01/2024"),
     ("Ventas de enero de 2024", "enero 2024"), ("January 2024 to March 2024", ""), ("Report of sales", ""),
     ("2024", "")],
)  # fmt: skip
def test_the_month_of_a_title(title: str, month: str) -> None:
    assert month_in(title) == month


def test_days_of_the_month_below_a_title_with_the_month_are_dates() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for at, month in enumerate(("ENERO 2024", "FEBRERO 2024")):
            sheet = book.add_worksheet(f"Hoja{at + 1}")
            rows = [[f"VENTAS {month}"], [], ["Día", "Cliente", "Importe"], [13 + at, "Ana", 10.5], [27, "Luis", 5.25]]
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    days = pd.to_datetime(read_table(out.getvalue(), "ventas.xlsx").frame["Día"])
    assert days.dt.strftime("%Y-%m-%d").tolist() == ["2024-01-13", "2024-01-27", "2024-02-14", "2024-02-27"]


@pytest.mark.parametrize("label", ["Customer: {}", "{}"])
def test_a_header_that_comes_again_under_each_customer_is_one_table(label: str) -> None:
    lines = ["Customer statement", ""]
    for customer in ("Ann Lee", "Bob Ray", "Eva Gil"):
        lines += [label.format(customer), "Invoice,Date,Amount"]
        lines += [f"{customer[0]}{at},2024-{1 + at:02}-17,{10 + at}.50" for at in range(4)]
        lines += [",Total,48.00", ""]
    frame = read_table("\n".join(lines).encode(), "statement.csv").frame
    assert frame["Customer"].tolist() == [name for name in ("Ann Lee", "Bob Ray", "Eva Gil") for _ in range(4)]
    assert frame["Amount"].sum() == 144


@pytest.mark.parametrize(
    "foot", ["(12 rows affected)", "12 filas afectadas", "(12 rows affected)\n\nCompletion time: 2024-12-31"]
)
def test_columns_under_dashes_are_read_without_what_is_said_below(foot: str) -> None:
    widths = (10, 23, 20, 8)
    lines = [
        NAMES,
        ["-" * width for width in widths],
        *([*row[:1], f"{row[1]} 00:00:00.000", *row[2:]] for row in ROWS),
    ]
    text = "\n".join(
        " ".join(str(cell).ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )
    assert _same(read_table(f"{text}\n\n{foot}\n".encode(), "orders.txt").frame)


FIRST = ["Fecha", "Pedido", "Cliente", "Cantidad", "Importe"]


@pytest.mark.parametrize(
    ("name", "second", "joined"),
    [
        ("2024", ["Pedido", "Fecha pedido", "Nombre cliente", "Uds.", "Importe total"], True),
        ("Devoluciones", ["Pedido", "Fecha pedido", "Nombre cliente", "Uds.", "Importe total"], False),
        ("2024", ["Pedido", "Fecha devolución", "Nombre cliente", "Uds.", "Importe"], False),
        ("2024", ["Pedido", "Fecha pedido", "Proveedor", "Uds.", "Importe total"], False),
        ("2024", ["Pedido", "Fecha pedido", "Nombre cliente", "Uds.", "Ciudad"], False),
    ],
)
def test_a_sheet_with_renamed_columns_goes_on_with_the_history(name: str, second: list[str], joined: bool) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        first, other = book.add_worksheet("2023"), book.add_worksheet(name)
        first.write_row(0, 0, FIRST)
        other.write_row(0, 0, second)
        for at in range(8):
            first.write_row(at + 1, 0, [f"{13 + at}/03/2023", f"A{at}", f"Ana {at % 3}", 2, 10.5 + at])
        for at in range(6):
            last = "Madrid" if second[-1] == "Ciudad" else 20.5 + at
            other.write_row(at + 1, 0, [f"B{at}", f"{13 + at}/04/2024", f"Ana {at % 3}", 1, last])
    frame = read_table(out.getvalue(), "ventas.xlsx").frame
    assert list(frame.columns) == FIRST
    assert (len(frame), frame["Importe"].sum()) == ((14, 250.0) if joined else (8, 112.0))


def _tar(*entries: tuple[str, bytes, bytes], packed: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packed}") as archive:
        for name, kind, data in entries:
            entry = tarfile.TarInfo(name)
            entry.type, entry.size, entry.linkname = kind, len(data), "/etc/passwd"
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize(("suffix", "packed"), [(".tar.gz", "gz"), (".tgz", "gz"), (".tar.bz2", "bz2"), (".tar", "")])
def test_the_files_of_a_tar_are_read_and_its_links_are_not(suffix: str, packed: str) -> None:
    months = [f"order,date,email,total\n{at},2024-0{at}-13,a@b.com,{at}.50\n".encode() for at in (1, 2)]
    data = _tar(
        ("../../evil/jan.csv", tarfile.REGTYPE, months[0]), ("link.csv", tarfile.SYMTYPE, b""),
        ("._feb.csv", tarfile.REGTYPE, b"x"), ("export/feb.csv", tarfile.REGTYPE, months[1]), packed=packed,
    )  # fmt: skip
    tables = read_tables([(f"export{suffix}", data)])
    assert [table.name for table in tables] == ["jan.csv", "feb.csv"]
    assert [table.frame["total"].tolist() for table in tables] == [[1.5], [2.5]]


def test_a_tar_that_is_cut_off_is_damaged() -> None:
    data = _tar(("a.csv", tarfile.REGTYPE, b"order,total\n" + b"1,2\n" * 900), packed="")
    with pytest.raises(UserError):
        read_tables([("export.tar", data[:1500])])
