"""Customers who are known by a name that people type: "Ana Pérez", "ANA PEREZ" and "ana  pérez" are one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow.compute as pc

from lib.orders.coding import plain
from lib.parsing.names import spelling

_CODED = r"[0-9@_]|^\S*\p{Ll}\p{Lu}\S*$"
"""A digit or an @, or one word with a capital inside: codes such as `aBx` and `ABx` are two customers."""
NUMBERED = 0.05
"""Up to this share of the ids of a file may be so where customers are known by name."""


def are_typed_names(ids: pd.Series) -> bool:
    """Whether a file's customers have names, not numbers, codes or addresses; `ids`: each different one once.

    Codes of letters and digits may differ by a capital only.
    """
    if not len(ids):
        return False
    coded = pc.fill_null(pc.match_substring_regex(plain(ids), _CODED), True)
    return bool(pc.mean(coded).as_py() <= NUMBERED)


def first_spellings(files: Sequence[pd.Series]) -> list[dict[str, str]]:
    """Per file, its customers whom an earlier file, or an earlier row, spells otherwise → the first spelling.

    `files`: the different ids of each file. Only files whose customers have names are looked at.
    """
    known: dict[str, str] = {}
    found: list[dict[str, str]] = []
    for ids in files:
        names = list(map(str, ids)) if are_typed_names(ids) else []
        first = {name: known.setdefault(spelling(name), name) for name in names}
        found.append({name: other for name, other in first.items() if name != other})
    return found
