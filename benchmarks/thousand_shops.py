"""Unlike shops drawn by seed, each from its export to scores: every run ends in a model or in one true sentence.

    python -m benchmarks.thousand_shops --seeds 20 [--first 0] [--goals groups …] [--record FILE] [--minutes 9]
    python -m benchmarks.thousand_shops --table FILE …

A seed gives an order export or a customer table (`benchmarks.drawn_shops`), whose truth is known. By default the quick
model is trained, in one process that reads each file once, and most shops are asked one question; every tenth shop
goes through the commands `train` and `score` (`benchmarks.drawn_shops.roads`). What comes out is a model that scores
every customer, the key of a sentence, or a fault: a crash, a wrong figure, a sentence that is untrue, or one whose
advice does not help when it is followed.
`--record FILE` appends every run as a line of JSON, and seeds that are in it are not run again; `--table` counts such
files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.drawn_shops import DrawnShop, draw_shop
from benchmarks.drawn_shops.roads import ByCommands, InOneProcess, Road, WrongResultError
from benchmarks.drawn_shops.truth import advised, untrue

ORDER_GOALS = ("groups", "buy_again", "spend", "orders", "next_order")
TABLE_GOALS = ("groups", "target")
FAULTS = ("crash", "wrong", "untrue", "advice")
"""A crash, a figure that the generator contradicts, an untrue sentence, or advice that does not help."""
BY_COMMANDS_EVERY = 10
"""Of so many shops one goes through the commands."""
ALL_GOALS_EVERY = 5
"""Of so many shops with fewer than `MANY` customers one is asked every question that fits; the others are asked one,
drawn by their seed."""
MANY = 1_000


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
    road: str = "commands"
    """`commands`, or `functions`: in one process that reads the file once."""
    quick: bool = False
    commit: str = ""


def outcomes(
    shop: DrawnShop, goals: Sequence[str] = (), *, quick: bool = True, by_commands: bool = True, commit: str = ""
) -> list[Outcome]:
    """What every question that fits ends in."""
    asked = [goal for goal in fitting(shop) if not goals or goal in goals]
    with tempfile.TemporaryDirectory() as folder:
        way = ByCommands if by_commands else InOneProcess
        road = way(shop, Path(folder), quick=quick)
        return [_ended(shop, goal, road, quick=quick, commit=commit) for goal in asked]


def fitting(shop: DrawnShop) -> tuple[str, ...]:
    """The goals that such an export can be asked about."""
    return TABLE_GOALS if shop.target else ORDER_GOALS


def one_goal(shop: DrawnShop) -> str:
    """One of them, drawn by the shop's seed."""
    return str(np.random.default_rng([shop.seed, 3]).choice(fitting(shop)))


def _ended(shop: DrawnShop, goal: str, road: Road, *, quick: bool, commit: str) -> Outcome:
    began = time.process_time()
    expected = 0.0
    try:
        arrived = road(goal, shop.asked)
        ended, details, expected = arrived.ended, arrived.details, arrived.expected
        seconds = time.process_time() - began
        if ended != "model":
            ended, details = _judged(shop, goal, ended, details, road)
    except WrongResultError as error:
        ended, details, seconds = "wrong", str(error), time.process_time() - began
    except (Exception, SystemExit) as error:  # noqa: BLE001  every crash is what is looked for
        ended, details, seconds = (
            "crash",
            "".join(traceback.format_exception(error)[-4:]),
            time.process_time() - began,
        )
    name = "commands" if isinstance(road, ByCommands) else "functions"
    return Outcome(
        shop.seed, shop.kind, shop.customers, goal, ended, round(seconds, 2), expected, details, name, quick, commit
    )


def _judged(shop: DrawnShop, goal: str, key: str, message: str, road: Road) -> tuple[str, str]:
    """The key where the sentence is true and its advice works; else which fault it is."""
    problem = untrue(shop, goal, key)
    if problem not in ("", "unchecked"):
        return "untrue", f"{problem}\n      {message}"
    instead = advised(goal, key, message)
    if instead:
        arrived = road(instead[0], {**shop.asked, **instead[1]})
        if arrived.ended != "model":
            return "advice", f"{key}: {message}\n      {instead} ends in {arrived.ended}: {arrived.details}"
    return key, f"({problem}) {message}" if problem else message


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the seeds and print the table; 1 where there was any fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thousand_shops", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--most-customers", type=int, help="as in the tests (default: many small shops, some large)")
    parser.add_argument("--goals", nargs="*", default=[])
    parser.add_argument("--one-goal", action="store_true", help="one question for each shop, drawn by its seed")
    parser.add_argument("--all-goals", action="store_true", help="every question that fits for each shop")
    parser.add_argument("--thorough", action="store_true", help="the thorough training instead of the quick one")
    parser.add_argument("--commands", action="store_true", help="every shop through the commands")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no shop after so long")
    parser.add_argument("--record", type=Path, help="append each run to this file")
    parser.add_argument("--table", type=Path, nargs="+", help="count recorded runs instead of running any")
    options = parser.parse_args(arguments)
    if options.table:
        return _print_table(_recorded(options.table))
    done = {one.seed for one in _recorded([options.record])} if options.record and options.record.exists() else set()
    found: list[Outcome] = []
    for shop in _drawn(options, done):
        runs = outcomes(
            shop,
            _goals(shop, options),
            quick=not options.thorough,
            by_commands=options.commands or shop.seed % BY_COMMANDS_EVERY == 0,
            commit=_commit(),
        )
        for one in runs:
            _print_run(one, shop)
        if options.record:
            with options.record.open("a") as record:
                record.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in runs)
        found += runs
    return _print_table(found)


def _goals(shop: DrawnShop, options: argparse.Namespace) -> Sequence[str]:
    if options.goals or options.all_goals:
        return list(options.goals)
    every = shop.seed % ALL_GOALS_EVERY == 0 and shop.customers < MANY and not options.one_goal
    return [] if every else [one_goal(shop)]


def _drawn(options: argparse.Namespace, done: set[int]) -> Iterator[DrawnShop]:
    began = time.monotonic()
    for seed in range(options.first, options.first + options.seeds):
        if seed in done:
            continue
        if time.monotonic() - began > 60 * options.minutes:
            return
        yield draw_shop(seed, most_customers=options.most_customers)


def _recorded(files: Iterable[Path]) -> list[Outcome]:
    return [Outcome(**json.loads(line)) for path in files for line in path.read_text().splitlines()]


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return found.stdout.strip()


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
    shops = {one.seed for one in latest}
    trained = {one.seed for one in latest if one.ended == "model"}
    sys.stdout.write(f"\n{len(latest)} runs of {len(shops)} shops, {len(trained)} of them with a model\n")
    for ended, count in Counter(one.ended for one in latest).most_common():
        sys.stdout.write(f"{count / len(latest):6.1%} {count:5}  {ended}\n")
    return int(any(one.ended in FAULTS for one in latest))


if __name__ == "__main__":
    sys.exit(main())
