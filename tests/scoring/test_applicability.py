"""Caveats to know before acting on the scores."""

import pickle
import string

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lib import text
from lib.card import Card
from lib.gate import open_model
from lib.orders import Ledger, Orders
from lib.scoring import Caveat, caveats_of_history, caveats_of_scores, score
from lib.text import template

YEAR = Card(
    "buy_again",
    "logistic",
    (),
    500,
    cutoff="2025-07-01T00:00:00",
    horizon_days=90,
    period_start="2023-07-01",
    period_end="2025-06-30",
    currency="EUR",
)
"""Trained on customers as of 2 April 2025, with 641 days of orders before that."""


def orders(start: str, end: str, currency: str = "EUR") -> Orders:
    """A shop of 500 customers who all order soon, and one of them on the first day and the last."""
    soon = max(pd.Timestamp(start), pd.Timestamp("2023-07-06"))
    moments = pd.to_datetime([start, *[soon] * 500, end]).astype("datetime64[us]")
    ids = ["c0", *(f"c{place}" for place in range(500)), "c0"]
    lines = pd.DataFrame({"customer_id": ids, "order_id": range(502), "ordered_at": moments, "amount": 1.0})
    return Orders(lines, lines.head(0), Ledger(502, 502, {}, pd.Series([""])), currency=currency)


def keys(found: tuple[Caveat, ...]) -> list[str]:
    return [caveat.key for caveat in found]


def test_one_month_of_orders_is_too_short_for_a_model_of_two_years():
    (caveat,) = caveats_of_history(YEAR, orders("2025-06-01", "2025-06-30"), pd.Timestamp("2025-07-01"))
    assert caveat.key == "short_history"
    assert (caveat.facts["days"], caveat.facts["expected"]) == (30, 641)


@pytest.mark.parametrize(
    ("start", "end", "cutoff"),
    [
        ("2023-07-01", "2025-06-30", "2025-07-01"),  # the training file
        ("2023-07-05", "2025-06-30", "2025-07-01"),  # the shop's first order was a few days later
        ("2023-07-01", "2025-09-30", "2025-10-01"),  # grown since
        ("2024-01-01", "2025-12-31", "2026-01-01"),  # always the last two years, which the model saw too
        ("2020-01-01", "2025-06-30", "2025-07-01"),  # more than the model was trained on
    ],
)
def test_a_whole_history_needs_no_caveat(start, end, cutoff):
    assert keys(caveats_of_history(YEAR, orders(start, end), pd.Timestamp(cutoff))) in ([], ["outdated"])
    assert "short_history" not in keys(caveats_of_history(YEAR, orders(start, end), pd.Timestamp(cutoff)))


def test_the_same_file_counted_up_to_an_earlier_day_is_not_cut_off_but_known_to_the_model():
    found = caveats_of_history(YEAR, orders("2023-07-01", "2025-06-30"), pd.Timestamp("2024-07-01"))
    assert keys(found) == ["before_training_end"]


def test_other_money_and_an_old_model_are_told():
    found = caveats_of_history(YEAR, orders("2023-07-01", "2026-05-01", "USD"), pd.Timestamp("2026-05-02"))
    assert keys(found) == ["other_currency", "outdated"]
    assert found[0].facts == {"found": "USD", "trained": "EUR"}
    assert found[1].facts["months"] == 10


def test_a_model_made_elsewhere_says_nothing_of_its_history():
    assert caveats_of_history(None, orders("2025-06-01", "2025-06-30"), pd.Timestamp("2025-07-01")) == ()


def test_a_short_history_is_never_mended_by_a_new_model():
    """Training again on one month would be worse still."""
    for key in ("scoring.caveat.short_history", "scoring.caveat.short_history_groups", "drift.changed_short"):
        assert "new model" not in template("en", key)
        assert "train it" not in template("en", key)
        assert "modelo nuevo" not in template("es", key)
        assert "entrén" not in template("es", key)


# ------------------------------------------------------------------------------------------------ what scores give away


def table(rows: int, seed: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    frame = pd.DataFrame({"income": random.normal(52_000, 9_000, rows), "age": random.integers(18, 80, rows)})
    return frame.assign(target=np.where(frame["income"] + random.normal(0, 4_000, rows) > 52_000, "yes", "no"))


X = ["income", "age"]


def scored(model: object, frame: pd.DataFrame) -> list[str]:
    with open_model(pickle.dumps(model)) as opened:
        return keys(caveats_of_scores(opened, score(opened, frame[X])))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_model_without_its_scaler_is_told_at_the_top(seed):
    frame = table(300, seed)
    scaled = StandardScaler().set_output(transform="pandas").fit(frame[X])
    bare = LogisticRegression().fit(scaled.transform(frame[X]), frame["target"])
    assert scored(bare, frame) == ["probably_not_scaled"]
    whole = make_pipeline(StandardScaler(), LogisticRegression()).fit(frame[X], frame["target"])
    assert scored(whole, frame) == []


def test_clusters_of_scaled_columns_put_everybody_in_one():
    frame = table(300)
    scaled = StandardScaler().set_output(transform="pandas").fit_transform(frame[X])
    assert scored(KMeans(3, n_init=2, random_state=0).fit(scaled), frame) == ["one_answer_elsewhere"]


def test_a_constant_answer_is_told_and_a_few_rows_are_not_enough_for_it():
    frame = table(100)
    always = DummyClassifier(strategy="most_frequent").fit(frame[X], frame["target"])
    assert scored(always, frame)[0] in ("one_answer_elsewhere", "probably_not_scaled")
    assert scored(always, frame.head(1)) == []


def test_rare_answers_are_ranked_by_probability_not_called_wrong():
    frame = table(400)
    rare = np.where(frame["income"] > frame["income"].quantile(0.97), "yes", "no")
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.02)).fit(frame[X], rare)
    assert scored(model, frame) == ["one_answer_probabilities"]


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_caveat_has_its_sentence(language):
    blanks = {
        key: {name for _, name, _, _ in string.Formatter().parse(template(language, key)) if name}
        for key in text.keys(language)
        if key.startswith("scoring.caveat.")
    }
    assert blanks["scoring.caveat.short_history"] <= {"days", "expected", "start", "trained_start"}
    assert len(blanks) == 14


# ------------------------------------------------------------------------------------------------ another shop


def shop(customers: int, start: str, end: str) -> Orders:
    """Each customer orders on the first day and on the last."""
    ids = [f"c{place}" for place in range(customers)] * 2
    moments = pd.to_datetime([start] * customers + [end] * customers).astype("datetime64[us]")
    lines = pd.DataFrame({"customer_id": ids, "order_id": range(len(ids)), "ordered_at": moments, "amount": 1.0})
    return Orders(lines, lines.head(0), Ledger(len(ids), len(ids), {}, pd.Series([""])), currency="EUR")


@pytest.mark.parametrize("customers", [50, 249, 251, 334, 400, 500, 600, 749, 751, 5000])
@pytest.mark.parametrize("end", ["2025-06-30", "2025-12-31"])
def test_half_as_many_customers_in_the_training_period_are_another_shops(customers, end):
    found = caveats_of_history(YEAR, shop(customers, "2023-07-01", end), pd.Timestamp(end) + pd.Timedelta(days=1))
    assert ("other_shop" in keys(found)) == (not 333 < customers < 751)
    assert "outdated" not in keys(found) or "other_shop" not in keys(found)


def test_a_file_that_ends_before_the_training_data_begins_is_another_shops():
    found = caveats_of_history(YEAR, shop(500, "2010-12-01", "2011-12-09"), pd.Timestamp("2011-12-10"))
    assert keys(found) == ["other_shop_before"]


def test_a_history_that_does_not_cover_the_training_period_is_not_judged_by_its_size():
    found = caveats_of_history(YEAR, shop(20, "2025-05-01", "2025-08-01"), pd.Timestamp("2025-08-02"))
    assert keys(found) == ["short_history"]


# ------------------------------------------------------------------------------------------------ dummies


def test_dummies_of_values_that_no_row_has_are_named():
    """`Contract_length` begins like the dummies of `Contract` and was silently 0."""
    random = np.random.default_rng(0)
    contract = random.choice(["One year", "Two year"], 60)
    fitted = pd.get_dummies(pd.DataFrame({"Contract": contract}), dtype=float).assign(
        Contract_length=random.integers(1, 24, 60)
    )
    model = LogisticRegression(max_iter=1000).fit(fitted, contract == "Two year")
    table = pd.DataFrame({"Contract": contract})
    with open_model(pickle.dumps(model)) as opened:
        (caveat,) = caveats_of_scores(opened, score(opened, table))
        assert caveat == Caveat(
            "dummies_never_seen", {"columns": ["Contract_length"], "count": 1, "sources": ["Contract"]}
        )
        whole = table.assign(Contract_length=fitted["Contract_length"])
        assert caveats_of_scores(opened, score(opened, whole)) == ()
