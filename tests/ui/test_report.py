"""What a model says about itself on the page, in words that agree with its figures."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lib import text
from lib.card import (
    Card,
    CardColumn,
    ColumnEvaluation,
    ColumnImportance,
    DependenceCurve,
    FutureEvaluation,
    GainsPoint,
    Group,
    GroupCandidate,
    GroupLater,
    GroupsEvaluation,
    Interval,
    MonthLater,
    Peer,
    RuleCondition,
    Threshold,
    TopCount,
)
from lib.presentation import card_tables
from tests.rendered_words import problems

COLUMN = CardColumn("recency_days", "number", "days", 1.0, 300.0, 40.0, edges=(10.0, 20.0, 30.0), shares=(0.2,) * 4)
GAINS = tuple(GainsPoint(at / 4, reached) for at, reached in enumerate((0.0, 0.6, 0.8, 0.9, 1.0)))
CHURN = Card(
    "target",
    "linear",
    (COLUMN,),
    400,
    target="churn",
    classes=("no", "yes"),
    metrics={"roc_auc": 0.8123, "log_loss": 0.4, "sum_ratio": 1.02},
    baseline={"roc_auc": 0.5},
    baseline_name="constant",
    evaluation=ColumnEvaluation(
        task="yes_no",
        positive="yes",
        base_rate=0.2,
        customers=400,
        held_out="each_once",
        gains=GAINS,
        intervals={"roc_auc": Interval(0.8123, 0.78, 0.84)},
        left_out={"duration": "known_afterwards", "note": "empty"},
        threshold=Threshold(0.5, 1.0, 1.0, flagged=0.1, found=0.4, right=0.8, cost=14.0, cost_all=80.0, cost_none=20.0),
        importance=(ColumnImportance("recency_days", 0.1, 0.08, 0.12),),
        dependence=(
            DependenceCurve("recency_days", (1.0, 50.0), (0.1, 0.4)),
            DependenceCurve("age", (20.0, 60.0), (0.2, 0.201)),
        ),
        candidates=(
            Peer("linear", {"loss": 0.41, "error": 0.01}, chosen=True),
            Peer("blend", {"loss": 0.408, "error": 0.01}),
        ),
    ),
)
BUYERS = Card(
    "buy_again",
    "logistic",
    (COLUMN,),
    500,
    horizon_days=90,
    metrics={"auc": 0.81, "log_loss": 0.4, "sum_ratio": 0.9},
    evaluation=FutureEvaluation(
        customers=500,
        buyers=200,
        base_rate=0.4,
        top=TopCount(100, 84),
        compared_with="btyd",
        differences={"log_loss": Interval(-0.02, -0.03, -0.01)},
        peers=(Peer("constant", {"auc": 0.5}), Peer("rule", {"auc": 0.7}), Peer("btyd", {"auc": 0.78})),
    ),
)
GROUPS = Card(
    "groups",
    "kmeans",
    (COLUMN,),
    100,
    groups=(
        Group(
            1,
            "segments.name.best",
            customers=40,
            share_customers=0.4,
            share_revenue=0.8,
            typical={"recency_days": 20.0, "frequency_orders": 11.0},
            value_column="monetary_total",
            later=GroupLater(90, 3),
        ),
        Group(
            2,
            "segments.name.once",
            customers=60,
            share_customers=0.6,
            share_revenue=0.2,
            typical={"recency_days": 200.0},
            value_column="monetary_total",
        ),
    ),
    evaluation=GroupsEvaluation(
        reason="training.why.most",
        bars={"stability": 0.9, "tree": 0.8},
        tried=(
            GroupCandidate(2, ("a",), "log", stability=0.95, tree=0.9, chosen=True),
            GroupCandidate(3, ("a",), "log", stability=0.7, tree=0.9),
        ),
        month_later=MonthLater(30, same=0.95, moved=0.1, arrived=7, table=((30, 3), (2, 55))),
    ),
)


def shown(card: Card, language: str = "en") -> AppTest:
    """The card on a page of its own."""

    def show(plain: dict[str, object]) -> None:
        from lib.card import Card
        from lib.ui import report

        card = Card.from_plain(plain)
        assert card is not None
        report.show(card)

    app = AppTest.from_function(show, args=(card.to_plain(),), default_timeout=300)
    app.session_state["language"] = language
    app.run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    kinds = ("header", "subheader", "markdown", "caption", "info", "error", "warning", "html")
    return "\n".join(
        str(getattr(element, "value", "") or element.proto.body) for kind in kinds for element in app.get(kind)
    ).replace("\\", "")


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("card", [CHURN, BUYERS, GROUPS], ids=["column", "buyers", "groups"])
def test_every_kind_of_model_is_shown_in_each_language(card: Card, language: str) -> None:
    app = shown(card, language)
    assert words(app)
    assert not problems(app, language)


@pytest.mark.slow
def test_a_column_that_gives_the_answer_away_is_named_before_any_figure() -> None:
    """It stood in a closed box at the very end."""
    app = shown(CHURN)
    assert [str(one.value).replace("\\", "") for one in app.info] == [
        "Left out because they reveal the value to predict (leakage): “duration” (is probably only known afterwards)."
    ]


@pytest.mark.slow
def test_other_costs_give_another_threshold_at_once() -> None:
    app = shown(CHURN)
    assert "contact customers with a probability of 50% or more, about 10% of all" in words(app)
    app.text_input[0].set_value("9").run()
    page_words = words(app)
    assert "with a probability of 10% or more" in page_words
    assert "finds 80% of all “yes”" in page_words
    app.text_input[0].set_value("1").run()
    app.text_input[1].set_value("99").run()
    assert "contacting customers doesn't pay off" in words(app)


@pytest.mark.slow
def test_figures_and_their_intervals_read_as_shares() -> None:
    page_words = words(shown(CHURN))
    assert "81% (78% to 84%)" in page_words
    assert "0.8123" not in page_words


@pytest.mark.slow
def test_columns_that_hardly_move_the_answer_are_named_and_not_drawn() -> None:
    app = shown(CHURN)
    assert "On their own, these columns hardly change the prediction: age." in words(app)
    assert "Rises from 10% at 1 to 40% at 50." in words(app)


@pytest.mark.slow
def test_the_choice_of_a_method_is_explained() -> None:
    page_words = words(shown(CHURN))
    assert "was chosen from 2 methods: it is interpretable, and no other was clearly better" in page_words
    page_words = words(shown(BUYERS))
    assert "replaces it only if another method was clearly better" in page_words
    assert "clearly better than the purchase-pattern model (BG/NBD)" in page_words
    worse = replace(BUYERS.evaluation, differences={"log_loss": Interval(0.02, 0.01, 0.03)})
    behind = replace(BUYERS, evaluation=worse)
    assert "the purchase-pattern model (BG/NBD) is clearly better" in words(shown(behind))


@pytest.mark.slow
def test_what_was_promised_stands_beside_what_came() -> None:
    assert "about 180 customers were predicted to order again; actual: 200" in words(shown(BUYERS))


@pytest.mark.slow
def test_groups_tell_a_typical_customer_and_who_moved() -> None:
    page_words = words(shown(GROUPS))
    assert "A typical customer: last order 20 days ago and 11 orders." in page_words
    assert "6% of the customers changed segment within 30 days; 7 were new" in page_words
    assert "2 segments pass them all" in page_words
    assert "nan" not in page_words
    assert "–%" not in page_words


@pytest.mark.slow
def test_a_rule_that_is_mostly_wrong_is_not_told() -> None:
    """ "Right for 27%" stood under a rule of thumb."""
    rule = (RuleCondition("recency_days", "<=", 30.0),)
    best, once = (
        replace(group, rule=rule, rule_precision=right) for group, right in zip(GROUPS.groups, (0.9, 0.27), strict=True)
    )
    page_words = words(shown(replace(GROUPS, groups=(best, once))))
    assert "Right for 90%" in page_words
    assert "27%" not in page_words
    assert "No short rule describes this segment." in page_words


@pytest.mark.slow
def test_a_column_that_sounds_like_money_is_not_called_revenue() -> None:
    """Customers' income was once described as their revenue for the shop."""
    income = tuple(replace(group, value_column="Income") for group in GROUPS.groups)
    page_words = words(shown(replace(GROUPS, groups=income)))
    assert "80% of all “Income”" in page_words
    assert "revenue" not in page_words


def test_where_most_customers_have_the_same_value_that_value_is_the_usual_one() -> None:
    """Of a column of zeros and a few ones, zero was once drawn as far lower than usual."""
    assert card_tables.place(0.0, replace(COLUMN, edges=(0.0, 0.0, 0.0, 1.0))) == pytest.approx(-0.25)
    assert card_tables.place(20.0, COLUMN) == pytest.approx(0.0)


def test_a_column_of_words_shows_some_of_them_as_typical() -> None:
    """The box of details said "None"."""
    words_only = CardColumn("plan", "category", categories=("gold", "silver", "free", "trial"))
    assert card_tables.typical(words_only, "en") == "gold · silver · free …"
    assert card_tables.value_range(words_only, "en") == ""
    assert (card_tables.typical(COLUMN, "en"), card_tables.value_range(COLUMN, "en")) == ("40", "1 – 300")


def test_the_picture_of_many_columns_shows_those_that_set_groups_apart_most() -> None:
    """Fourteen columns lay on each other on a phone."""
    columns = tuple(replace(COLUMN, name=f"column {at}") for at in range(9))
    typical = (
        {f"column {at}": 5.0 + 3.0 * at for at in range(9)},
        dict.fromkeys((f"column {at}" for at in range(9)), 5.0),
    )
    groups = tuple(replace(group, typical=some) for group, some in zip(GROUPS.groups, typical, strict=True))
    profiles, table = card_tables.profiles(replace(GROUPS, columns=columns, groups=groups), "en")
    assert len(profiles.columns) == 6
    assert "column 0" not in profiles.columns
    assert len(table.columns) == 10


@pytest.mark.slow
def test_a_card_of_a_newer_version_is_shown_with_a_note() -> None:
    plain = {**BUYERS.to_plain(), "format": "brine-card/9", "recipe": "newer_blend"}

    def show(plain: dict[str, object]) -> None:
        from lib.card import Card
        from lib.ui import report

        card = Card.from_plain(plain)
        assert card is not None
        report.show(card)

    app = AppTest.from_function(show, args=(plain,), default_timeout=300).run()
    assert not app.exception
    assert "A newer version of Brine made this model." in words(app)
    assert "84 ordered again" in words(app)


def test_how_many_parts_could_not_be_read_is_said() -> None:
    plain = BUYERS.to_plain()
    plain["metrics"] = {**BUYERS.metrics, "auc": "good"}
    card = Card.from_plain(plain)
    assert card is not None
    from lib.presentation import sentences

    assert sentences.understood("en", card) == "1 detail of this model's card could not be read and is not shown."
    assert sentences.understood("en", BUYERS) == ""
