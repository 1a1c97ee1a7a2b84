"""The model card: what a model says about itself, in plain built-in types that travel inside the pickle.

Everything that a page shows about a model comes from its card, so that a model trained here a minute ago and one
that arrives by mail months later are shown by the same code. No clock time and no customer is in a card: the same
work gives the same card.

`Card` is the contract. `to_plain` writes it as JSON's types (format `brine-card/2`); `from_plain` reads formats 1 and
2, and of a newer one what it understands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal

from lib.card.bounds import AnyPlain, Count, Days, Figure, Key, Moment, Name, Plain, Sha256, Share, Text
from lib.card.evaluation import (
    AnyEvaluation,
    CalibrationBin,
    ColumnEvaluation,
    ColumnImportance,
    DependenceCurve,
    Evaluation,
    FutureEvaluation,
    GainsPoint,
    GroupCandidate,
    GroupsEvaluation,
    Interval,
    LiftBin,
    MonthLater,
    NextOrderEvaluation,
    Peer,
    Threshold,
    TopCount,
)
from lib.card.format_1 import upgraded
from lib.card.group import Group, GroupDifference, GroupLater, RuleCondition
from lib.card.plain import Reader, Unreadable, check_bounded, to_plain
from lib.card.possible import agreeing, possible_evaluation, possible_metrics
from lib.schema import Goal

__all__ = [
    "CARD_ATTRIBUTE",
    "CARD_FORMAT",
    "AnyEvaluation",
    "CalibrationBin",
    "Card",
    "CardColumn",
    "ColumnEvaluation",
    "ColumnImportance",
    "DependenceCurve",
    "Evaluation",
    "FutureEvaluation",
    "GainsPoint",
    "Group",
    "GroupCandidate",
    "GroupDifference",
    "GroupLater",
    "GroupsEvaluation",
    "Interval",
    "Kind",
    "LiftBin",
    "MonthLater",
    "NextOrderEvaluation",
    "Peer",
    "Plain",
    "Privacy",
    "RuleCondition",
    "Threshold",
    "TopCount",
]

CARD_ATTRIBUTE = "brine_card_"
"""The attribute of the fitted pipeline that holds the card as a plain dict."""

CARD_FORMAT = "brine-card/2"
"""Raised when a field changes its meaning or its shape; `lib/card/format_1.py` reads the format before it."""

_FORMAT = re.compile(r"brine-card/([1-9][0-9]{0,3})")
_VERSION = int(CARD_FORMAT.rpartition("/")[2])

MAX_TEST_ROWS = 1_000

Kind = Literal["number", "category", "yes_no", "date"]


@dataclass(frozen=True)
class CardColumn:
    """One column that the model needs, as the training customers had it."""

    name: Name
    kind: Kind
    unit: Name = ""
    low: Figure | None = None
    """The 0.5 and 99.5 percentiles, rounded to three significant digits: never one customer's exact value."""
    high: Figure | None = None
    typical: Figure | None = None
    """The median, rounded likewise."""
    edges: tuple[Figure, ...] = ()
    """Cut points of the deciles, rounded likewise, and `shares`, what lies between them: for drift."""
    shares: tuple[Share, ...] = ()
    categories: tuple[Name, ...] = ()
    """Only those that at least ten customers had; `shares` follows their order."""
    share_missing: Share = 0.0


@dataclass(frozen=True)
class Privacy:
    """What the searches for customers in the model file found."""

    customers_searched: Count | None = None
    """How many customers were looked for …"""
    customers_found: Count | None = None
    """… and of how many something was found."""
    membership_auc: Share | None = None
    """How well an attacker tells customers that the model has seen from others; 0.5 is chance."""
    membership_customers: Count | None = None
    """How many customers took part in that."""
    membership_found: Share | None = None
    """Share of the customers that the likelihood ratio attack finds at 1 % false alarms; 0.01 is chance."""
    changes: tuple[Key, ...] = ()
    """What training changed automatically so that no customer is in the file: `rounded`, `larger_leaves`,
    `column_left_out`, `other_recipe`."""
    left_out: tuple[Name, ...] = ()
    """Columns that it left out for that."""


@dataclass(frozen=True)
class Card:
    """What a model says about itself."""

    goal: Goal
    recipe: Key
    columns: tuple[CardColumn, ...]
    customers: Count
    """How many customers it learnt from."""
    sampled_from: Count = 0
    """Of how many customers these are a sample (every nth, or the smallest hashes of ids); 0 where all took part."""
    target: Name = ""
    classes: tuple[Name, ...] = ()
    cutoff: Moment = ""
    """ISO date: features use orders before it. Empty for a customer table."""
    horizon_days: Days = 0
    period_start: Moment = ""
    period_end: Moment = ""
    currency: Annotated[str, Text(32)] = ""
    metrics: Mapping[str, Figure] = field(default_factory=dict)
    """Measured on the evaluation cutoff or the held-out rows, by the names of `lib/training`."""
    baseline: Mapping[str, Figure] = field(default_factory=dict)
    """The same metrics for the baseline that `baseline_name` names."""
    baseline_name: Name = ""
    evaluation: Evaluation = field(default_factory=Evaluation)
    """Everything measured beyond one figure per metric; its class follows the goal (`EVALUATIONS`)."""
    groups: tuple[Group, ...] = ()
    features: Mapping[str, AnyPlain] = field(default_factory=dict)
    """What `lib/features` needs to compute the same columns again: BTYD parameters, season, …"""
    limits: tuple[Key, ...] = ()
    """Keys of sentences of `lib/text` about what this model should not be used for."""
    settings: Mapping[str, AnyPlain] = field(default_factory=dict)
    versions: Mapping[str, Name] = field(default_factory=dict)
    self_test: Mapping[str, AnyPlain] = field(default_factory=dict)
    """`rows` (synthetic, column → list) and `expected` (method → list): replayed wherever the model is opened."""
    privacy: Privacy = field(default_factory=Privacy)
    pipeline_sha256: Sha256 = ""
    extra: Mapping[str, AnyPlain] = field(default_factory=dict)
    format_version: int = field(default=_VERSION, metadata={"unwritten": True}, compare=False)
    """Of the format that the card was read from."""
    unread: tuple[str, ...] = field(default=(), metadata={"unwritten": True}, compare=False)
    """Paths of what this version did not understand and left out."""

    def __post_init__(self) -> None:
        """A card without an evaluation gets an empty one of its goal's class."""
        if type(self.evaluation) is Evaluation:
            object.__setattr__(self, "evaluation", EVALUATIONS[self.goal]())

    def to_plain(self) -> dict[str, Plain]:
        """The card as JSON types, ready to travel inside the pickle.

        A figure that is not a number (NaN, infinity) is left out of a mapping of figures and is None elsewhere, since
        JSON has no such thing. Raises TypeError for anything that is not a plain type: that is a bug.
        """
        plain = to_plain(replace(self, evaluation=Evaluation()))
        assert isinstance(plain, dict)
        return {"format": CARD_FORMAT, **plain, "evaluation": to_plain(self.evaluation, sparse=True)}

    @classmethod
    def from_plain(cls, plain: object) -> Card | None:
        """The card of a file, or None where there is none that this version can read.

        A card may be untrusted: every field is checked for its type and its bounds. Without a goal that is
        known, the recipe, the columns and the number of customers there is no card; anything else that is not
        understood is left out and noted in `unread`. Fields that this version does not know are passed over, so that a
        newer one may say more.
        """
        try:
            check_bounded(plain)
            return _read(plain)
        except Unreadable:
            return None

    @property
    def self_test_rows(self) -> int:
        """Number of generated rows of the self-test."""
        rows = self.self_test.get("rows")
        first = next(iter(rows.values()), []) if isinstance(rows, dict) else []
        return len(first) if isinstance(first, list) else 0

    @property
    def is_newer(self) -> bool:
        """Whether it was written by a version of Brine with a later card format."""
        return self.format_version > _VERSION


EVALUATIONS: Mapping[Goal, type[AnyEvaluation]] = {
    "groups": GroupsEvaluation,
    "buy_again": FutureEvaluation,
    "spend": FutureEvaluation,
    "orders": FutureEvaluation,
    "next_order": NextOrderEvaluation,
    "target": ColumnEvaluation,
}
"""The class of each goal's evaluation."""


def _read(plain: object) -> Card:
    found = _FORMAT.fullmatch(str(plain.get("format"))) if isinstance(plain, dict) else None
    if found is None or not isinstance(plain, dict):
        raise Unreadable("format")
    version = int(found[1])
    if version == 1:
        plain = upgraded(plain)
    reader = Reader()
    card = reader.read(Card, {name: item for name, item in plain.items() if name != "evaluation"})
    listed = plain.get("columns")
    if not isinstance(listed, list) or len(card.columns) != len(listed):
        raise Unreadable("columns")  # without its description, a column that the model needs would not be asked for
    names = [column.name for column in card.columns]
    if len(set(names)) != len(names):
        raise Unreadable("columns")
    card = replace(card, evaluation=_evaluation(card.goal, plain.get("evaluation", {}), reader))
    card = _consistent(card, reader)
    return replace(card, format_version=version, unread=tuple(reader.unread))


def _evaluation(goal: Goal, plain: object, reader: Reader) -> Evaluation:
    of = EVALUATIONS[goal]
    try:
        return reader.read(of, plain, "evaluation")
    except Unreadable:
        reader.note("evaluation")
        return of()


def _consistent(card: Card, reader: Reader) -> Card:
    """The card without parts that contradict each other."""
    columns = tuple(_consistent_column(column, f"columns.{at}", reader) for at, column in enumerate(card.columns))
    changes: dict[str, object] = {"columns": columns}
    numbers = [group.number for group in card.groups]
    if len(set(numbers)) != len(numbers):
        changes["groups"] = ()
        reader.note("groups")
    if card.period_start and card.period_end and card.period_start > card.period_end:
        changes |= {"period_start": "", "period_end": ""}
        reader.note("period_start")
    if not _is_self_test(card.self_test):
        changes["self_test"] = {}
        reader.note("self_test")
    impossible: list[str] = []
    if card.sampled_from and card.sampled_from < card.customers:
        changes["sampled_from"] = 0
        impossible.append("sampled_from")
    evaluation = possible_evaluation(card.evaluation, impossible)
    metrics, evaluation = agreeing(possible_metrics(card.metrics, "metrics", impossible), evaluation, impossible)
    changes |= {"metrics": metrics, "evaluation": evaluation}
    changes["baseline"] = possible_metrics(card.baseline, "baseline", impossible)
    for path in impossible:
        reader.note(path)
    return replace(card, **changes)  # type: ignore[arg-type]


def _consistent_column(column: CardColumn, path: str, reader: Reader) -> CardColumn:
    changes: dict[str, object] = {}
    if column.low is not None and column.high is not None and column.low > column.high:
        changes |= {"low": None, "high": None}
        reader.note(f"{path}.low")
    repeated = len(set(column.categories)) != len(column.categories)
    parts = len(column.categories) if column.kind == "category" else len(column.edges)
    places = column.kind in ("category", "number") and column.shares and abs(len(column.shares) - parts) > 1
    if repeated or places or sum(column.shares) > 1.01 or list(column.edges) != sorted(column.edges):
        changes |= {"edges": (), "shares": (), "categories": () if repeated else column.categories}
        reader.note(f"{path}.shares")
    return replace(column, **changes) if changes else column  # type: ignore[arg-type]


def _is_self_test(entries: Mapping[str, Plain]) -> bool:
    """Whether it is empty, or `rows` (column → list) and `expected` (method → list), all lists of one length."""
    if not entries:
        return True
    rows, expected = entries.get("rows"), entries.get("expected")
    if not isinstance(rows, dict) or not isinstance(expected, dict) or not rows or not expected:
        return False
    lists = [*rows.values(), *expected.values()]
    lengths = {len(items) if isinstance(items, list) else -1 for items in lists}
    cells = [cell for items in rows.values() if isinstance(items, list) for cell in items]
    return (
        len(lengths) == 1
        and 0 <= max(lengths) <= MAX_TEST_ROWS
        and not any(isinstance(cell, list | dict) for cell in cells)
    )
