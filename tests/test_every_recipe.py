"""Every recipe trains, leaves no customer in the file, passes the gate, and scores there as it does here.

A new recipe is tried by this file without a line added.
"""

import hashlib
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import tabcustody

from lib.drift import compare_with_training
from lib.errors import UserError
from lib.features import customer_features, default_cutoff
from lib.gate import OpenedModel, open_model
from lib.layouts import understand
from lib.model_file import FORMATS, finish
from lib.orders import Orders, clean, customers
from lib.recipes import RECIPES
from lib.sample import sample_shop
from lib.schema import CUSTOMER_ID, NEXT_ORDER
from lib.scoring import needs_of, rows_from_orders, score
from lib.tables import Table
from lib.training import Question, Trained, train_customers, train_orders
from tests.model_file.test_model_file import OTHER_PROCESSOR

pytestmark = pytest.mark.slow

ON_ORDERS = [(recipe.key, goal) for recipe in RECIPES for goal in recipe.goals if goal != "target"]
ON_CUSTOMERS = [(recipe.key, "target", target) for recipe in RECIPES if "target" in recipe.goals
                for target in ("yearly", "left", "plan")]  # fmt: skip


def as_table(frame: pd.DataFrame) -> Table:
    return Table(frame, "made.csv", "0" * 64, "csv")


@pytest.fixture(scope="module")
def orders() -> Orders:
    return a_shop()


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    return a_table()


def a_shop() -> Orders:
    shop = as_table(sample_shop(customers=700, seed=11).astype({"date": "datetime64[us]"}))
    return clean(shop, understand(shop))


def a_table() -> pd.DataFrame:
    random = np.random.default_rng(5)
    rows = 600
    visits = random.poisson(6, rows).astype("float64")
    frame = pd.DataFrame(
        {
            "customer_id": [f"K{100_000 + 7 * row}" for row in range(rows)],
            "visits": visits,
            "minutes": random.gamma(2, 17.3, rows),
            "city": random.choice(["Lima", "Quito", "Cusco", "Piura"], rows),
            "since": pd.Timestamp("2022-01-01") + pd.to_timedelta(random.integers(0, 900, rows), "D"),
            "member": random.random(rows) < 0.4,
        }
    ).astype({"since": "datetime64[us]"})
    frame.loc[random.random(rows) < 0.05, "minutes"] = np.nan
    frame["yearly"] = 31.7 * visits + 5 * frame["minutes"].fillna(20) + random.gamma(2, 20, rows)
    frame["left"] = np.where(visits + random.normal(0, 2, rows) < 5, "yes", "no")
    frame["plan"] = np.where(visits > 8, "gold", np.where(random.random(rows) < 0.5, "silver", "bronze"))
    table = as_table(frame)
    return customers(table, understand(table))


def assert_no_training_table(data: bytes, folder: Path) -> None:
    """As an independent judge sees it."""
    (folder / "model.pkl").write_bytes(data)
    report = tabcustody.scan_file(folder / "model.pkl")
    assert report.error is None
    assert report.findings == ()


def assert_drift(opened: OpenedModel, trained_on: pd.DataFrame) -> None:
    """The training customers themselves are stable in every column; a column that was shifted is the one that is
    found."""
    needs = needs_of(opened)
    found = compare_with_training(needs, trained_on)
    assert found.level in ("stable", "unknown"), found.columns[:3]
    assert [column.column for column in found.columns if column.level != "stable"] == []
    shifts = [column.column for column in found.columns if pd.api.types.is_numeric_dtype(trained_on[column.column])]
    for name in shifts[:1]:
        values = trained_on[name].astype("float64")
        shifted = compare_with_training(needs, trained_on.assign(**{name: values + 3 * (np.ptp(values.dropna()) + 1)}))
        assert [column.column for column in shifted.columns if column.level != "stable"] == [name]


def same(found: pd.Series, here: np.ndarray) -> bool:
    if found.dtype.kind == "f":
        return bool(np.array_equal(found.to_numpy(), here.astype("float64")))
    return found.astype("str").tolist() == pd.Series(here).astype("str").tolist()


@pytest.mark.parametrize(("key", "goal"), ON_ORDERS)
def test_a_recipe_on_orders_goes_all_the_way(orders, key, goal, tmp_path):
    trained = train_orders(orders, Question(goal, recipe=key))
    data, card, leaks = finish(trained, lines=orders.lines)
    assert card.recipe == key
    assert_no_training_table(data, tmp_path)
    assert leaks.found == 0
    assert 0.4 < (card.privacy.membership_auc or 0) < 0.65
    with open_model(data) as opened:
        assert opened.verdict.card == card
        assert opened.verdict.self_test[0] == opened.verdict.self_test[1] >= 20
        rows = rows_from_orders(opened, orders)
        pd.testing.assert_frame_equal(
            rows, customer_features(orders, default_cutoff(orders), columns=opened.columns, constants=card.features)
        )
        scores = score(opened, rows)
        assert scores.rows_refused == 0
        columns = {"groups": ["group"], "next_order": list(NEXT_ORDER)}.get(goal, [goal])
        here = pickle.loads(data).predict_proba(rows)[:, 1] if goal == "buy_again" else pickle.loads(data).predict(rows)
        for column, answer in zip(columns, here.T if here.ndim == 2 else [here], strict=True):
            assert same(scores.table[column], answer)
        assert scores.table[CUSTOMER_ID].tolist() == rows.index.tolist()
        if goal == "groups":
            assert set(scores.table["group"]) <= {group.number for group in card.groups}
            assert sorted(group.number for group in card.groups) == list(range(1, len(card.groups) + 1))
            assert not scores.table["group_name"].eq("nan").any()
        learnt = pd.Timestamp(card.cutoff) - pd.Timedelta(days=0 if goal == "groups" else card.horizon_days)
        assert_drift(opened, score(opened, rows_from_orders(opened, orders, learnt)).frame)


@pytest.mark.parametrize(("key", "goal", "target"), ON_CUSTOMERS)
def test_a_recipe_on_customers_goes_all_the_way(people, key, goal, target, tmp_path):
    trained = train_customers(people, Question(goal, target=target, recipe=key))
    data, card, leaks = finish(trained)
    assert leaks.found == 0
    assert_no_training_table(data, tmp_path)
    assert target not in [column.name for column in card.columns]
    with open_model(data) as opened:
        scores = score(opened, people)
        assert scores.rows_refused == 0
        assert same(scores.table["prediction"], pickle.loads(data).predict(scores.frame))
        assert_drift(opened, scores.frame)


def test_groups_of_a_customer_table_go_all_the_way(people):
    trained = train_customers(people, Question("groups"))
    data, _, leaks = finish(trained)
    assert leaks.found == 0
    with open_model(data) as opened:
        assert score(opened, people).rows_refused == 0


@pytest.fixture(scope="module")
def yearly(people) -> Trained:
    return train_customers(people, Question("target", target="yearly", recipe="linear"))


@pytest.mark.parametrize("way", FORMATS, ids=lambda way: way.key)
def test_every_format_passes_the_gate_with_the_same_answers(people, yearly, way):
    trained = yearly
    data, card, _ = finish(trained, format=way.key)
    with open_model(data) as opened:
        assert opened.verdict.card == card
        scores = score(opened, people)
        assert same(scores.table["prediction"], pickle.loads(finish(trained).data).predict(scores.frame))


def test_an_unknown_format_is_told(yearly):
    with pytest.raises(UserError):
        finish(yearly, format="docx")


# --------------------------------------------------------------------------------------------- the same bytes again


def digests() -> dict[str, str]:
    """Recipe and goal → sha256 of its file, all trained in this process."""
    shop, table = a_shop(), a_table()
    made = {f"{key} {goal}": train_orders(shop, Question(goal, recipe=key)) for key, goal in ON_ORDERS} | {
        f"{key} {target}": train_customers(table, Question("target", target=target, recipe=key))
        for key, _, target in ON_CUSTOMERS
    }
    return {name: hashlib.sha256(finish(trained).data).hexdigest() for name, trained in made.items()}


def in_another_process(seed: int, **settings: str) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[1]
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.test_every_recipe"],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": str(seed), **settings},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.long
def test_every_recipe_gives_the_same_bytes_on_another_machine():
    """Another hash seed, another number of threads, another processor."""
    here = in_another_process(1, OMP_NUM_THREADS="1")
    there = in_another_process(2, OMP_NUM_THREADS="2", **OTHER_PROCESSOR)
    first, second = (json.loads(process.communicate()[0]) for process in (here, there))
    assert len(first) == len(ON_ORDERS) + len(ON_CUSTOMERS)
    assert [name for name in first if first[name] != second[name]] == []


if __name__ == "__main__":
    sys.stdout.write(json.dumps(digests()))
