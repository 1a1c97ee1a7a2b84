"""How often the range of a total holds where no later period can be held out, and how far off totals are.

    python -m benchmarks.short_histories [--shops 40] [--halves]

Histories of 60 to 240 days are cut out of invented shops whose future is known, the horizon is 30 to 365 days, and the
purchase-pattern model answers as it would have. With `--halves`, the model is fitted on one half of the customers, and
the totals are those of the other half, which it has never seen: a check of the ranges that doesn't share their data.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from benchmarks.invented import SHOPS, invented
from lib import btyd
from lib.features import code, future_of, history_of
from lib.orders import Ledger, Orders

HORIZONS = (30, 90, 180, 365)
HISTORIES = (60, 120, 240)


def cases(shops: int, seed: int = 0) -> Iterator[tuple[str, Orders]]:
    """Name and log of invented shops, one after the other."""
    for at in range(shops):
        shop = SHOPS[at % len(SHOPS)]
        made = invented(shop, seed + at)
        lines = pd.DataFrame(
            {
                "customer_id": made["customer"],
                "order_id": made["order"].astype("str"),
                "ordered_at": made["date"].astype("datetime64[us]"),
                "amount": made["amount"],
                "quantity": 1.0,
                "product": pd.Series("x", index=made.index, dtype="str"),
                "country": pd.Series("Spain", index=made.index, dtype="str"),
            }
        )
        yield shop.key, orders_of(lines)


def orders_of(lines: pd.DataFrame) -> Orders:
    """A log of order lines as the core takes it."""
    lines = lines.sort_values("ordered_at", ignore_index=True)
    return Orders(lines, lines.iloc[:0], Ledger(len(lines), len(lines), {}, pd.Series("", index=lines.index)), "EUR")


def answered(
    orders: Orders, days: int, horizon: int, start_day: int, *, halves: bool = False
) -> dict[str, tuple[bool, float]]:
    """Quantity → whether its range held, and predicted ÷ actual; of the history that begins at a day of the log."""
    first = orders.lines["ordered_at"].min().normalize() + pd.Timedelta(days=start_day)
    moment = first + pd.Timedelta(days=days)
    lines = orders.lines[orders.lines["ordered_at"] >= first]
    log = code(orders_of(lines))
    later = future_of(log, moment, horizon)
    history = history_of(log, moment)
    if len(history.repeats) < 50 or (history.repeats > 0).sum() < 10:
        return {}
    if halves:
        mine = np.random.default_rng(start_day).permutation(len(history.repeats)) % 2 == 0
        others = history.take(np.flatnonzero(~mine))
        history, later = history.take(np.flatnonzero(mine)), later[mine]
        found = btyd.total_ranges(history, horizon / 7.0, learn_from=others)
    else:
        found = btyd.total_ranges(history, horizon / 7.0)
    actual = {"buyers": later["bought"].sum(), "orders": later["orders"].sum(), "spend": later["spend"].sum()}
    return {
        name: (bool(one.low <= actual[name] <= one.high), float(one.value / max(actual[name], 1e-9)))
        for name, one in found.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print, for each quantity and horizon, coverage and the median error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.short_histories", description=__doc__)
    parser.add_argument("--shops", type=int, default=11)
    parser.add_argument("--halves", action="store_true", help="fit on half of the customers, answer for the other")
    options = parser.parse_args(arguments)
    rows = []
    draw = np.random.default_rng(1)
    for name, orders in cases(options.shops):
        span = (orders.lines["ordered_at"].max() - orders.lines["ordered_at"].min()).days
        for days in HISTORIES:
            for horizon in HORIZONS:
                if days + horizon > span:
                    continue
                start = int(draw.integers(0, span - days - horizon + 1))
                for quantity, (held, ratio) in answered(orders, days, horizon, start, halves=options.halves).items():
                    rows.append((name, days, horizon, quantity, held, ratio))
    table = pd.DataFrame(rows, columns=["shop", "history", "horizon", "quantity", "held", "ratio"])
    table["error"] = np.abs(np.log(table["ratio"]))
    sys.stdout.write(f"{len(table)} ranges, {table['held'].mean():.1%} held; meant to hold {btyd.COVERED:.0%}\n")
    for keys in (["quantity"], ["history"], ["horizon"], ["shop"]):
        shown = table.groupby(keys).agg(ranges=("held", "size"), held=("held", "mean"), error=("error", "median"))
        sys.stdout.write(shown.round(3).to_string() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
