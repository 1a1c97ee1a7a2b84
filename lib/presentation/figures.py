"""A card's figures formatted for display."""

from __future__ import annotations

from lib import text
from lib.card import Card, Interval
from lib.parsing.rounding import round_significant

SHARES = frozenset(
    {
        *("smallest", "tree", "certainty", "top_decile_capture", "accuracy", "balanced_accuracy", "auc", "roc_auc"),
        *("pr_auc", "sum_ratio", "r2", "days_coverage", "value_coverage"),
    }
)
"""Metrics that are written in percent."""

MONEY = frozenset({"mae", "mae_scaled", "rmse"})
"""Metrics of expected spend that are amounts."""

DAYS_PER_MONTH = 30.44


def measured(language: str, name: str, value: float) -> str:
    """A metric: shares in percent, days as such, others with as many digits as they deserve."""
    if name in SHARES:
        return text.number(language, value, "percent")
    if name == "days_error":
        return text.say(language, "report.days", days=round(value))
    if name == "explained":
        return text.say(language, "report.times", times=value)
    if name == "stability":
        return text.number(language, value, "2f")
    size = abs(value)
    if name in MONEY and 0 < size < 0.1:
        return text.number(language, value, "significant")
    return text.number(language, value, "0f" if size >= 100 else "1f" if size >= 10 else "2f" if size >= 1 else "3f")


def metric(language: str, card: Card, name: str, value: float) -> str:
    """A metric of a card, with its currency where it is an amount."""
    if name == "value_error" or (card.goal == "spend" and name in MONEY):
        return money(language, value, card.currency)
    return measured(language, name, value)


def metric_with_interval(language: str, card: Card, name: str) -> str:
    """A metric of a card, with its 95 % interval where the card has one."""
    value = metric(language, card, name, card.metrics[name])
    interval = card.evaluation.intervals.get(name, Interval(0.0))
    if interval.low is None or interval.high is None:
        return value
    low, high = (metric(language, card, name, end) for end in (interval.low, interval.high))
    return text.say(language, "report.interval", value=value, low=low, high=high)


def money(language: str, value: float, currency: str) -> str:
    """An amount; sums of many customers with three significant digits."""
    form = "0f" if abs(value) >= 100 else "significant" if 0 < abs(value) < 0.005 else "2f"
    return f"{text.number(language, rounded(value) if abs(value) >= 10_000 else value, form)} {currency}".strip()


def rounded(value: float) -> float:
    """Three significant digits of a large sum; more would look more certain than it is."""
    return round_significant(value) if abs(value) >= 1000 else value


def duration(language: str, days: float) -> str:
    """A number of days, from two months on in months."""
    if days < 60:
        return text.say(language, "report.days", days=days)
    return text.say(language, "report.months", months=round(days / DAYS_PER_MONTH))
