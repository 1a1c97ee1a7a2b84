"""What a model says about itself, out of its card alone: shown alike whether it was trained here or came by mail."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from lib import audience, charts, segments, text
from lib.card import Card, CardColumn, Group, Plain, render
from lib.ui import widgets
from lib.ui.page import language, number, plain, say
from lib.ui.widgets import Fact, Shown

_FOR_SPECIALISTS = frozenset(
    {"pr_auc", "log_loss", "brier", "calibration_slope", "mae_scaled", "rmse", "spearman", "gini"}
    | {"balanced_accuracy", "f1"}
)
"""Measures that stand one click away."""
_LEAKS = ("tells_all", "known_afterwards")
"""Reasons for which a column is left out that whoever reads the figures must know."""
_METHODS = {
    **dict.fromkeys(("logistic", "hurdle", "count"), "readable"),
    **dict.fromkeys(("future_blend", "hurdle_blend", "count_blend"), "best"),
    **dict.fromkeys(("btyd", "hurdle_btyd", "count_btyd"), "rhythm"),
}
"""Recipes among which Brine chooses for a history of orders."""
_MOST_IMPORTANT = 8
_MOST_TELLING = 6
"""Columns in the picture of what sets groups apart: more would not read on a phone. The table has them all."""
_RULE_RIGHT = 0.5
"""A rule that is wrong more often than right is no rule of thumb."""
_AT_STAKE = ("lost_best", "slipping", "quiet_big", "quiet")
"""Groups that a shop would act on first, most urgent first."""


def show(card: Card) -> None:
    """The whole story: headline, groups or pictures of quality, measures beside the baseline, details."""
    headline(card)
    body(card)


def body(card: Card) -> None:
    """The story without its headline."""
    leaks(card)
    if card.goal == "groups":
        _groups(card)
    else:
        _predictions(card)
    quality(card)
    choice(card)
    details(card)


# ------------------------------------------------------------------------------------------------ the headline


def asked(card: Card) -> str:
    """The question that a model answers, and how far it looks."""
    question = say("report.asked_column", target=card.target) if card.target else say(f"train.{card.goal}")
    far = card.horizon_days and card.goal in ("buy_again", "spend", "orders", "next_order")
    return question + (" · " + say("train.days", days=card.horizon_days) if far else "")


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
            column = _value_column(card)
            sentences.append(
                say(
                    "report.groups_top_column" if column else "report.groups_top",
                    name=group_name(best),
                    customers=best.customers,
                    share=best.share_customers,
                    revenue=best.share_revenue,
                    **({"column": column} if column else {}),
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


def _value_column(card: Card) -> str:
    """Of a customer table, the column that groups are ordered by: it sounds like money, but may be no revenue."""
    column = card.groups[0].facts.get("value_column") if card.groups else ""
    return column if isinstance(column, str) and column != "monetary_total" else ""


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
    elif card.goal == "orders" and "top_decile_capture" in card.metrics:
        sentences.append(say("report.orders_headline", share=card.metrics["top_decile_capture"]))
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
    return [*sentences, *_sum_sentence(card)]


def _sum_sentence(card: Card) -> list[str]:
    """All that was promised beside all that came."""
    ratio, customers = card.metrics.get("sum_ratio"), _figure(card.evaluation.get("customers"))
    if ratio is None or card.goal not in ("buy_again", "spend", "orders"):
        return []
    if card.goal == "buy_again":
        came = _figure(card.evaluation.get("buyers"))
    else:
        came = customers * _figure(card.evaluation.get("mean_spend" if card.goal == "spend" else "mean_orders"))
    if came != came:
        return [say("report.sum_headline", promised=ratio)]
    if card.goal == "spend":
        sums = [_money(_rounded(value), card.currency) for value in (ratio * came, came)]
        return [say("report.sum_spend", promised=sums[0], came=sums[1])]
    key = "report.sum_buyers" if card.goal == "buy_again" else "report.sum_orders"
    return [say(key, promised=_rounded(ratio * came), came=came if card.goal == "buy_again" else _rounded(came))]


def leaks(card: Card) -> None:
    """The columns that were left out since they give the answer away, before any figure."""
    found = card.evaluation.get("left_out")
    told = [
        say("report.leak_one", column=str(column), reason=text.say(language(), f"training.left_out.{reason}"))
        for column, reason in (found.items() if isinstance(found, Mapping) else ())
        if reason in _LEAKS
    ]
    if told:
        st.info(text.say(language(), "report.leaks", columns=told), icon=":material/visibility_off:")


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


def _row_name(group: Group) -> str:
    """Its name where there is little room: of a group that is named by its columns, these alone."""
    marked = group.name_key == "segments.name.marked_by" and group.suffix
    return group.suffix if marked else group_name(group)


def _groups(card: Card) -> None:
    names = [_row_name(group) for group in card.groups]
    left, right = st.columns(2, gap="small")
    with left:
        made = charts.group_shares(
            names,
            [group.share_customers for group in card.groups],
            [group.share_revenue for group in card.groups],
            language(),
            column=_value_column(card),
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
                "share_revenue": Shown(
                    say("charts.share_column", column=_value_column(card))
                    if _value_column(card)
                    else say("charts.share_revenue"),
                    "percent1",
                ),
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


def _share_of_value(group: Group, card: Card) -> str:
    column = _value_column(card)
    if column:
        return say("report.group_share_column", share=group.share_revenue, column=column)
    return say("report.group_revenue", share=group.share_revenue)


def _group(group: Group, card: Card) -> None:
    facts = group.facts
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f":primary-badge[{group.number}] **{plain(group_name(group))}**")
        st.caption(
            say("report.group_size", customers=group.customers, share=group.share_customers)
            + (" · " + _share_of_value(group, card) if group.share_revenue else "")
        )
        typical = segments.typical_in_words(language(), group)
        if typical:
            st.markdown(say("report.group_typical", phrases=list(typical)))
        differences = [f"- {plain(phrase)}" for phrase in segments.differences_in_words(language(), group)]
        if differences:
            st.markdown("\n".join(differences))
        action = facts.get("action")
        if isinstance(action, str) and text.knows(language(), action):
            st.markdown(f":primary[:material/lightbulb:] {say(action)}")
        rule = segments.rule_in_words(language(), group, {column.name: column.kind for column in card.columns})
        right = _figure(facts.get("rule_right"))
        if rule and right >= _RULE_RIGHT:
            st.caption(say("report.group_rule", rule=rule, right=right))
        elif rule:
            st.caption(say("report.group_no_rule"))
        later = facts.get("later")
        if isinstance(later, Mapping) and "bought" in later:
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
    shown = [name for name in card.groups[0].typical if name in known and len(known[name].edges) > 2]
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
    spread = (places.max() - places.min()).sort_values(ascending=False, kind="stable")
    telling = set(spread.index[:_MOST_TELLING])
    return places[[name for name in places.columns if name in telling]], typical.assign(name=names)


def _place(value: float | None, column: CardColumn | None) -> float:
    if value is None or column is None or not column.edges:
        return float("nan")
    # Where many customers have the same value, it stands in the middle of them.
    return (bisect_left(column.edges, value) + bisect_right(column.edges, value)) / len(column.edges) - 1


def why(card: Card) -> None:
    """Why this number of groups, in words and as a picture of what others would have given; and how they hold."""
    reason = card.evaluation.get("why")
    st.subheader(say("report.why_groups", groups=len(card.groups)), anchor=False)
    if isinstance(reason, str) and text.knows(language(), reason):
        st.markdown(say(reason))
    month = card.evaluation.get("month_later")
    if isinstance(month, Mapping) and "same" in month:
        st.markdown(say("report.month_later", same=_figure(month["same"])))
    pictures = [show for show in (_trade_off(card), _migration(card)) if show is not None]
    if pictures:
        for place, show in zip(st.columns(len(pictures), gap="small"), pictures, strict=True):
            with place:
                show()


def _trade_off(card: Card) -> Callable[[], None] | None:
    tried, bars = _tried(card), card.evaluation.get("bars")
    needed = {name: _figure(bar) for name, bar in bars.items() if _figure(bar) > 0} if isinstance(bars, Mapping) else {}
    checks = [name for name in tried.columns if name in needed]
    if len(tried) < 2 or not checks:
        return None
    short = [limit.rsplit(".", 1)[-1] for limit in card.limits if limit.startswith("training.limit.")]
    made = charts.trade_off(tried, language(), chosen=len(card.groups), needed=needed, short=short)
    forms = {"smallest": "percent1", "tree": "percent"}
    columns = {
        "groups": Shown(say("charts.trade_off_x"), "0f"),
        **{name: Shown(say(f"charts.trade_off_{name}"), forms.get(name, "2f")) for name in checks},
    }
    return lambda: widgets.chart(made, key="trade-off", frame=tried, columns=columns)


def _migration(card: Card) -> Callable[[], None] | None:
    """Who moved between the groups over the last month, by the same model at both times."""
    month = card.evaluation.get("month_later")
    told = month.get("table") if isinstance(month, Mapping) else None
    rows = told if isinstance(told, list) else []
    counts = [[int(_figure(cell)) for cell in row] for row in rows if isinstance(row, list)]
    size = len(card.groups)
    if not isinstance(month, Mapping) or len(counts) != size or any(len(row) != size for row in counts):
        return None
    names = [_row_name(group) for group in card.groups]
    days, arrived = (int(_figure(month.get(name, 0))) for name in ("days", "arrived"))
    made = charts.migration(names, counts, language(), days=days, arrived=arrived)
    table = pd.DataFrame(counts, columns=[str(at) for at in range(1, size + 1)]).assign(name=names)
    columns = {
        "name": Shown(say("charts.migration_y", days=days)),
        **{str(at): Shown(str(at), "0f") for at in range(1, size + 1)},
    }
    return lambda: widgets.chart(made, key="migration", frame=table, columns=columns)


def _tried(card: Card) -> pd.DataFrame:
    """The candidates with the chosen one's columns and preparation, by number of groups."""
    candidates = card.evaluation.get("candidates")
    rows = [one for one in candidates if isinstance(one, dict)] if isinstance(candidates, list) else []
    chosen = next((one for one in rows if one.get("chosen")), None)
    if chosen is None:
        return pd.DataFrame()
    alike = [one for one in rows if all(one.get(key) == chosen.get(key) for key in ("columns", "preparation"))]
    columns = ("groups", "stability", "tree", "smallest", "explained")
    found = pd.DataFrame([{name: _figure(one.get(name)) for name in columns} for one in alike])
    return found.dropna(axis="columns", how="all").drop_duplicates("groups").sort_values("groups", ignore_index=True)


# ------------------------------------------------------------------------------------------------ predictions


def _predictions(card: Card) -> None:
    evaluation = card.evaluation
    told = _measured_on(card)
    if told:
        st.caption(told)
    pictures = []
    points = _points(evaluation.get("calibration"), ("predicted", "actual", "customers", "low", "high"))
    if len(points):
        made = charts.calibration(
            points,
            language(),
            money=_kind(card) != "chance",
            kind=_kind(card),
            unit=card.target if _kind(card) == "number" else card.currency,
        )
        pictures.append(("calibration", made, points, "percent" if _kind(card) == "chance" else ""))
    curve = _gains(card)
    if len(curve):
        pictures.append(("gains", charts.gains(curve, language(), of=_reached(card)), curve, "percent1"))
    matters, relative = _importance(card)
    if len(matters):
        form = "percent1" if relative else "3f"
        pictures.append(("importances", charts.importances(matters, language(), relative=relative), matters, form))
    confusion = evaluation.get("confusion")
    if isinstance(confusion, list) and card.classes:
        counts = [[int(_figure(cell)) for cell in row] for row in confusion if isinstance(row, list)]
        table = pd.DataFrame(counts, columns=list(card.classes))
        pictures.append(("confusion", charts.confusion(card.classes, counts, language()), table, "0f"))
    for at in range(0, len(pictures), 2):
        row = pictures[at : at + 2]
        for place, (key, made, table, form) in zip(st.columns(len(row), gap="small"), row, strict=True):
            with place:
                widgets.chart(made, key=f"card-{key}", frame=table, columns=_headings(table, form))
    _threshold(card)
    _dependence(card)


def _kind(card: Card) -> str:
    """What is promised: a `chance`, `money`, `orders`, or another `number`."""
    if card.goal in ("spend", "orders"):
        return "money" if card.goal == "spend" else "orders"
    return "number" if card.evaluation.get("task") == "number" else "chance"


def _reached(card: Card) -> charts.Reached:
    kind = _kind(card)
    if kind == "money":
        return "money"
    if kind == "orders":
        return "orders"
    if kind == "number":
        return "number"
    return "yes" if card.goal == "target" else "buyers"


def _gains(card: Card) -> pd.DataFrame:
    """The curve of gains, from nobody on."""
    curve = _points(card.evaluation.get("gains"), ("share_customers", "share_reached"))
    if len(curve) and curve["share_customers"].iloc[0] > 0:
        nobody = pd.DataFrame({"share_customers": [0.0], "share_reached": [0.0]})
        return pd.concat([nobody, curve], ignore_index=True)
    return curve


def _importance(card: Card) -> tuple[pd.DataFrame, bool]:
    """The columns that matter most, named for people, with what the error grows by without each; and whether that is
    told as a share of the error."""
    told = card.evaluation.get("importance") or card.evaluation.get("importances")
    matters = _points(told, ("column", "value", "low", "high")).head(_MOST_IMPORTANT)
    if not len(matters):
        return matters, False
    metrics = card.metrics
    if _kind(card) == "chance":
        error = metrics.get("log_loss", 0.0)
    else:
        error = metrics.get("rmse", 0.0) ** 2 if card.goal == "target" else metrics.get("mae", 0.0)
    figures = matters.drop(columns="column").astype(float)
    named = matters[["column"]].map(lambda name: column_name(str(name)))
    return pd.concat([named, figures / error if error > 0 else figures], axis=1), error > 0


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
    """From which chance on to act, by what each kind of mistake costs; the costs can be changed."""
    cut = card.evaluation.get("threshold")
    if not isinstance(cut, Mapping):
        return
    st.subheader(say("report.threshold_title"), anchor=False)
    costs = [_figure(cut.get(name)) for name in ("cost_missed", "cost_false_alarm")]
    trained = [cost if cost > 0 else 1.0 for cost in costs]
    curve, base = _gains(card), _base_rate(card)
    missed, false_alarm = trained
    if len(curve) and base is not None:
        st.caption(say("report.threshold_about"))
        mark = card.pipeline_sha256[:12]
        with st.container(horizontal=True, key="costs"):
            missed, false_alarm = (
                st.number_input(say(f"train.{name}"), 0.01, value=cost, format="%g", key=f"{name}-{mark}", width=240)
                for name, cost in zip(("cost_missed", "cost_false_alarm"), trained, strict=True)
            )
    shares = {name: _figure(cut.get(name)) for name in ("chance", "flagged", "found", "right")}
    answer = str(card.evaluation.get("positive", ""))
    if not len(curve) or base is None:
        st.markdown(say("report.threshold", answer=answer, **shares))
        return
    priced = audience.cost_curve(curve, base, missed=missed, false_alarm=false_alarm)
    cost = _figure(cut.get("cost"))
    if [missed, false_alarm] != trained or cost != cost:
        shares = audience.best_cut(priced, missed=missed, false_alarm=false_alarm)
        cost = float(priced["cost"].min())
    if shares["flagged"] > 0:
        words = [say("report.threshold", answer=answer, **shares)]
        if cost >= float(priced["cost"].iloc[0]):
            words.append(say("report.threshold_useless"))
        st.markdown(" ".join(words))
    else:
        st.markdown(say("report.threshold_nobody", chance=shares["chance"]))
    columns = {
        "share_customers": Shown(say("charts.gains_x"), "percent"),
        "cost": Shown(say("charts.costs_y"), "1f"),
    }
    made = charts.costs(priced, language(), at=(shares["flagged"], cost))
    widgets.chart(made, key="card-costs", frame=priced, columns=columns)


def _dependence(card: Card) -> None:
    """One small picture per column that moves the answer; the others are named."""
    curves = _curves(card)
    if not curves:
        return
    moving = [curve for curve in curves if not charts.is_flat(curve[2])]
    flat = [column_name(name) for name, _, means in curves if charts.is_flat(means)]
    st.subheader(say("report.looks_at"), anchor=False)
    st.caption(say("report.looks_at_about"))
    if flat:
        st.markdown(say("report.looks_at_flat", names=flat))
    if not moving:
        return
    with st.grid(3, min_column_width=290, gap="small"):
        for name, cells, means in moving:
            made = charts.dependence(column_name(name), cells, means, language(), answer=_answer(card))
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{plain(made.title)}**")
                st.caption(plain(made.message))
                widgets.figure(made, key=f"dependence-{name}")


def _answer(card: Card) -> str:
    """What is predicted, with its unit, for an axis."""
    if card.goal in ("buy_again", "orders"):
        return text.say(language(), f"report.answer_{card.goal}")
    if card.goal == "spend":
        unit = f"({card.currency})" if card.currency else ""
        return text.say(language(), "report.answer_spend", currency=unit).strip()
    if card.evaluation.get("task") == "number":
        return card.target
    answer = card.evaluation.get("positive") or (card.classes[0] if card.classes else "")
    return text.say(language(), "report.answer_class", answer=str(answer))


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


def _headings(table: pd.DataFrame, form: str) -> dict[str, Shown]:
    known = {
        "predicted": Shown(say("report.promised"), form),
        "actual": Shown(say("report.came"), form),
        "customers": Shown(say("charts.customers_axis"), "0f"),
        "share_customers": Shown(say("charts.gains_x"), "percent"),
        "share_reached": Shown(say("charts.share_axis"), "percent1"),
        "column": Shown(say("report.column")),
        "value": Shown(say("charts.importance_axis"), form),
        "low": Shown(say("report.at_least"), form),
        "high": Shown(say("report.at_most"), form),
    }
    return {name: known.get(str(name), Shown(str(name), "0f")) for name in table.columns}


# ------------------------------------------------------------------------------------------------ quality and details


def quality(card: Card) -> None:
    """Every measure beside what one could do instead, in plain words."""
    if not card.metrics:
        return
    st.subheader(say("report.quality"), anchor=False)
    shown = [name for name in card.metrics if text.knows(language(), f"report.metric.{name}")]
    plain_ones = [name for name in shown if name not in _FOR_SPECIALISTS] or shown
    others = [name for name in shown if name not in plain_ones]
    _measures(card, plain_ones)
    notes = []
    if isinstance(card.evaluation.get("intervals"), Mapping):
        notes.append(say("report.interval_about"))
    peers = card.evaluation.get("peers")
    if isinstance(peers, Mapping) and "rule" in peers:
        notes.append(say("report.rule_about_next" if card.goal == "next_order" else "report.rule_about"))
    if notes:
        st.caption(" ".join(notes))
    if others:
        with st.expander(say("report.more_measures"), icon=":material/functions:"):
            _measures(card, others)
    for limit in card.limits:
        if text.knows(language(), limit):
            st.warning(say(limit), icon=":material/info:")


def _measures(card: Card, names: list[str]) -> None:
    """One line per measure: this model, its rivals, what the measure says."""
    columns: dict[str, list[str]] = {
        say("report.model"): [_with_interval(name, card) for name in names],
    }
    peers = card.evaluation.get("peers")
    for rival, figures in peers.items() if isinstance(peers, Mapping) else ():
        if isinstance(figures, Mapping) and text.knows(language(), f"report.baseline.{rival}"):
            columns[say(f"report.baseline.{rival}")] = [
                _measured(name, _figure(figures[name]), card) if name in figures else "" for name in names
            ]
    baseline = f"report.baseline.{card.baseline_name}"
    beside = say(baseline) if card.baseline_name and text.knows(language(), baseline) else card.baseline_name
    beside = beside or say("report.compared")
    if any(name in card.baseline for name in names) and beside not in columns:
        columns[beside] = [
            _measured(name, card.baseline[name], card) if name in card.baseline else "" for name in names
        ]
    heads = (say("report.measure"), say("report.what"))
    labels, about = ([text.say(language(), f"report.{part}.{name}") for name in names] for part in ("metric", "about"))
    widgets.measures(heads, labels, columns, about)


def choice(card: Card) -> None:
    """Why this method was taken, and whether it is surely ahead of the buying rhythm alone."""
    words = choice_sentences(card)
    if words:
        st.subheader(say("report.why_method"), anchor=False)
        st.markdown(" ".join(words))


def choice_sentences(card: Card) -> list[str]:
    """The same as text."""
    name, words = recipe_name(card.recipe), []
    peers = card.evaluation.get("peers")
    tried = [one for one in peers if isinstance(one, Mapping)] if isinstance(peers, list) else []
    method = _METHODS.get(card.recipe)
    if method is not None:
        words.append(say(f"report.choice_{method}", recipe=name))
    elif len(tried) > 1:
        first = bool(tried[0].get("chosen"))
        words.append(say(f"report.choice_{'first' if first else 'least'}", recipe=name, methods=len(tried)))
    ahead = card.evaluation.get("ahead")
    compared = ("log_loss",) if card.goal == "buy_again" else ("mae_scaled", "mae")
    told = next((ahead[one] for one in compared if one in ahead), None) if isinstance(ahead, Mapping) else None
    if method not in (None, "rhythm") and isinstance(told, list) and len(told) == 3:
        low, high = _figure(told[1]), _figure(told[2])
        words.append(say(f"report.ahead_{'better' if high < 0 else 'worse' if low > 0 else 'same'}"))
    return words


def _with_interval(name: str, card: Card) -> str:
    value = _measured(name, card.metrics[name], card)
    told = card.evaluation.get("intervals")
    ends = told.get(name) if isinstance(told, Mapping) else None
    if not isinstance(ends, list) or len(ends) < 2:
        return value
    low, high = (_measured(name, _figure(end), card) for end in ends[-2:])
    return text.say(language(), "report.interval", value=value, low=low, high=high)


def _measured(name: str, value: float, card: Card) -> str:
    """A measure with its unit, where it has one."""
    if name == "value_error" or (card.goal == "spend" and name in ("mae", "mae_scaled", "rmse")):
        return _money(value, card.currency)
    return measured(name, value)


def measured(name: str, value: float) -> str:
    """A measure as people read it: shares in percent, others with as many digits as they deserve."""
    return render.measured(language(), name, value)


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
                "typical": [_typical(column) for column in card.columns],
                "range": [_range(column) for column in card.columns],
            }
        )
        widgets.table(
            needed,
            {
                "column": Shown(say("report.column")),
                "typical": Shown(say("report.typical")),
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


def _typical(column: CardColumn) -> str:
    """The usual value of a column; of words, the first few that the model knows."""
    if column.kind == "category":
        return " · ".join(column.categories[:3]) + (" …" if len(column.categories) > 3 else "")
    if column.kind == "date":
        return ""
    return "" if column.typical is None else number(column.typical)


def _range(column: CardColumn) -> str:
    if column.kind == "date" or column.low is None or column.high is None:
        return ""
    return f"{number(column.low)} – {number(column.high)}"


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
    """Sums of many customers are told to three digits."""
    form = "0f" if abs(value) >= 100 else "2f"
    return f"{number(_rounded(value) if abs(value) >= 10_000 else value, form)} {currency}".strip()


def _rounded(value: float) -> float:
    """Three digits of a large sum; more would look surer than it is."""
    return segments.round_to(value) if abs(value) >= 1000 else value


def _time(days: float) -> str:
    if days < 60:
        return say("report.days", days=days)
    return say("report.months", months=round(days / 30.44))
