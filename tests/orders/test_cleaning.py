"""Order lines from a table: what is used, what is set aside and why, and that it always adds up."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import UserError
from lib.layouts import LAYOUTS, understand, with_roles
from lib.orders import (
    REASONS,
    CleanOptions,
    Orders,
    clean,
    clean_files,
    customers,
    extreme_lines,
    hash_ids,
    merge,
    set_aside_rows,
)
from lib.schema import ORDER_LINES
from lib.tables import Table, read_table

HEADER = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")


def shop(*rows: tuple[object, ...]) -> Table:
    """A table like Online Retail from rows of (invoice, code, quantity, day, price, customer)."""
    lines = [
        (invoice, code, f"name of {code}", quantity, pd.Timestamp(f"2011-{day}"), price, customer, "France")
        for invoice, code, quantity, day, price, customer in rows
    ]
    return Table(pd.DataFrame(lines, columns=list(HEADER)), "shop.csv", "", "csv")


def cleaned(table: Table, **options: object) -> Orders:
    return clean(table, understand(table), options=CleanOptions(**options))


GOOD = (
    ("100", "A1", 2, "01-05", 3.0, "17850"),
    ("100", "B2", 1, "01-05", 4.0, "17850"),
    ("101", "A1", 5, "02-05", 3.0, "13047"),
)


# ----------------------------------------------------------------------------------------------------- what is used


def test_order_lines_have_the_columns_that_every_room_expects():
    lines = cleaned(shop(*GOOD)).lines
    assert list(lines.columns) == [column.name for column in ORDER_LINES]
    assert {name: str(dtype) for name, dtype in lines.dtypes.items()} == {c.name: c.dtype for c in ORDER_LINES}


def test_an_amount_is_price_times_quantity_and_lines_are_in_order_of_time():
    lines = cleaned(shop(*reversed(GOOD))).lines
    assert lines["amount"].tolist() == [4.0, 6.0, 15.0]
    assert lines["ordered_at"].is_monotonic_increasing


def test_without_quantity_product_and_country_they_are_one_and_missing():
    table = Table(
        pd.DataFrame(
            {"customer": ["a1", "b2"], "date": pd.to_datetime(["2025-01-01", "2025-01-02"]), "amount": [1.5, 2.5]}
        ),
        "x",
        "",
        "csv",
    )
    lines = clean(table, with_roles(understand(table), {"ordered_at": "date", "amount": "amount"})).lines
    assert lines["quantity"].tolist() == [1.0, 1.0]
    assert lines["product"].isna().all()
    assert lines["country"].isna().all()
    assert {name: str(dtype) for name, dtype in lines.dtypes.items()} == {c.name: c.dtype for c in ORDER_LINES}


def test_without_an_order_number_a_customers_purchases_of_one_moment_are_one_order():
    dates = pd.to_datetime(["2025-01-01", "2025-01-01", "2025-01-01", "2025-02-01"])
    table = Table(
        pd.DataFrame({"customer": ["a1", "a1", "b2", "a1"], "date": dates, "amount": [1.5, 2.5, 3.5, 4.5]}),
        "x",
        "",
        "csv",
    )
    lines = cleaned(table).lines
    assert lines["order_id"].tolist() == ["a1 2025-01-01", "a1 2025-01-01", "b2 2025-01-01", "a1 2025-02-01"]


@pytest.mark.parametrize("ids", [[17850.0, 13047.0, np.nan], [17850, 13047, 12583], [" 17850", "'13047", ""]])
def test_an_id_is_the_same_name_however_it_was_read(ids):
    rows = shop(GOOD[0], GOOD[2], ("102", "A1", 1, "03-05", 3.0, "")).frame.assign(CustomerID=ids)
    assert cleaned(Table(rows, "x", "", "csv")).lines["customer_id"].tolist()[:2] == ["17850", "13047"]


def test_an_id_with_leading_zeros_keeps_them():
    rows = shop(*GOOD).frame.assign(CustomerID=["00017", "00017", "00018"])
    assert cleaned(Table(rows, "x", "", "csv")).lines["customer_id"].tolist() == ["00017", "00017", "00018"]


def test_a_guest_is_the_customer_whose_email_stands_beside_an_id_elsewhere():
    frame = shop(
        ("100", "A1", 2, "01-05", 3.0, "17850"),
        ("101", "A1", 2, "02-05", 3.0, ""),
        ("102", "A1", 2, "03-05", 3.0, ""),
        ("103", "A1", 2, "04-05", 3.0, ""),
    ).frame.assign(Email=["ana@example.org", "Ana@Example.org", "new@example.org", ""])
    orders = cleaned(Table(frame, "x", "", "csv"))
    assert orders.lines["customer_id"].tolist() == ["17850", "17850", "new@example.org"]
    assert orders.ledger.set_aside == {"no_customer": 1}


def test_a_product_with_two_spellings_has_one_name():
    frame = shop(*GOOD).frame.assign(Description=["JAM", "TEA", "jam jar"])
    assert cleaned(Table(frame, "x", "", "csv")).lines["product"].tolist() == ["JAM", "TEA", "JAM"]


def test_a_product_has_the_name_that_most_of_its_rows_have_not_a_note_that_stands_first():
    frame = shop(*GOOD, ("102", "A1", 1, "03-05", 3.0, "17850"), ("102", "C3", 1, "03-05", 3.0, "17850")).frame
    frame = frame.assign(Description=["damaged", "damaged", "Mug", "Mug", "Jar"])
    table = Table(frame, "shop.csv", "", "csv")
    assert cleaned(table).lines["product"].tolist() == ["Mug", "damaged", "Mug", "Mug", "Jar"]


def test_the_table_is_not_changed():
    table = shop(*GOOD)
    before = table.frame.copy()
    cleaned(table)
    pd.testing.assert_frame_equal(table.frame, before)


# ------------------------------------------------------------------------------------------------- what is set aside

BAD = (
    ("102", "A1", 2, "01-06", 3.0, None),
    ("100", "A1", 2, "01-05", 3.0, "17850"),
    ("C103", "A1", -2, "01-07", 3.0, "17850"),
    ("104", "A1", -1, "01-08", 3.0, "17850"),
    ("105", "A1", 1, "01-09", 0.0, "17850"),
    ("106", "A1", 1, "01-10", -3.0, "17850"),
    ("107", "A1", 1, "01-11", np.nan, "17850"),
)


def test_every_row_is_used_or_set_aside_for_one_reason():
    ledger = cleaned(shop(*GOOD, *BAD)).ledger
    assert ledger.set_aside == {
        "no_customer": 1,
        "duplicate": 1,
        "cancelled": 1,
        "no_amount": 1,
        "not_positive_quantity": 1,
        "negative_amount": 1,
        "zero_price": 1,
    }
    assert ledger.rows_in == 10
    assert ledger.rows_used == 3
    assert (ledger.reason == "").sum() == 3


def test_each_reason_opens_to_its_rows():
    table = shop(*GOOD, *BAD)
    orders = cleaned(table)
    assert set_aside_rows(table, orders.ledger, "cancelled")["InvoiceNo"].tolist() == ["C103"]
    for reason, count in orders.ledger.set_aside.items():
        assert len(set_aside_rows(table, orders.ledger, reason)) == count


def test_rows_that_give_money_back_are_returns_with_amounts_below_zero():
    returns = cleaned(shop(*GOOD, *BAD)).returns
    assert returns["order_id"].tolist() == ["C103", "104", "106"]
    assert returns["amount"].tolist() == [-6.0, -3.0, -3.0]


def test_an_order_number_with_a_letter_is_no_cancellation_when_all_have_one():
    orders = cleaned(shop(("C1", "A1", 2, "01-05", 3.0, "17850"), ("C2", "A1", -2, "02-05", 3.0, "13047"), *GOOD[2:]))
    assert orders.ledger.set_aside == {"not_positive_quantity": 1}


def test_a_row_without_a_date_is_set_aside():
    frame = shop(*GOOD, ("108", "A1", 1, "01-12", 1.0, "17850")).frame
    frame["InvoiceDate"] = frame["InvoiceDate"].where(frame["InvoiceNo"] != "108")
    assert cleaned(Table(frame, "x", "", "csv")).ledger.set_aside == {"bad_date": 1}


def test_equal_rows_without_an_order_number_are_two_purchases():
    dates = pd.to_datetime(["2025-01-01", "2025-01-01", "2025-02-01"])
    table = Table(
        pd.DataFrame({"customer": ["a1", "a1", "b2"], "date": dates, "amount": [1.5, 1.5, 3.5]}), "x", "", "csv"
    )
    assert cleaned(table).ledger.set_aside == {}
    assert cleaned(table, duplicates="set_aside").ledger.set_aside == {"duplicate": 1}


def test_rows_that_differ_in_a_column_without_a_role_are_no_duplicates():
    frame = shop(*GOOD, GOOD[0]).frame.assign(Gift=[False, False, False, True])
    assert cleaned(Table(frame, "x", "", "csv")).ledger.set_aside == {}


def test_what_the_owner_wants_to_keep_is_kept():
    table = shop(*GOOD, GOOD[0], ("105", "A1", 1, "01-09", 0.0, "17850"))
    assert cleaned(table, duplicates="keep", keep_zero_prices=True).ledger.set_aside == {}


def test_a_purchase_of_zero_counts_where_a_row_is_a_whole_purchase():
    """CDNOW has eight; eight of its customers bought nothing else and would be lost."""
    dates = pd.to_datetime(["2025-01-01", "2025-01-02", "2025-02-01"])
    table = Table(
        pd.DataFrame({"customer": ["a1", "a1", "b2"], "date": dates, "amount": [1.5, 0.0, 3.5]}), "x", "", "csv"
    )
    assert cleaned(table).ledger.rows_used == 3


def test_postage_is_kept_unless_asked_otherwise():
    table = shop(*GOOD, ("108", "POST", 1, "01-12", 18.0, "17850"))
    assert cleaned(table).ledger.set_aside == {}
    assert cleaned(table, keep_non_products=False).ledger.set_aside == {"not_a_product": 1}


def test_extreme_lines_are_shown_and_set_aside_only_on_request():
    many = [(str(n), "A1", 2, "01-05", 3.0, "17850") for n in range(200, 400)]
    huge = [("999", "A1", 80_995, "02-05", 2.08, "13047"), ("C999", "A1", -80_995, "02-06", 2.08, "13047")]
    table = shop(*many, *huge, ("998", "A1", 1, "02-05", 2.08, "13047"))
    orders = cleaned(table)
    assert extreme_lines(orders)["quantity"].tolist() == [80_995, -80_995]
    assert cleaned(table, keep_extreme=False).ledger.set_aside == {"cancelled": 1, "extreme": 1}


def test_unpaid_orders_can_be_kept():
    frame = shop(*GOOD).frame.assign(Status=["paid", "paid", "pending"])
    table = Table(frame, "x", "", "csv")
    found = with_roles(understand(table), {"status": "Status"})
    with pytest.raises(UserError, match="one_customer"):
        clean(table, found)
    assert clean(table, found, options=CleanOptions(keep_unpaid=True)).ledger.rows_used == 3


def test_the_owner_chooses_among_currencies():
    frame = pd.concat([shop(*GOOD).frame.assign(Currency=money) for money in ("EUR", "USD")], ignore_index=True)
    table = Table(frame.assign(InvoiceNo=[str(n) for n in range(6)]), "x", "", "csv")
    orders = cleaned(table, currency="usd")
    assert (orders.currency, orders.ledger.set_aside) == ("USD", {"other_currency": 3})
    with pytest.raises(UserError, match="unknown_currency"):
        cleaned(table, currency="GBP")


def test_a_cancellation_in_another_currency_is_no_return():
    """It was once: the reason was asked before the currency."""
    frame = shop(*GOOD, ("C9", "A1", -1, "03-05", 9.0, "17850")).frame.assign(Currency=["EUR", "EUR", "EUR", "USD"])
    orders = cleaned(Table(frame, "x", "", "csv"))
    assert orders.returns.empty
    assert orders.ledger.set_aside == {"other_currency": 1}


# ------------------------------------------------------------------------------------------ what no history can come of


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"customer_id": ""}, "orders.no_customer_column"),
        ({"ordered_at": ""}, "orders.no_date_column"),
        ({"unit_price": ""}, "orders.no_amount_column"),
    ],
)
def test_a_missing_column_is_named(change, key):
    table = shop(*GOOD)
    with pytest.raises(UserError) as error:
        clean(table, with_roles(understand(table), change))
    assert error.value.key == key


@pytest.mark.parametrize(
    ("frame", "key"),
    [
        (shop(*GOOD).frame.assign(InvoiceDate=["soon", "later", "one day"]), "orders.unreadable_dates"),
        (shop(*GOOD).frame.assign(InvoiceDate=pd.Series([pd.NaT] * 3, dtype="datetime64[us]")), "orders.empty_dates"),
        (shop(*GOOD[:2]).frame, "orders.one_customer"),
        (shop(GOOD[0], ("101", "A1", 5, "01-05", 3.0, "13047")).frame, "orders.one_day"),
        (shop(*GOOD).frame.assign(UnitPrice=np.nan), "orders.no_amounts"),
        (shop(*GOOD).frame.assign(CustomerID=""), "orders.no_customers"),
        (shop(*GOOD).frame.assign(UnitPrice=0.0), "orders.nothing_left"),
    ],
)
def test_what_cannot_become_a_history_gets_a_sentence(frame, key):
    found = understand(shop(*GOOD))
    with pytest.raises(UserError) as error:
        clean(Table(frame, "x", "", "csv"), found)
    assert error.value.key == key


# ------------------------------------------------------------------------------------------------------ several files


def merged(*parts: tuple[tuple[object, ...], ...], **options: object) -> Orders:
    tables = [shop(*part) for part in parts]
    return clean_files(tables, [understand(shop(*GOOD))] * len(tables), options=CleanOptions(**options))


def test_the_same_order_in_two_files_counts_once():
    orders = merged(GOOD, (*GOOD[2:], ("102", "A1", 1, "03-05", 3.0, "17850")))
    assert orders.ledger.set_aside == {"overlap": 1}
    assert orders.lines["order_id"].tolist() == ["100", "100", "101", "102"]
    assert (orders.ledger.rows_in, orders.ledger.rows_used) == (5, 4)
    assert orders.ledger.reason.tolist() == ["", "", "", "overlap", ""]


def test_an_order_cut_in_two_by_the_end_of_a_file_is_whole_again():
    orders = merged(GOOD[:1], GOOD[1:])
    assert orders.ledger.set_aside == {}
    assert orders.lines["amount"].sum() == 25.0


def test_order_numbers_that_start_again_in_each_file_are_different_orders():
    orders = merged(GOOD, (("100", "A1", 2, "03-05", 3.0, "17850"),))
    assert orders.ledger.set_aside == {}


def test_a_line_that_one_file_has_twice_still_counts_twice():
    orders = merged((*GOOD, GOOD[0]), GOOD, duplicates="keep")
    assert orders.ledger.set_aside == {"overlap": 3}
    assert len(orders.lines) == 4


def test_one_day_per_file_is_a_history_together():
    orders = merged(GOOD[:2], GOOD[2:])
    assert len(orders.lines) == 3


def test_returns_in_two_files_count_once():
    back = ("C103", "A1", -2, "01-07", 3.0, "17850")
    assert len(merged((*GOOD, back), (*GOOD, back)).returns) == 1


def test_an_order_that_a_later_file_has_as_refunded_was_not_sold():
    march = shop(*GOOD).frame.assign(Status=["paid", "paid", "paid"])
    april = shop(*GOOD[2:], ("102", "A1", 1, "03-05", 3.0, "12583")).frame.assign(Status=["refunded", "paid"])
    tables = [Table(frame, "x", "", "csv") for frame in (march, april)]
    orders = clean_files(tables, [understand(table) for table in tables])
    assert orders.lines["order_id"].tolist() == ["100", "100", "102"]
    assert orders.ledger.set_aside == {"refunded": 2}


def test_files_in_another_currency_are_set_aside():
    euro, dollar = cleaned(shop(*GOOD)), cleaned(shop(*GOOD[1:]))
    orders = merge([dataclasses.replace(euro, currency="EUR"), dataclasses.replace(dollar, currency="USD")])
    assert orders.currency == "EUR"
    assert orders.ledger.set_aside == {"other_currency": 2}


def test_the_rows_of_merged_lines_are_those_of_all_files_one_below_the_other():
    tables = [shop(*GOOD[2:]), shop(*GOOD[:2])]
    orders = clean_files(tables, [understand(shop(*GOOD))] * 2)
    together = pd.concat([table.frame for table in tables], ignore_index=True)
    assert together["InvoiceNo"].iloc[orders.line_rows].tolist() == orders.lines["order_id"].tolist()


def test_no_file_is_said_to_be_none():
    with pytest.raises(UserError, match="no_files"):
        clean_files([], [])


# --------------------------------------------------------------------------------------------- customers and their ids


def test_a_customer_table_comes_under_its_ids_without_what_is_personal():
    frame = pd.DataFrame({"customer_id": [7, 8], "Email": ["a@example.org", "b@example.org"], "age": [30, 40]})
    table = Table(frame, "x", "", "csv")
    found = understand(table)
    assert customers(table, found).index.tolist() == ["7", "8"]
    assert customers(table, found).columns.tolist() == ["age"]
    assert customers(table, found, personal=True).columns.tolist() == ["Email", "age"]


def test_a_customer_table_without_ids_is_numbered():
    table = Table(pd.DataFrame({"age": [30, 30], "income": [1.5, 2.5]}), "x", "", "csv")
    found = customers(table, understand(table))
    assert found.index.tolist() == ["1", "2"]
    assert found.index.name == "customer_id"


def test_hashed_ids_tell_customers_apart_and_need_the_key():
    orders = cleaned(shop(*GOOD))
    hashed = hash_ids(orders, b"key")
    assert hashed.lines["customer_id"].nunique() == 2
    assert not set(hashed.lines["customer_id"]) & {"17850", "13047"}
    assert hash_ids(orders, b"key").lines.equals(hashed.lines)
    assert not set(hash_ids(orders, b"other").lines["customer_id"]) & set(hashed.lines["customer_id"])
    assert not hashed.lines["order_id"].str.contains("17850").any()


def test_hashed_ids_do_not_leave_the_id_in_made_up_order_numbers():
    dates = pd.to_datetime(["2025-01-01", "2025-01-02"])
    table = Table(pd.DataFrame({"customer": ["ana", "zoe"], "date": dates, "amount": [1.5, 3.5]}), "x", "", "csv")
    orders = clean(table, with_roles(understand(table), {"ordered_at": "date", "amount": "amount"}))
    assert not hash_ids(orders, b"key").lines["order_id"].str.contains("ana|zoe").any()


# --------------------------------------------------------------------------------------------------------- real files


@pytest.mark.slow
def test_online_retail_gives_the_known_figures(shared):
    data = (shared / "online_retail" / "online_retail.csv.gz").read_bytes()
    table = read_table(data, "online_retail.csv.gz")
    orders = cleaned(table, duplicates="keep")
    assert orders.ledger.rows_in == 541_909
    assert orders.ledger.rows_used == len(orders.lines) == 397_884
    assert orders.lines["customer_id"].nunique() == 4_338
    assert orders.lines["order_id"].nunique() == 18_532
    assert orders.lines["amount"].sum() == pytest.approx(8_911_407.90, abs=0.01)
    assert orders.ledger.set_aside["no_customer"] == 135_080
    assert extreme_lines(orders)["quantity"].head(2).tolist() == [80_995, -80_995]

    without = cleaned(table)
    assert without.ledger.set_aside["duplicate"] == 5_225  # of the 5,268 equal rows, 43 have no customer
    assert without.ledger.rows_used + sum(without.ledger.set_aside.values()) == 541_909
    assert without.lines["order_id"].nunique() == 18_532


@pytest.mark.slow
def test_the_spanish_export_gives_the_same_orders_as_the_original(shared):
    original = pd.read_parquet(shared / "online_retail" / "online_retail.parquet")
    spanish = (shared / "european_orders" / "ventas.csv.gz").read_bytes()
    found = cleaned(read_table(spanish, "ventas.csv.gz"), duplicates="keep")
    known = original.assign(
        amount=original["Quantity"] * original["UnitPrice"], customer=original["CustomerID"].astype("str")
    )
    known = known[known["customer"].isin(set(found.lines["customer_id"])) & ~known["InvoiceNo"].str.startswith("C")]
    known = known[(known["Quantity"] > 0) & (known["UnitPrice"] > 0)]
    mine = found.lines.assign(minute=found.lines["ordered_at"].dt.floor("min"))
    sums = mine.groupby(["customer_id", "order_id", "minute"])["amount"].sum()
    theirs = known.assign(minute=known["InvoiceDate"].dt.floor("min"))
    expected = theirs.groupby(["customer", "InvoiceNo", "minute"])["amount"].sum()
    assert len(sums) > 2_000
    assert sums.index.tolist() == expected.index.tolist()
    assert np.allclose(sums.to_numpy(), expected.to_numpy())


@pytest.mark.slow
def test_cdnow_keeps_every_customer_of_the_paper(shared):
    orders = cleaned(read_table((shared / "cdnow_sample" / "CDNOW_sample.txt").read_bytes(), "CDNOW_sample.txt"))
    holdout = orders.lines[orders.lines["ordered_at"] >= "1997-10-01"]
    assert orders.lines["customer_id"].nunique() == 2_357
    assert orders.ledger.rows_used == 6_919
    assert holdout["customer_id"].nunique() == 684


# ------------------------------------------------------------------------------------------------------- any order log

LANGUAGES = (
    ("customer id", "order no", "order date", "unit price", "quantity"),
    ("id cliente", "nº pedido", "fecha", "precio", "cantidad"),
    ("code client", "n° commande", "date de commande", "prix unitaire", "quantité"),
    ("Kundennummer", "Bestellnummer", "Bestelldatum", "Einzelpreis", "Menge"),
    ("ID do cliente", "Nº do pedido", "Data do pedido", "Preço unitário", "Quantidade"),
)
DIALECTS = ((",", "."), (";", ","), ("\t", ","), ("|", "."), (";", "."))
DATES = ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d")

LINES = st.lists(
    st.tuples(
        st.integers(1, 30),  # customer
        st.integers(0, 400),  # day
        st.integers(1, 999_99),  # price in cents
        st.integers(1, 40),  # quantity
    ),
    min_size=12,
    max_size=60,
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(lines=LINES, header=st.sampled_from(LANGUAGES), dialect=st.sampled_from(DIALECTS), dates=st.sampled_from(DATES))
def test_any_order_log_in_any_dialect_comes_back_equal(lines, header, dialect, dates):
    separator, decimal = dialect
    # the first two rows make dates certain and the history a history: day 13 and later cannot be a month
    lines = [(1, 20, 1050, 1), (2, 300, 2025, 3), *lines]
    start = pd.Timestamp("2024-01-03 10:30")
    rows = [
        (f"K{who:04}", f"B-{place}", start + pd.Timedelta(days=day), cents / 100, pieces)
        for place, (who, day, cents, pieces) in enumerate(lines)
    ]
    text = [separator.join(header)]
    for who, number, moment, price, pieces in rows:
        money = f"{price:.2f}".replace(".", decimal)
        text.append(separator.join((who, number, moment.strftime(dates), money, str(pieces))))
    table = read_table("\n".join(text).encode("utf-8"), "random.csv")
    found = clean(table, understand(table)).lines.sort_values("order_id", ignore_index=True)
    expected = pd.DataFrame(rows, columns=["who", "number", "moment", "price", "pieces"]).sort_values("number")
    moments = expected["moment"] if "%H" in dates else expected["moment"].dt.normalize()
    assert found["customer_id"].tolist() == expected["who"].tolist()
    assert found["order_id"].tolist() == expected["number"].tolist()
    assert found["ordered_at"].tolist() == moments.tolist()
    assert np.allclose(found["amount"], (expected["price"] * expected["pieces"]).to_numpy())


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["100", "101", "C102", "", "x"]),
            st.sampled_from(["A1", "POST", ""]),
            st.sampled_from([-5, 0, 1, 2, 80_995]),
            st.sampled_from(["01-05", "02-05"]),
            st.sampled_from([-1.0, 0.0, 2.5, np.nan]),
            st.sampled_from(["17850", "13047", "", None]),
        ),
        max_size=25,
    )
)
def test_whatever_is_in_the_rows_they_are_used_or_set_aside(rows):
    orders = cleaned(shop(*GOOD, *rows))
    ledger = orders.ledger
    assert ledger.rows_in == len(rows) + 3 == ledger.rows_used + sum(ledger.set_aside.values())
    assert ledger.rows_used == len(orders.lines) == len(orders.line_rows)
    assert set(ledger.set_aside) <= set(REASONS)
    assert (orders.lines["amount"] > 0).all()
    assert (orders.returns["amount"] < 0).all()
    assert orders.lines["customer_id"].notna().all()
    assert orders.lines["order_id"].notna().all()


CELLS = (
    (1.5, -2.0, np.nan, 0.0, 1e308, np.inf),
    (1, -5, 2**40, 17850, 20250131, 45688),
    ("a", "b@example.org", "", None, "'1", "12,5", "2025-01-01", "C12"),
    ("paid", "cancelled", "refunded", "test", "K1", "K2"),
    (True, False, True, False),
    (pd.Timestamp("2025-01-01"), pd.NaT, pd.Timestamp("1650-02-03 10:00"), pd.Timestamp("2025-03-01 10:10")),
)
HEADINGS = sorted({column for layout in LAYOUTS for header in layout.headers for column in header})


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(
    columns=st.dictionaries(st.sampled_from(HEADINGS), st.sampled_from(range(len(CELLS))), min_size=1, max_size=25),
    rows=st.integers(0, 12),
    seed=st.integers(0, 1_000),
)
def test_any_odd_table_gives_orders_or_a_sentence(columns, rows, seed):
    """An infinite id, a date in the year 1650, a price of 1e308 and a date column of numbers once crashed it."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {name: pd.Series([CELLS[kind][at] for at in random.integers(0, 4, rows)]) for name, kind in columns.items()}
    )
    table = Table(frame.astype({name: "str" for name in frame if frame[name].dtype == object}), "x", "", "csv")
    found = understand(table)
    assert len(customers(table, found)) == rows
    try:
        orders = clean_files([table, table], [found, found])
    except UserError:
        return
    assert orders.ledger.rows_used + sum(orders.ledger.set_aside.values()) == 2 * rows
    assert np.isfinite(orders.lines["amount"]).all()


def test_the_steps_of_a_payment_are_one_order():
    steps = ("Received", "Authorised", "Settled")
    rows = [
        {"order_id": order, "date": f"2025-0{order}-01 10:00:0{at}", "customer_id": f"K{order % 2}",
         "amount": 10.0 * order, "status": step}
        for order in range(1, 6) for at, step in enumerate(steps)
    ]  # fmt: skip
    frame = pd.DataFrame(rows).assign(date=lambda table: pd.to_datetime(table["date"]))
    table = Table(frame, "payments.csv", "", "csv")
    found = clean(table, understand(table))
    assert found.lines["amount"].sum() == 150.0
    assert found.ledger.set_aside == {"other_step": 10}


def test_a_refund_in_a_later_row_of_its_order_is_money_back():
    frame = pd.DataFrame({
        "order_id": [1, 2, 3, 2], "date": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-05", "2025-01-09"]),
        "customer_id": ["A", "B", "A", "B"], "amount": [10.0, 20.0, 30.0, 20.0],
        "status": ["Settled", "Settled", "Settled", "Refund Settled"],
    })  # fmt: skip
    table = Table(frame, "payments.csv", "", "csv")
    found = clean(table, understand(table))
    assert found.lines["amount"].tolist() == [10.0, 20.0, 30.0]
    assert found.returns["amount"].tolist() == [-20.0]


GONE, STAYS = [10.0, 30.0], [10.0, 20.0, 30.0]


@pytest.mark.parametrize("word", ["Cancelled", "Cancelado", "Storniert", "Annulé"])
@pytest.mark.parametrize(
    ("later", "kept"),
    [
        ({}, GONE),  # the order's status, written down when it was paid and again when it was cancelled
        ({"date": pd.Timestamp("2025-01-02 18:30")}, GONE),
        ({"amount": 15.0}, STAYS),  # another line of the order
        ({"date": pd.Timestamp("2025-01-02")}, STAYS),
        ({"product": "Cap"}, STAYS),
        ({"order_id": 4}, STAYS),
    ],
)
def test_an_order_that_a_later_row_cancels_was_not_sold(later, kept, word):
    frame = pd.DataFrame({
        "order_id": [1, 2, 3], "date": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-05"]),
        "customer_id": ["A", "B", "C"], "product": ["Mug", "Tee", "Cap"], "amount": [10.0, 20.0, 30.0],
        "status": ["Paid", "Paid", "Paid"],
    })  # fmt: skip
    row = {**frame.iloc[1].to_dict(), "date": pd.Timestamp("2025-01-09"), "status": word, **later}
    table = Table(pd.concat([frame, pd.DataFrame([row])], ignore_index=True), "orders.csv", "", "csv")
    found = clean(table, understand(table))
    assert found.lines["amount"].tolist() == kept
    assert found.returns.empty
    assert found.ledger.set_aside == {"cancelled": 4 - len(kept)}


def test_all_lines_of_an_order_that_one_later_row_cancels_were_not_sold():
    frame = pd.DataFrame({
        "order_id": [1, 2, 2, 3, 2],
        "date": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-02", "2025-01-05", "2025-01-09"]),
        "customer_id": ["A", "B", "B", "C", "B"], "product": ["Mug", "Tee", "Cap", "Mug", None],
        "amount": [10.0, 20.0, 5.0, 30.0, 25.0], "status": ["Paid", "Paid", "Paid", "Paid", "Cancelled"],
    })  # fmt: skip
    table = Table(frame, "orders.csv", "", "csv")
    assert clean(table, understand(table)).lines["amount"].tolist() == [10.0, 30.0]


def test_a_payment_that_failed_has_no_share_in_the_order():
    frame = pd.DataFrame({
        "order_id": [1, 1, 2, 3], "date": pd.to_datetime(["2025-01-01", "2025-01-01", "2025-01-05", "2025-01-09"]),
        "customer_id": ["A", "A", "B", "A"], "order_total": [10.0, 10.0, 20.0, 30.0],
        "status": ["failed", "captured", "captured", "captured"],
    })  # fmt: skip
    table = Table(frame, "payments.csv", "", "csv")
    found = clean(table, understand(table))
    assert found.lines["amount"].tolist() == [10.0, 20.0, 30.0]


def documents_of(kinds: str, rows: Sequence[tuple[str, str, float]]) -> Table:
    """Documents with a number each; `kinds` are what the file calls invoices, the others and credit notes."""
    called = dict(zip("IOC", kinds.split("|"), strict=True))
    frame = pd.DataFrame({
        "No": range(1, len(rows) + 1), "Date": pd.date_range("2025-01-03", periods=len(rows), freq="9D"),
        "Customer": [who for who, _, _ in rows], "Document Type": [called[kind] for _, kind, _ in rows],
        "Amount": [amount for _, _, amount in rows],
    })  # fmt: skip
    return Table(frame, "documents.csv", "", "csv")


KINDS_OF_DOCUMENTS = (
    "Invoice|Receipt|Credit note", "Invoice|Order|Credit note", "Factura|Recibo|Nota de crédito",
    "Rechnung|Auftrag|Gutschrift", "Facture|Commande|Avoir", "Fattura|Ordine|Nota di credito",
)  # fmt: skip


@pytest.mark.parametrize("kinds", [*KINDS_OF_DOCUMENTS, "Sales|Delivery|Return"])
def test_receipts_of_their_own_beside_invoices_are_sales(kinds):
    rows = [("A", "O", 20.1), ("B", "I", 35.5), ("A", "O", 12.25), ("C", "O", 48.0), ("B", "C", 35.5)]
    table = documents_of(kinds, rows)
    found = clean(table, understand(table))
    assert found.lines["amount"].tolist() == [20.1, 35.5, 12.25, 48.0]
    assert found.returns["amount"].tolist() == [-35.5]


@pytest.mark.parametrize("kinds", KINDS_OF_DOCUMENTS)
def test_documents_of_the_invoiced_sales_are_counted_once(kinds):
    rows = [("A", "O", 20.1), ("A", "I", 20.1), ("B", "O", 35.5), ("B", "I", 35.5), ("C", "O", 9.0), ("B", "C", 35.5)]
    table = documents_of(kinds, rows)
    found = clean(table, understand(table))
    assert found.lines["amount"].tolist() == [20.1, 35.5]
    assert found.ledger.set_aside == {"other_step": 3, "refunded": 1}


def test_goods_that_came_back_without_a_credit_note_are_money_back():
    rows = [("A", "I", 20.1), ("B", "I", 35.5), ("A", "O", 20.1), ("C", "I", 9.0), ("B", "C", 35.5)]
    table = documents_of("Invoice|Return|Credit note", rows)
    assert sorted(clean(table, understand(table)).returns["amount"]) == [-35.5, -20.1]


@pytest.mark.parametrize("word", ["Returned", "Refunded", "Devuelto", "Zurückgegeben", "Remboursé"])
@pytest.mark.parametrize("product", ["Product", "SKU", None])
@pytest.mark.parametrize("price", [8.0, 25.0])
def test_a_line_that_came_back_later_than_another_was_sent_is_no_other_lines_money(word, product, price):
    frame = pd.DataFrame({
        "Order": [1, 1, 2, 3, 4], "Shipped on": ["2024-01-03", "2024-01-05", "2024-01-09", "2024-02-11", "2024-03-15"],
        "Email": ["a@x.com", "a@x.com", "b@x.com", "a@x.com", "c@x.com"], "Price": [10.0, price, 10.0, 12.25, 12.25],
        "Product": ["Mug", "Lamp", "Mug", "Cup", "Cup"], "Status": ["Shipped", word, "Shipped", "Shipped", "Shipped"],
    })  # fmt: skip
    frame = frame.drop(columns="Product") if product is None else frame.rename(columns={"Product": product})
    table = Table(frame, "lines.csv", "", "csv")
    found = clean(table, understand(table))
    assert found.lines["amount"].tolist() == [10.0, 10.0, 12.25, 12.25]
    assert found.returns.empty
    assert found.ledger.set_aside == {"refunded": 1}


@pytest.mark.parametrize(
    ("product", "paid", "back"), [("Lamp", 25.0, -25.0), ("Lamp", 40.0, -25.0), (None, 25.0, -25.0)]
)
def test_a_product_that_was_sold_before_is_given_back(product, paid, back):
    frame = pd.DataFrame({
        "Order": [1, 1, 1, 2], "Date": ["2024-01-03", "2024-01-03", "2024-01-15", "2024-01-19"],
        "Email": ["a@x.com", "a@x.com", "a@x.com", "b@x.com"], "Product": ["Mug", "Lamp", product, "Mug"],
        "Amount": [10.0, paid, 25.0, 10.0], "Status": ["Completed", "Completed", "Refunded", "Completed"],
    })  # fmt: skip
    table = Table(frame, "lines.csv", "", "csv")
    found = clean(table, understand(table))
    assert found.lines["amount"].tolist() == [10.0, paid, 10.0]
    assert found.returns["amount"].tolist() == [back]


def rows_of_orders(statuses: str, status: str, apart: str) -> Table:
    """Twelve orders of four customers, each with a row per status, so far apart."""
    said = statuses.split("|")
    start = pd.Timestamp("2024-01-03")
    rows = [
        {"Order": f"P{order}", "Date": start + order * pd.Timedelta("3D") + at * pd.Timedelta(apart),
         "Email": f"user{order % 4}@mail.com", "Amount": 10.0 + order % 4, status: word}
        for order in range(12) for at, word in enumerate(said)
    ]  # fmt: skip
    return Table(pd.DataFrame(rows), "orders.csv", "", "csv")


@pytest.mark.parametrize(
    ("statuses", "status", "apart", "counted"),
    [
        ("Paid|Pending|Failed", "Status", "30D", 1),  # instalments that are due
        ("Paid|Pending|Failed", "Status", "3D", 1),
        ("Paid|Settled|Captured", "Status", "30D", 3),  # instalments
        ("Pagado|Pendiente|Fallido", "Estado", "30D", 1),
        ("Bezahlt|Ausstehend|Fehlgeschlagen", "Status", "30D", 1),
        ("Shipped|Delivered|Processing", "Item Status", "0D", 3),  # lines of one price
        ("Enviado|Entregado|En proceso", "Estado", "0D", 3),
        ("Received|Authorised|Settled", "Status", "1h", 1),
        ("Received|Authorised|Settled", "Status", "2D", 1),
    ],
)
def test_instalments_and_lines_of_one_price_are_no_steps_of_a_payment(statuses, status, apart, counted):
    table = rows_of_orders(statuses, status, apart)
    found = clean(table, understand(table)).lines
    assert found["order_id"].nunique() == 12
    assert found["amount"].sum() == counted * (10 + 11 + 12 + 13) * 3


def test_a_settled_payment_that_was_given_back_is_a_sale_and_money_back():
    table = rows_of_orders("Received|Authorised|Settled|Refunded", "Status", "1h")
    refunded = table.frame["Status"] == "Refunded"
    table = dataclasses.replace(table, frame=table.frame[~refunded | (table.frame["Order"] == "P2")])
    found = clean(table, understand(table))
    assert (found.lines["amount"].sum(), found.returns["amount"].tolist()) == (46.0 * 3, [-12.0])


@pytest.mark.parametrize("mark", ["yes", "2025-02-01"])
@pytest.mark.parametrize("lines", [1, 3])
def test_a_marked_reversal_of_all_lines_cancels_the_order(lines: int, mark: str):
    """A reversal of one line of several leaves the order; the sale of an order reversed as a whole was counted."""
    rows, sold = ["order_id,customer_id,date,product,quantity,total,cancelled"], 0.0
    for at in range(60):
        prices = [10.5 + at + nth for nth in range(lines)]
        head = f"{at},C{at % 9},2025-01-{1 + at % 28:02}"
        rows += [f"{head},P{nth},1,{price}," for nth, price in enumerate(prices)]
        if at % 8 == 0:
            rows += [f"{head},P{nth},-1,-{price},{mark}" for nth, price in enumerate(prices)]
        elif at % 8 == 1 and lines > 1:
            rows.append(f"{head},P0,-1,-{prices[0]},{mark}")
            sold += sum(prices)
        else:
            sold += sum(prices)
    table = read_table("\n".join(rows).encode(), "till.csv")
    assert clean(table, understand(table)).lines["amount"].sum() == pytest.approx(sold)
