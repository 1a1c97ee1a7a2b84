"""Random order tables, written in random dialects, are read back equal."""

from datetime import datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.tables import read_table
from lib.tables.encodings import find_encoding

HEADERS = ("Order ID", "Order date", "Customer", "Product", "Quantity", "Amount")
DATES = ("%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%y", "%Y/%m/%d", "%d %b %Y", "%b %d, %Y", "%Y%m%d")
TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")
WORDS = ("Tea, green", "Café crème", 'Pipe 5"', "Größe M", "Caña; larga", "Mug", "Piñata | big", "two\nlines", "Ærø")


@st.composite
def tables(draw):
    """Ten to sixty order lines over a year, so that some day is above the twelfth."""
    size = draw(st.integers(10, 60))
    days = draw(st.lists(st.integers(0, 364), min_size=size, max_size=size))
    days[0], days[1] = 24, 200  # 25 January and 19 July
    minutes = draw(st.lists(st.integers(0, 1439), min_size=size, max_size=size))
    minutes[0] = 15 * 60 + 42
    moments = pd.to_datetime("2024-01-01") + pd.to_timedelta(days, unit="D") + pd.to_timedelta(minutes, unit="min")
    cents = draw(st.lists(st.integers(-500_000, 5_000_000), min_size=size, max_size=size))
    cents[0], cents[1] = 123_456, 199
    return pd.DataFrame(
        {
            "Order ID": [f"{draw(st.sampled_from('AB'))}{number:05d}" for number in range(size)],
            "Order date": moments,
            "Customer": [f"{draw(st.integers(1, 99)):04d}" for _ in range(size)],
            "Product": [draw(st.sampled_from(WORDS)) for _ in range(size)],
            "Quantity": draw(st.lists(st.integers(-3, 2000), min_size=size, max_size=size)),
            "Amount": [cent / 100 for cent in cents],
        }
    )


@st.composite
def dialects(draw):
    return {
        "separator": draw(st.sampled_from((",", ";", "\t", "|"))),
        "encoding": draw(st.sampled_from(ENCODINGS)),
        "decimal": draw(st.sampled_from((".", ","))),
        "grouped": draw(st.booleans()),
        "negative": draw(st.sampled_from(("-", "()"))),
        "currency": draw(st.sampled_from(("", "€", "$", " EUR", "£"))),
        "date": draw(st.sampled_from(DATES)),
        "time": draw(st.sampled_from(TIMES)),
        "line": draw(st.sampled_from(("\n", "\r\n"))),
        "preamble": draw(st.sampled_from(((), ("Orders 2024", ""), ("Shop: Brine", "Exported: 2025-01-01", "")))),
        "total": draw(st.booleans()),
        "quote_all": draw(st.booleans()),
    }


def written(frame: pd.DataFrame, how) -> bytes:
    """The table as the dialect writes it."""
    time = "" if how["date"] == "%Y%m%d" else how["time"]

    def amount(value: float) -> str:
        text = f"{abs(value):,.2f}" if how["grouped"] else f"{abs(value):.2f}"
        if how["decimal"] == ",":
            text = text.translate(str.maketrans(",.", ".,"))
        text = f"{how['currency']}{text}" if len(how["currency"]) == 1 else f"{text}{how['currency']}"
        return text if value >= 0 else f"-{text}" if how["negative"] == "-" else f"({text})"

    def cell(value: str) -> str:
        signs = (how["separator"], '"', "\n", "\r")
        return (
            '"' + value.replace('"', '""') + '"' if how["quote_all"] or any(sign in value for sign in signs) else value
        )

    rows = [list(HEADERS)] + [
        [row[0], datetime.strftime(row[1], how["date"] + time), row[2], row[3], str(row[4]), amount(row[5])]
        for row in frame.itertuples(index=False)
    ]
    if how["total"]:
        rows.append(["Total", "", "", "", str(frame["Quantity"].sum()), amount(frame["Amount"].sum())])
    lines = [*how["preamble"], *(how["separator"].join(map(cell, row)) for row in rows)]
    return (how["line"].join(lines) + how["line"]).encode(how["encoding"], "strict")


def check(frame: pd.DataFrame, how) -> None:
    if how["encoding"] == "latin-1" and how["currency"] == "€":
        how = how | {"currency": "£"}  # latin-1 has no euro
    if how["date"] == "%d-%m-%y" and how["time"] == " %I:%M %p":
        how = how | {"time": " %H:%M"}
    table = read_table(written(frame, how), "orders.csv")
    whole_day = not how["time"] or how["date"] == "%Y%m%d"
    expected = frame.assign(
        **{
            "Order date": frame["Order date"].dt.normalize() if whole_day else frame["Order date"],
            "Product": frame["Product"].astype("str"),
        }
    )
    got = table.frame.assign(Product=table.frame["Product"].str.replace("\r\n", "\n"))
    assert list(got.columns) == list(HEADERS)
    for column in HEADERS:
        wanted = expected[column]
        if column == "Order date":
            wanted = wanted.astype("datetime64[us]")
        pd.testing.assert_series_equal(got[column], wanted, check_dtype=column in ("Order date", "Amount"), obj=column)
    assert table.separator == how["separator"]
    assert table.decimal == how["decimal"]
    if how["currency"]:
        assert table.currencies == {"Amount": how["currency"].strip()}


quietly = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@pytest.mark.slow
@settings(max_examples=30, **quietly)
@given(frame=tables(), how=dialects())
def test_an_order_table_in_any_dialect_is_read_back_equal(frame, how):
    check(frame, how)


@pytest.mark.slow
@settings(max_examples=400, **quietly)
@given(frame=tables(), how=dialects())
def test_four_hundred_order_tables_in_any_dialect_are_read_back_equal(frame, how):
    check(frame, how)


SHORT = {
    "cp1250": (
        "imię;miasto\nŁukasz;Łódź\nAnna;Gdańsk\n",
        "jméno,město\nŘehoř,Plzeň\n",
        "név;város\nSzabó Győző;Győr\n",
        "Zamówienie,Klient,Data\n1,Żółć,2025-01-01\n",
        "ime,mesto\nŠpela,Črnomelj\n",
        "naziv,kupac\nčaj,Željko\n",
    ),
    "gb18030": ("订单号,客户,金额\n1,王伟,10\n", "订单,日期\n1,2025-01-01\n", "商品,数量\n茶,1\n"),
    "cp949": ("주문,고객\n1,김철수\n", "상품,수량\n차,1\n"),
    "cp1252": (
        "cliente;ciudad\nJosé;Málaga\n",
        "name;straße\nJürgen;Köln\n",
        "navn,by\nSøren,Århus\n",
        "cliente,preço\nJoão,1\n",
        "nombre\nMuñoz\n",
    ),
    "cp1254": ("müşteri;şehir\nAyşe;İzmir\n",),
    "cp1251": ("заказ;сумма\n1;2\n",),
}


@pytest.mark.parametrize(
    ("encoding", "text"), [(encoding, text) for encoding, texts in SHORT.items() for text in texts], ids=repr
)
def test_a_text_of_two_lines_is_read_in_its_own_alphabet(encoding, text):
    """Czech was once read as `Øehoø`, Hungarian as `Gyõzõ`, an order in Chinese as Korean."""
    data = text.encode(encoding)
    assert data.decode(find_encoding(data)) == text
