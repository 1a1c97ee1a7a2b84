"""Unlike shops drawn by seed, each through the public commands: every run ends in a model or in one true sentence.

    python -m benchmarks.thousand_shops --seeds 20 [--first 0] [--most-customers 400] [--goals groups … | --one-goal]
    python -m benchmarks.thousand_shops --table FILE …

A seed gives an order export or a customer table (`benchmarks.drawn_shops`), whose truth is known. `train` and `score`
run as a user runs them, in this process. What comes out is a model that scores every customer, the key of a
sentence, or a fault: a crash, a wrong number of customers, a sentence that is untrue, or one whose advice does not help
when it is followed. `--record FILE` appends every run as a line of JSON; `--table` counts such files.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.drawn_shops import DrawnShop, draw_shop
from benchmarks.drawn_shops.truth import advised, untrue
from lib.cli import main as command

ORDER_GOALS = ("groups", "buy_again", "spend", "orders", "next_order")
TABLE_GOALS = ("groups", "target")
FAULTS = ("crash", "wrong", "untrue", "advice")
"""A crash, another number of customers than there are, an untrue sentence, or advice that does not help."""


@dataclass(frozen=True)
class Outcome:
    """How one question to one shop ended."""

    seed: int
    kind: str
    customers: int
    goal: str
    ended: str
    """`model`, the key of a sentence, or one of `FAULTS`."""
    seconds: float
    """Of this process's processor time."""
    expected: float = 0.0
    """Seconds that were announced before the training."""
    details: str = ""


class WrongResultError(AssertionError):
    """A result that is not what the generator put into the shop."""


def outcomes(shop: DrawnShop, goals: Sequence[str] = ()) -> list[Outcome]:
    """What every question that fits ends in."""
    return [_ended(shop, goal) for goal in fitting(shop) if not goals or goal in goals]


def fitting(shop: DrawnShop) -> tuple[str, ...]:
    """The goals that such an export can be asked about."""
    return TABLE_GOALS if shop.target else ORDER_GOALS


def one_goal(shop: DrawnShop) -> str:
    """One of them, drawn by the shop's seed."""
    return str(np.random.default_rng([shop.seed, 3]).choice(fitting(shop)))


def _ended(shop: DrawnShop, goal: str) -> Outcome:
    began = time.process_time()
    expected = 0.0
    try:
        with tempfile.TemporaryDirectory() as folder:
            ended, details, expected = _through(shop, goal, Path(folder), shop.asked)
            seconds = time.process_time() - began
            if ended != "model":
                ended, details = _judged(shop, goal, ended, details, Path(folder))
    except WrongResultError as error:
        ended, details, seconds = "wrong", str(error), time.process_time() - began
    except (Exception, SystemExit) as error:  # noqa: BLE001  every crash is what is looked for
        ended, details, seconds = (
            "crash",
            "".join(traceback.format_exception(error)[-3:]),
            time.process_time() - began,
        )
    return Outcome(shop.seed, shop.kind, shop.customers, goal, ended, round(seconds, 2), expected, details)


def _judged(shop: DrawnShop, goal: str, key: str, message: str, folder: Path) -> tuple[str, str]:
    """The key where the sentence is true and its advice works; else which fault it is."""
    problem = untrue(shop, goal, key)
    if problem not in ("", "unchecked"):
        return "untrue", f"{problem}\n      {message}"
    instead = advised(goal, key, message)
    if instead:
        ended, details, _ = _through(shop, instead[0], folder, {**shop.asked, **instead[1]})
        if ended != "model":
            return "advice", f"{key}: {message}\n      {instead} ends in {ended}: {details}"
    return key, f"({problem}) {message}" if problem else message


def _through(shop: DrawnShop, goal: str, folder: Path, asked: Mapping[str, str]) -> tuple[str, str, float]:
    """Write the export, train, open the file, score all customers, write the scores."""
    (folder / shop.name).write_bytes(shop.file)
    source = ["--customers" if shop.target else "--orders", str(folder / shop.name)]
    model = folder / "model.pkl"
    more = ["--target", shop.target] if goal == "target" else []
    if goal not in TABLE_GOALS:
        more += [part for pair in asked.items() for part in pair]
    code, answer, said = _run("train", *source, "--goal", goal, *more, "--out", str(model))
    announced = re.search(r"(\d+) s", said)
    expected = float(announced[1]) if announced else 0.0
    if code:
        return str(answer["error"]), str(answer["message"]), expected
    if answer["customers_found_in_file"]:
        raise WrongResultError("a customer is in the file")
    scores = folder / "scores.csv"
    code, scored, _ = _run("score", "--model", str(model), *source, "--out", str(scores))
    if code:
        raise WrongResultError(f"trained, but not scored: {scored}")
    rows = len(pd.read_csv(scores))
    if not rows or rows != scored["rows_in"]:
        raise WrongResultError(f"{rows} rows written of {scored['rows_in']}")
    least, most = shop.customers, shop.customers + int(str(shop.facts.get("uncertain", 0)))
    if not least <= rows <= most:
        raise WrongResultError(f"{rows} customers scored of {least} to {most}")
    return "model", f"{answer['recipe']} {answer['changed'] or ''}", expected


def _run(*arguments: str) -> tuple[int, dict[str, object], str]:
    out, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = command(arguments)
    return code, json.loads(out.getvalue().splitlines()[-1]), said.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the seeds and print the table; 1 where there was any fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thousand_shops", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--most-customers", type=int, default=400)
    parser.add_argument("--goals", nargs="*", default=[])
    parser.add_argument("--one-goal", action="store_true", help="one question for each shop, drawn by its seed")
    parser.add_argument("--record", type=Path, help="append each run to this file")
    parser.add_argument("--table", type=Path, nargs="+", help="count recorded runs instead of running any")
    options = parser.parse_args(arguments)
    if options.table:
        lines = [line for path in options.table for line in path.read_text().splitlines()]
        return _print_table([Outcome(**json.loads(line)) for line in lines])
    found: list[Outcome] = []
    for seed in range(options.first, options.first + options.seeds):
        shop = draw_shop(seed, most_customers=options.most_customers)
        for one in outcomes(shop, [one_goal(shop)] if options.one_goal else options.goals):
            found.append(one)
            _print_run(one, shop)
            if options.record:
                with options.record.open("a") as record:
                    record.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    return _print_table(found)


def _print_run(one: Outcome, shop: DrawnShop) -> None:
    sys.stdout.write(
        f"{one.seed:5} {one.kind:26} {one.customers:6} {one.goal:10} {one.seconds:6.1f} s of {one.expected:4.0f}"
        f"  {one.ended}\n"
    )
    if one.ended != "model":
        sys.stdout.write(f"      {dict(shop.facts)} {dict(shop.asked)}\n      {one.details}\n")
    sys.stdout.flush()


def _print_table(found: Iterable[Outcome]) -> int:
    """How many runs ended how; the latest run of a seed and goal counts."""
    latest = {(one.seed, one.goal): one for one in found}.values()
    sys.stdout.write(f"\n{len(latest)} runs of {len({one.seed for one in latest})} shops\n")
    for ended, count in Counter(one.ended for one in latest).most_common():
        sys.stdout.write(f"{count / len(latest):6.1%} {count:5}  {ended}\n")
    return int(any(one.ended in FAULTS for one in latest))


if __name__ == "__main__":
    sys.exit(main())
