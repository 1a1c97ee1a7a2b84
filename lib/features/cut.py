"""What lies before one cutoff: orders in rows sorted by customer and time, and counters over them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib import btyd
from lib.features.coded_log import DAY, CodedLog, Codes, Flags, Numbers, microseconds, sums_by
from lib.schema import DEFAULT_HORIZON_DAYS

YEAR_DAYS = 365
MONTH_DAYS = 30
"""Activity "by month" is counted in blocks of thirty days back from the cutoff, so that every block is whole."""


class Cut:
    """What lies before one cutoff: orders in rows sorted by customer and time, and counters over them."""

    def __init__(self, log: CodedLog, cutoff: pd.Timestamp, constants: Mapping[str, object]) -> None:
        self.log = log
        self.constants = constants
        self.moment = microseconds(cutoff)
        self.lines = int(np.searchsorted(log.line_moment, self.moment, side="left"))
        self.parts = int(np.searchsorted(log.part_moment, self.moment, side="left"))
        self.customers = int(log.line_customer[: self.lines].max(initial=-1)) + 1
        orders = int(log.part_order[: self.parts].max(initial=-1)) + 1
        self.horizon_days = horizon_of(constants)

        def of_order(values: Numbers) -> Numbers:
            return sums_by(log.part_order[: self.parts], values[: self.parts], orders)

        self.row = np.lexsort((log.order_moment[:orders], log.order_customer[:orders]))
        self.owner = log.order_customer[:orders][self.row]
        self.when = log.order_moment[:orders][self.row]
        self.value = of_order(log.part_amount)[self.row]
        self.pieces = of_order(log.part_pieces)[self.row]
        self.order_lines = of_order(log.part_lines)[self.row]
        self.age_days = (self.moment - self.when) / DAY
        """Of each order, at the cutoff."""
        self.count = np.bincount(self.owner, minlength=self.customers).astype(np.float64)
        self.start = np.concatenate(([0], np.cumsum(self.count)[:-1])).astype(np.int64)
        self.last = (self.start + self.count - 1).astype(np.int64)

        day = self.when // DAY
        new_day = np.ones(orders, dtype=bool)
        new_day[1:] = (self.owner[1:] != self.owner[:-1]) | (day[1:] != day[:-1])
        self.visit_owner = self.owner[new_day]
        self.visit_day = day[new_day]
        """Days with an order: one row per customer and day."""
        self.visits = np.bincount(self.visit_owner, minlength=self.customers).astype(np.float64)
        same = self.visit_owner[1:] == self.visit_owner[:-1]
        self.gap = np.diff(self.visit_day)[same].astype(np.float64)
        self.gap_owner = self.visit_owner[1:][same]
        self.gaps = self.visits - 1
        self.gap_end = np.cumsum(self.gaps).astype(np.int64)
        self.visit_age_days = self.moment / DAY - self.visit_day - 0.5
        """Of each day with an order, from its noon to the cutoff: halves of whole days would be round numbers, which
        occur in many files by chance."""

    # -- counters: each gives one number per customer

    def sum(self, owner: Codes, weights: Numbers | Flags) -> Numbers:
        return sums_by(owner, weights, self.customers)

    def total(self, values: Numbers | Flags) -> Numbers:
        """Sum over a customer's orders."""
        return self.sum(self.owner, values)

    def spread(self, owner: Codes, values: Numbers) -> Numbers:
        """Standard deviation (of the sample); missing below two values."""
        count = np.bincount(owner, minlength=self.customers).astype(np.float64)
        mean = ratio(self.sum(owner, values), count)
        squares = self.sum(owner, (values - mean[owner]) ** 2)
        return np.where(count > 1, np.sqrt(ratio(squares, count - 1)), np.nan)

    def median(self, owner: Codes, values: Numbers) -> Numbers:
        count = np.bincount(owner, minlength=self.customers)
        ordered = values[np.lexsort((values, owner))]
        start = np.concatenate(([0], np.cumsum(count)[:-1]))
        some = count > 0
        middle = np.full(self.customers, np.nan)
        low = (start + (count - 1) // 2)[some]
        high = (start + count // 2)[some]
        middle[some] = (ordered[low] + ordered[high]) / 2
        return middle

    def most(self, owner: Codes, values: Numbers) -> Numbers:
        """Largest value; `owner` is sorted. Missing where there is none."""
        highest = np.full(self.customers, np.nan)
        if len(values):
            starts = np.flatnonzero(np.diff(owner, prepend=-1) > 0)
            highest[owner[starts]] = np.maximum.reduceat(values, starts)
        return highest

    def least(self, owner: Codes, values: Numbers) -> Numbers:
        return -self.most(owner, -values)

    def within(self, days: float, *, after: float = 0.0) -> Flags:
        """Which orders are at most `days` old and more than `after`."""
        return (self.age_days <= days) & (self.age_days > after if after else np.ones(len(self.age_days), dtype=bool))

    def orders_within(self, days: float, *, after: float = 0.0) -> Numbers:
        return self.total(self.within(days, after=after))

    def spend_within(self, days: float, *, after: float = 0.0) -> Numbers:
        return self.total(self.value * self.within(days, after=after))

    # -- quantities that several features share

    @property
    def recency(self) -> Numbers:
        return self.age_days[self.last]

    @property
    def tenure(self) -> Numbers:
        return self.age_days[self.start]

    @property
    def spent(self) -> Numbers:
        return self.total(self.value)

    @property
    def gap_mean(self) -> Numbers:
        return ratio(self.sum(self.gap_owner, self.gap), self.gaps)

    def gap_latest(self, count: int) -> Numbers:
        """Mean of a customer's latest gaps."""
        latest = self.gap_end[self.gap_owner] - np.arange(len(self.gap)) <= count
        return ratio(self.sum(self.gap_owner, self.gap * latest), np.minimum(self.gaps, count))

    def gap_ended(self, days: float) -> Numbers:
        """Of a customer's gaps that were longer than the time since the last order, the share that ended within `days`
        more days. Smoothed by one added gap of which half ended: 0.5 for customers without such a gap."""
        silent = self.recency[self.gap_owner]
        longer = self.gap > silent
        ended = longer & (self.gap <= silent + days)
        return (self.sum(self.gap_owner, ended) + 0.5) / (self.sum(self.gap_owner, longer) + 1)

    def year_before(self, values: Numbers | Flags) -> Numbers:
        """Sum over orders in the horizon's window one year earlier; missing for a customer of less than a year."""
        old = self.age_days
        window = (old <= YEAR_DAYS) & (old > YEAR_DAYS - self.horizon_days)
        return np.where(self.tenure >= YEAR_DAYS, self.total(values * window), np.nan)

    def months(self, limit: int | None = None) -> Numbers:
        """The number of blocks of thirty days, counted back from the cut-off, in which the customer ordered."""
        block = ((self.age_days - 1e-9) // MONTH_DAYS).astype(np.int64)
        new = np.ones(len(block), dtype=bool)
        new[1:] = (self.owner[1:] != self.owner[:-1]) | (block[1:] != block[:-1])
        return self.total(new & (block < limit) if limit else new)

    def weekdays(self) -> Numbers:
        """Orders by customer and weekday, Monday first; shape (customers, 7)."""
        weekday = (self.when // DAY + 3) % 7  # 1970-01-01 was a Thursday
        counts = np.bincount(self.owner * 7 + weekday, minlength=self.customers * 7)
        return counts.reshape(self.customers, 7).astype(np.float64)

    def baskets(self) -> tuple[Codes, Numbers]:
        """Each (customer, product) pair's customer and number of lines, sorted by customer."""
        basket = self.log.line_basket[: self.lines]
        counts = np.bincount(basket[basket >= 0]).astype(np.float64)
        owner = self.log.basket_customer[: len(counts)]
        by_customer = np.argsort(owner, kind="stable")
        return owner[by_customer], counts[by_customer]

    def returned(self) -> tuple[Codes, Codes, Numbers]:
        """Customer, moment and amount (positive) of the returns before the cutoff by customers who bought before it."""
        end = int(np.searchsorted(self.log.return_moment, self.moment, side="left"))
        owner = self.log.return_customer[:end]
        known = (owner >= 0) & (owner < self.customers)
        return owner[known], self.log.return_moment[:end][known], -self.log.return_amount[:end][known]

    def history(self) -> btyd.History:
        """What the BTYD models look at: repeats, week of the last purchase, weeks watched, mean value of a repeat.

        Time is counted in whole days as the papers do: a customer bought or did not on a day, the first purchase
        day is day 0 and the day before the cutoff is the last one watched.
        """
        first = self.visit_day[np.flatnonzero(np.diff(self.visit_owner, prepend=-1) > 0)]
        final = self.when[self.last] // DAY
        watched = (self.moment - 1) // DAY - first
        day = self.when // DAY
        later = day > first[self.owner]
        return btyd.History(
            repeats=self.visits - 1,
            last_week=(final - first) / 7.0,
            weeks=watched / 7.0,
            value=ratio(self.total(self.value * later), self.visits - 1),
        )

    def btyd_fitted(self) -> tuple[btyd.BtydParameters, btyd.History]:
        """The parameters of the model's constants, else those that fit best here."""
        parameters = self.constants.get("btyd")
        history = self.history()
        fitted = btyd.BtydParameters.from_plain(parameters) if isinstance(parameters, Mapping) else btyd.fit(history)
        return fitted, history


def ratio(above: Numbers | float, below: Numbers) -> Numbers:
    """A quotient that is missing where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, np.divide(above, below), np.nan)


def horizon_of(constants: Mapping[str, object]) -> float:
    """The horizon in days that the constants name, else the default."""
    days = constants.get("horizon_days", DEFAULT_HORIZON_DAYS)
    return float(days) if isinstance(days, int | float) else float(DEFAULT_HORIZON_DAYS)
