"""Who buys again and for how much, on every order log beside this checkout, beside what a shop could take instead.

    python -m benchmarks.future [--short] [--goal buy_again] [--log online_retail]

Every figure is that of one evaluation at the last possible cutoff: the models have learnt from earlier cutoffs only,
whose horizons had ended by then. `constant`, `rule` (fifths by recency × orders) and `btyd` (BG/NBD or MBG/NBD with
Gamma-Gamma) come from the card; `plain boosting` is scikit-learn's histogram boosting as it is, on the same columns at
the latest of those cutoffs. Times are seconds of processor for the whole training: learnt, measured, learnt again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from lib.features import code, features_of, future_of
from lib.layouts import understand, with_roles
from lib.orders import Orders, clean
from lib.recipes import recipes_for
from lib.sample import sample_shop
from lib.schema import Goal
from lib.tables import Table, read_table
from lib.training import Question, measures, train_orders

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
GOALS: tuple[Goal, ...] = ("buy_again", "spend")
SHOWN: Mapping[str, tuple[str, ...]] = {
    "buy_again": ("auc", "log_loss", "sum_ratio", "calibration_slope", "brier"),
    "spend": ("mae", "sum_ratio", "spearman", "gini", "top_decile_capture"),
}


@dataclass(frozen=True)
class Log:
    """An order log and the questions asked of it."""

    name: str
    read: Callable[[], Orders]
    horizons: tuple[int, ...]
    cutoffs: tuple[str, ...] = ("",)
    """Moments of prediction; empty: the end of the log."""


def _file(path: str, roles: Mapping[str, str] | None = None) -> Callable[[], Orders]:
    def read() -> Orders:
        file = SHARED / path
        return _cleaned(read_table(file.read_bytes(), file.name), roles)

    return read


def _cleaned(table: Table, roles: Mapping[str, str] | None = None) -> Orders:
    understanding = understand(table)
    return clean(table, with_roles(understanding, roles) if roles else understanding)


def _cdnow() -> Orders:
    """The file has blanks for separators and no header; a day's purchases of a customer are one order."""
    names = ["id", "customer", "date", "pieces", "money"]
    raw = pd.read_csv(SHARED / "cdnow_sample" / "CDNOW_sample.txt", sep=r"\s+", header=None, names=names, dtype=str)
    date = pd.to_datetime(raw["date"], format="%Y%m%d").dt.strftime("%Y-%m-%d")
    lines = pd.DataFrame({"customer": raw["customer"], "date": date, "amount": raw["money"]})
    return _cleaned(read_table(lines.to_csv(index=False).encode(), "cdnow.csv"))


def _sample() -> Orders:
    return _cleaned(read_table(sample_shop().to_csv(index=False).encode(), "sample.csv"))


LOGS: tuple[Log, ...] = (
    Log("sample_shop", _sample, (90,)),
    Log("cdnow_sample", _cdnow, (90, 180)),
    Log("online_retail", _file("online_retail/online_retail.parquet"), (90, 30), ("", "2011-09-10")),
    Log("retail_transactions", _file("retail_transactions/Retail_Data_Transactions.csv"), (90,)),
    Log("superstore", _file("superstore/Sample - Superstore.csv"), (90,)),
    Log("european_orders", _file("european_orders/ventas.csv.gz"), (90,)),
)


@dataclass(frozen=True)
class Row:
    """One model on one question."""

    log: str
    horizon: int
    cutoff: str
    goal: Goal
    model: str
    figures: Mapping[str, float]
    seconds: float | None = None


def rows(logs: tuple[Log, ...] = LOGS, goals: tuple[Goal, ...] = GOALS, *, short: bool = False) -> Iterator[Row]:
    """Every model on every question, the peers of each question first."""
    for log in logs:
        orders = log.read()
        for horizon in log.horizons[:1] if short else log.horizons:
            for moment in log.cutoffs[:1] if short else log.cutoffs:
                for goal in goals:
                    yield from _answers(
                        log.name, orders, Question(goal, cutoff=_moment(moment), horizon_days=horizon), short=short
                    )


def _answers(name: str, orders: Orders, question: Question, *, short: bool) -> Iterator[Row]:
    for place, one in enumerate(recipes_for(question.goal)[: 1 if short else None]):
        begin = time.process_time()
        card = train_orders(orders, replace(question, recipe=one.key)).card
        seconds = time.process_time() - begin
        cutoff = str(card.evaluation["cutoff"])[:10]
        if place == 0:
            peers = cast(Mapping[str, Mapping[str, float]], card.evaluation["peers"])
            boosted = plain_boosting(orders, question, pd.Timestamp(cutoff))
            for peer, figures in {**peers, "plain boosting": boosted}.items():
                yield Row(name, question.horizon_days, cutoff, question.goal, peer, figures)
        yield Row(name, question.horizon_days, cutoff, question.goal, f"Brine {one.key}", card.metrics, seconds)


def plain_boosting(orders: Orders, question: Question, cutoff: pd.Timestamp) -> dict[str, float]:
    """What somebody gets who fits scikit-learn's boosting on one earlier cutoff with its defaults."""
    log = code(orders)
    earlier = cutoff - pd.Timedelta(days=question.horizon_days)
    money = question.goal == "spend"
    then, now = (features_of(log, at).select_dtypes("number") for at in (earlier, cutoff))
    filled = then.columns[then.notna().any()]
    target = "spend" if money else "bought"
    learnt, came = (future_of(log, at, question.horizon_days)[target].to_numpy(float) for at in (earlier, cutoff))
    model = HistGradientBoostingRegressor(random_state=0) if money else HistGradientBoostingClassifier(random_state=0)
    model.fit(then[filled], learnt)
    told = model.predict(now[filled]) if money else model.predict_proba(now[filled])[:, 1]
    which = measures.MONEY_MEASURES if money else measures.CHANCE_MEASURES
    return measures.measured(which, np.asarray(told, dtype=float), came)


def _moment(text: str) -> pd.Timestamp | None:
    return pd.Timestamp(text) if text else None


def main() -> None:
    """Prints one table per question."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--short", action="store_true", help="the first question of each log, the default recipe")
    asked.add_argument("--goal", choices=GOALS, action="append")
    asked.add_argument("--log", choices=[log.name for log in LOGS], action="append")
    options = asked.parse_args()
    chosen = tuple(log for log in LOGS if not options.log or log.name in options.log)
    if not SHARED.is_dir():
        chosen = tuple(log for log in chosen if log.name == "sample_shop")
    head = ""
    for row in rows(chosen, tuple(options.goal or GOALS), short=options.short):
        title = f"{row.log}, {row.horizon} days from {row.cutoff}, {row.goal}"
        shown = SHOWN[row.goal]
        if title != head:
            head = title
            sys.stdout.write(f"\n{title}\n{'':24}" + "".join(f"{name:>20}" for name in shown) + f"{'seconds':>10}\n")
        figures = "".join(f"{row.figures[name]:20.4f}" if name in row.figures else f"{'–':>20}" for name in shown)
        seconds = f"{row.seconds:10.1f}" if row.seconds is not None else ""
        sys.stdout.write(f"{row.model:24}{figures}{seconds}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
