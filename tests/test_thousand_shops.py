"""Unlike shops through the public commands: each question ends in a model or in one sentence that is true.

`python -m benchmarks.thousand_shops` draws as many as one likes; here are twenty. Seeds that once failed stay.
"""

import numpy as np
import pytest

from benchmarks.drawn_shops import draw_shop
from benchmarks.drawn_shops.habits import HABITS
from benchmarks.drawn_shops.ids import FORMS
from benchmarks.thousand_shops import FAULTS, outcomes
from lib.text import LANGUAGES, knows

SEEDS = range(20)
CUSTOMERS = 120


@pytest.mark.slow
def test_the_same_seed_gives_the_same_shop():
    for seed in SEEDS:
        first, again = (draw_shop(seed, most_customers=CUSTOMERS) for _ in range(2))
        assert first.customers <= CUSTOMERS
        assert first.facts == again.facts
        assert first.sales.equals(again.sales)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_ids_gives_different_ones(form):
    assert len(set(FORMS[form](np.random.default_rng(1), 3_000))) == 3_000


@pytest.mark.parametrize("habit", HABITS)
def test_every_customer_of_every_kind_of_shop_orders(habit):
    who, day = HABITS[habit](np.random.default_rng(1), 90, 700.0)
    assert set(who.tolist()) == set(range(90))
    assert day.min() >= 0


@pytest.mark.slow
def test_a_quick_question_ends_in_a_model_or_a_sentence():
    """Of orders: how many come. It is answered in a second where the history is short, and small shops here are."""
    ended = [one for seed in SEEDS if seed % 3 != 2 for one in outcomes(draw_shop(seed, most_customers=90), ["orders"])]
    for one in ended:
        assert_no_fault(one)
    assert "model" in {one.ended for one in ended}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_question_ends_in_a_model_or_a_sentence(seed):
    for one in outcomes(draw_shop(seed, most_customers=CUSTOMERS)):
        assert_no_fault(one)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "goal"), [(8, "target"), (23, "groups"), (44, "target")])
def test_what_once_failed_stays_mended(seed, goal):
    """A spread of billionths beside one of trillions (8), and a reader of workbooks that is not installed (23, 44)."""
    for one in outcomes(draw_shop(seed, most_customers=30_000), [goal]):
        assert_no_fault(one)


def assert_no_fault(one):
    assert one.ended not in FAULTS, f"{one.seed} {one.goal}: {one.details}"
    if one.ended != "model":
        assert all(knows(language, one.ended) for language in LANGUAGES)
        assert "{" not in one.details
