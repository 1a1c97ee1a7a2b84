"""Cards of format 1, as Brine wrote them before the evaluation had one shape for all goals.

`upgraded` turns the plain card into the plain card of format 2. It believes nothing: whatever it does not find in the
expected shape it hands on, and the reader of format 2 judges it.
"""

from __future__ import annotations

from collections.abc import Mapping


def upgraded(card: Mapping[str, object]) -> dict[str, object]:
    """A plain card of format 1 as a plain card of format 2."""
    groups = card.get("groups")
    return {
        **card,
        "format": "brine-card/2",
        "evaluation": upgraded_evaluation(card.get("goal"), card.get("evaluation", {})),
        "groups": [_group(group) for group in groups] if isinstance(groups, list) else groups or [],
    }


def upgraded_evaluation(goal: object, old: object) -> object:
    """The plain evaluation of format 2 out of that of format 1."""
    if not isinstance(old, dict):
        return old
    upgrade = {"groups": _groups, "next_order": _next_order, "target": _column}.get(str(goal), _future)
    return {name: item for name, item in upgrade(old).items() if item is not None}


def _future(old: Mapping[str, object]) -> dict[str, object]:
    best = old.get("of_best_100")
    return {
        **_taken(old, "cutoff", "customers", "buyers", "base_rate", "mean_spend", "mean_orders", "training_cutoffs"),
        **_taken(old, "training_rows", "weights", "lift", "top_decile_rate"),
        **_shared(old),
        "lift": _renamed(old.get("lift"), {"happened": "actual"}),
        "compared_with": "btyd" if "ahead" in old else None,
        "differences": _intervals(old.get("ahead")),
        "top": {"customers": 100, "positives": best} if best is not None else None,
    }


def _next_order(old: Mapping[str, object]) -> dict[str, object]:
    return {
        **_taken(old, "cutoff", "customers", "median_days", "training_cutoffs", "training_rows"),
        **_shared(old),
        "customers_known": old.get("known"),
        "nominal_coverage": old.get("promised_coverage"),
    }


def _column(old: Mapping[str, object]) -> dict[str, object]:
    top, threshold, against = old.get("top"), old.get("threshold"), old.get("against_baseline")
    loss = "squared_error" if old.get("task") == "number" else "log_loss"
    if isinstance(top, dict):
        top = {"customers": top.get("of"), "positives": top.get("yes")}
    if isinstance(threshold, dict):
        threshold = {**threshold, "probability": threshold.get("chance")}
    if isinstance(against, dict):
        against = {"value": against.get("difference"), "low": against.get("low"), "high": against.get("high")}
    return {
        **_taken(old, "task", "positive", "base_rate", "held_out", "customers", "confusion"),
        **_shared(old),
        "top": top,
        "threshold": threshold,
        "single_column_scores": old.get("alone"),
        "rare_answers": old.get("set_aside"),
        "compared_with": "constant" if against is not None else None,
        "differences": {loss: against} if against is not None else None,
    }


def _groups(old: Mapping[str, object]) -> dict[str, object]:
    return {
        **_taken(
            old, "bars", "columns_used", "preparation", "left_out", "grid_explained", "explained_r2", "later_days"
        ),
        "tried": old.get("candidates"),
        "reason": old.get("why"),
        "month_later": old.get("month_later") or None,
    }


def _shared(old: Mapping[str, object]) -> dict[str, object]:
    """Parts that several goals stored in format 1, each in another shape."""
    peers = old.get("peers")
    return {
        "left_out": old.get("left_out"),
        "intervals": _intervals(old.get("intervals")),
        "calibration": _renamed(old.get("calibration"), {"happened": "actual"}),
        "gains": _renamed(old.get("gains"), {"share_happened": "share_reached"}),
        "importance": _importance(old.get("importance") or old.get("importances")),
        "dependence": _dependence(old.get("dependence"), old.get("partial")),
        "peers": [{"key": key, "metrics": figures} for key, figures in peers.items()]
        if isinstance(peers, dict)
        else None,
        "candidates": [_candidate(one) for one in peers] if isinstance(peers, list) else None,
    }


def _candidate(one: object) -> object:
    if not isinstance(one, dict):
        return one
    figures = {name: one[name] for name in ("loss", "error") if name in one}
    return {"key": one.get("recipe"), "metrics": figures, "chosen": one.get("chosen", False)}


def _intervals(old: object) -> object:
    """Metric → `[value, low, high]`."""
    if not isinstance(old, dict):
        return old
    names = ("value", "low", "high")
    return {
        name: dict(zip(names, figures, strict=True)) if isinstance(figures, list) and len(figures) == 3 else figures
        for name, figures in old.items()
    }


def _importance(old: object) -> object:
    """A list of `[column, increase, low, high]`, or of mappings."""
    if not isinstance(old, list):
        return old
    names = ("column", "increase", "low", "high")
    rows = [dict(zip(names, one, strict=True)) if isinstance(one, list) and len(one) == 4 else one for one in old]
    return _renamed(rows, {"importance": "increase"})


def _dependence(by_column: object, rows: object) -> object:
    """Column → `[values, predicted]`, or a list of mappings; an empty curve is none."""
    if isinstance(by_column, dict):
        return [
            {"column": name, "values": curve[0], "predicted": curve[1]}
            if isinstance(curve, list) and len(curve) == 2
            else curve
            for name, curve in by_column.items()
            if curve
        ]
    return rows


def _group(old: object) -> object:
    """A group whose `facts` were a mapping."""
    facts = old.get("facts") if isinstance(old, dict) else None
    if not isinstance(old, dict) or not isinstance(facts, dict):
        return old
    later = facts.get("later")
    found = {
        **{name: item for name, item in old.items() if name != "facts"},
        "rule": _rule(facts.get("rule")),
        "rule_precision": facts.get("rule_right"),
        "rule_recall": facts.get("rule_covers"),
        "differences": _differences(facts.get("differs")),
        "later": later or None,
        **_taken(facts, "value_mean", "value_column", "action", "certainty"),
    }
    return {name: item for name, item in found.items() if item is not None}


def _rule(old: object) -> object:
    names = ("column", "operator", "value")
    return _rows(old, names)


def _differences(old: object) -> object:
    """A list of `[column, category, in the segment, overall, statistic]`; the last was added later."""
    return _rows(old, ("column", "category", "here", "overall", "statistic"))


def _rows(old: object, names: tuple[str, ...]) -> object:
    if not isinstance(old, list):
        return old
    return [dict(zip(names, one, strict=False)) if isinstance(one, list) else one for one in old]


def _renamed(rows: object, names: Mapping[str, str]) -> object:
    """A list of mappings with some keys renamed."""
    if not isinstance(rows, list):
        return rows
    return [
        {names.get(str(name), str(name)): item for name, item in one.items()} if isinstance(one, dict) else one
        for one in rows
    ]


def _taken(old: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: old[name] for name in names if name in old}
