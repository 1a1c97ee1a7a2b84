"""What a model says about itself, in plain built-in types that travel inside the pickle.

Everything that a page shows about a model comes from its card, so that a model trained here a minute ago and one
that arrives by mail months later are shown by the same code. No clock time and no customer is in a card: the same
work gives the same card.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

import numpy as np

from lib.schema import Goal

CARD_ATTRIBUTE = "brine_card_"
"""The attribute of the fitted pipeline that holds the card as a plain dict."""

CARD_FORMAT = "brine-card/1"

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""What a card is made of: JSON's types, nothing else."""

Kind = Literal["number", "category", "yes_no", "date"]


@dataclass(frozen=True)
class CardColumn:
    """One column that the model needs, as the training customers had it."""

    name: str
    kind: Kind
    unit: str = ""
    low: float | None = None
    """The 0.5 and 99.5 percentiles, rounded to three significant digits: never one customer's exact value."""
    high: float | None = None
    typical: float | None = None
    """The median, rounded likewise."""
    edges: tuple[float, ...] = ()
    """Cut points of the deciles, rounded likewise, and `shares`, what lies between them: for drift."""
    shares: tuple[float, ...] = ()
    categories: tuple[str, ...] = ()
    """Only those that at least ten customers had; `shares` follows their order."""
    share_missing: float = 0.0


@dataclass(frozen=True)
class Group:
    """One group of similar customers. `number` is what `predict` returns; groups are numbered from 1, by value."""

    number: int
    name_key: str
    """Key of the name in `lib/text` (`segments.name.…`); `suffix` tells two groups with one name apart."""
    suffix: str = ""
    customers: int = 0
    share_customers: float = 0.0
    share_revenue: float = 0.0
    typical: Mapping[str, float] = field(default_factory=dict)
    """Column → median, rounded to three significant digits."""
    facts: Mapping[str, Plain] = field(default_factory=dict)
    """Whatever else `segments` tells: the rule in words, what sets it apart, what the group did later."""


@dataclass(frozen=True)
class Card:
    """What a model says about itself."""

    goal: Goal
    recipe: str
    columns: tuple[CardColumn, ...]
    customers: int
    """How many customers it learnt from."""
    target: str = ""
    classes: tuple[str, ...] = ()
    cutoff: str = ""
    """ISO date: features count what came before it. Empty for a customer table."""
    horizon_days: int = 0
    period_start: str = ""
    period_end: str = ""
    currency: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict)
    """Measured on the evaluation cutoff or the held-out rows, by the names of `lib/training`."""
    baseline: Mapping[str, float] = field(default_factory=dict)
    """The same metrics for the baseline that `baseline_name` names."""
    baseline_name: str = ""
    evaluation: Mapping[str, Plain] = field(default_factory=dict)
    """Everything measured beyond one figure per metric: peers, intervals, calibration curve, gains, importances."""
    groups: tuple[Group, ...] = ()
    features: Mapping[str, Plain] = field(default_factory=dict)
    """What `lib/features` needs to compute the same columns again: BTYD parameters, season, …"""
    limits: tuple[str, ...] = ()
    """Keys of sentences of `lib/text` about what this model should not be used for."""
    settings: Mapping[str, Plain] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    self_test: Mapping[str, Plain] = field(default_factory=dict)
    """`rows` (synthetic, column → list) and `expected` (method → list): replayed wherever the model is opened."""
    privacy: Mapping[str, Plain] = field(default_factory=dict)
    pipeline_sha256: str = ""
    extra: Mapping[str, Plain] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Plain]:
        """The card as JSON types, ready to travel inside the pickle.

        A figure that is not a number (NaN, infinity) is left out of a mapping of figures and is None elsewhere, since
        JSON has no such thing. Raises TypeError for anything that is not a plain type: that is a bug.
        """
        return {"format": CARD_FORMAT, **_plain_dict(asdict(self))}

    @classmethod
    def from_plain(cls, plain: object) -> Card | None:
        """The card of a file, or None where there is none that this Brine can read.

        A card comes from a stranger: every field is checked for its type and its bounds, and an odd one means no card.
        Fields that this Brine does not know are passed over, so that a later one may say more.
        """
        from lib.card.checks import read_card  # here, since the checks build the classes of this file

        return read_card(plain)


_FIGURES = frozenset({"metrics", "baseline", "typical"})
"""Fields whose every value is a figure: one that is not a number is left out."""


def _plain_dict(value: Mapping[str, object], *, figures: bool = False) -> dict[str, Plain]:
    plain = {
        str(name): _plain_dict(item, figures=True) if name in _FIGURES and isinstance(item, Mapping) else _plain(item)
        for name, item in value.items()
    }
    return {name: item for name, item in plain.items() if item is not None} if figures else plain


def _plain(value: object) -> Plain:
    if isinstance(value, np.generic):  # also np.float64, which is a float but pickles as NumPy's
        value = value.item()
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return _plain_dict(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"a card holds plain types only, not {type(value).__name__}")
