"""Bytes of an upload become a table as a person would read them."""

import gzip
import hashlib
import io
import json
import zipfile

import pandas as pd
import pytest

from lib.errors import UserError
from lib.tables import ReadOptions, read_table, read_tables


def read(text: str, name: str = "orders.csv", encoding: str = "utf-8", **options):
    return read_table(text.encode(encoding), name, **options)


def column(text: str, name: str, **options) -> list:
    return read(text, **options).frame[name].tolist()


def keys(table) -> list[str]:
    return [note.key.removeprefix("tables.") for note in table.notes]


def moment(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


# Numbers


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234,56", "12,00"], [1234.56, 12.0]),
        (["1,234.56", "12.00"], [1234.56, 12.0]),
        (["1 234,56 €", "12,00 €"], [1234.56, 12.0]),
        (["1'234.50", "12.00"], [1234.5, 12.0]),
        (["1,23,456.50", "12,000"], [123456.5, 12000.0]),
        (["$5", "-$3.00", "($12.00)"], [5.0, -3.0, -12.0]),
        (["US$ 5.50", "EUR 3"], [5.5, 3.0]),
        (["12.50-", "3.00"], [-12.5, 3.0]),
        (["−5.5", "3"], [-5.5, 3.0]),
        (["45%", "5 %"], [0.45, 0.05]),
        (["1e3", "2.5E-1"], [1000.0, 0.25]),
        ([",5", "1,25"], [0.5, 1.25]),
        (["1.234.567", "1.000"], [1234567, 1000]),
        (["0,123", "1,234"], [0.123, 1.234]),
    ],
)
def test_a_number_is_read_however_it_is_written(cells, expected):
    assert column("\n".join(["what\tvalue", *(f"x\t{cell}" for cell in cells)]), "value") == pytest.approx(expected)


def test_thousands_points_are_seen_from_the_rest_of_the_file():
    text = "Nr;Betrag;Menge\n1;1.234,56;1.200\n2;12,00;1.000\n"
    assert column(text, "Menge") == [1200, 1000]
    assert column("what,weight\na,1.200\nb,1.125\n", "weight") == [1.2, 1.125]


def test_a_column_of_money_says_its_currency():
    table = read("id;Betrag\n1;1.234,56 €\n2;12,00 €\n")
    assert table.currencies == {"Betrag": "€"}
    assert table.decimal == ","


def test_mixed_currencies_are_told_apart_beside_the_amounts():
    table = read("id,price\n1,€12.00\n2,$3.00\n3,€4.00\n")
    assert table.frame["price"].tolist() == [12.0, 3.0, 4.0]
    assert table.frame["price currency"].tolist() == ["€", "$", "€"]
    assert keys(table) == ["note_currencies"]


def test_stars_and_dashes_in_a_column_of_numbers_are_missing():
    assert pd.isna(column("year,temperature\n1880,-3.5\n1881,****\n1882,-\n1883,1.5\n", "temperature")).tolist() == [
        False,
        True,
        True,
        False,
    ]


def test_words_among_numbers_keep_a_column_text_unless_they_are_very_rare():
    assert column("a,code\n1,12\n2,B7\n3,9\n", "code") == ["12", "B7", "9"]
    many = "a,amount\n" + "".join(f"{row},{row}.50\n" for row in range(200)) + "200,twelve\n"
    table = read(many)
    assert table.frame["amount"].isna().sum() == 1
    assert keys(table) == ["note_unread_numbers"]


# Names that are digits


def test_leading_zeros_stay():
    assert column("shop,customer\n1,007\n2,0042\n", "customer") == ["007", "0042"]


def test_ids_that_became_decimals_are_readable_again():
    assert column("CustomerID,x\n17850.0,1\n,2\n13047.0,3\n", "CustomerID")[0] == "17850"
    assert column("CustomerID,x\n17850.0,1\n13047.0,3\n", "CustomerID") == [17850, 13047]


def test_ids_of_which_some_are_missing_stay_without_decimals():
    assert column("customer_id,x\n17850,1\n,2\n", "customer_id")[0] == "17850"
    assert column("income,x\n17850,1\n,2\n", "income")[0] == 17850.0


def test_phone_numbers_keep_their_plus():
    assert column("name,mobile\na,+34600111222\nb,+34600111333\n", "mobile")[0] == "+34600111222"


def test_more_digits_than_a_number_keeps_stay_text():
    assert column("x,y\n12345678901234567890,1\n12345678901234567891,2\n", "x")[1] == "12345678901234567891"


def test_true_and_false_become_bool_and_yes_and_no_stay_words():
    frame = read("a,b\nTRUE,yes\nFALSE,no\n").frame
    assert [str(kind) for kind in frame.dtypes] == ["bool", "str"]


# Dates


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["13/01/2024", "02/03/2024"], ["2024-01-13", "2024-03-02"]),
        (["01/13/2024", "02/03/2024"], ["2024-01-13", "2024-02-03"]),
        (["13.1.2024 8:05", "2.3.2024 17:30"], ["2024-01-13 08:05", "2024-03-02 17:30"]),
        (["1/13/2024 3:04 PM", "2/3/2024 12:04 AM"], ["2024-01-13 15:04", "2024-02-03 00:04"]),
        (["2022-01-11 04:32:31 -0500", "2022-01-12 23:32:31 -0500"], ["2022-01-11 04:32:31", "2022-01-12 23:32:31"]),
        (["2022-01-11T04:32:31Z", "2022-01-11T04:32:31.250Z"], ["2022-01-11 04:32:31", "2022-01-11 04:32:31.250"]),
        (["2024-01-13T15:00+02:00", "2024-01-13T15:00-03:00"], ["2024-01-13 15:00", "2024-01-13 15:00"]),
        (["13 janvier 2024", "3 août 2024"], ["2024-01-13", "2024-08-03"]),
        (["13 de enero de 2024", "3 de mayo de 2024"], ["2024-01-13", "2024-05-03"]),
        (["13. März 2024", "3. Dezember 2024"], ["2024-03-13", "2024-12-03"]),
        (["January 5, 2024", "Feb 16, 2024 3:04 pm"], ["2024-01-05", "2024-02-16 15:04"]),
        (["Mon, 05-Feb-24", "Tue, 16-Jan-24"], ["2024-02-05", "2024-01-16"]),
        (["20240105", "20241231"], ["2024-01-05", "2024-12-31"]),
        (["45000", "45001.5"], ["2023-03-15", "2023-03-16 12:00"]),
        (["1704067200", "1704153600"], ["2024-01-01", "2024-01-02"]),
        (["1704067200000", "1704153600000"], ["2024-01-01", "2024-01-02"]),
        (["2024/01/13", "2024/02/03"], ["2024-01-13", "2024-02-03"]),
        (["Jan-13-24", "Feb-01-24"], ["2024-01-13", "2024-02-01"]),
    ],
)
def test_a_date_is_read_however_it_is_written(cells, expected):
    text = "\n".join(["order date\twhat", *(f"{cell}\tx" for cell in cells)])
    assert column(text, "order date") == [moment(day) for day in expected]


def test_one_value_far_down_settles_the_order_of_day_and_month():
    rows = "".join(f"{row},03/04/2024\n" for row in range(5000))
    table = read("id,date\n" + rows + "5000,25/04/2024\n")
    assert table.dates["date"].order == "day"
    assert table.dates["date"].certain
    assert table.frame["date"].iloc[0] == moment("2024-04-03")
    assert table.date_formats == {"date": "%d/%m/%Y"}


@pytest.mark.slow
def test_dates_that_can_be_read_two_ways_are_said_to_and_can_be_corrected():
    text = "id,date\n1,03/04/2024\n2,05/06/2024\n3,01/06/2024\n"
    table = read(text)
    assert table.ambiguous_dates == ("date",)
    assert keys(table) == ["note_month_first"]
    corrected = read(text, date_orders={"date": "day"})
    assert corrected.frame["date"].iloc[0] == moment("2024-04-03")
    assert corrected.ambiguous_dates == ()


@pytest.mark.slow
def test_a_correction_that_the_values_speak_against_gives_way_to_them():
    """It once turned the next month's dates, of which some were the 13th or later, into text."""
    text = "id,date,amount\n1,13/02/2025,3.00\n2,28/02/2025,4.00\n3,03/02/2025,5.00\n"
    kept = read(text, date_orders={"date": "month"})
    assert [moment.day for moment in kept.frame["date"]] == [13, 28, 3]
    assert kept.dates["date"].certain


@pytest.mark.slow
def test_an_ambiguous_column_follows_a_sure_one_of_the_same_file():
    text = "ordered,shipped\n03/04/2024,13/04/2024\n02/05/2024,14/05/2024\n"
    assert read(text).frame["ordered"].iloc[0] == moment("2024-04-03")


@pytest.mark.slow
def test_a_decimal_comma_suggests_day_first():
    assert read("date;amount\n03/04/2024;1,5\n01/02/2024;2,5\n").frame["date"].iloc[0] == moment("2024-04-03")


@pytest.mark.slow
def test_a_sorted_log_of_january_is_day_first_where_only_that_keeps_it_sorted():
    rows = [f"{day:02d}/{month:02d}/2024" for month in (1, 2, 3) for day in (2, 5, 9)]
    table = read("date,x\n" + "".join(f"{row},1\n" for row in rows))
    assert table.dates["date"].order == "day"
    assert not table.dates["date"].certain


@pytest.mark.slow
def test_cells_that_are_no_dates_are_missing_and_counted():
    text = "date,x\n" + "".join(f"2024-01-{day:02d},1\n" for day in range(1, 29)) + "soon,1\n2024-02-30,1\n"
    table = read(text)
    assert table.frame["date"].isna().sum() == 2
    assert table.dates["date"].unread == 2
    assert set(table.dates["date"].unread_examples) == {"soon", "2024-02-30"}


@pytest.mark.slow
def test_a_dash_in_a_column_of_dates_is_a_missing_date():
    table = read("date,x\n13/01/2024,1\n-,2\nN/A,3\n00/00/0000,4\n14/02/2024,5\n")
    assert table.frame["date"].isna().sum() == 3
    assert table.dates["date"].unread == 0


def test_day_numbers_of_a_spreadsheet_among_written_dates_are_dates_too():
    text = "date,x\n" + "".join(f"{day}/01/2024,1\n" for day in range(1, 31)) + "45292,1\n"
    assert read(text).frame["date"].iloc[-1] == moment("2024-01-01")


def test_eight_digits_under_a_name_of_ids_are_no_dates():
    assert column("order_id,x\n20240105,1\n20240106,2\n", "order_id") == [20240105, 20240106]


def test_times_keep_microseconds_and_no_zone():
    assert str(read("date,x\n2024-01-01 10:00:00+02:00,1\n").frame["date"].dtype) == "datetime64[us]"


# What stands around the table


def test_a_preamble_is_skipped():
    table = read("Shop: Brine\nOrders of 2024\n\nid;date;amount\n1;2024-01-13;3,5\n2;2024-02-01;4,5\n")
    assert list(table.frame.columns) == ["id", "date", "amount"]
    assert table.header_row == 2 + 1


def test_a_preamble_with_as_many_cells_as_the_table_is_skipped():
    table = read(
        "Report;Orders\nFrom;2020-01-01\nTo;2020-12-31\nDate;Amount\n2020-01-03;5,00\n2020-02-03;6,10\n2020-03-03;7,25\n"
    )
    assert list(table.frame.columns) == ["Date", "Amount"]


def test_two_header_rows_are_joined_where_the_last_is_not_enough():
    table = read("2023,2023,2024,2024\nunits,sales,units,sales\n1,2.5,3,4.5\n2,3.5,4,5.5\n")
    assert list(table.frame.columns) == ["2023 units", "2023 sales", "2024 units", "2024 sales"]


def test_a_group_row_above_complete_names_is_left_out():
    table = read("Customer,,Order,\nid,name,date,amount\n1,Ann,2024-01-13,3.5\n2,Bob,2024-02-01,4.5\n")
    assert list(table.frame.columns) == ["id", "name", "date", "amount"]


def test_a_file_without_header_gets_numbered_columns():
    table = read("1001;2024-01-05;12,50\n1002;2024-01-06;3,99\n")
    assert list(table.frame.columns) == ["column_1", "column_2", "column_3"]
    assert table.header_row is None
    assert keys(table) == ["note_no_header"]


def test_a_first_row_of_words_that_come_again_is_a_record():
    assert read("Ann,Rome\nBob,Rome\nCid,Bath\n").frame.shape == (3, 2)


def test_a_line_of_dashes_under_the_header_is_no_record():
    assert read("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n").frame["b"].tolist() == [2, 4]


def test_the_user_can_say_which_row_is_the_header():
    text = "a,b\nc,d\ne,f\n"
    assert list(read(text).frame.columns) == ["a", "b"]
    assert list(read(text, options=ReadOptions(header_row=1)).frame.columns) == ["c", "d"]
    assert read(text, options=ReadOptions(header_row=-1)).frame.shape == (3, 2)


def test_totals_and_sources_at_the_foot_are_left_out_and_counted():
    text = "date,customer,amount\n2024-01-13,A1,3.5\n2024-01-14,A2,4.5\nTotal,,8.0\n\nSource: the shop\n"
    table = read(text)
    assert table.frame["amount"].tolist() == [3.5, 4.5]
    assert {"note_totals", "note_remarks"} <= set(keys(table))


def test_a_total_in_the_middle_is_a_row():
    text = "what,amount,x\nTea,3,a\nTotal,3,b\nMug,4,c\nCup,5,d\n"
    assert len(read(text).frame) == 4


def test_a_customer_called_total_is_no_total():
    text = "date,customer,city,amount\n2024-01-13,Ann,Rome,3\n2024-01-14,Total Wine Ltd of Reading,Bath,4\n"
    assert len(read(text).frame) == 2


def test_repeated_headers_of_files_put_together_are_left_out():
    table = read("id,amount\n1,2.5\nid,amount\n2,3.5\n")
    assert table.frame["amount"].tolist() == [2.5, 3.5]
    assert keys(table) == ["note_repeated_header"]


def test_blank_rows_and_blank_last_columns_are_left_out():
    table = read("id,amount,,\n1,2.5,,\n,,,\n2,3.5,,\n")
    assert table.frame.shape == (2, 2)
    assert keys(table) == ["note_blank_rows"]


def test_same_and_blank_names_become_unique():
    assert list(read("id,id,,id_2\n1,2,3,4\n").frame.columns) == ["id", "id_3", "column_3", "id_2"]


def test_ragged_rows_are_filled_up_or_cut_and_counted():
    table = read("id,name,age\n1,Ann\n2,Bob,26,x\n3,Cid,27\n")
    assert table.frame["name"].tolist() == ["Ann", "Bob", "Cid"]
    assert keys(table) == ["note_short_rows", "note_long_rows"]


def test_row_names_as_r_writes_them_do_not_shift_the_header():
    assert read('"name","qty"\n"1","a",3\n"2","b",4\n').frame["qty"].tolist() == [3, 4]


def test_a_quote_that_never_closes_does_not_swallow_the_file():
    assert read('id,name\n1,"abc\n2,def\n3,ghi\n').frame["id"].tolist() == [1, 2, 3]


def test_a_last_cell_of_two_lines_is_one_cell():
    assert read('id,note\n1,x\n2,"two\nlines"\n').frame["note"].tolist() == ["x", "two\nlines"]


# Separators, quotes


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~", "¦", ":", " "])
def test_any_separator_is_found(separator):
    rows = [["id", "name", "qty"], ["1", "Ann", "3"], ["2", "Bob", "4"], ["3", "Cid", "5"]]
    table = read("\n".join(separator.join(row) for row in rows))
    assert table.frame["qty"].tolist() == [3, 4, 5]


def test_blanks_part_columns_where_nothing_else_does():
    lines = [f" 0000{day} 000{day} 1997010{day}  {day}   29.3{day}\r\n" for day in range(1, 8)]
    table = read("".join(lines))
    assert table.separator == "whitespace"
    assert [str(kind) for kind in table.frame.dtypes] == ["str", "str", "datetime64[us]", "int64", "float64"]


def test_the_hint_of_a_spreadsheet_about_the_separator_is_followed():
    table = read("sep=;\nid;amount\n1;3,5\n2;4,5\n")
    assert list(table.frame.columns) == ["id", "amount"]


def test_lines_that_are_quoted_as_a_whole_are_opened():
    assert read('"id,name,amount"\n"1,""A, b"",3.5"\n"2,c,4.5"\n').frame["name"].tolist() == ["A, b", "c"]


def test_single_quotes_and_blanks_before_quotes_are_understood():
    assert read("id,name\n1,'a, b'\n2,'c'\n3,'d, e'\n").frame["name"].tolist() == ["a, b", "c", "d, e"]
    assert read('id, name\n1, "a, b"\n2, "c"\n').frame["name"].tolist() == ["a, b", "c"]


def test_decimal_commas_are_not_taken_for_separators():
    table = read("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n")
    assert (table.separator, table.frame.shape) == (";", (2, 3))


# Encodings


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Número;Café\n1;ñandú\n"),
        ("utf-16", "Número;Café\n1;ñandú\n"),
        ("utf-16-le", "Numero;Café\n1;ñandú\n"),
        ("cp1252", "Número;Precio €\n1;“Año” – Café\n"),
        ("latin-1", "Número;Café\n1;ñandú pequeño\n"),
        ("mac_roman", "Número;Descripción;Año\n1;Café con leche;2024\n2;Niño pequeño;2023\n"),
        ("cp850", "Número;Descripción;Año\n1;Café con leche;2024\n2;Niño pequeño;2023\n"),
        ("cp1250", "Zamówienie;Klient\n1;Łukasz Wiśniewski\n2;Żaneta Dąbrowska\n"),
        ("cp1254", "Sipariş;Müşteri\n1;Işıl Yağız\n2;Şükrü Çağlar\n"),
        ("cp1251", "Заказ;Клиент\n1;Иванов Иван\n2;Петров Пётр\n"),
        ("koi8_r", "Заказ;Клиент\n1;Иванов Иван\n2;Петров Пётр\n"),
        ("cp1253", "Αριθμός;Όνομα\n1;Γιώργος Παπαδόπουλος\n2;Μαρία\n"),
        ("cp1256", "رقم;اسم\n1;محمد\n2;فاطمة\n"),
        ("shift_jis", "注文番号,顧客名\n1,田中太郎\n2,山田花子\n"),
        ("gb18030", "订单号,客户\n1,王小明\n2,李雷\n"),
        ("big5", "訂單號,客戶\n1,王小明\n2,陳雷\n"),
        ("euc_kr", "주문번호,고객\n1,김철수\n2,이영희\n"),
    ],
)
def test_text_is_read_in_the_encoding_that_it_was_written_in(encoding, text):
    lines = [line.replace(";", ",").split(",") for line in text.splitlines()]
    frame = read(text, encoding=encoding).frame.astype("str")
    assert [list(frame.columns), *frame.to_numpy().tolist()] == lines


def test_a_file_cut_inside_a_letter_is_still_utf_8():
    assert read_table(("id,name\n1,añb\n2,cñ").encode()[:-1], "a.csv").encoding == "utf-8"


# Formats


def test_json_lines_and_lists_of_records_are_tables():
    lines = '{"id":"001","customer":{"name":"Ann"}}\n{"id":"002","customer":{"name":"Bob"},"on":"2024-01-13"}\n'
    table = read(lines, "orders.jsonl")
    assert list(table.frame.columns) == ["id", "customer.name", "on"]
    assert table.frame["id"].tolist() == ["001", "002"]
    whole = json.dumps({"orders": [{"id": 1, "amount": 2.5}, {"id": 2, "amount": None}]})
    assert read(whole, "orders.json").frame.shape == (2, 2)


def test_parquet_and_feather_lose_zones_and_keep_ids_readable():
    frame = pd.DataFrame(
        {
            "CustomerID": [17850.0, None],
            "on": pd.to_datetime(["2024-01-13 10:00", "2024-07-13 10:00"]).tz_localize("Europe/Madrid"),
            "kind": pd.Categorical(["a", "b"]),
        }
    )
    for suffix, write in (("parquet", frame.to_parquet), ("feather", frame.to_feather)):
        held = io.BytesIO()
        write(held)
        table = read_table(held.getvalue(), f"orders.{suffix}")
        assert table.format == suffix
        assert table.frame["CustomerID"].iloc[0] == "17850"
        assert table.frame["on"].iloc[1] == moment("2024-07-13 10:00")
        assert [str(kind) for kind in table.frame.dtypes] == ["str", "datetime64[us]", "str"]


def _workbook(**sheets: pd.DataFrame) -> bytes:
    held = io.BytesIO()
    with pd.ExcelWriter(held, engine="xlsxwriter") as book:
        for name, frame in sheets.items():
            frame.to_excel(book, sheet_name=name, index=False)
    return held.getvalue()


def test_the_sheet_with_the_data_is_chosen_and_can_be_changed():
    orders = pd.DataFrame({"order": ["A1", "A2", "A3"], "on": pd.to_datetime(["2024-01-13"] * 3), "sum": [1.5, 2, 3]})
    data = _workbook(About=pd.DataFrame({"Field": ["order"], "Meaning": ["the number"]}), Orders=orders)
    table = read_table(data, "shop.xlsx")
    assert (table.sheet, table.sheets) == ("Orders", ("About", "Orders"))
    assert table.frame["on"].iloc[0] == moment("2024-01-13")
    assert read_table(data, "shop.xlsx", sheet="About").frame.shape == (1, 2)
    with pytest.raises(UserError, match="no_such_sheet"):
        read_table(data, "shop.xlsx", sheet="Nope")


def test_a_file_is_known_by_its_content_not_by_its_name():
    data = _workbook(Orders=pd.DataFrame({"order": ["A1"], "sum": [1.5]}))
    assert read_table(data, "orders.csv").format == "xlsx"
    assert read_table(b"a;b\n1;2\n", "orders.xls").frame.shape == (1, 2)


def test_one_file_in_an_archive_is_read():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("export/orders.csv", "a,b\n1,2\n")
        archive.writestr("__MACOSX/._orders.csv", "clutter")
    assert read_table(held.getvalue(), "orders.zip").frame.shape == (1, 2)
    assert read_table(gzip.compress(b"a,b\n1,2\n"), "orders.csv.gz").frame.shape == (1, 2)


# Several files


@pytest.mark.slow
def test_what_one_file_settles_about_dates_holds_for_all():
    january = b"id,date\n1,03/01/2024\n2,05/01/2024\n"
    february = b"id,date\n3,03/02/2024\n4,25/02/2024\n"
    first, second = read_tables([("jan.csv", january), ("feb.csv", february)])
    assert first.frame["date"].tolist() == [moment("2024-01-03"), moment("2024-01-05")]
    assert first.ambiguous_dates == ()
    assert second.frame["date"].iloc[0] == moment("2024-02-03")


def test_no_files_is_said():
    with pytest.raises(UserError, match="no_files"):
        read_tables([])


# The table itself


def test_a_table_is_known_by_the_upload_and_names_its_progress():
    seen: list[tuple[float, str]] = []
    table = read("a,b\n1,2\n", progress=lambda share, step: seen.append((share, step)))
    assert table.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert [share for share, _ in seen] == sorted(share for share, _ in seen)
    assert seen[-1][0] == 1.0


@pytest.mark.slow
def test_a_line_break_in_quotes_far_below_what_was_looked_at_is_found():
    plain = "".join(f'{row},"word",{row}.5\n' for row in range(40_000))
    broken = "".join(f'{row},"two\nlines, and more of it {"x" * 90}",{row}.5\n' for row in range(40_000, 140_000))
    frame = read("id,note,amount\n" + plain + broken).frame
    assert frame["id"].tolist() == list(range(140_000))
    assert frame["note"].iloc[-1].startswith("two\nlines, and")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1255", "מלפפון חמוץ"),
        ("cp1255", "תל אביב"),
        ("cp1255", "דוד כהן"),
        ("cp1251", "молоко и сыр"),
        ("cp1251", "заказ"),
        ("cp1253", "και το ψωμι"),
        ("iso8859_7", "Λεωνιδας"),
    ],
)
@pytest.mark.parametrize("rows", [1, 20])
def test_alphabets_that_share_their_bytes_are_told_apart(encoding: str, words: str, rows: int) -> None:
    """Hebrew in cp1255 was read as small Greek letters: the bytes are the same."""
    data = ("id,product\n" + f"1,{words}\n" * rows).encode(encoding)
    assert read_table(data, "x.csv").frame["product"].tolist() == [words] * rows


def test_two_decimal_signs_in_one_column_are_both_decimal() -> None:
    """20.00 beside 10,50 was taken for two thousand."""
    table = read_table(b'id,amount\n1,"10,50"\n2,20.00\n3,30.25\n', "x.csv")
    assert table.frame["amount"].tolist() == [10.5, 20.0, 30.25]
