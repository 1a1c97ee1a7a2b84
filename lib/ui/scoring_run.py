"""Scoring in a background thread, with progress and cancellation, so that the page stays responsive."""

from __future__ import annotations

import threading
import time

import pandas as pd
from streamlit import runtime

from lib import turns
from lib.errors import UserError
from lib.gate import OpenedModel
from lib.scoring import Choices, Scores, score

GONE_SECONDS = 30.0
"""A closed tab ends its scoring after this time; a connection that was lost for a moment doesn't."""


class ScoringRun:
    """One scoring that is running or has ended. The model itself works in its own process."""

    def __init__(self, opened: OpenedModel, frame: pd.DataFrame, choices: Choices) -> None:
        self.share = 0.0
        """Progress, 0 to 1."""
        self.place = 0
        """While it waits for those of other visitors: its place in the queue; 1 is next."""
        self.scores: Scores | None = None
        self.error: UserError | None = None
        self.bug: Exception | None = None
        self._wanted = True
        self._session = turns.visitor()
        self._seen = time.monotonic()
        self._thread = threading.Thread(
            target=self._score, args=(opened, frame, choices), name="brine-scoring", daemon=True
        )
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it has ended, with scores or an error."""
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Return when it has ended, or after `seconds` seconds."""
        self._thread.join(seconds)

    def follow(self, visit: str) -> None:
        """The visitor goes on in another tab: Streamlit's id of it."""
        self._session = visit

    def cancel(self) -> None:
        """Stop soon; the scores so far are dropped."""
        self._wanted = False

    def _not_wanted(self) -> bool:
        """Cancelled, or its visitor has left."""
        if not self._wanted:
            return True
        if not self._session or not runtime.exists() or runtime.get_instance().is_active_session(self._session):
            self._seen = time.monotonic()
        return time.monotonic() - self._seen > GONE_SECONDS

    def _score(self, opened: OpenedModel, frame: pd.DataFrame, choices: Choices) -> None:
        turns.act_for(self._session)
        try:
            with turns.place_told(self._wait):
                self.scores = score(opened, frame, choices, progress=self._progress, cancelled=self._not_wanted)
        except UserError as error:
            self.error = error
        except Exception as bug:  # noqa: BLE001 - raised again by the page that shows the scores
            self.bug = bug

    def _wait(self, place: int) -> None:
        self.place = place

    def _progress(self, share: float) -> None:
        self.share = share
