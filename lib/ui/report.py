"""What a model says about itself, out of its card alone: shown alike whether it was trained here or came by mail."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Literal

import pandas as pd
import streamlit as st

from lib import charts, segments, text
from lib.card import Card, CardColumn, Group, Plain
from lib.ui import widgets
from lib.ui.page import language, number, plain, say
from lib.ui.widgets import Fact, Shown

_LOW_IS_BETTER = frozenset({"log_loss", "brier", "mae", "mae_scaled", "rmse", "medae"})
_SHARES = frozenset({"smallest", "tree", "certainty", "top_decile_capture", "accuracy", "balanced_accuracy"})
_AT_STAKE = ("lost_best", "slipping", "quiet_big", "quiet")
"""Groups that a shop would act on first, most urgent first."""


def show(card: Card) -> None:
    """The whole story: headline, groups or pictures of quality, measures beside the baseline, details."""
    headline(card)
    body(card)


def body(card: Card) -> None:
    """The story without its headline."""
    if card.goal == "groups":
        _groups(card)
    else:
        _predictions(card)
    quality(card)
    details(card)


# ------------------------------------------------------------------------------------------------ the headline


def headline(card: Card) -> None:
    """One or two sentences that a shop owner would repeat."""
    sentences = headline_sentences(card)
    if sentences:
        with st.container(key="headline", gap="xsmall"):
            for sentence in sentences:
                st.markdown(sentence)


def headline_sentences(card: Card) -> list[str]:
    """The same as text."""
    if card.goal == "groups" and card.groups:
        sentences = [say("report.groups_headline", customers=card.customers, groups=len(card.groups))]
        best = max(card.groups, key=lambda group: group.share_revenue)
        if best.share_revenue > 0:
            sentences.append(
                say(
                    "report.groups_top",
                    name=group_name(best),
                    customers=best.customers,
                    share=best.share_customers,
                    revenue=best.share_revenue,
                )
            )
        stake = _at_stake(card)
        if stake is not None:
            sentences.append(
                say(
                    "report.groups_stake",
                    name=group_name(stake),
                    customers=stake.customers,
                    spent=_money(_figure(stake.facts.get("value_mean")) * stake.customers, card.currency),
                    silent=_time(stake.typical["recency_days"]),
                )
            )
        return sentences
    return _prediction_sentences(card)


def _at_stake(card: Card) -> Group | None:
    known = {group.name_key.rsplit(".", 1)[-1]: group for group in reversed(card.groups)}
    for key in _AT_STAKE:
        group = known.get(key)
        if (
            group is not None
            and "recency_days" in group.typical
            and group.facts.get("value_column") == "monetary_total"
        ):
            return group
    return None


def _prediction_sentences(card: Card) -> list[str]:
    evaluation = card.evaluation
    sentences: list[str] = []
    top, of_best, tenth = evaluation.get("top"), evaluation.get("of_best_100"), evaluation.get("top_decile_rate")
    base = _base_rate(card)
    if isinstance(of_best, int | float):
        sentences.append(say("report.buy_headline", of=100, came=of_best))
    elif isinstance(tenth, int | float):
        sentences.append(say("report.tenth_headline", share=tenth))
    elif isinstance(top, Mapping):
        sentences.append(
            say(
                "report.yes_headline",
                of=_figure(top.get("of")),
                yes=_figure(top.get("yes")),
                answer=str(evaluation.get("positive", "")),
                target=card.target,
            )
        )
    if sentences and base is not None:
        sentences.append(say("report.yes_base", share=base))
    if card.goal == "spend" and "top_decile_capture" in card.metrics:
        sentences.append(say("report.spend_headline", share=card.metrics["top_decile_capture"]))
        if "sum_ratio" in card.metrics:
            sentences.append(say("report.sum_headline", promised=card.metrics["sum_ratio"]))
    elif card.goal == "orders" and "top_decile_capture" in card.metrics:
        sentences.append(say("report.orders_headline", share=card.metrics["top_decile_capture"]))
        if "sum_ratio" in card.metrics:
            sentences.append(say("report.sum_headline", promised=card.metrics["sum_ratio"]))
    elif card.goal == "next_order" and "days_coverage" in card.metrics:
        named = ("days_error", "days_coverage", "value_coverage")
        sentences.append(say("report.next_headline", **{name: card.metrics.get(name, 0.0) for name in named}))
    elif card.goal == "target" and "mae" in card.metrics:
        error = measured("mae", card.metrics["mae"])
        sentences.append(say("report.number_headline", target=card.target, error=error))
        if "mae" in card.baseline:
            sentences.append(say("report.number_base", error=measured("mae", card.baseline["mae"])))
    elif "accuracy" in card.metrics and not sentences:
        sentences.append(say("report.classes_headline", target=card.target, share=card.metrics["accuracy"]))
        if "accuracy" in card.baseline:
            sentences.append(say("report.classes_base", share=card.baseline["accuracy"]))
    return sentences


def _base_rate(card: Card) -> float | None:
    """How many of all customers did it; of an older card, out of the calibration curve."""
    if isinstance(card.evaluation.get("base_rate"), int | float):
        return _figure(card.evaluation["base_rate"])
    points = _points(card.evaluation.get("calibration"), ("predicted", "actual", "customers"))
    total = float(points["customers"].sum()) if len(points) else 0.0
    return float((points["actual"] * points["customers"]).sum()) / total if total else None


# ------------------------------------------------------------------------------------------------ groups


def group_name(group: Group) -> str:
    """The group's name in the visitor's language."""
    return segments.group_name(language(), group)


def _groups(card: Card) -> None:
    names = [group_name(group) for group in card.groups]
    left, right = st.columns(2, gap="small")
    with left:
        made = charts.group_shares(
            names,
            [group.share_customers for group in card.groups],
            [group.share_revenue for group in card.groups],
            language(),
        )
        table = pd.DataFrame(
            {
                "name": names,
                "customers": [group.customers for group in card.groups],
                "share_customers": [group.share_customers for group in card.groups],
                "share_revenue": [group.share_revenue for group in card.groups],
            }
        )
        widgets.chart(
            made,
            key="group-shares",
            frame=table,
            columns={
                "name": Shown(say("report.groups_title")),
                "customers": Shown(say("charts.customers_axis"), "0f"),
                "share_customers": Shown(say("charts.share_customers"), "percent1"),
                "share_revenue": Shown(say("charts.share_revenue"), "percent1"),
            },
        )
    with right:
        profiles, typical = _profiles(card, names)
        widgets.chart(
            charts.group_profiles(profiles, language()),
            key="group-profiles",
            frame=typical,
            columns={
                "name": Shown(say("report.groups_title")),
                **{column: Shown(str(column), "") for column in typical.columns if column != "name"},
            },
        )
    st.subheader(say("report.groups_title"), anchor=False)
    with st.grid(3, min_column_width=290, gap="small", key="groups"):
        for group in card.groups:
            _group(group, card)
    why(card)


def _group(group: Group, card: Card) -> None:
    facts = group.facts
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f":primary-badge[{group.number}] **{plain(group_name(group))}**")
        st.caption(
            say("report.group_size", customers=group.customers, share=group.share_customers)
            + (" · " + say("report.group_revenue", share=group.share_revenue) if group.share_revenue else "")
        )
        for phrase in segments.differences_in_words(language(), group):
            st.markdown(f"- {plain(phrase)}")
        action = facts.get("action")
        if isinstance(action, str) and text.knows(language(), action):
            st.markdown(f":primary[:material/lightbulb:] {say(action)}")
        rule = segments.rule_in_words(language(), group, {column.name: column.kind for column in card.columns})
        if rule:
            st.caption(say("report.group_rule", rule=rule, right=_figure(facts.get("rule_right"))))
        later = facts.get("later")
        if isinstance(later, Mapping):
            st.caption(
                say(
                    "report.group_later",
                    days=int(_figure(later.get("days"))),
                    bought=_figure(later.get("bought")),
                    spend=_money(_figure(later.get("spend")), card.currency),
                )
            )
        if "certainty" in facts:
            st.caption(say("report.group_certainty", certainty=_figure(facts["certainty"])))


def _profiles(card: Card, names: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group × column: where the group's typical value stands among all customers, -1 to 1; and the values."""
    known = {column.name: column for column in card.columns}
    shown = [name for name in card.groups[0].typical if name in known and len(known[name].edges) > 1]
    if not shown:
        shown = list(card.groups[0].typical)
    heads = {name: column_name(name) for name in shown}
    places = pd.DataFrame(
        [[_place(group.typical.get(name), known.get(name)) for name in shown] for group in card.groups],
        index=names,
        columns=list(heads.values()),
    )
    typical = pd.DataFrame(
        [[group.typical.get(name) for name in shown] for group in card.groups], columns=list(heads.values())
    )
    return places, typical.assign(name=names)


def _place(value: float | None, column: CardColumn | None) -> float:
    if value is None or column is None or not column.edges:
        return float("nan")
    return 2 * bisect_left(column.edges, value) / len(column.edges) - 1


def why(card: Card) -> None:
    """Why this number of groups, in words and as a picture of what others would have given."""
    reason = card.evaluation.get("why")
    st.subheader(say("report.why_groups", groups=len(card.groups)), anchor=False)
    if isinstance(reason, str) and text.knows(language(), reason):
        st.markdown(say(reason))
    month = card.evaluation.get("month_later")
    if isinstance(month, Mapping) and "same" in month:
        st.markdown(say("report.month_later", same=_figure(month["same"])))
    tried = _tried(card)
    if len(tried) > 1:
        made = charts.trade_off(tried, language(), chosen=len(card.groups))
        widgets.chart(
            made,
            key="trade-off",
            frame=tried,
            columns={
                "groups": Shown(say("charts.trade_off_x"), "0f"),
                **{name: Shown(say(f"charts.trade_off_{name}"), "2f") for name in tried.columns if name != "groups"},
            },
        )


def _tried(card: Card) -> pd.DataFrame:
    """The candidates with the chosen one's columns and preparation, by number of groups."""
    candidates = card.evaluation.get("candidates")
    rows = [one for one in candidates if isinstance(one, dict)] if isinstance(candidates, list) else []
    chosen = next((one for one in rows if one.get("chosen")), None)
    if chosen is None:
        return pd.DataFrame()
    alike = [one for one in rows if all(one.get(key) == chosen.get(key) for key in ("columns", "preparation"))]
    columns = ("groups", "stability", "tree", "smallest")
    found = pd.DataFrame([{name: _figure(one.get(name)) for name in columns} for one in alike])
    return found.drop_duplicates("groups").sort_values("groups", ignore_index=True)


# ------------------------------------------------------------------------------------------------ predictions


def _predictions(card: Card) -> None:
    evaluation = card.evaluation
    told = _measured_on(card)
    if told:
        st.caption(told)
    money = card.goal == "spend" or evaluation.get("task") == "number"
    reached: Literal["buyers", "money", "yes"] = "money" if money else "yes" if card.goal == "target" else "buyers"
    pictures = []
    points = _points(evaluation.get("calibration"), ("predicted", "actual", "customers"))
    if len(points):
        pictures.append(
            ("calibration", charts.calibration(points, language(), money=money, currency=card.currency), points)
        )
    curve = _points(evaluation.get("gains"), ("share_customers", "share_reached"))
    if len(curve):
        if curve["share_customers"].iloc[0] > 0:
            curve = pd.concat(
                [pd.DataFrame({"share_customers": [0.0], "share_reached": [0.0]}), curve], ignore_index=True
            )
        pictures.append(("gains", charts.gains(curve, language(), of=reached), curve))
    matters = _points(
        evaluation.get("importance") or evaluation.get("importances"), ("column", "value", "low", "high")
    ).head(12)
    if len(matters):
        names = [column_name(str(name)) for name in matters["column"]]
        values = [float(value) for value in matters["value"]]
        pictures.append(("importances", charts.importances(names, values, language()), matters.assign(column=names)))
    confusion = evaluation.get("confusion")
    if isinstance(confusion, list) and card.classes:
        counts = [[int(_figure(cell)) for cell in row] for row in confusion if isinstance(row, list)]
        table = pd.DataFrame(counts, columns=list(card.classes))
        pictures.append(("confusion", charts.confusion(card.classes, counts, language()), table))
    for at in range(0, len(pictures), 2):
        row = pictures[at : at + 2]
        for place, (key, made, table) in zip(st.columns(len(row), gap="small"), row, strict=True):
            with place:
                widgets.chart(made, key=f"card-{key}", frame=table, columns=_headings(table))
    _threshold(card)
    _dependence(card)


def _measured_on(card: Card) -> str:
    customers = card.evaluation.get("customers")
    key = f"report.held_out_{card.evaluation.get('held_out')}"
    if not isinstance(customers, int | float):
        return ""
    if text.knows(language(), key):
        return say(key, customers=customers)
    day = card.evaluation.get("cutoff")
    if isinstance(day, str):
        return say("report.measured_on", customers=customers, day=pd.Timestamp(day).date(), days=card.horizon_days)
    return ""


def _threshold(card: Card) -> None:
    cut = card.evaluation.get("threshold")
    if not isinstance(cut, Mapping):
        return
    st.subheader(say("report.threshold_title"), anchor=False)
    shares = {name: _figure(cut.get(name)) for name in ("chance", "flagged", "found", "right")}
    st.markdown(say("report.threshold", answer=str(card.evaluation.get("positive", "")), **shares))


def _dependence(card: Card) -> None:
    """One small picture per column that matters."""
    curves = _curves(card)
    if not curves:
        return
    st.subheader(say("report.looks_at"), anchor=False)
    with st.grid(3, min_column_width=290, gap="small"):
        for name, cells, means in curves:
            made = charts.dependence(column_name(name), cells, means, language())
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{plain(made.title)}**")
                st.caption(plain(made.message))
                widgets.figure(made, key=f"dependence-{name}")


def _curves(card: Card) -> list[tuple[str, list[float | str | bool], list[float]]]:
    """Column, its cells, the mean prediction at each: from either way in which a card tells them."""
    told, rows = card.evaluation.get("dependence"), card.evaluation.get("partial")
    pairs = [(str(name), curve) for name, curve in told.items()] if isinstance(told, Mapping) else []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping):
            pairs.append((str(row.get("column")), [row.get("values"), row.get("predicted")]))
    curves = []
    for name, curve in pairs:
        if isinstance(curve, list) and len(curve) == 2 and isinstance(curve[0], list) and isinstance(curve[1], list):
            cells = [cell for cell in curve[0] if isinstance(cell, float | int | str | bool)]
            means = [_figure(mean) for mean in curve[1]]
            if cells and len(cells) == len(means):
                curves.append((name, cells, means))
    return curves


def _points(told: Plain | None, names: tuple[str, ...]) -> pd.DataFrame:
    """Rows of a card, each a list in the order of `names` or a mapping, as a table; what doesn't fit is left out."""
    also = {"happened": "actual", "share_happened": "share_reached", "importance": "value"}
    rows = []
    for row in told if isinstance(told, list) else []:
        if isinstance(row, Mapping):
            rows.append({also.get(str(key), str(key)): cell for key, cell in row.items()})
        elif isinstance(row, list):
            rows.append(dict(zip(names, row, strict=False)))
    table = pd.DataFrame(rows)
    return table[[name for name in names if name in table]] if set(names[:2]) <= set(table) else pd.DataFrame()


def _headings(table: pd.DataFrame) -> dict[str, Shown]:
    known = {
        "predicted": Shown(say("charts.calibration_x"), "3f"),
        "actual": Shown(say("charts.calibration_y"), "3f"),
        "customers": Shown(say("charts.customers_axis"), "0f"),
        "share_customers": Shown(say("charts.gains_x"), "percent"),
        "share_reached": Shown(say("charts.share_axis"), "percent1"),
        "column": Shown(say("report.column")),
        "value": Shown(say("charts.importance_axis"), "3f"),
        "low": Shown("−", "3f"),
        "high": Shown("+", "3f"),
    }
    return {name: known.get(str(name), Shown(str(name), "0f")) for name in table.columns}


# ------------------------------------------------------------------------------------------------ quality and details


def quality(card: Card) -> None:
    """Every measure beside the baseline, in plain words."""
    if not card.metrics:
        return
    st.subheader(say("report.quality"), anchor=False)
    shown = [name for name in card.metrics if text.knows(language(), f"report.metric.{name}")]
    baseline = f"report.baseline.{card.baseline_name}"
    beside = say(baseline) if card.baseline_name and text.knows(language(), baseline) else plain(card.baseline_name)
    rows = pd.DataFrame(
        {
            "measure": [say(f"report.metric.{name}") for name in shown],
            "model": [_with_interval(name, card) for name in shown],
            "baseline": [measured(name, card.baseline[name]) if name in card.baseline else "" for name in shown],
            "about": [say(f"report.about.{name}") for name in shown],
        }
    )
    columns = {"measure": say("report.measure"), "model": say("report.model")}
    peers = card.evaluation.get("peers")
    for name, figures in peers.items() if isinstance(peers, Mapping) else ():
        if isinstance(figures, Mapping) and text.knows(language(), f"report.baseline.{name}"):
            rows[name] = [measured(one, _figure(figures[one])) if one in figures else "" for one in shown]
            columns[name] = say(f"report.baseline.{name}")
    if card.baseline and card.baseline_name not in columns:
        columns["baseline"] = beside or say("report.compared")
    columns["about"] = say("report.what")
    st.table(rows[list(columns)].rename(columns=columns), border="horizontal", hide_index=True)
    if isinstance(card.evaluation.get("intervals"), Mapping):
        st.caption(say("report.interval_about"))
    for limit in card.limits:
        if text.knows(language(), limit):
            st.warning(say(limit), icon=":material/info:")


def _with_interval(name: str, card: Card) -> str:
    value = measured(name, card.metrics[name])
    told = card.evaluation.get("intervals")
    ends = told.get(name) if isinstance(told, Mapping) else None
    if not isinstance(ends, list) or len(ends) < 2:
        return value
    low, high = (measured(name, _figure(end)) for end in ends[-2:])
    return say("report.interval", value=value, low=low, high=high)


def measured(name: str, value: float) -> str:
    """A measure as people read it: shares in percent, others with as many digits as they deserve."""
    if name in _SHARES:
        return number(value, "percent")
    return number(value, "0f" if abs(value) >= 100 else "3f" if abs(value) < 10 else "1f")


def details(card: Card) -> None:
    """What it learnt from, what it needs, what it was made with."""
    with st.expander(say("report.details"), icon=":material/badge:", on_change="rerun", key="card-details") as opened:
        if not opened.open:
            return
        facts = [
            Fact(say("report.recipe"), plain(recipe_name(card.recipe))),
            Fact(say("report.learnt_from"), say("report.customers", customers=card.customers)),
        ]
        if card.cutoff:
            facts.append(Fact(say("report.cutoff"), text.day(language(), pd.Timestamp(card.cutoff).date())))
        if card.horizon_days and card.goal in ("buy_again", "spend", "orders", "next_order"):
            facts.append(Fact(say("report.horizon"), say("report.days", days=card.horizon_days)))
        if card.period_start and card.period_end:
            start, end = (
                text.day(language(), pd.Timestamp(day).date()) for day in (card.period_start, card.period_end)
            )
            facts.append(Fact(say("report.period"), f"{start} – {end}"))
        if card.target:
            facts.append(Fact(say("report.target"), plain(card.target)))
        for fact in facts:
            st.markdown(f"**{fact.label}:** {fact.value}")
        st.markdown("**" + say("report.columns", count=len(card.columns)) + "**")
        needed = pd.DataFrame(
            {
                "column": [column_name(column.name) for column in card.columns],
                "typical": [column.typical for column in card.columns],
                "low": [column.low for column in card.columns],
                "high": [column.high for column in card.columns],
            }
        )
        ends = needed.assign(
            range=[
                "" if pd.isna(low) or pd.isna(high) else f"{number(low)} – {number(high)}"
                for low, high in zip(needed["low"], needed["high"], strict=True)
            ]
        )
        widgets.table(
            ends,
            {
                "column": Shown(say("report.column")),
                "typical": Shown(say("report.typical"), ""),
                "range": Shown(say("report.from_to")),
            },
            key="card-columns",
        )
        peers = card.evaluation.get("peers")
        tried = [one for one in peers if isinstance(one, Mapping)] if isinstance(peers, list) else []
        if tried:
            st.markdown(f"**{say('report.peers')}**")
            table = pd.DataFrame(
                {
                    "recipe": [recipe_name(str(one.get("recipe"))) for one in tried],
                    "loss": [_figure(one.get("loss")) for one in tried],
                    "chosen": [bool(one.get("chosen")) for one in tried],
                }
            )
            widgets.table(
                table,
                {
                    "recipe": Shown(say("report.recipe")),
                    "loss": Shown(say("report.peer_loss"), "3f"),
                    "chosen": Shown(say("report.peer_chosen"), "yes_no"),
                },
                key="card-peers",
            )
        left_out = card.evaluation.get("left_out")
        if isinstance(left_out, Mapping) and left_out:
            st.markdown(f"**{say('report.left_out')}**")
            for column, reason in left_out.items():
                key = f"training.left_out.{reason}"
                words = text.say(language(), key) if text.knows(language(), key) else str(reason)
                st.markdown("- " + say("report.left_out_one", column=str(column), reason=words))
        if card.versions:
            words = " · ".join(f"{plain(name)} {plain(version)}" for name, version in card.versions.items())
            st.markdown(f"**{say('report.versions')}:** {words}")
        if card.pipeline_sha256:
            st.markdown(f"**{say('report.sha')}:** `{card.pipeline_sha256}`")


def membership(card: Card) -> str:
    """How well somebody could tell from the file who was among the customers; empty where it was not measured."""
    share = card.privacy.get("membership_auc")
    if not isinstance(share, int | float):
        return ""
    return say("leaks.membership", share=share) + " " + say(f"leaks.membership_{'low' if share < 0.6 else 'some'}")


def recipe_name(key: str) -> str:
    """A recipe's name in the visitor's language, or its key where this Brine does not know it."""
    return text.say(language(), f"recipes.{key}") if text.knows(language(), f"recipes.{key}") else key


def column_name(name: str) -> str:
    """A column in the visitor's words where it is one of Brine's own, else as the table calls it."""
    key = f"features.name.{name}"
    return text.say(language(), key) if text.knows(language(), key) else name


def _figure(value: Plain | None) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _money(value: float, currency: str) -> str:
    form = "short" if abs(value) >= 10_000 else "0f" if abs(value) >= 100 else "2f"
    return f"{number(value, form)} {currency}".strip()


def _time(days: float) -> str:
    if days < 60:
        return say("report.days", days=days)
    return say("report.months", months=round(days / 30.44))
