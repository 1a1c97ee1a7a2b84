"""Buy-till-you-die models: BG/NBD (or its modification MBG/NBD) for orders and Gamma-Gamma for their value.

Written from the papers and fitted by maximum likelihood:

- BG/NBD: P. S. Fader, B. G. S. Hardie, K. L. Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to
  the Pareto/NBD Model, Marketing Science 24 (2), 275–284.
- MBG/NBD: E. P. Batislam, M. Denizel, A. Filiztekin (2007), Empirical validation and comparison of models for customer
  base analysis, International Journal of Research in Marketing 24 (3), 201–209.
- Gamma-Gamma: P. S. Fader, B. G. S. Hardie (2013), The Gamma-Gamma Model of Monetary Value.

The papers' words differ from RFM's: their frequency counts REPEAT purchases (`repeats`, x), their recency is the time
of the LAST purchase since the first (`last_week`, t_x), and T is the time watched since the first purchase (`weeks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

Model = Literal["bgnbd", "mbgnbd"]
MODELS: tuple[Model, ...] = ("bgnbd", "mbgnbd")
MAX_PARAMETER, MAX_MONEY = 1e9, 1e15
"""A card's parameter beyond it is no fit's: times are in weeks; money may be counted in a currency of small units."""
MONEY_PARAMETERS = ("gamma", "value")

MOST_CUSTOMERS = 20_000
"""A fit uses at most this many customers (every k-th one): enough for seven parameters."""
FEWEST_VALUES = 10
"""With fewer repeat buyers with a value than this, Gamma-Gamma is not fitted; every customer gets the mean."""
_LOG_BOUNDS = (-6.0, 8.0)
_LOG_Q_LEAST = float(np.log(1.05))
"""Gamma-Gamma has no mean for q ≤ 1."""


@dataclass(frozen=True)
class History:
    """One element per customer."""

    repeats: Numbers
    """Days with an order after the first such day."""
    last_week: Numbers
    """Weeks from the first such day to the last one."""
    weeks: Numbers
    """Weeks from the first such day to the end of what was watched."""
    value: Numbers
    """Mean money of a repeat; missing without one."""

    def take(self, rows: NDArray[np.int64]) -> History:
        """The same for some customers."""
        return History(self.repeats[rows], self.last_week[rows], self.weeks[rows], self.value[rows])


@dataclass(frozen=True)
class BtydParameters:
    """What a fit found; time in weeks."""

    model: Model
    r: float
    alpha: float
    a: float
    b: float
    p: float | None
    q: float | None
    gamma: float | None
    """Gamma-Gamma's three; None where there were too few values."""
    value: float
    """Mean value of a repeat, for where Gamma-Gamma was not fitted; 0 where no customer bought again."""
    log_likelihood: float
    """Of the orders, per customer, time in weeks."""

    def to_plain(self) -> dict[str, str | float | None]:
        """The parameters as JSON types; predictions need them and the customer's own history only."""
        return {
            "model": self.model,
            "r": self.r,
            "alpha": self.alpha,
            "a": self.a,
            "b": self.b,
            "p": self.p,
            "q": self.q,
            "gamma": self.gamma,
            "value": self.value,
            "log_likelihood": self.log_likelihood,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> BtydParameters:
        """The parameters of a card. Raises ValueError where they are invalid: cards of uploaded files are untrusted."""

        def number(name: str) -> float:
            value = plain.get(name)
            most = MAX_MONEY if name in MONEY_PARAMETERS else MAX_PARAMETER
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
                raise ValueError(f"no BTYD parameter {name}: {value!r}")
            return float(value)

        def positive(name: str) -> float:
            value = number(name)
            if value == 0:
                raise ValueError(f"BTYD parameter {name} is zero")
            return value

        model = plain.get("model")
        if model not in MODELS:
            raise ValueError(f"no BTYD model: {model!r}")
        valued = plain.get("p") is not None
        likelihood = plain.get("log_likelihood")
        return cls(
            model=model,  # type: ignore[arg-type]
            r=positive("r"),
            alpha=positive("alpha"),
            a=positive("a"),
            b=positive("b"),
            p=positive("p") if valued else None,
            q=positive("q") if valued else None,
            gamma=positive("gamma") if valued else None,
            value=number("value"),
            log_likelihood=float(likelihood) if isinstance(likelihood, int | float) else 0.0,
        )


@dataclass(frozen=True)
class Outlook:
    """What the models expect of each customer over a horizon."""

    alive: Numbers
    """Probability that the customer is still active at the end of the observation period."""
    chance: Numbers
    """Chance of at least one more purchase in the horizon."""
    orders: Numbers
    """Expected purchases in the horizon."""
    value: Numbers
    """Expected money per purchase."""


def fit(history: History, *, models: tuple[Model, ...] = MODELS) -> BtydParameters:
    """The likeliest parameters of the likeliest of `models`, and Gamma-Gamma's; rounded to six significant digits."""
    step = -(-len(history.repeats) // MOST_CUSTOMERS)
    some = history.take(np.arange(0, len(history.repeats), max(step, 1)))
    fits = [(model, *_fit_orders(some, model)) for model in models]
    model, orders, likelihood = max(fits, key=lambda found: found[2])
    bought = (some.repeats > 0) & (some.value > 0)
    r, alpha, a, b = (_rounded(number) for number in orders)
    valued = bought.sum() >= FEWEST_VALUES
    p, q, gamma = _fit_values(some.repeats[bought], some.value[bought]) if valued else (None, None, None)
    mean = _rounded(float(np.mean(some.value[bought]))) if bought.any() else 0.0
    return BtydParameters(model, r, alpha, a, b, p, q, gamma, mean, _rounded(likelihood))


def outlook(parameters: BtydParameters, history: History, weeks: float) -> Outlook:
    """What to expect over the next `weeks`."""
    x, t_x, t = history.repeats, history.last_week, history.weeks
    r, alpha, a, b = parameters.r, parameters.alpha, parameters.a, parameters.b
    survived = x + _shift(parameters.model)
    log_gone = np.where(
        survived > 0,
        np.log(a) - np.log(b + np.maximum(survived, 1) - 1) + (r + x) * (np.log(alpha + t) - np.log(alpha + t_x)),
        -np.inf,
    )
    alive = 1 / (1 + np.exp(np.minimum(log_gone, 700)))
    silent = ((alpha + t) / (alpha + t + weeks)) ** (r + x)
    return Outlook(
        alive=alive,
        chance=alive * (1 - silent),
        orders=alive * _orders_if_alive(parameters, survived, history, weeks),
        value=_expected_value(parameters, history),
    )


@dataclass(frozen=True)
class NextPurchase:
    """Quantiles of the next purchase, given that it comes within a horizon; customers × `QUANTILES`."""

    days: Numbers
    value: Numbers
    """Missing where no customer has a known value."""


QUANTILES = (0.5, 0.1, 0.9)
"""The median and the ends of an interval that is meant to hold four of five."""


def next_purchase(parameters: BtydParameters, history: History, weeks: float) -> NextPurchase:
    """When each customer buys next and for how much, if within the next `weeks`.

    The rate of a customer who is alive is Gamma(r + x, α + T), so that the time to the next purchase is Lomax (Pareto
    II) with that shape and scale, cut off at the horizon. Its value is a Gamma(p, ν) with ν ~ Gamma(px + q, γ + x m)
    (Fader and Hardie 2013), whose ratio to γ + x m is beta prime.
    """
    from scipy.stats import betaprime  # half a second to import, and only needed here

    shape, scale = parameters.r + history.repeats, parameters.alpha + history.weeks
    within = 1 - (scale / (scale + weeks)) ** shape
    levels = np.array(QUANTILES)
    passed = levels[None, :] * within[:, None]
    days = 7.0 * scale[:, None] * ((1 - passed) ** (-1 / shape[:, None]) - 1)
    if parameters.p is None or parameters.q is None or parameters.gamma is None:
        known = parameters.value if parameters.value > 0 else np.nan
        return NextPurchase(days, np.full(days.shape, known))
    spent = np.where(history.repeats > 0, history.repeats * np.nan_to_num(history.value), 0.0)
    tail = parameters.p * history.repeats + parameters.q
    value = (parameters.gamma + spent)[:, None] * betaprime.ppf(levels[None, :], parameters.p, tail[:, None])
    return NextPurchase(days, value)


def _orders_if_alive(parameters: BtydParameters, survived: Numbers, history: History, weeks: float) -> Numbers:
    """Expected purchases of a customer who is alive now: equation (10) of the BG/NBD paper without its denominator.

    Given that the customer is alive, the rate is Gamma(r + x, α + T) and the drop-out probability Beta(a, b + x)
    (b + x + 1 in MBG).
    Where the hypergeometric function overflows, the mean drop-out probability replaces its distribution.
    """
    from scipy.special import hyp2f1  # scipy takes a third of a second to import, and most models need none

    shape = parameters.r + history.repeats
    scale = parameters.alpha + history.weeks
    stay = parameters.b + survived
    # The formula has a removable hole at a = 1.
    a = parameters.a if abs(parameters.a - 1) > 1e-4 else 1 + 1e-4
    with np.errstate(all="ignore"):
        hyper = hyp2f1(shape, stay, a + stay - 1, weeks / (scale + weeks))
        exact = (a + stay - 1) / (a - 1) * (1 - (scale / (scale + weeks)) ** shape * hyper)
    leave = parameters.a / (parameters.a + stay)
    near = (1 - (scale / (scale + leave * weeks)) ** shape) / leave
    most = shape * weeks / scale  # without drop-out
    sound = np.isfinite(exact) & (exact >= 0) & (exact <= most * (1 + 1e-6))
    return np.where(sound, exact, near)


def _expected_value(parameters: BtydParameters, history: History) -> Numbers:
    """Equation (5) of the Gamma-Gamma note; a customer without repeats gets the mean of all, pγ / (q − 1)."""
    if parameters.p is None or parameters.q is None or parameters.gamma is None:
        return np.full(len(history.repeats), parameters.value if parameters.value > 0 else np.nan)
    spent = np.where(history.repeats > 0, history.repeats * np.nan_to_num(history.value), 0.0)
    return parameters.p * (parameters.gamma + spent) / (parameters.p * history.repeats + parameters.q - 1)


def _shift(model: Model) -> int:
    """MBG allows drop-out after the first purchase, too: one more chance to drop out, survived once more."""
    return 1 if model == "mbgnbd" else 0


def _fit_orders(history: History, model: Model) -> tuple[tuple[float, float, float, float], float]:
    """r, α, a, b and the log-likelihood per customer (equation (6) of the paper, in logarithms)."""
    from scipy.optimize import minimize  # for fitting alone
    from scipy.special import digamma, gammaln

    rows, weight = np.unique(
        np.column_stack((history.repeats, history.last_week, history.weeks)), axis=0, return_counts=True
    )
    x, t_x, t = rows.T
    counts, which = np.unique(x, return_inverse=True)  # gamma functions are dear and depend on x alone
    survived = counts + _shift(model)
    leaves = survived > 0
    customers = weight.sum()
    # In units of the mean watched time, so that α starts near 1 whatever the shop's pace.
    unit = max(float(np.average(t, weights=weight)), 1e-3)
    t_x, t = t_x / unit, t / unit

    def negative(logs: Numbers) -> tuple[float, Numbers]:
        r, alpha, a, b = np.exp(logs)
        head = gammaln(r + counts) - gammaln(r) + r * np.log(alpha)
        head += gammaln(a + b) + gammaln(b + survived) - gammaln(b) - gammaln(a + b + survived)
        stayed = np.maximum(b + survived - 1, 1e-12)
        log_stay = -(r + x) * np.log(alpha + t)
        log_left = np.where(leaves, np.log(a) - np.log(stayed), -np.inf)[which] - (r + x) * np.log(alpha + t_x)
        both = np.logaddexp(log_stay, log_left)
        value = head[which] + both
        left = np.exp(log_left - both)
        stay = 1 - left
        by_r = (digamma(r + counts) - digamma(r) + np.log(alpha))[which]
        by_r -= stay * np.log(alpha + t) + left * np.log(alpha + t_x)
        by_alpha = r / alpha - (r + x) * (stay / (alpha + t) + left / (alpha + t_x))
        by_a = (digamma(a + b) - digamma(a + b + survived))[which] + left / a
        by_b = (digamma(a + b) + digamma(b + survived) - digamma(b) - digamma(a + b + survived))[which]
        by_b -= left * np.where(leaves, 1 / stayed, 0.0)[which]
        slopes = np.array([weight @ by_r, weight @ by_alpha, weight @ by_a, weight @ by_b])
        return -float(weight @ value) / customers, -slopes * np.exp(logs) / customers

    found = minimize(
        negative, np.zeros(4), jac=True, method="L-BFGS-B", bounds=[_LOG_BOUNDS] * 4, options={"ftol": 1e-11}
    )
    r, alpha, a, b = np.exp(found.x)
    likelihood = -float(found.fun) - float(np.average(x, weights=weight)) * np.log(unit)
    return (float(r), float(alpha * unit), float(a), float(b)), float(likelihood)


def _fit_values(repeats: Numbers, value: Numbers) -> tuple[float, float, float]:
    """p, q and γ of Gamma-Gamma: equation (3) of the note, in logarithms."""
    from scipy.optimize import minimize  # for fitting alone
    from scipy.special import digamma, gammaln

    unit = float(np.median(value))
    z = value / unit

    def negative(logs: Numbers) -> tuple[float, Numbers]:
        p, q, gamma = np.exp(logs)
        px = p * repeats
        total = gamma + repeats * z
        fitted = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(gamma)
        fitted += (px - 1) * np.log(z) + px * np.log(repeats) - (px + q) * np.log(total)
        by_p = repeats * (digamma(px + q) - digamma(px) + np.log(z) + np.log(repeats) - np.log(total))
        by_q = digamma(px + q) - digamma(q) + np.log(gamma) - np.log(total)
        by_gamma = q / gamma - (px + q) / total
        slopes = np.array([by_p.mean(), by_q.mean(), by_gamma.mean()])
        return -float(fitted.mean()), -slopes * np.exp(logs)

    bounds = [_LOG_BOUNDS, (_LOG_Q_LEAST, _LOG_BOUNDS[1]), _LOG_BOUNDS]
    start = np.log([2.0, 3.0, 1.0])
    found = minimize(negative, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-11})
    p, q, gamma = np.exp(found.x)
    return _rounded(float(p)), _rounded(float(q)), _rounded(float(gamma * unit))


def _rounded(number: float) -> float:
    return float(f"{number:.6g}")


@dataclass(frozen=True)
class TotalRange:
    """A total over all customers within a horizon, and the range that holds it in `COVERED` of all cases."""

    value: float
    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        return self.low, self.high


COVERED = 0.9
"""The share of totals that a `TotalRange` is meant to hold."""
RESAMPLES, FUTURES, RESAMPLED_CUSTOMERS = 12, 10, 1_000
"""Number of fits on resampled customers, of simulated futures per fit, and the maximum number of customers per fit."""
MODEL_SPREAD, TREND_SPREAD = 0.12, 0.32
"""Standard deviation of the logarithm of a total beyond what the model knows: of any total (customers who buy otherwise
than the model assumes), and at a horizon as long as the history (seasons, prices, campaigns); the latter grows with the
root of their ratio. Measured: `benchmarks.short_histories`."""


def total_ranges(
    history: History, weeks: float, *, seed: int = 0, learn_from: History | None = None
) -> dict[str, TotalRange]:
    """`buyers`, `orders` and `spend` of all customers within `weeks`, with their ranges.

    The model is fitted on `learn_from`, other customers of the same shop, or on these.

    Three things widen a range: parameters (customers are drawn again and the model is fitted again), chance (a future
    is drawn from each fit) and what the model doesn't know (`MODEL_SPREAD`, `TREND_SPREAD`). Raises
    ValueError without customers.
    """
    customers = len(history.repeats)
    if not customers:
        raise ValueError("no customers")
    seen = history if learn_from is None else learn_from
    plain = outlook(fit(seen), history, weeks)
    expected = {
        "buyers": float(plain.chance.sum()),
        "orders": float(plain.orders.sum()),
        "spend": float((plain.orders * np.nan_to_num(plain.value)).sum()),
    }
    drawn: dict[str, list[float]] = {name: [] for name in expected}
    for buyers, orders, spend in _futures(history, weeks, seed, seen):
        drawn["buyers"].append(float(buyers.sum()))
        drawn["orders"].append(float(orders.sum()))
        drawn["spend"].append(float(spend.sum()))
    return {
        name: TotalRange(expected[name], *(float(end) for end in np.quantile(drawn[name], _ENDS))) for name in expected
    }


def spend_ranges(
    history: History, group: NDArray[np.int64], groups: int, weeks: float, *, seed: int = 0
) -> list[TotalRange]:
    """The spend of each of so many groups of customers within `weeks`, with its range; `group` is −1 for customers in
    none. The model is that of all customers. Raises ValueError without customers."""
    if not len(history.repeats):
        raise ValueError("no customers")
    mine = group >= 0
    plain = outlook(fit(history), history, weeks)
    expected = np.bincount(group[mine], (plain.orders * np.nan_to_num(plain.value))[mine], groups)
    drawn = [np.bincount(group[mine], spend[mine], groups) for _, _, spend in _futures(history, weeks, seed, history)]
    low, high = np.quantile(np.array(drawn), _ENDS, axis=0)
    return [TotalRange(*(float(one) for one in ends)) for ends in zip(expected, low, high, strict=True)]


_ENDS = (0.5 - COVERED / 2, 0.5 + COVERED / 2)


def _futures(
    history: History, weeks: float, seed: int, learn_from: History
) -> Iterator[tuple[Flags, Numbers, Numbers]]:
    """Simulated futures: per customer, whether they buy, how often, and for how much."""
    draw = np.random.default_rng(seed)
    customers, learnt = len(history.repeats), len(learn_from.repeats)
    trend = np.sqrt(MODEL_SPREAD**2 + TREND_SPREAD**2 * weeks / max(float(history.weeks.max()), 1.0))
    for _ in range(RESAMPLES):
        some = learn_from.take(draw.integers(0, learnt, min(learnt, RESAMPLED_CUSTOMERS)))
        parameters = fit(some)
        seen = outlook(parameters, history, weeks)
        for _ in range(FUTURES):
            factor = float(np.exp(draw.normal(0, trend)))
            orders = _drawn_orders(parameters, history, seen, factor, draw)
            buyers = draw.random(customers) < _with_factor(seen.chance, factor)
            yield buyers, orders, orders * np.nan_to_num(seen.value) * draw.gamma(2.0, 0.5, customers)


def _with_factor(chance: Numbers, factor: float) -> Numbers:
    """The probability of at least one purchase if every customer's purchase rate were multiplied by `factor`."""
    return 1 - (1 - np.minimum(chance, 1 - 1e-9)) ** factor


def _drawn_orders(
    parameters: BtydParameters, history: History, seen: Outlook, factor: float, draw: np.random.Generator
) -> Numbers:
    """A future: who is still a customer, at which rate each buys, and how often it then happens."""
    shape = parameters.r + history.repeats
    rate = draw.gamma(shape) / shape
    alive = draw.random(len(shape)) < seen.alive
    mean = np.divide(seen.orders, seen.alive, out=np.zeros_like(seen.orders), where=seen.alive > 0)
    return np.where(alive, draw.poisson(np.minimum(mean * rate * factor, 1e9)), 0).astype(np.float64)
