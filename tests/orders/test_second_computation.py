"""Generated exports of every kind: what Brine shows equals what plain SQL computes, or what was sold."""

import random

import pytest

from benchmarks import exports, generated_exports
from benchmarks.exports import unread
from benchmarks.second_computation import (
    KNOWN_KINDS,
    MARKET_KINDS,
    constructed,
    constructed_differences,
    differences,
)
from benchmarks.unseen_exports import outcome

FAST = range(len(generated_exports.KINDS))
MORE = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(len(FAST), 60)]


FOUND_BY_SQL = [6_030]
"""Equal lines of an order with a discount, among orders without one."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*FAST, *FOUND_BY_SQL, *MORE])
def test_figures_equal_those_of_plain_sql(seed):
    export = generated_exports.generated(seed)
    assert differences(export) == "", export.kind


KNOWN = len(KNOWN_KINDS)
MORE_KNOWN = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(KNOWN, 3 * KNOWN)]


FOUND = [5_093, 5_152, 5_209, 5_227, 6_214, 7_337]
"""The whole order's discount in a column of its own; one order with a discount among many; words of totals in
the column of dates; `Q.tà` with
"2 adet"; `Pagato` with `Sì` and `No`; totals without a product."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(KNOWN), *FOUND, *MORE_KNOWN])
def test_figures_equal_what_was_sold(seed):
    export = constructed(seed)
    assert constructed_differences(export) == "", export.kind


QUICK = (
    "tiktok_shop",
    "naver_smartstore",
    "ebay_seller_hub",
    "ozon",
    "wp_all_export",
    "vend",
    "northwind",
    "buddhist_years",
)


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(place, id=kind.__name__, marks=() if kind.__name__ in QUICK else pytest.mark.slow)
        for place, kind in enumerate(MARKET_KINDS)
    ],
)
@pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_markets_tills_and_public_sets_equal_what_was_sold(place, turn):
    export = constructed(place + turn * len(MARKET_KINDS), MARKET_KINDS)
    assert constructed_differences(export) == "", export.kind


NOT_READ = (
    "sage_customer_activity",
    "tally_day_book",
    "cs_cart",
    "weebly_orders",
    "sheet_per_customer",
    "months_as_headings",
    "course_sales",
    "datev_bookings",
    "customer_ledger",
    "months_in_columns",
    "products_as_headings",
    "year_in_the_sheet",
    "kademi_blocks",
    "virtuemart",
    "hikashop",
    "modx_minishop",
    "finnish_procountor",
    "business_central",
    "partly_paid_with_amount",
    "lithuanian_shop",
    "icelandic_invoices",
    "malay_pos",
    "week_sheets_titles",
    "pivot_in_compact_form",
    "afip_argentina",
    "ankorstore_french",
    "kickstarter_backers",
    "qonto_statement_french",
    "only_foreign_money_converted",
    "receivables_ledger",
    "grocery_delivery",
    "a_workbook_for_each_customer",
    "old_midrange_dates",
    "customers_lines_and_orders_zipped",
    "school_shop_of_parents",
    "noon_gulf_items",
    "printed_on_demand",
    "blanks_as_quoted_quotes",
)
"""Refused, or read with a question or a finding on Data."""
FEW = (
    "hepsiburada",
    "adyen_payment_accounting",
    "razorpay_payments",
    "authorize_net",
    "lexware_documents",
    "plentymarkets_items",
    "shopline_taiwan",
    "loja_integrada",
    "mailchimp_orders",
    "padel_club",
    "ebay_transaction_report",
    "german_till_journal",
    "instalment_plans",
    "monthly_subtotals",
    "total_line_last",
    "two_currencies_converted",
    "mixed_encodings",
    "phpmyadmin_xml",
    "clover_orders",
    "sellsy_invoices",
    "danea_documents",
    "portuguese_documents",
    "spanish_notebook",
    "spanish_bank_till",
    "gumroad_sales",
    "bandcamp_sales",
    "eventbrite_orders",
    "erpnext_invoices",
    "credit_notes_beside_invoices",
    "pivot_in_tabular_form",
    "thousands_in_the_heading",
    "separator_changes_halfway",
    "hashes_instead_of_dates",
    "footnotes_in_amounts",
    "sheets_of_sales_and_payments",
    "lists_of_sold_and_paid",
    "blanks_as_one_quote",
    "version_counts_the_lines",
    "fees_as_rows_of_the_order",
    "sent_in_two_parcels",
    "peruvian_vouchers",
)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, id=kind.__name__, marks=() if kind.__name__ in FEW else pytest.mark.slow)
        for kind in exports.KINDS
        if kind.__name__ not in NOT_READ
    ],
)
def test_exports_of_systems_equal_what_was_sold(kind):
    export = kind(random.Random(f"{kind.__name__} 0"))
    if kind.__name__ in unread.ASKED:
        assert outcome(export)[0] == "right"
    else:
        assert constructed_differences(export) == ""


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in exports.KINDS if kind.__name__ in NOT_READ])
def test_what_is_not_read_is_said(kind):
    result, _ = outcome(kind(random.Random(f"{kind.__name__} 0")))
    assert result in ("refused", "said")
