"""Where predicting too little lowers an error, the card says so; nowhere else."""

from itertools import product

import pytest

from lib.card import Card
from lib.presentation import sentences
from lib.text import LANGUAGES


def card_of(ours: tuple[float, float, float], btyd: tuple[float, float, float], **changes: str) -> Card:
    names = ("mae", "mae_scaled", "sum_ratio")
    return Card(
        goal="spend",
        recipe="hurdle",
        columns=(),
        customers=900,
        currency="GBP",
        metrics=dict(zip(names, ours, strict=True)),
        baseline=dict(zip(names, btyd, strict=True)),
        baseline_name=changes.get("baseline_name", "btyd"),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_errors_and_the_share_of_the_total_are_named(language: str) -> None:
    notes = " ".join(sentences.notes_on_measures(language, card_of((408.9, 408.2, 0.98), (399.8, 431.6, 0.66))))
    for figure in ("408 GBP", "409 GBP", "400 GBP", "432 GBP", "66"):
        assert figure in notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_stands_only_where_it_is_true(language: str) -> None:
    for ours, theirs, ours_scaled, theirs_scaled, share in product(
        (9.0, 11.0), (10.0,), (9.0, 11.0), (10.0,), (0.6, 1.2)
    ):
        card = card_of((ours, ours_scaled, 1.0), (theirs, theirs_scaled, share))
        expected = theirs < ours and ours_scaled < theirs_scaled and share < 1
        assert bool(sentences.notes_on_measures(language, card)) == expected
    assert not sentences.notes_on_measures(
        language, card_of((11.0, 9.0, 1.0), (10.0, 10.0, 0.6), baseline_name="constant")
    )
