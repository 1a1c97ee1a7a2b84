"""One customer by hand: the facts that were given are the features that come out."""

from types import SimpleNamespace

import pandas as pd
import pytest

from lib.errors import UserError
from lib.features import FEATURES
from lib.scoring.by_hand import KnownCustomer, features_by_hand

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


@pytest.mark.parametrize(
    ("known", "key"),
    [
        (KnownCustomer(day("2025-06-02"), day("2025-06-01"), 3, 9.0), "facts_order"),
        (KnownCustomer(day("2025-06-02"), day("2025-07-01"), 3, 9.0), "facts_order"),
        (KnownCustomer(day("2025-06-02"), day("2025-06-05"), 0, 9.0), "facts_order"),
        (KnownCustomer(day("2025-06-02"), day("2025-06-05"), 1, 9.0), "facts_one_order"),
        (KnownCustomer(day("2025-06-01"), day("2025-06-11"), 5, 9.0, 30.0), "facts_gaps"),
    ],
)
def test_facts_that_contradict_each_other_are_told(known, key):
    with pytest.raises(UserError) as caught:
        features_by_hand(MODEL, known, CUTOFF)
    assert caught.value.key == f"scoring.{key}"
