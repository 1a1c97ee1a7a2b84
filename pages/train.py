"""A question in plain words becomes a model file."""

import streamlit as st

from lib import jobs, recipes, schema
from lib.card import Card
from lib.presentation import labels, sentences
from lib.training import Question
from lib.training.feasibility import Feasibility
from lib.training.target import suggested_target
from lib.ui import cached, candidate, notebooks, page, predicting, project, report, sources, state, trained, widgets
from lib.ui.number_field import Field, number_field, whole_number_field
from lib.ui.page import say
from lib.ui.state import Reading
from lib.ui.training_start import start_button

FITTING: dict[str, tuple[schema.Goal, ...]] = {
    "orders": ("groups", "buy_again", "spend", "orders", "next_order"),
    "customers": ("groups", "target"),
    "table": ("groups", "target"),
}


def ask(reading: Reading, kind: str) -> Question:
    """The question, and under one click everything that is otherwise chosen sensibly."""
    with st.container(key="goals"):
        goal: schema.Goal = st.radio(
            say("train.question"),
            FITTING[kind],
            format_func=lambda key: say(f"train.{key}"),
            captions=[say(f"train.{key}_about") for key in FITTING[kind]],
            key=state.kept(f"train-goal-{kind}", FITTING[kind][0]),
            persist_state="session",
            width="stretch",
        )
    others = [key for key in schema.GOALS if key not in FITTING[kind]]
    needs = "train.needs_orders" if kind != "orders" else "train.needs_customers"
    st.caption(say(needs, questions=" · ".join(say(f"train.{key}") for key in others)))
    target: str | None = ""
    horizon = schema.DEFAULT_HORIZON_DAYS
    if goal in ("buy_again", "spend", "orders", "next_order"):
        horizon = st.segmented_control(
            say("train.horizon"),
            horizons(),
            default=schema.DEFAULT_HORIZON_DAYS,
            required=True,
            format_func=lambda days: say("train.days", days=days),
            key="train-horizon",
            persist_state="session",
        )
    if goal == "target":
        names = list(cached.customers_of(reading).columns)
        suggested = suggested_target(names)
        target = st.selectbox(
            say("train.target_column"),
            names,
            index=names.index(suggested) if suggested is not None else None,
            placeholder=say("train.target_placeholder"),
            key=f"train-target-{reading.table_key}",
            persist_state="session",
            width=420,
        )
    with st.expander(say("train.advanced"), icon=":material/tune:"):
        return advanced(reading, goal, target=target or "", horizon=horizon, kind=kind)


def horizons() -> tuple[int, ...]:
    """The horizons on offer, with the chosen one and the one that a failed training reported as possible."""
    chosen = st.session_state.get("train-horizon")
    job = session.job
    possible = job.error.facts.get("possible") if job is not None and job.state == "failed" else None
    return tuple(sorted({*schema.HORIZONS_DAYS, *(days for days in (chosen, possible) if isinstance(days, int))}))


def advanced(reading: Reading, goal: schema.Goal, *, target: str, horizon: int, kind: str) -> Question:
    """Method, number of groups, moment, columns, seed."""
    left, right = st.columns(2, gap="medium")
    with left:
        like = earlier(reading) if goal == "groups" else None
        fitting = [one.key for one in recipes.recipes_for(goal)]
        recipe = st.selectbox(
            say("train.recipe"),
            ("", *fitting),
            format_func=lambda key: say(f"recipes.{key}") if key else say("train.automatic"),
            key=state.kept(f"train-recipe-{goal}", ""),
            persist_state="session",
            disabled=like is not None,
        )
        if recipe:
            st.caption(say(f"recipes.{recipe}_about"))
        groups = 0
        if goal == "groups" and not (recipe and recipes.recipe(recipe).sets_number):
            groups = st.selectbox(
                say("train.group_count"),
                (0, *range(2, 13)),
                format_func=lambda count: (
                    say("train.group_count_value", groups=count) if count else say("train.automatic")
                ),
                key=state.kept("train-groups", 0),
                persist_state="session",
                disabled=like is not None,
            )
        responsive = False
        if goal == "groups" and kind == "orders":
            changes = st.segmented_control(
                say("train.segment_changes"),
                ("steady", "responsive"),
                default="steady",
                required=True,
                format_func=lambda one: say(f"train.{one}"),
                help=say("train.segment_changes_help"),
                disabled=like is not None,
                key="train-segment-changes",
                persist_state="session",
            )
            responsive = changes == "responsive" and like is None
        missed = false_alarm = 1.0
        if goal == "target":
            missed = number_field(Field(say("train.cost_missed"), 0.01), 1.0, key="train-missed")
            false_alarm = number_field(Field(say("train.cost_false_alarm"), 0.01), 1.0, key="train-alarm")
    with right:
        cutoff = None
        if kind == "orders":
            size = cached.size_of(reading)
            cutoff = st.date_input(
                say("train.cutoff"),
                None,
                min_value=size.first,
                max_value=size.last,
                help=say("train.cutoff_help"),
                format=page.date_form(),
                key=f"train-cutoff-{reading.table_key}",
                persist_state="session",
            )
        columns = st.multiselect(
            say("train.columns"),
            cached.learnable_columns(reading, target),
            format_func=lambda name: labels.column(page.language(), str(name)),
            placeholder=say("train.all_columns"),
            disabled=like is not None,
            key=f"train-columns-{kind}-{goal}",
            persist_state="session",
        )
        seed = whole_number_field(
            Field(say("train.seed"), 0, 2**32 - 1, help=say("train.seed_help")), 0, key="train-seed"
        )
    return Question(
        goal=goal,
        target=target,
        cutoff=cached.moment(cutoff),
        horizon_days=horizon,
        recipe=like.recipe if like else recipe,
        groups=0 if like else groups,
        columns=() if like else tuple(columns),
        like=like,
        seed=seed,
        responsive=responsive,
        cost_missed=missed,
        cost_false_alarm=false_alarm,
    )


def earlier(reading: Reading) -> Card | None:
    """The model whose groups and names are to be kept, if the visitor wants that."""
    if not st.checkbox(
        say("train.like_on"), help=say("train.like_about"), key="train-like-on", persist_state="session"
    ):
        return None
    known = sources.group_models(cached.learnable_columns(reading, ""))
    if not known:
        st.caption(say("train.like_none"))
        return None
    chosen = st.selectbox(
        say("train.like"),
        list(known),
        format_func=lambda key: known[key][0] or say("train.like_last"),
        key="train-like",
    )
    return known[chosen][1]


def start(reading: Reading, kind: str, question: Question) -> None:
    """The button that starts training."""
    ready = question.goal != "target" or bool(question.target)
    found: Feasibility | None = None
    if ready:
        with page.errors_shown():
            found = cached.feasibility(reading, question)
        ready = found is not None
    again = session.job is not None and session.job.state == "done" and session.job_reading == reading.key
    label = say("train.start_again" if again else "train.start")
    if start_button(label, disabled=not ready, key="train-start"):
        with page.errors_shown():
            source = cached.orders_of(reading) if kind == "orders" else cached.customers_of(reading)
            state.keep_job(jobs.start(source, question), reading, question)
            st.rerun()
    if found is not None:
        quick_first = question.goal in jobs.QUICK_GOALS
        estimate = (
            widgets.time_estimate(found.best_seconds, first=found.first_seconds)
            if quick_first
            else widgets.time_estimate(found.seconds)
        )
        st.caption(":material/schedule: " + estimate)
    elif session.job is None:
        st.caption(say("train.nothing_running"))


@st.fragment(run_every=0.7)
def watch() -> None:
    """How far the training is; runs the whole page again when there is a first model or the training ends."""
    job = session.job
    if job is None or job.state != "running" or job.first is not None:
        st.rerun()
    share, step = job.progress
    with st.container(border=True, key="training"):
        st.markdown(f"**{say('train.running')}**")
        st.progress(share, labels.training_step(page.language(), step))
        left = job.seconds_left
        if left is not None:
            st.caption(":material/schedule: " + widgets.time_left(left))
        st.caption(say("train.first_soon"))
        st.button(say("train.cancel"), icon=":material/close:", on_click=job.cancel, key="train-cancel")


@st.fragment(run_every=1.0)
def improve() -> None:
    """How far the thorough training is, while the quick model is on the page."""
    job = session.job
    if job is None or job.state != "running":
        st.rerun()
    share, step = job.progress
    with st.container(border=True, key="improving", horizontal=True, vertical_alignment="center"):
        left = job.seconds_left
        words = labels.training_step(page.language(), step)
        st.progress(
            share, say("train.improving", step=words) + (f" · {widgets.time_left(left)}" if left is not None else "")
        )
        st.button(say("train.keep_quick"), icon=":material/stop_circle:", on_click=job.stop, key="train-stop")


def result() -> None:
    """What the last training gave, or an earlier one of this session."""
    job = session.job
    if job is None:
        return
    if job.state == "cancelled":
        st.info(say("train.cancelled"), icon=":material/cancel:")
    elif job.state == "failed":
        page.tell(job.error)
    elif job.state == "crashed":
        st.error(say("train.crashed"), icon=":material/error:")
        with st.expander(say("train.crashed_details")):
            st.code(job.technical, language="text")
    made = session.result_shown or state.trained_result()
    if made is None:
        return
    trained.scroll_up(made)
    st.header(say("train.result"), anchor=False)
    st.caption(page.plain(sentences.question(page.language(), made.card)))
    if session.job_reading != session.reading.key:
        st.caption(":material/history: " + say("train.other_data", name=session.job_name))
    if made is not session.result_shown:
        if job.state == "running":
            improve()
        else:
            trained.gained(job, made)
    report.headline(made.card)
    trained.customers(made)
    trained.take_home(job, made)
    notebooks.offer_training(made)
    report.body(made.card, rename=lambda: trained.rename_segments(made), scatter=lambda: trained.segment_scatter(made))
    widgets.next_step("predict", say("train.next"), say("ui.go_predict"), before=predicting.use_trained_model)


def ask_and_start() -> None:
    """The question and the button, for the data that is loaded."""
    if reading.empty:
        return
    with page.errors_shown(in_data=True), widgets.reading_shown(reading):
        kind = cached.kind_of(reading)
        widgets.working_with(reading)
        start(reading, kind, ask(reading, kind))


def trained_on_other_data() -> bool:
    """Whether there is a model, and other data is loaded now."""
    return has_result and not reading.empty and session.job_reading != reading.key


page.guard()
page.frame("train", beside=project.open_anywhere)
candidate.read_waiting()

session = state.session()
reading = session.reading
if reading.empty and session.job is None:
    widgets.nothing_yet(state.take_sample)
    st.stop()

running = session.job is not None and session.job.state == "running"
has_result = state.trained_result() is not None
if running and not has_result:
    watch()
elif trained_on_other_data():  # whoever has loaded new data wants to train on it: the question comes first
    ask_and_start()
    result()
    trained.earlier_models()
else:
    result()
    trained.earlier_models()
    if session.job is None or session.job.state not in ("running", "done"):
        ask_and_start()
    elif not reading.empty:
        with st.expander(say("train.another"), icon=":material/help:", key="another"):
            ask_and_start()
