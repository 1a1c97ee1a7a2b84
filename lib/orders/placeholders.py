"""Placeholder names, numbers, e-mails and phones: `Consumidor final`, `Walk-in`, `0000000`."""

import re
import tomllib
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from lib.orders.coding import plain
from lib.parsing.names import normalized

_FOUND = tomllib.loads((Path(__file__).parent / "placeholders.toml").read_text(encoding="utf-8"))
_ALONE, _TOGETHER, _CUSTOMERS, _GLUE, _WHOLE, _SHORT, _EMAIL = (
    frozenset(_FOUND[name].split()) for name in ("alone", "together", "customers", "glue", "whole", "short", "email")
)
_OTHER_SCRIPTS = frozenset(_FOUND["other_scripts"])

_CANDIDATE = (
    r"(?i)^\W*$|^-?0+$|^-1$|[^\x00-\x7f]|^\w{2,3}$|"
    + "".join(rf"^[\W{digit}]{{8,}}$|" for digit in (0, 2, 5, 6, 9))
    + "|".join(sorted({word[:4] for word in _ALONE | _TOGETHER | _CUSTOMERS | _WHOLE} | {"s/n", "n/", "c/f"}))
)
"""What may be a placeholder at all: everything else is passed over without a closer look."""

_NUMBER_OF_NOBODY = re.compile(r"^(?:0{8,}|9{8,}|2{12}|6{9}|5{9})$")
"""Tax numbers that authorities define for sales to unnamed customers."""
_SAME_PHONE = re.compile(r"^(\d)\1{5,}$|^\d{0,4}0{6,}$")
_SEQUENCE = "01234567890123456789"
SHORT_NAMES = 5
"""Median length of names up to which two or three letters are a name like any other."""


def fold(name: str) -> str:
    """A name without capitals, accents and signs, its words parted by one blank."""
    letters = normalized(name.casefold(), "NFKD")
    return " ".join(re.sub(r"[^\w]+|_", " ", "".join(c for c in letters if not unicodedata.combining(c))).split())


def _is_nobody(name: str, *, short: bool) -> bool:
    words = fold(name).split()
    if not words:
        return True
    together = "".join(words)
    if (
        together in _WHOLE
        or together in _ALONE
        or name.strip().casefold() in _OTHER_SCRIPTS
        or " ".join(words) in _OTHER_SCRIPTS
    ):
        return True
    if "".join(words).isdigit():
        return set(together) == {"0"} or name.strip() == "-1" or bool(_NUMBER_OF_NOBODY.match(together))
    if short and together in _SHORT:
        return True
    if any(word not in _ALONE and word not in _TOGETHER and word not in _CUSTOMERS and word not in _GLUE
           for word in words):  # fmt: skip
        return False
    if any(word in _ALONE for word in words):
        return True
    return any(word in _TOGETHER for word in words) and any(word in _CUSTOMERS for word in words)


def placeholder_names(names: pd.Series) -> NDArray[np.bool_]:
    """Which of the different customer names are placeholders; missing ones are."""
    missing = names.isna().to_numpy()
    texts = names.astype("str")
    likely = pc.match_substring_regex(plain(texts), _CANDIDATE).fill_null(False)
    found = missing.copy()
    at = np.flatnonzero(np.asarray(likely) & ~missing)
    if len(at):
        short = float(texts[~missing].str.len().head(2_000).median()) > SHORT_NAMES
        found[at] = [_is_nobody(name, short=short) for name in texts.to_numpy(object)[at]]
    return found


def holds_short_placeholders(names: pd.Series) -> bool:
    """Whether a name is a placeholder only where most names are longer, which all names together decide."""
    few = np.asarray(pc.match_substring_regex(plain(names.astype("str")), r"^\W*\w(\W*\w){0,3}\W*$").fill_null(False))
    return any("".join(fold(name).split()) in _SHORT for name in names.to_numpy(object)[few])


def placeholder_emails(names: pd.Series) -> NDArray[np.bool_]:
    """Which of the different e-mails are placeholders: `sinemail@shop.com`; what has no @ is judged as a name."""
    local = names.str.split("@", n=1).str[0].str.replace(r"[\W_\d]+", "", regex=True).str.lower()
    return np.asarray(local.isin(_EMAIL) & names.str.contains("@").fillna(False)) | placeholder_names(names)


def placeholder_phones(digits: pd.Series) -> NDArray[np.bool_]:
    """Which of some different phones, digits only, are placeholders: one digit over and over, or 123456789."""

    def nobody(number: object) -> bool:
        return not isinstance(number, str) or bool(_SAME_PHONE.match(number)) or number in _SEQUENCE

    return np.array([nobody(number) for number in digits.to_numpy(object)], dtype=bool)
