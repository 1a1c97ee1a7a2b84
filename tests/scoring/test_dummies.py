"""Models fitted on dummies, made elsewhere, score a table that has the columns the dummies were made of."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder

from lib.errors import UserError
from lib.gate import open_model
from lib.scoring import Need, compare, prepare, score

VALUES = {
    "Contract": ["Month-to-month", "One year", "Two year"],
    "gender": ["Female", "Male"],
    "Payment method": ["Bank transfer (automatic)", "Credit card", "Mailed check", "Electronic check"],
    "plan": ["A", "A+", "B-"],
    "país": ["España", "México", "Perú"],
    "pclass": [1, 2, 3],
    "tramo": ["0-10", "10-20", "20+"],
}
"""Column → values, of the kinds that notebooks encode."""


def customers(seed: int, rows: int = 80) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    columns = {name: random.choice(values, rows) for name, values in VALUES.items()}
    return pd.DataFrame({"tenure": random.integers(1, 70, rows), "Contract length": random.random(rows), **columns})


def answers(table: pd.DataFrame) -> np.ndarray:
    return np.where((table["Contract"] == "Two year") ^ (table["gender"] == "Male") | (table["pclass"] == 1), 1, 0)


def one_hot(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    encoder = OneHotEncoder(sparse_output=False).set_output(transform="pandas").fit(table[columns])
    return pd.concat([table.drop(columns=columns), encoder.transform(table[columns])], axis="columns")


def formula(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    made = pd.get_dummies(table, columns=columns, drop_first=True, prefix_sep="[T.")
    return made.rename(
        columns=lambda name: f"C({name.split('[T.')[0]})[T.{name.split('[T.')[1]}]" if "[T." in name else name
    )


WAYS = {
    "get_dummies": lambda table, columns: pd.get_dummies(table, columns=columns),
    "drop_first": lambda table, columns: pd.get_dummies(table, columns=columns, drop_first=True),
    "whole numbers": lambda table, columns: pd.get_dummies(table, columns=columns, dtype="int64"),
    "other separator": lambda table, columns: pd.get_dummies(table, columns=columns, prefix_sep="="),
    "dot": lambda table, columns: pd.get_dummies(table, columns=columns, prefix_sep="."),
    "no separator": lambda table, columns: pd.get_dummies(table, columns=columns, prefix_sep="", drop_first=True),
    "tidy names": lambda table, columns: pd.get_dummies(table, columns=columns).rename(
        columns=lambda name: name.replace(" ", "_").replace("-", "_").lower()
    ),
    "one-hot encoder": one_hot,
    "column transformer": lambda table, columns: one_hot(table, columns).rename(
        columns=lambda name: f"cat__{name}" if any(name.startswith(f"{column}_") for column in columns) else name
    ),
    "formula": formula,
}
"""How a notebook makes dummies."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(3))
def test_every_way_of_making_dummies_is_made_again(way, seed):
    columns = ["Contract", "gender", "Payment method", "país", "pclass", *(["plan"] if way != "tidy names" else [])]
    table = customers(seed).drop(columns=[name for name in VALUES if name not in columns])
    fitted = WAYS[way](table, columns)
    needs = [Need(name) for name in fitted.columns]
    new = customers(seed + 50, 40)
    fit = compare(needs, new)
    assert not fit.missing, (way, fit.missing)
    made = prepare(fit, new).frame
    for match in fit.matches:
        if match.how == "derived":
            written = new[match.source].astype("str")
            assert made[match.need.name].tolist() == (written == match.value).astype(float).tolist()
            assert match.value in [str(value) for value in VALUES[match.source]]
    derived = {match.need.name for match in fit.matches if match.how == "derived"}
    assert derived == set(fitted.columns) - {"tenure", "Contract length", "contract_length"}


@pytest.mark.slow
@pytest.mark.parametrize("way", ["get_dummies", "drop_first", "one-hot encoder"])
def test_the_scores_are_those_of_the_notebook(way):
    columns = ["Contract", "gender", "pclass"]
    table = customers(1)[["tenure", *columns]]
    fitted = WAYS[way](table, columns)
    model = LogisticRegression(max_iter=2000).fit(fitted, answers(table))
    new = customers(2, 30)[["tenure", *columns]]
    due = model.predict_proba(WAYS[way](new, columns)[fitted.columns])[:, 1]
    with open_model(pickle.dumps(model)) as opened:
        found = score(opened, new)
    np.testing.assert_allclose(found.table["probability_1"], due)
    assert found.flags == {}


def test_a_value_that_this_table_lacks_is_nought():
    needs = [Need(name) for name in ("Contract_One year", "Contract_Two year", "Contract_Month-to-month")]
    new = pd.DataFrame({"Contract": ["One year", "One year"]})
    made = prepare(compare(needs, new), new).frame
    assert made.to_numpy().tolist() == [[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]


def test_a_new_value_is_flagged_and_the_dropped_one_is_not():
    needs = [Need(name) for name in ("city_Lima", "city_Quito")]
    dropped = pd.DataFrame({"city": ["Lima", "Quito", "Cusco"]})
    assert prepare(compare(needs, dropped), dropped).flags == {}
    new = pd.DataFrame({"city": ["Lima", "Oslo", "Cusco"]})
    assert prepare(compare(needs, new), new).flags["new_category"].tolist() == [False, True, True]


def test_an_empty_cell_is_nought_everywhere_and_flagged():
    needs = [Need(name) for name in ("city_Lima", "city_Quito")]
    new = pd.DataFrame({"city": ["Lima", None, "Quito"]})
    found = prepare(compare(needs, new), new)
    assert found.frame.to_numpy().tolist() == [[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]
    assert found.flags["missing_filled"].tolist() == [False, True, False]


def test_a_number_beside_a_column_is_no_dummy_of_it():
    """`orders_30` is the orders of thirty days, even if some customer once had thirty orders."""
    needs = [Need("orders"), Need("orders_30")]
    new = pd.DataFrame({"orders": [30, 2, 5]})
    assert compare(needs, new).missing == ("orders_30",)
    assert compare([Need("orders_30")], new).missing == ("orders_30",)


def test_a_column_of_its_own_goes_before_a_dummy():
    new = pd.DataFrame({"Contract": ["One year", "Two year"], "Contract_One year": [0.25, 0.5]})
    fit = compare([Need("Contract_One year"), Need("Contract_Two year")], new)
    assert [match.how for match in fit.matches] == ["same", "derived"]


def test_a_column_chosen_by_hand_is_taken_apart_too():
    new = pd.DataFrame({"Kind of contract": ["One year", "Two year"], "Contract": ["One year", "Two year"]})
    fit = compare([Need("Contract_Two year")], new, chosen={"Contract_Two year": "Contract"})
    assert prepare(fit, new).frame["Contract_Two year"].tolist() == [0.0, 1.0]


def test_a_beginning_without_any_value_is_not_guessed():
    """`Contract_length` may be a number that the table lacks: nothing says that it is a value of `Contract`."""
    new = pd.DataFrame({"Contract": ["One year", "Two year"]})
    fit = compare([Need("Contract_length")], new)
    assert fit.missing == ("Contract_length",)
    with pytest.raises(UserError):
        prepare(fit, new)
