"""What a card says about one group of similar customers (a segment), without words: every language can say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from lib.card.bounds import Count, Days, Figure, Key, Name, Share, ShareOfMoney, Text, Within

Operator = Literal["<=", ">", "is", "is_not"]
Statistic = Literal["median", "mean", "share"]

LONGEST_NAME = 40
"""Characters of a segment's name."""
SegmentName = Annotated[str, Text(LONGEST_NAME)]


@dataclass(frozen=True)
class RuleCondition:
    """One condition of the rule that describes a group."""

    column: Name
    operator: Operator
    value: Figure | Name


@dataclass(frozen=True)
class GroupDifference:
    """What sets a group apart in one column: a median, a mean (where medians are the same), or a category's share."""

    column: Name
    here: Figure
    """In the group."""
    overall: Figure
    """Among all customers."""
    category: Name = ""
    statistic: Statistic = "median"


@dataclass(frozen=True)
class GroupLater:
    """What those who were in the group at an earlier cut-off did in the days after it."""

    days: Days
    customers: Count = 0
    """How many they were."""
    bought: Share | None = None
    """The share that ordered; None, like the means, where they were too few."""
    spend: Figure | None = None
    orders: Figure | None = None
    """Means per customer."""


@dataclass(frozen=True)
class Group:
    """One group of similar customers. `number` is what `predict` returns; groups are numbered from 1, by value."""

    number: Annotated[int, Within(0, 10_000)]
    name_key: Key
    """Key of the name in `lib/text` (`segments.name.…`); `suffix` tells two groups with one name apart."""
    suffix: Name = ""
    customers: Count = 0
    share_customers: Share = 0.0
    share_revenue: ShareOfMoney = 0.0
    typical: Mapping[str, Figure] = field(default_factory=dict)
    """Column → median, rounded to three significant digits."""
    rule: tuple[RuleCondition, ...] = ()
    """Conditions that nearly describe the group; all must hold."""
    rule_precision: Share | None = None
    """Of the customers who meet the rule, the share that belongs to the group."""
    rule_recall: Share | None = None
    """Of the group, the share that meets the rule."""
    differences: tuple[GroupDifference, ...] = ()
    """Up to three, the largest first."""
    value_mean: Figure | None = None
    """Mean of what groups are ordered by, rounded to three significant digits …"""
    value_column: Name = ""
    """… and which column that is."""
    later: GroupLater | None = None
    action: Key = ""
    """Text key of what to do with such a group; empty if there is nothing general to say."""
    certainty: Share | None = None
    """Mean probability that a customer would fall into this group if the model had learnt from another sample."""
    name: SegmentName = field(default="", metadata={"sparse": True})
    """What a person called it; without one, the words of `name_key` and `suffix`. Written only where there is one."""
