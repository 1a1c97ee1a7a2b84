"""Effect of a campaign: contacted customers against the control group, with intervals, and the sample size needed.

Rates are compared by Newcombe's hybrid score interval (Newcombe 1998, method 10), money per customer by Welch's
interval; the sample size is the usual one for two proportions (Fleiss, Levin & Paik 2003, formula 4.14 without the
continuity correction).
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from lib.audience.selection import BAND, CONTROL
from lib.errors import UserError
from lib.features import OrderLog
from lib.schema import CUSTOMER_ID

CONFIDENCE = 0.95
POWER = 0.8
"""Probability of noticing an effect that is there, for which a campaign is planned."""

_Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
_Z_POWER = NormalDist().inv_cdf(POWER)


@dataclass(frozen=True)
class Interval:
    """An estimate and the ends of its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class BandEffect:
    """One score band: how many were contacted and held out, and the difference of their rates."""

    band: int
    contacted: int
    control: int
    uplift: Interval


@dataclass(frozen=True)
class Effect:
    """The effect of a campaign between `start` (included) and `end` (excluded)."""

    start: pd.Timestamp
    end: pd.Timestamp
    contacted: int
    control: int
    rate_contacted: float
    rate_control: float
    """Share of customers with an order in the period, 0 to 1."""
    uplift: Interval
    """Difference of the rates: contacted − control."""
    revenue_per_contact: Interval
    """Difference of the mean net revenue per customer, in the shop's currency."""
    cost: float
    """Of contacting all of them."""
    detectable: float
    """The smallest difference of rates that groups of this size would show with 80% probability."""
    bands: tuple[BandEffect, ...]
    without_orders: int = 0
    """Customers of the lists who have no order at all in the data: they count as not having bought."""

    @property
    def conclusive(self) -> bool:
        """Whether the interval of the uplift leaves out zero."""
        return self.uplift.low > 0 or self.uplift.high < 0

    @property
    def revenue(self) -> float:
        """Additional net revenue of all contacted customers."""
        return self.revenue_per_contact.value * self.contacted

    @property
    def profit(self) -> Interval:
        """Additional net revenue of all contacted customers minus the cost."""
        money = self.revenue_per_contact
        return Interval(*(self.contacted * one - self.cost for one in (money.value, money.low, money.high)))


def measure_effect(
    assignment: pd.DataFrame, orders: OrderLog, *, start: pd.Timestamp, days: int, cost: float = 0.0
) -> Effect:
    """Compare contacted customers with the control group in the `days` from `start`.

    `assignment`: one row per customer, `customer_id`, `control` (bool) and `score_band`. `orders`: lines and returns
    that reach past `start`; where the lines end earlier than the period, so does the period. Revenue is net of the
    returns made in the period, as everywhere else. `cost`: of contacting one customer. Raises UserError where a group
    is empty, a customer is in both, no customer is in the orders, or no order follows `start`.
    """
    lines = orders.lines
    assignment = as_in_orders(assignment, lines[CUSTOMER_ID])
    control = assignment[CONTROL].to_numpy(dtype=bool)
    if control.all() or not control.any():
        raise UserError("audience.no_hold_back")
    ids = assignment[CUSTOMER_ID]
    known = ids.isin(lines[CUSTOMER_ID])
    if not known.any():
        raise UserError("audience.unknown_customers", customers=len(ids))
    until = lines["ordered_at"].max().normalize() + pd.Timedelta(days=1)
    end = min(start + pd.Timedelta(days=days), until)
    if end <= start:
        raise UserError("audience.no_later_orders", start=start.date(), last=lines["ordered_at"].max().date())
    inside, returned = (
        table[(table["ordered_at"] >= start) & (table["ordered_at"] < end)] for table in (lines, orders.returns)
    )
    revenue = _money_of(ids, inside) + _money_of(ids, returned)
    bought = ids.isin(inside[CUSTOMER_ID]).to_numpy(dtype="float64")
    rates = float(bought[~control].mean()), float(bought[control].mean())
    return Effect(
        start,
        end,
        int((~control).sum()),
        int(control.sum()),
        *rates,
        uplift=difference_of_rates(bought[~control], bought[control]),
        revenue_per_contact=difference_of_means(revenue[~control], revenue[control]),
        cost=cost * int((~control).sum()),
        detectable=detectable_uplift(rates[1], int((~control).sum()), int(control.sum())),
        bands=_by_band(assignment, bought, control),
        without_orders=int((~known).sum()),
    )


def as_in_orders(assignment: pd.DataFrame, customers: pd.Series) -> pd.DataFrame:
    """The lists with ids as the orders write them: a spreadsheet drops the zeros of `000123` in either of them.

    Each customer stands there once, with one of the lists saved by a spreadsheet and another one not. Raises UserError
    where one is in both groups.
    """
    assignment = assignment.reset_index(drop=True)
    ids, known = assignment[CUSTOMER_ID].astype("str"), pd.Series(customers.unique(), dtype="str")
    written = _with_zeros_as_in(known, ids)
    if written is ids:
        return assignment.assign(**{CUSTOMER_ID: ids})
    found = assignment.assign(**{CUSTOMER_ID: written})
    groups = found.groupby(CUSTOMER_ID)[CONTROL].nunique()
    if (groups > 1).any():
        raise UserError("audience.in_both_groups", customers=int((groups > 1).sum()))
    return found.drop_duplicates(CUSTOMER_ID, ignore_index=True)


def _with_zeros_as_in(known: pd.Series, ids: pd.Series) -> pd.Series:
    """Ids that are not known, with the zeros of a known one in front, or without their own, where that is a known one.

    Only where the numbers with zeros in front have one width: without it nobody can say how many zeros are missing.
    """
    unknown = ids[~ids.isin(known) & ids.str.fullmatch("[0-9]+")]
    sold = known[known.str.fullmatch("[0-9]+")]
    width, listed_width = _width(sold), _width(ids[ids.str.fullmatch("[0-9]+")])
    if width:
        written = unknown[~unknown.str.startswith("0")].str.zfill(width)
    elif listed_width and not sold.str.startswith("0").any():
        written = unknown.str.lstrip("0")
    else:
        return ids
    written = written[written.isin(known)]
    if written.empty:
        return ids
    return ids.where(~ids.index.isin(written.index), written.reindex(ids.index))


def _width(numbers: pd.Series) -> int:
    """How many digits all numbers have that begin with a zero; 0 if there is none, or they differ."""
    widths = numbers[numbers.str.startswith("0")].str.len().unique()
    return int(widths[0]) if len(widths) == 1 else 0


def _money_of(ids: pd.Series, lines: pd.DataFrame) -> np.ndarray:
    """The sum of the amounts of each customer."""
    sums: pd.Series = ids.map(lines.groupby(CUSTOMER_ID)["amount"].sum())
    return sums.fillna(0.0).to_numpy(dtype="float64")


def _by_band(assignment: pd.DataFrame, bought: np.ndarray, control: np.ndarray) -> tuple[BandEffect, ...]:
    if BAND not in assignment.columns:
        return ()
    bands = assignment[BAND].to_numpy()
    found = []
    for band in sorted({int(band) for band in bands}):
        inside = bands == band
        contacted, kept = bought[inside & ~control], bought[inside & control]
        if len(contacted) and len(kept):
            found.append(BandEffect(band, len(contacted), len(kept), difference_of_rates(contacted, kept)))
    return tuple(found)


def difference_of_rates(contacted: np.ndarray, control: np.ndarray) -> Interval:
    """Difference of two shares of 0/1 outcomes, with Newcombe's interval. Raises UserError where a group is empty."""
    if not len(contacted) or not len(control):
        raise UserError("audience.no_hold_back")
    first, second = float(contacted.mean()), float(control.mean())
    low_1, high_1 = _wilson(first, len(contacted))
    low_2, high_2 = _wilson(second, len(control))
    value = first - second
    low = value - float(np.hypot(first - low_1, high_2 - second))
    high = value + float(np.hypot(high_1 - first, second - low_2))
    return Interval(value, low, high)


def _wilson(rate: float, customers: int) -> tuple[float, float]:
    square = _Z**2 / customers
    middle = (rate + square / 2) / (1 + square)
    half = _Z / (1 + square) * float(np.sqrt(rate * (1 - rate) / customers + square / (4 * customers)))
    return middle - half, middle + half


def difference_of_means(contacted: np.ndarray, control: np.ndarray) -> Interval:
    """Difference of two means, with a normal interval from both samples' variances; NaN ends below two customers."""
    value = float(contacted.mean() - control.mean())
    if min(len(contacted), len(control)) < 2:
        return Interval(value, float("nan"), float("nan"))
    spread = _Z * float(np.sqrt(contacted.var(ddof=1) / len(contacted) + control.var(ddof=1) / len(control)))
    return Interval(value, value - spread, value + spread)


def required_customers(base_rate: float, uplift: float, control_share: float) -> int:
    """Customers that a campaign needs, contacted and control together, to notice an uplift with 80% probability.

    `base_rate`: share that buys without the message; `uplift`: difference in the share, both 0 to 1; `control_share`:
    share held out. Raises UserError for an uplift of 0, an impossible rate, or no control group.
    """
    other = base_rate + uplift
    if not 0 < control_share < 1 or uplift == 0 or not 0 <= base_rate <= 1 or not 0 <= other <= 1:
        raise UserError("audience.impossible_plan", base=base_rate, points=100 * uplift, share=control_share)
    ratio = (1 - control_share) / control_share
    mean = (ratio * other + base_rate) / (ratio + 1)
    spread = _Z * np.sqrt((1 + 1 / ratio) * mean * (1 - mean)) + _Z_POWER * np.sqrt(
        other * (1 - other) / ratio + base_rate * (1 - base_rate)
    )
    control = (spread / uplift) ** 2
    return int(np.ceil(control * (1 + ratio)))


def detectable_uplift(base_rate: float, contacted: int, control: int) -> float:
    """The smallest uplift that groups of these sizes show with 80% probability; NaN where not even the largest."""
    share = control / (contacted + control)
    low, high = 0.0, 1.0 - base_rate
    if high <= 0 or required_customers(base_rate, high, share) > contacted + control:
        return float("nan")
    for _ in range(50):
        middle = (low + high) / 2
        if middle > 0 and required_customers(base_rate, middle, share) <= contacted + control:
            high = middle
        else:
            low = middle
    return high
