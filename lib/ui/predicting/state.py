"""What a visitor has in hand on Predict, kept from page to page."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from lib.gate import OpenedModel, Refused
from lib.orders import Orders
from lib.scoring import Scores
from lib.ui.predicting.run import Run, scored_state


@dataclass
class Brought:
    """The customers to score, as last brought."""

    key: str
    frame: pd.DataFrame
    emails: dict[str, str] = field(default_factory=dict)
    orders: Orders | None = None
    cutoff: pd.Timestamp | None = None
    name: str = ""


@dataclass
class Predicting:
    """One visitor's model, customers and scores."""

    model_digest: str = ""
    model_name: str = ""
    opened: OpenedModel | None = None
    refused: Refused | None = None
    brought: Brought | None = None
    sources: dict[str, str] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)
    dismissed: set[str] = field(default_factory=set)
    """Columns whose unit the visitor said is right."""
    run: Run | None = None
    run_key: str = ""
    scores: Scores | None = None

    def forget_model(self) -> None:
        """Let the model go, and all that was said about it."""
        if self.opened is not None:
            self.opened.close()
        self.opened, self.refused, self.model_digest = None, None, ""
        self.forget_choices()

    def forget_choices(self) -> None:
        """Start anew with the same model: other customers, other decisions."""
        self.sources, self.factors, self.dismissed = {}, {}, set()
        self.forget_scores()

    def forget_scores(self) -> None:
        """Stop a run that is under way, and drop what came out of the last one."""
        if self.run is not None:
            self.run.cancel()
        self.run, self.run_key, self.scores = None, "", None


def predicting() -> Predicting:
    """This visitor's state, made on the first visit."""
    if "brine-predicting" not in st.session_state:
        st.session_state["brine-predicting"] = Predicting()
    found: Predicting = st.session_state["brine-predicting"]
    return found


def scored() -> Scores | None:
    """The scores of what this visitor has in hand; None while there are none, which is said on the page."""
    return scored_state(predicting())
