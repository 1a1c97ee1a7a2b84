"""Sixty-odd hostile or clumsy tables against seven models: scores that equal plain `predict`, or the expected sentence.

Every model is a notebook's: pickled, opened behind the gate, and asked for the table as a person would drop it.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingRegressor, IsolationForest, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from lib.errors import UserError
from lib.gate import OpenedModel, open_model
from lib.scoring import Choices, score
from lib.text import tell

pytestmark = pytest.mark.slow

_random = np.random.default_rng(0)
LEARNT = pd.DataFrame({"age": _random.uniform(18, 80, 120).round(), "visits": _random.poisson(5, 120).astype(float)})
CITIES = pd.Series(["Lima", "Quito", "Cusco"] * 40, dtype="str")
YES = (LEARNT["visits"] + _random.normal(size=120) > 5).astype(int)
AMOUNT = 3 * LEARNT["visits"] + LEARNT["age"] / 10

ASKED = pd.DataFrame({"age": [20.0, 41.0, 33.0, 70.0], "visits": [1.0, 5.0, 12.0, 3.0]})
"""What every clumsy table means."""

MODELS = {
    "linear": LinearRegression().fit(LEARNT, AMOUNT),
    "logistic": make_pipeline(StandardScaler(), LogisticRegression()).fit(LEARNT, YES),
    "forest that fills gaps": make_pipeline(
        SimpleImputer(), RandomForestClassifier(5, min_samples_leaf=5, random_state=0)
    ).fit(LEARNT, YES),
    "groups": make_pipeline(StandardScaler(), KMeans(3, n_init=2, random_state=0)).fit(LEARNT),
    "boosting": HistGradientBoostingRegressor(max_iter=5).fit(LEARNT, AMOUNT),
    "outliers": IsolationForest(n_estimators=5, random_state=0).fit(LEARNT),
    "search": GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=2).fit(LEARNT, YES),
}
FILLS_GAPS = {"forest that fills gaps", "boosting", "outliers"}

WITH_CITY = make_pipeline(
    ColumnTransformer([("city", OneHotEncoder(handle_unknown="ignore"), ["city"])], remainder="passthrough"),
    LogisticRegression(max_iter=1000),
).fit(LEARNT.assign(city=CITIES), YES)


@pytest.fixture(scope="module")
def opened():
    models = {name: open_model(pickle.dumps(model), f"{name}.pkl") for name, model in MODELS.items()}
    yield models
    for model in models.values():
        model.close()


def first_age(cell: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """The table with one odd cell among good ones."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(age=pd.Series([cell, *table["age"].tolist()[1:]], dtype="object"))

    return change


def ages(*cells: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda table: table.assign(age=pd.Series(cells, dtype="object"))


def typed(dtype: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda table: table.astype(dtype)


@dataclass(frozen=True)
class Clumsy:
    """A table as a user might upload it, and the expected outcome."""

    name: str
    change: Callable[[pd.DataFrame], pd.DataFrame]
    ends: str = "same"
    """`same`: the scores of plain `predict` for `ASKED`; `gap`: likewise, but the first row's age is missing;
    `first row: REASON`: the first row is refused, the others are the same; otherwise the key of the sentence."""
    means: pd.DataFrame | None = None
    """What the table means where it is not `ASKED`."""


CLUMSY = (
    # the same customers, written differently
    Clumsy("as it is", lambda table: table),
    Clumsy("columns in another order", lambda table: table[["visits", "age"]]),
    Clumsy("a further column", lambda table: table.assign(note="x")),
    Clumsy("a further column full of formulas", lambda table: table.assign(note="=1+1")),
    Clumsy("a further empty column", lambda table: table.assign(note=np.nan)),
    Clumsy("capital headers", lambda table: table.rename(columns=str.upper)),
    Clumsy("blanks around headers", lambda table: table.rename(columns=lambda name: f" {name} ")),
    Clumsy("a byte order mark in the header", lambda table: table.rename(columns={"age": "\ufeffage"})),
    Clumsy("accents in the header", lambda table: table.rename(columns={"age": "Ágè"})),
    Clumsy("punctuation in the header", lambda table: table.rename(columns={"age": "age:"})),
    Clumsy("whole numbers", typed("int64")),
    Clumsy("small whole numbers", typed("int8")),
    Clumsy("single precision", typed("float32")),
    Clumsy("nullable whole numbers", typed("Int64")),
    Clumsy("nullable floats", typed("Float64")),
    Clumsy("numbers as objects", typed("object")),
    Clumsy("numbers as categories", typed("category")),
    Clumsy("numbers as text", typed("str")),
    Clumsy("an index in disorder", lambda table: table.set_axis([3, 1, 2, 0])),
    Clumsy("an index with repeats", lambda table: table.set_axis([0, 0, 0, 0])),
    Clumsy("an index of words", lambda table: table.set_axis(list("dcba"))),
    Clumsy("ids in the index", lambda table: table.set_axis(pd.Index(list("abcd"), name="customer_id"))),
    Clumsy("ids in a column", lambda table: table.assign(customer_id=list("abcd"))),
    Clumsy("the same customer twice", lambda table: table.assign(customer_id=list("aabb"))),
    Clumsy("ids that are formulas", lambda table: table.assign(customer_id=["=1+1", "@x", "+1", "-1"])),
    Clumsy("decimal commas", ages("20,0", "41,0", "33,0", "70,0")),
    Clumsy("currency signs", ages("€ 20", "€ 41", "33 €", "$70")),
    Clumsy("no-break blanks", ages("20\u00a0", "\u00a041", "33", "70")),
    Clumsy("plus signs", ages("+20", "+41", "33", "70")),
    Clumsy("leading zeros", ages("020", "041", "033", "070")),
    Clumsy("scientific notation", ages("2e1", "4.1e1", "3.3E1", "7e+1")),
    Clumsy("numbers and text mixed", ages(20, "41", 33.0, "70.00")),
    # values that no training customer had: scored all the same
    Clumsy("thousands with points and commas", ages("1.020,50", "41,00", "33,00", "70,00"),
           means=ASKED.assign(age=[1020.5, 41, 33, 70])),
    Clumsy("brackets for minus", ages("(20)", "41", "33", "70"), means=ASKED.assign(age=[-20.0, 41, 33, 70])),
    Clumsy("percentages", ages("20 %", "41 %", "33 %", "70 %"), means=ASKED.assign(age=[0.2, 0.41, 0.33, 0.7])),
    Clumsy("below zero", lambda table: -table, means=-ASKED),
    Clumsy("all zero", lambda table: table * 0, means=ASKED * 0),
    Clumsy("true and false", lambda table: table.assign(age=[True, False, True, True]),
           means=ASKED.assign(age=[1.0, 0, 1, 1])),
    Clumsy("one customer", lambda table: table.head(1), means=ASKED.head(1)),
    Clumsy("twenty thousand customers", lambda table: pd.concat([table] * 5000), means=pd.concat([ASKED] * 5000)),
    # a cell that is no number: that row only
    Clumsy("an empty cell", first_age(np.nan), "gap"),
    Clumsy("None in a cell", first_age(None), "gap"),
    Clumsy("nothing between the commas", first_age(""), "gap"),
    Clumsy("blanks in a cell", first_age("   "), "gap"),
    Clumsy("n/a in a cell", first_age("n/a"), "gap"),
    Clumsy("NULL in a cell", first_age("NULL"), "gap"),
    Clumsy("a dash in a cell", first_age("-"), "gap"),
    Clumsy("a spreadsheet's error", first_age("#N/A"), "gap"),
    Clumsy("a missing value of pandas", first_age(pd.NA), "gap"),
    Clumsy("a word in a cell", first_age("forty"), "first row: not_a_number"),
    Clumsy("a formula in a cell", first_age("=1+1"), "first row: not_a_number"),
    Clumsy("a command in a cell", first_age("=cmd|' /C calc'!A0"), "first row: not_a_number"),
    Clumsy("markup in a cell", first_age("<b>20</b>"), "first row: not_a_number"),
    Clumsy("a script in a cell", first_age("<script>alert(20)</script>"), "first row: not_a_number"),
    Clumsy("a query in a cell", first_age("20'; DROP TABLE customers; --"), "first row: not_a_number"),
    Clumsy("an emoji in a cell", first_age("😀"), "first row: not_a_number"),
    Clumsy("a list in a cell", first_age("[20, 21]"), "first row: not_a_number"),
    Clumsy("a real list in a cell", first_age([20, 21]), "first row: not_a_number"),
    Clumsy("a date in a cell", first_age("12/05/2024"), "first row: not_a_number"),
    Clumsy("a time in a cell", first_age("12:30"), "first row: not_a_number"),
    Clumsy("hexadecimal in a cell", first_age("0x14"), "first row: not_a_number"),
    Clumsy("ten thousand letters in a cell", first_age("x" * 10_000), "first row: not_a_number"),
    Clumsy("too large for a number", first_age("1e999"), "first row: not_a_number"),
    Clumsy("a huge number", first_age(1e300), "first row: not_finite"),
    Clumsy("infinity in a cell", lambda table: table.assign(age=[np.inf, 41, 33, 70]), "first row: not_finite"),
    Clumsy("minus infinity", lambda table: table.assign(age=[-np.inf, 41, 33, 70]),
           "first row: not_finite"),
    # tables that cannot be scored
    Clumsy("a missing column", lambda table: table[["age"]], "scoring.missing_columns"),
    Clumsy("a renamed column", lambda table: table.rename(columns={"age": "age_years"}),
           "scoring.missing_columns_suggested"),
    Clumsy("numbers for headers", lambda table: table.set_axis([0, 1], axis="columns"), "scoring.missing_columns"),
    Clumsy("another table", lambda table: pd.DataFrame({"colour": ["red"]}), "scoring.missing_columns"),
    Clumsy("a table on its side", lambda table: table.T.reset_index(drop=True), "scoring.missing_columns"),
    Clumsy("ids only", lambda table: pd.DataFrame({"customer_id": ["a"]}), "scoring.missing_columns"),
    Clumsy("no rows", lambda table: table.head(0), "scoring.no_rows"),
    Clumsy("no columns", lambda table: pd.DataFrame(index=range(3)), "scoring.missing_columns"),
    Clumsy("words in every row", ages("a", "b", "c", "d"), "scoring.no_row_scorable"),
    Clumsy("one header twice", lambda table: table.set_axis(["age", "age"], axis="columns"),
           "scoring.same_header_twice"),
)  # fmt: skip


def test_there_are_enough_of_both():
    assert len(CLUMSY) >= 60
    assert len(MODELS) >= 6
    assert len({clumsy.name for clumsy in CLUMSY}) == len(CLUMSY)


def plain(name: str, rows: pd.DataFrame) -> list:
    answers = MODELS[name].predict(rows)
    return (answers == -1).tolist() if name == "outliers" else answers.tolist()


def main_column(name: str) -> str:
    return {"groups": "group", "outliers": "unusual"}.get(name, "prediction")


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("clumsy", CLUMSY, ids=lambda clumsy: clumsy.name)
def test_scores_equal_plain_predict_or_one_sentence_says_why(opened: dict[str, OpenedModel], name, clumsy):
    given = clumsy.change(ASKED.copy())
    before = given.copy(deep=True)
    means = ASKED if clumsy.means is None else clumsy.means
    if "." in clumsy.ends:
        with pytest.raises(UserError) as caught:
            score(opened[name], given)
        assert caught.value.key == clumsy.ends
        assert all(len(tell(language, caught.value)) > 30 for language in ("en", "es"))
        return
    scores = score(opened[name], given)
    pd.testing.assert_frame_equal(given, before)
    assert len(scores.table) == len(given) == scores.rows_in
    found = scores.table[main_column(name)]
    if clumsy.ends == "same":
        assert found.tolist() == plain(name, means)
        return
    if clumsy.ends == "gap" and name in FILLS_GAPS:
        assert found.tolist() == plain(name, ASKED.assign(age=[np.nan, *ASKED["age"][1:]]))
        assert scores.flags["missing_filled"] == 1
        return
    assert found.tolist()[1:] == plain(name, ASKED.iloc[1:])
    assert pd.isna(found.iloc[0])
    reason = "missing_value" if clumsy.ends == "gap" else clumsy.ends.removeprefix("first row: ")
    assert scores.refused[["row", "column", "reason"]].to_numpy().tolist() == [[1, "age", reason]]


def test_a_category_never_seen_is_scored_as_the_pipeline_does():
    with open_model(pickle.dumps(WITH_CITY)) as model:
        given = ASKED.assign(city=["Lima", "Oslo", "Quito", "Lima"])
        assert score(model, given).table["prediction"].tolist() == WITH_CITY.predict(given).tolist()


def test_a_model_fitted_on_a_bare_array_takes_columns_that_are_named_by_hand():
    bare = LinearRegression().fit(LEARNT.to_numpy(), AMOUNT)
    with open_model(pickle.dumps(bare)) as model:
        with pytest.raises(UserError, match="missing_columns"):
            score(model, ASKED)
        chosen = Choices(sources={"column 1": "age", "column 2": "visits"})
        assert score(model, ASKED, chosen).table["prediction"].tolist() == bare.predict(ASKED.to_numpy()).tolist()
