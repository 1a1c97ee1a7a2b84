"""What a person decided about suspicious columns, values and rows of a customer table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pandas as pd

MOST = 500
"""Columns that a choice names at most."""


@dataclass(frozen=True)
class ValueLimits:
    """Values of a column below `low` or above `high` count as missing."""

    column: str
    low: float
    high: float


@dataclass(frozen=True)
class TableCleaning:
    """Choices that hold for Explore and for training. Scoring never uses them: every customer gets a score."""

    limits: tuple[ValueLimits, ...] = ()
    left_out: tuple[str, ...] = ()
    """Columns."""
    distinct_rows: bool = False
    """Whether rows that equal an earlier one in every column but the id are left out."""

    def __bool__(self) -> bool:
        return bool(self.limits or self.left_out or self.distinct_rows)

    def apply(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with these choices; columns that it does not have are ignored."""
        kept = table[~table.duplicated()] if self.distinct_rows else table
        for one in self.limits:
            if one.column in kept.columns and pd.api.types.is_numeric_dtype(kept[one.column].dtype):
                cells = kept[one.column]
                kept = kept.assign(**{one.column: cells.where((cells >= one.low) & (cells <= one.high))})
        return kept.drop(columns=[name for name in self.left_out if name in kept.columns])

    def to_plain(self) -> dict[str, object]:
        """As JSON types."""
        return {
            "limits": [asdict(one) for one in self.limits],
            "left_out": list(self.left_out),
            "distinct_rows": self.distinct_rows,
        }

    @classmethod
    def from_plain(cls, plain: object, named: Mapping[str, str]) -> TableCleaning:
        """The choices of a settings file; `named` maps column names of the file to those of the table. Raises
        ValueError for anything else."""
        if not isinstance(plain, dict):
            raise ValueError("no choices")
        limits, left_out, distinct = (plain.get(name) for name in ("limits", "left_out", "distinct_rows"))
        if not isinstance(limits, list) or not isinstance(left_out, list) or not isinstance(distinct, bool):
            raise ValueError("no choices")
        if len(limits) + len(left_out) > MOST or not all(isinstance(name, str) for name in left_out):
            raise ValueError("no choices")
        found = []
        for one in limits:
            if not isinstance(one, dict) or not isinstance(one.get("column"), str):
                raise ValueError("no choices")
            low, high = one.get("low"), one.get("high")
            if not _is_number(low) or not _is_number(high):
                raise ValueError("no choices")
            if one["column"] in named:
                found.append(ValueLimits(named[one["column"]], float(str(low)), float(str(high))))
        return cls(tuple(found), tuple(named[name] for name in left_out if name in named), distinct)


def _is_number(value: object) -> bool:
    """Whether this is a number of 64 bits: a whole number of JSON may have any number of digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(float(str(value)))
