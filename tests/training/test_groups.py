"""Customer segments: stable, separated, numbered by value, and without a customer in the file."""

import pickle
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lib import text
from lib.errors import UserError
from lib.features import code
from lib.recipes import recipe
from lib.segments import RFM, group_name, rule_in_words
from lib.training import Question, train_customers, train_orders
from lib.training.clustering import CandidateSearch
from lib.training.grid import cut, grid_pipeline
from lib.training.grouping import Candidate, classic_cells, explained, rough_rank
from lib.training.groups import _choices_in, data_of_orders

DAY = pd.Timedelta(days=1)
START = pd.Timestamp("2025-01-01")


def history(customers: int = 240, seed: int = 3) -> SimpleNamespace:
    """Four kinds of customers, as many of each: weekly and large, monthly, once long ago, once lately."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, str, pd.Timestamp, float]] = []
    for place in range(customers):
        kind = place % 4
        if kind == 0:
            days, basket = np.arange(rng.integers(0, 7), 360, 9), 80.0
        elif kind == 1:
            days, basket = np.arange(rng.integers(0, 30), 360, 35), 40.0
        else:
            days, basket = np.array([rng.integers(0, 90) if kind == 2 else rng.integers(300, 358)]), 15.0
        for day in days:
            moment = START + int(day) * DAY + pd.Timedelta(minutes=int(rng.integers(0, 1400)))
            rows.append((f"c{place:04}", f"o{len(rows)}", moment, round(basket * float(np.exp(rng.normal(0, 0.3))), 2)))
    lines = pd.DataFrame(rows, columns=["customer_id", "order_id", "ordered_at", "amount"]).astype(
        {"customer_id": "str", "order_id": "str", "ordered_at": "datetime64[us]"}
    )
    nothing = pd.Series([None] * len(lines), dtype="str")
    lines = lines.assign(quantity=1.0, product=nothing, country=nothing)
    lines = lines.sort_values("ordered_at", ignore_index=True)
    return SimpleNamespace(lines=lines, returns=lines.head(0), currency="EUR")


@pytest.fixture(scope="module")
def orders():
    return history()


@pytest.fixture(scope="module")
def trained(orders):
    return train_orders(orders, Question("groups", groups=4))


@pytest.mark.slow
def test_predict_answers_the_numbers_of_the_card_from_one(trained):
    said = trained.pipeline.predict(trained.example)
    sizes = pd.Series(said).value_counts().sort_index()
    assert sizes.index.tolist() == [group.number for group in trained.card.groups] == [1, 2, 3, 4]
    assert sizes.tolist() == [group.customers for group in trained.card.groups]


@pytest.mark.slow
def test_groups_are_numbered_by_value(trained):
    means = [group.value_mean for group in trained.card.groups]
    assert means == sorted(means, reverse=True)


@pytest.mark.slow
def test_the_four_kinds_of_customers_are_found(trained):
    """The order history was made of four kinds: each must be nearly alone in its group."""
    said = pd.Series(trained.pipeline.predict(trained.example), index=trained.example.index)
    kind = said.index.str[1:].astype(int) % 4
    table = pd.crosstab(kind, said.to_numpy())
    assert table.max(axis=1).sum() / len(said) > 0.95
    assert trained.card.metrics["stability"] > 0.9
    assert "training.limit.few_customers" not in trained.card.limits


@pytest.mark.slow
def test_a_chance_belongs_to_every_answer_and_agrees_with_it(trained):
    chances = trained.pipeline.predict_proba(trained.example)
    said = trained.pipeline.predict(trained.example)
    assert chances.shape == (240, 4)
    assert (chances.argmax(axis=1) + 1 == said).all()
    assert chances.sum(axis=1) == pytest.approx(1)


def test_no_customer_is_in_the_file(trained, orders):
    data = pickle.dumps(trained.pipeline)
    assert b"c00" not in data
    assert b"labels_" not in data
    for amount in trained.example.to_numpy().ravel():
        if (amount * 4) % 1 != 0:
            assert np.float64(amount).tobytes() not in data
    assert len(data) < 20_000


def test_the_file_opens_without_brine_and_places_one_customer(trained):
    again = pickle.loads(pickle.dumps(trained.pipeline))
    one = trained.example.head(1)
    assert again.predict(one).tolist() == trained.pipeline.predict(one).tolist()
    modules = {part for part in pickle.dumps(trained.pipeline).split(b"\x8c") if part[1:4] == b"lib"}
    assert not modules


@pytest.mark.slow
def test_orders_after_the_cutoff_change_nothing(orders):
    cutoff = START + 300 * DAY
    before = SimpleNamespace(
        lines=orders.lines[orders.lines["ordered_at"] < cutoff], returns=orders.returns, currency="EUR"
    )
    question = Question("groups", cutoff=cutoff, groups=3, recipe="bisecting_kmeans")
    whole, cut_off = train_orders(orders, question), train_orders(before, question)
    assert whole.card.groups == cut_off.card.groups
    assert pickle.dumps(whole.pipeline) == pickle.dumps(cut_off.pipeline)


@pytest.mark.slow
def test_the_same_question_gives_the_same_bytes(orders):
    question = Question("groups", groups=3, recipe="bisecting_kmeans", seed=5)
    first, second = train_orders(orders, question), train_orders(orders, question)
    assert pickle.dumps(first.pipeline) == pickle.dumps(second.pipeline)
    assert first.card == second.card


def test_groups_tell_what_they_did_later_and_how_firm_they_are(trained):
    best = trained.card.groups[0]
    assert best.later.bought > 0.9
    month = trained.card.evaluation.month_later
    assert month.same > 0.9
    assert sum(map(sum, month.table)) > 0


@pytest.mark.slow
def test_the_share_that_stays_is_what_the_pipeline_itself_says_of_both_dates(trained):
    """Measured while candidates are compared; checked here by `predict` on the customers of the month before."""
    chosen = next(one for one in trained.card.evaluation.tried if one.chosen)
    table = np.array(trained.card.evaluation.month_later.table)
    assert chosen.stayed == pytest.approx(np.trace(table) / table.sum(), abs=0.01)
    assert trained.card.evaluation.bars["stayed"] == 0.8


@pytest.mark.slow
def test_responsive_segments_need_not_stay(orders):
    asked = Question("groups", recipe="bisecting_kmeans", responsive=True)
    card = train_orders(orders, asked).card
    assert "stayed" not in card.evaluation.bars
    assert card.settings["responsive"] is True
    assert "training.limit.stayed" not in card.limits


@pytest.mark.slow
def test_the_card_says_why_and_shows_every_candidate(orders):
    card = train_orders(orders, Question("groups", recipe="bisecting_kmeans")).card
    tried = card.evaluation.tried
    assert [one.chosen for one in tried].count(True) == 1
    assert {one.groups for one in tried} >= {4, 5, 6, 7, 8}
    for language in text.LANGUAGES:
        assert text.knows(language, card.evaluation.reason)
        assert all(text.knows(language, limit) for limit in card.limits)
        assert all(rule_in_words(language, group) for group in card.groups)
    assert card.to_plain()


@pytest.mark.parametrize(("days", "windows"), [(365, {90, 180}), (1400, {365}), (120, {30, 60}), (10, {7})])
def test_lately_is_the_last_quarter_and_the_last_half_of_the_history(days, windows):
    asked = {name for choice in _choices_in(days) for name in choice if name.startswith("spend_")}
    assert asked == {f"spend_{window}_days" for window in windows}
    assert _choices_in(days)[0] == RFM


@pytest.mark.slow
def test_where_no_four_groups_hold_three_are_looked_at_and_what_is_missed_is_said():
    """Sixty random customers: no clustering of them is stable."""
    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.normal(50, 9, (60, 3)), columns=["age", "visits", "score"])
    card = train_customers(table, Question("groups")).card
    assert 3 in {one.groups for one in card.evaluation.tried}
    assert card.evaluation.reason == "training.why.nearest"
    assert {"training.limit.stability", "training.limit.few_customers"} <= set(card.limits)


@pytest.mark.slow
@pytest.mark.parametrize("separate", [False, True])
def test_candidates_come_in_the_order_of_measuring_all_of_them(orders, separate, monkeypatch):
    """The search leaves out figures that cannot change which candidates are looked at closely."""
    data = data_of_orders(code(orders), START + 360 * DAY, Question("groups"))
    data = replace(data, choices=data.choices[:1], by_separation=separate)
    search = CandidateSearch(data, recipe("kmeans"), seed=0)
    candidates = search.candidates(0)
    everything = sorted((search.measure(one, rough=True) for one in candidates), key=rough_rank, reverse=True)
    expected = [one.candidate for one in everything if one.groups > 1]
    resampled: list[Candidate] = []
    once = search._resampled
    monkeypatch.setattr(
        search, "_resampled", lambda one, *rest, **how: resampled.append(one) or once(one, *rest, **how)
    )
    ranked = search.ranked(candidates)
    assert [one.candidate for one in islice(ranked, 5)] == expected[:5]
    assert len(resampled) < len(expected)
    assert [one.candidate for one in ranked] == expected[5:]


@pytest.mark.slow
def test_a_model_learnt_anew_is_like_the_one_before(orders, trained):
    anew = train_orders(orders, Question("groups", like=trained.card, cutoff=START + 330 * DAY))
    assert list(anew.example.columns) == list(trained.example.columns)
    assert [group.name_key for group in anew.card.groups] == [group.name_key for group in trained.card.groups]
    assert anew.card.evaluation.reason == "training.why.like"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["gaussian_mixture", "ward", "hdbscan", "rfm_grid"])
def test_every_algorithm_gives_a_pipeline_that_places_new_customers(orders, key):
    trained = train_orders(orders, Question("groups", recipe=key))
    new = pd.DataFrame(
        {"recency_days": [1.0, 350.0], "frequency_orders": [40.0, 1.0], "monetary_total": [3000.0, 15.0]}
    )
    best, worst = trained.pipeline.predict(new[list(trained.example.columns)])
    assert best == 1
    assert worst > 1
    assert trained.card.recipe == key
    assert {group.number for group in trained.card.groups} == set(range(1, len(trained.card.groups) + 1))
    assert "labels_" not in str(vars(trained.pipeline[-1]).keys())


@pytest.mark.slow
def test_the_cut_offs_of_the_grid_stay_as_they_are(orders):
    trained = train_orders(orders, Question("groups", recipe="rfm_grid"))
    assert "training.limit.explained" not in trained.card.limits, "the grid was compared with itself"
    same = trained.example.head(5)
    alone = trained.pipeline.predict(same)
    assert alone.tolist() == trained.pipeline.predict(trained.example)[:5].tolist()


def test_the_grid_scores_by_fifths():
    table = pd.DataFrame(
        {"recency_days": np.arange(100.0), "frequency_orders": np.arange(100.0), "monetary_total": np.arange(100.0)}
    )
    offs = cut(table.to_numpy())
    assert offs.inner[0] == (19.8, 39.6, 59.4, 79.2)
    assert offs.scores == ((5, 4, 3, 2, 1), (1, 2, 3, 4, 5), (1, 2, 3, 4, 5))
    pipeline, names = grid_pipeline(table.assign(recency_days=99 - table["recency_days"]), table["monetary_total"])
    assert names[0] == "best"
    assert names[-1] == "gone"
    assert pipeline.predict(pd.DataFrame([[0.0, 99.0, 99.0], [99.0, 0.0, 0.0]], columns=table.columns)).tolist() == [
        1,
        len(names),
    ]


def test_a_shop_where_everybody_ordered_once_still_has_a_grid():
    """Four equal cut-offs once made bins that no customer could be in."""
    table = pd.DataFrame(
        {"recency_days": np.arange(100.0), "frequency_orders": np.ones(100), "monetary_total": np.arange(100.0) + 5}
    )
    pipeline, names = grid_pipeline(table, table["monetary_total"])
    assert set(pipeline.predict(table)) == set(range(1, len(names) + 1))


def test_cells_explain_nothing_by_being_many():
    """Counted on the same customers, 125 cells of pure chance explain a good part of anything."""
    rng = np.random.default_rng(0)
    features = pd.DataFrame(rng.random((600, 3)), columns=["recency_days", "frequency_orders", "monetary_total"])
    assert explained(rng.random(600), classic_cells(features)) < 0.02
    assert explained(np.repeat([0.0, 1.0], 300), np.repeat([0, 1], 300)) == pytest.approx(1.0)


@pytest.fixture
def mixed() -> pd.DataFrame:
    rng = np.random.default_rng(2)
    young = np.repeat([True, False], 90)
    return pd.DataFrame(
        {
            "age": np.where(young, rng.integers(18, 30, 180), rng.integers(55, 80, 180)).astype("float64"),
            "annual_income": np.where(young, rng.normal(20, 3, 180), rng.normal(70, 5, 180)).round(1),
            "member": young,
            "since": pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 900, 180), unit="D"),
            "plan": np.where(young, "free", "gold"),
            "mail": [f"c{place}@example.org" for place in range(180)],
            "shop": "main",
        },
        index=pd.Index([f"c{place}" for place in range(180)], name="customer_id", dtype="str"),
    ).assign(age=lambda table: table["age"].where(np.arange(180) % 20 > 0))


@pytest.mark.slow
def test_a_customer_table_with_mixed_columns_and_gaps_is_grouped(mixed):
    trained = train_customers(mixed, Question("groups", groups=2))
    assert trained.card.evaluation.left_out == {"mail": "personal", "shop": "constant", "plan": "copy"}
    old, young = trained.card.groups
    assert old.value_column == "annual_income"
    assert (old.customers, young.customers) == (90, 90)
    assert group_name("en", old) != group_name("en", young)
    assert b"example.org" not in pickle.dumps(trained.pipeline)


@pytest.mark.slow
def test_only_the_columns_that_were_asked_for_are_used(mixed):
    trained = train_customers(mixed, Question("groups", groups=3, columns=("age", "plan")))
    assert list(trained.example.columns) == ["age", "plan"]
    assert [column.name for column in trained.card.columns] == ["age", "plan"]


def test_too_few_customers_are_told_so(mixed):
    with pytest.raises(UserError) as refused:
        train_customers(mixed.head(20), Question("groups"))
    assert (refused.value.key, refused.value.facts) == ("training.too_few_customers", {"customers": 20, "needed": 50})


@pytest.mark.parametrize(
    ("question", "key"),
    [
        (Question("groups", columns=("nose",)), "training.unknown_columns"),
        (Question("groups", groups=90), "training.groups_out_of_range"),
        (Question("groups", columns=("mail",)), "training.no_usable_columns"),
        (Question("groups", recipe="rfm_grid"), "training.grid_needs_orders"),
    ],
)
def test_a_question_that_does_not_fit_is_answered_in_words(mixed, question, key):
    with pytest.raises(UserError) as refused:
        train_customers(mixed, question)
    assert refused.value.key == key
    for language in text.LANGUAGES:
        assert text.tell(language, refused.value)


@pytest.mark.slow
def test_groups_of_a_real_shop_clear_every_bar(shared: Path):
    log = pd.read_csv(shared / "cdnow_sample" / "CDNOW_sample.txt", sep=r"\s+", header=None, dtype={1: "str", 2: "str"})
    nothing = pd.Series([None] * len(log), dtype="str")
    lines = pd.DataFrame(
        {
            "customer_id": log[1],
            "order_id": log.index.astype("str"),
            "ordered_at": pd.to_datetime(log[2], format="%Y%m%d").astype("datetime64[us]"),
            "amount": log[4].astype("float64"),
            "quantity": log[3].astype("float64"),
            "product": nothing,
            "country": nothing,
        }
    ).sort_values("ordered_at", ignore_index=True)
    orders = SimpleNamespace(lines=lines, returns=lines.head(0), currency="USD")
    metrics = train_orders(orders, Question("groups")).card.metrics
    assert metrics["stability"] >= 0.90
    assert metrics["smallest"] >= 0.04
    assert metrics["explained"] >= 1.2
    assert metrics["tree"] >= 0.80
