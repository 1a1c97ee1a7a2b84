"""How far new customers are from those the model learnt."""

import numpy as np
import pandas as pd
import pytest

from lib.drift import compare_with_training, stability_index
from lib.scoring import Need, compare, prepare
from lib.training.describe import describe

QUARTERS = Need("spend", "number", low=0, high=100, edges=(25.0, 50.0, 75.0), shares=(0.25, 0.25, 0.25, 0.25))
CITY = Need("city", "category", categories=("Lima", "Quito"), shares=(0.5, 0.5))


def test_the_same_customers_are_stable():
    drift = compare_with_training([QUARTERS], pd.DataFrame({"spend": np.arange(0, 100, 0.5)}))
    assert drift.level == "stable"
    assert drift.columns[0].psi == 0
    assert drift.columns[0].ks == 0


def test_the_index_is_the_textbook_sum():
    then, now = np.array([0.5, 0.5]), np.array([0.8, 0.2])
    by_hand = 0.3 * np.log(0.8 / 0.5) + (-0.3) * np.log(0.2 / 0.5)
    assert abs(stability_index(then, now, 10**9) - by_hand) < 1e-8


def test_customers_who_all_spend_more_have_changed():
    drift = compare_with_training([QUARTERS], pd.DataFrame({"spend": np.linspace(80, 200, 400)}))
    (column,) = drift.columns
    assert drift.level == "changed"
    assert column.ks == 0.75
    assert column.share_new == 0.75  # beyond 100 and a tenth


def test_new_categories_are_counted():
    drift = compare_with_training([CITY], pd.DataFrame({"city": ["Lima"] * 50 + ["Oslo"] * 50}))
    assert drift.columns[0].share_new == 0.5
    assert drift.level == "changed"


def test_few_rows_say_nothing():
    assert compare_with_training([QUARTERS], pd.DataFrame({"spend": [99.0] * 49})).level == "unknown"


def test_chance_alone_is_no_drift():
    random = np.random.default_rng(1)
    levels = [
        compare_with_training([QUARTERS], pd.DataFrame({"spend": random.uniform(0, 100, 100)})).level
        for _ in range(100)
    ]
    assert levels.count("stable") >= 95


def test_a_column_without_a_summary_is_left_out():
    assert compare_with_training([Need("x")], pd.DataFrame({"x": [1.0] * 60})).level == "unknown"


def test_a_shop_that_grew_older_has_not_changed_its_customers():
    """Days since the first order go up with the calendar: for a month they alone caused the advice to retrain in every
    shop."""
    tenure = Need("tenure_days", "number", edges=(25.0, 50.0, 75.0), shares=(0.25, 0.25, 0.25, 0.25))
    drift = compare_with_training(
        [QUARTERS, tenure], pd.DataFrame({"spend": np.arange(0, 100, 0.5), "tenure_days": np.arange(90, 290)})
    )
    assert drift.level == "stable"
    assert [column.column for column in drift.columns] == ["tenure_days", "spend"]
    assert [column.column for column in drift.telling] == ["spend"]


# ------------------------------------------------------------------------------------------------ generated tables


def customers(seed: int, rows: int) -> pd.DataFrame:
    """A generated training table with a column of every type, with missing values and ties."""
    random = np.random.default_rng(seed)
    rare = [f"city {place}" for place in range(40)]
    table = pd.DataFrame(
        {
            "spend": random.lognormal(3, 1.2, rows),
            "visits": random.poisson(0.4, rows).astype("float64"),
            "age": random.integers(18, 80, rows),
            "balance": random.normal(0, 500, rows),
            "sparse": np.where(random.random(rows) < 0.7, np.nan, random.gamma(2, 30, rows)),
            "constant": 7.0,
            "joined": pd.Timestamp("2021-03-04 09:10") + pd.to_timedelta(random.integers(0, 900, rows), unit="D"),
            "last_seen": pd.Timestamp("2024-01-02") + pd.to_timedelta(random.integers(0, 40_000, rows), unit="min"),
            "member": random.random(rows) < 0.3,
            "city": random.choice(rare, rows, p=np.arange(40, 0, -1) / 820),
            "referrer": pd.Series(random.choice(["mail", "friend", "shop"], rows)).where(random.random(rows) < 0.1),
        }
    )
    dates = {"joined": "datetime64[us]", "last_seen": random.choice(["datetime64[ns]", "datetime64[us]"])}
    table = table.astype(dates).astype({"city": "str", "referrer": "str"})
    gaps = random.random(rows) < 0.2
    return table.assign(joined=table["joined"].mask(gaps), referrer=table["referrer"])


def needs(table: pd.DataFrame) -> list[Need]:
    """What a model trained on the table says of its columns."""
    return [
        Need(
            **{
                name: getattr(column, name)
                for name in (
                    *("name", "kind", "unit", "low", "high", "typical"),
                    *("categories", "share_missing", "edges", "shares"),
                )
            }
        )
        for column in describe(table)
    ]


TABLES = [pytest.param(seed, rows, id=f"{rows}-{seed}") for seed in range(12) for rows in (60, 250, 3000)]

SHIFTS = {
    "spend": lambda values: values * 4,
    "visits": lambda values: values + 3,
    "age": lambda values: values + 25,
    "balance": lambda values: values + 1500,
    "sparse": lambda values: values.fillna(10.0),
    "joined": lambda values: values + pd.Timedelta(days=1500),
    "last_seen": lambda values: values + pd.Timedelta(days=365),
    "member": lambda values: ~values,
    "city": lambda values: "new " + values,
    "referrer": lambda values: values.fillna("newspaper"),
}
"""Column → an obvious shift."""


@pytest.mark.parametrize(("seed", "rows"), TABLES)
def test_the_training_table_itself_is_stable_in_every_column(seed, rows):
    table = customers(seed, rows)
    drift = compare_with_training(needs(table), table)
    assert drift.level == "stable"
    compared = {need.name for need in needs(table) if need.shares} - {"constant"}
    assert {column.column for column in drift.columns} == compared
    assert {column.column: round(column.psi, 2) for column in drift.columns if column.psi > 0.02} == {}


@pytest.mark.parametrize(("seed", "rows"), TABLES)
def test_other_customers_of_the_same_kind_are_stable(seed, rows):
    drift = compare_with_training(needs(customers(seed, 3000)), customers(seed + 1000, rows))
    assert drift.level == "stable"


@pytest.mark.parametrize("shifted", SHIFTS)
@pytest.mark.parametrize("seed", range(4))
def test_a_shifted_column_is_found_and_no_other(seed, shifted):
    table = customers(seed, 600)
    moved = table.assign(**{shifted: SHIFTS[shifted](table[shifted])})
    drift = compare_with_training(needs(table), moved)
    assert [column.column for column in drift.columns if column.level != "stable"] == [shifted]
    assert drift.columns[0].level == "changed"
    assert drift.level in ("moved", "changed")


@pytest.mark.parametrize("seed", range(6))
def test_all_columns_shifted_is_another_shop(seed):
    table = customers(seed, 300)
    moved = table.assign(**{name: shift(table[name]) for name, shift in SHIFTS.items()})
    assert compare_with_training(needs(table), moved).level == "changed"


def test_the_index_agrees_with_counting_by_hand():
    """10 of 50 customers had no value in training, 25 of 50 have none now; the others lie as before."""
    need = Need("x", "number", low=0, high=3, edges=(1.0,), shares=(0.5, 0.5), share_missing=0.2)
    frame = pd.DataFrame({"x": [0.0] * 50 + [2.0] * 50 + [np.nan] * 100})
    by_hand = 2 * (0.25 - 0.4) * np.log(0.25 / 0.4) + (0.5 - 0.2) * np.log(0.5 / 0.2)
    (column,) = compare_with_training([need], frame).columns
    assert column.psi == pytest.approx(by_hand - (2 + 2 * np.sqrt(2 * 2)) / 200)
    assert (column.share_missing_trained, column.share_missing) == (0.2, 0.5)


@pytest.mark.parametrize("seed", range(6))
def test_drift_and_flags_agree(seed):
    """The share of new values that drift tells is that of the cells that scoring flags."""
    table = customers(seed, 400)
    random = np.random.default_rng(seed)
    odd = table.assign(
        spend=np.where(random.random(400) < 0.1, 1e6, table["spend"]),
        city=table["city"].mask(random.random(400) < 0.2, "Atlantis"),
        constant=random.normal(0, 1, 400),
    )
    asked = needs(table)
    tolerates = frozenset(table.columns)
    ready = prepare(compare(asked, odd), odd, tolerates_missing=tolerates)
    flagged = ready.cells[ready.cells["reason"].isin(["outside_range", "new_category"])].groupby("column").size()
    drift = compare_with_training(asked, ready.frame)
    filled = odd.notna().sum()
    assert {c.column: round(c.share_new * filled[c.column]) for c in drift.columns if c.share_new} == flagged.to_dict()
    assert "constant" not in flagged


def test_a_column_that_was_the_same_for_everybody_is_never_flagged():
    """The season of a log of one year has no range: every customer of the sample shop deserved a second look."""
    need = Need("season_log_odds", "number", low=0.0, high=0.0, typical=0.0, edges=(0.0,), shares=(0.0, 1.0))
    frame = pd.DataFrame({"season_log_odds": [0.2, 0.2, 0.2]})
    assert prepare(compare([need], frame), frame).flags == {}


def test_a_value_that_all_rows_share_flags_none_of_them():
    need = Need("area", "number", low=1.0, high=2.0, typical=1.5)
    frame = pd.DataFrame({"area": [9.0, 9.0, 9.0]})
    assert prepare(compare([need], frame), frame).flags == {}
    assert "outside_range" in prepare(compare([need], frame.head(1)), frame.head(1)).flags


def test_what_ages_with_a_shop_is_marked_where_the_column_is_defined():
    from lib.drift import AGEING, CALENDAR

    assert "tenure_days" in AGEING
    assert "recency_days" not in AGEING
    assert {"season_log_odds", "season_log_spend", "season_log_orders"} == CALENDAR
