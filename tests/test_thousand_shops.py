"""Unlike shops through the public commands: each question ends in a model or in one sentence that is true.

`python -m benchmarks.thousand_shops` draws as many as one likes; here are twenty. Seeds that once failed stay.
"""

import io

import pandas as pd
import pytest

from benchmarks.thousand_shops import draw_shop, outcomes
from lib.text import LANGUAGES, knows

SEEDS = range(20)
CUSTOMERS = 120


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_seed_gives_the_same_shop(seed):
    first, again = (draw_shop(seed, most_customers=CUSTOMERS) for _ in range(2))
    assert first.file == again.file
    assert first.customers <= CUSTOMERS


@pytest.mark.parametrize("seed", SEEDS)
def test_a_quick_question_ends_in_a_model_or_a_sentence(seed):
    """Of orders: how many come. It is answered in a second where the history is short, and small shops here are."""
    shop = draw_shop(seed, most_customers=CUSTOMERS)
    if shop.target:
        pytest.skip("a customer table: with the slow ones")
    for one in outcomes(shop, ["orders"]):
        assert_true(one, shop)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_question_ends_in_a_model_or_a_sentence(seed):
    shop = draw_shop(seed, most_customers=CUSTOMERS)
    for one in outcomes(shop):
        assert_true(one, shop)


def assert_true(one, shop):
    assert one.ended != "crash", one.details
    if one.ended == "model":
        return
    assert all(knows(language, one.ended) for language in LANGUAGES)
    assert "{" not in one.details
    # A sentence about numbers of customers must be true of what was drawn.
    if one.ended in ("training.too_few_customers", "training.pattern.few_customers"):
        assert shop.customers < 70
    if one.ended == "training.pattern.nobody_returns":
        table = pd.read_csv(io.BytesIO(shop.file))
        assert shop.kind == "orders/once" or len(table) < 2 * shop.customers
