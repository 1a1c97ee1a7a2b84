# ruff: noqa: T201
"""Can one tell from a model who was among its customers? Every goal and table: `python -m benchmarks.membership`.

Trains as the thorough training does and prints, per table: the recipe, the AUC of the simple attack (Yeom 2018), the
share of customers that the likelihood ratio attack finds at 1 % false alarms (Carlini 2022; chance is 1 %), and the
seconds of the training and of both attacks. `--recipes` measures each recipe of the goal instead of the chosen one.
"""

import argparse
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from benchmarks.columns import CASES, DATA
from benchmarks.training import GOALS
from lib.layouts import understand
from lib.leaks.membership import membership
from lib.orders import clean
from lib.recipes import recipes_for
from lib.sample import sample_shop
from lib.tables import read_table
from lib.training import Question, Trained, train_customers, train_orders
from lib.training.target import read_target


def report(name: str, trained: Trained, seconds: float) -> None:
    """One line."""
    began = time.perf_counter()
    found = membership(trained.pipeline, trained.example, trained.target, learn=trained.learn)
    attacked = time.perf_counter() - began
    if found is None:
        print(f"{name}: too few customers or no target", flush=True)
        return
    share = "–" if found.found_share is None else f"{found.found_share:.2%}"
    print(
        f"{name}, {trained.card.recipe}: {found.customers} customers, AUC {found.auc:.3f}, found {share}; "
        f"training {seconds:.1f} s, attacks {attacked:.1f} s",
        flush=True,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", nargs="+", default=[], help="cases of benchmarks/columns.py, or `orders`")
    parser.add_argument("--goal", nargs="+", default=[], help="goals of the sample shop")
    parser.add_argument("--recipes", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA)
    asked = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    for case in CASES:
        path = asked.data / "customer_tables" / case.file
        if (asked.case and case.key not in asked.case) or not path.is_file():
            continue
        frame = read_table(path.read_bytes(), case.file).frame.drop(columns=list(case.without))
        known, _ = read_target(frame, case.target)
        for recipe in [one.key for one in recipes_for("target")] if asked.recipes else [""]:
            began = time.perf_counter()
            trained = train_customers(known, Question("target", target=case.target, recipe=recipe))
            report(case.key, trained, time.perf_counter() - began)
    if not asked.case or "orders" in asked.case:
        table = read_table(sample_shop().to_csv(index=False).encode(), "sample.csv")
        orders = clean(table, understand(table))
        for goal in asked.goal or GOALS:
            began = time.perf_counter()
            report(f"sample shop, {goal}", train_orders(orders, Question(goal)), time.perf_counter() - began)


if __name__ == "__main__":
    main()
