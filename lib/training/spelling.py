"""Words of one column that people wrote in different ways, such as "Madrid" and "MADRID ", in one spelling."""

from collections.abc import Mapping

import pandas as pd

from lib.parsing.booleans import parse_yes_no
from lib.parsing.names import MAX_NAME, normalized


def one_spelling(words: pd.Series) -> pd.Series:
    """The same answers, each in its most frequent spelling: case, blanks and the form of accents do not tell two apart.

    Where all are words for yes or no, those of one meaning are one answer, too ("yes", "1"). A single letter is such a
    word only beside a longer one that begins with it: N, S and O may be north, south and west.
    """
    counts = words.value_counts()
    spellings = sorted(counts.index, key=lambda one: (-int(counts[one]), one))
    plain = {
        one: one if len(one) > MAX_NAME else normalized(" ".join(one.split()), "NFC").casefold() for one in spellings
    }
    meant = {key: parse_yes_no(key) for key in plain.values()}
    if len(meant) > 2 and all(_is_plainly(key, meant) for key in meant):
        plain = {one: str(meant[key]) for one, key in plain.items()}
    first: dict[str, str] = {}
    for one in spellings:
        first.setdefault(plain[one], one)
    return words if len(first) == len(spellings) else words.map({one: first[plain[one]] for one in spellings})


def _is_plainly(word: str, meant: Mapping[str, bool | None]) -> bool:
    """Whether a word means yes or no beside those others, and nothing else."""
    if meant[word] is None or len(word) > 1 or word.isdigit():
        return meant[word] is not None
    return any(other != word and other.startswith(word) and meant[other] == meant[word] for other in meant)
