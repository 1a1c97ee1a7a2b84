"""Real order logs and customer tables get the columns that their makers meant."""

import pandas as pd
import pytest

from lib.tables import read_table


def kinds(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in frame.dtypes.items()}


def opened(shared, *parts: str):
    path = shared.joinpath(*parts)
    return read_table(path.read_bytes(), path.name)


@pytest.mark.slow
def test_online_retail_is_the_same_from_csv_and_from_parquet(shared):
    csv = opened(shared, "online_retail", "online_retail.csv.gz")
    parquet = opened(shared, "online_retail", "online_retail.parquet")
    expected = {"InvoiceNo": "str", "StockCode": "str", "Description": "str", "Quantity": "int64"}
    expected |= {"InvoiceDate": "datetime64[us]", "UnitPrice": "float64", "CustomerID": "str", "Country": "str"}
    assert kinds(csv.frame) == kinds(parquet.frame) == expected
    assert csv.frame.shape == parquet.frame.shape == (541_909, 8)
    assert csv.frame["CustomerID"].isna().sum() == 135_080
    for column in ("InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"):
        assert csv.frame[column].equals(parquet.frame[column]), column


@pytest.mark.slow
def test_the_spanish_export_has_spanish_names_dates_and_decimals(shared):
    table = opened(shared, "european_orders", "ventas.csv.gz")
    assert (table.encoding, table.separator, table.decimal) == ("cp1252", ";", ",")
    assert list(table.frame.columns)[:2] == ["Nº factura", "Código"]
    assert table.date_formats == {"Fecha": "%d/%m/%Y %H:%M"}
    assert kinds(table.frame)["Precio (€)"] == "float64"
    assert table.frame["Fecha"].min() == pd.Timestamp("2010-12-01 08:34")


@pytest.mark.slow
def test_the_dates_of_the_superstore_are_day_first(shared):
    table = opened(shared, "superstore", "Sample - Superstore.csv")
    assert table.dates["Order Date"].order == "day"
    assert table.dates["Order Date"].certain
    assert table.frame["Order Date"].iloc[0] == pd.Timestamp("2019-01-03")
    assert kinds(table.frame)["Postal Code"] == "str"
    assert kinds(table.frame)["Sales"] == "float64"


@pytest.mark.slow
def test_the_dates_of_the_transactions_are_month_first(shared):
    table = opened(shared, "retail_transactions", "Retail_Data_Transactions.csv")
    assert table.dates["trans_date"].order == "month"
    assert kinds(table.frame) == {"customer_id": "str", "trans_date": "datetime64[us]", "tran_amount": "int64"}


def test_the_log_of_the_bg_nbd_paper_needs_no_header(shared):
    table = opened(shared, "cdnow_sample", "CDNOW_sample.txt")
    assert table.frame.shape == (6_919, 5)
    assert list(kinds(table.frame).values()) == ["str", "str", "datetime64[us]", "int64", "float64"]
    assert table.frame["column_2"].nunique() == 2_357


@pytest.mark.slow
def test_eleven_blank_charges_leave_the_column_a_number(shared):
    frame = opened(shared, "customer_tables", "telco_churn.csv").frame
    assert kinds(frame)["TotalCharges"] == "float64"
    assert frame["TotalCharges"].isna().sum() == 11
    assert kinds(frame)["customerID"] == "str"


@pytest.mark.slow
def test_the_data_dictionary_in_front_is_not_the_data(shared):
    table = opened(shared, "customer_tables", "ecommerce_churn (data dictionary first).xlsx")
    assert (table.sheet, table.frame.shape) == ("E Comm", (5_630, 20))
    assert table.frame["Churn"].mean() == pytest.approx(0.168, abs=0.001)
    assert "object" not in kinds(table.frame).values()


@pytest.mark.parametrize(
    ("file", "shape", "column", "kind"),
    [
        ("marketing_campaign.csv", (2_240, 29), "Dt_Customer", "datetime64[us]"),
        ("marketing_campaign.csv", (2_240, 29), "Income", "float64"),
        ("bank-additional.csv", (4_119, 21), "euribor3m", "float64"),
        ("Ecommerce Customers.csv", (500, 9), "Yearly Amount Spent", "float64"),
        ("Mall_Customers.csv", (200, 5), "CustomerID", "int64"),
        ("wholesale.csv", (440, 8), "Channel", "int64"),
    ],
)
def test_customer_tables_have_their_shape_and_kinds(shared, file, shape, column, kind):
    frame = opened(shared, "customer_tables", file).frame
    assert frame.shape == shape
    assert kinds(frame)[column] == kind


@pytest.mark.slow
def test_the_header_rows_of_shop_exports_are_known_as_headers_without_rows(shared):
    from lib.errors import UserError

    for path in (shared / "export_layouts").glob("*.csv"):
        with pytest.raises(UserError, match="no_rows"):
            read_table(path.read_bytes(), path.name)
