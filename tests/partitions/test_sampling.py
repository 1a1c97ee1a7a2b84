"""A model of a sample says so on its card, and is not taken for another shop's for that."""

from dataclasses import replace

import pandas as pd

from lib.card import Card
from lib.orders import Ledger, Orders
from lib.presentation import sentences
from lib.scoring import caveats_of_history

CARD = Card("groups", "kmeans", (), 100, cutoff="2025-01-01", period_start="2024-01-01")
SAMPLED = replace(CARD, sampled_from=5_000)


def test_the_card_says_of_how_many_customers_it_is_a_sample():
    assert "a random sample from a shop with 5,000" in sentences.learnt_from("en", SAMPLED)
    assert "una muestra al azar de una tienda con 5.000" in sentences.learnt_from("es", SAMPLED)
    assert "sample" not in sentences.learnt_from("en", CARD)
    assert Card.from_plain(SAMPLED.to_plain()) == SAMPLED
    older = {name: value for name, value in CARD.to_plain().items() if name != "sampled_from"}
    assert Card.from_plain(older) == CARD


def test_the_whole_shop_is_not_another_shop_than_its_sample():
    lines = pd.DataFrame(
        {
            "customer_id": [f"c{row}" for row in range(5_000)],
            "ordered_at": pd.date_range("2024-01-01", "2024-12-31 12:00", periods=5_000),
        }
    )
    orders = Orders(lines, lines.head(0), Ledger(0, 0, {}, pd.Series(dtype="category")))
    cutoff = pd.Timestamp("2025-01-01")
    assert [caveat.key for caveat in caveats_of_history(CARD, orders, cutoff)] == ["other_shop"]
    assert caveats_of_history(SAMPLED, orders, cutoff) == ()
