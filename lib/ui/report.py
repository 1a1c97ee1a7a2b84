"""Widgets for a model card: the same whether the model was trained here or uploaded.

Sentences and tables come from `lib/presentation`; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pandas as pd
import streamlit as st

from lib import audience, charts, segments, text
from lib.card import Card, ColumnEvaluation, Group, GroupsEvaluation
from lib.card.evaluation import Threshold
from lib.presentation import card_tables, figures, labels, sentences
from lib.presentation.sentences import HORIZON_GOALS
from lib.ui import widgets
from lib.ui.number_field import Field, number_field
from lib.ui.page import language, plain, say, say_plain
from lib.ui.widgets import Fact, Shown

_RULE_RIGHT = 0.5
"""A rule that is wrong more often than right is no rule of thumb."""


def show(card: Card) -> None:
    """The whole story: headline, groups or pictures of quality, measures beside the baseline, details."""
    headline(card)
    body(card)


def body(card: Card, *, rename: Callable[[], None] | None = None, scatter: Callable[[], None] | None = None) -> None:
    """The story without its headline. `rename`: what lets a person give the segments other names; `scatter`: shows the
    customers of the segments, where they are at hand."""
    understood(card)
    leaks(card)
    if card.goal == "groups":
        _groups(card, rename, scatter)
        quality(card)
        choice(card)
    else:
        pictures = _pictures(card)
        _in_rows([one for one in pictures if one.tab == "lift"])
        quality(card)
        _technical(card, [one for one in pictures if one.tab != "lift"])
    details(card)


def understood(card: Card) -> None:
    """That a newer version wrote the card, or that parts of it could not be read."""
    note = sentences.understood(language(), card)
    if note:
        st.info(plain(note), icon=":material/info:")


# ------------------------------------------------------------------------------------------------ the headline


def headline(card: Card) -> None:
    """One or two sentences that a shop owner would repeat."""
    shown = headline_sentences(card)
    if shown:
        with st.container(key="headline", gap="xsmall"):
            for sentence in shown:
                st.markdown(sentence)


def headline_sentences(card: Card) -> list[str]:
    """The same as Markdown."""
    return _markdown(sentences.headline(language(), card))


def leaks(card: Card) -> None:
    """The columns that were left out since they give the answer away, before any figure."""
    found = sentences.leaks(language(), card)
    if found:
        st.info(plain(found), icon=":material/visibility_off:")


def _markdown(shown: Sequence[str]) -> list[str]:
    return [plain(sentence) for sentence in shown]


# ------------------------------------------------------------------------------------------------ groups


def _groups(card: Card, rename: Callable[[], None] | None, scatter: Callable[[], None] | None) -> None:
    if not card.groups:
        return
    sizes = card_tables.group_sizes(card, language())
    column = sentences.value_column(card)
    left, right = st.columns(2, gap="small")
    with left:
        made = charts.group_shares(
            list(sizes["name"]),
            list(sizes["share_customers"]),
            list(sizes["share_revenue"]),
            language(),
            column=column,
        )
        of_value = say_plain("charts.share_column", column=column) if column else say("charts.share_revenue")
        widgets.chart(
            made,
            key="group-shares",
            frame=sizes,
            columns={
                "name": Shown(say("report.groups_title")),
                "customers": Shown(say("charts.customers_axis"), "0f"),
                "share_customers": Shown(say("charts.share_customers"), "percent1"),
                "share_revenue": Shown(of_value, "percent1"),
            },
        )
    profiles, typical = card_tables.profiles(card, language())
    if len(profiles.columns):
        with right:
            widgets.chart(
                charts.group_profiles(profiles, language()),
                key="group-profiles",
                frame=typical,
                columns={
                    "name": Shown(say("report.groups_title")),
                    **{name: Shown(str(name), "") for name in typical.columns if name != "name"},
                },
            )
    if scatter is not None:
        scatter()
    st.subheader(say("report.groups_title"), anchor=False)
    if rename is not None:
        rename()
    with st.grid(3, min_column_width=290, gap="small", key="groups"):
        for group in card.groups:
            _group(group, card)
    why(card)


def _group(group: Group, card: Card) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f":primary-badge[{group.number}] **{plain(labels.group(language(), group))}**")
        st.caption(plain(sentences.group_size(language(), card, group)))
        action = segments.advice_in_words(language(), group)
        if action:
            st.markdown(f":primary[:material/lightbulb:] {plain(action)}")
        with st.expander(say("report.group_more")):
            typical = segments.typical_in_words(language(), group)
            if typical:
                st.markdown(say("report.group_typical", phrases=list(typical)))
            differences = [f"- {plain(phrase)}" for phrase in segments.differences_in_words(language(), group)]
            if differences:
                st.markdown("\n".join(differences))
            rule = segments.rule_in_words(language(), group, {column.name: column.kind for column in card.columns})
            right = group.rule_precision
            if rule and right is not None and right >= _RULE_RIGHT:
                st.caption(say("report.group_rule", rule=rule, right=right))
            elif rule:
                st.caption(say("report.group_no_rule"))
            later = group.later
            if later is not None and later.bought is not None and later.spend is not None:
                spend = figures.money(language(), later.spend, card.currency)
                st.caption(say("report.group_later", days=later.days, bought=later.bought, spend=spend))
            if group.certainty is not None:
                st.caption(say("report.group_certainty", certainty=group.certainty))


def why(card: Card) -> None:
    """Why this number of groups, in words and as a picture of what others would have given; and how they hold."""
    st.subheader(say("report.why_groups", groups=len(card.groups)), anchor=False)
    for sentence in sentences.groups_reason(language(), card):
        st.markdown(plain(sentence))
    pictures = [show for show in (_trade_off(card), _migration(card)) if show is not None]
    if pictures:
        for place, show in zip(st.columns(len(pictures), gap="small"), pictures, strict=True):
            with place:
                show()


def _trade_off(card: Card) -> Callable[[], None] | None:
    tried, needed = card_tables.tried(card), card_tables.bars(card)
    checks = [str(name) for name in tried.columns if name in needed]
    if len(tried) < 2 or not checks:
        return None
    short = [limit.rsplit(".", 1)[-1] for limit in card.limits if limit.startswith("training.limit.")]
    made = charts.trade_off(tried, language(), chosen=len(card.groups), needed=needed, short=short)
    forms = {"smallest": "percent1", "tree": "percent", "stayed": "percent"}
    columns = {
        "groups": Shown(say("charts.trade_off_x"), "0f"),
        **{name: Shown(say(f"charts.trade_off_{name}"), forms.get(name, "2f")) for name in checks},
    }
    return lambda: widgets.chart(made, key="trade-off", frame=tried, columns=columns)


def _migration(card: Card) -> Callable[[], None] | None:
    """Who moved between the groups over the last month, by the same model at both times."""
    counts = card_tables.migration(card)
    month = card.evaluation.month_later if isinstance(card.evaluation, GroupsEvaluation) else None
    if month is None or not counts:
        return None
    names = [labels.group_in_chart(language(), group) for group in card.groups]
    made = charts.migration(names, counts, language(), days=month.days, arrived=month.arrived)
    table = pd.DataFrame(counts, columns=[str(at) for at in range(1, len(names) + 1)]).assign(name=names)
    columns = {
        "name": Shown(say("charts.migration_y", days=month.days)),
        **{str(at): Shown(str(at), "0f") for at in range(1, len(names) + 1)},
    }
    return lambda: widgets.chart(made, key="migration", frame=table, columns=columns)


# ------------------------------------------------------------------------------------------------ predictions


Tab = Literal["lift", "columns", "errors"]


@dataclass(frozen=True)
class _Picture:
    """A chart of a model's evaluation, its table, and where it stands."""

    tab: Tab
    key: str
    made: charts.Chart
    table: pd.DataFrame
    form: str


def _pictures(card: Card) -> list[_Picture]:
    """Every chart that the card has figures for."""
    kind = card_tables.answer_kind(card)
    found: list[_Picture] = []
    curve = card_tables.gains(card)
    if len(curve):
        made = charts.gains(curve, language(), of=_reached(card))
        found.append(_Picture("lift", "gains", made, curve, "percent1"))
    points = card_tables.calibration(card)
    if len(points):
        unit = card.target if kind == "number" else card.currency
        made = charts.calibration(points, language(), money=kind != "chance", kind=kind, unit=unit)
        found.append(_Picture("errors", "calibration", made, points, "percent" if kind == "chance" else ""))
    matters, relative = card_tables.importance(card, language())
    if len(matters):
        form = "percent1" if relative else "3f"
        made = charts.importances(matters, language(), relative=relative)
        found.append(_Picture("columns", "importances", made, matters, form))
    roc = card_tables.roc(card)
    if len(roc):
        made = charts.roc(roc, language(), auc=card.metrics.get("roc_auc", card.metrics.get("auc")))
        found.append(_Picture("errors", "roc", made, roc, "percent1"))
    names, confusion = card_tables.confusion(card, language())
    if len(confusion):
        counts = [[int(cell) for cell in row] for row in confusion.to_numpy()]
        made = charts.confusion(names, counts, language())
        found.append(_Picture("errors", "confusion", made, confusion, "0f"))
    return found


def _in_rows(pictures: Sequence[_Picture]) -> None:
    """Two side by side."""
    for at in range(0, len(pictures), 2):
        row = pictures[at : at + 2]
        for place, one in zip(st.columns(len(row), gap="small"), row, strict=True):
            with place:
                columns = _headings(one.table, one.form)
                widgets.chart(one.made, key=f"card-{one.key}", frame=one.table, columns=columns)


def _technical(card: Card, pictures: Sequence[_Picture]) -> None:
    """What a specialist asks next, in tabs: errors, columns, method."""
    errors, columns, method = st.tabs([say("report.tab_errors"), say("report.tab_columns"), say("report.tab_method")])
    with errors:
        measured_on = sentences.measured_on(language(), card)
        if measured_on:
            st.caption(plain(measured_on))
        _in_rows([one for one in pictures if one.tab == "errors"])
        _threshold(card)
    with columns:
        shown = [one for one in pictures if one.tab == "columns"]
        _in_rows(shown)
        _dependence(card)
        if not shown and not card_tables.dependence(card):
            st.caption(say("report.columns_later" if card.settings.get("quick") else "report.columns_none"))
    with method:
        choice(card)


def _reached(card: Card) -> charts.Reached:
    kind = card_tables.answer_kind(card)
    if kind == "chance":
        return "yes" if card.goal == "target" else "buyers"
    return kind


def _threshold(card: Card) -> None:
    """From which probability on to act, by what each kind of mistake costs; the costs can be changed."""
    cut = card.evaluation.threshold if isinstance(card.evaluation, ColumnEvaluation) else None
    if cut is None:
        return
    st.subheader(say("report.threshold_title"), anchor=False)
    curve, base = card_tables.gains(card), sentences.base_rate(card)
    if not len(curve) or base is None:
        st.markdown(plain(sentences.threshold(language(), card, cut)))
        return
    st.caption(say("report.threshold_about"))
    trained = {name: max(getattr(cut, name), 0.01) for name in ("cost_missed", "cost_false_alarm")}
    mark = card.pipeline_sha256[:12]
    with st.grid(2, min_column_width=240, key="costs"):
        missed, false_alarm = (
            number_field(Field(say(f"train.{name}"), 0.01), cost, key=f"{name}-{mark}")
            for name, cost in trained.items()
        )
    priced = audience.cost_curve(curve, base, missed=missed, false_alarm=false_alarm)
    if [missed, false_alarm] != list(trained.values()):
        best = audience.best_cut(priced, missed=missed, false_alarm=false_alarm)
        cut = Threshold(
            best["chance"],
            missed,
            false_alarm,
            flagged=best["flagged"],
            found=best["found"],
            right=best["right"],
            cost=float(priced["cost"].min()),
        )
    useless = cut.cost >= float(priced["cost"].iloc[0])
    st.markdown(plain(sentences.threshold(language(), card, cut, useless=useless)))
    columns = {
        "share_customers": Shown(say("charts.gains_x"), "percent"),
        "cost": Shown(say("charts.costs_y"), "1f"),
    }
    made = charts.costs(priced, language(), at=(cut.flagged, cut.cost))
    widgets.chart(made, key="card-costs", frame=priced, columns=columns)


def _dependence(card: Card) -> None:
    """One small picture per column that moves the answer; the others are named."""
    curves = card_tables.dependence(card)
    if not curves:
        return
    moving = [curve for curve in curves if not charts.is_flat(curve.predicted)]
    flat = [curve.column for curve in curves if charts.is_flat(curve.predicted)]
    st.subheader(say("report.looks_at"), anchor=False)
    st.caption(say("report.looks_at_about"))
    if flat:
        st.markdown(plain(sentences.flat_columns(language(), flat)))
    if not moving:
        return
    answer = sentences.answer(language(), card)
    chance = card_tables.answer_kind(card) == "chance"
    with st.grid(3, min_column_width=290, gap="small"):
        for at, curve in enumerate(moving):
            name = labels.column(language(), curve.column)
            made = charts.dependence(
                name, list(curve.values), list(curve.predicted), language(), answer=answer, chance=chance
            )
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{plain(made.title)}**")
                st.caption(plain(made.message))
                widgets.figure(made, key=f"dependence-{at}")


def _headings(table: pd.DataFrame, form: str) -> dict[str, Shown]:
    known = {
        "predicted": Shown(say("report.promised"), form),
        "actual": Shown(say("report.came"), form),
        "customers": Shown(say("charts.customers_axis"), "0f"),
        "share_customers": Shown(say("charts.gains_x"), "percent"),
        "share_reached": Shown(say("charts.share_axis"), "percent1"),
        "false_alarms": Shown(say("charts.roc_x"), "percent1"),
        "found": Shown(say("charts.roc_y"), "percent1"),
        "column": Shown(say("report.column")),
        "value": Shown(say("charts.importance_axis"), form),
        "low": Shown(say("report.at_least"), form),
        "high": Shown(say("report.at_most"), form),
    }
    return {name: known.get(str(name), Shown(str(name), "0f")) for name in table.columns}


# ------------------------------------------------------------------------------------------------ quality and details


def quality(card: Card) -> None:
    """Every measure beside what one could do instead, in plain words."""
    first, others = card_tables.shown_metrics(card, language())
    if not first and not sentences.warnings(language(), card):
        return
    st.subheader(say("report.quality"), anchor=False)
    if first:
        _measures(card, first)
    notes = sentences.notes_on_measures(language(), card)
    if notes and first:
        st.caption(plain(" ".join(notes)))
    if others:
        with st.expander(say("report.more_measures"), icon=":material/functions:"):
            _measures(card, others)
    warnings(card)


def warnings(card: Card) -> None:
    """What the model should not be used for, where it was trained and where it is used."""
    for warning in sentences.warnings(language(), card):
        st.warning(plain(warning), icon=":material/info:")


def _measures(card: Card, names: list[str]) -> None:
    """One line per measure: this model, its rivals, what the measure says."""
    names_in_words = [labels.metric(language(), name) for name in names]
    about = [labels.metric_about(language(), name) for name in names]
    columns = card_tables.measures(card, language(), names)
    widgets.measures((say("report.measure"), say("report.what")), names_in_words, columns, about)


def choice(card: Card) -> None:
    """Why this method was taken, and whether it is clearly ahead of the purchase-pattern model alone."""
    words = sentences.method_choice(language(), card)
    if words:
        st.subheader(say("report.why_method"), anchor=False)
        st.markdown(plain(" ".join(words)))


def details(card: Card) -> None:
    """What it learnt from, what it needs, what it was made with."""
    with st.expander(say("report.details"), icon=":material/badge:", on_change="rerun", key="card-details") as opened:
        if not opened.open:
            return
        facts = [
            Fact(say("report.recipe"), plain(labels.recipe(language(), card.recipe))),
            Fact(say("report.learnt_from"), say("report.customers", customers=card.customers)),
        ]
        if card.cutoff:
            facts.append(Fact(say("report.cutoff"), _day(card.cutoff)))
        if card.horizon_days and card.goal in HORIZON_GOALS:
            facts.append(Fact(say("report.horizon"), say("report.days", days=card.horizon_days)))
        if card.period_start and card.period_end:
            facts.append(Fact(say("report.period"), f"{_day(card.period_start)} – {_day(card.period_end)}"))
        if card.target:
            facts.append(Fact(say("report.target"), plain(card.target)))
        for fact in facts:
            st.markdown(f"**{fact.label}:** {fact.value}")
        st.markdown("**" + say("report.columns", count=len(card.columns)) + "**")
        needed = card_tables.needed_columns(card, language())
        widgets.table(
            needed,
            {
                "column": Shown(say("report.column")),
                "typical": Shown(say("report.typical")),
                "range": Shown(say("report.from_to")),
            },
            key="card-columns",
        )
        tried = card_tables.candidates(card, language())
        if len(tried):
            st.markdown(f"**{say('report.peers')}**")
            widgets.table(
                tried,
                {
                    "recipe": Shown(say("report.recipe")),
                    "loss": Shown(say("report.peer_loss"), "3f"),
                    "chosen": Shown(say("report.peer_chosen"), "yes_no"),
                },
                key="card-peers",
            )
        if card.evaluation.left_out:
            st.markdown(f"**{say('report.left_out')}**")
            for column, reason in card.evaluation.left_out.items():
                words = labels.left_out_reason(language(), reason)
                st.markdown("- " + say("report.left_out_one", column=column, reason=words))
        if card.versions:
            words = " · ".join(f"{plain(name)} {plain(version)}" for name, version in card.versions.items())
            st.markdown(f"**{say('report.versions')}:** {words}")
        if card.pipeline_sha256:
            st.markdown(f"**{say('report.sha')}:** `{card.pipeline_sha256}`")


def _day(iso: str) -> str:
    return text.day(language(), datetime.fromisoformat(iso).date())
