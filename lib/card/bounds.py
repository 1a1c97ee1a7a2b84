"""Types of a card's fields with their bounds, so that reading a card checks them (see `lib/card/plain.py`)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""What a card is made of: JSON's types, nothing else."""

LARGEST = 1e30
"""No figure of a card is larger. Amounts in the smallest unit of a weak currency reach 1e15, and errors are squared."""

MOST_CUSTOMERS = 10**12
MOST_DAYS = 36_600


@dataclass(frozen=True)
class Within:
    """A finite number from `low` to `high`, both included."""

    low: float
    high: float

    def __call__(self, value: object) -> bool:
        """Whether a value is within the bounds."""
        return isinstance(value, int | float) and math.isfinite(value) and self.low <= value <= self.high


@dataclass(frozen=True)
class Text:
    """A text of at most this many characters, matching a pattern if one is given."""

    longest: int
    pattern: str = ""

    def __call__(self, value: object) -> bool:
        """Whether a value is such a text; an empty one always is."""
        if not isinstance(value, str) or len(value) > self.longest:
            return False
        return not (value and self.pattern) or re.fullmatch(self.pattern, value) is not None


@dataclass(frozen=True)
class IsoDate:
    """A date or moment in ISO form without a zone, from 1900 to 2200, or an empty text."""

    def __call__(self, value: object) -> bool:
        """Whether a value is such a text."""
        if not isinstance(value, str) or len(value) > 32:
            return False
        try:
            moment = datetime.fromisoformat(value) if value else None
        except ValueError:
            return False
        return moment is None or (moment.tzinfo is None and 1900 <= moment.year <= 2200)


@dataclass(frozen=True)
class Anything:
    """Any plain value, as deep as a card may be."""

    def __call__(self, value: object) -> bool:
        """Always."""
        return True


AnyPlain = Annotated[Plain, Anything()]
Figure = Annotated[float, Within(-LARGEST, LARGEST)]
Share = Annotated[float, Within(0, 1 + 1e-9)]
"""From 0 to 1."""
ShareOfMoney = Annotated[float, Within(-1000, 1000)]
"""Below 0, or above 1, where refunds exceed sales."""
Positive = Annotated[float, Within(0, LARGEST)]
Count = Annotated[int, Within(0, MOST_CUSTOMERS)]
Days = Annotated[int, Within(0, MOST_DAYS)]
Name = Annotated[str, Text(500)]
Key = Annotated[str, Text(404, r"[a-z0-9_]{1,80}(\.[A-Za-z0-9_-]{1,80}){0,4}")]
"""A key of `lib/text`, or a part of one."""
Moment = Annotated[str, IsoDate()]
Cell = bool | Figure | Name
"""One value of a column."""
Sha256 = Annotated[str, Text(64, r"[0-9a-f]{64}")]
