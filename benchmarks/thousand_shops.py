"""Unlike shops drawn by seed, each through the public commands: every run ends in a model or in one true sentence.

    python -m benchmarks.thousand_shops --seeds 20 [--first 0] [--most-customers 400] [--goals groups buy_again …]

A seed gives an order export (or a customer table), whose truth is known: how many customers, days and buyers it has.
`train`, `inspect`, `score` run as a user runs them, in this process; what comes out is a model that scores every
customer, the key of a sentence, or a crash. The table printed at the end counts them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from lib.cli import main as command

Draw = np.random.Generator
ORDER_GOALS = ("groups", "buy_again", "spend", "orders", "next_order")
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "en": {"who": "customer_id", "order": "order_id", "day": "order_date", "amount": "amount", "product": "product"},
    "es": {"who": "Cliente", "order": "Pedido", "day": "Fecha", "amount": "Importe", "product": "Artículo"},
}
FIRST = ("Ana", "Luis", "Мария", "王芳", "José", "Zoë", "Ward", "Olga", "أحمد", "Łukasz", "Σοφία", "ひろし")


@dataclass(frozen=True)
class DrawnShop:
    """An export and what is true of it."""

    seed: int
    kind: str
    file: bytes
    name: str
    customers: int
    facts: Mapping[str, object] = field(default_factory=dict)
    target: str = ""
    """Of a customer table: the column to predict."""


@dataclass(frozen=True)
class Outcome:
    """How one question to one shop ended."""

    seed: int
    kind: str
    goal: str
    ended: str
    """`model`, the key of a sentence, or `crash`."""
    seconds: float
    """Of this process's processor time."""
    details: str = ""


# ------------------------------------------------------------------------------------------------------- drawing

IDS: Mapping[str, Callable[[Draw, int], list[str]]] = {
    "counted": lambda draw, count: [str(at + 1) for at in range(count)],
    "years": lambda draw, count: [str(2026 - count + at) for at in range(count)],
    "digits": lambda draw, count: [
        str(one) for one in draw.choice(10 ** int(draw.integers(5, 10)), count, replace=False) + 10_000
    ],
    "mail": lambda draw, count: [f"ana.{at}@example.org" for at in range(count)],
    "uuid": lambda draw, count: ["".join(draw.choice(list("0123456789abcdef"), 32)) for _ in range(count)],
    "sku": lambda draw, count: [f"C-{at:04}" for at in range(count)],
    "name": lambda draw, count: [f"{FIRST[at % len(FIRST)]} {at // len(FIRST)}" for at in range(count)],
}

Habit = Callable[[Draw, int, float], tuple[np.ndarray, np.ndarray]]
HABITS: dict[str, Habit] = {}
"""Kind of shop → (customer, day) of every order."""


def _habit(one: Habit) -> Habit:
    HABITS[one.__name__.strip("_")] = one
    return one


def _lives(draw: Draw, joined: np.ndarray, gap: float, days: float) -> tuple[np.ndarray, np.ndarray]:
    pace = gap * draw.lognormal(0, 0.7, len(joined))
    count = np.minimum(draw.poisson(np.maximum(days - joined, 0) / np.maximum(pace, 0.5)), 400)
    who = np.concatenate([np.arange(len(joined)), np.repeat(np.arange(len(joined)), count)])
    day = np.concatenate(
        [joined, joined[who[len(joined) :]] + draw.random(count.sum()) * (days - joined).repeat(count)]
    )
    return who, day


@_habit
def _usual(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    return _lives(draw, draw.random(count) * days, draw.uniform(15, 120), days)


@_habit
def _subscription(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    joined = draw.random(count) * days
    each = np.minimum(np.floor((days - joined) / 30).astype(int), draw.geometric(0.1, count))
    who = np.repeat(np.arange(count), each + 1)
    nth = np.arange(len(who)) - np.repeat(np.concatenate([[0], np.cumsum(each + 1)[:-1]]), each + 1)
    return who, np.minimum(joined[who] + 30.0 * nth, days)


@_habit
def _once(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    return np.arange(count), draw.random(count) * days


@_habit
def _one_day(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    return np.arange(count), np.zeros(count)


@_habit
def _christmas(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    who, day = _usual(draw, count, days)
    month = (START + pd.to_timedelta(day, unit="D")).month
    keep = (draw.random(len(day)) < np.where(np.isin(month, (11, 12)), 1.0, 0.25)) | (np.arange(len(day)) < count)
    return who[keep], day[keep]


@_habit
def _supermarket(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    return _lives(draw, draw.random(count) * days * 0.1, 6, days)


@_habit
def _dying(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    who, day = _usual(draw, count, days)
    return who, day * 0.5


@_habit
def _exploding(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    return _lives(draw, days * draw.beta(5, 1, count), 30, days)


@_habit
def _gap_of_months(draw: Draw, count: int, days: float) -> tuple[np.ndarray, np.ndarray]:
    who, day = _usual(draw, count, days)
    return who, np.where(day > days * 0.5, np.minimum(day + days * 0.2, days), day)


START = pd.Timestamp("2022-03-01")


def draw_orders(seed: int, *, most_customers: int) -> DrawnShop:
    """An order export; every property drawn independently."""
    draw = np.random.default_rng([seed, 1])
    count = int(np.exp(draw.uniform(np.log(30), np.log(most_customers))))
    days = float(np.exp(draw.uniform(np.log(20), np.log(3650))))
    habit = str(draw.choice(list(HABITS)))
    who, day = HABITS[habit](draw, count, days)
    order = np.argsort(day, kind="stable")[:20_000]
    who, day = who[order], np.minimum(day[order], days)
    form = str(draw.choice(list(IDS)))
    ids = np.array(IDS[form](draw, count), dtype=object)
    value = draw.lognormal(3.5, draw.choice([0.0, 0.5, 1.2, 2.5]), len(who))
    amount = np.round(value * draw.lognormal(0, 0.5, count)[who], int(draw.choice([0, 2])))
    amount[draw.random(len(who)) < draw.choice([0.0, 0.05])] = 0.0
    refund = draw.random(len(who)) < draw.choice([0.0, 0.05])
    amount[refund] = -np.abs(amount[refund])
    timed = bool(draw.random() < 0.6)
    when = START + pd.to_timedelta(day if timed else np.floor(day), unit="D")
    words = HEADINGS[str(draw.choice(list(HEADINGS)))]
    table = pd.DataFrame(
        {words["who"]: ids[who], words["day"]: when.strftime("%Y-%m-%d %H:%M:%S" if timed else "%Y-%m-%d")}
    )
    table[words["amount"]] = amount
    if draw.random() < 0.7:
        first = int(draw.choice([1, 1001, 100_001]))
        table.insert(0, words["order"], np.arange(first, first + len(who)).astype(str))
    if draw.random() < 0.5:
        table[words["product"]] = draw.choice(["Mug", "Plate 2024", "Bowl", "Ложка"], len(who))
    if draw.random() < 0.3:
        table["country"] = draw.choice(["Spain", "France"], count)[who]
    facts = {"habit": habit, "ids": form, "days": round(days), "orders": len(who)}
    return DrawnShop(seed, f"orders/{habit}", table.to_csv(index=False).encode(), f"shop{seed}.csv", count, facts)


def draw_customers(seed: int, *, most_customers: int) -> DrawnShop:
    """A customer table with columns and a target of any kind."""
    draw = np.random.default_rng([seed, 2])
    count = int(np.exp(draw.uniform(np.log(30), np.log(most_customers))))
    table = pd.DataFrame(index=range(count))
    if draw.random() < 0.7:
        form = str(draw.choice(list(IDS)))
        table["customer_id"] = IDS[form](draw, count)
    kinds: Mapping[str, Callable[[], object]] = {
        "whole": lambda: draw.integers(0, int(draw.choice([5, 100, 100_000])), count),
        "amount": lambda: np.round(draw.lognormal(4, 1.5, count), 2),
        "normal": lambda: draw.normal(0, 1, count),
        "word": lambda: draw.choice(["red", "blue", "green", "grün"], count),
        "rare": lambda: np.where(draw.random(count) < 0.03, "rare", "usual"),
        "yes_no": lambda: draw.choice(["yes", "no"], count),
        "date": lambda: (START + pd.to_timedelta(draw.integers(0, 900, count), unit="D")).strftime("%Y-%m-%d"),
        "constant": lambda: ["same"] * count,
        "unique": lambda: [f"text {at} {draw.integers(9)}" for at in range(count)],
    }
    for at, kind in enumerate(draw.choice(list(kinds), int(draw.integers(2, 10)))):
        cells = pd.Series(kinds[str(kind)]()).astype(object)
        cells[draw.random(count) < draw.choice([0.0, 0.0, 0.2, 0.97])] = None
        table[f"{kind}_{at}"] = cells
    first = table[table.columns[-1]]
    if draw.random() < 0.3:
        table["copy"] = first
    signal = pd.to_numeric(first, errors="coerce").fillna(0).rank().to_numpy() / count + draw.normal(0, 0.3, count)
    target = str(draw.choice(["churned", "class", "spent", "count", "flat", "many"]))
    table[target] = {
        "churned": np.where(signal > np.quantile(signal, draw.choice([0.5, 0.9, 0.99])), "yes", "no"),
        "class": np.array(["low", "middle", "high"])[np.digitize(signal, np.quantile(signal, [0.4, 0.8]))],
        "spent": np.round(np.exp(3 + signal), 2),
        "count": draw.poisson(np.exp(np.clip(signal, -2, 3))),
        "flat": ["always"] * count,
        "many": [f"answer {one}" for one in draw.integers(0, 60, count)],
    }[target]
    facts = {"columns": list(table.columns)}
    file = table.to_csv(index=False).encode()
    return DrawnShop(seed, f"customers/{target}", file, f"table{seed}.csv", count, facts, target)


def draw_shop(seed: int, *, most_customers: int = 400) -> DrawnShop:
    """Every third seed is a customer table, the others are orders."""
    return (draw_customers if seed % 3 == 2 else draw_orders)(seed, most_customers=most_customers)


# ------------------------------------------------------------------------------------------------------- the road


def outcomes(shop: DrawnShop, goals: Sequence[str] = ()) -> list[Outcome]:
    """What every question that fits ends in."""
    asked = ("groups", "target") if shop.target else ORDER_GOALS
    return [_ended(shop, goal) for goal in asked if not goals or goal in goals]


def _ended(shop: DrawnShop, goal: str) -> Outcome:
    began = time.process_time()
    try:
        with tempfile.TemporaryDirectory() as folder:
            ended, details = _through(shop, goal, Path(folder))
    except (Exception, SystemExit) as error:  # noqa: BLE001  every crash is what is looked for
        ended, details = "crash", "".join(traceback.format_exception(error)[-3:])
    return Outcome(shop.seed, shop.kind, goal, ended, time.process_time() - began, details)


def _through(shop: DrawnShop, goal: str, folder: Path) -> tuple[str, str]:
    """Write the export, train, inspect and open the file, score all customers, write the scores."""
    (folder / shop.name).write_bytes(shop.file)
    source = ["--customers" if shop.target else "--orders", str(folder / shop.name)]
    model = folder / "model.pkl"
    target = ["--target", shop.target] if goal == "target" else []
    code, answer = _run("train", *source, "--goal", goal, *target, "--out", str(model))
    if code:
        return str(answer["error"]), str(answer["message"])
    if answer["customers_found_in_file"]:
        raise AssertionError("a customer is in the file")
    scores = folder / "scores.csv"
    code, scored = _run("score", "--model", str(model), *source, "--out", str(scores))
    if code:
        raise AssertionError(f"trained, but not scored: {scored}")
    rows = len(pd.read_csv(scores))
    if not rows or rows != scored["rows_in"]:
        raise AssertionError(f"{rows} rows written of {scored['rows_in']}")
    return "model", str(answer["recipe"])


def _run(*arguments: str) -> tuple[int, dict[str, object]]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = command(arguments)
    return code, json.loads(out.getvalue().splitlines()[-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the seeds and print the table; 1 where anything crashed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thousand_shops", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--most-customers", type=int, default=400)
    parser.add_argument("--goals", nargs="*", default=[])
    options = parser.parse_args(arguments)
    found: list[Outcome] = []
    for seed in range(options.first, options.first + options.seeds):
        shop = draw_shop(seed, most_customers=options.most_customers)
        for one in outcomes(shop, options.goals):
            found.append(one)
            sys.stdout.write(
                f"{one.seed:5} {one.kind:24} {shop.customers:6} {one.goal:10} {one.seconds:6.1f} s  {one.ended}\n"
            )
            if one.ended != "model":
                sys.stdout.write(f"      {dict(shop.facts)}\n      {one.details}\n")
            sys.stdout.flush()
    sys.stdout.write(f"\n{len(found)} runs of {options.seeds} shops\n")
    for ended, count in Counter(one.ended for one in found).most_common():
        sys.stdout.write(f"{count / len(found):6.1%} {count:5}  {ended}\n")
    return int(any(one.ended == "crash" for one in found))


if __name__ == "__main__":
    sys.exit(main())
