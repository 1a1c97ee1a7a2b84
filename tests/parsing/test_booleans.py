import pytest

from lib.parsing.booleans import NO_WORDS, YES_WORDS, parse_yes_no


@pytest.mark.parametrize("word", ["Yes", " sí ", "TRUE", "1", "1.0", "ja", "VERDADERO", "Wahr"])
def test_words_for_yes(word):
    assert parse_yes_no(word) is True


@pytest.mark.parametrize("word", ["No", "FALSO", "0", "0.0", "nein", "não", "Falsch"])
def test_words_for_no(word):
    assert parse_yes_no(word) is False


@pytest.mark.parametrize("word", ["", "maybe", "2", "paid"])
def test_other_words_are_neither(word):
    assert parse_yes_no(word) is None


def test_no_word_is_both():
    assert not YES_WORDS & NO_WORDS
