"""Do the chances and the totals of a model of a column come true? Made tables, each with many customers never seen.

    python -m benchmarks.calibration [--kind KIND …] [--seed 1 …] [--recipe KEY] [--quick]

Printed per table, on untouched customers and as the card has it: predicted ÷ observed total and the calibration slope
(1 is right; above: chances too near to the mean), or the mean absolute and the root of the mean squared error of a
number. Of several classes there is a total and a slope for each, and the card shows none.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.evaluation.metrics import calibration_slope, class_log_loss, log_loss, mae, rmse, sum_ratio
from lib.training import Question, Trained, train_customers
from lib.training.inputs import model_table, usable_columns

Cells = NDArray[np.float64]

TESTED = 20_000
"""Customers never seen: a total of 2 % positives is then known to 5 %."""


@dataclass(frozen=True)
class Kind:
    """How tables of one kind are drawn."""

    rows: int
    columns: int
    answer: Callable[[np.random.Generator, Cells], NDArray[np.str_] | Cells]
    """From columns of standard normals: the answers."""
    levels: int = 0
    """Of a category beside the numbers; it moves the answer through the column `c0`, of which it is a coarse form."""
    repeated: int = 1
    """Rows per household: all but two of their columns are equal."""
    heavy: bool = False
    """Whether the numbers are exponentials, as amounts are."""


def _yes_no(share: float, signal: Callable[[Cells], Cells]) -> Callable[[np.random.Generator, Cells], NDArray[np.str_]]:
    """Yes for that share of all customers, with log odds proportional to the signal."""

    def answer(draw: np.random.Generator, cells: Cells) -> NDArray[np.str_]:
        odds = signal(cells)
        low, high = -30.0, 30.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if (1 / (1 + np.exp(-odds - middle))).mean() < share else (low, middle)
        return np.where(draw.random(len(odds)) < 1 / (1 + np.exp(-odds - low)), "yes", "no")

    return answer


def _linear(cells: Cells) -> Cells:
    return 1.2 * cells[:, 0] - 0.8 * cells[:, 1] + 0.5 * cells[:, 2]


def _rules(cells: Cells) -> Cells:
    return 4.0 * ((cells[:, 0] > 1) & (cells[:, 1] > 0)) + 3.0 * (np.abs(cells[:, 2]) > 2) + 0.5 * cells[:, 3]


def _nothing(cells: Cells) -> Cells:
    return np.zeros(len(cells))


def _strong(cells: Cells) -> Cells:
    return 4 * _linear(cells)


def _many_weak(cells: Cells) -> Cells:
    return cells @ np.full(cells.shape[1], 1.5 / np.sqrt(cells.shape[1]))


def _classes(scale: float) -> Callable[[np.random.Generator, Cells], NDArray[np.str_]]:
    def answer(draw: np.random.Generator, cells: Cells) -> NDArray[np.str_]:
        odds = np.stack(
            [scale * cells[:, 0], scale * cells[:, 1] - 1.5, 2 * scale * cells[:, 0] * cells[:, 2] - 3], axis=1
        )
        return np.array(["a", "b", "c"])[(odds + draw.gumbel(size=odds.shape)).argmax(axis=1)]

    return answer


def _spend(spread: float) -> Callable[[np.random.Generator, Cells], Cells]:
    return lambda draw, cells: np.exp(3 + 0.5 * _linear(cells) + draw.normal(0, spread, len(cells))).round(2)


def _pareto(draw: np.random.Generator, cells: Cells) -> Cells:
    return (draw.pareto(2.5, len(cells)) * 100 * np.exp(_linear(cells) / 3)).round(2)


def _mostly_zero(draw: np.random.Generator, cells: Cells) -> Cells:
    spent = np.exp(3 + 0.5 * _linear(cells) + draw.normal(0, 0.8, len(cells)))
    return np.where(draw.random(len(cells)) < 1 / (1 + np.exp(-_linear(cells) + 1)), spent, 0).round(2)


def _counts(draw: np.random.Generator, cells: Cells) -> Cells:
    return draw.poisson(np.exp(0.5 * _linear(cells))).astype(np.float64)


KINDS: Mapping[str, Kind] = {
    "half": Kind(4_000, 12, _yes_no(0.5, _linear)),
    "strong": Kind(4_000, 12, _yes_no(0.3, _strong)),
    "rare": Kind(6_000, 20, _yes_no(0.02, _linear)),
    "rare and strong": Kind(6_000, 20, _yes_no(0.02, _strong)),
    "rare by rules": Kind(6_000, 20, _yes_no(0.03, _rules)),
    "nearly all": Kind(4_000, 12, _yes_no(0.95, _rules)),
    "many weak columns": Kind(3_000, 60, _yes_no(0.2, _many_weak)),
    "many columns, one of them counts": Kind(2_000, 80, _yes_no(0.2, _linear)),
    "few customers": Kind(300, 8, _yes_no(0.3, _linear)),
    "few customers, rare": Kind(600, 15, _yes_no(0.06, _strong)),
    "noise": Kind(2_000, 20, _yes_no(0.2, _nothing)),
    "households": Kind(4_000, 12, _yes_no(0.15, _rules), repeated=4),
    "many levels": Kind(4_000, 8, _yes_no(0.1, _linear), levels=80),
    "amounts": Kind(4_000, 15, _yes_no(0.08, _rules), heavy=True),
    "classes": Kind(3_000, 10, _classes(1.0)),
    "strong classes": Kind(3_000, 10, _classes(3.0)),
    "few customers, classes": Kind(400, 8, _classes(1.5)),
    "spend": Kind(3_000, 10, _spend(0.5)),
    "spend, wide": Kind(3_000, 10, _spend(1.2)),
    "spend, Pareto": Kind(3_000, 10, _pareto),
    "spend, mostly zero": Kind(3_000, 10, _mostly_zero),
    "spend, few customers": Kind(300, 6, _spend(1.0)),
    "counts": Kind(3_000, 10, _counts),
}


def made_table(kind: Kind, seed: int, rows: int) -> pd.DataFrame:
    """A table of that many rows with the column `answer`, index customer_id."""
    draw = np.random.default_rng([seed, 5])
    cells = draw.normal(0, 1, (rows, kind.columns))
    if kind.repeated > 1:
        cells[:, 2:] = np.repeat(cells[:: kind.repeated, 2:], kind.repeated, axis=0)[:rows]
    shown = np.exp(cells).round(3) if kind.heavy else cells.round(3)
    table = pd.DataFrame(
        shown,
        columns=[f"c{place}" for place in range(kind.columns)],
        index=pd.Index([f"k{place:06}" for place in range(rows)], name="customer_id"),
    )
    if kind.levels:
        place = np.clip((cells[:, 0] + 2.5) / 5 * kind.levels, 0, kind.levels - 1).astype(int)
        order = draw.permutation(kind.levels)
        table = table.drop(columns="c0").assign(level=[f"level {order[one]}" for one in place])
    return table.assign(answer=kind.answer(draw, cells))


@dataclass(frozen=True)
class Measured:
    """A model on customers that it has not seen."""

    trained: Trained
    totals: tuple[float, ...]
    """Predicted ÷ observed: of the positive class, of each class, or of the number."""
    slopes: tuple[float, ...]
    """Of the chances of the same classes; none of a number."""
    errors: tuple[float, ...]
    """The log loss, or the mean absolute and the root of the mean squared error."""


def measured(kind: Kind, seed: int, *, recipe: str = "", quick: bool = False, later: int = TESTED) -> Measured:
    """Trains on a made table and measures on `later` further customers of it."""
    table = made_table(kind, seed, kind.rows + later)
    known, rest = table.iloc[: kind.rows], table.iloc[kind.rows :]
    trained = train_customers(known, Question("target", target="answer", recipe=recipe, quick=quick))
    rows = model_table(rest, usable_columns(known.drop(columns="answer")).inputs)[list(trained.example.columns)]
    ones = np.ones(later)
    if not hasattr(trained.pipeline, "predict_proba"):
        predicted, observed = trained.pipeline.predict(rows), rest["answer"].to_numpy(np.float64)
        errors = (mae(predicted, observed, ones), rmse(predicted, observed, ones))
        return Measured(trained, (sum_ratio(predicted, observed, ones),), (), errors)
    chances = trained.pipeline.predict_proba(rows)
    classes = [str(one) for one in trained.pipeline.classes_]
    if len(classes) == 2:
        chance = chances[:, classes.index("yes")]
        yes = (rest["answer"] == "yes").to_numpy(np.float64)
        totals = (sum_ratio(chance, yes, ones),)
        return Measured(trained, totals, (calibration_slope(chance, yes, ones),), (log_loss(chance, yes, ones),))
    place = rest["answer"].map(classes.index).to_numpy(np.float64)
    seen = [(place == at).astype(np.float64) for at in range(len(classes))]
    return Measured(
        trained,
        tuple(sum_ratio(chances[:, at], one, ones) for at, one in enumerate(seen)),
        tuple(calibration_slope(chances[:, at], one, ones) for at, one in enumerate(seen)),
        (class_log_loss(chances, place, ones),),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Two lines per table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--kind", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--recipe", default="")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args(arguments)
    for kind in asked.kind:
        for seed in asked.seed:
            began = time.process_time()
            one = measured(KINDS[kind], seed, recipe=asked.recipe, quick=asked.quick)
            parts = [
                "totals " + " ".join(f"{value:.3f}" for value in one.totals),
                *(["slopes " + " ".join(f"{value:.3f}" for value in one.slopes)] if one.slopes else []),
                "errors " + " ".join(f"{value:.4g}" for value in one.errors),
            ]
            card = one.trained.card
            shown = {name: card.metrics[name] for name in ("sum_ratio", "calibration_slope") if name in card.metrics}
            sys.stdout.write(
                f"{kind}, {seed}, {card.recipe}: {', '.join(parts)}; card {shown}; "
                f"{time.process_time() - began:.0f} s\n"
            )
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    sys.exit(main())
