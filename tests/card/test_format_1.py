"""Cards of format 1, written by the version that had it, are read whole: `format_1/` holds one of every kind."""

import json
from pathlib import Path

import pytest

from lib.card import CARD_FORMAT, EVALUATIONS, Card
from lib.text import LANGUAGES

FOLDER = Path(__file__).parent / "format_1"
FILES = sorted(FOLDER.glob("*.json"))


def old(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def card_of(name: str) -> Card:
    card = Card.from_plain(old(name))
    assert card is not None
    return card


def test_there_is_a_card_of_every_goal():
    assert {json.loads(file.read_text(encoding="utf-8"))["goal"] for file in FILES} == set(EVALUATIONS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_card_of_format_1_is_read_whole(file):
    card = card_of(file.stem)
    assert (card.format_version, card.unread) == (1, ())
    assert type(card.evaluation) is EVALUATIONS[card.goal]
    plain = card.to_plain()
    assert plain["format"] == CARD_FORMAT
    again = Card.from_plain(json.loads(json.dumps(plain)))
    assert (again, again.format_version, again.unread) == (card, 2, ())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_figure_of_format_1_is_still_there(file):
    """Counted: a number that the old card held anywhere is somewhere in the new one."""

    def numbers(value: object) -> set[float]:
        if isinstance(value, dict):
            return {number for item in value.values() for number in numbers(item)}
        if isinstance(value, list):
            return {number for item in value for number in numbers(item)}
        return {float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else set()

    assert numbers(json.loads(file.read_text(encoding="utf-8"))) - numbers(card_of(file.stem).to_plain()) <= {0.0}


def test_importance_and_curves_have_one_shape_whatever_the_goal():
    buyers, spent = card_of("buy_again"), card_of("target_number")
    for name, card in (("buy_again", buyers), ("target_number", spent)):
        old_evaluation = old(name)["evaluation"]
        first = (old_evaluation.get("importances") or old_evaluation["importance"])[0]
        column, increase = (first["column"], first["importance"]) if isinstance(first, dict) else first[:2]
        assert (card.evaluation.importance[0].column, card.evaluation.importance[0].increase) == (column, increase)
        assert all(len(curve.values) == len(curve.predicted) for curve in card.evaluation.dependence)
        assert card.evaluation.calibration[0].actual == old_evaluation["calibration"][0]["happened"]
    assert buyers.evaluation.compared_with == "btyd"
    assert spent.evaluation.compared_with == "constant"


def test_a_group_s_rule_and_differences_have_names():
    old_group = old("groups_of_orders")["groups"][0]
    group = card_of("groups_of_orders").groups[0]
    assert [[one.column, one.operator, one.value] for one in group.rule] == old_group["facts"]["rule"]
    assert group.rule_precision == old_group["facts"]["rule_right"]
    assert [[one.column, one.here] for one in group.differences] == [
        [one[0], one[2]] for one in old_group["facts"]["differs"]
    ]
    assert group.later is not None
    assert group.later.spend == old_group["facts"]["later"]["spend"]


def test_a_card_of_a_newer_format_is_read_as_far_as_it_is_understood():
    plain = {**card_of("buy_again").to_plain(), "format": "brine-card/3", "mood": "sunny"}
    plain["evaluation"] = {**plain["evaluation"], "calibration": {"bins": [1, 2]}, "fairness": [1, 2, 3]}
    card = Card.from_plain(plain)
    assert card is not None
    assert card.is_newer
    assert card.unread == ("evaluation.calibration",)
    assert card.evaluation.importance == card_of("buy_again").evaluation.importance


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_card_of_format_1_can_be_read_in_every_language(file, language):
    from lib.presentation.document import to_html
    from lib.presentation.sentences import headline

    card = card_of(file.stem)
    assert headline(language, card)
    assert "<h1>" in to_html(card, language)
