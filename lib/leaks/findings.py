"""What a search found: of which kind of value, in which column, of how many customers, and how likely by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

ValueKind = Literal["id", "order_number", "text", "moment", "amount", "target", "row"]
"""An id or e-mail of a customer, the number of an order, a text few share, the moment of an order, an exact number, an
exact answer that was learnt, or several numbers of one customer side by side."""


@dataclass(frozen=True)
class Finding:
    """Evidence of one kind that customers are in a file."""

    kind: ValueKind
    column: str
    """Empty where it is no single column."""
    customers: frozenset[int]
    """Positions in the table that was searched for."""
    chance: float = 0.0
    """How often chance alone gives as many hits; 0 where the value is too long for any chance."""
    part: str = ""
    """Where in the file: `card`, or a step of the pipeline; empty where that was not asked."""

    def in_part(self, part: str) -> Finding:
        """The same with its place in the file."""
        return replace(self, part=part)


def customers_of(findings: Sequence[Finding]) -> frozenset[int]:
    """All customers of whom something was found."""
    return frozenset().union(*(one.customers for one in findings))
