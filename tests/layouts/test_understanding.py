"""What a table is, what its columns are taken for, and what a person may change about it."""

import json

import numpy as np
import pandas as pd
import pytest

from lib.errors import UserError
from lib.layouts import (
    LAYOUTS,
    ROLES,
    examples,
    read_settings,
    table_from_frame,
    understand,
    with_kind,
    with_roles,
    write_settings,
)
from lib.layouts.names import by_name, plain
from lib.layouts.personal import personal_columns
from lib.layouts.statuses import meaning
from lib.layouts.value_profiles import dates_in, numbers_in
from lib.orders import REASONS, clean
from lib.tables import Table, read_table
from lib.text import LANGUAGES, knows

DATES = pd.to_datetime(["2025-01-10", "2025-02-11", "2025-03-12", "2025-04-13", "2025-05-14", "2025-06-15"])


def table(**columns: object) -> Table:
    return Table(pd.DataFrame(columns), "orders.csv", "0" * 64, "csv")


def small_orders(**more: object) -> Table:
    return table(
        Kunde=["K1", "K2", "K1", "K3", "K2", "K1"],
        Datum=DATES,
        Betrag=[10.5, 20.25, 30.0, 5.75, 8.0, 9.0],
        **more,
    )


# -------------------------------------------------------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("CustomerID", "customer id"),
        ("N° Facture", "n facture"),
        ("\ufeffOrder #", "order n"),
        ("Précio_unitário (€)", "precio unitario"),
        ("  INVOICE-DATE ", "invoice date"),
        ("Straße", "strasse"),
    ],
)
def test_headers_are_compared_without_case_accents_and_signs(header, words):
    assert plain(header) == words


HEADERS = {
    "en": ("Customer ID", "Order number", "Order date", "Unit price", "Quantity", "Product", "Country"),
    "es": ("ID cliente", "Nº pedido", "Fecha", "Precio (€)", "Cantidad", "Producto", "País"),
    "es2": ("Código de cliente", "Nº factura", "Fecha de compra", "Precio unitario", "Unidades", "Descripción", "Pais"),
    "fr": ("N° client", "N° commande", "Date de commande", "Prix unitaire", "Quantité", "Produit", "Pays"),
    "fr2": ("Code client", "Facture", "Date de facturation", "Prix", "Qté", "Désignation", "Pays"),
    "de": ("Kundennummer", "Bestellnummer", "Bestelldatum", "Einzelpreis", "Menge", "Artikel", "Land"),
    "de2": ("Kunden-Nr.", "Rechnungsnr.", "Rechnungsdatum", "Stückpreis", "Anzahl", "Bezeichnung", "Land"),
    "pt": ("ID do cliente", "Nº do pedido", "Data do pedido", "Preço unitário", "Quantidade", "Produto", "País"),
    "pt2": ("Código do cliente", "Fatura", "Data da compra", "Preço", "Qtd", "Descrição", "País"),
    "snake": ("customer_id", "invoice_no", "invoice_date", "unit_price", "qty", "product_name", "country"),
    "shout": ("CUSTOMERID", "INVOICENO", "INVOICEDATE", "UNITPRICE", "QUANTITY", "DESCRIPTION", "COUNTRY"),
}
ORDER_ROLES = ("customer_id", "order_id", "ordered_at", "unit_price", "quantity", "product", "country")


@pytest.mark.parametrize("language", HEADERS)
def test_headers_in_five_languages_name_their_roles(language):
    values = (
        [1001, 1002, 1001, 1003, 1002, 1001],
        [f"F{n}" for n in range(6)],
        DATES,
        [1.5, 2.25, 3.0, 4.5, 5.0, 6.0],
        [1, 2, 1, 3, 2, 1],
        ["Jam", "Tea", "Jam", "Honey", "Tea", "Salt"],
        ["ES", "FR", "ES", "DE", "FR", "ES"],
    )
    found = understand(table(**dict(zip(HEADERS[language], values, strict=True))))
    assert found.kind == "orders"
    assert dict(found.roles) == dict(zip(ORDER_ROLES, HEADERS[language], strict=True))


def test_a_currency_sign_in_the_header_is_the_currency():
    found = understand(table(Cliente=["a1", "b2", "a1"], Fecha=DATES[:3], **{"Importe (€)": [1.5, 2.5, 3.5]}))
    assert found.currency == "EUR"


def test_a_time_of_day_in_a_column_of_its_own_is_added_to_the_date():
    orders = small_orders(Uhrzeit=["10:30", "9:05", "23:59", "12:00", "8:00", "7:45"])
    found = understand(orders)
    assert found.roles["ordered_time"] == "Uhrzeit"
    assert clean(orders, found).lines["ordered_at"].iloc[1] == pd.Timestamp("2025-02-11 09:05")


def test_the_date_of_shipping_is_not_the_date_of_the_order():
    found = understand(small_orders(**{"Ship Date": DATES + pd.Timedelta(days=2)}))
    assert found.roles["ordered_at"] == "Datum"
    assert "ordered_at" not in by_name("Ship Date")


def test_a_file_without_headers_is_understood_by_its_values():
    rows = 200
    random = np.random.default_rng(1)
    found = understand(
        table(
            column_1=[f"{n:05}" for n in random.integers(1, 60, rows)],
            column_2=pd.to_datetime("2025-01-01") + pd.to_timedelta(random.integers(0, 300, rows), "D"),
            column_3=random.integers(1, 6, rows),
            column_4=random.integers(100, 9900, rows) / 100,
        )
    )
    assert dict(found.roles) == {
        "customer_id": "column_1",
        "ordered_at": "column_2",
        "amount": "column_4",
        "quantity": "column_3",
    }
    assert found.reasons["column_4"] == "layouts.reason.content"


def test_a_total_written_on_every_row_of_an_order_is_not_the_amount_of_a_line():
    orders = table(
        order_id=[1, 1, 2, 2, 3, 3],
        customer=["K1", "K1", "K2", "K2", "K1", "K1"],
        date=DATES,
        product=["Jam", "Tea"] * 3,
        quantity=[1, 2, 1, 1, 1, 3],
        unit_price=[10.0, 5.0, 8.0, 2.0, 4.0, 2.0],
        total=[20.0, 20.0, 10.0, 10.0, 10.0, 10.0],
    )
    found = understand(orders)
    assert found.roles["order_total"] == "total"
    assert clean(orders, found).lines["amount"].tolist() == [10.0, 10.0, 8.0, 2.0, 4.0, 6.0]


def test_an_order_total_without_prices_is_shared_by_the_lines():
    orders = table(
        order_id=[1, 1, 2, 2, 3, 3],
        customer=["K1", "K1", "K2", "K2", "K1", "K1"],
        date=DATES,
        product=["Jam", "Tea"] * 3,
        total=[20.0, 20.0, 10.0, 10.0, 12.0, 12.0],
    )
    assert clean(orders, understand(orders)).lines["amount"].tolist() == [10.0, 10.0, 5.0, 5.0, 6.0, 6.0]


def supermarket(**instead: object) -> Table:
    """Six till lines as a supermarket exports them: hardly any has a coupon, one is of two pieces."""
    columns: dict[str, object] = {
        "household_id": [900, 900, 1228, 906, 906, 1228],
        "store_id": [330, 330, 406, 319, 319, 406],
        "basket_id": [70044, 70044, 70045, 70046, 70046, 70047],
        "product_id": [1095275, 9878513, 1041453, 1020156, 1053875, 1095275],
        "quantity": [1, 1, 1, 1, 2, 1],
        "sales_value": [0.5, 0.99, 1.43, 1.5, 2.78, 0.5],
        "retail_disc": [0.0, 0.1, 0.15, 0.29, 0.8, 0.0],
        "coupon_disc": [0.0, 0.0, 0.0, 0.0, 0.0, 0.55],
        "coupon_match_disc": [0.0, 0.0, 0.0, 0.0, 0.0, 0.55],
        "week": [1, 6, 10, 15, 19, 24],
        "transaction_timestamp": DATES + pd.Timedelta(hours=11),
    }
    return table(**{**columns, **instead})


def test_a_supermarkets_tills_name_the_household_and_what_it_paid():
    """Coupons of nothing times any quantity are nothing: that once made prices and amounts of discounts."""
    lines = supermarket()
    found = understand(lines)
    assert found.kind == "orders"
    assert found.limits == ()
    assert dict(found.roles) == {
        "customer_id": "household_id",
        "order_id": "basket_id",
        "ordered_at": "transaction_timestamp",
        "amount": "sales_value",
        "quantity": "quantity",
        "product_code": "product_id",
    }
    cleaned = clean(lines, found).lines
    assert cleaned["amount"].tolist() == [0.5, 0.99, 1.43, 1.5, 2.78, 0.5]
    assert cleaned["customer_id"].nunique() == 3


@pytest.mark.parametrize(
    "header",
    [
        "HSHD_NUM",
        "household_key",
        "Household number",
        "loyalty_card_no",
        "Loyalty ID",
        "Loyalty card",
        "Clubcard number",
        "member_no",
        "Shopper ID",
        "cardholder_id",
        "Panelist ID",
        "Nº socio",
        "ID hogar",
        "Código de cuenta",
        "Tarjeta de fidelidad",
        "Carte de fidélité",
        "Kundenkartennummer",
    ],
)
def test_whoever_holds_the_card_or_keeps_the_house_is_the_customer(header):
    lines = supermarket()
    renamed = Table(lines.frame.rename(columns={"household_id": header}), "tills.csv", "0" * 64, "csv")
    assert understand(renamed).roles["customer_id"] == header


@pytest.mark.parametrize("header", ["household_size", "number_of_household_members", "loyalty_points", "loyalty_tier"])
def test_what_is_known_of_a_household_does_not_name_it(header):
    assert "customer_id" not in by_name(header)


@pytest.mark.parametrize(
    "header", ["sales_value", "SPEND", "spend_value", "net_sales", "Net sales value", "Importe neto", "Valor de venta"]
)
def test_a_value_of_sales_is_the_whole_line_and_not_multiplied(header):
    lines = supermarket()
    renamed = Table(lines.frame.rename(columns={"sales_value": header}), "tills.csv", "0" * 64, "csv")
    found = understand(renamed)
    assert found.roles["amount"] == header
    assert clean(renamed, found).lines["amount"].tolist() == [0.5, 0.99, 1.43, 1.5, 2.78, 0.5]


@pytest.mark.parametrize(
    "header",
    [
        *("retail_disc", "disc_amount", "Disc. value", "coupon_value", "Importe dto.", "dscto_total", "valor_dcto"),
        *("Montant remise", "Rabattbetrag", "Unit price disc", "valor desconto", "line_disc_price"),
    ],
)
def test_money_taken_off_is_neither_amount_nor_price(header):
    assert not {"amount", "order_total", "unit_price", "quantity"} & by_name(header).keys()


def test_a_short_word_for_a_discount_is_taken_off_the_price():
    orders = table(
        Cliente=["K1", "K2", "K1", "K3", "K2", "K1"],
        Fecha=DATES,
        Producto=["Jam", "Tea"] * 3,
        Cantidad=[1, 2, 1, 1, 3, 1],
        Precio=[10.0, 5.0, 8.0, 2.0, 4.0, 6.0],
        Dscto=[0.0, 1.0, 0.5, 0.0, 2.0, 0.0],
    )
    found = understand(orders)
    assert found.roles["discount"] == "Dscto"
    assert clean(orders, found).lines["amount"].tolist() == [10.0, 9.0, 7.5, 2.0, 10.0, 6.0]


# ----------------------------------------------------------------------------------------------- what a table is about


def test_dated_amounts_of_customers_are_orders():
    found = understand(small_orders())
    assert (found.kind, found.kind_reason) == ("orders", "layouts.kind.orders_dated")
    assert found.limits == ("layouts.limit.no_order_id",)


def test_one_row_for_each_customer_is_a_customer_table_and_says_what_cannot_be_done():
    found = understand(table(customer_id=["a", "b", "c"], age=[30, 40, 50], Total_Spend=[1.0, 2.0, 3.0]))
    assert found.kind == "customers"
    assert found.limits == ("layouts.limit.no_dates",)


def test_a_date_of_joining_does_not_make_orders_of_customers():
    found = understand(
        table(ID=["a", "b", "c"], Income=[1.5, 2.5, 3.5], Education=["x", "y", "x"], Dt_Customer=DATES[:3])
    )
    assert found.kind == "customers"
    assert found.roles["customer_id"] == "ID"


def test_prices_by_day_are_no_orders_but_orders_without_a_customer_are():
    dates = DATES[:3]
    assert understand(table(Date=dates, AveragePrice=[1.5, 2.5, 3.5], region=["a", "b", "a"])).kind == "table"
    orders = understand(table(order_date=dates, amount=[1.5, 2.5, 3.5], region=["a", "b", "a"]))
    assert orders.kind == "orders"
    assert "layouts.limit.no_customer" in orders.limits


def test_a_table_about_neither_is_just_a_table():
    found = understand(table(area=[2600, 3000, 3200], price=[550000, 565000, 610000]))
    assert found.kind == "table"


def test_how_a_customer_was_called_is_no_customer():
    """A column `contact` of telephones and mobiles once made orders of a bank's customers."""
    calls = pd.DataFrame(
        {
            "age": range(20, 80),
            "job": ["admin.", "technician", "retired"] * 20,
            "marital": ["single", "married"] * 30,
            "contact": ["cellular", "telephone", "unknown"] * 20,
            "day_of_week": ["mon", "tue", "wed", "thu"] * 15,
            "cons.price.idx": [92.9, 93.2, 94.5] * 20,
        }
    )
    assert understand(read_table(calls.to_csv(index=False).encode(), "calls.csv")).kind == "customers"


@pytest.mark.slow
def test_real_files_are_what_they_are(shared):
    kinds = {
        "cdnow_sample/CDNOW_sample.txt": "orders",
        "retail_transactions/Retail_Data_Transactions.csv": "orders",
        "superstore/Sample - Superstore.csv": "orders",
        "european_orders/ventas.csv.gz": "orders",
        "customer_tables/telco_churn.csv": "customers",
        "customer_tables/marketing_campaign.csv": "customers",
        "customer_tables/bank-additional.csv": "customers",
        "customer_tables/Ecommerce Customers.csv": "customers",
        "customer_tables/Mall_Customers.csv": "customers",
        "customer_tables/wholesale.csv": "table",
        "codebasics/homeprices.csv": "table",
    }
    found = {file: understand(read_table((shared / file).read_bytes(), file)).kind for file in kinds}
    assert found == kinds


# ------------------------------------------------------------------------------------------------ a person's correction


def test_a_corrected_role_takes_the_column_from_the_role_it_had():
    found = understand(small_orders(Filiale=["X1", "X2", "X1", "X3", "X2", "X1"]))
    changed = with_roles(found, {"customer_id": "Filiale"})
    assert changed.roles["customer_id"] == "Filiale"
    assert changed.reasons["Filiale"] == "layouts.reason.chosen"
    assert changed.reasons["Kunde"] == "layouts.reason.unused"
    assert found.roles["customer_id"] == "Kunde"


def test_a_role_can_be_taken_away():
    changed = with_roles(understand(small_orders()), {"amount": ""})
    assert "amount" not in changed.roles
    assert "layouts.limit.no_amount" in changed.limits


def test_two_roles_can_be_swapped():
    found = understand(
        table(customer=["a1", "b2", "a1"], order=["c3", "d4", "e5"], date=DATES[:3], amount=[1.5, 2.5, 3.5])
    )
    changed = with_roles(found, {"customer_id": "order", "order_id": "customer"})
    assert (changed.roles["customer_id"], changed.roles["order_id"]) == ("order", "customer")


@pytest.mark.parametrize(
    ("chosen", "key"),
    [({"customer": "Kunde"}, "layouts.unknown_role"), ({"amount": "Preis"}, "layouts.unknown_column")],
)
def test_a_role_or_column_that_does_not_exist_is_named(chosen, key):
    with pytest.raises(UserError) as error:
        with_roles(understand(small_orders()), chosen)
    assert error.value.key == key


def test_a_table_taken_for_customers_can_be_read_as_orders():
    lines = table(customer_id=["a1", "b2", "c3"], date=DATES[:3], amount=[1.5, 2.5, 3.5], age=[1, 2, 3])
    found = understand(lines)
    assert found.kind == "customers"
    changed = with_kind(found, "orders")
    assert len(clean(lines, changed).lines) == 3
    assert with_kind(changed, "customers").roles == {"customer_id": "customer_id"}


def test_three_examples_of_a_column_are_shown_once_each():
    assert examples(small_orders(), "Kunde") == ("K1", "K2", "K3")


def test_an_example_of_a_date_is_a_date():
    assert examples(table(Datum=DATES[:1]), "Datum") == (pd.Timestamp(DATES[0]),)


def test_the_same_columns_in_another_order_and_case_have_the_same_fingerprint():
    one = understand(table(Kunde=["a"], Datum=DATES[:1], Betrag=[1.5]))
    other = understand(table(BETRAG=[1.5], kunde=["a"], Datum=DATES[:1]))
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != understand(table(Kunde=["a"])).fingerprint


# ------------------------------------------------------------------------------------------------------- settings files


def test_settings_are_written_and_taken_back_for_another_file_of_the_same_columns():
    confirmed = with_roles(understand(small_orders(Filiale=["X1"] * 6)), {"customer_id": "Filiale"})
    taken = read_settings(write_settings(confirmed), "settings.json", understand(small_orders(Filiale=["X2"] * 6)))
    taken = taken.understanding
    assert dict(taken.roles) == dict(confirmed.roles)
    assert taken.reasons["Filiale"] == "layouts.reason.settings"


def test_settings_bring_corrected_dates_along_whatever_the_case_of_the_heading():
    written = write_settings(understand(small_orders()), {"DATUM": "month"})
    assert dict(read_settings(written, "settings.json", understand(small_orders())).date_orders) == {"Datum": "month"}
    without = {**json.loads(written)}
    del without["dates"]  # as earlier versions wrote it
    taken = read_settings(json.dumps(without).encode(), "settings.json", understand(small_orders()))
    assert dict(taken.date_orders) == {}


def test_settings_hold_headings_and_no_data():
    written = write_settings(understand(small_orders())).decode()
    assert "K1" not in written
    assert "20.25" not in written


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\x80\x04\x95 a pickle", "layouts.settings.not_json"),
        (b"[" * 100_000, "layouts.settings.not_json"),
        (b"[1, 2]", "layouts.settings.not_json"),
        (b"{}", "layouts.settings.wrong"),
        (b'{"format": "brine-columns/1", "kind": "pages", "roles": {}}', "layouts.settings.wrong"),
        (b'{"format": "brine-columns/1", "kind": "orders", "roles": {"amount": 3}}', "layouts.settings.wrong"),
        (b'{"format": "brine-columns/1", "kind": "orders", "roles": {"money": "Betrag"}}', "layouts.settings.wrong"),
        (
            b'{"format": "brine-columns/1", "kind": "orders", "roles": {"amount": "Betrag", "quantity": "Betrag"}}',
            "layouts.settings.wrong",
        ),
        (
            b'{"format": "brine-columns/1", "kind": "orders", "roles": {"amount": "Betrag"}, "dates": {"Datum": "%d"}}',
            "layouts.settings.wrong",
        ),
        (
            b'{"format": "brine-columns/1", "kind": "orders", "roles": {"amount": "Preis"}}',
            "layouts.settings.other_columns",
        ),
    ],
)
def test_a_settings_file_that_is_none_is_refused_with_a_sentence(data, key):
    with pytest.raises(UserError) as error:
        read_settings(data, "settings.json", understand(small_orders()))
    assert error.value.key == key


def test_settings_are_plain_json():
    plain_settings = json.loads(write_settings(understand(small_orders())))
    assert plain_settings["roles"] == {"customer_id": "Kunde", "ordered_at": "Datum", "amount": "Betrag"}


# -------------------------------------------------------------------------------------------------------- personal data


def personal(**columns: object) -> dict[str, str]:
    return dict(understand(table(**columns)).personal)


def test_personal_data_is_found_by_header():
    row = {
        "First Name": ["x1", "y2", "z3"],
        "Teléfono": ["1", "2", "3"],
        "Billing Zip": ["1", "2", "3"],
        "NIF": ["1", "2", "3"],
        "Business Vat ID": ["1", "2", "3"],
        "Name": ["x", "y", "z"],
        "E-Mail": ["-", "--", "---"],
        "Geburtsdatum": DATES[:3],
        "City": ["Bonn", "Köln", "Ulm"],
        "Product Name": ["Jam", "Tea", "Salt"],
        "PhoneService": ["Yes", "No", "Yes"],
        "id_address_delivery": [7, 8, 9],
        "VAT Paid by Buyer": [7.5, 8.5, 9.5],
        "Accepts Email Marketing": ["a", "b", "c"],
    }
    assert personal(**row) == {
        "First Name": "name",
        "Teléfono": "phone",
        "Billing Zip": "address",
        "NIF": "tax_number",
        "Business Vat ID": "tax_number",
        "Name": "name",
        "E-Mail": "email",
        "Geburtsdatum": "birth_date",
    }


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("email", ["ana@example.org", "bob@mail.example.com", "eve@example.net", ""]),
        ("phone", ["+34 600 111 222", "+44 20 7946 0958", "(030) 1234-5678", "+1-202-555-0143"]),
        ("card", ["4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009", "6011000000000004"]),
        ("card", [4111111111111111, 5500000000000004, 6011000000000004]),
        ("account", ["ES91 2100 0418 4502 0005 1332", "DE89370400440532013000", "GB29NWBK60161331926819"]),
        ("tax_number", ["12345678Z", "X1234567L", "B12345678"]),
        ("tax_number", ["123-45-6789", "987-65-4321", "111-22-3333"]),
        ("internet_address", ["192.0.2.1", "198.51.100.7", "203.0.113.9"]),
        ("address", ["12 Main Street", "7 Elm Road", "350 Fifth Avenue"]),
        ("address", ["Calle Mayor 3", "Avenida de la Paz 10", "Plaza España 1"]),
        ("address", ["Hauptstraße 5", "Bahnhofstr. 12", "Lindenweg 7"]),
        ("name", ["Ana García", "James Smith", "María López", "Hans Müller", "Pierre Dupont", "Zoltan Kiss"]),
    ],
)
def test_personal_data_is_found_by_content(kind, values):
    assert personal(thing=values) == {"thing": kind}


@pytest.mark.parametrize(
    "values",
    [
        ["Red", "Green", "Blue", "Black", "White", "Pink"],
        ["PAPER CRAFT , LITTLE BIRDIE", "WHITE METAL LANTERN", "CREAM CUPID HEARTS COAT HANGER", "POSTAGE", "JAM JAR"],
        ["United Kingdom", "France", "Germany", "Costa Rica", "New Zealand"],
        ["CS5295", "CS4768", "CS2122"],
        [536365, 536366, 536367],
        [1234567890123, 1234567890124, 1234567890125],
        ["2025-01-10", "2025-02-11", "2025-03-12"],
        ["1.5", "2.25", "3.0"],
    ],
)
def test_what_is_not_personal_is_left_alone(values):
    assert personal(thing=values) == {}


@pytest.mark.slow
def test_the_real_files_personal_columns_are_found(shared):
    def found(file: str) -> dict[str, str]:
        return dict(understand(read_table((shared / file).read_bytes(), file)).personal)

    assert found("customer_tables/Ecommerce Customers.csv") == {"Email": "email", "Address": "address"}
    assert found("superstore/Sample - Superstore.csv") == {"Customer Name": "name", "Postal Code": "address"}
    for nobody in ("telco_churn.csv", "bank-additional.csv", "Mall_Customers.csv", "marketing_campaign.csv"):
        assert found(f"customer_tables/{nobody}") == {}


@pytest.mark.slow
def test_names_are_found_even_under_a_header_that_says_nothing(shared):
    file = "superstore/Sample - Superstore.csv"
    read = read_table((shared / file).read_bytes(), file)
    blind = Table(read.frame[["Customer Name"]].rename(columns={"Customer Name": "X"}), "x", "", "csv")
    from lib.layouts.value_profiles import profile_columns

    assert personal_columns(blind.frame, profile_columns(blind.frame), {}) == {"X": "name"}


# ----------------------------------------------------------------------------------------- text that was left as text


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["€ 1.234,56", "7,00", "-3,50"], [1234.56, 7.0, -3.5]),
        (["$1,234.56", "(12.00)", "-$3.00"], [1234.56, -12.0, -3.0]),
        (["12", "abc", ""], [12.0, None, None]),
        (["1,234", "5,678"], [1234.0, 5678.0]),
        (["EUR 5.00", "4.50 EUR", "7-"], [5.0, 4.5, -7.0]),
    ],
)
def test_amounts_left_as_text_are_read(texts, numbers):
    found = numbers_in(pd.Series(texts, dtype="str"))
    assert [None if np.isnan(value) else value for value in found] == numbers


@pytest.mark.parametrize(
    "texts",
    [
        ["2025-01-31T10:00:00+00:00", "2025-02-01T11:30:00Z"],
        ["31/01/2025 10:00", "01/02/2025 11:30"],
        ["2025-01-31 10:00:00 -0500", "2025-02-01 11:30:00 +0200"],
        ["31.01.2025 10:00", "01.02.2025 11:30"],
    ],
)
def test_moments_left_as_text_are_those_of_the_shops_clock(texts):
    found = dates_in(pd.Series(texts, dtype="str"))
    assert found.tolist() == [pd.Timestamp("2025-01-31 10:00"), pd.Timestamp("2025-02-01 11:30")]


@pytest.mark.parametrize("numbers", [[20250131, 20250201], [45688, 45689], [1738281600, 1738368000]])
def test_moments_in_numbers_are_read(numbers):
    assert dates_in(pd.Series(numbers)).tolist() == [pd.Timestamp("2025-01-31"), pd.Timestamp("2025-02-01")]


def test_moments_with_a_zone_keep_their_wall_clock():
    found = dates_in(pd.Series(pd.to_datetime(["2025-01-31 10:00"]).tz_localize("Europe/Madrid")))
    assert found.tolist() == [pd.Timestamp("2025-01-31 10:00")]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("wc-cancelled", "cancelled"),
        ("Annulée", "cancelled"),
        ("Awaiting bank wire payment", "unpaid"),
        ("En attente de paiement par chèque", "unpaid"),
        ("Remboursé", "refunded"),
        ("requires_payment_method", "unpaid"),
        ("add_to_cart", "unpaid"),
        ("purchase", ""),
        ("partially_refunded", ""),
        ("Completed", ""),
        ("Shipped", ""),
        ("Terminée", ""),
    ],
)
def test_statuses_say_whether_an_order_counts(status, reason):
    assert meaning(status) == reason


@pytest.mark.parametrize(
    ("header", "kind"), [("NumberOfAddress", None), ("Anzahl Adressen", None), ("Address", "address")]
)
def test_a_count_of_addresses_is_no_address(header, kind):
    """NumberOfAddress was kept out of everything that was learnt."""
    values = [f"{n} Main Street" for n in range(1, 9)] if kind else [1, 2, 3, 4, 3, 2, 1, 5]
    found = understand(table(customer_id=list(range(1, 9)), **{header: values}, age=[30, 40, 50, 60, 20, 30, 40, 50]))
    assert found.personal.get(header) == kind


# -------------------------------------------------------------------------------------------------------- from a query


@pytest.mark.slow
def test_the_answer_to_a_query_becomes_a_table():
    from datetime import date
    from decimal import Decimal

    answer = pd.DataFrame(
        {
            "customer_id": pd.array([1, 2, 1, None], dtype="Int64"),
            "order_date": [date(2025, 1, 10), date(2025, 2, 11), date(2025, 3, 12), date(2025, 4, 13)],
            "amount": [Decimal("10.50"), Decimal("20.00"), Decimal("30.25"), Decimal("1.00")],
            "note": ["x", 3, None, b"y"],
        }
    )
    found = table_from_frame(answer, "orders")
    orders = clean(found, understand(found))
    assert orders.lines["amount"].tolist() == [10.5, 20.0, 30.25]
    assert orders.lines["customer_id"].tolist() == ["1", "2", "1"]
    assert orders.ledger.set_aside == {"no_customer": 1}


# ------------------------------------------------------------------------------------------------------------ sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_reason_and_kind_has_its_sentence(language):
    from lib.layouts.personal import BY_CHOICE, HEADER_PHRASES

    keys = {f"roles.{role}" for role in ROLES}
    keys |= {f"orders.reason.{reason}" for reason in REASONS} | {f"orders.explain.{reason}" for reason in REASONS}
    keys |= {f"personal.{kind}" for kind in (*HEADER_PHRASES, BY_CHOICE)} | {
        f"layouts.reason.personal_{kind}" for kind in (*HEADER_PHRASES, BY_CHOICE)
    }
    for kind in ("orders", "customers", "table"):
        keys.add(f"layouts.kind.{kind}")
    keys |= {f"layouts.kind.{layout.kind}_layout" for layout in LAYOUTS}
    assert {key for key in keys if not knows(language, key)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_these_packages_write_has_its_sentence(language):
    import re
    from pathlib import Path

    source = "".join(path.read_text() for name in ("layouts", "orders") for path in Path("lib", name).glob("*.py"))
    keys = set(re.findall(r'"((?:layouts|orders)\.[a-z_.]+[a-z])"', source))
    assert len(keys) > 20
    assert {key for key in keys if not knows(language, key)} == set()


DATE_LIKE_IDS = {
    "20230115": "%Y%m%d",
    "2023-01-15": "%Y-%m-%d",
    "15.01.2023": "%d.%m.%Y",
    "15/01/2023": "%d/%m/%Y",
    "150123": "%d%m%y",
    "2023-01-15 08:30:00": "%Y-%m-%d %H:%M:%S",
}


@pytest.mark.parametrize("heading", ["customer_id", "Cliente", "Kundennummer", "Client", "buyer", "Customer Name"])
@pytest.mark.parametrize("form", DATE_LIKE_IDS.values(), ids=DATE_LIKE_IDS)
def test_ids_that_look_like_dates_are_customers_under_a_heading_for_customers(form, heading):
    customers = [(pd.Timestamp("1990-01-01 08:30") + pd.Timedelta(days=137 * at)).strftime(form) for at in range(12)]
    ordered = pd.date_range("2024-03-01", periods=36, freq="3D")
    export = pd.DataFrame(
        {heading: customers * 3, "order_date": ordered.strftime("%Y-%m-%d"), "amount": [10.5 + at for at in range(36)]}
    )
    table = read_table(export.to_csv(index=False).encode(), "orders.csv")
    found = understand(table)
    assert (found.kind, found.roles["customer_id"], found.roles["ordered_at"]) == ("orders", heading, "order_date")
    lines = clean(table, found).lines
    assert lines["customer_id"].nunique() == 12
    assert lines["ordered_at"].tolist() == ordered.tolist()


def test_a_second_column_of_the_orders_dates_is_no_customer():
    days = pd.date_range("2024-03-01", periods=30, freq="D").strftime("%Y-%m-%d")
    export = pd.DataFrame({"order_date": days, "customer": days, "amount": [5.5 + at for at in range(30)]})
    assert "customer_id" not in understand(read_table(export.to_csv(index=False).encode(), "orders.csv")).roles


LAST_RESORTS = (
    ("Order Total", "Fee Amount"), ("Order Total", "Donation"), ("Invoice Total", "Amount Paid"),
    ("Grand Total", "EUR"), ("Gesamtsumme", "Spende"), ("Rechnungsbetrag", "Bezahlter Betrag"),
    ("Total factura", "Importe pagado"), ("Total pedido", "Cuota"), ("Total facture", "Montant payé"),
    ("Total do pedido", "Valor pago"), ("Rechnungssumme", "Mitgliedsbeitrag"), ("Order Total", "USD"),
)  # fmt: skip


def few_orders(**columns: object) -> Table:
    days = ["2024-01-03", "2024-01-09", "2024-02-11", "2024-03-15"]
    who = ["a@x.com", "b@x.com", "a@x.com", "c@x.com"]
    return table(**{"Order": [1, 2, 3, 4], "Date": pd.to_datetime(days), "Email": who, **columns})


@pytest.mark.parametrize(("total", "other"), LAST_RESORTS)
def test_what_was_paid_or_given_beside_a_total_is_not_the_amount(total, other):
    found = understand(few_orders(**{total: [20.1, 35.5, 12.25, 48.0], other: [0.6, 1.07, 0.0, 1.44]}))
    assert found.roles["order_total"] == total
    assert other not in found.roles.values()


@pytest.mark.parametrize("other", ["Donation", "Spende", "fee_amount", "Cuota", "EUR", "Amount Paid", "Cotisation"])
def test_what_was_paid_or_given_beside_prices_is_not_the_amount(other):
    columns = {"Qty": [2, 1, 3, 1], "Price": [9.5, 5.25, 5.25, 9.5], other: [0.0, 1.1, 0.0, 2.2]}
    found = understand(few_orders(**columns))
    assert (found.roles["unit_price"], found.roles["quantity"]) == ("Price", "Qty")
    assert other not in found.roles.values()


@pytest.mark.parametrize("heading", ["Donation", "Spende", "Cuota", "EUR", "Amount Paid", "Mitgliedsbeitrag", "Euro"])
def test_what_was_paid_or_given_is_the_amount_where_no_other_money_is(heading):
    assert understand(few_orders(**{heading: [20.1, 35.5, 12.25, 48.0]})).roles["amount"] == heading


@pytest.mark.parametrize("heading", ["Merchant Reference", "merchant_reference", "PSP Reference"])
def test_a_reference_that_is_the_same_in_all_rows_is_no_order(heading):
    columns = {
        heading: ["MYSHOP"] * 4, "Date": pd.to_datetime(["2024-01-03", "2024-01-09", "2024-02-11", "2024-03-15"]),
        "Email": ["a@x.com", "b@x.com", "a@x.com", "c@x.com"], "Amount": [20.1, 35.5, 12.25, 48.0],
    }  # fmt: skip
    assert "order_id" not in understand(table(**columns)).roles
    columns[heading] = ["R1", "R2", "R3", "R4"]
    assert understand(table(**columns)).roles["order_id"] == heading


@pytest.mark.parametrize("heading", ["Sale Price", "Verkaufspreis", "Prix de vente"])
def test_a_sale_price_beside_pieces_stays_what_the_line_cost(heading):
    columns = {"Product": ["Mug", "Cup", "Mug", "Mug"], "Units": [2, 1, 3, 1], heading: [20.0, 35.5, 30.0, 10.0]}
    assert understand(few_orders(**columns)).roles["amount"] == heading


@pytest.mark.parametrize(
    ("fee", "amount", "gross"),
    [
        ("Shipping fee", "Amount", "Gross amount"),
        ("Delivery fee", "Total", "Gross total"),
        ("Versandgebühr", "Betrag", "Bruttobetrag"),
        ("Frais de livraison", "Montant", "Montant brut"),
        ("Coste de envío", "Importe", "Importe bruto"),
    ],
)
def test_a_fee_for_the_delivery_is_not_what_the_payment_service_keeps(fee, amount, gross):
    money = {amount: [20.1, 35.5, 12.25, 48.0], fee: [3.9, 4.9, 3.9, 6.5], gross: [24.0, 40.4, 16.15, 54.5]}
    assert understand(few_orders(**money)).roles["amount"] == amount
    kept = {gross: [20.1, 35.5, 12.25, 48.0], "Fee": [0.9, 1.4, 0.6, 1.9], amount: [19.2, 34.1, 11.65, 46.1]}
    assert understand(few_orders(**kept)).roles["amount"] == gross


@pytest.mark.parametrize("heading", ["Num doc", "N doc", "Document", "Nr doc", "Nº documento"])
def test_the_number_of_an_identity_card_is_not_that_of_an_order(heading):
    people = [place * 5 % 7 for place in range(28)]
    columns = {
        "Fecha": pd.date_range("2025-01-02", periods=28, freq="3D"),
        "Cliente": [f"Ana {'ABCDEFG'[person]}." for person in people],
        "Importe": [10.5 + place for place in range(28)],
    }
    of_people = table(**columns, **{heading: [f"{30_000_000 + 777 * person}K" for person in people]})
    assert "order_id" not in understand(of_people).roles
    of_orders = table(**columns, **{heading: [f"T{place}" for place in range(28)]})
    assert understand(of_orders).roles["order_id"] == heading
    lines = pd.concat([table(**columns).frame] * 2).sort_values("Fecha", kind="stable", ignore_index=True)
    of_lines = table(**lines, **{heading: [f"T{place // 2}" for place in range(56)]}, Producto=["Mug", "Tea"] * 28)
    assert understand(of_lines).roles["order_id"] == heading


@pytest.mark.parametrize("heading", ["Receipt", "Check", "Ticket"])
def test_how_a_receipt_was_sent_is_no_number_of_an_order(heading):
    columns = {
        "Date": pd.date_range("2025-01-02", periods=28, freq="3D"),
        "Customer": [f"Ana {'ABCD'[place % 4]}." for place in range(28)],
        "Amount": [10.5 + place for place in range(28)],
    }
    sent = table(**columns, **{heading: [("e-mail", "paper", "none")[place % 3] for place in range(28)]})
    assert "order_id" not in understand(sent).roles
    numbered = table(**columns, **{heading: [f"R{place}" for place in range(28)]})
    assert understand(numbered).roles["order_id"] == heading


def test_particulars_are_the_goods_where_the_party_has_a_column():
    columns = {
        "Date": pd.date_range("2025-01-02", periods=28, freq="3D"),
        "Particulars": [f"Tea {'ABC'[place % 3]}" for place in range(28)],
        "Amount": [10.5 + place for place in range(28)],
    }
    assert understand(table(**columns)).roles["customer_id"] == "Particulars"
    parties = [f"Ana {'ABCD'[place % 4]}." for place in range(28)]
    assert understand(table(**columns, Party=parties)).roles["customer_id"] == "Party"
