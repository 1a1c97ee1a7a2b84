"""Order lines and a cutoff → one row per customer; the target comes from the horizon after the cutoff.

Two invariants hold for every feature. It uses order lines before the cut-off only, and it uses that customer's own
lines (and the model's constants) only, so that scoring in chunks gives the same numbers as scoring at once. For the
BTYD columns the second holds if `constants` contains the parameters; without them they are estimated here.

Words: in RFM, which these columns follow, recency counts days SINCE the last order and frequency counts ALL orders.
The BTYD literature means the opposite by both: see `lib/btyd.py`, which is given its own `repeats` and `last_week`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import btyd
from lib.errors import UserError
from lib.schema import CUSTOMER_ID, DEFAULT_HORIZON_DAYS, ColumnSpec

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

DAY = 86_400_000_000
"""Microseconds in a day: moments are `datetime64[us]`."""

YEAR_DAYS = 365
MONTH_DAYS = 30
"""Activity "by month" is counted in blocks of thirty days back from the cutoff, so that every block is whole."""

WINDOWS = (7, 14, 30, 60, 90, 180, 365)
HALVED_AFTER = (10, 30)
"""Days after which a day with an order counts half: windows without an edge, for who orders every few days."""
LATEST_GAPS = 3
SHORTEST_GAP_DAYS = 1.0
"""A ratio to a gap takes no gap for shorter than a day."""
LEAST_CHANCE = 1e-4
"""Log odds take no chance for nearer to 0 or 1 than this."""
MOST_PARTS = 366
"""A season has at most one part per day of the year."""
LEAST_VALUE = 0.01
"""Logarithms take no money for less than this."""


class OrderLog(Protocol):
    """What this module needs of `lib.orders.Orders`: two tables of `schema.ORDER_LINES`."""

    @property
    def lines(self) -> pd.DataFrame: ...

    @property
    def returns(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Feature(ColumnSpec):
    """A column of the customer table: besides name, dtype and unit, its family and what one cell says."""

    family: str = ""
    source: str = ""
    ages: bool = False
    """Whether it grows with the age of a shop, whatever the customers do."""
    history_days: int = 0
    """How long a log must be before the cutoff for the column to differ from those with shorter windows."""


# ------------------------------------------------------------------------------------------------ the coded log


@dataclass(frozen=True)
class CodedLog:
    """An order log as integers and moments, coded once and cut as often as there are cutoffs.

    Everything is in order of time and every code counts first appearances: what lies before a cutoff is a prefix, and
    the customers, orders and products seen in a prefix are exactly the codes below some number. So an order line
    after the cutoff cannot take part in anything.
    """

    customers: pd.Index
    by_name: Codes
    """Customer codes in order of their names: the order of the rows of every table made here."""
    countries: pd.Index
    # One row per order line.
    line_moment: Codes
    line_customer: Codes
    line_basket: Codes
    """Code of (customer, product), −1 where the product is missing."""
    basket_customer: Codes
    line_country: Codes
    # One row per (order, moment): nearly always the whole order, and never two sides of a cutoff.
    part_moment: Codes
    part_order: Codes
    part_amount: Numbers
    part_pieces: Numbers
    part_lines: Numbers
    order_customer: Codes
    order_moment: Codes
    # One row per return of a known customer; −1 for customers who never bought anything.
    return_moment: Codes
    return_customer: Codes
    return_amount: Numbers

    @property
    def start(self) -> pd.Timestamp:
        """Midnight of the first day."""
        return pd.Timestamp(int(self.line_moment[0]), unit="us").normalize()

    @property
    def end(self) -> pd.Timestamp:
        """Midnight after the last order."""
        return pd.Timestamp(int(self.line_moment[-1]), unit="us").normalize() + pd.Timedelta(days=1)


def code(orders: OrderLog) -> CodedLog:
    """The log in integers. A log without any line raises ValueError: `lib.orders` lets none pass."""
    lines = orders.lines
    if len(lines) == 0:
        raise ValueError("an order log needs at least one line")
    moments = _moments(lines["ordered_at"])
    if np.any(moments[1:] < moments[:-1]):
        lines = lines.iloc[np.argsort(moments, kind="stable")]
        moments = _moments(lines["ordered_at"])

    customer, customers = pd.factorize(lines["customer_id"])
    order_name, _ = pd.factorize(lines["order_id"])
    order, _ = pd.factorize(_pair(order_name, customer))
    part, _ = pd.factorize(_pair(order, pd.factorize(moments)[0]))
    first_of_part = _first(part)
    first_of_order = _first(order)

    product, _ = pd.factorize(lines["product"])
    country, countries = pd.factorize(lines["country"])
    basket = np.full(len(lines), -1, dtype=np.int64)
    named = product >= 0
    basket[named] = pd.factorize(_pair(customer[named], product[named]))[0]

    returns = orders.returns
    return_customer = (
        pd.Index(customers).get_indexer(pd.Index(returns["customer_id"])) if len(returns) else np.array([])
    )
    return_moment = _moments(returns["ordered_at"]) if len(returns) else np.array([], dtype=np.int64)
    in_time = np.argsort(return_moment, kind="stable")
    return CodedLog(
        customers=pd.Index(customers).astype("str"),
        by_name=np.argsort(np.asarray(customers, dtype=object), kind="stable"),
        countries=pd.Index(countries),
        line_moment=moments,
        line_customer=customer,
        line_basket=basket,
        basket_customer=customer[named][_first(basket[named])],
        line_country=country,
        part_moment=moments[first_of_part],
        part_order=order[first_of_part],
        part_amount=_sums(part, lines["amount"].to_numpy(np.float64), 0),
        part_pieces=_sums(part, lines["quantity"].to_numpy(np.float64), 0),
        part_lines=np.bincount(part).astype(np.float64),
        order_customer=customer[first_of_order],
        order_moment=moments[first_of_order],
        return_moment=return_moment[in_time],
        return_customer=return_customer.astype(np.int64)[in_time],
        return_amount=(returns["amount"].to_numpy(np.float64) if len(returns) else np.array([]))[in_time],
    )


def _moments(column: pd.Series) -> Codes:
    return column.to_numpy("datetime64[us]").astype(np.int64)


def _moment(when: pd.Timestamp) -> int:
    """Microseconds, whatever the unit of the timestamp."""
    return int(pd.Timestamp(when).to_datetime64().astype("datetime64[us]").astype(np.int64))


def _sums(groups: Codes, weights: Numbers | Flags, size: int) -> Numbers:
    return np.bincount(groups, weights=weights, minlength=size).astype(np.float64)


def _pair(left: Codes, right: Codes) -> Codes:
    """One integer for two codes."""
    width = int(right.max(initial=0)) + 1
    return left.astype(np.int64) * width + right


def _first(codes: Codes) -> Codes:
    """Where each code of a factorized array appears first."""
    highest = np.maximum.accumulate(codes) if len(codes) else codes
    return np.flatnonzero(np.diff(highest, prepend=-1) > 0)


# ------------------------------------------------------------------------------------------------- one cut of it


class Cut:
    """What lies before one cutoff: orders in rows sorted by customer and time, and counters over them."""

    def __init__(self, log: CodedLog, cutoff: pd.Timestamp, constants: Mapping[str, object]) -> None:
        self.log = log
        self.constants = constants
        self.moment = _moment(cutoff)
        self.lines = int(np.searchsorted(log.line_moment, self.moment, side="left"))
        self.parts = int(np.searchsorted(log.part_moment, self.moment, side="left"))
        self.customers = int(log.line_customer[: self.lines].max(initial=-1)) + 1
        orders = int(log.part_order[: self.parts].max(initial=-1)) + 1
        self.horizon_days = _horizon(constants)

        def of_order(values: Numbers) -> Numbers:
            return _sums(log.part_order[: self.parts], values[: self.parts], orders)

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
        return _sums(owner, weights, self.customers)

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

    def btyd(self) -> btyd.Outlook:
        parameters, history = self.btyd_fitted()
        return btyd.outlook(parameters, history, self.horizon_days / 7.0)


def ratio(above: Numbers | float, below: Numbers) -> Numbers:
    """A quotient that is missing where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, np.divide(above, below), np.nan)


def _horizon(constants: Mapping[str, object]) -> float:
    days = constants.get("horizon_days", DEFAULT_HORIZON_DAYS)
    return float(days) if isinstance(days, int | float) else float(DEFAULT_HORIZON_DAYS)


# --------------------------------------------------------------------------------------------- families of features
# Each family gives its columns from one cut; a family is computed only if one of its columns is wanted.


def _rfm(cut: Cut) -> dict[str, Numbers]:
    spent = cut.spent
    months = np.maximum(cut.tenure, MONTH_DAYS) / MONTH_DAYS
    return {
        "recency_days": cut.recency,
        "frequency_orders": cut.count,
        "monetary_total": spent,
        "tenure_days": cut.tenure,
        "active_days_span": cut.tenure - cut.recency,
        "purchase_days": cut.visits,
        "orders_per_month": cut.count / months,
        "spend_per_month": spent / months,
        "recency_share_of_tenure": cut.recency / np.maximum(cut.tenure, SHORTEST_GAP_DAYS),
    }


def _order_value(cut: Cut) -> dict[str, Numbers]:
    mean = ratio(cut.spent, cut.count)
    last = cut.value[cut.last]
    return {
        "order_value_mean": mean,
        "order_value_median": cut.median(cut.owner, cut.value),
        "order_value_max": cut.most(cut.owner, cut.value),
        "order_value_min": cut.least(cut.owner, cut.value),
        "order_value_first": cut.value[cut.start],
        "order_value_last": last,
        "order_value_spread": cut.spread(cut.owner, cut.value),
        "order_value_last_ratio": ratio(last, mean),
    }


def _gaps(cut: Cut) -> dict[str, Numbers]:
    mean = cut.gap_mean
    median = cut.median(cut.gap_owner, cut.gap)
    longest = cut.most(cut.gap_owner, cut.gap)
    spread = cut.spread(cut.gap_owner, cut.gap)
    last = np.full(cut.customers, np.nan)
    some = cut.gaps > 0
    last[some] = cut.gap[(cut.gap_end - 1)[some]]
    latest = cut.gap_latest(LATEST_GAPS)
    return {
        "gap_mean_days": mean,
        "gap_median_days": median,
        "gap_max_days": longest,
        "gap_min_days": cut.least(cut.gap_owner, cut.gap),
        "gap_last_days": last,
        "gap_spread_days": spread,
        "gap_variation": ratio(spread, mean),
        "gap_last_ratio": ratio(last, mean),
        "gap_last_3_days": latest,
        "gap_ended_share": cut.gap_ended(cut.horizon_days),
        "overdue_ratio": ratio(cut.recency, mean),
        "overdue_median_ratio": ratio(cut.recency, median),
        "overdue_max_ratio": ratio(cut.recency, longest),
        "overdue_last_3_ratio": ratio(cut.recency, latest),
        "overdue_spreads": (cut.recency - mean) / np.maximum(spread, SHORTEST_GAP_DAYS),
    }


def _windows(cut: Cut) -> dict[str, Numbers]:
    orders = {f"orders_{days}_days": cut.orders_within(days) for days in WINDOWS}
    spend = {f"spend_{days}_days": cut.spend_within(days) for days in WINDOWS}
    fading = {
        f"purchase_days_fading_{days}": cut.sum(cut.visit_owner, 0.5 ** (cut.visit_age_days / days))
        for days in HALVED_AFTER
    }
    return orders | spend | fading


def _trends(cut: Cut) -> dict[str, Numbers]:
    columns: dict[str, Numbers] = {}
    for days in (30, 90, 180):
        columns[f"orders_change_{days}_days"] = 2 * cut.orders_within(days) - cut.orders_within(2 * days)
        columns[f"spend_change_{days}_days"] = 2 * cut.spend_within(days) - cut.spend_within(2 * days)
    expected = cut.count * np.minimum(90.0, cut.tenure) / np.maximum(cut.tenure, SHORTEST_GAP_DAYS)
    return columns | {"orders_90_days_ratio": ratio(cut.orders_within(90), expected)}


def _year_before(cut: Cut) -> dict[str, Numbers]:
    return {
        "orders_year_before": cut.year_before(np.ones(len(cut.value))),
        "spend_year_before": cut.year_before(cut.value),
        "orders_previous_year": np.where(
            cut.tenure >= YEAR_DAYS, cut.orders_within(2 * YEAR_DAYS, after=YEAR_DAYS), np.nan
        ),
    }


def _months(cut: Cut) -> dict[str, Numbers]:
    lived = np.ceil(np.maximum(cut.tenure, 1e-9) / MONTH_DAYS)
    active = cut.months()
    return {
        "active_months": active,
        "active_months_last_6": cut.months(6),
        "active_months_last_12": cut.months(12),
        "active_months_share": active / lived,
    }


def _calendar(cut: Cut) -> dict[str, Numbers]:
    weekdays = cut.weekdays()
    hour = (cut.when % DAY) / (DAY / 24)
    return {
        "weekday_concentration": weekdays.max(axis=1, initial=0) / cut.count,
        "weekend_share": weekdays[:, 5:].sum(axis=1) / cut.count,
        "hour_mean": ratio(cut.total(hour), cut.count),
    }


def _basket(cut: Cut) -> dict[str, Numbers]:
    pieces = cut.total(cut.pieces)
    lines = cut.total(cut.order_lines)
    return {
        "lines_per_order": lines / cut.count,
        "lines_last_order": cut.order_lines[cut.last],
        "pieces_per_order": pieces / cut.count,
        "pieces_total": pieces,
        "piece_price_mean": ratio(cut.spent, pieces),
    }


def _products(cut: Cut) -> dict[str, Numbers]:
    owner, counts = cut.baskets()
    lines = cut.sum(owner, counts)
    distinct = np.where(lines > 0, cut.sum(owner, np.ones(len(owner))), np.nan)
    return {
        "products_distinct": distinct,
        "products_per_order": distinct / cut.count,
        "product_repeat_share": 1 - ratio(distinct, lines),
        "product_top_share": ratio(cut.most(owner, counts), lines),
    }


def _returns(cut: Cut) -> dict[str, Numbers]:
    owner, when, amount = cut.returned()
    count = cut.sum(owner, np.ones(len(owner)))
    last = np.full(cut.customers, -1, dtype=np.int64)
    last[owner] = when  # in order of time: the last one stays
    value = cut.sum(owner, amount)
    return {
        "return_lines": count,
        "returned_total": value,
        "returned_share": ratio(value, cut.spent),
        "return_recency_days": np.where(last >= 0, (cut.moment - last) / DAY, np.nan),
    }


def _btyd(cut: Cut) -> dict[str, Numbers]:
    outlook = cut.btyd()
    log_orders = np.log(np.clip(outlook.orders, LEAST_CHANCE, None))
    return {
        "btyd_alive": outlook.alive,
        "btyd_chance": outlook.chance,
        "btyd_log_odds": np.log(np.clip(outlook.chance, LEAST_CHANCE, None))
        - np.log(np.clip(1 - outlook.chance, LEAST_CHANCE, None)),
        "btyd_orders": outlook.orders,
        "btyd_order_value": outlook.value,
        "btyd_spend": outlook.orders * outlook.value,
        "btyd_log_orders": log_orders,
        # Without any known value, all customers get the same value.
        "btyd_log_spend": log_orders + np.log(np.clip(np.nan_to_num(outlook.value, nan=1.0), LEAST_VALUE, None)),
    }


def _next_purchase(cut: Cut) -> dict[str, Numbers]:
    parameters, history = cut.btyd_fitted()
    found = btyd.next_purchase(parameters, history, cut.horizon_days / 7.0)
    ends = ("", "_low", "_high")
    days = {f"btyd_next_days{end}": found.days[:, at] for at, end in enumerate(ends)}
    return days | {f"btyd_next_value{end}": found.value[:, at] for at, end in enumerate(ends)}


def _season(cut: Cut) -> dict[str, Numbers]:
    """What the model's constants say about the time of year; the same for every customer, 0 where they say nothing."""
    moment = pd.Timestamp(cut.moment, unit="us")
    season = cut.constants.get("season")
    table = season if isinstance(season, Mapping) else {}
    return {
        "season_log_odds": np.full(cut.customers, season_at(table.get("log_odds"), moment)),
        "season_log_spend": np.full(cut.customers, season_at(table.get("log_spend"), moment)),
        "season_log_orders": np.full(cut.customers, season_at(table.get("log_orders"), moment)),
    }


def season_at(parts: object, moment: pd.Timestamp) -> float:
    """A season of numbers for the middles of as many equal parts of the year, read off between them; 0 without."""
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not 2 <= len(parts) <= MOST_PARTS:
        return 0.0
    values = np.asarray(parts, dtype=np.float64)
    at = (moment.day_of_year - 0.5) / (366 if moment.is_leap_year else 365) * len(values)
    return float(np.interp(at, np.arange(len(values)) + 0.5, values, period=len(values)))


AGES = "ages"
"""Marks a column whose values grow with the age of a shop, whatever its customers do: no drift."""


@dataclass(frozen=True)
class Family:
    """Features that are computed together."""

    name: str
    compute: Callable[[Cut], dict[str, Numbers]]
    columns: tuple[tuple[str, ...], ...]
    """Name, unit, what one cell says, and `AGES` for a column that grows with the age of the shop."""


FAMILIES: tuple[Family, ...] = (
    Family(
        "rfm",
        _rfm,
        (
            ("recency_days", "days", "cutoff − last order"),
            ("frequency_orders", "orders", "all orders"),
            ("monetary_total", "money", "sum of all order lines"),
            ("tenure_days", "days", "cutoff − first order", AGES),
            ("active_days_span", "days", "last order − first order", AGES),
            ("purchase_days", "days", "days with at least one order"),
            ("orders_per_month", "orders", "orders per thirty days of tenure, tenure at least thirty days"),
            ("spend_per_month", "money", "money per thirty days of tenure, tenure at least thirty days"),
            ("recency_share_of_tenure", "share", "recency ÷ tenure: near 0 bought lately, near 1 long ago"),
        ),
    ),
    Family(
        "order_value",
        _order_value,
        (
            ("order_value_mean", "money", "mean value of an order"),
            ("order_value_median", "money", "median value of an order"),
            ("order_value_max", "money", "largest order"),
            ("order_value_min", "money", "smallest order"),
            ("order_value_first", "money", "first order"),
            ("order_value_last", "money", "last order"),
            ("order_value_spread", "money", "standard deviation of order values; missing with one order"),
            ("order_value_last_ratio", "ratio", "last order ÷ mean order"),
        ),
    ),
    Family(
        "gaps",
        _gaps,
        (
            ("gap_mean_days", "days", "mean gap between days with an order; gaps are missing with one such day"),
            ("gap_median_days", "days", "median gap"),
            ("gap_max_days", "days", "longest gap", AGES),
            ("gap_min_days", "days", "shortest gap"),
            ("gap_last_days", "days", "last gap"),
            ("gap_spread_days", "days", "standard deviation of gaps; missing below two gaps"),
            ("gap_variation", "ratio", "spread of gaps ÷ mean gap: near 0 regular, near 1 at random"),
            ("gap_last_ratio", "ratio", "last gap ÷ mean gap"),
            ("gap_last_3_days", "days", "mean of the last three gaps, or of those there are"),
            (
                "gap_ended_share",
                "share",
                "of gaps longer than the time since the last order, the share that then ended within the horizon",
            ),
            ("overdue_ratio", "ratio", "recency ÷ mean gap: above 1 overdue"),
            ("overdue_median_ratio", "ratio", "recency ÷ median gap"),
            ("overdue_max_ratio", "ratio", "recency ÷ longest gap"),
            ("overdue_last_3_ratio", "ratio", "recency ÷ mean of the last three gaps"),
            ("overdue_spreads", "ratio", "(recency − mean gap) ÷ spread of gaps"),
        ),
    ),
    Family(
        "windows",
        _windows,
        tuple((f"orders_{days}_days", "orders", f"orders in the last {days} days") for days in WINDOWS)
        + tuple((f"spend_{days}_days", "money", f"money in the last {days} days") for days in WINDOWS)
        + tuple(
            (f"purchase_days_fading_{days}", "days", f"days with an order, half as much for every {days} days since")
            for days in HALVED_AFTER
        ),
    ),
    Family(
        "trends",
        _trends,
        (
            *(
                (f"{what}_change_{days}_days", unit, f"{what} of the last {days} days minus that of the {days} before")
                for days in (30, 90, 180)
                for what, unit in (("orders", "orders"), ("spend", "money"))
            ),
            ("orders_90_days_ratio", "ratio", "orders of the last 90 days ÷ the customer's own average for 90 days"),
        ),
    ),
    Family(
        "year_before",
        _year_before,
        (
            ("orders_year_before", "orders", "orders in the horizon's window a year earlier; missing below a year"),
            ("spend_year_before", "money", "money in the horizon's window a year earlier; missing below a year"),
            ("orders_previous_year", "orders", "orders between one and two years ago; missing below a year", AGES),
        ),
    ),
    Family(
        "months",
        _months,
        (
            ("active_months", "months", "blocks of thirty days back from the cutoff with an order", AGES),
            ("active_months_last_6", "months", "such blocks among the last 6"),
            ("active_months_last_12", "months", "such blocks among the last 12"),
            ("active_months_share", "share", "such blocks ÷ blocks since the first order"),
        ),
    ),
    Family(
        "calendar",
        _calendar,
        (
            ("weekday_concentration", "share", "share of orders on the customer's most frequent weekday"),
            ("weekend_share", "share", "share of orders on Saturday or Sunday"),
            ("hour_mean", "hours", "mean hour of the day of the orders; 0 where the log has dates only"),
        ),
    ),
    Family(
        "basket",
        _basket,
        (
            ("lines_per_order", "lines", "order lines per order"),
            ("lines_last_order", "lines", "order lines of the last order"),
            ("pieces_per_order", "pieces", "pieces per order"),
            ("pieces_total", "pieces", "all pieces"),
            ("piece_price_mean", "money", "money ÷ pieces"),
        ),
    ),
    Family(
        "products",
        _products,
        (
            ("products_distinct", "products", "different products; products are missing where the log names none"),
            ("products_per_order", "products", "different products ÷ orders"),
            ("product_repeat_share", "share", "share of lines with a product that the customer had bought before"),
            ("product_top_share", "share", "share of lines with the customer's most frequent product"),
        ),
    ),
    Family(
        "returns",
        _returns,
        (
            ("return_lines", "lines", "returned or cancelled lines"),
            ("returned_total", "money", "value of returned or cancelled lines"),
            ("returned_share", "ratio", "value of returns ÷ money spent"),
            ("return_recency_days", "days", "cutoff − last return; missing without one", AGES),
        ),
    ),
    Family(
        "btyd",
        _btyd,
        (
            ("btyd_alive", "share", "probability that the customer is still active (BG/NBD)"),
            ("btyd_chance", "share", "chance of at least one order in the horizon (BG/NBD)"),
            ("btyd_log_odds", "log_odds", "log odds of that chance"),
            ("btyd_orders", "orders", "days with an order expected in the horizon (BG/NBD)"),
            ("btyd_order_value", "money", "money expected on such a day (Gamma-Gamma)"),
            ("btyd_spend", "money", "money expected in the horizon: the two above multiplied"),
            ("btyd_log_orders", "log", "logarithm of the orders expected in the horizon"),
            ("btyd_log_spend", "log", "logarithm of the money expected in the horizon"),
        ),
    ),
    Family(
        "btyd_next",
        _next_purchase,
        (
            ("btyd_next_days", "days", "median days until the next order, if within the horizon (BG/NBD)"),
            ("btyd_next_days_low", "days", "the tenth of them that come soonest"),
            ("btyd_next_days_high", "days", "the tenth of them that come last"),
            ("btyd_next_value", "money", "median money of the next order (Gamma-Gamma)"),
            ("btyd_next_value_low", "money", "its lowest tenth"),
            ("btyd_next_value_high", "money", "its highest tenth"),
        ),
    ),
    Family(
        "season",
        _season,
        (
            (
                "season_log_odds",
                "log_odds",
                "how much likelier an order is at this time of year; from the model's card",
            ),
            ("season_log_spend", "log", "how much larger the spend is at this time of year; from the model's card"),
            ("season_log_orders", "log", "how many more orders come at this time of year; from the model's card"),
        ),
    ),
)

COUNTRY = "country"


def _history_days(name: str) -> int:
    days = re.search(r"_(\d+)_days", name)
    if days:
        return int(days[1]) * (2 if "_change_" in name else 1)
    return {
        "orders_year_before": YEAR_DAYS,
        "spend_year_before": YEAR_DAYS,
        "orders_previous_year": 2 * YEAR_DAYS,
        "active_months_last_6": 6 * MONTH_DAYS,
        "active_months_last_12": 12 * MONTH_DAYS,
    }.get(name, 0)


FEATURES: tuple[Feature, ...] = (
    *(
        Feature(name, "float64", unit, family.name, source, AGES in marks, _history_days(name))
        for family in FAMILIES
        for name, unit, source, *marks in family.columns
    ),
    Feature(COUNTRY, "str", "name", "country", "country of the last order line; missing where the log names none"),
)
"""Every feature, in the order of the columns."""


# -------------------------------------------------------------------------------------------------------- the tables


def customer_features(
    orders: OrderLog,
    cutoff: pd.Timestamp,
    *,
    columns: Sequence[str] | None = None,
    constants: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """One row per customer with an order line before the cutoff, sorted by `customer_id`, the index.

    `columns`: these, in this order; all of `FEATURES` by default. A name that is no feature raises KeyError.
    `constants`: the `features` of a model's card: BTYD parameters, horizon, season. Without BTYD parameters they are
    estimated from the lines before the cutoff.

    Raises UserError("scoring.card_constants") for constants that this version cannot compute with.
    """
    check_constants(constants or {})
    return features_of(code(orders), cutoff, columns=columns, constants=constants)


MAX_HORIZON_DAYS = 36_600
MAX_SEASON = 50.0
"""Of a logarithm: beyond it, its exponential has no meaning for a shop."""


def check_constants(constants: Mapping[str, object]) -> None:
    """Raises UserError("scoring.card_constants") where the constants of a model's card cannot be computed with.

    A card may be untrusted, or from a newer version: a purchase-pattern model that is not known, a parameter that
    is missing or absurd, a horizon that is no number of days, a season that is no list of figures.
    """
    days = constants.get("horizon_days", DEFAULT_HORIZON_DAYS)
    if isinstance(days, bool) or not isinstance(days, int | float) or not 0 < days <= MAX_HORIZON_DAYS:
        raise UserError("scoring.card_constants", part="horizon_days")
    parameters = constants.get("btyd")
    if parameters is not None:
        try:
            if not isinstance(parameters, Mapping):
                raise ValueError("no BTYD parameters")
            btyd.BtydParameters.from_plain(parameters)
        except ValueError as error:
            raise UserError("scoring.card_constants", part="btyd") from error
    season = constants.get("season")
    parts = list(season.values()) if isinstance(season, Mapping) else [] if season is None else [season]
    if not all(_is_season(part) for part in parts):
        raise UserError("scoring.card_constants", part="season")


def _is_season(part: object) -> bool:
    return (
        isinstance(part, Sequence)
        and not isinstance(part, str)
        and 2 <= len(part) <= MOST_PARTS
        and all(isinstance(one, int | float) and abs(one) <= MAX_SEASON for one in part)
    )


def features_of(
    log: CodedLog,
    cutoff: pd.Timestamp,
    *,
    columns: Sequence[str] | None = None,
    constants: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """`customer_features` of a log that is coded already."""
    wanted = list(columns) if columns is not None else [feature.name for feature in FEATURES]
    unknown = [name for name in wanted if name not in _FAMILY_OF]
    if unknown:
        raise KeyError(f"no such feature: {', '.join(unknown)}")
    cut = Cut(log, cutoff, constants or {})
    rows = _rows(log, cut.customers)
    values: dict[str, Numbers] = {}
    for family in FAMILIES:
        if any(_FAMILY_OF[name] == family.name for name in wanted):
            values |= family.compute(cut)
    series = {
        name: pd.Series(_country(cut)[rows], dtype="str") if name == COUNTRY else pd.Series(values[name][rows])
        for name in wanted
    }
    return pd.DataFrame(series, columns=wanted).set_axis(_index(log, rows), axis="index")


def future(orders: OrderLog, cutoff: pd.Timestamp, horizon_days: int) -> pd.DataFrame:
    """What the customers known before the cutoff did in [cutoff, cutoff + horizon): `bought`, `spend`, `orders`."""
    return future_of(code(orders), cutoff, horizon_days)


def future_of(log: CodedLog, cutoff: pd.Timestamp, horizon_days: int) -> pd.DataFrame:
    """`future` of a log that is coded already."""
    begin = _moment(cutoff)
    known = int(np.searchsorted(log.line_moment, begin, side="left"))
    customers = int(log.line_customer[:known].max(initial=-1)) + 1
    lines = slice(*np.searchsorted(log.part_moment, (begin, begin + horizon_days * DAY), side="left"))
    owner = log.order_customer[log.part_order[lines]]
    old = owner < customers
    owner = owner[old]
    spend = np.bincount(owner, weights=log.part_amount[lines][old], minlength=customers)
    different = np.unique(log.part_order[lines][old])
    # An order begun before the cutoff is no new order, though money that it adds later is money.
    different = different[log.order_moment[different] >= begin]
    orders = np.bincount(log.order_customer[different], minlength=customers)
    rows = _rows(log, customers)
    return pd.DataFrame(
        {"bought": orders[rows] > 0, "spend": spend[rows], "orders": orders[rows].astype(np.int64)},
        index=_index(log, rows),
    )


def next_order_of(log: CodedLog, cutoff: pd.Timestamp, horizon_days: int) -> pd.DataFrame:
    """The first order in [cutoff, cutoff + horizon) of the customers known before: `days` until it and its `value`.

    Same rows as `future_of`; both are missing for who did not order.
    """
    begin = _moment(cutoff)
    known = int(np.searchsorted(log.line_moment, begin, side="left"))
    customers = int(log.line_customer[:known].max(initial=-1)) + 1
    parts = slice(*np.searchsorted(log.part_moment, (begin, begin + horizon_days * DAY), side="left"))
    order = log.part_order[parts]
    new = (log.order_customer[order] < customers) & (log.order_moment[order] >= begin)
    different, worth = np.unique(order[new], return_inverse=True)
    value = _sums(worth, log.part_amount[parts][new], len(different))
    owner, when = log.order_customer[different], log.order_moment[different]
    earliest = np.lexsort((when, owner))
    first = earliest[np.flatnonzero(np.diff(owner[earliest], prepend=-1) > 0)]
    found = np.full((customers, 2), np.nan)
    found[owner[first], 0] = (when[first] - begin) / DAY
    found[owner[first], 1] = value[first]
    rows = _rows(log, customers)
    return pd.DataFrame({"days": found[rows, 0], "value": found[rows, 1]}, index=_index(log, rows))


def default_cutoff(orders: OrderLog) -> pd.Timestamp:
    """Midnight after the last order: everything counts, and the future begins."""
    return orders.lines["ordered_at"].max().normalize() + pd.Timedelta(days=1)


def history_of(log: CodedLog, cutoff: pd.Timestamp) -> btyd.History:
    """What the BTYD models look at, one element per customer, in the rows' order of the customer table."""
    cut = Cut(log, cutoff, {})
    return cut.history().take(_rows(log, cut.customers))


_FAMILY_OF: Mapping[str, str] = {feature.name: feature.family for feature in FEATURES}


def _rows(log: CodedLog, customers: int) -> Codes:
    return log.by_name[log.by_name < customers]


def _index(log: CodedLog, rows: Codes) -> pd.Index:
    return pd.Index(log.customers[rows], dtype="str", name=CUSTOMER_ID)


def _country(cut: Cut) -> NDArray[np.object_]:
    """The last country named in a customer's lines."""
    country = cut.log.line_country[: cut.lines]
    named = country >= 0
    last = np.full(cut.customers, -1, dtype=np.int64)
    last[cut.log.line_customer[: cut.lines][named]] = country[named]
    names = np.array([*cut.log.countries, None], dtype=object)
    return names[last]
