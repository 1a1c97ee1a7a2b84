"""What the card says about guessing who was among the customers."""

from lib.card import Card, Privacy
from lib.presentation.sentences import membership
from lib.text import LANGUAGES


def _card(auc: float | None, found: float | None) -> Card:
    return Card("target", "linear", (), 100, privacy=Privacy(membership_auc=auc, membership_found=found))


def test_the_stronger_attack_is_told_where_it_was_made_and_alone_can_raise_the_warning():
    for language in LANGUAGES:
        simple, quiet = membership(language, _card(0.51, None))
        assert membership(language, _card(0.51, 0.012))[0] == simple
        assert membership(language, _card(0.51, 0.012))[2] == quiet
        warned = membership(language, _card(0.51, 0.05))
        assert "5" in warned[1]
        assert warned[2] != quiet
        assert membership(language, _card(0.7, None))[1] == warned[2]
    assert membership("en", _card(None, None)) == []
