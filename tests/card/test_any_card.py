"""Whatever a card says, every reader shows it or passes it over: none ends in an exception."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from lib.card import Card
from lib.errors import UserError
from lib.features import check_constants
from lib.model_file import DEFAULT_FORMAT, format_of
from lib.presentation import card_tables, document, figures, labels, sentences
from lib.segments import differences_in_words, rule_in_words, typical_in_words
from lib.store.kit import kit
from lib.text import LANGUAGES, say, tell
from tests.card.mutations import KINDS, distinct, mutations, stored

STRIDE = 29
"""The quick run reads every n-th of the different cards."""


def read_document(card: Card, language: str) -> None:
    html = document.to_html(card, language)
    assert "<h1>" in html
    assert "<b>!" not in html
    document.to_markdown(card, language)
    document.side_by_side([card, card], language)


def read_json(card: Card, language: str) -> None:
    json.dumps(card.to_plain(), allow_nan=False)
    assert Card.from_plain(json.loads(document.to_json(card))) == card


def read_kit(card: Card, language: str) -> None:
    kit(b"model", card, format=format_of(DEFAULT_FORMAT), language=language)


def read_sentences(card: Card, language: str) -> None:
    said = [
        *sentences.headline(language, card),
        *sentences.method_choice(language, card),
        *sentences.warnings(language, card),
        *sentences.groups_reason(language, card),
        *sentences.privacy(language, card),
        *(sentences.question(language, card), sentences.purpose(language, card), sentences.answer(language, card)),
        *(sentences.leaks(language, card), sentences.measured_on(language, card)),
        *(labels.group(language, group) for group in card.groups),
        *(rule_in_words(language, group) for group in card.groups),
        *(phrase for group in card.groups for phrase in differences_in_words(language, group)),
        *(phrase for group in card.groups for phrase in typical_in_words(language, group)),
        *(figures.metric_with_interval(language, card, name) for name in card.metrics),
    ]
    assert not any(re.search(r"\bnan\b|\binf\b", sentence) for sentence in said)
    assert not any(len(sentence) > 3_000 for sentence in said)


def read_tables(card: Card, language: str) -> None:
    for table in (card_tables.calibration(card), card_tables.gains(card), card_tables.importance(card, language)[0]):
        assert isinstance(table, pd.DataFrame)
    card_tables.profiles(card, language)
    card_tables.needed_columns(card, language)
    card_tables.candidates(card, language)
    card_tables.tried(card)
    card_tables.migration(card)
    card_tables.confusion(card, language)
    card_tables.roc(card)


def read_page(card: Card, language: str) -> None:
    """The page's widgets, drawn without a browser: Streamlit's functions return their defaults."""
    from lib.ui import report

    report.show(card)


READERS: dict[str, Callable[[Card, str], None]] = {
    "document": read_document,
    "json": read_json,
    "kit": read_kit,
    "sentences": read_sentences,
    "tables": read_tables,
    "page": read_page,
}


PAGE_STRIDE = 12
"""Rendering the page takes fifty times as long as all others together, so only every n-th card is rendered."""


def failures(cards: dict[str, Card], *, page_stride: int = 1) -> list[str]:
    logging.getLogger("streamlit").setLevel(logging.CRITICAL)  # it notes at every call that there is no browser
    found = []
    for at, (name, card) in enumerate(cards.items()):
        for reader, read in READERS.items():
            if reader == "page" and at % page_stride:
                continue
            try:
                read(card, LANGUAGES[at % len(LANGUAGES)])
            except Exception as error:  # noqa: BLE001 every failure is collected, so that one run shows them all
                found.append(f"{reader}: {name}: {type(error).__name__}: {str(error)[:200]}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_stored_card_is_shown_by_every_reader(kind):
    card = Card.from_plain(stored(kind))
    assert card is not None
    assert not failures({"as it is": card})


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_card_with_one_thing_wrong_is_shown_or_passed_over(kind):
    sample = dict(list(mutations(stored(kind)))[::STRIDE])
    cards = {name: card for name, plain in sample.items() if (card := Card.from_plain(plain)) is not None}
    assert len(cards) > 40
    shown = list(cards.items())[::15]
    assert not failures(dict(shown))


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_every_card_with_one_thing_wrong_is_shown_or_passed_over(kind):
    assert not failures(distinct(kind), page_stride=PAGE_STRIDE)


def refusal_of(constants: dict) -> UserError | None:
    try:
        check_constants(constants)
    except UserError as error:
        return error
    return None


@pytest.mark.parametrize("kind", ["buy_again", "spend", "next_order"])
def test_constants_that_nothing_can_be_computed_with_end_in_one_sentence(kind):
    """An unknown purchase-pattern model, a missing or absurd parameter, a horizon of -5 or 1e308 days."""
    refused = 0
    for name, plain in mutations({"features": stored(kind)["features"]}):
        constants = plain.get("features")
        if not isinstance(constants, dict):
            continue
        error = refusal_of(constants)
        if error is not None:
            refused += 1
            assert all(tell(language, error) for language in LANGUAGES), name
    assert refused > 200


@pytest.mark.parametrize(
    ("constants", "part"),
    [
        ({"btyd": {}}, "btyd"),
        ({"btyd": {"model": "pareto_ggg"}}, "btyd"),
        ({"horizon_days": -5}, "horizon_days"),
        ({"horizon_days": 1e308}, "horizon_days"),
        ({"season": {"log_odds": [1e308, 1.0]}}, "season"),
    ],
)
def test_which_part_of_the_constants_is_wrong_is_said(constants, part):
    with pytest.raises(UserError) as caught:
        check_constants(constants)
    assert (caught.value.key, caught.value.facts) == ("scoring.card_constants", {"part": part})


def test_three_crashes_of_before():
    """A recipe, a group's name and a purchase-pattern model that this version does not know."""
    buyers = Card.from_plain({**stored("buy_again"), "recipe": "newer_blend", "features": {"btyd": {}}})
    assert buyers is not None
    assert labels.recipe("en", buyers.recipe) == "newer_blend"
    groups = Card.from_plain(stored("groups_of_orders"))
    assert groups is not None
    renamed = replace(groups.groups[0], name_key="segments.name.from_next_year")
    assert labels.group("en", renamed) == say("en", "card.group_unnamed", number=1)
    assert labels.group("es", renamed) == say("es", "card.group_unnamed", number=1)
