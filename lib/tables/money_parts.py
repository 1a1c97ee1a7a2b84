"""An amount whose whole units and hundredths stand in two columns → one column of amounts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lib.parsing.currencies import currency_codes
from lib.tables import names


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


_DOLLARS = _words("dollar dollars usd cad aud nzd $")
_KRONER = _words("kr krona kronor krone kroner kronur sek nok dkk isk")
_MAJOR = (
    _words(
        "euro euros eur pound pounds gbp sterling libra libras peso pesos mxn cop clp ars real reais brl sol soles pen",
        "franc francs franken chf zloty zlote zlotych zł złoty złote złotych pln lira liras lire tl try rupee rupees",
        "rupias inr rs rand zar ruble rubles rouble roubles rub рубль рубли рублеи руб koruna koruny korun czk kc",
        "forint huf lei leu ron lev leva bgn hryvnia uah гривна гривні грн ringgit rm myr shekel shekels ils yuan cny",
        "dirham dirhams mad aed € £ ₺ ₹ ₽",
    )
    | _DOLLARS
    | _KRONER
)
_WHOLE_PART = frozenset(("whole", "integer", "entero", "entera", "enteros", "entier", "ganze", "intero", "inteiro"))
_SUBUNIT = _words(
    "cent cents cts ct ctvs centimo centimos centavo centavos centime centimes centesimo centesimi pence pennies penny",
    "grosz grosze groszy kurus kopeck kopecks kopeks kopek копеика копеики копеек коп копіика haler halere haleru",
    "filler stotinki paisa paise rappen sentti senttia λεπτα eurocent eurocents eurocentimos øre ¢",
)
_SUBUNIT_OF: Mapping[str, frozenset[str]] = {
    "ore": _KRONER,
    "bani": frozenset(("lei", "leu", "ron")),
    "sen": frozenset(("ringgit", "rm", "myr")),
    "gr": frozenset(("zl", "zł", "złoty", "złotych", "pln")),
    "p": frozenset(("pound", "pounds", "gbp", "£")),
    "c": _DOLLARS | {"euro", "euros", "eur", "€"},
}
"""Words that mean other things, too, and the units of which they are hundredths."""
_LETTERS = frozenset(("c", "p", "gr"))
_SHORT = _LETTERS | {"ct", "cts"}
"""Words that are also counts, points and grams: where the headings do not repeat what the money is, the values must
tell, and a letter stands for hundredths only beside a bare unit (`£`, `p`)."""
_FILLING = _words("in en de w i of part parte partie teil the los et y und")
_SWEDISH = re.compile(r"(?i)\böre\b")
"""Without its accent it is Italian for hours."""
_NOT_HUNDREDTHS = re.compile(r"(?i)%|\bper[\s_-]?cents?\b|\bpor[\s_-]ciento\b|\bpour[\s_-]?cent\b|\bpro[\s_-]?cent\b")
_SIGNS = re.compile(r"[€£$₺₹₽¢]")
_NO_AMOUNT = frozenset(("percent", "pct", "rate", "margin", "points", "puntos", "year", "day", "month"))
_LEAST = 0.98
"""Share of the second column's cells that must be below a hundred, where both headings name units."""
_LEAST_VALUES = 3
"""Different hundredths that the second column must have where the heading of the first names no unit …"""
_LEAST_WHOLE = 9
"""… and what the largest of the first must exceed: small numbers may be pieces."""

_LEAST_SHORT = 10
"""Different hundredths that there must be under a short word, whose heading says no more …"""
_HIGHEST_SHORT = 50
"""… and what the largest of them must reach."""

MOST = 20
"""Columns of hundredths that are looked at."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Parts:
    """Two columns of the same amount."""

    whole: str
    hundredths: str
    named: bool
    """Whether the heading of the first names a unit."""
    short: bool
    """Whether the heading of the second is a word that counts other things, too."""


@dataclass(frozen=True)
class _Heading:
    units: frozenset[str]
    hundredths: frozenset[str]
    rest: frozenset[str]


def parts_in(headings: list[str]) -> tuple[Parts, ...]:
    """Pairs of columns whose headings say that one has whole units of money and the other the hundredths."""
    said = {name: _said(name) for name in headings}
    hundredths = [name for name in headings if said[name].hundredths and not _NOT_HUNDREDTHS.search(name)][:MOST]
    if not hundredths:
        return ()
    before = dict(zip(headings[1:], headings, strict=False))
    wholes = [name for name in headings if _may_be_whole(name, said[name])]
    found: list[Parts] = []
    taken: set[str] = set()
    for name in hundredths:
        here = said[name]
        candidates = [other for other in wholes if other not in taken and _fit(here, said[other])]
        alike = [other for other in candidates if said[other].rest == here.rest]
        alike = [other for other in alike if said[other].units] or alike
        if before.get(name, "") in (alike or ([] if here.rest else candidates)):
            alike = [before[name]]
        if len(alike) == 1:
            named = bool(said[alike[0]].units)
            found.append(Parts(alike[0], name, named, here.hundredths <= _SHORT and not here.rest))
            taken.add(alike[0])
    return tuple(found)


def added(parts: Parts, whole: pa.ChunkedArray, hundredths: pa.ChunkedArray, written: pa.ChunkedArray) -> Values | None:
    """The amounts that both columns make together; None where their values are no such parts.

    `written` is the first column as the file has it: `-0` and fifty hundredths are less than nothing.
    """
    units, rest = _numbers(whole), _numbers(hundredths)
    if units is None or rest is None:
        return None
    known = np.isfinite(units)
    of_rest = rest[np.isfinite(rest)]
    both = known & np.isfinite(rest)
    if not both.any() or np.any(units[known] != np.floor(units[known])) or np.any(of_rest != np.floor(of_rest)):
        return None
    below = float((np.abs(of_rest) <= 99).mean())
    if below < (_LEAST if parts.named else 1.0):
        return None
    if not parts.named and (
        len(np.unique(of_rest)) < _LEAST_VALUES or float(np.abs(units[known]).max()) <= _LEAST_WHOLE
    ):
        return None
    if parts.short and not (
        parts.named and len(np.unique(of_rest)) >= _LEAST_SHORT and float(np.abs(of_rest).max()) >= _HIGHEST_SHORT
    ):
        return None
    if np.any((units[both] > 0) & (rest[both] < 0)):
        return None
    if np.any(units[both] != 0) and np.array_equal(units[both], np.floor(rest[both] / 100 + 0.5)):
        return None  # the same amount twice, rounded
    minus = (units < 0) | (np.nan_to_num(rest) < 0) | _negative_zeros(written)
    size = (100 * np.abs(np.nan_to_num(units)) + np.abs(np.nan_to_num(rest))) / 100
    made = np.where(minus, -size, size)
    made[~known & ~np.isfinite(rest)] = np.nan
    return made


def _said(name: str) -> _Heading:
    words = frozenset((*names.tokens(name), *_SIGNS.findall(name))) - _FILLING
    if _SWEDISH.search(name):
        words = words - {"ore"} | {"øre"}
    hundredths = words & (_SUBUNIT | _SUBUNIT_OF.keys())
    codes = {code.casefold() for code in re.findall(r"\b[A-Z]{3}\b", name) if code in currency_codes()}
    units = words & (_MAJOR | codes)
    return _Heading(units, hundredths, words - hundredths - units - _WHOLE_PART)


def _may_be_whole(name: str, said: _Heading) -> bool:
    """Whether a heading may be that of whole units: it names money, and no hundredths, pieces or ids."""
    if said.hundredths or names.names_a_quantity(name) or names.names_an_identifier(name) or "%" in name:
        return False
    return not said.rest & _NO_AMOUNT and (bool(said.units) or names.names_an_amount(name))


def _fit(hundredths: _Heading, whole: _Heading) -> bool:
    """Whether the one are hundredths of the other, where the word has other meanings."""
    plain = hundredths.hundredths & _SUBUNIT
    if hundredths.hundredths <= _LETTERS and hundredths.rest != whole.rest:
        return False
    if hundredths.units and whole.units and not hundredths.units & whole.units and not plain:
        return False
    return bool(plain) or any(_SUBUNIT_OF[word] & whole.units for word in hundredths.hundredths)


def _numbers(column: pa.ChunkedArray) -> Values | None:
    """A column as numbers, `05` too; missing cells are NaN, and None where it holds anything else."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        trimmed = pc.utf8_trim_whitespace(column)
        trimmed = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, kind), trimmed)
        if pc.all(pc.match_substring_regex(trimmed, r"^-?\d{1,4}$")).as_py() is not True:
            return None
        column = trimmed
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return None
    return np.asarray(pc.fill_null(pc.cast(column, pa.float64()), float("nan")), dtype=np.float64)


_NEGATIVE_ZERO = r"^\s*(?:[-−–]\s*\D{0,3}0|\(\s*\D{0,3}0\s*\))\s*\D{0,3}$"


def _negative_zeros(written: pa.ChunkedArray) -> NDArray[np.bool_]:
    if not (pa.types.is_string(written.type) or pa.types.is_large_string(written.type)):
        return np.zeros(len(written), dtype=bool)
    found = pc.match_substring_regex(pc.fill_null(written, ""), _NEGATIVE_ZERO)
    return np.asarray(found, dtype=bool)
