"""One customer by hand: the facts that were given are the features that come out."""

from dataclasses import replace
from itertools import product
from types import SimpleNamespace

import pandas as pd
import pytest

from lib.errors import UserError
from lib.features import FEATURES
from lib.scoring.by_hand import KnownCustomer, features_by_hand
from lib.text import LANGUAGES, tell

CUTOFF = pd.Timestamp("2025-07-01")
NAMES = tuple(feature.name for feature in FEATURES)
MODEL = SimpleNamespace(columns=NAMES, n_features=len(NAMES), verdict=SimpleNamespace(card=None))


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


@pytest.mark.parametrize("orders", [1, 2, 3, 7, 30])
@pytest.mark.parametrize("gap", [None, 5.0, 9.0])
def test_the_facts_come_back_as_features(orders, gap):
    first = day("2025-06-01") if orders == 1 else day("2024-07-06")
    known = KnownCustomer(first, day("2025-06-01"), orders, 480.0, gap)
    row = features_by_hand(MODEL, known, CUTOFF).iloc[0]
    assert row["recency_days"] == pytest.approx(29.5)
    assert row["tenure_days"] == pytest.approx((CUTOFF - first).days - 0.5)
    assert row["frequency_orders"] == orders
    assert row["monetary_total"] == pytest.approx(480.0)
    assert row["order_value_mean"] == pytest.approx(480.0 / orders)
    if orders > 3 and gap:
        assert row["gap_median_days"] == pytest.approx(gap)
    if orders > 1 and gap is None:
        assert row["gap_mean_days"] == pytest.approx(330 / (orders - 1))


FIRST, LAST = day("2025-06-02"), day("2025-06-12")

CONTRADICTIONS = [
    ("facts_order", KnownCustomer(LAST, FIRST, 3, 9.0), {"first_order": FIRST, "last_order": LAST}),
    ("facts_order", KnownCustomer(FIRST, CUTOFF, 3, 9.0), {"last_order": CUTOFF - pd.Timedelta(days=1)}),
    ("facts_order", KnownCustomer(CUTOFF, CUTOFF, 1, 9.0), {"first_order": FIRST, "last_order": FIRST}),
    ("facts_no_order", KnownCustomer(FIRST, LAST, 0, 9.0), {"orders": 2}),
    ("facts_no_order", KnownCustomer(FIRST, FIRST, -1, 9.0), {"orders": 1}),
    ("facts_one_order", KnownCustomer(FIRST, LAST, 1, 9.0), {"last_order": FIRST}),
    ("facts_one_order", KnownCustomer(FIRST, LAST, 1, 9.0), {"orders": 2}),
    ("facts_gaps", KnownCustomer(FIRST, LAST, 5, 9.0, 30.0), {"typical_gap_days": 2.5}),
    ("facts_gaps", KnownCustomer(FIRST, LAST, 5, 9.0, 4.0), {"orders": 3}),
    ("facts_gaps", KnownCustomer(FIRST, LAST, 50, 9.0, 0.4), {"first_order": day("2025-05-01")}),
]
"""A contradiction, and what correcting one of the values that its sentence names means."""


@pytest.mark.parametrize(("key", "known", "corrected"), CONTRADICTIONS)
def test_facts_that_contradict_each_other_are_told_and_one_correction_is_enough(key, known, corrected):
    with pytest.raises(UserError) as caught:
        features_by_hand(MODEL, known, CUTOFF)
    assert caught.value.key == f"scoring.{key}"
    for language in LANGUAGES:
        assert " 0 " not in tell(language, caught.value) or not known.orders
    row = features_by_hand(MODEL, replace(known, **corrected), CUTOFF).iloc[0]
    assert row["frequency_orders"] == corrected.get("orders", known.orders)


@pytest.mark.slow
def test_facts_are_refused_only_where_they_contradict_each_other():
    """Of every combination of small numbers: the sentence is true, and without one the facts come back."""
    for orders, span, gap in product(range(4), range(6), (None, 0.5, 1.0, 2.0)):
        known = KnownCustomer(FIRST, FIRST + pd.Timedelta(days=span), orders, 9.0, gap)
        expected = (
            "facts_no_order" if orders < 1
            else "facts_one_order" if orders == 1 and span
            else "facts_gaps" if gap and (orders - 2) * gap > span
            else None
        )  # fmt: skip
        if expected:
            with pytest.raises(UserError, match=expected):
                features_by_hand(MODEL, known, CUTOFF)
            continue
        row = features_by_hand(MODEL, known, CUTOFF).iloc[0]
        assert row["frequency_orders"] == orders
        assert row["tenure_days"] - row["recency_days"] == pytest.approx(span)
