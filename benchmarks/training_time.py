"""Processor seconds of trainings by goal, customers, lines and columns: what the estimate beside the button rests on.

    python -m benchmarks.training_time [--sizes 200 1600 …] [--columns 4 40] [--only orders|tables|quick|thorough …]
                                       [--record FILE]

Each is a training with its search and one file, as a job does it, in this process: the quick model and the thorough
one. The table prints the estimate, too. Beside the seconds stands how slow the machine was just then. `--record`
appends to a file of JSON, one line each; what is in it already is not timed again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.drawn_shops.habits import HABITS, START
from lib.jobs import QUICK_GOALS
from lib.model_file.making import make_model
from lib.orders import Ledger, Orders
from lib.schema import Goal
from lib.training import Question, train_customers, train_orders
from lib.training.feasibility import check_orders, check_table
from lib.training.training_time import machine_slowness

SIZES = (200, 1600, 6400, 20_000)
COLUMNS = (4, 40)


@dataclass(frozen=True)
class Timed:
    """One training: what there was to learn from, and how long it took."""

    goal: str
    method: str
    task: str
    customers: int
    lines: int
    columns: int
    horizon_days: int
    quick: bool
    seconds: float
    """Of processor time."""
    slowness: float
    """As `machine_slowness`, measured just before."""
    expected: float
    """Seconds announced for this answer alone, with that slowness."""

    @property
    def asked(self) -> tuple[str | int | bool, ...]:
        """What was trained on, and how."""
        return self.goal, self.method, self.task, self.customers, self.columns, self.quick


def order_history(customers: int, days: int, habit: str = "usual") -> Orders:
    """An order log of one line per order."""
    draw = np.random.default_rng(customers)
    who, day = HABITS[habit](draw, customers, float(days))
    lines = pd.DataFrame(
        {
            "customer_id": pd.Series(who).map("k{:06}".format),
            "order_id": [f"o{at}" for at in range(len(who))],
            "ordered_at": (START + pd.to_timedelta(day, unit="D")).astype("datetime64[us]"),
            "amount": np.round(draw.lognormal(3.5, 0.8, len(who)), 2),
            "quantity": 1.0,
            "product": pd.Series(draw.choice(["a", "b", "c"], len(who)), dtype="str"),
            "country": pd.Series("Spain", index=range(len(who)), dtype="str"),
        }
    ).sort_values("ordered_at", ignore_index=True)
    return Orders(lines, lines.iloc[:0], Ledger(len(lines), len(lines), {}, pd.Series("", index=lines.index)))


def customer_table(customers: int, columns: int) -> pd.DataFrame:
    """Numbers and categories, and one target of each task."""
    draw = np.random.default_rng(customers + columns)
    table = pd.DataFrame(
        {
            f"c{at}": draw.normal(0, 1, customers) if at % 3 else draw.choice(list("abcd"), customers)
            for at in range(columns)
        },
        index=pd.Index([f"k{at:06}" for at in range(customers)], name="customer_id"),
    )
    signal = table["c1"] + draw.normal(0, 1, customers)
    return table.assign(
        yes_no=np.where(signal > 0.5, "yes", "no"),
        classes=np.array(["low", "middle", "high", "top"])[np.digitize(signal, [-1, 0, 1])],
        number=np.round(np.exp(signal), 3),
    )


def timed(options: argparse.Namespace, done: Collection[tuple[str | int | bool, ...]]) -> Iterator[Timed]:
    """One training after the other, the small ones first; without those that are done."""
    kinds = set(options.only)
    parts = kinds & {"orders", "tables"} or {"orders", "tables"}
    answers = [one == "quick" for one in sorted(kinds & {"quick", "thorough"}) or ("quick", "thorough")]
    for customers in options.sizes:
        cases = [
            *(_of_orders(customers) if "orders" in parts else ()),
            *(_of_tables(customers, options.columns) if "tables" in parts else ()),
        ]
        for case in cases:
            for quick in answers:
                if (*case.asked, quick) not in done and not (quick and case.question.goal not in QUICK_GOALS):
                    yield case.timed(quick=quick)


@dataclass(frozen=True)
class _Case:
    """A question to an order history or a table."""

    source: Orders | pd.DataFrame
    question: Question
    method: str
    task: str
    columns: int

    @property
    def asked(self) -> tuple[str | int, ...]:
        return self.question.goal, self.method, self.task, self._customers, self.columns

    @property
    def _customers(self) -> int:
        return len(self.source) if isinstance(self.source, pd.DataFrame) else self.source.lines["customer_id"].nunique()

    def timed(self, *, quick: bool) -> Timed:
        """The processor time of this training."""
        question = replace(self.question, quick=quick)
        lines = None if isinstance(self.source, pd.DataFrame) else self.source.lines
        train = partial(train_customers if lines is None else train_orders, self.source)
        machine_slowness.cache_clear()
        slowness = machine_slowness()
        found = check_table(self.source, question) if lines is None else check_orders(lines, question)
        began = time.process_time()
        make_model(train, question, formats=("pickle",), lines=lines)
        seconds = time.process_time() - began
        return Timed(
            *self.asked[:4],
            lines=0 if lines is None else len(lines),
            columns=self.columns,
            horizon_days=0 if lines is None else question.horizon_days,
            quick=quick,
            seconds=round(seconds, 2),
            slowness=round(slowness, 3),
            expected=round(found.seconds, 2),
        )


def _of_orders(customers: int) -> Iterator[_Case]:
    for days, horizon in ((900, 90), (150, 90)):
        orders = order_history(customers, days)
        goals: tuple[Goal, ...] = (
            ("groups", "buy_again", "spend", "orders", "next_order") if days > 500 else ("orders",)
        )
        for goal in goals:
            question = Question(goal, horizon_days=horizon)
            yield _Case(orders, question, check_orders(orders.lines, question).method, "", 0)


def _of_tables(customers: int, widths: Sequence[int]) -> Iterator[_Case]:
    for columns in widths:
        table = customer_table(customers, columns)
        plain = table.drop(columns=["yes_no", "classes", "number"])
        yield _Case(plain, Question("groups"), "groups", "groups", columns)
        for task in ("yes_no", "classes", "number"):
            yield _Case(plain.assign(target=table[task]), Question("target", target="target"), "target", task, columns)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training_time", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--columns", type=int, nargs="+", default=COLUMNS)
    parser.add_argument("--only", choices=("orders", "tables", "quick", "thorough"), nargs="+", default=())
    parser.add_argument("--record", type=Path)
    options = parser.parse_args(arguments)
    done = set()
    if options.record and options.record.exists():
        done = {Timed(**json.loads(line)).asked for line in options.record.read_text().splitlines()}
    for one in timed(options, done):
        sys.stdout.write(
            f"{one.goal:10} {one.method:16} {one.task:8} {one.customers:6} {one.lines:8} {one.columns:3}"
            f" {'quick' if one.quick else 'thorough':8} {one.seconds:7.1f} s ({one.slowness:.2f}), expected"
            f" {one.expected:6.1f}, ratio {one.expected / max(one.seconds, 0.01):5.2f}\n"
        )
        sys.stdout.flush()
        if options.record:
            with options.record.open("a") as record:
                record.write(json.dumps(asdict(one)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
