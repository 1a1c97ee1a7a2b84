"""A history too short to hold out a later period gets an answer with a width, and the card says what was not tested."""

import pickle

import numpy as np
import pandas as pd
import pytest

from lib import btyd
from lib.errors import UserError
from lib.features import customer_features, default_cutoff
from lib.model_file.making import make_model
from lib.orders import Ledger, Orders
from lib.presentation import sentences
from lib.text import LANGUAGES, tell
from lib.training import Question, train_orders


def shop(customers=120, days=70, gap=20.0, seed=1):
    """Customers who join over the first half and come back at random."""
    draw = np.random.default_rng(seed)
    rows = []
    for who in range(customers):
        at = draw.uniform(0, days / 2)
        while at < days:
            rows.append((f"c{who}", f"{who}-{len(rows)}", pd.Timestamp("2024-01-01") + pd.Timedelta(days=at)))
            at += draw.exponential(gap)
    lines = pd.DataFrame(rows, columns=["customer_id", "order_id", "ordered_at"])
    lines = lines.assign(
        amount=np.round(draw.gamma(4, 8, len(lines)), 2) + 0.01, quantity=1.0, product="x", country="Spain"
    )
    lines = lines.astype({"ordered_at": "datetime64[us]"}).sort_values("ordered_at", ignore_index=True)
    return Orders(lines, lines.iloc[:0], Ledger(len(lines), len(lines), {}, pd.Series("", index=lines.index)), "EUR")


@pytest.fixture(scope="module")
def orders():
    return shop()


@pytest.mark.slow
@pytest.mark.parametrize("goal", ["buy_again", "spend", "orders"])
def test_seventy_days_answer_a_year(orders, goal):
    question = Question(goal, horizon_days=365)
    made = make_model(lambda asked: train_orders(orders, asked), question, formats=("pickle",))
    evaluation = made.card.evaluation
    assert made.card.horizon_days == 365
    assert 7 <= evaluation.tested_days <= 24
    assert "training.pattern.limit.not_tested" in made.card.limits
    assert evaluation.expected_total.low < evaluation.expected_total.value < evaluation.expected_total.high
    # Second computation: the pipeline's answers, from columns computed by the card's constants, add up to the total.
    table = customer_features(
        orders,
        default_cutoff(orders),
        columns=[column.name for column in made.card.columns],
        constants=made.card.features,
    )
    model = pickle.loads(made.files["pickle"])
    answers = model.predict_proba(table)[:, 1] if goal == "buy_again" else model.predict(table)
    assert answers.sum() == pytest.approx(evaluation.expected_total.value, rel=0.02)
    for language in LANGUAGES:
        said = sentences.headline(language, made.card)
        assert "365" in said[0]
        assert "{" not in said[0]


@pytest.mark.slow
def test_what_is_tested_is_a_shorter_horizon_known_from_before(orders):
    card = train_orders(orders, Question("buy_again", horizon_days=180)).card
    end = default_cutoff(orders)
    assert pd.Timestamp(card.evaluation.cutoff) + pd.Timedelta(days=card.evaluation.tested_days) == end
    later = orders.lines[orders.lines["ordered_at"] >= card.evaluation.cutoff]
    before = set(orders.lines.loc[orders.lines["ordered_at"] < card.evaluation.cutoff, "customer_id"])
    assert card.evaluation.customers == len(before)
    assert card.evaluation.buyers == len(before & set(later["customer_id"]))


@pytest.mark.parametrize(
    ("orders", "key"),
    [
        (shop(customers=30), "training.pattern.few_customers"),
        (shop(days=40), "training.pattern.short_history"),
        (shop(days=200, gap=10_000.0), "training.pattern.nobody_returns"),
    ],
)
def test_where_even_that_is_too_little_the_sentence_is_true(orders, key):
    with pytest.raises(UserError) as caught:
        train_orders(orders, Question("orders", horizon_days=90))
    assert caught.value.key == key
    for language in LANGUAGES:
        assert "{" not in tell(language, caught.value)


def test_who_names_a_recipe_or_columns_is_told_what_these_need(orders):
    for question, key in (
        (Question("buy_again", horizon_days=180, recipe="logistic"), "needs_automatic"),
        (Question("buy_again", horizon_days=180, columns=("recency_days",)), "needs_automatic"),
        (Question("buy_again", horizon_days=400), "too_short"),
    ):
        with pytest.raises(UserError, match=key):
            train_orders(orders, question)


@pytest.mark.slow
def test_ranges_of_totals_widen_with_the_horizon_and_hold_their_value():
    draw = np.random.default_rng(3)
    weeks = draw.uniform(4, 12, 300)
    repeats = draw.poisson(draw.gamma(1, 0.15, 300) * weeks).astype(float)
    history = btyd.History(
        repeats, weeks * draw.random(300) * (repeats > 0), weeks, np.where(repeats > 0, 30.0, np.nan)
    )
    near, far = (btyd.total_ranges(history, horizon)["orders"] for horizon in (4.0, 52.0))
    assert near.low < near.value < near.high
    assert far.low < far.value < far.high
    assert (far.high - far.low) / far.value > (near.high - near.low) / near.value


@pytest.mark.slow
def test_the_next_order_has_a_median_and_an_interval_within_the_horizon(orders):
    made = make_model(
        lambda asked: train_orders(orders, asked), Question("next_order", horizon_days=200), formats=("pickle",)
    )
    table = customer_features(
        orders,
        default_cutoff(orders),
        columns=[column.name for column in made.card.columns],
        constants=made.card.features,
    )
    days, low, high, value, value_low, value_high = pickle.loads(made.files["pickle"]).predict(table).T
    assert (low < days).all()
    assert (days < high).all()
    assert high.max() <= 200
    assert (value_low < value).all()
    assert (value < value_high).all()
    assert 0.5 < made.card.metrics["days_coverage"] <= 1
    assert made.card.evaluation.nominal_coverage == pytest.approx(0.8)


def test_quantiles_of_the_next_purchase_are_those_of_a_drawn_future():
    """Second computation: rates and gaps are drawn, kept where the gap ends within the horizon, and counted."""
    parameters = btyd.BtydParameters("bgnbd", 0.8, 6.0, 0.5, 3.0, 4.0, 5.0, 60.0, 20.0, 0.0)
    history = btyd.History(np.array([3.0]), np.array([8.0]), np.array([12.0]), np.array([25.0]))
    found = btyd.next_purchase(parameters, history, 20.0)
    draw = np.random.default_rng(0)
    gaps = draw.exponential(1 / draw.gamma(0.8 + 3, 1 / (6.0 + 12.0), 400_000))
    expected = 7 * np.quantile(gaps[gaps < 20], btyd.QUANTILES)
    assert found.days[0] == pytest.approx(expected, rel=0.03)
    rates = draw.gamma(4.0 * 3 + 5.0, 1 / (60.0 + 3 * 25.0), 400_000)
    assert found.value[0] == pytest.approx(np.quantile(draw.gamma(4.0, 1 / rates), btyd.QUANTILES), rel=0.03)


@pytest.mark.slow
def test_the_range_of_one_half_of_the_customers_is_learnt_from_the_other_alone():
    """An independent check of the ranges: by the generator's own later orders, of customers that no fit has seen."""
    draw = np.random.default_rng(5)
    count, weeks, horizon = 600, 20.0, 10.0
    rate, quits = draw.gamma(1.5, 0.2, count), draw.beta(1, 6, count)
    repeats, last, later = np.zeros(count), np.zeros(count), np.zeros(count)
    for who in range(count):
        at = 0.0
        while draw.random() > quits[who]:
            at += draw.exponential(1 / rate[who])
            if at > weeks + horizon:
                break
            if at <= weeks:
                repeats[who], last[who] = repeats[who] + 1, at
            else:
                later[who] += 1
    all_of_them = btyd.History(repeats, last, np.full(count, weeks), np.where(repeats > 0, 20.0, np.nan))
    halves = np.arange(count) % 2 == 0
    for mine in (halves, ~halves):
        half, other = (all_of_them.take(np.flatnonzero(some)) for some in (mine, ~mine))
        found = btyd.total_ranges(half, horizon, learn_from=other)
        assert found["orders"].low <= later[mine].sum() <= found["orders"].high
        assert found["buyers"].low <= (later[mine] > 0).sum() <= found["buyers"].high
        alone = btyd.fit(other, models=("bgnbd", "mbgnbd"))
        assert found["orders"].value == pytest.approx(btyd.outlook(alone, half, horizon).orders.sum())
