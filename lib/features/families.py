"""Each family of features, computed from one cut: customer by customer, in the order of their codes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib import btyd
from lib.features.coded_log import DAY, Numbers
from lib.features.constants import season_at
from lib.features.cut import MONTH_DAYS, YEAR_DAYS, Cut, ratio

WINDOWS = (7, 14, 30, 60, 90, 180, 365)
HALVED_AFTER = (10, 30)
"""Days after which a day with an order counts half: windows without an edge, for who orders every few days."""
LATEST_GAPS = 3
SHORTEST_GAP_DAYS = 1.0
"""A ratio to a gap takes no gap for shorter than a day."""
LEAST_CHANCE = 1e-4
"""Log odds take no chance for nearer to 0 or 1 than this."""
LEAST_VALUE = 0.01
"""Logarithms take no money for less than this."""


def rfm(cut: Cut) -> dict[str, Numbers]:
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


def order_value(cut: Cut) -> dict[str, Numbers]:
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


def gaps(cut: Cut) -> dict[str, Numbers]:
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


def windows(cut: Cut) -> dict[str, Numbers]:
    orders = {f"orders_{days}_days": cut.orders_within(days) for days in WINDOWS}
    spend = {f"spend_{days}_days": cut.spend_within(days) for days in WINDOWS}
    fading = {
        f"purchase_days_fading_{days}": cut.sum(cut.visit_owner, 0.5 ** (cut.visit_age_days / days))
        for days in HALVED_AFTER
    }
    return orders | spend | fading


def trends(cut: Cut) -> dict[str, Numbers]:
    columns: dict[str, Numbers] = {}
    for days in (30, 90, 180):
        columns[f"orders_change_{days}_days"] = 2 * cut.orders_within(days) - cut.orders_within(2 * days)
        columns[f"spend_change_{days}_days"] = 2 * cut.spend_within(days) - cut.spend_within(2 * days)
    expected = cut.count * np.minimum(90.0, cut.tenure) / np.maximum(cut.tenure, SHORTEST_GAP_DAYS)
    return columns | {"orders_90_days_ratio": ratio(cut.orders_within(90), expected)}


def year_before(cut: Cut) -> dict[str, Numbers]:
    return {
        "orders_year_before": cut.year_before(np.ones(len(cut.value))),
        "spend_year_before": cut.year_before(cut.value),
        "orders_previous_year": np.where(
            cut.tenure >= YEAR_DAYS, cut.orders_within(2 * YEAR_DAYS, after=YEAR_DAYS), np.nan
        ),
    }


def months(cut: Cut) -> dict[str, Numbers]:
    lived = np.ceil(np.maximum(cut.tenure, 1e-9) / MONTH_DAYS)
    active = cut.months()
    return {
        "active_months": active,
        "active_months_last_6": cut.months(6),
        "active_months_last_12": cut.months(12),
        "active_months_share": active / lived,
    }


def calendar(cut: Cut) -> dict[str, Numbers]:
    weekdays = cut.weekdays()
    hour = (cut.when % DAY) / (DAY / 24)
    return {
        "weekday_concentration": weekdays.max(axis=1, initial=0) / cut.count,
        "weekend_share": weekdays[:, 5:].sum(axis=1) / cut.count,
        "hour_mean": ratio(cut.total(hour), cut.count),
    }


def basket(cut: Cut) -> dict[str, Numbers]:
    pieces = cut.total(cut.pieces)
    lines = cut.total(cut.order_lines)
    return {
        "lines_per_order": lines / cut.count,
        "lines_last_order": cut.order_lines[cut.last],
        "pieces_per_order": pieces / cut.count,
        "pieces_total": pieces,
        "piece_price_mean": ratio(cut.spent, pieces),
    }


def products(cut: Cut) -> dict[str, Numbers]:
    owner, counts = cut.baskets()
    lines = cut.sum(owner, counts)
    distinct = np.where(lines > 0, cut.sum(owner, np.ones(len(owner))), np.nan)
    return {
        "products_distinct": distinct,
        "products_per_order": distinct / cut.count,
        "product_repeat_share": 1 - ratio(distinct, lines),
        "product_top_share": ratio(cut.most(owner, counts), lines),
    }


def returns(cut: Cut) -> dict[str, Numbers]:
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


def purchase_pattern(cut: Cut) -> dict[str, Numbers]:
    return purchase_pattern_of(*cut.btyd_fitted(), cut.horizon_days)


def purchase_pattern_of(
    parameters: btyd.BtydParameters, history: btyd.History, horizon_days: float
) -> dict[str, Numbers]:
    """The columns of the family `btyd`, one element per customer of the history."""
    outlook = btyd.outlook(parameters, history, horizon_days / 7.0)
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


def next_purchase(cut: Cut) -> dict[str, Numbers]:
    return next_purchase_of(*cut.btyd_fitted(), cut.horizon_days)


def next_purchase_of(parameters: btyd.BtydParameters, history: btyd.History, horizon_days: float) -> dict[str, Numbers]:
    """The columns of the family `btyd_next`, one element per customer of the history."""
    found = btyd.next_purchase(parameters, history, horizon_days / 7.0)
    ends = ("", "_low", "_high")
    days = {f"btyd_next_days{end}": found.days[:, at] for at, end in enumerate(ends)}
    return days | {f"btyd_next_value{end}": found.value[:, at] for at, end in enumerate(ends)}


def season(cut: Cut) -> dict[str, Numbers]:
    """What the model's constants say about the time of year; the same for every customer, 0 where they say nothing."""
    moment = pd.Timestamp(cut.moment, unit="us")
    season = cut.constants.get("season")
    table = season if isinstance(season, Mapping) else {}
    return {
        "season_log_odds": np.full(cut.customers, season_at(table.get("log_odds"), moment)),
        "season_log_spend": np.full(cut.customers, season_at(table.get("log_spend"), moment)),
        "season_log_orders": np.full(cut.customers, season_at(table.get("log_orders"), moment)),
    }
