"""A table and a model side by side."""

import pandas as pd
import pytest

from lib.errors import UserError
from lib.scoring.matching import compare, unit_doubt, unit_factor
from lib.scoring.needs import Need

RECENCY = Need("recency_days", "number", unit="days", low=1, high=370, typical=50)
SPEND = Need("monetary_total", "number", unit="money", low=10, high=9000, typical=700)
COUNTRY = Need("country", "category", categories=("Spain", "France"), shares=(0.7, 0.3))


def test_columns_of_the_same_name_are_taken_whatever_their_case_and_accents():
    fit = compare([RECENCY, SPEND], pd.DataFrame({"Recency Days": [3], "MONETARY-TOTAL": [5.0], "note": ["x"]}))
    assert fit.sources == {"recency_days": "Recency Days", "monetary_total": "MONETARY-TOTAL"}
    assert fit.missing == ()
    assert fit.extra == ("note",)


def test_a_missing_column_is_named():
    fit = compare([RECENCY, SPEND], pd.DataFrame({"recency_days": [3]}))
    assert fit.missing == ("monetary_total",)


def test_a_renamed_column_is_suggested_by_name_and_values_but_not_taken():
    table = pd.DataFrame({"days_recency": [3, 40, 90], "total": [50.0, 900.0, 80.0]})
    (match,) = compare([RECENCY], table).matches
    assert (match.how, match.source) == ("suggested", "days_recency")
    assert compare([RECENCY], table).missing == ("recency_days",)


def test_a_column_whose_values_cannot_be_the_needed_ones_is_not_suggested():
    (match,) = compare([COUNTRY], pd.DataFrame({"county": ["Kent", "Essex"]})).matches
    assert match.how == "suggested"  # the names are nearly the same
    (match,) = compare([COUNTRY], pd.DataFrame({"colour": ["red", "blue"]})).matches
    assert match.how == "missing"


def test_a_choice_goes_before_an_equal_name():
    table = pd.DataFrame({"recency_days": [3], "since": [4]})
    assert compare([RECENCY], table, chosen={"recency_days": "since"}).sources == {"recency_days": "since"}


@pytest.mark.parametrize(
    ("chosen", "key"),
    [
        ({"age": "since"}, "scoring.map_unknown_need"),
        ({"recency_days": "until"}, "scoring.map_unknown_column"),
    ],
)
def test_a_choice_that_cannot_be_is_told(chosen, key):
    with pytest.raises(UserError) as caught:
        compare([RECENCY], pd.DataFrame({"since": [4]}), chosen=chosen)
    assert caught.value.key == key


def test_two_columns_with_one_folded_name_are_not_guessed_between():
    fit = compare([RECENCY], pd.DataFrame({"Recency days": [3], "recency-days": [4]}))
    assert fit.sources == {}


def test_hours_for_days_are_doubted():
    doubt = unit_doubt(RECENCY, pd.Series([24.0, 1200.0, 2400.0, 4800.0]))
    assert doubt is not None
    assert doubt.key == "hours_for_days"
    assert doubt.factor == pytest.approx(1 / 24)


def test_cents_for_euros_are_doubted():
    doubt = unit_doubt(SPEND, pd.Series([70_000, 50_000, 300_000]))
    assert doubt is not None
    assert doubt.key == "cents_for_money"


def test_a_percentage_for_a_share_is_doubted():
    share = Need("returned_share", "number", unit="share", low=0.0, high=0.6, typical=0.1)
    doubt = unit_doubt(share, pd.Series([10.0, 20.0, 5.0]))
    assert doubt is not None
    assert doubt.key == "percent_for_share"


def test_customers_who_merely_changed_are_not_doubted():
    assert unit_doubt(RECENCY, pd.Series([60.0, 120.0, 200.0])) is None
    assert unit_doubt(SPEND, pd.Series([1500.0, 900.0, 2500.0])) is None


def test_nothing_is_doubted_where_the_model_tells_no_range():
    assert unit_doubt(Need("recency_days"), pd.Series([1e9])) is None


def test_an_unknown_unit_is_told_with_the_known_ones():
    with pytest.raises(UserError) as caught:
        unit_factor("miles")
    assert "hours_for_days" in caught.value.facts["known"]


def test_a_column_that_is_mostly_zero_is_not_doubted():
    """Days from the first to the last order are 0 for half of the customers; more of them looked like minutes."""
    span = Need("active_days_span", "number", unit="days", low=0, high=270, typical=0)
    assert unit_doubt(span, pd.Series([0.0, 92.0, 300.0, 360.0])) is None
