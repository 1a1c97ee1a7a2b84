"""What a model needs of a table: its columns, as far as the model itself says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from lib.card import Card, CardColumn
from lib.gate import OpenedModel

_EPOCH = date(1970, 1, 1)
FIRST_DAY, LAST_DAY = date(1850, 1, 1), date(2150, 12, 31)
_DAYS = ((FIRST_DAY - _EPOCH).days, (LAST_DAY - _EPOCH).days)
NeedKind = Literal["number", "category", "yes_no", "date", "unknown"]


@dataclass(frozen=True)
class Need:
    """One column that a model must be given, and what its training customers had in it.

    Without a card only the name is known, for pipelines that learnt categories those too.
    """

    name: str
    kind: NeedKind = "unknown"
    unit: str = ""
    low: float | None = None
    high: float | None = None
    typical: float | None = None
    categories: tuple[str, ...] = ()
    share_missing: float | None = None
    edges: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()

    @property
    def range(self) -> tuple[float, float] | None:
        """The range that the model learnt from, where its card tells one."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def typical_day(self) -> date | None:
        """The typical value of a column of dates, which a card states in days since 1970; None where that is no day
        of `FIRST_DAY` to `LAST_DAY`."""
        days = self.typical
        if self.kind != "date" or days is None or not _DAYS[0] <= days <= _DAYS[1]:
            return None
        return _EPOCH + timedelta(days=round(days))


def needs_of(opened: OpenedModel) -> tuple[Need, ...]:
    """The columns that the model must be given, in its own order.

    A card describes columns; which ones the model needs, the model says itself. A model fitted on a bare array has no
    names: its columns are called `column 1`, `column 2`, …
    """
    card = opened.verdict.card
    described = {column.name: _from_card(column) for column in card.columns} if card is not None else {}
    if opened.columns:
        return tuple(described.get(name, Need(name)) for name in opened.columns)
    if described and len(described) == opened.n_features:
        return tuple(described.values())
    return tuple(Need(f"column {place}") for place in range(1, opened.n_features + 1))


def _from_card(column: CardColumn) -> Need:
    return Need(
        column.name,
        column.kind,
        unit=column.unit,
        low=column.low,
        high=column.high,
        typical=column.typical,
        categories=column.categories,
        share_missing=column.share_missing,
        edges=column.edges,
        shares=column.shares,
    )


def important_first(card: Card | None, needs: Sequence[Need]) -> tuple[Need, ...]:
    """The columns in the order of their importance, where the card tells one; else as the model has them."""
    importance = card.evaluation.importance if card is not None else ()
    rank = {one.column: place for place, one in enumerate(importance)}
    return tuple(sorted(needs, key=lambda need: rank.get(need.name, len(rank))))
