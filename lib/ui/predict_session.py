"""What one visitor has on Predict: the model, the customers, the decisions about columns, and the scores."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from lib.gate import OpenedModel, Refused
from lib.layouts import Understanding
from lib.orders import Orders
from lib.scoring import Scores
from lib.tables import Table
from lib.ui.scoring_run import ScoringRun

ModelSource = Literal["upload", "saved", "fresh"]
"""Where a model comes from: a file, the saved models, or the last training of this session."""

NamedBytes = tuple[str, bytes]
"""Name and content of an uploaded file."""


@dataclass
class Brought:
    """The customers to score."""

    key: str
    frame: pd.DataFrame
    """One row per customer, as `lib.scoring.score` takes them."""
    emails: dict[str, str] = field(default_factory=dict)
    """Customer → e-mail address."""
    orders: Orders | None = None
    cutoff: pd.Timestamp | None = None
    name: str = ""


@dataclass
class PredictSession:
    """One visitor's model, customers and scores. Only `lib.ui.predicting` changes it."""

    wanted_model: ModelSource | None = None
    """Where the next run of the page takes the model from, when another page asked for it; the page clears it."""
    wanted_saved: str = ""
    """Key of the saved model, if that is asked for."""
    trained_digest: str = ""
    """The model trained last that this page has seen; a newer one is opened automatically."""
    sample_asked: bool = False
    """Whether the sample model was asked for and is not made yet."""
    uploaded_model: NamedBytes | None = field(default=None, repr=False)
    """The model file dropped last; the uploader itself forgets it when the page changes."""
    uploaded_customers: tuple[NamedBytes, ...] = field(default=(), repr=False)
    """The customers' files dropped last, likewise."""
    tables: tuple[str, tuple[Table, ...]] | None = field(default=None, repr=False)
    """Digest of those files, and the tables read from them …"""
    understood: tuple[Understanding, ...] = field(default=(), repr=False)
    """… and what each of them is."""
    orders: tuple[str, Orders] | None = field(default=None, repr=False)
    """Digest of those files, and the order history made from them."""
    effect_orders: tuple[str, Orders] | None = field(default=None, repr=False)
    """Digest of the files with the orders after a campaign, and the history made from them."""
    model_digest: str = ""
    model_name: str = ""
    made_here: tuple[str, bool] | None = None
    """Digest of a model file, and whether this server made it."""
    opened: OpenedModel | None = None
    refused: Refused | None = None
    brought: Brought | None = None
    sources: dict[str, str] = field(default_factory=dict)
    """Needed column → column of the table, where the visitor chose it."""
    factors: dict[str, float] = field(default_factory=dict)
    """Needed column → factor, where the visitor accepted a conversion of units."""
    dismissed: set[str] = field(default_factory=set)
    """Columns whose unit the visitor confirmed."""
    run: ScoringRun | None = None
    run_key: str = ""
    scores: Scores | None = None

    def forget_model(self) -> None:
        """Close the model and drop everything that depends on it."""
        if self.opened is not None:
            self.opened.close()
        self.opened, self.refused, self.model_digest = None, None, ""
        self.forget_choices()

    def forget_choices(self) -> None:
        """Drop the decisions about columns, and the scores."""
        self.sources, self.factors, self.dismissed = {}, {}, set()
        self.forget_scores()

    def forget_scores(self) -> None:
        """Stop a scoring that is running, and drop the scores of the last one."""
        if self.run is not None:
            self.run.cancel()
        self.run, self.run_key, self.scores = None, "", None
