"""A card is plain, survives being carried, and is believed only when all of it is in order."""

import copy
import json
from dataclasses import replace

import numpy as np
import pytest

from lib.card import CARD_FORMAT, Card, CardColumn, Group, Privacy
from lib.presentation.document import to_html, to_json, to_markdown
from lib.text import LANGUAGES

CARD = Card(
    goal="groups",
    recipe="kmeans",
    columns=(
        CardColumn("recency_days", "number", "days", 1.0, 373.0, 51.0, edges=(10.0, 50.0), shares=(0.2, 0.3, 0.5)),
        CardColumn("country", "category", categories=("Spain", "France"), shares=(0.8, 0.2), share_missing=0.1),
        CardColumn("since", "date", "", 15000.0, 15400.0, 15200.0),
        CardColumn("newsletter", "yes_no", "", 0.0, 1.0, 0.3, shares=(0.7, 0.3)),
    ),
    customers=4338,
    cutoff="2011-12-10",
    period_start="2010-12-01",
    period_end="2011-12-09",
    metrics={"stability": 0.93},
    baseline={"stability": 0.71},
    baseline_name="rfm_grid",
    groups=(Group(1, "segments.name.best", customers=900, share_customers=0.2, typical={"recency_days": 12.0}),),
    limits=("training.limit.tree",),
    versions={"python": "3.11.2", "scikit-learn": "1.9.1"},
    self_test={"rows": {"recency_days": [1.0, 2.0]}, "expected": {"predict": [1, 1]}},
    privacy=Privacy(4338, 0, 0.51),
    pipeline_sha256="0" * 64,
)


def test_a_card_that_was_carried_as_json_is_the_same_card():
    assert Card.from_plain(json.loads(json.dumps(CARD.to_plain()))) == CARD


def test_numpy_numbers_become_plain_ones_so_that_a_pickle_of_the_card_names_no_class():
    plain = replace(CARD, metrics={"auc": np.float64(0.5)}, settings={"seed": np.int64(3)}).to_plain()
    assert type(plain["metrics"]["auc"]) is float
    assert type(plain["settings"]["seed"]) is int


def test_a_figure_that_is_no_number_is_left_out():
    plain = replace(CARD, metrics={"auc": float("nan"), "brier": 0.1}, extra={"x": float("inf")}).to_plain()
    assert plain["metrics"] == {"brier": 0.1}
    assert plain["extra"] == {"x": None}


def test_an_object_in_a_card_is_a_bug_and_says_so():
    with pytest.raises(TypeError, match="plain types only"):
        replace(CARD, settings={"scaler": object()}).to_plain()


def with_change(path, value):
    plain = copy.deepcopy(CARD.to_plain())
    place = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return plain


def endless():
    inside = []
    inside.append(inside)
    return inside


def bomb():
    """Thirty lists, each holding the one before twice: a billion items when walked."""
    inside = ["x"]
    for _ in range(14):
        inside = [inside] * 4
    return inside


NO_CARD = {
    "no mapping": [1],
    "another program's format": with_change(["format"], "card/2"),
    "no format": {key: value for key, value in CARD.to_plain().items() if key != "format"},
    "no goal": {key: value for key, value in CARD.to_plain().items() if key != "goal"},
    "an unknown goal": with_change(["goal"], "churn"),
    "a number as text": with_change(["customers"], "4338"),
    "yes as a number": with_change(["customers"], True),
    "fewer than no customers": with_change(["customers"], -1),
    "a name that is a number": with_change(["columns", 0, "name"], 7),
    "two columns of one name": with_change(["columns", 1, "name"], "recency_days"),
    "an unknown kind": with_change(["columns", 0, "kind"], "picture"),
    "a key that climbs": with_change(["recipe"], "../../etc"),
    "a long name": with_change(["columns", 0, "name"], "x" * 501),
    "too many columns": with_change(["columns"], [{"name": str(at), "kind": "number"} for at in range(1001)]),
    "a tuple": with_change(["limits"], ("training.limit.tree",)),
    "text that runs backwards": with_change(["target"], "\u202egnp.exe"),
    "half a character": with_change(["target"], "\ud800"),
    "a null character": with_change(["currency"], "E\0R"),
    "a figure that is no number": with_change(["metrics", "stability"], float("nan")),
    "an endless figure": with_change(["evaluation"], {"x": float("inf")}),
    "too much text": with_change(["extra"], {"x": "y" * 4_000_001}),
    "a number for a name inside": with_change(["extra"], {1: "x"}),
    "a whole number without end": with_change(["extra"], {"x": 2**64}),
    "bytes": with_change(["extra"], {"x": b"x"}),
    "itself": with_change(["extra"], {"x": endless()}),
    "a billion items": with_change(["extra"], {"x": bomb()}),
}
"""Without these there is no card: what is essential is missing, or it is not made of JSON's types."""


@pytest.mark.parametrize("plain", NO_CARD.values(), ids=NO_CARD.keys())
def test_without_its_essentials_a_card_is_no_card(plain):
    assert Card.from_plain(plain) is None


PARTLY = {
    "a horizon of ten thousand years": (["horizon_days"], 3_650_000),
    "a horizon before the cut-off": (["horizon_days"], -5),
    "a low above the high": (["columns", 0, "low"], 1000.0),
    "cut points that go down": (["columns", 0, "edges"], [50.0, 10.0]),
    "a share above one": (["columns", 0, "share_missing"], 1.5),
    "shares that are more than all": (["columns", 0, "shares"], [0.9, 0.9, 0.9]),
    "shares for other places": (["columns", 0, "shares"], [0.1] * 9),
    "a metric in words": (["metrics", "stability"], "good"),
    "a metric beyond anything": (["metrics", "stability"], 1e308),
    "a list for a mapping": (["settings"], []),
    "a key that is a sentence": (["limits"], ["Buy now!"]),
    "no date": (["cutoff"], "yesterday"),
    "a date with a zone": (["cutoff"], "2011-12-10T00:00:00+05:00"),
    "an end before the start": (["period_start"], "2012-01-01"),
    "a digest of another length": (["pipeline_sha256"], "abc"),
    "self-test rows of other lengths": (["self_test", "expected"], {"predict": [1]}),
    "a self-test without answers": (["self_test"], {"rows": {"a": [1]}}),
    "a self-test of lists": (["self_test", "rows"], {"a": [[1], [2]]}),
    "two groups of one number": (["groups"], [CARD.to_plain()["groups"][0]] * 2),
    "a group that is a number": (["groups"], [7]),
    "an evaluation that is a list": (["evaluation"], [1]),
    "a candidate without a number of groups": (["evaluation", "tried"], [{"stability": 1.0}]),
    "a share of five in the privacy": (["privacy", "membership_auc"], 5),
}


@pytest.mark.parametrize(("path", "value"), PARTLY.values(), ids=PARTLY.keys())
def test_what_is_not_understood_is_left_out_and_noted(path, value):
    plain = with_change(path, value)
    card = Card.from_plain(plain)
    assert card is not None
    assert card.unread
    written = card.to_plain()
    assert (written["goal"], written["customers"], len(written["columns"])) == ("groups", 4338, 4)
    again = Card.from_plain(written)
    assert (again, again.unread) == (card, ())


def test_a_later_brine_may_say_more():
    assert Card.from_plain({**CARD.to_plain(), "mood": "sunny"}) == CARD


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("goal", ["groups", "buy_again", "spend", "target"])
def test_a_card_can_be_read_in_every_language(language, goal):
    card = replace(CARD, goal=goal, target="plan", horizon_days=90)
    page = to_markdown(card, language)
    assert page.startswith("# ")
    assert "model = pickle.load(open('model.pkl', 'rb'))" in page
    assert "recency\\_days" in page
    assert "{" not in page


def test_the_page_says_in_words_what_a_shop_owner_asks():
    page = to_markdown(CARD, "en")
    assert "# Assigns customers to 1 segments, found among 4,338 customers." in page
    assert "| 0.93 | 0.71 |" in page
    assert "0 of 4,338 customers found in the file." in page
    assert "Not for shops with fewer than 400 customers" in page
    assert "It uses country." in page
    assert "The short rule assigns some customers to the wrong segment" in page


def test_a_strangers_names_cannot_run_or_load_anything():
    evil = "<script>alert(1)</script>![x](https://example.org/x.png)"
    card = replace(CARD, goal="target", target=evil, columns=(CardColumn(evil, "number"),), recipe="unknown_recipe")
    html, page = to_html(card, "en"), to_markdown(card, "en")
    assert "<script>" not in html
    assert "<img" not in html
    assert "![x]" not in page
    assert "<script" not in page.replace("\\<", "")


def test_a_strangers_key_with_blanks_is_not_filled():
    """`leaks.found` needs facts that a card cannot give; it must not stop the page."""
    assert "leaks" not in to_markdown(replace(CARD, limits=("leaks.found", "no.such.key")), "en")


def test_json_is_the_card_itself():
    assert json.loads(to_json(CARD))["format"] == CARD_FORMAT
