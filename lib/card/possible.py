"""Figures of a card that cannot be, or that contradict each other: they are left out when a card is read.

A card may have been changed by hand. What its author claims cannot be checked here, but a ROC AUC of 1.7, more buyers
than customers, or a figure that is another one where its interval stands is no result of any test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from lib.card.bounds import Within
from lib.card.evaluation import (
    ColumnEvaluation,
    Evaluation,
    FutureEvaluation,
    Interval,
    NextOrderEvaluation,
    Peer,
)

_TINY = 1e-9
_SHARE, _CORRELATION, _ERROR = Within(-_TINY, 1 + _TINY), Within(-1 - _TINY, 1 + _TINY), Within(-_TINY, 1e30)

METRIC_BOUNDS: Mapping[str, Within] = {
    **dict.fromkeys(("accuracy", "auc", "balanced_accuracy", "brier", "certainty", "days_coverage", "f1"), _SHARE),
    **dict.fromkeys(("pr_auc", "roc_auc", "smallest", "tree", "value_coverage"), _SHARE),
    **dict.fromkeys(("spearman", "stability"), _CORRELATION),
    **dict.fromkeys(("days_error", "log_loss", "mae", "mae_scaled", "rmse", "value_error"), _ERROR),
    "r2": Within(-1e30, 1 + _TINY),
}
"""Metric → what it can be; a metric that is not here can be anything."""

_SAME = 0.005
"""Two writings of one figure differ by no more than this share."""


def possible_metrics(metrics: Mapping[str, float], path: str, impossible: list[str]) -> Mapping[str, float]:
    """The metrics that can be; the paths of the others are added to `impossible`."""
    kept = {name: value for name, value in metrics.items() if name not in METRIC_BOUNDS or METRIC_BOUNDS[name](value)}
    impossible += [f"{path}.{name}" for name in metrics if name not in kept]
    return kept


def agreeing(
    metrics: Mapping[str, float], evaluation: Evaluation, impossible: list[str]
) -> tuple[Mapping[str, float], Evaluation]:
    """Metrics and intervals without those of which the card gives two figures."""
    two = {
        name
        for name, interval in evaluation.intervals.items()
        if name in metrics and abs(metrics[name] - interval.value) > _SAME * max(1.0, abs(metrics[name]))
    }
    impossible += [f"metrics.{name}" for name in sorted(two)]
    kept = {name: interval for name, interval in evaluation.intervals.items() if name not in two}
    return {name: value for name, value in metrics.items() if name not in two}, replace(evaluation, intervals=kept)


def possible_evaluation(evaluation: Evaluation, impossible: list[str]) -> Evaluation:
    """The evaluation without figures that cannot be; the paths of those are added to `impossible`."""
    changes: dict[str, object] = {
        "intervals": _intervals(evaluation.intervals, impossible),
        "peers": _peers(evaluation.peers, "evaluation.peers", impossible),
        "candidates": _peers(evaluation.candidates, "evaluation.candidates", impossible),
    }
    if any(not _ordered(one) for one in evaluation.differences.values()):
        changes["differences"] = {name: one for name, one in evaluation.differences.items() if _ordered(one)}
        impossible.append("evaluation.differences")
    defaults = {one.name: one.default for one in fields(evaluation)}
    for name in _contradictions(evaluation):
        changes[name] = defaults[name]
        impossible.append(f"evaluation.{name}")
    return replace(evaluation, **changes)  # type: ignore[arg-type]


def _intervals(intervals: Mapping[str, Interval], impossible: list[str]) -> Mapping[str, Interval]:
    kept: dict[str, Interval] = {}
    for name, one in intervals.items():
        bounds = METRIC_BOUNDS.get(name)
        ends = [end for end in (one.value, one.low, one.high) if end is not None]
        if _ordered(one) and (bounds is None or all(bounds(end) for end in ends)):
            kept[name] = one
        else:
            impossible.append(f"evaluation.intervals.{name}")
    return kept


def _ordered(interval: Interval) -> bool:
    return interval.low is None or interval.high is None or interval.low <= interval.high


def _peers(peers: tuple[Peer, ...], path: str, impossible: list[str]) -> tuple[Peer, ...]:
    return tuple(
        replace(peer, metrics=possible_metrics(peer.metrics, f"{path}.{peer.key}", impossible)) for peer in peers
    )


def _contradictions(evaluation: Evaluation) -> Iterator[str]:
    """Names of fields that say more customers than there are, or another share than their numbers give."""
    if isinstance(evaluation, FutureEvaluation):
        buyers, rate = evaluation.buyers, evaluation.base_rate
        if buyers is not None and buyers > evaluation.customers:
            yield "buyers"
        elif (
            buyers is not None
            and rate is not None
            and abs(buyers - rate * evaluation.customers) > 1 + 0.001 * evaluation.customers
        ):
            yield "buyers"
            yield "base_rate"
    if isinstance(evaluation, FutureEvaluation | ColumnEvaluation):
        top = evaluation.top
        if top is not None and not top.positives <= top.customers <= max(evaluation.customers, top.positives):
            yield "top"
    if isinstance(evaluation, NextOrderEvaluation) and 0 < evaluation.customers_known < evaluation.customers:
        yield "customers_known"
