"""Yes and no as spreadsheets and shops write them, in any case and with accents in either form."""

import unicodedata

import pytest

from lib.parsing.booleans import NO_WORDS, YES_WORDS, parse_yes_no

WORDS = [*((word, True) for word in sorted(YES_WORDS)), *((word, False) for word in sorted(NO_WORDS))]


@pytest.mark.parametrize("write", [str, str.capitalize, str.upper, lambda word: unicodedata.normalize("NFD", word)])
def test_every_word_means_what_it_says_however_it_is_written(write):
    for word, meaning in WORDS:
        assert parse_yes_no(f" {write(word)} ") is meaning, word


@pytest.mark.parametrize(
    ("yes", "no"), [("Sì", "No"), ("Sí", "No"), ("Oui", "Non"), ("Ja", "Nein"), ("Sim", "Não"), ("Kyllä", "Ei")]
)
def test_both_words_of_a_language_are_known(yes, no):
    assert (parse_yes_no(yes), parse_yes_no(no)) == (True, False)


@pytest.mark.parametrize("word", ["Yes", " sí ", "TRUE", "1", "1.0", "ja", "VERDADERO", "Wahr"])
def test_words_for_yes(word):
    assert parse_yes_no(word) is True


@pytest.mark.parametrize("word", ["No", "FALSO", "0", "0.0", "nein", "não", "Falsch"])
def test_words_for_no(word):
    assert parse_yes_no(word) is False


@pytest.mark.parametrize("word", ["", "maybe", "paid", "yes and no", "no " + "o" * 100_000, "2"])
def test_other_words_are_neither(word):
    assert parse_yes_no(word) is None


def test_no_word_is_both():
    assert not YES_WORDS & NO_WORDS
