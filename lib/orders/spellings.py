"""Customers who are known by a name that people type: "Ana Pérez", "ANA PEREZ" and "ana  pérez" are one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lib.orders.coding import plain
from lib.parsing.names import spelling

_ADDRESS = r"[@_]"
_ONE_WORD = r"^\S+$"
_CAPITAL_INSIDE = r"^\S*\p{Ll}\p{Lu}\S*$"
"""One word with a capital inside: codes such as `aBx` and `ABx` are two customers."""
_WORD = r"(?:^|\s)\p{L}{3,}(?:\s|$)"
NUMBERED = 0.05
"""Up to this share of the ids of a file may be codes where customers are known by name."""


def are_typed_names(ids: pd.Series) -> bool:
    """Whether a file's customers have names, not numbers, codes or addresses; `ids`: each different one once.

    Codes of letters and digits may differ by a capital only. A digit beside a word is no code: "Bar Nº 3".
    """
    if not len(ids):
        return False
    names = plain(ids)

    def has(pattern: str) -> pa.Array:
        return pc.fill_null(pc.match_substring_regex(names, pattern), True)

    beside_word = pc.and_(pc.invert(has(_ONE_WORD)), has(_WORD))
    numbered = pc.and_(has(r"[0-9]"), pc.invert(beside_word))
    coded = pc.or_(pc.or_(has(_ADDRESS), has(_CAPITAL_INSIDE)), numbered)
    return bool(pc.mean(coded).as_py() <= NUMBERED)


def frequent_spellings(ids: pd.Series, rows: NDArray[np.int64]) -> dict[str, str]:
    """A file's customers whom most of their rows spell otherwise → that spelling, with single blanks.

    `ids`: each different one once; `rows`: how many rows have it. Empty where customers have no names.
    """
    if not are_typed_names(ids):
        return {}
    shown: dict[str, str] = {}
    for at in np.argsort(-rows, kind="stable"):
        name = str(ids.iloc[at])
        shown.setdefault(spelling(name), " ".join(name.split()))
    return {name: other for name in map(str, ids) if (other := shown[spelling(name)]) != name}


def first_spellings(files: Sequence[pd.Series]) -> list[dict[str, str]]:
    """Per file, its customers whom an earlier file spells otherwise → the first spelling.

    `files`: the different ids of each file. Only files whose customers have names are looked at.
    """
    known: dict[str, str] = {}
    found: list[dict[str, str]] = []
    for ids in files:
        names = list(map(str, ids)) if are_typed_names(ids) else []
        first = {name: known.setdefault(spelling(name), name) for name in names}
        found.append({name: other for name, other in first.items() if name != other})
    return found
