"""Customer tables: every figure beside a second computation by SciPy or by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lib.insights import customer_table as insights


def table(seed: int) -> pd.DataFrame:
    """A table of another size, with gaps, constants, dates, categories and an outcome."""
    random = np.random.default_rng(seed)
    rows = int(random.choice([12, 80, 400]))
    age = random.integers(18, 80, rows).astype(float)
    age[random.random(rows) < 0.1] = np.nan
    churn = random.random(rows) < np.where(np.nan_to_num(age, nan=30) > 50, 0.6, 0.2)
    return pd.DataFrame(
        {
            "age": age,
            "income": random.lognormal(10, 0.5, rows),
            "plan": pd.Series(random.choice(["a", "b", "c"], rows), dtype="str").where(random.random(rows) > 0.1),
            "city": pd.Series(random.choice(["x", "y"], rows), dtype="str"),
            "since": pd.Timestamp("2020-01-01") + pd.to_timedelta(random.integers(0, 900, rows), unit="D"),
            "same": 7,
            "nothing": np.nan,
            "churn": np.where(churn, "yes", "no"),
        }
    ).astype({"churn": "str"})


SEEDS = range(6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_associations_equal_scipy(seed: int) -> None:
    frame = table(seed)
    found = insights.associations(frame)
    assert {"same", "nothing"}.isdisjoint({*found["left"], *found["right"]})
    for row in found.itertuples():
        both = frame[[row.left, row.right]].dropna()
        assert row.rows == len(both)
        if row.measure == "spearman":
            a, b = (both[name].astype("int64") if both[name].dtype.kind == "M" else both[name] for name in both)
            assert row.value == pytest.approx(stats.spearmanr(a, b).statistic)
        elif row.measure == "correlation_ratio":
            number = row.left if insights.kind_of(frame[row.left]) in ("number", "date") else row.right
            group = row.right if number == row.left else row.left
            ranks = stats.rankdata(both[number].astype("int64") if both[number].dtype.kind == "M" else both[number])
            parts = [ranks[(both[group] == name).to_numpy()] for name in both[group].unique()]
            statistic = stats.f_oneway(*parts).statistic
            inside, outside = len(ranks) - len(parts), len(parts) - 1
            share = statistic * outside / (statistic * outside + inside)  # η² from the F statistic
            assert row.value == pytest.approx(share**0.5)
        else:
            assert row.value == pytest.approx(unbiased_cramers_v(both[row.left], both[row.right]))


def unbiased_cramers_v(a: pd.Series, b: pd.Series) -> float:
    """By the formula of the paper, from SciPy's χ²."""
    counts = pd.crosstab(a, b).to_numpy()
    n, (r, k) = counts.sum(), counts.shape
    phi = max(0, stats.chi2_contingency(counts, correction=False).statistic / n - (r - 1) * (k - 1) / (n - 1))
    return float((phi / min(r - (r - 1) ** 2 / (n - 1) - 1, k - (k - 1) ** 2 / (n - 1) - 1)) ** 0.5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_rates_and_their_intervals_equal_scipy(seed: int) -> None:
    frame = table(seed)
    found = insights.rates(frame, "churn", "yes")
    assert set(found["column"]) == {"age", "income", "plan", "city", "since"}
    for row in found[found["column"].isin(["plan", "city"])].itertuples():
        here = frame[row.column].isna() if row.group == "" else frame[row.column] == row.group
        yes = int((frame["churn"][here] == "yes").sum())
        interval = stats.binomtest(yes, int(here.sum())).proportion_ci(method="wilson")
        assert (row.customers, row.rate) == (here.sum(), pytest.approx(yes / here.sum()))
        assert (row.low, row.high) == (pytest.approx(interval.low, abs=1e-6), pytest.approx(interval.high, abs=1e-6))
    for name in ("age", "income", "plan", "since"):
        assert found.loc[found["column"] == name, "customers"].sum() == len(frame)


def test_means_of_a_numeric_outcome_have_the_interval_of_the_mean() -> None:
    frame = table(2)
    row = insights.rates(frame, "income").query("column == 'city' and group == 'x'").iloc[0]
    here = frame["income"][frame["city"] == "x"]
    low, high = stats.norm.interval(0.95, here.mean(), stats.sem(here))
    assert (row["rate"], row["low"], row["high"]) == pytest.approx((here.mean(), low, high))


@pytest.mark.slow
def test_what_goes_with_the_outcome_comes_first() -> None:
    frame = table(2)
    ranked = insights.ranking(frame, "churn", "yes")
    assert ranked["column"].iloc[0] == "age"
    assert ranked["sure"].iloc[0]
    assert ranked["highest"].iloc[0] > ranked["lowest"].iloc[0]


def test_kinds_and_gaps_are_told() -> None:
    frame = table(1)
    kinds = insights.profiles(frame).set_index("column")["kind"].to_dict()
    assert kinds == {
        "age": "number",
        "income": "number",
        "plan": "category",
        "city": "yes_no",
        "since": "date",
        "same": "constant",
        "nothing": "empty",
        "churn": "yes_no",
    }
    profile = insights.profiles(frame).set_index("column").loc["age"]
    assert profile["missing"] == frame["age"].isna().sum()


def test_a_long_tail_is_no_mistake_and_a_typing_error_is() -> None:
    random = np.random.default_rng(1)
    income = pd.Series(random.lognormal(10, 0.6, 500))
    assert not insights.far_out(income).any()
    income.iloc[7] = 9e7
    assert insights.far_out(income).to_numpy().nonzero()[0].tolist() == [7]
    visits = pd.Series([0] * 40 + [1, 2, 3, 5, 9] * 12)
    assert not insights.far_out(visits).any()


def test_equal_rows_and_equal_columns_are_found() -> None:
    frame = pd.DataFrame({"a": [1, 2, 2, 3], "b": [1, 2, 2, 3], "c": ["x", "y", "y", "z"], "d": [5, 5, 5, 5]})
    odd = insights.oddities(frame)
    assert (odd.same, odd.duplicate_rows, odd.constant) == ((("a", "b"),), 1, ("d",))


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([], dtype="float64"),
        pd.Series([np.nan, np.nan]),
        pd.Series([1.0]),
        pd.Series(["x"], dtype="str"),
        pd.Series([True, False, True]),
        pd.Series(pd.to_datetime(["2020-01-01", None, "2021-01-01"])),
        pd.Series([-3.0, 0.0, np.inf]).replace(np.inf, np.nan),
        pd.Series(["a", "b"] * 40, dtype="category"),
        pd.Series([1, 2, None], dtype="Int64"),
    ],
)
def test_no_kind_of_column_breaks_a_figure(column: pd.Series) -> None:
    frame = pd.DataFrame({"it": column, "other": range(len(column))})
    insights.profiles(frame)
    insights.oddities(frame)
    insights.associations(frame)
    bins = insights.distribution(frame["it"])
    assert bins["customers"].sum() == column.notna().sum()
    for outcome in insights.outcomes(frame):
        for answer in insights.answers(frame, outcome) or [""]:
            insights.ranking(frame, outcome, answer)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_histogram_holds_everybody(seed: int) -> None:
    frame = table(seed)
    for name in frame:
        assert insights.distribution(frame[name], most=99)["customers"].sum() == frame[name].notna().sum()


def test_the_income_of_666666_and_births_of_1893_are_found(shared: Path) -> None:
    frame = pd.read_csv(shared / "customer_tables" / "marketing_campaign.csv", sep=";", encoding="utf-8-sig")
    odd = insights.oddities(frame)
    assert odd.outliers == (("Income", 1, "666666"), ("Year_Birth", 3, "1893"))
    assert odd.constant == ("Z_CostContact", "Z_Revenue")


@pytest.mark.parametrize("shift", [0, 1_000_000, -4_000_000_000, 0.25, 2_500_000.5])
def test_large_numbers_are_written_in_full_and_stay_different(shift: float) -> None:
    values = [shift + step for step in range(4)]
    frame = pd.DataFrame({"points": values * 15, "bought": ["yes", "no", "no", "no"] * 15})
    profile = insights.profiles(frame).set_index("column").loc["points"]
    assert (float(profile["low"]), float(profile["high"])) == (values[0], values[-1])
    shown = insights.distribution(frame["points"])
    assert [float(group) for group in shown["group"]] == values
    rates = insights.rates(frame, "bought", "yes").query("column == 'points'")
    assert dict(zip(rates["group"].map(float), rates["rate"], strict=True)) == dict(
        zip(values, [1, 0, 0, 0], strict=True)
    )
