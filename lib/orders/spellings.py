"""Customers who are known by a name that people type: "Ana Pérez", "ANA PEREZ" and "ana  pérez" are one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lib.orders.coding import plain
from lib.parsing.names import MAX_NAME, spelling

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


_NUMBERED = r"(?P<number>[A-Za-z]{0,6}[-_./]?\d{3,20})"
_BEHIND = re.compile(rf"^(?P<name>.*\S)[\s(\[#|:–-]{{1,9}}{_NUMBERED}\s*[)\]]?$")
_IN_FRONT = re.compile(rf"^[(\[#]?{_NUMBERED}[)\]]?[\s|:–-]+(?P<name>\S.*)$")
"""A name and a number in one cell: `Ann Lee (10023)`, `10023 - Ann Lee`, `[K-1002] Ann Lee`."""
MOST_CELLS = 0.95
"""Share of the ids that must have a number, and of the numbers with several spellings that must be of one person."""


def spellings_of_numbers(ids: pd.Series, rows: NDArray[np.int64]) -> dict[str, str]:
    """A file's customers with a name and a number in one cell → the spelling that most rows have of that number.

    `ids` and `rows` as in `frequent_spellings`. The names of a number must have the same words, or some of them: `Ann
    (10023)` and `ANN LEE (10023)` are one customer, while two people of one age have nothing in common. Empty where
    ids are not written in this way.
    """
    for form in (_BEHIND, _IN_FRONT):
        if (
            not len(ids)
            or ids.str.len().max() > MAX_NAME
            or ids.iloc[:200].str.match(form).fillna(False).mean() < MOST_CELLS
        ):
            continue
        parts = ids.str.extract(form)
        parts = parts.where(parts["name"].str.contains(r"[^\W\d_]{2}", na=False))
        if parts["number"].notna().mean() < MOST_CELLS:
            continue
        found = pd.DataFrame({"id": ids, "number": parts["number"].str.upper(), "rows": rows, "name": parts["name"]})
        found = found[found["number"].notna() & (found["rows"] > 0)].sort_values("rows", ascending=False, kind="stable")
        several = found[found["number"].duplicated(keep=False)]
        if several.empty:
            return {}
        shown, of_one = {}, 0
        groups = several.groupby("number", sort=False)
        for _, same in groups:
            words = [frozenset(spelling(name).split()) for name in same["name"]]
            longest = max(words, key=len)
            of_one += all(said <= longest for said in words)
            shown.update(dict.fromkeys(same["id"].iloc[1:], same["id"].iloc[0]))
        return shown if of_one >= MOST_CELLS * len(groups) else {}
    return {}
