"""All languages have the same keys, and no key is unused."""

import ast
import string
from datetime import datetime
from pathlib import Path

import pytest

from lib import text
from lib.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("lib", "pages") for path in (ROOT / folder).rglob("*.py")] + [ROOT / "streamlit_app.py"]
OTHERS = [language for language in text.LANGUAGES if language != text.DEFAULT_LANGUAGE]


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_same_sentences(language: str) -> None:
    assert text.keys(language) == text.keys(text.DEFAULT_LANGUAGE)


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_has_the_same_blanks(language: str) -> None:
    for key in sorted(text.keys(language) & text.keys(text.DEFAULT_LANGUAGE)):
        here, there = text.template(language, key), text.template(text.DEFAULT_LANGUAGE, key)
        assert blanks(here) == blanks(there), f"{key}: {here!r} against {there!r}"


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_no_sentence_is_empty_or_left_untranslated(language: str) -> None:
    for key in text.keys(language):
        assert text.template(language, key).strip(), key
    if language == text.DEFAULT_LANGUAGE:
        return
    long = [key for key in text.keys(language) if len(text.template(language, key)) > 40]
    same = [key for key in long if text.template(language, key) == text.template(text.DEFAULT_LANGUAGE, key)]
    assert not same, f"as in English: {same}"


def used() -> tuple[set[str], set[str]]:
    """Texts in the source that could be keys, and the fixed beginnings of those that are put together."""
    whole: set[str] = set()
    starts: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                starts.add(str(node.values[0].value))
            elif isinstance(node, ast.JoinedStr):
                # f"{stem}.title": the fixed part stands at the end.
                starts.update(f"*{part.value}" for part in node.values[-1:] if isinstance(part, ast.Constant))
    return whole, {start for start in starts if "." in start}


@pytest.mark.slow
def test_every_sentence_is_used_somewhere() -> None:
    """Those of the section `streamlit` are all sent to the browser (`lib/ui/page.py`)."""
    whole, starts = used()
    ends = tuple(start[1:] for start in starts if start.startswith("*"))
    begins = tuple(start for start in starts if not start.startswith("*"))
    unused = [
        key
        for key in sorted(text.keys(text.DEFAULT_LANGUAGE))
        if key not in whole and not key.startswith((*begins, "streamlit.")) and not (ends and key.endswith(ends))
    ]
    assert not unused, unused


@pytest.mark.slow
def test_every_key_that_is_said_exists() -> None:
    """Only calls with a fixed key can be read off the source; the others are met by the tests of the pages."""
    missing = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            place = {"say": 0, "page.say": 0, "text.say": 1, "UserError": 0, "Refused": 0}.get(name)
            if place == 0 and name == "say" and "lib/ui" not in str(path) and "pages" not in path.parts:
                place = 1
            if place is None or len(node.args) <= place:
                continue
            key = node.args[place]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                said = f"gate.{key.value}" if name == "Refused" and not key.value.startswith("gate.") else key.value
                if said not in text.keys("en"):
                    missing.append(f"{path.relative_to(ROOT)}:{node.lineno} {said}")
    assert not missing, missing


def test_numbers_and_dates_are_written_as_the_language_writes_them() -> None:
    assert text.number("en", 1234567.891, "2f") == "1,234,567.89"
    assert text.number("es", 1234567.891, "2f") == "1.234.567,89"
    assert text.number("en", 0.256, "percent") == "26%"
    assert text.number("en", float("nan")) == "–"


def test_nothing_below_zero_is_written_as_nothing() -> None:
    """Numbers that were written are kept; −0.0 equals 0.0, and would have been written for it ever after."""
    assert [text.number("en", value, form) for value, form in ((-0.0, "2f"), (0.0, "2f"), (-0.5, "1f"))] == [
        *("0.00", "0.00"),
        "-0.5",
    ]


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("form", ["", "0f", "1f", "2f", "percent", "percent1", "typed", "short"])
def test_what_is_written_as_zero_has_no_sign(language: str, form: str) -> None:
    """A difference of a fifth of a cent was −0.00."""
    for value in (-1e-9, -0.0004, -0.0, 0.0):
        written = text.number(language, value, form)
        if not set("123456789") & set(written):
            assert written == text.number(language, 0.0, form)
    assert text.number(language, -0.6, "0f") == "-1"
    assert text.say(language, "charts.customers_count", customers=0)


def test_an_error_is_told_in_the_language_of_its_reader() -> None:
    error = UserError("orders.one_customer", lines=12)
    assert "12" in text.tell("en", error)
    assert text.tell("en", error) != text.tell("es", error)


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [
        (datetime(2024, 1, 23), "Jan 23, 2024", "23 ene 2024"),
        (datetime(2010, 12, 1, 8, 26), "Dec 1, 2010, 8:26:00\u202fAM", "1 dic 2010, 8:26:00"),
        (1481.92, "1481.92", "1481,92"),
        (533.0, "533", "533"),
        (0.1234567891, "0.1234567891", "0,1234567891"),
        (1e-12, "1e-12", "1e-12"),
        (1e300, "1e+300", "1e+300"),
        (float("inf"), "inf", "inf"),
        (17850, "17850", "17850"),
        ("A-1.5", "A-1.5", "A-1.5"),
        (True, "True", "True"),
    ],
)
def test_a_cell_is_written_as_its_language_does(value: object, english: str, spanish: str) -> None:
    """2024-01-23 00:00:00 and 533.26 stood on the Spanish page beside the names of the columns."""
    assert (text.cell("en", value), text.cell("es", value)) == (english, spanish)
