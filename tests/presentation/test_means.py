"""The card of a number says whether its predictions add up to the total."""

import pytest

from lib.card import Card
from lib.presentation import sentences
from lib.text import LANGUAGES


def notes(language: str, **metrics: float) -> str:
    return " ".join(sentences.notes_on_measures(language, Card("target", "linear", (), 400, metrics=metrics)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_total_within_a_tenth_makes_means_of_the_predictions(language: str) -> None:
    near, far = notes(language, mae=3.0, sum_ratio=0.96), notes(language, mae=3.0, sum_ratio=0.68)
    assert "96" in near
    assert "68" in far
    assert near.replace("96", "68") != far


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_chances_and_of_sums_around_zero_nothing_is_said(language: str) -> None:
    assert notes(language, roc_auc=0.8, sum_ratio=0.96) == ""
    assert notes(language, mae=3.0, sum_ratio=-2.0) == ""
