# ruff: noqa: T201
"""How often the 95 % intervals of a card hold the figure of many further customers, on drawn tables of odd targets.

    python -m benchmarks.interval_coverage [--draws 40] [--rows 400]

A model learns from `rows` customers (first answer) and is measured on 4,000 more of the same table; printed per target
and metric: the share of draws whose interval on the card holds that figure. The standard error of a share of .95 is
.034 with 40 draws. A bootstrap over customers knows neither a tail that the sample has not shown nor that another
sample would have given another model.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from lib.evaluation import resampling
from lib.training import Question, train_customers
from lib.training.inputs import model_table, sort_columns
from lib.training.target import read_target

LATER = 4_000

Cells = np.ndarray

TARGETS: Mapping[str, Callable[[np.random.Generator, Cells], Cells]] = {
    "normal": lambda draw, signal: 30 + signal,
    "lognormal": lambda draw, signal: np.exp(signal).round(2),
    "Pareto 2.5": lambda draw, signal: (draw.pareto(2.5, len(signal)) * 100 * np.exp(signal / 2)).round(2),
    "four fifths zero": lambda draw, signal: np.where(draw.random(len(signal)) < 0.8, 0, np.exp(signal + 3)).round(2),
    "ties": lambda draw, signal: np.round(signal * 1.5) * 10 + 130,
    "yes or no": lambda draw, signal: np.where(signal > 1.0, "yes", "no"),
}


def table_of(target: str, seed: int, rows: int) -> pd.DataFrame:
    """A table with the column `aim`."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": draw.integers(18, 80, rows),
            "income": draw.lognormal(10, 0.6, rows).round(2),
            "city": draw.choice(["Madrid", "Paris", "Berlin"], rows),
            "score": draw.normal(0, 1, rows),
        },
        index=pd.Index([f"k{place:05}" for place in range(rows)], name="customer_id"),
    )
    signal = frame["score"].to_numpy() + 0.02 * (frame["age"].to_numpy() - 50) + draw.normal(0, 1, rows)
    return frame.assign(aim=TARGETS[target](draw, signal))


def held(target: str, seed: int, rows: int) -> dict[str, bool]:
    """Metric → whether the card's interval holds the figure of the later customers."""
    table = table_of(target, seed, rows + LATER)
    known = table.iloc[:rows]
    trained = train_customers(known, Question("target", target="aim", quick=True))
    inputs = sort_columns(known.drop(columns="aim")).inputs
    later = model_table(table, inputs)[list(trained.example.columns)].iloc[rows:]
    _, read = read_target(known, "aim")
    answers = table["aim"].iloc[rows:].to_numpy()
    if read.task == "number":
        predicted, observed = trained.pipeline.predict(later), answers.astype(np.float64)
    else:
        place = list(trained.pipeline.classes_).index(read.positive)
        predicted, observed = trained.pipeline.predict_proba(later)[:, place], (answers == read.positive).astype(float)
    intervals = trained.card.evaluation.intervals
    return {
        name: bool(intervals[name].low <= value <= intervals[name].high)
        for name, value in resampling.figures(read.metrics, predicted, observed).items()
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """A line per target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=40)
    parser.add_argument("--rows", type=int, default=400)
    asked = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    for target in TARGETS:
        shares = pd.DataFrame([held(target, seed, asked.rows) for seed in range(asked.draws)]).mean()
        print(f"{target:18}" + "  ".join(f"{name} {share:.2f}" for name, share in shares.items()), flush=True)


if __name__ == "__main__":
    main()
