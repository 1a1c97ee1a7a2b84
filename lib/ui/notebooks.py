"""Buttons on Train and Predict that give what the page did as a notebook or a script."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial

import streamlit as st

from lib.errors import UserError
from lib.jobs import Result
from lib.layouts import Understanding
from lib.model_file import DEFAULT_FORMAT
from lib.notebooks import (
    Source,
    Step,
    Work,
    scoring_steps,
    stand_alone_steps,
    titles,
    to_notebook,
    to_script,
    training_steps,
)
from lib.tables import Table
from lib.training import Question
from lib.ui import cached
from lib.ui.page import language, say
from lib.ui.project.saving import reading_settings
from lib.ui.state import session


def lines_back() -> str:
    """What a notebook must save so that Predict can use it, with comments in the visitor's language."""
    return "\n".join(
        [
            "import pickle",
            f"# {say('notebooks.back_pipeline')}",
            'pickle.dump(pipeline.fit(features), open("model.pkl", "wb"))',
            f"# {say('notebooks.back_table')}",
            'features.to_csv("customers.csv")',
        ]
    )


def offer_training(made: Result) -> None:
    """On Train: the training that gave this model, where it is the last one and its data are still loaded."""
    mine = session()
    question = mine.job_question
    if question is not None and mine.job_reading == mine.reading.key and mine.result_shown is None:
        digest = hashlib.sha256(made.files[DEFAULT_FORMAT]).hexdigest()
        _offer(digest, replace(question, quick=made.quick))


def offer_scoring() -> None:
    """On Predict: the scoring of the data that are loaded."""
    if not session().reading.empty and session().reading.query is None:
        _offer("", None)


def _offer(sha256: str, question: Question | None) -> None:
    try:
        work, source = _work(sha256, question)
    except UserError:
        return  # Data says why
    code = language()
    place = "train" if question is not None else "predict"
    with st.popover(say("notebooks.offer"), icon=":material/code:", key=f"notebook-{place}"):
        st.markdown(say("notebooks.about"))
        form = st.radio(
            say("notebooks.form"),
            ["brine", "alone"],
            format_func=lambda key: say(f"notebooks.form_{key}"),
            captions=[say("notebooks.form_brine_about"), say("notebooks.form_alone_about")],
            key=f"notebook-form-{place}",
        )
        title = titles(work, code)
        steps: tuple[Step, ...]
        if form == "alone":
            steps = stand_alone_steps(source, code)
        elif question is not None:
            steps = training_steps(work, question, code)
        else:
            steps = scoring_steps(work, code)
        with st.container(horizontal=True):
            for suffix, write, mime in (
                (".ipynb", to_notebook, "application/x-ipynb+json"),
                (".py", to_script, "text/x-python"),
            ):
                st.download_button(
                    say("notebooks.download", suffix=suffix),
                    partial(write, title, steps),
                    file_name=f"brine-{'train' if question is not None else 'score'}{suffix}",
                    mime=mime,
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"notebook-{place}-{suffix}",
                )
            if form == "alone" and not work.files:
                st.download_button(
                    say("notebooks.sample_file"),
                    lambda: source.table.frame.to_csv(index=False).encode(),
                    file_name=source.table.name,
                    mime="text/csv",
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"notebook-{place}-sample",
                )
        st.markdown(f"**{say('notebooks.back')}**")
        st.markdown(say("notebooks.back_about"))
        st.code(lines_back(), language="python")


def _work(sha256: str, question: Question | None) -> tuple[Work, Source]:
    mine = session()
    reading = mine.reading
    table = cached.tables_of(reading)[0]
    understanding = cached.understood(table, reading)
    names = tuple(upload.name for upload in reading.uploads)
    work = Work(names, replace(reading_settings(mine), query=None), understanding.kind, sha256)
    orders = cached.cleaned(reading) if understanding.kind == "orders" else None
    duplicates = orders is not None and "duplicate" in orders.ledger.set_aside
    return work, _source(table, understanding, question, duplicates=duplicates)


def _source(table: Table, understanding: Understanding, question: Question | None, *, duplicates: bool) -> Source:
    if question is None:
        return Source(table, understanding, duplicates=duplicates)
    return Source(
        table,
        understanding,
        question.groups,
        duplicates,
        question.goal,
        question.horizon_days,
        question.target,
        question.columns,
    )
