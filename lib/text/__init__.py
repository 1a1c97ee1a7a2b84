"""All sentences that a person reads, one TOML per language; `say(language, key, **facts)`.

A blank is `{name}` or `{name:form}`. Numbers and dates are written as the language writes them:

| form                | of 1234.5 (en)   | for                                      |
| ------------------- | ---------------- | ---------------------------------------- |
| (none)              | 1,234.5          | numbers, dates, words, lists of words    |
| `raw`               | 1234.5           | numbers that are names: a year, a port   |
| `0f` `1f` `2f` `3f` | 1,235 … 1,234.500| a fixed number of decimals               |
| `typed`             | 1234.5           | a number in a field: no signs between thousands |
| `significant`       | 1,230            | three significant digits, also of tiny numbers |
| `short`             | 1.2K             | large numbers in a small place           |
| `percent` `percent1`| 123,450%         | shares between 0 and 1                   |
| `customer|customers`| customers        | the word for one, the word for many      |
| `none|one|{n} of …` | 1234.5 of …      | likewise, with words of their own for 0  |
"""

import string
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from math import floor, isinf, log10
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent, get_currency_name

from lib.errors import Fact, UserError
from lib.safe_text import visible
from lib.text.locales import LOCALES, locale

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "day",
    "keys",
    "knows",
    "label",
    "locale",
    "number",
    "say",
    "tell",
    "template",
]

LANGUAGES = tuple(one.code for one in LOCALES)
DEFAULT_LANGUAGE = LOCALES[0].code

_HUGE = 1e15
"""From here on a number is written with a power of ten."""
_TINY = 1e-4
_SMALLEST_WRITTEN_OUT = 1e-9
_FIXED = {"0f": "#,##0", "1f": "#,##0.0", "2f": "#,##0.00", "3f": "#,##0.000"}


def say(language: str, key: str, /, **facts: Fact) -> str:
    """The sentence `key` in `language`, its blanks filled.

    Raises KeyError for a sentence or a blank that does not exist: that is a bug, not a user's error.
    """
    sentence = _sentences(language)[key]
    return _writer(language).vformat(sentence, (), facts) if "{" in sentence or "}" in sentence else sentence


def tell(language: str, error: UserError, /) -> str:
    """The sentence of an error that the user can act on."""
    return say(language, error.key, **error.facts)


@cache
def currencies(language: str) -> dict[str, str]:
    """ISO 4217 code → name, of every currency that is legal tender somewhere today; source: CLDR."""
    tenders = [tender for found in get_global("territory_currencies").values() for tender in found]
    codes = sorted({code for code, _start, end, is_tender in tenders if end is None and is_tender})
    return {code: get_currency_name(code, locale=language) for code in codes}


def knows(language: str, key: str) -> bool:
    """Whether the language has that sentence."""
    return key in _sentences(language)


def label(language: str, key: str, otherwise: str = "") -> str:
    """The words of a key that stands in a file, such as a model's card, which may be from a newer version or
    untrusted: `otherwise` where there is no such sentence, or one whose blanks can't be filled. Never raises."""
    words = _sentences(language).get(key)
    return otherwise if words is None or "{" in words else words


def keys(language: str) -> frozenset[str]:
    """Every sentence's key."""
    return frozenset(_sentences(language))


def template(language: str, key: str) -> str:
    """A sentence with its blanks unfilled; for tests and for charts that fill blanks in the browser."""
    return _sentences(language)[key]


def number(language: str, value: float, form: str = "") -> str:
    """A number as the language writes it; `form` as in the table above."""
    return _writer(language).format_field(value, form)


def day(language: str, value: date) -> str:
    """A date as the language writes it, such as 'Dec 9, 2011' and '9 dic 2011'."""
    return _writer(language).format_field(value, "")


def cell(language: str, value: object) -> str:
    """A cell of a table as it was read: dates and decimals as the language writes them, all digits; whole numbers
    without signs between thousands, since they may be ids."""
    if isinstance(value, date):
        return _writer(language).format_field(value, "")
    if isinstance(value, float) and (value == 0 or _SMALLEST_WRITTEN_OUT <= abs(value) < _HUGE):
        return format_decimal(value, "0.####################", locale=language, decimal_quantization=False)
    return str(value)


@cache
def _sentences(language: str) -> Mapping[str, str]:
    with (Path(__file__).parent / f"{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file)))


def _flat(tree: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in tree.items():
        if isinstance(value, Mapping):
            pairs += _flat(value, f"{prefix}{name}.")
        else:
            pairs.append((f"{prefix}{name}", str(value)))
    return pairs


@cache
def _writer(language: str) -> "_Writer":
    return _Writer(language)


class _Writer(string.Formatter):
    def __init__(self, language: str) -> None:
        self.locale = Locale.parse(language)

    def format_field(self, value: object, form: str) -> str:
        if isinstance(value, str):
            return visible(value)
        if form == "raw":
            return str(value)
        if isinstance(value, datetime) and (value.hour or value.minute):
            return format_datetime(value, "medium", locale=self.locale)
        if isinstance(value, date):
            return format_date(value, "medium", locale=self.locale)
        if isinstance(value, Sequence):
            return format_list([visible(str(word)) for word in value], locale=self.locale)
        return _written(self, float(value) + 0.0, form)  # type: ignore[arg-type]  # −0.0 would be kept for 0.0

    def number(self, value: float, form: str) -> str:
        if "|" in form:
            *none, one, many = form.split("|")
            return none[0] if none and value == 0 else one if value == 1 else many
        if value != value:
            return "–"
        if abs(value) >= _HUGE:
            return self._huge(value, percent=form.startswith("percent"))
        if form in _FIXED:
            return format_decimal(value, _FIXED[form], locale=self.locale, group_separator=True)
        if form == "significant":
            return self._significant(value)
        if form == "typed":
            return format_decimal(value, "0.######", locale=self.locale)
        if form == "short":
            return format_compact_decimal(value, format_type="short", locale=self.locale, fraction_digits=1)
        if form.startswith("percent"):
            decimals = int(form.removeprefix("percent") or 0)
            written = str(self.locale.percent_formats[None].pattern)  # 62% in English, 62 % in Spanish
            digits = f"0.{'0' * decimals}" if decimals else "0"
            return format_percent(
                value, written.replace("0%", f"{digits}%").replace("0\u00a0%", f"{digits}\u00a0%"), locale=self.locale
            )
        if form:
            raise ValueError(f"unknown form {form!r}")
        return format_decimal(value, "#,##0.##", locale=self.locale)

    def _significant(self, value: float) -> str:
        """Three significant digits: 12,300, 0.0123; below a ten-thousandth with a power of ten."""
        rounded = float(f"{value:.2e}")
        if 0 < abs(rounded) < _TINY:
            return self._huge(rounded, percent=False)
        decimals = max(0, 2 - floor(log10(abs(rounded)))) if rounded else 0
        return format_decimal(rounded, f"#,##0.{'#' * decimals}" if decimals else "#,##0", locale=self.locale)

    def _huge(self, value: float, *, percent: bool) -> str:
        """1.0e30: more digits than are readable, and more than Babel can write."""
        if isinf(value):
            return "∞" if value > 0 else "−∞"
        mantissa, _, exponent = f"{value:.1e}".partition("e")
        power = int(exponent) + (2 if percent else 0)
        return f"{format_decimal(float(mantissa), '0.0', locale=self.locale)}e{power}{'%' if percent else ''}"


@lru_cache(maxsize=20_000)
def _written(writer: _Writer, value: float, form: str) -> str:
    """Numbers come back with every redraw, and Babel takes a while to write one. A figure that is written as zero has
    no sign."""
    written = writer.number(value, form)
    rounded_to_zero = -1 < value < 0 and "|" not in form and not any(digit in written for digit in "123456789")
    return writer.number(0.0, form) if rounded_to_zero else written
