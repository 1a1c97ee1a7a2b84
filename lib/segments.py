"""Descriptions of groups of similar customers: names, sizes, profiles, rules and plain sentences.

A description travels in the card without words (`lib.card.Group`), so that every language can say it.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score
from sklearn.tree import DecisionTreeClassifier

from lib import text
from lib.card import Card, Group, GroupDifference, GroupLater, RuleCondition
from lib.card.group import LONGEST_NAME, Operator, Statistic
from lib.errors import UserError
from lib.parsing.rounding import round_significant
from lib.safe_text import visible
from lib.text import day, knows, number, say

MARKED = "segments.name.marked_by"
"""The name of a segment that is by_column from others by its columns, which stand in its suffix."""

RFM = ("recency_days", "frequency_orders", "monetary_total")
"""Days since the last order, number of orders, money spent: the columns that names are about."""

Difference = tuple[str, str, float, float, Statistic]
"""Column, category or "", value in the segment, value overall, and the statistic."""
_LATELY = re.compile(r"spend_(\d{1,5})_days")
"""Pattern for names of columns of spend in the last n days."""

Condition = tuple[str, Operator, float | str]
"""Column, op (`<=`, `>`, `is`, `is_not`), value."""

MIN_RULE_CUSTOMERS = 10
"""No rule is given that fewer customers meet."""

# --------------------------------------------------------------------------------------------------- the names


@dataclass(frozen=True)
class Name:
    """What a group may be called: `segments.name.<key>`, and what to do: `segments.action.<key>`.

    `recent`, `often` and `much` say where such customers stand among all, 0 to 1: recent 1 is the latest order,
    often 1 the most orders, much 1 the most money. The rest says what must be true of them; None says nothing.
    """

    key: str
    recent: float
    often: float
    much: float
    once: bool | None = None
    """Whether the typical customer has one order only."""
    away: bool | None = None
    """Whether they have stayed away: further behind than half of all, or than their own usual gap."""
    many: bool | None = None
    """Whether the typical customer has more orders than it takes to make a habit."""
    baskets: str = ""
    """`large`: they stand higher by money than by orders; `small`: lower."""


NAMES: tuple[Name, ...] = (
    Name("best", 0.85, 0.90, 0.92, once=False, away=False),
    Name("regulars", 0.75, 0.72, 0.70, once=False, away=False),
    Name("big_baskets", 0.50, 0.45, 0.85, baskets="large"),
    Name("small_baskets", 0.65, 0.70, 0.45, once=False, baskets="small"),
    Name("solid", 0.50, 0.55, 0.60, once=False),
    Name("growing", 0.82, 0.58, 0.52, once=False, away=False, many=False),
    Name("new", 0.85, 0.20, 0.22, once=True, away=False),
    Name("now_and_then", 0.62, 0.40, 0.38),
    Name("modest", 0.60, 0.35, 0.22),
    Name("slipping", 0.35, 0.70, 0.72, once=False, away=True),
    Name("lost_best", 0.20, 0.88, 0.90, once=False, away=True),
    Name("quiet", 0.25, 0.45, 0.48, once=False, away=True),
    Name("quiet_big", 0.25, 0.25, 0.72, away=True, baskets="large"),
    Name("once", 0.24, 0.25, 0.25, once=True, away=True),
    Name("gone", 0.08, 0.16, 0.16, away=True),
)
"""Every name for groups of an order history. Each group gets the name whose place is nearest to its own, and no name
is given twice, so a name may come from further away where two groups are neighbours."""

WRONG_CLAIM_PENALTY = 1.0
"""Distance added to a name for each untrue thing that it says about the group."""

HABIT_ORDERS = 12
"""With more orders than these a habit is made."""

OVERDUE_GAPS = 2.0
"""Customers without an order for this many of their typical gaps are overdue."""


def names_of(standing: pd.DataFrame) -> tuple[tuple[Name, str], ...]:
    """A name and a suffix per group, no pair twice: the whole of all distances is as small as can be.

    `standing` as `standing_of` makes it. The suffix is empty unless there are more groups than names.
    """
    spots = np.array([[name.recent, name.often, name.much] for name in NAMES])
    places = standing[["recent", "often", "much"]].to_numpy()
    distance = np.sqrt(((places[:, None] - spots[None]) ** 2).sum(axis=2))
    leaning = (standing["much"] - standing["often"]).to_numpy()
    for column, name in enumerate(NAMES):
        if name.once is not None:
            distance[:, column] += WRONG_CLAIM_PENALTY * (standing["once"].to_numpy() != name.once)
        if name.away is not None:
            distance[:, column] += WRONG_CLAIM_PENALTY * (standing["away"].to_numpy() != name.away)
        if name.many is not None:
            distance[:, column] += WRONG_CLAIM_PENALTY * (standing["many"].to_numpy() != name.many)
        if name.baskets:
            distance[:, column] += WRONG_CLAIM_PENALTY * ((leaning if name.baskets == "large" else -leaning) < 0.05)
    # A second round of the same names, dearer than any first.
    rounds = -(-len(standing) // len(NAMES))
    costs = np.concatenate([distance + 10 * turn for turn in range(rounds)], axis=1)
    _, chosen = linear_sum_assignment(costs)
    return tuple((NAMES[at % len(NAMES)], "" if at < len(NAMES) else str(at // len(NAMES) + 1)) for at in chosen)


def standing_of(features: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Where each group stands among all, from the RFM columns: `recent`, `often`, `much`, `once`, `many`, `away`.

    The first three are mean shares of customers behind. How recent also counts days: where most customers are long
    gone, being ahead of them does not make an order recent.
    """
    recency = features["recency_days"]
    longest = max(float(recency.quantile(0.95)), 1.0)
    standing = pd.DataFrame(
        {
            "recent": (recency.rank(pct=True, ascending=False) + (1 - recency / longest).clip(lower=0)) / 2,
            "often": features["frequency_orders"].rank(pct=True),
            "much": features["monetary_total"].rank(pct=True),
        }
    )
    means = standing.groupby(groups).mean()
    typical = features[list(RFM)].groupby(groups).median()
    # With this number of orders in the time that the log spans, the typical gap is at most this.
    gap = float(recency.max()) / typical["frequency_orders"].clip(lower=1)
    overdue = (typical["frequency_orders"] >= 3) & (typical["recency_days"] > OVERDUE_GAPS * gap)
    return means.assign(
        recent=(means["recent"] - 0.3 * overdue).clip(lower=0),
        once=typical["frequency_orders"] <= 1,
        many=typical["frequency_orders"] > HABIT_ORDERS,
        away=overdue | (means["recent"] < 0.45),
    )


# ------------------------------------------------------------------------------------------------ what they are


@dataclass(frozen=True)
class Later:
    """What customers did in the days after an earlier cutoff, with the group they were in at that cutoff."""

    days: int
    groups: pd.Series
    happened: pd.DataFrame
    """`bought`, `spend`, `orders`, of the same customers."""


@dataclass(frozen=True)
class Profile:
    """Everything known about grouped customers; all of the same customers, in the same order."""

    features: pd.DataFrame
    """What the model sees, and for names the RFM columns; numbers, yes/no, dates and categories as they come."""
    groups: pd.Series
    value: pd.Series
    """What groups are ordered by and whose sum is shared out as revenue."""
    certainty: pd.Series
    value_column: str = ""
    later: Later | None = None
    names: tuple[str, ...] = ()
    """Keys of `NAMES`, by the groups' numbers, where the groups have been given names already."""
    seen: tuple[str, ...] = ()
    """The columns that the model sees, which rules are made of; empty: all of `features`."""


def describe_groups(profile: Profile) -> tuple[Group, ...]:
    """The groups with everything that is to be said about them, by number."""
    features, groups = profile.features, profile.groups
    numbers = sorted(int(one) for one in groups.unique())
    if profile.names:
        named = [(f"segments.name.{profile.names[one - 1]}", "") for one in numbers]
    else:
        named = _named(features, groups, numbers, profile.seen)
    worded = _in_words(features)
    matrix = _matrix(worded[list(profile.seen)] if profile.seen else worded)
    total = float(profile.value.sum())
    described = []
    for one, (key, suffix) in zip(numbers, named, strict=True):
        inside = groups == one
        rule, precision, recall = _rule(matrix, inside)
        later = _later(profile.later, one)
        described.append(
            Group(
                number=one,
                name_key=key,
                suffix=suffix,
                customers=int(inside.sum()),
                share_customers=round(float(inside.mean()), 4),
                share_revenue=round(float(profile.value[inside].sum()) / total, 4) if total > 0 else 0.0,
                typical={
                    str(column): round_significant(float(features.loc[inside, column].median()))
                    for column in features.columns
                    if pd.api.types.is_numeric_dtype(features[column])
                    and not pd.api.types.is_bool_dtype(features[column])
                    and features.loc[inside, column].notna().any()
                },
                rule=rule,
                rule_precision=precision,
                rule_recall=recall,
                differences=_differences(worded, inside),
                value_mean=round_significant(float(profile.value[inside].mean())),
                value_column=profile.value_column,
                later=later,
                action=_action(key, later, _orders_of(features, inside)),
                certainty=round(float(profile.certainty[inside].mean()), 3),
            )
        )
    return tuple(described)


STILL_BUYING, HARDLY_BUYING, UNSTEADY = 0.3, 0.1, 0.2
"""Shares of a segment that ordered again later: from the first on, and below the second, the advice of its name is
replaced; below the third, where that advice says that they order steadily or often."""
_GIVEN_UP = ("gone", "once", "quiet", "quiet_big")
"""Names whose advice is to spend little on a segment, or to win it back."""
_EXPECTED_TO_BUY = ("best", "regulars", "growing", "new", "solid", "small_baskets")
"""Names whose advice takes further orders for granted."""
_STEADY = ("solid", "small_baskets")
SEVERAL_ORDERS = 5
"""With so many orders, customers have more than started to reorder."""


def _action(name_key: str, later: GroupLater | None, orders: float | None = None) -> str:
    """The text key of the advice: that of the name, unless a figure of the segment contradicts it: what its customers
    did later, or the number of `orders` of the typical one."""
    name = _by_orders(name_key.rsplit(".", 1)[-1], orders)
    if later is not None and later.bought is not None:
        if name in _GIVEN_UP and later.bought >= STILL_BUYING:
            name = f"still_buying_{name}"
        elif name == "reordering" and later.bought < HARDLY_BUYING:
            name = "hardly_buying_regulars"
        elif name in _EXPECTED_TO_BUY and later.bought < (UNSTEADY if name in _STEADY else HARDLY_BUYING):
            name = f"hardly_buying_{name}"
    action = f"segments.action.{name}"
    return action if knows(text.DEFAULT_LANGUAGE, action) else ""


def _orders_of(features: pd.DataFrame, inside: pd.Series) -> float | None:
    """Orders of the segment's typical customer, in an order history."""
    return float(features.loc[inside, "frequency_orders"].median()) if "frequency_orders" in features.columns else None


def _by_orders(name: str, orders: float | None) -> str:
    """The name whose advice fits the number of orders: a name is the nearest that was free, not always a true one."""
    if orders is None or name not in ("growing", "new", "once"):
        return name
    if name == "once":
        return "once" if orders <= 1 else "quiet"
    if orders <= 1:
        return "new"
    return "growing" if orders < SEVERAL_ORDERS else "reordering"


def _named(
    features: pd.DataFrame, groups: pd.Series, numbers: Sequence[int], seen: Sequence[str]
) -> list[tuple[str, str]]:
    if set(RFM) <= set(features.columns):
        standing = standing_of(features, groups).loc[list(numbers)]
        return [(f"segments.name.{name.key}", suffix) for name, suffix in names_of(standing)]
    return _by_columns(_in_words(features), groups, numbers, seen)


def _by_columns(
    features: pd.DataFrame, groups: pd.Series, numbers: Sequence[int], seen: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Names of groups of any table: the columns that set each apart, as many as it takes to tell it from all others.

    The words of such a name are column names and arrows, the same in every language: they are the suffix. Of two
    groups that differ in degree alone, the one further from the overall value gets a second arrow. Where the model sees
    few numbers, the name gives the level of each, and the age where it differs much: that says who they are.
    """
    levels = [name for name in seen if pd.api.types.is_numeric_dtype(features[name])]
    levels = levels if 0 < len(levels) <= MAX_LEVELS and len(levels) == len(seen) else []
    differences = {one: _largest_differences(features, groups == one) for one in numbers}
    marks = {one: [_mark(some) for some in differences[one]] for one in numbers}
    least = dict.fromkeys(numbers, 1)
    if not levels and seen:
        least = {one: max(1, len(_largest_differences(features, groups == one, MIN_CONTEXT)[:2])) for one in numbers}
    if levels:
        rest = features.drop(columns=levels)
        for one in numbers:
            others = _largest_differences(rest, groups == one, least=MIN_CONTEXT)
            age = [
                _mark(other) for other in others if not other[1] and (_AGE.search(other[0]) or _BIRTH.search(other[0]))
            ]
            here = [_level(features[name], groups == one) for name in levels]
            marks[one] = [*age, *here, *(_mark(other) for other in others if _mark(other) not in age)]
            least[one] = len(age) + len(here)
    named: dict[int, tuple[str, str]] = {}
    for one in numbers:
        words = _fewest(marks[one], [marks[other] for other in numbers if other != one], least[one])
        alike = [other for other in numbers if set(marks[other]) == set(marks[one])]
        place = sorted(alike, key=lambda other: -_apart(differences[other])).index(one)
        if len(alike) == 2 and words and words[0][-1] in "↑↓":
            words = [words[0] + words[0][-1] if place == 0 else words[0], *words[1:]]
        elif place > 0:
            words = [*words[:-1], f"{words[-1] if words else ''} ({place + 1})".strip()]
        key = MARKED if marks[one] else "segments.name.ordinary"
        named[one] = (key, ", ".join(words) if marks[one] else ", ".join(words).strip("()"))
    return [named[one] for one in numbers]


MAX_LEVELS = 3
"""With more columns than these, a name that gives the level of each is too long."""
MIN_LEVEL = 0.12
"""By how much the mean rank in a segment must differ from the overall one for its level to be called high or low."""
MIN_CONTEXT = 0.12
"""… and for a column that the model does not see to be part of a name."""


def _level(values: pd.Series, inside: pd.Series) -> str:
    """The mark of a number whatever its level: high, low, or about average."""
    apart = float(values.rank(pct=True)[inside].mean() - values.rank(pct=True).mean())
    return f"{values.name} {'≈' if abs(apart) < MIN_LEVEL else '↑' if apart > 0 else '↓'}"


def _fewest(marks: list[str], others: Sequence[list[str]], least: int = 1) -> list[str]:
    """The first marks of a group, as many as it takes for no other group to have the same, and at least so many."""
    for length in range(least, len(marks)):
        if all(set(marks[:length]) != set(other[:length]) for other in others):
            return marks[:length]
    return marks if all(set(marks) != set(other) for other in others) else marks[:least]


def _mark(difference: Difference) -> str:
    column, category, here, everybody, _ = difference
    if category and here > everybody:
        return f"{column} = {category}"
    return f"{column} {category} {'↑' if here > everybody else '↓'}".replace("  ", " ")


def _apart(differences: Sequence[Difference]) -> float:
    """How far a segment is from the overall value in its most distinctive column."""
    if not differences:
        return 0.0
    _, _, here, everybody, _ = differences[0]
    return abs(here - everybody) / max(abs(everybody), 1e-9)


def _in_words(features: pd.DataFrame) -> pd.DataFrame:
    """The same with columns of zeros and ones as words: "member is 1" says more than "member over 0"."""
    flags = [
        name
        for name in features.columns
        if pd.api.types.is_numeric_dtype(features[name])
        and not pd.api.types.is_bool_dtype(features[name])
        and set(features[name].dropna().unique()) == {0, 1}
    ]
    return features.assign(**{name: features[name].map({0: "0", 1: "1"}).astype("str") for name in flags})


def _differences(features: pd.DataFrame, inside: pd.Series) -> tuple[GroupDifference, ...]:
    return tuple(
        GroupDifference(column, here, everybody, category, statistic)
        for column, category, here, everybody, statistic in _largest_differences(features, inside)
    )


def _largest_differences(features: pd.DataFrame, inside: pd.Series, least: float = 0.02) -> list[Difference]:
    """The three columns in which the segment differs most from all customers, and by at least so much.

    How far a number differs is the difference of the mean ranks; of a category or a yes, the difference of the shares.
    """
    found: list[tuple[float, Difference]] = []
    for column in features.columns:
        values = features[column]
        if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            ranks = values.rank(pct=True)
            apart = abs(float(ranks[inside].mean() - ranks.mean()))
            here, everybody = float(values[inside].median()), float(values.median())
            how: Statistic = "median"
            if here == everybody:
                here, everybody, how = float(values[inside].mean()), float(values.mean()), "mean"
            if np.isfinite(apart) and np.isfinite(here) and here != everybody:
                found.append((apart, (str(column), "", round_significant(here), round_significant(everybody), how)))
        elif not pd.api.types.is_datetime64_any_dtype(values):
            words = values.astype("str")
            shares = words.value_counts() / max(len(words), 1)
            common = shares[shares * len(words) >= MIN_RULE_CUSTOMERS]
            if len(common):
                gap = (words[inside].value_counts() / max(int(inside.sum()), 1)).reindex(common.index).fillna(
                    0
                ) - common
                # Of two answers one gains what the other loses: what there is more of here is named.
                widest = gap[gap.abs() >= gap.abs().max() - 1e-9]
                category = str(widest.idxmax())
                here, everybody = float(common[category] + gap[category]), float(common[category])
                if round(here, 3) != round(everybody, 3):
                    # Half the gap: a rank moves by at most one half, a share by one.
                    widest_gap: Difference = (str(column), category, round(here, 3), round(everybody, 3), "share")
                    found.append((abs(gap[category]) / 2, widest_gap))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [one for apart, one in found[:3] if apart > least]


def _later(later: Later | None, one: int) -> GroupLater | None:
    if later is None:
        return None
    here = later.happened[later.groups == one]
    if len(here) < MIN_RULE_CUSTOMERS:
        return GroupLater(later.days, len(here))
    return GroupLater(
        later.days,
        len(here),
        bought=round(float(here["bought"].mean()), 3),
        spend=round_significant(float(here["spend"].mean())),
        orders=round(float(here["orders"].mean()), 2),
    )


# ------------------------------------------------------------------------------------------------------ the rules


def _matrix(features: pd.DataFrame) -> pd.DataFrame:
    """The columns as a tree can split them: numbers as they are, a 0/1 column `(column, category)` per category."""
    columns: dict[tuple[str, str], pd.Series] = {}
    for column in features.columns:
        values = features[column]
        if pd.api.types.is_datetime64_any_dtype(values):
            columns[str(column), ""] = (values - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)
        elif pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            columns[str(column), ""] = values.astype("float64")
        else:
            words = values.astype("str")
            counts = words.value_counts()
            for category in sorted(counts[counts >= MIN_RULE_CUSTOMERS].index)[:50]:
                columns[str(column), str(category)] = (words == category).astype("float64")
    return pd.DataFrame(columns, index=features.index)


def tree_right(features: pd.DataFrame, groups: pd.Series, seed: int = 0) -> float:
    """Of customers it has not seen, the share that a decision tree of depth 3 puts into the right group."""
    matrix = _matrix(features).to_numpy()
    fold = np.random.default_rng(seed).integers(0, 3, len(matrix))
    right = 0
    for part in range(3):
        tree = DecisionTreeClassifier(max_depth=3, min_samples_leaf=MIN_RULE_CUSTOMERS, random_state=seed)
        tree.fit(matrix[fold != part], groups[fold != part])
        right += int((tree.predict(matrix[fold == part]) == groups[fold == part]).sum())
    return right / len(matrix)


def _rule(matrix: pd.DataFrame, inside: pd.Series) -> tuple[tuple[RuleCondition, ...], float, float]:
    """The leaf of a tree of depth 3 that tells this group best from all others, in rounded conditions; its precision
    and its recall."""
    tree = DecisionTreeClassifier(
        max_depth=3, min_samples_leaf=MIN_RULE_CUSTOMERS, class_weight="balanced", random_state=0
    ).fit(matrix.to_numpy(), inside)
    best: tuple[float, list[Condition], float, float] = (-1.0, [], 0.0, 0.0)
    for path in _paths(tree, matrix):
        meets = np.ones(len(matrix), dtype=bool)
        for column, op, value in path:
            meets &= _meets(matrix, column, op, value)
        both = float((meets & inside).sum())
        if meets.sum() < MIN_RULE_CUSTOMERS or both == 0:
            continue
        right, covers = both / float(meets.sum()), both / float(inside.sum())
        harmony = 2 * right * covers / (right + covers)
        if harmony > best[0] + 1e-9:
            best = (harmony, path, right, covers)
    conditions = tuple(RuleCondition(column, op, value) for column, op, value in best[1])
    return conditions, round(best[2], 3), round(best[3], 3)


def _meets(matrix: pd.DataFrame, column: str, op: str, value: float | str) -> np.ndarray:
    if op in ("is", "is_not"):
        return (matrix[column, value] > 0.5).to_numpy() == (op == "is")
    cells = matrix[column, ""].to_numpy()
    return cells <= value if op == "<=" else cells > value


def _paths(tree: DecisionTreeClassifier, matrix: pd.DataFrame) -> list[list[Condition]]:
    """The way to every leaf that is mostly this group; of one column and side only the narrowest condition."""
    nodes = tree.tree_
    yes = list(tree.classes_).index(True)
    found: list[list[Condition]] = []

    def walk(node: int, so_far: list[Condition]) -> None:
        if nodes.children_left[node] < 0:
            if np.argmax(nodes.value[node][0]) == yes and so_far:
                found.append(_narrowest(so_far))
            return
        column, category = matrix.columns[nodes.feature[node]]
        cut = float(nodes.threshold[node])
        if category:
            left: Condition = (column, "is_not", category)
            right: Condition = (column, "is", category)
        else:
            left, right = (column, "<=", _cut(cut)), (column, ">", _cut(cut))
        walk(nodes.children_left[node], [*so_far, left])
        walk(nodes.children_right[node], [*so_far, right])

    walk(0, [])
    return found


def _cut(value: float) -> float:
    # A count splits at 2.5: "more than 2" and "at most 2" say the same in whole words.
    return float(np.floor(value)) if abs(value) < 20 and (value * 2) % 2 == 1 else round_significant(value)


def _narrowest(path: list[Condition]) -> list[Condition]:
    kept: dict[tuple[str, str, str], Condition] = {}
    for column, op, value in path:
        if op in ("<=", ">"):
            before = kept.get((column, op, ""))
            if before is not None:
                value = min(before[2], value) if op == "<=" else max(before[2], value)  # type: ignore[type-var]
            kept[column, op, ""] = (column, op, value)
        else:
            kept[column, op, str(value)] = (column, op, value)
    # "is A" makes "is not B" superfluous.
    known = {column for column, op, _ in kept.values() if op == "is"}
    return [one for one in kept.values() if not (one[1] == "is_not" and one[0] in known)]


# ------------------------------------------------------------------------------------------------- in plain words


def group_name(language: str, group: Group) -> str:
    """The name that a person gave a group, else its name in that language; of a name that this version does not know,
    its number."""
    return visible(group.name).strip() or default_name(language, group)


def default_name(language: str, group: Group) -> str:
    """The name that Brine gives a group in that language."""
    if group.name_key == MARKED and group.suffix:
        return _marks_in_words(language, group.suffix)
    unnamed = say(language, "card.group_unnamed", number=group.number)
    name = text.label(language, group.name_key, unnamed)
    return f"{name} {group.suffix}" if group.suffix else name


_CONTACT = re.compile(r"\S@\S|(?:\d[\s().+/-]*){7}")
"""An e-mail address or a telephone number inside a name."""
MIN_ID = 4
"""Characters of a word from which on it counts as a customer's id: shorter ones are also ordinary words."""


def renamed(card: Card, wanted: Mapping[int, str], customers: Collection[str] = ()) -> Card:
    """The card with the names that a person gave, by segment number; an empty one, or Brine's own, takes a name away.

    `customers`: ids that no name may contain, since names are written into the model file. Raises
    UserError("segments.rename.…") for a name that is too long, personal, or another segment's in any language.
    """
    groups = []
    for group in card.groups:
        name = " ".join(visible(wanted.get(group.number, group.name)).split())
        if name in {default_name(language, group) for language in text.LANGUAGES}:
            name = ""
        if len(name) > LONGEST_NAME:
            raise UserError("segments.rename.too_long", name=name, longest=LONGEST_NAME)
        words = {name, *re.findall(r"[\w-]+", name)}
        if name and (_CONTACT.search(name) or any(len(word) >= MIN_ID and word in customers for word in words)):
            raise UserError("segments.rename.personal", name=name)
        groups.append(replace(group, name=name))
    shown: dict[str, int] = {}
    for group in groups:
        names = {group_name(language, group).casefold(): language for language in text.LANGUAGES}
        for name, language in names.items():
            if shown.setdefault(name, group.number) != group.number:
                raise UserError("segments.rename.taken", name=group_name(language, group))
    return replace(card, groups=tuple(groups))


_AGE = re.compile(r"(?i)(^|[^a-z])(age|edad)([^a-z]|$)")
"""Pattern for names of columns with ages, which have words of their own."""
_BIRTH = re.compile(r"(?i)(birth|born|nacim)")
"""… and of columns with dates or years of birth, where a low value is an old customer."""
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_MARK = re.compile(r"(.+) (↑↑|↑|↓↓|↓|≈)")


def _marks_in_words(language: str, marks: str) -> str:
    """The marks of a segment as words: "age ↓, income ↑↑" → "Younger, very high income"."""
    words = []
    for mark in marks.split(", "):
        found = _MARK.fullmatch(mark)
        if found is None:
            words.append(mark)
            continue
        column, arrows = found[1], found[2]
        way = ("very_" if len(arrows) > 1 else "") + {"↑": "high", "↓": "low", "≈": "average"}[arrows[0]]
        if _BIRTH.search(column):
            way = way.replace("low", "old").replace("high", "low").replace("old", "high")
        if _AGE.search(column) or _BIRTH.search(column):
            words.append(say(language, f"segments.mark.age_{way}"))
        else:
            words.append(say(language, f"segments.mark.{way}", column=_spoken(column)))
    name = ", ".join(words)
    return name[:1].upper() + name[1:]


def _spoken(column: str) -> str:
    """A column's name inside a phrase: without units in brackets or underscores, in lower case unless it is an
    abbreviation or has capitals inside."""
    name = " ".join(_IN_BRACKETS.sub("", column).replace("_", " ").split()) or column
    return " ".join(word.lower() if word[1:].islower() else word for word in name.split(" "))


def rule_in_words(language: str, group: Group, kinds: Mapping[str, str] | None = None) -> str:
    """The rule of a group as a phrase: "last order more than 140 days ago and at most 2 orders"; "" without one.

    `kinds` (column → kind, as on the card) tells which columns are dates.
    """
    by_column: dict[str, list[RuleCondition]] = {}
    for one in group.rule:
        numeric = one.operator in ("<=", ">")
        by_column.setdefault(one.column if numeric else f"{one.column} {one.operator} {one.value}", []).append(one)
    phrases = [_phrase(language, some, kinds or {}) for some in by_column.values()]
    return say(language, "segments.and").join(phrases)


def _phrase(language: str, conditions: Sequence[RuleCondition], kinds: Mapping[str, str]) -> str:
    """One condition, or the two ends of one column as one phrase."""
    column = conditions[0].column
    ends = {one.operator: one.value for one in conditions}
    word = (
        "between" if len(ends) > 1 else {"<=": "at_most", ">": "over", "is": "is", "is_not": "is_not"}[next(iter(ends))]
    )
    names = {">": "low", "<=": "high"} if len(ends) > 1 else dict.fromkeys(ends, "value")
    values = {names[op]: value for op, value in ends.items()}
    special = f"segments.if.{column}_{word}"
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values.values()):
        figures = {name: float(str(value)) for name, value in values.items()}
        if lately := _LATELY.fullmatch(column):
            return say(language, f"segments.if.spend_lately_{word}", days=float(lately[1]), **figures)
        if column.endswith("_days"):
            figures = {name: float(round(value)) for name, value in figures.items()}
        if kinds.get(column) == "date" and all(-700_000 < value < 2_900_000 for value in figures.values()):
            epoch = pd.Timestamp("1970-01-01")
            days = {name: day(language, (epoch + pd.Timedelta(days=value)).date()) for name, value in figures.items()}
            return say(language, f"segments.if.date_{word}", column=label(language, column), **days)
        if knows(language, special):
            return say(language, special, **figures)
        return say(language, f"segments.if.{word}", column=label(language, column), **figures)
    words = {name: str(value) for name, value in values.items()}
    return say(language, f"segments.if.{word}", column=label(language, column), **words)


def label(language: str, column: str) -> str:
    """What a column is called inside a phrase: one of Brine's own in plain words, any other as its table calls it."""
    if lately := _LATELY.fullmatch(column):
        return say(language, "segments.column.spend_lately", days=float(lately[1]))
    for key in (f"segments.column.{column}", f"features.name.{column}"):
        if knows(language, key):
            words = say(language, key)
            return words if key.startswith("segments") else words[:1].lower() + words[1:]
    return column


def _written(language: str, column: str, value: float) -> str:
    """A typical value with the digits that it deserves: days are whole, large numbers too."""
    if abs(value) >= 100 or (column.endswith("_days") and abs(value) >= 1):
        return number(language, value, "0f")
    return number(language, round(value, 1) if abs(value) >= 10 else value)


def differences_in_words(language: str, group: Group) -> tuple[str, ...]:
    """The distinctive columns of a segment, one phrase each: "orders: 12 (overall: 2)"."""
    phrases = []
    for one in group.differences:
        column, category = one.column, one.category
        ends = [
            number(language, value, "percent") if category else _written(language, column, value)
            for value in (one.here, one.overall)
        ]
        mean = one.statistic == "mean"
        phrases.append(
            say(
                language,
                f"segments.differs{'_category' if category else '_mean' if mean else ''}",
                column=label(language, column),
                category=category,
                here=ends[0],
                everybody=ends[1],
            )
        )
    return tuple(phrases)


def advice_in_words(language: str, group: Group) -> str:
    """What to do with a segment, with the figures of its own that the advice rests on; "" without one."""
    advice = text.label(language, group.action, "") if group.action else ""
    name, later = group.action.rsplit(".", 1)[-1], group.later
    if name in ("marked_by", "ordinary"):
        kind, named = _kind(group)
        phrases = differences_in_words(language, replace(group, differences=named))
        if not phrases:
            return advice
        marked = say(language, f"segments.advice.{kind}", differences=list(phrases))
        worth = _worth(language, group)
        return f"{marked} {worth}" if worth else marked
    overruled = name.startswith(("still_buying", "hardly_buying"))
    if advice and overruled and later is not None and later.bought is not None:
        reason = say(language, "segments.advice.bought", bought=later.bought, days=float(later.days))
        return f"{reason} {advice}"
    return advice


Kind = Literal["age", "category", "rarer_category", "high", "low", "other"]
"""What kind of differences the advice for a segment rests on: the keys of `segments.advice`."""


def _kind(group: Group) -> tuple[Kind, tuple[GroupDifference, ...]]:
    """What can be done about what sets a segment apart, and the differences that the advice names.

    What to do about high and low values depends on what the segment is worth: who contributes more than their share is
    not held back by anything, and who contributes less has little to build on.
    """
    if not group.differences:
        return "other", ()
    first = group.differences[0]
    if first.category:
        kind: Kind = "category" if first.here > first.overall else "rarer_category"
        return kind, (first,)
    if _AGE.search(first.column) or _BIRTH.search(first.column):
        return "age", (first,)
    numbers = tuple(one for one in group.differences if not one.category)
    high = tuple(one for one in numbers if one.here > one.overall)
    low = tuple(one for one in numbers if one.here < one.overall)
    worth = _ratio(group)
    if first in high and (worth is None or worth >= CLEARLY_LESS):
        return "high", high
    if first in low and (worth is None or worth <= CLEARLY_LESS):
        return "low", low
    if worth is not None and worth >= CLEARLY_MORE and high:
        return "high", high
    return "other", group.differences


CLEARLY_MORE, CLEARLY_LESS = 1.2, 0.8
"""Share of the value over share of the customers, from which on, and below which, contact may cost more, or little."""


def _worth(language: str, group: Group) -> str:
    """How much a contact may cost, by what the segment contributes; "" where it contributes its share."""
    ratio = _ratio(group)
    if ratio is None:
        return ""
    if CLEARLY_LESS <= ratio <= CLEARLY_MORE:
        return ""
    key = "worth_more" if ratio > 1 else "worth_less"
    facts = {"share": group.share_revenue, "customers": group.share_customers}
    return say(language, f"segments.advice.{key}", column=label(language, group.value_column), **facts)


def _ratio(group: Group) -> float | None:
    """The segment's share of the value over its share of the customers; None where either is unknown."""
    if not group.value_column or group.share_revenue <= 0 or group.share_customers <= 0:
        return None
    return group.share_revenue / group.share_customers


TYPICAL_SHOWN = 4
"""Number of columns named in the description of a typical customer."""


def typical_in_words(language: str, group: Group) -> tuple[str, ...]:
    """The typical customer of a group, one phrase per column: "11 orders", "last order 41 days ago"."""
    phrases = []
    for column, value in list(group.typical.items())[:TYPICAL_SHOWN]:
        special = f"segments.typical.{column}"
        if lately := _LATELY.fullmatch(column):
            phrases.append(say(language, "segments.typical.spend_lately", value=value, days=float(lately[1])))
        elif knows(language, special):
            phrases.append(say(language, special, value=value))
        else:
            written = _written(language, column, value)
            phrases.append(say(language, "segments.typical.other", column=label(language, column), value=written))
    return tuple(phrases)


# -------------------------------------------------------------------------------------------------- over time


@dataclass(frozen=True)
class Migration:
    """Who moved between groups: of the customers seen at both times."""

    table: pd.DataFrame
    """Rows: the group before; columns: the group now; cells: customers."""
    stayed: float
    """Share of customers in the same group."""
    arrived: int
    """Customers seen only now."""
    left: int
    """Customers seen only before."""


def migration(before: pd.Series, now: pd.Series) -> Migration:
    """How customers moved, from two series of group numbers, indexed by customer, of one model at two times."""
    both = before.index.intersection(now.index)
    old, new = before.loc[both], now.loc[both]
    numbers = sorted({int(one) for one in before} | {int(one) for one in now})
    table = (
        pd.crosstab(old.to_numpy(), new.to_numpy())
        .reindex(index=numbers, columns=numbers, fill_value=0)
        .rename_axis(index="before", columns="now")
    )
    stayed = float((old.to_numpy() == new.to_numpy()).mean()) if len(both) else 0.0
    return Migration(table, stayed, len(now) - len(both), len(before) - len(both))


@dataclass(frozen=True)
class Agreement:
    """How far two models of the same customers agree, whatever their numbers."""

    same: float
    """Share of customers in matching groups."""
    adjusted_rand: float
    matching: Mapping[int, int]
    """Number in the old model → number in the new one."""


def agreement(old: pd.Series, new: pd.Series) -> Agreement:
    """Match the groups of two models over the customers that both placed."""
    both = old.index.intersection(new.index)
    counts = pd.crosstab(old.loc[both].to_numpy(), new.loc[both].to_numpy())
    rows, columns = linear_sum_assignment(-counts.to_numpy())
    same = float(counts.to_numpy()[rows, columns].sum() / max(len(both), 1))
    matching = {int(counts.index[row]): int(counts.columns[column]) for row, column in zip(rows, columns, strict=True)}
    return Agreement(same, float(adjusted_rand_score(old.loc[both], new.loc[both])), matching)


def keep_names(groups: tuple[Group, ...], like: tuple[Group, ...]) -> tuple[Group, ...]:
    """The segments, named after the segments of an earlier model with the most similar typical customers.

    For a retrained model, so that names stay the same for the same customers. A segment without a counterpart keeps its
    own name, unless another segment already uses it.
    """
    columns = [name for name in groups[0].typical if all(name in group.typical for group in (*groups, *like))]
    if not columns:
        return groups
    here, there = (
        np.arcsinh(np.array([[group.typical[name] for name in columns] for group in some])) for some in (groups, like)
    )
    apart = np.abs(here[:, None] - there[None]).sum(axis=2)
    mine, theirs = linear_sum_assignment(apart)
    named = {int(one): like[int(other)] for one, other in zip(mine, theirs, strict=True)}
    given = {(group.name_key, group.suffix) for group in named.values()}
    # A name that a person gave may be Brine's own for a segment that has no counterpart.
    spelt = {group.name.casefold() for group in named.values() if group.name}
    kept = []
    for place, group in enumerate(groups):
        if place in named:
            name = named[place]
            action = _action(name.name_key, group.later, group.typical.get("frequency_orders"))
            kept.append(replace(group, name_key=name.name_key, suffix=name.suffix, name=name.name, action=action))
        elif (group.name_key, group.suffix) in given or spelt & {
            default_name(language, group).casefold() for language in text.LANGUAGES
        }:
            kept.append(replace(group, suffix=f"{group.suffix} ({group.number})".strip()))
        else:
            kept.append(group)
    return tuple(kept)


def names_kept(old: Card, new: Card, agreed: Agreement) -> float:
    """Of the groups that two models share, the share of customers whose group has the same name in both."""
    before = {group.number: group for group in old.groups}
    after = {group.number: (group.name, group.name_key, group.suffix) for group in new.groups}
    same = sum(
        before[one].share_customers
        for one, other in agreed.matching.items()
        if (before[one].name, before[one].name_key, before[one].suffix) == after.get(other)
    )
    return float(same)
