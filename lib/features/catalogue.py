"""Every feature: name, unit, family and what one cell says, in the order of the columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lib.features import families
from lib.features.coded_log import Numbers
from lib.features.cut import MONTH_DAYS, YEAR_DAYS, Cut
from lib.features.families import HALVED_AFTER, WINDOWS
from lib.schema import ColumnSpec


@dataclass(frozen=True)
class Feature(ColumnSpec):
    """A column of the customer table: besides name, dtype and unit, its family and what one cell says."""

    family: str = ""
    source: str = ""
    ages: bool = False
    """Whether it grows with the age of a shop, whatever the customers do."""
    history_days: int = 0
    """How long a log must be before the cutoff for the column to differ from those with shorter windows."""


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
        families.rfm,
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
        families.order_value,
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
        families.gaps,
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
        families.windows,
        tuple((f"orders_{days}_days", "orders", f"orders in the last {days} days") for days in WINDOWS)
        + tuple((f"spend_{days}_days", "money", f"money in the last {days} days") for days in WINDOWS)
        + tuple(
            (f"purchase_days_fading_{days}", "days", f"days with an order, half as much for every {days} days since")
            for days in HALVED_AFTER
        ),
    ),
    Family(
        "trends",
        families.trends,
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
        families.year_before,
        (
            ("orders_year_before", "orders", "orders in the horizon's window a year earlier; missing below a year"),
            ("spend_year_before", "money", "money in the horizon's window a year earlier; missing below a year"),
            ("orders_previous_year", "orders", "orders between one and two years ago; missing below a year", AGES),
        ),
    ),
    Family(
        "months",
        families.months,
        (
            ("active_months", "months", "blocks of thirty days back from the cutoff with an order", AGES),
            ("active_months_last_6", "months", "such blocks among the last 6"),
            ("active_months_last_12", "months", "such blocks among the last 12"),
            ("active_months_share", "share", "such blocks ÷ blocks since the first order"),
        ),
    ),
    Family(
        "calendar",
        families.calendar,
        (
            ("weekday_concentration", "share", "share of orders on the customer's most frequent weekday"),
            ("weekend_share", "share", "share of orders on Saturday or Sunday"),
            ("hour_mean", "hours", "mean hour of the day of the orders; 0 where the log has dates only"),
        ),
    ),
    Family(
        "basket",
        families.basket,
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
        families.products,
        (
            ("products_distinct", "products", "different products; products are missing where the log names none"),
            ("products_per_order", "products", "different products ÷ orders"),
            ("product_repeat_share", "share", "share of lines with a product that the customer had bought before"),
            ("product_top_share", "share", "share of lines with the customer's most frequent product"),
        ),
    ),
    Family(
        "returns",
        families.returns,
        (
            ("return_lines", "lines", "returned or cancelled lines"),
            ("returned_total", "money", "value of returned or cancelled lines"),
            ("returned_share", "ratio", "value of returns ÷ money spent"),
            ("return_recency_days", "days", "cutoff − last return; missing without one", AGES),
        ),
    ),
    Family(
        "btyd",
        families.purchase_pattern,
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
        families.next_purchase,
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
        families.season,
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
