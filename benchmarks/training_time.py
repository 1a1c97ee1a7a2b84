"""Processor seconds of trainings by goal, customers, lines and columns: what the estimate beside the button rests on.

    python -m benchmarks.training_time [--sizes 100 1600 …] [--record tests/training/training_times.json]

Each is a training with its search and one file, as a job does it, in this process. The table prints the estimate, too.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.drawn_shops.habits import HABITS, START
from lib.model_file.making import make_model
from lib.orders import Ledger, Orders
from lib.training import Question, train_customers, train_orders
from lib.training.feasibility import check_orders, check_table

SIZES = (100, 1600, 6400, 25_600)


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
    seconds: float
    """Of processor time."""
    expected: float


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


def timed(sizes: Sequence[int]) -> Iterator[Timed]:
    """One training after the other, the small ones first."""
    for customers in sizes:
        for days, horizon in ((900, 90), (150, 90)):
            orders = order_history(customers, days)
            goals = ("groups", "buy_again", "spend", "orders", "next_order") if days > 500 else ("orders",)
            for goal in goals:
                question = Question(goal, horizon_days=horizon)
                found = check_orders(orders.lines, question)
                seconds = _seconds(partial(train_orders, orders), question, orders.lines)
                lines = len(orders.lines)
                yield Timed(goal, found.method, "", customers, lines, 0, horizon, seconds, found.seconds)
        for columns in (4, 40):
            table = customer_table(customers, columns)
            plain = table.drop(columns=["yes_no", "classes", "number"])
            for task in ("groups", "yes_no", "classes", "number"):
                frame = plain if task == "groups" else plain.assign(target=table[task])
                question = Question("groups") if task == "groups" else Question("target", target="target")
                found = check_table(frame, question)
                seconds = _seconds(partial(train_customers, frame), question, None)
                goal = question.goal
                yield Timed(goal, found.method, task, customers, 0, columns, 0, seconds, found.seconds)


def _seconds(train: partial, question: Question, lines: pd.DataFrame | None) -> float:
    began = time.process_time()
    make_model(train, question, formats=("pickle",), lines=lines)
    return round(time.process_time() - began, 2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training_time", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--record", type=Path)
    options = parser.parse_args(arguments)
    found: list[Timed] = []
    for one in timed(options.sizes):
        found.append(one)
        sys.stdout.write(
            f"{one.goal:10} {one.method:16} {one.task:8} {one.customers:6} {one.lines:8} {one.columns:3}"
            f" {one.seconds:7.1f} s, expected {one.expected:6.1f}, ratio {one.expected / max(one.seconds, 0.01):5.2f}\n"
        )
        sys.stdout.flush()
        if options.record:
            options.record.write_text(json.dumps([asdict(each) for each in found], indent=0) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
