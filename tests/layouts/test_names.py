"""Column names in the forms that shops write them."""

import pytest

from lib.layouts.names import by_name, plain, without_terms


@pytest.mark.parametrize("header", ["USt", "MwSt", "MwSt.", "MwSt-Betrag", "USt.-Betrag", "USt-IdNr", "MWSt"])
def test_german_value_added_tax_is_one_word_and_no_piece(header):
    assert not {"st", "u", "mw"} & set(plain(header).split())
    assert not {"unit_price", "quantity"} & by_name(header).keys()


def test_a_camel_case_name_is_still_parted():
    assert plain("USState") == "us state"
    assert plain("orderLineTotal") == "order line total"


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Customer / Cliente", "customer_id"),
        ("Date / Fecha", "ordered_at"),
        ("Qty / Cant.", "quantity"),
        ("Price\nPrecio", "unit_price"),
    ],
)
def test_a_name_in_two_languages_says_what_both_say(header, role):
    assert role in by_name(header)


@pytest.mark.parametrize(
    "header", ["SKU Subtotal After Discount", "Subtotal w/ Discounts", "Betrag nach Rabatt", "Total con descuento"]
)
def test_what_is_left_after_a_discount_is_an_amount(header):
    assert "amount" in by_name(header)
    assert "discount" not in without_terms(header)


def test_what_is_not_discounted_yet_is_no_amount_by_its_name():
    assert "amount" not in by_name("SKU Subtotal Before Discount")


def test_chinese_is_compared_in_one_script():
    assert by_name("訂單狀態")["status"] == by_name("订单状态")["status"]
    assert plain("訂單號碼") == "订单号码"


ABBREVIATED = {
    "order_id": "Ord No.|Nº Ped.|N° Cde|Best.-Nr.|N. Ord.|N.º Enc.|ORDNO|Inv. No|Nº Fra.|Rg.-Nr.",
    "ordered_at": "Ord Dt|F. Ped.|Dt Cde|Best.-Dat.|Dt. Ord.|Dt. Enc.|ORDDT|Inv. Dt|Fec. Fact.",
    "customer_id": "Cust No.|Cód. Cte.|Cd Client|Kd.-Nr.|Cod. Cli.|Cód. Cli.|CUSNO|Nº Cte.",
    "amount": "G-Preis|Ext. Amt|Impte.|Vlr. Total|EXTAM",
    "unit_price": "U/Price|P. Unit.|P.U.|E-Preis|Pr. Un.|UPRCE",
    "quantity": "Mge.|Qté|Uds.|Q.tà|Qtd.|QTYOR",
}


@pytest.mark.parametrize("heading", ["Ext", "Mt", "MT", "Imp.", "Fra"])
def test_a_few_letters_that_mean_other_things_too_are_no_money_and_no_number(heading):
    """Extension of a telephone, metres, metric tons, a tax, the Danish word for "from"."""
    assert not {"amount", "order_id"} & set(by_name(heading))


def test_headings_cut_to_a_few_letters_have_the_role_of_the_whole_word():
    said = [(role, header) for role, headers in ABBREVIATED.items() for header in headers.split("|")]
    assert [pair for pair in said if max(by_name(pair[1]), key=by_name(pair[1]).get, default="") != pair[0]] == []


@pytest.mark.parametrize("header", ["orders_count", "Count of orders", "Anzahl Bestellungen", "customer.orders_count"])
def test_how_many_orders_a_customer_has_is_no_quantity(header):
    assert "quantity" not in by_name(header)
