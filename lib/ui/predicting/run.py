"""Scoring in the background: with progress and Cancel, and without holding the page up."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import streamlit as st

from lib.errors import UserError
from lib.gate import OpenedModel
from lib.scoring import Choices, Scores, score
from lib.ui import page
from lib.ui.page import say

if TYPE_CHECKING:
    from lib.ui.predicting.state import Brought, Predicting

PATIENCE_SECONDS = 2.5
"""Most tables are scored sooner, and then no progress bar need flash up."""


class Run:
    """One scoring under way, in a thread: the work itself happens in the model's own process."""

    def __init__(self, opened: OpenedModel, brought: Brought, choices: Choices) -> None:
        self.share = 0.0
        self.scores: Scores | None = None
        self.error: UserError | None = None
        self.bug: Exception | None = None
        self._wanted = True
        self._thread = threading.Thread(
            target=self._score, args=(opened, brought, choices), name="brine-scoring", daemon=True
        )
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Come back when it has ended, or after so many seconds."""
        self._thread.join(seconds)

    def cancel(self) -> None:
        """Stop soon; what was scored so far is dropped."""
        self._wanted = False

    def _score(self, opened: OpenedModel, brought: Brought, choices: Choices) -> None:
        try:
            self.scores = score(
                opened, brought.frame, choices, progress=self._progress, cancelled=lambda: not self._wanted
            )
        except UserError as error:
            self.error = error
        except Exception as bug:  # noqa: BLE001 - raised again on the page, where it belongs
            self.bug = bug

    def _progress(self, share: float) -> None:
        self.share = share


def scored_state(state: Predicting) -> Scores | None:
    """The scores of what is in hand, computed once; shows progress, or the error, while there are none."""
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
        state.run = Run(opened, brought, choices)
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
def _watch(state: Predicting) -> None:
    run = state.run
    if run is None or run.done:
        st.rerun()
        return
    st.progress(run.share, text=say("predict.scored_so_far", share=run.share))
    if st.button(say("predict.cancel"), icon=":material/close:"):
        run.cancel()
        run.wait(5)
        st.rerun()
