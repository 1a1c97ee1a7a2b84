# ruff: noqa: T201
"""Where the seconds of a training go, by stage, beside scikit-learn's boosting with its defaults on the same table.

    python -m benchmarks.training [--table KEY …] [--orders] [--quick] [--data FOLDER]

Thirteen tables from 200 × 3 to 50,000 × 100, with a third of each left aside; with `--orders`, the goals of order
histories instead; with `--quick`, the first answer. Printed per table: CPU and wall seconds of each stage, the search
and the writing of the file among them, then the test figures of both and the card's own figure
with the test's distance from it in standard errors of the test.
"""

import argparse
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine, make_classification, make_regression
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

from benchmarks.summary import summarise
from lib.layouts import understand
from lib.model_file import DEFAULT_FORMAT
from lib.model_file.making import Train, make_model
from lib.orders import clean
from lib.recipes import prepare
from lib.sample import sample_shop
from lib.tables import read_table
from lib.training import Question, Trained, train_customers, train_orders
from lib.training.inputs import model_table, sort_columns
from lib.training.target import read_target

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TEST_SHARE = 1 / 3


@dataclass(frozen=True)
class TimedTable:
    """A table and the column to predict."""

    key: str
    read: Callable[[Path], pd.DataFrame]
    target: str
    looked_at: bool = False
    """Whether settings were chosen on it."""


def _shared(file: str) -> Callable[[Path], pd.DataFrame]:
    return lambda data: read_table((data / "customer_tables" / file).read_bytes(), file).frame


def _bundled(load: Callable[..., object], target: str) -> Callable[[Path], pd.DataFrame]:
    return lambda data: load(as_frame=True).frame.rename(columns={"target": target})  # type: ignore[attr-defined]


def _made(rows: int, columns: int, *, number: bool = False) -> Callable[[Path], pd.DataFrame]:
    def read(data: Path) -> pd.DataFrame:
        informative = max(2, columns // 4)
        if number:
            cells, answers = make_regression(rows, columns, n_informative=informative, noise=30, random_state=0)
        else:
            cells, answers = make_classification(
                rows, columns, n_informative=informative, weights=[0.9], class_sep=0.6, random_state=0
            )
        return pd.DataFrame(cells).add_prefix("column_").assign(aim=answers)

    return read


TABLES = (
    TimedTable("mall", _shared("Mall_Customers.csv"), "Spending_Score", looked_at=True),
    TimedTable("wine", _bundled(load_wine, "cultivar"), "cultivar"),
    TimedTable("diabetes", _bundled(load_diabetes, "progression"), "progression"),
    TimedTable("breast_cancer", _bundled(load_breast_cancer, "benign"), "benign"),
    TimedTable("wholesale", _shared("wholesale.csv"), "Channel", looked_at=True),
    TimedTable("made_1500x25", _made(1_500, 25), "aim"),
    TimedTable("telco", _shared("telco_churn.csv"), "Churn", looked_at=True),
    TimedTable("made_6000x85", _made(6_000, 85), "aim"),
    TimedTable("made_8733x85", _made(8_733, 85), "aim"),
    TimedTable("made_13000x11", _made(13_000, 11, number=True), "aim"),
    TimedTable("made_20000x40", _made(20_000, 40), "aim"),
    TimedTable("made_32400x37", _made(32_400, 37), "aim"),
    TimedTable("made_50000x100", _made(50_000, 100), "aim"),
)

GOALS = ("groups", "buy_again", "spend", "orders", "next_order")


class Stages:
    """The CPU and wall seconds between the steps that a training reports."""

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        self.step = ""
        self.begin = (time.process_time(), time.perf_counter())

    def __call__(self, share: float, step: str) -> None:
        """The training's progress."""
        now = (time.process_time(), time.perf_counter())
        if self.step:
            cpu, wall = self.seconds.get(self.step, (0.0, 0.0))
            self.seconds[self.step] = (cpu + now[0] - self.begin[0], wall + now[1] - self.begin[1])
        self.step, self.begin = step.rsplit(".", 1)[-1], now

    def line(self) -> str:
        """All stages, and their sum."""
        self(1.0, "")
        cpu, wall = (sum(one[place] for one in self.seconds.values()) for place in (0, 1))
        stages = "  ".join(f"{step} {one[0]:.1f}/{one[1]:.1f}" for step, one in self.seconds.items())
        return f"{cpu:6.1f} s CPU {wall:6.1f} s wall   {stages}"


def make(train: Train, question: Question, stages: Stages, lines: pd.DataFrame | None = None) -> Trained:
    """Trains, and searches and writes a file, as a job does."""

    def train_and_report(asked: Question) -> Trained:
        trained = train(asked)
        stages(0.9, "file")
        return trained

    return make_model(train_and_report, question, formats=(DEFAULT_FORMAT,), lines=lines).trained


def run_table(table: TimedTable, data: Path, *, quick: bool) -> None:
    """Train on two thirds, measure on one."""
    known, target = read_target(table.read(data), table.target)
    known.index = pd.Index([f"k{place:06}" for place in range(len(known))], name="customer_id")
    answers = None if target.task == "number" else target.values
    learn, test = train_test_split(np.arange(len(known)), test_size=TEST_SHARE, random_state=1, stratify=answers)
    stages, begin = Stages(), time.process_time()
    train = partial(train_customers, known.iloc[learn], progress=stages)
    trained = make(train, Question("target", target=table.target, quick=quick), stages)
    whole, stages_line = time.process_time() - begin, stages.line()
    inputs = sort_columns(known.iloc[learn].drop(columns=table.target)).inputs
    everything = model_table(known, inputs)
    begin = time.process_time()
    kind = HistGradientBoostingRegressor if target.task == "number" else HistGradientBoostingClassifier
    plain = make_pipeline(prepare(inputs), kind(random_state=0)).fit(everything.iloc[learn], target.values[learn])
    seconds = time.process_time() - begin
    losses = [
        target.losses(target.values[test], outputs)
        for outputs in (
            _outputs(trained.pipeline, everything[list(trained.example.columns)].iloc[test], target.task == "number"),
            _outputs(plain, everything.iloc[test], target.task == "number"),
        )
    ]
    measured = trained.card.metrics["rmse" if target.task == "number" else "log_loss"]
    own = measured**2 if target.task == "number" else measured
    apart = (losses[0].mean() - own) / float(losses[0].std() / np.sqrt(len(test)))
    mark = "*" if table.looked_at else ""
    print(f"{table.key}{mark}: {len(learn)} × {len(known.columns) - 1}, {target.task}, {trained.card.recipe}")
    print(f"  {stages_line}\n  boosting alone {seconds:.1f} s CPU: × {whole / seconds:.0f}")
    print(f"  test loss {losses[0].mean():.4f}, boosting {losses[1].mean():.4f}, card {own:.4f}", end="; ")
    print(f"test − card {apart:+.1f} standard errors", flush=True)
    size = f"{table.key}, {len(learn):,} × {len(known.columns) - 1}"
    summarise(size, whole / seconds, "the CPU of boosting with its defaults")


def _outputs(model: object, table: pd.DataFrame, number: bool) -> np.ndarray:
    return model.predict(table)[:, None] if number else model.predict_proba(table)  # type: ignore[attr-defined]


def run_orders(data: Path, *, quick: bool) -> None:
    """Every goal of the sample shop and, where it is there, of Online Retail."""
    tables = {"sample_shop": read_table(sample_shop().to_csv(index=False).encode(), "sample.csv")}
    retail = data / "online_retail" / "online_retail.csv.gz"
    if retail.is_file():
        tables["online_retail"] = read_table(retail.read_bytes(), retail.name)
    for name, table in tables.items():
        orders = clean(table, understand(table))
        for goal in GOALS:
            stages = Stages()
            train = partial(train_orders, orders, progress=stages)
            card = make(train, Question(goal, quick=quick), stages, orders.lines).card
            print(f"{name}, {goal}: {card.customers} customers, {card.recipe}\n  {stages.line()}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", nargs="+", choices=[table.key for table in TABLES], default=[])
    parser.add_argument("--orders", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA)
    asked = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    print(f"imports {time.process_time():.1f} s CPU: a job of a server finds them done by its spare process")
    if asked.orders:
        run_orders(asked.data, quick=asked.quick)
        return
    print("* settings were chosen on this table")
    for table in TABLES:
        if not asked.table or table.key in asked.table:
            run_table(table, asked.data, quick=asked.quick)


if __name__ == "__main__":
    main()
