"""A file that knows nothing of its customers gives no alarm, whatever their ids and order numbers look like."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.pipeline import Pipeline

from lib.card import Card, GroupCandidate, GroupsEvaluation
from lib.leaks import search
from lib.leaks.chance import MAX_CHANCE, Odds, decoy_texts
from lib.model_file.expected import expected_texts
from tests.leaks.honest_files import ID_FORMS, MODELS, HonestFile, honest_file, order_lines


@pytest.fixture(scope="module", params=sorted(MODELS))
def honest(request) -> HonestFile:
    return honest_file(request.param, seed=len(request.param))


@pytest.mark.slow
@pytest.mark.parametrize("form", sorted(ID_FORMS))
def test_no_form_of_ids_is_found_in_an_honest_file(honest, form):
    draw = np.random.default_rng(len(form))
    count = len(honest.table)
    ids = ID_FORMS[form](draw, count)
    numbers = ID_FORMS["counted through the years"](draw, 500)
    assert honest.found(ids, order_lines(draw, ids, numbers, timed=True)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["counted from 1", "counted through the years", "4 digits", "first name", "date"])
def test_nor_in_files_that_write_figures_in_digits(form):
    file = honest_file("yes_no", 5, form="skops")
    draw = np.random.default_rng(1)
    ids = ID_FORMS[form](draw, len(file.table))
    assert file.found(ids, order_lines(draw, ids, ID_FORMS["4 digits"](draw, 400), timed=False)) == {}


def test_every_form_gives_as_many_different_ids():
    for form, ids in ID_FORMS.items():
        assert len(set(ids(np.random.default_rng(0), 240))) == 240, form


@pytest.mark.slow
def test_a_moment_in_the_minute_of_midnight_is_not_the_cutoff_of_that_day():
    people = pd.DataFrame({"a": [1.5, 2.5]}, index=["ana@x.org", "luis@x.org"])
    lines = pd.DataFrame(
        {
            "customer_id": ["ana@x.org", "luis@x.org"],
            "order_id": ["one", "two"],
            "ordered_at": pd.to_datetime(["2017-06-19 00:00:18", "2017-06-20 12:30:00"]).astype("datetime64[us]"),
            "amount": [1.0, 2.0],
        }
    )
    assert search(b'{"cutoffs": ["2017-06-19T00:00:00", "2017-06-20T12:30:45"]}', people, lines=lines).found == 0
    assert search(b'{"last": "2017-06-19T00:00:18"}', people, lines=lines).found == 1
    assert search(b'{"last": "2017-06-20 12:30:00"}', people, lines=lines).found == 1


def test_an_id_inside_the_name_of_a_column_is_no_customer():
    people = pd.DataFrame({"Sales 2021": [1.5, 2.5]}, index=["2021", "2022"])
    assert search(pickle.dumps(["Sales 2021", "of Sales 2021"]), people).found == 0
    assert search(pickle.dumps(["Sales 2021", "2021"]), people).found == 1


def test_decoys_have_the_form_of_the_real_ones():
    for text, decoy in zip(["3333"] * 2, decoy_texts(["3333"]), strict=False):
        assert len(set(decoy)) == 1
        assert decoy != text
    assert all(one.startswith("K-00") for one in decoy_texts(["K-0012"]))
    assert all(one.isalpha() for one in decoy_texts(["Anna"]))


def test_chance_is_the_binomial_share_of_real_hits():
    """10 real and 30 decoy hits of 100 real values and 300 decoys: exactly what chance gives."""
    assert Odds(10, 100, 30, 300).chance > 0.4
    assert not Odds(10, 100, 30, 300).is_evidence
    assert Odds(30, 100, 10, 300).chance < MAX_CHANCE
    assert Odds(1, 100, 0, 300).is_evidence
    assert not Odds(0, 100, 0, 300).is_evidence


@pytest.mark.slow
def test_a_date_as_an_id_is_not_the_first_day_of_the_period():
    """Found among two thousand searches: the ids were days, and one was the day of the first order."""
    file = honest_file("linear", 1)
    draw = np.random.default_rng(0)
    ids = ["2023-06-01", "2025-05-31", *ID_FORMS["date"](draw, len(file.table))][: len(file.table)]
    numbers = ID_FORMS["5 digits"](draw, 300)
    assert file.found(ids, order_lines(draw, ids, numbers, timed=False)) == {}
    people = pd.DataFrame({"a": [1.5, 2.5]}, index=["2023-06-01", "2023-06-02"])
    assert search(b'{"who": "2023-06-02"}', people, known=file.known).found == 1


def test_small_whole_numbers_that_spell_an_id_are_none():
    people = pd.DataFrame({"a": [1.5, 2.5]}, index=["6884", "6930"])
    for dtype in ("<i4", "<i2"):
        assert search(np.array([54, 56, 56, 52, 8, 2], dtype).tobytes(), people).found == 0
    assert search(pickle.dumps(np.array(["6884", "6930"])), people).found == 2


@pytest.mark.slow
@pytest.mark.parametrize("highest", [60, 150])
@pytest.mark.parametrize("seed", range(2))
def test_figures_are_nobodys_where_every_cent_is_somebodys_amount(highest, seed):
    """Nearly each cent up to `highest` is the amount of one to nine customers; figures there prove nothing.

    Amounts far above, of one customer each, are evidence in the same file.
    """
    draw = np.random.default_rng(seed)
    cents = np.arange(1_000, highest * 100)
    usual = np.repeat(cents[draw.random(len(cents)) < 0.95], 2) / 100
    rare = np.unique(np.round(draw.uniform(50_000, 90_000, 300), 2))
    amounts = np.concatenate([usual, rare])
    customers = len(amounts) // 3 + 1
    lines = pd.DataFrame(
        {
            "customer_id": [f"c-{place % customers}" for place in range(len(amounts))],
            "order_id": [f"o-{place}" for place in range(len(amounts))],
            "ordered_at": pd.Timestamp("2024-03-01"),
            "amount": amounts,
        }
    )
    people = pd.DataFrame({"frequency_orders": 3.0}, index=pd.Index([f"c-{n}" for n in range(customers)]))
    figures = np.round(draw.uniform(10, highest, 200), 2).tolist()
    assert search(pickle.dumps({"figures": figures}), people, lines=lines).found == 0
    kept = rare[:40].tolist()
    assert search(pickle.dumps({"figures": figures, "kept": kept}), people, lines=lines).found >= 30


def test_the_share_that_chance_gives_is_that_around_each_hit():
    """9 of 10 hits are real where 9 of 10 values are: chance. The same where 1 of 9 is: not."""
    assert not Odds(90, 900, 10, 7_200, share=0.9).is_evidence
    assert Odds(90, 900, 10, 7_200, share=0.11).is_evidence
    assert not Odds(40, 900, 0, 7_200, share=1.0).is_evidence
    assert Odds(1, 900, 0, 7_200, share=0.11).is_evidence


def test_columns_that_were_tried_for_groups_are_no_customers():
    people = pd.DataFrame({"visits": [1.5, 2.5]}, index=["2024", "2025"])
    tried = GroupsEvaluation(tried=(GroupCandidate(2, columns=("visits", "2024 plan")),))
    card = Card("groups", "kmeans", (), 2, evaluation=tried)
    file = pickle.dumps(card.to_plain())
    assert search(file, people, known=expected_texts(Pipeline([("nothing", "passthrough")]), card)).found == 0
    assert search(file, people).found == 1
