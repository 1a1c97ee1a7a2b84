"""Every row gets its cells in the model's terms, or a reason why not."""

import numpy as np
import pandas as pd
import pytest

from lib.errors import UserError
from lib.exports import to_csv
from lib.scoring import refused_rows
from lib.scoring.matching import compare
from lib.scoring.needs import Need
from lib.scoring.rows import prepare
from lib.tables import read_table

AGE = Need("age", "number", low=18, high=80, typical=40, share_missing=0.0)
CITY = Need("city", "category", categories=("Lima", "Quito"), shares=(0.5, 0.5), share_missing=0.0)
SINCE = Need("since", "date")
ANY = Need("anything")


def ready(need, values, **options):
    table = pd.DataFrame({need.name: values})
    return prepare(compare([need], table), table, **options)


def test_numbers_pass_as_they_are():
    found = ready(AGE, [20, 30])
    assert found.frame["age"].tolist() == [20.0, 30.0]
    assert found.refused.empty
    assert found.flags == {}


def test_an_empty_cell_refuses_its_row_and_says_which_cell():
    found = ready(AGE, [20.0, np.nan, 30.0])
    assert found.frame["age"].tolist() == [20.0, 30.0]
    assert found.scorable.tolist() == [True, False, True]
    assert found.refused.to_dict("records") == [{"row": 2, "column": "age", "reason": "missing_value", "value": ""}]


def test_an_empty_cell_that_the_model_fills_in_is_flagged():
    found = ready(AGE, [20.0, np.nan], tolerates_missing=frozenset({"age"}))
    assert found.scorable.all()
    assert found.flags["missing_filled"].tolist() == [False, True]


def test_words_where_a_number_is_due_refuse_their_row_only():
    found = ready(AGE, ["20", "forty", "1.030,5"])
    assert found.frame["age"].tolist() == [20.0, 1030.5]
    assert found.refused["reason"].tolist() == ["not_a_number"]
    assert found.refused["value"].tolist() == ["forty"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("€ 12", 12.0), ("1,234.50", 1234.5), ("1.234,50", 1234.5), ("(3.00)", -3.0), ("-$3", -3.0), ("12,5", 12.5),
     ("25 %", 0.25), ("1,234", 1234.0), ("1e3", 1000.0)],
)  # fmt: skip
def test_text_that_is_a_number_is_read_and_flagged(cell, number):
    found = ready(Need("x", "number"), [cell])
    assert found.frame["x"].tolist() == [number]
    assert found.flags["text_read_as_number"].tolist() == [True]


def test_an_infinite_number_refuses_its_row():
    assert ready(AGE, [np.inf, 20.0]).refused["reason"].tolist() == ["not_finite"]


def test_a_value_outside_what_the_model_learnt_is_scored_and_flagged():
    found = ready(AGE, [17.0, 85.0, 200.0])
    assert found.flags["outside_range"].tolist() == [False, False, True]
    assert found.cells["value"].tolist() == ["200.0"]


def test_a_category_never_seen_is_scored_and_flagged():
    found = ready(CITY, ["Lima", "Oslo"])
    assert found.frame["city"].tolist() == ["Lima", "Oslo"]
    assert found.flags["new_category"].tolist() == [False, True]


def test_a_category_is_known_by_any_spelling_of_its_case():
    found = ready(CITY, ["LIMA", " quito "])
    assert found.frame["city"].tolist() == ["Lima", "Quito"]
    assert found.flags == {}


@pytest.mark.parametrize(
    ("categories", "written", "meant"),
    [
        # the form of accents (a Mac writes two signs), accents left out, blanks, full-width letters
        (("León", "Cádiz", "Sevilla"), ["Leo\u0301n", "LEÓN", "Leon", "ca\u0301diz", " Cadiz ", "Ｓevilla"], "LLLCCS"),
        (("Very good", "Good"), ["very  good", "Very\u00a0good", "GOOD"], "VVG"),
        # yes and no in other words, as logical values and as numbers
        (("Yes", "No"), [True, False], "YN"),
        (("Yes", "No"), [1, 0], "YN"),
        (("Yes", "No"), ["Sí", "no", "true", "N", "1"], "YNYNY"),
        (("True", "False"), ["Yes", "0", "verdadero"], "TFT"),
        (("Yes", "No", "Never asked"), ["si", "false"], "YN"),
        (("Y", "N", "U"), ["yes", "No"], "YN"),
        (("S", "N", "Desconocido"), ["Sí", "no"], "SN"),
    ],
)
def test_a_category_is_known_however_it_is_written(categories, written, meant):
    need = Need("answer", "category", categories=categories, shares=(1 / len(categories),) * len(categories))
    found = ready(need, written)
    assert [cell[0] for cell in found.frame["answer"]] == list(meant)
    assert set(found.frame["answer"]) <= set(categories)
    assert found.flags == {}


@pytest.mark.parametrize(
    ("categories", "written"),
    [
        # two categories that differ by an accent or by case only: which one is meant is not known
        (("papa", "papá"), ["PÄPA"]),
        (("Gold", "GOLD", "Silver"), ["gold"]),
        # one word alone, or numbers of several values, do not say what yes is
        (("Yes", "Perhaps"), ["True", "1"]),
        (("0", "1", "2"), ["yes", "True"]),
        # single letters beside others are codes: female, male and other; north, south and west; sizes
        (("F", "M", "O"), ["0", "1", "no", "yes"]),
        (("N", "S", "W", "Unknown"), ["0", "1", "true"]),
        (("s", "n", "x"), ["si", "no"]),
        (("Lima", "Quito"), ["Lim", "Quito Sur", "yes"]),
    ],
)
def test_a_category_that_may_mean_another_stays_new(categories, written):
    need = Need("answer", "category", categories=categories, shares=(1 / len(categories),) * len(categories))
    found = ready(need, [*written, categories[0]])
    assert found.frame["answer"].tolist() == [*written, categories[0]]
    assert found.flags["new_category"].tolist() == [True] * len(written) + [False]


def test_whole_numbers_as_categories_have_no_decimals():
    code = Need("code", "category", categories=("1", "2"), shares=(0.5, 0.5))
    assert ready(code, [1.0, 2.0]).flags == {}
    assert ready(code, [1, 2]).frame["code"].tolist() == ["1", "2"]


@pytest.mark.slow
def test_a_date_that_is_none_refuses_its_row():
    found = ready(SINCE, ["2024-05-01", "soon"])
    assert found.frame["since"].tolist() == [pd.Timestamp("2024-05-01")]
    assert found.refused["reason"].tolist() == ["not_a_date"]


def test_a_column_of_which_nothing_is_known_is_read_as_numbers_if_all_of_it_can_be():
    assert ready(ANY, ["1", "2,5"]).frame["anything"].tolist() == [1.0, 2.5]
    assert ready(ANY, ["1", "x"]).frame["anything"].tolist() == ["1", "x"]


def test_a_row_odd_in_several_columns_is_unlike_the_training_customers():
    needs = [AGE, CITY]
    table = pd.DataFrame({"age": [300.0, 30.0], "city": ["Oslo", "Bergen"]})
    assert prepare(compare(needs, table), table).flags["unlike_training"].tolist() == [True, False]


def test_the_table_given_is_never_changed():
    table = pd.DataFrame({"age": ["20", "x", None]})
    before = table.copy(deep=True)
    prepare(compare([AGE], table), table)
    pd.testing.assert_frame_equal(table, before)


def test_a_table_without_rows_is_told():
    with pytest.raises(UserError) as caught:
        ready(AGE, [])
    assert caught.value.key == "scoring.no_rows"


def test_missing_columns_are_told_with_the_likeliest_column():
    table = pd.DataFrame({"age_years": [30]})
    with pytest.raises(UserError) as caught:
        prepare(compare([AGE], table), table)
    assert caught.value.key == "scoring.missing_columns_suggested"
    assert caught.value.facts["suggested"] == ["age ← age_years"]


@pytest.mark.parametrize("cells", [[True, False], [1, 0], ["yes", "No"], ["sí", "no"], ["TRUE", "false"], [1.0, 0.0]])
def test_yes_and_no_are_one_and_zero_however_written(cells):
    assert ready(Need("member", "yes_no"), cells).frame["member"].tolist() == [1.0, 0.0]


def test_what_is_neither_yes_nor_no_refuses_its_row():
    found = ready(Need("member", "yes_no"), ["yes", "perhaps", None])
    assert found.refused["reason"].tolist() == ["not_yes_or_no", "missing_value"]


def outside(need, values, **options):
    flags = ready(need, values, **options).flags
    return flags["outside_range"].tolist() if "outside_range" in flags else [False] * len(values)


def test_a_value_well_beyond_what_was_learnt_is_flagged_on_either_side():
    assert outside(AGE, [11.0, 12.0, 86.0, 87.0]) == [True, False, False, True]


def test_a_long_tail_is_measured_by_its_logarithm():
    """Beyond the 99.5th percentile of spends lie many honest ones; below zero lies none."""
    spend = Need("spend", "number", unit="money", low=0.0, high=1000.0, typical=50.0, share_missing=0.0)
    assert outside(spend, [-1.0, 0.0, 1900.0, 2100.0]) == [True, False, False, True]


def test_days_may_grow_by_the_time_that_has_passed():
    tenure = Need("tenure_days", "number", unit="days", low=0, high=100, typical=50, share_missing=0.0)
    visits = Need("visits", "number", unit="orders", low=0, high=100, typical=50, share_missing=0.0)
    assert outside(tenure, [150.0]) == [True]
    assert outside(tenure, [150.0, 190.0], elapsed_days=60) == [False, True]
    assert outside(visits, [150.0], elapsed_days=60) == [True]


# ------------------------------------------------------------------------------------------------ dates as on Data

FORMS = (
    *(
        "%Y-%m-%d",
        "%d/%m/%Y",
        "%m/%d/%Y",
        "%d.%m.%Y",
        "%d-%m-%y",
        "%Y%m%d",
        "%Y-%m-%dT%H:%M:%S",
        "%d %b %Y",
        "%b %d, %Y",
    ),
    *("%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%Y-%m-%d %H:%M:%S+00:00"),
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(3))
def test_dates_are_read_as_they_were_written(form, seed):
    """pandas' `mixed` reads 03/04/2025 as March whatever the other cells say."""
    random = np.random.default_rng(seed)
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 400, 60), unit="D")
    table = pd.DataFrame({"since": [day.strftime(form) for day in days]})
    found = prepare(compare([SINCE], table), table)
    assert found.frame["since"].tolist() == [pd.Timestamp(day) for day in days]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS[:4])
def test_the_decision_is_that_of_data(form):
    days = pd.date_range("2025-01-02", periods=12, freq="37D")  # some days above 12, some below
    text = "since,n\n" + "".join(f"{day.strftime(form)},{at}\n" for at, day in enumerate(days))
    read = read_table(text.encode(), "customers.csv").frame
    raw = pd.DataFrame({"since": [day.strftime(form) for day in days]})
    assert prepare(compare([SINCE], raw), raw).frame["since"].tolist() == read["since"].tolist()


@pytest.mark.slow
def test_a_few_dates_among_words_are_read_and_the_words_refused():
    table = pd.DataFrame({"since": ["31/01/2024", "soon", "never", "28/02/2024"]})
    found = prepare(compare([SINCE], table), table)
    assert found.refused["row"].tolist() == [2, 3]
    assert found.frame["since"].tolist() == [pd.Timestamp("2024-01-31"), pd.Timestamp("2024-02-28")]


@pytest.mark.parametrize("language", ["en", "es"])
def test_rows_to_correct_keep_true_and_false_as_they_came(language: str) -> None:
    frame = pd.DataFrame(
        {"member": [True, False, True], "vip": pd.array([True, None, False], dtype="boolean"), "n": 1.5}
    )
    refused = pd.DataFrame({"row": [1, 2, 3], "column": "n", "reason": "odd", "value": "x"})
    given = read_table(to_csv(refused_rows(frame, refused), language), "rows.csv").frame
    assert given["member"].tolist() == [True, False, True]
    assert given["vip"].dropna().astype("str").tolist() == ["True", "False"]
    assert frame["member"].dtype == bool
