"""What the language of the headings and the currency say about how dates are written."""

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lib.parsing.currencies import currency_codes, currency_mark
from lib.parsing.dates import DateOrder
from lib.parsing.names import normalized

_FILE = Path(__file__).with_name("date_order.toml")
_DAY_FIRST_SCRIPTS = ("CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI")


@dataclass(frozen=True)
class _Lists:
    day_first_words: frozenset[str]
    month_first_currencies: frozenset[str]
    silent_currencies: frozenset[str]


@cache
def _lists() -> _Lists:
    with _FILE.open("rb") as file:
        raw = tomllib.load(file)
    return _Lists(
        frozenset(raw["day_first_words"]),
        frozenset(raw["month_first_currencies"]),
        frozenset(raw["no_evidence_currencies"]),
    )


def likely_date_order(words: Sequence[str], currencies: Iterable[str]) -> DateOrder | None:
    """`day` or `month`, whichever is likelier to come first; None where nothing speaks for either.

    `words` are those of the headings, `currencies` codes and signs that stand beside amounts or in a column of their
    own. The language decides before the currency: a Mexican shop may sell in dollars.
    """
    lists = _lists()
    folded = [_folded(word) for word in words]
    if any(word in lists.day_first_words for word in folded) or any(map(_is_day_first_script, words)):
        return "day"
    codes = {code for mark in currencies if (code := _code(mark)) and code not in lists.silent_currencies}
    if not codes:
        return None
    if codes <= lists.month_first_currencies:
        return "month"
    return "day" if not codes & lists.month_first_currencies else None


THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
"""Currencies that are divided by a thousand."""


def writes_decimal_commas(words: Sequence[str]) -> bool:
    """Whether headings are in a language whose countries mostly write 1.234,50: European ones but for English."""
    listed = _lists().day_first_words
    return any(_folded(word) in listed for word in words)


def _code(text: str) -> str:
    if text.upper() in currency_codes():
        return text.upper()
    mark = currency_mark(text)
    return mark.code if mark is not None else ""


def _folded(word: str) -> str:
    stripped = normalized(word.casefold(), "NFKD")
    return "".join(sign for sign in stripped if not unicodedata.combining(sign))


def _is_day_first_script(word: str) -> bool:
    first = next((sign for sign in word if sign.isalpha()), "")
    return bool(first) and unicodedata.name(first, "").startswith(_DAY_FIRST_SCRIPTS)
