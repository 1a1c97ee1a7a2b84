"""The scores of what the visitor has on Predict: computed once, in the background, with a progress bar."""

from __future__ import annotations

import streamlit as st

from lib.scoring import Choices, Scores
from lib.ui import page
from lib.ui.page import say
from lib.ui.predict_session import PredictSession
from lib.ui.predicting.state import predicting
from lib.ui.scoring_run import ScoringRun

PATIENCE_SECONDS = 2.5
"""A table that is scored sooner shows no progress bar."""


def scored() -> Scores | None:
    """The scores of the model and customers in the session; None while there are none, with a sentence on the page."""
    state = predicting()
    opened, brought = state.opened, state.brought
    if opened is None or brought is None:
        return None
    key = repr(
        (state.model_digest, brought.key, sorted(state.sources.items()), sorted(state.factors.items()), page.language())
    )
    if state.run_key != key:
        state.forget_scores()
        state.run_key = key
        choices = Choices(
            sources=dict(state.sources),
            factors=dict(state.factors),
            language=page.language(),
            cutoff=brought.cutoff,
        )
        state.run = ScoringRun(opened, brought.frame, choices)
        with st.spinner(say("predict.scoring")):
            state.run.wait(PATIENCE_SECONDS)
    run = state.run
    if run is None:
        return None
    if not run.done:
        _watch(state)
        return None
    if run.bug is not None:
        raise run.bug
    if run.error is not None:
        page.tell(run.error)
        return None
    state.scores = run.scores
    return run.scores


@st.fragment(run_every=0.5)
def _watch(state: PredictSession) -> None:
    run = state.run
    if run is None or run.done:
        st.rerun()
        return
    so_far = say("predict.scored_so_far", share=run.share)
    st.progress(run.share, text=f"{so_far}. {say('ui.place_in_queue', place=run.place)}" if run.place else so_far)
    if st.button(say("predict.cancel"), icon=":material/close:"):
        run.cancel()
        run.wait(5)
        st.rerun()
