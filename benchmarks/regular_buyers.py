"""Whether MBG/CNBD-k, a model of regular buyers, forecasts orders better than the models of `lib.btyd`.

    python -m benchmarks.regular_buyers [--seeds 3]

MBG/CNBD-k: M. Platzer, T. Reutterer (2016), Ticking Away the Moments: Timing Regularity Helps to Better Predict
Customer Activity, Marketing Science 35 (5), 779–799; and its package BTYDplus. Times between two days with an order are
Erlang-k: k stages at the customer's rate, of which j are done since the last order. k = 1 is MBG/NBD. The k with the
largest likelihood is taken. Forecasts are means over drawn rates, stages and drop-out probabilities.

Prints, for each invented shop and its holdout, the absolute errors of customers ÷ all orders, and predicted ÷ actual
orders.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, logsumexp

from benchmarks.invented import SHOPS, invented
from lib import btyd

Numbers = NDArray[np.float64]
MOST_STAGES = 12
DRAWS = 400


@dataclass(frozen=True)
class Fitted:
    """Parameters and log-likelihood of one k."""

    k: int
    r: float
    alpha: float
    a: float
    b: float
    likelihood: float


def fit(history: btyd.History, log_gaps: Numbers, k: int) -> Fitted:
    """`log_gaps`: per customer, the sum of the logarithms of the weeks between days with an order."""
    x, t_x, t = history.repeats, history.last_week, history.weeks
    stages = np.arange(k)

    def negative(logs: Numbers) -> float:
        r, alpha, a, b = np.exp(logs)
        begin = r * np.log(alpha) - gammaln(r) - x * gammaln(k) + (k - 1) * log_gaps
        gone = gammaln(r + k * x) - (r + k * x) * np.log(alpha + t_x) + betaln(a + 1, b + x)
        shape = r + k * x[:, None] + stages
        waits = np.where(stages > 0, stages * np.log(np.maximum(t - t_x, 1e-9))[:, None], 0.0) - gammaln(stages + 1)
        alive = gammaln(shape) - shape * np.log(alpha + t)[:, None] + waits
        both = np.logaddexp(gone, logsumexp(alive, axis=1) + betaln(a, b + x + 1))
        return -float(np.sum(begin + both - betaln(a, b)))

    found = minimize(negative, np.array([0.0, 1.0, 0.0, 0.0]), method="L-BFGS-B", bounds=[(-6.0, 8.0)] * 4)
    r, alpha, a, b = (float(one) for one in np.exp(found.x))
    return Fitted(k, r, alpha, a, b, -float(found.fun))


def expected_orders(fitted: Fitted, history: btyd.History, weeks: float, seed: int = 0) -> Numbers:
    """Days with an order of each customer within the next `weeks`."""
    draw = np.random.default_rng(seed)
    k, x, t_x, t = fitted.k, history.repeats, history.last_week, history.weeks
    stages = np.arange(k)
    shape = fitted.r + k * x[:, None] + stages
    waits = np.where(stages > 0, stages * np.log(np.maximum(t - t_x, 1e-9))[:, None], 0.0) - gammaln(stages + 1)
    weight = gammaln(shape) - shape * np.log(fitted.alpha + t)[:, None] + waits
    stay = logsumexp(weight, axis=1) + betaln(fitted.a, fitted.b + x + 1)
    gone = (
        gammaln(fitted.r + k * x) - (fitted.r + k * x) * np.log(fitted.alpha + t_x) + betaln(fitted.a + 1, fitted.b + x)
    )
    alive = 1 / (1 + np.exp(np.clip(gone - stay, -700, 700)))
    shares = np.exp(weight - logsumexp(weight, axis=1)[:, None]).cumsum(axis=1)
    total = np.zeros(len(x))
    for _ in range(DRAWS):
        done = (draw.random(len(x))[:, None] > shares).sum(axis=1).clip(max=k - 1)
        rate = draw.gamma(fitted.r + k * x + done) / (fitted.alpha + t)
        orders = (done + draw.poisson(rate * weeks)) // k
        leaves = np.maximum(draw.beta(fitted.a, fitted.b + x + 1), 1e-12)
        total += (1 - (1 - leaves) ** orders) / leaves
    return alive * total / DRAWS


def cut(log: pd.DataFrame, horizon: int) -> tuple[btyd.History, Numbers, Numbers]:
    """History, logarithms of gaps and later days with an order, per customer, `horizon` days before the end."""
    visits = log.assign(day=log["date"].dt.normalize()).drop_duplicates(["customer", "day"])
    moment = visits["day"].max() + pd.Timedelta(days=1 - horizon)
    before = visits[visits["day"] < moment].sort_values(["customer", "day"])
    gaps = before.groupby("customer")["day"].diff().dt.days / 7.0
    one = before.groupby("customer")["day"].agg(["min", "max", "size"])
    history = btyd.History(
        (one["size"] - 1).to_numpy(float),
        ((one["max"] - one["min"]).dt.days / 7.0).to_numpy(float),
        (((moment - one["min"]).dt.days - 1) / 7.0).to_numpy(float),
        np.full(len(one), np.nan),
    )
    later = visits[visits["day"] >= moment]["customer"].value_counts().reindex(one.index).fillna(0).to_numpy(float)
    log_gaps = np.log(gaps).groupby(before["customer"]).sum().reindex(one.index).to_numpy(float)
    return history, log_gaps, later


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one row per shop and seed, and the medians of each shop."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.regular_buyers", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--most-customers", type=int, default=1500)
    options = parser.parse_args(arguments)
    rows = []
    for shop in SHOPS:
        for seed in range(options.seeds):
            log = invented(shop, seed)
            some = pd.Series(log["customer"].unique()).head(options.most_customers)
            history, log_gaps, later = cut(log[log["customer"].isin(set(some))], shop.horizon)
            weeks = shop.horizon / 7.0
            plain = btyd.outlook(btyd.fit(history), history, weeks).orders
            fits = []
            for k in range(1, MOST_STAGES + 1):
                fits.append(fit(history, log_gaps, k))
                if k > 1 and fits[-1].likelihood < fits[-2].likelihood:
                    break
            best = max(fits, key=lambda one: one.likelihood)
            regular = expected_orders(best, history, weeks)
            errors = [float(np.abs(one - later).sum() / later.sum()) for one in (plain, regular)]
            sums = [float(one.sum() / later.sum()) for one in (plain, regular)]
            rows.append((shop.key, seed, best.k, *errors, *sums))
            sys.stdout.write(
                f"{shop.key:14} {seed} k={best.k:2} error {errors[0]:.3f} → {errors[1]:.3f}"
                f"  sum {sums[0]:.3f} → {sums[1]:.3f}\n"
            )
            sys.stdout.flush()
    table = pd.DataFrame(rows, columns=["shop", "seed", "k", "error", "error_k", "sum", "sum_k"])
    sys.stdout.write(table.drop(columns="seed").groupby("shop").median().round(3).to_string() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
