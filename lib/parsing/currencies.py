"""What stands beside a number as a currency: codes of ISO 4217, signs of all locales, nouns of many languages."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("currencies.toml")
_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DOLLAR_LIKE = re.compile(r"[A-Z]{1,3}\$|\$[A-Z]{0,3}|[¢£¤¥₠-₿]")
"""US$, $CA and every character that Unicode calls a currency sign."""
_LOST = ("\ufffd", "?")
"""What stands for a sign that a program could not write."""
_EACH = re.compile(r"\s*(?:/|\b(?:per|por|pro|par|je|al|za)\s)\s*[^\W\d_]{1,8}\.?$")
"""Behind a currency, of what the number is the price: `€/pc`, `USD per unit`."""
_MULTIPLES = frozenset("KMGLTBkm")
"""Behind a number these letters count thousands, litres or metres, and no money."""


@dataclass(frozen=True)
class CurrencyMark:
    """Text that names a currency. `code` is the ISO code, blank where the text stands for several or for no known one.

    `is_letters` marks short signs such as `R` or `Le`, which codes of products begin with too.
    """

    text: str
    code: str
    is_letters: bool = False

    @property
    def key(self) -> str:
        """Equal for marks of the same currency: the code, or the text where that is all there is."""
        return self.code or self.text


@dataclass(frozen=True)
class _Lists:
    codes: frozenset[str]
    signs: Mapping[str, str]
    words: Mapping[str, str]


@cache
def _lists() -> _Lists:
    with _FILE.open("rb") as file:
        raw = tomllib.load(file)
    return _Lists(frozenset(raw["codes"]), raw["signs"], raw["words"])


@cache
def currency_codes() -> frozenset[str]:
    """The codes of ISO 4217 that are legal tender today."""
    return _lists().codes


@lru_cache(1 << 12)
def currency_mark(text: str, *, behind: bool = False) -> CurrencyMark | None:
    """What a text in front of a number (or `behind` it) says about money, or None where it is something else."""
    plain = " ".join(_MARKS.sub("", text).split())
    if not plain or len(plain) > 40:
        return None
    if plain in _LOST:
        return None if behind else CurrencyMark("", "")
    if behind and (each := _EACH.search(plain)) is not None and each.start() > 0:
        plain = plain[: each.start()]
    found = _one_mark(plain, behind=behind)
    if found is not None or " " not in plain:
        return found
    parts = [part.strip(",;") for part in plain.split(" ")]
    marks = [_one_mark(part, behind=behind) for part in parts]
    if all(mark is not None for mark in marks):  # US$ USD, $ MXN: the code says which
        return next((mark for mark in marks if mark is not None and mark.text in _lists().codes), marks[0])
    if len(parts) <= 3 and all(part.isalpha() for part in parts):  # US dollars, dólares estadounidenses
        noun = next((mark for mark in (marks[0], marks[-1]) if mark is not None and not mark.is_letters), None)
        return None if noun is None else CurrencyMark(plain.casefold(), noun.code)
    return None


def _one_mark(plain: str, *, behind: bool) -> CurrencyMark | None:
    lists = _lists()
    if plain.upper() in lists.codes and (plain.isupper() or plain.islower() or plain.istitle()):
        return CurrencyMark(plain.upper(), plain.upper())
    short = plain.isascii() and plain.rstrip(".").isalpha() and len(plain.rstrip(".")) <= 3 and plain[0].isupper()
    if plain in lists.signs:
        if behind and plain in _MULTIPLES:
            return None
        return CurrencyMark(plain, lists.signs[plain], is_letters=short)
    if _DOLLAR_LIKE.fullmatch(plain):
        return CurrencyMark(plain, "")
    word = plain.casefold().rstrip(".")
    if word in lists.words:
        return CurrencyMark(word, lists.words[word])
    if len(word) > 1 and (sign := _folded_signs().get(word)) is not None:
        return CurrencyMark(plain, sign)
    return None


@cache
def _folded_signs() -> Mapping[str, str]:
    """Signs of two letters and more without case and final points: `KR`, `Zł`, `FT`."""
    return {sign.casefold().rstrip("."): code for sign, code in _lists().signs.items() if len(sign.rstrip(".")) > 1}
