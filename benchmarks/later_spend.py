"""Spend in the days after a model was trained, beside BTYD: can its error be lower and its total right at once?

    python -m benchmarks.later_spend [--half first|second] [--log christmas]

`benchmarks.future` shows the evaluation that the choice of the recipe looks at. Here the model is trained at a moment
before the end of a log, choice and all, and measured on the days after that. Printed per moment: error ÷ BTYD's, the
same with both scaled to the actual total, predicted ÷ actual total of both, the lowest error ÷ BTYD's that any total
within 15 % of the actual would have given, with the total known, and the standard error of the actual total due to who
happens to buy. Rules of choice are compared on the first half of the logs and looked at once on the second
(docs/decisions/0020).
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from benchmarks.future import LOGS, SURELY, invented_logs
from lib.errors import UserError
from lib.evaluation.metrics import FloatArray, mae
from lib.features import code, default_cutoff, features_of, future_of
from lib.orders import Orders
from lib.training import Question, train_orders

HALVES = {
    "first": ("cdnow_sample", "retail_transactions", "sample_shop", "christmas", "b2b", "growth"),
    "second": ("superstore", "online_retail", "complete_journey", "once", "dearer", "clumps"),
}
MOMENTS = {"sample_shop": 2, "online_retail": 1}
INVENTED_SEEDS, INVENTED_MOMENTS, REAL_MOMENTS = 2, 2, 3


@dataclass(frozen=True)
class Later:
    """One model in the days after its moment."""

    log: str
    moment: pd.Timestamp
    recipe: str
    error: float
    """÷ BTYD's."""
    error_scaled: float
    total: float
    btyd_total: float
    best_error: float
    """÷ BTYD's, of the best total within 15 % of the actual."""
    sampling: float


def measured(name: str, orders: Orders, moment: pd.Timestamp, horizon: int) -> Later:
    """Trains before a moment and measures on the `horizon` days after it."""
    trained = train_orders(orders, Question("spend", cutoff=moment, horizon_days=horizon))
    before = replace(
        orders,
        lines=orders.lines[orders.lines["ordered_at"] < moment],
        returns=orders.returns[orders.returns["ordered_at"] < moment],
    )
    columns = list(trained.pipeline[0].feature_names_in_)
    names = tuple(dict.fromkeys((*columns, "btyd_spend")))
    table = features_of(code(before), moment, columns=names, constants=trained.card.features)
    actual = future_of(code(orders), moment, horizon).loc[table.index, "spend"].to_numpy(np.float64)
    ours, btyd = trained.pipeline.predict(table[columns]), table["btyd_spend"].fillna(0.0).to_numpy(np.float64)
    total = float(actual.sum())
    right = ours * (total / ours.sum())
    rival = _error(btyd, actual)
    return Later(
        name,
        moment,
        trained.card.recipe,
        _error(ours, actual) / rival,
        _error(right, actual) / _error(btyd * (total / btyd.sum()), actual),
        float(ours.sum()) / total,
        float(btyd.sum()) / total,
        min(_error(right * factor, actual) for factor in np.geomspace(1 / SURELY, SURELY, 15)) / rival,
        float(np.sqrt((actual**2).sum())) / total,
    )


def _error(predicted: FloatArray, actual: FloatArray) -> float:
    return mae(predicted, actual, np.ones(len(actual)))


def later(keys: Sequence[str]) -> Iterator[Later]:
    """All moments of those logs and simulated shops, the latest of each first."""
    real = [log for log in LOGS if log.name in keys]
    for log in (*real, *invented_logs(INVENTED_SEEDS, [key for key in keys if key not in {one.name for one in LOGS}])):
        orders = log.read()
        horizons = (30,) if log.name == "complete_journey" else log.horizons if log.name == "online_retail" else (90,)
        for horizon in horizons:
            usual = REAL_MOMENTS if log in real else INVENTED_MOMENTS
            for back in range(1, 1 + (usual if horizon < 90 else MOMENTS.get(log.name, usual))):
                moment = default_cutoff(orders) - pd.Timedelta(days=back * horizon)
                try:
                    yield measured(f"{log.name} {horizon} d", orders, moment, horizon)
                except UserError as refused:
                    sys.stdout.write(f"{log.name} {moment.date()}: {refused.key}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line per moment, and how many meet what."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=list(HALVES))
    parser.add_argument("--log", nargs="+", default=[])
    asked = parser.parse_args(arguments)
    keys = asked.log or HALVES.get(asked.half or "", (*HALVES["first"], *HALVES["second"]))
    head = "".join(f"{name:>9}" for name in ("error", "scaled", "total", "btyd's", "best", "sampling"))
    sys.stdout.write(f"{'':46}{head}\n")
    seen = []
    for one in later(keys):
        seen.append(one)
        values = (one.error, one.error_scaled, one.total, one.btyd_total, one.best_error, one.sampling)
        sys.stdout.write(f"{one.log:22}{one.moment.date()!s:12}{one.recipe:12}" + "".join(f"{v:9.3f}" for v in values))
        sys.stdout.write("\n")
        sys.stdout.flush()
    near = math.log(SURELY)
    held = sum(abs(math.log(one.total)) < near for one in seen)
    by_chance = sum(math.erf(near / one.sampling / math.sqrt(2)) for one in seen)
    sys.stdout.write(
        f"{len(seen)} moments: error at most BTYD's at {sum(one.error <= 1.00001 for one in seen)}, total within 15 % "
        f"at {held} (a perfect forecast: about {by_chance:.0f}, since who buys is chance), both possible at "
        f"{sum(one.best_error <= 1 for one in seen)}\n"
        f"means: error {np.mean([one.error for one in seen]):.4f}, scaled "
        f"{np.mean([one.error_scaled for one in seen]):.4f}, distance of totals "
        f"{np.mean([abs(math.log(one.total)) for one in seen]):.3f}, of BTYD's "
        f"{np.mean([abs(math.log(one.btyd_total)) for one in seen]):.3f}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
