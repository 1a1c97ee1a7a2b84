"""What groups say about themselves."""

import itertools
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lib import text
from lib.card import Card, Group, GroupDifference, GroupLater, RuleCondition
from lib.errors import UserError
from lib.segments import (
    MARKED,
    NAMES,
    Later,
    Profile,
    _action,
    advice_in_words,
    agreement,
    default_name,
    describe_groups,
    differences_in_words,
    group_name,
    keep_names,
    migration,
    names_kept,
    names_of,
    renamed,
    rule_in_words,
    standing_of,
    tree_right,
    typical_in_words,
)
from lib.text import knows


@pytest.fixture
def shop() -> tuple[pd.DataFrame, pd.Series]:
    """Thirty customers who come often, thirty who bought once long ago, thirty who are new."""
    rng = np.random.default_rng(1)
    features = pd.DataFrame(
        {
            "recency_days": np.concatenate(
                [rng.integers(1, 20, 30), rng.integers(300, 360, 30), rng.integers(1, 25, 30)]
            ),
            "frequency_orders": np.concatenate([rng.integers(12, 30, 30), np.ones(30), np.ones(30)]),
            "monetary_total": np.concatenate(
                [rng.integers(2000, 6000, 30), rng.integers(10, 60, 30), rng.integers(10, 60, 30)]
            ),
        },
        index=pd.Index([f"c{place:02}" for place in range(90)], name="customer_id"),
    ).astype("float64")
    return features, pd.Series(np.repeat([1, 2, 3], 30), index=features.index)


def spoken(shop, **also):
    features, groups = shop
    value = features["monetary_total"]
    return describe_groups(
        Profile(features, groups, value, pd.Series(0.9, index=groups.index), "monetary_total", **also)
    )


def test_names_say_what_is_true_of_the_group(shop):
    best, gone, new = spoken(shop)
    assert best.name_key == "segments.name.best"
    assert gone.name_key in ("segments.name.once", "segments.name.gone")
    assert new.name_key == "segments.name.new"


def test_customers_with_many_orders_who_stayed_away_are_not_called_regulars(shop):
    """Where most customers are long gone, six orders and 250 days without an order once counted as recent."""
    features, groups = shop
    silent = features.assign(recency_days=features["recency_days"] + 400.0 * (groups == 2) + 200.0 * (groups == 1))
    standing = standing_of(silent, groups)
    assert bool(standing.loc[1, "away"])
    assert names_of(standing)[0][0].away


def test_whoever_came_sixty_times_is_not_said_to_get_into_the_habit():
    """In a supermarket the middle segment once got the text that its next order would form a habit."""
    standing = pd.DataFrame({"recent": [0.82], "often": [0.58], "much": [0.52], "once": [False], "away": [False]})
    assert names_of(standing.assign(many=False))[0][0].key == "growing"
    assert names_of(standing.assign(many=True))[0][0].key != "growing"


def test_what_was_spent_lately_reads_as_a_sentence_in_each_language():
    features = pd.DataFrame({"spend_90_days": np.repeat([0.0, 40.0], 30)})
    groups = pd.Series(np.repeat([2, 1], 30))
    first = describe_groups(Profile(features, groups, features["spend_90_days"], pd.Series(1.0, index=groups.index)))[0]
    assert rule_in_words("en", first) == "spent more than 20 in the last 90 days"
    assert rule_in_words("es", first) == "gasto de más de 20 en los últimos 90 días"
    assert differences_in_words("en", first)[0].startswith("spend in the last 90 days: 40")


@pytest.mark.parametrize("groups", [2, 8, 15, 20])
def test_no_two_groups_share_a_name(groups):
    rng = np.random.default_rng(groups)
    features = pd.DataFrame(
        {
            "recency_days": rng.integers(1, 400, 600),
            "frequency_orders": rng.integers(1, 30, 600),
            "monetary_total": rng.integers(5, 9000, 600),
        }
    ).astype("float64")
    names = names_of(standing_of(features, pd.Series(rng.integers(0, groups, 600))))
    assert len({(name.key, suffix) for name, suffix in names}) == groups


def test_every_name_and_action_is_said_in_every_language():
    for language in text.LANGUAGES:
        assert len({text.say(language, f"segments.name.{name.key}") for name in NAMES}) == len(NAMES)
        assert all(text.knows(language, f"segments.action.{name.key}") for name in NAMES)


def test_shares_and_sizes_add_up_to_everybody(shop):
    groups = spoken(shop)
    assert sum(group.customers for group in groups) == 90
    assert sum(group.share_customers for group in groups) == pytest.approx(1, abs=1e-3)
    assert sum(group.share_revenue for group in groups) == pytest.approx(1, abs=1e-3)


def test_the_rule_holds_when_counted_by_hand(shop):
    features, _ = shop
    gone = spoken(shop)[1]
    met = pd.Series(True, index=features.index)
    for one in gone.rule:
        met &= features[one.column] <= one.value if one.operator == "<=" else features[one.column] > one.value
    assert gone.rule_precision == pytest.approx(float((met & (shop[1] == 2)).sum() / met.sum()), abs=1e-3)
    assert gone.rule_recall == 1.0


def test_the_rule_reads_as_a_sentence_in_each_language(shop):
    gone = spoken(shop)[1]
    assert rule_in_words("en", gone).startswith("last order more than ")
    assert rule_in_words("es", gone).startswith("último pedido hace más de ")


def test_counts_in_a_rule_are_whole_and_read_as_such():
    features = pd.DataFrame({"frequency_orders": np.repeat([1.0, 2.0, 3.0, 4.0], 20)})
    groups = pd.Series(np.repeat([1, 1, 2, 2], 20))
    first = describe_groups(
        Profile(features, groups, features["frequency_orders"], pd.Series(1.0, index=groups.index))
    )[0]
    assert rule_in_words("en", first) == "at most 2 orders"


def test_the_most_different_feature_comes_first(shop):
    phrases = differences_in_words("en", spoken(shop)[0])
    assert len(phrases) >= 2
    assert "(overall: " in phrases[0]


def test_two_ends_of_one_column_are_one_phrase():
    """ "Last order more than 104 days ago and last order at most 376 days ago" was hard to read."""
    rule = (
        RuleCondition("recency_days", ">", 104.0),
        RuleCondition("monetary_total", "<=", 191.0),
        RuleCondition("recency_days", "<=", 376.0),
    )
    group = Group(1, "segments.name.modest", rule=rule)
    assert rule_in_words("en", group) == "last order 104 to 376 days ago and spent at most 191 in total"
    since = (RuleCondition("since", ">", 0.0), RuleCondition("since", "<=", 31.0))
    dates = Group(1, "segments.name.modest", rule=since)
    assert rule_in_words("en", dates, {"since": "date"}) == "since between Jan 1, 1970 and Feb 1, 1970"


def test_columns_of_brine_s_own_are_named_in_plain_words():
    """A rule once said "orders_90_days at most 2"."""
    group = Group(
        1,
        "segments.name.modest",
        rule=(RuleCondition("orders_90_days", "<=", 2.0),),
        differences=(GroupDifference("gap_mean_days", 40.6, 12.0),),
    )
    assert rule_in_words("en", group) == "orders in the last 90 days at most 2"
    assert differences_in_words("en", group) == ("average days between orders: 41 (overall: 12)",)


def test_the_typical_customer_is_told_in_words(shop):
    group = Group(1, "segments.name.best", typical={"recency_days": 1.0, "frequency_orders": 11.0, "Age": 36.46})
    assert typical_in_words("en", group) == ("last order 1 day ago", "11 orders", "Age 36.5")
    assert typical_in_words("es", group)[0] == "último pedido hace 1 día"


def test_what_a_group_did_later_is_told_of_those_who_were_in_it(shop):
    features, groups = shop
    happened = pd.DataFrame(
        {"bought": groups == 1, "spend": np.where(groups == 1, 50.0, 0.0), "orders": (groups == 1).astype("int64")},
        index=features.index,
    )
    best, gone, _ = spoken(shop, later=Later(90, groups, happened))
    assert best.later == GroupLater(90, 30, bought=1.0, spend=50.0, orders=1.0)
    assert gone.later.bought == 0.0


def test_a_handful_of_customers_is_too_few_to_tell_what_a_group_did_later(shop):
    groups = shop[1]
    few = groups.iloc[[0, 1, 40]]
    happened = pd.DataFrame({"bought": [True] * 3, "spend": [1.0] * 3, "orders": [1] * 3}, index=few.index)
    assert spoken(shop, later=Later(90, few, happened))[0].later == GroupLater(90, 2)


@pytest.mark.slow
def test_groups_of_any_table_are_named_by_the_columns_that_set_them_apart():
    features = pd.DataFrame(
        {
            "age": np.concatenate([np.full(40, 25.0), np.full(40, 70.0)]) + np.tile([0.0, 1.0], 40),
            "city": pd.Series(["Lima", "Quito"] * 40, dtype="str"),
        }
    )
    groups = pd.Series(np.repeat([1, 2], 40))
    ones = pd.Series(1.0, index=groups.index)
    young, old = describe_groups(Profile(features, groups, ones, ones))
    assert (young.suffix, old.suffix) == ("age ↓", "age ↑")
    assert group_name("es", old) == "Mayores"


def test_a_group_of_any_table_needs_no_more_columns_in_its_name_than_tell_it_apart():
    """Every segment name once had three columns, and one of two equal names just a "(2)"."""
    calm = np.tile([0.0, 1.0], 20)
    features = pd.DataFrame(
        {
            "spent": np.concatenate([900 + calm, 500 + calm, 100 + calm, 100 + calm, 100 + calm]),
            "age": np.concatenate([50 + calm, 50 + calm, 20 + calm, 80 + calm, 50 + calm]),
        }
    )
    groups = pd.Series(np.repeat([1, 2, 3, 4, 5], 40))
    ones = pd.Series(1.0, index=groups.index)
    suffixes = [group.suffix for group in describe_groups(Profile(features, groups, ones, ones))]
    assert len(set(suffixes)) == 5
    assert suffixes[:4] == ["spent ↑↑", "spent ↑", "age ↓", "age ↑"]
    assert not any("(" in suffix for suffix in suffixes)


def test_zeros_and_ones_are_a_yes_or_no():
    """ "SeniorCitizen at most 0" and "SeniorCitizen over 0" are not readable descriptions."""
    features = pd.DataFrame({"member": np.repeat([1.0, 0.0], 40)})
    groups = pd.Series(np.repeat([1, 2], 40))
    ones = pd.Series(1.0, index=groups.index)
    members, _ = describe_groups(Profile(features, groups, ones, ones))
    assert members.suffix == "member = 1"
    assert rule_in_words("en", members) in ("member is 1", "member is not 0")
    assert differences_in_words("en", members)[0] in (
        "member is 1: 100% (overall: 50%)",
        "member is 0: 0% (overall: 50%)",
    )


def test_days_in_a_rule_are_whole():
    """ "More than 1 days" was 1.4 of them."""
    group = Group(1, "segments.name.new", rule=(RuleCondition("recency_days", ">", 1.4),))
    assert rule_in_words("en", group) == "last order more than 1 day ago"


def test_a_mean_is_told_as_one():
    """A median of two was shown beside an overall mean of 4.27, as if both were the same statistic."""
    features = pd.DataFrame({"x": [2.0] * 60 + [9.0] * 10})
    groups = pd.Series([1] * 40 + [2] * 30)
    ones = pd.Series(1.0, index=groups.index)
    first = describe_groups(Profile(features, groups, ones, ones))[0]
    assert first.differences == (GroupDifference("x", 2.0, 3.0, statistic="mean"),)
    group = Group(1, "segments.name.best", differences=(GroupDifference("x", 2.2, 4.27, statistic="mean"),))
    assert differences_in_words("en", group) == ("x: 2.2 on average (overall: 4.27)",)


def test_a_category_speaks_in_rules_and_differences():
    features = pd.DataFrame({"plan": pd.Series(["gold"] * 30 + ["free"] * 60, dtype="str")})
    groups = pd.Series(np.repeat([1, 2, 2], 30))
    gold = describe_groups(
        Profile(features, groups, pd.Series(1.0, index=groups.index), pd.Series(1.0, index=groups.index))
    )[0]
    assert rule_in_words("en", gold) in ("plan is gold", "plan is not free")
    assert gold.differences[0].column == "plan"


def test_a_shallow_tree_finds_groups_that_a_rule_tells_apart_and_fails_on_chance(shop):
    features, groups = shop
    assert tree_right(features, groups) > 0.95
    shuffled = pd.Series(np.random.default_rng(0).permutation(groups.to_numpy()), index=groups.index)
    assert tree_right(features, shuffled) < 0.6


def test_a_migration_table_counts_who_moved():
    before = pd.Series([1, 1, 2, 3], index=["a", "b", "c", "d"])
    now = pd.Series([1, 2, 2, 1], index=["a", "b", "c", "new"])
    moved = migration(before, now)
    assert moved.table.loc[1].tolist() == [1, 1, 0]
    assert moved.table.loc[2].tolist() == [0, 1, 0]
    assert (moved.stayed, moved.arrived, moved.left) == (pytest.approx(2 / 3), 1, 1)


def test_two_models_agree_whatever_their_numbers():
    old = pd.Series([1, 1, 2, 2, 3, 3])
    agreed = agreement(old, old.map({1: 3, 2: 1, 3: 2}))
    assert agreed.same == 1.0
    assert agreed.adjusted_rand == 1.0
    assert agreed.matching == {1: 3, 2: 1, 3: 2}


def test_a_model_learnt_anew_calls_the_same_people_by_the_same_name(shop):
    """Names near a border once flipped with every month."""
    groups = spoken(shop)
    renamed = tuple(
        replace(group, name_key=f"segments.name.{key}")
        for group, key in zip(groups, ("regulars", "gone", "modest"), strict=True)
    )
    assert [one.name_key for one in keep_names(groups, renamed)] == [one.name_key for one in renamed]
    assert keep_names(groups, renamed)[1].action == "segments.action.gone"
    fewer = keep_names(groups, (renamed[0], replace(renamed[1], name_key=groups[2].name_key)))
    assert len({(one.name_key, one.suffix) for one in fewer}) == 3


def test_names_kept_counts_the_customers_whose_group_is_still_called_the_same(shop):
    groups = spoken(shop)
    card = Card("groups", "kmeans", (), 90, groups=groups)
    same = agreement(shop[1], shop[1])
    assert names_kept(card, card, same) == pytest.approx(1.0, abs=1e-3)
    swapped = agreement(shop[1], shop[1].map({1: 2, 2: 1, 3: 3}))
    assert names_kept(card, card, swapped) == pytest.approx(1 / 3, abs=1e-3)


def test_segments_of_a_table_are_named_in_words() -> None:
    marked = {
        "Age ↓, Annual Income (k$) ↑↑": "Younger, very high annual income",
        "Spending_Score ↓, gender = Female": "Low spending score, gender = Female",
        "MntWines ↑": "High MntWines",
        "mileage ↑": "High mileage",
    }
    for marks, name in marked.items():
        assert group_name("en", Group(1, MARKED, marks)) == name


@pytest.mark.parametrize(
    ("name", "bought", "action"),
    [
        ("gone", 0.45, "still_buying_gone"),
        ("gone", 0.05, "gone"),
        ("growing", 0.02, "hardly_buying_growing"),
        ("growing", 0.5, "growing"),
        ("slipping", 0.9, "slipping"),
    ],
)
def test_advice_follows_from_what_the_segment_did_later(name: str, bought: float, action: str) -> None:
    """Customers of whom 45 % had ordered within 90 days were to be left out of campaigns."""
    later = GroupLater(90, 200, bought=bought, spend=10.0, orders=1.0)
    assert _action(f"segments.name.{name}", later) == f"segments.action.{action}"
    assert knows("en", f"segments.action.{action}")
    assert knows("es", f"segments.action.{action}")


CLAIMS = (
    (r"ordered once|second order|compra(do|ron) una( sola)? vez|segundo pedido", lambda orders, bought: orders <= 1),
    (r"started to reorder|empezado a repetir", lambda orders, bought: 1 < orders < 5),
    (r"several times|varias veces", lambda orders, bought: orders >= 5),
    (r"\b(few|pocos)\b", lambda orders, bought: bought < 0.2),
    (r"most of them will not|mayoría no volverá", lambda orders, bought: bought < 0.3),
    (r"many (of them )?(return|still)|muchos (vuelven|siguen)", lambda orders, bought: bought >= 0.3),
    (r"steadily|order often|de forma regular|compran a menudo", lambda orders, bought: bought >= 0.2),
    (r"anyway|igualmente|rarely|rara vez", lambda orders, bought: False),
)
"""What advice says about a segment, and for which orders of its typical customer and share that bought it is true."""


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("name", [name.key for name in NAMES])
def test_no_advice_contradicts_the_figures_of_its_segment(language: str, name: str) -> None:
    """Before, "they order steadily" was said where 12 % bought in 90 days, and "started to reorder" after 7 orders."""
    for orders in (1.0, 1.5, 2.0, 4.0, 5.0, 7.0, 30.0):
        for bought in (0.0, 0.05, 0.12, 0.19, 0.25, 0.3, 0.5, 0.95):
            action = _action(f"segments.name.{name}", GroupLater(90, 50, bought, 9.0, 1.0), orders)
            said = text.say(language, action)
            for claim, true in CLAIMS:
                assert not re.search(claim, said, re.IGNORECASE) or true(orders, bought), (orders, bought, said)


def test_advice_names_only_the_values_that_it_is_about():
    """A segment with a high spending score was asked what holds it back, and had to build on an age below average."""
    differences = (
        GroupDifference("Annual_Income", 24.5, 61.5),
        GroupDifference("Spending_Score", 77.0, 50.0),
        GroupDifference("Visits", 3.0, 9.0),
    )
    high = ("Spending_Score",)
    low = ("Annual_Income", "Visits")
    for order in itertools.permutations(differences):
        for share, named in ((0.34, high), (0.2, None), (0.1, low)):
            group = Group(
                1, MARKED, "x ↓", share_customers=0.2, share_revenue=share, value_column="Spending_Score",
                action="segments.action.marked_by", differences=order,
            )  # fmt: skip
            for language in text.LANGUAGES:
                advice = advice_in_words(language, group).split(". ", 1)[0]
                above = order[0].here > order[0].overall
                expected = named or (high if above else tuple(one.column for one in order))
                if named == low and above:  # little worth, although what sets them apart first is high
                    expected = tuple(one.column for one in order)
                assert {one.column for one in differences if one.column in advice} == set(expected), (order, share)
                if named == high:
                    assert text.template(language, "segments.advice.high").split("(")[0] in advice


def test_the_advice_rests_on_the_figures_of_its_own_segment():
    """Two segments with the same advice differ in the reason: the share that ordered, or what sets them apart."""
    quiet = [
        Group(
            at, "segments.name.quiet", action="segments.action.still_buying", later=GroupLater(90, 50, share, 9.0, 1.0)
        )
        for at, share in ((1, 0.45), (2, 0.31))
    ]
    marked = [
        Group(
            at, MARKED, "age ↓", action="segments.action.marked_by", differences=(GroupDifference("age", here, 40.0),)
        )
        for at, here in ((1, 24.0), (2, 31.0))
    ]
    for language in text.LANGUAGES:
        said = [advice_in_words(language, group) for group in (*quiet, *marked)]
        assert len(set(said)) == 4
        assert "45" in said[0]
        assert "24" in said[2]


def test_advice_differs_in_substance_where_segments_differ():
    """Not only in its figures: by the name that was overruled, by what sets a segment apart and by what it is worth."""
    overruled = [
        _action(f"segments.name.{name}", GroupLater(90, 50, bought, 9.0, 1.0))
        for names, bought in (
            (("gone", "once", "quiet", "quiet_big"), 0.4),
            (("best", "regulars", "growing", "new", "solid", "small_baskets"), 0.05),
        )
        for name in names
    ]
    kinds = [
        GroupDifference("age", 24.0, 40.0),
        GroupDifference("city", 0.6, 0.2, "Lima", "share"),
        GroupDifference("city", 0.1, 0.2, "Lima", "share"),
        GroupDifference("income", 90.0, 50.0),
        GroupDifference("income", 20.0, 50.0),
    ]
    marked = [
        Group(
            1,
            MARKED,
            "x ↑",
            share_customers=0.2,
            share_revenue=share,
            value_column="income",
            action="segments.action.marked_by",
            differences=(one,),
        )
        for one in kinds
        for share in (0.1, 0.2, 0.4)
    ]
    figures = re.compile(r"[\d.,]+")
    for language in text.LANGUAGES:
        said = [advice_in_words(language, Group(1, "segments.name.new", action=action)) for action in overruled]
        said += [figures.sub("", advice_in_words(language, group)) for group in marked]
        assert all(said)
        assert len(set(said)) == len(overruled) + len(marked)


def test_an_early_year_of_birth_is_an_older_customer():
    assert group_name("en", Group(1, MARKED, "Year_Birth ↓, Income ↑")) == "Older, high income"
    assert group_name("en", Group(1, MARKED, "Age ↓, Income ≈")) == "Younger, average income"


def test_spanish_names_agree_with_a_column_of_any_gender_and_number():
    """“Ingresos: alto” did not."""
    for marks, name in {
        "Ingresos ↑": "Más ingresos",
        "Edad ↓, Renta ↓": "Más jóvenes, menos renta",
        "Compras ↑↑, Visitas ≈": "Aún más compras, visitas en la media",
    }.items():
        assert group_name("es", Group(1, MARKED, marks)) == name


# ------------------------------------------------------------------------------------------------ names by hand


def three_segments() -> Card:
    keys = ("best", "regulars", "new")
    groups = tuple(Group(place, f"segments.name.{key}") for place, key in enumerate(keys, 1))
    return Card("groups", "kmeans", (), 90, groups=groups)


def test_a_segment_gets_the_name_that_a_person_gives_it_in_every_language() -> None:
    card = renamed(three_segments(), {1: "  VIP \n club ", 2: "Loyal", 3: ""})
    for language in text.LANGUAGES:
        names = [group_name(language, group) for group in card.groups]
        assert names[0] == "VIP club"
        assert names[1] == default_name(language, card.groups[1])  # our own name, typed, is no name of theirs
    assert group_name("es", renamed(card, {1: ""}).groups[0]) == "Campeones"
    assert renamed(card, {}) == card


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ({1: "VIP", 2: "vip"}, "taken"),
        ({1: "Loyal"}, "taken"),
        ({1: "NUEVOS"}, "taken"),
        ({1: "x" * 41}, "too_long"),
        ({1: "like ann@example.com"}, "personal"),
        ({1: "call +34 600 123 456"}, "personal"),
        ({1: "Friends of C-0042"}, "personal"),
    ],
)
def test_a_name_that_is_taken_too_long_or_personal_is_refused(wanted: dict[int, str], reason: str) -> None:
    with pytest.raises(UserError) as refused:
        renamed(three_segments(), wanted, {"C-0042", "VIP club", "7"})
    assert refused.value.key == f"segments.rename.{reason}"
    assert all(text.tell(language, refused.value) for language in text.LANGUAGES)


@pytest.mark.parametrize("name", ["Top 7", "2024 buyers", "Spend > 1,000", "Años 90 y más", "客户 – VIP"])
def test_an_ordinary_name_is_taken(name: str) -> None:
    assert group_name("en", renamed(three_segments(), {1: name}, {"C-0042", "7"}).groups[0]) == name


def test_a_model_learnt_anew_keeps_the_names_that_a_person_gave(shop) -> None:
    groups = spoken(shop)
    card = renamed(Card("groups", "kmeans", (), 90, groups=groups), {groups[0].number: "VIP"})
    assert [one.name for one in keep_names(groups, card.groups)] == [one.name for one in card.groups]
    # Brine's own name of a segment without a counterpart is not used twice.
    clash = replace(groups[0], name=default_name("es", groups[2]))
    names = [group_name("es", one) for one in keep_names(groups, (clash, groups[1]))]
    assert len(set(names)) == 3
