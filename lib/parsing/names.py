"""Names of columns, files and models, cut before anything is done with them.

Unicode normalisation sorts a run of combining accents in quadratic time and holds the interpreter meanwhile: a heading
of 80 KB stopped every visitor for seconds. So a name is cut first, and nothing else in Brine normalises text.
"""

import re
import unicodedata
from typing import Literal

MAX_NAME = 300
"""Characters of a name that are looked at; databases allow 63 to 128, Excel 255."""


def normalized(name: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> str:
    """The first `MAX_NAME` characters of a name in a Unicode normal form."""
    return unicodedata.normalize(form, name[:MAX_NAME])


def ascii_letters(name: str) -> str:
    """A name without accents and without what has no counterpart in ASCII."""
    return normalized(name, "NFKD").encode("ascii", "ignore").decode()


_LEFT_OUT = re.compile("[\\u0300-\\u036f\\u0591-\\u05c7\\u064b-\\u0670]")
"""Accents and vowel points, which people leave out, unlike the marks of Japanese, Thai and Indian letters: "ナカタ" and
"ナカダ" are two names."""


def spelling(name: str) -> str:
    """A name without capitals, accents and doubled blanks, in which people write one name in several ways; one longer
    than `MAX_NAME` as it is."""
    if len(name) > MAX_NAME:
        return name
    letters = normalized(" ".join(name.split()).casefold(), "NFKD")
    return _LEFT_OUT.sub("", letters)
