"""Whether two lists name the same campaign, where a spreadsheet program may have changed the name in one of them.

Excel and LibreOffice read a cell such as `May 2024`, `1-2`, `007` or `true` as a month, a day, a number or a truth
value, and write `May-24`, `02-Jan`, `7` or `TRUE` when the list is saved.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import product

from babel import Locale

from lib.text import LANGUAGES

_Reading = tuple[str | float | int, ...]


MOST_COMPARED = 100
"""Names of one campaign; a spreadsheet program makes a handful of one at most."""


def distinct_campaigns(names: Collection[str]) -> list[str]:
    """The names of different campaigns, each as it stood first."""
    if len(names) > MOST_COMPARED:
        return list(names)
    found: list[str] = []
    for name in names:
        if not any(is_same_campaign(name, other) for other in found):
            found.append(name)
    return found


def is_same_campaign(one: str, other: str) -> bool:
    """Whether the names are the same, or one is what a spreadsheet program makes of the other.

    Names that are merely about the same time, such as `May 24` and `May 2024` or `1/2/2024` and `2/1/2024`, are two.
    """
    if _plain(one) == _plain(other):
        return True
    written = _written(one), _written(other)
    return bool(written[0] & written[1] or written[0] & _read_as(other) or written[1] & _read_as(one))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


_MONTHS = {
    name.casefold().rstrip("."): number
    for language, width in product(LANGUAGES, ("wide", "abbreviated"))
    for number, name in Locale.parse(language).months["format"][width].items()
} | {"sep": 9, "set": 9}
"""Name of a month, in every language of ours → its number."""
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_YES_NO = {"true": True, "verdadero": True, "false": False, "falso": False}

_MONTH_YEAR = re.compile(rf"({_MONTH})-(\d\d)")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})-({_MONTH})(?:-(\d\d))?")
_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)")
_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?: 0?0:00:00)?")
_ROUNDED = re.compile(r"-?\d[.,]\d+e[+-]\d+")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?")


def _written(name: str) -> frozenset[_Reading]:
    """What a name means that reads like a cell that a spreadsheet program has written."""
    name = _plain(name).replace(".-", "-").removesuffix(".")
    if found := _MONTH_YEAR.fullmatch(name):
        return frozenset({("month", _year(found[2]), _MONTHS[found[1]])})
    if found := _DAY_MONTH.fullmatch(name):
        day, month = int(found[1]), _MONTHS[found[2]]
        return frozenset({("date", _year(found[3]), month, day) if found[3] else ("day", month, day)})
    if found := _DATE.fullmatch(name):
        return frozenset({("slashes", int(found[1]), int(found[3]), _year(found[4]))})
    if found := _ISO_DATE.fullmatch(name):
        date = int(found[1]), int(found[2]), int(found[3])
        return frozenset({("date", *date)})
    if name in _YES_NO:
        return frozenset({("truth", _YES_NO[name])})
    if _ROUNDED.fullmatch(name):
        return frozenset({("rounded", _rounded(_number(name)))})
    return frozenset({("number", _number(name))}) if _NUMBER.fullmatch(name) else frozenset()


_WORDS = re.compile(
    rf"(?:(\d{{1,2}})(?: de)?[ /-]*)?({_MONTH})\.?(?:(?: del? |[ ,/-]*)(\d{{1,4}}))?(?:[ ,/-]+(\d{{4}}))?"
)
_TWO_NUMBERS = re.compile(r"(\d{1,4})[/-](\d{1,4})")


def _read_as(name: str) -> frozenset[_Reading]:
    """What a spreadsheet program may take a name for."""
    name = _plain(name)
    readings: set[_Reading] = set()
    for kind, *parts in _written(name):
        if kind == "number":
            readings.add(("rounded", _rounded(float(parts[0]))))
        elif kind == "date":
            readings |= _date(int(parts[0]), int(parts[1]), int(parts[2]))
        elif kind == "slashes":
            first, second, year = (int(part) for part in parts)
            readings |= {("date", year, first, second), ("date", year, second, first)}
    if found := _WORDS.fullmatch(name):
        readings |= _of_words(found[1], _MONTHS[found[2]], found[3], found[4])
    if found := _TWO_NUMBERS.fullmatch(name):
        for month, rest in ((int(found[1]), found[2]), (int(found[2]), found[1])):
            if 1 <= month <= 12 and len(rest) != 3:
                readings |= _day(month, int(rest)) if int(rest) <= 31 else _month(_year(rest), month)
    return frozenset(readings)


def _of_words(day: str | None, month: int, number: str | None, year: str | None) -> set[_Reading]:
    """What `24 May 2024`, `May 24, 2024`, `May 2024` and `24 May` say."""
    if day and number and not year and len(number) in (2, 4):
        return _date(_year(number), month, int(day))
    if number and year and not day:
        return _date(int(year), month, int(number))
    if day and not number:
        return _day(month, int(day))
    if number and not day and len(number) != 3:
        return _day(month, int(number)) if int(number) <= 31 else _month(_year(number), month)
    return set()


def _month(year: int, month: int) -> set[_Reading]:
    return {("month", year, month)}


def _day(month: int, day: int) -> set[_Reading]:
    return {("day", month, day)}


def _date(year: int, month: int, day: int) -> set[_Reading]:
    return {("date", year, month, day), ("slashes", month, day, year), ("slashes", day, month, year)}


def _year(written: str) -> int:
    """Two digits as Excel reads them."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 30 else 1900)


def _number(written: str) -> float:
    return float(written.replace(",", "."))


def _rounded(number: float) -> str:
    """As a narrow column shows a long number: three digits at least."""
    return f"{number:.2e}"
