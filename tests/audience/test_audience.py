"""Whom to contact, who is held out, and the files for both."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from lib.audience import (
    AUDIENCE_FILES,
    Economics,
    Selection,
    assign_control,
    best_cut,
    choose,
    choose_by,
    cost_curve,
    expected_value,
    persons_of,
    read_lists,
    readable_list,
    with_bands,
    with_emails,
)
from lib.errors import UserError
from lib.exports import to_csv
from lib.layouts import understand
from lib.orders import clean
from lib.tables import read_table
from lib.text import LANGUAGES, knows, say

SCORES = pd.DataFrame({"customer_id": ["a", "b", "c", "d"], "spend": [100.0, 10.0, 1.0, None]})


def test_expected_value_is_margin_of_the_sales_less_the_cost():
    assert expected_value(SCORES, Economics(cost=2, margin=0.5)).tolist()[:3] == [48.0, 3.0, -1.5]


def test_a_chance_is_worth_the_order_value():
    chances = pd.DataFrame({"buy_again": [0.5]})
    assert expected_value(chances, Economics(cost=1, margin=0.2, order_value=100)).tolist() == [9.0]


def test_a_budget_buys_the_best_customers():
    chosen = choose(SCORES, Selection(budget=5.0), Economics(cost=2, margin=0.5))
    assert chosen["customer_id"].tolist() == ["a", "b"]


def test_a_free_message_goes_to_everybody_with_a_score():
    chosen = choose(SCORES, Selection(budget=0.0), Economics(cost=0))
    assert chosen["customer_id"].tolist() == ["a", "b", "c"]


def test_only_worthwhile_customers_are_chosen():
    assert choose(SCORES, Selection(worthwhile=True), Economics(cost=2, margin=0.5))["customer_id"].tolist() == [
        "a",
        "b",
    ]


def test_a_group_is_chosen_whole():
    groups = pd.DataFrame({"customer_id": ["a", "b"], "group": [1, 2]})
    assert choose(groups, Selection(groups=(2,)))["customer_id"].tolist() == ["b"]


def test_scores_without_money_are_told():
    with pytest.raises(UserError) as caught:
        expected_value(pd.DataFrame({"group": [1]}), Economics())
    assert caught.value.key == "audience.no_value"


@pytest.mark.parametrize("customers", [1, 7, 10, 95, 100, 1664, 10_000])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.1, 0.25, 0.5])
def test_the_control_group_has_exactly_the_share_that_was_asked(customers, share):
    names = pd.Series([f"c{place}" for place in range(customers)])
    scores = pd.Series(np.random.default_rng(1).random(customers))
    control = assign_control(names, share, score=scores, seed="spring")
    assert control.sum() == int(share * customers + 0.5)  # 10% of 100 is 10


def test_the_control_group_is_the_same_each_time_and_another_for_another_campaign():
    names = pd.Series([f"c{place}" for place in range(2_000)])
    scores = pd.Series(np.random.default_rng(1).random(2_000))
    control = assign_control(names, 0.1, score=scores, seed="spring")
    turned = assign_control(names.iloc[::-1], 0.1, score=scores.iloc[::-1], seed="spring").sort_index()
    assert turned.equals(control)
    assert not assign_control(names, 0.1, score=scores, seed="autumn").equals(control)


def test_the_control_group_is_spread_over_the_scores():
    names = pd.Series([f"c{place}" for place in range(1_000)])
    scores = pd.Series(np.linspace(1, 0, 1_000))
    control = assign_control(names, 0.1, score=scores, seed="spring")
    assert [int(control.iloc[at : at + 100].sum()) for at in range(0, 1_000, 100)] == [10] * 10


@pytest.mark.parametrize("seed", range(20))
def test_customers_with_one_email_are_held_out_together(seed):
    drawn = np.random.default_rng(seed)
    names = pd.Series([f"c{place}" for place in range(400)])
    spellings = ("ana{0}@x.org", "ANA{0}@x.org ", " Ana{0}@X.ORG")
    emails = {name: spellings[drawn.integers(3)].format(drawn.integers(150)) for name in names if drawn.random() < 0.8}
    persons = persons_of(names, emails)
    mails = {name: mail.strip().lower() for name, mail in emails.items()}
    assert len(set(persons)) == len(set(mails.values())) + len(names) - len(mails)
    scores = pd.Series(drawn.random(400))
    control = assign_control(names, 0.2, score=scores, seed="spring", persons=persons)
    held = {mails[name] for name, one in zip(names, control, strict=True) if one and name in mails}
    sent = {mails[name] for name, one in zip(names, control, strict=True) if not one and name in mails}
    assert held
    assert not held & sent
    assert len(set(pd.Series(persons)[control])) == int(0.2 * len(set(persons)) + 0.5)
    turned = assign_control(
        names.iloc[::-1], 0.2, score=scores.iloc[::-1], seed="spring", persons=persons_of(names.iloc[::-1], emails)
    )
    assert turned.sort_index().equals(control)


def test_without_any_email_each_customer_is_one_person():
    names = pd.Series(["7", "8", "ana@x.org", "ANA@x.org"])
    assert persons_of(names, {}) == ["customer 7", "customer 8", "mail ana@x.org", "mail ana@x.org"]
    assert persons_of(names.iloc[:2], {"7": " "}) == ["customer 7", "customer 8"]
    assert persons_of(pd.Series([7, 8]), {}) == ["customer 7", "customer 8"]
    assert persons_of(pd.Series([], dtype="str"), {}) == []


def test_without_shared_emails_the_draw_is_the_same_as_without_any():
    names = pd.Series([f"c{place}" for place in range(300)])
    scores = pd.Series(np.random.default_rng(1).random(300))
    alone = assign_control(names, 0.1, score=scores, seed="spring")
    emails = {name: f"{name}@x.org" for name in names}
    assert assign_control(names, 0.1, score=scores, seed="spring", persons=persons_of(names, emails)).equals(alone)


def test_customers_without_an_email_are_left_out():
    chosen = with_emails(pd.DataFrame({"customer_id": ["1", "2", "x@y.org"]}), {"1": "ana@example.org"})
    assert chosen["email"].tolist() == ["ana@example.org", "x@y.org"]


HEADINGS = {
    "klaviyo": "Email",
    "mailchimp": "Email Address",
    "meta": "email",
    "hubspot": "Email",
    "shopify": "Email",
    "google": "Email",
}
"""The heading by which each tool finds the address, as its import page asks."""


@pytest.mark.parametrize("way", AUDIENCE_FILES, ids=lambda way: way.key)
@pytest.mark.parametrize(
    "scores",
    [
        {"spend": [12.3456]},
        {"buy_again": [0.51234]},
        {"orders": [1.25]},
        {"group_name": ["Loyal, big"]},
        {"prediction": ["yes"]},
        {"next_order_days": [12.6]},
    ],
    ids=lambda scores: next(iter(scores)),
)
def test_every_file_has_one_row_per_customer_and_its_tools_columns(way, scores):
    chosen = pd.DataFrame({"customer_id": ["1"], **scores, "email": [" Ana@Example.org "]})
    made = way.build(chosen, "spring, summer")
    assert HEADINGS[way.key] in made.columns
    assert len(made) == 1
    internal = {"expected_value", "control", "score_band", "group", "customer_id"}
    assert not internal & set(made.columns)
    for language in LANGUAGES:
        assert knows(language, f"audience.{way.key}")


@pytest.mark.parametrize("key", ["meta", "google"])
def test_advertising_platforms_get_no_readable_email(key):
    (way,) = [way for way in AUDIENCE_FILES if way.key == key]
    made = way.build(pd.DataFrame({"customer_id": ["1"], "email": [" Ana@Example.org "]}), "")
    assert made[HEADINGS[key]].tolist() == [hashlib.sha256(b"ana@example.org").hexdigest()]


def test_google_leaves_the_dots_of_gmail_out():
    (google,) = [way for way in AUDIENCE_FILES if way.key == "google"]
    made = google.build(pd.DataFrame({"email": ["A.na.B@Gmail.com", "a.b@example.org"]}), "")
    assert made["Email"].tolist() == [
        hashlib.sha256(b"anab@gmail.com").hexdigest(),
        hashlib.sha256(b"a.b@example.org").hexdigest(),
    ]


# ------------------------------------------------------------------------------------------------ the two lists


def selected(customers: int) -> pd.DataFrame:
    scores = np.linspace(0.99, 0.01, customers)
    chosen = pd.DataFrame(
        {"customer_id": [str(1000 + at) for at in range(customers)], "buy_again": scores, "flags": "", "group": 3}
    )
    chosen = with_bands(chosen)
    return chosen.assign(control=assign_control(chosen["customer_id"], 0.2, score=chosen["buy_again"], seed="x"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_speaks_its_readers_language_and_is_read_back(language):
    chosen = selected(50)
    contact, control = (
        readable_list(chosen[chosen["control"] == held], language, campaign="Spring", emails={"1000": "a@b.org"})
        for held in (False, True)
    )
    assert (len(contact), len(control)) == (40, 10)
    assert not {"flags", "group", "control", "score_band", "buy_again", "customer_id"} & set(contact.columns)
    assert say(language, "audience.column.customer_id") in contact.columns
    assert contact[say(language, "audience.column.buy_again")].iloc[0] in (99.0, 97.0, 95.0)
    back = read_lists([contact, control])
    assert back.set_index("customer_id")["control"].to_dict() == chosen.set_index("customer_id")["control"].to_dict()
    assert back.groupby("score_band").size().tolist() == [10] * 5


ODD_IDS = (
    "@ana", "=1+1", "+34600111222", "-12", "--", "'x", "00123", "1E5", "1,234", "1.5", "a;b", "a,b", '"q"', "ñ",
    "1 234", "2011-01-02", "12345678901234567890", "5%", "$5", "x" * 90,
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_of_a_list_are_those_of_the_orders_whatever_their_ids_look_like(language):
    """An id that a spreadsheet would run stands behind an apostrophe in the list: read back with it, the customer was
    counted as one who had not bought."""
    for ids in (ODD_IDS, *((one, f"{one}2", "z1") for one in ODD_IDS)):
        rows = pd.DataFrame(
            {
                "customer_id": ids,
                "date": [f"2025-03-{1 + at % 20:02}" for at in range(len(ids))],
                "order_id": range(len(ids)),
                "amount": "5.00",
            }
        )
        table = read_table(rows.to_csv(index=False).encode(), "orders.csv")
        known = clean(table, understand(table)).lines["customer_id"].tolist()
        chosen = pd.DataFrame({"customer_id": known, "buy_again": 0.5, "score_band": 1, "control": True})
        lists = [
            read_table(to_csv(readable_list(part, language, campaign="A", emails={}), language), "list.csv").frame
            for part in (chosen.head(1).assign(control=False), chosen.iloc[1:])
        ]
        assert sorted(read_lists(lists)["customer_id"]) == sorted(known)


def test_band_1_holds_those_who_were_selected_first():
    """The soonest next orders were in the last band, and equal scores are in the order of the list."""
    table = pd.DataFrame({"customer_id": list("abcdefghij"), "next_order_days": [9, 3, 7, 1, 5, 2, 8, 4, 6, 10]})
    soonest = with_bands(choose_by(table, "next_order_days", most=10, highest=False))
    assert soonest.groupby("score_band")["next_order_days"].max().tolist() == [2, 4, 6, 8, 10]
    latest = with_bands(choose_by(table, "next_order_days", most=10))
    assert latest.groupby("score_band")["next_order_days"].min().tolist() == [9, 7, 5, 3, 1]
    alike = with_bands(table.assign(next_order_days=4))
    assert alike["score_band"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_lists_of_two_campaigns_do_not_mix():
    chosen = selected(20)
    first = readable_list(chosen, "en", campaign="A", emails={})
    second = readable_list(chosen.assign(control=~chosen["control"]), "en", campaign="B", emails={})
    with pytest.raises(UserError) as caught:
        read_lists([first, second])
    assert caught.value.key == "audience.in_both_groups"


def test_a_table_without_groups_is_no_list():
    with pytest.raises(UserError) as caught:
        read_lists([pd.DataFrame({"Customer": ["1"], "Spend": [3.0]})])
    assert caught.value.key == "audience.no_list"


def test_mistakes_are_priced_by_hand():
    """Of 100 customers 30 say yes; among the best 20 are 15 of them."""
    gains = pd.DataFrame({"share_customers": [0.0, 0.2, 1.0], "share_reached": [0.0, 0.5, 1.0]})
    curve = cost_curve(gains, 0.3, missed=4.0, false_alarm=1.0)
    assert curve["cost"].tolist() == pytest.approx([120.0, 65.0, 70.0])
    assert curve["right"].tolist()[1:] == pytest.approx([0.75, 0.3])
    cut = best_cut(curve, missed=4.0, false_alarm=1.0)
    assert cut == pytest.approx({"chance": 0.2, "flagged": 0.2, "found": 0.5, "right": 0.75})


def test_where_a_false_alarm_costs_most_nobody_is_acted_on():
    gains = pd.DataFrame({"share_customers": [0.0, 0.5, 1.0], "share_reached": [0.0, 0.6, 1.0]})
    cut = best_cut(cost_curve(gains, 0.1, missed=1.0, false_alarm=9.0), missed=1.0, false_alarm=9.0)
    assert (cut["flagged"], cut["chance"]) == (0.0, 0.9)
