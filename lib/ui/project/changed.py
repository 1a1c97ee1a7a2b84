"""What changed since: figures with reasons, segments, models, campaigns; and training a model again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from lib import changes as core
from lib import charts, jobs
from lib.changes import Changes, ModelMonth, Retrained, Section
from lib.insights import DAY, History
from lib.orders import Orders
from lib.project import Project, ProjectModel
from lib.schema import BUY_AGAIN
from lib.ui import cached, page, state, widgets
from lib.ui.page import day, errors_shown, language, number, plain, say
from lib.ui.project.saving import models_at_hand, reading_settings, secret_of
from lib.ui.project_session import Retraining
from lib.ui.state import Session, session
from lib.ui.training_start import start_button

MOST_MODELS = 12
ROWS = (("revenue", "orders", "order_value", "customers"), ("new", "returning", "reactivated", "lost"))


def changed() -> None:
    """The section of the page; one sentence where there are no orders yet."""
    mine = session()
    st.header(say("project.changed"), anchor=False)
    with errors_shown(in_data=True):
        if cached.kind_of(mine.reading) != "orders":
            st.markdown(say("project.changed_needs_orders"))
            return
        orders, history = cached.orders_of(mine.reading), cached.history_of(mine.reading)
        _ask(mine, orders, history)


def _ask(mine: Session, orders: Orders, history: History) -> None:
    st.caption(say("project.changed_about"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="changed-ask"):
        since = st.date_input(
            say("project.since"),
            _usual_since(mine, history),
            min_value=(history.first_day + DAY).date(),
            max_value=history.last_day.date(),
            format=page.date_form(),
            help=say("project.since_help"),
            key=f"project-since-{mine.reading.table_key}-{mine.project.saved_on}",
            width=220,
        )
        wanted = st.button(say("project.compare"), type="primary", icon=":material/compare_arrows:", key="compare")
    models = [one.load() for one in models_at_hand(mine)[:MOST_MODELS]] if wanted else []
    key = repr((mine.reading.key, since, len(mine.project.campaigns), bool(secret_of(mine)), language()))
    if wanted:
        with widgets.progress(say("project.comparing"), watched=True) as progress:
            found = core.what_changed(
                _project(mine, models),
                orders,
                since=pd.Timestamp(since),
                key=secret_of(mine).encode(),
                language=language(),
                history=history,
                progress=lambda share, name: progress(share, "project.scoring"),
            )
        mine.project.changes, mine.project.compared = (key, found), tuple(models)
    kept = mine.project.changes
    if kept is not None and kept[0] == key:
        _show(mine, kept[1], orders)


def _usual_since(mine: Session, history: History) -> date:
    """When the project was saved, where that is within the history; else 30 days before its end."""
    snapshot = mine.project.snapshot if mine.project.restored else None
    moment = pd.Timestamp(snapshot.until) if snapshot is not None else history.end - 30 * DAY
    if not history.first_day < moment <= history.last_day:
        moment = max(history.end - 30 * DAY, history.first_day + DAY)
    return min(moment, history.last_day).date()


def _project(mine: Session, models: list[ProjectModel]) -> Project:
    snapshot = mine.project.snapshot if mine.project.restored else None
    return Project(
        reading=replace(reading_settings(mine), pseudonymised=bool(mine.reading.hash_key)),
        models=tuple(models),
        campaigns=mine.project.campaigns,
        snapshot=snapshot,
        key_check=mine.project.key_check,
    )


def _show(mine: Session, found: Changes, orders: Orders) -> None:
    first, segments, *others = core.sections(found, language())
    with st.container(border=True, key="changed-figures"):
        _figures(found)
        _sentences(first)
    with st.container(border=True, key="changed-segments"):
        st.subheader(segments.title, anchor=False)
        _sentences(segments)
        _table(segments)
        with st.container(horizontal=True):
            if len(found.at_risk):
                widgets.download_table(
                    _listed(found.at_risk), "at-risk", key="changed-at-risk", label=say("project.at_risk_list")
                )
            if len(found.moved):
                widgets.download_table(
                    _listed(found.moved), "moved", key="changed-moved", label=say("project.moved_list")
                )
    models = iter(zip(mine.project.compared, found.models, strict=False))
    for place, section in enumerate(others):
        with st.container(border=True, key=f"changed-{place}"):
            st.subheader(plain(section.title), anchor=False)
            _sentences(section)
            if section.key == "model":
                model, month = next(models)
                _calibration(month, place)
                if month.goal != BUY_AGAIN:
                    _table(section)
                _again(mine, model, month, orders)
            else:
                _table(section)
    wanted = language()
    st.download_button(
        say("project.report"),
        lambda: core.html_report(found, wanted, name=mine.project.name),
        file_name="what-changed.html",
        mime="text/html",
        icon=":material/description:",
        on_click="ignore",
        key="changed-report",
    )


def _listed(moves: pd.DataFrame) -> pd.DataFrame:
    """Customers whose segment changed, for readers: headings and segments in their language, money in cents."""
    named = {name: [charts.segment_name(language(), str(one)) for one in moves[name]] for name in ("before", "now")}
    table = moves.assign(**named, monetary_total=moves["monetary_total"].round(2))
    return table.rename(columns={name: say(f"explore.column.{name}") for name in table.columns})


def _figures(found: Changes) -> None:
    now, before = found.now, found.before
    money = f" {found.currency}" if found.currency else ""
    for place, row in enumerate(ROWS):
        facts = []
        for name in row:
            form = "2f" if name == "order_value" else "0f"
            unit = plain(money) if name in ("revenue", "order_value") else ""
            value = float(getattr(now, name))
            change, note = "", ""
            if before is not None:
                earlier = float(getattr(before, name))
                note = say("project.before", value=f"{number(earlier, form)}{unit}")
                if name != "lost" and earlier > 0 and earlier == earlier and value == value:
                    share = value / earlier - 1
                    written = number(share, "percent")
                    change = f"{'+' if share > 0 and written != number(0.0, 'percent') else ''}{written}"
            label = say(f"changes.{name}")
            facts.append(widgets.Fact(label, f"{number(value, form)}{unit}", change, note if change else "", note))
        widgets.facts(facts, key=f"changed-{place}")


def _sentences(section: Section) -> None:
    for sentence in section.sentences:
        st.markdown(plain(sentence))


def _table(section: Section) -> None:
    if len(section.rows) > 1:
        head, *rows = section.rows
        st.table(
            pd.DataFrame([[plain(cell) for cell in row] for row in rows], columns=list(head)),
            border="horizontal",
            hide_index=True,
        )


def _calibration(month: ModelMonth, place: int) -> None:
    if month.backtest is not None and month.goal == BUY_AGAIN:
        made = charts.calibration(month.backtest.calibration, language())
        st.caption(plain(made.message))
        widgets.figure(made, key=f"changed-calibration-{place}")


# ------------------------------------------------------------------------------------------------------- train again


def _again(mine: Session, model: ProjectModel, month: ModelMonth, orders: Orders) -> None:
    """Train again: compared with the old model where that is possible, else straight on all orders."""
    card = model.card
    if card is None or month.error is not None:
        return
    running = mine.project.retraining
    mine_now = running if running is not None and running.sha256 == model.sha256 else None
    if mine_now is not None:
        _retraining(mine, mine_now, model, orders)
        return
    busy = running is not None and running.result is None and running.job.state == "running"
    comparable = month.backtest is not None
    label = say("project.again" if comparable else "project.again_plain")
    key, icon = f"again-{model.sha256[:12]}", ":material/model_training:"
    if comparable:  # this one leaves a training on Train alone
        wanted = st.button(label, icon=icon, disabled=busy, key=key)
    else:
        wanted = start_button(label, icon=icon, kind="secondary", disabled=busy, key=key)
    if wanted:
        with errors_shown():
            if comparable:
                question = core.question_again(card, orders)
                mine.project.retraining = Retraining(model.sha256, jobs.start(orders, question), question)
                st.rerun()
            state.keep_job(jobs.start(orders, core.final_question(card)), mine.reading)
            st.switch_page("pages/train.py")
    st.caption(say("project.again_about" if comparable else "project.again_plain_about"))


def _retraining(mine: Session, running: Retraining, model: ProjectModel, orders: Orders) -> None:
    job = running.job
    if running.result is None and job.state == "running":
        _watch()
        return
    if running.result is None and job.state != "done":
        if job.state == "failed":
            page.tell(job.error)
        elif job.state == "crashed":
            st.error(say("train.crashed"), icon=":material/error:")
        if st.button(say("project.again_close"), key="again-close"):
            mine.project.retraining = None
            st.rerun()
        return
    if running.result is None:
        cutoff = running.question.cutoff
        with errors_shown(), st.spinner(say("project.comparing")):
            new = job.result.files["pickle"]
            running.result = core.compare_retrained(model.data, new, orders, pd.Timestamp(cutoff))
    if running.result is not None:
        _compared(mine, running.result, model, orders)


@st.fragment(run_every=0.7)
def _watch() -> None:
    """How far the training is; reruns the page when it ends."""
    running = session().project.retraining
    if running is None or running.job.state != "running":
        st.rerun()
    share, step = running.job.progress
    st.progress(share, say(step))
    st.button(say("train.cancel"), icon=":material/close:", on_click=running.job.cancel, key="again-cancel")


def _compared(mine: Session, found: Retrained, model: ProjectModel, orders: Orders) -> None:
    old, new = found.old, found.new
    end = old.cutoff + pd.Timedelta(days=old.horizon_days) - DAY
    st.markdown(f"**{say(f'project.recommend_{found.recommendation}')}**")
    st.markdown(
        say(
            "project.compared_on",
            start=day(old.cutoff.date()),
            end=day(end.date()),
            customers=old.customers,
        )
    )
    form = "3f" if old.goal == BUY_AGAIN else "2f"
    head = [say("project.measure"), say("project.old_model"), say("project.new_model")]
    rows = [
        [say(f"project.error_{old.goal}"), number(found.error_old, form), number(found.error_new, form)],
        [say("project.sum_predicted"), number(old.predicted, "0f"), number(new.predicted, "0f")],
        [say("project.sum_actual"), number(old.actual, "0f"), number(new.actual, "0f")],
        [
            say("project.top_tenth"),
            number(old.top_tenth_share, "percent"),
            number(new.top_tenth_share, "percent"),
        ],
    ]
    st.table(pd.DataFrame(rows, columns=head), border="horizontal", hide_index=True)
    st.caption(
        say(
            "project.difference",
            value=number(found.difference, form),
            low=number(found.low, form),
            high=number(found.high, form),
        )
    )
    if model.card is not None and start_button(
        say("project.train_final"),
        kind="primary" if found.recommendation == "new" else "secondary",
        icon=":material/model_training:",
        key="again-final",
    ):
        with errors_shown():
            state.keep_job(jobs.start(orders, core.final_question(model.card)), mine.reading)
            mine.project.retraining = None
            st.switch_page("pages/train.py")
