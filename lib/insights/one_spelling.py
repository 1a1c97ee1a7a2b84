"""Products and countries as people type them: "UK", "uk " and "Uk" are one country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.parsing.names import spelling


@dataclass(frozen=True)
class OneSpelling:
    """How names of one column are written: those that differ in capitals, accents and blanks alone as most rows write
    them, or, where two spellings are equally frequent, as the first in the alphabet."""

    chosen: Mapping[str, str]
    """Spelling without such differences (`parsing.names.spelling`) → how it is written; of names in several spellings
    alone."""

    @staticmethod
    def of(columns: Sequence[pd.Series]) -> OneSpelling:
        """Of columns with one name per row, missing where there is none."""
        counts = pd.concat(columns).value_counts()
        written = sorted(
            zip(counts.index.astype("str"), counts.tolist(), strict=True), key=lambda one: (-one[1], one[0])
        )
        first: dict[str, str] = {}
        several: set[str] = set()
        for name, _ in written:
            key = spelling(name)
            if first.setdefault(key, name) != name:
                several.add(key)
        return OneSpelling({key: first[key] for key in several})

    def categories(self, names: pd.Series) -> pd.Series:
        """The column as categories, in the alphabet's order, each name in its one spelling."""
        found = names.astype("category")
        if not self.chosen:
            return found
        meant = pd.Index([self.chosen.get(spelling(str(name)), str(name)) for name in found.cat.categories])
        categories = pd.Index(sorted(set(meant)))
        places = np.append(categories.get_indexer(meant), -1)
        codes = places[found.cat.codes.to_numpy()]
        return pd.Series(pd.Categorical.from_codes(codes, categories=categories.astype("str")), index=names.index)
